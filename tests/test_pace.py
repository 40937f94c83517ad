"""No user may ask for more than so many rewrites a minute."""

from types import SimpleNamespace

import pytest

pytest.importorskip("gradio", reason="the web demo's extra is not installed")

from rewriter import Rewriter, RewriterError
from rewriter.feedback import FeedbackStore
from rewriter.marks import LANGUAGES
from tests.demo_engine import PhraseEngine
from webdemo import texts
from webdemo.desk import sentence
from webdemo.pace import PER_MINUTE, VARIABLE, Pace
from webdemo.texts import SentenceError

DRAFT = "I have no idea when order 48213 arrives."


def user(session="a", host="127.0.0.1", login=None):
    return SimpleNamespace(username=login, session_hash=session, client=SimpleNamespace(host=host, port=1))


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_one_too_many_is_refused_until_a_minute_has_passed():
    clock = Clock()
    pace = Pace(2, clock)
    pace.ask(user())
    clock.now = 20
    pace.ask(user())
    clock.now = 30.5
    with pytest.raises(SentenceError) as caught:
        pace.ask(user())
    assert caught.value.values == {"limit": 2, "seconds": 30}
    clock.now = 60
    pace.ask(user())
    with pytest.raises(SentenceError):
        pace.ask(user())


def test_users_do_not_slow_each_other():
    pace = Pace(1, Clock())
    for one in (user("a"), user("b"), user("a", login="anna"), user("a", "10.0.0.7"), user("a", "10.0.0.8")):
        pace.ask(one)
    for again in (user("a"), user("c", login="anna"), user("c", "10.0.0.7")):
        with pytest.raises(SentenceError):
            pace.ask(again)


def test_no_limit_and_no_request():
    for _ in range(3):
        Pace(0).ask(user())
        Pace(1).ask(None)


def test_the_forgotten_are_those_who_stopped():
    clock = Clock()
    pace = Pace(1, clock)
    for number in range(1_001):
        pace.ask(user(str(number)))
    clock.now = 30
    pace.ask(user("late"))
    clock.now = 61
    pace.ask(user("new"))
    assert set(pace._asked) == {"session late", "session new"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_sentence(code):
    said = sentence(texts.load(code), SentenceError("error_pace", limit=60, seconds=7))
    assert "60" in said
    assert "7" in said


def test_environment(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert Pace.from_environment().limit == PER_MINUTE
    monkeypatch.setenv(VARIABLE, "5")
    assert Pace.from_environment().limit == 5
    for wrong in ("-1", "many"):
        monkeypatch.setenv(VARIABLE, wrong)
        with pytest.raises(RewriterError, match=VARIABLE):
            Pace.from_environment()


def test_the_page_says_it_in_the_agents_language_and_programs_are_told(monkeypatch, tmp_path):
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    import app

    monkeypatch.setenv(VARIABLE, "1")
    demo = app.build_demo(Rewriter(PhraseEngine()), FeedbackStore(tmp_path / "feedback.sqlite3"))
    rewrite = next(fn for fn in demo.fns.values() if fn.api_name == "rewrite_page").fn
    given = (DRAFT, None, "auto", "neutral", "brand", "brand", "pl", user())
    assert rewrite(*given)[0]
    reply, _, _, shown, status, *_ = rewrite(*given)
    assert (reply, shown) == ("", None)
    assert texts.load("pl").say("error_pace", limit=1, seconds="…").split("…")[0] in status
    url = app.launch(demo, None, quiet=True)
    try:
        client = Client(url, verbose=False)
        assert client.predict(draft=DRAFT, api_name="/rewrite")["changed"]
        with pytest.raises(AppError, match="more than 1 rewrites in a minute"):
            client.predict(draft=DRAFT, api_name="/rewrite")
        assert Client(url, verbose=False).predict(draft=DRAFT, api_name="/rewrite")["changed"]
    finally:
        demo.close()
