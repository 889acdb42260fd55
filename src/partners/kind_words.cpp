// SPDX-License-Identifier: Apache-2.0
#include "partners/kind_words.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "data/embedded.hpp"
#include "partners/table_lines.hpp"
#include "text/fold.hpp"
#include "text/transliterate.hpp"

namespace koinon::partners {

namespace {

// A beginning of three letters would tell too much.
constexpr std::size_t least_beginning = 4;
constexpr std::size_t least_of_compound = 6;
constexpr std::size_t most_ending = 3;

struct KindTable {
  std::unordered_map<std::string, KindWord> words;
  std::unordered_map<std::string, KindWord> beginnings;
  std::unordered_set<std::string> small;
  std::vector<std::string> names{""};
  std::size_t longest = 0;  // bytes of a beginning

  void read();
  std::uint8_t number(std::string_view name);
  void add(std::string_view written, const KindWord& word);
};

std::uint8_t KindTable::number(std::string_view name) {
  const auto place = std::find(names.begin(), names.end(), name) - names.begin();
  if (static_cast<std::size_t>(place) == names.size()) names.emplace_back(name);
  return static_cast<std::uint8_t>(place);
}

// The first row that has a word keeps it: the table's order decides.
void KindTable::add(std::string_view written, const KindWord& word) {
  const bool beginning = written.back() == '*';
  if (beginning) written.remove_suffix(1);
  std::string skeleton;
  text::append_name_skeleton(skeleton, text::fold(written));
  if (beginning && skeleton.size() >= least_beginning) {
    longest = std::max(longest, skeleton.size());
    beginnings.emplace(std::move(skeleton), word);
  } else {
    words.emplace(std::move(skeleton), word);
  }
}

void KindTable::read() {
  for (const auto& row : table_rows(data::embedded("organisations/kind-words.tsv"), 4)) {
    KindWord word;
    word.whole = true;
    const bool is_small = row[1] == "small";
    if (!is_small) word.kind = number(row[0]);
    if (row[1] == "body") word.standing = Standing::Body;
    if (row[1] == "either") word.standing = Standing::Either;
    if (row[1] == "part") word.standing = Standing::Unit;
    if (row[0] == "university" || row[0] == "polytechnic" || row[0] == "higher education")
      word.standing = Standing::University;
    for (const std::string_view written : split(row[3], '|'))
      if (is_small)
        small.insert(text::fold(written));
      else if (!written.empty())
        add(written, word);
  }
}

const KindTable& table() {
  static const KindTable read = [] {
    KindTable made;
    made.read();
    return made;
  }();
  return read;
}

}  // namespace

KindWord kind_word(std::string_view skeleton) {
  const KindTable& kinds = table();
  if (const auto found = kinds.words.find(std::string(skeleton)); found != kinds.words.end())
    return found->second;
  for (std::size_t n = std::min(skeleton.size(), kinds.longest); n >= least_beginning; --n) {
    const auto found = kinds.beginnings.find(std::string(skeleton.substr(0, n)));
    if (found == kinds.beginnings.end()) continue;
    KindWord word = found->second;
    word.whole = skeleton.size() - n <= std::max(most_ending, n / 2);
    if (word.whole || n >= least_of_compound) return word;
  }
  return {};
}

bool small_word(std::string_view folded) {
  return table().small.count(std::string(folded)) > 0;
}

std::string_view kind_name(std::uint8_t kind) {
  return kind < table().names.size() ? std::string_view(table().names[kind]) : std::string_view();
}

}  // namespace koinon::partners
