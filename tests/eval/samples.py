"""Examples, rows and systems that the suite's tests share."""

from collections.abc import Callable

from eval.examples import Example
from eval.metrics import METRICS, score
from eval.runner import Row
from eval.systems import System
from eval.tasks import Task

FAULTY = Example("x", "en", "I have no idea when order 48213 will arrive.", "resolve", ("never.dont_know",),
                 ("I'll find out when order 48213 will arrive.",), ("48213",))  # fmt: skip
GOOD = Example("y", "en", "Your parcel is on its way.", "alone")


def row(example: Example = FAULTY, reply: str | None = "", system: str = "a", task: str = "toy") -> Row:
    scores = dict.fromkeys(METRICS) if reply is None else score(example, reply)
    given = {"task": task, "version": 1, "system": system, "id": example.id, "language": example.language}
    about = {"rules": list(example.rules), "expect": example.expect, "draft": example.draft}
    error = "it broke" if reply is None else None
    return given | about | {"references": list(example.references), "reply": reply, "error": error} | scores


def toy(*examples: Example, name: str = "toy") -> Task:
    return Task(name, 1, lambda: list(examples or (FAULTY, GOOD)))


def replying(reply: Callable[[Example], str | Exception], name: str = "a", fingerprint: str = "") -> System:
    return System(name, lambda examples: [reply(example) for example in examples], fingerprint)


def oracle(example: Example) -> str:
    return example.references[0] if example.references else example.draft
