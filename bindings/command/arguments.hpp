// SPDX-License-Identifier: Apache-2.0
//
// The words after `koinon`, held to a description of what they may be.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace koinon::command {

/// The user asked for something that is not there: exit code 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Option {
  const char* name;   // "--limit"
  const char* value;  // what stands for its value in help, "N"; "" for a switch
  const char* help;
};

class Arguments {
 public:
  bool has(std::string_view option) const { return values_.contains(option); }
  /// The last value given; "" when there is none.
  std::string value(std::string_view option) const;
  std::vector<std::string> values(std::string_view option) const;
  /// A whole number, or `otherwise` where the option was not given.
  std::uint64_t number(std::string_view option, std::uint64_t otherwise) const;

  const std::vector<std::string>& words() const { return words_; }
  const std::string& word(std::size_t place) const { return words_.at(place); }

  void add_word(std::string word) { words_.push_back(std::move(word)); }
  void add_value(const std::string& option, std::string value) {
    values_[option].push_back(std::move(value));
  }
  /// Takes the first word away: a command's name.
  std::string take_word();

 private:
  std::vector<std::string> words_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// Reads `words` against `options`: --name VALUE, --name=VALUE, and -- before words that begin with
/// a dash. With `dash_words` a word of one dash, such as -not, is a word. Throws UsageError, which
/// names the nearest option.
Arguments parse_arguments(const std::vector<std::string>& words, const std::vector<Option>& options,
                          bool dash_words);

/// The parts between separators that are not empty.
std::vector<std::string> split(std::string_view text, char separator);

std::uint64_t parse_number(std::string_view text, std::string_view what);
/// "2", "0.5", "1e-4"
double parse_real(std::string_view text, std::string_view what);
/// "2", "0.5"
double parse_seconds(std::string_view text, std::string_view what);

/// The candidate that `word` was probably meant to be, or "".
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "; did you mean X?" or "".
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace koinon::command
