"""Questions around one or two organisations."""

import pytest

import koinon as kn

networkx = pytest.importorskip("networkx")


@pytest.fixture(scope="module")
def sample():
    with kn.open(":memory:") as cat:
        cat.import_sample()
        yield cat


@pytest.fixture(scope="module")
def graph(sample):
    return sample.network().to_networkx()


def linked(graph):
    """The organisations of the largest part, by id."""
    return sorted(
        max(networkx.connected_components(graph), key=lambda part: (len(part), min(part)))
    )


def test_a_path_is_as_short_as_networkx_finds_it(sample, graph):
    ids = linked(graph)
    for end in ids[1:]:
        path = sample.partnership_path(ids[0], end)
        assert len(path) == networkx.shortest_path_length(graph, ids[0], end)
        assert path.organisations[0].id == ids[0] and path.organisations[-1].id == end
        for one, other, work in zip(path.organisations, path.organisations[1:], path.works):
            assert graph.has_edge(one.id, other.id)
            assert work.id in [w.id for p in sample.partners(one.id, limit=10**6, works=10**6)
                               if p.id == other.id for w in p.works]  # fmt: skip


def test_surroundings_are_those_of_the_network(sample, graph):
    for id in linked(graph)[:5]:
        for hops in (0, 1, 2):
            near = sample.around(id, hops, limit=None)
            expected = networkx.ego_graph(graph, id, hops)
            found = near.to_networkx()
            assert near.complete and near[0].id == id
            assert set(found) == set(expected)
            assert {frozenset(e) for e in found.edges} == {frozenset(e) for e in expected.edges}
            for one, other in expected.edges:
                assert found[one][other]["weight"] == pytest.approx(graph[one][other]["weight"])


def test_a_limit_cuts_surroundings_and_says_so(sample, graph):
    id = max(graph, key=graph.degree)
    near = sample.around(id, 2, limit=3)
    assert len(near) == 3 and not near.complete and near[0].id == id
    assert "and more" in repr(near) and "hops" in near._repr_html_()
    for all_of_them in (0, None):
        whole = sample.around(id, 2, limit=all_of_them)
        assert whole.complete
        assert {one.id for one in whole} == set(networkx.ego_graph(graph, id, 2))
    pytest.importorskip("pandas")
    assert list(near.to_pandas().columns) == ["id", "name", "country", "hops"]


def test_common_partners_are_the_neighbours_of_both(sample, graph):
    ids = linked(graph)[:6]
    for one in ids:
        for other in ids:
            common = sample.common_partners(one, other, limit=10**6)
            expected = set() if one == other else set(networkx.common_neighbors(graph, one, other))
            assert {each.id for each in common} == expected
            assert common.total == len(expected)
            for each in common:
                assert each.strength == pytest.approx(graph[one][each.id]["weight"])
                assert each.strength_other == pytest.approx(graph[other][each.id]["weight"])
                assert each.works and each.works_other


def test_near_organisations_are_near_those_of_the_network(sample, graph):
    pytest.importorskip("scipy")
    id = linked(graph)[0]
    exact = networkx.pagerank(graph, 0.85, {id: 1}, tol=1e-12, max_iter=1000)
    near = sample.near(id, limit=10**6, epsilon=1e-9)
    assert near.error_bound < 1e-6
    assert sum(abs(exact[one.id] - one.score) for one in near) < 1e-6
    assert id not in [one.id for one in near]
    coarse = sample.near(id, limit=10**6, epsilon=1e-2)
    assert sum(abs(exact[one.id] - one.score) for one in coarse) <= coarse.error_bound


def test_the_next_answer_has_what_was_written():
    with kn.open(":memory:") as cat:
        for id in "abc":
            cat.put("organisation", {"names": [{"language": "en", "text": id}]}, id=id)
        assert cat.partnership_path("a", "c").organisations == ()
        both = [{"organisation": id, "role": "partner"} for id in "ac"]
        title = [{"language": "en", "text": "P"}]
        cat.put("project", {"titles": title, "participations": both}, id="p")
        path = cat.partnership_path("a", "c")
        assert [one.id for one in path.organisations] == ["a", "c"]
        assert path.works[0].id == "p" and path.works[0].own_roles == ("partner",)
        assert len(cat.around("b")) == 1 and len(cat.near("b")) == 0


def test_an_id_that_only_records_name_is_asked_about_like_any_other():
    with kn.open(":memory:") as cat:
        title = [{"language": "en", "text": "P"}]
        members = [{"organisation": id, "role": "partner"} for id in ("ghost", "other")]
        cat.put("project", {"titles": title, "participations": members}, id="p")
        assert [one.id for one in cat.partners("ghost")] == ["other"]
        assert [one.id for one in cat.around("ghost")] == ["ghost", "other"]
        assert len(cat.partnership_path("other", "ghost")) == 1
        assert [one.id for one in cat.near("ghost")] == ["other"]
        assert len(cat.common_partners("ghost", "other")) == 0
        with pytest.raises(kn.errors.NotFound):
            cat.partners("nobody")


def test_what_cannot_be_asked_is_refused(sample, graph):
    id = linked(graph)[0]
    with pytest.raises(kn.errors.NotFound):
        sample.partnership_path(id, "nobody")
    with pytest.raises(kn.errors.InvalidArgument):
        sample.near()
    with pytest.raises(kn.errors.InvalidArgument):
        sample.near(id, damping=1)
    with pytest.raises(kn.errors.InvalidArgument):
        sample.around(id, -1)
