"""Measures of a network against networkx, on the sample's."""

from __future__ import annotations

import math

import pytest

import koinon as kn

networkx = pytest.importorskip("networkx", reason="networkx is not installed")


@pytest.fixture(scope="module")
def network():
    with kn.open(":memory:") as cat:
        cat.import_sample()
        yield cat.network()


@pytest.fixture(scope="module")
def graph(network):
    return network.to_networkx()


def measured(network, name, **options):
    table = network.measures(name, **options).to_dict()
    return dict(zip(table["id"], table[name]))


def assert_agree(own, expected):
    assert set(own) == set(expected)
    for id, value in own.items():
        if math.isnan(value):
            assert math.isnan(expected[id]), id
        else:
            assert value == pytest.approx(expected[id], rel=1e-9, abs=1e-12), id


@pytest.mark.parametrize("damping", [0.5, 0.85])
def test_pagerank(network, graph, damping):
    numpy = pytest.importorskip("numpy", reason="numpy is not installed")
    own = measured(network, "pagerank", damping=damping, tolerance=1e-10)
    # networkx's own pagerank() wants scipy; its matrix does not.
    matrix = numpy.asarray(networkx.google_matrix(graph, alpha=damping))
    expected = numpy.full(len(own), 1 / len(own))
    for _ in range(500):
        expected = expected @ matrix
    assert sum(abs(own[id] - value) for id, value in zip(graph, expected)) < 1e-9


def test_core_numbers(network, graph):
    assert measured(network, "core") == networkx.core_number(graph)


def test_constraint_is_weighted_by_strength(network, graph):
    assert_agree(measured(network, "constraint"), networkx.constraint(graph, weight="weight"))


def test_effective_size_is_weighted_by_strength(network, graph):
    own = measured(network, "effective_size")
    assert_agree(own, networkx.effective_size(graph, weight="weight"))
    # The form without weights is another measure.
    other = networkx.effective_size(graph)
    assert any(own[id] != pytest.approx(other[id], nan_ok=True) for id in own)


def test_the_strength_inside_a_community(network, graph):
    for group in network.communities():
        members = set(group.members)
        inside = graph.subgraph(members).size(weight="weight")
        out = sum(w for *_, w in networkx.edge_boundary(graph, members, data="weight"))
        expected = inside / (inside + out) if inside + out > 0 else math.nan
        assert group.inside == pytest.approx(expected, nan_ok=True)


def test_modularity(network, graph):
    groups = network.communities()
    expected = networkx.community.modularity(graph, [set(one.members) for one in groups])
    assert groups.modularity == pytest.approx(expected)
