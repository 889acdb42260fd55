// SPDX-License-Identifier: Apache-2.0
//
// EuroVoc: what is broader than a concept, related to it or another label of it. Meant to be read
// after the labels: a concept needs one.
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "exchange/draft_tools.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/table_rows.hpp"

namespace koinon::exchange {

namespace {

constexpr std::array<const char*, 3> columns = {"id", "relation", "value"};

enum Column : std::size_t { Id, Relation, Value };

class Rows final : public TableRows {
 public:
  Rows(ByteSource& source, const ReaderOptions& options)
      : TableRows(source, options, "eurovoc", columns) {}

 protected:
  void read(Row& row) override {
    is_told(cell(Id), "id", row);
    is_told(cell(Value), "value", row);
    if (!row.violations.empty()) return;
    Concept entry;
    entry.scheme = "eurovoc";
    entry.notation = cell(Id);
    add_relation(entry, row);
    std::string id = "eurovoc:" + entry.notation;
    row.drafts.push_back({std::move(id), Record(std::move(entry)), Merge::Union, true, {}});
  }

 private:
  void add_relation(Concept& entry, Row& row) const {
    constexpr std::string_view label = "altLabel@";
    const std::string_view relation = cell(Relation);
    if (relation == "broader") {
      entry.broader.push_back("eurovoc:" + std::string(cell(Value)));
    } else if (relation == "related") {
      entry.related.push_back("eurovoc:" + std::string(cell(Value)));
    } else if (relation.starts_with(label)) {
      add_text(entry.alternative_labels, relation.substr(label.size()), cell(Value));
    } else if (relation != "inScheme") {
      // Membership in a microthesaurus is known and has no field; any other relation is not known.
      row.violations.push_back(
          {"relation", "unknown_code", "'" + std::string(relation) + "' is no relation"});
    }
  }
};

bool recognises(std::string_view head) {
  return has_columns(head, columns);
}

}  // namespace

const Format& eurovoc_relations_format() {
  static const Format format = {"eurovoc-relations",
                                "EuroVoc: broader and related concepts, alternative labels (table)",
                                "eurovoc", recognises, open_reader<Rows>};
  return format;
}

}  // namespace koinon::exchange
