"""pandas, polars, Arrow, networkx, matplotlib: used where they are, else asked for."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import koinon as kn


@pytest.fixture(scope="module")
def results(sample: kn.Catalogue) -> kn.SearchResults:
    return sample.search("social", language="de", facets=("country", "theme"), limit=20)


@pytest.fixture(scope="module")
def nothing(sample: kn.Catalogue) -> kn.SearchResults:
    return sample.search("xyzzy")


COLUMNS = [
    *("id", "kind", "score", "title", "title_language", "countries", "snippet"),
    *("group", "grouped"),
]


def test_pandas(results: kn.SearchResults, nothing: kn.SearchResults, sample: kn.Catalogue) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    frame = results.to_pandas()
    assert list(frame.columns) == list(nothing.to_pandas().columns) == COLUMNS
    assert frame["id"].tolist() == [hit.id for hit in results]
    assert frame["score"].dtype == nothing.to_pandas()["score"].dtype == "float64"
    assert frame["countries"].map(tuple).tolist() == [hit.countries for hit in results]
    facet = results.facets["country"].to_pandas()
    assert facet["count"].dtype == "int64" and facet["label"].is_unique
    partners = sample.partners("org-tu-dortmund")
    assert partners.to_pandas()["strength"].is_monotonic_decreasing
    works = partners.works_to_pandas()
    assert set(works["partner"]) == {partner.id for partner in partners}


def test_explanations(sample: kn.Catalogue) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    explanation = sample.explain(sample.search("social housing")[0].id, "social housing xyzzy")
    frame = explanation.to_pandas()
    assert frame["what"].tolist() == [part.what for part in explanation.parts]
    assert frame["matched"].dtype == "bool" and frame["records"].dtype == "int64"
    nowhere = sample.explain("nowhere", "housing").to_pandas()
    assert len(nowhere) == 0 and nowhere.dtypes.equals(frame.dtypes)


def test_alerts(sample: kn.Catalogue) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    alerts = sample.alerts({"homes": "housing"}, after=0)
    frame = alerts.to_pandas()
    assert list(frame.columns) == ["change", "record", "search"]
    assert frame["record"].tolist() == [alert.record for alert in alerts]


def test_polars(results: kn.SearchResults, nothing: kn.SearchResults) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = results.to_polars()
    assert frame.columns == COLUMNS and frame["id"].to_list() == [hit.id for hit in results]
    assert frame["countries"].to_list() == [list(hit.countries) for hit in results]
    assert nothing.to_polars().schema == frame.schema
    assert frame.schema["score"] == polars.Float64


def test_arrow(results: kn.SearchResults, nothing: kn.SearchResults) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    table = results.to_arrow()
    table.validate(full=True)
    assert table.to_pydict() == results.to_dict()
    assert nothing.to_arrow().schema == table.schema
    nothing.to_arrow().validate(full=True)


def test_arrow_nulls_and_types() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    columns: dict[str, tuple[str, list[Any]]] = {
        "u": ("u", ["a", None, "ä🦔", "", *["x"] * 20]),
        "l": ("l", [1, None, -(2**63), 2**63 - 1, *[0] * 20]),
        "g": ("g", [0.5, None, 1e300, -0.0, *[1.0] * 20]),
        "b": ("b", [True, None, False, True, *[True] * 20]),
        "+l": ("+l", [["a", None], None, [], ["b"], *[["c"]] * 20]),
    }

    class Rows:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            told = [(name, format, values) for name, (format, values) in columns.items()]
            return kn._engine.arrow_stream(told)

    table = pyarrow.table(Rows())
    table.validate(full=True)
    assert table.to_pydict() == {name: values for name, (_, values) in columns.items()}
    pieces = table.column("+l")
    del table
    assert pieces.to_pylist() == columns["+l"][1]  # outlives what it came from


def test_arrow_without_any_package(results: kn.SearchResults) -> None:
    capsule = results.__arrow_c_stream__()
    assert 'capsule object "arrow_array_stream"' in repr(capsule)
    del capsule  # unread: frees what it holds
    with pytest.raises(ValueError, match="length"):
        kn._engine.arrow_stream([("a", "l", [1]), ("b", "l", [])])
    capsule = kn._engine.arrow_stream([("a", "b", [True, None] * 9)])
    del capsule
    with pytest.raises(ValueError, match="format"):
        kn._engine.arrow_stream([("a", "zz", [])])
    with pytest.raises(Exception):
        kn._engine.arrow_stream([("a", "l", ["text"])])


def test_networkx(sample: kn.Catalogue) -> None:
    pytest.importorskip("networkx", reason="networkx is not installed")
    partners = sample.partners("org-tu-dortmund")
    graph = partners.to_networkx()
    assert graph.degree("org-tu-dortmund") == len(partners)
    edge = graph.edges["org-tu-dortmund", partners[0].id]
    assert edge == {"weight": partners[0].strength, "shared": partners[0].shared}


def test_plot(results: kn.SearchResults) -> None:
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    matplotlib.use("Agg")
    axes = results.plot_facet("country")
    shown = [label.get_text() for label in axes.get_yticklabels()]
    assert shown == [value.label for value in results.facets["country"]]
    assert results.plot_facet("theme", ax=axes) is axes
    with pytest.raises(KeyError):
        results.plot_facet("year")


@pytest.mark.parametrize(
    ("method", "package"),
    [
        ("to_pandas", "pandas"),
        ("to_polars", "polars"),
        ("to_arrow", "pyarrow"),
    ],
)
def test_a_missing_package_is_named(
    results: kn.SearchResults, monkeypatch: pytest.MonkeyPatch, method: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImportError, match=f"pip install {package}"):
        getattr(results, method)()
