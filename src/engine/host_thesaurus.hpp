// SPDX-License-Identifier: Apache-2.0
//
// A host's own SKOS files as one table, alone or joined to the bundled thesaurus. Compiling takes
// seconds, so the table is kept among the views of the catalogue, under a name that tells
// what it was made of; whatever is wrong with it there, it is made again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "index/checked_file.hpp"
#include "koinon/thesaurus.hpp"
#include "text/thesaurus.hpp"

namespace koinon::engine {

class HostThesaurus {
 public:
  struct Sources {
    std::vector<std::string> files;
    std::string language;  // of labels that state none
    bool bundled = true;   // joined to the bundled one
  };

  /// From the folder ("" for none), or compiled. Throws Error with NotFound, InputOutput,
  /// InvalidInput or UnknownFormat, each naming the file.
  HostThesaurus(const Sources& sources, const std::string& folder);
  HostThesaurus(const HostThesaurus&) = delete;
  HostThesaurus& operator=(const HostThesaurus&) = delete;

  /// Puts what was compiled into the folder, which is made, in the place of what it has of other
  /// sources, and reads it from there: so that processes share it. Where that cannot be, the report
  /// says why. May be called until the table is in use.
  void keep(const std::string& folder);

  const text::Thesaurus& table() const { return table_; }
  /// Other sources, another number; never 0.
  std::uint64_t version() const { return version_; }
  const ThesaurusReport& report() const { return report_; }

 private:
  bool open_kept(const std::string& file);
  void compile(const Sources& sources);

  std::uint64_t version_;
  std::vector<char> bytes_;  // of the table, where no file has it
  index::Input file_;
  text::Thesaurus table_;
  ThesaurusReport report_;
};

}  // namespace koinon::engine
