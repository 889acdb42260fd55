# SPDX-License-Identifier: Apache-2.0
"""Short questions to the bundled sample, for crosslingual.py: questions.tsv, by the whole engine.

Across: cases with a text in the question's own language are left out of the answer; is one of the first ten left right?
Within: only cases with a text in that language are asked for (across set to false). A question without an answer on one
side does not count there. Beside all signals stand the search by words alone and what the cases in any order would have: in
a language with few cases ten are all of them. MRR@10 as in crosslingual.py. Of a question that no right case is among the
first ten of, the JSON file tells at which place the first right one came and what came before it.
"""
import glob
import json
import os
import subprocess
import sys

from crosslingual_data import REPOSITORY

WAYS = {"wcsm": "all", "w": "words alone"}
GOALS = {"across": 0.8, "within": 0.95}
SHOWN = 10


def questions():
    """[(language, question, ids of the cases that answer it)]"""
    with open(os.path.join(REPOSITORY, "tests", "bench", "questions.tsv"), encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [(language, question, set(answers.split())) for language, question, answers in lines[1:]]


def languages_of_cases():
    """{id: languages that the case has a text in}"""
    found = {}
    for path in sorted(glob.glob(os.path.join(REPOSITORY, "src", "data", "sample", "cases-*.jsonl"))):
        with open(path, encoding="utf-8") as file:
            for line in map(json.loads, file):
                if line["kind"] == "case-study":
                    found[line["id"]] = {title["language"] for title in line["record"]["title"]}
    return found


class Asked:
    """A question on one side: the cases found, without those that do not count, and the place of the first right one."""

    def __init__(self, language, question, answers, may, found):
        self.language, self.question, self.found = language, question, found
        self.right, self.may = len(answers & may), len(may)
        self.place = next((place for place, case in enumerate(found, 1) if case in answers), 0)

    def hit(self):
        return float(0 < self.place <= SHOWN)

    def reciprocal(self):
        return self.hit() and 1 / self.place

    def by_chance(self, worth):
        """What a right case first at a place, times the worth of that place, would come to if they lay in any order."""
        total, none_before = 0.0, 1.0
        for before in range(min(SHOWN, self.may)):
            here = min(1.0, self.right / (self.may - before))
            total += none_before * here * worth(before + 1)
            none_before *= 1 - here
        return total

    def hit_by_chance(self):
        return self.by_chance(lambda _: 1)

    def reciprocal_by_chance(self):
        return self.by_chance(lambda place: 1 / place)

    def miss(self):
        return {"language": self.language, "question": self.question, "place": self.place or None,
                "first": self.found[:3]}


def share(asked, measure):
    return sum(measure(one) for one in asked) / len(asked) if asked else None


def ask(driver, table, side):
    """{way: [Asked]} of the questions that have an answer on that side."""
    languages = languages_of_cases()
    counted = []
    for language, question, answers in questions():
        may = {case for case, written in languages.items() if (language in written) == (side == "within")}
        if answers & may:
            counted.append((language, question, answers, may))
    jobs = "".join(f"{way}\t{side}\t{language}\t{question}\n" for way in WAYS for language, question, _, _ in counted)
    done = subprocess.run([driver, table], input=jobs, capture_output=True, text=True, check=False)
    lines = done.stdout.split("\n")[:-1]
    if done.returncode != 0 or len(lines) != len(WAYS) * len(counted):
        sys.exit(f"{driver}: status {done.returncode}\n{done.stderr[-2000:]}")
    found = {}
    for number, way in enumerate(WAYS):
        answered = lines[number * len(counted):]
        found[way] = [Asked(language, question, answers, may, [case for case in line.split() if case in may])
                      for (language, question, answers, may), line in zip(counted, answered)]
    return found


def by_language(sides):
    """The table, with the questions that counted on each side."""
    table = ["| language | across: questions | hit@10 | MRR@10 | words alone: hit@10 "
             "| within: questions | hit@10 | MRR@10 | words alone: hit@10 |", "|---|" + "---:|" * 8]
    for language in sorted({one.language for one in sides["across"]["w"] + sides["within"]["w"]}):
        cells = []
        for found in sides.values():
            all_signals, words = ([one for one in found[way] if one.language == language] for way in WAYS)
            figures = (share(all_signals, Asked.hit), share(all_signals, Asked.reciprocal), share(words, Asked.hit))
            cells += [str(len(words))] + ["–" if figure is None else f"{figure:.3f}" for figure in figures]
        table.append(f"| {language} | " + " | ".join(cells) + " |")
    return table


def to_the_sample(driver, _, options, row):
    """Rows, and one table, by language."""
    program = os.path.join(options.build, "bin", "koinon_bench_questions")
    sides = {side: ask(program, driver.table, side) for side in GOALS}
    rows = []
    for side, least in GOALS.items():
        found = sides[side]
        case = f"{len(found['w'])} questions to the sample, {side}"
        for name, measure, chance in (("hit@10", Asked.hit, Asked.hit_by_chance),
                                      ("MRR@10", Asked.reciprocal, Asked.reciprocal_by_chance)):
            ours, words = (share(found[way], measure) for way in WAYS)
            peers = {"words alone": words, "in any order": share(found["wcsm"], chance)}
            more = {}
            if measure is Asked.hit:
                more = {"limit": f"at least {least}", "within": ours >= least,
                        "misses": [one.miss() for one in found["wcsm"] if not one.hit()]}
            rows.append(row(f"{case}: {name}", "", ours, peers, True, **more))
    return rows, [by_language(sides)]
