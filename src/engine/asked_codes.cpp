// SPDX-License-Identifier: Apache-2.0
#include "engine/asked_codes.hpp"

#include <algorithm>
#include <utility>

#include "data/vocabulary.hpp"
#include "domain/date.hpp"
#include "engine/names.hpp"
#include "engine/rules.hpp"
#include "text/edit_distance.hpp"
#include "text/fold.hpp"
#include "text/language.hpp"

namespace koinon::engine {

namespace {

constexpr const char* theme_vocabulary = "social-themes";
constexpr const char* kind_vocabulary = "organisation-kinds";

std::string code_named(const char* vocabulary, const std::string& told) {
  const data::Vocabulary* entries = data::vocabulary(vocabulary);
  if (const data::Entry* entry = entries->find(told)) return entry->code;
  const data::Entry* entry = entries->named(told);
  return entry != nullptr ? entry->code : std::string();
}

std::string joined(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : ", ") + code;
  return text;
}

std::vector<std::string> codes_of(const char* vocabulary) {
  std::vector<std::string> codes;
  for (const data::Entry& entry : data::vocabulary(vocabulary)->entries())
    codes.push_back(entry.code);
  return codes;
}

std::string all_codes(const char* vocabulary) {
  return joined(codes_of(vocabulary));
}

constexpr std::size_t few = 12;  // codes that a message can list

// What would do in the place of a code that is not known.
std::string what_there_is(const char* vocabulary) {
  const auto& entries = data::vocabulary(vocabulary)->entries();
  if (entries.size() <= few) return "there are: " + all_codes(vocabulary);
  return std::string("give a code of the vocabulary ") + vocabulary + ", such as " +
         entries.front().code + ", or a name";
}

// The code that a slip of the hand would have made this of; "" where none is near.
std::string nearest_code(const std::vector<std::string>& codes, const std::string& told) {
  constexpr unsigned far = 3;
  std::string nearest;
  unsigned least = far;
  for (const std::string& code : codes) {
    // Of a short word too much would be another one.
    if (code.size() < std::size_t{2} * far) continue;
    const unsigned distance = text::edit_distance(told, code, far);
    if (distance >= least) continue;
    least = distance;
    nearest = code;
  }
  return nearest;
}

// The same of texts that no vocabulary has.
std::string what_would_do(const std::vector<std::string>& known, const std::string& told) {
  if (known.empty()) return "; there are none";
  const std::string near = nearest_code(known, told);
  if (!near.empty()) return ", did you mean " + near + "?";
  if (known.size() <= few) return "; there are: " + joined(known);
  return "; give one as they write it, such as " + known.front();
}

// The one text of `known` that is called the same; "" for none, or several.
std::string called_alike(const std::vector<std::string>& known, const std::string& told) {
  const std::string name = text::fold_name(told);
  std::string found;
  for (const std::string& each : known) {
    if (name.empty() || text::fold_name(each) != name) continue;
    if (!found.empty()) return {};
    found = each;
  }
  return found;
}

template <class Known>
std::vector<std::string> each_once(const std::vector<std::string>& told, Known&& known) {
  std::vector<std::string> codes;
  for (const std::string& one : told) {
    std::string code = known(one);
    if (std::find(codes.begin(), codes.end(), code) == codes.end())
      codes.push_back(std::move(code));
  }
  return codes;
}

}  // namespace

void AskedCodes::fault(const std::string& path, const char* code, const std::string& message) {
  violations_.push_back({path, code, message});
}

void AskedCodes::hold(const char* vocabulary, const std::string& code, const std::string& path) {
  if (!code.empty() && data::vocabulary(vocabulary)->find(code) == nullptr)
    fault(path, "unknown_code",
          "'" + code + "' is no code of the vocabulary " + std::string(vocabulary));
}

std::string AskedCodes::country(const std::string& told, const std::string& path) {
  if (told.empty()) return told;
  std::string code = code_named("countries", told);
  if (code.empty()) {
    fault(path, "unknown_code",
          "'" + told +
              "' is no country: give a code of the vocabulary countries, such as DE or EL, or a "
              "name, such as Germany");
  }
  return code;
}

std::string AskedCodes::kind(const std::string& told, const std::string& path) {
  if (told.empty()) return told;
  std::string code = code_named(kind_vocabulary, told);
  if (code.empty()) {
    fault(path, "unknown_code",
          "'" + told + "' is no kind of organisation; there are: " + all_codes(kind_vocabulary));
  }
  return code;
}

std::string AskedCodes::theme(const std::string& told, const std::string& path,
                              const KnownTheme& known) {
  // What the catalogue has in just this form comes before what is like it.
  if (data::vocabulary(theme_vocabulary)->find(told) != nullptr) return told;
  std::string code = known(told);
  if (code.empty()) code = code_named(theme_vocabulary, told);
  if (!code.empty()) return code;
  const std::string near = nearest_code(codes_of(theme_vocabulary), told);
  fault(path, "unknown_code",
        "'" + told + "' is no theme" +
            (near.empty() ? ": give" : ", did you mean " + near + "? Give") +
            " a code of the vocabulary social-themes, such as homelessness, or a concept that the "
            "catalogue or its thesaurus has");
  return code;
}

std::vector<std::string> AskedCodes::countries(const std::vector<std::string>& told,
                                               const std::string& path) {
  return each_once(told, [&](const std::string& one) { return country(one, path); });
}

std::vector<std::string> AskedCodes::kinds(const std::vector<std::string>& told,
                                           const std::string& path) {
  return each_once(told, [&](const std::string& one) { return kind(one, path); });
}

std::vector<std::string> AskedCodes::themes(const std::vector<std::string>& told,
                                            const std::string& path, const KnownTheme& known) {
  return each_once(told, [&](const std::string& one) { return theme(one, path, known); });
}

std::vector<std::string> AskedCodes::capabilities(const std::vector<std::string>& told,
                                                  const std::string& path,
                                                  const KnownCapability& stated,
                                                  const KnownTheme& known) {
  return each_once(told, [&](const std::string& one) {
    std::string code = stated(one);
    if (code.empty()) code = known(one);
    if (code.empty()) code = code_named(theme_vocabulary, one);
    if (code.empty()) {
      fault(path, "unknown_code",
            "'" + one +
                "' is no capability: give one that an organisation's record offers, or has as a "
                "tag of the scheme capability, or a theme");
    }
    return code;
  });
}

std::vector<std::string> AskedCodes::codes(const char* vocabulary,
                                           const std::vector<std::string>& told,
                                           const std::string& path) {
  return each_once(told, [&](const std::string& one) {
    std::string code = code_named(vocabulary, one);
    if (code.empty())
      fault(path, "unknown_code", "'" + one + "' is not known; " + what_there_is(vocabulary));
    return code;
  });
}

std::vector<std::string> AskedCodes::programmes(const std::vector<std::string>& told,
                                                const std::string& path,
                                                const std::vector<std::string>& known) {
  return each_once(told, [&](const std::string& one) {
    if (std::binary_search(known.begin(), known.end(), one)) return one;
    std::string found = called_alike(known, one);
    if (!found.empty()) return found;
    fault(path, "unknown_code",
          "'" + one + "' is no programme of a project or call" + what_would_do(known, one));
    return found;
  });
}

void AskedCodes::concepts(const std::vector<std::string>& told, const std::string& path,
                          const KnownTheme& known) {
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (known(told[i]).empty()) {
      fault(path + "[" + std::to_string(i) + "]", "unknown_code",
            "'" + told[i] +
                "' is no concept of the thesaurus, and no record has it: give a concept's URI");
    }
  }
}

void AskedCodes::language(const std::string& tag, const std::string& path) {
  if (tag.empty()) return;
  const std::string primary = text::language_tag(tag);
  // The vocabulary has the languages of two letters; of those of three there is no list here.
  const bool known = primary == "und"
                         ? tag == "und"
                         : primary.size() > 2 || text::find_language(primary) != nullptr ||
                               data::vocabulary("languages")->find(primary) != nullptr;
  if (!known) {
    fault(path, "bad_language",
          "'" + tag + "' is no language: give its BCP 47 tag, such as en or pt-BR");
  }
}

void AskedCodes::amount(const Money& money, const std::string& path) {
  if (money.minor && (*money.minor < 0 || *money.minor > greatest_amount))
    fault(path, "bad_amount", "an amount is from 0 to 9,000,000,000,000,000");
  if (money.minor && money.currency.size() != 3)
    fault(path, "bad_currency", "an amount needs the three letters of its currency");
}

void AskedCodes::day(PartialDate date, const std::string& path) {
  if (date && !domain::is_valid(date)) fault(path, "bad_date", "there is no such day");
}

void AskedCodes::finish() {
  if (violations_.empty()) return;
  const std::string message = describe(violations_);
  throw Error(ErrorCode::InvalidArgument, message, std::move(violations_));
}

KnownTheme known_theme(HasTheme has, store::Reader& reader, const Tools& tools) {
  return [has = std::move(has), &reader, &tools](const std::string& told) {
    if (has(told)) return told;
    const auto row = reader.find(told);
    const bool record =
        row && row->kind == RecordKind::Concept && row->state == store::State::Present;
    return record ? told : tools.concept_uri(told);
  };
}

KnownTheme known_theme(const GraphView& view, store::Reader& reader, const Tools& tools) {
  return known_theme([&view](const std::string& told) { return view.has_theme(told); }, reader,
                     tools);
}

KnownCapability known_capability(const GraphView& view) {
  return [&view](const std::string& told) { return view.capability_called(told); };
}

void check_known(const std::vector<std::string>& organisations, const char* field,
                 const GraphView& view, store::Reader& reader) {
  for (const std::string& id : organisations) {
    if (view.has_organisation(id)) continue;
    const auto row = reader.find(id);
    if (!row) {
      throw Error(ErrorCode::NotFound,
                  std::string(field) + ": there is no organisation '" + id + "'");
    }
    if (row->kind != RecordKind::Organisation) {
      throw Error(ErrorCode::InvalidArgument, std::string(field) + ": '" + id + "' is " +
                                                  a_kind(row->kind) + ", not an organisation");
    }
  }
}

NetworkRequest with_codes(const NetworkRequest& request, const KnownTheme& known,
                          const GraphView& view) {
  NetworkRequest asked = request;
  AskedCodes codes;
  asked.countries = codes.countries(request.countries, "countries");
  asked.kinds = codes.kinds(request.kinds, "kinds");
  asked.roles = codes.codes("participation-roles", request.roles, "roles");
  if (!request.programmes.empty())
    asked.programmes = codes.programmes(request.programmes, "programmes", view.programmes());
  asked.target_groups = codes.codes("target-groups", request.target_groups, "target_groups");
  asked.themes = codes.themes(request.themes, "themes", known);
  codes.finish();
  return asked;
}

LineageRequest with_codes(const LineageRequest& request) {
  LineageRequest asked = request;
  AskedCodes codes;
  asked.kinds = codes.codes("replication-kinds", request.kinds, "kinds");
  codes.finish();
  return asked;
}

ReplicationTimesRequest with_codes(const ReplicationTimesRequest& request,
                                   const KnownTheme& known) {
  ReplicationTimesRequest asked = request;
  AskedCodes codes;
  asked.countries = codes.countries(request.countries, "countries");
  asked.themes = codes.themes(request.themes, "themes", known);
  asked.kinds = codes.codes("replication-kinds", request.kinds, "kinds");
  codes.finish();
  return asked;
}

namespace {

void take_codes(RecommendRequest& asked, AskedCodes& codes, const KnownTheme& known,
                const KnownCapability& stated) {
  asked.themes_sought = codes.themes(asked.themes_sought, "themes_sought", known);
  asked.countries = codes.countries(asked.countries, "countries");
  asked.kinds = codes.kinds(asked.kinds, "kinds");
  asked.themes = codes.themes(asked.themes, "themes", known);
  asked.capabilities = codes.capabilities(asked.capabilities, "capabilities", stated, known);
  asked.capabilities_sought =
      codes.capabilities(asked.capabilities_sought, "capabilities_sought", stated, known);
}

}  // namespace

RecommendRequest with_codes(const RecommendRequest& request, const KnownTheme& known,
                            const KnownCapability& stated) {
  RecommendRequest asked = request;
  AskedCodes codes;
  take_codes(asked, codes, known, stated);
  codes.finish();
  return asked;
}

RecommendAllRequest with_codes(const RecommendAllRequest& request, const KnownTheme& known,
                               const KnownCapability& stated) {
  RecommendAllRequest asked = request;
  AskedCodes codes;
  take_codes(asked.each, codes, known, stated);
  asked.of_countries = codes.countries(request.of_countries, "of_countries");
  asked.of_kinds = codes.kinds(request.of_kinds, "of_kinds");
  asked.of_themes = codes.themes(request.of_themes, "of_themes", known);
  codes.finish();
  return asked;
}

ConsortiumRequest with_codes(const ConsortiumRequest& request, const KnownTheme& known) {
  ConsortiumRequest asked = request;
  AskedCodes codes;
  asked.themes = codes.themes(request.themes, "themes", known);
  asked.countries = codes.countries(request.countries, "countries");
  asked.kinds = codes.kinds(request.kinds, "kinds");
  codes.concepts(request.concepts, "concepts", known);
  codes.language(request.language, "language");
  codes.finish();
  return asked;
}

MethodsRequest with_codes(const MethodsRequest& request, const KnownTheme& known) {
  MethodsRequest asked = request;
  AskedCodes codes;
  asked.themes = codes.themes(request.themes, "themes", known);
  asked.target_groups = codes.codes("target-groups", request.target_groups, "target_groups");
  asked.country = codes.country(request.country, "country");
  codes.language(request.language, "language");
  codes.finish();
  return asked;
}

SolvedRequest with_codes(const SolvedRequest& request, const KnownTheme& known) {
  SolvedRequest asked = request;
  AskedCodes codes;
  asked.themes = codes.themes(request.themes, "themes", known);
  asked.target_groups = codes.codes("target-groups", request.target_groups, "target_groups");
  asked.countries = codes.countries(request.countries, "countries");
  codes.language(request.language, "language");
  codes.finish();
  return asked;
}

PeersRequest with_codes(const PeersRequest& request, const KnownTheme& known) {
  PeersRequest asked = request;
  AskedCodes codes;
  asked.themes = codes.themes(request.themes, "themes", known);
  codes.finish();
  return asked;
}

}  // namespace koinon::engine
