// SPDX-License-Identifier: Apache-2.0
//
// The signals by which candidates are ranked, all of them functions of PastWork and of who is asked
// for. Each is a small number of a stated meaning, so that what a model does with it can be told.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "partners/partner_walk.hpp"
#include "partners/past_work.hpp"

namespace koinon::partners {

/// Whom partners are sought for.
struct Asked {
  std::vector<std::uint32_t> members;  // each once; may be without past work, or none
  bool gap = false;   // false: new partners of the first; true: who fills a gap among all
  bool lead = false;  // the gap is that of who leads
  std::vector<std::uint32_t> topics;  // sought, each once; none: the members' own past topics
  /// Added to the scores of some, by member, each once: what is known beside past work, of which no
  /// model can have learnt.
  std::vector<MemberWeight> gains;
};

/// log is ln(1 + x); decayed sums are PastWork's. "Bridges" are those who worked with the asked; u
/// of a bridge is the decayed works shared with them over ln(2 + its partners), after L. Adamic and
/// E. Adar, Social Networks 25, 211-230, 2003; x of a work is the sum of u of the bridges in it, k
/// its members, n the bridges (with ties of their own: the asked) in it. Works of the asked
/// themselves are not gone through for bridges.
enum class Signal : std::uint8_t {
  // Of the candidate alone: PastWork::own_values().
  Steady,     // log of steady works
  Recent,     // log of 4 · recent works
  Places,     // log of places
  Partners,   // log of different partners
  Led,        // steady works led / (steady works + 0.5)
  Alone,      // log of works alone
  Running,    // log of works not yet ended
  Last,       // exp(-years since the latest work)
  OnlyAlone,  // 1: no work with others
  Few,        // 1: one or two works with others
  MeanSize,   // log of places / (steady works + 0.1)
  Novelty,    // partners / (partners + 2 · places + 1): how seldom it comes back to the same
  // Ties with the asked.
  Direct,        // log of 4 · sum of n · steady
  DirectRecent,  // log of 8 · sum of n · recent
  Acquainted,    // share of the asked that it has worked with
  Triples,       // log of sum of n (n - 1) · steady: works with several of the asked at once
  Overlap,       // most of the asked in one work with it / the asked
  DirectNorm,    // log of 20 · sum of n · steady / (k - 1)
  // Ties with their partners; per asked where it says "each".
  Bridge,        // log of 4 · sum of steady · x, each
  BridgeNorm,    // log of 20 · sum of steady · x / (k - 1), each
  BridgeSquare,  // log of sum of steady · n²
  BridgeDense,   // most of n / k
  BridgeRecent,  // log of 20 · sum of recent · x, with recent works in u too, each
  Common,        // log of different bridges
  BridgeShare,   // sum of steady · n / (places + 1)
  BridgePlaces,  // log of sum of steady · n
  NoBridge,      // 1: neither a tie nor a bridge
  Third,         // log of 100 · what comes of one step of a walk more, by shares of works
  // Topics.
  TopicActivity,  // log of 4 · decayed works on the topics sought, by their shares
  TopicLikeness,  // cosine of its topics and those sought
  TopicLift,      // log of 300 · the same as shares of all that was done on each topic
  // Country and kind: means over the asked.
  CountryLift,
  CountrySame,
  KindLift,
  KindSame,
  CountryNew,  // with a gap: 1: of a country that none of the asked is of
  KindNew,
  CountryMet,  // ln of how much oftener the asked met its country than all did, drawn towards 0
  KindMet,
  // Against the asked.
  WantsLeader,   // Led, where who leads is sought
  SizeLike,      // -(difference of MeanSize)², at least -4
  ActivityLike,  // -(difference of Steady)², at least -4
  StartLike,     // -(difference of years since the latest work)², at least -4
  // Of the asked alone: the same for all candidates, but others mean more or less beside them.
  AskedWorks,  // log of the mean of works with others
  AskedSize,   // log of how many are asked for
  AskedAlone,  // mean log of works alone
};
inline constexpr std::size_t signals = 46;
using SignalValues = std::array<float, signals>;

/// What sums by bridges are multiplied with before the logarithm, in the order of
/// PartnerWalk::Part.
Lanes bridged_scales(float each);

/// "topic-likeness": as weights and documents name it.
std::string_view signal_code(Signal signal);

/// What is told of a candidate, in groups of signals.
enum class Ground : std::uint8_t { Shared, Bridges, Themes, Country, Kind, Activity, Leads };
inline constexpr std::size_t grounds = 7;
Ground ground_of(Signal signal);

/// Computes signals, for one question at a time. Keeps its working memory between questions (that
/// of PartnerWalk and 4 bytes per member, which are cleared as a whole). One per thread.
class SignalFinder {
 public:
  /// Takes a question up. `past` and `asked` must live until the next. Members not below
  /// past.member_count() are not known and count for nothing. O(as PartnerWalk::begin() + members
  /// on the topics).
  void begin(const PastWork& past, const Asked& asked);

  const PartnerWalk& walk() const noexcept { return walk_; }
  bool is_asked(std::uint32_t member) const noexcept { return walk_.is_asked(member); }
  /// Whether a member has worked with the asked.
  bool has_tie(std::uint32_t member) const noexcept {
    const std::uint32_t tied = past_->ties().number(member);
    return tied != TyingWorks::none && walk_.is_bridge(tied);
  }
  /// Of those asked for who are known.
  float asked_count() const noexcept { return asked_count_; }  // at least 1

  // Parts of the values that are cheap for all candidates at once.
  std::span<const float> topic_activity() const noexcept { return topic_activity_; }  // of members
  /// The length of topics(), which with that of a member's makes its likeness of its activity.
  float topic_length() const noexcept { return topic_length_; }
  std::span<const float> country_lifts() const noexcept { return country_lifts_; }  // by code
  std::span<const float> country_shares() const noexcept { return country_shares_; }
  std::span<const float> countries_met() const noexcept { return countries_met_; }
  std::span<const float> kinds_met() const noexcept { return kinds_met_; }
  std::span<const float> kind_lifts() const noexcept { return kind_lifts_; }
  std::span<const float> kind_shares() const noexcept { return kind_shares_; }
  /// The topics that candidates are held against, with their shares, by topic.
  std::span<const TopicWeight> topics() const noexcept { return topics_; }

  /// All signals of a candidate. O(as PartnerWalk::beyond() + its topics).
  void values(std::uint32_t member, SignalValues& values);

 private:
  void tie_values(const PartnerWalk::Shared& shared, SignalValues& values) const;
  void reach_values(std::uint32_t member, SignalValues& values);
  void topic_values(std::uint32_t member, SignalValues& values) const;
  void place_values(std::uint32_t member, SignalValues& values) const;
  void meet_places();
  void weigh_topics();
  void hold_against_topics();
  void weigh_places();
  void weigh_met();
  void describe_asked();

  const PastWork* past_ = nullptr;
  const Asked* asked_ = nullptr;
  float asked_count_ = 1;
  PartnerWalk walk_;
  std::vector<TopicWeight> topics_;
  std::vector<float> topic_lifts_;  // by topic
  float topic_length_ = 0;
  std::vector<float> topic_activity_;  // by member
  std::vector<float> country_lifts_;
  std::vector<float> country_shares_;
  std::vector<float> kind_lifts_;
  std::vector<float> kind_shares_;
  std::vector<float> countries_met_;
  std::vector<float> kinds_met_;
  SignalValues of_asked_{};  // Steady, MeanSize and Last as their means, and what is of them alone
};

}  // namespace koinon::partners
