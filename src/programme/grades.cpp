// SPDX-License-Identifier: Apache-2.0
#include "programme/grades.hpp"

#include <algorithm>
#include <utility>

namespace koinon::programme {

namespace {

using Ids = std::vector<std::string>;

bool has(const Ids& features, const char* feature) {
  return std::find(features.begin(), features.end(), feature) != features.end();
}

bool has(const Evidence& study, const char* feature) {
  return has(study.features, feature);
}

Ids sorted(Ids ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

bool measures_before_and_after(const Evidence& study) {
  return has(study, "before-after") || has(study, "difference-in-differences");
}

// Of an effect: where it was told, and not what chance alone might give.
bool is_off(const Effect& effect) {
  const double base = effect.baseline.value_or(0);
  if (effect.low && effect.high) return base < *effect.low || base > *effect.high;
  return effect.value && *effect.value != base;
}

bool says(const LangText& texts) {
  return std::any_of(texts.begin(), texts.end(),
                     [](const Text& text) { return !text.text.empty(); });
}

void settle(Grade& grade, const std::optional<GradeOverride>& overridden) {
  grade.overridden = overridden;
  grade.grade = overridden ? overridden->grade : grade.derived;
}

struct Level {
  const char* code;
  const char* why;
  const char* reason;
};

// What lifts a study to a level, strongest first.
Level level_of(const Ids& features) {
  if (has(features, "random-assignment"))
    return {"5", "randomised", "who is reached was assigned at random"};
  if (has(features, "discontinuity"))
    return {"4", "discontinuity",
            "who is reached turns on a threshold, near which it is as good as chance"};
  if (has(features, "instrument"))
    return {"4", "instrument", "what decides who is reached bears on the outcome in no other way"};
  if (has(features, "difference-in-differences"))
    return {"3", "difference-in-differences",
            "the change of those reached is held against that of others"};
  if (has(features, "matched-comparison"))
    return {"3", "matched-comparison", "those reached are held against others who were like them"};
  if (has(features, "comparison-group") && has(features, "before-after"))
    return {"3", "counterfactual", "those reached and others are measured before and after"};
  if (has(features, "control-variables") &&
      (has(features, "comparison-group") || has(features, "before-after")))
    return {"2", "control-variables", "differences that are known are taken into account"};
  if (has(features, "comparison-group"))
    return {"1", "no-controls",
            "those reached are held against others, whatever else divides them"};
  if (has(features, "before-after"))
    return {"1", "no-controls",
            "those reached are measured before and after, with nobody to compare"};
  return {"", "", ""};
}

}  // namespace

bool is_account(const CaseStudy& study) {
  return (says(study.problem) && says(study.solution)) || says(study.summary) ||
         says(study.description);
}

bool is_account(const Method& method) {
  return says(method.problem) && says(method.description);
}

bool has_manual(const Method& method) {
  return std::any_of(method.versions.begin(), method.versions.end(),
                     [](const MethodVersion& version) { return !version.manual.empty(); });
}

bool has_comparison(const Evidence& study) {
  static constexpr const char* comparing[] = {
      "comparison-group", "matched-comparison", "difference-in-differences",
      "instrument",       "discontinuity",      "random-assignment"};
  return std::any_of(std::begin(comparing), std::end(comparing),
                     [&](const char* feature) { return has(study, feature); });
}

bool shows_change(const Evidence& study) {
  return std::any_of(study.effects.begin(), study.effects.end(), is_off);
}

int maryland_level(const std::vector<std::string>& features) {
  const char* code = level_of(features).code;
  return code[0] == '\0' ? 0 : code[0] - '0';
}

Grade maryland_of(const Evidence& study) {
  Grade grade;
  grade.scale = "maryland-scale";
  const Level level = level_of(study.features);
  grade.derived = level.code;
  const auto wants = [&](const char* code, const char* reason) {
    grade.missing.push_back({code, reason, {}});
  };
  if (grade.derived.empty()) {
    if (study.features.empty()) {
      wants("features", "the features of its design are not told");
    } else {
      wants("measurement",
            "it measures no outcome: before and after, or of those reached and of others");
    }
  } else {
    grade.reasons.push_back({level.why, level.reason, {}});
  }
  if (grade.derived == "1") {
    wants("control-variables", "that known differences are taken into account");
  } else if (grade.derived == "2") {
    if (!has(study, "comparison-group")) wants("comparison-group", "a group that was not reached");
    if (!measures_before_and_after(study)) wants("before-after", "outcomes before and after");
  } else if (grade.derived == "3") {
    wants("quasi-random", "that who is reached turns on a threshold or an instrument");
  } else if (grade.derived == "4") {
    wants("random-assignment", "that who is reached is assigned at random");
  }
  settle(grade, study.maryland);
  return grade;
}

namespace {

// The studies of an innovation by what they can show.
struct Shown {
  Ids change;                      // data show change
  Ids comparing;                   // against a comparison group
  Ids independent;                 // of these, by an independent evaluator
  std::vector<std::string> about;  // what those that compare are about, each once
};

Shown shown_by(const StandardFacts& facts) {
  Shown shown;
  for (const Study& study : facts.studies) {
    if (!shows_change(study.told)) continue;
    shown.change.push_back(study.id);
    if (!has_comparison(study.told)) continue;
    shown.comparing.push_back(study.id);
    shown.about.push_back(study.told.about);
    if (study.told.independence == "independent") shown.independent.push_back(study.id);
  }
  shown.about = sorted(std::move(shown.about));
  return shown;
}

}  // namespace

int standard_level(const StandardSigns& signs) {
  if (!signs.account) return 0;
  if (!signs.change) return 1;
  if (!signs.comparing) return 2;
  if (!signs.replicated || !signs.independent) return 3;
  return signs.manual ? 5 : 4;
}

Grade standard_of(const StandardFacts& facts, const std::optional<GradeOverride>& overridden) {
  Grade grade;
  grade.scale = "nesta-standards";
  const Shown shown = shown_by(facts);
  const StandardSigns signs = {!facts.accounts.empty(),    !shown.change.empty(),
                               !shown.comparing.empty(),   shown.about.size() > 1,
                               !shown.independent.empty(), !facts.manuals.empty()};
  const int level = standard_level(signs);
  const auto reached = [&](int from, const char* why, const char* reason, const Ids& records) {
    if (level >= from) grade.reasons.push_back({why, reason, sorted(records)});
  };
  const auto wants = [&](int at, const char* code, const char* reason, const Ids& records = {}) {
    if (level == at) grade.missing.push_back({code, reason, sorted(records)});
  };
  if (level > 0) grade.derived = std::to_string(level);
  reached(1, "account", "it is told what is done, and for what", facts.accounts);
  reached(2, "change", "data show a change among those reached", shown.change);
  reached(3, "comparison-group", "the change is held against a comparison group", shown.comparing);
  reached(4, "independent-replication", "it was confirmed elsewhere, and independently",
          shown.comparing);
  reached(5, "manual", "others have a manual for doing the same", facts.manuals);
  wants(0, "account", "an account of the problem and of what is done about it");
  wants(1, "change", "a study with an effect off its baseline", facts.confirmed);
  wants(2, "comparison-group", "a study that compares with others who were not reached");
  if (!signs.replicated)
    wants(3, "replication", "a second study with a comparison group, elsewhere", shown.comparing);
  if (!signs.independent)
    wants(3, "independent", "that an independent evaluator confirms it", shown.comparing);
  wants(4, "manual", "a manual with which others can do the same");
  settle(grade, overridden);
  return grade;
}

}  // namespace koinon::programme
