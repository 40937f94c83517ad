"""Any OpenAI-compatible chat server (Ollama, vLLM, llama.cpp), by URL. What it answers is a proposal, never to be trusted."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from rewriter.engines.base import Proposal, Request
from rewriter.errors import ModelError
from rewriter.marks import LANGUAGES
from rewriter.prompts import Template

TIMEOUT = 60.0
"""Seconds for one whole answer; a small model on a CPU needs most of it."""
RETRIES = 2
PAUSE = 0.5
"""Seconds before the first retry; each further one waits twice as long, or as long as the server asks for."""
LONGEST_PAUSE = 10.0
PARALLEL = 4
LONGEST = 1024
"""Tokens of an answer: a passage has about a hundred, the rest is for models that think aloud first."""
LARGEST = 1_000_000
"""Bytes of an answer; a server that goes on and on is cut off."""
PATIENCE = 3
"""Passages of one call that may fail to be answered before the others are not asked any more."""
TEMPERATURE = 0.4
"""Warm enough for proposals that differ, cool enough for small models to stay with the draft; not tuned."""
API_KEY = "REWRITER_API_KEY"
"""The environment variable that holds the server's key."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = {401: "the key", 403: "the key", 404: "the address or the model", 405: "the address"}
_TOO_MUCH = frozenset({400, 422, 501})
"""What servers answer to a parameter that they do not know."""
_MARKER = re.compile(r"</?\s*draft\s*>", re.IGNORECASE)
_THOUGHT_END = "</think>"
"""What models that think aloud write before their reply; some servers leave out where it begins."""
_TAG = re.compile(r"<(?!x\d{1,2}>)[/!|]?[A-Za-z]|```")
"""Markup that no passage has, for its own tags stand as marks: the model's own, or a page."""
_QUOTES = {'"': '"', "“": "”", "„": "”", "«": "»", "'": "'"}
_LINE_ENDS = ("Zl", "Zp")
_PATH = "chat/completions"
_log = logging.getLogger(__name__)


class _UnansweredError(Exception):
    """The server had no usable answer for one passage."""


class ChatEngine:
    """Rewrites with a chat model behind ``/chat/completions``.

    A bad answer (a page, nothing, no JSON, no choices, cut off, late) is an empty list for its passage, logged without any text.
    The draft reaches the model between markers, as data; facts, checks and the choice around it are the pipeline's.

    Args:
        url: The server's base address, ``http://127.0.0.1:8080/v1`` say.
        model: The model's name on the server.
        api_key: Sent as a bearer token if given.
        timeout: Seconds for one whole answer, more than 0. A late answer is not asked for again.
        retries: Further attempts where the server is busy (429, 5xx) or the connection fails; 0 or more.
        pause: Seconds before the first retry, 0 or more.

    Raises:
        ModelError: If the address, the model's name or the key cannot be used.
    """

    def __init__(
        self,
        url: str,
        model: str,
        api_key: str | None = None,
        timeout: float = TIMEOUT,
        retries: int = RETRIES,
        pause: float = PAUSE,
    ) -> None:
        self.url = _address(url)
        if not model.strip():
            raise ModelError(f"The server {self.url} needs a model's name. Write {self.url}#MODEL.")
        if api_key is not None and not (api_key.isascii() and api_key.isprintable()):
            raise ModelError(f"The server's key holds characters that cannot be sent. Set {API_KEY} to the key alone.")
        self.model, self.timeout, self.retries, self.pause = model, timeout, retries, pause
        self.name = f"chat:{model}"
        self.marks_rules = False
        self.templates = {code: Template.load(f"chat-{code}") for code in LANGUAGES}
        self.plain = False  # set once the server has refused `n`
        # A proxy from the environment must never see what goes to the own machine.
        self.client = httpx.Client(
            timeout=timeout,
            headers={"Content-Type": "application/json"} | ({"Authorization": f"Bearer {api_key}"} if api_key else {}),
            trust_env=httpx.URL(self.url).host not in _LOOPBACK,
        )

    def propose(self, requests: Sequence[Request], count: int) -> list[list[Proposal]]:
        """Propose replies; see ``Engine.propose``. Named rules are not forced; the score is always 0.

        Raises:
            ModelError: If the first passage shows that the server cannot be reached or refuses the key, the address or the
                model. Later failures leave their passages without proposals.
        """
        if not requests:
            return []
        failed = _Count()
        first = self._passage(requests[0], count, failed, must_reach=True)
        if len(requests) == 1:
            return [first]
        with ThreadPoolExecutor(PARALLEL) as pool:
            rest = pool.map(lambda request: self._passage(request, count, failed), requests[1:])
            return [first, *rest]

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def _passage(self, request: Request, count: int, failed: _Count, *, must_reach: bool = False) -> list[Proposal]:
        # Masked drafts hold no marker; a text that could close its own is not sent.
        if _MARKER.search(request.masked) or failed.value >= PATIENCE:
            return []
        try:
            texts = self._answers(request, count)
        except (ModelError, _UnansweredError) as error:
            if must_reach and isinstance(error, ModelError):
                raise
            failed.add()
            _log.warning("%s at %s: a passage is left alone: %s", self.name, self.url, error)
            return []
        return [Proposal(text, 0.0) for text in dict.fromkeys(map(_cleaned, texts)) if text]

    def _answers(self, request: Request, count: int) -> list[str]:
        """Ask for all proposals at once; where the server refuses that, for one."""
        body: dict[str, Any] = {
            "model": self.model,
            "messages": self.templates[request.language].messages(address=request.address, draft=request.masked),
            "max_tokens": LONGEST,
            "temperature": 0.0,
            "stream": False,
        }
        if count > 1 and not self.plain:
            status, content = self._send("POST", _PATH, {**body, "n": count, "seed": 0, "temperature": TEMPERATURE})
            if status not in _TOO_MUCH:
                return self._texts(status, content)
        status, content = self._send("POST", _PATH, body)
        if count > 1 and status == httpx.codes.OK:
            self.plain = True
        return self._texts(status, content)

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, bytes]:
        """Send one request, again while the server is busy; return the status and the answer's bytes."""
        wait, attempt = self.pause, 0
        while True:
            try:
                status, content, asked = self._once(method, path, body)
            except httpx.RequestError as error:
                if isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout):
                    raise _UnansweredError(f"no answer within {self.timeout:g} s") from error
                problem: Exception = error
            else:
                if status not in _BUSY:
                    return status, content
                problem, wait = _UnansweredError(f"it is busy or broken (HTTP {status})"), max(wait, asked)
            if attempt >= self.retries:
                break
            time.sleep(min(wait, LONGEST_PAUSE))
            wait, attempt = wait * 2, attempt + 1
        if isinstance(problem, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)):
            raise ModelError(
                f"The chat server {self.url} cannot be reached ({problem}; {attempt + 1} attempts). Start it, or give the "
                "address of one that runs as URL#MODEL, for instance http://127.0.0.1:11434/v1#qwen3:8b."
            ) from problem
        raise _UnansweredError(str(problem) or type(problem).__name__) from problem

    def _once(self, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, bytes, float]:
        """Send one request. httpx bounds the silence between two pieces of the answer, this the whole of it."""
        until, pieces, size = time.monotonic() + self.timeout, [], 0
        sent = json.dumps(body).encode("ascii") if body else None  # escaped, so that half a surrogate pair can be sent
        with self.client.stream(method, f"{self.url}/{path}", content=sent) as response:
            for piece in response.iter_bytes():
                size += len(piece)
                if size > LARGEST:
                    raise _UnansweredError(f"an answer of more than {LARGEST} bytes")
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the whole answer takes too long")
                pieces.append(piece)
            asked = response.headers.get("retry-after", "")
            return response.status_code, b"".join(pieces), float(asked) if asked.isascii() and asked.isdigit() else 0.0

    def _texts(self, status: int, content: bytes) -> list[str]:
        """Return the texts of an answer; what was cut off or is no text is left out."""
        if status in _REFUSED:
            said = " ".join(content.decode("utf-8", "replace").split())[:200] or "no reason given"
            raise ModelError(
                f"The chat server {self.url} refuses {_REFUSED[status]} (HTTP {status}: {said}). The model asked for was "
                f"{self.model!r}. Check its name, the key in {API_KEY}, and that the address is the one before "
                "/chat/completions, which most often ends in /v1."
            )
        if status != httpx.codes.OK:
            raise _UnansweredError(f"HTTP {status}")
        try:
            rows = json.loads(content)["choices"]
            found = [row["message"]["content"] for row in rows if row.get("finish_reason") != "length"]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _UnansweredError("the answer is no JSON with choices") from error
        return [text for text in found if isinstance(text, str)]


class _Count:
    """A count that several threads raise."""

    def __init__(self) -> None:
        self.value, self._lock = 0, threading.Lock()

    def add(self) -> None:
        with self._lock:
            self.value += 1


def served_models(url: str, api_key: str | None = None) -> list[str]:
    """Ask a server which models it has.

    Args:
        url: As for ``ChatEngine``.
        api_key: As for ``ChatEngine``.

    Returns:
        Their names; an empty list where the server does not say.

    Raises:
        ModelError: If the address cannot be used or the server cannot be reached.
    """
    engine = ChatEngine(url, "unnamed", api_key)
    try:
        return [str(row["id"]) for row in json.loads(engine._send("GET", "models")[1])["data"]]
    except (_UnansweredError, ValueError, KeyError, TypeError):
        return []
    finally:
        engine.close()


def _address(url: str) -> str:
    """Return a base address without its last slash."""
    try:
        parsed = httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise ModelError(f"{url!r} is no address ({error}). Write one such as http://127.0.0.1:8080/v1.") from error
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo or parsed.query or parsed.fragment:
        raise ModelError(
            f"{parsed.copy_with(userinfo=b'')} cannot be the address of a chat server. Write http:// or https://, the host and "
            f"the path, such as http://127.0.0.1:8080/v1; a key goes into {API_KEY}, not into the address."
        )
    return str(parsed).rstrip("/")


def _cleaned(text: str) -> str:
    """Take off what models put around a reply; empty if what is left is not one line of plain text."""
    text = _MARKER.sub("", text.rpartition(_THOUGHT_END)[2]).strip()
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()  # facts in quotation marks stand as marks, so these are the model's own
    plain = not any(unicodedata.category(c)[0] == "C" or unicodedata.category(c) in _LINE_ENDS for c in text)
    return text if plain and not _TAG.search(text) else ""
