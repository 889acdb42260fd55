# SPDX-License-Identifier: Apache-2.0
"""The peers of identity.py, in their own environment: identity_peers.py PEER IN OUT.

IN is JSON: {"tuning": [[name, labels], …], "held": [[name, []], …]}. The labels of the tuning half may be learnt from,
those of the held half are not told. OUT is JSON: for each half the pairs that the peer scored, [[left, right,
score], …], and its seconds. Both peers get the same columns, made as one who knows such strings would make them:
  whole    letters of the whole string, folded
  segment  the part between commas that tells most: the last with "univers", else with hospital, institute, centre,
           college, school …, else the last
  words, rare: the words of the string; of these the four rarest that more than one and at most 64 strings have
"""
import collections
import json
import re
import sys
import time
import unicodedata

STRONG = re.compile(r"univ|polytech|politec|hochschule")
BODY = re.compile(r"hospital|hopital|klinik|clinic|instit|cent(er|re)|zentrum|college|school|academ|council|foundation"
                  r"|inserm|cnrs")
SMALL = set("the of and for in at de la et du des le di e y und fur der die des van".split())
MOST = 64


def folded(text):
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c if c.isalpha() else " " for c in text if not unicodedata.combining(c))
    return " ".join(text.split())


def segment(name):
    parts = [part for part in (folded(part) for part in re.split(r"[,;()]", name)) if part]
    for pattern in (STRONG, BODY):
        found = [part for part in parts if pattern.search(part)]
        if found:
            return found[-1]
    return parts[-1] if parts else ""


def columns(names):
    words = [sorted(set(folded(name).split()) - SMALL) for name in names]
    counts = collections.Counter(word for row in words for word in row)
    rows = []
    for at, name in enumerate(names):
        rare = sorted((word for word in words[at] if 1 < counts[word] <= MOST), key=lambda word: (counts[word], word))[:4]
        part = segment(name)
        rows.append({"unique_id": at, "whole": folded(name), "segment": part, "words": words[at] or ["?"],
                     "segment_words": sorted(set(part.split()) - SMALL) or ["?"], "rare": rare or [f"none {at}"], "rarest": rare[0] if rare else None})
    return rows


def splink(halves):
    """Fellegi-Sunter, without labels: u from random pairs, m by expectation maximisation over two blockings."""
    import pandas
    import splink as peer
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    def shared(column):
        every = f"len(list_distinct(list_concat({column}_l, {column}_r)))"
        overlap = f"len(list_intersect({column}_l, {column}_r)) / {every}"
        return compare.CustomComparison(output_column_name=column, comparison_levels=[
            {"sql_condition": f"{column}_l IS NULL OR {column}_r IS NULL", "label_for_charts": "null", "is_null_level": True},
            *({"sql_condition": f"{overlap} >= {at}", "label_for_charts": f"{at}"} for at in (0.99, 0.7, 0.5, 0.3, 0.1)),
            {"sql_condition": "ELSE", "label_for_charts": "else"}])

    settings = SettingsCreator(
        link_type="dedupe_only", retain_intermediate_calculation_columns=False,
        blocking_rules_to_generate_predictions=[block_on("segment"), block_on("rare", arrays_to_explode=["rare"])],
        comparisons=[compare.JaroWinklerAtThresholds("segment", [0.97, 0.92, 0.85]).configure(term_frequency_adjustments=True),
                     shared("words"), shared("segment_words")])
    found = {}
    for half, rows in halves.items():
        started = time.perf_counter()
        database = DuckDBAPI()
        frame = pandas.DataFrame(columns([name for name, _ in rows]))
        if int(peer.__version__.split(".")[0]) >= 5:
            frame = database.register(frame)
            linker = Linker(frame, settings)
        else:
            linker = Linker(frame, settings, db_api=database)
        linker.training.estimate_probability_two_random_records_match([block_on("segment")], recall=0.6)
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        for rule in (block_on("segment"), block_on("rarest")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        told = linker.inference.predict(threshold_match_probability=0.0001).as_pandas_dataframe()
        found[half] = {"pairs": told[["unique_id_l", "unique_id_r", "match_weight"]].values.tolist(),
                       "seconds": time.perf_counter() - started}
    return found


def recordlinkage(halves):
    """Logistic regression over its comparisons, learnt from the labels of the tuning half."""
    import numpy
    import pandas
    import recordlinkage as peer

    def compared(rows):
        frame = pandas.DataFrame(columns([name for name, _ in rows])).set_index("unique_id")
        for at in range(4):
            frame[f"rare{at}"] = [row[at] if len(row) > at else f"none {index} {at}" for index, row in frame["rare"].items()]
        index = peer.Index()
        index.block("segment")
        index.sortedneighbourhood("segment", window=9)
        for at in range(4):
            index.block(f"rare{at}")
        links = index.index(frame)
        compare = peer.Compare()
        compare.string("segment", "segment", method="jarowinkler", label="segment jarowinkler")
        compare.string("segment", "segment", method="qgram", label="segment qgram")
        compare.string("segment", "segment", method="cosine", label="segment cosine")
        compare.exact("segment", "segment", label="segment exact")
        compare.string("whole", "whole", method="cosine", label="whole cosine")
        compare.string("whole", "whole", method="qgram", label="whole qgram")
        compare.string("whole", "whole", method="jarowinkler", label="whole jarowinkler")
        return compare.compute(links, frame)

    classifier = peer.LogisticRegressionClassifier()
    found = {}
    for half, rows in halves.items():
        started = time.perf_counter()
        values = compared(rows)
        if half == "tuning":
            same = numpy.array([bool(set(rows[left][1]) & set(rows[right][1])) for left, right in values.index])
            classifier.fit(values, values.index[same])
        scores = classifier.prob(values)
        found[half] = {"pairs": [[left, right, float(score)] for (left, right), score in zip(values.index, scores)],
                       "seconds": time.perf_counter() - started}
    return found


def main():
    peer, source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        halves = json.load(file)
    with open(target, "w", encoding="utf-8") as file:
        json.dump({"splink": splink, "recordlinkage": recordlinkage}[peer](halves), file)


if __name__ == "__main__":
    main()
