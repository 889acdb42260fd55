"""Partnership networks: who works with whom, as arrays."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Sequence, TypedDict, Union

from . import _engine
from ._network_groups import NetworkGroups
from ._network_tables import Coverage, CoverageCells, Growth, NearOrganisations, NetworkTable
from ._optional import require
from ._progress import Progress, reporting
from ._request import count, strings
from .errors import InvalidArgument

if TYPE_CHECKING:
    import datetime

    import networkx
    import numpy
    import numpy.typing
    from typing_extensions import Unpack

    Floats = numpy.typing.NDArray[numpy.float64]
    Counts = numpy.typing.NDArray[numpy.uint32]

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]
Day = Union[str, int, "datetime.date", None]
"""A day, month or year: ``date(2016, 12, 31)``, ``"2016-12-31"``, ``"2016-12"``, ``"2016"``,
``2016``."""

_UNREACHED = 0xFFFFFFFF


class MeasureOptions(TypedDict, total=False):
    """Of :meth:`Network.measures`."""

    damping: float
    """Of ``pagerank``, 0 up to but not 1; 0.85."""
    tolerance: float
    """Of ``pagerank``: the sum of all errors, above 0 and below 1; 1e-8."""
    resolution: float
    """Of ``community``: larger, more of them; 1."""
    betweenness_error: float
    """The most by which any ``betweenness`` may be off, below 1. It is sampled, unless exact
    betweenness is likely to cost less. 0, the default: exact up to 5,000 organisations, beyond that
    0.01."""
    failure: float
    """Probability that a sampled ``betweenness`` is off by more, above 0 and below 1; 0.1."""
    seed: int
    """Of ``community`` and sampled ``betweenness``; 1."""
    progress: Progress


def date_tuple(name: str, day: Day) -> tuple[int, int, int]:
    """Year, month and day, 0 for what is not told."""
    if day is None:
        return 0, 0, 0
    if isinstance(day, (str, int)):
        parts = str(day).split("-")
        if 1 <= len(parts) <= 3 and all(part.isascii() and part.isdigit() for part in parts):
            numbers = [int(part) for part in parts]
            year, month, last = (*numbers, 0, 0)[:3]
            told = 0 not in numbers
            if told and year <= 9999 and month <= 12 and last <= 31:
                return year, month, last
    elif hasattr(day, "year") and hasattr(day, "month") and hasattr(day, "day"):
        return day.year, day.month, day.day
    raise InvalidArgument(f"{name} is {day!r}, not a day as in '2016-12-31', '2016-12' or 2016")


def _seed(seed: int) -> int:
    if seed >= 1 << 64:
        raise InvalidArgument(f"seed is {seed}, but must be below 2**64")
    return count("seed", seed)


def _numbers(data: bytes, kind: str) -> Any:
    """The array that the bytes are, where they lie."""
    return require("numpy", "arrays of a network").frombuffer(data, dtype=kind)


@dataclass(frozen=True)
class NetworkPath:
    """A chain of partnerships: ``organisations[i]`` and ``organisations[i + 1]`` share the record
    ``works[i]``. Both are empty where there is no way."""

    organisations: tuple[str, ...]
    works: tuple[str, ...]
    length: float
    """Partnerships on the way; of the strongest path the sum of 1 / strength. Infinite where there
    is no way."""

    def __len__(self) -> int:
        """Partnerships on the way."""
        return len(self.works)


class Network:
    """A partnership network as it was when :meth:`Catalogue.network` was asked: arrays, no records.
    It stays as it is whatever is written. Organisations are numbered from 0 by rising id; arrays
    stand beside :attr:`organisations`. Ties are weighted by Newman's strength, the sum over shared
    records of 1 / (members - 1): larger is closer. The same content gives the same numbers. Ctrl-C
    stops every call, and ``progress`` is told of it."""

    def __init__(self, engine: _engine.Network) -> None:
        self._engine = engine

    @property
    def change(self) -> int:
        """The change of the catalogue that it shows."""
        return self._engine.change

    @property
    def works(self) -> int:
        """Records that any of the organisations takes part in."""
        return self._engine.work_count

    @property
    def participations(self) -> int:
        """Organisation, record and role: how many."""
        return self._engine.participations

    @cached_property
    def organisations(self) -> Sequence[str]:
        """Ids, by number."""
        return tuple(self._engine.organisations())

    @cached_property
    def names(self) -> Sequence[str]:
        return tuple(self._engine.names())

    @cached_property
    def countries(self) -> Sequence[str]:
        return tuple(self._engine.countries())

    @cached_property
    def kinds(self) -> Sequence[str]:
        return tuple(self._engine.kinds())

    def __len__(self) -> int:
        return self._engine.size

    def __iter__(self) -> Iterator[str]:
        return iter(self.organisations)

    def of(self, countries: str | Iterable[str] = (), kinds: str | Iterable[str] = ()) -> list[int]:
        """Numbers of the organisations of some countries and kinds, by code or name; none means
        any. Raises InvalidArgument for a country or kind that there is not."""
        return self._engine.of(strings("countries", countries), strings("kinds", kinds))

    def number_of(self, id: str) -> int:
        """The number of an organisation. Raises NotFound. O(log n)."""
        return self._engine.number_of(id)

    def measures(self, *names: str, **options: Unpack[MeasureOptions]) -> NetworkTable:
        """Measures of each organisation: any of ``network_measures()``, with
        :class:`MeasureOptions`.

        ``betweenness`` is exact up to 5,000 organisations, else, and with ``betweenness_error``,
        sampled: with probability ``1 - failure`` no value is off by more. An error that would take
        more samples than exact betweenness costs gives that, and the table says so by
        ``betweenness_samples`` of 0. Ctrl-C stops it. Raises InvalidArgument."""
        answer = self._measured(list(names), **options)
        columns: dict[str, list[Any]] = {
            "id": list(self.organisations),
            "name": list(self.names),
            "country": list(self.countries),
            "kind": list(self.kinds),
        }
        for name, data in zip(names, answer["columns"]):
            columns[name] = memoryview(data).cast("d").tolist()
        return NetworkTable(columns, answer, self._engine)

    def measure(self, name: str, **options: Unpack[MeasureOptions]) -> Floats:
        """One measure as an array of ``len(self)`` numbers, NaN where it is not defined. Otherwise
        as :meth:`measures`. Needs numpy."""
        array: Floats = _numbers(self._measured([name], **options)["columns"][0], "f8")
        return array

    def _measured(
        self,
        names: list[str],
        damping: float = 0.85,
        tolerance: float = 1e-8,
        resolution: float = 1.0,
        betweenness_error: float = 0.0,
        failure: float = 0.1,
        seed: int = 1,
        progress: Progress = None,
    ) -> dict[str, Any]:
        with reporting(progress) as callback:
            return self._engine.measure(
                names,
                damping,
                tolerance,
                resolution,
                betweenness_error,
                failure,
                _seed(seed),
                callback,
            )

    def communities(
        self, *, resolution: float = 1.0, seed: int = 1, progress: Progress = None
    ) -> NetworkGroups:
        """The communities, the largest first, each with its members by falling strength, their
        countries, and the part of their strength that stays inside. As the measure ``community``,
        with its options.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> cat.import_sample().quarantined
        0
        >>> largest = cat.network().communities()[0]
        >>> largest.size == len(largest.members) > 5
        True
        """
        with reporting(progress) as callback:
            found = self._engine.groups("community", resolution, _seed(seed), callback)
        return NetworkGroups(found, self.organisations, self.names)

    def components(self, *, progress: Progress = None) -> NetworkGroups:
        """The parts that hang together, the largest first; otherwise as :meth:`communities`."""
        with reporting(progress) as callback:
            found = self._engine.groups("component", 1.0, 1, callback)
        return NetworkGroups(found, self.organisations, self.names)

    def ties(self, progress: Progress = None) -> tuple[Counts, Counts, Floats]:
        """Each tie once: numbers of both ends, the smaller first, and strength. Needs numpy."""
        with reporting(progress) as callback:
            start, end, strength = self._engine.ties(callback)
        return _numbers(start, "u4"), _numbers(end, "u4"), _numbers(strength, "f8")

    def path(
        self, start: str, end: str, *, strongest: bool = False, progress: Progress = None
    ) -> NetworkPath:
        """The fewest partnerships from one to the other; or the ``strongest`` way, of which the sum
        of 1 / strength is least: a few close partnerships go before one that is loose. Raises
        NotFound."""
        if strongest:
            with reporting(progress) as callback:
                ids, works, length = self._engine.strongest_path(start, end, callback)
            return NetworkPath(tuple(ids), tuple(works), length)
        with reporting(progress) as callback:
            ids, works = self._engine.path(start, end, callback)
        return NetworkPath(tuple(ids), tuple(works), len(works) if ids else float("inf"))

    def coverage(
        self, *axes: str, least: int = 1, gaps: int = 100, progress: Progress = None
    ) -> Coverage:
        """How many records there are by two or three of ``country``, ``kind`` (of organisations),
        ``programme``, ``theme``, ``target-group``, and where there are fewer than ``least``: at most
        ``gaps`` such. A record with several codes counts once for each combination. Raises
        InvalidArgument.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> cat.import_sample().quarantined
        0
        >>> covered = cat.network().coverage("country", "theme")
        >>> len(covered) > len(covered.gaps) > 0
        True
        """
        with reporting(progress) as callback:
            total, cells, missing = self._engine.coverage(
                list(axes), count("least", least), count("gaps", gaps), callback
            )
        return Coverage(axes, total, cells, CoverageCells(axes, missing, self.change))

    def hops(self, *ids: str, progress: Progress = None) -> Floats:
        """Partnerships from each of ``ids`` to all: shape (len(ids), len(self)), infinite where
        there is no way. Raises NotFound. Needs numpy."""
        with reporting(progress) as callback:
            found = self._engine.hops(list(ids), callback)
        table = _numbers(found, "u4").reshape(len(ids), len(self))
        far: Floats = table.astype("f8")
        far[table == _UNREACHED] = float("inf")
        return far

    def around(self, id: str, hops: int = 1, progress: Progress = None) -> networkx.Graph:
        """The organisations within some hops of one and the ties among them, as a graph: nodes with
        name, country and hops, edges with weight. Raises NotFound. Needs networkx."""
        with reporting(progress) as callback:
            numbers, far, ties = self._engine.around(id, count("hops", hops), callback)
        graph = require("networkx", "around()").Graph()
        for number, distance in zip(numbers, far):
            self._add_node(graph, number, hops=distance)
        self._add_edges(graph, numbers, ties)
        return graph

    def near(
        self,
        *ids: str,
        limit: int = 20,
        epsilon: float = 1e-6,
        damping: float = 0.85,
        progress: Progress = None,
    ) -> NearOrganisations:
        """Where a walk over ties is most often that keeps coming back to ``ids`` (personalised
        PageRank); they are left out. No score is off by more than ``epsilon`` times the strength of
        its organisation. Raises NotFound, and InvalidArgument without an id."""
        with reporting(progress) as callback:
            numbers, scores, bound = self._engine.near(
                list(ids), count("limit", limit), epsilon, damping, callback
            )
        columns: dict[str, list[Any]] = {
            "id": [self.organisations[number] for number in numbers],
            "name": [self.names[number] for number in numbers],
            "country": [self.countries[number] for number in numbers],
            "score": scores,
        }
        return NearOrganisations(columns, bound, self.change)

    def growth(self, progress: Progress = None) -> Growth:
        """Participations, organisations, records and ties that were new in each year. What has any
        unknown start was there before the first, and is new in none."""
        with reporting(progress) as callback:
            return Growth(self._engine.growth(callback), self.change)

    def save(
        self,
        path: Path,
        format: str | None = None,
        *,
        measures: str | Iterable[str] = (),
        two_mode: bool = False,
        progress: Progress = None,
    ) -> None:
        """Writes the network for other programs: organisations with name, country, kind and
        ``measures``, ties with their strength as ``weight``. ``format`` is one of
        ``network_formats()``, or told by the ending of ``path``. An existing file is replaced once
        the new one is whole. CSV is two files: ties in ``NAME.csv``, organisations in
        ``NAME.vertices.csv``. :func:`read_network` gives it back to the last bit.

        two_mode: organisations and records are the vertices, told apart by ``mode``, and
            participations the edges, with ``role``, ``from`` and ``to``.

        Raises InvalidArgument, InputOutput. O(organisations + ties), beside the measures.
        """
        names = [measures] if isinstance(measures, str) else list(measures)
        with reporting(progress) as callback:
            self._engine.save(os.fsencode(path), format or "", names, two_mode, callback)

    def to_networkx(self, progress: Progress = None) -> networkx.Graph:
        """All of it: nodes with name, country and kind, edges with weight. Needs networkx."""
        graph = require("networkx", "to_networkx()").Graph()
        for number in range(len(self)):
            self._add_node(graph, number, kind=self.kinds[number])
        with reporting(progress) as callback:
            self._add_edges(graph, range(len(self)), self._engine.ties(callback))
        return graph

    def _add_node(self, graph: networkx.Graph, number: int, **more: Any) -> None:
        name, country = self.names[number], self.countries[number]
        graph.add_node(self.organisations[number], name=name, country=country, **more)

    def _add_edges(
        self, graph: networkx.Graph, numbers: Sequence[int], ties: Iterable[bytes]
    ) -> None:
        start, end, strength = ties
        rows = zip(
            memoryview(start).cast("I"), memoryview(end).cast("I"), memoryview(strength).cast("d")
        )
        for one, other, weight in rows:
            ends = (self.organisations[numbers[one]], self.organisations[numbers[other]])
            graph.add_edge(*ends, weight=weight)

    def __repr__(self) -> str:
        return f"<Network of {len(self)} organisations in {self.works} records>"
