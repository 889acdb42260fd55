// SPDX-License-Identifier: Apache-2.0
//
// The kinds of record by name, and the syntax of record ids.
#pragma once

#include <array>
#include <string_view>

#include "koinon/records.hpp"

namespace koinon::domain {

inline constexpr std::array<const char*, std::variant_size_v<Record>> kind_names = {
    "organisation",
    "initiative",
    "case-study",
    "project",
    "call",
    "concept",
    "match-decision",
    "replication",
    "programme",
    "consortium",
    "bid",
    "award",
    "method",
    "assessment",
    "pilot",
    "evidence",
    "dissemination",
    "experiment",
    "uptake",
    "community",
    "exchange",
    "contribution",
    "competence-centre",
    "offer",
    "mentoring",
    "indicator",
    "collection"};

/// What the ids that we make begin with.
inline constexpr std::array<const char*, std::variant_size_v<Record>> id_prefixes = {
    "org",  "ini", "case",  "prj",   "call",   "con",   "match", "rep",  "prog",
    "cons", "bid", "award", "meth",  "assess", "pilot", "evid",  "diss", "exp",
    "upt",  "com", "exch",  "contr", "centre", "offer", "ment",  "ind",  "coll"};

/// An empty record of the kind.
Record make_record(RecordKind kind);

/// 1 to 64 of A-Z a-z 0-9 . _ : - beginning with a letter or digit.
bool is_record_id(std::string_view text);

}  // namespace koinon::domain
