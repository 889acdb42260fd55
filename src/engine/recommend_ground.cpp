// SPDX-License-Identifier: Apache-2.0
#include "engine/recommend_ground.hpp"

#include <algorithm>
#include <limits>

#include "domain/date.hpp"
#include "engine/rules.hpp"

namespace koinon::engine {

namespace {

// A topic's code begins with what it is, so that a theme and a programme of one name are two.
constexpr const char* theme_mark = "theme ";
constexpr const char* group_mark = "target-group ";
constexpr const char* programme_mark = "programme ";
constexpr const char* tag_mark = "tag ";

void add_all(std::vector<std::string>& topics, const char* mark,
             const std::vector<std::string>& codes) {
  for (const std::string& code : codes) topics.push_back(mark + code);
}

void add_tags(std::vector<std::string>& topics, const std::vector<Tag>& tags) {
  for (const Tag& tag : tags) topics.push_back(tag_mark + tag.scheme + ' ' + tag.value);
}

std::vector<std::uint16_t> narrowed(const std::vector<std::uint32_t>& numbers) {
  std::vector<std::uint16_t> narrow;
  narrow.reserve(numbers.size());
  // Past 65,535 codes, of which no vocabulary has so many, the rest are not told apart.
  for (const std::uint32_t number : numbers)
    narrow.push_back(static_cast<std::uint16_t>(
        number <= std::numeric_limits<std::uint16_t>::max() ? number : 0));
  return narrow;
}

}  // namespace

std::string theme_topic(const std::string& theme) {
  return theme_mark + theme;
}

std::vector<std::string> work_topics(const Record& record) {
  std::vector<std::string> topics;
  if (const auto* project = std::get_if<Project>(&record)) {
    add_all(topics, theme_mark, project->themes);
    if (!project->programme.empty()) topics.push_back(programme_mark + project->programme);
    add_tags(topics, project->tags);
  } else if (const auto* study = std::get_if<CaseStudy>(&record)) {
    add_all(topics, theme_mark, study->themes);
    add_all(topics, group_mark, study->target_groups);
    add_tags(topics, study->tags);
  }
  return topics;
}

std::vector<std::string> call_topics(const Call& call) {
  std::vector<std::string> topics;
  add_all(topics, theme_mark, call.themes);
  if (!call.programme.empty()) topics.push_back(programme_mark + call.programme);
  add_tags(topics, call.tags);
  return topics;
}

std::vector<std::string> organisations_of(const Record& record) {
  std::vector<std::string> ids;
  const std::vector<Participation>* participations = nullptr;
  if (const auto* project = std::get_if<Project>(&record))
    participations = &project->participations;
  if (const auto* study = std::get_if<CaseStudy>(&record)) {
    participations = &study->participations;
    if (!study->lead_organisation.empty()) ids.push_back(study->lead_organisation);
  }
  if (!participations) return ids;
  for (const Participation& one : *participations) {
    if (std::find(ids.begin(), ids.end(), one.organisation) == ids.end())
      ids.push_back(one.organisation);
  }
  return ids;
}

std::uint32_t RecommendGround::Codes::number(const std::string& code) {
  const auto [place, fresh] = numbers.emplace(code, static_cast<std::uint32_t>(codes.size()));
  if (fresh) codes.push_back(code);
  return place->second;
}

RecommendGround::RecommendGround(const Sources& sources, const graph::CodeSets& topics,
                                 std::int32_t day) {
  (void)countries_.number("");
  (void)kinds_.number("");
  std::vector<std::uint32_t> countries;
  std::vector<std::uint32_t> kinds;
  for (const std::string& code : sources.countries) countries.push_back(countries_.number(code));
  for (const std::string& code : sources.kinds) kinds.push_back(kinds_.number(code));
  const std::vector<std::uint16_t> country_numbers = narrowed(countries);
  const std::vector<std::uint16_t> kind_numbers = narrowed(kinds);

  std::vector<std::uint32_t> work_offsets{0};
  std::vector<std::uint32_t> work_list;
  for (std::uint32_t work = 0; work < sources.graph.work_count(); ++work) {
    if (!sources.graph.members_of(work).empty()) {
      for (const std::string& code : topics.of(work)) work_list.push_back(topics_.number(code));
    }
    work_offsets.push_back(static_cast<std::uint32_t>(work_list.size()));
  }
  std::vector<std::uint32_t> offer_offsets{0};
  std::vector<std::uint32_t> offers;
  for (const auto& own : sources.offers) {
    for (const std::string& theme : own) offers.push_back(topics_.number(theme_topic(theme)));
    offer_offsets.push_back(static_cast<std::uint32_t>(offers.size()));
  }
  for (const auto& own : sources.seeks) {
    seeks_.emplace_back();
    for (const std::string& theme : own)
      seeks_.back().push_back(topics_.number(theme_topic(theme)));
  }
  graph::Bitmap leading(sources.roles.size());
  for (std::size_t role = 0; role < sources.roles.size(); ++role) {
    if (sources.roles[role] == "coordinator" || sources.roles[role] == "lead") leading.set(role);
  }
  partners::CollaborationData data{sources.graph, country_numbers, kind_numbers, work_offsets,
                                   work_list,     offer_offsets,   offers,       &leading};
  data.today = domain::last_day(today());
  const bool now = day == graph::unknown_to;
  past_ = std::make_unique<const partners::PastWork>(data, day, now);
  tell_capabilities(sources);
  for (std::uint32_t member = 0; member < past_->member_count(); ++member) {
    const bool recorded = member < sources.recorded.size() && sources.recorded[member];
    if (past_->known(member) || (now && recorded)) nameable_.set(member);
  }
}

// What somebody seeks has a number though nobody states it: it is sought all the same.
void RecommendGround::tell_capabilities(const Sources& sources) {
  const auto members = std::min<std::size_t>(past_->member_count(), sources.capabilities.size());
  for (std::uint32_t member = 0; member < members; ++member) {
    for (const std::string& code : sources.capabilities[member]) {
      const std::uint32_t capability = capabilities_.number(code);
      if (members_able_.size() <= capability) members_able_.emplace_back();
      members_able_[capability].push_back(member);
    }
  }
  for (const auto& own : sources.seeks) {
    capabilities_sought_.emplace_back();
    for (const std::string& code : own)
      capabilities_sought_.back().push_back(capabilities_.number(code));
  }
  members_able_.resize(capabilities_.codes.size());
}

std::optional<std::uint32_t> RecommendGround::capability(const std::string& code) const {
  const auto known = capabilities_.numbers.find(code);
  if (known == capabilities_.numbers.end()) return std::nullopt;
  return known->second;
}

std::span<const std::uint32_t> RecommendGround::members_able(
    std::uint32_t capability) const noexcept {
  return members_able_[capability];
}

bool RecommendGround::able(std::uint32_t member, std::uint32_t capability) const {
  const auto able = members_able(capability);
  return std::binary_search(able.begin(), able.end(), member);
}

std::span<const std::uint32_t> RecommendGround::capabilities_sought(
    std::uint32_t member) const noexcept {
  if (member >= capabilities_sought_.size()) return {};
  return capabilities_sought_[member];
}

graph::Bitmap RecommendGround::members_on(const std::vector<std::string>& topics) const {
  graph::Bitmap found(past_->member_count());
  for (const std::uint32_t topic : topics_of(topics)) {
    for (const partners::MemberWeight& one : past_->members_on(topic)) found.set(one.member);
  }
  return found;
}

std::vector<std::uint32_t> RecommendGround::topics_of(
    const std::vector<std::string>& topics) const {
  std::vector<std::uint32_t> numbers;
  for (const std::string& code : topics) {
    const auto known = topics_.numbers.find(code);
    if (known != topics_.numbers.end()) numbers.push_back(known->second);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

std::vector<std::uint32_t> RecommendGround::sought_by(
    const std::vector<std::uint32_t>& members) const {
  std::vector<std::uint32_t> all;
  for (const std::uint32_t member : members) {
    // What somebody works on tells more than what it says that it seeks.
    if (past_->known(member)) continue;
    if (member < seeks_.size()) all.insert(all.end(), seeks_[member].begin(), seeks_[member].end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string RecommendGround::topic_shown(std::uint32_t topic) const {
  const std::string& code = topics_.codes[topic];
  for (const std::string mark : {theme_mark, group_mark, programme_mark, tag_mark}) {
    if (code.compare(0, mark.size(), mark) == 0) return code.substr(mark.size());
  }
  return code;
}

}  // namespace koinon::engine
