"""What lies around one or two organisations, as the catalogue has it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Mapping

from . import _html
from ._network_tables import NearOrganisations
from ._optional import require
from ._partners import SharedWork, shared_work
from ._table import Rows

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True)
class ShownOrganisation:
    """An organisation as an answer shows it; without name and country where it has no record."""

    id: str
    name: str
    country: str


@dataclass(frozen=True)
class PartnershipPath:
    """A chain of partnerships: ``organisations[i]`` and ``organisations[i + 1]`` share the record
    ``works[i]``, whose ``own_roles`` are those of the first of the two. Both are empty where there
    is no way."""

    organisations: tuple[ShownOrganisation, ...]
    works: tuple[SharedWork, ...]
    change: int
    """The answer is that of the catalogue after this change."""

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> PartnershipPath:
        return cls(
            organisations=tuple(ShownOrganisation(**each) for each in data["organisations"]),
            works=tuple(shared_work(work) for work in data["works"]),
            change=data["change"],
        )

    def __len__(self) -> int:
        """Partnerships on the way."""
        return len(self.works)


@dataclass(frozen=True)
class Neighbour(ShownOrganisation):
    """An organisation, and how many partnerships lie between."""

    hops: int


class Neighbourhood(Rows[Neighbour]):
    """The organisations within some hops of one, itself first: a sequence of :class:`Neighbour`, by
    hops, then id."""

    _schema = (("id", "u"), ("name", "u"), ("country", "u"), ("hops", "l"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.complete: bool = data["complete"]
        """False: there are more within these hops than the limit let in."""
        self.ties: list[tuple[int, int, float]] = data["ties"]
        """Places of both ends in this sequence, the smaller first, and strength (Newman's)."""
        self._data: dict[str, list[Any]] = data["organisations"]

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["id"])

    def _row(self, place: int) -> Neighbour:
        return Neighbour(**{name: self._data[name][place] for name, _ in self._schema})

    def to_networkx(self) -> networkx.Graph:
        """Nodes with name, country and hops, edges with weight. Needs networkx."""
        graph = require("networkx", "to_networkx()").Graph()
        for one in self:
            graph.add_node(one.id, name=one.name, country=one.country, hops=one.hops)
        ids = self._data["id"]
        graph.add_weighted_edges_from((ids[a], ids[b], weight) for a, b, weight in self.ties)
        return graph

    def __repr__(self) -> str:
        more = "" if self.complete else " and more"
        return f"<Neighbourhood of {len(self)} organisations{more}, {len(self.ties)} ties>"

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (str(one.hops), _html.text(one.name or one.id), _html.text(one.country))
            for one in shown
        ]
        head = ("hops", "organisation", "country")
        return _html.table(head, rows, repr(self)[1:-1], more=len(self) - len(shown))


@dataclass(frozen=True)
class CommonPartner(ShownOrganisation):
    """A partner of both of two organisations."""

    shared: int
    """Records shared with the first."""
    strength: float
    """With the first; Newman: the sum of 1 / (members - 1) over the shared records."""
    shared_other: int
    strength_other: float
    """With the second."""
    works: tuple[SharedWork, ...]
    """With the first, latest first, as many as were asked for."""
    works_other: tuple[SharedWork, ...]


class CommonPartners(Rows[CommonPartner]):
    """Partners of both: a sequence of :class:`CommonPartner`, by the weaker of the two ties."""

    _schema = (
        ("id", "u"),
        ("name", "u"),
        ("country", "u"),
        ("shared", "l"),
        ("strength", "g"),
        ("shared_other", "l"),
        ("strength_other", "g"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.total: int = data["total"]
        """Partners in common in all."""
        self._data: dict[str, list[Any]] = data["partners"]

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        """Partners in this answer; ``total`` counts them all."""
        return len(self._data["id"])

    def _row(self, place: int) -> CommonPartner:
        row = {name: values[place] for name, values in self._data.items()}
        for name in ("works", "works_other"):
            row[name] = tuple(shared_work(work) for work in row[name])
        return CommonPartner(**row)

    def __repr__(self) -> str:
        return f"<CommonPartners: {len(self)} of {self.total}>"

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(one.name or one.id),
                _html.text(one.country),
                f"{one.strength:.2f}",
                f"{one.strength_other:.2f}",
            )
            for one in shown
        ]
        head = ("partner", "country", "strength with the first", "with the second")
        return _html.table(head, rows, f"{self.total} in common", more=len(self) - len(shown))


def near_organisations(data: Mapping[str, Any]) -> NearOrganisations:
    """As the engine tells them."""
    return NearOrganisations(data["organisations"], data["error_bound"], data["change"])
