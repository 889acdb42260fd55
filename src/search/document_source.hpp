// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/document.hpp"
#include "search/related_records.hpp"

namespace koinon::search {

/// Where search takes the records of its hits from, for titles and snippets: the index keeps no
/// text. The engine implements it over the snapshot that the index stands at.
class DocumentSource : public RelatedRecords {
 public:
  struct Found {
    std::string id;
    std::shared_ptr<const Record> record;
  };
  /// The record that was put under this key. A null record where it is not to be had: the hit then
  /// has its id and score, and nothing else.
  virtual Found record(index::DocKey key) = 0;
  /// The key of the record of this id, if there is one.
  virtual std::optional<index::DocKey> key_of(std::string_view id) = 0;
  /// Ids of the organisations that are one with this one, itself among them, in order; none where
  /// it is alone.
  virtual std::vector<std::string> one_with(std::string_view /*organisation*/) { return {}; }
};

}  // namespace koinon::search
