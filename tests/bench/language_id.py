# SPDX-License-Identifier: Apache-2.0
"""How often the language of a sentence, and of its first four words, is told right: SIB-200 in 24 languages.

Ours with nothing known beside the text, beside CLD2 alone and two open identifiers, which are told that no other
languages than the 24 come (ours and CLD2 are not). Bosnian and Serbian count as Croatian for all, Norwegian does not
count as Danish. lingua knows no Maltese and is measured on the other 23 too. Nothing of Koinon was trained or tuned on SIB-200.

As a program, the peer: language_id.py NAME < lines > languages, seconds on the standard error.
"""
import collections
import os
import subprocess
import sys
import tarfile
import time

CODES = {"bg": "bul_Cyrl", "cs": "ces_Latn", "da": "dan_Latn", "de": "deu_Latn", "el": "ell_Grek", "en": "eng_Latn",
         "es": "spa_Latn", "et": "est_Latn", "fi": "fin_Latn", "fr": "fra_Latn", "ga": "gle_Latn", "hr": "hrv_Latn",
         "hu": "hun_Latn", "it": "ita_Latn", "lt": "lit_Latn", "lv": "lvs_Latn", "mt": "mlt_Latn", "nl": "nld_Latn",
         "pl": "pol_Latn", "pt": "por_Latn", "ro": "ron_Latn", "sk": "slk_Latn", "sl": "slv_Latn", "sv": "swe_Latn"}
PEERS = {"py3langid": "0.4.0", "lingua-language-detector": "2.1.1"}
SAME = {"bs": "hr", "sr": "hr", "sh": "hr"}  # sr in Cyrillic too: it is wrong either way


def sentences(data, most):
    """{language: sentences}, or None without the file."""
    path = os.path.join(data, "sib200_parallel_24.tar.xz")
    if not os.path.exists(path):
        return None
    found = {language: [] for language in CODES}
    language_of = {code: language for language, code in CODES.items()}
    with tarfile.open(path) as archive:
        for member in archive:
            language = language_of.get(os.path.basename(os.path.dirname(member.name)))
            if language and member.name.endswith(".tsv"):
                lines = archive.extractfile(member).read().decode("utf-8").splitlines()[1:]
                found[language].extend(line.split("\t")[2] for line in lines)
    return {language: texts[:most] for language, texts in found.items()}


def python_of_peers(out, quick):
    """The interpreter that has the peers, or None."""
    folder = os.path.join(out, "peers", "languages")
    python = os.path.join(folder, "bin", "python")
    stamp = os.path.join(folder, "stamp")
    wanted = " ".join(f"{name}=={version}" for name, version in PEERS.items())
    if os.path.exists(stamp) and open(stamp, encoding="ascii").read() == wanted:
        return python
    if quick:
        return None
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted.split()], check=True)
    with open(stamp, "w", encoding="ascii") as file:
        file.write(wanted)
    return python


def asked(command, texts):
    """What a program says of each text, and megabytes for a second."""
    lines = [" ".join(text.split()) for text in texts]
    done = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    said = [SAME.get(language, language) for language in done.stdout.splitlines()]
    if len(said) != len(lines):
        sys.exit(f"{command}: {len(said)} answers to {len(lines)} texts")
    return said, float(done.stderr.splitlines()[-1])


def rows_of(build, out, data, quick, row):
    """The rows of the table; none, with a message, where the data is missing."""
    texts = sentences(data, 50 if quick else 10**6)
    if texts is None:
        print("no sib200_parallel_24.tar.xz in", data)
        return []
    driver = os.path.join(build, "bin", "koinon_bench_languages")
    ways = {"ours": [driver, "ours"], "CLD2": [driver, "cld2"]}
    python = python_of_peers(out, quick)
    for name in PEERS if python else ():
        ways[name] = [python, os.path.abspath(__file__), name]
    found = []
    for what, longest in (("whole sentences", 10**6), ("first four words", 4)):
        right = {name: {} for name in ways}
        speeds = {}
        flat = [" ".join(text.split()[:longest]) for language in texts for text in texts[language]]
        for name, command in ways.items():
            said, speeds[name] = asked(command, flat)
            at = 0
            for language in texts:
                part = said[at:at + len(texts[language])]
                at += len(part)
                right[name][language] = 100 * sum(one == language for one in part) / len(part)
                wrong = collections.Counter(one or "none" for one in part if one != language).most_common(3)
                if name == "ours" and wrong:
                    print(f"{what}: {language} taken for", ", ".join(f"{one} {count}" for one, count in wrong))
        for label, chosen in (("mean of 24", list(texts)), ("mean of 23, without mt", [one for one in texts if one != "mt"]),
                              *((language, [language]) for language in texts)):
            mean = {name: sum(shares[one] for one in chosen) / len(chosen) for name, shares in right.items()}
            found.append(row(f"{what}: {label}", "% right", mean.pop("ours"), mean, True))
        ours = speeds.pop("ours")
        found.append(row(f"{what}: speed", "MB/s", ours, speeds, True))
    return found


def peer(name):
    lines = [line.rstrip("\n") for line in sys.stdin]
    if name == "py3langid":
        import py3langid
        py3langid.set_languages(list(CODES))

        def tell(text):
            return py3langid.classify(text)[0]
    else:
        from lingua import IsoCode639_1, LanguageDetectorBuilder
        codes = [getattr(IsoCode639_1, language.upper()) for language in CODES if hasattr(IsoCode639_1, language.upper())]
        detector = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_preloaded_language_models().build()

        def tell(text):
            language = detector.detect_language_of(text)
            return language.iso_code_639_1.name.lower() if language else ""
    tell("some words")  # reads the model
    started = time.perf_counter()
    said = [tell(line) for line in lines]
    seconds = time.perf_counter() - started
    print("\n".join(said))
    print(sum(len(line.encode()) for line in lines) / 1e6 / seconds, file=sys.stderr)


if __name__ == "__main__":
    peer(sys.argv[1])
