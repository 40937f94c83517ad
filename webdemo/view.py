"""What the page shows, as HTML; everything that came from a user or a model is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from rewriter.feedback import VERDICTS, Figures
from rewriter.guide import Rule
from rewriter.guide.examples import Example, of_rule
from rewriter.types import Finding, Rewrite
from webdemo.changes import Part
from webdemo.texts import Texts

_HIDDEN = '<span class="sr-only">{}</span>'
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)


def heading(title: str) -> str:
    """Return a panel's heading."""
    return f"<h2>{escape(title)}</h2>"


def empty(text: str) -> str:
    """Return the line that stands where something will be."""
    return f'<p class="quiet">{escape(text)}</p>'


def message(text: str, kind: str = "done") -> str:
    """Return one line about what happened; ``kind`` is ``done`` or ``error``."""
    role = "alert" if kind == "error" else "status"
    return f'<p class="line {kind}" role="{role}">{escape(text)}</p>'


def failure(texts: Texts, sentence: str) -> str:
    """Return the status of a draft that could not be rewritten."""
    return f'<div class="status error" role="alert"><strong>{escape(texts["status_error"])}</strong> {escape(sentence)}</div>'


def status(texts: Texts, result: Rewrite | None) -> str:
    """Say how a draft fared: rewritten, to be left as it is, or kept though faulty; with its language."""
    if result is None:
        return f'<div class="status" role="status">{escape(texts["status_ready"])}</div>'
    kind = "rewritten" if result.changed else "kept" if result.kept_because else "leave"
    chips = [
        texts.say("status_language", language=texts.named("language", result.language)),
        texts.say("status_address", address=texts.named("address", result.address)),
    ]
    because = ""
    if result.unchanged_because and kind == "kept":
        because = f'<span lang="{result.language}">{escape(result.unchanged_because)}</span>'
    shown = "".join(f'<span class="chip">{escape(chip)}</span>' for chip in chips)
    return (
        f'<div class="status {kind}" role="status"><strong>{escape(texts[f"status_{kind}"])}</strong> {because}'
        f'<span class="chips">{shown}</span></div>'
    )


def notes(texts: Texts, result: Rewrite, hints: Sequence[str] = ()) -> str:
    """Return what the agent should look at; empty where there is nothing.

    Args:
        texts: The interface's sentences.
        result: The rewrite, whose notes are in its own language.
        hints: More notes, in the interface's language.
    """
    lines = [f'<li lang="{result.language}">{escape(note.text)}</li>' for note in result.notes]
    if result.changed:
        lines += [f'<li lang="{result.language}">{escape(reason)}</li>' for reason in dict.fromkeys(result.kept_because)]
    lines += [f"<li>{escape(hint)}</li>" for hint in hints]
    if not lines:
        return ""
    title = escape(texts["notes_title"])
    return f'<section class="notes" role="note"><strong>{title}</strong><ul>{"".join(lines)}</ul></section>'


def changes(texts: Texts, parts: Iterable[Part] | None, language: str = "") -> str:
    """Return the text with what was taken out struck through and what was put in underlined."""
    title = heading(texts["changes_title"])
    if parts is None:
        return title + empty(texts["changes_empty"])
    parts = list(parts)
    if all(part.same for part in parts):
        return title + empty(texts["changes_none"])
    help_line = f'<p class="quiet">{escape(texts["changes_help"])}</p>'
    return title + help_line + difference(texts, parts, language, refusable=True)


def difference(texts: Texts, parts: Iterable[Part], language: str, *, refusable: bool = False) -> str:
    """Return a text with its changes marked; ``refusable`` ones can be clicked."""
    pieces, number = [], 0
    for part in parts:
        if part.same:
            pieces.append(escape(part.after))
        else:
            pieces.append(_change(texts, part, number if refusable else None))
            number += 1
    return f'<div class="diff" lang="{language}">{"".join(pieces)}</div>'


def _change(texts: Texts, part: Part, number: int | None) -> str:
    # The space around a change stays outside the mark: a struck or underlined gap looks like a fault.
    lead = (_EDGES.match(part.after) or _EDGES.match(part.before))[1]  # type: ignore[index] - it matches any text
    shown = []
    for tag, word, text in (("del", "removed", part.before), ("ins", "added", part.after)):
        if text.strip():
            shown.append(f"<{tag}>{_HIDDEN.format(escape(texts[word]) + ': ')}{escape(text.strip())}</{tag}>")
    between = " ".join(shown) or "¶"
    if number is None:
        return lead + between
    hint = escape(texts["put_back"], quote=True)
    return f'{lead}<span class="change" role="button" tabindex="0" data-change="{number}" title="{hint}">{between}</span>'


def reasons(texts: Texts, result: Rewrite | None, rules: dict[str, Rule]) -> str:
    """Return the draft with its faulty places marked, and a card for each finding.

    Args:
        texts: The interface's sentences.
        result: The rewrite, or None before the first.
        rules: The guide by id: reasons are shown in the interface's language, not the draft's.
    """
    title = heading(texts["why_title"])
    if result is None:
        return title + empty(texts["why_empty"])
    if not result.findings:
        return title + empty(texts["why_none"])
    cards = "".join(_card(texts, number, finding, rules) for number, finding in enumerate(result.findings, 1))
    marked = _marked(result.draft, result.findings)
    return f'{title}<div class="diff marked" lang="{result.language}">{marked}</div><ol class="cards">{cards}</ol>'


def _marked(draft: str, findings: Sequence[Finding]) -> str:
    edges = sorted({0, len(draft), *(f.start for f in findings), *(f.end for f in findings)})
    pieces = []
    for start, end in pairwise(edges):
        numbers = [str(n) for n, f in enumerate(findings, 1) if f.start == start]
        inside = any(f.start <= start and end <= f.end for f in findings)
        label = f"<sup>{' '.join(numbers)}</sup>" if numbers else ""
        text = escape(draft[start:end])
        pieces.append(f"<mark>{label}{text}</mark>" if inside else text)
    return "".join(pieces)


def _card(texts: Texts, number: int, finding: Finding, rules: dict[str, Rule]) -> str:
    rule = rules.get(finding.rule)
    title = rule.title[texts.code] if rule else finding.title
    reason = rule.advice[texts.code] if rule else finding.reason
    state = "fixed" if finding.resolved else "open"
    sign = "✓" if finding.resolved else "!"
    return (
        f'<li class="card {state}"><span class="number" aria-hidden="true">{number}</span><div>'
        f'<div class="top"><h3>{escape(title)}</h3><span class="chip">{sign} {escape(texts[f"finding_{state}"])}</span></div>'
        f'<p class="span"><q>{escape(_short(finding.text.strip()))}</q></p><p>{escape(reason)}</p>'
        f'<p class="quiet">{escape(texts["source"])}: {_documents(texts, finding.documents)}</p></div></li>'
    )


def _short(text: str, limit: int = 120) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _documents(texts: Texts, names: Iterable[str]) -> str:
    return ", ".join(escape(texts.named("doc", name)) for name in names)


def guide(texts: Texts, rules: Sequence[Rule]) -> str:
    """Return the guide's rules as cards."""
    if not rules:
        return empty(texts["guide_none"])
    cards = "".join(_rule(texts, rule) for rule in rules)
    count = escape(texts.say("guide_count", count=len(rules)))
    return f'<p class="quiet" role="status">{count}</p><ul class="cards wide">{cards}</ul>'


def _rule(texts: Texts, rule: Rule) -> str:
    shown = ""
    examples = of_rule(rule.id, texts.code)
    for kind, sign in (("bad", "✗"), ("good", "✓")):
        lines = "".join(_example(texts, example) for example in examples if example.kind == kind)
        if lines:
            shown += f'<div class="say {kind}"><strong>{sign} {escape(texts[f"guide_{kind}"])}</strong><ul>{lines}</ul></div>'
    return (
        f'<li class="card"><div><div class="top"><h3>{escape(rule.title[texts.code])}</h3>'
        f'<span class="chip">{escape(texts.named("kind", rule.kind))}</span></div><p>{escape(rule.advice[texts.code])}</p>'
        f"{shown or empty(texts['guide_no_example'])}"
        f'<p class="quiet">{escape(texts["source"])}: {_documents(texts, rule.documents)}</p></div></li>'
    )


def _example(texts: Texts, example: Example) -> str:
    about = _documents(texts, [example.document])
    if example.language != texts.code:
        language = texts.say("guide_example_language", language=texts.named("language", example.language))
        about += f" · {escape(language)}"
    return f'<li><q lang="{example.language}">{escape(example.text)}</q> <small>{about}</small></li>'


def table(texts: Texts, names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return the first rows of a file; ``names`` are its columns."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    caption = escape(texts["batch_preview"])
    # A region that scrolls has to take the focus, or nobody reaches its right side with the keyboard.
    return (
        f'<div class="preview" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def figures(texts: Texts, counted: Figures, rules: dict[str, Rule]) -> str:
    """Return the feedback's figures: totals, then tables by language and by rule."""
    if not counted.total:
        return empty(texts["figures_empty"])
    boxes = [(texts["figures_total"], counted.total), *((texts[f"verdict_{v}"], counted.verdicts[v]) for v in VERDICTS)]
    totals = "".join(f"<div><dt>{escape(name)}</dt><dd>{count}</dd></div>" for name, count in boxes)
    by_language = {texts.named("language", code): counts for code, counts in counted.languages.items()}
    by_rule = {rules[rule].title[texts.code] if rule in rules else rule: counts for rule, counts in counted.rules.items()}
    tables = _table(texts, texts["figures_language"], by_language)
    if by_rule:
        tables += _table(texts, texts["figures_rule"], by_rule)
    return f'<dl class="totals">{totals}</dl><div class="tables">{tables}</div>'


def _table(texts: Texts, caption: str, rows: dict[str, dict[str, int]]) -> str:
    head = "".join(f'<th scope="col">{escape(texts[f"verdict_{verdict}"])}</th>' for verdict in VERDICTS)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{counts[verdict]}</td>" for verdict in VERDICTS)}</tr>'
        for name, counts in rows.items()
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"


def shortcuts(texts: Texts) -> str:
    """Return the line of keyboard shortcuts; keys stand in braces in the texts."""
    return '<p class="quiet keys">' + re.sub(r"\{(.+?)\}", r"<kbd>\1</kbd>", escape(texts["shortcuts"])) + "</p>"


def header(texts: Texts) -> str:
    """Return the page's head, with the sentences that the page's script needs."""
    copied, busy = escape(texts["copied"], quote=True), escape(texts["busy"], quote=True)
    failed = escape(texts["status_error"], quote=True)
    return (
        f'<header data-language="{texts.code}" data-copied="{copied}" data-busy="{busy}" data-failed="{failed}" id="phrases">'
        f"<h1>{escape(texts['title'])}</h1><p>{escape(texts['subtitle'])}</p></header>"
    )
