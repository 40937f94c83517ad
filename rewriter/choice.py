"""Chooses among proposals: all are judged, the draft itself among them, and the one scorer ranks what passes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rewriter import facts
from rewriter.checks import Checks
from rewriter.engines.base import Proposal
from rewriter.layout import Passage, assemble
from rewriter.task import Work
from rewriter.types import Candidate

UNCHANGED_BONUS = 0.3
"""What a passage without a grave fault gains for staying as it is: a good draft is not to be made different. Measured on the
held-out side of the training data, in LOG.md: 0.3 changed 88 % of faulty drafts and left 92 % of good replies alone, 0.7
changed 78 % and left 93 % alone, at the same chrF."""
PIECEWISE_COST = 0.1
"""What a reply put together sentence by sentence loses: a whole passage reads better."""
Preference = Callable[[str], float]
"""What is added to the score of a masked proposal, a brand's voice say."""
_TWO_STOPS = re.compile(r"(?<![.…])\.\.(?!\.)")
_SPELLING_RULE = "clean.grammar"
_UNLIKELY = 1.0
"""How far below the worst proposal the draft itself stands where the engine did not propose it."""


def candidates(work: Work, proposals: list[list[Proposal]], checks: Checks, prefer: Preference | None = None) -> list[Candidate]:
    """Judge all proposals for a passage.

    Args:
        work: The passage.
        proposals: The engine's proposals for it, then those for each of its sentences.
        checks: The checks of its language.
        prefer: What else is added to the score of each; nothing by default.

    Returns:
        All of them without repetition, best first, the rejected last; the draft itself is always among the accepted.
    """
    options = list(proposals[0])
    if work.pieces:
        options.append(piecewise(work, proposals[1:], checks, prefer))
    options.append(Proposal(work.masked, min((p.score for p in options), default=0.0) - _UNLIKELY))
    found: dict[str, Candidate] = {}
    for option in (_with_reason(option, work, checks) for option in options):
        verdict = checks.judge(work.masked, option.masked, option.rules, list(work.found))
        rejected, score = verdict.rejected, option.score - verdict.cost
        score += prefer(option.masked) if prefer else 0.0
        if option.masked == work.masked:
            rejected, score = (), score + (0.0 if work.grave else UNCHANGED_BONUS)
        text = _one_stop(facts.restore(option.masked, work.facts), work.literal)
        candidate = Candidate(text, round(score, 4), option.rules, rejected)
        rival = found.get(candidate.text)
        if rival is None or _rank(candidate) < _rank(rival):
            found[candidate.text] = candidate
    return sorted(found.values(), key=_rank)


def _with_reason(option: Proposal, work: Work, checks: Checks) -> Proposal:
    """Name the rule where nothing was changed but what was mended before the model saw it: diacritics, or shouting."""
    if option.rules or not option.masked == work.whole.masked != work.masked:
        return option
    return replace(option, rules=(checks.guide.numbers[_SPELLING_RULE],))


def _one_stop(text: str, draft: str) -> str:
    """Take out a full stop behind a fact that ends in one ("2025.05.03.."), unless the draft has two itself."""
    return text if ".." in draft else _TWO_STOPS.sub(".", text)


def _rank(candidate: Candidate) -> tuple[bool, float]:
    return bool(candidate.rejected), -candidate.score


def piecewise(work: Work, proposals: list[list[Proposal]], checks: Checks, prefer: Preference | None = None) -> Proposal:
    """Join the best accepted proposal of each sentence, or the sentence itself where none passes."""
    chosen: list[tuple[Passage, str]] = []
    scores: list[float] = []
    rules: list[int] = []
    for (piece, request), options in zip(work.pieces, proposals, strict=True):
        own = checks.faults(request.masked)
        judged = [(option, checks.judge(request.masked, option.masked, option.rules, own)) for option in options]
        liked = prefer or (lambda _: 0.0)
        passed = [(o.score - verdict.cost + liked(o.masked), o) for o, verdict in judged if not verdict.rejected]
        best = max(passed, key=lambda pair: pair[0])[1] if passed else Proposal(request.masked, -_UNLIKELY)
        chosen.append((piece, best.masked))
        scores.append(best.score)
        rules += best.rules
    joined = assemble(work.whole.masked, chosen)
    return Proposal(joined, sum(scores) / len(scores) - PIECEWISE_COST, tuple(dict.fromkeys(rules)))
