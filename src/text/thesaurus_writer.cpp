// SPDX-License-Identifier: Apache-2.0
#include "text/thesaurus_writer.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "koinon/error.hpp"

namespace koinon::text {

using namespace thesaurus_format;

ThesaurusWriter::ThesaurusWriter(std::vector<std::string> languages)
    : languages_(std::move(languages)) {
  for (const std::string& tag : languages_) string(Languages, tag);
  put(Others, 0);
  put(Links, 0);
}

void ThesaurusWriter::put(std::uint32_t section, std::uint32_t value) {
  sections_[section].push_back(value);
}

void ThesaurusWriter::string(std::uint32_t section, std::string_view text) {
  if (text_.size() + text.size() > 0xFFFFFFFFU)
    throw Error(ErrorCode::InvalidInput, "thesaurus: the labels are more than a table can hold");
  put(section, static_cast<std::uint32_t>(text_.size()));
  put(section, static_cast<std::uint32_t>(text.size()));
  text_ += text;
}

std::uint32_t ThesaurusWriter::language(const std::string& tag) const {
  return static_cast<std::uint32_t>(std::lower_bound(languages_.begin(), languages_.end(), tag) -
                                    languages_.begin());
}

std::uint32_t ThesaurusWriter::term(char kind, std::string_view text) {
  std::string whole(1, kind);
  whole += text;
  const auto [held, fresh] =
      terms_.emplace(std::move(whole), static_cast<std::uint32_t>(term_texts_.size()));
  if (fresh) term_texts_.push_back(held->first);
  return held->second;
}

bool ThesaurusWriter::hit(const std::string& tag, const std::vector<std::uint32_t>& terms,
                          std::uint32_t hit) {
  Path path;
  path.terms.push_back(language(tag));
  path.terms.insert(path.terms.end(), terms.begin(), terms.end());
  path.hit = hit;
  std::string key(4 * path.terms.size(), '\0');
  std::memcpy(key.data(), path.terms.data(), key.size());
  paths_.push_back(std::move(path));
  auto& owners = owners_[key];
  const std::uint32_t id = hit & hit_concept;
  if (std::find(owners.begin(), owners.end(), id) != owners.end()) return false;
  owners.push_back(id);
  return owners.size() > 1;
}

void ThesaurusWriter::add_concept(const std::string& uri, const std::vector<std::string>& names) {
  const auto id = static_cast<std::uint32_t>(preferred_.size());
  if (id > 0) put(Others, static_cast<std::uint32_t>(sections_[OtherLabels].size() / 3));
  string(Concepts, uri);
  uris_.emplace_back(uri, id);
  for (const std::string& name : names) uris_.emplace_back(name, id);
  preferred_.emplace_back(languages_.size());
}

void ThesaurusWriter::preferred(const std::string& tag, const std::string& text) {
  preferred_.back()[language(tag)] = text;
}

void ThesaurusWriter::other(const std::string& tag, const std::string& text) {
  put(OtherLabels, language(tag));
  string(OtherLabels, text);
}

void ThesaurusWriter::links(const std::vector<std::uint32_t>& targets) {
  for (const std::uint32_t target : targets) put(LinkTargets, target);
  put(Links, static_cast<std::uint32_t>(sections_[LinkTargets].size()));
}

// One after the other, so that the beginning of the next is the end of this.
void ThesaurusWriter::write_labels() {
  std::size_t at = text_.size();
  for (const auto& row : preferred_) {
    for (const std::string& label : row) {
      put(Labels, static_cast<std::uint32_t>(at));
      text_ += label;
      at += label.size();
    }
  }
  if (at > 0xFFFFFFFFU)
    throw Error(ErrorCode::InvalidInput, "thesaurus: the labels are more than a table can hold");
  put(Labels, static_cast<std::uint32_t>(at));
}

void ThesaurusWriter::write_slots() {
  std::vector<std::uint32_t>& slots = sections_[TermSlots];
  // Half full at most: a word that is no term is what a finder meets most.
  slots.assign(std::bit_ceil(2 * term_texts_.size() + 1), 0);
  for (std::uint32_t i = 0; i < term_texts_.size(); ++i) {
    const std::string_view whole = term_texts_[i];
    std::size_t at = term_hash(whole.front(), whole.substr(1)) & (slots.size() - 1);
    while (slots[at] != 0) at = (at + 1) & (slots.size() - 1);
    slots[at] = i + 1;
    string(Terms, whole);
  }
}

// Level by level, so that the children of a node lie beside each other. The first nodes are the
// roots of the languages.
void ThesaurusWriter::write_trie() {
  std::sort(paths_.begin(), paths_.end(), [](const Path& a, const Path& b) {
    return a.terms != b.terms ? a.terms < b.terms : (a.hit & hit_concept) < (b.hit & hit_concept);
  });
  struct Range {
    std::size_t begin;
    std::size_t end;
    std::size_t depth;
    std::uint32_t term;
  };
  std::vector<Range> nodes;
  for (std::uint32_t i = 0, at = 0; i < languages_.size(); ++i) {
    const std::size_t begin = at;
    while (at < paths_.size() && paths_[at].terms[0] == i) ++at;
    nodes.push_back({begin, at, 1, i});
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Range here = nodes[i];
    std::uint32_t first = 0;
    for (; here.begin < here.end && paths_[here.begin].terms.size() == here.depth; ++here.begin) {
      const std::uint32_t hit = paths_[here.begin].hit;
      std::vector<std::uint32_t>& hits = sections_[Hits];
      if (first != 0 && ((hits.back() ^ hit) & hit_concept) == 0) {
        // The same twice: preferred once is preferred, careful once is not careful.
        const std::uint32_t careful = hit_capital | hit_short;
        const std::uint32_t ending = std::min(hits.back() & hit_ending, hit & hit_ending);
        hits.back() = ((hits.back() | hit) & ~(careful | hit_ending)) |
                      (hits.back() & hit & careful) | ending;
        continue;
      }
      hits.push_back(hit);
      if (first == 0) first = static_cast<std::uint32_t>(hits.size());
    }
    if (first != 0) sections_[Hits].back() |= hit_last;
    put(Nodes, here.term);
    put(Nodes, static_cast<std::uint32_t>(nodes.size()));
    put(Nodes, first);
    while (here.begin < here.end) {
      const std::uint32_t term = paths_[here.begin].terms[here.depth];
      std::size_t end = here.begin;
      while (end < here.end && paths_[end].terms[here.depth] == term) ++end;
      nodes.push_back({here.begin, end, here.depth + 1, term});
      here.begin = end;
    }
  }
  put(Nodes, 0xFFFFFFFFU);
  put(Nodes, static_cast<std::uint32_t>(nodes.size()));
  put(Nodes, 0);
}

void ThesaurusWriter::sort_uris() {
  std::sort(uris_.begin(), uris_.end());
  for (const auto& [uri, id] : uris_) {
    string(Uris, uri);
    put(Uris, id);
  }
}

std::vector<char> ThesaurusWriter::bytes() {
  put(Others, static_cast<std::uint32_t>(sections_[OtherLabels].size() / 3));
  write_slots();
  write_trie();
  sort_uris();
  write_labels();
  std::vector<std::uint32_t> header = {magic, version, SectionCount, 0};
  std::uint64_t at = header_bytes;
  for (std::uint32_t i = 0; i < SectionCount; ++i) {
    const std::uint64_t size = i == Bytes ? text_.size() : 4 * sections_[i].size();
    header.push_back(static_cast<std::uint32_t>(at));
    header.push_back(static_cast<std::uint32_t>(size));
    at += (size + 3) & ~std::uint64_t{3};
    if (at > 0xFFFFFFFFU)
      throw Error(ErrorCode::InvalidInput, "thesaurus: more than a table can hold");
  }
  std::vector<char> out(at, '\0');
  std::memcpy(out.data(), header.data(), header_bytes);
  for (std::uint32_t i = 0; i < SectionCount; ++i) {
    const std::size_t size = header[header_numbers + 2 * i + 1];
    if (size == 0) continue;
    const void* from = i == Bytes ? static_cast<const void*>(text_.data())
                                  : static_cast<const void*>(sections_[i].data());
    std::memcpy(out.data() + header[header_numbers + 2 * i], from, size);
  }
  return out;
}

}  // namespace koinon::text
