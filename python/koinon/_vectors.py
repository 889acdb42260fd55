"""Vectors, on their way to the engine."""

from __future__ import annotations

import logging
import math
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Iterable, Union

from .errors import InvalidArgument

if TYPE_CHECKING:
    from typing_extensions import Buffer

Numbers = Union["Buffer", Iterable[float]]
"""A vector: a buffer of floats, or any numbers."""

_log = logging.getLogger("koinon")
_log.addHandler(logging.NullHandler())

_SINGLE = ("f", "=f", "<f", "@f")
_DOUBLE = ("d", "=d", "<d", "@d")


def _view(name: str, value: Any, dimensions: int, formats: tuple[str, ...]) -> memoryview:
    view = memoryview(value)
    if view.format not in formats:
        raise InvalidArgument(
            f"{name} has numbers of the format {view.format!r}, not float32: "
            "numpy.asarray(..., dtype='float32') makes them so"
        )
    if view.ndim != dimensions:
        raise InvalidArgument(f"{name} has {view.ndim} dimensions, not {dimensions}")
    return view


def numbers_of(name: str, value: Numbers) -> list[float]:
    """The numbers of one vector."""
    told: list[float]
    try:
        view = _view(name, value, 1, _SINGLE + _DOUBLE)
        told = list(array(view.format[-1], view.tobytes()))
    except TypeError:  # no buffer
        told = [float(number) for number in value]  # type: ignore[union-attr]
    for place, number in enumerate(told):
        if not math.isfinite(number):
            raise InvalidArgument(f"{name} has a number that is not finite at place {place}")
    return told


def rows_of(value: Any, rows: int) -> tuple[int, bytes | memoryview]:
    """How many numbers each row has, and all of them, row after row."""
    try:
        view = _view("array", value, 2, _SINGLE)
    except TypeError as error:
        raise InvalidArgument("array is no buffer of float32, such as a NumPy array") from error
    have, dimension = view.shape or (0, 0)
    if have != rows:
        raise InvalidArgument(f"array has {have} rows for {rows} ids")
    native = view.format in ("f", "@f")
    if view.nbytes == 0 or not view.c_contiguous or not native:
        return dimension, view.tobytes()
    return dimension, view.cast("B")


@dataclass(frozen=True)
class Embedder:
    """A model of your own that turns texts into vectors: what means the same, in whatever language,
    should point the same way. It is called for each passage of a record and each question, from any
    thread, from several at once, and must not use the catalogue.

    A text for which it gives None, fails, or gives other than ``dimension`` finite numbers has no
    vector; the logger ``koinon`` is told of it.
    """

    embed: Callable[[str, str], Numbers | None]
    """Of a text and its language, a BCP 47 tag, ``und`` where it is not known."""
    dimension: int
    """Of its vectors: a multiple of 64, up to 4,096."""
    version: int = 1
    """Another number, other vectors: an index made with one is made anew for the other."""

    def _bytes(self, text: str, language: str) -> bytes | None:
        try:
            told = self.embed(text, language)
            numbers = None if told is None else numbers_of("the vector", told)
            if numbers is not None and len(numbers) != self.dimension:
                raise InvalidArgument(f"it has {len(numbers)} numbers, not {self.dimension}")
            return None if numbers is None else array("f", numbers).tobytes()
        except Exception:
            _log.warning("a text has no vector: the embedder failed", exc_info=True)
            return None
