"""Lineage: which initiatives replicate which, and how long that takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Mapping

from . import _html
from ._optional import require
from ._plots import lineage_tree, survival_steps
from ._table import Rows, Table

if TYPE_CHECKING:
    import networkx
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class LineageInitiative:
    """An initiative of a lineage."""

    id: str
    name: str
    """Its first; empty where there is none."""
    present: bool
    """False: replications name it, and there is no such initiative now."""
    nearest: int
    """Generations from the one asked about: the fewest replications,"""
    farthest: int
    """and the most."""
    countries: tuple[str, ...]
    """Of its origin, and of the places of its case studies but seats and partners'; sorted."""


@dataclass(frozen=True)
class LineageReplication:
    """A replication between two initiatives of a lineage."""

    id: str
    """Of the record."""
    parent: str
    child: str
    kind: str
    """Of the vocabulary ``replication-kinds``; empty when unknown."""
    date: str
    """``2021``, ``2021-05`` or ``2021-05-17``; empty when unknown."""
    fidelity: float
    """How much of the parent the child kept, 0 to 1; NaN when unknown."""
    confidence: float
    """How sure it is that this happened, 0 to 1; NaN when unknown."""
    partnership: str
    """Whether it went along an earlier partnership: ``earlier``, ``same`` (one organisation on both
    sides), ``none`` or ``unknown``."""
    implied: bool
    """Whether a longer chain leads from parent to child as well."""
    changes: tuple[Mapping[str, str], ...]
    """What was adapted: ``{"language": "en", "text": "…"}`` for each language."""
    evidence: tuple[Mapping[str, str], ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class LineageGeneration:
    """The initiatives that are as many replications away at least."""

    generation: int
    """0: the initiative itself."""
    initiatives: int
    countries: tuple[str, ...]
    new_countries: tuple[str, ...]
    """Those of no generation before."""


class Replications(Rows[LineageReplication]):
    """Replications, a parent's after those that led to it: a sequence of
    :class:`LineageReplication`. Frames leave texts and links out."""

    _schema = (
        ("id", "u"),
        ("parent", "u"),
        ("child", "u"),
        ("kind", "u"),
        ("date", "u"),
        ("fidelity", "g"),
        ("confidence", "g"),
        ("partnership", "u"),
        ("implied", "b"),
    )

    def __init__(self, columns: dict[str, list[Any]]) -> None:
        self._data = columns

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["id"])

    def _row(self, place: int) -> LineageReplication:
        row = {name: values[place] for name, values in self._data.items()}
        for name in ("changes", "evidence", "links"):
            row[name] = tuple(row[name])
        return LineageReplication(**row)

    def __repr__(self) -> str:
        return f"<Replications: {len(self)}>"

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(one.parent),
                _html.text(one.child),
                _html.text(one.kind),
                _html.text(one.date),
                _html.text(one.changes[0]["text"] if one.changes else ""),
            )
            for one in shown
        ]
        head = ("parent", "child", "kind", "date", "changes")
        return _html.table(head, rows, more=len(self) - len(shown))


class Lineage:
    """What an initiative replicates and what replicates it. Prints, and shows itself in a notebook,
    as a tree."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.initiative: LineageInitiative = _initiative(data["initiative"])
        self.ancestors: tuple[LineageInitiative, ...] = tuple(map(_initiative, data["ancestors"]))
        """By nearest, then id; so are descendants."""
        self.descendants: tuple[LineageInitiative, ...] = tuple(
            map(_initiative, data["descendants"])
        )
        self.replications = Replications(data["replications"])
        """Between all of these."""
        self.direct: int = data["direct"]
        """Initiatives that replicate it themselves."""
        self.total: int = data["total"]
        """Descendants."""
        self.depth: int = data["depth"]
        """Replications of the longest chain below it."""
        self.countries: tuple[str, ...] = tuple(data["countries"])
        """Of its descendants."""
        self.generations: tuple[LineageGeneration, ...] = tuple(
            map(_generation, data["generations"])
        )
        """Itself, and its descendants by nearest."""
        self.partnerships: Mapping[str, int] = data["partnerships"]
        """Replications below it, by ``unknown``, ``none``, ``same`` and ``earlier``."""
        self.along_partnership: float | None = data["along_partnership"]
        """Share of those that went along an earlier partnership among those of which it is known;
        None where it is of none."""

    @property
    def id(self) -> str:
        """Of the initiative asked about."""
        return self.initiative.id

    def to_networkx(self) -> networkx.MultiDiGraph:
        """Ancestors, itself and descendants: nodes with name, countries, and generation (ancestors
        below 0); an edge for each replication, by its id, with kind, date, fidelity, confidence,
        partnership and implied. Needs networkx."""
        graph = require("networkx", "to_networkx()").MultiDiGraph()
        sides = ((self.ancestors, -1), ((self.initiative,), 1), (self.descendants, 1))
        for initiatives, sign in sides:
            for one in initiatives:
                graph.add_node(
                    one.id,
                    name=one.name,
                    countries=list(one.countries),
                    generation=sign * one.nearest,
                )
        for edge in self.replications:
            graph.add_edge(
                edge.parent,
                edge.child,
                key=edge.id,
                kind=edge.kind,
                date=edge.date,
                fidelity=edge.fidelity,
                confidence=edge.confidence,
                partnership=edge.partnership,
                implied=edge.implied,
            )
        return graph

    def plot(self, ax: Axes | None = None) -> Axes:
        """Initiatives in columns by generation, joined by arrows. Needs matplotlib; returns the
        axes."""
        return lineage_tree(self, ax)

    def _tree(self) -> list[str]:
        """A line for the initiative and each replication below it; whoever came over others as well,
        or stands there already, is not followed again."""
        known = {one.id: one for one in (self.initiative, *self.ancestors, *self.descendants)}
        below: dict[str, list[LineageReplication]] = {}
        for edge in self.replications:
            below.setdefault(edge.parent, []).append(edge)
        lines = [_named(self.initiative)]
        shown = {self.id}
        waiting = [(edge, "") for edge in reversed(below.get(self.id, ()))]
        while waiting:
            edge, indent = waiting.pop()
            last = edge is below[edge.parent][-1]
            told = ", ".join(part for part in (edge.date or "undated", edge.kind) if part)
            note = " also by way of others" if edge.implied else ""
            if not edge.implied and edge.child in shown:
                note = " see above"
            lines.append(
                f"{indent}{'└─' if last else '├─'} [{told}] {_named(known[edge.child])}{note}"
            )
            if note:
                continue
            shown.add(edge.child)
            further = indent + ("   " if last else "│  ")
            waiting += [(next, further) for next in reversed(below.get(edge.child, ()))]
        return lines

    def __repr__(self) -> str:
        return (
            f"<Lineage of {self.id}: {len(self.ancestors)} ancestors, {self.total} descendants,"
            f" {self.depth} deep>"
        )

    def __str__(self) -> str:
        return "\n".join(self._tree())

    def _repr_html_(self) -> str:
        lines = self._tree()
        shown = lines[: 3 * _html.ROWS]
        more = [f"… and {len(lines) - len(shown)} more"] if len(lines) > len(shown) else []
        above = ", ".join(_named(one) for one in self.ancestors[: _html.ROWS])
        parts = [f"<pre>{_html.text(chr(10).join([*shown, *more]), 20000)}</pre>"]
        if above:
            parts.insert(0, f"<p>replicates {_html.text(above, 2000)}</p>")
        rows = [
            (
                str(each.generation),
                str(each.initiatives),
                _html.text(" ".join(each.countries)),
                _html.text(" ".join(each.new_countries)),
            )
            for each in self.generations
        ]
        head = ("generation", "initiatives", "countries", "new countries")
        return "".join([*parts, _html.table(head, rows)])


@dataclass(frozen=True)
class ReplicationTime:
    """How long an initiative took to be replicated, or has not been."""

    id: str
    start: str
    """``2021``, ``2021-05`` or ``2021-05-17``: a month or year counts as its first day."""
    first: str
    """The replication that ended the wait; empty where it has not ended."""
    days: int
    replicated: bool
    """False: censored at the day asked for."""


class SurvivalCurve(Table):
    """The share not yet replicated, a row for each day on which any time ended or was censored:
    days, at_risk, replicated, censored, survival, variance (Greenwood's), lower and upper (95 %
    interval by log(-log)). The last three are NaN once survival is 0."""

    _schema = (
        ("days", "l"),
        ("at_risk", "l"),
        ("replicated", "l"),
        ("censored", "l"),
        ("survival", "g"),
        ("variance", "g"),
        ("lower", "g"),
        ("upper", "g"),
    )

    def __init__(self, columns: dict[str, list[Any]]) -> None:
        self._data = columns

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["days"])

    def at(self, days: float) -> float:
        """The share not yet replicated after so many days; 1 before the first."""
        share = 1.0
        for day, survival in zip(self._data["days"], self._data["survival"]):
            if day > days:
                break
            share = survival
        return share

    def plot(self, ax: Axes | None = None) -> Axes:
        """The curve over the years with its interval. Needs matplotlib; returns the axes."""
        return survival_steps(self._data, ax)

    def __repr__(self) -> str:
        return f"<SurvivalCurve of {len(self)} steps>"

    def _repr_html_(self) -> str:
        shown = min(len(self), _html.ROWS)
        names = [name for name, _ in self._schema]
        rows = [
            [
                f"{self._data[name][place]:.4g}" if kind == "g" else str(self._data[name][place])
                for name, kind in self._schema
            ]
            for place in range(shown)
        ]
        return _html.table(names, rows, more=len(self) - shown)


class ReplicationTimes(Rows[ReplicationTime]):
    """Times to the first replication, by id: a sequence of :class:`ReplicationTime`, and the
    :class:`SurvivalCurve` that they make."""

    _schema = (("id", "u"), ("start", "u"), ("first", "u"), ("days", "l"), ("replicated", "b"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self._times: dict[str, list[Any]] = data["times"]
        self.curve = SurvivalCurve(data["curve"])
        self.median: int | None = data["median"]
        """First day on which half or more were replicated; None where that was not reached."""
        self.undated: int = data["undated"]
        """Left out: no start is known."""
        self.later: int = data["later"]
        """Left out: they start after the day asked for."""
        self.contradictory: int = data["contradictory"]
        """Left out: a replication surely lies before their start."""
        self.undated_replications: int = data["undated_replications"]
        """Left out: replicated, but no replication has a date."""
        self.rough: int = data["rough"]
        """Of the times, those with a date that names no day."""

    def _columns(self) -> dict[str, list[Any]]:
        return self._times

    def __len__(self) -> int:
        return len(self._times["id"])

    def _row(self, place: int) -> ReplicationTime:
        return ReplicationTime(**{name: self._times[name][place] for name, _ in self._schema})

    def plot(self, ax: Axes | None = None) -> Axes:
        """The survival curve over the years. Needs matplotlib; returns the axes."""
        return self.curve.plot(ax)

    def __repr__(self) -> str:
        replicated = sum(self._times["replicated"])
        return f"<ReplicationTimes of {len(self)} initiatives, {replicated} replicated>"

    def _repr_html_(self) -> str:
        return self.curve._repr_html_()


def _initiative(data: Mapping[str, Any]) -> LineageInitiative:
    return LineageInitiative(**{**data, "countries": tuple(data["countries"])})


def _generation(data: Mapping[str, Any]) -> LineageGeneration:
    return LineageGeneration(
        data["generation"],
        data["initiatives"],
        tuple(data["countries"]),
        tuple(data["new_countries"]),
    )


def _named(one: LineageInitiative) -> str:
    told = [one.id, *one.countries] if one.name else [*one.countries]
    if not one.present:
        told.append("not in the catalogue")
    return f"{one.name or one.id} ({', '.join(told)})" if told else one.name or one.id
