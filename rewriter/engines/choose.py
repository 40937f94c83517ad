"""Chooses the engine for a model's name or folder."""

from __future__ import annotations

import os
from pathlib import Path

from rewriter.engines.base import Engine
from rewriter.errors import ModelError

_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_SCHEMES = ("http:", "https:")


def engine_for(model: str | Path | None) -> Engine:
    """Return the engine that runs a model.

    Args:
        model: None for the bundled model; a folder of our kind (made by ``rewriter train``) or of any seq2seq model; else
            a name on the Hugging Face hub; or ``http://…#model-name`` for a chat server, whose key, if it needs one, is in
            ``REWRITER_API_KEY``.

    Raises:
        ModelError: If the folder, name or address cannot be used.
    """
    from rewriter.engines.bundled import BundledEngine
    from rewriter.marks import SPECIAL_TOKENS

    if model is None:
        return BundledEngine()
    if str(model).lower().startswith(_SCHEMES):
        return _chat(str(model))
    folder = Path(model)
    if folder.is_dir():
        tokenizer = folder / "tokenizer.json"
        if tokenizer.exists() and SPECIAL_TOKENS[1] in tokenizer.read_text(encoding="utf-8"):
            return BundledEngine(folder)
    elif str(model).startswith((".", "/", "~")):
        raise ModelError(f"There is no folder {model}. Give the folder of a model, or the name of one on the hub.")
    from rewriter.engines.huggingface import HuggingFaceEngine

    return HuggingFaceEngine(str(model))


def _chat(address: str) -> Engine:
    """Return the engine for ``URL#MODEL``; a server with a single model needs no name."""
    from rewriter.engines.chat import ChatEngine
    from rewriter.engines.server import API_KEY, ChatServer

    url, _, name = address.partition("#")
    key = os.environ.get(API_KEY) or None
    if not name:
        served = ChatServer(url, key).models()
        if len(served) != 1:
            raise ModelError(f"{url} needs a model's name: write {url}#MODEL. The server names {', '.join(served) or 'none'}.")
        name = served[0]
    return ChatEngine(url, name, key)
