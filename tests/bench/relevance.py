#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether the best answers come first: Cranfield, 1,400 abstracts and 225 questions with judgements.

Ours with English stemming and stop words, beside Lucene with its English analyser; both BM25 with the same k1
and b, both given title and abstract as one text, at most 1,000 answers to a question. MAP counts as relevant
what has a grade above 0; nDCG@10 has the gain 2^grade - 1. The file of judgements has 1 for the best grade and
4 for the least, here turned round to 4 and 1, and 225 times -1. The corrected file, which shared/data has
beside it, makes that a grade above all others: very probably the document that a question was written about.
So everything is reported both ways: -1 as grade 5, and -1 as not relevant.
"""
import argparse
import math
import os
import random
import re
import subprocess
import sys

from report import finish, row
from search import HERE, drivers

NAMES = ("cran.all.1400", "cran.qry", "cranqrel")


def sections(path):
    """[{letter: text}] of the records of a file, which begin with .I and have lines .T, .A, .B, .W."""
    records = []
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith(".I"):
                records.append({"I": line[2:].strip()})
            elif re.fullmatch(r"\.[TABW]\s*", line):
                into = line[1]
                records[-1][into] = ""
            else:
                records[-1][into] += line
    return records


def plain(*texts):
    return " ".join(" ".join(texts).split())


def cranfield(folder):
    """(documents, questions) as (id, text), and {question: {document: grade}}, grade 5 for -1."""
    paths = [os.path.join(folder, "cranfield", name) for name in NAMES]
    missing = [path for path in paths if not os.path.exists(path)]
    if missing:
        return None
    documents = [(one["I"], plain(one.get("T", ""), one.get("W", ""))) for one in sections(paths[0])]
    # Judgements count questions in their order, not by the number that .I gives.
    questions = [(str(place), plain(one["W"])) for place, one in enumerate(sections(paths[1]), 1)]
    grades = {}
    with open(paths[2], encoding="ascii") as file:
        for line in file:
            question, document, grade = line.split()
            grades.setdefault(question, {})[document] = 5 if int(grade) == -1 else 5 - int(grade)
    return documents, questions, grades


def invented():
    """The same shape from a fixed seed: a question is some words of the one document that answers it best."""
    draw = random.Random(20261124)
    words = ["".join(draw.choice("bdfgklmnprst") + draw.choice("aeiou") for _ in range(draw.randrange(2, 5)))
             for _ in range(800)]
    documents = [(str(number), " ".join(draw.choices(words, k=draw.randrange(20, 60)))) for number in range(1, 301)]
    questions, grades = [], {}
    for number in range(1, 41):
        best, text = draw.choice(documents)
        asked = draw.sample(text.split(), 6)
        questions.append((str(number), " ".join(asked)))
        shared = sorted(documents, key=lambda one, asked=asked: -len(set(asked) & set(one[1].split())))[:6]
        grades[str(number)] = {one[0]: 5 if one[0] == best else 2 for one in shared} | {best: 5}
    return documents, questions, grades


def written(path, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{name}\t{text}\n" for name, text in rows)


def ranked(command, docs, queries):
    done = subprocess.run([command, "relevance", docs, queries], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command} relevance: status {done.returncode}\n{done.stderr[-2000:]}")
    answers = {}
    for line in done.stdout.splitlines():
        question, _, found = line.partition("\t")
        answers[question] = found.split()
        if len(answers[question]) > 1000 or len(set(answers[question])) != len(answers[question]):
            raise RuntimeError(f"{command}: question {question}: more than 1000 answers, or one of them twice")
    return answers


def precision(found, grades):
    """Average precision."""
    relevant = sum(grade > 0 for grade in grades.values())
    hits, total = 0, 0.0
    for place, document in enumerate(found, 1):
        if grades.get(document, 0) > 0:
            hits += 1
            total += hits / place
    return total / relevant


def gain(ordered):
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(ordered[:10], 1))


def ndcg(found, grades):
    return gain([grades.get(document, 0) for document in found]) / gain(sorted(grades.values(), reverse=True))


def means(answers, grades):
    """(MAP, nDCG@10) over the questions that have a relevant document."""
    judged = {question: of for question, of in grades.items() if any(grade > 0 for grade in of.values())}
    return tuple(sum(measure(answers.get(question, []), of) for question, of in judged.items()) / len(judged)
                 for measure in (precision, ndcg))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", "shared", "data"))
    parser.add_argument("--quick", action="store_true", help="without a peer that is not built yet")
    parser.add_argument("--ours", help="another driver in place of ours")
    options = parser.parse_args()
    ours = options.ours or os.path.join(options.build, "bin", "koinon_bench_search")
    if not os.path.exists(ours):
        sys.exit(f"there is no {ours}: our driver, see tests/bench/search/README.md")

    found = cranfield(options.data)
    data = "Cranfield"
    if found is None:
        print(f"cranfield is not in {os.path.normpath(options.data)}: measuring an invented collection", file=sys.stderr)
        found = invented()
        data = "an invented collection"
    documents, questions, grades = found
    docs = os.path.join(options.out, "data", "relevance-docs.tsv")
    queries = os.path.join(options.out, "data", "relevance-queries.tsv")
    os.makedirs(os.path.dirname(docs), exist_ok=True)
    written(docs, documents)
    written(queries, questions)

    answers = {"ours": ranked(ours, docs, queries)}
    for name, command in drivers(("lucene",), options.quick):
        try:
            answers[name] = ranked(command, docs, queries)
        except RuntimeError as error:
            print(f"without {name}: {error}", file=sys.stderr)
    without = {question: {document: 0 if grade == 5 else grade for document, grade in of.items()}
               for question, of in grades.items()}
    rows = []
    for way, judged in (("-1 as the highest grade", grades), ("-1 as not relevant", without)):
        figures = {name: means(one, judged) for name, one in answers.items()}
        for place, measure in enumerate(("MAP", "nDCG@10")):
            peers = {name: figure[place] for name, figure in figures.items() if name != "ours"}
            mine = figures["ours"][place]
            more = {"limit": "at least Lucene's", "within": mine >= peers["lucene"]} if "lucene" in peers else {}
            rows.append(row(f"{measure}, {way}", "", mine, peers, higher_is_better=True, **more))
    data += (f": {len(documents):,} documents, {len(questions)} questions; BM25 k1 1.2, b 0.75; "
             "English stemming and stop words")
    finish(options.out, "relevance", data, rows, "tests/bench/run.sh relevance" + (" --quick" if options.quick else ""))


if __name__ == "__main__":
    main()
