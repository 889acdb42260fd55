// SPDX-License-Identifier: Apache-2.0
//
// Reports and what is asked of them, as JSON.
#include <nlohmann/json.hpp>

#include "domain/date.hpp"
#include "domain/decimal.hpp"
#include "domain/kinds.hpp"
#include "exchange/json_values.hpp"
#include "koinon/report.hpp"

namespace koinon {

namespace exchange {
namespace {

using Ordered = nlohmann::ordered_json;

class ReportReader : private JsonValues {
 public:
  ReportRequest read(std::string_view json) {
    ReportRequest request;
    read_object(json, [&](const Json& tree) { take_request(tree, request); });
    return request;
  }

 private:
  using JsonValues::take;

  void take_request(const Json& tree, ReportRequest& request) {
    for (const auto& [key, value] : tree.items()) {
      if (key == "of") {
        take(value, key, request.of);
      } else if (key == "by") {
        take(value, key, request.by);
      } else if (key == "only") {
        take(value, request.only);
      } else if (key == "period") {
        take(value, key, request.period);
      } else if (key == "language") {
        take(value, key, request.language);
      } else if (key == "change") {
        std::size_t change = 0;
        take(value, key, change);
        request.change = change;
      } else {
        unknown(key);
      }
    }
  }

  void take(const Json& value, const std::string& path, RecordKind& into) {
    std::string name;
    take(value, path, name);
    for (std::size_t i = 0; i < domain::kind_names.size(); ++i) {
      if (name == domain::kind_names[i]) {
        into = static_cast<RecordKind>(i);
        return;
      }
    }
    fault(path, "unknown_code", "is no kind of record");
  }

  // {"state": ["published"], "country": "FI"}
  void take(const Json& value, std::vector<ReportOnly>& into) {
    if (!is_object(value, "only")) return;
    for (const auto& [dimension, codes] : value.items()) {
      ReportOnly& only = into.emplace_back();
      only.dimension = dimension;
      if (codes.is_string()) {
        take(codes, "only." + dimension, only.codes.emplace_back());
      } else {
        take(codes, "only." + dimension, only.codes);
      }
    }
  }

  void take(const Json& value, const std::string& path, Period& into) {
    if (!is_object(value, path)) return;
    for (const auto& [key, told] : value.items()) {
      const std::string place = path + "." + key;
      if (key != "from" && key != "to") {
        unknown(place);
        continue;
      }
      const auto date =
          told.is_string() ? domain::parse_date(told.get<std::string>()) : std::nullopt;
      if (!date) {
        fault(place, "bad_date", "is no YYYY, YYYY-MM or YYYY-MM-DD");
      } else {
        (key == "from" ? into.from : into.to) = *date;
      }
    }
  }
};

Ordered row_json(const ReportRow& row) {
  Ordered sums = Ordered::array();
  for (const ReportSum& sum : row.sums) {
    Ordered amount;
    if (sum.minor)
      amount = domain::format_decimal(*sum.minor, domain::currency_digits(sum.currency), true);
    sums.push_back({{"measure", sum.measure},
                    {"currency", sum.currency},
                    {"amount", std::move(amount)},
                    {"records", sum.records}});
  }
  return {{"codes", row.codes},
          {"labels", row.labels},
          {"records", row.records},
          {"sums", std::move(sums)}};
}

}  // namespace
}  // namespace exchange

ReportRequest report_request_from_json(std::string_view json) {
  return exchange::ReportReader().read(json);
}

std::string to_json(const Report& report) {
  exchange::Ordered rows = exchange::Ordered::array();
  for (const ReportRow& row : report.rows) rows.push_back(exchange::row_json(row));
  exchange::Ordered total = exchange::row_json(report.total);
  total.erase("codes");
  total.erase("labels");
  return exchange::Ordered{{"change", report.change},
                           {"of", domain::kind_names[static_cast<std::size_t>(report.of)]},
                           {"by", report.by},
                           {"rows", std::move(rows)},
                           {"total", std::move(total)}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace koinon
