"""Writes a trained model as it ships: float16 safetensors, tokenizer, manifest with SHA-256."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import torch
from transformers import AutoTokenizer, BartForConditionalGeneration

BUNDLED = Path(__file__).parent.parent / "model"
FILES = ("model.safetensors", "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def export(model: Path, out: Path = BUNDLED) -> dict[str, str]:
    """Write a trained model to a folder that ``AutoModelForSeq2SeqLM.from_pretrained`` and CTranslate2 load.

    Args:
        model: A folder of a training run, such as ``run/best``.
        out: Where to write; files of the same names are replaced.

    Returns:
        File name to SHA-256, as written to ``manifest.json``.
    """
    loaded = BartForConditionalGeneration.from_pretrained(model, dtype=torch.float16)
    tokenizer = AutoTokenizer.from_pretrained(model)
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    out.mkdir(parents=True, exist_ok=True)
    loaded.save_pretrained(out)
    tokenizer.save_pretrained(out)
    hashes = {name: sha256(out / name) for name in FILES if (out / name).exists()}
    (out / "manifest.json").write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
    return hashes
