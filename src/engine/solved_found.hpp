// SPDX-License-Identifier: Apache-2.0
//
// What methods_for() and who_solved() share: what search finds, how well it fits by the columns,
// and why, for what is shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/solved.hpp"
#include "graph/code_sets.hpp"
#include "programme/fit.hpp"

namespace koinon::engine {

using Codes = std::vector<std::string>;

struct Asked {
  const std::string& text;
  const Codes& themes;
  const Codes& target_groups;
  const std::string& language;
  Codes kinds;
};

// Something found, before anything of it is read.
struct Candidate {
  std::uint32_t number = 0;  // of the columns
  double text = 0;           // how well it fits the words, 0 to 1
  double score = 0;
  std::size_t question = 0;  // which found it
  std::size_t place = 0;     // among its hits
};

// What search finds by the words, and by the codes: each record once.
class Found {
 public:
  Found(const Asked& asked, const SolvedGround& ground);

  std::vector<Candidate> all;

  // These as search shows them, by their numbers.
  std::map<std::uint32_t, Hit> told(const std::vector<const Candidate*>& shown) const;

 private:
  struct Question {
    SearchRequest request;
    search::Ranked ranked;
  };

  void take(const SearchRequest& request, bool by_text);

  const SolvedGround& ground_;
  std::vector<Question> questions_;
  std::set<std::uint32_t> seen_;
};

// How well the codes of records fit those asked for. Of sets of codes there are few: each is looked
// at once.
class CodesFit {
 public:
  CodesFit(Codes asked, const graph::CodeSets& sets)
      : asked_(std::move(asked)), sets_(sets), parts_(sets.set_count(), -1) {}

  double operator()(std::uint32_t number) {
    const std::uint32_t set = sets_.number_of(number);
    if (parts_[set] < 0) parts_[set] = programme::codes_in_common("", asked_, sets_.set(set)).part;
    return parts_[set];
  }

 private:
  Codes asked_;
  const graph::CodeSets& sets_;
  std::vector<double> parts_;
};

// The parts of reasons_of(), in its order, from the columns.
class RecordFit {
 public:
  RecordFit(const Asked& asked, const programme::FitColumns& columns)
      : asked_(asked),
        themes_(asked.themes, columns.themes()),
        target_groups_(asked.target_groups, columns.target_groups()) {}

  programme::WeighedMean operator()(const Candidate& candidate) {
    programme::WeighedMean mean;
    if (!asked_.text.empty()) mean.add(candidate.text, programme::text_weight);
    if (!asked_.themes.empty()) mean.add(themes_(candidate.number), programme::codes_weight);
    if (!asked_.target_groups.empty())
      mean.add(target_groups_(candidate.number), programme::codes_weight);
    return mean;
  }

 private:
  const Asked& asked_;
  CodesFit themes_;
  CodesFit target_groups_;
};

// The parts that were asked for.
std::vector<FitReason> reasons_of(const Asked& asked, const Candidate& candidate, const Hit& hit,
                                  const Record& record);

}  // namespace koinon::engine
