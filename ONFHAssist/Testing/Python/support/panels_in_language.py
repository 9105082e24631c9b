"""All panels in one language, measured in a process of its own: ``python -m support.panels_in_language LANGUAGE``.

Qt asks for a translation when a panel is made, and the tests' process has made its panels in English. Prints one JSON
object: for each panel and window what text is cut off, and every text that it shows, tool tips among them.
"""

import json
import sys
import time
from pathlib import Path

SIZES = {"1600 x 1000": (470, 673), "1280 x 720": (470, 393)}  # as in test_panel_room.py
NAMES = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival", "ONFHCohort")
SHOWN = ("text", "title", "toolTip", "placeholderText", "suffix", "specialValueText", "noneDisplay")


def start(language):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Headless"))
    import headless

    app = headless.start()
    app.userSettings().setValue("language", language)
    headless.load_modules(Path(__file__).resolve().parents[3])
    return app


def turn(app, seconds=0.45):
    """Let the panel look after its texts: its timer beats five times a second."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()


def texts_of(widget):
    """Every text of a panel's widgets, those of Slicer's own editor left out."""
    import qt
    import slicer

    editor = slicer.qMRMLSegmentEditorWidget
    found = set()
    for child in widget.parent.findChildren(qt.QWidget):
        above, parent = [], child
        while parent is not None:
            above.append(parent)
            parent = parent.parentWidget()
        if any(isinstance(one, editor) for one in above):
            continue
        for name in SHOWN:
            value = getattr(child, name, "")
            if isinstance(value, str) and value.strip():
                found.add(value)
        if isinstance(child, qt.QComboBox):
            found.update(child.itemText(i) for i in range(child.count))
    return sorted(found)


def main(language):
    app = start(language)
    import ctk
    import headless
    import slicer
    from support.run_all_worker import Worker, pelvis
    from support.waiting import press

    from ONFHAssistLib.scene.volumes import volume_from_image

    worker = Worker()
    volume_from_image(pelvis(worker.sides)[0], "MRI")
    slicer.util.selectModule("ONFHAssist")
    home = slicer.modules.ONFHAssistWidget
    home.run.runner = worker
    press(home, home.ui.runAllButton)
    said = {"titles": [getattr(slicer.modules, name.lower()).title for name in NAMES], "cut": [], "texts": {}}
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    for name in NAMES:
        slicer.util.selectModule(name)
        widget = getattr(slicer.modules, f"{name}Widget")
        for section in widget.parent.findChildren(ctk.ctkCollapsibleButton):
            section.collapsed = False
        for size, pixels in SIZES.items():
            headless.resize_panel(*pixels)
            turn(app)
            said["cut"] += [[name, size, one.name, one.text[:40]] for one in headless.clipped()]
        said["texts"][name] = texts_of(widget)
        if folder is not None:
            headless.resize_panel(470, 2400)
            turn(app)
            headless.grab(widget, str(folder / f"{name}.png"))
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1])
