"""The way of a draft: language, facts masked, proposals, facts restored, checks, the best that passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rewriter import facts, findings
from rewriter.brand import Brand
from rewriter.checks import Checks
from rewriter.engines.base import Engine, Proposal, Request
from rewriter.errors import DraftTooLongError, EmptyDraftError, NotTextError, RewriterError
from rewriter.guide import Guide, Match
from rewriter.language import check_code, detect
from rewriter.layout import Passage, assemble, passages, sentences
from rewriter.marks import Address, Language
from rewriter.repair import miscopied
from rewriter.shouting import calm
from rewriter.types import Candidate, Failure, Rewrite

MAX_CHARACTERS = 8_000
"""Longest draft; a longer one is refused, never cut."""
PROPOSALS = 5
UNCHANGED_BONUS = 0.15
"""What a passage without a known fault gains for staying as it is: a good draft is not to be made different."""
PIECEWISE_COST = 0.1
"""What a reply put together sentence by sentence loses: a whole passage reads better."""

_LINE_OF_ITS_OWN = re.compile(r"[^.!?…]{1,24}", re.UNICODE)
"""A short line without a full stop in a draft of several lines."""


@dataclass
class _Work:
    """One passage on its way."""

    passage: Passage
    masked: str
    facts: tuple[str, ...]
    found: list[Match]
    whole: Request
    pieces: list[tuple[Passage, Request]]
    candidates: list[Candidate] = field(default_factory=list)

    def requests(self) -> list[Request]:
        return [self.whole, *(request for _, request in self.pieces)]


class Rewriter:
    """Rewrites drafts of support agents into polite, concise replies.

    Args:
        engine: What proposes replies.
        brand: The voice; a neutral formal one by default.
        guide: The rules; the package's own by default.
    """

    def __init__(self, engine: Engine, brand: Brand | None = None, guide: Guide | None = None) -> None:
        self.engine, self.brand, self.guide = engine, brand or Brand(), guide or Guide.load()

    @classmethod
    def from_pretrained(cls, model: str | Path | None = None, *, brand: Brand | str | Path | None = None) -> Rewriter:
        """Load a rewriter.

        Args:
            model: None for the bundled model; a folder or a Hugging Face name of another seq2seq model.
            brand: A voice, its file, or the name of one that ships.

        Returns:
            A rewriter, ready to be used from several threads.

        Raises:
            ModelError: If there is no such model.
            BrandError: If the brand's file is wrong.
        """
        from rewriter.engines.choose import engine_for  # keeps the heavy imports out of `import rewriter`

        voice = brand if isinstance(brand, Brand) or brand is None else Brand.load(brand)
        return cls(engine_for(model), voice)

    def rewrite(self, draft: str, *, language: str | None = None, address: Address | None = None) -> Rewrite:
        """Rewrite one draft.

        Args:
            draft: 1 to ``MAX_CHARACTERS`` characters; lines and lists are kept.
            language: Its code; found by itself if None.
            address: The address form of the reply; the brand's if None.

        Returns:
            The reply, with findings, notes and alternatives; the draft itself where nothing is to be done or nothing
            that passes the checks was found.

        Raises:
            NotTextError: If the draft is no string or holds binary content.
            EmptyDraftError: If it holds no letters or digits.
            DraftTooLongError: If it is longer than the limit.
            LanguageError: If it is in none of the four languages, or ``language`` is unknown.
            ModelError: If the engine fails.
        """
        return self._run([self._read(draft, language, address)])[0]

    def rewrite_all(
        self, drafts: Iterable[object], *, language: str | None = None, address: Address | None = None
    ) -> list[Rewrite | Failure]:
        """Rewrite many drafts; a bad one becomes a ``Failure`` in its place and does not sink the rest.

        Args:
            drafts: The drafts, as for ``rewrite``.
            language: As for ``rewrite``, for all of them.
            address: As for ``rewrite``, for all of them.

        Returns:
            One result a draft, in order.
        """
        results: list[Rewrite | Failure | None] = []
        ready = []
        for draft in drafts:
            try:
                ready.append((len(results), self._read(draft, language, address)))
                results.append(None)
            except RewriterError as error:
                results.append(Failure(draft, str(error)))
        for (at, _), result in zip(ready, self._run([task for _, task in ready]), strict=True):
            results[at] = result
        return [result for result in results if result is not None]

    def _read(self, draft: object, language: str | None, address: Address | None) -> _Task:
        if not isinstance(draft, str):
            raise NotTextError(f"A draft must be text, but {type(draft).__name__} came. Pass a string.")
        if "\x00" in draft or sum(c < " " and c not in "\n\r\t" for c in draft) > len(draft) // 20:
            raise NotTextError("The draft holds binary content. Paste text only.")
        if not any(c.isalnum() for c in draft):
            raise EmptyDraftError("The draft is empty. Write at least one word.")
        if len(draft) > MAX_CHARACTERS:
            raise DraftTooLongError(
                f"The draft has {len(draft)} characters; up to {MAX_CHARACTERS} are allowed. Split it into parts."
            )
        code = check_code(language) if language else detect(draft)
        form = address or self.brand.address_for(code)
        return self._prepare(draft, code, form)

    def _prepare(self, draft: str, language: Language, address: Address) -> _Task:
        whole = facts.mask(draft, language=language)
        checks = Checks(language, address, self.guide)
        works = []
        cut = passages(whole.text)
        for passage in cut:
            if len(cut) > 1 and _LINE_OF_ITS_OWN.fullmatch(passage.text):
                continue  # a signature or a heading
            local = facts.mask(facts.restore(passage.text, whole.facts), language=language)
            calmed = calm(local.text)
            request = Request(calmed, language, address)
            parts = sentences(calmed)
            pieces = [(p, Request(p.text, language, address)) for p in parts] if len(parts) > 1 else []
            works.append(_Work(passage, local.text, local.facts, checks.faults(local.text), request, pieces))
        return _Task(draft, whole, language, address, checks, works)

    def _run(self, tasks: Sequence[_Task]) -> list[Rewrite]:
        able = [work for task in tasks for work in task.works if len(work.facts) <= facts.MAX_FACTS]
        requests = [request for work in able for request in work.requests()]
        proposals = iter(self._proposals(requests))
        made = {id(work): [next(proposals) for _ in work.requests()] for work in able}
        self._force(tasks, made)
        return [self._finish(task, made) for task in tasks]

    def _proposals(self, requests: Sequence[Request]) -> list[list[Proposal]]:
        """Ask the engine, and mend what it miscopied. Where it saw nothing to change, the passage itself is meant."""
        mended = []
        for request, options in zip(requests, self.engine.propose(requests, PROPOSALS), strict=True):
            found: dict[str, Proposal] = {}
            for option in options:
                text = request.masked if self._as_it_is(option) else option.masked
                text = miscopied(request.masked, text, request.language)
                found.setdefault(text, Proposal(text, option.score, option.rules))
            mended.append(list(found.values()))
        return mended

    def _as_it_is(self, option: Proposal) -> bool:
        return self.engine.marks_rules and not option.rules

    def _force(self, tasks: Sequence[_Task], made: dict[int, list[list[Proposal]]]) -> None:
        """Ask once more, with the rule named, where a pattern found a fault and the model proposed to change nothing."""
        again: list[tuple[_Work, Request]] = []
        for task in tasks:
            for work in task.works:
                grave = sorted({m.rule.number for m in work.found if m.rule.grave})[:3]
                if id(work) in made and grave and made[id(work)][0][:1] and made[id(work)][0][0].masked == work.whole.masked:
                    again.append((work, Request(work.whole.masked, task.language, task.address, tuple(grave))))
        for (work, _), found in zip(again, self._proposals([r for _, r in again]), strict=True):
            made[id(work)][0] += found

    def _finish(self, task: _Task, made: dict[int, list[list[Proposal]]]) -> Rewrite:
        say, changed, kept, seen = task.checks.lexicon.say, [], [], {}
        alternatives: list[str] = []
        for work in task.works:
            if id(work) not in made:
                kept.append(say("unchanged_facts", limit=facts.MAX_FACTS))
                continue
            work.candidates = self._candidates(task, work, made[id(work)])
            accepted = [c for c in work.candidates if not c.rejected]
            literal = facts.restore(work.masked, work.facts)
            best = accepted[0] if accepted else Candidate(literal, 0.0)
            if best.text != literal:
                changed.append((work, best))
                seen[work.passage.start] = best.rules
            elif any(m.rule.severity == "high" for m in work.found):
                refused = [c.rejected[0] for c in work.candidates if c.rejected and c.text != literal]
                kept += [say("unchanged_unsafe", reason=refused[0])] if refused else []
            if len(task.works) == 1:
                alternatives = [c.text for c in accepted if c.text not in (best.text, literal)][: PROPOSALS - 1]
        text = self._assemble(task, changed)
        text = self.brand.apply(text, task.language)
        alternatives = [self.brand.apply(other, task.language) for other in alternatives]
        if task.whole.facts and not self._facts_kept(task, text):  # cannot happen by construction; never trust, check
            text, kept = task.draft, [say("unchanged_unsafe", reason=say("reject_facts"))]
        found = findings.collect(task.draft, text, task.checks, seen_spans(task, seen))
        reason = None
        if text == task.draft:
            reason = kept[0] if kept else say("unchanged_good")
        notes = findings.notes(task.draft, text, task.checks.lexicon, found)
        return Rewrite(task.draft, text, task.language, task.address, found, notes, tuple(alternatives), reason, tuple(kept))

    def _candidates(self, task: _Task, work: _Work, proposals: list[list[Proposal]]) -> list[Candidate]:
        """Judge all proposals for a passage, the piecewise one among them; best first, the rejected last."""
        options = list(proposals[0])
        if work.pieces:
            options.append(self._piecewise(task, work, proposals[1:]))
        options.append(Proposal(work.masked, min((p.score for p in options), default=0.0) - 1.0))
        found: dict[str, Candidate] = {}
        for option in options:
            verdict = task.checks.judge(work.masked, option.masked, option.rules, work.found)
            score = option.score - verdict.cost
            if option.masked == work.masked:
                # The draft itself is always allowed; with a fault in it, anything that passes is better.
                grave = any(m.rule.grave for m in work.found)
                verdict_rejected: tuple[str, ...] = ()
                score += 0.0 if grave else UNCHANGED_BONUS
            else:
                verdict_rejected = verdict.rejected
            text = facts.restore(option.masked, work.facts)
            candidate = Candidate(text, round(score, 4), option.rules, verdict_rejected)
            if text not in found or (bool(found[text].rejected), -found[text].score) > (bool(verdict_rejected), -score):
                found[text] = candidate
        return sorted(found.values(), key=lambda c: (bool(c.rejected), -c.score))

    def _piecewise(self, task: _Task, work: _Work, proposals: list[list[Proposal]]) -> Proposal:
        """The best accepted reply of each sentence, joined as the sentences were; the sentence itself if none is."""
        chosen: list[tuple[Passage, str]] = []
        scores: list[float] = []
        rules: list[int] = []
        for (piece, request), options in zip(work.pieces, proposals, strict=True):
            own = task.checks.faults(request.masked)
            judged = [(o, task.checks.judge(request.masked, o.masked, o.rules, own)) for o in options]
            passed = [(o.score - verdict.cost, o) for o, verdict in judged if not verdict.rejected]
            best = max(passed, key=lambda pair: pair[0])[1] if passed else Proposal(request.masked, -1.0)
            chosen.append((piece, best.masked))
            scores.append(best.score)
            rules += best.rules
        joined = assemble(work.whole.masked, chosen)
        return Proposal(joined, sum(scores) / len(scores) - PIECEWISE_COST, tuple(dict.fromkeys(rules)))

    def _assemble(self, task: _Task, changed: list[tuple[_Work, Candidate]]) -> str:
        # Facts were masked over the whole draft and again in each passage; literal text joins the two numberings.
        pieces, at = [], 0
        for work, best in changed:
            pieces += [facts.restore(task.whole.text[at : work.passage.start], task.whole.facts), best.text]
            at = work.passage.end
        return "".join([*pieces, facts.restore(task.whole.text[at:], task.whole.facts)])

    def _facts_kept(self, task: _Task, text: str) -> bool:
        return all(fact in text for fact in task.whole.facts)


@dataclass
class _Task:
    """One draft on its way."""

    draft: str
    whole: facts.Masked
    language: Language
    address: Address
    checks: Checks
    works: list[_Work]


def seen_spans(task: _Task, seen: dict[int, tuple[int, ...]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return (start, end, rule numbers) in the draft for passages whose faults the model named."""
    spans = []
    for work in task.works:
        if work.passage.start in seen:
            start = len(facts.restore(task.whole.text[: work.passage.start], task.whole.facts))
            end = start + len(facts.restore(work.passage.text, task.whole.facts))
            spans.append((start, end, seen[work.passage.start]))
    return spans
