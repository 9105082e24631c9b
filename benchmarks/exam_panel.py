"""*Run all* on the series of an examination in the home panel, with the real worker: how long the window is ever away.

    python benchmarks/exam_panel.py STUDY [--turns 2]

STUDY is a folder with a folder of DICOM files for each series, as ``onfh simulate --exam`` makes it. Runs in the headless
stand-in of Slicer; by processor time of the window's thread, and by the clock.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "ONFHAssist" / "Testing" / one) for one in ("Headless", "Python")]
sys.path.insert(0, str(ROOT / "ONFHAssist"))

LONGEST = 3  # blocks that are shown
LIMIT_S = 600.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("study", type=Path)
    parser.add_argument("--turns", type=int, default=2)
    asked = parser.parse_args()

    import headless

    headless.start()
    headless.load_modules(ROOT / "ONFHAssist")
    import slicer
    from support.waiting import HeartBeat

    from ONFHAssistLib.core.errors import InputError
    from ONFHAssistLib.imaging.files import read_image
    from ONFHAssistLib.scene.volumes import volume_from_image

    volumes = []
    for folder in sorted(one for one in asked.study.iterdir() if one.is_dir()):
        try:
            image = read_image(folder)
        except InputError as error:
            print(f"left out: {str(error)[:100]}")
            continue
        volumes.append(volume_from_image(image, image.metadata.get("series_description") or folder.name))
    slicer.modules.onfhassist.widgetRepresentation()
    widget = slicer.modules.ONFHAssistWidget
    widget.enter()
    widget.ui.volumeSelector.setCurrentNode(volumes[0])
    end = time.monotonic() + LIMIT_S
    while widget.ui.seriesTable.rowCount < len(volumes) and time.monotonic() < end:
        slicer.app.processEvents()
    for turn in range(asked.turns):
        widget.ui.examCheckBox.checked = True
        beats, begun = HeartBeat(), time.perf_counter()
        beats.see = lambda: widget.ui.statusLabel.text
        with beats:
            widget.ui.runAllButton.click()
            while widget.run.running and time.monotonic() < end:
                slicer.app.processEvents()
                time.sleep(0.001)
        seconds = time.perf_counter() - begun
        print(f"turn {turn + 1}: {len(volumes)} series, {seconds:.1f} s; longest blocks:")
        seen = sorted(zip(beats.blocks, beats.saw, strict=False), reverse=True)[:LONGEST]
        for (processor, clock), text in seen:
            print(f"  {1e3 * processor:.0f} ms of processor time, {1e3 * clock:.0f} ms by the clock ({text})")
    print(widget.ui.statusLabel.text)


if __name__ == "__main__":
    main()
