# SPDX-License-Identifier: Apache-2.0
"""What every benchmark shares: runs in turn with time and peak memory, the table, the JSON file."""
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time


class Run:
    """One finished process: seconds, peak_mib (of it alone), out."""

    def __init__(self, command, **options):
        # Not pipes: a process that waits for its reader would be timed for it.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            started = time.perf_counter()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, **options)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            self.peak_mib = usage.ru_maxrss / 1024
            out.seek(0)
            err.seek(0)
            self.out = out.read().decode("utf-8", "replace")
            self.err = err.read().decode("utf-8", "replace")
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}: status {process.returncode}\n{self.out[-2000:]}\n{self.err[-2000:]}")


def median(values):
    return statistics.median(values)


def row(case, unit, ours, peers, higher_is_better=False, **more):
    """A case; ratio below 1 says that we lead. peers: name to figure, or empty where there is none. A text in the place
    of a figure says why there is none."""
    best = None
    ratio = None
    measured = {name: value for name, value in peers.items() if not isinstance(value, str)}
    if measured and not isinstance(ours, str):
        best = (max if higher_is_better else min)(measured, key=measured.get)
        ratio = measured[best] / ours if higher_is_better else ours / measured[best]
    return {"case": case, "unit": unit, "higher_is_better": higher_is_better, "ours": rounded(ours),
            "peers": {name: rounded(value) for name, value in peers.items()}, "best_peer": best,
            "ratio": None if ratio is None else round(ratio, 4), **more}


def rounded(figure):
    return figure if isinstance(figure, str) else round(figure, 4)


def cell(figure):
    return figure if isinstance(figure, str) else f"{figure:,.4g}"


def commit():
    found = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or "no commit"


def finish(folder, name, data, rows, command):
    machine = f"{platform.machine()}, {os.cpu_count()} processors"
    result = {"name": name, "data": data, "date": time.strftime("%Y-%m-%d"), "commit": commit(),
              "machine": machine, "command": command, "rows": rows}
    path = os.path.join(folder, name + ".json")
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(result, file, ensure_ascii=False, indent=1)
        file.write("\n")
    os.replace(path + ".new", path)
    peers = []
    for entry in rows:
        peers += [peer for peer in entry["peers"] if peer not in peers]
    print(f"{data}. {result['date']}, {result['commit']}, {machine}: `{command}`\n")
    print("| case | unit | ours | " + "".join(f"{peer} | " for peer in peers) + "ours / best peer | limit |")
    print("|---|---|---:|" + "---:|" * len(peers) + "---:|---|")
    for entry in rows:
        cells = [cell(entry["peers"][peer]) if peer in entry["peers"] else "–" for peer in peers]
        ratio = "–" if entry["ratio"] is None else f"{entry['ratio']:.2f}"
        limit = entry.get("limit", "")
        if limit:
            limit += ": reached" if entry["within"] else ": NOT reached"
        print(f"| {entry['case']} | {entry['unit']} | {cell(entry['ours'])} | " + "".join(f"{c} | " for c in cells)
              + f"{ratio} | {limit} |")
    print(f"\n{os.path.relpath(path)}")
