"""What every answer of many rows can become: a frame, an Arrow table, columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Mapping, Sequence, TypeVar, overload

from . import _engine
from ._optional import require

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_Row = TypeVar("_Row", covariant=True)

_PANDAS_TYPES = {"u": object, "g": "float64", "l": "int64", "b": "bool", "+l": object}


class Table:
    """Rows that are kept as columns. Each conversion copies: O(cells)."""

    _schema: tuple[tuple[str, str], ...]
    """Names of the columns, and their Arrow formats."""

    def _columns(self) -> dict[str, list[Any]]:
        raise NotImplementedError

    def to_dict(self) -> Mapping[str, Any]:
        """The columns by name, as lists."""
        return {name: list(self._columns()[name]) for name, _ in self._schema}

    def to_pandas(self) -> pandas.DataFrame:
        """One row for each row. Needs pandas."""
        made = require("pandas", "to_pandas()")
        columns = self._columns()
        frame: pandas.DataFrame = made.DataFrame(
            {
                name: made.Series(columns[name], dtype=_PANDAS_TYPES[format])
                for name, format in self._schema
            }
        )
        return frame

    def to_polars(self) -> polars.DataFrame:
        """One row for each row. Needs polars 1.3 or later."""
        frame: polars.DataFrame = require("polars", "to_polars()").DataFrame(_Stream(self))
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """One row for each row. Needs pyarrow 14 or later."""
        return require("pyarrow", "to_arrow()").table(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow PyCapsule interface, for whatever reads it; needs no package. The schema is
        ours, whatever is requested, as the interface allows."""
        columns = self._columns()
        return _engine.arrow_stream(
            [(name, format, columns[name]) for name, format in self._schema]
        )


class Rows(Table, Sequence[_Row]):
    """A table that is a sequence of its rows, each made when it is asked for."""

    def _row(self, place: int) -> _Row:
        """Raises IndexError beyond the last."""
        raise NotImplementedError

    @overload
    def __getitem__(self, place: int) -> _Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[_Row]: ...
    def __getitem__(self, place: int | slice) -> _Row | list[_Row]:
        if isinstance(place, slice):
            return [self._row(i) for i in range(*place.indices(len(self)))]
        return self._row(place)

    def __iter__(self) -> Iterator[_Row]:
        return (self._row(place) for place in range(len(self)))


class _Stream:
    """The Arrow stream of a table that is nothing else: polars takes a sequence as rows of its own
    kind."""

    def __init__(self, table: Table) -> None:
        self.__arrow_c_stream__ = table.__arrow_c_stream__
