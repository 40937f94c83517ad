"""Makes the list of words of a language from clean text and the handwritten data, for the check of made-up words."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

from rewriter.folding import fold
from rewriter.marks import Language
from rewriter.names import name_spans
from rewriter.training.data import LanguageData
from rewriter.words import FOLDER, words

RAREST = 1
"""Times a word must occur in the corpus: once, since it is edited text and inflected forms are rare."""
NAME_RAREST = 3
"""Times a word must stand with a capital inside a sentence, and never without one, to count as a name."""

DOMINANT_LEAST, DOMINANT_SHARE = 20, 0.95


def handwritten(data: LanguageData) -> list[str]:
    """Return the good sides of all data, and all fillers: text in correct spelling."""
    texts = [text for group in data.frames + data.messages + data.pairs for text in group.good + group.informal]
    texts += [text for pair in data.address for text in pair]
    texts += [reply.text for reply in data.good + data.neutral]
    return texts + [form for fillers in data.fillers.values() for filler in fillers for form in filler.values()]


def _capitalised(texts: list[str]) -> Counter[str]:
    """Count words with a capital that are no sentence's first word."""
    counts: Counter[str] = Counter()
    for text in texts:
        for start, end in name_spans(text):
            counts.update(word.lower() for word in words(text[start:end]) if len(word) > 2 and not word.isupper())
    return counts


def build(language: Language, corpus: list[str], data: LanguageData, folder: Path = FOLDER) -> int:
    """Write the lists of words and of names of a language.

    Args:
        language: Its code.
        corpus: Clean sentences.
        data: All handwritten data of the language.
        folder: Where ``words-<language>.txt.gz`` and ``names-<language>.txt.gz`` go.

    Returns:
        The number of words.
    """
    own = handwritten(data)
    counts = Counter(word.lower() for text in corpus for word in words(text))
    small = {word for text in corpus + own for word in words(text) if word[0].islower()}
    capital, ours = _capitalised(corpus), _capitalised(own)
    names = {word for word, count in capital.items() if count >= NAME_RAREST} | set(ours)
    _write(folder / f"names-{language}.txt.gz", names - small)
    kept = {word for word, count in counts.items() if count >= RAREST}
    kept |= {word.lower() for text in own for word in words(text)}
    _write(folder / f"words-{language}.txt.gz", kept)
    _write(folder / f"readings-{language}.txt.gz", {f"{plain}\t{word}" for plain, word in dominant(counts).items()})
    return len(kept)


def dominant(counts: Counter[str]) -> dict[str, str]:
    """Find words with diacritics that their letters without them nearly always stand for.

    Args:
        counts: Words in lower case and how often each stands in clean text.

    Returns:
        Letters without diacritics to the word; only where clean text has other readings, and one of at least
        ``DOMINANT_LEAST`` uses has ``DOMINANT_SHARE`` of all.
    """
    readings: dict[str, list[str]] = {}
    for word in counts:
        readings.setdefault(fold(word), []).append(word)
    found = {}
    for plain, all_of_them in readings.items():
        best = max(all_of_them, key=lambda word: counts[word])
        total = sum(counts[word] for word in all_of_them)
        if len(all_of_them) > 1 and best != plain and counts[best] >= max(DOMINANT_LEAST, DOMINANT_SHARE * total):
            found[plain] = best
    return found


def _write(path: Path, lines: set[str]) -> None:
    path.write_bytes(gzip.compress("\n".join(sorted(lines)).encode("utf-8"), 9, mtime=0))
