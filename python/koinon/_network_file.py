"""Partnership networks as files: what :meth:`Network.save` wrote, and files of other programs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Iterator, Sequence

from . import _engine
from ._network import Path, _numbers
from ._optional import require

if TYPE_CHECKING:
    import networkx

    from ._network import Counts, Floats


class NetworkFile:
    """A network as a file tells it: arrays as of :class:`Network`, organisations numbered from 0 by
    rising id. It iterates over ids."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.change: int = data["change"]
        """The change of the catalogue that it shows; 0 where the file does not tell it."""
        self.organisations: Sequence[str] = tuple(data["organisations"])
        """Ids, by number."""
        self.names: Sequence[str] = tuple(data["names"])
        """Empty texts where the file has none, as in the next two."""
        self.countries: Sequence[str] = tuple(data["countries"])
        self.kinds: Sequence[str] = tuple(data["kinds"])
        self._ties: tuple[bytes, bytes, bytes] = data["ties"]
        self.measures: dict[str, Sequence[float]] = {
            name: memoryview(column).cast("d").tolist()
            for name, column in zip(data["measures"], data["columns"])
        }
        """All columns of numbers that stand beside organisations; NaN where a value is missing."""

    def __len__(self) -> int:
        return len(self.organisations)

    def __iter__(self) -> Iterator[str]:
        return iter(self.organisations)

    def ties(self) -> tuple[Counts, Counts, Floats]:
        """Each tie once: from, to (the larger number), strength. Needs numpy."""
        start, end, strength = self._ties
        return _numbers(start, "u4"), _numbers(end, "u4"), _numbers(strength, "f8")

    def to_networkx(self) -> networkx.Graph:
        """Nodes with name, country, kind and measures, edges with weight. Needs networkx."""
        graph = require("networkx", "to_networkx()").Graph()
        for number, id in enumerate(self.organisations):
            values: dict[str, Any] = {
                name: column[number] for name, column in self.measures.items()
            }
            values["name"], values["country"] = self.names[number], self.countries[number]
            values["kind"] = self.kinds[number]
            graph.add_node(id, **values)
        start, end, strength = (memoryview(array) for array in self._ties)
        rows = zip(start.cast("I"), end.cast("I"), strength.cast("d"))
        for one, other, weight in rows:
            graph.add_edge(self.organisations[one], self.organisations[other], weight=weight)
        return graph

    def __repr__(self) -> str:
        return f"<NetworkFile of {len(self)} organisations>"


def read_network(path: Path, format: str | None = None) -> NetworkFile:
    """What :meth:`Network.save` wrote, to the last bit; and as much of a network as the file of
    another program holds. ``format`` is one of ``network_formats()``, or told by the ending of
    ``path``. A tie without a weight has strength 1, ties between the same two are added up whatever
    their direction, ties of one with itself are left out. Raises InvalidInput, which tells the
    line, for what is no network and for one saved with ``two_mode``; InvalidArgument, InputOutput.
    """
    return NetworkFile(_engine.read_network(os.fsencode(path), format or ""))
