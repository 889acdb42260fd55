#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The six systems at the size of a large country: 100,000 cases, 50,000 organisations, 20,000 methods, 5,000 calls of
one programme with 20,000 bids and awards, and 200,000 exchanges, made up by programme.cpp from a fixed seed. Lists,
reports and steps are asked some hundred times each, and of steps those count that were done; the figure is the 99th
percentile on the clock. No peer does this: each row has the limit that was set for it.
"""
import argparse
import os
import sys
import tempfile

from report import Run, finish, row

LIMITS = {
    "a step of a case or a method": 5,
    "a step of a call, of all calls in one programme": 5,
    "a step of a bid": 5,
    "a step of an experiment": 5,
    "an award is written": 5,
    "calls are moved by the clock, none of which is due": 20,
}
LIST_LIMIT = 100
PEERS_LIMIT = 2000


def main():
    parser = argparse.ArgumentParser(description="Speed of the programme side", allow_abbrev=False)
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--quick", action="store_true", help="a hundredth of the size")
    parser.add_argument("--data", help="not needed: the records are made up")
    options = parser.parse_args()
    scale = 0.01 if options.quick else 1
    rows = []
    builds = []
    with tempfile.TemporaryDirectory(dir=options.out) as folder:
        driver = os.path.join(options.build, "bin", "koinon_bench_programme")
        if not os.path.exists(driver):
            sys.exit(f"{driver} is missing")
        run = Run([driver, os.path.join(folder, "programme.koinon"), str(scale)])
        for line in run.out.splitlines():
            cells = line.split("\t")
            if cells[0] == "built":
                builds.append(row(f"building {cells[1]}", "s", float(cells[2]), {}))
            elif cells[0] == "bytes":
                builds.append(row("the file", "MiB", int(cells[1]) / 2**20, {}))
            else:
                name, median, high, longest, times = cells[0], *map(float, cells[1:])
                limit = LIMITS.get(name, PEERS_LIMIT if name.startswith("pairs of peers") else LIST_LIMIT)
                figure = longest if name.startswith("pairs of peers") else high
                what = "longest" if figure == longest and name.startswith("pairs") else "p99"
                rows.append(row(f"{name}, {times:.0f} times: {what}", "ms", figure, {},
                                limit=f"at most {limit:,} ms", within=figure <= limit, median=median, longest=longest))
        builds.append(row("memory of the whole run, at most", "MiB", run.peak_mib, {}))
    finish(options.out, "programme", f"a made-up programme of {100_000 * scale:,.0f} cases", rows + builds,
           "tests/bench/run.sh programme" + (" --quick" if options.quick else ""))


if __name__ == "__main__":
    main()
