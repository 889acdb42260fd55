// SPDX-License-Identifier: Apache-2.0
#include "text/language.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "data/embedded.hpp"
#include "golden_list.hpp"
#include "koinon/error.hpp"
#include "text/analyse.hpp"
#include "text/fold.hpp"
#include "text/stem.hpp"

using namespace koinon;
using namespace koinon::text;
using Json = nlohmann::json;

namespace {

const std::vector<std::string> official = {"bg", "cs", "da", "de", "el", "en", "es", "et",
                                           "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
                                           "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"};

std::string file_at(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string example(const std::string& name) {
  return file_at(std::string(KOINON_SOURCE_DIR) + "/examples/languages/" + name);
}

// A file that reads well, with this instead of its last brace.
std::string file_with(const std::string& more, const std::string& tag = "qaa") {
  return R"({"language": ")" + tag + R"(", "name": {"en": "X", "own": "x"}, "script": "Latn")" +
         more + "}";
}

template <class Call>
std::string complaint(Call call, ErrorCode code = ErrorCode::InvalidInput) {
  try {
    call();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  return "";
}

std::string refused(const std::string& json) {
  return complaint([&] { const Language language(json); });
}

bool finds(const std::string& text, const std::string& other, const std::string& language) {
  std::set<std::string> terms;
  const Language& known = *find_language(language);
  const auto of_text = analyse(text, language);
  const auto of_other = analyse(other, language);
  for (const OwnedToken& token : of_text)
    if (of_text.size() == 1 || !known.is_stop_word(token.surface)) terms.insert(token.stem);
  return std::any_of(of_other.begin(), of_other.end(),
                     [&](const OwnedToken& token) { return terms.count(token.stem) > 0; });
}

}  // namespace

TEST_CASE("every official language of the Union is known by its file", "[text]") {
  for (const std::string& tag : official) {
    CAPTURE(tag);
    const Language* language = find_language(tag);
    REQUIRE(language != nullptr);
    CHECK(language->tag() == tag);
    CHECK(language->has_stemmer());
    CHECK(has_stemmer(tag));
    CHECK((language->rules() == nullptr) != language->snowball().empty());
    CHECK(language->script() == (tag == "bg" ? "Cyrl" : tag == "el" ? "Grek" : "Latn"));
    CHECK(language->stop_words().size() >= 100);
    CHECK(language->stop_words().size() <= 500);
    const Json file = Json::parse(data::embedded("languages/" + tag + ".json"));
    CHECK(!file.at("sources").empty());
  }
  CHECK(find_language("hr-HR")->own_name() == "hrvatski");
  CHECK(find_language("HR")->english_name() == "Croatian");
  CHECK(find_language("sv_FI") == find_language("sv"));
  for (const char* tag : {"tr", "und", "", "-", "sv!"}) CHECK(find_language(tag) == nullptr);
}

TEST_CASE("stop words are the small words and none with a meaning of its own", "[text]") {
  const auto stops = [](const char* tag, const char* word) {
    return find_language(tag)->is_stop_word(fold(word));
  };
  CHECK(stops("fr", "Où"));
  CHECK(stops("fr", "l"));
  CHECK(stops("de", "für"));
  CHECK(stops("el", "και"));
  CHECK(stops("el", "τησ"));
  CHECK(stops("bg", "които"));
  CHECK(stops("mt", "tal"));
  CHECK(stops("et", "ning"));
  CHECK(stops("ro", "şi"));
  CHECK(stops("ro", "și"));
  CHECK_FALSE(stops("de", "mensch"));
  CHECK_FALSE(stops("en", "school"));
  CHECK_FALSE(stops("en", ""));
  CHECK_FALSE(stops("fi", "\xFF"));
  // The words of social policy, in some of their languages: none may be among them.
  const std::pair<const char*, const char*> kept[] = {
      {"fr", "pouvoir"}, {"fr", "personne"}, {"it", "bene"},   {"es", "poder"},  {"cs", "místo"},
      {"sk", "miesto"},  {"sv", "dom"},      {"en", "need"},   {"pl", "cel"},    {"hr", "moć"},
      {"nl", "werk"},    {"da", "bolig"},    {"de", "arbeit"}, {"lt", "darbas"}, {"sl", "delo"}};
  for (const auto& [tag, word] : kept) {
    CAPTURE(tag, word);
    CHECK_FALSE(stops(tag, word));
  }
}

TEST_CASE("forms that a person takes for one word find each other, in 24 languages", "[text]") {
  std::ifstream file(std::string(KOINON_TEST_DIR) + "/fixtures/languages/pairs.txt");
  std::map<std::string, int> together;
  std::map<std::string, int> apart;
  for (std::string line; std::getline(file, line);) {
    const auto cells = words_in(line);
    REQUIRE(cells.size() == 4);
    CAPTURE(line);
    const bool wanted = cells[1] == "=";
    CHECK(finds(cells[2], cells[3], cells[0]) == wanted);
    CHECK(finds(cells[3], cells[2], cells[0]) == wanted);
    ++(wanted ? together : apart)[cells[0]];
  }
  for (const std::string& tag : official) {
    CAPTURE(tag);
    CHECK(together[tag] >= 5);
    CHECK(apart[tag] >= 2);
  }
}

TEST_CASE("the errors that a language file tells of are errors", "[text]") {
  std::vector<std::string> files;
  for (const std::string& tag : official)
    files.emplace_back(data::embedded("languages/" + tag + ".json"));
  for (const char* name : {"nb.json", "uk.json"}) files.push_back(example(name));
  for (const std::string& text : files) {
    const std::string tag = add_language(text).tag();
    const Json file = Json::parse(text);
    const Json& errors = file.at("known_errors");
    for (const Json& told : errors) {
      std::set<std::string> terms;
      for (const auto& word : words_in(told.at("words"))) terms.insert(term_of(word, tag));
      CAPTURE(tag, told.at("words").get<std::string>());
      CHECK((terms.size() == 1) == (told.at("wrongly") == "together"));
    }
  }
}

TEST_CASE("a language that a host adds needs its file and nothing else", "[text]") {
  const std::string norwegian = example("nb.json");
  const Language& nb = add_language(norwegian);
  const Language& uk = add_language(example("uk.json"));
  CHECK(find_language("nb-NO") == &nb);
  CHECK(find_language("no") == &nb);
  CHECK(find_language("nn") == &nb);
  CHECK(find_language("uk") == &uk);
  CHECK(&add_language(norwegian) == &nb);          // once more changes nothing
  CHECK(&add_language(norwegian + " \n") == &nb);  // nor does spacing
  const auto all = languages();
  CHECK(std::count(all.begin(), all.end(), &nb) == 1);
  CHECK(nb.is_stop_word("ikke"));
  CHECK(uk.is_stop_word(fold("який")));
  CHECK(finds("hjemmet", "hjem", "nb"));
  CHECK(finds("Skolene i Oslo", "skole", "nb"));
  CHECK(finds("Skulane på Vestlandet", "skulen", "nn"));
  CHECK(finds("соціальних послуг", "послуги", "uk"));
  CHECK_FALSE(finds("школа", "шкода", "uk"));
  for (const std::string tag : {"nb", "uk"}) {
    const GoldenList golden =
        golden_list(std::string(KOINON_SOURCE_DIR) + "/examples/languages/" + tag + ".txt");
    CHECK(check_golden(golden, tag) >= 50);
    CHECK(golden.size() >= 15);
  }
  const auto analysed = analyse("У школах України", "uk");
  REQUIRE(analysed.size() == 3);
  CHECK(analysed[1].stem == term_of("школа", "uk"));
}

TEST_CASE("a language has one definition for the life of the process", "[text]") {
  const Language& first = add_language(file_with(R"(, "snowball": "english")", "qab"));
  const auto taken = [](const std::string& json) {
    return complaint([&] { add_language(json); }, ErrorCode::AlreadyExists);
  };
  CHECK(taken(file_with("", "qab")).find("qab is there already") != std::string::npos);
  CHECK(taken(file_with("", "de")).find("de is there already (German)") != std::string::npos);
  CHECK(!taken(file_with(R"(, "also": "qac fr")", "qad")).empty());
  CHECK(find_language("qad") == nullptr);  // nothing has changed
  CHECK(find_language("qac") == nullptr);
  CHECK(find_language("qab") == &first);
  CHECK(first.stem("schools") == "school");
  // The embedded ones may be told once more as they are.
  CHECK(&add_language(data::embedded("languages/hr.json")) == find_language("hr"));
}

TEST_CASE("languages are added while others look", "[text]") {
  std::vector<std::thread> threads;
  std::vector<const Language*> made(4, nullptr);
  for (std::size_t i = 0; i < made.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 50; ++round) {
        made[i] = &add_language(file_with("", "qba"));
        add_language(file_with("", std::string("qc") + static_cast<char>('a' + i)));
        if (find_language("qba") != made[i] || find_language("de") == nullptr) made[i] = nullptr;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(made == std::vector<const Language*>(4, find_language("qba")));
}

TEST_CASE("letters, beginnings and capitals are told by the file", "[text]") {
  const Language language(file_with(R"(, "letters": {"ș": "ş", "q": "kv"},
    "start": {"ha": "a", "h": "x"}, "before_capital": "t n")"));
  CHECK(language.stem("așqq") == "aşkvkv");
  CHECK(language.stem("hal") == "al");  // the longest beginning
  CHECK(language.stem("hul") == "xul");
  CHECK(language.stem("ha") == "xa");  // something must be left
  const auto prepared = [&](const char* word) {
    std::string out = "_";
    language.append_prepared(out, word);
    return out.substr(1);
  };
  CHECK(prepared("tAontas") == "aontas");
  CHECK(prepared("nÉirinn") == "éirinn");
  CHECK(prepared("teach") == "teach");
  CHECK(prepared("t") == "t");
  CHECK(prepared("t\xC3") == lower("t\xC3"));
  CHECK(prepared("").empty());
}

TEST_CASE("the first algorithm that libstemmer has is taken", "[text]") {
  CHECK(Language(file_with(R"(, "snowball": "nonesuch english")")).snowball() == "english");
  CHECK_FALSE(Language(file_with("")).has_stemmer());
  CHECK(Language(file_with("")).stem("schools") == "schools");
}

TEST_CASE("rules before and after Snowball mend what it does", "[text]") {
  const Language language(file_with(R"(, "snowball": "english",
    "first": [{"keep": 1, "rules": [{"replace": {"kids": "children"}}]}],
    "then": [{"keep": 1, "rules": [{"replace": {"children": "child"}}]}])"));
  CHECK(language.stem("schools") == "school");
  CHECK(language.stem("akids") == "achild");
  CHECK(language.stem("kids") == "kid");
}

TEST_CASE("what a language file says besides changes its fingerprint", "[text]") {
  const Language one(file_with(""));
  CHECK(one.fingerprint() == Language(file_with("") + "  ").fingerprint());
  CHECK(one.fingerprint() != Language(file_with(R"(, "snowball": "english")")).fingerprint());
}

TEST_CASE("a language file at fault is refused by the name of the field", "[text]") {
  CHECK(refused("{") == "language file: the whole: is no JSON object");
  CHECK(refused("[]") == "language file: the whole: is no JSON object");
  CHECK(refused("") == "language file: the whole: is no JSON object");
  CHECK(refused(std::string("{\"language\": \"\xFF\"}")) ==
        "language file: the whole: is no JSON object");
  CHECK(refused("{}") == "language file: language: is missing");
  CHECK(refused(R"({"language": 1})") == "language file: language: a text is wanted");
  CHECK(refused(R"({"language": "Deutsch!"})").find("language: a primary subtag") !=
        std::string::npos);
  CHECK(refused(R"({"language": "pt-BR"})").find("language: a primary subtag") !=
        std::string::npos);
  CHECK(refused(R"({"language": "xx"})") == "language file: name: is missing");
  CHECK(refused(R"({"language": "xx", "name": {"en": "X"}})") ==
        "language file: name.own: is missing");
  CHECK(refused(R"({"language": "xx", "name": {"en": "X", "own": "x"}, "script": "Latin"})")
            .find("script: a code of ISO 15924") != std::string::npos);
  CHECK(
      refused(file_with(R"(, "snowball": "norwegain")")).find("libstemmer has no norwegain, but") !=
      std::string::npos);
  CHECK(refused(file_with(R"(, "snowball": "english", "stem": [])")).find("snowball: stands") !=
        std::string::npos);
  CHECK(refused(file_with(R"(, "then": [])")).find("then: mends Snowball") != std::string::npos);
  CHECK(refused(file_with(R"(, "snowball": "english", "first": [])")).find("first: a list") !=
        std::string::npos);
  CHECK(refused(file_with(R"(, "stop_words": ["a"])")).find("stop_words: groups") !=
        std::string::npos);
  CHECK(refused(file_with(R"(, "stop_words": {"articles": 1})"))
            .find("stop_words.articles: a text") != std::string::npos);
  CHECK(refused(file_with(R"(, "letters": {"a": 1})")).find("letters.a: a text") !=
        std::string::npos);
  CHECK(refused(file_with(R"(, "start": {"": "b"})")).find("start.: has nothing") !=
        std::string::npos);
  CHECK(refused(file_with(R"(, "before_capital": " ")")).find("before_capital: words") !=
        std::string::npos);
  CHECK(refused(file_with(R"(, "also": "EN")")).find("also: a primary subtag") !=
        std::string::npos);
}

TEST_CASE("odd words do no language harm", "[text]") {
  for (const Language* language : languages()) {
    CAPTURE(language->tag());
    for (const char* word : {"", "\xFF\xC3", "\xCC\x81", "2026", "h", "\xC8\x99", "\x80\xBF\xFF"}) {
      std::string out;
      language->append_prepared(out, word);
      language->stem(word);
      language->stem(out);
    }
    CHECK(language->stem("").empty());
    CHECK(language->stem(std::string(1U << 20U, 'a')).size() > 1000);
  }
}
