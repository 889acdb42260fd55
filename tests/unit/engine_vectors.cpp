// SPDX-License-Identifier: Apache-2.0
//
// Ready vectors that a host brings: in the file, in the search view, and gone when they must be.
#include "engine/vectors.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"

using namespace koinon;
namespace fs = std::filesystem;
using test::error_of;
using test::organisation;

namespace {

constexpr std::size_t numbers = 64;
constexpr int crowd = 30;

OpenOptions with_model(const std::string& model = "big-model", std::size_t dimension = numbers) {
  OpenOptions options;
  options.thesaurus = false;
  options.vector_model = model;
  options.vector_dimension = dimension;
  return options;
}

// As different as they are far from each other.
std::vector<float> towards(std::size_t place) {
  std::vector<float> made(numbers, 0.05F);
  for (std::size_t i = 0; i < 8; ++i) made[(place * 8 + i) % numbers] = 1;
  return made;
}

// Rows with the numbers that they borrow.
struct Given {
  std::vector<float> all;
  VectorRows rows;

  explicit Given(const std::string& model = "big-model") {
    rows.model = model;
    rows.dimension = numbers;
  }
  Given& add(const std::string& id, const std::vector<float>& vector) {
    rows.ids.push_back(id);
    all.insert(all.end(), vector.begin(), vector.end());
    rows.numbers = all.data();
    rows.count = all.size();
    return *this;
  }
};

// Many organisations that mean one thing, by name "org-0" and on, and their vectors.
void fill(Catalogue& catalogue) {
  std::vector<Write> writes;
  Given given;
  for (int i = 0; i < crowd; ++i) {
    const std::string id = "org-" + std::to_string(i);
    writes.push_back({id, organisation("Crowd " + std::to_string(i)), {}});
    given.add(id, towards(0));
  }
  catalogue.put_all(writes);
  catalogue.put_vectors(given.rows);
}

std::vector<std::string> nearest(const Catalogue& catalogue, std::size_t place) {
  SearchRequest request;
  request.vector = towards(place);
  std::vector<std::string> ids;
  for (const Hit& hit : catalogue.search(request).hits) ids.push_back(hit.id);
  return ids;
}

using Ids = std::vector<std::string>;

std::vector<std::string> codes_of(const VectorsReport& report) {
  std::vector<std::string> codes;
  for (const RefusedVector& each : report.refused)
    codes.push_back(std::to_string(each.row) + " " + each.id + " " + each.code);
  return codes;
}

}  // namespace

TEST_CASE("what was brought is found by the next question, and after opening again", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  {
    Catalogue catalogue = Catalogue::open(path, with_model());
    fill(catalogue);
    CHECK(nearest(catalogue, 3).empty());
    const VectorsReport report = catalogue.put_vectors(Given().add("org-7", towards(3)).rows, "me");
    CHECK(report.rows == 1);
    CHECK(report.stored == 1);
    CHECK(report.unchanged == 0);
    CHECK(report.refused.empty());
    CHECK(report.change == catalogue.statistics().change);
    CHECK(nearest(catalogue, 3) == Ids{"org-7"});
  }
  CHECK(nearest(Catalogue::open(path, with_model()), 3) == Ids{"org-7"});
  // Also by a view that is made anew.
  fs::remove_all(path + ".views");
  Catalogue catalogue = Catalogue::open(path, with_model());
  CHECK(nearest(catalogue, 3) == Ids{"org-7"});
  CHECK(catalogue.check().findings.empty());
  const Statistics statistics = catalogue.statistics();
  REQUIRE(statistics.vectors.size() == 1);
  CHECK(statistics.vectors[0].name == "big-model");
  CHECK(statistics.vectors[0].dimension == numbers);
  CHECK(statistics.vectors[0].records == crowd);
}

TEST_CASE("the same vectors again change nothing", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:", with_model());
  fill(catalogue);
  const std::uint64_t before = catalogue.statistics().change;
  std::vector<float> longer = towards(0);
  for (float& number : longer) number *= 4;  // the same direction
  const VectorsReport report =
      catalogue.put_vectors(Given().add("org-1", towards(0)).add("org-2", longer).rows);
  CHECK(report.unchanged == 2);
  CHECK(report.stored == 0);
  CHECK(report.change == 0);
  CHECK(catalogue.statistics().change == before);
}

TEST_CASE("a record has one vector for each row that names it", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:", with_model());
  fill(catalogue);
  Given given;
  given.add("org-7", towards(3)).add("org-8", towards(5)).add("org-7", towards(4));
  CHECK(catalogue.put_vectors(given.rows).stored == 2);
  CHECK(nearest(catalogue, 3) == Ids{"org-7"});
  CHECK(nearest(catalogue, 4) == Ids{"org-7"});
  CHECK(nearest(catalogue, 5) == Ids{"org-8"});
  // New ones stand in the place of all that it had.
  catalogue.put_vectors(Given().add("org-7", towards(5)).rows);
  CHECK(nearest(catalogue, 3).empty());
  CHECK(nearest(catalogue, 5) == Ids{"org-7", "org-8"});
}

TEST_CASE("the journal tells of vectors, and a record's history and version do not", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:", with_model());
  catalogue.put({"org-1", organisation("One"), {}});
  catalogue.put_vectors(Given().add("org-1", towards(1)).rows, "nightly job");
  const std::vector<Change> changes = catalogue.follow(0);
  REQUIRE(changes.size() == 2);
  CHECK(changes[1].what == ChangeKind::Vectors);
  CHECK(changes[1].id == "org-1");
  CHECK(changes[1].version == 1);
  CHECK(changes[1].by == "nightly job");
  CHECK(changes[1].body.empty());
  CHECK(catalogue.history("org-1").size() == 1);
  CHECK(catalogue.get("org-1").version == 1);
  CHECK(catalogue.put({"org-1", organisation("Uno"), 1}).version == 2);
  // Who is told of new records is not told of vectors.
  SavedSearch saved{"all", {}};
  saved.request.text = "uno";
  const std::uint64_t now = catalogue.statistics().change;
  catalogue.put_vectors(Given().add("org-1", towards(2)).rows);
  CHECK(catalogue.alerts({saved}, now).alerts.empty());
  CHECK(catalogue.alerts({saved}, now - 1).alerts.size() == 1);
}

TEST_CASE("vectors hold for the model that the catalogue is opened with, and no other",
          "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  {
    Catalogue catalogue = Catalogue::open(path, with_model());
    fill(catalogue);
    // Beside it, for later: nothing of what is found now changes.
    catalogue.put_vectors(Given("next-model").add("org-9", towards(3)).rows);
    CHECK(nearest(catalogue, 3).empty());
  }
  Catalogue next = Catalogue::open(path, with_model("next-model"));
  CHECK(nearest(next, 3) == Ids{"org-9"});
  CHECK(next.statistics().vectors.size() == 2);
  CHECK(next.drop_vectors("big-model", "me") == crowd);
  CHECK(next.drop_vectors("big-model") == 0);
  CHECK(next.statistics().vectors.size() == 1);
  CHECK(next.drop_vectors("next-model") == 1);
  CHECK(nearest(next, 3).empty());
  Catalogue plain = Catalogue::open(path);
  SearchRequest request;
  request.vector = towards(1);
  CHECK(error_of([&] { plain.search(request); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a model has one dimension in a catalogue", "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue catalogue = Catalogue::open(path, with_model());
  fill(catalogue);
  std::vector<float> wide(128, 1.0F);
  VectorRows rows{"big-model", 128, {"org-1"}, wide.data(), wide.size()};
  CHECK(error_of([&] { catalogue.put_vectors(rows); }) == ErrorCode::InvalidArgument);
  CHECK(error_of([&] { Catalogue::open(path, with_model("big-model", 128)); }) ==
        ErrorCode::InvalidArgument);
  catalogue.drop_vectors("big-model");
  CHECK(catalogue.put_vectors(rows).stored == 1);
  // Opened for another dimension, it finds nothing by them.
  CHECK(nearest(catalogue, 1).empty());
}

TEST_CASE("rows that cannot be are told with place and reason, and the others go in",
          "[engine][bad]") {
  Catalogue catalogue = Catalogue::open(":memory:", with_model());
  fill(catalogue);
  catalogue.put({"gone", organisation("Gone"), {}});
  catalogue.remove("gone");
  catalogue.put({"erased", organisation("Erased"), {}});
  catalogue.erase("erased");
  std::vector<float> nan = towards(1);
  nan[5] = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> infinite = towards(1);
  infinite[63] = -std::numeric_limits<float>::infinity();
  Given given;
  given.add("org-1", nan)
      .add("org-2", infinite)
      .add("org-3", std::vector<float>(numbers, 0.0F))
      .add("never", towards(1))
      .add("gone", towards(1))
      .add("erased", towards(1))
      .add("", towards(1))
      .add("org-4", towards(3))
      .add("org-1", towards(3));  // a good row of a record with a bad one
  for (int i = 0; i < 17; ++i) given.add("org-5", towards(4));
  const VectorsReport report = catalogue.put_vectors(given.rows);
  CHECK(codes_of(report) == Ids{"0 org-1 not_finite", "1 org-2 not_finite", "2 org-3 zeros",
                                "3 never not_found", "4 gone removed", "5 erased erased",
                                "6  not_found", "25 org-5 too_many"});
  CHECK(report.refused[0].message == "row 0 ('org-1') has a number that is not finite at place 5");
  CHECK(report.stored == 3);
  CHECK(report.rows == 26);
  CHECK(nearest(catalogue, 3) == Ids{"org-1", "org-4"});
  CHECK(nearest(catalogue, 4) == Ids{"org-5"});
  // Records of which nothing could be taken keep what they had.
  CHECK(catalogue.statistics().vectors[0].records == crowd);
}

TEST_CASE("an array that is none at all is refused as a whole", "[engine][bad]") {
  Catalogue catalogue = Catalogue::open(":memory:", with_model());
  fill(catalogue);
  const std::uint64_t before = catalogue.statistics().change;
  const auto refused = [&](auto&& spoil) {
    Given given;
    given.add("org-1", towards(3)).add("org-2", towards(3));
    spoil(given.rows);
    return error_of([&] { catalogue.put_vectors(given.rows); }) == ErrorCode::InvalidArgument;
  };
  for (const std::size_t dimension : {std::size_t{0}, std::size_t{1}, std::size_t{63},
                                      std::size_t{4160}, std::numeric_limits<std::size_t>::max()}) {
    CAPTURE(dimension);
    CHECK(refused([&](VectorRows& rows) { rows.dimension = dimension; }));
  }
  CHECK(refused([](VectorRows& rows) { rows.count -= 1; }));
  CHECK(refused([](VectorRows& rows) { rows.count -= numbers; }));
  CHECK(refused([](VectorRows& rows) { rows.ids.pop_back(); }));
  CHECK(refused([](VectorRows& rows) { rows.numbers = nullptr; }));
  CHECK(refused([](VectorRows& rows) { rows.model = ""; }));
  CHECK(refused([](VectorRows& rows) { rows.model = std::string(201, 'x'); }));
  CHECK(refused([](VectorRows& rows) { rows.model = "\xFF"; }));
  CHECK(catalogue.statistics().change == before);
  // No rows are no fault.
  const VectorRows none{"new-model", numbers, {}, nullptr, 0};
  CHECK(catalogue.put_vectors(none).rows == 0);
  CHECK(catalogue.statistics().vectors.size() == 1);
  CHECK(error_of([&] { catalogue.drop_vectors(""); }) == ErrorCode::InvalidArgument);
  Task stopped;
  stopped.cancel.cancel();
  Given given;
  for (int i = 0; i < 600; ++i) given.add("org-" + std::to_string(i % crowd), towards(3));
  CHECK(error_of([&] { catalogue.put_vectors(given.rows, "", stopped); }) == ErrorCode::Cancelled);
  CHECK(catalogue.statistics().change == before);
}

TEST_CASE("a model that cannot be is refused when a catalogue is opened", "[engine][bad]") {
  const auto refused = [](const OpenOptions& options) {
    return error_of([&] { Catalogue::open(":memory:", options); }) == ErrorCode::InvalidArgument;
  };
  CHECK(refused(with_model("big-model", 0)));
  CHECK(refused(with_model("big-model", 100)));
  CHECK(refused(with_model("big-model", 4160)));
  CHECK(refused(with_model("", 64)));
  CHECK(refused(with_model(std::string(201, 'x'), 64)));
  CHECK_FALSE(refused(with_model("", 0)));
  CHECK_FALSE(refused(with_model("big-model", 4096)));
}

TEST_CASE("an erased record's vectors are in no file, and a removed record's are gone",
          "[engine]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue catalogue = Catalogue::open(path, with_model());
  fill(catalogue);
  // Bytes that nothing else has.
  std::vector<float> telling(numbers);
  std::string bytes(numbers, '\0');
  for (std::size_t i = 0; i < numbers; ++i) {
    const int number = static_cast<int>(i * 37 % 120) + 1;
    telling[i] = static_cast<float>(i == 0 ? 127 : number);
    bytes[i] = static_cast<char>(i == 0 ? 127 : number);
  }
  Given given;
  given.add("org-1", telling).add("org-2", towards(2));
  catalogue.put_vectors(given.rows);
  catalogue.put_vectors(Given("next-model").add("org-1", telling).rows);
  catalogue.prepare();
  const auto in_views = [&] {
    for (const auto& file : fs::recursive_directory_iterator(path + ".views")) {
      if (!file.is_regular_file()) continue;
      if (test::bytes_of(file.path().string()).find(bytes) != std::string::npos) return true;
    }
    return false;
  };
  REQUIRE(test::holds(path, bytes));
  REQUIRE(in_views());
  catalogue.erase("org-1");
  CHECK_FALSE(test::holds(path, bytes));
  CHECK_FALSE(in_views());
  CHECK(test::exported(catalogue, true).find("org-1") != std::string::npos);
  catalogue.remove("org-2");
  CHECK(nearest(catalogue, 2).empty());
  catalogue.put({"org-2", organisation("Back"), {}});
  CHECK(nearest(catalogue, 2).empty());
  CHECK(catalogue.statistics().vectors[0].records == crowd - 2);
  CHECK(catalogue.statistics().vectors[1].records == 0);
  CHECK(catalogue.check().findings.empty());
}

TEST_CASE("backups have the vectors, exports do not, and a history comes back without",
          "[engine]") {
  const test::Scratch scratch;
  Catalogue catalogue = Catalogue::open(scratch / "a.koinon", with_model());
  fill(catalogue);
  catalogue.put_vectors(Given().add("org-7", towards(3)).rows);
  catalogue.put({"last", organisation("Last"), {}});
  catalogue.backup(scratch / "b.koinon");
  CHECK(nearest(Catalogue::open(scratch / "b.koinon", with_model()), 3) == Ids{"org-7"});
  for (const bool history : {false, true}) {
    CAPTURE(history);
    const std::string file = scratch / "all.jsonl";
    CHECK(catalogue.export_file(file, history) == crowd + 2);
    Catalogue other = Catalogue::open(":memory:", with_model());
    const ImportReport report = other.import_file(file);
    CHECK(report.quarantined == 0);
    CHECK(report.stored == crowd + 1);
    CHECK(other.get("last").version == 1);
    CHECK(nearest(other, 3).empty());
    CHECK(other.statistics().vectors.empty());
    // And into the catalogue that it is from: nothing is new.
    CHECK(catalogue.import_file(file).unchanged == crowd + 1);
  }
}

namespace {

// A model in the process, which calls every text a crowd.
class Crowd final : public Embedder {
 public:
  std::size_t dimension() const override { return numbers; }
  std::uint64_t version() const override { return 1; }
  bool embed(std::string_view text, std::string_view, float* out) const override {
    const auto made = towards(text.find("boat") != std::string_view::npos ? 6 : 0);
    std::copy(made.begin(), made.end(), out);
    return true;
  }
};

}  // namespace

TEST_CASE("beside an embedder, vectors count until their record changes", "[engine]") {
  OpenOptions options = with_model("crowd", 0);
  options.embedder = std::make_shared<Crowd>();
  for (const bool embedder : {true, false}) {
    CAPTURE(embedder);
    if (!embedder) options = with_model("crowd");
    Catalogue catalogue = Catalogue::open(":memory:", options);
    fill(catalogue);
    Given given("crowd");
    for (int i = 0; i < crowd; ++i) given.add("org-" + std::to_string(i), towards(i == 7 ? 3 : 0));
    catalogue.put_vectors(given.rows);
    CHECK(nearest(catalogue, 3) == Ids{"org-7"});
    catalogue.put({"org-7", organisation("A boat"), {}});
    CHECK(nearest(catalogue, 6) == (embedder ? Ids{"org-7"} : Ids{}));
    CHECK(nearest(catalogue, 3) == (embedder ? Ids{} : Ids{"org-7"}));
    catalogue.put_vectors(given.rows);
    CHECK(nearest(catalogue, 3) == Ids{"org-7"});
  }
  options = with_model("crowd", 128);
  options.embedder = std::make_shared<Crowd>();
  CHECK(error_of([&] { Catalogue::open(":memory:", options); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a saved search cannot be a vector alone", "[engine][bad]") {
  Catalogue catalogue = Catalogue::open(":memory:", with_model());
  fill(catalogue);
  SavedSearch saved{"near", {}};
  saved.request.vector = towards(0);
  CHECK(error_of([&] { catalogue.alerts({saved}, 0); }) == ErrorCode::InvalidArgument);
  saved.request.text = "crowd";
  CHECK(catalogue.alerts({saved}, 0).alerts.size() == crowd);
  saved.request.vector.pop_back();
  CHECK(error_of([&] { catalogue.alerts({saved}, 0); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("an explanation of what a vector found adds up", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:", with_model());
  fill(catalogue);
  catalogue.put_vectors(Given().add("org-7", towards(3)).rows);
  SearchRequest request;
  request.vector = towards(3);
  const SearchResults results = catalogue.search(request);
  REQUIRE(results.hits.size() == 1);
  const Explanation told = catalogue.explain(request, "org-7");
  CHECK(told.found);
  CHECK(told.score == Approx(results.hits[0].score));
  REQUIRE(told.parts.size() == 1);
  CHECK(told.parts[0].signal == "meaning");
  CHECK_FALSE(catalogue.explain(request, "org-8").found);
}

TEST_CASE("pages of one question go on only with the same vector", "[engine]") {
  Catalogue catalogue = Catalogue::open(":memory:", with_model());
  fill(catalogue);
  Given given;
  for (int i = 0; i < 5; ++i) given.add("org-" + std::to_string(i), towards(3));
  catalogue.put_vectors(given.rows);
  SearchRequest request;
  request.vector = towards(3);
  request.limit = 2;
  request.keep_seconds = 60;
  SearchResults page = catalogue.search(request);
  CHECK(page.total == 5);
  request.after = page.next;
  CHECK(catalogue.search(request).hits.size() == 2);
  request.vector = towards(0);
  CHECK(error_of([&] { catalogue.search(request); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("vectors that were damaged in the file are found out, and told", "[engine][bad]") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  {
    Catalogue catalogue = Catalogue::open(path, with_model());
    fill(catalogue);
  }
  fs::remove_all(path + ".views");
  test::Sqlite(path).run("UPDATE vectors SET numbers = x'0102' WHERE record = 3");
  Catalogue catalogue = Catalogue::open(path, with_model());
  CHECK(error_of([&] { nearest(catalogue, 0); }) == ErrorCode::Damaged);
  const auto findings = catalogue.check().findings;
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].where == "org-2");
  catalogue.put_vectors(Given().add("org-2", towards(3)).rows);
  CHECK(nearest(catalogue, 3) == Ids{"org-2"});
}
