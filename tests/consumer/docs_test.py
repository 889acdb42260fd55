#!/usr/bin/env python3
"""Runs the examples of README.md and docs: every fenced block below a `<!-- run -->` line.

    tests/consumer/docs_test.py BUILD     BUILD: a built release tree with the Python module

The blocks of one page run in order in one empty folder, so a later one finds what an earlier one left.
C and C++ are compiled as a reader would, with what pkg-config says of the installed package; a shell finds the
installed command.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^<!-- run -->\n```(\w+)\n(.*?)^```$", re.M | re.S)
COMPILERS = {"c": ("cc", "-std=c99", "koinon_c"), "cpp": ("c++", "-std=c++17", "koinon")}


def call(*command: str, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def compiled(language: str, source: Path, packages: dict[str, str]) -> list[str]:
    compiler, standard, package = COMPILERS[language]
    static = ["--static"] if package == "koinon" else []
    flags = call("pkg-config", "--cflags", "--libs", *static, package, env=packages).split()
    libraries = call("pkg-config", "--variable=libdir", package, env=packages).strip()
    program = source.with_suffix("")
    call(compiler, standard, "-Wall", str(source), "-o", str(program), *flags, f"-Wl,-rpath,{libraries}")
    return [str(program)]


def run_page(page: Path, build: Path, packages: dict[str, str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
        for number, (language, text) in enumerate(blocks, 1):
            suffix = {"python": "py"}.get(language, language)
            source = Path(folder, f"example{number}.{suffix}")
            source.write_text(text, encoding="utf-8")
            if language == "python":
                command = [sys.executable, str(source)]
            elif language in COMPILERS:
                command = compiled(language, source, packages)
            elif language == "sh":
                command = ["bash", "-eu", "-o", "pipefail", str(source)]
            else:
                raise SystemExit(f"{page}: nobody knows how to run {language}")
            path = f"{packages['KOINON_BIN']}:{os.environ['PATH']}"
            environment = {**os.environ, "PYTHONPATH": str(build / "python"), "PATH": path}
            said = call(*command, cwd=folder, env=environment)
            print(f"{page.relative_to(ROOT)}, example {number} ({language}):\n{said}")
            if not said.strip():
                raise SystemExit(f"{page}: example {number} says nothing")
        return len(blocks)


def main() -> None:
    build = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as prefix:
        call("cmake", "--install", str(build), "--prefix", prefix)
        found = next(Path(prefix).rglob("koinon.pc")).parent
        packages = {**os.environ, "PKG_CONFIG_PATH": str(found), "KOINON_BIN": str(Path(prefix, "bin"))}
        pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
        run = sum(run_page(page, build, packages) for page in pages)
    if run == 0:
        raise SystemExit("no example was found: the mark <!-- run --> is gone")
    print(f"{run} examples")


if __name__ == "__main__":
    main()
