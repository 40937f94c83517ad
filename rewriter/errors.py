"""One tree of exceptions. Every message may be shown to a user: what came, what is allowed, what to do."""

from __future__ import annotations


class RewriterError(Exception):
    """Base of everything that this package raises on purpose."""


class InputError(RewriterError):
    """The draft, file or option that came cannot be used as it is."""


class EmptyDraftError(InputError):
    """The draft holds no text."""


class DraftTooLongError(InputError):
    """The draft is longer than the stated limit."""


class NotTextError(InputError):
    """What came is not text: another type, binary content or a wrong encoding."""


class LanguageError(InputError):
    """The language is none of the four, or was asked for by an unknown code."""


class FileFormatError(InputError):
    """A file has an ending, a structure or a column that cannot be used."""


class BrandError(InputError):
    """A brand's voice has unknown keys or wrong values; the message lists all of them."""


class ModelError(RewriterError):
    """A model is missing, broken, or not of the kind that was asked for."""


class TrainingDataError(InputError):
    """Training data do not follow their format; the message lists every fault with its place."""
