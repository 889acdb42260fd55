// SPDX-License-Identifier: Apache-2.0
#include "partners/eligibility/rule.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "data/country_groups.hpp"
#include "data/vocabulary.hpp"
#include "domain/decimal.hpp"

namespace koinon::partners {

namespace {

constexpr std::array<std::string_view, 13> kind_codes = {
    "minimum-partners", "minimum-countries",   "allowed-countries",
    "role-required",    "capability-required", "coordinator-once",
    "rate-cap",         "document-required",   "track-record",
    "newcomers",        "maximum-per-country", "linked-entities-once",
    "size-range"};

constexpr std::array<std::string_view, 4> applicant_roles = {"coordinator", "partner",
                                                             "beneficiary", "lead"};

constexpr std::uint64_t greatest_count = 1'000'000;
constexpr std::int32_t whole = 1'000'000;

// Reads the parameters of one rule. The first fault is kept: what comes after it may follow from
// it.
class Reader {
 public:
  Reader(const EligibilityRule& rule, ReadRule& read, std::int32_t day)
      : rule_(rule), read_(read), day_(day), taken_(rule.parameters.size(), false) {}

  // A whole number under one of several names; nothing where it is not there.
  std::optional<std::uint64_t> number(std::initializer_list<const char*> names,
                                      std::uint64_t least) {
    const auto [parameter, value] = single(names);
    if (value == nullptr) return std::nullopt;
    std::uint64_t number = 0;
    const bool digits =
        !value->empty() && value->size() <= 7 &&
        std::all_of(value->begin(), value->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) number = std::stoull(*value);
    if (!digits || number < least || number > greatest_count) {
      bad(parameter, "'" + *value + "' is no whole number from " + std::to_string(least) + " to " +
                         std::to_string(greatest_count));
    }
    return number;
  }

  // "0.80" as `rate`, "80" as `percent`.
  std::optional<std::int32_t> rate() {
    const auto [parameter, value] = single({"rate", "percent"});
    if (value == nullptr) return std::nullopt;
    const bool percent = parameter == "percent";
    const auto scaled = domain::parse_decimal(*value, percent ? 4 : 6);
    if (!scaled || *scaled < 0 || *scaled > whole) {
      bad(parameter, "'" + *value + "' is no number from 0 to " + (percent ? "100" : "1"));
      return 0;
    }
    return static_cast<std::int32_t>(*scaled);
  }

  std::string text(const char* name) {
    const auto [parameter, value] = single({name});
    return value == nullptr ? std::string() : *value;
  }

  std::vector<std::string> codes(const char* name, const char* vocabulary) {
    std::vector<std::string> found;
    const data::Vocabulary* entries = data::vocabulary(vocabulary);
    for (const std::string& value : list(name)) {
      if (entries->find(value) == nullptr) {
        bad(name, "'" + value + "' is no code of the vocabulary " + vocabulary);
      }
      found.push_back(value);
    }
    return found;
  }

  // The union of `countries` and `groups`; nothing where neither is there.
  std::optional<std::vector<std::string>> countries() {
    const bool any = has("countries") || has("groups");
    std::vector<std::string> found;
    for (const std::string& value : list("countries")) {
      const data::Entry* entry = data::vocabulary("countries")->named(value);
      if (entry == nullptr) {
        bad("countries", "'" + value + "' is no country");
      } else {
        found.push_back(entry->code);
      }
    }
    for (const std::string& value : list("groups")) {
      const auto known = data::country_groups();
      if (std::find(known.begin(), known.end(), value) == known.end()) {
        bad("groups", "'" + value + "' is no group of countries: EEA, EFTA, EU or candidate");
      }
      for (std::string& code : data::countries_of(value, day_)) found.push_back(std::move(code));
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (!any) return std::nullopt;
    return found;
  }

  void need(bool there, const char* name, const char* what) {
    if (!there)
      fault("missing_parameter", name, "needs the parameter " + std::string(name) + ": " + what);
  }

  void bad(const std::string& parameter, const std::string& message) {
    fault("bad_parameter", parameter, "its parameter " + parameter + ": " + message);
  }

  // What was not asked for might change the meaning of the rule.
  void finish() {
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      const std::string& name = rule_.parameters[i].name;
      if (!taken_[i]) {
        fault(
            "unknown_parameter", name,
            "this version does not know the parameter " + name + " of the rule kind " + rule_.kind);
      }
    }
  }

 private:
  bool has(const char* name) const {
    return std::any_of(rule_.parameters.begin(), rule_.parameters.end(),
                       [&](const Parameter& each) { return each.name == name; });
  }

  const std::vector<std::string>& list(const char* name) {
    static const std::vector<std::string> none;
    const std::vector<std::string>* found = nullptr;
    for (std::size_t i = 0; i < rule_.parameters.size(); ++i) {
      if (rule_.parameters[i].name != name) continue;
      if (found != nullptr) bad(name, "it is there twice");
      found = &rule_.parameters[i].values;
      taken_[i] = true;
      if (found->empty()) bad(name, "it says nothing");
    }
    return found == nullptr ? none : *found;
  }

  std::pair<std::string, const std::string*> single(std::initializer_list<const char*> names) {
    std::pair<std::string, const std::string*> found{*names.begin(), nullptr};
    for (const char* name : names) {
      if (!has(name)) continue;
      const auto& values = list(name);
      if (found.second != nullptr) bad(name, "it says the same as " + found.first + ": give one");
      if (values.size() > 1)
        bad(name, "it has " + std::to_string(values.size()) + " values, not one");
      if (!values.empty()) found = {name, &values.front()};
      if (!values.empty() && values.front().empty()) bad(name, "it says nothing");
    }
    return found;
  }

  void fault(const char* problem, const std::string& parameter, const std::string& message) {
    if (!read_.fault) read_.fault = RuleFault{problem, parameter, message};
  }

  const EligibilityRule& rule_;
  ReadRule& read_;
  std::int32_t day_;
  std::vector<bool> taken_;
};

void read_minimum(Reader& from, ReadRule& rule, bool needed) {
  const auto minimum = from.number({"minimum", "count"}, 0);
  if (needed) from.need(minimum.has_value(), "minimum", "how many there must be");
  rule.minimum = minimum.value_or(1);
}

void read_parameters(Reader& from, ReadRule& rule) {
  switch (rule.kind) {
    case RuleKind::MinimumPartners:
    case RuleKind::MinimumCountries:
      read_minimum(from, rule, true);
      break;
    case RuleKind::AllowedCountries:
      break;
    case RuleKind::RoleRequired:
      rule.role = from.text("role");
      from.need(!rule.role.empty(), "role", "the role that somebody must have");
      if (!rule.role.empty() && data::vocabulary("participation-roles")->find(rule.role) == nullptr)
        from.bad("role", "'" + rule.role + "' is no code of the vocabulary participation-roles");
      read_minimum(from, rule, false);
      break;
    case RuleKind::CapabilityRequired:
      rule.capability = from.text("capability");
      from.need(!rule.capability.empty(), "capability", "what somebody must be able to do");
      read_minimum(from, rule, false);
      break;
    case RuleKind::CoordinatorOnce:
      break;
    case RuleKind::RateCap: {
      const auto cap = from.rate();
      from.need(cap.has_value(), "rate", "the greatest share of the cost, such as 0.80");
      rule.cap = cap.value_or(0);
      break;
    }
    case RuleKind::DocumentRequired: {
      rule.document = from.text("document");
      from.need(!rule.document.empty(), "document", "which document it is");
      const std::string per = from.text("per");
      if (per == "country") rule.per = Per::Country;
      if (per == "member") rule.per = Per::Member;
      if (!per.empty() && per != "bid" && rule.per == Per::BidFacts)
        from.bad("per", "'" + per + "' is none of bid, country and member");
      break;
    }
    case RuleKind::TrackRecord:
      rule.theme = from.text("theme");
      from.need(!rule.theme.empty(), "theme", "in which field the experience must be");
      read_minimum(from, rule, false);
      break;
    case RuleKind::Newcomers:
      read_minimum(from, rule, false);
      break;
    case RuleKind::MaximumPerCountry:
      rule.maximum = from.number({"maximum", "count"}, 1);
      from.need(rule.maximum.has_value(), "maximum", "how many of one country there may be");
      break;
    case RuleKind::LinkedOnce:
      break;
    case RuleKind::SizeRange: {
      const auto minimum = from.number({"minimum"}, 0);
      rule.maximum = from.number({"maximum"}, 1);
      from.need(minimum || rule.maximum, "minimum", "the least or the greatest number of members");
      rule.minimum = minimum.value_or(0);
      if (rule.maximum && *rule.maximum < rule.minimum) {
        from.bad("minimum", std::to_string(rule.minimum) + " is more than the maximum of " +
                                std::to_string(*rule.maximum));
      }
      break;
    }
  }
}

bool counts_members(RuleKind kind) {
  return kind != RuleKind::RateCap && kind != RuleKind::CoordinatorOnce;
}

}  // namespace

bool is_applicant_role(std::string_view role) {
  return std::find(applicant_roles.begin(), applicant_roles.end(), role) != applicant_roles.end();
}

ReadRule read_rule(const EligibilityRule& rule, std::int32_t day) {
  ReadRule read;
  if (rule.kind == "as-written") {
    read.fault = RuleFault{"in_words", "",
                           "the call has this in words that nobody has put into parameters yet"};
    return read;
  }
  const auto code = std::find(kind_codes.begin(), kind_codes.end(), rule.kind);
  if (code == kind_codes.end()) {
    read.fault = RuleFault{"unknown_kind", "",
                           "this version does not know the rule kind '" + rule.kind + "'"};
    return read;
  }
  read.kind = static_cast<RuleKind>(code - kind_codes.begin());
  read.everyone = read.kind == RuleKind::RoleRequired ||
                  read.kind == RuleKind::CapabilityRequired || read.kind == RuleKind::TrackRecord ||
                  read.kind == RuleKind::LinkedOnce;
  Reader from(rule, read, day);
  read_parameters(from, read);
  if (counts_members(read.kind)) {
    read.roles = from.codes("roles", "participation-roles");
    read.kinds = from.codes("kinds", "organisation-kinds");
    read.countries = from.countries();
    if (read.kind == RuleKind::AllowedCountries)
      from.need(read.countries.has_value(), "countries", "which countries are allowed");
  }
  from.finish();
  return read;
}

}  // namespace koinon::partners
