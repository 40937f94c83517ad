"""The way of a draft: language, facts masked, proposals, facts restored, checks, the best that passes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rewriter import approved, cuts, facts, findings, voice
from rewriter.brand import Brand
from rewriter.choice import candidates
from rewriter.engines.base import Engine, Proposal, Rater, Request
from rewriter.errors import DraftTooLongError, EmptyDraftError, NotTextError, RewriterError
from rewriter.guide import Guide
from rewriter.language import check_code, detect
from rewriter.marks import LANGUAGES, Address
from rewriter.repair import miscopied
from rewriter.task import Task, Work
from rewriter.types import Candidate, Failure, Finding, Rewrite
from rewriter.voice_choice import preference
from rewriter.voice_patterns import VoicePatterns

MAX_CHARACTERS = 8_000
"""Longest draft; a longer one is refused, never cut."""
PROPOSALS = 5


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

        read = brand if isinstance(brand, Brand) or brand is None else Brand.load(brand)
        return cls(engine_for(model), read)

    def warm_up(self) -> None:
        """Read everything that the first draft of each language needs, so that it is as fast as the next one."""
        for language in LANGUAGES:
            self.rewrite("4711 OK.", language=language)

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

    def _read(self, draft: object, language: str | None, address: Address | None) -> Task:
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
        return Task.of(draft, code, address or self.brand.address_for(code), self.guide)

    def _run(self, tasks: Sequence[Task]) -> list[Rewrite]:
        able = [work for task in tasks for work in task.works if len(work.facts) <= facts.MAX_FACTS]
        proposals = iter(self._propose([request for work in able for request in work.requests]))
        made = {id(work): [next(proposals) for _ in work.requests] for work in able}
        self._force(able, made)
        self._cut(tasks, made)
        return [self._finish(task, made) for task in tasks]

    def _propose(self, requests: Sequence[Request]) -> list[list[Proposal]]:
        """Ask the engine, and mend what it miscopied. Where it saw nothing to change, the passage itself is meant."""
        mended = []
        for request, options in zip(requests, self.engine.propose(requests, PROPOSALS), strict=True):
            found: dict[str, Proposal] = {}
            for option in options:
                as_it_is = self.engine.marks_rules and not option.rules
                text = request.masked if as_it_is else miscopied(request.masked, option.masked, request.language)
                found.setdefault(text, Proposal(text, option.score, option.rules))
            mended.append(list(found.values()))
        return mended

    def _force(self, works: list[Work], made: dict[int, list[list[Proposal]]]) -> None:
        """Ask once more, with the rule named, where a pattern found a fault: patterns name rules better than the model.

        On the held-out side of the training data that gave 1.0 chrF more than asking only where the model would change
        nothing, and left as many good replies alone.
        """
        asked = [(work, replace(work.whole, rules=work.grave[:1])) for work in works if work.grave]
        asked += [
            (work, replace(request, opening=words))
            for work, request in asked
            for words in self._openings(work, made[id(work)][0])
        ]
        best = {id(work): max((p.score for p in made[id(work)][0]), default=0.0) for work, _ in asked}
        for (work, request), found in zip(asked, self._propose([request for _, request in asked]), strict=True):
            least = best[id(work)] - approved.OPENING_MARGIN if request.opening else float("-inf")
            made[id(work)][0] += [proposal for proposal in found if proposal.score >= least]

    def _cut(self, tasks: Sequence[Task], made: dict[int, list[list[Proposal]]]) -> None:
        """Put beside the proposals what is the draft but for a part left out, where the engine can say how likely that is."""
        if not isinstance(self.engine, Rater):
            return
        asked = []
        for task in tasks:
            for work in task.works:
                options = made.get(id(work), [[]])[0]
                rules = work.grave[:1] or (options[0].rules if options else ())
                if not rules:  # nothing is wrong with it
                    continue
                request = replace(work.whole, rules=rules)
                texts = cuts.cuts(request.masked, task.language, task.checks.lexicon)
                fit = [text for text in texts if not task.checks.judge(work.masked, text, rules, list(work.found)).rejected]
                asked += [(work, request, text) for text in fit[: cuts.MOST]]
        scores = self.engine.rate([(request, text) for _, request, text in asked])
        for (work, request, text), score in zip(asked, scores, strict=True):
            made[id(work)][0].append(Proposal(text, score + cuts.BONUS, request.rules))

    def _openings(self, work: Work, proposals: list[Proposal]) -> list[str]:
        """Return how the brand's approved reply to something similar begins."""
        brand = self.brand.in_address(work.whole.address, work.whole.language)
        best = proposals[0].masked if proposals else ""
        near = approved.nearest(work.masked, brand.approved, work.whole.language, best)
        # Behind a greeting the reply does not begin with the house's words: forced there, they would swallow it.
        greets = VoicePatterns.load(work.whole.language).greeting(work.literal)
        return approved.openings(near) if near and not greets else []

    def _finish(self, task: Task, made: dict[int, list[list[Proposal]]]) -> Rewrite:
        say, brand = task.checks.lexicon.say, self.brand.in_address(task.address, task.language)
        changed: list[tuple[Work, Candidate]] = []
        kept: list[str] = []
        alternatives: list[str] = []
        for work in task.works:
            if id(work) not in made:
                kept.append(say("unchanged_facts", limit=facts.MAX_FACTS))
                continue
            if not made[id(work)][0]:
                kept.append(say("unchanged_unsafe", reason=say("reject_empty")))
                continue
            ranked = candidates(
                work, made[id(work)], task.checks, preference(brand, work.masked, task.language, made[id(work)][0][0].masked)
            )
            accepted = [c for c in ranked if not c.rejected]
            if accepted[0].text != work.literal:
                changed.append((work, accepted[0]))
            elif work.grave:
                refused = [c.rejected[0] for c in ranked if c.rejected]
                kept += [say("unchanged_unsafe", reason=refused[0]) if refused else say("unchanged_open")]
            if len(task.works) == 1:
                alternatives = [c.text for c in accepted[1:] if c.text != work.literal][: PROPOSALS - 1]
        text = task.assemble(changed)
        if not all(fact in text for fact in task.whole.facts):  # cannot happen by construction; never trust, check
            text, changed, kept = task.draft, [], [say("unchanged_unsafe", reason=say("reject_facts"))]
        text = brand.apply(text, task.language)
        found = findings.collect(task.draft, text, task.checks, task.seen(changed))
        return Rewrite(
            draft=task.draft,
            text=text,
            language=task.language,
            address=task.address,
            findings=found,
            notes=findings.notes(task.draft, text, task.checks.lexicon, found)
            + voice.notes(brand, task.draft, text, task.language),
            alternatives=tuple(brand.apply(other, task.language) for other in alternatives),
            unchanged_because=_reason(kept, found, say) if text == task.draft else None,
            kept_because=tuple(kept),
        )


def _reason(kept: list[str], found: tuple[Finding, ...], say: Callable[..., str]) -> str:
    """Say why a draft stayed: what stood in the way, or that nothing is wrong with it."""
    if kept:
        return kept[0]
    return say("unchanged_open" if any(f.severity != "low" for f in found) else "unchanged_good")
