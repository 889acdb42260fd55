"""One class per code, and each reaches Python as itself."""

from __future__ import annotations

import os
import pickle
import re
import signal
import sys
import time
from pathlib import Path

import pytest
from conftest import initiative, text

import koinon as kn

HEADER = Path(__file__).parents[2] / "include" / "koinon" / "error.hpp"


def test_a_class_for_each_code() -> None:
    codes = dict(re.findall(r"^\s+(\w+) = (\d+),", HEADER.read_text(), re.MULTILINE))
    assert {name: getattr(kn.errors, name).code for name in codes} == {
        name: int(code) for name, code in codes.items()
    }


def test_invalid_record_names_every_violation(cat: kn.Catalogue) -> None:
    wrong = {"names": text("x"), "kind": "nonsense", "addresses": [{"country": "ZZ"}]}
    with pytest.raises(kn.errors.InvalidRecord) as caught:
        cat.put("organisation", wrong)
    paths = {violation.path for violation in caught.value.violations}
    assert {"kind", "addresses[0].country"} <= paths
    assert all(violation.code and violation.message for violation in caught.value.violations)
    assert isinstance(caught.value, ValueError)


def test_conflict(cat: kn.Catalogue) -> None:
    cat.put("initiative", initiative(), "repair")
    with pytest.raises(kn.errors.Conflict):
        cat.put("initiative", initiative("other"), "repair", expected_version=0)
    with pytest.raises(kn.errors.Conflict):
        cat.remove("repair", expected_version=7)


def test_not_found(cat: kn.Catalogue, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="'nobody'"):
        cat.get("nobody")
    with pytest.raises(kn.errors.NotFound):
        cat.import_file(tmp_path / "missing.csv")
    with pytest.raises(kn.errors.NotFound):
        cat.discard(7)


def test_not_a_catalogue_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes, " * 100)
    with pytest.raises(kn.errors.NotACatalogue):
        kn.open(path)
    assert path.read_text() == "my notes, " * 100
    assert os.listdir(tmp_path) == ["notes.txt"]


def test_formats(cat: kn.Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes")
    with pytest.raises(kn.errors.UnknownFormat):
        cat.import_file(path)
    with pytest.raises(kn.errors.UnknownFormat, match="nonsense"):
        cat.import_file(path, format="nonsense")
    path.write_text("")
    with pytest.raises(kn.errors.InvalidInput):
        cat.import_file(path)


def test_arguments(cat: kn.Catalogue) -> None:
    with pytest.raises(kn.errors.InvalidArgument, match="limit is -1"):
        cat.search("a", limit=-1)
    with pytest.raises(kn.errors.InvalidArgument, match="nonsense"):
        cat.search("a", facets=["nonsense"])
    with pytest.raises(kn.errors.InvalidArgument, match="nonsense"):
        cat.put("nonsense", {})
    with pytest.raises(kn.errors.InvalidArgument, match="JSON"):
        cat.put("initiative", {"names": object()})
    with pytest.raises(kn.errors.InvalidArgument, match="id"):
        cat.put("initiative", initiative(), id="with a blank")
    with pytest.raises(kn.errors.InvalidArgument, match="busy_timeout"):
        kn.open(":memory:", busy_timeout=-1)
    with pytest.raises(kn.Error):
        cat.put("initiative", initiative("lone surrogate \ud800"))
    cat.search("lone surrogate \ud800")


def test_errors_can_be_pickled() -> None:
    error = kn.errors.InvalidRecord("no", [kn.Violation("names", "missing", "say it")])
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.violations) == (type(error), "no", error.violations)


def threads() -> int:
    """Of this process; 1 where that cannot be told."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.exists() else 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork()")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_forked(file: Path) -> None:
    before = threads()
    with kn.open(file, background_views=True) as cat:
        cat.put("initiative", initiative(), "repair")
        cat.prepare()
        # What another thread locks within SQLite at the fork is locked in the child for good.
        deadline = time.monotonic() + 60
        while threads() > before and time.monotonic() < deadline:
            time.sleep(0.01)
        child = os.fork()
        if child == 0:
            signal.alarm(60)  # a child that waits for a lock ends as one that failed
            status = 1
            try:
                try:
                    cat.search("repair")
                except kn.errors.Forked:
                    cat.close()
                    # Nor is the file to be had, for writes would get lost; others are.
                    try:
                        kn.open(file)
                    except kn.errors.Forked:
                        with kn.open(file.with_name("own.koinon")) as own:
                            status = 0 if len(own.search("repair")) == 0 else 2
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        cat.put("initiative", initiative("again"), "repair")
        assert cat.check().ok
