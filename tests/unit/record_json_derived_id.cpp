// SPDX-License-Identifier: Apache-2.0
#include "exchange/derived_id.hpp"

#include <set>

#include "catch.hpp"
#include "domain/kinds.hpp"
#include "fill.hpp"

using namespace koinon;
using exchange::content_hash;
using exchange::derived_id;

TEST_CASE("a derived id is an id of its kind, the same everywhere", "[record_json]") {
  for (const RecordKind kind : test::all_kinds()) {
    const std::string id = derived_id(kind, {"portal", "1"});
    CHECK(domain::is_record_id(id));
    const std::string prefix = domain::id_prefixes[static_cast<std::size_t>(kind)];
    CHECK(id.substr(0, prefix.size() + 1) == prefix + '-');
    CHECK(id.size() == prefix.size() + 17);
    CHECK(derived_id(kind, {"portal", "1"}) == id);
  }
  // Catalogues in the field hold ids made so: these may never change.
  CHECK(derived_id(RecordKind::Organisation, {"portal", "1"}) == "org-thtpb86nvxf49mvd");
  CHECK(derived_id(RecordKind::Project, {"kohesio", "", "Q1"}) == "prj-qtt4krwkd3w3jfyw");
  CHECK(content_hash("") == "99aa06d3014798d86001c324468d497f");
  CHECK(content_hash("abc\n").size() == 32);
}

TEST_CASE("other keys, other bounds between them, another kind or salt: another id",
          "[record_json]") {
  const std::set<std::string> ids = {
      derived_id(RecordKind::Call, {"ab", "c"}),     derived_id(RecordKind::Call, {"a", "bc"}),
      derived_id(RecordKind::Call, {"abc"}),         derived_id(RecordKind::Call, {"ab", "c", ""}),
      derived_id(RecordKind::Call, {"", "ab", "c"}), derived_id(RecordKind::Call, {"1:a", "b"}),
      derived_id(RecordKind::Call, {"ab", "c"}, 1)};
  CHECK(ids.size() == 7);
  CHECK(derived_id(RecordKind::Project, {"a"}).substr(4) !=
        derived_id(RecordKind::Organisation, {"a"}).substr(4));
}
