"""How many rewrites one user may ask for in a minute, so that a runaway program leaves the model to the others."""

from __future__ import annotations

import ipaddress
import math
import os
import time
from collections import deque
from collections.abc import Callable
from threading import Lock

import gradio as gr

from rewriter import RewriterError
from webdemo.texts import SentenceError

VARIABLE, PER_MINUTE = "REWRITER_DEMO_PER_MINUTE", 60
"""The environment's word for it, and the limit without one: more than anybody can read."""
MINUTE = 60.0
_MANY = 1_000
"""Users remembered before those who have long stopped are forgotten."""


class Pace:
    """Counts each user's rewrites of the last minute.

    Args:
        limit: Rewrites a minute; 0 for no limit.
        clock: Seconds that only grow.
    """

    def __init__(self, limit: int = PER_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit, self._clock = limit, clock
        self._asked: dict[str, deque[float]] = {}
        self._lock = Lock()

    @classmethod
    def from_environment(cls) -> Pace:
        """Read the limit from ``REWRITER_DEMO_PER_MINUTE``.

        Raises:
            RewriterError: If it is no whole number, or less than 0.
        """
        text = os.environ.get(VARIABLE, "").strip() or str(PER_MINUTE)
        if not text.isdecimal():
            raise RewriterError(f"{VARIABLE} must be a whole number, 0 for no limit; it is {text!r}.")
        return cls(int(text))

    def ask(self, request: gr.Request | None) -> None:
        """Count one rewrite.

        Args:
            request: Who asks; None, from within the program, is not counted.

        Raises:
            SentenceError: If it is one too many; it is not counted then, so that waiting always helps.
        """
        if request is None or not self.limit:
            return
        user = _user(request)
        with self._lock:
            now = self._clock()
            if len(self._asked) > _MANY:
                self._asked = {name: times for name, times in self._asked.items() if times and now - times[-1] < MINUTE}
            times = self._asked.setdefault(user, deque())
            while times and now - times[0] >= MINUTE:
                times.popleft()
            if len(times) >= self.limit:
                raise SentenceError("error_pace", limit=self.limit, seconds=max(1, math.ceil(times[0] + MINUTE - now)))
            times.append(now)


def _user(request: gr.Request) -> str:
    """Name who asks: by login; else by address, as sessions cost nothing; on this machine all share one, so by session."""
    if request.username:
        return f"user {request.username}"
    host = request.client.host if request.client else ""
    try:
        own = ipaddress.ip_address(host).is_loopback
    except ValueError:
        own = True
    return f"session {request.session_hash}" if own else f"host {host}"
