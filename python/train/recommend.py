#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes src/data/recommendation/*.tsv: how signals of candidates make a score.

    python/train/recommend.py --build build/release [--data ../shared/data | --catalogue EXPORT.jsonl]
                              [--before YEAR] [--years N] [--task TASK] [--out FOLDER]

Learns from what came to be: for each of the last N years before YEAR, the questions of tests/bench/recommend_protocol.hpp
with what was known before that year, as koinon_train_recommend samples them. From Horizon 2020's participations, or from
any catalogue with dated projects, as `koinon export` writes it.

Three models: partner (new partners of one), gap (a hidden member among the others), call (the same with the topics told).
Each is a softmax over all candidates, estimated from weighted samples: what is raised is the mean over questions of ln of
the share that the right candidates have together, which asks for one of them at the top more than for all in the middle. Adam with falling steps, ridge on the units. The first step of a model is a sum
of few signals, learnt alone; the second of all signals and 16 units max(0, ·). A large file is sampled, a small one is asked as
a whole; where the years have less than LEAST questions, nothing is made, and the script ends with status 1.

With --figures the head of a table says how a model that was learnt without the last year does on the sample of that year.
Figures on all candidates are made by tests/bench/run.sh recommend; the heads of the tables in src/data have them, and say so.
"""
import argparse
import datetime
import os
import subprocess
import sys
import tempfile

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "bench"))
import recommend_data  # noqa: E402

UNITS = 16
RIDGE = 1e-5
BATCH = 64
SHARE = {"partner": 1.0, "gap": 0.25, "call": 0.25}
FEW = 500   # questions are asked at the least, as far as there are so many
LEAST = 50  # and without so many there is nothing to learn from
FIRST = """steady recent places partners only-alone few mean-size novelty running last direct acquainted triples overlap direct-norm
bridge bridge-norm bridge-square bridge-share bridge-places no-bridge topic-activity topic-likeness country-lift country-same
country-new country-met kind-lift kind-same kind-new kind-met""".split()


class Sample:
    """Rows of candidates, question after question."""

    def __init__(self, rows):
        self.weight, self.right, self.values = rows[:, 1].copy(), rows[:, 2] > 0, numpy.ascontiguousarray(rows[:, 3:])
        number = rows[:, 0]
        self.begin = numpy.flatnonzero(numpy.r_[True, number[1:] != number[:-1]])
        self.settle()

    def settle(self):
        self.size = numpy.diff(numpy.r_[self.begin, len(self.weight)])
        self.log_weight = numpy.log(self.weight)

    @staticmethod
    def joined(samples):
        samples = list(samples)
        whole = object.__new__(Sample)
        for name in ("weight", "right", "values"):
            setattr(whole, name, numpy.concatenate([getattr(one, name) for one in samples]))
        starts = numpy.cumsum([0] + [len(one.weight) for one in samples])
        whole.begin = numpy.concatenate([one.begin + start for one, start in zip(samples, starts)])
        whole.settle()
        return whole


class Model:
    """Weights over standardised values: `weights`, and with units `unit_weights`, `constants`, `outputs`."""

    def __init__(self, sample, columns, units, epochs, step, seed=1):
        # What is the same throughout teaches nothing, and would be weighed by rounding alone.
        varied = numpy.ptp(sample.values, axis=0) > 1e-3
        self.columns = columns = [column for column in columns if varied[column]]
        values = sample.values[:, columns]
        self.mean, self.spread = values.mean(0, dtype=float), values.std(0, dtype=float)
        chance = numpy.random.default_rng(seed)
        count = len(columns)
        parts = [numpy.zeros(count)]
        if units:
            parts += [chance.normal(size=(count, units)) / numpy.sqrt(count), numpy.zeros(units), chance.normal(size=units) * 0.1]
        self.parts = [part.astype(numpy.float32) for part in parts]
        self.learn(sample, ((values - self.mean) / self.spread).astype(numpy.float32), epochs, step, chance)

    def learn(self, sample, values, epochs, step, chance):
        first = [numpy.zeros_like(part) for part in self.parts]
        second = [numpy.zeros_like(part) for part in self.parts]
        questions = len(sample.begin)
        steps, done = epochs * -(-questions // BATCH), 0
        for _ in range(epochs):
            order = chance.permutation(questions)
            for at in range(0, questions, BATCH):
                slopes = self.slopes(sample, values, order[at:at + BATCH])
                done += 1
                for i, slope in enumerate(slopes):
                    slope = slope + RIDGE * self.parts[i]
                    first[i] = 0.9 * first[i] + 0.1 * slope
                    second[i] = 0.999 * second[i] + 0.001 * slope * slope
                    move = (first[i] / (1 - 0.9 ** done)) / (numpy.sqrt(second[i] / (1 - 0.999 ** done)) + 1e-8)
                    self.parts[i] = self.parts[i] - numpy.float32(step * (1 - done / (steps + 1))) * move.astype(numpy.float32)

    def slopes(self, sample, values, questions):
        size = sample.size[questions]
        rows = numpy.concatenate([numpy.arange(sample.begin[q], sample.begin[q] + sample.size[q]) for q in questions])
        starts = numpy.r_[0, numpy.cumsum(size)[:-1]]
        own = values[rows]
        score = own @ self.parts[0]
        if len(self.parts) > 1:
            units = numpy.maximum(own @ self.parts[1] + self.parts[2], 0)
            score = score + units @ self.parts[3]
        score = score + sample.log_weight[rows]
        power = numpy.exp(score - numpy.repeat(numpy.maximum.reduceat(score, starts), size))
        share = power / numpy.repeat(numpy.add.reduceat(power, starts), size)
        # What each right candidate has of the share that all of them have: the first ones count most.
        right = numpy.where(sample.right[rows], share + 1e-12, 0)
        wanted = right / numpy.repeat(numpy.add.reduceat(right, starts), size)
        slope = ((share - wanted) / len(questions)).astype(numpy.float32)
        slopes = [own.T @ slope]
        if len(self.parts) > 1:
            back = numpy.outer(slope, self.parts[3]) * (units > 0)
            slopes += [own.T @ back, back.sum(0), units.T @ slope]
        return slopes

    def score(self, values):
        own = (values[:, self.columns] - self.mean) / self.spread
        score = own @ self.parts[0]
        if len(self.parts) > 1:
            score = score + numpy.maximum(own @ self.parts[1] + self.parts[2], 0) @ self.parts[3]
        return score

    def plain(self, signals):
        """Weights over values as they are: of all signals, their units, constants and outputs."""
        weights = numpy.zeros(signals)
        weights[self.columns] = self.parts[0] / self.spread
        units = numpy.zeros((signals, UNITS))
        constants, outputs = numpy.zeros(UNITS), numpy.zeros(UNITS)
        if len(self.parts) > 1:
            units[self.columns] = self.parts[1] / self.spread[:, None]
            constants = self.parts[2] - (self.mean / self.spread) @ self.parts[1]
            outputs = self.parts[3]
        return weights, units, constants, outputs


def figures(sample, score):
    """MRR and nDCG@10, ranks estimated from the weights of the sample."""
    reciprocal, gain = [], []
    for begin, size in zip(sample.begin, sample.size):
        own, right, weight = (part[begin:begin + size] for part in (score, sample.right, sample.weight))
        order = numpy.argsort(own[~right])
        others, sums = own[~right][order], numpy.r_[0, numpy.cumsum(weight[~right][order])]
        found = numpy.sort(own[right])[::-1]
        low, high = numpy.searchsorted(others, found, "left"), numpy.searchsorted(others, found, "right")
        rank = 1 + sums[-1] - sums[high] + (sums[high] - sums[low]) / 2 + numpy.arange(len(found))
        reciprocal.append(1 / rank[0])
        best = (1 / numpy.log2(2 + numpy.arange(min(10, len(found))))).sum()
        gain.append(((rank <= 10) / numpy.log2(1 + rank)).sum() / best)
    return numpy.mean(reciprocal), numpy.mean(gain)


def day_of(year):
    return (datetime.date(year, 1, 1) - datetime.date(1970, 1, 1)).days


def sample_of(program, file, year, task, share, weights, folder):
    out = os.path.join(folder, f"{task}-{year}")
    subprocess.run([program, "samples", file, str(day_of(year)), str(day_of(year + 1)), task, str(share), weights,
                    out], check=True,
                   stdout=subprocess.DEVNULL)
    rows = numpy.fromfile(out, numpy.float32)
    os.remove(out)
    return Sample(rows.reshape(-1, 3 + len(codes_of(program))))


def questions_of(program, file, year, task):
    """How many there are of a year."""
    told = subprocess.run([program, "questions", file, str(day_of(year)), str(day_of(year + 1)), task],
                          capture_output=True, text=True, check=True)
    return int(told.stdout)


def share_of(share, questions):
    return min(1.0, max(share, FEW / questions))


def samples_of(program, file, years, task, share, weights, folder):
    """Of the years that have any; a question may be left out by chance."""
    samples = {year: sample_of(program, file, year, task, share, weights, folder) for year in years}
    return {year: sample for year, sample in samples.items() if len(sample.weight)}


def period(years):
    return f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])


def counted_questions(program, file, years, tasks):
    """By task and year; the end of the script where they are too few."""
    counts = {task: {year: questions_of(program, file, year, task) for year in years} for task in tasks}
    for task, of_years in counts.items():
        found = sum(of_years.values())
        if found < LEAST:
            sys.exit(f"{task}: {found} questions of {period(years)}, at least {LEAST} wanted. A question is asked of works with a date "
                     "among organisations that had worked before: give another --before, or more --years.")
    return counts


def codes_of(program):
    return subprocess.run([program, "codes"], capture_output=True, text=True, check=True).stdout.split()


def model_of_first(sample, codes, epochs):
    return Model(sample, [codes.index(code) for code in FIRST], 0, epochs, 0.02)


def learnt(sample, codes, epochs):
    first = model_of_first(sample, codes, epochs)
    # What is the same for all candidates is of use beside others alone: in the units.
    return first, Model(sample, list(range(len(codes))), UNITS, epochs + 3, 0.01)


def write(path, task, codes, first, model, sample, lines):
    middle = numpy.average(sample.values, axis=0, weights=sample.weight)
    first_weights = first.plain(len(codes))[0]
    weights, units, constants, outputs = model.plain(len(codes))
    number = "{:.6g}".format
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"# How signals make the score of a candidate ({task}). README.md says what the rows and columns mean.\n"
                   "# Made by python/train/recommend.py; not to be edited by hand.\n")
        for line in lines:
            file.write(f"# {line}\n")
        file.write("\t".join(["signal", "middle", "first", "weight"] + [f"unit{i + 1}" for i in range(UNITS)]) + "\n")
        for i, code in enumerate(codes):
            row = [middle[i], first_weights[i], 0 if code.startswith("asked-") else weights[i], *units[i]]
            file.write("\t".join([code] + [number(value) for value in row]) + "\n")
        for name, row in (("constant", constants), ("output", outputs)):
            file.write("\t".join([name, "0", "0", "0"] + [number(value) for value in row]) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", "shared", "data"))
    parser.add_argument("--catalogue", help="JSON Lines of koinon export, in the place of --data")
    parser.add_argument("--before", type=int, default=2019, help="learn from years before this one")
    parser.add_argument("--years", type=int, default=2, help="how many of them")
    parser.add_argument("--task", choices=sorted(SHARE), action="append")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--figures", action="store_true", help="also learn without the last year, and say how that does in it")
    parser.add_argument("--out", default=os.path.join(HERE, "..", "..", "src", "data", "recommendation"))
    options = parser.parse_args()
    program = os.path.join(options.build, "bin", "koinon_train_recommend")
    codes = codes_of(program)
    if options.years < 1:
        parser.error("--years is 1 or more")
    years = range(options.before - options.years, options.before)
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "collaborations")
        source = (recommend_data.write_export(options.catalogue, file) if options.catalogue
                  else recommend_data.write_h2020(options.data, file))
        tasks = options.task or sorted(SHARE)
        counts = counted_questions(program, file, years, tasks)
        for task in tasks:
            asked = sum(counts[task].values())
            # First weights from a few questions, so that the sample has the best candidates in it.
            rough = os.path.join(folder, f"{task}-weights.tsv")
            weights = "-"
            for share in (SHARE[task] / 6, SHARE[task]):
                samples = samples_of(program, file, years, task, share_of(share, asked), weights, folder)
                if weights == "-":
                    weights = rough
                    few = Sample.joined(samples.values())
                    first = model_of_first(few, codes, options.epochs)
                    write(rough, task, codes, first, first, few, [])
            lines = [f"From {source}; years {period(years)}, each from what had begun before it."]
            if options.figures and len(samples) > 1:
                last = max(samples)
                earlier = Sample.joined([sample for year, sample in samples.items() if year != last])
                first, model = learnt(earlier, codes, options.epochs)
                for name, one in (("the first step", first), ("both steps", model)):
                    found = figures(samples[last], one.score(samples[last].values))
                    lines.append(f"Learnt without {last}, of its {len(samples[last].begin):,} questions: {name} MRR {found[0]:.3f}, "
                                 f"nDCG@10 {found[1]:.3f}.")
            whole = Sample.joined(samples.values())
            first, model = learnt(whole, codes, options.epochs)
            print(task, *lines, sep="\n  ", flush=True)
            write(os.path.join(options.out, f"{task}-weights.tsv"), task, codes, first, model, whole, lines)


if __name__ == "__main__":
    main()
