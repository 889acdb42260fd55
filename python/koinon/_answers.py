"""What answers that came as JSON share."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Iterable, Mapping, Sequence, TypeVar

from . import _html
from ._network import Day, date_tuple
from ._table import Rows

_Row = TypeVar("_Row", covariant=True)


class Listed(Rows[_Row]):
    """Rows out of a list of JSON objects, each made when it is asked for."""

    _list: Sequence[Mapping[str, Any]]

    def _made(self, row: Mapping[str, Any]) -> _Row:
        raise NotImplementedError

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [row[name] for row in self._list] for name, _ in self._schema}

    def __len__(self) -> int:
        return len(self._list)

    def _row(self, place: int) -> _Row:
        return self._made(self._list[place])

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns of the frames, as lists."""
        return self._columns()


def today() -> tuple[int, int, int]:
    """The day in UTC."""
    now = datetime.now(timezone.utc)
    return now.year, now.month, now.day


def day_or_today(name: str, day: Day) -> tuple[int, int, int]:
    """Year, month and day; today's where none is told."""
    return today() if day is None else date_tuple(name, day)


def span(period: Mapping[str, str]) -> str:
    """A period for people; "" where nothing of it is told."""
    if not period["from"] and not period["to"]:
        return ""
    return f"{period['from'] or '…'} to {period['to'] or '…'}"


def first_text(texts: Iterable[Mapping[str, str]], language: str = "en") -> str:
    """The text in a language, else the first."""
    told = [text for text in texts if text["text"]]
    for text in told:
        if text["language"] == language:
            return text["text"]
    return told[0]["text"] if told else ""


def definition(name: str, value: object) -> tuple[str, str]:
    """A row of a card."""
    return _html.text(name), _html.text(value, 1000)
