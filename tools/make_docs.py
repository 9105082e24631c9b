"""Make the pictures of Docs from the real panels, views and report, off screen: ``make docs``.

The sample patient is opened and worked up by the buttons of the panels, with the real worker and networks, in the
headless application of ``ONFHAssist/Testing/Headless``. The pictures go to ``Docs/pictures``.
"""

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "ONFHAssist"
PICTURES = ROOT / "Docs" / "pictures"
SAMPLE = "ONFHRightStage2"
EXAMINATION = "ONFHExamination"
FILM = "ONFHRadiograph"
WIDTH = 520  # of a panel
LONGEST_S = 900
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(MODULES / "Testing" / "Headless"), str(MODULES)]


def start():
    """The headless application with the five modules and the samples."""
    import headless

    headless.start()
    headless.load_modules(MODULES)
    from ONFHAssistLib.scene.sample_data import register_sample_data

    register_sample_data()


def panel(name):
    """Open a module as a click on its name does; returns its Python widget."""
    import slicer

    slicer.util.selectModule(name)
    getattr(slicer.modules, name.lower()).widgetRepresentation()
    widget = getattr(slicer.modules, f"{name}Widget")
    widget.enter()
    slicer.app.processEvents()
    return widget


def wait(running):
    """Let the events run until ``running()`` is false."""
    import slicer

    end = time.monotonic() + LONGEST_S
    while running():
        if time.monotonic() > end:
            sys.exit("A step did not end; see the log of the worker.")
        slicer.app.processEvents()
        time.sleep(0.02)


def save(source, name):
    """Write a picture (a file or a PIL image) to Docs/pictures: panels as PNG of few colours, images as JPEG."""
    from PIL import Image

    picture = (source if isinstance(source, Image.Image) else Image.open(source)).convert("RGB")
    PICTURES.mkdir(parents=True, exist_ok=True)
    if name.endswith(".png"):
        picture = picture.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        picture.save(PICTURES / name, optimize=True)
    else:
        picture.save(PICTURES / name, quality=88, optimize=True)
    print(f"{name}: {(PICTURES / name).stat().st_size / 1000:.0f} kB", flush=True)


def trimmed(path, margin=14):
    """A picture of a panel without the empty rows below its last widget."""
    from PIL import Image, ImageChops

    picture = Image.open(path).convert("RGB")
    ground = Image.new("RGB", picture.size, picture.getpixel((2, picture.height - 2)))
    box = ImageChops.difference(picture, ground).getbbox()
    return picture.crop((0, 0, picture.width, min(picture.height, box[3] + margin)))


def shot(widget, name, folder, groups=None):
    """A picture of a panel with only ``groups`` (object names of collapsible buttons) open; all where not given."""
    import ctk
    import headless

    if groups is not None:
        for button in widget.parent.findChildren(ctk.ctkCollapsibleButton):
            button.collapsed = button.objectName not in groups
    save(trimmed(headless.grab(widget, folder / name, WIDTH)), name)


def beside(paths, gap=6, height=None):
    """Pictures in a row on white, scaled to one height."""
    from PIL import Image

    pictures = [p if isinstance(p, Image.Image) else Image.open(p).convert("RGB") for p in paths]
    height = height or min(p.height for p in pictures)
    pictures = [p.resize((round(p.width * height / p.height), height), Image.LANCZOS) for p in pictures]
    row = Image.new("RGB", (sum(p.width for p in pictures) + gap * (len(pictures) - 1), height), "white")
    x = 0
    for picture in pictures:
        row.paste(picture, (x, 0))
        x += picture.width + gap
    return row


def home(folder):
    """The home panel: this computer, then *Run all* on one series; returns the widget."""
    from ONFHAssistLib.scene.sample_data import load_sample

    widget = panel("ONFHAssist")
    computer(widget, folder)
    volume, _t1 = load_sample(SAMPLE)
    widget.ui.volumeSelector.setCurrentNode(volume)
    widget.ui.runAllButton.click()
    wait(lambda: widget.run.running)
    return widget


def computer(widget, folder):
    """What the panel finds out about this computer."""
    widget.ui.checkButton.click()
    wait(lambda: not widget.ui.computerLabel.text or widget.ui.computerLabel.text.startswith("Looking"))
    shot(widget, "home-computer.png", folder, {"computerGroup"})


def views(widget, folder):
    """Slices with outlines and with heat, as the links of the home panel show them."""
    import headless
    import slicer

    from ONFHAssistLib.scene.results.heatmaps import show_heat

    volume, segmentation = widget.parameters.volume, widget.parameters.segmentation
    widget.ui.glanceLabel.linkActivated.emit("measurements:R")
    segmentation.GetDisplayNode().SetVisibility2DFill(False)
    segmentation.GetDisplayNode().SetSliceIntersectionThickness(3)
    head = head_of("R")
    middle = [0.5 * (a + b) for a, b in zip(head, head_of("L"), strict=True)]
    window(volume, widget)

    def slices(field, size, **names):
        return [
            headless.grab_slice_view(
                folder / f"{name}.png", plane, point=point, field_of_view=field, size=size
            )
            for name, (plane, point) in names.items()
        ]

    hide_markups()
    near = {"c": ("Coronal", head), "a": ("Axial", head), "s": ("Sagittal", head)}
    save(beside(slices(110.0, (420, 420), **near)), "outlines.jpg")
    heat = next(
        n for n in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if n.GetName() == "Heatmap R and L"
    )
    show_heat(volume, heat)
    (wide,) = slices(420.0, (900, 520), w=("Coronal", middle))
    save(wide, "heatmap.jpg")
    show_heat(volume, None)


def mri():
    """The image that the home panel shows."""
    import slicer

    return slicer.modules.ONFHAssistWidget.parameters.volume


def head_of(side):
    """Centre of a head in RAS mm, from its box."""
    from ONFHAssistLib.scene.images.ownership import find_node

    return list(find_node("vtkMRMLMarkupsROINode", "head box", mri(), side).GetCenter())


def window(volume, widget):
    """Grey values by what lies around the heads."""
    from ONFHAssistLib.report.case_pictures import window_of
    from ONFHAssistLib.scene.exchange import case_images

    image, labels = case_images(volume, widget.parameters.segmentation)
    display = volume.GetDisplayNode()
    display.SetAutoWindowLevel(False)
    display.SetWindowLevelMinMax(*window_of(image, labels, ["R", "L"]))


def hide_markups():
    """No boxes and arcs in the way of the 3D view."""
    import slicer

    for kind in ("vtkMRMLMarkupsROINode", "vtkMRMLMarkupsAngleNode"):
        for node in slicer.util.getNodesByClass(kind):
            node.GetDisplayNode().SetVisibility(False)


def charts():
    """The chart that the link of the probability opens."""
    import headless

    from ONFHAssistLib.scene.images.ownership import find_node

    node = find_node("vtkMRMLPlotChartNode", "contribution chart", mri(), "R")
    save(headless.grab_plot(PICTURES / "contributions.png", node, size=(760, 460)), "contributions.png")


def report(widget, folder):
    """The report by its button, and its first page as a picture."""
    import qt
    from PIL import Image

    widget.ui.reportEdit.currentPath = str(folder / "case.html")
    widget.ui.reportButton.click()
    from ONFHAssistLib.report.case_page import render
    from ONFHAssistLib.scene.report.case_report import case_page

    parameters = widget.parameters
    document = qt.QTextDocument()
    document.setHtml(render(case_page(parameters.volume, parameters.segmentation, folder), "print.html"))
    document.setPageSize(qt.QSizeF(642.0, 971.0))  # A4 less 2 cm a side, in pixels of 1/96 inch
    image = qt.QImage(1588, 2246, qt.QImage.Format.Format_RGB32)
    image.fill(qt.Qt.white)
    painter = qt.QPainter(image)
    painter.scale(2.0, 2.0)
    painter.translate(76.0, 76.0)
    document.drawContents(painter, qt.QRectF(0.0, 0.0, 642.0, 971.0))
    painter.end()
    image.save(str(folder / "report.png"))
    save(Image.open(folder / "report.png").resize((953, 1348), Image.LANCZOS), "report.jpg")


def steps(home_widget, folder):
    """Each module's panel with the sample patient's results, by its own buttons."""
    chosen = home_widget.parameters
    volume, segmentation = chosen.volume, chosen.segmentation

    segment = panel("ONFHSegment")
    segment.ui.volumeSelector.setCurrentNode(volume)
    segment.ui.segmentationSelector.setCurrentNode(segmentation)
    segment.ui.measureButton.click()
    wait(lambda: segment.measurements.job.running)
    shot(segment, "onfhsegment.png", folder, {"inputGroup", "findGroup", "measureGroup"})

    extract = panel("ONFHExtract")
    extract.ui.volumeSelector.setCurrentNode(volume)
    extract.ui.segmentationSelector.setCurrentNode(segmentation)
    extract.ui.applyButton.click()
    wait(lambda: extract.job.running)
    extract.ui.filterEdit.text = "original"
    shot(extract, "onfhextract.png", folder)

    predict = panel("ONFHPredict")
    predict.ui.volumeSelector.setCurrentNode(volume)
    predict.ui.segmentationSelector.setCurrentNode(segmentation)
    predict.ui.bundleCombo.currentIndex = predict.ui.bundleCombo.findText("dlr-mri")
    predict.ui.stageButton.click()
    wait(lambda: predict.staging.job.running)
    predict.ui.applyButton.click()
    wait(lambda: predict.job.running)
    groups = {"inputGroup", "stageGroup", "resultGroup", "contributionGroup"}
    shot(predict, "onfhpredict.png", folder, groups)
    shot(predict, "onfhpredict-develop.png", folder, {"developGroup"})

    survival = panel("ONFHSurvival")
    survival.ui.volumeSelector.setCurrentNode(volume)
    survival.ui.measurementsButton.click()
    survival.ui.oedemaCheckBox.checked = True
    survival.ui.applyButton.click()
    wait_for_picture()
    shot(survival, "survival_panel.png", folder, {"inputGroup", "resultGroup", "nomogramGroup"})


def examination(folder):
    """The sample examination by the same button: the panel, its table of series, the report, and how it hangs."""
    import headless
    import slicer

    from ONFHAssistLib.scene.examination.hanging import FIRST, SECOND, THIRD
    from ONFHAssistLib.scene.sample_data import load_sample

    slicer.mrmlScene.Clear(0)
    widget = panel("ONFHAssist")
    widget.ui.volumeSelector.setCurrentNode(load_sample(EXAMINATION)[0])
    widget.ui.examCheckBox.checked = True
    widget.ui.runAllButton.click()
    wait(lambda: widget.run.running)
    shot(widget, "home.png", folder, {"caseGroup", "glanceGroup"})
    shot(widget, "examination.png", folder, {"seriesGroup"})
    report(widget, folder)
    layout = slicer.app.layoutManager()
    for view in (FIRST, SECOND, THIRD):
        layout.sliceWidget(view).resize(420, 420)
    widget.ui.glanceLabel.linkActivated.emit("measurements:R")
    hide_markups()
    save(
        beside([headless.grab_view(folder / f"{view}.png", view) for view in (FIRST, SECOND, THIRD)]),
        "hanging.jpg",
    )


def wait_for_picture(seconds=1.5):
    """The nomogram is drawn a moment after the last change."""
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() < end)


def main():
    """Write every picture; ``--keep FOLDER`` keeps the report and the scene."""
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="folder for the report and the scene of the sample patient")
    keep = parser.parse_args().keep
    start()
    import slicer

    from ONFHAssistLib.ui.jobs import JobRunner

    with tempfile.TemporaryDirectory(prefix="onfh-docs-") as name:
        folder = Path(name) if keep is None else keep
        folder.mkdir(parents=True, exist_ok=True)
        try:
            widget = home(folder)
            views(widget, folder)
            charts()
            if keep is not None:
                slicer.util.saveScene(str(folder / "case.mrb"))
            steps(widget, folder)
            examination(folder)
        finally:
            JobRunner.shared().shutdown()


if __name__ == "__main__":
    main()
