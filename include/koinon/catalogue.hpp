// SPDX-License-Identifier: Apache-2.0
//
// The catalogue: one file of truth and the views derived from it.
//
// Threads: a Catalogue may be used from any number of threads at once; writes are serialised. No
// call writes to stdout or stderr, installs a signal handler or changes the locale. Every failure
// is a koinon::Error. After fork() the child must not use a handle of its parent: each call fails
// with ErrorCode::Forked there, and destroying it leaves the file alone. Nor can the child open a
// file that its parent had open at the fork (Forked as well): SQLite would take the parent's locks
// for its own and lose writes. Open catalogues after forking, and fork while no other thread is
// within Koinon, nor background_views at work: what such a thread locks within SQLite stays locked
// in the child, which then waits for ever when it opens a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/care.hpp"
#include "koinon/centres.hpp"
#include "koinon/communities.hpp"
#include "koinon/consortium.hpp"
#include "koinon/differences.hpp"
#include "koinon/eligibility.hpp"
#include "koinon/embedder.hpp"
#include "koinon/error.hpp"
#include "koinon/evidence.hpp"
#include "koinon/experiment.hpp"
#include "koinon/identity.hpp"
#include "koinon/life_cycle.hpp"
#include "koinon/lineage.hpp"
#include "koinon/neighbourhood.hpp"
#include "koinon/network.hpp"
#include "koinon/outcome.hpp"
#include "koinon/partners.hpp"
#include "koinon/peers.hpp"
#include "koinon/progress.hpp"
#include "koinon/recommend.hpp"
#include "koinon/records.hpp"
#include "koinon/report.hpp"
#include "koinon/search.hpp"
#include "koinon/thesaurus.hpp"

namespace koinon {

struct OpenOptions {
  bool create = true;      // make the file if there is none
  bool read_only = false;  // needs an existing file; nothing is written, not even a migration
  std::uint32_t busy_timeout_ms = 5000;  // how long a write waits for another process's write
  bool background_views = false;         // start building the views at once, on a thread of our own
  /// Finds concepts in records and questions: EuroVoc and the glossary of social innovation.
  bool thesaurus = true;
  /// File of word vectors for search by meaning (docs/reference/word-vectors.md); "" for none. It
  /// is mapped, and must stay as it is while the catalogue is open.
  std::string word_vectors;
  /// A model of the host's own in the place of that file.
  std::shared_ptr<const Embedder> embedder;
  /// The model whose ready vectors count: those that Catalogue::put_vectors() brought under this
  /// name, and SearchRequest::vector. "": none. With an embedder, or a table, it is the name of
  /// that: records of which no vectors were brought get theirs from it.
  std::string vector_model;
  /// How many numbers its vectors have: a multiple of 64, at most 4,096. 0: as many as the
  /// embedder's, or the table's, have.
  std::size_t vector_dimension = 0;
  /// Files of languages that the library does not have, as JSON (docs/reference/languages.md).
  /// They hold for the process: every catalogue that it opens from then on knows them.
  std::vector<std::string> languages;
  /// SKOS files of the host's own (docs/reference/concepts.md): with `thesaurus` they are joined to
  /// what is bundled, without it they stand in its place. Compiled at the first opening, which
  /// takes seconds, and kept beside the catalogue; an index that was made with other concepts is
  /// made anew.
  std::vector<std::string> thesaurus_files;
  std::string thesaurus_language;  // of their labels that state none; "": those are left out
  /// What time it is, in place of the system's clock: for the steps of lives and what guards them,
  /// and for the journal entries of writes and steps. Called from any thread, from several at once.
  std::function<Timestamp()> clock;
};

/// One record to write. An empty id asks for a new one; an id may also be the host's own: 1 to 64
/// characters of A-Z a-z 0-9 . _ : - beginning with a letter or digit.
struct Write {
  std::string id;
  Record record;
  /// Refuse with ErrorCode::Conflict unless this is the present version; 0 means "must not exist".
  std::optional<std::uint64_t> expected_version;
};

struct Written {
  std::string id;
  std::uint64_t version = 0;
  std::uint64_t change = 0;  // 0 where nothing changed
};

enum class ChangeKind : std::uint8_t { Put, Remove, Erase, Vectors };

/// An entry of the journal. Applying the entries in order, each any number of times, gives the
/// catalogue: Put sets the record to `body`, Remove and Erase take it away. Vectors leaves the
/// record, and its version, as they are: ready vectors of it were brought or dropped.
struct Change {
  std::uint64_t n = 0;
  ChangeKind what = ChangeKind::Put;
  std::string id;
  RecordKind kind = RecordKind::Organisation;
  std::uint64_t version = 0;
  Timestamp at = 0;
  std::string by;
  std::string body;  // the record as JSON; empty but for a Put, and for a Put erased later
};

/// Ready vectors of records, from a model that the host ran itself. Of a vector only the direction
/// counts; it is kept in one byte for each number.
struct VectorRows {
  std::string model;          // a name of the host's own for it: 1 to 200 bytes of UTF-8
  std::size_t dimension = 0;  // numbers of each vector: a multiple of 64, at most 4,096
  /// The record of each row. One that is named again has several vectors, one for each passage of
  /// its texts; sixteen at most.
  std::vector<std::string> ids;
  /// Row after row: ids.size() * dimension of them. Borrowed for the call.
  const float* numbers = nullptr;
  std::size_t count = 0;  // of `numbers`
};

/// A row that stayed out.
struct RefusedVector {
  std::size_t row = 0;  // from 0
  std::string id;
  std::string code;     // "not_finite", "zeros", "too_many", "not_found", "removed", "erased"
  std::string message;  // for people
};

/// What became of vectors.
struct VectorsReport {
  std::uint64_t rows = 0;              // given
  std::uint64_t stored = 0;            // records that have new vectors
  std::uint64_t unchanged = 0;         // records that had these already
  std::uint64_t change = 0;            // the latest journal entry of it; 0 where nothing changed
  std::vector<RefusedVector> refused;  // by row
};

struct ImportOptions {
  std::string format;    // "" = guess from the first bytes; see import_formats()
  std::string portal;    // whose rows these are; "" = the format's own
  std::string encoding;  // "windows-1252", "UTF-16LE" ...; "" = UTF-8; never guessed
  std::string by;        // kept in the journal
  std::uint64_t skip_rows =
      0;  // go on after this many rows: ImportReport::next_row of a broken-off run
  std::size_t batch_rows = 32768;  // rows per transaction at most: all of them go in, or none
  Task task;
};

/// Rows that stayed out for one reason.
struct ImportReason {
  std::string code;
  std::string field;
  std::string message;  // of the first such row
  std::uint64_t rows = 0;
  std::uint64_t first_line = 0;
};

/// What became of a file: read = stored + unchanged + quarantined.
struct ImportReport {
  std::string file;
  std::string format;
  std::uint64_t read = 0;
  std::uint64_t stored = 0;     // rows that made or changed a record
  std::uint64_t unchanged = 0;  // rows that the catalogue already held
  std::uint64_t quarantined = 0;
  std::uint64_t records_created = 0;
  std::uint64_t records_updated = 0;
  std::vector<ImportReason> reasons;
  bool complete = false;       // false after a cancel
  std::uint64_t next_row = 0;  // where to go on
  double seconds = 0;
};

struct ImportFormat {
  std::string name;
  std::string what;
};

struct QuarantinedRow {
  std::uint64_t id = 0;
  std::string file;
  std::string format;
  std::string portal;
  std::string encoding;
  std::uint64_t line = 0;  // first line of the row, from 1
  Timestamp at = 0;
  std::vector<Violation> violations;
  std::string bytes;       // as read; of a row past 16 MiB only the beginning
  std::uint64_t size = 0;  // of the row as read, in bytes
};

struct QuarantineRequest {
  std::string file;  // "" = any
  std::size_t limit = 100;
  std::size_t offset = 0;
};

struct KindCount {
  RecordKind kind = RecordKind::Organisation;
  std::uint64_t records = 0;
};

/// Whose ready vectors a catalogue has.
struct VectorModel {
  std::string name;
  std::size_t dimension = 0;
  std::uint64_t records = 0;  // that have any
};

struct Statistics {
  std::string path;
  std::uint64_t change = 0;  // number of the latest journal entry
  std::vector<KindCount> kinds;
  std::uint64_t versions = 0;
  std::uint64_t erased = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t bytes = 0;  // of the file
  std::uint32_t schema = 0;
  std::vector<VectorModel> vectors;  // by name
};

struct Finding {
  std::string where;
  std::string message;
};

struct CheckReport {
  std::uint64_t records = 0;      // looked at
  std::vector<Finding> findings;  // empty: all is well
};

struct ViewStatus {
  std::string name;
  std::uint64_t reached = 0;  // change
  bool building = false;
  bool damaged = false;
  /// Why it is not kept beside the file, for people: it then answers from memory, or from what is
  /// there. "" where all is well.
  std::string problem;
};

class Catalogue {
 public:
  /// Opens, or creates, the catalogue at `path`; ":memory:" lives as long as the object. Takes
  /// milliseconds at any size: the views are built when first asked for. Errors: NotACatalogue,
  /// TooNew, Damaged (the file is left untouched), NotFound, InputOutput, Busy; InvalidInput or
  /// UnknownFormat for a file of OpenOptions that cannot be used, which the message names.
  static Catalogue open(const std::string& path, const OpenOptions& options = {});

  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  // -- Writing: each call is one transaction, all or nothing -----------------------------------

  /// Errors: InvalidRecord (with every violation), Conflict, ReadOnly, Busy. A replication that
  /// would close a cycle, or lies before its parent came to be, is InvalidRecord as well, with the
  /// path (docs/reference/lineage.md); of several the state after all of them counts. So is what
  /// would drop or rewrite the steps of a life, or set a state that steps led to (transition()
  /// does), an award past a limit of its programme, call or bid, and what would change a bid that
  /// was handed in (docs/reference/life-cycles.md). A consortium of which the members or the call
  /// change forms anew, and a published case that loses an answer of the checklist goes out of
  /// date.
  Written put(const Write& write, std::string_view by = {});
  std::vector<Written> put_all(const std::vector<Write>& writes, std::string_view by = {});

  /// Takes the record out of the present state; its history stays readable. Errors: those of put(),
  /// and NotFound; the last award of a bid that was selected here is InvalidRecord.
  void remove(const std::string& id, std::optional<std::uint64_t> expected_version = {},
              std::string_view by = {});

  /// Takes every version of the record's content out of the file and the views; participations that
  /// name it go with it. What remains is its id, in the journal, so that mirrors can follow.
  /// Quarantined rows that hold its id or one of its identifiers go too. Backups and exports made
  /// earlier are out of reach. O(size of the file).
  ///
  /// Searches that are under way on a state with the record, the states kept for their pages, and
  /// another process that keeps the search view, have `wait_seconds` to come to their end; after
  /// that they meet Error(Expired), and the other process has to build its view anew. Error(Busy)
  /// when a reader of another process holds the write-ahead log: call it again later.
  void erase(const std::string& id, std::string_view by = {}, const Task& task = {},
             double wait_seconds = 1);

  /// Keeps ready vectors of records, in the place of those that the same model had for them; other
  /// records, and other models, keep theirs. Whoever opens the catalogue with this model
  /// (OpenOptions::vector_model) finds the records by them. They hold until new ones come, or the
  /// record goes; where an embedder is there as well, until the record changes. Rows that cannot be
  /// are left out and reported, the others go in. Errors: InvalidArgument (no name, a dimension or
  /// count that cannot be, or another dimension than the model has here), ReadOnly, Busy,
  /// Cancelled (nothing went in). O(numbers).
  VectorsReport put_vectors(const VectorRows& rows, std::string_view by = {},
                            const Task& task = {});

  /// Forgets all vectors of a model. Returns how many records had any. Errors: ReadOnly, Busy,
  /// Cancelled. O(records of all models).
  std::uint64_t drop_vectors(const std::string& model, std::string_view by = {},
                             const Task& task = {});

  // -- Lives: docs/reference/life-cycles.md ---------------------------------------------------

  /// Every step out of the present state of a record, allowed or why not. `language`: of the
  /// labels. Errors: NotFound, Erased, InvalidArgument (records of its kind have no life cycle, a
  /// country that there is not), Busy. O(steps), the versions of the record by this actor, the
  /// awards of a programme, and for a consortium the rules of its call.
  NextSteps next_steps(const std::string& id, const Actor& actor = {},
                       const std::string& language = "en") const;
  /// Takes a step: one transaction, in which the guards are asked, the state set and the step
  /// logged. Errors: InvalidArgument (no such step, a guard refuses, something is not told; with a
  /// violation for each, of which `path` names the guard or the field), Conflict (somebody else
  /// changed the record), NotFound, Erased, ReadOnly, Busy.
  Moved transition(const Transition& request);
  /// Opens and closes the calls of which the day has come, by "clock", in one transaction: those
  /// that are announced and those that are open. `now`: another moment than the clock's. Errors:
  /// ReadOnly, Busy, Cancelled. O(calls that are due).
  AdvancedCalls advance_calls(std::optional<Timestamp> now = {}, const Task& task = {});
  /// Whether the design of an experiment is complete, and can reach the level that it claims.
  /// Errors: NotFound, Erased, InvalidArgument (another kind of record).
  DesignReport check_design(const std::string& experiment) const;

  // -- Who is who: decisions are records, and each can be taken back ---------------------------

  /// Looks through all organisations for those that are one, by identifiers, names, places and
  /// kinds, and writes what it finds as decisions "by rule": the same, or unsure, with probability
  /// and grounds. What people decided counts first. Nothing of the organisations changes, ever; the
  /// same run again writes nothing; what it would no longer take is dropped. One transaction.
  /// 157,626 names take some 15 s. Errors: InvalidArgument, ReadOnly, Busy, Cancelled.
  MatchReport match(const MatchRequest& request = {}, std::string_view by = {},
                    const Task& task = {});
  /// What a person says of two organisations, as a record: it goes before any rule, and takes an
  /// earlier word of a person on the two back. The same said again changes nothing. Errors:
  /// NotFound, InvalidArgument, InvalidRecord, ReadOnly, Busy.
  Written decide(const Decision& decision, std::string_view by = {});
  /// Takes a decision back, whoever took it: by a record that says so, of which it is the id.
  /// Organisations are then as if it had never been; a state export too, while the history keeps
  /// both. Taken back itself, the decision holds again. Errors: NotFound, InvalidArgument (no
  /// decision, or one that does not hold), ReadOnly, Busy.
  Written undo_decision(const std::string& id, std::string_view reason = {},
                        std::string_view by = {});
  /// An organisation as merged, with what it was made of, its identifiers and decisions. Errors:
  /// NotFound, Erased, InvalidArgument, Busy.
  OrganisationIdentity identity(const std::string& organisation, const Task& task = {}) const;
  /// Pairs that the rule is unsure of and that nobody has settled, the most valuable first.
  ReviewQueue review(std::size_t limit = 20, std::size_t offset = 0, const Task& task = {}) const;
  /// Organisations that decisions chain together and that may not be one: a person keeps them
  /// apart, or different identifiers of one scheme do. By ids.
  std::vector<IdentityConflict> identity_conflicts(const Task& task = {}) const;

  // -- Reading ---------------------------------------------------------------------------------

  /// NotFound when it never was, or was removed; Erased when it was erased.
  StoredRecord get(const std::string& id) const;
  StoredRecord get(const std::string& id, std::uint64_t version) const;
  /// All versions, oldest first; erased bodies are empty.
  std::vector<Change> history(const std::string& id) const;
  /// What changed between two versions, as a person reads it. `to_version` 0: the latest;
  /// `from_version` 0: the one before that. Errors: NotFound, Erased. O(n * m) in the words of a
  /// text that differ, and in the entries of a list.
  Differences differences(const std::string& id, std::uint64_t from_version = 0,
                          std::uint64_t to_version = 0) const;
  /// At most `limit` ids of `kind` after `after`, in order of id: a page of a walk over everything.
  std::vector<std::string> ids(RecordKind kind, const std::string& after, std::size_t limit) const;

  /// Errors: InvalidArgument (a field, range or point that there is not), NotFound (a record that
  /// others shall be like), Expired, Busy, Cancelled.
  SearchResults search(const SearchRequest& request, const Task& task = {}) const;
  /// Why a record is in the answer to a request, or is not: never NotFound. Costs what the answer
  /// to all pages of the request costs.
  Explanation explain(const SearchRequest& request, const std::string& id,
                      const Task& task = {}) const;
  /// Which saved searches find records that were written after change `after`, as they are now: to
  /// be asked after each commit, or now and then. O(changes since) and one search for each.
  Alerts alerts(const std::vector<SavedSearch>& searches, std::uint64_t after,
                const Task& task = {}) const;
  /// The label of a facet's code in `language`, else in English, else in another that has one, else
  /// the code itself: for every field of facet_fields(). Errors: InvalidArgument for another field.
  std::string facet_label(const std::string& field, const std::string& code,
                          const std::string& language) const;
  /// A concept of the thesaurus by its URI, or one that exactMatch makes the same. Errors:
  /// NotFound.
  ConceptEntry thesaurus_concept(const std::string& uri, const std::string& language) const;
  /// What became of OpenOptions::thesaurus_files.
  const ThesaurusReport& thesaurus() const;
  PartnerResults partners(const std::string& organisation, const PartnerRequest& request = {},
                          const Task& task = {}) const;
  GraphSummary graph_summary(const Task& task = {}) const;

  // Around one or two organisations, on the graph as it is now: none copies the graph or clears
  // anything of its size, so that the first answer after a write comes as soon as any. Errors, as
  // of partners(): NotFound, Erased, InvalidArgument (a record that is no organisation, or an
  // option out of range), Busy, Cancelled.

  /// O(participations) at worst, and some thousands of them in a small world.
  PartnershipPath path(const std::string& from, const std::string& to,
                       const PathRequest& request = {}, const Task& task = {}) const;
  /// O(participations of the records of those found).
  Neighbourhood around(const std::string& organisation, const NeighbourhoodRequest& request = {},
                       const Task& task = {}) const;
  /// O(participations of the records of both).
  CommonPartners common_partners(const std::string& one, const std::string& other,
                                 const CommonPartnerRequest& request = {},
                                 const Task& task = {}) const;
  NearOrganisations nearby(const std::vector<std::string>& organisations,
                           const NearbyRequest& request = {}, const Task& task = {}) const;
  /// Ranks the organisations that pass the request's lists, each with its reasons. The first
  /// question after a write, and the first as of another day, makes tables of what is known by
  /// then: O(participations + sum of the squares of the members of records). Errors: NotFound,
  /// Erased, InvalidArgument (nothing to recommend for, a record of another kind, a date that there
  /// is not), Busy, Cancelled.
  Recommendations recommend(const RecommendRequest& request, const Task& task = {}) const;
  /// The same for many at once, or for all, without reasons. Nothing of the catalogue is held while
  /// it ranks. Progress of the stage "recommendations" counts those asked for. O(as recommend() for
  /// each of them). Errors: as recommend(); InvalidArgument for more than 2^30 places as well.
  RecommendationTable recommend_all(const RecommendAllRequest& request,
                                    const Task& task = {}) const;
  /// The partnership network that some participations make, as it is now: to measure, walk and
  /// draw. Errors: InvalidArgument (a date that there is not), Busy, Cancelled.
  Network network(const NetworkRequest& request = {}, const Task& task = {}) const;

  /// What an initiative replicates and what replicates it, over any number of generations, with the
  /// figures of its spread. Of one that was removed, what the others still say. Errors: NotFound,
  /// Erased, InvalidArgument (another kind of record, a date that there is not), Busy, Cancelled.
  /// O(its ancestors, its descendants and the ancestors of these), and for partnerships the
  /// participations of the organisations on one side of each replication and of their partners.
  Lineage lineage(const std::string& initiative, const LineageRequest& request = {},
                  const Task& task = {}) const;
  /// How long initiatives take to be replicated for the first time: Kaplan and Meier's estimator.
  /// Errors: InvalidArgument (no `as_of`, or one that there is not), Busy, Cancelled.
  /// O(initiatives · log initiatives + replications).
  ReplicationTimes replication_times(const ReplicationTimesRequest& request,
                                     const Task& task = {}) const;

  /// Whether these members may answer a call together: each rule passes, fails or cannot be told,
  /// with the members concerned, its legal text and the smallest change that would pass it. Errors:
  /// NotFound, Erased, InvalidArgument (neither a call nor rules, another kind of record, codes
  /// that there are not), Busy, Cancelled. O(rules · members · log members).
  EligibilityReport check_eligibility(const EligibilityRequest& request,
                                      const Task& task = {}) const;

  /// The best consortia for a call among candidates, each member with its reasons, each plan
  /// checked against the rules once more; or the rules that leave no consortium. Exact where there
  /// is time, else with how far it may be from the best. Progress (stage "consortium"): the value
  /// of the best so far and the bound, in thousandths. A cancel while it searches is no error: the
  /// answer has what was found, and says so. Errors: NotFound, Erased, InvalidArgument, Busy,
  /// Cancelled (before the search). Exponential in the worst case, within the seconds of the
  /// request.
  ConsortiumAnswer build_consortium(const ConsortiumRequest& request, const Task& task = {}) const;

  /// Counts and sums of records by what they tell of themselves, drawn from one state and the same
  /// again for its number. The first report builds the columns that it reads; one of an earlier
  /// state reads what came since. Errors: InvalidArgument (a dimension that the kind does not
  /// have, more than three, a date that there is not, a change that is still to come), Busy,
  /// Cancelled. O(records + rows · log rows).
  Report report(const ReportRequest& request, const Task& task = {}) const;
  /// What came of a call, or of all calls of a programme: projects, cases, replications, countries,
  /// and the money for each result. Errors: NotFound, Erased, InvalidArgument (another kind of
  /// record), ReadOnly (as of evidence()), Busy, Cancelled. O(what is found and what names it).
  Outcome outcome(const std::string& id, const Task& task = {}) const;

  // -- Methods and what shows that they work ---------------------------------------------------

  /// Grades of what a record says it does: of a study its level, of an initiative, a case study or
  /// a method its standard with all studies, each with reasons and what the next grade wants.
  /// Errors: NotFound, Erased, InvalidArgument (another kind of record), ReadOnly (a file of an
  /// earlier version that is opened for reading alone, which does not keep who names whom; so for
  /// method() and centre()). O(records that name it, and that name these).
  EvidenceReport evidence(const std::string& id) const;
  /// A method: its versions and successor, standard, assessments with the assessors' agreement, the
  /// cases that used it to what effect, who handed it to whom. Errors: as evidence().
  MethodReport method(const std::string& id) const;
  /// Methods for a problem, ranked by fit and evidence, with reasons. Errors: InvalidArgument
  /// (nothing asked, a code that there is not), Busy, Cancelled. The first question builds a view;
  /// then O(two searches + what names the methods found).
  MethodsFound methods_for(const MethodsRequest& request, const Task& task = {}) const;

  // -- Care of records -------------------------------------------------------------------------

  /// How complete a record is, and in which languages it is told. Errors: NotFound, Erased,
  /// InvalidArgument (a kind that is not measured). O(record).
  CompletenessReport completeness(const std::string& id) const;
  /// Case studies by how complete they are, least first. Errors: InvalidArgument, Busy, Cancelled.
  /// The first question builds a view; then O(cases · log page).
  IncompleteAnswer incomplete(const IncompleteRequest& request = {}, const Task& task = {}) const;
  /// Case studies that went stale or contradict themselves, as of a day. Errors: InvalidArgument
  /// (no day, a code that there is not), Busy, Cancelled. As incomplete(): O(cases + page).
  StaleAnswer stale(const StaleRequest& request, const Task& task = {}) const;
  /// Collections of good practices with their cases, after one of this id, at most 10,000.
  Collections collections(const std::string& after = {}, std::size_t limit = 100) const;

  // -- Communities and centres -----------------------------------------------------------------

  /// Who is in a community of practice, what goes on in it and whom it reaches, over time. Errors:
  /// NotFound, Erased, InvalidArgument (another kind of record, dates that there are not), Busy,
  /// Cancelled. The first question builds a view; then O(its exchanges and contributions).
  CommunityReport community(const std::string& id, const CommunityRequest& request = {},
                            const Task& task = {}) const;
  /// Who has solved this before: organisations, cases and methods, with reasons. Errors and cost
  /// as of methods_for(): O(two searches + who takes part in what is found).
  SolvedAnswer who_solved(const SolvedRequest& request, const Task& task = {}) const;
  /// Pairs for learning from each other: one offers what the other seeks. Errors: NotFound, Erased,
  /// InvalidArgument (weights out of range, a date that there is not), Busy, Cancelled. See
  /// docs/reference/peers.md for what is optimal, and what it costs.
  PeersAnswer peers(const PeersRequest& request = {}, const Task& task = {}) const;
  /// Competence centres with their members, and which countries they cover. Errors: InvalidArgument
  /// (a date or group that there is not). O(centres).
  CentresAnswer centres(const CentresRequest& request = {}) const;
  /// A centre with its services, offers, mentoring ties, indicators, and what goes on in it.
  /// Errors: as community(), and ReadOnly as method().
  CentreReport centre(const std::string& id, const CommunityRequest& request = {},
                      const Task& task = {}) const;

  /// Entries after change `n`, in order, at most `limit`. The journal is kept for the life of the
  /// file.
  std::vector<Change> follow(std::uint64_t n, std::size_t limit = 1000) const;

  /// Builds or catches up every view now, as the first search does. The views of stale(),
  /// incomplete(), report(), methods_for(), who_solved(), community() and centre() are there from
  /// the first such question on.
  void prepare(const Task& task = {}) const;
  std::vector<ViewStatus> views() const;

  // -- Files -----------------------------------------------------------------------------------

  /// Reads a file as a stream into the catalogue, a transaction per batch. Bad rows go to
  /// quarantine with every reason. A cancel ends after the current batch and returns a report with
  /// complete = false. Errors: NotFound, InvalidInput, UnknownFormat, InputOutput, ReadOnly, Busy.
  ImportReport import_file(const std::string& path, const ImportOptions& options = {});

  /// The bundled sample: case studies of real initiatives in the member states, with their
  /// organisations and projects. About a hundred cases; each record names the source of its facts.
  ImportReport import_sample(const ImportOptions& options = {});

  /// Koinon's JSON Lines: the present state, or with `history` every version and the journal.
  /// Returns the number of lines. An existing file is replaced once the new one is whole.
  std::uint64_t export_file(const std::string& path, bool history = false,
                            const Task& task = {}) const;
  using LineSink = std::function<void(std::string_view line)>;
  std::uint64_t export_lines(const LineSink& sink, bool history = false,
                             const Task& task = {}) const;

  /// A consistent copy, made while others read and write.
  void backup(const std::string& path, const Task& task = {}) const;

  // -- Care ------------------------------------------------------------------------------------

  std::vector<QuarantinedRow> quarantine(const QuarantineRequest& request = {}) const;
  /// Tries the row again, with `mended` in place of its bytes when given. Stored rows leave
  /// quarantine; a row that fails again stays, with its new reasons.
  ImportReport retry(std::uint64_t quarantined, std::optional<std::string> mended = {});
  void discard(std::uint64_t quarantined);

  Statistics statistics() const;
  /// Looks at the file's integrity, every record against the rules, every reference, and the
  /// lineage as a whole.
  CheckReport check(const Task& task = {}) const;

 private:
  struct Impl;
  explicit Catalogue(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The formats that import_file() knows.
const std::vector<ImportFormat>& import_formats();

/// A search request as JSON, and back: docs/reference/search-request.md. Errors: InvalidArgument,
/// with a violation for everything that is wrong.
std::string to_json(const SearchRequest& request);
SearchRequest request_from_json(std::string_view json);

/// The canonical JSON of a record: fields in the order of records.hpp, absent ones left out.
std::string to_json(const Record& record);
/// Errors: InvalidRecord with every violation of form. Rules are checked when writing.
Record record_from_json(RecordKind kind, std::string_view json);

/// "organisation", "initiative", "case-study" and so on: the codes of the vocabulary record-kinds.
const char* kind_name(RecordKind kind);
std::optional<RecordKind> kind_from_name(std::string_view name);

/// The label of a vocabulary's code in `language`, else in English, else the code itself.
std::string label(std::string_view vocabulary, std::string_view code, std::string_view language);

/// "2026.11.0"
const char* version();

}  // namespace koinon
