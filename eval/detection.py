"""How well findings find: recall and precision on all drafts that carry labels, with and without the model's marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.examples import Example
from eval.statistics import interval
from eval.tasks import TASKS
from rewriter import Rewriter
from rewriter.guide import Guide
from rewriter.marks import LANGUAGES, Language
from rewriter.types import Rewrite

LABELLED = ("documents", "test", "leave-alone", "register", "concise", "facts", "commitments", "injection", "long")
"""Tasks whose drafts carry the rules that they break, good ones none: a label a draft, by its writer. The task ``robust`` is
left out: its drafts are those of ``test`` again."""


@dataclass(frozen=True)
class Detection:
    """Figures of one language.

    Attributes:
        language: Its code.
        faulty: Drafts labelled with at least one rule.
        good: Drafts labelled with none.
        recall: Share of faulty drafts with a finding of medium or high severity, with its 95 % interval.
        precision: Share of drafts with such a finding that are faulty, with its 95 % interval.
        rule_recall: Share of labels that a finding names.
        rule_precision: Share of (draft, rule) findings that are labels; hard, as a draft is labelled with its main rules only.
        missed: Rules by how many labels no finding names, most first.
    """

    language: Language
    faulty: int
    good: int
    recall: tuple[float, float, float]
    precision: tuple[float, float, float]
    rule_recall: float
    rule_precision: float
    missed: tuple[tuple[str, int], ...]


def labelled(language: Language) -> list[Example]:
    """Return all labelled drafts of a language, none twice."""
    found: dict[str, Example] = {}
    for name in LABELLED:
        for example in TASKS[name].load():
            if example.language == language:
                found.setdefault(example.draft, example)
    return list(found.values())


def by_patterns(examples: Sequence[Example]) -> list[set[str]]:
    """Return the rules of medium and high severity that the patterns find in each draft."""
    guide = Guide.load()
    return [{m.rule.id for m in guide.find(e.draft, e.language) if m.rule.severity != "low"} for e in examples]


def by_rewriter(examples: Sequence[Example], rewriter: Rewriter) -> list[set[str]]:
    """Return the rules of medium and high severity in each result's findings: the patterns' and the model's."""
    results = [result for e in examples for result in rewriter.rewrite_all([e.draft], language=e.language)]
    return [
        {f.rule for f in result.findings if f.severity != "low"} if isinstance(result, Rewrite) else set() for result in results
    ]


def measure(examples: Sequence[Example], found: Sequence[set[str]]) -> Detection:
    """Compare findings with labels.

    Args:
        examples: Labelled drafts of one language; at least one faulty.
        found: The rules found in each.

    Returns:
        The figures; a share of nothing is 0.
    """
    faulty = [(e, f) for e, f in zip(examples, found, strict=True) if e.expect == "resolve"]
    good = [f for e, f in zip(examples, found, strict=True) if e.expect == "alone"]
    hits = [float(bool(f)) for _, f in faulty]
    flagged = [1.0] * int(sum(hits)) + [0.0] * sum(bool(f) for f in good)
    labels = [(rule, rule in f) for e, f in faulty for rule in e.rules]
    named = [(rule in e.rules) for e, f in faulty for rule in f] + [False for f in good for _ in f]
    return Detection(
        examples[0].language,
        len(faulty),
        len(good),
        _share(hits),
        _share(flagged),
        _mean([float(hit) for _, hit in labels]),
        _mean([float(hit) for hit in named]),
        tuple(Counter(rule for rule, hit in labels if not hit).most_common()),
    )


def measure_all(rewriter: Rewriter | None) -> list[Detection]:
    """Measure every language: the patterns alone, or the findings of a rewriter's results."""
    figures = []
    for language in LANGUAGES:
        drafts = labelled(language)
        figures.append(measure(drafts, by_rewriter(drafts, rewriter) if rewriter else by_patterns(drafts)))
    return figures


def _mean(shares: list[float]) -> float:
    return round(sum(shares) / len(shares), 4) if shares else 0.0


def _share(shares: list[float]) -> tuple[float, float, float]:
    if not shares:
        return (0.0, 0.0, 0.0)
    low, high = interval(shares)
    return (_mean(shares), round(low, 4), round(high, 4))
