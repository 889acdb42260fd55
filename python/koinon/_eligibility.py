"""Whether some organisations may answer a call together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Sequence, Union

from . import _engine, _html
from ._network import Day, date_tuple
from ._progress import Progress, reporting
from ._request import plain, several, strings
from ._table import Rows
from .errors import InvalidArgument

Member = Union[str, tuple[str, Union[str, Iterable[str]]], Mapping[str, Any]]
"""An id, an id with a role or roles, or facts by name."""

Members = Union[Iterable[Member], Mapping[str, Union[str, Iterable[str]]]]

_MARKS = {"passes": "✓", "fails": "✗", "unknown": "?"}
_WORDS = {"passes": "passes", "fails": "fails", "unknown": "cannot be told"}


@dataclass(frozen=True)
class CheckedMember:
    """A member as the rules saw it."""

    organisation: str
    """Id of its record; empty for one that the catalogue does not have."""
    name: str
    country: str
    kind: str
    roles: tuple[str, ...]
    entity: int
    """Members of one number are legally one."""


@dataclass(frozen=True)
class RuleFinding:
    """What one rule says of a consortium."""

    kind: str
    """Of the vocabulary ``rule-kinds``."""
    state: str
    """``passes``, ``fails`` or ``unknown``: cannot be told yet."""
    reason: str
    advice: str
    """The smallest change that would pass it; empty where it passes."""
    members: tuple[int, ...]
    """Places of those concerned."""
    legal_text: str
    problem: str
    """Why it cannot be told: ``unknown_kind``, ``in_words``, ``unknown_parameter``, ``missing_parameter``,
    ``bad_parameter`` (see ``parameter``), ``not_told``; empty otherwise."""
    parameter: str
    parameters: Mapping[str, str | list[str]]
    """Of the rule."""
    changes: tuple[Mapping[str, Any], ...]
    """``advice`` as data: all steps together."""


@dataclass(frozen=True)
class RuleContradiction:
    """Rules that no consortium can fulfil together."""

    rules: tuple[int, ...]
    """Places of their findings."""
    reason: str


def _finding(told: Mapping[str, Any]) -> RuleFinding:
    rule = told["rule"]
    return RuleFinding(
        kind=rule["kind"],
        state=told["state"],
        reason=told["reason"],
        advice=told["advice"],
        members=tuple(told["members"]),
        legal_text=rule["legal_text"],
        problem=told["problem"],
        parameter=told["parameter"],
        parameters=rule["parameters"],
        changes=tuple(told["changes"]),
    )


class EligibilityReport(Rows[RuleFinding]):
    """What each rule of a call says of a consortium: a sequence of :class:`RuleFinding`. Prints,
    and shows itself in a notebook. Frames leave members, parameters and changes out."""

    _schema = (
        ("kind", "u"),
        ("state", "u"),
        ("reason", "u"),
        ("advice", "u"),
        ("legal_text", "u"),
        ("problem", "u"),
        ("parameter", "u"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.call: str = data["call"]
        self.title: str = data["title"]
        self.state: str = data["state"]
        """``fails`` if any rule does, else ``unknown`` if any is, or if there are no rules."""
        self.on: str = data["on"]
        """The day for which groups of countries were read."""
        self.members: tuple[CheckedMember, ...] = tuple(
            CheckedMember(**{**each, "roles": tuple(each["roles"])}) for each in data["members"]
        )
        self.conflicts: tuple[RuleContradiction, ...] = tuple(
            RuleContradiction(tuple(each["rules"]), each["reason"]) for each in data["conflicts"]
        )
        self._findings = [_finding(each) for each in data["findings"]]
        self._told = data

    @property
    def eligible(self) -> bool | None:
        """None: cannot be told yet."""
        return {"passes": True, "fails": False}.get(self.state)

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [getattr(each, name) for each in self._findings] for name, _ in self._schema}

    def __len__(self) -> int:
        return len(self._findings)

    def _row(self, place: int) -> RuleFinding:
        return self._findings[place]

    def to_dict(self) -> Mapping[str, Any]:
        """The report as the engine tells it, the same as ``koinon eligibility --json``."""
        return self._told

    def _verdict(self) -> str:
        counts = {state: 0 for state in ("fails", "unknown", "passes")}
        for each in self._findings:
            counts[each.state] += 1
        words = {"fails": "fail", "unknown": "cannot be told", "passes": "pass"}
        told = [f"{number} {words[state]}" for state, number in counts.items() if number]
        rules = "1 rule" if len(self) == 1 else f"{len(self)} rules"
        return f"{rules}: {', '.join(told)}" if told else "no rules"

    def __repr__(self) -> str:
        return f"<EligibilityReport of {self.call or 'rules'}: {self._verdict()}>"

    def __str__(self) -> str:
        lines = [self.title or self.call, self._verdict()]
        for each in self._findings:
            lines.append(f"{_MARKS[each.state]} {each.kind}: {each.reason}")
            if each.advice:
                lines.append(f"    → {each.advice}")
        lines += [f"! {each.reason}" for each in self.conflicts]
        return "\n".join(line for line in lines if line)

    def _repr_html_(self) -> str:
        rows = [
            (
                _html.text(_WORDS[each.state]),
                _html.text(each.kind),
                _html.text(each.reason)
                + (f"<br>→ {_html.text(each.advice)}" if each.advice else ""),
                _html.text(each.legal_text),
            )
            for each in self._findings
        ]
        head = ("state", "rule", "why, and what to do", "legal text")
        caption = f"{_html.text(self.title or self.call)}: {self._verdict()}"
        notes = "".join(f"<p>{_html.text(each.reason)}</p>" for each in self.conflicts)
        return _html.table(head, rows, caption) + notes


def member_list(name: str, members: Members) -> list[dict[str, Any]]:
    """Members as the engine reads them."""
    if isinstance(members, (str, bytes)):
        raise InvalidArgument(f"{name} is one text, not a list of members")
    given = several(name, members.items() if isinstance(members, Mapping) else members)
    return [_member(f"{name}[{place}]", each) for place, each in enumerate(given)]


def _member(name: str, told: Any) -> dict[str, Any]:
    if isinstance(told, str):
        return {"organisation": told}
    if isinstance(told, Mapping):
        if not told:
            raise InvalidArgument(f"{name} tells nothing; give an organisation, or a name")
        return dict(told)
    if isinstance(told, (tuple, list)) and len(told) == 2 and isinstance(told[0], str):
        return {"organisation": told[0], "roles": strings(f"{name}: its roles", told[1])}
    raise InvalidArgument(
        f"{name} is {told!r}; give an id, an id with its roles"
        ' ("id", ["partner"]), or facts by name: {"name": "Caritas", "country": "AT"}'
    )


def rule_list(rules: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]] | None:
    """Rules as the engine reads them."""
    if rules is None:
        return None
    given: list[Any] = [rules] if isinstance(rules, (str, Mapping)) else several("rules", rules)
    for place, rule in enumerate(given):
        if not isinstance(rule, Mapping):
            raise InvalidArgument(
                f"rules[{place}] is {rule!r}; give a rule by name:"
                ' {"kind": "minimum-partners", "parameters": {"minimum": 3}}'
            )
    return [dict(rule) for rule in given]


def day_text(name: str, day: Day) -> str | None:
    """As requests in JSON have it; None for no day."""
    year, *parts = date_tuple(name, day)
    told = [part for part in parts if part]
    return "-".join([f"{year:04}", *(f"{part:02}" for part in told)]) if year else None


def request_json(request: Mapping[str, Any]) -> str:
    """The request as the engine reads it: what is None is left out."""
    told = {name: value for name, value in request.items() if value is not None}
    try:
        return json.dumps(plain("", told), allow_nan=False)
    except RecursionError as error:
        raise InvalidArgument("the request has too many lists one inside the other") from error


class Eligibility:
    """The part of a catalogue that holds consortia to the rules of a call."""

    _engine: _engine.Catalogue

    def check_eligibility(
        self,
        call: str | None = None,
        members: Members = (),
        *,
        rules: Sequence[Mapping[str, Any]] | None = None,
        documents: str | Iterable[str] | None = None,
        eu_share: float | str | None = None,
        grant: Mapping[str, str] | None = None,
        budget: Mapping[str, str] | None = None,
        on: Day = None,
        as_told: bool = False,
        progress: Progress = None,
    ) -> EligibilityReport:
        """Whether some organisations may answer a call together: each rule passes, fails or cannot
        be told yet, with the members concerned, its legal text and the smallest change that would
        pass it.

        call: its id; without one ``rules`` alone are checked.
        members: ids, ``(id, role)`` or ``(id, [role, ...])``, a mapping of ids to roles, or facts:
            ``{"name": "Caritas", "country": "AT", "roles": ["partner"]}`` and what
            docs/reference/eligibility.md names more.
        rules: besides those of the call: ``{"kind": ..., "parameters": {...}, "legal_text": ...}``.
        documents: supplied with the bid, all of them, one text or several; None: not told.
        eu_share: of the whole cost; or ``grant`` and ``budget``, each
            ``{"amount": "1000000.00", "currency": "EUR"}``; or those of the members.
        on: the day for which groups of countries are read; None: the call's last deadline.

        Raises NotFound, Erased, and InvalidArgument with a violation for all that is wrong.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> rules = [{"kind": "minimum-countries", "parameters": {"minimum": 2}}]
        >>> spain = {"name": "Ayuntamiento", "country": "ES"}
        >>> cat.check_eligibility(rules=rules, members=[spain])[0].advice
        'add one more member from a country other than ES'
        """
        request = {
            "call": call,
            "members": member_list("members", members),
            "rules": rule_list(rules),
            "documents": None if documents is None else strings("documents", documents),
            "eu_share": eu_share,
            "grant": grant,
            "budget": budget,
            "on": day_text("on", on),
            "as_told": as_told,
        }
        with reporting(progress) as callback:
            told = self._engine.check_eligibility(request_json(request), callback)
        return EligibilityReport(json.loads(told))
