// SPDX-License-Identifier: Apache-2.0
#include "engine/tools.hpp"

#include <string>
#include <utility>

#include "koinon/error.hpp"
#include "text/bundled_thesaurus.hpp"
#include "text/language.hpp"
#include "text/word_vectors.hpp"

namespace koinon::engine {

namespace {

// The library's own table. Each thread that asks keeps the words that it met last.
class TableEmbedder final : public Embedder {
 public:
  explicit TableEmbedder(const std::string& path) : table_(text::WordVectors::open(path)) {}

  std::size_t dimension() const override { return table_.dimension(); }
  std::uint64_t version() const override { return table_.version(); }
  bool embed(std::string_view text, std::string_view, float* out) const override {
    return table_.embed(text, out);
  }

 private:
  text::WordVectors table_;
};

}  // namespace

Tools::Tools(const OpenOptions& options)
    : thesaurus_(options.thesaurus), embedder_(options.embedder) {
  for (const std::string& language : options.languages) text::add_language(language);
  if (!embedder_ && !options.word_vectors.empty())
    embedder_ = std::make_shared<TableEmbedder>(options.word_vectors);
  if (!embedder_) return;
  const std::size_t numbers = embedder_->dimension();
  if (numbers == 0 || numbers % 64 != 0 || numbers > 4096) {
    throw Error(ErrorCode::InvalidArgument,
                "an embedder's vectors have a multiple of 64 numbers, up to 4096, not " +
                    std::to_string(numbers));
  }
}

search::Knowledge Tools::knowledge() const {
  return {thesaurus_ ? &text::bundled_thesaurus() : nullptr, embedder_.get()};
}

}  // namespace koinon::engine
