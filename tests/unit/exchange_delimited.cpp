// SPDX-License-Identifier: Apache-2.0
#include "exchange/delimited_reader.hpp"
#include "exchange_rows.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

struct Table {
  std::vector<std::vector<std::string>> rows;  // fields, or "!" and the violation's code
  std::vector<std::string> bytes;
  std::vector<std::uint64_t> lines;
  std::vector<std::string> messages;
};

Table read_table(const std::string& text, const std::string& encoding = {}) {
  const auto source = open_memory(text);
  TextInput input(*source, encoding);
  DelimitedReader reader(input);
  Table table;
  Row row;
  while (row.clear(), reader.next(row)) {
    std::vector<std::string> fields;
    if (row.violations.empty()) {
      for (std::size_t i = 0; i < reader.columns().size(); ++i)
        fields.emplace_back(reader.field(i));
    } else {
      fields = {"!", row.violations[0].code};
      table.messages.push_back(row.violations[0].message);
    }
    CHECK(row.context == reader.header());
    table.rows.push_back(fields);
    table.bytes.emplace_back(row.bytes);
    table.lines.push_back(row.line);
  }
  return table;
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("tables are parted by comma, tab or semicolon", "[exchange]") {
  CHECK(read_table("a,b\n1,2\n").rows == Rows{{"1", "2"}});
  CHECK(read_table("a\tb\r\n1,5\t2\r\n").rows == Rows{{"1,5", "2"}});
  CHECK(read_table("a;b\n1,5;2\n").rows == Rows{{"1,5", "2"}});
  CHECK(read_table("\xEF\xBB\xBF"
                   "a,b\n\n1,\n\r\n,2")
            .rows == Rows{{"1", ""}, {"", "2"}});
}

TEST_CASE("quoted fields hold delimiters, quotes and line breaks", "[exchange]") {
  const Table table =
      read_table("a,b,c\n\"x, y\",\"say \"\"no\"\"\",\"\"\n1,\"two\r\nlines\",3\n4,5,6\n");
  CHECK(table.rows ==
        Rows{{"x, y", "say \"no\"", ""}, {"1", "two\r\nlines", "3"}, {"4", "5", "6"}});
  CHECK(table.bytes[1] == "1,\"two\r\nlines\",3\n");
  CHECK(table.lines == std::vector<std::uint64_t>{2, 3, 5});
}

TEST_CASE("a row may have several fields with line breaks", "[exchange]") {
  CHECK(read_table("a,b\n\"1\n2\",\"3\n\n4\"\n").rows == Rows{{"1\n2", "3\n\n4"}});
}

TEST_CASE("a stray quote is a character and swallows nothing", "[exchange]") {
  CHECK(read_table("a\tb\n\"Sun\" Ltd\tx\n1\t2\n").rows == Rows{{"\"Sun\" Ltd", "x"}, {"1", "2"}});
  CHECK(read_table("a\tb\n\"Sun\tx\n1\t2\n").rows == Rows{{"\"Sun", "x"}, {"1", "2"}});
  CHECK(read_table("a\tb\n\"Sun\tMoon\"\n1\t2\n").rows == Rows{{"\"Sun", "Moon\""}, {"1", "2"}});
  CHECK(read_table("a\tb\n5\"\tx\n").rows == Rows{{"5\"", "x"}});
  // Whole rows are not the rest of a field, even where a quote further on would close it.
  CHECK(read_table("a\tb\tc\td\n1\t2\t3\t\"4\n5\t6\t7\"\t8\n").rows ==
        Rows{{"1", "2", "3", "\"4"}, {"5", "6", "7\"", "8"}});
}

TEST_CASE("slipped columns name what was expected and found", "[exchange]") {
  const Table table = read_table("a,b,c\n1,2\n1,2,3,4\n1,2,3\n");
  CHECK(table.rows == Rows{{"!", "slipped_columns"}, {"!", "slipped_columns"}, {"1", "2", "3"}});
  CHECK(table.messages[0] == "expected 3 columns, found 2");
  CHECK(table.messages[1] == "expected 3 columns, found 4");
  CHECK(table.bytes[0] == "1,2\n");
}

TEST_CASE("a quote that is never closed costs its own row only", "[exchange]") {
  std::string text = "a,b\n\"open\n";
  for (int i = 0; i < 1000; ++i) text += "x,y\n";
  const Table table = read_table(text);
  REQUIRE(table.rows.size() == 1001);
  CHECK(table.rows[0] == std::vector<std::string>{"!", "slipped_columns"});
  CHECK(table.rows[1000] == std::vector<std::string>{"x", "y"});
}

TEST_CASE("bytes that are not UTF-8 are a reason, with an encoding they are text", "[exchange]") {
  const std::string text = "a,b\n1,caf\xE9\n2,ok\n";
  const Table refused = read_table(text);
  CHECK(refused.rows == Rows{{"!", "bad_encoding"}, {"2", "ok"}});
  CHECK_THAT(refused.messages[0], Catch::Matchers::Contains("byte 5 "));
  const Table read = read_table(text, "windows-1252");
  CHECK(read.rows == Rows{{"1", "café"}, {"2", "ok"}});
  CHECK(read.bytes[0] == "1,caf\xE9\n");
  // 0x81 stands for nothing in Windows-1252.
  const Table undefined = read_table("a,b\n1,x\x81\n", "cp1252");
  CHECK(undefined.rows == Rows{{"!", "bad_encoding"}});
  CHECK_THAT(undefined.messages[0], Catch::Matchers::Contains("byte 3 "));
  CHECK(read_table("a,b\n\"\xC1\xE5\n\"\"\xEB\",1\n", "windows-1251").rows ==
        Rows{{"Бе\n\"л", "1"}});
}

TEST_CASE("UTF-16 is read when it is said to be UTF-16, and refused otherwise", "[exchange]") {
  using namespace std::literals;
  const std::string text =
      "\xFF\xFE"
      "a\0,\0b\0\n\0"
      "1\0,\0\x31\x01\n\0"s;
  CHECK(error_of([&] { read_table(text); }) == ErrorCode::InvalidInput);
  CHECK(error_of([&] { read_table("a\0,\0b\0\n\0"s); }) == ErrorCode::InvalidInput);
  CHECK(read_table(text, "UTF-16LE").rows == Rows{{"1", "ı"}});
  CHECK(error_of([&] { read_table("a,b\n", "klingon"); }) == ErrorCode::InvalidArgument);
}

TEST_CASE("a table needs a header", "[exchange]") {
  CHECK(error_of([] { read_table(""); }) == ErrorCode::InvalidInput);
  CHECK(error_of([] { read_table("\n\n"); }) == ErrorCode::InvalidInput);
  CHECK(read_table("a,b\n").rows.empty());
}
