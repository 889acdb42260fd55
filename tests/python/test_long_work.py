"""Imports: reports, quarantine, progress, Ctrl-C, and the interpreter lock."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from conftest import ROWS

import koinon as kn


def run(script: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_quarantine(cat: kn.Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    good = '{"id":"a","kind":"initiative","record":{"names":[{"language":"en","text":"A"}]}}'
    bad = good.replace('"id":"a"', '"id":"b"').replace("}]}}", '}],"stage":"nowhere"}}')
    path.write_text(f"{good}\n{bad}\n")
    report = cat.import_file(path, format="koinon", portal="test")
    assert (report.read, report.stored, report.quarantined) == (2, 1, 1)
    assert report.complete and report.reasons[0].field == "stage"
    rows = cat.quarantine()
    assert len(rows) == 1 and rows[0].line == 2 and rows[0].text.strip() == bad
    assert [violation.path for violation in rows[0].violations] == ["stage"]
    assert "&#x27;nowhere&#x27; is not in the vocabulary stages" in rows._repr_html_()
    assert len(cat.quarantine(file=path)) == 1 and len(cat.quarantine(file="other")) == 0
    assert cat.retry(rows[0].id).quarantined == 1
    assert cat.retry(rows[0].id, bad.replace("nowhere", "scaling")).stored == 1
    assert cat.get("b")["stage"] == "scaling" and len(cat.quarantine()) == 0


def test_discard(cat: kn.Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id":"b","kind":"initiative","record":{"stage":"nowhere"}}\n')
    cat.import_file(path, format="koinon")
    cat.discard(cat.quarantine()[0].id)
    assert cat.statistics().quarantined == 0


def test_progress_runs_on_the_calling_thread(cat: kn.Catalogue, large_file: Path) -> None:
    calls: list[tuple[str, int, int]] = []
    threads = set()

    def progress(stage: str, done: int, total: int) -> None:
        calls.append((stage, done, total))
        threads.add(threading.get_ident())

    cat.import_file(large_file, progress=progress)
    assert threads == {threading.get_ident()}
    assert {stage for stage, _, _ in calls} == {"import"}
    assert [done for _, done, _ in calls] == sorted(done for _, done, _ in calls)
    assert calls[-1][1] == calls[-1][2] == large_file.stat().st_size


def test_an_exception_of_progress_stops_and_says_where(cat: kn.Catalogue, large_file: Path) -> None:
    def progress(stage: str, done: int, total: int) -> None:
        raise ZeroDivisionError("enough")

    with pytest.raises(ZeroDivisionError, match="enough") as caught:
        cat.import_file(large_file, progress=progress)
    report: kn.ImportReport = caught.value.report  # type: ignore[attr-defined]
    assert not report.complete
    assert 0 < report.next_row == report.read == cat.statistics().records < ROWS
    assert "go on with skip_rows" in str(report)
    rest = cat.import_file(large_file, skip_rows=report.next_row)
    assert rest.complete and rest.read == ROWS - report.read
    assert cat.statistics().records == ROWS


def test_progress_true_shows_a_line_or_a_bar(
    sample: kn.Catalogue, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    sample.check(progress=True)
    assert capsys.readouterr() == ("", "")  # no terminal
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    sample.check(progress=True)
    shown = capsys.readouterr()
    assert "check" in shown.err and shown.err.endswith("\r\033[K") and not shown.out
    monkeypatch.undo()
    if pytest.importorskip("tqdm", reason="tqdm is not installed"):
        sample.check(progress=True)
        assert "check" in capsys.readouterr().err


def test_the_lock_is_free_while_the_engine_works(cat: kn.Catalogue, large_file: Path) -> None:
    # Ticks of another thread, which needs the lock for each: one that waits for the import to end
    # shows as one long gap.
    ticks: list[float] = []
    ended = threading.Event()

    def tick() -> None:
        while not ended.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    ticking = threading.Thread(target=tick)
    ticking.start()
    report = cat.import_file(large_file)
    ended.set()
    ticking.join()
    gaps = [after - before for before, after in zip(ticks, ticks[1:])]
    assert report.seconds > 0.5
    assert max(gaps) < report.seconds / 4


def test_threads_share_a_catalogue(sample: kn.Catalogue) -> None:
    found: list[int] = []

    def search() -> None:
        for question in ("social", "Wohnen", "naapurit") * 5:
            found.append(sample.search(question).total)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 60 and len(set(found)) <= 3


def test_close_waits_for_work_in_other_threads(file: Path, large_file: Path) -> None:
    cat = kn.open(file)
    reports: list[kn.ImportReport] = []
    started = threading.Event()
    worker = threading.Thread(
        target=lambda: reports.append(
            cat.import_file(large_file, progress=lambda *_: started.set())
        )
    )
    worker.start()
    assert started.wait(60)
    cat.close()
    worker.join()
    assert reports[0].complete
    with kn.open(file) as again:
        assert again.statistics().records == ROWS


INTERRUPTED = """
    import sys, time
    import koinon as kn

    path, rows, what = sys.argv[1:]
    cat = kn.open(path)
    if what != "import":
        cat.import_file(rows)

    def progress(stage, done, total):
        print("started", flush=True)

    try:
        if what == "import":
            cat.import_file(rows, progress=progress)
        else:
            cat.prepare(progress=progress)
        print("no interrupt")
    except KeyboardInterrupt as stopped:
        print("stopped", time.time(), flush=True)
        if what == "import":
            assert not stopped.report.complete and stopped.report.next_row > 0
            assert cat.statistics().records == stopped.report.next_row
        cat.put("initiative", {"names": [{"language": "en", "text": "after"}]}, "after")
        assert cat.get("after").version == 1 and cat.check().ok
        print("usable")
"""


@pytest.mark.parametrize("what", ["import", "prepare"])
def test_ctrl_c(file: Path, large_file: Path, what: str) -> None:
    process = run(INTERRUPTED, str(file), str(large_file), what)
    assert process.stdout is not None and process.stdout.readline() == "started\n"
    sent = time.time()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    lines = [line for line in out.splitlines() if line != "started"]
    assert [line.split()[0] for line in lines] == ["stopped", "usable"], out
    took = float(lines[0].split()[1]) - sent
    print(f"Ctrl-C stopped {what} after {1000 * took:.0f} ms")
    assert took < 0.5  # 0.1 on a machine that does nothing else
    with kn.open(file) as cat:
        assert cat.check().ok and cat.get("after").version == 1
