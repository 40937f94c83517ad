"""The command line, run as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "rewriter", *arguments], input=given, capture_output=True, check=False)


def test_polish_from_standard_input_keeps_the_number_and_what_was_asked() -> None:
    done = run("rewrite", "-", given="Nie mam pojęcia, kiedy dotrze zamówienie 48213.".encode())
    reply = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "48213" in reply
    assert "kiedy dotrze zamówienie" in reply
    assert "pojęcia" not in reply


def test_json_has_everything() -> None:
    done = run("rewrite", "--json", "No idea when order 48213 will arrive.")
    row = json.loads(done.stdout)
    assert row["language"] == "en"
    assert row["changed"] is True
    assert "48213" in row["text"]
    assert "never.dont_know" in {finding["rule"] for finding in row["findings"]}


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        (("rewrite", ""), b"", "draft is empty"),
        (("rewrite", "-"), b"\xff\xfe\x00", "not UTF-8"),
        (("rewrite", "a" * 8001), b"", "8001 characters"),
        (("rewrite", "Hello", "--language", "de"), b"", "'de' is not known"),
        (("rewrite", "Hello", "--address", "rude"), b"", "Allowed are formal and informal"),
        (("rewrite", "Hello", "--model", "./nowhere"), b"", "no folder ./nowhere"),
        (("rewrite", "Hello", "--brand", "casino"), b"", "bank, shop, startup"),
        (("batch", "none.csv", "out.csv"), b"", "no file none.csv"),
        (("train", "--pairs", "none.jsonl", "--out", "m"), b"", "no file none.jsonl"),
    ],
)
def test_bad_input_ends_with_its_reason_and_code_2(arguments: tuple[str, ...], given: bytes, message: str) -> None:
    done = run(*arguments, given=given)
    assert done.returncode == 2
    assert message in done.stderr.decode().replace("\n", " ")
    assert "Traceback" not in done.stderr.decode()


def test_batch_writes_the_file(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,answer\n01,No idea when order 48213 will arrive.\n02,\n", encoding="utf-8")
    done = run("batch", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), "--column", "answer")
    assert done.returncode == 0, done.stderr.decode()
    lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert lines[0] == "id,answer,reply,language,rules,notes,unchanged_because,error"
    assert lines[1].startswith("01,")
    assert "48213" in lines[1]
    assert "empty" in lines[2]


def test_help_shows_examples_and_models_are_listed() -> None:
    assert b"echo" in run("rewrite", "--help").stdout
    assert b"bundled" in run("models").stdout
