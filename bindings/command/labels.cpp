// SPDX-License-Identifier: Apache-2.0
#include "labels.hpp"

#include <algorithm>

namespace koinon::command {

namespace {

constexpr FieldLabel field_labels[] = {
    {"names", "Name", "", false},
    {"titles", "Title", "", false},
    {"title", "Title", "", false},
    {"labels", "Label", "", false},
    {"alternative_labels", "Also called", "", false},
    {"aliases", "Also called", "", false},
    {"acronym", "Acronym", "", false},
    {"initiative", "Initiative", "", true},
    {"initiatives", "Initiatives", "", true},
    {"state", "State", "case-states", false},
    {"summary", "Summary", "", false},
    {"problem", "Problem", "", false},
    {"solution", "Solution", "", false},
    {"results", "Results", "", false},
    {"lessons", "Lessons", "", false},
    {"transferability", "Transferability", "", false},
    {"description", "Description", "", false},
    {"definition", "Definition", "", false},
    {"level", "Level of action", "levels-of-action", false},
    {"stage", "Stage", "stages", false},
    {"origin", "Origin", "", false},
    {"initiative_types", "Type", "initiative-types", false},
    {"target_groups", "Target groups", "target-groups", false},
    {"objectives", "ESF+ objectives", "objectives", false},
    {"principles", "Pillar principles", "pillar-principles", false},
    {"themes", "Themes", "social-themes", false},
    {"tags", "Tags", "", false},
    {"locations", "Places", "", false},
    {"addresses", "Addresses", "", false},
    {"projects", "Projects", "", true},
    {"period", "Period", "", false},
    {"running", "Running", "running-states", false},
    {"budget", "Budget", "", false},
    {"total_budget", "Total budget", "", false},
    {"eu_budget", "EU share", "", false},
    {"grant_min", "Smallest grant", "", false},
    {"grant_max", "Largest grant", "", false},
    {"rate_cap", "EU rate at most", "", false},
    {"funding_sources", "Funding", "", false},
    {"lead_organisation", "Lead", "", true},
    {"participations", "Partners", "", false},
    {"partner_names", "Partners as named", "", false},
    {"statements", "Statements", "", false},
    {"links", "Links", "", false},
    {"website", "Website", "", false},
    {"licence", "Licence", "", false},
    {"sources", "Sources", "", false},
    {"kind", "Kind", "organisation-kinds", false},
    {"legal_form", "Legal form", "", false},
    {"identifiers", "Identifiers", "", false},
    {"codes", "Codes", "", false},
    {"parent", "Parent", "", true},
    {"predecessors", "Predecessors", "", true},
    {"offers", "Offers", "social-themes", false},
    {"seeks", "Seeks", "social-themes", false},
    {"languages", "Languages", "languages", false},
    {"fund", "Fund", "funds", false},
    {"programme", "Programme", "", false},
    {"call", "Call", "", true},
    {"cost_forms", "Cost forms", "cost-forms", false},
    {"model", "Model", "call-models", false},
    {"status", "Status", "call-states", false},
    {"opening", "Opens", "", false},
    {"deadlines", "Deadlines", "", false},
    {"rules", "Eligibility", "", false},
    {"broader", "Broader", "", true},
    {"related", "Related", "", true},
    {"left", "One record", "", true},
    {"right", "The other", "", true},
    {"verdict", "Verdict", "match-verdicts", false},
    {"decided_by", "Decided by", "", false},
    {"decided_on", "Decided on", "", false},
    {"child", "Replicated by", "", true},
    {"date", "Date", "", false},
    {"changes", "Changes", "", false},
    {"fidelity", "Fidelity", "", false},
    {"confidence", "Confidence", "", false},
    {"evidence", "Evidence", "", false},
};

}  // namespace

std::string label(std::string_view vocabulary, std::string_view code, std::string_view language) {
  if (vocabulary.empty()) return std::string(code);
  return make_text([&](kn_text** text, kn_error** error) {
    return kn_label(vocabulary.data(), vocabulary.size(), code.data(), code.size(), language.data(),
                    language.size(), text, error);
  });
}

std::string with_code(const std::string& name, std::string_view code) {
  if (name == code || name == kind_label(code)) return name;
  return name + " (" + std::string(code) + ")";
}

std::string labelled(std::string_view vocabulary, std::string_view code,
                     std::string_view language) {
  return with_code(label(vocabulary, code, language), code);
}

std::string facet_label(kn_catalogue* catalogue, std::string_view field, std::string_view code,
                        std::string_view language) {
  return make_text([&](kn_text** text, kn_error** error) {
    return kn_facet_label(catalogue, string_of(field), string_of(code), string_of(language), text,
                          error);
  });
}

FieldLabel field_label(std::string_view field) {
  for (const FieldLabel& known : field_labels) {
    if (known.field == field) return known;
  }
  return {nullptr, nullptr, "", false};
}

std::string kind_label(std::string_view kind) {
  std::string text(kind);
  std::replace(text.begin(), text.end(), '-', ' ');
  return text;
}

}  // namespace koinon::command
