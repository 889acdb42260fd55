/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The C API of Koinon, declarations only: what PHP FFI, cffi and jextract read as it stands. There
 * is no preprocessor line here on purpose. C and C++ include koinon/koinon.h, which wraps this file
 * and adds the KN_* constants; another language takes their numbers from the comments below.
 *
 * Codes       Every call returns an int32_t: 0 (KN_OK), or why it failed:
 *               1 invalid argument   2 not found       3 already exists   4 conflict
 *               5 invalid record     6 invalid input   7 not a catalogue  8 too new
 *               9 damaged           10 busy           11 read only       12 input or output
 *              13 cancelled         14 unknown format 15 invalid UTF-8   16 forked
 *              17 out of memory     18 erased         19 expired         99 internal
 *             Numbers are never reused. A call marked "value" reads a field of an object, cannot
 *             fail and returns the field; for NULL, or a place that is not there, 0 or NULL.
 * Errors      The last parameter, `kn_error** error`, may be NULL. It is set to NULL on success and
 *             to an error of the caller's on failure: kn_error_free. No call keeps a "last error".
 * Ownership   `T** out` is the caller's to free with the one kn_*_free (kn_close) of T, and is NULL
 *             after a failure. Every other pointer handed out is borrowed: it lives as long as the
 *             object it was read from. What goes in is copied before the call returns.
 * Texts in    UTF-8, pointer and length in bytes, no NUL needed; NULL with length 0 is the empty
 *             text. Other bytes are code 15.
 * Texts out   UTF-8 and NUL-terminated; the length does not count the NUL.
 * Structs     The first member, struct_size, is the size the caller was compiled with. Option
 *             structs are filled by kn_*_options_init(options, size), then changed; NULL stands for
 *             the defaults. Structs that are filled by a call need struct_size set before it.
 *             Structs only grow at the end, and `reserved` is 0. kn_string, kn_date, kn_filter,
 * kn_mark, kn_violation and kn_facet_value have no struct_size: they never change. Flags uint8_t: 0
 * no, 1 yes. Instants    Milliseconds since 1970-01-01T00:00:00Z; in JSON
 * "2026-11-24T13:00:00.123Z". Threads     [any]: from any thread at any time, also at once on one
 * handle. [owner]: while no other thread uses the object. Freeing is always [owner]. Manners     No
 * call writes to stdout or stderr, aborts, installs a signal handler or changes the locale. No C++
 * exception leaves the library. Callbacks must not throw. Fork        In a child made by fork()
 * every call on a catalogue of the parent is code 16, and so is kn_open of a file that the parent
 * had open then: open catalogues after forking. kn_close leaks such a handle on purpose, the
 * parent's file stays whole. Kinds       0 organisation, 1 initiative, 2 case-study, 3 project, 4
 * call, 5 concept, 6 match-decision, 7 replication
 *
 * Everything here is since 2026.11, and unstable until CHANGELOG calls it stable; from then on
 * signature and meaning are frozen.
 */

/* -- Handles --------------------------------------------------------------------------------- */

typedef struct kn_error kn_error;                       /* why a call failed */
typedef struct kn_text kn_text;                         /* a text of the caller's */
typedef struct kn_cancel_token kn_cancel_token;         /* asks work to stop */
typedef struct kn_task kn_task;                         /* cancel and progress of long work */
typedef struct kn_catalogue kn_catalogue;               /* an open catalogue */
typedef struct kn_id_list kn_id_list;                   /* of kn_ids */
typedef struct kn_changes kn_changes;                   /* of kn_follow and kn_history */
typedef struct kn_results kn_results;                   /* of kn_search and kn_search_json */
typedef struct kn_partner_results kn_partner_results;   /* of kn_partners */
typedef struct kn_network kn_network;                   /* of kn_network_open */
typedef struct kn_arrays kn_arrays;                     /* of kn_path_arrays and its like */
typedef struct kn_recommendations kn_recommendations;   /* of kn_recommend_all */
typedef struct kn_import_report kn_import_report;       /* of kn_import and kn_retry */
typedef struct kn_quarantined_rows kn_quarantined_rows; /* of kn_quarantine */

typedef struct kn_string {
  const char* data;
  uint64_t length;
} kn_string;

/* One broken rule: where ("participations[2].role"), which ("unknown_code"), a text for people. */
typedef struct kn_violation {
  kn_string path;
  kn_string code;
  kn_string message;
} kn_violation;

/* -- Library --------------------------------------------------------------------------------- */

/* "2026.11.0". Static. [any], value. */
const char* kn_version(void);

/* "KN_E_NOT_FOUND" for 2; NULL for a number that is no code. Static. [any], value. */
const char* kn_code_name(int32_t code);

/* "case-study" for 2; NULL for a number that is no kind. Static. [any], value. */
const char* kn_kind_name(int32_t kind);

/* The number of a kind by its name. Fails with 1. [any] */
int32_t kn_kind_from_name(const char* name, uint64_t name_length, int32_t* kind, kn_error** error);

/* The label of a vocabulary's code in `language`, else in English, else the code itself. [any] */
int32_t kn_label(const char* vocabulary, uint64_t vocabulary_length, const char* code,
                 uint64_t code_length, const char* language, uint64_t language_length,
                 kn_text** label, kn_error** error);

/* The formats of kn_import: [{"name":"koinon","what":"..."}]. [any] */
int32_t kn_formats(kn_text** json, kn_error** error);

/* The fields that filters and facets know: ["kind","country",...]. [any] */
int32_t kn_facet_fields(kn_text** json, kn_error** error);

/* The fields of texts, for "fields" in a request: ["title","names",...]. [any] */
int32_t kn_text_fields(kn_text** json, kn_error** error);

/* The fields of ranges and sorting: ["date","start",...]. [any] */
int32_t kn_number_fields(kn_text** json, kn_error** error);

/* -- Errors ---------------------------------------------------------------------------------- */

/* [any], value: an error never changes. */
int32_t kn_error_code(const kn_error* error);
const char* kn_error_message(const kn_error* error);
uint64_t kn_error_violation_count(const kn_error* error);
const char* kn_error_violation_path(const kn_error* error, uint64_t place);
const char* kn_error_violation_code(const kn_error* error, uint64_t place);
const char* kn_error_violation_message(const kn_error* error, uint64_t place);
void kn_error_free(kn_error* error);

/* -- Texts ----------------------------------------------------------------------------------- */

/* [any], value. */
const char* kn_text_data(const kn_text* text);
uint64_t kn_text_length(const kn_text* text);
void kn_text_free(kn_text* text);

/* -- Long work: cancel and progress ---------------------------------------------------------- */

/* A flag that any number of tasks share. [any] */
int32_t kn_cancel_token_new(kn_cancel_token** token, kn_error** error);

/* Work notices within some 100 ms. For good: a cancelled token stays so. Safe in a signal handler.
 * [any] */
int32_t kn_cancel_token_cancel(kn_cancel_token* token);

/* [any], value. */
uint8_t kn_cancel_token_is_cancelled(const kn_cancel_token* token);

/* Tasks made with the token keep working. */
void kn_cancel_token_free(kn_cancel_token* token);

/* How far long work has come. `total` is 0 where it cannot be known beforehand. */
typedef struct kn_progress {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t done;
  uint64_t total;
  kn_string stage; /* "import", "index", "graph", "export", "check" ...; static; "" before work */
} kn_progress;

/* Called on the thread that does the work, at most some ten times a second. `progress` lives for
 * the call. It may cancel; it must not use the catalogue. */
typedef void (*kn_progress_callback)(void* user_data, const kn_progress* progress);

typedef struct kn_task_options {
  uint32_t struct_size;
  int32_t reserved;
  const kn_cancel_token* cancel; /* NULL: one of the task's own */
  kn_progress_callback progress; /* NULL: none, see kn_task_progress */
  void* user_data;               /* handed to `progress` */
} kn_task_options;

/* [any] */
int32_t kn_task_options_init(kn_task_options* options, uint64_t size);

/* What every call that can take long accepts, or NULL. It must live until that call returns.
 * [any] */
int32_t kn_task_new(const kn_task_options* options, kn_task** task, kn_error** error);

/* Cancels the task's token, and with it every task that shares it. Safe in a
 * signal handler. [any] */
int32_t kn_task_cancel(kn_task* task);

/* The last progress of the work under this task: polled from another thread where a callback is
 * unwelcome. [any] */
int32_t kn_task_progress(const kn_task* task, kn_progress* progress, kn_error** error);

void kn_task_free(kn_task* task);

/* -- Opening --------------------------------------------------------------------------------- */

/* A model of the host's own that turns texts into vectors: what means the same, in whatever
 * language, should point the same way. It must live as long as the catalogue. */
typedef struct kn_embedder {
  uint32_t struct_size;
  uint32_t dimension; /* of its vectors: a multiple of 64, at most 4096 */
  uint64_t version;   /* another number, other vectors: the index is made anew */
  void* context;
  /* Writes `dimension` numbers and returns 1; 0 for a text that it cannot place. One with a number
   * not finite, or not written, has no vector. Called from any thread, from several at once.
   * `language` is a BCP 47 tag, "und" where it is not known. */
  int32_t (*embed)(void* context, const char* text, uint64_t text_length, const char* language,
                   uint64_t language_length, float* out);
} kn_embedder;

typedef struct kn_open_options {
  uint32_t struct_size;
  int32_t busy_timeout_ms;  /* how long a write waits for another process's write; 5000 */
  uint8_t create;           /* make the file if there is none; 1 */
  uint8_t read_only;        /* needs an existing file; nothing is written; 0 */
  uint8_t background_views; /* start building the views at once, on a thread of its own; 0 */
  uint8_t thesaurus;        /* find concepts: EuroVoc and the glossary of social innovation; 1 */
  uint8_t reserved[4];
  /* File of word vectors for search by meaning, docs/reference/word-vectors.md; "" for none. It is
   * mapped, and must stay as it is while the catalogue is open. */
  kn_string word_vectors;
  const kn_embedder* embedder; /* in the place of that file; NULL for none */
  /* Files of languages that the library does not have, as JSON, docs/reference/languages.md. They
   * hold for the process. */
  const kn_string* languages;
  uint64_t language_count;
  /* SKOS files of the host's own, docs/reference/concepts.md: with `thesaurus` 1 they are joined to
   * what is bundled, with 0 they stand in its place. Compiled at the first opening, which takes
   * seconds, and kept beside the catalogue; an index made with other concepts is made anew. */
  const kn_string* thesaurus_files;
  uint64_t thesaurus_file_count;
  kn_string thesaurus_language; /* of their labels that state none; "": those are left out */
  /* The model whose ready vectors count: those of kn_put_vectors under this name, and
   * kn_search_options.vector; "" for none. With an embedder or a file of word vectors it is the
   * name of that. */
  kn_string vector_model;
  uint64_t vector_dimension; /* of its vectors; 0: as the embedder or the file says */
  /* What time it is, in milliseconds since 1970-01-01T00:00:00Z, in place of the system's clock:
   * for the steps of lives and what guards them, and for the journal entries of writes and steps.
   * NULL for none. Called with `clock_context` from any thread, from several at once; both must
   * live as long as the catalogue. */
  int64_t (*clock)(void* clock_context);
  void* clock_context;
} kn_open_options;

/* [any] */
int32_t kn_open_options_init(kn_open_options* options, uint64_t size);

/* Opens, or creates, the catalogue at `path`; ":memory:" lives as long as the handle. Takes
 * milliseconds at any size: views are built when first asked for. A file that is not a catalogue,
 * is newer or damaged is refused and left untouched. Fails with 2, 7, 8, 9, 10, 12, and with 2, 6,
 * 12 or 14 for a file of `options` that cannot be used, which the message names. [any] */
int32_t kn_open(const char* path, uint64_t path_length, const kn_open_options* options,
                kn_catalogue** catalogue, kn_error** error);

/* Frees the handle; NULL is fine. Returns 16 in a forked child, where it leaks on purpose.
 * [owner] */
int32_t kn_close(kn_catalogue* catalogue);

/* -- Writing: each call is one transaction, all or nothing ----------------------------------- */

typedef struct kn_write_options {
  uint32_t struct_size;
  int32_t reserved;
  /* Fails with 4 unless this is the present version; 0 "must not exist"; KN_ANY_VERSION, all bits
   * set (UINT64_MAX, -1 as a signed number), the default: whatever it is. */
  uint64_t expected_version;
  kn_string by; /* who, kept in the journal */
} kn_write_options;

/* [any] */
int32_t kn_write_options_init(kn_write_options* options, uint64_t size);

typedef struct kn_written {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t version;
  uint64_t change; /* number of the journal entry; 0 where nothing changed */
  char id[72];     /* NUL-terminated; an id has at most 64 bytes */
} kn_written;

/* Writes the record that `json` holds, in the form of "record" in kn_get_json. An empty id asks for
 * a new one; an id of the host's own is 1 to 64 of A-Z a-z 0-9 . _ : - beginning with a letter or
 * digit. `written` may be NULL. Fails with 4, 5 (with every violation), 10, 11. [any] */
int32_t kn_put_json(kn_catalogue* catalogue, int32_t kind, const char* id, uint64_t id_length,
                    const char* json, uint64_t json_length, const kn_write_options* options,
                    kn_written* written, kn_error** error);

/* Takes the record out of the present state; its history stays readable. Fails with 2, 4, 10, 11.
 * [any] */
int32_t kn_remove(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                  const kn_write_options* options, kn_error** error);

/* Takes every version of the record's content out of the file and the views; participations that
 * name it and quarantined rows that hold its id or one of its identifiers go with it. Its id stays,
 * in the journal. Backups and exports made earlier are out of reach. `options` may not ask for a
 * version. Time grows with the file. Fails with 2, 10, 11, 13. [any] */
int32_t kn_erase(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                 const kn_write_options* options, const kn_task* task, kn_error** error);

/* Keeps ready vectors of records, from a model that the host ran itself, in the place of those that
 * the same `model` (a name of the host's own, 1 to 200 bytes) had for them: `count` rows of
 * `dimension` numbers each, row after row, for the record of the same place in `ids`. A record that
 * is named again has several, for passages of its texts; sixteen at most. Only directions count.
 * Who opens the catalogue with kn_open_options.vector_model finds the records by them. Rows that
 * cannot be are left out and reported, the others go in: {"rows","stored","unchanged","change",
 * "refused":[{"row","id","code","message"}]}, with codes "not_finite", "zeros", "too_many",
 * "not_found", "removed" and "erased". `refused`, the number of those, and `json` may be NULL;
 * `options` may not ask for a version. Fails with 1 (a name, dimension or count that cannot be, or
 * another dimension than the model has in this catalogue), 10, 11, 13, 15. [any] */
int32_t kn_put_vectors(kn_catalogue* catalogue, const char* model, uint64_t model_length,
                       const kn_string* ids, uint64_t count, const float* numbers,
                       uint64_t dimension, const kn_write_options* options, const kn_task* task,
                       uint64_t* refused, kn_text** json, kn_error** error);

/* Forgets all vectors of a model. `records`, how many had any, may be NULL; `options` as above.
 * Fails with 1, 10, 11, 13, 15. [any] */
int32_t kn_drop_vectors(kn_catalogue* catalogue, const char* model, uint64_t model_length,
                        const kn_write_options* options, const kn_task* task, uint64_t* records,
                        kn_error** error);

/* -- Reading --------------------------------------------------------------------------------- */

/* {"id","kind","version","change","created","updated","record":{...}}. `version` 0 is the present
 * one. Fails with 2 when it never was or was removed, 18 when it was erased. [any] */
int32_t kn_get_json(kn_catalogue* catalogue, const char* id, uint64_t id_length, uint64_t version,
                    kn_text** json, kn_error** error);

/* At most `limit` ids of `kind` after the id `after` ("" to begin), in order of id: a page of a
 * walk over everything. [any] */
int32_t kn_ids(kn_catalogue* catalogue, int32_t kind, const char* after, uint64_t after_length,
               uint64_t limit, kn_id_list** ids, kn_error** error);

/* [any], value. */
uint64_t kn_id_list_count(const kn_id_list* ids);
const char* kn_id_list_id(const kn_id_list* ids, uint64_t place);
void kn_id_list_free(kn_id_list* ids);

/* -- The journal ----------------------------------------------------------------------------- */

typedef struct kn_change {
  uint32_t struct_size;
  int32_t what; /* 0 put, 1 remove, 2 erase, 3 vectors: ready ones were brought or dropped */
  int32_t kind;
  int32_t reserved;
  uint64_t n;
  uint64_t version;
  uint64_t at;
  kn_string id;
  kn_string by;
  kn_string body; /* the record as JSON; empty but for a put, and for a put erased later */
} kn_change;

/* Journal entries after change `n`, in order, at most `limit` (0: 1000). Applying them in order,
 * each any number of times, gives the catalogue. The journal is kept for the life of the file.
 * [any] */
int32_t kn_follow(kn_catalogue* catalogue, uint64_t n, uint64_t limit, kn_changes** changes,
                  kn_error** error);

/* All versions of one record, oldest first. Fails with 2. [any] */
int32_t kn_history(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                   kn_changes** changes, kn_error** error);

/* [any], value. */
uint64_t kn_changes_count(const kn_changes* changes);

/* Fills `change`; its texts are borrowed from `changes`. [any] */
int32_t kn_changes_get(const kn_changes* changes, uint64_t place, kn_change* change,
                       kn_error** error);

/* "what" is "put", "remove", "erase" or "vectors".
 * [{"n","what","id","kind","version","at","by","record":{...} or null}]. [any] */
int32_t kn_changes_json(const kn_changes* changes, kn_text** json, kn_error** error);

void kn_changes_free(kn_changes* changes);

/* -- Searching ------------------------------------------------------------------------------- */

/* Keeps records of which the facet `field` has at least one of `codes`. */
typedef struct kn_filter {
  kn_string field;
  const kn_string* codes;
  uint64_t code_count;
} kn_filter;

/* The questions that most hosts ask; kn_search_json asks all the others. */
typedef struct kn_search_options {
  uint32_t struct_size;
  uint8_t unpublished; /* also case studies that are not in state "published"; 0 */
  uint8_t snippets;    /* 1 */
  uint8_t wait;        /* 1; 0: fail with 10 while the index is being built */
  uint8_t reserved;
  kn_string text;           /* words are alternatives, +must -not "side by side"; never an error */
  kn_string language;       /* of the user; "" when unknown: a prior, never a filter */
  const kn_filter* filters; /* all must hold; none changes a score */
  uint64_t filter_count;
  const kn_string* facets; /* fields to count */
  uint64_t facet_count;
  uint64_t facet_values; /* most frequent values kept for each facet; 10 */
  uint64_t limit;        /* 10 */
  uint64_t offset;       /* 0 */
  /* kn_results_summary.next of the page before, the rest of the question as it was then; `offset`
   * does not count. Fails with 19 when its state of the catalogue is no longer kept, with 1 when it
   * belongs to another question. */
  kn_string after;
  /* For how long the state that was searched is kept for the pages to come, at most 3600; 0: no
   * `next` is given. */
  double keep_seconds;
  double deadline_seconds; /* then the answer is what has been found so far; 0: without limit */
  uint8_t as_you_type;     /* the last word may be the beginning of one; 0 */
  uint8_t suggest;         /* a better spelling where a word is in no record; 1 */
  uint8_t multi_select;    /* a facet that a filter picks from is counted without that filter; 0 */
  uint8_t across;          /* also records in other languages than `language`; 1 */
  uint8_t words;           /* the ways of finding a record: by the words of the question; 1 */
  uint8_t concepts;        /* by what they mean in the thesaurus, and what is near that; 1 */
  uint8_t spelling;        /* names and words that languages share, by their letters; 1 */
  uint8_t meaning;         /* by vectors, where the catalogue was opened with any; 1 */
  /* What is asked for as a vector of kn_open_options.vector_model, in the place of the one that an
   * embedder makes of `text`; without any text the records with the nearest vectors are found. NULL
   * for none. */
  const float* vector;
  uint64_t vector_length; /* its numbers */
} kn_search_options;

/* [any] */
int32_t kn_search_options_init(kn_search_options* options, uint64_t size);

typedef struct kn_results_summary {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t change; /* the answer is that of the catalogue after this change */
  uint64_t total;  /* matches in all, exact unless late */
  uint64_t hit_count;
  uint64_t facet_count;
  const kn_string* ignored; /* parts of the question that were not understood */
  uint64_t ignored_count;
  kn_string suggestion; /* the question in words that the catalogue has; "" where all are there */
  kn_string next;       /* kn_search_options.after of the next page; "" after the last */
  /* Beginnings and fuzzy words that stand for more words than are looked at; the most frequent ones
   * were. */
  const kn_string* cut;
  uint64_t cut_count;
  uint8_t late; /* 1: the deadline came first, what is here is right but not all */
  uint8_t reserved_2[7];
} kn_results_summary;

/* Byte range [begin, end) of a snippet that matched; never splits a character. */
typedef struct kn_mark {
  uint64_t begin;
  uint64_t end;
} kn_mark;

/* Through what a hit was found. */
typedef struct kn_found_through {
  kn_string signal;   /* "words", "concepts", "spelling" or "meaning" */
  kn_string language; /* of the word that matched; "" for the others */
  kn_string what;     /* the words of the question; labels of concepts in the user's language */
  double share;       /* of the hit's score, 0 to 1 */
} kn_found_through;

typedef struct kn_hit {
  uint32_t struct_size;
  int32_t kind;
  double score; /* BM25, only comparable within one answer */
  kn_string id;
  kn_string title;
  kn_string title_language;
  const kn_string* countries;
  uint64_t country_count;
  kn_string snippet; /* empty where none was asked for, or nothing matched in a text */
  kn_string snippet_field;
  kn_string snippet_language;
  const kn_mark* marks;
  uint64_t mark_count;
  kn_string group;  /* where groups were asked for: id of the initiative, "" where there is none */
  uint64_t grouped; /* matches of that group, this one included; 1 */
  const kn_found_through* found_through; /* by falling share */
  uint64_t found_through_count;
} kn_hit;

typedef struct kn_facet_value {
  kn_string code;
  uint64_t count;
} kn_facet_value;

typedef struct kn_facet {
  uint32_t struct_size;
  int32_t reserved;
  kn_string field;
  const kn_facet_value* values; /* by falling count, then code */
  uint64_t value_count;
  uint64_t distinct; /* values in all, shown or not */
} kn_facet;

/* An empty text finds every record, newest first. Fails with 1 (a field that there is not, an
 * `after` of another question), 10, 13, 19. [any] */
int32_t kn_search(kn_catalogue* catalogue, const kn_search_options* options, const kn_task* task,
                  kn_results** results, kn_error** error);

/* The same for a request in JSON, docs/reference/search-request.md: structured questions, ranges,
 * distances, records like another, order, groups. {"text":"youth","filters":[{"field":"country",
 * "any_of":["FI"]}]}; what is left out is as in kn_search_options_init. Fails with 1 (with a
 * violation for everything in `request` that is wrong), 2 (a record that others shall be like), 10,
 * 13, 19. [any] */
int32_t kn_search_json(kn_catalogue* catalogue, kn_string request, const kn_task* task,
                       kn_results** results, kn_error** error);

/* These fill a struct; its pointers are borrowed from `results`. [any] */
int32_t kn_results_summarise(const kn_results* results, kn_results_summary* summary,
                             kn_error** error);
int32_t kn_results_hit(const kn_results* results, uint64_t place, kn_hit* hit, kn_error** error);
int32_t kn_results_facet(const kn_results* results, uint64_t place, kn_facet* facet,
                         kn_error** error);

/* {"change","total","hits":[{"id","kind","score","title","title_language","countries":[],"snippet":
 * {"field","language","text","marks":[[begin,end]]} or null,"group","grouped"}],"facets":[{"field",
 * "distinct","values":[{"code","count"}]}],"ignored":[],"cut":[],"suggestion","next",
 * "late":bool}. [any] */
int32_t kn_results_json(const kn_results* results, kn_text** json, kn_error** error);

void kn_results_free(kn_results* results);

/* Why the record `id` is in the answer to a request as of kn_search_json, or is not; a record that
 * is not there is a reason, no failure.
 * {"id","change","found":bool,"score","rank","parts":[{"what",
 * "language","matched":bool,"required":bool,"excluded":bool,"score","share","records"}],"reasons":
 * [{"code","message"}]}: of what is found the scores of the parts add up to its own, `rank` is 1
 * for the first and 0 for what is not found, `records` are those that have the part. Codes of
 * reasons: "not-there", "removed", "erased", "not-indexed", "draft", "filtered-out", "missing",
 * "excluded", "no-term", "other-language". Costs what the answer to all pages of the request costs.
 * Fails with 1, 2 (as kn_search_json), 10, 13, 19. [any] */
int32_t kn_explain(kn_catalogue* catalogue, kn_string request, kn_string id, const kn_task* task,
                   kn_text** json, kn_error** error);

/* Which saved searches find records that were written after change `after`, as they are now: to be
 * asked after a commit, or now and then, with the "change" of the answer before. The host keeps the
 * searches: [{"name","request":{...}}], requests as of kn_search_json, of which page, order and
 * facets do not count. {"change","alerts":[{"change","record","search"}]}, by change, then in the
 * order of the searches; "search" is the name. Time grows with the changes since, and there is one
 * search for each. Fails with 1 (with a violation for everything in `searches` that is wrong), 2
 * (as kn_search_json), 10, 13, 19. [any] */
int32_t kn_alerts(kn_catalogue* catalogue, kn_string searches, uint64_t after, const kn_task* task,
                  kn_text** json, kn_error** error);

/* -- Concepts and labels --------------------------------------------------------------------- */

/* The label of a facet's code in `language`, else in English, else in another that has one, else
 * the code itself: for every field of kn_facet_fields. Fails with 1 for another field. [any] */
int32_t kn_facet_label(kn_catalogue* catalogue, kn_string field, kn_string code, kn_string language,
                       kn_text** label, kn_error** error);

/* A concept of the thesaurus by its URI, or one that exactMatch makes the same: {"uri","label",
 * "language","other":[],"broader":[{"uri","label"}],"narrower":[...],"related":[...]}. Labels are
 * in `language`, else in English, else in the first that there is one in, else the URI; "language"
 * is that of "label" and "other", "" where the label is the URI. Fails with 2. [any] */
int32_t kn_concept_json(kn_catalogue* catalogue, kn_string uri, kn_string language, kn_text** json,
                        kn_error** error);

/* What became of thesaurus_files: {"bundled":bool,"concepts","own","languages":[{"language",
 * "concepts"}],"files":[{"path","statements","concepts","labels","deprecated","problems"}],
 * "problem_count","problems":[{"file","line","code","about","message"}],"kept":bool,"not_kept",
 * "seconds"}. "own" are the concepts of the files, "languages" count those of them that have a
 * preferred label; "problems" are the first thousand of each file and of all together, their codes
 * those of koinon/thesaurus.hpp; "kept" says whether the compiled form is kept beside the
 * catalogue, "not_kept" why it is not. [any] */
int32_t kn_thesaurus_json(kn_catalogue* catalogue, kn_text** json, kn_error** error);

/* -- Partners -------------------------------------------------------------------------------- */

typedef struct kn_partner_options {
  uint32_t struct_size;
  uint8_t wait;    /* 1; 0: fail with 10 while the graph is being built */
  uint8_t as_told; /* 0: organisations that decisions make one are one; 1: each by itself */
  uint8_t reserved[2];
  uint64_t limit;  /* 20 */
  uint64_t offset; /* 0 */
  uint64_t works;  /* shared records shown for each partner; 5 */
} kn_partner_options;

/* [any] */
int32_t kn_partner_options_init(kn_partner_options* options, uint64_t size);

typedef struct kn_partner_summary {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t change;
  uint64_t total;     /* partners in all */
  uint64_t works;     /* records the organisation takes part in */
  uint64_t component; /* organisations reachable over any number of partnerships, itself included */
  uint64_t partner_count;
} kn_partner_summary;

typedef struct kn_partner {
  uint32_t struct_size;
  int32_t reserved;
  double strength; /* Newman: sum of 1 / (members - 1) over the shared records; larger is closer */
  uint64_t shared; /* records shared in all */
  kn_string id;
  kn_string name;
  kn_string country;
  uint64_t work_count;
} kn_partner;

typedef struct kn_shared_work {
  uint32_t struct_size;
  int32_t kind;
  kn_string id;
  kn_string title;
  kn_string from; /* "2016", "2016-03", "2016-03-31"; "" when unknown */
  kn_string to;
  const kn_string* own_roles; /* of the organisation asked about */
  uint64_t own_role_count;
  const kn_string* partner_roles;
  uint64_t partner_role_count;
  double own_share; /* of the record, 0 to 1; -1 where none is told */
  double partner_share;
} kn_shared_work;

/* Who works with the organisation, by falling strength. Fails with 2, 10, 13. [any] */
int32_t kn_partners(kn_catalogue* catalogue, const char* organisation, uint64_t organisation_length,
                    const kn_partner_options* options, const kn_task* task,
                    kn_partner_results** results, kn_error** error);

/* These fill a struct; its pointers are borrowed from `results`. Works: latest first. [any] */
int32_t kn_partner_results_summarise(const kn_partner_results* results, kn_partner_summary* summary,
                                     kn_error** error);
int32_t kn_partner_results_partner(const kn_partner_results* results, uint64_t place,
                                   kn_partner* partner, kn_error** error);
int32_t kn_partner_results_work(const kn_partner_results* results, uint64_t partner_place,
                                uint64_t work_place, kn_shared_work* work, kn_error** error);

/* {"change","total","works","component","partners":[{"id","name","country","shared","strength",
 * "works":[{"id","kind","title","from","to","own_roles":[],"partner_roles":[],
 * "own_share","partner_share"}]}]}; a share is from 0 to 1, or null. [any] */
int32_t kn_partner_results_json(const kn_partner_results* results, kn_text** json,
                                kn_error** error);

void kn_partner_results_free(kn_partner_results* results);

/* The partnership graph as a whole. */
typedef struct kn_graph_figures {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t change;
  uint64_t organisations; /* that take part in anything */
  uint64_t works;
  uint64_t participations;
  uint64_t components;
  uint64_t largest_component;
} kn_graph_figures;

/* Fails with 10, 13. [any] */
int32_t kn_graph_summary(kn_catalogue* catalogue, const kn_task* task, kn_graph_figures* figures,
                         kn_error** error);

/* -- Who is who ------------------------------------------------------------------------------ */

/* How kn_match looks for organisations that are one. */
typedef struct kn_match_options {
  uint32_t struct_size;
  uint8_t dry_run; /* 0; 1: tell what it would write, and write nothing */
  uint8_t reserved[3];
  double threshold; /* 0.9: two are taken for the same from this probability on */
  double support;   /* 0.5: and two groups for one from this mean of all pairs between them on */
  uint64_t review;  /* 1,000: so many pairs that it is unsure of are put before people */
} kn_match_options;

/* [any] */
int32_t kn_match_options_init(kn_match_options* options, uint64_t size);

/* Looks through all organisations for those that are one, and writes what it finds as decisions by
 * rule, in one transaction; `by` is kept in the journal. Organisations stay as they are; the same
 * run again writes nothing. `json`, which may be NULL: {"organisations","pairs","same","unsure",
 * "added","dropped","change","seconds","conflicts":[conflict],"proposed":[decision]}; a conflict is
 * {"left","right","by_person","stands","chain":[{"from","to","by_person"}]}, a decision {"id",
 * "holds","decision":{the record}}. Fails with 1, 10, 11, 13. [any] */
int32_t kn_match(kn_catalogue* catalogue, const kn_match_options* options, const char* by,
                 uint64_t by_length, const kn_task* task, kn_text** json, kn_error** error);

/* What a person says of two organisations: "same", "different" or "unsure". It goes before any
 * rule, and takes an earlier word of a person on the two back. `id`, which may be NULL: of the
 * decision. Fails with 1, 2, 5, 10, 11. [any] */
int32_t kn_decide(kn_catalogue* catalogue, const char* left, uint64_t left_length,
                  const char* right, uint64_t right_length, const char* verdict,
                  uint64_t verdict_length, const char* reason, uint64_t reason_length,
                  const char* by, uint64_t by_length, kn_text** id, kn_error** error);

/* Takes a decision back by another that says so, whose id is given: organisations and state exports
 * are then as if it had never been. Taken back itself, the first holds again. Fails with 1, 2, 10,
 * 11. [any] */
int32_t kn_undo_decision(kn_catalogue* catalogue, const char* decision, uint64_t decision_length,
                         const char* reason, uint64_t reason_length, const char* by,
                         uint64_t by_length, kn_text** id, kn_error** error);

/* An organisation as merged: {"change","id","members":[id],"merged":{the record},"crosswalk":[{
 * "scheme","conflict","values":[{"value","organisations":[id]}]}],"decisions":[decision],
 * "conflicts":[conflict]}. Fails with 1, 2, 10, 13, 18. [any] */
int32_t kn_identity(kn_catalogue* catalogue, const char* organisation, uint64_t organisation_length,
                    const kn_task* task, kn_text** json, kn_error** error);

/* What the rule is unsure of and nobody has settled, the most valuable first: {"change","total",
 * "items":[{"decision","left","right","left_name","right_name","probability","stake","value",
 * "reason"}]}. Fails with 10, 13. [any] */
int32_t kn_review(kn_catalogue* catalogue, uint64_t limit, uint64_t offset, const kn_task* task,
                  kn_text** json, kn_error** error);

/* Organisations that decisions chain together and that may not be one: [conflict]. Fails with 10,
 * 13. [any] */
int32_t kn_identity_conflicts(kn_catalogue* catalogue, const kn_task* task, kn_text** json,
                              kn_error** error);

/* -- Answers as arrays ----------------------------------------------------------------------- */

/* Calls named *_arrays answer without JSON: they fill a struct, whose struct_size is set before,
 * with pointers to arrays, and `arrays` is what all of these lie in. It is the caller's, to free
 * with kn_arrays_free, which ends all of them at once; it outlives the catalogue and the network
 * that were asked. An array has as many entries as is said beside it, and may be NULL if that is
 * none. After a failure the struct is as it was. */
void kn_arrays_free(kn_arrays* arrays);

/* A chain of partnerships: the organisations at i and i + 1 share the record works[i]. A name and a
 * country are "" where no record tells them. */
typedef struct kn_path_answer {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t change;
  double length;               /* records on the way; of a strongest path the sum of
                                  1 / strength; infinite where there is no way */
  uint64_t organisation_count; /* 0: there is no way */
  const kn_string* ids;        /* organisation_count */
  const kn_string* names;      /* organisation_count */
  const kn_string* countries;  /* organisation_count: of the first address */
  const uint32_t* numbers;     /* organisation_count: in the network; NULL of a catalogue */
  uint64_t work_count;         /* one fewer, or 0 */
  const kn_string* works;      /* work_count: ids */
} kn_path_answer;

/* What lies within some hops, the organisation asked of first, and the ties among all of it, each
 * once, by from, then to. */
typedef struct kn_around_answer {
  uint32_t struct_size;
  uint8_t complete; /* 0: the limit cut it short */
  uint8_t reserved[3];
  uint64_t change;
  uint64_t organisation_count;
  const kn_string* ids;       /* organisation_count */
  const kn_string* names;     /* organisation_count */
  const kn_string* countries; /* organisation_count */
  const uint32_t* numbers;    /* organisation_count: in the network; NULL of a catalogue */
  const uint32_t* hops;       /* organisation_count: rising */
  uint64_t tie_count;
  const uint32_t* from;   /* tie_count: places in `ids`, from < to */
  const uint32_t* to;     /* tie_count */
  const double* strength; /* tie_count: Newman's */
} kn_around_answer;

/* Whom a walk that keeps coming back to some organisations meets most (personalised PageRank),
 * these left out: by falling score. */
typedef struct kn_near_answer {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t change;
  double error_bound; /* of the sum of all errors */
  uint64_t organisation_count;
  const kn_string* ids;       /* organisation_count */
  const kn_string* names;     /* organisation_count */
  const kn_string* countries; /* organisation_count */
  const uint32_t* numbers;    /* organisation_count: in the network; NULL of a catalogue */
  const double* scores;       /* organisation_count: 0 to 1 */
} kn_near_answer;

/* How a network came to be, by year of the first day known; what has any unknown start is new in
 * no year. */
typedef struct kn_growth_answer {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t change;
  uint64_t undated;    /* participations without a known start */
  uint64_t year_count; /* without gaps; 0 where no start is known */
  const int32_t* years;
  const uint64_t* participations;    /* year_count: that began in the year */
  const uint64_t* new_organisations; /* year_count */
  const uint64_t* new_works;         /* year_count */
  const uint64_t* new_ties;          /* year_count: partners who met for the first time */
} kn_growth_answer;

/* Records by axes. The codes of cell i are cell_codes[i * axis_count] and those after it, beside
 * `axes`; of gaps likewise. */
typedef struct kn_coverage_answer {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t change;
  uint64_t total; /* records of all cells; one with several codes counts for each combination */
  uint64_t axis_count;
  const kn_string* axes;        /* axis_count */
  uint64_t cell_count;          /* cells with any record, by codes */
  const kn_string* cell_codes;  /* cell_count rows of axis_count */
  const uint64_t* cell_records; /* cell_count */
  const double* cell_expected;  /* cell_count: if the axes had nothing to do with each other */
  uint64_t gap_count;           /* those first that are farthest below what is expected */
  const kn_string* gap_codes;   /* gap_count rows of axis_count */
  const uint64_t* gap_records;  /* gap_count */
  const double* gap_expected;   /* gap_count */
} kn_coverage_answer;

/* -- Around one or two organisations --------------------------------------------------------- */

/* Questions to the partnership graph as it is now: none copies it, so that the first answer after a
 * write comes as soon as any. A record as a path or a common partner shows it is
 * {"id","kind","title","from","to","own_roles":[],"partner_roles":[],"own_share","partner_share"}.
 */
typedef struct kn_local_options {
  uint32_t struct_size;
  uint8_t wait;    /* 1; 0: fail with 10 while the graph is being built */
  uint8_t as_told; /* 0: organisations that decisions make one are one; 1: each by itself */
  uint8_t reserved[2];
  uint32_t hops;         /* of kn_around; 1 */
  uint32_t around_limit; /* of kn_around: organisations, itself included; 500; 0: all */
  uint64_t limit;        /* of kn_common_partners and kn_nearby; 20; 0: none, but figures */
  uint64_t offset;       /* of kn_common_partners; 0 */
  uint64_t works;        /* of kn_common_partners: records shown of each with either; 3 */
  double epsilon; /* of kn_nearby: no score is off by more than this times the records that an
                     organisation shares with anyone; 2e-4 */
  double damping; /* of kn_nearby, 0 up to but not 1; 0.85 */
} kn_local_options;

/* [any] */
int32_t kn_local_options_init(kn_local_options* options, uint64_t size);

/* {"change","organisations":[{"id","name","country"}],"works":[records, one fewer]}, both empty
 * where there is no way: a chain with the fewest records. The "own_roles" are those of the
 * organisation before the record. Fails with 1, 2, 3, 10, 13. [any] */
int32_t kn_path(kn_catalogue* catalogue, const char* from, uint64_t from_length, const char* to,
                uint64_t to_length, const kn_local_options* options, const kn_task* task,
                kn_text** json, kn_error** error);

/* What lies within some hops, the organisation itself first: {"change","complete",
 * "organisations":[{"id","name","country","hops"}],"ties":[{"from","to","strength"}]}, ties between
 * places in "organisations"; not complete where the limit cut it short. Fails as kn_path. [any] */
int32_t kn_around(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                  const kn_local_options* options, const kn_task* task, kn_text** json,
                  kn_error** error);

/* Partners of both, by the weaker of the two ties, the strongest first: {"change","total",
 * "partners":[{"id","name","country","shared","strength","shared_other","strength_other",
 * "works":[records],"works_other":[records]}]}; "other" is with the second. Fails as kn_path. [any]
 */
int32_t kn_common_partners(kn_catalogue* catalogue, const char* one, uint64_t one_length,
                           const char* other, uint64_t other_length,
                           const kn_local_options* options, const kn_task* task, kn_text** json,
                           kn_error** error);

/* The organisations that a walk which keeps coming back to some meets most (personalised PageRank),
 * these left out: {"change","error_bound","organisations":[{"id","name","country","score"}]}; the
 * bound is of the sum of all errors. Fails as kn_path. [any] */
int32_t kn_nearby(kn_catalogue* catalogue, const kn_string* organisations,
                  uint64_t organisation_count, const kn_local_options* options, const kn_task* task,
                  kn_text** json, kn_error** error);

/* kn_path, kn_around and kn_nearby as arrays: the same answers to the same questions, but for the
 * titles, dates and roles of the records along a path. Each fails as the call it is named after,
 * with 1 also for a struct_size that was not set. O(what is in the answer), beside the search.
 * [any] */
int32_t kn_path_arrays(kn_catalogue* catalogue, const char* from, uint64_t from_length,
                       const char* to, uint64_t to_length, const kn_local_options* options,
                       const kn_task* task, kn_path_answer* answer, kn_arrays** arrays,
                       kn_error** error);
int32_t kn_around_arrays(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                         const kn_local_options* options, const kn_task* task,
                         kn_around_answer* answer, kn_arrays** arrays, kn_error** error);
int32_t kn_nearby_arrays(kn_catalogue* catalogue, const kn_string* organisations,
                         uint64_t organisation_count, const kn_local_options* options,
                         const kn_task* task, kn_near_answer* answer, kn_arrays** arrays,
                         kn_error** error);

/* -- Networks -------------------------------------------------------------------------------- */

/* A day, or, with 0 for what is not known, a month or year; year 0: no date. */
typedef struct kn_date {
  int16_t year;
  uint8_t month;
  uint8_t day;
} kn_date;

/* Which participations make a network: all conditions must hold, an empty list means any. What is
 * in a vocabulary is told by code or name, and what is in none is refused. */
typedef struct kn_network_options {
  uint32_t struct_size;
  uint8_t wait;    /* 1; 0: fail with 10 while the graph is being built */
  uint8_t running; /* 0: what began in the period; 1: what ran at any time in it */
  uint8_t undated; /* 1; 0: without what has no known start, which else is before every date */
  uint8_t as_told; /* 0: organisations that decisions make one are one; 1: each by itself */
  kn_date from;    /* both ends are in the period; none: without limit */
  kn_date until;   /* alone: the network as of then */
  const kn_string* countries; /* of an organisation's first address */
  uint64_t country_count;
  const kn_string* kinds;
  uint64_t kind_count;
  const kn_string* roles;
  uint64_t role_count;
  const kn_string* programmes; /* as projects and calls write them; others are refused */
  uint64_t programme_count;
  const kn_string* themes; /* or as records or the thesaurus have them */
  uint64_t theme_count;
  const kn_string* target_groups;
  uint64_t target_group_count;
  uint64_t max_members; /* without records of more organisations; 0: with all */
} kn_network_options;

/* [any] */
int32_t kn_network_options_init(kn_network_options* options, uint64_t size);

/* The partnership network that some participations make, as it is now. It stays so whatever is
 * written, and outlives its catalogue. Organisations are numbered from 0 by rising id. Fails with
 * 1, 10, 13. [any] */
int32_t kn_network_open(kn_catalogue* catalogue, const kn_network_options* options,
                        const kn_task* task, kn_network** network, kn_error** error);

/* Who takes part in what, as columns of a table of the caller's: row i says that organisation[i]
 * takes part in work[i]. Other columns may be null; those beside `organisations` have as many
 * entries. */
typedef struct kn_network_rows {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t row_count;
  const uint32_t* organisation;   /* places in `organisations` */
  const uint32_t* work;           /* places in `works` */
  const uint16_t* role;           /* places in `roles` */
  const int32_t* from_day;        /* from 1970-01-01; INT32_MIN: not known */
  const int32_t* to_day;          /* INT32_MAX: not known */
  const kn_string* organisations; /* ids, each once; none: the numbers are ids, as "007" */
  uint64_t organisation_count;
  const kn_string* names;
  const kn_string* countries;
  const kn_string* kinds;
  const kn_string* works;
  uint64_t work_count;
  const kn_string* roles; /* at most 4,096 */
  uint64_t role_count;
} kn_network_rows;

/* [any] */
int32_t kn_network_rows_init(kn_network_rows* rows, uint64_t size);

/* A network of rows that no catalogue has, of change 0. Free it with kn_network_free. Fails with 1,
 * naming column and row. [any] */
int32_t kn_network_of_rows(const kn_network_rows* rows, kn_network** network, kn_error** error);

typedef struct kn_network_figures {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t change;
  uint64_t organisations;
  uint64_t works; /* records that any of them takes part in */
  uint64_t participations;
} kn_network_figures;

typedef struct kn_network_organisation {
  uint32_t struct_size;
  int32_t reserved;
  kn_string id;
  kn_string name;
  kn_string country;
  kn_string kind;
} kn_network_organisation;

/* These fill a struct; its texts are borrowed from `network`. The second fails with 2 for a number
 * past the last. [any] */
int32_t kn_network_describe(const kn_network* network, kn_network_figures* figures,
                            kn_error** error);
int32_t kn_network_get(const kn_network* network, uint64_t number,
                       kn_network_organisation* organisation, kn_error** error);

/* The number of an organisation. Fails with 2. [any] */
int32_t kn_network_find(const kn_network* network, const char* id, uint64_t id_length,
                        uint64_t* number, kn_error** error);

/* The names of the measures: ["works","partners",...]. [any] */
int32_t kn_network_measures(kn_text** json, kn_error** error);

typedef struct kn_measure_options {
  uint32_t struct_size;
  int32_t reserved;
  double damping;           /* of pagerank, 0 up to but not 1; 0.85 */
  double tolerance;         /* of pagerank: the sum of all errors, in (0, 1); 1e-8 */
  double resolution;        /* of community, above 0: larger, more of them; 1 */
  double betweenness_error; /* in (0, 1): sampled, unless exact is likely to cost less; 0: exact up
                             * to 5,000 organisations, beyond that 0.01 */
  double failure;           /* in (0, 1): that a sampled betweenness is off by more; 0.1 */
  uint64_t seed;            /* of community and sampled betweenness; 1 */
} kn_measure_options;

/* [any] */
int32_t kn_measure_options_init(kn_measure_options* options, uint64_t size);

/* Fills values[0] to values[count - 1]; `count` must be the number of organisations. What is not
 * defined, as constraint without partners, is NaN. `about`, which may be NULL, gets, with 0 samples
 * for exact betweenness,
 * {"change","pagerank_error","betweenness_error","betweenness_samples","modularity"}. Fails with
 * 1, 13. [any] */
int32_t kn_network_measure(const kn_network* network, const char* measure, uint64_t measure_length,
                           const kn_measure_options* options, const kn_task* task, double* values,
                           uint64_t count, kn_text** about, kn_error** error);

/* Who belongs together, by "community" or "component": {"change","total","modularity","groups":[{
 * "number","size","inside","countries":[{"country","organisations"}],"members":[{"id","name",
 * "country"}]}]}, the largest first, `limit` of them, each with the `members` of its organisations
 * that have the most strength. "inside" is the part of the strength of its organisations' ties that
 * lies between two of them, null without ties. Fails with 1, 13. [any] */
int32_t kn_network_groups(const kn_network* network, const char* measure, uint64_t measure_length,
                          const kn_measure_options* options, uint64_t limit, uint64_t members,
                          const kn_task* task, kn_text** json, kn_error** error);

/* Numbers of the organisations of any of some countries and any of some kinds, by code or name; no
 * country, or no kind, means any. The network, and so every measure, stays as it is. `count` gets
 * how many there are, `numbers` as many as there is room for, `capacity` (with 0 it may be NULL).
 * Fails with 1. [any] */
int32_t kn_network_of(const kn_network* network, const kn_string* countries, uint64_t country_count,
                      const kn_string* kinds, uint64_t kind_count, uint32_t* numbers,
                      uint64_t capacity, uint64_t* count, kn_error** error);

/* Each tie once, from < to: `tie_count` gets their number, and the three arrays as many as they
 * have room for, `capacity` (with 0 they may be NULL). Strength: Newman's. Fails with 13. [any] */
int32_t kn_network_ties(const kn_network* network, const kn_task* task, uint32_t* from,
                        uint32_t* to, double* strength, uint64_t capacity, uint64_t* tie_count,
                        kn_error** error);

/* Hops from one organisation to each; 4294967295 where there is no way. `count` as of
 * kn_network_measure. Fails with 1, 2, 13. [any] */
int32_t kn_network_hops(const kn_network* network, const char* id, uint64_t id_length,
                        const kn_task* task, uint32_t* hops, uint64_t count, kn_error** error);

/* The same from each of several organisations, row by row: `count` must be organisation_count times
 * the number of organisations of the network, and the row of organisations[i] begins at hops[i *
 * that number]. Sources are walked 64 at a time, which costs far less than one by one. Fails with
 * 1, 2, 13. [any] */
int32_t kn_network_hops_from(const kn_network* network, const kn_string* organisations,
                             uint64_t organisation_count, const kn_task* task, uint32_t* hops,
                             uint64_t count, kn_error** error);

/* {"change","organisations":[ids],"works":[ids, one fewer]}, both empty where there is no way: a
 * chain with the fewest records. Fails with 2, 13. [any] */
int32_t kn_network_path(const kn_network* network, const char* from, uint64_t from_length,
                        const char* to, uint64_t to_length, const kn_task* task, kn_text** json,
                        kn_error** error);

/* The same where the sum of 1 / strength is least: a few close partnerships go before one that is
 * loose. {"change","organisations":[id],"works":[id],"length"}, which is null where there is no
 * way. Fails with 2, 13. [any] */
int32_t kn_network_strongest_path(const kn_network* network, const char* from, uint64_t from_length,
                                  const char* to, uint64_t to_length, const kn_task* task,
                                  kn_text** json, kn_error** error);

/* Records by two or three of "country", "kind" (of organisations), "programme", "theme",
 * "target-group":
 * {"change","axes","total","cells":[{"codes":[code],"records","expected"}],"gaps":[...]}. Gaps are
 * cells with fewer records than `least`, those first that are farthest below what would be expected
 * if the axes had nothing to do with each other, at most `limit`. Fails with 1, 13. [any] */
int32_t kn_network_coverage(const kn_network* network, const kn_string* axes, uint64_t axis_count,
                            uint64_t least, uint64_t limit, const kn_task* task, kn_text** json,
                            kn_error** error);

/* What lies within some hops:
 * {"change","organisations":[{"id","hops"}],"ties":[{"from","to","strength"}]}, ties between places
 * in "organisations". Fails with 2, 13. [any] */
int32_t kn_network_around(const kn_network* network, const char* id, uint64_t id_length,
                          uint32_t hops, const kn_task* task, kn_text** json, kn_error** error);

/* The organisations that a walk which keeps coming back to one meets most (personalised PageRank),
 * itself left out: {"change","error_bound","organisations":[{"id","score"}]}. Fails with 2, 13.
 * [any] */
int32_t kn_network_near(const kn_network* network, const char* id, uint64_t id_length,
                        uint64_t limit, const kn_task* task, kn_text** json, kn_error** error);

/* By year of the first day known: {"change","years":[],"participations":[],"new_organisations":[],
 * "new_works":[],"new_ties":[],"undated"}. Fails with 13. [any] */
int32_t kn_network_growth(const kn_network* network, const kn_task* task, kn_text** json,
                          kn_error** error);

typedef struct kn_nearness_options {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t limit; /* organisations at most; 20 */
  double epsilon; /* above 0: no score is off by more than this times the records that an
                     organisation shares with anyone; 1e-6 */
  double damping; /* 0 up to but not 1: how seldom the walk comes back; 0.85 */
} kn_nearness_options;

/* [any] */
int32_t kn_nearness_options_init(kn_nearness_options* options, uint64_t size);

/* The answers of the calls named alike as arrays; near to several organisations, and not one alone.
 * They fail as those, with 1 also for a struct_size that was not set, for options out of range, and
 * where no organisation is told to be near to. `strongest`: 0: as kn_network_path; 1: as
 * kn_network_strongest_path. O(what is in the answer), beside the search. [any] */
int32_t kn_network_path_arrays(const kn_network* network, const char* from, uint64_t from_length,
                               const char* to, uint64_t to_length, uint8_t strongest,
                               const kn_task* task, kn_path_answer* answer, kn_arrays** arrays,
                               kn_error** error);
int32_t kn_network_around_arrays(const kn_network* network, const char* id, uint64_t id_length,
                                 uint32_t hops, const kn_task* task, kn_around_answer* answer,
                                 kn_arrays** arrays, kn_error** error);
int32_t kn_network_near_arrays(const kn_network* network, const kn_string* organisations,
                               uint64_t organisation_count, const kn_nearness_options* options,
                               const kn_task* task, kn_near_answer* answer, kn_arrays** arrays,
                               kn_error** error);
int32_t kn_network_growth_arrays(const kn_network* network, const kn_task* task,
                                 kn_growth_answer* answer, kn_arrays** arrays, kn_error** error);
int32_t kn_network_coverage_arrays(const kn_network* network, const kn_string* axes,
                                   uint64_t axis_count, uint64_t least, uint64_t limit,
                                   const kn_task* task, kn_coverage_answer* answer,
                                   kn_arrays** arrays, kn_error** error);

typedef struct kn_save_network_options {
  uint32_t struct_size;
  uint8_t two_mode; /* 1: organisations and records as vertices, participations as edges; 0 */
  uint8_t reserved[3];
  kn_string format;          /* "graphml", "gexf", "json", "csv"; empty: by the file's ending */
  const kn_string* measures; /* beside each organisation */
  uint64_t measure_count;
} kn_save_network_options;

/* [any] */
int32_t kn_save_network_options_init(kn_save_network_options* options, uint64_t size);

/* Writes organisations with name, country, kind and measures, and ties with their strength as
 * "weight". An existing file is replaced once the new one is whole. CSV is two files: ties in
 * NAME.csv, organisations in NAME.vertices.csv. Fails with 1, 12, 13. [any] */
int32_t kn_network_save(const kn_network* network, const char* path, uint64_t path_length,
                        const kn_save_network_options* options, const kn_task* task,
                        kn_error** error);

/* Reads what kn_network_save wrote but two_mode, or as much of a network as another program's file
 * holds: {"change","organisations":[{"id","name","country","kind"}],"ties":[{"from","to",
 * "strength"}],"measures":{name:[number]}}, ties between places in "organisations"; a number that
 * is missing or infinite is null. `format` as in the options. Fails with 1, 6, 12. [any] */
int32_t kn_read_network(const char* path, uint64_t path_length, const char* format,
                        uint64_t format_length, kn_text** json, kn_error** error);

void kn_network_free(kn_network* network);

/* -- Recommendation -------------------------------------------------------------------------- */

/* Whom partners are sought for: one or more of `organisation`, `members`, `call`, `replicate`,
 * `themes_sought` and `capabilities_sought`; and who may be named: who passes each list that is not
 * empty. Countries, kinds, themes and capabilities are codes or names; one that there is not is
 * refused with 1, an organisation that no record has or names with 2. */
typedef struct kn_recommend_options {
  uint32_t struct_size;
  uint8_t wait;    /* 1; 0: fail with 10 while the graph is being built */
  uint8_t as_told; /* 0: organisations that decisions make one are one; 1: each by itself */
  uint8_t known;   /* 0; 1: with `organisation`, those that it has worked with as well */
  uint8_t lead;    /* 0; 1: the gap among `members` is that of the coordinator */
  kn_date as_of;   /* what had begun by the end of it; none: all */
  uint32_t reserved;
  kn_string organisation;   /* new partners of one, whatever it is joined with */
  const kn_string* members; /* of a half-formed consortium: who would fill the gap */
  uint64_t member_count;
  kn_string call;                 /* a call: those at home in it whom its rules let take part */
  kn_string replicate;            /* a case study or project: those who could replicate it */
  const kn_string* themes_sought; /* beside those of `call` and `replicate` */
  uint64_t theme_sought_count;
  const kn_string* countries; /* of an organisation's first address */
  uint64_t country_count;
  const kn_string* kinds;
  uint64_t kind_count;
  const kn_string* themes; /* that have worked on any of these, or offer it */
  uint64_t theme_count;
  const kn_string* exclude; /* organisations never named */
  uint64_t exclude_count;
  uint64_t most_per_country; /* 0: no cap; else at most so many of one country are named */
  uint64_t limit;            /* 20 */
  uint64_t works;            /* records, and bridges, shown for a reason; 3 */
  /* What organisations `offer`, or have as a tag of the scheme "capability": those that state any
   * of these, not with `as_of`; */
  const kn_string* capabilities;
  uint64_t capability_count;
  /* and what is sought of it, beside what the rules of `call` require and those asked for seek. */
  const kn_string* capabilities_sought;
  uint64_t capability_sought_count;
} kn_recommend_options;

/* [any] */
int32_t kn_recommend_options_init(kn_recommend_options* options, uint64_t size);

/* Organisations by falling score, each with what a person can check: {"change","candidates",
 * "kept_out","kept_out_by":[{"country","kind","count"}],"recommendations":[{"id","name","country",
 * "kind","score","reasons":[{"code","contribution","count","lift","codes":[],"works":[records, as
 * of kn_path],"bridges":[{"id","name","country"}]}]}],"countries":[{"country","candidates","named",
 * "passed_over","exposure"}]}. "kept_out" are those that the call's rules on countries and kinds
 * keep from being candidates. A reason's code is "shared-records", "bridges", "themes", "country",
 * "kind", "activity", "leads" or "capabilities"; contributions say how much it moves the score from
 * that of the middling candidate. Exposure is a country's share of the sum of 1 / log2(1 + rank).
 * Fails with 1, 2, 10, 13, 18. [any] */
int32_t kn_recommend(kn_catalogue* catalogue, const kn_recommend_options* options,
                     const kn_task* task, kn_text** json, kn_error** error);

/* Of whom kn_recommend_all asks: who passes each list that is not empty. */
typedef struct kn_recommend_all_options {
  uint32_t struct_size;
  uint32_t reserved;
  const kn_string* organisations; /* ids; none: all that have work by then, or a record */
  uint64_t organisation_count;
  const kn_string* countries;
  uint64_t country_count;
  const kn_string* kinds;
  uint64_t kind_count;
  const kn_string* themes; /* that have worked on any of these, or offer it */
  uint64_t theme_count;
} kn_recommend_all_options;

/* [any] */
int32_t kn_recommend_all_options_init(kn_recommend_all_options* options, uint64_t size);

/* The best `limit` of `each` for many organisations, the same as kn_recommend gives for each of
 * them, without reasons. `each` names no `organisation`, `members`, `replicate` or `lead`; `of` may
 * be NULL: all. Free it with kn_recommendations_free. Memory: rows * width * 8 bytes, and the texts
 * of organisations. Progress counts those asked for. Fails with 1 (for more than 2^30 places, too),
 * 2, 10, 13, 18. [any] */
int32_t kn_recommend_all(kn_catalogue* catalogue, const kn_recommend_options* each,
                         const kn_recommend_all_options* of, const kn_task* task,
                         kn_recommendations** recommendations, kn_error** error);

/* Arrays borrowed from `recommendations`. Organisations are numbered from 0 by rising id. */
typedef struct kn_recommendation_rows {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t change;
  uint64_t organisation_count;
  uint64_t row_count;
  uint64_t width;
  const uint32_t* asked;    /* row_count: whose row it is, by rising number */
  const uint32_t* partners; /* row_count * width, row after row, the best first; 4294967295: nobody
                             * more in this row */
  const float* scores;      /* beside `partners`, comparable within a row; NaN for nobody */
} kn_recommendation_rows;

/* These fill a struct; the second fails with 2 for a number past the last. [any] */
int32_t kn_recommendations_rows(const kn_recommendations* recommendations,
                                kn_recommendation_rows* rows, kn_error** error);
int32_t kn_recommendations_get(const kn_recommendations* recommendations, uint64_t number,
                               kn_network_organisation* organisation, kn_error** error);

void kn_recommendations_free(kn_recommendations* recommendations);

/* -- Lineage --------------------------------------------------------------------------------- */

typedef struct kn_lineage_options {
  uint32_t struct_size;
  uint8_t wait;    /* 1; 0: fail with 10 while the view is being built */
  uint8_t undated; /* 1; 0: without replications whose date was not told */
  uint8_t reserved[2];
  kn_date as_of; /* the lineage as of the end of that; none: all of it */
  int32_t reserved_too;
  const kn_string* kinds; /* replication-kinds that count; empty: any */
  uint64_t kind_count;
} kn_lineage_options;

/* [any] */
int32_t kn_lineage_options_init(kn_lineage_options* options, uint64_t size);

/* What an initiative replicates and what replicates it: {"change","initiative":I,"ancestors":[I],
 * "descendants":[I],"replications":[{"id","parent","child","kind","date","changes":[{"language",
 * "text"}],"fidelity","confidence","evidence":[{"language","text"}],"links":[],"partnership",
 * "implied":bool}],"direct","total","depth","countries":[],"generations":[{"generation",
 * "initiatives","countries":[],"new_countries":[]}],"partnerships":{"unknown","none","same",
 * "earlier"},"along_partnership"} with I = {"id","name","present":bool,"nearest","farthest",
 * "countries":[]}. "fidelity", "confidence" and "along_partnership" are null where unknown; a text
 * that was translated by machine has "origin":"machine" as well.
 * Fails with 1, 2, 10, 13, 18. [any] */
int32_t kn_lineage(kn_catalogue* catalogue, const char* initiative, uint64_t initiative_length,
                   const kn_lineage_options* options, const kn_task* task, kn_text** json,
                   kn_error** error);

typedef struct kn_replication_times_options {
  uint32_t struct_size;
  uint8_t wait; /* 1; 0: fail with 10 while the view is being built */
  uint8_t reserved[3];
  kn_date as_of; /* needed: where times that have not ended are censored */
  int32_t reserved_too;
  const kn_string* countries; /* of initiatives, by code or name; an empty list means any */
  uint64_t country_count;
  const kn_string* themes; /* of their case studies, by code or name, or as records have them */
  uint64_t theme_count;
  const kn_string* kinds; /* replication-kinds that count as one */
  uint64_t kind_count;
} kn_replication_times_options;

/* [any] */
int32_t kn_replication_times_options_init(kn_replication_times_options* options, uint64_t size);

/* How long initiatives take to be replicated for the first time, by Kaplan and Meier: {"change",
 * "times":[{"id","start","first","days","replicated":bool}],"curve":[{"days","at_risk",
 * "replicated","censored","survival","variance","lower","upper"}],"median","undated","later",
 * "contradictory","undated_replications","rough"}. "median" is null where half were not
 * replicated, "variance", "lower" and "upper" where they are not defined. Fails with 1 (for a code
 * that there is not, too), 10, 13. [any] */
int32_t kn_replication_times(kn_catalogue* catalogue, const kn_replication_times_options* options,
                             const kn_task* task, kn_text** json, kn_error** error);

/* -- Consortia ------------------------------------------------------------------------------- */

/* Whether some organisations may answer a call together. `request` is JSON, docs/reference/
 * eligibility.md: {"call":id,"members":[{"organisation":id,"roles":[code]}]} and more. Gives
 * {"change","call","title","state","on","findings":[{"rule":{"kind","parameters","legal_text"},
 * "state","problem","parameter","reason","members":[place],"changes":[{"action",...}],"advice"}],
 * "conflicts":[{"rules":[place],"reason"}],"members":[{"organisation","name","country","kind",
 * "roles","entity"}]} with states "passes", "fails" and "unknown". Fails with 1 (and what is wrong
 * with the request), 2, 10, 13, 15, 18. [any] */
int32_t kn_check_eligibility(kn_catalogue* catalogue, const char* request, uint64_t request_length,
                             const kn_task* task, kn_text** json, kn_error** error);

/* The best consortia for a call among candidates, and why. `request` is JSON, docs/reference/
 * consortium-requests.md: {"call":id,"fixed":[{"organisation":id,"roles":[code]}],"answers":3} and
 * more. Gives {"change","call","title","status","value","bound","gap","nodes","seconds",
 * "stopped":bool,"scope","candidates","found","rules":[{"rule","source","searched":bool,"words"}],
 * "plans":[P],"further","conflict":null or {"rules":[place],"proof"},"what_if":[{"status","value",
 * "bound","gap","difference","nodes","members":[],"joined":[],"left":[]}]} with P = {"value",
 * "status","bound","gap","members":[{"organisation","name","country","kind","roles":[],"fixed":bool,
 * "beside":bool,"fit":{...},"ties":[{"other","strength","value","works":[...]}],"needed_for":
 * [place],"loss","loss_at_least","loss_proved":bool,"substitute":null or {"organisation","name",
 * "country","loss"}}],"binding":[{"rule","slack","gain","proved"}],"eligibility": as of
 * kn_check_eligibility}; null for what is infinite: a "loss" of null that is proved says that there
 * is none without the member, one that is not proved that it is not known. Progress of the stage
 * "consortium" is the value of the best so far and the bound, in thousandths. A cancel during the
 * search is no failure: "stopped" is true, and the answer has the best so far. Fails with 1, 2, 10,
 * 13 (before the search), 15, 18. [any] */
int32_t kn_build_consortium(kn_catalogue* catalogue, const char* request, uint64_t request_length,
                            const kn_task* task, kn_text** json, kn_error** error);

/* -- Lives: docs/reference/life-cycles.md ----------------------------------------------------- */

/* The names of the tables: ["bid","call",...]. [any] */
int32_t kn_life_cycles(kn_text** json, kn_error** error);

/* A table by its name, or by that of a kind of record that lives by it: {"name","version","title":
 * {language:text},"source","kinds":[],"states":vocabulary,"initial","terminal":[],"edges":[{"from",
 * "to","name","labels":{language:text},"guards":[],"asks":[]}]}. Fails with 2. [any] */
int32_t kn_life_cycle(const char* name, uint64_t name_length, kn_text** json, kn_error** error);

/* The same as a Mermaid state diagram. Fails with 2. [any] */
int32_t kn_life_cycle_diagram(const char* name, uint64_t name_length, kn_text** diagram,
                              kn_error** error);

/* Every step out of the present state of a record, allowed or why not, for `by`, who speaks for
 * `country`; both may be empty, and so may `language`, of the labels. Gives
 * {"change","id","version",
 * "life_cycle","states","state","steps":[{"to","name","label","allowed":bool,"asks":[],"guards":[],
 * "refusals":[{"guard","code","reason","help"}]}]}. Fails with 1 (no life cycle, no such country),
 * 2, 10, 15, 18. [any] */
int32_t kn_next_steps(kn_catalogue* catalogue, const char* id, uint64_t id_length, const char* by,
                      uint64_t by_length, const char* country, uint64_t country_length,
                      const char* language, uint64_t language_length, kn_text** json,
                      kn_error** error);

/* Takes a step, in one transaction. `request` is {"id","to","by","country","reason",
 * "expected_version":number,"at":instant}, of which the first three are needed. Gives {"id",
 * "version","change","from","to","at","by","country","reason"}. Fails with 1 (no such step, a guard
 * refuses, or something is not told: a violation for each, of which the path names the guard or the
 * field), 2, 4 (somebody else changed the record), 10, 11, 15, 18. [any] */
int32_t kn_transition(kn_catalogue* catalogue, const char* request, uint64_t request_length,
                      kn_text** json, kn_error** error);

/* Opens and closes the calls of which the day has come, by "clock", in one transaction. `now` 0:
 * the clock of the catalogue. Gives {"change","now","moved":[as of
 * kn_transition],"held":[{"id","to", "refusals"}]}. Fails with 10, 11, 13. [any] */
int32_t kn_advance_calls(kn_catalogue* catalogue, int64_t now, const kn_task* task, kn_text** json,
                         kn_error** error);

/* Whether the design of an experiment is complete, and can reach the level that it claims:
 * {"change", "id","claimed","reachable","findings":[{"field","code","reason","help"}]}. Fails with
 * 1, 2, 15,
 * 18. [any] */
int32_t kn_check_design(kn_catalogue* catalogue, const char* id, uint64_t id_length, kn_text** json,
                        kn_error** error);

/* What changed between two versions of a record, as a person reads it. `to` 0: the latest; `from`
 * 0: the one before that. Gives {"id","kind","from":{"version","change","at","by"},"to","fields":[
 * {"path","language","what","before","after","words":[{"what","text"}]}]} with "added", "removed"
 * and "changed", and of words "same". Fails with 2, 15, 18. [any] */
int32_t kn_differences(kn_catalogue* catalogue, const char* id, uint64_t id_length, uint64_t from,
                       uint64_t to, kn_text** json, kn_error** error);

/* -- What records are made of ------------------------------------------------------------------ */

/* The fields of a kind of record, in the order of its JSON, those of objects after the object:
 * [{"path","type","vocabulary","list":bool,"required":bool}]. What is in a list has "[]" in its
 * path: "participations[].role". Types: "text", "code" of the vocabulary, "theme" (such a code or
 * the id of a concept), "reference" (a record id), "language", "country", "nuts", "link", "texts"
 * (in any languages), "date", "instant", "money", "share", "number", "count", "parameters",
 * "object". [any] */
int32_t kn_record_fields(int32_t kind, kn_text** json, kn_error** error);

/* -- Reports --------------------------------------------------------------------------------- */

/* Counts and sums of records by what they tell of themselves. `request` is JSON, docs/reference/
 * reports.md: {"of":kind,"by":[dimension],"only":{dimension:[code]},"period":{"from","to"},
 * "language","change"}. Gives {"change","of","by":[],"rows":[{"codes":[],"labels":[],"records",
 * "sums":[{"measure","currency","amount","records"}]}],"total":{"records","sums"}}; an amount is a
 * decimal as text, null where 64 bits do not hold it in minor units. Fails with 1 (and what is
 * wrong with the request), 10, 13. [any] */
int32_t kn_report(kn_catalogue* catalogue, const char* request, uint64_t request_length,
                  const kn_task* task, kn_text** json, kn_error** error);
/* The same as a page in Markdown. */
int32_t kn_report_page(kn_catalogue* catalogue, const char* request, uint64_t request_length,
                       const kn_task* task, kn_text** markdown, kn_error** error);
/* What came of a call, or of all calls of a programme: {"change","id","kind","title","calls":[],
 * "bids":[{"code","count"}],"awarded":[{"currency","amount","awards"}],"projects":[R],
 * "initiatives":[R],"cases":[R],"uptakes":[R],"replicas":[],"countries":[],"reached":[],"costs":[{
 * "currency","result","results","amount"}]} with R = {"id","title","countries":[]}. Fails with 1,
 * 2, 10, 11, 13, 18. [any] */
int32_t kn_outcome(kn_catalogue* catalogue, const char* id, uint64_t id_length, const kn_task* task,
                   kn_text** json, kn_error** error);
/* What a kind of record is reported by: {"dimensions":[],"measures":[]}. [any] */
int32_t kn_report_dimensions(int32_t kind, kn_text** json, kn_error** error);

/* -- Importing ------------------------------------------------------------------------------- */

typedef struct kn_import_options {
  uint32_t struct_size;
  int32_t reserved;
  kn_string format;    /* "" guesses from the first bytes; see kn_formats */
  kn_string portal;    /* whose rows these are; "" the format's own */
  kn_string by;        /* kept in the journal */
  kn_string encoding;  /* "windows-1252", "UTF-16LE" ...; "" is UTF-8; never guessed */
  uint64_t skip_rows;  /* go on after this many rows: next_row of a broken-off run; 0 */
  uint64_t batch_rows; /* rows for each transaction at most; 32768 */
} kn_import_options;

/* [any] */
int32_t kn_import_options_init(kn_import_options* options, uint64_t size);

/* What became of a file: read = stored + unchanged + quarantined. */
typedef struct kn_import_summary {
  uint32_t struct_size;
  uint8_t complete; /* 0 after a cancel */
  uint8_t reserved[3];
  uint64_t read;
  uint64_t stored;    /* rows that made or changed a record */
  uint64_t unchanged; /* rows that the catalogue already held */
  uint64_t quarantined;
  uint64_t records_created;
  uint64_t records_updated;
  uint64_t next_row; /* where to go on: kn_import_options.skip_rows */
  double seconds;
  kn_string file;
  kn_string format;
  uint64_t reason_count;
} kn_import_summary;

/* Rows that stayed out for one reason. */
typedef struct kn_import_reason {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t rows;
  uint64_t first_line;
  kn_string code;
  kn_string field;
  kn_string message; /* of the first such row */
} kn_import_reason;

/* Reads a file as a stream, a transaction for each batch. Bad rows go to quarantine with every
 * reason. A cancel ends after the present batch and returns 0 with a report whose `complete` is 0.
 * Fails with 2, 6, 10, 11, 12, 14. [any] */
int32_t kn_import(kn_catalogue* catalogue, const char* path, uint64_t path_length,
                  const kn_import_options* options, const kn_task* task, kn_import_report** report,
                  kn_error** error);

/* The bundled sample: some hundred case studies of real initiatives in the member states, with
 * their organisations and projects, each with the source of its facts. `options` as in kn_import;
 * the format is known. Fails with 10, 11. [any] */
int32_t kn_import_sample(kn_catalogue* catalogue, const kn_import_options* options,
                         const kn_task* task, kn_import_report** report, kn_error** error);

/* These fill a struct; its texts are borrowed from `report`. [any] */
int32_t kn_import_report_summarise(const kn_import_report* report, kn_import_summary* summary,
                                   kn_error** error);
int32_t kn_import_report_reason(const kn_import_report* report, uint64_t place,
                                kn_import_reason* reason, kn_error** error);

/* {"file","format","read","stored","unchanged","quarantined","records_created","records_updated",
 * "reasons":[{"code","field","message","rows","first_line"}],"complete","next_row","seconds"}.
 * [any] */
int32_t kn_import_report_json(const kn_import_report* report, kn_text** json, kn_error** error);

void kn_import_report_free(kn_import_report* report);

/* -- Quarantine ------------------------------------------------------------------------------ */

typedef struct kn_quarantine_options {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t id;    /* this row alone; 0: any */
  kn_string file; /* rows of this file; "": any */
  uint64_t limit; /* 100 */
  uint64_t offset;
} kn_quarantine_options;

/* [any] */
int32_t kn_quarantine_options_init(kn_quarantine_options* options, uint64_t size);

typedef struct kn_quarantined_row {
  uint32_t struct_size;
  int32_t reserved;
  uint64_t id;
  uint64_t line; /* first line of the row, from 1 */
  uint64_t at;
  uint64_t size; /* of the row as read, in bytes */
  kn_string file;
  kn_string format;
  kn_string portal;
  kn_string encoding; /* of `bytes`, such as "windows-1252" */
  kn_string bytes;    /* as read, in any encoding; of a row past 16 MiB only the beginning */
  const kn_violation* violations;
  uint64_t violation_count;
} kn_quarantined_row;

/* Fails with 2 when `options` ask for an id that is not there. [any] */
int32_t kn_quarantine(kn_catalogue* catalogue, const kn_quarantine_options* options,
                      kn_quarantined_rows** rows, kn_error** error);

/* [any], value. */
uint64_t kn_quarantined_rows_count(const kn_quarantined_rows* rows);

/* Fills `row`; its pointers are borrowed from `rows`. [any] */
int32_t kn_quarantined_rows_get(const kn_quarantined_rows* rows, uint64_t place,
                                kn_quarantined_row* row, kn_error** error);

/* [{"id","file","format","portal","encoding","line","at","size","violations":[{"path","code",
 * "message"}],"text"}]; "base64" in place of "text" where the bytes are not UTF-8. [any] */
int32_t kn_quarantined_rows_json(const kn_quarantined_rows* rows, kn_text** json, kn_error** error);

void kn_quarantined_rows_free(kn_quarantined_rows* rows);

/* Tries the row again, with the text `mended` in its place unless NULL: UTF-8, whatever the file
 * was. A stored row leaves quarantine; a row that fails again stays, with its new reasons. Fails
 * with 2, 6, 10, 11. [any] */
int32_t kn_retry(kn_catalogue* catalogue, uint64_t row, const char* mended, uint64_t mended_length,
                 kn_import_report** report, kn_error** error);

/* Fails with 2, 10, 11. [any] */
int32_t kn_discard(kn_catalogue* catalogue, uint64_t row, kn_error** error);

/* -- Methods and what shows that they work --------------------------------------------------- */

/* Grades of what a record says it does (docs/reference/evidence.md): {"change","id","kind","title",
 * "initiative","standard":G or null,"studies":[{"id","title","about","features":[],"independence",
 * "country","date","shows_change":bool,"maryland":G}],"cases":[],"pilots":[],"replicas":[]} with G
 * =
 * {"scale","grade","derived","overridden":null or {"grade","reason","by","on"},"reasons":[{"code",
 * "reason","records":[]}],"missing":[the same]}. "derived" is "" where the facts give no grade.
 * Fails with 1, 2, 11, 18. [any] */
int32_t kn_evidence(kn_catalogue* catalogue, const char* id, uint64_t id_length, kn_text** json,
                    kn_error** error);

/* A method with all that is known of it: {"change","id","title","kind","state","superseded_by",
 * "successor","successor_title","supersedes":[],"standard":G,"versions":[],"assessments":[{
 * "version","assessors":[],"criteria":[{"criterion","assessors","mean","spread","grades":[]}],
 * "agreement","undefined"}],"uses":[U],"disseminations":[{"id","version","from","from_name","to":[],
 * "to_names":[],"channel","language","date"}]} with U = {"case","title","countries":[],"version",
 * "effect":[{"language","text"}]}. "agreement" and "spread" are null where they are not defined.
 * Fails with 1, 2, 11, 18. [any] */
int32_t kn_method(kn_catalogue* catalogue, const char* id, uint64_t id_length, kn_text** json,
                  kn_error** error);

/* A problem, or a planned action: a text, themes or target groups, any of them. */
typedef struct kn_methods_options {
  uint32_t struct_size;
  uint8_t wait; /* 1; 0: fail with 10 while the index is being built */
  uint8_t reserved[3];
  kn_string text;
  const kn_string* themes;
  uint64_t theme_count;
  const kn_string* target_groups;
  uint64_t target_group_count;
  kn_string country;  /* where it is to be used */
  kn_string language; /* of the user */
  uint64_t limit;     /* 10 */
  uint64_t uses;      /* cases shown of each, at most; 3 */
} kn_methods_options;

/* [any] */
int32_t kn_methods_options_init(kn_methods_options* options, uint64_t size);

/* Methods by fit and evidence: {"change","considered","methods":[{"id","title","state","score",
 * "standard","reasons":[{"code","part","weight","what":[]}],"successor","successor_title","uses":[U,
 * as of kn_method]}]}. Fails with 1, 10, 11, 13. [any] */
int32_t kn_methods_for(kn_catalogue* catalogue, const kn_methods_options* options,
                       const kn_task* task, kn_text** json, kn_error** error);

/* -- The care of cases ----------------------------------------------------------------------- */

/* How complete a record is, and in which languages it is told: {"change","id","kind","title",
 * "share","groups":[{"group","weight","share","answered":[],"missing":[]}],"languages":[{"language",
 * "state","original":[],"machine":[],"lacking":[]}]}. A language is "whole", "part" or "machine".
 * Fails with 1, 2, 18. [any] */
int32_t kn_completeness(kn_catalogue* catalogue, const char* id, uint64_t id_length, kn_text** json,
                        kn_error** error);

typedef struct kn_incomplete_options {
  uint32_t struct_size;
  uint8_t wait; /* 1; 0: fail with 10 while the view is being built */
  uint8_t reserved[3];
  double below; /* only cases whose share is less, 0 to 1; 1 */
  uint64_t limit;
  uint64_t offset;
} kn_incomplete_options;

/* [any] */
int32_t kn_incomplete_options_init(kn_incomplete_options* options, uint64_t size);

/* Case studies by how complete they are, least first: {"change","records","total","mean","cases":[{
 * "id","title","state","share"}]}. Fails with 1, 10, 13. [any] */
int32_t kn_incomplete(kn_catalogue* catalogue, const kn_incomplete_options* options,
                      const kn_task* task, kn_text** json, kn_error** error);

typedef struct kn_stale_options {
  uint32_t struct_size;
  uint8_t wait; /* 1; 0: fail with 10 while the view is being built */
  uint8_t reserved[3];
  kn_date as_of;             /* needed: the day as of which cases are looked at */
  uint32_t not_updated_days; /* 730 */
  uint32_t in_review_days;   /* 180 */
  uint32_t over_days;        /* 1826 */
  const kn_string* codes;    /* findings of these alone; empty: any */
  uint64_t code_count;
  uint64_t limit;
  uint64_t offset;
} kn_stale_options;

/* [any] */
int32_t kn_stale_options_init(kn_stale_options* options, uint64_t size);

/* Case studies that went stale or contradict themselves: {"change","as_of","records","total",
 * "counts":[{"code","findings"}],"findings":[{"id","title","state","code","field","reason","since",
 * "other"}]}. Fails with 1, 10, 13. [any] */
int32_t kn_stale(kn_catalogue* catalogue, const kn_stale_options* options, const kn_task* task,
                 kn_text** json, kn_error** error);

/* Collections of good practices after one of this id, at most `limit`: {"change","collections":[{
 * "id","title","introduction":[{"language","text"}],"curator","curator_name","date","cases":[{"id",
 * "title","state","present":bool}]}],"next"}. "next" is "" after the last. [any] */
int32_t kn_collections(kn_catalogue* catalogue, const char* after, uint64_t after_length,
                       uint64_t limit, kn_text** json, kn_error** error);

/* -- Communities, peers and centres ---------------------------------------------------------- */

typedef struct kn_community_options {
  uint32_t struct_size;
  uint8_t wait;  /* 1; 0: fail with 10 while what goes on is being gathered */
  kn_date as_of; /* members as of the end of it; none: all that ever were */
  kn_date from;  /* what went on from here; none: from the beginning */
  kn_date to;    /* until here; none: to the end */
  kn_string by;  /* "year", "quarter" or "month"; "year" */
} kn_community_options;

/* [any] */
int32_t kn_community_options_init(kn_community_options* options, uint64_t size);

/* A community of practice: {"change","id","title","themes":[],"period":{"from","to"},"as_of",
 * "members":[M],"countries":[],"periods":[{"period","exchanges":[{"code","count"}],"contributions",
 * "organisations":[],"countries":[]}],"themes_discussed":[{"code","count"}],"exchanges",
 * "contributions","organisations","reached":[],"pending"} with M =
 * {"organisation","name","country", "role","period"}. Fails with 1, 2, 10, 11, 13. [any] */
int32_t kn_community(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                     const kn_community_options* options, const kn_task* task, kn_text** json,
                     kn_error** error);

typedef struct kn_solved_options {
  uint32_t struct_size;
  uint8_t wait;        /* 1; 0: fail with 10 while the index is being built */
  uint8_t authorities; /* 0; 1: only managing authorities and intermediate bodies */
  uint8_t reserved[2];
  kn_string text;
  const kn_string* themes;
  uint64_t theme_count;
  const kn_string* target_groups;
  uint64_t target_group_count;
  const kn_string* countries; /* only organisations of these; empty: any */
  uint64_t country_count;
  kn_string language; /* of the user */
  uint64_t limit;     /* of each list; 10 */
  uint64_t works;     /* records shown for an organisation, at most; 3 */
} kn_solved_options;

/* [any] */
int32_t kn_solved_options_init(kn_solved_options* options, uint64_t size);

/* Who has solved this before:
 * {"change","considered","organisations":[{"id","name","country","kind",
 * "authority":bool,"score","records","works":[R]}],"cases":[R],"methods":[R]} with R =
 * {"id","kind", "title","language","countries":[],"score","reasons":[as of
 * kn_methods_for],"roles":[]}. Fails with 1, 10, 13. [any] */
int32_t kn_who_solved(kn_catalogue* catalogue, const kn_solved_options* options,
                      const kn_task* task, kn_text** json, kn_error** error);

typedef struct kn_peers_options {
  uint32_t struct_size;
  uint8_t wait;            /* 1; 0: fail with 10 while the graph is being built */
  uint8_t balanced;        /* 1: first to those with the fewest pairs; 0: the worthiest first */
  uint8_t across_borders;  /* 1: only pairs of different countries */
  uint8_t common_language; /* 1: only pairs with a language in common */
  kn_date as_of;           /* the day for which offers must hold; none: any */
  uint32_t reserved;
  const kn_string* organisations; /* organisations or centres; empty: all */
  uint64_t organisation_count;
  const kn_string* themes; /* pairs on any of these alone; empty: on any */
  uint64_t theme_count;
  uint64_t most_given;    /* pairs in which one gives, at most; 3 */
  uint64_t most_taken;    /* and in which it takes; 3 */
  double theme_weight;    /* what a theme is worth, 0 to 1,000; 1 */
  double back_weight;     /* one that goes the other way as well; 0.5 */
  double language_weight; /* each further language in common; 0.125 */
} kn_peers_options;

/* [any] */
int32_t kn_peers_options_init(kn_peers_options* options, uint64_t size);

/* Pairs for learning from each other (docs/reference/peers.md): {"change","possible","weight",
 * "least_taken","pairs":[{"giver","giver_name","taker","taker_name","weight","themes":[],"back":[],
 * "languages":[],"offers":[]}],"unpaired":[{"id","name","why"}],"peers":[{"id","name","countries":[],
 * "languages":[],"gives","takes","could_take"}]}. "why" is "no-offer", "same-country",
 * "no-language" or "full". Fails with 1, 2, 10, 13, 18. [any] */
int32_t kn_peers(kn_catalogue* catalogue, const kn_peers_options* options, const kn_task* task,
                 kn_text** json, kn_error** error);

typedef struct kn_centres_options {
  uint32_t struct_size;
  kn_date as_of;   /* what held at the end of it; none: all that ever was */
  kn_string group; /* of countries that should be covered; "EU" */
} kn_centres_options;

/* [any] */
int32_t kn_centres_options_init(kn_centres_options* options, uint64_t size);

/* Competence centres and the countries that they cover: {"change","as_of","group","centres":[{"id",
 * "title","organisation","period","countries":[],"members":[M, as of kn_community],"services":[{
 * "code","count"}],"predecessors":[]}],"covered":[{"country","centres":[]}],"uncovered":[],
 * "more_than_once":[],"beyond":[as covered]}. Fails with 1. [any] */
int32_t kn_centres(kn_catalogue* catalogue, const kn_centres_options* options, kn_text** json,
                   kn_error** error);

/* One of them: {"change","as_of","centre":as
 * above,"services":[],"offers":[{"id","of","side","kind",
 * "themes":[],"languages":[],"period"}],"mentoring":[{"id","from","from_name","to","to_name",
 * "themes":[],"period"}],"indicators":[{"indicator","unit","values":[{"period","value","target"}]}],
 * "successors":[],"exchanges":as of kn_community}. Fails with 1, 2, 10, 11, 13, 18. [any] */
int32_t kn_centre(kn_catalogue* catalogue, const char* id, uint64_t id_length,
                  const kn_community_options* options, const kn_task* task, kn_text** json,
                  kn_error** error);

/* -- Files ----------------------------------------------------------------------------------- */

typedef struct kn_export_options {
  uint32_t struct_size;
  uint8_t history; /* 1: every version and the journal, not only the present state; 0 */
  uint8_t reserved[3];
} kn_export_options;

/* [any] */
int32_t kn_export_options_init(kn_export_options* options, uint64_t size);

/* Koinon's JSON Lines. An existing file is replaced once the new one is whole. `lines` may be NULL.
 * Fails with 12, 13. [any] */
int32_t kn_export(kn_catalogue* catalogue, const char* path, uint64_t path_length,
                  const kn_export_options* options, const kn_task* task, uint64_t* lines,
                  kn_error** error);

/* `line`, without a line break, lives for the call. 0 goes on, all else ends the export with code
 * 13. It must not use the catalogue. */
typedef int32_t (*kn_line_callback)(void* user_data, const char* line, uint64_t length);

/* The same, line by line, on the calling thread. [any] */
int32_t kn_export_lines(kn_catalogue* catalogue, const kn_export_options* options,
                        kn_line_callback sink, void* user_data, const kn_task* task,
                        uint64_t* lines, kn_error** error);

/* A consistent copy, made while others read and write. Fails with 12, 13. [any] */
int32_t kn_backup(kn_catalogue* catalogue, const char* path, uint64_t path_length,
                  const kn_task* task, kn_error** error);

/* -- Care ------------------------------------------------------------------------------------ */

/* Looks at the file's integrity, every record against the rules, and every reference:
 * {"records","findings":[{"where","message"}]}. Findings are no failure; `findings`, their number,
 * may be NULL. Fails with 13. [any] */
int32_t kn_check(kn_catalogue* catalogue, const kn_task* task, uint64_t* findings, kn_text** json,
                 kn_error** error);

/* {"path","change","records","kinds":{"organisation":n,...},"versions","erased","quarantined",
 * "bytes","schema","vectors":[{"model","dimension","records"}]}. [any] */
int32_t kn_statistics(kn_catalogue* catalogue, kn_text** json, kn_error** error);

/* Builds or catches up every view now; searching does the same on first use. Fails with 13.
 * [any] */
int32_t kn_prepare(kn_catalogue* catalogue, const kn_task* task, kn_error** error);

/* [{"name","reached","building":bool,"damaged":bool,"problem"}]. [any] */
int32_t kn_views(kn_catalogue* catalogue, kn_text** json, kn_error** error);
