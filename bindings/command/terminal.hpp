// SPDX-License-Identifier: Apache-2.0
//
// How text looks: style on a terminal, none elsewhere or with NO_COLOR.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace koinon::command {

class Style {
 public:
  explicit Style(bool on) : on_(on) {}
  bool on() const { return on_; }
  std::string bold(std::string_view text) const { return wrapped("1", text); }
  std::string dim(std::string_view text) const { return wrapped("2", text); }

 private:
  std::string wrapped(const char* code, std::string_view text) const;
  bool on_;
};

/// Of standard output.
Style output_style();
bool error_is_terminal();
std::size_t output_width();

/// Without control characters: what comes from a file may not steer the terminal.
std::string plain(std::string_view text);

/// Characters, for aligning.
std::size_t width_of(std::string_view text);
/// `text`, plain, padded with blanks to `width` characters.
std::string padded(std::string_view text, std::size_t width);
/// `text`, plain, cut to `width` characters with "…".
std::string shortened(std::string_view text, std::size_t width);
/// `text`, plain, in lines of at most `width` characters, each after `indent`. Ends with a line
/// break.
std::string paragraphs(std::string_view text, std::size_t width, std::string_view indent);

/// "1,234,567"
std::string grouped(std::uint64_t number);
/// "1 row", "2 rows"
std::string counted(std::uint64_t number, std::string_view noun);
/// "0.4 s", "3 min 20 s"
std::string duration(double seconds);
/// "1.2 MB"
std::string bytes_text(std::uint64_t bytes);
/// A bar of at most `width` blocks for `part` of `whole`.
std::string bar(std::uint64_t part, std::uint64_t whole, std::size_t width);
/// A word that a shell reads back as it stands.
std::string shell_word(const std::string& word);

/// Writes to standard output; the end of the program looks whether all of it arrived.
void print(std::string_view text);
/// "koinon: ..." to standard error.
void complain(std::string_view text);

}  // namespace koinon::command
