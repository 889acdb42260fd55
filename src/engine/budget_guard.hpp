// SPDX-License-Identifier: Apache-2.0
//
// What an ordinary write may not do to the budget of a programme.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "koinon/error.hpp"
#include "koinon/records.hpp"
#include "programme/budget.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// Whether the writes of a transaction commit more than a programme has: awards, and what its calls
/// under way are to give. A budget that something was promised of is neither lowered below that nor
/// taken out. An import takes what was promised elsewhere as it is, and Catalogue::check() tells of
/// it; from then on nothing may make it worse. A call that asks for more by itself is AwardGuard's.
class BudgetGuard {
 public:
  explicit BudgetGuard(store::Transaction& transaction) : transaction_(transaction) {}

  /// A record that is about to be written, which is not flushed yet.
  void touch(const std::string& id, const Record& record);

  /// After flush(): throws Error(InvalidRecord) with a violation for each budget that is exceeded.
  void check();

 private:
  struct Touched {
    std::string id;
    RecordKind kind;
  };

  // What is committed past a budget.
  struct Overdrawn {
    bool told = false;  // the budget
    std::vector<programme::Excess> awarded;
    std::vector<programme::Excess> promised;
  };

  std::string programme_of(const Record& record);
  Overdrawn overdrawn(const std::string& programme);
  void remember(const std::string& programme);
  bool is_written(const std::string& programme) const;
  void hold(const std::string& programme, const Overdrawn& before);
  void hold_awarded(const std::string& programme, const programme::Excess& excess);
  void hold_promised(const std::string& programme, const programme::Excess& excess);
  void hold_untold(const std::string& programme);

  store::Transaction& transaction_;
  std::vector<Touched> touched_;
  std::map<std::string, Overdrawn> before_;  // by programme
  std::vector<Violation> violations_;
};

}  // namespace koinon::engine
