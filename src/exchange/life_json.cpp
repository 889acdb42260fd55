// SPDX-License-Identifier: Apache-2.0
//
// Steps of lives, designs of experiments and versions side by side, as JSON.
#include <cstdint>
#include <string>

#include "domain/date.hpp"
#include "exchange/json_values.hpp"
#include "koinon/catalogue.hpp"

namespace koinon::exchange {

namespace {

using Ordered = nlohmann::ordered_json;

std::string dump(const Ordered& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Ordered refusals_json(const std::vector<Refusal>& refusals) {
  Ordered list = Ordered::array();
  for (const Refusal& refusal : refusals) {
    list.push_back({{"guard", refusal.guard},
                    {"code", refusal.code},
                    {"reason", refusal.reason},
                    {"help", refusal.help}});
  }
  return list;
}

Ordered step_json(const NextStep& step) {
  return {{"to", step.to},
          {"name", step.name},
          {"label", step.label},
          {"allowed", step.allowed},
          {"asks", step.asks},
          {"guards", step.guards},
          {"refusals", refusals_json(step.refusals)}};
}

Ordered moved_json(const Moved& moved) {
  return {{"id", moved.id},
          {"version", moved.version},
          {"change", moved.change},
          {"from", moved.step.from},
          {"to", moved.step.to},
          {"at", domain::format_timestamp(moved.step.at.at)},
          {"by", moved.step.by},
          {"country", moved.step.country},
          {"reason", moved.step.reason}};
}

Ordered version_json(const ComparedVersion& version) {
  return {{"version", version.version},
          {"change", version.change},
          {"at", domain::format_timestamp(version.at)},
          {"by", version.by}};
}

Ordered field_json(const FieldDifference& field) {
  Ordered words = Ordered::array();
  for (const WordRun& run : field.words) words.push_back({{"what", run.what}, {"text", run.text}});
  return {{"path", field.path},     {"language", field.language}, {"what", field.what},
          {"before", field.before}, {"after", field.after},       {"words", std::move(words)}};
}

class TransitionReader : private JsonValues {
 public:
  Transition read(std::string_view json) {
    Transition request;
    read_object(json, [&](const Json& tree) {
      for (const auto& [key, value] : tree.items()) take_member(key, value, request);
    });
    return request;
  }

 private:
  void take_member(const std::string& key, const Json& value, Transition& request) {
    if (key == "id") {
      take(value, key, request.id);
    } else if (key == "to") {
      take(value, key, request.to);
    } else if (key == "by") {
      take(value, key, request.by);
    } else if (key == "country") {
      take(value, key, request.country);
    } else if (key == "reason") {
      take(value, key, request.reason);
    } else if (key == "expected_version") {
      std::size_t version = 0;
      take(value, key, version);
      request.expected_version = version;
    } else if (key == "at") {
      const auto at =
          value.is_string() ? domain::parse_timestamp(value.get<std::string>()) : std::nullopt;
      if (!at) return fault(key, "bad_date", "is no instant such as 2026-11-24T13:00:00.000Z");
      request.at = *at;
    } else {
      unknown(key);
    }
  }

  using JsonValues::take;
};

}  // namespace

}  // namespace koinon::exchange

namespace koinon {

using exchange::Ordered;

std::string to_json(const NextSteps& steps) {
  Ordered list = Ordered::array();
  for (const NextStep& step : steps.steps) list.push_back(exchange::step_json(step));
  return exchange::dump({{"change", steps.change},
                         {"id", steps.id},
                         {"version", steps.version},
                         {"life_cycle", steps.life_cycle},
                         {"states", steps.states},
                         {"state", steps.state},
                         {"steps", std::move(list)}});
}

std::string to_json(const Moved& moved) {
  return exchange::dump(exchange::moved_json(moved));
}

std::string to_json(const AdvancedCalls& advanced) {
  Ordered moved = Ordered::array();
  for (const Moved& each : advanced.moved) moved.push_back(exchange::moved_json(each));
  Ordered held = Ordered::array();
  for (const HeldCall& each : advanced.held) {
    held.push_back(
        {{"id", each.id}, {"to", each.to}, {"refusals", exchange::refusals_json(each.refusals)}});
  }
  return exchange::dump({{"change", advanced.change},
                         {"now", domain::format_timestamp(advanced.now)},
                         {"moved", std::move(moved)},
                         {"held", std::move(held)}});
}

std::string to_json(const DesignReport& report) {
  Ordered findings = Ordered::array();
  for (const DesignFinding& finding : report.findings) {
    findings.push_back({{"field", finding.field},
                        {"code", finding.code},
                        {"reason", finding.reason},
                        {"help", finding.help}});
  }
  return exchange::dump({{"change", report.change},
                         {"id", report.id},
                         {"claimed", report.claimed},
                         {"reachable", report.reachable},
                         {"findings", std::move(findings)}});
}

std::string to_json(const Differences& differences) {
  Ordered fields = Ordered::array();
  for (const FieldDifference& field : differences.fields)
    fields.push_back(exchange::field_json(field));
  return exchange::dump({{"id", differences.id},
                         {"kind", kind_name(differences.kind)},
                         {"from", exchange::version_json(differences.from)},
                         {"to", exchange::version_json(differences.to)},
                         {"fields", std::move(fields)}});
}

Transition transition_from_json(std::string_view json) {
  return exchange::TransitionReader().read(json);
}

}  // namespace koinon
