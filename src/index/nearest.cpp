// SPDX-License-Identifier: Apache-2.0
#include "index/nearest.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <numeric>

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

// Of the first pass' estimates, so that those beyond a limit can be counted. Finer than they are,
// and few enough that their counts stay in the nearest cache.
constexpr std::size_t grades = 1024;
constexpr std::uint16_t beyond = grades + 1;
// Of which it is known how many there are of each grade, at least.
constexpr std::uint64_t counted = 65536;
// Of the second pass among all vectors where the request asks for fewer: 1 in so many. Of the
// hundred nearest that leaves out less than one in a hundred (docs/benchmarks.md, "The time of a
// question").
constexpr std::uint64_t pool_share = 20;
// Candidates between the one that is looked at and the one that is fetched for it.
constexpr std::size_t ahead = 12;

struct Wanted {
  std::vector<std::int8_t> numbers;
  double inverse_length = 0;
  // What each four signs say of the inner product: see set_tables().
  std::vector<std::uint8_t> tables;
  double step = 0;    // of a unit vector
  double offset = 0;  // in such steps, of the sum of all entries
};

struct Part {
  std::uint32_t segment = 0;
  VectorColumn column;
  std::vector<std::uint16_t> grades;  // by vector, 0 is nearest; `beyond` to the end of its word
};

// The inner product of the wanted vector and the signs (1 or -1) of another is a sum over the
// numbers of the wanted one, with their signs turned. These are rounded to whole w of -most to
// most, all odd or all even as `most` is, so that the sum of four, whatever its signs, plus 4 *
// most is an even number of up to 8 * most: half of it is the entry of a table of sixteen.
void set_tables(Wanted& wanted) {
  const std::size_t size = wanted.numbers.size();
  const auto [least, greatest] = std::minmax_element(wanted.numbers.begin(), wanted.numbers.end());
  const int reach = std::max(std::abs(int{*least}), std::abs(int{*greatest}));
  // Entries of at most 127, and sums below 65,536.
  const int most = std::min(31, 65535 / static_cast<int>(size));
  wanted.tables.resize(size / 4 * 16);
  for (std::size_t four = 0; four < size / 4; ++four) {
    for (unsigned signs = 0; signs < 16; ++signs) {
      int sum = 4 * most;
      for (unsigned i = 0; i < 4; ++i) {
        const int number = wanted.numbers[four * 4 + i];
        const int w = 2 * (((number + reach) * most + reach) / (2 * reach)) - most;
        sum += (signs >> i & 1U) != 0 ? w : -w;
      }
      wanted.tables[four * 16 + signs] = static_cast<std::uint8_t>(sum / 2);
    }
  }
  wanted.step = 2.0 * reach / most * wanted.inverse_length;
  wanted.offset = static_cast<double>(size) * reach * wanted.inverse_length;
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
    pool_ = std::max<std::uint64_t>(request_.pool, vectors_ / pool_share);
    if (request_.pool == 0 || vectors_ <= pool_) {
      look(grades);
    } else {
      estimate();
      look(limit());
    }
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
    // How many are within a grade is told well enough by some of them.
    const std::size_t step = std::max<std::uint64_t>(1, vectors_ / counted);
    // Spreads are in 65,535ths.
    const GradeScale scale = {static_cast<float>(wanted_.step / 65535),
                              static_cast<float>(wanted_.offset / 65535),
                              static_cast<float>(grades)};
    std::vector<std::uint16_t> sums(at_a_time);
    counts_.assign(grades + 1, 0);
    std::size_t next = 0;
    for (Part& part : parts_) {
      const std::uint32_t size = part.column.size();
      // Whole words for between(); what is beyond the vectors is beyond every limit.
      part.grades.assign((std::size_t{size} + 63) / 64 * 64, beyond);
      for (std::uint32_t from = 0; from < size; from += at_a_time) {
        tick();
        const std::uint32_t count = std::min(at_a_time, size - from);
        kernels().sum_nibbles(part.column.signs(from), dimension() / 8,
                              (count + sign_rows - 1) / sign_rows, wanted_.tables.data(),
                              sums.data());
        std::uint16_t* const graded = part.grades.data() + from;
        kernels().grade(sums.data(), part.column.spreads(from), count, scale, graded);
        for (; next < count; next += step) counts_[graded[next]] += step;
        next -= count;
      }
    }
  }

  // The grade within which there are enough vectors. A filter may leave few of them.
  std::size_t limit() const {
    std::uint64_t within = 0;
    for (std::size_t grade = 0; grade < grades; ++grade) {
      within += counts_[grade];
      if (within >= pool_) return grade;
    }
    return grades;
  }

  // Looks at vectors up to a grade, and further until there are enough that pass the filters.
  void look(std::size_t to) {
    std::size_t from = 0;
    for (std::uint64_t passed = 0;;) {
      for (const Part& part : parts_) passed += look(part, from, to);
      if (to >= grades || passed * 2 >= pool_) return;
      in_order_ = false;
      from = to + 1;
      to = from + (grades - from) / 16;
    }
  }

  std::uint64_t look(const Part& part, std::size_t from, std::size_t to) {
    static const Query no_filters;
    const Filters filters(request_.filters ? *request_.filters : no_filters,
                          snapshot_.segments()[part.segment]);
    std::uint64_t passed = 0;
    std::vector<std::uint32_t> chosen;
    std::vector<std::uint64_t> bits(at_a_time / 64);
    for (std::uint32_t begin = 0; begin < part.column.size(); begin += at_a_time) {
      tick();
      const std::uint32_t count = std::min(at_a_time, part.column.size() - begin);
      chosen.clear();
      if (part.grades.empty()) {
        chosen.resize(count);
        std::iota(chosen.begin(), chosen.end(), begin);
      } else {
        const std::size_t words = (count + 63) / 64;
        kernels().between(part.grades.data() + begin, words, static_cast<std::uint16_t>(from),
                          static_cast<std::uint16_t>(to), bits.data());
        for (std::size_t word = 0; word < words; ++word) {
          for (std::uint64_t left = bits[word]; left != 0; left &= left - 1) {
            const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
            chosen.push_back(begin + static_cast<std::uint32_t>(word) * 64 + bit);
          }
        }
      }
      passed += look(part, filters, chosen);
    }
    return passed;
  }

  std::uint64_t look(const Part& part, const Filters& filters,
                     std::span<const std::uint32_t> chosen) {
    std::vector<Near>& found = answer_.nearest;
    std::uint64_t passed = 0;
    std::uint32_t last = no_document;
    bool passes = false;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (i + ahead < chosen.size()) fetch(part.column.numbers(chosen[i + ahead]));
      const std::uint32_t document = part.column.owner(chosen[i]);
      if (document != last) passes = filters.test(document);
      last = document;
      if (!passes) continue;
      ++passed;
      const double near = cosine(part.column, chosen[i]);
      if (!found.empty() && found.back().segment == part.segment &&
          found.back().document == document) {
        found.back().cosine = std::max(found.back().cosine, near);
      } else {
        found.push_back({part.segment, document, 0, near});
      }
    }
    return passed;
  }

  static void fetch(std::span<const std::int8_t> numbers) {
    for (std::size_t i = 0; i < numbers.size(); i += 64) __builtin_prefetch(numbers.data() + i);
  }

  NearestAnswer finish() {
    std::vector<Near>& found = answer_.nearest;
    if (!in_order_) join();
    const auto nearer = [](const Near& a, const Near& b) { return a.cosine > b.cosine; };
    const std::size_t count = std::min(request_.count, found.size());
    if (count > 0 && count < found.size()) {
      std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count - 1),
                       found.end(), nearer);
      const double least = found[count - 1].cosine;
      std::erase_if(found, [&](const Near& each) { return each.cosine < least; });
    }
    for (Near& each : found)
      each.key = snapshot_.segments()[each.segment].segment->key(each.document);
    std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) {
      return a.cosine != b.cosine ? a.cosine > b.cosine : a.key < b.key;
    });
    found.resize(count);
    return std::move(answer_);
  }

  // Leaves each document once, with its nearest vector: several looks may each have found it.
  void join() {
    std::vector<Near>& found = answer_.nearest;
    std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) {
      if (a.segment != b.segment) return a.segment < b.segment;
      return a.document != b.document ? a.document < b.document : a.cosine > b.cosine;
    });
    const auto same = [](const Near& a, const Near& b) {
      return a.segment == b.segment && a.document == b.document;
    };
    found.erase(std::unique(found.begin(), found.end(), same), found.end());
  }

  const Snapshot& snapshot_;
  Wanted wanted_;
  const NearestRequest& request_;
  const SearchControl& control_;
  std::vector<Part> parts_;
  std::uint64_t vectors_ = 0;
  std::uint64_t pool_ = 0;
  std::vector<std::uint64_t> counts_;  // of vectors by grade
  bool in_order_ = true;               // what is found, each document once
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
  set_tables(made);
  return Search(snapshot, std::move(made), request, control).run();
}

}  // namespace koinon::index
