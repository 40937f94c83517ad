"""The page's login for assistants: Gradio's own is a cookie, which they do not have, and leaves the tools' path open."""

from __future__ import annotations

import secrets
from base64 import b64encode

import gradio as gr
from gradio.route_utils import API_PREFIX
from gradio_client import Client
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from rewriter import RewriterError

PATH = f"{API_PREFIX}/mcp"
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="rewriter", charset="UTF-8"'}


class Login:
    """Guards the tools, and lets them be called as the page's user.

    Args:
        user: The page's user.
        password: The page's password.
    """

    def __init__(self, user: str, password: str) -> None:
        self._user, self._token = user, secrets.token_urlsafe(32)
        self._key = b64encode(f"{user}:{password}".encode())

    def guard(self, app: ASGIApp) -> ASGIApp:
        """Wrap a server, as a middleware: the tools' path asks for HTTP Basic, or the cookie of who is logged in."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if PATH not in scope.get("path", ""):  # anywhere in it: a proxy may put a path of its own before
                await app(scope, receive, send)
            elif self._known(scope):
                scope["app"].tokens[self._token] = self._user  # logging out in the page ends all of the user's sessions
                # Gradio hands the headers on, to functions too; the tools have a cookie of their own.
                headers = [header for header in scope["headers"] if header[0] not in (b"authorization", b"cookie")]
                await app({**scope, "headers": headers}, receive, send)
            else:
                await Response("Send the demo's user and password as HTTP Basic.", 401, _CHALLENGE)(scope, receive, send)

        return guarded

    def admit(self, demo: gr.Blocks) -> None:
        """Let a launched page's tools past its login: Gradio calls them over loopback.

        Raises:
            RewriterError: If this version of Gradio has them elsewhere, where nothing guards them.
        """
        if not (server := demo.mcp_server_obj):
            return
        if all(getattr(route, "path", None) != PATH for route in demo.app.routes):
            demo.close()
            raise RewriterError("This version of Gradio cannot serve the tools behind a login.")
        demo.app.tokens[self._token] = self._user
        own = {"cookies": {_cookie(demo.app): self._token}, "trust_env": False}  # no proxy gets to see it
        quiet = {"verbose": False, "analytics_enabled": False, "download_files": False}
        server._client_instance = Client(str(demo.local_url), headers={"x-gradio-user": "mcp"}, httpx_kwargs=own, **quiet)

    def _known(self, scope: Scope) -> bool:
        request = HTTPConnection(scope)
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic" and secrets.compare_digest(key.strip().encode(), self._key):
            return True
        # The page looks for the tools itself; without this, a browser would ask who is logged in once more.
        return request.cookies.get(_cookie(scope["app"])) in scope["app"].tokens


def _cookie(app: gr.routes.App) -> str:
    return f"access-token-unsecure-{app.cookie_id}"
