"""Commitments: what a reply must not add, lose or turn round, and what only looks as if it did."""

import pytest

from rewriter.commitments import Draft, promises_added, reasons
from rewriter.guide import Guide
from rewriter.guide.lexicon import Lexicon
from rewriter.marks import Language


def why(language: Language, draft: str, reply: str) -> list[str]:
    found = Guide.load().find(draft, language)
    return reasons(Draft(draft, found, {match.rule.id for match in found}), reply, Lexicon.load(language))


@pytest.mark.parametrize(
    ("language", "draft", "reply"),
    [
        # The draft's only negation says whose matter it is: it must not become a refusal of the matter.
        ("hu", "Nem az én asztalom a <x0> reklamáció, próbálja holnap.", "A <x0> reklamáció most nem elérhető, próbálja holnap."),
        ("en", "Not my department, the broken kettle.", "I'm afraid we can't take the broken kettle."),
        ("pl", "To nie mój dział, faktura <x0>.", "Niestety faktury <x0> nie możemy wystawić."),
        # A refusal without a negation.
        ("en", "The request has been denied pursuant to section <x0>.", "We've taken your request to section <x0> instead."),
        ("hu", "A kérelmét elutasítottuk, a díj <x0>.", "A kérelmét megkaptuk, a díj <x0>."),
        ("ro", "Cererea a fost respinsă.", "Am primit cererea."),
        ("en", "We can't refund the fee.", "We'll refund the fee."),
        ("en", "We don't deliver to the third floor, no way.", "Please wait a moment."),
        ("pl", "Bez paragonu nie oddajemy pieniędzy.", "Oddajemy pieniądze."),
        # Promises and conditions.
        ("en", "The parcel is late.", "The parcel is late, there is no extra charge."),
        ("hu", "A csomag késik.", "A csomag késik, ingyen kiszállítjuk."),
        ("en", "We exchange it if you have the receipt.", "We exchange it."),
    ],
)
def test_rejected(language: Language, draft: str, reply: str) -> None:
    assert why(language, draft, reply)


@pytest.mark.parametrize(
    ("language", "draft", "reply"),
    [
        # A promise that is refused is none, with the verb's prefix or without.
        ("hu", "Használt óraszíjat sose cserélünk.", "Használt óraszíjat sajnos nem tudunk kicserélni."),
        ("en", "Alcohol on expenses? Rejected, rule <x0>.", "I'm afraid we can't reimburse alcohol under rule <x0>."),
        # Another word for the same thing.
        ("hu", "Térítésmentesen elszállítjuk a téveset.", "A téveset ingyen elszállítjuk."),
        ("pl", "Dzieci do lat trzech wchodzą gratis.", "Dzieci do lat trzech wchodzą za darmo."),
        ("ro", "Adeverința e scutită de taxă.", "Adeverința este gratuită."),
        # A negation that denies nothing.
        ("en", "You'll get the slip on the <x0>, patience isn't your thing, is it?", "You'll get the payslip on the <x0>."),
        ("en", "Date of birth. Day, month, year. Not hard.", "Please tell me your date of birth: day, month and year."),
        ("hu", "Este hétre kész a csülök, fantasztikus vagyok, nem?", "A csülök este hétre kész."),
        ("ro", "Click pe linkul din e-mail, nu e rocket science.", "Vă rog să accesați linkul din e-mail."),
        # What was demanded with two negations.
        ("ro", "Fără <x0> avans nu vă programăm.", "Pentru programare este nevoie de un avans de <x0>."),
        ("en", "No ID, no account. Passport or licence.", "To open the account, we need your ID: a passport or licence."),
        # What does not work is said with a negation.
        ("en", "Is the inoperative hob the left one?", "Is it the left hob that isn't working?"),
        ("en", "The refuse vehicle attends on <x0>.", "The bin lorry comes on <x0>."),
    ],
)
def test_passes(language: Language, draft: str, reply: str) -> None:
    assert why(language, draft, reply) == []


def test_promises_are_named_left_to_right_as_they_are_written() -> None:
    english = Lexicon.load("en")
    assert promises_added("It is late.", "We'll refund it and send a voucher.", english) == ["refund", "voucher"]
    assert promises_added("Money back? Yes.", "We'll refund it.", english) == []
    assert promises_added("", "", english) == []
