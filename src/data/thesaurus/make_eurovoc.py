#!/usr/bin/env python3
"""Makes eurovoc.tsv and eurovoc-relations.tsv from tables of EuroVoc. Standard library only.

    make_eurovoc.py LABELS RELATIONS

LABELS: a row for each concept, its id and its preferred label in each of 24 languages. RELATIONS: id, relation
(broader, related, altLabel@en, altLabel@fr; others are passed over), value. Cells may be quoted and hold line
breaks; here every label is one line with single spaces, so that git shows a changed label as a changed line.
"""
import collections
import csv
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
NOTE = ("# EuroVoc, the multilingual thesaurus of the European Union. (c) European Union, Publications Office; reuse with\n"
        "# attribution (Commission Decision 2011/833/EU). Made by make_eurovoc.py; not to be edited by hand.\n")


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle, delimiter="\t"))


def one_line(text):
    return " ".join(text.split())


def order(identifier):
    return (0, int(identifier), "") if identifier.isdigit() else (1, 0, identifier)


def main():
    labels = rows_of(sys.argv[1])
    relations = rows_of(sys.argv[2])
    languages = labels[0][1:]
    known = {row[0] for row in labels[1:]}
    alternatives = collections.defaultdict(list)
    links = set()
    for row in relations[1:]:
        if row[1].startswith("altLabel@"):
            alternatives[row[0], row[1][-2:]].append(one_line(row[2]))
        elif row[1] == "broader" or row[1] == "related":
            one, other = row[0], row[2]
            if row[1] == "related" and order(one) > order(other):
                one, other = other, one  # said once, meant both ways
            if one in known and other in known and one != other:
                links.add((one, row[1], other))
    with open(os.path.join(HERE, "eurovoc.tsv"), "w", encoding="utf-8", newline="\n") as out:
        out.write(NOTE + "\t".join(["id"] + languages + ["en_other", "fr_other"]) + "\n")
        for row in sorted(labels[1:], key=lambda r: order(r[0])):
            cells = [one_line(cell) for cell in row]
            for language in ("en", "fr"):
                cells.append("|".join(sorted(set(alternatives[row[0], language]))))
            out.write("\t".join(cells) + "\n")
    with open(os.path.join(HERE, "eurovoc-relations.tsv"), "w", encoding="utf-8", newline="\n") as out:
        out.write(NOTE + "id\trelation\tother\n")
        for one, relation, other in sorted(links, key=lambda l: (order(l[0]), l[1], order(l[2]))):
            out.write("%s\t%s\t%s\n" % (one, relation, other))


if __name__ == "__main__":
    main()
