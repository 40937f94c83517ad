"""The guide's examples are the documents' own."""

import json
from pathlib import Path

import pytest

from rewriter.guide import Guide, examples
from rewriter.marks import LANGUAGES

DOCUMENTS = Path(__file__).parents[1] / "eval" / "data" / "documents.jsonl"


def test_every_example_names_a_rule_a_kind_a_language_and_a_document():
    guide = Guide.load()
    known = {document for rule in guide.rules for document in rule.documents}
    for example in examples.load():
        assert example.rule in guide.by_id
        assert example.kind in ("bad", "good")
        assert example.language in LANGUAGES
        assert example.document in known
        assert example.text.strip()


def test_none_is_made_up_and_none_is_left_out():
    rows = [json.loads(line) for line in DOCUMENTS.read_text("utf-8").splitlines()]
    told = {(rule, row["kind"], row["language"], row["document"], row["draft"]) for row in rows for rule in row["rules"]}
    assert {(e.rule, e.kind, e.language, e.document, e.text) for e in examples.load()} == told


def test_examples_of_the_language_come_first_and_others_stand_in():
    hungarian = examples.of_rule("never.dont_know", "hu")
    assert [e.kind for e in hungarian] == ["bad", "bad", "good", "good"]
    assert examples.of_rule("never.dont_know", "ro") == hungarian
    assert {e.language for e in examples.of_rule("ask.hedged_request", "hu")} == {"pl"}
    assert examples.of_rule("clean.grammar", "hu") == ()


def test_the_page_marks_an_example_in_another_language():
    from webdemo import texts, view

    rule = Guide.load().by_id["never.dont_know"]
    own, other = view.guide(texts.load("hu"), [rule]), view.guide(texts.load("ro"), [rule])
    assert "Nem tudom." in own
    assert "Nem tudom." in other
    marked = texts.load("ro").say("guide_example_language", language="maghiară")
    assert marked in other
    assert texts.load("hu").say("guide_example_language", language="magyar") not in own
    assert 'lang="hu"' in other
    none = view.guide(texts.load("pl"), [Guide.load().by_id["clean.grammar"]])
    assert texts.load("pl")["guide_no_example"] in none


@pytest.mark.parametrize("code", LANGUAGES)
def test_examples_are_found_by_their_words(code, tmp_path):
    from rewriter import Rewriter
    from rewriter.feedback import FeedbackStore
    from tests.demo_engine import PhraseEngine
    from webdemo import texts
    from webdemo.desk import Desk

    desk = Desk(Rewriter(PhraseEngine()), FeedbackStore(tmp_path / "feedback.sqlite3"))
    assert [rule.id for rule in desk.find(texts.load(code), "nem tudom")][:1] == ["never.dont_know"]
