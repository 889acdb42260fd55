// SPDX-License-Identifier: Apache-2.0
// Our own driver; what it must do is in ../README.md. It asks the index itself, with the words that
// all engines get. A write is durable as it is in a catalogue: in the store first, then the index
// follows.
#include "../driver.hpp"

#include <map>
#include <set>

#include "index/index.hpp"
#include "index/search.hpp"
#include "store/store.hpp"
#include "text/analyse.hpp"

namespace {

using namespace koinon;
using bench::Answer;
using bench::Asked;
using bench::Case;

constexpr const char* facet_names[] = {"country", "fund", "year"};
constexpr index::FacetFieldId country = 0;

index::Schema schema() {
  return {{1.0}, 3, 2};
}

void fill(index::Document& document, const bench::Row& row) {
  document.clear();
  document.add_facet(country, row.country);
  document.add_facet(1, row.fund);
  document.add_facet(2, row.year);
  document.add_number(0, row.day);
  document.add_number(1, row.cents);
  std::uint32_t position = 0;
  bench::split(row.text, ' ', [&](std::string_view word) {
    if (!word.empty()) document.add_token(0, position++, word);
  });
}

index::Clause word(index::Occur occur, const std::string& text) {
  index::Clause clause;
  clause.occur = occur;
  clause.groups.push_back({{text}});
  return clause;
}

index::Clause pattern(index::Pattern::Kind kind, const std::string& text) {
  index::Clause clause;
  clause.pattern.emplace();
  clause.pattern->kind = kind;
  clause.pattern->text = text;
  clause.pattern->most_terms = 1000000;
  return clause;
}

index::Query query_of(Case kind, const Asked& asked) {
  index::Query query;
  query.count = kind == Case::count || kind == Case::prefix10;
  switch (kind) {
    case Case::phrase10: {
      index::Clause clause;
      for (const std::string& text : asked.phrase) clause.groups.push_back({{text}});
      query.clauses.push_back(clause);
      return query;
    }
    case Case::prefix10:
      query.clauses.push_back(pattern(index::Pattern::Kind::Prefix, asked.prefix));
      return query;
    case Case::fuzzy10:
      query.clauses.push_back(pattern(index::Pattern::Kind::Fuzzy, asked.wrong));
      return query;
    default:
      break;
  }
  const auto occur = kind == Case::and10 ? index::Occur::Must : index::Occur::Should;
  for (const std::string& text : asked.words) query.clauses.push_back(word(occur, text));
  if (kind == Case::or100) query.limit = 100;
  if (kind == Case::count) query.limit = 0;
  if (kind == Case::or10_country)
    query.facet_filters.push_back({country, {asked.country}, false, false});
  if (kind == Case::or10_facets3) {
    query.facets = {0, 1, 2};
    query.facet_values = 1000000;
  }
  return query;
}

class Reader : public bench::Reader {
 public:
  explicit Reader(std::shared_ptr<const index::Index> index)
      : index_(std::move(index)), snapshot_(index_->snapshot()) {}

  void refresh() override { snapshot_ = index_->snapshot(); }

  void ask(Case kind, const Asked& asked) override {
    const index::Results results = index::search(*snapshot_, query_of(kind, asked), {});
    found_ += results.hits.size() + results.total;
  }

  Answer answer(Case kind, const Asked& asked, std::size_t depth) override {
    index::Query query = query_of(kind, asked);
    query.count = true;
    query.limit = depth;
    const index::Results results = index::search(*snapshot_, query, {});
    Answer answer;
    answer.total = results.total;
    for (const index::Hit& hit : results.hits) answer.hits.push_back({hit.doc, hit.score});
    std::set<std::string> cells;
    for (const index::FacetCounts& facet : results.facets) {
      for (const auto& [code, count] : facet.values)
        cells.insert(facet_names[facet.field] + (":" + code) + ":" + std::to_string(count));
    }
    answer.counts.assign(cells.begin(), cells.end());
    return answer;
  }

  std::vector<bench::Hit> word(const std::string& text) override {
    index::Query query;
    query.clauses.push_back(::word(index::Occur::Should, text));
    std::vector<bench::Hit> hits;
    for (const index::Hit& hit : index::search(*snapshot_, query, {}).hits)
      hits.push_back({hit.doc, hit.score});
    return hits;
  }

 private:
  std::shared_ptr<const index::Index> index_;
  std::shared_ptr<const index::Snapshot> snapshot_;
  std::uint64_t found_ = 0;  // so that no answer is left out as unused
};

class Writer : public bench::Writer {
 public:
  Writer(std::shared_ptr<index::Index> index, const std::string& folder)
      : index_(std::move(index)), store_(store::Store::open(folder + "/store.koinon", {})) {}

  void commit(const bench::Row& row) override {
    store::Transaction transaction = store_->write();
    store::Version version;
    version.body = row.text;
    version.at = 1;
    version.by = "bench";
    const auto stored =
        transaction.create("doc-" + std::to_string(row.number), RecordKind::Project, version);
    transaction.commit();
    fill(document_, row);
    index_->put(static_cast<index::DocKey>(row.number), document_);
    index_->commit(stored.change);
  }

 private:
  std::shared_ptr<index::Index> index_;
  std::unique_ptr<store::Store> store_;
  index::Document document_;
};

class Engine : public bench::Engine {
 public:
  std::string version() const override { return "koinon 2026.11.0"; }

  bench::Built build(const std::string& documents, const std::string& folder) override {
    index::Index index(schema(), {folder, 1, false});
    index::Document document;
    bench::Built built;
    built.documents = bench::each_row(documents, [&](const bench::Row& row) {
      fill(document, row);
      index.put(static_cast<index::DocKey>(row.number), document);
    });
    const auto before = bench::Clock::now();
    index.optimise();
    index.save(built.documents, 1);
    built.merge_seconds = bench::seconds_since(before);
    return built;
  }

  // Readers of an index that is being written take its snapshots.
  std::unique_ptr<bench::Reader> open(const std::string& folder) override {
    std::shared_ptr<const index::Index> index = written_.lock();
    if (!index)
      index = std::make_shared<index::Index>(schema(), index::IndexPlace{folder, 1, true});
    return std::make_unique<Reader>(std::move(index));
  }

  std::unique_ptr<bench::Writer> write(const std::string& folder) override {
    auto index = std::make_shared<index::Index>(schema(), index::IndexPlace{folder, 1, false});
    written_ = index;
    return std::make_unique<Writer>(std::move(index), folder);
  }

 private:
  std::weak_ptr<index::Index> written_;
};

// ---- Relevance ---------------------------------------------------------------------------------

// Words that say nothing of what an English text is about: those that Lucene's English analyser
// drops.
bool is_stop_word(std::string_view word) {
  static const std::set<std::string_view> words = {
      "a",   "an",    "and",  "are",   "as",    "at",   "be",   "but", "by",  "for",  "if",
      "in",  "into",  "is",   "it",    "no",    "not",  "of",   "on",  "or",  "such", "that",
      "the", "their", "then", "there", "these", "they", "this", "to",  "was", "will", "with"};
  return words.count(word) > 0;
}

std::vector<std::string> english(std::string_view text) {
  std::vector<std::string> stems;
  for (const text::OwnedToken& token : text::analyse(text, "en")) {
    if (!is_stop_word(token.surface)) stems.push_back(token.stem);
  }
  return stems;
}

std::vector<std::pair<std::string, std::string>> read_texts(const std::string& path) {
  std::vector<std::pair<std::string, std::string>> all;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    all.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  return all;
}

int relevance(const std::string& documents, const std::string& queries) {
  index::Index index({{1.0}, 0, 0}, {});
  const auto texts = read_texts(documents);
  index::Document document;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    document.clear();
    std::uint32_t position = 0;
    for (const std::string& stem : english(texts[i].second))
      document.add_token(0, position++, stem);
    index.put(static_cast<index::DocKey>(i), document);
  }
  index.commit(1);
  for (const auto& [id, text] : read_texts(queries)) {
    index::Query query;
    query.limit = 1000;
    // A word that is asked twice counts twice, as with the peer.
    for (const std::string& stem : english(text))
      query.clauses.push_back(word(index::Occur::Should, stem));
    std::cout << id << '\t';
    for (const index::Hit& hit : index::search(*index.snapshot(), query, {}).hits)
      std::cout << texts[hit.doc].first << ' ';
    std::cout << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string command = argc > 1 ? argv[1] : "";
  if (command == "relevance" && argc == 4) return relevance(argv[2], argv[3]);
  Engine engine;
  return bench::main(engine, argc, argv);
}
