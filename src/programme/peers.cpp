// SPDX-License-Identifier: Apache-2.0
#include "programme/peers.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>

#include "domain/date.hpp"
#include "koinon/error.hpp"
#include "programme/b_matching.hpp"

namespace koinon::programme {

namespace {

using Codes = std::vector<std::string>;
using Numbers = std::vector<std::uint32_t>;  // sorted, each once

constexpr double greatest_weight = 1000;
constexpr std::size_t greatest_load = 1000;

std::int64_t thousandths(double weight) {
  return std::llround(weight * 1000);
}

// Codes as numbers in the order of the codes.
class Numbering {
 public:
  void know(const std::string& code) { numbers_.emplace(code, 0); }
  void settle() {
    std::uint32_t next = 0;
    for (auto& [code, number] : numbers_) {
      number = next++;
      codes_.push_back(code);
    }
  }
  std::uint32_t number(const std::string& code) const { return numbers_.at(code); }
  const std::string& code(std::uint32_t number) const { return codes_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(codes_.size()); }

 private:
  std::map<std::string, std::uint32_t> numbers_;
  Codes codes_;
};

Numbers common(const Numbers& one, const Numbers& other) {
  Numbers both;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                        std::back_inserter(both));
  return both;
}

std::size_t count_common(const Numbers& one, const Numbers& other) {
  std::size_t count = 0;
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end();) {
    if (*a < *b) {
      ++a;
    } else if (*b < *a) {
      ++b;
    } else {
      ++count;
      ++a;
      ++b;
    }
  }
  return count;
}

struct Side {
  Numbers countries;
  Numbers languages;
  Numbers offers;
  Numbers seeks;
};

// What stands in the way of a giver and a taker.
enum class Bar { None, SameCountry, NoLanguage };

class Pairing {
 public:
  Pairing(const std::vector<PeerParty>& parties, const PeersRequest& request, const Task& task)
      : parties_(parties),
        request_(request),
        task_(task),
        wanted_(request.themes.begin(), request.themes.end()) {
    number();
  }

  PeersAnswer answer() {
    PeersAnswer answer;
    answer.peers.resize(parties_.size());
    find_pairs(answer);
    problem_.givers = problem_.takers = static_cast<std::uint32_t>(parties_.size());
    problem_.most_given = static_cast<std::uint32_t>(request_.most_given);
    problem_.most_taken = static_cast<std::uint32_t>(request_.most_taken);
    problem_.balanced = request_.balanced;
    const auto places = matched_pairs(problem_, [&](std::size_t pairs) { return go_on(pairs); });
    stop_if_cancelled();
    answer.possible = problem_.pairs.size();
    for (const std::size_t place : places) show(problem_.pairs[place], answer);
    std::sort(answer.pairs.begin(), answer.pairs.end(), [](const PeerPair& a, const PeerPair& b) {
      return std::pair(a.giver, a.taker) < std::pair(b.giver, b.taker);
    });
    describe(answer);
    return answer;
  }

 private:
  bool passes(const std::string& theme) const {
    return wanted_.empty() || wanted_.count(theme) > 0;
  }

  static Numbers numbers_of(const Codes& codes, const Numbering& numbering) {
    Numbers numbers;
    for (const std::string& code : codes) numbers.push_back(numbering.number(code));
    return numbers;
  }

  Numbers themes_of(const std::vector<Stated>& stated) const {
    std::set<std::uint32_t> numbers;
    for (const Stated& one : stated) {
      if (passes(one.theme)) numbers.insert(themes_.number(one.theme));
    }
    return {numbers.begin(), numbers.end()};
  }

  void number() {
    for (const PeerParty& party : parties_) {
      for (const auto* stated : {&party.offers, &party.seeks}) {
        for (const Stated& one : *stated) {
          if (passes(one.theme)) themes_.know(one.theme);
        }
      }
      for (const std::string& code : party.countries) countries_.know(code);
      for (const std::string& code : party.languages) languages_.know(code);
    }
    themes_.settle();
    countries_.settle();
    languages_.settle();
    for (const PeerParty& party : parties_) {
      sides_.push_back({numbers_of(party.countries, countries_),
                        numbers_of(party.languages, languages_), themes_of(party.offers),
                        themes_of(party.seeks)});
    }
  }

  Bar bar(const Side& giver, const Side& taker) const {
    // Where a country is not told, nobody knows that it is another.
    if (request_.across_borders && (giver.countries.empty() || taker.countries.empty() ||
                                    count_common(giver.countries, taker.countries) > 0))
      return Bar::SameCountry;
    if (request_.common_language && count_common(giver.languages, taker.languages) == 0)
      return Bar::NoLanguage;
    return Bar::None;
  }

  std::int64_t weight(const Side& giver, const Side& taker, std::size_t themes) const {
    const std::size_t spoken = count_common(giver.languages, taker.languages);
    return thousandths(request_.theme_weight) * static_cast<std::int64_t>(themes) +
           thousandths(request_.back_weight) *
               static_cast<std::int64_t>(count_common(taker.offers, giver.seeks)) +
           thousandths(request_.language_weight) *
               static_cast<std::int64_t>(spoken > 0 ? spoken - 1 : 0);
  }

  void find_pairs(PeersAnswer& answer) {
    std::vector<Numbers> seeking(themes_.size());
    for (std::uint32_t p = 0; p < parties_.size(); ++p) {
      for (const std::uint32_t theme : sides_[p].seeks) seeking[theme].push_back(p);
    }
    bars_.assign(parties_.size(), 0);
    std::vector<std::uint32_t> themes(parties_.size(), 0);
    for (std::uint32_t giver = 0; giver < parties_.size(); ++giver) {
      stop_if_cancelled();
      Numbers takers;
      for (const std::uint32_t theme : sides_[giver].offers) {
        for (const std::uint32_t taker : seeking[theme]) {
          if (taker != giver && themes[taker]++ == 0) takers.push_back(taker);
        }
      }
      std::sort(takers.begin(), takers.end());
      for (const std::uint32_t taker : takers) {
        const Bar found = bar(sides_[giver], sides_[taker]);
        bars_[taker] |= 1U << static_cast<unsigned>(found);
        if (found == Bar::None) {
          ++answer.peers[taker].could_take;
          const std::int64_t worth = weight(sides_[giver], sides_[taker], themes[taker]);
          problem_.pairs.push_back({giver, taker, std::max<std::int64_t>(worth, 1)});
        }
        themes[taker] = 0;
      }
    }
  }

  void show(const PossiblePair& pair, PeersAnswer& answer) const {
    const Side& giver = sides_[pair.giver];
    const Side& taker = sides_[pair.taker];
    PeerPair shown;
    shown.giver = pair.giver;
    shown.taker = pair.taker;
    shown.weight = static_cast<double>(pair.weight) / 1000;
    for (const std::uint32_t theme : common(giver.offers, taker.seeks))
      shown.themes.push_back(themes_.code(theme));
    for (const std::uint32_t theme : common(taker.offers, giver.seeks))
      shown.back.push_back(themes_.code(theme));
    for (const std::uint32_t language : common(giver.languages, taker.languages))
      shown.languages.push_back(languages_.code(language));
    std::set<std::string> offers;
    const auto take = [&](const std::vector<Stated>& stated, const Codes& themes) {
      for (const Stated& one : stated) {
        if (!one.offer.empty() && std::binary_search(themes.begin(), themes.end(), one.theme))
          offers.insert(one.offer);
      }
    };
    take(parties_[pair.giver].offers, shown.themes);
    take(parties_[pair.taker].seeks, shown.themes);
    take(parties_[pair.taker].offers, shown.back);
    take(parties_[pair.giver].seeks, shown.back);
    shown.offers.assign(offers.begin(), offers.end());
    ++answer.peers[pair.giver].gives;
    ++answer.peers[pair.taker].takes;
    answer.pairs.push_back(std::move(shown));
  }

  std::string why_unpaired(std::uint32_t taker) const {
    const auto met = [&](Bar bar) {
      return (bars_[taker] >> static_cast<unsigned>(bar) & 1U) != 0;
    };
    if (met(Bar::None)) return "full";
    if (met(Bar::NoLanguage)) return "no-language";
    if (met(Bar::SameCountry)) return "same-country";
    return "no-offer";
  }

  void describe(PeersAnswer& answer) const {
    bool any = false;
    std::int64_t all = 0;
    for (const PeerPair& pair : answer.pairs) all += thousandths(pair.weight);
    answer.weight = static_cast<double>(all) / 1000;
    for (std::uint32_t p = 0; p < parties_.size(); ++p) {
      Peer& peer = answer.peers[p];
      peer.id = parties_[p].id;
      peer.name = parties_[p].name;
      peer.countries = parties_[p].countries;
      peer.languages = parties_[p].languages;
      if (!sides_[p].seeks.empty() && peer.takes == 0)
        answer.unpaired.push_back({p, why_unpaired(p)});
      if (peer.could_take == 0) continue;
      answer.least_taken = any ? std::min(answer.least_taken, peer.takes) : peer.takes;
      any = true;
    }
  }

  bool go_on(std::size_t pairs) {
    if (task_.cancel.cancelled()) return false;
    const auto now = std::chrono::steady_clock::now();
    if (task_.progress && now - last_ >= std::chrono::milliseconds(100)) {
      last_ = now;
      task_.progress(Progress{"peers", pairs, 0});
    }
    return true;
  }

  void stop_if_cancelled() const {
    if (task_.cancel.cancelled()) throw Error(ErrorCode::Cancelled, "peers was cancelled");
  }

  const std::vector<PeerParty>& parties_;
  const PeersRequest& request_;
  const Task& task_;
  std::set<std::string> wanted_;
  Numbering themes_;
  Numbering countries_;
  Numbering languages_;
  std::vector<Side> sides_;
  std::vector<std::uint8_t> bars_;  // of takers: which they met with any giver
  MatchingProblem problem_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace

void check(const PeersRequest& request) {
  std::vector<Violation> violations;
  const auto hold = [&](double weight, const char* path) {
    if (!(weight >= 0 && weight <= greatest_weight))
      violations.push_back({path, "out_of_range", "is from 0 to 1,000"});
  };
  hold(request.theme_weight, "theme_weight");
  hold(request.back_weight, "back_weight");
  hold(request.language_weight, "language_weight");
  if (request.most_given > greatest_load)
    violations.push_back({"most_given", "out_of_range", "is from 0 to 1,000"});
  if (request.most_taken > greatest_load)
    violations.push_back({"most_taken", "out_of_range", "is from 0 to 1,000"});
  if (request.as_of && !domain::is_valid(request.as_of))
    violations.push_back({"as_of", "bad_date", "there is no such day"});
  if (violations.empty()) return;
  std::string message = "the request cannot be answered:";
  for (const Violation& each : violations) message += " " + each.path + " " + each.message + ";";
  message.back() = '.';
  throw Error(ErrorCode::InvalidArgument, message, std::move(violations));
}

PeersAnswer pair_peers(const std::vector<PeerParty>& parties, const PeersRequest& request,
                       const Task& task) {
  return Pairing(parties, request, task).answer();
}

}  // namespace koinon::programme
