// SPDX-License-Identifier: Apache-2.0
#include "engine/collections.hpp"

#include <algorithm>
#include <utility>

#include "engine/linked.hpp"
#include "engine/names.hpp"
#include "koinon/catalogue.hpp"
#include "programme/completeness.hpp"

namespace koinon::engine {

CompletenessReport completeness_report(const std::string& id, store::Reader& reader) {
  const Record record = known_record(reader, id);
  programme::Completeness complete = programme::completeness_of(record);
  if (complete.groups.empty()) refuse_kind(id, kind_of(record), "measured for completeness");
  CompletenessReport report;
  report.change = reader.last_change();
  report.id = id;
  report.kind = kind_name(kind_of(record));
  report.title = title_of(record, reader);
  report.share = complete.share;
  report.groups = std::move(complete.groups);
  report.languages = programme::languages_of(record);
  return report;
}

Collections collections(const std::string& after, std::size_t limit, store::Reader& reader) {
  Collections answer;
  answer.change = reader.last_change();
  if (limit == 0) return answer;
  constexpr std::size_t most = 10'000;
  const std::size_t page = std::min(limit, most);
  const auto ids = reader.ids(RecordKind::Collection, after, page);
  Shown shown(reader);
  for (const std::string& id : ids) {
    const auto record = present_record(reader, id);
    const auto* told = record ? std::get_if<Collection>(&*record) : nullptr;
    if (!told) continue;
    CollectionShown one;
    one.id = id;
    one.title = title_of(*record, reader);
    one.introduction = told->introduction;
    one.curator = told->curator;
    if (!told->curator.empty()) one.curator_name = shown.title(told->curator);
    one.date = told->date;
    for (const std::string& study : told->cases) {
      const Shown::Facts& facts = shown.of(study);
      one.cases.push_back({study, facts.title, facts.state, facts.present});
    }
    answer.collections.push_back(std::move(one));
  }
  if (ids.size() == page) answer.next = ids.back();
  return answer;
}

}  // namespace koinon::engine
