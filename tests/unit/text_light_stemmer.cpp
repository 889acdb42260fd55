// SPDX-License-Identifier: Apache-2.0
#include "text/light_stemmer.hpp"

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "data/embedded.hpp"
#include "koinon/error.hpp"
#include "text/fold.hpp"
#include "text/stem.hpp"

using namespace koinon;
using namespace koinon::text;
using Json = nlohmann::json;

namespace {

std::string term(std::string_view word, std::string_view language) {
  return fold(stem(lower(word), language));
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// The golden list of a language: lines of a term and all words that have it.
std::map<std::string, std::vector<std::string>> golden(const std::string& language) {
  std::ifstream file(std::string(KOINON_TEST_DIR) + "/fixtures/languages/" + language + ".txt");
  std::map<std::string, std::vector<std::string>> list;
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    REQUIRE(colon != std::string::npos);
    // A term that stood on two lines would prove nothing about their words.
    CHECK(list.emplace(line.substr(0, colon), words_of(line.substr(colon + 2))).second);
  }
  return list;
}

Json file_of(const std::string& language) {
  return Json::parse(data::embedded("languages/" + language + ".json"));
}

// The slow and obvious way: every ending of the word, the longest first.
class Twin {
 public:
  explicit Twin(const Json& file) {
    for (const Json& step : file["stem"]) {
      auto& endings = steps_.emplace_back();
      for (const Json& rule : step["rules"]) {
        const std::size_t keep = rule.value("keep", step["keep"].get<std::size_t>());
        for (const auto& ending : words_of(rule.value("remove", ""))) endings[ending] = {"", keep};
        for (const auto& ending : words_of(rule.value("leave", "")))
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

std::string complaint(std::string_view json) {
  try {
    const LightStemmer stemmer(json);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidInput);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("every official language of the Union has a stemmer", "[text]") {
  for (const char* tag : {"bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
                          "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"}) {
    CHECK(has_stemmer(tag));
  }
}

TEST_CASE("every language file has a golden list that holds", "[text]") {
  REQUIRE(light_languages().size() >= 9);
  for (const std::string& language : light_languages()) {
    CAPTURE(language);
    const auto list = golden(language);
    std::size_t count = 0;
    for (const auto& [wanted, words] : list) {
      for (const std::string& word : words) {
        CAPTURE(word);
        CHECK(term(word, language) == wanted);
      }
      count += words.size();
    }
    CHECK(list.size() >= 25);
    CHECK(count >= 50);
  }
}

TEST_CASE("the errors that a language file tells of are errors", "[text]") {
  for (const std::string& language : light_languages()) {
    const Json file = file_of(language);
    for (const Json& told : file.at("known_errors")) {
      std::set<std::string> terms;
      for (const auto& word : words_of(told.at("words"))) terms.insert(term(word, language));
      CAPTURE(language, told.at("words").get<std::string>());
      CHECK((terms.size() == 1) == (told.at("wrongly") == "together"));
    }
  }
}

TEST_CASE("the light stemmer does what its slow twin does", "[text]") {
  std::vector<std::string> words = {"",     "^",    "a",    "^a",    "\xFF\xC3",
                                    "\xC5", "\xA1", "2026", "\u0161"};
  for (const std::string& language : light_languages()) {
    for (const auto& [wanted, forms] : golden(language)) {
      for (const std::string& word : forms) {
        words.push_back(word);
        words.push_back(word.substr(word.size() / 2));  // may begin inside a letter
        words.push_back(word + word);
      }
    }
  }
  for (const std::string& language : light_languages()) {
    const Twin twin(file_of(language));
    std::size_t wrong = 0;
    for (const std::string& word : words)
      wrong += light_stemmer(language)->stem(word) != twin.stem(word) ? 1 : 0;
    CAPTURE(language);
    CHECK(wrong == 0);
  }
}

TEST_CASE("a language is its file and nothing else", "[text]") {
  const LightStemmer stemmer(R"({"language": "xx", "stem": [
    {"keep": 2, "rules": [
      {"remove": "a  na"},
      {"keep": 4, "remove": "ovna"},
      {"replace": {"če": "k", "^mi": "ja", "long": "longer still"}},
      {"leave": "tra ^ana"}]},
    {"keep": 3, "rules": [{"replace": {"k": "c"}}]}]})");
  CHECK(stemmer.language() == "xx");
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
  for (const std::string& language : light_languages()) {
    const LightStemmer& stemmer = *light_stemmer(language);
    CHECK(stemmer.stem("").empty());
    CHECK(stemmer.stem("i") == "i");
    CHECK(stemmer.stem("2026") == "2026");
    CHECK(stemmer.stem("\xFF\xC3") == "\xFF\xC3");
    CHECK(stemmer.stem(std::string(100000, 'a')).size() >= 99990);
    for (const char* tail : {"a", "i", "\xC5", "\xA1", "\xC4\x85"})
      CHECK(!stemmer.stem(std::string("\x80\xBF\xFF", 3) + tail).empty());
  }
  CHECK(light_stemmer("tr") == nullptr);
  CHECK(light_stemmer("") == nullptr);
}

TEST_CASE("a language file at fault is refused by the name of the field", "[text]") {
  const auto with = [](const std::string& step) {
    return R"({"language": "xx", "stem": [)" + step + "]}";
  };
  CHECK(complaint("{") == "language file: the whole: is no JSON object");
  CHECK(complaint("[]") == "language file: the whole: is no JSON object");
  CHECK(complaint("{}") == "language file: language: is missing");
  CHECK(complaint(R"({"language": 1})") == "language file: language: a text is wanted");
  CHECK(complaint(R"({"language": "xx"})") == "language file: stem: is missing");
  CHECK(complaint(with("")).find(" stem: ") != std::string::npos);
  CHECK(complaint(with("1")) == "language file: stem[0].keep: is missing");
  CHECK(complaint(with(R"({"keep": -1})")).find("stem[0].keep: a number") != std::string::npos);
  CHECK(complaint(with(R"({"keep": 2})")) == "language file: stem[0].rules: is missing");
  const auto rule = [&](const std::string& text) {
    return complaint(with(R"({"keep": 2, "rules": [{"remove": "a"}, )" + text + "]}"));
  };
  CHECK(rule(R"({"remove": "b"})").empty());
  CHECK(rule("7").find("stem[0].rules[1]") != std::string::npos);
  CHECK(rule("{}").find("stem[0].rules[1].remove: a rule says") != std::string::npos);
  CHECK(rule(R"({"remove": " "})").find("stem[0].rules[1].remove: endings") != std::string::npos);
  CHECK(rule(R"({"remove": ["b"]})").find("rules[1].remove: a text") != std::string::npos);
  CHECK(rule(R"({"replace": "b"})").find("rules[1].replace: pairs") != std::string::npos);
  CHECK(rule(R"({"replace": {"b": 1}})").find("rules[1].replace.b: a text") != std::string::npos);
  CHECK(rule(R"({"replace": {"^": "b"}})").find("rules[1]") != std::string::npos);
  CHECK(rule(R"({"remove": "^b"})").find("nothing is left of ^b") != std::string::npos);
  CHECK(rule(R"({"keep": 0, "remove": "b"})").find("rules[1].keep") != std::string::npos);
  CHECK(rule(R"({"keep": 99, "remove": "b"})").find("rules[1].keep") != std::string::npos);
  CHECK(rule(R"({"remove": "b a"})").find("'a' stands there twice") != std::string::npos);
}
