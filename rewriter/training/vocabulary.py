"""Which pieces a reply may be made of: its draft's own and those of its language, as a vocabulary map for CTranslate2.

A small model that does not know a rare word reaches for any piece, often one of another language. With the map it cannot:
the pieces allowed are those that the handwritten texts of the language use, and the pieces of the draft itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tokenizers import Tokenizer

from rewriter.marks import LANGUAGES, Language
from rewriter.training.data import SLOT, LanguageData

FILE = "vmap.txt"
_SPACE = "▁"


def texts_of(data: LanguageData) -> list[str]:
    """Return all handwritten texts of a language, slots left out, fillers included."""
    groups = [*data.frames, *data.messages]
    texts = [text for group in groups for text in (*group.good, *group.informal, *group.bad)]
    texts += [reply.text for reply in (*data.good, *data.neutral)]
    texts += [text for pair in data.address for text in pair]
    texts += [text for fillers in data.fillers.values() for filler in fillers for text in filler.values()]
    return [SLOT.sub(" ", text) for text in texts]


def variants(piece: str, vocabulary: Iterable[str]) -> list[str]:
    """Return a piece and its other cases that the vocabulary has: "kér", "Kér", "KÉR"."""
    mark, bare = (_SPACE, piece[1:]) if piece.startswith(_SPACE) else ("", piece)
    forms = dict.fromkeys([piece, mark + bare.lower(), mark + bare[:1].upper() + bare[1:], mark + bare.upper()])
    return [form for form in forms if form in vocabulary]


def build(tokenizer: Tokenizer, texts: Mapping[Language, Iterable[str]]) -> str:
    """Make the map.

    Args:
        tokenizer: The model's.
        texts: Texts by language; a language without any may use every piece.

    Returns:
        Lines "source piece, tab, target pieces": marks and punctuation for every draft, a language's pieces after its mark,
        and every piece after itself.
    """
    vocabulary = tokenizer.get_vocab()
    always = [piece for piece in vocabulary if piece.startswith("<") or not any(c.isalpha() for c in piece)]
    lines = ["\t" + " ".join(always)]
    for language in LANGUAGES:
        used = {piece for encoding in tokenizer.encode_batch(list(texts.get(language, ()))) for piece in encoding.tokens}
        lines.append(f"<{language}>\t" + " ".join(sorted(used or vocabulary)))
    marks = {f"<{language}>" for language in LANGUAGES}
    lines += [f"{piece}\t" + " ".join(variants(piece, vocabulary)) for piece in sorted(vocabulary) if piece not in marks]
    return "\n".join(lines) + "\n"
