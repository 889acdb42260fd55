// SPDX-License-Identifier: Apache-2.0
#include "text/transliterate.hpp"

#include <algorithm>
#include <cstdint>

#include "text/utf8.hpp"

namespace koinon::text {

namespace {

struct Letter {
  std::uint32_t code;
  std::string_view latin;
  std::string_view sound;  // of Greek, where it differs; "" otherwise
};

// Folded letters, by code. The first 24 are ISO 843, type 2; the others the Bulgarian act, then the
// letters that it lacks.
constexpr Letter letters[] = {
    {0x3B1, "a", ""},  {0x3B2, "v", ""},   {0x3B3, "g", ""},   {0x3B4, "d", ""},
    {0x3B5, "e", ""},  {0x3B6, "z", ""},   {0x3B7, "i", ""},   {0x3B8, "th", "t"},
    {0x3B9, "i", ""},  {0x3BA, "k", ""},   {0x3BB, "l", ""},   {0x3BC, "m", ""},
    {0x3BD, "n", ""},  {0x3BE, "x", "ks"}, {0x3BF, "o", ""},   {0x3C0, "p", ""},
    {0x3C1, "r", ""},  {0x3C2, "s", ""},   {0x3C3, "s", ""},   {0x3C4, "t", ""},
    {0x3C5, "y", "i"}, {0x3C6, "f", ""},   {0x3C7, "ch", "k"}, {0x3C8, "ps", ""},
    {0x3C9, "o", ""},  {0x430, "a", ""},   {0x431, "b", ""},   {0x432, "v", ""},
    {0x433, "g", ""},  {0x434, "d", ""},   {0x435, "e", ""},   {0x436, "zh", ""},
    {0x437, "z", ""},  {0x438, "i", ""},   {0x439, "y", ""},   {0x43A, "k", ""},
    {0x43B, "l", ""},  {0x43C, "m", ""},   {0x43D, "n", ""},   {0x43E, "o", ""},
    {0x43F, "p", ""},  {0x440, "r", ""},   {0x441, "s", ""},   {0x442, "t", ""},
    {0x443, "u", ""},  {0x444, "f", ""},   {0x445, "h", ""},   {0x446, "ts", ""},
    {0x447, "ch", ""}, {0x448, "sh", ""},  {0x449, "sht", ""}, {0x44A, "a", ""},
    {0x44B, "y", ""},  {0x44C, "y", ""},   {0x44D, "e", ""},   {0x44E, "yu", ""},
    {0x44F, "ya", ""}, {0x452, "dj", ""},  {0x454, "ie", ""},  {0x455, "dz", ""},
    {0x456, "i", ""},  {0x458, "j", ""},   {0x459, "lj", ""},  {0x45A, "nj", ""},
    {0x45B, "c", ""},  {0x45F, "dz", ""},  {0x491, "g", ""},
};

const Letter* letter_of(std::uint32_t code) {
  const auto* const found = std::lower_bound(
      std::begin(letters), std::end(letters), code,
      [](const Letter& letter, std::uint32_t wanted) { return letter.code < wanted; });
  return found != std::end(letters) && found->code == code ? found : nullptr;
}

struct Pair {
  std::uint32_t first;
  std::uint32_t second;
  std::string_view latin;
  std::string_view sound;
};

// Greek digraphs that stand for one sound wherever they are. Folding has taken the dialytika too,
// so a pair of two sounds (αϊ) is read as one.
constexpr Pair pairs[] = {
    {0x3B1, 0x3B9, "ai", "e"},   {0x3B3, 0x3B3, "ng", "ng"}, {0x3B3, 0x3BE, "nx", "nks"},
    {0x3B3, 0x3C7, "nch", "nk"}, {0x3B5, 0x3B9, "ei", "i"},  {0x3BF, 0x3B9, "oi", "i"},
    {0x3BF, 0x3C5, "ou", "u"},   {0x3C5, 0x3B9, "yi", "i"},
};

// υ after α, ε or η is a consonant: f before one without voice, and at the end.
bool without_voice(std::uint32_t code) {
  constexpr std::uint32_t those[] = {0x3B8, 0x3BA, 0x3BE, 0x3C0, 0x3C2, 0x3C3,
                                     0x3C4, 0x3C6, 0x3C7, 0x3C8, 0};
  return std::find(std::begin(those), std::end(those), code) != std::end(those);
}

class Latin {
 public:
  Latin(std::string& out, std::string_view folded, bool sound)
      : out_(out), text_(folded), sound_(sound) {}

  void run() {
    while (at_ < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte < 0x80) {
        out_ += text_[at_++];
      } else {
        character();
      }
    }
  }

 private:
  std::uint32_t code_at(std::size_t at) const {
    return at < text_.size() ? decode(text_, at).code : 0;
  }

  void character() {
    const Decoded now = decode(text_, at_);
    const std::size_t after = at_ + now.size;
    const std::uint32_t next = code_at(after);
    if (pair(now, next)) return;
    const Letter* letter = letter_of(now.code);
    if (letter == nullptr) {
      out_.append(text_, at_, now.size);
    } else {
      out_ += sound_ && !letter->sound.empty() ? letter->sound : letter->latin;
    }
    at_ = after;
  }

  bool pair(const Decoded& now, std::uint32_t next) {
    if (next == 0) return false;
    const std::size_t size = now.size + decode(text_, at_ + now.size).size;
    const bool vowel = now.code == 0x3B1 || now.code == 0x3B5 || now.code == 0x3B7;
    if (vowel && next == 0x3C5) return take(size, now.code, without_voice(code_at(at_ + size)));
    // μπ is b where a word begins, mp inside it.
    if (now.code == 0x3BC && next == 0x3C0 && (at_ == 0 || sound_)) return take(size, "b");
    if (sound_ && now.code == 0x3BD && next == 0x3C4) return take(size, at_ == 0 ? "d" : "nt");
    // The act writes ия as "ia" where a word ends.
    if (now.code == 0x438 && next == 0x44F && at_ + size == text_.size()) return take(size, "ia");
    for (const Pair& each : pairs) {
      if (each.first == now.code && each.second == next)
        return take(size, sound_ ? each.sound : each.latin);
    }
    return false;
  }

  bool take(std::size_t size, std::string_view latin) {
    out_ += latin;
    at_ += size;
    return true;
  }
  bool take(std::size_t size, std::uint32_t vowel, bool voiceless) {
    out_ += letter_of(vowel)->latin;
    return take(size, voiceless ? "f" : "v");
  }

  std::string& out_;
  std::string_view text_;
  bool sound_;
  std::size_t at_ = 0;
};

char letter_for(char c) {
  switch (c) {
    case 'c':
    case 'q':
      return 'k';
    case 'w':
      return 'v';
    case 'y':
    case 'j':
      return 'i';
    default:
      return c;
  }
}

// What append_skeleton() says of Latin letters.
void append_shared_spelling(std::string& out, std::string_view latin) {
  const std::size_t begin = out.size();
  const auto add = [&](char c) {
    if (out.size() == begin || out.back() != c) out += c;
  };
  for (std::size_t i = 0; i < latin.size(); ++i) {
    const char c = latin[i];
    const char next = i + 1 < latin.size() ? latin[i + 1] : '\0';
    if (c == 'p' && next == 'h') {
      add('f');
      ++i;
    } else if (next == 'h' && (c == 't' || c == 'k' || c == 'c')) {
      add(c == 't' ? 't' : 'k');
      ++i;
    } else if (c == 'x') {
      add('k');
      add('s');
    } else if ((static_cast<unsigned char>(c) & 0x80U) != 0) {
      out += c;  // bytes of one character may be alike
    } else {
      add(letter_for(c));
    }
  }
}

bool vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

constexpr std::size_t least_umlaut_word = 5;

// "koeln" and "koln": folding took the dots of the umlaut, so the e that is written for them goes.
std::string without_umlauts(std::string_view latin) {
  std::string left;
  for (std::size_t i = 0; i < latin.size(); ++i) {
    const char before = i > 1 ? latin[i - 2] : '\0';
    const char letter = i > 0 ? latin[i - 1] : '\0';
    const char next = i + 1 < latin.size() ? latin[i + 1] : '\0';
    bool written_out = latin[i] == 'e' && (letter == 'a' || letter == 'o' || letter == 'u');
    if (vowel(before) || (letter == 'u' && before == 'q')) written_out = false;  // "bauer", "queen"
    if (letter == 'o' && next == 'u') written_out = false;                       // "soeur"
    if (!written_out) left += latin[i];
  }
  return left;
}

}  // namespace

void append_latin(std::string& out, std::string_view folded) {
  Latin(out, folded, false).run();
}

void append_skeleton(std::string& out, std::string_view folded) {
  std::string latin;
  Latin(latin, folded, true).run();
  append_shared_spelling(out, latin);
}

void append_name_skeleton(std::string& out, std::string_view folded, bool small) {
  std::string latin;
  Latin(latin, folded, false).run();
  append_shared_spelling(
      out, latin.size() < least_umlaut_word && !small ? latin : without_umlauts(latin));
}

}  // namespace koinon::text
