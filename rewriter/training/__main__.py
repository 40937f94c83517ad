"""``python -m rewriter.training``: warm-start, restore, rewrite, validate, export. Each step reads the last one's folder."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import torch
import typer
from transformers import AutoTokenizer, BartForConditionalGeneration, PreTrainedTokenizerBase

from rewriter.guide import Guide
from rewriter.marks import LANGUAGES, Language
from rewriter.pointers import long_words
from rewriter.training import corpus as corpora
from rewriter.training import data as written
from rewriter.training import examples, export, loop, validate, warm_start, wordlist

app = typer.Typer(help=__doc__, no_args_is_help=True)
_Corpus = Annotated[Path | None, typer.Option(help="Folder with <language>/*.txt, one clean sentence a line.")]
_Minutes = Annotated[float, typer.Option(help="Time bound; an unfinished run in OUT is continued.")]
_Device = Annotated[str, typer.Option(help="cpu or cuda.")]


def _load(folder: Path) -> tuple[BartForConditionalGeneration, PreTrainedTokenizerBase]:
    # The eager attention is the fastest one on a CPU at this width (43 against 21 pairs a second for sdpa).
    model = BartForConditionalGeneration.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    return model, AutoTokenizer.from_pretrained(folder)


def _reporter(out: Path) -> Callable[[dict[str, float]], None]:
    out.mkdir(parents=True, exist_ok=True)
    path = out / "log.jsonl"

    def report(row: dict[str, float]) -> None:
        row = {name: round(value, 3) for name, value in row.items()}
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        typer.echo(json.dumps(row))

    return report


@app.command("warm-start")
def warm_start_command(out: Path, corpus: Annotated[Path, typer.Option(help="Clean text that decides the vocabulary.")]) -> None:
    """Build the untrained model and its tokenizer from multilingual-e5-small."""
    e5 = warm_start.read_e5()
    texts = corpora.load(corpus, limit=30_000)
    keep = warm_start.choose_pieces(e5, (text for lines in texts.values() for text in lines))
    tokenizer = warm_start.build_tokenizer(e5, keep)
    warm_start.build_model(e5, keep, len(tokenizer)).save_pretrained(out)
    tokenizer.save_pretrained(out)


@app.command("add-marks")
def add_marks_command(start: Path, out: Path) -> None:
    """Give a model the word marks; each begins as the fact mark of its number, which the model can copy already."""
    model, tokenizer = _load(start)
    warm_start.add_word_marks(model, tokenizer)
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


@app.command()
def restore(
    start: Path, out: Path, corpus: Annotated[Path, typer.Option()], minutes: _Minutes = 60, device: _Device = "cpu"
) -> None:
    """Stage 1: restore spoiled text."""
    texts = corpora.load(corpus)
    rng = random.Random(0)
    model, tokenizer = _load(start)
    nothing = {code: written.LanguageData() for code in LANGUAGES}
    source = examples.Examples(nothing, {}, texts, seed=int(time.time()), long=long_words(tokenizer))
    settings = loop.Settings(minutes=minutes, encoder_rate=2e-4, decoder_rate=1e-3, device=device, label_smoothing=0.0)
    report = _reporter(out)
    loop.train(model, tokenizer, lambda: source.restoration(rng.choice(LANGUAGES)), out, settings, report=report)


@app.command()
def rewrite(
    start: Path,
    out: Path,
    corpus: _Corpus = None,
    minutes: _Minutes = 60,
    device: _Device = "cpu",
    validate_minutes: Annotated[float, typer.Option(help="Time between validations.")] = 12,
    threads: Annotated[int, typer.Option(help="CPU threads.")] = 2,
    fast: Annotated[bool, typer.Option(help="Compile the model first; needs a C++ compiler.")] = False,
    sampled: Annotated[int, typer.Option(help="Tokens drawn for the softmax beside the batch's own; 0: all.")] = 0,
    batch_tokens: Annotated[int, typer.Option(help="About how many source tokens a batch holds.")] = 1_100,
    dropout: Annotated[float | None, typer.Option(help="Share of activations zeroed; 0.1, but 0 with --fast.")] = None,
) -> None:
    """Stage 2: rewrite, restore and leave alone, on the handwritten data."""
    numbers = Guide.load().numbers
    sides = {code: written.split(written.load(code)) for code in LANGUAGES}
    texts = corpora.load(corpus, limit=40_000) if corpus else None
    model, tokenizer = _load(start)
    long = long_words(tokenizer)
    source = examples.Examples({c: s[0] for c, s in sides.items()}, numbers, texts, seed=int(time.time()), long=long)
    chosen = validate.items({c: s[1] for c, s in sides.items()}, numbers, long=long)
    settings = loop.Settings(
        minutes=minutes,
        validate_minutes=validate_minutes,
        device=device,
        threads=threads,
        sampled=sampled,
        batch_tokens=batch_tokens,
        dropout=dropout if dropout is not None else 0.0 if fast else 0.1,  # compiled, it takes six times as long
        compiled=fast,
    )
    report = _reporter(out)

    def check(current: BartForConditionalGeneration) -> dict[str, float]:
        row, outputs = validate.figures(current, tokenizer, chosen)
        _write_outputs(out / "outputs.jsonl", outputs)
        return row

    loop.train(model, tokenizer, source.draw, out, settings, check, report)


def _write_outputs(path: Path, outputs: list[tuple[validate.Item, str]]) -> None:
    rows = []
    for item, output in outputs:
        marks, reply = validate.read(item, output)
        rows.append({"language": item.language, "draft": item.draft, "reply": reply, "references": item.references,
                     "rules": sorted(item.rules), "marks": marks})  # fmt: skip
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@app.command("validate")
def validate_command(model: Path, out: Annotated[Path, typer.Option()] = Path("outputs.jsonl")) -> None:
    """Print a model's figures on the validation side and write its outputs."""
    numbers = Guide.load().numbers
    held: dict[Language, written.LanguageData] = {code: written.split(written.load(code))[1] for code in LANGUAGES}
    loaded, tokenizer = _load(model)
    chosen = validate.items(held, numbers, long=long_words(tokenizer))
    row, outputs = validate.figures(loaded.train(False), tokenizer, chosen)
    _write_outputs(out, outputs)
    typer.echo(json.dumps(row))


@app.command("words")
def words_command(corpus: Annotated[Path, typer.Option(help="Clean text.")]) -> None:
    """Write the lists of words that the checks know."""
    for code, lines in corpora.load(corpus, limit=200_000).items():
        typer.echo(f"{code}: {wordlist.build(code, lines, written.load(code))} words")


@app.command("export")
def export_command(model: Path, out: Path = export.BUNDLED) -> None:
    """Write float16 weights, tokenizer and manifest with SHA-256, ready to ship."""
    export.export(model, out)


if __name__ == "__main__":
    app()
