// SPDX-License-Identifier: Apache-2.0
//
// What an ordinary write may not promise besides what the budget of a programme holds (life_guard):
// awards past what their call and their bid allow, a selected bid without an award, and a call
// under way that its programme cannot pay.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "koinon/catalogue.hpp"
#include "koinon/error.hpp"
#include "koinon/records.hpp"
#include "programme/award_limits.hpp"
#include "store/store.hpp"

namespace koinon::engine {

/// What a bid was awarded. O(log n) where the file keeps the sums, else O(its awards).
programme::Sums awarded_to(store::Reader& reader, const std::string& bid);
/// What all bids of a call were awarded. O(log n), else O(its bids and their awards).
programme::Sums awarded_in(store::Reader& reader, const std::string& call);

/// What a check of the file tells of a bid or a call that an import brought in: limits that its
/// awards break, and a selected bid without one. None for other records.
std::vector<Finding> award_findings(store::Reader& reader, const std::string& id,
                                    const Record& record);

/// Whether the writes of a transaction break such a limit. As with budgets an import takes what was
/// promised elsewhere, and from then on nothing may make it worse.
class AwardGuard {
 public:
  explicit AwardGuard(store::Transaction& transaction) : transaction_(transaction) {}

  /// A record that is about to be written, which is not flushed yet.
  void touch(const std::string& id, const Record& record);

  /// The same for one that is about to be removed.
  void touch_removed(const Record& record);

  /// After flush(): throws Error(InvalidRecord) with a violation for each limit that is broken.
  void check();

 private:
  using Breaches = std::vector<programme::Breach>;

  void touch_bid(const std::string& id, const Bid& bid);
  void touch_call(const std::string& id, const Call& call);
  void touch_programme(const std::string& id, const Programme& programme);
  void remember_bid(const std::string& id);
  void remember_call(const std::string& id);
  void hold(const Breaches& before, const Breaches& now, const std::string& path,
            const std::string& whose);

  void check_asked(const std::string& id);
  Breaches of_bid(const std::string& id);
  Breaches of_call(const std::string& id);
  Breaches uncovered(const std::string& id);

  store::Transaction& transaction_;
  std::map<std::string, Breaches> bids_;       // what was broken before, by bid
  std::map<std::string, Breaches> calls_;      // by call
  std::map<std::string, Breaches> uncovered_;  // of calls that want another budget
  std::set<std::string> by_rate_;              // bids and calls of programmes whose rates change
  std::set<std::string> asking_;               // bids whose request or call changes
  std::vector<Violation> violations_;
};

}  // namespace koinon::engine
