// SPDX-License-Identifier: Apache-2.0
// The driver of Xapian; what it must do is in README.md.
#include <xapian.h>

#include "driver.hpp"

namespace {

using bench::Answer;
using bench::Asked;
using bench::Case;
using bench::Hit;
using bench::Row;

constexpr Xapian::valueno number_slot = 0;
constexpr Xapian::valueno facet_slots[] = {1, 2, 3};
constexpr const char* facets[] = {"country", "fund", "year"};
constexpr Xapian::valueno day_slot = 4;
constexpr Xapian::valueno cents_slot = 5;
constexpr const char* country_term = "XC";  // words are lower case, so no word begins so

Xapian::Document document(const Row& row) {
  Xapian::Document made;
  Xapian::termpos place = 0;
  bench::split(row.text, ' ', [&](std::string_view word) {
    if (!word.empty()) made.add_posting(std::string(word), ++place);
  });
  made.add_boolean_term(country_term + row.country);
  made.add_value(number_slot, Xapian::sortable_serialise(static_cast<double>(row.number)));
  const std::string* values[] = {&row.country, &row.fund, &row.year};
  for (std::size_t facet = 0; facet < 3; ++facet) made.add_value(facet_slots[facet], *values[facet]);
  made.add_value(day_slot, Xapian::sortable_serialise(static_cast<double>(row.day)));
  made.add_value(cents_slot, Xapian::sortable_serialise(static_cast<double>(row.cents)));
  return made;
}

class Reader : public bench::Reader {
 public:
  explicit Reader(const std::string& folder) : database_(folder) {}

  void refresh() override { database_.reopen(); }

  // Its stable release has no fuzzy query.
  bool knows(Case kind) const override { return kind != Case::fuzzy10; }

  // A reader that two commits have overtaken must open again: so says Xapian's manual. Sometimes it takes the
  // blocks that were used anew for damage.
  void ask(Case kind, const Asked& asked) override {
    for (int tries = 0;; ++tries) {
      try {
        asked_once(kind, asked);
        return;
      } catch (const Xapian::DatabaseError&) {
        if (tries == 100) throw;
        database_.reopen();
      }
    }
  }

  Answer answer(Case kind, const Asked& asked, std::size_t depth) override {
    Answer answer;
    answer.total = count(query(kind, asked));
    if (depth == 0 && kind != Case::or10_facets3) return answer;
    Xapian::ValueCountMatchSpy spies[] = {Xapian::ValueCountMatchSpy(facet_slots[0]),
                                          Xapian::ValueCountMatchSpy(facet_slots[1]),
                                          Xapian::ValueCountMatchSpy(facet_slots[2])};
    answer.hits = best(kind, asked, depth, spies);
    if (kind == Case::or10_facets3) {
      for (std::size_t facet = 0; facet < 3; ++facet) {
        for (auto value = spies[facet].values_begin(); value != spies[facet].values_end(); ++value) {
          answer.counts.push_back(std::string(facets[facet]) + ':' + *value + ':' +
                                  std::to_string(value.get_termfreq()));
        }
      }
    }
    return answer;
  }

  std::vector<Hit> word(const std::string& word) override {
    Xapian::Enquire enquire(database_);
    enquire.set_query(Xapian::Query(word));
    return hits(enquire.get_mset(0, 10));
  }

 private:
  static Xapian::Query query(Case kind, const Asked& asked) {
    using Xapian::Query;
    switch (kind) {
      case Case::and10: return Query(Query::OP_AND, asked.words.begin(), asked.words.end());
      case Case::phrase10:
        return Query(Query::OP_PHRASE, asked.phrase.begin(), asked.phrase.end(),
                     static_cast<Xapian::termcount>(asked.phrase.size()));
      case Case::prefix10:
        return Query(Query::OP_WILDCARD, asked.prefix, 0, Query::WILDCARD_LIMIT_ERROR, Query::OP_OR);
      case Case::or10_country:
        return Query(Query::OP_FILTER, Query(Query::OP_OR, asked.words.begin(), asked.words.end()),
                     Query(country_term + asked.country));
      default: return Query(Query::OP_OR, asked.words.begin(), asked.words.end());
    }
  }

  void asked_once(Case kind, const Asked& asked) {
    if (kind == Case::count) {
      found_ = count(query(kind, asked));
      return;
    }
    Xapian::ValueCountMatchSpy spies[] = {Xapian::ValueCountMatchSpy(facet_slots[0]),
                                          Xapian::ValueCountMatchSpy(facet_slots[1]),
                                          Xapian::ValueCountMatchSpy(facet_slots[2])};
    found_ = best(kind, asked, kind == Case::or100 ? 100 : 10, spies).size();
  }

  static std::vector<Hit> hits(const Xapian::MSet& found) {
    std::vector<Hit> hits;
    for (auto at = found.begin(); at != found.end(); ++at) {
      const double number = Xapian::sortable_unserialise(at.get_document().get_value(number_slot));
      hits.push_back({static_cast<std::uint64_t>(number), at.get_weight()});
    }
    return hits;
  }

  std::uint64_t count(const Xapian::Query& query) {
    Xapian::Enquire enquire(database_);
    enquire.set_query(query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    // Exact only when every document may be looked at.
    return enquire.get_mset(0, 0, database_.get_doccount()).get_matches_estimated();
  }

  std::vector<Hit> best(Case kind, const Asked& asked, std::size_t depth, Xapian::ValueCountMatchSpy (&spies)[3]) {
    Xapian::Enquire enquire(database_);
    enquire.set_query(query(kind, asked));
    if (kind == Case::prefix10) {
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
    } else {
      enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
    }
    Xapian::doccount at_least = 0;
    if (kind == Case::or10_facets3) {
      for (Xapian::ValueCountMatchSpy& spy : spies) enquire.add_matchspy(&spy);
    }
    if (kind == Case::or10_facets3 || kind == Case::prefix10) at_least = database_.get_doccount();
    return hits(enquire.get_mset(0, static_cast<Xapian::doccount>(depth), at_least));
  }

  Xapian::Database database_;
  volatile std::uint64_t found_ = 0;
};

class Writer : public bench::Writer {
 public:
  explicit Writer(const std::string& folder) : database_(folder, Xapian::DB_OPEN) {}

  void commit(const Row& row) override {
    database_.add_document(document(row));
    database_.commit();
  }

 private:
  Xapian::WritableDatabase database_;
};

class Engine : public bench::Engine {
 public:
  std::string version() const override { return std::string("Xapian ") + Xapian::version_string(); }

  bench::Built build(const std::string& documents, const std::string& folder) override {
    const std::string loose = folder + ".loose";
    std::filesystem::remove_all(loose);
    std::filesystem::remove_all(folder);
    bench::Built built;
    {
      Xapian::WritableDatabase database(loose, Xapian::DB_CREATE);
      built.documents = bench::each_row(documents, [&](const Row& row) { database.add_document(document(row)); });
      database.commit();
      const auto before = bench::Clock::now();
      database.compact(folder);
      built.merge_seconds = bench::seconds_since(before);
    }
    std::filesystem::remove_all(loose);
    return built;
  }

  std::unique_ptr<bench::Reader> open(const std::string& folder) override { return std::make_unique<Reader>(folder); }

  std::unique_ptr<bench::Writer> write(const std::string& folder) override { return std::make_unique<Writer>(folder); }
};

}  // namespace

int main(int count, char** words) {
  // Documents wait in memory for one flush, as with the other engines.
  setenv("XAPIAN_FLUSH_THRESHOLD", "500000", 0);
  Engine engine;
  try {
    return bench::main(engine, count, words);
  } catch (const Xapian::Error& error) {  // not a std::exception
    std::fprintf(stderr, "%s\n", error.get_description().c_str());
    return 1;
  }
}
