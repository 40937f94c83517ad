"""The tab of the evaluation: choose, measure, look; where the suite is missing, it says so."""

from __future__ import annotations

import logging
import time
from types import ModuleType
from typing import Any

import gradio as gr

from rewriter.marks import LANGUAGES
from webdemo import view
from webdemo.desk import NEUTRAL, Desk, sentence
from webdemo.interface import Interface, refusal
from webdemo.texts import SentenceError, Texts, load

FIRST_TASKS, FIRST_RIVAL = ("documents", "leave-alone"), "rules-only"
"""What is chosen at first, beside the demo's own model."""
AT_ONCE = 4
"""Requests looked at together: only one run is let through, the others are told at once instead of waiting in the queue."""

log = logging.getLogger("rewriter.demo")


def _suite() -> tuple[ModuleType, ModuleType] | str:
    """Return the modules that need the evaluation suite, or the name of what is missing: the package comes without it."""
    try:
        from webdemo import evaluation, measured  # noqa: PLC0415
    except ImportError as error:
        log.warning("The tab of the evaluation is closed: %s", error)
        return (error.name or "eval").split(".")[0]
    return evaluation, measured


class EvaluateTab:
    """The tab's components and events.

    Args:
        desk: What does the work.
        interface: Where components with texts are made.
        code: State that holds the interface's language.
    """

    def __init__(self, desk: Desk, interface: Interface, code: gr.State) -> None:
        self._desk, add = desk, interface.add
        suite = _suite()
        if isinstance(suite, str):
            self._missing, self._trial = SentenceError("eval_missing", missing=suite), None
            closed = {"value": lambda texts: view.message(sentence(texts, self._missing), "error")}
            add(gr.HTML, closed, elem_id="eval-status", apply_default_css=False)
            return
        self._evaluation, self._measured = suite
        self._trial = self._evaluation.Trial(desk.rewriters[NEUTRAL])
        interface.introduce("eval_intro")
        systems = [self._trial.main, FIRST_RIVAL]
        tasks = self._boxes(interface, "tasks", self._task_names, list(FIRST_TASKS))
        with gr.Row(elem_classes="pair"):
            names = self._boxes(interface, "systems", self._system_names, systems)
            languages = self._boxes(interface, "languages", _language_names, list(LANGUAGES))
        wording = {"label": "eval_limit"}
        first, most = self._evaluation.LIMIT, self._evaluation.MAX_LIMIT
        limit = add(gr.Slider, wording, minimum=1, maximum=most, step=1, value=first, elem_id="eval-limit")
        button = add(gr.Button, {"value": "eval_button"}, variant="primary", elem_id="eval-run")
        ready = {"value": lambda texts: view.message(texts["eval_ready"])}
        state = add(gr.HTML, ready, elem_id="eval-status", apply_default_css=False)
        out = add(gr.File, {"label": "eval_output"}, visible=False, interactive=False, elem_id="eval-out")
        shown = gr.HTML(visible=False, elem_id="eval-shown", apply_default_css=False)
        button.click(
            self._run,
            [tasks, names, languages, limit, code],
            [out, shown, state],
            api_name="evaluate_page",
            api_visibility="undocumented",
            show_progress_on=state,
            concurrency_id="evaluate",
            concurrency_limit=AT_ONCE,
        )

    def _boxes(self, interface: Interface, name: str, choices: Any, value: list[str]) -> gr.CheckboxGroup:  # noqa: ANN401
        wording = {"label": f"eval_{name}", "choices": choices}
        return interface.add(gr.CheckboxGroup, wording, value=value, min_width=280, elem_id=f"eval-{name}")

    def _task_names(self, texts: Texts) -> list[tuple[str, str]]:
        return [(self._measured.task(texts, name), name) for name in self._trial.tasks]

    def _system_names(self, texts: Texts) -> list[tuple[str, str]]:
        return [(self._measured.system(texts, name), name) for name in self._trial.systems]

    def _run(
        self,
        tasks: list[str],
        systems: list[str],
        languages: list[str],
        limit: int,
        code: str,
        progress: Any = gr.Progress(),  # noqa: ANN401
    ) -> list[Any]:
        texts, start = load(code), time.monotonic()

        def report(done: int, total: int) -> None:
            progress((done, total), desc=texts.say("eval_progress", done=done, total=total), unit="")

        try:
            outcome = self._trial.run(tasks, systems, languages, limit, report, code)
            html = self._measured.show(texts, outcome, self._desk.rules)
        except Exception as error:
            # Earlier figures stay: whoever is refused while another measures loses nothing.
            return [gr.skip(), gr.skip(), view.message(sentence(texts, error), "error")]
        done = texts.say("eval_done", count=len(outcome.rows), seconds=round(time.monotonic() - start))
        return [gr.update(value=str(outcome.page), visible=True), gr.update(value=html, visible=True), view.message(done)]

    def serve(self) -> None:
        """Add the endpoint for programs."""

        def evaluate(
            tasks: list[str], systems: list[str] | None = None, languages: list[str] | None = None, limit: int = 5
        ) -> list[dict[str, Any]]:
            """Measure how well drafts are rewritten; one run at a time.

            Args:
                tasks: documents, test, leave-alone, robust, facts, commitments, register, concise, long or injection.
                systems: The model's name, copy, delete, apology, rules-only or nearest; the model alone if not given.
                languages: hu, ro, pl or en; all if not given.
                limit: Drafts of each task and language.
            """
            try:
                if self._trial is None:
                    raise self._missing
                names = systems or [self._trial.main]
                return self._trial.run(tasks, names, languages or list(LANGUAGES), limit).lines
            except Exception as error:
                raise refusal(error) from error

        gr.api(evaluate, api_name="evaluate", concurrency_id="evaluate", concurrency_limit=AT_ONCE)


def _language_names(texts: Texts) -> list[tuple[str, str]]:
    return [(texts[f"language_{code}"], code) for code in LANGUAGES]
