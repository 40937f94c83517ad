"""Bends grammar: another form of a word, two words the wrong way round, a small word gone; what is restored teaches agreement."""

from __future__ import annotations

import random
import re

from rewriter.marks import Language
from rewriter.words import known_words

_STEM = 4
"""Letters that two forms of a word share at least."""
_ENDING = 4
"""Letters at most by which a form may go on behind what both share."""
_SMALL = 4
"""Letters of a word that may be dropped: articles, prepositions, auxiliaries, pronouns."""
_PLAIN = re.compile(r"[^\W\d_]+(?=[,.!?;:]?$)")


class Bender:
    """Bends sentences of one language.

    Args:
        language: The language, whose list of words says which forms there are.
    """

    def __init__(self, language: Language) -> None:
        self.by_stem: dict[str, list[str]] = {}
        for word in sorted(known_words(language)):
            if len(word) >= _STEM and word.isalpha():
                self.by_stem.setdefault(word[:_STEM], []).append(word)

    def other_form(self, word: str, rng: random.Random) -> str:
        """Return a word that begins like this one and differs in its ending only, drawn; the word itself if there is none."""
        plain = word.lower()
        shared = max(_STEM, len(plain) - _ENDING + 1)
        able = [
            other
            for other in self.by_stem.get(plain[:_STEM], ())
            if other != plain and other.startswith(plain[:shared]) and len(other) - shared <= _ENDING
        ]
        if not able:
            return word
        other = rng.choice(able)
        return other[:1].upper() + other[1:] if word[:1].isupper() else other

    def bend(self, text: str, rng: random.Random) -> str:
        """Bend one to three places of a sentence.

        Args:
            text: A masked sentence; marks are never touched.
            rng: The source of chance.

        Returns:
            The bent sentence; the sentence itself where chance found nothing to bend.
        """
        parts = text.split(" ")
        for _ in range(rng.choice([1, 1, 2, 3])):
            at, kind = rng.randrange(len(parts)), rng.random()
            found = _PLAIN.match(parts[at])
            if not found:
                continue
            if kind < 0.7:
                parts[at] = self.other_form(found.group(), rng) + parts[at][found.end() :]
            elif kind < 0.85 and len(found.group()) <= _SMALL and found.group() == parts[at] and len(parts) > 3:
                del parts[at]
            elif at and "<" not in parts[at - 1] and parts[at] == found.group() and parts[at - 1].isalpha():
                parts[at - 1], parts[at] = parts[at], parts[at - 1]
        return " ".join(parts)
