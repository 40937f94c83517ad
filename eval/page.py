"""The report as one HTML page that needs no network and no server, for readers who never saw the code."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from eval import metrics
from eval.charts import Bar, chart
from eval.compare import ALL, Difference
from eval.metrics import METRICS, PRIMARY
from eval.runner import Row, Run
from eval.summary import by_rule
from eval.table import SIGNIFICANT
from eval.texts import Texts
from rewriter.marks import LANGUAGES

ASSETS = Path(__file__).parent / "assets"
_DECIMALS = 3
_SCRIPTED = "script_"
"""What the keys of sentences for the page's script begin with."""


def page(runs: list[Run], lines: list[dict[str, Any]], compared: dict[str, list[Difference]], texts: Texts) -> str:
    """Make the page.

    Args:
        runs: All runs; the first one's system is the one that is reported on, the others are rivals.
        lines: Their summary.
        compared: Other system to the differences of the first one to it.
        texts: The sentences of the language to write it in.

    Returns:
        HTML with everything inside.
    """
    main = runs[0].system
    rows = [row for run in runs for row in run.rows]
    parts = {key: escape(text) for key, text in texts.items()} | {
        "code": texts.code,
        "title": escape(texts.say("title", system=texts.named("system", main))),
        "headline": _headline(runs, lines, texts),
        "by_task": _by_task(runs, lines, texts),
        "by_language": _by_language(runs, lines, main, texts),
        "by_rule": _by_rule([row for row in rows if row["system"] == main], texts),
        "against": _against(compared, main, texts),
        "figures": _figures(lines, texts),
        "metrics": "".join(
            f"<dt>{_keyed(texts, 'metric', name)}</dt><dd>{escape(texts.named('about', name))}</dd>" for name in METRICS
        ),
        "signature": escape(metrics.signature() + "".join(f"; {run.system}: {run.fingerprint}" for run in _fingerprinted(runs))),
    }
    text = (ASSETS / "page.html").read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace("{{" + name + "}}", part)
    # What agents wrote comes last and is never searched for places to fill.
    for name, part in (("css", _asset("page.css")), ("js", _asset("page.js")), ("data", _data(runs, texts))):
        before, _, after = text.partition("{{" + name + "}}")
        text = before + part + after
    return text


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _data(runs: list[Run], texts: Texts) -> str:
    """Return the examples as JSON that cannot end its script element; a reply equal to its draft is given as 0."""
    systems = list(dict.fromkeys(run.system for run in runs))
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for run in runs:
        for row in run.rows:
            one = found.setdefault((row["task"], row["id"]), _shared(row))
            scores = [None if row[name] is None else round(row[name], _DECIMALS) for name in METRICS]
            reply = 0 if row["reply"] == row["draft"] else row["reply"]
            one["replies"][systems.index(run.system)] = [reply, row["error"], metrics.primary(row), scores]
    examples = list(found.values())
    data = {
        "systems": systems,
        "metrics": [texts.named("metric", name) for name in METRICS],
        "names": {
            "system": {name: texts.named("system", name) for name in systems},
            "task": {name: texts.named("task", name) for name in dict.fromkeys(one["task"] for one in examples)},
            "language": {code: texts.named("language", code) for code in LANGUAGES},
            "rule": {name: texts.rule(name) for name in dict.fromkeys(rule for one in examples for rule in one["rules"])},
        },
        "texts": {key.removeprefix(_SCRIPTED): text for key, text in texts.items() if key.startswith(_SCRIPTED)},
        "decimal": texts["decimal"],
        "examples": examples,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _shared(row: Row) -> dict[str, Any]:
    names = ("task", "id", "language", "rules", "draft", "references")
    return {name: row[name] for name in names} | {"replies": {}}


def _keyed(texts: Texts, kind: str, name: str) -> str:
    """Return a thing's name, with what it is called on the command line and in rows where that differs."""
    shown = texts.named(kind, name)
    return escape(shown) + (f" <code>{escape(name)}</code>" if shown != name else "")


def _fingerprinted(runs: list[Run]) -> list[Run]:
    return list({run.system: run for run in runs if run.fingerprint}.values())


def _decided(line: dict[str, Any]) -> list[tuple[str, dict[str, float]]]:
    return [(name, line["figures"][name]) for name in PRIMARY if name in line["figures"]]


def _whole(runs: list[Run], lines: list[dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return, by task and system, the line for all languages (of one language, where the run has only one)."""
    tasks: dict[str, dict[str, dict[str, Any]]] = {}
    for run in runs:
        own = [line for line in lines if (line["task"], line["system"]) == (run.task.name, run.system)]
        tasks.setdefault(run.task.name, {})[run.system] = next((line for line in own if line["language"] == ALL), own[0])
    return tasks


def _headline(runs: list[Run], lines: list[dict[str, Any]], texts: Texts) -> str:
    systems = list(dict.fromkeys(run.system for run in runs))
    head = "".join(f"<th>{_keyed(texts, 'system', name)}</th>" for name in systems)
    body = ""
    for task, found in _whole(runs, lines).items():
        cells = {system: _decided(found[system]) if system in found else [] for system in systems}
        best = {name: max(f["mean"] for cell in cells.values() for n, f in cell if n == name) for name in PRIMARY if any(
            n == name for cell in cells.values() for n, _ in cell)}  # fmt: skip
        body += f"<tr><th>{_keyed(texts, 'task', task)}<small>{escape(texts.named('asks', task))}</small></th>"
        for cell in cells.values():
            shown = [f"<b>{_percent(f, texts)}</b>" if f["mean"] == best[name] else _percent(f, texts) for name, f in cell]
            body += f"<td>{' / '.join(shown) or '–'}</td>"
        body += "</tr>"
    return f"<table><thead><tr><th>{escape(texts['column_task'])}</th>{head}</tr></thead><tbody>{body}</tbody></table>"


def _percent(figure: dict[str, float], texts: Texts) -> str:
    return f"{texts.number(100 * figure['mean'])} <small>[{100 * figure['low']:.0f}–{100 * figure['high']:.0f}]</small>"


def _bars(label: str, figures: list[tuple[str, dict[str, float]]], strong: bool, texts: Texts) -> list[Bar]:
    several = len(figures) > 1
    return [
        Bar(f"{label}, {texts['kind_faulty' if name == PRIMARY[0] else 'kind_good']}" if several else label,
            figure["mean"], figure["low"], figure["high"], int(figure["n"]), strong)
        for name, figure in figures
    ]  # fmt: skip


def _figure(title: str, bars: list[Bar], texts: Texts) -> str:
    return f"<figure><figcaption>{escape(title)}</figcaption>{chart(title, bars, texts)}</figure>" if bars else ""


def _by_task(runs: list[Run], lines: list[dict[str, Any]], texts: Texts) -> str:
    main, shown = runs[0].system, ""
    for task, found in _whole(runs, lines).items():
        bars = [
            bar for name, line in found.items() for bar in _bars(texts.named("system", name), _decided(line), name == main, texts)
        ]
        shown += _figure(texts.named("task", task), bars, texts)
    return shown


def _by_language(runs: list[Run], lines: list[dict[str, Any]], main: str, texts: Texts) -> str:
    shown = ""
    for task in dict.fromkeys(run.task.name for run in runs):
        own = [line for line in lines if (line["task"], line["system"]) == (task, main) and line["language"] != ALL]
        bars = [bar for line in own for bar in _bars(texts.named("language", line["language"]), _decided(line), True, texts)]
        shown += _figure(f"{texts.named('task', task)}: {texts.named('system', main)}", bars, texts)
    return shown


def _by_rule(rows: list[Row], texts: Texts) -> str:
    bars = [Bar(texts.rule(rule), f["mean"], f["low"], f["high"], int(f["n"])) for rule, f in by_rule(rows).items()]
    return _figure(texts["rules_chart"], bars, texts)


def _against(compared: dict[str, list[Difference]], main: str, texts: Texts) -> str:
    columns = [texts[f"column_{name}"] for name in ("task", "group", "gap")] + ["p", "n"]
    head = "".join(f"<th>{escape(name)}</th>" for name in (*columns, texts["column_better"], texts["column_worse"]))
    shown = ""
    for other, found in compared.items():
        body = ""
        for line in (line for line in found if line.metric in PRIMARY):
            kind = "sure" if line.p < SIGNIFICANT else "unsure"
            group = texts.rule(line.group) if "." in line.group else texts.named("language", line.group)
            cells = [texts.named("task", line.task), group]
            cells += [texts.number(100 * line.gap, "+.1f"), texts.number(line.p, ".4f")]
            cells += [str(count) for count in (line.n, line.wins, line.losses)]
            body += f'<tr class="{kind}">' + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        pair = texts.say("pair", one=texts.named("system", main), other=texts.named("system", other))
        shown += f"<details><summary>{escape(pair)}</summary>{table}</details>"
    return shown or f"<p>{escape(texts['no_other'])}</p>"


def _figures(lines: list[dict[str, Any]], texts: Texts) -> str:
    kinds = ("task", "system", "language")
    columns = [texts[f"column_{kind}"] for kind in kinds] + ["n", *(texts.named("metric", name) for name in METRICS)]
    head = "".join(f"<th>{escape(name)}</th>" for name in (*columns, texts["column_failed"], "ms"))
    body = ""
    for line in lines:
        cells = [*(texts.named(kind, line[kind]) for kind in kinds), line["rows"]]
        body += "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
        for name, metric in METRICS.items():
            figure = line["figures"].get(name)
            about = f' title="{escape(texts.say("scored", **figure), quote=True)}"' if figure else ""
            body += f"<td{about}>" + (texts.number(100 / metric.top * figure["mean"]) if figure else "–") + "</td>"
        body += f"<td>{line['failed']}</td><td>{line['milliseconds_a_draft']:.0f}</td></tr>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
