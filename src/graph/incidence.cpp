// SPDX-License-Identifier: Apache-2.0
#include "graph/incidence.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace koinon::graph {
namespace {

// Rows are numbered in 32 bits, and so are those that stand for several.
constexpr std::size_t greatest_rows = std::numeric_limits<std::uint32_t>::max() / 2;

// As MemberRow's own order, most of which the first two fields decide.
struct Before {
  static std::uint64_t key(const MemberRow& row) noexcept {
    constexpr std::uint32_t sign = 1U << 31U;
    return std::uint64_t{static_cast<std::uint32_t>(row.from_day) ^ sign} << 32U | row.work;
  }
  bool operator()(const MemberRow& a, const MemberRow& b) const noexcept {
    const std::uint64_t left = key(a);
    const std::uint64_t right = key(b);
    return left != right ? left < right : a < b;
  }
};

bool is_right(const Incidence& row, std::uint32_t members, std::uint32_t works) noexcept {
  return row.member < members && row.work < works && row.role <= greatest_role &&
         (row.share <= whole_share || row.share == unknown_share);
}

void check(const Incidence& row, std::size_t number, std::uint32_t members, std::uint32_t works) {
  if (is_right(row, members, works)) return;
  const auto refuse = [&](const char* kind, std::uint32_t id, std::uint32_t count) {
    throw std::invalid_argument("row " + std::to_string(number) + ": " + kind + " " +
                                std::to_string(id) + " of " + std::to_string(count));
  };
  if (row.member >= members) refuse("member", row.member, members);
  if (row.work >= works) refuse("work", row.work, works);
  check_row(row, number);
}

// Where the rows of each vertex begin, and, last, how many there are.
std::vector<std::size_t> begins(const std::vector<std::uint32_t>& counts) {
  std::vector<std::size_t> offsets(counts.size() + 1);
  std::partial_sum(counts.begin(), counts.end(), offsets.begin() + 1, std::plus<std::size_t>());
  return offsets;
}

struct Dates {
  std::int32_t from_day = unknown_from;
  std::int32_t to_day = unknown_to;
};

// The rows by work, member and role, those that agree in all three as one. The dates lie beside
// them, so that the member's side is filled from 16 bytes in a line and not from the input again.
class ByWork {
 public:
  ByWork(std::span<const Incidence> rows, std::uint32_t members, std::uint32_t works)
      : input_(rows),
        of_member_(members),
        of_work_(works),
        order_(rows.size()),
        rows_(rows.size()),
        dates_(rows.size()) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      check(rows[i], i, members, works);
      ++of_member_[rows[i].member];
      ++of_work_[rows[i].work];
    }
    auto next = begins(of_work_);
    for (std::uint32_t i = 0; i < rows.size(); ++i) order_[next[rows[i].work]++] = i;
    sort_works();
  }

  // How many rows are left of each vertex.
  const std::vector<std::uint32_t>& of_member() const { return of_member_; }
  const std::vector<std::uint32_t>& of_work() const { return of_work_; }

  const std::vector<Dates>& dates() const { return dates_; }
  std::vector<WorkRow> take_rows() { return std::move(rows_); }

 private:
  static constexpr unsigned place_bits = 20;
  static constexpr std::size_t few = 32;

  void sort_works() {
    std::size_t begin = 0;
    for (std::uint32_t& count : of_work_) {
      const auto group = std::span(order_).subspan(begin, count);
      begin += count;
      const std::size_t before = kept_;
      sort(group);
      count = static_cast<std::uint32_t>(kept_ - before);
    }
    if (kept_ == rows_.size()) return;
    rows_.resize(kept_);
    rows_.shrink_to_fit();
  }

  void keep(const Incidence& row) {
    rows_[kept_] = work_row(row);
    dates_[kept_++] = {row.from_day, row.to_day};
  }

  // The rows of one work, none of which is kept yet.
  void sort(std::span<const std::uint32_t> group) {
    if (group.size() == 1) return keep(input_[group.front()]);
    if (group.size() >> place_bits != 0) return join(group);
    // Member, role and place in the group are one number.
    keys_.clear();
    for (std::uint32_t i = 0; i < group.size(); ++i) {
      const Incidence& row = input_[group[i]];
      keys_.push_back(std::uint64_t{row.member} << 32U | std::uint64_t{row.role} << place_bits | i);
    }
    sort_keys();
    const auto same = [](std::uint64_t a, std::uint64_t b) {
      return a >> place_bits == b >> place_bits;
    };
    if (std::adjacent_find(keys_.begin(), keys_.end(), same) != keys_.end()) return join(group);
    constexpr std::uint64_t place = (std::uint64_t{1} << place_bits) - 1;
    for (const std::uint64_t key : keys_) keep(input_[group[key & place]]);
  }

  // Most works are of a handful: how many are less is counted without a branch that could be
  // foretold wrongly, as half of those of a sort are.
  void sort_keys() {
    const std::size_t size = keys_.size();
    if (size > few) return std::sort(keys_.begin(), keys_.end());
    std::array<std::uint64_t, few> unsorted;
    std::copy(keys_.begin(), keys_.end(), unsorted.begin());
    for (std::size_t i = 0; i < size; ++i) {
      std::size_t less = 0;
      for (std::size_t j = 0; j < size; ++j) less += unsorted[j] < unsorted[i];
      keys_[less] = unsorted[i];
    }
  }

  void join(std::span<const std::uint32_t> group) {
    joined_.clear();
    for (const std::uint32_t i : group) {
      joined_.push_back(input_[i]);
      --of_member_[input_[i].member];
    }
    joined_.resize(normalise_work(joined_));
    for (const Incidence& row : joined_) {
      keep(row);
      ++of_member_[row.member];
    }
  }

  std::span<const Incidence> input_;
  std::vector<std::uint32_t> of_member_;
  std::vector<std::uint32_t> of_work_;
  std::vector<std::uint32_t> order_;  // of the input, by work
  std::vector<WorkRow> rows_;
  std::vector<Dates> dates_;
  std::size_t kept_ = 0;
  std::vector<std::uint64_t> keys_;  // of the work at hand
  std::vector<Incidence> joined_;
};

// The works by the start of their first row, those without a known one first, works of one day as
// they are numbered. Days that lie too far apart to be counted leave all as they are numbered.
std::vector<std::uint32_t> works_by_start(const std::vector<Dates>& dates,
                                          const std::vector<std::size_t>& offsets) {
  const auto works = static_cast<std::uint32_t>(offsets.size() - 1);
  std::vector<std::int32_t> starts(works, unknown_from);
  std::int32_t first = unknown_to;
  std::int32_t last = unknown_from;
  for (std::uint32_t w = 0; w < works; ++w) {
    if (offsets[w] == offsets[w + 1]) continue;
    starts[w] = dates[offsets[w]].from_day;
    if (starts[w] == unknown_from) continue;
    first = std::min(first, starts[w]);
    last = std::max(last, starts[w]);
  }
  std::vector<std::uint32_t> order(works);
  if (first > last || std::int64_t{last} - first > 4 * std::int64_t{works}) {
    std::iota(order.begin(), order.end(), 0U);
    return order;
  }
  const auto bucket = [first](std::int32_t start) {
    return start == unknown_from ? 0U : static_cast<std::uint32_t>(start - first) + 1;
  };
  std::vector<std::uint32_t> next(static_cast<std::size_t>(last - first) + 3);
  for (const std::int32_t start : starts) ++next[bucket(start) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  for (std::uint32_t w = 0; w < works; ++w) order[next[bucket(starts[w])]++] = w;
  return order;
}

// Works come by their starts, and so do the rows of a member: nothing is left to sort unless the
// rows of one work start on several days, or starts could not be counted.
std::vector<MemberRow> member_rows(const std::vector<WorkRow>& rows,
                                   const std::vector<Dates>& dates,
                                   const std::vector<std::size_t>& of_work,
                                   const std::vector<std::size_t>& of_member) {
  std::vector<MemberRow> found(rows.size());
  auto next = of_member;
  bool sorted = true;
  std::int32_t before = unknown_from;
  for (const std::uint32_t work : works_by_start(dates, of_work)) {
    for (std::size_t at = of_work[work]; at < of_work[work + 1]; ++at) {
      const std::int32_t start = dates[of_work[work]].from_day;
      sorted = sorted && before <= start && dates[at].from_day == start;
      before = start;
      MemberRow& row = found[next[rows[at].member]++];
      row.from_day = dates[at].from_day;
      row.work = work;
      row.role = rows[at].role;
      row.share = rows[at].share;
      row.to_day = dates[at].to_day;
    }
  }
  for (std::size_t m = 0; !sorted && m + 1 < of_member.size(); ++m) {
    const auto own = std::span(found).subspan(of_member[m], of_member[m + 1] - of_member[m]);
    if (!std::is_sorted(own.begin(), own.end(), Before()))
      std::sort(own.begin(), own.end(), Before());
  }
  return found;
}

std::uint32_t count_linked(const std::vector<std::size_t>& offsets) {
  std::uint32_t linked = 0;
  for (std::size_t v = 0; v + 1 < offsets.size(); ++v) linked += offsets[v] != offsets[v + 1];
  return linked;
}

void join(Incidence& kept, const Incidence& other) {
  if (kept.from_day == unknown_from) {
    kept.from_day = other.from_day;
  } else if (other.from_day != unknown_from) {
    kept.from_day = std::min(kept.from_day, other.from_day);
  }
  if (kept.to_day == unknown_to) {
    kept.to_day = other.to_day;
  } else if (other.to_day != unknown_to) {
    kept.to_day = std::max(kept.to_day, other.to_day);
  }
  if (kept.share == unknown_share) {
    kept.share = other.share;
  } else if (other.share != unknown_share) {
    kept.share = std::min(kept.share + other.share, whole_share);
  }
}

}  // namespace

void check_row(const Incidence& row, std::size_t number) {
  if (row.role > greatest_role)
    throw std::invalid_argument("row " + std::to_string(number) + ": role " +
                                std::to_string(row.role) + " of " +
                                std::to_string(greatest_role + 1));
  if (row.share > whole_share && row.share != unknown_share)
    throw std::invalid_argument("row " + std::to_string(number) + ": a share of " +
                                std::to_string(row.share) + " millionths");
}

std::size_t normalise_work(std::span<Incidence> rows) {
  const auto key = [](const Incidence& row) { return std::tie(row.member, row.role); };
  std::sort(rows.begin(), rows.end(),
            [&](const Incidence& a, const Incidence& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (const Incidence& row : rows) {
    if (kept > 0 && key(rows[kept - 1]) == key(row)) {
      join(rows[kept - 1], row);
    } else {
      rows[kept++] = row;
    }
  }
  return kept;
}

void throw_no_vertex(const char* kind, std::uint32_t vertex, std::uint32_t count) {
  throw std::out_of_range(std::string(kind) + " " + std::to_string(vertex) + " of " +
                          std::to_string(count));
}

IncidenceGraph::IncidenceGraph(std::span<const Incidence> rows, std::uint32_t members,
                               std::uint32_t works) {
  if (rows.size() > greatest_rows)
    throw std::invalid_argument(std::to_string(rows.size()) + " rows, more than " +
                                std::to_string(greatest_rows));
  ByWork by_work(rows, members, works);
  work_offsets_ = begins(by_work.of_work());
  member_offsets_ = begins(by_work.of_member());
  work_rows_ = by_work.take_rows();
  member_rows_ = member_rows(work_rows_, by_work.dates(), work_offsets_, member_offsets_);
  linked_members_ = count_linked(member_offsets_);
  linked_works_ = count_linked(work_offsets_);
}

std::span<const MemberRow> IncidenceGraph::works_of(std::uint32_t member) const {
  if (member >= member_count()) throw_no_vertex("member", member, member_count());
  const std::size_t begin = member_offsets_[member];
  return {member_rows_.data() + begin, member_offsets_[std::size_t{member} + 1] - begin};
}

std::span<const WorkRow> IncidenceGraph::members_of(std::uint32_t work) const {
  if (work >= work_count()) throw_no_vertex("work", work, work_count());
  const std::size_t begin = work_offsets_[work];
  return {work_rows_.data() + begin, work_offsets_[std::size_t{work} + 1] - begin};
}

std::size_t IncidenceGraph::memory_bytes() const noexcept {
  return sizeof *this +
         (member_offsets_.capacity() + work_offsets_.capacity()) * sizeof(std::size_t) +
         member_rows_.capacity() * sizeof(MemberRow) + work_rows_.capacity() * sizeof(WorkRow);
}

}  // namespace koinon::graph
