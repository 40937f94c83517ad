"""The web demo: ``python app.py`` opens it on this machine only. Importing this module does nothing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from rewriter import Rewriter, RewriterError
from rewriter.feedback import FeedbackStore

if TYPE_CHECKING:
    import gradio as gr

HOST = "127.0.0.1"
MAX_WAITING = 32
"""Events that may wait; beyond that an agent is told to come back in a moment."""
HOUR = 3_600
_ENTER = "(stored, _) => [stored, navigator.language]"
_MARK_LANGUAGE = "(code) => { document.documentElement.lang = code; }"


def build_demo(rewriter: Rewriter, store: FeedbackStore | None = None) -> gr.Blocks:
    """Build the page.

    Args:
        rewriter: What rewrites; its brand is the page's neutral voice.
        store: Where feedback goes; by default the user's own file.

    Returns:
        The page, its queue bounded, not yet served.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it when it is imported and when it builds a page
    import gradio as gr  # noqa: PLC0415 - importing this module must stay free of side effects

    from webdemo import texts, view  # noqa: PLC0415
    from webdemo.desk import AS_BRAND, NEUTRAL, Desk  # noqa: PLC0415
    from webdemo.files import BatchTab  # noqa: PLC0415
    from webdemo.guidebook import GuideTab  # noqa: PLC0415
    from webdemo.interface import Interface  # noqa: PLC0415
    from webdemo.opinions import FeedbackTab  # noqa: PLC0415
    from webdemo.rewriting import RewriteTab  # noqa: PLC0415

    desk, interface = Desk(rewriter, store or FeedbackStore()), Interface()
    title = texts.load(texts.DEFAULT)["title"]
    with gr.Blocks(title=title, analytics_enabled=False, delete_cache=(HOUR, 24 * HOUR)) as demo:
        code = gr.State(texts.DEFAULT)
        # The secret only keeps the stored choices readable across restarts; there is nothing secret in them.
        stored = gr.BrowserState({}, storage_key="rewriter-demo", secret="rewriter-demo")  # noqa: S106
        browser = gr.Textbox(visible=False)
        with gr.Row(elem_id="top"):
            interface.add(gr.HTML, {"value": view.header})
            menu = [(name, value) for value, name in texts.NATIVE.items()]
            chosen = interface.add(
                gr.Dropdown, {"label": "ui_language"}, choices=menu, value=texts.DEFAULT, filterable=False, elem_id="interface"
            )
        with gr.Tabs():
            with interface.add(gr.Tab, {"label": "tab_rewrite"}, id="rewrite"):
                first = RewriteTab(desk, interface, code)
            with interface.add(gr.Tab, {"label": "tab_batch"}, id="batch"):
                BatchTab(desk, interface, code)
            with interface.add(gr.Tab, {"label": "tab_guide"}, id="guide"):
                guide = GuideTab(desk, interface, code)
            with interface.add(gr.Tab, {"label": "tab_feedback"}, id="feedback") as tab:
                feedback = FeedbackTab(desk, interface, code, tab)

        page = [*interface.components, *first.panels, guide.rules, feedback.figures]

        def render(language: texts.Language, shown: Any, query: str, kind: str) -> list[Any]:  # noqa: ANN401
            words = texts.load(language)
            others = [*first.render(words, shown), guide.render(words, query, kind), feedback.render(words)]
            return [*interface.updates(words), *others]

        def enter(kept: dict[str, str] | None, navigator: str) -> list[Any]:
            kept = kept or {}
            language = texts.choose(kept.get("interface") or navigator)
            brand = kept.get("brand") if kept.get("brand") in desk.rewriters else NEUTRAL
            address = kept.get("address") if kept.get("address") in ("formal", "informal") else AS_BRAND
            rows = dict(zip(map(id, page), render(language, None, "", ""), strict=True))
            for component, value in ((chosen, language), (first.brand, brand), (first.address, address)):
                rows[id(component)] = rows[id(component)] | {"value": value}
            return [language, *rows.values()]

        def change(language: str, kept: dict[str, str] | None, shown: Any, query: str, kind: str) -> list[Any]:  # noqa: ANN401
            language = texts.choose(language)
            return [language, (kept or {}) | {"interface": language}, *render(language, shown, query, kind)]

        def remember(kept: dict[str, str] | None, brand: str, address: str) -> dict[str, str]:
            return (kept or {}) | {"brand": brand, "address": address}

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "undocumented"}
        entered = demo.load(enter, [stored, browser], [code, *page], js=_ENTER, api_name="enter", **quiet)
        searched = [first.shown, guide.query, guide.kind]
        changed = chosen.input(change, [chosen, stored, *searched], [code, stored, *page], api_name="interface", **quiet)
        for event in (entered, changed):
            event.then(None, chosen, None, js=_MARK_LANGUAGE)
        choices = [first.brand.input, first.address.input]
        gr.on(choices, remember, [stored, first.brand, first.address], stored, api_name="remember", **quiet)
        for part in (first, guide, feedback):
            part.serve()
    return demo.queue(max_size=MAX_WAITING, default_concurrency_limit=8)


def launch(demo: gr.Blocks, port: int | None, **options: Any) -> str:  # noqa: ANN401 - Gradio's own
    """Serve a page on loopback.

    Args:
        demo: The page.
        port: Its port; any free one if None.
        options: Further options of ``Blocks.launch``.

    Returns:
        The page's address.

    Raises:
        RewriterError: If only one of ``REWRITER_DEMO_USER`` and ``REWRITER_DEMO_PASSWORD`` is set.
    """
    from webdemo import look  # noqa: PLC0415 - imports Gradio
    from webdemo.files import MAX_MEGABYTES  # noqa: PLC0415

    user, password = os.environ.get("REWRITER_DEMO_USER"), os.environ.get("REWRITER_DEMO_PASSWORD")
    if bool(user) != bool(password):
        raise RewriterError("Set both REWRITER_DEMO_USER and REWRITER_DEMO_PASSWORD, or neither.")
    _, url, _ = demo.launch(
        server_name=HOST,
        server_port=port,
        share=False,
        auth=(user, password) if user and password else None,
        max_file_size=f"{MAX_MEGABYTES}mb",
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        footer_links=["api"],
        theme=look.theme(),
        css=look.style(),
        head=look.script(),
        **options,
    )
    return str(url)


def main(port: int = 7860) -> None:
    """Load the bundled model and serve the demo until it is interrupted.

    Args:
        port: A port on loopback.

    Raises:
        RewriterError: If the model cannot be loaded or the user and password are set by halves.
    """
    launch(build_demo(Rewriter.from_pretrained()), port)


if __name__ == "__main__":
    try:
        main()
    except RewriterError as error:
        sys.exit(f"rewriter: {error}")
