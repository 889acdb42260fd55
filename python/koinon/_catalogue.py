"""The catalogue."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Iterable, Iterator, Mapping, NoReturn, Union

from . import _engine, _html
from ._partners import PartnerResults
from ._progress import Progress, reporting
from ._records import Change, Record, Write, Written, change
from ._reports import (
    CheckReport,
    GraphSummary,
    ImportReport,
    Quarantine,
    Statistics,
    ViewStatus,
)
from ._search import SearchResults
from .errors import InvalidArgument

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]

_PAGE = 1000


def open(
    path: Path,
    *,
    read_only: bool = False,
    create: bool = True,
    busy_timeout: float = 5.0,
    background_views: bool = False,
) -> Catalogue:
    """Opens a catalogue, or makes one. Milliseconds at any size: views are built when they are
    first asked for.

    path: the file; ``":memory:"`` lives as long as the object.
    read_only: writes nothing, and needs an existing file.
    create: make the file if there is none.
    busy_timeout: seconds that a write waits for another process's write.
    background_views: start building the views at once, on a thread of the engine.

    Raises NotFound, NotACatalogue, TooNew, Damaged (the file is left untouched), InputOutput, Busy.
    """
    if not 0 <= busy_timeout <= 86_400:
        raise InvalidArgument(f"busy_timeout is {busy_timeout}, not 0 to 86400 seconds")
    engine = _engine.open(
        _file(path),
        create=create and not read_only,
        read_only=read_only,
        busy_timeout_ms=round(1000 * busy_timeout),
        background_views=background_views,
    )
    return Catalogue(engine, os.fsdecode(path))


class Catalogue:
    """An open catalogue; :func:`koinon.open` makes it. A context manager, which closes it.

    Threads may share it: reads go on at once, writes one after another, and the interpreter lock
    is free while the engine works. After ``fork()`` each call of the child raises Forked, and so
    does opening the same file there: open after forking. Ctrl-C stops long calls (imports,
    exports, checks, backups, building a view) within a fraction of a second; the catalogue stays
    usable.

    ``progress`` of long calls is True (a bar of tqdm where that is installed, else a line on a
    terminal), or a callable of stage, done and total, which runs on the calling thread, some ten
    times a second; an exception that it raises stops the call.
    """

    def __init__(self, engine: _engine.Catalogue, path: str) -> None:
        self._engine = engine
        self._path = path

    # -- Life ---------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """As it was opened."""
        return self._path

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._engine.closed

    def close(self) -> None:
        """Closes the file; calls still running in other threads end first. Twice does nothing."""
        self._engine.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Catalogue cannot be pickled: send its path, and open it again there")

    def __repr__(self) -> str:
        return f"<Catalogue {self._path!r}{', closed' if self.closed else ''}>"

    def _repr_html_(self) -> str:
        if self.closed:
            return f"<p>{_html.text(repr(self))}</p>"
        figures = self.statistics()
        rows = [(_html.text(kind), f"{records:,}") for kind, records in figures.kinds.items()]
        return _html.table(("kind", "records"), rows, f"<b>{_html.text(self._path)}</b>")

    # -- Files --------------------------------------------------------------------------------

    def import_file(
        self,
        path: Path,
        format: str | None = None,
        portal: str | None = None,
        encoding: str | None = None,
        skip_rows: int = 0,
        by: str | None = None,
        progress: Progress = None,
    ) -> ImportReport:
        """Reads a file as a stream, a transaction for each batch of rows. Bad rows go to
        quarantine, with every reason; importing a file twice changes nothing. O(rows), in memory
        that does not grow.

        format: one of :func:`koinon.import_formats`; None guesses it from the first bytes.
        portal: whose rows these are; None is the format's own.
        encoding: ``windows-1252``, ``UTF-16LE`` …; None is UTF-8: never guessed.
        skip_rows: goes on after this many rows.
        by: kept in the journal.
        progress: done and total are bytes.

        Raises NotFound, InvalidInput, UnknownFormat, InputOutput, ReadOnly, Busy. When Ctrl-C, or
        an exception of ``progress``, breaks it off, that exception has the ``report`` of what is
        in; ``skip_rows=report.next_row`` goes on from there.
        """
        with reporting(progress) as callback, _reports():
            return ImportReport._of(
                self._engine.import_file(
                    _file(path),
                    format=format or "",
                    portal=portal or "",
                    encoding=encoding or "",
                    by=by or "",
                    skip_rows=_count("skip_rows", skip_rows),
                    progress=callback,
                )
            )

    def import_sample(self, progress: Progress = None) -> ImportReport:
        """Imports the bundled sample: about a hundred case studies of real initiatives in all
        member states, with their organisations and projects."""
        with reporting(progress) as callback, _reports():
            return ImportReport._of(self._engine.import_sample(callback))

    def export(self, path: Path, history: bool = False, progress: Progress = None) -> int:
        """Writes Koinon's JSON Lines: the present state, or with ``history`` every version and
        the journal. Returns the number of lines. An existing file is replaced once the new one is
        whole. O(records).
        """
        with reporting(progress) as callback:
            return self._engine.export_file(_file(path), history, callback)

    def backup(self, path: Path, progress: Progress = None) -> None:
        """Makes a consistent copy of the file while others read and write. O(size of the file)."""
        with reporting(progress) as callback:
            self._engine.backup(_file(path), callback)

    # -- Reading ------------------------------------------------------------------------------

    def search(
        self,
        text: str = "",
        language: str | None = None,
        filters: Mapping[str, str | Iterable[str]] | None = None,
        facets: Iterable[str] = (),
        limit: int = 10,
        offset: int = 0,
        *,
        facet_values: int = 10,
        unpublished: bool = False,
        snippets: bool = True,
        progress: Progress = None,
    ) -> SearchResults:
        """Answers a user's question, which is never an error: bare words are alternatives,
        ``+word`` must occur, ``-word`` must not, ``"quoted words"`` occur side by side. An empty
        one finds every record, newest first. The first search builds the index, which takes a
        while; later ones catch up.

        language: of the user, such as ``"nl"``: a prior, never a filter; also that of the facets'
            labels.
        filters: a facet field and a code, or codes of which one must be there: ``{"country":
            ["FI", "SE"]}``.
        facets: fields to count over all matches; see :func:`koinon.facet_fields`.
        facet_values: the most frequent values kept for each facet.
        unpublished: also case studies that are not published.
        snippets: also the text that matched, for each hit.

        Raises InvalidArgument for an unknown field.
        """
        wanted = [(field, _strings(codes)) for field, codes in (filters or {}).items()]
        with reporting(progress) as callback:
            answer = self._engine.search(
                text.encode(errors="replace"),
                language=language or "",
                filters=wanted,
                facets=_strings(facets),
                facet_values=_count("facet_values", facet_values),
                limit=_count("limit", limit),
                offset=_count("offset", offset),
                unpublished=unpublished,
                snippets=snippets,
                progress=callback,
            )
        return SearchResults(answer, text, language or "en", offset)

    def get(self, id: str, version: int | None = None) -> Record:
        """A record as it is, or as it was in ``version``. Raises NotFound when it never was or
        was removed, Erased when it was erased."""
        return Record(self._engine.get(id, None if version is None else _count("version", version)))

    def history(self, id: str) -> list[Change]:
        """All versions, oldest first. Raises NotFound."""
        return [change(entry) for entry in self._engine.history(id)]

    def follow(self, after: int = 0, limit: int | None = None) -> Iterator[Change]:
        """The journal after change ``after``, in order, as far as it goes when the end is
        reached: applying each entry, any number of times, gives the catalogue. Read in pages, so
        memory does not grow."""
        _count("after", after)
        left = None if limit is None else _count("limit", limit)
        while left is None or left > 0:
            asked = _PAGE if left is None else min(left, _PAGE)
            page = self._engine.follow(after, asked)
            yield from map(change, page)
            if len(page) < asked:
                return
            after = page[-1]["n"]
            left = None if left is None else left - asked

    def ids(self, kind: str) -> Iterator[str]:
        """The ids of all records of a kind, in order of id. Read in pages, so memory does not
        grow."""
        after = ""
        while page := self._engine.ids(kind, after, _PAGE):
            yield from page
            after = page[-1]

    def partners(
        self,
        id: str,
        limit: int = 20,
        offset: int = 0,
        *,
        works: int = 5,
        progress: Progress = None,
    ) -> PartnerResults:
        """Organisations that share records with this one, closest first, each with its latest
        ``works`` shared records. The first call builds the graph. Raises NotFound, and
        InvalidArgument when ``id`` is no organisation."""
        with reporting(progress) as callback:
            answer = self._engine.partners(
                id,
                limit=_count("limit", limit),
                offset=_count("offset", offset),
                works=_count("works", works),
                progress=callback,
            )
        return PartnerResults(answer, id)

    def graph_summary(self, progress: Progress = None) -> GraphSummary:
        """Figures of the partnership graph. The first call builds the graph."""
        with reporting(progress) as callback:
            return GraphSummary(**self._engine.graph_summary(callback))

    def prepare(self, progress: Progress = None) -> None:
        """Builds or catches up every view now, as the first search otherwise does. O(records)."""
        with reporting(progress) as callback:
            self._engine.prepare(callback)

    def views(self) -> list[ViewStatus]:
        """How far each view has come."""
        return [ViewStatus(**status) for status in self._engine.views()]

    # -- Writing: each call is one transaction, all or nothing --------------------------------

    def put(
        self,
        kind: str,
        record: Mapping[str, Any],
        id: str | None = None,
        expected_version: int | None = None,
        by: str | None = None,
    ) -> Written:
        """Makes a record, or its next version. Raises InvalidRecord with every violation,
        Conflict when ``expected_version`` is not the present one (0: must not exist), ReadOnly,
        Busy."""
        return self.put_all([Write(kind, record, id, expected_version)], by)[0]

    def put_all(
        self, writes: Iterable[Write | tuple[Any, ...]], by: str | None = None
    ) -> list[Written]:
        """Puts many records, all or none: each a :class:`Write` or a tuple like one. Errors as with
        :meth:`put`."""
        told = [Write(*write) for write in writes]
        done = self._engine.put_all(
            [
                (write.kind, _json(write.record), write.id or "", write.expected_version)
                for write in told
            ],
            by or "",
        )
        return [Written(**written) for written in done]

    def remove(self, id: str, expected_version: int | None = None, by: str | None = None) -> None:
        """Takes a record out of the present state; its history stays readable. Raises NotFound,
        Conflict."""
        self._engine.remove(id, expected_version, by or "")

    def erase(self, id: str, by: str | None = None, progress: Progress = None) -> None:
        """Takes every version of a record's content out of the file and the views, also
        participations that name it, and quarantined rows that hold it. Backups and exports made
        earlier are out of reach. Raises NotFound. O(size of the file)."""
        with reporting(progress) as callback:
            self._engine.erase(id, by or "", callback)

    # -- Care ---------------------------------------------------------------------------------

    def quarantine(self, file: Path | None = None, limit: int = 100, offset: int = 0) -> Quarantine:
        """Rows that imports could not store, of one file (as it was imported) or of all, oldest
        first."""
        which = b"" if file is None else _file(file)
        return Quarantine(
            self._engine.quarantine(which, _count("limit", limit), _count("offset", offset))
        )

    def retry(self, id: int, text: str | bytes | None = None) -> ImportReport:
        """Tries a quarantined row again, with ``text`` in place of its bytes when given. A row
        that fails again stays, with its new reasons. Raises NotFound."""
        mended = text.encode() if isinstance(text, str) else text
        return ImportReport._of(self._engine.retry(_count("id", id), mended))

    def discard(self, id: int) -> None:
        """Throws a quarantined row away. Raises NotFound."""
        self._engine.discard(_count("id", id))

    def statistics(self) -> Statistics:
        """Figures of the catalogue."""
        return Statistics(**self._engine.statistics())

    def check(self, progress: Progress = None) -> CheckReport:
        """Looks at the file's integrity, every record against the rules, and every reference.
        O(size of the file)."""
        with reporting(progress) as callback:
            return CheckReport._of(self._engine.check(callback))


def _file(path: Path) -> bytes:
    return os.fsencode(path)


def _json(record: Mapping[str, Any]) -> bytes:
    if isinstance(record, Record):
        return record.json.encode()
    try:
        return json.dumps(dict(record), allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArgument(f"the record cannot be written as JSON: {error}") from error


def _strings(values: str | Iterable[str]) -> list[str]:
    return [values] if isinstance(values, str) else list(values)


def _count(name: str, value: int) -> int:
    if value < 0:
        raise InvalidArgument(f"{name} is {value}, but counts from 0")
    return value


@contextmanager
def _reports() -> Iterator[None]:
    """Makes the report that the engine left in the exception of an import that was broken off
    readable."""
    try:
        yield
    except BaseException as stopped:
        report = getattr(stopped, "report", None)
        if isinstance(report, dict):
            stopped.report = ImportReport._of(report)  # type: ignore[attr-defined]
        raise
