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


CHAT = 'version = 1\nvariables = ["tone", "draft"]\nsystem = "Be {tone}."\ntext = "{draft}"\n[words.tone]\nkind = "very kind"\n'


def test_a_chat_has_its_system_text_and_examples_before_the_question(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text(
        CHAT + '[[examples]]\ntone = "kind"\ndraft = "No."\nreply = "I am sorry, no."', encoding="utf-8"
    )
    template = Template.load("t", tmp_path)
    assert template.messages(tone="kind", draft="{tone}") == [
        {"role": "system", "content": "Be very kind."},
        {"role": "user", "content": "No."},
        {"role": "assistant", "content": "I am sorry, no."},
        {"role": "user", "content": "{tone}"},
    ]
    with pytest.raises(InputError, match="tone is 'rude'; allowed are kind"):
        template.messages(tone="rude", draft="x")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[[examples]]\ntone = "kind"\ndraft = "No."', "example 1 has draft, tone; it takes draft, reply, tone"),
        ('[[examples]]\ntone = "kind"\ndraft = "No."\nreply = "x"\nmood = "x"', "example 1 has draft, mood, reply, tone"),
        ('[[examples]]\ntone = "rude"\ndraft = "No."\nreply = "x"', "tone is 'rude'; allowed are kind"),
        ('[words.mood]\ngood = "x"', "words for what is not listed: mood"),
        ('[extra]\na = "x"', "has extra, system"),
    ],
)
def test_what_does_not_fit_a_chat_fails_when_it_is_loaded(tmp_path: Path, more: str, message: str) -> None:
    (tmp_path / "t.toml").write_text(CHAT + more, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        Template.load("t", tmp_path)
