"""Weights of recommendation learnt from a catalogue's export, from end to end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from conftest import text

import koinon as kn
from koinon import _engine

pytest.importorskip("numpy")

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(_engine.__file__).resolve().parents[2]
TASKS = ("call", "gap", "partner")

# An installed package has no such program; a build folder without it is a fault.
pytestmark = pytest.mark.skipif(
    not (BUILD / "CMakeCache.txt").exists(), reason="the package is not in a build folder"
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """80 organisations of 4 circles, and 300 projects of 2015 to 2020 mostly within one."""
    chance = Random(7)
    themes = ("housing", "health", "skills", "food")
    path = tmp_path_factory.mktemp("train") / "small.jsonl"
    with kn.open(":memory:") as cat:
        organisations = [
            {
                "names": text(f"Organisation {number}"),
                "kind": chance.choice(("ngo", "company", "research")),
                "addresses": [{"country": chance.choice(("NL", "FI", "EL"))}],
            }
            for number in range(80)
        ]
        for number, organisation in enumerate(organisations):
            cat.put("organisation", organisation, f"o{number}")
        for number in range(300):
            circle = chance.randrange(4)
            members = {circle + 4 * int(20 * chance.random() ** 2) for _ in range(4)}
            members.add(chance.randrange(80))
            month = f"{2015 + number // 50}-{1 + number % 12:02}"
            project = {
                "titles": text(f"Project {number}"),
                "themes": [themes[circle]],
                "period": {"from": month},
                "participations": [
                    {"organisation": f"o{member}", "role": "coordinator" if first else "partner"}
                    for member, first in zip(sorted(members), [True] + 4 * [False])
                ],
            }
            cat.put("project", project, f"p{number}")
        cat.export(path)
    return path


def train(catalogue: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / "python/train/recommend.py"
    words = [sys.executable, script, "--build", BUILD, "--catalogue", catalogue, "--out", out]
    return subprocess.run([*map(str, words), *more], capture_output=True, text=True)


def test_a_small_catalogue_is_learnt_from_as_a_whole(small: Path, tmp_path: Path) -> None:
    ran = train(small, tmp_path, "--before", "2021", "--figures")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert ran.stdout.count("Learnt without 2020, of its ") == 2 * len(TASKS)
    for task in TASKS:
        lines = (tmp_path / f"{task}-weights.tsv").read_text(encoding="utf-8").splitlines()
        head = [line for line in lines if line.startswith("#")]
        assert "small.jsonl" in head[2] and "MRR 0." in head[3]
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        assert rows[0][:4] == ["signal", "middle", "first", "weight"]
        assert {len(row) for row in rows} == {len(rows[0])}
        assert any(float(number) != 0 for row in rows[1:] for number in row[2:3])


def test_too_few_questions_are_said_and_nothing_is_made(small: Path, tmp_path: Path) -> None:
    for before, found in (("1990", "0 questions of 1988 to 1989"), ("2016", "questions of 2014")):
        ran = train(small, tmp_path, "--before", before)
        assert ran.returncode == 1
        assert found in ran.stderr and "at least 50 wanted" in ran.stderr
        assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == []
