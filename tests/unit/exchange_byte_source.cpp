// SPDX-License-Identifier: Apache-2.0
#include <lzma.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "exchange_rows.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string xz(const std::string& text) {
  std::string packed(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  REQUIRE(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, nullptr,
                                  reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                  reinterpret_cast<std::uint8_t*>(packed.data()), &size,
                                  packed.size()) == LZMA_OK);
  packed.resize(size);
  return packed;
}

std::string all_of(ByteSource& source, std::size_t piece = 1000) {
  std::string text;
  std::string buffer(piece, '\0');
  while (const std::size_t got = source.read(buffer.data(), buffer.size()))
    text.append(buffer, 0, got);
  return text;
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 60000; ++i) text += "line " + std::to_string(i * 7919 % 100003) + '\n';
  return text;
}

// A folder that goes away with the test.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("koinon-exchange-" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const char* name, const std::string& bytes) const {
    const auto whole = path / name;
    std::ofstream(whole, std::ios::binary) << bytes;
    return whole.string();
  }
};

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a byte source gives plain and packed files alike", "[exchange]") {
  const Folder folder;
  const std::string text = long_text();
  for (const std::string& bytes : {text, gzip(text), xz(text)}) {
    const auto source = open_file(folder.file("f", bytes));
    CHECK(source->total() == bytes.size());
    CHECK((source->head() == std::string_view(text).substr(0, 64 << 10)));
    CHECK((all_of(*source) == text));
    CHECK(source->done() == bytes.size());
    const auto again = source->again();
    REQUIRE(again);
    CHECK((all_of(*again, 77) == text));
  }
}

TEST_CASE("a byte source in memory is unpacked too", "[exchange]") {
  const auto source = open_memory(gzip("one\n") + gzip("two\n"));
  char first = 0;
  REQUIRE(source->read(&first, 1) == 1);
  CHECK(first == 'o');
  CHECK(source->head() == "ne\ntwo\n");
  CHECK(all_of(*source) == "ne\ntwo\n");
  CHECK(all_of(*source->again()) == "one\ntwo\n");
}

TEST_CASE("an empty source has an empty head", "[exchange]") {
  const auto source = open_memory("");
  CHECK(source->head().empty());
  CHECK(all_of(*source).empty());
}

TEST_CASE("what cannot be opened or read says so with its path", "[exchange]") {
  const Folder folder;
  const std::string missing = (folder.path / "missing.csv").string();
  CHECK(error_of([&] { open_file(missing); }) == ErrorCode::NotFound);
  CHECK_THAT(message_of([&] { open_file(missing); }), Catch::Matchers::Contains("missing.csv"));
  CHECK(error_of([&] { open_file(folder.path.string()); }) == ErrorCode::InvalidInput);

  const std::string text = long_text();
  for (const std::string& packed : {gzip(text), xz(text)}) {
    const std::string cut = folder.file("cut", packed.substr(0, packed.size() - 20));
    const auto read_cut = [&] { all_of(*open_file(cut)); };
    CHECK(error_of(read_cut) == ErrorCode::InvalidInput);
    CHECK_THAT(message_of(read_cut), Catch::Matchers::Contains(cut));

    std::string spoilt = packed;
    for (std::size_t i = spoilt.size() / 2; i < spoilt.size() / 2 + 40; ++i) spoilt[i] ^= 0x55;
    const std::string bad = folder.file("bad", spoilt);
    CHECK(error_of([&] { all_of(*open_file(bad)); }) == ErrorCode::InvalidInput);
  }
}

TEST_CASE("a pipe is read once", "[exchange]") {
  int ends[2] = {-1, -1};
  REQUIRE(::pipe(ends) == 0);
  REQUIRE(::write(ends[1], "a,b\n", 4) == 4);
  ::close(ends[1]);
  const auto source = open_file("/dev/fd/" + std::to_string(ends[0]));
  CHECK(source->total() == 0);
  CHECK(source->again() == nullptr);
  CHECK(all_of(*source) == "a,b\n");
  ::close(ends[0]);
}
