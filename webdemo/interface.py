"""Components whose texts follow the interface's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from rewriter import RewriterError
from webdemo import view
from webdemo.desk import sentence
from webdemo.texts import DEFAULT, Texts, load

Wording = str | Callable[[Texts], Any]
"""A key of the texts, or a function of them (choices, HTML)."""


class Interface:
    """All components with texts, so that one event can put the whole page into another language."""

    def __init__(self) -> None:
        self._rows: list[tuple[Any, dict[str, Wording]]] = []

    def add(self, kind: Callable[..., Any], wording: dict[str, Wording], **fixed: Any) -> Any:  # noqa: ANN401 - any component
        """Make a component.

        Args:
            kind: Its class.
            wording: Its properties that are texts.
            fixed: Its other properties.

        Returns:
            The component, in the default language until ``updates`` says otherwise.
        """
        component = kind(**_filled(wording, load(DEFAULT)), **fixed)
        self._rows.append((component, wording))
        return component

    def introduce(self, key: str) -> None:
        """Add a quiet line that says what a tab is for."""
        self.add(gr.HTML, {"value": lambda texts: view.empty(texts[key])}, apply_default_css=False)

    @property
    def components(self) -> list[Any]:
        """All components, in the order of ``updates``."""
        return [component for component, _ in self._rows]

    def updates(self, texts: Texts) -> list[dict[str, Any]]:
        """Return what puts every component into a language."""
        return [gr.update(**_filled(wording, texts)) for _, wording in self._rows]


def _filled(wording: dict[str, Wording], texts: Texts) -> dict[str, Any]:
    return {name: texts[value] if isinstance(value, str) else value(texts) for name, value in wording.items()}


def languages(texts: Texts, first: str) -> list[tuple[str, str]]:
    """Return the choices of a draft's language, the automatic one first."""
    return [(texts["language_auto"], first), *((texts[f"language_{code}"], code) for code in ("hu", "ro", "pl", "en"))]


def refusal(error: Exception) -> gr.Error:
    """Return what a program is told about an error: its own message if it was raised on purpose, else a plain sentence."""
    said = str(error) if isinstance(error, RewriterError) else sentence(load(DEFAULT), error)
    return gr.Error(said, print_exception=False)
