"""Reports: counts and sums of records."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import koinon as kn


def english(text: str) -> list[dict[str, str]]:
    return [{"language": "en", "text": text}]


def test_a_report_of_an_earlier_state_comes_out_the_same(tmp_path: Path) -> None:
    with kn.open(tmp_path / "c.koinon") as cat:
        cat.put("programme", {"names": english("One"), "countries": ["FI", "NL"]}, "p1")
        then = cat.report("programme", by="country")
        cat.put("programme", {"names": english("One"), "countries": ["FI"]}, "p1")
        cat.put("programme", {"names": english("Two"), "countries": ["FI"]}, "p2")
        now = cat.report("programme", by="country")
        assert [(row.codes, row.records) for row in now] == [(("FI",), 2)]
        again = cat.report("programme", by="country", change=then.change)
        assert [row for row in again] == [row for row in then]
        assert again.change == then.change
        with pytest.raises(kn.errors.InvalidArgument, match="still to come"):
            cat.report("programme", change=99)


def test_money_is_summed_by_currency_and_never_across() -> None:
    with kn.open(":memory:") as cat:
        for id, amount, currency in (
            ("a", "0.10", "EUR"),
            ("b", "0.20", "EUR"),
            ("c", "100", "ISK"),
        ):
            cat.put("award", {"bid": "b1", "amount": {"amount": amount, "currency": currency}}, id)
        cat.put("bid", {"call": "c1", "consortium": "k1"}, "b1")
        cat.put("call", {"titles": english("Homes first")}, "c1")
        report = cat.report("award", by="call")
        assert [row.labels for row in report] == [("Homes first",)]
        assert {s.currency: s.amount for s in report[0].sums} == {
            "EUR": Decimal("0.30"),
            "ISK": Decimal("100"),
        }
        assert report.to_dict() == {
            "call": ["c1"],
            "call_label": ["Homes first"],
            "records": [3],
            "awarded_EUR": [0.3],
            "awarded_ISK": [100.0],
        }
        frame = report.to_pandas()
        assert list(frame.columns) == [
            "call",
            "call_label",
            "records",
            "awarded_EUR",
            "awarded_ISK",
        ]
        assert "| Homes first | 3 | 0.30 | 100 |" in str(report)


def test_conditions_and_periods_choose_records() -> None:
    with kn.open(":memory:") as cat:
        cat.put("initiative", {"names": english("X"), "stage": "scaling"}, "i1")
        for id, year, themes in (
            ("a", "2015", ["housing"]),
            ("b", "2018", ["housing", "health"]),
            ("c", None, []),
        ):
            case = {"initiative": "i1", "themes": themes}
            if year:
                case["period"] = {"from": year, "to": year}
            cat.put("case-study", case, id)
        assert cat.report(by="stage")[0].labels == ("scaling",)
        assert [r.codes for r in cat.report(by="theme", only={"theme": "health"})] == [
            ("health",),
            ("housing",),
        ]
        assert cat.report(only={"theme": ""}).total.records == 1
        assert cat.report(since="2016", until="2018").total.records == 2
        assert [(r.codes[0], r.records) for r in cat.report(by="year")] == [
            ("", 1),
            ("2015", 1),
            ("2018", 1),
        ]


def test_what_cannot_be_reported_is_said_with_what_can() -> None:
    with kn.open(":memory:") as cat:
        with pytest.raises(
            kn.errors.InvalidArgument, match="there are: country, theme, year, programme, call"
        ):
            cat.report("award", by="stage")
        with pytest.raises(kn.errors.InvalidArgument) as refused:
            cat.report("poem", by=["country", "country"])
        assert [each.path for each in refused.value.violations] == ["of"]
        with pytest.raises(kn.errors.InvalidArgument, match="once"):
            cat.report(by=["country", "country"])
        with pytest.raises(kn.errors.InvalidArgument, match="three"):
            cat.report(by=["country", "theme", "state", "year"])
        with pytest.raises(kn.errors.InvalidArgument, match="before it begins") as refused:
            cat.report(since="2024", until="2020")
        assert [(each.path, each.code) for each in refused.value.violations] == [
            ("period.to", "reversed_period")
        ]
        assert cat.report(since="2024", until="2024").total.records == 0
    with pytest.raises(kn.errors.InvalidArgument):
        kn.report_dimensions("poem")


def test_a_report_shows_itself() -> None:
    with kn.open(":memory:") as cat:
        cat.put("organisation", {"names": english("A|B"), "kind": "ngo"})
        report = cat.report("organisation", by="type")
        assert "<table>" in report._repr_html_()
        assert repr(report) == "<Report of organisation by type: 1 rows, 1 records>"
        assert report.to_markdown().startswith("# Records of kind organisation by type\n")
        pyplot = pytest.importorskip("matplotlib.pyplot")
        assert report.plot().get_title(loc="left") == "organisation by type"
        pyplot.close("all")


def test_an_outcome_follows_money_to_results() -> None:
    with kn.open(":memory:") as cat:
        cat.put("call", {"titles": english("Homes first")}, "c")
        cat.put("bid", {"call": "c", "consortium": "k", "state": "selected"}, "b")
        euro = {"amount": "0.05", "currency": "EUR"}
        cat.put("award", {"bid": "b", "amount": euro, "project": "p"}, "a")
        cat.put("project", {"titles": english("Homes"), "initiatives": ["i", "j"]}, "p")
        for id in ("i", "j"):
            cat.put("initiative", {"names": english(id), "origin": {"country": "FI"}}, id)
        outcome = cat.outcome("c")
        assert outcome.bids == {"selected": 1}
        assert outcome.awarded == {"EUR": Decimal("0.05")}
        assert [each.id for each in outcome.initiatives] == ["i", "j"]
        assert [(cost.result, cost.amount) for cost in outcome.costs] == [
            ("project", Decimal("0.05")),
            ("initiative", Decimal("0.03")),
            ("country", Decimal("0.05")),
        ]
        assert "awarded: 0.05 EUR" in str(outcome)
        assert "<table>" in outcome._repr_html_()
        with pytest.raises(kn.errors.InvalidArgument):
            cat.outcome("p")
