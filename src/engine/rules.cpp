// SPDX-License-Identifier: Apache-2.0
#include "engine/rules.hpp"

#include <chrono>
#include <unordered_map>

#include "data/vocabulary.hpp"
#include "domain/validate.hpp"
#include "programme/life_cycle.hpp"

namespace koinon::engine {

namespace {

// Asked once per coded field of every row, so the vocabularies are found without a lock.
class Table final : public domain::Vocabularies {
 public:
  Table() {
    for (const std::string& name : data::vocabulary_names())
      known_.emplace(name, data::vocabulary(name));
  }

  bool contains(std::string_view vocabulary, std::string_view code) const override {
    const auto found = known_.find(std::string(vocabulary));
    return found != known_.end() && found->second->find(code) != nullptr;
  }

  bool leads(std::string_view states, std::string_view from, std::string_view to) const override {
    const programme::LifeCycle* table = programme::life_cycle_in(states);
    return table != nullptr && table->edge(from, to) != nullptr;
  }

 private:
  std::unordered_map<std::string, const data::Vocabulary*> known_;
};

const Table& vocabularies() {
  static const Table table;
  return table;
}

}  // namespace

std::vector<Violation> check_rules(const Record& record, std::string_view id) {
  std::vector<Violation> violations = domain::validate(record, vocabularies());
  if (id.empty()) return violations;
  const auto forbid = [&](const std::string& path, const std::string& reference, const char* what) {
    if (reference == id) violations.push_back({path, "self_reference", what});
  };
  const auto forbid_in = [&](const std::string& path, const std::vector<std::string>& references,
                             const char* what) {
    for (std::size_t i = 0; i < references.size(); ++i)
      forbid(path + '[' + std::to_string(i) + ']', references[i], what);
  };
  if (const auto* organisation = std::get_if<Organisation>(&record)) {
    forbid("parent", organisation->parent, "an organisation is not its own parent");
    forbid_in("predecessors", organisation->predecessors,
              "an organisation does not come before itself");
  } else if (const auto* concept_record = std::get_if<Concept>(&record)) {
    forbid_in("broader", concept_record->broader, "a concept is not broader than itself");
  } else if (const auto* method = std::get_if<Method>(&record)) {
    forbid("superseded_by", method->superseded_by, "a method does not take its own place");
  } else if (const auto* contribution = std::get_if<Contribution>(&record)) {
    forbid("answers", contribution->answers, "a contribution does not answer itself");
  } else if (const auto* centre = std::get_if<CompetenceCentre>(&record)) {
    forbid_in("predecessors", centre->predecessors, "a centre does not come before itself");
  }
  return violations;
}

bool is_theme(std::string_view code) {
  return vocabularies().contains("social-themes", code);
}

std::string describe(const std::vector<Violation>& violations) {
  static constexpr std::size_t shown = 3;
  std::string text =
      violations.size() == 1 ? "1 fault" : std::to_string(violations.size()) + " faults";
  for (std::size_t i = 0; i < violations.size() && i < shown; ++i) {
    text += i == 0 ? ": " : "; ";
    if (!violations[i].path.empty()) text += violations[i].path + ": ";
    text += violations[i].message;
  }
  return text;
}

Timestamp now() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  return duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

PartialDate today() {
  const auto days = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day date(days);
  return {static_cast<std::int16_t>(static_cast<int>(date.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
}

}  // namespace koinon::engine
