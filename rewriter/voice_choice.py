"""What a brand's voice adds to the score of a proposal: small, so that it chooses among good replies and mends no bad one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rewriter import overlap
from rewriter.approved import nearest, similarity
from rewriter.checks import OWN_WORD_COST
from rewriter.choice import Preference
from rewriter.guide.lexicon import Lexicon
from rewriter.marks import Language
from rewriter.voice_patterns import VoicePatterns
from rewriter.voice_words import word_pattern

if TYPE_CHECKING:
    from rewriter.brand import Brand

TONE_COST: dict[str, tuple[float, float]] = {
    "reserved": (0.0, 0.15),
    "neutral": (0.0, 0.0),
    "friendly": (0.08, 0.0),
    "warm": (0.15, 0.0),
}
"""By tone, what a reply without thanks or apology loses, and what one with them loses. Proposals for a draft mostly lie 0.05
to 0.3 apart."""
APPROVED_BONUS = 0.4
"""What a reply gains at most for being like the approved reply that is nearest to the draft."""
USE_BONUS = 0.1
"""What a reply gains that has a word the brand likes."""


def preference(brand: Brand, draft: str, language: Language, best: str = "") -> Preference | None:
    """Return how much better or worse a brand finds a proposal.

    Args:
        brand: The voice.
        draft: The draft or passage; an approved reply that is near to it steers.
        language: Its language.
        best: The engine's first proposal.

    Returns:
        A function of the masked proposal, to be added to its score; None if the brand has no preference.
    """
    without, with_courtesy = TONE_COST[brand.tone]
    guide = nearest(draft, brand.approved, language, best)
    liked = word_pattern(brand.use[language]) if brand.use.get(language) else None
    if not (without or with_courtesy or guide or liked):
        return None

    def prefer(text: str) -> float:
        courteous = VoicePatterns.load(language).thanks(text) or Lexicon.load(language).has("apology", text)
        score = -(with_courtesy if courteous else without)
        if guide:
            score += APPROVED_BONUS * similarity(text, guide.text)
            own = overlap.own_words(draft, text, Lexicon.load(language))
            house = overlap.stems(guide.text)  # its words are the house's, not made up: what they cost is given back
            score += OWN_WORD_COST * sum(bool(overlap.stems(word) & house) for word in own)
        if liked and liked.search(text):
            score += USE_BONUS
        return score

    return prefer
