// SPDX-License-Identifier: Apache-2.0
#include "index/checked_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <vector>

#include "catch.hpp"
#include "errors.hpp"
#include "scratch.hpp"

using namespace koinon;
using index::Input;
using index::Output;
using test::bytes_of;
using test::error_of;
using test::put_bytes;

namespace {

constexpr std::uint64_t owner = 7;
constexpr std::size_t chunk = 65536;

using Bytes = std::vector<std::uint8_t>;

Bytes noise(std::size_t size) {
  std::mt19937 random(static_cast<std::uint32_t>(size));
  Bytes bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

void write(Output& out, const Bytes& bytes) {
  std::mt19937 random(5);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t part = std::min<std::size_t>(bytes.size() - at, random() % (2 * chunk));
    out.append(bytes.data() + at, part);
    at += part;
  }
  CHECK(out.size() == bytes.size());
  out.finish();
}

void write_file(const std::string& path, const Bytes& bytes) {
  Output out(path, owner);
  write(out, bytes);
}

bool same(const Input& input, std::size_t at, const Bytes& wanted) {
  const std::uint8_t* begin = input.range(at, wanted.size());
  return std::equal(wanted.begin(), wanted.end(), begin);
}

Bytes part(const Bytes& bytes, std::size_t at, std::size_t size) {
  const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
  return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

void flip(const std::string& path, std::size_t byte, unsigned bit) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(byte));
  const int was = file.get();
  file.seekp(static_cast<std::streamoff>(byte));
  file.put(static_cast<char>(was ^ (1 << bit)));
  if (!file) throw std::runtime_error(path + " cannot be changed");
}

std::optional<ErrorCode> reading_all(const std::string& path, std::uint64_t whose = owner) {
  return error_of([&] { Input(path, whose).check(); });
}

}  // namespace

TEST_CASE("what was written comes back, from memory and from a file", "[index]") {
  const test::Scratch scratch;
  std::mt19937 random(1);
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{100}, chunk - 1, chunk, chunk + 1, 5 * chunk + 123}) {
    CAPTURE(size);
    const Bytes bytes = noise(size);
    Output memory;
    write(memory, bytes);
    write_file(scratch / "f", bytes);
    std::vector<Input> inputs;
    inputs.emplace_back(memory.take());
    inputs.emplace_back(scratch / "f", owner);
    CHECK_FALSE(inputs[0].mapped());
    CHECK(inputs[1].mapped());
    for (const Input& input : inputs) {
      CHECK(input.size() == size);
      // Parts first: each is compared by itself.
      for (int i = 0; i < 20; ++i) {
        const std::size_t at = random() % size;
        const std::size_t length = random() % (size - at + 1);
        CHECK(same(input, at, part(bytes, at, length)));
      }
      input.check();
      CHECK(same(input, 0, bytes));
    }
  }
}

TEST_CASE("numbers come back at any place, and an input can be moved", "[index]") {
  const test::Scratch scratch;
  {
    Output out(scratch / "f", owner);
    out.append_number(std::uint8_t{9});
    out.append_number(std::int64_t{-5});
    out.append_number(std::uint32_t{0xDEADBEEFU});
    out.finish();
  }
  Input first(scratch / "f", owner);
  const Input input(std::move(first));
  CHECK(input.number<std::uint8_t>(0) == 9);
  CHECK(input.number<std::int64_t>(1) == -5);
  CHECK(input.number<std::uint32_t>(9) == 0xDEADBEEFU);
  CHECK(error_of([&] { input.number<std::uint32_t>(10); }) == ErrorCode::Damaged);
}

TEST_CASE("a file without content is one all the same", "[index]") {
  const test::Scratch scratch;
  write_file(scratch / "f", {});
  const Input input(scratch / "f", owner);
  CHECK(input.size() == 0);
  CHECK_NOTHROW(input.check());
  CHECK_NOTHROW(input.range(0, 0));
  CHECK(error_of([&] { input.range(0, 1); }) == ErrorCode::Damaged);
}

TEST_CASE("nothing is given from beyond the end", "[index]") {
  const test::Scratch scratch;
  const Bytes bytes = noise(chunk + 10);
  write_file(scratch / "f", bytes);
  std::vector<Input> inputs;
  inputs.emplace_back(bytes);
  inputs.emplace_back(scratch / "f", owner);
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  for (const Input& input : inputs) {
    const std::uint64_t size = input.size();
    CHECK_NOTHROW(input.range(size, 0));
    const std::vector<std::pair<std::uint64_t, std::uint64_t>> beyond = {
        {size, 1}, {size + 1, 0}, {0, size + 1}, {1, size}, {most, 2}, {2, most}, {most, most}};
    for (const auto& range : beyond) {
      CAPTURE(range.first, range.second);
      CHECK(error_of([&] { input.range(range.first, range.second); }) == ErrorCode::Damaged);
    }
  }
}

TEST_CASE("any bit of a file that has turned is noticed", "[index]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f";
  write_file(path, noise(100));
  const std::string good = bytes_of(path);
  REQUIRE(good.size() == 100 + 8 + 40);
  std::size_t unnoticed = 0;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    flip(path, bit / 8, bit % 8);
    unnoticed += reading_all(path) == ErrorCode::Damaged ? 0U : 1U;
    flip(path, bit / 8, bit % 8);
  }
  CHECK(unnoticed == 0);
  CHECK_FALSE(reading_all(path));
}

TEST_CASE("a bit that has turned in a large file spoils its own part only", "[index]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f";
  const Bytes bytes = noise(4 * chunk + 1000);
  write_file(path, bytes);
  std::mt19937 random(2);
  for (int i = 0; i < 100; ++i) {
    const std::size_t at = random() % bytes.size();
    const unsigned bit = random() % 8;
    CAPTURE(at);
    flip(path, at, bit);
    const Input input(path, owner);
    for (std::size_t begin = 0; begin < bytes.size(); begin += chunk) {
      const std::size_t size = std::min(chunk, bytes.size() - begin);
      const bool here = at / chunk == begin / chunk;
      CHECK(error_of([&] { input.range(begin, size); }).has_value() == here);
      if (!here) CHECK(same(input, begin, part(bytes, begin, size)));
    }
    CHECK(error_of([&] { input.range(at, 1); }) == ErrorCode::Damaged);
    flip(path, at, bit);
  }
  for (std::size_t at = bytes.size(); at < bytes_of(path).size(); ++at) {
    flip(path, at, 0);
    CHECK(reading_all(path) == ErrorCode::Damaged);
    flip(path, at, 0);
  }
  CHECK_FALSE(reading_all(path));
}

TEST_CASE("a file that is cut anywhere, or goes on, is noticed", "[index]") {
  const test::Scratch scratch;
  const std::string path = scratch / "f";
  write_file(path, noise(100));
  const std::string good = bytes_of(path);
  for (std::size_t size = 0; size < good.size(); ++size) {
    CAPTURE(size);
    put_bytes(path, good.substr(0, size));
    CHECK(reading_all(path) == ErrorCode::Damaged);
    put_bytes(path, good.substr(good.size() - size));
    CHECK(reading_all(path) == ErrorCode::Damaged);
  }
  for (const std::string& more : {std::string(1, '\0'), std::string("x"), good}) {
    put_bytes(path, good + more);
    CHECK(reading_all(path) == ErrorCode::Damaged);
  }
  put_bytes(path, std::string(500, '\0'));
  CHECK(reading_all(path) == ErrorCode::Damaged);
}

TEST_CASE("a file of another owner is not taken for ours", "[index]") {
  const test::Scratch scratch;
  write_file(scratch / "f", noise(100));
  CHECK_FALSE(reading_all(scratch / "f"));
  CHECK(reading_all(scratch / "f", owner + 1) == ErrorCode::Damaged);
  CHECK(reading_all(scratch / "f", 0) == ErrorCode::Damaged);
}

TEST_CASE("a file that cannot be made, written or read is named", "[index]") {
  const test::Scratch scratch;
  put_bytes(scratch / "plain", "x");
  for (const char* name : {"none/f", "plain/f", "."}) {
    const std::string path = scratch / name;
    CAPTURE(path);
    try {
      Output out(path, owner);
      FAIL_CHECK("it was made");
    } catch (const Error& e) {
      CHECK(e.code() == ErrorCode::InputOutput);
      CHECK(std::string(e.what()).find(path) != std::string::npos);
    }
    try {
      Input(path, owner);
      FAIL_CHECK("it was read");
    } catch (const Error& e) {
      CHECK(e.code() == ErrorCode::InputOutput);
      CHECK(std::string(e.what()).find(path) != std::string::npos);
    }
  }
}

TEST_CASE("a full disk is told by the name of the file", "[index]") {
  if (!std::filesystem::exists("/dev/full")) return;
  const test::Scratch scratch;
  // By another name, so that no output can take the device away.
  const std::string path = scratch / "f";
  std::filesystem::create_symlink("/dev/full", path);
  for (const std::size_t size : {std::size_t{10}, 3 * chunk}) {
    try {
      Output out(path, owner);
      out.append(noise(size));
      out.finish();
      FAIL_CHECK("it was written");
    } catch (const Error& e) {
      CHECK(e.code() == ErrorCode::InputOutput);
      CHECK(std::string(e.what()).find(path) != std::string::npos);
    }
  }
}

TEST_CASE("an output that was given up is no file of ours", "[index]") {
  const test::Scratch scratch;
  {
    Output out(scratch / "f", owner);
    out.append(noise(3 * chunk));
  }
  CHECK(reading_all(scratch / "f") == ErrorCode::Damaged);
}
