"""Words that the model miscopied come back as the draft has them; real changes stay."""

import pytest

from rewriter.repair import miscopied


@pytest.mark.parametrize(
    ("draft", "reply", "mended"),
    [
        ("We apologise for the burnt steak.", "I'm sorry for the burrtnt steak.", "I'm sorry for the burnt steak."),
        ("It uses <x0> litres per cycle.", "It uses <x0> literres per cycle.", "It uses <x0> litres per cycle."),
        ("Not my job, ask the depot.", "I'll ask the depot for you.", "I'll ask the depot for you."),
        ("Your Zorblax is late, deal with it.", "Your Zorblax is late.", "Your Zorblax is late."),
    ],
)
def test_miscopied(draft: str, reply: str, mended: str) -> None:
    assert miscopied(draft, reply, "en") == mended
