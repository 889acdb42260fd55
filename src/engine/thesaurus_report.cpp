// SPDX-License-Identifier: Apache-2.0
#include "engine/thesaurus_report.hpp"

#include <array>
#include <cstring>
#include <utility>

#include "koinon/error.hpp"

namespace koinon::engine {

namespace {

struct Kind {
  const char* code;
  const char* message;  // what follows the label or concept that the issue names
};

constexpr std::array<Kind, text::thesaurus_issue_kinds> kinds = {{
    {"no_uri", "a concept without a URI is left out"},
    {"added_twice", "two files have the concept: it gets the labels of both"},
    {"no_label", "the concept has no label: no text has it"},
    {"second_preferred", "a second preferred label in the language is kept as another label"},
    {"empty_label", "a label without letter or digit is left out"},
    {"long_label", "the label is too long to be looked for"},
    {"unknown_concept", "a relation leads to a concept that no file has"},
    {"cycle", "this broader would lead back to the concept and is left out"},
    {"shared_label", "another concept has the label, too: a text with it gets both"},
}};

// The two sides of the packed form: one list of members for both.
class Writer {
 public:
  void operator()(std::uint64_t value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void operator()(double value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void operator()(bool value) { (*this)(std::uint64_t{value}); }
  void operator()(const std::string& text) {
    (*this)(std::uint64_t{text.size()});
    bytes += text;
  }
  template <class T, class F>
  void list(const std::vector<T>& values, F&& one) {
    (*this)(std::uint64_t{values.size()});
    for (const T& value : values) one(value);
  }

  std::string bytes;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  void operator()(std::uint64_t& value) {
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
  }
  void operator()(double& value) { std::memcpy(&value, take(sizeof value).data(), sizeof value); }
  void operator()(bool& value) { value = number() != 0; }
  void operator()(std::string& text) { text = take(number()); }
  template <class T, class F>
  void list(std::vector<T>& values, F&& one) {
    const std::uint64_t count = number();
    for (std::uint64_t i = 0; i < count; ++i) one(values.emplace_back());
  }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    (*this)(value);
    return value;
  }
  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size()) throw Error(ErrorCode::Damaged, "the report of a thesaurus is cut");
    const std::string_view taken = bytes_.substr(0, static_cast<std::size_t>(size));
    bytes_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view bytes_;
};

template <class Side, class Report>
void each_member(Side& side, Report& report) {
  side(report.bundled);
  side(report.concepts);
  side.list(report.files, [&](auto& file) {
    side(file.path), side(file.statements), side(file.concepts), side(file.labels);
    side(file.deprecated), side(file.problems);
  });
  side(report.own);
  side.list(report.languages, [&](auto& one) { side(one.language), side(one.concepts); });
  side(report.problem_count);
  side.list(report.problems, [&](auto& problem) {
    side(problem.file), side(problem.line), side(problem.code);
    side(problem.about), side(problem.message);
  });
  side(report.seconds);
}

}  // namespace

void add_file(const std::string& path, const exchange::SkosReport& read, ThesaurusReport& report) {
  report.files.push_back(
      {path, read.statements, read.concepts, read.labels, read.left_out, read.problem_count});
  report.problem_count += read.problem_count;
  for (const exchange::SkosProblem& problem : read.problems)
    report.problems.push_back({path, problem.line, problem.code, "", problem.reason});
}

void add_issues(const text::ThesaurusReport& built, ThesaurusReport& report) {
  report.own = built.concepts;
  for (const auto& [language, concepts] : built.languages)
    report.languages.push_back({language, concepts});
  for (const std::uint64_t count : built.counts) report.problem_count += count;
  for (const text::ThesaurusIssue& issue : built.issues) {
    const Kind& kind = kinds.at(static_cast<std::size_t>(issue.kind));
    report.problems.push_back(
        {"", 0, kind.code, issue.uri,
         issue.what.empty() ? kind.message : issue.what + ": " + kind.message});
  }
}

std::string packed(const ThesaurusReport& report) {
  Writer writer;
  each_member(writer, report);
  return std::move(writer.bytes);
}

ThesaurusReport unpacked(std::string_view bytes) {
  Reader reader(bytes);
  ThesaurusReport report;
  each_member(reader, report);
  if (!reader.at_end()) throw Error(ErrorCode::Damaged, "the report of a thesaurus is too long");
  return report;
}

}  // namespace koinon::engine
