"""The stations of the walk, in order. Each begins in an empty scene; its docstring is what it asks."""

import os
import tempfile
from pathlib import Path

import slicer
import vtk
from walking import LARGE, LONGEST_S, MODULES, SMALL, NotHereError, plain, scene_names

OUTDATED = "outdated"


def _sample(name="ONFHRightStage2"):
    from ONFHAssistLib.scene.sample_data import load_sample

    return load_sample(name)


def _home(walk, volume=None):
    home = walk.open("ONFHAssist")
    if volume is not None:
        home.ui.volumeSelector.setCurrentNode(volume)
        walk.events(0.3)
    return home


def _run(walk, home):
    """Press *Run all* and wait; fails with what the status says where there is no answer."""
    home.ui.runAllButton.click()
    walk.until(lambda: not home.run.running, "Run all")
    assert "href" in home.ui.glanceLabel.text, f"no answer: {home.ui.statusLabel.text}"
    return plain(home.ui.glanceLabel.text)


def _answered(walk, name="ONFHRightStage2"):
    volume = _sample(name)[0]
    home = _home(walk, volume)
    return home, volume, _run(walk, home)


def empty_panels(walk):
    """Six panels without a patient, in both window sizes: no text is cut."""
    for size in (LARGE, SMALL):
        walk.size(size)
        for module in MODULES:
            panel = walk.open(module)
            cut = walk.cut_texts(panel)
            walk.picture(f"{module}-{size[0]}")
            assert not cut, f"{module} at {size[0]} x {size[1]}: {'; '.join(cut)}"


def self_tests(walk):
    """The self-test of each module, as *Reload and Test* runs it."""
    import importlib

    for module in MODULES:
        case = getattr(importlib.import_module(module), f"{module}Test")()
        case.messageDelay = 1
        case.runTest()
        walk.note(f"{module} passed")


def run_all(walk):
    """*Run all* by clicks: both hips, the buttons and the folded warnings are in view at 1280 x 720 and 1600 x 1000."""
    home, _volume, said = _answered(walk)
    walk.note(said)
    for size in (LARGE, SMALL):
        walk.size(size)
        walk.picture(f"{size[0]}")
        for name in ("glanceLabel", "runAllButton"):
            assert walk.in_view(getattr(home.ui, name)), f"{name} is not in view at {size[0]} x {size[1]}"
        cut = walk.cut_texts(home)
        assert not cut, "; ".join(cut)
    walk.size(LARGE)
    for link in ("stage:R", "measurements:R", "survival:R", "prediction:R", "table-measurements:R"):
        walk.emit(home.ui.glanceLabel.linkActivated, link)
        walk.picture(link.replace(":", "-"))


def step_panels(walk):
    """The four steps' panels and the cohort's after *Run all*: answers in view, no text cut, one width."""
    _answered(walk)
    widths = {}
    for size in (LARGE, SMALL):
        walk.size(size)
        for module in MODULES:
            panel = walk.open(module)
            widths.setdefault(size, []).append(panel.parent.width)
            walk.picture(f"{module}-{size[0]}")
            cut = walk.cut_texts(panel)
            assert not cut, f"{module} at {size[0]} x {size[1]}: {'; '.join(cut)}"
    for size, found in widths.items():
        walk.note(f"widths at {size[0]}: {found}")
        assert max(found) - min(found) <= 2, f"the panel's width jumps between modules: {found}"


def painting(walk):
    """A stroke of *Paint* in the embedded Segment Editor marks that hip's results as outdated; undo takes it back."""
    _home_panel, volume, said = _answered(walk)
    assert OUTDATED not in said
    segment = walk.open("ONFHSegment")
    segment.ui.editGroup.collapsed = False
    walk.events(0.3)
    editor, segmentation = segment.ui.segmentEditor, segment.parameters.segmentation
    head = next(i for i in segmentation.GetSegmentation().GetSegmentIDs() if i == "FemoralHeadR")
    editor.setCurrentSegmentID(head)
    editor.setActiveEffectByName("Paint")
    effect = editor.activeEffect()
    assert effect is not None, "Paint did not start"
    effect.setParameter("BrushSphere", 1)
    effect.setCommonParameter("BrushRelativeDiameter", 10)
    slicer.vtkMRMLSliceNode.JumpAllSlices(
        slicer.mrmlScene,
        *segmentation.GetSegmentCenterRAS(head),
        slicer.vtkMRMLSliceNode.CenteredJumpSlice,
    )
    before = slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, head, volume).sum()
    view = slicer.app.layoutManager().sliceWidget("Green").sliceView()
    x, y = view.width / 2, view.height / 2
    walk.stroke("Green", [(x + step * 10, y + step * 10) for step in range(9)])
    walk.picture("stroke")
    after = slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, head, volume).sum()
    walk.note(f"{before} voxels before the stroke, {after} after")
    assert after > before, "the stroke painted nothing"
    home = walk.open("ONFHAssist")
    assert OUTDATED in plain(home.ui.glanceLabel.text), "painting did not mark the results"
    walk.picture("outdated")
    segment = walk.open("ONFHSegment")
    segment.ui.segmentEditor.undo()
    home = walk.open("ONFHAssist")
    assert OUTDATED not in plain(home.ui.glanceLabel.text), "undo did not take the marks back"
    assert slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, head, volume).sum() == before


def cancel_at_each_step(walk):
    """*Cancel* at every step of *Run all*: the scene is as it was, and the next run answers."""
    volume = _sample()[0]
    home = _home(walk, volume)
    before = scene_names()
    seen = []
    for number in range(8):
        home.ui.runAllButton.click()
        asked = len(seen)
        walk.until(
            lambda: not home.run.running or home.ui.statusLabel.text not in ("", *seen), f"step {number + 1}"
        )
        if not home.run.running:
            break
        seen.append(home.ui.statusLabel.text)
        home.ui.runAllButton.click()
        walk.until(lambda: not home.run.running, "the end after Cancel", 60)
        assert scene_names() == before, f"the scene differs after Cancel at: {seen[asked]}"
    walk.note("cancelled at: " + ", ".join(seen))
    assert len(seen) >= 2, "no two steps were seen"
    slicer.mrmlScene.Clear(0)
    _answered(walk)


def saved_and_opened_again(walk):
    """Saved as .mrb, closed, opened: the same answer, heat, curves and outlines; nothing of it in the closed scene."""
    home, _volume, said = _answered(walk)
    names = scene_names()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Fall 1 股骨头.mrb"
        assert slicer.util.saveScene(str(path)), "the scene was not saved"
        slicer.mrmlScene.Clear(0)
        walk.events(0.5)
        left = plain(home.ui.glanceLabel.text) + home.ui.statusLabel.text + home.ui.notesLabel.text
        assert "ml" not in left, f"the closed scene still says {left}"
        assert slicer.util.loadScene(str(path)), "the scene was not opened"
        walk.events(1.0)
    home = _home(walk)
    walk.picture("opened")
    again = plain(home.ui.glanceLabel.text)
    assert again == said, f"said {said!r}, opened it says {again!r}"
    lost = sorted(set(names) - set(scene_names()))
    assert not lost, f"lost by saving: {lost}"


def scene_closed_while_running(walk):
    """The scene is closed while *Run all* works: it ends, nothing of it comes into the next scene."""
    home = _home(walk, _sample()[0])
    home.ui.runAllButton.click()
    walk.events(3.0)
    assert home.run.running
    slicer.mrmlScene.Clear(0)
    walk.events(1.0)
    assert not home.run.running, "the run goes on without its patient"
    walk.events(8.0)
    assert not slicer.util.getNodesByClass("vtkMRMLSegmentationNode"), "outlines came into the closed scene"
    _answered(walk)


def volume_deleted_while_running(walk):
    """The image is deleted while *Run all* works: it ends with a sentence."""
    volume = _sample()[0]
    home = _home(walk, volume)
    home.ui.runAllButton.click()
    walk.events(3.0)
    slicer.mrmlScene.RemoveNode(volume)
    walk.until(lambda: not home.run.running, "the end of the run", 30)
    walk.note(home.ui.statusLabel.text)
    walk.picture("deleted")
    assert not slicer.util.getNodesByClass("vtkMRMLSegmentationNode")


def module_switched_while_running(walk):
    """Another module is opened while *Run all* works: it goes on, and the answer stands when one comes back."""
    home = _home(walk, _sample()[0])
    home.ui.runAllButton.click()
    walk.events(2.0)
    walk.open("ONFHSurvival")
    walk.open("Data")
    walk.until(lambda: not home.run.running, "Run all")
    home = walk.open("ONFHAssist")
    walk.picture("back")
    assert "href" in home.ui.glanceLabel.text, home.ui.statusLabel.text


def two_patients(walk):
    """A second patient after the first, and both in one scene: each keeps its own answer."""
    home, first, said = _answered(walk)
    second = _sample("ONFHHealthy")[0]
    home.ui.volumeSelector.setCurrentNode(second)
    walk.events(0.5)
    assert "ml" not in plain(home.ui.glanceLabel.text), (
        "the first patient's answer stands beside the second's image"
    )
    other = _run(walk, home)
    walk.picture("second")
    home.ui.volumeSelector.setCurrentNode(first)
    walk.events(0.5)
    assert plain(home.ui.glanceLabel.text) == said, "the first patient's answer changed"
    assert other != said


def renamed_segments(walk):
    """Segments that a user renamed keep their meaning; the answer is not outdated."""
    home, _volume, said = _answered(walk)
    for number, name in enumerate(list(home.parameters.segmentation.GetSegmentation().GetSegmentIDs())):
        home.parameters.segmentation.GetSegmentation().GetSegment(name).SetName(f"Segment {number}")
    home = walk.open("ONFHAssist")
    walk.picture("renamed")
    assert plain(home.ui.glanceLabel.text) == said
    home.ui.redoExtractButton.click()
    walk.until(lambda: not home.run.running, "Redo")
    walk.note(home.ui.statusLabel.text)


def examination(walk):
    """Four series of one examination by *Run all*: one answer, the series in the table, the hanging of the views."""
    home, _volume, said = _answered(walk, "ONFHExamination")
    walk.note(said)
    walk.picture("home")
    assert home.ui.seriesTable.rowCount == 4


def radiograph(walk):
    """A radiograph: the panels say what they can do with it, and survival uses it beside the MRI."""
    picture = _sample("ONFHRadiograph")[0]
    home = _home(walk, picture)
    walk.picture("home")
    assert not home.ui.runAllButton.enabled
    survival = walk.open("ONFHSurvival")
    survival.ui.radiographSelector.setCurrentNode(picture)
    walk.events(0.5)
    walk.picture("survival")


def dicom_browser(walk):
    """A DICOM study through the DICOM module's browser: imported, loaded, recognised as one examination, run."""
    study = os.environ.get("ONFH_WALK_STUDY")
    if not study:
        raise NotHereError("no study given (ONFH_WALK_STUDY)")
    if not hasattr(slicer.modules, "dicom"):
        raise NotHereError("this Slicer has no DICOM module")
    from DICOMLib import DICOMUtils

    with DICOMUtils.TemporaryDICOMDatabase() as database:
        walk.open("DICOM")
        DICOMUtils.importDicom(study, database)
        walk.events(1.0)
        walk.picture("browser")
        for patient in database.patients():
            DICOMUtils.loadPatientByUID(patient)
        walk.events(1.0)
        home = _home(walk)
        walk.note(f"{home.ui.seriesTable.rowCount} series in the table; {home.ui.examCheckBox.text}")
        home.ui.examCheckBox.click()
        walk.note(_run(walk, home))
        walk.picture("answer")


def drilling(walk):
    """Drilling plan: wires in the views and in 3D, dragged out of bone they turn red and say why; undo."""
    _answered(walk)
    segment = walk.open("ONFHSegment")
    segment.ui.drillGroup.collapsed = False
    walk.events(0.3)
    walk.bring(segment.ui.drillGroup)
    segment.ui.drillButton.click()
    walk.until(lambda: not segment.drilling.job.running, "the plan", LONGEST_S)
    walk.note(segment.ui.drillStatusLabel.text or plain(segment.ui.drillLabel.text))
    lines = slicer.util.getNodesByClass("vtkMRMLMarkupsLineNode")
    wires = [line for line in lines if line.GetDisplayVisibility() and "ire" in line.GetName()]
    walk.picture("plan")
    if not wires:
        raise NotHereError("no wire was planned for the sample patient: " + segment.ui.drillStatusLabel.text)
    wire, place = wires[0], [0.0] * 3
    wire.GetNthControlPointPosition(1, place)
    wire.SetNthControlPointPosition(1, vtk.vtkVector3d(place[0], place[1] - 30.0, place[2] + 30.0))
    walk.events(1.0)
    walk.bring(segment.ui.drillLabel)
    walk.picture("dragged")
    walk.note(plain(segment.ui.drillLabel.text))
    wanted = list(place)
    segment.ui.drillUndoButton.click()
    walk.events(0.5)
    wire.GetNthControlPointPosition(1, place)
    assert max(abs(a - b) for a, b in zip(place, wanted, strict=True)) < 0.01, (
        "undo did not take the wire back"
    )


def follow_up(walk):
    """Two examinations of a patient, as folders: table, growth chart and the joint surface in colours by one click."""
    folders = [one for one in os.environ.get("ONFH_WALK_COURSE", "").split(os.pathsep) if one]
    if not folders:
        raise NotHereError("no folders of examinations given (ONFH_WALK_COURSE)")
    segment = walk.open("ONFHSegment")
    segment.ui.courseGroup.collapsed = False
    for folder in folders:
        segment.ui.courseFolderEdit.currentPath = folder
        segment.ui.courseAddButton.click()
    walk.bring(segment.ui.courseGroup)
    walk.picture("asked")
    segment.ui.courseButton.click()
    walk.until(lambda: not segment.course.job.running, "the comparison", LONGEST_S)
    walk.bring(segment.ui.courseView)
    walk.picture("compared")
    walk.note(segment.ui.courseStatusLabel.text)
    assert segment.ui.courseView.mrmlTableNode() is not None, segment.ui.courseStatusLabel.text
    assert segment.ui.coursePageButton.enabled


def cohort(walk):
    """A cohort for review: opened, a hip shown, confirmed and taken back; what *Train* would have to learn from."""
    folder = os.environ.get("ONFH_WALK_COHORT")
    if not folder:
        raise NotHereError("no folder of a cohort given (ONFH_WALK_COHORT)")
    panel = walk.open("ONFHCohort")
    ui = panel.ui
    ui.folderEdit.currentPath, ui.readerEdit.text = folder, "WALK"
    ui.openButton.click()
    walk.until(lambda: ui.hipsTable.rowCount > 0, "the hips of the cohort", 120)
    ui.hipsTable.selectRow(0)
    walk.events(3.0)
    walk.picture("hip")
    decided = ui.hipsTable.item(0, ui.hipsTable.columnCount - 1)
    before = "" if decided is None else decided.text()
    ui.confirmButton.click()
    walk.events(3.0)
    assert ui.undoButton.enabled, "the decision cannot be taken back"
    walk.picture("confirmed")
    ui.undoButton.click()
    walk.events(2.0)
    decided = ui.hipsTable.item(0, ui.hipsTable.columnCount - 1)
    assert before == ("" if decided is None else decided.text()), "undo left the decision"
    ui.trainGroup.collapsed = False
    ui.trainLookButton.click()
    walk.until(lambda: ui.trainTable.rowCount > 0, "what there is to train on", 120)
    walk.bring(ui.trainTable)
    walk.picture("train")
    walk.note(ui.trainStatusLabel.text)


def report(walk):
    """The report as page and PDF, written by its button."""
    home, _volume, _said = _answered(walk)
    for suffix in (".html", ".pdf"):
        path = walk.folder / f"report{suffix}"
        home.ui.reportEdit.currentPath = str(path)
        home.ui.reportButton.click()
        walk.events(0.5)
        assert path.exists(), home.ui.statusLabel.text
        walk.note(f"{path.name}: {path.stat().st_size // 1000} kB")


STATIONS = (
    empty_panels,
    self_tests,
    run_all,
    step_panels,
    painting,
    cancel_at_each_step,
    saved_and_opened_again,
    scene_closed_while_running,
    volume_deleted_while_running,
    module_switched_while_running,
    two_patients,
    renamed_segments,
    examination,
    radiograph,
    dicom_browser,
    drilling,
    follow_up,
    cohort,
    report,
)
