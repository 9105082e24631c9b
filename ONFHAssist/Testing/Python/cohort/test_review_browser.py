"""The contact sheet in a real browser: ten hips by keyboard alone, by mouse, as a file that keeps and gives decisions."""

import json
import threading
import time

import pytest
from support.chromium import Chromium, chromium
from support.review_cohort import make_cohort

from ONFHAssistLib.cohort.review.folder import open_folder
from ONFHAssistLib.cohort.review.server import ReviewServer
from ONFHAssistLib.cohort.review.sheet import write_sheet
from ONFHAssistLib.cohort.review.state import ReviewState
from ONFHAssistLib.cohort.review.worklist import worklist

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    return make_cohort(tmp_path_factory.mktemp("browser") / "cohort", 6)


@pytest.fixture(scope="module")
def found(cohort):
    return worklist(open_folder(cohort), pictures=True)


@pytest.fixture(scope="module")
def browser():
    with Chromium() as one:
        yield one


def wait_for(condition):
    end = time.monotonic() + 300
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def focus(browser):
    return browser.run("document.activeElement.closest('article')?.id ?? document.activeElement.id")


def test_ten_hips_are_judged_by_the_keyboard_alone_and_kept_at_once(browser, cohort, found):
    server = ReviewServer(open_folder(cohort), found)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        browser.open(server.address)
        browser.press("a")  # nobody has said who reads
        assert focus(browser) == "reader"
        browser.write("AB")
        browser.press("Enter")
        browser.until("document.activeElement.id === 'h0'")
        for number in range(10):
            if number == 4:
                browser.press("c")
                browser.write("osteophyte")
                browser.press("Enter")
            browser.press("r" if number % 3 == 2 else "a")
        assert focus(browser) == "h10"
        browser.press("u")
        assert focus(browser) == "h9"
        browser.press("k", "ArrowUp", "j", "o")
        assert focus(browser) == "h8"
        assert browser.run("document.body.classList.contains('outlined')") is False
        browser.press("?")
        assert browser.run("document.getElementById('keys').open") is True
        browser.press("Escape")
        browser.until(
            "document.getElementById('counts').textContent.startsWith('3 open, 6 accepted, 3 rejected')"
        )
        wait_for(lambda: len(ReviewState(cohort).rows()) == 12)
        rows = ReviewState(cohort).rows()
        hips = [(hip.case, hip.side) for hip in found.hips]
        kinds = ["reject" if n % 3 == 2 else "accept" for n in range(10)]
        assert [(r.case, r.side) for r in rows] == [*hips[:4], hips[4], *hips[4:10], hips[9]]
        assert [r.kind for r in rows] == [*kinds[:4], "comment", *kinds[4:], "undo"]
        assert {r.reader for r in rows} == {"AB"}
        browser.open(server.address)  # what is kept is there again
        browser.run("document.getElementById('reader').value = 'AB'")
        browser.run("document.getElementById('reader').dispatchEvent(new Event('change'))")
        browser.until("document.getElementById('counts').textContent.startsWith('3 open')")
        assert browser.run("document.querySelector('#h4 [data-part=comment]').value") == "osteophyte"
        assert browser.complaints() == []
    finally:
        server.close()
        thread.join(10)


def test_the_sheet_as_a_file_keeps_decisions_and_gives_them_as_json(browser, found, tmp_path):
    page = write_sheet(found, "cohort", tmp_path / "sheet.html")
    browser.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.open(page.as_uri())
    browser.run("document.getElementById('reader').value = 'CD'")
    browser.run("document.getElementById('reader').dispatchEvent(new Event('change'))")
    browser.click("#h1 [data-act=reject]")
    browser.click("#h0 [data-act=accept]")
    browser.click("#h1 [data-act=undo]")
    assert (
        browser.run("[...document.querySelectorAll('article')].map((a) => a.className).join('')") == "accept"
    )
    assert browser.run("document.querySelector('#h0 img').naturalWidth") == 690
    browser.open(page.as_uri())  # the browser has kept them
    browser.until("document.querySelector('#h0').className === 'accept'")
    browser.click("#export")
    saved = tmp_path / "decisions-CD.json"
    wait_for(saved.exists)
    content = json.loads(saved.read_text(encoding="utf-8"))
    assert [row["kind"] for row in content["decisions"]] == ["reject", "accept", "undo"]
    assert browser.complaints() == []
