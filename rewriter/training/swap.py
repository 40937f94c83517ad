"""Puts rare words in place of words that draft and reply share: what the model does not know by heart it must copy."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable

from rewriter.marks import MARK_PATTERN, Language
from rewriter.words import known_words, words

SHORTEST, LONGEST = 5, 14
"""Letters of a word that is put in place of another, or replaced."""
_COMMON = 500
"""So many of the commonest words of replies are never replaced: the model is to know those by heart."""
_MOST = 3
_ENDING = 2


class Swapper:
    """Swaps words of one language's pairs.

    Args:
        language: Their language.
        replies: Good sides, slots and all; their commonest words are left in peace.
    """

    def __init__(self, language: Language, replies: Iterable[str]) -> None:
        counts = Counter(word.lower() for reply in replies for word in words(reply) if len(word) >= SHORTEST)
        self.common = frozenset(word for word, _ in counts.most_common(_COMMON))
        self.by_ending: dict[str, list[str]] = {}
        for word in sorted(known_words(language)):
            if SHORTEST <= len(word) <= LONGEST and word.isalpha():
                self.by_ending.setdefault(word[-_ENDING:], []).append(word)

    def swap(self, draft: str, reply: str, rng: random.Random) -> tuple[str, str]:
        """Replace up to three words that both sides have, the same way in both.

        Args:
            draft: The masked draft.
            reply: The masked reply.
            rng: The source of chance.

        Returns:
            Both sides; unchanged if they share no word that may be replaced. The new word ends like the old one, so that
            the sentence's grammar mostly stands, whatever it then means.
        """
        bare = MARK_PATTERN.sub(" ", draft)
        both = set(words(bare)) & set(words(MARK_PATTERN.sub(" ", reply)))
        able = sorted(w for w in both if len(w) >= SHORTEST and w[1:].islower() and w.lower() not in self.common)
        able = [word for word in able if word[-_ENDING:] in self.by_ending]
        for word in rng.sample(able, min(len(able), rng.randint(1, _MOST))):
            other = rng.choice(self.by_ending[word[-_ENDING:]])
            if word[0].isupper():  # a sentence's first word
                other = other[0].upper() + other[1:]
            place = re.compile(rf"(?<![\w<]){re.escape(word)}(?!\w)")
            draft, reply = place.sub(other, draft), place.sub(other, reply)
        return draft, reply
