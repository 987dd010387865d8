"""
A small plot of what reports aim at: targets of one indicator by year or by region. Needs the extra ``plot``.

The form of a mark is the bound: a dot is a value, a ring 左右, a bar a range, an arrow 以上 or 以内. A target without a
number (与经济增长同步, 完成上级任务, none at all) is no dot at zero: its word stands on the axis.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .errors import MissingExtraError, UnknownNameError, expect, expect_name, expect_report
from .render.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .facts import Target
    from .report import Report

__all__ = ["BY", "CHINESE_FONTS", "plot_targets"]

BY = ("year", "region")
"""What the horizontal axis can be."""

HORIZONS = ("year", "five_year", "period")

CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Arial Unicode MS",
)
"""Families that have Chinese characters, best first; the first one installed is used."""

_RED = "#b2372b"
_UP = frozenset({"at_least", "above"})
_DOWN = frozenset({"at_most", "below"})


_FILES = re.compile(
    r"Noto\s?Sans\s?(?:CJK|SC)|Source\s?Han\s?Sans|PingFang|Hiragino|STHeiti|msyh|simhei|wqy-|Arial\s?Unicode",
    re.I,
)
"""How the files of `CHINESE_FONTS` are called."""


def _fonts() -> list[str]:
    """The Chinese family to use, then matplotlib's own; without one, Chinese comes out as boxes, and a warning says so."""
    from matplotlib import font_manager

    for again in (False, True):
        known = {font.name for font in font_manager.fontManager.ttflist}
        found = [name for name in CHINESE_FONTS if name in known][:1]
        if found or again:
            break
        # matplotlib keeps its list of fonts from one run to the next: what was installed since is not on it
        for path in font_manager.findSystemFonts():
            if _FILES.search(os.path.basename(path)):
                font_manager.fontManager.addfont(path)
    if not found:
        warnings.warn(
            f"no Chinese font found, Chinese comes out as boxes: install one, as {CHINESE_FONTS[0]}",
            stacklevel=3,
        )
    return [*found, "DejaVu Sans"]


def _wanted(report: Report, indicator: str, horizon: str) -> list[Target]:
    return [
        target
        for target in report.targets
        if target.indicator == indicator and target.horizon == horizon and not target.filter
    ]


def _place(report: Report, target: Target, by: str) -> str:
    if by == "year":
        return target.period
    region = report.metadata.region
    value = getattr(region, "value", region)
    return str(getattr(value, "name", value) or "")


def plot_targets(
    reports: Iterable[Report],
    indicator: str = "gdp",
    *,
    by: str = "year",
    horizon: str = "year",
    ax: Axes | None = None,
    language: str = "zh",
) -> Axes:
    """
    Draw the targets for *indicator* that *reports* state, and return the axes.

    *by* is ``"year"`` (the year each target is for) or ``"region"``; *horizon* ``"year"`` or ``"five_year"``. Targets
    with a filter (高新区…) are left out: they are not the region's own. Only targets in the unit of the first one are
    drawn, for a growth rate and an amount have no axis in common.

    Raises `MissingExtraError` without matplotlib, and `UnknownNameError` for another *by* and for an *indicator* that
    neither the built-in table nor a target has.
    """
    if by not in BY:
        raise UnknownNameError("axis", by, BY)
    expect_name("horizon", horizon, HORIZONS)
    expect(
        reports,
        Iterable,
        "plot_targets wants reports",
        ": [report] is one" if hasattr(reports, "targets") else "",
    )
    reports = tuple(reports)
    for report in reports:
        expect_report(report, "plot_targets")
    try:
        import matplotlib.pyplot as plt
    except ModuleNotFoundError:
        raise MissingExtraError("plot", "matplotlib") from None
    word = words(language)
    found = [(_place(report, t, by), t) for report in reports for t in _wanted(report, indicator, horizon)]
    if not found:
        from .facts import default_table  # reports have loaded it

        if indicator not in default_table():
            raise UnknownNameError("indicator", indicator, default_table().indicators)
    if by == "year":
        found.sort(key=lambda pair: pair[0])
    places = {place: at for at, place in enumerate(dict.fromkeys(place for place, _ in found))}
    unit = next((t.unit for _, t in found if t.low is not None or t.high is not None), "")
    fonts = _fonts()
    axes = (
        plt.subplots(figsize=(max(4.0, 1.2 + 0.45 * len(places)), 3.6), layout="constrained")[1]
        if ax is None
        else ax
    )
    numbered = {place for place, t in found if t.low is not None or t.high is not None}
    for place, target in found:
        if place not in numbered:
            _write(axes, places[place], word(str(target.bound)), fonts)
        elif target.unit == unit:
            _draw(axes, places[place], target)
    name = next((t.name for _, t in found if t.name), indicator)
    axes.set_title(f"{name} {word('target')}", family=fonts, loc="left")
    axes.set_ylabel(_scaled(axes, found, unit) if language == "zh" else unit, family=fonts)
    crowded = by == "region" and len(places) > 8
    axes.set_xticks(range(len(places)), list(places), family=fonts, rotation=60 if crowded else 0)
    axes.set_xlim(-0.6, max(len(places), 1) - 0.4)
    axes.margins(y=0.2)
    axes.grid(axis="y", alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def _scaled(axes: Axes, found: list[tuple[str, Target]], unit: str) -> str:
    """The unit as reports print it, 万人 or 亿元, with the axis to match: 1.2 at a 1e6 is no way to say 120万人."""
    ends = [abs(end) for _, t in found if t.unit == unit for end in (t.low, t.high) if end is not None]
    scale, word = next((s for s in ((10**8, "亿"), (10**4, "万")) if max(ends, default=0) >= s[0]), (1, ""))
    if scale > 1:
        axes.yaxis.set_major_formatter(lambda value, _: f"{value / scale:g}")
    return word + unit


def _write(axes: Axes, x: int, word: str, fonts: list[str]) -> None:
    """Why there is no number at *x*, upright on the axis."""
    bottom = axes.get_xaxis_transform()
    axes.text(x, 0.03, word, transform=bottom, ha="center", va="bottom", rotation=90, alpha=0.6, family=fonts)


def _draw(axes: Axes, x: int, target: Target) -> None:
    """One target with a number at *x*."""
    faded = 0.5 if target.tier == "stretch" else 1.0
    ends = [
        float(end) for end in dict.fromkeys((target.low, target.high)) if end is not None
    ]  # for drawing only
    if len(ends) == 2:
        axes.plot([x, x], ends, color=_RED, linewidth=6, solid_capstyle="round", alpha=0.35 * faded)
    axes.plot(
        [x] * len(ends),
        ends,
        "^" if target.bound in _UP else "v" if target.bound in _DOWN else "o",
        color=_RED,
        markerfacecolor="none" if target.bound == "about" else _RED,
        markersize=7,
        alpha=faded,
    )
