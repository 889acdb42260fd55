#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The documents and queries of the search, index and growth benchmarks, made in build/bench/data.

A document is one row of the list of operations: columns separated by TAB are its number (from 0), country,
fund, year, day (since 1970), amount in cents ('-' or -1 where the list has none that can be read), and its
text: name and description as one list of tokens with a space between. The description is in, since names
alone are six words long and would measure little. A token is a maximal run of Unicode letters and digits in
lower case. So every engine splits at the space and is given the same words.

A query line has, separated by TAB: two to four words of the name of a random document, a phrase of it, a
prefix and a misspelt word from it, and its country. Both files come from fixed seeds.
"""
import argparse
import bisect
import collections
import datetime
import importlib
import itertools
import math
import os
import random
import re
import sys

SEED = 20261124
QUERIES = 1000
QUICK_DOCUMENTS = 20000
QUICK_QUERIES = 100
SIZES = (50000, 100000, 200000)
LARGE = 4000000

TOKEN = re.compile(r"[^\W_]+")  # exactly the runs of str.isalnum
MONTHS = {name: number for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


def tokens(text):
    words = []
    for word in TOKEN.findall(text):
        word = word.lower()
        if not word.isalnum():  # lower() can make a combining dot, as of the Turkish capital I
            word = "".join(filter(str.isalnum, word))
        if word:
            words.append(word)
    return words


def day_of(text):
    """Days since 1970 of a date as the lists write them, -1 where it cannot be read. Day before month."""
    parts = re.findall(r"[A-Za-z]+|\d+", text.split("T")[0].split(" 00:")[0])
    if len(parts) < 3:
        return -1
    first, second, third = parts[:3]
    month = MONTHS.get(second[:3].lower()) if second.isalpha() else int(second)
    if month is None or not first.isdigit() or not third.isdigit():
        return -1
    year, day = (first, int(third)) if len(first) == 4 else (third, int(first))
    year = 2000 + int(year) if len(year) == 2 else int(year)
    try:
        days = (datetime.date(year, month, day) - datetime.date(1970, 1, 1)).days
    except ValueError:
        return -1
    return max(days, -1)


def year_of(text):
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return found.group() if found else "-"


def cents_of(text):
    """Cents of an amount as the lists write it, -1 where there is none. Three digits after the last mark
    are thousands, any other number of them is a fraction."""
    found = re.fullmatch(r"(?:€ ?)?(\d[\d.,  ]*?)(?: ?(?:€|kn|\.- ?HUF))?", text.strip())
    if not found:
        return -1
    number = re.sub(r"\s", "", found.group(1))
    mark = max(number.rfind("."), number.rfind(","))
    fraction = ""
    if mark >= 0 and len(number) - mark - 1 != 3:
        number, fraction = number[:mark], number[mark + 1:]
    whole = re.sub(r"\D", "", number)
    return int(whole or "0") * 100 + round(float("0." + (fraction or "0")) * 100)


def newer(path, *sources):
    return os.path.exists(path) and all(
        os.path.getmtime(path) >= os.path.getmtime(source) for source in (*sources, os.path.abspath(__file__)))


def write(path, lines):
    with open(path + ".new", "w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)
    os.replace(path + ".new", path)


def row(number, cells, words):
    return "\t".join((str(number), *cells, " ".join(words)))


def operations(source):
    """(country, language, (country, fund, year, day, cents), tokens of the name, tokens of name and
    description) of each row of the list."""
    with open(source, encoding="utf-8", newline="") as file:
        columns = next(file).rstrip("\r\n").split("\t")
        at = {name: number for number, name in enumerate(columns)}
        for line in file:
            cells = line.rstrip("\r\n").split("\t")
            date = cells[at["starting_date"]]
            country = cells[at["country"]] or "-"
            name = tokens(cells[at["project_name"]])
            shown = (country, cells[at["fund_acronym"]].strip() or "-", year_of(date), str(day_of(date)),
                     str(cents_of(cells[at["total_amount"]])))
            yield country, cells[at["language"]], shown, name, name + tokens(cells[at["project_description"]])


def invented(count):
    """Documents of the same shape from a fixed seed: words of syllables, the frequent ones far more so."""
    draw = random.Random(SEED)
    syllables = [c + v for c in "bcdfghklmnprstvz" for v in "aeiou"]
    words = sorted({"".join(draw.choices(syllables, k=draw.randrange(1, 6))) for _ in range(20000)})
    draw.shuffle(words)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))

    def some(number):
        return draw.choices(words, cum_weights=weights, k=number)

    for _ in range(count):
        country = draw.choice(("AT", "DE", "DE", "ES", "FI", "LT", "PT"))
        year = draw.choice(("-", "-", "2014", "2015", "2016"))
        day = "-1" if year == "-" else str((int(year) - 1970) * 365 + draw.randrange(365))
        name = some(draw.randrange(2, 10))
        shown = (country, draw.choice(("-", "ESF", "ERDF", "European Social Fund")), year, day,
                 str(draw.randrange(10000000)))
        yield country, "", shown, name, name + (some(draw.randrange(1, 40)) if draw.random() < 0.2 else [])


def misspelt(word, draw):
    """The word at Levenshtein distance 1: one letter put in, left out or changed."""
    at = draw.randrange(len(word))
    kind = draw.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1:]
    letters = sorted(set(word) - {word[at]}) or ["x"]  # of its own script
    return word[:at] + draw.choice(letters) + word[at + (kind == 2):]


def queries(named, count):
    """named: (country, tokens of the name) of every document."""
    draw = random.Random(SEED + 1)
    while count > 0:
        country, name = draw.choice(named)
        words = sorted({word for word in name if len(word) >= 2})
        long = sorted({word for word in name if len(word) > 5})
        if len(words) < 2 or not long:
            continue
        count -= 1
        chosen = draw.sample(words, min(len(words), draw.randrange(2, 5)))
        length = min(len(name), draw.randrange(2, 4))
        at = draw.randrange(len(name) - length + 1)
        prefix = draw.choice(long)[:draw.randrange(3, 6)]
        wrong = misspelt(draw.choice([word for word in words if len(word) >= 5]), draw)
        yield "\t".join((" ".join(chosen), " ".join(name[at:at + length]), prefix, wrong, country))


def grown(documents, count):
    """More documents out of the same texts.

    The real ones come first, as they are. Each further one has the first half of a random text and the
    second half of another of the same country and language, and the columns of the first: so frequencies,
    lengths and which words go together stay near the real ones. New texts bring new words: Heaps' law,
    words = K * tokens^b, is fitted to a random half and all of the real texts, and as many words that were
    never seen go into the new ones as it says, each at a random place. A word once made so is used again as
    often as a new one is made, so that some stay rare and some do not. They are written as a random word
    of the real ones with a number behind.
    """
    draw = random.Random(SEED + 2)
    groups = collections.defaultdict(list)
    seen, spoken = set(), 0
    half = None
    order = list(range(len(documents)))
    draw.shuffle(order)
    for place, at in enumerate(order):
        country, language, _, _, words = documents[at]
        groups[country, language].append(at)
        if place == len(documents) // 2:
            half = len(seen), spoken
        seen.update(words)
        spoken += len(words)
    exponent = math.log(len(seen) / half[0]) / math.log(spoken / half[1])
    wanted = len(seen) * ((count / len(documents)) ** exponent - 1)
    new = wanted / (count - len(documents))  # a document
    vocabulary = sorted(seen)
    made = []
    for number, (_, _, shown, _, words) in enumerate(documents):
        yield row(number, shown, words)
    for number in range(len(documents), count):
        country, language, shown, _, first = draw.choice(documents)
        second = documents[draw.choice(groups[country, language])][4]
        words = first[:(len(first) + 1) // 2] + second[(len(second) + 1) // 2:]
        for known in (False, True):
            for _ in range(int(new) + (draw.random() < new % 1)):
                if not known:
                    made.append(f"{draw.choice(vocabulary)}{len(made)}")
                words.insert(draw.randrange(len(words) + 1), draw.choice(made) if known else made[-1])
        yield row(number, shown, words)


def unpacked(data, out):
    return importlib.import_module("import").unpacked(data, out)  # its name is a word of Python


def prepare(data, out, quick=False):
    """(documents file, queries file, what they are)."""
    folder = os.path.join(out, "data")
    os.makedirs(folder, exist_ok=True)
    source = None if quick else unpacked(data, out)
    if source is None:
        docs = os.path.join(folder, "search-docs-invented.tsv")
        asked = os.path.join(folder, "search-queries-invented.tsv")
        if not quick:
            print(f"the list of operations is not in {os.path.normpath(data)}: {QUICK_DOCUMENTS:,} invented "
                  "documents instead", file=sys.stderr)
        if not newer(docs) or not newer(asked):
            rows = list(invented(QUICK_DOCUMENTS))
            write(docs, (row(number, shown, words) for number, (_, _, shown, _, words) in enumerate(rows)))
            write(asked, queries([(country, name) for country, _, _, name, _ in rows], QUICK_QUERIES))
        return docs, asked, f"{QUICK_DOCUMENTS:,} invented documents, {QUICK_QUERIES} queries"
    asked = os.path.join(folder, "search-queries.tsv")
    with open(source, "rb") as file:
        total = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1
    docs = os.path.join(folder, f"search-docs-{total}.tsv")
    if not newer(docs, source) or not newer(asked, source):
        named = []

        def rows():
            for number, (country, _, shown, name, words) in enumerate(operations(source)):
                named.append((country, name))
                yield row(number, shown, words)
        write(docs, rows())
        write(asked, queries(named, QUERIES))
    return docs, asked, f"esf_operations.tsv: {total:,} documents, {QUERIES:,} queries"


def sized(data, out, size):
    """A file of another size, for growth: a random part of the real one in its order, or grown() beyond it.
    None where the data is missing."""
    docs = prepare(data, out)[0]
    if docs.endswith("invented.tsv"):
        return None
    source = unpacked(data, out)
    path = os.path.join(out, "data", f"search-docs-{size}.tsv")
    if newer(path, source):
        return path
    with open(docs, encoding="utf-8", newline="\n") as file:
        total = sum(1 for _ in file)
        if size > total:
            write(path, grown(list(operations(source)), size))
            return path
        order = list(range(total))
        random.Random(SEED + 3).shuffle(order)
        taken = sorted(order[:size])
        file.seek(0)

        def rows():
            for number, line in enumerate(file):
                at = bisect.bisect_left(taken, number)
                if at < size and taken[at] == number:
                    yield f"{at}\t" + line.rstrip("\n").split("\t", 1)[1]
        write(path, rows())
    return path


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=os.path.join(here, "..", "..", "build", "bench"))
    parser.add_argument("--data", default=os.path.join(here, "..", "..", "..", "shared", "data"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--size", type=int, help="documents, instead of all")
    options = parser.parse_args()
    if options.size:
        print(sized(options.data, options.out, options.size))
    else:
        print("\n".join(prepare(options.data, options.out, options.quick)))


if __name__ == "__main__":
    main()
