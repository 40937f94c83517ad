"""Bar charts as inline SVG: no library, no network, readable without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from eval.texts import Texts

LABEL, BAR, VALUE, LINE = 190, 260, 110, 22
"""Widths of the three columns, the first at least, and the height of a bar's line, in SVG units."""
LETTER = 6.5
"""Width that a label's letter may need."""


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


def chart(title: str, bars: list[Bar], texts: Texts) -> str:
    """Draw horizontal bars with their intervals, percent and number of examples.

    Args:
        title: Read out by screen readers; shown by the page above the chart.
        bars: In the order to be drawn, top to bottom.
        texts: The sentences of the language to label it in.

    Returns:
        An ``svg`` element; an empty string for no bars.
    """
    if not bars:
        return ""
    start = max(LABEL, round(LETTER * max(len(bar.label) for bar in bars)))
    width, height = start + BAR + VALUE, LINE * len(bars) + 18
    parts = [
        f'<svg role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-label="{escape(title, quote=True)}" xmlns="http://www.w3.org/2000/svg">'
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        x = start + BAR * share
        parts.append(f'<line class="grid" x1="{x:g}" x2="{x:g}" y1="0" y2="{height - 16}"/>')
        parts.append(f'<text class="tick" x="{x:g}" y="{height - 4}" text-anchor="middle">{100 * share:g}</text>')
    parts += [_bar(bar, start, LINE * i, texts) for i, bar in enumerate(bars)]
    return "".join(parts) + "</svg>"


def _bar(bar: Bar, start: int, top: float, texts: Texts) -> str:
    middle, low, high = top + LINE / 2, start + BAR * bar.low, start + BAR * bar.high
    value = texts.say("chart_value", mean=texts.number(100 * bar.mean), n=bar.n)
    ends = {"low": texts.number(100 * bar.low), "high": texts.number(100 * bar.high)}
    about = texts.say("chart_about", label=bar.label, value=value, **ends)
    kind = "bar strong" if bar.strong else "bar"
    return (
        f"<g><title>{escape(about)}</title>"
        f'<text x="{start - 8}" y="{middle + 4:g}" text-anchor="end">{escape(bar.label)}</text>'
        f'<rect class="{kind}" x="{start}" y="{top + 3:g}" width="{BAR * bar.mean:.1f}" height="{LINE - 6}"/>'
        f'<path class="whisker" d="M{low:.1f} {middle:g}H{high:.1f}M{low:.1f} {middle - 4:g}v8M{high:.1f} {middle - 4:g}v8"/>'
        f'<text class="value" x="{start + BAR + 8}" y="{middle + 4:g}">{escape(value)}</text></g>'
    )
