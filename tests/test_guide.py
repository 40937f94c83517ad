"""The patterns: words that are at fault in one place and none in another."""

import pytest

from rewriter.guide import Guide
from rewriter.marks import LANGUAGES, Language


@pytest.mark.parametrize(
    ("language", "fine", "faulty"),
    [
        ("hu", "A propán-bután palackot kicseréljük.", "Ne legyen már buta."),
        ("hu", "Pénteken várjuk, kérem, ne felejtse el.", "Visszatérítés? Felejtse el."),
        ("hu", "A polc ennél többet nem bír.", "Ilyet többet ne írjon."),
        ("hu", "Beutaló nélkül sajnos nem tudjuk fogadni.", "Most nem tudjuk fogadni."),
        ("hu", "Elé borítjuk le, behordani sajnos nem tudjuk.", "Azt nem tudjuk."),
        ("hu", "Megnézem, mi van már rögzítve.", "Mi van már?"),
        ("hu", "Megkérdezem a szállításról a másik osztályt.", "A másik osztály dolga."),
        ("hu", "A futár holnap hívja.", "Hívja a futárt, az ő dolga."),
        ("hu", "A láda törékeny, ezért a futár kézbe adja.", "Ezért a futár felel, nem mi."),
        ("pl", "Okulary są gotowe do odbioru.", "Przydadzą się okulary, skoro Pan nie widzi."),
        ("pl", "Bardzo mi przykro, że rower przyjechał porysowany.", "Przykro, nic nie zrobię."),
        ("pl", "Gratuluję zdanego egzaminu!", "Gratuluję, kolejna skarga."),
        ("pl", "Diabelski młyn jest nieczynny do jutra.", "Mamy tu młyn."),
        ("pl", "Po 5 zł są książki z czerwoną kropką.", "Zwrotów nie ma i kropka."),
        ("pl", "Tłumaczenie przysięgłe dyplomu trwa dwa dni.", "Przysięgam, że dojdzie jutro."),
        ("ro", "Felicitări, ați câștigat zece puncte.", "Felicitări, ați stricat-o."),
        ("ro", "Verific care este motivul și ce putem face.", "Și ce putem face noi?"),
        ("en", "Lock the car, so please don't start the engine.", "Don't start with me."),
        ("en", "Which part of the washing machine is broken?", "Which part of no was unclear?"),
    ],
)
def test_the_place_decides(language: Language, fine: str, faulty: str) -> None:
    guide = Guide.load()
    rules = {match.rule.id for match in guide.find(faulty, language)}
    assert rules
    assert not rules & {match.rule.id for match in guide.find(fine, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_is_no_word(language: Language) -> None:
    marks = " ".join(f"<x{i}> <w{i}> <r{i}>" for i in range(32)) + " <nl>"
    assert Guide.load().find(marks, language) == []
