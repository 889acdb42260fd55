"""The package as such: what it imports, its stubs, its documentation, its examples."""

from __future__ import annotations

import doctest
import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import koinon as kn

ROOT = Path(__file__).parents[2]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    path = str(Path(kn.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": path, "MYPY_CACHE_DIR": os.devnull}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)


def test_import_needs_no_optional_package() -> None:
    optional = ("pandas", "polars", "pyarrow", "numpy", "networkx", "matplotlib", "tqdm")
    script = f"import koinon, sys; print(*(set({optional}) & set(sys.modules)))"
    done = python("-c", script)
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_version() -> None:
    told = (ROOT / "pyproject.toml").read_text()
    assert f'version = "{kn.__version__}"' in told


def test_everything_public_is_documented() -> None:
    for name in kn.__all__:
        value = getattr(kn, name)
        assert inspect.getdoc(value), name
        if inspect.isclass(value):
            for member, defined in vars(value).items():
                if not member.startswith("_") and (
                    callable(defined) or isinstance(defined, property)
                ):
                    assert inspect.getdoc(defined), f"{name}.{member}"


@pytest.mark.parametrize(
    "module", ["koinon", *(f"koinon.{m.name}" for m in pkgutil.iter_modules(kn.__path__))]
)
def test_documentation_runs(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_stubs_tell_the_truth() -> None:
    pytest.importorskip("mypy", reason="mypy is not installed")
    options = [
        *("--mypy-config-file", str(ROOT / "pyproject.toml")),
        *(
            "--allowlist",
            str(Path(__file__).with_name("stubtest.txt")),
            "--ignore-unused-allowlist",
        ),
    ]
    done = python("-m", "mypy.stubtest", "koinon", *options)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types() -> None:
    pytest.importorskip("mypy", reason="mypy is not installed")
    done = python("-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "-p", "koinon")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "example", sorted((ROOT / "examples" / "python").glob("*.py")), ids=lambda p: p.stem
)
def test_examples_run(example: Path) -> None:
    done = python(str(example))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() and not done.stderr
