#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well the forms of a word come together in each language, beside no stemming and beside Snowball 3.

An entry of a dictionary of hunspell with all that its suffixes make of it is taken for one word; for Finnish, which has
no such dictionary, the words of Snowball's list that Voikko gives the same base form. Two figures: of the pairs of forms
of one entry, how many have the same term, as the mean of all entries (the rest is under-stemming); and of all pairs with
the same term, how many are forms of one entry (the rest is over-stemming, or words that differ by an accent only, or a
derived word that the dictionary lists by itself). An entry of a verb counts like any other, and so do derived words that
a dictionary makes by suffix, though our own rules leave both alone.

Then, where shared/data has Snowball's lists, on how many words of each the library in use gives another stem than the
list, which a newer Snowball made; and how fast the texts of shared/data become terms.

The dictionaries are those of Debian (tests/install.sh bench); what is missing is named and left out. There is none of
Maltese. Snowball 3 comes from PyPI, into the folder of the figures. After that the language of a text, by
language_id.py, and compounds, by compounds.py.
"""
import argparse
import collections
import glob
import importlib
import itertools
import lzma
import math
import os
import random
import re
import subprocess
import sys
import tarfile

import compounds
import language_id
from report import finish, row

# With the name that Snowball 3 has for each.
LANGUAGES = {
    "bg": None, "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "fi": "finnish", "fr": "french", "ga": "irish", "hr": None, "hu": "hungarian", "it": "italian",
    "lt": "lithuanian", "lv": None, "mt": None, "nl": "dutch", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "sk": None, "sl": None, "sv": "swedish"}
REGIONS = {"de": "de_DE", "en": "en_GB", "es": "es_ES", "fr": "fr_FR", "it": "it_IT", "nl": "nl_NL", "sv": "sv_SE"}
PEER = "snowballstemmer==3.1.1"
FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell/dicts")
FORMS = 150000
QUICK_FORMS = 10000
DEPTH = {"hu": 1}  # suffixes on suffixes would make thousands
MOST_OF_ONE = 60  # Hungarian and Estonian make hundreds of a word


def condition(text):
    """What a stem must end in; a hyphen stands for itself there, and is no range."""
    return re.compile("(?:%s)$" % text.replace("-", "\\-"))


class Dictionary:
    """The entries of a .dic with the suffixes of its .aff. Prefixes make other words and are left out, but in Irish, where
    they are the mutations of the first letter."""

    def __init__(self, affixes, mutations=False):
        self.mutations = collections.defaultdict(list)
        raw = open(affixes, "rb").read()
        named = re.search(rb"^SET\s+(\S+)", raw, re.M)
        self.encoding = named.group(1).decode() if named else "latin-1"
        self.kind = "char"
        self.aliases = []
        self.suffixes = collections.defaultdict(list)
        self.banned = set()
        self.base = affixes[:-4]
        for line in raw.decode(self.encoding, "replace").splitlines():
            cells = line.split()
            if len(cells) < 2:
                continue
            if cells[0] == "FLAG":
                self.kind = cells[1]
            elif cells[0] == "AF":
                self.aliases.append(cells[1])
            elif cells[0] in ("FORBIDDENWORD", "ONLYINCOMPOUND", "NEEDAFFIX"):
                self.banned.update(self.flags(cells[1]))
            elif mutations and cells[0] == "PFX" and len(cells) >= 5:
                start = re.compile("(?:%s)" % cells[4])
                self.mutations[cells[1]].append(("" if cells[2] == "0" else cells[2], cells[3], start))
            elif cells[0] == "SFX" and len(cells) >= 5:
                strip, (add, _, more) = cells[2], cells[3].partition("/")
                self.suffixes[self.flags(cells[1])[0]].append(
                    ("" if strip == "0" else strip, "" if add == "0" else add, more, condition(cells[4])))

    def flags(self, text):
        if self.aliases and text.isdigit():  # the first AF line says how many follow
            text = self.aliases[int(text)]
        if self.kind == "num":
            return text.split(",")
        if self.kind == "long":
            return [text[i:i + 2] for i in range(0, len(text), 2)]
        return list(text)

    def forms(self, word, flags, depth=2):
        """The word and what its suffixes make of it; a suffix may bring a second one."""
        flags = self.flags(flags) if flags else []
        found = set() if self.banned.intersection(flags) else {word}
        found |= {add + word[len(strip):] for flag in flags for strip, add, start in self.mutations.get(flag, ())
                  if word.startswith(strip) and start.match(word)}
        for flag in flags if depth else ():
            for strip, add, more, condition in self.suffixes.get(flag, ()):
                if word.endswith(strip) and condition.search(word):
                    found |= self.forms(word[:len(word) - len(strip)] + add, more, depth - 1)
        return found

    def entries(self, most, language=""):
        """Words that have forms, drawn with a fixed seed until their forms are so many. No names."""
        lines = []
        with open(self.base + ".dic", encoding=self.encoding, errors="replace") as file:
            next(file)
            for line in file:
                word, _, flags = line.split("\t")[0].split(" ")[0].strip().partition("/")
                if flags and word.isalpha() and word.islower():
                    lines.append((word, flags))
        draw = random.Random(24)
        draw.shuffle(lines)
        found = []
        count = 0
        for word, flags in lines:
            forms = {form for form in self.forms(word, flags, DEPTH.get(language, 2)) if form.isalpha()}
            if len(forms) > MOST_OF_ONE:
                forms = set(draw.sample(sorted(forms), MOST_OF_ONE))
            if len(forms) > 1:
                found.append(forms)
                count += len(forms)
            if count >= most:
                break
        return found


class Finnish:
    """The words of Snowball's list by the base form that Voikko gives them."""

    def __init__(self, words):
        import libvoikko
        self.words = words
        self.voikko = libvoikko.Voikko("fi")

    def entries(self, most, _=""):
        homes = collections.defaultdict(set)
        for word in random.Random(24).sample(self.words, min(most, len(self.words))):
            bases = {found.get("BASEFORM") for found in self.voikko.analyze(word)}
            if len(bases) == 1 and word.isalpha():
                homes[bases.pop()].add(word)
        return [forms for forms in homes.values() if len(forms) > 1]


def dictionary_of(language, data):
    if language == "fi":
        listed = snowball_list(data, "finnish")
        try:
            return Finnish([word for word, _ in listed]) if listed else None
        except ImportError:
            return None
    for folder in FOLDERS:
        for path in sorted(glob.glob(os.path.join(folder, REGIONS.get(language, language + "_*") + ".aff"))):
            return Dictionary(path, mutations=language == "ga")
    return None


def terms(build, language, words):
    """The term of each word, and the nanoseconds for one."""
    program = os.path.join(build, "bin", "koinon_bench_stems")
    done = subprocess.run([program, language], input="\n".join(words) + "\n", capture_output=True, text=True, check=True)
    return dict(zip(words, done.stdout.splitlines())), float(done.stderr)


def shares(entries, term_of):
    """Percent of the pairs of an entry that are together, its mean; and of the pairs together that are of one entry."""
    joined = 0
    homes = collections.defaultdict(set)
    for number, forms in enumerate(entries):
        counts = collections.Counter(term_of[form] for form in forms)
        joined += sum(math.comb(count, 2) for count in counts.values()) / math.comb(len(forms), 2)
        for form in forms:
            homes[form].add(number)
    classes = collections.defaultdict(list)
    for form in homes:
        classes[term_of[form]].append(form)
    together = right = 0
    for members in classes.values():
        for one, other in itertools.combinations(members, 2):
            together += 1
            right += not homes[one].isdisjoint(homes[other])
    return 100 * joined / max(len(entries), 1), 100 * right / together if together else 100.0


def snowball_list(data, name):
    """Pairs of a word and the stem that a newer Snowball gives it; None where the file is missing."""
    path = os.path.join(data, "snowball_vocabulary.tar.xz")
    if not os.path.exists(path):
        return None
    with tarfile.open(path) as archive:
        words, stems = (archive.extractfile(f"s/{name}/{file}.txt").read().decode().split("\n") for file in ("voc", "output"))
    return [pair for pair in zip(words, stems) if pair[0]]


class Snowball3:
    """The newest Snowball as its Python package has it."""

    def __init__(self, folder):
        where = os.path.join(folder, "snowball3")
        sys.path.insert(0, where)
        try:
            import snowballstemmer
        except ImportError:
            subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", where, PEER], check=False)
            try:
                importlib.invalidate_caches()
                import snowballstemmer
            except ImportError:
                print("no Snowball 3: pip could not install", PEER)
                snowballstemmer = None
        self.module = snowballstemmer

    def stems(self, name, words):
        if self.module is None or name is None:
            return None
        return self.module.stemmer(name).stemWords(words)


def table_of(language, options, peer, most):
    """The rows of one language; none without its dictionary."""
    dictionary = dictionary_of(language, options.data)
    if dictionary is None:
        print(f"{language}: no dictionary here" + ("" if language == "mt" else "; tests/install.sh bench installs them"))
        return []
    entries = dictionary.entries(most, language)
    if len(entries) < 50:
        print(f"{language}: the dictionary lists forms and does not say which are of one word")
        return []
    words = sorted(set().union(*entries))
    ours, nanoseconds = terms(options.build, language, words)
    others = {"no stemming": terms(options.build, "und", words)[0]}
    stems = peer.stems(LANGUAGES[language], words)
    if stems:
        folded, _ = terms(options.build, "und", stems)  # as the index would have them
        others["Snowball 3"] = {word: folded[stem] for word, stem in zip(words, stems)}
    mine = shares(entries, ours)
    figures = {name: shares(entries, term_of) for name, term_of in others.items()}
    return [
        row(f"{language}, {len(words):,} forms: pairs of a word together", "%", mine[0],
            {name: figure[0] for name, figure in figures.items()}, True),
        row(f"{language}: pairs together of one word", "%", mine[1],
            {name: figure[1] for name, figure in figures.items()}, True),
        row(f"{language}: a word", "ns", nanoseconds, {})]


def differences(options):
    """Of the words of each list, how many the Snowball in use stems in another way."""
    found = []
    for name in sorted(filter(None, LANGUAGES.values())):
        listed = snowball_list(options.data, name)
        program = os.path.join(options.build, "bin", "koinon_bench_stems")
        words = [word for word, _ in listed or []]
        done = subprocess.run([program, "snowball:" + name], input="\n".join(words) + "\n", capture_output=True, text=True)
        if not listed or done.returncode != 0:
            continue  # the library in use has no such stemmer
        other = sum(stem != wanted for stem, (_, wanted) in zip(done.stdout.splitlines(), listed))
        found.append(row(f"{name}: of {len(listed):,} words, another stem than in Snowball's newer list", "words", other, {}))
    return found


def speeds(options):
    """Megabytes that the analyser takes in a second of one processor, on the operations of each language."""
    path = os.path.join(options.data, "esf_operations.tsv.xz")
    if not os.path.exists(path):
        return []
    texts = collections.defaultdict(list)
    with lzma.open(path, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
        for line in file:
            cells = line.split("\t")
            if len(cells) > 5 and cells[1] in LANGUAGES:
                texts[cells[1]].append(cells[4] + " " + cells[5])
    found = []
    for language in sorted(texts):
        done = subprocess.run([os.path.join(options.build, "bin", "koinon_bench_analyse"), language],
                              input="\n".join(texts[language]), capture_output=True, text=True, check=True)
        megabytes = sum(len(text.encode()) for text in texts[language]) / 1e6
        found.append(row(f"{language}: {megabytes:.1f} MB of texts to terms", "MB/s", float(done.stdout.split()[0]), {}, True))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join("..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    peer = Snowball3(options.out)
    rows = []
    for language in LANGUAGES:
        rows += table_of(language, options, peer, QUICK_FORMS if options.quick else FORMS)
    rows += differences(options)
    rows += speeds(options)
    rows += language_id.rows_of(options.build, options.out, options.data, options.quick, row)
    rows += compounds.rows(options.build, options.data, options.quick)
    if not rows:
        sys.exit("neither a dictionary of hunspell nor SIB-200 is here")
    finish(options.out, "languages", "Dictionaries of hunspell, entries with their suffixes; SIB-200", rows,
           "tests/bench/run.sh languages" + (" --quick" if options.quick else ""))


if __name__ == "__main__":
    main()
