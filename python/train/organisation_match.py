#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes src/data/organisations/match-weights.tsv: what each ground for two names being one organisation weighs.

    python/train/organisation_match.py --build build/release [--data ../shared/data]

Learns from affiliation strings with their ROR id (organisation_names/ror_affiliations.json, MIT): the candidate pairs that
the library itself finds among them, as koinon_train_pairs prints them. Only the organisations of the tuning half
(tests/bench/identity_data.py) are read; the other half is for tests/bench/run.sh identity alone. Logistic regression by
Newton's method with a small ridge and signs that make sense. A pair weighs 1 / sqrt(names of the one's organisation * names
of the other's), so that a university with two hundred names is not all there is to learn.

What these strings cannot teach (no identifiers, no stated kinds, no cities, hardly a legal form) is set by hand below.
The evaluation at the head of the table is of two models, each learnt on one half of the tuning half's organisations
and asked about the other.
"""
import argparse
import os
import subprocess
import sys

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "bench"))
import identity_data  # noqa: E402

RIDGE = 1.0
# ln(odds). An identifier that is the same outweighs names that are not alike at all; one that differs does not make
# names that are the same two, but then the library keeps them apart whatever the odds.
BY_HAND = {"identifier-same": (30.0, "identifiers first"), "identifier-differs": (-8.0, "identifiers first"),
           "form-same": (0.5, "legal forms are few"), "form-differs": (-2.0, "legal forms change, but seldom"),
           "stated-kind-same": (0.2, "kinds are few"), "stated-kind-differs": (-0.7, "sources class by other rules"),
           "country-differs": (-3.0, "the strings name a country too seldom"),
           "city-differs": (-2.0, "branches"), "city-same": (1.0, "the strings name a city too seldom"),
           "numbers-differ": (-3.0, "School 3, School 5; in the strings numbers are footnotes"),
           "numbers-same": (0.5, "as above"),
           "little-shared": (-6.0, "'Gemeinde', 'Gemeindeamt': names of kinds alone"),
           "lead-lack": (-8.0, "in the strings units come first, in other names what tells most"),
           "name-equal": (4.0, "no two strings are the same, so they teach nothing of it")}
# What a person would not understand with the other sign is not learnt with it.
FOR = """part-alike part-held part-equal university-alike body-alike either-alike plain-alike part-weight name-alike name-held
spelling acronym second-alike sure-part next-same kind-same country-same last-part""".split()
AGAINST = """left-over-less left-over-more next-differs next-missing both-lack one-lacks body-words-differ other-words-differ
family inner-less inner-more kind-differs rival-more rival-alone""".split()


def pairs_of(build, names):
    program = os.path.join(build, "bin", "koinon_train_pairs")
    codes = subprocess.run([program, "codes"], capture_output=True, text=True, check=True).stdout.split()
    found = subprocess.run([program, "256"], input="".join(name + "\n" for name in names).encode(), capture_output=True,
                           check=True).stdout
    rows = numpy.frombuffer(found, dtype=numpy.dtype([("pair", "<u4", 2), ("values", "<f4", len(codes))]))
    return codes, rows["pair"], rows["values"].astype(float)


def learn(codes, values, same, weights):
    """Coefficients, the constant first. One of the wrong sign is left out, the most wrong first, until none is left."""
    sign = numpy.array([0] + [1 if code in FOR else -1 if code in AGAINST else 0 for code in codes])
    kept = numpy.ones(len(sign), bool)
    while True:
        found = numpy.zeros(len(sign))
        found[kept] = newton(values[:, kept[1:]], same, weights)
        wrong = found * sign
        if wrong.min() >= 0:
            return found
        kept[wrong.argmin()] = False


def newton(values, same, weights):
    table = numpy.hstack([numpy.ones((len(values), 1)), values])
    ridge = numpy.eye(table.shape[1]) * RIDGE
    ridge[0, 0] = 0
    found = numpy.zeros(table.shape[1])
    for _ in range(30):
        p = 1 / (1 + numpy.exp(-table @ found))
        slope = table.T @ (weights * (same - p)) - ridge @ found
        curve = (table * (weights * p * (1 - p))[:, None]).T @ table + ridge
        step = numpy.linalg.solve(curve, slope)
        found += step
        if numpy.abs(step).max() < 1e-6:
            break
    return found


def asked(found, values):
    return 1 / (1 + numpy.exp(-(found[0] + values @ found[1:])))


def evaluate(codes, values, same, weights, fold_left, fold_right):
    """Lines on two models, each asked about the organisations that it did not see."""
    told, truth = [], []
    for fold in (0, 1):
        seen = (fold_left != fold) & (fold_right != fold)
        unseen = (fold_left == fold) & (fold_right == fold)
        told.append(asked(learn(codes, values[seen], same[seen], weights[seen]), values[unseen]))
        truth.append(same[unseen])
    told, truth = numpy.concatenate(told), numpy.concatenate(truth)
    lines = [f"{len(told):,} pairs, {truth.mean():.4f} of them the same; Brier score {numpy.mean((told - truth) ** 2):.4f}, "
             f"of the share alone {truth.mean() * (1 - truth.mean()):.4f}"]
    for low, high in ((0, .02), (.02, .1), (.1, .3), (.3, .5), (.5, .7), (.7, .9), (.9, .98), (.98, 1.01)):
        within = (told >= low) & (told < high)
        if within.any():
            lines.append(f"told {low:.2f} to {min(high, 1):.2f}: {within.sum():,} pairs, told {told[within].mean():.3f} in the mean, "
                         f"are {truth[within].mean():.3f}")
    return lines


def write(path, codes, found, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.write("# What each ground for two organisations being one weighs: logarithms of odds. README.md says what the columns mean.\n"
                   "# Made by python/train/organisation_match.py from the tuning half of ror-community's affiliation strings (MIT);\n"
                   "# not to be edited by hand. Two models, each asked about organisations that it did not see:\n")
        for line in lines:
            file.write(f"#   {line}\n")
        file.write("feature\tweight\tnote\n")
        file.write(f"bias\t{found[0]:.4f}\t\n")
        for code, weight in zip(codes, found[1:]):
            weight, note = BY_HAND.get(code, (weight, ""))
            file.write(f"{code}\t{weight:.4f}\t{'by hand: ' + note if note else ''}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--data", default=os.path.join("..", "shared", "data"))
    options = parser.parse_args()
    tuning, _ = identity_data.halves(options.data)
    codes, pairs, values = pairs_of(options.build, [name for name, _ in tuning])
    number = {label: at for at, label in enumerate(dict.fromkeys(label for _, own in tuning for label in own))}
    labels = numpy.array([number[own[0]] for _, own in tuning])
    left, right = labels[pairs[:, 0]], labels[pairs[:, 1]]
    own = [set(own) for _, own in tuning]
    same = numpy.array([not own[one].isdisjoint(own[other]) for one, other in pairs], float)
    sizes = numpy.bincount(labels, minlength=len(number))
    weights = 1 / numpy.sqrt(sizes[left] * sizes[right])
    values[:, [codes.index(code) for code in BY_HAND]] = 0
    lines = evaluate(codes, values, same, weights, left % 2, right % 2)
    print("\n".join(lines))
    found = learn(codes, values, same, weights)
    write(os.path.join(HERE, "..", "..", "src", "data", "organisations", "match-weights.tsv"), codes, found, lines)


if __name__ == "__main__":
    main()
