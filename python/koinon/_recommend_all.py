"""Whom to work with, for many organisations at once: arrays, and frames of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Sequence

from ._neighbourhood import ShownOrganisation
from ._network import _numbers
from ._table import Table
from .errors import NotFound

if TYPE_CHECKING:
    import numpy
    import numpy.typing

    Counts = numpy.typing.NDArray[numpy.uint32]
    Scores = numpy.typing.NDArray[numpy.float32]

_NOBODY = 0xFFFFFFFF


class RecommendationTable(Table):
    """Partners of many organisations. The numbers are places in :attr:`organisations`; row ``i`` is
    that of :attr:`asked` ``[i]``. Rankings and scores are those of :meth:`Catalogue.recommend` for
    each by itself, which has the reasons. Arrays take 8 bytes for each place.

    Frames have one row for each partner: id, rank, partner, score."""

    _schema = (("id", "u"), ("rank", "l"), ("partner", "u"), ("score", "g"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.width: int = data["width"]
        """Places in a row."""
        self.organisations: Sequence[str] = tuple(data["id"])
        """Those asked for and all that may be named, by id."""
        self.names: Sequence[str] = tuple(data["name"])
        self.countries: Sequence[str] = tuple(data["country"])
        self.kinds: Sequence[str] = tuple(data["kind"])
        self._rows = {
            self.organisations[place]: row
            for row, place in enumerate(memoryview(data["asked"]).cast("I"))
        }

    def __len__(self) -> int:
        """How many were asked for."""
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        """Those asked for, by id."""
        return iter(self._rows)

    def __contains__(self, id: object) -> bool:
        return id in self._rows

    def __getitem__(self, id: str) -> list[tuple[ShownOrganisation, float]]:
        """The partners of one, the best first, with their scores. Raises NotFound."""
        if id not in self._rows:
            raise NotFound(f"there is no row of '{id}'")
        return [
            (
                ShownOrganisation(
                    self.organisations[place], self.names[place], self.countries[place]
                ),
                score,
            )
            for place, score in self._places(self._rows[id])
        ]

    def _places(self, row: int) -> Iterator[tuple[int, float]]:
        partners = memoryview(self._data["partners"]).cast("I")
        scores = memoryview(self._data["scores"]).cast("f")
        for place in range(row * self.width, (row + 1) * self.width):
            if partners[place] == _NOBODY:
                return
            yield partners[place], scores[place]

    @property
    def asked(self) -> Counts:
        """Of each row the number of its organisation, rising. Needs numpy."""
        array: Counts = _numbers(self._data["asked"], "u4")
        return array

    @property
    def partners(self) -> Counts:
        """``len(self)`` rows of ``width`` numbers, the best first; 4294967295 where a row ends
        early. Needs numpy."""
        array: Counts = _numbers(self._data["partners"], "u4").reshape(len(self), self.width)
        return array

    @property
    def scores(self) -> Scores:
        """Beside :attr:`partners`, to be compared within a row; NaN where it ended. Needs numpy."""
        array: Scores = _numbers(self._data["scores"], "f4").reshape(len(self), self.width)
        return array

    def _columns(self) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {name: [] for name, _ in self._schema}
        for row, id in enumerate(self._rows):
            for rank, (place, score) in enumerate(self._places(row), 1):
                columns["id"].append(id)
                columns["rank"].append(rank)
                columns["partner"].append(self.organisations[place])
                columns["score"].append(score)
        return columns

    def __repr__(self) -> str:
        named = sum(not math.isnan(score) for score in memoryview(self._data["scores"]).cast("f"))
        return f"<RecommendationTable: {named} partners of {len(self)}>"
