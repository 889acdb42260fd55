// SPDX-License-Identifier: Apache-2.0
//
// What the partnership view keeps of initiatives: who replicated whom, and what documents say of
// when and where.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/view.hpp"
#include "koinon/records.hpp"

namespace koinon::engine {

/// Initiatives are numbered as they are first met, also those that are named and not there.
/// Threads: one writes, or any number read.
class LineageIndex {
 public:
  struct Edge {
    std::uint32_t parent = 0;
    std::uint32_t child = 0;
    PartialDate date;
    std::string kind;
  };

  /// A case study or project that names initiatives.
  struct Document {
    bool case_study = false;
    std::vector<std::uint32_t> initiatives;
    std::vector<std::string> countries;  // of a case study: where it is carried out
    std::vector<std::string> themes;     // of a case study
    std::vector<std::string> projects;   // of a case study: record ids
  };

  /// Takes a change in; the same again changes nothing. O(what the record names).
  void follow(const ViewChange& change);

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(initiatives_.size()); }
  std::optional<std::uint32_t> find(const std::string& id) const;
  const std::string& id(std::uint32_t initiative) const { return initiatives_[initiative].id; }
  const std::string& name(std::uint32_t initiative) const { return initiatives_[initiative].name; }
  bool present(std::uint32_t initiative) const { return initiatives_[initiative].present; }
  /// Of its origin and its case studies, sorted.
  std::vector<std::string> countries_of(std::uint32_t initiative) const;

  /// Numbers of records. The replications into an initiative, and of it; the documents about it.
  const std::vector<std::int64_t>& into(std::uint32_t initiative) const {
    return initiatives_[initiative].into;
  }
  const std::vector<std::int64_t>& out_of(std::uint32_t initiative) const {
    return initiatives_[initiative].out_of;
  }
  const std::vector<std::int64_t>& documents_of(std::uint32_t initiative) const {
    return initiatives_[initiative].documents;
  }
  const Edge& edge(std::int64_t record) const { return edges_.at(record); }
  const Document& document(std::int64_t record) const { return documents_.at(record); }
  /// Whether a case study of any initiative has it. O(documents).
  bool has_theme(const std::string& code) const;
  /// When a case study or project begins, as far as it is told.
  PartialDate start_of(std::int64_t record) const;

  /// The initiative with all that it leads to, and all that leads to any of these; each once.
  std::vector<std::uint32_t> region_of(std::uint32_t initiative) const;

 private:
  struct Known {
    std::string id;
    std::string name;
    std::string country;  // of its origin
    bool present = false;
    std::vector<std::int64_t> into;
    std::vector<std::int64_t> out_of;
    std::vector<std::int64_t> documents;
  };

  std::uint32_t number(const std::string& id);
  void follow_initiative(const ViewChange& change);
  void follow_replication(const ViewChange& change);
  void follow_document(const ViewChange& change);

  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<Known> initiatives_;
  std::unordered_map<std::int64_t, Edge> edges_;
  std::unordered_map<std::int64_t, Document> documents_;
  std::vector<PartialDate> starts_;  // by record, four bytes each
};

}  // namespace koinon::engine
