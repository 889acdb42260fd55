"""HTML for notebooks. Whatever comes from a catalogue passes through :func:`text`."""

from __future__ import annotations

import html
from typing import Iterable, Sequence

ROWS = 20
"""Rows of a table that are shown; the rest is counted."""

LENGTH = 300
"""Characters of a value that are shown."""


def text(value: object, length: int = LENGTH) -> str:
    """Escaped, and cut."""
    whole = str(value)
    return html.escape(whole if len(whole) <= length else whole[: length - 1] + "…")


def marked(whole: str, marks: Iterable[tuple[int, int]]) -> str:
    """Escaped, the marked ranges in ``<mark>``."""
    parts: list[str] = []
    at = 0
    for begin, end in marks:
        parts += [html.escape(whole[at:begin]), "<mark>", html.escape(whole[begin:end]), "</mark>"]
        at = end
    return "".join(parts) + html.escape(whole[at:])


def bar(count: int, most: int) -> str:
    """A bar as long as ``count`` is of ``most``."""
    width = 120 * count // max(most, 1)
    style = f"display:inline-block;height:.7em;width:{width}px;background:#4878a8"
    return f'<span style="{style}"></span> {count}'


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "", more: int = 0
) -> str:
    """A table of cells that are HTML already; ``more`` rows are not shown."""
    parts = ["<table>"]
    if caption:
        parts.append(f'<caption style="text-align:left">{caption}</caption>')
    parts.append(
        "<thead><tr>" + "".join(f"<th>{text(name)}</th>" for name in head) + "</tr></thead>"
    )
    style = ' style="text-align:left;vertical-align:top"'
    for row in rows:
        parts.append("<tr>" + "".join(f"<td{style}>{cell}</td>" for cell in row) + "</tr>")
    if more > 0:
        parts.append(f'<tr><td colspan="{len(head)}"{style}>… and {more} more</td></tr>')
    return "".join([*parts, "</table>"])
