"""Methods, care, communities, peers and centres."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

import koinon as kn

from conftest import initiative, text

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def organisation(name: str, country: str, **more: Any) -> dict[str, Any]:
    return {"names": text(name), "addresses": [{"country": country}], "languages": ["en"], **more}


@pytest.fixture
def world(cat: kn.Catalogue) -> kn.Catalogue:
    cat.put("organisation", organisation("Aalto", "FI", offers=["housing"]), "a")
    cat.put("organisation", organisation("Borg", "SE", seeks=["housing"]), "b")
    cat.put("initiative", initiative("Home First"), "ini-1")
    cat.put("method", {"names": text("Housing first"), "themes": ["housing"]}, "meth-1")
    case = {
        "initiative": "ini-1",
        "state": "published",
        "problem": text("Rough sleeping"),
        "solution": text("A home first"),
        "themes": ["housing"],
        "period": {"from": "2019", "to": "2022"},
        "running": "running",
        "lead_organisation": "a",
        "methods": [{"method": "meth-1", "effect": text("Fewer evictions")}],
    }
    cat.put("case-study", case, "case-1")
    effects = [{"indicator": "housed", "baseline": 0.3, "value": 0.8}]
    cat.put(
        "evidence", {"about": "case-1", "features": ["before-after"], "effects": effects}, "evid-1"
    )
    return cat


def test_evidence_shows_grades_with_reasons(world: kn.Catalogue) -> None:
    report = world.evidence("case-1")
    assert report.standard is not None and report.standard.grade == "2"
    assert report.standard.missing[0].code == "comparison-group"
    assert report[0].maryland.grade == "1"
    assert "standard 2" in str(report)
    assert "<table>" in report._repr_html_()
    assert report.to_dict()["level"] == ["1"]
    told = str(report).split("study evid-1", 1)[1]
    for reason in (*report[0].maryland.reasons, *report[0].maryland.missing):
        assert str(reason) in told


def test_an_override_is_shown_beside_the_derived_grade(world: kn.Catalogue) -> None:
    told = {
        **initiative("Home First"),
        "standard": {"grade": "4", "reason": "seen elsewhere", "by": "h-1"},
    }
    world.put("initiative", told, "ini-1")
    grade = world.evidence("ini-1").standard
    assert grade is not None and grade.overridden is not None
    assert (grade.grade, grade.derived, grade.overridden["reason"]) == ("4", "2", "seen elsewhere")


def test_methods_are_found_with_reasons_and_uses(world: kn.Catalogue) -> None:
    found = world.methods_for("rough sleeping", theme="housing", country="FI")
    assert found[0].id == "meth-1"
    assert found[0].uses[0].effect == "Fewer evictions"
    assert [reason.code for reason in found[0].reasons] == ["text", "themes", "country", "evidence"]
    assert "Housing first" in str(found) and "<table>" in found._repr_html_()
    with pytest.raises(kn.errors.InvalidArgument, match="nothing is asked"):
        world.methods_for()
    card = world.method("meth-1")
    assert card.uses[0].case == "case-1" and "Home First" in str(card)
    assert "<table>" in card._repr_html_()


def test_stale_and_incomplete_cases_are_listed(world: kn.Catalogue) -> None:
    findings = world.stale("2023")
    assert [each.code for each in findings] == ["ended-but-running"]
    assert findings.counts["ended-but-running"] == 1
    assert findings.to_dict()["field"] == ["running"]
    assert world.stale("2021").total == 0
    assert world.stale().as_of > "2026"
    with pytest.raises(kn.errors.InvalidArgument):
        world.stale("2023", code="mouldy")
    with pytest.raises(kn.errors.InvalidArgument):
        world.stale("2023", limit=-1)
    cases = world.incomplete()
    assert cases[0].share == pytest.approx(world.completeness("case-1").share, abs=1e-6)
    with pytest.raises(kn.errors.InvalidArgument):
        world.incomplete(below=math.nan)


def test_completeness_shows_groups_and_languages(world: kn.Catalogue) -> None:
    report = world.completeness("case-1")
    missing = {group.group: group.missing for group in report}
    assert missing["checklist"] == ("results", "transferability")
    assert [(each.language, each.state) for each in report.languages] == [("en", "whole")]
    assert "complete" in str(report) and "<table>" in report._repr_html_()


def test_collections_are_walked(world: kn.Catalogue) -> None:
    for i in range(3):
        world.put(
            "collection", {"titles": text(f"Good {i}"), "cases": ["case-1", "gone"]}, f"coll-{i}"
        )
    walked = world.collections()
    assert [each.title for each in walked] == ["Good 0", "Good 1", "Good 2"]
    assert [case.present for case in walked[0].cases] == [True, False]
    assert "Home First" in walked[0]._repr_html_()
    assert walked.to_dict()["cases"] == [["case-1", "gone"]] * 3
    assert "Good 2 (coll-2), 2 cases\n  Home First\n  gone (not in the catalogue)" in str(walked)
    html = walked._repr_html_()
    assert "Good 0" in html and "Good 2" in html and "gone (not in the catalogue)" in html


def test_peers_are_paired_and_explained(world: kn.Catalogue) -> None:
    peers = world.peers()
    assert str(peers[0]) == "Aalto → Borg: housing in en"
    assert peers.to_dict()["themes"] == [["housing"]]
    assert "<table>" in peers._repr_html_()
    with pytest.raises(kn.errors.InvalidArgument, match="theme_weight"):
        world.peers(theme_weight=math.nan)
    with pytest.raises(kn.errors.InvalidArgument):
        world.peers(most_given=-1)
    with pytest.raises(kn.errors.NotFound):
        world.peers("nobody")
    world.put("organisation", organisation("Carl", "FI", seeks=["housing"]), "c")
    assert [(one.id, one.why) for one in world.peers().unpaired] == [("c", "same-country")]


def test_a_community_is_told_over_time(world: kn.Catalogue) -> None:
    members = [{"organisation": "a", "role": "member", "period": {"to": "2024"}}]
    world.put("community", {"names": text("Homes"), "members": members}, "com-1")
    exchange = {"within": "com-1", "kind": "event", "author": "b", "period": {"from": "2025-03-01"}}
    world.put("exchange", exchange, "exch-1")
    report = world.community("com-1", by="quarter")
    assert [each.period for each in report] == ["2025-Q1"]
    assert report[0].exchanges == {"event": 1}
    assert report.reached == ("SE",)
    assert report.to_dict()["exchanges"] == [1]
    assert len(report.members) == 1 and not world.community("com-1", as_of=2025).members
    assert "Homes" in str(report) and "<table>" in report._repr_html_()
    with pytest.raises(kn.errors.InvalidArgument):
        world.community("com-1", by="decade")


def test_who_has_solved_it_is_named_with_what_shows_it(world: kn.Catalogue) -> None:
    answer = world.who_solved("rough sleeping")
    assert answer[0].name == "Aalto"
    assert answer[0].works[0].roles == ("lead",)
    assert answer.cases[0].id == "case-1"
    assert not len(world.who_solved("rough sleeping", authorities=True))
    assert "Aalto" in str(answer) and "<table>" in answer._repr_html_()


def test_centres_and_their_coverage(cat: kn.Catalogue) -> None:
    cat.import_file(FIXTURES / "centres" / "consortia-2021.jsonl")
    centres = cat.centres("2022-01-01")
    assert centres.uncovered == ("HR", "LU", "MT", "NL")
    assert centres.more_than_once == ("BG",)
    assert [one.title for one in centres][:2] == ["BuiCaSuS", "ESIA"]
    assert "HR" in cat.centres(2024).covered
    assert "not covered" in str(centres) and "<table>" in centres._repr_html_()
    report = cat.centre("centre-seed")
    assert report.successors == ("centre-seed2scale",)
    assert report.centre.members[0].role == "coordinator"
    assert "SEED" in str(report) and "<table>" in report._repr_html_()
    with pytest.raises(kn.errors.InvalidArgument):
        cat.centres(group="UN")


def test_answers_of_an_empty_catalogue_are_empty(cat: kn.Catalogue) -> None:
    assert not len(cat.peers()) and not len(cat.stale("2026")) and not len(cat.incomplete())
    assert not len(cat.centres()) and not len(cat.collections())
    assert not len(cat.methods_for("anything")) and not len(cat.who_solved("anything"))


def test_frames_of_the_answers(world: kn.Catalogue) -> None:
    pytest.importorskip("pandas")
    assert list(world.peers().to_pandas()["giver"]) == ["a"]
    assert list(world.stale("2023").to_pandas()["id"]) == ["case-1"]
    assert list(world.evidence("case-1").to_pandas()["id"]) == ["evid-1"]
    assert list(world.completeness("case-1").to_pandas()["group"])[0] == "identity"


def test_197_million_are_kept_to_the_cent(cat: kn.Catalogue) -> None:
    imported = cat.import_file(FIXTURES / "programmes" / "esf-si-plus.jsonl")
    assert (imported.stored, imported.quarantined) == (1, 0)
    assert [row.codes for row in cat.report("programme", by="fund")] == [("esf-plus",)]

    def euro(amount: str) -> dict[str, str]:
        return {"amount": amount, "currency": "EUR"}

    cat.put("call", {"titles": text("All"), "programme_record": "prog-esf-si-plus"}, "call-1")
    for id, amount in (("most", "196999999.99"), ("rest", "1.00")):
        bid = {"call": "call-1", "consortium": "cons-1", "requested": euro(amount)}
        cat.put("bid", bid, f"bid-{id}")
    cat.put("award", {"bid": "bid-most", "amount": euro("196999999.99")}, "award-most")
    with pytest.raises(kn.errors.InvalidRecord, match="197,000,000.00 EUR"):
        cat.put("award", {"bid": "bid-rest", "amount": euro("0.02")}, "award-rest")
    cat.put("award", {"bid": "bid-rest", "amount": euro("0.01")}, "award-rest")
    programme = cat.get("prog-esf-si-plus")
    less = {**programme, "budget": [{"amount": euro("196999999.99")}]}
    with pytest.raises(kn.errors.InvalidRecord, match="197,000,000.00 EUR"):
        cat.put(programme.kind, less, programme.id, programme.version)
