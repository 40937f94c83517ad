from dataclasses import replace

import pytest

from eval import faithfulness
from eval.examples import Example
from tests.eval.samples import FAULTY, GOOD

REFUSAL = Example("r", "hu", "Nem, 30 nap után nincs visszatérítés.", "resolve", must=("nem\\b|nincs|sajnos", "30 nap"),
                  never=("(?<!nem )visszateritjuk",))  # fmt: skip


def test_resolved() -> None:
    assert faithfulness.resolved(FAULTY, "I'll find out when order 48213 will arrive.") == 1.0
    assert faithfulness.resolved(FAULTY, FAULTY.draft) == 0.0
    assert faithfulness.resolved(FAULTY, "i have NO idea when order 48213 will arrive!") == 0.0
    assert faithfulness.resolved(FAULTY, "") == 0.0
    assert faithfulness.resolved(FAULTY, "?!") == 0.0
    assert faithfulness.resolved(GOOD, GOOD.draft) is None


def test_where_spelling_is_the_fault_mending_it_resolves_it() -> None:
    shouted = Example("s", "en", "YOUR PARCEL IS HERE", "resolve", ("clean.no_shouting",))
    assert faithfulness.resolved(shouted, "Your parcel is here.") == 1.0
    assert faithfulness.resolved(replace(shouted, rules=("tone.friendly",)), "Your parcel is here.") == 0.0


def test_no_new_faults() -> None:
    assert faithfulness.no_new_faults(GOOD, "I have no idea.") == 0.0
    assert faithfulness.no_new_faults(GOOD, GOOD.draft) == 1.0
    assert faithfulness.no_new_faults(FAULTY, FAULTY.draft) == 1.0, "the draft's own fault is not new"
    assert faithfulness.no_new_faults(GOOD, "") is None


def test_facts_kept() -> None:
    assert faithfulness.facts_kept(FAULTY, "Order 48213?") == 1.0
    assert faithfulness.facts_kept(FAULTY, "Order 48214?") == 0.0
    assert faithfulness.facts_kept(FAULTY, "Order 48213 in 2 days.") == 0.0
    assert faithfulness.facts_kept(GOOD, "") is None


@pytest.mark.parametrize(
    ("reply", "figure"),
    [
        ("30 nap után sajnos nem visszatérítjük, hanem cseréljük.", 1.0),
        ("30 nap után már nincs rá mód.", 1.0),
        ("Sajnos ez nem lehetséges.", 0.0),
        ("30 nap után is visszatérítjük, csak nem ma.", 0.0),
        ("", 0.0),
    ],
)
def test_commitments_kept(reply: str, figure: float) -> None:
    assert faithfulness.commitments_kept(REFUSAL, reply) == figure


def test_commitments_that_nobody_wrote_down_cannot_be_scored() -> None:
    assert faithfulness.commitments_kept(FAULTY, FAULTY.draft) is None


def test_left_alone_forgives_spelling_only() -> None:
    assert faithfulness.left_alone(GOOD, "your parcel is on its way") == 1.0
    assert faithfulness.left_alone(GOOD, "Your parcel is coming.") == 0.0
    assert faithfulness.left_alone(FAULTY, "x") is None


def test_over_edit_is_the_share_of_words_that_do_not_match() -> None:
    assert faithfulness.over_edit(GOOD, GOOD.draft) == 0.0
    # 6 words against 4, of which "your parcel is" match: 1 - 2 * 3 / (6 + 4)
    assert faithfulness.over_edit(GOOD, "Your parcel is coming.") == pytest.approx(0.4)
    assert faithfulness.over_edit(GOOD, "") == 1.0
    assert faithfulness.over_edit(FAULTY, "x") is None
