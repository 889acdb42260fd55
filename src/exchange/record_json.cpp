// SPDX-License-Identifier: Apache-2.0
#include "exchange/record_json.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "domain/date.hpp"
#include "domain/decimal.hpp"
#include "domain/fields.hpp"
#include "domain/kinds.hpp"
#include "domain/utf8.hpp"
#include "exchange/reader.hpp"
#include "exchange/record_tree.hpp"

namespace koinon::exchange {

namespace {

using domain::Field;
using domain::visit_fields;

// ---- Writing -----------------------------------------------------------------------------------

bool absent(const std::string& text) {
  return text.empty();
}
template <class T>
bool absent(const std::vector<T>& list) {
  return list.empty();
}
template <class T>
bool absent(const std::optional<T>& value) {
  return !value;
}
bool absent(const PartialDate& date) {
  return !date;
}
bool absent(const Money& money) {
  return !money;
}
bool absent(const Moment& moment) {
  return !moment;
}

// Absent when every one of its fields is.
template <class T>
requires std::is_class_v<T>
bool absent(const T& value) {
  bool all = true;
  visit_fields(value, [&](const Field&, const auto& member) { all = all && absent(member); });
  return all;
}

// Writes straight into the text: no tree is built for the half a million records of an import.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  template <class T>
  void operator()(const Field& field, const T& value) {
    if (absent(value)) return;
    key(field.name);
    put(value);
  }

  template <class T>
  void record(const T& value) {
    put(value);
  }

 private:
  void key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    out_ += '"';
    out_ += name;
    out_ += "\":";
  }

  void text_field(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    key(name);
    append_json_string(out_, text);
  }

  void put(const std::string& text) { append_json_string(out_, text); }

  void put(const Text& text) {
    out_ += '{';
    text_field("language", text.language);
    text_field("text", text.text);
    if (text.origin == TextOrigin::Machine) text_field("origin", "machine");
    out_ += '}';
  }

  void put(const PartialDate& date) { append_json_string(out_, domain::format_date(date)); }
  void put(const Moment& moment) { append_json_string(out_, domain::format_timestamp(moment.at)); }
  void put(const std::int64_t& count) { out_ += std::to_string(count); }

  void put(const Money& money) {
    out_ += '{';
    if (money.minor) {
      const int digits = domain::currency_digits(money.currency);
      text_field("amount", domain::format_decimal(*money.minor, digits, true));
    }
    text_field("currency", money.currency);
    text_field("as_written", money.as_written);
    out_ += '}';
  }

  void put(const Share& share) {
    append_json_string(out_, domain::format_decimal(share.millionths, 6, false));
  }

  void put(const double& number) {
    char text[40];
    const double plain = number == 0 ? 0 : number;  // JSON readers do not agree about -0
    const auto end = std::to_chars(text, text + sizeof text, plain).ptr;
    out_.append(text, end);
  }

  template <class T>
  void put(const std::optional<T>& value) {
    put(*value);
  }

  template <class T>
  void put(const std::vector<T>& list) {
    out_ += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out_ += ',';
      put(list[i]);
    }
    out_ += ']';
  }

  // Parameters are an object of their own: {"count":"3","countries":["IS","NO"]}.
  void put(const std::vector<Parameter>& parameters) {
    out_ += '{';
    for (const Parameter& parameter : parameters) {
      if (out_.back() != '{') out_ += ',';
      append_json_string(out_, parameter.name);
      out_ += ':';
      if (parameter.values.size() == 1) {
        put(parameter.values[0]);
      } else {
        put(parameter.values);
      }
    }
    out_ += '}';
  }

  template <class T>
  requires std::is_class_v<T>
  void put(const T& value) {
    out_ += '{';
    visit_fields(value, *this);
    out_ += '}';
  }

  std::string& out_;
};

// ---- Reading -----------------------------------------------------------------------------------

using Json = JsonTree;

class Reader {
 public:
  explicit Reader(std::vector<Violation>& found) : found_(found) {}

  // An object into a structure: known members are taken, others are named.
  template <class T>
  void object(const Json& json, T& into) {
    if (!json.is_object()) return fault("wrong_type", "expected an object");
    std::size_t taken = 0;
    visit_fields(into, [&](const Field& field, auto& member) {
      const auto at = json.find(field.name);
      if (at == json.end()) return;
      ++taken;
      const Step step(*this, field.name);
      take(*at, member);
    });
    if (taken != json.size()) name_unknown(json, into);
  }

 private:
  // Keeps `path_` right while a member is looked at.
  struct Step {
    Step(Reader& owner, std::string_view name) : reader(owner), before(owner.path_.size()) {
      if (!reader.path_.empty()) reader.path_ += '.';
      reader.path_ += name;
    }
    Step(Reader& owner, std::size_t index) : reader(owner), before(owner.path_.size()) {
      reader.path_ += '[' + std::to_string(index) + ']';
    }
    ~Step() { reader.path_.resize(before); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    Reader& reader;
    std::size_t before;
  };

  void fault(const char* code, std::string message) {
    found_.push_back({path_, code, std::move(message)});
  }

  template <class T>
  void name_unknown(const Json& json, const T& into) {
    for (const auto& item : json.items()) {
      const std::string& key = item.key();
      bool known = false;
      visit_fields(into,
                   [&](const Field& field, const auto&) { known = known || key == field.name; });
      if (!known) unknown(key);
    }
  }

  void unknown(const std::string& key) {
    const Step step(*this, key);
    fault("unknown_field", "there is no field of this name here");
  }

  void take(const Json& json, std::string& into) {
    if (json.is_string()) {
      into = json.get_ref<const std::string&>();
    } else {
      fault("wrong_type", "expected a text");
    }
  }

  // The text of a JSON string, or null after a fault.
  const std::string* text(const Json& json, const char* expected) {
    if (json.is_string()) return json.get_ptr<const std::string*>();
    fault("wrong_type", expected);
    return nullptr;
  }

  void take(const Json& json, PartialDate& into) {
    const std::string* told = text(json, "expected a date as text");
    if (!told) return;
    if (const auto date = domain::parse_date(*told)) {
      into = *date;
    } else {
      fault("bad_date", "'" + *told + "' is no YYYY, YYYY-MM or YYYY-MM-DD");
    }
  }

  void take(const Json& json, Moment& into) {
    const std::string* told = text(json, "expected an instant as text");
    if (!told) return;
    const auto at = domain::parse_timestamp(*told);
    if (at && *at != 0) {
      into.at = *at;
    } else {
      fault("bad_date", "'" + *told + "' is no instant such as 2026-11-24T13:00:00.000Z");
    }
  }

  void take(const Json& json, std::int64_t& into) {
    constexpr std::int64_t most = std::int64_t{1} << 53;  // what every reader of JSON keeps exact
    const bool whole = json.is_number_integer() &&
                       (json.is_number_unsigned() ? json.get<std::uint64_t>() <= std::uint64_t{most}
                                                  : json.get<std::int64_t>() >= -most);
    if (whole) {
      into = json.get<std::int64_t>();
    } else {
      fault("wrong_type", "expected a whole number");
    }
  }

  void take(const Json& json, Share& into) {
    const std::string* told = text(json, "expected a decimal as text, such as \"0.25\"");
    if (!told) return;
    const auto value = domain::parse_decimal(*told, 6);
    if (value && *value >= 0 && *value <= 1000000) {
      into.millionths = static_cast<std::int32_t>(*value);
    } else {
      fault("bad_share", "'" + *told + "' is no share between 0 and 1 with at most six decimals");
    }
  }

  void take(const Json& json, double& into) {
    if (json.is_number()) {
      into = json.get<double>();
    } else {
      fault("wrong_type", "expected a number");
    }
  }

  void take(const Json& json, Text& into) {
    members(json, [&](const std::string& key, const Json& value) {
      if (key == "language") return take(value, into.language), true;
      if (key == "text") return take(value, into.text), true;
      if (key == "origin") return take(value, into.origin), true;
      return false;
    });
  }

  void take(const Json& json, TextOrigin& into) {
    if (json == "machine") {
      into = TextOrigin::Machine;
    } else if (json == "original") {
      into = TextOrigin::Original;
    } else {
      fault("unknown_code", "expected \"original\" or \"machine\"");
    }
  }

  void take(const Json& json, Money& into) {
    std::optional<std::string> amount;
    members(json, [&](const std::string& key, const Json& value) {
      if (key == "amount" && value.is_string()) return take(value, amount), true;
      if (key == "amount") return fault("wrong_type", "expected a decimal as text"), true;
      if (key == "currency") return take(value, into.currency), true;
      if (key == "as_written") return take(value, into.as_written), true;
      return false;
    });
    if (!amount) return;
    const int digits = domain::currency_digits(into.currency);
    into.minor = domain::parse_decimal(*amount, digits);
    if (!into.minor) {
      const Step step(*this, "amount");
      fault("bad_amount",
            "'" + *amount + "' is no amount with at most " + std::to_string(digits) + " decimals");
    }
  }

  void take(const Json& json, std::vector<Parameter>& into) {
    members(json, [&](const std::string& key, const Json& value) {
      Parameter parameter{key, {}};
      if (value.is_array()) {
        take(value, parameter.values);
      } else {
        take(value, parameter.values.emplace_back());
      }
      into.push_back(std::move(parameter));
      return true;
    });
  }

  template <class T>
  void take(const Json& json, std::optional<T>& into) {
    take(json, into.emplace());
  }

  template <class T>
  void take(const Json& json, std::vector<T>& into) {
    if (!json.is_array()) return fault("wrong_type", "expected a list");
    into.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
      const Step step(*this, i);
      take(json[i], into.emplace_back());
    }
  }

  template <class T>
  requires std::is_class_v<T>
  void take(const Json& json, T& into) { object(json, into); }

  // Each member of an object to `known`, which says whether it knew the key.
  template <class F>
  void members(const Json& json, F&& known) {
    if (!json.is_object()) return fault("wrong_type", "expected an object");
    for (const auto& [key, value] : json.items()) {
      bool taken = false;
      {
        const Step step(*this, key);
        taken = known(key, value);
      }
      if (!taken) unknown(key);
    }
  }

  std::vector<Violation>& found_;
  std::string path_;
};

// Behind the string that begins here.
std::size_t string_end(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return std::min(at + 1, json.size());
}

// Behind the value that begins here: at the comma or bracket that ends it.
std::size_t value_end(std::string_view json, std::size_t at) {
  int depth = 0;
  while (at < json.size()) {
    const char c = json[at];
    if (c == '"') {
      at = string_end(json, at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth < 0) break;
    if (c == ',' && depth == 0) break;
    ++at;
  }
  return at;
}

// Where the key, with quotes and colon, begins in the outermost object of a text without blanks.
std::size_t outer_field(std::string_view json, std::string_view key) {
  if (json.empty() || json[0] != '{') return std::string_view::npos;
  for (std::size_t at = 1; at < json.size() && json[at] == '"'; ++at) {
    if (json.substr(at, key.size()) == key) return at;
    at = string_end(json, at);
    if (at >= json.size() || json[at] != ':') break;
    at = value_end(json, at + 1);
  }
  return std::string_view::npos;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // start of the run that can be copied as it is
  const auto flush = [&](std::size_t end) { out.append(text.data() + plain, end - plain); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= ' ' && c != '"' && c != '\\') continue;
    flush(i);
    plain = i + 1;
    out += '\\';
    switch (c) {
      case '"':
        out += '"';
        break;
      case '\\':
        out += '\\';
        break;
      case '\n':
        out += 'n';
        break;
      case '\r':
        out += 'r';
        break;
      case '\t':
        out += 't';
        break;
      default:
        out += "u00";
        out += hex[c >> 4U];
        out += hex[c & 15U];
    }
  }
  flush(text.size());
  out += '"';
}

std::string to_json(const Record& record) {
  std::string out;
  out.reserve(512);
  Writer writer(out);
  std::visit([&](const auto& value) { writer.record(value); }, record);
  return out;
}

// nlohmann's parser keeps its own stack, its tree's users do not: depth is bounded before.
bool nested_too_deep(std::string_view json) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > depth_limit) return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

Decoded from_tree(RecordKind kind, const JsonTree& tree) {
  Decoded decoded;
  decoded.record = domain::make_record(kind);
  Reader reader(decoded.violations);
  std::visit([&](auto& value) { reader.object(tree, value); }, decoded.record);
  return decoded;
}

Decoded heading_from_json(RecordKind kind, std::string_view json) {
  static constexpr std::string_view key = "\"participations\":";
  const std::size_t begin = outer_field(json, key);
  if (begin == std::string_view::npos) return from_json(kind, json);
  const std::size_t end = value_end(json, begin + key.size());
  // With the comma before it, or, of the first one, that behind it.
  const bool first = json[begin - 1] == '{';
  const std::size_t from = first ? begin : begin - 1;
  const std::size_t to = first && end < json.size() && json[end] == ',' ? end + 1 : end;
  return from_json(kind, std::string(json.substr(0, from)).append(json.substr(to)));
}

Decoded from_json(RecordKind kind, std::string_view json) {
  Decoded decoded;
  decoded.record = domain::make_record(kind);
  if (nested_too_deep(json)) {
    decoded.violations.push_back({"", "too_deep", "nested deeper than 64 levels"});
    return decoded;
  }
  try {
    return from_tree(kind, JsonTree::parse(json));
  } catch (const JsonTree::exception& e) {
    decoded.violations.push_back({"", "bad_json", e.what()});
    return decoded;
  }
}

}  // namespace koinon::exchange
