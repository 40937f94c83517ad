"""Applies a brand's voice to a reply that passed the checks, and says what the agent should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rewriter.approved import adds_facts, nearest
from rewriter.facts import find_facts
from rewriter.guide import Guide
from rewriter.marks import LANGUAGES, Language
from rewriter.types import Note
from rewriter.voice_frame import KINDS, framed
from rewriter.voice_patterns import messages
from rewriter.voice_words import in_voice, left_words, word_pattern

if TYPE_CHECKING:
    from rewriter.brand import Brand


def apply(brand: Brand, text: str, language: Language) -> str:
    """Return a reply in a brand's voice.

    Args:
        brand: The voice.
        text: The reply.
        language: Its language.

    Returns:
        The reply in the brand's words and marks, with its greeting, closing and signature. Every fact of the reply is
        still there, emoji apart where the brand has none. Applied to its own output it changes nothing.
    """
    voiced = framed(brand, in_voice(brand, text, language), language)
    kept = [fact.text for fact in find_facts(text) if brand.emoji or fact.kind != "emoji"]
    return voiced if all(fact in voiced for fact in kept) else text  # never trust, check


def notes(brand: Brand, draft: str, reply: str, language: Language) -> tuple[Note, ...]:
    """Write what the agent should look at because of the brand.

    Args:
        brand: The voice.
        draft: The draft.
        reply: The reply in the brand's voice.
        language: Their language.

    Returns:
        A note a word that has no replacement; one if the reply is long; one with the nearest approved reply, unless that
        names a fact that the draft lacks or is what the reply says already.
    """
    say = messages(language)
    found = [Note("word", say["word"].format(text=word, brand=brand.name)) for word in left_words(brand, reply, language)]
    if brand.longest_reply and len(reply) > brand.longest_reply:
        found.append(Note("long", say["long"].format(count=len(reply), limit=brand.longest_reply, brand=brand.name)))
    guide = nearest(draft, brand.approved, language, reply)
    if guide and not adds_facts(guide, draft) and guide.text not in reply:
        found.append(Note("approved", say["approved"].format(text=guide.text, brand=brand.name)))
    return tuple(found)


def faults(brand: Brand) -> list[str]:
    """Return where a brand's own texts break its own voice; a file with such a text is refused.

    Args:
        brand: A brand whose file is otherwise good.

    Returns:
        Lines with key paths; empty for a good brand. Without such faults no replacement undoes another.
    """
    found = []
    for language in LANGUAGES:
        texts = {f"texts.{language}.{kind}": brand.text(kind, language) for kind in KINDS if brand.text(kind, language)}
        texts |= {f"approved[{i}].text": reply.text for i, reply in enumerate(brand.approved) if reply.language == language}
        texts |= {f"replace.{language}.{word}": other for word, other in brand.replace.get(language, {}).items()}
        texts |= {f"avoid[{i}].use": a.use for i, a in enumerate(brand.avoid) if a.language == language and a.use}
        words = [word for a in brand.avoid if a.language == language for word in a.words]
        words += brand.replace.get(language, {})
        for path, text in texts.items():
            unwanted = word_pattern(words).search(text) if words else None
            if unwanted:
                found.append(f"{path}: has {unwanted.group()!r}, a word that this brand avoids or replaces")
            if not brand.emoji and any(fact.kind == "emoji" for fact in find_facts(text)):
                found.append(f"{path}: has an emoji, but emoji is false")
            # In a greeting the mark may be spelling: a Hungarian letter begins "Tisztelt Ügyfelünk!".
            if not brand.exclamation_marks and "!" in text and ".greeting" not in path:
                found.append(f"{path}: has an exclamation mark, but exclamation_marks is false")
    return found


def advice(brand: Brand) -> list[str]:
    """Return where a brand's own texts break a rule of the guide; they are used all the same."""
    guide, found = Guide.load(), []
    texts = [(f"texts.{code}.{kind}", brand.text(kind, code), code) for code in LANGUAGES for kind in KINDS]
    texts += [(f"approved[{i}].text", reply.text, reply.language) for i, reply in enumerate(brand.approved)]
    for path, text, language in texts:
        for match in guide.find(text, language):
            found.append(f"{path}: “{text[match.start : match.end]}”: {match.rule.title[language]} ({match.rule.id})")
    return found
