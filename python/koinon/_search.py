"""Answers to a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Mapping

from . import _html
from ._table import Rows
from .query import Query

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FacetLabels = Callable[[str, "list[str]"], "list[str]"]
"""Of a facet field and its codes."""


@dataclass(frozen=True)
class Snippet:
    """The part of a text that matched; ``…`` marks a cut."""

    text: str
    field: str
    """Which text it is from, such as ``summary``."""
    language: str
    marks: tuple[tuple[int, int], ...]
    """Ranges of ``text`` that matched: ``text[begin:end]``."""

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return _html.marked(self.text, self.marks)


@dataclass(frozen=True)
class FoundThrough:
    """Through what a hit was found."""

    signal: str
    """``words``, ``concepts``, ``spelling`` or ``meaning``."""
    language: str
    """Of the word that matched; empty for the others."""
    what: str
    """The words of the question; labels of concepts in the user's language."""
    share: float
    """Of the hit's score, 0 to 1."""


@dataclass(frozen=True)
class Hit:
    """One record of an answer."""

    id: str
    kind: str
    score: float
    """BM25: only comparable within one answer; 0 for an empty question."""
    title: str
    title_language: str
    countries: tuple[str, ...]
    snippet: Snippet | None
    """None where nothing matched in a text, or none was asked for."""
    group: str | None = None
    """With ``group_by`` the id of the initiative, if there is one, or of the organisation."""
    grouped: int = 1
    """Matches of that group, this one included."""
    found_through: tuple[FoundThrough, ...] = ()
    """By falling share; empty for an empty question."""


@dataclass(frozen=True)
class FacetValue:
    """How many of all matches have this code."""

    code: str
    label: str
    count: int


class Facet(Rows[FacetValue]):
    """The most frequent values of one field over all matches, the most frequent first. Counts are
    exact."""

    _schema = (("code", "u"), ("label", "u"), ("count", "l"))

    def __init__(self, data: Mapping[str, Any], labels: FacetLabels) -> None:
        self.field: str = data["field"]
        self.distinct: int = data["distinct"]
        """Values in all, kept or not."""
        self._codes: list[str] = data["code"]
        self._counts: list[int] = data["count"]
        self._labels = labels(self.field, self._codes)

    def _columns(self) -> dict[str, list[Any]]:
        return {"code": self._codes, "label": self._labels, "count": self._counts}

    def __len__(self) -> int:
        return len(self._codes)

    def _row(self, place: int) -> FacetValue:
        return FacetValue(self._codes[place], self._labels[place], self._counts[place])

    def to_dict(self) -> dict[str, int]:
        """Counts by code."""
        return dict(zip(self._codes, self._counts))

    def __repr__(self) -> str:
        shown = ", ".join(f"{value.code} {value.count}" for value in self[:5])
        return f"<Facet {self.field}: {shown}{', …' if self.distinct > 5 else ''}>"

    def _repr_html_(self) -> str:
        most = max(self._counts, default=1)
        rows = [
            (_html.text(value.code), _html.text(value.label), _html.bar(value.count, most))
            for value in self[: _html.ROWS]
        ]
        return _html.table(("code", self.field, "records"), rows, more=self.distinct - len(rows))


class SearchResults(Rows[Hit]):
    """A page of an answer, best first: a sequence of :class:`Hit`, each made when it is asked for.

    Frames have one row for each hit: id, kind, score, title, title_language, countries (a list),
    snippet, group, grouped.
    """

    _schema = (
        ("id", "u"),
        ("kind", "u"),
        ("score", "g"),
        ("title", "u"),
        ("title_language", "u"),
        ("countries", "+l"),
        ("snippet", "u"),
        ("group", "u"),
        ("grouped", "l"),
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        text: str,
        labels: FacetLabels,
        offset: int,
        query: Query | Mapping[str, Any] | None = None,
    ) -> None:
        self.text = text
        """The question."""
        self.query = query
        """The structured one, None where there is none."""
        self.offset = offset
        """Hits before this page."""
        self.change: int = data["change"]
        """The answer is that of the catalogue after this change."""
        self.total: int = data["total"]
        """Matches in all; exact unless ``late``."""
        self.ignored: tuple[str, ...] = tuple(data["ignored"])
        """Parts of the question that could not be understood."""
        self.cut: tuple[str, ...] = tuple(data["cut"])
        """Beginnings and fuzzy words that stand for more words of the catalogue than are looked at;
        the most frequent ones were."""
        self.suggestion: str | None = data["suggestion"]
        """The question with words that the catalogue has; None where all are there."""
        self.next: str | None = data["next"]
        """For ``after``: where the next page begins. None after the last one, and without
        ``keep``."""
        self.late: bool = data["late"]
        """True when the deadline came first: what is here is right, but not all."""
        self.facets: dict[str, Facet] = {
            facet["field"]: Facet(facet, labels) for facet in data["facets"]
        }
        """The facets that were asked for, over all matches."""
        self._hits: dict[str, list[Any]] = data["hits"]

    def _columns(self) -> dict[str, list[Any]]:
        return self._hits

    def __len__(self) -> int:
        """Hits of this page; ``total`` counts them all."""
        return len(self._hits["id"])

    def _row(self, place: int) -> Hit:
        row = {name: values[place] for name, values in self._hits.items()}
        snippet = Snippet(
            row["snippet"], row["snippet_field"], row["snippet_language"], tuple(row["marks"])
        )
        return Hit(
            id=row["id"],
            kind=row["kind"],
            score=row["score"],
            title=row["title"],
            title_language=row["title_language"],
            countries=tuple(row["countries"]),
            snippet=snippet if snippet.text else None,
            group=row["group"],
            grouped=row["grouped"],
            found_through=tuple(FoundThrough(*each) for each in row["found_through"]),
        )

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns of the frames, as lists."""
        return {name: list(self._hits[name]) for name, _ in self._schema}

    def plot_facet(self, field: str, ax: Axes | None = None) -> Axes:
        """Bars of a facet that was asked for, most frequent on top, on ``ax`` or axes of its own.
        Needs matplotlib. Raises KeyError for a facet that was not asked for."""
        from ._plots import facet_bars

        return facet_bars(self.facets[field], self.total, ax)

    def __repr__(self) -> str:
        late = ", late" if self.late else ""
        return (
            f"<SearchResults {self._question(repr(self.text))}: {len(self)} of {self.total}{late}>"
        )

    def _question(self, text: str) -> str:
        """For people; ``text`` is the question's."""
        if self.query is None:
            return text
        return f"{text}, {self.query!r}" if self.text else repr(self.query)

    def _caption(self) -> str:
        late = ", and maybe more: the deadline came first" if self.late else ""
        return f"{self._question(self.text)}: {self.total} records{late}"

    def __str__(self) -> str:
        lines = [f"  {hit.score:6.2f}  {hit.title} [{hit.id}]" for hit in self[: _html.ROWS]]
        meant = [f"did you mean: {self.suggestion}"] if self.suggestion else []
        return "\n".join([self._caption(), *meant, *lines])

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                str(self.offset + rank),
                f"<b>{_html.text(hit.title)}</b><br>"
                + (hit.snippet._repr_html_() if hit.snippet else ""),
                _html.text(hit.kind),
                _html.text(", ".join(hit.countries)),
                f"<code>{_html.text(hit.id)}</code>",
            )
            for rank, hit in enumerate(shown, start=1)
        ]
        caption = _html.text(self._caption())
        if self.suggestion:
            caption += f"<br>Did you mean <b>{_html.text(self.suggestion)}</b>?"
        head = ("", "title", "kind", "countries", "id")
        tables = [_html.table(head, rows, caption, more=len(self) - len(shown))]
        return "".join([*tables, *(facet._repr_html_() for facet in self.facets.values())])
