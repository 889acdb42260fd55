// SPDX-License-Identifier: Apache-2.0
#include "programme/design.hpp"

#include <algorithm>
#include <string_view>

#include "data/vocabulary.hpp"
#include "programme/grades.hpp"

namespace koinon::programme {

namespace {

bool has(const std::vector<std::string>& features, std::string_view code) {
  return std::find(features.begin(), features.end(), code) != features.end();
}

bool compares(const std::vector<std::string>& features) {
  return maryland_level(features) >= 3 || has(features, "comparison-group");
}

int level_of(const std::string& code) {
  return code.size() == 1 && code[0] >= '1' && code[0] <= '5' ? code[0] - '0' : 0;
}

std::string named(int level) {
  const std::string code = std::to_string(level);
  return code + " (" + data::label("maryland-scale", code, "en") + ")";
}

// What would lift a design to a level.
const char* lifted_by(int level) {
  switch (level) {
    case 5:
      return "assign at random who takes part";
    case 4:
      return "use an instrument, or a threshold that decides who takes part";
    case 3:
      return "compare with a matched group, or the change with that of a comparison group";
    default:
      return "control for what else may explain the difference";
  }
}

class Gaps {
 public:
  void need(bool told, const char* field, const char* reason, const char* help) {
    if (!told) found_.push_back({field, "missing", reason, help});
  }
  std::vector<DesignFinding> take() { return std::move(found_); }

 private:
  std::vector<DesignFinding> found_;
};

}  // namespace

std::vector<DesignFinding> design_gaps(const Experiment& experiment) {
  const Experiment& e = experiment;
  Gaps gaps;
  gaps.need(!e.question.empty(), "question", "the question is not told",
            "say what the experiment shall find out");
  gaps.need(!e.intervention.empty(), "intervention", "the intervention is not told",
            "say what is done for those who take part");
  gaps.need(!compares(e.features) || !e.comparison.empty(), "comparison",
            "the design compares, and the comparison is not told",
            "say with whom those who take part are compared");
  gaps.need(!e.features.empty(), "features", "the design has no features",
            "name the features of the design, such as random-assignment");
  gaps.need(!e.claimed_level.empty(), "claimed_level", "no level of evidence is claimed",
            "say which level of the Maryland scale the design shall reach");
  gaps.need(!e.outcomes.empty(), "outcomes", "no outcome is planned",
            "name the indicators that will be measured");
  gaps.need(e.sample_planned.value_or(0) > 0, "sample_planned", "the planned sample is not told",
            "say how many shall take part, comparison group included");
  gaps.need(e.planned.from && e.planned.to, "planned", "the planned period is not told",
            "say when the experiment shall begin and end");
  return gaps.take();
}

std::vector<DesignFinding> level_gaps(const Experiment& experiment) {
  const int claimed = level_of(experiment.claimed_level);
  const int reachable = maryland_level(experiment.features);
  if (claimed <= reachable) return {};
  const std::string can = reachable == 0
                              ? "without any feature it reaches none"
                              : "its features reach level " + named(reachable) + " at most";
  return {{"claimed_level", "level_out_of_reach",
           "the design claims level " + named(claimed) + "; " + can,
           std::string(lifted_by(claimed)) + ", or claim level " +
               std::to_string(std::max(reachable, 1))}};
}

std::vector<DesignFinding> outcome_gaps(const Experiment& experiment) {
  std::vector<DesignFinding> found;
  for (std::size_t i = 0; i < experiment.outcomes.size(); ++i) {
    const PlannedOutcome& planned = experiment.outcomes[i];
    const auto measured = [&](const Effect& effect) {
      return effect.indicator == planned.indicator && effect.value.has_value();
    };
    if (std::any_of(experiment.effects.begin(), experiment.effects.end(), measured)) continue;
    found.push_back({"outcomes[" + std::to_string(i) + "]", "no_result",
                     "there is no result for the planned outcome '" + planned.indicator + "'",
                     "record its value among the effects, also where there was no effect"});
  }
  if (experiment.outcomes.empty()) {
    found.push_back({"outcomes", "missing", "no outcome was planned to report against",
                     "name the indicators that were measured"});
  }
  return found;
}

}  // namespace koinon::programme
