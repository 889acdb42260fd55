// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>

#include <algorithm>
#include <cstring>

#include "exchange/line_reader.hpp"
#include "exchange_rows.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

/// Makes `size` bytes of 'x' between a head and a tail, without holding them.
class LongLine final : public ByteSource {
 public:
  LongLine(std::string before, std::uint64_t size, std::string after)
      : before_(std::move(before)), size_(size), after_(std::move(after)) {}

  std::size_t read(char* into, std::size_t size) override {
    if (!before_.empty()) return give(before_, into, size);
    const auto got = static_cast<std::size_t>(std::min<std::uint64_t>(size, size_));
    if (got == 0) return give(after_, into, size);
    std::memset(into, 'x', got);
    size_ -= got;
    return got;
  }
  std::string_view head() override { return before_; }
  std::uint64_t done() const override { return 0; }
  std::uint64_t total() const override { return 0; }
  std::unique_ptr<ByteSource> again() const override { return nullptr; }

 private:
  static std::size_t give(std::string& text, char* into, std::size_t size) {
    const std::size_t got = std::min(size, text.size());
    std::memcpy(into, text.data(), got);
    text.erase(0, got);
    return got;
  }
  std::string before_;
  std::uint64_t size_;
  std::string after_;
};

std::vector<std::string> lines_of(const std::string& text, std::size_t limit = row_limit) {
  const auto source = open_memory(text);
  LineReader reader(*source, limit);
  std::vector<std::string> lines;
  Line line;
  while (reader.next(line)) lines.emplace_back(line.text());
  return lines;
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("lines end with LF or CRLF, not with CR", "[exchange]") {
  using Lines = std::vector<std::string>;
  CHECK(lines_of("a\nb\r\nc\rd\n") == Lines{"a", "b", "c\rd"});
  CHECK(lines_of("a\n\nb") == Lines{"a", "", "b"});
  CHECK(lines_of("\xEF\xBB\xBF"
                 "a\n") == Lines{"a"});
  CHECK(lines_of("").empty());
  CHECK(lines_of("\xEF\xBB\xBF").empty());
  CHECK(lines_of("\xEF\xBB") == Lines{"\xEF\xBB"});
}

TEST_CASE("lines know their number, size and bytes", "[exchange]") {
  const auto source = open_memory("one\r\ntwo\nthree");
  LineReader reader(*source);
  Line line;
  REQUIRE(reader.next(line));
  CHECK(line.raw == "one\r\n");
  REQUIRE(reader.extend(line));
  CHECK(line.raw == "one\r\ntwo\n");
  CHECK(line.size == 9);
  reader.retract(line);
  CHECK(line.raw == "one\r\n");
  REQUIRE(reader.next(line));
  CHECK(line.number == 2);
  REQUIRE(reader.extend(line));
  CHECK_FALSE(reader.extend(line));
  CHECK(line.raw == "two\nthree");
  CHECK_FALSE(reader.next(line));
}

TEST_CASE("lines after joined lines are counted on", "[exchange]") {
  const auto source = open_memory("1\n2\n3\n4\n");
  LineReader reader(*source);
  Line line;
  REQUIRE(reader.next(line));
  REQUIRE(reader.extend(line));
  REQUIRE(reader.extend(line));
  REQUIRE(reader.next(line));
  CHECK(line.number == 4);
  CHECK(line.text() == "4");
}

TEST_CASE("a line past the limit is skipped, its beginning kept", "[exchange]") {
  const std::string text = "a\n" + std::string(200000, 'y') + "\nb\n";
  const auto source = open_memory(text);
  LineReader reader(*source, 100000);
  Line line;
  REQUIRE(reader.next(line));
  REQUIRE(reader.next(line));
  CHECK(line.too_long);
  CHECK(line.size == 200001);
  CHECK(line.raw == std::string(kept_of_long_row, 'y'));
  CHECK_FALSE(reader.extend(line));
  REQUIRE(reader.next(line));
  CHECK(line.text() == "b");
  CHECK(line.number == 3);
}

TEST_CASE("a line of 1 GiB streams through bounded memory", "[exchange]") {
  const long before = peak_kib();
  constexpr std::uint64_t size = std::uint64_t{1} << 30;
  LongLine source("first\n", size, "\nlast\n");
  LineReader reader(source);
  Line line;
  REQUIRE(reader.next(line));
  REQUIRE(reader.next(line));
  CHECK(line.too_long);
  CHECK(line.size == size + 1);
  CHECK(line.raw.size() == kept_of_long_row);
  REQUIRE(reader.next(line));
  CHECK(line.text() == "last");
  CHECK(peak_kib() - before < 200 * 1024);
}
