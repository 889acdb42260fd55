#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes src/data/latent/koinon-24.vectors, by which Koinon compares texts of different languages by what they are about.

    word_vectors.py --corpus CORPUS --programs build/release/bin --out koinon-24.vectors
    word_vectors.py --corpus CORPUS --programs build/release/bin --measure src/data/latent/koinon-24.vectors

CORPUS as word_vectors_corpus.py leaves it, programs as KOINON_BENCH builds them. The first trains (word_vectors.cpp),
writes the file and measures it; the second measures alone. docs/reference/word-vectors.md describes features and file.
Needs numpy and xxhash; wordfreq 3.1.1 for training.
"""
import argparse
import os
import struct
import subprocess
import sys
import tempfile

import numpy
import xxhash

from language_id_corpus import OFFICIAL

HEADER = 96
CODES = 256  # that a byte can be
OF_WORDS, OF_GRAMS = 4, 2  # numbers to a byte: texts are made of more grams than words, so that their errors count for more
SAMPLE, ROUNDS = 60_000, 12  # of k-means
LISTED = 40_000  # words of a language, of which the frequent ones get rows first
NAMES = {"hr": "sh"}  # what wordfreq calls a language
STAGES = ["40000", "0.15", "0.06", "0.3", "60000", "0.1", "0.05", "0.35"]  # steps, rate, temperature, share dropped
SHORT_STAGES = ["50", "0.15", "0.06", "0.3"]
SETS = ("messages", "eurovoc", "declaration")
LEAST = 30  # texts that a pair of languages must share to be measured
NOTE = """Koinon word vectors: 128 dimensions, the 24 official languages of the EU, words and 3- to 5-grams of word skeletons.
Holds numbers and hashes only, no text. Learnt from parallel texts of: EuroVoc (Publications Office of the European Union, reuse with
attribution; without the tenth of its concepts that is held out), eForms SDK labels (European Union), CLDR 48.2 annotations and names
(Unicode licence), message catalogues of Debian 12 packages (LibreOffice MPL-2.0; GnuCash, KMyMoney, Gramps, Evolution, digiKam,
Freeciv, KStars, KGeography, Kalzium, MediaWiki, Wesnoth, Tux Paint: GPL; iso-codes LGPL), the OpenStreetMap tagging schema (ISC), WordNet 3.0
(Princeton), the Romanian WordNet (MIT, GPL-3), FreeDict dictionaries (WikDict, CC BY-SA 3.0; others GPL).
The recipe, versions and figures are in docs/reference/word-vectors.md.
"""


def write_words(path):
    """The frequent words of each language that wordfreq knows, the most frequent first."""
    import wordfreq

    known = wordfreq.available_languages()
    with open(path, "w", encoding="utf-8") as file:
        for language in OFFICIAL:
            name = NAMES.get(language, language)
            words = wordfreq.top_n_list(name, LISTED) if name in known else []
            print(language, len(words), "words by frequency")
            for word in words:
                file.write(f"{language}\t{word}\n")


def padded(data):
    return data + b"\0" * (-len(data) % 64)


def nearest(parts, codes):
    """For each row of parts the number of the nearest code."""
    squares = (codes * codes).sum(1)
    out = numpy.empty(len(parts), numpy.uint8)
    for i in range(0, len(parts), 65536):
        out[i:i + 65536] = (squares - 2 * parts[i:i + 65536] @ codes.T).argmin(1)
    return out


def codes_of(parts, random):
    """256 codes for rows of a few numbers: k-means (Lloyd)."""
    codes = parts[random.choice(len(parts), CODES)]
    for _ in range(ROUNDS):
        chosen = nearest(parts, codes)
        counts = numpy.bincount(chosen, minlength=CODES)
        for j in range(parts.shape[1]):
            codes[:, j] = numpy.bincount(chosen, parts[:, j], CODES) / numpy.maximum(counts, 1)
        lost = numpy.flatnonzero(counts == 0)
        codes[lost] = parts[random.choice(len(parts), len(lost))]
    return codes


def quantised(rows, of_a_byte):
    """Product quantisation (Jegou et al., 2011): bytes, the scale of each row, what the bytes stand for.

    A byte stands for `of_a_byte` neighbours of the row at length 1; the scale is the best for what they give.
    """
    random = numpy.random.default_rng(1)
    length = numpy.linalg.norm(rows, axis=1)
    directions = (rows / numpy.maximum(length, 1e-9)[:, None]).astype(numpy.float32)
    alive = numpy.flatnonzero(length > 1e-3)
    if len(alive) < CODES:
        alive = numpy.arange(len(rows))
    sample = random.choice(alive, SAMPLE)
    places = range(0, rows.shape[1], of_a_byte)
    codes = numpy.stack([codes_of(directions[sample, at:at + of_a_byte], random) for at in places]).astype("<f4")
    numbers = numpy.stack([nearest(directions[:, at:at + of_a_byte], codes[i]) for i, at in enumerate(places)], axis=1)
    given = unpacked(numbers, codes)
    scales = (rows * given).sum(1) / numpy.maximum((given * given).sum(1), 1e-12)
    return numbers, short(scales), codes


def unpacked(numbers, codes):
    """The rows that bytes stand for."""
    return codes[numpy.arange(len(codes)), numbers].reshape(len(numbers), -1)


def short(scales):
    """The upper half of floats, rounded."""
    return ((scales.astype("<f4").view("<u4") + 0x8000) >> 16).astype("<u2")


def write_table(trained, out):
    """Turns what koinon_train_vectors wrote into the file that the library reads."""
    with open(trained, "rb") as file:
        dimension, words, grams, least, most = struct.unpack("<5I", file.read(20))
        hashes = numpy.fromfile(file, "<u8", words)
        rows = numpy.fromfile(file, "<f4", (words + grams) * dimension).reshape(-1, dimension)
    if (numpy.diff(hashes) == 0).any() or not numpy.isfinite(rows).all():
        sys.exit("two words with one hash, or numbers that are none")
    word_rows, word_scales, word_codes = quantised(rows[:words], OF_WORDS)
    gram_rows, gram_scales, gram_codes = quantised(rows[words:], OF_GRAMS)
    note = NOTE.encode()
    body = bytes(HEADER) + note
    scales = numpy.concatenate([word_scales, gram_scales])
    codes = word_codes.tobytes() + gram_codes.tobytes()
    for part in (hashes.tobytes(), scales.tobytes(), codes, word_rows.tobytes(), gram_rows.tobytes()):
        body = padded(body) + part
    checksum = xxhash.xxh3_64_intdigest(body[HEADER:], 0)
    header = struct.pack("<4sIIIIIIIQQII", b"KNWV", 2, dimension, words, grams, least, most, len(note), checksum, len(body),
                         OF_WORDS, OF_GRAMS)
    # A table is replaced by a rename, never written over: a process may be reading it.
    with open(out + ".part", "wb") as file:
        file.write(header.ljust(HEADER, b"\0") + body[HEADER:])
    os.replace(out + ".part", out)
    print(out, words, "words", grams, "buckets", len(body), "bytes")


class Table:
    """A table of word vectors, and the program that says what a text is to it."""

    def __init__(self, path, programs):
        with open(path, "rb") as file:
            data = file.read()
        header = struct.unpack_from("<4sIIIIIIIQQII", data)
        magic, version, dimension, words, grams, self.least, self.most, note, _, size, of_words, of_grams = header
        if magic != b"KNWV" or version != 2 or size != len(data):
            sys.exit(f"{path}: no whole table of word vectors")
        begin = HEADER + note
        parts = []
        for kind, count in (("<u8", words), ("<u2", words + grams), ("<f4", 2 * CODES * dimension),
                            ("u1", words * dimension // of_words), ("u1", grams * dimension // of_grams)):
            begin = len(padded(bytes(begin)))
            parts.append(numpy.frombuffer(data, kind, count, begin))
            begin += parts[-1].nbytes
        self.hashes, scales, codes, word_rows, gram_rows = parts
        codes = codes.reshape(2, dimension * CODES)
        self.rows = numpy.concatenate([
            unpacked(rows.reshape(-1, dimension // of_a_byte), codes[i].reshape(-1, CODES, of_a_byte))
            for i, (rows, of_a_byte) in enumerate(((word_rows, of_words), (gram_rows, of_grams)))])
        self.rows *= (scales.astype("<u4") << 16).view("<f4")[:, None]
        self.words = words
        self.grams = grams
        self.program = os.path.join(programs, "koinon_train_features")

    def vectors(self, texts):
        """One row of length 1 for each text, zeros where the table knows nothing of it."""
        lines = "".join(text + "\n" for text in texts).encode()
        features = subprocess.run([self.program, str(self.least), str(self.most)], input=lines, check=True, capture_output=True).stdout
        record = numpy.dtype([("kind", "u1"), ("hash", "<u8"), ("weight", "<f4")])
        out = numpy.zeros((len(texts), self.rows.shape[1]), numpy.float32)
        at = 0
        for vector in out:
            count = struct.unpack_from("<I", features, at)[0]
            part = numpy.frombuffer(features, record, count, at + 4)
            at += 4 + count * record.itemsize
            vector[:] = self.sum(part)
        return out / numpy.maximum(numpy.linalg.norm(out, axis=1, keepdims=True), 1e-12)

    def sum(self, features):
        hashes, weights = features["hash"], features["weight"]
        gram = features["kind"] == 1
        places = numpy.minimum(numpy.searchsorted(self.hashes, hashes), self.words - 1)
        known = gram | (self.hashes[places] == hashes)
        rows = numpy.where(gram, self.words + (hashes & numpy.uint64(self.grams - 1)).astype(numpy.int64), places)
        return weights[known] @ self.rows[rows[known]]


def read_set(path):
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    return [dict(zip(fields[1::2], fields[2::2])) for fields in lines]


def found(questions, answers, right):
    """Shares of the questions whose right answer is the first, and is among the first ten."""
    scores = questions @ answers.T
    ahead = (scores > scores[numpy.arange(len(right)), right][:, None]).sum(axis=1)
    return (ahead < 1).mean(), (ahead < 10).mean()


def measure(table, name, items):
    """Looks for each text of a language among all those of another; prints means over the pairs of languages."""
    vectors = {}
    for language in OFFICIAL:
        having = [i for i, item in enumerate(items) if language in item]
        if having:
            vectors[language] = having, table.vectors([items[i][language] for i in having])
    results = {}
    for asked, (questions, rows) in vectors.items():
        for language, (answers, columns) in vectors.items():
            place = {item: i for i, item in enumerate(answers)}
            both = [i for i, item in enumerate(questions) if item in place]
            if asked != language and len(both) >= LEAST:
                right = numpy.array([place[questions[i]] for i in both])
                results[asked, language] = (*found(rows[both], columns, right), len(answers))
    if not results:
        print(name, "has no two languages with enough texts")
        return
    first, ten, size = numpy.mean(list(results.values()), axis=0)
    print(f"{name}: hit@1 {first:.3f} hit@10 {ten:.3f} among {size:.0f}, {len(results)} pairs")
    for language in OFFICIAL:
        of_it = [value for pair, value in results.items() if language in pair]
        if of_it:
            print(f"  {language} {numpy.mean(of_it, axis=0)[0]:.2f} {numpy.mean(of_it, axis=0)[1]:.2f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--programs", required=True, help="folder of koinon_train_vectors and koinon_train_features")
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--out", help="the table to make")
    task.add_argument("--measure", help="a table that is there")
    parser.add_argument("--words", type=int, default=340_000, help="words with a row of their own, at most")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--smoke", action="store_true", help="50 steps, to try the scripts: the table is of no use")
    options = parser.parse_args()
    if options.out:
        with tempfile.TemporaryDirectory() as scratch:
            words, trained = os.path.join(scratch, "words.tsv"), os.path.join(scratch, "trained")
            write_words(words)
            subprocess.run([os.path.join(options.programs, "koinon_train_vectors"), os.path.join(options.corpus, "train.tsv"), words,
                            trained, str(options.words), str(options.threads), *(SHORT_STAGES if options.smoke else STAGES)], check=True)
            write_table(trained, options.out)
    table = Table(options.out or options.measure, options.programs)
    for name in SETS:
        measure(table, name, read_set(os.path.join(options.corpus, name + ".tsv")))


if __name__ == "__main__":
    main()
