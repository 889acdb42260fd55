"""Who is who: organisations that are one, and how that is taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Iterator

import pytest
from conftest import text

import koinon as kn


def _organisation(name: str, pic: str = "") -> dict[str, object]:
    record: dict[str, object] = {"names": [{"text": name, "language": "de"}]}
    if pic:
        record["identifiers"] = [{"scheme": "pic", "value": pic}]
    return record


@pytest.fixture
def cat() -> Iterator[kn.Catalogue]:
    with kn.open(":memory:") as made:
        made.put("organisation", _organisation("TU Wien", "999979888"), id="tu1")
        made.put(
            "organisation", _organisation("Technische Universität Wien", "999979888"), id="tu2"
        )
        made.put("organisation", _organisation("X"), id="x")
        members = [
            {"organisation": "tu2", "role": "coordinator"},
            {"organisation": "x", "role": "partner"},
        ]
        made.put("project", {"titles": text("Work"), "participations": members}, id="p")
        yield made


def test_a_dry_run_proposes_and_writes_nothing(cat: kn.Catalogue) -> None:
    report = cat.match(dry_run=True)
    assert report.change == 0
    (proposed,) = report.proposed
    assert (proposed.left, proposed.right, proposed.verdict) == ("tu1", "tu2", "same")
    assert proposed.decided_by == "rule:organisation-match"
    assert proposed.probability is not None and proposed.probability > 0.9
    assert "identifier-same" in proposed.reason
    assert cat.identity("tu1").members == ("tu1",)


def test_the_rule_makes_two_records_one_and_a_person_two(cat: kn.Catalogue) -> None:
    assert cat.match(by="nightly").added == 1
    identity = cat.identity("tu2")
    assert identity.id == "tu1"
    assert identity.members == ("tu1", "tu2")
    assert [name["text"] for name in identity.merged["names"]][0] == "TU Wien"
    assert identity.crosswalk == {"pic": {"999979888": ["tu1", "tu2"]}}
    assert identity.differing == ()
    assert "999979888" in identity._repr_html_()
    assert [partner.id for partner in cat.partners("x")] == ["tu1"]
    assert [partner.id for partner in cat.partners("x", as_told=True)] == ["tu2"]
    assert list(cat.network()) == ["tu1", "x"]
    assert list(cat.network(as_told=True)) == ["tu2", "x"]

    decision = cat.decide("tu1", "tu2", "different", "two campuses", by="an editor")
    assert cat.identity("tu2").members == ("tu2",)
    assert cat.identity_conflicts() == ()
    cat.undo(decision)
    assert cat.identity("tu2").members == ("tu1", "tu2")
    log = {entry.id: entry for entry in cat.identity("tu2").decisions}
    assert not log[decision].holds
    assert log[decision].reason == "two campuses"


def test_the_review_queue_is_a_table(cat: kn.Catalogue) -> None:
    unsure = {
        "left": "tu1",
        "right": "x",
        "verdict": "unsure",
        "decided_by": "rule:organisation-match",
        "probability": "0.5",
        "reason": "grounds",
    }
    cat.put("match-decision", unsure, id="m")
    queue = cat.review()
    assert queue.total == len(queue) == 1
    assert queue[0].decision == "m"
    assert queue[0].value == queue[0].stake == 1
    assert queue[0].reason == "grounds"
    assert "TU Wien" in queue._repr_html_()
    assert repr(queue) == "<ReviewQueue: 1 of 1>"
    cat.decide("x", "tu1", "different")
    assert cat.review().total == 0


def test_what_cannot_be_decided_is_told(cat: kn.Catalogue) -> None:
    with pytest.raises(kn.errors.NotFound):
        cat.decide("tu1", "nobody", "same")
    with pytest.raises(kn.errors.InvalidArgument, match="unsure"):
        cat.decide("tu1", "tu2", "perhaps")
    with pytest.raises(kn.errors.InvalidArgument):
        cat.undo("tu1")
    with pytest.raises(kn.errors.InvalidArgument, match="threshold"):
        cat.match(threshold=2)
    with pytest.raises(kn.errors.NotFound):
        cat.identity("nobody")


def test_a_chain_that_ends_at_two_kept_apart_is_told(cat: kn.Catalogue) -> None:
    cat.match()
    cat.decide("tu2", "x", "same")
    cat.decide("tu1", "x", "different")
    (conflict,) = cat.identity_conflicts()
    assert (conflict.left, conflict.right) == ("tu1", "x")
    assert conflict.by_person and not conflict.stands
    assert conflict.chain == (("tu1", "tu2", False), ("tu2", "x", True))
    assert cat.identity("x").conflicts == (conflict,)


def test_a_file_names_organisations_where_it_must(cat: kn.Catalogue, tmp_path: Path) -> None:
    record: dict[str, object] = {
        "titles": text("One"),
        "participations": [{"organisation": "tu1", "role": "partner"}],
    }
    cat.put("project", record, id="right")
    lines = ['{"koinon":1,"content":"state"}']
    for id, organisation in (("ahead", "not-yet"), ("wrong", "right")):
        record["participations"] = [{"organisation": organisation, "role": "partner"}]
        lines.append(json.dumps({"id": id, "kind": "project", "version": 1, "record": record}))
    (tmp_path / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = cat.import_file(tmp_path / "rows.jsonl")
    assert report.stored == 1 and report.quarantined == 1
    assert report.reasons[0].code == "bad_reference"
    with pytest.raises(kn.errors.InvalidRecord, match="is a project, not an organisation"):
        cat.put("project", record, id="wrong")
