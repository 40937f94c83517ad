"""The bundled model and its engine: loads everywhere, converts once, heals, needs no torch afterwards."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from rewriter.engines.base import Request
from rewriter.engines.bundled import BUNDLED, BundledEngine, converted
from rewriter.errors import ModelError

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def engine(cache: Path) -> BundledEngine:
    return BundledEngine(cache=cache)


def test_the_shipped_files_match_their_manifest_and_size() -> None:
    manifest = json.loads((BUNDLED / "manifest.json").read_text("utf-8"))
    assert "model.safetensors" in manifest
    for name, digest in manifest.items():
        assert hashlib.sha256((BUNDLED / name).read_bytes()).hexdigest() == digest, name
    assert (BUNDLED / "model.safetensors").stat().st_size < 64 * MEGABYTE


def test_transformers_loads_the_bundled_model() -> None:
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    model = AutoModelForSeq2SeqLM.from_pretrained(BUNDLED)
    tokenizer = AutoTokenizer.from_pretrained(BUNDLED)
    assert model.config.vocab_size == len(tokenizer)


def test_proposals_are_ranked_and_as_many_as_asked(engine: BundledEngine) -> None:
    requests = [Request("Not my job, ask billing about <x0>.", "en", "formal"), Request("Nem tudok semmit.", "hu", "formal")]
    lists = engine.propose(requests, 4)
    assert len(lists) == 2
    for proposals in lists:
        assert 1 <= len(proposals) <= 4
        scores = [p.score for p in proposals]
        assert scores == sorted(scores, reverse=True)
        assert all(score <= 0 for score in scores)
        assert len({p.masked for p in proposals}) == len(proposals)
    assert engine.propose([], 3) == []


def test_named_rules_are_forced(engine: BundledEngine) -> None:
    (proposals,) = engine.propose([Request("Your parcel is here.", "en", "formal", (1,))], 2)
    assert all(p.rules[0] == 1 for p in proposals)


def test_the_conversion_is_made_once_and_a_broken_one_heals(cache: Path, engine: BundledEngine) -> None:
    place = converted(BUNDLED, cache)
    before = (place / "model.bin").stat().st_mtime_ns
    assert converted(BUNDLED, cache) == place
    assert (place / "model.bin").stat().st_mtime_ns == before
    (place / "model.bin").write_bytes(b"broken")
    healed = BundledEngine(cache=cache)
    assert healed.propose([Request("Not my job.", "en", "formal")], 1)[0]
    assert (place / "model.bin").stat().st_size > MEGABYTE


def test_no_torch_is_imported_once_the_conversion_exists(cache: Path, engine: BundledEngine) -> None:
    code = (
        "import sys; from rewriter import Rewriter; r = Rewriter.from_pretrained();"
        "r.rewrite('Not my job, ask billing.'); print('torch' in sys.modules, 'transformers' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"REWRITER_CACHE": str(cache), "PATH": ""}
    )
    assert done.stdout.split() == ["False", "False"]


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="lacks model.safetensors, config.json, tokenizer.json"):
        BundledEngine(tmp_path)
