"""The command line: thin, every command one call into the package; bad input ends with its reason and exit code 2."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rewriter.errors import FileFormatError, NotTextError, RewriterError
from rewriter.pipeline import Rewriter
from rewriter.types import Rewrite

app = typer.Typer(
    help="Rewrites support agents' drafts into polite, concise replies, in Hungarian, Romanian, Polish and English.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
feedback_app = typer.Typer(help="Feedback that the demo kept on this machine.", no_args_is_help=True)
brand_app = typer.Typer(help="Brands' voices.", no_args_is_help=True)
app.add_typer(feedback_app, name="feedback")
app.add_typer(brand_app, name="brand")
_errors = Console(stderr=True)
_Language = Annotated[str | None, typer.Option(help="hu, ro, pl or en; found by itself if not given.")]
_Model = Annotated[
    str | None,
    typer.Option(help="A model's folder, its Hugging Face name, or URL#MODEL of a chat server; the bundled model if not given."),
]
_BrandOption = Annotated[str | None, typer.Option(help="A brand that ships, or a TOML file.")]
_Address = Annotated[str | None, typer.Option(help="formal or informal; the brand's if not given.")]


def _read_stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").rstrip("\n")
    except UnicodeDecodeError as error:
        raise NotTextError(f"Standard input is not UTF-8 text (byte {error.start}).") from error


def _check_address(address: str | None) -> Any:  # noqa: ANN401 - an Address or None
    if address not in (None, "formal", "informal"):
        raise NotTextError(f"The address form {address!r} is not known. Allowed are formal and informal.")
    return address


@app.command()
def rewrite(
    text: Annotated[str, typer.Argument(help="The draft, or - for standard input.")],
    language: _Language = None,
    address: _Address = None,
    model: _Model = None,
    brand: _BrandOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything: findings, notes, alternatives.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Print the findings and notes below the reply.")] = False,
) -> None:
    """Rewrite one draft and print the reply.

    \b
    Examples:
        rewriter rewrite "Fogalmam sincs, mikor ér oda a 48213-as rendelés."
        echo "Nie mam pojęcia, kiedy dotrze zamówienie 48213." | rewriter rewrite -
        rewriter rewrite --json --language en "Not my job, ask billing."
        rewriter rewrite --model http://127.0.0.1:8080/v1#qwen "Not my job, ask billing."

    \b
    A chat server is any that speaks OpenAI's protocol (Ollama, vLLM, llama.cpp). Its key, if it needs one, is read from
    REWRITER_API_KEY. The draft is sent to it, its facts as marks.
    """
    draft = _read_stdin() if text == "-" else text
    result = Rewriter.from_pretrained(model, brand=brand).rewrite(draft, language=language, address=_check_address(address))
    if as_json:
        typer.echo(json.dumps(result.to_dict(), ensure_ascii=False, indent=2))
        return
    typer.echo(result.text)
    if why:
        _explain(result)


def _explain(result: Rewrite) -> None:
    for finding in result.findings:
        state = "+" if finding.resolved else "-"
        _errors.print(f"{state} {finding.rule} “{finding.text}”: {finding.reason}", markup=False, highlight=False)
    for line in [*(note.text for note in result.notes), result.unchanged_because]:
        if line:
            _errors.print(f"! {line}", markup=False, highlight=False)


@app.command()
def batch(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A .csv, .xlsx, .jsonl or .parquet file.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write, of one of the same kinds.")],
    column: Annotated[str, typer.Option(help="The column of drafts.")] = "draft",
    sheet: Annotated[str | None, typer.Option(help="The sheet of an Excel file that has several.")] = None,
    language: _Language = None,
    model: _Model = None,
    brand: _BrandOption = None,
) -> None:
    """Rewrite a column of a file; every other column and the order are kept. Call it again to resume.

    \b
    Example:
        rewriter batch tickets.csv replies.csv --column answer
    """
    from rewriter.batch import rewrite_file

    rewriter = Rewriter.from_pretrained(model, brand=brand)
    columns = (TextColumn("rewriting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_errors) as bar:
        task = bar.add_task("rewriting", total=None)
        report = rewrite_file(
            rewriter,
            source,
            out,
            column=column,
            language=language,
            sheet=sheet,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    typer.echo(f"{out}: {report.rows} rows, {report.failed} with an error, {report.resumed} from an interrupted run")


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port on loopback.", min=1, max=65535)] = 7860,
) -> None:
    """Open the web demo (from a checkout: it needs app.py and the extra `demo`)."""
    _checkout("app").main(port=port)


@app.command("eval", context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def evaluate(context: typer.Context) -> None:
    """Run the evaluation suite (from a checkout); the same as `python -m eval`."""
    _checkout("eval.__main__").app(context.args)


def _checkout(name: str) -> Any:  # noqa: ANN401 - a module that is not part of the package
    import importlib

    sys.path.insert(0, str(Path.cwd()))
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise FileFormatError(
            f"{error.name} is not here. The demo and the evaluation live in a checkout of the project: go to its folder "
            "and install it with pip install '.[demo,eval]'."
        ) from error


@feedback_app.command("export")
def feedback_export(out: Annotated[Path, typer.Argument(help="JSONL file to write.")]) -> None:
    """Write accepted replies as training pairs for `rewriter train`."""
    from rewriter.feedback import FeedbackStore

    typer.echo(f"{out}: {FeedbackStore().export(out)} pairs")


@feedback_app.command("erase")
def feedback_erase(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase all feedback kept on this machine."""
    from rewriter.feedback import FeedbackStore

    if yes or typer.confirm("Erase all feedback?"):
        typer.echo(f"{FeedbackStore().erase()} rows erased")


@brand_app.command("check")
def brand_check(file: Annotated[Path, typer.Argument(help="A brand's TOML file.")]) -> None:
    """Check a brand's file: all its faults are listed, then where its own texts break a rule of the guide."""
    from rewriter.brand import Brand
    from rewriter.voice import advice

    loaded = Brand.load(file)
    for line in advice(loaded):
        typer.echo(f"! {line}")
    typer.echo(f"{file}: {loaded.name} is fine")


@app.command()
def models() -> None:
    """List the models that are known to work, with licence and size."""
    from rewriter.catalogue import MODELS

    for model in MODELS:
        typer.echo(f"{model.name}\t{model.licence}\t{model.size}\t{model.note}")


@app.command()
def train(
    pairs: Annotated[Path, typer.Option(help='JSONL with {"draft", "reply", "language"} a line.')],
    out: Annotated[Path, typer.Option(help="Folder of the new model.")],
    minutes: Annotated[float, typer.Option(help="Time bound.", min=0.01)] = 10,
    model: _Model = None,
) -> None:
    """Fine-tune the model on your own pairs; use it with --model OUT.

    \b
    Example:
        rewriter train --pairs mine.jsonl --out my-model
    """
    from rewriter.training.finetune import finetune

    count = finetune(pairs, out, minutes=minutes, model=Path(model) if model else None)
    typer.echo(f"{out}: trained on {count} pairs")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except RewriterError as error:
        _errors.print(f"rewriter: {error}", markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
