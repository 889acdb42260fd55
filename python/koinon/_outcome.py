"""What came of a call or a programme."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Mapping

from . import _engine, _html
from ._progress import Progress, reporting


@dataclass(frozen=True)
class OutcomeRecord:
    """A project, an initiative, a case or an uptake that came of it."""

    id: str
    title: str
    countries: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeCost:
    """Awards divided by the number of results, in one currency. It says nothing of what the money
    did: other money may be in the same results."""

    currency: str
    result: str
    """``project``, ``initiative``, ``case-study``, ``replication`` or ``country``."""
    results: int
    amount: Decimal


class Outcome:
    """What came of a call, or of all calls of a programme. Prints, and shows itself in a notebook."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """The state that it was drawn from."""
        self.id: str = data["id"]
        self.kind: str = data["kind"]
        self.title: str = data["title"]
        self.calls: tuple[str, ...] = tuple(data["calls"])
        self.bids: dict[str, int] = {each["code"]: each["count"] for each in data["bids"]}
        """By state."""
        self.awarded: dict[str, Decimal | None] = {
            each["currency"]: None if each["amount"] is None else Decimal(each["amount"])
            for each in data["awarded"]
        }
        """By currency; None where the engine's 64 bits do not hold it in minor units."""
        self.projects: tuple[OutcomeRecord, ...] = _records(data["projects"])
        self.initiatives: tuple[OutcomeRecord, ...] = _records(data["initiatives"])
        self.cases: tuple[OutcomeRecord, ...] = _records(data["cases"])
        self.uptakes: tuple[OutcomeRecord, ...] = _records(data["uptakes"])
        self.replicas: tuple[str, ...] = tuple(data["replicas"])
        """Ids of initiatives that replicate these, over any generations."""
        self.countries: tuple[str, ...] = tuple(data["countries"])
        self.reached: tuple[str, ...] = tuple(data["reached"])
        """Countries of the replicas, beyond those."""
        self.costs: tuple[OutcomeCost, ...] = tuple(
            OutcomeCost(**{**each, "amount": Decimal(each["amount"])}) for each in data["costs"]
        )

    def _rows(self) -> list[tuple[str, str]]:
        def counted(counts: Mapping[str, int]) -> str:
            return ", ".join(
                f"{count} {code or 'without a state'}" for code, count in counts.items()
            )

        def money(amount: Decimal | None) -> str:
            return "more than 64 bits hold" if amount is None else f"{amount:,}"

        return [
            ("bids", counted(self.bids)),
            ("awarded", ", ".join(f"{money(sum)} {name}" for name, sum in self.awarded.items())),
            ("projects", str(len(self.projects))),
            ("initiatives", str(len(self.initiatives))),
            ("cases", str(len(self.cases))),
            ("replications", str(len(self.replicas))),
            ("uptakes", str(len(self.uptakes))),
            ("countries", " ".join(self.countries)),
            ("reached beyond", " ".join(self.reached)),
            *(
                (f"for each {cost.result}", f"{cost.amount:,} {cost.currency}")
                for cost in self.costs
            ),
        ]

    def __str__(self) -> str:
        lines = [self.title or self.id]
        lines += [f"  {name}: {told}" for name, told in self._rows() if told]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return (
            f"<Outcome of {self.kind} {self.id!r}: {len(self.projects)} projects, "
            f"{len(self.cases)} cases, {len(self.replicas)} replications>"
        )

    def _repr_html_(self) -> str:
        rows = [(_html.text(name), _html.text(told)) for name, told in self._rows() if told]
        return _html.table(("of it", "came"), rows, _html.text(self.title or self.id))


def _records(told: list[Mapping[str, Any]]) -> tuple[OutcomeRecord, ...]:
    return tuple(
        OutcomeRecord(each["id"], each["title"], tuple(each["countries"])) for each in told
    )


class Outcomes:
    """The part of a catalogue that follows money to what came of it."""

    _engine: _engine.Catalogue

    def outcome(self, id: str, *, progress: Progress = None) -> Outcome:
        """What came of a call, or of all calls of a programme: bids by state, awards, projects, the
        initiatives and cases of these, who replicates them, the countries reached, and the money for
        each result. Raises NotFound, Erased, and InvalidArgument for another kind of record.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> _ = cat.put("call", {"titles": [{"language": "en", "text": "Homes first"}]}, "c")
        >>> _ = cat.put("project", {"acronym": "HOME", "call": "c"}, "p")
        >>> cat.outcome("c").projects[0].title
        'HOME'
        """
        with reporting(progress) as callback:
            return Outcome(json.loads(self._engine.outcome(id, callback)))
