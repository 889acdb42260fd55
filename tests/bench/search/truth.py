# SPDX-License-Identifier: Apache-2.0
"""What the right answers are, by brute force: which documents match, and BM25 of every match."""
import array
import bisect
import collections
import math

FACETS = ("country", "fund", "year")


def kept_length(length):
    """A length as one byte keeps it in Lucene: exact below 24, else with three bits behind the first."""
    if length < 24:
        return length
    rest = length - 24
    shift = max(0, rest.bit_length() - 4)
    return 24 + (rest >> shift << shift)


class Truth:
    def __init__(self, path):
        self.numbers = []
        self.columns = ([], [], [])
        self.texts = []
        self.lists = collections.defaultdict(lambda: array.array("I"))
        with open(path, encoding="utf-8", newline="\n") as file:
            for place, line in enumerate(file):
                number, *cells, _day, _cents, text = line.rstrip("\n").split("\t")
                self.numbers.append(int(number))
                for column, cell in zip(self.columns, cells):
                    column.append(cell)
                self.texts.append(f" {text} ")
                for word in set(text.split()):
                    self.lists[word].append(place)
        self.words = sorted(self.lists)
        self.letters = sorted(set("".join(self.words)))
        self.average = sum(text.count(" ") - 1 for text in self.texts if text != "  ") / len(self.texts)

    def near(self, word):
        """Every word at distance at most 1."""
        found = {word}
        for at in range(len(word) + 1):
            before, after = word[:at], word[at:]
            found.add(before + after[1:])
            for letter in self.letters:
                found.add(before + letter + after)
                found.add(before + letter + after[1:])
        return found & self.lists.keys()

    def matches(self, case, asked):
        """Places of the documents that a query finds."""
        lists = [self.lists.get(word, ()) for word in asked.words]
        if case == "and10":
            return set(lists[0]).intersection(*lists[1:])
        if case == "phrase10":
            lists = [self.lists.get(word, ()) for word in asked.phrase]
            phrase = " " + " ".join(asked.phrase) + " "
            return {place for place in set(lists[0]).intersection(*lists[1:]) if phrase in self.texts[place]}
        if case == "prefix10":
            first = bisect.bisect_left(self.words, asked.prefix)
            found = set()
            for word in self.words[first:]:
                if not word.startswith(asked.prefix):
                    break
                found.update(self.lists[word])
            return found
        if case == "fuzzy10":
            return set().union(*(self.lists[word] for word in self.near(asked.wrong)))
        found = set().union(*lists)
        if case == "or10-country":
            return {place for place in found if self.columns[0][place] == asked.country}
        return found

    def counts(self, places):
        return {f"{facet}:{value}:{count}" for facet, column in zip(FACETS, self.columns)
                for value, count in collections.Counter(map(column.__getitem__, places)).items()}

    def best(self, asked, places, depth):
        """[(number, score)]: of these documents, by the words of the query."""
        idf = {}
        for word in asked.words:
            count = len(self.lists.get(word, ()))
            idf[word] = math.log(1 + (len(self.texts) - count + 0.5) / (count + 0.5))
        scored = []
        for place in places:
            words = self.texts[place].split()
            norm = 1.2 * (0.25 + 0.75 * kept_length(len(words)) / self.average)
            score = 0.0
            for word in asked.words:
                times = words.count(word)
                score += idf[word] * times / (times + norm)
            scored.append((-score, place))
        scored.sort()
        return [(self.numbers[place], -score) for score, place in scored[:depth]]
