// SPDX-License-Identifier: Apache-2.0
//
// The files that the formats are made for, when they are at hand (KOINON_SHARED_DATA, or
// ../shared/data).
#include <cstdlib>
#include <filesystem>

#include "exchange_rows.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

struct RealFile {
  const char* path;
  const char* format;
  std::uint64_t rows;
};

std::filesystem::path data_folder() {
  const char* told = std::getenv("KOINON_SHARED_DATA");
  return told ? std::filesystem::path(told)
              : std::filesystem::path(KOINON_SOURCE_DIR "/../shared/data");
}

// Whether the row's only faults are those of a relation whose concept the labels bring.
bool waits_for_labels(const Violation& violation) {
  return violation.path == "labels" && violation.code == "missing";
}

}  // namespace

TEST_CASE("more than 99 % of the rows of each real file can be stored", "[exchange]") {
  const RealFile file =
      GENERATE(RealFile{"esf_operations.tsv.xz", "esf-operations", 401178},
               RealFile{"esf_operations_described.tsv.xz", "esf-operations", 26087},
               RealFile{"cases/dsi4eu_projects.json", "dsi4eu-projects", 829},
               RealFile{"cases/dsi4eu_organisations.json", "dsi4eu-organisations", 1228},
               RealFile{"cases/jrc_innovative_public_services.json", "jrc-cases", 853},
               RealFile{"calls/eu_open_calls.jsonl.gz", "eu-calls", 629},
               RealFile{"h2020_participations_2014_2019.csv.gz", "h2020-participations", 116241},
               RealFile{"h2020_programmes.csv", "h2020-programmes", 31260},
               RealFile{"cordis_organisations.csv", "cordis-organisations", 6474},
               RealFile{"cordis_participations_named.csv", "cordis-participations", 13371},
               RealFile{"eurovoc_labels24.tsv", "eurovoc-labels", 7382},
               RealFile{"eurovoc_relations.tsv", "eurovoc-relations", 51947});
  const auto path = data_folder() / file.path;
  if (!std::filesystem::exists(path)) {
    WARN("skipped: " << path << " is not here");
    return;
  }
  CAPTURE(file.path);
  const auto source = open_file(path.string());
  const Format* guessed = guess_format(source->head());
  REQUIRE(guessed != nullptr);
  CHECK(guessed->name == std::string(file.format));
  const auto reader = guessed->open(*source, {});
  const bool relations = guessed->name == std::string("eurovoc-relations");
  std::uint64_t rows = 0;
  std::uint64_t good = 0;
  std::uint64_t last_line = 0;
  Row row;
  while (reader->next(row)) {
    ++rows;
    std::vector<Violation> faults = faults_of(row);
    if (relations) std::erase_if(faults, waits_for_labels);
    if (faults.empty()) ++good;
    CHECKED_ELSE(row.line >= last_line) {
      FAIL("lines go backwards");
    }
    last_line = row.line;
  }
  CHECK(rows == file.rows);
  CHECK(static_cast<double>(good) > 0.99 * static_cast<double>(rows));
}
