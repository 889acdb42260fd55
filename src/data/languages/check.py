#!/usr/bin/env python3
"""Checks language files: those beside this script and those of examples/languages, or the ones that are named.
Standard library only.

    check.py [FILE ...]

Says FILE PLACE: FAULT for each fault and exits 1 if there is one. What the library refuses to read is refused by
its tests; this is about what it would read and a speaker did not mean.
"""
import glob
import json
import os
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, "..", "..", "..", "examples", "languages")
WANTED = {"language", "name", "script", "sources", "stop_words", "known_errors"}
STEPS = ("first", "stem", "then")
ALLOWED = WANTED | {"also", "snowball", "letters", "start", "before_capital", *STEPS}
SCRIPTS = {"Latn": "LATIN", "Grek": "GREEK", "Cyrl": "CYRILLIC"}
CLASSES = {"articles", "pronouns", "prepositions", "conjunctions", "verbs", "particles", "elided"}
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


def check_steps(file, data):
    for key in STEPS:
        for number, step in enumerate(data.get(key, [])):
            place = "%s[%d]" % (key, number)
            check_fields(file, place, step, {"step", "keep", "rules"}, {"step", "keep", "rules"})
            for index, rule in enumerate(step.get("rules", [])):
                check_rule(file, "%s.rules[%d]" % (place, index), rule)


def check_stemmer(file, data):
    if "snowball" in data and "stem" in data:
        fault(file, "stem", "stands beside snowball: rules that mend Snowball are called first and then")
    if "snowball" not in data and "stem" not in data:
        fault(file, "-", "has neither snowball (the name of an algorithm) nor stem (rules of its own)")
    for key in ("first", "then"):
        if key in data and "snowball" not in data:
            fault(file, key, "mends Snowball, and there is no snowball")
    check_steps(file, data)
    for key in ("letters", "start"):
        for word, instead in data.get(key, {}).items():
            for text in (word, instead):
                check_ending(file, key, text)


def check_stop_words(file, data):
    seen = {}
    for group, told in data.get("stop_words", {}).items():
        place = "stop_words." + group
        if group not in CLASSES:
            fault(file, place, "is no class of words; there are " + ", ".join(sorted(CLASSES)))
        for word in told.split():
            if word in seen:
                fault(file, place, "'%s' stands in %s too" % (word, seen[word]) if seen[word] != group else
                      "'%s' stands there twice" % word)
            seen[word] = group
            check_ending(file, place, word)
            script = SCRIPTS.get(data.get("script"), "")
            if not all(unicodedata.name(c, "").startswith(script) for c in word if c.isalpha()):
                fault(file, place, "'%s' has a letter of another script" % word)
    if len(seen) < 60:
        fault(file, "stop_words", "are only %d" % len(seen))


def check_errors(file, data):
    for number, error in enumerate(data.get("known_errors", [])):
        place = "known_errors[%d]" % number
        check_fields(file, place, error, {"wrongly", "words", "why"}, {"wrongly", "words", "why"})
        if error.get("wrongly") not in ("together", "apart"):
            fault(file, place, "wrongly is neither together nor apart")
        if len(error.get("words", "").split()) < 2:
            fault(file, place, "words are fewer than two")


def check_language(file, data):
    check_fields(file, "-", data, ALLOWED, WANTED)
    if data.get("language") != file[:-5]:
        fault(file, "language", "is not the file's name")
    if set(data.get("name", {})) != {"en", "own"}:
        fault(file, "name", "wants en and own")
    if data.get("script") not in SCRIPTS:
        fault(file, "script", "is none of " + ", ".join(SCRIPTS))
    for source in data.get("sources", []) or [""]:
        if len(source) < 10:
            fault(file, "sources", "'%s' names no source" % source)
    if not any(source.startswith("stop words:") for source in data.get("sources", [])):
        fault(file, "sources", "none says 'stop words: ...'")
    check_stemmer(file, data)
    check_stop_words(file, data)
    check_errors(file, data)


def main():
    named = sys.argv[1:]
    paths = sorted(glob.glob(os.path.join(HERE, "*.json"))) + sorted(glob.glob(os.path.join(EXAMPLES, "*.json")))
    for path in named or paths:
        file = os.path.basename(path)
        try:
            with open(path, encoding="utf-8") as handle:
                check_language(file, json.load(handle, object_pairs_hook=once))
        except (OSError, ValueError, AttributeError, TypeError) as error:
            fault(file, "-", "cannot be read: %s" % error)
    for text in faults:
        print(text)
    if not faults:
        print("%d language files: no fault" % len(named or paths))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
