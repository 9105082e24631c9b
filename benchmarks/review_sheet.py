"""The contact sheet of 500 hips: its size, the time in which Chromium opens it, and ten decisions by keyboard.

Run ``.venv/bin/python benchmarks/review_sheet.py --patients DIR --work DIR``; ``--patients`` is the folder that
``benchmarks/segmentation.py --work`` fills (``patient_*`` with image and truth). Eight of its patients are made cases
with their true outlines and drawn; the sheet repeats them as cases of other keys until it has 500 hips. Every picture is
in the page and decoded by itself; only the drawing is spared. Needs Chromium.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path += [str(ROOT / "ONFHAssist"), str(ROOT / "ONFHAssist" / "Testing" / "Python")]

from support.chromium import Chromium  # noqa: E402
from support.review_cohort import write_case  # noqa: E402

from ONFHAssistLib.cohort.review.folder import open_folder  # noqa: E402
from ONFHAssistLib.cohort.review.server import ReviewServer  # noqa: E402
from ONFHAssistLib.cohort.review.sheet import write_sheet  # noqa: E402
from ONFHAssistLib.cohort.review.state import ReviewState  # noqa: E402
from ONFHAssistLib.cohort.review.worklist import Worklist, worklist  # noqa: E402
from ONFHAssistLib.imaging.files import read_image, read_mask  # noqa: E402

HIPS, DISTINCT, TRIES = 500, 8, 3


def make(patients: Path, folder: Path) -> None:
    """The cases that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cohort.json").write_text(json.dumps({"settings": {"find_edges": False}}))
    for patient in sorted(patients.glob("patient_*"))[:DISTINCT]:
        if not (folder / "cases" / patient.name / "case.json").exists():
            image = read_image(patient / "image.nii.gz")
            write_case(folder, patient.name, image, read_mask(patient / "truth.nii.gz", grid=image))


def repeated(found: Worklist, count: int) -> Worklist:
    """The same hips as cases of other keys, until there are ``count``."""
    hips = []
    for number in range(count):
        hip, turn = found.hips[number % len(found.hips)], number // len(found.hips)
        hips.append(replace(hip, case=f"{hip.case}-{turn:02d}", doubt=replace(hip.doubt, rank=number + 1)))
    return replace(found, hips=tuple(hips))


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--patients", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--hips", type=int, default=HIPS)
    parser.add_argument("--picture", type=Path, help="of the page's beginning, as PNG")
    given = parser.parse_args()
    folder = given.work / "cohort"
    make(given.patients, folder)
    cohort = open_folder(folder)
    begun = time.process_time()
    few = worklist(cohort, pictures=True)
    drawn = (time.process_time() - begun) / max(1, len(few.hips))
    found = repeated(few, given.hips)
    begun = time.process_time()
    path = write_sheet(found, f"{given.hips} hips", given.work / "sheet.html")
    size = path.stat().st_size
    print(
        f"{len(found.hips)} hips, {size / 1e6:.1f} MB ({size / len(found.hips) / 1e3:.1f} kB a hip); processor time: "
        f"{drawn:.2f} s a hip to look and draw (0 where kept), {time.process_time() - begun:.1f} s to write",
        flush=True,
    )
    with Chromium() as browser:
        for attempt in range(TRIES):
            spent = processor_seconds(browser)
            browser.open(path.absolute().as_uri())
            spent = processor_seconds(browser) - spent
            paint, read, loaded = browser.run(
                "(() => { const n = performance.getEntriesByType('navigation')[0]; const p = "
                "performance.getEntriesByName('first-contentful-paint')[0]; return [p ? p.startTime : NaN, "
                "n.domInteractive, n.loadEventEnd].map((t) => t / 1000); })()"
            )
            print(
                f"opened, {attempt + 1}: first paint {paint or 0:.2f} s, read {read:.2f} s, loaded {loaded:.2f} s, "
                f"{spent:.2f} s of processor time in all its processes",
                flush=True,
            )
        if given.picture:
            browser.picture(given.picture)
        decide(browser, ReviewServer(cohort, found), folder)


def processor_seconds(browser: Chromium) -> float:
    """Of the browser and its processes, so far."""
    import psutil

    whole = psutil.Process(browser.process_id)
    return sum(sum(one.cpu_times()[:2]) for one in [whole, *whole.children(recursive=True)])


def decide(browser: Chromium, server: ReviewServer, folder: Path) -> None:
    """Ten decisions by keyboard on the served sheet, each written into the database."""
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        browser.open(server.address)
        before = len(ReviewState(folder).rows())
        browser.run("document.getElementById('reader').focus()")
        browser.write("AB")
        browser.press("Enter")
        begun = time.perf_counter()
        browser.press(*"aaraaaraaa")
        pressed = time.perf_counter() - begun
        while len(ReviewState(folder).rows()) < before + 10:
            time.sleep(0.02)
        kept = time.perf_counter() - begun
        print(
            f"ten decisions by keyboard: pressed in {pressed:.2f} s, all in the database after {kept:.2f} s"
        )
        print(f"what the browser complains of: {browser.complaints() or 'nothing'}")
    finally:
        server.close()
        thread.join(10)


if __name__ == "__main__":
    main()
