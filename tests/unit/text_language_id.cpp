// SPDX-License-Identifier: Apache-2.0
#include "text/language_id.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

using koinon::text::identify_language;
using koinon::text::language_spans;
using koinon::text::LanguageGuess;
using koinon::text::LanguageOfText;
using koinon::text::LanguagePriors;
using koinon::text::LanguageSpan;
using koinon::text::query_languages;
using koinon::text::QueryPriors;
using Tags = std::vector<std::string>;

namespace {

struct Sample {
  const char* language;
  const char* sentence;
};

const std::vector<Sample> samples = {
    {"bg", "Общината помага на бездомните хора да намерят жилище и работа."},
    {"cs", "Obec pomáhá lidem bez domova najít bydlení a práci."},
    {"da", "Kommunen hjælper hjemløse med at finde en bolig og et arbejde."},
    {"de", "Die Gemeinde hilft Wohnungslosen, eine Wohnung und eine Arbeit zu finden."},
    {"el", "Ο δήμος βοηθά τους άστεγους να βρουν σπίτι και δουλειά."},
    {"en", "The town helps homeless people to find a flat and a job."},
    {"es", "El municipio ayuda a las personas sin hogar a encontrar una vivienda y un trabajo."},
    {"et", "Vald aitab kodututel inimestel leida eluaseme ja töö."},
    {"fi", "Kunta auttaa asunnottomia löytämään asunnon ja työpaikan."},
    {"fr", "La commune aide les personnes sans abri à trouver un logement et un travail."},
    {"ga", "Cabhraíonn an baile le daoine gan dídean teach agus post a fháil."},
    {"hr", "Općina pomaže beskućnicima da pronađu stan i posao."},
    {"hu", "Az önkormányzat segít a hajléktalanoknak lakást és munkát találni."},
    {"it", "Il comune aiuta le persone senza dimora a trovare una casa e un lavoro."},
    {"lt", "Savivaldybė padeda benamiams rasti būstą ir darbą."},
    {"lv", "Pašvaldība palīdz bezpajumtniekiem atrast mājokli un darbu."},
    {"mt", "Il-kunsill jgħin lill-persuni mingħajr dar isibu post fejn joqogħdu u xogħol."},
    {"nl", "De gemeente helpt daklozen om een woning en werk te vinden."},
    {"pl", "Gmina pomaga osobom bezdomnym znaleźć mieszkanie i pracę."},
    {"pt", "O município ajuda as pessoas sem abrigo a encontrar uma casa e um trabalho."},
    {"ro", "Primăria îi ajută pe oamenii fără adăpost să găsească o locuință și un loc de muncă."},
    {"sk", "Obec pomáha ľuďom bez domova nájsť bývanie a prácu."},
    {"sl", "Občina pomaga brezdomcem najti stanovanje in delo."},
    {"sv", "Kommunen hjälper hemlösa att hitta en bostad och ett arbete."},
};

std::string sentence(const std::string& language) {
  for (const Sample& sample : samples) {
    if (sample.language == language) return sample.sentence;
  }
  return {};
}

double weight_of(const std::vector<LanguageGuess>& guesses, const std::string& language) {
  for (const LanguageGuess& guess : guesses) {
    if (guess.language == language) return guess.probability;
  }
  return 0;
}

double sum_of(const std::vector<LanguageGuess>& guesses) {
  double sum = 0;
  for (const LanguageGuess& guess : guesses) sum += guess.probability;
  return sum;
}

}  // namespace

TEST_CASE("a sentence is told in each of the 24 languages", "[text]") {
  for (const Sample& sample : samples) {
    INFO(sample.language);
    const LanguageOfText told = identify_language(sample.sentence);
    CHECK(told.best() == sample.language);
    CHECK(told.ranked[0].probability > 0.8);
    CHECK(sum_of(told.ranked) <= 1.0001);
    CHECK_FALSE(told.stated_is_wrong);
  }
}

TEST_CASE("a language outside the 24 is named, and an unknown one is none of them", "[text]") {
  const std::vector<Sample> outside = {
      {"no",
       "Kommunen hjelper hjemløse mennesker med å finne et sted å bo og en jobb, og hver uke "
       "kommer "
       "noen på besøk."},
      {"uk", "Громада допомагає бездомним людям знайти житло та роботу."},
      {"ru", "Город помогает бездомным людям найти жильё и работу."},
      {"tr", "Belediye evsiz insanların ev ve iş bulmasına yardım ediyor."},
      {"ca", "L'ajuntament ajuda les persones sense llar a trobar un habitatge i una feina."},
      {"ar", "تساعد البلدية المشردين في العثور على سكن وعمل في المدينة"},
      {"ja", "市は住む場所のない人が家と仕事を見つけるのを助けています"},
      {"vi",
       "Thành phố giúp những người vô gia cư tìm được nhà ở và việc làm trong thành phố này."},
  };
  for (const Sample& sample : outside) {
    CAPTURE(sample.language);
    CHECK(identify_language(sample.sentence).best() == sample.language);
  }
}

TEST_CASE("a language is not told of letters that it is not written in", "[text]") {
  const std::vector<std::string> cyrillic = {"be", "bg", "mk", "ru", "sr", "uk", "und"};
  for (const char* text :
       {"Хари", "Милан Лондон", "видео", "Ш", "щука радио Ню Йорк", "панда метро Рим"}) {
    CAPTURE(text);
    const LanguageOfText told = identify_language(text);
    CHECK(std::find(cyrillic.begin(), cyrillic.end(), told.best()) != cyrillic.end());
    // Not by a portal either.
    const Tags croatian = {"hr"};
    CHECK(identify_language(text, {"hr", croatian}).ranked[0].language != "hr");
  }
}

TEST_CASE("where nothing can be told the language is und", "[text]") {
  for (const char* text :
       {"", " ", "2014-2020", "+32 2 299 11 11", "!!! ???", "\xFF\xFE", "👍🏽"}) {
    CAPTURE(text);
    const LanguageOfText told = identify_language(text);
    CHECK(told.best() == "und");
    CHECK(told.ranked[0].probability == 1.0);
  }
}

TEST_CASE("Bosnian and Serbian in Latin letters are Croatian but for a portal of theirs",
          "[text]") {
  const std::string text = "Opština pomaže ljudima bez doma da pronađu stan i posao u gradu.";
  CHECK(identify_language(text).best() == "hr");
  const Tags bosnian = {"bs", "en"};
  CHECK(identify_language(text, {"", bosnian}).best() == "bs");
  const Tags serbian = {"sr-Latn"};
  CHECK(identify_language(text, {"", serbian}).best() == "sr");
  const Tags all = {"bs", "hr", "sr"};
  CHECK(identify_language(text, {"", all}).best() == "hr");
  CHECK(
      identify_language("Општина помаже људима без дома да пронађу стан и посао у граду.").best() ==
      "sr");
}

TEST_CASE("priors decide where the text does not, and only there", "[text]") {
  const Tags czech = {"cs"};
  const Tags slovak = {"sk"};
  CHECK(identify_language("sociálna práca", {"", slovak}).best() == "sk");
  CHECK(identify_language("internet", {"cs", czech}).best() == "cs");
  CHECK(identify_language("internet", {"sk", slovak}).best() == "sk");
  CHECK(identify_language(sentence("fi"), {"sk", slovak}).best() == "fi");
  const Tags norwegian = {"nb"};
  CHECK(identify_language("Kommunen hjelper hjemløse med å finne bolig og jobb.", {"", norwegian})
            .best() == "nb");
}

TEST_CASE("a stated language that is wrong is noticed, and one that may be right is kept",
          "[text]") {
  for (const Sample& sample : samples) {
    CAPTURE(sample.language);
    CHECK_FALSE(identify_language(sample.sentence, {sample.language, {}}).stated_is_wrong);
    const std::string right = sample.language;
    const char* wrong = right == "hu" || right == "en" ? "lv" : "hu";
    const LanguageOfText told = identify_language(sample.sentence, {wrong, {}});
    CHECK(told.stated_is_wrong);
    CHECK(told.best() == sample.language);
  }
  CHECK_FALSE(identify_language("Internet", {"hu", {}}).stated_is_wrong);
  CHECK_FALSE(identify_language(sentence("de"), {"de-AT", {}}).stated_is_wrong);
  CHECK_FALSE(identify_language(sentence("hr"), {"bs", {}}).stated_is_wrong);
  CHECK_FALSE(identify_language(sentence("hr"), {"sr", {}}).stated_is_wrong);
  // A language that nobody here knows is believed, unless the text is surely another.
  CHECK_FALSE(identify_language("Davvi guovllu mánáid searvi", {"se", {}}).stated_is_wrong);
}

TEST_CASE("a mixed text keeps its parts", "[text]") {
  const std::string text = sentence("de") + " " + sentence("de") + "\n" + sentence("fi") + "\n\n" +
                           sentence("el") + " " + sentence("el");
  const std::vector<LanguageSpan> spans = language_spans(text);
  REQUIRE(spans.size() == 3);
  CHECK(spans[0].language == "de");
  CHECK(spans[1].language == "fi");
  CHECK(spans[2].language == "el");
  CHECK(spans[0].begin == 0);
  CHECK(spans[0].end == text.find("Kunta"));
  CHECK(spans[1].end == text.find("Ο δήμος"));
  CHECK(spans[2].end == text.size());
  CHECK(spans[1].probability > 0.9);
}

TEST_CASE("a name or a borrowed word starts no part", "[text]") {
  CHECK(language_spans(sentence("de") + " Social Impact Lab. " + sentence("de")).size() == 1);
  CHECK(language_spans(sentence("nl") + " Housing First! " + sentence("nl")).size() == 1);
  CHECK(language_spans("").empty());
  const std::vector<LanguageSpan> none = language_spans("12. 13. 2014");
  REQUIRE(none.size() == 1);
  CHECK(none[0].language == "und");
}

TEST_CASE("spans cover any bytes without gaps", "[text]") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::uint32_t size = random() % 300; size > 0; --size) {
      if (random() % 3 == 0) {
        text += samples[random() % samples.size()].sentence;
        text += random() % 2 == 0 ? " " : "\n";
      } else {
        text += static_cast<char>(random() % 256);
      }
      if (text.size() > 2000) break;
    }
    const std::vector<LanguageSpan> spans = language_spans(text);
    std::size_t at = 0;
    for (const LanguageSpan& span : spans) {
      REQUIRE(span.begin == at);
      REQUIRE(span.end > span.begin);
      REQUIRE_FALSE(span.language.empty());
      REQUIRE(span.probability >= 0);
      REQUIRE(span.probability <= 1.0001);
      at = span.end;
    }
    REQUIRE(at == text.size());
    REQUIRE_FALSE(identify_language(text).ranked.empty());
  }
}

TEST_CASE("huge words, marks and long documents are read", "[text]") {
  const std::string word(1U << 20U, 'a');
  CHECK(identify_language(word).ranked.size() >= 1);
  CHECK(language_spans(word).size() == 1);
  std::string marks = "a";
  for (int i = 0; i < 100000; ++i) marks += "\xCC\x81";
  CHECK(identify_language(marks).ranked.size() >= 1);
  std::string document;
  while (document.size() < 2000000) document += sentence("mt") + " ";
  CHECK(identify_language(document).best() == "mt");
  CHECK(language_spans(document).size() == 1);
}

TEST_CASE("a question is in the host's language unless it says otherwise", "[text]") {
  const Tags present = {"bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
                        "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"};
  QueryPriors priors;
  priors.host = "cs";
  priors.present = present;
  const std::vector<LanguageGuess> vague = query_languages("internet", priors);
  CHECK(vague[0].language == "cs");
  CHECK(std::abs(sum_of(vague) - 1) < 1e-9);
  CHECK(vague.size() <= 6);
  const std::vector<LanguageGuess> clear =
      query_languages("asunnottomien ihmisten auttaminen", priors);
  CHECK(clear[0].language == "fi");
  CHECK(weight_of(clear, "cs") > 0.05);
  CHECK(weight_of(query_languages("jeugdwerkloosheid", priors), "nl") > 0.3);
  CHECK(query_languages("Langzeitarbeitslosigkeit", priors)[0].language == "de");
  CHECK(query_languages("", priors)[0].language == "cs");
  priors.host = "";
  CHECK(query_languages("daklozen in de stad", priors)[0].language == "nl");
}

TEST_CASE("a question of one word is looked for wherever the word is common", "[text]") {
  const Tags present = {"de", "nl", "fi", "en"};
  QueryPriors priors;
  priors.host = "fi";
  priors.present = present;
  priors.share = [](std::string_view word, std::string_view language) {
    if (word == "arm" && (language == "de" || language == "nl")) return 0.02;
    if (word == "broken") return std::numeric_limits<double>::quiet_NaN();
    return 0.0;
  };
  const std::vector<LanguageGuess> guesses = query_languages("arm", priors);
  CHECK(weight_of(guesses, "de") > 0.1);
  CHECK(weight_of(guesses, "nl") > 0.1);
  CHECK(weight_of(guesses, "fi") >= 0.05);
  CHECK(weight_of(guesses, "de") > weight_of(guesses, "en"));
  CHECK(std::abs(sum_of(query_languages("broken", priors)) - 1) < 1e-9);
  // A host in a language that nobody knows keeps its place.
  priors.host = "se";
  CHECK(weight_of(query_languages("arm", priors), "se") > 0.05);
}

TEST_CASE("questions of any bytes have languages whose weights add up to one", "[text]") {
  std::mt19937 random(11);
  QueryPriors priors;
  priors.host = "de";
  for (int round = 0; round < 1000; ++round) {
    std::string text;
    for (std::uint32_t size = random() % 40; size > 0; --size)
      text += static_cast<char>(random() % 256);
    const std::vector<LanguageGuess> guesses = query_languages(text, priors);
    REQUIRE(std::abs(sum_of(guesses) - 1) < 1e-9);
    REQUIRE(weight_of(guesses, "de") > 0);
  }
}
