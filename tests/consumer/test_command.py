# SPDX-License-Identifier: Apache-2.0
"""The koinon command from the outside: what it answers, how it ends, and that nothing gets lost.

KOINON_COMMAND names the binary."""
import json
import os
import pathlib
import re
import resource
import signal
import sqlite3
import subprocess
import threading
import time

import pytest

COMMAND = os.environ["KOINON_COMMAND"]
DONE, FAILED, USAGE, IN_QUARANTINE = 0, 1, 2, 3


class Koinon:
    """A catalogue of its own, and the command that works on it."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "test.koinon"

    def run(self, *words, expect=DONE, stdin=b"", env=None, **options):
        finished = subprocess.run([COMMAND, "--catalogue", str(self.path), *map(str, words)], input=stdin,
                                  capture_output=True, timeout=120, env=env, check=False, **options)
        assert finished.returncode == expect, (finished.returncode, finished.stdout[-2000:], finished.stderr[-2000:])
        return finished

    def json(self, *words, expect=DONE, **options):
        return json.loads(self.run(*words, "--json", expect=expect, **options).stdout)

    def has_something(self):
        finished = subprocess.run([COMMAND, "--catalogue", str(self.path), "stats", "--json"], capture_output=True, check=False)
        return finished.returncode == DONE and json.loads(finished.stdout)["change"] > 0

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


@pytest.fixture
def koinon(tmp_path):
    return Koinon(tmp_path)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample, imported once; the tests that use it only read."""
    made = Koinon(tmp_path_factory.mktemp("sample"))
    made.report = made.json("import", "--sample")
    return made


def line(identifier, name, kind="organisation", **more):
    record = {"names": [{"language": "en", "text": name}], **more}
    return json.dumps({"id": identifier, "kind": kind, "record": record}, separators=(",", ":")) + "\n"


def adds_up(report):
    return report["read"] == report["stored"] + report["unchanged"] + report["quarantined"]


# -- Ways to say it wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("dance",), ("import",), ("show",), ("search", "--limit", "many"), ("stats", "extra"),
                                   ("search", "--filter", "colour=red"), ("import", "x", "--colour", "red")])
def test_wrong_use_is_two(koinon, words):
    assert koinon.run(*words, expect=USAGE).stderr
    assert not koinon.path.exists()


def test_without_a_catalogue_is_wrong_use():
    env = {key: value for key, value in os.environ.items() if key != "KOINON_CATALOGUE"}
    finished = subprocess.run([COMMAND, "stats"], env=env, capture_output=True, check=False)
    assert finished.returncode == USAGE
    assert b"--catalogue" in finished.stderr


def test_help_and_version():
    for words in (["help"], ["--help"], ["version"], ["import", "--help"], ["help", "search"]):
        finished = subprocess.run([COMMAND, *words], capture_output=True, check=False)
        assert finished.returncode == DONE and finished.stdout


def test_the_variable_names_the_catalogue(koinon):
    source = koinon.file("rows.jsonl", line("org-a", "House"))
    env = {**os.environ, "KOINON_CATALOGUE": str(koinon.path)}
    for words in (["import", str(source)], ["show", "org-a"]):
        assert subprocess.run([COMMAND, *words], env=env, capture_output=True, check=False).returncode == DONE


@pytest.mark.parametrize("words", [("stats",), ("search", "x"), ("show", "org-a"), ("check",), ("export",)])
def test_a_question_does_not_make_a_catalogue(koinon, words):
    assert b"no catalogue" in koinon.run(*words, expect=FAILED).stderr
    assert not koinon.path.exists()


# -- Files that cannot be read ------------------------------------------------------------------------


def test_what_is_no_file_is_told(koinon):
    koinon.run("import", koinon.folder / "missing.csv", expect=FAILED)
    koinon.run("import", koinon.folder, expect=FAILED)
    rows = koinon.file("rows.jsonl", line("org-a", "House"))
    koinon.run("import", "--format", "papyrus", rows, expect=FAILED)
    koinon.run("import", koinon.file("noise.bin", bytes(range(256)) * 40), expect=FAILED)


def test_an_empty_file_is_answered(koinon):
    finished = subprocess.run([COMMAND, "--catalogue", str(koinon.path), "import", str(koinon.file("empty", b"")), "--json"],
                              capture_output=True, check=False)
    assert finished.returncode in (DONE, FAILED)
    assert finished.stdout


@pytest.mark.parametrize("content", [b"not a database, but long enough to be looked at\n" * 100, b"\0" * 4096, b"x"])
def test_a_file_that_is_not_ours_stays_as_it_is(koinon, content):
    koinon.path.write_bytes(content)
    koinon.run("stats", expect=FAILED)
    koinon.run("import", koinon.file("rows.jsonl", line("org-a", "House")), expect=FAILED)
    assert koinon.path.read_bytes() == content


def test_a_database_of_somebody_else_stays_as_it_is(koinon):
    with sqlite3.connect(koinon.path) as other:
        other.execute("CREATE TABLE theirs(x)")
    other.close()
    before = koinon.path.read_bytes()
    koinon.run("import", koinon.file("rows.jsonl", line("org-a", "House")), expect=FAILED)
    assert koinon.path.read_bytes() == before


def test_a_truncated_catalogue_is_refused_and_left(koinon):
    koinon.run("import", koinon.file("rows.jsonl", "".join(line(f"org-{i}", f"House {i}") for i in range(2000))))
    whole = koinon.path.read_bytes()
    koinon.path.write_bytes(whole[: len(whole) // 2])
    koinon.run("import", koinon.file("more.jsonl", line("org-x", "More")), expect=FAILED)
    assert koinon.path.read_bytes() == whole[: len(whole) // 2]


# -- Import -------------------------------------------------------------------------------------------


def test_the_sample_is_stored_whole(sample):
    assert adds_up(sample.report) and sample.report["quarantined"] == 0 and sample.report["stored"] > 100
    again = sample.json("import", "--sample")
    assert again["stored"] == 0 and again["unchanged"] == again["read"] == sample.report["read"]
    assert sample.json("check")["findings"] == []


def test_bad_rows_go_to_quarantine_and_come_back_mended(koinon):
    bad = line("org-b", "House", kind="unicorn").encode()
    rows = koinon.file("rows.jsonl", line("org-a", "House").encode() + bad + b'{"half":\n' + line("org-c", "Home").encode())
    report = koinon.json("import", rows)
    assert adds_up(report) and report["read"] == 4 and report["stored"] == 2 and report["quarantined"] == 2
    assert sum(reason["rows"] for reason in report["reasons"]) >= 2
    assert all(reason["code"] and reason["message"] for reason in report["reasons"])

    kept = koinon.json("quarantine", "list")
    assert [row["line"] for row in kept] == [2, 3]
    assert kept[0]["text"].encode().strip() == bad.strip()
    assert b"unicorn" in koinon.run("quarantine", "show", kept[0]["id"]).stdout

    koinon.run("quarantine", "retry", kept[0]["id"], expect=FAILED)
    koinon.run("quarantine", "retry", kept[0]["id"], "--mended", "-", stdin=line("org-b", "Mended").encode())
    assert b"Mended" in koinon.run("show", "org-b").stdout
    koinon.run("quarantine", "discard", kept[1]["id"])
    assert koinon.json("quarantine", "list") == []


def test_strict_tells_of_quarantine(koinon):
    rows = koinon.file("rows.jsonl", line("org-a", "House") + "nonsense\n")
    koinon.run("import", "--format", "koinon", rows)
    koinon.run("import", "--format", "koinon", "--strict", koinon.file("more.jsonl", "nonsense too\n"), expect=IN_QUARANTINE)


def test_one_failing_file_does_not_hide_the_others(koinon):
    good = koinon.file("good.jsonl", line("org-a", "House"))
    report = koinon.json("import", koinon.folder / "missing.jsonl", good, expect=FAILED)
    assert report["stored"] == 1 and len(report["files"]) == 2


def test_the_same_id_twice_is_answered(koinon):
    report = koinon.json("import", koinon.file("rows.jsonl", line("org-a", "First") + line("org-a", "Second")))
    assert adds_up(report) and report["read"] == 2
    assert koinon.json("check")["findings"] == []


def test_nesting_without_end(koinon):
    deep = b'{"id":"org-a","kind":"organisation","record":' + b'{"names":' * 100_000 + b"\n"
    report = koinon.json("import", "--format", "koinon", koinon.file("deep.jsonl", deep + line("org-b", "House").encode()))
    assert adds_up(report) and report["quarantined"] == 1 and report["stored"] == 1


def test_a_line_without_end_costs_no_memory(koinon):
    megabytes = 256
    fifo = koinon.folder / "endless.jsonl"
    os.mkfifo(fifo)

    def feed():
        try:
            with open(fifo, "wb") as stream:
                stream.write(line("org-a", "Before").encode() + b'{"id":"org-x","kind":"organisation","record":{"names":"')
                for _ in range(megabytes):
                    stream.write(b"x" * (1 << 20))
                stream.write(b'"}}\n' + line("org-b", "After").encode())
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    process = subprocess.Popen([COMMAND, "--catalogue", str(koinon.path), "import", "--format", "koinon", str(fifo), "--json"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    feeder.join(timeout=10)
    assert process.returncode == DONE, out
    report = json.loads(out)
    assert adds_up(report) and report["quarantined"] == 1 and report["stored"] == 2
    assert usage.ru_maxrss < 200 * 1024
    kept = koinon.json("quarantine", "list")[0]
    assert kept["size"] > megabytes << 20
    assert koinon.path.stat().st_size < 16 << 20


def test_a_full_disk_loses_nothing(koinon):
    koinon.run("import", koinon.file("first.jsonl", "".join(line(f"org-{i}", f"House {i}") for i in range(500))))
    before = koinon.json("stats")["change"]
    more = koinon.file("more.jsonl", "".join(line(f"new-{i}", f"Home {i} " + "x" * 500) for i in range(20000)))
    limit = koinon.path.stat().st_size + (1 << 20)

    def full():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    # SIG_IGN survives exec: a write past the limit fails with EFBIG, as one on a full disk does with ENOSPC.
    koinon.run("import", more, expect=FAILED, preexec_fn=full)
    assert koinon.json("check")["findings"] == []
    assert koinon.json("stats")["change"] >= before
    assert koinon.json("import", more)["quarantined"] == 0


def test_a_second_writer_is_told_busy(koinon):
    rows = koinon.file("rows.jsonl", line("org-a", "House"))
    koinon.run("import", rows)
    other = sqlite3.connect(koinon.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    failure = koinon.json("import", koinon.file("more.jsonl", line("org-b", "Home")), expect=FAILED)
    assert 1 < time.monotonic() - started < 60
    assert "BUSY" in json.dumps(failure)
    other.execute("ROLLBACK")
    other.close()
    koinon.run("import", koinon.folder / "more.jsonl")


def test_interrupting_says_where_to_go_on(koinon):
    rows = koinon.file("rows.jsonl", "".join(line(f"org-{i}", f"House {i}") for i in range(200_000)))
    process = subprocess.Popen([COMMAND, "--catalogue", str(koinon.path), "import", str(rows)], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    while not koinon.has_something():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    if process.returncode == DONE:
        pytest.skip("the import was quicker than the interrupt")
    assert process.returncode == FAILED
    told = int(re.search(rb"--from (\d+)", err).group(1))
    stored = koinon.json("stats")["kinds"]["organisation"]
    assert 0 < stored == told < 200_000
    report = koinon.json("import", "--from", told, rows)
    assert report["stored"] + stored == 200_000


# -- Questions ----------------------------------------------------------------------------------------


def test_search_counts_facets_over_everything(sample):
    found = sample.json("search", "--limit", "1", "--facet", "kind")
    kinds = {value["code"]: value["count"] for value in found["facets"][0]["values"]}
    assert found["total"] == sum(kinds.values())
    cases = sample.json("search", "--filter", "kind=case-study", "--limit", "1000")
    assert cases["total"] == kinds["case-study"] == len(cases["hits"])


def test_any_question_is_answered(sample):
    for question in ('"', '+', '-', '"" +-"', "a" * 100_000, "\u202e", "NEAR(", "title:", "* OR *", "'; DROP TABLE"):
        json.loads(sample.run("search", "--json", "--", question).stdout)


def test_partners_share_their_works_both_ways(sample):
    some = sample.json("search", "--filter", "kind=organisation", "--limit", "1000")["hits"]
    looked_at = 0
    for hit in some:
        answer = sample.json("partners", hit["id"], "--works", "100")
        for partner in answer["partners"][:2]:
            back = sample.json("partners", partner["id"], "--limit", "1000", "--works", "100")
            mirrored = [other for other in back["partners"] if other["id"] == hit["id"]]
            assert len(mirrored) == 1 and mirrored[0]["shared"] == partner["shared"]
            assert abs(mirrored[0]["strength"] - partner["strength"]) < 1e-9
            looked_at += 1
        if looked_at >= 10:
            return
    assert looked_at, "no organisation of the sample has a partner"


# -- Everything back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("history", [False, True])
def test_export_and_import_give_the_same_bytes(koinon, history):
    koinon.run("import", "--sample")
    koinon.run("import", koinon.file("rows.jsonl", line("org-a", "House") + line("org-b", "Home")))
    koinon.run("import", koinon.file("edition.jsonl", line("org-a", "House, renamed")))
    koinon.run("remove", "org-b")
    options = ["--history"] if history else []
    first = koinon.folder / "first.jsonl"
    koinon.run("export", *options, first)
    copy = Koinon(koinon.folder / "copy")
    copy.folder.mkdir()
    report = copy.json("import", first)
    assert adds_up(report) and report["quarantined"] == 0
    second = koinon.folder / "second.jsonl"
    copy.run("export", *options, second)
    assert first.read_bytes() == second.read_bytes()
    assert copy.run("export", *options, "-").stdout == first.read_bytes()


def test_erasing_leaves_no_trace(koinon):
    koinon.run("import", koinon.file("rows.jsonl", line("org-a", "Unforgettable words") + line("org-b", "House")))
    koinon.run("import", koinon.file("edition.jsonl", line("org-a", "Unforgettable other words")))
    koinon.run("erase", "org-a", "--yes")
    koinon.run("show", "org-a", expect=FAILED)
    assert koinon.json("search", "Unforgettable")["total"] == 0
    assert b"Unforgettable" not in koinon.run("export", "--history").stdout
    for path in koinon.path.parent.rglob(koinon.path.name + "*"):
        if path.is_file():
            assert b"Unforgettable" not in path.read_bytes(), path
    assert koinon.json("follow")[-1]["id"] == "org-a"


def test_following_gives_the_catalogue(koinon):
    koinon.run("import", koinon.file("rows.jsonl", "".join(line(f"org-{i}", f"House {i}") for i in range(30))))
    koinon.run("remove", "org-3")
    seen, state = 0, {}
    while True:
        page = koinon.json("follow", "--after", seen, "--limit", "7")
        if not page:
            break
        for change in page:
            assert change["n"] == seen + 1
            seen = change["n"]
            if change["what"] == "put":
                state[change["id"]] = change["record"]
            else:
                state.pop(change["id"], None)
    assert set(state) == {f"org-{i}" for i in range(30) if i != 3}
    assert state["org-7"] == koinon.json("show", "org-7")["record"]


def test_a_backup_is_a_catalogue(sample, tmp_path):
    copy = tmp_path / "copy.koinon"
    sample.run("backup", copy)
    exported = subprocess.run([COMMAND, "--catalogue", str(copy), "export"], capture_output=True, check=True).stdout
    assert exported == sample.run("export").stdout


def test_output_that_cannot_be_written_is_a_failure(sample):
    if not pathlib.Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        finished = subprocess.run([COMMAND, "--catalogue", str(sample.path), "export"], stdout=full, stderr=subprocess.PIPE,
                                  check=False)
    assert finished.returncode == FAILED
