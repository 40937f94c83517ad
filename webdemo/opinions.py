"""The tab of feedback: its figures, its export, its end."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gradio as gr

from webdemo import view
from webdemo.desk import Desk, sentence
from webdemo.interface import Interface
from webdemo.texts import Texts, load


class FeedbackTab:
    """The tab's components and events.

    Args:
        desk: What does the work.
        interface: Where components with texts are made.
        code: State that holds the interface's language.
        tab: The tab itself: the figures are counted when it is opened.
    """

    def __init__(self, desk: Desk, interface: Interface, code: gr.State, tab: gr.Tab) -> None:
        self._desk, add = desk, interface.add
        interface.introduce("figures_intro")
        self.figures = gr.HTML(elem_id="figures", apply_default_css=False)
        with gr.Row():
            refresh = add(gr.Button, {"value": "figures_refresh"}, elem_id="figures-refresh", min_width=140)
            export = add(gr.Button, {"value": "export_button"}, elem_id="export", min_width=140)
        out = add(gr.File, {"label": "export_output"}, visible=False, interactive=False, elem_id="export-out")
        with gr.Row(elem_id="erase-row"):
            sure = add(gr.Checkbox, {"label": "erase_check"}, scale=3, container=False, elem_id="erase-sure")
            erase = add(gr.Button, {"value": "erase_button"}, variant="stop", elem_id="erase", min_width=120)
        line = gr.HTML(elem_id="feedback-status", apply_default_css=False)
        quiet: dict[str, Any] = {"api_visibility": "undocumented", "show_progress": "hidden"}
        gr.on([tab.select, refresh.click], self._count, code, [self.figures, line], api_name="feedback_page", **quiet)
        export.click(self._export, code, [out, line], api_name="feedback_export", **quiet)
        erase.click(self._erase, [sure, code], [self.figures, line, sure, out], api_name="feedback_erase", **quiet)

    def render(self, texts: Texts) -> str:
        """Return the figures as HTML."""
        return view.figures(texts, self._desk.store.figures(), self._desk.rules)

    def _count(self, code: str) -> list[Any]:
        texts = load(code)
        try:
            return [self.render(texts), ""]
        except Exception as error:
            return [gr.skip(), view.message(sentence(texts, error), "error")]

    def _export(self, code: str) -> list[Any]:
        texts = load(code)
        try:
            out = Path(tempfile.mkdtemp(prefix="rewriter-")) / "feedback-pairs.jsonl"
            count = self._desk.store.export(out)
        except Exception as error:
            return [gr.update(visible=False), view.message(sentence(texts, error), "error")]
        return [gr.update(value=str(out), visible=count > 0), view.message(texts.say("export_done", count=count))]

    def _erase(self, sure: bool, code: str) -> list[Any]:
        texts = load(code)
        if not sure:
            return [gr.skip(), view.message(texts["erase_confirm"], "error"), gr.skip(), gr.skip()]
        try:
            count = self._desk.store.erase()
            line = view.message(texts.say("erase_done", count=count))
            return [self.render(texts), line, False, gr.update(value=None, visible=False)]
        except Exception as error:
            return [gr.skip(), view.message(sentence(texts, error), "error"), gr.skip(), gr.skip()]

    def serve(self) -> None:
        """Add the endpoint for programs."""

        def feedback() -> dict[str, Any]:
            """Count what agents thought of the replies: in all, by language and by rule."""
            return asdict(self._desk.store.figures())

        gr.api(feedback, api_name="feedback")
