"""A brand's voice: address form, words to avoid, exclamation marks, emoji; read from TOML, unknown keys refused."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rewriter import prompts
from rewriter.errors import BrandError
from rewriter.facts import find_facts
from rewriter.marks import LANGUAGES, Address, Language

FOLDER = prompts.FOLDER / "brands"
_ADDRESSES: tuple[Address, ...] = ("formal", "informal")
_KEYS = {"name", "address", "replace", "exclamation_marks", "emoji"}


@dataclass(frozen=True)
class Brand:
    """A voice.

    Attributes:
        name: Shown to the agent.
        address: Address form by language; formal where none is given.
        replace: By language, words to avoid and what stands for them; whole words, the first letter's case is kept.
        exclamation_marks: Whether a reply may have any.
        emoji: Whether a reply may have any. An emoji of the draft is a fact and stays all the same if this is true.
    """

    name: str = "neutral"
    address: dict[Language, Address] = field(default_factory=dict)
    replace: dict[Language, dict[str, str]] = field(default_factory=dict)
    exclamation_marks: bool = True
    emoji: bool = True

    def address_for(self, language: Language) -> Address:
        """Return the address form of a language."""
        return self.address.get(language, "formal")

    def apply(self, text: str, language: Language) -> str:
        """Return a reply in the brand's wording; facts are never touched."""
        for word, other in self.replace.get(language, {}).items():
            pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
            text = _outside_facts(text, lambda part, p=pattern, o=other: p.sub(lambda m: _same_case(m.group(), o), part))
        if not self.exclamation_marks:
            text = _outside_facts(text, lambda part: re.sub(r"\s*!+", ".", part).replace("?.", "?"))
        if not self.emoji:
            for fact in reversed([f for f in find_facts(text) if f.kind == "emoji"]):
                text = text[: fact.start].rstrip(" ") + text[fact.end :]
        return text

    @staticmethod
    def load(source: str | Path) -> Brand:
        """Read a brand.

        Args:
            source: A TOML file, or the name of a brand that ships.

        Raises:
            BrandError: With every fault of the file and its key.
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
        faults = list(_faults(row))
        if faults:
            raise BrandError(f"{path} has {len(faults)} faults:\n" + "\n".join(faults))
        return Brand(**row)


def names() -> list[str]:
    """Return the names of the brands that ship."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def _faults(row: dict[str, Any]) -> list[str]:
    faults = [f"{key}: unknown; allowed are {', '.join(sorted(_KEYS))}" for key in row if key not in _KEYS]
    if not isinstance(row.get("name", ""), str):
        faults.append("name: must be a string")
    for key in ("exclamation_marks", "emoji"):
        if not isinstance(row.get(key, True), bool):
            faults.append(f"{key}: must be true or false")
    for key in ("address", "replace"):
        table = row.get(key, {})
        if not isinstance(table, dict):
            faults.append(f"{key}: must be a table by language")
            continue
        for code, value in table.items():
            if code not in LANGUAGES:
                faults.append(f"{key}.{code}: unknown language; allowed are {', '.join(LANGUAGES)}")
            elif key == "address" and value not in _ADDRESSES:
                faults.append(f"address.{code}: {value!r}; allowed are {', '.join(_ADDRESSES)}")
            elif key == "replace" and not (
                isinstance(value, dict) and all(isinstance(word, str) and word for word in value.values())
            ):
                faults.append(f"replace.{code}: must be a table from word to word")
    return faults


def _outside_facts(text: str, change: Any) -> str:  # noqa: ANN401 - a function from str to str
    pieces, at = [], 0
    for fact in find_facts(text):
        pieces += [change(text[at : fact.start]), fact.text]
        at = fact.end
    return "".join([*pieces, change(text[at:])])


def _same_case(before: str, after: str) -> str:
    return after[:1].upper() + after[1:] if before[:1].isupper() else after
