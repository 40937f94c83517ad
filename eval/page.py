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

ASSETS = Path(__file__).parent / "assets"
_DECIMALS = 3


def page(runs: list[Run], lines: list[dict[str, Any]], compared: dict[str, list[Difference]]) -> str:
    """Make the page.

    Args:
        runs: All runs; the first one's system is the one that is reported on, the others are rivals.
        lines: Their summary.
        compared: Other system to the differences of the first one to it.

    Returns:
        HTML with everything inside.
    """
    main = runs[0].system
    rows = [row for run in runs for row in run.rows]
    parts = {
        "title": f"Evaluation of {main}",
        "headline": _headline(runs, lines),
        "by_task": _by_task(runs, lines),
        "by_language": _by_language(runs, lines, main),
        "by_rule": _by_rule([row for row in rows if row["system"] == main]),
        "against": _against(compared, main),
        "figures": _figures(lines),
        "metrics": "".join(f"<dt>{escape(name)}</dt><dd>{escape(metric.question)}</dd>" for name, metric in METRICS.items()),
        "signature": escape(metrics.signature() + "".join(f"; {run.system}: {run.fingerprint}" for run in _fingerprinted(runs))),
    }
    text = (ASSETS / "page.html").read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace("{{" + name + "}}", part)
    # What agents wrote comes last and is never searched for places to fill.
    for name, part in (("css", _asset("page.css")), ("js", _asset("page.js")), ("data", _data(runs))):
        before, _, after = text.partition("{{" + name + "}}")
        text = before + part + after
    return text


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _data(runs: list[Run]) -> str:
    """Return the examples as JSON that cannot end its script element; a reply equal to its draft is given as 0."""
    systems = list(dict.fromkeys(run.system for run in runs))
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for run in runs:
        for row in run.rows:
            one = found.setdefault((row["task"], row["id"]), _shared(row))
            scores = [None if row[name] is None else round(row[name], _DECIMALS) for name in METRICS]
            reply = 0 if row["reply"] == row["draft"] else row["reply"]
            one["replies"][systems.index(run.system)] = [reply, row["error"], metrics.primary(row), scores]
    data = {"systems": systems, "metrics": list(METRICS), "examples": list(found.values())}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _shared(row: Row) -> dict[str, Any]:
    names = ("task", "id", "language", "rules", "draft", "references")
    return {name: row[name] for name in names} | {"replies": {}}


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


def _headline(runs: list[Run], lines: list[dict[str, Any]]) -> str:
    systems = list(dict.fromkeys(run.system for run in runs))
    head = "".join(f"<th>{escape(name)}</th>" for name in systems)
    body = ""
    for task, found in _whole(runs, lines).items():
        question = escape(next(iter(found.values()))["question"])
        cells = {system: _decided(found[system]) if system in found else [] for system in systems}
        best = {name: max(f["mean"] for cell in cells.values() for n, f in cell if n == name) for name in PRIMARY if any(
            n == name for cell in cells.values() for n, _ in cell)}  # fmt: skip
        body += f"<tr><th>{escape(task)}<small>{question}</small></th>"
        for cell in cells.values():
            shown = [f"<b>{_percent(f)}</b>" if f["mean"] == best[name] else _percent(f) for name, f in cell]
            body += f"<td>{' / '.join(shown) or '–'}</td>"
        body += "</tr>"
    return f"<table><thead><tr><th>task</th>{head}</tr></thead><tbody>{body}</tbody></table>"


def _percent(figure: dict[str, float]) -> str:
    return f"{100 * figure['mean']:.1f} <small>[{100 * figure['low']:.0f}–{100 * figure['high']:.0f}]</small>"


def _bars(label: str, figures: list[tuple[str, dict[str, float]]], strong: bool) -> list[Bar]:
    several = len(figures) > 1
    return [
        Bar(f"{label}, {'faulty' if name == PRIMARY[0] else 'good'}" if several else label,
            figure["mean"], figure["low"], figure["high"], int(figure["n"]), strong)
        for name, figure in figures
    ]  # fmt: skip


def _figure(title: str, bars: list[Bar]) -> str:
    return f"<figure><figcaption>{escape(title)}</figcaption>{chart(title, bars)}</figure>" if bars else ""


def _by_task(runs: list[Run], lines: list[dict[str, Any]]) -> str:
    main, shown = runs[0].system, ""
    for task, found in _whole(runs, lines).items():
        shown += _figure(task, [bar for name, line in found.items() for bar in _bars(name, _decided(line), name == main)])
    return shown


def _by_language(runs: list[Run], lines: list[dict[str, Any]], main: str) -> str:
    shown = ""
    for task in dict.fromkeys(run.task.name for run in runs):
        own = [line for line in lines if (line["task"], line["system"]) == (task, main) and line["language"] != ALL]
        shown += _figure(f"{task}, {main}", [bar for line in own for bar in _bars(line["language"], _decided(line), True)])
    return shown


def _by_rule(rows: list[Row]) -> str:
    bars = [Bar(rule, f["mean"], f["low"], f["high"], int(f["n"])) for rule, f in by_rule(rows).items()]
    return _figure("All faulty drafts by rule, worst first", bars)


def _against(compared: dict[str, list[Difference]], main: str) -> str:
    shown = ""
    for other, found in compared.items():
        body = ""
        for line in (line for line in found if line.metric in PRIMARY):
            kind = "sure" if line.p < SIGNIFICANT else "unsure"
            body += (
                f'<tr class="{kind}"><td>{escape(line.task)}</td><td>{escape(line.group)}</td><td>{100 * line.gap:+.1f}</td>'
                f"<td>{line.p:.4f}</td><td>{line.n}</td><td>{line.wins}</td><td>{line.losses}</td></tr>"
            )
        head = "<th>task</th><th>language or rule</th><th>points ahead</th><th>p</th><th>n</th><th>better</th><th>worse</th>"
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        shown += f"<details><summary>{escape(main)} against {escape(other)}</summary>{table}</details>"
    return shown or "<p>There is no other system in this run.</p>"


def _figures(lines: list[dict[str, Any]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in ("task", "system", "language", "n", *METRICS, "failed", "ms"))
    body = ""
    for line in lines:
        cells = [line["task"], line["system"], line["language"], line["rows"]]
        body += "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
        for name, metric in METRICS.items():
            figure = line["figures"].get(name)
            about = f' title="{figure["n"]} scored, {figure["not_scorable"]} not scorable"' if figure else ""
            body += f"<td{about}>" + (f"{100 / metric.top * figure['mean']:.1f}" if figure else "–") + "</td>"
        body += f"<td>{line['failed']}</td><td>{line['milliseconds_a_draft']:.0f}</td></tr>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
