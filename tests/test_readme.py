"""What the README shows is true."""

import re
from pathlib import Path

from rewriter import Rewriter

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_the_examples_are_what_the_bundled_model_says() -> None:
    rows = re.findall(r"^\| (Hungarian|Romanian|Polish|English) \| (.+) \| (.+) \|$", README, re.M)
    assert len(rows) == 4
    rewriter = Rewriter.from_pretrained()
    for _, draft, reply in rows:
        assert rewriter.rewrite(draft).text == reply


def test_every_file_on_the_map_exists() -> None:
    root = Path(__file__).parents[1]
    table = README.split("## A map of the files")[1]
    for name in re.findall(r"^\| `([^`]+)`", table, re.M):
        assert (root / name).exists(), name
