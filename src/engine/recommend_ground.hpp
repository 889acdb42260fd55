// SPDX-License-Identifier: Apache-2.0
//
// What recommendation knows of a catalogue by a day: codes as numbers, and the tables of past work.
// Made when first asked for after a write, and kept for the questions that follow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/bitmap.hpp"
#include "graph/code_sets.hpp"
#include "graph/dynamic_incidence.hpp"
#include "koinon/records.hpp"
#include "partners/past_work.hpp"

namespace koinon::engine {

/// The topic that a theme is.
std::string theme_topic(const std::string& theme);
/// What a case study or project, or a call, is about: its themes, target groups, programme and
/// tags, told apart by what they are.
std::vector<std::string> work_topics(const Record& record);
std::vector<std::string> call_topics(const Call& call);
/// Who takes part in a case study or project.
std::vector<std::string> organisations_of(const Record& record);

class RecommendGround {
 public:
  struct Sources {
    graph::IncidenceView graph;
    const std::vector<std::string>& roles;  // codes of the graph's roles
    // Of each member:
    std::vector<std::string> countries;
    std::vector<std::string> kinds;
    std::vector<bool> recorded;  // has a record of its own, and speaks for its group
    std::vector<std::vector<std::string>> offers;  // theme codes
    std::vector<std::vector<std::string>> seeks;
    std::vector<std::vector<std::string>> capabilities;  // as codes, sorted
  };

  /// `topics`: of works, as work_topics() tells them. What began before `day` is in; without one
  /// (graph::unknown_to) all is, undated rows too.
  RecommendGround(const Sources& sources, const graph::CodeSets& topics, std::int32_t day);

  const partners::PastWork& past() const noexcept { return *past_; }

  /// Those with work by then; without a day also those that have no more than a record.
  const graph::Bitmap& nameable() const noexcept { return nameable_; }
  /// Those that have worked on any of some topics, or offer it.
  graph::Bitmap members_on(const std::vector<std::string>& topics) const;

  const std::string& country(std::uint32_t member) const noexcept {
    return countries_.codes[past_->country(member)];
  }
  const std::string& kind(std::uint32_t member) const noexcept {
    return kinds_.codes[past_->kind(member)];
  }
  const std::vector<std::string>& country_codes() const noexcept { return countries_.codes; }
  const std::vector<std::string>& kind_codes() const noexcept { return kinds_.codes; }

  /// Numbers of topics; those that nobody worked on or offers are left out.
  std::vector<std::uint32_t> topics_of(const std::vector<std::string>& topics) const;
  /// What those of some organisations say they seek that have no work yet.
  std::vector<std::uint32_t> sought_by(const std::vector<std::uint32_t>& members) const;

  // Capabilities by number, of those that somebody states or seeks.
  std::optional<std::uint32_t> capability(const std::string& code) const;
  const std::string& capability_code(std::uint32_t capability) const noexcept {
    return capabilities_.codes[capability];
  }
  /// Who states one, by member. O(1).
  std::span<const std::uint32_t> members_able(std::uint32_t capability) const noexcept;
  bool able(std::uint32_t member, std::uint32_t capability) const;
  /// What a member seeks, as capabilities.
  std::span<const std::uint32_t> capabilities_sought(std::uint32_t member) const noexcept;

  /// "housing" of a theme, "h2020:programme-part SC4" of a tag.
  std::string topic_shown(std::uint32_t topic) const;

 private:
  struct Codes {
    std::vector<std::string> codes;
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::uint32_t number(const std::string& code);
  };

  Codes countries_;
  Codes kinds_;
  Codes topics_;
  void tell_capabilities(const Sources& sources);

  Codes capabilities_;
  std::vector<std::vector<std::uint32_t>> members_able_;         // by capability
  std::vector<std::vector<std::uint32_t>> capabilities_sought_;  // by member
  graph::Bitmap nameable_;
  std::vector<std::vector<std::uint32_t>> seeks_;
  std::unique_ptr<const partners::PastWork> past_;
};

/// Grounds by change, day and form of the graph. Threads: any, at once; two that miss the same one
/// both make it.
class KeptGrounds {
 public:
  template <class Make>
  std::shared_ptr<const RecommendGround> find(std::uint64_t change, std::int32_t day, bool merged,
                                              Make&& make) {
    {
      const std::lock_guard lock(mutex_);
      for (const Kept& kept : kept_) {
        if (kept.change == change && kept.day == day && kept.merged == merged) return kept.ground;
      }
    }
    std::shared_ptr<const RecommendGround> ground = make();
    const std::lock_guard lock(mutex_);
    std::erase_if(kept_, [&](const Kept& kept) { return kept.change != change; });
    if (kept_.size() >= most_kept) kept_.erase(kept_.begin());
    kept_.push_back({change, day, merged, ground});
    return ground;
  }

 private:
  static constexpr std::size_t most_kept = 4;
  struct Kept {
    std::uint64_t change = 0;
    std::int32_t day = 0;
    bool merged = false;
    std::shared_ptr<const RecommendGround> ground;
  };
  std::mutex mutex_;
  std::vector<Kept> kept_;
};

}  // namespace koinon::engine
