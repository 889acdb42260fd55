"""Eligibility and the consortium builder."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import Any, Iterator

import pytest
from conftest import text

import koinon as kn
from koinon import _engine

ROOT = Path(__file__).resolve().parents[2]
CENTRES = "call-competence-centres-2020"
UNEMPLOYMENT = "call-long-term-unemployment-2024"
YOUTH = "call-vulnerable-youth-2023"
INCUBATION = "call-esf-2026-se-incubation"
FIXTURE = ROOT / "tests/fixtures/calls/esf-2026-se-incubation.jsonl"

# -- Eligibility ----------------------------------------------------------------------------------


def test_members_may_be_ids_roles_or_facts(sample: kn.Catalogue) -> None:
    members: list[Any] = [
        ("org-lr-sozialforschung", "coordinator"),
        "org-arbeit-plus",
        {"name": "Elsewhere", "country": "GR", "roles": ["partner"]},
    ]
    report = sample.check_eligibility(UNEMPLOYMENT, members, eu_share=0.8)
    states = {each.kind: each.state for each in report}
    assert states == {
        "minimum-partners": "passes",
        "minimum-countries": "passes",
        "allowed-countries": "passes",
        "track-record": "passes",
        "coordinator-once": "unknown",
        "rate-cap": "passes",
    }
    assert report.eligible is None
    assert [one.country for one in report.members] == ["AT", "AT", "EL"]
    by_role = sample.check_eligibility(
        UNEMPLOYMENT, {"org-lr-sozialforschung": "coordinator", "org-arbeit-plus": ["partner"]}
    )
    assert by_role.members[0].roles == ("coordinator",)


def test_a_report_says_what_to_do(sample: kn.Catalogue) -> None:
    report = sample.check_eligibility(
        CENTRES, ["org-tu-dortmund", "org-kysk"], documents=[], eu_share="0.85"
    )
    assert report.eligible is False
    advice = {each.kind: each.advice for each in report}
    assert advice["minimum-partners"] == "add one more member"
    assert advice["minimum-countries"].startswith("add one more member from ")
    assert report[0].legal_text == "An applicant and at least two co-applicants."
    assert report[0].changes == ({"action": "add", "count": 1},)
    assert str(report).count("\n") > 4
    assert "4 rules: " in repr(report)
    html = report._repr_html_()
    assert "fails" in html and "add one more member" in html
    assert report.to_dict()["state"] == "fails"


def test_a_report_escapes_what_comes_from_records(cat: kn.Catalogue) -> None:
    cat.put("organisation", {"names": text("<script>")}, "o")
    rules = [{"kind": "minimum-partners", "parameters": {"minimum": 1}, "legal_text": "<b>"}]
    html = cat.check_eligibility(rules=rules, members=["o"])._repr_html_()
    assert "<script>" not in html and "<b>" not in html


def test_unknown_kinds_and_bad_parameters_are_results_not_errors(cat: kn.Catalogue) -> None:
    rules: list[dict[str, Any]] = [
        {"kind": "gender-balance"},
        {"kind": "minimum-partners", "parameters": {"minimum": "-1"}},
    ]
    report = cat.check_eligibility(rules=rules)
    assert [(each.state, each.problem, each.parameter) for each in report] == [
        ("unknown", "unknown_kind", ""),
        ("unknown", "bad_parameter", "minimum"),
    ]


def test_rules_that_contradict_each_other_are_named(cat: kn.Catalogue) -> None:
    rules: list[dict[str, Any]] = [
        {"kind": "minimum-partners", "parameters": {"minimum": 9}},
        {"kind": "size-range", "parameters": {"maximum": 8}},
    ]
    assert cat.check_eligibility(rules=rules).conflicts[0].rules == (0, 1)


def test_wrong_requests_are_refused(sample: kn.Catalogue) -> None:
    with pytest.raises(kn.errors.NotFound):
        sample.check_eligibility("nothing")
    with pytest.raises(kn.errors.InvalidArgument):
        sample.check_eligibility()
    with pytest.raises(kn.errors.InvalidArgument, match="one text"):
        sample.check_eligibility(CENTRES, "org-kysk")
    with pytest.raises(kn.errors.InvalidArgument) as refused:
        sample.check_eligibility(CENTRES, [{"country": "XX", "colour": "red"}])
    assert [each.path for each in refused.value.violations] == ["members[0].colour"]


def test_a_report_becomes_a_frame(sample: kn.Catalogue) -> None:
    pandas = pytest.importorskip("pandas")
    frame = sample.check_eligibility(CENTRES, ["org-kysk"]).to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["kind"])[:2] == ["minimum-partners", "minimum-countries"]


# -- The builder ----------------------------------------------------------------------------------


def test_the_best_consortium_keeps_the_rules_and_says_why(sample: kn.Catalogue) -> None:
    answer = sample.build_consortium(UNEMPLOYMENT, size=(3, 4), eu_share=0.8)
    assert answer.status == "optimal" and answer.gap == 0
    best = answer.best
    assert best is not None
    assert 3 <= len(best) <= 4
    assert best[0].coordinates and not any(one.coordinates for one in best[1:])
    assert all(each.state != "fails" for each in best.eligibility)
    assert len(best.countries) >= 2
    value = (
        sum(one.fit.fit - 0.25 for one in best)
        + sum(tie.value for one in best for tie in one.ties) / 2
    )
    assert best.value == pytest.approx(value)
    for place, one in enumerate(best):
        assert one.loss is None or one.loss >= 0
        assert best.why(place)
        for tie in one.ties:
            assert tie.works and 0 < tie.strength <= 1


def test_a_card_shows_itself(sample: kn.Catalogue) -> None:
    answer = sample.build_consortium(UNEMPLOYMENT, size=3, answers=2)
    assert repr(answer).startswith("<ConsortiumAnswer: 2 plans, optimal: worth ")
    assert "worth" in str(answer) and answer.title in str(answer)
    html = answer._repr_html_()
    assert html.count("<table>") == 4 and "fit 0." in html
    assert answer[0].value >= answer[1].value
    first, second = ({one.organisation for one in plan} for plan in answer)
    assert len(second - first) >= 1


def test_fixed_members_stay_and_forbidden_ones_stay_out(sample: kn.Catalogue) -> None:
    plain = sample.build_consortium(UNEMPLOYMENT, size=3, explain=False).best
    assert plain is not None
    out = plain[1].organisation
    answer = sample.build_consortium(
        UNEMPLOYMENT,
        size=3,
        fixed=[("org-lr-sozialforschung", "coordinator")],
        forbidden=[out],
        explain=False,
    )
    assert answer.best is not None
    assert answer.best[0].organisation == "org-lr-sozialforschung" and answer.best[0].fixed
    assert out not in [one.organisation for one in answer.best]


def test_an_associated_partner_stands_beside(sample: kn.Catalogue) -> None:
    fund = {
        "name": "A foundation",
        "country": "FR",
        "roles": ["associated-partner"],
        "capabilities": ["potential-co-funder"],
    }
    answer = sample.build_consortium(YOUTH, fixed=[fund], size=3, eu_share=0.8)
    assert answer.best is not None
    assert [one.beside for one in answer.best] == [False, False, False, True]
    states = {each.kind: each.state for each in answer.best.eligibility}
    assert set(states.values()) == {"passes"}


def test_what_cannot_be_searched_for_is_in_the_report(sample: kn.Catalogue) -> None:
    answer = sample.build_consortium(CENTRES, size=(3, 4))
    told = {rule.kind: rule.searched for rule in answer.rules if rule.source == "call"}
    assert told == {
        "minimum-partners": True,
        "minimum-countries": True,
        "document-required": False,
        "rate-cap": False,
    }
    assert answer.best is not None
    states = {each.kind: each.state for each in answer.best.eligibility}
    assert states["document-required"] == "unknown"


def test_an_impossible_call_names_the_rules(sample: kn.Catalogue) -> None:
    answer = sample.build_consortium(CENTRES, countries=["DE", "Estonia"])
    assert answer.status == "infeasible" and answer.best is None and len(answer) == 0
    assert answer.conflict is not None and answer.conflict.proof == "smallest"
    assert [rule.kind for rule in answer.conflict.rules] == ["minimum-countries"]
    assert "at least three EU member states" in str(answer)
    assert "at least three EU member states" in answer._repr_html_()


def test_what_if_compares_with_the_first_plan(sample: kn.Catalogue) -> None:
    plain = sample.build_consortium(UNEMPLOYMENT, size=3, explain=False)
    assert plain.best is not None
    someone = plain.best[1].organisation
    answer = sample.build_consortium(
        UNEMPLOYMENT,
        size=3,
        explain=False,
        what_if=[{"forbid": [someone]}, {"relax": ["track-record"]}, {"add": [someone]}],
    )
    without, relaxed, same = answer.what_if
    assert without.left and someone in without.left and without.difference <= 0
    assert relaxed.difference >= 0
    assert same.difference == pytest.approx(0)
    with pytest.raises(kn.errors.InvalidArgument, match="not among the candidates"):
        sample.build_consortium(UNEMPLOYMENT, what_if=[{"forbid": ["org-nobody"]}])


def test_a_plan_that_no_choice_makes_eligible_says_so(sample: kn.Catalogue) -> None:
    wanted = [{"kind": "rate-cap", "parameters": {"percent": "80"}}]
    answer = sample.build_consortium(UNEMPLOYMENT, rules=wanted, eu_share=0.95, size=3)
    assert answer.best is not None and answer.best.eligibility.state == "fails"
    assert "yet not eligible: it fails rate-cap" in str(answer)
    assert "yet not eligible" in answer._repr_html_()
    assert answer.rules[-1].kind == "" or answer.rules[-1].parameters
    assert {"percent": ("80",)} in [rule.parameters for rule in answer.rules]


def test_fewer_plans_say_why(sample: kn.Catalogue) -> None:
    given = ["org-lr-sozialforschung", "org-arbeit-plus", "org-mgfu"]
    answer = sample.build_consortium(UNEMPLOYMENT, candidates=given, size=3, answers=9)
    assert len(answer) < 9 and answer.further == "none"
    assert "no further consortium" in str(answer)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"rules": ["minimum-partners"]}, "rules"),
        ({"what_if": {"forbid": ["org-kysk"]}}, "what_if"),
        ({"what_if": ["org-kysk"]}, "what_if"),
        ({"size": (1, 2, 3)}, "size"),
        ({"size": 3.5}, "size"),
        ({"tie_weight": float("nan")}, "tie_weight"),
        ({"seconds": float("inf")}, "seconds"),
    ],
)
def test_what_is_no_request_is_named(sample: kn.Catalogue, wrong: Any, word: str) -> None:
    with pytest.raises(kn.errors.InvalidArgument, match=word):
        sample.build_consortium(UNEMPLOYMENT, **wrong)


def test_candidates_may_be_given(sample: kn.Catalogue) -> None:
    given = ["org-lr-sozialforschung", "org-arbeit-plus", "org-mgfu", "org-mpsvr-sk"]
    answer = sample.build_consortium(UNEMPLOYMENT, candidates=given, size=(2, 4))
    assert answer.candidates == 4
    assert answer.best is not None
    assert {one.organisation for one in answer.best} <= set(given)


def test_options_out_of_range_are_refused(sample: kn.Catalogue) -> None:
    for wrong in ({"answers": 0}, {"size": 65}, {"size": (5, 3)}, {"most_candidates": 0}):
        with pytest.raises(kn.errors.InvalidArgument):
            sample.build_consortium(UNEMPLOYMENT, **wrong)  # type: ignore[arg-type]
    with pytest.raises(kn.errors.InvalidArgument):
        sample.build_consortium(UNEMPLOYMENT, fixed=["org-kysk"], forbidden=["org-kysk"])
    with pytest.raises(kn.errors.NotFound):
        sample.build_consortium("nothing")


def test_progress_tells_the_best_and_the_bound(sample: kn.Catalogue) -> None:
    seen: list[tuple[str, int, int]] = []
    sample.build_consortium(
        UNEMPLOYMENT, size=5, progress=lambda stage, done, total: seen.append((stage, done, total))
    )
    assert all(done <= total for stage, done, total in seen if stage == "consortium" and total)


@pytest.fixture(scope="module")
def tangled() -> Iterator[kn.Catalogue]:
    """Many who all fit and have worked with many others: more than seconds can settle."""
    random = Random(1)
    countries = "AT BE BG CY CZ DE DK EE EL ES FI FR".split()
    ids = [f"o{place}" for place in range(150)]
    with kn.open(":memory:") as cat:
        cat.put_all(
            kn.Write("organisation", {"names": text(id), "addresses": [{"country": country}]}, id)
            for id, country in ((id, random.choice(countries)) for id in ids)
        )
        for place in range(900):
            members = [{"organisation": id, "role": "partner"} for id in random.sample(ids, 4)]
            project = {"titles": text("Work"), "participations": members, "themes": ["housing"]}
            cat.put("project", project, f"p{place}")
        yield cat


HARD: dict[str, Any] = {
    "rules": [
        {"kind": "minimum-countries", "parameters": {"minimum": 6}},
        {"kind": "maximum-per-country", "parameters": {"maximum": 1}},
    ],
    "themes": "housing",
    "size": 10,
    "tie_weight": 2.0,
    "explain": False,
}


def test_without_the_time_for_a_proof_the_answer_says_how_far_it_may_be(
    tangled: kn.Catalogue,
) -> None:
    answer = tangled.build_consortium(seconds=0.5, **HARD)
    assert answer.status == "feasible" and answer.seconds < 5
    assert answer.best is not None and answer.bound is not None
    assert answer.value <= answer.bound and answer.gap is not None and answer.gap > 0
    assert {each.state for each in answer.best.eligibility} == {"passes"}


def test_a_search_that_is_broken_off_leaves_the_best_so_far(tangled: kn.Catalogue) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        if stage == "consortium":
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough") as stopped:
        tangled.build_consortium(seconds=60, progress=stop, **HARD)
    answer = stopped.value.answer  # type: ignore[attr-defined]
    assert isinstance(answer, kn.ConsortiumAnswer) and answer.stopped
    assert tangled.check_eligibility(rules=HARD["rules"], members=["o1"]).state == "fails"


# -- One answer, whoever asks ---------------------------------------------------------------------


def _told(answer: Any) -> Any:
    """Without what the clock and the number of writes make."""
    if isinstance(answer, dict):
        return {
            name: _told(value)
            for name, value in answer.items()
            if name not in ("seconds", "change")
        }
    return [_told(each) for each in answer] if isinstance(answer, list) else answer


@pytest.fixture(scope="module")
def surfaces(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The command, the C example as its reader builds it, and a file with the sample."""
    build = Path(_engine.__file__).resolve().parents[2]
    command = build / "bin/koinon"
    if not command.exists() or shutil.which("cc") is None:
        pytest.skip("needs a build tree with the command, and a C compiler")
    folder = tmp_path_factory.mktemp("surfaces")
    example = folder / "consortium"
    source = ROOT / "examples/c/consortium.c"
    library = build / "lib"
    flags = [f"-I{ROOT / 'include'}", f"-L{library}", "-lkoinon_c", f"-Wl,-rpath,{library}"]
    subprocess.run(["cc", "-std=c99", "-Wall", str(source), "-o", str(example), *flags], check=True)
    file = folder / "sample.koinon"
    with kn.open(file) as made:
        made.import_sample()
        made.import_file(FIXTURE)
    return command, example, file


@pytest.mark.parametrize("call", [CENTRES, UNEMPLOYMENT, YOUTH, INCUBATION])
def test_command_c_and_python_build_the_same_consortium(
    surfaces: tuple[Path, Path, Path], call: str
) -> None:
    command, example, file = surfaces
    with kn.open(file) as cat:
        python = cat.build_consortium(call, size=(3, 4), answers=2, documents=["x"]).to_dict()
    assert python["status"] == "optimal" and len(python["plans"]) == 2
    words = [str(command), "--catalogue", str(file), "build-consortium", call, "--json"]
    words += ["--size", "3-4", "--answers", "2", "--document", "x"]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert _told(json.loads(said)) == _told(python)
    more = '{"size_least":3,"size_most":4,"answers":2,"documents":["x"]}'
    said = subprocess.run(
        [str(example), call, more, str(file)], check=True, capture_output=True, text=True
    ).stdout
    assert _told(json.loads(said)) == _told(python)


# -- Arguments that are none ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"fixed": [None]}, r"fixed\[0\] is None"),
        ({"fixed": [b"org-mgfu"]}, r"fixed\[0\] is b'org-mgfu'"),
        ({"fixed": [{}]}, r"fixed\[0\] tells nothing"),
        ({"fixed": "org-mgfu"}, "fixed is one text"),
        ({"fixed": {"org-mgfu": 5}}, r"fixed\[0\]: its roles is 5"),
        ({"candidates": "org-mgfu"}, "candidates is one text"),
        ({"themes": 5}, "themes is 5"),
        ({"countries": [True]}, r"countries\[0\] is True"),
        ({"themes": "\ud800"}, "themes is .*half a character"),
        ({"answers": "3"}, "answers is '3'"),
        ({"size": 0}, "size is 0"),
        ({"size": (5, 3)}, r"size is \(5, 3\)"),
        ({"size": 65}, "size"),
        ({"what_if": [{"forbid": 5}]}, r"what_if\[0\].forbid is 5"),
        ({"what_if": [{"forbid": [""]}]}, r"what_if\[0\].forbid\[0\]"),
        ({"tie_weight": -1}, "tie_weight is from 0 to 1000000"),
        ({"tie_weight": 1e300}, "tie_weight is from 0 to 1000000"),
        ({"gap": float("nan")}, "gap is nan"),
        ({"rules": [{"kind": "size-range", "parameters": {"maximum": float("inf")}}]}, "maximum"),
        ({"concepts": "typo"}, r"concepts\[0\]"),
    ],
)
def test_an_argument_that_is_none_is_named_with_its_place(
    sample: kn.Catalogue, wrong: Any, told: str
) -> None:
    with pytest.raises(kn.errors.InvalidArgument, match=told):
        sample.build_consortium(UNEMPLOYMENT, **wrong)


def test_numbers_of_other_libraries_are_numbers(sample: kn.Catalogue) -> None:
    from decimal import Decimal

    np = pytest.importorskip("numpy")
    answer = sample.build_consortium(
        UNEMPLOYMENT, size=np.int64(3), tie_weight=np.float32(0.5), eu_share=Decimal("0.8")
    )
    assert answer.status == "optimal" and len(answer.best) == 3
    rules = [{"kind": "minimum-partners", "parameters": {"minimum": np.int64(2)}}]
    assert sample.check_eligibility(rules=rules, members=["org-mgfu"])[0].state == "fails"


def test_documents_may_be_one_text(sample: kn.Catalogue) -> None:
    rules = [{"kind": "document-required", "parameters": {"document": "form"}}]
    report = sample.check_eligibility(rules=rules, members=["org-mgfu"], documents="form")
    assert report[0].state == "passes"


def test_what_is_not_known_of_a_member_is_not_told(sample: kn.Catalogue) -> None:
    answer = sample.build_consortium(UNEMPLOYMENT, size=3, explain=False)
    assert answer.best.members[0].loss is None and not answer.best.members[0].loss_proved
    assert not any("without it" in line for line in answer.best.why(0))


def test_without_candidates_the_answer_says_what_to_give(cat: kn.Catalogue) -> None:
    rules = [{"kind": "minimum-partners", "parameters": {"minimum": 1}}]
    assert "give candidates or fixed, or themes or text" in str(cat.build_consortium(rules=rules))
