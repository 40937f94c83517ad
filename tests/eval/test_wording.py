from dataclasses import replace

import pytest

from eval import wording
from eval.examples import Example
from tests.eval.samples import FAULTY, GOOD

HU = Example("h", "hu", "Add meg a címed.", "resolve", ("tone.too_informal",), ("Kérem, adja meg a címét.",))


def test_language_kept() -> None:
    assert wording.language_kept(HU, "Kérem, adja meg a címét, és küldöm.") == 1.0
    assert wording.language_kept(HU, "Please send me your address today.") == 0.0
    assert wording.language_kept(HU, "48213, 48214, 48215, 48216") is None, "facts are in no language"
    assert wording.language_kept(HU, "") is None


def test_address_kept() -> None:
    assert wording.address_kept(HU, "Kérem, adja meg a címét.") == 1.0
    assert wording.address_kept(HU, "Kérlek, add meg a címed.") == 0.0
    assert wording.address_kept(HU, "Kérlek, adja meg a címét.") == 0.0, "mixed"
    assert wording.address_kept(HU, "") == 0.0
    informal = replace(HU, address="informal")
    assert wording.address_kept(informal, "Kérlek, add meg a címed.") == 1.0
    assert wording.address_kept(informal, "Kérem, adja meg a címét.") == 0.0


def test_a_good_draft_keeps_its_own_form_of_address() -> None:
    good = Example("g", "hu", "Kérlek, add meg a címed.", "alone")
    assert wording.address_kept(good, good.draft) == 1.0
    assert wording.address_kept(good, "Kérem, adja meg a címét.") == 0.0


def test_address_cannot_be_scored_in_english_or_where_nobody_is_addressed() -> None:
    assert wording.address_kept(FAULTY, "You there!") is None
    assert wording.address_kept(replace(HU, draft="A csomag elindult."), "Elindult a csomag.") is None


@pytest.mark.parametrize(
    ("words", "figure"),
    [(8, 1.0), (6, 1.0), (16, 0.5), (3, 0.5), (0, 0.0)],  # the reference has 8 words; from 6 to 8 are as good
)
def test_conciseness(words: int, figure: float) -> None:
    assert wording.conciseness(FAULTY, "a " * words) == pytest.approx(figure)


def test_conciseness_needs_references() -> None:
    assert wording.conciseness(GOOD, "x") is None


def test_fluency_is_the_share_of_known_words() -> None:
    assert wording.fluency(FAULTY, "Please find out about the order.") == 1.0
    assert wording.fluency(FAULTY, "Please flurb the order.") == pytest.approx(3 / 4)
    assert wording.fluency(FAULTY, "") == 0.0
    assert wording.fluency(FAULTY, "48213") is None
    misspelt = replace(GOOD, draft="Your parzel is here.")
    assert wording.fluency(misspelt, misspelt.draft) == 1.0, "without references the draft's words count"
    assert wording.fluency(replace(misspelt, references=("Your parcel is here.",)), misspelt.draft) == pytest.approx(3 / 4)
