"""Partnership networks."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest
from conftest import text

import koinon as kn


def organisation(name: str, country: str) -> dict[str, Any]:
    return {"names": text(name), "kind": "ngo", "addresses": [{"country": country}]}


def project(year: str | None, *members: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "titles": text("Work"),
        "participations": [{"organisation": one, "role": "partner"} for one in members],
    }
    if year:
        made["period"] = {"from": year}
    return made


@pytest.fixture
def chain(cat: kn.Catalogue) -> kn.Catalogue:
    """a - b - c - d, and e alone."""
    for id, country in zip("abcde", ("FI", "NL", "NL", "PL", "EL")):
        cat.put("organisation", organisation(f"Organisation {id}", country), id=id)
    cat.put("project", project("2014", "a", "b"), id="p1")
    cat.put("project", project("2016", "b", "c"), id="p2")
    cat.put("project", project("2019", "c", "d"), id="p3")
    cat.put("project", project(None, "e"), id="p4")
    return cat


def test_a_network_is_a_sequence_of_ids_with_what_stands_beside_them(chain: kn.Catalogue) -> None:
    network = chain.network()
    assert list(network) == ["a", "b", "c", "d", "e"]
    assert network.names[1] == "Organisation b"
    assert network.countries[3] == "PL"
    assert set(network.kinds) == {"ngo"}
    assert (len(network), network.works, network.participations) == (5, 4, 7)
    assert network.number_of("c") == 2
    with pytest.raises(kn.errors.NotFound):
        network.number_of("z")
    assert "5 organisations" in repr(network)


@pytest.mark.parametrize("day", [2016, "2016", "2016-12", datetime.date(2016, 12, 31)])
def test_as_of_a_date(chain: kn.Catalogue, day: Any) -> None:
    assert list(chain.network(until=day, undated=False)) == ["a", "b", "c"]


def test_conditions_narrow(chain: kn.Catalogue) -> None:
    assert list(chain.network(countries=["NL", "PL"])) == ["b", "c", "d"]
    assert list(chain.network(roles="coordinator")) == []
    assert list(chain.network(since=2016, until=2018)) == ["b", "c"]
    for day in ("yesterday", "2016-13", "2016-02-30", 0, "2016-1-1-1", 2016.5, True):
        with pytest.raises(kn.errors.InvalidArgument):
            chain.network(until=day)
    with pytest.raises(kn.errors.InvalidArgument):
        chain.network(max_members=-1)
    with pytest.raises(kn.errors.InvalidArgument, match=r"ends \(2019\) before it begins \(2020\)"):
        chain.network(since=2020, until=2019)


def test_measures_are_a_table(chain: kn.Catalogue) -> None:
    table = chain.network().measures("partners", "constraint", "community")
    columns = table._columns()
    assert columns["partners"] == [1, 2, 2, 1, 0]
    assert math.isnan(columns["constraint"][4])
    assert table.modularity > 0
    brokers = table.top("constraint", 2, lowest=True)
    assert brokers._columns()["id"] == ["b", "c"]
    assert len(table.top("constraint", 100)) == 4
    assert "<table>" in brokers._repr_html_() and "Organisation b" in str(brokers)
    with pytest.raises(kn.errors.InvalidArgument, match="constraint"):
        table.top("beauty")
    with pytest.raises(kn.errors.InvalidArgument, match="pagerank"):
        chain.network().measures("beauty")
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = table.to_pandas()
    assert list(frame) == ["id", "name", "country", "kind", "partners", "constraint", "community"]
    assert isinstance(frame, pandas.DataFrame)


def test_every_measure_has_a_number_for_each(sample: kn.Catalogue) -> None:
    network = sample.network()
    table = network.measures(*kn.network_measures())
    assert len(table) == len(network) > 100
    assert table.pagerank_error < 1e-8
    assert sum(table._columns()["pagerank"]) == pytest.approx(1)


def test_countries_and_the_like_are_known_by_code_or_name(chain: kn.Catalogue) -> None:
    for greece in ("EL", "gr", "Greece"):
        assert list(chain.network(countries=greece)) == ["e"]
    wrong = [(name, "zzz") for name in ("kinds", "roles", "themes", "programmes")]
    for name, code in (("countries", "XX"), *wrong):
        options: Any = {name: code}
        with pytest.raises(kn.errors.InvalidArgument, match=f"{name}: '{code}' is n"):
            chain.network(**options)


@pytest.mark.parametrize("error", [1e-4, 1e-9, 1e-154, 1e-160, 1e-300])
def test_an_error_too_small_to_sample_for_gives_exact_betweenness(
    sample: kn.Catalogue, error: float
) -> None:
    network = sample.network()
    exact = network.measures("betweenness")
    table = network.measures("betweenness", betweenness_error=error)
    assert table._columns()["betweenness"] == exact._columns()["betweenness"]
    assert (table.betweenness_error, table.betweenness_samples) == (0, 0)


def test_an_option_out_of_range_is_named_whatever_is_measured(chain: kn.Catalogue) -> None:
    nan, infinity = math.nan, math.inf
    for option, values in {
        "damping": (-0.1, 1, nan, infinity),
        "tolerance": (0, -1, 1, 2, nan),
        "resolution": (0, -1, nan, infinity),
        "betweenness_error": (-1, 1, nan, infinity),
        "failure": (0, 1, -1, nan),
        "seed": (-1, 1 << 64),
    }.items():
        for value in values:
            options: Any = {option: value}
            with pytest.raises(kn.errors.InvalidArgument, match=f"^{option} is "):
                chain.network().measures("works", **options)


def test_communities_are_rows_with_their_members(sample: kn.Catalogue) -> None:
    network = sample.network()
    groups = network.communities()
    assert [one.size for one in groups] == sorted((one.size for one in groups), reverse=True)
    assert sum(one.size for one in groups) == len(network)
    assert groups.change == network.change and groups.modularity > 0
    numbers = network.measures("community", "strength").to_dict()
    number = dict(zip(numbers["id"], numbers["community"]))
    strength = dict(zip(numbers["id"], numbers["strength"]))
    for one in groups:
        assert {number[id] for id in one.members} == {one.number}
        assert sum(one.countries.values()) == one.size == len(one.names)
        strengths = [strength[id] for id in one.members]
        assert strengths == sorted(strengths, reverse=True)
    assert 0 < groups[0].inside <= 1
    assert str(groups[0].size) in str(groups) and "modularity" in groups._repr_html_()
    assert len(network.communities(resolution=50)) > len(groups)
    assert network.components()[0].inside == 1
    pytest.importorskip("pandas", reason="pandas is not installed")
    assert list(groups.to_pandas()["size"]) == [one.size for one in groups]


def test_rows_of_a_country_keep_the_values_of_the_whole_network(chain: kn.Catalogue) -> None:
    network = chain.network()
    table = network.measures("partners").of("Netherlands")
    assert table.to_dict()["id"] == ["b", "c"] and table.to_dict()["partners"] == [2, 2]
    assert table.top("partners", 1).of(kinds="ngo").change == network.change
    assert network.of(["nl", "GR"]) == [1, 2, 4]
    with pytest.raises(kn.errors.InvalidArgument, match="'XX' is no country"):
        network.measures("partners").of("XX")


def test_tables_say_what_they_are_and_of_which_change(chain: kn.Catalogue) -> None:
    network = chain.network()
    growth = network.growth()
    assert repr(growth) == "<Growth of 2014 to 2019, 1 undated>"
    assert growth.to_dict()["new_organisations"] == [2, 0, 1, 0, 0, 1]
    covered = network.coverage("country", "kind")
    assert repr(covered) == "<Coverage: 4 cells of country × kind, 6 in all, 0 gaps>"
    assert repr(covered.gaps) == "<CoverageCells: 0 cells of country × kind>"
    assert covered.to_dict()["kind"] == ["ngo"] * 4
    tables = (network.measures("works"), growth, covered, network.near("a"), chain.near("a"))
    assert {table.change for table in tables} == {network.change}
    nothing = chain.network(until=1, undated=False).growth()
    assert repr(nothing) == "<Growth of no year, 0 undated>"


def test_ways(chain: kn.Catalogue) -> None:
    network = chain.network()
    path = network.path("a", "d")
    assert path.organisations == ("a", "b", "c", "d")
    assert path.works == ("p1", "p2", "p3")
    assert len(path) == 3
    assert len(network.path("a", "e")) == 0
    near = network.near("a", limit=2)
    assert [one.id for one in near] == ["b", "c"]
    assert near.error_bound < 1e-4
    with pytest.raises(kn.errors.InvalidArgument):
        network.near()


def test_progress_and_what_it_raises_reach_every_question(sample: kn.Catalogue) -> None:
    network = sample.network()
    one, other = network.organisations[:2]
    stages: list[str] = []

    def progress(stage: str, done: int, total: int) -> None:
        stages.append(stage)
        raise ZeroDivisionError("enough")

    for ask in (
        lambda: network.hops(*network.organisations, progress=progress),
        lambda: network.near(one, progress=progress),
        lambda: network.coverage("country", "theme", progress=progress),
    ):
        with pytest.raises(ZeroDivisionError):
            ask()
    assert stages == ["hops", "nearness", "coverage"]
    network.path(one, other, progress=lambda *_: None)
    assert len(network.near(one)) > 0


def test_growth(chain: kn.Catalogue) -> None:
    growth = chain.network().growth()
    columns = growth._columns()
    assert columns["year"] == [2014, 2015, 2016, 2017, 2018, 2019]
    assert columns["new_organisations"] == [2, 0, 1, 0, 0, 1]
    assert growth.undated == 1
    assert "2014" in growth._repr_html_()
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    matplotlib.use("Agg")
    axes = growth.plot()
    assert len(axes.lines) == 2


def test_arrays(chain: kn.Catalogue) -> None:
    pytest.importorskip("numpy", reason="numpy is not installed")
    network = chain.network()
    start, end, strength = network.ties()
    assert (start.tolist(), end.tolist(), strength.tolist()) == ([0, 1, 2], [1, 2, 3], [1, 1, 1])
    assert network.measure("core").tolist() == [1, 1, 1, 1, 0]
    assert network.measure("betweenness", betweenness_error=0.05, seed=3).shape == (5,)
    with pytest.raises(TypeError):
        network.measure("core", sharpness=3)
    hops = network.hops("a", "e")
    assert hops.shape == (2, 5)
    assert hops[0].tolist() == [0, 1, 2, 3, math.inf]


def test_networkx_agrees(chain: kn.Catalogue) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    network = chain.network()
    graph = network.to_networkx()
    assert graph.nodes["b"] == {"name": "Organisation b", "country": "NL", "kind": "ngo"}
    table = network.measures("betweenness", "core", "closeness")._columns()
    between = networkx.betweenness_centrality(graph)
    close = networkx.closeness_centrality(graph)
    for number, id in enumerate(network):
        assert table["betweenness"][number] == pytest.approx(between[id])
        assert table["closeness"][number] == pytest.approx(close[id])
    around = network.around("b")
    assert set(around) == {"a", "b", "c"} and around.nodes["a"]["hops"] == 1


def test_a_network_outlives_its_catalogue(chain: kn.Catalogue) -> None:
    network = chain.network()
    chain.put("project", project("2020", "a", "e"), id="late")
    chain.close()
    assert network.participations == 7
    assert network.measures("works")._columns()["works"] == [1, 2, 2, 1, 1]


def test_the_strongest_path_and_no_path(chain: kn.Catalogue) -> None:
    network = chain.network()
    strongest = network.path("a", "c", strongest=True)
    assert strongest.organisations == ("a", "b", "c")
    assert strongest.length == 2
    assert network.path("a", "c").length == 2
    assert math.isinf(network.path("a", "e").length)
    assert math.isinf(network.path("a", "e", strongest=True).length)


def test_coverage_is_a_table_with_its_gaps(chain: kn.Catalogue) -> None:
    covered = chain.network().coverage("country", "kind")
    assert covered.total == 7 - 1  # c and b share a record in one country
    assert list(covered._columns()) == ["country", "kind", "records", "expected"]
    assert len(covered.gaps) == 0
    assert "PL" in covered._repr_html_()
    with pytest.raises(kn.errors.InvalidArgument, match="target-group"):
        chain.network().coverage("country", "beauty")
