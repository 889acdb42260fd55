#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Building the search index and living with it, beside the peers of search.py.

Building goes from the file of documents to an index that is durable and merged, in one thread; engines in turn,
three rounds, medians. Opening is measured inside a fresh process, from the start of its main (so without what a
runtime takes to start) to the first answer: cold with the files of the index driven out of the page cache, and
once more with them in it. --growth asks ours the same queries of 50,000 to 4,000,000 documents.
"""
import argparse
import os
import shutil
import sys
import tempfile

import search_data
from report import finish, median, row
from search import CASES, HERE, PEERS, QUICK_PEERS, Engine, drivers

GROWTH = tuple(case for case in CASES if case != "commit")


def evict(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            handle = os.open(os.path.join(where, name), os.O_RDONLY)
            os.fsync(handle)  # what is not on disk yet cannot be driven out
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def opened(engine, times, cold):
    taken = []
    for _ in range(times):
        if cold:
            evict(engine.index)
        result = engine.tried("open")
        if result is None:
            return None
        taken.append(result["ms"])
    return median(taken)


def read(path):
    """Into the page cache, so that the first engine to build has no more to wait for than the next."""
    with open(path, "rb") as file:
        while file.read(1 << 20):
            pass


def lived(engine, quick):
    """{row: figure} of what is measured once the index stands."""
    parts = ("--budget", 0.5) if quick else ()
    found = {"size": engine.built["bytes"] / 2**20,
             "cold": opened(engine, 3 if quick else 11, True), "warm": opened(engine, 3 if quick else 11, False)}
    for case, figures in (("memory", {"memory": "mib"}), ("threads2", {"threads": "ratio"}),
                          ("busy", {"busy": "ratio", "busy_us": "busy_p99_us"})):
        result = engine.tried(case, *parts)
        if result:
            found.update((name, result[key]) for name, key in figures.items())
    return {name: figure for name, figure in found.items() if figure is not None}


def compared(options, docs, queries, folder):
    """The rows beside peers, and the versions of those."""
    made = [Engine("ours", options.ours, folder, docs, queries)]
    names = QUICK_PEERS if options.quick else PEERS
    if options.peers is not None:
        names = [name for name in options.peers.split(",") if name]
    for name, command in drivers(names, options.quick):
        try:
            made.append(Engine(name, command, folder, docs, queries))
        except (RuntimeError, OSError) as error:
            print(f"without {name}: {error}", file=sys.stderr)
    read(docs)
    rates = {engine.name: [] for engine in made}
    for _ in range(1 if options.quick else 3):
        for engine in list(made):
            try:
                built = engine.build()
                rates[engine.name].append(built["documents"] / built["seconds"])
            except RuntimeError as error:
                if engine.name == "ours":
                    raise
                print(f"without {engine.name}: {error}", file=sys.stderr)
                made.remove(engine)
    figures = {"rate": {engine.name: median(rates[engine.name]) for engine in made}}
    for engine in made:
        for what, figure in lived(engine, options.quick).items():
            figures.setdefault(what, {})[engine.name] = figure
        shutil.rmtree(engine.index, ignore_errors=True)

    def made_row(case, unit, what, higher=False, limit=None, within=None):
        ours = figures[what].pop("ours", None)
        if ours is None:
            sys.exit(f"ours has no figure for: {case}")
        best = (max if higher else min)(figures[what].values(), default=None)
        if limit is None:
            ahead = best is None or (ours >= best if higher else ours <= best)
            more = {} if best is None else {"limit": "ratio 1", "within": ahead}
        else:
            more = {"limit": limit, "within": within(ours)}
        return row(case, unit, ours, figures[what], higher, **more)

    rows = [
        made_row("bulk index documents per second", "1/s", "rate", True),
        made_row("bytes on disk", "MiB", "size"),
        made_row("cold open until the first answer", "ms", "cold"),
        made_row("open until the first answer, files in the page cache", "ms", "warm"),
        made_row("anonymous resident memory after the queries", "MiB", "memory", False, "64 MB",
                 lambda ours: ours * 1.048576 <= 64),
        made_row("two reader threads over one", "times", "threads", True, "1.8", lambda ours: ours >= 1.8),
        made_row("p99 of a reader beside a busy writer over idle", "times", "busy", False, "2", lambda ours: ours <= 2),
        made_row("p99 of a reader beside a busy writer", "µs", "busy_us"),
    ]
    return rows, [engine.version for engine in made[1:]]


def growth(options, queries, whole, folder):
    rows = []
    for size in sorted({*search_data.SIZES, whole, search_data.LARGE}):
        docs = search_data.sized(options.data, options.out, size)
        engine = Engine("ours", options.ours, folder, docs, queries)
        read(docs)
        built = engine.build()
        named = f", {size:,} documents"
        rows.append(row("bulk index documents per second" + named, "1/s", built["documents"] / built["seconds"], {}, True))
        rows.append(row("bytes on disk" + named, "MiB", built["bytes"] / 2**20, {}))
        rows.append(row("anonymous resident memory after the queries" + named, "MiB", engine.run("memory")["mib"], {}))
        for case in GROWTH:
            result = engine.run(case, "--budget", 10)
            for what in ("mean", "p99"):
                figure = result[what + "_us"]
                more = {}
                if case == "or10" and what == "p99" and size == search_data.LARGE:
                    more = {"limit": "10 ms", "within": figure < 10000}
                rows.append(row(f"{CASES[case]} {what}{named}", "µs", figure, {}, **more))
        shutil.rmtree(engine.index, ignore_errors=True)
    return rows


def measure(options, docs, queries, data, folder):
    rows, versions = compared(options, docs, queries, folder)
    data += f"; {', '.join(versions) or 'no peers'}"
    if options.growth:
        with open(docs, "rb") as file:
            whole = sum(1 for _ in file)
        if options.quick or docs.endswith("invented.tsv"):
            print("no growth with invented documents", file=sys.stderr)
        else:
            rows += growth(options, queries, whole, folder)
            data += f"; beyond {whole:,} documents made of the same texts (search_data.py)"
    command = "tests/bench/run.sh index" + (" --quick" if options.quick else "") + (" --growth" if options.growth else "")
    if options.peers is not None:
        command += f" --peers {options.peers or repr('')}"
    finish(options.out, "index", data, rows, command)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--growth", action="store_true", help="ours on other numbers of documents too")
    parser.add_argument("--peers", help="these peers alone, with commas; '' for none")
    parser.add_argument("--ours", help="another driver in place of ours")
    options = parser.parse_args()
    options.ours = options.ours or os.path.join(options.build, "bin", "koinon_bench_search")
    if not os.path.exists(options.ours):
        sys.exit(f"there is no {options.ours}: our driver, see tests/bench/search/README.md")

    docs, queries, data = search_data.prepare(options.data, options.out, options.quick)
    with tempfile.TemporaryDirectory(dir=options.out) as folder:
        measure(options, docs, queries, data, folder)


if __name__ == "__main__":
    main()
