// SPDX-License-Identifier: Apache-2.0
//
// What a catalogue understands texts with: as its host asked for on opening.
#pragma once

#include <memory>

#include "koinon/catalogue.hpp"
#include "search/knowledge.hpp"

namespace koinon::engine {

class Tools {
 public:
  /// Adds the host's languages and opens its word vectors. Throws Error(InvalidArgument) for an
  /// embedder of an impossible dimension, and what text::add_language() and WordVectors::open()
  /// throw.
  explicit Tools(const OpenOptions& options);

  /// Holds as long as this.
  search::Knowledge knowledge() const;

 private:
  bool thesaurus_;
  std::shared_ptr<const Embedder> embedder_;
};

}  // namespace koinon::engine
