"""Pictures. Each takes axes or makes its own, and returns them; none shows or saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping, Sequence

from ._optional import require

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._lineage import Lineage
    from ._report import Report
    from ._search import Facet

_COLOUR = "#4878a8"


def facet_bars(facet: Facet, total: int, ax: Axes | None) -> Axes:
    """Horizontal bars with their labels and counts, no grid and no frame."""
    if ax is None:
        pyplot = require("matplotlib.pyplot", "plot_facet()")
        _, ax = pyplot.subplots(figsize=(6, 0.8 + 0.3 * max(len(facet), 1)), layout="constrained")
    assert ax is not None
    rest = facet.distinct - len(facet)
    title = f"{facet.field} of {total:,} records" + (f", {rest} values more" if rest > 0 else "")
    return _bars(ax, [value.label for value in facet], [value.count for value in facet], title)


def _bars(ax: Axes, labels: Sequence[str], counts: Sequence[int], title: str) -> Axes:
    places = range(len(labels))
    bars = ax.barh(places, counts, color=_COLOUR, height=0.7)
    ax.bar_label(bars, padding=3)
    ax.set_yticks(places, [_shortened(label) for label in labels])
    ax.invert_yaxis()
    ax.set_xticks([])
    ax.margins(x=0.1)
    ax.tick_params(left=False)
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)
    ax.set_title(title, loc="left")
    return ax


def report_bars(report: Report, ax: Axes | None) -> Axes:
    """Horizontal bars for the first rows of a report, with their labels and counts."""
    rows = report[:20]
    if ax is None:
        pyplot = require("matplotlib.pyplot", "plot()")
        _, ax = pyplot.subplots(figsize=(6, 0.8 + 0.3 * max(len(rows), 1)), layout="constrained")
    assert ax is not None
    labels = [" · ".join(label or "(not told)" for label in row.labels) for row in rows]
    rest = len(report) - len(rows)
    title = f"{report.of} by {', '.join(report.by)}" + (f", {rest} rows more" if rest > 0 else "")
    return _bars(ax, labels, [row.records for row in rows], title)


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


def survival_steps(curve: Mapping[str, Sequence[float]], ax: Axes | None) -> Axes:
    """The share not yet replicated over the years, with its interval; a stroke where times are
    censored."""
    if ax is None:
        pyplot = require("matplotlib.pyplot", "plot()")
        _, ax = pyplot.subplots(figsize=(6, 3.5), layout="constrained")
    assert ax is not None
    years = [0.0, *(days / 365.25 for days in curve["days"])]
    ax.step(years, [1.0, *curve["survival"]], where="post", color=_COLOUR)
    lower, upper = [1.0, *curve["lower"]], [1.0, *curve["upper"]]
    ax.fill_between(years, lower, upper, step="post", color=_COLOUR, alpha=0.2, linewidth=0)
    censored = [place for place, count in enumerate(curve["censored"]) if count]
    ax.plot(
        [years[place + 1] for place in censored],
        [curve["survival"][place] for place in censored],
        linestyle="",
        marker="|",
        color=_COLOUR,
    )
    ax.set_ylim(0, 1.02)
    ax.set_xlim(left=0)
    ax.set_xlabel("years")
    ax.set_title("not yet replicated", loc="left")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def lineage_tree(lineage: Lineage, ax: Axes | None) -> Axes:
    """Initiatives in columns by the fewest replications from the one asked about, ancestors to the
    left, joined by replications that no others imply."""
    columns: dict[int, list[str]] = {}
    for one in lineage.ancestors:
        columns.setdefault(-one.nearest, []).append(one.id)
    columns[0] = [lineage.id]
    for one in lineage.descendants:
        columns.setdefault(one.nearest, []).append(one.id)
    tallest = max(len(ids) for ids in columns.values())
    if ax is None:
        pyplot = require("matplotlib.pyplot", "plot()")
        size = (2 + 2.2 * len(columns), 1 + 0.5 * tallest)
        _, ax = pyplot.subplots(figsize=size, layout="constrained")
    assert ax is not None
    at = {
        id: (float(column), (len(ids) - 1) / 2 - place)
        for column, ids in columns.items()
        for place, id in enumerate(ids)
    }
    for edge in lineage.replications:
        if edge.implied or edge.parent not in at or edge.child not in at:
            continue
        arrow = {"arrowstyle": "->", "color": "#888888", "shrinkA": 6, "shrinkB": 6}
        ax.annotate("", at[edge.child], at[edge.parent], arrowprops=arrow)
    for one in (lineage.initiative, *lineage.ancestors, *lineage.descendants):
        x, y = at[one.id]
        ax.plot([x], [y], marker="o", color=_COLOUR if one.present else "#bbbbbb")
        label = _shortened(one.name or one.id)
        ax.annotate(
            label + (f" ({', '.join(one.countries)})" if one.countries else ""),
            (x, y),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontsize="small",
        )
    ax.margins(x=0.25, y=0.25)
    ax.set_axis_off()
    return ax


def _shortened(label: str) -> str:
    return label if len(label) <= 40 else label[:39] + "…"
