// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/view.hpp"

namespace koinon::engine {

/// Columns by the numbers of records, as a view of the journal that keeps nothing beside the store.
/// They have set(seq, id, record), with null for a record that is gone.
template <class Columns>
class ColumnsView final : public View {
 public:
  explicit ColumnsView(const char* name) : name_(name) {}

  std::string_view name() const override { return name_; }
  std::uint64_t reached() const override { return reached_; }
  bool damaged() const override { return false; }
  void apply(const ViewChange& change, RecordLookup&) override {
    columns_.set(change.seq, change.id, change.record);
  }
  void caught_up(std::uint64_t n) override { reached_ = n; }
  void begin_rebuild(std::uint64_t) override {
    columns_ = Columns();
    reached_ = 0;
  }
  void add(const ViewChange& change, RecordLookup& lookup) override { apply(change, lookup); }

  const Columns& columns() const { return columns_; }

 private:
  const char* name_;
  Columns columns_;
  std::uint64_t reached_ = 0;
};

}  // namespace koinon::engine
