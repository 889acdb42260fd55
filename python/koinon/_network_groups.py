"""Organisations of a network that belong together: its communities or components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from . import _html
from ._table import Rows

_SHOWN = 3  # members and countries of a group, where it is shown


@dataclass(frozen=True)
class NetworkGroup:
    """A community or component."""

    number: int
    """As the measure tells it of each member."""
    size: int
    inside: float
    """Of the strength of the ties that any member has, the part that lies between two of them: 1
    where none leads out, not a number where there are none."""
    countries: Mapping[str, int]
    """How many are of each, the most first; ``""`` where none is told."""
    members: tuple[str, ...]
    """Ids, by falling strength."""
    names: tuple[str, ...]
    """Beside ``members``."""


class NetworkGroups(Rows[NetworkGroup]):
    """Groups, the largest first: a sequence of :class:`NetworkGroup`."""

    _schema = (
        ("number", "l"),
        ("size", "l"),
        ("inside", "g"),
        ("countries", "+l"),
        ("members", "+l"),
        ("names", "+l"),
    )

    def __init__(self, data: Mapping[str, Any], ids: Sequence[str], names: Sequence[str]) -> None:
        self.change: int = data["change"]
        """The change of the catalogue that the network shows."""
        self.modularity: float = data["modularity"]
        """Of communities."""
        self._counts: list[dict[str, int]] = [dict(each) for each in data["countries"]]
        self._data: dict[str, list[Any]] = {
            "number": data["number"],
            "size": [len(members) for members in data["members"]],
            "inside": data["inside"],
            "countries": [list(counts) for counts in self._counts],
            "members": [[ids[number] for number in members] for members in data["members"]],
            "names": [[names[number] for number in members] for members in data["members"]],
        }

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["number"])

    def _row(self, place: int) -> NetworkGroup:
        row = {name: values[place] for name, values in self._data.items()}
        row["countries"] = self._counts[place]
        for name in ("members", "names"):
            row[name] = tuple(row[name])
        return NetworkGroup(**row)

    def _cells(self, group: NetworkGroup) -> list[str]:
        known = [name or id for id, name in zip(group.members[:_SHOWN], group.names)]
        counts = list(group.countries.items())[:_SHOWN]
        countries = ", ".join(f"{code or '?'} {count}" for code, count in counts)
        return [
            str(group.number),
            str(group.size),
            f"{group.inside:.2f}",
            countries + (", …" if len(group.countries) > _SHOWN else ""),
            "; ".join(known) + ("; …" if group.size > _SHOWN else ""),
        ]

    def __repr__(self) -> str:
        return f"<NetworkGroups: {len(self)}, modularity {self.modularity:.3g}>"

    def __str__(self) -> str:
        lines = [repr(self)]
        lines += ["  ".join(self._cells(group)) for group in self[: _html.ROWS]]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [[_html.text(cell) for cell in self._cells(group)] for group in shown]
        head = ("number", "size", "inside", "countries", "most strength")
        caption = f"modularity {self.modularity:.3g}"
        return _html.table(head, rows, caption, more=len(self) - len(shown))
