"""The demo as tools for assistants, over the Model Context Protocol (MCP): which endpoints they see, and when."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from typing import Any

import gradio as gr

PREFIX = "tool_"
"""What the endpoints of tools begin with; no other becomes a tool. Feedback, files and measuring are for people."""
PACKAGE = "mcp>=1.21,<2"
"""Gradio's own extra holds pydantic back by some versions; this part of it is all that is needed."""

log = logging.getLogger("rewriter.demo")


def servable() -> bool:
    """Return whether the tools can be served; where not, the log says why and what to do."""
    if find_spec("mcp") is None:
        log.warning("The demo is not served as an MCP tool: a package is missing. Get it with: pip install %r", PACKAGE)
        return False
    # Gradio warns of endpoints with a state; those are not among the tools that ``restrict`` leaves.
    warnings.filterwarnings("ignore", message="This MCP server includes a tool that has a gr.State input")
    return True


def add(function: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 - Gradio's own
    """Add an endpoint as a tool, within a page that is being built.

    Args:
        function: The endpoint's function, typed and documented: its words are what an assistant is told.
        options: Further options of ``gr.api``.
    """

    @wraps(function)
    def tool(*given: Any, **named: Any) -> str:  # noqa: ANN401
        return json.dumps(function(*given, **named), ensure_ascii=False)  # Gradio itself would show it as Python's own text

    gr.api(tool, api_name=PREFIX + function.__name__, **options)


def restrict(demo: gr.Blocks) -> None:
    """Leave only the tools as tools: Gradio makes one of every public endpoint.

    Args:
        demo: The page, launched.
    """
    if server := demo.mcp_server_obj:
        places = [place for place in server.tool_to_endpoint.values() if place.startswith(f"/{PREFIX}")]
        server.tool_to_endpoint = {place.removeprefix(f"/{PREFIX}"): place for place in places}
