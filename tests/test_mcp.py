"""The demo as a tool for assistants, called by a real client over loopback."""

import asyncio
import base64
import importlib.util
import json
import logging

import httpx
import pytest

pytest.importorskip("gradio", reason="the web demo's extra is not installed")
pytest.importorskip("mcp", reason="the extra mcp is not installed")

import app
from rewriter import Rewriter, RewriterError
from rewriter.feedback import FeedbackStore
from tests.demo_engine import PhraseEngine
from webdemo import login, tools
from webdemo.pace import VARIABLE, Pace

DRAFT, REPLY = "I have no idea when order 48213 arrives.", "Let me find out when order 48213 arrives."


@pytest.fixture
def demo(tmp_path, monkeypatch):
    for name in ("REWRITER_DEMO_USER", "REWRITER_DEMO_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    page = app.build_demo(Rewriter(PhraseEngine()), FeedbackStore(tmp_path / "feedback.sqlite3"))
    yield page
    page.close()


def ask(url, *calls, auth=None):
    """List the tools and call some, as (name, arguments); errors come back as results."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client
    from mcp.shared._httpx_utils import create_mcp_http_client

    async def talk():
        async with (
            create_mcp_http_client(auth=auth and httpx.BasicAuth(*auth)) as web,
            streamable_http_client(f"{url}gradio_api/mcp/", http_client=web) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            listed = (await session.list_tools()).tools
            return listed, [await session.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(asyncio.wait_for(talk(), 120))


def test_only_the_safe_tools_are_there_and_they_work(demo):
    url = app.launch(demo, None, quiet=True)
    listed, results = ask(
        url,
        ("rewrite", {"draft": DRAFT, "language": "en"}),
        ("guide", {"query": "policy", "language": "en"}),
        ("rewrite", {"draft": ""}),
        ("feedback", {}),
        ("evaluate", {"tasks": ["documents"]}),
    )
    assert {tool.name for tool in listed} == {"rewrite", "guide"}
    for tool in listed:
        assert len(tool.description) > 40
        assert all(one.get("description") for one in tool.inputSchema["properties"].values())
    assert "request" not in str([tool.inputSchema for tool in listed])
    rewritten, rules, empty, *hidden = results
    answer = json.loads(rewritten.content[0].text)
    assert (answer["text"], answer["findings"][0]["rule"]) == (REPLY, "never.dont_know")
    found = json.loads(rules.content[0].text)
    assert found[0]["id"] == "never.policy"
    assert found[0]["examples"][0]["text"] == "Ez a mi szabályzatunk."
    assert empty.isError
    assert "empty" in empty.content[0].text
    for result in hidden:
        assert result.isError
        assert "Unknown tool" in result.content[0].text


def test_without_the_package_the_demo_starts_and_says_how_to_get_it(demo, monkeypatch, caplog):
    find = importlib.util.find_spec
    monkeypatch.setattr(tools, "find_spec", lambda name: None if name == "mcp" else find(name))
    with caplog.at_level(logging.WARNING):
        url = app.launch(demo, None, quiet=True)
    assert url.startswith("http://127.0.0.1:")
    assert demo.mcp_server_obj is None
    assert "pip install" in caplog.text


class TestLogin:
    KNOWN = ("anna", "tük:ör")

    @pytest.fixture(scope="class")
    @classmethod
    def page(cls, tmp_path_factory):
        store = FeedbackStore(tmp_path_factory.mktemp("store") / "feedback.sqlite3")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("REWRITER_DEMO_USER", cls.KNOWN[0])
            patch.setenv("REWRITER_DEMO_PASSWORD", cls.KNOWN[1])
            page = app.build_demo(Rewriter(PhraseEngine()), store)
            app.launch(page, None, quiet=True)
        yield page
        page.close()

    @pytest.fixture
    def url(self, page):
        return page.local_url

    def test_who_knows_it_has_the_tools_as_the_user_and_the_log_does_not(self, page, url, monkeypatch, caplog, capfd):
        seen = []
        monkeypatch.setattr(Pace, "ask", lambda _, request: seen.append(request))
        with caplog.at_level(logging.DEBUG):
            listed, results = ask(url, ("rewrite", {"draft": DRAFT, "language": "en"}), auth=self.KNOWN)
        assert {tool.name for tool in listed} == {"rewrite", "guide"}
        assert json.loads(results[0].content[0].text)["text"] == REPLY
        assert seen[0].username == "anna"
        assert "authorization" not in str(dict(seen[0].headers)).lower()
        out = caplog.text + "".join(capfd.readouterr())
        key = base64.b64encode(":".join(self.KNOWN).encode()).decode()
        assert not [secret for secret in (self.KNOWN[1], key, *page.app.tokens) if secret in out]

    @pytest.mark.parametrize("auth", [None, ("anna", "tük"), ("eva", "tük:ör"), ("", "")])
    def test_nobody_else_has(self, url, auth):
        with httpx.Client(base_url=url, auth=auth) as web:
            for path in ("", "/", "/http", "/schema", "/sse", "/messages/?session_id=1", "/?tools=rewrite"):
                for method in ("GET", "POST", "DELETE", "HEAD", "OPTIONS"):
                    answer = web.request(method, f"gradio_api/mcp{path}")
                    assert answer.status_code == 401
                    assert answer.headers["www-authenticate"].startswith("Basic ")
            assert web.get("gradio_api%2Fmcp/%73chema").status_code == 401
        with pytest.raises(ExceptionGroup) as caught:
            ask(url, auth=auth)
        assert caught.group_contains(httpx.HTTPStatusError, match="401")

    def test_crooked_headers_are_refused(self, url):
        key = base64.b64encode(":".join(self.KNOWN).encode()).decode()
        for crooked in ("Basic", "Basic !", "Basic \u00ff", f"Bearer {key}", key, f"Basic {key}x", f"Basic {key} {key}"):
            answer = httpx.get(f"{url}gradio_api/mcp/schema", headers={"Authorization": crooked.encode("latin-1")})
            assert answer.status_code == 401
        assert httpx.get(f"{url}gradio_api/mcp/schema", headers={"Authorization": f"basic {key}"}).status_code == 200

    def test_it_opens_nothing_else(self, url):
        for path in ("config", "gradio_api/info", "gradio_api/openapi.json"):
            assert httpx.get(url + path, auth=self.KNOWN).status_code == 401
        given = {"data": [DRAFT], "session_hash": "a", "fn_index": 0}
        assert httpx.post(f"{url}gradio_api/queue/join", json=given, auth=self.KNOWN).status_code == 401

    def test_logging_out_in_the_page_leaves_the_tools(self, url):
        with httpx.Client(base_url=url) as page:
            page.post("login", data=dict(zip(("username", "password"), self.KNOWN, strict=True)))
            assert page.get("gradio_api/mcp/schema").status_code == 200
            page.get("logout")
            assert page.get("gradio_api/mcp/schema").status_code == 401
        assert not ask(url, ("rewrite", {"draft": DRAFT}), auth=self.KNOWN)[1][0].isError


def test_the_pace_behind_a_login_is_the_users(tmp_path, monkeypatch):
    monkeypatch.setenv("REWRITER_DEMO_USER", "anna")
    monkeypatch.setenv("REWRITER_DEMO_PASSWORD", "secret")
    monkeypatch.setenv(VARIABLE, "1")
    page = app.build_demo(Rewriter(PhraseEngine()), FeedbackStore(tmp_path / "feedback.sqlite3"))
    try:
        url, auth, call = app.launch(page, None, quiet=True), ("anna", "secret"), ("rewrite", {"draft": DRAFT})
        assert not ask(url, call, auth=auth)[1][0].isError
        assert "more than 1 rewrites" in ask(url, call, auth=auth)[1][0].content[0].text
    finally:
        page.close()


def test_tools_elsewhere_are_not_served_behind_a_login(demo, monkeypatch):
    monkeypatch.setenv("REWRITER_DEMO_USER", "anna")
    monkeypatch.setenv("REWRITER_DEMO_PASSWORD", "secret")
    monkeypatch.setattr(login, "PATH", "/elsewhere")
    with pytest.raises(RewriterError, match="Gradio"):
        app.launch(demo, None, quiet=True)
    assert not demo.is_running
