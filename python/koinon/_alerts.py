"""What saved searches tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

from . import _html
from ._table import Rows


@dataclass(frozen=True)
class Alert:
    """A record that a saved search finds and that is new or changed."""

    change: int
    """That made or last changed the record."""
    record: str
    """Its id."""
    search: str
    """The name of the search."""


class Alerts(Rows[Alert]):
    """By change, then in the order of the searches: a sequence of :class:`Alert`.

    Frames have one row for each: change, record, search.
    """

    _schema = (("change", "l"), ("record", "u"), ("search", "u"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """They go up to this change: where to go on the next time."""
        self._alerts: dict[str, list[Any]] = data["alerts"]

    def _columns(self) -> dict[str, list[Any]]:
        return self._alerts

    def __len__(self) -> int:
        return len(self._alerts["change"])

    def _row(self, place: int) -> Alert:
        return Alert(**{name: values[place] for name, values in self._alerts.items()})

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns of the frames, as lists."""
        return {name: list(values) for name, values in self._alerts.items()}

    def __repr__(self) -> str:
        return f"<Alerts up to change {self.change}: {len(self)}>"

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                str(alert.change),
                f"<code>{_html.text(alert.record)}</code>",
                _html.text(alert.search),
            )
            for alert in shown
        ]
        caption = f"{len(self)} alerts up to change {self.change}"
        head = ("change", "record", "search")
        return _html.table(head, rows, caption, more=len(self) - len(shown))
