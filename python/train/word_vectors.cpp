// SPDX-License-Identifier: Apache-2.0
//
// Learns vectors of words and grams from texts that say the same in two languages:
//
//   koinon_train_vectors CORPUS WORDS OUT MOST_WORDS THREADS (STEPS RATE TEMPERATURE DROPPED)...
//
// CORPUS and WORDS are as word_vectors.py hands them on: lines GROUP (LANGUAGE TEXT)..., and
// LANGUAGE WORD, the more frequent first, all with tabs between. OUT gets, little-endian: u32
// dimension, words, grams, least and most characters of a gram, u64 hashes of the words, which
// rise, f32 rows of words, then of grams. Each four numbers after THREADS are a stage that goes on
// from the one before. The trick is contrastive: in a batch, a text must be more like its
// translation than like the translations of the others. Ends with 2 for wrong arguments, with 1
// when a file cannot be read or written.
#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "word_vectors_texts.hpp"

namespace {

using namespace koinon::training;

constexpr std::size_t dimension = 128;
constexpr std::size_t batch = 256;
constexpr std::size_t least_batch = 32;
// Pairs that two languages must have for a batch of them: fewer would be learnt by heart.
constexpr std::size_t least_pairs = 300;
constexpr double share_of_dictionaries = 0.45;

struct Stage {
  std::uint64_t steps = 0;
  float rate = 0;
  float temperature = 0;
  double dropped = 0;  // share of words that are known by their grams alone, at random
};

/// What is learnt. Two threads may write one row at a time: then one of the two changes is lost,
/// which the training bears (Niu et al., Hogwild, 2011) and locks would not be worth.
struct Model {
  explicit Model(std::uint32_t words)
      : rows((words + std::size_t{grams}) * dimension), sums(words + std::size_t{grams}) {
    // Words begin at zero: one that is never met is left out of the file, and its grams stand in.
    std::mt19937 random(7);
    std::normal_distribution<float> start(0.0F, 0.02F);
    for (std::size_t i = std::size_t{words} * dimension; i < rows.size(); ++i)
      rows[i] = start(random);
  }

  std::vector<float> rows;
  std::vector<float> sums;  // of the squares of the slopes of each row (Adagrad)
};

struct Part {
  std::size_t row = 0;
  float weight = 0;
};

/// One side of a batch: texts, what they consist of, their vectors and the slopes of these.
struct Side {
  std::vector<std::uint32_t> texts = std::vector<std::uint32_t>(batch);
  std::vector<std::vector<Part>> parts = std::vector<std::vector<Part>>(batch);
  std::vector<float> vectors = std::vector<float>(batch * dimension);
  std::vector<float> lengths = std::vector<float>(batch);
  std::vector<float> slopes = std::vector<float>(batch * dimension);
};

class Trainer {
 public:
  Trainer(const Corpus& corpus, Model& model, const Stage& stage, std::atomic<std::uint64_t>& steps,
          unsigned number)
      : corpus_(corpus),
        model_(model),
        stage_(stage),
        steps_(steps),
        number_(number),
        random_(1234 + number) {
    std::vector<double> weights;
    for (const std::vector<Pair>& pairs : corpus.dictionaries) {
      const auto size = static_cast<double>(pairs.size());
      weights.push_back(pairs.size() < least_pairs ? 0.0 : std::sqrt(size));
      any_dictionary_ = any_dictionary_ || pairs.size() >= least_pairs;
    }
    dictionary_ = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
    find_language_pairs();
  }

  void run();

 private:
  void find_language_pairs();
  double chance() { return std::uniform_real_distribution<double>(0.0, 1.0)(random_); }
  std::size_t one_of(std::size_t size) { return random_() % size; }
  bool draw();
  void draw_from_dictionary();
  bool draw_from_items();
  void embed(Side& side);
  void compare();
  double slopes_of_scores();
  void slopes_of_vectors();
  void change(Side& side, float rate);

  const Corpus& corpus_;
  Model& model_;
  Stage stage_;
  std::atomic<std::uint64_t>& steps_;
  unsigned number_;
  std::mt19937 random_;
  bool any_dictionary_ = false;
  std::discrete_distribution<std::size_t> dictionary_;
  std::array<std::array<std::vector<std::uint32_t>, languages.size()>, groups.size()> by_language_;
  std::size_t size_ = 0;  // of the batch
  Side first_, second_;
  std::vector<float> transposed_ = std::vector<float>(batch * dimension);
  std::vector<float> scores_ = std::vector<float>(batch * batch);
  std::vector<float> score_slopes_ = std::vector<float>(batch * batch);
};

// Which items have a text in each language.
void Trainer::find_language_pairs() {
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (std::uint32_t i = 0; i < corpus_.items[group].size(); ++i) {
      for (std::size_t language = 0; language < languages.size(); ++language) {
        if (corpus_.items[group][i][language] != none) by_language_[group][language].push_back(i);
      }
    }
  }
}

void Trainer::draw_from_dictionary() {
  const std::vector<Pair>& pairs = corpus_.dictionaries[dictionary_(random_)];
  for (size_ = 0; size_ < batch; ++size_) {
    const Pair& pair = pairs[one_of(pairs.size())];
    first_.texts[size_] = pair.first;
    second_.texts[size_] = pair.second;
  }
}

bool Trainer::draw_from_items() {
  std::array<double, groups.size()> weights{};
  for (std::size_t i = 0; i < groups.size(); ++i) weights[i] = groups[i].weight;
  const std::size_t group =
      std::discrete_distribution<std::size_t>(weights.begin(), weights.end())(random_);
  const auto& known = by_language_[group];
  const std::size_t from = one_of(languages.size());
  // English has most of the texts, and joins the others.
  const std::size_t to = chance() < 0.3 ? english : one_of(languages.size());
  if (from == to || known[from].size() < least_pairs || known[to].size() < least_pairs)
    return false;
  const std::vector<std::uint32_t>& rarer =
      known[from].size() < known[to].size() ? known[from] : known[to];
  size_ = 0;
  for (std::size_t tries = 0; size_ < batch && tries < batch * 40; ++tries) {
    const Item& item = corpus_.items[group][rarer[one_of(rarer.size())]];
    if (item[from] == none || item[to] == none) continue;
    first_.texts[size_] = item[from];
    second_.texts[size_++] = item[to];
  }
  return size_ >= least_batch;
}

// Fills the texts of a batch, of two languages each. False if nothing came of it.
bool Trainer::draw() {
  if (any_dictionary_ && chance() < share_of_dictionaries)
    draw_from_dictionary();
  else if (!draw_from_items())
    return false;
  if (chance() < 0.5) std::swap(first_.texts, second_.texts);
  return true;
}

void Trainer::embed(Side& side) {
  for (std::size_t i = 0; i < size_; ++i) {
    std::vector<Part>& parts = side.parts[i];
    parts.clear();
    const std::uint32_t text = side.texts[i];
    for (std::size_t j = corpus_.text_ends[text]; j < corpus_.text_ends[text + 1]; ++j) {
      const auto [number, weight] = corpus_.text_words[j];
      const Word& word = corpus_.words[number];
      const std::size_t end = number + 1 < corpus_.words.size()
                                  ? corpus_.words[number + 1].first_gram
                                  : corpus_.word_grams.size();
      if (word.row != none && chance() >= stage_.dropped) parts.push_back({word.row, weight});
      const float share = weight / std::sqrt(static_cast<float>(end - word.first_gram));
      for (std::size_t k = word.first_gram; k < end; ++k)
        parts.push_back({corpus_.row_words.size() + corpus_.word_grams[k], share});
    }
    float* vector = &side.vectors[i * dimension];
    std::fill(vector, vector + dimension, 0.0F);
    for (const Part& part : parts) {
      const float* row = &model_.rows[part.row * dimension];
      for (std::size_t d = 0; d < dimension; ++d) vector[d] += part.weight * row[d];
    }
    float sum = 0;
    for (std::size_t d = 0; d < dimension; ++d) sum += vector[d] * vector[d];
    side.lengths[i] = std::sqrt(sum) + 1e-8F;
    for (std::size_t d = 0; d < dimension; ++d) vector[d] /= side.lengths[i];
  }
}

// scores = cosine / temperature of each first text with each second one.
void Trainer::compare() {
  for (std::size_t i = 0; i < size_; ++i)
    for (std::size_t d = 0; d < dimension; ++d)
      transposed_[d * size_ + i] = second_.vectors[i * dimension + d];
  for (std::size_t i = 0; i < size_; ++i) {
    float* scores = &scores_[i * size_];
    std::fill(scores, scores + size_, 0.0F);
    for (std::size_t d = 0; d < dimension; ++d) {
      const float factor = first_.vectors[i * dimension + d] / stage_.temperature;
      const float* column = &transposed_[d * size_];
      for (std::size_t j = 0; j < size_; ++j) scores[j] += factor * column[j];
    }
    // The same text twice in a batch is no wrong answer.
    for (std::size_t j = 0; j < size_; ++j) {
      const bool same = second_.texts[j] == second_.texts[i] || first_.texts[j] == first_.texts[i];
      if (j != i && same) scores[j] = -1e9F;
    }
  }
}

// The slope of the loss by each score, half by rows, half by columns. Returns the loss by rows.
double Trainer::slopes_of_scores() {
  double loss = 0;
  std::vector<float> most(size_, -1e30F);
  std::vector<float> sums(size_);
  for (std::size_t i = 0; i < size_; ++i) {
    const float* scores = &scores_[i * size_];
    float* slopes = &score_slopes_[i * size_];
    const float top = *std::max_element(scores, scores + size_);
    float sum = 0;
    for (std::size_t j = 0; j < size_; ++j) {
      sum += slopes[j] = std::exp(scores[j] - top);
      most[j] = std::max(most[j], scores[j]);
    }
    for (std::size_t j = 0; j < size_; ++j) slopes[j] /= sum;
    loss -= scores[i] - top - std::log(sum);
  }
  for (std::size_t i = 0; i < size_; ++i)
    for (std::size_t j = 0; j < size_; ++j) sums[j] += std::exp(scores_[i * size_ + j] - most[j]);
  for (std::size_t i = 0; i < size_; ++i) {
    for (std::size_t j = 0; j < size_; ++j) {
      const float share = std::exp(scores_[i * size_ + j] - most[j]) / sums[j];
      float& slope = score_slopes_[i * size_ + j];
      slope = (slope + share) * 0.5F - (i == j ? 1.0F : 0.0F);
    }
  }
  return loss / static_cast<double>(size_);
}

void Trainer::slopes_of_vectors() {
  std::fill(first_.slopes.begin(), first_.slopes.end(), 0.0F);
  std::fill(second_.slopes.begin(), second_.slopes.end(), 0.0F);
  for (std::size_t i = 0; i < size_; ++i) {
    for (std::size_t j = 0; j < size_; ++j) {
      const float slope = score_slopes_[i * size_ + j] / stage_.temperature;
      if (std::fabs(slope) < 1e-6F) continue;  // most are: it saves half of the time
      for (std::size_t d = 0; d < dimension; ++d) {
        first_.slopes[i * dimension + d] += slope * second_.vectors[j * dimension + d];
        second_.slopes[j * dimension + d] += slope * first_.vectors[i * dimension + d];
      }
    }
  }
}

// Through the length into the rows; a short sum must not throw its rows far away, hence 0.3.
void Trainer::change(Side& side, float rate) {
  for (std::size_t i = 0; i < size_; ++i) {
    float* slope = &side.slopes[i * dimension];
    const float* vector = &side.vectors[i * dimension];
    float along = 0;
    for (std::size_t d = 0; d < dimension; ++d) along += slope[d] * vector[d];
    float square = 0;
    for (std::size_t d = 0; d < dimension; ++d) {
      slope[d] = (slope[d] - along * vector[d]) / std::max(side.lengths[i], 0.3F);
      square += slope[d] * slope[d];
    }
    square /= static_cast<float>(dimension);
    for (const Part& part : side.parts[i]) {
      float& sum = model_.sums[part.row];
      sum += part.weight * part.weight * square;
      const float step = rate * part.weight / std::sqrt(sum + 1e-10F);
      float* row = &model_.rows[part.row * dimension];
      for (std::size_t d = 0; d < dimension; ++d) row[d] -= step * slope[d];
    }
  }
}

void Trainer::run() {
  double losses = 0;
  std::uint64_t seen = 0;
  for (std::uint64_t step = steps_++; step < stage_.steps; step = steps_++) {
    for (int tries = 0; !draw(); ++tries)
      if (tries == 10000) throw std::runtime_error("no two languages have enough texts");
    embed(first_);
    embed(second_);
    compare();
    losses += slopes_of_scores();
    slopes_of_vectors();
    const auto done = static_cast<float>(step) / static_cast<float>(stage_.steps);
    const float rate = stage_.rate * (1.0F - 0.95F * done);
    change(first_, rate);
    change(second_, rate);
    if (number_ == 0 && ++seen % 400 == 0) {
      std::cout << "step " << step << " loss " << losses / 400 << std::endl;
      losses = 0;
    }
  }
}

void train(const Corpus& corpus, Model& model, const Stage& stage, unsigned threads) {
  std::atomic<std::uint64_t> steps{0};
  std::fill(model.sums.begin(), model.sums.end(), 0.0F);
  std::vector<Trainer> trainers;
  trainers.reserve(threads);
  for (unsigned i = 0; i < threads; ++i) trainers.emplace_back(corpus, model, stage, steps, i);
  std::atomic<bool> failed{false};
  std::vector<std::thread> running;
  for (Trainer& trainer : trainers) {
    running.emplace_back([&trainer, &failed] {
      try {
        trainer.run();
      } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        failed = true;
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  if (failed) throw std::runtime_error("not trained");
}

template <class T>
void put(std::ofstream& file, const T* values, std::size_t count) {
  file.write(reinterpret_cast<const char*>(values),
             static_cast<std::streamsize>(count * sizeof(T)));
}

void write(const Corpus& corpus, const Model& model, const std::string& path) {
  std::vector<std::uint32_t> kept;  // rows of words
  for (std::uint32_t row = 0; row < corpus.row_words.size(); ++row) {
    const float* numbers = &model.rows[std::size_t{row} * dimension];
    if (std::any_of(numbers, numbers + dimension, [](float x) { return std::fabs(x) > 1e-6F; }))
      kept.push_back(row);
  }
  const auto hash = [&](std::uint32_t row) { return corpus.words[corpus.row_words[row]].hash; };
  std::sort(kept.begin(), kept.end(),
            [&](std::uint32_t a, std::uint32_t b) { return hash(a) < hash(b); });
  std::cout << kept.size() << " of " << corpus.row_words.size() << " words have a row\n";
  std::ofstream file(path, std::ios::binary);
  const std::array<std::uint32_t, 5> header{static_cast<std::uint32_t>(dimension),
                                            static_cast<std::uint32_t>(kept.size()), grams,
                                            lengths.least, lengths.most};
  put(file, header.data(), header.size());
  for (const std::uint32_t row : kept) {
    const std::uint64_t number = hash(row);
    put(file, &number, 1);
  }
  for (const std::uint32_t row : kept) put(file, &model.rows[row * dimension], dimension);
  put(file, &model.rows[corpus.row_words.size() * dimension], std::size_t{grams} * dimension);
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 10 || (argc - 6) % 4 != 0) {
    std::cerr << "usage: koinon_train_vectors CORPUS WORDS OUT MOST_WORDS THREADS "
                 "(STEPS RATE TEMPERATURE DROPPED)...\n";
    return 2;
  }
  try {
    Corpus corpus;
    corpus.read(argv[1]);
    const std::uint32_t rows = corpus.choose_rows(argv[2], std::stoul(argv[4]));
    std::cout << corpus.words.size() << " different words, " << rows << " with a row; "
              << corpus.text_ends.size() - 1 << " different texts" << std::endl;
    Model model(rows);
    for (int i = 6; i < argc; i += 4) {
      const Stage stage{std::stoull(argv[i]), std::stof(argv[i + 1]), std::stof(argv[i + 2]),
                        std::stod(argv[i + 3])};
      train(corpus, model, stage, static_cast<unsigned>(std::stoul(argv[5])));
    }
    write(corpus, model, argv[3]);
  } catch (const std::exception& error) {
    std::cerr << "koinon_train_vectors: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
