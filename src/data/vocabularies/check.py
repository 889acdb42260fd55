#!/usr/bin/env python3
"""Checks the vocabulary files beside this script. Standard library only.

    check.py            says FILE CODE: FAULT for each fault, exits 1 if there is one
    check.py --table    prints the table of README.md (file, entries, languages)
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
NUTS_COLUMNS = "code level parent label latin_label country version lon lat".split()
faults = []


def fault(file, code, text):
    faults.append("%s %s: %s" % (file, code, text))


def check_labels(file, code, labels):
    if not isinstance(labels, dict) or not labels.get("en"):
        fault(file, code, "no English label")
        return
    for language, text in labels.items():
        if language not in LANGUAGES:
            fault(file, code, "unknown language " + language)
        if not isinstance(text, str) or not text.strip():
            fault(file, code, "empty label in " + language)
        elif text != " ".join(text.split()):
            fault(file, code, "stray white space in the label in " + language)


def check_date(file, code, value):
    if value is not None and not re.match(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", value):
        fault(file, code, "bad date %r" % value)


def check_vocabulary(file):
    try:
        with open(os.path.join(HERE, file), encoding="utf-8") as handle:
            data = json.load(handle)
    except ValueError as error:
        fault(file, "-", "does not parse: %s" % error)
        return None
    if data.get("name") != file[:-5]:
        fault(file, "-", "name is not the file's name")
    if not re.match(r"\d{4}-\d{2}$", data.get("version", "")):
        fault(file, "-", "version is not YYYY-MM")
    check_labels(file, "title", data.get("title"))
    source = data.get("source") or {}
    for field in ("title", "licence"):
        if not source.get(field):
            fault(file, "-", "source has no " + field)
    entries = data.get("entries") or []
    if not entries:
        fault(file, "-", "no entries")
    seen = set()
    for entry in entries:
        code = entry.get("code", "")
        if not code:
            fault(file, "-", "an entry without code")
        elif code in seen:
            fault(file, code, "code is not unique")
        seen.add(code)
        if not (re.match(r"[A-Z]{2}$", code) if file == "countries.json" else CODE.match(code)):
            fault(file, code, "code has the wrong form")
        check_labels(file, code, entry.get("labels"))
    return data


def check_countries(file, data):
    for field, form in (("iso", r"[A-Z]{2}$"), ("iso3", r"[A-Z]{3}$")):
        seen = {}
        for entry in data["entries"]:
            value = entry.get(field, "")
            if not re.match(form, value):
                fault(file, entry["code"], "bad %s %r" % (field, value))
            elif value in seen:
                fault(file, entry["code"], "%s %s is also that of %s" % (field, value, seen[value]))
            seen[value] = entry["code"]
    names = {}
    for entry in data["entries"]:
        if entry["code"] != {"GR": "EL", "GB": "UK"}.get(entry["iso"], entry["iso"]):
            fault(file, entry["code"], "code is not the EU-file code of " + entry["iso"])
        for name in [entry["labels"]["en"]] + entry.get("names", []):
            other = names.setdefault(name.casefold(), entry["code"])
            if other != entry["code"]:
                fault(file, entry["code"], "name %r is also that of %s" % (name, other))
        for standing in entry.get("standing", []):
            if standing.get("group") not in ("EU", "EFTA", "EEA", "candidate"):
                fault(file, entry["code"], "unknown group %r" % standing.get("group"))
            check_date(file, entry["code"], standing.get("from"))
            check_date(file, entry["code"], standing.get("until"))
            if standing.get("from") and standing.get("until") and standing["from"] > standing["until"]:
                fault(file, entry["code"], "until before from")


def check_languages(file, data):
    official = sorted(e["code"] for e in data["entries"] if e.get("official_eu"))
    if official != LANGUAGES:
        fault(file, "-", "official_eu does not name the 24 languages")


def check_schemes(file, data):
    for entry in data["entries"]:
        try:
            re.compile(entry["pattern"])
        except (KeyError, re.error) as error:
            fault(file, entry["code"], "bad pattern: %s" % error)
        if not isinstance(entry.get("unique"), bool):
            fault(file, entry["code"], "unique is not true or false")


def check_funds(file, data):
    seen = {}
    for entry in data["entries"]:
        for spelling in entry.get("spellings", []):
            other = seen.setdefault(spelling.casefold(), entry["code"])
            if other != entry["code"]:
                fault(file, entry["code"], "spelling %r is also that of %s" % (spelling, other))


def check_nuts(file, countries):
    rows, heading, comments = {}, None, []
    with open(os.path.join(HERE, file), encoding="utf-8") as handle:
        for line in handle:
            line = line.rstrip("\n")
            if line.startswith("#"):
                comments.append(line)
                continue
            cells = line.split("\t")
            if heading is None:
                heading = cells
                if cells != NUTS_COLUMNS:
                    fault(file, "-", "unexpected columns")
                    return 0
                continue
            if len(cells) != len(NUTS_COLUMNS):
                fault(file, cells[0], "wrong number of cells")
                continue
            row = dict(zip(NUTS_COLUMNS, cells))
            if row["code"] in rows:
                fault(file, row["code"], "code is not unique")
            rows[row["code"]] = row
    if not any("CC BY" in c for c in comments):
        fault(file, "-", "no source with a licence in the first lines")
    if list(rows) != sorted(rows):
        fault(file, "-", "not sorted by code")
    for code, row in rows.items():
        if not re.match(r"[A-Z]{2}[0-9A-Z]{0,3}$", code) or row["level"] != str(len(code) - 2):
            fault(file, code, "code and level do not fit")
        parent = row["parent"]
        if bool(parent) != (len(code) > 2) or (parent and (
                parent not in rows or len(parent) != len(code) - 1 or parent[:2] != code[:2])):
            fault(file, code, "parent %r is missing or wrong" % parent)
        if not row["label"] or not row["latin_label"]:
            fault(file, code, "empty label")
        if row["country"] != code[:2] or row["country"] not in countries:
            fault(file, code, "country %r" % row["country"])
        if row["version"] not in ("2016", "2021", "2024"):
            fault(file, code, "version %r" % row["version"])
        if row["lon"] or row["lat"]:
            if not (re.match(r"-?\d+\.\d{4}$", row["lon"]) and re.match(r"-?\d+\.\d{4}$", row["lat"])
                    and -180 <= float(row["lon"]) <= 180 and -90 <= float(row["lat"]) <= 90):
                fault(file, code, "bad point %s %s" % (row["lon"], row["lat"]))
    return len(rows)


def coverage(data):
    counts = {}
    for entry in data["entries"]:
        for language in entry["labels"]:
            counts[language] = counts.get(language, 0) + 1
    full = [l for l in LANGUAGES if counts.get(l) == len(data["entries"])]
    return "24" if len(full) == 24 else "%d: %s" % (len(full), " ".join(full))


def main():
    files = sorted(f for f in os.listdir(HERE) if f.endswith(".json"))
    loaded = {f: check_vocabulary(f) for f in files}
    special = {"countries.json": check_countries, "languages.json": check_languages,
               "identifier-schemes.json": check_schemes, "funds.json": check_funds}
    for file, check in special.items():
        if loaded.get(file):
            check(file, loaded[file])
        elif file not in loaded:
            fault(file, "-", "is missing")
    countries = {e["code"] for e in (loaded.get("countries.json") or {"entries": []})["entries"]}
    regions = check_nuts("nuts.tsv", countries)
    if "--table" in sys.argv:
        for file, data in loaded.items():
            if data:
                print("| `%s` | %s | %d | %s | %s | %s |" % (
                    file, data["title"]["en"], len(data["entries"]), coverage(data), data["source"]["title"],
                    data["source"]["licence"]))
    for text in faults:
        print(text)
    if not faults and "--table" not in sys.argv:
        print("%d vocabularies with %d entries and %d regions: no fault" % (
            len(files), sum(len(d["entries"]) for d in loaded.values() if d), regions))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
