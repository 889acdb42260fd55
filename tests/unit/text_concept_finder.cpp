// SPDX-License-Identifier: Apache-2.0
#include "text/concept_finder.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "text/bundled_thesaurus.hpp"
#include "text/thesaurus_builder.hpp"

using namespace koinon::text;

namespace {

struct Seen {
  std::string uri;
  std::string words;
  bool operator==(const Seen&) const = default;
};

std::vector<Seen> find(const Thesaurus& thesaurus, const std::string& text,
                       const std::string& language, TextKind kind = TextKind::Document) {
  Analyser analyser;
  ConceptFinder finder(thesaurus);
  const auto tokens = analyser.run(text, language);
  std::vector<Seen> seen;
  for (const FoundConcept& one : finder.run(text, tokens, language, kind)) {
    CHECK(tokens[one.first].begin == one.begin);
    CHECK(tokens[one.last].end == one.end);
    seen.push_back(
        {std::string(thesaurus.uri(one.id)), text.substr(one.begin, one.end - one.begin)});
  }
  return seen;
}

// A table and the bytes that it lies in.
class Table {
 public:
  void label(const std::string& uri, const std::string& language, const std::string& text) {
    ConceptToAdd added;
    added.uri = uri;
    added.labels.push_back({language, text, false});
    builder_.add(std::move(added));
  }
  void silence(const std::string& language, const std::string& word) {
    builder_.silence(language, word);
  }
  const Thesaurus& made() {
    bytes_ = builder_.build();
    thesaurus_ = Thesaurus({bytes_.data(), bytes_.size()});
    return thesaurus_;
  }

 private:
  ThesaurusBuilder builder_;
  std::vector<char> bytes_;
  Thesaurus thesaurus_;
};

using All = std::vector<Seen>;

}  // namespace

TEST_CASE("the longest label wins and keeps its place", "[text][concepts]") {
  Table table;
  table.label("u", "en", "unemployment");
  table.label("y", "en", "youth unemployment");
  table.label("p", "en", "youth unemployment programme of work");
  const Thesaurus& thesaurus = table.made();
  CHECK(find(thesaurus, "Less youth unemployment, and unemployment.", "en") ==
        All{{"y", "youth unemployment"}, {"u", "unemployment"}});
  // The longest that is whole, not the longest that was begun.
  CHECK(find(thesaurus, "A youth unemployment programme of art", "en") ==
        All{{"y", "youth unemployment"}});
}

TEST_CASE("the finder agrees with its slow twin", "[text][concepts]") {
  // Words of four to six letters in a language without a stemmer: a label is its words.
  const std::vector<std::string> words = {"aaaa", "bbbbb", "cccccc", "dddd", "eeeee"};
  std::mt19937 random(3);
  const auto some = [&](std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(words[random() % words.size()]);
    return all;
  };
  const auto joined = [](const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& word : all) text += (text.empty() ? "" : " ") + word;
    return text;
  };
  for (int round = 0; round < 50; ++round) {
    Table table;
    std::vector<std::vector<std::string>> labels;
    for (int i = 0; i < 12; ++i) {
      labels.push_back(some(1 + random() % 4));
      table.label(joined(labels.back()), "zz", joined(labels.back()));
    }
    const Thesaurus& thesaurus = table.made();
    const std::vector<std::string> text = some(40);
    All expected;
    for (std::size_t at = 0; at < text.size();) {
      std::vector<std::string> best;
      for (const auto& label : labels) {
        const bool here = label.size() <= text.size() - at &&
                          std::equal(label.begin(), label.end(), text.begin() + at);
        if (here && label.size() > best.size()) best = label;
      }
      if (!best.empty()) expected.push_back({joined(best), joined(best)});
      at += std::max<std::size_t>(best.size(), 1);
    }
    CHECK(find(thesaurus, joined(text), "zz") == expected);
  }
}

TEST_CASE("inflected labels are found by their stems", "[text][concepts]") {
  const Thesaurus& thesaurus = bundled_thesaurus();
  CHECK(find(thesaurus, "Daklozen in de stad Gent", "nl").at(0).uri == "eurovoc:3352");
  CHECK(find(thesaurus, "hanke vähentää asunnottomuutta", "fi").at(0).uri == "eurovoc:3352");
  CHECK(find(thesaurus, "przeciw bezdomności", "pl").at(0).uri == "eurovoc:3352");
  CHECK(find(thesaurus, "για τους άστεγους", "el").at(0).uri == "eurovoc:3352");
}

TEST_CASE("a label of several concepts gives all of them", "[text][concepts]") {
  Table table;
  table.label("bank", "en", "river bank");
  table.label("money", "en", "river bank");
  CHECK(find(table.made(), "a river bank", "en") ==
        All{{"bank", "river bank"}, {"money", "river bank"}});
}

TEST_CASE("little words and capitals fire in a question only", "[text][concepts]") {
  Table table;
  table.label("law", "en", "law");
  table.label("neet", "en", "NEET");
  table.label("water", "en", "water");
  const Thesaurus& thesaurus = table.made();
  CHECK(find(thesaurus, "law neet water", "en") == All{{"water", "water"}});
  CHECK(find(thesaurus, "for NEET and NEETs", "en") == All{{"neet", "NEET"}});
  CHECK(find(thesaurus, "law neet", "en", TextKind::Question) ==
        All{{"law", "law"}, {"neet", "neet"}});
}

TEST_CASE("a silent word is no label by itself", "[text][concepts]") {
  Table table;
  table.label("testament", "en", "will");
  table.label("free", "en", "free will");
  table.silence("en", "WILL");
  const Thesaurus& thesaurus = table.made();
  CHECK(find(thesaurus, "he will", "en").empty());
  CHECK(find(thesaurus, "he will", "en", TextKind::Question).empty());
  CHECK(find(thesaurus, "the wills", "en") == All{{"testament", "wills"}});
  CHECK(find(thesaurus, "a free will", "en") == All{{"free", "free will"}});
}

TEST_CASE("a silent word in capitals is the label in capitals", "[text][concepts]") {
  Table table;
  table.label("health", "en", "WHO");
  table.silence("en", "who");
  const Thesaurus& thesaurus = table.made();
  CHECK(find(thesaurus, "who helps", "en", TextKind::Question).empty());
  CHECK(find(thesaurus, "the WHO helps", "en", TextKind::Question) == All{{"health", "WHO"}});
  CHECK(find(thesaurus, "the WHO helps", "en") == All{{"health", "WHO"}});
}

TEST_CASE("a stem that says too little does not speak for a word", "[text][concepts]") {
  Table table;
  table.label("goods", "de", "Ware");
  table.label("nationality", "en", "nationality");
  table.label("nationalism", "en", "nationalism");
  table.label("nationalisation", "en", "nationalisation");
  table.label("starch", "sv", "stärkelse");
  const Thesaurus& thesaurus = table.made();
  CHECK(find(thesaurus, "das war eine Ware", "de") == All{{"goods", "Ware"}});
  CHECK(find(thesaurus, "national nationalism", "en") == All{{"nationalism", "nationalism"}});
  CHECK(find(thesaurus, "stärka stärkelsen", "sv") == All{{"starch", "stärkelsen"}});
}

TEST_CASE("labels of several words are found by prefix where stems fail", "[text][concepts]") {
  Table table;
  table.label("m", "el", "Κεντρική Μακεδονία");
  const Thesaurus& thesaurus = table.made();
  CHECK(find(thesaurus, "στη ΚΕΝΤΡΙΚΗΣ ΜΑΚΕΔΟΝΙΑΣ", "el") == All{{"m", "ΚΕΝΤΡΙΚΗΣ ΜΑΚΕΔΟΝΙΑΣ"}});
}

TEST_CASE("a label does not reach over the end of a sentence", "[text][concepts]") {
  Table table;
  table.label("e", "en", "work experience");
  const Thesaurus& thesaurus = table.made();
  CHECK(find(thesaurus, "Paid work. Experience counts.", "en").empty());
  CHECK(find(thesaurus, "work\n\nexperience", "en").empty());
  CHECK(find(thesaurus, "work\nexperience", "en").size() == 1);
}

TEST_CASE("languages keep to themselves", "[text][concepts]") {
  Table table;
  table.label("x", "en", "housing");
  const Thesaurus& thesaurus = table.made();
  CHECK(find(thesaurus, "housing", "en-GB").size() == 1);
  for (const char* other : {"fi", "und", "", "zz", "not a tag at all"}) {
    CHECK(find(thesaurus, "housing", other).empty());
  }
  CHECK(find(Thesaurus(), "housing", "en").empty());
}

TEST_CASE("concepts are looked for in any bytes", "[text][concepts]") {
  const Thesaurus& thesaurus = bundled_thesaurus();
  std::string marks = "social";
  for (int i = 0; i < 5000; ++i) marks += "\xCC\x81";
  CHECK(find(thesaurus, "social \xFF\xFE housing \xED\xA0\x80", "en").size() <= 2);
  CHECK(find(thesaurus, std::string(1 << 20, 'a'), "en").empty());
  find(thesaurus, marks + " housing", "en");
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::string text(random() % 300, '\0');
    for (char& c : text) c = static_cast<char>(random());
    find(thesaurus, text, "mt", TextKind::Question);
  }
}

TEST_CASE("a damaged table misleads but does no harm", "[text][concepts]") {
  Table table;
  for (int i = 0; i < 50; ++i)
    table.label("c" + std::to_string(i), "en", "word" + std::to_string(i % 20) + " of labels");
  ThesaurusBuilder copy;
  copy.add(table.made());
  const std::vector<char> good = copy.build();
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::vector<char> bad = good;
    for (int i = 0; i < 4; ++i)
      bad[120 + random() % (bad.size() - 120)] = static_cast<char>(random());
    const Thesaurus thesaurus({bad.data(), bad.size()});
    Analyser analyser;
    ConceptFinder finder(thesaurus);
    const std::string text = "word1 of labels and word2 of labels";
    finder.run(text, analyser.run(text, "en"), "en", TextKind::Question);
    for (ConceptId id = 0; id < thesaurus.size(); ++id) {
      thesaurus.label(id, "en");
      thesaurus.others(id);
      thesaurus.expand(id);
      thesaurus.find(thesaurus.uri(id));
    }
  }
}
