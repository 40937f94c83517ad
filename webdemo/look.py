"""The demo's look: a theme of one accent on calm greys, and the style sheet and script that go with it."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

_FOLDER = Path(__file__).parent
_FONT = ["ui-sans-serif", "system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
"""Fonts that are on the machine: nothing is fetched."""
ACCENT_LIGHT, ACCENT_DARK = "#0f6b62", "#6fd0c3"


def style() -> str:
    """Return the style sheet."""
    return (_FOLDER / "style.css").read_text(encoding="utf-8")


def script() -> str:
    """Return the page's script as a head element."""
    return f"<script>\n{(_FOLDER / 'page.js').read_text(encoding='utf-8')}</script>"


def theme() -> gr.themes.Base:
    """Return the theme; its colours are the variables of the style sheet, which has both sets."""
    look = gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        font=_FONT,
        font_mono=["ui-monospace", "monospace"],
        radius_size=gr.themes.sizes.radius_lg,
    )
    both = {
        "body_background_fill": "var(--paper)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--ink-quiet)",
        "background_fill_primary": "var(--sheet)",
        "background_fill_secondary": "var(--paper)",
        "block_background_fill": "var(--sheet)",
        "block_border_color": "var(--rule)",
        "block_label_background_fill": "transparent",
        "block_label_text_color": "var(--ink)",
        "block_title_text_color": "var(--ink)",
        "block_info_text_color": "var(--ink-quiet)",
        "border_color_primary": "var(--rule)",
        "color_accent": "var(--accent)",
        "border_color_accent": "var(--accent)",
        "color_accent_soft": "var(--accent-soft)",
        "input_background_fill": "var(--sheet)",
        "input_border_color": "var(--edge)",
        "input_border_color_focus": "var(--accent)",
        "input_placeholder_color": "var(--ink-quiet)",
        "button_primary_background_fill": "var(--accent)",
        "button_primary_background_fill_hover": "var(--accent)",
        "button_primary_text_color": "var(--sheet)",
        "button_secondary_background_fill": "var(--sheet)",
        "button_secondary_background_fill_hover": "var(--accent-soft)",
        "button_secondary_border_color": "var(--edge)",
        "button_secondary_text_color": "var(--ink)",
        "checkbox_label_background_fill": "var(--sheet)",
        "checkbox_label_background_fill_selected": "var(--accent-soft)",
        "checkbox_label_border_color": "var(--rule)",
        "checkbox_label_border_color_selected": "var(--accent)",
        "checkbox_label_text_color": "var(--ink)",
        "checkbox_label_text_color_selected": "var(--ink)",
        "checkbox_background_color": "var(--sheet)",
        "checkbox_background_color_selected": "var(--accent)",
        "checkbox_border_color": "var(--edge)",
        "table_text_color": "var(--ink)",
        "table_border_color": "var(--rule)",
        "table_even_background_fill": "var(--sheet)",
        "table_odd_background_fill": "var(--paper)",
        "button_cancel_background_fill": "var(--sheet)",
        "button_cancel_background_fill_hover": "var(--bad-soft)",
        "button_cancel_border_color": "var(--bad)",
        "button_cancel_text_color": "var(--bad)",
        "button_cancel_text_color_hover": "var(--bad)",
        "link_text_color": "var(--accent)",
        "link_text_color_visited": "var(--accent)",
        "link_text_color_hover": "var(--accent)",
        "link_text_color_active": "var(--accent)",
    }
    known = set(look.__dict__)
    values = {name: value for name, value in both.items() if name in known}
    values |= {f"{name}_dark": value for name, value in both.items() if f"{name}_dark" in known}
    return look.set(
        **values, block_title_text_weight="600", block_shadow="none", block_border_width="1px", input_border_width="1px"
    )
