"""Examples: one draft each, read from files whose hashes are pinned, and drafts made harder on purpose."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from rewriter.errors import FileFormatError
from rewriter.marks import LANGUAGES, Address, Language
from rewriter.training.noise import misspell, strip_diacritics

DATA = Path(__file__).parent / "data"
MANIFEST = "manifest.json"
Expect = Literal["resolve", "alone"]


@dataclass(frozen=True, slots=True)
class Example:
    """One draft of a task.

    Attributes:
        id: Unique within the task.
        language: Of the draft.
        draft: What the system is given.
        expect: ``resolve`` its faults, or leave it ``alone``.
        rules: Ids of the rules that it breaks; empty for good replies.
        references: Good replies; may be empty.
        keep: Literal spans that every reply must hold.
        must: What binds, as patterns over folded text; each must be found in the reply, at the start of a word.
        never: What would turn it round, as patterns over folded text; none may be found in the reply.
        address: The address form that is asked of the reply; None leaves it to the system's default, formal.
        document: Where it comes from, for the documents' own examples.
        fault: Why it cannot be used; empty if it can. Only rows of an evaluator's own file have one.
    """

    id: str
    language: Language
    draft: str
    expect: Expect
    rules: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    document: str = ""
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    address: Address | None = None
    fault: str = ""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a data file.

    Raises:
        FileFormatError: If its hash is not the one of the manifest.
    """
    manifest = json.loads((DATA / MANIFEST).read_text(encoding="utf-8"))
    found = digest(path)
    if manifest.get(path.name) != found:
        raise FileFormatError(
            f"{path.name} does not match its hash in {MANIFEST} ({found[:12]}…): the data of a task are frozen. Restore "
            "the file, or raise the task's version and write the new hash."
        )
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def example(row: dict[str, Any], language: Language, expect: Expect) -> Example:
    """Make an example of a row of a data file."""
    return Example(
        row["id"],
        language,
        row["draft"] if "draft" in row else row["text"],
        expect,
        tuple(row.get("rules", ())),
        tuple(row.get("references", ())),
        tuple(row.get("keep", ())),
        row.get("document", ""),
        tuple(row.get("must", ())),
        tuple(row.get("never", ())),
        row.get("address"),
    )


def by_language(name: str, expect: Expect = "resolve") -> list[Example]:
    """Read ``name-hu.jsonl`` and the files of the other languages."""
    return [example(row, code, expect) for code in LANGUAGES for row in rows(DATA / f"{name}-{code}.jsonl")]


def disturbed(examples: list[Example]) -> list[Example]:
    """Return each example three times: without diacritics, in capitals, with two typos; its facts stay."""
    made: list[Example] = []
    for one in examples:
        keep = "".join(one.keep)
        plain = one.draft if strip_diacritics(keep) != keep else strip_diacritics(one.draft)
        for name, draft in (("plain", plain), ("capitals", _in_capitals(one)), ("typos", _two_typos(one))):
            made.append(replace(one, id=f"{one.id}-{name}", draft=draft))
    return made


def _two_typos(one: Example) -> str:
    rng, words = random.Random(one.id), one.draft.split(" ")
    able = [i for i, w in enumerate(words) if len(w) > 3 and w.isalpha() and w not in " ".join(one.keep)]
    for i in rng.sample(able, min(2, len(able))):
        words[i] = misspell(words[i], rng)
    return " ".join(words)


def _in_capitals(one: Example) -> str:
    pieces = [one.draft]
    for span in one.keep:
        pieces = [part for piece in pieces for part in _parted(piece, span)]
    return "".join(piece if piece in one.keep else piece.upper() for piece in pieces)


def _parted(piece: str, span: str) -> list[str]:
    before, found, after = piece.partition(span)
    return [part for part in (before, found, after) if part]
