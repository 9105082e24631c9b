"""A picture of every panel, empty and with a case; nothing on it is cut off.

``ONFH_PANEL_PICTURES=DIR`` keeps the pictures there, for somebody to look at.
"""

import os
from pathlib import Path

import pytest
from support.run_all_worker import Worker
from support.waiting import press

NAMES = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival", "ONFHCohort")
WIDTH = 560  # as wide as Slicer opens its module panel on a common screen


def clipped(panel):
    """Buttons, boxes and one-line labels that have less room than their text needs, and texts cut off below."""
    import qt

    found = []
    for kind in (qt.QPushButton, qt.QCheckBox, qt.QLabel):
        for child in panel.findChildren(kind):
            if not child.isVisible() or not child.text or child.objectName.startswith("qt_"):
                continue
            hint = child.sizeHint() if callable(child.sizeHint) else child.sizeHint
            size = child.size() if callable(child.size) else child.size
            wraps = kind is qt.QLabel and child.wordWrap
            if not wraps and size.width() < hint.width():
                found.append(f"{child.objectName}: '{child.text}' needs {hint.width()}, has {size.width()}")
            if wraps and size.height() < child.heightForWidth(size.width()) - 2:
                found.append(f"{child.objectName}: '{child.text[:40]} ...' is cut off below")
    return found


@pytest.mark.parametrize("case", [False, True], ids=["empty", "with a case"])
def test_every_panel_fits_and_is_pictured(home, panel, tmp_path, case):
    import headless
    import qt
    import slicer

    folder = Path(os.environ.get("ONFH_PANEL_PICTURES") or tmp_path)
    if case:
        widget = home(Worker(warnings=["The left hip holds metal and was left out."]))
        press(widget, widget.ui.runAllButton)
    for name in NAMES:
        shown = panel(name)
        path = headless.grab(shown, folder / f"{name}{'-case' if case else ''}.png", width=WIDTH)
        slicer.app.processEvents()
        picture = qt.QImage(str(path))
        assert picture.width() <= WIDTH, f"{name} needs {picture.width()} pixels"
        assert picture.height() > 300
        assert clipped(shown.parent) == [], name


def test_after_run_all_every_step_shows_its_results(home, panel):
    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    segment, extract, predict = (panel(name) for name in NAMES[1:4])
    for shown in (segment, extract, predict):
        assert shown.parameters.segmentation is widget.parameters.segmentation
    roles = {
        segment.ui.measurementsView: "measurements",
        predict.ui.predictionView: "prediction",
        predict.ui.stageView: "stage",
    }
    assert extract.ui.featureView.mrmlTableNode().GetAttribute("ONFHAssist.role") == "radiomics"
    assert extract.ui.classCombo.count == 3  # all, firstorder, glcm
    for view, role in roles.items():
        assert view.mrmlTableNode().GetAttribute("ONFHAssist.role") == role
