"""The checks: what is rejected, what costs, what passes."""

import pytest

from rewriter.checks import Checks
from rewriter.guide import Guide
from rewriter.marks import Language


@pytest.fixture(scope="module")
def english() -> Checks:
    return Checks("en", "formal")


@pytest.mark.parametrize(
    ("draft", "reply", "reason"),
    [
        ("Order <x0> is late.", "Your order is late.", "fact"),
        ("Order <x0> is late.", "Order <x0> is 3 days late.", "fact"),
        ("The parcel is late.", "The parcel is late, so we will give you a discount.", "promise"),
        ("The parcel is late.", "The parcel will arrive tomorrow.", "time"),
        ("We can't refund the fee.", "We can refund the fee.", "refusal"),
        ("The parcel is late.", "A csomag késik, utánanézek és jelentkezem.", "language"),
        ("Late.", "x" * 90, "long"),
        ("Late.", " ", "empty"),
    ],
)
def test_rejects_with_the_reason(english: Checks, draft: str, reply: str, reason: str) -> None:
    rejected = english.judge(draft, reply).rejected
    assert any(reason in why for why in rejected), rejected


@pytest.mark.parametrize(
    ("draft", "reply"),
    [
        ("I have no idea when order <x0> will arrive.", "I'll find out when order <x0> will arrive and get back to you."),
        ("That's not my department.", "I'll ask the right colleague and get back to you."),
        ("We don't refund after <x0> days, period.", "Unfortunately, we can't refund after <x0> days."),
        ("Could you maybe tell me your order no. if it's not a bother?", "Please tell me your order number."),
        ("Parcel comes Friday.", "The parcel will arrive on Friday."),
    ],
)
def test_good_replies_pass(english: Checks, draft: str, reply: str) -> None:
    assert english.judge(draft, reply).rejected == ()


def test_a_fault_that_stays_costs_and_a_made_up_word_costs(english: Checks) -> None:
    clean = english.judge("It is late.", "The parcel is late.").cost
    assert english.judge("It is late.", "The parcel is lateiness.").cost > clean


def test_every_rule_has_texts_in_all_languages() -> None:
    for rule in Guide.load().rules:
        for code in ("hu", "ro", "pl", "en"):
            assert rule.title[code], (rule.id, code)
            assert rule.advice[code], (rule.id, code)
            if code != "en":
                assert rule.title[code] != rule.title["en"], (rule.id, code)


def test_where_only_the_spelling_is_bad_no_word_becomes_another(english: Checks) -> None:
    grammar = (Guide.load().numbers["clean.grammar"],)
    assert english.judge("teh parcle is here", "The parcel is here.", grammar).rejected == ()
    assert english.judge("The next delivery is in June.", "The point delivery is in June.", grammar).rejected


@pytest.mark.parametrize(
    ("language", "draft", "reply", "kept"),
    [
        ("hu", "Pénteken jön a futár, addig várjon.", "A futár jön, addig kérem a türelmét.", False),
        ("hu", "A mai nap során küldjük a számlát.", "A számlát ma küldjük.", True),
        ("hu", "Két napon belül ott lesz, nyugi.", "Két napon belül megérkezik.", True),
        ("ro", "Vine joi, nu mai sunați.", "Comanda ajunge la dumneavoastră.", False),
        ("ro", "Vine joi, nu mai sunați.", "Comanda vine joi.", True),
        ("pl", "W czwartek będzie, nie marudzić.", "Będzie dostępne, dziękuję za cierpliwość.", False),
        ("pl", "W czwartek będzie, nie marudzić.", "Będzie dostępne w czwartek.", True),
        ("en", "It'll be there in three days, stop asking.", "It'll be with you in three days.", True),
        ("en", "It'll be there in three days, stop asking.", "It'll be with you.", False),
    ],
)
def test_a_definite_time_is_never_lost(language: Language, draft: str, reply: str, kept: bool) -> None:
    checks = Checks(language, "formal")
    reason = checks.lexicon.say("reject_time_lost", text="").strip()
    assert any(r.startswith(reason) for r in checks.judge(draft, reply).rejected) is not kept


def test_what_the_draft_says_once_is_not_said_twice(english: Checks) -> None:
    draft = "Please be informed that your request has been refused."
    twice = "I'm afraid your request has been refused, because your request has been refused."
    assert any("twice" in reason for reason in english.judge(draft, twice).rejected)
    assert not any("twice" in reason for reason in english.judge(draft, "I'm afraid your request has been refused.").rejected)


@pytest.mark.parametrize(
    ("language", "draft", "turned", "kept"),
    [
        (
            "en",
            "Do not switch the router off!!!",
            "Please switch the router off, not on.",
            "Please do not switch the router off.",
        ),
        ("hu", "Ne kapcsolja ki a routert.", "Kérem, kapcsolja ki a routert, ne vissza.", "Kérem, ne kapcsolja ki a routert."),
        ("ro", "Nu scoateți routerul din priză.", "Scoateți routerul, nu priza.", "Vă rog să nu scoateți routerul din priză."),
        ("pl", "Proszę nie wyłączać routera.", "Proszę wyłączać router, nie prąd.", "Proszę nie wyłączać routera."),
    ],
)
def test_a_prohibition_never_becomes_an_order(language: Language, draft: str, turned: str, kept: str) -> None:
    checks = Checks(language, "formal")
    assert checks.judge(draft, turned).rejected
    assert not checks.judge(draft, kept).rejected


def test_a_word_is_not_said_twice_in_a_row(english: Checks) -> None:
    assert english.judge("The courier has it.", "The courier courier has it.").rejected
    assert not english.judge("The courier has it.", "The courier has it now.").rejected


def test_a_mark_of_a_rule_never_stays_in_the_text(english: Checks) -> None:
    assert english.judge("We offer a premium case, <x0>.", "We offer a premium<r0> case, <x0>.").rejected
    assert not english.judge("We offer a premium case, <x0>.", "We offer a premium case for <x0>.").rejected


@pytest.mark.parametrize(
    ("language", "draft", "general", "filled"),
    [
        ("hu", "Fogalmam sincs, nem az én dolgom.", "Utánanézek, és jelentkezem.", "Utánanézek, miért késik."),
        ("ro", "Habar n-am, nu e treaba mea.", "Mă interesez și revin.", "Mă interesez de colet și revin."),
        ("pl", "Nie mam pojęcia, to nie moja sprawa.", "Sprawdzę to i wrócę z odpowiedzią.", "Sprawdzę to i wyślę fakturę."),
        ("en", "No idea, not my job.", "I'll find out for you.", "I'll find out when it's due for you."),
    ],
)
def test_a_draft_that_names_nothing_is_answered_by_naming_nothing(
    language: Language, draft: str, general: str, filled: str
) -> None:
    checks = Checks(language, "formal")
    assert checks.judge(draft, general).cost < 0.2
    assert checks.judge(draft, filled).cost >= checks.judge(draft, general).cost + 0.25


def test_of_two_replies_the_one_with_fewer_words_of_its_own_is_better(english: Checks) -> None:
    draft = "Parcel <x0> is stuck at customs, live with it."
    plain = english.judge(draft, "Your parcel <x0> is held at customs.")
    longer = english.judge(draft, "Your parcel <x0> is held at customs near the airport terminal.")
    assert longer.cost >= plain.cost + 0.19


def test_words_of_the_draft_itself_fill_no_gap(english: Checks) -> None:
    draft = "No idea about parking permits, not my job."
    assert english.judge(draft, "I'll find out about parking permits.").cost < english.judge(draft, "I'll find out.").cost


def test_a_farewell_is_no_time() -> None:
    romanian = Checks("ro", "formal")
    assert not romanian.judge("Am terminat, la revedere.", "Vă mulțumesc că ne-ați scris. O zi frumoasă!").rejected
    assert romanian.judge("Am terminat, la revedere.", "Vă mulțumesc. Mai durează o zi.").rejected
