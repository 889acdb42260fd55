"""Peer learning: who offers what another seeks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Iterable, Mapping

from . import _engine, _html
from ._answers import Listed
from ._network import Day, date_tuple
from ._progress import Progress, reporting
from ._request import count, strings


@dataclass(frozen=True)
class PeerPair:
    """One who gives and one who takes."""

    giver: str
    giver_name: str
    taker: str
    taker_name: str
    weight: float
    themes: tuple[str, ...]
    """That the giver offers and the taker seeks."""
    back: tuple[str, ...]
    """That go the other way."""
    languages: tuple[str, ...]
    offers: tuple[str, ...]
    """Ids of the offers concerned, of both sides."""

    def __str__(self) -> str:
        back = f", and back {', '.join(self.back)}" if self.back else ""
        spoken = f" in {', '.join(self.languages)}" if self.languages else ""
        return f"{self.giver_name} → {self.taker_name}: {', '.join(self.themes)}{back}{spoken}"


@dataclass(frozen=True)
class Unpaired:
    """Who seeks something and has no pair."""

    id: str
    name: str
    why: str
    """``no-offer``, ``same-country``, ``no-language`` or ``full``."""


class Peers(Listed[PeerPair]):
    """Pairs by giver, then taker. Frames have one row for each: giver, giver_name, taker,
    taker_name, weight, themes, back, languages, offers."""

    _schema = (
        ("giver", "u"),
        ("giver_name", "u"),
        ("taker", "u"),
        ("taker_name", "u"),
        ("weight", "g"),
        ("themes", "+l"),
        ("back", "+l"),
        ("languages", "+l"),
        ("offers", "+l"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        self.possible: int = data["possible"]
        """Pairs that pass."""
        self.weight: float = data["weight"]
        """Of all pairs together."""
        self.least_taken: int = data["least_taken"]
        """Fewest pairs of anybody who could take."""
        self.unpaired: tuple[Unpaired, ...] = tuple(Unpaired(**each) for each in data["unpaired"])
        self.peers: list[dict[str, Any]] = data["peers"]
        """Who offers or seeks anything: id, name, countries, languages, gives, takes, could_take."""
        self._list = data["pairs"]

    def _made(self, row: Mapping[str, Any]) -> PeerPair:
        lists = ("themes", "back", "languages", "offers")
        return PeerPair(**{**row, **{name: tuple(row[name]) for name in lists}})

    def __repr__(self) -> str:
        return f"<Peers: {len(self)} of {self.possible} pairs, worth {self.weight:g}>"

    def __str__(self) -> str:
        lines = [repr(self)[1:-1], *(f"  {pair}" for pair in self[: _html.ROWS])]
        lines += [f"  no pair: {one.name} ({one.why})" for one in self.unpaired[: _html.ROWS]]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(pair.giver_name),
                _html.text(pair.taker_name),
                _html.text(", ".join(pair.themes)),
                _html.text(", ".join(pair.back)),
                _html.text(", ".join(pair.languages)),
                f"{pair.weight:g}",
            )
            for pair in shown
        ]
        head = ("gives", "takes", "themes", "back", "languages", "worth")
        return _html.table(head, rows, repr(self)[1:-1], more=len(self) - len(shown))


class PeerLearning:
    """The part of a catalogue that pairs organisations to learn from each other."""

    _engine: _engine.Catalogue

    def peers(
        self,
        organisation: str | Iterable[str] = (),
        *,
        theme: str | Iterable[str] = (),
        as_of: Day = None,
        most_given: int = 3,
        most_taken: int = 3,
        theme_weight: float = 1.0,
        back_weight: float = 0.5,
        language_weight: float = 0.125,
        balanced: bool = True,
        across_borders: bool = True,
        common_language: bool = True,
        progress: Progress = None,
    ) -> Peers:
        """Pairs for learning from each other: one offers what the other seeks.

        organisation: organisations or centres; none: all.
        theme: pairs on any of these alone.
        as_of: the day for which offers must hold; None: whatever their dates.
        most_given, most_taken: pairs in which one gives, and in which one takes, at most.
        theme_weight, back_weight, language_weight: what a theme is worth, one that goes the other
            way as well, and each further language in common; 0 to 1,000.
        balanced: pairs go first to those who have the fewest, of all ways to do that the worthiest
            are taken, and of these the one that loads givers most evenly; False: the worthiest
            pairs first, and of all ways to do that the one that loads both sides most evenly.
        across_borders, common_language: only pairs of different countries, and with a language in
            common.

        Raises NotFound, Erased, InvalidArgument.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> def put(id, country, **more):
        ...     place = {"addresses": [{"country": country}], "languages": ["en"]}
        ...     return cat.put("organisation", {"names": [{"text": id, "language": "en"}], **place, **more}, id)
        >>> _ = put("Aalto", "FI", offers=["housing"]), put("Borg", "SE", seeks=["housing"])
        >>> print(cat.peers()[0])
        Aalto → Borg: housing in en
        """
        request = {
            "organisations": strings("organisation", organisation),
            "themes": strings("theme", theme),
            "as_of": date_tuple("as_of", as_of),
            "most_given": count("most_given", most_given),
            "most_taken": count("most_taken", most_taken),
            "theme_weight": theme_weight,
            "back_weight": back_weight,
            "language_weight": language_weight,
            "balanced": balanced,
            "across_borders": across_borders,
            "common_language": common_language,
        }
        with reporting(progress) as callback:
            return Peers(json.loads(self._engine.peers(request, callback)))
