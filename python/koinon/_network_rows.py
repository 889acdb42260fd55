"""Networks of rows that no catalogue has."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Iterable, Union

from . import _engine
from ._network import Network
from .errors import InvalidArgument

if TYPE_CHECKING:
    from typing_extensions import Buffer

IntegerColumn = Union["Buffer", Iterable[int]]
"""A column of whole numbers: a list, or an array of NumPy, pandas or ``array``."""


def network_of_rows(
    organisation: IntegerColumn,
    work: IntegerColumn,
    *,
    role: IntegerColumn = (),
    from_day: IntegerColumn = (),
    to_day: IntegerColumn = (),
    organisations: Iterable[str] = (),
    works: Iterable[str] = (),
    roles: Iterable[str] = (),
    names: Iterable[str] = (),
    countries: Iterable[str] = (),
    kinds: Iterable[str] = (),
) -> Network:
    """A network of data of one's own, without a catalogue: row i says that ``organisation[i]``
    takes part in ``work[i]``. All of :class:`Network` works on it, at the same speed; its
    ``change`` is 0.

    organisation, work, role: by row, places in ``organisations``, ``works`` and ``roles``. Without
        ``organisations`` or ``works`` the numbers are ids, with as many digits each: ``"007"``.
    from_day, to_day: by row, days from 1970-01-01, for :meth:`Network.growth`; -2**31 and
        2**31 - 1 where they are not known.
    names, countries, kinds: one for each of ``organisations``.

    Organisations without rows are left out; a row that is told again is one. Columns are read
    where they lie if they are of 32 bits (``role``: 16), else copied. O(rows log rows of one +
    organisations log organisations). Raises InvalidArgument, which names the column and the row.

    >>> import koinon as kn
    >>> network = kn.network_of_rows([0, 1, 1, 2], [0, 0, 1, 1], organisations=["a", "b", "c"])
    >>> list(network), list(network.measure("partners"))
    (['a', 'b', 'c'], [1.0, 2.0, 1.0])
    """
    return Network(
        _engine.network_of_rows(
            _column("organisation", organisation, "I"),
            _column("work", work, "I"),
            _column("role", role, "H"),
            _column("from_day", from_day, "i"),
            _column("to_day", to_day, "i"),
            [*organisations],
            [*works],
            [*roles],
            [*names],
            [*countries],
            [*kinds],
        )
    )


def _column(name: str, values: IntegerColumn, code: str) -> bytes:
    """The bytes of whole numbers of a type of ``array``."""
    try:
        view = memoryview(values)  # type: ignore[arg-type]
        if view.ndim == 1 and view.format == code:
            return view.tobytes()
    except TypeError:
        pass
    try:
        told: Any = values.tolist() if hasattr(values, "tolist") else values
        return array(code, told).tobytes()
    except (TypeError, OverflowError, ValueError) as error:
        bits = 8 * array(code).itemsize
        sign = "from 0" if code.isupper() else "with a sign"
        raise InvalidArgument(
            f"{name} is no column of whole numbers {sign} that fit {bits} bits: {error}"
        ) from error
