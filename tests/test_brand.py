"""Brands: all faults at once, wording outside facts."""

from pathlib import Path

import pytest

from rewriter.brand import Brand, names
from rewriter.errors import BrandError


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


def test_words_are_replaced_but_never_inside_a_fact() -> None:
    brand = Brand(replace={"en": {"hi": "hello"}}, exclamation_marks=False, emoji=False)
    assert brand.apply("Hi! See https://hi.com/hi 😀", "en") == "Hello. See https://hi.com/hi"


def test_an_unknown_brand_names_those_that_ship() -> None:
    with pytest.raises(BrandError, match="bank, shop, startup"):
        Brand.load("casino")
