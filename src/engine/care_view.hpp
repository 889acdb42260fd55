// SPDX-License-Identifier: Apache-2.0
//
// The care of cases as a view: of each case study what tells whether it is stale or incomplete, so
// that a question about all of them reads none. Made when first asked for.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/view.hpp"
#include "koinon/care.hpp"
#include "programme/staleness.hpp"

namespace koinon::engine {

/// Threads: as every view; the questions from any number at once.
class CareView final : public View {
 public:
  std::string_view name() const override { return "care"; }
  std::uint64_t reached() const override { return reached_; }
  bool damaged() const override { return false; }
  void apply(const ViewChange& change, RecordLookup& lookup) override;
  void caught_up(std::uint64_t n) override { reached_ = n; }
  void begin_rebuild(std::uint64_t records) override;
  void add(const ViewChange& change, RecordLookup& lookup) override;
  void settle(store::Snapshot& snapshot, bool rebuilt) override;

  /// O(cases), some tens of nanoseconds each, and the titles of the page.
  StaleAnswer stale(const StaleRequest& request, store::Snapshot& snapshot) const;
  /// O(cases · log page).
  IncompleteAnswer incomplete(const IncompleteRequest& request, store::Snapshot& snapshot) const;

 private:
  // A lead organisation or project, known by its cases alone.
  struct Named {
    programme::NamedRecord told;
    std::uint32_t cases = 0;
    bool looked_up = false;
  };
  struct Case {
    programme::CaseFacts facts;
    std::string state;
    float share = 0;
  };

  void follow(const ViewChange& change);
  void forget(std::string_view id);
  const programme::NamedRecord* name(const std::string& id);
  void drop(const programme::NamedRecord* named);
  void follow_named(const ViewChange& change);

  std::map<std::string, Case, std::less<>> cases_;   // in the order in which answers tell them
  std::map<std::string, Named, std::less<>> named_;  // nodes stay where they are
  std::uint64_t reached_ = 0;
};

}  // namespace koinon::engine
