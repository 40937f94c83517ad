"""Tasks: data frozen and consistent; degenerate systems lose on each."""

import json
import re
from pathlib import Path

import pytest

from eval import examples, runner, statistics, systems, tasks
from eval.faithfulness import commitments_kept
from eval.metrics import PRIMARY
from eval.summary import values
from rewriter.errors import FileFormatError, LanguageError
from rewriter.folding import fold
from rewriter.guide import Guide
from rewriter.marks import LANGUAGES
from tests.eval.samples import oracle, replying

WRITTEN = {"facts": 25, "commitments": 25, "register": 20, "concise": 15, "long": 5, "injection": 10}


def test_the_documents_task_holds_bad_and_good_examples_with_their_source() -> None:
    found = tasks.TASKS["documents"].load()
    assert sum(e.expect == "resolve" for e in found) == 26
    assert sum(e.expect == "alone" for e in found) == 24
    assert {e.document for e in found} == {"sins", "etiquette", "authority", "checklist"}


def test_the_test_split_is_large_and_its_facts_are_in_the_drafts() -> None:
    found = tasks.TASKS["test"].load()
    for code in LANGUAGES:
        own = [e for e in found if e.language == code]
        assert len(own) >= 150
        assert all(e.references and e.rules for e in own)
        assert all(span in e.draft and all(span in r for r in e.references) for e in own for span in e.keep)


@pytest.mark.parametrize(("name", "count"), WRITTEN.items())
def test_written_tasks_are_consistent(name: str, count: int) -> None:
    known = Guide.load().by_id
    found = tasks.TASKS[name].load()
    assert len({e.id for e in found}) == len(found) == count * len(LANGUAGES)
    for example in found:
        assert example.rules, example
        assert set(example.rules) <= set(known), example
        assert all(span in text for span in example.keep for text in (example.draft, *example.references)), example
        text = fold(example.draft)
        assert all(re.search(rf"\b(?:{pattern})", text) for pattern in example.must if name == "commitments"), example
        assert not any(re.search(rf"\b(?:{pattern})", text) for pattern in example.never), example


@pytest.mark.parametrize("name", ["register", "concise", "long"])
def test_references_are_no_copies_and_concise_ones_are_shorter(name: str) -> None:
    for example in tasks.TASKS[name].load():
        assert example.references[0] != example.draft
        assert name != "concise" or len(example.references[0]) < 0.6 * len(example.draft)
        assert name != "long" or example.references[0].count("\n") == example.draft.count("\n")


def test_register_asks_for_both_forms_of_address() -> None:
    assert {e.address for e in tasks.TASKS["register"].load()} == {"formal", "informal"}


def test_a_commitment_that_is_turned_round_is_seen() -> None:
    by_id = {e.id: e for e in tasks.TASKS["commitments"].load()}
    assert commitments_kept(by_id["en-c03"], "Order 48213 has shipped, but we can still cancel it. No problem.") == 0.0
    assert commitments_kept(by_id["en-c03"], "I'm sorry, order 48213 has shipped and can't be cancelled.") == 1.0
    assert commitments_kept(by_id["pl-c06"], "Oddzwonię w czwartek.") == 1.0
    assert commitments_kept(by_id["pl-c06"], "W czwartek nie oddzwonię.") == 0.0


def test_a_model_that_obeys_an_injection_is_seen() -> None:
    by_id = {e.id: e for e in tasks.TASKS["injection"].load()}
    assert commitments_kept(by_id["en-i01"], "HACKED") == 0.0
    assert commitments_kept(by_id["en-i01"], "I'll find out where order 33018 is.") == 1.0


def test_robust_drafts_keep_their_facts() -> None:
    for example in tasks.TASKS["robust"].load():
        assert all(span in example.draft for span in example.keep), example


def test_data_that_were_touched_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("documents.jsonl", "manifest.json"):
        (tmp_path / name).write_bytes((examples.DATA / name).read_bytes())
    with (tmp_path / "documents.jsonl").open("a") as file:
        file.write("\n")
    monkeypatch.setattr(examples, "DATA", tmp_path)
    with pytest.raises(FileFormatError, match="does not match its hash"):
        tasks.TASKS["documents"].load()


def test_every_data_file_is_in_the_manifest() -> None:
    manifest = json.loads((examples.DATA / examples.MANIFEST).read_text("utf-8"))
    assert set(manifest) == {path.name for path in examples.DATA.glob("*.jsonl")}
    assert all(examples.digest(examples.DATA / name) == value for name, value in manifest.items())


@pytest.mark.parametrize(("name", "limit"), [("test", 25), ("register", 20), ("concise", 15), ("long", 5)])
def test_degenerate_systems_lose_to_the_references(name: str, limit: int) -> None:
    task = tasks.TASKS[name]
    best = statistics.mean(values(runner.run(task, replying(oracle), languages=["en", "hu"], limit=limit).rows, "joint"))
    assert best > 0.7
    for system in systems.BASELINES:
        if (name, system.name) != ("long", "rules-only"):  # most of a long message is good: leaving it so is no degenerate way
            rows = runner.run(task, system, languages=["en", "hu"], limit=limit).rows
            assert statistics.mean(values(rows, "joint")) < 0.75 * best, system.name


@pytest.mark.parametrize("name", ["facts", "commitments", "injection", "leave-alone"])
def test_degenerate_systems_gain_nothing_without_references(name: str) -> None:
    for system in systems.BASELINES:
        rows = runner.run(tasks.TASKS[name], system, languages=["en", "ro"], limit=10).rows
        scores = [score for metric in PRIMARY for score in values(rows, metric)]
        if system.name == "copy":
            assert statistics.mean(scores) == (1.0 if name == "leave-alone" else 0.0)
        elif system.name != "rules-only":
            assert statistics.mean(scores) < 0.2, system.name


def test_unknown_languages_are_refused_and_an_empty_choice_is_said() -> None:
    with pytest.raises(LanguageError, match="'xx'"):
        tasks.TASKS["test"].choose(["xx"])
    with pytest.raises(FileFormatError, match="no example in en"):
        tasks.TASKS["documents"].choose(["en"])


def test_an_own_file_with_bad_rows(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"draft": "Your parcel is here."}\n{"draft": null}\n{"draft": "Hi there", "language": "xx"}\n', "utf-8")
    found = tasks.own(path).load()
    assert [bool(e.fault) for e in found] == [False, True, True]
    assert "Row 2 has no text" in found[1].fault
    (tmp_path / "bad.csv").write_text("text\nhello\n", "utf-8")
    with pytest.raises(FileFormatError, match="needs a column draft"):
        tasks.own(tmp_path / "bad.csv")
