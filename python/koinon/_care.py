"""The care of cases: how complete they are, which went stale, and collections of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Iterable, Mapping

from . import _engine, _html
from ._answers import Listed, day_or_today, first_text
from ._network import Day
from ._progress import Progress, reporting
from ._request import count, strings


@dataclass(frozen=True)
class FieldGroup:
    """A group of fields that answer one question about a record."""

    group: str
    weight: float
    share: float
    answered: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class LanguageVersion:
    """One language that a record is told in."""

    language: str
    state: str
    """``whole``, ``part``, or ``machine``: all that there is in it was translated by machine."""
    original: tuple[str, ...]
    machine: tuple[str, ...]
    lacking: tuple[str, ...]
    """Fields that other languages have."""


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
    }


class CompletenessReport(Listed[FieldGroup]):
    """How complete a record is: a sequence of its groups of fields. Frames have one row for each:
    group, weight, share, answered, missing."""

    _schema = (
        ("group", "u"),
        ("weight", "g"),
        ("share", "g"),
        ("answered", "+l"),
        ("missing", "+l"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.id: str = data["id"]
        self.kind: str = data["kind"]
        self.title: str = data["title"]
        self.share: float = data["share"]
        """0 to 1: of its groups, by their weights."""
        self.languages: tuple[LanguageVersion, ...] = tuple(
            LanguageVersion(**_tuples(each)) for each in data["languages"]
        )
        self._list = data["groups"]

    def _made(self, row: Mapping[str, Any]) -> FieldGroup:
        return FieldGroup(**_tuples(row))

    def __repr__(self) -> str:
        return f"<CompletenessReport of {self.id}: {self.share:.0%}>"

    def __str__(self) -> str:
        lines = [f"{self.title or self.id}: {self.share:.0%} complete"]
        for group in self:
            missing = f", missing {', '.join(group.missing)}" if group.missing else ""
            lines.append(f"  {group.group} {group.share:.0%}{missing}")
        lines += [f"  language {each.language}: {each.state}" for each in self.languages]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [
            (
                _html.text(group.group),
                _html.bar(round(100 * group.share), 100),
                _html.text(", ".join(group.missing)),
            )
            for group in self
        ]
        caption = f"{_html.text(self.title or self.id)}: {self.share:.0%} complete"
        languages = [
            (_html.text(each.language), _html.text(each.state), _html.text(", ".join(each.lacking)))
            for each in self.languages
        ]
        return _html.table(("group", "answered, %", "missing"), rows, caption) + _html.table(
            ("language", "state", "lacking"), languages
        )


@dataclass(frozen=True)
class IncompleteCase:
    id: str
    title: str
    state: str
    share: float


class IncompleteCases(Listed[IncompleteCase]):
    """Cases by how complete they are, least first. Frames have one row for each: id, title, state,
    share."""

    _schema = (("id", "u"), ("title", "u"), ("state", "u"), ("share", "g"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.records: int = data["records"]
        self.total: int = data["total"]
        self.mean: float = data["mean"]
        """Share of all cases; 0 where there are none."""
        self._list = data["cases"]

    def _made(self, row: Mapping[str, Any]) -> IncompleteCase:
        return IncompleteCase(**row)

    def __repr__(self) -> str:
        return f"<IncompleteCases: {self.total} of {self.records}, {self.mean:.0%} complete on average>"

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(one.title or one.id),
                _html.text(one.state),
                _html.bar(round(100 * one.share), 100),
            )
            for one in shown
        ]
        head = ("case", "state", "complete, %")
        return _html.table(head, rows, repr(self)[1:-1], more=self.total - len(shown))


@dataclass(frozen=True)
class StaleFinding:
    """What is wrong with a case."""

    id: str
    title: str
    state: str
    code: str
    field: str
    reason: str
    since: str
    other: str
    """Id of another record concerned, or empty."""

    def __str__(self) -> str:
        return f"{self.title or self.id} ({self.id}): {self.reason}"


class StaleFindings(Listed[StaleFinding]):
    """What is stale in cases, or contradicts itself. Frames have one row for each finding: id,
    title, state, code, field, reason, since, other."""

    _schema = tuple((name, "u") for name in StaleFinding.__dataclass_fields__)

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.as_of: str = data["as_of"]
        self.records: int = data["records"]
        self.total: int = data["total"]
        """Findings in all, on this page or not."""
        self.counts: dict[str, int] = {each["code"]: each["findings"] for each in data["counts"]}
        self._list = data["findings"]

    def _made(self, row: Mapping[str, Any]) -> StaleFinding:
        return StaleFinding(**row)

    def __repr__(self) -> str:
        return f"<StaleFindings: {self.total} in {self.records} cases as of {self.as_of}>"

    def __str__(self) -> str:
        return "\n".join([repr(self)[1:-1], *(f"  {each}" for each in self[: _html.ROWS])])

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (_html.text(each.title or each.id), _html.text(each.code), _html.text(each.reason))
            for each in shown
        ]
        head = ("case", "finding", "reason")
        return _html.table(head, rows, repr(self)[1:-1], more=self.total - len(shown))


@dataclass(frozen=True)
class CollectedCase:
    id: str
    title: str
    state: str
    present: bool

    def __str__(self) -> str:
        return f"{self.title or self.id}{'' if self.present else ' (not in the catalogue)'}"


@dataclass(frozen=True)
class Collection:
    """Good practices in an order, with an introduction."""

    id: str
    title: str
    introduction: str
    """In English, else in the first language told."""
    curator: str
    curator_name: str
    date: str
    cases: tuple[CollectedCase, ...]

    def _repr_html_(self) -> str:
        rows = [(_html.text(case.title), _html.text(case.state)) for case in self.cases]
        intro = f"<p>{_html.text(self.introduction, 1000)}</p>" if self.introduction else ""
        return intro + _html.table(("case", "state"), rows, _html.text(self.title or self.id))


class Collections(Listed[Collection]):
    """All collections of good practices, by id. Frames have one row for each: id, title,
    introduction, curator, curator_name, date, cases (their ids)."""

    _schema = (
        ("id", "u"),
        ("title", "u"),
        ("introduction", "u"),
        ("curator", "u"),
        ("curator_name", "u"),
        ("date", "u"),
        ("cases", "+l"),
    )

    def __init__(self, collections: Iterable[Mapping[str, Any]]) -> None:
        self._list = [
            {**each, "introduction": first_text(each["introduction"])} for each in collections
        ]

    def _columns(self) -> dict[str, list[Any]]:
        columns = super()._columns()
        columns["cases"] = [[case["id"] for case in cases] for cases in columns["cases"]]
        return columns

    def _made(self, row: Mapping[str, Any]) -> Collection:
        return Collection(**{**row, "cases": tuple(CollectedCase(**each) for each in row["cases"])})

    def __repr__(self) -> str:
        return f"<Collections: {len(self)}>"

    def __str__(self) -> str:
        lines = []
        for one in self[: _html.ROWS]:
            lines.append(f"{one.title or one.id} ({one.id}), {len(one.cases)} cases")
            lines += [f"  {case}" for case in one.cases]
        return "\n".join(lines) or "no collection"

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(one.title or one.id),
                _html.text(one.curator_name),
                "<br>".join(_html.text(case) for case in one.cases),
            )
            for one in shown
        ]
        head = ("collection", "curator", "cases")
        return _html.table(head, rows, repr(self)[1:-1], more=len(self) - len(shown))


class Care:
    """The part of a catalogue that looks after cases."""

    _engine: _engine.Catalogue

    def completeness(self, id: str) -> CompletenessReport:
        """How complete a record is, by groups of fields, and in which languages it is told. Raises
        NotFound, Erased, InvalidArgument.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> _ = cat.put("initiative", {"names": [{"text": "Home First", "language": "en"}]}, "ini-1")
        >>> report = cat.completeness("ini-1")
        >>> report[1].missing, report.languages[0].state
        (('origin', 'stage'), 'whole')
        """
        return CompletenessReport(json.loads(self._engine.completeness(id)))

    def incomplete(
        self,
        *,
        below: float = 1.0,
        limit: int = 100,
        offset: int = 0,
        progress: Progress = None,
    ) -> IncompleteCases:
        """Case studies by how complete they are, least first; those whose share is less than
        ``below``. Raises InvalidArgument."""
        request = {
            "below": below,
            "limit": count("limit", limit),
            "offset": count("offset", offset),
        }
        with reporting(progress) as callback:
            return IncompleteCases(json.loads(self._engine.incomplete(request, callback)))

    def stale(
        self,
        as_of: Day = None,
        *,
        code: str | Iterable[str] = (),
        not_updated_days: int = 730,
        in_review_days: int = 180,
        over_days: int = 1826,
        limit: int = 100,
        offset: int = 0,
        progress: Progress = None,
    ) -> StaleFindings:
        """Case studies that went stale or contradict themselves, as of a day; None: today.

        code: findings of these alone.
        not_updated_days: a published case that nobody touched for longer.
        in_review_days: a case that lies in review for longer.
        over_days: a case whose period is over for longer, and nobody says what became of it.

        Raises InvalidArgument."""
        request = {
            "as_of": day_or_today("as_of", as_of),
            "codes": strings("code", code),
            "not_updated_days": count("not_updated_days", not_updated_days),
            "in_review_days": count("in_review_days", in_review_days),
            "over_days": count("over_days", over_days),
            "limit": count("limit", limit),
            "offset": count("offset", offset),
        }
        with reporting(progress) as callback:
            return StaleFindings(json.loads(self._engine.stale(request, callback)))

    def collections(self) -> Collections:
        """Collections of good practices, by id. O(collections and their cases)."""
        found: list[Mapping[str, Any]] = []
        after = ""
        while True:
            page = json.loads(self._engine.collections(after, 1000))
            found += page["collections"]
            after = page["next"]
            if not after:
                return Collections(found)
