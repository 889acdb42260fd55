// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

#include "koinon/koinon.hpp"

namespace koinon::python {

/// What the calls about who is who answer, as dicts that python/koinon/_identity.py reads.
pybind11::dict to_python(const MatchReport& report);
pybind11::dict to_python(const OrganisationIdentity& identity);
pybind11::dict to_python(const ReviewQueue& queue);
pybind11::list to_python(const std::vector<IdentityConflict>& conflicts);

}  // namespace koinon::python
