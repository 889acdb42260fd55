# SPDX-License-Identifier: Apache-2.0
"""What drivers written in Python share: the command line, the files, the timing. See README.md."""
import json
import math
import os
import statistics
import sys
import time


class Asked:
    def __init__(self, line):
        words, phrase, self.prefix, self.wrong, self.country = line.rstrip("\n").split("\t")
        self.words = words.split(" ")
        self.phrase = phrase.split(" ")


def rows(path):
    """The cells of every document; the last is its text."""
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def percentile(values, part):
    return sorted(values)[max(1, math.ceil(part * len(values))) - 1]


def bytes_of(folder):
    return sum(os.path.getsize(os.path.join(where, name)) for where, _, names in os.walk(folder) for name in names)


def anonymous_mib():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon:")) / 1024


def measured(ask, queries, options):
    """Median of the passes for every query, in µs."""
    started = time.perf_counter()
    for asked in queries * options["warm"]:
        if time.perf_counter() - started > options["budget"]:
            break
        ask(asked)
    times = [[] for _ in queries]
    started = time.perf_counter()
    for _ in range(options["repeat"]):
        for asked, into in zip(queries, times):
            before = time.perf_counter_ns()
            ask(asked)
            into.append((time.perf_counter_ns() - before) / 1000)
        if time.perf_counter() - started > options["budget"]:
            break
    return [statistics.median(one) for one in times], len(times[0])


def run(engine, words, started):
    """engine: open(folder); cases: name to what asks; answer(case, asked, depth) -> (total, hits, counts);
    binding(): mean µs of a call that finds nothing to do, or None."""
    folder, file, case = words[:3]
    depth = {"or100": 100, "count": 0}.get(case, 10)
    options = {"warm": 2, "repeat": 9, "budget": 1e9, "depth": depth, "answers": None}
    for name, value in zip(words[3::2], words[4::2]):
        name = name.lstrip("-")
        options[name] = type(options[name])(value) if options[name] is not None else value
    if case not in (*engine.cases, "open", "memory"):
        print(f"no case {case}", file=sys.stderr)
        return 3
    with open(file, encoding="utf-8", newline="\n") as lines:
        queries = [Asked(line) for line in lines]
    engine.open(folder)
    if case == "open":
        engine.cases["or10"](queries[0])
        print(json.dumps({"case": case, "ms": (time.perf_counter() - started) * 1000}))
    elif case == "memory":
        for asked in queries:
            engine.cases["or10"](asked)
        print(json.dumps({"case": case, "mib": anonymous_mib()}))
    elif options["answers"]:
        with open(options["answers"], "w", encoding="utf-8", newline="\n") as out:
            for asked in queries:
                total, hits, counts = engine.answer(case, asked, options["depth"])
                out.write(f"{total}\t" + "".join(f"{document}:{score:.9g} " for document, score in hits)
                          + "".join(f"\t{count}" for count in counts) + "\n")
    else:
        times, passes = measured(engine.cases[case], queries, options)
        result = {"case": case, "mean_us": statistics.fmean(times), "p99_us": percentile(times, 0.99),
                  "queries": len(times), "repeats": passes}
        result["binding_us"] = engine.binding(case, queries)
        print(json.dumps(result))
    return 0


def main(engine, started):
    words = sys.argv[1:]
    if words == ["version"]:
        print(engine.version())
        return 0
    if len(words) == 3 and words[0] == "build":
        documents = engine.build(words[1], words[2])
        print(json.dumps({"seconds": time.perf_counter() - started, "documents": documents, "bytes": bytes_of(words[2])}))
        return 0
    if len(words) >= 4 and words[0] == "run":
        return run(engine, words[1:], started)
    print("usage: version | build DOCS INDEX | run INDEX QUERIES CASE [options]", file=sys.stderr)
    return 2
