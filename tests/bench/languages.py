#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well our own rules bring the forms of a word together, beside no stemming, by the dictionaries of hunspell.

An entry of a dictionary with all that its suffixes make of it is taken for one word. Two figures: of the pairs of
forms of one entry, how many have the same term, as the mean of all entries (the rest is under-stemming); and of all
pairs with the same term, how many are forms of one entry (the rest is over-stemming, or words that differ by an accent
only, or a derived word that the dictionary lists by itself). An entry of a verb counts like any other, and so do
derived words that a dictionary makes by suffix, though the rules leave both alone. Where shared/data has Snowball's
lists, also both figures on the words of these alone, beside what Snowball 3 makes of them.

The dictionaries are those of Debian (apt-get install hunspell-bg hunspell-cs ...); what is missing is named and
left out. There is none of Maltese.
"""
import argparse
import collections
import glob
import itertools
import math
import os
import random
import re
import subprocess
import sys
import tarfile

from report import finish, row

LANGUAGES = {"bg": None, "cs": "czech", "et": "estonian", "hr": None, "lv": None, "pl": "polish", "sk": None, "sl": None}
FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell/dicts")
ENTRIES = 20000
QUICK_ENTRIES = 2000


class Dictionary:
    """The entries of a .dic with the suffixes of its .aff; prefixes make other words and are left out."""

    def __init__(self, affixes):
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
            elif cells[0] == "SFX" and len(cells) >= 5:
                strip, (add, _, more) = cells[2], cells[3].partition("/")
                self.suffixes[self.flags(cells[1])[0]].append(
                    ("" if strip == "0" else strip, "" if add == "0" else add, more, re.compile(f"(?:{cells[4]})$")))

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
        for flag in flags if depth else ():
            for strip, add, more, condition in self.suffixes.get(flag, ()):
                if word.endswith(strip) and condition.search(word):
                    found |= self.forms(word[:len(word) - len(strip)] + add, more, depth - 1)
        return found

    def entries(self, most):
        """Up to so many words that have forms, drawn with a fixed seed. No names."""
        lines = []
        with open(self.base + ".dic", encoding=self.encoding, errors="replace") as file:
            next(file)
            for line in file:
                word, _, flags = line.split("\t")[0].split(" ")[0].strip().partition("/")
                if flags and word.isalpha() and word.islower():
                    lines.append((word, flags))
        random.Random(24).shuffle(lines)
        found = []
        for word, flags in lines:
            forms = {form for form in self.forms(word, flags) if form.isalpha()}
            if len(forms) > 1:
                found.append(forms)
            if len(found) == most:
                break
        return found


def dictionary_of(language):
    for folder in FOLDERS:
        for path in sorted(glob.glob(os.path.join(folder, language + "_*.aff"))):
            return Dictionary(path)
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
    return 100 * joined / max(len(entries), 1), 100 * right / max(together, 1)


def snowball_list(data, name, build):
    path = os.path.join(data, "snowball_vocabulary.tar.xz")
    if not name or not os.path.exists(path):
        return None
    with tarfile.open(path) as archive:
        words, stems = (archive.extractfile(f"s/{name}/{file}.txt").read().decode().split("\n") for file in ("voc", "output"))
    folded, _ = terms(build, "und", stems)  # as the index would have them
    return {word: folded[stem] for word, stem in zip(words, stems)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--data", default=os.path.join("..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    rows = []
    for language, listed in LANGUAGES.items():
        dictionary = dictionary_of(language)
        if dictionary is None:
            print(f"{language}: no dictionary here; Debian has hunspell-{language}")
            continue
        entries = dictionary.entries(QUICK_ENTRIES if options.quick else ENTRIES)
        words = sorted(set().union(*entries))
        ours, nanoseconds = terms(options.build, language, words)
        folded, _ = terms(options.build, "und", words)
        stemmed, plain = shares(entries, ours), shares(entries, folded)
        rows.append(row(f"{language}, {len(words):,} forms: pairs of a word together", "%", stemmed[0],
                        {"no stemming": plain[0]}, True))
        rows.append(row(f"{language}: pairs together of one word", "%", stemmed[1], {"no stemming": plain[1]}, True))
        rows.append(row(f"{language}: a word", "ns", nanoseconds, {}))
        listed = snowball_list(options.data, listed, options.build)
        if listed:
            known = [forms & listed.keys() for forms in entries]
            known = [forms for forms in known if len(forms) > 1]
            count = len(set().union(*known))
            stemmed, plain, peer = shares(known, ours), shares(known, folded), shares(known, listed)
            for figure, what in enumerate(("pairs of a word together", "pairs together of one word")):
                rows.append(row(f"{language}, {count:,} forms in Snowball's list: {what}", "%", stemmed[figure],
                                {"no stemming": plain[figure], "Snowball 3": peer[figure]}, True))
    if not rows:
        sys.exit("no dictionary of hunspell is here")
    finish(options.out, "languages", "Dictionaries of hunspell, entries with their suffixes", rows,
           "tests/bench/run.sh languages" + (" --quick" if options.quick else ""))


if __name__ == "__main__":
    main()
