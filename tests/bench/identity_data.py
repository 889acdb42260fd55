# SPDX-License-Identifier: Apache-2.0
"""The data of the benchmark of identity and of the training of its weights, and the measures."""
import bisect
import collections
import json
import lzma
import os
import zlib


def strings(data):
    """The affiliation strings as they lie in the file: [(string, ROR id)]. A string with two ids is there twice, and
    one with the same id never, so two rows of the same words are always of two ids."""
    path = os.path.join(data, "organisation_names", "ror_affiliations.json")
    with open(path, encoding="utf-8") as file:
        return [(" ".join(item["input"].split()), item["output"][0]) for item in json.load(file)["items"]]


def is_tuning(label):
    """Split by organisation: an odd CRC-32 of the id."""
    return zlib.crc32(label.encode()) & 1 == 1


def halves(data):
    """(tuning, held): lists of (affiliation string, sorted tuple of its ROR ids), each string once whatever its case; those
    with ids in both halves are left out.

    The held half is for the figures of tests/bench/run.sh identity; nothing is tuned on it.
    """
    return merged(strings(data))


def merged(rows):
    known = {}
    for name, label in rows:
        known.setdefault(name.casefold(), (name, set()))[1].add(label)
    found = [], []
    for name, labels in known.values():
        sides = {is_tuning(label) for label in labels}
        if len(sides) == 1:
            found[0 if sides.pop() else 1].append((name, tuple(sorted(labels))))
    return found


def as_rows(data):
    """(tuning, held) with every row of the file by itself, a string with two ids being two."""
    found = [], []
    for name, label in strings(data):
        found[0 if is_tuning(label) else 1].append((name, (label,)))
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


def same_pairs(labels, clusters=None):
    """How many pairs have an id in common (and are in one cluster)."""
    clusters = clusters or [0] * len(labels)
    groups = collections.Counter((cluster, label) for cluster, own in zip(clusters, labels) for label in own)
    count = pairs_within(groups.values())
    several = [(set(own), cluster) for own, cluster in zip(labels, clusters) if len(own) > 1]
    for at, (one, cluster) in enumerate(several):
        for other, of in several[:at]:
            if cluster == of:
                count -= max(len(one & other) - 1, 0)
    return count


def pair_scores(clusters, labels):
    """Precision, recall and F1 of all pairs that the clusters make, against all pairs with an id in common."""
    told = pairs_within(collections.Counter(clusters).values())
    return scores(same_pairs(labels, clusters), told, same_pairs(labels))


def scores(right, told, true):
    precision, recall = right / told if told else 1.0, right / true if true else 1.0
    return {"precision": precision, "recall": recall,
            "F1": 2 * precision * recall / (precision + recall) if right else 0.0}


def b_cubed(clusters, labels):
    """B-cubed precision, recall and F1 (A. Bagga, B. Baldwin, 1998): the mean over names, those with two ids left out."""
    clusters, labels = zip(*((cluster, own[0]) for cluster, own in zip(clusters, labels) if len(own) == 1))
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
    return [(name, labels) for name, labels in rows if (zlib.crc32(labels[0].encode()) >> 8) % 10 == 0]


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
            found[organisation & 1].append((kind.format(word.title(), word.title()), (f"made-up {organisation}",)))
    return found


Bin = collections.namedtuple("Bin", "low high pairs told true true_by_pair share")


def reliability(told, truth, weights):
    """What is told beside what is, by ranges of what is told; weighted, and by pair."""
    bins = []
    edges = (0, .02, .1, .3, .5, .7, .9, .98, 1)
    which = [min(bisect.bisect_right(edges, p), len(edges) - 1) for p in told]
    sums = {at: [0, 0.0, 0.0, 0.0, 0] for at in which}
    for at, p, same, weight in zip(which, told, truth, weights):
        own = sums[at]
        own[0] += 1
        own[1] += weight
        own[2] += weight * p
        own[3] += weight * same
        own[4] += same
    every = sum(own[1] for own in sums.values())
    for at, (pairs, weight, mean, true, count) in sorted(sums.items()):
        bins.append(Bin(edges[at - 1], edges[at], pairs, mean / weight, true / weight, count / pairs, weight / every))
    return bins


def calibration_error(told, truth, weights):
    """Expected calibration error: the mean over all pairs of how far their range is from what it tells."""
    return sum(row.share * abs(row.told - row.true) for row in reliability(told, truth, weights))
