// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace koinon::command {

namespace {

bool is_tail(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Bytes of the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t i = 0;
  while (i < text.size() && count > 0) {
    ++i;
    while (i < text.size() && is_tail(text[i])) ++i;
    --count;
  }
  return i;
}

std::string formatted(const char* format, double number) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, number);
  return text.data();
}

}  // namespace

std::string Style::wrapped(const char* code, std::string_view text) const {
  if (!on_ || text.empty()) return std::string(text);
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

Style output_style() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  return Style(isatty(STDOUT_FILENO) != 0 && !dumb && (no_color == nullptr || *no_color == '\0'));
}

bool error_is_terminal() {
  return isatty(STDERR_FILENO) != 0;
}

std::size_t output_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
    return std::min<std::size_t>(size.ws_col, 100);
  }
  return 80;
}

std::string plain(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool c1 =
        c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) {
      ++i;
    } else if (c == '\n') {
      clean += '\n';
    } else {
      clean += c < 0x20 || c == 0x7F ? ' ' : text[i];
    }
  }
  return clean;
}

std::size_t width_of(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_tail));
}

std::string padded(std::string_view text, std::size_t width) {
  std::string clean = plain(text);
  const std::size_t own = width_of(clean);
  if (own < width) clean.append(width - own, ' ');
  return clean;
}

std::string shortened(std::string_view text, std::size_t width) {
  std::string clean = plain(text);
  std::replace(clean.begin(), clean.end(), '\n', ' ');
  if (width_of(clean) <= width) return clean;
  clean.resize(bytes_of(clean, width > 1 ? width - 1 : 0));
  return clean + "…";
}

std::string paragraphs(std::string_view text, std::size_t width, std::string_view indent) {
  const std::string clean = plain(text);
  const std::size_t room = width > width_of(indent) + 20 ? width - width_of(indent) : 20;
  std::string out;
  std::string line;
  std::size_t line_width = 0;
  const auto end_line = [&] {
    if (!line.empty()) out.append(indent).append(line).append("\n");
    line.clear();
    line_width = 0;
  };
  for (std::size_t i = 0; i < clean.size();) {
    if (clean[i] == '\n') {
      end_line();
      ++i;
    } else if (clean[i] == ' ') {
      ++i;
    } else {
      const std::size_t end = std::min(clean.find_first_of(" \n", i), clean.size());
      const std::string_view word = std::string_view(clean).substr(i, end - i);
      const std::size_t word_width = width_of(word);
      if (line_width > 0 && line_width + 1 + word_width > room) end_line();
      if (line_width > 0) {
        line += ' ';
        ++line_width;
      }
      line += word;
      line_width += word_width;
      i = end;
    }
  }
  end_line();
  return out;
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return grouped(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string duration(double seconds) {
  if (seconds < 0.01) return formatted("%.1f ms", seconds * 1000);
  if (seconds < 1) return std::to_string(std::lround(seconds * 1000)) + " ms";
  if (seconds < 60) return formatted("%.1f s", seconds);
  const auto whole = static_cast<long>(seconds);
  return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> units = {" bytes", " kB", " MB", " GB", " TB"};
  double number = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (number >= 1000 && unit + 1 < units.size()) {
    number /= 1000;
    ++unit;
  }
  return formatted(unit == 0 ? "%.0f" : "%.1f", number) + units[unit];
}

std::string bar(std::uint64_t part, std::uint64_t whole, std::size_t width) {
  if (whole == 0 || part == 0) return {};
  constexpr std::array<const char*, 8> eighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const double share = static_cast<double>(std::min(part, whole)) / static_cast<double>(whole);
  const auto filled = std::max<long>(1, std::lround(share * static_cast<double>(width) * 8));
  std::string text;
  for (long i = 0; i < filled / 8; ++i) text += "█";
  return text + eighths[static_cast<std::size_t>(filled % 8)];
}

std::string shell_word(const std::string& word) {
  constexpr std::string_view safe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@,+%";
  if (!word.empty() && word.find_first_not_of(safe) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void complain(std::string_view text) {
  const std::string line = "koinon: " + plain(text) + "\n";
  std::fflush(stdout);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace koinon::command
