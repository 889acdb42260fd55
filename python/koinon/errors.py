"""Why a call failed: one class per code of the engine, all of them :class:`Error`.

Where Python has a class of its own for the same thing, ours is one of those, too: a missing
record is a :class:`LookupError`, a wrong argument a :class:`ValueError`, a full disk an
:class:`OSError`.
"""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Sequence

__all__ = [
    "AlreadyExists",
    "Busy",
    "Cancelled",
    "Conflict",
    "Damaged",
    "Erased",
    "Error",
    "Expired",
    "Forked",
    "InputOutput",
    "Internal",
    "InvalidArgument",
    "InvalidInput",
    "InvalidRecord",
    "InvalidUtf8",
    "NotACatalogue",
    "NotFound",
    "OutOfMemory",
    "ReadOnly",
    "TooNew",
    "UnknownFormat",
    "Violation",
]


class Violation(NamedTuple):
    """One broken rule."""

    path: str
    """Where: ``participations[2].role``; empty for the record as a whole."""
    code: str
    """Which: ``unknown_code``, ``missing`` …; stable, for programs."""
    message: str
    """What to do about it, for people."""


class Error(Exception):
    """Every failure of the engine."""

    code: int = 99
    """The number of ``KN_E_*`` in ``koinon.h``; never reused."""

    def __init__(self, message: str = "", violations: Sequence[Violation] = ()) -> None:
        super().__init__(message)
        self.violations: tuple[Violation, ...] = tuple(violations)
        """Every broken rule, of :class:`InvalidRecord`, and of :class:`InvalidArgument` where a
        search or a question has a wrong form; else empty."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class InvalidArgument(Error, ValueError):
    """An argument out of its range, or a catalogue that is closed."""

    code = 1


class NotFound(Error, LookupError):
    """No such record, version, row or file."""

    code = 2


class AlreadyExists(Error):
    """What was to be made is there."""

    code = 3


class Conflict(Error):
    """Somebody else changed the record in the meantime: get it again, and decide."""

    code = 4


class InvalidRecord(Error, ValueError):
    """A record that breaks rules: see ``violations``, which names them all."""

    code = 5


class InvalidInput(Error, ValueError):
    """A file that cannot be read as what it is said to be."""

    code = 6


class NotACatalogue(Error):
    """The file belongs to something else. It was left untouched."""

    code = 7


class TooNew(Error):
    """The file was written by a later Koinon. It was left untouched."""

    code = 8


class Damaged(Error):
    """The file is truncated or damaged. It was left untouched."""

    code = 9


class Busy(Error):
    """Another process is writing, or a view is being built."""

    code = 10


class ReadOnly(Error):
    """The catalogue was opened for reading alone."""

    code = 11


class InputOutput(Error, OSError):
    """The system refused: disk full, no permission."""

    code = 12


class Cancelled(Error):
    """The work was asked to stop."""

    code = 13


class UnknownFormat(Error, ValueError):
    """No such import format, or none that the file looks like: see
    :func:`koinon.import_formats`."""

    code = 14


class InvalidUtf8(Error, ValueError):
    """Text that is not UTF-8."""

    code = 15


class Forked(Error):
    """The catalogue was opened before ``fork()``: open catalogues after it, in the child itself."""

    code = 16


class OutOfMemory(Error, MemoryError):
    """No memory."""

    code = 17


class Erased(Error, LookupError):
    """The record was there, and has been erased."""

    code = 18


class Expired(Error):
    """A state of the catalogue that is no longer kept: ask for the first page again."""

    code = 19


class Internal(Error):
    """A fault in Koinon itself: please report it."""

    code = 99


_by_code: dict[int, type[Error]] = {kind.code: kind for kind in Error.__subclasses__()}


def _make(code: int, message: str, violations: Sequence[Mapping[str, Any]]) -> Error:
    """For the engine: the exception of this code."""
    return _by_code.get(code, Internal)(message, [Violation(**told) for told in violations])
