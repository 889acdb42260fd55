# SPDX-License-Identifier: Apache-2.0
"""The driver of DuckDB's full-text index (SQL through its Python module); what it must do is in README.md."""
import time

STARTED = time.perf_counter()

import glob  # noqa: E402
import os  # noqa: E402
import statistics  # noqa: E402
import sys  # noqa: E402

import duckdb  # noqa: E402

import driver  # noqa: E402

SCORED = ("(SELECT *, fts_main_cases.match_bm25(number, ?, k := 1.2, b := 0.75, conjunctive := {}) AS score "
          "FROM cases{}) WHERE score IS NOT NULL")
ANY = SCORED.format(0, "")
BEST = "SELECT number, score FROM {} ORDER BY score DESC LIMIT {}"
FACETS = ("SELECT country, fund, year, count(*) FROM " + ANY + " GROUP BY GROUPING SETS ((country), (fund), (year))")


class Engine:
    def __init__(self):
        self.base = None
        self.cases = {name: lambda asked, name=name: self.asked(name, asked)
                      for name in ("or10", "or100", "and10", "or10-country", "or10-facets3", "count")}

    @staticmethod
    def version():
        return f"DuckDB {duckdb.__version__}, fts, Python {sys.version_info.major}.{sys.version_info.minor}"

    def connect(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.base = duckdb.connect(os.path.join(folder, "index.duckdb"))
        self.base.execute("SET threads = 1")
        # The extension as its package brought it, from beside the module.
        pattern = os.path.join(os.path.dirname(os.path.dirname(duckdb.__file__)), "duckdb_ext", "extensions", "*", "*",
                               "fts.duckdb_extension")
        self.base.execute("LOAD '" + glob.glob(pattern)[0] + "'")

    def build(self, documents, folder):
        self.connect(folder)
        self.base.execute(
            "CREATE TABLE cases AS SELECT * FROM read_csv(?, delim = '\t', header = false, quote = '', escape = '', "
            "columns = {number: 'BIGINT', country: 'VARCHAR', fund: 'VARCHAR', year: 'VARCHAR', day: 'INTEGER', "
            "cents: 'BIGINT', text: 'VARCHAR'})", [documents])
        self.base.execute("PRAGMA create_fts_index('cases', 'number', 'text', stemmer = 'none', stopwords = 'none', "
                          "ignore = '( )+', strip_accents = 0, lower = 0)")
        self.base.execute("CHECKPOINT")
        return self.base.execute("SELECT count(*) FROM cases").fetchone()[0]

    def open(self, folder):
        self.connect(folder)

    def best(self, case, asked, depth):
        inner = ANY
        values = [" ".join(asked.words)]
        if case == "and10":
            inner = SCORED.format(1, "")
        elif case == "or10-country":
            inner = SCORED.format(0, " WHERE country = ?")
            values.append(asked.country)
        return self.base.execute(BEST.format(inner, depth), values).fetchall()

    def total(self, case, asked):
        values = [" ".join(asked.words)]
        inner = SCORED.format(int(case == "and10"), "")
        if case == "or10-country":
            inner = SCORED.format(0, " WHERE country = ?")
            values.append(asked.country)
        return self.base.execute("SELECT count(*) FROM " + inner, values).fetchone()[0]

    def facets(self, asked):
        return self.base.execute(FACETS, [" ".join(asked.words)]).fetchall()

    def asked(self, case, asked):
        if case == "count":
            return self.total(case, asked)
        found = self.best(case, asked, 100 if case == "or100" else 10)
        return self.facets(asked) if case == "or10-facets3" else found

    def answer(self, case, asked, depth):
        hits = self.best(case, asked, depth) if depth else ()
        counts = []
        if case == "or10-facets3":
            for *values, count in self.facets(asked):
                counts += [f"{name}:{value}:{count}" for name, value in zip(("country", "fund", "year"), values)
                           if value is not None]
        return self.total(case, asked), hits, counts

    def binding(self, _case, queries):
        """A statement with nothing to search in."""
        times, _ = driver.measured(lambda asked: self.base.execute("SELECT 1, ?", [" ".join(asked.words)]).fetchall(),
                                   queries[:100], {"warm": 1, "repeat": 3, "budget": 10})
        return statistics.fmean(times)


if __name__ == "__main__":
    sys.exit(driver.main(Engine(), STARTED))
