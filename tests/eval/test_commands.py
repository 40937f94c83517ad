"""The command line: the plain run, compare, show, gate, rate, and bad input."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval import report, runner
from eval.__main__ import app


def invoke(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    arguments = ["--task", "documents", "--task", "facts", "--system", "rules-only", "--system", "copy", "--limit", "12"]
    code, output = invoke(*arguments, "--out", folder)
    assert code == 0, output
    assert "facts" in output
    assert "rules-only – copy" in output
    return folder


def test_a_run_writes_rows_summary_and_page(out: Path) -> None:
    assert {path.name for path in out.iterdir()} == {runner.ROWS, report.SUMMARY, report.PAGE}
    assert {row["system"] for row in runner.read(out)} == {"rules-only", "copy"}


def test_the_page_speaks_the_language_it_is_asked_for(out: Path, tmp_path: Path) -> None:
    assert '<html lang="en">' in (out / report.PAGE).read_text("utf-8")
    code, output = invoke("--task", "documents", "--system", "copy", "--limit", "2", "--report-language", "ro", "--out", tmp_path)
    assert code == 0, output
    html = (tmp_path / report.PAGE).read_text("utf-8")
    assert '<html lang="ro">' in html
    assert "<h1>Raport de evaluare: Copie (nu schimbă nimic)</h1>" in html


def test_a_page_in_no_known_language_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    code, _ = invoke("--task", "documents", "--system", "copy", "--report-language", "de", "--out", tmp_path / "out")
    assert code == 2
    assert not (tmp_path / "out").exists()


def test_compare(out: Path) -> None:
    code, output = invoke("compare", "copy", "rules-only", "--out", out, "--worst", "1")
    assert code == 0, output
    assert "points" in output
    assert "joint" in output


def test_show(out: Path) -> None:
    code, output = invoke("show", "hu-f02", "--out", out)
    assert code == 0, output
    assert "18 490 Ft" in output
    assert "copy" in output
    code, output = invoke("show", "nothing", "--out", out)
    assert code == 2
    assert "no example 'nothing'" in output


def test_the_gate_passes_what_was_accepted_and_fails_a_copy(out: Path, tmp_path: Path) -> None:
    code, output = invoke("gate", "--out", out, "--system", "rules-only", "--results", tmp_path)
    assert code == 2, "nothing to compare with"
    assert "gate --accept" in output
    assert invoke("gate", "--out", out, "--system", "rules-only", "--results", tmp_path, "--accept")[0] == 0
    assert invoke("gate", "--out", out, "--system", "rules-only", "--results", tmp_path)[0] == 0
    code, output = invoke("gate", "--out", out, "--system", "copy", "--results", tmp_path)
    assert code == 1, output
    assert "lost: facts all joint" in output


def test_rate_writes_a_form_then_reads_it(out: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.csv"
    code, output = invoke("rate", form, "--out", out, "--count", "8")
    assert code == 0, output
    assert "8 rewrites" in output
    code, output = invoke("rate", form, "--out", out)
    assert code == 2
    assert "0 of 8 rewrites rated" in output
    lines = form.read_text("utf-8-sig").splitlines()
    form.write_text(
        "\n".join([lines[0], *[line[: -len(",,,")] + f"{i % 5 + 1},,," for i, line in enumerate(lines[1:])]]), "utf-8"
    )
    code, output = invoke("rate", form, "--out", out)
    assert code == 0, output
    assert "polite" in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--task", "jokes"], "no task 'jokes'"),
        (["--own", "none.csv"], "no file none.csv"),
        (["--language", "xx"], "'xx' is not known"),
        (
            ["--report-language", "de"],
            "'de' is not known. Allowed are hu (Hungarian), ro (Romanian), pl (Polish), en (English).",
        ),
    ],
)
def test_bad_input_is_said_clearly(arguments: list[str], message: str, tmp_path: Path) -> None:
    code, output = invoke(*arguments, "--system", "copy", "--out", tmp_path)
    assert code == 2
    assert message in output.replace("\n", " ")


def test_a_missing_model_is_said_clearly(tmp_path: Path) -> None:
    code, output = invoke("--task", "documents", "--system", "./no-such-model", "--out", tmp_path)
    assert code == 2
    assert "There is no folder ./no-such-model" in output.replace("\n", " ")
