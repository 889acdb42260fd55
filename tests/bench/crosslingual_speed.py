# SPDX-License-Identifier: Apache-2.0
"""How long a question to a large catalogue takes with all signals: a part of crosslingual.py.

The list of operations, 401,178 of them in 19 languages, is put into a catalogue, a project each with its name and, where
there is one, its description; those with a description of 80 characters or more into another. Each is asked as a portal
asks: Catalogue::search with all signals, the language told, ten hits with snippets from the file, the total counted, in
one thread. Questions of 1 to 8 words, drawn with a fixed seed: half of them words that follow each other in the name of
an operation, half labels of EuroVoc in any of the 24 languages; and whole sentences, the first ones of descriptions.
Times are those of the thread's processor, each the least of three passes over all questions, as others use the machine
too; p99 is over questions. On the same questions, how many of the exact 100 nearest vectors the first pass leaves.

Opening is a process of its own each time: Catalogue::open with the table and without; median of 21.
"""
import collections
import lzma
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile

SEED = 20261126
OF_A_LENGTH = 400
PASSES = 3
LENGTHS = range(1, 9)
LISTS = {"esf_operations.tsv": "operations", "esf_operations_described.tsv": "operations described"}


def rows_of(path):
    """(language, name, description) of each row of a list."""
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        columns = next(file).rstrip("\r\n").split("\t")
        at = [columns.index(name) for name in ("language", "project_name", "project_description")]
        for line in file:
            cells = line.rstrip("\r\n").split("\t")
            yield tuple(" ".join(cells[place].split()) for place in at)


def invented():
    """Rows of the same shape, for machines without the data."""
    draw = random.Random(SEED)
    words = ["".join(draw.choice("bdfgklmnprst") + draw.choice("aeiou") for _ in range(draw.randrange(2, 5)))
             for _ in range(3000)]
    for _ in range(6000):
        yield (draw.choice(("de", "es", "fi", "pl")), " ".join(draw.choices(words, k=draw.randrange(2, 10))),
               " ".join(draw.choices(words, k=draw.randrange(12, 40))) + ".")


def first_sentence(text):
    sentence = re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]
    return sentence if 9 <= len(sentence.split()) <= 60 else None


def questions(rows, labels, count):
    """{group: [(language, text)]}: "1 word" to "8 words", "sentences"."""
    draw = random.Random(SEED)
    by_length = collections.defaultdict(list)
    for language, texts in labels.items():
        for text in texts:
            by_length[len(text.split())].append((language, text))
    found = {}
    for length in LENGTHS:
        group = draw.sample(sorted(set(by_length[length])), min(count // 2, len(by_length[length])))
        while len(group) < count:
            language, name, _ = draw.choice(rows)
            words = name.split()
            if len(words) >= length:
                at = draw.randrange(len(words) - length + 1)
                group.append((language, " ".join(words[at:at + length])))
        found[f"{length} word" + "s" * (length > 1)] = group
    sentences = sorted({(language, sentence) for language, _, description in rows
                        if (sentence := first_sentence(description))})
    found["sentences"] = draw.sample(sentences, min(count, len(sentences)))
    return found


def percentile(times, share):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Shelf:
    """A catalogue of rows in a folder."""

    def __init__(self, program, table, folder, rows):
        self.program, self.table = program, table
        self.path = os.path.join(folder, "all.koinon")
        given = os.path.join(folder, "rows.tsv")
        with open(given, "w", encoding="utf-8", newline="\n") as file:
            file.writelines("\t".join(row) + "\n" for row in rows)
        self.records, self.vectors, self.seconds = map(float, self.run("build", given, self.path).split())

    def run(self, what, *more, given=""):
        words = [self.program, what, self.table, *map(str, more)]
        done = subprocess.run(words, input=given, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(words)}: status {done.returncode}\n{done.stderr[-2000:]}")
        return done.stdout

    def asked(self, what, groups, *more):
        """{group: [numbers]}, those of a line of the driver's for each question; None where it has none."""
        given = "".join(f"{language}\t{text}\n" for group in groups.values() for language, text in group)
        lines = iter(self.run(what, self.path, *more, given=given).splitlines())
        cells = {name: [next(lines).split("\t") for _ in group] for name, group in groups.items()}
        return {name: [None if line == ["-"] else list(map(float, line)) for line in group]
                for name, group in cells.items()}

    def opened(self, times):
        """Medians of (microseconds, KiB of its own)."""
        runs = [list(map(float, self.run("open", self.path).split())) for _ in range(times)]
        return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)

    def index_bytes(self):
        return sum(os.path.getsize(os.path.join(where, name))
                   for where, _, names in os.walk(os.path.join(self.path + ".views", "search")) for name in names)


def at_most(value, most):
    return {"limit": f"at most {most} ms", "within": value <= most}


def times_of(shelf, groups, told, passes, row):
    """Rows, and lines of a table."""
    answers = shelf.asked("ask", groups, passes)
    rows, table = [], [f"| {told}: ms | questions | p50 | p95 | p99 | longest |", "|---|---:|---:|---:|---:|---:|"]
    short = [line[0] for name, lines in answers.items() if name != "sentences" for line in lines]
    for name, times in {**{name: [line[0] for line in lines] for name, lines in answers.items()},
                        "1 to 8 words": short}.items():
        figures = [percentile(times, share) / 1000 for share in (0.5, 0.95, 0.99, 1)]
        table.append(f"| {name} | {len(times):,} | " + " | ".join(f"{figure:.2f}" for figure in figures) + " |")
        rows.append(row(f"a question across languages, {told}, {name}: p99", "ms", figures[2], {}, p50=figures[0],
                        p95=figures[1], longest=figures[3], **at_most(figures[2], 40 if name == "sentences" else 10)))
    return rows, table


def recall_of(shelf, groups, told, row):
    answers = shelf.asked("recall", groups)
    lines = [line for group in answers.values() for line in group if line]
    share, exact, quick = (statistics.fmean(line[place] for line in lines) for place in range(3))
    worst = min(answers, key=lambda name: statistics.fmean(line[0] for line in answers[name] if line))
    least = statistics.fmean(line[0] for line in answers[worst] if line)
    return [row(f"the first pass over vectors, {told}: recall@100", "", share, {}, True, limit="at least 0.99",
                within=share >= 0.99, vectors=shelf.vectors),
            row(f"the first pass over vectors, {told}: recall@100 of {worst}, where it is least", "", least, {}, True,
                limit="at least 0.99", within=least >= 0.99),
            row(f"the nearest vectors, {told}: both passes", "ms", quick / 1000, {"all of them": exact / 1000})]


def sizes_of(shelf, plain, told, row):
    found = [row(f"index with vectors, {told}: bytes a document", "B", shelf.index_bytes() / shelf.records, {},
                 passages_a_document=shelf.vectors / shelf.records),
             row(f"index without vectors, {told}: bytes a document", "B", plain.index_bytes() / plain.records, {})]
    for name, one in (("with", shelf), ("without", plain)):
        found.append(row(f"indexing {name} vectors, {told}: records a second", "1/s", one.records / one.seconds, {}, True))
    return found


def opening(shelf, plain, times, row):
    (with_us, with_kib), (without_us, without_kib) = shelf.opened(times), plain.opened(times)
    return [row("opening a catalogue with the table of word vectors", "us", with_us, {}),
            row("opening a catalogue without the table", "us", without_us, {}),
            row("memory of its own when opened with the table", "KiB", with_kib, {}),
            row("memory of its own when opened without the table", "KiB", without_kib, {})]


def lists(options):
    """{name: rows}."""
    found = {}
    for source, told in LISTS.items():
        path = os.path.join(options.data, source + ".xz")
        if not options.quick and os.path.exists(path):
            rows = [row for row in rows_of(path) if row[1] or row[2]]
            found[f"{len(rows):,} {told}"] = rows
        elif not options.quick:
            print(f"there is no {os.path.normpath(path)}", file=sys.stderr)
    if not found:
        rows = list(invented())
        found[f"{len(rows):,} invented records"] = rows
    return found


def speed(driver, labels, options, row):
    """(rows, tables)."""
    program = os.path.join(options.build, "bin", "koinon_bench_across")
    rows, tables = [], []
    for told, texts in lists(options).items():
        groups = questions(texts, labels, 40 if options.quick else OF_A_LENGTH)
        with tempfile.TemporaryDirectory(dir=options.out) as with_table, \
                tempfile.TemporaryDirectory(dir=options.out) as without:
            shelf = Shelf(program, driver.table, with_table, texts)
            plain = Shelf(program, "-", without, texts)
            print(f"{told}: {shelf.vectors:,.0f} vectors", file=sys.stderr, flush=True)
            more, table = times_of(shelf, groups, told, 1 if options.quick else PASSES, row)
            rows += more
            tables.append(table)
            if driver.table != "-":
                rows += recall_of(shelf, groups, told, row)
            rows += sizes_of(shelf, plain, told, row)
            if len(tables) == 1:
                rows += opening(shelf, plain, 3 if options.quick else 21, row)
    if driver.table != "-":
        rows.append(row("the table of word vectors", "MiB", os.path.getsize(driver.table) / 2**20, {}, limit="at most 32",
                        within=os.path.getsize(driver.table) <= 32e6))
    return rows, tables
