// SPDX-License-Identifier: Apache-2.0
#include "data/vocabulary.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "data/embedded.hpp"
#include "data/nuts.hpp"

namespace koinon::data {

namespace {

using Json = nlohmann::json;

std::string lower(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

// Lets a map of strings be asked with a view.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
using Index = std::unordered_map<std::string, std::size_t, ViewHash, std::equal_to<>>;

class LoadedVocabulary final : public Vocabulary {
 public:
  explicit LoadedVocabulary(std::string_view json) {
    const Json file = Json::parse(json);
    for (const Json& told : file.at("entries")) add(told);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      codes_.emplace(entries_[i].code, i);
      for (const Label& label : entries_[i].labels) name(label.text, i);
      for (const std::string& spelling : entries_[i].spellings) name(spelling, i);
    }
    // A code names its own entry, whatever else is called the same.
    for (std::size_t i = 0; i < entries_.size(); ++i) names_[lower(entries_[i].code)] = i;
  }

  const std::vector<Entry>& entries() const override { return entries_; }

  const Entry* find(std::string_view code) const override { return at(codes_, code); }

  const Entry* named(std::string_view text) const override { return at(names_, lower(text)); }

 private:
  static constexpr std::size_t ambiguous = static_cast<std::size_t>(-1);

  void add(const Json& told) {
    Entry entry;
    entry.code = told.at("code").get<std::string>();
    for (const auto& [language, text] : told.at("labels").items())
      entry.labels.push_back({language, text.get<std::string>()});
    for (const char* key : {"spellings", "names"}) {
      if (told.contains(key)) {
        for (const Json& text : told[key]) entry.spellings.push_back(text.get<std::string>());
      }
    }
    for (const char* key : {"iso", "iso3"}) {
      if (told.contains(key) && told[key].is_string())
        entry.spellings.push_back(told[key].get<std::string>());
    }
    entries_.push_back(std::move(entry));
  }

  void name(const std::string& text, std::size_t entry) {
    const auto [place, fresh] = names_.emplace(lower(text), entry);
    if (!fresh && place->second != entry) place->second = ambiguous;
  }

  const Entry* at(const Index& index, std::string_view key) const {
    const auto found = index.find(key);
    if (found == index.end() || found->second == ambiguous) return nullptr;
    return &entries_[found->second];
  }

  std::vector<Entry> entries_;
  Index codes_;
  Index names_;
};

constexpr std::string_view folder = "vocabularies/";
constexpr std::string_view ending = ".json";

}  // namespace

const Vocabulary* vocabulary(std::string_view name) {
  // Found or not, the answer is kept: asking is one lock and one look-up.
  static std::mutex guard;
  static std::map<std::string, std::unique_ptr<Vocabulary>, std::less<>> loaded;
  const std::lock_guard lock(guard);
  const auto known = loaded.find(name);
  if (known != loaded.end()) return known->second.get();
  const std::string_view json =
      embedded(std::string(folder) + std::string(name) + std::string(ending));
  auto made = json.data() ? std::make_unique<LoadedVocabulary>(json) : nullptr;
  return loaded.emplace(name, std::move(made)).first->second.get();
}

std::vector<std::string> vocabulary_names() {
  std::vector<std::string> names;
  const EmbeddedTable table = embedded_table();
  for (std::size_t i = 0; i < table.size; ++i) {
    const std::string_view file = table.rows[i].name;
    const bool is_vocabulary = file.substr(0, folder.size()) == folder &&
                               file.substr(file.size() - ending.size()) == ending;
    if (is_vocabulary)
      names.emplace_back(file.substr(folder.size(), file.size() - folder.size() - ending.size()));
  }
  return names;
}

std::string label(std::string_view name, std::string_view code, std::string_view language) {
  if (name == "nuts") {
    const auto region = nuts_region(code);
    return std::string(region ? region->label : code);
  }
  const Vocabulary* entries = vocabulary(name);
  const Entry* entry = entries ? entries->find(code) : nullptr;
  if (!entry) return std::string(code);
  const Label* english = nullptr;
  for (const Label& told : entry->labels) {
    if (told.language == language) return told.text;
    if (told.language == "en") english = &told;
  }
  return english ? english->text : std::string(code);
}

const std::vector<SampleFile>& sample() {
  static const std::vector<SampleFile> files = [] {
    std::vector<SampleFile> found;
    const EmbeddedTable table = embedded_table();
    for (std::size_t i = 0; i < table.size; ++i) {
      const EmbeddedRange& row = table.rows[i];
      if (std::string_view(row.name).substr(0, 7) == "sample/")
        found.push_back({row.name, {row.begin, static_cast<std::size_t>(row.end - row.begin)}});
    }
    return found;
  }();
  return files;
}

}  // namespace koinon::data
