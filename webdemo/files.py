"""The tab for whole files: a table in, progress, a look at it, a table out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import gradio as gr

from rewriter import RewriterError
from rewriter.batch import ENDINGS
from webdemo import view
from webdemo.desk import AUTO, MAX_ROWS, NEUTRAL, Desk, Place, sentence
from webdemo.interface import Interface, languages
from webdemo.texts import Texts, load

MAX_MEGABYTES = 10
"""Largest upload; the server enforces it."""


class BatchTab:
    """The tab's components and events.

    Args:
        desk: What does the work.
        interface: Where components with texts are made.
        code: State that holds the interface's language.
    """

    def __init__(self, desk: Desk, interface: Interface, code: gr.State) -> None:
        self._desk, add = desk, interface.add
        interface.introduce("batch_intro")
        with gr.Row(elem_classes="pair"):
            with gr.Column(scale=5, min_width=300):
                size = {"label": lambda texts: texts.say("batch_file", size=MAX_MEGABYTES, rows=MAX_ROWS)}
                source = add(gr.File, size, file_types=list(ENDINGS), height=150, elem_id="batch-file")
            with gr.Column(scale=6, min_width=300):
                # A program names a column without having seen the list of them, which is empty until a file is chosen.
                wording = {"label": "batch_column"}
                column = add(gr.Dropdown, wording, choices=[], allow_custom_value=True, elem_id="batch-column")
                wording = {"label": "language_label", "choices": lambda texts: languages(texts, AUTO)}
                language = add(gr.Dropdown, wording, value=AUTO, filterable=False, elem_id="batch-language")
                brand = add(gr.Dropdown, {"label": "brand_label", "choices": self._brands}, value=NEUTRAL, filterable=False)
        button = add(gr.Button, {"value": "batch_button"}, variant="primary", elem_id="batch-run")
        state = add(
            gr.HTML, {"value": lambda texts: view.message(texts["batch_ready"])}, elem_id="batch-status", apply_default_css=False
        )
        out = add(gr.File, {"label": "batch_output"}, visible=False, interactive=False, elem_id="batch-out")
        table = gr.HTML(visible=False, elem_id="batch-table", apply_default_css=False)
        quiet: dict[str, Any] = {"api_visibility": "undocumented", "show_progress": "hidden"}
        gr.on([source.upload, source.clear], self._load, [source, code], [column, state], api_name="batch_columns", **quiet)
        button.click(
            self._run,
            [source, column, language, brand, code],
            [out, table, state],
            api_name="batch",
            show_progress_on=state,
            concurrency_id="batch",
            concurrency_limit=1,
        )

    def _brands(self, texts: Texts) -> list[tuple[str, str]]:
        return [(texts.named("brand", name), name) for name in self._desk.rewriters]

    def _load(self, source: str | None, code: str) -> list[Any]:
        texts = load(code)
        if not source:
            return [gr.update(choices=[], value=None), view.message(texts["batch_ready"])]
        try:
            places = self._desk.columns(Path(source))
        except Exception as error:
            return [gr.update(choices=[], value=None), view.message(sentence(texts, error), "error")]
        labels = list(places)
        rows = places[labels[0]].rows
        return [gr.update(choices=labels, value=labels[0]), view.message(texts.say("batch_loaded", rows=rows))]

    def _run(
        self,
        source: str | None,
        column: str | None,
        language: str,
        brand: str,
        code: str,
        progress: Any = gr.Progress(),  # noqa: ANN401
    ) -> list[Any]:
        texts = load(code)
        hidden = [gr.update(visible=False), gr.update(visible=False)]
        if not source or not column:
            return [*hidden, view.message(texts["batch_ready"], "error")]
        try:
            places = self._desk.columns(Path(source))
            place = places.get(column) or Place(None, column, places[next(iter(places))].rows)  # a wrong name is told of below
            if place.rows > MAX_ROWS:
                raise RewriterError(texts.say("batch_too_many", rows=place.rows, limit=MAX_ROWS))
            # Equal uploads share a folder: each run gets its own below it, which the page's cache clears with it.
            folder = Path(tempfile.mkdtemp(dir=Path(source).parent))
            out = folder / f"{Path(source).stem}-replies{Path(source).suffix.lower()}"

            def report(done: int, total: int) -> None:
                progress((done, total), desc=texts.say("batch_progress", done=done, total=total), unit="")

            counts, preview = self._desk.batch(Path(source), out, place, language, brand, report)
        except Exception as error:
            return [*hidden, view.message(sentence(texts, error), "error")]
        done = texts.say("batch_done", rows=counts.rows, failed=counts.failed)
        table = gr.update(value=view.table(texts, preview.columns, preview.rows()), visible=True)
        return [gr.update(value=str(out), visible=True), table, view.message(done)]
