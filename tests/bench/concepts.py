#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Concepts of the bundled thesaurus in texts: what is found, how fast, and how far concepts alone carry across languages.

On the described operations of shared/data: of the concepts in a title, how many are also in the description of the same
operation, beside that of a random other in the same language (chance); and the megabytes that a second is searched in.
On SIB-200, which nothing was tuned on: a sentence in one language is the query, all sentences of another are the
collection, its twin is what is wanted; shared concepts count by their rarity in the collection (cosine), the mean of all
pairs of languages.
And how long a host's own thesaurus, of the size of EuroVoc and of a hundred concepts, takes on opening.
"""
import argparse
import collections
import html
import io
import json
import lzma
import math
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import time

from report import finish, row

TAGS = {"bul": "bg", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "spa": "es", "est": "et", "fin": "fi",
        "fra": "fr", "gle": "ga", "hrv": "hr", "hun": "hu", "ita": "it", "lit": "lt", "lvs": "lv", "mlt": "mt", "nld": "nl",
        "pol": "pl", "por": "pt", "ron": "ro", "slk": "sk", "slv": "sl", "swe": "sv"}


def concepts(build, texts):
    """The URIs of each (language, text) with how they were found, and megabytes a second of analysis and of search."""
    lines = "\n".join(language + "\t" + " ".join(text.split()) for language, text in texts) + "\n"
    done = subprocess.run([os.path.join(build, "bin", "koinon_bench_concepts")], input=lines.encode(), capture_output=True,
                          check=True)
    found = [[(m.split(",")[0], m[-1]) for m in line.split()] for line in done.stdout.decode().split("\n")[:-1]]
    size, analysis, search = (float(cell) for cell in done.stderr.split())
    return found, size / 1e6 / analysis, size / 1e6 / search


def operations(path, build, quick, rows):
    by_language = collections.defaultdict(list)
    with lzma.open(path, "rt", encoding="utf-8", errors="replace", newline="") as handle:
        next(handle)
        for line in handle:
            cells = line.split("\t")
            if len(cells) > 5 and cells[4].strip() and cells[5].strip():
                by_language[cells[1]].append((cells[4], cells[5]))
    generator = random.Random(1)
    for language, all_of_it in sorted(by_language.items()):
        if len(all_of_it) < 100:
            continue
        some = generator.sample(all_of_it, min(100 if quick else 600, len(all_of_it)))
        titles, _, _ = concepts(build, [(language, title) for title, _ in some])
        bodies, _, speed = concepts(build, [(language, body) for _, body in some])
        sets = [{uri for uri, _ in body} for body in bodies]
        for kind, name in (("s", "stem"), ("p", "prefix")):
            own = chance = count = 0
            for title, body in zip(titles, sets):
                for uri, how in title:
                    if how == kind:
                        count += 1
                        own += uri in body
                        chance += uri in generator.choice(sets)
            if count >= 20:
                rows.append(row(f"{language}: {count} concepts of titles, by {name}, in the own description", "%",
                                100 * own / count, {"in another's": 100 * chance / count}, True))
        rows.append(row(f"{language}: concepts of a description", "", sum(map(len, bodies)) / len(bodies), {}))
        rows.append(row(f"{language}: search for concepts", "MB/s", speed, {}))


def ranks(queries, collection):
    """For query i the rank of document i, in the middle of those that it is tied with."""
    counts = collections.Counter(feature for document in collection for feature in document)
    weight = {feature: math.log(len(collection) / count) ** 2 for feature, count in counts.items()}
    postings = collections.defaultdict(list)
    for number, document in enumerate(collection):
        norm = math.sqrt(sum(weight[feature] for feature in document)) or 1
        for feature in document:
            postings[feature].append((number, weight[feature] / norm))
    for number, query in enumerate(queries):
        scores = collections.defaultdict(float)
        for feature in query:
            for document, value in postings.get(feature, ()):
                scores[document] += value
        mine = scores.get(number, 0)
        if mine == 0:
            yield math.inf
            continue
        above = sum(value > mine for value in scores.values())
        tied = sum(value == mine for value in scores.values())
        yield above + (tied + 1) / 2


def across(path, build, quick, rows):
    texts = collections.defaultdict(dict)
    with tarfile.open(path, "r:xz") as archive:
        for member in archive:
            code = member.name.split("/")[1].split("_")[0] if member.name.endswith(".tsv") else ""
            if code in TAGS:
                lines = io.TextIOWrapper(archive.extractfile(member), "utf-8", newline="\n").read().split("\n")[1:]
                texts[TAGS[code]].update((line.split("\t", 2)[0], line.split("\t", 2)[2]) for line in lines if line)
    keys = sorted(set.intersection(*(set(of) for of in texts.values())))
    languages = sorted(texts)[:: 6 if quick else 1]
    ours = {}
    for language in languages:
        found, _, _ = concepts(build, [(language, texts[language][key]) for key in keys])
        ours[language] = [{uri for uri, _ in one} for one in found]
    figures = collections.defaultdict(list)
    by_language = collections.defaultdict(list)
    for query in languages:
        for target in languages:
            if query == target:
                continue
            placed = list(ranks(ours[query], ours[target]))
            for cut in (1, 10):
                figures[cut].append(sum(rank <= cut for rank in placed) / len(placed))
            for language in (query, target):
                by_language[language].append(figures[10][-1])
    pairs = len(figures[1])
    for cut in (1, 10):
        rows.append(row(f"SIB-200, {pairs} pairs of languages: hit@{cut} by concepts alone", "",
                        sum(figures[cut]) / pairs, {}, True))
    for language in languages:
        rows.append(row(f"{language}: hit@10 of pairs with it", "", sum(by_language[language]) / len(by_language[language]), {}))


def as_skos(out, most):
    """EuroVoc's first concepts as the RDF/XML of a host, under another name, so that nothing of it joins the bundled one."""
    folder = os.path.join(os.path.dirname(__file__), "..", "..", "src", "data", "thesaurus")

    def table(name):
        with open(os.path.join(folder, name), encoding="utf-8") as handle:
            lines = [line.rstrip("\n").split("\t") for line in handle if not line.startswith("#")]
        return lines[0], lines[1:]

    heading, labels = table("eurovoc.tsv")
    labels = labels[:most]
    held = {cells[0] for cells in labels}
    links = collections.defaultdict(list)
    for one, relation, other in table("eurovoc-relations.tsv")[1]:
        if one in held and other in held:
            links[one].append((relation, other))
    with open(out, "w", encoding="utf-8") as handle:
        handle.write('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
                     ' xmlns:skos="http://www.w3.org/2004/02/skos/core#">\n')
        for cells in labels:
            handle.write(f'<skos:Concept rdf:about="https://portal.example/{cells[0]}">\n')
            for column, cell in zip(heading[1:], cells[1:]):
                name = "prefLabel" if len(column) == 2 else "altLabel"
                for label in filter(None, [cell] if len(column) == 2 else cell.split("|")):
                    handle.write(f'  <skos:{name} xml:lang="{column[:2]}">{html.escape(label)}</skos:{name}>\n')
            for relation, other in links[cells[0]]:
                handle.write(f'  <skos:{relation} rdf:resource="https://portal.example/{other}"/>\n')
            handle.write("</skos:Concept>\n")
        handle.write("</rdf:RDF>\n")
    return len(labels)


def own(build, rows):
    """A catalogue that is opened with a thesaurus of the host's: the first time, and when the compiled form is there."""
    with tempfile.TemporaryDirectory() as folder:
        for most in (100, None):
            file = os.path.join(folder, "own.rdf")
            concepts = as_skos(file, most)
            for how in (["--thesaurus-alone"], []):
                command = [os.path.join(build, "bin", "koinon"), "--catalogue", os.path.join(folder, f"{concepts}{len(how)}"),
                           "--thesaurus", file, *how]
                nothing = os.path.join(folder, "nothing.jsonl")
                with open(nothing, "w", encoding="utf-8") as handle:
                    handle.write('{"id":"org-a","kind":"organisation","record":{"names":[{"language":"en","text":"A"}]}}\n')
                subprocess.run([*command, "import", nothing], check=True, capture_output=True)
                told = json.loads(subprocess.run([*command, "thesaurus", "--json"], check=True, capture_output=True).stdout)
                assert told["kept"], told
                start = time.perf_counter()
                for _ in range(10):
                    subprocess.run([*command, "thesaurus", "--json"], check=True, capture_output=True)
                again = (time.perf_counter() - start) / 10
                beside = "alone" if how else "beside the bundled one"
                size = os.path.getsize(file) / 1e6
                rows.append(row(f"{concepts} concepts in RDF/XML, {size:.2f} MB, {beside}: read and compiled", "s",
                                told["seconds"], {}))
                rows.append(row(f"{concepts} concepts, {beside}: the whole command, compiled before", "s", again, {}))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join("..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    rows = []
    for name, measure in (("esf_operations_described.tsv.xz", operations), ("sib200_parallel_24.tar.xz", across)):
        path = os.path.join(options.data, name)
        if os.path.exists(path):
            measure(path, options.build, options.quick, rows)
        else:
            print(f"{path} is not here: its rows are left out")
    own(options.build, rows)
    finish(options.out, "concepts", "Operations of the Structural Funds, and SIB-200", rows,
           "tests/bench/run.sh concepts" + (" --quick" if options.quick else ""))


if __name__ == "__main__":
    main()
