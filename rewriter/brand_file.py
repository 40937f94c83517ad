"""Validates a brand's file: every fault at once, each with its key path."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rewriter.marks import LANGUAGES

TONES = ("reserved", "neutral", "friendly", "warm")
WHEN = ("never", "missing", "always")
ONE_LINE = ("bare", "inline", "letter")
TEXTS = ("greeting", "greeting_named", "closing", "sign_off")
_ADDRESSES = ("formal", "informal")
_PLACEHOLDERS = ("company", "agent")
_Faults = Iterator[str]


def read_approved(row: dict[str, Any], folder: Path) -> list[str]:
    """Put the rows of ``approved_file`` behind those of ``approved``; the key is taken out of the row.

    Args:
        row: The file's content, changed in place.
        folder: Where the brand's file lies.

    Returns:
        Faults with the line they are in.
    """
    if "approved_file" not in row:
        return []
    name = row.pop("approved_file")
    path = folder / str(name)
    if not isinstance(name, str) or not path.is_file():
        return [f"approved_file: there is no file {name!r} beside the brand's file"]
    faults, rows = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.strip():
                rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            faults.append(f"approved_file, line {number}: no JSON: {error}")
    row["approved"] = [*row.get("approved", []), *rows] if isinstance(row.get("approved", []), list) else row["approved"]
    return faults


def faults(row: dict[str, Any]) -> list[str]:
    """Return all faults of a brand's file.

    Args:
        row: What ``tomllib`` read.

    Returns:
        Lines of the form ``key.path: what is wrong; what is allowed``; empty for a good file.
    """
    found = [f"{key}: unknown; allowed are {', '.join(sorted(_CHECKS))}" for key in row if key not in _CHECKS]
    for key, check in _CHECKS.items():
        if key in row:
            found += check(key, row[key])
    return found + list(_names(row))


def _string(path: str, value: Any) -> _Faults:  # noqa: ANN401 - whatever the file has
    if not isinstance(value, str) or not value.strip():
        yield f"{path}: must be a string that is not empty"


def _flag(path: str, value: Any) -> _Faults:  # noqa: ANN401
    if not isinstance(value, bool):
        yield f"{path}: must be true or false"


def _length(path: str, value: Any) -> _Faults:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        yield f"{path}: must be a number of characters, 0 for no limit"


def _one_of(allowed: tuple[str, ...]) -> Callable[[str, Any], _Faults]:
    def check(path: str, value: Any) -> _Faults:  # noqa: ANN401
        if value not in allowed:
            yield f"{path}: {value!r}; allowed are {', '.join(allowed)}"

    return check


def _table(check: Callable[[str, Any], _Faults], keys: tuple[str, ...], what: str) -> Callable[[str, Any], _Faults]:
    def checked(path: str, value: Any) -> _Faults:  # noqa: ANN401
        if not isinstance(value, dict):
            yield f"{path}: must be a table by {what}"
            return
        for key, inner in value.items():
            if keys and key not in keys:
                yield f"{path}.{key}: unknown {what}; allowed are {', '.join(keys)}"
            else:
                yield from check(f"{path}.{key}", inner)

    return checked


def _or_table(check: Callable[[str, Any], _Faults], keys: tuple[str, ...], what: str) -> Callable[[str, Any], _Faults]:
    table = _table(check, keys, what)
    return lambda path, value: (table if isinstance(value, dict) else check)(path, value)


def _words(path: str, value: Any) -> _Faults:  # noqa: ANN401
    if not isinstance(value, list) or not value:
        yield f"{path}: must be a list of words"
        return
    for number, word in enumerate(value):
        if not isinstance(word, str) or not word.strip("* ") or "*" in word[:-1]:
            yield f"{path}[{number}]: {word!r}; must be a word, with * for any ending at its end only"


def _rows(must: dict[str, Callable[[str, Any], _Faults]], may: tuple[str, ...]) -> Callable[[str, Any], _Faults]:
    def checked(path: str, value: Any) -> _Faults:  # noqa: ANN401
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            yield f"{path}: must be a list of tables, [[{path}]]"
            return
        for number, item in enumerate(value):
            at = f"{path}[{number}]"
            yield from (f"{at}.{key}: missing" for key in must if key not in item)
            yield from (
                f"{at}.{key}: unknown; allowed are {', '.join([*must, *may])}" for key in item if key not in [*must, *may]
            )
            for key, inner in item.items():
                if key in must or key in may:
                    yield from must.get(key, _string)(f"{at}.{key}", inner)

    return checked


def _text(path: str, value: Any) -> _Faults:  # noqa: ANN401
    yield from _string(path, value)
    if not isinstance(value, str):
        return
    kind = path.split(".")[2]
    allowed = (*_PLACEHOLDERS, "customer") if kind == "greeting_named" else _PLACEHOLDERS
    try:
        used = {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
    except ValueError as error:
        yield f"{path}: a brace is open: {error}"
        return
    yield from (f"{path}: {{{name}}} is unknown; allowed are {_slots(allowed)}" for name in sorted(used) if name not in allowed)
    if kind == "greeting_named" and "customer" not in used:
        yield f"{path}: must have {{customer}}, the place of the customer's name"
    if kind != "sign_off" and "\n" in value.strip():
        yield f"{path}: must be one line"
    if value != value.strip():
        yield f"{path}: must not begin or end with white space"


def _slots(allowed: tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in allowed)


def _names(row: dict[str, Any]) -> _Faults:
    """A name that a text needs must be there; so must a text that a setting asks for, in each language with texts."""
    texts = row.get("texts", {})
    for code, own in texts.items() if isinstance(texts, dict) else ():
        if not isinstance(own, dict) or code not in LANGUAGES:
            continue
        for slot in _PLACEHOLDERS:
            users = [kind for kind, text in own.items() if f"{{{slot}}}" in str(text)]
            given = row.get(slot, "")
            if users and not (given.get(code) if isinstance(given, dict) else given):
                yield f"{slot}: missing for {code}; texts.{code}.{users[0]} uses {{{slot}}}"
        for kind in ("greeting", "closing", "sign_off"):
            if row.get(kind, "never") in ("missing", "always") and kind not in own:
                yield f"texts.{code}.{kind}: missing, but {kind} is {row[kind]!r}"
    if any(row.get(kind, "never") != "never" for kind in ("greeting", "closing", "sign_off")) and not texts:
        yield "texts: missing; greeting, closing and sign_off take their words from it"


_language = _one_of(LANGUAGES)
_CHECKS: dict[str, Callable[[str, Any], _Faults]] = {
    "name": _string,
    "company": _or_table(_string, LANGUAGES, "language"),
    "agent": _or_table(_string, LANGUAGES, "language"),
    "tone": _one_of(TONES),
    "exclamation_marks": _flag,
    "emoji": _flag,
    "greeting": _one_of(WHEN),
    "closing": _one_of(WHEN),
    "sign_off": _one_of(WHEN),
    "one_line": _one_of(ONE_LINE),
    "longest_reply": _length,
    "address": _table(_one_of(_ADDRESSES), LANGUAGES, "language"),
    "replace": _table(_table(_string, (), "word"), LANGUAGES, "language"),
    "use": _table(_words, LANGUAGES, "language"),
    "avoid": _rows({"language": _language, "words": _words}, ("use",)),
    "texts": _table(_table(_or_table(_text, TONES, "tone"), TEXTS, "text"), LANGUAGES, "language"),
    "approved": _rows({"language": _language, "text": _string}, ("draft",)),
}
