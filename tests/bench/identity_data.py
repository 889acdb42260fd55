# SPDX-License-Identifier: Apache-2.0
"""The data of the benchmark of identity and of the training of its weights, and the measures."""
import collections
import json
import lzma
import os
import zlib


def halves(data):
    """(tuning, held): lists of (affiliation string, ROR id). Split by organisation: an odd CRC-32 of the id is tuning.

    The held half is for the figures of tests/bench/run.sh identity; nothing is tuned on it.
    """
    path = os.path.join(data, "organisation_names", "ror_affiliations.json")
    found = [], []
    with open(path, encoding="utf-8") as file:
        for item in json.load(file)["items"]:
            label = item["output"][0]
            odd = zlib.crc32(label.encode()) & 1
            found[0 if odd else 1].append((" ".join(item["input"].split()), label))
    return found


def beneficiaries(data):
    """The distinct names of the beneficiaries of esf_operations.tsv.xz, sorted, opaque ones left out: (name, the country
    of its first row)."""
    names = {}
    with lzma.open(os.path.join(data, "esf_operations.tsv.xz"), "rt", encoding="utf-8", newline="\r\n") as file:
        next(file)
        for line in file:
            cells = line.rstrip("\r\n").split("\t")
            name = cells[6].strip() if len(cells) > 6 else ""
            if name and not name.startswith("withheld-"):
                names.setdefault(name, cells[0])
    return sorted(names.items())


def pairs_within(counts):
    return sum(count * (count - 1) // 2 for count in counts)


def pair_scores(clusters, labels):
    """Precision, recall and F1 of all pairs that the clusters make, against all pairs that the labels make."""
    told = pairs_within(collections.Counter(clusters).values())
    true = pairs_within(collections.Counter(labels).values())
    right = pairs_within(collections.Counter(zip(clusters, labels)).values())
    return scores(right, told, true)


def scores(right, told, true):
    precision, recall = right / told if told else 1.0, right / true if true else 1.0
    return {"precision": precision, "recall": recall,
            "F1": 2 * precision * recall / (precision + recall) if right else 0.0}


def b_cubed(clusters, labels):
    """B-cubed precision, recall and F1 (A. Bagga, B. Baldwin, 1998): the mean over names."""
    told, true = collections.Counter(clusters), collections.Counter(labels)
    both = collections.Counter(zip(clusters, labels))
    precision = sum(count * count / told[cluster] for (cluster, _), count in both.items()) / len(labels)
    recall = sum(count * count / true[label] for (_, label), count in both.items()) / len(labels)
    return {"precision": precision, "recall": recall, "F1": 2 * precision * recall / (precision + recall)}


def components(count, pairs):
    """The connected components of pairs of 0 to count - 1, as the smallest of each."""
    parent = list(range(count))

    def find(at):
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for left, right in pairs:
        left, right = find(left), find(right)
        parent[max(left, right)] = min(left, right)
    return [find(at) for at in range(count)]


def tenth(rows):
    """The rows of every tenth organisation."""
    return [(name, label) for name, label in rows if (zlib.crc32(label.encode()) >> 8) % 10 == 0]


def made_up():
    """(tuning, held) of made-up names, the same every time, for where the data is missing."""
    kinds = ("University of {}", "{} University", "Institute of {}, {} University", "Department of Physics, University of {}",
             "Universität {}", "{} GmbH", "{} Ltd", "{}")
    found = [], []
    for organisation in range(400):
        letters = zlib.crc32(f"organisation {organisation}".encode())
        word = "".join("bdfgklmnprstvz"[letters >> shift & 7] + "aeio"[letters >> shift + 3 & 3] for shift in range(0, 25, 5))
        for at in range(1 + organisation % 5):
            kind = kinds[(organisation + at * (organisation % 3)) % len(kinds)]
            found[organisation & 1].append((kind.format(word.title(), word.title()), f"made-up {organisation}"))
    return found
