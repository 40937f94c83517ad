"""Diacritics come back where there is no doubt, and nowhere else."""

import pytest

from rewriter.diacritics import restored
from rewriter.marks import Language


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("hu", "Nem tudom, mikor er oda a <x0>-as rendeles.", "Nem tudom, mikor er oda a <x0>-as rendelés."),
        ("ro", "Nu stiu cand ajunge, rugam sa asteptati.", "Nu știu când ajunge, rugăm să așteptați."),
        ("pl", "Nie wiem, PROSZE poczekac na przesylke.", "Nie wiem, PROSZĘ poczekać na przesyłkę."),
    ],
)
def test_words_with_one_reading_are_mended(language: Language, typed: str, meant: str) -> None:
    assert restored(typed, language) == meant


def test_a_writer_who_uses_diacritics_is_left_alone() -> None:
    assert restored("Rendelés: a muszaki osztaly.", "hu") == "Rendelés: a muszaki osztaly."


def test_marks_and_english_stay() -> None:
    assert restored("<x0> <x1> cafe", "en") == "<x0> <x1> cafe"
    assert restored("", "pl") == ""


def test_the_length_never_changes() -> None:
    text = "Kerem kuldje el a szamlat es a hibauzenetet"
    assert len(restored(text, "hu")) == len(text)
    assert restored(text, "hu") != text
