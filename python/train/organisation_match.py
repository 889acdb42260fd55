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
and asked about the other, with the weights set by hand as the library has them. Platt's calibration, a slope and a shift of the
odds, is fitted to the same answers. Pairs weigh in it what they weigh in the learning: of 1,773 organisations the 71 with twenty
names or more have 89 % of the pairs that are the same, and tell little of a catalogue in which a body has two or three. The head
has both shares; the calibration is for the first.
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
spelling acronym letters-cover second-alike sure-part next-same kind-same country-same last-part""".split()
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
    found = numpy.zeros(len(sign))
    while True:
        found[kept] = newton(values[:, kept[1:]], same, weights, found[kept])
        wrong = found * sign
        if wrong.min() >= 0:
            return found
        kept[wrong.argmin()] = False
        found[~kept] = 0


def newton(values, same, weights, start, each=RIDGE):
    table = numpy.hstack([numpy.ones((len(values), 1)), values])
    ridge = numpy.eye(table.shape[1]) * each
    ridge[0, 0] = 0
    found = start.copy()
    for _ in range(30):
        p = 1 / (1 + numpy.exp(-table @ found))
        slope = table.T @ (weights * (same - p)) - ridge @ found
        curve = (table * (weights * p * (1 - p))[:, None]).T @ table + ridge
        step = numpy.linalg.solve(curve, slope)
        found += step
        if numpy.abs(step).max() < 1e-6:
            break
    return found


def odds(codes, found, values):
    """Logarithms of the odds as the library has them: what is set by hand beside what was learnt."""
    hand = numpy.array([BY_HAND[code][0] if code in BY_HAND else 0 for code in codes])
    return found[0] + values @ (found[1:] + hand)


def probability(logarithms):
    return 1 / (1 + numpy.exp(-logarithms))


def unseen(codes, values, same, weights, fold_left, fold_right):
    """(odds, whether they are the same, weights) of two models, each asked about organisations that it did not see."""
    hand = [code in BY_HAND for code in codes]
    taught = numpy.where(hand, 0, values)
    parts = []
    for fold in (0, 1):
        seen = (fold_left != fold) & (fold_right != fold)
        asked = (fold_left == fold) & (fold_right == fold)
        found = learn(codes, taught[seen], same[seen], weights[seen])
        parts.append((odds(codes, found, values[asked]), same[asked], weights[asked]))
    return [numpy.concatenate(column) for column in zip(*parts)]


def evaluate(told, truth, weights, calibration):
    """Lines on how far what is told is what is."""
    shift, slope = calibration
    raw, told = probability(told), probability(shift + slope * told)
    every = numpy.ones(len(told))
    lines = [f"{len(told):,} pairs, {truth.mean():.4f} of them the same; Brier score {numpy.mean((told - truth) ** 2):.4f}, "
             f"of the share alone {truth.mean() * (1 - truth.mean()):.4f}",
             f"calibration: slope {slope:.4f}, shift {shift:.4f}; expected error {identity_data.calibration_error(told, truth, weights):.4f}, "
             f"without it {identity_data.calibration_error(raw, truth, weights):.4f}; by pair "
             f"{identity_data.calibration_error(told, truth, every):.4f}"]
    for row in identity_data.reliability(told, truth, weights):
        lines.append(f"told {row.low:.2f} to {row.high:.2f}: {row.pairs:,} pairs, told {row.told:.3f} in the mean, are {row.true:.3f}; "
                     f"by pair {row.true_by_pair:.3f}")
    return lines


def write(path, codes, found, calibration, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.write("# What each ground for two organisations being one weighs: logarithms of odds. README.md says what the columns mean.\n"
                   "# Made by python/train/organisation_match.py from the tuning half of ror-community's affiliation strings (MIT);\n"
                   "# not to be edited by hand. Two models, each asked about organisations that it did not see;\n"
                   "# shares weigh organisations, not their pairs, unless they say so:\n")
        for line in lines:
            file.write(f"#   {line}\n")
        file.write("feature\tweight\tnote\n")
        file.write(f"calibration-shift\t{calibration[0]:.4f}\t\n")
        file.write(f"calibration-slope\t{calibration[1]:.4f}\t\n")
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
    told, truth, each = unseen(codes, values, same, weights, left % 2, right % 2)
    calibration = newton(told[:, None], truth, each, numpy.array([0.0, 1.0]), 0)
    lines = evaluate(told, truth, each, calibration)
    print("\n".join(lines))
    values[:, [codes.index(code) for code in BY_HAND]] = 0
    found = learn(codes, values, same, weights)
    write(os.path.join(HERE, "..", "..", "src", "data", "organisations", "match-weights.tsv"), codes, found, calibration, lines)


if __name__ == "__main__":
    main()
