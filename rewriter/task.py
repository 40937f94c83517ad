"""One draft on its way through the pipeline: its passages, each with masked facts, faults and requests."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rewriter import facts
from rewriter.checks import Checks
from rewriter.diacritics import restored
from rewriter.engines.base import Request
from rewriter.guide import Guide, Match
from rewriter.layout import Passage, passages, sentences
from rewriter.marks import Address, Language
from rewriter.shouting import calm
from rewriter.types import Candidate

_LINE_OF_ITS_OWN = re.compile(r"[^.!?…]{1,24}")
"""A short line without a full stop in a draft of several lines: a signature or a heading, never rewritten."""


@dataclass(frozen=True)
class Work:
    """One passage.

    Attributes:
        passage: Its place in the draft whose facts are masked.
        masked: Its text, its facts masked anew.
        facts: Those facts, by number.
        found: Its faults that the patterns know.
        whole: What the engine is asked for the passage.
        pieces: What it is asked for each sentence; empty for a single one.
    """

    passage: Passage
    masked: str
    facts: tuple[str, ...]
    found: tuple[Match, ...]
    whole: Request
    pieces: tuple[tuple[Passage, Request], ...]

    @property
    def requests(self) -> list[Request]:
        """All requests, the whole passage first."""
        return [self.whole, *(request for _, request in self.pieces)]

    @property
    def literal(self) -> str:
        """The passage as it came."""
        return facts.restore(self.masked, self.facts)

    @property
    def grave(self) -> tuple[int, ...]:
        """Numbers of the rules of medium or high severity that the patterns found broken."""
        return tuple(sorted({match.rule.number for match in self.found if match.rule.grave}))


@dataclass(frozen=True)
class Task:
    """One draft: its text, its facts masked over the whole, its language, address form, checks and passages."""

    draft: str
    whole: facts.Masked
    language: Language
    address: Address
    checks: Checks
    works: tuple[Work, ...]

    @staticmethod
    def of(draft: str, language: Language, address: Address, guide: Guide) -> Task:
        """Cut a draft into passages and mask their facts."""
        whole, checks = facts.mask(draft, language=language), Checks(language, address, guide)
        cut = passages(whole.text)
        works = []
        for passage in cut:
            if len(cut) > 1 and _LINE_OF_ITS_OWN.fullmatch(passage.text):
                continue
            local = facts.mask(facts.restore(passage.text, whole.facts), language=language)
            calmed = restored(calm(local.text), language)
            parts = sentences(calmed)
            pieces = tuple((p, Request(p.text, language, address)) for p in parts) if len(parts) > 1 else ()
            found = tuple(checks.faults(local.text))
            works.append(Work(passage, local.text, local.facts, found, Request(calmed, language, address), pieces))
        return Task(draft, whole, language, address, checks, tuple(works))

    def assemble(self, changed: list[tuple[Work, Candidate]]) -> str:
        """Put replies in the places of their passages; all else stays as it came."""
        # Facts were masked over the whole draft and again in each passage; literal text joins the two numberings.
        pieces, at = [], 0
        for work, best in changed:
            pieces += [facts.restore(self.whole.text[at : work.passage.start], self.whole.facts), best.text]
            at = work.passage.end
        return "".join([*pieces, facts.restore(self.whole.text[at:], self.whole.facts)])

    def seen(self, changed: list[tuple[Work, Candidate]]) -> list[tuple[int, int, tuple[int, ...]]]:
        """Return (start, end, rule numbers) in the draft of passages whose faults the model named."""
        spans = []
        for work, best in changed:
            start = len(facts.restore(self.whole.text[: work.passage.start], self.whole.facts))
            spans.append((start, start + len(work.literal), best.rules))
        return spans
