"""Structured questions, where a user's own words are not enough: for the ``query`` of
:meth:`koinon.Catalogue.search`.

>>> from koinon import query as q
>>> youth = q.phrase("jeugd wonen", distance=2).within("title").times(3) | q.prefix("daklo")
>>> youth & q.code("country", "NL", "BE") & ~q.range("start", greatest=2015)
(phrase('jeugd wonen', 2).within('title').times(3) | prefix('daklo')) & code('country', 'NL', 'BE') \
& ~range('start', greatest='2015')

``a & b`` asks for both, ``a | b`` for one of them or both (which ranks higher), ``~a`` for records
without it; :func:`optional` only lifts. Codes, ranges and places keep or drop records and never
touch a score.

A question is a value: immutable, hashable, picklable, and JSON by :meth:`Query.to_dict`. Builders
check little; what makes no sense (an unknown field, a point beyond the poles) raises
InvalidArgument when it is asked, with the place in ``violations`` where the form is wrong.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Mapping, NoReturn, Union

__all__ = [
    "Query",
    "all_of",
    "any_of",
    "ask",
    "code",
    "everything",
    "fuzzy",
    "like",
    "near",
    "none_of",
    "optional",
    "phrase",
    "prefix",
    "range",
    "words",
]

Bound = Union[str, int, float, Decimal, datetime.date, None]

_OF_TEXT = ("ask", "words", "phrase", "prefix", "fuzzy")
_OF_PARTS = ("all", "any", "not", "optional")
_SIGNS = {"all": " & ", "any": " | "}
_NAMES = {"all": "all_of", "any": "any_of", "not": "none_of"}


@dataclass(frozen=True, repr=False)
class Query:
    """One node of a question; the functions of this module make it."""

    kind: str
    """The key of its JSON form: ``phrase``, ``code``, ``all`` …"""
    text: str = ""
    """Of words; of ``like`` an id."""
    fields: tuple[str, ...] = ()
    """Text fields where it must stand; empty for any."""
    field: str = ""
    """Of codes and ranges."""
    codes: tuple[str, ...] = ()
    least: str = ""
    """Empty for no limit, as is ``greatest``."""
    greatest: str = ""
    latitude: float = 0.0
    """In degrees north."""
    longitude: float = 0.0
    """In degrees east."""
    kilometres: float = 0.0
    distance: int | None = None
    """Of phrases in words, of fuzzy words in characters; None for the usual one."""
    boost: float = 1.0
    """Multiplies the score."""
    parts: tuple[Query, ...] = ()

    def within(self, *fields: str) -> Query:
        """This question, to stand in one of these text fields; so all its parts. What
        is not of words stays as it is. See :func:`koinon.text_fields`."""
        return replace(
            self,
            fields=fields if self.kind in _OF_TEXT else (),
            parts=tuple(part.within(*fields) for part in self.parts),
        )

    def times(self, weight: float) -> Query:
        """This question, its score multiplied by ``weight``, 0 to 1,000, in place of what it was
        multiplied by before."""
        return replace(self, boost=float(weight))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: what ``docs/reference/search-request.md`` describes, and what ``query=``
        takes as well."""
        return {**self._own(), **self._shared()}

    def _own(self) -> dict[str, Any]:
        if self.kind in _OF_PARTS:
            return {self.kind: [part.to_dict() for part in self.parts]}
        if self.kind == "everything":
            return {self.kind: True}
        if self.kind == "code":
            return {self.kind: self.field, "any_of": list(self.codes)}
        if self.kind == "range":
            limits = {"least": self.least, "greatest": self.greatest}
            return {self.kind: self.field, **{k: limit for k, limit in limits.items() if limit}}
        if self.kind == "near":
            return {self.kind: [self.latitude, self.longitude], "kilometres": self.kilometres}
        return {self.kind: self.text}

    def _shared(self) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if self.fields:
            told["fields"] = list(self.fields)
        if self.distance is not None:
            told["distance"] = self.distance
        if self.boost != 1:
            told["boost"] = self.boost
        return told

    def __and__(self, other: Query) -> Query:
        return all_of(self, other) if isinstance(other, Query) else NotImplemented

    def __or__(self, other: Query) -> Query:
        return any_of(self, other) if isinstance(other, Query) else NotImplemented

    def __invert__(self) -> Query:
        return none_of(self)

    def __bool__(self) -> NoReturn:
        raise TypeError("a question is neither true nor false: combine with & | ~, not and or not")

    def __repr__(self) -> str:
        sign = self._sign()
        if sign:
            told = sign.join(_bracketed(part, self.kind) for part in self.parts)
        elif self.kind == "not" and len(self.parts) == 1:
            told = "~" + _bracketed(self.parts[0], self.kind)
        else:
            told = f"{_NAMES.get(self.kind, self.kind)}({', '.join(self._arguments())})"
        after = f".within({', '.join(map(repr, self.fields))})" if self.fields else ""
        if self.boost != 1:
            after += f".times({self.boost:g})"
            if sign or told.startswith("~"):
                told = f"({told})"
        return told + after

    def _sign(self) -> str:
        """Between the parts; empty where they are told as arguments."""
        return _SIGNS.get(self.kind, "") if len(self.parts) > 1 else ""

    def _arguments(self) -> list[str]:
        if self.kind in _OF_PARTS:
            return [repr(part) for part in self.parts]
        if self.kind == "everything":
            return []
        if self.kind == "code":
            return [repr(value) for value in (self.field, *self.codes)]
        if self.kind == "range":
            told = [repr(self.field)] + ([repr(self.least)] if self.least else [])
            return told + ([f"greatest={self.greatest!r}"] if self.greatest else [])
        if self.kind == "near":
            return [f"{value:.12g}" for value in (self.latitude, self.longitude, self.kilometres)]
        return [repr(self.text)] + ([] if self.distance is None else [str(self.distance)])


def everything() -> Query:
    """Finds every record."""
    return Query("everything")


def ask(text: str) -> Query:
    """What a user typed, in the language of the search: never an error. See
    ``docs/reference/query-language.md``."""
    return Query("ask", text)


def words(text: str) -> Query:
    """Any of the words of ``text``, inflected or not; more of them rank higher."""
    return Query("words", text)


def phrase(text: str, distance: int = 0) -> Query:
    """The words of ``text`` in their order, with at most ``distance`` words between them in all."""
    return Query("phrase", text, distance=distance or None)


def prefix(text: str) -> Query:
    """A word that begins with ``text``."""
    return Query("prefix", text)


def fuzzy(text: str, distance: int | None = None) -> Query:
    """A word that differs from ``text`` in at most ``distance`` characters, 0 to 2; None: in none
    up to 2 letters, 1 up to 5, else 2."""
    return Query("fuzzy", text, distance=distance)


def code(field: str, *codes: str) -> Query:
    """The facet ``field`` has one of ``codes``. See :func:`koinon.facet_fields`."""
    return Query("code", field=field, codes=codes)


def range(field: str, least: Bound = None, greatest: Bound = None) -> Query:
    """The number ``field`` lies from ``least`` to ``greatest``, both included; None for no limit.
    See :func:`koinon.number_fields`. Dates are a year, ``"2020-06"``, ``"2020-06-30"`` or a
    :class:`datetime.date`; a ``greatest`` with unknown parts is the last day that it can be. Money
    is in euros."""
    return Query("range", field=field, least=_bound(least), greatest=_bound(greatest))


def near(latitude: float, longitude: float, kilometres: float) -> Query:
    """Has a place at most ``kilometres`` from a point in degrees north, -90 to 90, and east, -180
    to 180."""
    return Query(
        "near", latitude=float(latitude), longitude=float(longitude), kilometres=float(kilometres)
    )


def like(id: str) -> Query:
    """Has the telling words of the record ``id``, in whatever language; never finds that record
    itself. Raises NotFound when it is asked, and there is no such record."""
    return Query("like", id)


def all_of(*queries: Query) -> Query:
    """Every one of ``queries``: ``a & b & c``. Of none, every record."""
    return _joined("all", queries) if queries else everything()


def any_of(*queries: Query) -> Query:
    """At least one of ``queries``: ``a | b | c``. Of none, no record."""
    return _joined("any", queries) if queries else none_of(everything())


def none_of(*queries: Query) -> Query:
    """None of ``queries``: ``~a & ~b & ~c``. Of none, every record."""
    return Query("not", parts=queries) if queries else everything()


def optional(*queries: Query) -> Query:
    """Needs none of ``queries``, but ranks higher where any of them holds."""
    return Query("optional", parts=queries)


def either_form(query: Query | Mapping[str, Any]) -> Any:
    """The JSON form of a question that may be in it already."""
    return query.to_dict() if isinstance(query, Query) else query


def _joined(kind: str, queries: tuple[Query, ...]) -> Query:
    """Without brackets in brackets of the same kind, as with sums of sums."""
    parts: list[Query] = []
    for query in queries:
        inner = query.kind == kind and query.boost == 1
        parts += query.parts if inner else (query,)
    return parts[0] if len(parts) == 1 else Query(kind, parts=tuple(parts))


def _bracketed(query: Query, around: str) -> str:
    """As part of a question of kind ``around``, whose sign may bind closer than its own."""
    told = repr(query)
    loose = query._sign() and query.boost == 1
    return f"({told})" if loose and not (query.kind, around) == ("all", "any") else told


def _bound(value: Bound) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, float):
        value = Decimal(repr(value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)
