"""What is asked, on its way to the engine."""

from __future__ import annotations

import json
import math
import re
from contextlib import contextmanager
from decimal import Decimal
from numbers import Integral, Real
from operator import index
from typing import Any, Callable, Iterable, Iterator, Mapping, TypedDict, Union

from ._vectors import Numbers, numbers_of
from .errors import InvalidArgument
from .query import Query, either_form

Saved = Union[str, Query, Mapping[str, Any]]
"""A saved search: a text, a question, or the arguments of search() by name."""

# Of a text that is longer the engine reads no more, and says so; a request may not be much longer.
_LONGEST_TEXT = (1 << 20) + 1


class SearchOptions(TypedDict, total=False):
    """The arguments of :meth:`koinon.Catalogue.search`, but for its text and progress."""

    language: str | None
    filters: Mapping[str, str | Iterable[str]] | None
    facets: Iterable[str]
    limit: int
    offset: int
    query: Query | Mapping[str, Any] | None
    facet_values: int
    multi_select: bool
    sort: str | None
    rising: bool
    group_by: str | None
    after: str | None
    keep: float
    deadline: float | None
    across: bool
    signals: Iterable[str]
    vector: Numbers | None
    as_you_type: bool
    unpublished: bool
    snippets: bool
    suggest: bool


_MOST = (1 << 63) - 1


def count(name: str, value: int) -> int:
    """A number that counts from 0."""
    try:
        number = index(value)
    except TypeError as error:
        raise InvalidArgument(f"{name} is {value!r}; give a whole number") from error
    if number < 0:
        raise InvalidArgument(f"{name} is {number}, but counts from 0")
    if number > _MOST:
        raise InvalidArgument(f"{name} is {number}, which is more than 64 bits hold")
    return number


def text(name: str, value: str | None) -> str:
    """One text; None is one that is not told."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidArgument(f"{name} is {value!r}; give a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InvalidArgument(f"{name} is {value!r}, which has half a character") from error
    return value


def several(name: str, values: Iterable[Any]) -> list[Any]:
    """Whatever can be gone through."""
    try:
        return list(values)
    except TypeError as error:
        raise InvalidArgument(f"{name} is {values!r}; give several, as a list") from error


def strings(name: str, values: str | Iterable[str] | None) -> list[str]:
    """One, or several; none where nothing is told."""
    if values is None:
        return []
    if isinstance(values, str):
        return [text(name, values)]
    if isinstance(values, (bytes, Mapping)):
        raise InvalidArgument(f"{name} is {values!r}; give a text or several")
    given = several(name, values)
    for place, each in enumerate(given):
        if not isinstance(each, str):
            raise InvalidArgument(f"{name}[{place}] is {each!r}; give a text")
        text(f"{name}[{place}]", each)
    return given


def plain(path: str, value: Any) -> Any:
    """A value as JSON has it. Numbers of other libraries are taken for what they are; what JSON
    has no word for is refused with its place."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return text(path, value)
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise InvalidArgument(f"{path} has the name {key!r}; give a text")
        return {key: plain(f"{path}.{key}" if path else key, each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(f"{path}[{place}]", each) for place, each in enumerate(value)]
    if isinstance(value, Decimal):
        value = str(value)
    elif isinstance(value, Integral):
        value = int(value)
        if not -_MOST <= value <= _MOST:
            raise InvalidArgument(f"{path} is {value}, which is more than 64 bits hold")
    elif isinstance(value, Real):
        value = float(value)
        if not math.isfinite(value):
            raise InvalidArgument(f"{path} is {value}; give a finite number")
    else:
        raise InvalidArgument(f"{path} is {value!r}; give a text, a number, a list or a mapping")
    return value


@contextmanager
def naming(names: Mapping[str, str]) -> Iterator[None]:
    """What the engine says of its fields is said of arguments: {field: argument}."""

    def renamed(told: str) -> str:
        return pattern.sub(lambda found: names[found.group()], told)

    # A field of one plain word may stand in a sentence as well: where it is one, a colon follows.
    words = (name if "_" in name else name + r"(?=[:\[])" for name in names)
    pattern = re.compile(r"\b(?:" + "|".join(words) + r")(?![\w])")
    try:
        yield
    except InvalidArgument as error:
        error.args = (renamed(str(error)), *error.args[1:])
        error.violations = tuple(
            each._replace(path=renamed(each.path + ":")[:-1], message=renamed(each.message))
            for each in error.violations
        )
        raise


def request_json(text: str, options: Mapping[str, Any]) -> bytes:
    """The JSON form of a request: ``docs/reference/search-request.md``. What is None is as if it
    had not been told."""
    told: dict[str, Any] = {"text": text[:_LONGEST_TEXT]}
    for name, value in options.items():
        if name not in _FORMS:
            raise TypeError(f"a search has no argument {name!r}")
        if value is not None:
            key, form = _FORMS[name]
            told[key] = form(name, value)
    try:
        # A text with half a character in it is a question like others.
        return json.dumps(told, ensure_ascii=False, allow_nan=False).encode(errors="replace")
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArgument(f"the search cannot be written as JSON: {error}") from error


def saved_json(search: Saved) -> bytes:
    """The same for a saved search."""
    if isinstance(search, Query):
        return request_json("", {"query": search})
    if isinstance(search, str):
        return request_json(search, {})
    options = dict(search)
    return request_json(options.pop("text", ""), options)


def _filters(name: str, values: Mapping[str, str | Iterable[str]]) -> list[dict[str, Any]]:
    return [
        {
            "field": key[1:] if key.startswith("-") else key,
            "any_of": strings(name, codes),
            "exclude": key.startswith("-"),
        }
        for key, codes in values.items()
    ]


def _query(name: str, value: Query | Mapping[str, Any]) -> Any:
    try:
        return either_form(value)
    except RecursionError as error:
        raise InvalidArgument("query has too many questions one inside the other") from error


def _keep(name: str, value: float) -> float:
    if not 0 <= value <= 3600:
        raise InvalidArgument(f"{name} is {value}, not 0 to 3600 seconds")
    return float(value)


def _deadline(name: str, value: float) -> float:
    if not 0 < value <= 1e9:
        raise InvalidArgument(f"{name} is {value}, not more than 0 seconds")
    return float(value)


def _switch(name: str, value: object) -> bool:
    return bool(value)


_SIGNALS = ("words", "concepts", "spelling", "meaning")


def _signals(name: str, value: Iterable[str]) -> dict[str, bool]:
    wanted = strings(name, value)
    for signal in wanted:
        if signal not in _SIGNALS:
            raise InvalidArgument(f"{signal!r} is none of the signals {', '.join(_SIGNALS)}")
    return {signal: False for signal in _SIGNALS if signal not in wanted}


def _as_it_is(name: str, value: Any) -> Any:
    return value


_FORMS: dict[str, tuple[str, Callable[[str, Any], Any]]] = {
    "keep": ("keep_seconds", _keep),
    "deadline": ("deadline_seconds", _deadline),
    "filters": ("filters", _filters),
    "facets": ("facets", strings),
    "query": ("query", _query),
    "signals": ("signals", _signals),
    "vector": ("vector", numbers_of),
    **{name: (name, count) for name in ("limit", "offset", "facet_values")},
    **{name: (name, _as_it_is) for name in ("language", "sort", "group_by", "after")},
    **{
        name: (name, _switch)
        for name in (
            *("multi_select", "rising", "across", "as_you_type"),
            *("unpublished", "snippets", "suggest"),
        )
    },
}
