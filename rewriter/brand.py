"""A brand's voice as data: names, address form, texts of its own, words, marks, tone, approved replies; read from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from rewriter import brand_file, prompts, voice
from rewriter.approved import Approved
from rewriter.errors import BrandError
from rewriter.marks import Address, Language

FOLDER = prompts.FOLDER / "brands"
Tone = Literal["reserved", "neutral", "friendly", "warm"]
When = Literal["never", "missing", "always"]
OneLine = Literal["bare", "inline", "letter"]
ByTone = str | dict[Tone, str]
"""A text, or one for each of some tones: the brand's tone takes the nearest, the more reserved of two as near."""


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words that a brand does not use.

    Attributes:
        language: Their language.
        words: Forms, whole words in any case; one that ends in ``*`` stands for all its endings.
        use: What stands for each; empty leaves the word and tells the agent.
    """

    language: Language
    words: tuple[str, ...]
    use: str = ""


@dataclass(frozen=True)
class Brand:
    """A voice. Without arguments it is neutral: nothing is added, nothing is replaced.

    Attributes:
        name: Shown to the agent.
        address: Address form by language; formal where none is given.
        replace: By language, words to avoid and what stands for them, form by form; the first letter's case is kept.
        exclamation_marks: Whether a reply may have any. A salutation on a line of its own keeps its mark: that is spelling.
        emoji: Whether a reply may have any. An emoji of the draft is a fact and stays all the same if this is true.
        company: The company's name, or its names by language.
        agent: The agent's name, or its forms by language.
        tone: From reserved to warm; chooses among the brand's texts and, by a small cost, among the model's replies.
        greeting: When the brand's greeting is put: never, where the reply has none, or always, in place of the reply's own.
        closing: The same for the closing sentences.
        sign_off: The same for the signature.
        one_line: What an answer of one line gets: nothing that it lacks, greeting and closing on its line, or a letter's all.
        longest_reply: Characters from which the agent is told that a reply is long; 0 for no limit. Nothing is cut.
        texts: By language, the ``greeting``, ``greeting_named``, ``closing`` and ``sign_off``, with placeholders.
        avoid: Words to avoid with their inflections.
        use: By language, words that the brand likes; a reply of the model that has one gains a little.
        approved: Replies that the brand has approved.
    """

    name: str = "neutral"
    address: dict[Language, Address] = field(default_factory=dict)
    replace: dict[Language, dict[str, str]] = field(default_factory=dict)
    exclamation_marks: bool = True
    emoji: bool = True
    company: str | dict[Language, str] = ""
    agent: str | dict[Language, str] = ""
    tone: Tone = "neutral"
    greeting: When = "never"
    closing: When = "never"
    sign_off: When = "never"
    one_line: OneLine = "bare"
    longest_reply: int = 0
    texts: dict[Language, dict[str, ByTone]] = field(default_factory=dict)
    avoid: tuple[Avoided, ...] = ()
    use: dict[Language, tuple[str, ...]] = field(default_factory=dict)
    approved: tuple[Approved, ...] = ()

    def address_for(self, language: Language) -> Address:
        """Return the address form of a language."""
        return self.address.get(language, "formal")

    def text(self, kind: str, language: Language) -> str:
        """Return one of the brand's texts in its tone.

        Args:
            kind: ``greeting``, ``greeting_named``, ``closing`` or ``sign_off``.
            language: Its language.

        Returns:
            The text, names filled in, ``{customer}`` not; empty if the brand has none.
        """
        by_tone = self.texts.get(language, {}).get(kind, "")
        if not isinstance(by_tone, str):
            at = brand_file.TONES.index
            by_tone = by_tone[min(by_tone, key=lambda tone: (abs(at(tone) - at(self.tone)), at(tone)))]
        for slot, given in (("company", self.company), ("agent", self.agent)):
            name = given if isinstance(given, str) else given.get(language, "")
            by_tone = by_tone.replace(f"{{{slot}}}", name)
        return by_tone

    def in_address(self, address: Address, language: Language) -> Brand:
        """Return the voice for an address form; its own texts are in its own form, so in the other one they are not put."""
        if language == "en" or address == self.address_for(language):
            return self
        return replace(self, greeting="never", closing="never", sign_off="never", approved=())

    def apply(self, text: str, language: Language) -> str:
        """Return a reply in the brand's wording; facts are never touched, and a second time changes nothing."""
        return voice.apply(self, text, language)

    @staticmethod
    def load(source: str | Path, *, agent: str | None = None) -> Brand:
        """Read a brand.

        Args:
            source: A TOML file, or the name of a brand that ships.
            agent: The name of the agent who writes, in place of the file's.

        Raises:
            BrandError: With every fault of the file and its key path.
        """
        path = Path(source)
        if path.suffix != ".toml":
            path = FOLDER / f"{source}.toml"
        if not path.is_file():
            raise BrandError(f"There is no brand {source}. Those that ship are {', '.join(names())}; or give a .toml file.")
        try:
            row = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BrandError(f"{path} is no TOML: {error}") from error
        faults = brand_file.read_approved(row, path.parent)
        if agent:
            row["agent"] = agent
        faults += brand_file.faults(row)
        brand = None if faults else _built(row)
        if brand:
            faults = voice.faults(brand)
        if faults or not brand:
            raise BrandError(f"{path} has {len(faults)} fault{'s' * (len(faults) > 1)}:\n" + "\n".join(faults))
        return brand

    def named(self, agent: str) -> Brand:
        """Return the same voice for another agent."""
        return replace(self, agent=agent)


def names() -> list[str]:
    """Return the names of the brands that ship."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def _built(row: dict[str, Any]) -> Brand:
    avoid = tuple(Avoided(a["language"], tuple(a["words"]), a.get("use", "")) for a in row.get("avoid", []))
    approved = tuple(Approved(**a) for a in row.get("approved", []))
    use = {code: tuple(words) for code, words in row.get("use", {}).items()}
    return Brand(**{**row, "avoid": avoid, "approved": approved, "use": use})
