"""The frame of a voice: the brand's own greeting, closing and signature around a reply, where it wants them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rewriter.facts import find_facts
from rewriter.layout import sentences
from rewriter.marks import Language
from rewriter.voice_patterns import VoicePatterns

if TYPE_CHECKING:
    from rewriter.brand import Brand

KINDS = ("greeting", "greeting_named", "closing", "sign_off")
_LONGEST_NAME = 60
_TAIL = 2
"""Sentences at the end of a reply that may be its closing; thanks further up are content."""
Span = tuple[int, int]


def framed(brand: Brand, text: str, language: Language) -> str:
    """Return a reply with the brand's greeting, closing and signature.

    Args:
        brand: The voice, whose settings say what is added and what is replaced.
        text: The reply.
        language: Its language.

    Returns:
        The reply. A greeting, closing or signature of its own that names something (a customer, a colleague, a number) is
        never taken away; a greeting by name becomes the brand's greeting by that name if it has one.
    """
    # An answer of one line is a chat's: unless the brand says so, it must not become a letter.
    short = brand.one_line if "\n" not in text.strip() else "letter"
    gap = "\n\n" if short == "letter" else " "
    if brand.sign_off != "never":
        text = _signed(brand, text, language, gap, add=short == "letter")
    if brand.closing != "never":
        text = _closed(brand, text, language, gap, add=short != "bare")
    if brand.greeting != "never":
        text = _greeted(brand, text, language, gap, add=short != "bare")
    return text


def own_spans(brand: Brand, text: str, language: Language) -> list[Span]:
    """Return where the brand's own texts stand in a reply: they are approved as they are."""
    patterns = [_own(brand, kind, language) for kind in KINDS]
    return [match.span() for pattern in patterns if pattern for match in pattern.finditer(text)]


def salutation_span(text: str, language: Language) -> list[Span]:
    """Return the place of a greeting that stands on a line of its own, as in a letter; none if there is no such line."""
    found = VoicePatterns.load(language).greeting(text)
    return [(0, found.end)] if found and text[found.end :].startswith("\n") else []


def _own(brand: Brand, kind: str, language: Language) -> re.Pattern[str] | None:
    text = brand.text(kind, language)
    if not text:
        return None
    return re.compile(re.escape(text).replace(r"\{customer\}", rf"[^\n]{{1,{_LONGEST_NAME}}}?"))


def _greeted(brand: Brand, text: str, language: Language, gap: str, *, add: bool) -> str:
    own = brand.text("greeting", language)
    if not own or any(p and p.match(text) for p in (_own(brand, kind, language) for kind in KINDS[:2])):
        return text
    found = VoicePatterns.load(language).greeting(text)
    if not found:
        return f"{own}{gap}{text.lstrip()}" if add else text
    if brand.greeting != "always" or not found.whole:
        return text
    if found.customer:
        own = brand.text("greeting_named", language).replace("{customer}", found.customer)
    rest = text[found.end :]
    # What the greeting named must be in the new one; and a reply that is a greeting and nothing else stays.
    if not own or not rest.strip() or not _names_kept(text[: found.end], own, language):
        return text
    between = rest[: len(rest) - len(rest.lstrip())]
    return own + (between if between.startswith(("\n", "\r")) else gap) + _capital(rest.lstrip(), language)


def _closed(brand: Brand, text: str, language: Language, gap: str, *, add: bool) -> str:
    own, patterns = brand.text("closing", language), VoicePatterns.load(language)
    if not own or own in text:
        return text
    end = _signature(brand, text, language)
    body = text[:end].rstrip()
    greeting = patterns.greeting(text)  # "Jó napot kívánok!" greets at the start and closes at the end
    last = [span for span in _last_sentences(body) if not greeting or span[0] >= greeting.end]
    found = [(start, stop) for start, stop in last if patterns.closes(body[start:stop])]
    if found and brand.closing == "always":
        start = found[0][0]
        only = all((s, e) in found and patterns.only_closes(body[s:e]) for s, e in last if s >= start)
        if only and body[:start].strip() and not find_facts(body[start:], language=language):
            return f"{body[:start]}{own}{text[len(body) :]}"
    if found or not add:
        return text
    rest = text[len(body) :]
    apart = not text[end:].strip() or rest.startswith("\n")
    return f"{body}{gap}{own}{rest if apart else gap + rest.lstrip()}"


def _signed(brand: Brand, text: str, language: Language, gap: str, *, add: bool) -> str:
    own = brand.text("sign_off", language)
    if not own or own in text:
        return text
    start = VoicePatterns.load(language).sign_off(text)
    if start is None:
        return f"{text.rstrip()}{gap}{own}" if add else text
    block = text[start:]
    nameless = len(block.split("\n")) - block.startswith("\n") == 1 and not find_facts(block, language=language)
    if brand.sign_off == "always" and text[:start].strip() and nameless:
        lead = block[: len(block) - len(block.lstrip())]
        return f"{text[:start]}{lead}{own}"
    return text


def _signature(brand: Brand, text: str, language: Language) -> int:
    """Return where the signature begins, the brand's own or another; the text's end if there is none."""
    own = brand.text("sign_off", language)
    if own and own in text:
        return text.rindex(own)
    found = VoicePatterns.load(language).sign_off(text)
    return len(text) if found is None else found


def _last_sentences(body: str) -> list[Span]:
    lines = [(match.start(), match.group()) for match in re.finditer(r"[^\n]+", body)]
    found = [(s.start, s.end) for start, line in lines for s in sentences(line, start)]
    return found[-_TAIL:]


def _names_kept(before: str, after: str, language: Language) -> bool:
    return all(fact.text in after for fact in find_facts(before, language=language) if fact.kind != "emoji")


def _capital(text: str, language: Language) -> str:
    if any(fact.start == 0 for fact in find_facts(text, language=language)):  # "iPhone" stays as it is
        return text
    return text[:1].upper() + text[1:]
