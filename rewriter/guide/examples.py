"""The documents' own examples of each rule: what not to say, and what to say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rewriter.guide.files import read
from rewriter.marks import Language


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence of a document.

    Attributes:
        rule: Id of the rule that it is an example of.
        kind: ``bad`` breaks the rule, ``good`` keeps it.
        language: Of the sentence.
        document: Where it stands.
        text: The sentence, word for word.
    """

    rule: str
    kind: Literal["bad", "good"]
    language: Language
    document: str
    text: str


@lru_cache(maxsize=1)
def load() -> tuple[Example, ...]:
    """Read the examples that ship with the package, in the order of their rules."""
    rows = read("examples.toml")["example"]
    return tuple(Example(row["rule"], row["kind"], row["language"], row["document"], row["text"]) for row in rows)


def of_rule(rule: str, language: Language) -> tuple[Example, ...]:
    """Return a rule's examples.

    Args:
        rule: The rule's id.
        language: The language to look for. The documents have few examples and none is translated: of each kind that has
            none in this language, those in other languages are returned.

    Returns:
        The bad ones, then the good ones; empty where the documents have none.
    """
    found: tuple[Example, ...] = ()
    for kind in ("bad", "good"):
        every = tuple(example for example in load() if (example.rule, example.kind) == (rule, kind))
        found += tuple(example for example in every if example.language == language) or every
    return found
