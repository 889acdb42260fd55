// SPDX-License-Identifier: Apache-2.0
#include "exchange/text_input.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "koinon/error.hpp"

namespace koinon::exchange {

namespace {

bool is_utf16(text::Encoding encoding) {
  return encoding == text::Encoding::Utf16Le || encoding == text::Encoding::Utf16Be;
}

// UTF-16 with its mark, or Latin text in UTF-16 without: every other byte of its beginning is zero.
bool looks_like_utf16(std::string_view head) {
  const auto mark = text::byte_order_mark(head);
  if (mark) return is_utf16(mark->encoding);
  if (head.size() < 4) return false;
  return (head[0] == '\0' && head[2] == '\0') || (head[1] == '\0' && head[3] == '\0');
}

/// UTF-8 made of a UTF-16 source, piece by piece.
class Utf16Source final : public ByteSource {
 public:
  Utf16Source(ByteSource& source, text::Encoding encoding)
      : source_(&source), encoding_(encoding) {}
  Utf16Source(std::unique_ptr<ByteSource> source, text::Encoding encoding)
      : source_(source.get()), owned_(std::move(source)), encoding_(encoding) {}

  std::size_t read(char* into, std::size_t size) override {
    if (used_ == ready_.size()) convert_more();
    const std::size_t taken = std::min(size, ready_.size() - used_);
    std::memcpy(into, ready_.data() + used_, taken);
    used_ += taken;
    return taken;
  }

  std::string_view head() override {
    if (used_ == ready_.size()) convert_more();
    return std::string_view(ready_).substr(used_);
  }

  std::uint64_t done() const override { return source_->done(); }
  std::uint64_t total() const override { return source_->total(); }
  std::unique_ptr<ByteSource> again() const override {
    auto source = source_->again();
    return source ? std::make_unique<Utf16Source>(std::move(source), encoding_) : nullptr;
  }

 private:
  static constexpr std::size_t piece = std::size_t{64} << 10;

  void convert_more() {
    const std::size_t kept = rest_.size();
    rest_.resize(kept + piece);
    const std::size_t got = source_->read(rest_.data() + kept, piece);
    rest_.resize(kept + got);
    used_ = 0;
    ready_.clear();
    if (rest_.empty()) return;
    // A pair of units, or a unit, may be cut in two by the end of a piece.
    std::size_t whole = got == 0 ? rest_.size() : rest_.size() - rest_.size() % 2;
    if (got > 0 && whole >= 2 && begins_pair(whole - 2)) whole -= 2;
    std::size_t bad = 0;
    auto text = text::to_utf8(std::string_view(rest_).substr(0, whole), encoding_, &bad);
    if (!text) {
      throw Error(ErrorCode::InvalidInput, "byte " + std::to_string(before_ + bad) + " is not " +
                                               std::string(text::encoding_name(encoding_)));
    }
    before_ += whole;
    ready_ = *std::move(text);
    rest_.erase(0, whole);
    if (ready_.empty() && got > 0) convert_more();  // a lone mark: at most once
  }

  bool begins_pair(std::size_t at) const {
    const char high = encoding_ == text::Encoding::Utf16Le ? rest_[at + 1] : rest_[at];
    return (static_cast<unsigned char>(high) & 0xFCU) == 0xD8U;
  }

  ByteSource* source_;
  std::unique_ptr<ByteSource> owned_;
  text::Encoding encoding_;
  std::string rest_;   // UTF-16 that is not converted yet
  std::string ready_;  // UTF-8 that is not taken yet
  std::size_t used_ = 0;
  std::uint64_t before_ = 0;
};

}  // namespace

TextInput::TextInput(ByteSource& source, const std::string& encoding) : source_(&source) {
  const std::string_view head = source.head();
  if (head.empty()) throw Error(ErrorCode::InvalidInput, "the input is empty");
  if (!encoding.empty()) {
    const auto known = text::encoding_from_name(encoding);
    if (!known)
      throw Error(ErrorCode::InvalidArgument,
                  "'" + encoding + "' is no encoding that can be read; try windows-1252 or UTF-8");
    encoding_ = *known;
  }
  if (is_utf16(encoding_)) {
    converted_ = std::make_unique<Utf16Source>(source, encoding_);
    source_ = converted_.get();
    encoding_ = text::Encoding::Utf8;
  } else if (looks_like_utf16(head)) {
    throw Error(
        ErrorCode::InvalidInput,
        "the input is UTF-16; convert it to UTF-8 or give its encoding, UTF-16LE or UTF-16BE");
  }
}

bool TextInput::check(std::string_view raw, Row& row) {
  const std::size_t bad = text::valid_utf8(raw);
  if (bad == raw.size()) return true;
  row.violations.push_back(
      {"", "bad_encoding",
       "byte " + std::to_string(bad) + " of the row is not UTF-8; give the file's encoding"});
  return false;
}

bool TextInput::append(std::string_view raw, std::string& out, Row& row, std::size_t base) const {
  std::size_t bad = 0;
  const auto text = text::to_utf8(raw, encoding_, &bad);
  if (text) {
    out += *text;
    return true;
  }
  row.violations.push_back({"", "bad_encoding",
                            "byte " + std::to_string(base + bad) + " of the row is not " +
                                std::string(text::encoding_name(encoding_))});
  return false;
}

}  // namespace koinon::exchange
