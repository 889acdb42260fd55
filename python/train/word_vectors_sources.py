# SPDX-License-Identifier: Apache-2.0
"""Parallel texts of the OpenStreetMap editor, of MediaWiki, and of the Romanian and English WordNets, for word_vectors_corpus.py.

Each function takes the folder of unpacked packages and yields (group, {language: text}). Standard library only.
"""
import collections
import glob
import html
import json
import os
import pickle
import re

from language_id_corpus import OFFICIAL

SENTENCE = 40  # characters of an English text, from which on it is a sentence rather than a label
PARTS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}


def group_of(text):
    return "long" if len(text) > SENTENCE else "short"


def strings(value, path=()):
    """(path, text) of all texts in nested objects."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, (*path, key))


def openstreetmap(packages):
    """Names, keywords and explanations of places and of what is told of them, as the iD editor has them."""
    table = collections.defaultdict(dict)
    for language in OFFICIAL:
        path = os.path.join(packages, "@openstreetmap/id-tagging-schema", "package", "dist", "translations", language + ".json")
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            content = json.load(file)[language].get("presets", {})
        for key, text in strings(content):
            table[key][language] = text.replace(",", " ") if key[-1] == "terms" else text
    for key, texts in sorted(table.items()):
        if key[-1] == "terms":
            # What a thing is also called says little without its name.
            names = table[*key[:-1], "name"]
            texts = {language: names[language] + " " + text for language, text in texts.items() if language in names}
        yield group_of(texts.get("en", "")), texts


def without_markup(text):
    """A message of MediaWiki without links, templates, parameters and mark-up."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    text = re.sub(r"https?://\S+|\$\d+|'{2,}|__\w+__", " ", text)
    text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]|\[\s*([^\]]*)\]", lambda found: found[1] or found[2] or " ", text)
    for _ in range(3):
        # {{PLURAL:$1|one|many}}: the last form; {{SITENAME}} and the like: nothing.
        text = re.sub(r"\{\{[^{}|]*\|(?:[^{}|]*\|)*([^{}|]*)\}\}", r"\1", text)
        text = re.sub(r"\{\{[^{}|]*\}\}", " ", text)
    return " ".join(re.sub(r"[{}|*#=]+", " ", text).split())


def mediawiki(packages):
    """Messages of MediaWiki and of the extensions that come with it."""
    for english in sorted(glob.glob(os.path.join(packages, "mediawiki", "**", "i18n", "**", "en.json"), recursive=True)):
        table = collections.defaultdict(dict)
        for language in OFFICIAL:
            path = os.path.join(os.path.dirname(english), language + ".json")
            if not os.path.exists(path):
                continue
            with open(path, encoding="utf-8") as file:
                for key, text in json.load(file).items():
                    if isinstance(text, str) and len(text) < 1000:
                        table[key][language] = without_markup(text)
        for texts in table.values():
            # A translation that is the English text is one that nobody made.
            own = {language: text for language, text in texts.items() if language == "en" or text != texts.get("en")}
            yield group_of(texts.get("en", "")), own


class Plain:
    """Stands for any class in the file of the Romanian WordNet, so that reading it runs no code of its own."""

    def __init__(self, *_):
        pass

    def __setstate__(self, state):
        if isinstance(state, dict):
            self.__dict__.update(state)


class PlainUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if module in ("builtins", "collections") and name in ("dict", "list", "set", "defaultdict", "OrderedDict"):
            return dict if name == "dict" else super().find_class(module, name)
        if (module, name) == ("builtins", "getattr"):
            return lambda owner, key: dict if owner is dict else type(key, (Plain,), {})
        return type(name, (Plain,), {})


def english_synsets(packages):
    """{(part of speech, offset): (words, gloss)} of WordNet 3.0."""
    found = {}
    for part in set(PARTS.values()):
        with open(os.path.join(packages, "wordnet-base", "usr/share/wordnet", "data." + part), encoding="utf-8") as file:
            for line in file:
                if line.startswith("  "):
                    continue
                data, _, gloss = line.partition(" | ")
                fields = data.split(" ")
                words = fields[4:4 + 2 * int(fields[3], 16):2]
                found[part, fields[0]] = [word.partition("(")[0].replace("_", " ") for word in words], gloss.split('; "')[0].strip()
    return found


def wordnets(packages):
    """Words and definitions of the same concept in Romanian and English."""
    english = english_synsets(packages)
    with open(os.path.join(packages, "rowordnet", "rowordnet", "rowordnet.pickle"), "rb") as file:
        romanian = PlainUnpickler(file).load()
    for name, synset in sorted(romanian._synsets.items()):
        found = re.fullmatch(r"ENG30-(\d{8})-([nvasr])", name)
        words, gloss = english.get((PARTS[found[2]], found[1]), ([], "")) if found else ([], "")
        if not words:
            continue
        # The definition in Romanian goes on with examples behind a quotation mark.
        definition = (synset._definition or "").split('"')[0].strip(" ;")
        if definition and gloss:
            yield "long", {"ro": definition, "en": gloss}
        for literal in (synset._literals or [])[:2]:
            yield "dictionary", {"ro": literal.replace("_", " "), "en": words[0]}
