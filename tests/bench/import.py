#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Importing a list of operations, beside the sqlite3 shell's own .import of the same rows.

Ours is `koinon import` into a new catalogue: rows are read, validated, turned into projects and
organisations, written with journal and history; views are not built. The peer is `.import` into one table
of text columns with one index (on the beneficiary), whichever is quicker for it: the index made before, or
after. Runs alternate; figures are medians. Opening is measured as what the process takes to show one
record, against the shell reading one row of its own file: start of the process included on both sides.
"""
import argparse
import json
import lzma
import os
import random
import shutil
import sys
import tempfile

from report import Run, finish, median, row

SOURCE = "esf_operations.tsv"
COLUMNS = ("country language file project_id project_name project_description beneficiary_name beneficiary_city "
           "beneficiary_nuts_region theme_name fund_acronym starting_date completion_date total_amount partners").split()
QUICK_ROWS = 20000


def unpacked(data, folder):
    """The list, unpacked once into build/bench/data; None where the data is missing."""
    packed = os.path.join(data, SOURCE + ".xz")
    plain = os.path.join(folder, "data", SOURCE)
    if os.path.exists(plain):
        return plain
    if not os.path.exists(packed):
        return None
    with lzma.open(packed) as source, open(plain + ".new", "wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    os.replace(plain + ".new", plain)
    return plain


def cut(source, folder, rows):
    path = os.path.join(folder, "data", f"{rows}-{SOURCE}")
    with open(source, "rb") as whole, open(path, "wb") as part:
        for _, line in zip(range(rows + 1), whole):
            part.write(line)
    return path


def invented(folder, rows):
    """Rows of the same shape, from a fixed seed, for machines without the data."""
    draw = random.Random(20261124)
    words = "training work youth care housing skills inclusion start mentor school village craft garden".split()
    path = os.path.join(folder, "data", "invented.tsv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("\t".join(COLUMNS) + "\r\n")
        for number in range(rows):
            cells = dict.fromkeys(COLUMNS, "")
            cells.update(country="AT", language="de", file="list.csv",
                         project_id=str(number) if number % 5 == 0 else "",
                         project_name=f"{draw.choice(words)} {draw.choice(words)} {number}",
                         project_description=" ".join(draw.choice(words) for _ in range(draw.randrange(40))),
                         beneficiary_name=f"Society for {draw.choice(words)} {draw.randrange(rows // 4)}",
                         fund_acronym="ESF", starting_date=f"{draw.randrange(1, 29):02}/03/2015",
                         total_amount=f"{draw.randrange(1, 999)}.{draw.randrange(1000):03},00")
            file.write("\t".join(cells.values()) + "\r\n")
    return path


class Koinon:
    name = "koinon"

    def __init__(self, build, folder):
        self.command = os.path.join(build, "bin", "koinon")
        self.path = os.path.join(folder, "ours.koinon")

    def run(self, *words):
        return Run([self.command, "--catalogue", self.path, *words])

    def load(self, source):
        for path in (self.path, self.path + "-wal", self.path + "-shm"):
            if os.path.exists(path):
                os.remove(path)
        shutil.rmtree(self.path + ".views", ignore_errors=True)
        return self.again(source)

    def again(self, source):
        run = self.run("import", source, "--json")
        run.report = json.loads(run.out)
        return run


class Sqlite:
    def __init__(self, folder, index_first):
        self.path = os.path.join(folder, f"peer-{index_first:d}.db")
        self.index_first = index_first

    def run(self, *commands):
        return Run(["sqlite3", "-batch", "-bail", self.path, *commands])

    def load(self, source):
        if os.path.exists(self.path):
            os.remove(self.path)
        table = "CREATE TABLE operations(" + ", ".join(f"{column} TEXT" for column in COLUMNS) + ");"
        index = "CREATE INDEX by_beneficiary ON operations(beneficiary_name);"
        # ascii mode takes every byte as it is, quotes included (and the \\r of CRLF with the last column).
        load = [".mode ascii", '.separator "\\t" "\\n"', f'.import --skip 1 "{source}" operations']
        return self.run(table, *([index] if self.index_first else []), *load, *([] if self.index_first else [index]))

    def rows(self):
        return int(self.run("SELECT count(*) FROM operations;").out)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()

    source = unpacked(options.data, options.out)
    if source is None:
        print(f"{SOURCE}.xz is not in {os.path.normpath(options.data)}: measuring {QUICK_ROWS:,} invented rows", file=sys.stderr)
        source = invented(options.out, QUICK_ROWS)
        data = f"{QUICK_ROWS:,} invented operations"
    elif options.quick:
        source = cut(source, options.out, QUICK_ROWS)
        data = f"the first {QUICK_ROWS:,} rows of {SOURCE}"
    else:
        data = SOURCE
    rounds = 3

    with tempfile.TemporaryDirectory(dir=options.out) as folder:
        ours = Koinon(options.build, folder)
        peers = (Sqlite(folder, True), Sqlite(folder, False))
        loads, peer_loads, again = [], ([], []), []
        for _ in range(rounds):
            loads.append(ours.load(source))
            for peer, runs in zip(peers, peer_loads):
                runs.append(peer.load(source))
        for _ in range(rounds):
            again.append(ours.again(source))
        report = loads[-1].report
        counted = peers[0].rows()
        if not report["read"] == counted == peers[1].rows() == report["stored"] + report["unchanged"] + report["quarantined"]:
            sys.exit(f"the rows do not add up: sqlite3 has {counted}, ours {report}")
        if any(run.report["stored"] for run in again):
            sys.exit(f"importing the same file twice changed something: {again[0].report}")

        # The id of the first change: read from the journal, which builds no view.
        record = json.loads(ours.run("follow", "--limit", "1", "--json").out)[0]["id"]
        opens, peer_opens = [], []
        for _ in range(5 * rounds):
            opens.append(ours.run("show", record, "--json").seconds)
            peer_opens.append(peers[0].run("SELECT * FROM operations WHERE rowid = 1000;").seconds)

        best = min(peer_loads, key=lambda runs: median([run.seconds for run in runs]))
        seconds = median([run.seconds for run in loads])
        peer_seconds = median([run.seconds for run in best])
        peak = max(run.peak_mib for run in loads)
        peer_peak = max(run.peak_mib for run in best)
        opening = 1000 * median(opens)
        rows = [
            row("import time", "s", seconds, {"sqlite3": peer_seconds}, limit="ratio 5", within=seconds <= 5 * peer_seconds,
                rows_read=report["read"], stored=report["stored"], quarantined=report["quarantined"]),
            row("import peak memory", "MiB", peak, {"sqlite3": peer_peak}, limit="300 MB",
                within=peak * 1.048576 < 300),
            row("open and show one record", "ms", opening, {"sqlite3": 1000 * median(peer_opens)}, limit="200 ms",
                within=opening < 200),
            row("the same file again, nothing changes", "s", median([run.seconds for run in again]), {"sqlite3": peer_seconds}),
            row("rows stored", "%", 100 * (report["stored"] + report["unchanged"]) / report["read"], {}, higher_is_better=True,
                limit="99 %", within=(report["stored"] + report["unchanged"]) / report["read"] > 0.99),
            row("size of the file", "MiB", os.path.getsize(ours.path) / 2**20, {"sqlite3": min(os.path.getsize(p.path) for p in peers) / 2**20}),
        ]
    command = "tests/bench/run.sh import" + (" --quick" if options.quick else "")
    finish(options.out, "import", data, rows, command)


if __name__ == "__main__":
    main()
