"""``python -m eval``: runs the tasks over the model and the baselines, prints a table, writes rows and a summary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from eval import metrics, report, runner, systems, tasks
from rewriter import Rewriter
from rewriter.errors import FileFormatError, RewriterError

app = typer.Typer(help=__doc__, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def main(
    task: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(tasks.names())}; all if not given.")] = None,
    system: Annotated[list[str] | None, typer.Option(help="bundled, a baseline, or a model's folder or name.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="hu, ro, pl, en; all if not given.")] = None,
    limit: Annotated[int | None, typer.Option(help="Examples a language at most.", min=1)] = None,
    own: Annotated[Path | None, typer.Option(help="A file of your own, with a column draft.")] = None,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = Path("eval-out"),
) -> None:
    """Run the evaluation."""
    console = Console()
    try:
        chosen = [tasks.own(own)] if own else [_task(name) for name in task or tasks.names()]
        runs = []
        for one in _systems(system or ["bundled", "copy", "rules-only"]):
            for each in chosen:
                console.print(f"{one.name}: {each.name} – {each.question}", style="dim", highlight=False)
                runs.append(runner.run(each, one, languages=language or (), limit=limit))
    except RewriterError as error:
        Console(stderr=True).print(f"eval: {error}", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    runner.write(runs, out)
    console.print(report.table(runner.summary(runs)))
    for line in report.comparison(runs, runs[0].system):
        console.print(line, highlight=False)
    console.print(f"{metrics.signature()}\nrows and summary: {out}", highlight=False)


def _task(name: str) -> tasks.Task:
    if name not in tasks.TASKS:
        raise FileFormatError(f"There is no task {name!r}; allowed are {', '.join(tasks.names())}.")
    return tasks.TASKS[name]


def _systems(names: list[str]) -> list[systems.System]:
    baselines = {baseline.name: baseline for baseline in systems.BASELINES}
    made = []
    for name in names:
        if name in baselines:
            made.append(baselines[name])
        else:
            made.append(systems.of_rewriter(Rewriter.from_pretrained(None if name == "bundled" else name), name))
    return made


if __name__ == "__main__":
    app()
