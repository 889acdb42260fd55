"""The catalogue."""

from __future__ import annotations

import json
import os
import weakref
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Mapping, NoReturn, Union

from . import _engine, _html
from ._alerts import Alerts
from ._care import Care
from ._centres import NationalCentres
from ._communities import Communities
from ._consortium import ConsortiumBuilder
from ._differences import Comparing
from ._eligibility import Eligibility
from ._evidence import Methods
from ._explanation import Explanation
from ._identity import WhoIsWho
from ._life_cycles import Living, engine_clock
from ._lineage import Lineage, ReplicationTimes
from ._neighbourhood import CommonPartners, Neighbourhood, PartnershipPath, near_organisations
from ._network import Day, Network, date_tuple
from ._network_tables import NearOrganisations
from ._outcome import Outcomes
from ._partners import PartnerResults
from ._peers import PeerLearning
from ._progress import Progress, reporting
from ._recommend import Recommending
from ._records import Change, Record, Write, Written, change
from ._report import Reporting
from ._reports import (
    CheckReport,
    GraphSummary,
    ImportReport,
    Quarantine,
    Statistics,
    VectorsReport,
    ViewStatus,
)
from ._request import Saved, SearchOptions, count, request_json, saved_json, strings
from ._search import SearchResults
from ._thesaurus import ConceptEntry, ThesaurusReport
from ._vectors import Embedder, Numbers, rows_of
from .errors import InvalidArgument
from .query import Query, like

if TYPE_CHECKING:
    from typing_extensions import Unpack

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]

_PAGE = 1000


def open(
    path: Path,
    *,
    read_only: bool = False,
    create: bool = True,
    busy_timeout: float = 5.0,
    background_views: bool = False,
    thesaurus: bool = True,
    word_vectors: Path | None = None,
    embedder: Embedder | None = None,
    languages: Iterable[str] = (),
    thesaurus_files: Path | Iterable[Path] = (),
    thesaurus_language: str | None = None,
    vector_model: str | None = None,
    vector_dimension: int | None = None,
    clock: Callable[[], datetime] | None = None,
) -> Catalogue:
    """Opens a catalogue, or makes one. Milliseconds at any size: views are built when they are
    first asked for.

    path: the file; ``":memory:"`` lives as long as the object.
    read_only: writes nothing, and needs an existing file.
    create: make the file if there is none.
    busy_timeout: seconds that a write waits for another process's write.
    background_views: start building the views at once, on a thread of the engine.
    thesaurus: find concepts in records and questions: EuroVoc and the glossary of social
        innovation.
    word_vectors: file of word vectors for search by meaning (``docs/reference/word-vectors.md``).
        It is mapped, and must stay as it is while the catalogue is open.
    embedder: a model of your own in the place of that file.
    languages: files of languages that the engine does not have, as JSON
        (``docs/reference/languages.md``). They hold for the process.
    thesaurus_files: SKOS files of your own (``docs/reference/concepts.md``): with ``thesaurus``
        they are joined to what is bundled, without it they stand in its place. They are compiled at
        the first opening, which takes seconds, and kept beside the catalogue; an index that was made
        with other concepts is made anew. :meth:`Catalogue.thesaurus` tells what was left out.
    thesaurus_language: of their labels that state none; None: those are left out.
    vector_model: the model whose ready vectors count: those of :meth:`Catalogue.put_vectors` under
        this name, and ``vector`` of :meth:`Catalogue.search`. With ``word_vectors`` or an
        ``embedder`` it is the name of that: records without ready vectors get theirs from there.
    vector_dimension: how many numbers its vectors have, a multiple of 64 up to 4,096; None: as many
        as those of ``word_vectors`` or the ``embedder``.
    clock: what time it is, with a time zone, in place of the system's clock: for the steps of lives
        and what guards them, and for the journal entries of writes and steps. Called from any
        thread; what it raises comes out of the call that asked it.

    Raises InvalidInput for a language, vectors or a thesaurus that make no sense, UnknownFormat for
    a thesaurus in JSON-LD, InvalidArgument for a model or dimension that cannot be or is not the one
    that the catalogue knows, NotFound, NotACatalogue, TooNew, Damaged (the file is left untouched),
    InputOutput, Busy.
    """
    if not 0 <= busy_timeout <= 86_400:
        raise InvalidArgument(f"busy_timeout is {busy_timeout}, not 0 to 86400 seconds")
    engine = _engine.open(
        _file(path),
        create=create and not read_only,
        read_only=read_only,
        busy_timeout_ms=round(1000 * busy_timeout),
        background_views=background_views,
        thesaurus=thesaurus,
        word_vectors="" if word_vectors is None else _file(word_vectors),
        languages=list(languages),
        thesaurus_files=[_file(each) for each in _paths(thesaurus_files)],
        thesaurus_language=thesaurus_language or "",
        vector_model=vector_model or "",
        vector_dimension=count("vector_dimension", vector_dimension or 0),
        embed=None if embedder is None else embedder._bytes,
        embed_dimension=0 if embedder is None else count("dimension", embedder.dimension),
        embed_version=0 if embedder is None else count("version", embedder.version),
        clock=engine_clock(clock),
    )
    catalogue = Catalogue(engine, os.fsdecode(path))
    if embedder is not None or clock is not None:
        # No thread of the engine may ask Python anything while the interpreter goes away.
        weakref.finalize(catalogue, engine.close)
    return catalogue


class Catalogue(
    Recommending,
    WhoIsWho,
    Eligibility,
    ConsortiumBuilder,
    Reporting,
    Outcomes,
    Living,
    Comparing,
    Methods,
    Care,
    Communities,
    PeerLearning,
    NationalCentres,
):
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
                    skip_rows=count("skip_rows", skip_rows),
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
        query: Query | Mapping[str, Any] | None = None,
        facet_values: int = 10,
        multi_select: bool = False,
        sort: str | None = None,
        rising: bool = False,
        group_by: str | None = None,
        after: str | None = None,
        keep: float = 0.0,
        deadline: float | None = None,
        across: bool = True,
        signals: Iterable[str] = ("words", "concepts", "spelling", "meaning"),
        vector: Numbers | None = None,
        as_you_type: bool = False,
        unpublished: bool = False,
        snippets: bool = True,
        suggest: bool = True,
        progress: Progress = None,
    ) -> SearchResults:
        """Answers a user's question, which is never an error: bare words are alternatives,
        ``+word`` must occur, ``-word`` must not, ``"quoted words"`` occur side by side; see
        ``docs/reference/query-language.md`` for the rest. An empty one finds every record, newest
        first. The first search builds the index, which takes a while; later ones catch up.

        language: of the user, such as ``"nl"``: a prior, never a filter; also that of the facets'
            labels.
        filters: a facet field and a code, or codes of which one must be there: ``{"country":
            ["FI", "SE"]}``; with a leading ``-`` of which none must be: ``{"-country": "FI"}``.
            All must hold, and none changes a score.
        facets: fields to count over all matches; see :func:`koinon.facet_fields`.
        limit, offset: of this page. Far pages cost what all before them cost, unless ``after`` leads
            there.
        query: what must hold besides; from :mod:`koinon.query`, or its JSON form.
        facet_values: the most frequent values kept for each facet.
        multi_select: count a facet that a filter picks from as if that filter were not there, for
            lists from which a user may tick several values.
        sort: one of :func:`koinon.number_fields`, greatest first; None is by score.
        rising: with ``sort``, least first.
        group_by: ``"initiative"``: of the records about one initiative only the best is shown;
            ``"organisation"``: of organisations that are one.
        after: ``next`` of the page before, with the rest of the question as it was then; ``offset``
            does not count. :meth:`search_pages` does it for you.
        keep: seconds, 0 to 3,600, for which the state that was searched is kept for the pages to
            come; 0: no ``next``.
        deadline: seconds, more than 0, after which the answer is what has been found by then, and
            ``late``; None: no limit.
        across: also records in other languages than ``language``.
        signals: the ways of finding a record: by the ``words`` of the question, by ``concepts`` of
            the thesaurus, by the ``spelling`` that languages share, by ``meaning``, where the
            catalogue was opened with ``word_vectors``, an ``embedder`` or a ``vector_model``.
        vector: what is asked for as a vector of the catalogue's model, as a buffer of floats or any
            numbers; it stands in the place of one made of ``text``. Without a text the records with
            the nearest vectors are found, nearest first, two hundred at most.
        as_you_type: the last word may be the beginning of one.
        unpublished: also case studies that are not published.
        snippets: also the text that matched, for each hit.
        suggest: look for a better spelling where a word of ``text`` is in no record.

        Raises InvalidArgument for an unknown field, a wrong range, point or form, and a ``next``
        of another question; NotFound for an id of :func:`koinon.query.like` that there is not;
        Expired when the state of ``after`` is no longer kept.
        """
        options: SearchOptions = {
            "language": language,
            "filters": filters,
            "facets": facets,
            "limit": limit,
            "offset": offset,
            "query": query,
            "facet_values": facet_values,
            "multi_select": multi_select,
            "sort": sort,
            "rising": rising,
            "group_by": group_by,
            "after": after,
            "keep": keep,
            "deadline": deadline,
            "across": across,
            "signals": signals,
            "vector": vector,
            "as_you_type": as_you_type,
            "unpublished": unpublished,
            "snippets": snippets,
            "suggest": suggest,
        }
        return self._search(text, options, progress, offset)

    def _search(
        self, text: str, options: SearchOptions, progress: Progress, before: int
    ) -> SearchResults:
        """``before``: hits on the pages before."""
        with reporting(progress) as callback:
            answer = self._engine.search(request_json(text, options), callback)
        language = options.get("language") or "en"

        def labels(field: str, codes: list[str]) -> list[str]:
            return self._engine.facet_labels(field, codes, language)

        return SearchResults(answer, text, labels, before, options.get("query"))

    def search_pages(
        self, text: str = "", *, progress: Progress = None, **options: Unpack[SearchOptions]
    ) -> Iterator[SearchResults]:
        """The pages of an answer until its end, ``limit`` hits each: all from the state that the
        first one searched, whatever is written meanwhile. Pages are searched one by one, when they
        are asked for.

        options: as with :meth:`search`. ``keep`` is how long a page may wait for the next one, 300
            seconds unless told.

        With ``group_by`` there is no common state: each page is of the catalogue as it is then.
        Raises Expired when a page was asked for too late, or a record was erased meanwhile; else
        as with :meth:`search`.
        """
        limit = count("limit", options.setdefault("limit", 10))
        grouped = bool(options.get("group_by"))
        if limit == 0 or not (options.setdefault("keep", 300.0) or grouped):
            raise InvalidArgument("pages need a limit and a keep of more than 0")
        before = count("offset", options.get("offset", 0))
        while True:
            page = self._search(text, options, progress, before)
            yield page
            before += len(page)
            if page.next:
                options["after"] = page.next
            elif grouped and len(page) == limit:
                options["offset"] = before
            else:
                return

    def more_like(
        self, id: str, *, progress: Progress = None, **options: Unpack[SearchOptions]
    ) -> SearchResults:
        """Records with the telling words of the record ``id``, in whatever language, and never that
        record itself.

        options: as with :meth:`search`; a ``query`` must hold, too.

        Raises NotFound when there is no such record; else as with :meth:`search`.
        """
        query = options.get("query")
        alike = like(id)
        if query is None:
            options["query"] = alike
        elif isinstance(query, Query):
            options["query"] = alike & query
        else:
            options["query"] = {"all": [alike.to_dict(), query]}
        return self._search("", options, progress, options.get("offset", 0))

    def explain(
        self,
        id: str,
        text: str = "",
        *,
        progress: Progress = None,
        **options: Unpack[SearchOptions],
    ) -> Explanation:
        """Why the record ``id`` is in the answer to a question, and how its score comes about; or
        every reason why it is not. Costs what the answer with all its pages costs.

        options: as with :meth:`search`.

        An id that there is not is no error but a reason; the rest raises as with :meth:`search`.
        """
        with reporting(progress) as callback:
            return Explanation._of(self._engine.explain(request_json(text, options), id, callback))

    def alerts(
        self, searches: Mapping[str, Saved], after: int, *, progress: Progress = None
    ) -> Alerts:
        """Which saved searches find records that were written after change ``after``, as these are
        now: to be asked after each commit, or now and then, with ``after`` the ``change`` of the
        alerts before. The catalogue does not keep the searches. O(changes since), and one search
        for each.

        searches: by name, a text, a question of :mod:`koinon.query`, or arguments of
            :meth:`search` by name: ``{"text": "housing", "filters": {"country": "FI"}}``. Page,
            order and facets do not count.

        Raises as :meth:`search` does, for all searches if one of them is wrong.
        """
        requests = [(name, saved_json(search)) for name, search in searches.items()]
        with reporting(progress) as callback:
            return Alerts(self._engine.alerts(requests, count("after", after), callback))

    def get(self, id: str, version: int | None = None) -> Record:
        """A record as it is, or as it was in ``version``. Raises NotFound when it never was or
        was removed, Erased when it was erased."""
        return Record(self._engine.get(id, None if version is None else count("version", version)))

    def history(self, id: str) -> list[Change]:
        """All versions, oldest first. Raises NotFound."""
        return [change(entry) for entry in self._engine.history(id)]

    def follow(self, after: int = 0, limit: int | None = None) -> Iterator[Change]:
        """The journal after change ``after``, in order, as far as it goes when the end is
        reached: applying each entry, any number of times, gives the catalogue. Read in pages, so
        memory does not grow."""
        count("after", after)
        left = None if limit is None else count("limit", limit)
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

    # -- Concepts -----------------------------------------------------------------------------

    def concept(self, uri: str, language: str | None = None) -> ConceptEntry:
        """A concept of the thesaurus, by its URI or that of one that ``skos:exactMatch`` makes the
        same, with what is broader, narrower and related. Labels are in ``language``, else in
        English, else in the first that there is one in. Raises NotFound.

        >>> import koinon as kn
        >>> kn.open(":memory:").concept("eurovoc:1690", "fi").label
        'asuminen'
        """
        return ConceptEntry._of(self._engine.thesaurus_concept(uri, language or "en"))

    def facet_label(self, field: str, code: str, language: str | None = None) -> str:
        """The label of a facet's code in ``language``, else in English, else in another that has
        one, else the code itself. Raises InvalidArgument for an unknown field.

        >>> import koinon as kn
        >>> kn.open(":memory:").facet_label("concept", "eurovoc:1690", "fi")
        'asuminen'
        """
        return self._engine.facet_labels(field, [code], language or "en")[0]

    def thesaurus(self) -> ThesaurusReport:
        """What became of the ``thesaurus_files`` that it was opened with."""
        return ThesaurusReport._of(self._engine.thesaurus())

    def partners(
        self,
        id: str,
        limit: int = 20,
        offset: int = 0,
        *,
        works: int = 5,
        as_told: bool = False,
        progress: Progress = None,
    ) -> PartnerResults:
        """Organisations that share records with this one, closest first, each with its latest
        ``works`` shared records. Those that decisions make one are one, but not ``as_told``. The
        first call builds the graph. Raises NotFound, and InvalidArgument when ``id`` is no
        organisation."""
        with reporting(progress) as callback:
            answer = self._engine.partners(
                id,
                limit=count("limit", limit),
                offset=count("offset", offset),
                works=count("works", works),
                as_told=as_told,
                progress=callback,
            )
        return PartnerResults(answer, id)

    def partnership_path(
        self, start: str, end: str, *, as_told: bool = False, progress: Progress = None
    ) -> PartnershipPath:
        """The fewest partnerships from one organisation to the other, with the records along them,
        over all participations as they are now; of several such chains, the one found first.
        Organisations that decisions make one are one, but not ``as_told``. Raises NotFound, and InvalidArgument when an id is of no organisation.
        """
        with reporting(progress) as callback:
            return PartnershipPath._of(self._engine.partnership_path(start, end, as_told, callback))

    def around(
        self,
        id: str,
        hops: int = 1,
        *,
        limit: int | None = 500,
        as_told: bool = False,
        progress: Progress = None,
    ) -> Neighbourhood:
        """The organisations within some hops of one, the nearest first, and the ties among them. At
        most ``limit``, itself included: within two hops of a large one lies half of a network. All
        of each distance are there but for the last, which has those met first. 0 or None: all. Raises
        as :meth:`partnership_path`."""
        most = 0 if limit is None else count("limit", limit)
        with reporting(progress) as callback:
            return Neighbourhood(
                self._engine.around(id, count("hops", hops), most, as_told, callback)
            )

    def common_partners(
        self,
        one: str,
        other: str,
        limit: int = 20,
        offset: int = 0,
        *,
        works: int = 3,
        as_told: bool = False,
        progress: Progress = None,
    ) -> CommonPartners:
        """Organisations that share records with both, by the weaker of the two ties, each with its
        latest ``works`` records shared with either. Raises as :meth:`partnership_path`."""
        with reporting(progress) as callback:
            answer = self._engine.common_partners(
                one,
                other,
                count("limit", limit),
                count("offset", offset),
                count("works", works),
                as_told,
                callback,
            )
        return CommonPartners(answer)

    def near(
        self,
        *ids: str,
        limit: int = 20,
        epsilon: float = 2e-4,
        damping: float = 0.85,
        as_told: bool = False,
        progress: Progress = None,
    ) -> NearOrganisations:
        """Where a walk over ties is most often that keeps coming back to ``ids`` (personalised
        PageRank); they are left out. No score is off by more than ``epsilon`` times the records
        that its organisation shares with anyone. Raises as :meth:`partnership_path`, and InvalidArgument
        without an id."""
        with reporting(progress) as callback:
            answer = self._engine.nearby(
                list(ids), count("limit", limit), epsilon, damping, as_told, callback
            )
        return near_organisations(answer)

    def graph_summary(self, progress: Progress = None) -> GraphSummary:
        """Figures of the partnership graph. The first call builds the graph."""
        with reporting(progress) as callback:
            return GraphSummary(**self._engine.graph_summary(callback))

    def network(
        self,
        *,
        until: Day = None,
        since: Day = None,
        running: bool = False,
        undated: bool = True,
        countries: str | Iterable[str] = (),
        kinds: str | Iterable[str] = (),
        roles: str | Iterable[str] = (),
        programmes: str | Iterable[str] = (),
        themes: str | Iterable[str] = (),
        target_groups: str | Iterable[str] = (),
        max_members: int = 0,
        as_told: bool = False,
        progress: Progress = None,
    ) -> Network:
        """The partnership network as it is now, to measure, walk and draw.

        ``until`` alone gives it as of a date: what had begun by then. With ``running`` it is what
        ran at any time from ``since`` to ``until``. What has no known start is before every date,
        and left out without ``undated``. ``countries`` and ``kinds`` are those of organisations, and
        told by code or name as roles, themes and target groups are: what is neither is refused, and
        so is one of the ``programmes`` that no project or call writes. ``max_members`` leaves out
        records of more organisations (0: none). Organisations that decisions make one are one,
        under the smallest of their ids, but not ``as_told``. The first call builds the graph.
        O(participations). Raises InvalidArgument.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> cat.import_sample().quarantined
        0
        >>> table = cat.network(max_members=60).measures("partners", "constraint")
        >>> len(table.top("constraint", 3, lowest=True))
        3
        """
        codes = {
            "countries": strings("countries", countries),
            "kinds": strings("kinds", kinds),
            "roles": strings("roles", roles),
            "programmes": strings("programmes", programmes),
            "themes": strings("themes", themes),
            "target_groups": strings("target_groups", target_groups),
        }
        with reporting(progress) as callback:
            return Network(
                self._engine.network(
                    date_tuple("since", since),
                    date_tuple("until", until),
                    running,
                    undated,
                    codes,
                    min(count("max_members", max_members), 0xFFFFFFFF),
                    as_told,
                    callback,
                )
            )

    def lineage(
        self,
        id: str,
        *,
        as_of: Day = None,
        undated: bool = True,
        kinds: str | Iterable[str] = (),
        progress: Progress = None,
    ) -> Lineage:
        """What an initiative replicates and what replicates it, over any number of generations.

        as_of: as it was at the end of that day, month or year: without replications that are surely
            later, by their own date or since their parent came to be later.
        undated: False leaves out replications whose date was not told.
        kinds: of the vocabulary ``replication-kinds``; none: any.

        The first call builds the view. Raises NotFound, Erased, InvalidArgument for another kind of
        record or a date that there is not.

        >>> import koinon as kn
        >>> cat = kn.open(":memory:")
        >>> def initiative(id, name, country):
        ...     names = [{"language": "en", "text": name}]
        ...     return cat.put("initiative", {"names": names, "origin": {"country": country}}, id)
        >>> _ = initiative("a", "Repair evening", "NL"), initiative("b", "Mending night", "BE")
        >>> _ = cat.put("replication", {"parent": "a", "child": "b", "date": "2012"})
        >>> print(cat.lineage("a"))
        Repair evening (a, NL)
        └─ [2012] Mending night (b, BE)
        """
        with reporting(progress) as callback:
            return Lineage(
                self._engine.lineage(
                    id, date_tuple("as_of", as_of), undated, strings("kinds", kinds), callback
                )
            )

    def replication_times(
        self,
        as_of: Day,
        *,
        countries: str | Iterable[str] = (),
        themes: str | Iterable[str] = (),
        kinds: str | Iterable[str] = (),
        progress: Progress = None,
    ) -> ReplicationTimes:
        """How long initiatives take to be replicated for the first time: Kaplan and Meier's
        estimator. Those not replicated by the end of ``as_of`` are censored there; those without a
        date are counted apart. ``countries`` and ``themes`` choose initiatives, ``kinds`` the
        replications that count: by code or name, and what is neither is refused; a theme may also be
        one that records or the thesaurus have. O(initiatives · log initiatives). Raises
        InvalidArgument."""
        with reporting(progress) as callback:
            return ReplicationTimes(
                self._engine.replication_times(
                    date_tuple("as_of", as_of),
                    strings("countries", countries),
                    strings("themes", themes),
                    strings("kinds", kinds),
                    callback,
                )
            )

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

    def erase(
        self,
        id: str,
        by: str | None = None,
        progress: Progress = None,
        *,
        wait: float = 1.0,
    ) -> None:
        """Takes every version of a record's content out of the file and the views, also
        participations that name it, and quarantined rows that hold it. Backups and exports made
        earlier are out of reach. O(size of the file).

        wait: seconds, 0 to 3,600, for which searches under way that can see the record, and states
            kept for their pages, may come to their end; after that they raise Expired.

        Raises NotFound, and Busy when a reader of another process holds the write-ahead log: call
        it again later.
        """
        if not 0 <= wait <= 3600:
            raise InvalidArgument(f"wait is {wait}, not 0 to 3600 seconds")
        with reporting(progress) as callback:
            self._engine.erase(id, by or "", wait, callback)

    def put_vectors(
        self,
        ids: Iterable[str],
        array: Any,
        *,
        model: str,
        by: str | None = None,
        progress: Progress = None,
    ) -> VectorsReport:
        """Keeps ready vectors of records, from a model that you ran yourself, in the place of those
        that the same model had for them. Who opens the catalogue with this ``vector_model`` finds
        the records by them. Rows that cannot be are left out and reported; the others go in.
        O(numbers).

        ids: the record of each row. One that is named again has several vectors, one for each
            passage of its texts; sixteen at most.
        array: a buffer of float32 with a row for each id, such as a NumPy array; its rows have a
            multiple of 64 numbers, up to 4,096. Only directions count.
        model: a name of your own for the model.
        by: kept in the journal.

        Raises InvalidArgument for an array of another form, or of another dimension than the model
        has in this catalogue; ReadOnly, Busy.
        """
        told = list(ids)
        dimension, numbers = rows_of(array, len(told))
        with reporting(progress) as callback:
            return VectorsReport._of(
                self._engine.put_vectors(model, dimension, told, numbers, by or "", callback)
            )

    def drop_vectors(self, model: str, by: str | None = None, progress: Progress = None) -> int:
        """Forgets all ready vectors of a model. Returns how many records had any. O(records)."""
        with reporting(progress) as callback:
            return self._engine.drop_vectors(model, by or "", callback)

    # -- Care ---------------------------------------------------------------------------------

    def quarantine(self, file: Path | None = None, limit: int = 100, offset: int = 0) -> Quarantine:
        """Rows that imports could not store, of one file (as it was imported) or of all, oldest
        first."""
        which = b"" if file is None else _file(file)
        return Quarantine(
            self._engine.quarantine(which, count("limit", limit), count("offset", offset))
        )

    def retry(self, id: int, text: str | bytes | None = None) -> ImportReport:
        """Tries a quarantined row again, with ``text`` in place of its bytes when given. A row
        that fails again stays, with its new reasons. Raises NotFound."""
        mended = text.encode() if isinstance(text, str) else text
        return ImportReport._of(self._engine.retry(count("id", id), mended))

    def discard(self, id: int) -> None:
        """Throws a quarantined row away. Raises NotFound."""
        self._engine.discard(count("id", id))

    def statistics(self) -> Statistics:
        """Figures of the catalogue."""
        return Statistics._of(self._engine.statistics())

    def check(self, progress: Progress = None) -> CheckReport:
        """Looks at the file's integrity, every record against the rules, every reference, and the
        lineage as a whole.
        O(size of the file)."""
        with reporting(progress) as callback:
            return CheckReport._of(self._engine.check(callback))


def _paths(given: Path | Iterable[Path]) -> Iterable[Path]:
    """One path is a list of one, not of its letters."""
    return [given] if isinstance(given, (str, bytes, os.PathLike)) else given


def _file(path: Path) -> bytes:
    return os.fsencode(path)


def _json(record: Mapping[str, Any]) -> bytes:
    if isinstance(record, Record):
        return record.json.encode()
    try:
        return json.dumps(dict(record), allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArgument(f"the record cannot be written as JSON: {error}") from error


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
