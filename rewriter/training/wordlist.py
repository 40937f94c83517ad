"""Makes the list of words of a language from clean text and the handwritten data, for the check of made-up words."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

from rewriter.marks import Language
from rewriter.training.data import LanguageData
from rewriter.words import FOLDER, words

RAREST = 1
"""Times a word must occur in the corpus: once, since it is edited text and inflected forms are rare."""


def handwritten(data: LanguageData) -> list[str]:
    """Return the good sides of all data, and all fillers: text in correct spelling."""
    texts = [text for group in data.frames + data.messages for text in group.good + group.informal]
    texts += [text for pair in data.address for text in pair]
    texts += [reply.text for reply in data.good + data.neutral]
    return texts + [form for fillers in data.fillers.values() for filler in fillers for form in filler.values()]


def build(language: Language, corpus: list[str], data: LanguageData, folder: Path = FOLDER) -> int:
    """Write the list of a language.

    Args:
        language: Its code.
        corpus: Clean sentences.
        data: All handwritten data of the language.
        folder: Where ``words-<language>.txt.gz`` goes.

    Returns:
        The number of words.
    """
    counts = Counter(word.lower() for text in corpus for word in words(text))
    kept = {word for word, count in counts.items() if count >= RAREST}
    kept |= {word.lower() for text in handwritten(data) for word in words(text)}
    blob = "\n".join(sorted(kept)).encode("utf-8")
    (folder / f"words-{language}.txt.gz").write_bytes(gzip.compress(blob, 9, mtime=0))
    return len(kept)
