"""Words that bind: negations, limits, promises, times, conditions, apologies, address forms; per language, as data."""

from __future__ import annotations

import re
from functools import lru_cache

from rewriter.errors import RewriterError
from rewriter.folding import fold
from rewriter.guide.files import read
from rewriter.marks import Language

KINDS = (
    "negation refusal prohibition limit promise time deadline condition apology fault angry internal link_offer"
    " informal_address formal_address undertaking idle_negation double_negation demand failure verb_prefix general"
).split()
_NEVER = re.compile(r"(?!)")


class Lexicon:
    """The binding words of one language.

    Args:
        patterns: Kind to its compiled pattern; a kind that is missing matches nothing.
        messages: Name to a sentence in the language, with ``{…}`` for what is filled in.
        parts: Kind to the pattern of each of its lines; what stands in one line means one thing.
    """

    def __init__(
        self, patterns: dict[str, re.Pattern[str]], messages: dict[str, str], parts: dict[str, list[re.Pattern[str]]]
    ) -> None:
        self.patterns, self.messages, self.parts = patterns, messages, parts

    def has(self, kind: str, text: str) -> bool:
        """Say whether a text has a word of a kind."""
        return self.patterns.get(kind, _NEVER).search(fold(text)) is not None

    def spans(self, kind: str, text: str) -> list[tuple[int, int]]:
        """Return (start, end) of each word or phrase of a kind, left to right."""
        return [m.span() for m in self.patterns.get(kind, _NEVER).finditer(fold(text)) if m.end() > m.start()]

    def words(self, kind: str, text: str) -> list[str]:
        """Return the words or phrases of a kind, as written."""
        return [text[start:end] for start, end in self.spans(kind, text)]

    def say(self, name: str, **values: object) -> str:
        """Return a message in the language."""
        return self.messages[name].format(**values)

    @staticmethod
    @lru_cache(maxsize=4)
    def load(language: Language) -> Lexicon:
        """Read the lexicon that ships with the package.

        Raises:
            RewriterError: If a pattern in it is broken.
        """
        rows = read(f"lexicon-{language}.toml")
        patterns, parts = {}, {}
        for kind, expressions in rows.items():
            if kind not in KINDS:
                raise RewriterError(f"lexicon-{language}.toml: {kind!r} is no kind; allowed are {', '.join(KINDS)}.")
            try:
                parts[kind] = [re.compile(rf"\b(?:{expression})") for expression in expressions]
                patterns[kind] = re.compile("|".join(part.pattern for part in parts[kind]))
            except re.error as error:
                raise RewriterError(f"lexicon-{language}.toml: {kind}: {error}") from error
        return Lexicon(patterns, {**read("messages-en.toml"), **read(f"messages-{language}.toml")}, parts)
