// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/evidence.hpp"
#include "engine/linked.hpp"
#include "engine/solved_found.hpp"
#include "engine/ticker.hpp"

namespace koinon::engine {

namespace {

// Weighs methods by the columns, and shows the best.
class Methods {
 public:
  Methods(const MethodsRequest& request, const Asked& asked, const SolvedGround& ground)
      : request_(request),
        asked_(asked),
        ground_(ground),
        columns_(ground.columns),
        found_(asked, ground),
        fit_(asked, columns_),
        has_country_({request.country}, columns_.countries()),
        speaks_({request.language}, columns_.languages()) {}

  MethodsFound found() {
    MethodsFound answer;
    answer.change = ground_.state.change;
    std::vector<Weighed> all = weighed();
    answer.considered = all.size();
    std::sort(all.begin(), all.end(), [&](const Weighed& a, const Weighed& b) {
      const bool in_force = a.successor == nothing;
      if (in_force != (b.successor == nothing)) return in_force;
      if (a.score != b.score) return a.score > b.score;
      return columns_.id(a.found->number) < columns_.id(b.found->number);
    });
    if (all.size() > request_.limit) all.resize(request_.limit);
    std::vector<const Candidate*> shown;
    for (const Weighed& each : all) shown.push_back(each.found);
    const auto hits = found_.told(shown);
    Shown titles(ground_.documents);
    for (const Weighed& each : all)
      answer.methods.push_back(told(each, hits.at(each.found->number), titles));
    return answer;
  }

 private:
  static constexpr std::uint32_t nothing = programme::FitColumns::nothing;

  struct Weighed {
    const Candidate* found = nullptr;
    double score = 0;
    std::string standard;
    std::uint32_t successor = nothing;
  };

  std::vector<Weighed> weighed() {
    std::vector<Weighed> all;
    Ticker ticker(ground_.task, "methods", found_.all.size());
    for (const Candidate& each : found_.all) {
      ticker.step();
      ticker.look();
      if (!columns_.is(each.number, RecordKind::Method) || columns_.is_rejected(each.number))
        continue;
      Weighed one;
      one.found = &each;
      programme::WeighedMean mean = fit_(each);
      if (!request_.country.empty())
        mean.add(used_there(each.number) ? 1 : 0, programme::place_weight);
      if (!request_.language.empty()) mean.add(speaks_(each.number), programme::place_weight);
      one.standard = columns_.standard(each.number);
      mean.add(programme::standard_part(one.standard), programme::evidence_weight);
      one.score = mean.value();
      one.successor = columns_.successor(each.number);
      all.push_back(std::move(one));
    }
    return all;
  }

  bool used_there(std::uint32_t method) {
    const std::vector<std::uint32_t> uses = columns_.uses(method);
    return std::any_of(uses.begin(), uses.end(),
                       [&](std::uint32_t study) { return has_country_(study) > 0; });
  }

  MethodFound told(const Weighed& weighed, const Hit& hit, Shown& titles) {
    MethodFound one;
    one.id = hit.id;
    one.title = hit.title;
    const auto record = known_record(ground_.documents, hit.id);
    one.state = std::get<Method>(record).state;
    one.reasons = reasons_of(asked_, *weighed.found, hit, record);
    const std::vector<std::uint32_t> uses = uses_in_order(weighed.found->number);
    if (!request_.country.empty()) {
      FitReason& country = add_reason(one, "country", programme::place_weight);
      for (const std::uint32_t study : uses) {
        if (has_country_(study) > 0) country.what.push_back(columns_.id(study));
      }
      country.part = country.what.empty() ? 0 : 1;
    }
    if (!request_.language.empty()) {
      FitReason& language = add_reason(one, "language", programme::place_weight);
      language.part = speaks_(weighed.found->number);
      if (language.part > 0) language.what = {request_.language};
    }
    one.standard = weighed.standard;
    FitReason& evidence = add_reason(one, "evidence", programme::evidence_weight);
    evidence.part = programme::standard_part(one.standard);
    if (!one.standard.empty()) evidence.what = {one.standard};
    one.score = weighed.score;
    if (weighed.successor != nothing) {
      one.successor = columns_.id(weighed.successor);
      one.successor_title = titles.title(one.successor);
    }
    one.uses = shown_uses(one.id, uses);
    return one;
  }

  static FitReason& add_reason(MethodFound& method, const char* code, double weight) {
    return method.reasons.emplace_back(FitReason{code, 0, weight, {}});
  }

  // Those in the country asked for first, then by id.
  std::vector<std::uint32_t> uses_in_order(std::uint32_t method) {
    std::vector<std::uint32_t> uses = columns_.uses(method);
    std::sort(uses.begin(), uses.end(), [&](std::uint32_t a, std::uint32_t b) {
      const bool there = has_country_(a) > 0;
      if (there != (has_country_(b) > 0)) return there;
      return columns_.id(a) < columns_.id(b);
    });
    return uses;
  }

  std::vector<MethodUseShown> shown_uses(const std::string& method,
                                         const std::vector<std::uint32_t>& uses) {
    std::vector<MethodUseShown> shown;
    for (std::size_t i = 0; i < uses.size() && shown.size() < request_.uses; ++i) {
      if (i > 0 && uses[i] == uses[i - 1]) continue;  // it told all of its uses
      const std::string& id = columns_.id(uses[i]);
      if (const auto study = present<CaseStudy>(ground_.documents, id))
        add_uses(id, *study, method, ground_.documents, shown);
    }
    if (shown.size() > request_.uses) shown.resize(request_.uses);
    return shown;
  }

  const MethodsRequest& request_;
  const Asked& asked_;
  const SolvedGround& ground_;
  const programme::FitColumns& columns_;
  Found found_;
  RecordFit fit_;
  CodesFit has_country_;  // the one asked for
  CodesFit speaks_;       // the language asked for
};

}  // namespace

MethodsFound methods_for(const MethodsRequest& request, const SolvedGround& ground) {
  const Asked asked{
      request.text, request.themes, request.target_groups, request.language, {"method"}};
  return Methods(request, asked, ground).found();
}

}  // namespace koinon::engine
