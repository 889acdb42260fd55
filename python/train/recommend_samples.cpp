// SPDX-License-Identifier: Apache-2.0
//
// The signals of candidates, for recommend.py to learn from.
//
//   koinon_train_recommend codes
//   koinon_train_recommend questions FILE DAY UNTIL TASK
//   koinon_train_recommend samples FILE DAY UNTIL TASK SHARE WEIGHTS OUT
//
// "codes" prints the codes of the signals, one a line; "questions" how many there are. FILE, DAY
// and UNTIL are those of recommend_protocol.hpp; TASK: partner, gap or call (a gap whose topics are
// told); SHARE: of the questions, taken by chance; WEIGHTS: a table of src/data/recommendation, or
// "-" where there is none yet. OUT gets a row of 32-bit floats for each candidate: number of the
// question, weight, 1 for a right one, and the signals.
//
// A question has all right candidates, the best by the weights, and by chance some of those that
// come next and of the rest, each weighing as many as it stands for: so that sums over the sample
// are sums over all candidates, but for chance. The best must be there in person. With the
// strongest ties in their place, a model learns to put first those whom the sample hardly ever
// shows, and its figures on the sample are too good.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <random>
#include <string>

#include "../../tests/bench/recommend_protocol.hpp"
#include "partners/recommender.hpp"

namespace {

using namespace koinon;
using namespace koinon::partners;

constexpr std::size_t best = 160;
constexpr std::size_t next = 2'000;
constexpr std::size_t next_by_chance = 100;
constexpr std::size_t rest_by_chance = 50;

// Where there are no weights yet: activity, ties, bridges and topics, by rule of thumb.
std::string rough_weights() {
  std::string table = "signal\n";
  for (const auto& [code, weight] :
       {std::pair{Signal::Places, 1}, std::pair{Signal::Direct, 3}, std::pair{Signal::Bridge, 1},
        std::pair{Signal::TopicLikeness, 2}}) {
    table += std::string(signal_code(code)) + "\t0";
    for (int column = 0; column < 2; ++column) table += '\t' + std::to_string(weight);
    for (std::size_t unit = 0; unit < RecommendModel::units; ++unit) table += "\t0";
    table += '\n';
  }
  return table;
}

class Sampler {
 public:
  Sampler(const PastWork& past, const RecommendModel& model, const std::string& out)
      : past_(past), model_(model), file_(out, std::ios::binary) {
    for (std::uint32_t member = 0; member < past.member_count(); ++member)
      if (past.known(member)) known_.set(member);
  }

  void add(const bench::Question& question) {
    const auto ranked = recommender_.rank(past_, question.asked, known_,
                                          std::numeric_limits<std::size_t>::max(), model_);
    for (const std::uint32_t member : question.right) put(member, 1, true);
    std::vector<std::uint32_t> later;
    std::vector<std::uint32_t> last;
    for (std::size_t i = 0; i < ranked.size(); ++i) {
      const std::uint32_t member = ranked[i].member;
      if (std::binary_search(question.right.begin(), question.right.end(), member)) continue;
      if (i < best)
        put(member, 1, false);
      else
        (i < next ? later : last).push_back(member);
    }
    put_some(later, next_by_chance);
    put_some(last, rest_by_chance);
    ++question_;
  }

  bool good() const { return file_.good(); }

 private:
  void put_some(std::vector<std::uint32_t>& members, std::size_t count) {
    count = std::min(count, members.size());
    for (std::size_t i = 0; i < count; ++i) {
      std::swap(members[i], members[i + chance_() % (members.size() - i)]);
      put(members[i], static_cast<float>(members.size()) / static_cast<float>(count), false);
    }
  }

  void put(std::uint32_t member, float weight, bool right) {
    SignalValues values;
    recommender_.finder().values(member, values);
    const std::array<float, 3> head = {static_cast<float>(question_), weight, right ? 1.0F : 0.0F};
    file_.write(reinterpret_cast<const char*>(head.data()), sizeof head);
    file_.write(reinterpret_cast<const char*>(values.data()), sizeof values);
  }

  const PastWork& past_;
  const RecommendModel& model_;
  Recommender recommender_;
  graph::Bitmap known_;
  std::ofstream file_;
  std::mt19937 chance_{1};
  std::size_t question_ = 0;
};

RecommendModel model_of(const std::string& path) {
  if (path == "-") return RecommendModel(rough_weights());
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return RecommendModel(std::string(std::istreambuf_iterator<char>(file), {}));
}

// What was known before a day, and what is asked of the time from it.
struct Period {
  explicit Period(char** words)
      : all(bench::read_collaborations(words[0])),
        graph(all.rows, all.members, all.works),
        day(std::atoi(words[1])),
        past(all.data(graph), day, false) {
    const int until = std::atoi(words[2]);
    const std::string task = words[3];
    questions = task == "partner"
                    ? bench::new_partner_questions(all, past, day, until)
                    : bench::hidden_member_questions(all, past, day, until, task == "call");
  }

  bench::Collaborations all;
  graph::IncidenceGraph graph;
  int day;
  PastWork past;
  std::vector<bench::Question> questions;
};

int samples(char** words) {
  const Period period(words);
  const double share = std::atof(words[4]);
  const RecommendModel model = model_of(words[5]);
  Sampler sampler(period.past, model, words[6]);
  std::mt19937 chance(2);
  std::size_t taken = 0;
  for (const auto& question : period.questions) {
    if (double(chance() % 10000) / 10000 >= share) continue;
    sampler.add(question);
    ++taken;
  }
  std::cout << taken << " questions\n";
  return sampler.good() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "codes") {
    for (std::size_t i = 0; i < signals; ++i)
      std::cout << signal_code(static_cast<Signal>(i)) << '\n';
    return 0;
  }
  if (what == "questions" && argc == 6) {
    std::cout << Period(argv + 2).questions.size() << '\n';
    return 0;
  }
  if (what == "samples" && argc == 9) return samples(argv + 2);
  std::cerr << "usage: koinon_train_recommend codes | questions FILE DAY UNTIL TASK | "
               "samples FILE DAY UNTIL TASK SHARE WEIGHTS OUT\n";
  return 2;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
