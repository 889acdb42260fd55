// SPDX-License-Identifier: Apache-2.0
#include "search/readings.hpp"

#include "text/language.hpp"
#include "text/language_id.hpp"

namespace koinon::search {

namespace {

// A text of fewer bytes tells too little of its language.
constexpr std::size_t least_to_identify = 24;
constexpr double sure = 0.9;

bool is_prose(const TextPart& part) {
  return part.own && part.field != TextField::Names && part.field != TextField::Codes &&
         part.field != TextField::Tags;
}

// The language of some sentences of a text that is told to be in `told`.
std::string language_of(std::string_view text, const std::string& told) {
  if (text.size() < least_to_identify) return told;
  if (told == "und") {
    const text::LanguageOfText found = text::identify_language(text);
    const bool is_sure = found.ranked.front().probability >= sure;
    return is_sure ? text::language_tag(found.best()) : told;
  }
  const text::LanguageOfText found = text::identify_language(text, {told, {}});
  return found.stated_is_wrong ? text::language_tag(found.best()) : told;
}

}  // namespace

std::span<const text::AnalysedToken> Reader::as_told(const TextPart& part) {
  const std::string told = text::language_tag(part.language);
  readings_.assign(1, {told, 0, part.text.size()});
  split_ = false;
  const std::span<const text::AnalysedToken> tokens = analyser_.run(part.text, told);
  const bool long_enough = part.text.size() >= least_to_identify;
  if (!is_prose(part) || !long_enough || !function_words_->doubtful(tokens, told)) return tokens;
  look_closely(part.text, told);
  split_ = readings_.size() > 1 || readings_.front().language != told;
  return tokens;
}

void Reader::look_closely(std::string_view text, const std::string& told) {
  readings_.clear();
  for (const text::LanguageSpan& span : text::language_spans(text)) {
    const std::string_view bytes = text.substr(span.begin, span.end - span.begin);
    add({language_of(bytes, told), span.begin, span.end});
  }
  if (readings_.empty()) readings_.push_back({told, 0, text.size()});
}

void Reader::add(Reading reading) {
  if (!readings_.empty() && readings_.back().language == reading.language) {
    readings_.back().end = reading.end;
  } else {
    readings_.push_back(std::move(reading));
  }
}

}  // namespace koinon::search
