"""Turns matches and the model's rule marks into findings with their place and reason, and writes notes to the agent."""

from __future__ import annotations

import re

from rewriter.checks import Checks
from rewriter.facts import find_facts
from rewriter.guide import Rule
from rewriter.guide.lexicon import Lexicon
from rewriter.marks import Language
from rewriter.shouting import shouting
from rewriter.types import Finding, Note

_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\[[^\[\]\n]{1,60}\](?!\()|\{[A-Za-z_]\w*\}")
_PROMISE_RULE, _SHOUTING_RULE = "never.shaky_promise", "clean.no_shouting"


def _finding(rule: Rule, language: Language, draft: str, span: tuple[int, int], source: str, resolved: bool) -> Finding:
    start, end = span
    return Finding(
        rule.id,
        rule.documents,
        rule.severity,
        rule.title[language],
        rule.advice[language],
        start,
        end,
        draft[start:end],
        source,
        resolved,
    )


def collect(draft: str, reply: str, checks: Checks, seen: list[tuple[int, int, tuple[int, ...]]]) -> tuple[Finding, ...]:
    """Collect the findings of a draft.

    Args:
        draft: The draft, not masked.
        reply: What came of it.
        checks: The checks of its language.
        seen: (start, end, rule numbers) of passages that the model changed, with the rules it saw broken there.

    Returns:
        Findings by place: exact spans where a pattern found the fault, else the passage with the model's first mark.
    """
    language, rules = checks.language, checks.guide.rules
    left = {match.rule.id for match in checks.faults(reply)}
    found = []
    for match in checks.faults(draft):
        resolved = match.rule.id not in left and reply != draft
        found.append(_finding(match.rule, language, draft, (match.start, match.end), "pattern", resolved))
    loud, calm = checks.guide.by_id[_SHOUTING_RULE], not shouting(reply)
    found += [_finding(loud, language, draft, span, "pattern", calm) for span in shouting(draft)]
    for start, end, numbers in seen:
        # The model's rule marks are less exact than the patterns: its first one counts, where no pattern found anything.
        explained = any(start <= f.start < end and f.severity != "low" for f in found)
        if numbers and not explained and numbers[0] <= len(rules):
            rule = rules[numbers[0] - 1]
            found.append(_finding(rule, language, draft, (start, end), "model", rule.id not in left))
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule)))


def notes(draft: str, reply: str, lexicon: Lexicon, found: tuple[Finding, ...]) -> tuple[Note, ...]:
    """Write what the agent should look at.

    Args:
        draft: The draft.
        reply: What came of it.
        lexicon: The binding words of its language.
        found: The draft's findings.

    Returns:
        Notes, at most one of each kind.
    """
    written = []
    promise = next((f for f in found if f.rule == _PROMISE_RULE), None)
    if promise:
        written.append(Note("promise", lexicon.say("note_promise", text=promise.text)))
    for kind in ("angry", "internal"):
        words = lexicon.words(kind, draft)
        if words:
            written.append(Note(kind, lexicon.say(f"note_{kind}", text=words[0])))
    kinds = {fact.kind for fact in find_facts(reply)}
    if lexicon.has("link_offer", reply) and "link" not in kinds:
        written.append(Note("link", lexicon.say("note_link")))
    placeholder = _PLACEHOLDER.search(reply)
    if placeholder:
        written.append(Note("placeholder", lexicon.say("note_placeholder", text=placeholder.group())))
    return tuple(written)
