"""Accepts or rejects a proposal, with reasons, and scores the accepted: one scorer for the product and its evaluation."""

from __future__ import annotations

from dataclasses import dataclass

from rewriter import commitments, facts, overlap
from rewriter.errors import LanguageError
from rewriter.folding import fold
from rewriter.guide import Guide, Match
from rewriter.guide.lexicon import Lexicon
from rewriter.language import detect
from rewriter.marks import MARK_PATTERN, Address, Language
from rewriter.words import unknown_words, words

LONGEST_RATIO, LONGEST_EXTRA = 1.8, 60
"""A reply may have that many times the draft's characters, and so many more: a curt line becomes a whole sentence."""
SHORTEST_RATIO, SHORTEST_FROM = 0.2, 100
FAULT_COST, WORD_COST, CONTENT_COST, LENGTH_COST = 0.8, 0.6, 0.9, 0.1
STOCK_COST = 0.15
"""For each clause of a reply that has nothing of its draft: "let me see what I can do" fits every draft."""
ADDED_WORDS = 4
UNDERTAKING_COST = 0.3
"""For each thing that a reply undertakes though its draft neither does nor leaves anything to the customer."""
OWN_WORD_COST, GAP_COST = 0.1, 0.3
"""For each word of its own that names something. Of two replies to one draft readers preferred the one with fewer new words in
76 % of 85 cases, and with fewer such ones in 64 % of 58; words of regret and of general answers are free, or they would go too.
It costs more where the draft names nothing: "why there is one" for "no idea, not my job"."""
_ACTION_RULES = frozenset(
    "never.dont_know never.cannot_help never.not_my_department never.manufacturer never.bounce never.go_to_website"
    " never.call_later never.repeat_details never.vague_wait never.shaky_promise never.empty_apology never.one_word"
    " care.own_it care.next_step care.alternative shape.no_then_yes flow.hold flow.transfer flow.follow_up".split()
)
"""Rules that ask for an action where a draft has none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of one proposal.

    Attributes:
        rejected: Reasons in the draft's language; empty if it may be used.
        cost: What the soft checks take off its score; 0 or more.
    """

    rejected: tuple[str, ...]
    cost: float


class Checks:
    """The checks for one language and address form.

    Args:
        language: The draft's language.
        address: The address form that the reply must have.
        guide: The rules; the package's own by default.
    """

    def __init__(self, language: Language, address: Address, guide: Guide | None = None) -> None:
        self.language, self.address = language, address
        self.guide = guide or Guide.load()
        self.lexicon = Lexicon.load(language)

    def faults(self, text: str) -> list[Match]:
        """Find the faults of a draft or a reply that the patterns know."""
        return self.guide.find(text, self.language)

    def judge(self, draft: str, reply: str, seen: tuple[int, ...] = (), found: list[Match] | None = None) -> Verdict:
        """Judge one proposal.

        Args:
            draft: The masked passage.
            reply: The masked proposal.
            seen: Numbers of the rules that the model saw broken.
            found: The passage's own faults, if they are known already.

        Returns:
            The verdict. The checks are the same whoever made the proposal.
        """
        if not reply.strip():
            return Verdict((self.lexicon.say("reject_empty"),), 0.0)
        found = self.faults(draft) if found is None else found
        left = self.faults(reply)
        rejected = [
            *self._facts(draft, reply),
            *commitments.reasons(commitments.Draft(draft, found, self._broken(found, seen)), reply, self.lexicon),
            *self._shape(draft, reply),
            *self._faults_added(found, left),
            *self._repeats(draft, reply),
            *self._spelling(draft, reply, seen),
        ]
        cost = FAULT_COST * sum(match.rule.severity != "low" for match in left)
        cost += WORD_COST * len(unknown_words(MARK_PATTERN.sub(" ", reply), draft, self.language))
        cost += CONTENT_COST * self._content_lost(draft, reply, found)
        cost += UNDERTAKING_COST * self._undertaken(draft, reply, found, seen)
        cost += self._made_up(draft, reply, found)
        cost += STOCK_COST * overlap.stock_clauses(draft, reply)
        cost += LENGTH_COST * max(0.0, (len(reply) - len(draft)) / 60)
        return Verdict(tuple(dict.fromkeys(rejected)), cost)

    def _facts(self, draft: str, reply: str) -> list[str]:
        # A fact written out in the reply never had a mark: the model made it up.
        if any(not facts.MARK.fullmatch(mark) for mark in MARK_PATTERN.findall(reply)):  # a rule's mark amid the text
            return [self.lexicon.say("reject_facts")]
        before, after = MARK_PATTERN.sub("_", draft), MARK_PATTERN.sub("_", reply)
        made_up = [f for f in facts.find_facts(after, names=False) if f.text not in before]
        return [self.lexicon.say("reject_facts")] if made_up or facts.compare(draft, reply) else []

    def _broken(self, found: list[Match], seen: tuple[int, ...]) -> set[str]:
        """Return the ids of the rules that the patterns found broken or the model saw broken."""
        return {self.guide.rules[n - 1].id for n in seen if n <= len(self.guide.rules)} | {m.rule.id for m in found}

    def _undertaken(self, draft: str, reply: str, found: list[Match], seen: tuple[int, ...]) -> int:
        if self._broken(found, seen) & _ACTION_RULES or self.lexicon.has("undertaking", draft):
            return 0
        return len(self.lexicon.spans("undertaking", reply))

    def _shape(self, draft: str, reply: str) -> list[str]:
        say, reasons = self.lexicon.say, []
        too_long = len(reply) > LONGEST_RATIO * len(draft) + LONGEST_EXTRA
        too_short = len(draft) >= SHORTEST_FROM and len(reply) < SHORTEST_RATIO * len(draft)
        if too_long or too_short:
            reasons.append(say("reject_length"))
        bare = MARK_PATTERN.sub(" ", reply)
        if len(words(bare)) >= ADDED_WORDS:
            try:
                if detect(bare) != self.language:
                    reasons.append(say("reject_language"))
            except LanguageError:
                reasons.append(say("reject_language"))
        other = "informal_address" if self.address == "formal" else "formal_address"
        if overlap.added(other, draft, reply, self.lexicon) or (
            self.lexicon.has(other, reply) and self.lexicon.has(f"{self.address}_address", reply)
        ):
            reasons.append(say("reject_address"))
        return reasons

    def _repeats(self, draft: str, reply: str) -> list[str]:
        """A model that has lost its thread says things twice."""
        again = overlap.said_twice(reply) - overlap.said_twice(draft)
        return [self.lexicon.say("reject_repeats", text=" ".join(min(again)))] if again else []

    def _spelling(self, draft: str, reply: str, seen: tuple[int, ...]) -> list[str]:
        """Where the model saw bad spelling only, no word may become another one."""
        if {self.guide.rules[n - 1].id for n in seen if n <= len(self.guide.rules)} != {"clean.grammar"}:
            return []
        before, after = fold(draft).split(), fold(reply).split()
        alike = len(before) == len(after) and all(map(overlap.alike, before, after))
        return [] if alike else [self.lexicon.say("reject_content")]

    def _faults_added(self, found: list[Match], left: list[Match]) -> list[str]:
        before = {match.rule.id for match in found}
        added = [m for m in left if m.rule.id not in before and m.rule.severity == "high"]
        return [self.lexicon.say("reject_fault", text=added[0].rule.title[self.language])] if added else []

    def _content_lost(self, draft: str, reply: str, found: list[Match]) -> float:
        """Share of the draft's content words, those in faulty phrases apart, that the reply does not have; 0 to 1."""
        wanted = overlap.stems(overlap.outside(draft, [(m.start, m.end) for m in found]))
        return len(wanted - overlap.stems(reply)) / len(wanted) if wanted else 0.0

    def _made_up(self, draft: str, reply: str, found: list[Match]) -> float:
        """Return what the words cost that name something in a reply and stand nowhere in its draft."""
        rest = overlap.outside(draft, [(m.start, m.end) for m in found])
        names_something = MARK_PATTERN.search(draft) or overlap.stems(rest)
        return (OWN_WORD_COST if names_something else GAP_COST) * len(overlap.own_words(draft, reply, self.lexicon))
