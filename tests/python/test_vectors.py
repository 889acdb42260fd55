"""Ready vectors, as NumPy arrays and as any other buffer."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from array import array
from pathlib import Path
from typing import Any, Iterator

import pytest
from conftest import text

import koinon as kn
from koinon.errors import InvalidArgument

NUMBERS = 64
CROWD = 30
IDS = [f"call-{i}" for i in range(CROWD)]


def towards(place: int) -> list[float]:
    return [1.0 if i // 8 == place else 0.05 for i in range(NUMBERS)]


def buffer(rows: list[list[float]]) -> memoryview:
    """Two dimensions of float32 without NumPy."""
    flat = array("f", [number for row in rows for number in row])
    return memoryview(flat).cast("B").cast("f", shape=[len(rows), len(rows[0])])


def crowd_and_one() -> list[list[float]]:
    return [towards(3 if id == "call-7" else 0) for id in IDS]


def fill(catalogue: kn.Catalogue) -> None:
    catalogue.put_all([("call", {"titles": text("kala ja vene", "fi")}, id) for id in IDS])


@pytest.fixture
def cat() -> Iterator[kn.Catalogue]:
    with kn.open(":memory:", vector_model="big-model", vector_dimension=NUMBERS) as catalogue:
        fill(catalogue)
        yield catalogue


def found(cat: kn.Catalogue, vector: Any) -> list[str]:
    return [hit.id for hit in cat.search(vector=vector)]


def test_brought_vectors_are_found_by_a_vector(cat: kn.Catalogue) -> None:
    report = cat.put_vectors(IDS, buffer(crowd_and_one()), model="big-model", by="job")
    assert (report.rows, report.stored, report.unchanged) == (CROWD, CROWD, 0)
    assert report.refused == ()
    assert found(cat, array("f", towards(3))) == ["call-7"]
    assert found(cat, array("d", towards(3))) == ["call-7"]
    assert found(cat, towards(3)) == ["call-7"]
    assert [page.total for page in cat.search_pages(vector=towards(3))] == [1]
    assert cat.explain("call-7", vector=towards(3)).found
    assert cat.search(vector=towards(3))[0].found_through[0].signal == "meaning"
    last = list(cat.follow())[-1]
    assert (last["what"], last["by"], last["record"]) == ("vectors", "job", None)
    assert cat.put_vectors(IDS, buffer(crowd_and_one()), model="big-model").unchanged == CROWD


def test_numpy_arrays_of_any_layout(cat: kn.Catalogue) -> None:
    numpy = pytest.importorskip("numpy")
    wide = numpy.zeros((CROWD, 2 * NUMBERS), dtype="float32")
    wide[:, ::2] = crowd_and_one()
    assert cat.put_vectors(IDS, wide[:, ::2], model="big-model").stored == CROWD
    assert found(cat, wide[7, ::2]) == ["call-7"]
    ready = numpy.array(crowd_and_one(), dtype="float32")
    assert cat.put_vectors(IDS, ready, model="big-model").unchanged == CROWD
    assert cat.put_vectors(IDS, numpy.asfortranarray(ready), model="big-model").unchanged == CROWD
    odd = numpy.frombuffer(b"\0" + ready.tobytes(), dtype="float32", offset=1)
    again = cat.put_vectors(IDS, odd.reshape(ready.shape), model="big-model")
    assert again.unchanged == CROWD
    told = memoryview((ctypes.c_float.__ctype_le__ * NUMBERS * CROWD).from_buffer_copy(ready))
    assert told.format == "<f"
    assert cat.put_vectors(IDS, told, model="big-model").unchanged == CROWD
    row = memoryview((ctypes.c_float.__ctype_le__ * NUMBERS).from_buffer_copy(ready[7]))
    assert found(cat, row) == ["call-7"]
    with pytest.raises(InvalidArgument, match="float32"):
        cat.put_vectors(IDS, ready.astype("float64"), model="big-model")
    with pytest.raises(InvalidArgument, match="float32"):
        cat.put_vectors(IDS, ready.astype(">f4"), model="big-model")


def test_vectors_live_in_the_file(file: Path) -> None:
    with kn.open(file) as catalogue:
        fill(catalogue)
        catalogue.put_vectors(IDS, buffer(crowd_and_one()), model="big-model")
    with kn.open(file, vector_model="big-model", vector_dimension=NUMBERS) as catalogue:
        assert found(catalogue, towards(3)) == ["call-7"]
        assert catalogue.statistics().vectors == (kn.VectorModel("big-model", NUMBERS, CROWD),)
        catalogue.erase("call-7")
        assert found(catalogue, towards(3)) == []
        assert catalogue.statistics().vectors[0].records == CROWD - 1
        assert catalogue.drop_vectors("big-model") == CROWD - 1
        assert catalogue.check().ok
    with kn.open(file) as catalogue:
        with pytest.raises(InvalidArgument):
            catalogue.search(vector=towards(3))


def test_bad_rows_are_told_and_good_ones_go_in(cat: kn.Catalogue) -> None:
    rows = crowd_and_one()
    rows[0][5] = float("nan")
    rows[1] = [0.0] * NUMBERS
    report = cat.put_vectors([*IDS, "never"], buffer([*rows, towards(1)]), model="big-model")
    told = [(refused.row, refused.id, refused.code) for refused in report.refused]
    assert told == [(0, "call-0", "not_finite"), (1, "call-1", "zeros"), (30, "never", "not_found")]
    assert "place 5" in report.refused[0].message
    assert report.stored == CROWD - 2
    assert found(cat, towards(3)) == ["call-7"]
    pytest.importorskip("pandas")
    assert list(report.to_pandas()["code"]) == ["not_finite", "zeros", "not_found"]


@pytest.mark.parametrize(
    "ids, rows, why",
    [
        (["call-0"], [towards(0)] * 2, "2 rows for 1 ids"),
        (["call-0"], [[1.0] * 63], "multiple of 64"),
        (["call-0"], [[1.0] * 4160], "multiple of 64"),
    ],
)
def test_arrays_of_another_form_are_refused(
    cat: kn.Catalogue, ids: list[str], rows: list[list[float]], why: str
) -> None:
    with pytest.raises(InvalidArgument, match=why):
        cat.put_vectors(ids, buffer(rows), model="big-model")


def test_what_is_no_array_is_refused(cat: kn.Catalogue) -> None:
    with pytest.raises(InvalidArgument, match="no buffer"):
        cat.put_vectors(["call-0"], [towards(0)], model="big-model")
    with pytest.raises(InvalidArgument, match="1 dimensions, not 2"):
        cat.put_vectors(["call-0"], array("f", towards(0)), model="big-model")
    with pytest.raises(InvalidArgument, match="1 to 200"):
        cat.put_vectors(["call-0"], buffer([towards(0)]), model="")
    assert cat.statistics().vectors == ()


@pytest.mark.parametrize(
    "vector, why",
    [
        ([1.0] * 63, "63 numbers, not the 64"),
        ([float("inf")] + [1.0] * 63, "not finite at place 0"),
        ([0.0] * 64, "points nowhere"),
        (array("i", [1] * 64), "format"),
        (buffer([[1.0] * 64]), "2 dimensions, not 1"),
    ],
)
def test_a_vector_that_cannot_be_is_refused(cat: kn.Catalogue, vector: Any, why: str) -> None:
    with pytest.raises(InvalidArgument, match=why):
        cat.search(vector=vector)


def test_a_model_that_cannot_be_is_refused() -> None:
    for dimension in (None, 0, 63, 4160):
        with pytest.raises(InvalidArgument):
            kn.open(":memory:", vector_model="big-model", vector_dimension=dimension)
    with pytest.raises(InvalidArgument):
        kn.open(":memory:", vector_dimension=64)


def home(text: str, language: str) -> list[float]:
    assert language
    return towards(3 if "home" in text or "asunto" in text else 0)


def test_a_model_in_python_finds_what_means_the_same() -> None:
    with kn.open(":memory:", embedder=kn.Embedder(home, NUMBERS), thesaurus=False) as catalogue:
        fill(catalogue)
        catalogue.put("call", {"titles": text("oma asunto", "fi")}, "home")
        results = catalogue.search("a home", language="en")
        assert [hit.id for hit in results] == ["home"]
        assert results[0].found_through[0].signal == "meaning"


def failing(text: str, language: str) -> Any:
    raise RuntimeError("no model today")


@pytest.mark.parametrize(
    "embed",
    [
        failing,
        lambda text, language: None,
        lambda text, language: home(text, language)[:63],
        lambda text, language: [*home(text, language), 1.0],
        lambda text, language: [float("nan"), *home(text, language)[1:]],
        lambda text, language: [1e300, *home(text, language)[1:]],
        lambda text, language: ["no number"] * NUMBERS,
        lambda text, language: "no vector",
        lambda text: home(text, "en"),
    ],
)
def test_a_model_that_fails_leaves_the_search_as_it_was(embed: Any) -> None:
    with kn.open(":memory:", embedder=kn.Embedder(embed, NUMBERS), thesaurus=False) as catalogue:
        fill(catalogue)
        catalogue.put("call", {"titles": text("oma asunto", "fi")}, "home")
        assert len(catalogue.search("a home", language="en")) == 0
        assert [hit.id for hit in catalogue.search("asunto", language="fi")] == ["home"]


def test_a_model_of_an_impossible_dimension_is_refused() -> None:
    for dimension in (0, 63, 4160):
        with pytest.raises(InvalidArgument):
            kn.open(":memory:", embedder=kn.Embedder(home, dimension))


def test_leaving_while_a_model_is_at_work_ends_well(file: Path) -> None:
    program = f"""
import time
import koinon as kn

def slow(text, language):
    time.sleep(0.01)
    return [1.0] * 64

cat = kn.open({str(file)!r}, embedder=kn.Embedder(slow, 64), background_views=True)
kept = cat
print("done")
"""
    with kn.open(file) as catalogue:
        fill(catalogue)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
