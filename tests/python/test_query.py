"""Structured questions: what they find, and how they are told."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import Callable

import pytest

import koinon as kn
from koinon import query as q

Ids = Callable[[q.Query], "set[str]"]


@pytest.fixture(scope="module")
def ids(sample: kn.Catalogue) -> Ids:
    """The ids of all that a question finds in the sample."""

    def found(query: q.Query) -> set[str]:
        pages = sample.search_pages(query=query, limit=100, snippets=False)
        return {hit.id for page in pages for hit in page}

    return found


def test_every_record(sample: kn.Catalogue, ids: Ids) -> None:
    assert len(ids(q.everything())) == sample.search("").total


def test_both_either_none(ids: Ids) -> None:
    a, b = q.words("housing"), q.words("homeless")
    assert ids(a) and ids(b)
    assert ids(a & b) == ids(a) & ids(b)
    assert ids(a | b) == ids(a) | ids(b)
    assert ids(~a) == ids(q.everything()) - ids(a)
    assert ids(b & ~a) == ids(b) - ids(a)
    assert ids(~(a | b)) == ids(q.none_of(a, b)) == ids(~a & ~b)


def test_of_no_question(ids: Ids) -> None:
    assert q.all_of() == q.none_of() == q.everything()
    assert ids(q.any_of()) == set()
    assert q.all_of(q.ask("a")) == q.any_of(q.ask("a")) == q.ask("a")


def test_ask_is_what_a_user_types(sample: kn.Catalogue, ids: Ids) -> None:
    typed = sample.search("housing -youth", limit=1000)
    assert ids(q.ask("housing -youth")) == {hit.id for hit in typed}


def test_phrases(ids: Ids) -> None:
    near, apart = q.phrase("young people"), q.phrase("young people", 5)
    assert set() < ids(near) < ids(apart)
    assert ids(apart) <= ids(q.words("young") & q.words("people"))


def test_prefixes_and_fuzzy_words(ids: Ids) -> None:
    assert set() < ids(q.prefix("homelessn")) < ids(q.prefix("homel"))
    assert ids(q.fuzzy("homelesness")) >= ids(q.fuzzy("homelesness", 1)) > set()
    assert ids(q.fuzzy("homelesness", 0)) == set()


def test_fields(ids: Ids) -> None:
    word = q.words("housing")
    assert set() < ids(word.within("title")) < ids(word.within("title", "summary")) <= ids(word)
    both = (word & q.words("first")).within("title")
    assert both == word.within("title") & q.words("first").within("title")
    assert ids(q.code("country", "FI").within("title")) == ids(q.code("country", "FI"))


def test_weights(sample: kn.Catalogue) -> None:
    plain, heavy = (sample.search(query=q.words("housing").times(n))[0].score for n in (1, 3))
    assert heavy == pytest.approx(3 * plain)
    assert q.ask("a").times(2).times(3).boost == 3


def test_optional_only_lifts(sample: kn.Catalogue, ids: Ids) -> None:
    word = q.words("housing")
    asked = word & q.optional(q.words("homeless"))
    assert ids(asked) == ids(word)
    first = sample.search(query=asked)[0]
    finnish = q.code("country", "FI")
    assert ids(finnish & q.optional(word)) == ids(finnish)
    assert first.id in ids(q.words("homeless")) and first.score > sample.search(query=word)[0].score


def test_codes(sample: kn.Catalogue, ids: Ids) -> None:
    finnish, swedish = (q.code("country", code) for code in ("FI", "SE"))
    assert ids(q.code("country", "FI", "SE")) == ids(finnish | swedish)
    filtered = sample.search(filters={"country": "FI"}, limit=1000)
    assert ids(finnish) == {hit.id for hit in filtered}
    assert ids(q.code("country")) == set()


def test_ranges(ids: Ids) -> None:
    recent = ids(q.range("start", 2015))
    assert recent and recent == ids(q.range("start", date(2015, 1, 1)))
    assert ids(q.range("start", greatest="2014-12")) == ids(q.range("start")) - recent
    assert ids(q.range("start", 2015, 2014)) == set()


def test_places(ids: Ids) -> None:
    around = [ids(q.near(60.17, 24.94, kilometres)) for kilometres in (50, 500, 20_100)]
    assert set() < around[0] < around[1] < around[2]


@pytest.mark.parametrize(
    ("query", "what"),
    [
        (q.code("nonsense", "FI"), "nonsense"),
        (q.range("nonsense"), "nonsense"),
        (q.range("start", "soon"), "soon"),
        (q.near(91, 0, 1), "latitude"),
        (q.near(0, 0, -1), "kilometres"),
        (q.words("a").within("nonsense"), "nonsense"),
        (q.words("a").times(1001), "boost"),
        (q.fuzzy("a", -1), "distance"),
        (q.near(float("nan"), 0, 1), "JSON"),
    ],
)
def test_questions_that_make_no_sense(sample: kn.Catalogue, query: q.Query, what: str) -> None:
    with pytest.raises(kn.errors.InvalidArgument, match=what):
        sample.search(query=query)


def test_what_is_wrong_is_named(sample: kn.Catalogue) -> None:
    with pytest.raises(kn.errors.InvalidArgument) as caught:
        sample.search(query={"all": [{"ask": 1}, {"phrase": "a", "slop": 2}]})
    assert {violation.path for violation in caught.value.violations} == {
        *("query.all[0].ask", "query.all[1].slop")
    }


def test_too_deep(sample: kn.Catalogue) -> None:
    for depth in (200, 20_000):
        query = q.ask("a")
        for _ in range(depth):
            query = ~query
        with pytest.raises(kn.errors.InvalidArgument):
            sample.search(query=query)


def test_its_json_asks_the_same(sample: kn.Catalogue) -> None:
    query = (q.ask("housing").within("title") | q.prefix("homel").times(2)) & ~q.code(
        "kind", "call"
    )
    told = query.to_dict()
    assert told == {
        "all": [
            {"any": [{"ask": "housing", "fields": ["title"]}, {"prefix": "homel", "boost": 2.0}]},
            {"not": [{"code": "kind", "any_of": ["call"]}]},
        ]
    }
    assert list(sample.search(query=told)) == list(sample.search(query=query))


@pytest.mark.parametrize(
    "told",
    [
        "everything()",
        "ask('a') & words('b') & ~phrase('c d', 2)",
        "(prefix('a') | fuzzy('b', 1)) & optional(like('c'), ask('d'))",
        "prefix('a') & fuzzy('b') | ~(ask('c') | ask('d'))",
        "code('country', 'FI', 'SE') | range('start', '2019', greatest='2021-06')",
        "~~near(60.17, 24.94, 50)",
        "ask('a').within('title', 'summary').times(0.5)",
        "(ask('a') & ask('b')).times(2) & ask('c')",
        "(~ask('a')).times(2)",
        "none_of(ask('a'), ask('b'))",
        "range('deadline', greatest='2021')",
    ],
)
def test_told_as_it_is_written(told: str) -> None:
    query = eval(told, vars(q))
    assert repr(query) == told
    assert eval(told, vars(q)) == query and hash(eval(told, vars(q))) == hash(query)
    assert pickle.loads(pickle.dumps(query)) == query


def test_bounds() -> None:
    told = q.range("start", datetime(2020, 6, 30, 12, 0), date(2021, 1, 2))
    assert (told.least, told.greatest) == ("2020-06-30", "2021-01-02")
    money = q.range("budget", 1e20, Decimal("1250.50"))
    assert (money.least, money.greatest) == ("1" + 20 * "0", "1250.50")
    assert q.range("start", 2020).to_dict() == {"range": "start", "least": "2020"}


def test_and_is_not_a_sign() -> None:
    with pytest.raises(TypeError, match="&"):
        q.ask("a") and q.ask("b")
    with pytest.raises(TypeError):
        q.ask("a") & "b"  # type: ignore[operator]
    with pytest.raises(AttributeError):
        q.ask("a").text = "b"  # type: ignore[misc]
