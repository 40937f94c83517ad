"""Versioned prompt templates for instruction-tuned models; a missing or extra variable fails when it is loaded."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rewriter.errors import InputError

_PACKAGED, _CHECKOUT = Path(__file__).parent / "prompts", Path(__file__).parent.parent / "prompts"
FOLDER = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
"""Brands and templates: inside the installed package, or at the top of a checkout."""
_REPLY = "reply"
_KEYS = {"version", "variables", "text", "system", "words", "examples"}


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt: one text, or the messages of a chat.

    Attributes:
        name: Its file's name without the ending.
        version: Raised with every change of the text.
        variables: What ``render`` and ``messages`` must be given.
        text: The text with ``{variable}`` in it; in a chat, what the user says.
        system: What a chat begins with, with ``{variable}`` in it; empty for none.
        words: By variable, how each allowed value reads in the prompt; a variable that is not here takes any text.
        examples: Values of all variables and the ``reply`` to them, shown in a chat before the question.
    """

    name: str
    version: int
    variables: tuple[str, ...]
    text: str
    system: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    examples: tuple[Mapping[str, str], ...] = ()

    def render(self, **values: str) -> str:
        """Fill in the variables, each as it is: braces in a value are text, not variables.

        Raises:
            InputError: If a variable is missing or unknown, or its value is none of those that the template has words for.
        """
        return self._fill(self.text, values)

    def messages(self, **values: str) -> list[dict[str, str]]:
        """Return a chat: the system text, the examples as turns, and the text itself.

        Returns:
            Rows with ``role`` (system, user or assistant) and ``content``.

        Raises:
            InputError: As for ``render``.
        """
        rows = [{"role": "system", "content": self._fill(self.system, values)}] if self.system.strip() else []
        for example in self.examples:
            given = {name: value for name, value in example.items() if name != _REPLY}
            rows += [{"role": "user", "content": self.render(**given)}, {"role": "assistant", "content": example[_REPLY]}]
        return [*rows, {"role": "user", "content": self.render(**values)}]

    def _fill(self, text: str, values: Mapping[str, str]) -> str:
        if set(values) != set(self.variables):
            raise InputError(f"Template {self.name} takes {', '.join(self.variables)}; got {', '.join(values) or 'none'}.")
        read = dict(values)
        for name, words in self.words.items():
            if values[name] not in words:
                raise InputError(f"Template {self.name}: {name} is {values[name]!r}; allowed are {', '.join(words)}.")
            read[name] = words[values[name]]
        return text.strip().format(**read)

    @staticmethod
    def load(name: str, folder: Path | None = None) -> Template:
        """Read a template.

        Args:
            name: The file's name without its ending.
            folder: Where; ``prompts/templates`` by default.

        Raises:
            InputError: If there is none, it has unknown keys, or its texts, examples and list of variables do not agree.
        """
        path = (folder or FOLDER / "templates") / f"{name}.toml"
        if not path.is_file():
            raise InputError(f"There is no prompt template {path}.")
        row = tomllib.loads(path.read_text(encoding="utf-8"))
        faults = list(_faults(row))
        if faults:
            raise InputError(f"{path.name}: {'; '.join(faults)}.")
        template = Template(
            name,
            int(row["version"]),
            tuple(row["variables"]),
            row["text"],
            row.get("system", ""),
            row.get("words", {}),
            tuple(row.get("examples", [])),
        )
        for example in template.examples:  # a value without words must not wait for the first draft
            template.render(**{key: value for key, value in example.items() if key != _REPLY})
        return template


def _faults(row: dict[str, Any]) -> list[str]:
    """Say where a template's texts, words, examples and list of variables do not agree."""
    if set(row) - _KEYS or not {"version", "variables", "text"} <= set(row):
        return [f"has {', '.join(sorted(row))}; it takes version, variables and text, and may take system, words and examples"]
    listed = set(row["variables"])
    texts = (row["text"], row.get("system", ""))
    used = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    faults = []
    if used != listed:
        faults += [
            f"missing from the text: {', '.join(sorted(listed - used)) or 'none'}",
            f"not listed: {', '.join(sorted(used - listed)) or 'none'}",
        ]
    if set(row.get("words", {})) - listed:
        faults.append(f"words for what is not listed: {', '.join(sorted(set(row['words']) - listed))}")
    for number, example in enumerate(row.get("examples", []), 1):
        if set(example) != listed | {_REPLY}:
            faults.append(f"example {number} has {', '.join(sorted(example))}; it takes {', '.join(sorted(listed | {_REPLY}))}")
    return faults
