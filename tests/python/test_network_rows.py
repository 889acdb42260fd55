"""Networks of arrays of one's own."""

from __future__ import annotations

import random
from array import array
from typing import Any

import pytest
from conftest import text

import koinon as kn


def test_rows_make_the_same_network_as_records(cat: kn.Catalogue) -> None:
    chance = random.Random(1)
    ids = [f"o{place:02}" for place in range(40)]
    organisation: list[int] = []
    work: list[int] = []
    for place in range(80):
        members = chance.sample(range(len(ids)), chance.randint(1, 6))
        organisation += members
        work += [place] * len(members)
        told = [{"organisation": ids[one], "role": "partner"} for one in members]
        cat.put("project", {"titles": text("Work"), "participations": told}, f"p{place:02}")
    for id in ids:
        cat.put("organisation", {"names": text(id)}, id)
    told_network = cat.network()
    made = kn.network_of_rows(organisation, work, organisations=ids, names=ids)
    assert list(made) == list(told_network) and made.names == told_network.names
    for measure in ("partners", "strength", "pagerank", "betweenness", "core", "constraint"):
        assert list(made.measure(measure)) == list(told_network.measure(measure))
    assert made.change == 0 and made.participations == len(organisation)


def test_columns_may_be_arrays_of_any_kind() -> None:
    plain = kn.network_of_rows([0, 1, 12], [5, 5, 5])
    assert list(plain) == ["00", "01", "12"]
    packed = kn.network_of_rows(array("I", [0, 1, 12]), array("q", [5, 5, 5]))
    assert list(packed) == list(plain)
    numpy = pytest.importorskip("numpy", reason="numpy is not installed")
    for kind in ("uint32", "int64", "uint8"):
        columns = (numpy.array([0, 1, 12], dtype=kind), numpy.array([5, 5, 5], dtype=kind))
        assert list(kn.network_of_rows(*columns)) == list(plain)


def test_days_tell_the_growth() -> None:
    network = kn.network_of_rows([0, 1, 1, 2], [0, 0, 1, 1], from_day=[0, 0, 366, 366])
    assert network.growth()._columns()["year"] == [1970, 1971]


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ({"organisation": [-1], "work": [0]}, "organisation"),
        ({"organisation": [0.5], "work": [0]}, "organisation"),
        ({"organisation": ["a"], "work": [0]}, "organisation"),
        ({"organisation": [0], "work": [2**32]}, "work"),
        ({"organisation": [0, 0], "work": [0]}, "a row needs both"),
        ({"organisation": [1], "work": [0], "organisations": ["a"]}, r"organisation\[0\]"),
        ({"organisation": [0], "work": [0], "organisations": ["a", "a"]}, r"organisations\[1\]"),
        ({"organisation": [0], "work": [0], "role": [3]}, "role"),
        ({"organisation": [0], "work": [0], "from_day": [2**30]}, "from_day"),
        ({"organisation": [0], "work": [0], "names": ["A"]}, "names"),
    ],
)
def test_rows_that_make_no_sense_are_named(rows: dict[str, Any], word: str) -> None:
    with pytest.raises(kn.errors.InvalidArgument, match=word):
        kn.network_of_rows(**rows)
