"""Approved replies: which is near, how it steers, when it is shown."""

import pytest

from rewriter.approved import Approved, adds_facts, nearest, openings, similarity
from rewriter.brand import Brand
from rewriter.pipeline import Rewriter
from rewriter.voice_choice import preference
from tests.fakes import ScriptedEngine, saying

PARCEL = Approved("en", "Let me find out where your parcel is and drop you a line.")
INVOICE = Approved("en", "I'll ask accounting about the invoice.")


def test_similarity_is_that_of_words_without_facts_case_and_diacritics() -> None:
    assert similarity("Order 4711", "order 4712") == pytest.approx(1)
    assert similarity("Rendelés", "rendeles <x0>") == pytest.approx(1)
    assert similarity("abcdef", "uvwxyz") == 0
    assert similarity("", "a") == similarity("4711", "a") == 0
    assert 0.3 < similarity("the parcels", "the parcel") < 1


def test_the_nearest_reply_of_the_language_is_found() -> None:
    library = (PARCEL, INVOICE, Approved("pl", "No idea where your parcel is."))
    assert nearest("No idea where your parcel is.", library, "en") is PARCEL
    assert nearest("Invoices? Ask accounting.", library, "en") is INVOICE
    assert nearest("Quite another thing", library, "en") is None
    assert nearest("Say X.", (Approved("en", "Quite another thing.", draft="Say X."),), "en") is not None
    assert nearest("Say X.", (), "en") is None


def test_openings_have_no_content() -> None:
    assert openings(Approved("hu", "Sajnálom, hogy elakadt. Máris utánajárok, hol tart.")) == ["Sajnálom,", "Máris utánajárok,"]
    assert openings(Approved("ro", "Mă interesez unde este coletul.")) == ["Mă interesez"]
    assert openings(Approved("en", "Where it is.")) == []
    assert openings(Approved("en", "Order 4711 is late.")) == []


def test_the_nearest_approved_reply_chooses_among_good_proposals() -> None:
    engine = saying(
        "I'll find out where parcel <x0> is and write to you.", "Let me find out where parcel <x0> is and drop you a line."
    )
    draft = "I have no idea where parcel 5512 is."
    assert Rewriter(engine).rewrite(draft).text == "I'll find out where parcel 5512 is and write to you."
    steered = Rewriter(engine, Brand(approved=(PARCEL,))).rewrite(draft)
    assert steered.text == "Let me find out where parcel 5512 is and drop you a line."


def test_the_engine_is_asked_for_the_houses_opening() -> None:
    engine = ScriptedEngine(lambda request: [f"{request.opening or 'I will'} find out where parcel <x0> is."])
    Rewriter(engine, Brand(approved=(PARCEL,))).rewrite("I have no idea where parcel 5512 is.")
    assert [request.opening for request in engine.asked if request.opening] == ["Let me find"]
    engine.asked.clear()
    Rewriter(engine, Brand(approved=(PARCEL,))).rewrite("Hi Tom, I have no idea where parcel 5512 is.")
    assert [request.opening for request in engine.asked if request.opening] == []  # the greeting would be lost


def test_an_approved_reply_never_gets_a_lie_through() -> None:
    engine = saying("Let me find out where your parcel is and drop you a line.")  # the number is lost
    result = Rewriter(engine, Brand(approved=(PARCEL,))).rewrite("I have no idea where parcel 5512 is.")
    assert result.text == "I have no idea where parcel 5512 is."


def test_a_guide_is_shown_unless_it_names_a_fact_that_the_draft_lacks() -> None:
    draft = "I have no idea where your parcel is."
    shown = Rewriter(saying("I'll find out where your parcel is."), Brand(approved=(PARCEL,))).rewrite(draft)
    assert PARCEL.text in next(note.text for note in shown.notes if note.kind == "approved")
    other = Approved("en", "Let me find out where your parcel 5512 is.")
    assert adds_facts(other, draft)
    hidden = Rewriter(saying("I'll find out where your parcel is."), Brand(approved=(other,))).rewrite(draft)
    assert [note for note in hidden.notes if note.kind == "approved"] == []


def test_the_tone_prefers_replies_with_or_without_courtesy() -> None:
    plain, kind = "It is late.", "Thank you, it is late."
    assert preference(Brand(), "x", "en") is None
    reserved, warm = preference(Brand(tone="reserved"), "x", "en"), preference(Brand(tone="warm"), "x", "en")
    assert reserved and warm
    assert (reserved(plain), reserved(kind)) == (0.0, -0.15)
    assert (warm(plain), warm(kind)) == (-0.15, 0.0)
    liked = preference(Brand(use={"en": ("late",)}), "x", "en")
    assert liked and liked("It is late.") == pytest.approx(0.1)
