"""Which hips come first and why; the contact sheet as a file and from its server."""

import base64
import hashlib
import html
import http.client
import io
import json
import re
import threading
from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813
from support.review_cohort import CENTRES, pelvis

from ONFHAssistLib.cohort.review.doubt import HipFacts, doubts
from ONFHAssistLib.cohort.review.folder import open_folder
from ONFHAssistLib.cohort.review.outline_facts import outline_facts
from ONFHAssistLib.cohort.review.pictures import PIXELS, draw
from ONFHAssistLib.cohort.review.server import ReviewServer
from ONFHAssistLib.cohort.review.sheet import SheetChoice, sheet
from ONFHAssistLib.cohort.review.state import ReviewState
from ONFHAssistLib.imaging.image import Image

CASES = 7


def test_spoilt_outlines_come_first_with_their_reasons(found):
    first, second = found.hips[:2]
    assert {(first.case, first.side), (second.case, second.side)} == {("case-06", "R"), ("case-06", "L")}
    said = {hip.side: " ".join(hip.doubt.reasons) for hip in (first, second)}
    assert "The necrosis lies in 2 pieces" in said["R"]
    assert re.search(r"The head's surface lies \d\.\d mm off its sphere", said["L"])
    assert "larger than the other hip's" in said["L"] or "times as far from its nearest hips" in said["L"]
    assert [hip.doubt.rank for hip in found.hips] == list(range(1, 2 * CASES + 1))
    assert found.hips[2].doubt.doubt < second.doubt.doubt < 0.5 < first.doubt.doubt
    assert (first.side, second.side) == ("L", "R")
    assert "no case.json" in found.failures["case-99"]


def test_the_sheet_speaks_chinese_to_its_last_word(found):
    from ONFHAssistLib.core import language

    language.choose("zh-CN")
    try:
        page = sheet(found, "队列")
    finally:
        language.choose("en")
    assert '<html lang="zh-CN">' in page
    assert "坏死灶分为 2 块。" in page
    shown = re.sub(r"<(style|script).*?</\1>", "", page, flags=re.DOTALL)
    words = [html.unescape(text) for text in re.findall(r">([^<>]+)<", shown)]
    words += re.findall(r'(?:placeholder|aria-label|alt)="([^"]*)"', shown)
    said = json.loads(re.search(r'id="facts">(.*?)</script>', page, re.DOTALL).group(1))["said"]
    names = r"ONFHAssist|Python|numpy|SimpleITK|case\S*|cohort run|json|mm|ml"
    left = [
        text
        for text in [*words, *said.values()]
        if re.search(r"[A-Za-z]{3,} [a-z]{2,}", re.sub(names, "", text))
    ]
    assert left == []


def test_each_column_is_told_from_its_own_facts(found, worked_up):
    case = open_folder(worked_up).case("case-00")
    hip, outline = case.result.hip("R"), outline_facts(case.labels(), "R")
    plain = HipFacts("a", "a", hip, outline, hip.head.radius)
    (calm,) = doubts([plain])
    assert calm.columns["asymmetry_mm"] == 0 == calm.columns["held_back"] == calm.columns["necrosis_shape"]
    assert np.isnan(calm.columns["far_from_others"])  # one hip has no neighbours
    assert np.isnan(calm.columns["series_apart"])
    changes = {
        "asymmetry_mm": replace(plain, other_radius=hip.head.radius + 4.0),
        "held_back": replace(plain, hip=replace(hip, failures={"stage": "no"}), warnings=("It is cut.",)),
        "necrosis_shape": replace(plain, outline=replace(outline, surface_gap_mm=9.0)),
        "head_pieces": replace(plain, outline=replace(outline, head_pieces=3)),
        "fit_mm": replace(plain, outline=replace(outline, residual_mm=float("nan"))),
    }
    for column, facts in changes.items():
        (told,) = doubts([facts])
        assert told.doubt > 0.5 > calm.doubt, column
        assert len(told.reasons) == len(calm.reasons) + 1, column
        others = [name for name in told.columns if name != column]
        assert [told.columns[n] for n in others] == pytest.approx(
            [calm.columns[n] for n in others], nan_ok=True
        )


@pytest.mark.parametrize("turned", [False, True])
def test_the_right_side_of_the_patient_is_on_the_left_of_the_picture(turned):
    """Marks on the patient's right, front and head stand where a radiologist looks for them, however voxels lie."""
    from PIL import Image as Picture

    image, labels = pelvis(0)
    array = np.full_like(image.array, 100.0)
    offset = image.points() - np.array(CENTRES["L"])  # LPS
    for axis, sign in ((0, -1), (1, -1), (2, 1)):  # right, front, head
        others = [a for a in range(3) if a != axis]
        array[(np.abs(offset[..., axis] - 18 * sign) < 5) & (np.abs(offset[..., others]).max(-1) < 8)] = 900.0
    image = image.like(array)
    if turned:  # the same body, voxels stored from the other ends and in another order of axes
        image, labels = (
            Image.from_sitk(sitk.PermuteAxes(one.to_sitk()[::-1, :, ::-1], [1, 2, 0]))
            for one in (image, labels)
        )
    made = draw(image, labels, "L", CENTRES["L"])
    grey = np.asarray(Picture.open(io.BytesIO(base64.b64decode(made.webp))).convert("L"), float)
    planes = [grey[:, n * PIXELS : (n + 1) * PIXELS] for n in range(3)]
    middle, near = PIXELS // 2, PIXELS // 2 - 45  # 18 mm are 45 pixels
    coronal, axial, sagittal = planes
    bright = {
        "right": (coronal[middle, near], axial[middle, near]),
        "front": (axial[near, middle], sagittal[middle, near]),
        "head": (coronal[near, middle], sagittal[near, middle]),
    }
    far = PIXELS - near
    dark = (
        coronal[middle, far],
        axial[middle, far],
        axial[far, middle],
        sagittal[middle, far],
        coronal[far, middle],
    )
    assert min(min(pair) for pair in bright.values()) > 150 > 60 > max(dark)
    xs = [float(x) for x in re.findall(r"[ML ](\d+\.?\d*) \d", made.head)]
    assert min(xs) == pytest.approx(middle - 50, abs=5)  # 20 mm, of a head about the middle of the plane


def test_the_sheet_asks_nothing_of_a_network_and_names_nobody(found, worked_up):
    page = sheet(found, "study <x>")
    policy = html.unescape(
        re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    )
    assert not re.search(r"(src|href)=\"(?!data:|#)", page)
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert page.count("<article") == 2 * CASES
    assert "study &lt;x&gt;" in page
    assert "case-99" in page
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "the 3 most doubtful of 14 hips" in (few := sheet(found, "x", SheetChoice(most=3)))
    assert few.count("<article") == 3
    named = sheet(found, "x", SheetChoice(names={"case-00": "Doe, Jane"}))
    assert named.count("Doe, Jane") == 2
    assert "Doe" not in page


@pytest.fixture
def served(cohort, found):
    server = ReviewServer(open_folder(cohort), found)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server
    server.close()
    thread.join(10)
    assert not thread.is_alive()


def ask(server, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    usual = {
        "X-ONFH-Token": server.token,
        "Origin": f"http://127.0.0.1:{server.port}",
        "Content-Type": "application/json",
    }
    text = None if body is None else json.dumps(body)
    connection.request(method, path, text, {k: v for k, v in {**usual, **headers}.items() if v})
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, content


def test_the_server_keeps_decisions_of_its_own_page_alone(served, found, cohort):
    hip = found.hips[0]
    body = {
        "case": hip.case, "side": hip.side, "reader": "AB", "kind": "accept", "outline": hip.outline,
        "time": "1999-01-01T00:00:00Z", "comment": "",
    }  # fmt: skip
    status, page = ask(served, "GET", f"/?token={served.token}")
    assert (status, "connect-src 'self'" in html.unescape(page)) == (200, True)
    refused = (
        ask(served, "GET", "/?token=other"),
        ask(served, "POST", "/decide", body, **{"X-ONFH-Token": "other"}),
        ask(served, "POST", "/decide", body, Origin="http://example.org"),
        ask(served, "POST", "/decide", body, Origin=""),
        ask(served, "POST", "/decide", body, Host=f"example.org:{served.port}"),
    )
    assert [status for status, _text in refused] == [403] * 5
    assert ask(served, "POST", "/decide", body, **{"Content-Type": "text/plain"})[0] == 415
    assert ask(served, "POST", "/decide", body | {"comment": "x" * 40000})[0] == 413
    assert ask(served, "POST", "/decide", body | {"outline": "other"})[0] == 409
    assert ask(served, "POST", "/decide", body | {"case": "none"})[0] == 409
    assert ask(served, "POST", "/decide", body | {"kind": "corrected"})[0] == 409
    assert ReviewState(cohort).rows() == []
    assert ask(served, "POST", "/decide", body)[0] == 200
    (row,) = ReviewState(cohort).rows()
    assert (row.case, row.kind) == (hip.case, "accept")
    assert not row.time.startswith("1999")  # the clock of the server counts
    other = json.loads(ask(served, "GET", "/state?reader=CD")[1])
    assert [one["reader"] for one in other["others"]] == ["AB"]
    ReviewState(cohort).set_blind(True)
    assert json.loads(ask(served, "GET", "/state?reader=CD")[1])["others"] == []
