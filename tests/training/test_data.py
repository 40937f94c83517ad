"""The handwritten data: format, slots, balance, and distance from the exam."""

import json
import random
from pathlib import Path

import pytest

from rewriter.errors import TrainingDataError
from rewriter.facts import compare, mask
from rewriter.guide import Guide
from rewriter.language import detect
from rewriter.marks import LANGUAGES, Language
from rewriter.training.data import SLOT, fill, load, split

CODES = list(LANGUAGES)


@pytest.mark.parametrize("code", CODES)
def test_there_is_enough_of_everything(code: Language) -> None:
    data = load(code)
    assert sum(len(group.bad) for group in data.frames) >= 1300
    assert len(data.messages) >= 200
    assert len(data.pairs) >= 1300
    assert sum(len(group.bad) for group in data.pairs) >= 2.2 * len(data.pairs), "one meaning, several wordings"
    assert len(data.good) >= 380
    assert len(data.neutral) >= 380
    assert sum(map(len, data.fillers.values())) >= 600
    assert code == "en" or len(data.address) >= 190


@pytest.mark.parametrize("code", CODES)
def test_every_rule_that_a_sentence_can_break_has_sentences(code: Language) -> None:
    rules = Guide.load().numbers
    counts = dict.fromkeys(rules, 0)
    for group in load(code).frames + load(code).messages + load(code).pairs:
        for rule in group.rules:
            counts[rule] += len(group.bad)
    for rule, count in counts.items():
        kind = rule.split(".")[0]
        fewest = 30 if kind == "never" else 20 if kind in ("ask", "tone") else 5
        assert count >= fewest, (rule, count)


@pytest.mark.parametrize("code", CODES)
def test_slots_leave_nothing_behind_and_facts_match(code: Language) -> None:
    data, rng, faulty = load(code), random.Random(1), 0
    pairs = 0
    for group in data.frames + data.messages:
        for bad in group.bad[:2]:
            draft, reply = fill([bad, rng.choice(group.good)], data, rng)
            assert not SLOT.search(draft), draft
            assert not SLOT.search(reply), reply
            masked = mask(draft)
            pairs += 1
            faulty += bool(compare(masked.text, mask(reply, masked.facts).text))
    # The sampler never teaches a pair whose facts differ; a few (a name inflected, a number spelt out) are tolerable.
    assert faulty / pairs < 0.12


@pytest.mark.parametrize("code", CODES)
def test_whole_drafts_keep_every_fact_and_are_written_once(code: Language) -> None:
    groups = load(code).pairs
    drafts = [bad for group in groups for bad in group.bad]
    assert len(set(drafts)) >= 0.998 * len(drafts)
    for group in groups:
        for bad in group.bad:
            masked = mask(bad, language=code)
            for reply in group.good + group.informal:
                assert not compare(masked.text, mask(reply, masked.facts, code).text), (bad, reply)
                assert reply != bad
                assert not SLOT.search(bad + reply)


@pytest.mark.parametrize("code", CODES)
def test_good_replies_are_in_their_language(code: Language) -> None:
    texts = [reply.text for reply in load(code).good if len(reply.text.split()) > 5]
    wrong = [text for text in texts if detect(text) != code]
    assert len(wrong) / len(texts) < 0.01, wrong[:5]


@pytest.mark.parametrize("code", CODES)
def test_validation_is_split_by_group(code: Language) -> None:
    train, held = split(load(code))
    assert held.frames
    assert not {group.bad for group in train.frames} & {group.bad for group in held.frames}
    assert held.pairs
    assert not {group.bad for group in train.pairs} & {group.bad for group in held.pairs}
    assert len(held.frames) < len(train.frames) / 10


def test_every_fault_is_listed_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    rows = [
        {"rules": [], "bad": ["a {q}"], "good": ["b {thing}"]},
        {"rules": [], "bad": ["a"]},
        {"rules": [], "bad": ["a"], "good": ["b"], "mood": "x"},
    ]
    (folder / "frames-x.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows) + "nonsense\n", "utf-8")
    (folder / "jokes-x.jsonl").write_text("", "utf-8")
    with pytest.raises(TrainingDataError) as error:
        load("en", tmp_path)
    for part in ("frames-x.jsonl:2: needs", "frames-x.jsonl:3: unknown keys mood", "frames-x.jsonl:4: not JSON", "'jokes'"):
        assert part in str(error.value)
    assert "no filler of slot 'q'" in str(error.value)
    assert "which not every bad one has: b {thing}" in str(error.value)


def test_fillers_agree_between_sides_and_begin_sentences_with_capitals(tmp_path: Path) -> None:
    folder = tmp_path / "hu"
    folder.mkdir()
    (folder / "slots-x.jsonl").write_text('{"slot": "thing", "nom": "a csomag", "acc": "a csomagot"}\n', "utf-8")
    data = load("hu", tmp_path)
    filled = fill(["{thing.nom}? Nem látom. {thing.acc} keresse.", "Keresem {thing.acc}."], data, random.Random(0))
    assert filled == ["A csomag? Nem látom. A csomagot keresse.", "Keresem a csomagot."]
