"""Bent grammar: other forms of the same word, other order, never another mark."""

import random
import re

import pytest

from rewriter.marks import LANGUAGES, Language
from rewriter.training.bend import Bender
from rewriter.words import known_words

SENTENCES: dict[Language, str] = {
    "hu": "A <x0>-as csomag átvételi kódját holnap küldjük, kérem, nézze meg a levelét.",
    "ro": "Vă trimitem mâine codul de ridicare pentru coletul <x0>, vă rugăm să verificați mesajul.",
    "pl": "Jutro wyślemy kod odbioru paczki <x0>, prosimy sprawdzić swoją wiadomość.",
    "en": "We will send the collection code for parcel <x0> tomorrow, please check your messages.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bends_words_into_words_and_leaves_marks(language: Language) -> None:
    bender, rng, sentence = Bender(language), random.Random(1), SENTENCES[language]
    bent = [bender.bend(sentence, rng) for _ in range(60)]
    assert sum(text != sentence for text in bent) >= 20
    known = known_words(language) | set(re.findall(r"\w+", sentence.lower()))
    for text in bent:
        assert text.count("<x0>") == 1
        assert set(re.findall(r"[^\W\d_]+", text.replace("<x0>", "").lower())) <= known


def test_another_form_shares_the_stem() -> None:
    bender, rng = Bender("pl"), random.Random(2)
    forms = {bender.other_form("Przesyłka", rng) for _ in range(40)}
    assert "Przesyłki" in forms
    assert all(form.startswith("Przesy") for form in forms)
    assert bender.other_form("xqzw", rng) == "xqzw"


def test_nothing_to_bend_stays() -> None:
    bender = Bender("en")
    assert bender.bend("<x0>", random.Random(0)) == "<x0>"
    assert bender.bend("", random.Random(0)) == ""
