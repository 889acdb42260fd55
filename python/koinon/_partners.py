"""Partners of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Mapping

from . import _html
from ._optional import require
from ._table import Rows

if TYPE_CHECKING:
    import networkx
    import pandas


@dataclass(frozen=True)
class SharedWork:
    """A record in which two organisations take part together."""

    id: str
    kind: str
    title: str
    start: str
    """``2021``, ``2021-05`` or ``2021-05-17``; empty when unknown."""
    end: str
    own_roles: tuple[str, ...]
    """Of the organisation asked about."""
    partner_roles: tuple[str, ...]
    own_share: float | None = None
    """Of the record, from 0 to 1, over all its roles; None where none is told."""
    partner_share: float | None = None


def shared_work(data: Mapping[str, Any]) -> SharedWork:
    """As the engine tells it."""
    roles = {name: tuple(data[name]) for name in ("own_roles", "partner_roles")}
    return SharedWork(**{**data, **roles})


@dataclass(frozen=True)
class Partner:
    """An organisation that shares records with the one asked about."""

    id: str
    name: str
    country: str
    shared: int
    """Records shared in all."""
    strength: float
    """Newman: the sum of 1 / (members - 1) over the shared records; larger is closer."""
    works: tuple[SharedWork, ...]
    """Shared records, latest first, as many as were asked for."""


class PartnerResults(Rows[Partner]):
    """Partners, closest first: a sequence of :class:`Partner`, each made when it is asked for.

    Frames have one row for each partner: id, name, country, shared, strength.
    """

    _schema = (("id", "u"), ("name", "u"), ("country", "u"), ("shared", "l"), ("strength", "g"))

    def __init__(self, data: Mapping[str, Any], organisation: str) -> None:
        self.organisation = organisation
        """The id of the one asked about."""
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.total: int = data["total"]
        """Partners in all."""
        self.works: int = data["works"]
        """Records that the organisation takes part in."""
        self.component: int = data["component"]
        """Organisations reachable over any number of partnerships, itself included."""
        self._partners: dict[str, list[Any]] = data["partners"]

    def _columns(self) -> dict[str, list[Any]]:
        return self._partners

    def __len__(self) -> int:
        """Partners in this answer; ``total`` counts them all."""
        return len(self._partners["id"])

    def _row(self, place: int) -> Partner:
        row = {name: values[place] for name, values in self._partners.items()}
        row["works"] = tuple(shared_work(work) for work in row["works"])
        return Partner(**row)

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns of the frames, as lists."""
        return {name: list(self._partners[name]) for name, _ in self._schema}

    def works_to_pandas(self) -> pandas.DataFrame:
        """One row for each partner and shared record: partner, id, kind, title, start, end,
        own_roles, partner_roles, own_share, partner_share. Needs pandas."""
        made = require("pandas", "works_to_pandas()")
        rows = [
            {"partner": id, **work}
            for id, works in zip(self._partners["id"], self._partners["works"])
            for work in works
        ]
        shared = ("id", "kind", "title", "start", "end", "own_roles", "partner_roles")
        names = ("partner", *shared, "own_share", "partner_share")
        frame: pandas.DataFrame = made.DataFrame(rows, columns=list(names))
        return frame

    def to_networkx(self) -> networkx.Graph:
        """The organisation and its partners: nodes with name and country, edges with weight (the
        strength) and shared. Needs networkx."""
        graph = require("networkx", "to_networkx()").Graph()
        graph.add_node(self.organisation)
        for partner in self:
            graph.add_node(partner.id, name=partner.name, country=partner.country)
            graph.add_edge(
                self.organisation, partner.id, weight=partner.strength, shared=partner.shared
            )
        return graph

    def __repr__(self) -> str:
        return f"<PartnerResults of {self.organisation}: {len(self)} of {self.total}>"

    def __str__(self) -> str:
        lines = [
            f"  {one.strength:6.2f}  {one.name} ({one.country}), {one.shared} shared"
            for one in self[: _html.ROWS]
        ]
        return "\n".join([f"{self.organisation}: {self.total} partners", *lines])

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(partner.name),
                _html.text(partner.country),
                str(partner.shared),
                f"{partner.strength:.2f}",
                "<br>".join(_html.text(work.title) for work in partner.works),
            )
            for partner in shown
        ]
        caption = f"{_html.text(self.organisation)}: {self.total} partners in {self.works} records"
        head = ("partner", "country", "shared", "strength", "together in")
        return _html.table(head, rows, caption, more=len(self) - len(shown))
