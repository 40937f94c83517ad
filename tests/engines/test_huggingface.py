"""Any sequence-to-sequence model by folder: our own kind with its marks, another with the template."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration

from rewriter import Rewriter
from rewriter.engines.base import Request
from rewriter.engines.bundled import BUNDLED, BundledEngine
from rewriter.engines.choose import engine_for
from rewriter.engines.huggingface import HuggingFaceEngine
from rewriter.errors import ModelError


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny T5 that knows nothing: what it says must never get through."""
    words = ["<pad>", "</s>", "<unk>", *"Rewrite the support agent's draft into a polite reply order x0 <x0> late".split()]
    backend = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, pad_token="<pad>", eos_token="</s>", unk_token="<unk>")
    torch.manual_seed(0)
    config = T5Config(vocab_size=len(words), d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2, decoder_start_token_id=0)
    folder = tmp_path_factory.mktemp("t5")
    T5ForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_a_foreign_model_is_asked_with_the_template_and_checked(foreign: Path) -> None:
    engine = engine_for(foreign)
    assert isinstance(engine, HuggingFaceEngine)
    assert not engine.marks_rules
    (proposals,) = engine.propose([Request("Order <x0> is late.", "en", "formal")], 3)
    assert 1 <= len(proposals) <= 3
    result = Rewriter(engine).rewrite("Order 48213 is late.")
    assert result.text == "Order 48213 is late."


def test_transformers_and_ctranslate2_agree_on_the_bundled_model() -> None:
    request = Request("Not my job, ask billing about invoice <x0>.", "en", "formal")
    ours = BundledEngine().propose([request], 3)[0]
    theirs = HuggingFaceEngine(str(BUNDLED)).propose([request], 3)[0]
    assert {p.masked for p in ours} & {p.masked for p in theirs}


def test_a_name_that_is_no_model_is_said_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="no-such-model"):
        HuggingFaceEngine("no-such-owner/no-such-model")
    with pytest.raises(ModelError, match="no folder"):
        engine_for("./nowhere")
