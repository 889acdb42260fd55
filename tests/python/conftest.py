"""What the tests share: catalogues, and records that pass every rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

import pytest

import koinon as kn

ROWS = 100_000
"""Of large_file."""


def text(told: str, language: str = "en") -> list[dict[str, str]]:
    return [{"language": language, "text": told}]


def initiative(name: str = "Repair evenings") -> dict[str, Any]:
    return {"names": text(name)}


def case_study(title: str, summary: str, initiative: str, language: str = "en") -> dict[str, Any]:
    return {
        "initiative": initiative,
        "state": "published",
        "title": text(title, language),
        "summary": text(summary, language),
    }


@pytest.fixture
def cat() -> Iterator[kn.Catalogue]:
    """An empty catalogue in memory."""
    with kn.open(":memory:") as catalogue:
        yield catalogue


@pytest.fixture(scope="session")
def sample() -> Iterator[kn.Catalogue]:
    """The bundled sample, only to be read."""
    with kn.open(":memory:") as catalogue:
        catalogue.import_sample()
        yield catalogue


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.koinon"


@pytest.fixture(scope="session")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows enough to import for a second or more."""
    path = tmp_path_factory.mktemp("large") / "large.jsonl"
    line = (
        '{"id":"org-%d","kind":"organisation","record":{"names":[{"language":"en",'
        '"text":"House of Neighbours %d"}],"description":[{"language":"en","text":'
        '"Neighbours number %d mend bicycles together."}]}}\n'
    )
    with path.open("w") as out:
        out.writelines(line % (i, i, i) for i in range(ROWS))
    return path
