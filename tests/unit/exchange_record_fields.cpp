// SPDX-License-Identifier: Apache-2.0
#include "koinon/record_fields.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "catch.hpp"
#include "data/vocabulary.hpp"
#include "exchange/record_json.hpp"
#include "fill.hpp"
#include "koinon/catalogue.hpp"

using namespace koinon;

namespace {

const RecordField& field_of(const std::vector<RecordField>& fields, const std::string& path) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const RecordField& each) { return each.path == path; });
  REQUIRE(found != fields.end());
  return *found;
}

// The paths of a JSON record, down to what is one value of ours.
void paths_of(const nlohmann::json& json, const std::string& prefix,
              const std::vector<RecordField>& fields, std::set<std::string>& paths) {
  for (const auto& [key, value] : json.items()) {
    const std::string path = prefix + key;
    paths.insert(path);
    if (field_of(fields, path).type != "object") continue;
    if (!value.is_array()) {
      paths_of(value, path + ".", fields, paths);
      continue;
    }
    for (const auto& one : value) paths_of(one, path + "[].", fields, paths);
  }
}

}  // namespace

TEST_CASE("every field of every record is described, and no other", "[exchange]") {
  for (const RecordKind kind : test::all_kinds()) {
    CAPTURE(kind_name(kind));
    test::Filler filler;
    const auto fields = record_fields(kind);
    std::set<std::string> paths;
    paths_of(nlohmann::json::parse(exchange::to_json(filler.record(kind))), "", fields, paths);
    std::set<std::string> described;
    for (const RecordField& field : fields) described.insert(field.path);
    CHECK(described == paths);
    CHECK(described.size() == fields.size());
  }
}

TEST_CASE("a code's field names a vocabulary that there is", "[exchange]") {
  for (const RecordKind kind : test::all_kinds()) {
    for (const RecordField& field : record_fields(kind)) {
      CAPTURE(field.path);
      if (field.type == "code") CHECK(data::vocabulary(field.vocabulary) != nullptr);
      if (field.type != "code" && field.type != "theme" && field.type != "country")
        CHECK(field.vocabulary.empty());
    }
  }
  const auto fields = record_fields(RecordKind::Evidence);
  CHECK(field_of(fields, "about").required);
  CHECK(field_of(fields, "about").type == "reference");
  CHECK(field_of(fields, "maryland.grade").vocabulary == "maryland-scale");
  CHECK(field_of(fields, "effects").list);
  CHECK(field_of(fields, "effects[].low").type == "number");
  CHECK(field_of(record_fields(RecordKind::Project), "participations[].share").type == "share");
}
