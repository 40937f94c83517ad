"""The rules of a good reply as data: id, documents, severity, texts in four languages, patterns that find faults."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rewriter.errors import RewriterError
from rewriter.folding import fold
from rewriter.guide.files import read
from rewriter.marks import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        id: Stable name, ``never.dont_know``.
        number: Its mark in the model's output, from 1.
        documents: Names of the documents that ask for it.
        severity: ``high``, ``medium`` or ``low``.
        title: What is wrong, by language.
        advice: What to do instead, one sentence, by language.
    """

    id: str
    number: int
    documents: tuple[str, ...]
    severity: str
    title: dict[Language, str]
    advice: dict[Language, str]

    @property
    def kind(self) -> str:
        """Its kind: never, ask, tone, shape, care, clean or flow."""
        return self.id.split(".")[0]

    @property
    def grave(self) -> bool:
        """Whether breaking it is reason enough to ask the model for a rewrite against it by name."""
        return self.severity != "low"


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's pattern found in a text, at ``start`` to ``end``."""

    rule: Rule
    start: int
    end: int


class Guide:
    """All rules and their patterns.

    Args:
        rules: In the order of their numbers.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.by_id = {rule.id: rule for rule in rules}
        self._patterns: dict[Language, list[tuple[Rule, re.Pattern[str]]]] = {}

    def patterns(self, language: Language) -> list[tuple[Rule, re.Pattern[str]]]:
        """Return (rule, pattern) pairs of a language, compiled when they are first asked for; patterns see folded text.

        Raises:
            RewriterError: If the language's file is broken; the message says where.
        """
        if language not in self._patterns:
            self._patterns[language] = _compiled(f"patterns-{language}.toml", self.by_id)
        return self._patterns[language]

    @property
    def numbers(self) -> dict[str, int]:
        """Rule id to its mark's number."""
        return {rule.id: rule.number for rule in self.rules}

    def find(self, text: str, language: Language) -> list[Match]:
        """Find what the patterns know to be faulty.

        Args:
            text: A draft or a reply, not masked; may be empty.
            language: Its language.

        Returns:
            Matches by place; for one rule and place the longest only.
        """
        folded = fold(text)
        found: dict[tuple[str, int], Match] = {}
        for rule, pattern in self.patterns(language):
            for match in pattern.finditer(folded):
                key = (rule.id, match.start())
                if match.end() > match.start() and (key not in found or found[key].end < match.end()):
                    found[key] = Match(rule, match.start(), match.end())
        return sorted(found.values(), key=lambda m: (m.start, m.rule.number))

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Guide:
        """Read the guide that ships with the package.

        Raises:
            RewriterError: If a file of it is broken; the message says where.
        """
        texts = {code: read(f"text-{code}.toml") for code in LANGUAGES}
        rules = []
        for number, row in enumerate(read("rules.toml")["rule"], 1):
            own = {code: texts[code].get(row["id"], row) for code in LANGUAGES}
            rules.append(
                Rule(
                    row["id"],
                    number,
                    tuple(row["documents"]),
                    row["severity"],
                    {code: text["title"] for code, text in own.items()},
                    {code: text["advice"] for code, text in own.items()},
                )
            )
        return Guide(tuple(rules))


def _compiled(name: str, rules: dict[str, Rule]) -> list[tuple[Rule, re.Pattern[str]]]:
    compiled = []
    for rule_id, expressions in read(name).items():
        if rule_id not in rules:
            raise RewriterError(f"{name}: {rule_id!r} is no rule of the guide.")
        for expression in expressions:
            try:
                compiled.append((rules[rule_id], re.compile(expression)))
            except re.error as error:
                raise RewriterError(f"{name}: {rule_id}: {expression!r} is no pattern: {error}") from error
    return compiled
