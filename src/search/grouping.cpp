// SPDX-License-Identifier: Apache-2.0
#include "search/grouping.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "domain/kinds.hpp"
#include "search/fields.hpp"

namespace koinon::search {

namespace {

bool is_of_kind(const index::Snapshot& snapshot, index::DocKey key, RecordKind kind) {
  const auto kinds = snapshot.codes_of(key, id_of(FacetField::Kind));
  return !kinds.empty() && kinds[0] == domain::kind_names[static_cast<std::size_t>(kind)];
}

std::string group_of(const index::Snapshot& snapshot, index::DocKey key, GroupBy by,
                     DocumentSource& source) {
  if (by == GroupBy::Organisation) {
    if (!is_of_kind(snapshot, key, RecordKind::Organisation)) return {};
    std::string id = source.record(key).id;
    const auto members = source.one_with(id);
    return members.empty() ? id : members[0];
  }
  const auto about = snapshot.codes_of(key, id_of(FacetField::Initiative));
  if (!about.empty()) return about[0];
  // The initiative itself is of its own group.
  return is_of_kind(snapshot, key, RecordKind::Initiative) ? source.record(key).id : std::string();
}

// What the records of a group have in common, each clause alone.
std::vector<index::Clause> members_of(const std::string& group, GroupBy by,
                                      DocumentSource& source) {
  index::Clause members;
  const auto add = [&](const std::string& id) {
    if (const auto key = source.key_of(id)) members.keys.push_back(*key);
  };
  if (by == GroupBy::Organisation) {
    const auto ids = source.one_with(group);
    for (const std::string& id : ids) add(id);
    if (ids.empty()) add(group);
    std::sort(members.keys.begin(), members.keys.end());
    return {std::move(members)};
  }
  add(group);
  index::Clause about;
  about.condition = index::FacetFilter{id_of(FacetField::Initiative), {group}, false, false};
  return {std::move(about), std::move(members)};
}

// How many of the query's matches are of this group.
std::uint64_t count_of(const std::string& group, GroupBy by, const index::Snapshot& snapshot,
                       index::Query query, const index::SearchControl& control,
                       DocumentSource& source) {
  index::Clause whole;
  whole.occur = index::Occur::Must;
  whole.clauses = std::move(query.clauses);
  whole.everything = whole.clauses.empty();
  index::Clause of_group;
  of_group.occur = index::Occur::Must;
  of_group.clauses = members_of(group, by, source);
  query.clauses = {std::move(whole), std::move(of_group)};
  query.limit = 0;
  query.offset = 0;
  return index::search(snapshot, query, control).total;
}

}  // namespace

GroupedHits best_of_groups(const index::Snapshot& snapshot, const index::Query& query, GroupBy by,
                           const index::SearchControl& control, DocumentSource& source) {
  GroupedHits found;
  const std::size_t wanted = query.offset + query.limit;
  index::Query page = query;
  page.facets.clear();
  page.offset = 0;
  page.count = false;
  page.limit = 2 * wanted + 1;
  std::unordered_set<std::string> known;
  std::vector<GroupedHit> best;
  for (;;) {
    const index::Results results = index::search(snapshot, page, control);
    found.late = found.late || results.late;
    for (const index::Hit& hit : results.hits) {
      std::string group = group_of(snapshot, hit.doc, by, source);
      if (!group.empty() && !known.insert(group).second) continue;
      best.push_back({hit, std::move(group), 1});
    }
    if (best.size() > wanted || results.hits.size() < page.limit || results.late) break;
    page.after = index::After{results.hits.back().rank, results.hits.back().doc};
    page.limit *= 2;
  }
  found.more = best.size() > wanted;
  for (std::size_t i = query.offset; i < std::min(wanted, best.size()); ++i) {
    GroupedHit& hit = best[i];
    if (!hit.group.empty())
      hit.matches =
          std::max<std::uint64_t>(1, count_of(hit.group, by, snapshot, query, control, source));
    found.hits.push_back(std::move(hit));
  }
  return found;
}

}  // namespace koinon::search
