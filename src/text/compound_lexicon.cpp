// SPDX-License-Identifier: Apache-2.0
#include "text/compound_lexicon.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>

#include "data/embedded.hpp"
#include "koinon/error.hpp"

namespace koinon::text {

namespace {

constexpr int highest_cost = 78;

[[noreturn]] void refuse(std::string_view line, const char* wanted) {
  throw Error(ErrorCode::InvalidInput,
              "compounds: " + std::string(line.substr(0, 80)) + ": " + wanted);
}

std::string_view next_cell(std::string_view& line) {
  const std::size_t tab = std::min(line.find('\t'), line.size());
  const std::string_view cell = line.substr(0, tab);
  line.remove_prefix(std::min(tab + 1, line.size()));
  return cell;
}

// One sign for a cost, so that a line stays short: '0' is nothing, '-' is not at all.
int cost_of(char sign, std::string_view line) {
  if (sign == '-') return forbidden;
  if (sign < '0' || sign > '0' + highest_cost) refuse(line, "a cost is a sign from 0 to ~, or -");
  return sign - '0';
}

}  // namespace

CompoundLexicon::CompoundLexicon(std::string_view text) {
  links_.emplace_back(std::string_view(), 0);
  std::vector<Line> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    std::string_view rest = line;
    const std::string_view word = next_cell(rest);
    if (line[0] == '!') {
      const std::string_view what = next_cell(rest);
      if (rest.size() != 1) refuse(line, "one cost is wanted");
      setting(word.substr(1), what, cost_of(rest[0], line));
      continue;
    }
    const std::string_view costs = next_cell(rest);
    if (word.empty() || costs.size() != 3) refuse(line, "a word and three costs are wanted");
    lines.push_back(
        {word, {cost_of(costs[0], line), cost_of(costs[1], line), cost_of(costs[2], line), rest}});
  }
  const auto before = [](const Line& one, const Line& other) { return one.word < other.word; };
  if (!std::is_sorted(lines.begin(), lines.end(), before))
    std::sort(lines.begin(), lines.end(), before);
  for (std::size_t i = 1; i < lines.size(); ++i)
    if (lines[i].word == lines[i - 1].word) refuse(lines[i].word, "stands twice");
  std::sort(endings_.begin(), endings_.end());
  grow(lines);
}

void CompoundLexicon::setting(std::string_view name, std::string_view text, int cost) {
  if (name == "link") {
    links_.emplace_back(text, cost);
  } else if (name == "ending") {
    endings_.emplace_back(text, cost);
    longest_ending_ = std::max(longest_ending_, text.size());
  } else if (name == "unknown") {
    unknown_ = cost;
  } else if (name == "letter") {
    letter_ = cost;
  } else if (name == "join") {
    join_ = cost;
  } else {
    refuse(name, "is no setting");
  }
}

// Level by level, so that the children of a node lie together.
void CompoundLexicon::grow(const std::vector<Line>& lines) {
  struct Range {
    std::uint32_t node;
    std::size_t begin;
    std::size_t end;
  };
  entries_.reserve(lines.size());
  nodes_.emplace_back();
  std::vector<Range> level{{0, 0, lines.size()}};
  for (std::size_t depth = 0; !level.empty(); ++depth) {
    std::vector<Range> below;
    for (const auto& [node, begin, end] : level) {
      std::size_t at = begin;
      if (at < end && lines[at].word.size() == depth) {
        nodes_[node].entry = static_cast<std::uint32_t>(entries_.size());
        entries_.push_back(lines[at++].entry);
      }
      nodes_[node].children = static_cast<std::uint32_t>(nodes_.size());
      while (at < end) {
        const std::size_t start = at;
        const char byte = lines[at].word[depth];
        while (at < end && lines[at].word[depth] == byte) ++at;
        ++nodes_[node].fan;
        below.push_back({static_cast<std::uint32_t>(nodes_.size()), start, at});
        nodes_.emplace_back().byte = static_cast<unsigned char>(byte);
      }
    }
    level = std::move(below);
  }
}

const CompoundLexicon::Entry* CompoundLexicon::find(std::string_view word) const {
  std::uint32_t node = 0;
  for (const char byte : word) {
    node = child(node, static_cast<unsigned char>(byte));
    if (node == 0) return nullptr;
  }
  return nodes_[node].entry == none ? nullptr : &entries_[nodes_[node].entry];
}

int CompoundLexicon::ending(std::string_view text) const {
  if (text.empty()) return 0;
  const auto found =
      std::lower_bound(endings_.begin(), endings_.end(), text,
                       [](const auto& one, auto wanted) { return one.first < wanted; });
  return found != endings_.end() && found->first == text ? found->second : forbidden;
}

namespace {

// One language of the embedded files; read when it is first asked for, for it costs milliseconds.
struct Shelf {
  std::string_view language;
  std::string_view text;
  std::once_flag once;
  std::unique_ptr<const CompoundLexicon> lexicon;
};

struct Shelves {
  std::unique_ptr<Shelf[]> all;
  std::size_t size = 0;
};

Shelves shelves_of_all() {
  constexpr std::string_view folder = "compounds/";
  const data::EmbeddedTable table = data::embedded_table();
  Shelves shelves{std::make_unique<Shelf[]>(table.size), 0};
  for (std::size_t i = 0; i < table.size; ++i) {
    const data::EmbeddedRange& row = table.rows[i];
    const std::string_view name = row.name;
    if (name.substr(0, folder.size()) != folder) continue;
    Shelf& shelf = shelves.all[shelves.size++];
    shelf.language = name.substr(folder.size(), name.rfind('.') - folder.size());
    shelf.text = {row.begin, static_cast<std::size_t>(row.end - row.begin)};
  }
  return shelves;
}

}  // namespace

const CompoundLexicon* compound_lexicon(std::string_view language) {
  static const Shelves shelves = shelves_of_all();
  for (std::size_t i = 0; i < shelves.size; ++i) {
    Shelf& shelf = shelves.all[i];
    if (shelf.language != language) continue;
    std::call_once(shelf.once,
                   [&shelf] { shelf.lexicon = std::make_unique<CompoundLexicon>(shelf.text); });
    return shelf.lexicon.get();
  }
  return nullptr;
}

}  // namespace koinon::text
