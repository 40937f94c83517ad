"""``python -m eval``: runs tasks over systems and writes rows, summary and a page; compares, gates, rates, shows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from eval import cache, compare, detection, gate, metrics, rate, report, runner, systems, table, tasks, texts
from eval.compare import ALL
from eval.metrics import PRIMARY
from rewriter import Rewriter
from rewriter.errors import FileFormatError, RewriterError
from rewriter.language import check_code

app = typer.Typer(help=__doc__, rich_markup_mode=None, pretty_exceptions_enable=False)
WIDE = 190
"""Columns of a table where there is no terminal to measure."""
DEFAULT_OUT = Path("eval-out")
_Parameters = ParamSpec("_Parameters")
_errors = Console(stderr=True)
_Out = Annotated[Path, typer.Option(help="Folder of the run.")]


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)


def _clearly(command: Callable[_Parameters, None]) -> Callable[_Parameters, None]:
    """End with exit code 2 and the reason where the input was bad."""

    @wraps(command)
    def run(*arguments: _Parameters.args, **options: _Parameters.kwargs) -> None:
        try:
            command(*arguments, **options)
        except RewriterError as error:
            _errors.print(f"eval: {error}", markup=False, highlight=False, soft_wrap=True)
            raise typer.Exit(2) from error

    return run


@app.callback(invoke_without_command=True)
@_clearly
def main(
    context: typer.Context,
    task: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(tasks.names())}; all if not given.")] = None,
    system: Annotated[
        list[str] | None,
        typer.Option(help="bundled, a baseline, or a model's folder or name; bundled and all baselines if not given."),
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="hu, ro, pl, en; all if not given.")] = None,
    limit: Annotated[int | None, typer.Option(help="Examples a language at most.", min=1)] = None,
    own: Annotated[Path | None, typer.Option(help="A file of your own, with a column draft.")] = None,
    out: _Out = DEFAULT_OUT,
    report_language: Annotated[str, typer.Option(help="The page's language: hu, ro, pl, en.")] = texts.DEFAULT,
    keep: Annotated[bool, typer.Option("--cache/--no-cache", help="Take and keep a model's replies.")] = True,
) -> None:
    """Run the evaluation, or one of the commands below."""
    if context.invoked_subcommand:
        return
    check_code(report_language)  # here, not only when the page is made: hours of measuring come first
    chosen = [tasks.own(own)] if own else [tasks.named(name) for name in task or tasks.names()]
    asked = [systems.named(name) for name in system or [systems.BUNDLED, *(one.name for one in systems.BASELINES)]]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    runs = []
    with report.Rows(out) as rows, Progress(*columns, console=_errors) as progress:
        for one in asked:
            for each in chosen:
                bar = progress.add_task(f"{one.name}: {each.name}", total=len(each.choose(language or (), limit)))

                def on_row(row: runner.Row, bar: object = bar) -> None:
                    rows.add(row)
                    progress.advance(bar)  # type: ignore[arg-type]

                place = cache.folder() if keep else None
                runs.append(runner.run(each, one, languages=language or (), limit=limit, cache=place, on_row=on_row))
                progress.update(bar, visible=False)
    lines, compared = report.write(runs, out, report_language)
    console = _console()
    console.print(table.summary([line for line in lines if line["language"] == ALL] or lines))
    for other, found in compared.items():
        decided = [line for line in found if line.metric in PRIMARY and line.group == ALL]
        console.print(table.differences(decided, runs[0].system, other))
    console.print(f"{metrics.signature()}\nrows, summary and page: {out}/{report.PAGE}", markup=False)


@app.command("compare")
@_clearly
def compare_systems(
    one: Annotated[str, typer.Argument(help="A system of the run, the folder of another run, or folder:system.")],
    other: Annotated[str, typer.Argument(help="The same, to compare with.")],
    out: _Out = DEFAULT_OUT,
    worst: Annotated[int, typer.Option(help="Examples to show on which the first loses most.", min=0)] = 5,
) -> None:
    """Compare two systems on the drafts that both were given."""
    ours, theirs = compare.rows_of(one, out), compare.rows_of(other, out)
    found = compare.differences(ours, theirs)
    if not found:
        raise FileFormatError(f"{one} and {other} have no example in common that both could be scored on.")
    console = _console()
    console.print(table.differences(found, one, other))
    for gap, a, b in compare.most_apart(ours, theirs, worst):
        console.print(f"\n{a['task']} {a['id']}: {100 * gap:+.1f} points", markup=False, style="bold")
        console.print(f"draft  {a['draft']}\n{one}  {a['reply']}\n{other}  {b['reply']}", markup=False)


@app.command()
@_clearly
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="An example's id.")],
    out: _Out = DEFAULT_OUT,
) -> None:
    """Show one example with every system's reply and scores."""
    rows = [row for row in runner.read(out) if row["id"] == name]
    if not rows:
        raise FileFormatError(f"There is no example {name!r} in {out}; ids are in its page and rows.")
    for task in dict.fromkeys(row["task"] for row in rows):
        for line in table.example([row for row in rows if row["task"] == task]):
            _console().print(line)


@app.command("gate")
@_clearly
def pass_gate(
    out: _Out = DEFAULT_OUT,
    system: Annotated[str, typer.Option(help="The system of the run that is to pass.")] = systems.BUNDLED,
    results: Annotated[Path, typer.Option(help="Folder of the committed results.")] = gate.RESULTS,
    accept: Annotated[bool, typer.Option("--accept", help="Write the run's scores as the results to compare with.")] = False,
) -> None:
    """Compare a run with the committed results; a significant loss ends with exit code 1."""
    rows, console = compare.rows_of(system, out), _console()
    if accept:
        for path in gate.accept(rows, results):
            console.print(f"written: {path}", markup=False)
        return
    verdicts = gate.check(rows, results)
    lost = [verdict for verdict in verdicts if verdict.lost]
    for line in lost:
        console.print(
            f"lost: {line.task} {line.language} {line.metric}: {line.before:.3f} to {line.after:.3f}, p = {line.p:.5f}, "
            f"n = {line.n}",
            markup=False,
        )
    console.print(f"gate: {len(lost)} significant losses in {len(verdicts)} tests (family-wise {gate.ALPHA}, Holm)", markup=False)
    if lost:
        raise typer.Exit(1)


@app.command("rate")
@_clearly
def rate_rewrites(
    form: Annotated[Path, typer.Argument(metavar="FORM", help="A .csv or .jsonl: written if missing, else read.")],
    out: _Out = DEFAULT_OUT,
    count: Annotated[int, typer.Option(help="Rewrites to rate.", min=1)] = rate.COUNT,
) -> None:
    """Write a form for people to rate rewrites; once it is filled in, say how the metrics agree with them."""
    rows, console = runner.read(out), _console()
    if not form.exists():
        lines = rate.form(rows, count)
        rate.write(lines, form)
        console.print(
            f"{form}: {len(lines)} rewrites. Give each of {', '.join(rate.SCALES)} from {rate.LOWEST} (worst) to {rate.HIGHEST}, "
            "then run this command again.",
            markup=False,
        )
        return
    ratings = rate.read(form)
    done = sum(bool(given) for given in ratings.values())
    console.print(f"{form}: {done} of {len(ratings)} rewrites rated", markup=False)
    for line in rate.agreement(rows, ratings):
        console.print(f"{line.scale:14}{line.metric:13}rho {line.rho:+.3f} [{line.low:+.2f} {line.high:+.2f}] n = {line.n}")


@app.command("findings")
@_clearly
def measure_findings(
    system: Annotated[str, typer.Option(help="patterns, bundled, or a model's folder or name.")] = "patterns",
) -> None:
    """Say how many faults of the labelled drafts are found, and how many findings are right."""
    rewriter = None
    if system != "patterns":
        rewriter = Rewriter.from_pretrained(None if system == systems.BUNDLED else system)
    _console().print(table.detections(detection.measure_all(rewriter)))


if __name__ == "__main__":
    app()
