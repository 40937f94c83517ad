"""The demo as a person uses it, in a real headless Chromium."""

import csv
import os
from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"
ARTEFACTS = Path(__file__).parent / "artefacts"
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DRAFTS = {
    "en": ("I have no idea when order 48213 arrives.", "Let me find out when order 48213 arrives."),
    "hu": ("Fogalmam sincs, mikor ér oda a 48213-as rendelés.", "Utánanézek, mikor ér oda a 48213-as rendelés."),
    "ro": ("Habar n-am când ajunge comanda 48213.", "Verific când ajunge comanda 48213."),
    "pl": ("Nie mam pojęcia, kiedy dotrze zamówienie 48213.", "Sprawdzę, kiedy dotrze zamówienie 48213."),
}
NAMES = {"en": "English", "hu": "Hungarian", "ro": "Romanian", "pl": "Polish"}
SETTLED = ".status.rewritten, .status.leave, .status.kept, .status.error"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no Chromium at {CHROMIUM}: install Debian's chromium"),
]
playwright = pytest.importorskip("playwright.sync_api", reason="the Python package playwright is not installed")
pytest.importorskip("gradio", reason="the web demo's extra is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    import app
    from rewriter import Rewriter
    from rewriter.feedback import FeedbackStore
    from tests.demo_engine import PhraseEngine

    for name in ("REWRITER_DEMO_USER", "REWRITER_DEMO_PASSWORD"):
        os.environ.pop(name, None)
    store = FeedbackStore(tmp_path_factory.mktemp("store") / "feedback.sqlite3")
    demo = app.build_demo(Rewriter(PhraseEngine()), store)
    yield app.launch(demo, None, quiet=True)
    demo.close()


@pytest.fixture(scope="module")
def chromium():
    ARTEFACTS.mkdir(exist_ok=True)
    with playwright.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(address, chromium):
    """Open the page in a language, as a fresh visitor; anything fetched from elsewhere fails the test."""
    contexts, strangers = [], []

    def opened(code="en", **options):
        context = chromium.new_context(locale=code, **({"viewport": {"width": 1280, "height": 900}} | options))
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else strangers.append(r.url))
        page.goto(address)
        page.wait_for_selector(f'#phrases[data-language="{code}"]')
        page.wait_for_selector("#status .status")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not strangers


def rewrite(page, draft):
    page.fill("#draft textarea", draft)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(SETTLED)


def reply(page):
    return page.input_value("#reply textarea")


def wait_for_reply(page, text):
    page.wait_for_function("text => document.querySelector('#reply textarea').value === text", arg=text)


def tab(page, name):
    number = ("rewrite", "batch", "evaluate", "guide", "feedback").index(name)
    page.get_by_role("tab").nth(number).click()


@pytest.mark.parametrize("code", ["en", "hu", "ro", "pl"])
def test_paste_to_copied_reply_with_the_keyboard_alone(visit, code):
    page = visit(code)
    draft, good = DRAFTS[code]
    assert page.evaluate("document.activeElement.closest('#draft') !== null")
    page.keyboard.insert_text(draft)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".status.rewritten")
    assert page.evaluate("document.documentElement.lang") == code
    assert reply(page) == good
    page.keyboard.press("Alt+KeyC")
    page.wait_for_function("document.querySelector('#copy').textContent.startsWith('✓')")
    assert page.evaluate("navigator.clipboard.readText()") == good
    assert page.locator("#changes del").count() == 1
    assert page.locator("#changes ins").count() == 1
    assert page.locator("#why .card").count() >= 1
    assert page.locator("#why mark").count() >= 1
    page.screenshot(path=ARTEFACTS / f"rewrite-{code}.png", full_page=True)


def test_other_wordings_single_changes_and_undo(visit):
    page = visit()
    draft, good = DRAFTS["en"]
    rewrite(page, draft)
    page.keyboard.press("Alt+ArrowDown")
    wait_for_reply(page, "I am checking when order 48213 arrives.")
    page.keyboard.press("Alt+KeyU")
    wait_for_reply(page, good)
    page.locator("[data-change]").first.focus()
    page.keyboard.press("Enter")
    wait_for_reply(page, draft)
    page.wait_for_function("!document.querySelector('#changes ins')")
    page.click("#undo")
    wait_for_reply(page, good)
    page.fill("#reply textarea", good + " Thank you.")
    page.wait_for_function("document.querySelector('#changes').textContent.includes('Thank you')")


def test_good_draft_is_left_alone(visit):
    page = visit()
    text = "Thank you for your patience. Your order leaves our warehouse today."
    rewrite(page, text)
    assert page.inner_text(".status.leave strong").strip().endswith("Leave it as it is")
    assert reply(page) == text


@pytest.mark.parametrize("code", ["en", "hu", "ro", "pl"])
def test_errors_are_plain_sentences(visit, code):
    from webdemo.texts import load

    page = visit(code)
    rewrite(page, "…")
    assert load(code)["error_empty"] in page.inner_text(".status.error")
    page.fill("#draft textarea", "a b " * 3_000)
    page.keyboard.press("Control+Enter")
    page.wait_for_function("document.querySelector('.status.error')?.textContent.includes('12000')")
    assert reply(page) == ""


def test_full_queue_is_said_plainly(visit):
    from webdemo.texts import load

    page = visit("hu")
    page.route("**/queue/join*", lambda route: route.fulfill(status=503, json={"detail": "Queue is full."}))
    page.fill("#draft textarea", DRAFTS["hu"][0])
    page.keyboard.press("Control+Enter")
    page.wait_for_function("text => document.querySelector('#status').textContent.includes(text)", arg=load("hu")["busy"])
    assert page.input_value("#draft textarea") == DRAFTS["hu"][0]


def test_choices_are_remembered(visit):
    page = visit("pl")
    page.click("#interface input")
    page.get_by_role("option", name="Magyar").click()
    page.wait_for_selector('#phrases[data-language="hu"]')
    page.click("#brand input")
    page.get_by_role("option", name="Bank").click()
    page.click("#tone input")
    page.get_by_role("option", name="Visszafogott").click()
    page.wait_for_timeout(1_000)
    page.reload()
    page.wait_for_selector('#phrases[data-language="hu"]')
    page.wait_for_function("document.querySelector('#brand input').value === 'Bank'")
    page.wait_for_function("document.querySelector('#tone input').value === 'Visszafogott'")


def test_language_change_keeps_the_reply(visit):
    page = visit()
    draft, good = DRAFTS["en"]
    rewrite(page, draft)
    page.click("#interface input")
    page.get_by_role("option", name="Polski").click()
    page.wait_for_selector('#phrases[data-language="pl"]')
    assert page.input_value("#draft textarea") == draft
    assert reply(page) == good
    assert "Przepisano" in page.inner_text("#status")


def test_batch(visit, tmp_path):
    source = tmp_path / "tickets.csv"
    source.write_text(f'id,draft\n007,"{DRAFTS["en"][0]}"\n008,\n', "utf-8")
    page = visit()
    tab(page, "batch")
    page.set_input_files("#batch-file input[type=file]", source)
    page.wait_for_function("document.querySelector('#batch-column input').value === 'draft'")
    page.click("#batch-run")
    page.wait_for_selector("#batch-out a", state="visible")
    assert "2 rows, 1 of them" in page.inner_text("#batch-status")
    assert DRAFTS["en"][1] in page.inner_text("#batch-table")
    with page.expect_download() as download:
        page.locator("#batch-out a[download]").first.click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["reply"]) for row in rows] == [("007", DRAFTS["en"][1]), ("008", "")]
    page.screenshot(path=ARTEFACTS / "batch.png", full_page=True)


def test_batch_of_excel(visit, tmp_path):
    import polars as pl

    from rewriter import sheets
    from rewriter.batch import read_table

    source, out = tmp_path / "tickets.xlsx", tmp_path / "replies.xlsx"
    sheets.write(pl.DataFrame({"id": ["007", "008"], "amount": [1.5, 2.0], "draft": [DRAFTS["hu"][0], None]}), source)
    page = visit("hu")
    tab(page, "batch")
    page.set_input_files("#batch-file input[type=file]", source)
    page.wait_for_function("document.querySelector('#batch-column input').value === 'draft'")
    page.click("#batch-run")
    page.wait_for_selector("#batch-out a", state="visible")
    with page.expect_download() as download:
        page.locator("#batch-out a[download]").first.click()
    download.value.save_as(out)
    table = read_table(out)
    assert table["id"].to_list() == ["007", "008"]
    assert table["amount"].to_list() == [1.5, 2.0]
    assert table["reply"].to_list() == [DRAFTS["hu"][1], None]
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK")
    page.locator("#batch-file button[aria-label]").last.click()
    page.set_input_files("#batch-file input[type=file]", broken)
    page.wait_for_selector("#batch-status .error")


@pytest.mark.parametrize(("code", "scheme"), [("en", "light"), ("hu", "dark"), ("ro", "light"), ("pl", "dark")])
def test_evaluate(visit, code, scheme):
    from webdemo.texts import load

    pytest.importorskip("sacrebleu", reason="the evaluation's extra is not installed")
    page = visit(code, color_scheme=scheme)
    tab(page, "evaluate")
    boxes = page.locator("#eval-tasks input[type=checkbox]")
    for number in range(2):
        boxes.nth(2 * number).uncheck()
    page.click("#eval-run")
    page.wait_for_selector("#eval-status .error")
    assert load(code)["eval_choose"] in page.inner_text("#eval-status")
    boxes.first.check()
    page.click("#eval-run")
    page.wait_for_selector(".measured", timeout=120_000)
    assert page.locator(".measured thead th").count() == 7
    assert page.locator(".measured svg").count() >= 1
    assert page.locator(".measured .card").count() >= 1
    assert page.locator("#eval-out a").count() >= 1
    page.screenshot(path=ARTEFACTS / f"evaluate-{code}-{scheme}.png", full_page=True)
    page.click(".report summary")
    frame = page.frame_locator(".report iframe")
    frame.locator("#examples tbody tr").first.wait_for()
    assert page.evaluate("document.querySelector('.report iframe').contentDocument === null"), "the report is shut in"


def test_too_many_rewrites_are_refused_in_the_agents_language(visit, monkeypatch):
    from webdemo.pace import Pace
    from webdemo.texts import load

    page = visit("ro")
    rewrite(page, DRAFTS["ro"][0])
    real = Pace.ask

    def strict(self, request):
        monkeypatch.setattr(self, "limit", 1)
        real(self, request)

    monkeypatch.setattr(Pace, "ask", strict)
    page.fill("#draft textarea", DRAFTS["ro"][0] + " Mulțumesc.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".status.error")
    assert load("ro").say("error_pace", limit=1, seconds="|").split("|")[0] in page.inner_text(".status.error")


def test_guide(visit):
    page = visit("hu")
    tab(page, "guide")
    page.wait_for_selector("#guide-rules .card")
    assert "Nem tudom." in page.locator("#guide-rules .say.bad").first.inner_text()
    assert "Hadd derítsem ki önnek." in page.locator("#guide-rules .say.good").first.inner_text()
    everything = page.locator("#guide-rules .card").count()
    page.fill("#guide-search input, #guide-search textarea", "etikett")
    page.wait_for_function("count => document.querySelectorAll('#guide-rules .card').length < count", arg=everything)
    page.fill("#guide-search input, #guide-search textarea", "zzzz")
    page.wait_for_function("!document.querySelector('#guide-rules .card')")
    page.screenshot(path=ARTEFACTS / "guide.png", full_page=True)


def test_feedback(visit):
    page = visit()
    page.click("#good")
    page.wait_for_selector("#rated .error")
    rewrite(page, DRAFTS["en"][0])
    page.fill("#comment input, #comment textarea", "Nice")
    page.click("#good")
    page.wait_for_selector("#rated .done")
    tab(page, "feedback")
    page.wait_for_selector("#figures table")
    page.screenshot(path=ARTEFACTS / "feedback.png", full_page=True)
    page.click("#export")
    page.wait_for_selector("#export-out a", state="visible")
    page.click("#erase")
    page.wait_for_selector("#feedback-status .error")
    page.check("#erase-sure input")
    page.click("#erase")
    page.wait_for_function("!document.querySelector('#figures table')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_width_has_no_sideways_scrolling(visit, scheme):
    page = visit("pl", viewport={"width": 390, "height": 844}, color_scheme=scheme)
    rewrite(page, DRAFTS["pl"][0])
    page.wait_for_selector("#why .card")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.screenshot(path=ARTEFACTS / f"phone-{scheme}.png", full_page=True)


def test_every_control_has_a_name(visit):
    page = visit()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, input, textarea')]
          .filter((e) => e.offsetParent && !(e.ariaLabel || e.labels?.length || e.textContent.trim() || e.title || e.placeholder))
          .map((e) => e.outerHTML.slice(0, 200))"""
    )
    assert nameless == []


def test_the_bundled_model_rewrites_a_draft_in_each_language(chromium, tmp_path):
    import app
    from rewriter import Rewriter
    from rewriter.feedback import FeedbackStore

    rewriter = Rewriter.from_pretrained()
    rewriter.warm_up()
    demo = app.build_demo(rewriter, FeedbackStore(tmp_path / "feedback.sqlite3"))
    url = app.launch(demo, None, quiet=True)
    try:
        page = chromium.new_page(locale="en", viewport={"width": 1280, "height": 900})
        page.goto(url)
        page.wait_for_selector("#status .status")
        for code, (draft, _) in DRAFTS.items():
            page.fill("#draft textarea", draft)
            page.keyboard.press("Control+Enter")
            page.wait_for_function("code => document.querySelector('#status').textContent.includes(code)", arg=NAMES[code])
            page.wait_for_selector(".status.rewritten")
            page.wait_for_function("draft => document.querySelector('#reply textarea').value !== draft", arg=draft)
            assert "48213" in reply(page)
        page.screenshot(path=ARTEFACTS / "bundled.png", full_page=True)
        page.close()
    finally:
        demo.close()
