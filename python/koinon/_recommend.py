"""Whom to work with: for an organisation, a consortium, a call, or to replicate a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Mapping

from . import _engine, _html
from ._neighbourhood import ShownOrganisation
from ._network import Day, date_tuple
from ._partners import SharedWork, shared_work
from ._progress import Progress, reporting
from ._recommend_all import RecommendationTable
from ._request import count, naming, strings, text
from ._table import Rows


@dataclass(frozen=True)
class RecommendationReason:
    """What speaks for an organisation, or against it."""

    code: str
    """``shared-records``, ``bridges``, ``themes``, ``country``, ``kind``, ``activity``, ``leads``,
    ``capabilities``."""
    contribution: float
    """How much lower the score would be if the organisation were middling in this."""
    count: int
    """Of shared records, partners in common, common themes, capabilities, or records in all."""
    lift: float
    """Of ``country`` and ``kind``: how many times as often as by chance the two meet."""
    codes: tuple[str, ...]
    works: tuple[SharedWork, ...]
    """Shared records, latest first, as many as were asked for."""
    bridges: tuple[ShownOrganisation, ...]
    """Partners in common, those first that join most."""

    @property
    def _ratio(self) -> str:
        # Only where it speaks the way that the contribution does: beside it the model weighs whom
        # the asked met before, and a ratio about 1 is no news.
        telling = self.lift >= 1.05 if self.contribution > 0 else self.lift <= 0.95
        return f": met {self.lift:.1f} times as often as by chance" if telling else ""

    @property
    def _speaks_for(self) -> bool:
        told = self.code not in ("country", "kind") or self._ratio != ""
        return self.contribution > 0 and told

    def __str__(self) -> str:
        told = {
            "shared-records": f"{_counted(self.count, 'record')} together",
            "bridges": f"{_counted(self.count, 'partner')} in common",
            "themes": f"{_counted(self.count, 'theme')} in common",
            "country": f"country {', '.join(self.codes)}{self._ratio}",
            "kind": f"{', '.join(self.codes)}{self._ratio}",
            "activity": f"{_counted(self.count, 'record')} in all",
            "leads": f"has led {_counted(self.count, 'record')}",
            "capabilities": f"can do what is sought: {', '.join(self.codes)}",
        }
        return told.get(self.code, self.code)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _reason(data: Mapping[str, Any]) -> RecommendationReason:
    return RecommendationReason(
        **{
            **data,
            "codes": tuple(data["codes"]),
            "works": tuple(shared_work(work) for work in data["works"]),
            "bridges": tuple(ShownOrganisation(**bridge) for bridge in data["bridges"]),
        }
    )


@dataclass(frozen=True)
class Recommendation(ShownOrganisation):
    """An organisation to work with, and why."""

    kind: str
    score: float
    """To be compared within one answer alone."""
    reasons: tuple[RecommendationReason, ...]
    """By falling contribution; what speaks against it is last."""

    def _why(self) -> list[RecommendationReason]:
        # With nothing that speaks for it, it was ranked by how much it works.
        own = [reason for reason in self.reasons if reason._speaks_for]
        return own or [reason for reason in self.reasons if reason.code == "activity"]


@dataclass(frozen=True)
class CountryExposure:
    """How a country fares in an answer."""

    country: str
    """Empty: not told."""
    candidates: int
    """That pass the filters."""
    named: int
    passed_over: int
    """Ranked high enough, and left out by ``most_per_country``."""
    exposure: float
    """Share of the sum of 1 / log2(1 + rank) over those named."""


@dataclass(frozen=True)
class KeptOut:
    """Organisations of one country and kind that the rules of a call keep out."""

    country: str
    kind: str
    count: int


class Recommendations(Rows[Recommendation]):
    """Organisations by falling score: a sequence of :class:`Recommendation`, each made when it is
    asked for. Frames have one row for each: id, name, country, kind, score."""

    _schema = (("id", "u"), ("name", "u"), ("country", "u"), ("kind", "u"), ("score", "g"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.candidates: int = data["candidates"]
        """Organisations that were ranked."""
        self.kept_out: int = data["kept_out"]
        """Who would have been ranked but for the rules of the call on countries and kinds."""
        self.kept_out_by: tuple[KeptOut, ...] = tuple(KeptOut(**one) for one in data["kept_out_by"])
        """The same by country and kind, by falling count."""
        columns = data["countries"]
        self.countries: tuple[CountryExposure, ...] = tuple(
            CountryExposure(**dict(zip(columns, row))) for row in zip(*columns.values())
        )
        """By falling exposure: every country with a candidate."""
        self._data: dict[str, list[Any]] = data["recommendations"]

    def _columns(self) -> dict[str, list[Any]]:
        return self._data

    def __len__(self) -> int:
        return len(self._data["id"])

    def _row(self, place: int) -> Recommendation:
        row = {name: values[place] for name, values in self._data.items()}
        row["reasons"] = tuple(_reason(reason) for reason in row["reasons"])
        return Recommendation(**row)

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns of the frames, as lists."""
        return {name: list(self._data[name]) for name, _ in self._schema}

    def __repr__(self) -> str:
        kept = f", {self.kept_out} kept out by the call" if self.kept_out else ""
        return f"<Recommendations: {len(self)} of {self.candidates}{kept}>"

    def _kept_out(self) -> str:
        countries: dict[str, int] = {}
        for one in self.kept_out_by:
            country = one.country or "unknown"
            countries[country] = countries.get(country, 0) + one.count
        told = sorted(countries.items(), key=lambda one: -one[1])
        return f"{self.kept_out} kept out by the rules of the call: " + ", ".join(
            f"{country} {count}" for country, count in told
        )

    def __str__(self) -> str:
        lines = []
        for rank, one in enumerate(self[: _html.ROWS], 1):
            why = "; ".join(map(str, one._why()))
            lines.append(f"{rank:3}. {one.name or one.id} ({one.country}): {why}")
        if self.kept_out:
            lines.append(self._kept_out())
        return "\n".join([f"{len(self)} of {self.candidates} candidates", *lines])

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                _html.text(one.name or one.id),
                _html.text(one.country),
                f"{one.score:.2f}",
                "<br>".join(
                    f"{reason.contribution:+.2f} {_html.text(reason)}" for reason in one.reasons
                ),
            )
            for one in shown
        ]
        head = ("organisation", "country", "score", "why")
        return _html.table(head, rows, repr(self)[1:-1], more=len(self) - len(shown))


_LISTS = {
    "members": "members",
    "about": "themes_sought",
    "needs": "capabilities_sought",
    "country": "countries",
    "kind": "kinds",
    "theme": "themes",
    "capability": "capabilities",
    "exclude": "exclude",
}
"""Of the arguments that are one text or several, the field that each is."""


_ARGUMENTS = {field: name for name, field in _LISTS.items() if name != field}
_ARGUMENTS["replicate"] = "case"
"""What the engine calls a field, by the name of its argument."""

_ARGUMENTS_OF_ALL = {f"of_{field}": f"of_{name}" for name, field in _LISTS.items()} | _ARGUMENTS


def _request(
    *,
    organisation: str = "",
    call: str,
    case: str = "",
    lead: bool = False,
    known: bool,
    most_per_country: int | None,
    as_of: Day,
    limit: int,
    works: int = 0,
    as_told: bool,
    **lists: str | Iterable[str],
) -> dict[str, Any]:
    """What the engine takes, of the arguments as they are told."""
    return {
        "organisation": text("organisation", organisation),
        "call": text("call", call),
        "replicate": text("case", case),
        "lead": bool(lead),
        "known": bool(known),
        "most_per_country": count("most_per_country", most_per_country or 0),
        "as_of": date_tuple("as_of", as_of),
        "limit": count("limit", limit),
        "works": count("works", works),
        "as_told": bool(as_told),
        **{field: strings(name, lists.get(name, ())) for name, field in _LISTS.items()},
    }


class Recommending:
    """The part of a catalogue that recommends organisations to work with."""

    _engine: _engine.Catalogue

    def recommend(
        self,
        organisation: str = "",
        *,
        members: str | Iterable[str] = (),
        call: str = "",
        case: str = "",
        about: str | Iterable[str] = (),
        needs: str | Iterable[str] = (),
        lead: bool = False,
        country: str | Iterable[str] = (),
        kind: str | Iterable[str] = (),
        theme: str | Iterable[str] = (),
        capability: str | Iterable[str] = (),
        exclude: str | Iterable[str] = (),
        known: bool = False,
        most_per_country: int | None = None,
        as_of: Day = None,
        limit: int = 20,
        works: int = 3,
        as_told: bool = False,
        progress: Progress = None,
    ) -> Recommendations:
        """Organisations to work with, ranked, each with reasons that can be checked.

        organisation: new partners of this one; with ``known`` those that it has worked with too.
        members: of a half-formed consortium: who would fill the gap, whether the members know them
            or not; ``lead``: of its coordinator.
        call: those at home in the themes and programme of this call, but for those from countries
            that its rules do not let take part.
        case: those who could replicate this case study or project, its own left out.
        about: themes that are sought, beside those of ``call`` and ``case``.
        needs: capabilities that are sought, beside those that the rules of the call require and the
            organisations seek, as far as none of them states it. What an organisation's record
            ``offers``, or has as a tag of the scheme ``capability``, it states.

        These may be joined: with ``members``, ``organisation`` is of the consortium as well, and its
        own partners are still left out. ``country``, ``kind``, ``theme`` and ``capability`` leave
        those in that pass each, by code or name; one that there is not raises InvalidArgument, an
        organisation that no record has or names NotFound. ``most_per_country``
        caps a country, which else is only counted (``countries``). ``as_of``: from what had begun
        by the end of that day, month or year. The first question after a write makes tables of
        what is known. Raises NotFound, Erased, InvalidArgument.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> for id in "abcd":
        ...     _ = cat.put("organisation", {"aliases": [id], "names": [{"text": id.upper(), "language": "en"}]}, id)
        >>> def project(*ids):
        ...     parts = [{"organisation": id, "role": "partner"} for id in ids]
        ...     return cat.put("project", {"titles": [{"text": "P", "language": "en"}], "participations": parts})
        >>> _ = project("a", "b"), project("b", "c")
        >>> found = cat.recommend("a")
        >>> found[0].name, [bridge.name for reason in found[0].reasons for bridge in reason.bridges]
        ('C', ['B'])
        """
        request = _request(
            organisation=organisation,
            call=call,
            case=case,
            lead=lead,
            known=known,
            most_per_country=most_per_country,
            as_of=as_of,
            limit=limit,
            works=works,
            as_told=as_told,
            members=members,
            about=about,
            needs=needs,
            country=country,
            kind=kind,
            theme=theme,
            capability=capability,
            exclude=exclude,
        )
        with reporting(progress) as callback, naming(_ARGUMENTS):
            return Recommendations(self._engine.recommend(request, callback))

    def recommend_all(
        self,
        organisations: str | Iterable[str] = (),
        *,
        of_country: str | Iterable[str] = (),
        of_kind: str | Iterable[str] = (),
        of_theme: str | Iterable[str] = (),
        call: str = "",
        about: str | Iterable[str] = (),
        needs: str | Iterable[str] = (),
        country: str | Iterable[str] = (),
        kind: str | Iterable[str] = (),
        theme: str | Iterable[str] = (),
        capability: str | Iterable[str] = (),
        exclude: str | Iterable[str] = (),
        known: bool = False,
        most_per_country: int | None = None,
        as_of: Day = None,
        limit: int = 50,
        as_told: bool = False,
        progress: Progress = None,
    ) -> RecommendationTable:
        """New partners of many at once: the best ``limit`` of each, the same as :meth:`recommend`
        gives for each by itself, without reasons.

        organisations: those asked for, ids; none: all that have work by then, or a record.
        of_country, of_kind, of_theme: only those of these countries and kinds, that have worked on
            one of these themes or offer it.

        All else is as of :meth:`recommend`. Memory: 8 bytes for each place, and the ids and names.
        Ctrl-C stops it, and ``progress`` counts those asked for.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> cat.import_sample().quarantined
        0
        >>> table = cat.recommend_all(of_country="AT", limit=5)
        >>> table.width, all(len(table[id]) == 5 for id in table)
        (5, True)
        """
        request = _request(
            call=call,
            known=known,
            most_per_country=most_per_country,
            as_of=as_of,
            limit=limit,
            as_told=as_told,
            about=about,
            needs=needs,
            country=country,
            kind=kind,
            theme=theme,
            capability=capability,
            exclude=exclude,
        )
        of = {
            "organisations": strings("organisations", organisations),
            "countries": strings("of_country", of_country),
            "kinds": strings("of_kind", of_kind),
            "themes": strings("of_theme", of_theme),
        }
        with reporting(progress) as callback, naming(_ARGUMENTS_OF_ALL):
            return RecommendationTable(self._engine.recommend_all(request, of, callback))
