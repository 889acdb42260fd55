"""What answers show in a notebook: escaped, marked, capped."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from conftest import case_study, initiative

import koinon as kn
from koinon import query

EVIL = '<script>alert("x")</script> & neighbours'


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.marked: list[str] = []
        self.feed(html)
        assert not self.open, "every tag is closed"

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)


ALLOWED = {
    *("table", "caption", "thead", "tr", "th", "td", "b", "br", "code", "mark", "small"),
    *("span", "p"),
}


def test_everything_is_escaped(cat: kn.Catalogue, tmp_path: Path) -> None:
    cat.put("initiative", initiative(EVIL), "i")
    lead = cat.put("organisation", {"names": initiative(EVIL)["names"]}, "evil").id
    friend = cat.put("organisation", {"names": initiative(EVIL)["names"]}).id
    together = [{"organisation": id, "role": "partner"} for id in (lead, friend)]
    cat.put("project", {"titles": initiative(EVIL)["names"], "participations": together})
    cat.put("case-study", case_study(EVIL, EVIL, "i"), "c")
    bad = tmp_path / "<script>.jsonl"
    bad.write_text('{"id":"x","kind":"initiative","record":{"stage":"<script>"}}\n')
    report = cat.import_file(bad, format="koinon")
    assert report.quarantined == 1
    results = cat.search(f"neighbours {EVIL}", facets=("kind",))
    shown = (cat.get("c"), results, cat.partners(lead), report, cat.quarantine(), cat)
    for value in shown:
        html = value._repr_html_()
        assert "<script" not in html
        assert Tags(html).seen <= ALLOWED
    assert "neighbours" in Tags(results._repr_html_()).marked


def test_explanations_and_alerts_are_escaped(cat: kn.Catalogue) -> None:
    cat.put("initiative", initiative(EVIL), "i")
    cat.put("case-study", case_study(EVIL, EVIL, "i"), "c")
    asked = query.phrase("neighbours <script>") | query.ask(EVIL)
    for value in (
        cat.explain("c", EVIL),
        cat.explain("c", query=asked),
        cat.explain("<script>", EVIL),
        cat.alerts({"<script>": "neighbours"}, after=0),
        cat.search("<script> neighbuors", query=~query.words("<script>")),
    ):
        html = value._repr_html_()
        assert "<script" not in html
        assert Tags(html).seen <= ALLOWED


def test_an_explanation_has_bars(sample: kn.Catalogue) -> None:
    told = sample.explain(sample.search("social housing")[0].id, "social housing")
    html = told._repr_html_()
    assert html.count("width:") == len(told.parts) and "rank 1" in html
    assert [part.what for part in told.parts][:2] == ["social", "housing"]


def test_a_better_spelling_and_a_late_answer_show(sample: kn.Catalogue) -> None:
    assert "Did you mean <b>homelessness</b>?" in sample.search("homelesness")._repr_html_()
    assert "deadline" in sample.search("social", deadline=1e-9)._repr_html_()
    plain = sample.search("social")._repr_html_()
    assert "Did you mean" not in plain and "deadline" not in plain


def test_marks_stand_where_they_belong() -> None:
    snippet = kn.Snippet("a <b> & c", "summary", "en", ((2, 5), (8, 9)))
    assert snippet._repr_html_() == "a <mark>&lt;b&gt;</mark> &amp; <mark>c</mark>"


def test_long_answers_are_capped(sample: kn.Catalogue) -> None:
    results = sample.search("", limit=100, facets=("country",))
    html = results._repr_html_()
    assert "and 80 more" in html and html.count("<tr>") < 40
    assert len(html) < 40_000


def test_reports_show_themselves(cat: kn.Catalogue) -> None:
    report = cat.import_sample()
    assert report.read == report.stored > 0
    assert f"{report.read:,} read" in repr(report) and str(report) and report._repr_html_()
    assert set(report.to_dict()) >= {"read", "stored", "unchanged", "quarantined", "reasons"}
    assert cat.import_sample().unchanged == report.read
