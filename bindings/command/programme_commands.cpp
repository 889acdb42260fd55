// SPDX-License-Identifier: Apache-2.0
//
// Commands about methods, care, communities, peers and centres.
#include <cstdint>

#include "commands.hpp"

namespace koinon::command {

namespace {

constexpr std::size_t any_number = SIZE_MAX;

const std::vector<Option> question_options = {
    {"--theme", "T", "a theme that it is about; may be repeated"},
    {"--target-group", "G", "for whom; may be repeated"},
    {"--language", "L", "your language, such as fi"},
};
const std::vector<Option> time_options = {
    {"--as-of", "DATE", "members as of the end of a day, month or year"},
    {"--since", "DATE", "what went on from then"},
    {"--until", "DATE", "what went on until then"},
    {"--by", "PERIOD", "year, quarter or month; year"},
};

std::vector<Option> with(const std::vector<Option>& some, const std::vector<Option>& more) {
  std::vector<Option> all = some;
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::vector<Command> about_methods() {
  return {
      {"evidence",
       "ID",
       1,
       1,
       "What shows that a record does what it says: its grade, and those of its studies",
       {},
       run_evidence,
       "Maryland levels for studies, Nesta's standards for initiatives and methods, each with "
       "reasons\n"
       "and what the next grade wants."},
      {"method",
       "ID",
       1,
       1,
       "A method: its standard, versions, assessments, users and successor",
       {},
       run_method},
      {"methods-for", "[TEXT...]", 0, any_number, "Methods for a problem, by fit and evidence",
       with(question_options, {{"--country", "C", "where it is to be used"},
                               {"--uses", "N", "cases shown of each; 3"},
                               {"--limit", "N", "at most N of them; 10"}}),
       run_methods_for},
  };
}

std::vector<Command> about_care() {
  return {
      {"completeness",
       "ID",
       1,
       1,
       "How complete a record is, what is missing, and in which languages it is told",
       {},
       run_completeness},
      {"incomplete",
       "",
       0,
       0,
       "Case studies by how complete they are, least first",
       {{"--below", "SHARE", "only those that are less complete, 0 to 1"},
        {"--limit", "N", "at most N of them; 20"},
        {"--offset", "N", "leave out the first N"}},
       run_incomplete},
      {"stale",
       "",
       0,
       0,
       "Case studies that went stale or contradict themselves",
       {{"--as-of", "DATE", "as of the end of a day, month or year; today"},
        {"--finding", "CODE", "findings of this code alone; may be repeated"},
        {"--not-updated", "DAYS", "published and untouched for longer; 730"},
        {"--in-review", "DAYS", "in review for longer; 180"},
        {"--over", "DAYS", "its period over for longer, and nobody says what became of it; 1826"},
        {"--limit", "N", "at most N of them; 20"},
        {"--offset", "N", "leave out the first N"}},
       run_stale},
      {"collections",
       "",
       0,
       0,
       "Collections of good practices, with their cases",
       {{"--after", "ID", "those after this one"}, {"--limit", "N", "at most N of them; 100"}},
       run_collections},
  };
}

std::vector<Command> about_communities() {
  return {
      {"community", "ID", 1, 1,
       "A community of practice: its members, what goes on in it, whom it reaches", time_options,
       run_community},
      {"who-solved", "[TEXT...]", 0, any_number,
       "Who has solved this before: organisations, cases and methods",
       with(question_options,
            {{"--country", "C", "only organisations of this country; may be repeated"},
             {"--authorities", "", "only managing authorities and intermediate bodies"},
             {"--works", "N", "records shown for an organisation; 3"},
             {"--limit", "N", "at most N of each list; 10"}}),
       run_who_solved},
      {"peers",
       "[ID...]",
       0,
       any_number,
       "Pairs for learning from each other: one offers what the other seeks",
       {{"--theme", "T", "pairs on this theme alone; may be repeated"},
        {"--as-of", "DATE", "the day for which offers must hold"},
        {"--most-given", "N", "pairs in which one gives, at most; 3"},
        {"--most-taken", "N", "pairs in which one takes, at most; 3"},
        {"--theme-weight", "W", "what a theme is worth; 1"},
        {"--back-weight", "W", "what one that goes the other way is worth; 0.5"},
        {"--language-weight", "W", "what a further language in common is worth; 0.125"},
        {"--worthiest", "", "the worthiest pairs, whoever goes without"},
        {"--same-country", "", "also pairs of one country"},
        {"--any-language", "", "also pairs without a language in common"}},
       run_peers,
       "Without IDs all organisations and centres that offer or seek anything."},
      {"centres",
       "",
       0,
       0,
       "Competence centres, and the countries that they cover",
       {{"--as-of", "DATE", "as of the end of a day, month or year"},
        {"--group", "GROUP", "of countries that should be covered: EU, EEA, EFTA, candidate; EU"}},
       run_centres},
      {"centre", "ID", 1, 1,
       "A competence centre: its members, services, offers, mentoring and indicators", time_options,
       run_centre},
  };
}

}  // namespace

std::vector<Command> programme_commands() {
  std::vector<Command> all = about_methods();
  for (auto&& some : {about_care(), about_communities()})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

}  // namespace koinon::command
