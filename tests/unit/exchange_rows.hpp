// SPDX-License-Identifier: Apache-2.0
//
// Reading rows in tests: from text, by format name, and against the rules of the domain.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "data/vocabulary.hpp"
#include "domain/validate.hpp"
#include "exchange/byte_source.hpp"
#include "exchange/reader.hpp"
#include "koinon/error.hpp"
#include "programme/life_cycle.hpp"

namespace koinon::exchange {

/// A row that owns what it holds.
struct KeptRow {
  std::uint64_t line = 0;
  std::uint64_t size = 0;
  std::string bytes;
  std::string context;
  std::vector<Draft> drafts;
  std::vector<Violation> violations;

  explicit KeptRow(Row& row)
      : line(row.line),
        size(row.size),
        bytes(row.bytes),
        context(row.context),
        drafts(std::move(row.drafts)),
        violations(std::move(row.violations)) {}

  template <class T>
  const T& record(std::size_t i) const {
    return std::get<T>(drafts.at(i).record);
  }
  std::string code() const { return violations.empty() ? "" : violations.front().code; }
};

inline std::vector<KeptRow> read_all(RowReader& reader) {
  std::vector<KeptRow> rows;
  Row row;
  while (reader.next(row)) rows.emplace_back(row);
  return rows;
}

inline std::vector<KeptRow> read_rows(const char* format, std::string bytes,
                                      const ReaderOptions& options = {}) {
  const Format* known = find_format(format);
  REQUIRE(known != nullptr);
  const auto source = open_memory(std::move(bytes));
  const auto reader = known->open(*source, options);
  return read_all(*reader);
}

/// The bundled vocabularies, as the rules ask for them.
class BundledVocabularies final : public domain::Vocabularies {
 public:
  bool contains(std::string_view vocabulary, std::string_view code) const override {
    const data::Vocabulary* entries = data::vocabulary(vocabulary);
    return entries != nullptr && entries->find(code) != nullptr;
  }
  bool leads(std::string_view states, std::string_view from, std::string_view to) const override {
    const programme::LifeCycle* table = programme::life_cycle_in(states);
    return table != nullptr && table->edge(from, to) != nullptr;
  }
};

/// The violations of a row, those of its records included.
inline std::vector<Violation> faults_of(const Row& row) {
  std::vector<Violation> found = row.violations;
  for (const Draft& draft : row.drafts) {
    for (Violation& violation : domain::validate(draft.record, BundledVocabularies()))
      found.push_back(std::move(violation));
  }
  return found;
}

inline std::string faults_of(const KeptRow& kept) {
  std::string text;
  for (const Violation& violation : kept.violations) text += violation.code + ' ';
  for (const Draft& draft : kept.drafts) {
    for (const Violation& violation : domain::validate(draft.record, BundledVocabularies()))
      text += violation.path + ": " + violation.message + "; ";
  }
  return text;
}

inline ErrorCode error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode{};
}

}  // namespace koinon::exchange
