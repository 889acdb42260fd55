// SPDX-License-Identifier: Apache-2.0
//
// What a catalogue understands texts with: as its host asked for on opening.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "engine/host_thesaurus.hpp"
#include "koinon/catalogue.hpp"
#include "search/knowledge.hpp"

namespace koinon::engine {

class Tools {
 public:
  /// Adds the host's languages and opens its word vectors and its thesaurus, which may be kept in
  /// `folder`. Throws Error(InvalidArgument) for an embedder or a model of an impossible name or
  /// dimension, and what text::add_language(), WordVectors::open() and HostThesaurus throw.
  Tools(const OpenOptions& options, const std::string& folder);

  /// Keeps there what was expensive to make. May be called before knowledge() is.
  void keep(const std::string& folder);

  /// Holds as long as this, or what this was moved to.
  search::Knowledge knowledge() const;

  /// The label of a facet's code, else the code; Error(InvalidArgument) for a field there is not.
  std::string facet_label(const std::string& field, const std::string& code,
                          const std::string& language) const;
  /// The name to store of a concept of the thesaurus; "" where it has none.
  std::string concept_uri(const std::string& uri) const;
  /// Throws Error(NotFound).
  ConceptEntry entry(const std::string& uri, const std::string& language) const;
  const ThesaurusReport& report() const { return host_ ? host_->report() : report_; }

 private:
  const text::Thesaurus* thesaurus() const;
  void take_model(const OpenOptions& options);

  bool bundled_;
  std::unique_ptr<HostThesaurus> host_;
  std::shared_ptr<const Embedder> embedder_;
  std::string model_;
  std::size_t dimension_ = 0;  // of the model's vectors
  ThesaurusReport report_;     // where there are no files of a host
};

}  // namespace koinon::engine
