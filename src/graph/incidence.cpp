// SPDX-License-Identifier: Apache-2.0
#include "graph/incidence.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>

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

void check(std::span<const Incidence> rows, std::uint32_t members, std::uint32_t works) {
  const auto refuse = [](std::size_t row, const char* kind, std::uint32_t id, std::uint32_t count) {
    throw std::invalid_argument("row " + std::to_string(row) + ": " + kind + " " +
                                std::to_string(id) + " of " + std::to_string(count));
  };
  if (rows.size() > greatest_rows)
    throw std::invalid_argument(std::to_string(rows.size()) + " rows, more than " +
                                std::to_string(greatest_rows));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].member >= members) refuse(i, "member", rows[i].member, members);
    if (rows[i].work >= works) refuse(i, "work", rows[i].work, works);
    check_row(rows[i], i);
  }
}

// Where the rows of each vertex begin, and, last, how many there are.
std::vector<std::size_t> begins(const std::vector<std::uint32_t>& counts) {
  std::vector<std::size_t> offsets(counts.size() + 1);
  std::partial_sum(counts.begin(), counts.end(), offsets.begin() + 1, std::plus<std::size_t>());
  return offsets;
}

// The rows by work, member and role, as numbers: those of the input, and from rows.size() on those
// of `joined`, which stand for several that agree in all three.
class ByWork {
 public:
  ByWork(std::span<const Incidence> rows, std::uint32_t members, std::uint32_t works)
      : rows_(rows), of_member_(members), of_work_(works), order_(rows.size()) {
    for (const Incidence& row : rows) {
      ++of_member_[row.member];
      ++of_work_[row.work];
    }
    auto next = begins(of_work_);
    for (std::uint32_t i = 0; i < rows.size(); ++i) order_[next[rows[i].work]++] = i;
    order_.resize(sort_works());
  }

  /// How many rows are left of each vertex.
  const std::vector<std::uint32_t>& of_member() const { return of_member_; }
  const std::vector<std::uint32_t>& of_work() const { return of_work_; }

  const std::vector<std::uint32_t>& order() const { return order_; }
  const Incidence& row(std::uint32_t number) const {
    return number < rows_.size() ? rows_[number] : joined_[number - rows_.size()];
  }

 private:
  static constexpr unsigned place_bits = 20;

  // Returns how many rows are left; those of later works move up where some were joined.
  std::size_t sort_works() {
    std::size_t kept = 0;
    std::size_t begin = 0;
    for (std::uint32_t& count : of_work_) {
      const auto group = std::span(order_).subspan(begin, count);
      begin += count;
      count = sort(group);
      if (kept + count != begin)
        std::copy_n(group.begin(), count, order_.begin() + static_cast<std::ptrdiff_t>(kept));
      kept += count;
    }
    return kept;
  }

  // The rows of one work; returns how many are left at the front.
  std::uint32_t sort(std::span<std::uint32_t> group) {
    const auto size = static_cast<std::uint32_t>(group.size());
    if (size < 2) return size;
    if (size >> place_bits != 0) return join(group);
    // Member, role and place in the group are one number.
    unsorted_.assign(group.begin(), group.end());
    keys_.resize(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      const Incidence& row = rows_[group[i]];
      keys_[i] = std::uint64_t{row.member} << 32U | std::uint64_t{row.role} << place_bits | i;
    }
    std::sort(keys_.begin(), keys_.end());
    bool twice = false;
    for (std::uint32_t i = 0; i < size; ++i) {
      group[i] = unsorted_[keys_[i] & ((1U << place_bits) - 1)];
      twice |= i > 0 && keys_[i] >> place_bits == keys_[i - 1] >> place_bits;
    }
    return twice ? join(group) : size;
  }

  std::uint32_t join(std::span<std::uint32_t> group) {
    const std::size_t first = joined_.size();
    for (const std::uint32_t i : group) {
      joined_.push_back(rows_[i]);
      --of_member_[rows_[i].member];
    }
    const std::size_t left = normalise_work(std::span(joined_).subspan(first));
    joined_.resize(first + left);
    for (std::size_t i = 0; i < left; ++i) {
      group[i] = static_cast<std::uint32_t>(rows_.size() + first + i);
      ++of_member_[joined_[first + i].member];
    }
    return static_cast<std::uint32_t>(left);
  }

  std::span<const Incidence> rows_;
  std::vector<std::uint32_t> of_member_;
  std::vector<std::uint32_t> of_work_;
  std::vector<std::uint32_t> order_;
  std::vector<Incidence> joined_;
  std::vector<std::uint32_t> unsorted_;  // of the work at hand
  std::vector<std::uint64_t> keys_;
};

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
  check(rows, members, works);
  const ByWork by_work(rows, members, works);
  work_offsets_ = begins(by_work.of_work());
  member_offsets_ = begins(by_work.of_member());
  work_rows_.reserve(by_work.order().size());
  member_rows_.resize(by_work.order().size());
  auto next = member_offsets_;
  for (const std::uint32_t number : by_work.order()) {
    const Incidence& row = by_work.row(number);
    work_rows_.push_back(work_row(row));
    member_rows_[next[row.member]++] = member_row(row);
  }
  for (std::size_t m = 0; m < members; ++m) {
    const std::size_t begin = member_offsets_[m];
    const auto own = std::span(member_rows_).subspan(begin, member_offsets_[m + 1] - begin);
    if (own.size() > 1) std::sort(own.begin(), own.end(), Before());
  }
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
