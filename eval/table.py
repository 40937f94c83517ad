"""Tables and examples in the terminal."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from rich.table import Table
from rich.text import Text

from eval.compare import Difference
from eval.detection import Detection
from eval.metrics import METRICS, PRIMARY
from eval.runner import Row

SIGNIFICANT = 0.05
_SHORT = {"commitments": "commit.", "same_language": "lang.", "fluency": "fluent", "over_edit": "edited"}


def summary(lines: list[dict[str, Any]]) -> Table:
    """Make the table of a summary: shares in percent, the figure that decides with its 95 % interval.

    The column n/s counts replies that neither deciding figure could score.
    """
    heads = [name for name in METRICS if name not in PRIMARY]
    shown = Table("task", "system", "", "n", "joint/alone", box=None, header_style="bold", pad_edge=False)
    for name in [_SHORT.get(name, name) for name in heads] + ["n/s", "failed", "ms"]:
        shown.add_column(name, justify="right")
    for line in lines:
        decided = [line["figures"][name] for name in PRIMARY if name in line["figures"]]
        scored = sum(figure["n"] for figure in decided)
        shown.add_row(
            line["task"],
            line["system"],
            line["language"],
            str(line["rows"]),
            " / ".join(_with_interval(figure) for figure in decided) or "–",
            *[_mean(name, line["figures"].get(name)) for name in heads],
            str(line["rows"] - line["failed"] - scored),
            str(line["failed"]),
            f"{line['milliseconds_a_draft']:.0f}",
        )
    return shown


def _with_interval(figure: dict[str, float]) -> str:
    return f"{100 * figure['mean']:.1f} [{100 * figure['low']:.0f}–{100 * figure['high']:.0f}]"


def _mean(name: str, figure: dict[str, float] | None) -> str:
    return "–" if figure is None else f"{100 / METRICS[name].top * figure['mean']:.1f}"


def differences(found: list[Difference], one: str, other: str) -> Table:
    """Make the table of a comparison; a difference that is not significant (p at least 0.05, paired) is dim."""
    shown = Table("task", "group", "metric", f"{one} – {other}", "p", "n", f"{one} better", f"{other} better", box=None)
    for line in found:
        cells = [line.task, line.group, line.metric, f"{line.gap:+.3f}", f"{line.p:.4f}", str(line.n)]
        better, worse = (line.losses, line.wins) if METRICS[line.metric].lower_is_better else (line.wins, line.losses)
        shown.add_row(*cells, str(better), str(worse), style="" if line.p < SIGNIFICANT else "dim")
    return shown


def detections(found: list[Detection]) -> Table:
    """Make the table of findings: shares in percent, with 95 % intervals where a draft is what is counted."""
    shown = Table("", "faulty", "good", "recall", "precision", "rules: recall", "rules: precision", "missed most", box=None)
    for line in found:
        shares = [f"{100 * m:.1f} [{100 * low:.0f}–{100 * high:.0f}]" for m, low, high in (line.recall, line.precision)]
        shares += [f"{100 * line.rule_recall:.1f}", f"{100 * line.rule_precision:.1f}"]
        most = ", ".join(f"{rule} {n}" for rule, n in line.missed[:4])
        shown.add_row(line.language, str(line.faulty), str(line.good), *shares, most)
    return shown


def example(rows: list[Row]) -> list[Text]:
    """Show one example: draft, references, and every system's reply with what differs from the draft marked."""
    first = rows[0]
    lines = [
        Text(f"{first['task']} {first['id']} ({first['language']}): {', '.join(first['rules']) or 'a good reply'}", style="bold"),
        Text.assemble(("draft      ", "dim"), first["draft"]),
        *[Text.assemble(("reference  ", "dim"), reference) for reference in first["references"]],
    ]
    for row in rows:
        scores = ", ".join(f"{name} {row[name]:.2f}" for name in METRICS if row[name] is not None)
        reply = Text(f"failed: {row['error']}", style="red") if row["reply"] is None else _marked(row["draft"], row["reply"])
        lines += [Text(f"\n{row['system']}", style="bold"), reply, Text(scores, style="dim")]
    return lines


def _marked(draft: str, reply: str) -> Text:
    """Mark words that a reply dropped (struck out) and added (underlined)."""
    before, after, text = draft.split(), reply.split(), Text()
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            text.append(" ".join(after[k:m]) + " ")
            continue
        if i < j:
            text.append(" ".join(before[i:j]), style="red strike").append(" ")
        if k < m:
            text.append(" ".join(after[k:m]), style="green underline").append(" ")
    return text
