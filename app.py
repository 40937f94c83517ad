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


def build_demo(rewriter: Rewriter, store: FeedbackStore | None = None) -> gr.Blocks:
    """Build the page.

    Args:
        rewriter: What rewrites; its brand is the page's neutral voice.
        store: Where feedback goes; by default the user's own file.

    Returns:
        The page, its queue bounded, not yet served.

    Raises:
        RewriterError: If ``REWRITER_DEMO_PER_MINUTE`` is no number.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it when it is imported and when it builds a page
    from webdemo.desk import Desk  # noqa: PLC0415 - importing this module must stay free of side effects
    from webdemo.pace import Pace  # noqa: PLC0415
    from webdemo.page import Page  # noqa: PLC0415

    return Page(Desk(rewriter, store or FeedbackStore()), Pace.from_environment()).blocks


def launch(demo: gr.Blocks, port: int | None, **options: Any) -> str:  # noqa: ANN401 - Gradio's own
    """Serve a page on loopback, and its tools for assistants beside it; returns at once.

    Args:
        demo: The page.
        port: Its port; any free one if None.
        options: Further options of ``Blocks.launch``.

    Returns:
        The page's address.

    Raises:
        RewriterError: If only one of ``REWRITER_DEMO_USER`` and ``REWRITER_DEMO_PASSWORD`` is set, or Gradio leaves tools open.
    """
    from starlette.middleware import Middleware  # noqa: PLC0415 - comes with Gradio

    from webdemo import look, tools  # noqa: PLC0415 - imports Gradio
    from webdemo.files import MAX_MEGABYTES  # noqa: PLC0415
    from webdemo.login import Login  # noqa: PLC0415

    user, password = os.environ.get("REWRITER_DEMO_USER"), os.environ.get("REWRITER_DEMO_PASSWORD")
    if bool(user) != bool(password):
        raise RewriterError("Set both REWRITER_DEMO_USER and REWRITER_DEMO_PASSWORD, or neither.")
    login = Login(user, password) if user and password else None
    _, url, _ = demo.launch(
        server_name=HOST,
        server_port=port,
        share=False,
        auth=(user, password) if user and password else None,
        app_kwargs={"middleware": [Middleware(login.guard)]} if login else None,
        mcp_server=tools.servable(),
        prevent_thread_lock=True,
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
    tools.restrict(demo)
    if login:
        login.admit(demo)
    return str(url)


def main(port: int = 7860) -> None:
    """Load the bundled model and serve the demo until it is interrupted.

    Args:
        port: A port on loopback.

    Raises:
        RewriterError: If the model cannot be loaded or the user and password are set by halves.
    """
    rewriter = Rewriter.from_pretrained()
    rewriter.warm_up()
    demo = build_demo(rewriter)
    launch(demo, port)
    demo.block_thread()


if __name__ == "__main__":
    try:
        main()
    except RewriterError as error:
        sys.exit(f"rewriter: {error}")
