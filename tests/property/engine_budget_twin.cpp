// SPDX-License-Identifier: Apache-2.0
//
// The sums that the store keeps of awards, and the days on which calls are due, against reading
// every record: over random histories of writes, removals, erasures, steps, budgets, and calls and
// bids that change whom they draw on. No write promises more than a programme has, where crowns
// count by a rate as long as the budget has no line of them.
#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "catch.hpp"
#include "engine/life_facts.hpp"
#include "lives.hpp"
#include "programme/budget.hpp"
#include "programme/guards.hpp"
#include "scratch.hpp"
#include "sqlite.hpp"
#include "store/store.hpp"

using namespace koinon;
using test::LivingCatalogue;

namespace {

using Texts = std::vector<std::string>;

// Sums that 64 bits may not hold.
using WideSums = std::map<std::string, long double>;
struct Twin {
  WideSums awarded;
  WideSums promised;
  // Of calls under way that plan in one currency and award in another, as far as rates are told.
  struct Crossing {
    WideSums awarded;
    WideSums planned;
  };
  std::vector<Crossing> crossing;
};

class History {
 public:
  explicit History(unsigned seed, const std::string& path)
      : random_(seed), path_(path), living_(path) {
    // The first pays without end, since its budget is not told; the second can be exceeded.
    for (int i = 0; i < 3; ++i) {
      Programme programme;
      programme.names = {test::text("P")};
      if (i == 1) programme.budget = {{test::date("2026"), money(3000, "EUR")}};
      if (i < 2) programme.rates = rates();
      living_.put("prog-" + std::to_string(i), programme);
    }
  }

  void act() {
    switch (pick(10)) {
      case 0:
      case 1:
        return put({write("call")});
      case 2:
      case 3:
        return put({write("bid")});
      case 4:
      case 5:
        return put({write("award")});
      case 6:
        return put({write("call"), write("bid"), write("award"), write("award")});
      case 7:
        *living_.time += static_cast<Timestamp>(pick(40)) * 24 * 3600 * 1000;
        living_.catalogue.advance_calls();
        return;
      case 8:
        return put_budget();
      default:
        return go();
    }
  }

  void check() {
    read_all();
    OpenOptions reading;
    reading.read_only = true;
    const auto store = store::Store::open(path_, reading);
    store::Snapshot snapshot = store->read();
    for (int i = 0; i < 3; ++i) check_programme(snapshot, "prog-" + std::to_string(i));
    CHECK(snapshot.calls_due(engine::day_of(*living_.time)) == due());
    for (const Finding& finding : snapshot.broken_funding())
      FAIL_CHECK(finding.where + ' ' + finding.message);
    for (const std::string& id : erased_) {
      test::Sqlite file(path_);
      CHECK(file.ask("SELECT count(*) FROM committed WHERE target = '" + id + "'") == "0");
      CHECK(file.ask("SELECT count(*) FROM funding WHERE parent = '" + id + "'") == "0");
    }
  }

  std::size_t sums_seen() const { return sums_seen_; }
  std::size_t rates_used() const { return rates_used_; }
  std::size_t crossings() const { return crossings_; }
  std::size_t budgets_written() const { return budgets_written_; }
  std::size_t budgets_refused() const { return budgets_refused_; }

 private:
  std::size_t pick(std::size_t size) { return random_() % size; }
  std::string one(const char* kind, std::size_t of) {
    const std::string id = kind + ('-' + std::to_string(pick(of)));
    const auto later = generation_.find(id);
    return later == generation_.end() ? id : id + '-' + std::to_string(later->second);
  }
  // Of yen none is known.
  static std::vector<ExchangeRate> rates() {
    return {{"SEK", "EUR", "11.3335", test::date("2026-01-02"), "a host"}};
  }
  using Lines = std::map<std::string, std::int64_t>;

  // Whose programmes tell rates.
  static bool rated(const std::string& programme) { return programme < "prog-2"; }

  static void add(std::int64_t& sum, std::int64_t more) {
    if (__builtin_add_overflow(sum, more, &sum)) sum = std::numeric_limits<std::int64_t>::max();
  }

  // What a programme has promised, in the currencies of the lines as far as it can be.
  static Lines needed(const Twin& twin, const Lines& lines, bool rated) {
    Lines sums = drawn(twin.promised, lines, rated);
    for (const Twin::Crossing& call : twin.crossing) {
      Lines own = drawn(call.awarded, lines, rated);
      for (const auto& [currency, sum] : drawn(call.planned, lines, rated))
        own[currency] = std::max(own[currency], sum);
      for (const auto& [currency, sum] : own) add(sums[currency], sum);
    }
    return sums;
  }

  // Whole cents, and a part of one is a cent.
  static Lines drawn(const WideSums& sums, const Lines& lines, bool rated) {
    Lines made;
    for (const auto& [currency, sum] : sums) {
      std::int64_t amount = clamped(sum);
      std::string name = currency;
      const bool endless = amount == std::numeric_limits<std::int64_t>::max();
      if (rated && name == "SEK" && lines.count("SEK") == 0 && lines.count("EUR") > 0) {
        // 113335 crowns are 10000 euros: counted by parts, so that nothing overflows.
        const std::int64_t parts = amount % 113335 * 10000;
        if (!endless) amount = amount / 113335 * 10000 + (parts + 113334) / 113335;
        name = "EUR";
      }
      add(made[name], amount);
    }
    return made;
  }
  static Money money(std::int64_t minor, const char* currency) { return {minor, currency, ""}; }
  Money any_money() {
    const char* currencies[] = {"EUR", "EUR", "SEK", "JPY"};
    Money made = money(static_cast<std::int64_t>(pick(900)), currencies[pick(4)]);
    if (pick(12) == 0) made.minor = std::numeric_limits<std::int64_t>::max() - 3;
    if (pick(12) == 0) made = {};
    return made;
  }

  Write write(const std::string& kind) {
    if (kind == "call") {
      Call call;
      call.titles = {test::text("C" + std::to_string(pick(100)))};
      if (pick(6) > 0) call.programme_record = one("prog", 4);
      const char* states[] = {"", "draft", "upcoming", "open", "closed", "evaluating", "awarded"};
      call.status = states[pick(7)];
      if (pick(4) > 0) call.opening = test::date(pick(2) == 0 ? "2026-04" : "2026-03-20");
      if (pick(4) > 0) call.deadlines = {test::date("2026-07-01"), test::date("2026-06")};
      if (call.deadlines.empty() && pick(2) == 0) call.model = "permanent";
      call.budget = any_money();
      const std::string id = one("call", 5);
      return {id, keep_steps(id, std::move(call)), {}};
    }
    if (kind == "bid") {
      Bid bid;
      bid.call = one("call", 6);
      bid.consortium = "cons";
      return {one("bid", 6), bid, {}};
    }
    Award award;
    award.bid = pick(9) == 0 ? one("call", 5) : one("bid", 7);  // now and then a mistake
    award.amount = any_money();
    if (!award.amount) award.amount = money(0, "EUR");
    return {one("award", 12), award, {}};
  }

  // A budget is written where it is enough for what is promised by then, in each currency.
  void put_budget() {
    const std::string id = "prog-" + std::to_string(pick(2));
    read_all();
    const Twin promised = twin(id, "");
    const Lines in_euros = needed(promised, {{"EUR", 0}}, true);
    Lines lines;
    const char* currencies[] = {"EUR", "SEK", "JPY"};
    for (const char* currency : currencies) {
      if (pick(3) == 0) continue;
      // Often just enough, or a cent less.
      const Lines by_lines = pick(2) == 0 ? in_euros : needed(promised, {{currency, 0}}, true);
      const auto sum = by_lines.find(currency);
      const std::int64_t enough = sum == by_lines.end() ? 0 : sum->second;
      lines[currency] = pick(3) == 0 ? static_cast<std::int64_t>(pick(4000))
                                     : std::max<std::int64_t>(enough - pick_cent(), 0);
    }
    Programme programme;
    programme.names = {test::text("P")};
    programme.rates = rates();
    for (const auto& [currency, minor] : lines)
      programme.budget.push_back({test::date("2026"), money(minor, currency.c_str())});
    const bool told = !living_.get<Programme>(id).budget.empty();
    bool enough = true;
    for (const auto& [currency, sum] : needed(promised, lines, true)) {
      if (sum <= 0) continue;
      const auto line = lines.find(currency);
      if (lines.empty() ? told : line == lines.end() || line->second < sum) enough = false;
    }
    rates_used_ += needed(promised, lines, true) != needed(promised, lines, false) ? 1 : 0;
    crossings_ += promised.crossing.size();
    const auto refused = test::refusal([&] { living_.put(id, programme); });
    CAPTURE(id, refused);
    CHECK(refused.empty() == enough);
    ++(enough ? budgets_written_ : budgets_refused_);
  }

  std::int64_t pick_cent() { return pick(3) == 0 ? 0 : 1; }

  // What the clock did stays as it is.
  Call keep_steps(const std::string& id, Call call) {
    const auto stored = read<Call>(id);
    if (!stored || stored->steps.empty()) return call;
    call.steps = stored->steps;
    call.status = stored->status;
    return call;
  }

  void put(std::vector<Write> writes) {
    if (writes.size() == 4 && writes[2].id == writes[3].id) writes.pop_back();  // once in a write
    try {
      living_.catalogue.put_all(writes, "ann");
    } catch (const Error& error) {
      if (error.code() != ErrorCode::InvalidRecord && error.code() != ErrorCode::Erased) throw;
    }
  }

  void go() {
    const char* kinds[] = {"call", "bid", "award"};
    const std::string kind = kinds[pick(3)];
    const std::string id = one(kind.c_str(), 6);
    try {
      if (pick(3) > 0) {
        living_.catalogue.remove(id);
        return;
      }
      living_.catalogue.erase(id);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::NotFound) throw;
      return;
    }
    erased_.insert(id);
    // What comes in its place has another id.
    const std::string first = id.substr(0, id.find('-', kind.size() + 1));
    ++generation_[first];
  }

  template <class T>
  std::optional<T> read(const std::string& id) {
    try {
      return living_.get<T>(id);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::NotFound && error.code() != ErrorCode::Erased) throw;
      return std::nullopt;
    }
  }

  void read_all() {
    calls_.clear();
    bids_.clear();
    awards_.clear();
    for (std::uint64_t n = 0;;) {
      const auto changes = living_.catalogue.follow(n, 1000);
      if (changes.empty()) break;
      n = changes.back().n;
      for (const Change& change : changes) {
        if (auto call = change.kind == RecordKind::Call ? read<Call>(change.id) : std::nullopt)
          calls_[change.id] = *call;
        if (auto bid = change.kind == RecordKind::Bid ? read<Bid>(change.id) : std::nullopt)
          bids_[change.id] = *bid;
        if (auto award = change.kind == RecordKind::Award ? read<Award>(change.id) : std::nullopt)
          awards_[change.id] = *award;
      }
    }
  }

  std::map<std::string, long double> awarded_by(const std::string& call) {
    std::map<std::string, long double> sums;
    for (const auto& [id, award] : awards_) {
      const auto bid = bids_.find(award.bid);
      if (bid == bids_.end() || bid->second.call != call || !award.amount.minor) continue;
      sums[award.amount.currency] += static_cast<long double>(*award.amount.minor);
    }
    return sums;
  }

  Twin twin(const std::string& programme, const std::string& except) {
    Twin sums;
    for (const auto& [id, call] : calls_) {
      if (call.programme_record != programme || id == except) continue;
      WideSums awarded = awarded_by(id);
      const bool plans = programme::under_way(call.status) && call.budget.minor;
      const std::string& currency = call.budget.currency;
      const auto planned = plans ? static_cast<long double>(*call.budget.minor) : 0;
      const bool crosses =
          plans && std::any_of(awarded.begin(), awarded.end(), [&](const auto& sum) {
            return sum.second > 0 && sum.first != currency;
          });
      if (crosses && rated(programme)) {
        sums.crossing.push_back({awarded, {{currency, planned}}});
        continue;
      }
      for (const auto& [of, sum] : awarded) sums.awarded[of] += sum;
      if (plans) awarded[currency] = std::max(awarded[currency], planned);
      for (const auto& [of, sum] : awarded) sums.promised[of] += sum;
    }
    return sums;
  }

  static std::int64_t clamped(long double sum) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    return sum >= static_cast<long double>(most) ? most : static_cast<std::int64_t>(sum);
  }

  void compare(const programme::Sums& kept, const std::map<std::string, long double>& right) {
    for (const char* currency : {"EUR", "SEK", "JPY"}) {
      const auto sum = right.find(currency);
      const std::int64_t told = sum == right.end() ? 0 : clamped(sum->second);
      CHECK(kept.of(currency).value_or(0) == told);
      sums_seen_ += told != 0 ? 1 : 0;
    }
  }

  void check_programme(store::Snapshot& snapshot, const std::string& id) {
    CAPTURE(id);
    const auto whole = engine::programme_sums(snapshot, id);
    REQUIRE(whole);
    compare(whole->awarded, twin(id, "").awarded);
    compare(whole->promised, twin(id, "").promised);
    // No write promises more than there is.
    const auto budget = budget_of(id);
    for (const auto& [currency, sum] : needed(twin(id, ""), budget, rated(id))) {
      if (budget.empty() || sum <= 0) continue;
      REQUIRE(budget.count(currency) == 1);
      CHECK(sum <= budget.at(currency));
    }
    // As the guard of a call sees it, and by reading one by one.
    const auto slow = engine::programme_money(snapshot, id);
    for (const auto& [call_id, call] : calls_) {
      CAPTURE(call_id);
      const auto beside = engine::programme_sums(snapshot, id, call_id);
      const bool own = call.programme_record == id;
      const Twin others = twin(id, call_id);
      compare(beside->awarded, others.awarded);
      compare(beside->promised, others.promised);
      if (!own) continue;
      for (const char* currency : {"EUR", "SEK"}) {
        // Past the end of 64 bits it matters where sums are cut off, and there is no room anyway.
        constexpr std::int64_t nothing = std::numeric_limits<std::int64_t>::min() / 2;
        const auto room = programme::room_for(*beside, call_id, currency);
        const auto right = programme::room_for(*slow, call_id, currency);
        REQUIRE(room.has_value() == right.has_value());
        if (room) CHECK(std::max(*room, nothing) == std::max(*right, nothing));
      }
      const auto excesses = programme::excesses(*beside);
      const auto right = programme::excesses(*slow);
      REQUIRE(excesses.size() == right.size());
      for (std::size_t i = 0; i < right.size(); ++i)
        CHECK(excesses[i].committed == right[i].committed);
    }
  }

  std::map<std::string, std::int64_t> budget_of(const std::string& programme) {
    std::map<std::string, std::int64_t> lines;
    for (const BudgetLine& line : living_.get<Programme>(programme).budget)
      lines[line.amount.currency] = *line.amount.minor;
    return lines;
  }

  Texts due() {
    Texts ids;
    const std::int32_t today = engine::day_of(*living_.time);
    for (const auto& [id, call] : calls_) {
      const auto last = programme::last_deadline(call);
      if (call.status == "upcoming" && call.opening && domain::last_day(call.opening) <= today)
        ids.push_back(id);
      if (call.status == "open" && call.model != "permanent" && last && today > *last)
        ids.push_back(id);
    }
    return ids;
  }

  std::mt19937 random_;
  std::string path_;
  LivingCatalogue living_;
  std::map<std::string, int> generation_;
  std::set<std::string> erased_;
  std::map<std::string, Call> calls_;
  std::map<std::string, Bid> bids_;
  std::map<std::string, Award> awards_;
  std::size_t sums_seen_ = 0;
  std::size_t rates_used_ = 0;
  std::size_t crossings_ = 0;
  std::size_t budgets_written_ = 0;
  std::size_t budgets_refused_ = 0;
};

}  // namespace

TEST_CASE("the sums of a programme are those of its records, after any history", "[budget]") {
  std::size_t seen = 0;
  std::size_t written = 0;
  std::size_t refused = 0;
  std::size_t rated = 0;
  std::size_t crossings = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    const test::Scratch scratch;
    History history(seed, scratch / "a.koinon");
    for (int i = 0; i < 120; ++i) {
      history.act();
      if (i % 12 == 11) history.check();
    }
    seen += history.sums_seen();
    written += history.budgets_written();
    refused += history.budgets_refused();
    rated += history.rates_used();
    crossings += history.crossings();
  }
  // The dice did reach something.
  CHECK(seen > 300);
  CHECK(written > 20);
  CHECK(refused > 10);
  CHECK(rated > 5);
  CHECK(crossings > 5);
}
