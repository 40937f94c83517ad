"""The tab of the guide: every rule, to browse and to search."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import gradio as gr

from rewriter.guide.examples import Example, of_rule
from webdemo import tools, view
from webdemo.desk import Desk
from webdemo.interface import Interface
from webdemo.texts import Texts, choose, load

ALL = ""
KINDS = ("never", "ask", "tone", "shape", "care", "clean", "flow")


class GuideTab:
    """The tab's components and events.

    Args:
        desk: What does the work.
        interface: Where components with texts are made.
        code: State that holds the interface's language.
    """

    def __init__(self, desk: Desk, interface: Interface, code: gr.State) -> None:
        self._desk, add = desk, interface.add
        interface.introduce("guide_intro")
        with gr.Row(elem_classes="pair"):
            wording = {"label": "guide_search", "placeholder": "guide_placeholder"}
            self.query = add(gr.Textbox, wording, scale=2, min_width=260, elem_id="guide-search")
            self.kind = add(gr.Radio, {"label": "guide_kind", "choices": _kinds}, value=ALL, scale=5, elem_id="guide-kind")
        self.rules = gr.HTML(elem_id="guide-rules", apply_default_css=False)
        gr.on(
            [self.query.change, self.kind.input],  # a text box tells of pasted text by its change alone
            self._find,
            [self.query, self.kind, code],
            self.rules,
            api_name="guide_page",
            api_visibility="undocumented",
            show_progress="hidden",
            trigger_mode="always_last",
        )

    def render(self, texts: Texts, query: str, kind: str) -> str:
        """Return the rules that fit, as HTML."""
        return view.guide(texts, self._desk.find(texts, query, kind))

    def _find(self, query: str, kind: str, code: str) -> str:
        return self.render(load(code), query, kind)

    def serve(self) -> None:
        """Add the endpoint for programs, and the same as a tool."""

        def guide(query: str = "", kind: str = ALL, language: str = "en") -> list[dict[str, Any]]:
            """Search the rules of a good reply, each with its documents' good and bad examples.

            Args:
                query: Words that a rule must hold; empty for all rules.
                kind: never, ask, tone, shape, care, clean or flow; empty for all.
                language: hu, ro, pl or en: of the words and of the answer.
            """
            texts = load(choose(language))
            return [
                {
                    "id": rule.id,
                    "title": rule.title[texts.code],
                    "advice": rule.advice[texts.code],
                    "documents": [texts.named("doc", name) for name in rule.documents],
                    "examples": [_plain(texts, example) for example in of_rule(rule.id, texts.code)],
                }
                for rule in self._desk.find(texts, query, kind)
            ]

        gr.api(guide, api_name="guide")
        tools.add(guide)


def _plain(texts: Texts, example: Example) -> dict[str, str]:
    return asdict(example) | {"document": texts.named("doc", example.document)}


def _kinds(texts: Texts) -> list[tuple[str, str]]:
    return [(texts["guide_all"], ALL), *((texts[f"kind_{kind}"], kind) for kind in KINDS)]
