"""Records: writing, reading, history, the journal, files."""

from __future__ import annotations

import copy
import os
import pickle
from datetime import datetime, timezone
from pathlib import Path

import pytest
from conftest import initiative, text

import koinon as kn


def test_put_get_and_versions(cat: kn.Catalogue) -> None:
    first = cat.put("initiative", initiative(), id="repair", by="anna")
    assert first == ("repair", 1, 1)
    record = cat.get("repair")
    assert (record.id, record.kind, record.version, record.change) == ("repair", "initiative", 1, 1)
    assert dict(record) == initiative()
    assert abs((datetime.now(timezone.utc) - record.updated).total_seconds()) < 60

    second = cat.put(record.kind, {**record, "stage": "scaling"}, record.id, record.version)
    assert second.version == 2
    assert cat.get("repair")["stage"] == "scaling"
    assert "stage" not in cat.get("repair", version=1)
    assert cat.put("initiative", cat.get("repair"), "repair").change == 0  # nothing changed

    history = cat.history("repair")
    assert [(entry["version"], entry["what"], entry["by"]) for entry in history] == [
        (1, "put", "anna"),
        (2, "put", ""),
    ]
    assert history[0]["record"] == initiative()


def test_new_ids_are_made(cat: kn.Catalogue) -> None:
    one, two = cat.put_all([("initiative", initiative("A")), kn.Write("initiative", initiative())])
    assert one.id != two.id
    assert sorted(cat.ids("initiative")) == sorted([one.id, two.id])
    assert list(cat.ids("call")) == []


def test_put_all_is_all_or_nothing(cat: kn.Catalogue) -> None:
    with pytest.raises(kn.errors.InvalidRecord):
        cat.put_all([("initiative", initiative(), "a"), ("initiative", {"stage": "nowhere"}, "b")])
    assert cat.statistics().records == 0


def test_text_survives(cat: kn.Catalogue) -> None:
    told = 'Ωμέγα 🦔 "quoted" \\ \u0000 <b>'.replace("\u0000", "")
    id = cat.put("initiative", initiative(told)).id
    assert cat.get(id)["names"][0]["text"] == told
    assert cat.get(id).title() == told


def test_title_by_language(cat: kn.Catalogue) -> None:
    names = text("Naapuritalo", "fi") + text("House of Neighbours")
    record = cat.get(cat.put("organisation", {"names": names}).id)
    assert record.title() == record.title("sv") == "Naapuritalo"
    assert record.title("en") == "House of Neighbours"


def test_remove_and_erase(cat: kn.Catalogue) -> None:
    cat.put("initiative", initiative(), "gone")
    cat.put("initiative", initiative("A secret"), "erased")
    cat.remove("gone", expected_version=1)
    cat.erase("erased")
    with pytest.raises(kn.errors.NotFound):
        cat.get("gone")
    with pytest.raises(kn.errors.Erased):
        cat.get("erased")
    assert cat.get("gone", version=1).title() == "Repair evenings"
    assert [entry["what"] for entry in cat.follow()][-2:] == ["remove", "erase"]
    assert all("secret" not in str(entry) for entry in cat.follow())


def test_follow_reads_in_pages(cat: kn.Catalogue) -> None:
    cat.put_all([("initiative", initiative(str(i)), f"i{i}") for i in range(2345)])
    changes = list(cat.follow())
    assert [entry["n"] for entry in changes] == list(range(1, 2346))
    assert [entry["n"] for entry in cat.follow(after=2340)] == [2341, 2342, 2343, 2344, 2345]
    assert [entry["n"] for entry in cat.follow(limit=1001)] == list(range(1, 1002))
    assert list(cat.follow(limit=0)) == []
    assert len(list(cat.ids("initiative"))) == 2345
    assert changes[0]["at"].tzinfo is timezone.utc


def test_a_mirror_follows(cat: kn.Catalogue) -> None:
    cat.import_sample()
    cat.remove(next(cat.ids("concept"), None) or next(cat.ids("call")))
    mirror = {}
    for entry in cat.follow():
        if entry["what"] == "put":
            mirror[entry["id"]] = entry["record"]
        else:
            mirror.pop(entry["id"], None)
    kinds = cat.statistics().kinds
    assert len(mirror) == sum(kinds.values())
    assert all(mirror[id] == dict(cat.get(id)) for kind in kinds for id in cat.ids(kind))


def test_file_lives_on(file: Path) -> None:
    with kn.open(file) as cat:
        cat.put("initiative", initiative(), "repair")
        assert repr(cat) == f"<Catalogue {str(file)!r}>"
    assert cat.closed
    cat.close()
    with kn.open(os.fsencode(file), read_only=True) as cat:
        assert cat.get("repair").version == 1
        with pytest.raises(kn.errors.ReadOnly):
            cat.put("initiative", initiative())
    with pytest.raises(kn.errors.NotFound):
        kn.open(file.with_name("missing.koinon"), create=False)


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"\xff.koinon")
    with kn.open(path) as cat:
        cat.put("initiative", initiative())
        assert os.fsencode(cat.statistics().path) == path


def test_export_and_backup(cat: kn.Catalogue, tmp_path: Path) -> None:
    cat.put("initiative", initiative(), "repair")
    lines = cat.export(tmp_path / "all.jsonl", history=True)
    assert lines == len((tmp_path / "all.jsonl").read_text().splitlines())
    cat.backup(tmp_path / "copy.koinon")
    with kn.open(tmp_path / "copy.koinon", create=False) as copied:
        assert copied.get("repair").json == cat.get("repair").json
    with kn.open(":memory:") as again:
        report = again.import_file(tmp_path / "all.jsonl")
        assert report.complete and report.quarantined == 0
        again.export(tmp_path / "again.jsonl", history=True)
    assert (tmp_path / "all.jsonl").read_bytes() == (tmp_path / "again.jsonl").read_bytes()


def test_figures(sample: kn.Catalogue) -> None:
    figures = sample.statistics()
    assert figures.records == sum(figures.kinds.values()) > 200
    check = sample.check()
    assert check.ok and check.records == figures.records
    graph = sample.graph_summary()
    assert graph.organisations >= graph.largest_component > 1
    sample.prepare()
    assert {view.reached for view in sample.views()} == {figures.change}


def test_closed(cat: kn.Catalogue) -> None:
    cat.close()
    assert repr(cat) == "<Catalogue ':memory:', closed>"
    with pytest.raises(kn.errors.InvalidArgument, match="closed"):
        cat.get("a")


def test_not_pickled_nor_copied(cat: kn.Catalogue) -> None:
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="path"):
            attempt(cat)


def test_labels() -> None:
    assert kn.label("countries", "FI") == "Finland"
    assert kn.label("countries", "FI", "fi") == "Suomi"
    assert kn.label("countries", "nowhere") == "nowhere"
    assert "koinon" in kn.import_formats()
    assert {"country", "theme"} <= set(kn.facet_fields())
