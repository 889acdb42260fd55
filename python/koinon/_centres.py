"""National competence centres."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Mapping

from . import _engine, _html
from ._answers import Listed, span
from ._communities import CommunityReport, MemberShown, community_request, member
from ._network import Day, date_tuple
from ._progress import Progress, reporting


@dataclass(frozen=True)
class Centre:
    """A centre, and who carries it."""

    id: str
    title: str
    organisation: str
    period: str
    countries: tuple[str, ...]
    members: tuple[MemberShown, ...]
    services: Mapping[str, int]
    """By kind."""
    predecessors: tuple[str, ...]


def _centre(data: Mapping[str, Any]) -> Centre:
    return Centre(
        **{
            **data,
            "period": span(data["period"]),
            "countries": tuple(data["countries"]),
            "members": tuple(member(each) for each in data["members"]),
            "services": {each["code"]: each["count"] for each in data["services"]},
            "predecessors": tuple(data["predecessors"]),
        }
    )


class Centres(Listed[Centre]):
    """Centres by title. Frames have one row for each: id, title, organisation, countries."""

    _schema = (("id", "u"), ("title", "u"), ("organisation", "u"), ("countries", "+l"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.as_of: str = data["as_of"]
        self.group: str = data["group"]
        self.covered: dict[str, list[str]] = {
            each["country"]: each["centres"] for each in data["covered"]
        }
        """Countries of the group with a centre, and its id or ids."""
        self.uncovered: tuple[str, ...] = tuple(data["uncovered"])
        self.more_than_once: tuple[str, ...] = tuple(data["more_than_once"])
        self.beyond: dict[str, list[str]] = {
            each["country"]: each["centres"] for each in data["beyond"]
        }
        """Countries out of the group with a centre."""
        self._list = data["centres"]

    def _made(self, row: Mapping[str, Any]) -> Centre:
        return _centre(row)

    def __repr__(self) -> str:
        return (
            f"<Centres: {len(self)}, {len(self.covered)} countries of {self.group} covered, "
            f"{len(self.uncovered)} not>"
        )

    def __str__(self) -> str:
        lines = [repr(self)[1:-1]]
        lines += [f"  {one.title or one.id}: {' '.join(one.countries)}" for one in self]
        if self.uncovered:
            lines.append(f"  not covered: {' '.join(self.uncovered)}")
        if self.more_than_once:
            lines.append(f"  more than once: {' '.join(self.more_than_once)}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(one.title or one.id),
                _html.text(one.period),
                _html.text(" ".join(one.countries)),
            )
            for one in shown
        ]
        rows.append(("<i>not covered</i>", "", _html.text(" ".join(self.uncovered))))
        head = ("centre", "period", "countries")
        return _html.table(head, rows, repr(self)[1:-1], more=len(self) - len(shown))


class CentreReport:
    """A centre with what it gives and gets."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.as_of: str = data["as_of"]
        self.centre: Centre = _centre(data["centre"])
        self.services: list[dict[str, Any]] = data["services"]
        self.offers: list[dict[str, Any]] = data["offers"]
        """Of the centre and its members, what they offer before what they seek."""
        self.mentoring: list[dict[str, Any]] = data["mentoring"]
        self.indicators: list[dict[str, Any]] = data["indicators"]
        """``indicator``, ``unit`` and ``values`` by period."""
        self.successors: tuple[str, ...] = tuple(data["successors"])
        self.exchanges = CommunityReport(data["exchanges"])
        """What went on in it."""

    def __repr__(self) -> str:
        return f"<CentreReport of {self.centre.id}: {len(self.centre.members)} members>"

    def _rows(self) -> list[tuple[str, str]]:
        rows = [("countries", " ".join(self.centre.countries)), ("period", self.centre.period)]
        rows += [(each.role, f"{each.name} ({each.country})") for each in self.centre.members]
        rows += [("service", each["kind"]) for each in self.services]
        rows += [
            (each["side"], f"{', '.join(each['themes'])} ({each['of']})") for each in self.offers
        ]
        rows += [
            ("mentoring", f"{each['from_name']} → {each['to_name']}") for each in self.mentoring
        ]
        for each_one in self.indicators:
            values = ", ".join(
                f"{value['period']['from']}: {value['value']}" for value in each_one["values"]
            )
            rows.append((each_one["indicator"], values))
        return rows

    def __str__(self) -> str:
        lines = [self.centre.title or self.centre.id]
        return "\n".join(lines + [f"  {name}: {told}" for name, told in self._rows()])

    def _repr_html_(self) -> str:
        rows = [(_html.text(name), _html.text(told)) for name, told in self._rows()]
        return _html.table(("", ""), rows, _html.text(self.centre.title or self.centre.id))


class NationalCentres:
    """The part of a catalogue about competence centres."""

    _engine: _engine.Catalogue

    def centres(self, as_of: Day = None, *, group: str = "EU") -> Centres:
        """Competence centres as of the end of a day, month or year (None: all that ever were), and
        which countries of a group they cover. group: ``EU``, ``EEA``, ``EFTA``, ``candidate``.
        Raises InvalidArgument."""
        request = {"as_of": date_tuple("as_of", as_of), "group": group}
        return Centres(json.loads(self._engine.centres(request)))

    def centre(
        self,
        id: str,
        *,
        as_of: Day = None,
        start: Day = None,
        end: Day = None,
        by: str = "year",
        progress: Progress = None,
    ) -> CentreReport:
        """A centre with its members, services, offers, mentoring ties, indicators, and what goes on
        in it, told as by :meth:`community`. Raises NotFound, Erased, InvalidArgument."""
        request = community_request(as_of, start, end, by)
        with reporting(progress) as callback:
            return CentreReport(json.loads(self._engine.centre(id, request, callback)))
