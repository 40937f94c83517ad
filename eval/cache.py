"""Keeps replies by system, task and version, so that a run resumes where it was broken off and is never done twice."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from eval.examples import Example


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system made of an example.

    Attributes:
        text: The reply; None if it failed.
        error: Why it failed; None if it did not.
        milliseconds: How long it took, as its share of the examples that were computed together.
    """

    text: str | None
    error: str | None
    milliseconds: float


def folder() -> Path:
    """Return where replies are kept: ``eval`` in the user's cache of this package, or in ``REWRITER_CACHE``."""
    return Path(os.environ.get("REWRITER_CACHE") or user_cache_path("rewriter")) / "eval"


class Cache:
    """Replies of one system on one task, one JSON line each, written as they come. Failures are not kept: they are tried again.

    Args:
        place: The folder of all replies; None keeps nothing.
        fingerprint: Of the system; an empty one keeps nothing.
        task: Name and version of the task.
    """

    def __init__(self, place: Path | None, fingerprint: str, task: str) -> None:
        self.path = place / fingerprint / f"{task}.jsonl" if place and fingerprint else None
        self._known: dict[str, Reply] = {}
        if self.path and self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                self._read(line)

    def _read(self, line: str) -> None:
        try:
            row = json.loads(line)
            self._known[row["key"]] = Reply(row["text"], row["error"], row["milliseconds"])
        except (json.JSONDecodeError, KeyError, TypeError):
            return  # the last line of a run that was killed while it wrote: computed again

    def find(self, example: Example) -> Reply | None:
        """Return what is kept for an example; None if nothing is."""
        return self._known.get(_key(example))

    def add(self, example: Example, reply: Reply) -> None:
        """Keep a reply, on disk at once."""
        self._known[_key(example)] = reply
        if not self.path:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        row = {"key": _key(example), "text": reply.text, "error": reply.error, "milliseconds": reply.milliseconds}
        with self.path.open("a", encoding="utf-8") as file:
            file.write("\n" * _broken_off(self.path) + json.dumps(row, ensure_ascii=False) + "\n")


def _broken_off(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _key(example: Example) -> str:
    """An example's id, with a hash of all that a system is given: other text under the same id is never mixed up."""
    given = "\0".join([example.language, example.address or "", example.draft])
    return f"{example.id} {hashlib.sha256(given.encode()).hexdigest()[:12]}"
