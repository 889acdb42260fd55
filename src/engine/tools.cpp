// SPDX-License-Identifier: Apache-2.0
#include "engine/tools.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "data/vocabulary.hpp"
#include "engine/vectors.hpp"
#include "koinon/error.hpp"
#include "text/bundled_thesaurus.hpp"
#include "text/language.hpp"
#include "text/word_vectors.hpp"

namespace koinon::engine {

namespace {

// The library's own table. Each thread that asks keeps the words that it met last.
class TableEmbedder final : public Embedder {
 public:
  explicit TableEmbedder(const std::string& path) : table_(text::WordVectors::open(path)) {}

  std::size_t dimension() const override { return table_.dimension(); }
  std::uint64_t version() const override { return table_.version(); }
  bool embed(std::string_view text, std::string_view, float* out) const override {
    return table_.embed(text, out);
  }

 private:
  text::WordVectors table_;
};

// Of the facet fields whose codes are of a vocabulary.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> facet_vocabularies = {{
    {"kind", "record-kinds"},
    {"country", "countries"},
    {"language", "languages"},
    {"theme", "social-themes"},
    {"target-group", "target-groups"},
    {"objective", "objectives"},
    {"principle", "pillar-principles"},
    {"stage", "stages"},
    {"state", "case-states"},
    {"level", "levels-of-action"},
    {"fund", "funds"},
    {"organisation-kind", "organisation-kinds"},
    {"nuts", "nuts"},
    {"nuts-1", "nuts"},
    {"nuts-2", "nuts"},
    {"nuts-3", "nuts"},
}};

}  // namespace

Tools::Tools(const OpenOptions& options, const std::string& folder)
    : bundled_(options.thesaurus), embedder_(options.embedder) {
  for (const std::string& language : options.languages) text::add_language(language);
  if (!embedder_ && !options.word_vectors.empty())
    embedder_ = std::make_shared<TableEmbedder>(options.word_vectors);
  if (embedder_) check_vector_dimension(embedder_->dimension());
  take_model(options);
  if (!options.thesaurus_files.empty()) {
    host_ = std::make_unique<HostThesaurus>(
        HostThesaurus::Sources{options.thesaurus_files, options.thesaurus_language, bundled_},
        folder);
  }
  report_.bundled = bundled_;
  if (bundled_) report_.concepts = text::bundled_thesaurus().size();
}

void Tools::take_model(const OpenOptions& options) {
  model_ = options.vector_model;
  if (model_.empty()) {
    if (options.vector_dimension == 0) return;
    throw Error(ErrorCode::InvalidArgument, "a vector_dimension needs a vector_model");
  }
  check_vector_model(model_);
  const std::size_t own = embedder_ ? embedder_->dimension() : 0;
  dimension_ = options.vector_dimension == 0 ? own : options.vector_dimension;
  check_vector_dimension(dimension_);
  if (own == 0 || own == dimension_) return;
  throw Error(ErrorCode::InvalidArgument,
              "the vectors of '" + model_ + "' are said to have " + std::to_string(dimension_) +
                  " numbers, and those that are opened have " + std::to_string(own));
}

void Tools::keep(const std::string& folder) {
  if (host_) host_->keep(folder);
}

const text::Thesaurus* Tools::thesaurus() const {
  if (host_) return &host_->table();
  return bundled_ ? &text::bundled_thesaurus() : nullptr;
}

search::Knowledge Tools::knowledge() const {
  return {thesaurus(), embedder_.get(), model_, dimension_, host_ ? host_->version() : 0};
}

std::string Tools::facet_label(const std::string& field, const std::string& code,
                               const std::string& language) const {
  const auto& fields = facet_fields();
  if (std::find(fields.begin(), fields.end(), field) == fields.end())
    throw Error(ErrorCode::InvalidArgument, "there is no facet '" + field + "'");
  if (field == "concept") {
    const text::Thesaurus* known = thesaurus();
    const auto id = known ? known->find(code) : std::nullopt;
    return id ? std::string(known->label(*id, language).text) : code;
  }
  for (const auto& [name, vocabulary] : facet_vocabularies) {
    if (name == field) return data::label(vocabulary, code, language);
  }
  return code;
}

std::string Tools::concept_uri(const std::string& uri) const {
  const text::Thesaurus* known = thesaurus();
  const auto id = known ? known->find(uri) : std::nullopt;
  return id ? std::string(known->uri(*id)) : std::string();
}

ConceptEntry Tools::entry(const std::string& uri, const std::string& language) const {
  const text::Thesaurus* known = thesaurus();
  const auto id = known ? known->find(uri) : std::nullopt;
  if (!id) {
    throw Error(ErrorCode::NotFound,
                known ? "the thesaurus has no concept '" + uri + "'"
                      : std::string("the catalogue was opened without a thesaurus"));
  }
  const auto links = [&](const text::ConceptList& list) {
    std::vector<ConceptLink> all;
    for (std::size_t i = 0; i < list.size(); ++i) {
      all.push_back(
          {std::string(known->uri(list[i])), std::string(known->label(list[i], language).text)});
    }
    return all;
  };
  ConceptEntry entry;
  const text::ConceptLabel label = known->label(*id, language);
  entry.uri = known->uri(*id);
  entry.label = label.text;
  entry.language = label.language;
  for (const text::ConceptLabel& other : known->others(*id))
    if (other.language == label.language) entry.other.emplace_back(other.text);
  entry.broader = links(known->broader(*id));
  entry.narrower = links(known->narrower(*id));
  entry.related = links(known->related(*id));
  return entry;
}

}  // namespace koinon::engine
