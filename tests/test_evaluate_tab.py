"""The demo's tab of the evaluation: measured, shown, bounded, refused, and closed where the suite is missing."""

import sys
from pathlib import Path
from threading import Event, Thread

import pytest

pytest.importorskip("gradio", reason="the web demo's extra is not installed")
pytest.importorskip("sacrebleu", reason="the evaluation's extra is not installed")

import app
from eval import texts as suite
from rewriter import Rewriter, RewriterError
from rewriter.feedback import FeedbackStore
from rewriter.guide import Guide
from rewriter.marks import LANGUAGES
from tests.demo_engine import PhraseEngine
from webdemo import evaluation, measured, texts, view
from webdemo.texts import SentenceError

HUNGARIAN = texts.load("hu")


@pytest.fixture
def trial():
    return evaluation.Trial(Rewriter(PhraseEngine()))


@pytest.fixture
def demo(tmp_path):
    page = app.build_demo(Rewriter(PhraseEngine()), FeedbackStore(tmp_path / "feedback.sqlite3"))
    yield page
    page.close()


def handler(demo, name):
    return next(fn for fn in demo.fns.values() if fn.api_name == name).fn


def silent(*_given, **_named):
    """Stands for Gradio's progress."""


def test_a_run_gives_figures_rows_and_a_page(trial):
    seen = []
    outcome = trial.run(["documents", "leave-alone"], ["rules-only", "phrases"], ["hu", "pl"], 2, lambda *step: seen.append(step))
    assert outcome.main == "phrases", "the demo's own model comes first, in whatever order it was chosen"
    assert seen[0] == (0, 16)
    assert seen[-1] == (16, 16)
    assert len(outcome.rows) == 16
    assert {line["language"] for line in outcome.whole} == {"all"}
    assert outcome.page.read_text("utf-8").startswith("<!doctype html>")
    assert all(row["system"] == "phrases" for row in outcome.worst)
    assert outcome.worst


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_shown_is_in_the_interface_language(trial, code):
    words = texts.load(code)
    outcome = trial.run(["documents"], ["phrases", "copy"], ["hu", "pl"], 2)
    html = measured.show(words, outcome, Guide.load().by_id)
    named = [measured.task(words, "documents"), measured.system(words, "copy")]
    for text in [words[key] for key in ("eval_summary", "eval_charts", "system_model", "eval_report")] + named:
        assert view.escape(text) in html
    assert "<svg" in html
    drawn = html[: html.index("<iframe")]
    shown = suite.load(code).say("chart_value", mean=suite.load(code).number(0), n=4)
    assert f">{shown}</text>" in drawn, "what a copy of four bad drafts is worth"
    assert 'sandbox="allow-scripts"' in html


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_report_is_in_the_pages_language(demo, code):
    out, shown, _ = handler(demo, "evaluate_page")(["documents"], ["copy"], ["hu"], 1, code, silent)
    report = Path(out["value"]).read_text("utf-8")
    assert f'<html lang="{code}">' in report
    assert f"<h2>{suite.load(code)['heading_tasks']}</h2>" in report
    assert view.escape(f'<html lang="{code}">') in shown["value"], "the frame has the same page"


def test_an_unknown_language_of_the_report_is_refused(trial):
    with pytest.raises(RewriterError, match="'de' is not known. Allowed are hu"):
        trial.run(["documents"], ["copy"], ["hu"], 1, report_language="de")


def test_every_task_and_system_has_a_name_in_every_language(trial):
    for code in LANGUAGES:
        words = texts.load(code)
        assert not [name for name in trial.tasks if measured.task(words, name) == name]
        assert len({measured.system(words, name) for name in trial.systems}) == len(trial.systems)


def test_what_came_from_drafts_and_replies_is_escaped(trial):
    outcome = trial.run(["documents"], ["phrases"], ["hu"], 1)
    outcome.rows[0] |= {"draft": "<b>draft</b>", "reply": "<i>reply</i>", "joint": 0.0}
    outcome.page.write_text('<script>alert("x")</script>', "utf-8")
    html = measured.show(HUNGARIAN, outcome, Guide.load().by_id)
    for raw in ("<b>", "<i>", "<script>"):
        assert raw not in html


def test_bad_choices_are_refused(trial):
    for chosen in (([], ["copy"], ["hu"]), (["documents"], [], ["hu"]), (["documents"], ["copy"], [])):
        with pytest.raises(SentenceError, match="at least one"):
            trial.run(*chosen, 1)
    with pytest.raises(SentenceError, match="no drafts"):
        trial.run(["documents"], ["copy"], ["ro"], 1)
    with pytest.raises(SentenceError, match="up to"):
        trial.run(trial.tasks, trial.systems, list(LANGUAGES), 50)
    for wrong in ((["nope"], ["copy"], ["hu"]), (["documents"], ["/etc/passwd"], ["hu"]), (["documents"], ["copy"], ["xx"])):
        with pytest.raises(RewriterError):
            trial.run(*wrong, 1)


def test_a_second_run_is_told_at_once_that_one_is_under_way(demo):
    run, held, go = handler(demo, "evaluate_page"), Event(), Event()

    def hold(*_given, **_named):
        held.set()
        go.wait(60)

    given = (["documents"], ["copy"], ["hu"], 1, "hu")
    first = Thread(target=run, args=(*given, hold))
    first.start()
    assert held.wait(60)
    *kept, line = run(*given, silent)
    assert HUNGARIAN["eval_busy"] in line
    assert all("value" not in update for update in kept), "earlier figures stay"
    go.set()
    first.join(60)
    out, shown, line = run(*given, silent)
    assert out["value"].endswith("report.html")
    assert shown["visible"]
    assert HUNGARIAN.say("eval_done", count=1, seconds=0).split(" 0 ")[0] in line


def test_only_the_latest_reports_stay_on_the_disk(trial):
    pages = [trial.run(["documents"], ["copy"], ["hu"], 1).page for _ in range(evaluation.KEPT + 1)]
    assert [page.exists() for page in pages] == [False] + [True] * evaluation.KEPT


def test_agents_get_in_between(monkeypatch):
    engine, sizes = PhraseEngine(), []
    propose = engine.propose
    monkeypatch.setattr(engine, "propose", lambda requests, count: sizes.append(len(requests)) or propose(requests, count))
    evaluation.Trial(Rewriter(engine)).run(["leave-alone"], ["phrases"], ["en"], 10)
    assert max(sizes) < 6, "drafts are computed one at a time, not a chunk at once"


def test_without_the_suite_the_tab_says_so_and_the_page_works(monkeypatch, tmp_path):
    for name in ("webdemo.evaluation", "webdemo.measured"):
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("webdemo.evaluation")
    monkeypatch.delattr("webdemo.measured")
    monkeypatch.setitem(sys.modules, "eval", None)
    demo = app.build_demo(Rewriter(PhraseEngine()), FeedbackStore(tmp_path / "feedback.sqlite3"))
    assert "evaluate_page" not in [fn.api_name for fn in demo.fns.values()]
    said = view.escape(texts.load("en").say("eval_missing", missing="eval"))
    assert any(said in str(getattr(block, "value", "")) for block in demo.blocks.values())
    with pytest.raises(Exception, match="Nothing can be measured here"):
        handler(demo, "evaluate")(["documents"])
    assert handler(demo, "rewrite")("I have no idea when it comes.")["changed"]


def test_programs_get_the_figures(demo):
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(app.launch(demo, None, quiet=True), verbose=False)
    lines = client.predict(tasks=["documents"], languages=["hu"], limit=2, api_name="/evaluate")
    assert (lines[0]["system"], lines[0]["rows"]) == ("phrases", 2)
    with pytest.raises(AppError, match="no task 'nope'"):
        client.predict(tasks=["nope"], api_name="/evaluate")
