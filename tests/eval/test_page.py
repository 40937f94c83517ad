"""The page's language: one set of keys, names and numbers as the language writes them, and no English left in the others."""

import json
import re
import string
from dataclasses import replace
from functools import cache
from html import escape

import pytest

from eval import compare, page, runner, systems, tasks, texts
from eval.charts import LABEL, Bar, chart
from eval.metrics import METRICS, PRIMARY
from eval.summary import summary
from rewriter.errors import LanguageError
from rewriter.guide import Guide
from rewriter.marks import LANGUAGES
from tests.eval.samples import FAULTY, GOOD, oracle, replying, toy

OTHERS = [code for code in LANGUAGES if code != "en"]
HEADINGS = {
    "hu": ["Röviden", "Feladatonként", "Nyelvenként", "Szabályonként", "Rendszer rendszer ellen", "Példák", "Az összes mutató"],
    "en": ["In short", "By task", "By language", "By rule", "System against system", "Examples", "All figures"],
}
ALIKE = {"column_id", "metric_chrf", "metric_sari", "decimal", "filter_system", "column_system"}
"""Keys whose text may be the same in another language as in English."""


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def written(code: str) -> str:
    drafts = [replace(FAULTY, id=f"x{number}") for number in range(5)]
    task = toy(*drafts, GOOD, replace(FAULTY, id="hu", language="hu", draft="Fogalmam sincs."), name="leave-alone")
    runs = [runner.run(task, replying(oracle, "bundled")), runner.run(task, replying(lambda e: e.draft, "rules-only"))]
    found = compare.differences(runs[0].rows, runs[1].rows)
    return page.page(runs, summary(runs), {"rules-only": found}, texts.load(code))


def headings(html: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", html)


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_the_same_keys_and_gaps(code: str) -> None:
    english, own = texts.load("en"), texts.load(code)
    assert list(own) == list(english)
    assert {key: gaps(own[key]) for key in own} == {key: gaps(english[key]) for key in english}
    assert {key for key in own if own[key] == english[key]} <= ALIKE


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_that_is_measured_has_a_name_and_a_question(code: str) -> None:
    own = texts.load(code)
    for kind, names in (("task", tasks.names()), ("asks", tasks.names()), ("metric", METRICS), ("about", METRICS)):
        assert [name for name in names if f"{kind}_{name.replace('-', '_')}" not in own] == []
    shown = [own.named("system", one.name) for one in systems.BASELINES]
    assert len(set(shown) - {one.name for one in systems.BASELINES}) == len(shown)
    assert re.findall(r"[“„]([^”]+)”", own["explained"]) == [own[f"metric_{name}"] for name in PRIMARY]


def test_the_page_in_hungarian_is_hungarian() -> None:
    html = written("hu")
    assert '<html lang="hu">' in html
    assert "<h1>Mérési jelentés: Beépített modell</h1>" in html
    assert headings(html) == HEADINGS["hu"]
    assert headings(written("en")) == HEADINGS["en"]
    assert '<html lang="en">' in written("en")
    assert "Jó piszkozatok <code>leave-alone</code><small>Pontosan olyanok maradnak-e a jó válaszok" in html
    assert "Beépített modell kontra Csere szabály szerint" in html


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_sentence_is_left(code: str) -> None:
    english, own, html = texts.load("en"), texts.load(code), written(code)
    assert len(headings(html)) == 7
    assert set(headings(html)).isdisjoint(HEADINGS["en"])
    told = [key for key in english if len(english[key].split()) > 1 and not gaps(english[key])]
    assert [key for key in told if escape(english[key]) in html] == []
    assert [key for key in own if key.startswith(("heading", "filter", "order", "marks")) and escape(own[key]) not in html] == []


def test_rules_and_numbers_are_in_the_languages_form() -> None:
    rule, html = Guide.load().by_id["never.dont_know"], written("hu")
    assert html.count(escape(rule.title["hu"])) >= 3, "a bar, a row and the filter"
    assert rule.title["en"] not in html
    before = html[: html.index('id="data"')]
    assert re.search(r">\d+,\d%, n = \d+</text>", before)
    assert re.search(r"<td>\+\d+,\d</td><td>\d,\d{4}</td>", before)
    assert not re.search(r">[+-]?\d+\.\d+[<% ]", before)
    assert re.search(r">\d+\.\d % of \d+</text>", written("en"))
    assert (texts.load("pl").number(0.25, "+.2f"), texts.load("en").number(12.34)) == ("+0,25", "12.3")


def test_the_script_gets_names_and_sentences_but_keeps_its_keys() -> None:
    data = json.loads(re.search(r'id="data">(.*?)</script>', written("hu"), re.DOTALL).group(1))
    assert data["systems"] == ["bundled", "rules-only"]
    assert data["names"]["system"] == {"bundled": "Beépített modell", "rules-only": "Csere szabály szerint"}
    assert data["names"]["task"] == {"leave-alone": "Jó piszkozatok"}
    assert data["names"]["rule"] == {"never.dont_know": "Azt mondja, hogy nem tudja"}
    assert data["names"]["language"]["pl"] == "lengyel"
    assert data["metrics"][0] == "összesített"
    assert data["texts"]["all"] == "mind"
    assert data["decimal"] == ","
    script = (page.ASSETS / "page.js").read_text("utf-8")
    assert set(re.findall(r"\btexts\.(\w+)", script)) == set(data["texts"])


def test_a_long_label_has_room() -> None:
    bars = [Bar("x" * 40, 0.5, 0.25, 0.75, 8)]
    assert 'x="260" y="3"' in chart("", bars, texts.load("en")), "the bar begins behind 40 letters"
    assert f'x="{LABEL}" y="3"' in chart("", [replace(bars[0], label="x")], texts.load("en"))


def test_an_unknown_language_is_refused_and_the_allowed_ones_named() -> None:
    with pytest.raises(LanguageError, match="'de' is not known. Allowed are hu .*, ro .*, pl .*, en "):
        texts.load("de")
