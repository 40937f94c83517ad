"""How a reply is worded: its language, address form, length and fluency. None means that it cannot be scored."""

from __future__ import annotations

from eval.examples import Example
from rewriter.errors import LanguageError
from rewriter.facts import find_facts
from rewriter.folding import fold
from rewriter.guide.lexicon import Lexicon
from rewriter.language import detect
from rewriter.marks import Address
from rewriter.words import known_words, words

FEWEST_WORDS = 4
"""Fewer words do not tell a language."""
SHORTEST_SHARE = 0.75
"""A reply may be that much shorter than the shortest reference before something is probably missing."""
_OTHER: dict[Address, str] = {"formal": "informal_address", "informal": "formal_address"}


def _without_facts(text: str) -> str:
    for fact in reversed(find_facts(text)):
        text = text[: fact.start] + " " + text[fact.end :]
    return text


def language_kept(example: Example, reply: str) -> float | None:
    """1 if the reply is in the draft's language; None if it has too few words besides facts to tell."""
    bare = _without_facts(reply)
    if len(words(bare)) < FEWEST_WORDS:
        return None
    try:
        return float(detect(bare) == example.language)
    except LanguageError:
        return 0.0


def address_kept(example: Example, reply: str) -> float | None:
    """1 if the reply has no word of the wrong address form.

    Of a faulty draft the form is asked for (formal where the example names none); a good draft keeps its own. None in
    English, which has one form, and where neither draft nor reply addresses anybody.
    """
    lexicon = Lexicon.load(example.language)
    if example.language == "en":
        return None
    used = {form for form in _OTHER if lexicon.has(f"{form}_address", example.draft)}
    found = {form for form in _OTHER if lexicon.has(f"{form}_address", reply)}
    if not used and not found:
        return None
    if not reply.strip():
        return 0.0
    allowed = used if example.expect == "alone" else {example.address or "formal"}
    return float(found <= allowed)


def conciseness(example: Example, reply: str) -> float | None:
    """1 if the reply is as long as the references, in words; less the longer or shorter it is. None without references.

    With n words, the longest reference h and the shortest l: 1 for 0.75 l <= n <= h, else h / n or n / (0.75 l).
    """
    if not example.references:
        return None
    count = len(reply.split())
    lengths = [len(reference.split()) for reference in example.references]
    low, high = SHORTEST_SHARE * min(lengths), max(lengths)
    return min(1.0, high / count, count / low) if count else 0.0


def fluency(example: Example, reply: str) -> float | None:
    """The share of the reply's words, facts apart, that exist: in the language's list, or in references or draft.

    The draft counts only where there are no references: its misspellings are no words. None if no word is left to judge
    and for a language without a list; 0 for an empty reply.
    """
    known = known_words(example.language)
    if not known:
        return None
    if not reply.strip():
        return 0.0
    found = words(_without_facts(reply))
    if not found:
        return None
    allowed = {fold(word) for text in example.references or (example.draft,) for word in words(text)}
    return sum(word.lower() in known or fold(word) in allowed for word in found) / len(found)
