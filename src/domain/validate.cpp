// SPDX-License-Identifier: Apache-2.0
#include "domain/validate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>

#include "domain/date.hpp"
#include "domain/fields.hpp"
#include "domain/forms.hpp"
#include "domain/identifiers.hpp"
#include "domain/kinds.hpp"
#include "domain/life.hpp"
#include "domain/utf8.hpp"

namespace koinon::domain {

namespace {

constexpr std::size_t max_text = 1U << 20;

// Walks a record by its field description, with the path to where it stands.
class Validator {
 public:
  explicit Validator(const Vocabularies& vocabularies) : vocabularies_(vocabularies) {}

  std::vector<Violation> take() { return std::move(found_); }

  void fault(const char* code, std::string message) {
    std::string path;
    for (std::size_t i = 0; i < depth_; ++i) {
      const Step& step = path_[i];
      if (step.name) {
        if (!path.empty()) path += '.';
        path += step.name;
      } else {
        path += '[' + std::to_string(step.index) + ']';
      }
    }
    found_.push_back({std::move(path), code, std::move(message)});
  }

  void fault_at(const char* name, const char* code, std::string message) {
    enter(name, 0);
    fault(code, std::move(message));
    leave();
  }

  // One member of a record: its own rule, then whatever it holds.
  template <class T>
  void operator()(const Field& field, const T& value) {
    enter(field.name, 0);
    if (field.required && is_absent(value)) {
      fault("missing", std::string(field.name) + " must be told");
    } else {
      check(field, value);
    }
    leave();
  }

  template <class T>
  void record(const T& value) {
    visit_fields(value, *this);
    whole(value);
    if constexpr (Lives<const T>) life(value);
  }

 private:
  struct Step {
    const char* name;  // null for a place in a list
    std::size_t index;
  };

  void enter(const char* name, std::size_t index) {
    if (depth_ == path_.size()) throw std::logic_error("a record type nested too deep");
    path_[depth_++] = {name, index};
  }
  void leave() { --depth_; }

  template <class T>
  static bool is_absent(const std::vector<T>& list) {
    return list.empty();
  }
  static bool is_absent(const std::string& text) { return text.empty(); }
  template <class T>
  static bool is_absent(const T&) {
    return false;
  }

  template <class T>
  void check(const Field& field, const std::vector<T>& list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      enter(nullptr, i);
      if constexpr (std::is_same_v<T, std::string>) {
        if (list[i].empty()) fault("missing", "a list holds no empty text");
      }
      if constexpr (std::is_same_v<T, PartialDate>) {
        if (!list[i]) fault("missing", "a list holds no date that is none");
      }
      if constexpr (std::is_same_v<T, Parameter>) {
        const auto same = [&](const Parameter& other) { return other.name == list[i].name; };
        const auto here = list.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(list.begin(), here, same))
          fault("duplicate", "a rule has each parameter once");
      }
      check(field, list[i]);
      leave();
    }
    if constexpr (std::is_same_v<T, Text>) {
      if (list.size() > 1 && !field.several) languages_once(field, list);
    }
  }

  // Of two titles in one language nobody could say which it is.
  void languages_once(const Field& field, const LangText& texts) {
    std::set<std::string_view> told;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string& language = texts[i].language;
      if (language == unknown_language || told.insert(language).second) continue;
      enter(nullptr, i);
      fault("duplicate_language", "is a second text in '" + language + "', and `" + field.name +
                                      "` has one in each language");
      leave();
    }
  }

  template <class T>
  void check(const Field& field, const std::optional<T>& value) {
    if (value) check(field, *value);
  }

  void check(const Field& field, const std::string& text) {
    if (text.empty()) return;
    if (!plain(text)) return;
    switch (field.rule) {
      case Rule::Text:
        break;
      case Rule::Code:
        code(field.vocabulary, text);
        break;
      case Rule::Country:
        code("countries", text);
        break;
      case Rule::Theme:
      case Rule::Reference:
        if (!is_record_id(text)) fault("bad_reference", "'" + text + "' cannot be a record id");
        break;
      case Rule::Language:
        if (!is_language(text)) fault("bad_language", "'" + text + "' is no language tag");
        break;
      case Rule::Nuts:
        if (!is_nuts(text)) fault("bad_nuts", "'" + text + "' is no NUTS code");
        break;
      case Rule::Link:
        if (!is_link(text))
          fault("bad_link", "an address holds no blanks, quotes or angle brackets");
        break;
      case Rule::Currency:
        if (!is_currency(text)) fault("bad_currency", "a currency is told by its three letters");
        break;
      case Rule::Rate:
        if (!is_rate(text))
          fault("bad_rate",
                "a rate is a number above 0 and below a billion, with at most six decimals");
        break;
      case Rule::Latitude:
      case Rule::Longitude:
        break;
    }
  }

  void check(const Field&, const Text& text) {
    if (!is_language(text.language)) {
      fault_at("language", "bad_language",
               text.language.empty() ? "a text needs its language, or 'und'"
                                     : "'" + text.language + "' is no language tag");
    }
    enter("text", 0);
    if (text.text.empty()) {
      fault("missing", "a text must not be empty");
    } else {
      plain(text.text);
    }
    leave();
  }

  void check(const Field&, const PartialDate& date) {
    const bool unset = date.year == 0 && date.month == 0 && date.day == 0;
    if (!unset && !is_valid(date)) fault("bad_date", "there is no such day");
  }

  void check(const Field&, const Money& money) {
    plain(money.as_written);
    if (!money.minor && money.currency.empty()) return;
    if (!is_currency(money.currency))
      fault_at("currency", "bad_currency", "an amount needs the three letters of its currency");
  }

  void check(const Field&, const Share& share) {
    if (share.millionths < 0 || share.millionths > 1000000)
      fault("bad_share", "a share lies between 0 and 1");
  }

  void check(const Field& field, const double& number) {
    if (field.rule != Rule::Latitude && field.rule != Rule::Longitude) {
      if (!std::isfinite(number)) fault("bad_number", "a number is finite");
      return;
    }
    const double limit = field.rule == Rule::Latitude ? 90 : 180;
    if (!std::isfinite(number) || std::fabs(number) > limit)
      fault("bad_coordinate", "a " + std::string(field.name) + " lies within ±" +
                                  std::to_string(static_cast<int>(limit)) + " degrees");
  }

  // The whole numbers of records are counts.
  void check(const Field&, const std::int64_t& count) {
    constexpr std::int64_t most = std::int64_t{1} << 53;
    if (count < 0 || count > most) fault("bad_number", "a count is not below 0, nor past 2^53");
  }

  void check(const Field&, const Moment& moment) {
    constexpr Timestamp first = -62135596800000;  // 0001-01-01
    constexpr Timestamp last = 253402300799999;   // 9999-12-31
    if (moment.at < first || moment.at > last) fault("bad_date", "there is no such instant");
  }

  void check(const Field& field, const GradeOverride& grade) {
    visit_fields(grade, *this);
    enter("grade", 0);
    if (!grade.grade.empty()) code(field.vocabulary, grade.grade);
    leave();
  }

  void check(const Field&, const Parameter& parameter) {
    if (parameter.name.empty()) fault("missing", "a parameter needs a name");
    plain(parameter.name);
    for (const std::string& value : parameter.values) plain(value);
  }

  // A structure: its fields, then what holds between them.
  template <class T>
  requires std::is_class_v<T>
  void check(const Field&, const T& value) {
    visit_fields(value, *this);
    whole(value);
  }

  template <class T>
  void whole(const T&) {}

  void whole(const Period& period) {
    const bool dated = is_valid(period.from) && is_valid(period.to);
    if (dated && surely_before(period.to, period.from))
      fault("reversed_period", "ends on " + format_date(period.to) + ", before it begins on " +
                                   format_date(period.from));
  }

  void whole(const Identifier& id) {
    const std::string wrong = identifier_fault(id.scheme, id.value);
    if (!id.value.empty() && !wrong.empty())
      fault_at("value", "bad_identifier", "'" + id.value + "': " + wrong);
  }

  void whole(const Place& place) {
    if (place.latitude.has_value() != place.longitude.has_value())
      fault("bad_coordinate", "a point needs latitude and longitude");
    const bool nuts = is_nuts(place.nuts) && !place.country.empty();
    if (nuts && std::string_view(place.nuts).substr(0, 2) != place.country)
      fault_at("nuts", "bad_nuts", place.nuts + " does not lie in " + place.country);
  }

  void whole(const Organisation& organisation) {
    if (organisation.names.empty() && organisation.identifiers.empty())
      fault_at("names", "missing", "an organisation needs a name or an identifier");
  }

  void whole(const Project& project) {
    const bool empty = project.codes.empty() && project.titles.empty() && project.acronym.empty() &&
                       project.description.empty() && project.participations.empty();
    if (empty) fault("empty_record", "a project needs a code, a title, a description or a member");
  }

  void whole(const Call& call) {
    if (call.codes.empty() && call.titles.empty())
      fault_at("titles", "missing", "a call needs a title or a code");
    if (call.model == "permanent" && !call.deadlines.empty())
      fault_at("deadlines", "bad_deadline", "a permanent call has no deadline");
    not_negative("budget", call.budget, "the budget of a call");
    not_negative("grant_min", call.grant_min, "the smallest grant");
    not_negative("grant_max", call.grant_max, "the greatest grant");
    at_most("grant_min", call.grant_min, call.grant_max,
            "is more than the greatest grant, `grant_max`");
    // Files of others are as they are; a call that lives here is held to its own days.
    if (!call.steps.empty()) deadlines_after(call);
  }

  void deadlines_after(const Call& call) {
    enter("deadlines", 0);
    for (std::size_t i = 0; i < call.deadlines.size(); ++i) {
      const PartialDate deadline = call.deadlines[i];
      const bool dated = is_valid(deadline) && is_valid(call.opening);
      if (!dated || !surely_before(deadline, call.opening)) continue;
      enter(nullptr, i);
      fault("bad_deadline", "lies on " + format_date(deadline) + ", before the call opens on " +
                                format_date(call.opening));
      leave();
    }
    leave();
  }

  void whole(const Bid& bid) {
    not_negative("requested", bid.requested, "what a bid asks for");
    not_negative("total_cost", bid.total_cost, "a cost");
    at_most("requested", bid.requested, bid.total_cost,
            "is more than the whole cost, `total_cost`");
  }

  void not_negative(const char* name, const Money& money, const char* what) {
    if (money.minor.value_or(0) < 0)
      fault_at(name, "bad_amount", std::string(what) + " is not below 0");
  }

  // Where both are told, in one currency.
  void at_most(const char* name, const Money& money, const Money& limit, const char* message) {
    if (!money.minor || !limit.minor || money.currency != limit.currency) return;
    if (*money.minor > *limit.minor) fault_at(name, "reversed_amounts", message);
  }

  // Each entry of a list by what it is known by, once.
  template <class T>
  void once_each(const char* name, const std::vector<T>& list, std::string T::*key,
                 const char* message) {
    std::set<std::string_view> known;
    enter(name, 0);
    for (std::size_t i = 0; i < list.size(); ++i) {
      if ((list[i].*key).empty() || known.insert(list[i].*key).second) continue;
      enter(nullptr, i);
      fault("duplicate", "'" + list[i].*key + "': " + message);
      leave();
    }
    leave();
  }

  void whole(const Assessment& assessment) {
    once_each("grades", assessment.grades, &CriterionGrade::criterion,
              "an assessment grades each criterion once");
  }

  void whole(const Method& method) {
    once_each("versions", method.versions, &MethodVersion::label,
              "the versions of a method have labels of their own");
  }

  void whole(const Dissemination& dissemination) {
    if (dissemination.from.empty()) return;
    enter("to", 0);
    for (std::size_t i = 0; i < dissemination.to.size(); ++i) {
      if (dissemination.to[i] != dissemination.from) continue;
      enter(nullptr, i);
      fault("self_reference", "nobody disseminates to themselves");
      leave();
    }
    leave();
  }

  void whole(const Consortium& consortium) { memberships(consortium.members); }
  void whole(const Community& community) { memberships(community.members); }
  void whole(const CompetenceCentre& centre) { memberships(centre.members); }

  // An organisation is a member in a role once at a time; what may lie side by side, does.
  void memberships(const std::vector<Participation>& members) {
    std::vector<std::size_t> order(members.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t i) {
      return std::tie(members[i].organisation, members[i].role);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    enter("members", 0);
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (std::size_t k = i + 1; k < order.size() && key(order[i]) == key(order[k]); ++k) {
        if (!surely_overlap(members[order[i]].period, members[order[k]].period)) continue;
        enter(nullptr, order[k]);
        fault_at("period", "overlapping_membership",
                 "the organisation is a member in this role already, by members[" +
                     std::to_string(order[i]) + "]");
        leave();
        break;
      }
    }
    leave();
  }

  // Whether one period may come to its end before the other begins, by dates that may be rough.
  static bool may_precede(const Period& a, const Period& b) {
    if (!is_valid(a.to) || !is_valid(b.from)) return false;
    return first_day(a.to) < last_day(b.from);
  }
  static bool surely_overlap(const Period& a, const Period& b) {
    return !may_precede(a, b) && !may_precede(b, a);
  }

  // The log of a life: steps that its table knows, each from where the one before it led, forward
  // in time, up to the state.
  template <class T>
  void life(const T& value) {
    if (value.steps.empty()) return;
    const char* states = "";
    const char* state_name = "state";
    visit_fields(value, [&](const Field& field, const auto& member) {
      if (static_cast<const void*>(&member) != static_cast<const void*>(&state_field(value)))
        return;
      states = field.vocabulary;
      state_name = field.name;
    });
    enter("steps", 0);
    for (std::size_t i = 0; i < value.steps.size(); ++i) {
      enter(nullptr, i);
      step(states, i == 0 ? nullptr : &value.steps[i - 1], value.steps[i]);
      leave();
    }
    leave();
    if (state_field(value) != value.steps.back().to) {
      fault_at(
          state_name, "state_mismatch",
          "the last step leads to '" + value.steps.back().to + "'; a transition takes another");
    }
  }

  void step(const char* states, const LifeStep* before, const LifeStep& step) {
    if (before && step.from != before->to)
      fault_at("from", "broken_chain", "the step before leads to '" + before->to + "'");
    if (before && step.at && before->at && step.at.at < before->at.at)
      fault_at("at", "reversed_time", "lies before the step before it");
    if (!step.from.empty() && !step.to.empty() &&
        !vocabularies_.leads(states, step.from, step.to)) {
      fault_at("to", "no_such_step", "no step leads from '" + step.from + "' to '" + step.to + "'");
    }
  }

  void whole(const MatchDecision& decision) {
    if (!decision.left.empty() && decision.left == decision.right)
      fault_at("right", "self_reference", "a decision is about two records");
    if (decision.verdict == "withdrawn" && decision.undoes.empty())
      fault_at("undoes", "missing", "what is withdrawn must be named");
  }

  void whole(const Mentoring& mentoring) {
    if (!mentoring.to.empty() && mentoring.to == mentoring.from)
      fault_at("to", "self_reference", "nobody mentors themselves");
  }

  void whole(const Effect& effect) {
    if (effect.low && effect.high && *effect.low > *effect.high)
      fault("reversed_interval", "an interval ends where it begins, or after that");
    else if (effect.value && ((effect.low && *effect.value < *effect.low) ||
                              (effect.high && *effect.value > *effect.high)))
      fault_at("value", "outside_interval", "a value lies within its interval, `low` to `high`");
  }

  void whole(const BudgetLine& line) {
    if (!line.amount.minor) fault_at("amount", "missing", "a budget line needs its amount");
  }

  void whole(const ExchangeRate& rate) {
    if (!rate.date) fault_at("date", "missing", "a rate needs the day that it is of");
    if (!rate.per.empty() && rate.currency == rate.per)
      fault_at("per", "self_reference", "a rate is between two currencies");
  }

  // Of two rates of a currency, or of rates into two, nobody could say which one counts.
  void whole(const Programme& programme) {
    const auto& rates = programme.rates;
    enter("rates", 0);
    for (std::size_t i = 0; i < rates.size(); ++i) {
      const auto same = [&](const ExchangeRate& other) {
        return other.currency == rates[i].currency;
      };
      const auto here = rates.begin() + static_cast<std::ptrdiff_t>(i);
      enter(nullptr, i);
      if (std::any_of(rates.begin(), here, same))
        fault_at("currency", "duplicate", "has a rate already, and one counts");
      if (rates[i].per != rates.front().per)
        fault_at("per", "other_currency", "all rates of a programme are per one currency");
      leave();
    }
    leave();
  }

  void whole(const Award& award) {
    if (!award.amount.minor) {
      fault_at("amount", "missing", "an award needs its amount");
    } else if (*award.amount.minor < 0) {
      fault_at("amount", "bad_amount", "an award is not below 0");
    }
  }

  void whole(const Replication& replication) {
    if (!replication.child.empty() && replication.child == replication.parent)
      fault_at("child", "self_reference", "an initiative cannot replicate itself");
  }

  void code(std::string_view vocabulary, const std::string& text) {
    if (!vocabularies_.contains(vocabulary, text))
      fault("unknown_code", "'" + text + "' is not in the vocabulary " + std::string(vocabulary));
  }

  // UTF-8, of bearable length, without control characters but tab and line ends.
  bool plain(const std::string& text) {
    if (text.size() > max_text) {
      fault("too_long", "has " + std::to_string(text.size()) + " bytes; the limit is 1 MiB");
      return false;
    }
    const std::size_t bad = first_invalid_utf8(text);
    if (bad != text.size()) {
      fault("bad_text", "byte " + std::to_string(bad) + " is not UTF-8");
      return false;
    }
    for (const char c : text) {
      if (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t' && c != '\r') {
        fault("bad_text", "holds a control character");
        return false;
      }
    }
    return true;
  }

  const Vocabularies& vocabularies_;
  // Records are nested a few levels deep, by their types; no record is validated at the price of an
  // allocation.
  std::array<Step, 16> path_{};
  std::size_t depth_ = 0;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> validate(const Record& record, const Vocabularies& vocabularies) {
  Validator validator(vocabularies);
  std::visit([&](const auto& value) { validator.record(value); }, record);
  return validator.take();
}

}  // namespace koinon::domain
