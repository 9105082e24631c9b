"""Pictures of README and tutorial in the real 3D Slicer: the sample patient by clicks, a screenshot a step.

Slicer --additional-module-paths ONFHAssist --python-script tools/slicer_pictures.py

The pictures go to ``Docs/pictures`` as ``slicer-*``, or to the folder that ``ONFH_PICTURES`` names; the report of the
patient to ``ONFH_REPORT`` where that is given. Slicer ends itself when it is done.
"""

import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

import qt
import slicer

OUT = Path(os.environ.get("ONFH_PICTURES") or Path(__file__).resolve().parent.parent / "Docs" / "pictures")
REPORT = os.environ.get("ONFH_REPORT")
SIZE = (1600, 1000)
SHOWN_WIDTH = 1200
QUALITY = 78
LONGEST_S = 1500


def events(seconds):
    """Let the application do its work for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        slicer.app.processEvents()
        time.sleep(0.01)


def shot(name):
    """The main window as a WebP, half as large as a JPEG; that of the Extensions Manager as a JPEG."""
    from PIL import Image

    events(0.5)
    slicer.util.forceRenderAllViews()
    events(0.5)
    picture = slicer.util.mainWindow().grab()
    picture = picture.scaledToWidth(SHOWN_WIDTH, qt.Qt.SmoothTransformation)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "window.png"
        picture.save(str(plain), "PNG")
        path = OUT / f"slicer-{name}{'.jpg' if name == 'home' else '.webp'}"
        Image.open(plain).convert("RGB").save(path, quality=QUALITY)
    print(f"{path.name}: {path.stat().st_size // 1000} kB", flush=True)


def panel(name):
    """Open a module; returns its Python widget."""
    slicer.util.selectModule(name)
    events(0.5)
    return getattr(slicer.modules, f"{name}Widget")


def plain_3d():
    """The 3D view without its frame and letters."""
    for view in slicer.util.getNodesByClass("vtkMRMLViewNode"):
        view.SetBoxVisible(False)
        view.SetAxisLabelsVisible(False)


def follow(home, link, name):
    """Click a number of the glance and take a picture."""
    home.ui.glanceLabel.linkActivated(link)
    events(0.3)
    plain_3d()
    shot(name)


def walk():
    """The tutorial."""
    from ONFHAssistLib.scene.sample_data import load_sample

    window = slicer.util.mainWindow()
    window.showNormal()
    window.resize(*SIZE)
    slicer.app.layoutManager().setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutFourUpView)
    home = panel("ONFHAssist")
    shot("empty")
    volume = load_sample("ONFHRightStage2")[0]
    home.ui.volumeSelector.setCurrentNode(volume)
    began = time.monotonic()
    home.ui.runAllButton.click()
    while home.run.running and "features" not in home.ui.statusLabel.text:
        events(0.05)
    shot("running")
    while home.run.running and time.monotonic() - began < LONGEST_S:
        events(0.05)
    print(f"Run all: {time.monotonic() - began:.0f} s. {home.ui.statusLabel.text}", flush=True)
    print(home.ui.notesLabel.text, flush=True)
    print(home.ui.glanceLabel.text, flush=True)
    follow(home, "stage:R", "home")
    follow(home, "measurements:R", "outlines")
    follow(home, "survival:R", "survival-chart")
    follow(home, "prediction:R", "contributions")
    follow(home, "table-measurements:R", "table")
    if REPORT:
        for suffix in (".html", ".pdf"):
            home.ui.reportEdit.currentPath = str(Path(REPORT).with_suffix(suffix))
            home.ui.reportButton.click()
            print(home.ui.statusLabel.text, flush=True)
    home.ui.glanceLabel.linkActivated("stage:R")
    plain_3d()
    for name in ("ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival"):
        panel(name)
        events(0.5)
        shot(name.lower())


def main():
    """Walk, and end Slicer with 0 where nothing failed."""
    code = 1
    try:
        walk()
        code = 0
    except Exception:  # noqa: BLE001 - whatever it is: Slicer has to end
        traceback.print_exc()
    sys.stdout.flush()
    slicer.util.exit(code)


# With --testing Slicer ends as soon as the script was read, unless it is told not to.
slicer.app.commandOptions().runPythonAndExit = False
qt.QTimer.singleShot(500, main)
