"""The tokens that steer the model: task, language, address form, facts, rules, words. Training and inference share them."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["hu", "ro", "pl", "en"]
Address = Literal["formal", "informal"]

LANGUAGES: tuple[Language, ...] = ("hu", "ro", "pl", "en")
FACT_MARKS = tuple(f"<x{i}>" for i in range(32))
RULE_MARKS = tuple(f"<r{i}>" for i in range(64))
WORD_MARKS = tuple(f"<w{i}>" for i in range(32))
SPECIAL_TOKENS = (
    "<mask>",
    "<rewrite>",
    "<fix>",
    "<formal>",
    "<informal>",
    "<nl>",
    *(f"<{code}>" for code in LANGUAGES),
    *FACT_MARKS,
    *RULE_MARKS,
    *WORD_MARKS,
)
MARK_PATTERN = re.compile(r"<[a-z]+\d{0,3}>")
"""Any mark, for taking them out of a text."""
_RULE = re.compile(r"\s*<r(\d{1,2})>")


def source_text(masked: str, language: Language, address: Address) -> str:
    """Return the model's input for a masked passage."""
    return f"<rewrite><{language}><{address}> {masked}"


def restoration_text(masked: str, language: Language) -> str:
    """Return the model's input for plain restoration: no rule, no rewriting."""
    return f"<fix><{language}> {masked}"


def target_text(masked: str, rules: list[int]) -> str:
    """Return the model's output: rule marks (``<r0>``: nothing to change), then the reply.

    Args:
        masked: The masked reply.
        rules: Numbers of the rules that the draft breaks, ``Guide.number``; empty for none.
    """
    return "".join(f"<r{number}>" for number in (sorted(rules) or [0])) + " " + masked


def split_target(output: str) -> tuple[list[int], str]:
    """Split a model's output into rule numbers and the masked reply.

    Args:
        output: What the model wrote; a missing mark is no fault.

    Returns:
        The numbers without 0, and the text behind the marks, stripped.
    """
    numbers, at = [], 0
    while match := _RULE.match(output, at):
        numbers.append(int(match.group(1)))
        at = match.end()
    return [n for n in dict.fromkeys(numbers) if n], output[at:].strip()
