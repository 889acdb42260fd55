"""Lives of records: the steps they may take, who may take them, and taking one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Mapping

from . import _engine, _html
from ._eligibility import request_json
from ._progress import Progress, reporting
from ._records import instant
from ._table import Rows
from .errors import InvalidArgument

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def milliseconds(name: str, at: datetime) -> int:
    """Since 1970; a time without a zone is refused, as it could be any."""
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise InvalidArgument(f"{name} is {at!r}, not a datetime with a time zone")
    return (at - _EPOCH) // timedelta(milliseconds=1)


def engine_clock(clock: Callable[[], datetime] | None) -> Callable[[], int] | None:
    """As the engine asks it."""
    return None if clock is None else lambda: milliseconds("the clock", clock())


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told.replace("Z", "+00:00"))


@dataclass(frozen=True)
class Edge:
    """A step of a table."""

    start: str
    end: str
    name: str
    labels: Mapping[str, str]
    """By language."""
    guards: tuple[str, ...]
    asks: tuple[str, ...]
    """Fields of the step that must be told."""


class LifeCycle(Rows[Edge]):
    """A table of states and steps: a sequence of :class:`Edge`. Shows itself in a notebook."""

    _schema = (
        ("start", "u"),
        ("end", "u"),
        ("name", "u"),
        ("guards", "u"),
        ("asks", "u"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.name: str = data["name"]
        self.kinds: tuple[str, ...] = tuple(data["kinds"])
        """Kinds of records that live by it."""
        self.states: str = data["states"]
        """The vocabulary of its states."""
        self.initial: str = data["initial"]
        self.terminal: tuple[str, ...] = tuple(data["terminal"])
        self._edges = [
            Edge(
                each["from"],
                each["to"],
                each["name"],
                each["labels"],
                tuple(each["guards"]),
                tuple(each["asks"]),
            )
            for each in data["edges"]
        ]

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        return _engine.life_cycle_diagram(self.name)

    def _columns(self) -> dict[str, list[Any]]:
        return {
            "start": [each.start for each in self._edges],
            "end": [each.end for each in self._edges],
            "name": [each.name for each in self._edges],
            "guards": [" ".join(each.guards) for each in self._edges],
            "asks": [" ".join(each.asks) for each in self._edges],
        }

    def __len__(self) -> int:
        return len(self._edges)

    def _row(self, place: int) -> Edge:
        return self._edges[place]

    def __repr__(self) -> str:
        return f"<LifeCycle {self.name}: {len(self)} steps>"

    def _repr_html_(self) -> str:
        rows = [
            (
                _html.text(each.start),
                _html.text(each.end),
                _html.text(each.labels["en"]),
                _html.text(", ".join(each.guards)),
            )
            for each in self._edges
        ]
        return _html.table(("from", "to", "step", "guards"), rows, _html.text(self.name))


def life_cycle(name: str) -> LifeCycle:
    """A table by its name, or by that of a kind of record that lives by it. Raises NotFound.

    >>> import koinon as kn
    >>> kn.life_cycle("contribution").initial
    'pending'
    """
    return LifeCycle(json.loads(_engine.life_cycle(name)))


def life_cycles() -> list[str]:
    """The names of the tables."""
    return _engine.life_cycle_names()


@dataclass(frozen=True)
class Refusal:
    """Why a step cannot be taken."""

    guard: str
    code: str
    """Stable, for programs."""
    reason: str
    help: str
    """What would help."""


def _refusals(told: list[Mapping[str, str]]) -> tuple[Refusal, ...]:
    return tuple(Refusal(**each) for each in told)


@dataclass(frozen=True)
class NextStep:
    """A step out of the present state."""

    to: str
    name: str
    label: str
    allowed: bool
    asks: tuple[str, ...]
    """What the step must be told besides: ``reason``."""
    guards: tuple[str, ...]
    """That were asked."""
    refusals: tuple[Refusal, ...]
    """Empty where it is allowed."""


class NextSteps(Rows[NextStep]):
    """Every step out of the present state of a record: a sequence of :class:`NextStep`. Prints, and
    shows itself in a notebook. Frames have the reasons in one text."""

    _schema = (
        ("to", "u"),
        ("name", "u"),
        ("label", "u"),
        ("allowed", "b"),
        ("asks", "u"),
        ("reasons", "u"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.id: str = data["id"]
        self.version: int = data["version"]
        self.life_cycle: str = data["life_cycle"]
        self.states: str = data["states"]
        """The vocabulary of its states."""
        self.state: str = data["state"]
        self._steps = [
            NextStep(
                each["to"],
                each["name"],
                each["label"],
                each["allowed"],
                tuple(each["asks"]),
                tuple(each["guards"]),
                _refusals(each["refusals"]),
            )
            for each in data["steps"]
        ]
        self._told = data

    @property
    def allowed(self) -> list[str]:
        """The states that a step may lead to now."""
        return [each.to for each in self._steps if each.allowed]

    def to_dict(self) -> Mapping[str, Any]:
        """The answer as the engine tells it, the same as ``koinon next-steps --json``."""
        return self._told

    def _columns(self) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {
            name: [getattr(each, name) for each in self._steps] for name, _ in self._schema[:4]
        }
        columns["asks"] = [" ".join(each.asks) for each in self._steps]
        columns["reasons"] = [
            "; ".join(refusal.reason for refusal in each.refusals) for each in self._steps
        ]
        return columns

    def __len__(self) -> int:
        return len(self._steps)

    def _row(self, place: int) -> NextStep:
        return self._steps[place]

    def __repr__(self) -> str:
        return f"<NextSteps of {self.id}, {self.state}: {len(self.allowed)} of {len(self)} allowed>"

    def __str__(self) -> str:
        lines = [f"{self.id} is {_engine.label(self.states, self.state, 'en')}"]
        if not self._steps:
            lines.append("no step leads on from there")
        for each in self._steps:
            asks = f" (asks for a {', a '.join(each.asks)})" if each.asks else ""
            lines.append(f"{'✓' if each.allowed else '✗'} {each.to}: {each.label}{asks}")
            for refusal in each.refusals:
                lines.append(f"    {refusal.reason}")
                lines.append(f"    → {refusal.help}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [
            (
                "✓" if each.allowed else "✗",
                _html.text(each.to),
                _html.text(each.label),
                "<br>".join(
                    f"{_html.text(refusal.reason)} → {_html.text(refusal.help)}"
                    for refusal in each.refusals
                ),
            )
            for each in self._steps
        ]
        caption = f"{_html.text(self.id)}: {_html.text(self.state)}"
        return _html.table(("", "to", "step", "why not, and what helps"), rows, caption)


@dataclass(frozen=True)
class Moved:
    """A step that was taken."""

    id: str
    version: int
    change: int
    """Number of the journal entry."""
    start: str
    end: str
    at: datetime
    by: str
    country: str
    reason: str


def _moved(told: Mapping[str, Any]) -> Moved:
    return Moved(
        told["id"],
        told["version"],
        told["change"],
        told["from"],
        told["to"],
        _moment(told["at"]),
        told["by"],
        told["country"],
        told["reason"],
    )


@dataclass(frozen=True)
class HeldCall:
    """A call that the clock would move and that a guard holds back."""

    id: str
    to: str
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class AdvancedCalls:
    """What the clock did."""

    change: int
    """Of the journal; 0 where nothing moved."""
    now: datetime
    """The moment that counted."""
    moved: tuple[Moved, ...]
    held: tuple[HeldCall, ...]

    def __str__(self) -> str:
        lines = [f"{each.id}: {each.start} → {each.end}" for each in self.moved]
        for each in self.held:
            why = "; ".join(refusal.reason for refusal in each.refusals)
            lines.append(f"{each.id}: not {each.to}, {why}")
        return "\n".join(lines) or "no call moved"


@dataclass(frozen=True)
class DesignFinding:
    """What a design lacks, or claims in vain."""

    field: str
    code: str
    reason: str
    help: str


class DesignReport(Rows[DesignFinding]):
    """Whether a design is complete and reaches the level that it claims: a sequence of
    :class:`DesignFinding`, empty where it is and does."""

    _schema = (("field", "u"), ("code", "u"), ("reason", "u"), ("help", "u"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.id: str = data["id"]
        self.claimed: str = data["claimed"]
        """Of the vocabulary ``maryland-scale``; empty where none is claimed."""
        self.reachable: str = data["reachable"]
        """The highest level that the features can reach; empty without any."""
        self._findings = [DesignFinding(**each) for each in data["findings"]]

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [getattr(each, name) for each in self._findings] for name, _ in self._schema}

    def __len__(self) -> int:
        return len(self._findings)

    def _row(self, place: int) -> DesignFinding:
        return self._findings[place]

    def __repr__(self) -> str:
        return (
            f"<DesignReport of {self.id}: claims {self.claimed or 'no level'}, reaches"
            f" {self.reachable or 'none'}, {len(self)} findings>"
        )

    def __str__(self) -> str:
        head = (
            f"{self.id} claims level {self.claimed or '-'} and reaches {self.reachable or '-'}"
            " at most"
        )
        return "\n".join([head, *(f"{each.reason}\n    → {each.help}" for each in self)])

    def _repr_html_(self) -> str:
        rows = [(_html.text(each.reason), _html.text(each.help)) for each in self._findings]
        caption = (
            f"{_html.text(self.id)}: claims {self.claimed or '-'}, reaches {self.reachable or '-'}"
        )
        return _html.table(("finding", "what helps"), rows, caption)


class Living:
    """The part of a catalogue that moves records through their lives."""

    _engine: _engine.Catalogue

    def next_steps(
        self,
        id: str,
        by: str | None = None,
        country: str | None = None,
        language: str = "en",
    ) -> NextSteps:
        """Every step out of the present state of a record, allowed or why not.

        by: who would take it, a key of your own; country: that they speak for.
        language: of the labels.

        Raises NotFound, Erased, and InvalidArgument for a kind without a life cycle or a country
        that there is not.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> story = cat.put("case-study", {"initiative": "ini-1"}, by="ann")
        >>> cat.next_steps(story.id, "ann").allowed
        ['submitted']
        """
        return NextSteps(json.loads(self._engine.next_steps(id, by or "", country or "", language)))

    def transition(
        self,
        id: str,
        to: str,
        by: str,
        *,
        country: str | None = None,
        reason: str | None = None,
        expected_version: int | None = None,
        at: datetime | None = None,
    ) -> Moved:
        """Takes a step: one transaction, in which the guards are asked, the state set and the step
        logged.

        by: who takes it, a key of your own; country: that they speak for.
        expected_version: refuse with Conflict unless this is the present version.
        at: when it happened, if not now; neither before the last step nor in the future. Guards
            look at that day.

        Raises InvalidArgument (no such step, a guard refuses, something is not told: a violation
        for each), Conflict (somebody else changed the record), NotFound, Erased, ReadOnly, Busy.
        """
        request = {
            "id": id,
            "to": to,
            "by": by,
            "country": country,
            "reason": reason,
            "expected_version": expected_version,
            "at": None if at is None else _told(milliseconds("at", at)),
        }
        return _moved(json.loads(self._engine.transition(request_json(request))))

    def advance_calls(
        self, now: datetime | None = None, progress: Progress = None
    ) -> AdvancedCalls:
        """Opens and closes the calls of which the day has come, by ``clock``, in one transaction.
        O(records).

        now: another moment than the clock's.

        Raises ReadOnly, Busy.
        """
        moment = None if now is None else milliseconds("now", now)
        with reporting(progress) as callback:
            told = json.loads(self._engine.advance_calls(moment, callback))
        return AdvancedCalls(
            told["change"],
            _moment(told["now"]),
            tuple(_moved(each) for each in told["moved"]),
            tuple(
                HeldCall(each["id"], each["to"], _refusals(each["refusals"]))
                for each in told["held"]
            ),
        )

    def check_design(self, experiment: str) -> DesignReport:
        """Whether the design of an experiment is complete, and can reach the level that it claims.
        Raises NotFound, Erased, InvalidArgument for another kind of record."""
        return DesignReport(json.loads(self._engine.check_design(experiment)))


def _told(at: int) -> str:
    moment = instant(at)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
