"""Stations beyond one reading of a patient: drilling plan, follow-up, cohort, report."""

import os

import patient
import slicer
import vtk
from walking import LONGEST_S, NotHereError, plain


def drilling(walk):
    """Drilling plan: wires in the views and in 3D, dragged out of bone they turn red and say why; undo."""
    patient.answered(walk)
    segment = walk.open("ONFHSegment")
    segment.ui.drillGroup.collapsed = False
    walk.events(0.3)
    walk.bring(segment.ui.drillGroup)
    segment.ui.drillButton.click()
    walk.until(lambda: not segment.drilling.job.running, "the plan", LONGEST_S)
    walk.note(segment.ui.drillStatusLabel.text or plain(segment.ui.drillLabel.text))
    lines = slicer.util.getNodesByClass("vtkMRMLMarkupsLineNode")
    wires = [line for line in lines if line.GetDisplayVisibility()]
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
    walk.until(lambda: not panel.cohort.job.running, "the hips of the cohort", 120)
    assert ui.hipsTable.rowCount > 0, ui.statusLabel.text
    ui.hipsTable.selectRow(0)
    walk.until(lambda: panel.cohort.hip.ready, "the first hip", 60)
    walk.picture("hip")
    first = panel.cohort.hip.hip
    last = ui.hipsTable.columnCount - 1
    before = ui.hipsTable.item(0, last).text()
    ui.confirmButton.click()
    walk.until(lambda: panel.cohort.hip.ready and panel.cohort.hip.hip != first, "the next hip", 60)
    walk.picture("confirmed")
    assert ui.hipsTable.item(0, last).text() != before, "the decision is not in the table"
    ui.undoButton.click()
    walk.until(lambda: panel.cohort.hip.ready and panel.cohort.hip.hip == first, "the hip after Undo", 60)
    assert ui.hipsTable.item(0, last).text() == before, "undo left the decision"
    ui.confirmButton.click()
    walk.until(lambda: panel.cohort.hip.ready and panel.cohort.hip.hip != first, "the next hip", 60)
    ui.trainGroup.collapsed = False
    ui.trainLookButton.click()
    walk.until(lambda: not panel.training.looking.running, "what there is to train on", 120)
    walk.bring(ui.trainTable)
    walk.picture("train")
    assert ui.trainTable.rowCount > 0, ui.trainStatusLabel.text
    walk.note(ui.trainStatusLabel.text)


def report(walk):
    """The report as page and PDF, written by its button."""
    home, _volume, _said = patient.answered(walk)
    for suffix in (".html", ".pdf"):
        path = walk.folder / f"report{suffix}"
        home.ui.reportEdit.currentPath = str(path)
        home.ui.reportButton.click()
        walk.events(0.5)
        assert path.exists(), home.ui.statusLabel.text
        walk.note(f"{path.name}: {path.stat().st_size // 1000} kB")
