"""A real chat server (transformers' own) on loopback, with tiny models that are built here: no download, no network."""

import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from rewriter import Rewriter
from rewriter.engines.base import Request
from rewriter.engines.choose import engine_for

for name in ("openai", "accelerate", "fastapi", "uvicorn"):
    pytest.importorskip(name, reason=f"transformers' server needs {name}: pip install 'rewriter[dev]'")

DRAFT = "I have no idea when order 48213 will arrive."
GOOD = "I'll find out when order <x0> will arrive."
SECONDS = 90
"""Time for the server to start, most of it imports."""


def build(folder: Path, text: str, *, knows: bool) -> Path:
    """A Llama of one layer over the words of a text: random, or one whose every word calls up the next."""
    words = ["<unk>", "</s>", "<answer>", *text.split()]
    backend = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, eos_token="</s>", pad_token="</s>", unk_token="<unk>")
    tokenizer.chat_template = "{% for m in messages %}{{ m.role }} {{ m.content }} {% endfor %}<answer>"
    size = len(words) + len(words) % 2
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=size,
        hidden_size=size,
        intermediate_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        max_position_embeddings=4096,
        eos_token_id=1,
        pad_token_id=1,
    )
    model = LlamaForCausalLM(config)
    if knows:
        chain = [words.index(word) for word in ("<answer>", *text.split(), "</s>")]
        with torch.no_grad():  # attention and MLP add nothing, so the last layer sees the last word alone
            model.model.layers[0].self_attn.o_proj.weight.zero_()
            model.model.layers[0].mlp.down_proj.weight.zero_()
            model.model.embed_tokens.weight.copy_(torch.eye(size))
            model.lm_head.weight.zero_()
            for word, following in itertools.pairwise(chain):
                model.lm_head.weight[following, word] = 100.0
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("server")
    log = (home / "log").open("wb")
    code = f"from transformers.cli.serve import Serve; Serve(host='127.0.0.1', port={port}, device='cpu')"
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(home)}
    server = subprocess.Popen([sys.executable, "-c", code], stdout=log, stderr=log, env=environment)
    try:
        for _ in range(SECONDS * 2):
            try:
                httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False).raise_for_status()
                break
            except httpx.HTTPError:
                assert server.poll() is None, (home / "log").read_text("utf-8")
                time.sleep(0.5)
        else:
            pytest.fail(f"the server did not start in {SECONDS} s: {(home / 'log').read_text('utf-8')}")
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def test_a_real_server_is_asked_and_its_good_reply_gets_through(url: str, tmp_path: Path) -> None:
    engine = engine_for(f"{url}#{build(tmp_path / 'good', GOOD, knows=True)}")
    asked = [Request("Order <x0>?", "en", "formal"), Request("Hol van a <x0>?", "hu", "informal")]
    assert [[p.masked for p in found] for found in engine.propose(asked, 3)] == [[GOOD], [GOOD]]
    assert Rewriter(engine).rewrite(DRAFT).text == "I'll find out when order 48213 will arrive."


def test_what_a_real_server_babbles_does_not_get_through(url: str, tmp_path: Path) -> None:
    model = build(tmp_path / "random", "kot <x0> pies stoi dom na <x1> drzewo tam 48214 idzie tylko", knows=False)
    result = Rewriter(engine_for(f"{url}#{model}")).rewrite(DRAFT)
    assert result.text == DRAFT
    assert result.unchanged_because
