"""Codes and their labels."""

from __future__ import annotations

from . import _engine


def label(vocabulary: str, code: str, language: str = "en") -> str:
    """The label of a vocabulary's code in ``language`` (``"fi"``), else in English, else the code
    itself.

    >>> label("countries", "FI", "nl")
    'Finland'
    """
    return _engine.label(vocabulary, code, language)
