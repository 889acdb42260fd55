// SPDX-License-Identifier: Apache-2.0
#include "programme/report.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "domain/date.hpp"
#include "domain/decimal.hpp"
#include "domain/kinds.hpp"
#include "koinon/error.hpp"

namespace koinon::programme {

namespace {

constexpr std::size_t most_dimensions = 3;
using Key = std::array<std::uint32_t, most_dimensions>;  // sets of codes; 0 where not asked

struct KeyHash {
  std::size_t operator()(const Key& key) const noexcept {
    std::uint64_t hash = 0;
    for (const std::uint32_t part : key) hash = (hash ^ part) * 0x9E3779B97F4A7C15U;
    return static_cast<std::size_t>(hash ^ (hash >> 29U));
  }
};

// A sum that tells when 64 bits do not hold it.
struct Sum {
  std::int64_t minor = 0;
  std::uint64_t records = 0;
  bool too_great = false;

  void add(std::int64_t amount, std::uint64_t count = 1) {
    too_great = too_great || __builtin_add_overflow(minor, amount, &minor);
    records += count;
  }
  void add(const Sum& other) {
    too_great = too_great || other.too_great;
    add(other.minor, other.records);
  }
};

// What is counted of some records: sums by measure and currency.
struct Figures {
  std::uint64_t records = 0;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Sum> sums;

  void add(const ReportColumns& columns, std::uint32_t number, std::size_t measures) {
    ++records;
    for (std::uint32_t measure = 0; measure < measures; ++measure) {
      const ReportColumns::Amount& amount = columns.amount(number, measure);
      if (amount.currency != 0) sums[{measure, amount.currency}].add(amount.minor);
    }
  }
  void add(const Figures& other) {
    records += other.records;
    for (const auto& [key, sum] : other.sums) sums[key].add(sum);
  }
};

struct Asked {
  const ReportColumns& columns;
  // By dimension, where other records tell the codes: studies, or what records name.
  std::array<std::optional<ToldSets>, dimension_infos.size()> told;
  std::vector<Dimension> by;
  // Of each condition, which sets of codes fulfil it.
  std::vector<std::pair<Dimension, std::vector<bool>>> only;
  std::int32_t from = 0;
  std::int32_t to = 0;

  const graph::CodeSets& sets(Dimension dimension) const {
    const auto& others = told[static_cast<std::size_t>(dimension)];
    return others ? others->sets : columns.sets(dimension);
  }
  std::uint32_t set_of(Dimension dimension, std::uint32_t number) const {
    const auto& others = told[static_cast<std::size_t>(dimension)];
    return others ? others->of[number] : columns.set_of(dimension, number);
  }
};

std::vector<bool> fulfilling(const graph::CodeSets& sets, const std::vector<std::string>& codes) {
  std::vector<bool> fulfils(sets.set_count());
  for (std::uint32_t i = 0; i < sets.set_count(); ++i) {
    const auto& set = sets.set(i);
    fulfils[i] = std::any_of(codes.begin(), codes.end(), [&](const std::string& code) {
      return code.empty() ? set.empty() : std::binary_search(set.begin(), set.end(), code);
    });
  }
  return fulfils;
}

ToldSets evidence_of(const ReportColumns& columns, RecordKind kind) {
  ToldSets told{columns.evidence_of(kind), std::vector<std::uint32_t>(columns.size())};
  for (std::uint32_t number = 0; number < columns.size(); ++number)
    told.of[number] = told.sets.number_of(number);
  return told;
}

Asked asked(const ReportColumns& columns, const ReportRequest& request, const NumberOf& number_of) {
  Asked made{columns, {}, {}, {}, 0, 0};
  made.from = request.period.from ? domain::first_day(request.period.from) : INT32_MIN;
  made.to = request.period.to ? domain::last_day(request.period.to) : INT32_MAX;
  std::optional<ReportChains> chains;
  const auto ask = [&](const std::string& name) {
    const Dimension dimension = *dimension_named(name);
    auto& told = made.told[static_cast<std::size_t>(dimension)];
    if (told) return dimension;
    if (is_chained(dimension, request.of)) {
      if (!chains) chains.emplace(columns, number_of, made.from, made.to);
      told = chains->told(dimension, request.of);
    } else if (dimension == Dimension::Evidence && request.of != RecordKind::Evidence) {
      told = evidence_of(columns, request.of);
    }
    return dimension;
  };
  for (const std::string& name : request.by) made.by.push_back(ask(name));
  for (const ReportOnly& only : request.only) {
    const Dimension dimension = ask(only.dimension);
    std::vector<std::string> codes = only.codes;
    if (dimension == Dimension::Programme && chains) {
      for (std::string& code : codes) code = chains->programme_called(code);
    }
    made.only.emplace_back(dimension, fulfilling(made.sets(dimension), codes));
  }
  return made;
}

bool counts(const ReportColumns& columns, const Asked& asked, std::uint32_t number) {
  const ReportColumns::Days days = columns.days(number);
  if (days.from > asked.to || days.to < asked.from) return false;
  return std::all_of(asked.only.begin(), asked.only.end(), [&](const auto& only) {
    return only.second[asked.set_of(only.first, number)];
  });
}

std::vector<ReportSum> sums_of(const Figures& figures, const ReportColumns& columns,
                               const std::vector<std::string>& measures) {
  std::vector<ReportSum> sums;
  for (const auto& [key, sum] : figures.sums) {
    ReportSum told{measures[key.first], columns.currencies()[key.second], sum.minor, sum.records};
    if (sum.too_great) told.minor.reset();
    sums.push_back(std::move(told));
  }
  std::sort(sums.begin(), sums.end(), [&](const ReportSum& a, const ReportSum& b) {
    if (a.measure != b.measure)
      return std::find(measures.begin(), measures.end(), a.measure) <
             std::find(measures.begin(), measures.end(), b.measure);
    return a.currency < b.currency;
  });
  return sums;
}

// Every choice of one code from each set.
template <class F>
void each_row(const Asked& asked, const Key& key, F&& f) {
  static const std::vector<std::string> none = {""};
  std::vector<std::string> codes(asked.by.size());
  const auto choose = [&](auto&& self, std::size_t place) -> void {
    if (place == codes.size()) return f(codes);
    const auto& set = asked.sets(asked.by[place]).set(key[place]);
    for (const std::string& code : set.empty() ? none : set) {
      codes[place] = code;
      self(self, place + 1);
    }
  };
  choose(choose, 0);
}

std::string violation_at(std::size_t place) {
  return "by[" + std::to_string(place) + ']';
}

}  // namespace

void check(const ReportRequest& request) {
  std::vector<Violation> wrong;
  const std::vector<Dimension> had = dimensions_of(request.of);
  const auto hold = [&](const std::string& name, std::string path) {
    const auto dimension = dimension_named(name);
    if (dimension && std::find(had.begin(), had.end(), *dimension) != had.end()) return;
    std::string known;
    for (const Dimension each : had) {
      if (!known.empty()) known += ", ";
      known += dimension_infos[static_cast<std::size_t>(each)].name;
    }
    wrong.push_back({std::move(path), "unknown_dimension",
                     std::string("a ") + domain::kind_names[static_cast<std::size_t>(request.of)] +
                         " is not reported by '" + name +
                         "'; there are: " + (known.empty() ? "none" : known)});
  };
  if (request.by.size() > most_dimensions)
    wrong.push_back({"by", "too_many", "give three dimensions at most"});
  for (std::size_t i = 0; i < request.by.size(); ++i) {
    hold(request.by[i], violation_at(i));
    const auto here = request.by.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(request.by.begin(), here, request.by[i]) != here)
      wrong.push_back({violation_at(i), "duplicate", "name each dimension once"});
  }
  for (std::size_t i = 0; i < request.only.size(); ++i)
    hold(request.only[i].dimension, "only[" + std::to_string(i) + "].dimension");
  for (const auto& [date, path] :
       {std::pair(request.period.from, "period.from"), std::pair(request.period.to, "period.to")}) {
    const bool unset = date.year == 0 && date.month == 0 && date.day == 0;
    if (!unset && !domain::is_valid(date))
      wrong.push_back({path, "bad_date", "there is no such day"});
  }
  const Period& period = request.period;
  const bool dated = domain::is_valid(period.from) && domain::is_valid(period.to);
  if (dated && domain::surely_before(period.to, period.from)) {
    wrong.push_back({"period.to", "reversed_period",
                     "ends on " + domain::format_date(period.to) + ", before it begins on " +
                         domain::format_date(period.from)});
  }
  if (wrong.empty()) return;
  const std::string message = wrong[0].path + ": " + wrong[0].message;
  throw Error(ErrorCode::InvalidArgument, message, std::move(wrong));
}

Report report(const ReportColumns& columns, const ReportRequest& request,
              const std::function<void()>& look, const NumberOf& number_of) {
  check(request);
  const Asked wanted = asked(columns, request, number_of);
  const std::vector<std::string> measures = measures_of(request.of);
  std::unordered_map<Key, Figures, KeyHash> found;
  Figures total;
  constexpr std::uint32_t stride = 4096;
  for (std::uint32_t number = 0; number < columns.size(); ++number) {
    if (number % stride == 0) look();
    if (!columns.is(number, request.of) || !counts(columns, wanted, number)) continue;
    total.add(columns, number, measures.size());
    if (wanted.by.empty()) continue;
    Key key{};
    for (std::size_t i = 0; i < wanted.by.size(); ++i) key[i] = wanted.set_of(wanted.by[i], number);
    found[key].add(columns, number, measures.size());
  }
  std::map<std::vector<std::string>, Figures> rows;
  for (const auto& [key, figures] : found) {
    each_row(wanted, key, [&, &counted = figures](const std::vector<std::string>& codes) {
      rows[codes].add(counted);
    });
  }
  Report made;
  made.of = request.of;
  made.by = request.by;
  for (const auto& [codes, figures] : rows)
    made.rows.push_back({codes, {}, figures.records, sums_of(figures, columns, measures)});
  std::stable_sort(made.rows.begin(), made.rows.end(),
                   [](const ReportRow& a, const ReportRow& b) { return a.records > b.records; });
  made.total = {{}, {}, total.records, sums_of(total, columns, measures)};
  return made;
}

}  // namespace koinon::programme

namespace koinon {

std::vector<std::string> report_dimensions(RecordKind kind) {
  std::vector<std::string> names;
  for (const programme::Dimension dimension : programme::dimensions_of(kind))
    names.emplace_back(programme::dimension_infos[static_cast<std::size_t>(dimension)].name);
  return names;
}

std::vector<std::string> report_measures(RecordKind kind) {
  return programme::measures_of(kind);
}

}  // namespace koinon
