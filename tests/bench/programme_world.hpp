// SPDX-License-Identifier: Apache-2.0
//
// What a made-up programme is made of, from a fixed seed, and how long something takes.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "koinon/koinon.hpp"

namespace koinon::bench {

using Clock = std::chrono::steady_clock;
using Random = std::mt19937_64;

inline double since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

inline const std::vector<std::string> countries = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"};
inline const std::vector<std::string> languages = {"en", "de", "fr", "fi", "nl", "pl", "es", "it"};
inline const std::vector<std::string> themes = {"housing",    "health",    "education",
                                                "employment", "migration", "elderly-care",
                                                "poverty",    "disability"};
inline const std::vector<std::string> groups = {"homeless-people", "young-people", "older-people",
                                                "migrants", "unemployed"};

class World {
 public:
  explicit World(double scale) : scale_(scale), random_(1) {
    for (int i = 0; i < 4000; ++i) words_.push_back(made_up_word());
  }

  std::size_t size(double of) const {
    return std::max<std::size_t>(1, static_cast<std::size_t>(of * scale_));
  }
  std::size_t below(std::size_t count) { return random_() % count; }
  double unit() { return static_cast<double>(random_() >> 11U) * 0x1p-53; }
  template <class T>
  const T& one(const std::vector<T>& of) {
    return of[below(of.size())];
  }
  // Low numbers more often: some organisations, countries and themes are in much.
  std::size_t skewed(std::size_t count) {
    const double x = unit();
    return std::min(count - 1, static_cast<std::size_t>(x * x * static_cast<double>(count)));
  }
  std::string id(const char* prefix, std::size_t number) {
    return std::string(prefix) + '-' + std::to_string(number);
  }
  std::string country() { return countries[skewed(countries.size())]; }
  LangText text(std::size_t words) {
    std::string made;
    for (std::size_t i = 0; i < words; ++i)
      made += (i == 0 ? "" : " ") + words_[skewed(words_.size())];
    return {{languages[skewed(languages.size())], std::move(made), TextOrigin::Original}};
  }
  std::string word() { return words_[skewed(words_.size())]; }
  PartialDate date() {
    return {static_cast<std::int16_t>(2014 + below(12)), static_cast<std::uint8_t>(1 + below(12)),
            static_cast<std::uint8_t>(1 + below(28))};
  }
  Period period() {
    Period made{date(), date()};
    if (made.to.year < made.from.year) std::swap(made.from, made.to);
    if (made.to.year == made.from.year) made.to.year = static_cast<std::int16_t>(made.to.year + 1);
    return made;
  }
  Money money() { return {static_cast<std::int64_t>(1'000'000 + below(500'000'000)), "EUR", ""}; }

 private:
  std::string made_up_word() {
    static const char* syllables[] = {"ka",  "lo", "mi", "ra",  "ten",
                                      "sor", "vi", "du", "pel", "ne"};
    std::string word;
    for (std::size_t i = 0, count = 2 + below(3); i < count; ++i) word += syllables[below(10)];
    return word;
  }

  double scale_;
  Random random_;
  std::vector<std::string> words_;
};

class Filler {
 public:
  Filler(Catalogue& catalogue, World& world) : catalogue_(catalogue), world_(world) {}

  void put(const char* prefix, std::size_t count, const std::function<Record(std::size_t)>& make) {
    std::vector<Write> batch;
    for (std::size_t i = 0; i < count; ++i) {
      batch.push_back({world_.id(prefix, i), make(i), {}});
      if (batch.size() == 5000 || i + 1 == count) {
        catalogue_.put_all(batch, "author");
        batch.clear();
      }
    }
  }

 private:
  Catalogue& catalogue_;
  World& world_;
};

// ---- Measuring ---------------------------------------------------------------------------------

inline void tell(const std::string& name, std::vector<double> seconds) {
  std::sort(seconds.begin(), seconds.end());
  const auto at = [&](double share) {
    const auto place = static_cast<std::size_t>(share * static_cast<double>(seconds.size() - 1));
    return 1e3 * seconds[place];
  };
  std::printf("%s\t%.4f\t%.4f\t%.4f\t%zu\n", name.c_str(), at(0.5), at(0.99), at(1),
              seconds.size());
  std::fflush(stdout);
}

inline void timed(const std::string& name, std::size_t times,
                  const std::function<void(std::size_t)>& ask) {
  std::vector<double> seconds;
  for (std::size_t i = 0; i < times; ++i) {
    const auto begun = Clock::now();
    ask(i);
    seconds.push_back(since(begun));
  }
  tell(name, std::move(seconds));
}

inline void built(const std::string& name, const std::function<void()>& build) {
  const auto begun = Clock::now();
  build();
  std::printf("built\t%s\t%.3f\n", name.c_str(), since(begun));
  std::fflush(stdout);
}

// Steps one after the other, of which those count that were done: a guard that refuses is another
// thing to measure.
class Steps {
 public:
  explicit Steps(Catalogue& catalogue) : catalogue_(catalogue) {}

  void move(const std::string& id, const char* to, const char* by,
            const std::string& country = "") {
    Transition step;
    step.id = id;
    step.to = to;
    step.by = by;
    step.country = country;
    step.reason = "measured";
    const auto begun = Clock::now();
    try {
      catalogue_.transition(step);
    } catch (const Error& e) {
      if (e.code() != ErrorCode::InvalidArgument) throw;
      last_refusal_ = e.what();
      return;
    }
    seconds_.push_back(since(begun));
  }

  void tell(const std::string& name) {
    if (seconds_.empty()) {
      std::fprintf(stderr, "%s: none was done: %s\n", name.c_str(), last_refusal_.c_str());
      std::exit(1);
    }
    bench::tell(name, std::move(seconds_));
  }

 private:
  Catalogue& catalogue_;
  std::vector<double> seconds_;
  std::string last_refusal_;
};

}  // namespace koinon::bench
