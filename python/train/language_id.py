#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes src/data/languages-id/ngrams.bin, by which Koinon tells the language of short texts.

    language_id.py --corpus CORPUS --out ngrams.bin     CORPUS as language_id_corpus.py leaves it

A linear classifier over hashed character n-grams of words (1 to 5 letters, and whole words), trained by logistic
regression on pieces of 1 to 16 words of one line, with six bits for a weight. docs/reference/language-of-a-text.md
describes features and file; src/text/language_id.cpp computes the same ones. It is measured on the Universal
Declaration of Human Rights, of which nothing in the 24 languages is trained on. Needs numpy and scipy.
"""
import argparse
import collections
import hashlib
import json
import os
import struct
import sys
import unicodedata

import numpy
import scipy.sparse

from language_id_corpus import OFFICIAL

LONGEST = 5
WORD = LONGEST + 1  # the length by which a whole word is hashed
FACTOR = numpy.uint64(0x9E3779B97F4A7C15)
BASE = 0x100000001B3
SPREAD = 0xD6E8FEB86659FD93
HEADER = struct.Struct("<8sIIIf")
LEVELS = 64  # values of a weight: six bits
PRIOR_OUTSIDE = numpy.log(0.1)  # in measurements, as the library has it


def letters(text):
    """Lower-case words with one blank around each; an apostrophe or hyphen between letters ends the word before it."""
    out = [" "]
    text = unicodedata.normalize("NFC", text)
    for place, character in enumerate(text):
        if unicodedata.category(character)[0] in "LM":
            low = character.lower()
            out.append(low if len(low) == 1 else character)
        elif out[-1] != " ":
            if character in "'\u2019-" and place + 1 < len(text) and unicodedata.category(text[place + 1])[0] == "L":
                out.append("'" if character != "-" else "-")
            out.append(" ")
    if out[-1] != " ":
        out.append(" ")
    return "".join(out)


class Features:
    """The buckets of a text that letters() made, and how many come before each of its characters."""

    def __init__(self, text, bits):
        code = numpy.frombuffer(text.encode("utf-32-le"), dtype=numpy.uint32).astype(numpy.uint64)
        size = len(code)
        blank = code == 32
        places = numpy.where(blank, numpy.arange(size), size)
        following = numpy.minimum.accumulate(places[::-1])[::-1]  # the next blank at or after
        after = numpy.append(following[1:], size)  # the next blank after
        self.blanks = numpy.flatnonzero(blank)
        grid = numpy.full((size, WORD), -1, dtype=numpy.int64)
        with numpy.errstate(over="ignore"):
            sums = numpy.zeros(size, dtype=numpy.uint64)
            power = 1
            for length in range(1, LONGEST + 1):
                shifted = numpy.zeros(size, dtype=numpy.uint64)
                shifted[:size - length + 1] = code[length - 1:]
                sums = sums + shifted * numpy.uint64(power)
                power = power * BASE % 2**64
                valid = numpy.arange(size) + length - 1 <= numpy.minimum(after, size - 1)
                if length == 1:
                    valid = ~blank
                grid[:, length - 1] = numpy.where(valid, self.bucket(sums, length, bits), -1)
            words = numpy.zeros(len(self.blanks), dtype=numpy.uint64)
            ends = after[self.blanks]
            lengths = ends - self.blanks - 1
            power = 1
            for k in range(int(lengths.max(initial=0))):
                inside = lengths > k
                words[inside] += code[self.blanks[inside] + 1 + k] * numpy.uint64(power)
                power = power * BASE % 2**64
            full = (lengths > 0) & (ends < size)
            grid[self.blanks[full], WORD - 1] = self.bucket(words, WORD, bits)[full]
        present = grid >= 0
        self.starts = numpy.append(0, numpy.cumsum(present.sum(axis=1)))
        self.buckets = grid[present].astype(numpy.uint32)

    @staticmethod
    def bucket(sums, length, bits):
        mixed = (sums + numpy.uint64(length) * FACTOR) * numpy.uint64(SPREAD)
        mixed ^= mixed >> numpy.uint64(32)
        return ((mixed * FACTOR) >> numpy.uint64(64 - bits)).astype(numpy.int64)

    def of_words(self, first, last):
        """Those of the words first to last - 1."""
        return self.buckets[self.starts[self.blanks[first]]:self.starts[self.blanks[last]]]


def matrix(pieces, bits):
    """One row for each array of buckets: counts over the root of how many there are."""
    sizes = numpy.array([len(piece) for piece in pieces])
    columns = numpy.concatenate(pieces).astype(numpy.int32)
    values = numpy.repeat((1 / numpy.sqrt(numpy.maximum(sizes, 1))).astype(numpy.float32), sizes)
    return scipy.sparse.csr_matrix((values, columns, numpy.append(0, numpy.cumsum(sizes))), shape=(len(pieces), 1 << bits))


def read(corpus, language):
    with open(os.path.join(corpus, language + ".tsv"), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t", 1) for line in file]


def drawn(lines, count, bits, draw):
    """`count` pieces of a language; every source as likely as the root of its size."""
    texts = [letters(text) for _, text in lines]
    joined = Features("".join(" " if not text.strip() else text[1:] if place else text for place, text in enumerate(texts)), bits)
    words = numpy.array([text.count(" ") - 1 if text.strip() else 0 for text in texts])
    # An empty line is one blank in the joined text; it ends a word of no letters.
    ends = numpy.cumsum(numpy.where(words == 0, 1, words))
    starts = ends - numpy.where(words == 0, 1, words)
    names = [source for source, _ in lines]
    totals = {name: 0 for name in set(names)}
    for name, size in zip(names, words):
        totals[name] += size
    weight = numpy.array([size / max(totals[name], 1) ** 0.5 for name, size in zip(names, words)])
    picked = draw.choice(len(lines), size=count, p=weight / weight.sum())
    pieces = []
    wanted = draw.choice([1, 2, 3, 4, 4, 4, 5, 6, 8, 12, 16], size=count)
    for line, length in zip(picked, wanted):
        length = min(length, words[line])
        room = words[line] - length
        # A third from where the line begins: titles and questions do.
        first = starts[line] + (draw.integers(room + 1) if room > 0 and draw.random() < 0.67 else 0)
        pieces.append(joined.of_words(first, first + length))
    return pieces


def softmax(scores):
    scores = scores - scores.max(axis=1, keepdims=True)
    numpy.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def trained(rows, labels, classes, options, draw):
    weights = numpy.zeros((rows.shape[1], classes), dtype=numpy.float32)
    seen = numpy.full(weights.shape, 1e-4, dtype=numpy.float32)
    steps = 0
    for epoch in range(options.epochs):
        order = draw.permutation(rows.shape[0])
        loss = 0.0
        rate = options.rate * (1 - epoch / options.epochs)
        for begin in range(0, len(order), options.batch):
            part = order[begin:begin + options.batch]
            batch = rows[part]
            keep = draw.random(len(batch.data)) < 1 - options.drop
            batch.data = batch.data * keep / (1 - options.drop)
            chance = softmax(batch @ weights)
            target = labels[part]
            loss -= numpy.log(chance[numpy.arange(len(part)), target] + 1e-9).sum()
            chance[numpy.arange(len(part)), target] -= 1
            slope = (batch.T @ chance) / len(part) + options.decay * weights
            seen += slope * slope
            weights -= rate * slope / numpy.sqrt(seen)
            steps += 1
        print(f"epoch {epoch}: loss {loss / len(order):.4f}", file=sys.stderr, flush=True)
    return weights


def packed(weights, levels):
    """The place of each weight among `levels` values, and these, by Lloyd's rule; zero is always one of them."""
    sample = numpy.sort(weights[weights != 0])[::97].astype(numpy.float64)
    values = numpy.quantile(sample, (numpy.arange(levels) + 0.5) / levels)
    values = numpy.linspace(values[0], values[-1], levels) / 2 + values / 2
    for _ in range(60):
        values[numpy.abs(values).argmin()] = 0
        places = numpy.searchsorted((values[1:] + values[:-1]) / 2, sample)
        values = numpy.array([sample[places == one].mean() if (places == one).any() else values[one] for one in range(levels)])
        values.sort()
    values[numpy.abs(values).argmin()] = 0
    unit = numpy.abs(values).max() / 127
    values = numpy.rint(values / unit)
    places = numpy.searchsorted((values[1:] + values[:-1]) / 2 * unit, weights)
    return places.astype(numpy.uint8), values.astype(numpy.int8), float(unit)


def measured(weights, languages, development, bits, name):
    prior = numpy.array([0 if language in OFFICIAL else PRIOR_OUTSIDE for language in languages], dtype=numpy.float32)
    for what, longest in (("paragraphs", 10**6), ("first four words", 4), ("first two words", 2)):
        right = total = 0
        each = {}
        confused = {}
        for language, paragraphs in development.items():
            pieces = []
            for paragraph in paragraphs:
                text = letters(paragraph)
                count = text.count(" ") - 1
                if count >= 2:
                    pieces.append(Features(text, bits).of_words(0, min(count, longest)))
            said = (matrix(pieces, bits) @ weights + prior).argmax(axis=1)
            confused[language] = collections.Counter(languages[one] for one in said)
            hits = sum(languages[one] == language for one in said)
            each[language] = hits / len(pieces)
            right, total = right + hits, total + len(pieces)
        if longest == 4:
            print("; ".join(f"{language}: {found.most_common(3)}" for language, found in confused.items()))
        worst = sorted(each.items(), key=lambda item: item[1])[:9]
        print(f"{name}, {what}: mean {sum(each.values()) / len(each):.4f}; "
              + " ".join(f"{language} {share:.3f}" for language, share in worst), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--bits", type=int, default=16)
    parser.add_argument("--pieces", type=int, default=40000, help="of each language")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=0.3)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--decay", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    draw = numpy.random.default_rng(options.seed)
    languages = sorted(name[:-4] for name in os.listdir(options.corpus) if name.endswith(".tsv"))
    pieces, labels = [], []
    for number, language in enumerate(languages):
        lines = read(options.corpus, language)
        count = options.pieces
        pieces.extend(drawn(lines, count, options.bits, draw))
        labels.extend([number] * count)
    rows = matrix(pieces, options.bits)
    del pieces
    labels = numpy.array(labels)
    print(f"{rows.shape[0]:,} pieces, {rows.nnz:,} features", file=sys.stderr, flush=True)
    weights = trained(rows, labels, len(languages), options, draw)
    with open(os.path.join(options.corpus, "development.json"), encoding="utf-8") as file:
        development = json.load(file)
    measured(weights, languages, development, options.bits, "as trained")
    places, values, unit = packed(weights, LEVELS)
    measured(values[places].astype(numpy.float32) * unit, languages, development, options.bits, f"{LEVELS} values")
    with open(options.out, "wb") as file:
        file.write(HEADER.pack(b"KNLANGID", 1, options.bits, len(languages), unit))
        file.write(" ".join(languages).encode().ljust(256, b"\0") + values.tobytes())
        # Four weights of a row in three bytes, the first in the lowest bits.
        fours = numpy.pad(places, ((0, 0), (0, -len(languages) % 4))).astype(numpy.uint32).reshape(-1, 4)
        whole = fours @ numpy.array([1, 1 << 6, 1 << 12, 1 << 18], dtype=numpy.uint32)
        file.write(whole.astype("<u4").view(numpy.uint8).reshape(-1, 4)[:, :3].tobytes())
    print(hashlib.sha256(open(options.out, "rb").read()).hexdigest(), options.out)


if __name__ == "__main__":
    main()
