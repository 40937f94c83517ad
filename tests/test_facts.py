"""Facts: found in four languages' ways of writing, masked, restored, compared."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.facts import compare, find_facts, mask, restore
from rewriter.marks import LANGUAGES, Language

CASES = [
    # Hungarian
    ("A 48213-as rendelés úton van.", ["48213"]),
    ("A 12 990 Ft-ot 2025. május 3-án utaltuk.", ["12 990 Ft", "2025. május 3"]),
    ("Kérem, 14:30-kor hívja a +36 1 234 5678-at.", ["14:30", "+36 1 234 5678"]),
    ("20%-os kedvezmény jár a Kovács Péternek küldött kuponra.", ["20%", "Kovács Péternek"]),
    ("Az 5 kg-os csomag a 2025.05.03. óta áll.", ["5 kg", "2025.05.03."]),
    # Romanian
    ("Suma de 1.234,56 lei ajunge pe 3 mai.", ["1.234,56 lei", "3 mai"]),
    ("Sunați la 0721 234 567 sau scrieți la ajutor@firma.ro.", ["0721 234 567", "ajutor@firma.ro"]),
    ("Codul 556218 l-ați primit prin SMS.", ["556218", "SMS"]),
    # Polish
    ("Zwrot 129,90 zł dotrze 3 maja.", ["129,90 zł", "3 maja"]),
    ("Numer 123 456 789, faktura FV/2024/118.", ["123 456 789", "FV/2024/118"]),
    # English
    ("Your refund of $1,200.50 for order #A-12 is due May 3, 2025 at 2 pm.", ["$1,200.50", "#A-12", "May 3, 2025", "2 pm"]),
    ("See https://shop.example/a?b=1. Then write to a.b@c.hu!", ["https://shop.example/a?b=1", "a.b@c.hu"]),
    ("Dear Mr Smith, I'll check with Anna Kowalska on Monday.", ["Smith", "Anna Kowalska", "Monday"]),
    # Any
    ("Hi {{name}}, your %s is [here](http://a.b) <b>now</b>.", ["{{name}}", "%s", "[here](http://a.b)", "<b>", "</b>"]),
    ("RTX-4090, XC60, v2.3.1", ["RTX-4090", "XC60", "v2.3.1"]),
    ("Egyenlege -3 200 Ft, a hiány 12 ezer forint.", ["-3 200 Ft", "12 ezer forint"]),
    ("A 250 g-os és az 1,5 l-es, 60x40 cm-es doboz, 9.99 EUR.", ["250 g", "1,5 l", "60x40 cm", "9.99 EUR"]),
    ("Am trimis 250 de lei, iar coletul 5520 l-am expediat.", ["250 de lei", "5520"]),
    ("Come at 2:30 pm. Or at 5 p.m. on Friday, it is -5 today.", ["2:30 pm", "5 p.m.", "Friday", "-5"]),
    ("Tel. -0721 234 567 -2025-05-03 2 -3", ["0721 234 567", "2025-05-03", "2", "3"]),
    ("Nézze a bolt.hu-n vagy a {{ {{x}} }} alatt, 14(b), 3. §.", ["bolt.hu", "{{ {{x}} }}", "14(b)", "3. §"]),
    ("Ulica to ul. Długa 5/B, pisał dr. Nowak. Dobrze 5️⃣", ["Długa", "5/B", "Nowak", "5️⃣"]),
    ("IBAN: HU42 1177 3016 1111 1018 0000 0000", ["IBAN", "HU42 1177 3016 1111 1018 0000 0000"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_exactly_the_facts(text: str, expected: list[str]) -> None:
    found = [fact.text for fact in find_facts(text)]
    assert [fact for fact in found if fact != "IBAN"] == [fact for fact in expected if fact != "IBAN"]


@pytest.mark.parametrize(
    "text",
    ["Nem tudom, mikor ér oda.", "Nu știu, întrebați curierul.", "Proszę zapytać Pana kuriera.", "I don't know, I'm new."],
)
def test_plain_words_and_polite_pronouns_are_no_facts(text: str) -> None:
    assert find_facts(text) == []


def test_shouted_words_are_no_names() -> None:
    assert [f.text for f in find_facts("Mai trebuie SĂ AȘTEPTAȚI DUPĂ curierul de la DHL, spun colegii")] == ["DHL"]


def test_equal_facts_share_a_mark_and_known_ones_keep_theirs() -> None:
    draft = mask("A 48213 nem a 999, hanem a 48213.")
    assert draft.text == "A <x0> nem a <x1>, hanem a <x0>."
    assert mask("A 999 és a 7.", draft.facts).text == "A <x1> és a <x2>."


def test_compare_names_lost_made_up_and_repeated_facts() -> None:
    assert compare("<x0> <x1>", "<x1> <x2> <x1>") == [
        "fact <x0> was lost",
        "fact <x2> was made up",
        "fact <x1> was repeated",
    ]
    assert compare("<x0> <x0>", "<x0>") == []


def test_a_mark_without_a_fact_stays() -> None:
    assert restore("<x0> <x7>", ("a",)) == "a <x7>"


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_restoring_undoes_masking_for_any_text(text: str) -> None:
    masked = mask(text)
    assert restore(masked.text, masked.facts) == text


PIECES = st.sampled_from(
    "{{név}}|{{ {{x}} }}|{{|}}|<x0>|<x|12>|<b>|שלום|مرحبا ١٢٣|\u200b|\u200d|\u202e|\ufeff|e\u0301|👨\u200d👩\u200d👧|48213-as|"
    "Kovácsnak| | |\n|[|]|(b)|**|12 ezer Ft|2 p.m.|.".split("|")
)


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from([None, *LANGUAGES]))
@settings(max_examples=400, deadline=None)
def test_nested_macros_marks_and_right_to_left_text_come_back(text: str, language: Language | None) -> None:
    masked = mask(text, language=language)
    assert restore(masked.text, masked.facts) == text
    assert mask(text, masked.facts, language) == masked
    assert compare(masked.text, masked.text) == []


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_facts_are_spans_in_order_that_hold_every_digit(text: str) -> None:
    found = find_facts(text)
    assert all(text[fact.start : fact.end] == fact.text != "" for fact in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = {at for fact in found for at in range(fact.start, fact.end)}
    assert [c for at, c in enumerate(text) if c.isdecimal() and at not in covered] == []


def test_hundreds_of_facts_come_back() -> None:
    text = " és ".join(str(number) for number in range(300))
    masked = mask(text)
    assert len(masked.facts) == 300
    assert restore(masked.text, masked.facts) == text


FACTS = ["48213", "12 990 Ft", "€5", "a@b.hu", "https://x.hu/a?b=c", "{{név}}", "14:30", "2025-05-03", "20%", "#A-1", "<br>"]
FACTS += ["5 °C", "12 ezer forint", "5 pm", "14(b)", "§ 3", "a.pdf", "@bolt_hu", "😀", "{{ {{x}} }}", "XC60", "»y«"]


@given(st.lists(st.sampled_from(FACTS), max_size=20), st.sampled_from([" és ", ", ", "\n", " \u200f", " 中 "]))
@settings(max_examples=200, deadline=None)
def test_facts_in_any_order_all_come_back(chosen: list[str], between: str) -> None:
    text = between.join(chosen)
    masked = mask(text)
    assert set(chosen) <= {fact.text for fact in find_facts(text)}
    assert restore(masked.text, masked.facts) == text


def test_ten_thousand_digits_are_one_fact() -> None:
    digits = "7" * 10_000
    assert [f.text for f in find_facts(f"x {digits} y")] == [digits]


RUNS = (
    '7|[|(|{{|<|A|a|*|x|#|.|§|_|😀|\u200b|"|1 |1.|1-|1:|A1-|Aa |Aa.|A-|a@|www.|+36 |-1 |1x|ab12-|ABCD-|C:\\|A &|dr. A|https://|'
    "%(a|$1|%|<!--|{{{"
).split("|")


@pytest.mark.parametrize("unit", RUNS)
def test_long_runs_take_linear_time(unit: str) -> None:
    find_facts("A", language="hu")  # reads the list of names
    for text in (unit * (10_000 // len(unit)), f"x {unit * (10_000 // len(unit))} y"):
        begin = time.process_time()
        find_facts(text, language="hu")
        assert time.process_time() - begin < 1
