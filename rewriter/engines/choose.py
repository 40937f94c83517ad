"""Chooses the engine for a model's name or folder."""

from __future__ import annotations

from pathlib import Path

from rewriter.engines.base import Engine
from rewriter.errors import ModelError

_WEIGHTS = ("model.safetensors", "pytorch_model.bin")


def engine_for(model: str | Path | None) -> Engine:
    """Return the engine that runs a model.

    Args:
        model: None for the bundled model; a folder of our kind (made by ``rewriter train``) or of any seq2seq model; else
            a name on the Hugging Face hub.

    Raises:
        ModelError: If the folder or name cannot be loaded.
    """
    from rewriter.engines.bundled import BundledEngine
    from rewriter.marks import SPECIAL_TOKENS

    if model is None:
        return BundledEngine()
    folder = Path(model)
    if folder.is_dir():
        tokenizer = folder / "tokenizer.json"
        if tokenizer.exists() and SPECIAL_TOKENS[1] in tokenizer.read_text(encoding="utf-8"):
            return BundledEngine(folder)
    elif str(model).startswith((".", "/", "~")):
        raise ModelError(f"There is no folder {model}. Give the folder of a model, or the name of one on the hub.")
    from rewriter.engines.huggingface import HuggingFaceEngine

    return HuggingFaceEngine(str(model))
