// SPDX-License-Identifier: Apache-2.0
#include "exchange/skos.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "domain/utf8.hpp"
#include "exchange/rdf_reader.hpp"
#include "koinon/error.hpp"

namespace koinon::exchange {

namespace {

constexpr std::string_view skos_space = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view label_space = "http://www.w3.org/2008/05/skos-xl#";
constexpr std::string_view type_name = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view deprecated_name = "http://www.w3.org/2002/07/owl#deprecated";
constexpr std::string_view eurovoc_space = "http://eurovoc.europa.eu/";
constexpr std::size_t most_problems = 1000;
constexpr const char* formats_told = "RDF/XML, Turtle and N-Triples are";

bool take(std::string_view& text, std::string_view beginning) {
  if (text.substr(0, beginning.size()) != beginning) return false;
  text.remove_prefix(beginning.size());
  return true;
}

std::string short_name(std::string_view uri) {
  std::string_view rest = uri;
  if (take(rest, eurovoc_space) && !rest.empty() && rest.find('/') == std::string_view::npos)
    return "eurovoc:" + std::string(rest);
  return std::string(uri);
}

bool is_tag(std::string_view language) {
  const std::size_t primary = std::min(language.find('-'), language.size());
  return primary >= 2 && primary <= 8 && language.size() <= 35 &&
         std::all_of(language.begin(), language.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

struct Found {
  text::ConceptToAdd added;
  bool called = false;        // a skos:Concept, or with a SKOS property
  bool called_other = false;  // a scheme or a collection
  bool deprecated = false;
};

// A label that is a node of its own (SKOS-XL): the concept may come before or after its words.
struct Node {
  std::vector<std::pair<std::string, bool>> of;            // concept, preferred
  std::vector<std::pair<std::string, std::string>> forms;  // language, text
  std::uint64_t line = 0;
};

class Skos {
 public:
  Skos(std::string name, const SkosOptions& options, SkosReport& report)
      : name_(std::move(name)), options_(options), report_(report) {}

  void statement(const RdfStatement& told) {
    ++report_.statements;
    std::string_view property = told.predicate;
    if (property == type_name) {
      type(told);
    } else if (property == deprecated_name) {
      if (told.literal && (told.object == "true" || told.object == "1"))
        found(told.subject).deprecated = true;
    } else if (take(property, skos_space)) {
      core(told, property);
    } else if (take(property, label_space)) {
      extension(told, property);
    }
  }

  void problem(std::uint64_t line, const char* code, std::string reason) {
    ++report_.problem_count;
    if (report_.problems.size() < most_problems)
      report_.problems.push_back({line, code, std::move(reason)});
  }

  void finish(text::ThesaurusBuilder& into) {
    for (auto& [name, node] : nodes_) {
      if (node.forms.empty() && !node.of.empty())
        problem(node.line, "no_literal_form", "the label " + name + " has no literal form");
      for (const auto& [uri, preferred] : node.of)
        for (const auto& [language, words] : node.forms)
          found(uri).added.labels.push_back({language, words, preferred});
    }
    for (auto& [uri, one] : concepts_) {
      if (!one.called || one.called_other) continue;
      if (uri.compare(0, 2, "_:") == 0) {
        // Its name is another with every reading: nobody could keep it.
        problem(0, "no_uri", "a concept without a URI is left out: " + first_label(one));
        continue;
      }
      if (one.deprecated) {
        ++report_.left_out;
        continue;
      }
      ++report_.concepts;
      report_.labels += one.added.labels.size();
      into.add(std::move(one.added));
    }
  }

 private:
  static std::string first_label(const Found& one) {
    return one.added.labels.empty() ? std::string("it has no label")
                                    : one.added.labels.front().text.substr(0, 200);
  }

  Found& found(std::string_view uri) {
    std::string name = short_name(uri);
    const auto held = concepts_.find(name);
    if (held != concepts_.end()) return held->second;
    if (concepts_.size() >= options_.most_concepts)
      throw Error(ErrorCode::InvalidInput,
                  name_ + ": more than " + std::to_string(options_.most_concepts) + " concepts");
    Found made;
    made.added.uri = name;
    return concepts_.emplace(std::move(name), std::move(made)).first->second;
  }

  void type(const RdfStatement& told) {
    std::string_view kind = told.object;
    if (!take(kind, skos_space)) return;
    if (kind == "Concept") found(told.subject).called = true;
    if (kind == "ConceptScheme" || kind == "Collection" || kind == "OrderedCollection")
      found(told.subject).called_other = true;
  }

  void core(const RdfStatement& told, std::string_view property) {
    const bool preferred = property == "prefLabel";
    if (preferred || property == "altLabel" || property == "hiddenLabel") {
      std::string language;
      if (label_language(told, language))
        found(told.subject)
            .added.labels.push_back({std::move(language), std::string(told.object), preferred});
      found(told.subject).called = true;
      return;
    }
    const bool known = property == "broader" || property == "narrower" || property == "related" ||
                       property == "exactMatch";
    if (!known) return;
    if (told.literal) {
      problem(told.line, "not_a_resource",
              std::string(property) + " of " + std::string(told.subject) + " is a text");
      return;
    }
    if (property == "narrower") {
      Found& below = found(told.object);
      below.added.broader.push_back(short_name(told.subject));
      below.called = true;
      found(told.subject).called = true;
      return;
    }
    Found& here = found(told.subject);
    here.called = true;
    auto& list = property == "broader"   ? here.added.broader
                 : property == "related" ? here.added.related
                                         : here.added.exact_match;
    list.push_back(short_name(told.object));
  }

  void extension(const RdfStatement& told, std::string_view property) {
    if (property == "literalForm") {
      std::string language;
      if (label_language(told, language))
        nodes_[std::string(told.subject)].forms.emplace_back(std::move(language), told.object);
      return;
    }
    const bool preferred = property == "prefLabel";
    if (!preferred && property != "altLabel" && property != "hiddenLabel") return;
    if (told.literal) {
      problem(told.line, "not_a_resource",
              "the label of " + std::string(told.subject) + " is no node");
      return;
    }
    Node& node = nodes_[std::string(told.object)];
    node.of.emplace_back(told.subject, preferred);
    node.line = told.line;
    found(told.subject).called = true;
  }

  // Whether a label can be used, and in which language.
  bool label_language(const RdfStatement& told, std::string& language) {
    const std::string of = " of " + std::string(told.subject.substr(0, 200));
    if (!told.literal) {
      problem(told.line, "not_a_literal", "the label" + of + " is no text");
      return false;
    }
    if (told.object.size() > options_.longest_label) {
      problem(told.line, "too_long",
              "a label" + of + " has " + std::to_string(told.object.size()) + " bytes");
      return false;
    }
    if (domain::first_invalid_utf8(told.object) != told.object.size()) {
      problem(told.line, "bad_encoding", "a label" + of + " is not in UTF-8");
      return false;
    }
    language = told.language.empty() ? options_.language : std::string(told.language);
    if (language.empty()) {
      problem(told.line, "no_language",
              "the label '" + std::string(told.object) + "'" + of + " states no language");
      return false;
    }
    if (!is_tag(language)) {
      problem(told.line, "bad_language",
              "'" + language.substr(0, 40) + "' of a label" + of + " is no language tag");
      return false;
    }
    return true;
  }

  std::string name_;
  const SkosOptions& options_;
  SkosReport& report_;
  std::map<std::string, Found> concepts_;  // by URI: the table does not depend on the file's order
  std::map<std::string, Node> nodes_;
};

std::string guess_rdf(std::string_view head, const std::string& name) {
  if (take(head, "\xEF\xBB\xBF")) return guess_rdf(head, name);
  if (head.find('\0') < 64)
    throw Error(ErrorCode::InvalidInput, name + ": line 1: it is not in UTF-8");
  const std::size_t start = head.find_first_not_of(" \t\r\n");
  head.remove_prefix(std::min(start, head.size()));
  if (head.substr(0, 2) == "<?" || head.substr(0, 2) == "<!" || head.substr(0, 4) == "<rdf" ||
      head.find("http://www.w3.org/1999/02/22-rdf-syntax-ns#\"") < 4096)
    return "rdfxml";
  if (!head.empty() && (head[0] == '{' || head[0] == '['))
    throw Error(ErrorCode::UnknownFormat, name + ": JSON-LD is not read; " + formats_told);
  if (name.size() > 3 && name.substr(name.size() - 3) == ".nt") return "ntriples";
  return "turtle";
}

}  // namespace

SkosReport read_skos(ByteSource& source, const std::string& name, text::ThesaurusBuilder& into,
                     const SkosOptions& options) {
  const std::string format =
      options.format.empty() ? guess_rdf(source.head(), name) : options.format;
  if (format != "rdfxml" && format != "turtle" && format != "ntriples")
    throw Error(ErrorCode::UnknownFormat,
                name + ": " + format + " is no format of RDF that is read");
  if (!options.language.empty() && !is_tag(options.language))
    throw Error(ErrorCode::InvalidArgument, "'" + options.language + "' is no language tag");
  SkosReport report;
  Skos skos(name, options, report);
  RdfHandler handler;
  handler.statement = [&](const RdfStatement& told) { skos.statement(told); };
  handler.problem = [&](std::uint64_t line, const std::string& reason) {
    skos.problem(line, "bad_statement", reason);
  };
  try {
    read_rdf(source, name, format, handler);
  } catch (const Error& error) {
    // What was taken for Turtle because it looked like nothing else is likely to be something else.
    const bool guessed = options.format.empty() && format == "turtle" && report.statements == 0;
    if (!guessed || error.code() != ErrorCode::InvalidInput) throw;
    throw Error(ErrorCode::InvalidInput,
                std::string(error.what()) + " (" + formats_told + " read)");
  }
  skos.finish(into);
  return report;
}

}  // namespace koinon::exchange
