// SPDX-License-Identifier: Apache-2.0
//
// The partnership graph as a view: organisations are members, records with participations are
// works. As told, each organisation is a member; as merged, those that are one are one, with the
// number of the one of smallest id.
// It follows the lineage of initiatives as well, which asks who worked together before.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/identities.hpp"
#include "engine/lineage_index.hpp"
#include "engine/local_kernels.hpp"
#include "engine/pool.hpp"
#include "engine/recommend_ground.hpp"
#include "engine/view.hpp"
#include "graph/code_sets.hpp"
#include "graph/dynamic_incidence.hpp"
#include "koinon/identity.hpp"
#include "koinon/lineage.hpp"
#include "koinon/neighbourhood.hpp"
#include "koinon/network.hpp"
#include "koinon/partners.hpp"
#include "koinon/recommend.hpp"
#include "partners/recommender.hpp"

namespace koinon::engine {

class CapabilitiesSought;
struct RecommendBatch;
struct RecommendQuestion;
struct RecommendSubject;

class GraphView final : public View {
 public:
  std::string_view name() const override { return "graph"; }
  std::uint64_t reached() const override { return reached_; }
  bool damaged() const override { return false; }
  void apply(const ViewChange& change, RecordLookup& lookup) override;
  void caught_up(std::uint64_t n) override;
  void begin_rebuild(std::uint64_t records) override;
  void add(const ViewChange& change, RecordLookup& lookup) override;

  /// Whether any record names it as one that takes part. O(1).
  bool takes_part(const std::string& organisation) const;
  /// Partners of an organisation; names, titles and places come from `snapshot`. Threads: any, at
  /// once.
  PartnerResults partners(const std::string& organisation, const PartnerRequest& request,
                          store::Snapshot& snapshot) const;
  PartnershipPath path(const std::string& from, const std::string& to, bool as_told,
                       store::Snapshot& snapshot, const Task& task) const;
  Neighbourhood around(const std::string& organisation, const NeighbourhoodRequest& request,
                       const Task& task) const;
  CommonPartners common_partners(const std::string& one, const std::string& other,
                                 const CommonPartnerRequest& request,
                                 store::Snapshot& snapshot) const;
  NearOrganisations nearby(const std::vector<std::string>& organisations,
                           const NearbyRequest& request, const Task& task) const;
  /// Organisations to work with, each with its reasons; records that the request names, and titles,
  /// come from `snapshot`.
  Recommendations recommend(const RecommendRequest& request, store::Snapshot& snapshot,
                            const Task& task) const;
  /// The same asked of many, all that rank_batch() needs to answer it: nothing of the view.
  RecommendBatch recommend_batch(const RecommendAllRequest& request,
                                 store::Snapshot& snapshot) const;
  GraphSummary summary() const;

  /// Who is one with `organisation`, and why. O(its group and the decisions on it).
  OrganisationIdentity identity(const std::string& organisation, store::Snapshot& snapshot) const;
  /// Which organisations are one, as it is now. O(1), and O(groups) the first time after a change
  /// of them. Threads: any.
  std::shared_ptr<const OrganisationGroups> groups() const;
  /// The decisions on two organisations, by id, those taken back too.
  std::vector<DecisionEntry> decisions(const std::string& left, const std::string& right,
                                       store::Snapshot& snapshot) const;
  /// All pairs that are kept apart though decisions chain them together. O(pairs decided on).
  std::vector<IdentityConflict> conflicts() const;
  /// What the rule asks people, but for what is settled. O(pairs decided on · log).
  ReviewQueue review(std::size_t limit, std::size_t offset, store::Snapshot& snapshot) const;
  /// Participations of an organisation alone. O(log of them).
  std::uint64_t participations(const std::string& organisation) const;
  /// The records that an organisation takes part in: ids, and themes, sorted; `on_topic` of them
  /// have one of `topics`. O(participations).
  struct Experience {
    std::vector<std::string> works;
    std::vector<std::string> themes;
    std::uint64_t on_topic = 0;
  };
  Experience experience(const std::string& organisation, bool as_told,
                        const std::vector<std::string>& topics = {}) const;
  /// The id that an organisation has as merged. O(1).
  std::string merged_id(const std::string& organisation) const;
  /// Whether a record names it as one that takes part, or it has a record. O(1).
  bool has_organisation(const std::string& id) const { return number_of(id, true).has_value(); }
  /// Whether anybody has worked on a theme, offers or seeks it, or an initiative is told of under
  /// it. O(sets of themes + documents of initiatives).
  bool has_theme(const std::string& code) const;
  /// Programmes as projects and calls write them, sorted. O(records).
  std::vector<std::string> programmes() const { return programmes_.codes(); }
  /// A capability as an organisation's record states it, told in just that form or in any case of
  /// letters; "" for one that none does. O(sets of capabilities).
  std::string capability_called(const std::string& told) const;
  /// Organisations with a record that take part in records with any of `themes`, or in any of
  /// `works`, or offer one of `themes`, by id, of `countries` and `kinds` unless these are empty.
  /// O(organisations + participations in these records).
  struct TakingPart {
    std::vector<std::string> themes;
    std::vector<std::int64_t> works;
    std::vector<std::string> countries;
    std::vector<std::string> kinds;
    bool as_told = false;
  };
  std::vector<std::string> organisations(const TakingPart& asked) const;
  /// Where an organisation is and what kind it is of; "" for what is not known.
  struct Origin {
    std::string country;
    std::string kind;
  };
  Origin origin(const std::string& organisation, bool as_told) const;
  /// Organisations whose records say that they offer or seek anything, by id. O(organisations).
  std::vector<std::string> offering_or_seeking() const;
  /// The ties among organisations by their places, the smaller first. O(their ties).
  NetworkTies ties_among(const std::vector<std::string>& organisations, bool as_told) const;
  /// What two organisations share, latest first, at most `limit`.
  std::vector<SharedWork> shared_works(const std::string& one, const std::string& other,
                                       bool as_told, std::size_t limit,
                                       store::Snapshot& snapshot) const;
  /// What the request, whose codes are as the catalogue writes them, leaves of the graph, on its
  /// own. O(rows + organisations · log organisations).
  Network network(const NetworkRequest& request) const;
  /// The lineage of an initiative, whose record is or was there; its replications' texts come from
  /// `snapshot`. Codes of both requests are as the catalogue writes them.
  Lineage lineage(const std::string& id, const LineageRequest& request, store::Snapshot& snapshot,
                  const Task& task) const;
  ReplicationTimes replication_times(const ReplicationTimesRequest& request,
                                     store::Snapshot& snapshot, const Task& task) const;

 private:
  // What networks are chosen by and show, beside the numbers of members and works.
  struct Described {
    std::vector<std::string> names;  // of members
    std::vector<bool> named;         // else `names` has a number in its place
    graph::CodeSets countries;
    graph::CodeSets kinds;
    std::vector<std::string> work_ids;
    graph::CodeSets programmes;  // of works
    graph::CodeSets themes;
    graph::CodeSets target_groups;
    graph::CodeSets topics;      // of works: what recommendation holds them to be about
    std::vector<bool> recorded;  // of members: has a record
    graph::CodeSets offers;
    graph::CodeSets seeks;
    graph::CodeSets capabilities;  // what is offered among them
  };

  void describe(const ViewChange& change);
  void tell_programme(const ViewChange& change);
  void decide(const ViewChange& change);
  void settle_groups();
  std::vector<graph::Incidence> merged_rows(std::uint32_t work) const;
  const graph::DynamicIncidence& graph(bool merged) const {
    return merged && merged_ ? *merged_ : graph_;
  }
  void describe_work(std::uint32_t work, const ViewChange& change);
  std::uint32_t member(const std::string& id);
  std::uint32_t work(std::int64_t seq);
  std::uint16_t role(const std::string& code);
  /// The graph that questions about one or two organisations are asked of.
  graph::IncidenceView asked(bool as_told) const { return graph(!as_told); }
  std::vector<std::uint32_t> asked_in_batch(const RecommendAllRequest& request,
                                            const RecommendGround& ground) const;
  /// Each once.
  void sort_by_id(std::vector<std::uint32_t>& members) const;
  void place(const std::vector<std::uint32_t>& all, bool as_told, RecommendBatch& batch) const;
  std::optional<std::uint32_t> number_of(const std::string& organisation, bool as_told) const;
  ShownOrganisation shown(std::uint32_t member, bool as_told) const;
  std::vector<graph::Incidence> rows_of(const ViewChange& change);
  void make_room();
  std::optional<Share> take_part(const graph::IncidenceView& graph, std::uint32_t member,
                                 std::uint32_t work, std::vector<std::string>& roles) const;
  // What is told of the records of one answer, each read once however many share it.
  struct ToldWorks {
    store::Snapshot& snapshot;
    graph::IncidenceView graph;
    std::unordered_map<std::uint32_t, SharedWork> known = {};
  };
  SharedWork shared_work(std::uint32_t member, std::uint32_t partner, std::uint32_t work,
                         ToldWorks& told) const;
  std::shared_ptr<const RecommendGround> recommend_ground(std::int32_t day, bool as_told) const;
  std::vector<std::uint32_t> never_named(const RecommendRequest& request,
                                         const RecommendGround& ground,
                                         const std::vector<std::string>& left_out) const;
  RecommendQuestion question_of(const RecommendRequest& request, const RecommendSubject& subject,
                                store::Snapshot& snapshot) const;
  RecommendReason reason_of(partners::Ground which, const partners::CandidateFacts& facts,
                            const RecommendGround& ground, std::uint32_t member,
                            const RecommendRequest& request, ToldWorks& told) const;
  std::vector<RecommendReason> reasons_of(partners::Recommender& recommender,
                                          const RecommendGround& ground, std::uint32_t member,
                                          const RecommendRequest& request,
                                          const CapabilitiesSought& sought, ToldWorks& told) const;
  IdentityConflict told(const Identities::Conflict& conflict) const;
  std::vector<IdentityConflict> conflicts_among(const std::vector<std::uint32_t>* members) const;
  std::vector<DecisionEntry> decisions_on(const std::set<Identities::Pair>& pairs,
                                          store::Snapshot& snapshot) const;
  // A pair that the rule is unsure of, and the record of its decision.
  struct Asked {
    ReviewItem item;
    std::int64_t record = 0;
  };
  std::set<Identities::Pair> kept_apart() const;
  Identities::Pair roots_of(const Identities::Pair& pair) const;
  std::vector<Asked> asked_of_people() const;
  double stake(std::uint32_t root) const;
  std::string name_shown(std::uint32_t member, bool merged) const;
  std::string code_shown(const graph::CodeSets& codes, std::uint32_t member, bool merged) const;

  std::unordered_map<std::string, std::uint32_t> members_;
  std::vector<std::string> member_ids_;
  std::uint32_t works_ = 0;  // greatest number of a work, and one
  std::unordered_map<std::string, std::uint16_t> roles_;
  std::vector<std::string> role_codes_;
  Described described_;
  Identities identities_;
  // What groups() has made; behind a pointer, since a lock does not move.
  struct KeptGroups {
    std::mutex lock;
    std::shared_ptr<const OrganisationGroups> groups;
  };
  std::shared_ptr<KeptGroups> kept_groups_ = std::make_shared<KeptGroups>();
  graph::DynamicIncidence graph_;                  // as told
  std::optional<graph::DynamicIncidence> merged_;  // where any are one; shares what is the same
  LineageIndex lineage_;
  graph::CodeSets programmes_;  // of projects and calls, whoever takes part, by number of record
  std::unique_ptr<Pool<LocalKernels>> kernels_ = std::make_unique<Pool<LocalKernels>>();
  std::unique_ptr<Pool<partners::Recommender>> recommenders_ =
      std::make_unique<Pool<partners::Recommender>>();
  std::unique_ptr<KeptGrounds> grounds_ = std::make_unique<KeptGrounds>();
  std::vector<graph::Incidence> collected_;  // while rebuilding
  bool rebuilding_ = false;
  std::uint64_t reached_ = 0;
};

}  // namespace koinon::engine
