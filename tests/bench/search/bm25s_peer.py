# SPDX-License-Identifier: Apache-2.0
"""The driver of bm25s (Python over numpy and numba); what it must do is in README.md. OR only."""
import time

STARTED = time.perf_counter()

import importlib.metadata  # noqa: E402
import statistics  # noqa: E402
import sys  # noqa: E402

import bm25s  # noqa: E402

import driver  # noqa: E402


class Engine:
    def __init__(self):
        self.index = None
        self.cases = {"or10": lambda asked: self.best(asked, 10), "or100": lambda asked: self.best(asked, 100)}

    @staticmethod
    def version():
        return f"bm25s {importlib.metadata.version('bm25s')}, numba, Python {sys.version_info.major}.{sys.version_info.minor}"

    @staticmethod
    def made(texts):
        index = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numba")
        index.index(texts, show_progress=False)
        return index

    def build(self, documents, folder):
        texts = [cells[-1].split() for cells in driver.rows(documents)]
        self.made(texts).save(folder, show_progress=False)
        return len(texts)

    def open(self, folder):
        self.index = bm25s.BM25.load(folder)
        self.index.backend = "numba"

    def best(self, asked, depth, index=None):
        # One query in one thread; numbers of documents are its own.
        return (index or self.index).retrieve([asked.words], k=depth, show_progress=False, n_threads=0)

    def answer(self, _, asked, depth):
        found = self.best(asked, max(depth, 1))
        hits = [(document, score) for document, score in zip(found.documents[0], found.scores[0]) if score > 0]
        total = int((self.index.get_scores(asked.words) > 0).sum())
        return total, hits, ()

    def binding(self, case, queries):
        """The same call on an index of so few documents that there is nothing to score."""
        depth = 100 if case == "or100" else 10
        few = self.made([asked.words for asked in queries[:depth]])
        times, _ = driver.measured(lambda asked: self.best(asked, depth, few), queries[:100],
                                   {"warm": 1, "repeat": 3, "budget": 10})
        return statistics.fmean(times)


if __name__ == "__main__":
    sys.exit(driver.main(Engine(), STARTED))
