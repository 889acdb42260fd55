// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <optional>

#include "catch.hpp"
#include "graph/files/file_text.hpp"
#include "graph/files/graph_file.hpp"
#include "graph/files/xml_text.hpp"
#include "graph_file_formats.hpp"

using namespace koinon::graph;
using graph_file_formats::written;

namespace {

// What a reader says of a file that it refuses; nothing when it does not.
std::optional<GraphFileError> refusal(GraphFile (*read)(std::string_view), std::string_view bytes) {
  try {
    read(bytes);
  } catch (const GraphFileError& e) {
    return e;
  }
  return std::nullopt;
}

void check_refused(GraphFile (*read)(std::string_view), std::string_view bytes, std::size_t line,
                   const std::string& reason) {
  CAPTURE(std::string(bytes.substr(0, 200)));
  const auto error = refusal(read, bytes);
  REQUIRE(error);
  CAPTURE(error->what());
  CHECK(error->line() == line);
  CHECK(std::string(error->what()).find(reason) != std::string::npos);
}

GraphFile csv_edges(std::string_view bytes) {
  return read_csv(bytes, std::nullopt);
}

GraphFile two_partners() {
  GraphFile graph;
  graph.vertices = {"a b", "c\"<&>'"};
  graph.vertex_columns = {{"name", false, {}, {"Tom & Jerry, \"Ltd\"", "Zwei\nZeilen 😀"}},
                          {"pagerank", true, {0.1, NAN}, {}}};
  graph.from = {0};
  graph.to = {1};
  graph.edge_columns = {{"weight", true, {1.0 / 3}, {}}};
  graph.about = {{"what", false, {}, {"partners"}}, {"change", true, {7}, {}}};
  return graph;
}

}  // namespace

TEST_CASE("a number is written in the fewest digits that read back the same", "[graph]") {
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(3) == "3");
  CHECK(number_text(-0.0) == "-0");
  CHECK(number_text(HUGE_VAL) == "INF");
  CHECK(number_text(NAN) == "NaN");
  CHECK(number_of("5e-324") == 5e-324);
  CHECK(number_of(" +1.5\n") == 1.5);
  CHECK(number_of("-INF") == -HUGE_VAL);
  CHECK(std::isnan(number_of("nan").value()));
  for (const char* none : {"", " ", "1x", "0x10", "1,5", "1e999", "+-1", "--1"}) {
    CAPTURE(none);
    CHECK(!number_of(none));
  }
}

TEST_CASE("bytes that are not UTF-8 are found", "[graph]") {
  CHECK(first_broken_utf8("aé😀") == 7);
  CHECK(first_broken_utf8("a\xC0\x80") == 1);          // longer than need be
  CHECK(first_broken_utf8("a\xED\xA0\x80") == 1);      // half of a pair
  CHECK(first_broken_utf8("a\xF4\x90\x80\x80") == 1);  // past the last
  CHECK(first_broken_utf8("a\xE2\x82") == 1);          // cut short
  CHECK(first_broken_utf8("\xFF") == 0);
}

TEST_CASE("what XML forbids has a form of its own, and so has what looks like it", "[graph]") {
  CHECK(xml_escaped("a\x01z") == "a_x0001_z");
  CHECK(xml_escaped("_x0041_") == "_x005F_x0041_");
  CHECK(xml_escaped("snake_x_case") == "snake_x_case");
  CHECK(xml_escaped("\r\n") == "&#13;&#10;");
  CHECK(xml_unescaped("_x005F_x0041_") == "_x0041_");
  CHECK(xml_unescaped("_x0041_ _x00e9_") == "_x0041_ _x00e9_");  // of others: as they are
  CHECK(xml_unescaped(xml_escaped("_x005F\x01")) == "_x005F\x01");
}

TEST_CASE("graphs of nothing, of one and of what is odd come back", "[graph]") {
  GraphFile one;
  one.vertices = {""};
  GraphFile isolated = two_partners();
  isolated.from = isolated.to = {};
  isolated.edge_columns[0].numbers.clear();
  for (const auto& format : graph_file_formats::all()) {
    for (const GraphFile& graph : {GraphFile(), one, isolated, two_partners()}) {
      CAPTURE(format.name, graph.vertices.size());
      const GraphFile read = format.there_and_back(graph);
      CHECK(read.vertices == graph.vertices);
      CHECK(read.from == graph.from);
      CHECK(read.to == graph.to);
      REQUIRE(read.vertex_columns.size() == graph.vertex_columns.size());
      REQUIRE(read.edge_columns.size() == graph.edge_columns.size());
      for (std::size_t i = 0; i < graph.vertex_columns.size(); ++i) {
        CHECK(read.vertex_columns[i].name == graph.vertex_columns[i].name);
        CHECK(read.vertex_columns[i].numeric == graph.vertex_columns[i].numeric);
        CHECK(read.vertex_columns[i].texts == graph.vertex_columns[i].texts);
      }
      if (!graph.edge_columns.empty())
        CHECK(read.edge_columns[0].numbers == graph.edge_columns[0].numbers);
    }
  }
}

TEST_CASE("a graph that is none is not written", "[graph]") {
  const auto refused = [](const GraphFile& graph) {
    for (const auto& format : graph_file_formats::all()) {
      CAPTURE(format.name);
      CHECK_THROWS_AS(format.there_and_back(graph), GraphFileError);
    }
  };
  GraphFile graph = two_partners();
  graph.to = {2};
  refused(graph);
  graph = two_partners();
  graph.vertices[1] = graph.vertices[0];
  refused(graph);
  graph = two_partners();
  graph.vertex_columns[0].texts.pop_back();
  refused(graph);
  graph = two_partners();
  graph.vertex_columns[0].texts[0] = "\xFF";
  refused(graph);
  graph = two_partners();
  graph.vertex_columns.push_back(graph.vertex_columns[0]);
  refused(graph);
}

TEST_CASE("columns by the names that a format has itself are refused", "[graph]") {
  GraphFile graph = two_partners();
  graph.edge_columns[0].name = "source";
  CHECK_THROWS_AS(written(write_node_link, graph), GraphFileError);
  CHECK_THROWS_AS(written(write_csv_edges, graph), GraphFileError);
  graph.edge_columns[0].name = "from";
  CHECK(csv_edges(written(write_csv_edges, graph)).edge_columns.at(0).name == "from");
  graph.edge_columns[0].name = "source";
  CHECK_NOTHROW(written(write_graphml, graph));
  graph.vertex_columns[0].name = "id";
  CHECK_THROWS_AS(written(write_csv_vertices, graph), GraphFileError);
  CHECK_THROWS_AS(written(write_node_link, graph), GraphFileError);
  graph = two_partners();
  graph.edge_columns[0] = {"weight", false, {}, {"heavy"}};
  CHECK_THROWS_AS(written(write_gexf, graph), GraphFileError);
}

TEST_CASE("GraphML of others is read", "[graph]") {
  const GraphFile graph = read_graphml(R"(<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE graphml SYSTEM "http://graphml.graphdrawing.org/dtds/1.0rc/graphml.dtd">
<!-- made by hand -->
<g:graphml xmlns:g="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <g:key id="d0" for="node" attr.name="colour" attr.type="string"><g:default>blue</g:default></g:key>
  <g:key id="d1" for="edge" attr.name="weight" attr.type="int"><g:default>2</g:default></g:key>
  <g:key id="d2" for="node" yfiles.type="nodegraphics"/>
  <g:graph edgedefault="directed">
    <g:edge source="b" target="a"/>
    <g:node id="a"><g:data key="d0"><![CDATA[<red>)"
                                       "\r\n"
                                       R"(]]> &#x1F600;</g:data></g:node>
    <g:node id="b"><g:data key="d2"><y:ShapeNode><y:Fill/>x</y:ShapeNode></g:data><g:port name="p"/></g:node>
    <g:edge source="a" target="b"><g:data key="d1">5</g:data></g:edge>
  </g:graph>
</g:graphml>
)");
  CHECK(graph.vertices == std::vector<std::string>{"a", "b"});
  CHECK(graph.from == std::vector<std::uint32_t>{1, 0});
  CHECK(graph.to == std::vector<std::uint32_t>{0, 1});
  REQUIRE(graph.vertex_columns.size() == 1);
  CHECK(graph.vertex_columns[0].texts == std::vector<std::string>{"<red>\n 😀", "blue"});
  REQUIRE(graph.edge_columns.size() == 1);
  CHECK(graph.edge_columns[0].numbers == std::vector<double>{2, 5});
}

TEST_CASE("GraphML that cannot be read is refused with its line", "[graph]") {
  const auto within = [](const std::string& inner) { return "<graphml>\n" + inner + "</graphml>"; };
  const auto refused = [](const std::string& bytes, std::size_t line, const char* reason) {
    check_refused(read_graphml, bytes, line, reason);
  };
  refused("", 1, "no element");
  refused("plain", 1, "not XML");
  refused("<gexf/>", 1, "not GraphML");
  refused(within(""), 2, "no <graph>");
  refused(within("<graph/>\n<graph/>"), 3, "more than one graph");
  refused(within("<graph>\n<node/></graph>"), 3, "no id");
  refused(within("<graph><node id='a'/>\n<node id='a'/></graph>"), 3, "'a' is there twice");
  refused(within("<graph><node id='a'/>\n\n<edge source='a' target='z'/></graph>"), 4, "'z'");
  refused(within("<graph>\n<hyperedge/></graph>"), 3, "hyperedge");
  refused(within("<graph><node id='a'>\n<graph/></node></graph>"), 3, "within a vertex");
  refused(within("<graph><node id='a'>\n<data key='k'>1</data></node></graph>"), 3, "not declared");
  refused(within("<key id='k' for='node' attr.name='w' attr.type='int'/><graph><node id='a'>\n"
                 "<data key='k'>one</data></node></graph>"),
          3, "'one' is no number");
  refused("<graphml>\n<graph>\n", 3, "ends within <graph>");
  refused("<graphml>\n</graph>", 2, "closes what is not open");
  refused("<graphml a='1'\n a='2'/>", 2, "twice");
  refused("<graphml a='<'/>", 1, "< in the value");
  refused("<graphml>\n\x01</graphml>", 2, "XML does not have");
  refused("<graphml>\n&#1;</graphml>", 2, "XML does not have");
  refused("<graphml>\n&#xD800;</graphml>", 2, "XML does not have");
  refused("<graphml>\n&nbsp;</graphml>", 2, "no entity");
  refused("<graphml>\n&</graphml>", 2, "does not begin a reference");
  refused("<graphml><graph/></graphml>\n<more/>", 2, "behind the root");
  refused("<graphml>\n\xFF</graphml>", 2, "not in UTF-8");
  refused("<?xml version='1.0' encoding='UTF-16'?>\n<graphml/>", 1, "another encoding");
}

TEST_CASE("XML that would make a small file large is refused", "[graph]") {
  const std::string laughs =
      "<!DOCTYPE graphml [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'>]>\n<graphml>&b;</graphml>";
  check_refused(read_graphml, laughs, 1, "document type");
  check_refused(read_gexf, laughs, 1, "document type");
  std::string deep = "<graphml>";
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  check_refused(read_graphml, deep, 1, "nested too deeply");
  std::string wide = "<graphml";
  for (int i = 0; i < 100; ++i) wide += " a" + std::to_string(i) + "=''";
  check_refused(read_graphml, wide + "/>", 1, "too many attributes");
  std::string keys = "<graphml>";
  for (int i = 0; i < 300; ++i) {
    const std::string id = std::to_string(i);
    keys += "<key id='" + id + "' for='node' attr.name='" + id + "' attr.type='int'/>";
  }
  check_refused(read_graphml, keys + "</graphml>", 1, "more than 256 columns");
  // 250 columns, and vertices that have a value in none.
  std::string sparse = "<graphml>";
  for (int i = 0; i < 250; ++i) {
    const std::string id = std::to_string(i);
    sparse += "<key id='" + id + "' for='node' attr.name='" + id + "'/>";
  }
  sparse += "<graph>";
  for (int i = 0; i < 10000; ++i) sparse += "<node id='" + std::to_string(i) + "'/>";
  check_refused(read_graphml, sparse + "</graph></graphml>", 0, "far larger than the file");
}

TEST_CASE("GEXF of others is read, and refused with its line", "[graph]") {
  const GraphFile graph = read_gexf(R"(<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed"><attributes class="node" mode="static">
<attribute id="x" title="size" type="integer"><default>1</default></attribute></attributes>
<nodes><node id="0" label="Null"/><node id="1" label="Eins"><attvalues><attvalue for="x" value="4"/></attvalues></node></nodes>
<edges><edge source="0" target="1"/><edge source="1" target="0" weight="2.5"/></edges></graph></gexf>)");
  CHECK(graph.vertices == std::vector<std::string>{"0", "1"});
  REQUIRE(graph.vertex_columns.size() == 2);
  CHECK(graph.vertex_columns[0].numbers == std::vector<double>{1, 4});
  CHECK(graph.vertex_columns[1].texts == std::vector<std::string>{"Null", "Eins"});
  CHECK(std::isnan(graph.edge_columns.at(0).numbers[0]));
  CHECK(graph.edge_columns[0].numbers[1] == 2.5);
  // A declared name goes before labels, whichever vertices have which.
  const GraphFile named = read_gexf(R"(<gexf><graph><attributes class="node">
<attribute id="n" title="name" type="string"/></attributes><nodes><node id="0"/>
<node id="1" label="label"/><node id="2"><attvalues><attvalue for="n" value="name"/></attvalues></node>
</nodes></graph></gexf>)");
  CHECK(named.vertex_columns.at(0).texts == std::vector<std::string>{"", "", "name"});
  const auto refused = [](const std::string& inner, std::size_t line, const char* reason) {
    check_refused(read_gexf, "<gexf><graph>\n" + inner + "</graph></gexf>", line, reason);
  };
  refused("<nodes>\n<node/></nodes>", 3, "no id");
  refused("<nodes><node id='a'/>\n<node id='a'/></nodes>", 3, "twice");
  refused("<nodes><node id='a'>\n<nodes/></node></nodes>", 3, "within a vertex");
  refused("<edges>\n<edge source='a' target='b'/></edges>", 3, "no vertex");
  refused("<nodes><node id='a'/></nodes><edges>\n<edge source='a' target='a' weight='x'/></edges>",
          3, "no number");
  refused(
      "<nodes><node id='a'><attvalues>\n<attvalue for='q' value='1'/></attvalues></node></nodes>",
      3, "not declared");
  check_refused(read_gexf, "<graphml/>", 1, "not GEXF");
}

TEST_CASE("node-link JSON of others is read, and refused with its place", "[graph]") {
  const GraphFile graph = read_node_link(R"({"directed": true, "graph": {"title": "T", "n": 3},
    "nodes": [{"id": 1, "size": 2, "tags": ["x"], "live": true}, {"id": "b", "size": "big"}],
    "links": [{"source": "b", "target": 1, "weight": 0.5, "key": 0}]})");
  CHECK(graph.vertices == std::vector<std::string>{"1", "b"});
  CHECK(graph.from == std::vector<std::uint32_t>{1});
  REQUIRE(graph.vertex_columns.size() == 2);
  CHECK(graph.vertex_columns[0].name == "live");
  CHECK(graph.vertex_columns[0].texts == std::vector<std::string>{"true", ""});
  CHECK(graph.vertex_columns[1].texts == std::vector<std::string>{"2", "big"});
  CHECK(graph.edge_columns.at(0).numbers == std::vector<double>{0.5});
  CHECK(graph.about.size() == 2);
  const auto refused = [](const std::string& bytes, std::size_t line, const char* reason) {
    check_refused(read_node_link, bytes, line, reason);
  };
  refused("{\n\n\"nodes\": [}", 3, "not JSON");
  refused("[]", 0, "not a JSON object");
  refused("{}", 0, "no list \"nodes\"");
  refused(R"({"nodes":[]})", 0, "no list \"edges\"");
  refused(R"({"nodes":[7],"edges":[]})", 0, "nodes[0] is not an object");
  refused(R"({"nodes":[{"id":null}],"edges":[]})", 0, "nodes[0] has no id");
  refused(R"({"nodes":[{"id":"a"},{"id":"a"}],"edges":[]})", 0, "'a' is there twice");
  refused(R"({"nodes":[{"id":"a"}],"edges":[{"source":"a"}]})", 0, "edges[0] has no target");
  refused(R"({"nodes":[{"id":"a"}],"edges":[{"source":"a","target":"z"}]})", 0,
          "edges[0] ends at 'z'");
  refused(
      R"({"columns":{"nodes":[{"name":"n","type":"number"}]},"nodes":[{"id":"a","n":"x"}],"edges":[]})",
      0, "nodes[0] n: 'x' is no number");
  refused(R"({"nodes":[{"id":"a","n":1e999}],"edges":[]})", 0, "out of range");
  const std::string deep(200000, '[');
  refused(deep, 1, "not JSON");
}

TEST_CASE("CSV of others is read, and refused with its line", "[graph]") {
  const GraphFile graph = csv_edges(
      "\xEF\xBB\xBF"
      "From,To,Weight,Note\na,b,1.5,x\n\nb,c,,\"y\r\n\"\"z\"\"\"\n");
  CHECK(graph.vertices == std::vector<std::string>{"a", "b", "c"});
  CHECK(graph.edge_columns.at(0).numbers[0] == 1.5);
  CHECK(std::isnan(graph.edge_columns[0].numbers[1]));
  CHECK(graph.edge_columns.at(1).texts == std::vector<std::string>{"x", "y\r\n\"z\""});
  CHECK(csv_edges("one,two\n1,2").vertices == std::vector<std::string>{"1", "2"});
  const auto refused = [](const std::string& bytes, std::size_t line, const char* reason) {
    check_refused(csv_edges, bytes, line, reason);
  };
  refused("", 1, "no header");
  refused("a", 1, "no column 'target'");
  refused("source,target\na,b,c\n", 2, "3 values");
  refused("source,target,w\n\"a\nb\",c,1\na,b\n", 4, "2 values");
  refused("source,target\na,\"b\n", 2, "not closed");
  refused("source,target\na,\"b\"c\n", 2, "behind a closing quote");
  refused("source,target\na,b\"c\n", 2, "not in quotes");
  refused("source,target\na,\xFF\n", 2, "not in UTF-8");
  refused("source,target,w,w\n", 1, "one name");
  try {
    read_csv("source,target\na,b\n\na,z\n", "id\na\nb\n");
    FAIL("an edge to no vertex is read");
  } catch (const GraphFileError& e) {
    CHECK(e.line() == 4);
  }
  try {
    read_csv("source,target\n", "id\na\na\n");
    FAIL("a vertex twice is read");
  } catch (const GraphFileError& e) {
    CHECK(e.line() == 3);
    CHECK(std::string(e.what()).find("in the list of vertices") != std::string::npos);
  }
}
