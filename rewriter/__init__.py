"""Rewrites support agents' drafts into polite, concise replies in the brand's voice: offline, in four languages.

Example:
    >>> from rewriter import Rewriter
    >>> rewriter = Rewriter.from_pretrained()
    >>> result = rewriter.rewrite("Fogalmam sincs, mikor ér oda a 48213-as rendelés.")
    >>> result.text, result.findings, result.notes
"""

from rewriter.brand import Brand
from rewriter.errors import RewriterError
from rewriter.pipeline import MAX_CHARACTERS, Rewriter
from rewriter.types import Candidate, Failure, Finding, Note, Rewrite

__version__ = "0.5.0"
__all__ = [
    "MAX_CHARACTERS",
    "Brand",
    "Candidate",
    "Failure",
    "Finding",
    "Note",
    "Rewrite",
    "Rewriter",
    "RewriterError",
    "__version__",
]
