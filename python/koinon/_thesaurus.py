"""The thesaurus that a catalogue was opened with."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Mapping

from . import _html
from ._table import Table


@dataclass(frozen=True)
class ConceptLink:
    """A concept beside another."""

    uri: str
    label: str


@dataclass(frozen=True)
class ConceptEntry:
    """A concept with its labels in the language that was asked for, else in English, else in the
    first that it has one in, else the URI."""

    uri: str
    """As facets and filters have it."""
    label: str
    language: str
    """Of the label; empty where that is the URI."""
    other: tuple[str, ...]
    """Labels in that language."""
    broader: tuple[ConceptLink, ...]
    narrower: tuple[ConceptLink, ...]
    related: tuple[ConceptLink, ...]

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> ConceptEntry:
        links = {
            name: tuple(ConceptLink(**link) for link in data[name])
            for name in ("broader", "narrower", "related")
        }
        return cls(**{**data, "other": tuple(data["other"]), **links})

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class ThesaurusFile:
    """A SKOS file, as it was read."""

    path: str
    statements: int
    concepts: int
    labels: int
    deprecated: int
    """Concepts that are out of use, and left out."""
    problems: int


@dataclass(frozen=True)
class ThesaurusProblem:
    """Something that was left out, or that somebody should look at."""

    file: str
    """Empty for what only the files together show."""
    line: int
    """From 1; 0 where it is of no one line."""
    code: str
    """``no_language``, ``cycle``, ``shared_label`` …: see ``docs/reference/concepts.md``."""
    about: str
    """URI of the concept, where there is one."""
    message: str


@dataclass(frozen=True)
class ThesaurusReport(Table):
    """What became of the ``thesaurus_files`` of :func:`koinon.open`.

    Frames have one row for each problem: file, line, code, about, message.
    """

    bundled: bool
    """EuroVoc and the glossary of social innovation are in it."""
    concepts: int
    """In all, those that ``skos:exactMatch`` makes one counted once."""
    own: int
    """Of the files."""
    languages: dict[str, int]
    """Concepts of the files with a preferred label in each language."""
    files: tuple[ThesaurusFile, ...]
    problem_count: int
    problems: tuple[ThesaurusProblem, ...]
    """The first thousand of each file, and of all together."""
    kept: bool
    """Whether the compiled form is kept beside the catalogue."""
    not_kept: str
    """Why it is not."""
    seconds: float
    """That reading and compiling took when it was done."""

    _schema = (("file", "u"), ("line", "l"), ("code", "u"), ("about", "u"), ("message", "u"))

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> ThesaurusReport:
        files = tuple(ThesaurusFile(**told) for told in data["files"])
        problems = tuple(ThesaurusProblem(**told) for told in data["problems"])
        return cls(**{**data, "files": files, "problems": problems})

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [getattr(p, name) for p in self.problems] for name, _ in self._schema}

    def to_dict(self) -> dict[str, Any]:
        """All of it, as plain values."""
        return asdict(self)

    def __repr__(self) -> str:
        names = ", ".join(file.path for file in self.files) or "no files"
        return (
            f"<ThesaurusReport {names}: {self.own:,} of {self.concepts:,} concepts;"
            f" {self.problem_count:,} problems>"
        )

    def _repr_html_(self) -> str:
        shown = self.problems[: _html.ROWS]
        rows = [
            (
                _html.text(problem.code),
                _html.text(f"{problem.file}:{problem.line}" if problem.line else problem.file),
                _html.text(problem.about),
                _html.text(problem.message),
            )
            for problem in shown
        ]
        caption = _html.text(repr(self))
        if not rows:
            return f"<p>{caption}</p>"
        head = ("code", "line", "concept", "problem")
        return _html.table(head, rows, caption, more=self.problem_count - len(shown))
