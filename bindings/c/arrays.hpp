// SPDX-License-Identifier: Apache-2.0
//
// Answers as arrays: what the pointers of a kn_*_answer point into.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "c/boundary.hpp"
#include "koinon/koinon.hpp"

struct kn_arrays {
  std::shared_ptr<const void> held;
};

namespace koinon::c {

/// Empty arrays are NULL.
template <class T>
const T* array_out(const std::vector<T>& values) {
  return values.empty() ? nullptr : values.data();
}

/// The columns that say who is in an answer. Their texts lie in what they were added from, which
/// must stay where it is.
class OrganisationColumns {
 public:
  void add(const ShownOrganisation& organisation);
  void add(const Network& network, std::uint32_t number);

  template <class Answer>
  void into(Answer& out) const {
    out.organisation_count = ids_.size();
    out.ids = array_out(ids_);
    out.names = array_out(names_);
    out.countries = array_out(countries_);
    out.numbers = array_out(numbers_);
  }

 private:
  std::vector<kn_string> ids_;
  std::vector<kn_string> names_;
  std::vector<kn_string> countries_;
  std::vector<std::uint32_t> numbers_;  // of a network's alone
};

/// The body of every kn_*_arrays. `ask` gives a std::shared_ptr to what holds the arrays, whose
/// answer() is the caller's struct. The struct is written last, when nothing but memory can fail.
template <class Answer, class Ask>
int32_t give_arrays(Answer* answer, kn_arrays** arrays, kn_error** error, Ask&& ask) noexcept {
  return guarded(error, [&] {
    kn_arrays*& made = result(arrays, "arrays");
    check_struct_size(required(answer, "answer").struct_size, first_size<Answer>);
    const auto held = ask();
    auto owner = std::make_unique<kn_arrays>(kn_arrays{held});
    struct_out(answer, held->answer(), "answer");
    made = owner.release();
  });
}

// The structs, of what is given; the arrays must outlive them.

/// Without organisations there is no way, which is as long as none.
kn_path_answer path_out(std::uint64_t change, double length,
                        const OrganisationColumns& organisations,
                        const std::vector<kn_string>& works);
kn_around_answer around_out(std::uint64_t change, const OrganisationColumns& organisations,
                            const std::vector<std::uint32_t>& hops, const NetworkTies& ties);
kn_near_answer near_out(std::uint64_t change, double error_bound,
                        const OrganisationColumns& organisations,
                        const std::vector<double>& scores);

}  // namespace koinon::c
