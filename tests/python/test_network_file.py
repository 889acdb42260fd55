"""Partnership networks as files, beside what other programs make of them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from conftest import text

import koinon as kn

NAMES = {"a": 'Tom & Jerry, "Ltd"', "b": "Zwei Zeilen 😀", "c": "<b> _x0041_", "d-1": "Ελλάς"}


@pytest.fixture
def network(cat: kn.Catalogue) -> kn.Network:
    """a, b and c are partners in two records, d-1 is alone."""
    for id, name in NAMES.items():
        made = {"names": text(name), "kind": "ngo", "addresses": [{"country": "FI"}]}
        cat.put("organisation", made, id=id)
    for id, members in (("p1", "ab"), ("p2", "abc"), ("p3", ["d-1"])):
        participations = [{"organisation": one, "role": "partner"} for one in members]
        cat.put("project", {"titles": text("Work"), "participations": participations}, id=id)
    return cat.network()


def edges_of(network: kn.Network) -> dict[tuple[str, str], float]:
    graph = network.to_networkx()
    return {tuple(sorted(ends[:2])): ends[2] for ends in graph.edges(data="weight")}


@pytest.mark.parametrize("format", kn.network_formats())
def test_what_is_saved_is_read_to_the_last_bit(
    network: kn.Network, format: str, tmp_path: Path
) -> None:
    pytest.importorskip("numpy")
    path = tmp_path / f"network.{format}"
    network.save(path, measures=["pagerank", "constraint"])
    read = kn.read_network(path)
    assert list(read) == list(network)
    assert read.names == network.names
    assert (read.countries, read.kinds) == (network.countries, network.kinds)
    assert read.change == (0 if format == "csv" else network.change)
    for name, column in read.measures.items():
        assert [x.hex() for x in column] == [x.hex() for x in network.measure(name).tolist()]
    for told, given in zip(network.ties(), read.ties()):
        assert told.tobytes() == given.tobytes()
    assert "4 organisations" in repr(read)


def test_a_format_is_told_by_the_ending_or_by_name(network: kn.Network, tmp_path: Path) -> None:
    network.save(str(tmp_path / "network.txt"), "graphml", measures="works")
    assert kn.read_network(tmp_path / "network.txt", "graphml").measures["works"] == [2, 2, 1, 1]
    with pytest.raises(kn.errors.InvalidArgument, match="graphml, gexf, json, csv"):
        network.save(tmp_path / "network.dot")
    with pytest.raises(kn.errors.InvalidArgument, match="graphml, gexf, json, csv"):
        kn.read_network(tmp_path / "network.graphml", "dot")
    with pytest.raises(kn.errors.InvalidArgument, match="pagerank"):
        network.save(tmp_path / "network.csv", measures="beauty")


def test_a_file_that_is_no_network_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.graphml"
    path.write_text("<graphml>\n<graph>\n<node/></graph></graphml>")
    with pytest.raises(kn.errors.InvalidInput, match=r"bad\.graphml: line 3: <node> has no id"):
        kn.read_network(path)
    with pytest.raises(kn.errors.InputOutput):
        kn.read_network(tmp_path / "none.graphml")


def opened_by_networkx(path: Path) -> Any:
    networkx = pytest.importorskip("networkx")
    if path.suffix == ".graphml":
        return networkx.read_graphml(path)
    if path.suffix == ".gexf":
        return networkx.read_gexf(path)
    import json

    data = json.loads(path.read_text(encoding="utf-8"))
    data["links"] = data["edges"]  # the name of older releases
    return networkx.node_link_graph(data)


@pytest.mark.parametrize("format", ["graphml", "gexf", "json"])
def test_networkx_finds_the_same_graph(network: kn.Network, format: str, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    path = tmp_path / f"network.{format}"
    network.save(path, measures="pagerank")
    graph = opened_by_networkx(path)
    assert sorted(graph) == list(network)
    for number, id in enumerate(network):
        node = graph.nodes[id]
        shown = "<b> _x005F_x0041_" if id == "c" and format != "json" else NAMES[id]
        assert (node["name"], node["country"], node["kind"]) == (shown, "FI", "ngo")
        assert float(node["pagerank"]).hex() == network.measure("pagerank")[number].item().hex()
    found = {tuple(sorted(ends[:2])): ends[2] for ends in graph.edges(data="weight")}
    assert found == edges_of(network)
    assert not graph.is_directed()


@pytest.mark.parametrize("format", ["graphml", "gexf", "json"])
def test_what_networkx_writes_is_read(format: str, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.les_miserables_graph()
    for place, node in enumerate(graph):
        graph.nodes[node].update(country="FR" if place % 2 else "", size=place / 7)
    path = tmp_path / f"network.{format}"
    if format == "graphml":
        networkx.write_graphml(graph, path)
    elif format == "gexf":
        networkx.write_gexf(graph, path)
    else:
        import json

        path.write_text(json.dumps(networkx.node_link_data(graph)))
    read = kn.read_network(path)
    again = read.to_networkx()
    assert list(read) == sorted(graph)
    assert {frozenset(ends) for ends in again.edges} == {frozenset(ends) for ends in graph.edges}
    for one, other, weight in graph.edges(data="weight"):
        assert again.edges[one, other]["weight"] == weight
    for node in graph:
        assert again.nodes[node]["size"] == graph.nodes[node]["size"]
        assert again.nodes[node]["country"] == graph.nodes[node]["country"]


def test_igraph_finds_the_same_graph(network: kn.Network, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    pytest.importorskip("networkx")
    path = tmp_path / "network.graphml"
    network.save(path, measures="constraint")
    graph = igraph.Graph.Read_GraphML(str(path))
    assert not graph.is_directed()
    assert graph.vs["id"] == list(network)
    assert graph.vs["country"] == ["FI"] * 4
    assert graph.vs[0]["name"] == NAMES["a"]
    assert graph.vs[3]["name"] == NAMES["d-1"]
    assert math.isnan(graph.vs[3]["constraint"])
    assert graph["change"] == network.change
    ids = graph.vs["id"]
    found = {tuple(sorted((ids[e.source], ids[e.target]))): e["weight"] for e in graph.es}
    assert found == edges_of(network)


def test_pandas_reads_csv(network: kn.Network, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("networkx")
    network.save(tmp_path / "network.csv")
    ties = pandas.read_csv(tmp_path / "network.csv", engine="python")
    assert list(ties) == ["source", "target", "weight"]
    found = {(row.source, row.target): row.weight for row in ties.itertuples()}
    assert found == edges_of(network)
    organisations = pandas.read_csv(tmp_path / "network.vertices.csv")
    assert dict(zip(organisations["id"], organisations["name"])) == NAMES


def test_two_modes_are_organisations_and_records(network: kn.Network, tmp_path: Path) -> None:
    path = tmp_path / "two.graphml"
    network.save(path, two_mode=True)
    with pytest.raises(kn.errors.InvalidInput, match="participations"):
        kn.read_network(path)
    graph = opened_by_networkx(path)
    modes = {node: graph.nodes[node]["mode"] for node in graph}
    assert [id for id, mode in modes.items() if mode == "record"] == ["p1", "p2", "p3"]
    assert sorted(graph["p2"]) == ["a", "b", "c"]
    assert graph.edges["a", "p1"]["role"] == "partner"
