// SPDX-License-Identifier: Apache-2.0
#include "index/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "index/filters.hpp"
#include "index/kernels.hpp"
#include "index/vectors.hpp"
#include "koinon/error.hpp"

namespace koinon::index {

namespace {

// Vectors between two looks at who might have cancelled.
constexpr std::uint32_t at_a_time = 65536;
// Enough that the mean of their cosines is that of all within a few hundredths of a deviation.
constexpr std::uint32_t sampled = 1024;

// Of the first pass' estimates, so that those beyond a limit can be counted. Finer than they are.
constexpr std::size_t grades = 4096;

struct Wanted {
  std::vector<std::int8_t> numbers;
  double inverse_length = 0;
  // Its numbers in steps of a fifteenth of their range, by bits: see Kernels::weigh_bits().
  std::vector<std::uint64_t> planes;
  double step = 0;    // of a unit vector
  double offset = 0;  // sum of all numbers
};

struct Part {
  std::uint32_t segment = 0;
  VectorColumn column;
  std::vector<std::uint16_t> grades;  // by vector: 0 is nearest
};

void set_planes(Wanted& wanted) {
  const std::size_t words = wanted.numbers.size() / 64;
  const auto [least, greatest] = std::minmax_element(wanted.numbers.begin(), wanted.numbers.end());
  const int reach = std::max(std::abs(int{*least}), std::abs(int{*greatest}));
  wanted.planes.assign(4 * words, 0);
  int sum = 0;
  for (std::size_t i = 0; i < wanted.numbers.size(); ++i) {
    // From -reach to reach in steps of 2 * reach / 15.
    const int number = ((wanted.numbers[i] + reach) * 15 + reach) / (2 * reach);
    sum += 2 * number - 15;
    for (unsigned plane = 0; plane < 4; ++plane) {
      const auto bit = static_cast<std::uint64_t>(number) >> plane & 1U;
      wanted.planes[plane * words + i / 64] |= bit << i % 64;
    }
  }
  // The sum over set bits less that over the others is twice the first less the sum of all.
  const double half = reach / 15.0 * wanted.inverse_length;
  wanted.step = 2 * half;
  wanted.offset = sum * half;
}

class Search {
 public:
  Search(const Snapshot& snapshot, Wanted wanted, const NearestRequest& request,
         const SearchControl& control)
      : snapshot_(snapshot), wanted_(std::move(wanted)), request_(request), control_(control) {}

  NearestAnswer run() {
    for (std::size_t i = 0; i < snapshot_.segments().size(); ++i) {
      const SegmentState& state = snapshot_.segments()[i];
      if (state.live() == 0) continue;
      parts_.push_back({static_cast<std::uint32_t>(i), state.segment->vectors(), {}});
      vectors_ += parts_.back().column.size();
    }
    sample();
    const bool all = request_.pool == 0 || vectors_ <= request_.pool;
    if (!all) estimate();
    look(all ? grades : limit());
    return finish();
  }

 private:
  std::size_t dimension() const { return wanted_.numbers.size(); }

  void tick() const {
    if (control_.cancel.cancelled()) throw Error(ErrorCode::Cancelled, "the search was cancelled");
  }

  double cosine(const VectorColumn& column, std::uint32_t vector) const {
    const std::span<const std::int8_t> numbers = column.numbers(vector);
    const std::int32_t product =
        kernels().dot(numbers.data(), wanted_.numbers.data(), numbers.size());
    return product * wanted_.inverse_length * column.inverse_length(vector);
  }

  void sample() {
    const std::uint64_t step = std::max<std::uint64_t>(1, vectors_ / sampled);
    double sum = 0;
    double squares = 0;
    std::uint64_t count = 0;
    std::uint64_t skip = step / 2;
    for (const Part& part : parts_) {
      std::uint64_t at = skip;
      for (; at < part.column.size(); at += step) {
        const double each = cosine(part.column, static_cast<std::uint32_t>(at));
        sum += each;
        squares += each * each;
        ++count;
      }
      skip = at - part.column.size();
    }
    if (count == 0) return;
    answer_.mean = sum / static_cast<double>(count);
    const double variance = squares / static_cast<double>(count) - answer_.mean * answer_.mean;
    answer_.deviation = std::sqrt(std::max(variance, 0.0));
  }

  // The inner product with the signs of each vector, which is nearly that with its numbers.
  void estimate() {
    counts_.assign(grades + 1, 0);
    const std::size_t words = dimension() / 64;
    std::vector<std::int32_t> sums(at_a_time);
    for (Part& part : parts_) {
      part.grades.resize(part.column.size());
      for (std::uint32_t from = 0; from < part.column.size(); from += at_a_time) {
        tick();
        const std::uint32_t count = std::min(at_a_time, part.column.size() - from);
        kernels().weigh_bits(part.column.signs() + std::size_t{from} * words * 8,
                             wanted_.planes.data(), words, count, sums.data());
        for (std::uint32_t i = 0; i < count; ++i) {
          const double product = sums[i] * wanted_.step - wanted_.offset;
          part.grades[from + i] = grade_of(product * part.column.spread(from + i));
          ++counts_[part.grades[from + i]];
        }
      }
    }
  }

  static std::uint16_t grade_of(double cosine) {
    const double grade = (1 - cosine) / 2 * grades;
    return static_cast<std::uint16_t>(std::clamp(grade, 0.0, static_cast<double>(grades)));
  }

  // The grade within which there are enough vectors. A filter may leave few of them.
  std::size_t limit() const {
    std::uint64_t within = 0;
    for (std::size_t grade = 0; grade < grades; ++grade) {
      within += counts_[grade];
      if (within >= request_.pool) return grade;
    }
    return grades;
  }

  // Looks at vectors up to a grade, and further until there are enough that pass the filters.
  void look(std::size_t to) {
    std::size_t from = 0;
    for (std::uint64_t passed = 0;;) {
      for (const Part& part : parts_) passed += look(part, from, to);
      if (to >= grades || passed * 2 >= request_.pool) return;
      from = to + 1;
      to = from + (grades - from) / 16;
    }
  }

  std::uint64_t look(const Part& part, std::size_t from, std::size_t to) {
    static const Query no_filters;
    const Filters filters(request_.filters ? *request_.filters : no_filters,
                          snapshot_.segments()[part.segment]);
    std::uint64_t passed = 0;
    for (std::uint32_t i = 0; i < part.column.size(); ++i) {
      if (i % at_a_time == 0) tick();
      const std::size_t grade = part.grades.empty() ? 0 : part.grades[i];
      if (grade < from || grade > to) continue;
      const std::uint32_t document = part.column.owner(i);
      if (!filters.test(document)) continue;
      ++passed;
      answer_.nearest.push_back({part.segment, document, 0, cosine(part.column, i)});
    }
    return passed;
  }

  NearestAnswer finish() {
    std::vector<Near>& found = answer_.nearest;
    std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) {
      if (a.segment != b.segment) return a.segment < b.segment;
      return a.document != b.document ? a.document < b.document : a.cosine > b.cosine;
    });
    const auto same = [](const Near& a, const Near& b) {
      return a.segment == b.segment && a.document == b.document;
    };
    found.erase(std::unique(found.begin(), found.end(), same), found.end());
    for (Near& each : found)
      each.key = snapshot_.segments()[each.segment].segment->key(each.document);
    const auto better = [](const Near& a, const Near& b) {
      return a.cosine != b.cosine ? a.cosine > b.cosine : a.key < b.key;
    };
    const std::size_t count = std::min(request_.count, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count),
                      found.end(), better);
    found.resize(count);
    return std::move(answer_);
  }

  const Snapshot& snapshot_;
  Wanted wanted_;
  const NearestRequest& request_;
  const SearchControl& control_;
  std::vector<Part> parts_;
  std::uint64_t vectors_ = 0;
  std::vector<std::uint64_t> counts_;  // of vectors by grade
  NearestAnswer answer_;
};

}  // namespace

NearestAnswer nearest(const Snapshot& snapshot, std::span<const float> wanted,
                      const NearestRequest& request, const SearchControl& control) {
  const std::size_t dimension = snapshot.schema().dimension;
  if (wanted.size() != dimension) {
    throw Error(ErrorCode::InvalidArgument, "the vector has " + std::to_string(wanted.size()) +
                                                " numbers, those of the index have " +
                                                std::to_string(dimension));
  }
  Wanted made;
  made.numbers.resize(dimension);
  if (dimension == 0 || !quantise(wanted, made.numbers.data())) return {};
  std::int64_t squares = 0;
  for (const std::int8_t number : made.numbers) squares += std::int64_t{number} * number;
  made.inverse_length = 1 / std::sqrt(static_cast<double>(squares));
  set_planes(made);
  return Search(snapshot, std::move(made), request, control).run();
}

}  // namespace koinon::index
