# SPDX-License-Identifier: Apache-2.0
"""Problems of the consortium builder, as files that all solvers read.

Random ones: 5 to 8 members out of n; 6 competences to be covered, each held by a quarter; at least 3 countries of 27
(skewed), at most 2 members of one, linked entities once, a budget, a newcomer (three in ten are). Fits are uniform in
0..1, a member's price is 0.1. Ties are uniform in 0..1 and weigh 0.3; "sparse": each candidate has 10 on the mean;
"dense": 5 % of all pairs are tied.

Real ones: organisations of Horizon 2020 that took part in a programme part, those with most participations in it first;
fit is the logarithm of their participations in it, to the largest; ties are the sum of 1 / (k - 1) over projects of k
members that two shared, at most 60, capped at 1, and weigh 0.3. Cost is a mean contribution over 0.8. The rules are
those of three calls (competence centres; long-term unemployment; vulnerable youth), with 5 to 8 members of at most 2 of
one country, so that there is something to choose, and two more programme parts to be known by somebody in the team.
"""
import collections
import csv
import gzip
import math
import os
import random

FILE = "h2020_participations_2014_2019.csv.gz"
PROGRAMMES = "h2020_programmes.csv"
LARGEST_PROJECT = 60
PARTS = ("SC4", "SC3", "SC1", "SC2", "SC5", "LEIT", "SC6", "SC7")
MEMBER_STATES = ("AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK").split()
ALSO_ALLOWED = ["IS", "ME", "NO", "RS"]


def random_problem(count, seed, density):
    chance = random.Random(f"{count} {seed} {density}")
    candidates = []
    for _ in range(count):
        competences = sum(1 << c for c in range(6) if chance.random() < 0.25)
        cost = 50_000 + int(450_000 * chance.random())
        group = chance.randrange(max(1, count // 10)) if chance.random() < 0.2 else -1
        candidates.append((chance.random(), int(27 * chance.random() * chance.random()), competences,
                           int(chance.random() < 0.3), cost, cost * 8 // 10, group))
    ties = [(i, j, chance.random()) for i in range(count) for j in range(i + 1, count) if chance.random() < density]
    rules = [("members_at_least", 5), ("members_at_most", 8)]
    rules += [("competence_at_least", 1, c) for c in range(6)]
    rules += [("countries_at_least", 3), ("per_country_at_most", 2), ("linked_at_most", 1),
              ("cost_at_most", 0, 0, 1_800_000), ("property_at_least", 1, 0)]
    return {"tie_weight": 0.3, "member_price": 0.1, "candidates": candidates, "ties": ties, "rules": rules}


class Horizon:
    """The rows of Horizon 2020 that real problems are made of."""

    def __init__(self, folder):
        parts = collections.defaultdict(set)
        with open(os.path.join(folder, PROGRAMMES), encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                parts[line["rcn"]].add(line["programme_part"])
        self.projects = collections.defaultdict(set)  # of an organisation
        self.members = collections.defaultdict(set)  # of a project
        self.country, self.kind = {}, {}
        self.money = collections.defaultdict(list)
        self.in_part = collections.defaultdict(collections.Counter)
        with gzip.open(os.path.join(folder, FILE), "rt", encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                pic, project = line["pic"], line["rcn"]
                self.projects[pic].add(project)
                self.members[project].add(pic)
                self.country[pic] = line["country"]
                self.kind[pic] = line["type"]
                try:
                    self.money[pic].append(float(line["contribution"]))
                except ValueError:
                    pass
                for part in parts[project]:
                    self.in_part[part][pic] += 1

    def problem(self, count, seed):
        part = PARTS[seed % len(PARTS)]
        ranked = sorted(self.in_part[part], key=lambda pic: (-self.in_part[part][pic], pic))
        chosen = ranked[:count]
        place = {pic: i for i, pic in enumerate(chosen)}
        others = [other for other in PARTS if other != part][:6]
        codes = {code: i for i, code in enumerate(sorted({self.country[pic] for pic in chosen} | set(MEMBER_STATES)
                                                         | set(ALSO_ALLOWED)))}
        most = math.log1p(self.in_part[part][chosen[0]])
        candidates = []
        for pic in chosen:
            competences = sum(1 << c for c, other in enumerate(others) if self.in_part[other][pic] > 0)
            paid = self.money[pic]
            grant = int(sum(paid) / len(paid)) if paid else 0
            track = int(self.in_part[part][pic] >= 2)
            public = int(self.kind[pic] == "PUB")
            # Public bodies are those who might pay for a part.
            cost = grant * 2 if public else grant * 10 // 8
            candidates.append((math.log1p(self.in_part[part][pic]) / most, codes[self.country[pic]], competences,
                               track | public << 1, cost, grant, -1))
        weights = collections.Counter()
        for project in sorted({p for pic in chosen for p in self.projects[pic]}):
            team = self.members[project]
            if 2 <= len(team) <= LARGEST_PROJECT:
                here = sorted(place[pic] for pic in team if pic in place)
                for a, i in enumerate(here):
                    for j in here[a + 1:]:
                        weights[i, j] += 1 / (len(team) - 1)
        ties = [(i, j, min(1.0, weight)) for (i, j), weight in sorted(weights.items())]
        states = [codes[code] for code in MEMBER_STATES]
        allowed = sorted(states + [codes[code] for code in ALSO_ALLOWED])
        rules = [("members_at_least", 5), ("members_at_most", 8), ("per_country_at_most", 2),
                 ("competence_at_least", 1, 0), ("competence_at_least", 1, 1)]
        rules += ([("countries_at_least", 3, 0, 0, states), ("property_at_least", 2, 1)],
                  [("countries_at_least", 2, 0, 0, allowed), ("property_at_least", 1, 0), ("rate_at_most", 0, 0, 8_000)],
                  [("countries_at_least", 2, 0, 0, states), ("property_at_least", 1, 1), ("rate_at_most", 0, 0, 8_000)],
                  )[seed % 3]
        return {"tie_weight": 0.3, "member_price": 0.1, "candidates": candidates, "ties": ties, "rules": rules}


def whole_rule(rule):
    """(kind, count, mark, amount, countries)"""
    return tuple(rule) + (0, 0, 0, ())[len(rule) - 1:]


def write(problem, path):
    with open(path + ".new", "w", encoding="ascii") as file:
        file.write(f"{problem['tie_weight']} {problem['member_price']}\n{len(problem['candidates'])}\n")
        for candidate in problem["candidates"]:
            file.write(" ".join(map(repr, candidate)) + "\n")
        file.write(f"{len(problem['ties'])}\n")
        for tie in problem["ties"]:
            file.write(" ".join(map(repr, tie)) + "\n")
        file.write(f"{len(problem['rules'])}\n")
        for rule in problem["rules"]:
            kind, count, mark, amount, countries = whole_rule(rule)
            file.write(f"{kind} {count} {mark} {amount} {len(countries)} {' '.join(map(str, countries))}\n")
    os.replace(path + ".new", path)


def read(path):
    with open(path, encoding="ascii") as file:
        words = file.read().split()
    at = 0

    def take(*kinds):
        nonlocal at
        taken = [kind(word) for kind, word in zip(kinds, words[at:at + len(kinds)])]
        at += len(kinds)
        return taken
    tie_weight, member_price, count = take(float, float, int)
    candidates = [take(float, int, int, int, int, int, int) for _ in range(count)]
    ties = [take(int, int, float) for _ in range(take(int)[0])]
    rules = []
    for _ in range(take(int)[0]):
        rule = take(str, int, int, int)
        rules.append((*rule, take(*[int] * take(int)[0])))
    return {"tie_weight": tie_weight, "member_price": member_price, "candidates": candidates, "ties": ties,
            "rules": rules}
