"""The stations of the walk, in order. Each begins in an empty scene; its docstring is what it asks."""

import os
import tempfile
from pathlib import Path

import patient
import slicer
from beyond import cohort, drilling, follow_up, report
from walking import LARGE, MODULES, SMALL, NotHereError, plain, scene_names


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
    home, _volume, said = patient.answered(walk)
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
    patient.answered(walk)
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
    _home_panel, volume, said = patient.answered(walk)
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
    assert plain(home.ui.glanceLabel.text) != said, "painting did not mark the results"
    walk.picture("outdated")
    segment = walk.open("ONFHSegment")
    segment.ui.segmentEditor.undo()
    home = walk.open("ONFHAssist")
    assert plain(home.ui.glanceLabel.text) == said, "undo did not take the marks back"
    assert slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, head, volume).sum() == before


def cancel_at_each_step(walk):
    """*Cancel* at every step of *Run all*: the scene is as it was, and the next run answers."""
    volume = patient.sample()[0]
    home = patient.home(walk, volume)
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
    patient.answered(walk)


def saved_and_opened_again(walk):
    """Saved as .mrb, closed, opened: the same answer, heat, curves and outlines; nothing of it in the closed scene."""
    home, _volume, said = patient.answered(walk)
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
    home = patient.home(walk)
    walk.picture("opened")
    again = plain(home.ui.glanceLabel.text)
    assert again == said, f"said {said!r}, opened it says {again!r}"
    lost = sorted(set(names) - set(scene_names()))
    assert not lost, f"lost by saving: {lost}"


def scene_closed_while_running(walk):
    """The scene is closed while *Run all* works: it ends, nothing of it comes into the next scene."""
    home = patient.home(walk, patient.sample()[0])
    home.ui.runAllButton.click()
    walk.events(3.0)
    assert home.run.running
    slicer.mrmlScene.Clear(0)
    walk.events(1.0)
    assert not home.run.running, "the run goes on without its patient"
    walk.events(8.0)
    assert not slicer.util.getNodesByClass("vtkMRMLSegmentationNode"), "outlines came into the closed scene"
    patient.answered(walk)


def volume_deleted_while_running(walk):
    """The image is deleted while *Run all* works: it ends with a sentence."""
    volume = patient.sample()[0]
    home = patient.home(walk, volume)
    home.ui.runAllButton.click()
    walk.events(3.0)
    slicer.mrmlScene.RemoveNode(volume)
    walk.until(lambda: not home.run.running, "the end of the run", 30)
    walk.note(home.ui.statusLabel.text)
    walk.picture("deleted")
    assert not slicer.util.getNodesByClass("vtkMRMLSegmentationNode")


def module_switched_while_running(walk):
    """Another module is opened while *Run all* works: it goes on, and the answer stands when one comes back."""
    home = patient.home(walk, patient.sample()[0])
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
    home, first, said = patient.answered(walk)
    second = patient.sample("ONFHHealthy")[0]
    home.ui.volumeSelector.setCurrentNode(second)
    walk.events(0.5)
    assert "ml" not in plain(home.ui.glanceLabel.text), (
        "the first patient's answer stands beside the second's image"
    )
    other = patient.run(walk, home)
    walk.picture("second")
    home.ui.volumeSelector.setCurrentNode(first)
    walk.events(0.5)
    assert plain(home.ui.glanceLabel.text) == said, "the first patient's answer changed"
    assert other != said


def renamed_segments(walk):
    """Segments that a user renamed keep their meaning; the answer is not outdated."""
    home, _volume, said = patient.answered(walk)
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
    home, _volume, said = patient.answered(walk, "ONFHExamination")
    walk.note(said)
    walk.picture("home")
    assert home.ui.seriesTable.rowCount == 4


def own_image(walk):
    """An image of your own, such as a real hip: *Run all* answers it, or says why not."""
    path = os.environ.get("ONFH_WALK_IMAGE")
    if not path:
        raise NotHereError("no image given (ONFH_WALK_IMAGE)")
    home = patient.home(walk, slicer.util.loadVolume(path))
    home.ui.runAllButton.click()
    walk.until(lambda: not home.run.running, "Run all")
    walk.note(plain(home.ui.glanceLabel.text) + " " + home.ui.statusLabel.text)
    walk.picture("answer")
    home.ui.notesButton.click()
    walk.picture("warnings")
    home.ui.notesButton.click()


def radiograph(walk):
    """A radiograph: the panels say what they can do with it, and survival uses it beside the MRI."""
    picture = patient.sample("ONFHRadiograph")[0]
    home = patient.home(walk, picture)
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
        for identifier in database.patients():
            DICOMUtils.loadPatientByUID(identifier)
        walk.events(1.0)
        home = patient.home(walk)
        walk.note(f"{home.ui.seriesTable.rowCount} series in the table; {home.ui.examCheckBox.text}")
        home.ui.examCheckBox.click()
        walk.note(patient.run(walk, home))
        walk.picture("answer")


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
    own_image,
    radiograph,
    dicom_browser,
    drilling,
    follow_up,
    cohort,
    report,
)
