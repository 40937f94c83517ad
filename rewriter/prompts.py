"""Versioned prompt templates for instruction-tuned models; a missing or extra variable fails when it is loaded."""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass
from pathlib import Path

from rewriter.errors import InputError

_PACKAGED, _CHECKOUT = Path(__file__).parent / "prompts", Path(__file__).parent.parent / "prompts"
FOLDER = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
"""Brands and templates: inside the installed package, or at the top of a checkout."""


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt.

    Attributes:
        name: Its file's name without the ending.
        version: Raised with every change of the text.
        variables: What ``render`` must be given.
        text: The text with ``{variable}`` in it.
    """

    name: str
    version: int
    variables: tuple[str, ...]
    text: str

    def render(self, **values: str) -> str:
        """Fill in the variables, each as it is: braces in a value are text, not variables.

        Raises:
            InputError: If a variable is missing or unknown.
        """
        if set(values) != set(self.variables):
            raise InputError(f"Template {self.name} takes {', '.join(self.variables)}; got {', '.join(values) or 'none'}.")
        return self.text.strip().format(**values)

    @staticmethod
    def load(name: str, folder: Path | None = None) -> Template:
        """Read a template.

        Args:
            name: The file's name without its ending.
            folder: Where; ``prompts/templates`` by default.

        Raises:
            InputError: If there is none, or its text and its list of variables do not agree.
        """
        path = (folder or FOLDER / "templates") / f"{name}.toml"
        if not path.is_file():
            raise InputError(f"There is no prompt template {path}.")
        row = tomllib.loads(path.read_text(encoding="utf-8"))
        used = {field for _, field, _, _ in string.Formatter().parse(row["text"]) if field is not None}
        listed = set(row["variables"])
        if used != listed:
            raise InputError(
                f"{path.name}: missing from the text: {', '.join(sorted(listed - used)) or 'none'}; "
                f"not listed: {', '.join(sorted(used - listed)) or 'none'}."
            )
        return Template(name, int(row["version"]), tuple(row["variables"]), row["text"])
