// SPDX-License-Identifier: Apache-2.0
#include "exchange/json_objects.hpp"

#include "exchange_rows.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

struct Read {
  std::vector<std::string> objects;  // as JSON, or "!" and the first violation's code
  std::vector<std::uint64_t> lines;
  std::vector<std::string> bytes;
  std::vector<std::uint64_t> sizes;
};

Read read_objects(const std::string& text, std::size_t limit = row_limit) {
  const auto source = open_memory(text);
  TextInput input(*source, "");
  JsonObjects reader(input, limit);
  Read read;
  Row row;
  nlohmann::json object;
  while (row.clear(), reader.next(row, object)) {
    read.objects.push_back(row.violations.empty() ? object.dump() : "!" + row.violations[0].code);
    read.lines.push_back(row.line);
    read.bytes.emplace_back(row.bytes);
    read.sizes.push_back(row.size);
  }
  return read;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("objects stand in an array or one after another", "[exchange]") {
  const Texts both = {R"({"a":1})", R"({"b":"}{"})"};
  CHECK(read_objects(R"([{"a":1},{"b":"}{"}])").objects == both);
  CHECK(read_objects("{\"a\":1}\n{\"b\":\"}{\"}\n").objects == both);
  CHECK(read_objects("\xEF\xBB\xBF{\"a\" : 1}{\"b\":\"}{\"}").objects == both);
  CHECK(read_objects("[\r\n  {\n \"a\":1\n },\n  {\"b\":\"}{\"}\n]").objects == both);
  CHECK(read_objects(R"({"q":"\"}","s":"\\"})").objects == Texts{R"({"q":"\"}","s":"\\"})"});
  CHECK(read_objects("[]").objects.empty());
}

TEST_CASE("objects keep their bytes and lines", "[exchange]") {
  const Read read = read_objects("[\n {\"a\":\n 1},\n\n {\"b\":2}]");
  CHECK(read.bytes == Texts{"{\"a\":\n 1}", "{\"b\":2}"});
  CHECK(read.lines == std::vector<std::uint64_t>{2, 5});
}

TEST_CASE("a broken object is a row, and the next object is read", "[exchange]") {
  const std::string good = "{\"ok\":1}";
  // The last bracket, a quote, a comma lost; words; a bracket too many.
  const std::string broken = GENERATE(std::string(R"({"a":{"b":1})"), std::string(R"({"a":"x})"),
                                      std::string(R"({"a":1 "b":2})"), std::string(R"({"a":nope})"),
                                      std::string(R"({"a":[1,2})"), std::string("some words"));
  const Read read = read_objects(good + '\n' + broken + '\n' + good + '\n' + good);
  CAPTURE(broken);
  CHECK(read.objects == Texts{good, "!bad_json", good, good});
  CHECK(read.lines.back() == 4);
}

TEST_CASE("an object that ends with the file is broken", "[exchange]") {
  CHECK(read_objects("{\"a\":1}\n{\"b\":").objects == Texts{R"({"a":1})", "!bad_json"});
  CHECK(read_objects("{\"a\":\"").objects == Texts{"!bad_json"});
  CHECK(read_objects("{\"a\":\"\\").objects == Texts{"!bad_json"});
  CHECK(read_objects("{\"a\":\"\\\n{\"b\":1}").objects == Texts{"!bad_json", R"({"b":1})"});
}

TEST_CASE("nesting 100,000 deep is refused without recursion", "[exchange]") {
  std::string deep = "{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}\n";
  CHECK(read_objects(deep + "{\"b\":2}").objects == Texts{"!too_deep", R"({"b":2})"});
  std::string open;
  for (int i = 0; i < 100000; ++i) open += "{\"a\":";
  CHECK(read_objects(open).objects == Texts{"!bad_json"});
}

TEST_CASE("an object past the limit is let go but for its beginning", "[exchange]") {
  const std::string big = "{\"a\":\"" + std::string(300000, 'y') + "\"}";
  const Read read = read_objects("{\"b\":1}\n" + big + "\n{\"c\":2}", 100000);
  CHECK(read.objects == Texts{R"({"b":1})", "!too_long", R"({"c":2})"});
  CHECK(read.sizes[1] == big.size());
  CHECK(read.bytes[1] == big.substr(0, kept_of_long_row));
  CHECK(read.lines == std::vector<std::uint64_t>{1, 2, 3});
}

TEST_CASE("bytes of an object that are not UTF-8 are a reason", "[exchange]") {
  CHECK(read_objects("{\"a\":\"caf\xE9\"}\n{\"b\":1}").objects ==
        Texts{"!bad_encoding", R"({"b":1})"});
}

TEST_CASE("a number too large for JSON readers is a reason", "[exchange]") {
  CHECK(read_objects("{\"a\":1e999}").objects == Texts{"!bad_json"});
}
