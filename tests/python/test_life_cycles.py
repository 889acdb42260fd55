"""Lives of records: tables, next steps, transitions, the clock, differences."""

from __future__ import annotations

import gc
import weakref
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import koinon as kn
from conftest import initiative, text

MARCH = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)


class Clock:
    def __init__(self) -> None:
        self.now = MARCH

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def living(clock: Clock) -> Any:
    with kn.open(":memory:", clock=clock) as catalogue:
        catalogue.put("initiative", initiative(), "ini-1")
        case = {"initiative": "ini-1", "title": text("Homes"), "locations": [{"country": "FI"}]}
        catalogue.put("case-study", case, "case-1", by="ann")
        yield catalogue


def codes(error: kn.Error) -> list[str]:
    return [violation.code for violation in error.violations]


def test_tables_are_sequences_of_edges() -> None:
    table = kn.life_cycle("case-study")
    assert table.initial == "draft"
    assert "withdrawn" in table.terminal
    publish = next(edge for edge in table if edge.end == "published")
    assert publish.guards == ("not-the-author", "checklist")
    assert "[*] --> draft" in table.diagram()
    assert "not-the-author" in table._repr_html_()
    assert [kn.life_cycle(name).name for name in kn.life_cycles()] == kn.life_cycles()
    assert kn.life_cycle("exchange").kinds == ("exchange", "contribution")
    with pytest.raises(kn.errors.NotFound):
        kn.life_cycle("project")


def test_a_case_moves_by_the_clock_of_the_host(living: kn.Catalogue, clock: Clock) -> None:
    moved = living.transition("case-1", "submitted", "ann")
    assert (moved.start, moved.end, moved.version) == ("draft", "submitted", 2)
    assert moved.at == MARCH
    clock.now += timedelta(days=1)
    living.transition("case-1", "national-review", "niina", country="Finland")
    steps = living.get("case-1")["steps"]
    assert steps[1]["at"] == "2026-03-03T12:00:00.000Z"
    assert steps[1]["country"] == "FI"
    assert living.history("case-1")[-1]["at"] == clock.now


def test_next_steps_say_why_not_and_what_helps(living: kn.Catalogue) -> None:
    living.transition("case-1", "submitted", "ann")
    steps = living.next_steps("case-1", "ann", "SE", language="de")
    assert steps.state == "submitted"
    assert steps.allowed == []
    assert steps[0].label == "in die nationale Prüfung nehmen"
    assert [refusal.code for refusal in steps[0].refusals] == ["author", "other_country"]
    assert "✗ national-review" in str(steps)
    assert "Finland" in steps._repr_html_()
    assert living.next_steps("case-1", "niina", "FI").allowed == ["national-review"]
    assert steps.to_dict()["steps"][0]["allowed"] is False
    with pytest.raises(kn.errors.InvalidArgument):
        living.next_steps("ini-1")


def test_a_refused_step_names_every_guard(living: kn.Catalogue) -> None:
    living.transition("case-1", "submitted", "ann")
    with pytest.raises(kn.errors.InvalidArgument) as refused:
        living.transition("case-1", "national-review", "ann")
    assert codes(refused.value) == ["author", "actor_country_unknown"]
    with pytest.raises(kn.errors.InvalidArgument) as unknown:
        living.transition("case-1", "published", "eva")
    assert codes(unknown.value) == ["no_such_step"]
    with pytest.raises(kn.errors.Conflict):
        living.transition("case-1", "national-review", "niina", country="FI", expected_version=1)
    with pytest.raises(kn.errors.InvalidArgument):
        living.transition(
            "case-1", "national-review", "niina", country="FI", at=datetime(2026, 1, 1)
        )
    with pytest.raises(kn.errors.InvalidArgument) as early:
        living.transition(
            "case-1", "national-review", "niina", country="FI", at=MARCH - timedelta(days=1)
        )
    assert codes(early.value) == ["reversed_time"]


def test_a_write_cannot_take_a_step(living: kn.Catalogue) -> None:
    living.transition("case-1", "submitted", "ann")
    record = living.get("case-1")
    with pytest.raises(kn.errors.InvalidRecord):
        living.put(record.kind, {**record, "state": "published"}, record.id)
    with pytest.raises(kn.errors.InvalidRecord) as lost:
        without = {name: value for name, value in record.items() if name != "steps"}
        living.put(record.kind, without, record.id)
    assert codes(lost.value) == ["steps_lost"]


def test_the_clock_opens_and_closes_calls(living: kn.Catalogue, clock: Clock) -> None:
    call = {
        "titles": text("A call"),
        "status": "upcoming",
        "opening": "2026-03-10",
        "deadlines": ["2026-03-31", "2026-05-31"],
    }
    living.put("call", call, "call-1")
    assert str(living.advance_calls()) == "no call moved"
    clock.now = datetime(2026, 3, 10, tzinfo=timezone.utc)
    opened = living.advance_calls()
    assert [(each.id, each.end, each.by) for each in opened.moved] == [("call-1", "open", "clock")]
    assert living.advance_calls(now=datetime(2026, 4, 1, tzinfo=timezone.utc)).moved == ()
    closed = living.advance_calls(now=datetime(2026, 6, 1, tzinfo=timezone.utc))
    assert str(closed) == "call-1: open → closed"


def test_what_the_clock_raises_comes_out_and_nothing_has_moved(file: Path) -> None:
    def broken() -> datetime:
        raise ValueError("no time")

    with kn.open(file, clock=broken) as catalogue:
        with pytest.raises(ValueError, match="no time"):
            catalogue.put("initiative", initiative(), "ini-1")
        with pytest.raises(ValueError, match="no time"):
            catalogue.advance_calls()
    with kn.open(file, clock=lambda: datetime(2026, 1, 1)) as catalogue:
        with pytest.raises(kn.errors.InvalidArgument, match="time zone"):
            catalogue.put("initiative", initiative(), "ini-1")
    with kn.open(file) as catalogue:
        catalogue.put("initiative", initiative(), "ini-1")
        assert catalogue.get("ini-1").version == 1


def test_a_clock_is_let_go_with_its_catalogue() -> None:
    clock = Clock()
    seen = weakref.ref(clock)
    catalogue = kn.open(":memory:", clock=clock)
    del clock
    gc.collect()
    assert seen() is not None
    catalogue.close()
    del catalogue
    gc.collect()
    assert seen() is None


def test_a_design_is_held_to_its_claim(cat: kn.Catalogue) -> None:
    experiment = {"titles": text("E"), "features": ["before-after"], "claimed_level": "5"}
    cat.put("experiment", experiment, "exp-1")
    report = cat.check_design("exp-1")
    assert (report.claimed, report.reachable) == ("5", "1")
    assert "level_out_of_reach" in [finding.code for finding in report]
    assert "assign at random" in str(report)
    assert "assign at random" in report._repr_html_()


def test_differences_show_words(living: kn.Catalogue) -> None:
    record = living.get("case-1")
    living.put(record.kind, {**record, "title": text("Homes for all")}, record.id, by="bob")
    told = living.differences("case-1")
    assert len(told) == 1
    assert (told[0].path, told[0].language, told[0].what) == ("title", "en", "changed")
    assert str(told).splitlines()[1] == "title (en): Homes {+for all+}"
    assert "<ins>for all</ins>" in told._repr_html_()
    assert told.end.by == "bob"
    assert told.start.version == 1
    assert len(living.differences("case-1", 2, 2)) == 0
    with pytest.raises(kn.errors.NotFound):
        living.differences("case-1", 1, 9)
    with pytest.raises(kn.errors.InvalidArgument):
        living.differences("case-1", -1)


def test_answers_become_frames(living: kn.Catalogue) -> None:
    pandas = pytest.importorskip("pandas")
    frame = living.next_steps("case-1", "ann").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["to"]) == ["submitted"]
    assert len(kn.life_cycle("bid").to_pandas()) == 15


def test_an_award_is_held_to_its_limits_by_every_write(clock: Clock) -> None:
    def euro(amount: str) -> dict[str, str]:
        return {"amount": amount, "currency": "EUR"}

    with kn.open(":memory:", clock=clock) as cat:
        call = {
            "titles": text("A call"),
            "status": "open",
            "deadlines": ["2026-03-31"],
            "budget": euro("500.00"),
            "grant_max": euro("100.00"),
            "rate_cap": "0.8",
        }
        cat.put("call", call, "call")
        member = {"organisation": "org", "role": "coordinator"}
        cat.put("organisation", {"names": text("One")}, "org")
        cat.put("consortium", {"call": "call", "members": [member]}, "cons")
        bid = {
            "call": "call",
            "consortium": "cons",
            "requested": euro("90.00"),
            "total_cost": euro("200.00"),
        }
        cat.put("bid", bid, "bid")
        cat.transition("cons", "checked", "lead")
        cat.transition("bid", "submitted", "lead")
        clock.now += timedelta(days=60)
        with pytest.raises(kn.errors.InvalidRecord, match="deadline .* has passed") as refused:
            cat.put("bid", {**cat.get("bid"), "requested": euro("100.00")}, "bid")
        assert codes(refused.value) == ["content_fixed"]
        for state in ("admissible", "evaluated"):
            cat.transition("bid", state, "officer")
        cat.put("award", {"bid": "bid", "amount": euro("90.00")}, "award")
        cat.transition("bid", "selected", "officer")
        with pytest.raises(kn.errors.InvalidRecord, match="award at most 100.00 EUR") as refused:
            cat.put("award", {"bid": "bid", "amount": euro("900.00")}, "award")
        assert codes(refused.value) == [
            "above_grant",
            "above_rate",
            "above_request",
            "over_call_budget",
        ]
        with pytest.raises(kn.errors.InvalidRecord) as refused:
            cat.remove("award")
        assert codes(refused.value) == ["award_missing"]
        assert cat.check().findings == ()


def test_an_open_call_keeps_what_it_offered_and_its_programme_the_budget(
    living: kn.Catalogue, clock: Clock
) -> None:
    def euro(amount: str) -> dict[str, str]:
        return {"amount": amount, "currency": "EUR"}

    lines = [{"year": "2026", "amount": euro("1000.00")}]
    living.put("programme", {"names": text("A programme"), "budget": lines}, "prog")
    call = {
        "titles": text("A call"),
        "programme_record": "prog",
        "status": "upcoming",
        "opening": "2026-03-10",
        "deadlines": ["2026-05-31"],
        "budget": euro("800.00"),
    }
    living.put("call", call, "call")
    clock.now = datetime(2026, 3, 10, tzinfo=timezone.utc)
    living.advance_calls()
    opened = living.get("call")
    changes = {"deadlines": ["2026-05-30"], "budget": euro("799.99")}
    with pytest.raises(kn.errors.InvalidRecord, match="2026-05-31 or later") as refused:
        living.put("call", {**opened, **changes}, "call")
    assert codes(refused.value) == ["deadline_shortened", "offer_lowered"]
    living.put("call", {**opened, "deadlines": ["2026-06-15"]}, "call")
    lines[0]["amount"] = euro("799.99")
    with pytest.raises(kn.errors.InvalidRecord, match="at least 800.00 EUR") as refused:
        living.put("programme", {"names": text("A programme"), "budget": lines}, "prog")
    assert codes(refused.value) == ["over_budget"]


def test_a_bid_that_came_in_time_is_entered_after_its_call_closed(clock: Clock) -> None:
    with kn.open(":memory:", clock=clock) as cat:
        cat.put("organisation", {"names": text("One")}, "org")
        call = {"titles": text("A call"), "status": "open", "deadlines": ["2026-03-31"]}
        cat.put("call", call, "call")
        member = {"organisation": "org", "role": "coordinator"}
        cat.put("consortium", {"call": "call", "members": [member]}, "cons")
        cat.transition("cons", "checked", "lead")
        requested = {"amount": "90.00", "currency": "EUR"}
        cat.put("bid", {"call": "call", "consortium": "cons", "requested": requested}, "bid")
        clock.now += timedelta(days=60)
        assert [moved.end for moved in cat.advance_calls().moved] == ["closed"]
        with pytest.raises(kn.errors.InvalidArgument, match="closed"):
            cat.transition("bid", "submitted", "lead")
        moved = cat.transition("bid", "submitted", "lead", at=MARCH + timedelta(days=2))
        assert moved.end == "submitted"
