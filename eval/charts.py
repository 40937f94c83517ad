"""Bar charts as inline SVG: no library, no network, readable without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

LABEL, BAR, VALUE, LINE = 190, 260, 110, 22
"""Widths of the three columns and the height of a bar's line, in SVG units."""


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        label: What it stands for.
        mean: Its length, 0 to 1.
        low: Lower end of the 95 % interval.
        high: Upper end.
        n: Examples behind it.
        strong: Whether it is the one to look at.
    """

    label: str
    mean: float
    low: float
    high: float
    n: int
    strong: bool = True


def chart(title: str, bars: list[Bar]) -> str:
    """Draw horizontal bars with their intervals, percent and number of examples.

    Args:
        title: Read out by screen readers; shown by the page above the chart.
        bars: In the order to be drawn, top to bottom.

    Returns:
        An ``svg`` element; an empty string for no bars.
    """
    if not bars:
        return ""
    width, height = LABEL + BAR + VALUE, LINE * len(bars) + 18
    parts = [
        f'<svg role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-label="{escape(title, quote=True)}" xmlns="http://www.w3.org/2000/svg">'
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        x = LABEL + BAR * share
        parts.append(f'<line class="grid" x1="{x:g}" x2="{x:g}" y1="0" y2="{height - 16}"/>')
        parts.append(f'<text class="tick" x="{x:g}" y="{height - 4}" text-anchor="middle">{100 * share:g}</text>')
    parts += [_bar(bar, LINE * i) for i, bar in enumerate(bars)]
    return "".join(parts) + "</svg>"


def _bar(bar: Bar, top: float) -> str:
    middle, low, high = top + LINE / 2, LABEL + BAR * bar.low, LABEL + BAR * bar.high
    value = f"{100 * bar.mean:.1f} % of {bar.n}"
    about = f"{bar.label}: {value}, 95 % interval {100 * bar.low:.1f} to {100 * bar.high:.1f}"
    kind = "bar strong" if bar.strong else "bar"
    return (
        f"<g><title>{escape(about)}</title>"
        f'<text x="{LABEL - 8}" y="{middle + 4:g}" text-anchor="end">{escape(bar.label)}</text>'
        f'<rect class="{kind}" x="{LABEL}" y="{top + 3:g}" width="{BAR * bar.mean:.1f}" height="{LINE - 6}"/>'
        f'<path class="whisker" d="M{low:.1f} {middle:g}H{high:.1f}M{low:.1f} {middle - 4:g}v8M{high:.1f} {middle - 4:g}v8"/>'
        f'<text class="value" x="{LABEL + BAR + 8}" y="{middle + 4:g}">{value}</text></g>'
    )
