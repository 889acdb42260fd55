#!/usr/bin/env python3
# Copyright The Koinon authors. SPDX-License-Identifier: Apache-2.0
"""Checks the bundled sample: every line, every reference, every code, and the coverage of countries and languages.

Codes are looked up in ../vocabularies.  Standard library only.  Run:  python3 src/data/sample/check.py
Ends with 0 when the sample is clean, with 1 and one line per fault otherwise.
"""
import collections
import glob
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

VOCABULARIES = os.path.join(os.path.dirname(HERE), "vocabularies")


def vocabulary(name):
    with open(os.path.join(VOCABULARIES, name + ".json"), encoding="utf-8") as stream:
        return [entry["code"] for entry in json.load(stream)["entries"]]


def regions():
    with open(os.path.join(VOCABULARIES, "nuts.tsv"), encoding="utf-8") as stream:
        return {line.split("\t")[0] for line in stream if not line.startswith("#")}


LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
MEMBERS = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
COUNTRIES = vocabulary("countries")
REGIONS = regions()
TYPES = vocabulary("initiative-types")
TARGETS = vocabulary("target-groups")
THEMES = vocabulary("social-themes")
OBJECTIVES = vocabulary("objectives")
PRINCIPLES = vocabulary("pillar-principles")
STAGES = vocabulary("stages")
LEVELS = vocabulary("levels-of-action")
RUNNING = vocabulary("running-states")
KINDS = vocabulary("organisation-kinds")
SCHEMES = vocabulary("identifier-schemes")
PLACE_ROLES = vocabulary("place-roles")
PART_ROLES = vocabulary("participation-roles")
STATEMENT_ROLES = vocabulary("statement-roles")
RULES = vocabulary("rule-kinds")
MODELS = vocabulary("call-models")
CALL_STATES = vocabulary("call-states")
CASE_STATES = vocabulary("case-states")
ORIGINS = vocabulary("text-origins")

KEYS = {
    "organisation": "names aliases kind legal_form identifiers addresses parent predecessors description offers seeks "
                    "languages website tags sources".split(),
    "initiative": "names stage origin sources".split(),
    "case-study": "initiative state title summary problem solution results lessons transferability level "
                  "initiative_types target_groups objectives principles themes tags locations projects period running "
                  "budget funding_sources lead_organisation participations statements links licence sources".split(),
    "project": "codes titles acronym description initiatives period total_budget eu_budget locations themes tags "
               "programme call cost_forms participations links sources".split(),
    "call": "codes titles programme description model status opening deadlines budget grant_min grant_max rate_cap "
            "themes tags rules links sources".split(),
}
TEXTS = "title summary problem solution results lessons transferability".split()
MUST = "title summary problem solution results".split()

IDENT = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\Z")
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")
DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")
AMOUNT = re.compile(r"\d+\.\d{2}\Z")
SHARE = re.compile(r"(?:0(?:\.\d+)?|1(?:\.0+)?)\Z")
URL = re.compile(r"https?://\S+\Z")
FORMAT = {"pic": r"\d{9}", "ror": r"0[a-z0-9]{6}\d{2}", "wikidata": r"Q\d+", "lei": r"[A-Z0-9]{18}\d{2}"}
GREEK, CYRILLIC, LATIN = r"[\u0370-\u03ff\u1f00-\u1fff]", r"[\u0400-\u04ff]", r"[A-Za-z]"

faults = []
where = ""


def fault(message):
    faults.append("%s: %s" % (where, message))


def unknown(keys, allowed, what):
    for key in keys:
        if key not in allowed:
            fault("%s: unknown key %r" % (what, key))


def codes(record, key, allowed):
    values = record.get(key, [])
    for value in values:
        if value not in allowed:
            fault("%s: unknown code %r" % (key, value))
    if len(values) != len(set(values)):
        fault("%s: a code stands twice" % key)


def code(record, key, allowed):
    if key in record and record[key] not in allowed:
        fault("%s: unknown code %r" % (key, record[key]))


def lang_text(record, key):
    seen = []
    for item in record.get(key, []):
        unknown(item, ("language", "text", "origin"), key)
        language, text = item.get("language"), item.get("text", "")
        if language not in LANGUAGES:
            fault("%s: unknown language %r" % (key, language))
        if not text.strip() or text != text.strip() or "  " in text:
            fault("%s (%s): empty text or stray blanks" % (key, language))
        if item.get("origin", "original") not in ORIGINS:
            fault("%s: unknown origin" % key)
        if key in TEXTS and len(text) > 20:
            letters = {"el": GREEK, "bg": CYRILLIC}.get(language, LATIN)
            total = len(re.findall(r"\w", text))
            if len(re.findall(letters, text)) * 2 < total:
                fault("%s (%s): the text is not in the script of its language" % (key, language))
        if key == "names" or key == "titles":
            continue
        if language in seen:
            fault("%s: language %r stands twice" % (key, language))
        seen.append(language)
    return seen


def period(value, what):
    unknown(value, ("from", "to"), what)
    for part in value.values():
        if not DATE.match(part):
            fault("%s: not a date: %r" % (what, part))
    if "from" in value and "to" in value and value["to"] < value["from"][:len(value["to"])]:
        fault("%s: ends before it begins" % what)


def money(record, key):
    value = record.get(key)
    if value is None:
        return
    unknown(value, ("amount", "currency", "as_written"), key)
    if ("amount" in value) != ("currency" in value):
        fault("%s: amount and currency belong together" % key)
    if "amount" in value and not AMOUNT.match(value["amount"]):
        fault("%s: amount %r needs two decimals" % (key, value["amount"]))
    if not value:
        fault("%s: empty" % key)


def place(value, what):
    unknown(value, ("role", "country", "nuts", "nuts_version", "locality", "postcode", "latitude", "longitude"), what)
    code(value, "role", PLACE_ROLES)
    code(value, "country", COUNTRIES)
    if "country" not in value:
        fault("%s: no country" % what)
    if "nuts" in value:
        if value["nuts"] not in REGIONS or value["nuts"][:2] != value.get("country"):
            fault("%s: NUTS code %r does not fit %r" % (what, value["nuts"], value.get("country")))
        if value.get("nuts_version") != "2021":
            fault("%s: NUTS version missing" % what)
    if ("latitude" in value) != ("longitude" in value):
        fault("%s: half a point" % what)
    # The member states with their islands in the Atlantic.
    if "latitude" in value and not (27 <= value["latitude"] <= 71 and -32 <= value["longitude"] <= 35):
        fault("%s: the point lies outside Europe" % what)


def sources(record):
    if not record.get("sources"):
        fault("no source")
    for item in record.get("sources", []):
        unknown(item, ("portal", "local_id", "url", "title", "fetched"), "source")
        for key in ("portal", "local_id", "url"):
            if not item.get(key):
                fault("source without %s" % key)
        if not URL.match(item.get("url", "")):
            fault("source: not an address: %r" % item.get("url"))
        if "fetched" in item and not DAY.match(item["fetched"]):
            fault("source: not a day: %r" % item["fetched"])


def refer(value, kind, records, what):
    if value not in records:
        fault("%s: %r does not exist" % (what, value))
    elif records[value]["kind"] != kind:
        fault("%s: %r is a %s" % (what, value, records[value]["kind"]))


def participations(record, records):
    seen = set()
    for item in record.get("participations", []):
        unknown(item, ("organisation", "role", "share", "period"), "participation")
        refer(item.get("organisation"), "organisation", records, "participation")
        code(item, "role", PART_ROLES)
        if "share" in item and not SHARE.match(item["share"]):
            fault("participation: share %r" % item["share"])
        if "period" in item:
            period(item["period"], "participation")
        pair = (item.get("organisation"), item.get("role"))
        if pair in seen:
            fault("participation stands twice: %r" % (pair,))
        seen.add(pair)


def load():
    global where
    records = {}
    files = ["organisations.jsonl", "projects.jsonl", "calls.jsonl"]
    files += sorted(os.path.basename(f) for f in glob.glob(os.path.join(HERE, "cases-*.jsonl")))
    for name in files:
        with open(os.path.join(HERE, name), encoding="utf-8", newline="") as stream:
            content = stream.read()
        where = name
        if "\r" in content or content.startswith("\ufeff") or not content.endswith("\n"):
            fault("line ends, byte order mark or missing last line end")
        for number, line in enumerate(content.split("\n")[:-1], 1):
            where = "%s:%d" % (name, number)
            try:
                value = json.loads(line)
            except ValueError as error:
                fault("not JSON: %s" % error)
                continue
            if list(value) != ["id", "kind", "record"]:
                fault("keys of the line: %s" % list(value))
                continue
            if not IDENT.match(value["id"]):
                fault("identifier %r" % value["id"])
            if value["id"] in records:
                fault("identifier %r stands twice" % value["id"])
            if value["kind"] not in KEYS:
                fault("kind %r" % value["kind"])
                continue
            records[value["id"]] = {"kind": value["kind"], "record": value["record"], "file": name, "where": where}
    return records


def check(value, records):
    kind, record = value["kind"], value["record"]
    order = [key for key in KEYS[kind] if key in record]
    unknown(record, KEYS[kind], kind)
    if [key for key in record if key in KEYS[kind]] != order:
        fault("keys are out of order")
    for key, part in record.items():
        if part in ("", [], {}, None):
            fault("%s is empty: leave it out" % key)
    for key in ("names", "titles", "description") + tuple(TEXTS):
        lang_text(record, key)
    for key in ("themes", "offers", "seeks"):
        codes(record, key, THEMES)
    for key in ("budget", "total_budget", "eu_budget", "grant_min", "grant_max"):
        money(record, key)
    for key in ("addresses", "locations"):
        for item in record.get(key, []):
            place(item, key)
    if "period" in record:
        period(record["period"], "period")
    for link in record.get("links", []) + [record.get("website")]:
        if link is not None and not URL.match(link):
            fault("not an address: %r" % link)
    for tag in record.get("tags", []):
        if list(tag) != ["scheme", "value"]:
            fault("tag: %r" % tag)
    participations(record, records)
    sources(record)
    if kind == "organisation":
        code(record, "kind", KINDS)
        codes(record, "languages", LANGUAGES)
        if not record.get("names") and not record.get("identifiers"):
            fault("neither a name nor an identifier")
        for item in record.get("identifiers", []):
            if item["scheme"] not in SCHEMES:
                fault("identifier scheme %r" % item["scheme"])
            if not re.match(FORMAT.get(item["scheme"], r".+") + r"\Z", item["value"]):
                fault("identifier %r" % item)
        for other in [record[k] for k in ("parent",) if k in record] + record.get("predecessors", []):
            refer(other, "organisation", records, "organisation")
    elif kind == "initiative":
        code(record, "stage", STAGES)
        if not record.get("names"):
            fault("no name")
        if "origin" in record:
            place(record["origin"], "origin")
    elif kind == "case-study":
        refer(record.get("initiative"), "initiative", records, "initiative")
        if "published" not in CASE_STATES or record.get("state") != "published":
            fault("state %r" % record.get("state"))
        if record.get("licence") != "CC-BY-4.0":
            fault("licence %r" % record.get("licence"))
        code(record, "level", LEVELS)
        code(record, "running", RUNNING)
        codes(record, "initiative_types", TYPES)
        codes(record, "target_groups", TARGETS)
        codes(record, "objectives", OBJECTIVES)
        codes(record, "principles", PRINCIPLES)
        titles = {item["language"] for item in record.get("title", [])}
        for key in MUST:
            if {item["language"] for item in record.get(key, [])} != titles:
                fault("%s is not in the languages of the title" % key)
        for key in ("level", "themes", "initiative_types", "target_groups", "locations"):
            if key not in record:
                fault("no %s" % key)
        for project in record.get("projects", []):
            refer(project, "project", records, "projects")
        if "lead_organisation" in record:
            refer(record["lead_organisation"], "organisation", records, "lead_organisation")
        for item in record.get("statements", []):
            refer(item.get("author"), "organisation", records, "statement")
            code(item, "role", STATEMENT_ROLES)
            lang_text(item, "text")
    elif kind == "project":
        if not record.get("titles") and not record.get("acronym"):
            fault("neither a title nor an acronym")
        for initiative in record.get("initiatives", []):
            refer(initiative, "initiative", records, "initiatives")
        if "call" in record:
            refer(record["call"], "call", records, "call")
    elif kind == "call":
        code(record, "model", MODELS)
        code(record, "status", CALL_STATES)
        for day in record.get("deadlines", []) + [record[k] for k in ("opening",) if k in record]:
            if not DATE.match(day):
                fault("not a date: %r" % day)
        if "rate_cap" in record and not SHARE.match(record["rate_cap"]):
            fault("rate_cap %r" % record["rate_cap"])
        for rule in record.get("rules", []):
            unknown(rule, ("kind", "parameters", "legal_text"), "rule")
            if rule.get("kind") not in RULES:
                fault("rule %r" % rule.get("kind"))
            if not rule.get("legal_text"):
                fault("rule without a text")
            for part in rule.get("parameters", {}).values():
                if not (isinstance(part, str) or isinstance(part, list) and all(isinstance(x, str) for x in part)):
                    fault("rule: a parameter is a string or a list of strings")


def main():
    global where
    records = load()
    for ident, value in records.items():
        where = "%s (%s)" % (value["where"], ident)
        check(value, records)
    where = "sample"

    cases = {i: v for i, v in records.items() if v["kind"] == "case-study"}
    by_country = collections.defaultdict(list)
    for ident, value in cases.items():
        by_country[value["file"][6:8].upper()].append(value["record"])
        country = value["file"][6:8].upper()
        if country != "EU" and country not in [p["country"] for p in value["record"].get("locations", [])]:
            fault("%s: no place in the country of its file" % ident)
    for country in MEMBERS:
        if not by_country[country]:
            fault("no case of %s" % country)
    if len(cases) < 90:
        fault("only %d cases" % len(cases))
    texts = collections.Counter(t["language"] for v in cases.values() for t in v["record"]["title"])
    for language in LANGUAGES:
        if texts[language] < 2:
            fault("language %s has %d texts" % (language, texts[language]))
    described = collections.Counter(v["record"]["initiative"] for v in cases.values())
    for ident, value in records.items():
        if value["kind"] == "initiative" and not described[ident]:
            fault("%s has no case study" % ident)

    # Partners: two organisations that take part in the same project.
    members = collections.defaultdict(set)
    for ident, value in records.items():
        if value["kind"] == "project":
            for item in value["record"].get("participations", []):
                members[item["organisation"]].add(ident)
    in_cases = {p["organisation"] for v in cases.values() for p in v["record"].get("participations", [])}
    linked = sorted(o for o in in_cases if members[o])
    if len(linked) < 15:
        fault("only %d case organisations take part in a project" % len(linked))
    used = in_cases | set(members)
    for ident, value in records.items():
        if value["kind"] == "organisation" and ident not in used:
            fault("%s takes part in nothing" % ident)

    print("country  cases  languages of the texts")
    for country in sorted(by_country):
        if not by_country[country]:
            continue
        here = collections.Counter(t["language"] for r in by_country[country] for t in r["title"])
        print("%-7s  %5d  %s" % (country, len(by_country[country]),
                                 "  ".join("%s %d" % pair for pair in sorted(here.items()))))
    print("\nlanguage texts: " + "  ".join("%s %d" % pair for pair in sorted(texts.items())))
    themes = collections.Counter(t for v in cases.values() for t in v["record"].get("themes", []))
    print("themes:         " + "  ".join("%s %d" % pair for pair in themes.most_common()))
    kinds = collections.Counter(v["kind"] for v in records.values())
    print("records:        " + "  ".join("%s %d" % pair for pair in sorted(kinds.items())))
    organisations = [v["record"] for v in records.values() if v["kind"] == "organisation"]
    print("organisations with an identifier: %d" % sum("identifiers" in o for o in organisations))
    print("cases in two languages or more:   %d of %d" % (sum(len(v["record"]["title"]) > 1 for v in cases.values()),
                                                          len(cases)))
    read = sum(any("fetched" in s for s in v["record"]["sources"]) for v in records.values())
    print("records with a source that was read: %d of %d" % (read, len(records)))
    print("case organisations with shared projects: %d" % len(linked))
    for line in faults:
        print("FAULT " + line)
    print("clean" if not faults else "%d faults" % len(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
