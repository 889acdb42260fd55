// SPDX-License-Identifier: Apache-2.0
#include "partners/past_work.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "graph/sparse_set.hpp"
#include "partners/quick_log.hpp"

namespace koinon::partners {

namespace {

constexpr double days_of_year = 365.25;
constexpr float least_length = 1e-30F;  // of topics: of works of two centuries ago nothing is left
constexpr double lift_caution = 30;     // meetings by chance that are added to both sides of a lift

graph::Slice begun_before(std::int32_t day, bool undated) {
  graph::Slice slice = graph::Slice::begun_by(day == graph::unknown_from ? day : day - 1);
  slice.undated = undated;
  return slice;
}

std::uint16_t code_at(std::span<const std::uint16_t> codes, std::uint32_t vertex) {
  return vertex < codes.size() ? codes[vertex] : std::uint16_t{0};
}

std::span<const std::uint32_t> listed(std::span<const std::uint32_t> offsets,
                                      std::span<const std::uint32_t> list, std::uint32_t vertex) {
  if (std::size_t{vertex} + 1 >= offsets.size()) return {};
  return list.subspan(offsets[vertex], offsets[std::size_t{vertex} + 1] - offsets[vertex]);
}

std::uint64_t next_number() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

std::array<float, own_signals> own_values_of(const Activity& activity) {
  const float steady = activity.steady;
  return {quick_log1p(steady),
          quick_log1p(4 * activity.recent),
          quick_log1p(activity.places),
          quick_log1p(activity.partners),
          activity.led / (steady + 0.5F),
          quick_log1p(static_cast<float>(activity.alone)),
          quick_log1p(activity.running),
          std::exp(-activity.last_years),
          activity.works == 0 ? 1.0F : 0.0F,
          activity.works == 1 || activity.works == 2 ? 1.0F : 0.0F,
          quick_log1p(activity.places / (steady + 0.1F)),
          activity.partners / (activity.partners + 2 * activity.places + 1)};
}

// Meetings of codes, and from them the lifts.
class Meetings {
 public:
  explicit Meetings(std::size_t codes) : codes_(codes), met_(codes * codes), places_(codes) {}

  void add(std::uint16_t a, std::uint16_t b, double weight) {
    met_[a * codes_ + b] += weight;
    places_[a] += weight;
    total_ += weight;
  }

  std::vector<float> lifts() const {
    std::vector<float> lifts(codes_ * codes_, 0.0F);
    if (total_ <= 0) return lifts;
    for (std::size_t a = 1; a < codes_; ++a) {
      for (std::size_t b = 1; b < codes_; ++b) {
        const double chance = places_[a] * places_[b] / total_;
        lifts[a * codes_ + b] = static_cast<float>(
            std::log((met_[a * codes_ + b] + lift_caution) / (chance + lift_caution)));
      }
    }
    return lifts;
  }

  std::vector<float> shares() const {
    std::vector<float> shares(codes_, 0.0F);
    for (std::size_t code = 0; code < codes_ && total_ > 0; ++code)
      shares[code] = static_cast<float>(places_[code] / total_);
    return shares;
  }

 private:
  std::size_t codes_;
  std::vector<double> met_;
  std::vector<double> places_;
  double total_ = 0;
};

}  // namespace

PastWork::PastWork(const CollaborationData& data, std::int32_t day, bool undated)
    : all_(data.graph, begun_before(day, undated)), number_(next_number()) {
  place(data);
  date(data, day, undated);
  ties_ = TyingWorks(all_, tying_, steady_, recent_);
  count(data, day, undated);
  profile(data);
  meet();
}

void PastWork::place(const CollaborationData& data) {
  const std::uint32_t members = member_count();
  countries_.resize(members);
  kinds_.resize(members);
  origin_numbers_.resize(members);
  std::unordered_map<std::uint32_t, std::uint32_t> numbers;  // of pairs
  for (std::uint32_t member = 0; member < members; ++member) {
    const std::uint16_t country = countries_[member] = code_at(data.countries, member);
    const std::uint16_t kind = kinds_[member] = code_at(data.kinds, member);
    country_codes_ = std::max<std::size_t>(country_codes_, std::size_t{country} + 1);
    kind_codes_ = std::max<std::size_t>(kind_codes_, std::size_t{kind} + 1);
    const auto [known, fresh] = numbers.emplace(std::uint32_t{country} << 16U | kind,
                                                static_cast<std::uint32_t>(origins_.size()));
    if (fresh) origins_.push_back({country, kind});
    origin_numbers_[member] = known->second;
  }
}

void PastWork::date(const CollaborationData& data, std::int32_t day, bool undated) {
  const graph::Slice slice = begun_before(day, undated);
  std::vector<std::int32_t> begun(work_count(), std::numeric_limits<std::int32_t>::max());
  for (std::uint32_t member = 0; member < member_count(); ++member) {
    for (const graph::MemberRow& row : data.graph.works_of(member)) {
      if (slice.keeps(row)) begun[row.work] = std::min(begun[row.work], row.from_day);
    }
  }
  // "Now" has no day: ages are then counted from the latest that began; what is planned for later
  // is new, and makes nothing else older.
  now_ = day;
  if (day == graph::unknown_to) {
    now_ = graph::unknown_from;
    for (const std::int32_t from : begun)
      if (from != graph::unknown_to && from <= data.today) now_ = std::max(now_, from);
  }
  steady_.assign(work_count(), 0.0F);
  recent_.assign(work_count(), 0.0F);
  ages_.assign(work_count(), static_cast<float>(undated_years));
  tying_.assign(work_count(), 0);
  for (std::uint32_t work = 0; work < work_count(); ++work) {
    const std::size_t size = members_of(work).size();
    if (size == 0) continue;
    if (begun[work] != graph::unknown_from)
      ages_[work] =
          static_cast<float>(std::max(0.0, double(now_) - double(begun[work])) / days_of_year);
    steady_[work] = static_cast<float>(std::exp2(-double(ages_[work]) / steady_years));
    recent_[work] = static_cast<float>(std::exp2(-double(ages_[work]) / recent_years));
    tying_[work] = size >= 2 && size <= largest_work;
  }
}

void PastWork::count(const CollaborationData& data, std::int32_t day, bool undated) {
  const graph::Slice slice = begun_before(day, undated);
  activities_.resize(member_count());
  own_values_.resize(member_count());
  partners_logs_.resize(member_count());
  graph::SparseSet met;
  for (std::uint32_t member = 0; member < member_count(); ++member) {
    Activity& activity = activities_[member];
    activity.last_years = static_cast<float>(2 * undated_years);
    met.reset(member_count());
    for (const std::uint32_t work : works_of(member)) {
      const auto size = static_cast<float>(members_of(work).size());
      activity.last_years = std::min(activity.last_years, ages_[work]);
      if (size < 2) {
        ++activity.alone;
        continue;
      }
      ++activity.works;
      activity.steady += steady_[work];
      activity.recent += recent_[work];
      activity.places += steady_[work] * (size - 1);
      if (!makes_ties(work)) continue;
      for (const std::uint32_t other : members_of(work)) met.add(other);
    }
    activity.partners = met.members().empty() ? 0.0F : static_cast<float>(met.members().size() - 1);
    partners_logs_[member] = std::log(2.0F + activity.partners);
    ties_.set_activity(member, activity.steady, activity.places);
    for (const graph::MemberRow& row : data.graph.works_of(member)) {
      if (!slice.keeps(row) || members_of(row.work).size() < 2) continue;
      if (data.leading && data.leading->test(row.role)) {
        activity.led += steady_[row.work];
        ++activity.leads;
      }
      if (row.to_day != graph::unknown_to && row.to_day >= now_) activity.running += 1;
    }
    own_values_[member] = own_values_of(activity);
  }
}

void PastWork::profile(const CollaborationData& data) {
  std::uint32_t topics = 0;
  for (const auto& list : {data.topics, data.claims}) {
    for (const std::uint32_t topic : list) topics = std::max(topics, topic + 1);
  }
  std::vector<std::uint32_t> works(topics, 0);
  std::uint32_t all = 0;
  for (std::uint32_t work = 0; work < work_count(); ++work) {
    if (members_of(work).empty()) continue;
    const auto own = listed(data.topic_offsets, data.topics, work);
    all += own.empty() ? 0 : 1;
    for (const std::uint32_t topic : own) ++works[topic];
  }
  topic_weights_.clear();
  for (const std::uint32_t on : works)
    topic_weights_.push_back(static_cast<float>(std::log((1.0 + all) / (1.0 + on))));
  graph::SparseSet seen;
  std::vector<float> weights;
  profile_offsets_.assign(std::size_t{member_count()} + 1, 0);
  lengths_.assign(member_count(), 0.0F);
  topic_shares_.assign(member_count(), 0.0F);
  topic_totals_.assign(topics, 0.0F);
  topic_offsets_.assign(std::size_t{topics} + 1, 0);
  for (std::uint32_t member = 0; member < member_count(); ++member) {
    seen.reset(topics);
    weights.clear();
    for (const std::uint32_t work : works_of(member)) {
      const auto own = listed(data.topic_offsets, data.topics, work);
      for (const std::uint32_t topic : own) {
        const std::size_t place = seen.insert(topic);
        if (place == weights.size()) weights.push_back(0);
        weights[place] += topic_weights_[topic] * steady_[work] / static_cast<float>(own.size());
      }
    }
    for (const std::uint32_t topic : listed(data.claim_offsets, data.claims, member)) {
      const std::size_t place = seen.insert(topic);
      if (place == weights.size()) weights.push_back(0);
      weights[place] += topic_weights_[topic];
    }
    const std::size_t begin = profiles_.size();
    double square = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      profiles_.push_back({seen.members()[i], weights[i]});
      topic_totals_[seen.members()[i]] += weights[i];
      ++topic_offsets_[std::size_t{seen.members()[i]} + 1];
      square += double(weights[i]) * double(weights[i]);
    }
    std::sort(profiles_.begin() + static_cast<std::ptrdiff_t>(begin), profiles_.end(),
              [](const TopicWeight& a, const TopicWeight& b) { return a.topic < b.topic; });
    profile_offsets_[std::size_t{member} + 1] = profiles_.size();
    lengths_[member] = static_cast<float>(std::sqrt(square));
    if (lengths_[member] > least_length) topic_shares_[member] = 1 / lengths_[member];
  }
  for (std::size_t topic = 0; topic < topics; ++topic)
    topic_offsets_[topic + 1] += topic_offsets_[topic];
  topic_members_.resize(profiles_.size());
  std::vector<std::size_t> next = topic_offsets_;
  for (std::uint32_t member = 0; member < member_count(); ++member) {
    for (const TopicWeight& one : topics_of(member))
      topic_members_[next[one.topic]++] = {member, one.weight};
  }
}

void PastWork::meet() {
  Meetings countries(country_codes_);
  Meetings kinds(kind_codes_);
  for (std::uint32_t work = 0; work < work_count(); ++work) {
    if (!makes_ties(work)) continue;
    const auto members = members_of(work);
    for (const std::uint32_t a : members) {
      for (const std::uint32_t b : members) {
        if (a == b) continue;
        if (countries_[a] != 0 && countries_[b] != 0)
          countries.add(countries_[a], countries_[b], double(steady_[work]));
        if (kinds_[a] != 0 && kinds_[b] != 0)
          kinds.add(kinds_[a], kinds_[b], double(steady_[work]));
      }
    }
  }
  country_lifts_ = countries.lifts();
  kind_lifts_ = kinds.lifts();
  country_shares_ = countries.shares();
  kind_shares_ = kinds.shares();
}

std::span<const MemberWeight> PastWork::members_on(std::uint32_t topic) const noexcept {
  if (std::size_t{topic} + 1 >= topic_offsets_.size()) return {};
  return {topic_members_.data() + topic_offsets_[topic],
          topic_members_.data() + topic_offsets_[std::size_t{topic} + 1]};
}

float PastWork::topic_total(std::uint32_t topic) const noexcept {
  return topic < topic_totals_.size() ? topic_totals_[topic] : 0.0F;
}

}  // namespace koinon::partners
