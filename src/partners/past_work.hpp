// SPDX-License-Identifier: Apache-2.0
//
// What is known by a day of who worked with whom, how lately and on what: the ground that
// recommendations stand on. Nothing that began on the day or later is in it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/affiliations.hpp"
#include "graph/bitmap.hpp"
#include "graph/dynamic_incidence.hpp"
#include "partners/tying_works.hpp"

namespace koinon::partners {

/// The network and what is told of its vertices. It owns nothing. Codes are the caller's numbers,
/// small and dense, with 0 for what is not told; spans may be shorter than the network, and what
/// lies past their end is not told.
struct CollaborationData {
  graph::IncidenceView graph;
  std::span<const std::uint16_t> countries;      // of members
  std::span<const std::uint16_t> kinds;          // of members
  std::span<const std::uint32_t> topic_offsets;  // of works: topics [o[w], o[w + 1])
  std::span<const std::uint32_t> topics;
  std::span<const std::uint32_t> claim_offsets;  // of members: what they say that they do
  std::span<const std::uint32_t> claims;         // topics
  const graph::Bitmap* leading = nullptr;        // roles of who leads a work; null: none is known
  std::int32_t today = graph::unknown_to;        // what begins after it is only planned
};

/// A topic and how much of it.
struct TopicWeight {
  std::uint32_t topic = 0;
  float weight = 0;
};

/// A member and how much of a topic is its.
struct MemberWeight {
  std::uint32_t member = 0;
  float weight = 0;
};

/// How a member has worked. Sums are over its works of two and more members, each counted
/// 2^(-age / half-life).
struct Activity {
  std::uint32_t works = 0;  // of two and more, without decay
  std::uint32_t alone = 0;  // of its own
  float steady = 0;         // half-life `steady_years`
  float recent = 0;         // half-life `recent_years`
  float places = 0;         // steady, each work counted with the other members in it
  float led = 0;            // steady, of those that it leads
  std::uint32_t leads = 0;  // the same without decay
  float running = 0;        // not yet ended, undecayed
  float partners = 0;       // different ones
  float last_years = 0;     // since the latest began
};

/// A country and a kind that some member has together.
struct Origin {
  std::uint16_t country = 0;
  std::uint16_t kind = 0;
};

/// How many signals are of a member alone: the first of Signal.
inline constexpr std::size_t own_signals = 12;

/// The tables that signals are computed from. Immutable: any number of threads may read one.
class PastWork {
 public:
  static constexpr double steady_years = 2.0;
  static constexpr double recent_years = 0.5;
  static constexpr double undated_years = 5.0;       // the age of what has no date
  static constexpr std::uint32_t largest_work = 60;  // larger ones make no ties

  /// Of what began before `day`. `undated`: whether rows without a start are in. Works of more than
  /// `largest_work` members make no ties, but count as activity. O(rows + sum of squares of the
  /// members of works + codes of countries squared).
  PastWork(const CollaborationData& data, std::int32_t day, bool undated);

  std::uint32_t member_count() const noexcept { return all_.member_count(); }
  std::uint32_t work_count() const noexcept { return all_.work_count(); }

  /// Works of a member, and members of a work, that were there. Works of more than `largest_work`
  /// members are among them: ask makes_ties().
  std::span<const std::uint32_t> works_of(std::uint32_t member) const noexcept {
    return all_.works_of(member);
  }
  std::span<const std::uint32_t> members_of(std::uint32_t work) const noexcept {
    return all_.members_of(work);
  }
  bool makes_ties(std::uint32_t work) const noexcept { return tying_[work] != 0; }
  /// Those that do: what is walked over.
  const TyingWorks& ties() const noexcept { return ties_; }

  /// 2^(-age / half-life) of a work.
  float steady(std::uint32_t work) const noexcept { return steady_[work]; }
  float recent(std::uint32_t work) const noexcept { return recent_[work]; }

  /// Whether a member had any work by then.
  bool known(std::uint32_t member) const noexcept { return !works_of(member).empty(); }
  const Activity& activity(std::uint32_t member) const noexcept { return activities_[member]; }
  /// The signals that are of a member alone (see Signal), which ask nothing of who is asked for.
  const std::array<float, own_signals>& own_values(std::uint32_t member) const noexcept {
    return own_values_[member];
  }
  std::uint16_t country(std::uint32_t member) const noexcept { return countries_[member]; }
  std::uint16_t kind(std::uint32_t member) const noexcept { return kinds_[member]; }
  /// The different pairs of both, and of each member which of them is its own.
  std::span<const Origin> origins() const noexcept { return origins_; }
  std::span<const std::uint32_t> origin_numbers() const noexcept { return origin_numbers_; }
  /// ln(2 + different partners).
  float partners_log(std::uint32_t member) const noexcept { return partners_logs_[member]; }

  /// The topics of a member's works, decayed, a work's one unit shared among its topics, and what
  /// it claims, a unit each; all times how telling a topic is, ln(works / works on it), so that one
  /// that all works have tells nothing. By topic.
  std::span<const TopicWeight> topics_of(std::uint32_t member) const noexcept {
    return {profiles_.data() + profile_offsets_[member],
            profiles_.data() + profile_offsets_[std::size_t{member} + 1]};
  }
  /// Who worked on a topic, by member; empty for one that is not known.
  std::span<const MemberWeight> members_on(std::uint32_t topic) const noexcept;
  /// Euclidean length of topics_of().
  float topic_length(std::uint32_t member) const noexcept { return lengths_[member]; }
  /// By member: 1 / topic_length(), and 0 where there are no topics or next to nothing of them.
  std::span<const float> topic_shares() const noexcept { return topic_shares_; }
  /// The sum of the weights of a topic over all members.
  float topic_total(std::uint32_t topic) const noexcept;
  std::size_t topic_count() const noexcept { return topic_weights_.size(); }
  /// How telling a topic is; 0 for one that is not known.
  float topic_weight(std::uint32_t topic) const noexcept {
    return topic < topic_weights_.size() ? topic_weights_[topic] : 0.0F;
  }

  /// Tells this table from every other of the process.
  std::uint64_t number() const noexcept { return number_; }

  /// ln of how much oftener two countries (kinds) met than by chance, by decayed places, drawn
  /// towards 0 where little was seen; 0 for what is not told.
  float country_lift(std::uint16_t a, std::uint16_t b) const noexcept {
    return country_lifts_[a * country_codes_ + b];
  }
  float kind_lift(std::uint16_t a, std::uint16_t b) const noexcept {
    return kind_lifts_[a * kind_codes_ + b];
  }
  /// Which share of all meetings a country (kind) has a part in; 0 for what is not told.
  float country_share(std::uint16_t code) const noexcept { return country_shares_[code]; }
  float kind_share(std::uint16_t code) const noexcept { return kind_shares_[code]; }
  std::size_t country_codes() const noexcept { return country_codes_; }
  std::size_t kind_codes() const noexcept { return kind_codes_; }

 private:
  void place(const CollaborationData& data);
  void date(const CollaborationData& data, std::int32_t day, bool undated);
  void count(const CollaborationData& data, std::int32_t day, bool undated);
  void profile(const CollaborationData& data);
  void meet();

  graph::Affiliations all_;
  TyingWorks ties_;
  std::int32_t now_ = 0;
  std::vector<std::uint8_t> tying_;
  std::vector<float> steady_;
  std::vector<float> recent_;
  std::vector<float> ages_;  // of works, in years
  std::vector<Activity> activities_;
  std::vector<std::array<float, own_signals>> own_values_;
  std::vector<std::uint16_t> countries_;
  std::vector<std::uint16_t> kinds_;
  std::vector<Origin> origins_;
  std::vector<std::uint32_t> origin_numbers_;
  std::vector<float> partners_logs_;
  std::vector<std::size_t> profile_offsets_;
  std::vector<TopicWeight> profiles_;
  std::vector<float> lengths_;
  std::vector<float> topic_shares_;
  std::vector<std::size_t> topic_offsets_;
  std::vector<MemberWeight> topic_members_;
  std::vector<float> topic_totals_;
  std::vector<float> topic_weights_;
  std::uint64_t number_ = 0;
  std::size_t country_codes_ = 1;
  std::size_t kind_codes_ = 1;
  std::vector<float> country_lifts_;
  std::vector<float> kind_lifts_;
  std::vector<float> country_shares_;
  std::vector<float> kind_shares_;
};

}  // namespace koinon::partners
