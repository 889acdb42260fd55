#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asking our search engine and others the same queries on the same documents, one thread each.

First the answers: which documents match, and the counts of facets, must be what brute force finds (an engine
that is wrong in a case has no figure in it; ours wrong is an error). The best ten must be Lucene's for nine of
ten hits on average; where Lucene is not there, those of brute force. A hit counts as the same when Lucene has
it among its first ten, or ties it with its tenth: order among equal scores means nothing. Then the times: the
engines in turn, three rounds, median of the rounds. What a case and a driver are: search/README.md.
"""
import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import search_data
from report import finish, median, row

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = ("lucene", "lucene-reordered", "tantivy", "xapian", "fts5", "bm25s", "duckdb")
QUICK_PEERS = ("lucene", "tantivy", "xapian", "fts5")
CASES = {"or10": "OR top-10", "or100": "OR top-100", "and10": "AND top-10", "phrase10": "phrase", "prefix10": "prefix",
         "fuzzy10": "fuzzy 1", "or10-country": "OR top-10 with country filter",
         "or10-facets3": "OR top-10 with counts of three facets", "count": "count only",
         "commit": "add and commit until found"}
CHECKED = ("and10", "phrase10", "prefix10", "fuzzy10", "or10-country", "or10-facets3", "count")
RANKED = ("or10", "and10")  # phrases are scored in ways that differ by design
AHEAD = ("or10", "or100", "and10", "or10-country", "or10-facets3")  # where the goal is 1.5 times ahead
DEPTH = 1000
SLOW_US = 50000  # slower than this on average: asked the first queries only
SLOW_QUERIES = 100


def part(name):
    spec = importlib.util.spec_from_file_location(name, os.path.join(HERE, "search", name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


driver = part("driver")
truth = part("truth")


def digest(*paths):
    made = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            for chunk in iter(lambda: file.read(1 << 20), b""):
                made.update(chunk)
    return made.hexdigest()[:16]


class Engine:
    """A driver, its index, its queries. None where it has no such case."""

    def __init__(self, name, command, folder, docs, queries):
        self.name = name
        self.command = command
        self.index = os.path.join(folder, name)
        self.docs = docs
        self.queries = queries
        self.partly = False
        self.version = (self.call("version") or name).strip()
        self.built = None

    def call(self, *words):
        done = subprocess.run([self.command, *map(str, words)], capture_output=True, text=True, check=False)
        if done.returncode == 3:
            return None
        if done.returncode != 0:
            raise RuntimeError(f"{self.name} {' '.join(map(str, words))}: status {done.returncode}\n{done.stderr[-2000:]}")
        return done.stdout

    def build(self):
        shutil.rmtree(self.index, ignore_errors=True)
        self.built = json.loads(self.call("build", self.docs, self.index))
        return self.built

    def run(self, case, *options):
        out = self.call("run", self.index, self.queries, case, *options)
        return None if out is None else json.loads(out.strip().splitlines()[-1])

    def tried(self, case, *options):
        """Like run, but a peer that fails in a case only has no figure there."""
        try:
            return self.run(case, *options)
        except RuntimeError as error:
            if self.name == "ours":
                raise
            print(f"{self.name} has no figure in {case}: {error}", file=sys.stderr)
            return None

    def ask_only(self, queries):
        self.queries = queries
        self.partly = True

    def answers(self, case, depth=10):
        file = self.index + ".answers"
        if self.call("run", self.index, self.queries, case, "--answers", file, "--depth", depth) is None:
            return None
        found = []
        with open(file, encoding="utf-8", newline="\n") as lines:
            for line in lines:
                total, hits, *counts = line.rstrip("\n").split("\t")
                pairs = (hit.split(":") for hit in hits.split())
                found.append((int(total), [(int(document), float(score)) for document, score in pairs], set(counts)))
        os.remove(file)
        with open(self.queries, "rb") as lines:
            if len(found) != sum(1 for _ in lines):
                raise RuntimeError(f"{self.name} {case}: {len(found)} answers, not one for each query")
        return found


class Cached:
    """For tuning: what a peer said before, while its driver, the data and the options are the same."""

    def __init__(self, engine, key, path):
        self.engine = engine
        self.name = engine.name
        self.version = engine.version
        self.partly = engine.partly
        self.path = path
        self.key = key
        self.known = {}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                kept = json.load(file)
            if kept["key"] == key:
                self.known = kept["known"]
        if not self.known:
            shutil.rmtree(engine.index, ignore_errors=True)

    def kept(self, what, made):
        if what not in self.known:
            if not os.path.isdir(self.engine.index):
                self.engine.build()
            self.known[what] = made()
            with open(self.path + ".new", "w", encoding="utf-8") as file:
                json.dump({"key": self.key, "known": self.known}, file)
            os.replace(self.path + ".new", self.path)
        return self.known[what]

    def build(self):
        return self.kept("build", self.engine.build)

    def run(self, case, *options):
        return self.kept(" ".join((case, *map(str, options))), lambda: self.engine.run(case, *options))

    tried = Engine.tried

    def ask_only(self, queries):
        self.engine.ask_only(queries)
        self.partly = True

    def answers(self, case, depth=10):
        def plain():
            found = self.engine.answers(case, depth)
            return found and [(total, hits, sorted(counts)) for total, hits, counts in found]
        found = self.kept(f"{case} answers {depth}", plain)
        return found and [(total, [tuple(hit) for hit in hits], set(counts)) for total, hits, counts in found]


def drivers(names, quick):
    """(name, driver) of every peer that is to be had. Quick: of those that are built."""
    found = []
    for name in names:
        path = os.path.join(HERE, "..", "..", "build", "bench", "peers", name, "driver")
        if not quick:
            made = subprocess.run([os.path.join(HERE, "search", "peers.sh"), name], stdout=subprocess.PIPE, text=True, check=False)
            if made.returncode != 0:
                print(f"without {name}: it could not be built", file=sys.stderr)
                continue
            path = made.stdout.strip()
        elif not os.path.exists(path):
            print(f"without {name}: it is not built (tests/bench/search/peers.sh {name})", file=sys.stderr)
            continue
        found.append((name, os.path.normpath(path)))
    return found


def first_queries(queries, folder):
    path = os.path.join(folder, "first-queries.tsv")
    with open(queries, encoding="utf-8", newline="\n") as whole, open(path, "w", encoding="utf-8", newline="\n") as some:
        some.writelines(line for _, line in zip(range(SLOW_QUERIES), whole))
    return path


def engines(options, docs, queries, folder):
    """Ours first, then the peers that are there, each with its index."""
    ours = options.ours or os.path.join(options.build, "bin", "koinon_bench_search")
    if not os.path.exists(ours):
        sys.exit(f"there is no {ours}: our driver, see tests/bench/search/README.md")
    names = QUICK_PEERS if options.quick else PEERS
    if options.peers is not None:
        names = [name for name in options.peers.split(",") if name]
    made = [Engine("ours", ours, folder, docs, queries)]
    made[0].build()
    for name, command in drivers(names, options.quick):
        try:
            engine = Engine(name, command, folder, docs, queries)
            if options.cached:
                engine = Cached(engine, digest(docs, queries, os.path.join(os.path.dirname(command), "stamp")),
                                os.path.join(options.out, "peers", f"results-{name}.json"))
            else:
                engine.build()
            if not options.quick and engine.run("or10", "--warm", 1, "--repeat", 1, "--budget", 1)["mean_us"] > SLOW_US:
                engine.ask_only(first_queries(queries, folder))
            made.append(engine)
        except (RuntimeError, OSError, ValueError) as error:
            print(f"without {name}: {error}", file=sys.stderr)
    return made


def overlap(hits, wanted):
    """Of as many hits as there should be, up to ten, how many are right. wanted: the reference, deep."""
    size = min(10, len(wanted))
    if size == 0:
        return 1.0 if not hits else 0.0
    border = wanted[size - 1][1]
    edge = abs(border) * 1e-6
    better = {document for document, score in wanted if score > border + edge}
    tied = {document for document, score in wanted if abs(score - border) <= edge}
    hits = hits[:size]
    right = sum(document in better for document, _ in hits)
    equal = sum(document in tied for document, _ in hits)
    if len(wanted) >= DEPTH and wanted[-1][0] in tied and hits:
        # More are tied than the reference names: then a hit that is tied with the last of its own counts.
        last = hits[-1][1]
        equal += sum(document not in better and document not in tied and abs(score - last) <= abs(last) * 1e-6
                     for document, score in hits)
    return (right + min(equal, size - len(better))) / size


def answered(engine, case, depth, right):
    """Its answers; where it has none, or fails, it is not right."""
    answers = None
    try:
        answers = engine.answers(case, depth)
    except RuntimeError as error:
        if engine.name == "ours":
            raise
        print(f"{engine.name} has no figure in {case}: {error}", file=sys.stderr)
    if answers is None:
        right[case].remove(engine.name)
    return answers


def checked(made, cases, docs, queries):
    """{case: names of the engines that answer it right}; ends the program where ours does not."""
    right = {case: [engine.name for engine in made] for case in cases}
    with open(queries, encoding="utf-8", newline="\n") as lines:
        asked = [driver.Asked(line) for line in lines]
    known = truth.Truth(docs)
    ours_wrong = []
    said = {engine.name: [] for engine in made}
    for case in (case for case in CHECKED if case in cases):
        wanted = []
        for one in asked:
            places = known.matches(case, one)
            wanted.append((len(places), known.counts(places) if case == "or10-facets3" else set()))
        for engine in made:
            answers = answered(engine, case, 0, right)
            if answers is None:
                continue
            wrong = sum((total, counts) != right_ones for (total, _, counts), right_ones in zip(answers, wanted))
            said[engine.name].append(f"{case} {len(answers) - wrong}/{len(answers)}")
            if wrong:
                right[case].remove(engine.name)
                if engine.name == "ours":
                    ours_wrong.append(f"{case}: {wrong} of {len(answers)} sets differ from brute force")
    # Deep, so that what is tied with the tenth is known too.
    reference = next((engine for engine in made if engine.name == "lucene"), None)
    for case in (case for case in RANKED if case in cases):
        if reference:
            wanted = [hits for _, hits, _ in reference.answers(case, DEPTH)]
        else:
            wanted = [known.best(one, known.matches(case, one), DEPTH) for one in asked]
        for engine in made:
            answers = answered(engine, case, 10, right) if engine.name in right[case] else None
            if answers is None:
                continue
            same = statistics.fmean(overlap(hits, deep) for (_, hits, _), deep in zip(answers, wanted))
            said[engine.name].append(f"{case} overlap {same:.3f}")
            if engine.name == "ours" and same < 0.9:
                ours_wrong.append(f"{case}: overlap {same:.3f} with {reference.name if reference else 'brute force'}")
    print("Sets equal to brute force, and overlap of the best ten with "
          f"{'Lucene' if reference else 'brute force'} (ties count as equal):\n", file=sys.stderr)
    for engine in made:
        print(f"- {engine.name} ({engine.version}): {', '.join(said[engine.name])}", file=sys.stderr)
    print(file=sys.stderr)
    if ours_wrong:
        sys.exit("our answers are wrong:\n" + "\n".join(ours_wrong))
    return right


def timed(made, case, right, rounds, limits):
    """{name: [result of each round]}, the engines in turn."""
    results = {}
    tired = set()
    for turn in range(rounds):
        for engine in made:
            if engine.name not in right or engine.name in tired:
                continue
            result = engine.tried(case, *limits)
            if result is None:
                tired.add(engine.name)
                continue
            results.setdefault(engine.name, []).append(result)
            # Those that take long vary little.
            if result.get("repeats", 9) < 3 or case == "commit":
                tired.add(engine.name)
        if turn == 0 and not results:
            break
    return results


def goal(case, ours, peers):
    if not peers:
        return {}
    wanted = 1 / 1.5 if case in AHEAD else 1
    return {"limit": f"ratio {wanted:.2f}", "within": ours <= wanted * min(peers.values())}


def measure(options, docs, queries, data, folder):
    cases = [options.case] if options.case else list(CASES)
    made = engines(options, docs, queries, folder)
    right = checked(made, cases, docs, queries)
    limits = ("--budget", 0.4, "--warm", 2, "--repeat", 5) if options.quick else ("--budget", 5)
    commits = ("--warm", 2, "--repeat", 10) if options.quick else ()
    rows = []
    bindings = {}
    for case in cases:
        found = timed(made, case, right[case], 1 if options.quick else 3, commits if case == "commit" else limits)
        if "ours" not in found:
            sys.exit(f"ours has no {case}")
        for what, key in (("mean", "mean_us"), ("p99", "p99_us")):
            figures = {name: median([result[key] for result in results]) for name, results in found.items()}
            ours = figures.pop("ours")
            bindings.update((name, results[0]["binding_us"]) for name, results in found.items() if "binding_us" in results[0])
            rows.append(row(f"{CASES[case]} {what}", "µs", ours, figures, **goal(case, ours, figures)))
            if case == "or10" and what == "mean" and "fts5" in figures:
                rows.append(row("OR top-10 mean beside FTS5", "µs", ours, {"fts5": figures["fts5"]}, limit="ratio 0.01",
                                within=ours <= figures["fts5"] / 100))
    partly = [engine.name for engine in made if engine.partly]
    data += f"; BM25 k1 1.2, b 0.75; {', '.join(engine.version for engine in made[1:]) or 'no peers'}"
    if options.quick and any(engine.name.startswith("lucene") for engine in made):
        data += "; quick: too short for Java to be compiled, so not to be compared"
    if partly:
        data += f"; {', '.join(partly)} asked the first {SLOW_QUERIES} queries only"
    if bindings:
        data += "; of each time the binding takes: " + ", ".join(f"{name} {time:.0f} µs" for name, time in bindings.items())
    command = "tests/bench/run.sh search" + "".join(
        f" --{name}" + ("" if value is True else f" {value or repr('')}")
        for name in ("quick", "case", "peers", "cached") for value in (getattr(options, name),) if value not in (None, False))
    finish(options.out, "search", data, rows, command)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--case", help="this case alone", choices=CASES)
    parser.add_argument("--peers", help="these peers alone, with commas; '' for none")
    parser.add_argument("--ours", help="another driver in place of ours")
    parser.add_argument("--cached", action="store_true", help="peers as measured before, for tuning only")
    options = parser.parse_args()

    docs, queries, data = search_data.prepare(options.data, options.out, options.quick)
    with tempfile.TemporaryDirectory(dir=options.out) as folder:
        if options.cached:
            folder = os.path.join(options.out, "peers", "indexes")
            os.makedirs(folder, exist_ok=True)
        measure(options, docs, queries, data, folder)


if __name__ == "__main__":
    main()
