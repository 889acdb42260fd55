// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "koinon/progress.hpp"
#include "koinon/records.hpp"

namespace koinon {

/// Which participations make a network. Each condition narrows; by default all participations of
/// the catalogue are in. Codes are those of the vocabularies, and told by code or name: "Greece",
/// "gr" and "EL" are one country. What is in none is refused (InvalidArgument), of themes what no
/// record or thesaurus has either. An empty list means any.
struct NetworkRequest {
  /// The period, both ends in it; a date of which the day is unknown begins with its first and ends
  /// with its last day. A network as of a date is one with `until` alone.
  PartialDate from;
  PartialDate until;
  /// False: what began in the period, ended since or not (a network as it has grown). True: what
  /// ran at any time in it. An unknown start is before every date, an unknown end after it.
  bool running = false;
  bool undated = true;  // false: without what has no known start

  std::vector<std::string> countries;  // of the organisation's first address
  std::vector<std::string> kinds;      // organisation-kinds
  std::vector<std::string> roles;      // participation-roles; "lead" for a case's lead organisation
  std::vector<std::string> programmes;  // as projects and calls write them; others are refused
  std::vector<std::string> themes;      // social-themes, or as records write them
  std::vector<std::string> target_groups;
  /// Records with more organisations than this, whatever else is left of them, are out; 0: none
  /// are.
  std::uint32_t max_members = 0;
  bool wait = true;  // false: ErrorCode::Busy while the graph is being built
  /// True: each organisation as its own record tells it. False: those that decisions make one are
  /// one, under the smallest of their ids, and of a country or kind if any of them is.
  bool as_told = false;
};

/// What can be told of each organisation of a network. Ties are weighted by Newman's strength: the
/// sum over shared records of 1 / (members - 1); larger is closer.
enum class NetworkMeasure : std::uint8_t {
  Works,          // records it takes part in
  Partners,       // organisations it shares any with
  Strength,       // sum of its ties' strengths
  Component,      // number of its component, by smallest organisation
  Core,           // core number: Batagelj and Zaversnik 2003
  PageRank,       // weighted by strength; sums to 1
  Betweenness,    // share of others' shortest paths (in hops) that pass through it: Freeman 1977
  Closeness,      // Wasserman and Faust's form for networks in several parts
  Harmonic,       // sum of 1 / distance
  Eccentricity,   // hops to the farthest that it reaches
  Constraint,     // Burt's: low for brokers; NaN without partners
  EffectiveSize,  // Burt's: partners less what they have in common; NaN without partners
  Community,      // Leiden, by modularity; number by smallest organisation
};

/// "works", "partners", ..., "effective_size", "community", in the order above.
const std::vector<std::string>& network_measure_names();
/// Throws Error(InvalidArgument), naming those that there are.
NetworkMeasure network_measure(const std::string& name);
/// "country", "kind", "programme", "theme", "target-group".
const std::vector<std::string>& coverage_axes();

struct MeasureOptions {
  double damping = 0.85;    // of PageRank, 0 up to but not 1
  double tolerance = 1e-8;  // of PageRank: the sum of all errors, above 0 and below 1
  double resolution = 1;    // of communities, above 0: larger, more of them
  std::uint64_t seed = 1;   // of communities and of sampled betweenness
  /// The most by which any betweenness may be off, with probability 1 - failure, below 1: sampled,
  /// unless that would take more than vertices * sqrt(2 * ties) / 10 samples, from where on exact
  /// betweenness costs less and is computed. 0: exact up to 5,000 organisations, beyond that 0.01.
  double betweenness_error = 0;
  double failure = 0.1;  // above 0 and below 1
};

/// Columns beside Network::organisations().
struct MeasureTable {
  std::uint64_t change = 0;  // of the catalogue, that the network shows
  std::vector<NetworkMeasure> measures;
  std::vector<std::vector<double>> columns;  // one for each measure
  double pagerank_error = 0;                 // proven bound of the sum of errors
  double betweenness_error = 0;              // 0: exact
  std::uint64_t betweenness_samples = 0;     // 0: exact
  double modularity = 0;                     // of the communities
};

/// Organisations of a network that belong together.
struct NetworkGroup {
  std::uint32_t number = 0;            // as the measure tells it of each of them
  std::vector<std::uint32_t> members;  // by falling strength, then number
  /// Of the strength of the ties that any of them has, the part that lies between two of them: 1
  /// where none leads out, NaN where there are none.
  double inside = 0;
  /// Country and how many of them, the most first; "" where none is told.
  std::vector<std::pair<std::string, std::uint64_t>> countries;
};

struct NetworkGroups {
  std::uint64_t change = 0;          // of the catalogue, that the network shows
  double modularity = 0;             // of communities
  std::vector<NetworkGroup> groups;  // the largest first, then by number
};

/// The ties of a network: three arrays of one length, each tie once, `from` below `to`.
struct NetworkTies {
  std::vector<std::uint32_t> from;
  std::vector<std::uint32_t> to;
  std::vector<double> strength;
};

/// A chain of partnerships: organisations[i] and organisations[i + 1] share the record works[i].
struct NetworkPath {
  std::vector<std::string> organisations;  // empty: there is no way
  std::vector<std::string> works;          // record ids, one fewer
  /// Records on the way; of the strongest path the sum of 1 / strength, infinite without a way.
  double length = 0;
};

/// How many records of a network are in a cell of two or three axes.
struct CoverageCell {
  std::vector<std::string> codes;  // beside NetworkCoverage::axes
  std::uint64_t records = 0;
  /// What would be expected if the axes had nothing to do with each other.
  double expected = 0;
};

/// What the records of a network cover. A record with several codes along an axis counts once for
/// each combination; one without a code along any axis counts nowhere.
struct NetworkCoverage {
  std::vector<std::string> axes;
  std::uint64_t total = 0;          // of all cells
  std::vector<CoverageCell> cells;  // with any, by codes
  /// Cells with fewer than was asked for, those first that are farthest below what is expected; of
  /// codes that nothing at all has there are none.
  std::vector<CoverageCell> gaps;
};

struct CoverageOptions {
  std::uint64_t least = 1;  // a cell with fewer records is a gap
  std::size_t limit = 100;  // gaps at most
};

/// The organisations within some hops of one, and the ties among them.
struct NetworkSurroundings {
  std::vector<std::uint32_t> organisations;  // numbers in the network; by hops, then number
  std::vector<std::uint32_t> hops;           // beside them
  NetworkTies ties;                          // between places in `organisations`
};

struct NetworkScore {
  std::uint32_t organisation = 0;
  double score = 0;
};

struct NearnessOptions {
  double epsilon = 1e-6;  // no score is off by more than this times the organisation's strength
  double damping = 0.85;  // 0 up to but not 1: how seldom the walk comes back
};

/// Scores around some organisations, best first.
struct NetworkNearness {
  std::vector<NetworkScore> scores;
  double error_bound = 0;  // of the sum of all errors
};

/// How a network came to be, by year of the first day known. What has any unknown start was there
/// before the first year and is new in none.
struct NetworkGrowth {
  std::vector<std::int32_t> years;            // without gaps; empty where no start is known
  std::vector<std::uint64_t> participations;  // that began in the year
  std::vector<std::uint64_t> new_organisations;
  std::vector<std::uint64_t> new_works;
  std::vector<std::uint64_t> new_ties;  // partners who met for the first time
  std::uint64_t undated = 0;            // participations without a known start
};

/// A partnership network as it was when Catalogue::network() was asked: arrays, no records. It
/// stays as it is whatever is written, and outlives its catalogue. Organisations are numbered from
/// 0 by rising id, those alone that take part in anything. Copies share one state; any number of
/// threads may use it. The same content gives the same numbers to the last bit, however it came
/// about.
///
/// All calls throw Error: InvalidArgument for an option out of range, which it names, NotFound for
/// an organisation that is not in the network, Cancelled. Those with a task look at it every few
/// thousand steps, which is well within 100 ms; two threads that ask for nearness, or first for
/// ties, take turns, and who waits looks as often.
class Network {
 public:
  struct State;
  explicit Network(std::shared_ptr<const State> state);

  /// The change of the catalogue that it shows.
  std::uint64_t change() const;
  std::size_t size() const;            // organisations
  std::size_t work_count() const;      // records that any of them takes part in
  std::size_t participations() const;  // rows: organisation, record and role
  std::size_t tie_count(const Task& task = {}) const;

  /// By number.
  const std::vector<std::string>& organisations() const;
  const std::vector<std::string>& names() const;
  const std::vector<std::string>& countries() const;
  const std::vector<std::string>& kinds() const;
  /// O(log n).
  std::uint32_t number_of(const std::string& organisation) const;

  /// Columns of numbers. Complexity: that of the kernels, of which betweenness (O(n · ties) exact)
  /// and closeness (O(n · participations)) are long; what several need is computed once.
  MeasureTable measure(const std::vector<NetworkMeasure>& measures,
                       const MeasureOptions& options = {}, const Task& task = {}) const;

  /// The communities of the network, or its components, with who is in them. Throws
  /// Error(InvalidArgument) for any other measure. As measure(), and O(n log n + ties).
  NetworkGroups groups(NetworkMeasure by, const MeasureOptions& options = {},
                       const Task& task = {}) const;

  /// Numbers of the organisations of any of some countries and of any of some kinds, as
  /// countries() and kinds() tell them, by code or name; an empty list means any. Unlike the lists
  /// of a NetworkRequest these leave the network, and so every measure, as it is. Throws
  /// Error(InvalidArgument) for a country or kind that neither a vocabulary nor the network has.
  /// O(n).
  std::vector<std::uint32_t> of(const std::vector<std::string>& countries,
                                const std::vector<std::string>& kinds = {}) const;

  /// The projection. Computed once, when first needed: O(sum of k² over records of k members).
  NetworkTies ties(const Task& task = {}) const;

  /// Fewest records from one to the other; of several such the one whose organisations have the
  /// lowest numbers.
  NetworkPath path(const std::string& from, const std::string& to, const Task& task = {}) const;
  /// The way of which the sum of 1 / strength is least: a few close partnerships go before one that
  /// is loose. O((n + ties) log n), beside what ties() costs the first time.
  NetworkPath strongest_path(const std::string& from, const std::string& to,
                             const Task& task = {}) const;
  /// Hops from each of some organisations to all: sources × size() numbers, row by row; 0xffffffff
  /// where there is no way.
  std::vector<std::uint32_t> hops(const std::vector<std::string>& sources,
                                  const Task& task = {}) const;
  NetworkSurroundings around(const std::string& organisation, std::uint32_t hops,
                             const Task& task = {}) const;
  /// Personalised PageRank: how often a walk that keeps coming back to `sources` is at each other
  /// organisation.
  NetworkNearness nearness(const std::vector<std::string>& sources, std::size_t limit = 20,
                           const NearnessOptions& options = {}, const Task& task = {}) const;
  NetworkGrowth growth(const Task& task = {}) const;
  /// Records by two or three of coverage_axes(): "country" and "kind" are those of organisations
  /// that take part. O(combinations + cells), 2^28 cells at most.
  NetworkCoverage coverage(const std::vector<std::string>& axes,
                           const CoverageOptions& options = {}, const Task& task = {}) const;

  /// For the library itself.
  const State& state() const { return *state_; }

 private:
  std::shared_ptr<const State> state_;
};

/// Who takes part in what, as columns of a table. Row i says that `organisation[i]` takes part in
/// `work[i]`; the other columns are empty, or say it of every row.
struct NetworkRows {
  static constexpr std::int32_t unknown_from = std::numeric_limits<std::int32_t>::min();
  static constexpr std::int32_t unknown_to = std::numeric_limits<std::int32_t>::max();

  std::vector<std::uint32_t> organisation;  // places in `organisations`
  std::vector<std::uint32_t> work;          // places in `works`
  std::vector<std::uint16_t> role;          // places in `roles`, of which there are 4,096 at most
  std::vector<std::int32_t> from_day;       // from 1970-01-01, or unknown_from
  std::vector<std::int32_t> to_day;         // or unknown_to

  /// Ids, each once. Without them the numbers of the column are ids, with as many digits each:
  /// "007".
  std::vector<std::string> organisations;
  std::vector<std::string> works;
  std::vector<std::string> roles;  // codes, told where `role` is
  std::vector<std::string> names;  // of `organisations`, each of the three empty or one for each
  std::vector<std::string> countries;
  std::vector<std::string> kinds;
};

/// A network of rows that no catalogue has: all of Network, at its speed, for data of one's own.
/// Its change is 0. Organisations without rows are left out; a row that is told again is one.
/// O(rows log rows of one + organisations log organisations). Throws Error(InvalidArgument), which
/// names the column and the row.
Network network_of_rows(const NetworkRows& rows);

}  // namespace koinon
