// SPDX-License-Identifier: Apache-2.0
#include "c/arrays.hpp"

#include <limits>

namespace koinon::c {

void OrganisationColumns::add(const ShownOrganisation& organisation) {
  ids_.push_back(view(organisation.id));
  names_.push_back(view(organisation.name));
  countries_.push_back(view(organisation.country));
}

void OrganisationColumns::add(const Network& network, std::uint32_t number) {
  ids_.push_back(view(network.organisations()[number]));
  names_.push_back(view(network.names()[number]));
  countries_.push_back(view(network.countries()[number]));
  numbers_.push_back(number);
}

kn_path_answer path_out(std::uint64_t change, double length,
                        const OrganisationColumns& organisations,
                        const std::vector<kn_string>& works) {
  kn_path_answer out{};
  out.change = change;
  organisations.into(out);
  out.length = out.organisation_count > 0 ? length : std::numeric_limits<double>::infinity();
  out.work_count = works.size();
  out.works = array_out(works);
  return out;
}

kn_around_answer around_out(std::uint64_t change, const OrganisationColumns& organisations,
                            const std::vector<std::uint32_t>& hops, const NetworkTies& ties) {
  kn_around_answer out{};
  out.complete = 1;
  out.change = change;
  organisations.into(out);
  out.hops = array_out(hops);
  out.tie_count = ties.from.size();
  out.from = array_out(ties.from);
  out.to = array_out(ties.to);
  out.strength = array_out(ties.strength);
  return out;
}

kn_near_answer near_out(std::uint64_t change, double error_bound,
                        const OrganisationColumns& organisations,
                        const std::vector<double>& scores) {
  kn_near_answer out{};
  out.change = change;
  out.error_bound = error_bound;
  organisations.into(out);
  out.scores = array_out(scores);
  return out;
}

}  // namespace koinon::c

KN_EXPORT void kn_arrays_free(kn_arrays* arrays) {
  delete arrays;
}
