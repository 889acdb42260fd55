"""Who is who: organisations that are one, decisions about that, and how to take them back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Mapping

from . import _engine, _html
from ._progress import Progress, reporting
from ._request import count
from ._table import Rows


@dataclass(frozen=True)
class DecisionEntry:
    """A decision about two organisations, as the log has it."""

    id: str
    left: str
    right: str
    verdict: str
    """``same``, ``different``, ``unsure``; ``withdrawn`` takes another back and says no more."""
    holds: bool
    """Not taken back."""
    decided_by: str = ""
    """``rule:...`` for a rule, which a person's word outweighs."""
    decided_on: str = ""
    reason: str = ""
    undoes: str = ""
    """Id of the decision that this one takes back."""
    probability: float | None = None
    """Of the two being one, where a rule gave it."""


def _entry(row: tuple[str, bool, str]) -> DecisionEntry:
    id, holds, body = row
    told = json.loads(body)
    probability = told.pop("probability", None)
    return DecisionEntry(
        id=id,
        holds=holds,
        probability=None if probability is None else float(probability),
        **told,
    )


@dataclass(frozen=True)
class IdentityConflict:
    """Two organisations that may not be one, and the chain by which they would be."""

    left: str
    right: str
    by_person: bool
    """A person keeps them apart; else different identifiers of one scheme do."""
    stands: bool
    """People's own decisions make them one all the same."""
    chain: tuple[tuple[str, str, bool], ...]
    """From left to right: each two ids, and whether a person made them one."""


def _conflicts(rows: list[dict[str, Any]]) -> tuple[IdentityConflict, ...]:
    return tuple(IdentityConflict(**{**row, "chain": tuple(row["chain"])}) for row in rows)


@dataclass(frozen=True)
class MatchReport:
    """What a run of the rule came to."""

    organisations: int
    pairs: int
    """Compared."""
    same: int
    """That the rule takes for one: the links of its groups."""
    unsure: int
    """That it asks people about."""
    added: int
    dropped: int
    change: int
    """Of the journal; 0 where nothing changed."""
    seconds: float
    conflicts: tuple[IdentityConflict, ...]
    proposed: tuple[DecisionEntry, ...]
    """Of a dry run: what it would add."""


@dataclass(frozen=True)
class OrganisationIdentity:
    """An organisation as merged, and what it was made of."""

    change: int
    id: str
    """The smallest id of its members; networks and partners use it."""
    members: tuple[str, ...]
    """Ids of the records that are one."""
    merged: dict[str, Any]
    """Their records taken together, as a record."""
    crosswalk: dict[str, dict[str, list[str]]]
    """Scheme, value, and the ids of the records that have it."""
    differing: tuple[str, ...]
    """Schemes of which one body has one value, and members have none in common."""
    decisions: tuple[DecisionEntry, ...]
    """About any member, those taken back too."""
    conflicts: tuple[IdentityConflict, ...]

    def _repr_html_(self) -> str:
        rows = [
            (_html.text(scheme), "<br>".join(_html.text(value) for value in values))
            for scheme, values in self.crosswalk.items()
        ]
        caption = f"{_html.text(self.id)}: {len(self.members)} records"
        return _html.table(("scheme", "identifier"), rows, caption)


@dataclass(frozen=True)
class ReviewItem:
    """A pair of organisations that a person should look at."""

    decision: str
    """Id of the rule's decision that asks."""
    left: str
    right: str
    left_name: str
    right_name: str
    probability: float
    stake: float
    """Participations of the lesser of the two, and 1."""
    value: float
    """Stake times the entropy of the probability, in bits."""
    reason: str
    """The rule's grounds: what was compared, and how it moved the logarithm of the odds."""


class ReviewQueue(Rows[ReviewItem]):
    """Pairs to look at, the most valuable first: a sequence of :class:`ReviewItem`."""

    _schema = (
        ("decision", "u"),
        ("left", "u"),
        ("right", "u"),
        ("left_name", "u"),
        ("right_name", "u"),
        ("probability", "g"),
        ("stake", "g"),
        ("value", "g"),
        ("reason", "u"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.total: int = data["total"]
        """Pairs in all, these and others."""
        self._data: dict[str, list[Any]] = data["items"]

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["left"])

    def _row(self, place: int) -> ReviewItem:
        return ReviewItem(**{name: self._data[name][place] for name, _ in self._schema})

    def __repr__(self) -> str:
        return f"<ReviewQueue: {len(self)} of {self.total}>"

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(one.left_name or one.left),
                _html.text(one.right_name or one.right),
                f"{one.probability:.2f}",
                f"{one.stake:g}",
                _html.text(one.reason),
            )
            for one in shown
        ]
        head = ("one", "other", "probability", "stake", "grounds")
        return _html.table(head, rows, f"{self.total} pairs", more=len(self) - len(shown))


class WhoIsWho:
    """The part of a catalogue that tells which organisations are one. Nothing of their records
    changes by it, ever: decisions are records beside them, and each can be taken back."""

    _engine: _engine.Catalogue

    def match(
        self,
        *,
        threshold: float = 0.9,
        support: float = 0.5,
        review: int = 1000,
        dry_run: bool = False,
        by: str = "",
        progress: Progress = None,
    ) -> MatchReport:
        """Looks through all organisations for those that are one, by identifiers, names, places and
        kinds, and writes what it finds as decisions by rule, in one transaction.

        Two are taken for the same from the probability ``threshold`` on, and two groups for one
        from the mean ``support`` of all pairs between them on. The ``review`` most valuable pairs
        that the rule is unsure of are put before people. The same run again writes nothing;
        ``dry_run`` tells what it would write. Ctrl-C stops it, and nothing is written. Raises
        InvalidArgument."""
        with reporting(progress) as callback:
            told = self._engine.match(
                threshold, support, count("review", review), dry_run, by, callback
            )
        told["conflicts"] = _conflicts(told["conflicts"])
        told["proposed"] = tuple(_entry(row) for row in told["proposed"])
        return MatchReport(**told)

    def decide(self, left: str, right: str, verdict: str, reason: str = "", *, by: str = "") -> str:
        """Says of two organisations that they are ``"same"``, ``"different"``, or that you are
        ``"unsure"``; gives the id of the decision. It goes before any rule, and takes an earlier
        word of a person on the two back. Raises NotFound and InvalidArgument."""
        return self._engine.decide(left, right, verdict, reason, by)

    def undo(self, decision: str, reason: str = "", *, by: str = "") -> str:
        """Takes a decision back, whoever took it; gives the id of the decision that says so, which
        can be taken back itself. Organisations, and exports of the state, are then as if it had
        never been; the history keeps both. Raises NotFound, and InvalidArgument for what does not
        hold.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> a, b = (
        ...     cat.put("organisation", {"names": [{"text": name, "language": "en"}]}).id
        ...     for name in ("TU Wien", "Vienna University of Technology")
        ... )
        >>> decision = cat.decide(a, b, "same", "its own web site", by="an editor")
        >>> len(cat.identity(a).members)
        2
        >>> undone = cat.undo(decision)
        >>> len(cat.identity(a).members)
        1
        """
        return self._engine.undo_decision(decision, reason, by)

    def identity(self, id: str, progress: Progress = None) -> OrganisationIdentity:
        """An organisation as merged: who is one with it and why, and what it is called in each
        register. Raises NotFound."""
        with reporting(progress) as callback:
            told = self._engine.identity(id, callback)
        rows = told["crosswalk"]
        return OrganisationIdentity(
            change=told["change"],
            id=told["id"],
            members=tuple(told["members"]),
            merged=json.loads(told["merged"]),
            crosswalk={scheme: values for scheme, _, values in rows},
            differing=tuple(scheme for scheme, conflict, _ in rows if conflict),
            decisions=tuple(_entry(row) for row in told["decisions"]),
            conflicts=_conflicts(told["conflicts"]),
        )

    def review(self, limit: int = 20, offset: int = 0, progress: Progress = None) -> ReviewQueue:
        """Pairs that the rule is unsure of and that nobody has settled, the most valuable first."""
        with reporting(progress) as callback:
            return ReviewQueue(
                self._engine.review(count("limit", limit), count("offset", offset), callback)
            )

    def identity_conflicts(self, progress: Progress = None) -> tuple[IdentityConflict, ...]:
        """Organisations that decisions chain together and that may not be one: a person keeps them
        apart, or different identifiers of one scheme do."""
        with reporting(progress) as callback:
            return _conflicts(self._engine.identity_conflicts(callback))
