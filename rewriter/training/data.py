"""Reads the handwritten data of one language and refuses what does not follow their format (see data/README.md)."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rewriter.errors import TrainingDataError
from rewriter.marks import Language

DATA_DIR = Path(__file__).parent / "data"
SLOT = re.compile(r"(?<!\{)\{([a-z_]+?)(\d?)(?:\.([a-z_0-9]+))?\}(?!\})")
HELD_OUT_ONE_IN = 24
"""One group, message and reply in so many is kept for validation, chosen by its text's hash."""

_KEYS: dict[str, tuple[set[str], set[str]]] = {  # kind: keys required, keys allowed besides
    "frames": ({"rules", "bad", "good"}, {"informal", "note"}),
    "slots": ({"slot"}, set()),
    "pairs": ({"rules", "bad", "good"}, {"informal"}),
    "messages": ({"rules", "draft", "reply"}, {"informal", "field", "channel", "note"}),
    "address": ({"informal", "formal"}, set()),
    "good": ({"text", "form"}, {"note", "rules"}),
    "neutral": ({"text", "form"}, {"note", "rules"}),
}


@dataclass(frozen=True)
class Group:
    """One meaning: bad sentences, any of which any good one answers.

    Attributes:
        rules: Ids of the rules that the bad sentences break.
        bad: Sentences with slots.
        good: Their answers in the formal address, or in none.
        informal: Their answers in the informal address; may be empty.
    """

    rules: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    informal: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """A text that stays as it is; ``form`` is its address form: formal, informal or neutral."""

    text: str
    form: str


@dataclass
class LanguageData:
    """All data of one language, or one side (training, validation) of them.

    Attributes:
        frames: Groups of sentences with slots.
        messages: Whole messages, as groups of one draft.
        pairs: Drafts without slots that say one thing in several ways, and their replies.
        address: (informal, formal) pairs.
        good: Replies to be left alone.
        neutral: Sentences that stand between others unchanged.
        fillers: Slot name to its fillers, each a map from form to text.
    """

    frames: list[Group] = field(default_factory=list)
    messages: list[Group] = field(default_factory=list)
    pairs: list[Group] = field(default_factory=list)
    address: list[tuple[str, str]] = field(default_factory=list)
    good: list[Reply] = field(default_factory=list)
    neutral: list[Reply] = field(default_factory=list)
    fillers: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def _rows(folder: Path, faults: list[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.jsonl")):
        kind = path.name.split("-")[0]
        if kind not in _KEYS:
            faults.append(f"{path.name}: its kind is {kind!r}, allowed are {', '.join(_KEYS)}")
            continue
        required, allowed = _KEYS[kind]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            place = f"{path.name}:{number}"
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                faults.append(f"{place}: not JSON ({error})")
                continue
            if not isinstance(row, dict) or required - set(row):
                faults.append(f"{place}: needs the keys {', '.join(sorted(required))}")
            elif kind != "slots" and set(row) - required - allowed:
                faults.append(f"{place}: unknown keys {', '.join(sorted(set(row) - required - allowed))}")
            else:
                yield place, kind, row


def _add(data: LanguageData, kind: str, row: dict[str, Any]) -> None:
    if kind == "slots":
        data.fillers.setdefault(row["slot"], []).append({k: v for k, v in row.items() if k != "slot"})
    elif kind in ("frames", "pairs"):
        informal = tuple(row.get("informal", ()))
        groups = data.frames if kind == "frames" else data.pairs
        groups.append(Group(tuple(row["rules"]), tuple(row["bad"]), tuple(row["good"]), informal))
    elif kind == "messages":
        informal = (row["informal"],) if row.get("informal") else ()
        data.messages.append(Group(tuple(row["rules"]), (row["draft"],), (row["reply"],), informal))
    elif kind == "address":
        data.address.append((row["informal"], row["formal"]))
    else:
        (data.good if kind == "good" else data.neutral).append(Reply(row["text"], row["form"]))


def _slot_faults(data: LanguageData) -> Iterator[str]:
    for group in data.frames:
        shared = set.intersection(*(slot_names(bad) for bad in group.bad))
        for text in group.bad + group.good + group.informal:
            for name, _, form in SLOT.findall(text):
                if not any((form or "text") in filler for filler in data.fillers.get(name, [])):
                    yield f"no filler of slot {name!r} has the form {form or 'text'!r}: {text}"
        for text in group.good + group.informal:
            lacking = slot_names(text) - shared
            if lacking:
                yield f"a good sentence uses {', '.join(lacking)}, which not every bad one has: {text}"


def load(language: Language, folder: Path = DATA_DIR) -> LanguageData:
    """Read and check all data of one language.

    Args:
        language: Its code, the name of the folder.
        folder: The folder that holds the languages' folders.

    Returns:
        The data; empty lists for kinds of which there is no file.

    Raises:
        TrainingDataError: With every fault and its place.
    """
    data = LanguageData()
    faults: list[str] = []
    for _, kind, row in _rows(folder / language, faults):
        _add(data, kind, row)
    faults += _slot_faults(data)
    if faults:
        raise TrainingDataError(f"{len(faults)} faults in the data of {language}:\n" + "\n".join(faults[:50]))
    return data


def slot_names(text: str) -> set[str]:
    """Return the names of a frame's slots, numbers included, forms not."""
    return {name + number for name, number, _ in SLOT.findall(text)}


def is_held_out(text: str) -> bool:
    """Say whether a text belongs to the validation side; depends on nothing but the text."""
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16) % HELD_OUT_ONE_IN == 0


def split(data: LanguageData) -> tuple[LanguageData, LanguageData]:
    """Split into training and validation data, by group, never by filler; fillers are on both sides."""
    sides = (LanguageData(fillers=data.fillers), LanguageData(fillers=data.fillers))
    for group in data.frames:
        sides[is_held_out(group.bad[0])].frames.append(group)
    for group in data.messages:
        sides[is_held_out(group.bad[0])].messages.append(group)
    for group in data.pairs:
        sides[is_held_out(group.bad[0])].pairs.append(group)
    for informal, formal in data.address:
        sides[is_held_out(formal)].address.append((informal, formal))
    for reply in data.good:
        sides[is_held_out(reply.text)].good.append(reply)
    for reply in data.neutral:
        sides[is_held_out(reply.text)].neutral.append(reply)
    return sides


def fill(texts: list[str], data: LanguageData, rng: random.Random) -> list[str]:
    """Fill the slots of some texts of one group, the same filler in all of them.

    Args:
        texts: Sentences with slots, of one group.
        data: Where the fillers are.
        rng: The source of chance.

    Returns:
        The sentences; a filler that begins one is capitalised.
    """
    wanted: dict[str, set[str]] = {}
    for text in texts:
        for name, number, form in SLOT.findall(text):
            wanted.setdefault(name + number, set()).add(form or "text")
    chosen: dict[str, dict[str, str]] = {}
    for key, forms in sorted(wanted.items()):
        name = key.rstrip("0123456789")
        able = [f for f in data.fillers[name] if forms <= set(f) and f not in chosen.values()]
        chosen[key] = rng.choice(able or data.fillers[name])
    filled = []
    for text in texts:
        pieces, at = [], 0
        for match in SLOT.finditer(text):
            filler = chosen[match[1] + match[2]].get(match[3] or "text", "")
            begins = not text[: match.start()].strip(' „"(') or text[: match.start()].rstrip()[-1:] in ".!?…"
            pieces += [text[at : match.start()], filler[:1].upper() + filler[1:] if begins else filler]
            at = match.end() + (filler.endswith(".") and text[match.end() : match.end() + 1] == ".")  # "8." ends it
        filled.append("".join([*pieces, text[at:]]))
    return filled
