// SPDX-License-Identifier: Apache-2.0
#include "text/language.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

#include "data/embedded.hpp"
#include "koinon/error.hpp"
#include "text/characters.hpp"
#include "text/fold.hpp"
#include "text/language_file.hpp"
#include "text/snowball.hpp"
#include "text/stem.hpp"
#include "text/utf8.hpp"

namespace koinon::text {

namespace {

std::string tag_of(const Json& value, const std::string& place) {
  std::string tag = text_of(value, place);
  if (tag == "und" || tag != primary_language(tag))
    refuse(place, "a primary subtag of BCP 47 in lower case is wanted, such as \"nb\"");
  return tag;
}

std::string script_of(const Json& file) {
  std::string script = text_of(member(file, "", "script"), "script");
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (script.size() != 4 || !std::all_of(script.begin(), script.end(), letter))
    refuse("script", "a code of ISO 15924 is wanted, such as \"Latn\"");
  return script;
}

// The first of these names that the libstemmer in use has: later versions have other names.
std::string algorithm_name(const Json& value) {
  std::string known;
  for (const std::string& name : words_of(value, "snowball"))
    if (snowball_algorithm(name)) return name;
  for (const std::string& name : snowball_algorithms()) known += ' ' + name;
  refuse("snowball", "libstemmer has no " + text_of(value, "snowball") + ", but" + known);
}

std::vector<std::string> stop_words_of(const Json& value) {
  if (!value.is_object()) refuse("stop_words", "groups of words are wanted");
  std::vector<std::string> words;
  for (const auto& [group, told] : value.items()) {
    for (const std::string& word : words_of(told, "stop_words." + group)) {
      words.push_back(fold(word));
      if (words.back().empty()) refuse("stop_words." + group, "nothing is left of " + word);
    }
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

bool is_capital(std::uint32_t code) {
  std::string as_is;
  std::string lowered;
  append_utf8(as_is, code);
  append_lower_character(lowered, code);
  return as_is != lowered;
}

}  // namespace

Language::Language(std::string_view json) {
  const Json file = Json::parse(json, nullptr, false);
  if (!file.is_object()) refuse("the whole", "is no JSON object");
  tag_ = tag_of(member(file, "", "language"), "language");
  if (file.contains("also")) {
    for (const std::string& tag : words_of(file["also"], "also"))
      also_.push_back(tag_of(tag, "also"));
  }
  const Json& name = member(file, "", "name");
  english_name_ = text_of(member(name, "name.", "en"), "name.en");
  own_name_ = text_of(member(name, "name.", "own"), "name.own");
  script_ = script_of(file);
  if (file.contains("snowball") && file.contains("stem"))
    refuse("snowball", "stands beside rules of its own (stem): one of them has to go");
  if (file.contains("snowball")) {
    snowball_ = algorithm_name(file["snowball"]);
    algorithm_ = snowball_algorithm(snowball_);
  }
  for (const char* key : {"first", "then"})
    if (file.contains(key) && !algorithm_) refuse(key, "mends Snowball, and there is no snowball");
  if (file.contains("first")) first_.emplace(file, "first");
  if (file.contains("stem")) rules_.emplace(file);
  if (file.contains("then")) then_.emplace(file, "then");
  if (file.contains("letters")) letters_ = pairs_of(file["letters"], "letters");
  if (file.contains("start")) start_ = pairs_of(file["start"], "start");
  std::stable_sort(start_.begin(), start_.end(), [](const auto& one, const auto& other) {
    return one.first.size() > other.first.size();
  });
  if (file.contains("before_capital"))
    before_capital_ = words_of(file["before_capital"], "before_capital");
  if (file.contains("stop_words")) stop_words_ = stop_words_of(file["stop_words"]);
  fingerprint_ = fnv1a(file.dump(-1, ' ', false, Json::error_handler_t::replace));
}

bool Language::answers_to(std::string_view primary) const {
  return primary == tag_ || std::find(also_.begin(), also_.end(), primary) != also_.end();
}

void Language::append_prepared(std::string& out, std::string_view word) const {
  for (const std::string& letter : before_capital_) {
    if (word.size() <= letter.size() || word.compare(0, letter.size(), letter) != 0) continue;
    const std::uint32_t next = decode(word, letter.size()).code;
    if (next == ill_formed || !is_capital(next)) continue;
    word.remove_prefix(letter.size());
    break;
  }
  append_lower(out, word);
}

std::string Language::stem(std::string_view word) const {
  std::string out(word);
  for (const auto& [letter, instead] : letters_) {
    for (std::size_t at = out.find(letter); at != std::string::npos;
         at = out.find(letter, at + instead.size()))
      out.replace(at, letter.size(), instead);
  }
  for (const auto& [start, instead] : start_) {
    if (out.size() <= start.size() || out.compare(0, start.size(), start) != 0) continue;
    out.replace(0, start.size(), instead);
    break;
  }
  if (rules_) return rules_->stem(out);
  if (!algorithm_) return out;
  if (first_) out = first_->stem(out);
  out = snowball_stem(out, *algorithm_);
  return then_ ? then_->stem(out) : out;
}

bool Language::is_stop_word(std::string_view folded) const {
  return std::binary_search(stop_words_.begin(), stop_words_.end(), folded);
}

namespace {

// Those of the library never change; those of a host are put in front of a list that only grows, so
// that readers need no lock.
struct Added {
  Language language;
  const Added* next = nullptr;
};

const std::vector<Language>& embedded_languages() {
  static const std::vector<Language> read = [] {
    constexpr std::string_view folder = "languages/";
    std::vector<Language> made;
    const data::EmbeddedTable table = data::embedded_table();
    for (std::size_t i = 0; i < table.size; ++i) {
      const data::EmbeddedRange& row = table.rows[i];
      if (std::string_view(row.name).substr(0, folder.size()) != folder) continue;
      try {
        made.emplace_back(
            std::string_view(row.begin, static_cast<std::size_t>(row.end - row.begin)));
      } catch (const Error&) {
        // A libstemmer without the algorithm. A language less is better than no search at all; the
        // tests see to it that nothing else is wrong with these files.
      }
    }
    return made;
  }();
  return read;
}

std::atomic<const Added*> first_added{nullptr};

const Language* find_primary(std::string_view primary) {
  for (const Language& one : embedded_languages())
    if (one.answers_to(primary)) return &one;
  for (const Added* at = first_added.load(std::memory_order_acquire); at != nullptr; at = at->next)
    if (at->language.answers_to(primary)) return &at->language;
  return nullptr;
}

}  // namespace

const Language* find_language(std::string_view tag) {
  return find_primary(primary_language(tag));
}

std::string language_tag(std::string_view tag) {
  const Language* language = find_language(tag);
  return language == nullptr ? primary_language(tag) : language->tag();
}

std::vector<const Language*> languages() {
  std::vector<const Language*> found;
  for (const Language& one : embedded_languages()) found.push_back(&one);
  for (const Added* at = first_added.load(std::memory_order_acquire); at != nullptr; at = at->next)
    found.push_back(&at->language);
  std::sort(found.begin(), found.end(),
            [](const Language* one, const Language* other) { return one->tag() < other->tag(); });
  return found;
}

const Language& add_language(std::string_view json) {
  auto made = std::make_unique<Added>(Added{Language(json), nullptr});
  static std::mutex adding;
  const std::lock_guard<std::mutex> lock(adding);
  std::vector<std::string> tags = made->language.also();
  tags.push_back(made->language.tag());
  for (const std::string& tag : tags) {
    const Language* there = find_primary(tag);
    if (there == nullptr) continue;
    if (there->tag() == made->language.tag() &&
        there->fingerprint() == made->language.fingerprint())
      return *there;
    throw Error(ErrorCode::AlreadyExists,
                "language " + tag + " is there already (" + there->english_name() +
                    "), with another definition; languages hold for the life of the process");
  }
  made->next = first_added.load(std::memory_order_relaxed);
  const Added* kept = made.release();  // for the life of the process
  first_added.store(kept, std::memory_order_release);
  return kept->language;
}

}  // namespace koinon::text
