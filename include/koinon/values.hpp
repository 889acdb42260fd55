// SPDX-License-Identifier: Apache-2.0
//
// The values that records are made of. Plain: copy, move and compare them freely. A
// default-constructed field means "not told".
//
// Threads: values; share const objects, do not write one from two threads at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace koinon {

enum class TextOrigin : std::uint8_t { Original, Machine };

/// One text in one language. `language` is a BCP 47 primary tag such as "fi"; "und" when unknown.
struct Text {
  std::string language;
  std::string text;  // UTF-8
  TextOrigin origin = TextOrigin::Original;
};

/// The same content in several languages, the preferred one first.
using LangText = std::vector<Text>;

/// A Gregorian date of which the month, or the day, may be unknown (0). Year 0 means no date at
/// all.
struct PartialDate {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;
  explicit operator bool() const { return year != 0; }
};

/// Milliseconds since 1970-01-01T00:00:00Z.
using Timestamp = std::int64_t;

/// An instant; 0 means not told. Written as "2026-11-24T13:00:00.000Z".
struct Moment {
  Timestamp at = 0;
  explicit operator bool() const { return at != 0; }
};

/// From and until, both inclusive, either may be unknown.
struct Period {
  PartialDate from;
  PartialDate to;
  explicit operator bool() const { return from || to; }
};

/// An amount in minor units (cents) of an ISO 4217 currency, beside the wording it was read from.
/// Either may be missing: a wording that could not be read keeps its place without an amount.
struct Money {
  std::optional<std::int64_t> minor;
  std::string currency;
  std::string as_written;
  explicit operator bool() const { return minor.has_value() || !as_written.empty(); }
};

/// A share between 0 and 1 in millionths, so that sums are exact.
struct Share {
  std::int32_t millionths = 0;
};

struct Identifier {
  std::string scheme;  // vocabulary identifier-schemes: pic, vat, ror, lei, wikidata ...
  std::string value;
  std::string country;  // for national registers
  std::string source;   // who said so
  Period valid;
  std::optional<Share> confidence;
};

struct Place {
  std::string role;     // vocabulary place-roles: origin, implementation, partner, seat
  std::string country;  // vocabulary countries: EU-file codes, EL and UK
  std::string nuts;     // NUTS code, and the version that has it
  std::string nuts_version;
  std::string region;  // as written, where no code could be told
  std::string locality;
  std::string postcode;
  std::optional<double> latitude;   // degrees north, -90 to 90
  std::optional<double> longitude;  // degrees east, -180 to 180
};

/// That an organisation takes part in the record that holds this value.
struct Participation {
  std::string organisation;  // record id
  std::string role;          // vocabulary participation-roles
  std::optional<Share> share;
  Money contribution;
  Period period;
};

/// A word that a source attached, kept as told: scheme "dsi4eu:technology", value "open data".
struct Tag {
  std::string scheme;
  std::string value;
};

/// Where a record, or a part of it, comes from.
struct SourceRecord {
  std::string portal;
  std::string local_id;
  std::string url;
  std::string title;
  std::string hash;     // of the row as read: tells a changed row from an unchanged one
  PartialDate fetched;  // the day it was read
};

struct Statement {
  std::string author;  // organisation id
  std::string role;    // vocabulary statement-roles
  LangText text;
  PartialDate date;
};

/// A code that an issuer gave to a project or a call.
struct Code {
  std::string issuer;
  std::string value;
};

/// One named parameter of an eligibility rule.
struct Parameter {
  std::string name;
  std::vector<std::string> values;
};

struct EligibilityRule {
  std::string kind;  // vocabulary rule-kinds
  std::vector<Parameter> parameters;
  std::string legal_text;
};

}  // namespace koinon
