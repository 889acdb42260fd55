// SPDX-License-Identifier: Apache-2.0
#include "partners/population.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>

#include "domain/identifiers.hpp"
#include "partners/legal_forms.hpp"
#include "text/fold.hpp"
#include "text/transliterate.hpp"

namespace koinon::partners {

namespace {

constexpr double background = 1000;
constexpr double background_kind = 100;
constexpr double background_small = 500;
constexpr double least_weight = 0.05;
constexpr std::size_t most_parts = 32;

std::string skeleton_of(std::string_view text) {
  std::string skeleton;
  text::append_name_skeleton(skeleton, text::fold_name(text));
  return skeleton;
}

class PopulationReader {
 public:
  explicit PopulationReader(Population& population) : population_(population) {}

  void add(const OrganisationFacts& facts);
  void weigh();
  void count_neighbours();
  void count_followers();

 private:
  std::uint32_t word_id(const NameWord& word);
  PopulationName name_of(const OrganisationName& taken, std::string_view written);
  PopulationPart part_of(const NamePart& part, PopulationName& name);
  void add_forms(const OrganisationName& taken, PopulationMember& member);
  void count(const PopulationMember& member);

  Population& population_;
  std::unordered_map<std::string, std::uint32_t> word_ids_;
  std::unordered_map<std::string, std::uint32_t> part_ids_;
};

std::uint32_t PopulationReader::word_id(const NameWord& word) {
  // What a kind is called differs by language; what it is does not. And "του" is not "TU".
  std::string key = word.skeleton;
  if (word.small)
    key.insert(0, 1, '~');
  else if (word.tells.kind != 0 && word.tells.whole)
    key = '#' + std::string(kind_name(word.tells.kind));
  const auto [found, added] =
      word_ids_.emplace(key, static_cast<std::uint32_t>(population_.words.size()));
  if (added)
    population_.words.push_back({key, word.latin, {}, 0, 0, word.tells, word.small, word.number});
  if (!word.sound.empty()) population_.words[found->second].sound = word.sound;
  return found->second;
}

PopulationPart PopulationReader::part_of(const NamePart& part, PopulationName& name) {
  PopulationPart made;
  made.standing = part.standing;
  made.kind = part.kind;
  made.aside = part.aside;
  std::vector<std::uint32_t> telling;
  for (const NameWord& word : part.words) {
    const std::uint32_t id = word_id(word);
    const auto at = std::find(name.words.begin(), name.words.end(), id);
    made.words.push_back(static_cast<std::uint16_t>(at - name.words.begin()));
    if (at == name.words.end()) name.words.push_back(id);
    if (!word.small) telling.push_back(id);
    if (word.latin.empty()) continue;
    made.all_initials += word.latin[0];
    if (!word.small) made.initials += word.latin[0];
  }
  std::sort(telling.begin(), telling.end());
  const std::string key(reinterpret_cast<const char*>(telling.data()),
                        telling.size() * sizeof(std::uint32_t));
  const auto [found, added] =
      part_ids_.emplace(key, static_cast<std::uint32_t>(population_.parts.size()));
  if (added) population_.parts.emplace_back();
  made.id = found->second;
  return made;
}

PopulationName PopulationReader::name_of(const OrganisationName& taken, std::string_view written) {
  PopulationName name;
  name.written = written;
  for (const NamePart& part : taken.parts) {
    if (name.parts.size() == most_parts) break;
    name.parts.push_back(part_of(part, name));
  }
  return name;
}

void PopulationReader::add_forms(const OrganisationName& taken, PopulationMember& member) {
  if (member.form_kind.empty()) member.form_kind = taken.legal.kind;
  member.forms.insert(member.forms.end(), taken.legal.forms.begin(), taken.legal.forms.end());
}

// Each word and part of an organisation counts once, however many of its names have it.
void PopulationReader::count(const PopulationMember& member) {
  std::vector<std::uint32_t> words, parts;
  for (const PopulationName& name : member.names) {
    words.insert(words.end(), name.words.begin(), name.words.end());
    for (const PopulationPart& part : name.parts) parts.push_back(part.id);
    if (name.parts.size() == 1) ++population_.parts[name.parts[0].id].alone;
  }
  const auto distinct = [](std::vector<std::uint32_t>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  };
  distinct(words);
  distinct(parts);
  for (const std::uint32_t word : words) ++population_.words[word].frequency;
  for (const std::uint32_t part : parts) ++population_.parts[part].organisations;
}

void PopulationReader::add(const OrganisationFacts& facts) {
  PopulationMember member;
  member.country = country_code(facts.country);
  member.kind = facts.kind;
  member.stake = facts.stake;
  member.city = skeleton_of(facts.city);
  std::string told_country;
  for (const std::string& written : facts.names) {
    const OrganisationName taken = take_apart(written, member.country);
    if (taken.parts.empty()) continue;
    member.names.push_back(name_of(taken, written));
    add_forms(taken, member);
    if (told_country.empty()) told_country = taken.country;
    if (member.city.empty()) member.city = taken.city;
  }
  if (!facts.legal_form.empty())
    add_forms(take_apart("x " + facts.legal_form, member.country), member);
  std::sort(member.forms.begin(), member.forms.end());
  member.forms.erase(std::unique(member.forms.begin(), member.forms.end()), member.forms.end());
  if (member.country.empty()) member.country = told_country;
  member.identifiers = known_identifiers(facts.identifiers, member.country);
  count(member);
  population_.members.push_back(std::move(member));
}

void PopulationReader::weigh() {
  const double all = static_cast<double>(population_.members.size()) + background;
  for (PopulationWord& word : population_.words) {
    const double before = word.small ? background_small : word.names_kind() ? background_kind : 1;
    word.weight =
        static_cast<float>(std::max(least_weight, std::log(all / (word.frequency + before))));
  }
  for (PopulationMember& member : population_.members) {
    for (PopulationName& name : member.names) {
      for (PopulationPart& part : name.parts) {
        for (const std::uint16_t at : part.words)
          part.weight += population_.words[name.words[at]].weight;
        if (part.standing != Standing::Place) name.weight += part.weight;
      }
    }
  }
}

void PopulationReader::count_neighbours() {
  std::vector<std::uint64_t> pairs;
  for (const PopulationMember& member : population_.members) {
    for (const PopulationName& name : member.names) {
      for (const PopulationPart& one : name.parts) {
        for (const PopulationPart& other : name.parts)
          if (one.id != other.id) pairs.push_back(std::uint64_t(one.id) << 32U | other.id);
      }
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (const std::uint64_t pair : pairs) ++population_.parts[pair >> 32U].beside;
}

void PopulationReader::count_followers() {
  std::vector<std::uint64_t> pairs;
  for (const PopulationMember& member : population_.members)
    for (const PopulationName& name : member.names)
      for (std::size_t at = 0; at < name.parts.size(); ++at)
        if (const PopulationPart* next = next_part(name, at))
          pairs.push_back(std::uint64_t(name.parts[at].id) << 32U | next->id);
  std::sort(pairs.begin(), pairs.end());
  for (std::size_t i = 1; i < pairs.size(); ++i) {
    const bool second = pairs[i] == pairs[i - 1] && (i < 2 || pairs[i] != pairs[i - 2]);
    if (second) ++population_.parts[pairs[i] >> 32U].followers;
  }
}

}  // namespace

const PopulationPart* next_part(const PopulationName& name, std::size_t at) {
  constexpr std::size_t longest = 3;
  if (at + 1 >= name.parts.size()) return nullptr;
  const PopulationPart& next = name.parts[at + 1];
  const bool fits = next.standing == Standing::Plain && !next.aside && next.words.size() <= longest;
  return fits ? &next : nullptr;
}

Population read_population(std::span<const OrganisationFacts> organisations, const Step& step) {
  Population population;
  population.members.reserve(organisations.size());
  PopulationReader reader(population);
  for (std::size_t i = 0; i < organisations.size(); ++i) {
    if (step && (i & 255U) == 0) step(i, organisations.size());
    reader.add(organisations[i]);
  }
  reader.weigh();
  reader.count_neighbours();
  reader.count_followers();
  return population;
}

std::vector<KnownIdentifier> known_identifiers(std::span<const Identifier> identifiers,
                                               std::string_view country) {
  std::vector<KnownIdentifier> known;
  for (const Identifier& identifier : identifiers) {
    if (identifier.scheme.empty() || identifier.scheme == "url") continue;
    KnownIdentifier one;
    one.scheme = identifier.scheme;
    one.value = domain::normal_identifier(identifier.scheme, identifier.value);
    if (one.value.empty()) continue;
    if (one.scheme == "vat") one.scheme += ':' + one.value.substr(0, 2);
    if (one.scheme == "national-register") {
      const std::string own = country_code(identifier.country);
      one.scheme += ':' + (own.empty() ? std::string(country) : own);
      one.value = text::fold_name(one.value);
    }
    one.exclusive = one.scheme != "portal";
    known.push_back(std::move(one));
  }
  const auto key = [](const KnownIdentifier& one) { return std::tie(one.scheme, one.value); };
  std::sort(known.begin(), known.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  known.erase(std::unique(known.begin(), known.end(),
                          [&](const auto& a, const auto& b) { return key(a) == key(b); }),
              known.end());
  return known;
}

}  // namespace koinon::partners
