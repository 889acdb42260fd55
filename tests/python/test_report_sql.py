"""Reports against SQL by hand on the file: nothing but the store's two tables and SQLite's JSON functions."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import koinon as kn

CENTRES = Path(__file__).parents[1] / "fixtures" / "centres" / "consortia-2021.jsonl"

# What is there, by kind: each view has id and body. Kinds are numbered as docs/reference/koinon-lines.md lists them.
KINDS = {
    "organisation": 0,
    "initiative": 1,
    "study": 2,
    "project": 3,
    "call": 4,
    "programme": 8,
    "consortium": 9,
    "bid": 10,
    "award": 11,
    "evidence": 15,
    "experiment": 17,
    "centre": 22,
}
VIEWS = "".join(
    f"""CREATE TEMP VIEW {name} AS SELECT r.id, j.body FROM record r JOIN journal j ON j.n = r.change
        WHERE r.kind = {number} AND r.state = 0;\n"""
    for name, number in KINDS.items()
)

# The first and the last day of a date that may be a year or a month.
FIRST = "substr({0} || '-01-01', 1, 10)"
LAST = """CASE length({0}) WHEN 4 THEN {0} || '-12-31'
          WHEN 7 THEN date({0} || '-01', '+1 month', '-1 day') ELSE {0} END"""

# The programme of calls, by the record that they draw on, or by what their source calls it; and of projects by themselves, by
# their call, and by the calls of the bids whose awards they came from. A name that one programme alone has is that programme.
PROGRAMMES = """
CREATE TEMP VIEW named AS
  SELECT programme.id, name.value ->> 'text' AS name FROM programme, json_each(body, '$.names') name
  UNION SELECT programme.id, code.value ->> 'value' FROM programme, json_each(body, '$.codes') code;
CREATE TEMP VIEW alone AS SELECT name, min(id) AS id FROM named GROUP BY name HAVING count(DISTINCT id) = 1;
CREATE TEMP VIEW call_programme AS
  SELECT call.id AS call,
         coalesce(body ->> 'programme_record', (SELECT id FROM alone WHERE name = body ->> 'programme'),
                  body ->> 'programme') AS code
  FROM call;
CREATE TEMP VIEW stated AS
  SELECT project.id AS project,
         coalesce((SELECT id FROM alone WHERE name = body ->> 'programme'), body ->> 'programme') AS code
  FROM project
  UNION SELECT project.id, c.code FROM project JOIN call_programme c ON c.call = body ->> 'call';
CREATE TEMP VIEW bid_programme AS
  SELECT bid.id AS bid, c.code FROM bid JOIN call_programme c ON c.call = body ->> 'call';
CREATE TEMP VIEW project_programme AS
  SELECT project, code FROM stated WHERE code IS NOT NULL
  UNION SELECT award.body ->> 'project', b.code FROM award JOIN bid_programme b ON b.bid = award.body ->> 'bid'
  WHERE b.code IS NOT NULL;
CREATE TEMP VIEW award_programme AS
  SELECT award.id AS award, b.code FROM award JOIN bid_programme b ON b.bid = award.body ->> 'bid' WHERE b.code IS NOT NULL
  UNION
  SELECT award.id, s.code FROM award JOIN stated s ON s.project = award.body ->> 'project'
  WHERE s.code IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM bid_programme b WHERE b.bid = award.body ->> 'bid' AND b.code IS NOT NULL);
"""


class Store:
    """The file of a catalogue, as another program sees it."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript(VIEWS + PROGRAMMES)

    def counts(self, sql: str) -> dict[tuple[str, ...], int]:
        """Of rows (code, ..., count)."""
        return {tuple(row[:-1]): row[-1] for row in self._database.execute(sql)}

    def sums(self, sql: str) -> dict[tuple[str, ...], Decimal]:
        """Of rows (code, ..., currency, amount), added up here as decimals."""
        found: dict[tuple[str, ...], Decimal] = {}
        for *key, amount in self._database.execute(sql):
            found[tuple(key)] = found.get(tuple(key), Decimal(0)) + Decimal(amount)
        return found


def counts(report: Iterable[Any]) -> dict[tuple[str, ...], int]:
    return {row.codes: row.records for row in report}


def sums(report: Iterable[Any], measure: str) -> dict[tuple[str, ...], Decimal]:
    return {
        (*row.codes, sum.currency): sum.amount
        for row in report
        for sum in row.sums
        if sum.measure == measure
    }


def english(text: str) -> list[dict[str, str]]:
    return [{"language": "en", "text": text}]


@pytest.fixture
def sample(tmp_path: Path) -> kn.Catalogue:
    cat = kn.open(tmp_path / "c.koinon")
    cat.import_sample()
    return cat


@pytest.fixture
def funded(tmp_path: Path) -> kn.Catalogue:
    """Programmes, calls, bids, awards and projects that name each other in every way, and some nothing."""
    cat = kn.open(tmp_path / "c.koinon")
    draw = random.Random(20261127)
    some = lambda codes, most: draw.sample(codes, draw.randint(0, most))
    for number in range(4):
        names = english("ESF+ Finland" if number < 1 else f"Programme {min(number, 2)}")
        codes = [{"issuer": "EC", "value": f"2021FI05{number}"}]
        cat.put("programme", {"names": names, "codes": codes}, f"prog-{number}")
    written = ["ESF+ Finland", "2021FI051", "Programme 2", "Programme 1", "something else", ""]
    themes = ["housing", "health", "social-economy", "education"]
    for number in range(12):
        call = {"titles": english(f"Call {number}"), "themes": some(themes, 2)}
        if draw.random() < 0.6:
            call["programme"] = draw.choice(written[:-1])
        if draw.random() < 0.4:
            call["programme_record"] = f"prog-{draw.randrange(4)}"
        cat.put("call", call, f"call-{number}")
    for number in range(15):
        addresses = [{"country": code} for code in draw.sample(["FI", "SE", "EE", "LV"], 2)]
        cat.put(
            "organisation",
            {"names": english(f"O{number}"), "addresses": addresses},
            f"org-{number}",
        )
    roles = ["coordinator", "partner", "associated-partner", "beneficiary", "funder"]
    for number in range(20):
        members = [
            {"organisation": f"org-{each}", "role": draw.choice(roles)}
            for each in draw.sample(range(16), draw.randint(1, 4))
        ]
        for member in members:
            if draw.random() < 0.3:
                member["period"] = {"to": draw.choice(["2021-06", "2022", "2023-03-01"])}
        call = f"call-{draw.randrange(13)}"  # one is not there
        cat.put(
            "consortium",
            {"names": english("C"), "call": call, "members": members},
            f"cons-{number}",
        )
        cat.put("bid", {"call": call, "consortium": f"cons-{number}"}, f"bid-{number}")
    for number in range(60):
        amount = f"{draw.randrange(10**8)}.{draw.randrange(100):02}"
        currency = draw.choice(["EUR", "SEK"])
        award: dict[str, Any] = {
            "bid": f"bid-{draw.randrange(22)}",
            "amount": {"amount": amount, "currency": currency},
        }
        if draw.random() < 0.7:
            award["project"] = f"prj-{draw.randrange(32)}"
        if draw.random() < 0.8:
            award["date"] = draw.choice(["2021", "2022-02", "2023-03-02"])
        cat.put("award", award, f"award-{number}")
        if number < 30:
            project: dict[str, Any] = {"titles": english(f"P{number}"), "themes": some(themes, 2)}
            if draw.random() < 0.5:
                project["programme"] = draw.choice(written[:-1])
            if draw.random() < 0.4:
                project["call"] = f"call-{draw.randrange(12)}"
            cat.put("project", project, f"prj-{number}")
    for number in range(10):
        projects = [f"prj-{each}" for each in draw.sample(range(30), 2)]
        cat.put("case-study", {"initiative": "i", "projects": projects}, f"case-{number}")
        experiment = {"titles": english(f"E{number}"), "call": f"call-{number}"}
        if number % 2 == 0:
            experiment["project"] = projects[0]
        cat.put("experiment", experiment, f"exp-{number}")
        centre = {"names": english(f"Centre {number}"), "project": projects[1]}
        cat.put("competence-centre", centre, f"centre-{number}")
    return cat


def test_cases_by_country_and_state(sample: kn.Catalogue, tmp_path: Path) -> None:
    report = sample.report("case-study", by=["country", "state"])
    assert report.total.records > 50
    assert counts(report) == Store(tmp_path / "c.koinon").counts("""
        SELECT ifnull(country, ''), ifnull(state, ''), count(*) FROM (
          SELECT DISTINCT study.id, body ->> 'state' AS state, place.value ->> 'country' AS country
          FROM study LEFT JOIN json_each(body, '$.locations') place
            ON place.value ->> 'country' IS NOT NULL AND ifnull(place.value ->> 'role', '') <> 'partner')
        GROUP BY 1, 2""")


def test_cases_by_target_group_principle_and_stage(sample: kn.Catalogue, tmp_path: Path) -> None:
    store = Store(tmp_path / "c.koinon")
    report = sample.report("case-study", by=["target-group", "principle", "stage"])
    assert len(report) > 50
    assert counts(report) == store.counts("""
        SELECT ifnull(target.value, ''), ifnull(principle.value, ''),
               ifnull(initiative.body ->> 'stage', ''), count(DISTINCT study.id)
        FROM study LEFT JOIN json_each(study.body, '$.target_groups') target
          LEFT JOIN json_each(study.body, '$.principles') principle
          LEFT JOIN initiative ON initiative.id = study.body ->> 'initiative'
        GROUP BY 1, 2, 3""")
    assert counts(sample.report("initiative", by="stage")) == store.counts(
        "SELECT ifnull(body ->> 'stage', ''), count(*) FROM initiative GROUP BY 1"
    )


def test_conditions_on_several_dimensions_all_hold(sample: kn.Catalogue, tmp_path: Path) -> None:
    only = {
        "stage": ["scaling", "systemic-change"],
        "principle": ["3", "4", "17"],
        "target-group": "",
    }
    told = {**only, "target-group": ["homeless-people", "young-people", "older-people"]}
    store = Store(tmp_path / "c.koinon")
    query = """
        SELECT ifnull(body ->> 'level', ''), count(*) FROM study
        WHERE (SELECT initiative.body ->> 'stage' FROM initiative WHERE initiative.id = study.body ->> 'initiative')
              IN ('scaling', 'systemic-change')
          AND EXISTS (SELECT 1 FROM json_each(body, '$.principles') WHERE value IN ('3', '4', '17'))
          AND {} GROUP BY 1"""
    some = "EXISTS (SELECT 1 FROM json_each(body, '$.target_groups') WHERE value IN ({}))".format(
        ", ".join(f"'{code}'" for code in told["target-group"])
    )
    expected = store.counts(query.format(some))
    assert expected
    assert counts(sample.report(by="level", only=told)) == expected
    none = "NOT EXISTS (SELECT 1 FROM json_each(body, '$.target_groups'))"
    assert counts(sample.report(by="level", only=only)) == store.counts(query.format(none))


@pytest.mark.parametrize(
    ("since", "until"), [("2015", "2018-06"), ("2019-02-03", None), (None, "2010-05")]
)
def test_a_period_chooses_what_ran_in_it(
    sample: kn.Catalogue, tmp_path: Path, since: str | None, until: str | None
) -> None:
    begin, end = FIRST.format("body ->> '$.period.from'"), LAST.format("body ->> '$.period.to'")
    conditions = ["1"]
    if since is not None:
        conditions.append(f"ifnull({end}, '9999') >= {FIRST.format(repr(since))}")
    if until is not None:
        conditions.append(f"ifnull({begin}, '0000') <= {LAST.format(repr(until))}")
    expected = Store(tmp_path / "c.koinon").counts(f"""
        SELECT ifnull(substr(body ->> '$.period.from', 1, 4), ''), count(*) FROM study
        WHERE {' AND '.join(conditions)} GROUP BY 1""")
    report = sample.report("case-study", by="year", since=since, until=until)
    assert counts(report) == expected
    assert 0 < report.total.records < sample.report("case-study").total.records


def test_cases_by_the_best_study_about_them_or_their_initiative(tmp_path: Path) -> None:
    with kn.open(tmp_path / "c.koinon") as cat:
        draw = random.Random(5)
        for number in range(40):
            cat.put("initiative", {"names": english(f"I{number}")}, f"ini-{number}")
            cat.put("case-study", {"initiative": f"ini-{draw.randrange(50)}"}, f"case-{number}")
        levels = ["", "1", "2", "3", "4", "5"]
        for number in range(60):
            about = f"{draw.choice(['ini', 'case'])}-{draw.randrange(45)}"
            study: dict[str, Any] = {
                "about": about,
                "features": draw.choice([[], ["before-after"], ["random-assignment"]]),
            }
            level = draw.choice(levels)
            if level:
                study["maryland"] = {
                    "grade": level,
                    "reason": "as read",
                    "by": "reader-1",
                    "on": "2026-11-27",
                }
            cat.put("evidence", study, f"ev-{number}")
        expected = Store(tmp_path / "c.koinon").counts("""
            WITH graded AS (
              SELECT body ->> 'about' AS about,
                     coalesce(body ->> '$.maryland.grade',
                              CASE body ->> '$.features[0]' WHEN 'before-after' THEN '1'
                                                            WHEN 'random-assignment' THEN '5' END) AS level
              FROM evidence)
            SELECT ifnull((SELECT max(level) FROM graded
                           WHERE about IN (study.id, study.body ->> 'initiative')), '') AS best, count(*)
            FROM study GROUP BY 1""")
        assert len(expected) > 4
        assert counts(cat.report("case-study", by="evidence")) == expected
        best = sum(count for (level,), count in expected.items() if level in ("4", "5"))
        assert cat.report("case-study", only={"evidence": ["4", "5"]}).total.records == best


def test_sums_in_several_currencies(tmp_path: Path) -> None:
    with kn.open(tmp_path / "c.koinon") as cat:
        draw = random.Random(9)
        for number in range(200):
            project: dict[str, Any] = {
                "titles": english(f"P{number}"),
                "cost_forms": draw.sample(
                    ["reimbursement", "flat-rate", "lump-sums"], draw.randint(0, 2)
                ),
            }
            for measure in ("total_budget", "eu_budget"):
                currency, digits = draw.choice([("EUR", 2), ("ISK", 0), ("TND", 3)])
                amount = Decimal(draw.randrange(10**12)).scaleb(-digits)
                if draw.random() < 0.8:
                    project[measure] = {"amount": str(amount), "currency": currency}
            cat.put("project", project, f"prj-{number}")
        store = Store(tmp_path / "c.koinon")
        report = cat.report("project", by="cost-form")
        for measure, field in (("total budget", "total_budget"), ("EU budget", "eu_budget")):
            money = f"body ->> '$.{field}.currency', body ->> '$.{field}.amount'"
            expected = store.sums(f"""
                SELECT ifnull(form.value, ''), {money}
                FROM project LEFT JOIN json_each(body, '$.cost_forms') form
                WHERE body ->> '$.{field}.amount' IS NOT NULL""")
            assert {currency for _, currency in expected} == {"EUR", "ISK", "TND"}
            assert sums(report, measure) == expected
            # Each once, in however many rows it stands.
            total = store.sums(
                f"SELECT {money} FROM project WHERE body ->> '$.{field}.amount' IS NOT NULL"
            )
            assert sums([report.total], measure) == total


def test_calls_and_projects_by_every_way_to_their_programme(
    funded: kn.Catalogue, tmp_path: Path
) -> None:
    store = Store(tmp_path / "c.koinon")
    calls = funded.report("call", by="programme")
    assert counts(calls) == store.counts(
        "SELECT ifnull(code, ''), count(*) FROM call_programme GROUP BY 1"
    )
    labels = {row.codes[0]: row.labels[0] for row in calls}
    assert labels["prog-0"] == "ESF+ Finland"
    assert labels["something else"] == "something else"
    expected = store.counts("""
        SELECT ifnull(code, ''), count(DISTINCT project.id)
        FROM project LEFT JOIN project_programme ON project = project.id GROUP BY 1""")
    assert counts(funded.report("project", by="programme")) == expected
    # By what the programme is called, too.
    named = funded.report("project", only={"programme": "2021FI050"})
    assert named.total.records == expected["prog-0",] > 3
    assert counts(funded.report("bid", by="programme")) == store.counts(
        """
        SELECT ifnull(code, ''), count(*) FROM bid LEFT JOIN bid_programme ON bid = bid.id GROUP BY 1"""
    )
    assert counts(funded.report("case-study", by="programme")) == store.counts("""
        SELECT ifnull(code, ''), count(DISTINCT study.id)
        FROM study LEFT JOIN json_each(body, '$.projects') named
          LEFT JOIN project_programme ON project = named.value
        WHERE code IS NOT NULL OR NOT EXISTS (
          SELECT 1 FROM json_each(study.body, '$.projects') n JOIN project_programme ON project = n.value)
        GROUP BY 1""")


@pytest.mark.parametrize(
    ("kind", "ways"),
    [
        (
            "consortium",
            "SELECT consortium.id AS it, code FROM consortium JOIN call_programme ON call = body ->> 'call'",
        ),
        (
            "experiment",
            """SELECT experiment.id AS it, code FROM experiment JOIN call_programme ON call = body ->> 'call'
               UNION SELECT experiment.id, code FROM experiment JOIN project_programme ON project = body ->> 'project'""",
        ),
        (
            "competence-centre",
            "SELECT centre.id AS it, code FROM centre JOIN project_programme ON project = body ->> 'project'",
        ),
    ],
)
def test_what_names_a_call_or_a_project_by_its_programme(
    funded: kn.Catalogue, tmp_path: Path, kind: str, ways: str
) -> None:
    view = kind.split("-")[-1]
    expected = Store(tmp_path / "c.koinon").counts(f"""
        SELECT ifnull(code, ''), count(*)
        FROM {view} LEFT JOIN ({ways}) told ON it = {view}.id AND code IS NOT NULL GROUP BY 1""")
    assert len(expected) > 2
    assert counts(funded.report(kind, by="programme")) == expected


def test_projects_by_their_call_and_that_of_their_awards(
    funded: kn.Catalogue, tmp_path: Path
) -> None:
    assert counts(funded.report("project", by="call")) == Store(tmp_path / "c.koinon").counts("""
        WITH called AS (
          SELECT id AS project, body ->> 'call' AS call FROM project WHERE body ->> 'call' IS NOT NULL
          UNION SELECT award.body ->> 'project', bid.body ->> 'call'
          FROM award JOIN bid ON bid.id = award.body ->> 'bid')
        SELECT ifnull(call, ''), count(DISTINCT project.id) FROM project LEFT JOIN called ON project = project.id
        GROUP BY 1""")


AWARD_CODES = {
    "programme": "SELECT award, code FROM award_programme",
    "call": """
        SELECT award.id AS award, coalesce(
          (SELECT bid.body ->> 'call' FROM bid WHERE bid.id = award.body ->> 'bid'),
          (SELECT project.body ->> 'call' FROM project WHERE project.id = award.body ->> 'project')) AS code
        FROM award""",
    "theme": """
        SELECT award.id AS award, theme.value AS code
        FROM award JOIN bid ON bid.id = award.body ->> 'bid' JOIN call ON call.id = bid.body ->> 'call',
          json_each(call.body, '$.themes') theme
        UNION
        SELECT award.id, theme.value FROM award JOIN project ON project.id = award.body ->> 'project',
          json_each(project.body, '$.themes') theme
        WHERE NOT EXISTS (SELECT 1 FROM bid JOIN call ON call.id = bid.body ->> 'call', json_each(call.body, '$.themes')
                          WHERE bid.id = award.body ->> 'bid')""",
    "country": f"""
        SELECT DISTINCT award.id AS award, organisation.body ->> '$.addresses[0].country' AS code
        FROM award JOIN bid ON bid.id = award.body ->> 'bid'
          JOIN consortium ON consortium.id = bid.body ->> 'consortium',
          json_each(consortium.body, '$.members') member
          JOIN organisation ON organisation.id = member.value ->> 'organisation'
        WHERE member.value ->> 'role' NOT IN ('associated-partner', 'funder')
          AND (award.body ->> 'date' IS NULL OR member.value ->> '$.period.to' IS NULL
               OR {LAST.format("member.value ->> '$.period.to'")} >= {FIRST.format("award.body ->> 'date'")})""",
    "year": "SELECT id AS award, substr(body ->> 'date', 1, 4) AS code FROM award",
}


@pytest.mark.parametrize("dimension", sorted(AWARD_CODES))
def test_awards_and_their_money_by_what_their_call_and_members_tell(
    funded: kn.Catalogue, tmp_path: Path, dimension: str
) -> None:
    store = Store(tmp_path / "c.koinon")
    coded = f"award LEFT JOIN ({AWARD_CODES[dimension]}) told ON told.award = award.id"
    report = funded.report("award", by=dimension)
    expected = store.counts(f"SELECT ifnull(code, ''), count(*) FROM {coded} GROUP BY 1")
    assert len(expected) > 3
    assert counts(report) == expected
    money = "body ->> '$.amount.currency', body ->> '$.amount.amount'"
    assert sums(report, "awarded") == store.sums(f"SELECT ifnull(code, ''), {money} FROM {coded}")
    # In the total, no money counts twice.
    assert report.total.records == 60
    assert sums([report.total], "awarded") == store.sums(f"SELECT {money} FROM award")


@pytest.mark.parametrize("day", ["2022-06-30", "2023-02-01", "2024-01-01", None])
def test_centres_by_the_countries_that_they_cover(tmp_path: Path, day: str | None) -> None:
    with kn.open(tmp_path / "c.koinon") as cat:
        cat.import_file(CENTRES)
        # One is there for more than its members are from, and one of them left.
        centre = cat.get("centre-fuse")
        members = [{**member} for member in centre["members"]]
        members[-1]["period"] = {"to": "2022-12-31"}
        cat.put(
            centre.kind,
            {**centre, "members": members, "countries": ["MT"]},
            centre.id,
            centre.version,
        )
        report = cat.report("competence-centre", by="country", since=day, until=day)
        begin, end = "ifnull({0} ->> '$.period.from', '0')", "ifnull({0} ->> '$.period.to', '9999')"
        on = lambda what: (
            "1"
            if day is None
            else (
                f"{begin.format(what)} <= '{day}' AND "
                f"({LAST.format(end.format(what))} >= '{day}')"
            )
        )
        expected = Store(tmp_path / "c.koinon").counts(f"""
            WITH covered AS (
              SELECT centre.id, country.value AS code FROM centre, json_each(body, '$.countries') country WHERE {on('body')}
              UNION
              SELECT centre.id, organisation.body ->> '$.addresses[0].country'
              FROM centre, json_each(centre.body, '$.members') member
                JOIN organisation ON organisation.id = member.value ->> 'organisation'
              WHERE {on('centre.body')} AND {on('member.value')})
            SELECT code, count(*) FROM covered GROUP BY 1""")
        assert expected
        assert counts(report) == expected
        # And the coverage says the same.
        coverage = cat.centres(day)
        covered = {**coverage.covered, **coverage.beyond}
        assert {(code,): len(centres) for code, centres in covered.items()} == expected
