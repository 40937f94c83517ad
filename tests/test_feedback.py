import json
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from rewriter.errors import InputError
from rewriter.feedback import MAX_COMMENT, FeedbackStore
from rewriter.types import Finding, Rewrite

DRAFT = "Fogalmam sincs, mikor ér oda a 48213-as rendelés. Írjon ide: anna.kiss@example.hu"
REPLY = "Utánanézek, mikor ér oda a 48213-as rendelés. Írjon ide: anna.kiss@example.hu"


def rewrite(draft=DRAFT, text=REPLY, language="hu"):
    finding = Finding("never.dont_know", ("sins",), "high", "t", "r", 0, 14, "Fogalmam sincs", "pattern", True)
    return Rewrite(draft, text, language, "formal", (finding, finding))


@pytest.fixture
def store(tmp_path):
    return FeedbackStore(tmp_path / "deep" / "feedback.sqlite3")


def test_reading_leaves_no_file(store):
    assert store.figures().total == 0
    assert list(store.pairs()) == []
    assert store.erase() == 0
    assert not store.path.exists()


def test_verdicts(store):
    assert store.add(rewrite(), REPLY + "\n", liked=True) == "accepted"
    assert store.add(rewrite(), "Megnézem. " + REPLY, liked=True) == "edited"
    assert store.add(rewrite(), REPLY, liked=False) == "refused"


def test_no_fact_is_stored(store):
    store.add(rewrite(), REPLY + " A 48214-es is.", liked=True, comment="A 48213-as jó volt, hívjon: +36 30 123 4567")
    stored = store.path.read_bytes()
    for fact in (b"48213", b"48214", b"anna.kiss", b"123 4567"):
        assert fact not in stored
    row = sqlite3.connect(store.path).execute("SELECT draft, final, comment FROM feedback").fetchone()
    assert row[0].startswith("Fogalmam sincs, mikor ér oda a <x0>-as rendelés.")
    assert "<x2>" in row[1]
    assert row[2].startswith("A <x0>-as jó volt")


def test_only_the_owner_reads_it(store):
    store.add(rewrite(), REPLY, liked=True)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_figures(store):
    store.add(rewrite(), REPLY, liked=True)
    store.add(rewrite("No idea.", "Let me check.", "en"), "Let me check it.", liked=True)
    store.add(rewrite("No idea.", "Let me check.", "en"), "Let me check.", liked=False)
    figures = store.figures()
    assert figures.total == 3
    assert figures.verdicts == {"accepted": 1, "edited": 1, "refused": 1}
    assert figures.languages == {
        "en": {"accepted": 0, "edited": 1, "refused": 1},
        "hu": {"accepted": 1, "edited": 0, "refused": 0},
    }
    assert figures.rules == {"never.dont_know": {"accepted": 1, "edited": 1, "refused": 1}}


def test_export_keeps_what_may_be_learnt(store, tmp_path):
    store.add(rewrite(), REPLY, liked=True)
    store.add(rewrite("No idea.", "Let me check.", "en"), "Let me check.", liked=False)  # refused, nothing better given
    store.add(rewrite("No idea.", "Let me check.", "en"), "I will find out.", liked=False)  # refused, but shown how
    store.add(rewrite("No idea.", "Let me check.", "en"), "I will find out by 15:30.", liked=True)  # a fact made up
    store.add(rewrite("All fine.", "All fine.", "en"), "All fine.", liked=True)
    out = tmp_path / "pairs.jsonl"
    assert store.export(out) == 3
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert rows[0]["reply"].startswith("Utánanézek, mikor ér oda a <x0>-as")
    assert rows[0]["rules"] == ["never.dont_know"]
    assert (rows[1]["reply"], rows[1]["language"], rows[1]["address"]) == ("I will find out.", "en", "formal")
    assert rows[2]["rules"] == []


def test_export_can_be_trained_on(store, tmp_path):
    finetune = pytest.importorskip("rewriter.training.finetune")
    store.add(rewrite(), REPLY, liked=True)
    out = tmp_path / "pairs.jsonl"
    store.export(out)
    (pair,) = finetune.read_pairs(out)
    assert "<x0>-as" in pair.target


def test_erase(store):
    store.add(rewrite("Elvesztettük a csomagot.", "Megkeressük a csomagot."), "Megkeressük a csomagot.", liked=True)
    assert store.erase() == 1
    assert store.figures().total == 0
    assert b"csomagot" not in store.path.read_bytes()


@pytest.mark.parametrize(("final", "comment"), [(" \n", ""), ("x" * 16_001, ""), ("x", "y" * (MAX_COMMENT + 1))])
def test_bad_input_is_refused(store, final, comment):
    with pytest.raises(InputError):
        store.add(rewrite(), final, liked=True, comment=comment)
    assert not store.path.exists()


def test_many_at_once(store):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.add(rewrite(), REPLY, liked=True), range(40)))
    assert store.figures().total == 40


def test_path_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("REWRITER_FEEDBACK", str(tmp_path / "own.sqlite3"))
    assert FeedbackStore().path == tmp_path / "own.sqlite3"
