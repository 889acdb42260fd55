"""Records and the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import Any, Iterator, Mapping, NamedTuple, TypedDict

from . import _engine, _html

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def instant(milliseconds: int) -> datetime:
    """Exact, in UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


class Write(NamedTuple):
    """One record for :meth:`Catalogue.put_all`."""

    kind: str
    """Of the vocabulary ``record-kinds``: ``organisation``, ``case-study``, ``method`` and so on."""
    record: Mapping[str, Any]
    id: str | None = None
    """None asks for a new one; a host's own has 1 to 64 of ``A-Z a-z 0-9 . _ : -`` and begins
    with a letter or digit."""
    expected_version: int | None = None
    """Refuse unless this is the present version; 0 means "must not exist"."""


class Written(NamedTuple):
    """What became of a write."""

    id: str
    version: int
    change: int
    """Number of the journal entry; 0 where nothing changed."""


class Change(TypedDict):
    """An entry of the journal."""

    n: int
    what: str
    """``put``, ``remove``, ``erase`` or ``vectors``: ready ones were brought or dropped."""
    id: str
    kind: str
    version: int
    at: datetime
    by: str
    record: dict[str, Any] | None
    """None but for a put, and for a put that was erased later."""


def change(data: Mapping[str, Any]) -> Change:
    """The engine's entry as people read it."""
    return Change(
        n=data["n"],
        what=data["what"],
        id=data["id"],
        kind=data["kind"],
        version=data["version"],
        at=instant(data["at"]),
        by=data["by"],
        record=json.loads(data["body"]) if data["body"] else None,
    )


class Record(Mapping[str, Any]):
    """A record as the catalogue keeps it: a read-only mapping of its fields, absent ones left out.

    Texts are lists of ``{"language": "fi", "text": "…"}``, the preferred language first. To
    change one::

        record = cat.get("case-repair")
        cat.put(record.kind, {**record, "state": "published"}, record.id, record.version)
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.id: str = data["id"]
        self.kind: str = data["kind"]
        self.version: int = data["version"]
        """1 for the first."""
        self.change: int = data["change"]
        """Number of the journal entry that made this version."""
        self.created: datetime = instant(data["created"])
        self.updated: datetime = instant(data["updated"])
        self.json: str = data["body"]
        """The record in its canonical form."""

    @cached_property
    def _fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = json.loads(self.json)
        return fields

    def __getitem__(self, name: str) -> Any:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def title(self, language: str | None = None) -> str:
        """The title, name or label in ``language``, else in the preferred one; the id where there
        is none. A replication is called by the ids of its initiatives."""
        for field in ("title", "titles", "names", "labels"):
            texts = self.get(field, ())
            for text in texts:
                if text["language"] == language:
                    return str(text["text"])
            if texts:
                return str(texts[0]["text"])
        if self.kind == "replication":
            return f"{self['parent']} → {self['child']}"
        return self.id

    def to_dict(self) -> dict[str, Any]:
        """The fields, as a copy that may be changed."""
        fields: dict[str, Any] = json.loads(self.json)
        return fields

    def __repr__(self) -> str:
        return f"<Record {self.kind} {self.id!r} version {self.version}: {self.title()!r}>"

    def _repr_html_(self) -> str:
        rows = [(_html.text(name), _value_html(value)) for name, value in self.items()]
        caption = (
            f"<b>{_html.text(self.title())}</b><br>{_html.text(self.kind)} "
            f"<code>{_html.text(self.id)}</code>, version {self.version}, {self.updated:%Y-%m-%d}"
        )
        return _html.table(("field", "value"), rows, caption)


@dataclass(frozen=True)
class RecordField:
    """A field of a kind of record."""

    path: str
    """``titles``, ``participations[].role``: what is in a list has ``[]`` before it."""
    type: str
    """``text``; ``code`` of the vocabulary; ``theme``, such a code or the id of a concept;
    ``reference``, a record id; ``language``, ``country``, ``nuts``, ``link``; ``texts``, in any
    languages; ``date``, ``instant``, ``money``, ``share``, ``number``, ``count``, ``parameters``,
    ``object``, whose fields follow."""
    vocabulary: str
    list: bool
    """Any number of them."""
    required: bool
    """Nothing can be stored without."""


def record_fields(kind: str) -> list[RecordField]:
    """What a kind of record is made of, in the order of its JSON: a code book. Raises
    InvalidArgument for no kind of record.

    >>> import koinon as kn
    >>> [field.path for field in kn.record_fields("award") if field.required]
    ['bid', 'sources[].portal']
    """
    return [RecordField(**field) for field in _engine.record_fields(kind)]


def _value_html(value: Any) -> str:
    if not isinstance(value, list):
        return _plain(value)
    shown = "<br>".join(_plain(item) for item in value[: _html.ROWS])
    more = len(value) - _html.ROWS
    return f"{shown}<br>… and {more} more" if more > 0 else shown


def _plain(value: Any) -> str:
    """A text with its language, a mapping as "name: value", anything else as it is."""
    if isinstance(value, dict) and {"language", "text"} <= value.keys():
        return f"<small>{_html.text(value['language'])}</small> {_html.text(value['text'])}"
    if isinstance(value, dict):
        return _html.text(", ".join(f"{name}: {part}" for name, part in value.items()))
    return _html.text(value)
