// SPDX-License-Identifier: Apache-2.0
#include "labels.hpp"

#include <algorithm>

namespace koinon::command {

namespace {

struct FieldTitle {
  const char* field;
  const char* title;
};

// Where people say it otherwise.
constexpr FieldTitle field_titles[] = {
    {"names", "Name"},
    {"titles", "Title"},
    {"labels", "Label"},
    {"alternative_labels", "Also called"},
    {"aliases", "Also called"},
    {"level", "Level of action"},
    {"initiative_types", "Type"},
    {"objectives", "ESF+ objectives"},
    {"principles", "Pillar principles"},
    {"locations", "Places"},
    {"eu_budget", "EU share"},
    {"grant_min", "Smallest grant"},
    {"grant_max", "Largest grant"},
    {"rate_cap", "EU rate at most"},
    {"funding_sources", "Funding"},
    {"lead_organisation", "Lead"},
    {"participations", "Partners"},
    {"partner_names", "Partners as named"},
    {"opening", "Opens"},
    {"rules", "Eligibility"},
    {"left", "One record"},
    {"right", "The other"},
    {"child", "Replicated by"},
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

std::string field_title(std::string_view field) {
  for (const FieldTitle& known : field_titles) {
    if (known.field == field) return known.title;
  }
  std::string title(field);
  std::replace(title.begin(), title.end(), '_', ' ');
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] += 'A' - 'a';
  return title;
}

std::string kind_label(std::string_view kind) {
  std::string text(kind);
  std::replace(text.begin(), text.end(), '-', ' ');
  return text;
}

}  // namespace koinon::command
