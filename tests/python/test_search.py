"""Questions in several languages, facets, and what answers become."""

from __future__ import annotations

import pickle

import pytest
from conftest import case_study, initiative

import koinon as kn


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
        *("id", "kind", "score", "title", "title_language", "countries", "snippet")
    }


def test_drafts(cat: kn.Catalogue) -> None:
    cat.put("initiative", initiative("Something else"), "i")
    draft = {**case_study("Bicycle kitchen", "Neighbours mend bicycles.", "i"), "state": "draft"}
    cat.put("case-study", draft, "c")
    assert cat.search("bicycles").total == 0
    assert [hit.id for hit in cat.search("bicycles", unpublished=True)] == ["c"]


def test_no_question_is_an_error(sample: kn.Catalogue) -> None:
    for question in ('"', "+", "-", "((", "a" * 100_000, "\0", '+"" -""'):
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
