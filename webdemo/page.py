"""The whole page: head, tabs, the interface's language, and what the browser remembers."""

from __future__ import annotations

from typing import Any

import gradio as gr

from rewriter.brand_file import TONES
from webdemo import texts, view
from webdemo.desk import AS_BRAND, NEUTRAL, Desk, Shown
from webdemo.files import BatchTab
from webdemo.guidebook import GuideTab
from webdemo.interface import Interface
from webdemo.measuring import EvaluateTab
from webdemo.opinions import FeedbackTab
from webdemo.pace import Pace
from webdemo.rewriting import RewriteTab

MAX_WAITING = 32
"""Events that may wait; beyond that an agent is told to come back in a moment."""
AT_ONCE = 8
"""Light events that run at the same time; what needs the model has a limit of its own."""
HOUR = 3_600
_ENTER = "(stored, _) => [stored, navigator.language]"
_MARK_LANGUAGE = "(code) => { document.documentElement.lang = code; }"


class Page:
    """The page and the events that concern all of it.

    Args:
        desk: What does the work.
        pace: How fast a user may ask.
    """

    def __init__(self, desk: Desk, pace: Pace) -> None:
        self._desk, self._pace, self._interface = desk, pace, Interface()
        title = texts.load(texts.DEFAULT)["title"]
        with gr.Blocks(title=title, analytics_enabled=False, delete_cache=(HOUR, 24 * HOUR)) as self.blocks:
            self._code = gr.State(texts.DEFAULT)
            # The secret only keeps the stored choices readable across restarts; there is nothing secret in them.
            self._stored = gr.BrowserState({}, storage_key="rewriter-demo", secret="rewriter-demo")  # noqa: S106
            self._head()
            with gr.Tabs():
                self._tabs()
            self._events()
            for part in (self._rewriting, self._evaluate, self._guide, self._feedback):
                part.serve()
        self.blocks.queue(max_size=MAX_WAITING, default_concurrency_limit=AT_ONCE)

    def _head(self) -> None:
        with gr.Row(elem_id="top"):
            self._interface.add(gr.HTML, {"value": view.header}, apply_default_css=False)
            menu = [(name, code) for code, name in texts.NATIVE.items()]
            wording = {"label": "ui_language"}
            self._chosen = self._interface.add(
                gr.Dropdown, wording, choices=menu, value=texts.DEFAULT, filterable=False, elem_id="interface"
            )

    def _tabs(self) -> None:
        desk, interface, code = self._desk, self._interface, self._code
        with interface.add(gr.Tab, {"label": "tab_rewrite"}, id="rewrite"):
            self._rewriting = RewriteTab(desk, self._pace, interface, code)
        with interface.add(gr.Tab, {"label": "tab_batch"}, id="batch"):
            BatchTab(desk, interface, code)
        with interface.add(gr.Tab, {"label": "tab_evaluate"}, id="evaluate"):
            self._evaluate = EvaluateTab(desk, interface, code)
        with interface.add(gr.Tab, {"label": "tab_guide"}, id="guide"):
            self._guide = GuideTab(desk, interface, code)
        with interface.add(gr.Tab, {"label": "tab_feedback"}, id="feedback") as tab:
            self._feedback = FeedbackTab(desk, interface, code, tab)

    def _events(self) -> None:
        first, guide = self._rewriting, self._guide
        everything = [*self._interface.components, *first.panels, guide.rules, self._feedback.figures]
        self._places = {id(component): place for place, component in enumerate(everything)}
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "undocumented"}
        browser = gr.Textbox(visible=False)
        outputs = [self._code, *everything]
        entered = self.blocks.load(self._enter, [self._stored, browser], outputs, js=_ENTER, api_name="enter", **quiet)
        changed = self._chosen.input(
            self._change,
            [self._chosen, self._stored, first.shown, guide.query, guide.kind],
            [self._stored, *outputs],
            api_name="interface",
            **quiet,
        )
        for event in (entered, changed):
            event.then(None, self._chosen, None, js=_MARK_LANGUAGE)
        choices = [first.brand, first.address, first.tone]
        changes = [component.input for component in choices]
        gr.on(changes, self._remember, [self._stored, *choices], self._stored, api_name="remember", **quiet)

    def _render(self, code: texts.Language, shown: Shown | None, query: str, kind: str) -> list[Any]:
        words = texts.load(code)
        panels = self._rewriting.render(words, shown)
        return [
            *self._interface.updates(words),
            *panels,
            self._guide.render(words, query, kind),
            self._feedback.render(words),
        ]

    def _enter(self, stored: dict[str, str] | None, navigator: str) -> list[Any]:
        """Open the page in the remembered or the browser's language, with the remembered brand, address form and tone."""
        kept = stored if isinstance(stored, dict) else {}
        code = texts.choose(kept.get("interface") or navigator)
        brand = kept.get("brand") if kept.get("brand") in self._desk.rewriters else NEUTRAL
        address = kept.get("address") if kept.get("address") in ("formal", "informal") else AS_BRAND
        tone = kept.get("tone") if kept.get("tone") in TONES else AS_BRAND
        values = self._render(code, None, "", "")
        first = self._rewriting
        choices = ((self._chosen, code), (first.brand, brand), (first.address, address), (first.tone, tone))
        for component, value in choices:
            values[self._places[id(component)]]["value"] = value
        return [code, *values]

    def _change(self, code: str, stored: dict[str, str] | None, shown: Shown | None, query: str, kind: str) -> list[Any]:
        language = texts.choose(code)
        return [(stored or {}) | {"interface": language}, language, *self._render(language, shown, query, kind)]

    def _remember(self, stored: dict[str, str] | None, brand: str, address: str, tone: str) -> dict[str, str]:
        return (stored or {}) | {"brand": brand, "address": address, "tone": tone}
