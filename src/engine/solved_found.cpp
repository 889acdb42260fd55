// SPDX-License-Identifier: Apache-2.0
#include "engine/solved_found.hpp"

#include <algorithm>

#include "koinon/error.hpp"
#include "koinon/query.hpp"

namespace koinon::engine {

namespace {

// Found at most by the text, and at most by codes: beyond that nothing comes near the first.
constexpr std::size_t most_found = 500;

template <class Request>
void check_question(const Request& request) {
  if (!request.text.empty() || !request.themes.empty() || !request.target_groups.empty()) return;
  throw Error(ErrorCode::InvalidArgument,
              "text: nothing is asked: give a text, themes or target groups",
              {{"text", "missing", "nothing is asked: give a text, themes or target groups"}});
}

template <class T>
const Codes& themes_of(const T& told) {
  static const Codes none;
  if constexpr (requires { told.themes; }) return told.themes;
  return none;
}
template <class T>
const Codes& target_groups_of(const T& told) {
  static const Codes none;
  if constexpr (requires { told.target_groups; }) return told.target_groups;
  return none;
}

}  // namespace

void check(const MethodsRequest& request) {
  check_question(request);
}

void check(const SolvedRequest& request) {
  check_question(request);
}

Found::Found(const Asked& asked, const SolvedGround& ground) : ground_(ground) {
  SearchRequest request;
  request.language = asked.language;
  request.filters = {{"kind", asked.kinds, false}};
  request.limit = most_found;
  request.snippets = false;
  request.suggest = false;
  if (!asked.text.empty()) {
    request.text = asked.text;
    take(request, true);
  }
  std::vector<Query> codes;
  if (!asked.themes.empty()) codes.push_back(query::code("theme", asked.themes));
  if (!asked.target_groups.empty())
    codes.push_back(query::code("target-group", asked.target_groups));
  if (codes.empty()) return;
  request.text.clear();
  request.query = query::any_of(std::move(codes));
  take(request, false);
}

std::map<std::uint32_t, Hit> Found::told(const std::vector<const Candidate*>& shown) const {
  std::map<std::uint32_t, Hit> told;
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    std::vector<std::size_t> places;
    std::vector<std::uint32_t> numbers;
    for (const Candidate* each : shown) {
      if (each->question != i || !told.emplace(each->number, Hit{}).second) continue;
      places.push_back(each->place);
      numbers.push_back(each->number);
    }
    std::vector<Hit> hits =
        ground_.view.tell(questions_[i].ranked, places, questions_[i].request, ground_.state,
                          ground_.documents, ground_.task.cancel);
    for (std::size_t k = 0; k < hits.size(); ++k) told[numbers[k]] = std::move(hits[k]);
  }
  return told;
}

void Found::take(const SearchRequest& request, bool by_text) {
  questions_.push_back(
      {request, ground_.view.rank(request, ground_.state, ground_.documents, ground_.task.cancel)});
  const auto& hits = questions_.back().ranked.hits;
  const double best = hits.empty() ? 0 : hits.front().score;
  for (std::size_t place = 0; place < hits.size(); ++place) {
    const std::uint32_t number = ground_.columns.at(hits[place].doc);
    if (number == programme::FitColumns::nothing || !seen_.insert(number).second) continue;
    const double text = by_text && best > 0 ? hits[place].score / best : 0;
    all.push_back({number, text, 0, questions_.size() - 1, place});
  }
}

// The parts that were asked for.
std::vector<FitReason> reasons_of(const Asked& asked, const Candidate& candidate, const Hit& hit,
                                  const Record& record) {
  std::vector<FitReason> reasons;
  if (!asked.text.empty()) {
    FitReason& text =
        reasons.emplace_back(FitReason{"text", candidate.text, programme::text_weight, {}});
    // What was found by its codes alone has no word of the text.
    if (candidate.question == 0 && candidate.text > 0) {
      for (const FoundThrough& through : hit.found_through) text.what.push_back(through.what);
    }
  }
  std::visit(
      [&](const auto& told) {
        if (!asked.themes.empty())
          reasons.push_back(programme::codes_in_common("themes", asked.themes, themes_of(told)));
        if (!asked.target_groups.empty())
          reasons.push_back(programme::codes_in_common("target-groups", asked.target_groups,
                                                       target_groups_of(told)));
      },
      record);
  return reasons;
}

}  // namespace koinon::engine
