import json
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter import Rewriter, RewriterError, sheets
from rewriter.batch import read_table
from rewriter.brand_file import TONES
from rewriter.engines.base import Engine
from rewriter.errors import FileFormatError, LanguageError
from rewriter.feedback import FeedbackStore
from rewriter.marks import LANGUAGES
from rewriter.types import Finding, Note, Rewrite
from tests.demo_engine import PhraseEngine
from webdemo import changes, texts, view
from webdemo.desk import Desk, Place, Shown, sentence

pytest.importorskip("gradio", reason="the web demo's extra is not installed")
ROOT = Path(__file__).parent.parent
DRAFT, REPLY = "I have no idea when order 48213 arrives.", "Let me find out when order 48213 arrives."
ENGLISH = texts.load("en")


@pytest.fixture
def store(tmp_path):
    return FeedbackStore(tmp_path / "feedback.sqlite3")


@pytest.fixture
def desk(store):
    return Desk(Rewriter(PhraseEngine()), store)


def blank(rewriter, store):
    import app

    return app.build_demo(rewriter, store)


def test_import_has_no_side_effects():
    code = (
        "import os, sys, threading; before = dict(os.environ); import app; "
        "assert not {'gradio', 'torch', 'webdemo'} & set(sys.modules); "
        "assert dict(os.environ) == before; assert threading.active_count() == 1"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_fake_engine_is_an_engine():
    assert isinstance(PhraseEngine(), Engine)


class TestTexts:
    @pytest.mark.parametrize("code", LANGUAGES)
    def test_every_language_has_every_sentence_with_its_gaps(self, code):
        import string

        def gaps(text):
            return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)

        own = texts.load(code)
        assert own.keys() == ENGLISH.keys()
        differing = {key for key in own if key != "shortcuts" and gaps(own[key]) != gaps(ENGLISH[key])}
        assert not differing

    @pytest.mark.parametrize(
        ("given_code", "code"), [("hu-HU", "hu"), ("ro_RO", "ro"), ("PL", "pl"), ("de-AT", "en"), ("", "en"), (None, "en")]
    )
    def test_browser_language(self, given_code, code):
        assert texts.choose(given_code) == code


class TestChanges:
    @settings(max_examples=60, deadline=None)
    @given(st.text("ab ,.\n", max_size=30), st.text("ab ,.\n", max_size=30))
    def test_parts_are_the_texts(self, draft, reply):
        parts = changes.compare(draft, reply)
        assert "".join(part.before for part in parts) == draft
        assert "".join(part.after for part in parts) == reply

    def test_one_change_is_put_back_and_the_rest_kept(self):
        draft, reply = "No, we never do that here today. Go to our website!", "Sorry, we can do that here today. See the link!"
        parts = changes.compare(draft, reply)
        count = sum(not part.same for part in parts)
        assert count > 1
        back = changes.put_back(draft, reply, 0)
        assert back.startswith("No, we can do")
        assert back.endswith("See the link!")
        assert changes.put_back(draft, reply, count) == reply

    def test_marks_do_not_rest_on_colour(self):
        html = view.changes(ENGLISH, changes.compare(DRAFT, REPLY))
        assert "<del>" in html
        assert "<ins>" in html
        assert "removed: " in html
        assert "added: " in html


class TestView:
    RESULT = Rewrite(
        "<b>No</b> idea & more",
        "<i>x</i>",
        "en",
        "formal",
        (
            Finding("never.dont_know", ("sins",), "high", "t", "r", 0, 8, "<b>No</b", "pattern", False),
            Finding("tone.human", ("rules",), "low", "t", "r", 3, 12, "No</b> id", "model", True),
        ),
        (Note("promise", "Look <here>"),),
    )

    def test_everything_is_escaped(self, desk):
        parts = changes.compare(self.RESULT.draft, self.RESULT.text)
        html = view.changes(ENGLISH, parts) + view.reasons(ENGLISH, self.RESULT, desk.rules) + view.notes(ENGLISH, self.RESULT)
        html += view.table(ENGLISH, ["<b>"], [["<i>", None]]) + view.failure(ENGLISH, "<i>")
        assert "<b>" not in html
        assert "<i>" not in html
        assert "<here>" not in html

    def test_overlapping_findings_are_both_marked(self, desk):
        html = view.reasons(ENGLISH, self.RESULT, desk.rules)
        assert html.count("<mark>") == 3
        assert "<sup>1</sup>" in html
        assert "<sup>2</sup>" in html

    def test_reasons_are_in_the_interface_language(self, desk):
        rule = desk.rules["never.dont_know"]
        for code in LANGUAGES:
            assert view.escape(rule.title[code]) in view.reasons(texts.load(code), self.RESULT, desk.rules)

    def test_status(self):
        assert "leave" in view.status(ENGLISH, Rewrite("a", "a", "en", "formal"))
        assert "kept" in view.status(ENGLISH, Rewrite("a", "a", "en", "formal", kept_because=("it is empty",)))


class TestDesk:
    def test_rewrite(self, desk):
        shown = desk.rewrite(DRAFT)
        assert shown.reply == REPLY
        assert shown.result.findings[0].rule == "never.dont_know"
        assert len(shown.wordings) == 2

    def test_short_draft_takes_the_language_of_the_customer(self, desk):
        assert desk.rewrite("OK.", "Dzień dobry, kiedy dotrze moje zamówienie?").result.language == "pl"

    def test_customer_of_another_language_is_pointed_out(self, desk):
        shown = desk.rewrite(DRAFT, "Dzień dobry, kiedy dotrze moje zamówienie?")
        assert shown.result.language == "en"
        assert "Polish" in desk.hints(ENGLISH, shown)[-1]
        assert not desk.hints(ENGLISH, desk.rewrite(DRAFT, None))

    def test_brand_and_address(self, desk):
        assert desk.rewrite(DRAFT, brand="startup", language="hu").result.address == "informal"
        assert desk.rewrite(DRAFT, brand="startup", language="hu", address="formal").result.address == "formal"

    def test_the_tone_is_the_agents_choice_or_the_brands(self, desk):
        draft = "Nie wiem, kiedy dotrze paczka 48213.\n\nProszę czekać."
        said = {tone: desk.rewrite(draft, brand="shop", tone=tone).result.text for tone in ("brand", *TONES)}
        assert said["brand"] == said[desk.rewriters["shop"].brand.tone]
        assert len(set(said.values())) > 1
        assert all("48213" in text for text in said.values())

    @pytest.mark.parametrize("wrong", [{"brand": "nobody"}, {"address": "rude"}, {"tone": "loud"}, {"language": "xx"}])
    def test_unknown_choices_are_refused(self, desk, wrong):
        with pytest.raises(RewriterError):
            desk.rewrite(DRAFT, **wrong)

    def test_undo_walks_back(self, desk):
        shown = desk.rewrite(DRAFT)
        second = shown.put(shown.wordings[1], shown.reply)
        third = second.put_back(0, second.reply)
        assert third.reply == DRAFT
        assert third.undo(third.reply).reply == shown.wordings[1]
        assert third.undo("").undo("").reply == REPLY

    def test_put_back_after_typing_does_nothing(self, desk):
        assert desk.rewrite(DRAFT).put_back(0, REPLY + " Thanks.").reply == REPLY + " Thanks."

    def test_find(self, desk):
        assert len(desk.find(ENGLISH)) == len(desk.guide.rules)
        assert {rule.kind for rule in desk.find(ENGLISH, kind="ask")} == {"ask"}
        assert "never.policy" in [rule.id for rule in desk.find(ENGLISH, "POLICY")]
        assert desk.find(ENGLISH, "zzzz") == []

    def test_columns(self, desk, tmp_path):
        source = tmp_path / "in.csv"
        source.write_text("id,short,text\n1,a,a much longer text\n", "utf-8")
        places = desk.columns(source)
        assert list(places) == ["text", "id", "short"]
        assert (places["id"].sheet, places["id"].column, places["id"].rows) == (None, "id", 1)
        numbers = tmp_path / "in.jsonl"
        numbers.write_text('{"id": 1}\n', "utf-8")
        with pytest.raises(FileFormatError):
            desk.columns(numbers)

    def test_a_column_of_the_second_sheet(self, desk, tmp_path):
        import xlsxwriter

        source, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
        with xlsxwriter.Workbook(source) as book:
            for name, head, cell in (("May", "id", "1"), ("June", "draft", DRAFT)):
                page = book.add_worksheet(name)
                page.write_string(0, 0, head)
                page.write_string(1, 0, cell)
        places = desk.columns(source)
        assert list(places) == ["June › draft", "May › id"]
        report, preview = desk.batch(source, out, places["June › draft"], "auto", "neutral", lambda done, total: None)
        assert (report.rows, preview["reply"].to_list()) == (1, [REPLY])

    @pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "parquet"])
    def test_batch(self, desk, tmp_path, ending):
        table = pl.DataFrame({"id": ["007", "008"], "draft": [DRAFT, None]})
        source, out, seen = tmp_path / f"in.{ending}", tmp_path / f"out.{ending}", []
        write = {"csv": table.write_csv, "jsonl": table.write_ndjson, "parquet": table.write_parquet}
        write.get(ending, partial(sheets.write, table))(source)
        place = Place(None, "draft", 2)
        report, preview = desk.batch(source, out, place, "auto", "neutral", lambda done, total: seen.append((done, total)))
        assert (report.rows, report.failed, seen[-1]) == (2, 1, (2, 2))
        assert preview["reply"].to_list()[0] == REPLY
        assert out.exists()


class TestSentence:
    @pytest.mark.parametrize("code", LANGUAGES)
    def test_known_errors(self, desk, code):
        words = texts.load(code)
        for draft in ("", "x" * 9_000, "a\x00b"):
            with pytest.raises(RewriterError) as caught:
                desk.rewrite(draft)
            said = sentence(words, caught.value)
            assert said
            assert "{" not in said
        assert sentence(words, LanguageError("x")) == words["error_language"]

    def test_unknown_errors_are_logged_without_the_text(self, caplog):
        text = "".join(["sec", "ret"])  # a traceback shows source lines: the word must not stand in one
        try:
            raise ValueError(text)
        except ValueError as error:
            with caplog.at_level(logging.ERROR):
                assert sentence(ENGLISH, error) == ENGLISH["error_unknown"]
        assert "ValueError" in caplog.text
        assert "secret" not in caplog.text


class TestPage:
    @pytest.fixture
    def demo(self, store):
        return blank(Rewriter(PhraseEngine()), store)

    def handler(self, demo, name):
        return next(fn for fn in demo.fns.values() if fn.api_name == name).fn

    def test_every_event_has_a_name(self, demo):
        names = [fn.api_name for fn in demo.fns.values() if fn.fn is not None]
        assert len(names) == len(set(names))
        assert {
            "rewrite",
            "batch",
            "evaluate",
            "guide",
            "feedback",
            "rate_good",
            "rate_bad",
            "feedback_export",
            "feedback_erase",
        } <= set(names)

    def test_queue_is_bounded(self, demo):
        from webdemo.page import MAX_WAITING

        assert demo._queue.max_size == MAX_WAITING

    def test_unknown_error_becomes_a_sentence(self, store):
        class Broken(PhraseEngine):
            def propose(self, requests, count):
                raise KeyError("secret")

        demo = blank(Rewriter(Broken()), store)
        given = (DRAFT, None, "auto", "neutral", "brand", "brand", "hu")
        reply, _, _, shown, status, *_ = self.handler(demo, "rewrite_page")(*given)
        assert (reply, shown) == ("", None)
        assert texts.load("hu")["error_unknown"] in status
        assert "secret" not in status

    def test_batch_too_long(self, demo, tmp_path, monkeypatch):
        from webdemo import files

        monkeypatch.setattr(files, "MAX_ROWS", 1)
        source = tmp_path / "in.csv"
        source.write_text("draft\na\nb\n", "utf-8")
        *_, line = self.handler(demo, "batch")(str(source), "draft", "auto", "neutral", "en")
        assert ENGLISH.say("batch_too_many", rows=2, limit=1) in line

    @pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"PK"), ("a.xlsx", b""), ("a.csv", b""), ("a.jsonl", b"{")])
    def test_damaged_and_empty_files_get_a_sentence(self, demo, tmp_path, name, content):
        (tmp_path / name).write_bytes(content)
        column, line = self.handler(demo, "batch_columns")(str(tmp_path / name), "hu")
        assert column["choices"] == []
        assert texts.load("hu")["error_file"].split("{")[0] in line
        *_, line = self.handler(demo, "batch")(str(tmp_path / name), "draft", "auto", "neutral", "hu")
        assert texts.load("hu")["error_file"].split("{")[0] in line

    def test_a_missing_column_gets_a_sentence(self, demo, tmp_path):
        source = tmp_path / "in.csv"
        source.write_text("text\na\n", "utf-8")
        *_, line = self.handler(demo, "batch")(str(source), "draft", "auto", "neutral", "en")
        assert "no column &#x27;draft&#x27;; its columns are text" in line

    def test_rating(self, demo, store):
        shown = Shown(Rewrite(DRAFT, REPLY, "en", "formal"), REPLY)
        line, comment = self.handler(demo, "rate_good")(REPLY, shown, "en", "")
        assert ENGLISH["rate_thanks"] in line
        assert comment == ""
        assert store.figures().verdicts["accepted"] == 1
        line, _ = self.handler(demo, "rate_bad")("", shown, "en", "")
        assert "error" in line

    def test_half_a_password_is_refused(self, demo, monkeypatch):
        import app

        monkeypatch.setenv("REWRITER_DEMO_USER", "anna")
        monkeypatch.delenv("REWRITER_DEMO_PASSWORD", raising=False)
        with pytest.raises(RewriterError, match="both"):
            app.launch(demo, None)


class TestServed:
    @pytest.fixture(scope="class")
    def url(self, tmp_path_factory):
        import app

        store = FeedbackStore(tmp_path_factory.mktemp("store") / "feedback.sqlite3")
        demo = blank(Rewriter(PhraseEngine()), store)
        with pytest.MonkeyPatch.context() as patch:
            for name in ("REWRITER_DEMO_USER", "REWRITER_DEMO_PASSWORD"):
                patch.delenv(name, raising=False)
            yield app.launch(demo, None, quiet=True)
        demo.close()

    def test_loopback_only(self, url):
        assert url.startswith("http://127.0.0.1:")

    def test_ten_clients_at_once_get_their_own(self, url):
        from gradio_client import Client

        def work(number):
            client = Client(url, verbose=False, httpx_kwargs={"timeout": 60})  # the machine may be busy with other work
            rows = []
            for turn in range(3):
                order = f"{number}{turn}77"
                row = client.predict(draft=f"I have no idea when order {order} arrives.", api_name="/rewrite")
                rows.append((order, row["text"]))
            return rows

        with ThreadPoolExecutor(10) as pool:
            for rows in pool.map(work, range(1, 11)):
                assert rows == [(order, f"Let me find out when order {order} arrives.") for order, _ in rows]

    def test_programs_get_plain_answers(self, url):
        from gradio_client import Client
        from gradio_client.exceptions import AppError

        client = Client(url, verbose=False)
        assert client.predict(query="policy", language="hu", api_name="/guide")[0]["id"].startswith("never.")
        assert client.predict(api_name="/feedback")["total"] == 0
        with pytest.raises(AppError, match="empty"):
            client.predict(draft="", api_name="/rewrite")

    def test_programs_rewrite_a_file(self, url, tmp_path):
        from gradio_client import Client, handle_file

        source = tmp_path / "tickets.xlsx"
        sheets.write(pl.DataFrame({"id": ["007"], "answer": [DRAFT]}), source)
        out, _, line = Client(url, verbose=False).predict(handle_file(source), "answer", "auto", "neutral", api_name="/batch")
        assert read_table(Path(out["value"]))["reply"].to_list() == [REPLY]
        assert "1 rows, 0 of them" in line

    def test_uploads_are_bounded(self, url):
        import httpx

        from webdemo.files import MAX_MEGABYTES

        for size, codes in ((100, {200}), (MAX_MEGABYTES * 1_100_000, {400, 413})):
            answer = httpx.post(f"{url}gradio_api/upload", files={"files": ("a.csv", b"x" * size)}, timeout=60)
            assert answer.status_code in codes

    def test_no_file_but_uploads_is_read(self, url):
        import urllib.error
        import urllib.request

        for path in ("/etc/hostname", str(ROOT / "pyproject.toml")):
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(f"{url}gradio_api/file={path}")  # noqa: S310 - our own server on loopback
            assert caught.value.code in (403, 404)

    def test_rewrites_are_json(self, url):
        from gradio_client import Client

        row = Client(url, verbose=False).predict(draft=DRAFT, brand="bank", api_name="/rewrite")
        assert json.loads(json.dumps(row))["findings"][0]["rule"] == "never.dont_know"
