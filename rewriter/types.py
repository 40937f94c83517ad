"""What the package gives back: a rewrite, its findings, notes and candidates. All are frozen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rewriter.marks import Address, Language


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in the draft.

    Attributes:
        rule: Id of the rule, ``never.dont_know``.
        documents: Names of the documents that ask for it.
        severity: ``high``, ``medium`` or ``low``.
        title: What is wrong, in the draft's language.
        reason: Why, and what to do instead, one sentence in the draft's language.
        start: Index of the faulty span's first character in the draft.
        end: Index behind its last character.
        text: The span itself.
        source: ``pattern`` (the span is exact) or ``model`` (the span is the passage).
        resolved: Whether the rewrite is free of it.
    """

    rule: str
    documents: tuple[str, ...]
    severity: str
    title: str
    reason: str
    start: int
    end: int
    text: str
    source: str
    resolved: bool


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a rewrite cannot mend and the agent should look at.

    Attributes:
        kind: ``promise``, ``time``, ``link``, ``contact``, ``angry``, ``internal`` or ``placeholder``; of a brand's voice
            ``word``, ``long`` or ``approved``.
        text: One sentence in the draft's language.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposal of a model for a passage.

    Attributes:
        text: The proposal, facts restored.
        score: Higher is better; the sum of the scorer's parts.
        rules: Numbers of the rules that the model saw broken.
        rejected: Reasons why it may not be used, in the draft's language; empty if it may.
    """

    text: str
    score: float
    rules: tuple[int, ...] = ()
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The result for one draft.

    Attributes:
        draft: The draft as it came.
        text: The reply to send; the draft itself where nothing was changed.
        language: The draft's language.
        address: The address form that was asked for.
        findings: Faults of the draft, by place.
        notes: What the agent should look at.
        alternatives: Other accepted replies, best first.
        unchanged_because: Why the text is the draft, in the draft's language; None if it was changed.
        kept_because: For passages that stayed though faulty: the reasons of rejected proposals.
    """

    draft: str
    text: str
    language: Language
    address: Address
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    alternatives: tuple[str, ...] = ()
    unchanged_because: str | None = None
    kept_because: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the reply differs from the draft."""
        return self.text != self.draft

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain lists, dictionaries and strings, ready for JSON."""
        return {**asdict(self), "changed": self.changed}


@dataclass(frozen=True, slots=True)
class Failure:
    """The result for a draft of a batch that could not be rewritten.

    Attributes:
        draft: What came, whatever its type.
        error: Why, as a sentence that may be shown.
    """

    draft: object
    error: str
