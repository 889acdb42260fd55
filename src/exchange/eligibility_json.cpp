// SPDX-License-Identifier: Apache-2.0
#include "exchange/eligibility_json.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/date.hpp"
#include "domain/decimal.hpp"
#include "exchange/answer_json.hpp"
#include "exchange/record_json.hpp"

namespace koinon::exchange {

namespace {

using Ordered = nlohmann::ordered_json;

// ---- Writing -----------------------------------------------------------------------------------

std::string share_text(Share share) {
  return domain::format_decimal(share.millionths, 6, false);
}

// Only what the step says.
Ordered json_of(const ConsortiumEdit& edit) {
  Ordered json = {{"action", edit.action}};
  if (edit.count > 0) json["count"] = edit.count;
  if (!edit.members.empty()) json["members"] = edit.members;
  if (!edit.countries.empty()) json["countries"] = edit.countries;
  if (!edit.not_countries.empty()) json["not_countries"] = edit.not_countries;
  if (edit.different_countries) json["different_countries"] = true;
  if (!edit.role.empty()) json["role"] = edit.role;
  if (!edit.roles.empty()) json["roles"] = edit.roles;
  if (!edit.kinds.empty()) json["kinds"] = edit.kinds;
  if (!edit.capability.empty()) json["capability"] = edit.capability;
  if (!edit.theme.empty()) json["theme"] = edit.theme;
  if (edit.newcomer) json["newcomer"] = true;
  if (!edit.document.empty()) json["document"] = edit.document;
  if (!edit.fact.empty()) json["fact"] = edit.fact;
  if (edit.share) json["share"] = share_text(*edit.share);
  return json;
}

Ordered json_of(const RuleFinding& finding) {
  Ordered changes = Ordered::array();
  for (const ConsortiumEdit& edit : finding.changes) changes.push_back(json_of(edit));
  return {{"rule", rule_json(finding.rule)}, {"state", rule_state_name(finding.state)},
          {"problem", finding.problem},      {"parameter", finding.parameter},
          {"reason", finding.reason},        {"members", finding.members},
          {"changes", std::move(changes)},   {"advice", finding.advice}};
}

}  // namespace

Ordered rule_json(const EligibilityRule& rule) {
  Ordered parameters = Ordered::object();
  for (const Parameter& parameter : rule.parameters) {
    if (parameter.values.size() == 1) {
      parameters[parameter.name] = parameter.values.front();
    } else {
      parameters[parameter.name] = parameter.values;
    }
  }
  return {
      {"kind", rule.kind}, {"parameters", std::move(parameters)}, {"legal_text", rule.legal_text}};
}

Ordered report_json(const EligibilityReport& report) {
  Ordered findings = Ordered::array();
  for (const RuleFinding& finding : report.findings) findings.push_back(json_of(finding));
  Ordered conflicts = Ordered::array();
  for (const RuleContradiction& conflict : report.conflicts)
    conflicts.push_back({{"rules", conflict.rules}, {"reason", conflict.reason}});
  Ordered members = Ordered::array();
  for (const CheckedMember& member : report.members) {
    members.push_back({{"organisation", member.organisation},
                       {"name", member.name},
                       {"country", member.country},
                       {"kind", member.kind},
                       {"roles", member.roles},
                       {"entity", member.entity}});
  }
  return {{"change", report.change},
          {"call", report.call},
          {"title", report.title},
          {"state", rule_state_name(report.state)},
          {"on", date_json(report.on)},
          {"findings", std::move(findings)},
          {"conflicts", std::move(conflicts)},
          {"members", std::move(members)}};
}

// ---- Reading -----------------------------------------------------------------------------------

void BidReader::take(const Json& value, const std::string& path,
                     std::vector<EligibilityRule>& into) {
  // In the form of a call's own, but that numbers may be numbers.
  Json rules = value;
  if (rules.is_array()) {
    for (Json& rule : rules) {
      if (!rule.is_object() || !rule.contains("parameters") || !rule["parameters"].is_object())
        continue;
      for (Json& parameter : rule["parameters"]) {
        if (parameter.is_number()) parameter = parameter.dump();
      }
    }
  }
  Decoded decoded = from_json(RecordKind::Call, Json{{"rules", std::move(rules)}}.dump());
  for (const Violation& each : decoded.violations)
    fault(path + each.path.substr(std::min<std::size_t>(each.path.size(), 5)), each.code.c_str(),
          each.message);
  into = std::move(std::get<Call>(decoded.record).rules);
}

void BidReader::take(const Json& value, const std::string& path, Money& into) {
  Decoded decoded = from_json(RecordKind::Call, Json{{"budget", value}}.dump());
  for (const Violation& each : decoded.violations)
    fault(path + each.path.substr(std::min<std::size_t>(each.path.size(), 6)), each.code.c_str(),
          each.message);
  into = std::move(std::get<Call>(decoded.record).budget);
}

void BidReader::take(const Json& value, const std::string& path, PartialDate& into) {
  const auto date = value.is_string() ? domain::parse_date(value.get<std::string>()) : std::nullopt;
  if (!date) return fault(path, "bad_date", "is no YYYY, YYYY-MM or YYYY-MM-DD");
  into = *date;
}

void BidReader::take(const Json& value, const std::string& path, std::optional<Share>& into) {
  std::optional<std::int64_t> told;
  if (value.is_string()) {
    told = domain::parse_decimal(value.get<std::string>(), 6);
  } else if (value.is_number()) {
    const double number = value.get<double>();
    if (number >= 0 && number <= 1) told = std::llround(number * 1e6);
  }
  if (!told || *told < 0 || *told > 1000000)
    return fault(path, "bad_share", "is no share from 0 to 1 with at most six decimals");
  into = Share{static_cast<std::int32_t>(*told)};
}

void BidReader::take(const Json& value, const std::string& path,
                     std::optional<std::vector<std::string>>& into) {
  if (!value.is_null()) take(value, path, into.emplace());
}

void BidReader::take(const Json& value, const std::string& path, ConsortiumMember& into) {
  if (value.is_string()) return take(value, path, into.organisation);
  if (!is_object(value, path)) return;
  for (const auto& [key, told] : value.items()) {
    const std::string place = path + "." + key;
    if (key == "organisation") {
      take(told, place, into.organisation);
    } else if (key == "name") {
      take(told, place, into.name);
    } else if (key == "roles") {
      take(told, place, into.roles);
    } else if (key == "role") {
      take(told, place, into.roles.emplace_back());
    } else if (key == "country") {
      take(told, place, into.country);
    } else if (key == "kind") {
      take(told, place, into.kind);
    } else if (key == "capabilities") {
      take(told, place, into.capabilities);
    } else if (key == "track_record") {
      take(told, place, into.track_record);
    } else if (key == "newcomer") {
      take(told, place, into.newcomer.emplace());
    } else if (key == "group") {
      take(told, place, into.group.emplace());
    } else if (key == "other_bids") {
      std::size_t number = 0;
      take(told, place, number);
      into.other_bids = number;
    } else if (key == "documents") {
      take(told, place, into.documents);
    } else if (key == "grant") {
      take(told, place, into.grant);
    } else if (key == "budget") {
      take(told, place, into.budget);
    } else {
      unknown(place);
    }
  }
}

namespace {

class Reader : private BidReader {
 public:
  EligibilityRequest read(std::string_view json) {
    EligibilityRequest request;
    read_object(json, [&](const Json& tree) { take_request(tree, request); });
    return request;
  }

 private:
  void take_request(const Json& tree, EligibilityRequest& request) {
    for (const auto& [key, value] : tree.items()) {
      if (key == "call") {
        take(value, key, request.call);
      } else if (key == "rules") {
        take(value, key, request.rules);
      } else if (key == "members") {
        each(value, key, [&](const Json& one, const std::string& place) {
          take(one, place, request.members.emplace_back());
        });
      } else if (key == "documents") {
        take(value, key, request.documents);
      } else if (key == "eu_share") {
        take(value, key, request.eu_share);
      } else if (key == "grant") {
        take(value, key, request.grant);
      } else if (key == "budget") {
        take(value, key, request.budget);
      } else if (key == "on") {
        take(value, key, request.on);
      } else if (key == "wait") {
        take(value, key, request.wait);
      } else if (key == "as_told") {
        take(value, key, request.as_told);
      } else {
        unknown(key);
      }
    }
  }
};

}  // namespace

}  // namespace koinon::exchange

namespace koinon {

EligibilityRequest eligibility_request_from_json(std::string_view json) {
  return exchange::Reader().read(json);
}

std::string to_json(const EligibilityReport& report) {
  return exchange::report_json(report).dump(-1, ' ', false,
                                            nlohmann::json::error_handler_t::replace);
}

}  // namespace koinon
