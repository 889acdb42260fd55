// SPDX-License-Identifier: Apache-2.0
#include "text/thesaurus.hpp"

#include <algorithm>
#include <cstring>

#include "koinon/error.hpp"
#include "text/stem.hpp"
#include "text/thesaurus_format.hpp"

namespace koinon::text {

using namespace thesaurus_format;

namespace {

std::uint32_t read(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

[[noreturn]] void damaged(const char* what) {
  throw Error(ErrorCode::Damaged, std::string("thesaurus: ") + what);
}

// Enough for any expansion that a person would ask for, little enough for a query.
constexpr std::size_t most_looked_at = 4096;

}  // namespace

ConceptId ConceptList::operator[](std::size_t i) const {
  return i < size() ? read(bytes_, 4 * i) : 0;
}

Thesaurus::Thesaurus(std::string_view bytes) : bytes_(bytes) {
  if (bytes.size() < header_bytes || read(bytes, 0) != magic) damaged("the bytes are no table");
  if (read(bytes, 4) > version)
    throw Error(ErrorCode::TooNew, "thesaurus: the table was written by a later version");
  if (read(bytes, 8) != SectionCount) damaged("the header is wrong");
  for (std::uint32_t i = 0; i < SectionCount; ++i) {
    const std::size_t at = 4 * (header_numbers + std::size_t{2} * i);
    sections_.at(i) = {read(bytes, at), read(bytes, at + 4)};
    const auto [begin, size] = sections_.at(i);
    if (begin > bytes.size() || size > bytes.size() - begin) damaged("the table is cut");
  }
  concepts_ = section(Concepts).size() / 8;
  languages_ = section(Languages).size() / 8;
  const std::size_t slots = section(TermSlots).size() / 4;
  if (slots == 0 || (slots & (slots - 1)) != 0 || concepts_ >= hit_silent)
    damaged("the header is wrong");
  if (section(Labels).size() / 4 < concepts_ * languages_ + 1 ||
      section(Links).size() / 4 < 3 * concepts_ + 1)
    damaged("the sections do not fit each other");
}

std::string_view Thesaurus::section(std::uint32_t which) const {
  return bytes_.substr(sections_[which].first, sections_[which].second);
}

// 0 outside of the section: a damaged table must not lead out of it.
std::uint32_t Thesaurus::number(std::uint32_t which, std::size_t index) const {
  const auto [begin, size] = sections_[which];
  return index < size / 4 ? read(bytes_, begin + 4 * index) : 0;
}

std::string_view Thesaurus::string(std::uint32_t begin, std::uint32_t size) const {
  const std::string_view all = section(Bytes);
  return begin <= all.size() ? all.substr(begin, size) : std::string_view();
}

std::vector<std::string_view> Thesaurus::languages() const {
  std::vector<std::string_view> tags;
  for (std::size_t i = 0; i < languages_; ++i)
    tags.push_back(string(number(Languages, 2 * i), number(Languages, 2 * i + 1)));
  return tags;
}

std::size_t Thesaurus::language_index(std::string_view language) const {
  const std::string primary = primary_language(language);
  for (std::size_t i = 0; i < languages_; ++i) {
    if (string(number(Languages, 2 * i), number(Languages, 2 * i + 1)) == primary) return i;
  }
  return languages_;
}

std::string_view Thesaurus::uri(ConceptId id) const {
  if (id >= concepts_) return {};
  return string(number(Concepts, std::size_t{2} * id), number(Concepts, std::size_t{2} * id + 1));
}

std::optional<ConceptId> Thesaurus::find(std::string_view uri) const {
  std::size_t low = 0;
  std::size_t high = section(Uris).size() / 12;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const auto here = string(number(Uris, 3 * middle), number(Uris, 3 * middle + 1));
    if (here == uri) {
      const std::uint32_t id = number(Uris, 3 * middle + 2);
      return id < concepts_ ? std::optional<ConceptId>(id) : std::nullopt;
    }
    if (here < uri) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

std::vector<std::pair<std::string_view, ConceptId>> Thesaurus::names() const {
  std::vector<std::pair<std::string_view, ConceptId>> all;
  for (std::size_t i = 0; i < section(Uris).size() / 12; ++i) {
    const std::uint32_t id = number(Uris, 3 * i + 2);
    if (id < concepts_) all.emplace_back(string(number(Uris, 3 * i), number(Uris, 3 * i + 1)), id);
  }
  return all;
}

std::string_view Thesaurus::preferred_at(ConceptId id, std::size_t language) const {
  if (id >= concepts_ || language >= languages_) return {};
  const std::size_t cell = id * languages_ + language;
  const std::uint32_t begin = number(Labels, cell);
  const std::uint32_t end = number(Labels, cell + 1);
  return end > begin ? string(begin, end - begin) : std::string_view();
}

std::string_view Thesaurus::preferred(ConceptId id, std::string_view language) const {
  return preferred_at(id, language_index(language));
}

ConceptLabel Thesaurus::label(ConceptId id, std::string_view language) const {
  const auto in = [&](std::size_t index) -> ConceptLabel {
    const std::string_view text = preferred_at(id, index);
    if (text.empty()) return {};
    return {text, string(number(Languages, 2 * index), number(Languages, 2 * index + 1))};
  };
  ConceptLabel found = in(language_index(language));
  if (found.text.empty()) found = in(language_index("en"));
  for (std::size_t i = 0; i < languages_ && found.text.empty(); ++i) found = in(i);
  if (found.text.empty()) found.text = uri(id);
  return found;
}

std::vector<ConceptLabel> Thesaurus::others(ConceptId id) const {
  std::vector<ConceptLabel> labels;
  if (id >= concepts_) return labels;
  const std::size_t count = section(OtherLabels).size() / 12;
  const std::size_t end = std::min<std::size_t>(number(Others, std::size_t{id} + 1), count);
  for (std::size_t i = number(Others, id); i < end; ++i) {
    const std::size_t language = number(OtherLabels, 3 * i);
    labels.push_back(
        {string(number(OtherLabels, 3 * i + 1), number(OtherLabels, 3 * i + 2)),
         string(number(Languages, 2 * language), number(Languages, 2 * language + 1))});
  }
  return labels;
}

std::vector<ConceptLabel> Thesaurus::silent() const {
  std::vector<ConceptLabel> words;
  const auto is_silent = [&](std::uint32_t node) {
    for (std::uint32_t at = first_hit(node); at != none; ++at) {
      const std::uint32_t here = hit(at);
      if ((here & hit_concept) == hit_silent && at < section(Hits).size() / 4) return true;
      if ((here & hit_last) != 0) break;
    }
    return false;
  };
  for (std::size_t language = 0; language < languages_; ++language) {
    const std::size_t nodes = section(Nodes).size() / 12;
    const std::size_t end = std::min<std::size_t>(number(Nodes, 3 * language + 4), nodes);
    for (std::size_t node = number(Nodes, 3 * language + 1); node < end; ++node) {
      const std::size_t term = number(Nodes, 3 * node);
      const std::string_view text = string(number(Terms, 2 * term), number(Terms, 2 * term + 1));
      if (text.empty() || text.front() != surface_kind) continue;
      if (!is_silent(static_cast<std::uint32_t>(node))) continue;
      words.push_back({text.substr(1), string(number(Languages, 2 * language),
                                              number(Languages, 2 * language + 1))});
    }
  }
  return words;
}

ConceptList Thesaurus::links(ConceptId id, std::uint32_t which) const {
  if (id >= concepts_) return {};
  const std::size_t cell = which * concepts_ + id;
  const std::size_t begin = number(Links, cell);
  const std::size_t end = number(Links, cell + 1);
  const std::string_view targets = section(LinkTargets);
  if (end <= begin || end > targets.size() / 4) return {};
  return ConceptList(targets.substr(4 * begin, 4 * (end - begin)));
}

std::vector<WeightedConcept> Thesaurus::expand(ConceptId id, const Expansion& how) const {
  std::vector<WeightedConcept> all;
  if (id >= concepts_ || how.at_most == 0) return all;
  all.push_back({id, 1});
  const auto add = [&](const ConceptList& near, double weight) {
    if (!(weight > 0)) return;
    for (std::size_t i = 0; i < near.size() && all.size() < most_looked_at; ++i)
      if (near[i] < concepts_) all.push_back({near[i], std::min(weight, 1.0)});
  };
  // Each way walks over what its last step added.
  const auto walk = [&](std::uint32_t which, double step) {
    std::vector<WeightedConcept> edge = {{id, 1}};
    for (unsigned depth = 0; depth < how.depth && !edge.empty(); ++depth) {
      const std::size_t before = all.size();
      for (const WeightedConcept& from : edge) add(links(from.id, which), from.weight * step);
      edge.assign(all.begin() + static_cast<std::ptrdiff_t>(before), all.end());
    }
  };
  add(related(id), how.related);
  walk(1, how.narrower);
  walk(0, how.broader);
  std::sort(all.begin(), all.end(), [](const WeightedConcept& a, const WeightedConcept& b) {
    return a.id != b.id ? a.id < b.id : a.weight > b.weight;
  });
  all.erase(std::unique(all.begin(), all.end(),
                        [](const auto& a, const auto& b) { return a.id == b.id; }),
            all.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.weight > b.weight; });
  if (all.size() > how.at_most) all.resize(how.at_most);
  return all;
}

std::uint32_t Thesaurus::root(std::string_view language) const {
  const std::size_t index = language_index(language);
  return index < languages_ ? static_cast<std::uint32_t>(index) : none;
}

std::uint32_t Thesaurus::term(char kind, std::string_view text) const {
  const std::size_t slots = section(TermSlots).size() / 4;
  if (slots == 0) return none;
  std::size_t at = term_hash(kind, text) & (slots - 1);
  for (std::size_t tried = 0; tried < slots; ++tried, at = (at + 1) & (slots - 1)) {
    const std::uint32_t held = number(TermSlots, at);
    if (held == 0) return none;
    const std::size_t term = held - 1;
    const std::string_view here = string(number(Terms, 2 * term), number(Terms, 2 * term + 1));
    if (here.size() == text.size() + 1 && here.front() == kind && here.substr(1) == text)
      return held - 1;
  }
  return none;
}

std::uint32_t Thesaurus::child(std::uint32_t node, std::uint32_t term) const {
  if (node == none || term == none) return none;
  std::size_t low = number(Nodes, 3 * std::size_t{node} + 1);
  std::size_t high = number(Nodes, 3 * std::size_t{node} + 4);
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const std::uint32_t here = number(Nodes, 3 * middle);
    if (here == term) return static_cast<std::uint32_t>(middle);
    if (here < term) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return none;
}

std::uint32_t Thesaurus::first_hit(std::uint32_t node) const {
  if (node == none) return none;
  const std::uint32_t held = number(Nodes, 3 * std::size_t{node} + 2);
  return held == 0 ? none : held - 1;
}

std::uint32_t Thesaurus::hit(std::uint32_t at) const {
  return at < section(Hits).size() / 4 ? number(Hits, at) : hit_last | hit_concept;
}

}  // namespace koinon::text
