"""What changed between two versions of a record, as a person reads it."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Mapping

from . import _engine, _html
from ._request import count
from ._table import Rows


@dataclass(frozen=True)
class WordRun:
    """A run of words that both texts have, or one of them."""

    what: str
    """``same``, ``removed`` or ``added``."""
    text: str


@dataclass(frozen=True)
class FieldDifference:
    """One field that is not the same."""

    path: str
    """``title``, ``participations[2].role``: places are those of the later version, of what was
    removed those of the earlier."""
    language: str
    """Of a text in languages, else empty."""
    what: str
    """``added``, ``removed`` or ``changed``."""
    before: str
    after: str
    words: tuple[WordRun, ...]
    """Of a text that changed: both, woven together."""


@dataclass(frozen=True)
class ComparedVersion:
    """One of the two versions."""

    version: int
    change: int
    at: datetime
    by: str


def _version(told: Mapping[str, Any]) -> ComparedVersion:
    at = datetime.fromisoformat(told["at"].replace("Z", "+00:00"))
    return ComparedVersion(told["version"], told["change"], at, told["by"])


_SHOWN = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}


class Differences(Rows[FieldDifference]):
    """The fields in which two versions differ: a sequence of :class:`FieldDifference`. Prints, words
    that went in ``[-…-]`` and words that came in ``{+…+}``; shows itself in a notebook."""

    _schema = (
        ("path", "u"),
        ("language", "u"),
        ("what", "u"),
        ("before", "u"),
        ("after", "u"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.id: str = data["id"]
        self.kind: str = data["kind"]
        self.start = _version(data["from"])
        self.end = _version(data["to"])
        self._fields = [
            FieldDifference(**{**each, "words": tuple(WordRun(**run) for run in each["words"])})
            for each in data["fields"]
        ]

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [getattr(each, name) for each in self._fields] for name, _ in self._schema}

    def __len__(self) -> int:
        return len(self._fields)

    def _row(self, place: int) -> FieldDifference:
        return self._fields[place]

    def __repr__(self) -> str:
        return (
            f"<Differences of {self.id}, versions {self.start.version} and {self.end.version}:"
            f" {len(self)} fields>"
        )

    def __str__(self) -> str:
        lines = [f"{self.id}, version {self.start.version} to {self.end.version}"]
        for each in self._fields:
            where = f"{each.path} ({each.language})" if each.language else each.path
            lines.append(f"{where}: {_in_words(each)}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [
            (_html.text(each.path), _html.text(each.language), _marked(each))
            for each in self._fields
        ]
        caption = f"{_html.text(self.id)}, version {self.start.version} to {self.end.version}"
        return _html.table(("field", "language", "change"), rows, caption)


def _runs(each: FieldDifference) -> tuple[WordRun, ...]:
    if each.words:
        return each.words
    parts = (WordRun("removed", each.before), WordRun("added", each.after))
    return tuple(run for run in parts if run.text)


def _in_words(each: FieldDifference) -> str:
    parts = []
    for run in _runs(each):
        begin, end = _SHOWN[run.what]
        bare = run.text.rstrip() if begin else run.text
        parts.append(f"{begin}{bare}{end}{run.text[len(bare):]}")
    return "".join(parts) if each.words else " ".join(parts)


def _marked(each: FieldDifference) -> str:
    tags = {"removed": "del", "added": "ins"}
    return "".join(
        (
            f"<{tags[run.what]}>{html.escape(run.text)}</{tags[run.what]}>"
            if run.what in tags
            else html.escape(run.text)
        )
        for run in _runs(each)
    )


class Comparing:
    """The part of a catalogue that lays versions side by side."""

    _engine: _engine.Catalogue

    def differences(
        self, id: str, from_version: int | None = None, to_version: int | None = None
    ) -> Differences:
        """What changed between two versions of a record. None: the latest version, and the one
        before the other. Raises NotFound, Erased.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> title = lambda told: {"names": [{"language": "en", "text": told}]}
        >>> made = cat.put("initiative", title("Homes first"))
        >>> made = cat.put("initiative", title("Homes for all first"), made.id)
        >>> cat.differences(made.id)[0].words[1].text
        'for all '
        """
        told = self._engine.differences(
            id, count("from_version", from_version or 0), count("to_version", to_version or 0)
        )
        return Differences(json.loads(told))
