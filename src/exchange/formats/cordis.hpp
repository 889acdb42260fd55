// SPDX-License-Identifier: Apache-2.0
//
// What the tables of research projects share: organisations known by their PIC (Participant
// Identification Code), projects known by a number of the Commission. 'NA' means missing in all of
// them.
#pragma once

#include <string>
#include <string_view>

#include "exchange/draft_tools.hpp"
#include "exchange/reader.hpp"
#include "koinon/records.hpp"

namespace koinon::exchange {

inline constexpr const char* cordis_portal = "cordis";

/// One organisation per PIC, whichever table names it first.
std::string pic_organisation_id(std::string_view pic);

/// HES, REC, PRC, PUB, OTH as a code of organisation-kinds; "" for others.
const char* cordis_kind(std::string_view type);

/// Coordinator, participant, partner, third party as a code of participation-roles, or "".
/// `partner` is what CORDIS calls an organisation that takes part without being a beneficiary: an
/// associated partner.
const char* cordis_role(std::string_view role);

/// An organisation with this PIC and, when it can be told, its country.
Organisation pic_organisation(const std::string& portal, std::string_view pic,
                              std::string_view country, CodeFinder& countries);

/// An amount in euro with a decimal point.
Money cordis_euro(std::string_view amount);

}  // namespace koinon::exchange
