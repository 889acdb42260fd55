// SPDX-License-Identifier: Apache-2.0
#include "engine/linked.hpp"

#include "engine/names.hpp"
#include "exchange/record_json.hpp"
#include "koinon/catalogue.hpp"
#include "koinon/error.hpp"

namespace koinon::engine {

std::optional<Record> present_record(store::Reader& reader, const std::string& id) {
  if (id.empty()) return std::nullopt;
  const auto row = reader.find(id);
  if (!row || row->state != store::State::Present) return std::nullopt;
  return exchange::from_json(row->kind, reader.body(row->change)).record;
}

store::RecordRow known_row(store::Reader& reader, const std::string& id) {
  auto row = reader.find(id);
  if (!row) throw Error(ErrorCode::NotFound, "there is no record '" + id + "'");
  if (row->state == store::State::Erased) throw Error(ErrorCode::Erased, "'" + id + "' was erased");
  return *row;
}

void check_organisation(store::Reader& reader, const std::string& id) {
  const store::RecordRow row = known_row(reader, id);
  if (row.kind != RecordKind::Organisation) refuse_kind(id, row.kind, "an organisation");
}

Record known_record(store::Reader& reader, const std::string& id) {
  const store::RecordRow row = known_row(reader, id);
  if (row.state != store::State::Present)
    throw Error(ErrorCode::NotFound, "'" + id + "' was removed");
  return exchange::from_json(row.kind, reader.body(row.change)).record;
}

void refuse_kind(const std::string& id, RecordKind kind, const char* what) {
  throw Error(ErrorCode::InvalidArgument, "'" + id + "' is " + a_kind(kind) + ", not " + what);
}

std::vector<Record> linked_records(store::Reader& reader, const std::string& target,
                                   RecordKind kind, std::vector<std::string>& ids) {
  if (!reader.knows_links()) {
    throw Error(ErrorCode::ReadOnly,
                "this file was written by an earlier version, which did not keep who names whom: "
                "open it once for writing");
  }
  std::vector<Record> records;
  for (const store::RecordRow& row : reader.linked_to(target, kind)) {
    ids.push_back(row.id);
    records.push_back(exchange::from_json(row.kind, reader.body(row.change)).record);
  }
  return records;
}

const Shown::Facts& Shown::of(const std::string& id) {
  const auto [place, fresh] = facts_.emplace(id, Facts{});
  if (!fresh) return place->second;
  Facts& facts = place->second;
  if (const auto record = present_record(reader_, id)) {
    facts.present = true;
    facts.title = title_of(*record, reader_);
    facts.country = country_of(*record);
    if (const auto* organisation = std::get_if<Organisation>(&*record)) {
      facts.kind = organisation->kind;
    } else if (const auto* study = std::get_if<CaseStudy>(&*record)) {
      facts.state = study->state;
    } else if (const auto* centre = std::get_if<CompetenceCentre>(&*record)) {
      if (!centre->countries.empty()) facts.country = centre->countries.front();
    }
  }
  if (facts.title.empty()) facts.title = id;
  return facts;
}

}  // namespace koinon::engine
