// SPDX-License-Identifier: Apache-2.0
#include "engine/recommend_all.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/graph_view.hpp"
#include "engine/ticker.hpp"
#include "koinon/error.hpp"
#include "partners/recommender.hpp"

namespace koinon::engine {

namespace {

constexpr std::uint64_t most_places = std::uint64_t{1} << 30;

void check_batch(const RecommendRequest& each) {
  const char* field = !each.organisation.empty() ? "organisation"
                      : !each.members.empty()    ? "members"
                      : !each.replicate.empty()  ? "replicate"
                      : each.lead                ? "lead"
                                                 : nullptr;
  if (field != nullptr) {
    throw Error(ErrorCode::InvalidArgument,
                std::string(field) + ": is of one question; here each organisation is asked for");
  }
}

void check_places(std::size_t rows, std::size_t width) {
  if (width == 0 || rows <= most_places / width) return;
  throw Error(ErrorCode::InvalidArgument,
              "limit: " + std::to_string(rows) + " rows of " + std::to_string(width) +
                  " are more than a table holds, " + std::to_string(most_places) +
                  " places: ask for fewer");
}

}  // namespace

// Whom the table has a row for, by rising id.
std::vector<std::uint32_t> GraphView::asked_in_batch(const RecommendAllRequest& request,
                                                     const RecommendGround& ground) const {
  RecommendRequest of;
  of.countries = request.of_countries;
  of.kinds = request.of_kinds;
  of.themes = request.of_themes;
  const RecommendLists lists(of, ground);
  const std::uint32_t known = ground.past().member_count();
  std::vector<std::uint32_t> asked;
  const auto take = [&](std::uint32_t member) {
    // Whose number came after the tables has neither work nor a list that it could pass.
    if (member < known && lists.pass(member)) asked.push_back(member);
  };
  for (const std::string& id : request.organisations) {
    if (const auto number = number_of(id, request.each.as_told)) take(*number);
  }
  if (request.organisations.empty()) {
    for (std::uint32_t member = 0; member < known; ++member)
      if (ground.nameable().test(member)) take(member);
  }
  sort_by_id(asked);
  return asked;
}

void GraphView::sort_by_id(std::vector<std::uint32_t>& members) const {
  std::sort(members.begin(), members.end(),
            [&](std::uint32_t a, std::uint32_t b) { return member_ids_[a] < member_ids_[b]; });
  members.erase(std::unique(members.begin(), members.end()), members.end());
}

RecommendBatch GraphView::recommend_batch(const RecommendAllRequest& request,
                                          store::Snapshot& snapshot) const {
  const RecommendRequest& each = request.each;
  check_batch(each);
  RecommendBatch batch;
  batch.question = question_of(each, subject_of(each, true, snapshot), snapshot);
  batch.question.gap = each.known;
  batch.wanted = ranked_for(each);
  batch.most_per_country = each.most_per_country;
  const RecommendGround& ground = *batch.question.ground;
  batch.members = asked_in_batch(request, ground);

  std::vector<std::uint32_t> all;
  for (std::uint32_t member = 0; member < ground.past().member_count(); ++member)
    if (batch.question.who.allowed.test(member)) all.push_back(member);
  batch.table.change = reached_;
  batch.table.width = std::min(each.limit, all.size());
  check_places(batch.members.size(), batch.table.width);
  all.insert(all.end(), batch.members.begin(), batch.members.end());
  sort_by_id(all);
  place(all, each.as_told, batch);
  return batch;
}

// The organisations of the table, and which of them has which row.
void GraphView::place(const std::vector<std::uint32_t>& all, bool as_told,
                      RecommendBatch& batch) const {
  const RecommendGround& ground = *batch.question.ground;
  RecommendationTable& table = batch.table;
  batch.places.assign(ground.past().member_count(), RecommendationTable::nobody);
  for (const std::uint32_t member : all) {
    batch.places[member] = static_cast<std::uint32_t>(table.organisations.size());
    table.organisations.push_back(shown(member, as_told));
    table.kinds.push_back(ground.kind(member));
  }
  for (const std::uint32_t member : batch.members) table.asked.push_back(batch.places[member]);
}

RecommendationTable rank_batch(RecommendBatch batch, const Task& task) {
  RecommendationTable& table = batch.table;
  const std::size_t places = batch.members.size() * table.width;
  table.partners.assign(places, RecommendationTable::nobody);
  table.scores.assign(places, std::nanf(""));
  const RecommendQuestion& question = batch.question;
  const partners::PastWork& past = question.ground->past();
  CapabilitiesSought sought = question.capabilities_sought();
  CountryCap cap(batch.most_per_country, past.country_codes());
  partners::Recommender recommender;
  Ticker ticker(task, "recommendations", batch.members.size());
  for (std::size_t row = 0; row < batch.members.size(); ++row) {
    ticker.look();
    const partners::Asked asked = question.asked({batch.members[row]}, sought);
    cap.clear();
    std::size_t place = row * table.width;
    const std::size_t end = place + table.width;
    for (const auto& one : recommender.rank(past, asked, question.who.allowed, batch.wanted)) {
      if (place == end) break;
      if (!cap.take(past.country(one.member))) continue;
      table.partners[place] = batch.places[one.member];
      table.scores[place++] = one.score;
    }
    ticker.step();
  }
  return std::move(table);
}

}  // namespace koinon::engine
