// SPDX-License-Identifier: Apache-2.0
#include "exchange/unpack.hpp"

#include <lzma.h>
#include <zlib.h>

#include <utility>
#include <vector>

#include "koinon/error.hpp"

namespace koinon::exchange {

namespace {

constexpr std::size_t packed_piece = std::size_t{64} << 10;
// Far above what `xz -9` needs; below what a hostile header could ask for.
constexpr std::uint64_t xz_memory = std::uint64_t{256} << 20;

[[noreturn]] void damaged(const std::string& what, const std::string& how) {
  throw Error(ErrorCode::InvalidInput, what + ": " + how);
}

class GzipUnpacker final : public Unpacker {
 public:
  GzipUnpacker(Packed packed, std::string what)
      : packed_(std::move(packed)), what_(std::move(what)), input_(packed_piece) {
    // 16: a gzip head is demanded.
    if (inflateInit2(&stream_, 15 + 16) != Z_OK)
      throw Error(ErrorCode::OutOfMemory, what_ + ": no memory to unpack gzip");
  }
  GzipUnpacker(const GzipUnpacker&) = delete;
  GzipUnpacker& operator=(const GzipUnpacker&) = delete;
  ~GzipUnpacker() override { inflateEnd(&stream_); }

  std::size_t read(char* into, std::size_t size) override {
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size && !ended_) step();
    return size - stream_.avail_out;
  }

 private:
  void step() {
    if (stream_.avail_in == 0) refill();
    if (stream_.avail_in == 0) {
      if (!between_) damaged(what_, "the gzip stream ends too early; the file is cut off");
      ended_ = true;
      return;
    }
    // Members may follow one another, as `cat a.gz b.gz` makes them.
    if (between_ && inflateReset(&stream_) != Z_OK) damaged(what_, "the gzip stream is damaged");
    between_ = false;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      between_ = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      damaged(what_, std::string("the gzip stream is damaged") +
                         (stream_.msg ? std::string(" (") + stream_.msg + ")" : ""));
    }
  }

  void refill() {
    stream_.avail_in = static_cast<uInt>(packed_(input_.data(), input_.size()));
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
  }

  Packed packed_;
  std::string what_;
  std::vector<char> input_;
  z_stream stream_{};
  bool between_ = false;  // a member has ended, no other has begun
  bool ended_ = false;
};

class XzUnpacker final : public Unpacker {
 public:
  XzUnpacker(Packed packed, std::string what)
      : packed_(std::move(packed)), what_(std::move(what)), input_(packed_piece) {
    if (lzma_stream_decoder(&stream_, xz_memory, LZMA_CONCATENATED) != LZMA_OK)
      throw Error(ErrorCode::OutOfMemory, what_ + ": no memory to unpack xz");
  }
  XzUnpacker(const XzUnpacker&) = delete;
  XzUnpacker& operator=(const XzUnpacker&) = delete;
  ~XzUnpacker() override { lzma_end(&stream_); }

  std::size_t read(char* into, std::size_t size) override {
    stream_.next_out = reinterpret_cast<std::uint8_t*>(into);
    stream_.avail_out = size;
    while (stream_.avail_out == size && !ended_) step();
    return size - stream_.avail_out;
  }

 private:
  void step() {
    if (stream_.avail_in == 0 && !input_ended_) {
      stream_.avail_in = packed_(input_.data(), input_.size());
      stream_.next_in = reinterpret_cast<const std::uint8_t*>(input_.data());
      input_ended_ = stream_.avail_in == 0;
    }
    const lzma_ret result = lzma_code(&stream_, input_ended_ ? LZMA_FINISH : LZMA_RUN);
    if (result == LZMA_STREAM_END) {
      ended_ = true;
    } else if (result == LZMA_BUF_ERROR) {
      damaged(what_, "the xz stream ends too early; the file is cut off");
    } else if (result == LZMA_MEMLIMIT_ERROR) {
      damaged(what_, "the xz stream asks for more than 256 MiB of memory");
    } else if (result != LZMA_OK) {
      damaged(what_, "the xz stream is damaged");
    }
  }

  Packed packed_;
  std::string what_;
  std::vector<char> input_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool input_ended_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Unpacker> make_unpacker(std::string_view head, Unpacker::Packed packed,
                                        std::string what) {
  using namespace std::literals;
  if (head.starts_with("\x1F\x8B"sv))
    return std::make_unique<GzipUnpacker>(std::move(packed), std::move(what));
  if (head.starts_with("\xFD"
                       "7zXZ\0"sv))
    return std::make_unique<XzUnpacker>(std::move(packed), std::move(what));
  return nullptr;
}

}  // namespace koinon::exchange
