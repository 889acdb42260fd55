// SPDX-License-Identifier: Apache-2.0
//
// The thesaurus: its concepts, the labels of facets, and what became of a host's own files.
#include "c/handles.hpp"
#include "c/json.hpp"

using namespace koinon::c;

namespace {

Json links_json(const std::vector<koinon::ConceptLink>& links) {
  Json list = Json::array();
  for (const auto& link : links) list.push_back({{"uri", link.uri}, {"label", link.label}});
  return list;
}

Json entry_json(const koinon::ConceptEntry& entry) {
  return {{"uri", entry.uri},
          {"label", entry.label},
          {"language", entry.language},
          {"other", entry.other},
          {"broader", links_json(entry.broader)},
          {"narrower", links_json(entry.narrower)},
          {"related", links_json(entry.related)}};
}

Json report_json(const koinon::ThesaurusReport& report) {
  Json languages = Json::array();
  for (const auto& one : report.languages)
    languages.push_back({{"language", one.language}, {"concepts", one.concepts}});
  Json files = Json::array();
  for (const auto& file : report.files) {
    files.push_back({{"path", file.path},
                     {"statements", file.statements},
                     {"concepts", file.concepts},
                     {"labels", file.labels},
                     {"deprecated", file.deprecated},
                     {"problems", file.problems}});
  }
  Json problems = Json::array();
  for (const auto& problem : report.problems) {
    problems.push_back({{"file", problem.file},
                        {"line", problem.line},
                        {"code", problem.code},
                        {"about", problem.about},
                        {"message", problem.message}});
  }
  return {{"bundled", report.bundled},
          {"concepts", report.concepts},
          {"own", report.own},
          {"languages", std::move(languages)},
          {"files", std::move(files)},
          {"problem_count", report.problem_count},
          {"problems", std::move(problems)},
          {"kept", report.kept},
          {"not_kept", report.not_kept},
          {"seconds", report.seconds}};
}

}  // namespace

KN_EXPORT int32_t kn_facet_label(kn_catalogue* catalogue, kn_string field, kn_string code,
                                 kn_string language, kn_text** label, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(label, "label");
    const koinon::Catalogue& open = open_catalogue(catalogue);
    text = new_text(open.facet_label(std::string(text_in(field, "field")),
                                     std::string(text_in(code, "code")),
                                     std::string(text_in(language, "language"))));
  });
}

KN_EXPORT int32_t kn_concept_json(kn_catalogue* catalogue, kn_string uri, kn_string language,
                                  kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    const koinon::Catalogue& open = open_catalogue(catalogue);
    text = new_text(dump(entry_json(open.thesaurus_concept(
        std::string(text_in(uri, "uri")), std::string(text_in(language, "language"))))));
  });
}

KN_EXPORT int32_t kn_thesaurus_json(kn_catalogue* catalogue, kn_text** json, kn_error** error) {
  return guarded(error, [&] {
    kn_text*& text = result(json, "json");
    text = new_text(dump(report_json(open_catalogue(catalogue).thesaurus())));
  });
}
