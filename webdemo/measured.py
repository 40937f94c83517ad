"""What the page shows of a run of the evaluation: figures, bars, the worst examples, and the report in a closed frame."""

from __future__ import annotations

from html import escape
from typing import Any

from eval import texts as suite
from eval.charts import Bar, chart
from eval.metrics import PRIMARY, primary
from eval.systems import BASELINES
from rewriter.guide import Rule
from webdemo import changes, view
from webdemo.evaluation import Outcome
from webdemo.texts import Texts

_BASELINES = {one.name for one in BASELINES}
_KINDS = dict(zip(PRIMARY, ("faulty", "good"), strict=True))
"""The two figures that decide, by what kind of draft they are of."""


def show(texts: Texts, outcome: Outcome, rules: dict[str, Rule]) -> str:
    """Return all of it as HTML.

    Args:
        texts: The interface's sentences.
        outcome: What the run found.
        rules: The guide by id.
    """
    parts = [_summary(texts, outcome), _charts(texts, outcome), _worst(texts, outcome, rules), _report(texts, outcome)]
    return f'<div class="measured">{"".join(parts)}</div>'


def system(texts: Texts, name: str) -> str:
    """Return the name of a system; every system that is no baseline is the demo's own model."""
    return suite.load(texts.code).named("system", name) if name in _BASELINES else texts["system_model"]


def task(texts: Texts, name: str) -> str:
    """Return the name of a task."""
    return suite.load(texts.code).named("task", name)


def _summary(texts: Texts, outcome: Outcome) -> str:
    keys = ("eval_task", "eval_system", "eval_drafts", "eval_faulty", "eval_good", "eval_failed", "eval_speed")
    head = "".join(f'<th scope="col">{escape(texts[key])}</th>' for key in keys)
    body = ""
    for line in outcome.whole:
        cells = [system(texts, line["system"]), str(line["rows"])]
        cells += [_percent(texts, line["figures"].get(name)) for name in PRIMARY]
        cells += [str(line["failed"]), f"{line['milliseconds_a_draft']:.0f}"]
        kind = ' class="own"' if line["system"] == outcome.main else ""
        shown = "".join(f"<td>{cell if '<' in cell else escape(cell)}</td>" for cell in cells)
        body += f'<tr{kind}><th scope="row">{escape(task(texts, line["task"]))}</th>{shown}</tr>'
    caption = escape(texts["eval_summary"])
    return (
        f'<div class="preview tables" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{view.empty(texts['eval_explained'])}"
    )


def _percent(texts: Texts, figure: dict[str, float] | None) -> str:
    if figure is None:
        return "–"
    mean = suite.load(texts.code).number(100 * figure["mean"])
    return f"{mean} <small>[{100 * figure['low']:.0f}–{100 * figure['high']:.0f}]</small>"


def _bars(texts: Texts, label: str, line: dict[str, Any], strong: bool) -> list[Bar]:
    found = [(kind, line["figures"][name]) for name, kind in _KINDS.items() if name in line["figures"]]
    return [
        Bar(
            f"{label}, {texts[f'eval_{kind}_short']}" if len(found) > 1 else label,
            f["mean"],
            f["low"],
            f["high"],
            int(f["n"]),
            strong,
        )
        for kind, f in found
    ]


def _figure(texts: Texts, title: str, bars: list[Bar]) -> str:
    drawn = chart(title, bars, suite.load(texts.code))
    return f"<figure><figcaption>{escape(title)}</figcaption>{drawn}</figure>" if bars else ""


def _charts(texts: Texts, outcome: Outcome) -> str:
    """Draw each task: the systems side by side, then the main one by language."""
    drawn = ""
    for name in dict.fromkeys(line["task"] for line in outcome.whole):
        bars = [
            bar
            for line in outcome.whole
            if line["task"] == name
            for bar in _bars(texts, system(texts, line["system"]), line, line["system"] == outcome.main)
        ]
        drawn += _figure(texts, task(texts, name), bars)
        own = [
            line for line in outcome.lines if (line["task"], line["system"]) == (name, outcome.main) and line["language"] != "all"
        ]
        if len(own) > 1:
            bars = [bar for line in own for bar in _bars(texts, texts.named("language", line["language"]), line, True)]
            drawn += _figure(texts, f"{task(texts, name)}: {texts['eval_by_language']}", bars)
    return f'{view.heading(texts["eval_charts"])}<div class="charts">{drawn}</div>'


def _worst(texts: Texts, outcome: Outcome, rules: dict[str, Rule]) -> str:
    title = view.heading(texts.say("eval_worst", system=system(texts, outcome.main)))
    if not outcome.worst:
        return title + view.empty(texts["eval_worst_none"])
    return f'{title}<ol class="cards wide">{"".join(_card(texts, row, rules) for row in outcome.worst)}</ol>'


def _card(texts: Texts, row: dict[str, Any], rules: dict[str, Rule]) -> str:
    names = "; ".join(rules[rule].title[texts.code] if rule in rules else rule for rule in row["rules"])
    head = f"{task(texts, row['task'])}, {texts.named('language', row['language'])}"
    score = texts.say("eval_score", score=f"{100 * (primary(row) or 0):.0f}")
    if row["reply"] is None:
        shown = f'<p class="line error">{escape(str(row["error"]))}</p>'
    elif row["reply"] == row["draft"]:
        same = escape(texts["changes_none"])
        shown = f'<div class="diff" lang="{row["language"]}">{escape(row["draft"])}</div><p class="quiet">{same}</p>'
    else:
        shown = view.difference(texts, changes.compare(row["draft"], row["reply"]), row["language"])
    reason = f'<p class="quiet">{escape(names or texts["eval_good_draft"])}</p>'
    return (
        f'<li class="card"><div><div class="top"><h3>{escape(head)}</h3><span class="chip">{escape(score)}</span></div>'
        f"{shown}{reason}</div></li>"
    )


def _report(texts: Texts, outcome: Outcome) -> str:
    # The frame has an origin of its own: the report's script reaches neither this page nor the network.
    page = escape(outcome.page.read_text(encoding="utf-8"), quote=True)
    title = escape(texts["eval_report"], quote=True)
    return (
        f'<details class="report"><summary>{title}</summary>'
        f'<iframe sandbox="allow-scripts" referrerpolicy="no-referrer" title="{title}" srcdoc="{page}"></iframe></details>'
    )
