"""Clean sentences for restoration: ``<language>/*.txt``, one a line, balanced over files."""

from __future__ import annotations

import random
from pathlib import Path

from rewriter.errors import FileFormatError
from rewriter.marks import LANGUAGES, Language

_SHORTEST, _LONGEST, _FEWEST_WORDS = 12, 220, 3
_OLD_STYLE_LIMIT = 30_000
"""Lines taken of a file of novels: their style is a century old."""


def load(folder: Path, limit: int = 80_000, seed: int = 0) -> dict[Language, list[str]]:
    """Read the sentences of every language.

    Args:
        folder: The folder that holds one folder a language.
        limit: Lines taken of one file at most, chosen by chance.
        seed: Of that chance.

    Returns:
        Sentences of 12 to 220 characters and three words or more, shuffled, none twice.

    Raises:
        FileFormatError: If a language has no text.
    """
    rng, texts = random.Random(seed), {}
    for language in LANGUAGES:
        lines: set[str] = set()
        for path in sorted((folder / language).glob("*.txt")):
            share = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
            rng.shuffle(share)
            share = share[: min(limit, _OLD_STYLE_LIMIT) if "novels" in path.name else limit]
            lines.update(s for s in share if _SHORTEST <= len(s) <= _LONGEST and len(s.split()) >= _FEWEST_WORDS)
        if not lines:
            raise FileFormatError(f"No text in {folder / language}: put files *.txt there, one sentence a line.")
        texts[language] = sorted(lines)
        rng.shuffle(texts[language])
    return texts
