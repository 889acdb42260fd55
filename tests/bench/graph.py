#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The algorithms of the partnership graph, beside igraph (its C core), NetworKit, rustworkx and networkx.

Rows of Horizon 2020: organisations and projects; ties join organisations that share a project of at most 60, weighted
by strength (Newman). All figures are processor time of one thread, the least of some runs, so that what else runs on
the machine counts for little. Peers get the same arrays as lists or columns of their liking, made beforehand, and are
called from Python; how long igraph takes for a call that returns a number per member is said above the table.
Every answer is compared with ours before a table is printed, and a peer that differs ends the run.
"""
import argparse
import array
import csv
import datetime
import gzip
import os
import random
import subprocess
import sys
import tempfile

from report import Run, finish, row

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = {"igraph": "1.0.0", "networkit": "11.3", "rustworkx": "0.18.1", "networkx": "3.6.1"}
ALSO = {"numpy": "", "scipy": ""}
FILE = "h2020_participations_2014_2019.csv.gz"
ROUNDS = 10

# What is measured: our name of it, what it is called in the table, and how far a peer's answer may be from ours.
CASES = (
    ("first_answer", "ingest: from rows to components", "ms", 0),
    ("components", "components, loaded", "ms", 0),
    ("rows_to_ties", "projection from rows", "ms", 1e-9),
    ("edges", "graph from a list of weighted ties", "ms", 0),
    ("hops", "BFS from 64 members", "ms", 0),
    ("paths", "shortest path, 999 pairs", "ms", 0),
    ("closeness", "harmonic closeness of all, exact", "ms", 1e-9),
    ("pagerank", "PageRank to 1e-8", "ms", 1e-6),
    ("around4", "personalised PageRank of 1,000 members, error 1e-4 per unit of strength", "ms", 0),
    ("around6", "personalised PageRank of 1,000 members, error 1e-6 per unit of strength", "ms", 0),
    ("around10", "personalised PageRank of 1,000 members, peers to 1e-6 in all or better", "ms", 0),
    ("core", "core numbers", "ms", 0),
    ("betweenness", "exact betweenness of the {inner:,} innermost members", "ms", 1e-9),
    ("sampled", "betweenness of all to 0.01 with probability 0.9", "ms", 0),
    ("holes", "Burt's constraint of all", "ms", 1e-9),
    ("common", "common neighbours of a member with all, 1,000 members", "ms", 0),
)


def python_of_peers(out, quick):
    """The interpreter that has the peers, or None."""
    folder = os.path.join(out, "peers", "graph")
    python = os.path.join(folder, "bin", "python")
    stamp = os.path.join(folder, "stamp")
    wanted = [f"{name}=={version}" for name, version in PEERS.items()] + list(ALSO)
    if os.path.exists(stamp) and open(stamp, encoding="ascii").read() == " ".join(wanted):
        return python
    if quick:
        return None
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted], check=True)
    with open(stamp, "w", encoding="ascii") as file:
        file.write(" ".join(wanted))
    return python


def real_rows(path, projects):
    """(member, work, day) of the first projects of the file, members and works numbered as they come."""
    members, works, rows = {}, {}, []
    epoch = datetime.date(1970, 1, 1)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            work = works.setdefault(line["rcn"], len(works))
            if work >= projects:
                break
            day = (datetime.date.fromisoformat(line["start_date"]) - epoch).days
            rows.append((members.setdefault(line["pic"], len(members)), work, day))
    return len(members), 1 + max(row[1] for row in rows), rows


def made_up_rows(projects):
    """Projects of 1 to 30, a few members in many of them."""
    chance = random.Random(1)
    members = projects
    rows = []
    for work in range(projects):
        team = {int(members * chance.random() ** 3) for _ in range(1 + int(chance.expovariate(0.2)) % 30)}
        rows += [(member, work, 16000 + work % 2000) for member in sorted(team)]
    return members, projects, rows


def write_rows(path, members, works, rows):
    numbers = array.array("I", (members, works, len(rows)))
    for column in range(3):
        numbers.extend(line[column] for line in rows)
    with open(path, "wb") as file:
        file.write(numbers.tobytes())


def read_lines(text):
    """{"ms": {name: figure}, "of": {name: text}, ...} of what a driver printed."""
    found = {"ms": {}, "value": {}, "of": {}, "off": {}, "version": {}}
    for line in text.splitlines():
        kind, _, rest = line.partition(" ")
        name, _, figure = rest.partition(" ")
        if kind in found:
            found[kind][name] = figure if kind in ("of", "version") else float(figure)
    return found


def check(peer, found):
    for name, _, _, allowed in CASES:
        if found["off"].get(name, 0) > allowed:
            sys.exit(f"{peer} differs from ours in {name} by {found['off'][name]}")
    if found["off"].get("sampled_within", 0) > 0.01:
        sys.exit(f"sampled betweenness is off by {found['off']['sampled_within']}")
    for rounds in (1, ROUNDS):
        told = found["value"].get(f"ours_leiden{rounds}")
        if told is not None and abs(told - found["value"]["leiden_ours"][rounds]) > 1e-9:
            sys.exit(f"{peer} finds another modularity of our communities: {told}")


def leiden_rows(ours, peers):
    """Of each run of a peer, our least number of rounds that comes to its modularity."""
    rows = []
    for peer, found in peers.items():
        for name, reached in found["value"].items():
            if not name.startswith("leiden_"):
                continue
            for rounds in range(1, ROUNDS + 1):
                if ours["value"][f"leiden{rounds}"] >= reached:
                    break
            figure = ours["value"][f"leiden{rounds}"]
            case = (f"Leiden, to the modularity of {peer}'s {name.removeprefix('leiden_')} rounds "
                    f"({reached:.4f}; ours {figure:.4f} in {rounds})")
            rows.append(row(case, "ms", ours["ms"][f"leiden{rounds}"], {peer: found["ms"][name]},
                            limit="as good", within=figure >= reached))
    return rows


def table(ours, peers, inner):
    rows = []
    for name, case, unit, _ in CASES:
        theirs = {}
        parts = []
        for peer, found in peers.items():
            if name not in found["ms"]:
                continue
            theirs[peer] = found["ms"][name]
            if name in found["of"]:
                parts.append(f"{peer}: of {found['of'][name]}, scaled")
        label = case.format(inner=inner) + (f" ({'; '.join(parts)})" if parts else "")
        rows.append(row(label, unit, ours["ms"][name], theirs))
    rows += leiden_rows(ours, peers)
    grown = {peer: found["value"]["mib"] for peer, found in peers.items() if found["value"]["mib"] > 0}
    rows.append(row("memory of the ties", "MiB", ours["value"]["mib_ties"], grown))
    rows.append(row("memory of the affiliations, which all but core numbers, betweenness and Leiden run on", "MiB",
                    ours["value"]["mib_affiliations"], grown))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", help="these peers alone, with commas; '' for none")
    parser.add_argument("--ours", help="another driver in place of ours")
    options = parser.parse_args()
    driver = options.ours or os.path.join(options.build, "bin", "koinon_bench_graph")
    if not os.path.exists(driver):
        sys.exit(f"there is no {driver}: our driver is built with KOINON_BENCH")

    path = os.path.join(options.data, FILE)
    projects = 6_000 if options.quick else 10**9
    if os.path.exists(path):
        members, works, rows = real_rows(path, projects)
        data = f"Horizon 2020 participations ({FILE})"
    else:
        print(f"no {FILE} in {options.data}: made-up rows", file=sys.stderr)
        members, works, rows = made_up_rows(min(projects, 25_000))
        data = "made-up rows"
    inner = 1_000 if options.quick else 5_000
    names = list(PEERS) if options.peers is None else [name for name in options.peers.split(",") if name]
    python = python_of_peers(options.out, options.quick)
    with tempfile.TemporaryDirectory(dir=options.out) as folder:
        file = os.path.join(folder, "rows")
        write_rows(file, members, works, rows)
        ours = read_lines(Run([driver, file, folder, "3" if options.quick else "5", str(inner)]).out)
        peers = {}
        for name in names if python else ():
            command = [python, os.path.join(HERE, "graph_peers.py"), name, file, folder,
                       "quick" if options.quick else "whole"]
            environment = {**os.environ, "RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            found = read_lines(Run(command, env=environment).out)
            found["value"]["leiden_ours"] = {r: ours["value"][f"leiden{r}"] for r in (1, ROUNDS)}
            check(name, found)
            del found["value"]["leiden_ours"]
            peers[name] = found
    versions = ", ".join(f"{name} {found['version'][name]}" for name, found in peers.items()) or "no peers"
    data += (f": {len(rows):,} rows, {members:,} members, {works:,} works, {int(ours['value']['ties']):,} ties; "
             f"our personalised PageRank is off by at most {ours['value']['around_bound6']:.2g} in all at 1e-6 and by "
             f"{ours['value']['around_bound10']:.2g} beside peers to 1e-6 in all; "
             f"processor time of one thread; {versions}")
    if "igraph" in peers:
        data += f", which takes {peers['igraph']['ms']['overhead']:.2g} ms to return a number per member to Python"
    command = "tests/bench/run.sh graph" + (" --quick" if options.quick else "")
    finish(options.out, "graph", data, table(ours, peers, inner), command)


if __name__ == "__main__":
    main()
