"""Composes training pairs without end: faults between sentences that stay, good replies, restoration."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate

from rewriter.diacritics import restored
from rewriter.facts import MAX_FACTS, compare, mask
from rewriter.marks import LANGUAGES, WORD_MARKS, Address, Language, restoration_text, source_text, target_text
from rewriter.pointers import IsLong, align, point
from rewriter.training.bend import Bender
from rewriter.training.data import Group, LanguageData, Reply, fill, slot_names
from rewriter.training.noise import leave_gaps, type_badly
from rewriter.training.swap import Swapper

RESTORATION_SHARE, LEAVE_ALONE_SHARE, ADDRESS_SHARE = 0.2, 0.14, 0.03
PAIR_SHARE, MESSAGE_SHARE = 0.86, 0.09
"""Of rewriting; the rest are frames. Sentences that were written whole teach better than frames with slots."""
NOISE_SHARE_BAD, NOISE_SHARE_GOOD = 0.25, 0.3
SWAP_SHARE = 0.12
"""Share of pairs in which rare words stand for shared ones. Such pairs get no noise: a rare word is to be copied as it is."""
BENT_SHARE, OWN_SHARE = 0.7, 0.4
"""Of restoration: how often the grammar is bent, and how often the sentence is a good reply instead of one of the corpus."""
LONGEST = 420
"""Characters of a composed draft; the pipeline hands the model passages no longer than that."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One training pair as the model sees it: source with task marks, target with rule marks, facts masked."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class _Unit:
    draft: str
    reply: str
    rules: tuple[str, ...]


def marked(draft: str, reply: str, language: Language, long: IsLong | None, rng: random.Random) -> tuple[str, str]:
    """Put word marks into both sides of a pair; the first mark is drawn, so that all marks are learnt.

    Args:
        draft: The masked draft.
        reply: The masked reply.
        language: Their language.
        long: Says which words get a mark; None leaves both sides as they are.
        rng: The source of chance.
    """
    pointed = point(draft, language, long, rng.randrange(len(WORD_MARKS)))
    return pointed.text, align(reply, pointed.words, language)


class Examples:
    """An endless source of training pairs over all languages.

    Args:
        data: The training side of each language's data.
        rule_numbers: Rule id to its mark's number.
        corpus: Clean sentences a language for restoration; may be empty.
        seed: Two sources with one seed give the same pairs.
        long: Says which words get a mark; None for a model without word marks.
    """

    def __init__(
        self,
        data: dict[Language, LanguageData],
        rule_numbers: dict[str, int],
        corpus: dict[Language, list[str]] | None = None,
        seed: int = 0,
        long: IsLong | None = None,
    ) -> None:
        self.data, self.rule_numbers, self.corpus, self.long = data, rule_numbers, corpus or {}, long
        self.rng = random.Random(seed)
        self._weights: dict[int, list[int]] = {}
        self._good = {code: [text for text in _good_sides(one) if "{" not in text] for code, one in data.items()}
        self._benders = {code: Bender(code) for code in data}
        self._swappers = {code: Swapper(code, _good_sides(one)) for code, one in data.items()}
        self.languages: list[Language] = [code for code in LANGUAGES if code in data]

    def draw(self) -> Pair:
        """Return one pair; languages are equally likely."""
        while True:
            language = self.rng.choice(self.languages)
            # Without a corpus the others keep their shares among themselves.
            kind = self.rng.uniform(0.0 if self.corpus.get(language) else RESTORATION_SHARE, 1.0)
            if kind < RESTORATION_SHARE:
                pair: Pair | None = self.restoration(language)
            elif kind < RESTORATION_SHARE + LEAVE_ALONE_SHARE:
                pair = self.leave_alone(language)
            elif kind < RESTORATION_SHARE + LEAVE_ALONE_SHARE + ADDRESS_SHARE and self.data[language].address:
                pair = self.change_address(language)
            else:
                pair = self.rewriting(language)
            if pair is not None:
                return pair

    def restoration(self, language: Language) -> Pair:
        """Return a spoiled sentence, of the corpus or a good reply, and the clean one."""
        own = self._good[language] if self.rng.random() < OWN_SHARE else []
        text = mask(" ".join(self.rng.choice(own or self.corpus[language]).split()), language=language).text
        bent = self.rng.random() < BENT_SHARE
        noisy = self._benders[language].bend(text, self.rng) if bent else type_badly(text, self.rng)
        if self.rng.random() < 0.3:
            noisy = leave_gaps(noisy, self.rng)
        noisy, text = marked(noisy, text, language, self.long, self.rng)
        return Pair(restoration_text(noisy, language), text)

    def rewriting(self, language: Language) -> Pair | None:
        """Return one to three sentences or a message, at least one of them faulty."""
        rng, data = self.rng, self.data[language]
        address: Address = "informal" if language != "en" and rng.random() < 0.2 else "formal"
        # Drawn by bad sentence, so that a group weighs as much as it has ways to say its meaning.
        kind = rng.random()
        whole = data.pairs if kind < PAIR_SHARE else data.messages if kind < PAIR_SHARE + MESSAGE_SHARE else []
        group = rng.choice(whole) if whole else self._frame(data)
        units = [self._fault(group, data, address)]
        if rng.random() < (0.15 if whole else 0.3):
            for _ in range(rng.choice([1, 1, 2])):
                faulty = rng.random() < 0.45
                unit = self._fault(rng.choice(data.pairs or data.frames), data, address) if faulty else self._kept(data, address)
                units.insert(rng.randrange(len(units) + 1), unit)
        return self._pair(language, address, [unit for unit in units if unit], NOISE_SHARE_BAD)

    def leave_alone(self, language: Language) -> Pair | None:
        """Return one to four good sentences, sometimes misspelt."""
        rng, data = self.rng, self.data[language]
        address: Address = "informal" if language != "en" and rng.random() < 0.25 else "formal"
        units = [self._kept(data, address) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
        return self._pair(language, address, [unit for unit in units if unit], NOISE_SHARE_GOOD)

    def change_address(self, language: Language) -> Pair | None:
        """Return a good sentence in one address form, to be said in the other or kept."""
        informal, formal = self.rng.choice(self.data[language].address)
        address: Address = "informal" if self.rng.random() < 0.4 else "formal"
        reply = informal if address == "informal" else formal
        rules: tuple[str, ...]
        draft, rules = (formal, ("tone.on_brand",)) if address == "informal" else (informal, ("tone.too_informal",))
        if self.rng.random() < 0.3 or draft == reply:
            draft, rules = reply, ()
        return self._pair(language, address, [_Unit(draft, reply, rules)], 0.25)

    def _frame(self, data: LanguageData) -> Group:
        key = id(data)
        if key not in self._weights:
            self._weights[key] = list(accumulate(len(group.bad) for group in data.frames))
        return self.rng.choices(data.frames, cum_weights=self._weights[key])[0]

    def _fault(self, group: Group, data: LanguageData, address: Address) -> _Unit | None:
        replies = group.informal if address == "informal" and group.informal else group.good
        if address == "informal" and not group.informal and self.rng.random() < 0.7:
            return None  # most formal replies would be wrong here; those without an address are right
        bad = self.rng.choice(group.bad)
        # A reply that leaves out what the draft names would teach the model to swallow content.
        slots = slot_names(bad)
        replies = tuple(r for r in replies if slots <= slot_names(r)) or replies
        draft, reply = fill([bad, self.rng.choice(replies)], data, self.rng)
        lines, reply_lines = ([line for line in t.splitlines() if line.strip()] for t in (draft, reply))
        if len(lines) > 1 and len(lines) == len(reply_lines):  # the pipeline hands lines over one by one
            changed = [i for i, pair in enumerate(zip(lines, reply_lines, strict=True)) if pair[0] != pair[1]]
            at = self.rng.choice(changed) if changed and self.rng.random() < 0.8 else self.rng.randrange(len(lines))
            return _Unit(lines[at], reply_lines[at], () if lines[at] == reply_lines[at] else group.rules)
        return _Unit(" ".join(lines), " ".join(reply_lines), group.rules)

    def _kept(self, data: LanguageData, address: Address) -> _Unit | None:
        kind = self.rng.random()
        if kind < 0.4 and data.neutral:
            reply = self.rng.choice(data.neutral)
        elif kind < 0.75 and data.good:
            reply = self.rng.choice(data.good)
        else:
            group = self.rng.choice(data.pairs) if data.pairs and self.rng.random() < 0.7 else self._frame(data)
            informal = address == "informal" and bool(group.informal)
            if address == "informal" and not informal:
                return None
            text = fill([self.rng.choice(group.informal if informal else group.good)], data, self.rng)[0]
            reply = Reply(text, "informal" if informal else "formal")
        if reply.form not in ("neutral", address):
            return None
        text = " ".join(line.strip() for line in reply.text.splitlines() if line.strip())
        return _Unit(text, text, ())

    def _pair(self, language: Language, address: Address, units: list[_Unit], noise: float) -> Pair | None:
        draft = mask(" ".join(unit.draft for unit in units), language=language)
        reply = mask(" ".join(unit.reply for unit in units), draft.facts, language)
        if not units or len(draft.text) > LONGEST or len(draft.facts) > MAX_FACTS:
            return None
        if compare(draft.text, reply.text):
            return None  # a fact made up, lost or repeated: never taught
        rules = {rule for unit in units for rule in unit.rules}
        text, said = draft.text, reply.text
        if self.rng.random() < SWAP_SHARE:
            text, said = self._swappers[language].swap(text, said, self.rng)
        elif self.rng.random() < noise:
            text = restored(type_badly(text, self.rng), language)  # as the pipeline does before it asks the model
            if text != draft.text and not rules:
                rules = {"clean.grammar"}
        numbers = [self.rule_numbers[rule] for rule in rules]
        text, said = marked(text, said, language, self.long, self.rng)
        return Pair(source_text(text, language, address), target_text(said, numbers))


def _good_sides(data: LanguageData) -> list[str]:
    groups = [*data.frames, *data.messages, *data.pairs]
    return [text for group in groups for text in group.good] + [reply.text for reply in data.good]
