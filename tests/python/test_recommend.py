"""Whom to work with."""

import pytest

import koinon as kn


@pytest.fixture()
def cat():
    with kn.open(":memory:") as cat:
        for id, country in (("a", "NL"), ("b", "NL"), ("c", "BE"), ("d", "FI"), ("e", "FI")):
            names = [{"text": f"Organisation {id}", "language": "en"}]
            cat.put(
                "organisation",
                {"names": names, "kind": "ngo", "addresses": [{"country": country}]},
                id,
            )
        for id, year, theme, members in (
            ("p1", "2016", "housing", "ab"),
            ("p2", "2017", "housing", "bc"),
            ("p3", "2018", "health", "de"),
            ("p4", "2021", "housing", "bd"),
        ):
            parts = [{"organisation": member, "role": "partner"} for member in members]
            cat.put(
                "project",
                {
                    "titles": [{"text": f"Project {id}", "language": "en"}],
                    "themes": [theme],
                    "period": {"from": year},
                    "participations": parts,
                },
                id,
            )
        yield cat


def reasons(one):
    return {reason.code: reason for reason in one.reasons}


def test_new_partners_have_reasons_that_can_be_looked_up(cat):
    found = cat.recommend("a")
    assert sorted(one.id for one in found) == ["c", "d", "e"]
    assert found.candidates == 3
    c = next(one for one in found if one.id == "c")
    assert [bridge.id for bridge in reasons(c)["bridges"].bridges] == ["b"]
    assert reasons(c)["themes"].codes == ("housing",)
    assert reasons(c)["country"].lift > 0
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_gap_names_those_who_know_the_members(cat):
    found = cat.recommend(members=["a", "c"])
    assert found[0].id == "b"
    assert [work.id for work in reasons(found[0])["shared-records"].works] == ["p2", "p1"]
    assert cat.recommend(members=["a", "c"], exclude="b", country="FI").candidates == 2


def test_calls_cases_and_themes(cat):
    cat.put(
        "call", {"titles": [{"text": "A call", "language": "en"}], "themes": ["health"]}, "call"
    )
    for found in (cat.recommend(call="call"), cat.recommend(about="health")):
        assert {one.id for one in found if "themes" in reasons(one)} == {"d", "e"}
    assert {one.id for one in cat.recommend(case="p1", country=["BE", "FI"])} == {"c", "d", "e"}
    assert {one.id for one in cat.recommend(case="p1", theme="health")} == {"d", "e"}
    assert "d" in {one.id for one in cat.recommend("a", known=True)}


def test_as_of_a_day(cat):
    found = cat.recommend("a", as_of="2017")
    assert [one.id for one in found] == ["c"]
    assert "bridges" in reasons(found[0])


def test_exposure_and_its_cap(cat):
    free = cat.recommend("a")
    assert sum(one.exposure for one in free.countries) == pytest.approx(1)
    assert all(one.passed_over == 0 for one in free.countries)
    capped = cat.recommend("a", most_per_country=1)
    assert len(capped) == 2
    assert {one.country: one.passed_over for one in capped.countries} == {"FI": 1, "BE": 0}


def test_answers_show_themselves(cat):
    found = cat.recommend("a")
    assert "1 partner in common" in str(found) and "Organisation c" in found._repr_html_()
    assert repr(found) == "<Recommendations: 3 of 3>"
    assert "1 theme in common" in str(found) and "1 themes" not in str(found)
    assert list(found.to_dict()) == ["id", "name", "country", "kind", "score"]
    pandas = pytest.importorskip("pandas")
    assert isinstance(found.to_pandas(), pandas.DataFrame)


def test_a_gap_for_an_organisation_names_whom_it_does_not_know(cat):
    assert {one.id for one in cat.recommend("a", members=["c"])} == {"d", "e"}
    assert {one.id for one in cat.recommend(members=["a", "c"])} == {"b", "d", "e"}
    assert {one.id for one in cat.recommend("a", members=["c"], known=True)} == {"b", "d", "e"}


def test_codes_are_names_too_and_unknown_ones_are_refused(cat):
    assert {one.id for one in cat.recommend("a", country="Finland")} == {"d", "e"}
    assert {one.id for one in cat.recommend("a", country=["fi", "BE"], kind="NGO")} == set("cde")
    assert {one.id for one in cat.recommend("a", theme="Health")} == {"d", "e"}
    assert len(cat.recommend("a", country="GR")) == 0
    for asked, told in (
        ({"country": "XX"}, "country: 'XX' is no country"),
        ({"kind": "zzz"}, "kind: 'zzz' is no kind of organisation; there are: .*company"),
        ({"theme": "zzz"}, "theme: 'zzz' is no theme"),
        ({"about": "housin"}, "about: 'housin' is no theme, did you mean housing"),
    ):
        with pytest.raises(kn.errors.InvalidArgument, match=told):
            cat.recommend("a", **asked)


def test_the_consortium_builder_refuses_them_as_well(cat):
    rules = [{"kind": "minimum-partners", "parameters": {"minimum": "2"}}]
    for asked, told in (
        ({"themes": ["zzz"]}, "themes: 'zzz' is no theme"),
        ({"kinds": ["zzz"]}, "kinds: 'zzz' is no kind"),
        ({"language": "zz", "text": "homes"}, "language: 'zz' is no language"),
    ):
        with pytest.raises(kn.errors.InvalidArgument, match=told):
            cat.build_consortium(rules=rules, **asked)
    with pytest.raises(kn.errors.NotFound, match="forbidden: there is no organisation 'nobody'"):
        cat.build_consortium(rules=rules, themes=["housing"], forbidden=["nobody"])


def test_the_rules_of_a_call_decide_who_may_be_named(cat):
    call = {
        "titles": [{"text": "A call", "language": "en"}],
        "themes": ["housing"],
        "rules": [{"kind": "allowed-countries", "parameters": {"countries": ["NL", "BE"]}}],
    }
    cat.put("call", call, "call")
    assert {one.id for one in cat.recommend(call="call")} == {"a", "b", "c"}
    assert {one.id for one in cat.recommend(members=["a"], call="call")} == {"b", "c"}
    with pytest.raises(kn.errors.InvalidArgument, match="let nobody from FI take part"):
        cat.recommend(call="call", country="Finland")


def test_whom_a_call_keeps_out_is_counted(cat):
    rules = [{"kind": "allowed-countries", "parameters": {"countries": ["NL", "BE"]}}]
    titles = [{"text": "A call", "language": "en"}]
    cat.put("call", {"titles": titles, "themes": ["housing"], "rules": rules}, "call")
    found = cat.recommend(call="call")
    assert found.kept_out == 2
    assert found.kept_out_by == (kn.KeptOut("FI", "ngo", 2),)
    assert "2 kept out by the rules of the call: FI 2" in str(found)
    assert repr(found) == "<Recommendations: 3 of 3, 2 kept out by the call>"
    assert "2 kept out" in found._repr_html_()
    assert cat.recommend("a").kept_out == 0


def test_capabilities_are_filtered_by_and_sought(cat):
    able = [{"scheme": "capability", "value": "Co-funder"}]
    names = [{"text": "Organisation e", "language": "en"}]
    cat.put("organisation", {"names": names, "tags": able}, "e")
    assert [one.id for one in cat.recommend("a", capability="co-funder")] == ["e"]
    one = next(one for one in cat.recommend("a", needs="Co-funder") if one.id == "e")
    assert reasons(one)["capabilities"].codes == ("Co-funder",)
    assert reasons(one)["capabilities"].contribution == 1
    assert str(reasons(one)["capabilities"]) == "can do what is sought: Co-funder"
    assert "capabilities" not in reasons(next(iter(cat.recommend("a"))))
    with pytest.raises(kn.errors.InvalidArgument, match="capability: 'zzz' is no capability"):
        cat.recommend("a", capability="zzz")
    with pytest.raises(kn.errors.InvalidArgument, match="without as_of"):
        cat.recommend("a", needs="Co-funder", as_of=2020)


def test_the_partners_of_all_are_those_of_each(cat):
    table = cat.recommend_all(limit=3)
    assert list(table) == list("abcde") and len(table) == 5 and "a" in table
    for id in table:
        alone = cat.recommend(id, limit=3)
        assert [(one.id, score) for one, score in table[id]] == [(r.id, r.score) for r in alone]
    assert list(cat.recommend_all(["c", "a"], of_country="NL", limit=3)) == ["a"]
    assert list(cat.recommend_all(of_theme="health", of_kind="NGO")) == ["d", "e"]
    assert (
        repr(table) == f"<RecommendationTable: {sum(len(table[id]) for id in table)} partners of 5>"
    )
    with pytest.raises(kn.errors.NotFound, match="nobody"):
        table["nobody"]
    with pytest.raises(kn.errors.NotFound, match="nobody"):
        cat.recommend_all("nobody")
    columns = table.to_dict()
    assert columns["rank"][:2] == [1, 2] and columns["id"][0] == "a"
    assert columns["partner"][0] == table["a"][0][0].id


def test_a_table_of_partners_is_arrays(cat):
    numpy = pytest.importorskip("numpy")
    table = cat.recommend_all(limit=4)
    assert table.partners.shape == table.scores.shape == (5, table.width)
    for row, number in enumerate(table.asked):
        own = table[table.organisations[number]]
        places = table.partners[row][: len(own)]
        assert [table.organisations[place] for place in places] == [one.id for one, _ in own]
        assert table.scores[row][: len(own)].tolist() == [score for _, score in own]
        assert numpy.isnan(table.scores[row][len(own) :]).all()
    pandas = pytest.importorskip("pandas")
    frame = table.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and list(frame) == ["id", "rank", "partner", "score"]


def test_who_is_left_out_must_be_somebody(cat):
    with pytest.raises(kn.errors.NotFound, match="exclude: there is no organisation 'nobody'"):
        cat.recommend("a", exclude=["b", "nobody"])
    with pytest.raises(kn.errors.InvalidArgument, match="exclude: 'p1' is a project"):
        cat.recommend("a", exclude="p1")


def test_ratios_are_named_where_they_speak_as_the_reason_does():
    def said(code, contribution, lift):
        return str(kn.RecommendationReason(code, contribution, 1, lift, ("SE",), (), ()))

    assert said("country", 0.1, 1.24) == "country SE: met 1.2 times as often as by chance"
    assert said("country", -0.1, 0.6) == "country SE: met 0.6 times as often as by chance"
    for contribution, lift in ((0.1, 0.9), (0.1, 1.0), (-0.1, 1.0), (-0.1, 1.3)):
        assert said("country", contribution, lift) == "country SE"
    assert said("shared-records", 1, 0) == "1 record together"


def test_who_has_nothing_for_it_says_how_much_it_works(cat):
    cat.put("organisation", {"names": [{"text": "Alone", "language": "en"}]}, "alone")
    found = cat.recommend("a", limit=100)
    for line in str(found).splitlines()[1:]:
        assert not line.rstrip().endswith(":"), line
    alone = next(one for one in found if one.id == "alone")
    assert str(reasons(alone)["activity"]) == "0 records in all"


def test_what_cannot_be_asked(cat):
    with pytest.raises(kn.errors.InvalidArgument, match="nothing to recommend for"):
        cat.recommend()
    with pytest.raises(kn.errors.NotFound):
        cat.recommend("nobody")
    with pytest.raises(kn.errors.InvalidArgument, match="not a call"):
        cat.recommend(call="p1")
    with pytest.raises(kn.errors.InvalidArgument):
        cat.recommend("a", limit=-1)
    with pytest.raises(kn.errors.InvalidArgument, match="as_of"):
        cat.recommend("a", as_of="2019-02-30")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"organisation": 5}, "organisation is 5"),
        ({"organisation": "\ud800"}, "organisation is .*half a character"),
        ({"organisation": "a", "members": [None]}, r"members\[0\] is None"),
        ({"organisation": "a", "exclude": b"x"}, "exclude is b'x'"),
        ({"organisation": "a", "limit": 2**64}, "limit is 18446744073709551616"),
        ({"organisation": "a", "limit": 1.5}, "limit is 1.5"),
        ({"organisation": "a", "country": {"DE": 1}}, "country is"),
    ],
)
def test_an_argument_that_is_none_is_named(cat, wrong, told):
    with pytest.raises(kn.errors.InvalidArgument, match=told):
        cat.recommend(**wrong)


def test_none_is_what_is_not_told(cat):
    assert [one.id for one in cat.recommend("a", call=None, country=None)] == [
        one.id for one in cat.recommend("a")
    ]
