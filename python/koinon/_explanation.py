"""Why a record is in an answer, or is not."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Mapping, NamedTuple

from . import _html
from ._table import Table


@dataclass(frozen=True)
class ExplainedPart:
    """What one part of a question adds to a hit's score, or that it is not there."""

    what: str
    """The part: a word, ``"a phrase"``, ``begin*``."""
    language: str
    """Of the stem that matched; empty for the word itself."""
    matched: bool
    required: bool
    excluded: bool
    """Must not match."""
    score: float
    """The sum over all parts is the hit's score."""
    share: float
    """Of the whole score, 0 to 1."""
    records: int
    """That have it, in the whole catalogue."""
    signal: str = "words"
    """``words``, ``concepts``, ``spelling`` or ``meaning``."""


class Reason(NamedTuple):
    """Why a record is not found."""

    code: str
    """``not-there``, ``removed``, ``erased``, ``not-indexed`` (a kind that search does not know),
    ``draft`` (only ``unpublished`` shows it), ``filtered-out``, ``missing`` (a part that must
    match), ``excluded``, ``no-term`` (it has no word of the question), ``other-language`` (its
    texts are in other languages than the question's); stable, for programs."""
    message: str
    """For people."""


@dataclass(frozen=True)
class Explanation(Table):
    """Why a record is in an answer, or is not.

    Frames have one row for each part: what, language, matched, required, excluded, score, share,
    records, signal.
    """

    id: str
    change: int
    """It holds for the catalogue after this change."""
    found: bool
    score: float
    rank: int
    """1 for the first; 0 where it is not found."""
    parts: tuple[ExplainedPart, ...]
    reasons: tuple[Reason, ...]
    """Why it is not found, every one; empty where it is."""

    _schema = (
        ("what", "u"),
        ("language", "u"),
        ("matched", "b"),
        ("required", "b"),
        ("excluded", "b"),
        ("score", "g"),
        ("share", "g"),
        ("records", "l"),
        ("signal", "u"),
    )

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> Explanation:
        columns = data["parts"]
        rows = zip(*columns.values())
        parts = tuple(ExplainedPart(**dict(zip(columns, row))) for row in rows)
        reasons = tuple(Reason(*told) for told in data["reasons"])
        return cls(**{**data, "parts": parts, "reasons": reasons})

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [getattr(part, name) for part in self.parts] for name, _ in self._schema}

    def to_dict(self) -> dict[str, Any]:
        """All of it, as plain values."""
        return {**asdict(self), "reasons": [reason._asdict() for reason in self.reasons]}

    def _verdict(self) -> str:
        if self.found:
            return f"found, rank {self.rank}, score {self.score:.2f}"
        return "not found: " + ", ".join(dict.fromkeys(reason.code for reason in self.reasons))

    def __repr__(self) -> str:
        return f"<Explanation of {self.id}: {self._verdict()}>"

    def __str__(self) -> str:
        parts = [
            f"  {part.score:6.2f}  {part.share:4.0%}  {part.what} ({_role(part)})"
            for part in self.parts
        ]
        reasons = [f"  {reason.code}: {reason.message}" for reason in self.reasons]
        return "\n".join([f"{self.id}: {self._verdict()}", *reasons, *parts])

    def _repr_html_(self) -> str:
        caption = [f"<code>{_html.text(self.id)}</code>: {_html.text(self._verdict())}"]
        caption += [_html.text(reason.message) for reason in self.reasons]
        if not self.parts:
            return f"<p>{'<br>'.join(caption)}</p>"
        shown = self.parts[: _html.ROWS]
        rows = [
            (
                _html.text(part.what),
                _html.text(part.language),
                _role(part),
                f"{part.score:.2f}",
                _html.bar(round(100 * part.share), 100) + " %",
                f"{part.records:,}",
            )
            for part in shown
        ]
        head = ("part", "language", "", "score", "share", "records")
        return _html.table(head, rows, "<br>".join(caption), more=len(self.parts) - len(shown))


def _role(part: ExplainedPart) -> str:
    matched = "matched" if part.matched else "not there"
    return matched + (", excluded" if part.excluded else ", required" if part.required else "")
