// SPDX-License-Identifier: Apache-2.0
//
// The catalogue against a twin that is a std::map: random writes of every sort through two handles,
// then every way to read must tell the same.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "catch.hpp"
#include "domain/merge.hpp"
#include "errors.hpp"
#include "scratch.hpp"
#include "search/record_texts.hpp"
#include "text/analyse.hpp"

using namespace koinon;
using test::error_of;

namespace {

// What the twin knows of a record: one entry per version.
struct Life {
  struct Step {
    ChangeKind what = ChangeKind::Put;
    std::optional<Record> record;
  };
  std::vector<Step> steps;

  const Record* present() const {
    return steps.back().what == ChangeKind::Put ? &*steps.back().record : nullptr;
  }
  bool erased() const { return steps.back().what == ChangeKind::Erase; }
};

class Twin : public search::RelatedRecords {
 public:
  std::map<std::string, Life> lives;

  const Record* present(const std::string& id) const {
    const auto life = lives.find(id);
    return life == lives.end() ? nullptr : life->second.present();
  }
  bool erased(const std::string& id) const {
    const auto life = lives.find(id);
    return life != lives.end() && life->second.erased();
  }
  /// False where that would change nothing.
  bool put(const std::string& id, const Record& record) {
    const Record* now = present(id);
    if (now && to_json(*now) == to_json(record)) return false;
    lives[id].steps.push_back({ChangeKind::Put, record});
    return true;
  }
  void remove(const std::string& id) { lives[id].steps.push_back({ChangeKind::Remove, {}}); }
  void erase(const std::string& id) {
    for (auto& [other, life] : lives) {
      const Record* now = life.present();
      if (!now || other == id) continue;
      Record without = *now;
      bool orphaned = false;
      if (!domain::drop_reference(without, id, orphaned)) continue;
      if (orphaned) {
        life.steps.push_back({ChangeKind::Remove, {}});
      } else {
        life.steps.push_back({ChangeKind::Put, without});
      }
    }
    for (Life::Step& step : lives[id].steps) step.record.reset();
    lives[id].steps.push_back({ChangeKind::Erase, {}});
  }

  const Initiative* initiative(std::string_view id) override {
    const Record* found = present(std::string(id));
    return found ? std::get_if<Initiative>(found) : nullptr;
  }
  Region region(std::string_view) override { return {}; }
  const LangText* organisation_names(std::string_view id) override {
    const Record* found = present(std::string(id));
    const auto* organisation = found ? std::get_if<Organisation>(found) : nullptr;
    return organisation ? &organisation->names : nullptr;
  }
};

struct Play {
  explicit Play(unsigned seed) : random(seed) {
    for (int i = 0; i < 2; ++i) handles.push_back(Catalogue::open(scratch / "a.koinon"));
  }

  std::mt19937 random;
  test::Scratch scratch;
  std::vector<Catalogue> handles;
  Twin twin;

  std::size_t dice(std::size_t sides) { return random() % sides; }
  Catalogue& handle() { return handles[dice(handles.size())]; }

  // Words that no stemmer makes alike.
  std::string word() { return "w" + std::to_string(dice(25)) + "x"; }
  LangText words() {
    std::string all = word();
    for (std::size_t more = dice(3); more > 0; --more) all += ' ' + word();
    return {test::text(all, dice(2) ? "en" : "fi")};
  }
  std::string id(char kind) { return kind + std::to_string(dice(7)); }
  std::string any_id() { return id("oipc"[dice(4)]); }

  void members(std::vector<Participation>& list) {
    static const char* roles[] = {"partner", "coordinator", "funder"};
    for (std::size_t n = dice(4); n > 0; --n) {
      Participation& p = list.emplace_back();
      p.organisation = id('o');
      p.role = roles[dice(3)];
    }
  }
  void place(std::vector<Place>& list) {
    static const char* countries[] = {"FI", "EL", "DE"};
    if (dice(2)) list.emplace_back().country = countries[dice(3)];
  }

  Record record(char kind) {
    if (kind == 'o') {
      Organisation made;
      made.names = words();
      place(made.addresses);
      return made;
    }
    if (kind == 'i') {
      Initiative made;
      made.names = words();
      if (dice(2)) made.stage = dice(2) ? "scaling" : "prompts";
      return made;
    }
    if (kind == 'p') {
      Project made;
      made.titles = words();
      members(made.participations);
      place(made.locations);
      if (dice(2)) made.themes = {"health"};
      return made;
    }
    CaseStudy made;
    made.initiative = id('i');
    if (dice(2)) made.summary = words();
    if (dice(2)) made.state = dice(2) ? "published" : "draft";
    if (dice(3) == 0) made.lead_organisation = id('o');
    members(made.participations);
    place(made.locations);
    return made;
  }

  void put() {
    std::vector<Write> writes;
    std::set<std::string> taken;
    for (std::size_t n = 1 + dice(3); n > 0; --n) {
      const std::string target = any_id();
      if (twin.erased(target) || !taken.insert(target).second) continue;
      writes.push_back({target, record(target[0]), {}});
    }
    const auto written = handle().put_all(writes);
    for (std::size_t i = 0; i < writes.size(); ++i) {
      const bool changed = twin.put(writes[i].id, writes[i].record);
      REQUIRE((written[i].change != 0) == changed);
      REQUIRE(written[i].version == twin.lives[writes[i].id].steps.size());
    }
  }

  void stale_put() {
    const std::string target = any_id();
    const Record* now = twin.present(target);
    const std::uint64_t version = now ? twin.lives[target].steps.size() : 0;
    const auto code = error_of([&] { handle().put({target, record(target[0]), version + 1}); });
    REQUIRE(code == (twin.erased(target) ? ErrorCode::Erased : ErrorCode::Conflict));
  }

  void remove() {
    const std::string target = any_id();
    const bool present = twin.present(target);
    const auto code = error_of([&] { handle().remove(target); });
    if (present) {
      REQUIRE_FALSE(code);
      twin.remove(target);
    } else {
      REQUIRE(code == (twin.erased(target) ? ErrorCode::Erased : ErrorCode::NotFound));
    }
  }

  void erase() {
    const std::string target = any_id();
    const bool known = twin.lives.count(target) > 0 && !twin.erased(target);
    const auto code = error_of([&] { handle().erase(target); });
    if (known) {
      REQUIRE_FALSE(code);
      twin.erase(target);
    } else {
      REQUIRE(code == (twin.erased(target) ? ErrorCode::Erased : ErrorCode::NotFound));
    }
  }

  void import() {
    std::string lines;
    std::set<std::string> taken;
    std::vector<std::pair<std::string, Record>> rows;
    std::uint64_t bad = 0;
    for (std::size_t n = dice(8) + 1; n > 0; --n) {
      const std::string target = any_id();
      if (!taken.insert(target).second) continue;
      rows.emplace_back(target, record(target[0]));
      lines += test::line(target, rows.back().second);
      if (dice(4) == 0) {
        lines += "broken " + std::to_string(dice(1000)) + '\n';
        ++bad;
      }
    }
    test::put_bytes(scratch / "f.jsonl", lines);
    ImportOptions options;
    options.format = "koinon";
    options.batch_rows = 1 + dice(4);
    const ImportReport report = handle().import_file(scratch / "f.jsonl", options);
    std::uint64_t stored = 0;
    for (const auto& [target, told] : rows) {
      if (!twin.erased(target) && twin.put(target, told)) ++stored;
    }
    REQUIRE(report.quarantined == bad);
    REQUIRE(report.stored == stored);
    REQUIRE(report.read == rows.size() + bad);
    REQUIRE(report.unchanged == rows.size() - stored);
  }

  void step() {
    const std::size_t roll = dice(20);
    if (roll < 11) return put();
    if (roll < 12) return stale_put();
    if (roll < 14) return remove();
    if (roll < 15) return erase();
    import();
  }

  // ---- Comparing
  // ---------------------------------------------------------------------------------

  void compare_records(const Catalogue& catalogue) {
    for (const auto& each : twin.lives) {
      const std::string& target = each.first;
      const auto& life = each.second;
      CAPTURE(target);
      const Record* now = life.present();
      if (now) {
        const StoredRecord got = catalogue.get(target);
        REQUIRE(to_json(got.record) == to_json(*now));
        REQUIRE(got.version == life.steps.size());
      } else {
        REQUIRE(error_of([&] { catalogue.get(target); }) ==
                (life.erased() ? ErrorCode::Erased : ErrorCode::NotFound));
      }
      const auto history = catalogue.history(target);
      REQUIRE(history.size() == life.steps.size());
      for (std::size_t i = 0; i < history.size(); ++i) {
        REQUIRE(history[i].version == i + 1);
        REQUIRE(history[i].what == life.steps[i].what);
        REQUIRE(history[i].body == (life.steps[i].record ? to_json(*life.steps[i].record) : ""));
      }
    }
  }

  void compare_replay(const Catalogue& catalogue) {
    std::map<std::string, std::string> replayed;
    std::uint64_t n = 0;
    for (;;) {
      const auto page = catalogue.follow(n, 7);
      if (page.empty()) break;
      for (const Change& change : page) {
        REQUIRE(change.n == ++n);
        for (int twice = 0; twice < 2; ++twice) {
          if (change.what == ChangeKind::Put) {
            replayed[change.id] = change.body;
          } else {
            replayed.erase(change.id);
          }
        }
      }
    }
    REQUIRE(n == catalogue.statistics().change);
    std::map<std::string, std::string> expected;
    for (const auto& [target, life] : twin.lives) {
      if (life.present()) expected[target] = to_json(*life.present());
    }
    REQUIRE(replayed == expected);
  }

  std::set<std::string> words_of(const Record& record) {
    std::set<std::string> found;
    search::for_each_text(record, twin, [&](const search::TextPart& part) {
      for (const auto& token : text::analyse(part.text, part.language)) found.insert(token.surface);
    });
    return found;
  }

  void compare_search(const Catalogue& catalogue) {
    for (int i = 0; i < 25; ++i) {
      SearchRequest request;
      request.text = "w" + std::to_string(i) + "x";
      request.signals.spelling =
          false;  // it would find words of other records that are spelt alike
      request.unpublished = dice(2);
      request.facets = {"kind", "country", "theme"};
      request.limit = 1000;
      std::set<std::string> expected;
      std::map<std::string, std::map<std::string, std::uint64_t>> facets;
      for (const auto& [target, life] : twin.lives) {
        const Record* now = life.present();
        if (!now || words_of(*now).count(request.text) == 0) continue;
        const auto* study = std::get_if<CaseStudy>(now);
        if (study && !request.unpublished && !study->state.empty() && study->state != "published")
          continue;
        expected.insert(target);
        ++facets["kind"][kind_name(kind_of(*now))];
        for (const std::string& country : search::countries_of(*now)) ++facets["country"][country];
        const auto* project = std::get_if<Project>(now);
        if (project && !project->themes.empty()) ++facets["theme"][project->themes[0]];
      }
      CAPTURE(request.text, request.unpublished);
      const SearchResults results = catalogue.search(request);
      std::set<std::string> found;
      for (const Hit& hit : results.hits) found.insert(hit.id);
      REQUIRE(found == expected);
      REQUIRE(results.total == expected.size());
      REQUIRE(results.change == catalogue.statistics().change);
      for (const Facet& facet : results.facets) {
        std::map<std::string, std::uint64_t> counted;
        for (const FacetValue& value : facet.values) counted[value.code] = value.count;
        CAPTURE(facet.field);
        REQUIRE(counted == facets[facet.field]);
      }
    }
  }

  std::map<std::string, std::set<std::string>> works() const {
    std::map<std::string, std::set<std::string>> all;
    for (const auto& [target, life] : twin.lives) {
      const Record* now = life.present();
      if (!now) continue;
      std::set<std::string> members;
      if (const auto* project = std::get_if<Project>(now)) {
        for (const Participation& p : project->participations) members.insert(p.organisation);
      }
      if (const auto* study = std::get_if<CaseStudy>(now)) {
        for (const Participation& p : study->participations) members.insert(p.organisation);
        if (!study->lead_organisation.empty()) members.insert(study->lead_organisation);
      }
      if (!members.empty()) all[target] = members;
    }
    return all;
  }

  void compare_partners(const Catalogue& catalogue) {
    const auto all = works();
    for (int i = 0; i < 7; ++i) {
      const std::string self = "o" + std::to_string(i);
      if (!twin.present(self)) continue;
      std::map<std::string, std::pair<std::uint64_t, double>> expected;
      std::uint64_t own = 0;
      for (const auto& [work, members] : all) {
        if (members.count(self) == 0) continue;
        ++own;
        for (const std::string& other : members) {
          if (other == self) continue;
          ++expected[other].first;
          expected[other].second += 1.0 / static_cast<double>(members.size() - 1);
        }
      }
      std::set<std::string> component = {self};
      for (std::size_t before = 0; before != component.size();) {
        before = component.size();
        for (const auto& [work, members] : all) {
          const bool meets = std::any_of(members.begin(), members.end(), [&](const std::string& m) {
            return component.count(m) > 0;
          });
          if (meets) component.insert(members.begin(), members.end());
        }
      }
      CAPTURE(self);
      PartnerRequest request;
      request.limit = request.works = 1000;
      const PartnerResults results = catalogue.partners(self, request);
      REQUIRE(results.total == expected.size());
      REQUIRE(results.works == own);
      REQUIRE(results.component == component.size());
      REQUIRE(results.partners.size() == expected.size());
      for (const Partner& partner : results.partners) {
        CAPTURE(partner.id);
        const auto& [shared, strength] = expected.at(partner.id);
        REQUIRE(partner.shared == shared);
        REQUIRE(partner.works.size() == shared);
        REQUIRE(std::abs(partner.strength - strength) < 1e-9);
        const Record* other = twin.present(partner.id);
        REQUIRE(partner.name == (other ? test::name_of(*other) : ""));
        for (const SharedWork& work : partner.works) {
          REQUIRE(all.at(work.id).count(self) == 1);
          REQUIRE(all.at(work.id).count(partner.id) == 1);
          REQUIRE_FALSE(work.own_roles.empty());
          REQUIRE_FALSE(work.partner_roles.empty());
        }
      }
    }
  }

  // However a catalogue came about, its network has the same numbers to the last bit.
  static void compare_networks(const Catalogue& one, const Catalogue& other) {
    std::vector<NetworkMeasure> all;
    for (const std::string& name : network_measure_names()) all.push_back(network_measure(name));
    const Network a = one.network();
    const Network b = other.network();
    REQUIRE(a.organisations() == b.organisations());
    REQUIRE(a.names() == b.names());
    REQUIRE(a.countries() == b.countries());
    const MeasureTable of_a = a.measure(all);
    const MeasureTable of_b = b.measure(all);
    for (std::size_t i = 0; i < all.size(); ++i) {
      CAPTURE(network_measure_names()[i]);
      for (std::size_t j = 0; j < a.size(); ++j) {
        const double x = of_a.columns[i][j];
        const double y = of_b.columns[i][j];
        REQUIRE((x == y || (std::isnan(x) && std::isnan(y))));
      }
    }
  }

  void compare(const Catalogue& catalogue) {
    compare_records(catalogue);
    compare_replay(catalogue);
    compare_search(catalogue);
    compare_partners(catalogue);
  }

  // A copy made through a file is the same catalogue to the byte, and its views are as good as new.
  void compare_copy(bool history) {
    handles[0].export_file(scratch / "copy.jsonl", history);
    Catalogue copy = Catalogue::open(":memory:");
    const ImportReport report = copy.import_file(scratch / "copy.jsonl");
    REQUIRE(report.quarantined == 0);
    REQUIRE(test::exported(copy, history) == test::bytes_of(scratch / "copy.jsonl"));
    if (!history) return;
    compare_records(copy);
    compare_partners(copy);
    compare_networks(handles[0], copy);
  }
};

}  // namespace

TEST_CASE("a catalogue tells what its twin tells, whatever is done to it", "[engine]") {
  for (const unsigned seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    CAPTURE(seed);
    Play play(seed);
    for (int step = 1; step <= 120; ++step) {
      CAPTURE(step);
      play.step();
      if (step % 8 == 0) play.compare(play.handle());
    }
    for (const Catalogue& catalogue : play.handles) play.compare(catalogue);
    play.compare(Catalogue::open(play.scratch / "a.koinon"));
    play.compare_copy(false);
    play.compare_copy(true);
    for (const Finding& finding : play.handles[0].check().findings) {
      CAPTURE(finding.where, finding.message);
      // Records refer to ids that dice never made, or took away.
      REQUIRE(finding.message.find("refers to") == 0);
    }
  }
}
