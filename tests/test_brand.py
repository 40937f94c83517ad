"""Brands: all faults at once, wording outside facts."""

from pathlib import Path

import pytest

from rewriter.brand import Brand, names
from rewriter.errors import BrandError


def load(folder: Path, text: str) -> Brand:
    (folder / "b.toml").write_text(text, encoding="utf-8")
    return Brand.load(folder / "b.toml")


def test_all_shipped_brands_load_and_differ_in_address() -> None:
    assert names() == ["bank", "shop", "startup"]
    assert Brand.load("bank").address_for("hu") == "formal"
    assert Brand.load("startup").address_for("hu") == "informal"


def test_every_fault_is_listed_with_its_key(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    path.write_text('colour = "red"\nemoji = 1\n[address]\nhu = "te"\nde = "formal"\n[replace]\nhu = 3\n', encoding="utf-8")
    with pytest.raises(BrandError) as error:
        Brand.load(path)
    for fault in ("5 faults", "colour: unknown", "emoji: must be", "address.hu: 'te'", "address.de: unknown", "replace.hu"):
        assert fault in str(error.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('tone = "hot"', "tone: 'hot'; allowed are reserved, neutral, friendly, warm"),
        ('greeting = "sometimes"', "greeting: 'sometimes'; allowed are never, missing, always"),
        ('greeting = "always"', "texts: missing; greeting, closing and sign_off take their words from it"),
        ('greeting = "always"\n[texts.hu]\nclosing = "X."', "texts.hu.greeting: missing, but greeting is 'always'"),
        ('one_line = "poem"', "one_line: 'poem'; allowed are bare, inline, letter"),
        ("longest_reply = -1", "longest_reply: must be a number of characters, 0 for no limit"),
        ("agent = 3", "agent: must be a string that is not empty"),
        ('[texts.en]\nsign_off = "{agent}"', "agent: missing for en; texts.en.sign_off uses {agent}"),
        ('agent = {hu = "Anna"}\n[texts.en]\nsign_off = "{agent}"', "agent: missing for en"),
        ('[texts.en]\ngreeting = "Hi {customer}"', "texts.en.greeting: {customer} is unknown; allowed are {company}, {agent}"),
        ('[texts.en]\ngreeting_named = "Hi!"', "texts.en.greeting_named: must have {customer}"),
        ('[texts.en]\ngreeting = "Hi {agent"', "texts.en.greeting: a brace is open"),
        ('[texts.en]\ngreeting = "Hi\\nthere"', "texts.en.greeting: must be one line"),
        ('[texts.en]\ngreeting = {hot = "Hi"}', "texts.en.greeting.hot: unknown tone; allowed are reserved"),
        ('[texts.en]\nbye = "Hi"', "texts.en.bye: unknown text; allowed are greeting, greeting_named, closing, sign_off"),
        ('[[avoid]]\nlanguage = "en"\nwords = ["a*b"]', "avoid[0].words[0]: 'a*b'; must be a word"),
        ('[[avoid]]\nwords = ["a"]', "avoid[0].language: missing"),
        ('[[avoid]]\nlanguage = "en"\nwords = ["bad"]\nuse = "so bad"', "avoid[0].use: has 'bad', a word that this brand avoids"),
        ('[replace.en]\na = "b"\nb = "c"', "replace.en.a: has 'b', a word that this brand avoids or replaces"),
        ('emoji = false\n[texts.en]\nclosing = "Bye 😀"', "texts.en.closing: has an emoji, but emoji is false"),
        ('exclamation_marks = false\n[texts.en]\nclosing = "Bye!"', "texts.en.closing: has an exclamation mark"),
        ('[[approved]]\nlanguage = "de"\ntext = "x"', "approved[0].language: 'de'; allowed are hu, ro, pl, en"),
        ('[[approved]]\nlanguage = "en"\ntext = ""\nfor = "x"', "approved[0].for: unknown; allowed are language, text, draft"),
        ('approved_file = "none.jsonl"', "approved_file: there is no file 'none.jsonl' beside the brand's file"),
    ],
)
def test_a_fault_names_its_key_path_and_what_is_allowed(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(BrandError) as error:
        load(tmp_path, text)
    assert f"\n{fault}" in str(error.value)


def test_words_are_replaced_but_never_inside_a_fact() -> None:
    brand = Brand(replace={"en": {"hi": "hello"}}, exclamation_marks=False, emoji=False)
    assert brand.apply("Hi! See https://hi.com/hi 😀", "en") == "Hello. See https://hi.com/hi"


def test_an_unknown_brand_names_those_that_ship() -> None:
    with pytest.raises(BrandError, match="bank, shop, startup"):
        Brand.load("casino")


def test_names_are_filled_in_by_language_and_the_agent_can_be_another(tmp_path: Path) -> None:
    text = 'company = "Acme"\nagent = {hu = "Kiss Anna"}\n[texts.hu]\nsign_off = "{agent}, {company}"'
    brand = load(tmp_path, text)
    assert brand.text("sign_off", "hu") == "Kiss Anna, Acme"
    assert brand.named("Nagy Kata").text("sign_off", "hu") == "Nagy Kata, Acme"
    assert Brand.load(tmp_path / "b.toml", agent="Nagy Kata").text("sign_off", "hu") == "Nagy Kata, Acme"
    assert brand.text("sign_off", "pl") == ""


@pytest.mark.parametrize(("tone", "text"), [("reserved", "R"), ("neutral", "R"), ("friendly", "W"), ("warm", "W")])
def test_the_tone_takes_the_nearest_text(tmp_path: Path, tone: str, text: str) -> None:
    brand = load(tmp_path, f'tone = "{tone}"\n[texts.en.closing]\nreserved = "R"\nwarm = "W"')
    assert brand.text("closing", "en") == text


def test_approved_replies_may_lie_in_a_file_beside(tmp_path: Path) -> None:
    (tmp_path / "ok.jsonl").write_text('{"language": "en", "text": "Two."}\n', encoding="utf-8")
    brand = load(tmp_path, 'approved_file = "ok.jsonl"\n[[approved]]\nlanguage = "en"\ntext = "One."')
    assert [reply.text for reply in brand.approved] == ["One.", "Two."]
    (tmp_path / "ok.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(BrandError, match="approved_file, line 1: no JSON"):
        load(tmp_path, 'approved_file = "ok.jsonl"')
