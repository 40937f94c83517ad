"""Word marks: put on, written, and resolved without a letter changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewriter.marks import WORD_MARKS, Language
from rewriter.pointers import align, is_long, point, resolve


def long(word: str) -> bool:
    return len(word) > 4


def test_long_words_get_marks_and_short_ones_none() -> None:
    pointed = point("Nem tudom, hol van a garanciajegy.", "hu", long)
    assert pointed.text == "Nem tudom<w0>, hol van a garanciajegy<w1>."
    assert pointed.words == {0: "tudom", 1: "garanciajegy"}


def test_a_reply_says_the_mark_for_the_blank_and_the_word() -> None:
    words = point("Nem tudom, hol van a garanciajegy.", "hu", long).words
    marked = align("Megkeresem a garanciajegyet.", words, "hu")
    assert marked == "Megkeresem a<w1>et."
    assert resolve(marked, words) == "Megkeresem a garanciajegyet."


def test_capitals_follow_the_place_in_the_sentence() -> None:
    words = point("Tickets cannot be swapped.", "en", long).words
    assert words[0] == "tickets"
    assert align("I'm afraid tickets stay. Tickets are final.", words, "en") == "I'm afraid<w0> stay.<w0> are final."
    assert resolve("Sorry,<w0> stay.<w0> are final.", words) == "Sorry, tickets stay. Tickets are final."


def test_facts_macros_and_hyphenated_endings_get_no_mark() -> None:
    assert point("<x0>-asnak <x1>reggel", "hu", long).text == "<x0>-asnak <x1>reggel"


def test_a_mark_that_the_draft_lacks_stays_to_be_rejected() -> None:
    assert resolve("Kérem a<w7>.", {0: "számot"}) == "Kérem a<w7>."


def test_marks_begin_anew_and_are_never_more_than_there_are() -> None:
    text = " ".join(f"szavak{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(60))
    pointed = point(text, "hu", long, first=30)
    assert len(pointed.words) == len(WORD_MARKS)
    assert pointed.text.startswith("szavakaa<w30> szavakab<w31> szavakac<w0>")
    assert pointed.text.endswith("szavakch")


def test_a_word_that_comes_twice_has_one_mark() -> None:
    assert point("paczka i paczka", "pl", long).text == "paczka<w0> i paczka<w0>"


def test_answers_of_the_length_test_are_kept() -> None:
    asked: list[str] = []
    test = is_long(lambda text: len(asked.append(text) or text) // 5)
    assert [test("garancia"), test("garancia"), test("van")] == [False, False, False]
    assert asked == [" garancia", " van"]


WORDS = st.sampled_from("Paczka paczki paczka e-mail don't ÁRVÍZ <x0> <x1>-as … ( „ . ! - a".split())
GAPS = st.sampled_from([" ", "", "\n", ", "])
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=25).map(lambda pairs: "".join(word + gap for word, gap in pairs))


@given(TEXTS, TEXTS, st.integers(0, 31), st.sampled_from(["hu", "ro", "pl", "en"]))
def test_resolving_what_was_aligned_gives_the_reply(draft: str, reply: str, first: int, language: Language) -> None:
    words = point(draft, language, long, first).words
    assert resolve(align(reply, words, language), words) == reply


@given(st.text(max_size=80), st.text(max_size=80))
@pytest.mark.parametrize("language", ["hu"])
def test_any_text_comes_back(language: Language, draft: str, reply: str) -> None:
    if "<" in draft or "<" in reply:  # facts are masked before; no other mark reaches this place
        return
    words = point(draft, language, lambda word: True).words
    assert resolve(align(reply, words, language), words) == reply
