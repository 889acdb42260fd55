#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well compounds are parted, beside the longest match from the left over the same lexicon, and beside CharSplit.

F1 counts points: each byte of a word at which a part begins, over all words of a list together. Exact: words with all
points right and no other. Three kinds of list:

german    shared/data/german_compounds.txt, the lines with a comma, joined as jwordsplitter's own test joins them. Half of
          the lines (an odd CRC-32) was never looked at: that half, and the whole. The lines without a comma are those that
          jwordsplitter leaves whole, many a compound among them: only how many of them are parted is told.
sample    tests/fixtures/compounds: words of EuroVoc's labels parted by hand, and the part of them that was held out.
lists     words of hunspell's dictionary with just one way to be two words of four letters or more of the same dictionary,
          with a linking element between. An ending that makes derived words is no second word. Of the words with no such way
          only how many are parted: there are compounds among them too, whose parts the dictionary has in another form.
          Finnish: what Voikko says of the words of the sample.

CharSplit (pip install compound-split) makes two parts at most; it is left out where it is not installed.
"""
import argparse
import glob
import hashlib
import os
import re
import subprocess
import sys
import zlib

from report import finish, row

HERE = os.path.dirname(os.path.abspath(__file__))
DICTIONARIES = {"de": "de_DE", "nl": "nl_NL", "sv": "sv_SE", "da": "da_DK", "hu": "hu_HU", "et": "et_EE"}
LANGUAGES = ("de", "nl", "sv", "da", "fi", "hu", "et")
WORDS, QUICK_WORDS = 4000, 400
LINKS = {"de": ["s", "es", "n", "en"], "nl": ["s", "en", "e"], "sv": ["s"], "da": ["s", "e"], "hu": [], "et": []}
NEVER = {"de": "heit keit schaft lich ung chen los haft", "nl": "heid lijk schap loos baar", "sv": "het lig skap lös ning bar",
         "da": "hed lig skab løs ning bar", "hu": "ság ség talan telen", "et": "mine mise lane line lik tus dus us"}


def points(line):
    """'jugend|amt' has the point 6."""
    found, at = set(), 0
    for part in line.split("|")[:-1]:
        at += len(part)
        found.add(at)
    return found


def score(gold, told):
    """Precision, recall, F1 of the points and the share of exact words, in percent."""
    right = wrong = missing = exact = 0
    for one, other in zip(gold, told):
        one, other = points(one), points(other)
        right += len(one & other)
        wrong += len(other - one)
        missing += len(one - other)
        exact += one == other
    precision, recall = right / max(right + wrong, 1), right / max(right + missing, 1)
    return {"precision": 100 * precision, "recall": 100 * recall, "exact": 100 * exact / max(len(gold), 1),
            "F1": 200 * precision * recall / max(precision + recall, 1e-9)}


def parted(build, language, words, way="ours"):
    program = os.path.join(build, "bin", "koinon_bench_compounds")
    done = subprocess.run([program, language, way], input="\n".join(words) + "\n", capture_output=True, text=True, check=True)
    return done.stdout.splitlines(), float(done.stderr)


def char_split(language, words):
    try:
        from compound_split import char_split as peer
    except ImportError:
        return None
    if language not in ("de", "nl"):
        return None
    told = []
    for word in words:
        best = max(peer.split_compound(word, language), key=lambda one: one[0])
        told.append(word if best[0] <= 0 or best[1] == best[2] else word[:len(best[1])] + "|" + word[len(best[1]):])
    return told


def german(data):
    """Lines with a comma: all and the unseen half; and the lines without one."""
    path = os.path.join(data, "german_compounds.txt")
    if not os.path.exists(path):
        print(f"{path} is missing: its figures are left out")
        return None
    lines = open(path, encoding="utf-8").read().split("\n")
    whole = [line.lower() for line in lines if line and "," not in line and "-" not in line]
    lines = [line for line in lines if "," in line]
    bars = [line.lower().replace(", ", "|") for line in lines]
    return bars, [bar for line, bar in zip(lines, bars) if zlib.crc32(line.encode()) & 1], whole


def with_links(bars):
    """The s that the list has lost, where the part before it always has one: after -ung, -ion, -tät, -heit, -keit, -schaft, -ling."""
    return [re.sub(r"(ung|ion|tät|heit|keit|schaft|ling)\|", r"\1s|", bar) for bar in bars]


def sample(language):
    """The words parted by hand: (all, those held out)."""
    path = os.path.join(HERE, "..", "fixtures", "compounds", language + ".txt")
    seen, held = [], None
    for line in open(path, encoding="utf-8").read().split("\n"):
        if line.startswith("# held out"):
            held = []
        elif line and not line.startswith("#"):
            seen.append(line)
            if held is not None:
                held.append(line)
    return seen, held


def dictionary_words(language):
    found = glob.glob(f"/usr/share/hunspell/{DICTIONARIES[language]}.dic")
    if not found:
        return None
    encoding = re.search(rb"^SET\s+(\S+)", open(found[0][:-4] + ".aff", "rb").read(), re.M).group(1).decode()
    words = set()
    for line in open(found[0], encoding=encoding, errors="replace"):
        word = re.split(r"[/\t ]", line.strip())[0]
        if word.isalpha() and (word.islower() or language == "de" and word[1:].islower()):
            words.add(word.lower())
    return words


def of_dictionary(language, most):
    """Words with one way to be two others, with their bar; and words with none."""
    words = dictionary_words(language)
    if words is None:
        return None
    never = tuple(NEVER[language].split())

    def ways(word):
        found = set()
        for at in range(4, len(word) - 3):
            second = word[at:]
            if second in words and second not in never:
                for link in ["", *LINKS[language]]:
                    first = word[:at - len(link)] if link else word[:at]
                    if word[:at].endswith(link) and len(first) > 3 and first in words:
                        found.add(at)
        return found

    gold, whole = [], []
    for word in sorted((word for word in words if len(word) > 7), key=lambda word: hashlib.sha256(word.encode()).digest()):
        at = ways(word)
        if len(at) == 1:
            at = at.pop()
            if not ways(word[:at]) and not ways(word[at:]):
                gold.append(word[:at] + "|" + word[at:])
        elif not at:
            whole.append(word)
        if len(gold) + len(whole) == most:
            break
    return gold, whole


def of_voikko(words):
    try:
        import libvoikko
        voikko = libvoikko.Voikko("fi")
    except Exception as fault:  # neither the module nor its dictionary need be there
        print(f"fi: no list of Voikko ({fault}); Debian has python3-libvoikko and voikko-fi")
        return None
    gold = []
    for word in words:
        found = voikko.analyze(word)
        if found:
            signs = min((one["STRUCTURE"] for one in found), key=lambda signs: signs.count("="))
            bar, at = "", 0
            for sign in signs.lstrip("="):
                bar += "|" if sign == "=" else word[at]
                at += sign != "="
            gold.append(bar)
    return gold


def rows_of(build, language, name, gold):
    words = [bar.replace("|", "") for bar in gold]
    told, nanoseconds = parted(build, language, words)
    ours, twin = score(gold, told), score(gold, parted(build, language, words, "naive")[0])
    peer = char_split(language, words)
    peer = peer and score(gold, peer)
    rows = []
    for what in ("precision", "recall", "F1", "exact"):
        others = {"longest from the left": twin[what], **({"CharSplit": peer[what]} if peer else {})}
        rows.append(row(f"{language}, {name}, {len(gold):,} words: {what}", "%", ours[what], others, True))
    rows.append(row(f"{language}, {name}: a word", "ns", nanoseconds, {}))
    return rows


def share_parted(build, language, name, words):
    told, _ = parted(build, language, words)
    return row(f"{language}, {len(words):,} {name}: parted", "%", 100 * sum("|" in bar for bar in told) / len(words), {})


def rows(build, data, quick=False):
    """What languages.py asks for: rows of all languages."""
    most = QUICK_WORDS if quick else WORDS
    found = []
    lists = german(data)
    if lists:
        bars, half, whole = lists
        found += rows_of(build, "de", "unseen half", half)
        found += rows_of(build, "de", "whole list", bars)
        found += rows_of(build, "de", "whole list with its s", with_links(bars))
        found.append(share_parted(build, "de", "lines that jwordsplitter leaves whole", whole))
    for language in LANGUAGES:
        seen, held = sample(language)
        found += rows_of(build, language, "sample", seen)
        if held:
            found += rows_of(build, language, "sample held out", held)
        if language == "fi":
            gold = of_voikko([bar.replace("|", "") for bar in seen])
            found += rows_of(build, language, "Voikko", gold) if gold else []
            continue
        lists = of_dictionary(language, most)
        if lists:
            found += rows_of(build, language, "dictionary", lists[0])
            found.append(share_parted(build, language, "words of the dictionary that are not two others", lists[1]))
        else:
            print(f"{language}: no dictionary here; Debian has hunspell-{language} (et: myspell-et)")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for name, value in (("build", None), ("out", None), ("data", os.path.join("..", "shared", "data"))):
        parser.add_argument("--" + name, default=value, required=value is None)
    parser.add_argument("--quick", action="store_true", help="ten times fewer words of each dictionary")
    options = parser.parse_args()
    finish(options.out, "compounds", "german_compounds.txt, EuroVoc's words parted by hand, dictionaries of hunspell",
           rows(options.build, options.data, options.quick), "tests/bench/run.sh compounds" + (" --quick" if options.quick else ""))


if __name__ == "__main__":
    sys.exit(main())
