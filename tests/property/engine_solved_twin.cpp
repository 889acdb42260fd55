// SPDX-License-Identifier: Apache-2.0
//
// Methods for a problem and who has solved it before, against twins that read everything that they
// weigh through questions of their own, while records come, change and go.
#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "programme/fit.hpp"
#include "random_writes.hpp"
#include "scratch.hpp"

using namespace koinon;

namespace {

using Codes = std::vector<std::string>;

// ---- The twins ---------------------------------------------------------------------------------

struct Read {
  Hit hit;
  Record record;
  FitReason text{"text", 0, programme::text_weight, {}};
};

// What search finds by the text and by the codes, each read.
template <class Request>
std::vector<Read> read_all(const Catalogue& catalogue, const Request& request, const Codes& kinds,
                           std::uint64_t& change) {
  SearchRequest question;
  question.language = request.language;
  question.filters = {{"kind", kinds, false}};
  question.limit = 500;
  question.snippets = false;
  question.suggest = false;
  std::vector<Read> found;
  std::set<std::string> seen;
  const auto take = [&](bool by_text) {
    const SearchResults results = catalogue.search(question);
    change = results.change;
    for (const Hit& hit : results.hits) {
      if (!seen.insert(hit.id).second) continue;
      Read& one = found.emplace_back(Read{hit, catalogue.get(hit.id).record});
      if (!by_text || results.hits[0].score <= 0) continue;
      one.text.part = hit.score / results.hits[0].score;
      for (const FoundThrough& through : hit.found_through) one.text.what.push_back(through.what);
    }
  };
  if (!request.text.empty()) {
    question.text = request.text;
    take(true);
  }
  std::vector<Query> codes;
  if (!request.themes.empty()) codes.push_back(query::code("theme", request.themes));
  if (!request.target_groups.empty())
    codes.push_back(query::code("target-group", request.target_groups));
  if (!codes.empty()) {
    question.text.clear();
    question.query = query::any_of(codes);
    take(false);
  }
  return found;
}

template <class Request>
std::vector<FitReason> reasons_of(const Request& request, const Read& read) {
  std::vector<FitReason> reasons;
  if (!request.text.empty()) reasons.push_back(read.text);
  Codes themes;
  Codes groups;
  if (const auto* study = std::get_if<CaseStudy>(&read.record)) {
    themes = study->themes;
    groups = study->target_groups;
  } else if (const auto* method = std::get_if<Method>(&read.record)) {
    themes = method->themes;
    groups = method->target_groups;
  } else {
    themes = std::get<Project>(read.record).themes;
  }
  if (!request.themes.empty())
    reasons.push_back(programme::codes_in_common("themes", request.themes, themes));
  if (!request.target_groups.empty())
    reasons.push_back(programme::codes_in_common("target-groups", request.target_groups, groups));
  return reasons;
}

MethodsFound slow_methods(const Catalogue& catalogue, const MethodsRequest& request) {
  MethodsFound answer;
  for (const Read& read : read_all(catalogue, request, {"method"}, answer.change)) {
    const auto& told = std::get<Method>(read.record);
    if (told.state == "rejected") continue;
    ++answer.considered;
    const MethodReport report = catalogue.method(read.hit.id);
    MethodFound one;
    one.id = read.hit.id;
    one.title = read.hit.title;
    one.state = told.state;
    one.reasons = reasons_of(request, read);
    one.uses = report.uses;
    const auto there = [&](const MethodUseShown& use) {
      return !request.country.empty() &&
             std::count(use.countries.begin(), use.countries.end(), request.country) > 0;
    };
    if (!request.country.empty()) {
      FitReason reason{"country", 0, programme::place_weight, {}};
      for (const auto& use : one.uses) {
        if (there(use)) reason.what.push_back(use.case_study);
      }
      reason.part = reason.what.empty() ? 0 : 1;
      one.reasons.push_back(reason);
    }
    if (!request.language.empty()) {
      FitReason reason{"language", 0, programme::place_weight, {}};
      for (const MethodVersion& version : told.versions) {
        Codes languages = version.languages;
        for (const Text& text : version.text) languages.push_back(text.language);
        if (std::count(languages.begin(), languages.end(), request.language) > 0) reason.part = 1;
      }
      if (reason.part > 0) reason.what = {request.language};
      one.reasons.push_back(reason);
    }
    one.standard = report.standard.grade;
    one.reasons.push_back({"evidence", programme::standard_part(one.standard),
                           programme::evidence_weight,
                           one.standard.empty() ? Codes{} : Codes{one.standard}});
    one.score = programme::weighed_mean(one.reasons);
    one.successor = report.successor;
    one.successor_title = report.successor_title;
    std::stable_partition(one.uses.begin(), one.uses.end(), there);
    if (one.uses.size() > request.uses) one.uses.resize(request.uses);
    answer.methods.push_back(one);
  }
  std::sort(answer.methods.begin(), answer.methods.end(), [](const auto& a, const auto& b) {
    if (a.successor.empty() != b.successor.empty()) return a.successor.empty();
    return a.score != b.score ? a.score > b.score : a.id < b.id;
  });
  if (answer.methods.size() > request.limit) answer.methods.resize(request.limit);
  return answer;
}

template <class T>
bool better(const T& a, const T& b) {
  return a.score != b.score ? a.score > b.score : a.id < b.id;
}

// What the organisation itself tells; of one that is not there its id.
void tell_facts(const Catalogue& catalogue, SolvedOrganisation& one) {
  one.name = one.id;
  try {
    const Record record = catalogue.get(one.id).record;
    const auto& told = std::get<Organisation>(record);
    one.name = told.names.at(0).text;
    one.kind = told.kind;
    if (!told.addresses.empty()) one.country = told.addresses[0].country;
  } catch (const Error& e) {
    REQUIRE((e.code() == ErrorCode::NotFound || e.code() == ErrorCode::Erased));
  }
}

SolvedAnswer slow_solved(const Catalogue& catalogue, const SolvedRequest& request) {
  SolvedAnswer answer;
  std::map<std::string, std::vector<SolvedRecord>> behind;
  const auto all = read_all(catalogue, request, {"case-study", "project", "method"}, answer.change);
  for (const Read& read : all) {
    ++answer.considered;
    SolvedRecord one;
    one.id = read.hit.id;
    one.kind = kind_name(read.hit.kind);
    one.title = read.hit.title;
    one.language = read.hit.title_language;
    one.countries = read.hit.countries;
    one.reasons = reasons_of(request, read);
    one.score = programme::weighed_mean(one.reasons);
    for (const auto& [id, roles] : programme::roles_in(read.record)) {
      behind[id].push_back(one);
      behind[id].back().roles = roles;
    }
    (read.hit.kind == RecordKind::Method ? answer.methods : answer.cases).push_back(one);
  }
  for (auto& [id, works] : behind) {
    SolvedOrganisation one;
    one.id = id;
    tell_facts(catalogue, one);
    std::vector<double> scores;
    for (const SolvedRecord& work : works) {
      const programme::RoleRank rank = programme::role_rank(work.roles);
      scores.push_back(work.score * programme::role_weight(rank));
      one.authority = one.authority || rank == programme::RoleRank::Authority;
    }
    const auto& wanted = request.countries;
    if (request.authorities && !one.authority) continue;
    if (!wanted.empty() && std::count(wanted.begin(), wanted.end(), one.country) == 0) continue;
    one.score = programme::summed(scores);
    one.records = works.size();
    std::sort(works.begin(), works.end(), better<SolvedRecord>);
    if (works.size() > request.works) works.resize(request.works);
    one.works = works;
    answer.organisations.push_back(one);
  }
  std::sort(answer.organisations.begin(), answer.organisations.end(), better<SolvedOrganisation>);
  if (answer.organisations.size() > request.limit) answer.organisations.resize(request.limit);
  for (auto* list : {&answer.cases, &answer.methods}) {
    std::sort(list->begin(), list->end(), better<SolvedRecord>);
    if (list->size() > request.limit) list->resize(request.limit);
  }
  return answer;
}

// ---- Writes and questions ----------------------------------------------------------------------

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  int upto(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
  bool often() { return upto(2) != 0; }
  std::string one_of(const char* prefix, int many) {
    return std::string(prefix) + '-' + std::to_string(upto(many - 1));
  }
  const std::string& one_of(const Codes& all) {
    return all[static_cast<std::size_t>(upto(static_cast<int>(all.size()) - 1))];
  }
  Codes some_of(const Codes& all, int most) {
    Codes some;
    for (int i = upto(most); i > 0; --i) {
      const std::string& code = one_of(all);
      if (std::count(some.begin(), some.end(), code) == 0) some.push_back(code);
    }
    return some;
  }
  std::string words(int most) {
    static const Codes known = {"sleep", "rough", "home",  "debt",  "advice", "young",
                                "care",  "work",  "first", "stair", "elder",  "move"};
    std::string all = one_of(known);
    for (int i = upto(most); i > 0; --i) all += ' ' + one_of(known);
    return all;
  }

 private:
  std::mt19937 random_;
};

const Codes themes = {"housing", "debt", "care", "work"};
const Codes groups = {"homeless-people", "young-people", "migrants"};
const Codes countries = {"FI", "SE", "DE"};
const Codes languages = {"en", "fi", "de"};

class Writer {
 public:
  Writer(Catalogue& catalogue, Dice& dice) : catalogue_(catalogue), dice_(dice) {}

  void write() {
    switch (dice_.upto(11)) {
      case 0:
        return put(dice_.one_of("org", organisations), organisation());
      case 1:
        return put(dice_.one_of("prj", 8), project());
      case 2:
      case 3:
        return put(dice_.one_of("evid", 20), evidence());
      case 4:
        return put(dice_.one_of("pilot", 8), pilot());
      case 5:
      case 6: {
        const std::string id = dice_.one_of("meth", methods);
        return put(id, method(id));
      }
      case 7:
        return take_away();
      default:
        return put(dice_.one_of("case", cases), study());
    }
  }

 private:
  static constexpr int organisations = 8;
  static constexpr int methods = 12;
  static constexpr int cases = 24;

  LangText text(int most) { return {test::text(dice_.words(most), dice_.one_of(languages))}; }

  std::vector<Participation> participations() {
    static const Codes roles = {"partner", "managing-authority", "coordinator", "funder"};
    std::vector<Participation> all;
    for (int i = dice_.upto(3); i > 0; --i) {
      Participation& part = all.emplace_back();
      part.organisation = dice_.one_of("org", organisations);
      part.role = dice_.one_of(roles);
    }
    return all;
  }

  std::vector<Place> places() {
    std::vector<Place> all;
    for (int i = dice_.upto(2); i > 0; --i) all.emplace_back().country = dice_.one_of(countries);
    return all;
  }

  Record organisation() {
    Organisation made = test::organisation(dice_.words(2));
    made.addresses = places();
    return made;
  }

  Record project() {
    Project made;
    made.titles = text(3);
    made.themes = dice_.some_of(themes, 2);
    made.locations = places();
    made.participations = participations();
    return made;
  }

  Record method(const std::string& id) {
    static const Codes states = {"", "validated", "disseminated", "superseded", "rejected"};
    Method made;
    made.names = text(2);
    made.state = dice_.one_of(states);
    if (dice_.often()) made.description = text(4);
    if (dice_.often()) made.problem = text(4);
    made.themes = dice_.some_of(themes, 2);
    made.target_groups = dice_.some_of(groups, 2);
    if (dice_.often()) made.maintainer = dice_.one_of("org", organisations);
    MethodVersion& version = made.versions.emplace_back();
    version.label = "1.0";
    version.languages = dice_.some_of(languages, 2);
    if (!dice_.often()) version.text = text(1);
    if (dice_.often()) version.manual = "https://example.org/manual";
    if (!dice_.often()) made.superseded_by = dice_.one_of("meth", methods);
    if (made.superseded_by == id) made.superseded_by.clear();
    if (dice_.upto(9) == 0) made.standard = GradeOverride{"3", "known", "host-1", {2026, 1, 1}};
    return made;
  }

  Record study() {
    CaseStudy made;
    made.initiative = dice_.one_of("ini", 3);
    made.state = dice_.upto(5) == 0 ? "draft" : "published";
    made.title = text(3);
    if (dice_.often()) made.problem = text(5);
    if (dice_.often()) made.solution = text(5);
    made.themes = dice_.some_of(themes, 2);
    made.target_groups = dice_.some_of(groups, 2);
    made.locations = places();
    if (dice_.often()) made.lead_organisation = dice_.one_of("org", organisations + 2);
    made.participations = participations();
    for (int i = dice_.upto(3); i > 0; --i)
      made.methods.push_back({dice_.one_of("meth", methods), std::to_string(i), text(2)});
    return made;
  }

  Record evidence() {
    static const Codes features = {"before-after", "comparison-group", "random-assignment"};
    Evidence made;
    switch (dice_.upto(3)) {
      case 0:
        made.about = dice_.one_of("ini", 3);
        break;
      case 1:
        made.about = dice_.one_of("pilot", 8);
        break;
      case 2:
        made.about = dice_.one_of("case", cases);
        break;
      default:
        made.about = dice_.one_of("meth", methods);
    }
    made.features = dice_.some_of(features, 2);
    made.independence = dice_.often() ? "independent" : "own";
    Effect& effect = made.effects.emplace_back();
    effect.indicator = "housed";
    effect.baseline = 1;
    effect.value = dice_.often() ? 2 : 1;
    return made;
  }

  Record pilot() {
    Pilot made;
    made.method = dice_.one_of("meth", methods);
    if (dice_.often()) made.case_study = dice_.one_of("case", cases);
    return made;
  }

  void take_away() {
    static const Codes kinds = {"org", "prj", "evid", "pilot", "meth", "case"};
    const std::string id = dice_.one_of(dice_.one_of(kinds).c_str(), 8);
    test::take_if_there(catalogue_, id, dice_.upto(3) == 0);
  }

  void put(const std::string& id, const Record& record) {
    test::put_if_may(catalogue_, id, record);
  }

  Catalogue& catalogue_;
  Dice& dice_;
};

template <class Request>
Request question(Dice& dice) {
  Request request;
  do {
    if (dice.often()) request.text = dice.words(2);
    request.themes = dice.some_of(themes, 2);
    request.target_groups = dice.some_of(groups, 2);
  } while (request.text.empty() && request.themes.empty() && request.target_groups.empty());
  if (dice.often()) request.language = dice.one_of(languages);
  if (dice.often()) request.limit = static_cast<std::size_t>(dice.upto(12));
  return request;
}

// Segments of the index are joined while questions are asked, which moves scores in their sixth
// digit; then both are asked again.
template <class Quick, class Slow>
void check_same(Quick quick, Slow slow) {
  std::string told;
  std::string expected;
  for (int attempt = 0; attempt < 3; ++attempt) {
    told = quick();
    expected = slow();
    if (told == expected) break;
  }
  CHECK(told == expected);
}

void compare(const Catalogue& catalogue, Dice& dice) {
  auto methods = question<MethodsRequest>(dice);
  if (dice.often()) methods.country = dice.one_of(countries);
  methods.uses = static_cast<std::size_t>(dice.upto(4));
  check_same([&] { return to_json(catalogue.methods_for(methods)); },
             [&] { return to_json(slow_methods(catalogue, methods)); });
  auto solved = question<SolvedRequest>(dice);
  if (!dice.often()) solved.countries = dice.some_of(countries, 2);
  solved.authorities = dice.upto(3) == 0;
  solved.works = static_cast<std::size_t>(dice.upto(4));
  check_same([&] { return to_json(catalogue.who_solved(solved)); },
             [&] { return to_json(slow_solved(catalogue, solved)); });
}

}  // namespace

TEST_CASE("methods and who has solved something, as twins find them that read every record") {
  const test::Scratch scratch;
  const std::string path = scratch / "a.koinon";
  Catalogue followed = Catalogue::open(path);
  for (const char* id : {"ini-0", "ini-1", "ini-2"})
    followed.put({id, test::initiative(std::string("Initiative ") + id), {}});
  Dice dice(1126);
  Writer writer(followed, dice);
  for (int round = 0; round < 60; ++round) {
    for (int i = 0; i < 6; ++i) writer.write();
    INFO("round " << round);
    for (int i = 0; i < 4; ++i) compare(followed, dice);
    if (round % 10 == 9) compare(Catalogue::open(path), dice);
  }
}

// Who asks is told of one state, and waits for nobody who waits for them.
TEST_CASE("methods and who has solved something while others write") {
  const test::Scratch scratch;
  for (const std::string& path : {std::string(":memory:"), scratch / "b.koinon"}) {
    Catalogue catalogue = Catalogue::open(path);
    catalogue.put({"ini-0", test::initiative("Home First"), {}});
    std::atomic<bool> done{false};
    std::atomic<int> wrong{0};
    const auto ask = [&] {
      MethodsRequest methods;
      methods.text = "sleep rough";
      SolvedRequest solved;
      solved.themes = {"housing", "debt"};
      while (!done) {
        try {
          catalogue.methods_for(methods);
          for (const SolvedOrganisation& one : catalogue.who_solved(solved).organisations) {
            for (const SolvedRecord& work : one.works) wrong += work.roles.empty() ? 1 : 0;
          }
        } catch (const std::exception&) {
          ++wrong;
        }
      }
    };
    std::thread one(ask);
    std::thread other(ask);
    Dice dice(7);
    for (int i = 0; i < 150; ++i) {
      Project project = test::project(dice.words(3), {dice.one_of("org", 3)});
      project.themes = dice.some_of(themes, 2);
      catalogue.put({dice.one_of("prj", 4), project, {}});
    }
    done = true;
    one.join();
    other.join();
    CHECK(wrong == 0);
  }
}
