"""What shows that something works, and methods for a problem."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Iterable, Mapping

from . import _engine, _html
from ._answers import Listed, first_text
from ._progress import Progress, reporting
from ._request import count, strings


@dataclass(frozen=True)
class GradeReason:
    """Why a grade is as it is, or what the next one wants."""

    code: str
    reason: str
    records: tuple[str, ...]

    def __str__(self) -> str:
        return self.reason + (f" ({', '.join(self.records)})" if self.records else "")


@dataclass(frozen=True)
class Grade:
    """A grade on one scale: what the facts give, and what a person put in its place."""

    scale: str
    """``maryland-scale`` for studies, ``nesta-standards`` for innovations: never mixed."""
    grade: str
    """The one that counts; empty for none."""
    derived: str
    overridden: Mapping[str, str] | None
    """``grade``, ``reason``, ``by`` and ``on``."""
    reasons: tuple[GradeReason, ...]
    missing: tuple[GradeReason, ...]
    """What the next grade above the derived one wants."""

    def __str__(self) -> str:
        label = _engine.label(self.scale, self.grade, "en") if self.grade else "none"
        told = f"{self.grade} ({label})" if self.grade else label
        if self.overridden is not None:
            told += f", set by hand: {self.overridden['reason']}; derived {self.derived or 'none'}"
        return told


def _reasons(data: Iterable[Mapping[str, Any]]) -> tuple[GradeReason, ...]:
    return tuple(GradeReason(**{**each, "records": tuple(each["records"])}) for each in data)


def grade(data: Mapping[str, Any]) -> Grade:
    return Grade(
        **{**data, "reasons": _reasons(data["reasons"]), "missing": _reasons(data["missing"])}
    )


@dataclass(frozen=True)
class GradedStudy:
    """A study with its level on the Maryland scale."""

    id: str
    title: str
    about: str
    features: tuple[str, ...]
    independence: str
    country: str
    date: str
    shows_change: bool
    """An effect lies off its baseline, or off 0 where there is none."""
    maryland: Grade


class EvidenceReport(Listed[GradedStudy]):
    """What there is to show that a record does what it says: a sequence of its studies, strongest
    first. Frames have one row for each: id, title, about, features, independence, country, date,
    shows_change, level."""

    _schema = (
        ("id", "u"),
        ("title", "u"),
        ("about", "u"),
        ("features", "+l"),
        ("independence", "u"),
        ("country", "u"),
        ("date", "u"),
        ("shows_change", "b"),
        ("level", "u"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.id: str = data["id"]
        self.kind: str = data["kind"]
        self.title: str = data["title"]
        self.initiative: str = data["initiative"]
        """Whose standard it is, where it is that of an initiative."""
        self.standard: Grade | None = data["standard"] and grade(data["standard"])
        """Of an initiative, a case study's initiative, or a method."""
        self.cases: tuple[str, ...] = tuple(data["cases"])
        self.pilots: tuple[str, ...] = tuple(data["pilots"])
        self.replicas: tuple[str, ...] = tuple(data["replicas"])
        self._list = [{**row, "level": row["maryland"]["grade"]} for row in data["studies"]]

    def _made(self, row: Mapping[str, Any]) -> GradedStudy:
        told = {name: value for name, value in row.items() if name != "level"}
        told["features"] = tuple(row["features"])
        told["maryland"] = grade(row["maryland"])
        return GradedStudy(**told)

    def __repr__(self) -> str:
        return f"<EvidenceReport of {self.id}: {len(self)} studies>"

    def __str__(self) -> str:
        lines = [self.title or self.id]
        if self.standard is not None:
            lines.append(f"standard {self.standard}")
            lines += [f"  + {reason}" for reason in self.standard.reasons]
            lines += [f"  - for the next: {reason}" for reason in self.standard.missing]
        for study in self[: _html.ROWS]:
            lines.append(f"study {study.id}, level {study.maryland}: {study.title}")
            lines += [f"  + {reason}" for reason in study.maryland.reasons]
            lines += [f"  - for the next: {reason}" for reason in study.maryland.missing]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        about = _html.text(self.title or self.id)
        card = ""
        if self.standard is not None:
            rows = [("yes", _html.text(reason)) for reason in self.standard.reasons]
            rows += [("for the next", _html.text(reason)) for reason in self.standard.missing]
            card = _html.table(("", "why"), rows, f"{about}: standard {_html.text(self.standard)}")
        shown = self[: _html.ROWS]
        studies = [
            (
                _html.text(study.title or study.id),
                _html.text(study.maryland),
                "<br>".join(
                    _html.text(reason)
                    for reason in (*study.maryland.reasons, *study.maryland.missing)
                ),
            )
            for study in shown
        ]
        head = ("study", "level", "why, and what the next wants")
        return card + _html.table(head, studies, about, more=len(self) - len(shown))


@dataclass(frozen=True)
class MethodUse:
    """That a case used a method, and what came of it."""

    case: str
    title: str
    countries: tuple[str, ...]
    version: str
    effect: str
    """In English, else in the first language told."""


def _use(data: Mapping[str, Any]) -> MethodUse:
    return MethodUse(
        **{
            **data,
            "countries": tuple(data["countries"]),
            "effect": first_text(data["effect"]),
        }
    )


@dataclass(frozen=True)
class CriterionResult:
    """What the assessors of a version say on one criterion."""

    criterion: str
    assessors: int
    mean: float
    spread: float | None
    """Standard deviation with n - 1; None of a single grade."""
    grades: tuple[str, ...]


@dataclass(frozen=True)
class AssessmentResult:
    """Several assessors on one version of a method."""

    version: str
    assessors: tuple[str, ...]
    criteria: tuple[CriterionResult, ...]
    agreement: float | None
    """Krippendorff's alpha for ordinal grades; None where it is not defined."""
    undefined: str
    """Why it is not: ``no-pairs``, ``no-variation``."""


def _assessment(data: Mapping[str, Any]) -> AssessmentResult:
    return AssessmentResult(
        **{
            **data,
            "assessors": tuple(data["assessors"]),
            "criteria": tuple(
                CriterionResult(**{**each, "grades": tuple(each["grades"])})
                for each in data["criteria"]
            ),
        }
    )


class MethodReport:
    """A method with all that is known of it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.id: str = data["id"]
        self.title: str = data["title"]
        self.kind: str = data["kind"]
        self.state: str = data["state"]
        self.superseded_by: str = data["superseded_by"]
        self.successor: str = data["successor"]
        """The last of those that each supersede the one before; empty where there is none."""
        self.successor_title: str = data["successor_title"]
        self.supersedes: tuple[str, ...] = tuple(data["supersedes"])
        self.standard: Grade = grade(data["standard"])
        self.versions: list[dict[str, Any]] = data["versions"]
        self.assessments: tuple[AssessmentResult, ...] = tuple(
            _assessment(each) for each in data["assessments"]
        )
        self.uses: tuple[MethodUse, ...] = tuple(_use(each) for each in data["uses"])
        self.disseminations: list[dict[str, Any]] = data["disseminations"]
        """Latest first: who handed it to whom, in which language and by which channel."""

    def __repr__(self) -> str:
        return f"<MethodReport of {self.id}: {len(self.uses)} uses>"

    def _rows(self) -> list[tuple[str, str]]:
        rows = [("standard", str(self.standard))]
        if self.successor:
            rows.append(("superseded", f"use {self.successor_title} ({self.successor})"))
        for version in self.versions:
            languages = ", ".join(version["languages"])
            rows.append((f"version {version['label']}", f"{version['date']} {languages}".strip()))
        for each in self.assessments:
            told = each.undefined if each.agreement is None else f"{each.agreement:.3f}"
            grades = "; ".join(f"{one.criterion} {one.mean:.1f}" for one in each.criteria)
            rows.append((f"assessed {each.version}", f"{grades}; agreement {told}"))
        rows += [(f"used by {use.case}", f"{use.title}: {use.effect}") for use in self.uses]
        for each_one in self.disseminations:
            to = ", ".join(each_one["to_names"])
            rows.append((f"handed on {each_one['date']}", f"{each_one['from_name']} to {to}"))
        return rows

    def __str__(self) -> str:
        return "\n".join(
            [self.title or self.id, *(f"  {name}: {told}" for name, told in self._rows())]
        )

    def _repr_html_(self) -> str:
        rows = [(_html.text(name), _html.text(told)) for name, told in self._rows()]
        return _html.table(("", ""), rows, _html.text(self.title or self.id))


@dataclass(frozen=True)
class FitReason:
    """How well something fits in one respect that was asked."""

    code: str
    part: float
    """0 to 1."""
    weight: float
    what: tuple[str, ...]
    """Codes in common, or the words that were found."""

    def __str__(self) -> str:
        return f"{self.code} {self.part:.2f}" + (f" ({', '.join(self.what)})" if self.what else "")


def fit_reasons(data: Iterable[Mapping[str, Any]]) -> tuple[FitReason, ...]:
    return tuple(FitReason(**{**each, "what": tuple(each["what"])}) for each in data)


@dataclass(frozen=True)
class MethodFound:
    """A method for a problem, and why."""

    id: str
    title: str
    state: str
    score: float
    standard: str
    reasons: tuple[FitReason, ...]
    successor: str
    """It is superseded: use this."""
    successor_title: str
    uses: tuple[MethodUse, ...]


class MethodsFound(Listed[MethodFound]):
    """Methods by falling score, the superseded last. Frames have one row for each: id, title,
    state, score, standard, successor."""

    _schema = (
        ("id", "u"),
        ("title", "u"),
        ("state", "u"),
        ("score", "g"),
        ("standard", "u"),
        ("successor", "u"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.considered: int = data["considered"]
        self._list = data["methods"]

    def _made(self, row: Mapping[str, Any]) -> MethodFound:
        return MethodFound(
            **{
                **row,
                "reasons": fit_reasons(row["reasons"]),
                "uses": tuple(_use(each) for each in row["uses"]),
            }
        )

    def __repr__(self) -> str:
        return f"<MethodsFound: {len(self)} of {self.considered}>"

    def __str__(self) -> str:
        lines = [f"{len(self)} of {self.considered} methods"]
        for rank, one in enumerate(self[: _html.ROWS], 1):
            why = "; ".join(str(reason) for reason in one.reasons if reason.part > 0)
            lines.append(f"{rank:3}. {one.score:.2f} {one.title or one.id}: {why}")
            if one.successor:
                lines.append(f"     superseded by {one.successor_title} ({one.successor})")
            lines += [f"     used in {use.title}: {use.effect}" for use in one.uses]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(one.title or one.id),
                f"{one.score:.2f}",
                _html.text(one.standard),
                "<br>".join(_html.text(reason) for reason in one.reasons),
                _html.text(f"use {one.successor_title}" if one.successor else ""),
            )
            for one in shown
        ]
        head = ("method", "score", "standard", "why", "superseded")
        return _html.table(head, rows, repr(self)[1:-1], more=len(self) - len(shown))


class Methods:
    """The part of a catalogue about methods and what shows that they work."""

    _engine: _engine.Catalogue

    def evidence(self, id: str) -> EvidenceReport:
        """What shows that a record does what it says: of a study its level on the Maryland scale,
        of an initiative, a case study or a method its standard of evidence (Nesta) with all
        studies, each grade with reasons and what the next one wants. Raises NotFound, Erased,
        InvalidArgument.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> _ = cat.put("initiative", {"names": [{"text": "Home First", "language": "en"}]}, "ini-1")
        >>> cat.evidence("ini-1").standard.missing[0].code
        'account'
        """
        return EvidenceReport(json.loads(self._engine.evidence(id)))

    def method(self, id: str) -> MethodReport:
        """A method: its versions and successor, standard, assessments with the assessors'
        agreement, the cases that used it to what effect, who handed it to whom. Raises NotFound,
        Erased, InvalidArgument."""
        return MethodReport(json.loads(self._engine.method(id)))

    def methods_for(
        self,
        text: str = "",
        *,
        theme: str | Iterable[str] = (),
        target_group: str | Iterable[str] = (),
        country: str = "",
        language: str = "",
        limit: int = 10,
        uses: int = 3,
        progress: Progress = None,
    ) -> MethodsFound:
        """Methods for a problem, ranked by fit and evidence, with reasons.

        text: the problem, in any language of the catalogue.
        theme, target_group: codes; a text, themes or target groups must be told.
        country: where it is to be used: speaks for methods that were used there.
        language: of the user: speaks for methods that have a version in it.
        uses: cases shown of each, at most, those of ``country`` first.

        Superseded methods come last, with their successor. Raises InvalidArgument."""
        request = {
            "text": text,
            "themes": strings("theme", theme),
            "target_groups": strings("target_group", target_group),
            "country": country,
            "language": language,
            "limit": count("limit", limit),
            "uses": count("uses", uses),
        }
        with reporting(progress) as callback:
            return MethodsFound(json.loads(self._engine.methods_for(request, callback)))
