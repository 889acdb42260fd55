"""Lineage and times to replication."""

from __future__ import annotations

import math
from typing import Any

import pytest
from conftest import text

import koinon as kn


def initiative(name: str, country: str = "") -> dict[str, Any]:
    return {"names": text(name), **({"origin": {"country": country}} if country else {})}


def replication(parent: str, child: str, date: str = "", **more: Any) -> dict[str, Any]:
    return {"parent": parent, "child": child, **({"date": date} if date else {}), **more}


@pytest.fixture
def family(cat: kn.Catalogue) -> kn.Catalogue:
    """a → b → d, a → c → d, a → d; e is named and not there."""
    for id, country in zip("abcd", ("FI", "SE", "FI", "DE")):
        cat.put("initiative", initiative(f"The {id} <b>", country), id)
    told = {"kind": "adapt", "changes": text("Shorter"), "fidelity": "0.75", "links": ["https://x"]}
    cat.put("replication", replication("a", "b", "2010", **told), "ab")
    cat.put("replication", replication("a", "c", "2012-05"), "ac")
    cat.put("replication", replication("b", "d", "2014"), "bd")
    cat.put("replication", replication("c", "d"), "cd")
    cat.put("replication", replication("a", "d", "2015"), "ad")
    cat.put("replication", replication("d", "e", "2018-03-02"), "de")
    return cat


def test_a_lineage_tells_descent_and_spread(family: kn.Catalogue) -> None:
    lineage = family.lineage("a")
    assert (lineage.id, lineage.direct, lineage.total, lineage.depth) == ("a", 3, 4, 3)
    assert [(one.id, one.nearest, one.farthest) for one in lineage.descendants] == [
        ("b", 1, 1),
        ("c", 1, 1),
        ("d", 1, 2),
        ("e", 2, 3),
    ]
    assert not lineage.descendants[-1].present
    assert lineage.countries == ("DE", "FI", "SE")
    assert [each.new_countries for each in lineage.generations] == [("FI",), ("DE", "SE"), ()]
    assert [one.id for one in family.lineage("d").ancestors] == ["a", "b", "c"]
    assert lineage.along_partnership is None
    assert lineage.partnerships == {"unknown": 6, "none": 0, "same": 0, "earlier": 0}


def test_a_replication_comes_with_what_was_told_of_it(family: kn.Catalogue) -> None:
    by_id = {one.id: one for one in family.lineage("a").replications}
    told = by_id["ab"]
    assert (told.kind, told.date, told.fidelity) == ("adapt", "2010", 0.75)
    assert told.changes == ({"language": "en", "text": "Shorter"},)
    assert told.links == ("https://x",)
    assert math.isnan(told.confidence)
    assert by_id["cd"].date == ""
    assert family.get("cd").title() == "c → d"
    assert by_id["ad"].implied and not by_id["bd"].implied


def test_a_lineage_prints_as_a_tree_and_shows_itself_escaped(family: kn.Catalogue) -> None:
    lineage = family.lineage("a")
    lines = str(lineage).splitlines()
    assert lines[0] == "The a <b> (a, FI)"
    assert "├─ [2010, adapt] The b <b> (b, SE)" in lines
    assert sum("see above" in line for line in lines) == 1
    assert sum("also by way of others" in line for line in lines) == 1
    assert sum("not in the catalogue" in line for line in lines) == 1
    html = lineage._repr_html_()
    assert "&lt;b&gt;" in html and "<b>" not in html
    assert "4 descendants" in repr(lineage)


def test_as_of_a_day_and_without_what_is_undated(family: kn.Catalogue) -> None:
    assert [one.id for one in family.lineage("a", as_of=2010).descendants] == ["b"]
    assert [one.id for one in family.lineage("a", as_of="2012").descendants] == ["b", "c", "d"]
    dated = family.lineage("a", as_of="2012", undated=False)
    assert [one.id for one in dated.descendants] == ["b", "c"]
    assert family.lineage("a", as_of=1800).total == 0
    assert [one.id for one in family.lineage("a", kinds="adapt").descendants] == ["b"]
    assert [one.id for one in family.lineage("a", kinds="Adapt").descendants] == ["b"]
    with pytest.raises(kn.errors.InvalidArgument, match="there are: copy, adapt, scale-up"):
        family.lineage("a", kinds="zzz")
    with pytest.raises(kn.errors.InvalidArgument):
        family.lineage("a", as_of="2012-02-31")
    with pytest.raises(kn.errors.NotFound):
        family.lineage("nobody")
    with pytest.raises(kn.errors.InvalidArgument):
        family.put("organisation", {"names": text("O")}, "org")
        family.lineage("org")


def test_cycles_and_time_travel_are_refused_with_the_path(family: kn.Catalogue) -> None:
    with pytest.raises(kn.errors.InvalidRecord) as cycle:
        family.put("replication", replication("d", "a"))
    assert [violation.code for violation in cycle.value.violations] == ["cycle"]
    assert "The d <b> (d) → The a <b> (a)" in cycle.value.violations[0].message
    with pytest.raises(kn.errors.InvalidRecord) as travel:
        family.put("replication", replication("d", "f", "2009"))
    assert [violation.code for violation in travel.value.violations] == ["time_travel"]
    with pytest.raises(kn.errors.InvalidRecord) as within:
        family.put_all(
            [
                kn.Write("replication", replication("x", "y", "2001")),
                kn.Write("replication", replication("y", "z", "2000")),
            ]
        )
    assert "–2001→ y –2000→ z" in within.value.violations[0].message


def test_frames_and_graphs(family: kn.Catalogue) -> None:
    lineage = family.lineage("a")
    frame = pytest.importorskip("pandas") and lineage.replications.to_pandas()
    assert len(frame) == 6
    assert frame.set_index("id").loc["ab", "fidelity"] == 0.75
    pytest.importorskip("networkx")
    graph = family.lineage("d").to_networkx()
    assert graph.nodes["a"]["generation"] == -1
    assert graph.nodes["e"]["generation"] == 1
    assert graph.edges["b", "d", "bd"]["date"] == "2014"


def waiting(cat: kn.Catalogue) -> kn.ReplicationTimes:
    for id in "abc":
        cat.put("initiative", initiative(f"The {id}", "FI"), id)
        cat.put("case-study", {"initiative": id, "period": {"from": "2000-01-01"}}, f"case-{id}")
    cat.put("replication", replication("a", "x", "2000-01-11"))
    cat.put("replication", replication("b", "x", "2000-01-21"))
    return cat.replication_times("2000-04-10")


def test_times_and_their_curve(cat: kn.Catalogue) -> None:
    times = waiting(cat)
    assert [(one.id, one.days, one.replicated) for one in times] == [
        ("a", 10, True),
        ("b", 20, True),
        ("c", 100, False),
    ]
    assert times.median == 20
    assert times[2].first == ""
    assert len(times.curve) == 3
    assert times.curve.at(0) == 1
    assert times.curve.at(15) == pytest.approx(2 / 3)
    assert times.curve.at(1e6) == pytest.approx(1 / 3)
    frame = pytest.importorskip("pandas") and times.curve.to_pandas()
    assert list(frame["at_risk"]) == [3, 2, 1]
    assert list(times.to_pandas()["replicated"]) == [True, True, False]
    assert "2 replicated" in repr(times)
    assert "at_risk" in times._repr_html_()


def test_times_are_chosen_and_need_a_day(cat: kn.Catalogue) -> None:
    waiting(cat)
    assert len(cat.replication_times(2000, countries="FI")) == 3
    assert len(cat.replication_times(2000, countries=["SE"])) == 0
    assert cat.replication_times(2000, kinds="copy").median is None
    cat.put("case-study", {"initiative": "c", "themes": ["housing"]}, "case-of-homes")
    for theme in ("housing", "Housing", "Wohnen"):
        assert [one.id for one in cat.replication_times(2000, themes=theme)] == ["c"]
    with pytest.raises(kn.errors.InvalidArgument, match="did you mean housing"):
        cat.replication_times(2000, themes="housin")
    for options in ({"kinds": "zzz"}, {"countries": "XX"}, {"themes": ["housing", "zzz"]}):
        with pytest.raises(kn.errors.InvalidArgument, match="'(zzz|XX)' is n"):
            cat.replication_times(2000, **options)  # type: ignore[arg-type]
    assert cat.replication_times(1999).later == 3
    with pytest.raises(kn.errors.InvalidArgument):
        cat.replication_times(None)


def test_pictures_return_their_axes(family: kn.Catalogue) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    axes = family.lineage("d").plot()
    assert sum("The" in told.get_text() for told in axes.texts) == 4
    assert axes is family.lineage("a").plot(axes)
    curve = family.replication_times(2020).plot()
    assert curve.get_xlabel() == "years"
    assert family.replication_times(1800).plot().get_ylim()[0] == 0
