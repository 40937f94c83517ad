"""Templates refuse what they do not know."""

from pathlib import Path

import pytest

from rewriter.errors import InputError
from rewriter.prompts import Template


def test_renders_every_variable_as_text() -> None:
    text = Template.load("rewrite-v1").render(language="Polish", address="formal", draft="{language} <x0>")
    assert "to the customer in Polish" in text
    assert text.endswith("Draft: {language} <x0>\nReply:")


def test_missing_and_extra_values_are_named() -> None:
    with pytest.raises(InputError, match="takes language, address, draft; got draft"):
        Template.load("rewrite-v1").render(draft="x")


def test_text_and_variables_must_agree(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text('version = 1\nvariables = ["a"]\ntext = "{b}"', encoding="utf-8")
    with pytest.raises(InputError, match="missing from the text: a; not listed: b"):
        Template.load("t", tmp_path)
