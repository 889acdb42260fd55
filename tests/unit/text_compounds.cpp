// SPDX-License-Identifier: Apache-2.0
#include "text/compounds.hpp"

#include <algorithm>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "data/embedded.hpp"
#include "koinon/error.hpp"
#include "text/compound_lexicon.hpp"

using namespace koinon;
using namespace koinon::text;

namespace {

const std::vector<std::string> tongues = {"da", "de", "et", "fi", "hu", "nl", "sv"};

std::string split(std::string_view word, std::string_view language) {
  std::vector<CompoundPart> parts;
  split_compound(word, language, parts);
  std::string told;
  for (const CompoundPart& part : parts) {
    if (part.begin > 0) told += '|';
    told += word.substr(part.begin, part.end - part.begin);
  }
  return told;
}

std::string forms(std::string_view word, std::string_view language) {
  std::vector<CompoundPart> parts;
  split_compound(word, language, parts);
  std::string told;
  for (const CompoundPart& part : parts) {
    if (!told.empty()) told += ' ';
    told += part.form;
  }
  return told;
}

bool covers(std::string_view word, const std::vector<CompoundPart>& parts) {
  std::size_t at = 0;
  for (const CompoundPart& part : parts) {
    if (part.begin != at || part.end <= part.begin) return false;
    at = part.end;
  }
  return at == word.size();
}

// What the samples of tests/fixtures/compounds have: words with a bar where a part begins.
std::vector<std::string> sample(const std::string& language) {
  std::ifstream file(std::string(KOINON_TEST_DIR) + "/fixtures/compounds/" + language + ".txt");
  std::vector<std::string> words;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') words.push_back(line);
  return words;
}

std::set<std::size_t> bounds(const std::string& told) {
  std::set<std::size_t> found;
  std::size_t at = 0;
  for (const char byte : told) {
    if (byte == '|')
      found.insert(at);
    else
      ++at;
  }
  return found;
}

constexpr std::string_view small =
    "!link\ts\t2\n!ending\ten\t3\n!unknown\t\tA\n!letter\t\t1\n!join\t\t1\n"
    "arbeit\t555\narbeitsam\t--5\namt\t555\ngata\t555\ngatu\t5--\tgata\nmarkt\t555\n";

}  // namespace

TEST_CASE("A compound of each language comes in its parts", "[text][compounds]") {
  CHECK(split("jugendarbeitslosigkeit", "de") == "jugend|arbeitslosigkeit");
  CHECK(split("schulabbrecher", "de") == "schul|abbrecher");
  CHECK(split("jeugdwerkloosheid", "nl") == "jeugd|werkloosheid");
  CHECK(split("burgerparticipatie", "nl") == "burger|participatie");
  CHECK(split("ungdomsarbetslöshet", "sv") == "ungdoms|arbetslöshet");
  CHECK(split("ungdomsarbejdsløshed", "da") == "ungdoms|arbejdsløshed");
  CHECK(split("nuorisotyöttömyys", "fi") == "nuoriso|työttömyys");
  CHECK(split("ifjúságpolitika", "hu") == "ifjúság|politika");
  CHECK(split("noortetöötus", "et") == "noorte|töötus");
}

TEST_CASE("A derived word is no compound", "[text][compounds]") {
  for (const char* word :
       {"freiheit", "wissenschaft", "verwaltung", "schönheit", "arbeitslosigkeit"})
    CHECK(split(word, "de") == word);
  for (const char* word : {"gemeenschap", "vrijheid", "schoonheid"})
    CHECK(split(word, "nl") == word);
  for (const char* word : {"vetenskap", "frihet", "bekämpning"}) CHECK(split(word, "sv") == word);
  for (const char* word : {"videnskab", "frihed", "begrænsning"}) CHECK(split(word, "da") == word);
  for (const char* word : {"asunnottomuus", "vapaus", "oppiminen"})
    CHECK(split(word, "fi") == word);
  for (const char* word : {"szabadság", "lehetőség"}) CHECK(split(word, "hu") == word);
  for (const char* word : {"vabadus", "kodutus"}) CHECK(split(word, "et") == word);
}

TEST_CASE("A frequent word that looks like two stays whole", "[text][compounds]") {
  CHECK(split("bahnhof", "de") == "bahnhof");
  CHECK(split("werkgelegenheid", "nl") == "werkgelegenheid");
}

TEST_CASE("The form of a part has no linking element and no changed stem", "[text][compounds]") {
  CHECK(forms("arbeitsmarktpolitik", "de") == "arbeitsmarkt politik");
  CHECK(forms("bildungspolitik", "de") == "bildung politik");
  CHECK(forms("sprachförderung", "de") == "sprache förderung");
  CHECK(forms("ihmisoikeus", "fi") == "ihminen oikeus");
  CHECK(forms("kyrkogård", "sv") == "kyrka gård");
}

TEST_CASE("A sharp s of the old spelling is the ss of the new", "[text][compounds]") {
  CHECK(split("abschlußarbeit", "de") == "abschluß|arbeit");
  CHECK(split("abschlussarbeit", "de") == "abschluss|arbeit");
  CHECK(forms("straßenverkehr", "de").find("ß") != std::string::npos);
}

TEST_CASE("Hyphens part a word and belong to what stands before", "[text][compounds]") {
  CHECK(split("jugend-arbeitslosigkeit", "de") == "jugend-|arbeitslosigkeit");
  CHECK(forms("jugend-arbeitslosigkeit", "de") == "jugend arbeitslosigkeit");
  CHECK(split("eu-jugendpolitik", "de") == "eu-|jugend|politik");
  CHECK(split("--", "de") == "--");
  CHECK(split("-jugend--", "de") == "-|jugend--");
}

TEST_CASE("Words of no known language and empty words are left", "[text][compounds]") {
  CHECK(split("jugendarbeitslosigkeit", "en") == "jugendarbeitslosigkeit");
  CHECK(split("jugendarbeitslosigkeit", "") == "jugendarbeitslosigkeit");
  std::vector<CompoundPart> parts(3);
  split_compound("", "de", parts);
  CHECK(parts.empty());
  CHECK(splits_compounds("de"));
  CHECK_FALSE(splits_compounds("en"));
}

TEST_CASE("A word too long for a compound is whole at once", "[text][compounds]") {
  const std::string word(1U << 20U, 'a');
  std::vector<CompoundPart> parts;
  split_compound(word, "de", parts);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].end == word.size());
  std::string just(longest_compound, 'a');
  CHECK(split(just, "de") == just);
}

TEST_CASE("Parts cover any bytes in order", "[text][compounds]") {
  std::mt19937 random(24);
  std::vector<CompoundPart> parts;
  for (const std::string& language : tongues) {
    const auto words = sample(language);
    REQUIRE(words.size() > 100);
    for (int turn = 0; turn < 2000; ++turn) {
      std::string word = words[random() % words.size()] + words[random() % words.size()];
      for (auto changes = random() % 4; changes > 0; --changes)
        word[random() % word.size()] = static_cast<char>(random());
      split_compound(word, language, parts);
      if (!covers(word, parts)) FAIL_CHECK(language << ": " << word);
    }
    std::string bytes(100, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    split_compound(bytes, language, parts);
    CHECK(covers(bytes, parts));
  }
}

TEST_CASE("Most words parted by hand come out the same", "[text][compounds]") {
  for (const std::string& language : tongues) {
    double right = 0;
    double told = 0;
    double wanted = 0;
    for (const std::string& line : sample(language)) {
      std::string word = line;
      word.erase(std::remove(word.begin(), word.end(), '|'), word.end());
      const auto gold = bounds(line);
      const auto ours = bounds(split(word, language));
      for (const std::size_t at : ours) right += gold.count(at) > 0 ? 1 : 0;
      told += static_cast<double>(ours.size());
      wanted += static_cast<double>(gold.size());
    }
    CAPTURE(language, right, told, wanted);
    CHECK(2 * right / (told + wanted) > 0.70);
  }
}

TEST_CASE("Threads may ask for the same language first", "[text][compounds]") {
  std::vector<std::thread> threads;
  std::vector<std::string> found(4);
  for (std::string& one : found)
    threads.emplace_back([&one] { one = split("nuorisotyöttömyys", "fi"); });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& one : found) CHECK(one == "nuoriso|työttömyys");
}

TEST_CASE("A lexicon weighs parts, links and endings", "[text][compounds]") {
  const CompoundLexicon lexicon(small);
  CHECK(lexicon.size() == 6);
  REQUIRE(lexicon.find("gatu") != nullptr);
  CHECK(lexicon.find("gatu")->form == "gata");
  CHECK(lexicon.find("gatu")->last == forbidden);
  CHECK(lexicon.find("gat") == nullptr);
  CHECK(lexicon.find("") == nullptr);
  CHECK(lexicon.ending("en") == 3);
  CHECK(lexicon.ending("") == 0);
  CHECK(lexicon.ending("e") == forbidden);
  CHECK(lexicon.unknown(4) == 21);
  std::vector<std::size_t> ends;
  lexicon.at("arbeitsamt", 0, [&](const auto&, std::size_t end) { ends.push_back(end); });
  CHECK(ends == std::vector<std::size_t>{6, 9});
}

TEST_CASE("A faulty lexicon is refused with the line", "[text][compounds]") {
  for (const char* text : {"haus\t55", "haus\t5555", "haus", "\t555",
                           "haus\t5\x7f"
                           "5",
                           "!link\ts\t", "!link\ts\t55", "!what\ts\t5", "haus\t555\nhaus\t555"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(CompoundLexicon(text), Error);
  }
}

TEST_CASE("Every embedded lexicon names its source and licence", "[text][compounds]") {
  for (const std::string& language : tongues) {
    const std::string_view text = data::embedded("compounds/" + language + ".txt");
    REQUIRE_FALSE(text.empty());
    CHECK(text.find("# SPDX-License-Identifier: ") == 0);
    CHECK(text.find("\n# source: ") != std::string_view::npos);
    CHECK(text.size() < 1000000);
  }
}
