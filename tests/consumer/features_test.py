#!/usr/bin/env python3
"""Holds docs/features.md to its rules: ours with a test for each claim, others' with a source.

    tests/consumer/features_test.py [--root FOLDER]   FILE:LINE: fault for each; exit 1 if any
    tests/consumer/features_test.py --self-test       plants faults in a copy of the page and sees each caught

A cell of ours that says "yes" or "in part" links to a test, with its name as the title of the link: the
file must be there, and the test in it. A cell of another system that says "yes", "no" or "in part" names a
source in brackets, which the table of sources has; each source is named somewhere. A test is a TEST_CASE, a
function test_NAME, or a line "step 'NAME'" of a shell script.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = "docs/features.md"

OURS = re.compile(r"(yes|in part|no|not applicable)\b|(?=\[)")
OTHERS = re.compile(r"(yes|in part|no|not known)(?= \[|[:;]|$)")
LINK = re.compile(r'\[[^\]]+\]\(([^\s)]+)(?: "([^"]*)")?\)')
SOURCE = re.compile(r"\[(\d+)\](?!\()")
CASE = re.compile(r'^TEST_CASE(?:_METHOD)?\((?:\w+, *)?((?:"(?:[^"\\]|\\.)*"\s*)+)[,)]', re.M)
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')

Faults = list[tuple[int, str]]


def tests_of(file: Path) -> set[str]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return set(re.findall(r"^def (test_\w+)\(", text, re.M))
    if file.suffix == ".sh":
        return set(re.findall(r"^\s*step '([^']*)'", text, re.M))
    joined = ("".join(LITERAL.findall(literals)) for literals in CASE.findall(text))
    return {re.sub(r"\\(.)", r"\1", name) for name in joined}


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def check_ours(root: Path, cell: str) -> list[str]:
    said = OURS.match(cell)
    if not said:
        return [f"ours says neither yes, in part, no nor not applicable: {cell!r}"]
    faults = []
    tests = 0
    for target, title in LINK.findall(cell):
        file = (root / PAGE).parent.joinpath(target).resolve()
        if not file.is_relative_to(root) or not file.is_file():
            faults.append(f"there is no file {target}")
        elif file.relative_to(root).parts[0] == "tests":
            tests += 1
            if title not in tests_of(file):
                faults.append(f"{target} has no test {title!r}")
    if said.group(1) in ("yes", "in part") and tests == 0 and not faults:
        faults.append(f"ours says {said.group(1)} and links to no test")
    return faults


def check_other(system: str, cell: str, sources: dict[int, int]) -> list[str]:
    said = OTHERS.match(cell)
    if not said:
        return [f"{system} says neither yes, no, in part nor not known: {cell!r}"]
    named = [int(number) for number in SOURCE.findall(cell)]
    if said.group(1) != "not known" and not named:
        return [f"{system} says {said.group(1)} without a source"]
    strange = (number for number in named if number not in sources)
    return [f"{system} names source {number}, which there is not" for number in strange]


def tables_of(page: str) -> list[tuple[list[str], list[tuple[int, list[str]]]]]:
    """Each table as its header and its rows, these with the numbers of their lines."""
    tables: list[tuple[list[str], list[tuple[int, list[str]]]]] = []
    inside = False
    for number, line in enumerate(page.splitlines(), 1):
        if not line.startswith("|"):
            inside = False
        elif not inside:
            inside = True
            tables.append((cells_of(line), []))
        elif not re.fullmatch(r"[|\s:-]+", line):
            tables[-1][1].append((number, cells_of(line)))
    return tables


def check(root: Path, page: str) -> Faults:
    tables = tables_of(page)
    faults: Faults = []
    sources: dict[int, int] = {}  # number: line
    for header, rows in tables:
        for line, cells in rows:
            if len(cells) != len(header):
                faults.append((line, f"{len(cells)} cells below {len(header)} names of columns"))
            elif header[0] == "source":
                if not cells[0].isdigit() or int(cells[0]) in sources:
                    faults.append((line, f"{cells[0]!r} is no number, or of a source that there is already"))
                    continue
                sources[int(cells[0])] = line
                if not all(cells):
                    faults.append((line, "a source wants a title, a date or version, and where it is"))
    named: set[int] = set()
    features: set[str] = set()
    for header, rows in tables:
        if header[:2] != ["feature", "Koinon"]:
            continue
        for line, cells in rows:
            if len(cells) != len(header):
                continue
            if cells[0] in features:
                faults.append((line, f"the feature {cells[0]!r} is there twice"))
            features.add(cells[0])
            faults += [(line, f"{cells[0]}: {fault}") for fault in check_ours(root, cells[1])]
            for system, cell in zip(header[2:], cells[2:]):
                faults += [(line, f"{cells[0]}: {fault}") for fault in check_other(system, cell, sources)]
                named.update(int(number) for number in SOURCE.findall(cell))
    if not features or not sources:
        faults.append((1, "the page has no table of features, or none of sources"))
    unused = sorted(set(sources) - named)
    faults += [(sources[number], f"nobody names source {number}") for number in unused]
    return sorted(faults)


# What is replaced, by what, and what must be said of it.
PLANTS = (
    (r"\(\.\./tests/unit/(\w+)\.cpp ", r"(../tests/unit/\1_gone.cpp ", "there is no file"),
    (r'(\(\.\./tests/unit/\w+\.cpp ")', r"\1not ", "has no test"),
    (r'(\(\.\./tests/\w+/\w+\.cpp) "[^"]*"\)', r"\1)", "has no test"),
    (r'(test_package\.py "test_)', r"\1not_", "has no test"),
    (r"\| yes: \[[^|]*\|", "| yes |", "links to no test"),
    (r"\| no \|", "| in part |", "links to no test"),
    (r"\| no \|", "| planned |", "ours says neither"),
    (r"\(\.\./LICENSE\)", "(../LICENCE)", "there is no file"),
    (r"\(\.\./LICENSE\)", "(../../LICENSE)", "there is no file"),
    (r"\| yes( \[\d+\])+", "| yes", "says yes without a source"),
    (r"\| in part( \[\d+\])+:", "| in part:", "says in part without a source"),
    (r"\| no( \[\d+\])+:", "| no:", "says no without a source"),
    (r"\| not known \|", "| perhaps |", "says neither"),
    (r"\| not known \|", "| |", "says neither"),
    (r"\| yes \[\d+\]", "| yes [999]", "names source 999"),
    (r"\| not known \|", "|", "names of columns"),
    (r"(?m)^\| 1 \| ", "| 2 | ", "there is already"),
    (r"(?m)^\| 2 \| [^|]* \| [^|]* \|", "| 2 | A title | |", "a source wants"),
    (r"(?m)^(\| 1 \| )", r"| 998 | A title | 2026 | nowhere |\n\1", "nobody names source 998"),
    (r"(?m)^(\| Plugins )", r"\1| no | no | no | no | no | no | no | no |\n\1", "twice"),
    (r"(?m)^\| feature ", "| matter ", None),
)


def self_test(root: Path) -> int:
    page = (root / PAGE).read_text(encoding="utf-8")
    before = {fault for _, fault in check(root, page)}
    failed = 0
    for pattern, replacement, expected in PLANTS:
        count = 0 if expected is None else 1  # None: no table of features is left
        planted, taken = re.subn(pattern, replacement, page, count=count)
        after = [fault for _, fault in check(root, planted) if fault not in before]
        wanted = expected or "no table of features"
        if not taken or not any(wanted in fault for fault in after):
            failed += 1
            print(f"self-test: {pattern!r}, {taken} times: expected {wanted!r}, got {after}")
    print(f"self-test: {len(PLANTS) - failed} of {len(PLANTS)} plants caught")
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    root = options.root.resolve()
    if options.self_test:
        return 1 if self_test(root) else 0
    page = (root / PAGE).read_text(encoding="utf-8")
    faults = check(root, page)
    for line, fault in faults:
        print(f"{PAGE}:{line}: {fault}")
    if not faults:
        claims = sum(bool(title) for _, title in LINK.findall(page))
        print(f"{claims} links of ours lead to what they name, every claim about others to a source")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
