"""What agents thought of the replies: kept in SQLite on this machine, facts masked before anything is stored."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path

from rewriter import facts
from rewriter.errors import InputError
from rewriter.types import Rewrite

Verdict = Literal["accepted", "edited", "refused"]
VERDICTS: tuple[Verdict, ...] = ("accepted", "edited", "refused")
MAX_COMMENT = 2_000
"""Longest comment, in characters; a longer one is refused, never cut."""
MAX_WORDING = 16_000
"""Longest final wording, in characters: twice the longest draft."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    draft TEXT NOT NULL, proposed TEXT NOT NULL, final TEXT NOT NULL,
    language TEXT NOT NULL, address TEXT NOT NULL, rules TEXT NOT NULL, verdict TEXT NOT NULL, comment TEXT NOT NULL
)"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of verdicts.

    Attributes:
        total: Replies rated.
        verdicts: Verdict to its count; all three are there.
        languages: Language code to counts by verdict.
        rules: Rule id to counts by verdict, of drafts in which the rule was found broken.
    """

    total: int
    verdicts: dict[str, int]
    languages: dict[str, dict[str, int]]
    rules: dict[str, dict[str, int]]


class FeedbackStore:
    """A file of feedback; safe to be used from several threads and processes.

    Args:
        path: The SQLite file, made on the first write; by default the one that ``default_path`` names.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()

    def add(self, result: Rewrite, final: str, *, liked: bool, comment: str = "") -> Verdict:
        """Store what an agent thought of a reply.

        Args:
            result: The rewrite that was shown.
            final: The wording that the agent would send.
            liked: Thumbs up.
            comment: Free text, up to ``MAX_COMMENT`` characters; may be empty.

        Returns:
            ``accepted`` (liked as it was), ``edited`` (liked and changed) or ``refused``.

        Raises:
            InputError: If the wording is empty or a text is too long.
        """
        if not final.strip():
            raise InputError("The final wording is empty. Write what you would send.")
        for name, text, limit in (("comment", comment, MAX_COMMENT), ("final wording", final, MAX_WORDING)):
            if len(text) > limit:
                raise InputError(f"The {name} has {len(text)} characters; up to {limit} are allowed. Shorten it.")
        verdict: Verdict = "refused" if not liked else "accepted" if final.strip() == result.text.strip() else "edited"
        draft = facts.mask(result.draft)
        proposed = facts.mask(result.text, draft.facts)
        wording = facts.mask(final, proposed.facts)
        said = facts.mask(comment, wording.facts)
        rules = json.dumps(list(dict.fromkeys(finding.rule for finding in result.findings)))
        row = (draft.text, proposed.text, wording.text, result.language, result.address, rules, verdict, said.text.strip())
        with self._open() as database:
            database.execute(
                "INSERT INTO feedback (draft, proposed, final, language, address, rules, verdict, comment) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        return verdict

    def figures(self) -> Figures:
        """Count the verdicts; all counts are 0 where nothing was stored."""
        figures = Figures(0, dict.fromkeys(VERDICTS, 0), {}, {})
        total = 0
        for language, rules, verdict in self._rows("SELECT language, rules, verdict FROM feedback ORDER BY language"):
            total += 1
            figures.verdicts[verdict] += 1
            figures.languages.setdefault(language, dict.fromkeys(VERDICTS, 0))[verdict] += 1
            for rule in json.loads(rules):
                figures.rules.setdefault(rule, dict.fromkeys(VERDICTS, 0))[verdict] += 1
        by_count = sorted(figures.rules.items(), key=lambda item: (-sum(item[1].values()), item[0]))
        return Figures(total, figures.verdicts, figures.languages, dict(by_count))

    def pairs(self) -> Iterator[dict[str, object]]:
        """Give the training pairs, oldest first, facts as marks.

        A refused reply gives a pair only where the agent wrote another one. A wording that loses or makes up a fact gives
        none: no model is to learn that.

        Yields:
            ``draft``, ``reply``, ``language``, ``rules`` (ids; none where the draft was good) and ``address``.
        """
        query = "SELECT draft, proposed, final, language, address, rules, verdict FROM feedback ORDER BY id"
        for draft, proposed, final, language, address, rules, verdict in self._rows(query):
            if (verdict == "refused" and final.strip() == proposed.strip()) or facts.compare(draft, final):
                continue
            broken = json.loads(rules) if draft != final else []
            yield {"draft": draft, "reply": final, "language": language, "rules": broken, "address": address}

    def export(self, out: Path) -> int:
        """Write the training pairs as JSON Lines, as ``rewriter train --pairs`` takes them.

        Args:
            out: The file; it appears when all pairs are written.

        Returns:
            How many pairs were written; 0 gives an empty file.
        """
        lines = [json.dumps(pair, ensure_ascii=False) + "\n" for pair in self.pairs()]
        fresh = out.with_name(f".{out.name}.{os.getpid()}.tmp")
        fresh.write_text("".join(lines), encoding="utf-8")
        os.replace(fresh, out)
        return len(lines)

    def erase(self) -> int:
        """Erase all feedback from the file for good.

        Returns:
            How many entries there were.
        """
        if not self.path.exists():
            return 0
        with self._open() as database:
            count = database.execute("DELETE FROM feedback").rowcount
        with closing(self._connect()) as database:
            database.execute("VACUUM")
        return count

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        if not self.path.exists():  # reading must not leave a file behind
            return []
        with self._open() as database:
            return database.execute(query).fetchall()

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=30)
        database.execute("PRAGMA secure_delete = ON")  # erased text is overwritten, not only forgotten
        return database

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self.path.exists():
            self.path.touch(mode=0o600)  # nobody else on this machine reads it
        with closing(self._connect()) as database, database:
            database.execute(_SCHEMA)
            yield database


def default_path() -> Path:
    """Return the feedback file: ``$REWRITER_FEEDBACK``, else one in the user's data folder."""
    own = os.environ.get("REWRITER_FEEDBACK")
    return Path(own) if own else user_data_path("rewriter", appauthor=False) / "feedback.sqlite3"
