#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds every #include of the house to the table of rooms (docs/architecture.md).

    rooms_test.py [--root FOLDER]     prints FILE:LINE: rule, one line for each violation; exit 1 if any
    rooms_test.py --self-test         plants violations in a copy and sees each of them caught
"""
import argparse
import pathlib
import re
import shutil
import sys
import tempfile

# A room sees itself, include/koinon and the rooms named here.
SEES = {
    "src/domain": (),
    "src/data": (),
    "src/store": ("domain",),
    "src/text": ("data",),
    "src/index": ("text",),
    "src/graph": (),
    "src/search": ("domain", "text", "index"),
    "src/partners": ("domain", "data", "text", "index", "graph"),
    "src/programme": ("domain", "data", "text", "index", "graph"),
    "src/analysis": ("text", "index", "data"),
    "src/exchange": ("domain", "data", "text"),
    "src/plugin": ("domain",),
    "src/engine": ("domain", "data", "store", "text", "index", "graph", "search", "partners",
                   "programme", "analysis", "exchange", "plugin"),
    "bindings/c": ("engine",),
    "bindings/python": ("engine",),
    "bindings/command": (),
    "include/koinon": (),
}

# An outside library and the only rooms that may know it.
HOMES = (
    (re.compile(r"SQLiteCpp/|sqlite3(ext)?\.h$"), "SQLite", ("src/store",)),
    (re.compile(r"boost/(graph/|property_map/|pending/)"), "Boost.Graph", ("src/graph",)),
    (re.compile(r"pybind11/|Python\.h$"), "Python", ("bindings/python",)),
    (re.compile(r"unicode/|libstemmer\.h$|cld2/"), "ICU, Snowball and CLD2", ("src/text",)),
    (re.compile(r"raptor2\.h$"), "Raptor", ("src/exchange",)),
)

# The public headers that a room may include, where that is not all of them.
PUBLIC_ONLY = {"bindings/command": ("koinon/koinon.h",)}

# Rooms of the standard library alone, and what "no I/O" means for them.
STANDARD_ONLY = ("src/domain", "include/koinon")
# <cstdio> passes: snprintf is formatting.
INPUT_OUTPUT = re.compile(r"(iostream|fstream|filesystem|print|syncstream|stdio\.h)$")
NO_IO = ("src/domain", "include/koinon")
# A library inside somebody's portal does not print.
PRINTS = re.compile(r"(iostream|print|syncstream)$")
MAY_PRINT = ("bindings/command",)

# C headers that a C++ or C header of the standard library alone may use.
C_STANDARD = {"assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "math.h", "setjmp.h",
              "stdalign.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h", "time.h"}

SOURCES = {".c", ".h", ".cc", ".cpp", ".hpp", ".cxx", ".hxx", ".inl", ".ipp"}
INCLUDE = re.compile(r"^\s*#\s*(?:include|include_next|import)\b\s*(.*)$")
NAMED = re.compile(r'^(?:<([^>]+)>|"([^"]+)")')
ROOM_CALL = re.compile(r"\bkoinon_room\s*\(([^)]*)\)", re.S)


def room_of(path):
    parts = path.parts
    return "/".join(parts[:2]) if len(parts) > 2 else None


def without_block_comments(text):
    return re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def third_party(name):
    return ("/" in name or name.endswith((".h", ".hpp"))) and name not in C_STANDARD


def check_include(root, path, room, name, quoted):
    """The rule that this include breaks, or None."""
    first = name.split("/")[0]
    own = room.split("/")[1]

    if name.startswith("../") or "/../" in name:
        return f'"{name}": an include names its room, it does not climb out of one'
    if first == "koinon":
        if not (root / "include" / name).is_file():
            return f"<{name}> is not in include/koinon"
        if room in PUBLIC_ONLY and name not in PUBLIC_ONLY[room]:
            return f"{room} sees only {', '.join(PUBLIC_ONLY[room])}, not {name}"
        if path.suffix == ".h" and room == "include/koinon" and not name.endswith(".h"):
            return f"a C header includes {name}, which is C++"
        return None
    for pattern, library, homes in HOMES:
        if pattern.match(name) and room not in homes:
            return f"{library} ({name}) is known only to {', '.join(homes)}"

    rooms = {key.split("/")[1] for key in SEES if key.startswith("src/")}
    if "/" in name and first in rooms and (root / "src" / first).is_dir():
        if room == f"src/{first}" or first in SEES[room]:
            return None
        return f"{room} may not see room {first} ({name}); it sees {', '.join(SEES[room]) or 'no other room'}"
    if quoted:
        if (root / path.parent / name).is_file():
            return None
        if room.startswith("bindings/") and name.startswith(own + "/"):
            return None
        return f'"{name}" is neither in this room nor in one that {room} sees'

    if room in NO_IO and INPUT_OUTPUT.match(name):
        return f"{room} does no input or output (<{name}>)"
    if PRINTS.match(name) and room not in MAY_PRINT:
        return f"a library does not print (<{name}>)"
    if room in STANDARD_ONLY and third_party(name):
        return f"{room} uses the standard library only, not <{name}>"
    if room == "include/koinon" and path.suffix == ".h" and name not in C_STANDARD:
        return f"a C header includes <{name}>, which is not a C header"
    return None


def check_sources(root):
    found = []
    for top in ("include", "src", "bindings"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in SOURCES or not file.is_file():
                continue
            path = file.relative_to(root)
            room = room_of(path)
            if room not in SEES:
                found.append((str(path), 1, f"{room or path.parent} is not a room of the table"))
                continue
            text = without_block_comments(file.read_text(encoding="utf-8", errors="replace"))
            for number, line in enumerate(text.splitlines(), 1):
                include = INCLUDE.match(line)
                if not include:
                    continue
                named = NAMED.match(include.group(1))
                if not named:
                    found.append((str(path), number, "an include is written out, not computed"))
                    continue
                name = named.group(1) or named.group(2)
                rule = check_include(root, path, room, name, quoted=named.group(2) is not None)
                if rule:
                    found.append((str(path), number, rule))
    return found


def check_targets(root):
    """koinon_room(... SEES ...) in CMake says no more than the table."""
    found = []
    for file in sorted((root / "src").glob("*/CMakeLists.txt")):
        path = file.relative_to(root)
        room = "/".join(path.parts[:2])
        text = "\n".join(line.split("#")[0] for line in file.read_text(encoding="utf-8").splitlines())
        for call in ROOM_CALL.finditer(text):
            words = call.group(1).split()
            number = text[:call.start()].count("\n") + 1
            part = "NAME"
            for word in words[1:]:
                if word in ("SOURCES", "SEES", "LINKS"):
                    part = word
                elif part == "SEES" and word not in SEES.get(room, ()):
                    found.append((str(path), number, f"{room} may not see room {word} (SEES)"))
                elif part == "LINKS" and "sqlite" in word.lower() and room != "src/store":
                    found.append((str(path), number, f"SQLite ({word}) is linked only by src/store"))
    return found


def check(root):
    return check_sources(root) + check_targets(root)


# What the self-test plants: file, line to include, and words of the rule that must answer; None: allowed.
PLANTS = (
    ("src/domain/planted.cpp", '#include "store/store.hpp"', "may not see room store"),
    ("src/domain/planted.cpp", "#include <fstream>", "no input or output"),
    ("src/domain/planted.cpp", "#include <nlohmann/json.hpp>", "standard library only"),
    ("src/domain/planted.cpp", "#include <algorithm>", None),
    ("src/search/planted.cpp", '#include "store/store.hpp"', "may not see room store"),
    ("src/search/planted.cpp", '#include "domain/date.hpp"', None),
    ("src/search/planted.cpp", '#include "../store/store.hpp"', "climb"),
    ("src/search/planted.cpp", "#include <store/store.hpp>", "may not see room store"),
    ("src/engine/planted.cpp", "#include <SQLiteCpp/SQLiteCpp.h>", "known only to src/store"),
    ("src/engine/planted.cpp", "#  include <sqlite3.h>", "known only to src/store"),
    ("src/engine/planted.cpp", '#include "store/store.hpp"', None),
    ("src/engine/planted.cpp", "#include KOINON_STORE_HEADER", "written out"),
    ("src/engine/planted.cpp", "#include <iostream>", "does not print"),
    ("src/engine/planted.cpp", "// #include <sqlite3.h>", None),
    ("src/engine/planted.cpp", "/* old:\n#include <sqlite3.h>\n*/", None),
    ("src/partners/planted.cpp", "#include <boost/graph/adjacency_list.hpp>", "known only to src/graph"),
    ("src/exchange/planted.cpp", "#include <unicode/uchar.h>", "known only to src/text"),
    ("src/graph/planted.hpp", "#include <boost/graph/graph_traits.hpp>", None),
    ("include/koinon/planted.hpp", "#include <nlohmann/json.hpp>", "standard library only"),
    ("include/koinon/planted.hpp", "#include <boost/container/flat_map.hpp>", "standard library only"),
    ("include/koinon/planted.hpp", '#include "domain/date.hpp"', "may not see room domain"),
    ("include/koinon/planted.hpp", '#include "koinon/error.hpp"', None),
    ("include/koinon/planted.h", '#include "koinon/error.hpp"', "which is C++"),
    ("include/koinon/planted.h", "#include <vector>", "not a C header"),
    ("include/koinon/planted.h", "#include <stdint.h>", None),
    ("bindings/c/planted.cpp", "#include <pybind11/pybind11.h>", "known only to bindings/python"),
    ("bindings/c/planted.cpp", '#include "store/store.hpp"', "may not see room store"),
    ("bindings/command/planted.cpp", '#include "koinon/koinon.hpp"', "sees only koinon/koinon.h"),
    ("bindings/command/planted.cpp", '#include "engine/catalogue.hpp"', "may not see room engine"),
    ("bindings/command/planted.cpp", "#include <iostream>", None),
    ("src/attic/planted.cpp", "#include <vector>", "not a room of the table"),
    ("src/index/CMakeLists.txt", "koinon_room(index SOURCES planted.cpp SEES text store)", "may not see room store"),
    ("src/engine/CMakeLists.txt", "koinon_room(engine SOURCES a.cpp LINKS SQLiteCpp::SQLiteCpp)", "linked only by"),
)


def self_test(root):
    failures = 0
    for file, line, expected in PLANTS:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder)
            for top in ("include", "src", "bindings"):
                for source in (root / top).rglob("*"):
                    if source.is_file() and (source.suffix in SOURCES or source.name == "CMakeLists.txt"):
                        target = copy / source.relative_to(root)
                        target.parent.mkdir(parents=True, exist_ok=True)
                        shutil.copyfile(source, target)
            for room in SEES:
                (copy / room).mkdir(parents=True, exist_ok=True)
            before = set(check(copy))
            planted = copy / file
            planted.parent.mkdir(parents=True, exist_ok=True)
            planted.write_text(f"// planted\n{line}\n" if planted.suffix in SOURCES else f"{line}\n")
            after = [v for v in check(copy) if v not in before]
        if expected is None:
            right = not after
        else:
            right = len(after) == 1 and after[0][0] == file and expected in after[0][2]
        if not right:
            failures += 1
            print(f"self-test: {file} with {line!r}: expected {expected!r}, got {after}")
    print(f"self-test: {len(PLANTS) - failures} of {len(PLANTS)} plants judged rightly")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        return 1 if self_test(options.root) else 0
    violations = check(options.root)
    for file, line, rule in violations:
        print(f"{file}:{line}: {rule}")
    if not violations:
        print("every include keeps to its room")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
