"""Engines that say what a test tells them to."""

from collections.abc import Callable, Sequence

from rewriter.engines.base import Proposal, Request


class ScriptedEngine:
    """Proposes what a function of the masked passage gives; everything it was asked is kept."""

    name = "scripted"
    marks_rules = False

    def __init__(self, script: Callable[[Request], list[str]]) -> None:
        self.script = script
        self.asked: list[Request] = []

    def propose(self, requests: Sequence[Request], count: int) -> list[list[Proposal]]:
        self.asked += requests
        return [[Proposal(text, -0.1 * (i + 1)) for i, text in enumerate(self.script(r)[:count])] for r in requests]


def saying(*replies: str) -> ScriptedEngine:
    """An engine that always proposes the same."""
    return ScriptedEngine(lambda _: list(replies))


def copying() -> ScriptedEngine:
    """An engine that proposes the passage itself."""
    return ScriptedEngine(lambda request: [request.masked])
