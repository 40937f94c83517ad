"""The page: self-contained, nothing of a draft can break it, and its table works in a browser."""

import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval import compare, report, runner, texts
from eval.charts import Bar, chart
from eval.summary import by_rule
from rewriter.errors import FileFormatError
from tests.eval.samples import FAULTY, GOOD, oracle, replying, row, toy

NASTY = replace(FAULTY, id="n", draft='No idea, </script><script>alert(1)</script> {{css}} <!-- "q" 48213')


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    task = toy(FAULTY, GOOD, NASTY, replace(FAULTY, id="hu", language="hu", draft="Fogalmam sincs."))
    runs = [runner.run(task, replying(oracle)), runner.run(task, replying(lambda e: e.draft, "copy"))]
    with report.Rows(folder) as rows:
        for run in runs:
            for one in run.rows:
                rows.add(one)
    report.write(runs, folder)
    return folder


class Tags(HTMLParser):
    """Keeps the tags and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_page_needs_no_network_and_holds_all_examples(out: Path) -> None:
    text = (out / report.PAGE).read_text("utf-8")
    tags = Tags()
    tags.feed(text)
    assert tags.links == []
    assert tags.tags.count("script") == 2
    assert "default-src 'none'" in text
    assert text.count("<svg") == 2, "by task and by language; no rule has five drafts"
    left = re.findall(r"\{\{\w+\}\}", text)
    assert left == ["{{css}}"], "only what a draft says"
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL).group(1))
    assert data["systems"] == ["a", "copy"]
    assert [one["id"] for one in data["examples"]] == ["x", "y", "n", "hu"]
    assert data["examples"][2]["draft"] == NASTY.draft
    assert data["examples"][0]["replies"]["1"][0] == 0, "a copy is not written twice"


def test_the_same_run_makes_the_same_page(out: Path, tmp_path: Path) -> None:
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        run = runner.run(toy(), replying(oracle))
        report.write([replace(run, milliseconds=0.0)], folder)
    assert (tmp_path / "one" / report.PAGE).read_bytes() == (tmp_path / "two" / report.PAGE).read_bytes()


def test_a_chart_has_a_bar_a_line_and_says_its_figures() -> None:
    svg = chart("By <rule>", [Bar("a & b", 0.5, 0.25, 0.75, 8)], texts.load("en"))
    assert 'aria-label="By &lt;rule&gt;"' in svg
    assert "a &amp; b: 50.0 % of 8, 95 % interval 25.0 to 75.0" in svg
    assert 'width="130.0"' in svg, "half of 260"
    assert chart("x", [], texts.load("en")) == ""


def test_rules_are_worst_first_and_need_enough_rows() -> None:
    good = [row(replace(FAULTY, rules=("one",)), oracle(FAULTY)) for _ in range(5)]
    bad = [row(replace(FAULTY, rules=("one", "two")), FAULTY.draft) for _ in range(5)]
    few = [row(replace(FAULTY, rules=("three",)), FAULTY.draft)]
    found = by_rule(good + bad + few)
    assert list(found) == ["two", "one"]
    assert found["one"]["mean"] == pytest.approx(0.5, abs=0.01)
    assert found["one"]["n"] == 10


def test_differences_are_paired_by_task_language_and_rule(out: Path) -> None:
    ours, theirs = compare.rows_of("a", out), compare.rows_of("copy", out)
    found = {(one.group, one.metric): one for one in compare.differences(ours, theirs)}
    joint = found[("all", "joint")]
    assert (joint.n, joint.wins + joint.losses <= 3, joint.losses) == (3, True, 0)
    assert joint.wins >= 1
    assert found[("all", "alone")].gap == 0.0
    assert ("hu", "joint") in found
    assert compare.most_apart(ours, theirs, 5) == []
    gap, mine, other = compare.most_apart(theirs, ours, 1)[0]
    assert gap < 0
    assert (mine["system"], other["system"]) == ("copy", "a")


def test_systems_are_found_by_name_and_folder(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {r["system"] for r in compare.rows_of(str(out), Path("none"))} == {"a"}
    assert {r["system"] for r in compare.rows_of(f"{out}:copy", Path("none"))} == {"copy"}
    (tmp_path / "copy").mkdir()
    monkeypatch.chdir(tmp_path)
    assert {r["system"] for r in compare.rows_of("copy", out)} == {"copy"}, "a system before a folder of its name"
    with pytest.raises(FileFormatError, match="it has a, copy"):
        compare.rows_of("b", out)


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_the_table_filters_sorts_and_marks(out: Path) -> None:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        page.goto((out / report.PAGE).as_uri())
        assert page.locator("#count").inner_text().startswith("4 of 4")
        page.select_option("#system", "copy")
        page.select_option("#rival", "a")
        assert page.locator("#examples tbody tr").last.locator("td").first.inner_text().startswith("y")
        page.select_option("#language", "hu")
        assert page.locator("#count").inner_text().startswith("1 of 4")
        page.select_option("#language", "")
        page.fill("#search", "alert(1)")
        assert page.locator("#examples tbody tr").count() == 1
        assert page.locator("#examples tbody tr del").count() > 0
        assert "</script>" in page.locator("#examples tbody tr td").nth(1).inner_text()
        browser.close()
    assert errors == []
