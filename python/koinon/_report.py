"""Counts and sums of records by what they tell of themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Iterable, Mapping

from . import _engine, _html
from ._eligibility import day_text, request_json
from ._network import Day
from ._plots import report_bars
from ._progress import Progress, reporting
from ._table import Rows
from .errors import InvalidArgument

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class ReportSum:
    """A sum of one measure in one currency. Currencies are never added up."""

    measure: str
    currency: str
    amount: Decimal | None
    """None where the engine's 64 bits do not hold it in minor units."""
    records: int
    """That told an amount in this currency."""


@dataclass(frozen=True)
class ReportRow:
    """The records that have one combination of codes."""

    codes: tuple[str, ...]
    """One for each dimension of the report; empty where none is told."""
    labels: tuple[str, ...]
    records: int
    sums: tuple[ReportSum, ...]


class Report(Rows[ReportRow]):
    """Counts and sums, the most records first: a sequence of :class:`ReportRow`, and a table in a
    notebook.

    Frames have a column for each dimension (its codes), one for its labels (``country_label``),
    ``records``, and one for each measure and currency (``budget_EUR``, NaN where none is told). A
    record with several codes stands in the row of each; ``total`` has each once.
    """

    def __init__(self, data: Mapping[str, Any], page: str) -> None:
        self.change: int = data["change"]
        """The state that it was drawn from: ``report(..., change=that)`` gives it again."""
        self.of: str = data["of"]
        self.by: tuple[str, ...] = tuple(data["by"])
        self.total: ReportRow = _row({**data["total"], "codes": (), "labels": ()})
        """Each record once."""
        self._rows: list[ReportRow] = [_row(row) for row in data["rows"]]
        self._page = page
        names = [(sum.measure, sum.currency) for sum in self.total.sums]
        self._money = {
            f"{measure.replace(' ', '_')}_{currency}": (measure, currency)
            for measure, currency in names
        }
        schema = [(name, "u") for each in self.by for name in (each, f"{each}_label")]
        self._schema = (*schema, ("records", "l"), *((name, "g") for name in self._money))

    def _columns(self) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {name: [] for name, _ in self._schema}
        for row in self._rows:
            for place, name in enumerate(self.by):
                columns[name].append(row.codes[place])
                columns[f"{name}_label"].append(row.labels[place])
            columns["records"].append(row.records)
            told = {(sum.measure, sum.currency): sum.amount for sum in row.sums}
            for name, key in self._money.items():
                amount = told.get(key)
                columns[name].append(float("nan") if amount is None else float(amount))
        return columns

    def __len__(self) -> int:
        return len(self._rows)

    def _row(self, place: int) -> ReportRow:
        return self._rows[place]

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns of the frames, as lists."""
        return self._columns()

    def to_markdown(self) -> str:
        """The report as a page."""
        return self._page

    def plot(self, ax: Axes | None = None) -> Axes:
        """A bar for each of the first rows. Needs matplotlib; returns the axes."""
        return report_bars(self, ax)

    def __str__(self) -> str:
        return self._page

    def __repr__(self) -> str:
        by = f" by {', '.join(self.by)}" if self.by else ""
        return f"<Report of {self.of}{by}: {len(self)} rows, {self.total.records} records>"

    def _repr_html_(self) -> str:
        money = list(self._money.items())
        most = max((row.records for row in self._rows), default=0)
        rows = [
            (
                *(_html.text(label or "(not told)") for label in row.labels),
                _html.bar(row.records, most),
                *(_html.text(_amount(row, key)) for _, key in money),
            )
            for row in self._rows[: _html.ROWS]
        ]
        head = (
            *self.by,
            "records",
            *(f"{measure}, {currency}" for _, (measure, currency) in money),
        )
        caption = (
            f"{_html.text(self.of)}: {self.total.records} records, each once; drawn after change "
            f"{self.change}"
        )
        return _html.table(head, rows, caption, len(self) - len(rows))


def _row(data: Mapping[str, Any]) -> ReportRow:
    sums = tuple(
        ReportSum(
            sum["measure"],
            sum["currency"],
            None if sum["amount"] is None else Decimal(sum["amount"]),
            sum["records"],
        )
        for sum in data["sums"]
    )
    return ReportRow(tuple(data["codes"]), tuple(data["labels"]), data["records"], sums)


def _amount(row: ReportRow, key: tuple[str, str]) -> str:
    for sum in row.sums:
        if (sum.measure, sum.currency) == key:
            return "too great" if sum.amount is None else f"{sum.amount:,}"
    return "–"


class Reporting:
    """The part of a catalogue that draws reports."""

    _engine: _engine.Catalogue

    def report(
        self,
        of: str = "case-study",
        by: str | Iterable[str] = (),
        *,
        only: Mapping[str, str | Iterable[str]] | None = None,
        since: Day = None,
        until: Day = None,
        language: str = "en",
        change: int | None = None,
        progress: Progress = None,
    ) -> Report:
        """Counts and sums of records by what they tell of themselves.

        of: a kind of record.
        by: up to three of its dimensions (:func:`koinon.report_dimensions`), such as ``country``.
        only: records that have one of these codes: ``{"state": "published"}``; ``""`` is a code
            too, of those that tell none.
        since, until: records that run at any time between, as far as is known.
        language: of labels.
        change: the state after this change of the journal; None: the present. What was erased since
            is not in it. It costs what was written since, or, where that is most of the journal,
            what was written before.

        The first report builds the columns that it reads: O(records). Raises InvalidArgument with a
        violation for all that is wrong.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> for country in ("FI", "FI", "NL"):
        ...     names = [{"language": "en", "text": "Somebody"}]
        ...     _ = cat.put("organisation", {"names": names, "addresses": [{"country": country}]})
        >>> [(row.labels[0], row.records) for row in cat.report("organisation", by="country")]
        [('Finland', 2), ('Netherlands', 1)]
        """
        conditions = None
        if only is not None:
            conditions = {
                name: [codes] if isinstance(codes, str) else [*codes]
                for name, codes in only.items()
            }
        days = {"from": day_text("since", since), "to": day_text("until", until)}
        period = {name: day for name, day in days.items() if day is not None}
        if change is not None and change < 1:
            raise InvalidArgument(f"change is {change}; changes are numbered from 1")
        request = {
            "of": of,
            "by": [by] if isinstance(by, str) else [*by],
            "only": conditions,
            "period": period or None,
            "language": language,
            "change": change,
        }
        with reporting(progress) as callback:
            told, page = self._engine.report(request_json(request), callback)
        return Report(json.loads(told), page)


def report_dimensions(kind: str) -> list[str]:
    """What records of a kind can be reported by. Raises InvalidArgument for no kind of record.

    >>> import koinon as kn
    >>> kn.report_dimensions("award")
    ['country', 'theme', 'year', 'programme', 'call']
    """
    return _engine.report_dimensions(kind)


def report_measures(kind: str) -> list[str]:
    """What the sums of a report on a kind are of. Raises InvalidArgument for no kind of record.

    >>> import koinon as kn
    >>> kn.report_measures("project")
    ['total budget', 'EU budget']
    """
    return _engine.report_measures(kind)
