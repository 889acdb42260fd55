// SPDX-License-Identifier: Apache-2.0
//
// EuroVoc, the EU's thesaurus: preferred labels of a concept in the 24 official languages, a row
// each.
#include <array>
#include <string>
#include <utility>

#include "exchange/draft_tools.hpp"
#include "exchange/formats/formats.hpp"
#include "exchange/table_rows.hpp"

namespace koinon::exchange {

namespace {

constexpr std::array<const char*, 25> columns = {
    "id", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"};

class Rows final : public TableRows {
 public:
  Rows(ByteSource& source, const ReaderOptions& options)
      : TableRows(source, options, "eurovoc", columns) {}

 protected:
  void read(Row& row) override {
    const std::string_view notation = cell(0);
    if (!is_told(notation, "id", row)) return;
    Concept entry;
    entry.scheme = "eurovoc";
    entry.notation = notation;
    for (std::size_t i = 1; i < columns.size(); ++i) add_text(entry.labels, columns[i], cell(i));
    entry.sources.push_back({portal(), entry.notation, {}, {}, {}, {}});
    std::string id = "eurovoc:" + entry.notation;
    // Relations may have come first, so nothing that is known is taken away.
    row.drafts.push_back({std::move(id), Record(std::move(entry)), Merge::Union, true, {}});
  }
};

bool recognises(std::string_view head) {
  return has_columns(head, columns);
}

}  // namespace

const Format& eurovoc_labels_format() {
  static const Format format = {"eurovoc-labels", "EuroVoc: labels in 24 languages (table)",
                                "eurovoc", recognises, open_reader<Rows>};
  return format;
}

}  // namespace koinon::exchange
