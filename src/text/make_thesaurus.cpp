// SPDX-License-Identifier: Apache-2.0
//
// Runs while Koinon is built, and only then: src/data/thesaurus becomes one table.
//
//   make_thesaurus FOLDER OUT
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "text/thesaurus_builder.hpp"

namespace {

using koinon::text::ConceptToAdd;
using Row = std::vector<std::string>;

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// Rows without the heading, which comes first.
std::vector<Row> table(const std::string& path, Row& heading) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<Row> rows;
  heading.clear();
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    Row row = split(line, '\t');
    if (heading.empty()) {
      heading = std::move(row);
    } else if (row.size() == heading.size()) {
      rows.push_back(std::move(row));
    } else {
      throw std::runtime_error(path + ": a row of another width: " + line);
    }
  }
  return rows;
}

class Source {
 public:
  explicit Source(std::string folder) : folder_(std::move(folder)) {
    read_eurovoc();
    read_glossary();
    Row heading;
    silent = table(folder_ + "/silent.tsv", heading);
  }

  std::vector<ConceptToAdd> concepts;
  std::vector<Row> silent;  // language, word, why

 private:
  std::string name(const std::string& told) const {
    if (told.rfind("eurovoc:", 0) == 0) return told;
    const auto held = glossary_.find(told);
    if (held == glossary_.end()) throw std::runtime_error("the glossary has no concept " + told);
    return concepts[held->second].uri;
  }

  void read_eurovoc() {
    Row heading;
    for (const Row& row : table(folder_ + "/eurovoc.tsv", heading)) {
      ConceptToAdd& added = concepts.emplace_back();
      added.uri = "eurovoc:" + row[0];
      eurovoc_[added.uri] = concepts.size() - 1;
      for (std::size_t i = 1; i < row.size(); ++i) {
        const std::string& column = heading[i];
        const bool preferred = column.size() == 2;
        for (const std::string& text : preferred ? Row{row[i]} : split(row[i], '|'))
          if (!text.empty()) added.labels.push_back({column.substr(0, 2), text, preferred});
      }
    }
    for (const Row& row : table(folder_ + "/eurovoc-relations.tsv", heading)) {
      ConceptToAdd& added = concepts.at(eurovoc_.at("eurovoc:" + row[0]));
      (row[1] == "broader" ? added.broader : added.related).push_back("eurovoc:" + row[2]);
    }
  }

  void read_glossary() {
    Row heading;
    const std::vector<Row> rows = table(folder_ + "/glossary/concepts.tsv", heading);
    for (const Row& row : rows) {
      // What EuroVoc has keeps EuroVoc's name, which others know.
      if (row[1].empty()) {
        glossary_[row[0]] = concepts.size();
        concepts.emplace_back().uri = "koinon:" + row[0];
      } else {
        const std::vector<std::string> matches = split(row[1], ' ');
        glossary_[row[0]] = eurovoc_.at(matches.front());
        ConceptToAdd& added = concepts[glossary_[row[0]]];
        added.exact_match.push_back("koinon:" + row[0]);
        added.exact_match.insert(added.exact_match.end(), matches.begin() + 1, matches.end());
      }
    }
    for (const Row& row : rows) {
      ConceptToAdd& added = concepts[glossary_[row[0]]];
      for (const std::string& other : split(row[2], ' '))
        if (!other.empty()) added.broader.push_back(name(other));
      for (const std::string& other : split(row[3], ' '))
        if (!other.empty()) added.related.push_back(name(other));
    }
    for (const char* language :
         {"bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
          "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"})
      read_labels(language);
  }

  // The glossary's preferred label goes before EuroVoc's.
  void read_labels(const std::string& language) {
    Row heading;
    for (const Row& row : table(folder_ + "/glossary/" + language + ".tsv", heading)) {
      ConceptToAdd& added = concepts.at(glossary_.at(row[0]));
      const bool preferred = row[1] == "preferred";
      for (auto& label : added.labels)
        if (preferred && label.language == language) label.preferred = false;
      added.labels.push_back({language, row[2], preferred});
    }
  }

  std::string folder_;
  std::map<std::string, std::size_t> eurovoc_;
  std::map<std::string, std::size_t> glossary_;
};

void make(const std::string& folder, const std::string& out) {
  Source source(folder);
  koinon::text::ThesaurusBuilder builder;
  for (ConceptToAdd& added : source.concepts) builder.add(std::move(added));
  for (const Row& row : source.silent) builder.silence(row[0], row[1]);
  const std::vector<char> bytes = builder.build();
  std::ofstream file(out, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw std::runtime_error("cannot write " + out);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count != 3) throw std::runtime_error("usage: make_thesaurus FOLDER OUT");
    make(arguments[1], arguments[2]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "make_thesaurus: %s\n", error.what());
    return 1;
  }
}
