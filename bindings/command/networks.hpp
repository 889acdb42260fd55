// SPDX-License-Identifier: Apache-2.0
//
// What the commands on networks share.
#pragma once

#include <string>

#include "commands.hpp"
#include "work.hpp"

namespace koinon::command {

using NetworkHandle = Handle<kn_network, kn_network_free>;

/// The network that the options choose.
NetworkHandle network_of(const Context& context, kn_catalogue* catalogue, Work& work);

kn_network_figures figures_of(const kn_network* network);

/// Five digits.
std::string shown_number(double value);

}  // namespace koinon::command
