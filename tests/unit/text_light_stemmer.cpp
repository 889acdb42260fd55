// SPDX-License-Identifier: Apache-2.0
#include "text/light_stemmer.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catch.hpp"
#include "data/embedded.hpp"
#include "golden_list.hpp"
#include "koinon/error.hpp"
#include "text/language.hpp"

using namespace koinon;
using namespace koinon::text;
using Json = nlohmann::json;

namespace {

// Null for a language that a test has added.
Json file_of(const std::string& language) {
  return Json::parse(data::embedded("languages/" + language + ".json"), nullptr, false);
}

std::vector<std::string> languages_with_rules() {
  std::vector<std::string> tags;
  for (const Language* one : languages())
    if (one->rules() != nullptr && file_of(one->tag()).is_object()) tags.push_back(one->tag());
  return tags;
}

GoldenList golden(const std::string& language) {
  return golden_list(std::string(KOINON_TEST_DIR) + "/fixtures/languages/" + language + ".txt");
}

// The slow and obvious way: every ending of the word, the longest first.
class Twin {
 public:
  explicit Twin(const Json& file) {
    for (const Json& step : file["stem"]) {
      auto& endings = steps_.emplace_back();
      for (const Json& rule : step["rules"]) {
        const std::size_t keep = rule.value("keep", step["keep"].get<std::size_t>());
        for (const auto& ending : words_in(rule.value("remove", ""))) endings[ending] = {"", keep};
        for (const auto& ending : words_in(rule.value("leave", "")))
          endings[ending] = {ending.substr(ending[0] == '^' ? 1 : 0), 0};
        const Json pairs = rule.value("replace", Json::object());
        for (const auto& [ending, instead] : pairs.items())
          endings[ending] = {instead.get<std::string>(), ending[0] == '^' ? 0 : keep};
      }
    }
  }

  std::string stem(std::string word) const {
    for (const auto& endings : steps_) {
      const std::string whole = "^" + word;
      for (std::size_t at = 0; at < whole.size(); ++at) {
        const auto found = endings.find(whole.substr(at));
        const std::string kept = word.substr(0, at == 0 ? 0 : at - 1);
        if (found == endings.end() || letters(kept) < found->second.second) continue;
        word = kept + found->second.first;
        break;
      }
    }
    return word;
  }

 private:
  static std::size_t letters(const std::string& text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
  }

  std::vector<std::map<std::string, std::pair<std::string, std::size_t>>> steps_;
};

// The file with this in the place of its rules.
std::string complaint(const std::string& step) {
  const std::string text = R"({"language": "xx", "name": {"en": "X", "own": "x"}, "script": "Latn",
    "stem": [)" + step + "]}";
  try {
    const Language language(text);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidInput);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("every language with rules of our own has a golden list that holds", "[text]") {
  REQUIRE(languages_with_rules().size() >= 9);
  for (const std::string& language : languages_with_rules()) {
    CAPTURE(language);
    const GoldenList list = golden(language);
    CHECK(check_golden(list, language) >= 50);
    CHECK(list.size() >= 25);
  }
}

TEST_CASE("the light stemmer does what its slow twin does", "[text]") {
  std::vector<std::string> words = {"",     "^",    "a",    "^a",    "\xFF\xC3",
                                    "\xC5", "\xA1", "2026", "\u0161"};
  for (const std::string& language : languages_with_rules()) {
    for (const auto& [wanted, forms] : golden(language)) {
      for (const std::string& word : forms) {
        words.push_back(word);
        words.push_back(word.substr(word.size() / 2));  // may begin inside a letter
        words.push_back(word + word);
      }
    }
  }
  for (const std::string& language : languages_with_rules()) {
    const Twin twin(file_of(language));
    std::size_t wrong = 0;
    for (const std::string& word : words)
      wrong += find_language(language)->rules()->stem(word) != twin.stem(word) ? 1 : 0;
    CAPTURE(language);
    CHECK(wrong == 0);
  }
}

TEST_CASE("rules do what the file says and nothing else", "[text]") {
  const Json file = Json::parse(R"({"stem": [
    {"keep": 2, "rules": [
      {"remove": "a  na"},
      {"keep": 4, "remove": "ovna"},
      {"replace": {"če": "k", "^mi": "ja", "long": "longer still"}},
      {"leave": "tra ^ana"}]},
    {"keep": 3, "rules": [{"replace": {"k": "c"}}]}]})");
  const LightStemmer stemmer(file);
  CHECK(stemmer.stem("bela") == "bel");
  CHECK(stemmer.stem("belna") == "bel");      // the longest ending
  CHECK(stemmer.stem("belovna") == "belov");  // that leaves letters enough
  CHECK(stemmer.stem("belyovna") == "bely");
  CHECK(stemmer.stem("ša") == "ša");  // letters are counted, not bytes
  CHECK(stemmer.stem("šša") == "šš");
  CHECK(stemmer.stem("extra") == "extra");
  CHECK(stemmer.stem("ana") == "ana");
  CHECK(stemmer.stem("bana") == "ba");
  CHECK(stemmer.stem("mi") == "ja");
  CHECK(stemmer.stem("ymi") == "ymi");
  CHECK(stemmer.stem("ruče") == "ruk");
  CHECK(stemmer.stem("vlače") == "vlac");  // the next step sees what the first has left
  CHECK(stemmer.stem("oblong") == "oblonger still");
}

TEST_CASE("odd words do the light stemmers no harm", "[text]") {
  for (const std::string& language : languages_with_rules()) {
    const LightStemmer& stemmer = *find_language(language)->rules();
    CHECK(stemmer.stem("").empty());
    CHECK(stemmer.stem("i") == "i");
    CHECK(stemmer.stem("2026") == "2026");
    CHECK(stemmer.stem("\xFF\xC3") == "\xFF\xC3");
    CHECK(stemmer.stem(std::string(100000, 'a')).size() >= 99990);
    for (const char* tail : {"a", "i", "\xC5", "\xA1", "\xC4\x85"})
      CHECK(!stemmer.stem(std::string("\x80\xBF\xFF", 3) + tail).empty());
  }
}

TEST_CASE("rules at fault are refused by the name of the field", "[text]") {
  CHECK(complaint("").find(" stem: ") != std::string::npos);
  CHECK(complaint("1") == "language file: stem[0].keep: is missing");
  CHECK(complaint(R"({"keep": -1})").find("stem[0].keep: a number") != std::string::npos);
  CHECK(complaint(R"({"keep": 2})") == "language file: stem[0].rules: is missing");
  const auto rule = [&](const std::string& text) {
    return complaint(R"({"keep": 2, "rules": [{"remove": "a"}, )" + text + "]}");
  };
  CHECK(rule(R"({"remove": "b"})").empty());
  CHECK(rule("7").find("stem[0].rules[1]") != std::string::npos);
  CHECK(rule("{}").find("stem[0].rules[1].remove: a rule says") != std::string::npos);
  CHECK(rule(R"({"remove": " "})").find("stem[0].rules[1].remove: words or endings") !=
        std::string::npos);
  CHECK(rule(R"({"remove": ["b"]})").find("rules[1].remove: a text") != std::string::npos);
  CHECK(rule(R"({"replace": "b"})").find("rules[1].replace: pairs") != std::string::npos);
  CHECK(rule(R"({"replace": {"b": 1}})").find("rules[1].replace.b: a text") != std::string::npos);
  CHECK(rule(R"({"replace": {"^": "b"}})").find("rules[1]") != std::string::npos);
  CHECK(rule(R"({"remove": "^b"})").find("nothing is left of ^b") != std::string::npos);
  CHECK(rule(R"({"keep": 0, "remove": "b"})").find("rules[1].keep") != std::string::npos);
  CHECK(rule(R"({"keep": 99, "remove": "b"})").find("rules[1].keep") != std::string::npos);
  CHECK(rule(R"({"remove": "b a"})").find("'a' stands there twice") != std::string::npos);
}
