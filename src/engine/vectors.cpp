// SPDX-License-Identifier: Apache-2.0
#include "engine/vectors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/utf8.hpp"
#include "engine/rules.hpp"
#include "engine/ticker.hpp"
#include "index/vectors.hpp"
#include "koinon/error.hpp"
#include "search/passages.hpp"

namespace koinon::engine {

namespace {

constexpr std::size_t longest_name = 200;

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::InvalidArgument, message);
}

// The rows of one record that can be, by number.
struct Group {
  const std::string* id = nullptr;
  std::vector<std::size_t> rows;
};

class Bringing {
 public:
  Bringing(const VectorRows& given, const Task& task)
      : given_(given), ticker_(task, "vectors", given.ids.size()) {
    report_.rows = given.ids.size();
  }

  // What can be told without the store, so that nobody waits for it.
  void gather() {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t row = 0; row < given_.ids.size(); ++row) {
      ticker_.step();
      if (!can_be(row)) continue;
      const std::string& id = given_.ids[row];
      const auto [place, fresh] = places.try_emplace(id, groups_.size());
      if (fresh) groups_.push_back({&id, {}});
      Group& group = groups_[place->second];
      if (group.rows.size() < search::max_passages) {
        group.rows.push_back(row);
      } else {
        leave_out(row, "too_many",
                  "is one more than the " + std::to_string(search::max_passages) +
                      " that a record may have");
      }
    }
  }

  void write(store::Transaction& transaction, std::string_view by) {
    const Timestamp at = now();
    for (const Group& group : groups_) {
      ticker_.look();
      const auto row = transaction.find(*group.id);
      if (!is_present(row, group)) continue;
      if (!model_) model_ = transaction.vector_model(given_.model, given_.dimension);
      const std::uint64_t change = transaction.set_vectors(*row, *model_, quantised(group), at, by);
      if (change != 0) report_.change = change;
      ++(change != 0 ? report_.stored : report_.unchanged);
    }
  }

  VectorsReport report() && {
    std::sort(report_.refused.begin(), report_.refused.end(),
              [](const RefusedVector& a, const RefusedVector& b) { return a.row < b.row; });
    return std::move(report_);
  }

 private:
  std::span<const float> numbers_of(std::size_t row) const {
    return {given_.numbers + row * given_.dimension, given_.dimension};
  }

  bool can_be(std::size_t row) {
    bool zeros = true;
    const std::span<const float> numbers = numbers_of(row);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (!std::isfinite(numbers[i])) {
        leave_out(row, "not_finite",
                  "has a number that is not finite at place " + std::to_string(i));
        return false;
      }
      zeros = zeros && std::abs(numbers[i]) < std::numeric_limits<float>::min();
    }
    if (zeros) leave_out(row, "zeros", "points nowhere: all of its numbers are 0");
    return !zeros;
  }

  bool is_present(const std::optional<store::RecordRow>& row, const Group& group) {
    if (row && row->state == store::State::Present) return true;
    for (const std::size_t each : group.rows) {
      if (!row) {
        leave_out(each, "not_found", "is of a record that is not there");
      } else if (row->state == store::State::Erased) {
        leave_out(each, "erased", "is of a record that was erased");
      } else {
        leave_out(each, "removed", "is of a record that was removed");
      }
    }
    return false;
  }

  std::string quantised(const Group& group) const {
    std::vector<std::int8_t> bytes(group.rows.size() * given_.dimension);
    for (std::size_t i = 0; i < group.rows.size(); ++i)
      index::quantise(numbers_of(group.rows[i]), bytes.data() + i * given_.dimension);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  void leave_out(std::size_t row, const char* code, const std::string& why) {
    const std::string& id = given_.ids[row];
    report_.refused.push_back(
        {row, id, code, "row " + std::to_string(row) + " ('" + id + "') " + why});
  }

  const VectorRows& given_;
  Ticker ticker_;
  std::vector<Group> groups_;  // in the order of their first rows
  std::optional<std::int64_t> model_;
  VectorsReport report_;
};

void check_rows(const VectorRows& rows) {
  check_vector_model(rows.model);
  check_vector_dimension(rows.dimension);
  // Not their product, which may be more than there are numbers.
  const bool whole = rows.count % rows.dimension == 0;
  if (!whole || rows.count / rows.dimension != rows.ids.size()) {
    refuse("there are " + std::to_string(rows.count) + " numbers for " +
           std::to_string(rows.ids.size()) + " rows of " + std::to_string(rows.dimension));
  }
  if (rows.count != 0 && rows.numbers == nullptr) refuse("there are no numbers");
}

}  // namespace

void check_vector_dimension(std::size_t numbers) {
  if (numbers != 0 && numbers % 64 == 0 && numbers <= 4096) return;
  refuse("vectors have a multiple of 64 numbers, up to 4096, not " + std::to_string(numbers));
}

void check_vector_model(std::string_view name) {
  const bool fits = !name.empty() && name.size() <= longest_name;
  if (!fits) refuse("a model of vectors has a name of 1 to 200 bytes");
  if (domain::first_invalid_utf8(name) != name.size())
    refuse("the name of a model of vectors is UTF-8");
}

void check_opened_model(const store::Store& store, const search::Knowledge& knowledge) {
  if (knowledge.model.empty()) return;
  const std::size_t known = store.read().vector_dimension(knowledge.model);
  if (known == 0 || known == knowledge.brought) return;
  refuse("the vectors of '" + knowledge.model + "' have " + std::to_string(known) +
         " numbers in this catalogue, not " + std::to_string(knowledge.brought));
}

VectorsReport put_vectors(store::Store& store, const VectorRows& rows, std::string_view by,
                          const Task& task) {
  check_rows(rows);
  Bringing bringing(rows, task);
  bringing.gather();
  store::Transaction transaction = store.write();
  bringing.write(transaction, by);
  transaction.commit();
  return std::move(bringing).report();
}

std::uint64_t drop_vectors(store::Store& store, std::string_view model, std::string_view by,
                           const Task& task) {
  check_vector_model(model);
  Ticker ticker(task, "vectors", 0);
  store::Transaction transaction = store.write();
  const std::uint64_t records = transaction.drop_vectors(model, now(), by, [&] { ticker.step(); });
  transaction.commit();
  return records;
}

}  // namespace koinon::engine
