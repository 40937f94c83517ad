"""What is measured: the model, and baselines that a good metric must rank below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sacrebleu.metrics.chrf import CHRF

from eval.tasks import Example, TASKS
from rewriter import Rewriter
from rewriter.guide import Guide
from rewriter.types import Rewrite

_APOLOGY = {
    "hu": "Elnézést kérek a kellemetlenségért.",
    "ro": "Îmi cer scuze pentru neplăcere.",
    "pl": "Przepraszam za niedogodności.",
    "en": "I'm sorry for the inconvenience.",
}
_OWNERSHIP = {
    "hu": "Utánanézek, és jelentkezem.",
    "ro": "Verific și revin cu un răspuns.",
    "pl": "Sprawdzę to i wrócę z odpowiedzią.",
    "en": "I'll look into it and get back to you.",
}


@dataclass(frozen=True)
class System:
    """Something that replies: a name, and a function from examples to replies (a string, or the error's text)."""

    name: str
    reply: Callable[[list[Example]], list[str | Exception]]


def copy(examples: list[Example]) -> list[str | Exception]:
    """Return every draft as it is."""
    return [example.draft for example in examples]


def delete(examples: list[Example]) -> list[str | Exception]:
    """Return nothing at all."""
    return ["" for _ in examples]


def apologise(examples: list[Example]) -> list[str | Exception]:
    """Return one general apology, whatever the draft."""
    return [_APOLOGY[example.language] for example in examples]


def replace_by_rule(examples: list[Example]) -> list[str | Exception]:
    """Replace each faulty phrase that a pattern finds by one sentence of ownership."""
    guide, replies = Guide.load(), []
    for example in examples:
        text, used = example.draft, False
        for match in reversed(guide.find(example.draft, example.language)):
            if match.rule.severity != "low" and match.end <= len(text):
                text = text[: match.start] + ("" if used else _OWNERSHIP[example.language]) + text[match.end :]
                used = True
        replies.append(" ".join(text.split()))
    return list(replies)


def nearest(examples: list[Example]) -> list[str | Exception]:
    """Return the documents' good example that is nearest to the draft by chrF."""
    good = [example.draft for example in TASKS["documents"].load() if example.expect == "alone"]
    metric = CHRF()
    return [max(good, key=lambda text: metric.sentence_score(text, [example.draft]).score) for example in examples]


BASELINES = (
    System("copy", copy),
    System("delete", delete),
    System("apology", apologise),
    System("rules-only", replace_by_rule),
    System("nearest", nearest),
)


def of_rewriter(rewriter: Rewriter, name: str = "") -> System:
    """Make a system of a rewriter; a draft that fails gives its error instead of a reply."""

    def reply(examples: list[Example]) -> list[str | Exception]:
        replies: list[str | Exception] = []
        by_language: dict[str, list[int]] = {}
        for i, example in enumerate(examples):
            by_language.setdefault(example.language, []).append(i)
        done: dict[int, str | Exception] = {}
        for language, places in by_language.items():
            results = rewriter.rewrite_all([examples[i].draft for i in places], language=language)
            for i, result in zip(places, results, strict=True):
                done[i] = result.text if isinstance(result, Rewrite) else ValueError(result.error)
        replies = [done[i] for i in range(len(examples))]
        return replies

    return System(name or rewriter.engine.name, reply)
