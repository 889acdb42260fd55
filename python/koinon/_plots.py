"""Pictures. Each takes axes or makes its own, and returns them; none shows or saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping, Sequence

from ._optional import require

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._search import Facet

_COLOUR = "#4878a8"


def facet_bars(facet: Facet, total: int, ax: Axes | None) -> Axes:
    """Horizontal bars with their labels and counts, no grid and no frame."""
    if ax is None:
        pyplot = require("matplotlib.pyplot", "plot_facet()")
        _, ax = pyplot.subplots(figsize=(6, 0.8 + 0.3 * max(len(facet), 1)), layout="constrained")
    assert ax is not None
    places = range(len(facet))
    bars = ax.barh(places, [value.count for value in facet], color=_COLOUR, height=0.7)
    ax.bar_label(bars, padding=3)
    ax.set_yticks(places, [_shortened(value.label) for value in facet])
    ax.invert_yaxis()
    ax.set_xticks([])
    ax.margins(x=0.1)
    ax.tick_params(left=False)
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)
    rest = facet.distinct - len(facet)
    ax.set_title(
        f"{facet.field} of {total:,} records" + (f", {rest} values more" if rest > 0 else ""),
        loc="left",
    )
    return ax


def growth_lines(columns: Mapping[str, Sequence[int]], ax: Axes | None) -> Axes:
    """A line each for new organisations and new records by year, named at their ends."""
    if ax is None:
        pyplot = require("matplotlib.pyplot", "plot()")
        _, ax = pyplot.subplots(figsize=(6, 3), layout="constrained")
    assert ax is not None
    years = columns["year"]
    for name, colour in (("new_organisations", _COLOUR), ("new_works", "#c06c2c")):
        values = columns[name]
        ax.plot(years, values, color=colour, marker="o", markersize=3)
        if values:
            label = name.replace("_", " ")
            ax.annotate(
                label,
                (years[-1], values[-1]),
                xytext=(5, 0),
                color=colour,
                textcoords="offset points",
                va="center",
            )
    ax.set_ylim(bottom=0)
    ax.locator_params(axis="x", integer=True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def _shortened(label: str) -> str:
    return label if len(label) <= 40 else label[:39] + "…"
