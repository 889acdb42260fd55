#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which names are one organisation, beside Splink and recordlinkage.

Affiliation strings with their ROR ids (organisation_names/ror_affiliations.json): two strings are one organisation if
they have an id in common. The file has a row for each string and id, 13,495; a string of several rows is one string with
several ids here, and left out where these lie in both halves. "all rows" are the same figures with each row by itself:
two rows of the same words have two ids there, so the surest pairs are wrong. Split by organisation: an odd CRC-32 of the
id is the tuning half, from which our weights come, all peers learn and all choose their thresholds; the other is the held
half, on which nothing was learnt or tuned, and in which alone all figures are made. Many strings name two bodies and have
the id of one of them.

pairs     a system scores pairs; recall is among all pairs of the half that are one organisation, whether or not the
          system looked at them. "tuned for F1" and "for precision 0.98": the threshold that was best on the tuning
          half: with the best F1; with the most recall at that precision or more, 500 pairs at least. "read off": the
          most recall that any threshold has on the held half itself at that precision: a curve, not a choice.
clusters  ours by koinon::partners::cluster(), the peers' as connected components at a threshold; each with the setting
          of the best B-cubed F1 on the tuning half.

A figure of 0: no threshold has that precision on the tuning half (or, read off, on the held one).

calibration   what ours tells beside what is, on all pairs that it scored of the held half. A pair weighs 1 / sqrt(names of the
          one's organisation * names of the other's), as in the learning: counted by pair, the figure is that of the few
          organisations with dozens of names, and stands beside it.

Peers get the columns that one who knows such strings would make (identity_peers.py says which): Splink learns without
labels, recordlinkage's logistic regression from those of the tuning half. Seconds are for the held half, from strings to
scores. The last rows are ours alone: the 157,626 distinct names of beneficiaries of esf_operations.tsv.xz, with the
country of their first row, from strings to clusters on one core, and the memory of that process.

--quick: a tenth of the organisations, or made-up names where the data is missing; no peers.
"""
import argparse
import collections
import json
import math
import os
import subprocess
import sys
import tempfile

import identity_data
from report import Run, finish, row

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = {"Splink": ("splink", "splink==5.0.0 duckdb==2.0.1 pandas==2.3.3"),
         "recordlinkage": ("recordlinkage", "recordlinkage==0.16 pandas==2.3.3 scikit-learn==1.9.1")}
BLOCK = "256"
SETTINGS = [f"{threshold / 100}:{support / 100}" for threshold in (20, 30, 40, 50, 60, 70, 80, 90)
            for support in (0, 10, 15, 20, 30, 50)]
LEAST_PAIRS = 500
FIGURES = ("precision", "recall", "F1")


def weights_of(half, pairs):
    """What pairs weigh where an organisation of many names is not all there is (organisation_match.py)."""
    sizes = collections.Counter(own[0] for own in half.labels)
    return [1 / math.sqrt(sizes[half.labels[left][0]] * sizes[half.labels[right][0]]) for left, right, _ in pairs]


def calibration_rows(answer):
    """Prints the table of what is told and what is; rows of the error."""
    half, pairs = answer.half, answer.pairs
    told = [score / 1e6 for _, _, score in pairs]
    truth = [not set(half.labels[left]).isdisjoint(half.labels[right]) for left, right, _ in pairs]
    weights = weights_of(half, pairs)
    print("| told | pairs | told, mean | are | are, by pair |\n|---|---:|---:|---:|---:|")
    for one in identity_data.reliability(told, truth, weights):
        print(f"| {one.low:.2f} to {one.high:.2f} | {one.pairs:,} | {one.told:.3f} | {one.true:.3f} | {one.true_by_pair:.3f} |")
    print()
    return [row(f"expected calibration error{case}", "%", 100 * identity_data.calibration_error(told, truth, each), {})
            for case, each in (("", weights), (", by pair", [1] * len(pairs)))]


class Half:
    def __init__(self, rows):
        self.names = [name for name, _ in rows]
        self.labels = [label for _, label in rows]
        self.true = identity_data.same_pairs(self.labels)
        self.organisations = len({label for own in self.labels for label in own})
        self.all = len(rows) * (len(rows) - 1) // 2


class Answer:
    """Scored pairs of one half, the best first, with precision and recall down to each."""

    def __init__(self, half, pairs, seconds, clusters=None):
        self.half, self.seconds, self.clusters = half, seconds, clusters
        self.pairs = sorted(((int(left), int(right), score) for left, right, score in pairs), key=lambda one: -one[2])
        self.curve, right = [], 0
        for at, (left, other, score) in enumerate(self.pairs):
            right += not set(half.labels[left]).isdisjoint(half.labels[other])
            last = at + 1 == len(self.pairs) or self.pairs[at + 1][2] < score
            if last:
                self.curve.append((score, right, at + 1))

    def at(self, threshold):
        right = told = 0
        for score, correct, count in self.curve:
            if score < threshold:
                break
            right, told = correct, count
        return identity_data.scores(right, told, self.half.true)

    def best(self):
        return max(self.curve, key=lambda one: identity_data.scores(one[1], one[2], self.half.true)["F1"])[0]

    def precise(self, precision, least):
        """The lowest threshold of that precision or more, or None."""
        found = [score for score, right, told in self.curve if told >= least and right >= precision * told]
        return found[-1] if found else None

    def components(self, threshold):
        pairs = [(left, right) for left, right, score in self.pairs if score >= threshold]
        return identity_data.components(len(self.half.names), pairs)


def ours(build, half, settings):
    program = os.path.join(build, "bin", "koinon_bench_identity")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pairs")
        done = subprocess.run([program, BLOCK, path, *settings], input="".join(name + "\n" for name in half.names), text=True,
                              capture_output=True, check=True)
        with open(path, encoding="ascii") as file:
            pairs = [tuple(map(int, line.split())) for line in file]
    told = json.loads(done.stderr)
    columns = list(zip(*(line.split("\t") for line in done.stdout.splitlines())))
    return Answer(half, pairs, told["read"] + told["pair"] + told["score"], dict(zip(settings, columns)))


def peer(out, name, halves):
    program, wanted = PEERS[name]
    folder = os.path.join(out, "peers", "identity", program)
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted.split()], check=True)
    with tempfile.TemporaryDirectory() as scratch:
        source, target = os.path.join(scratch, "in"), os.path.join(scratch, "out")
        with open(source, "w", encoding="utf-8") as file:
            json.dump({half: list(zip(rows.names, rows.labels if half == "tuning" else [()] * len(rows.names)))
                       for half, rows in halves.items()}, file)
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        subprocess.run([python, os.path.join(HERE, "identity_peers.py"), program, source, target], check=True, env=environment,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(target, encoding="utf-8") as file:
            found = json.load(file)
    return {half: Answer(halves[half], found[half]["pairs"], found[half]["seconds"]) for half in halves}


def cluster_choice(answer):
    """The setting with the best B-cubed F1 on the tuning half."""
    labels = answer.half.labels
    if answer.clusters:
        return max(answer.clusters, key=lambda one: identity_data.b_cubed(answer.clusters[one], labels)["F1"])
    steps = sorted({answer.curve[int(at * (len(answer.curve) - 1) / 60)][0] for at in range(61)})
    return max(steps, key=lambda one: identity_data.b_cubed(answer.components(one), labels)["F1"])


def figures(case, tellers, choose, measure, what=FIGURES, unit="%"):
    """Rows of one case: what `choose` finds on the tuning half, measured on the held one."""
    found = {}
    for name, answers in tellers.items():
        choice = choose(answers["tuning"])
        found[name] = None if choice is None else measure(answers["held"], choice)
    rows = []
    for figure in what:
        told = {name: 100 * (values[figure] if values else 0.0) for name, values in found.items()}
        mine = told.pop("ours")
        rows.append(row(f"{case}: {figure}", unit, mine, told, True))
    return rows


def rows_of(tellers):
    rows = figures("pairs, tuned for F1", tellers, Answer.best, Answer.at)
    for precision in (0.90, 0.95, 0.98):
        rows += figures(f"pairs, tuned for precision {precision:.2f}", tellers,
                        lambda answer, least=precision: answer.precise(least, LEAST_PAIRS), Answer.at, FIGURES[:2])
    for precision in (0.90, 0.95, 0.98):
        def read_off(answer, _, least=precision):
            threshold = answer.precise(least, 1)
            return answer.at(threshold) if threshold is not None else {"recall": 0.0}
        rows += figures(f"pairs, read off at precision {precision:.2f}", tellers, lambda _: 0, read_off, ("recall",))

    def clusters(answer, choice):
        return answer.clusters[choice] if answer.clusters else answer.components(choice)

    rows += figures("clusters, tuned for B-cubed F1: B-cubed", tellers, cluster_choice,
                    lambda answer, choice: identity_data.b_cubed(clusters(answer, choice), answer.half.labels))
    rows += figures("clusters, the same: pairs", tellers, cluster_choice,
                    lambda answer, choice: identity_data.pair_scores(clusters(answer, choice), answer.half.labels))
    seconds = {name: answers["held"].seconds for name, answers in tellers.items()}
    rows.append(row("strings to scored pairs", "s", seconds.pop("ours"), seconds))
    return rows


def many_names(build, names):
    """To be asked first: the peak that the system tells of a process is at least what its parent had when it was made."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.writelines(f"{name}\t{country}\n" for name, country in names)
        file.flush()
        program = os.path.join(build, "bin", "koinon_bench_identity")
        run = Run(["sh", "-c", f'exec "{program}" 64 - 0.9:0.5 <"{file.name}"'])
    told = json.loads(run.err)
    print(f"{len(names):,} names of beneficiaries: {told['pairs']:,} pairs, {told['clusters']:,} clusters\n")
    return [row(f"{len(names):,} names of beneficiaries to clusters", "s", run.seconds, {}, limit="60 s",
                within=run.seconds < 60),
            row("their peak memory", "MiB", run.peak_mib, {}, limit="2 GB", within=run.peak_mib < 2048)]


def read(options):
    """(halves, the same of all rows, names of beneficiaries, what the data is)."""
    wanted = [os.path.join(options.data, *path) for path in (("organisation_names", "ror_affiliations.json"),
                                                             ("esf_operations.tsv.xz",))]
    missing = [path for path in wanted if not os.path.exists(path)]
    if missing:
        if not options.quick:
            sys.exit(f"tests/bench/identity.py: {missing[0]} is missing")
        made = identity_data.made_up()
        return made, made, [(name, "AT") for name, _ in made[0]], "made-up names"
    found, every = identity_data.halves(options.data), identity_data.as_rows(options.data)
    names = identity_data.beneficiaries(options.data)
    if options.quick:
        found, every = ([identity_data.tenth(half) for half in both] for both in (found, every))
        names = names[::10]
    return found, every, names, "ror_affiliations.json, esf_operations.tsv.xz"


def told_by(options, halves):
    tellers = {"ours": {name: ours(options.build, half, SETTINGS) for name, half in halves.items()}}
    if not options.quick:
        for name in PEERS:
            tellers[name] = peer(options.out, name, halves)
    return tellers


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for name, value in (("build", None), ("out", None), ("data", os.path.join("..", "shared", "data"))):
        parser.add_argument("--" + name, default=value, required=value is None)
    parser.add_argument("--quick", action="store_true", help="a tenth of the data, no peers")
    options = parser.parse_args()
    found, every, names, data = read(options)
    halves = {name: Half(rows) for name, rows in zip(("tuning", "held"), found)}
    for name, half in halves.items():
        print(f"{name} half: {len(half.names):,} strings, {half.organisations:,} organisations, {half.true:,} pairs of one "
              f"organisation among {half.all:,} (prevalence {half.true / half.all:.5f})\n")
    many = many_names(options.build, names)
    tellers = told_by(options, halves)
    rows = rows_of(tellers)
    rows += calibration_rows(tellers["ours"]["held"])
    every = told_by(options, {name: Half(rows) for name, rows in zip(("tuning", "held"), every)})
    rows += figures("all rows: pairs, tuned for F1", every, Answer.best, Answer.at)
    rows += many
    finish(options.out, "identity", f"{data}: held half of {halves['held'].true:,} pairs of one organisation, prevalence "
           f"{halves['held'].true / halves['held'].all:.5f}", rows,
           "tests/bench/run.sh identity" + (" --quick" if options.quick else ""))


if __name__ == "__main__":
    main()
