// SPDX-License-Identifier: Apache-2.0
//
// What awards commit, summed for each bid, call and programme in the transaction that writes them.
// A guard reads one row for each currency, however many calls and awards there are; a write adds
// its difference to at most three sums. Reader::broken_funding() is the slow, obvious twin.
#include "store/funding.hpp"

#include <limits>
#include <map>
#include <tuple>

namespace koinon::store {

namespace {

// A sum of any number of amounts is exact in it, and so what was added can be taken away again.
__extension__ typedef __int128 Wide;

constexpr RecordKind none = RecordKind::Organisation;  // draws on nothing

// Which kind draws on this one.
RecordKind drawing_on(RecordKind kind) {
  switch (kind) {
    case RecordKind::Programme:
      return RecordKind::Call;
    case RecordKind::Call:
      return RecordKind::Bid;
    case RecordKind::Bid:
      return RecordKind::Award;
    default:
      return none;
  }
}

// Which kind this one draws on.
RecordKind drawn_on(RecordKind kind) {
  switch (kind) {
    case RecordKind::Call:
      return RecordKind::Programme;
    case RecordKind::Bid:
      return RecordKind::Call;
    case RecordKind::Award:
      return RecordKind::Bid;
    default:
      return none;
  }
}

std::int64_t high(Wide value) {
  return static_cast<std::int64_t>(value >> 32);
}
std::int64_t low(Wide value) {
  return static_cast<std::int64_t>(value & 0xffffffff);
}
Wide joined(std::int64_t high, std::int64_t low) {
  return Wide{high} * 0x100000000 + low;
}
std::int64_t clamped(Wide value) {
  constexpr Wide most = std::numeric_limits<std::int64_t>::max();
  constexpr Wide least = std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value > most ? most : value < least ? least : value);
}

struct Sums {
  Wide awarded = 0;
  Wide promised = 0;
  Sums& operator+=(const Sums& other) {
    awarded += other.awarded;
    promised += other.promised;
    return *this;
  }
  Sums operator-() const { return {-awarded, -promised}; }
  bool operator==(const Sums&) const = default;
};

using SumsByCurrency = std::map<std::string, Sums>;

// A record that draws on another, as it is kept.
struct Drawing {
  std::string id;
  RecordKind kind = none;
  FundingRow row;
};

std::optional<std::int64_t> number_or_none(const Query& q, int column) {
  return q.is_null(column) ? std::nullopt : std::optional(q.integer(column));
}

Drawing drawing_of(const Query& q) {
  Drawing found;
  found.id = q.text(0);
  found.kind = static_cast<RecordKind>(q.integer(1));
  found.row.parent = q.text(2);
  found.row.state = q.text(3);
  found.row.currency = q.text(4);
  found.row.amount = number_or_none(q, 5);
  if (!q.is_null(6)) found.row.due = static_cast<std::int32_t>(q.integer(6));
  found.row.project = q.text(7);
  return found;
}

std::optional<Drawing> kept_drawing(Connection& connection, std::int64_t seq) {
  Query q(connection,
          "SELECT id, kind, parent, state, currency, amount, due, project FROM funding "
          "WHERE record = ?",
          seq);
  return q.step() ? std::optional(drawing_of(q)) : std::nullopt;
}

std::optional<Drawing> kept_drawing(Connection& connection, std::string_view id, RecordKind kind) {
  Query q(connection,
          "SELECT r.id, f.kind, f.parent, f.state, f.currency, f.amount, f.due, f.project "
          "FROM record r JOIN funding f ON f.record = r.seq WHERE r.id = ? AND f.kind = ?",
          id, static_cast<int>(kind));
  return q.step() ? std::optional(drawing_of(q)) : std::nullopt;
}

SumsByCurrency sums_of(Connection& connection, std::string_view target, RecordKind kind) {
  Query q(connection,
          "SELECT currency, awarded_high, awarded_low, promised_high, promised_low FROM committed "
          "WHERE target = ? AND kind = ?",
          target, static_cast<int>(kind));
  SumsByCurrency sums;
  while (q.step()) {
    sums[q.text(0)] = {joined(q.integer(1), q.integer(2)), joined(q.integer(3), q.integer(4))};
  }
  return sums;
}

// What a record adds to the sums of whom it draws on, given the sums of what draws on it: an award
// its amount; a bid its awards; a call the same, and as a promise at least what it plans to give.
SumsByCurrency added(const Drawing& by, SumsByCurrency below) {
  if (!by.row.amount) return below;
  Sums& sums = below[by.row.currency];
  if (by.kind == RecordKind::Award) sums.awarded = *by.row.amount;
  if (by.kind == RecordKind::Award || sums.promised < *by.row.amount)
    sums.promised = *by.row.amount;
  return below;
}

SumsByCurrency added(Connection& connection, const Drawing& by) {
  const RecordKind below = drawing_on(by.kind);
  return added(by, below == none ? SumsByCurrency{} : sums_of(connection, by.id, below));
}

void keep(Connection& connection, const std::string& target, RecordKind kind,
          const std::string& currency, const Sums& sums) {
  if (sums == Sums{}) {
    Query(connection, "DELETE FROM committed WHERE target = ? AND kind = ? AND currency = ?",
          target, static_cast<int>(kind), currency)
        .run();
    return;
  }
  Query(connection,
        "INSERT OR REPLACE INTO committed(target, kind, currency, awarded_high, awarded_low, "
        "promised_high, promised_low) VALUES(?, ?, ?, ?, ?, ?, ?)",
        target, static_cast<int>(kind), currency, high(sums.awarded), low(sums.awarded),
        high(sums.promised), low(sums.promised))
      .run();
}

void differ(Connection& connection, const std::string& target, RecordKind kind,
            const SumsByCurrency& by);

SumsByCurrency negative(SumsByCurrency sums) {
  for (auto& [currency, sum] : sums) sum = -sum;
  return sums;
}

void add_to(SumsByCurrency& sums, const SumsByCurrency& others) {
  for (const auto& [currency, sum] : others) sums[currency] += sum;
}

// Adds a difference to the sums of what draws on a record, and of all that this draws on in turn.
void differ(Connection& connection, const std::string& target, RecordKind kind,
            const SumsByCurrency& by) {
  if (target.empty()) return;
  SumsByCurrency sums = sums_of(connection, target, kind);
  // Where the record is not there, or not yet, the sums wait for it.
  const std::optional<Drawing> above = kept_drawing(connection, target, drawn_on(kind));
  SumsByCurrency change;
  if (above) change = negative(added(*above, sums));
  for (const auto& [currency, sum] : by) {
    if (sum == Sums{}) continue;
    sums[currency] += sum;
    keep(connection, target, kind, currency, sums[currency]);
  }
  if (!above) return;
  add_to(change, added(*above, std::move(sums)));
  differ(connection, above->row.parent, above->kind, change);
}

// By whose record, of what kind, in what currency.
using Key = std::tuple<std::string, int, std::string>;

std::map<Key, Sums> summed_anew(Connection& connection) {
  std::map<Key, Sums> sums;
  // Awards before bids before calls.
  Query q(connection,
          "SELECT id, kind, parent, state, currency, amount, due, project FROM funding "
          "ORDER BY kind DESC");
  while (q.step()) {
    const Drawing one = drawing_of(q);
    const int below = static_cast<int>(drawing_on(one.kind));
    SumsByCurrency told;
    for (auto at = sums.lower_bound({one.id, below, ""});
         at != sums.end() && std::get<0>(at->first) == one.id && std::get<1>(at->first) == below;
         ++at)
      told[std::get<2>(at->first)] = at->second;
    if (one.row.parent.empty()) continue;
    for (const auto& [currency, sum] : added(one, std::move(told)))
      sums[{one.row.parent, static_cast<int>(one.kind), currency}] += sum;
  }
  return sums;
}

std::map<Key, Sums> kept_sums(Connection& connection) {
  std::map<Key, Sums> sums;
  Query q(connection,
          "SELECT target, kind, currency, awarded_high, awarded_low, promised_high, promised_low "
          "FROM committed");
  while (q.step()) {
    sums[{q.text(0), static_cast<int>(q.integer(1)), q.text(2)}] = {
        joined(q.integer(3), q.integer(4)), joined(q.integer(5), q.integer(6))};
  }
  return sums;
}

}  // namespace

void forget_funding(Connection& connection, const RecordRow& row) {
  if (drawn_on(row.kind) == none) return;
  const std::optional<Drawing> old = kept_drawing(connection, row.seq);
  if (!old) return;
  const SumsByCurrency gone = negative(added(connection, *old));
  Query(connection, "DELETE FROM funding WHERE record = ?", row.seq).run();
  differ(connection, old->row.parent, old->kind, gone);
}

void Transaction::set_funding(const RecordRow& row, const FundingRow& told) {
  guarded([&] {
    const std::optional<Drawing> old = kept_drawing(*connection_, row.seq);
    if (old && old->row == told) return;
    const Drawing now{row.id, row.kind, told};
    SumsByCurrency change = added(*connection_, now);
    if (old && old->row.parent == told.parent) {
      add_to(change, negative(added(*connection_, *old)));
    } else {
      forget_funding(*connection_, row);
    }
    Query(*connection_, "DELETE FROM funding WHERE record = ?", row.seq).run();
    Query(*connection_,
          "INSERT INTO funding(parent, kind, record, id, state, currency, amount, due, project) "
          "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
          told.parent, static_cast<int>(row.kind), row.seq, row.id, told.state, told.currency,
          told.amount, told.due, told.project)
        .run();
    differ(*connection_, told.parent, row.kind, change);
  });
}

bool Reader::knows_funding() {
  return guarded([&] { return connection_->has_table("funding"); });
}

std::optional<FundingRow> Reader::funding(std::int64_t seq) {
  return guarded([&]() -> std::optional<FundingRow> {
    std::optional<Drawing> found = kept_drawing(*connection_, seq);
    if (!found) return std::nullopt;
    return std::move(found->row);
  });
}

std::vector<Commitment> Reader::committed(std::string_view target, RecordKind kind,
                                          const std::vector<std::string>& except) {
  return guarded([&] {
    SumsByCurrency sums = sums_of(*connection_, target, kind);
    for (const std::string& id : except) {
      const auto without = kept_drawing(*connection_, id, kind);
      if (without && without->row.parent == target)
        add_to(sums, negative(added(*connection_, *without)));
    }
    std::vector<Commitment> found;
    for (const auto& [currency, sum] : sums)
      found.push_back({currency, clamped(sum.awarded), clamped(sum.promised)});
    return found;
  });
}

std::vector<std::string> Reader::calls_across_currencies(std::string_view programme) {
  return guarded([&] {
    // A call has an amount as long as it is under way; 4 is a call, 10 a bid.
    Query q(*connection_,
            "SELECT f.id FROM funding f WHERE f.parent = ? AND f.kind = 4 AND f.amount IS NOT NULL "
            "AND EXISTS (SELECT 1 FROM committed c WHERE c.target = f.id AND c.kind = 10 "
            "AND c.currency <> f.currency) ORDER BY f.id",
            programme);
    std::vector<std::string> ids;
    while (q.step()) ids.push_back(q.text(0));
    return ids;
  });
}

std::vector<std::string> Reader::calls_due(std::int32_t day) {
  return guarded([&] {
    Query q(*connection_, "SELECT id FROM funding WHERE due <= ? ORDER BY id", std::int64_t{day});
    std::vector<std::string> ids;
    while (q.step()) ids.push_back(q.text(0));
    return ids;
  });
}

// ---- What a call, or all calls of a programme, came to -----------------------------------------

// The call itself, or the calls that draw on the programme; joins go from left to right.
#define KOINON_CALLS                                                           \
  "(SELECT id FROM record WHERE id = ?1 AND kind = 4 AND state = 0 UNION ALL " \
  "SELECT id FROM funding WHERE parent = ?1 AND kind = 4) c "

std::vector<std::string> Reader::funding_calls(std::string_view id) {
  return guarded([&] {
    Query q(*connection_, "SELECT c.id FROM " KOINON_CALLS "ORDER BY c.id", id);
    std::vector<std::string> ids;
    while (q.step()) ids.push_back(q.text(0));
    return ids;
  });
}

std::vector<std::pair<std::string, std::uint64_t>> Reader::funding_bids(std::string_view id) {
  return guarded([&] {
    Query q(*connection_,
            "SELECT b.state, count(*) FROM " KOINON_CALLS
            "CROSS JOIN funding b ON b.parent = c.id AND b.kind = 10 GROUP BY b.state "
            "ORDER BY b.state",
            id);
    std::vector<std::pair<std::string, std::uint64_t>> counts;
    while (q.step()) counts.emplace_back(q.text(0), q.number(1));
    return counts;
  });
}

void Reader::each_award(std::string_view id, const OnAward& on_award) {
  guarded([&] {
    Query q(*connection_,
            "SELECT a.currency, a.amount, a.project FROM " KOINON_CALLS
            "CROSS JOIN funding b ON b.parent = c.id AND b.kind = 10 "
            "CROSS JOIN funding a ON a.parent = b.id AND a.kind = 11",
            id);
    FundingRow award;
    while (q.step()) {
      award.currency = q.text(0);
      award.amount = number_or_none(q, 1);
      award.project = q.text(2);
      on_award(award);
    }
  });
}

std::vector<std::string> Reader::funding_projects(std::string_view id) {
  return guarded([&] {
    Query q(*connection_,
            "SELECT r.id FROM " KOINON_CALLS
            "CROSS JOIN link l ON l.target = c.id AND l.kind = 3 "
            "CROSS JOIN record r ON r.seq = l.record",
            id);
    std::vector<std::string> ids;
    while (q.step()) ids.push_back(q.text(0));
    return ids;
  });
}

#undef KOINON_CALLS

std::vector<Finding> Reader::broken_funding() {
  return guarded([&] {
    std::vector<Finding> found;
    const std::map<Key, Sums> right = summed_anew(*connection_);
    std::map<Key, Sums> kept = kept_sums(*connection_);
    const auto tell = [&](const Key& key) {
      const std::string finding = "the sums of what draws on it are not those of its parts";
      if (found.empty() || found.back().where != std::get<0>(key))
        found.push_back({std::get<0>(key), finding});
    };
    for (const auto& [key, sums] : right) {
      const auto same = kept.extract(key);
      if ((same.empty() ? Sums{} : same.mapped()) != sums) tell(key);
    }
    for (const auto& [key, sums] : kept) tell(key);
    Query q(*connection_,
            "SELECT r.id FROM funding f JOIN record r ON r.seq = f.record WHERE r.state <> 0");
    while (q.step()) found.push_back({q.text(0), "is gone, and its money is still counted"});
    return found;
  });
}

}  // namespace koinon::store
