# SPDX-License-Identifier: Apache-2.0
"""Collaborations as the file of recommend_protocol.hpp: from Horizon 2020's participations, or from a catalogue's export."""
import array
import csv
import datetime
import gzip
import json
import os

H2020 = "h2020_participations_2014_2019.csv.gz"
PROGRAMMES = "h2020_programmes.csv"
EPOCH = datetime.date(1970, 1, 1)
UNKNOWN_FROM, UNKNOWN_TO = -2**31, 2**31 - 1


class Collaborations:
    """Members, works, rows and codes, numbered as they come; 0 is the code of what is not told."""

    def __init__(self):
        self.members, self.works, self.countries, self.kinds = {}, {}, [], []
        self.rows, self.topics = [], []
        self.codes = {"country": {}, "kind": {}, "topic": {}}

    def code(self, what, text):
        codes = self.codes[what]
        return codes.setdefault(text, len(codes) + 1) if text else 0

    def member(self, name, country="", kind=""):
        number = self.members.setdefault(name, len(self.members))
        if number == len(self.countries):
            self.countries.append(0)
            self.kinds.append(0)
        self.countries[number] = self.countries[number] or self.code("country", country)
        self.kinds[number] = self.kinds[number] or self.code("kind", kind)
        return number

    def work(self, name):
        number = self.works.setdefault(name, len(self.works))
        if number == len(self.topics):
            self.topics.append(set())
        return number

    def write(self, path):
        topics = [sorted(own) for own in self.topics]
        numbers = array.array("i", (len(self.members), len(self.works), len(self.rows), sum(map(len, topics))))
        for column in range(5):
            numbers.extend(row[column] for row in self.rows)
        numbers.extend(self.countries)
        numbers.extend(self.kinds)
        offset = 0
        for own in [[]] + topics:
            offset += len(own)
            numbers.append(offset)
        for own in topics:
            numbers.extend(own)
        with open(path, "wb") as file:
            file.write(numbers.tobytes())


def told(text):
    return "" if text in ("", "NA") else text


def day(text, otherwise, last=False):
    """Of a day, month or year, the first or last day."""
    if not told(text):
        return otherwise
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return (datetime.date(*parts) - EPOCH).days
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if not last:
        return (datetime.date(year, month, 1) - EPOCH).days
    return (datetime.date(year + month // 12, month % 12 + 1, 1) - EPOCH).days - 1


def read_h2020(folder, projects=None):
    """All of the file, or the first so many projects."""
    found = Collaborations()
    with gzip.open(os.path.join(folder, H2020), "rt", encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if projects and line["rcn"] not in found.works and len(found.works) >= projects:
                continue
            work = found.work(line["rcn"])
            member = found.member(line["pic"], told(line["country"]), told(line["type"]))
            found.rows.append((member, work, day(line["start_date"], UNKNOWN_FROM), day(line["end_date"], UNKNOWN_TO),
                               int(line["role"] == "coordinator")))
    with open(os.path.join(folder, PROGRAMMES), encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["rcn"] in found.works and told(line["programme_part"]):
                found.topics[found.works[line["rcn"]]].add(found.code("topic", line["programme_part"]) - 1)
    return found


def read_export(path):
    """The projects and case studies of a catalogue, as `koinon export` writes it."""
    found = Collaborations()
    records = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            record = entry.get("record")
            if entry.get("kind") == "organisation" and record:
                addresses = record.get("addresses") or [{}]
                found.member(entry["id"], addresses[0].get("country", ""), record.get("kind", ""))
            elif entry.get("kind") in ("project", "case-study") and record:
                records.append((entry["id"], record))
    for id, record in records:
        parts = [(one["organisation"], one.get("role", ""), one.get("period") or record.get("period") or {})
                 for one in record.get("participations", ())]
        if record.get("lead_organisation"):
            parts.append((record["lead_organisation"], "lead", record.get("period") or {}))
        for organisation, role, period in parts:
            found.rows.append((found.member(organisation), found.work(id), day(period.get("from", ""), UNKNOWN_FROM),
                               day(period.get("to", ""), UNKNOWN_TO, last=True), int(role in ("coordinator", "lead"))))
        if parts:
            topics = [("theme", one) for one in record.get("themes", ())]
            topics += [("target-group", one) for one in record.get("target_groups", ())]
            topics += [(tag.get("scheme", ""), tag.get("value", "")) for tag in record.get("tags", ())]
            topics += [("programme", record["programme"])] if record.get("programme") else []
            found.topics[found.work(id)] = {found.code("topic", " ".join(topic)) - 1 for topic in topics}
    return found


def write_h2020(folder, path, projects=None):
    """Writes the file; what it is from, for people."""
    found = read_h2020(folder, projects)
    found.write(path)
    return f"Horizon 2020: {len(found.rows):,} participations of {len(found.members):,} organisations in {len(found.works):,} projects"


def write_export(export, path):
    found = read_export(export)
    found.write(path)
    return f"{os.path.basename(export)}: {len(found.rows):,} participations of {len(found.members):,} organisations"
