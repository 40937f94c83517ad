"""What every engine takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rewriter.marks import Address, Language


@dataclass(frozen=True, slots=True)
class Request:
    """One passage to be rewritten.

    Attributes:
        masked: The passage, its facts as marks.
        language: Its language.
        address: The address form of the reply.
        rules: Numbers of rules that the reply must be written against; empty leaves it to the engine.
        opening: Words that the reply should begin with; an engine that cannot do that leaves them out of account.
    """

    masked: str
    language: Language
    address: Address
    rules: tuple[int, ...] = ()
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal, best first in an engine's list.

    Attributes:
        masked: The reply, its facts as marks.
        score: Log-probability a token, at most 0; 0 where an engine has none.
        rules: Numbers of the rules that the engine saw broken.
    """

    masked: str
    score: float
    rules: tuple[int, ...] = ()


@runtime_checkable
class Rater(Protocol):
    """An engine that can say how likely a given reply is."""

    def rate(self, asked: Sequence[tuple[Request, str]]) -> list[float]:
        """Rate replies.

        Args:
            asked: Passages, their ``rules`` those that the engine saw, and masked replies to them; may be empty.

        Returns:
            Log-probability a token of each, on the scale of ``Proposal.score``.
        """
        ...


@runtime_checkable
class Engine(Protocol):
    """Anything that proposes replies.

    Attributes:
        name: Shown in reports and results.
        marks_rules: Whether a proposal without rules means that nothing is to be changed.
    """

    name: str
    marks_rules: bool

    def propose(self, requests: Sequence[Request], count: int) -> list[list[Proposal]]:
        """Propose replies.

        Args:
            requests: The passages; may be empty.
            count: Proposals a passage, 1 or more; an engine may give fewer.

        Returns:
            One list a request, in order, best first.

        Raises:
            ModelError: If the model cannot be used.
        """
        ...
