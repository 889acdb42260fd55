// SPDX-License-Identifier: Apache-2.0
//
// Recommendation against what came to be, and its speed, for recommend.py.
//
//   koinon_bench_recommend evaluate FILE DAY UNTIL TASK SHARE WEIGHTS
//   koinon_bench_recommend alone FILE DAY UNTIL TASK SHARE WEIGHTS
//   koinon_bench_recommend ablate FILE DAY UNTIL TASK SHARE WEIGHTS
//   koinon_bench_recommend speed FILE DAY
//
// FILE, DAY and UNTIL are those of recommend_protocol.hpp; TASK: partner, gap or call; SHARE: every
// how many-th question is asked; WEIGHTS: a table of src/data/recommendation, or "-" for that of
// the library. All who were known before DAY are ranked. Prints "figure SCORER NAME VALUE" with
// tabs between; names are those of `measured`, over all questions and over parts of them, and
// "ratio SCORER VALUE LOW HIGH" for the MRR of ours over a scorer's, with the 95 % interval of 200
// bootstraps by work. "alone": without the formulas. "ablate": "without SIGNAL MRR NDCG", the
// signal fixed at the middling candidate's. "speed": "ms NAME VALUE" of processor time.
#include <time.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <string>

#include "partners/recommender.hpp"
#include "recommend_baselines.hpp"
#include "recommend_protocol.hpp"

namespace {

using namespace koinon;
using namespace koinon::partners;

constexpr std::size_t shown = 10;  // of a list, whose exposure is counted
constexpr int bootstraps = 200;
constexpr std::uint32_t few_works = 2;
const char* const ours = "koinon";

struct Measures {
  double reciprocal = 0;
  double hit10 = 0;
  double hit50 = 0;
  double gain10 = 0;
  double recall50 = 0;
};

Measures measures_of(std::vector<double> ranks) {
  std::sort(ranks.begin(), ranks.end());
  Measures found;
  found.reciprocal = 1 / ranks.front();
  found.hit10 = ranks.front() <= 10 ? 1 : 0;
  found.hit50 = ranks.front() <= 50 ? 1 : 0;
  double best = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(10, ranks.size()); ++i)
    best += 1 / std::log2(2.0 + static_cast<double>(i));
  for (const double rank : ranks) {
    if (rank <= 10) found.gain10 += 1 / std::log2(1 + rank) / best;
    if (rank <= 50) found.recall50 += 1 / static_cast<double>(ranks.size());
  }
  return found;
}

// What one scorer did in all questions.
struct Record {
  std::vector<Measures> measures;
  std::vector<std::uint32_t> exposed;  // by member: how often among the first

  void expose(std::uint32_t member) { ++exposed[member]; }

  double coverage(std::size_t candidates) const {
    const auto named = std::count_if(exposed.begin(), exposed.end(), [](auto n) { return n > 0; });
    return static_cast<double>(named) / static_cast<double>(candidates);
  }

  // C. Gini: of how often the known were among the first.
  double gini(const PastWork& past) const {
    std::vector<double> sorted;
    for (std::uint32_t member = 0; member < exposed.size(); ++member)
      if (past.known(member)) sorted.push_back(exposed[member]);
    std::sort(sorted.begin(), sorted.end());
    double sum = 0;
    double weighted = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      sum += sorted[i];
      weighted += static_cast<double>(i + 1) * sorted[i];
    }
    const auto n = static_cast<double>(sorted.size());
    return sum > 0 ? 2 * weighted / (n * sum) - (n + 1) / n : 0;
  }
};

class Evaluation {
 public:
  Evaluation(const PastWork& past, std::vector<bench::Question> questions)
      : past_(past), questions_(std::move(questions)) {
    for (std::uint32_t member = 0; member < past.member_count(); ++member) {
      if (!past.known(member)) continue;
      known_.set(member);
      ++known_count_;
    }
  }

  void ask_ours(const std::string& name, const RecommendModel& model) {
    Recommender recommender;
    Record& record = fresh(name);
    for (const auto& question : questions_) {
      const auto ranked = recommender.rank(past_, question.asked, known_,
                                           std::numeric_limits<std::size_t>::max(), model);
      std::vector<double> ranks;
      for (std::size_t i = 0; i < ranked.size(); ++i) {
        if (i < shown) record.expose(ranked[i].member);
        if (std::binary_search(question.right.begin(), question.right.end(), ranked[i].member))
          ranks.push_back(static_cast<double>(i + 1));
      }
      record.measures.push_back(measures_of(std::move(ranks)));
    }
  }

  void ask_baselines(const graph::Affiliations& graph) {
    bench::Baselines baselines(past_, graph);
    SignalFinder finder;
    for (const std::string& name : bench::Baselines::names()) (void)fresh(name);
    for (const auto& question : questions_) {
      finder.begin(past_, question.asked);
      std::vector<std::uint32_t> candidates;
      for (std::uint32_t member = 0; member < past_.member_count(); ++member) {
        if (known_.test(member) && !finder.is_asked(member) &&
            (question.asked.gap || !finder.has_tie(member)))
          candidates.push_back(member);
      }
      const auto& scores = baselines.score(question.asked);
      for (std::size_t i = 0; i < scores.size(); ++i)
        judge(records_[bench::Baselines::names()[i]], scores[i], candidates, question.right);
    }
  }

  void print() const {
    std::cout << "count\tquestions\t" << questions_.size() << "\ncount\tcandidates\t"
              << known_count_ << '\n';
    for (const auto& [name, record] : records_) {
      print_part(name, record, "", [](std::size_t) { return true; });
      if (!questions_.empty() && !questions_.front().asked.gap) {
        print_part(name, record, " newcomers",
                   [&](std::size_t i) { return works_of(i) <= few_works; });
        print_part(name, record, " incumbents",
                   [&](std::size_t i) { return works_of(i) > few_works; });
      }
      figure(name, "MRR by country", by_country(record));
      figure(name, "coverage", record.coverage(known_count_));
      figure(name, "Gini", record.gini(past_));
    }
    for (const auto& [name, record] : records_)
      if (name != ours) print_ratio(name, record);
  }

  Measures mean(const std::string& name) const {
    return mean_of(records_.at(name), [](std::size_t) { return true; }).first;
  }
  void forget(const std::string& name) { records_.erase(name); }

 private:
  Record& fresh(const std::string& name) {
    Record& record = records_[name];
    record.exposed.assign(past_.member_count(), 0);
    return record;
  }

  std::uint32_t works_of(std::size_t question) const {
    return past_.activity(questions_[question].asked.members[0]).works;
  }

  // Expected ranks where scores are equal.
  void judge(Record& record, const std::vector<float>& scores,
             const std::vector<std::uint32_t>& candidates,
             const std::vector<std::uint32_t>& right) const {
    std::vector<float> sorted;
    sorted.reserve(candidates.size());
    for (const std::uint32_t member : candidates) sorted.push_back(scores[member]);
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    std::vector<double> ranks;
    for (const std::uint32_t member : right) {
      const auto [first, last] =
          std::equal_range(sorted.begin(), sorted.end(), scores[member], std::greater<>());
      ranks.push_back(1 + static_cast<double>(first - sorted.begin()) +
                      static_cast<double>(last - first - 1) / 2);
    }
    record.measures.push_back(measures_of(std::move(ranks)));
    const std::size_t first = std::min(shown, candidates.size());
    std::vector<std::uint32_t> best = candidates;
    std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(first), best.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
                      });
    for (std::size_t i = 0; i < first; ++i) record.expose(best[i]);
  }

  static void figure(const std::string& scorer, const std::string& name, double value) {
    std::cout << "figure\t" << scorer << '\t' << name << '\t' << value << '\n';
  }

  template <class Takes>
  std::pair<Measures, std::size_t> mean_of(const Record& record, Takes takes) const {
    Measures sum;
    std::size_t count = 0;
    for (std::size_t i = 0; i < record.measures.size(); ++i) {
      if (!takes(i)) continue;
      const Measures& one = record.measures[i];
      sum.reciprocal += one.reciprocal;
      sum.hit10 += one.hit10;
      sum.hit50 += one.hit50;
      sum.gain10 += one.gain10;
      sum.recall50 += one.recall50;
      ++count;
    }
    const auto n = static_cast<double>(std::max<std::size_t>(count, 1));
    return {{sum.reciprocal / n, sum.hit10 / n, sum.hit50 / n, sum.gain10 / n, sum.recall50 / n},
            count};
  }

  template <class Takes>
  void print_part(const std::string& scorer, const Record& record, const std::string& part,
                  Takes takes) const {
    const auto [mean, count] = mean_of(record, takes);
    figure(scorer, "MRR" + part, mean.reciprocal);
    figure(scorer, "Hits@10" + part, mean.hit10);
    figure(scorer, "Hits@50" + part, mean.hit50);
    figure(scorer, "nDCG@10" + part, mean.gain10);
    figure(scorer, "Recall@50" + part, mean.recall50);
    if (scorer == ours) std::cout << "count\tquestions" << part << '\t' << count << '\n';
  }

  // The mean of countries' means: of who asks, or of who is hidden.
  double by_country(const Record& record) const {
    std::map<std::uint16_t, std::pair<double, double>> countries;
    for (std::size_t i = 0; i < record.measures.size(); ++i) {
      const auto& question = questions_[i];
      const std::uint16_t code =
          past_.country(question.asked.gap ? question.right[0] : question.asked.members[0]);
      if (code == 0) continue;
      countries[code].first += record.measures[i].reciprocal;
      countries[code].second += 1;
    }
    double sum = 0;
    for (const auto& [code, one] : countries) sum += one.first / one.second;
    return countries.empty() ? 0 : sum / static_cast<double>(countries.size());
  }

  // A question counts as often as its works are drawn, in the mean.
  void print_ratio(const std::string& name, const Record& record) const {
    const Record& own = records_.at(ours);
    std::map<std::uint32_t, std::uint32_t> places;
    for (const auto& question : questions_)
      for (const std::uint32_t work : question.works)
        places.emplace(work, static_cast<std::uint32_t>(places.size()));
    std::mt19937 chance(1);
    std::vector<double> ratios;
    for (int round = 0; round < bootstraps; ++round) {
      std::vector<double> drawn(places.size(), 0.0);
      for (std::size_t i = 0; i < places.size(); ++i) drawn[chance() % places.size()] += 1;
      double mine = 0;
      double theirs = 0;
      for (std::size_t i = 0; i < questions_.size(); ++i) {
        double weight = 0;
        for (const std::uint32_t work : questions_[i].works) weight += drawn[places.at(work)];
        weight /= static_cast<double>(questions_[i].works.size());
        mine += weight * own.measures[i].reciprocal;
        theirs += weight * record.measures[i].reciprocal;
      }
      ratios.push_back(mine / theirs);
    }
    std::sort(ratios.begin(), ratios.end());
    const auto all = [](std::size_t) { return true; };
    std::cout << "ratio\t" << name << '\t'
              << mean_of(own, all).first.reciprocal / mean_of(record, all).first.reciprocal << '\t'
              << ratios[bootstraps * 25 / 1000] << '\t' << ratios[bootstraps * 975 / 1000 - 1]
              << '\n';
  }

  const PastWork& past_;
  std::vector<bench::Question> questions_;
  graph::Bitmap known_;
  std::size_t known_count_ = 0;
  std::map<std::string, Record> records_;
};

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<bench::Question> questions_of(const bench::Collaborations& all, const PastWork& past,
                                          char** words) {
  const int day = std::atoi(words[1]);
  const int until = std::atoi(words[2]);
  const std::string task = words[3];
  const auto every = static_cast<std::size_t>(std::max(1, std::atoi(words[4])));
  auto questions = task == "partner"
                       ? bench::new_partner_questions(all, past, day, until)
                       : bench::hidden_member_questions(all, past, day, until, task == "call");
  std::vector<bench::Question> taken;
  for (std::size_t i = 0; i < questions.size(); i += every)
    taken.push_back(std::move(questions[i]));
  return taken;
}

RecommendModel model_of(const std::string& task, const std::string& weights) {
  if (weights != "-") return RecommendModel(file_text(weights));
  if (task == "partner") return RecommendModel::partner();
  return task == "gap" ? RecommendModel::gap() : RecommendModel::call();
}

int evaluate(const std::string& what, char** words) {
  const bench::Collaborations all = bench::read_collaborations(words[0]);
  const graph::IncidenceGraph graph(all.rows, all.members, all.works);
  const PastWork past(all.data(graph), std::atoi(words[1]), false);
  Evaluation evaluation(past, questions_of(all, past, words));
  const RecommendModel model = model_of(words[3], words[5]);
  evaluation.ask_ours(ours, model);
  if (what == "alone") {
    evaluation.print();
    return 0;
  }
  if (what == "evaluate") {
    graph::Slice slice = graph::Slice::begun_by(std::atoi(words[1]) - 1);
    slice.undated = false;
    slice.max_members = PastWork::largest_work;
    evaluation.ask_baselines(graph::Affiliations(graph, slice));
    evaluation.print();
    return 0;
  }
  std::cout << "without\tnothing\t" << evaluation.mean(ours).reciprocal << '\t'
            << evaluation.mean(ours).gain10 << '\n';
  for (std::size_t i = 0; i < static_cast<std::size_t>(Signal::AskedWorks); ++i) {
    const auto signal = static_cast<Signal>(i);
    const std::string name(signal_code(signal));
    evaluation.ask_ours(name, model.without(signal));
    std::cout << "without\t" << name << '\t' << evaluation.mean(name).reciprocal << '\t'
              << evaluation.mean(name).gain10 << '\n'
              << std::flush;
    evaluation.forget(name);
  }
  return 0;
}

// Of this process, so that others on the machine do not count.
double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

int speed(char** words) {
  constexpr std::size_t asked_in_all = 2'000;
  constexpr std::size_t limit = 50;
  const bench::Collaborations all = bench::read_collaborations(words[0]);
  const graph::IncidenceGraph graph(all.rows, all.members, all.works);
  double begun = processor_ms();
  const PastWork past(all.data(graph), std::atoi(words[1]), false);
  std::cout << "ms\ttables\t" << processor_ms() - begun << '\n';
  graph::Bitmap known;
  std::vector<std::uint32_t> members;
  for (std::uint32_t member = 0; member < past.member_count(); ++member) {
    if (!past.known(member)) continue;
    known.set(member);
    members.push_back(member);
  }
  Recommender recommender;
  double sum = 0;  // so that no work is left out
  const auto ask = [&](std::uint32_t member) {
    Asked asked;
    asked.members = {member};
    for (const RankedCandidate& one : recommender.rank(past, asked, known, limit)) {
      sum += double(recommender.contributions(one.member)[0]);
      sum += static_cast<double>(recommender.facts(one.member, 3).bridges);
    }
  };
  ask(members[0]);
  std::vector<std::uint32_t> some = members;
  std::shuffle(some.begin(), some.end(), std::mt19937(1));
  some.resize(std::min(asked_in_all, some.size()));
  std::vector<double> times;
  for (const std::uint32_t member : some) {
    begun = processor_ms();
    ask(member);
    times.push_back(processor_ms() - begun);
  }
  std::sort(times.begin(), times.end());
  std::cout << "ms\tp50\t" << times[times.size() / 2] << "\nms\tp99\t"
            << times[times.size() * 99 / 100] << '\n'
            << std::flush;
  begun = processor_ms();
  for (const std::uint32_t member : members) {
    Asked asked;
    asked.members = {member};
    sum += double(recommender.rank(past, asked, known, limit).front().score);
  }
  std::cout << "ms\tbatch\t" << processor_ms() - begun << "\ncount\tmembers\t" << members.size()
            << "\nvalue\tsum\t" << sum << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "";
  if ((what == "evaluate" || what == "alone" || what == "ablate") && argc == 8)
    return evaluate(what, argv + 2);
  if (what == "speed" && argc == 4) return speed(argv + 2);
  std::cerr
      << "usage: koinon_bench_recommend evaluate|alone|ablate FILE DAY UNTIL TASK SHARE WEIGHTS | "
         "speed FILE DAY\n";
  return 2;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
