"""What the page's events do, without the page: plain values in, plain values out."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from rewriter import Brand, Rewrite, Rewriter, RewriterError, sheets
from rewriter.batch import Report, read_table, rewrite_file
from rewriter.brand import names
from rewriter.brand_file import TONES
from rewriter.errors import DraftTooLongError, EmptyDraftError, FileFormatError, LanguageError, ModelError, NotTextError
from rewriter.feedback import FeedbackStore
from rewriter.guide import Rule
from rewriter.guide.examples import of_rule
from rewriter.language import detect
from rewriter.marks import Address, Language
from rewriter.pipeline import MAX_CHARACTERS
from webdemo import changes
from webdemo.texts import SentenceError, Texts

NEUTRAL = "neutral"
"""The name of the voice of a rewriter that was given none."""
AUTO, AS_BRAND = "auto", "brand"
MAX_ROWS = 2_000
"""Longest batch file of the demo, in rows; longer ones belong on the command line."""
PREVIEW_ROWS = 50
_SURE_WORDS = 4
"""A draft of fewer words is too short to be sure of its language: the customer's message decides."""
_UNDO = 20
"""Steps that can be undone."""

log = logging.getLogger("rewriter.demo")


@dataclass(frozen=True, slots=True)
class Shown:
    """What one agent has in front of them.

    Attributes:
        result: The rewrite.
        reply: The wording in the reply box that ``changes`` were last shown for.
        customer: Language of the customer's message; None without one.
        before: Earlier wordings, the latest last.
    """

    result: Rewrite
    reply: str
    customer: Language | None = None
    before: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """The proposal, then the alternatives."""
        return (self.result.text, *self.result.alternatives)

    def put(self, reply: str, current: str) -> Shown:
        """Put another wording into the reply box, in place of the current one."""
        before = self.before if reply == current else (*self.before, current)[-_UNDO:]
        return replace(self, reply=reply, before=before)

    def undo(self, current: str) -> Shown:
        """Go back one wording."""
        return replace(self, reply=self.before[-1], before=self.before[:-1]) if self.before else replace(self, reply=current)

    def put_back(self, number: int, current: str) -> Shown:
        """Refuse one change; where the agent typed since the changes were shown, the number means nothing and nothing happens."""
        if current != self.reply:
            return replace(self, reply=current)
        return self.put(changes.put_back(self.result.draft, current, number), current)


@dataclass(frozen=True, slots=True)
class Place:
    """A column of a file.

    Attributes:
        sheet: Its sheet; None where there is only one table.
        column: Its name.
        rows: How many rows it has.
        mean_length: Mean characters of its texts; 0 where all are empty.
    """

    sheet: str | None
    column: str
    rows: int
    mean_length: float = 0.0


def _tables(source: Path) -> dict[str, pl.DataFrame]:
    if source.suffix.lower() != ".xlsx":
        return {"": read_table(source)}
    found = sheets.read_all(source)
    return {name: table for name, table in found.items() if table.width} or found


def _mean_length(column: pl.Series) -> float:
    mean = column.str.len_chars().mean()
    return float(mean) if isinstance(mean, int | float) else 0.0


class Desk:
    """The demo's work.

    Args:
        rewriter: What rewrites; its engine and guide serve every brand.
        store: Where feedback goes.
    """

    def __init__(self, rewriter: Rewriter, store: FeedbackStore) -> None:
        self.store, self.guide = store, rewriter.guide
        voices = {NEUTRAL: rewriter.brand} | {name: Brand.load(name) for name in names()}
        self.rewriters = {name: Rewriter(rewriter.engine, voice, rewriter.guide) for name, voice in voices.items()}

    @property
    def rules(self) -> dict[str, Rule]:
        """The guide's rules by id."""
        return self.guide.by_id

    def rewriter(self, brand: str, tone: str = AS_BRAND) -> Rewriter:
        """Return the rewriter of a brand, in a tone of the agent's choice or the brand's own.

        Raises:
            RewriterError: If there is no such brand or tone.
        """
        if brand not in self.rewriters:
            raise RewriterError(f"There is no brand {brand!r}. Those that are known are {', '.join(self.rewriters)}.")
        if tone == AS_BRAND:
            return self.rewriters[brand]
        chosen = next((known for known in TONES if known == tone), None)
        if chosen is None:
            raise RewriterError(f"There is no tone {tone!r}. Those that are known are {', '.join((AS_BRAND, *TONES))}.")
        own = self.rewriters[brand]
        return Rewriter(own.engine, replace(own.brand, tone=chosen), own.guide)

    def rewrite(
        self,
        draft: str,
        customer: str | None = "",
        language: str = AUTO,
        brand: str = NEUTRAL,
        address: str = AS_BRAND,
        tone: str = AS_BRAND,
    ) -> Shown:
        """Rewrite a draft.

        Args:
            draft: The draft.
            customer: The customer's message, or None; decides the language of a very short draft.
            language: A code, or ``auto``.
            brand: A brand's name.
            address: ``formal``, ``informal``, or ``brand`` for the brand's own.
            tone: One of ``TONES``, or ``brand`` for the brand's own.

        Returns:
            The rewrite and what else is to be shown with it.

        Raises:
            RewriterError: As ``Rewriter.rewrite``, or for an unknown brand, address form or tone.
        """
        forms: dict[str, Address | None] = {"formal": "formal", "informal": "informal", AS_BRAND: None}
        if address not in forms:
            raise RewriterError(f"There is no address form {address!r}. Those that are known are {', '.join(forms)}.")
        draft, heard = draft or "", self._heard(customer)  # a box that was never opened sends None
        code = None if language == AUTO else language
        if code is None and heard and 0 < len(draft.split()) < _SURE_WORDS:
            code = heard
        result = self.rewriter(brand, tone).rewrite(draft, language=code, address=forms[address])
        return Shown(result, result.text, heard)

    def _heard(self, customer: str | None) -> Language | None:
        try:
            return detect(customer[:MAX_CHARACTERS]) if customer and customer.strip() else None
        except LanguageError:  # the customer may write in any language; only the draft has to be in ours
            return None

    def hints(self, texts: Texts, shown: Shown) -> list[str]:
        """Return the notes that the page adds: what a rewrite left unmended, and a customer of another language."""
        hints = []
        told = {"never.shaky_promise"} if any(note.kind == "promise" for note in shown.result.notes) else set()
        open_now = (f.rule for f in shown.result.findings if not f.resolved and f.severity != "low")
        left = dict.fromkeys(rule for rule in open_now if rule not in told)
        if left:
            titles = "; ".join(self.rules[rule].title[texts.code] for rule in left if rule in self.rules)
            hints.append(texts.say("open_hint", titles=titles))
        if shown.customer not in (None, shown.result.language):
            draft, customer = (texts.named("language", str(code)) for code in (shown.result.language, shown.customer))
            hints.append(texts.say("mismatch", customer=customer, draft=draft))
        return hints

    def columns(self, source: Path) -> dict[str, Place]:
        """Return a file's text columns by their labels, the likeliest for drafts first.

        Where an Excel file has several sheets, a label names its column's sheet too.

        Raises:
            RewriterError: If the file cannot be read or has no column of text.
        """
        tables = _tables(source)
        places = {}
        for sheet, table in tables.items():
            for name in (name for name, kind in table.schema.items() if kind == pl.String):
                label = name if len(tables) == 1 else f"{sheet} › {name}"
                places[label] = Place(sheet if len(tables) > 1 else None, name, table.height, _mean_length(table[name]))
        if not places:
            raise FileFormatError(f"{source.name} has no column of text.")
        names = ("draft", "reply", "answer")
        return dict(sorted(places.items(), key=lambda item: (item[1].column.lower() not in names, -item[1].mean_length)))

    def batch(
        self, source: Path, out: Path, place: Place, language: str, brand: str, progress: Callable[[int, int], None]
    ) -> tuple[Report, pl.DataFrame]:
        """Rewrite a column of a file, one of ``columns``.

        Returns:
            The counts, and the first ``PREVIEW_ROWS`` rows of the finished table.

        Raises:
            RewriterError: As ``rewrite_file``.
        """
        code = None if language == AUTO else language
        report = rewrite_file(
            self.rewriter(brand), source, out, column=place.column, sheet=place.sheet, language=code, progress=progress
        )
        return report, read_table(out).head(PREVIEW_ROWS)

    def find(self, texts: Texts, query: str = "", kind: str = "") -> list[Rule]:
        """Return the rules whose id, texts, documents or examples hold every word of a query.

        Args:
            texts: The language to search in.
            query: Words; all rules if empty.
            kind: ``never``, ``ask``… or empty for all.
        """
        words = (query or "").casefold().split()
        found = []
        for rule in self.guide.rules:
            documents = " ".join(texts.named("doc", name) for name in rule.documents)
            examples = " ".join(example.text for example in of_rule(rule.id, texts.code))
            text = f"{rule.id} {rule.title[texts.code]} {rule.advice[texts.code]} {documents} {examples}".casefold()
            if kind in ("", rule.kind) and all(word in text for word in words):
                found.append(rule)
        return found


def sentence(texts: Texts, error: Exception) -> str:
    """Return what to tell the agent about an error; one that nobody raised on purpose is logged.

    Args:
        texts: The interface's sentences.
        error: What was raised.
    """
    if isinstance(error, SentenceError):
        return texts.say(error.key, **error.values)
    if isinstance(error, DraftTooLongError):
        count = next((word for word in str(error).split() if word.isdigit()), "")
        return texts.say("error_too_long", count=count, limit=MAX_CHARACTERS)
    for kind, key in ((EmptyDraftError, "empty"), (NotTextError, "not_text"), (LanguageError, "language")):
        if isinstance(error, kind):
            return texts[f"error_{key}"]
    for kind, key in ((FileFormatError, "file"), (ModelError, "model"), (RewriterError, "other")):
        if isinstance(error, kind):
            return texts.say(f"error_{key}", message=error)
    # Only where it happened: an error's own message could carry a customer's text into a log file.
    log.error("Unknown %s in the demo:\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    return texts["error_unknown"]
