"""What is measured: the model, and baselines that a good metric must rank below it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sacrebleu.metrics.chrf import CHRF

import rewriter as package
from eval.examples import Example
from eval.tasks import TASKS
from rewriter import Rewriter
from rewriter.guide import Guide
from rewriter.marks import Address, Language
from rewriter.types import Rewrite

_APOLOGY = {
    "hu": "Elnézést kérek a kellemetlenségért.",
    "ro": "Îmi cer scuze pentru neplăcere.",
    "pl": "Przepraszam za niedogodności.",
    "en": "I'm sorry for the inconvenience.",
}
_OWNERSHIP = {
    "hu": "Utánanézek, és jelentkezem.",
    "ro": "Verific și revin cu un răspuns.",
    "pl": "Sprawdzę to i wrócę z odpowiedzią.",
    "en": "I'll look into it and get back to you.",
}
BUNDLED = "bundled"
"""The name of the model that ships."""


@dataclass(frozen=True)
class System:
    """Something that replies.

    Attributes:
        name: Shown in reports.
        reply: From examples to replies: a string each, or the error.
        fingerprint: What its replies depend on, as a hash; empty if they are not worth keeping.
    """

    name: str
    reply: Callable[[list[Example]], Sequence[str | Exception]]
    fingerprint: str = ""


def copy(examples: list[Example]) -> list[str | Exception]:
    """Return every draft as it is."""
    return [example.draft for example in examples]


def delete(examples: list[Example]) -> list[str | Exception]:
    """Return nothing at all."""
    return ["" for _ in examples]


def apologise(examples: list[Example]) -> list[str | Exception]:
    """Return one general apology, whatever the draft."""
    return [_APOLOGY[example.language] for example in examples]


def replace_by_rule(examples: list[Example]) -> list[str | Exception]:
    """Replace each faulty phrase that a pattern finds by one sentence of ownership."""
    guide = Guide.load()
    replies: list[str | Exception] = []
    for example in examples:
        text, start, used = example.draft, len(example.draft), False
        for match in reversed(guide.find(example.draft, example.language)):
            if match.rule.severity != "low" and match.end <= start:  # of two that overlap, the later one is replaced
                text = text[: match.start] + ("" if used else _OWNERSHIP[example.language]) + text[match.end :]
                start, used = match.start, True
        replies.append(" ".join(text.split()))
    return replies


def nearest(examples: list[Example]) -> list[str | Exception]:
    """Return the documents' good example that is nearest to the draft by chrF."""
    metric, good = CHRF(), _good_examples()
    return [max(good, key=lambda text: metric.sentence_score(text, [example.draft]).score) for example in examples]


@lru_cache(maxsize=1)
def _good_examples() -> list[str]:
    return [example.draft for example in TASKS["documents"].load() if example.expect == "alone"]


BASELINES = (
    System("copy", copy),
    System("delete", delete),
    System("apology", apologise),
    System("rules-only", replace_by_rule),
    System("nearest", nearest),
)


def of_rewriter(rewriter: Rewriter, name: str = "", fingerprint: str = "") -> System:
    """Make a system of a rewriter; a draft that fails gives its error instead of a reply."""

    def reply(examples: list[Example]) -> list[str | Exception]:
        places: dict[tuple[Language, Address | None], list[int]] = {}
        for i, example in enumerate(examples):
            places.setdefault((example.language, example.address), []).append(i)
        done: dict[int, str | Exception] = {}
        for (language, address), group in places.items():
            results = rewriter.rewrite_all([examples[i].draft for i in group], language=language, address=address)
            for i, result in zip(group, results, strict=True):
                done[i] = result.text if isinstance(result, Rewrite) else ValueError(result.error)
        return [done[i] for i in range(len(examples))]

    return System(name or rewriter.engine.name, reply, fingerprint)


def named(name: str) -> System:
    """Return a baseline by its name, or load a model.

    Args:
        name: ``bundled``, a baseline, a model's folder, or a name on the Hugging Face hub.

    Raises:
        ModelError: If there is no such model.
    """
    for baseline in BASELINES:
        if baseline.name == name:
            return baseline
    model = None if name == BUNDLED else name
    return of_rewriter(Rewriter.from_pretrained(model), name, fingerprint(model))


def fingerprint(model: str | None) -> str:
    """Return the hash of all that a model's replies depend on: its files (or its name), and the package around it."""
    root = Path(package.__file__).parent
    folder = Path(model) if model else root / "model"
    found = hashlib.sha256((model or BUNDLED).encode() if not folder.is_dir() else b"")
    for base in (root, folder) if folder.is_dir() else (root,):
        for path in _files(base, root):
            found.update(path.relative_to(base).as_posix().encode() + b"\0")
            with path.open("rb") as file:
                found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:20]


def _files(base: Path, root: Path) -> Iterator[Path]:
    """Yield a folder's files in order; of the package only what replies depend on: code and rules, not the training."""
    for path in sorted(base.rglob("*")):
        inside = path.relative_to(base).parts
        unused = base == root and (inside[0] in ("training", "model") or path.suffix not in (".py", ".toml", ".gz"))
        if path.is_file() and "__pycache__" not in inside and not unused:
            yield path
