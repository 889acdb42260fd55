"""Codes and their labels."""

from __future__ import annotations

from . import _engine

_FACETS = {
    "country": "countries",
    "fund": "funds",
    "kind": "record-kinds",
    "language": "languages",
    "level": "levels-of-action",
    "objective": "objectives",
    "nuts": "nuts",
    "nuts-1": "nuts",
    "nuts-2": "nuts",
    "nuts-3": "nuts",
    "organisation-kind": "organisation-kinds",
    "principle": "pillar-principles",
    "stage": "stages",
    "state": "case-states",
    "target-group": "target-groups",
    "theme": "social-themes",
}


def label(vocabulary: str, code: str, language: str = "en") -> str:
    """The label of a vocabulary's code in ``language`` (``"fi"``), else in English, else the code
    itself.

    >>> label("countries", "FI", "nl")
    'Finland'
    """
    return _engine.label(vocabulary, code, language)


def facet_label(field: str, code: str, language: str) -> str:
    """The label of a facet's code; the code itself where the facet has no vocabulary, as with
    years."""
    vocabulary = _FACETS.get(field)
    return code if vocabulary is None else _engine.label(vocabulary, code, language)
