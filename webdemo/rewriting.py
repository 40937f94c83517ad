"""The first tab: a draft in, a reply out, what changed, why, and what the agent thinks of it."""

from __future__ import annotations

from typing import Any

import gradio as gr

from rewriter.brand_file import TONES
from webdemo import changes, tools, view
from webdemo.desk import AS_BRAND, AUTO, NEUTRAL, Desk, Shown, sentence
from webdemo.interface import Interface, Wording, languages, refusal
from webdemo.pace import Pace
from webdemo.texts import Texts, load

CHANGE_CLICKED = """
element.addEventListener("click", (event) => {
  const change = event.target.closest("[data-change]");
  if (change) trigger("select", {index: Number(change.dataset.change)});
});
"""
AT_ONCE = 2
"""Drafts rewritten at the same time: one a core of the machine that it is made for."""


class RewriteTab:
    """The tab's components and events.

    Args:
        desk: What does the work.
        pace: How fast a user may ask.
        interface: Where components with texts are made.
        code: State that holds the interface's language.
    """

    def __init__(self, desk: Desk, pace: Pace, interface: Interface, code: gr.State) -> None:
        self._desk, self._pace, self._add, self._code = desk, pace, interface.add, code
        self.shown = gr.State(None)
        with gr.Row(elem_classes="pair"):
            with gr.Column(scale=5, min_width=300):
                self._left()
            with gr.Column(scale=6, min_width=300):
                self._right()
        with gr.Row(elem_classes="pair"):
            with gr.Column(min_width=300):
                self._changes = gr.HTML(elem_id="changes", js_on_load=CHANGE_CLICKED, apply_default_css=False)
                self._rate_row()
            with gr.Column(min_width=300):
                self._why = gr.HTML(elem_id="why", apply_default_css=False)
        self.panels = [self._status, self._notes, self._changes, self._why]
        self._events()

    def _left(self) -> None:
        self._draft = self._add(
            gr.Textbox,
            {"label": "draft_label", "placeholder": "draft_placeholder"},
            lines=8,
            max_lines=24,
            autofocus=True,
            elem_id="draft",
        )
        self._button = self._add(gr.Button, {"value": "rewrite_button"}, variant="primary", elem_id="rewrite")
        with gr.Row(elem_id="settings"):
            wording = {"label": "language_label", "choices": lambda texts: languages(texts, AUTO)}
            self._language = self._menu(wording, AUTO, "language")
            self.brand = self._menu({"label": "brand_label", "choices": self._brands}, NEUTRAL, "brand")
            self.address = self._menu({"label": "address_label", "choices": _addresses}, AS_BRAND, "address")
            self.tone = self._menu({"label": "tone_label", "choices": _tones}, AS_BRAND, "tone")
        with self._add(gr.Accordion, {"label": "customer_title"}, open=False):
            wording = {"label": "customer_label", "info": "customer_info"}
            self._customer = self._add(gr.Textbox, wording, lines=3, max_lines=8, elem_id="customer")
        self._add(gr.HTML, {"value": view.shortcuts}, apply_default_css=False)

    def _menu(self, wording: dict[str, Wording], value: str, name: str) -> gr.Dropdown:
        return self._add(gr.Dropdown, wording, value=value, filterable=False, elem_id=name, min_width=150)

    def _right(self) -> None:
        self._status = gr.HTML(elem_id="status", apply_default_css=False)
        self._reply = self._add(
            gr.Textbox,
            {"label": "reply_label", "placeholder": "reply_placeholder"},
            lines=8,
            max_lines=24,
            interactive=True,
            elem_id="reply",
        )
        with gr.Row():
            self._add(gr.Button, {"value": "copy_button"}, variant="primary", elem_id="copy", min_width=120)
            self._undo = self._add(gr.Button, {"value": "undo_button"}, elem_id="undo", min_width=120)
        self._notes = gr.HTML(elem_id="notes", visible=False, apply_default_css=False)
        self._alternatives = self._add(
            gr.Radio, {"label": "alternatives_label"}, choices=[], visible=False, elem_id="alternatives"
        )

    def _rate_row(self) -> None:
        with gr.Column(elem_id="rate"):
            self._add(gr.HTML, {"value": lambda texts: view.heading(texts["rate_title"])}, apply_default_css=False)
            wording = {"label": "rate_comment", "placeholder": "rate_comment_placeholder"}
            self._comment = self._add(gr.Textbox, wording, max_lines=4, elem_id="comment")
            with gr.Row():
                self._good = self._add(gr.Button, {"value": "rate_good"}, elem_id="good", min_width=120)
                self._bad = self._add(gr.Button, {"value": "rate_bad"}, elem_id="bad", min_width=120)
            self._add(gr.HTML, {"value": lambda texts: view.empty(texts["rate_info"])}, apply_default_css=False)
            self._rated = gr.HTML(elem_id="rated", apply_default_css=False)

    def _brands(self, texts: Texts) -> list[tuple[str, str]]:
        return [(texts.named("brand", name), name) for name in self._desk.rewriters]

    def _events(self) -> None:
        quiet: dict[str, Any] = {"api_visibility": "undocumented", "show_progress": "hidden"}
        self._button.click(
            self._rewrite,
            [self._draft, self._customer, self._language, self.brand, self.address, self.tone, self._code],
            [self._reply, self._alternatives, self._rated, self.shown, *self.panels],
            api_name="rewrite_page",
            api_visibility="undocumented",
            show_progress="minimal",
            show_progress_on=self._reply,
            concurrency_id="model",
            concurrency_limit=AT_ONCE,
        )
        wording = [self._reply, self.shown, self._changes]
        given = [self._reply, self.shown, self._code]
        self._alternatives.input(self._choose, [self._alternatives, *given], wording, api_name="choose", **quiet)
        self._undo.click(self._take_back, given, wording, api_name="undo", **quiet)
        self._changes.select(self._put_back, given, wording, api_name="put_back", **quiet)
        self._reply.change(  # unlike `input`, it tells of pasted text too
            self._typed, given, [self.shown, self._changes], api_name="changes", trigger_mode="always_last", **quiet
        )
        for button, liked in ((self._good, True), (self._bad, False)):
            name = "rate_good" if liked else "rate_bad"
            rate = self._rating(liked)
            button.click(rate, [*given, self._comment], [self._rated, self._comment], api_name=name, **quiet)

    def render(self, texts: Texts, shown: Shown | None) -> list[Any]:
        """Return the values of ``panels``."""
        if shown is None:
            parts, notes = None, ""
        else:
            parts = changes.compare(shown.result.draft, shown.reply)
            notes = view.notes(texts, shown.result, self._desk.hints(texts, shown))
        result = shown.result if shown else None
        return [
            view.status(texts, result),
            gr.update(value=notes, visible=bool(notes)),
            view.changes(texts, parts, result.language if result else ""),
            view.reasons(texts, result, self._desk.rules),
        ]

    def _rewrite(
        self,
        draft: str,
        customer: str,
        language: str,
        brand: str,
        address: str,
        tone: str,
        code: str,
        request: gr.Request | None = None,
    ) -> list[Any]:
        texts = load(code)
        try:
            self._pace.ask(request)
            shown = self._desk.rewrite(draft, customer, language, brand, address, tone)
        except Exception as error:
            _, *others = self.render(texts, None)
            # An earlier reply must not stand beside a draft that it does not belong to.
            return ["", gr.update(choices=[], visible=False), "", None, view.failure(texts, sentence(texts, error)), *others]
        options = [(text, str(number)) for number, text in enumerate(shown.wordings)]
        alternatives = gr.update(choices=options, value="0", visible=len(options) > 1)
        return [shown.reply, alternatives, "", shown, *self.render(texts, shown)]

    def _again(self, shown: Shown, code: str) -> list[Any]:
        parts = changes.compare(shown.result.draft, shown.reply)
        return [shown, view.changes(load(code), parts, shown.result.language)]

    def _choose(self, number: str, reply: str, shown: Shown | None, code: str) -> list[Any]:
        if shown is None or not 0 <= int(number) < len(shown.wordings):
            return [gr.skip(), gr.skip(), gr.skip()]
        new = shown.put(shown.wordings[int(number)], reply)
        return [new.reply, *self._again(new, code)]

    def _take_back(self, reply: str, shown: Shown | None, code: str) -> list[Any]:
        if shown is None:
            return [gr.skip(), gr.skip(), gr.skip()]
        new = shown.undo(reply)
        return [new.reply, *self._again(new, code)]

    def _put_back(self, reply: str, shown: Shown | None, code: str, event: gr.EventData) -> list[Any]:
        if shown is None:
            return [gr.skip(), gr.skip(), gr.skip()]
        new = shown.put_back(int(event.index), reply)
        return [new.reply, *self._again(new, code)]

    def _typed(self, reply: str, shown: Shown | None, code: str) -> list[Any]:
        if shown is None or reply == shown.reply:
            return [gr.skip(), gr.skip()]
        new = Shown(shown.result, reply, shown.customer, shown.before)
        return self._again(new, code)

    def _rating(self, liked: bool) -> Any:  # noqa: ANN401 - a handler
        def rate(reply: str, shown: Shown | None, code: str, comment: str) -> list[Any]:
            texts = load(code)
            if shown is None:
                return [view.message(texts["rate_nothing"], "error"), gr.skip()]
            try:
                self._desk.store.add(shown.result, reply, liked=liked, comment=comment)
            except Exception as error:
                return [view.message(sentence(texts, error), "error"), gr.skip()]
            return [view.message(texts["rate_thanks"]), ""]

        return rate

    def serve(self) -> None:
        """Add the endpoint for programs, plain text in, a dictionary out, and the same as a tool."""

        def rewrite(
            draft: str,
            language: str = AUTO,
            brand: str = NEUTRAL,
            address: str = AS_BRAND,
            customer: str = "",
            tone: str = AS_BRAND,
            request: gr.Request | None = None,
        ) -> dict[str, Any]:
            """Rewrite a support agent's draft into a polite, concise reply that says the same, with its facts untouched.

            The answer has the reply as ``text`` (the draft itself where ``changed`` is false), what was wrong as ``findings``,
            and as ``notes`` what a person should look at before it is sent.

            Args:
                draft: The draft, in Hungarian, Romanian, Polish or English.
                language: hu, ro, pl, en, or auto.
                brand: A brand voice: neutral, bank, shop or startup.
                address: formal, informal, or brand for the brand's own.
                customer: The customer's message, which helps to tell the language of a very short draft.
                tone: reserved, neutral, friendly, warm, or brand for the brand's own.
                request: Who asks; Gradio's own.
            """
            try:
                self._pace.ask(request)
                return self._desk.rewrite(draft, customer, language, brand, address, tone).result.to_dict()
            except Exception as error:
                raise refusal(error) from error

        shared: dict[str, Any] = {"concurrency_id": "model", "concurrency_limit": AT_ONCE}
        gr.api(rewrite, api_name="rewrite", **shared)
        tools.add(rewrite, **shared)


def _addresses(texts: Texts) -> list[tuple[str, str]]:
    return [(texts[f"address_{name}"], name) for name in (AS_BRAND, "formal", "informal")]


def _tones(texts: Texts) -> list[tuple[str, str]]:
    return [(texts[f"tone_{name}"], name) for name in (AS_BRAND, *TONES)]
