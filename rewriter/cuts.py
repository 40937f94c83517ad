"""Proposals that only leave out: the draft without an aside, a refusal with the word that softens it.

What the model writes anew may drift from the draft; what is cut out of it cannot. The cuts are put beside the model's own
proposals, the model says how likely each is as a reply, and the checks judge all alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rewriter.facts import MARK
from rewriter.folding import fold
from rewriter.guide.lexicon import Lexicon
from rewriter.marks import Language
from rewriter.pointers import plain

BONUS = 0.5
"""What a cut gains over what the model wrote itself: its grammar is the agent's own, which the score does not tell."""
MOST = 4
"""Cuts of one passage that the model is asked about."""
FEWEST_WORDS, MOST_PARTS = 2, 9
_PART = re.compile(r"[^.!?…,;:–—]+(?:(?<=\d)[.,:](?=\d)[^.!?…,;:–—]*)*[.!?…,;:–—]*\s*")
_SENTENCE = re.compile(r"[^.!?…\s](?:[^.!?…]|(?<=\d)[.,](?=\d))*[.!?…]*")
_OPENERS: dict[Language, str] = {"hu": "Sajnos ", "ro": "Din păcate, ", "pl": "Niestety ", "en": "I'm afraid "}
_LINKS: dict[Language, str] = {
    "hu": "es|de|mert|hogy|pedig|szoval|na|hat|szal|ugyhogy|viszont|jo|ja|nos|mondjuk|amugy",
    "ro": "si|dar|ca|deci|ca sa|pai|asa ca|iar|insa|na|bine|ma rog|gata|adica",
    "pl": "i|a|ale|bo|wiec|no|to|ze|czyli|natomiast|dobra|ok|zatem|tylko",
    "en": "and|but|so|because|cause|cos|well|look|ok|okay|right|anyway|now|listen|since|as",
}
"""Folded words that joined what was cut off to what stays."""
_LINK = {code: re.compile(rf"(?:(?:{words})\b[, ]*)+(?=\S)") for code, words in _LINKS.items()}


def parts(masked: str) -> list[str]:
    """Split a passage at its punctuation; the parts joined are the passage."""
    found = _PART.findall(masked)
    return found if "".join(found) == masked else [masked]


def _tidy(text: str, language: Language) -> str:
    """Make a sentence of what stays: no dangling link before it, a full stop behind it, a capital at its head."""
    text = text.strip(" ,;:–—")
    link = _LINK[language].match(fold(text))
    if link:
        text = text[link.end() :]
    if text and text[-1] not in '.!?…)"”':
        text += "."
    return text[:1].upper() + text[1:]


def _shortened(masked: str, language: Language) -> Iterator[str]:
    """Yield what stays without one run of parts, and without what lies before and behind another."""
    pieces = parts(masked)
    count = len(pieces)
    if count > MOST_PARTS:
        return
    for size in range(count):
        for start in range(count - size + 1 if size else 1):
            gone, before, after = ("".join(run) for run in (pieces[start : start + size], pieces[:start], pieces[start + size :]))
            if not MARK.search(gone):
                whole = not before or before.rstrip()[-1:] in ".!?…"
                joined = before + _tidy(after, language) if whole and after else before.rstrip(" ,;:–—") + _stop(gone, after)
                yield _tidy(joined, language)
    for start in range(1, count - 1):
        for end in range(start + 1, count):
            if not MARK.search("".join([*pieces[:start], *pieces[end:]])):
                yield _tidy("".join(pieces[start:end]), language)


def _stop(gone: str, after: str) -> str:
    """Return how a sentence goes on whose middle or end was cut out."""
    if not after:
        return ""
    if gone.rstrip()[-1:] in ".!?…":
        return gone.rstrip()[-1:].replace("!", ".").replace("?", ".") + " " + after
    return ", " + after


def _softened(text: str, language: Language, lexicon: Lexicon) -> str:
    """Put a word of regret before the first sentence that refuses; a question and a text that has such a word stay."""
    if lexicon.has("limit", text) or lexicon.has("apology", text):
        return text
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        if lexicon.has("negation", sentence) and "?" not in sentence:
            return text[: match.start()] + _OPENERS[language] + plain(sentence, language) + text[match.end() :]
    return text


def cuts(masked: str, language: Language, lexicon: Lexicon) -> list[str]:
    """Return the passage without some of its parts, and each refusal among them softened too.

    Args:
        masked: The passage, its facts as marks; may be empty.
        language: Its language.
        lexicon: The binding words of its language.

    Returns:
        Texts without repetition, the longest first; no part with a fact is ever left out.
    """
    found: dict[str, None] = {}
    for text in _shortened(masked, language):
        if len(text.split()) < FEWEST_WORDS:
            continue
        found[text] = None
        softer = _softened(text, language, lexicon)
        if softer != text:
            found[softer] = None
    found.pop(masked, None)
    return list(found)
