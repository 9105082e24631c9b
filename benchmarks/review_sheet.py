"""The contact sheet of 500 hips: its size, the time in which Chromium opens it, and ten decisions by keyboard.

Run ``.venv/bin/python benchmarks/review_sheet.py --work DIR`` (about 10 minutes the first time, then 2). 250 cases are
made from six simulated patients in different contrasts, each with noise and a small shift of its own; their outlines
are the simulator's. Needs Chromium.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path += [str(ROOT / "ONFHAssist"), str(ROOT / "ONFHAssist" / "Testing" / "Python")]

from support.chromium import Chromium  # noqa: E402
from support.review_cohort import write_case  # noqa: E402

from ONFHAssistLab.simulate.acquisition.mri import acquire, truth_labels  # noqa: E402
from ONFHAssistLab.simulate.acquisition.protocols import get_protocol  # noqa: E402
from ONFHAssistLab.simulate.cohort import build_planned  # noqa: E402
from ONFHAssistLab.simulate.plans import plan_case  # noqa: E402
from ONFHAssistLib.cohort.review.folder import open_folder  # noqa: E402
from ONFHAssistLib.cohort.review.server import ReviewServer  # noqa: E402
from ONFHAssistLib.cohort.review.sheet import write_sheet  # noqa: E402
from ONFHAssistLib.cohort.review.state import ReviewState  # noqa: E402
from ONFHAssistLib.cohort.review.worklist import worklist  # noqa: E402

CASES, PATIENTS, SEED = 250, 6, 19
TRIES = 3


def make(folder: Path, cases: int) -> None:
    """The cohort, where it is not there yet."""
    done = len(list((folder / "cases").glob("*/case.json"))) if folder.exists() else 0
    if done >= cases:
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cohort.json").write_text(json.dumps({"settings": {"find_edges": False}}))
    pairs = []
    for number in range(PATIENTS):
        plan = plan_case("dlr", number, PATIENTS, SEED)
        patient = build_planned(plan, "dlr", SEED)
        image = acquire(patient, get_protocol(list(plan.images.values())[number % len(plan.images)]), number)
        pairs.append((image, truth_labels(patient, image)))
    for number in range(done, cases):
        rng = np.random.default_rng(number)
        image, labels = pairs[number % PATIENTS]
        grey = image.array.astype(np.float32)
        noisy = grey + rng.normal(0, 0.02 * float(np.percentile(grey, 99)), grey.shape).astype(np.float32)
        moved = replace(image, array=noisy, origin=tuple(np.asarray(image.origin) + rng.normal(0, 2, 3)))
        write_case(folder, f"case-{number:03d}", moved, moved.like(labels.array))


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--picture", type=Path)
    given = parser.parse_args()
    folder = given.work / "cohort"
    make(folder, given.cases)
    begun, cpu = time.perf_counter(), time.process_time()
    cohort = open_folder(folder)
    found = worklist(cohort, pictures=True)
    path = write_sheet(found, "500 hips", given.work / "sheet.html")
    spent = time.perf_counter() - begun, time.process_time() - cpu
    size = path.stat().st_size
    print(f"{len(found.hips)} hips, {size / 1e6:.1f} MB ({size / len(found.hips) / 1e3:.1f} kB a hip); made in "
          f"{spent[0]:.1f} s by the clock, {spent[1]:.1f} s of processor time")  # fmt: skip
    with Chromium() as browser:
        for attempt in range(TRIES):
            browser.open(path.absolute().as_uri())
            times = browser.run(
                "(() => { const n = performance.getEntriesByType('navigation')[0]; const p = "
                "performance.getEntriesByName('first-contentful-paint')[0]; return [p ? p.startTime : NaN, "
                "n.domInteractive, n.loadEventEnd]; })()"
            )
            print(f"opened {attempt + 1}: first picture {times[0] / 1e3:.2f} s, page read {times[1] / 1e3:.2f} s, all "
                  f"loaded {times[2] / 1e3:.2f} s")  # fmt: skip
        if given.picture:
            browser.picture(given.picture)
        decide(browser, ReviewServer(cohort, found), folder)


def decide(browser: Chromium, server: ReviewServer, folder: Path) -> None:
    """Ten decisions by keyboard on the served sheet, each written into the database."""
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        browser.open(server.address)
        before = len(ReviewState(folder).rows())
        browser.run("document.getElementById('reader').focus()")
        browser.run("document.getElementById('reader').value = ''")
        browser.write("AB")
        browser.press("Enter")
        begun = time.perf_counter()
        browser.press(*"aaraaaraaa")
        while len(ReviewState(folder).rows()) < before + 10:
            time.sleep(0.02)
        print(f"ten decisions by keyboard, all in the database after {time.perf_counter() - begun:.2f} s")
        print(f"the browser complains of nothing: {browser.complaints() == []}")
    finally:
        server.close()
        thread.join(10)


if __name__ == "__main__":
    main()
