// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

namespace koinon::command {

namespace {

constexpr std::size_t any_number = SIZE_MAX;
const Option limit_option = {"--limit", "N", "at most N of them"};
const Option offset_option = {"--offset", "N", "leave out the first N"};
const Option by_option = {"--by", "WHO", "kept in the journal"};
const Option as_told_option = {"--as-told", "", "each organisation by itself, whatever is one"};

// What search and explain both take: the parts of a request.
std::vector<Option> request_options(const std::vector<Option>& more) {
  std::vector<Option> options = {
      {"--language", "L", "your language, such as fi"},
      {"--filter", "FIELD=CODE[,CODE]", "only records with one of the codes; may be repeated"},
      {"--exclude", "FIELD=CODE[,CODE]", "no records with one of the codes; may be repeated"},
      {"--like", "ID", "records that are like this one"},
      {"--sort", "FIELD", "greatest first, not best first; see below"},
      {"--rising", "", "with --sort: least first"},
      {"--group", "", "of the records about one initiative only the best"},
      {"--merged", "", "of organisations that are one only the best"},
      {"--deadline", "SECONDS", "after so long the answer is what has been found"},
      {"--all-states", "", "also case studies that are not published"},
      {"--request", "FILE",
       "the request as JSON (- for standard input); other options take the place of its parts"}};
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

// Which participations a network is made of.
std::vector<Option> with_network_options(const std::vector<Option>& more) {
  std::vector<Option> options = {
      {"--until", "DATE", "as of a day, month or year: what had begun by then"},
      {"--since", "DATE", "only what began then or later"},
      {"--running", "", "what ran in the period, not what began in it"},
      {"--dated", "", "without what has no known start"},
      {"--country", "C", "only organisations of this country; may be repeated, like the next five"},
      {"--kind", "K", "only organisations of this kind"},
      {"--role", "R", "only in this role"},
      {"--programme", "P", "only in records of this programme"},
      {"--theme", "T", "only in records on this theme"},
      {"--target-group", "G", "only in records for this target group"},
      {"--max-members", "N", "without records of more organisations"},
      as_told_option};
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

// What is sought of organisations to work with, and which of them may be named.
std::vector<Option> with_sought_options(std::vector<Option> options,
                                        const std::vector<Option>& more) {
  const std::vector<Option> own = {
      {"--about", "T", "a theme that is sought"},
      {"--needs", "W", "a capability that is sought"},
      {"--country", "C", "only organisations of this country"},
      {"--kind", "K", "only organisations of this kind"},
      {"--theme", "T", "only those that have worked on this theme, or offer it"},
      {"--capability", "W",
       "only those that offer this, or have it as a tag of the scheme capability"},
      {"--exclude", "ID", "not this organisation"},
      {"--call", "ID",
       "for this call: its themes and programme, and who may take part by its rules"},
      {"--known", "", "those that ID has worked with as well"},
      {"--as-of", "DATE", "as of the end of a day, month or year"},
      {"--most-per-country", "N", "at most N of one country; no cap when not given"},
      as_told_option};
  options.insert(options.end(), own.begin(), own.end());
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

std::vector<Command> make_commands() {
  return {
      {"import",
       "FILE...",
       0,
       any_number,
       "Read files into the catalogue, which is made when missing",
       {{"--format", "F", "what the file is; guessed when not given, see koinon formats"},
        {"--portal", "P", "whose rows these are"},
        {"--encoding", "E", "such as windows-1252; UTF-8 when not given"},
        {"--from", "ROW", "go on after this many rows of a broken-off import"},
        {"--sample", "", "the bundled sample, before any FILE"},
        {"--strict", "", "exit with 3 when rows went into quarantine"},
        by_option},
       run_import,
       "Rows that break a rule go to quarantine with every reason and their bytes; the rest is "
       "stored.\n"
       "Importing a file again changes nothing. Ctrl-C stops after the present batch and says "
       "where to\n"
       "go on."},
      {"search", "TEXT...", 0, any_number, "Ask a question; without TEXT, list everything",
       request_options(
           {{"--facet", "FIELD", "count the codes of a field over all matches; may be repeated"},
            {"--multi-select", "", "count a facet as if no --filter were on its field"},
            limit_option,
            offset_option}),
       run_search,
       "Words are alternatives: more of them rank higher. +word must occur, -word must not, "
       "\"quoted\n"
       "words\" occur side by side. Fields: kind, country, language, theme, target-group, "
       "objective,\n"
       "principle, stage, state, level, year, programme, fund, organisation-kind, source, "
       "initiative,\n"
       "concept, nuts, nuts-1, nuts-2, nuts-3. For --sort: date, start, end, deadline, budget.",
       true, true},
      {"explain", "ID TEXT...", 1, any_number,
       "Why a record is in the answer to a question, or is not", request_options({}), run_explain,
       "What each part of the question adds to the score of the record: +part must be there, "
       "-part must\n"
       "not. Fields are those of search.",
       true, true},
      {"alerts",
       "FILE",
       1,
       1,
       "Which saved searches find new or changed records",
       {{"--after", "N", "written after change N; 0"}},
       run_alerts,
       "FILE, or - for standard input, holds the searches as JSON: "
       "[{\"name\":\"mine\",\"request\":{...}}].\n"
       "The answer names the change to go on after the next time."},
      {"show",
       "ID",
       1,
       1,
       "Show a record whole",
       {{"--version", "N", "as it was in version N"}, {"--language", "L", "of title and labels"}},
       run_show},
      {"concept",
       "URI",
       1,
       1,
       "A concept of the thesaurus, and what is near it",
       {{"--language", "L", "of the labels, such as fi"}},
       run_concept},
      {"thesaurus",
       "",
       0,
       0,
       "What the thesaurus holds, and what was wrong with files of yours",
       {},
       run_thesaurus},
      {"partners",
       "ID",
       1,
       1,
       "Who works with an organisation, closest first",
       {limit_option,
        offset_option,
        {"--works", "N", "shared records shown for each; 5"},
        as_told_option},
       run_partners,
       "Strength is Newman's: the sum of 1 / (members - 1) over the shared records."},
      {"match",
       "",
       0,
       0,
       "Look for organisations that are one, and write what is found as decisions",
       {{"--dry-run", "", "tell what would be written, and write nothing"},
        {"--threshold", "P", "take two for the same from this probability on; 0.9"},
        {"--support", "P", "and two groups for one from this mean between them on; 0.5"},
        {"--review", "N", "put so many unsure pairs before people; 1,000"},
        by_option},
       run_match,
       "Records stay as they are; each decision can be taken back with koinon undo."},
      {"review",
       "",
       0,
       0,
       "Pairs of organisations that a person should look at, the most valuable first",
       {limit_option, offset_option},
       run_review},
      {"decide",
       "ID ID VERDICT",
       3,
       3,
       "Say of two organisations that they are the same, different, or that you are unsure",
       {{"--reason", "TEXT", "why, for people"}, by_option},
       run_decide,
       "VERDICT: same, different, unsure. A person's word goes before any rule."},
      {"undo",
       "DECISION",
       1,
       1,
       "Take a decision about two organisations back",
       {{"--reason", "TEXT", "why, for people"}, by_option},
       run_undo},
      {"identity",
       "ID",
       1,
       1,
       "Who is one with an organisation, why, and what it is called elsewhere",
       {},
       run_identity},
      {"conflicts",
       "",
       0,
       0,
       "Organisations kept apart although decisions chain them together",
       {},
       run_conflicts},
      {"graph", "", 0, 0, "The partnership graph in figures", {}, run_graph},
      {"network", "MEASURE", 1, 1,
       "Organisations by a measure of the partnership network, highest first; or its communities",
       with_network_options(
           {{"--show-country", "C",
             "show only organisations of this country, measured in the whole network; may be "
             "repeated"},
            {"--show-kind", "K", "the same for a kind"},
            {"--lowest", "", "the lowest first"},
            limit_option,
            {"--members", "N", "of a community or component: organisations shown of each; 3"},
            {"--error", "E",
             "of betweenness: the most that it may be off; of pagerank: the sum of all errors"},
            {"--damping", "D", "of pagerank, 0 up to but not 1; 0.85"},
            {"--resolution", "R", "of community, above 0: larger, more of them; 1"},
            {"--seed", "N", "of community and sampled betweenness; 1"}}),
       run_network,
       "MEASURE: works, partners, strength, component, core, pagerank, betweenness, closeness, "
       "harmonic,\neccentricity, constraint (brokers are the lowest), effective_size, community.\n"
       "Of community and component the largest are shown, with those of most strength in them.\n"
       "--country cuts the network to a country; --show-country only chooses what is shown."},
      {"export-network", "FILE", 1, 1, "Write the partnership network for other programs",
       with_network_options(
           {{"--format", "F", "graphml, gexf, json or csv; by the ending of FILE"},
            {"--measure", "M", "a measure beside each organisation; may be repeated"},
            {"--two-mode", "", "organisations and records, joined by participations, not ties"}}),
       run_export_network,
       "GraphML for igraph, networkx and yEd, GEXF for Gephi, JSON node-link for networkx and D3;\n"
       "CSV is two files, ties in NAME.csv and organisations in NAME.vertices.csv."},
      {"path", "ID ID", 2, 2, "The shortest chain of partnerships from one organisation to another",
       with_network_options(
           {{"--strongest", "", "not the fewest partnerships but the closest ones"}}),
       run_path},
      {"coverage", "AXIS AXIS [AXIS]", 2, 3,
       "Records by two or three axes, and where there are fewest",
       with_network_options({{"--least", "N", "fewer records are a gap; 1"}, limit_option}),
       run_coverage, "AXIS: country, kind (of organisations), programme, theme, target-group."},
      {"lineage",
       "ID",
       1,
       1,
       "What an initiative replicates, and what replicates it",
       {{"--as-of", "DATE", "as it was at the end of that day, month or year"},
        {"--dated", "", "without replications whose date was not told"},
        {"--kind", "CODE", "of the vocabulary replication-kinds; may be repeated"},
        {"--language", "L", "of labels"}},
       run_lineage,
       "An earlier partnership: organisations of both sides took part in a record that began "
       "before."},
      {"fields",
       "KIND",
       1,
       1,
       "What a kind of record is made of: each field, its type and its vocabulary",
       {},
       run_fields,
       "",
       false},
      {"outcome",
       "ID",
       1,
       1,
       "What came of a call or a programme: projects, cases, replications, money for each result",
       {},
       run_outcome},
      {"report",
       "KIND [DIMENSION]...",
       1,
       4,
       "Counts and sums of records of a kind, by up to three dimensions",
       {{"--only", "DIMENSION=CODE,...", "records that have one of the codes; may be repeated"},
        {"--from", "DATE", "records that run at or after it"},
        {"--until", "DATE", "records that run at or before it"},
        {"--change", "N", "the state after this change; otherwise the present"},
        {"--language", "L", "of labels"}},
       run_report,
       "A page in Markdown, with the number of the state that it was drawn from.\n"
       "koinon report case-study country; docs/reference/reports.md has every dimension."},
      {"eligibility",
       "[CALL]",
       0,
       1,
       "Whether some organisations may answer a call together",
       {{"--member", "ID[:ROLE,...]", "an organisation of the catalogue; may be repeated"},
        {"--other", "NAME:COUNTRY[:ROLE,...]", "one that it does not have; may be repeated"},
        {"--document", "NAME", "supplied with the bid; may be repeated"},
        {"--eu-share", "SHARE", "of the whole cost, such as 0.8"},
        {"--on", "DATE", "the day that groups of countries are read for"},
        {"--request", "FILE", "the request in JSON, - for standard input; the rest is added"},
        as_told_option},
       run_eligibility,
       "Each rule passes, fails or cannot be told, with the smallest change that would pass it.\n"
       "docs/reference/eligibility.md has the rules and what a request may say."},
      {"build-consortium",
       "[CALL]",
       0,
       1,
       "The best consortia for a call, with reasons",
       {{"--fixed", "ID[:ROLE,...]", "a member of every answer; may be repeated"},
        {"--candidates", "ID[:ROLE],...", "look among these alone; may be repeated"},
        {"--text", "WORDS", "look for what fits these, not the title of the call"},
        {"--language", "L", "of --text"},
        {"--theme", "CODE", "not the call's themes; may be repeated"},
        {"--country", "CODE", "only candidates of this country; may be repeated"},
        {"--kind", "CODE", "only candidates of this kind; may be repeated"},
        {"--forbid", "ID", "in no answer; may be repeated"},
        {"--most", "N", "candidates looked at; 200"},
        {"--size", "N[-M]", "members; otherwise as the rules say, 8 at most"},
        {"--answers", "N", "different plans, the best first; 1"},
        {"--different", "N", "members of each plan that are not in one before; 1"},
        {"--seconds", "S", "for the search; 10"},
        {"--nodes", "N", "teams looked at at most: the same answer at any speed"},
        {"--what-if", "CHANGE", "\"forbid=ID add=ID relax=KIND\"; may be repeated"},
        {"--document", "NAME", "supplied with the bid; may be repeated"},
        {"--eu-share", "SHARE", "of the whole cost, such as 0.8"},
        {"--on", "DATE", "the day that groups of countries are read for"},
        {"--request", "FILE", "the request in JSON, - for standard input; the rest is added"},
        as_told_option},
       run_build_consortium,
       "Without --candidates it looks among those who take part in records on the call's themes, "
       "or\n"
       "that its title finds. Ctrl-C ends it with the best so far.\n"
       "docs/reference/consortium-requests.md tells how candidates are measured."},
      {"replication-times",
       "",
       0,
       0,
       "How long initiatives take to be replicated, by Kaplan and Meier",
       {{"--as-of", "DATE", "the day until which all is known; needed"},
        {"--country", "CODE", "initiatives of this country; may be repeated"},
        {"--theme", "CODE", "initiatives with this theme; may be repeated"},
        {"--kind", "CODE", "replications that count; may be repeated"}},
       run_replication_times},
      {"around",
       "ID",
       1,
       1,
       "The organisations within some hops of one",
       {{"--hops", "N", "how many records may lie between; 1"},
        {"--limit", "N", "at most so many, itself included, the nearest first; 500, 0: all"},
        as_told_option},
       run_around},
      {"common",
       "ID ID",
       2,
       2,
       "The partners that two organisations have in common",
       {limit_option,
        offset_option,
        {"--works", "N", "records shown with either; 3"},
        as_told_option},
       run_common,
       "By the weaker of the two ties, the strongest first."},
      {"near",
       "ID...",
       1,
       any_number,
       "Whom a walk that keeps coming back to some organisations meets most",
       {limit_option,
        {"--epsilon", "E", "no score is off by more than this for each of its records; 0.0002"},
        as_told_option},
       run_near,
       "Personalised PageRank, with the bound of its error."},
      {"recommend", "[ID]", 0, 1,
       "Whom to work with: for an organisation, a consortium, a call, or to replicate a case",
       with_sought_options(
           {{"--member", "ID",
             "of a half-formed consortium; may be repeated, like the next seven"}},
           {{"--replicate", "ID", "to replicate this case study or project"},
            {"--lead", "", "the gap among the members is that of the coordinator"},
            {"--exposure", "", "and how each country fares"},
            {"--works", "N", "records, and partners in common, shown for a reason; 3"},
            limit_option}),
       run_recommend,
       "New partners of ID; with --member, those who would fill the gap, new to ID where it is "
       "given.\n"
       "Countries, kinds, themes and capabilities are codes or names. Beside each reason stands\n"
       "how much lower the score would be if the organisation were middling in that."},
      {"recommend-all", "[ID...]", 0, any_number,
       "Whom to work with, for many organisations, or all: a table of the best of each",
       with_sought_options(
           {{"--of-country", "C",
             "for organisations of this country; may be repeated, like the next nine"},
            {"--of-kind", "K", "for organisations of this kind"},
            {"--of-theme", "T", "for those that have worked on this theme, or offer it"}},
           {{"--limit", "N", "so many for each; 50"}}),
       run_recommend_all,
       "For each the same as recommend ID, in the same order. Lines of organisation, rank, "
       "partner\n"
       "and score, parted by tabs; scores can be compared within one organisation alone."},
      {"follow",
       "",
       0,
       0,
       "The changes of the catalogue, in order",
       {{"--after", "N", "changes after number N; 0"}, limit_option},
       run_follow,
       "Applying them in order, each any number of times, gives the catalogue: what a mirror "
       "needs."},
      {"history", "ID", 1, 1, "Every version of a record", {}, run_history},
      {"differences",
       "ID [FROM [TO]]",
       1,
       3,
       "What changed between two versions of a record, field by field",
       {},
       run_differences,
       "FROM and TO are versions; by default the latest, and the one before it. Words that went "
       "stand in\n"
       "[-…-], words that came in {+…+}."},
      {"life-cycle",
       "[NAME]",
       0,
       1,
       "The states and steps that records live by",
       {{"--diagram", "", "as a Mermaid state diagram"}},
       run_life_cycle,
       "NAME: of a table, or of a kind of record; without it the names of all.",
       false},
      {"next-steps",
       "ID",
       1,
       1,
       "The steps that a record may take, or why it may not",
       {{"--by", "WHO", "who would take the step"},
        {"--country", "C", "that they speak for"},
        {"--language", "L", "of labels"}},
       run_next_steps},
      {"move",
       "ID STATE",
       2,
       2,
       "Take a step of a record's life",
       {{"--by", "WHO", "who takes it; needed"},
        {"--country", "C", "that they speak for"},
        {"--reason", "TEXT", "why, for people; some steps ask for it"},
        {"--at", "DATE", "when it happened, if not now: a day, or 2026-03-31T17:00:00.000Z"},
        {"--version", "N", "only if this is the present version"}},
       run_move,
       "koinon next-steps ID tells where it may go. docs/reference/life-cycles.md has the guards."},
      {"advance-calls",
       "",
       0,
       0,
       "Open and close the calls of which the day has come",
       {{"--now", "DATE", "another moment: a day, or 2026-03-31T17:00:00Z"}},
       run_advance_calls},
      {"check-design",
       "ID",
       1,
       1,
       "Whether the design of an experiment is complete, and reaches the level it claims",
       {},
       run_check_design},
      {"export",
       "[FILE|-]",
       0,
       1,
       "Write the catalogue as JSON Lines, to standard output by default",
       {{"--history", "", "every version and the journal, not only the present state"}},
       run_export,
       "Lossless: imported into an empty catalogue and exported again it gives the same bytes."},
      {"check",
       "",
       0,
       0,
       "Check the file, every record and every reference; findings exit with 1",
       {},
       run_check},
      {"stats", "", 0, 0, "What the catalogue holds", {}, run_stats},
      {"quarantine list",
       "",
       0,
       0,
       "Rows that stayed out, and why",
       {{"--file", "FILE", "only rows of this file"}, limit_option, offset_option},
       run_quarantine_list},
      {"quarantine show",
       "ROW",
       1,
       1,
       "One row: reasons and original bytes",
       {},
       run_quarantine_show},
      {"quarantine retry",
       "ROW",
       1,
       1,
       "Try a row again",
       {{"--mended", "FILE", "with the bytes of FILE (- for standard input) in its place"}},
       run_quarantine_retry},
      {"quarantine discard", "ROW", 1, 1, "Throw a row away", {}, run_quarantine_discard},
      {"put",
       "[FILE]",
       0,
       1,
       "Write one record, from a file or from standard input",
       {{"--kind", "KIND", "what it is, such as organisation"},
        {"--id", "ID", "its id; a new one when not given"},
        {"--version", "N", "fail unless this is the present version; 0: it must be new"},
        by_option},
       run_put,
       "FILE holds the record as JSON, alone or as koinon show ID --json tells it, with kind, id "
       "and\n"
       "version. A record that breaks a rule is refused with every reason, and so is one that "
       "somebody\n"
       "else changed since the version that is told."},
      {"remove", "ID", 1, 1, "Take a record out; its history stays", {by_option}, run_remove},
      {"erase",
       "ID",
       1,
       1,
       "Scrub a record, its history and what names it, for good",
       {by_option, {"--yes", "", "do not ask"}},
       run_erase,
       "Backups and exports made earlier are out of reach."},
      {"backup", "FILE", 1, 1, "A consistent copy, while others read and write", {}, run_backup},
      {"formats", "", 0, 0, "What import can read", {}, run_formats, "", false},
      {"version", "", 0, 0, "The version of Koinon", {}, run_version, "", false},
      {"help",
       "[COMMAND]",
       0,
       2,
       "This overview, or one command in detail",
       {},
       run_help,
       "",
       false},
  };
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = [] {
    std::vector<Command> made = make_commands();
    // Where people look for them: after what they ask, before the journal.
    const auto place = std::find_if(made.begin(), made.end(), [](const Command& command) {
      return std::string_view(command.name) == "follow";
    });
    const std::vector<Command> more = programme_commands();
    made.insert(place, more.begin(), more.end());
    return made;
  }();
  return all;
}

const std::vector<Option>& global_options() {
  static const std::vector<Option> all = {
      {"--catalogue", "PATH", "the catalogue; otherwise the variable KOINON_CATALOGUE names it"},
      {"--thesaurus", "FILE",
       "concepts of your own, in SKOS, beside EuroVoc; may be repeated; otherwise the variable\n"
       "                            KOINON_THESAURUS names the files, with : between them"},
      {"--thesaurus-alone", "", "yours in the place of EuroVoc, also by KOINON_THESAURUS_ALONE=1"},
      {"--json", "", "answer in JSON"},
      {"--help", "", "what the command takes"},
  };
  return all;
}

const Command* find_command(const std::vector<std::string>& words, std::size_t& used) {
  used = 0;
  if (words.empty()) return nullptr;
  for (const Command& command : commands()) {
    if (words[0] == command.name) {
      used = 1;
      return &command;
    }
    if (words.size() > 1 && words[0] + " " + words[1] == command.name) {
      used = 2;
      return &command;
    }
  }
  return nullptr;
}

std::string Context::next(const std::string& rest) const {
  return "koinon --catalogue " + shell_word(catalogue) + " " + rest;
}

std::string read_input(const std::string& file) {
  using Bytes = std::istreambuf_iterator<char>;
  if (file == "-") return {Bytes(std::cin), Bytes()};
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Failure(KN_E_NOT_FOUND, file + ": " + std::strerror(errno));
  try {
    return {Bytes(stream), Bytes()};
  } catch (const std::ios_base::failure&) {
    throw Failure(KN_E_INPUT_OUTPUT, file + ": it cannot be read; give a file");
  }
}

void print_json(const Json& json) {
  print(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace koinon::command
