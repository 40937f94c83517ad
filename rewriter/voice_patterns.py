"""How replies greet, close and sign off in each language, as data; all patterns see folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rewriter.errors import RewriterError
from rewriter.folding import fold
from rewriter.guide.files import read
from rewriter.marks import Language

_KINDS = ("greeting", "bare", "dear", "addressee", "closing", "sign_off", "thanks", "asking")
_WORD = r"[^\W\d_][\w'/-]*(?:\.(?= \w))?"  # "Mr. Smith"
_ADDRESSEE = rf"(?P<who>{_WORD}(?: {_WORD}){{0,4}}?)"
_END = r"(?P<end> ?[!,.:;–—-]+(?=\s|$)|(?=\n)|$)"


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting at the start of a reply.

    Attributes:
        end: Index behind it and its punctuation.
        customer: Whom it names, as written; empty for nobody by name.
        whole: Whether it surely ends there, so that another may take its place.
    """

    end: int
    customer: str
    whole: bool


class VoicePatterns:
    """The patterns of one language.

    Args:
        rows: Kind to expressions: ``greeting`` (words that greet), ``bare`` (of these, what greets without punctuation
            too), ``dear`` (words that greet before a name only), ``addressee`` (words for a customer that are no name),
            ``closing`` (whole sentences), ``sign_off``, ``thanks``, ``asking`` (words that begin what is asked).
    """

    def __init__(self, rows: dict[str, list[str]]) -> None:
        one = {kind: "|".join(rows.get(kind, ["(?!)"])) for kind in _KINDS}
        self._greeting = re.compile(rf"\s*(?:{one['greeting']})(?:,? {_ADDRESSEE})?{_END}")
        self._alone = re.compile(rf"\s*(?:{one['greeting']}){_END}")
        self._bare = re.compile(rf"\s*(?:{one['bare']})\b")
        self._dear = re.compile(rf"\s*(?:{one['dear']}) {_ADDRESSEE}{_END}")
        self._addressee = re.compile(rf"(?:{one['addressee']})\.?")
        self._closing = re.compile(rf"(?:{one['closing']})")
        self._sign_off = re.compile(
            rf"(?:^|\n|(?<=[.!?] ))[ \t]*(?:{one['sign_off']})[^\n.!?]{{0,40}}[.!]?(?:\s*\n[^\n]{{1,50}}){{0,4}}\s*$"
        )
        self._asking = re.compile(rf"(?:{one['asking']})\W*")
        self._thanks = re.compile(rf"\b(?:{one['thanks']})")

    def greeting(self, text: str) -> Greeting | None:
        """Find the greeting that a reply begins with."""
        folded = fold(text)
        for pattern, sure in ((self._greeting, False), (self._dear, True)):
            match = pattern.match(folded)
            if match and match["who"]:
                who = text[match.start("who") : match.end("who")]
                # "Dear Tom," greets and "Kedves tőled," does not; a mark or a line's end settles it without a capital.
                if self._called(who) or (sure and self._settled(match["end"].strip(), text[match.end() :])):
                    generic = all(self._addressee.fullmatch(word) for word in fold(who).split())
                    return Greeting(match.end(), "" if generic else who, True)
        alone = self._alone.match(folded)
        if alone:
            return Greeting(alone.end(), "", True)
        bare = self._bare.match(folded)
        return Greeting(bare.end(), "", False) if bare else None

    @staticmethod
    def _settled(mark: str, rest: str) -> bool:
        return mark == "!" or (mark in ("", ",", ":") and rest[:1] in ("", "\n"))

    def _called(self, who: str) -> bool:
        return all(word[0].isupper() or self._addressee.fullmatch(fold(word)) for word in who.split())

    def closes(self, sentence: str) -> bool:
        """Say whether a sentence closes a reply."""
        return self._closing.match(fold(sentence)) is not None

    def only_closes(self, sentence: str) -> bool:
        """Say whether a sentence does nothing else, so that another closing may take its place."""
        return self._closing.fullmatch(fold(sentence).rstrip(" .!?…")) is not None

    def sign_off(self, text: str) -> int | None:
        """Return where a reply's signature begins; None if it has none."""
        match = self._sign_off.search(fold(text))
        return match.start() if match else None

    def thanks(self, text: str) -> bool:
        """Say whether a text thanks."""
        return self._thanks.search(fold(text)) is not None

    def asks(self, word: str) -> bool:
        """Say whether a word begins what is asked: where, when, whether."""
        return self._asking.fullmatch(fold(word)) is not None

    @staticmethod
    @lru_cache(maxsize=4)
    def load(language: Language) -> VoicePatterns:
        """Read the patterns that ship with the package.

        Raises:
            RewriterError: If a kind in the file is unknown or a pattern broken.
        """
        name = f"voice-{language}.toml"
        rows = read(name)
        unknown = set(rows) - {*_KINDS, "messages"}
        if unknown:
            raise RewriterError(f"{name}: {', '.join(sorted(unknown))}: unknown; allowed are {', '.join(_KINDS)}, messages.")
        try:
            return VoicePatterns(rows)
        except re.error as error:
            raise RewriterError(f"{name}: no pattern: {error}") from error


@lru_cache(maxsize=4)
def messages(language: Language) -> dict[str, str]:
    """Return the sentences for the agent, ``{…}`` to be filled in."""
    return {name: str(text) for name, text in read(f"voice-{language}.toml")["messages"].items()}
