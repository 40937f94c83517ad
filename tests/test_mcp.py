"""The demo as a tool for assistants, called by a real client over loopback."""

import asyncio
import importlib.util
import json
import logging

import pytest

pytest.importorskip("gradio", reason="the web demo's extra is not installed")
pytest.importorskip("mcp", reason="the extra mcp is not installed")

import app
from rewriter import Rewriter
from rewriter.feedback import FeedbackStore
from tests.demo_engine import PhraseEngine
from webdemo import tools

DRAFT, REPLY = "I have no idea when order 48213 arrives.", "Let me find out when order 48213 arrives."


@pytest.fixture
def demo(tmp_path, monkeypatch):
    for name in ("REWRITER_DEMO_USER", "REWRITER_DEMO_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    page = app.build_demo(Rewriter(PhraseEngine()), FeedbackStore(tmp_path / "feedback.sqlite3"))
    yield page
    page.close()


def ask(url, *calls):
    """List the tools and call some, as (name, arguments); errors come back as results."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def talk():
        async with streamable_http_client(f"{url}gradio_api/mcp/") as (read, write, _), ClientSession(read, write) as session:
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


def test_behind_a_login_there_are_no_tools(demo, monkeypatch, caplog):
    monkeypatch.setenv("REWRITER_DEMO_USER", "anna")
    monkeypatch.setenv("REWRITER_DEMO_PASSWORD", "secret")
    with caplog.at_level(logging.WARNING):
        app.launch(demo, None, quiet=True)
    assert demo.mcp_server_obj is None
    assert "login" in caplog.text
