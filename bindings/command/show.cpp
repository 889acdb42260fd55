// SPDX-License-Identifier: Apache-2.0
//
// A record whole, section by section, for reading.
#include <algorithm>
#include <map>

#include "commands.hpp"
#include "labels.hpp"

namespace koinon::command {

namespace {

constexpr std::size_t label_width = 18;

class Page {
 public:
  Page(const Context& context, kn_catalogue* catalogue, std::string language)
      : style_(context.style), catalogue_(catalogue), language_(std::move(language)) {}

  std::string record(const Json& stored);

 private:
  std::string field(const std::string& name, const Json& value);
  std::string section(const std::string& title, const Json& texts) const;
  std::string line(const std::string& title, const std::string& text) const;
  std::string list(const std::string& title, const std::vector<std::string>& lines) const;
  std::string item(const std::string& path, const Json& value);
  std::string object(const std::string& path, const Json& value);
  std::string parts(const std::string& path, const Json& value);
  void describe(const std::string& kind);
  std::string place(const Json& value) const;
  std::string participation(const Json& value);
  std::string initiative(const std::string& id);
  std::string reference(const std::string& id);
  std::string coded(const std::string& vocabulary, const std::string& code) const;

  // What the library says of a field.
  struct Described {
    std::string type;
    std::string vocabulary;
  };

  Style style_;
  kn_catalogue* catalogue_;
  std::string language_;
  std::string kind_;                         // of the record
  std::map<std::string, Described> fields_;  // of that kind, by path
  std::map<std::string, std::string> titles_;
};

std::string text_in(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

bool is_language_text(const Json& value) {
  return value.is_array() && !value.empty() && value[0].is_object() &&
         value[0].contains("language") && value[0].contains("text");
}

// Joins what is there.
std::string joined(std::initializer_list<std::string> parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

std::string money(const Json& value) {
  const std::string amount = joined({text_in(value, "amount"), text_in(value, "currency")}, " ");
  const std::string wording = text_in(value, "as_written");
  if (amount.empty()) return wording;
  return wording.empty() ? amount : amount + " (\"" + wording + "\")";
}

std::string period(const Json& value) {
  const std::string from = text_in(value, "from");
  const std::string to = text_in(value, "to");
  if (to.empty()) return "since " + from;
  return from.empty() ? "until " + to : from + " to " + to;
}

std::string Page::coded(const std::string& vocabulary, const std::string& code) const {
  if (vocabulary.empty() || code.empty()) return code;
  return labelled(vocabulary, code, language_);
}

void Page::describe(const std::string& kind) {
  kind_ = kind;
  std::int32_t number = 0;
  call([&](kn_error** error) {
    return kn_kind_from_name(kind.data(), kind.size(), &number, error);
  });
  const std::string json = make_text(
      [&](kn_text** text, kn_error** error) { return kn_record_fields(number, text, error); });
  for (const Json& field : Json::parse(json))
    fields_[field["path"].get<std::string>()] = {text_in(field, "type"),
                                                 text_in(field, "vocabulary")};
}

std::string Page::reference(const std::string& id) {
  const auto known = titles_.find(id);
  if (known != titles_.end()) return known->second;
  std::string text = id;
  try {
    const std::string title = record_title(get_record(catalogue_, id)["record"], language_);
    if (!title.empty()) text = title + " (" + id + ")";
  } catch (const Failure& failure) {
    text += failure.code() == KN_E_ERASED ? " (erased)" : " (not in the catalogue)";
  }
  return titles_[id] = text;
}

std::string Page::place(const Json& value) const {
  const std::string region = text_in(value, "region");
  const std::string nuts = text_in(value, "nuts");
  const std::string country = text_in(value, "country");
  std::string where = joined({text_in(value, "postcode"), text_in(value, "locality")}, " ");
  where = joined(
      {where, region, nuts, country.empty() ? "" : label("countries", country, language_)}, ", ");
  if (value.contains("latitude") && value.contains("longitude")) {
    where += " (" + text_in(value, "latitude") + ", " + text_in(value, "longitude") + ")";
  }
  const std::string role = text_in(value, "role");
  return role.empty() ? where : label("place-roles", role, language_) + ": " + where;
}

std::string Page::participation(const Json& value) {
  std::string text = reference(text_in(value, "organisation"));
  const std::string role = text_in(value, "role");
  if (!role.empty()) text = label("participation-roles", role, language_) + ": " + text;
  if (value.contains("contribution")) text += ", " + money(value["contribution"]);
  if (value.contains("share")) text += ", share " + text_in(value, "share");
  if (value.contains("period")) text += ", " + period(value["period"]);
  return text;
}

// An object that has no form of its own: its fields, one after the other.
std::string Page::parts(const std::string& path, const Json& value) {
  std::string text;
  for (const auto& [name, part] : value.items()) {
    const std::string within = path + "." + name;
    std::string told;
    if (!part.is_array()) {
      told = item(within, part);
    } else {
      for (const Json& one : part) {
        const std::string each =
            one.is_object() && one.contains("text") && one.contains("language")
                ? "\"" + text_in(one, "text") + "\" [" + text_in(one, "language") + "]"
                : item(within + "[]", one);
        told += (told.empty() ? "" : ", ") + each;
      }
    }
    std::string title = field_title(name);
    if (title[0] >= 'A' && title[0] <= 'Z') title[0] += 'a' - 'A';
    if (!told.empty()) text += (text.empty() ? "" : " · ") + title + " " + told;
  }
  return text;
}

std::string Page::object(const std::string& path, const Json& value) {
  if (value.contains("organisation") && value.contains("role")) return participation(value);
  if (value.contains("as_written") || value.contains("amount")) return money(value);
  if (value.contains("portal")) {
    return joined({text_in(value, "portal"), text_in(value, "local_id"), text_in(value, "title"),
                   text_in(value, "url"), text_in(value, "fetched")},
                  " · ");
  }
  if (value.contains("author")) {
    std::string text = reference(text_in(value, "author"));
    for (const Json& said : value.value("text", Json::array())) {
      text += "\n\"" + text_in(said, "text") + "\" [" + text_in(said, "language") + "]";
    }
    return text;
  }
  if (value.contains("scheme")) return text_in(value, "scheme") + ": " + text_in(value, "value");
  if (value.contains("issuer")) return text_in(value, "issuer") + " " + text_in(value, "value");
  const auto has = [&](const char* name) { return fields_.count(path + name) > 0; };
  if ((value.contains("from") || value.contains("to")) && !has(".at")) return period(value);
  if (value.contains("legal_text")) {
    return joined({text_in(value, "kind"), text_in(value, "legal_text")}, ": ");
  }
  return has(".nuts") ? place(value) : parts(path, value);
}

std::string Page::item(const std::string& path, const Json& value) {
  if (value.is_object()) return object(path, value);
  if (!value.is_string()) return value.dump();
  const std::string text = value.get<std::string>();
  // An entry of a list is described as the list.
  const bool entry = path.size() > 2 && path.compare(path.size() - 2, 2, "[]") == 0;
  const auto known = fields_.find(entry ? path.substr(0, path.size() - 2) : path);
  if (known == fields_.end()) return text;
  return known->second.type == "reference" ? reference(text)
                                           : coded(known->second.vocabulary, text);
}

std::string Page::line(const std::string& title, const std::string& text) const {
  const std::string indent(label_width, ' ');
  std::string lines = paragraphs(text, output_width(), indent);
  if (lines.size() < label_width) return {};
  return style_.bold(padded(title, label_width)) + lines.substr(label_width);
}

std::string Page::list(const std::string& title, const std::vector<std::string>& lines) const {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) text += line(i == 0 ? title : "", lines[i]);
  return text;
}

std::string Page::section(const std::string& title, const Json& texts) const {
  std::string out = "\n" + style_.bold(title) + "\n";
  bool first = true;
  for (const Json& text : texts) {
    const std::string origin = text_in(text, "origin");
    if (!first) out += "\n";
    out += style_.dim("  [" + plain(text_in(text, "language")) +
                      (origin == "machine" ? ", machine translation" : "") + "]") +
           "\n";
    out += paragraphs(text_in(text, "text"), output_width(), "  ");
    first = false;
  }
  return out;
}

// The thing that a case study is about is part of the case for a reader.
std::string Page::initiative(const std::string& id) {
  std::string text = line("Initiative", reference(id));
  try {
    const Json record = get_record(catalogue_, id)["record"];
    const std::string stage = text_in(record, "stage");
    if (!stage.empty()) text += line("Stage", coded("stages", stage));
    if (record.contains("origin")) text += line("Origin", place(record["origin"]));
  } catch (const Failure&) {
    // Its line says already that it is not there.
  }
  return text;
}

std::string Page::field(const std::string& name, const Json& value) {
  const std::string title = field_title(name);
  if (name == "initiative" && value.is_string()) return initiative(value.get<std::string>());
  if (!value.is_array()) return line(title, item(name, value));
  std::vector<std::string> lines;
  bool plain_words = true;
  for (const Json& one : value) {
    lines.push_back(item(name + "[]", one));
    plain_words = plain_words && one.is_string() && fields_[name].type != "reference" &&
                  fields_[name].type != "link";
  }
  if (!plain_words) return list(title, lines);
  std::string words;
  for (const std::string& word : lines) words += (words.empty() ? "" : ", ") + word;
  return line(title, words);
}

std::string Page::record(const Json& stored) {
  const Json& record = stored["record"];
  describe(text_in(stored, "kind"));
  std::string title = record_title(record, language_);
  if (kind_ == "replication")
    title = reference(text_in(record, "parent")) + " → " + reference(text_in(record, "child"));
  std::string text = style_.bold(plain(title.empty() ? text_in(stored, "id") : title)) + "\n";
  text +=
      style_.dim(kind_label(text_in(stored, "kind")) + " · " + text_in(stored, "id") +
                 " · version " + text_in(stored, "version") + " · " + text_in(stored, "updated")) +
      "\n";
  std::string facts;
  std::string sections;
  for (const auto& [name, value] : record.items()) {
    const bool names_it =
        name == "title" || name == "titles" || name == "names" || name == "labels";
    if (is_language_text(value) && !(names_it && value.size() == 1)) {
      sections += section(field_title(name), value);
    } else if (!is_language_text(value)) {
      facts += field(name, value);
    }
  }
  if (!sections.empty()) text += sections;
  if (!facts.empty()) text += "\n" + facts;
  return text;
}

}  // namespace

int run_show(const Context& context) {
  const std::string& id = context.arguments.word(0);
  const std::uint64_t version = context.arguments.number("--version", 0);
  const CatalogueHandle catalogue = context.open();
  if (context.json) {
    print(make_text([&](kn_text** json, kn_error** error) {
            return kn_get_json(catalogue.get(), id.data(), id.size(), version, json, error);
          }) +
          "\n");
    return Done;
  }
  Page page(context, catalogue.get(), context.arguments.value("--language"));
  print(page.record(get_record(catalogue.get(), id, version)));
  return Done;
}

int run_fields(const Context& context) {
  const std::string& kind = context.arguments.word(0);
  std::int32_t number = 0;
  call([&](kn_error** error) {
    return kn_kind_from_name(kind.data(), kind.size(), &number, error);
  });
  const std::string json = make_text(
      [&](kn_text** text, kn_error** error) { return kn_record_fields(number, text, error); });
  if (context.json) {
    print(json + "\n");
    return Done;
  }
  std::string text;
  for (const Json& field : Json::parse(json)) {
    const std::string vocabulary = text_in(field, "vocabulary");
    text += padded(text_in(field, "path"), 36) + " " + text_in(field, "type") +
            (vocabulary.empty() ? "" : " of " + vocabulary) +
            (field["list"].get<bool>() ? ", any number" : "") +
            (field["required"].get<bool>() ? ", needed" : "") + "\n";
  }
  print(text);
  return Done;
}

}  // namespace koinon::command
