"""The interface's sentences, by language; every language has the same keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from rewriter.errors import RewriterError
from rewriter.marks import LANGUAGES, Language

FOLDER = Path(__file__).parent / "texts"
DEFAULT: Language = "en"
NATIVE = {"hu": "Magyar", "ro": "Română", "pl": "Polski", "en": "English"}
"""What each language calls itself: in a language menu everybody must find their own."""


class Texts(dict[str, str]):
    """The sentences of one language.

    Attributes:
        code: The language.
    """

    def __init__(self, code: Language, rows: Mapping[str, str]) -> None:
        super().__init__(rows)
        self.code = code

    def say(self, key: str, **values: object) -> str:
        """Return a sentence with its gaps filled."""
        return self[key].format(**values)

    def named(self, kind: str, name: str) -> str:
        """Return the name of a thing (``language``, ``brand``, ``doc``…); the bare name where the texts have none."""
        return self.get(f"{kind}_{name}", name)


def choose(code: str | None) -> Language:
    """Return the interface language for a browser's or a user's code.

    Args:
        code: ``hu``, ``hu-HU``, ``ro_RO``…; may be empty or None.

    Returns:
        One of the four; English for everything else.
    """
    start = (code or "").lower().replace("_", "-").split("-")[0]
    return next((language for language in LANGUAGES if language == start), DEFAULT)


@lru_cache(maxsize=len(LANGUAGES))
def load(code: Language) -> Texts:
    """Read the sentences of a language.

    Raises:
        RewriterError: If a key is missing or not known to English; the message lists them.
    """
    rows = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    known = tomllib.loads((FOLDER / f"{DEFAULT}.toml").read_text(encoding="utf-8"))
    if rows.keys() != known.keys():
        raise RewriterError(f"{code}.toml and {DEFAULT}.toml differ in {', '.join(sorted(rows.keys() ^ known.keys()))}.")
    return Texts(code, rows)


class SentenceError(RewriterError):
    """An error that the texts have a sentence for; its own message is that sentence in the default language.

    Args:
        key: The sentence's key.
        values: What its gaps are filled with.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(load(DEFAULT).say(key, **values))
        self.key, self.values = key, values
