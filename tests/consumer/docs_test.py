#!/usr/bin/env python3
"""Runs the examples of README.md and docs: every fenced block below a `<!-- run -->` line.

    tests/consumer/docs_test.py BUILD [PAGE]...   BUILD: a built release tree with the Python module
    tests/consumer/docs_test.py BUILD --update    writes what is printed into the output blocks that differ
    tests/consumer/docs_test.py --self-test       wrong output blocks are caught, what varies is not

The blocks of one page run in order in one folder, so a later one finds what an earlier one left; it begins with `tests`
alone, that of the sources, for the fixtures. C and C++ are compiled as a reader would, with what pkg-config says of
the installed package; a shell finds the installed command.

An example that has a fenced block `output` right below it prints just that, but for what varies from run to run:
moments, how long something took, and blanks at the ends of lines. Where one example of a page has such a block, all
have; on other pages each must say something.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Iterable, Match

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^<!-- run -->\n```(\w+)\n(.*?)^```$(?:\n\n```output\n(.*?)^```$)?", re.M | re.S)
VARIES = (
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?"), "MOMENT"),
    (re.compile(r"\b\d+(\.\d+)? (ms|s)\b"), "TIME"),
    (re.compile(r"[ \t]+$", re.M), ""),
)
COMPILERS = {"c": ("cc", "-std=c99", "koinon_c"), "cpp": ("c++", "-std=c++17", "koinon")}


def call(*command: str, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def compiled(language: str, source: Path, packages: dict[str, str]) -> list[str]:
    compiler, standard, package = COMPILERS[language]
    static = ["--static"] if package == "koinon" else []
    flags = call("pkg-config", "--cflags", "--libs", *static, package, env=packages).split()
    libraries = call("pkg-config", "--variable=libdir", package, env=packages).strip()
    program = source.with_suffix("")
    call(compiler, standard, "-Wall", str(source), "-o", str(program), *flags, f"-Wl,-rpath,{libraries}")
    return [str(program)]


def steady(text: str) -> str:
    """A text without what varies from run to run."""
    for pattern, name in VARIES:
        text = pattern.sub(name, text)
    return text.strip("\n")


def difference(wanted: str, said: str) -> list[str]:
    """Lines that tell them apart; none where they hold the same."""
    both = (steady(each).splitlines() for each in (wanted, said))
    return list(difflib.unified_diff(*both, "the page", "what it prints", lineterm="", n=1))


def command_for(language: str, source: Path, packages: dict[str, str]) -> list[str]:
    if language == "python":
        return [sys.executable, str(source)]
    if language in COMPILERS:
        return compiled(language, source, packages)
    if language == "sh":
        return ["bash", "-eu", "-o", "pipefail", str(source)]
    raise SystemExit(f"nobody knows how to run {language}")


def updated(block: Match[str], said: str) -> str:
    output = re.sub(r"[ \t]+$", "", said.strip("\n"), flags=re.M)
    return block[0][: block.start(3) - block.start()] + output + "\n```"


def run_page(page: Path, build: Path, packages: dict[str, str], update: bool = False) -> tuple[int, list[str]]:
    """How many examples it has, and what is wrong with them."""
    faults: list[str] = []
    text = page.read_text(encoding="utf-8")
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "tests").symlink_to(ROOT / "tests")
        path = f"{packages['KOINON_BIN']}:{os.environ['PATH']}"
        environment = {**os.environ, "PYTHONPATH": str(build / "python"), "PATH": path}

        def run(block: Match[str]) -> str:
            nonlocal number
            number += 1
            language, program, wanted = block.groups()
            name = f"{os.path.relpath(page, ROOT)}, example {number} ({language})"
            suffix = "py" if language == "python" else language
            source = Path(folder, f"example{number}.{suffix}")
            source.write_text(program, encoding="utf-8")
            said = call(*command_for(language, source, packages), cwd=folder, env=environment)
            print(f"{name}:\n{said}")
            apart = [] if wanted is None else difference(wanted, said)
            if not said.strip():
                faults.append(f"{name} says nothing")
            elif apart and update:
                return updated(block, said)
            elif apart:
                faults.append("\n".join([f"{name} prints something else:", *apart]))
            return block[0]

        told = BLOCK.sub(run, text)
    held = sum(block[3] is not None for block in BLOCK.finditer(text))
    if held != text.count("```output\n") or held not in (0, number):
        faults.append(f"{page.name}: each example has one output block right below it, or none has any")
    if told != text:
        page.write_text(told, encoding="utf-8")
    return number, faults


# A page's block, what is printed, and whether that holds.
TRIALS = (
    ("2 records\n", "2 records\n", True),
    ("2 records\n", "3 records\n", False),
    ("2 records\n", "", False),
    ("2 records\n", "2 records\nand one more\n", False),
    ("one\ntwo\n", "two\none\n", False),
    ("two  words\n", "two words\n", False),
    ("found\n", "  found\n", False),
    ("found\nin 2 ms\n", "found  \nin 1.75 s\n\n", True),
    ("found in 2 ms\n", "found in 2 days\n", False),
    ("2026-02-03 09:00:00  put\n", "2027-11-12 10:11:12  put\n", True),
    ("at 2026-02-03T09:00:00.000Z\n", "at 2027-11-12T10:11:12.123Z\n", True),
    ("due 2026-02-03\n", "due 2026-02-04\n", False),
)
# What stands below an example that prints 42, and whether that holds.
BELOW = (
    ("\n```output\n42\n```\n", True),
    ("\n```output\n43\n```\n", False),
    ("\nIt prints:\n\n```output\n42\n```\n", False),
    ("\n```output\n42\n```\n\n<!-- run -->\n```python\nprint(1)\n```\n", False),
    ("", True),
)


def self_test() -> int:
    wrong = [trial for trial in TRIALS if trial[2] == bool(difference(*trial[:2]))]
    example = "<!-- run -->\n```python\nprint(6 * 7)\n```\n"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.md")
        packages = {"KOINON_BIN": folder}
        for below, holds in BELOW:
            page.write_text(example + below)
            if holds == bool(run_page(page, Path(folder), packages)[1]):
                wrong.append((example, below, holds))
        page.write_text(example + BELOW[1][0])
        run_page(page, Path(folder), packages, update=True)
        if page.read_text() != example + BELOW[0][0]:
            wrong.append(("an update", page.read_text(), True))
    for trial in wrong:
        print("self-test:", *map(repr, trial))
    of = len(TRIALS) + len(BELOW) + 1
    print(f"self-test: {of - len(wrong)} of {of} held")
    return 1 if wrong else 0


def run_pages(build: Path, pages: Iterable[Path], update: bool) -> int:
    total = 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as prefix:
        call("cmake", "--install", str(build), "--prefix", prefix)
        found = next(Path(prefix).rglob("koinon.pc")).parent
        packages = {**os.environ, "PKG_CONFIG_PATH": str(found), "KOINON_BIN": str(Path(prefix, "bin"))}
        for page in pages:
            number, faults = run_page(page, build, packages, update)
            total += number
            wrong += faults
    if total == 0:
        wrong.append("no example was found: the mark <!-- run --> is gone")
    print(*wrong, f"{total} examples", sep="\n")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("build", type=Path, nargs="?")
    parser.add_argument("pages", type=Path, nargs="*")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    if options.build is None:
        parser.error("a build is wanted")
    pages = options.pages or [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return run_pages(options.build.resolve(), [page.resolve() for page in pages], options.update)


if __name__ == "__main__":
    sys.exit(main())
