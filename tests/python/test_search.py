"""Questions in several languages, facets, and what answers become."""

from __future__ import annotations

import pathlib
import pickle
import time
from typing import Any

import pytest
from conftest import case_study, initiative

import koinon as kn
from koinon import query as q


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("nl", "jongeren aan het werk helpen"),
        ("de", "Wohnen für Obdachlose"),
        ("fi", "asuntoja asunnottomille"),
        (None, "asunnottomat"),
    ],
)
def test_answers_in_the_language_of_the_question(
    sample: kn.Catalogue, language: str | None, question: str
) -> None:
    results = sample.search(question, language=language)
    assert 0 < len(results) <= 10
    assert results.total >= len(results)
    assert [hit.score for hit in results] == sorted((hit.score for hit in results), reverse=True)
    best = results[0]
    assert best.snippet is not None and best.snippet.marks
    assert all(best.snippet.text[begin:end].strip() for begin, end in best.snippet.marks)
    assert sample.get(best.id).kind == best.kind


def test_marks_count_characters(cat: kn.Catalogue) -> None:
    cat.put("initiative", initiative(), "i")
    summary = "Žižkov 🦔 naapurit korjaavat pyöriä"
    cat.put("case-study", case_study("Otsikko", summary, "i", "fi"), "c")
    snippet = cat.search("pyöriä", language="fi")[0].snippet
    assert snippet is not None
    assert [snippet.text[begin:end] for begin, end in snippet.marks] == ["pyöriä"]


def test_facets_and_filters(sample: kn.Catalogue) -> None:
    results = sample.search("", language="fi", facets=("country", "theme", "year"), limit=0)
    assert len(results) == 0 and results.total > 100
    country = results.facets["country"]
    assert list(results.facets) == ["country", "theme", "year"]
    assert country.distinct >= 27 and len(country) == 10
    assert [value.count for value in country] == sorted(country.to_dict().values(), reverse=True)
    finnish = sample.search("", filters={"country": "FI"}, facets="country", limit=100)
    assert 0 < finnish.total < results.total
    assert finnish.facets["country"].to_dict()["FI"] == finnish.total
    assert all("FI" in hit.countries for hit in finnish)
    labels = {value.code: value.label for value in finnish.facets["country"]}
    assert labels["FI"] == "Finland"
    several = sample.search("", filters={"country": ["FI", "SE"], "kind": ["case-study"]})
    assert several.total and {hit.kind for hit in several} == {"case-study"}


def test_filters_that_exclude(sample: kn.Catalogue) -> None:
    every = sample.search("", filters={"kind": "case-study"})
    finnish = sample.search("", filters={"kind": "case-study", "country": "FI"})
    others = sample.search(
        "", filters={"kind": "case-study", "-country": ["FI"]}, facets=["country"], limit=200
    )
    assert finnish.total + others.total == every.total
    assert all("FI" not in hit.countries for hit in others)


def test_facets_for_several_ticks(sample: kn.Catalogue) -> None:
    asked: dict[str, Any] = {"filters": {"country": "FI"}, "facets": ["country"], "limit": 0}
    assert set(sample.search("", **asked).facets["country"].to_dict()) >= {"FI"}
    ticked = sample.search("", multi_select=True, **asked)
    assert ticked.facets["country"].distinct >= 27
    assert ticked.total == sample.search("", **asked).total


def test_order_by_a_field(sample: kn.Catalogue) -> None:
    cases = {"kind": "case-study"}

    def starts(rising: bool) -> list[str]:
        found = sample.search(
            "", filters=cases, sort="start", rising=rising, query=q.range("start")
        )
        return [sample.get(hit.id)["period"]["from"] for hit in found]

    assert starts(True) == sorted(starts(True)) and starts(False)[0] > starts(True)[-1]
    assert starts(False) == sorted(starts(False), reverse=True)
    with pytest.raises(kn.errors.InvalidArgument, match="nonsense"):
        sample.search("", sort="nonsense")


def test_groups(cat: kn.Catalogue) -> None:
    bicycles(cat)
    results = cat.search("mended", group_by="initiative")
    assert results.total == 5
    assert {hit.group: hit.grouped for hit in results} == {"i0": 3, "i1": 2}
    assert all(hit.group is None and hit.grouped == 1 for hit in cat.search("mended"))
    with pytest.raises(kn.errors.InvalidArgument, match="initiative"):
        cat.search("mended", group_by="country")


def test_a_better_spelling(sample: kn.Catalogue) -> None:
    results = sample.search("homelesness", language="en")
    assert results.suggestion == "homelessness"
    assert "did you mean: homelessness" in str(results)
    assert sample.search("homelesness", suggest=False).suggestion is None
    assert sample.search("homelessness").suggestion is None


def test_the_last_word_may_be_a_beginning(sample: kn.Catalogue) -> None:
    assert sample.search("homelessn", signals=["words"]).total == 0
    assert sample.search("homelessn", as_you_type=True).total > 0


def test_beginnings_of_too_many_words_are_told(sample: kn.Catalogue) -> None:
    assert sample.search("housing").cut == ()
    assert sample.search("title:a*").cut == ("a*",)


def test_a_deadline(sample: kn.Catalogue) -> None:
    assert not sample.search("social", deadline=3600).late
    late = sample.search("social housing", deadline=1e-9)
    assert late.late and "late" in repr(late) and "deadline" in str(late)
    for wrong in (0, -1, float("nan")):
        with pytest.raises(kn.errors.InvalidArgument, match="deadline"):
            sample.search("social", deadline=wrong)


def bicycles(cat: kn.Catalogue) -> None:
    cat.put_all([("initiative", initiative(f"Bicycles {i}"), f"i{i}") for i in range(2)])
    cases = [case_study(f"Kitchen {i}", "Bicycles are mended.", f"i{i % 2}") for i in range(5)]
    cat.put_all([("case-study", case, f"c{i}") for i, case in enumerate(cases)])


def test_pages_of_one_state(cat: kn.Catalogue) -> None:
    bicycles(cat)
    first = cat.search("mended", limit=2, keep=60)
    assert first.next
    cat.put("case-study", case_study("New", "Bicycles mended, mended.", "i0"), "new")
    second = cat.search("mended", limit=2, after=first.next, keep=60)
    third = cat.search("mended", limit=2, after=second.next, keep=60)
    assert third.next is None
    found = [hit.id for page in (first, second, third) for hit in page]
    assert sorted(found) == ["c0", "c1", "c2", "c3", "c4"]
    assert cat.search("mended", limit=2).next is None
    with pytest.raises(kn.errors.InvalidArgument, match="another|not the"):
        cat.search("bicycles", limit=2, after=first.next)
    with pytest.raises(kn.errors.InvalidArgument, match="keep is 3601"):
        cat.search("mended", keep=3601)


def test_a_state_that_is_no_longer_kept(cat: kn.Catalogue) -> None:
    bicycles(cat)
    first = cat.search("mended", limit=2, keep=0.01)
    time.sleep(0.05)
    cat.put("case-study", case_study("New", "Bicycles mended.", "i0"))
    with pytest.raises(kn.errors.Expired):
        cat.search("mended", limit=2, after=first.next, keep=0.01)


def test_erasing_ends_the_pages(cat: kn.Catalogue) -> None:
    bicycles(cat)
    first = cat.search("mended", limit=2, keep=60)
    cat.erase("c4", wait=0)
    with pytest.raises(kn.errors.Expired):
        cat.search("mended", limit=2, after=first.next, keep=60)
    with pytest.raises(kn.errors.InvalidArgument, match="wait"):
        cat.erase("c3", wait=-1)


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_page_by_page(cat: kn.Catalogue, limit: int) -> None:
    bicycles(cat)
    pages = list(cat.search_pages("mended", limit=limit))
    assert [page.offset for page in pages] == list(range(0, 5, limit))
    assert [h.id for page in pages for h in page] == [h.id for h in cat.search("mended")]
    assert pages[-1].next is None


def test_page_by_page_in_other_orders(sample: kn.Catalogue) -> None:
    orders: list[dict[str, Any]] = [
        *({"sort": "start"}, {"sort": "start", "rising": True}, {"offset": 3}),
    ]
    for options in orders:
        whole = sample.search("social", limit=1000, **options)
        pages = list(sample.search_pages("social", limit=7, **options))
        assert [hit.id for page in pages for hit in page] == [hit.id for hit in whole]


def test_page_by_page_in_groups(cat: kn.Catalogue) -> None:
    bicycles(cat)
    pages = cat.search_pages("mended", limit=1, group_by="initiative")
    groups = [hit.group for page in pages for hit in page]
    assert sorted(map(str, groups)) == ["i0", "i1"]


def test_pages_that_cannot_be(sample: kn.Catalogue) -> None:
    wrong: list[dict[str, Any]] = [{"limit": 0}, {"keep": 0}]
    for options in wrong:
        with pytest.raises(kn.errors.InvalidArgument, match="pages need"):
            next(sample.search_pages("social", **options))
    (nothing,) = sample.search_pages("xyzzy")
    assert nothing.total == 0


def test_more_like_one(sample: kn.Catalogue) -> None:
    id = "case-fi-housing-first"
    alike = sample.more_like(id, limit=5)
    assert len(alike) == 5 and id not in [hit.id for hit in alike]
    assert repr(alike) == f"<SearchResults like({id!r}): 5 of {alike.total}>"
    finnish = q.code("country", "FI")
    for query in (finnish, finnish.to_dict()):
        assert 0 < sample.more_like(id, query=query).total < alike.total
    with pytest.raises(kn.errors.NotFound, match="nowhere"):
        sample.more_like("nowhere")


def test_an_explanation_of_a_hit(sample: kn.Catalogue) -> None:
    results = sample.search("social housing", filters={"country": "FI"})
    for rank, hit in enumerate(results[:3], start=1):
        told = sample.explain(hit.id, "social housing", filters={"country": "FI"})
        assert told.found and told.rank == rank and not told.reasons
        assert told.score == pytest.approx(hit.score)
        assert sum(part.score for part in told.parts) == pytest.approx(told.score)
        assert sum(part.share for part in told.parts) == pytest.approx(1)
    assert repr(told) == f"<Explanation of {hit.id}: found, rank 3, score {hit.score:.2f}>"
    assert told.to_dict()["parts"][0]["what"] in str(told)
    assert pickle.loads(pickle.dumps(told)) == told


def test_an_explanation_of_an_absence(sample: kn.Catalogue) -> None:
    def codes(id: str, text: str, **options: Any) -> set[str]:
        told = sample.explain(id, text, **options)
        assert not told.found and told.rank == 0
        assert "not found: " in repr(told)
        return {reason.code for reason in told.reasons}

    hit = sample.search("housing", filters={"kind": "case-study", "country": "FI"})[0]
    assert codes("nowhere", "housing") == {"not-there"}
    assert codes(hit.id, "xyzzy") == {"no-term"}
    assert codes(hit.id, "+xyzzy housing") == {"missing"}
    assert codes(hit.id, "housing", filters={"-country": "FI"}) == {"filtered-out"}


def test_alerts(cat: kn.Catalogue) -> None:
    bicycles(cat)
    before = cat.statistics().change
    cat.put("case-study", case_study("Kitchen", "Soup is cooked.", "i0"), "soup")
    cat.put("case-study", case_study("Kitchen", "Bicycles and soup.", "i0"), "both")
    alerts = cat.alerts(
        {
            "soup": "soup",
            "bicycles": q.words("bicycles") & q.code("kind", "case-study"),
            "drafts": {"text": "soup", "filters": {"-state": "published"}, "unpublished": True},
        },
        after=before,
    )
    assert list(alerts) == [
        kn.Alert(before + 1, "soup", "soup"),
        kn.Alert(before + 2, "both", "soup"),
        kn.Alert(before + 2, "both", "bicycles"),
    ]
    assert alerts.change == before + 2 and alerts[-1].record == "both"
    assert repr(alerts) == f"<Alerts up to change {alerts.change}: 3>"
    assert len(cat.alerts({"soup": "soup"}, after=alerts.change)) == 0
    assert len(cat.alerts({}, after=0)) == 0


def test_alerts_of_a_wrong_search(cat: kn.Catalogue) -> None:
    bicycles(cat)
    with pytest.raises(kn.errors.InvalidArgument, match="nonsense"):
        cat.alerts({"a": {"filters": {"nonsense": "x"}}}, after=0)
    with pytest.raises(TypeError, match="filter"):
        cat.alerts({"a": {"filter": {"country": "FI"}}}, after=0)
    with pytest.raises(kn.errors.InvalidArgument, match="after is -1"):
        cat.alerts({}, after=-1)


def test_pages(sample: kn.Catalogue) -> None:
    whole = [hit.id for hit in sample.search("social", limit=20)]
    pages = [hit.id for i in range(0, 20, 7) for hit in sample.search("social", limit=7, offset=i)]
    assert pages[:20] == whole


def test_results_are_a_sequence(sample: kn.Catalogue) -> None:
    results = sample.search("social", limit=5)
    assert [hit.id for hit in results[1:3]] == [results[1].id, results[2].id]
    assert results[-1] == results[4] and list(results) == results[:]
    with pytest.raises(IndexError):
        results[5]
    assert repr(results) == f"<SearchResults 'social': 5 of {results.total}>"
    again = pickle.loads(pickle.dumps(results))
    assert list(again) == list(results)
    assert set(results.to_dict()) == {
        *("id", "kind", "score", "title", "title_language", "countries", "snippet"),
        *("group", "grouped"),
    }


def test_drafts(cat: kn.Catalogue) -> None:
    cat.put("initiative", initiative("Something else"), "i")
    draft = {**case_study("Bicycle kitchen", "Neighbours mend bicycles.", "i"), "state": "draft"}
    cat.put("case-study", draft, "c")
    assert cat.search("bicycles").total == 0
    assert [hit.id for hit in cat.search("bicycles", unpublished=True)] == ["c"]


def test_no_question_is_an_error(sample: kn.Catalogue) -> None:
    for question in ('"', "+", "-", "((", "a" * 100_000, "\0", '+"" -""', "\0" * 9_000_000):
        sample.search(question)


def test_partners(sample: kn.Catalogue) -> None:
    answer = sample.partners("org-tu-dortmund", limit=5)
    assert len(answer) == 5 and answer.total >= 5 and answer.component > 5
    assert [p.strength for p in answer] == sorted((p.strength for p in answer), reverse=True)
    closest = answer[0]
    assert closest.works and closest.shared >= len(closest.works)
    work = sample.get(closest.works[0].id)
    members = {taking["organisation"] for taking in work["participations"]}
    assert {"org-tu-dortmund", closest.id} <= members
    with pytest.raises(kn.errors.InvalidArgument):
        sample.partners(next(sample.ids("project")))


def test_a_question_finds_other_languages_and_says_how(sample: kn.Catalogue) -> None:
    results = sample.search(
        "daklozen", language="nl", filters={"kind": "case-study", "country": "FI"}, limit=3
    )
    hit = results[0]
    assert hit.id == "case-fi-housing-first"
    assert {through.signal for through in hit.found_through} == {"concepts"}
    assert "dakloosheid" in hit.found_through[0].what
    assert sum(through.share for through in hit.found_through) == pytest.approx(1)
    own = sample.search("daklozen", language="nl", across=False, limit=100)
    assert "case-fi-housing-first" not in {each.id for each in own}
    words = sample.search("daklozen", language="nl", signals=["words"], limit=100)
    assert "case-fi-housing-first" not in {each.id for each in words}
    with pytest.raises(kn.errors.InvalidArgument, match="smell"):
        sample.search("daklozen", signals=["smell"])


def test_word_vectors_find_what_means_the_same() -> None:
    table = pathlib.Path(__file__).parents[2] / "src/data/latent/koinon-24.vectors"
    with kn.open(":memory:", word_vectors=table, thesaurus=False) as catalogue:
        catalogue.import_sample()
        request = {"language": "nl", "filters": {"kind": "case-study"}, "limit": 5}
        results = catalogue.search("hulp voor eenzame ouderen", **request)
        found = {through.signal for hit in results for through in hit.found_through}
        assert "meaning" in found
    with pytest.raises(kn.errors.InputOutput):
        kn.open(":memory:", word_vectors="/nowhere/at/all")


REPAIR = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://portal.example/> .
:reuse skos:prefLabel "repair and reuse"@en .
:cafe skos:prefLabel "repair evening"@en, "korjauskahvila"@fi ; skos:broader :reuse ;
  skos:altLabel "bare" .
"""


@pytest.fixture
def repair(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "repair.ttl"
    path.write_text(REPAIR, encoding="utf-8")
    return path


def test_a_thesaurus_of_ones_own_gives_facets_and_labels(repair: pathlib.Path) -> None:
    with kn.open(":memory:", thesaurus_files=[repair], thesaurus=False) as cat:
        cat.put("project", {"titles": [{"language": "en", "text": "A repair evening"}]})
        results = cat.search("korjauskahvila", language="fi", facets=["concept"])
        assert results.total == 1
        (value,) = results.facets["concept"]
        assert (value.code, value.label) == ("https://portal.example/cafe", "korjauskahvila")
        assert cat.facet_label("concept", value.code) == "repair evening"
        concept = cat.concept(value.code, "fi")
        assert (str(concept), concept.language) == ("korjauskahvila", "fi")
        assert concept.broader == (
            kn.ConceptLink("https://portal.example/reuse", "repair and reuse"),
        )
        with pytest.raises(kn.errors.NotFound):
            cat.concept("eurovoc:1690")
        report = cat.thesaurus()
        assert (report.own, report.concepts, report.bundled) == (2, 2, False)
        assert report.languages == {"en": 2, "fi": 1}
        (problem,) = report.problems
        assert (problem.code, problem.line, problem.file) == ("no_language", 6, str(repair))
        assert report.to_dict()["files"][0]["labels"] == 3
        assert "no_language" in report._repr_html_()


def test_a_thesaurus_of_ones_own_beside_the_bundled_one(repair: pathlib.Path) -> None:
    path = repair.parent / "a.koinon"
    for kept in (True, True):
        # One path is a list of one.
        with kn.open(path, thesaurus_files=str(repair), thesaurus_language="en") as cat:
            assert cat.thesaurus().kept is kept
            assert cat.thesaurus().problem_count == 0
            assert cat.concept("eurovoc:1690", "fi").label == "asuminen"
            assert cat.concept("https://portal.example/cafe", "en").other == ("bare",)


def test_a_thesaurus_that_cannot_be_used_is_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(kn.errors.NotFound, match="missing.ttl"):
        kn.open(":memory:", thesaurus_files=[tmp_path / "missing.ttl"])
    (tmp_path / "a.json").write_text('{"@context": {}}')
    with pytest.raises(kn.errors.UnknownFormat, match="Turtle"):
        kn.open(":memory:", thesaurus_files=[tmp_path / "a.json"])
    (tmp_path / "a.rdf").write_text("<?xml version='1.0'?><rdf")
    with pytest.raises(kn.errors.InvalidInput, match="a.rdf: line 1"):
        kn.open(":memory:", thesaurus_files=[tmp_path / "a.rdf"])
    assert not (tmp_path / "b.koinon").exists()


def test_the_concept_facet_is_labelled_in_the_users_language(sample: kn.Catalogue) -> None:
    facet = sample.search("", language="fi", facets=["concept", "kind"]).facets
    assert facet["concept"][0].label == sample.facet_label(
        "concept", facet["concept"][0].code, "fi"
    )
    assert not any(value.label.startswith("eurovoc:") for value in facet["concept"])
    with pytest.raises(kn.errors.InvalidArgument):
        sample.facet_label("colour", "red")


def test_the_example_of_a_thesaurus_has_no_fault() -> None:
    example = pathlib.Path(__file__).parents[2] / "examples/thesaurus/repair.ttl"
    with kn.open(":memory:", thesaurus_files=example) as cat:
        assert (cat.thesaurus().own, cat.thesaurus().problems) == (5, ())
        old = cat.concept("eurovoc:6411", "de")
        assert (old.label, old.uri) == (
            "Altgeräte",
            "https://portal.example/concepts/old-devices",
        )
        reuse = cat.concept("https://portal.example/concepts/reuse", "en")
        assert [link.label for link in reuse.broader] == ["circular economy"]
