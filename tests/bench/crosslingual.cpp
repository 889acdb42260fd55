// SPDX-License-Identifier: Apache-2.0
//
// Questions in one language to a collection in another: how often the twin of a question comes
// first.
//
//   koinon_bench_crosslingual TABLE LANGUAGE COLLECTION < jobs > figures
//
// TABLE: word vectors, "-" for none. COLLECTION: a text a line; an empty line is no text. A job is
// a line of WAY, LANGUAGE, QUESTIONS, STEP with tabs between: every STEP-th of the lines of
// QUESTIONS is asked unless it is empty, and the text on the same line of COLLECTION is its answer.
// The figures of a job are a line of its WAY, its LANGUAGE, the number of questions, how many have
// the answer first, among the first ten, the sum of 1/place in the first ten, and seconds.
//
// WAY: letters of w, c, s, m for a search by words, concepts, spelling, meaning; "words", "grams":
// BM25 over folded words, or over each four letters of transliterated words, with nothing of the
// index; "fused": those two and c, each less its mean and over its deviation, added up;
// "vectors": cosines of vectors of floats in the files QUESTIONS.vec and COLLECTION.vec.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/tools.hpp"
#include "index/bm25.hpp"
#include "search/search_core.hpp"
#include "text/analyse.hpp"

using namespace koinon;

namespace {

using Lines = std::vector<std::string>;
constexpr std::size_t shown = 10;

Lines lines_of(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  Lines lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// The texts as records of a catalogue, each under its line.
class Shelf : public search::DocumentSource {
 public:
  Shelf(const Lines& texts, const std::string& language, const search::Knowledge& knowledge)
      : core_({}, false, knowledge) {
    for (const std::string& text : texts) {
      Call call;
      call.description = {{language, text, {}}};
      records_.push_back(std::make_shared<const Record>(call));
      if (!text.empty()) core_.put(records_.size() - 1, *records_.back(), *this);
    }
    core_.index().commit(1);
    snapshot_ = core_.index().snapshot();
  }

  std::vector<Hit> ask(const std::string& way, const std::string& language, const std::string& text,
                       std::size_t limit) {
    SearchRequest request;
    request.text = text;
    request.language = language;
    request.limit = limit;
    request.snippets = false;
    request.suggest = false;
    const auto has = [&](char letter) { return way.find(letter) != std::string::npos; };
    request.signals = {has('w'), has('c'), has('s'), has('m')};
    return core_.search(request, *snapshot_, *this, {}).results.hits;
  }

  const Initiative* initiative(std::string_view) override { return nullptr; }
  const LangText* organisation_names(std::string_view) override { return nullptr; }
  Region region(std::string_view) override { return {}; }
  Found record(index::DocKey key) override { return {std::to_string(key), records_[key]}; }
  std::optional<index::DocKey> key_of(std::string_view) override { return std::nullopt; }

 private:
  search::SearchCore core_;
  std::shared_ptr<const index::Snapshot> snapshot_;
  std::vector<std::shared_ptr<const Record>> records_;
};

// BM25 over whatever a text is made of, with the numbers that the index has.
class Plain {
 public:
  using Cut = std::function<void(const text::AnalysedToken&, std::vector<std::string>&)>;

  Plain(const Lines& texts, Cut cut) : cut_(std::move(cut)), lengths_(texts.size()) {
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      std::map<std::string, double> counts;
      for (std::string& term : terms(texts[i])) ++counts[std::move(term)];
      for (const auto& [term, count] : counts) {
        postings_[term].emplace_back(i, count);
        lengths_[i] += count;
      }
      total_ += lengths_[i];
    }
  }

  std::vector<double> scores(const std::string& question) {
    std::vector<double> sums(lengths_.size());
    std::vector<std::string> asked = terms(question);
    std::sort(asked.begin(), asked.end());
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    const auto documents = static_cast<double>(lengths_.size());
    for (const std::string& term : asked) {
      const auto found = postings_.find(term);
      if (found == postings_.end()) continue;
      const double idf = index::bm25_idf(documents, static_cast<double>(found->second.size()));
      for (const auto& [document, count] : found->second)
        sums[document] += idf * index::bm25_weight(count, lengths_[document] * documents / total_);
    }
    return sums;
  }

 private:
  std::vector<std::string> terms(const std::string& text) {
    std::vector<std::string> found;
    for (const text::AnalysedToken& token : analyser_.run(text, "und")) cut_(token, found);
    return found;
  }

  Cut cut_;
  text::Analyser analyser_{std::size_t{1} << 14U};
  std::vector<double> lengths_;
  double total_ = 0;
  std::unordered_map<std::string, std::vector<std::pair<std::uint32_t, double>>> postings_;
};

void cut_words(const text::AnalysedToken& token, std::vector<std::string>& into) {
  into.emplace_back(token.surface);
}

void cut_grams(const text::AnalysedToken& token, std::vector<std::string>& into) {
  const std::string padded = "_" + std::string(token.skeleton) + "_";
  if (padded.size() < 4) into.push_back(padded);
  for (std::size_t i = 0; i + 4 <= padded.size(); ++i) into.push_back(padded.substr(i, 4));
}

void add_standardised(std::vector<double>& sums, const std::vector<double>& scores) {
  const auto count = static_cast<double>(scores.size());
  double mean = 0;
  double squares = 0;
  for (const double score : scores) mean += score / count;
  for (const double score : scores) squares += (score - mean) * (score - mean) / count;
  if (squares <= 0) return;
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += (scores[i] - mean) / std::sqrt(squares);
}

// Vectors of length 1, one for each line.
struct Vectors {
  std::vector<float> numbers;
  std::size_t dimension = 0;

  Vectors(const std::string& path, std::size_t lines) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    numbers.resize(bytes.size() / sizeof(float));
    if (lines == 0 || numbers.empty() || numbers.size() % lines != 0)
      throw std::runtime_error("not a vector for each line: " + path);
    std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(float));
    dimension = numbers.size() / lines;
  }
};

std::vector<double> cosines(const Vectors& questions, std::size_t line, const Vectors& texts) {
  std::vector<double> found(texts.numbers.size() / texts.dimension);
  const float* asked = questions.numbers.data() + line * questions.dimension;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const float* text = texts.numbers.data() + i * texts.dimension;
    float sum = 0;
    for (std::size_t j = 0; j < texts.dimension; ++j) sum += asked[j] * text[j];
    found[i] = sum;
  }
  return found;
}

// From 1; 0 where it scores nothing. Equal scores: the first line first, as the index has it.
std::size_t place_of(std::size_t wanted, const std::vector<double>& scores) {
  std::size_t place = 1;
  for (std::size_t i = 0; i < scores.size(); ++i)
    place += scores[i] > scores[wanted] || (scores[i] == scores[wanted] && i < wanted) ? 1 : 0;
  return scores[wanted] == 0 ? 0 : place;
}

std::size_t place_of(std::size_t wanted, const std::vector<Hit>& hits) {
  const std::string id = std::to_string(wanted);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (hits[i].id == id) return i + 1;
  }
  return 0;
}

class Bench {
 public:
  Bench(const std::string& table, const std::string& language, const std::string& collection)
      : tools_(options(table), {}),
        collection_(collection),
        texts_(lines_of(collection)),
        shelf_(texts_, language, tools_.knowledge()),
        words_(texts_, cut_words),
        grams_(texts_, cut_grams) {}

  void run(const std::string& job) {
    std::istringstream cells(job);
    std::string way;
    std::string language;
    std::string path;
    std::size_t step = 0;
    if (!(cells >> way >> language >> path >> step) || step == 0)
      throw std::runtime_error("not a job: " + job);
    const Lines questions = lines_of(path);
    if (questions.size() != texts_.size()) throw std::runtime_error("other lines: " + path);
    if (way == "vectors") prepare_vectors(path);
    std::size_t asked = 0;
    std::size_t first = 0;
    std::size_t among = 0;
    double reciprocal = 0;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < questions.size(); i += step) {
      if (questions[i].empty() || texts_[i].empty()) continue;
      const std::size_t place = ask(way, language, questions[i], i);
      ++asked;
      if (place == 0 || place > shown) continue;
      first += place == 1 ? 1 : 0;
      ++among;
      reciprocal += 1 / static_cast<double>(place);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << way << '\t' << language << '\t' << asked << '\t' << first << '\t' << among << '\t'
              << reciprocal << '\t' << took.count() << std::endl;
  }

 private:
  static OpenOptions options(const std::string& table) {
    OpenOptions made;
    if (table != "-") made.word_vectors = table;
    return made;
  }

  void prepare_vectors(const std::string& questions) {
    question_vectors_ = std::make_unique<Vectors>(questions + ".vec", texts_.size());
    if (!text_vectors_)
      text_vectors_ = std::make_unique<Vectors>(collection_ + ".vec", texts_.size());
  }

  std::size_t ask(const std::string& way, const std::string& language, const std::string& question,
                  std::size_t line) {
    if (way == "words") return place_of(line, words_.scores(question));
    if (way == "grams") return place_of(line, grams_.scores(question));
    if (way == "vectors") return place_of(line, cosines(*question_vectors_, line, *text_vectors_));
    if (way != "fused") return place_of(line, shelf_.ask(way, language, question, shown));
    std::vector<double> concepts(texts_.size());
    for (const Hit& hit : shelf_.ask("c", language, question, texts_.size()))
      concepts[std::stoul(hit.id)] = hit.score;
    std::vector<double> sums(texts_.size());
    add_standardised(sums, words_.scores(question));
    add_standardised(sums, grams_.scores(question));
    add_standardised(sums, concepts);
    return place_of(line, sums);
  }

  engine::Tools tools_;
  std::string collection_;
  Lines texts_;
  Shelf shelf_;
  Plain words_;
  Plain grams_;
  std::unique_ptr<Vectors> question_vectors_;
  std::unique_ptr<Vectors> text_vectors_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  try {
    Bench bench(argv[1], argv[2], argv[3]);
    for (std::string job; std::getline(std::cin, job);) bench.run(job);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
