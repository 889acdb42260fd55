# SPDX-License-Identifier: Apache-2.0
"""The texts that crosslingual.py asks and looks for."""
import hashlib
import os
import sys
import tarfile
import time

from language_id import CODES

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.join(HERE, "..", "..")
LANGUAGES = sorted(CODES)


def tell(*words):
    print(time.strftime("%H:%M:%S"), *words, file=sys.stderr, flush=True)


def sentences(data):
    """{language: sentences}, twins at the same place, or None without the file."""
    path = os.path.join(data, "sib200_parallel_24.tar.xz")
    if not os.path.exists(path):
        tell(f"sentence to sentence is skipped: there is no {os.path.normpath(path)}")
        return None
    language_of = {code: language for language, code in CODES.items()}
    found = {language: {} for language in LANGUAGES}
    with tarfile.open(path) as archive:
        for member in archive:
            language = language_of.get(os.path.basename(os.path.dirname(member.name)))
            if language and member.name.endswith(".tsv"):
                for line in archive.extractfile(member).read().decode("utf-8").splitlines()[1:]:
                    number, _, text = line.split("\t")[:3]
                    found[language][int(number)] = " ".join(text.split())
    numbers = sorted(found["en"])
    if any(sorted(texts) != numbers for texts in found.values()):
        sys.exit(f"{path}: the languages have other sentences")
    return {language: [texts[number] for number in numbers] for language, texts in found.items()}


def labels():
    """(ids, {language: preferred labels}) of EuroVoc, "" where there is none."""
    path = os.path.join(REPOSITORY, "src", "data", "thesaurus", "eurovoc.tsv")
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    names = lines[0]
    ids = [cells[0] for cells in lines[1:]]
    return ids, {language: [cells[names.index(language)] for cells in lines[1:]] for language in LANGUAGES}


def lines_of(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read().split("\n")[:-1]


def held_out(name):
    return hashlib.sha256(name.encode()).digest()[0] % 10 == 0


def written(path, lines):
    """The path; a file that has these lines already keeps its time, and so the vectors that were made of it."""
    if not os.path.exists(path) or lines_of(path) != lines:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(line + "\n" for line in lines)
    return path
