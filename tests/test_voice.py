"""A brand's voice on a reply: frame, words, marks, notes; facts stay, and a second time changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.brand import Avoided, Brand, names
from rewriter.facts import find_facts
from rewriter.marks import LANGUAGES
from rewriter.pipeline import Rewriter
from rewriter.voice import advice, notes
from tests.fakes import copying, saying

TEXTS = {
    "en": {
        "greeting": "Hello, Ann from Acme.",
        "greeting_named": "Dear {customer},",
        "closing": "Bye now.",
        "sign_off": "Yours,\nAnn",
    }
}


def brand(**settings: object) -> Brand:
    return Brand(**{"texts": TEXTS, **settings})


def test_the_neutral_brand_changes_nothing() -> None:
    reply = "Hi Tom!\n\nOrder 4711 is late!! 😀\n\nBest,\nAnn"
    assert Brand().apply(reply, "en") == reply


def test_a_letter_gets_what_it_lacks() -> None:
    letter = brand(greeting="missing", closing="missing", sign_off="missing")
    expected = "Hello, Ann from Acme.\n\nOrder 4711 is late.\nIt is on its way.\n\nBye now.\n\nYours,\nAnn"
    assert letter.apply("Order 4711 is late.\nIt is on its way.", "en") == expected


@pytest.mark.parametrize(
    ("one_line", "expected"),
    [
        ("bare", "It is here."),
        ("inline", "Hello, Ann from Acme. It is here. Bye now."),
        ("letter", "Hello, Ann from Acme.\n\nIt is here.\n\nBye now.\n\nYours,\nAnn"),
    ],
)
def test_an_answer_of_one_line_becomes_a_letter_only_where_the_brand_says_so(one_line: str, expected: str) -> None:
    voice = brand(greeting="always", closing="always", sign_off="always", one_line=one_line)
    assert voice.apply("It is here.", "en") == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Hi Tom,\n\nit is here.", "Dear Tom,\n\nIt is here."),  # the name stays
        ("Hi there! it is here.", "Hello, Ann from Acme. It is here."),
        ("Dear customer!\n\nIt is here.", "Hello, Ann from Acme.\n\nIt is here."),
        ("Hi your parcel is here.", "Hi your parcel is here."),  # where it ends is unsure
        ("Hi!", "Hi!"),  # nothing would be left
    ],
)
def test_always_puts_the_brands_greeting_in_place_of_another(reply: str, expected: str) -> None:
    assert brand(greeting="always").apply(reply, "en") == expected


def test_without_a_greeting_by_name_the_customers_name_stays() -> None:
    voice = Brand(greeting="always", texts={"en": {"greeting": "Hello from Acme."}})
    assert voice.apply("Hi Tom!\n\nIt is here.", "en") == "Hi Tom!\n\nIt is here."


def test_missing_leaves_the_replys_own_frame() -> None:
    reply = "Hi Tom,\n\nIt is here. Have a great day!\n\nBest,\nTim"
    assert brand(greeting="missing", closing="missing", sign_off="missing").apply(reply, "en") == reply


def test_always_replaces_a_closing_but_never_content() -> None:
    voice = brand(closing="always")
    assert voice.apply("It is here.\nHave a great day!", "en") == "It is here.\nBye now."
    assert voice.apply("It is here.\nThank you for your message of 5 May.", "en").endswith("message of 5 May.")


def test_a_closing_stands_before_the_signature() -> None:
    assert brand(closing="missing").apply("It is\nhere.\n\nBest,\nTim", "en") == "It is\nhere.\n\nBye now.\n\nBest,\nTim"


GREETINGS = {
    "en": ["Hi Tom!", "Hello,", "Good morning!", "Dear Mr Smith,\n", "Dear customer,\n"],
    "hu": [
        "Szia!",
        "Szia Péter,",
        "Jo napot kivanok!",
        "Tisztelt Kovács Úr!",
        "Kedves Anna,\n",
        "Üdvözlöm!",
        "Tisztelt Hölgyem/Uram!",
    ],
    "ro": [
        "Bună ziua!",
        "Buna ziua, doamnă Popescu,",
        "Salut, Ana!",
        "Stimată doamnă Popescu,\n",
        "Bună, Ion!",
        "Stimate client,\n",
    ],
    "pl": ["Dzień dobry,", "Dzien dobry!", "Cześć Tomku!", "Szanowna Pani,\n", "Szanowni Państwo!", "Witam,"],
}
NONE = {
    "en": ["Dear me, this is late.", "High time.", "History shows it."],
    "hu": ["Kedves tőled, hogy írtál.", "Hiba történt.", "Szép napunk volt, de a csomag nem jött."],
    "ro": ["Bună întrebare, verific.", "Salutul nu ajunge.", "Draga comandă nu e aici."],
    "pl": ["Część zamówienia dotrze jutro.", "Dobry wybór, sprawdzę to.", "Drogi przelew to problem."],
}


@pytest.mark.parametrize(("language", "start"), [(code, start) for code in LANGUAGES for start in GREETINGS[code]])
def test_greetings_are_seen(language, start) -> None:
    voice = Brand(greeting="missing", one_line="letter", texts={language: {"greeting": "XYZ."}})
    assert voice.apply(f"{start}\nlorem.", language) == f"{start}\nlorem."


@pytest.mark.parametrize(("language", "start"), [(code, start) for code in LANGUAGES for start in NONE[code]])
def test_content_is_not_taken_for_a_greeting(language, start) -> None:
    voice = Brand(greeting="missing", one_line="letter", texts={language: {"greeting": "XYZ."}})
    assert voice.apply(start, language) == f"XYZ.\n\n{start}"


CLOSINGS = {
    "en": [
        "Have a nice day!",
        "Is there anything else I can help you with?",
        "Let me know if you have any questions.",
        "Kind regards,\nAnn",
    ],
    "hu": ["Szép napot kívánok!", "Van még valami, amiben segíthetek?", "Köszönöm a türelmét.", "Ha további kérdése van, írjon."],
    "ro": [
        "O zi frumoasă!",
        "Vă doresc o zi bună!",
        "Dacă mai aveți întrebări, vă stau la dispoziție.",
        "Vă mulțumim pentru răbdare.",
    ],
    "pl": ["Miłego dnia!", "Życzę udanego weekendu.", "W razie pytań proszę pisać.", "Dziękuję za cierpliwość."],
}


@pytest.mark.parametrize(("language", "end"), [(code, end) for code in LANGUAGES for end in CLOSINGS[code]])
def test_closings_and_signatures_are_seen(language, end) -> None:
    voice = Brand(closing="missing", sign_off="missing", texts={language: {"closing": "XYZ.", "sign_off": "ABC"}})
    done = voice.apply(f"Lorem ipsum 4711.\nDolor.\n\n{end}", language)
    assert ("XYZ" not in done) != ("ABC" not in done)


SIGNED = {"en": "Best regards,\nAnn", "hu": "Üdvözlettel:\nAnna", "ro": "Cu stimă,\nAna", "pl": "Pozdrawiam serdecznie\nAnna"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signature_with_a_name_stays(language) -> None:
    voice = Brand(sign_off="always", texts={language: {"sign_off": "ABC"}})
    reply = f"Lorem ipsum.\n\n{SIGNED[language]}"
    assert voice.apply(reply, language) == reply


def test_words_are_avoided_in_all_their_forms_but_not_in_facts() -> None:
    voice = Brand(avoid=(Avoided("hu", ("olcsó*",), "kedvező"),), replace={"hu": {"küldeményt": "csomagot"}})
    assert voice.apply("Olcsóbb a küldeményt a https://olcso.hu/olcsó oldalon venni.", "hu") == (
        "Kedvező a csomagot a https://olcso.hu/olcsó oldalon venni."
    )


def test_a_word_without_a_replacement_is_told() -> None:
    voice = Brand(avoid=(Avoided("en", ("guarante*",)),))
    assert voice.apply("We guarantee it.", "en") == "We guarantee it."
    assert [(n.kind, n.text) for n in notes(voice, "x", "We guarantee it.", "en")] == [
        ("word", "“guarantee” is a word that neutral does not use. Find another one: there is no fixed replacement.")
    ]
    assert notes(voice, "x", "Zażółć gwarancja", "pl") == ()


def test_a_long_reply_is_told_and_not_cut() -> None:
    result = Rewriter(copying(), Brand(longest_reply=10)).rewrite("Your parcel is on its way.", language="en")
    assert result.text == "Your parcel is on its way."
    assert "26 characters" in next(note.text for note in result.notes if note.kind == "long")


def test_a_salutation_keeps_its_mark_and_a_sentence_does_not() -> None:
    voice = Brand(exclamation_marks=False)
    assert voice.apply("Tisztelt Kovács Úr!\n\nMegjött a csomag!!", "hu") == "Tisztelt Kovács Úr!\n\nMegjött a csomag."
    assert voice.apply("Really?! Yes.! Wow ! !", "en") == "Really? Yes. Wow."


def test_in_another_address_form_the_brands_texts_are_not_put() -> None:
    engine = saying("Utánanézek, mikor ér oda a <x0>-as rendelés.")
    done = Rewriter(engine, Brand.load("startup")).rewrite("Fogalmam sincs, mikor ér oda a 48213-as rendelés.", address="formal")
    assert done.text == "Utánanézek, mikor ér oda a 48213-as rendelés."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_three_brands_give_visibly_different_replies(language) -> None:
    replies = {name: Brand.load(name).apply("Lorem ipsum 4711.", language) for name in names()}
    assert len(set(replies.values())) == 3
    assert "\n" in replies["bank"]
    assert "\n" not in replies["startup"] + replies["shop"]
    assert "!" not in replies["bank"]


@pytest.mark.parametrize("name", names())
def test_shipped_texts_break_no_rule_of_the_guide(name) -> None:
    assert advice(Brand.load(name)) == []


PIECES = {
    "hu": [
        "Szia Péter!",
        "Tisztelt Ügyfelünk!\n",
        "A 48213-as rendelés",
        "a küldemény",
        "garantált",
        "12 990 Ft",
        "😀",
        "Köszönöm!",
        "Szép napot!",
        "Üdv,\nKata",
        "info@bolt.hu",
        "infó",
    ],
    "ro": [
        "Bună ziua, doamnă Popescu,",
        "Salut!",
        "comanda 48213",
        "expediere",
        "5 mai",
        "120 lei",
        ":)",
        "Mulțumesc!",
        "O zi bună!",
        "Cu stimă,\nAna",
        "https://x.ro/a",
        "info",
    ],
    "pl": [
        "Cześć Tomku!",
        "Szanowni Państwo,\n",
        "zamówienie 48213",
        "przesyłkę",
        "12:30",
        "99 zł",
        "🙂",
        "Dziękuję!",
        "Miłego dnia!",
        "Pozdrawiam\nAnna",
        "„Bank”",
        "info",
    ],
    "en": [
        "Hi Tom!",
        "Dear customer,\n",
        "order 48213",
        "the shipment",
        "ASAP",
        "€20",
        "😀",
        "Thank you!",
        "Have a nice day!",
        "Best,\nAnn",
        "{{name}}",
        "guaranteed",
    ],
}
GLUE = [" ", "\n", ". ", "! ", ", ", "!!", "\n\n"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_facts_stay_and_a_second_time_changes_nothing(data) -> None:
    language = data.draw(st.sampled_from(LANGUAGES))
    voice = Brand.load(data.draw(st.sampled_from(names())))
    pieces = data.draw(st.lists(st.sampled_from(PIECES[language]), min_size=1, max_size=7))
    reply = "".join(piece + data.draw(st.sampled_from(GLUE)) for piece in pieces).strip()
    once = voice.apply(reply, language)
    lost = [fact for fact in find_facts(reply) if fact.text not in once]
    assert [fact for fact in lost if voice.emoji or fact.kind != "emoji"] == []
    assert voice.apply(once, language) == once
