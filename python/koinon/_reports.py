"""What imports and checks tell."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Mapping, Sequence

from . import _html
from ._records import instant
from ._table import Rows, Table
from .errors import Violation


@dataclass(frozen=True)
class ImportReason:
    """Rows that stayed out for one reason."""

    code: str
    field: str
    message: str
    """Of the first such row."""
    rows: int
    first_line: int


@dataclass(frozen=True)
class ImportReport(Table):
    """What became of a file: read = stored + unchanged + quarantined.

    Frames have one row for each reason: code, field, message, rows, first_line.
    """

    file: str
    format: str
    read: int
    stored: int
    """Rows that made or changed a record."""
    unchanged: int
    """Rows that the catalogue already held."""
    quarantined: int
    records_created: int
    records_updated: int
    reasons: tuple[ImportReason, ...]
    """Why rows went to quarantine, the most frequent first."""
    complete: bool
    """False when it was stopped."""
    next_row: int
    """Where to go on after that: ``skip_rows``."""
    seconds: float

    _schema = (
        ("code", "u"),
        ("field", "u"),
        ("message", "u"),
        ("rows", "l"),
        ("first_line", "l"),
    )

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> ImportReport:
        return cls(**{**data, "reasons": tuple(ImportReason(**told) for told in data["reasons"])})

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [getattr(r, name) for r in self.reasons] for name, _ in self._schema}

    def to_dict(self) -> dict[str, Any]:
        """The same as ``koinon import --json`` prints."""
        return {**asdict(self), "reasons": [asdict(reason) for reason in self.reasons]}

    def _counts(self) -> str:
        counts = (
            f"{self.read:,} read = {self.stored:,} stored + {self.unchanged:,} unchanged"
            f" + {self.quarantined:,} quarantined"
        )
        return (
            counts if self.complete else f"{counts}; stopped, go on with skip_rows={self.next_row}"
        )

    def __repr__(self) -> str:
        return f"<ImportReport {self.file} ({self.format}): {self._counts()}; {self.seconds:.2f} s>"

    def __str__(self) -> str:
        head = f"{self.file} ({self.format}): {self._counts()}; {self.seconds:.2f} s"
        reasons = [
            f"  {reason.rows:,} × {reason.code} {reason.field}: {reason.message}"
            f" (first in line {reason.first_line})"
            for reason in self.reasons
        ]
        return "\n".join([head, *reasons])

    def _repr_html_(self) -> str:
        shown = self.reasons[: _html.ROWS]
        rows = [
            (
                f"{reason.rows:,}",
                _html.text(reason.code),
                _html.text(reason.field),
                _html.text(reason.message),
                str(reason.first_line),
            )
            for reason in shown
        ]
        caption = (
            f"<b>{_html.text(self.file)}</b> ({_html.text(self.format)}): "
            f"{_html.text(self._counts())}; {self.seconds:.2f} s"
        )
        if not rows:
            return f"<p>{caption}</p>"
        head = ("rows", "code", "field", "reason", "first line")
        return _html.table(head, rows, caption, more=len(self.reasons) - len(shown))


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that could not be stored, as it was read."""

    id: int
    file: str
    format: str
    portal: str
    encoding: str
    line: int
    """First line of the row, from 1."""
    at: datetime
    violations: tuple[Violation, ...]
    bytes: bytes
    """Of a row past 16 MiB only the beginning."""
    size: int
    """Of the row as read, in bytes."""

    @property
    def text(self) -> str:
        """The bytes as text, U+FFFD for what cannot be read: to mend and
        :meth:`Catalogue.retry`."""
        try:
            return self.bytes.decode(self.encoding or "utf-8", errors="replace")
        except LookupError:  # an encoding that Python does not know
            return self.bytes.decode("utf-8", errors="replace")


class Quarantine(Rows[QuarantinedRow]):
    """A page of the rows in quarantine.

    Frames have one row for each: id, file, line, format, code and message of its first reason,
    text.
    """

    _schema = (
        ("id", "l"),
        ("file", "u"),
        ("line", "l"),
        ("format", "u"),
        ("code", "u"),
        ("message", "u"),
        ("text", "u"),
    )

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def _row(self, place: int) -> QuarantinedRow:
        row = dict(self._rows[place])
        row["at"] = instant(row["at"])
        row["violations"] = tuple(Violation(**told) for told in row["violations"])
        return QuarantinedRow(**row)

    def _columns(self) -> dict[str, list[Any]]:
        firsts = [row.violations[0] if row.violations else Violation("", "", "") for row in self]
        return {
            **{
                name: [row[name] for row in self._rows] for name in ("id", "file", "line", "format")
            },
            "code": [first.code for first in firsts],
            "message": [first.message for first in firsts],
            "text": [row.text for row in self],
        }

    def __repr__(self) -> str:
        return f"<Quarantine: {len(self)} rows>"

    def _repr_html_(self) -> str:
        shown = self[: _html.ROWS]
        rows = [
            (
                str(row.id),
                f"{_html.text(row.file)}:{row.line}",
                "<br>".join(_html.text(f"{v.path}: {v.message}") for v in row.violations),
                f"<code>{_html.text(row.text)}</code>",
            )
            for row in shown
        ]
        return _html.table(("id", "line", "reasons", "row"), rows, more=len(self) - len(shown))


@dataclass(frozen=True)
class Finding:
    """Something wrong with the file or a record."""

    where: str
    message: str


@dataclass(frozen=True)
class CheckReport:
    """What a check found."""

    records: int
    """Looked at."""
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """True when there is nothing wrong."""
        return not self.findings

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> CheckReport:
        return cls(data["records"], tuple(Finding(**told) for told in data["findings"]))


@dataclass(frozen=True)
class RefusedVector:
    """A row of vectors that stayed out."""

    row: int
    """From 0."""
    id: str
    code: str
    """``not_finite``, ``zeros``, ``too_many``, ``not_found``, ``removed`` or ``erased``."""
    message: str


@dataclass(frozen=True)
class VectorsReport(Table):
    """What became of vectors.

    Frames have one row for each that was refused: row, id, code, message.
    """

    rows: int
    """Given."""
    stored: int
    """Records that have new vectors."""
    unchanged: int
    """Records that had these already."""
    change: int
    """The latest journal entry of it; 0 where nothing changed."""
    refused: tuple[RefusedVector, ...]

    _schema = (("row", "l"), ("id", "u"), ("code", "u"), ("message", "u"))

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> VectorsReport:
        refused = tuple(RefusedVector(**told) for told in data["refused"])
        return cls(**{**data, "refused": refused})

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [getattr(r, name) for r in self.refused] for name, _ in self._schema}


@dataclass(frozen=True)
class VectorModel:
    """Whose ready vectors a catalogue has."""

    name: str
    dimension: int
    records: int
    """That have any."""


@dataclass(frozen=True)
class Statistics:
    """Figures of a catalogue."""

    path: str
    change: int
    """Number of the latest journal entry."""
    kinds: dict[str, int]
    """Present records of each kind."""
    versions: int
    erased: int
    quarantined: int
    bytes: int
    """Of the file."""
    schema: int
    vectors: tuple[VectorModel, ...]
    """The models that have ready vectors here, by name."""

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> Statistics:
        return cls(**{**data, "vectors": tuple(VectorModel(**told) for told in data["vectors"])})

    @property
    def records(self) -> int:
        """Present records of all kinds."""
        return sum(self.kinds.values())


@dataclass(frozen=True)
class GraphSummary:
    """The partnership graph as a whole."""

    change: int
    organisations: int
    """That take part in anything."""
    works: int
    participations: int
    components: int
    largest_component: int
    """Organisations in it."""


@dataclass(frozen=True)
class ViewStatus:
    """How far a view has come."""

    name: str
    reached: int
    """The change after which it is right."""
    building: bool
    damaged: bool
    problem: str
    """Why it is not kept beside the file; empty where all is well."""
