// SPDX-License-Identifier: Apache-2.0
//
// The partnership graph as a view: organisations are members, records with participations are
// works.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/code_sets.hpp"
#include "engine/local_kernels.hpp"
#include "engine/pool.hpp"
#include "engine/view.hpp"
#include "graph/dynamic_incidence.hpp"
#include "koinon/neighbourhood.hpp"
#include "koinon/network.hpp"
#include "koinon/partners.hpp"

namespace koinon::engine {

class GraphView final : public View {
 public:
  std::string_view name() const override { return "graph"; }
  std::uint64_t reached() const override { return reached_; }
  bool damaged() const override { return false; }
  void apply(const ViewChange& change, RecordLookup& lookup) override;
  void caught_up(std::uint64_t n) override;
  void begin_rebuild(std::uint64_t records) override;
  void add(const ViewChange& change, RecordLookup& lookup) override;

  /// Partners of an organisation; names, titles and places come from `snapshot`. Threads: any, at
  /// once.
  PartnerResults partners(const std::string& organisation, const PartnerRequest& request,
                          store::Snapshot& snapshot) const;
  PartnershipPath path(const std::string& from, const std::string& to,
                       store::Snapshot& snapshot) const;
  Neighbourhood around(const std::string& organisation, const NeighbourhoodRequest& request) const;
  CommonPartners common_partners(const std::string& one, const std::string& other,
                                 const CommonPartnerRequest& request,
                                 store::Snapshot& snapshot) const;
  NearOrganisations nearby(const std::vector<std::string>& organisations,
                           const NearbyRequest& request, const Task& task) const;
  GraphSummary summary() const;
  /// What the request leaves of the graph, on its own. O(rows + organisations · log organisations).
  Network network(const NetworkRequest& request) const;

 private:
  // What networks are chosen by and show, beside the numbers of members and works.
  struct Described {
    std::vector<std::string> names;  // of members
    CodeSets countries;
    CodeSets kinds;
    std::vector<std::string> work_ids;
    CodeSets programmes;  // of works
    CodeSets themes;
    CodeSets target_groups;
  };

  void describe(const ViewChange& change);
  void describe_work(std::uint32_t work, const ViewChange& change);
  std::uint32_t member(const std::string& id);
  std::uint32_t work(std::int64_t seq);
  std::uint16_t role(const std::string& code);
  /// The graph that questions about one or two organisations are asked of.
  graph::IncidenceView asked() const { return graph_; }
  std::optional<std::uint32_t> number_of(const std::string& organisation) const;
  ShownOrganisation shown(std::uint32_t member) const;
  std::vector<graph::Incidence> rows_of(const ViewChange& change);
  void make_room();
  std::vector<std::string> roles_in(std::uint32_t member, std::uint32_t work) const;
  // What is told of the records of one answer, each read once however many share it.
  struct ToldWorks {
    store::Snapshot& snapshot;
    std::unordered_map<std::uint32_t, SharedWork> known = {};
  };
  SharedWork shared_work(std::uint32_t member, std::uint32_t partner, std::uint32_t work,
                         ToldWorks& told) const;

  std::unordered_map<std::string, std::uint32_t> members_;
  std::vector<std::string> member_ids_;
  std::uint32_t works_ = 0;  // greatest number of a work, and one
  std::unordered_map<std::string, std::uint16_t> roles_;
  std::vector<std::string> role_codes_;
  Described described_;
  graph::DynamicIncidence graph_;
  std::unique_ptr<Pool<LocalKernels>> kernels_ = std::make_unique<Pool<LocalKernels>>();
  std::vector<graph::Incidence> collected_;  // while rebuilding
  bool rebuilding_ = false;
  std::uint64_t reached_ = 0;
};

}  // namespace koinon::engine
