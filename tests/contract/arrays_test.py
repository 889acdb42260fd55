# SPDX-License-Identifier: Apache-2.0
"""Holds the arrays of the C API, read through cffi as another language reads them, to the answers of
the Python package, over the bundled sample: every id, number and strength is the same to the last
bit. Exits with 77, skipped, where there is no cffi or no package.

    PYTHONPATH=build/release/python tests/contract/arrays_test.py LIBRARY
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

try:
    import cffi
    import koinon as kn
except ImportError as missing:
    print(missing)
    sys.exit(77)

DECLARATIONS = Path(__file__).parents[2] / "include" / "koinon" / "koinon_declarations.h"


class Api:
    """Calls by name, a failure being an error."""

    def __init__(self, library: str) -> None:
        self.ffi = cffi.FFI()
        self.ffi.cdef(DECLARATIONS.read_text(encoding="utf-8"))
        self.library = self.ffi.dlopen(library)

    def call(self, name: str, *arguments: Any) -> None:
        error = self.ffi.new("kn_error **")
        code = getattr(self.library, name)(*arguments, error)
        if code != 0:
            message = self.ffi.string(self.library.kn_error_message(error[0])).decode()
            self.library.kn_error_free(error[0])
            raise AssertionError(f"{name}: {message}")

    def handle(self, kind: str, name: str, *arguments: Any) -> Any:
        out = self.ffi.new(kind + " **")
        self.call(name, *arguments, out)
        return self.ffi.gc(out[0], getattr(self.library, FREE[kind]))

    def answer(self, question: str, name: str, *arguments: Any) -> Answer:
        kind = f"kn_{question}_answer"
        filled = self.ffi.new(kind + " *")
        filled.struct_size = self.ffi.sizeof(kind)
        return Answer(self, filled, self.handle("kn_arrays", name, *arguments, filled))

    def strings(self, texts: list[str]) -> tuple[Any, list[Any]]:
        """The array, and what must be kept for as long as it is used."""
        kept = [self.ffi.new("char[]", text.encode()) for text in texts]
        array = self.ffi.new("kn_string[]", len(texts))
        for place, text in enumerate(kept):
            array[place].data, array[place].length = text, len(text) - 1
        return array, kept


FREE = {"kn_catalogue": "kn_close", "kn_network": "kn_network_free", "kn_arrays": "kn_arrays_free"}


class Answer:
    """A struct that a call filled, and what its arrays lie in."""

    def __init__(self, api: Api, filled: Any, owner: Any) -> None:
        self._api, self._filled, self._owner = api, filled, owner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._filled, name)

    def member(self, name: str) -> Any:
        return getattr(self._filled, name)

    def numbers(self, name: str, count: str) -> list[Any]:
        length = getattr(self._filled, count)
        return list(self._api.ffi.unpack(getattr(self._filled, name), length)) if length else []

    def texts(self, name: str, count: int) -> list[str]:
        array, unpack = getattr(self._filled, name), self._api.ffi.unpack
        return [unpack(array[i].data, array[i].length).decode() for i in range(count)]

    def who(self) -> list[tuple[str, str, str]]:
        columns = (
            self.texts(name, self.organisation_count) for name in ("ids", "names", "countries")
        )
        return list(zip(*columns))

    def ties(self) -> list[tuple[int, int, float]]:
        return list(zip(*(self.numbers(name, "tie_count") for name in ("from", "to", "strength"))))


def shown(rows: Any) -> list[tuple[str, str, str]]:
    return [(row.id, row.name, row.country) for row in rows]


def check_network(api: Api, network: kn.Network, handle: Any, one: str, other: str) -> None:
    null = api.ffi.NULL
    start, end = one.encode(), other.encode()
    for strongest in (0, 1):
        told = network.path(one, other, strongest=bool(strongest))
        path = api.answer(
            "path",
            "kn_network_path_arrays",
            handle,
            start,
            len(start),
            end,
            len(end),
            strongest,
            null,
        )
        assert tuple(path.texts("ids", path.organisation_count)) == told.organisations
        assert tuple(path.texts("works", path.work_count)) == told.works
        assert path.length == told.length and path.change == network.change
        assert [
            network.organisations[n] for n in path.numbers("numbers", "organisation_count")
        ] == list(told.organisations)

    members, hops, _ = network._engine.around(one, 2, None)
    graph = network.around(one, 2)
    around = api.answer("around", "kn_network_around_arrays", handle, start, len(start), 2, null)
    ids = around.texts("ids", around.organisation_count)
    assert around.numbers("numbers", "organisation_count") == members
    assert around.numbers("hops", "organisation_count") == hops
    assert around.tie_count == graph.number_of_edges() > 100
    for tie_from, tie_to, strength in around.ties():
        assert graph.edges[ids[tie_from], ids[tie_to]]["weight"] == strength

    sources, kept = api.strings([one, other])
    options = api.ffi.new("kn_nearness_options *")
    api.library.kn_nearness_options_init(options, api.ffi.sizeof("kn_nearness_options"))
    options.limit = 50
    near_told = network.near(one, other, limit=50)
    near = api.answer("near", "kn_network_near_arrays", handle, sources, 2, options, null)
    assert near.who() == shown(near_told)
    assert near.numbers("scores", "organisation_count") == [row.score for row in near_told]
    assert near.error_bound == near_told.error_bound

    far = api.ffi.new("uint32_t[]", 2 * len(network))
    api.call("kn_network_hops_from", handle, sources, 2, null, far, 2 * len(network))
    assert bytes(api.ffi.buffer(far)) == network._engine.hops([one, other], None)
    del kept

    growth_told = network.growth()
    growth = api.answer("growth", "kn_network_growth_arrays", handle, null)
    columns = ("years", "participations", "new_organisations", "new_works", "new_ties")
    rows = list(zip(*(growth.numbers(name, "year_count") for name in columns)))
    assert rows == list(zip(*(growth_told._columns()[name] for name, _ in growth_told._schema)))
    assert len(rows) > 3 and growth.undated == growth_told.undated

    for axes in (["country", "theme"], ["country", "kind", "programme"]):
        covered_told = network.coverage(*axes, gaps=30)
        asked, kept = api.strings(axes)
        covered = api.answer(
            "coverage", "kn_network_coverage_arrays", handle, asked, len(axes), 1, 30, null
        )
        assert covered.total == covered_told.total
        assert covered.texts("axes", covered.axis_count) == axes
        check_cells(covered, "cell", axes, covered_told)
        check_cells(covered, "gap", axes, covered_told.gaps)
        del kept


def check_cells(covered: Answer, which: str, axes: list[str], told: Any) -> None:
    count = getattr(covered, which + "_count")
    codes = covered.texts(which + "_codes", count * len(axes))
    columns = told._columns()
    for place, axis in enumerate(axes):
        assert codes[place :: len(axes)] == list(columns[axis])
    assert covered.numbers(which + "_records", which + "_count") == list(columns["records"])
    assert covered.numbers(which + "_expected", which + "_count") == list(columns["expected"])


def check_catalogue(api: Api, cat: kn.Catalogue, handle: Any, one: str, other: str) -> None:
    null = api.ffi.NULL
    start, end = one.encode(), other.encode()
    told = cat.partnership_path(one, other)
    path = api.answer(
        "path", "kn_path_arrays", handle, start, len(start), end, len(end), null, null
    )
    assert path.who() == shown(told.organisations)
    assert path.texts("works", path.work_count) == [work.id for work in told.works]
    assert path.length == len(told.works) > 1 and path.member("numbers") == null

    options = api.ffi.new("kn_local_options *")
    api.library.kn_local_options_init(options, api.ffi.sizeof("kn_local_options"))
    options.hops, options.limit = 2, 30
    around_told = cat.around(one, hops=2)
    around = api.answer("around", "kn_around_arrays", handle, start, len(start), options, null)
    assert around.who() == shown(around_told)
    assert around.numbers("hops", "organisation_count") == [row.hops for row in around_told]
    assert around.ties() == around_told.ties and around.tie_count > 100
    assert bool(around.complete) == around_told.complete

    sources, kept = api.strings([one, other])
    near_told = cat.near(one, other, limit=30)
    near = api.answer("near", "kn_nearby_arrays", handle, sources, 2, options, null)
    assert near.who() == shown(near_told) and near.organisation_count > 5
    assert near.numbers("scores", "organisation_count") == [row.score for row in near_told]
    del kept


def main(library: str) -> None:
    api = Api(library)
    null = api.ffi.NULL
    handle = api.handle("kn_catalogue", "kn_open", b":memory:", 8, null)
    report = api.ffi.new("kn_import_report **")
    api.call("kn_import_sample", handle, null, null, report)
    api.library.kn_import_report_free(report[0])
    with kn.open(":memory:") as cat:
        cat.import_sample()
        one = max(cat.network(), key=lambda id: cat.partners(id, limit=0).total)
        other = [row.id for row in cat.around(one, hops=3, limit=0) if row.hops == 2][0]
        network = cat.network()
        of_network = api.handle("kn_network", "kn_network_open", handle, null, null)
        check_network(api, network, of_network, one, other)
        check_catalogue(api, cat, handle, one, other)
    print("arrays of C and Python are the same")


if __name__ == "__main__":
    main(sys.argv[1])
