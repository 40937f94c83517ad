"""Proposals that only leave out: no fact goes with an aside, and what stays is a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewriter import Rewriter
from rewriter.cuts import MOST_PARTS, cuts, parts
from rewriter.engines.base import Proposal, Request
from rewriter.facts import MARK
from rewriter.guide.lexicon import Lexicon
from rewriter.marks import Language
from tests.fakes import ScriptedEngine


@pytest.mark.parametrize(
    ("language", "draft", "wanted"),
    [
        ("hu", "A gyógytornász csütörtökön nem rendel, ne is próbálkozzon.", "Sajnos a gyógytornász csütörtökön nem rendel."),
        ("pl", "Dobra, dobra, zwrot <x0> jest w banku.", "Zwrot <x0> jest w banku."),
        ("ro", "Nu livrăm duminica, că nici noi nu suntem roboți.", "Din păcate, nu livrăm duminica."),
        ("en", "Look, the plumber isn't coming today, deal with it.", "I'm afraid the plumber isn't coming today."),
        ("pl", "Dzień dobry, tu Ewa. Nie będę przerywać.", "Dzień dobry, tu Ewa. Niestety nie będę przerywać."),
        ("en", "Your parcel is in <x0>. Happy now? It arrives at <x1>.", "Your parcel is in <x0>. It arrives at <x1>."),
    ],
)
def test_an_aside_goes_and_a_refusal_is_softened(language: Language, draft: str, wanted: str) -> None:
    assert wanted in cuts(draft, language, Lexicon.load(language))


def test_nothing_comes_of_nothing_and_long_sentences_are_not_cut_at_all() -> None:
    lexicon = Lexicon.load("en")
    assert cuts("", "en", lexicon) == []
    assert cuts("A b, " * (MOST_PARTS + 1), "en", lexicon) == []


PIECES = st.sampled_from(["we can't", "the parcel", "<x0>", "<x1>-as", "ok", ",", ".", "!", "–", "3,5", "and so", "?", "…"])
TEXTS = st.lists(PIECES, max_size=12).map(" ".join)


@given(TEXTS, st.sampled_from(["hu", "ro", "pl", "en"]))
def test_no_fact_is_ever_left_out(text: str, language: Language) -> None:
    for cut in cuts(text, language, Lexicon.load(language)):
        assert sorted(MARK.findall(cut)) == sorted(MARK.findall(text))
        assert cut != text


@given(st.text(max_size=60))
def test_the_parts_joined_are_the_passage(text: str) -> None:
    assert "".join(parts(text)) == text


class Rating(ScriptedEngine):
    """An engine that likes nothing but one reply."""

    def __init__(self, liked: str) -> None:
        super().__init__(lambda request: [request.masked])
        self.liked = liked

    def propose(self, requests: list[Request], count: int) -> list[list[Proposal]]:
        return [[Proposal(p.masked, -3.0, (1,)) for p in proposals] for proposals in super().propose(requests, count)]

    def rate(self, asked: list[tuple[Request, str]]) -> list[float]:
        return [-0.1 if reply == self.liked else -9.0 for _, reply in asked]


def test_the_cut_that_the_engine_rates_highest_is_taken() -> None:
    engine = Rating("Your parcel arrives at <x0>.")
    result = Rewriter(engine).rewrite("Ugh, stop asking, your parcel arrives at 9:30, ok?")
    assert result.text == "Your parcel arrives at 9:30."
