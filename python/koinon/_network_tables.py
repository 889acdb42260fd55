"""What a network tells, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Iterable, Sequence

from . import _engine, _html
from ._plots import growth_lines
from ._request import count, strings
from ._table import Rows, Table
from .errors import InvalidArgument

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class NetworkTable(Table):
    """Organisations of a network with their measures, a row for each: id, name, country, kind, and a
    column for each measure. It becomes a frame with ``to_pandas()`` and the like."""

    def __init__(
        self, columns: dict[str, list[Any]], about: dict[str, Any], engine: _engine.Network
    ) -> None:
        self._data = columns
        self._engine = engine
        texts = ("id", "name", "country", "kind")
        self._schema = tuple((name, "u" if name in texts else "g") for name in columns)
        self.change: int = about["change"]
        """The change of the catalogue that the network shows."""
        self.pagerank_error: float = about["pagerank_error"]
        """Proven bound of the sum of the errors of ``pagerank``."""
        self.betweenness_error: float = about["betweenness_error"]
        """The most by which a sampled ``betweenness`` may be off; 0: exact."""
        self.betweenness_samples: int = about["betweenness_samples"]
        """0: exact."""
        self.modularity: float = about["modularity"]
        """Of the communities."""

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["id"])

    def top(self, measure: str, limit: int = 10, *, lowest: bool = False) -> NetworkTable:
        """The rows with the highest, or ``lowest``, values of a measure, the first first; what is
        not defined is left out. Brokers are ``top("constraint", lowest=True)``."""
        if measure not in self._data:
            raise InvalidArgument(f"{measure!r} is none of {', '.join(self._data)}")
        values = self._data[measure]
        places = [place for place, value in enumerate(values) if value == value]
        places.sort(key=lambda place: values[place], reverse=not lowest)
        return self._at(places[: count("limit", limit)])

    def of(
        self, countries: str | Iterable[str] = (), kinds: str | Iterable[str] = ()
    ) -> NetworkTable:
        """The rows of organisations of some countries and kinds, by code or name, with the values
        that they have in the whole network: ``of("AT").top("constraint", lowest=True)`` are
        Austria's brokers. Raises InvalidArgument for a country or kind that there is not."""
        ids = self._engine.organisations()
        wanted = {
            ids[number]
            for number in self._engine.of(strings("countries", countries), strings("kinds", kinds))
        }
        return self._at([place for place, id in enumerate(self._data["id"]) if id in wanted])

    def _at(self, places: Sequence[int]) -> NetworkTable:
        data = {name: [column[place] for place in places] for name, column in self._data.items()}
        return NetworkTable(data, vars(self), self._engine)

    def __repr__(self) -> str:
        return f"<NetworkTable of {len(self)} organisations: {', '.join(list(self._data)[4:])}>"

    def _cells(self, place: int) -> list[str]:
        cells = []
        for name, kind in self._schema:
            value = self._data[name][place]
            cells.append(f"{value:.4g}" if kind == "g" else _html.text(value))
        return cells

    def __str__(self) -> str:
        shown = min(len(self), _html.ROWS)
        lines = ["  ".join(name for name, _ in self._schema)]
        lines += ["  ".join(self._cells(place)) for place in range(shown)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shown = min(len(self), _html.ROWS)
        rows = [self._cells(place) for place in range(shown)]
        head = [name for name, _ in self._schema]
        return _html.table(head, rows, f"{len(self)} organisations", more=len(self) - shown)


@dataclass(frozen=True)
class NearOrganisation:
    """An organisation and how near it is to those asked about."""

    id: str
    name: str
    country: str
    score: float


class NearOrganisations(Rows[NearOrganisation]):
    """Organisations, the nearest first: a sequence of :class:`NearOrganisation`."""

    _schema = (("id", "u"), ("name", "u"), ("country", "u"), ("score", "g"))

    def __init__(self, columns: dict[str, list[Any]], error_bound: float, change: int) -> None:
        self._data = columns
        self.change = change
        """The change of the catalogue that the answer is of."""
        self.error_bound = error_bound
        """Of the sum of the errors of all scores."""

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["id"])

    def _row(self, place: int) -> NearOrganisation:
        return NearOrganisation(**{name: self._data[name][place] for name, _ in self._schema})

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (_html.text(one.name or one.id), _html.text(one.country), f"{one.score:.4f}")
            for one in shown
        ]
        return _html.table(("organisation", "country", "score"), rows, more=len(self) - len(shown))


class Growth(Table):
    """How a network came to be: a row for each year, without gaps."""

    _schema = (
        ("year", "l"),
        ("participations", "l"),
        ("new_organisations", "l"),
        ("new_works", "l"),
        ("new_ties", "l"),
    )

    def __init__(self, data: dict[str, Any], change: int) -> None:
        self.change = change
        """The change of the catalogue that the network shows."""
        self.undated: int = data.pop("undated")
        """Participations without a known start, in no year."""
        self._data: dict[str, list[Any]] = data

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["year"])

    def __repr__(self) -> str:
        years = self._data["year"]
        period = f"{years[0]} to {years[-1]}" if years else "no year"
        return f"<Growth of {period}, {self.undated} undated>"

    def plot(self, ax: Axes | None = None) -> Axes:
        """Organisations and works that are new in each year. Needs matplotlib; returns the axes."""
        return growth_lines(self._data, ax)

    def _repr_html_(self) -> str:
        names = [name for name, _ in self._schema]
        rows = [[str(value) for value in row] for row in zip(*(self._data[n] for n in names))]
        return _html.table(names, rows, f"undated: {self.undated}")


class CoverageCells(Table):
    """Cells of two or three axes: a row for each, with its codes, its records, and how many would be
    expected if the axes had nothing to do with each other."""

    def __init__(self, axes: Sequence[str], columns: dict[str, list[Any]], change: int) -> None:
        self.axes = tuple(axes)
        self.change = change
        """The change of the catalogue that the network shows."""
        self._data = columns
        numbers = (("records", "l"), ("expected", "g"))
        self._schema = tuple((name, "u") for name in axes) + numbers

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["records"])

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} cells of {' × '.join(self.axes)}>"

    def _repr_html_(self) -> str:
        shown = min(len(self), _html.ROWS)
        rows = [
            [_html.text(self._data[name][place]) for name in self.axes]
            + [str(self._data["records"][place]), f"{self._data['expected'][place]:.1f}"]
            for place in range(shown)
        ]
        head = (*self.axes, "records", "expected")
        return _html.table(head, rows, f"{len(self)} cells", more=len(self) - shown)


class Coverage(CoverageCells):
    """What the records of a network cover: the cells that have any, by codes."""

    def __init__(
        self, axes: Sequence[str], total: int, columns: dict[str, list[Any]], gaps: CoverageCells
    ) -> None:
        super().__init__(axes, columns, gaps.change)
        self.total = total
        """Of all cells."""
        self.gaps = gaps
        """Cells with too few, those first that are farthest below what is expected."""

    def __repr__(self) -> str:
        return f"{super().__repr__()[:-1]}, {self.total} in all, {len(self.gaps)} gaps>"
