#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The consortium builder beside HiGHS and CBC, on the same problems, model and limit.

consortium_data.py says what the problems are. Every solver has --limit seconds of processor time of one thread for
each (the rest of the machine does not count). A row is the time to the proof, in the median and at the 90th percentile;
where in the median somebody has none, also the gap that is proved at the limit (of the value found, at most 1,000 %);
where somebody misses the best known value, also what was found of it on the mean. What is not proved counts with the
limit. Two solvers that prove different values end the run. --cached: answers of peers that an earlier run kept are not
asked for again. --case sparse, --sizes 50,100: those problems alone.
"""
import argparse
import json
import math
import os
import shlex
import shutil
import subprocess
import sys

import consortium_data
from report import Run, finish, median, row

HERE = os.path.dirname(os.path.abspath(__file__))
HIGHSPY = "1.16.0"
SIZES = {"sparse": (50, 100, 200, 400, 1000, 5000), "dense": (400, 1000), "real": (50, 200, 1000)}
SEEDS = 20
LIMIT = 10.0
WORST_GAP = 10.0


def python_of_peers(out, quick):
    """The interpreter that has HiGHS, or None."""
    folder = os.path.join(out, "peers", "consortium")
    python = os.path.join(folder, "bin", "python")
    stamp = os.path.join(folder, "stamp")
    if os.path.exists(stamp) and open(stamp, encoding="ascii").read() == HIGHSPY:
        return python
    if quick:
        return None
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"highspy=={HIGHSPY}"],
                   check=True)
    with open(stamp, "w", encoding="ascii") as file:
        file.write(HIGHSPY)
    return python


def problems(options, out):
    """{(family, size): files}, written where they are missing."""
    folder = os.path.join(out, "data", "consortium")
    os.makedirs(folder, exist_ok=True)
    horizon = None
    found = {}
    seeds = 3 if options.quick else SEEDS
    for family, sizes in SIZES.items():
        if options.case not in (None, family):
            continue
        if family == "real" and (options.quick or not os.path.exists(os.path.join(options.data, consortium_data.FILE))):
            continue
        if options.quick:
            sizes = [size for size in sizes if size <= 100]
        for size in sizes:
            if options.sizes and size not in options.sizes:
                continue
            files = [os.path.join(folder, f"{family}_{size}_{seed}.txt") for seed in range(seeds)]
            for seed, path in enumerate(files):
                if os.path.exists(path):
                    continue
                if family == "real":
                    horizon = horizon or consortium_data.Horizon(options.data)
                    problem = horizon.problem(size, seed)
                else:
                    density = 0.05 if family == "dense" else 10 / (size - 1)
                    problem = consortium_data.random_problem(size, seed, density)
                consortium_data.write(problem, path)
            found[family, size] = files
    return found


class Outcome:
    """What a solver came to for one problem."""

    def __init__(self, status, value, bound, seconds, limit):
        self.proved = status in ("optimal", "infeasible")
        self.value = float(value) if status in ("optimal", "feasible") else None
        self.seconds = float(seconds) if self.proved else max(limit, float(seconds))
        self.gap = 0.0
        if not self.proved:
            self.gap = WORST_GAP
            if self.value is not None and math.isfinite(float(bound)):
                self.gap = min(WORST_GAP, (float(bound) - self.value) / max(abs(self.value), 1e-9))


def ours(driver, files, limit):
    outcomes, firsts, again = [], [], []
    for line in Run([driver, f"{limit:g}", *files]).out.splitlines():
        _, status, value, bound, _, seconds, first, whatif = line.split()
        outcomes.append(Outcome(status, value, bound, seconds, limit))
        firsts.append(float(first))
        again.append(float(whatif))
    return outcomes, firsts, [seconds for seconds in again if not math.isnan(seconds)]


class Peer:
    """A solver, asked file by file; answers are kept."""

    def __init__(self, name, python, out, limit, cached):
        self.name, self.python, self.limit = name, python, limit
        self.path = os.path.join(out, "data", "consortium", f"answers_{name}_{limit:g}.json")
        self.kept = {}
        if cached and os.path.exists(self.path):
            with open(self.path, encoding="ascii") as file:
                self.kept = json.load(file)

    def outcomes(self, files):
        found = []
        for path in files:
            name = os.path.basename(path)
            if name not in self.kept:
                script = os.path.join(HERE, "consortium_peers.py")
                self.kept[name] = Run([self.python, script, self.name, f"{self.limit:g}", path]).out.splitlines()[-1].split()
                with open(self.path + ".new", "w", encoding="ascii") as file:
                    json.dump(self.kept, file)
                os.replace(self.path + ".new", self.path)
            found.append(Outcome(*self.kept[name], self.limit))
        return found


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def agree(files, outcomes):
    """Values that are proved are one; nobody finds more than is proved."""
    for i, path in enumerate(files):
        proved = {name: found[i].value for name, found in outcomes.items() if found[i].proved}
        for name, value in proved.items():
            for other, found in outcomes.items():
                theirs = found[i].value
                if (value is None) != (theirs is None) and found[i].proved or \
                        value is not None and theirs is not None and theirs > value + 1e-5 * max(1, abs(value)):
                    sys.exit(f"{os.path.basename(path)}: {name} proves {value}, {other} has {theirs}")


def rows_of(family, size, files, outcomes, firsts, again, limit):
    agree(files, outcomes)
    own, theirs = outcomes["ours"], {name: found for name, found in outcomes.items() if name != "ours"}
    label = f"{family}, {size:,} candidates"

    def figures(act):
        return act(own), {name: act(found) for name, found in theirs.items()}

    def proved(found):
        return sum(outcome.proved for outcome in found)
    counts = ", ".join(f"{name} {proved(found)}" for name, found in outcomes.items())
    rows = [row(f"{label}: time to the proof, median (proved of {len(files)} in {limit:g} s: {counts})", "s",
                *figures(lambda found: median([outcome.seconds for outcome in found]))),
            row(f"{label}: time to the proof, 90th percentile", "s",
                *figures(lambda found: quantile([outcome.seconds for outcome in found], 0.9)))]
    if any(2 * proved(found) < len(files) for found in outcomes.values()):
        rows.append(row(f"{label}: gap at {limit:g} s, median", "%",
                        *figures(lambda found: 100 * median([outcome.gap for outcome in found]))))
    best = [max((found[i].value for found in outcomes.values() if found[i].value is not None), default=None)
            for i in range(len(files))]

    def of_best(found):
        return 100 * sum((outcome.value or 0) / value for outcome, value in zip(found, best) if value) / max(
            1, sum(value is not None for value in best))
    values = figures(of_best)
    if min(values[0], *values[1].values(), 100) < 99.9999:
        rows.append(row(f"{label}: value at {limit:g} s, of the best known", "%", *values, higher_is_better=True))
    rows.append(row(f"{label}: first eligible team, 90th percentile", "ms", 1000 * quantile(firsts, 0.9), {},
                    **({"limit": "100 ms", "within": quantile(firsts, 0.9) < 0.1} if size == 5000 else {})))
    if len(again) > len(files) / 2:
        rows.append(row(f"{label}: what if the first member were out, to the proof, median", "s", median(again), {}))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--cached", action="store_true")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")])
    parser.add_argument("--case", choices=SIZES)
    parser.add_argument("--limit", type=float)
    parser.add_argument("--peers", default="highs,cbc")
    options = parser.parse_args()
    limit = options.limit or (1.0 if options.quick else LIMIT)
    python = python_of_peers(options.out, options.quick)
    peers = []
    if python and options.peers:
        names = [name for name in options.peers.split(",") if name != "cbc" or shutil.which("cbc")]
        peers = [Peer(name, python, options.out, limit, options.cached) for name in names]
    driver = os.path.join(options.build, "bin", "koinon_bench_consortium")
    rows = []
    for (family, size), files in problems(options, options.out).items():
        found, firsts, again = ours(driver, files, limit)
        outcomes = {"ours": found, **{peer.name: peer.outcomes(files) for peer in peers}}
        rows += rows_of(family, size, files, outcomes, firsts, again, limit)
    data = ("Consortia of 5 to 8 members: random (sparse: ten ties of a candidate on the mean; dense: 5 % of pairs tied) and of "
            f"Horizon 2020 (real), {3 if options.quick else SEEDS} of each size; {limit:g} s of processor time of one thread for "
            "each, which counts where nothing was proved")
    command = "tests/bench/run.sh consortium" + (" --quick" if options.quick else "") + (
        f" --case {options.case}" if options.case else "") + (
        f" --sizes {','.join(map(str, options.sizes))}" if options.sizes else "") + (
        f" --limit {options.limit:g}" if options.limit else "") + (
        f" --peers {shlex.quote(options.peers)}" if options.peers != "highs,cbc" else "")
    finish(options.out, "consortium", data, rows, command)


if __name__ == "__main__":
    main()
