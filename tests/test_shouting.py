"""Shouting is found and taken down; acronyms and marks stay."""

import pytest

from rewriter.shouting import calm, shouting


@pytest.mark.parametrize(
    ("loud", "quiet"),
    [
        ("NEM TUDOM HOL VAN A <x0>. MAJD LESZ!!", "Nem tudom hol van a <x0>. Majd lesz!"),
        ("NU ȘTIU!!! Întrebați la curier", "Nu știu! Întrebați la curier"),
        ("The PDF from UPS is here.", "The PDF from UPS is here."),
        ("Mi?! Mikor??", "Mi? Mikor?"),
    ],
)
def test_calm(loud: str, quiet: str) -> None:
    assert calm(loud) == quiet


def test_spans_name_the_loud_part() -> None:
    assert [("NU ȘTIU!!! Întrebați")[s:e] for s, e in shouting("NU ȘTIU!!! Întrebați")] == ["NU ȘTIU!!!"]
    assert shouting("Az OTP és a GLS. Jó!") == []
