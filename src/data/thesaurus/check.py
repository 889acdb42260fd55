#!/usr/bin/env python3
"""Checks the thesaurus files beside this script. Standard library only.

    check.py              says FILE LINE: FAULT for each fault, exits 1 if there is one
    check.py --figures    prints, by language, labels of the glossary and how many nothing attests
"""
import collections
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
faults = []


def fault(file, line, text):
    faults.append("%s %s: %s" % (file, line, text))


def table(file, heading):
    """The rows of a table with the numbers of their lines; a row of another width is a fault."""
    rows, seen = [], False
    try:
        with open(os.path.join(HERE, file), encoding="utf-8", newline="") as handle:
            for number, line in enumerate(handle.read().split("\n"), 1):
                if not line or line.startswith("#"):
                    continue
                if line.endswith("\r"):
                    fault(file, number, "ends with a carriage return: save the file with plain line ends")
                    line = line[:-1]
                cells = line.split("\t")
                if not seen:
                    seen = True
                    if cells != heading:
                        fault(file, number, "the heading is not " + " ".join(heading))
                        return []
                elif len(cells) != len(heading):
                    fault(file, number, "%d cells where %d belong: is a tab missing, or one too many?"
                          % (len(cells), len(heading)))
                else:
                    rows.append((number, dict(zip(heading, cells))))
    except (OSError, UnicodeDecodeError) as error:
        fault(file, "-", "cannot be read: %s" % error)
    return rows


def plain(text):
    """One form for all that is typed the one way or the other."""
    return text.replace("\u2019", "'").casefold()


def check_text(file, line, text):
    if text != " ".join(text.split()):
        fault(file, line, "stray white space in '%s'" % text)
    if text != unicodedata.normalize("NFC", text):
        fault(file, line, "'%s' is not composed (NFC)" % text)
    if not any(c.isalnum() for c in text):
        fault(file, line, "'%s' holds no letter" % text)


def check_eurovoc():
    labels = collections.defaultdict(set)
    ids = set()
    for line, row in table("eurovoc.tsv", ["id"] + LANGUAGES + ["en_other", "fr_other"]):
        if row["id"] in ids:
            fault("eurovoc.tsv", line, "concept %s stands twice" % row["id"])
        ids.add(row["id"])
        for language in LANGUAGES:
            labels[language].add(plain(row[language]))
        for language in ("en", "fr"):
            labels[language].update(plain(text) for text in row[language + "_other"].split("|"))
    for line, row in table("eurovoc-relations.tsv", ["id", "relation", "other"]):
        if row["relation"] not in ("broader", "related"):
            fault("eurovoc-relations.tsv", line, "unknown relation " + row["relation"])
        for end in (row["id"], row["other"]):
            if end not in ids:
                fault("eurovoc-relations.tsv", line, "no concept " + end)
    return ids, labels


def check_concepts(eurovoc):
    file = "glossary/concepts.tsv"
    rows = table(file, ["concept", "exact_match", "broader", "related", "meaning"])
    slugs, matched = set(), {}
    for line, row in rows:
        if not SLUG.match(row["concept"]):
            fault(file, line, "'%s' is no name: small letters, digits and hyphens" % row["concept"])
        if row["concept"] in slugs:
            fault(file, line, "concept %s stands twice" % row["concept"])
        slugs.add(row["concept"])
        if not row["meaning"].strip():
            fault(file, line, "concept %s has no meaning in English" % row["concept"])
        for match in row["exact_match"].split():
            if matched.setdefault(match, row["concept"]) != row["concept"]:
                fault(file, line, "%s is also the match of %s" % (match, matched[match]))
    for line, row in rows:
        for column in ("exact_match", "broader", "related"):
            for other in row[column].split():
                known = other[8:] in eurovoc if other.startswith("eurovoc:") else other in slugs
                if not known:
                    fault(file, line, "%s names %s, which is no concept" % (column, other))
                if other == row["concept"]:
                    fault(file, line, "%s of itself" % column)
    above = {row["concept"]: [o for o in row["broader"].split() if o in slugs] for _, row in rows}
    for line, row in rows:
        seen, waiting = set(), list(above[row["concept"]])
        while waiting:
            here = waiting.pop()
            if here == row["concept"]:
                fault(file, line, "%s is broader than itself, by way of others" % here)
                break
            if here not in seen:
                seen.add(here)
                waiting += above.get(here, [])
    return slugs


def check_silent():
    seen = set()
    for line, row in table("silent.tsv", ["language", "word", "why"]):
        check_text("silent.tsv", line, row["word"])
        if row["language"] not in LANGUAGES:
            fault("silent.tsv", line, "unknown language " + row["language"])
        if not row["word"].isalpha() or row["word"] != row["word"].lower():
            fault("silent.tsv", line, "'%s' is not one word in small letters" % row["word"])
        if (row["language"], row["word"]) in seen:
            fault("silent.tsv", line, "'%s' stands twice" % row["word"])
        seen.add((row["language"], row["word"]))
        if not row["why"].strip():
            fault("silent.tsv", line, "nothing tells why '%s' is silent" % row["word"])


def check_language(language, slugs, sources, eurovoc):
    file = "glossary/%s.tsv" % language
    preferred, held, count, bare = {}, {}, 0, 0
    for line, row in table(file, ["concept", "kind", "label", "source"]):
        count += 1
        bare += row["source"] == "unattested"
        check_text(file, line, row["label"])
        if row["concept"] not in slugs:
            fault(file, line, "glossary/concepts.tsv has no concept " + row["concept"])
        if row["kind"] not in ("preferred", "other"):
            fault(file, line, "kind is neither preferred nor other")
        if row["kind"] == "preferred" and preferred.setdefault(row["concept"], line) != line:
            fault(file, line, "%s has two preferred labels: make one of them other" % row["concept"])
        if held.setdefault((row["concept"], row["label"].casefold()), line) != line:
            fault(file, line, "'%s' stands twice for %s" % (row["label"], row["concept"]))
        if row["source"] not in sources and not row["source"].startswith(("https://", "http://")):
            fault(file, line, "source %s is neither in glossary/sources.tsv nor an address" % row["source"])
        if row["source"] == "eurovoc" and plain(row["label"]) not in eurovoc:
            fault(file, line, "EuroVoc has no label '%s' in %s" % (row["label"], language))
    for slug in sorted(slugs - set(preferred)):
        fault(file, "-", "%s has no preferred label" % slug)
    return count, bare


def main():
    ids, eurovoc = check_eurovoc()
    sources = {row["source"] for _, row in table("glossary/sources.tsv", ["source", "what", "where"])}
    slugs = check_concepts(ids)
    check_silent()
    figures = {l: check_language(l, slugs, sources, eurovoc[l]) for l in LANGUAGES}
    for text in faults:
        print(text)
    total, bare = (sum(column) for column in zip(*figures.values()))
    if "--figures" in sys.argv[1:]:
        print("| language | labels | attested | unattested |\n|---|---|---|---|")
        for language, (count, open_) in figures.items():
            print("| %s | %d | %d | %d |" % (language, count, count - open_, open_))
        print("| all | %d | %d | %d |" % (total, total - bare, bare))
    elif not faults:
        print("%d concepts of EuroVoc, %d of the glossary with %d labels, %d of them unattested: no fault"
              % (len(ids), len(slugs), total, bare))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
