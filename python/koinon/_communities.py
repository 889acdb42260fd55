"""Communities of practice, and who has solved something before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Iterable, Mapping

from . import _engine, _html
from ._answers import Listed, span
from ._evidence import FitReason, fit_reasons
from ._network import Day, date_tuple
from ._progress import Progress, reporting
from ._request import count, strings


@dataclass(frozen=True)
class MemberShown:
    """Who is in a community or a centre."""

    organisation: str
    name: str
    country: str
    role: str
    period: str
    """As told, else that of the whole; empty where neither is."""


def member(data: Mapping[str, Any]) -> MemberShown:
    return MemberShown(**{**data, "period": span(data["period"])})


def _counts(data: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return {each["code"]: each["count"] for each in data}


@dataclass(frozen=True)
class CommunityPeriod:
    """What went on in a stretch of time."""

    period: str
    """``2024``, ``2024-Q2``, ``2024-05``; empty for what has no date."""
    exchanges: Mapping[str, int]
    """By kind."""
    contributions: int
    organisations: tuple[str, ...]
    countries: tuple[str, ...]


class CommunityReport(Listed[CommunityPeriod]):
    """A community of practice: a sequence of the stretches of time in which anything went on.
    Frames have one row for each: period, exchanges (how many), contributions, organisations,
    countries."""

    _schema = (
        ("period", "u"),
        ("exchanges", "l"),
        ("contributions", "l"),
        ("organisations", "+l"),
        ("countries", "+l"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.id: str = data["id"]
        self.title: str = data["title"]
        self.themes: tuple[str, ...] = tuple(data["themes"])
        self.period: str = span(data["period"])
        self.as_of: str = data["as_of"]
        self.members: tuple[MemberShown, ...] = tuple(member(each) for each in data["members"])
        self.countries: tuple[str, ...] = tuple(data["countries"])
        """Of members."""
        self.themes_discussed: dict[str, int] = _counts(data["themes_discussed"])
        self.exchanges: int = data["exchanges"]
        self.contributions: int = data["contributions"]
        self.organisations: int = data["organisations"]
        """That took part, each once."""
        self.reached: tuple[str, ...] = tuple(data["reached"])
        """Countries of all who took part."""
        self.pending: int = data["pending"]
        """Exchanges and contributions that wait for moderation."""
        self._list = data["periods"]

    def _made(self, row: Mapping[str, Any]) -> CommunityPeriod:
        return CommunityPeriod(
            **{
                **row,
                "exchanges": _counts(row["exchanges"]),
                "organisations": tuple(row["organisations"]),
                "countries": tuple(row["countries"]),
            }
        )

    def _columns(self) -> dict[str, list[Any]]:
        columns = super()._columns()
        columns["exchanges"] = [sum(_counts(each).values()) for each in columns["exchanges"]]
        return columns

    def __repr__(self) -> str:
        return (
            f"<CommunityReport of {self.id}: {len(self.members)} members, "
            f"{self.exchanges} exchanges, {self.contributions} contributions>"
        )

    def __str__(self) -> str:
        lines = [
            f"{self.title or self.id}: {len(self.members)} members of {len(self.countries)} countries"
        ]
        for each in self:
            kinds = ", ".join(f"{kind} {count}" for kind, count in each.exchanges.items())
            lines.append(
                f"  {each.period or 'undated'}: {kinds or 'no exchange'}; "
                f"{each.contributions} contributions; {len(each.organisations)} organisations; "
                f"{' '.join(each.countries)}"
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [
            (
                _html.text(each.period or "undated"),
                _html.text(", ".join(f"{kind} {count}" for kind, count in each.exchanges.items())),
                str(each.contributions),
                str(len(each.organisations)),
                _html.text(" ".join(each.countries)),
            )
            for each in self
        ]
        shown = self.members[: _html.ROWS]
        members = [
            (_html.text(each.name), _html.text(each.country), _html.text(each.period))
            for each in shown
        ]
        head = ("period", "exchanges", "contributions", "organisations", "countries")
        return _html.table(head, rows, _html.text(self.title or self.id)) + _html.table(
            ("member", "country", "in"), members, more=len(self.members) - len(shown)
        )


@dataclass(frozen=True)
class SolvedRecord:
    """A record that has to do with what was asked."""

    id: str
    kind: str
    title: str
    language: str
    countries: tuple[str, ...]
    score: float
    reasons: tuple[FitReason, ...]
    roles: tuple[str, ...]
    """Of the organisation that it speaks for."""


def _record(data: Mapping[str, Any]) -> SolvedRecord:
    return SolvedRecord(
        **{
            **data,
            "countries": tuple(data["countries"]),
            "reasons": fit_reasons(data["reasons"]),
            "roles": tuple(data["roles"]),
        }
    )


@dataclass(frozen=True)
class SolvedOrganisation:
    """Who has solved it, and what shows that."""

    id: str
    name: str
    country: str
    kind: str
    authority: bool
    """Managing authority or intermediate body in any of the records found."""
    score: float
    records: int
    works: tuple[SolvedRecord, ...]


class SolvedAnswer(Listed[SolvedOrganisation]):
    """Organisations by falling score; ``cases`` and ``methods`` beside them. Frames have one row
    for each organisation: id, name, country, kind, authority, score, records."""

    _schema = (
        ("id", "u"),
        ("name", "u"),
        ("country", "u"),
        ("kind", "u"),
        ("authority", "b"),
        ("score", "g"),
        ("records", "l"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.considered: int = data["considered"]
        self.cases: tuple[SolvedRecord, ...] = tuple(_record(each) for each in data["cases"])
        self.methods: tuple[SolvedRecord, ...] = tuple(_record(each) for each in data["methods"])
        self._list = data["organisations"]

    def _made(self, row: Mapping[str, Any]) -> SolvedOrganisation:
        return SolvedOrganisation(**{**row, "works": tuple(_record(each) for each in row["works"])})

    def __repr__(self) -> str:
        return f"<SolvedAnswer: {len(self)} organisations, {len(self.cases)} cases, {len(self.methods)} methods>"

    def __str__(self) -> str:
        lines = [repr(self)[1:-1]]
        for one in self[: _html.ROWS]:
            works = "; ".join(f"{work.title} ({', '.join(work.roles)})" for work in one.works)
            lines.append(f"  {one.name} ({one.country}): {works}")
        lines += [f"  method {one.title}" for one in self.methods[: _html.ROWS]]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(one.name or one.id) + (" (authority)" if one.authority else ""),
                _html.text(one.country),
                "<br>".join(
                    f"{_html.text(work.title)}: {_html.text('; '.join(map(str, work.reasons)))}"
                    for work in one.works
                ),
            )
            for one in shown
        ]
        return _html.table(("who", "country", "what shows it"), rows, repr(self)[1:-1])


def community_request(as_of: Day, start: Day, end: Day, by: str) -> dict[str, Any]:
    return {
        "as_of": date_tuple("as_of", as_of),
        "from": date_tuple("start", start),
        "to": date_tuple("end", end),
        "by": by,
    }


class Communities:
    """The part of a catalogue about communities of practice."""

    _engine: _engine.Catalogue

    def community(
        self,
        id: str,
        *,
        as_of: Day = None,
        start: Day = None,
        end: Day = None,
        by: str = "year",
        progress: Progress = None,
    ) -> CommunityReport:
        """Who is in a community, what goes on in it and whom it reaches, over time.

        as_of: members as of the end of it; None: all that ever were.
        start, end: what went on in between. by: ``year``, ``quarter`` or ``month``. The first
        question gathers what goes on in all communities.

        Raises NotFound, Erased, InvalidArgument."""
        request = community_request(as_of, start, end, by)
        with reporting(progress) as callback:
            return CommunityReport(json.loads(self._engine.community(id, request, callback)))

    def who_solved(
        self,
        text: str = "",
        *,
        theme: str | Iterable[str] = (),
        target_group: str | Iterable[str] = (),
        country: str | Iterable[str] = (),
        language: str = "",
        authorities: bool = False,
        limit: int = 10,
        works: int = 3,
        progress: Progress = None,
    ) -> SolvedAnswer:
        """Who has solved this before: organisations, cases and methods, with reasons.

        text: the question, or the planned action, in any language of the catalogue.
        theme, target_group: codes; a text, themes or target groups must be told.
        country: only organisations of these. authorities: only managing authorities and
        intermediate bodies. works: records shown for an organisation, at most.

        Raises InvalidArgument."""
        request = {
            "text": text,
            "themes": strings("theme", theme),
            "target_groups": strings("target_group", target_group),
            "countries": strings("country", country),
            "language": language,
            "authorities": authorities,
            "limit": count("limit", limit),
            "works": count("works", works),
        }
        with reporting(progress) as callback:
            return SolvedAnswer(json.loads(self._engine.who_solved(request, callback)))
