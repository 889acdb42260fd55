# SPDX-License-Identifier: Apache-2.0
"""Whether the other signals harm a search in one language: a part of crosslingual.py.

Cranfield, as relevance.py measures it, but through a catalogue: a project of each document with its title and abstract,
the language told as English, at most 1,000 answers. And the list of operations with descriptions: a title is the
question, the descriptions of its language are the collection, and the answers are those of operations with that title;
descriptions that are the same are one. At most 5,000 descriptions of a language and 500 titles, by hash, where there
are 30 titles or more. Operations are cut in halves by the hash of their title: one is for development (crosslingual.py
--half development; what is in src/search may be chosen on it), the other is what is reported.

All signals beside words alone, the same questions: the mean difference of nDCG@10 or MRR@10 and p, how often one as low
or lower comes about when each question's difference has its sign by chance (10,000 draws). Below 0.05 words alone are
better.
"""
import collections
import hashlib
import os
import random
import subprocess
import sys

from crosslingual_speed import rows_of
from relevance import cranfield, invented, ndcg, precision

ALL = "wcsm"
WORDS = "w"
DOCUMENTS = 5000
TITLES = 500
FEWEST = 30
DRAWS = 10000
SOURCE = "esf_operations_described.tsv.xz"


def hashed(text):
    return hashlib.sha256(text.encode()).digest()


class Ranker:
    def __init__(self, driver, options):
        self.program = os.path.join(options.build, "bin", "koinon_bench_across")
        self.table = driver.table
        self.folder = os.path.join(options.out, "data", "crosslingual")

    def ranked(self, rows, questions, way, limit):
        """Numbers of rows, the best first, for each (language, text)."""
        path = os.path.join(self.folder, "within.tsv")
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.writelines("\t".join(row) + "\n" for row in rows)
        given = "".join(f"{language}\t{text}\n" for language, text in questions)
        done = subprocess.run([self.program, "rank", self.table, path, way, str(limit)], input=given,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{self.program} rank: status {done.returncode}\n{done.stderr[-2000:]}")
        return [list(map(int, line.split())) for line in done.stdout.splitlines()]


def by_chance(differences):
    """How often the sum is as low or lower with signs drawn by chance."""
    moved = [one for one in differences if one]
    if not moved:
        return 1.0
    draw = random.Random(24)
    wanted = sum(moved) + 1e-9
    low = 0
    for _ in range(DRAWS):
        signs = draw.getrandbits(len(moved))
        low += sum(one if signs >> place & 1 else -one for place, one in enumerate(moved)) <= wanted
    return low / DRAWS


def compared(told, mine, words, row):
    """A row of a measure's values for each question, all signals beside words alone."""
    p = by_chance([one - other for one, other in zip(mine, words)])
    ours, theirs = sum(mine) / len(mine), sum(words) / len(words)
    return row(told, "", ours, {"words alone": theirs}, True, limit="no loss beyond chance", within=p >= 0.05,
               difference=round(ours - theirs, 4), p=round(p, 4), questions=len(mine),
               better=sum(one > other for one, other in zip(mine, words)),
               worse=sum(one < other for one, other in zip(mine, words)))


def abstracts(ranker, options, row):
    found = None if options.quick else cranfield(options.data)
    name = "Cranfield"
    if found is None:
        name, found = "an invented collection", invented()
    documents, questions, grades = found
    documents = [one for one in documents if one[1]]  # two have no text
    rows = [("en", "", text) for _, text in documents]
    asked = [("en", text) for _, text in questions]
    judged = [number for number, (question, _) in enumerate(questions)
              if any(grade > 0 for grade in grades.get(question, {}).values())]
    answers = {way: [[documents[place][0] for place in found] for found in ranker.ranked(rows, asked, way, 1000)]
               for way in (ALL, WORDS)}
    made = []
    for told, measure in (("MAP", precision), ("nDCG@10", ndcg)):
        values = {way: [measure(found[number], grades[questions[number][0]]) for number in judged]
                  for way, found in answers.items()}
        made.append(compared(f"{name}: {told}", values[ALL], values[WORDS], row))
    return made


def operations(path, half):
    """{language: (descriptions, {title: places of its descriptions})} of a half of the list."""
    of_language = collections.defaultdict(dict)
    for language, title, description in rows_of(path):
        side = "reported" if hashed(title.casefold())[0] % 2 else "development"
        if title and description and side == half:
            of_language[language].setdefault(title.casefold(), (title, set()))[1].add(description)
    found = {}
    for language, titles in of_language.items():
        named = sorted(titles.items(), key=lambda one: hashed(one[0]))
        kept, chosen = set(), []
        for _, (title, descriptions) in named:
            kept.update(sorted(descriptions)[:max(0, DOCUMENTS - len(kept))])
            if len(chosen) < TITLES and descriptions <= kept:
                chosen.append((title, descriptions))
        # Equal scores go by the order of records, which must say nothing of how many titles each has.
        collection = sorted(kept, key=hashed)
        places = {description: place for place, description in enumerate(collection)}
        if len(chosen) >= FEWEST:
            found[language] = collection, {title: {places[one] for one in of} for title, of in chosen}
    return found


def reciprocal(found, right):
    return next((1 / place for place, one in enumerate(found, 1) if one in right), 0.0)


def titles(ranker, options, row):
    path = os.path.join(options.data, SOURCE)
    if not os.path.exists(path):
        print(f"titles to descriptions are skipped: there is no {os.path.normpath(path)}", file=sys.stderr)
        return [], []
    half = options.half
    rows = []
    table = [f"| titles to descriptions, the {half} half | descriptions | titles | MRR@10, all signals | words alone | "
             "difference | p | hit@1, all signals | words alone | better | worse |",
             "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for language, (descriptions, asked) in sorted(operations(path, half).items()):
        if options.quick:
            descriptions = descriptions[:500]
            asked = {title: right for title, right in list(asked.items())[:30] if max(right) < 500}
        collection = [(language, "", description) for description in descriptions]
        questions = [(language, title) for title in asked]
        values = {way: [reciprocal(found, right) for found, right in
                        zip(ranker.ranked(collection, questions, way, 10), asked.values())] for way in (ALL, WORDS)}
        one = compared(f"title to description, {language}: MRR@10", values[ALL], values[WORDS], row)
        first = {way: sum(value == 1 for value in of) / len(of) for way, of in values.items()}
        rows += [one, row(f"title to description, {language}: hit@1", "", first[ALL], {"words alone": first[WORDS]}, True)]
        table.append(f"| {language} | {len(descriptions):,} | {len(asked):,} | {one['ours']:.4f} | "
                     f"{one['peers']['words alone']:.4f} | {one['difference']:+.4f} | {one['p']:.3f} | {first[ALL]:.3f} | "
                     f"{first[WORDS]:.3f} | {one['better']} | {one['worse']} |")
        print(table[-1], file=sys.stderr, flush=True)
    return rows, table


def within(driver, _, options, row):
    """(rows, tables)."""
    ranker = Ranker(driver, options)
    more, table = titles(ranker, options, row)
    return abstracts(ranker, options, row) + more, [table]
