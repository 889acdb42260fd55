// SPDX-License-Identifier: Apache-2.0
//
// Opening, writing, reading, the journal.
#include <vector>

#include "fixtures.hpp"

using namespace contract;

namespace {

const std::string organisation = R"({"names":[{"language":"en","text":"A"}]})";

int32_t put_at(kn_catalogue* catalogue, std::uint64_t version, kn_written* written,
               kn_error** error = nullptr, const std::string& json = organisation) {
  kn_write_options options;
  kn_write_options_init(&options, sizeof(options));
  options.expected_version = version;
  options.by = string_of("the tests");
  return kn_put_json(catalogue, KN_KIND_ORGANISATION, "org-1", 5, json.data(), json.size(),
                     &options, written, error);
}

std::vector<kn_change> all(const kn_changes* changes) {
  std::vector<kn_change> list;
  for (std::uint64_t i = 0; i < kn_changes_count(changes); ++i) {
    list.push_back(sized<kn_change>());
    REQUIRE(kn_changes_get(changes, i, &list.back(), nullptr) == KN_OK);
  }
  return list;
}

Changes history(kn_catalogue* catalogue, const std::string& id) {
  kn_changes* changes = nullptr;
  REQUIRE(kn_history(catalogue, id.data(), id.size(), &changes, nullptr) == KN_OK);
  return Changes(changes);
}

}  // namespace

TEST_CASE("an error exists before any handle does") {
  const Folder folder;
  kn_catalogue* catalogue = reinterpret_cast<kn_catalogue*>(1);
  kn_error* error = nullptr;
  kn_open_options options;
  kn_open_options_init(&options, sizeof(options));
  options.create = 0;
  const std::string missing = folder.path("missing.koinon");
  CHECK(kn_open(missing.data(), missing.size(), &options, &catalogue, &error) == KN_E_NOT_FOUND);
  CHECK(catalogue == nullptr);
  CHECK_FALSE(message_of(KN_E_NOT_FOUND, error).empty());

  const std::string other = folder.write("other", std::string(8192, 'x'));
  CHECK(kn_open(other.data(), other.size(), nullptr, &catalogue, &error) == KN_E_NOT_A_CATALOGUE);
  message_of(KN_E_NOT_A_CATALOGUE, error);
  CHECK(read_file(other) == std::string(8192, 'x'));
}

TEST_CASE("a success empties the place for the error") {
  kn_error* error = reinterpret_cast<kn_error*>(1);
  kn_catalogue* catalogue = nullptr;
  REQUIRE(kn_open(":memory:", 8, nullptr, &catalogue, &error) == KN_OK);
  CHECK(error == nullptr);
  CHECK(kn_close(catalogue) == KN_OK);
}

TEST_CASE("records are written, versioned and read back") {
  const Catalogue catalogue = open(":memory:");
  auto written = sized<kn_written>();
  REQUIRE(put_at(catalogue.get(), 0, &written) == KN_OK);
  CHECK(std::string(written.id) == "org-1");
  CHECK(written.version == 1);
  CHECK(written.change > 0);

  kn_error* error = nullptr;
  CHECK(put_at(catalogue.get(), 0, nullptr, &error) == KN_E_CONFLICT);
  message_of(KN_E_CONFLICT, error);
  const std::string second = R"({"names":[{"language":"en","text":"B"}]})";
  CHECK(put_at(catalogue.get(), 2, nullptr, nullptr, second) == KN_E_CONFLICT);
  REQUIRE(put_at(catalogue.get(), 1, &written, nullptr, second) == KN_OK);
  CHECK(written.version == 2);
  REQUIRE(put_at(catalogue.get(), KN_ANY_VERSION, &written, nullptr, second) == KN_OK);
  CHECK(written.version == 2);
  CHECK(written.change == 0);

  const std::string now = get(catalogue.get(), "org-1");
  CHECK(now.find(R"({"id":"org-1","kind":"organisation","version":2,"change":)") == 0);
  CHECK(now.find(R"("record":)" + second + "}") != std::string::npos);
  CHECK(now.find(R"("created":"20)") != std::string::npos);
  CHECK(get(catalogue.get(), "org-1", 1).find(R"("record":)" + organisation) != std::string::npos);
  kn_text* text = nullptr;
  CHECK(kn_get_json(catalogue.get(), "org-1", 5, 9, &text, nullptr) == KN_E_NOT_FOUND);
  CHECK(text == nullptr);
}

TEST_CASE("an empty id asks for a new one") {
  const Catalogue catalogue = open(":memory:");
  auto written = sized<kn_written>();
  REQUIRE(kn_put_json(catalogue.get(), KN_KIND_ORGANISATION, nullptr, 0, organisation.data(),
                      organisation.size(), nullptr, &written, nullptr) == KN_OK);
  CHECK_FALSE(std::string(written.id).empty());
  CHECK_FALSE(get(catalogue.get(), written.id).empty());
}

TEST_CASE("a struct that cannot be filled stops the write") {
  const Catalogue catalogue = open(":memory:");
  kn_written unset{};
  CHECK(put_at(catalogue.get(), 0, &unset) == KN_E_INVALID_ARGUMENT);
  kn_text* text = nullptr;
  CHECK(kn_get_json(catalogue.get(), "org-1", 5, 0, &text, nullptr) == KN_E_NOT_FOUND);
}

TEST_CASE("an invalid record tells every violation") {
  const Catalogue catalogue = open(":memory:");
  const std::string json =
      R"({"names":[{"language":"en","text":"A"}],"kind":"no-such-kind","website":"not a link"})";
  kn_error* error = nullptr;
  REQUIRE(kn_put_json(catalogue.get(), KN_KIND_ORGANISATION, "org-1", 5, json.data(), json.size(),
                      nullptr, nullptr, &error) == KN_E_INVALID_RECORD);
  const Error owned(error);
  REQUIRE(kn_error_violation_count(error) == 2);
  CHECK(std::string(kn_error_violation_path(error, 0)) == "kind");
  CHECK(std::string(kn_error_violation_code(error, 0)) == "unknown_code");
  CHECK_FALSE(std::string(kn_error_violation_message(error, 0)).empty());
  CHECK(std::string(kn_error_violation_path(error, 1)) == "website");
  CHECK(kn_error_violation_path(error, 2) == nullptr);
  CHECK(kn_error_violation_code(error, UINT64_MAX) == nullptr);
  CHECK(kn_error_violation_message(error, 2) == nullptr);
}

TEST_CASE("JSON that is none, or deep as a well, is an invalid record") {
  const Catalogue catalogue = open(":memory:");
  for (const std::string& json :
       {std::string(), std::string("{"), std::string("[]"), std::string(100000, '['),
        std::string("{\"names\":\"\\ud800\"}")}) {
    kn_error* error = nullptr;
    CHECK(kn_put_json(catalogue.get(), KN_KIND_ORGANISATION, "org-1", 5, json.data(), json.size(),
                      nullptr, nullptr, &error) == KN_E_INVALID_RECORD);
    message_of(KN_E_INVALID_RECORD, error);
  }
}

TEST_CASE("removed and erased records are told apart") {
  const Catalogue catalogue = small_catalogue();
  kn_write_options options;
  kn_write_options_init(&options, sizeof(options));
  options.expected_version = 7;
  CHECK(kn_remove(catalogue.get(), "case-1", 6, &options, nullptr) == KN_E_CONFLICT);
  REQUIRE(kn_remove(catalogue.get(), "case-1", 6, nullptr, nullptr) == KN_OK);
  kn_text* text = nullptr;
  CHECK(kn_get_json(catalogue.get(), "case-1", 6, 0, &text, nullptr) == KN_E_NOT_FOUND);
  CHECK_FALSE(get(catalogue.get(), "case-1", 1).empty());

  REQUIRE(kn_erase(catalogue.get(), "org-b", 5, nullptr, nullptr, nullptr) == KN_OK);
  CHECK(kn_get_json(catalogue.get(), "org-b", 5, 0, &text, nullptr) == KN_E_ERASED);
  CHECK(kn_get_json(catalogue.get(), "org-b", 5, 1, &text, nullptr) == KN_E_ERASED);
  CHECK(get(catalogue.get(), "prj-1").find("org-b") == std::string::npos);
  CHECK(kn_remove(catalogue.get(), "nobody", 6, nullptr, nullptr) == KN_E_NOT_FOUND);
  CHECK(kn_erase(catalogue.get(), "nobody", 6, nullptr, nullptr, nullptr) == KN_E_NOT_FOUND);
}

TEST_CASE("ids are walked in pages") {
  const Catalogue catalogue = small_catalogue();
  kn_id_list* list = nullptr;
  REQUIRE(kn_ids(catalogue.get(), KN_KIND_ORGANISATION, "", 0, 1, &list, nullptr) == KN_OK);
  Ids ids(list);
  REQUIRE(kn_id_list_count(ids.get()) == 1);
  CHECK(std::string(kn_id_list_id(ids.get(), 0)) == "org-a");
  CHECK(kn_id_list_id(ids.get(), 1) == nullptr);
  REQUIRE(kn_ids(catalogue.get(), KN_KIND_ORGANISATION, "org-a", 5, 10, &list, nullptr) == KN_OK);
  ids.reset(list);
  REQUIRE(kn_id_list_count(ids.get()) == 1);
  CHECK(std::string(kn_id_list_id(ids.get(), 0)) == "org-b");
  CHECK(kn_ids(catalogue.get(), 27, "", 0, 1, &list, nullptr) == KN_E_INVALID_ARGUMENT);
}

TEST_CASE("the journal is followed, erasures included") {
  const Catalogue catalogue = small_catalogue();
  REQUIRE(kn_remove(catalogue.get(), "case-1", 6, nullptr, nullptr) == KN_OK);
  kn_changes* list = nullptr;
  REQUIRE(kn_follow(catalogue.get(), 0, 2, &list, nullptr) == KN_OK);
  Changes page(list);
  REQUIRE(kn_changes_count(page.get()) == 2);
  const auto first = all(page.get());
  CHECK(first[0].n < first[1].n);
  CHECK(first[0].what == KN_CHANGE_PUT);
  CHECK(first[0].kind == KN_KIND_ORGANISATION);
  CHECK(text_of(first[0].id) == "org-a");
  CHECK(text_of(first[0].body).front() == '{');
  CHECK(first[0].at > 1700000000000u);

  REQUIRE(kn_follow(catalogue.get(), first[1].n, 0, &list, nullptr) == KN_OK);
  page.reset(list);
  const auto rest = all(page.get());
  REQUIRE(rest.size() == 4);
  CHECK(rest.back().what == KN_CHANGE_REMOVE);
  CHECK(text_of(rest.back().body).empty());

  kn_text* json = nullptr;
  REQUIRE(kn_changes_json(page.get(), &json, nullptr) == KN_OK);
  const std::string text = take(json);
  CHECK(text.find(R"([{"n":)") == 0);
  CHECK(text.find(R"("what":"remove","id":"case-1","kind":"case-study")") != std::string::npos);
  CHECK(text.find(R"("record":null})") != std::string::npos);

  auto change = sized<kn_change>();
  CHECK(kn_changes_get(page.get(), 4, &change, nullptr) == KN_E_NOT_FOUND);
}

TEST_CASE("history has every version and who made it") {
  const Catalogue catalogue = open(":memory:");
  auto written = sized<kn_written>();
  REQUIRE(put_at(catalogue.get(), 0, &written) == KN_OK);
  REQUIRE(put_at(catalogue.get(), 1, &written, nullptr,
                 R"({"names":[{"language":"en","text":"B"}]})") == KN_OK);
  const Changes changes = history(catalogue.get(), "org-1");
  const auto versions = all(changes.get());
  REQUIRE(versions.size() == 2);
  CHECK(versions[0].version == 1);
  CHECK(versions[1].version == 2);
  CHECK(text_of(versions[1].by) == "the tests");
  kn_changes* none = nullptr;
  CHECK(kn_history(catalogue.get(), "nobody", 6, &none, nullptr) == KN_E_NOT_FOUND);
}

TEST_CASE("a read-only catalogue is not written") {
  const Folder folder;
  const std::string path = folder.path("a.koinon");
  small_catalogue(path);
  kn_open_options options;
  kn_open_options_init(&options, sizeof(options));
  options.read_only = 1;
  kn_catalogue* handle = nullptr;
  REQUIRE(kn_open(path.data(), path.size(), &options, &handle, nullptr) == KN_OK);
  const Catalogue catalogue(handle);
  CHECK_FALSE(get(catalogue.get(), "org-a").empty());
  kn_error* error = nullptr;
  CHECK(put_at(catalogue.get(), 0, nullptr, &error) == KN_E_READ_ONLY);
  message_of(KN_E_READ_ONLY, error);
}
