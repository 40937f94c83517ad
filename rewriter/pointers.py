"""Word marks: a word that the tokenizer cuts into pieces gets a mark behind it, and the reply may say the mark for the word.

A small model copies a whole token far better than it spells a rare word again piece by piece. So "a garanciajegy van" is shown
to it as "a garanciajegy<w0> van", and "Kérem a<w0>et." in its output means "Kérem a garanciajegyet.": the mark stands for the
blank before the word and the word itself, letters right behind it are an ending. It is the idea of pointer networks (Vinyals
et al., 2015) and copying mechanisms (Gu et al., 2016) with nothing but tokens, so that any sequence-to-sequence runtime can
run it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rewriter.marks import WORD_MARKS, Language
from rewriter.words import known_names

_WORD = re.compile(r"(?<![\w<>'’-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w<>]|['’-]\w)")
_MARK = re.compile(r"<w(\d{1,2})>")
_SENTENCE_END = re.compile(r"(?:^|[.!?…\n])[\s„“”\"»«(]*\Z")
_NO_BLANK_BEHIND = ' \n\t(„“"»«[/-'
SHORTEST = 3
"""Letters of a word that is worth a mark."""
SHORTEST_STEM, LONGEST_ENDING = 4, 6
"""Letters of a marked word that may get an ending, and of that ending."""

IsLong = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Pointed:
    """A text with word marks.

    Attributes:
        text: The text, a mark behind every word that has one.
        words: Mark to its word, in lower case where only a sentence's beginning gave it a capital.
    """

    text: str
    words: dict[int, str]


def is_long(count_pieces: Callable[[str], int]) -> IsLong:
    """Return a test for words of more than one piece, its answers kept.

    Args:
        count_pieces: Gives the number of pieces of a text.
    """
    answers: dict[str, bool] = {}

    def test(word: str) -> bool:
        if word not in answers:
            answers[word] = count_pieces(" " + word) > 1
        return answers[word]

    return test


def _begins(before: str) -> bool:
    return _SENTENCE_END.search(before[-40:] if len(before) > 40 else before) is not None


def _plain(word: str, before: str, language: Language) -> str:
    """Take away the capital that a word has for nothing but its place."""
    titled = word[0].isupper() and (len(word) == 1 or word[1:].islower())
    return word[0].lower() + word[1:] if titled and _begins(before) and word.lower() not in known_names(language) else word


def plain(text: str, language: Language) -> str:
    """Return a sentence as it stands behind other words: without the capital that its place gave it."""
    match = _WORD.match(text)
    return _plain(match.group(), "", language) + text[match.end() :] if match and match.group() != "I" else text


def _say(before: str, word: str) -> str:
    """Return ``before`` with a word put behind it as its mark means it."""
    blank = "" if not before or before[-1] in _NO_BLANK_BEHIND else " "
    return before + blank + (word[0].upper() + word[1:] if _begins(before) else word)


def long_words(tokenizer: Any) -> IsLong | None:  # noqa: ANN401 (transformers is not needed here)
    """Return the test for a tokenizer of transformers; None if its model was trained without word marks."""
    return is_long(lambda text: len(tokenizer.tokenize(text))) if WORD_MARKS[0] in tokenizer.get_vocab() else None


def point(masked: str, language: Language, long: IsLong | None, first: int = 0) -> Pointed:
    """Put marks behind the words of a draft.

    Args:
        masked: The passage, its facts as marks; may be empty.
        language: Its language.
        long: Says which words get a mark; None: none does.
        first: The number of the first mark; they count up from there and begin again at 0.

    Returns:
        The text with marks. A word that comes twice has one mark; words beyond the last free mark have none.
    """
    if long is None:
        return Pointed(masked, {})
    numbers: dict[str, int] = {}
    pieces, at = [], 0
    for match in _WORD.finditer(masked):
        word = _plain(match.group(), masked[: match.start()], language)
        if len(word) < SHORTEST or not long(word):
            continue
        if word not in numbers:
            if len(numbers) == len(WORD_MARKS):
                continue
            numbers[word] = (first + len(numbers)) % len(WORD_MARKS)
        pieces += [masked[at : match.end()], WORD_MARKS[numbers[word]]]
        at = match.end()
    return Pointed("".join([*pieces, masked[at:]]), {number: word for word, number in numbers.items()})


def align(masked: str, words: dict[int, str], language: Language) -> str:
    """Write a reply with its draft's marks, as the model is taught to write it.

    Args:
        masked: The reply, its facts as marks.
        words: The draft's marks, from ``point``.
        language: Their language.

    Returns:
        The reply with a mark for every word, ending apart, that ``resolve`` gives back exactly.
    """
    numbers = {word: number for number, word in words.items()}
    stems = sorted((w for w in numbers if len(w) >= SHORTEST_STEM), key=len, reverse=True)
    pieces, at = [], 0
    for match in _WORD.finditer(masked):
        before = masked[: match.start()]
        before = before[:-1] if before.endswith(" ") else before
        for word in (match.group(), _plain(match.group(), masked[: match.start()], language)):
            stem = word if word in numbers else next((s for s in stems if _is_ending(word, s)), None)
            if stem and len(before) >= at and _say(before, stem) + word[len(stem) :] == masked[: match.end()]:
                pieces += [masked[at : len(before)], WORD_MARKS[numbers[stem]], word[len(stem) :]]
                at = match.end()
                break
    return "".join([*pieces, masked[at:]])


def _is_ending(word: str, stem: str) -> bool:
    return word.startswith(stem) and 0 < len(word) - len(stem) <= LONGEST_ENDING


def resolve(output: str, words: dict[int, str]) -> str:
    """Put words in place of their marks.

    Args:
        output: A reply with word marks, rule marks taken off.
        words: The draft's marks, from ``point``.

    Returns:
        The reply; a mark that the draft does not have stays, and the checks throw such a reply away.
    """
    said, at = "", 0
    for match in _MARK.finditer(output):
        said += output[at : match.start()]
        word = words.get(int(match.group(1)))
        said = _say(said, word) if word else said + match.group()
        at = match.end()
    return said + output[at:]
