// SPDX-License-Identifier: Apache-2.0
//
// A catalogue whose clock a test sets, with steps in short words.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "domain/date.hpp"
#include "koinon/koinon.hpp"

namespace koinon::test {

/// Noon of a day, in milliseconds since 1970.
inline Timestamp noon(const std::string& day) {
  constexpr Timestamp hour = 3600 * 1000;
  return domain::first_day(*domain::parse_date(day)) * 24 * hour + 12 * hour;
}

inline PartialDate date(const std::string& text) {
  return *domain::parse_date(text);
}

inline Money euro(std::int64_t cents) {
  return {cents, "EUR", ""};
}

struct LivingCatalogue {
  std::shared_ptr<Timestamp> time = std::make_shared<Timestamp>(noon("2026-03-02"));
  Catalogue catalogue;

  explicit LivingCatalogue(const std::string& path = ":memory:")
      : catalogue(Catalogue::open(path, options(time))) {}

  static OpenOptions options(const std::shared_ptr<Timestamp>& time) {
    OpenOptions made;
    made.clock = [time] { return *time; };
    return made;
  }

  void on(const std::string& day) { *time = noon(day); }

  void put(const std::string& id, const Record& record, const std::string& by = "ann") {
    catalogue.put({id, record, {}}, by);
  }

  template <class T>
  T get(const std::string& id) const {
    return std::get<T>(catalogue.get(id).record);
  }

  /// Changes a record by a write.
  template <class T, class F>
  void change(const std::string& id, F&& how, const std::string& by = "ann") {
    T record = get<T>(id);
    how(record);
    put(id, record, by);
  }

  Moved move(const std::string& id, const std::string& to, const std::string& by = "bob",
             const std::string& country = "", const std::string& reason = "") {
    return catalogue.transition({id, to, by, country, reason, {}, {}});
  }

  /// The codes of why a step is refused; none where it was taken.
  std::vector<std::string> refused(const std::string& id, const std::string& to,
                                   const std::string& by = "bob", const std::string& country = "",
                                   const std::string& reason = "") {
    std::vector<std::string> codes;
    try {
      move(id, to, by, country, reason);
    } catch (const Error& error) {
      for (const Violation& violation : error.violations()) codes.push_back(violation.code);
      if (codes.empty()) codes.push_back("error " + std::to_string(static_cast<int>(error.code())));
    }
    return codes;
  }
};

/// What the one violation of a refused write says.
template <class F>
std::string refusal_text(F&& write) {
  try {
    write();
  } catch (const Error& error) {
    return error.violations().size() == 1 ? error.violations()[0].message : error.what();
  }
  return "it was not refused";
}

/// The codes of the violations of a write, and its error.
template <class F>
std::vector<std::string> refusal(F&& write) {
  std::vector<std::string> codes;
  try {
    write();
  } catch (const Error& error) {
    for (const Violation& violation : error.violations())
      codes.push_back(violation.path + ' ' + violation.code);
    if (codes.empty()) codes.push_back("error " + std::to_string(static_cast<int>(error.code())));
  }
  return codes;
}

}  // namespace koinon::test
