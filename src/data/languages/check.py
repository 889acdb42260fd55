#!/usr/bin/env python3
"""Checks the language files beside this script. Standard library only.

Says FILE PLACE: FAULT for each fault and exits 1 if there is one. What the library refuses to read is refused by
its tests; this is about what it would read and a speaker did not mean.
"""
import json
import os
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = {"language", "name", "sources", "stem", "known_errors"}
VERBS = {"remove", "leave", "replace"}
faults = []


def fault(file, place, text):
    faults.append("%s %s: %s" % (file, place, text))


def once(pairs):
    """A pair of braces that names nothing twice: JSON would keep the last and forget the others."""
    names = [name for name, _ in pairs]
    for name in {n for n in names if names.count(n) > 1}:
        raise ValueError("'%s' stands twice in one pair of braces" % name)
    return dict(pairs)


def check_fields(file, place, found, allowed, wanted):
    for name in sorted(set(found) - allowed):
        fault(file, place, "nobody reads " + name)
    for name in sorted(wanted - set(found)):
        fault(file, place, "has no " + name)


def check_ending(file, place, text):
    if text != unicodedata.normalize("NFC", text) or text != text.lower():
        fault(file, place, "'%s' is not in lower case, or not composed" % text)
    if not all(c.isalpha() for c in text.lstrip("^")):
        fault(file, place, "'%s' holds what is no letter" % text)


def check_rule(file, place, rule):
    verbs = VERBS & set(rule)
    check_fields(file, place, rule, VERBS | {"keep"}, set())
    if len(verbs) != 1:
        fault(file, place, "says not exactly one of " + ", ".join(sorted(VERBS)))
    for verb in verbs:
        told = rule[verb]
        endings = told.split() if isinstance(told, str) else list(told) + [t for t in told.values() if t]
        for ending in endings:
            check_ending(file, place, ending)


def check_language(file, data):
    check_fields(file, "-", data, FILE, FILE)
    if data.get("language") != file[:-5]:
        fault(file, "language", "is not the file's name")
    if set(data.get("name", {})) != {"en", "own"}:
        fault(file, "name", "wants en and own")
    if not data.get("sources"):
        fault(file, "sources", "is empty")
    for number, step in enumerate(data.get("stem", [])):
        place = "stem[%d]" % number
        check_fields(file, place, step, {"step", "keep", "rules"}, {"step", "keep", "rules"})
        for index, rule in enumerate(step.get("rules", [])):
            check_rule(file, "%s.rules[%d]" % (place, index), rule)
    for number, error in enumerate(data.get("known_errors", [])):
        place = "known_errors[%d]" % number
        check_fields(file, place, error, {"wrongly", "words", "why"}, {"wrongly", "words", "why"})
        if error.get("wrongly") not in ("together", "apart"):
            fault(file, place, "wrongly is neither together nor apart")
        if len(error.get("words", "").split()) < 2:
            fault(file, place, "words are fewer than two")


def main():
    files = sorted(f for f in os.listdir(HERE) if f.endswith(".json"))
    for file in files:
        try:
            with open(os.path.join(HERE, file), encoding="utf-8") as handle:
                check_language(file, json.load(handle, object_pairs_hook=once))
        except (ValueError, AttributeError, TypeError) as error:
            fault(file, "-", "cannot be read: %s" % error)
    for text in faults:
        print(text)
    if not faults:
        print("%d language files: no fault" % len(files))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
