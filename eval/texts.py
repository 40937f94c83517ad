"""The report's sentences and names, by language; every language has the same keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from rewriter.guide import Guide
from rewriter.language import check_code
from rewriter.marks import LANGUAGES, Language

FOLDER = Path(__file__).parent / "texts"
DEFAULT: Language = "en"


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
        """Return the name of a thing (``task``, ``system``, ``metric``, ``language``); the bare name where there is none."""
        return self.get(f"{kind}_{name.replace('-', '_')}", name)

    def rule(self, name: str) -> str:
        """Return what the guide calls a rule; the bare name of one that it does not know."""
        rule = Guide.load().by_id.get(name)
        return rule.title[self.code] if rule else name

    def number(self, value: float, form: str = ".1f") -> str:
        """Return a number as the language writes it.

        Args:
            value: The number.
            form: Its format, as in an f-string.
        """
        return format(value, form).replace(".", self["decimal"])


@lru_cache(maxsize=len(LANGUAGES))
def load(code: str) -> Texts:
    """Read the sentences of a language.

    Raises:
        LanguageError: If it is none of the four; the message lists them.
    """
    language = check_code(code)
    return Texts(language, tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8")))
