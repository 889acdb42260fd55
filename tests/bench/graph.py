#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The algorithms of the partnership graph, beside igraph (its C core), NetworKit, rustworkx and networkx.

Rows of Horizon 2020: organisations and projects; ties join organisations that share a project of at most 60, weighted
by strength (Newman). All figures are processor time of one thread, the least of some runs, so that what else runs on
the machine counts for little. Peers get the same arrays as lists or columns of their liking, made beforehand, and are
called from Python; how long igraph takes for a call that returns a number per member is said above the table.
Every answer is compared with ours before a table is printed, and a peer that differs ends the run.

With --scale N a network of N times the size is grown first, of the shape of Horizon 2020 (graph_grow.cpp says how);
what its shape is stands above the table beside the real one. A peer has --limit seconds for a case, and ten times
that for all, and 12 GiB of memory: where it does not come to an end the table says so. Ours asks around members one by
one for as long as a case has, and is scaled where not all had their turn. At scale 10 and in the quick run, the time
from a write to the next answer through the whole engine is in the table too.
"""
import argparse
import array
import csv
import datetime
import gzip
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

from report import Run, finish, row

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = {"igraph": "1.0.0", "networkit": "11.3", "rustworkx": "0.18.1", "networkx": "3.6.1"}
ALSO = {"numpy": "", "scipy": ""}
FILE = "h2020_participations_2014_2019.csv.gz"
ROUNDS = 10
LEIDEN = {"igraph": (2, 10), "networkit": (3, 10)}  # the rounds that a peer is run for
MEMORY = 12 * 2**30  # bytes, of a peer

# What graph_grow tells of a shape, and what the table calls it.
SHAPE = (
    ("members", "organisations"), ("works", "projects"), ("rows", "participations"),
    ("participations_ones", "organisations in one project alone"), ("participations_p90", "projects of one, 90th percentile"),
    ("participations_p99", "projects of one, 99th percentile"), ("participations_most", "projects of one, most"),
    ("second_moment", "projects of who is in a random participation"),
    ("sizes_ones", "projects of one organisation alone"), ("sizes_p90", "size of a project, 90th percentile"),
    ("sizes_p99", "size of a project, 99th percentile"), ("sizes_most", "size of a project, most"),
    ("late_newcomers", "newcomers among the participations of the last fifth"), ("ties", "ties"),
    ("met_again", "meetings of two who have met before (fitted)"), ("partners_mean", "partners, mean"),
    ("partners_median", "partners, median"), ("partners_p90", "partners, 90th percentile"),
    ("partners_p99", "partners, 99th percentile"), ("partners_most", "partners, most"), ("clustering", "clustering, mean"),
    ("assortativity", "assortativity by partners"), ("within_countries", "ties within a country"),
    ("largest_component", "organisations in the largest component"), ("core_median", "core number, median"),
    ("core_p99", "core number, 99th percentile"), ("core_most", "core number, most"),
)

# Questions after a write: our name of it, and what it is called.
WRITES = (
    ("partners_page", "partners of one, 20 with 5 records each"), ("partners", "partners of one, all"),
    ("path_within", "path between two of the record"), ("path", "path to any organisation"),
    ("around", "ego network, 1 hop, 500 at most"), ("around_two_hops", "ego network, 2 hops, 500 at most"),
    ("common", "common partners of two, with records"), ("nearby", "personalised PageRank, error 2e-4 per record"),
)

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
    """(member, work, day) of the first projects of the file, and countries of the members, all numbered as they come."""
    members, works, rows, countries, codes = {}, {}, [], [], {}
    epoch = datetime.date(1970, 1, 1)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            work = works.setdefault(line["rcn"], len(works))
            if work >= projects:
                break
            day = (datetime.date.fromisoformat(line["start_date"]) - epoch).days
            member = members.setdefault(line["pic"], len(members))
            if member == len(countries):
                countries.append(codes.setdefault(line["country"], len(codes)))
            rows.append((member, work, day))
    return len(members), 1 + max(row[1] for row in rows), rows, countries


def made_up_rows(projects):
    """Projects of 1 to 30, a few members in many of them."""
    chance = random.Random(1)
    members = projects
    rows = []
    for work in range(projects):
        team = {int(members * chance.random() ** 3) for _ in range(1 + int(chance.expovariate(0.2)) % 30)}
        rows += [(member, work, 16000 + work % 2000) for member in sorted(team)]
    return members, projects, rows, [member % 27 for member in range(members)]


def write_rows(path, members, works, rows, countries):
    numbers = array.array("I", (members, works, len(rows)))
    for column in range(3):
        numbers.extend(line[column] for line in rows)
    numbers.extend(countries)
    with open(path, "wb") as file:
        file.write(numbers.tobytes())


def shape_of(driver, file):
    return read_lines(Run([driver, "shape", file]).out)["shape"]


def figure(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def print_shape(real, grown, about):
    print(f"Shape: {about}\n\n| | real | grown |\n|---|---:|---:|")
    for name, label in SHAPE:
        print(f"| {label} | {figure(real[name])} | {figure(grown[name])} |")
    print()


def watched(command, environment, limit, end):
    """What a peer printed, the case that it was in at the end, and why it came to none; None where it did."""
    with tempfile.TemporaryFile() as complaints:
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints,
                              env=environment, start_new_session=True,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))) as process:
            os.set_blocking(process.stdout.fileno(), False)
            case, why, begun, text = "load", None, time.monotonic(), b""
            while process.poll() is None and why is None:
                time.sleep(0.05)
                text += process.stdout.read() or b""
                cases = [line[5:].decode() for line in text.split(b"\n")[:-1] if line.startswith(b"case ")]
                if cases and cases[-1] != case:
                    case, begun = cases[-1], time.monotonic()
                if time.monotonic() > end:
                    why = "not within the time for all"
                elif case != "load" and time.monotonic() - begun > limit:
                    why = f"> {limit:g} s"
            if why is not None:
                os.killpg(process.pid, signal.SIGKILL)
            os.set_blocking(process.stdout.fileno(), True)
            text += process.stdout.read() or b""
        complaints.seek(0)
        complaint = complaints.read().decode("utf-8", "replace")
    if why is None and process.returncode != 0:
        if process.returncode != -signal.SIGKILL and "memory" not in complaint.lower() and "bad_alloc" not in complaint:
            sys.exit(f"{' '.join(command)}: status {process.returncode}\n{complaint[-2000:]}")
        why = "out of memory"
    return text.decode("utf-8", "replace"), case, why


def run_peer(command, environment, limit):
    """What a peer printed; "over" says what it did not come to the end of. It is run again without that."""
    printed, over, skipped = "", {}, []
    end = time.monotonic() + 10 * limit
    while True:
        text, case, why = watched(command + [",".join(skipped)], environment, limit, end)
        printed += text
        if why is None:
            break
        done = {line.split()[1] for line in printed.splitlines() if line.startswith("ms ")}
        over[case] = why
        if case == "load" or time.monotonic() > end:
            over.update({name: why for name, *_ in CASES if name not in done and name not in over})
            break
        skipped = sorted(done | set(over))
    found = read_lines(printed)
    found["over"] = over
    return found


def read_lines(text):
    """{"ms": {name: figure}, "of": {name: text}, ...} of what a driver printed."""
    found = {"ms": {}, "value": {}, "of": {}, "off": {}, "version": {}, "shape": {}, "over": {}}
    for line in text.splitlines():
        kind, _, rest = line.partition(" ")
        name, _, figure = rest.partition(" ")
        if kind in found:
            found[kind][name] = figure if kind in ("of", "version") else float(figure)
    return found


def check(peer, found, unknown):
    for name, _, _, allowed in CASES:
        if name not in unknown and found["off"].get(name, 0) > allowed:
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
    for peer, found in peers.items():
        for name in (f"leiden_{rounds}" for rounds in LEIDEN.get(peer, ())):
            if name not in found["value"] and found["over"]:
                why = found["over"].get(name, "not within the time for all")
                case = f"Leiden, {name.removeprefix('leiden_')} rounds of {peer} (ours: {ROUNDS} rounds)"
                rows.append(row(case, "ms", ours["ms"][f"leiden{ROUNDS}"], {peer: why}))
    return rows


def table(ours, peers, inner, offered):
    rows = []
    for name, case, unit, _ in CASES:
        theirs = {}
        parts = [f"ours: of {ours['of'][name]}, scaled"] if name in ours["of"] else []
        for peer, found in peers.items():
            if name in found["ms"]:
                theirs[peer] = found["ms"][name]
            elif name in found["over"] and name in offered[peer]:
                theirs[peer] = found["over"][name]
            if name in found["of"] and name in found["ms"]:
                parts.append(f"{peer}: of {found['of'][name]}, scaled")
        label = case.format(inner=inner) + (f" ({'; '.join(parts)})" if parts else "")
        own = f"> {ours['over'][name]:g} s" if name in ours["over"] else ours["ms"][name]
        rows.append(row(label, unit, own, theirs))
    rows += leiden_rows(ours, peers)
    grown = {peer: found["value"]["mib"] for peer, found in peers.items() if found["value"].get("mib", 0) > 0}
    rows.append(row("memory of the ties", "MiB", ours["value"]["mib_ties"], grown))
    rows.append(row("memory of the affiliations, which all but core numbers, betweenness and Leiden run on", "MiB",
                    ours["value"]["mib_affiliations"], grown))
    return rows


def offered_cases():
    """The cases that each peer has, by the text of its half."""
    with open(os.path.join(HERE, "graph_peers.py"), encoding="utf-8") as file:
        text = file.read()
    parts = {name: text.split(f"\ndef {name}(peer):")[1].split("\ndef ")[0] for name in PEERS}
    found = {}
    for peer, part in parts.items():
        found[peer] = {name for name, *_ in CASES
                       if f'timed("{name}"' in part or (name.startswith("around") and 'timed(f"around' in part
                                                        and name != "around10")}
    return found


def write_rows_of(found):
    """From a write to the next answer; the most of some hundred is the limit's."""
    rows = []
    for name, case in WRITES:
        figures = {what: found["value"][f"{name}_{what}"] for what in ("p50", "max", "asked_cpu_max")}
        rows.append(row(f"a write and the next answer, {case}: p50", "ms", figures["p50"], {}))
        rows.append(row(f"a write and the next answer, {case}: most", "ms", figures["max"], {}, limit="10 ms",
                        within=figures["max"] < 10))
        rows.append(row(f"that answer alone, {case}: most, processor time", "ms", figures["asked_cpu_max"], {}))
    for what in ("p50", "max"):
        rows.append(row(f"the write alone: {what}", "ms", found["value"][f"put_{what}"], {}))
        rows.append(row(f"the write alone: {what}, processor time", "ms", found["value"][f"put_cpu_{what}"], {}))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", help="these peers alone, with commas; '' for none")
    parser.add_argument("--ours", help="another driver in place of ours")
    parser.add_argument("--scale", type=int, default=1, help="so many times the size, grown")
    parser.add_argument("--limit", type=float, default=300, help="seconds of a peer for a case")
    parser.add_argument("--seed", type=int, default=1, help="of what is grown")
    options = parser.parse_args()
    driver = options.ours or os.path.join(options.build, "bin", "koinon_bench_graph")
    grower = os.path.join(options.build, "bin", "koinon_bench_graph_grow")
    writer = os.path.join(options.build, "bin", "koinon_bench_graph_writes")
    for each in (driver, grower, writer):
        if not os.path.exists(each):
            sys.exit(f"there is no {each}: our driver is built with KOINON_BENCH")

    path = os.path.join(options.data, FILE)
    projects = 6_000 if options.quick else 10**9
    if os.path.exists(path):
        members, works, rows, countries = real_rows(path, projects)
        data = f"Horizon 2020 participations ({FILE})"
    else:
        print(f"no {FILE} in {options.data}: made-up rows", file=sys.stderr)
        members, works, rows, countries = made_up_rows(min(projects, 25_000))
        data = "made-up rows"
    inner = 1_000 if options.quick else 5_000
    names = list(PEERS) if options.peers is None else [name for name in options.peers.split(",") if name]
    python = python_of_peers(options.out, options.quick)
    count = len(rows)
    with tempfile.TemporaryDirectory(dir=options.out) as folder:
        file = os.path.join(folder, "rows")
        write_rows(file, members, works, rows, countries)
        del rows
        if options.scale > 1:
            grown = os.path.join(folder, "grown")
            made = read_lines(Run([grower, "grow", file, str(options.scale), str(options.seed), grown]).out)["shape"]
            real, shape = shape_of(grower, file), shape_of(grower, grown)
            print_shape(real, shape, f"{data}, and a network grown to {options.scale} times the size; again "
                        f"{made['again']:.3f}, exponent of the tail {made['tail_exponent']:.2f}, seed {options.seed}")
            file = grown
            members, works, count = (int(shape[name]) for name in ("members", "works", "rows"))
            data = f"grown to {options.scale} times the size of the {data}"
        repeats = "3" if options.quick or options.scale > 1 else "5"
        ours = read_lines(Run([driver, file, folder, repeats, str(inner), f"{options.limit:g}"]).out)
        peers = {}
        for name in names if python else ():
            command = [python, os.path.join(HERE, "graph_peers.py"), name, file, folder,
                       "quick" if options.quick else "whole"]
            environment = {**os.environ, "RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            found = run_peer(command, environment, options.limit)
            found["value"]["leiden_ours"] = {r: ours["value"][f"leiden{r}"] for r in (1, ROUNDS)}
            check(name, found, ours["over"])
            del found["value"]["leiden_ours"]
            peers[name] = found
        listed = table(ours, peers, inner, offered_cases())
        if options.quick or options.scale == 10:
            catalogue = os.path.join(folder, "catalogue.koinon")
            written = read_lines(Run([writer, file, catalogue, "20" if options.quick else "200"]).out)
            listed += write_rows_of(written)
    versions = ", ".join(f"{name} {found['version'].get(name, PEERS[name])}" for name, found in peers.items()) or "no peers"
    data += (f": {count:,} rows, {members:,} members, {works:,} works, {int(ours['value']['ties']):,} ties; "
             f"our personalised PageRank is off by at most {ours['value']['around_bound6']:.2g} in all at 1e-6 and by "
             f"{ours['value']['around_bound10']:.2g} beside peers to 1e-6 in all; "
             f"processor time of one thread; {versions}")
    if options.scale > 1:
        data += f"; a peer has {options.limit:g} s of wall time for a case, ten times that in all, and 12 GiB"
    if "igraph" in peers and "overhead" in peers["igraph"]["ms"]:
        data += f", which takes {peers['igraph']['ms']['overhead']:.2g} ms to return a number per member to Python"
    command = "tests/bench/run.sh graph" + (" --quick" if options.quick else "")
    command += f" --scale {options.scale}" if options.scale > 1 else ""
    finish(options.out, "graph" if options.scale == 1 else f"graph-{options.scale}", data, listed, command)


if __name__ == "__main__":
    main()
