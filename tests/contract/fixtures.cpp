// SPDX-License-Identifier: Apache-2.0
#include "fixtures.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace contract {

Folder::Folder() {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "koinon-contract-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  root_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(path(name), std::ios::binary) << bytes;
  return path(name);
}

std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return {Bytes(stream), Bytes()};
}

Catalogue open(const std::string& path) {
  kn_catalogue* catalogue = nullptr;
  kn_error* error = nullptr;
  const int32_t code = kn_open(path.data(), path.size(), nullptr, &catalogue, &error);
  INFO(path << ": " << (error != nullptr ? kn_error_message(error) : ""));
  kn_error_free(error);
  REQUIRE(code == KN_OK);
  return Catalogue(catalogue);
}

void put(kn_catalogue* catalogue, int32_t kind, const std::string& id, const std::string& json) {
  kn_error* error = nullptr;
  const int32_t code = kn_put_json(catalogue, kind, id.data(), id.size(), json.data(), json.size(),
                                   nullptr, nullptr, &error);
  INFO(id << ": " << (error != nullptr ? kn_error_message(error) : ""));
  kn_error_free(error);
  REQUIRE(code == KN_OK);
}

std::string get(kn_catalogue* catalogue, const std::string& id, std::uint64_t version) {
  kn_text* json = nullptr;
  REQUIRE(kn_get_json(catalogue, id.data(), id.size(), version, &json, nullptr) == KN_OK);
  return take(json);
}

Catalogue small_catalogue(const std::string& path) {
  Catalogue catalogue = open(path);
  put(catalogue.get(), KN_KIND_ORGANISATION, "org-a",
      R"({"names":[{"language":"fi","text":"Asuntosäätiö"}],"kind":"ngo",)"
      R"("addresses":[{"role":"seat","country":"FI"}]})");
  put(catalogue.get(), KN_KIND_ORGANISATION, "org-b",
      R"({"names":[{"language":"en","text":"Housing Together"}]})");
  put(catalogue.get(), KN_KIND_PROJECT, "prj-1",
      R"({"titles":[{"language":"en","text":"Homes first"}],"period":{"from":"2016-03","to":"2019"},)"
      R"("participations":[{"organisation":"org-a","role":"coordinator","share":"0.6"},)"
      R"({"organisation":"org-b","role":"partner"}]})");
  put(catalogue.get(), KN_KIND_INITIATIVE, "ini-1",
      R"({"names":[{"language":"en","text":"Homes first"}]})");
  put(catalogue.get(), KN_KIND_CASE_STUDY, "case-1",
      R"({"initiative":"ini-1","state":"published",)"
      R"("title":[{"language":"en","text":"A home first, for young homeless people"}],)"
      R"("problem":[{"language":"en","text":"Young homeless people wait for years."}],)"
      R"("solution":[{"language":"en","text":"A flat comes first, support follows."}],)"
      R"("locations":[{"role":"implementation","country":"FI"}]})");
  return catalogue;
}

std::string mixed_lines() {
  return R"({"id":"org-x","kind":"organisation","record":{"names":[{"language":"en","text":"X"}]}})"
         "\n"
         R"({"id":"org-y","kind":"organisation","record":{"names":[{"language":"en","text":"Y"}]}})"
         "\n"
         R"({"id":"org-z","kind":"organisation","record":{"names":[{"language":"en","text":"Z"}],)"
         R"("kind":"no-such-kind"}})"
         "\n"
         "this is no JSON\n";
}

}  // namespace contract
