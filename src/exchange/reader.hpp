// SPDX-License-Identifier: Apache-2.0
//
// What every import format is to the rest: a stream of rows, each with the records that it would make.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/byte_source.hpp"
#include "koinon/catalogue.hpp"

namespace koinon::exchange {

/// What happens when the catalogue already has the draft's record.
enum class Merge : std::uint8_t {
  Replace,  // the row is the whole record
  Union,    // lists grow by what is new, single fields are filled where empty, never overwritten
  Keep,     // the row only names the record; what is stored stays
};

/// What Koinon's own files say about a version beside its content; other formats have none.
struct Envelope {
  std::uint64_t n = 0;  // journal number, 0 in an export of the present state
  ChangeKind what = ChangeKind::Put;
  std::uint64_t version = 0;
  Timestamp created = 0;
  Timestamp updated = 0;
  std::string by;
  bool erased = false;  // a version whose body is gone
};

/// A record that a row would make. References to other drafts use their ids.
struct Draft {
  std::string id;  // from derived_id(), or told by the file
  Record record;
  Merge merge = Merge::Replace;
  bool id_told = false;
  std::optional<Envelope> envelope;
};

/// One row of a file. `bytes` and `context` are borrowed until the next call of next().
struct Row {
  std::uint64_t line = 0;     // first line of the row, from 1
  std::uint64_t size = 0;     // bytes of the whole row
  std::string_view bytes;     // as read, before any conversion; of a row past row_limit the beginning
  std::string_view context;   // what must stand before the bytes to read them again: a header line
  std::vector<Draft> drafts;  // those referred to come first
  std::vector<Violation> violations;  // not empty: the row belongs in quarantine

  void clear() {
    line = size = 0;
    bytes = context = {};
    drafts.clear();
    violations.clear();
  }
};

/// A row past this many bytes is not read; quarantine keeps its first `kept_of_long_row` bytes.
inline constexpr std::size_t row_limit = std::size_t{16} << 20;
inline constexpr std::size_t kept_of_long_row = std::size_t{64} << 10;
/// JSON nested deeper than this is refused.
inline constexpr std::size_t depth_limit = 64;

class RowReader {
 public:
  virtual ~RowReader() = default;
  /// Fills `row` with the next row; false at the end. Throws koinon::Error(InvalidInput) only when
  /// nothing more can be read at all; a bad row is a row with violations.
  virtual bool next(Row& row) = 0;
};

struct ReaderOptions {
  std::string portal;  // "" = the format's own
  /// Name of the file's encoding ("windows-1252", "ISO-8859-2", "UTF-16LE" ...); "" = UTF-8. Never
  /// guessed: bytes that do not fit are a row with the violation bad_encoding.
  std::string encoding;
};

/// An import format: found by name, or by the look of a file's first bytes.
struct Format {
  const char* name;
  const char* what;
  const char* portal;  // whose rows these are when the caller does not say
  bool (*recognises)(std::string_view head);
  std::unique_ptr<RowReader> (*open)(ByteSource& source, const ReaderOptions& options);
};

const std::vector<Format>& formats();
const Format* find_format(std::string_view name);
/// The one format that recognises the first bytes (after decompression), or null.
const Format* guess_format(std::string_view head);

}  // namespace koinon::exchange
