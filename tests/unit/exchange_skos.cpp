// SPDX-License-Identifier: Apache-2.0
#include "exchange/skos.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <arpa/inet.h>

#include "catch.hpp"
#include "koinon/error.hpp"
#include "text/thesaurus.hpp"

using namespace koinon;
using namespace koinon::exchange;

namespace {

const std::string turtle =
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .\n"
    "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix : <http://example.org/> .\n";

const std::string xml_head =
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
    " xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">";

struct Read {
  SkosReport report;
  std::vector<char> bytes;
  text::Thesaurus thesaurus() const { return text::Thesaurus({bytes.data(), bytes.size()}); }
  std::string label(const std::string& uri, const std::string& language) const {
    const text::Thesaurus made = thesaurus();
    const auto id = made.find(uri);
    return id ? std::string(made.preferred(*id, language)) : "no such concept";
  }
  std::vector<std::string> codes() const {
    std::vector<std::string> all;
    for (const SkosProblem& problem : report.problems) all.push_back(problem.code);
    return all;
  }
};

Read read(const std::string& bytes, const SkosOptions& options = {}) {
  const auto source = open_memory(bytes);
  text::ThesaurusBuilder builder;
  Read made;
  made.report = read_skos(*source, "test.ttl", builder, options);
  made.bytes = builder.build();
  return made;
}

// What the error says; "" when there was none.
std::string refused(const std::string& bytes, const SkosOptions& options = {}) {
  try {
    read(bytes, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a thesaurus in Turtle is read with its relations", "[exchange][skos]") {
  const Read made = read(turtle +
                         ":a a skos:Concept ; skos:prefLabel \"housing\"@en, \"asuminen\"@fi-FI ;"
                         " skos:altLabel \"dwelling\"@en ; skos:hiddenLabel \"housng\"@en ."
                         ":b skos:prefLabel \"hostel\"@en ; skos:broader :a ; skos:related :c ."
                         ":a skos:narrower :d . :c skos:prefLabel \"street\"@en ."
                         ":d skos:prefLabel \"flat\"@en ;"
                         " skos:exactMatch <http://eurovoc.europa.eu/1690> .");
  const text::Thesaurus thesaurus = made.thesaurus();
  CHECK(made.report.concepts == 4);
  CHECK(made.label("http://example.org/a", "fi") == "asuminen");
  const auto a = thesaurus.find("http://example.org/a").value();
  CHECK(thesaurus.others(a).size() == 2);
  CHECK(thesaurus.narrower(a).size() == 2);
  CHECK(thesaurus.find("eurovoc:1690") == thesaurus.find("http://example.org/d"));
  CHECK(made.report.problem_count == 0);
}

TEST_CASE("the same is read from RDF/XML and N-Triples", "[exchange][skos]") {
  const Read xml = read("<?xml version=\"1.0\"?>" + xml_head +
                        "<skos:Concept rdf:about=\"http://example.org/a\">"
                        "<skos:prefLabel xml:lang=\"en\">housing</skos:prefLabel>"
                        "</skos:Concept></rdf:RDF>");
  SkosOptions options;
  options.format = "ntriples";
  const Read lines = read(
      "<http://example.org/a> <http://www.w3.org/2004/02/skos/core#prefLabel>"
      " \"housing\"@en .\n",
      options);
  CHECK(xml.label("http://example.org/a", "en") == "housing");
  CHECK(xml.bytes == lines.bytes);
}

TEST_CASE("labels that are nodes are read in any order", "[exchange][skos]") {
  const Read made = read(turtle +
                         ":l xl:literalForm \"housing\"@en . :a xl:prefLabel :l ."
                         ":a xl:altLabel :m . :m xl:literalForm \"dwelling\"@en ."
                         ":a xl:altLabel :n .");
  CHECK(made.label("http://example.org/a", "en") == "housing");
  CHECK(made.codes() == std::vector<std::string>{"no_literal_form"});
}

TEST_CASE("schemes, collections and what is out of use are no concepts", "[exchange][skos]") {
  const Read made = read(turtle +
                         ":s a skos:ConceptScheme ; skos:prefLabel \"scheme\"@en ."
                         ":c a skos:Collection ; skos:prefLabel \"collection\"@en ."
                         ":o a skos:Concept ; skos:prefLabel \"old\"@en ; owl:deprecated true ."
                         ":a a skos:Concept ; skos:prefLabel \"new\"@en .");
  CHECK(made.thesaurus().size() == 1);
  CHECK(made.report.left_out == 1);
}

TEST_CASE("bad labels are reported and good ones used", "[exchange][skos]") {
  const Read made = read(turtle +
                         ":a skos:prefLabel \"housing\"@en .\n:a skos:altLabel \"bare\" .\n"
                         ":a skos:altLabel :b .\n:a skos:altLabel \"so\xFF\"@en .\n"
                         ":a skos:altLabel \"" +
                         std::string(5000, 'x') +
                         "\"@en .\n"
                         ":a skos:broader \"text\"@en .\n");
  CHECK(made.codes() == std::vector<std::string>{"no_language", "not_a_literal", "bad_encoding",
                                                 "too_long", "not_a_resource"});
  CHECK(made.label("http://example.org/a", "en") == "housing");
  CHECK(made.report.problems.at(0).line >= 5);
  SkosOptions options;
  options.language = "fi";
  CHECK(read(turtle + ":a skos:prefLabel \"asuminen\" .", options)
            .label("http://example.org/a", "fi") == "asuminen");
}

TEST_CASE("a cycle and two parents are taken as they come", "[exchange][skos]") {
  const Read made = read(turtle +
                         ":a skos:prefLabel \"a1\"@en ; skos:broader :b, :c ."
                         ":b skos:prefLabel \"b1\"@en ; skos:broader :c ."
                         ":c skos:prefLabel \"c1\"@en ; skos:broader :a .");
  const text::Thesaurus thesaurus = made.thesaurus();
  CHECK(thesaurus.broader(thesaurus.find("http://example.org/a").value()).size() == 2);
  CHECK(thesaurus.broader(thesaurus.find("http://example.org/c").value()).empty());
}

TEST_CASE("what is no RDF is refused with file, line and reason", "[exchange][skos]") {
  const std::string message =
      refused(turtle + ":a skos:prefLabel \"a\"@en .\n:b skos:prefLabel oops .\n");
  INFO(message);
  CHECK(holds(message, "test.ttl: line 6"));
  CHECK(holds(message, "syntax error"));
  CHECK(
      holds(refused("<?xml version=\"1.0\"?>" + xml_head + "<skos:Concept>"), "test.ttl: line 1"));
  CHECK(holds(refused("{\"@context\": {}}"), "JSON-LD"));
  SkosOptions options;
  options.format = "rdfa";
  CHECK(holds(refused("x", options), "rdfa"));
  // An empty file is an empty thesaurus.
  CHECK(read("").thesaurus().size() == 0);
}

TEST_CASE("a bad line of N-Triples costs that line", "[exchange][skos]") {
  SkosOptions options;
  options.format = "ntriples";
  const std::string label = " <http://www.w3.org/2004/02/skos/core#prefLabel> ";
  const Read made = read(
      "<http://a/1>" + label + "\"one\"@en .\nrubbish\n<http://a/2>" + label + "\"two\"@en .\n",
      options);
  CHECK(made.thesaurus().size() == 2);
  CHECK(made.codes() == std::vector<std::string>{"bad_statement"});
  CHECK(made.report.problems.at(0).line == 2);
}

TEST_CASE("a builder is as it was when a file is refused", "[exchange][skos]") {
  text::ThesaurusBuilder builder;
  const auto source = open_memory(turtle + ":a skos:prefLabel \"a\"@en . oops");
  CHECK_THROWS_AS(read_skos(*source, "x", builder), Error);
  const std::vector<char> bytes = builder.build();
  CHECK(text::Thesaurus({bytes.data(), bytes.size()}).size() == 0);
}

TEST_CASE("entities that grow are refused", "[exchange][skos]") {
  const auto file = [](const std::string& type, const std::string& value) {
    return "<?xml version=\"1.0\"?><!DOCTYPE rdf:RDF [" + type + "]>" + xml_head +
           "<skos:Concept rdf:about=\"http://x/1\"><skos:prefLabel xml:lang=\"en\">" + value +
           "</skos:prefLabel></skos:Concept></rdf:RDF>";
  };
  CHECK(holds(refused(file("<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">", "&b;")), "made of others"));
  CHECK(holds(refused(file("<!ENTITY a \"" + std::string(1000, 'x') + "\">", "&a;")), "too long"));
  CHECK(holds(refused(file("<!ENTITY a \">" + std::string(1000, 'x') + "\">", "&a;")), "too long"));
  CHECK(holds(refused(file("<!ENTITY % p \"x\">", "y")), "parameter"));
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "&a;";
  CHECK(holds(refused(file("<!ENTITY a \"" + std::string(500, 'x') + "\">", many)), "too long"));
  // Names of namespaces are what such entities are used for.
  CHECK(read(file("<!ENTITY n \"http://x/\">", "&n;home")).label("http://x/1", "en") ==
        "http://x/home");
  const std::string late = "<?xml version=\"1.0\"?><!--" + std::string(70000, '-') + " -->";
  CHECK(refused(late + file("<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">", "&b;")) != "");
}

TEST_CASE("nothing is fetched, whatever a file says", "[exchange][skos]") {
  // Somebody listens, and nobody comes.
  const int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  REQUIRE(door >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(bind(door, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(listen(door, 1) == 0);
  REQUIRE(getsockname(door, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  const std::string here = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
  const Read made =
      read("<?xml version=\"1.0\"?><!DOCTYPE rdf:RDF SYSTEM \"" + here +
           "t.dtd\" [<!ENTITY f SYSTEM "
           "\"file:///etc/hostname\"><!ENTITY h SYSTEM \"" +
           here + "e\">]>" + xml_head +
           "<skos:Concept rdf:about=\"http://x/1\"><skos:prefLabel xml:lang=\"en\">a&f;b&h;c"
           "</skos:prefLabel></skos:Concept></rdf:RDF>");
  CHECK(made.label("http://x/1", "en") == "abc");
  read(turtle + "@prefix i: <" + here + "> . i:x <http://www.w3.org/2002/07/owl#imports> i:y .");
  CHECK(accept(door, nullptr, nullptr) == -1);
  close(door);
}

TEST_CASE("deep and long files are refused in short time", "[exchange][skos]") {
  std::string deep = xml_head;
  for (int i = 0; i < 50000; ++i) deep += "<a xmlns='http://a/' b='/>'>";
  CHECK(holds(refused(deep), "nested too deeply"));
  std::string brackets = turtle + ":a skos:broader ";
  for (int i = 0; i < 50000; ++i) brackets += "[ skos:broader ";
  CHECK(holds(refused(brackets), "nested too deeply"));
  CHECK(holds(refused(turtle + ":a skos:prefLabel \"" + std::string(6 << 20, 'x') + "\"@en ."),
              "too long"));
  CHECK(holds(refused(std::string("\xFF\xFE<\0?\0x\0m\0l\0", 12)), "line 1"));
  SkosOptions options;
  options.most_concepts = 2;
  CHECK(holds(refused(turtle + ":a skos:related :b, :c . :c skos:related :a . :b skos:related :a .",
                      options),
              "more than 2"));
}
