// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "index/document.hpp"
#include "search/related_records.hpp"

namespace koinon::search {

/// Where search takes the records of its hits from, for titles and snippets: the index keeps no
/// text. The engine implements it over the snapshot that the index stands at.
class DocumentSource : public RelatedRecords {
 public:
  /// The record that was put under this key with this id. nullptr when it is not to be had: the hit
  /// then keeps its id and score, and nothing else.
  virtual std::shared_ptr<const Record> record(index::DocKey key, const std::string& id) = 0;
};

}  // namespace koinon::search
