#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes src/data/compounds/LANGUAGE.txt: the parts of compounds with what they cost as first, last or only part.

    python3 -m venv work && work/bin/pip install wordfreq==3.1.1 german-nouns==1.2.5
    apt-get install hunspell-nl hunspell-da hunspell-hu myspell-et
    work/bin/python python/train/compounds.py src/data/compounds

The model. A word is one part or several. A first or middle part costs -ln of the share that it has among the first
parts of all compounds seen, a last part the same among last parts; a linking element, a changed stem and an inflected
ending cost what compound_languages.py says; a word that stays whole costs less the more frequent it is. What costs
least wins. The shares are found by splitting the word list itself, some times over, each time with the costs of the
time before (hard expectation maximisation, as in Morfessor: Creutz and Lagus, 2002). The list of words counts types.
A word that its parts explain better than its frequency does is not kept.
"""
import argparse
import collections
import csv
import importlib.util
import math
import os
import re
import sys

from compound_languages import LANGUAGES

WORDFREQ = "wordfreq 3.1.1 by Robyn Speer, data CC BY-SA 4.0"
SOURCES = {
    "de": [WORDFREQ, "german-nouns 1.2.5 by Leo Kunze, after Wiktionary, CC BY-SA 4.0"],
    "nl": [WORDFREQ, "OpenTaal word list 2.20.19 (Debian hunspell-nl), BSD-3-Clause or CC BY 3.0"],
    "sv": [WORDFREQ],
    "da": [WORDFREQ, "Stavekontrolden (Debian hunspell-da 7.5.0), MPL-1.1 of its three licences"],
    "fi": [WORDFREQ],
    "hu": [WORDFREQ, "Magyar Ispell (Debian hunspell-hu 7.5.0), MPL-2.0 of its three licences"],
    "et": ["word list of the Institute of the Estonian Language, 1999 (Debian myspell-et), free for any use"],
}
LICENCES = {"de": "CC-BY-SA-4.0", "nl": "CC-BY-SA-4.0", "sv": "CC-BY-SA-4.0", "da": "CC-BY-SA-4.0 AND MPL-1.1", "fi": "CC-BY-SA-4.0",
            "hu": "CC-BY-SA-4.0 AND MPL-2.0", "et": "LicenseRef-EKI"}
DICTIONARIES = {"nl": "nl_NL", "da": "da_DK", "hu": "hu_HU", "et": "et_EE"}
STEPS = 79          # of costs, a third each
UNKNOWN, LETTER = 22.0, 1.34  # what a word that no list has costs whole, and each of its letters
WHOLE, SLOPE = 12.5, 5.0  # a word of 5 on the Zipf scale costs WHOLE, one ten times rarer SLOPE more
JOIN = 0.5          # for each boundary
SHORT = {2: 2.5, 3: 2.0, 4: 1.0, 5: 0.3}  # more for a part of so many letters
MINIMUM = 3
MOST_WORDS = 300000
ROUNDS = 3
LEAST_USED, LEAST_ZIPF = 1, {"et": 0, "fi": 3.0}  # of a part or a whole word that is worth a line; 2.8 for the others
CASES_ET = tuple("ga ta na ni ks sse st lt le da nud tud nu eid isi el il ul al ki gi des tes is mad vas vat ja jam".split())
UNIT = 8            # compounds that have a compound as a part, for it to be a unit
SLACK = 4.0         # that an inflected form may cost more without a line of its own


def hunspell_words(name):
    base = "/usr/share/hunspell/" + name
    encoding = re.search(rb"^SET\s+(\S+)", open(base + ".aff", "rb").read(), re.M).group(1).decode()
    with open(base + ".dic", encoding=encoding) as file:
        next(file)
        for line in file:
            word = re.split(r"[/\t ]", line.strip())[0]
            if word.isalpha() and word.islower():
                yield word


def nouns_de():
    path = os.path.join(next(iter(importlib.util.find_spec("german_nouns").submodule_search_locations)), "nouns.csv")
    with open(path, encoding="utf-8") as file:
        for row in csv.reader(file):
            if len(row) < 3 or row[1] == "pos" or re.search(r"name|Toponym|Affix|fix|Gebunden|Abk", row[1], re.I):
                continue
            for cell in {row[0], *row[6:]}:
                if cell.isalpha() and len(cell) > 2 and cell[1:].islower():
                    yield cell.lower()


class Trainer:
    def __init__(self, language):
        self.language = language
        self.facts = LANGUAGES[language]
        self.links = {"": 0.0, **self.facts["links"]}
        self.endings = {"": 0.0, **self.facts["endings"]}
        self.never = set(self.facts["never"].split())
        self.short = set(self.facts["short"].split())
        self.least_zipf = LEAST_ZIPF.get(language, 2.8)
        self.zipf = {}
        self.known = set()
        self.load()

    def load(self):
        if importlib.util.find_spec("wordfreq") and self.language != "et":
            import wordfreq
            for word, share in wordfreq.get_frequency_dict(self.language, "best").items():
                if word.isalpha():
                    self.zipf[word] = math.log10(share) + 9
        if self.language == "de":
            self.known = set(nouns_de())
        elif self.language in DICTIONARIES:
            self.known = set(hunspell_words(DICTIONARIES[self.language]))
        more = self.facts.get("more", "").split()  # what a list lacks, added by hand
        self.known.update(more)
        self.zipf.update({word: 3.5 for word in more if self.zipf.get(word, 0) < 3.5})
        for word in self.known:
            self.zipf.setdefault(word, 1.8 if self.language in ("et", "da", "hu") else 1.2)

    def is_candidate(self, word):
        if word in self.short:
            return True
        if len(word) < MINIMUM or word in self.never or len(word) > 24:
            return False
        zipf = self.zipf[word]
        if len(word) == 3:
            return word in self.known and zipf >= 3.6 if self.known else zipf >= 4.5
        if len(word) == 4:
            return zipf >= (1.5 if word in self.known else 3.8 if self.known else 3.0)
        return word in self.known or zipf >= (2.1 if len(word) > 5 else 2.5)

    def whole_cost(self, word):
        zipf = self.zipf.get(word)
        unknown = UNKNOWN + LETTER * len(word)
        return unknown if zipf is None else min(unknown, WHOLE + SLOPE * (5 - zipf))

    def begin(self):
        """Candidates with the same prior for each role, by dampened frequency."""
        self.forms = {}
        candidates = {word for word in self.zipf if self.is_candidate(word)} | self.short
        for word in sorted(candidates):
            for old, new in self.facts["changes"]:
                changed = word[:len(word) - len(old)] + new
                if (word.endswith(old) and self.zipf.get(word, 0) >= 3 and len(changed) > 2 and changed not in self.never
                        and self.is_no_word(changed, word)):
                    if self.zipf.get(self.forms.get(changed), 0) < self.zipf[word]:
                        self.forms[changed] = word
        self.candidates = candidates
        self.prior = {word: 10 ** (0.5 * self.zipf.get(word, 2.0)) for word in candidates}
        total = sum(self.prior.values())
        self.prior = {word: value / total for word, value in self.prior.items()}
        for changed, word in self.forms.items():
            self.prior.setdefault(changed, self.prior[word] * 0.02)
        self.first = {word: -math.log(share) for word, share in self.prior.items()}
        self.last = {word: self.first[word] for word in candidates}
        self.prefixes = {word[:size] for word in self.first for size in range(1, len(word) + 1)}

    def is_no_word(self, changed, word):
        """Whether a list has the changed stem not at all, or only as it stands in compounds: Finnish ihmis-, German sprach-."""
        if changed not in self.zipf:
            return True
        if self.known:
            return changed not in self.known and word in self.known
        return self.zipf[word] >= self.zipf[changed] + 0.7

    def split(self, word, whole=None):
        """(cost, parts) that costs least; parts are (part, link) with the ending as the link of the last."""
        size = len(word)
        best = [math.inf] * (size + 1)
        back = [None] * (size + 1)
        best[0] = 0.0
        end = (self.whole_cost(word) if whole is None else whole, [(word, "")])
        for start in range(size - 1):
            if best[start] == math.inf:
                continue
            for stop in range(start + 1, size + 1):
                part = word[start:stop]
                if part not in self.prefixes:
                    break
                cost = self.first.get(part)
                if cost is not None:
                    for link, extra in self.links.items():
                        after = stop + len(link)
                        total = best[start] + cost + extra + JOIN
                        if after < size - 1 and word.startswith(link, stop) and total < best[after]:
                            best[after], back[after] = total, (start, part, link)
                cost = self.last.get(part) if start else None
                if cost is not None:
                    extra = self.endings.get(word[stop:])
                    if extra is not None and best[start] + cost + extra < end[0]:
                        end = (best[start] + cost + extra, (start, part, word[stop:]))
        if isinstance(end[1], tuple):
            parts, (start, part, link) = [], end[1]
            parts.append((part, link))
            while start:
                start, part, link = back[start]
                parts.append((part, link))
            return end[0], parts[::-1]
        return end

    def learn(self):
        words = sorted((word for word in self.zipf if len(word) >= 6), key=lambda word: (-self.zipf[word], word))[:MOST_WORDS]
        for turn in range(ROUNDS):
            firsts, lasts = collections.Counter(), collections.Counter()
            for word in words:
                _, parts = self.split(word, None if turn else math.inf)  # first as if every word were a compound
                if len(parts) > 1:
                    for part, _ in parts[:-1]:
                        firsts[part] += 1
                    lasts[parts[-1][0]] += 1
            self.first = self.costs(firsts, self.first, 0.1)
            self.last = self.costs(lasts, self.last, 0.1)
            print(f"{self.language} {turn}: {sum(lasts.values())} of {len(words)} split", file=sys.stderr)
        self.firsts, self.lasts = firsts, lasts

    def costs(self, counts, before, weight):
        """Shares smoothed with the prior, which weighs as much as so many of the splits."""
        total = sum(counts.values())
        mass = weight * total
        return {word: SHORT.get(len(word), 0) - math.log((counts[word] + mass * self.prior[word]) / (total + mass))
                for word in before}

    def entries(self):
        """Parts that are used as such or frequent, and whole words that would be split without a line."""
        rows = {}
        for word in set(self.first) | set(self.zipf):
            whole = self.whole_cost(word)
            cost, _ = self.split(word, math.inf) if len(word) > 5 else (math.inf, ())
            used = self.firsts[word] + self.lasts[word]
            if cost < whole and used < UNIT and word not in self.short:
                continue
            if word in self.forms and word not in self.candidates:
                if self.firsts[word] >= 5:
                    rows[word] = (self.first[word], None, None)
            elif used >= LEAST_USED or self.zipf.get(word, 0) >= self.least_zipf:
                if cost < math.inf or used or word in self.first:
                    rows[word] = (self.first.get(word), self.last.get(word), whole)
        for word in [word for word in rows if self.is_inflected(word, rows)]:
            del rows[word]
        return rows

    def is_inflected(self, word, rows):
        """Whether a shorter line with an ending does for it: it begins no compound, and costs little more that way."""
        if self.firsts[word] or word in self.forms or word in self.short:
            return False
        if self.language == "et" and not self.lasts[word] and (len(word) > 10 or word.endswith(CASES_ET)):
            return True  # a list of forms: the genitives, nominatives and partitives are the parts
        for ending, extra in self.endings.items():
            stem = word[:len(word) - len(ending)]
            if len(ending) < 2 and self.language == "et" and ending in "aeiut":
                continue  # these make genitives, and so first parts
            if ending and word.endswith(ending) and len(stem) > 3 and stem in rows and rows[stem][2] is not None:
                _, last, whole = rows[stem]
                _, own, own_whole = rows[word]
                if whole + extra <= own_whole + SLACK and (own is None or last is not None and last + extra <= own + SLACK):
                    return True
        return False


def digit(cost):
    if cost is None:
        return "-"
    return chr(ord("0") + max(0, min(STEPS - 1, round(cost * 3))))


def write(trainer, folder):
    rows = trainer.entries()
    print(f"{trainer.language}: {len(rows)} rows", file=sys.stderr)
    lines = []
    for word, (first, last, whole) in rows.items():
        form = trainer.forms.get(word)
        lines.append(f"{word}\t{digit(first)}{digit(last)}{digit(whole)}" + (f"\t{form}" if form else ""))
    lines.sort(key=lambda line: line.encode())
    path = os.path.join(folder, trainer.language + ".txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"# SPDX-License-Identifier: {LICENCES[trainer.language]}\n")
        for source in SOURCES[trainer.language]:
            file.write(f"# source: {source}\n")
        file.write(f"# grammar: {trainer.facts['grammar']}\n# made by python/train/compounds.py\n")
        for kind in ("links", "endings"):
            for text, cost in sorted(trainer.facts[kind].items()):
                file.write(f"!{kind[:-1]}\t{text}\t{digit(cost)}\n")
        file.write(f"!unknown\t\t{digit(UNKNOWN)}\n!letter\t\t{digit(LETTER)}\n!join\t\t{digit(JOIN)}\n")
        file.write("\n".join(lines) + "\n")
    print(f"{path}: {len(lines)} lines, {os.path.getsize(path)} bytes", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("languages", nargs="*", default=sorted(LANGUAGES))
    options = parser.parse_args()
    for language in options.languages:
        trainer = Trainer(language)
        trainer.begin()
        trainer.learn()
        write(trainer, options.folder)


if __name__ == "__main__":
    main()
