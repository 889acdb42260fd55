// SPDX-License-Identifier: Apache-2.0
#include "exchange/koinon_lines.hpp"

#include <array>

#include "domain/date.hpp"
#include "domain/kinds.hpp"
#include "exchange/line_reader.hpp"
#include "exchange/record_tree.hpp"
#include "exchange/text_input.hpp"
#include "exchange/told_twice.hpp"

namespace koinon::exchange {

namespace {

constexpr std::array<const char*, 3> change_names = {"put", "remove", "erase"};
constexpr int format_version = 1;

// ---- Reading -----------------------------------------------------------------------------------

// One line into a draft; every fault of it becomes a violation of the row.
class LineParser {
 public:
  LineParser(const JsonTree& tree, Row& row) : tree_(tree), row_(row) {}

  void parse() {
    Draft draft;
    draft.id_told = true;
    Envelope envelope;
    const std::string kind = text("kind", true);
    draft.id = text("id", true);
    if (!draft.id.empty() && !domain::is_record_id(draft.id)) {
      fault("id", "bad_reference",
            "an id is 1 to 64 of A-Z a-z 0-9 . _ : - and begins with a letter or digit");
    }
    envelope.n = number("n");
    envelope.version = number("version");
    envelope.created = time("created");
    envelope.updated = time(envelope.n ? "at" : "updated");
    envelope.by = text("by", false);
    envelope.what = change();
    envelope.erased = flag("erased");
    if (envelope.n == 0 && (envelope.what != ChangeKind::Put || envelope.erased))
      fault("n", "missing", "only a journal entry takes a record away, and it has its number");
    name_unknown();
    const auto known = kind_from_name(kind);
    if (!known && !kind.empty())
      fault("kind", "unknown_kind", "there are no records of kind '" + kind + "'");
    if (!known) return;
    draft.record = domain::make_record(*known);
    const auto body = tree_.find("record");
    if (body != tree_.end()) {
      Decoded decoded = from_tree(*known, *body);
      draft.record = std::move(decoded.record);
      for (Violation& violation : decoded.violations)
        row_.violations.push_back(std::move(violation));
    } else if (envelope.what == ChangeKind::Put && !envelope.erased) {
      fault("record", "missing", "a line needs its record");
    }
    draft.envelope = std::move(envelope);
    if (row_.violations.empty()) row_.drafts.push_back(std::move(draft));
  }

 private:
  static std::optional<RecordKind> kind_from_name(std::string_view name) {
    for (std::size_t i = 0; i < domain::kind_names.size(); ++i) {
      if (name == domain::kind_names[i]) return static_cast<RecordKind>(i);
    }
    return std::nullopt;
  }

  void fault(const char* field, const char* code, std::string message) {
    row_.violations.push_back({field, code, std::move(message)});
  }

  std::string text(const char* key, bool required) {
    const auto found = tree_.find(key);
    if (found == tree_.end()) {
      if (required) fault(key, "missing", std::string("a line needs its ") + key);
      return {};
    }
    if (found->is_string()) return found->get<std::string>();
    fault(key, "wrong_type", "expected a text");
    return {};
  }

  std::uint64_t number(const char* key) {
    const auto found = tree_.find(key);
    if (found == tree_.end()) return 0;
    const bool fits = found->is_number_unsigned() &&
                      found->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX);
    if (fits) return found->get<std::uint64_t>();
    fault(key, "wrong_type", "expected a whole number from 0");
    return 0;
  }

  bool flag(const char* key) {
    const auto found = tree_.find(key);
    if (found == tree_.end()) return false;
    if (found->is_boolean()) return found->get<bool>();
    fault(key, "wrong_type", "expected true or false");
    return false;
  }

  Timestamp time(const char* key) {
    const std::string told = text(key, false);
    if (told.empty()) return 0;
    if (const auto at = domain::parse_timestamp(told)) return *at;
    fault(key, "bad_date", "'" + told + "' is no instant such as 2026-11-24T13:00:00.000Z");
    return 0;
  }

  ChangeKind change() {
    const std::string told = text("what", false);
    for (std::size_t i = 0; i < change_names.size(); ++i) {
      if (told == change_names[i]) return static_cast<ChangeKind>(i);
    }
    if (!told.empty()) fault("what", "unknown_code", "expected put, remove or erase");
    return ChangeKind::Put;
  }

  void name_unknown() {
    static constexpr std::array<std::string_view, 11> known = {
        "id", "kind", "n", "what", "version", "created", "updated", "at", "by", "erased", "record"};
    for (const auto& [key, value] : tree_.items()) {
      if (std::find(known.begin(), known.end(), key) == known.end())
        fault(key.c_str(), "unknown_field", "there is no field of this name here");
    }
  }

  const JsonTree& tree_;
  Row& row_;
};

class KoinonLines final : public RowReader {
 public:
  KoinonLines(ByteSource& source, const ReaderOptions& options)
      : input_(source, options.encoding), lines_(input_.source()) {}

  bool next(Row& row) override {
    Line line;
    for (;;) {
      row.clear();
      if (!lines_.next(line)) return false;
      row.line = line.number;
      row.size = line.size;
      row.bytes = line.raw;
      if (line.too_long) {
        row.violations.push_back({"", "too_long", "a line may have 16 MiB at most"});
        return true;
      }
      const std::string_view told = line.text();
      if (told.find_first_not_of(" \t") == std::string_view::npos) continue;
      if (!read(told, row)) continue;
      return true;
    }
  }

 private:
  // False for a line that is no row: the header.
  bool read(std::string_view told, Row& row) {
    std::string converted;
    if (!input_.append(told, converted, row, 0)) return true;
    if (nested_too_deep(converted)) {
      row.violations.push_back({"", "too_deep", "nested deeper than 64 levels"});
      return true;
    }
    try {
      const JsonTree tree = JsonTree::parse(converted);
      if (!tree.is_object()) {
        row.violations.push_back({"", "wrong_type", "a line is one JSON object"});
        return true;
      }
      if (tree.contains("koinon") && !tree.contains("record")) return check_header(tree, row);
      const std::string twice = told_twice(converted);
      if (!twice.empty())
        row.violations.push_back({twice, "duplicate", "it is told twice; leave one out"});
      LineParser(tree, row).parse();
    } catch (const JsonTree::exception& e) {
      row.violations.push_back({"", "bad_json", e.what()});
    }
    return true;
  }

  static bool check_header(const JsonTree& tree, Row& row) {
    const JsonTree& version = tree["koinon"];
    if (version.is_number_integer() && version.get<std::int64_t>() > format_version)
      throw Error(ErrorCode::TooNew, "the file was written by a later Koinon; upgrade Koinon");
    if (version == format_version) return false;
    row.violations.push_back({"koinon", "wrong_type", "expected the format's version, 1"});
    return true;
  }

  TextInput input_;
  LineReader lines_;
};

bool recognises(std::string_view head) {
  if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
  const std::string_view first = head.substr(0, head.find('\n'));
  if (first.substr(0, 10) == "{\"koinon\":") return true;
  const auto has = [&](std::string_view key) { return first.find(key) != std::string_view::npos; };
  return first.substr(0, 1) == "{" && has("\"id\"") && has("\"kind\"") && has("\"record\"");
}

// ---- Writing -----------------------------------------------------------------------------------

void text_member(std::string& out, const char* key, std::string_view value) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += key;
  out += "\":";
  append_json_string(out, value);
}

void number_member(std::string& out, const char* key, std::uint64_t value) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += key;
  out += "\":";
  out += std::to_string(value);
}

void body_member(std::string& out, std::string_view body) {
  out += ",\"record\":";
  out += body;
}

}  // namespace

const Format& koinon_lines_format() {
  static const Format format = {
      "koinon", "Koinon's own JSON Lines, of the present state or with the history", "koinon",
      recognises,
      [](ByteSource& source, const ReaderOptions& options) -> std::unique_ptr<RowReader> {
        return std::make_unique<KoinonLines>(source, options);
      }};
  return format;
}

std::string state_header() {
  return R"({"koinon":1,"content":"state"})";
}
std::string history_header() {
  return R"({"koinon":1,"content":"history"})";
}

std::string state_line(std::string_view id, RecordKind kind, std::uint64_t version,
                       Timestamp created, Timestamp updated, std::string_view body) {
  std::string line = "{";
  line.reserve(body.size() + 192);
  text_member(line, "id", id);
  text_member(line, "kind", domain::kind_names[static_cast<std::size_t>(kind)]);
  number_member(line, "version", version);
  text_member(line, "created", domain::format_timestamp(created));
  text_member(line, "updated", domain::format_timestamp(updated));
  body_member(line, body);
  return line + '}';
}

std::string history_line(const Change& change, Timestamp created, bool erased) {
  std::string line = "{";
  line.reserve(change.body.size() + 224);
  number_member(line, "n", change.n);
  text_member(line, "what", change_names[static_cast<std::size_t>(change.what)]);
  text_member(line, "id", change.id);
  text_member(line, "kind", domain::kind_names[static_cast<std::size_t>(change.kind)]);
  number_member(line, "version", change.version);
  text_member(line, "at", domain::format_timestamp(change.at));
  if (created) text_member(line, "created", domain::format_timestamp(created));
  if (!change.by.empty()) text_member(line, "by", change.by);
  if (erased) {
    line += ",\"erased\":true";
  } else if (change.what == ChangeKind::Put) {
    body_member(line, change.body);
  }
  return line + '}';
}

}  // namespace koinon::exchange
