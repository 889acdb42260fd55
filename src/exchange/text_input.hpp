// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/byte_source.hpp"
#include "exchange/reader.hpp"
#include "text/encoding.hpp"

namespace koinon::exchange {

/// A byte source and how its text is encoded. UTF-16 has no lines that could be found byte by byte,
/// so a source that is said to be UTF-16 is converted as it streams, and its rows are UTF-8 from
/// then on; rows of every other encoding keep their bytes, and only their fields are converted.
class TextInput {
 public:
  /// Errors: InvalidArgument for an encoding that is not known; InvalidInput for an empty source,
  /// and for UTF-16 that is not said to be UTF-16.
  TextInput(ByteSource& source, const std::string& encoding);

  ByteSource& source() { return *source_; }
  /// The same bytes from the start, or null.
  std::unique_ptr<ByteSource> again() const { return source_->again(); }

  /// Appends `raw` as UTF-8 to `out`. False, with a violation, when a byte does not belong to the
  /// encoding; offsets count from `base`.
  bool append(std::string_view raw, std::string& out, Row& row, std::size_t base) const;
  /// Whether fields can be used as they stand once check() has passed.
  bool is_utf8() const { return encoding_ == text::Encoding::Utf8; }
  /// Adds a violation where `raw` is not UTF-8.
  static bool check(std::string_view raw, Row& row);

 private:
  ByteSource* source_;
  std::unique_ptr<ByteSource> converted_;
  text::Encoding encoding_ = text::Encoding::Utf8;
};

}  // namespace koinon::exchange
