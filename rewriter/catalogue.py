"""Models that suit the task, with licence and size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Model:
    """One line of the catalogue: name, licence, parameters, what to know."""

    name: str
    licence: str
    size: str
    note: str


MODELS = (
    Model("bundled", "Apache-2.0", "29.5 M", "the default: our own, made for this task in four languages; offline"),
    Model("bigscience/mt0-small", "Apache-2.0", "300 M", "instruction-tuned mT5, many languages; by prompt template"),
    Model("bigscience/mt0-base", "Apache-2.0", "580 M", "as above"),
    Model("google/flan-t5-base", "Apache-2.0", "250 M", "mostly English; by prompt template"),
    Model("CohereLabs/aya-101", "Apache-2.0", "13 B", "101 languages; needs a large machine; by prompt template"),
    Model("URL#MODEL", "its own", "any", "a chat server (Ollama, vLLM, llama.cpp), e.g. http://127.0.0.1:11434/v1#qwen3:8b"),
)
