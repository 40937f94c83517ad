"""Any OpenAI-compatible chat server (Ollama, vLLM, llama.cpp), by URL. What it answers is a proposal, never to be trusted."""

from __future__ import annotations

import json
import logging
import re
import threading
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rewriter.engines.base import Proposal, Request
from rewriter.engines.server import API_KEY, PAUSE, RETRIES, TIMEOUT, ChatServer, UnansweredError
from rewriter.errors import ModelError
from rewriter.marks import LANGUAGES, MARK_PATTERN
from rewriter.prompts import Template
from rewriter.words import words

PARALLEL = 4
"""Passages asked for at once."""
PATIENCE = 3
"""Passages of one call that may fail to be answered before the others are not asked any more."""
LONGEST = 1024
"""Tokens of an answer: a passage has about a hundred, the rest is for models that think aloud first."""
TEMPERATURE = 0.4
"""Warm enough for proposals that differ, cool enough for small models to stay with the draft; not tuned."""
SENTENCE = 4
"""Words from which a passage cannot be answered with one word, whatever the draft told the model to write."""

_PATH = "chat/completions"
_OK = 200
_REFUSED = {401: "the key", 403: "the key", 404: "the address or the model", 405: "the address"}
_TOO_MUCH = frozenset({400, 422, 501})
"""What servers answer to a parameter that they do not know."""
_MARKER = re.compile(r"</?\s*draft\s*>", re.IGNORECASE)
_THOUGHT_END = "</think>"
"""What models that think aloud write before their reply; some servers leave out where it begins."""
_TAG = re.compile(r"<(?!x\d{1,2}>)[/!|]?[A-Za-z]|```")
"""Markup that no passage has, for its own tags stand as marks: the model's own, or a page."""
_LINE_ENDS = ("Zl", "Zp")
_QUOTES = {'"': '"', "“": "”", "„": "”", "«": "»", "'": "'"}
_log = logging.getLogger(__name__)


class ChatEngine:
    """Rewrites with a chat model behind ``/chat/completions``.

    A bad answer (a page, nothing, no JSON, no choices, cut off, late) is an empty list for its passage, logged without any text.
    The draft reaches the model between markers, as data; facts, checks and the choice around it are the pipeline's.

    Args:
        url: The server's base address, ``http://127.0.0.1:8080/v1`` say.
        model: The model's name on the server.
        api_key: Sent as a bearer token if given.
        timeout: As for ``ChatServer``.
        retries: As for ``ChatServer``.
        pause: As for ``ChatServer``.

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
        self.server = ChatServer(url, api_key, timeout, retries, pause)
        if not model.strip():
            raise ModelError(f"The server {self.server.url} needs a model's name. Write {self.server.url}#MODEL.")
        self.model, self.name = model, f"chat:{model}"
        self.marks_rules = False
        self.templates = {code: Template.load(f"chat-{code}") for code in LANGUAGES}
        self.single = False  # set once the server has refused `n`

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
            return [first, *pool.map(lambda request: self._passage(request, count, failed), requests[1:])]

    def close(self) -> None:
        """Close the connections."""
        self.server.close()

    def _passage(self, request: Request, count: int, failed: _Count, *, must_reach: bool = False) -> list[Proposal]:
        # Masked drafts hold no marker; a text that could close its own is not sent.
        if _MARKER.search(request.masked) or failed.value >= PATIENCE:
            return []
        try:
            texts = self._answers(request, count)
        except (ModelError, UnansweredError) as error:
            if must_reach and isinstance(error, ModelError):
                raise
            failed.add()
            reason = "it cannot be reached any more, or refuses" if isinstance(error, ModelError) else str(error)
            _log.warning("%s at %s: a passage is left alone: %s", self.name, self.server.url, reason)
            return []
        replies = dict.fromkeys(map(_cleaned, texts))
        return [Proposal(reply, 0.0) for reply in replies if reply and not _one_word(request.masked, reply)]

    def _answers(self, request: Request, count: int) -> list[str]:
        """Ask for all proposals at once; where the server refuses that, for one."""
        body: dict[str, Any] = {
            "model": self.model,
            "messages": self.templates[request.language].messages(address=request.address, draft=request.masked),
            "max_tokens": LONGEST,
            "temperature": 0.0,
            "stream": False,
        }
        if count > 1 and not self.single:
            status, content = self.server.send("POST", _PATH, {**body, "n": count, "seed": 0, "temperature": TEMPERATURE})
            if status not in _TOO_MUCH:
                return self._texts(status, content)
        status, content = self.server.send("POST", _PATH, body)
        if count > 1 and status == _OK:
            self.single = True
        return self._texts(status, content)

    def _texts(self, status: int, content: bytes) -> list[str]:
        """Return the texts of an answer; what was cut off or is no text is left out."""
        if status in _REFUSED:
            said = "".join(c if c.isprintable() else " " for c in content.decode("utf-8", "replace")[:200]).strip()
            raise ModelError(
                f"The chat server {self.server.url} refuses {_REFUSED[status]} (HTTP {status}: {said or 'no reason given'}). "
                f"The model asked for was {self.model!r}. Check its name, the key in {API_KEY}, and that the address is the one "
                "before /chat/completions, which most often ends in /v1."
            )
        if status != _OK:
            raise UnansweredError(f"HTTP {status}")
        try:
            rows = json.loads(content)["choices"]
            found = [row["message"]["content"] for row in rows if row.get("finish_reason") != "length"]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UnansweredError("the answer is no JSON with choices") from error
        return [text for text in found if isinstance(text, str)]


class _Count:
    """A count that several threads raise."""

    def __init__(self) -> None:
        self.value, self._lock = 0, threading.Lock()

    def add(self) -> None:
        with self._lock:
            self.value += 1


def _cleaned(text: str) -> str:
    """Take off what models put around a reply; empty if what is left is not one line of plain text."""
    text = _MARKER.sub("", text.rpartition(_THOUGHT_END)[2]).strip()
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()  # facts in quotation marks stand as marks, so these are the model's own
    plain = not any(unicodedata.category(c)[0] == "C" or unicodedata.category(c) in _LINE_ENDS for c in text)
    return text if plain and not _TAG.search(text) else ""


def _one_word(masked: str, reply: str) -> bool:
    said, asked = (len(words(MARK_PATTERN.sub(" ", text))) for text in (reply, masked))
    return said <= 1 and asked >= SENTENCE
