// SPDX-License-Identifier: Apache-2.0
#include "text/word_vectors.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <utility>

namespace koinon::text {

namespace {

constexpr std::size_t header_size = 96;
constexpr std::uint32_t format_version = 2;
constexpr std::size_t codes = 256;  // that a byte of a row can be
constexpr std::uint32_t max_gram_letters = 16;
constexpr std::uint32_t most_of_a_byte = 16;
constexpr std::size_t no_row = ~std::size_t{0};

struct Header {
  char magic[4];
  std::uint32_t version, dimension, words, grams, least, most, note_size;
  std::uint64_t checksum, file_size;
  std::uint32_t of_words, of_grams;
  char zeros[40];
};
static_assert(sizeof(Header) == header_size);

template <class T>
T number_at(const unsigned char* bytes, std::size_t i) {
  T value;
  std::memcpy(&value, bytes + i * sizeof value, sizeof value);
  return value;
}

// The upper half of a float.
float scale_at(const unsigned char* bytes, std::size_t i) {
  return std::bit_cast<float>(std::uint32_t{number_at<std::uint16_t>(bytes, i)} << 16U);
}

std::uint64_t padded(std::uint64_t size) {
  return (size + 63) & ~std::uint64_t{63};
}

// Where the parts begin. All counts have 32 bits, so that no sum of them leaves 64.
struct Layout {
  std::uint64_t hashes, scales, word_codes, gram_codes, word_rows, gram_rows, end;
  explicit Layout(const Header& header) {
    const std::uint64_t all = std::uint64_t{header.words} + header.grams;
    hashes = padded(header_size + std::uint64_t{header.note_size});
    scales = padded(hashes + std::uint64_t{header.words} * 8);
    word_codes = padded(scales + all * 2);
    gram_codes = word_codes + code_bytes(header, header.of_words);
    word_rows = gram_codes + code_bytes(header, header.of_grams);
    gram_rows =
        padded(word_rows + std::uint64_t{header.words} * header.dimension / header.of_words);
    end = gram_rows + std::uint64_t{header.grams} * header.dimension / header.of_grams;
  }

 private:
  // A byte that is a number itself needs no list of what it stands for.
  static std::uint64_t code_bytes(const Header& header, std::uint32_t of_a_byte) {
    return of_a_byte == 1 ? 0 : std::uint64_t{header.dimension} * codes * sizeof(float);
  }
};

const char* impossible(const Header& header) {
  if (header.dimension == 0 || header.dimension % 64 != 0 ||
      header.dimension > WordVectors::max_dimension)
    return "its dimension is not a multiple of 64 up to 4096";
  for (const std::uint32_t numbers : {header.of_words, header.of_grams}) {
    if (!std::has_single_bit(numbers) || numbers > most_of_a_byte)
      return "a byte of a row does not stand for 1, 2, 4, 8 or 16 numbers";
  }
  if (!std::has_single_bit(header.grams)) return "its number of grams is not a power of two";
  if (header.least == 0 || header.most < header.least || header.most > max_gram_letters)
    return "its lengths of grams are not 1 <= least <= most <= 16";
  const auto* const end = std::end(header.zeros);
  if (std::find_if(header.zeros, end, [](char c) { return c != 0; }) != end)
    return "its header has bytes that this version does not know";
  return nullptr;
}

}  // namespace

WordVectors WordVectors::open(const std::string& path) {
  WordVectors table;
  table.path_ = path;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status {};
  const auto unreadable = [&](const char* why) {
    throw Error(ErrorCode::InputOutput,
                path + " cannot be read: " + why + "; give the path of a table of word vectors");
  };
  if (file < 0) unreadable(std::strerror(errno));
  void* mapping = MAP_FAILED;
  int failed = 0;
  const bool plain = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  const bool empty = plain && status.st_size == 0;
  if (plain && !empty) {
    table.size_ = static_cast<std::size_t>(status.st_size);
    mapping = ::mmap(nullptr, table.size_, PROT_READ, MAP_SHARED, file, 0);
    failed = errno;
  }
  ::close(file);
  if (!plain) unreadable("it is no file");
  if (empty) table.refuse(ErrorCode::InvalidInput, "it is empty");
  if (mapping == MAP_FAILED) unreadable(std::strerror(failed));
  table.data_ = static_cast<const unsigned char*>(mapping);
  table.read_header();
  return table;
}

void WordVectors::refuse(ErrorCode code, const std::string& why) const {
  throw Error(code, path_ + " is not a table of word vectors to use: " + why +
                        "; put a whole one of version 2 there");
}

void WordVectors::read_header() {
  constexpr ErrorCode foreign = ErrorCode::InvalidInput;
  constexpr ErrorCode damaged = ErrorCode::Damaged;
  if (std::memcmp(data_, "KNWV", std::min<std::size_t>(size_, 4)) != 0)
    refuse(foreign, "it is something else");
  if (size_ < header_size) refuse(damaged, "it is cut short");
  Header header;
  std::memcpy(&header, data_, sizeof header);
  if (header.version != format_version)
    refuse(header.version > format_version ? ErrorCode::TooNew : ErrorCode::InvalidInput,
           "it has version " + std::to_string(header.version) + " of the format");
  if (const char* why = impossible(header)) refuse(damaged, why);
  const Layout layout(header);
  if (header.file_size != layout.end) refuse(damaged, "its counts do not give the size it states");
  if (size_ != layout.end) {
    refuse(damaged,
           "it has " + std::to_string(size_) + " bytes in place of " + std::to_string(layout.end));
  }
  dimension_ = header.dimension;
  words_ = header.words;
  grams_ = header.grams;
  lengths_ = {header.least, header.most};
  note_size_ = header.note_size;
  checksum_ = header.checksum;
  hashes_ = data_ + layout.hashes;
  scales_ = data_ + layout.scales;
  const auto codes_at = [&](std::uint64_t at) {
    return reinterpret_cast<const float*>(data_ + at);
  };
  word_rows_ = {data_ + layout.word_rows, codes_at(layout.word_codes), header.of_words};
  gram_rows_ = {data_ + layout.gram_rows, codes_at(layout.gram_codes), header.of_grams};
}

WordVectors::WordVectors(WordVectors&& other) noexcept {
  *this = std::move(other);
}

WordVectors& WordVectors::operator=(WordVectors&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(dimension_, other.dimension_);
  std::swap(words_, other.words_);
  std::swap(grams_, other.grams_);
  std::swap(lengths_, other.lengths_);
  std::swap(note_size_, other.note_size_);
  std::swap(checksum_, other.checksum_);
  std::swap(hashes_, other.hashes_);
  std::swap(scales_, other.scales_);
  std::swap(word_rows_, other.word_rows_);
  std::swap(gram_rows_, other.gram_rows_);
  return *this;
}

WordVectors::~WordVectors() {
  if (data_ != nullptr) ::munmap(const_cast<unsigned char*>(data_), size_);
}

std::string_view WordVectors::note() const {
  return {reinterpret_cast<const char*>(data_) + header_size, note_size_};
}

void WordVectors::check() const {
  constexpr ErrorCode damaged = ErrorCode::Damaged;
  if (XXH3_64bits(data_ + header_size, size_ - header_size) != checksum_)
    refuse(damaged, "its checksum differs");
  for (std::size_t i = 1; i < words_; ++i) {
    if (number_at<std::uint64_t>(hashes_, i - 1) >= number_at<std::uint64_t>(hashes_, i))
      refuse(damaged, "its hashes do not rise");
  }
  for (std::size_t row = 0; row < std::size_t{words_} + grams_; ++row) {
    if (!std::isfinite(scale_at(scales_, row))) refuse(damaged, "a scale is not a finite number");
  }
  for (const Rows& rows : {word_rows_, gram_rows_}) {
    const std::size_t numbers = rows.of_a_byte == 1 ? 0 : dimension_ * codes;
    if (!std::all_of(rows.codes, rows.codes + numbers, [](float x) { return std::isfinite(x); }))
      refuse(damaged, "a byte stands for what is no finite number");
  }
}

float WordVectors::scale(std::size_t row) const {
  const float scale = scale_at(scales_, row);
  return std::isfinite(scale) ? scale : 0.0F;
}

std::size_t WordVectors::row_of(const Feature& feature) const {
  if (feature.kind == Feature::Kind::Gram)
    return std::size_t{words_} + static_cast<std::size_t>(feature.hash & (grams_ - 1U));
  std::size_t begin = 0;
  for (std::size_t left = words_; left > 0;) {
    const std::size_t half = left / 2;
    const bool before = number_at<std::uint64_t>(hashes_, begin + half) < feature.hash;
    begin += before ? half + 1 : 0;
    left = before ? left - half - 1 : half;
  }
  const bool found = begin < words_ && number_at<std::uint64_t>(hashes_, begin) == feature.hash;
  return found ? begin : no_row;
}

void WordVectors::add_row(const Feature& feature, float* sum) const {
  const std::size_t row = row_of(feature);
  if (row == no_row) return;
  const float factor = feature.weight * scale(row);
  const bool word = row < words_;
  const Rows& rows = word ? word_rows_ : gram_rows_;
  const std::size_t of_a_byte = rows.of_a_byte;
  const unsigned char* bytes = rows.bytes + (word ? row : row - words_) * (dimension_ / of_a_byte);
  if (of_a_byte == 1) {
    for (std::size_t i = 0; i < dimension_; ++i)
      sum[i] += factor * static_cast<float>(static_cast<signed char>(bytes[i]));
    return;
  }
  const float* place = rows.codes;  // what the byte at hand may stand for
  for (std::size_t i = 0; i < dimension_; i += of_a_byte, ++bytes, place += codes * of_a_byte) {
    const float* numbers = place + *bytes * of_a_byte;
    for (std::size_t j = 0; j < of_a_byte; ++j) sum[i + j] += factor * numbers[j];
  }
}

bool WordVectors::embed(std::string_view text, float* out) const {
  return TextEmbedder(*this, 0).embed(text, out);
}

TextEmbedder::TextEmbedder(const WordVectors& table, std::size_t cached_words)
    : table_(table), one_(table.dimension()) {
  if (cached_words == 0) return;
  const std::size_t places = std::bit_ceil(std::min(cached_words, std::size_t{1} << 24U));
  cached_.resize(places);
  filled_.resize(places);
  vectors_.resize(places * table.dimension());
}

// The sum of a word is made by itself, and only then added to that of the text: so it has the same
// bits whether it was kept or not.
const float* TextEmbedder::vector_of(std::size_t word) {
  const std::uint64_t hash = words_.hash(word);
  float* sum = one_.data();
  if (!cached_.empty()) {
    const std::size_t place = static_cast<std::size_t>(hash) & (cached_.size() - 1);
    sum = vectors_.data() + place * table_.dimension();
    if (filled_[place] != 0 && cached_[place] == hash) return sum;
    filled_[place] = 0;
  }
  features_.clear();
  append_word_features(words_.word(word), hash, table_.lengths_, scratch_, features_);
  std::fill_n(sum, table_.dimension(), 0.0F);
  for (const Feature& feature : features_) table_.add_row(feature, sum);
  if (!cached_.empty()) {
    const std::size_t place = static_cast<std::size_t>(hash) & (cached_.size() - 1);
    cached_[place] = hash;
    filled_[place] = 1;
  }
  return sum;
}

bool TextEmbedder::embed(std::string_view text, float* out) {
  const std::size_t dimension = table_.dimension();
  std::fill_n(out, dimension, 0.0F);
  words_.gather(text);
  for (std::size_t word = 0; word < words_.size(); ++word) {
    const float weight = words_.weight(word);
    const float* vector = vector_of(word);
    for (std::size_t i = 0; i < dimension; ++i) out[i] += weight * vector[i];
  }
  // In double, where no square of a float is lost. Four sums, as one would wait for itself.
  double squares[4] = {};
  for (std::size_t i = 0; i < dimension; i += 4) {
    for (std::size_t j = 0; j < 4; ++j)
      squares[j] += static_cast<double>(out[i + j]) * static_cast<double>(out[i + j]);
  }
  const double length = std::sqrt(squares[0] + squares[1] + squares[2] + squares[3]);
  if (!std::isfinite(length) || length == 0) {
    std::fill_n(out, dimension, 0.0F);
    return false;
  }
  for (std::size_t i = 0; i < dimension; ++i)
    out[i] = static_cast<float>(static_cast<double>(out[i]) / length);
  return true;
}

}  // namespace koinon::text
