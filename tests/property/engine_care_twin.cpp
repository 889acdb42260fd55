// SPDX-License-Identifier: Apache-2.0
//
// The care of cases, followed write by write, against a view that another catalogue makes anew of
// the same file.
#include <random>
#include <string>

#include "catalogue.hpp"
#include "catch.hpp"
#include "scratch.hpp"

using namespace koinon;

namespace {

class Writer {
 public:
  explicit Writer(Catalogue& catalogue) : catalogue_(catalogue) {}

  void write() {
    switch (upto(6)) {
      case 0:
        return put("org-" + one_of(6), test::organisation("One"));
      case 1: {
        Project project = test::project("A project");
        project.period = period();
        return put("prj-" + one_of(6), project);
      }
      case 2:
        return remove((upto(1) == 0 ? "org-" : "prj-") + one_of(6));
      case 3:
        return remove("case-" + one_of(12));
      default:
        return put("case-" + one_of(12), study());
    }
  }

 private:
  int upto(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
  std::string one_of(int many) { return std::to_string(upto(many - 1)); }

  PartialDate date() {
    if (upto(3) == 0) return {};
    return {static_cast<std::int16_t>(2008 + upto(22)), static_cast<std::uint8_t>(upto(12)), 0};
  }

  Period period() {
    Period made{date(), date()};
    if (made.from && made.to && made.to.year <= made.from.year) made.to = {};
    return made;
  }

  CaseStudy study() {
    static constexpr const char* running[] = {"", "planned", "running", "ended"};
    static constexpr const char* states[] = {"draft", "national-review", "published"};
    CaseStudy made;
    made.initiative = "ini-1";
    made.state = states[upto(2)];
    made.running = running[upto(3)];
    made.period = period();
    if (upto(1) == 0) made.lead_organisation = "org-" + one_of(6);
    for (int i = upto(2); i > 0; --i) made.projects.push_back("prj-" + one_of(6));
    if (upto(1) == 0) made.problem = {test::text("Something")};
    return made;
  }

  void put(const std::string& id, const Record& record) { catalogue_.put({id, record, {}}); }
  void remove(const std::string& id) {
    try {
      catalogue_.remove(id);
    } catch (const Error& e) {
      REQUIRE(e.code() == ErrorCode::NotFound);
    }
  }

  Catalogue& catalogue_;
  std::mt19937 random_{1126};
};

}  // namespace

TEST_CASE("the care of cases after each write is that of a view made anew") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue followed = Catalogue::open(path);
  followed.put({"ini-1", test::initiative("Home First"), {}});
  Writer writer(followed);
  StaleRequest stale;
  stale.as_of = {2026, 11, 26};
  stale.limit = 1000;
  for (int round = 0; round < 40; ++round) {
    for (int i = 0; i < 5; ++i) {
      writer.write();
      if (i % 2 == 0) followed.stale(stale);
    }
    const Catalogue anew = Catalogue::open(path);
    INFO("round " << round);
    REQUIRE(to_json(followed.stale(stale)) == to_json(anew.stale(stale)));
    REQUIRE(to_json(followed.incomplete()) == to_json(anew.incomplete()));
  }
}
