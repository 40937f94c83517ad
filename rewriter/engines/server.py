"""The connection to a chat server: time limits, retries, and errors that say what to do. It knows nothing of drafts."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx

from rewriter.errors import ModelError

TIMEOUT = 60.0
"""Seconds for one whole answer; a small model on a CPU needs most of it."""
RETRIES = 2
PAUSE = 0.5
"""Seconds before the first retry; each further one waits twice as long, or as long as the server asks for."""
LONGEST_PAUSE = 10.0
LARGEST = 1_000_000
"""Bytes of an answer; a server that goes on and on is cut off."""
API_KEY = "REWRITER_API_KEY"
"""The environment variable that holds the server's key."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNREACHABLE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)


class UnansweredError(Exception):
    """A server that can be reached gave no usable answer to one request. Never leaves the engine."""


class ChatServer:
    """A server that speaks OpenAI's protocol.

    Args:
        url: Its base address, ``http://127.0.0.1:8080/v1`` say.
        api_key: Sent as a bearer token if given.
        timeout: Seconds for one whole answer, more than 0. A late answer is not asked for again.
        retries: Further attempts where the server is busy (429, 5xx) or the connection fails; 0 or more.
        pause: Seconds before the first retry, 0 or more.

    Raises:
        ModelError: If the address or the key cannot be used.
    """

    def __init__(
        self, url: str, api_key: str | None = None, timeout: float = TIMEOUT, retries: int = RETRIES, pause: float = PAUSE
    ) -> None:
        self.url = _address(url)
        if api_key is not None and not (api_key.isascii() and api_key.isprintable()):
            raise ModelError(f"The server's key holds characters that cannot be sent. Set {API_KEY} to the key alone.")
        self.timeout, self.retries, self.pause = timeout, retries, pause
        headers = {"Content-Type": "application/json"}
        if api_key:
            headers["Authorization"] = f"Bearer {api_key}"
        # A proxy from the environment must never see what goes to the own machine.
        outside = httpx.URL(self.url).host not in _LOOPBACK
        self.client = httpx.Client(timeout=timeout, headers=headers, trust_env=outside)

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, bytes]:
        """Send one request, again while the server is busy.

        Args:
            method: GET or POST.
            path: Below the base address.
            body: Sent as JSON.

        Returns:
            The status and the whole answer.

        Raises:
            ModelError: If the server cannot be reached.
            UnansweredError: If it is busy after all attempts, late, breaks off, or answers more than ``LARGEST`` bytes.
        """
        wait, attempt = self.pause, 0
        while True:
            try:
                status, content, asked = self._once(method, path, body)
            except httpx.RequestError as error:
                if isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout):
                    raise UnansweredError(f"no answer within {self.timeout:g} s") from error
                problem: Exception = error
            else:
                if status not in _BUSY:
                    return status, content
                problem, wait = UnansweredError(f"it is busy or broken (HTTP {status})"), max(wait, asked)
            if attempt >= self.retries:
                break
            time.sleep(min(wait, LONGEST_PAUSE))
            wait, attempt = wait * 2, attempt + 1
        if isinstance(problem, _UNREACHABLE):
            raise ModelError(
                f"The chat server {self.url} cannot be reached ({problem}; attempts: {attempt + 1}). Start it, or give the "
                "address of one that runs as URL#MODEL, for instance http://127.0.0.1:11434/v1#qwen3:8b."
            ) from problem
        raise UnansweredError(str(problem) or type(problem).__name__) from problem

    def _once(self, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, bytes, float]:
        """Send one request. httpx bounds the silence between two pieces of the answer, this the whole of it."""
        until, pieces, size = time.monotonic() + self.timeout, [], 0
        sent = json.dumps(body).encode("ascii") if body else None  # escaped, so that half a surrogate pair can be sent
        with self.client.stream(method, f"{self.url}/{path}", content=sent) as response:
            for piece in response.iter_bytes():
                size += len(piece)
                if size > LARGEST:
                    raise UnansweredError(f"an answer of more than {LARGEST} bytes")
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the whole answer takes too long")
                pieces.append(piece)
            asked = response.headers.get("retry-after", "")
            return response.status_code, b"".join(pieces), float(asked) if asked.isascii() and asked.isdigit() else 0.0

    def models(self) -> list[str]:
        """Return the names of the server's models; an empty list where it does not say.

        Raises:
            ModelError: If the server cannot be reached.
        """
        try:
            return [str(row["id"]) for row in json.loads(self.send("GET", "models")[1])["data"]]
        except (UnansweredError, ValueError, KeyError, TypeError, RecursionError):
            return []

    def close(self) -> None:
        """Close the connections."""
        self.client.close()


def _address(url: str) -> str:
    """Return a base address without its last slash."""
    try:
        parsed = httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise ModelError(f"This is no address: {error}. Write one such as http://127.0.0.1:8080/v1.") from error
    extra = parsed.userinfo or parsed.query or parsed.fragment or (parsed.port or 0) > 65535
    if parsed.scheme not in ("http", "https") or not parsed.host or extra:
        raise ModelError(
            f"{parsed.copy_with(userinfo=b'', query=None)} cannot be the address of a chat server. Write http:// or https://, "
            f"the host and the path, such as http://127.0.0.1:8080/v1; a key goes into {API_KEY}, not into the address."
        )
    return str(parsed).rstrip("/")
