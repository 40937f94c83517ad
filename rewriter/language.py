"""Tells Hungarian, Romanian, Polish and English apart, with or without diacritics, and says no to the rest."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from rewriter.errors import LanguageError
from rewriter.folding import fold
from rewriter.marks import LANGUAGES, Language
from rewriter.typical import TYPICAL

NAMES = {"hu": "Hungarian", "ro": "Romanian", "pl": "Polish", "en": "English"}
SURE_OTHER = 0.98
FEWEST_WORDS_OTHER = 6
"""Another language is only claimed with this certainty, in a text of so many words; shorter ones are guessed among ours."""

_lock = threading.Lock()


@lru_cache(maxsize=2)
def _identifier(ours: bool) -> Any:  # noqa: ANN401 - the library is untyped
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if ours:
        identifier.set_languages(list(LANGUAGES))
    return identifier


def _classify(text: str, ours: bool) -> tuple[str, float]:
    with _lock:
        code, certainty = _identifier(ours).classify(text)
    return str(code), float(certainty)


def check_code(code: str) -> Language:
    """Return a language code if it is one of ours.

    Raises:
        LanguageError: If it is not; the message lists the four.
    """
    for language in LANGUAGES:
        if code == language:
            return language
    allowed = ", ".join(f"{code} ({NAMES[code]})" for code in LANGUAGES)
    raise LanguageError(f"The language {code!r} is not known. Allowed are {allowed}.")


def detect(text: str) -> Language:
    """Find the language of a draft.

    Args:
        text: Some words; an empty text counts as English.

    Returns:
        The code of the most likely of the four languages.

    Raises:
        LanguageError: If six words or more are surely in another language.
    """
    words = [word.strip(".,!?:;()\"„”'") for word in fold(text).split()]
    hits = {code: sum(word in typical for word in words) for code, typical in TYPICAL.items()}
    best, second = sorted(hits, key=lambda code: -hits[code])[:2]
    code, certainty = _classify(text, ours=True)
    guess = best if hits[best] >= hits[second] + 2 or (hits[best] > hits[second] and certainty < 0.9) else code
    if len(words) >= FEWEST_WORDS_OTHER and hits[guess] * 6 < len(words):  # type: ignore[index]
        other, sure = _classify(text, ours=False)
        if other not in LANGUAGES and sure >= SURE_OTHER:
            raise LanguageError(
                f"The draft seems to be in another language ({other}). Drafts may be in Hungarian, Romanian, Polish or "
                "English; if it is in one of them, choose the language yourself."
            )
    return check_code(guess)
