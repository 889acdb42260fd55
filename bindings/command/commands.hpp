// SPDX-License-Identifier: Apache-2.0
//
// The commands: what each takes and the function behind it.
#pragma once

#include <string>
#include <vector>

#include "arguments.hpp"
#include "session.hpp"
#include "terminal.hpp"

namespace koinon::command {

enum Exit { Done = 0, Failed = 1, Usage = 2, InQuarantine = 3 };

struct Context {
  Arguments arguments;
  std::string catalogue;  // its path
  OwnThesaurus thesaurus;
  bool json = false;
  Style style{false};

  CatalogueHandle open(Use use = Use::Read) const {
    return open_catalogue(catalogue, use, thesaurus);
  }
  /// "koinon --catalogue PATH rest", for telling what to do next.
  std::string next(const std::string& rest) const;
};

struct Command {
  const char* name;   // "import", "quarantine list"
  const char* words;  // "FILE..."
  std::size_t least;  // words
  std::size_t most;
  const char* summary;
  std::vector<Option> options;
  int (*run)(const Context&);
  const char* details = "";
  bool needs_catalogue = true;
  bool dash_words = false;
};

const std::vector<Command>& commands();
/// Those about methods, care, communities, peers and centres.
std::vector<Command> programme_commands();
const std::vector<Option>& global_options();
/// The command that the first words name, and how many of them do; nullptr when there is none.
const Command* find_command(const std::vector<std::string>& words, std::size_t& used);

int run_import(const Context& context);
int run_search(const Context& context);
int run_explain(const Context& context);
int run_alerts(const Context& context);
int run_concept(const Context& context);
int run_thesaurus(const Context& context);
int run_show(const Context& context);
int run_partners(const Context& context);
int run_graph(const Context& context);
int run_match(const Context& context);
int run_review(const Context& context);
int run_decide(const Context& context);
int run_undo(const Context& context);
int run_identity(const Context& context);
int run_conflicts(const Context& context);
int run_network(const Context& context);
int run_export_network(const Context& context);
int run_path(const Context& context);
int run_coverage(const Context& context);
int run_lineage(const Context& context);
int run_report(const Context& context);
int run_outcome(const Context& context);
int run_fields(const Context& context);
int run_build_consortium(const Context& context);
int run_eligibility(const Context& context);
int run_replication_times(const Context& context);
int run_life_cycle(const Context& context);
int run_next_steps(const Context& context);
int run_move(const Context& context);
int run_advance_calls(const Context& context);
int run_check_design(const Context& context);
int run_differences(const Context& context);
int run_around(const Context& context);
int run_common(const Context& context);
int run_near(const Context& context);
int run_recommend(const Context& context);
int run_recommend_all(const Context& context);
int run_evidence(const Context& context);
int run_method(const Context& context);
int run_methods_for(const Context& context);
int run_completeness(const Context& context);
int run_incomplete(const Context& context);
int run_stale(const Context& context);
int run_collections(const Context& context);
int run_community(const Context& context);
int run_who_solved(const Context& context);
int run_peers(const Context& context);
int run_centres(const Context& context);
int run_centre(const Context& context);
int run_follow(const Context& context);
int run_history(const Context& context);
int run_export(const Context& context);
int run_backup(const Context& context);
int run_check(const Context& context);
int run_stats(const Context& context);
int run_formats(const Context& context);
int run_version(const Context& context);
int run_help(const Context& context);
int run_erase(const Context& context);
int run_put(const Context& context);
int run_remove(const Context& context);
int run_quarantine_list(const Context& context);
int run_quarantine_show(const Context& context);
int run_quarantine_retry(const Context& context);
int run_quarantine_discard(const Context& context);

/// All bytes of a file; of standard input for "-".
std::string read_input(const std::string& file);
void print_json(const Json& json);
std::string help_text();
std::string help_text(const Command& command);

}  // namespace koinon::command
