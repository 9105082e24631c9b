"""The Cohort panel as readers use it: worklist, corrections in the Segment Editor, decisions, what is said of them."""

import importlib
import os
import tempfile
from pathlib import Path

import pytest
from support.review_cohort import CENTRES, copied, make_cohort
from support.waiting import wait_for

from ONFHAssistLib.worker.server import TASKS

CASES = 5


class InThisProcess:
    """Does the worker's tasks at once, where they stand in its table; the real functions on the real files."""

    def __init__(self):
        self.asked = []

    def submit(self, job):
        with tempfile.TemporaryDirectory() as folder:
            arguments = job.prepare(Path(folder))
            self.asked.append((job.task, arguments.get("case")))
            module, function = TASKS[job.task]
            try:
                value = getattr(importlib.import_module(module), function)(arguments, lambda *_: None)
            except ValueError as error:
                job.on_error(str(error))
            else:
                job.on_result(value)

    def cancel(self, job):
        job.on_cancelled()


@pytest.fixture(scope="module")
def worked_up(tmp_path_factory):
    return make_cohort(tmp_path_factory.mktemp("review") / "cohort", CASES)


@pytest.fixture
def cohort(worked_up, tmp_path):
    return copied(worked_up, tmp_path / "cohort")


@pytest.fixture
def opened(panel, scene, cohort):
    """``opened(reader)``: the panel with the cohort open and its first hip in the scene."""
    widget = panel("ONFHCohort")
    worker, before = InThisProcess(), widget.cohort._runner
    widget.cohort._runner = widget.cohort.job._runner = worker

    def open_as(reader):
        widget.ui.readerEdit.text = reader
        widget.ui.folderEdit.currentPath = str(cohort)
        widget.ui.openButton.click()
        wait_for(lambda: not widget.cohort.job.running)
        widget.ui.nextButton.click()
        settled(widget)
        return widget

    yield open_as
    widget.cohort.hip.drop()
    widget.cohort._runner = widget.cohort.job._runner = before


def settled(widget):
    wait_for(lambda: not widget.cohort.hip.busy)


def stroke(widget, structure="FemoralHead", offset=(0, 0, -18)):
    """Erase a little ball from the hip that is looked at; ``offset`` in mm of RAS from the head's centre."""
    import headless

    side = widget.cohort.hip.hip[1]
    editor = widget.ui.segmentEditor
    x, y, z = CENTRES[side]
    editor.setCurrentSegmentID(f"{structure}{side}")
    editor.setActiveEffectByName("Erase")
    changed = headless.stroke(editor, [(-x + offset[0], -y + offset[1], z + offset[2])], 5.0)
    editor.setActiveEffect(None)
    return changed


def cells(table, column):
    return [table.item(row, column).text() for row in range(table.rowCount)]


def state(cohort):
    from ONFHAssistLib.cohort.review.state import ReviewState

    return ReviewState(cohort)


def test_ten_hips_are_corrected_and_confirmed_one_after_the_other(opened, cohort):
    import headless
    import slicer

    from ONFHAssistLib.cohort.review.corrections import corrected_result
    from ONFHAssistLib.cohort.review.folder import open_folder

    widget = opened("AB")
    ui, looked_at = widget.ui, []
    assert ui.hipsTable.rowCount == 2 * CASES
    assert [float(text.rstrip("%")) for text in cells(ui.hipsTable, 3)] == sorted(
        (float(text.rstrip("%")) for text in cells(ui.hipsTable, 3)), reverse=True
    )
    volumes = set()
    for _ in range(2 * CASES):
        looked_at.append(widget.cohort.hip.hip)
        assert stroke(widget) > 5
        if looked_at[-1][1] == "R":  # a necrosis lies at the top of the right heads
            assert stroke(widget, "Necrosis", (0, 0, 16)) > 5
        ui.confirmButton.click()
        settled(widget)
        volumes.add(len(slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode")))
    assert volumes == {1}  # no case stays in the scene
    assert sorted(looked_at) == sorted((f"case-0{n}", side) for n in range(CASES) for side in "RL")
    assert set(cells(ui.hipsTable, 4)) == {"corrected"}
    changes = state(cohort).corrections()
    assert {(c.case, c.side) for c in changes} == set(looked_at)
    heads = [c for c in changes if c.structure == "head"]
    assert {c.region for c in changes if c.structure == "necrosis"} == {"above"}
    assert all(0.9 < c.dice < 1.0 and c.removed_ml > 0 == c.added_ml and c.region == "below" for c in heads)
    assert cells(ui.correctedTable, 1)[:4] == ["head", "necrosis", "below", "above"]
    assert cells(ui.correctedTable, 2)[:4] == ["10", "5", "10", "5"]
    slicer.util.selectModule("ONFHCohort")
    headless.resize_panel(470, 673)
    assert [one for one in headless.clipped() if one.text != str(cohort)] == []  # a path is scrolled
    if os.environ.get("ONFH_PANEL_PICTURES"):
        headless.grab(widget, Path(os.environ["ONFH_PANEL_PICTURES"]) / "ONFHCohort-corrected.png", width=470)
    slicer.util.selectModule("Data")
    folder = open_folder(cohort)
    first, anew = (
        r.hip("R").findings.measurement
        for r in (folder.cases[0].result, corrected_result(folder.cases[0], "AB"))
    )
    lost = next(c.removed_ml for c in reversed(heads) if (c.case, c.side) == (folder.cases[0].key, "R"))
    assert first.head_ml - anew.head_ml == pytest.approx(lost, rel=1e-6)
    assert [task for task, _case in widget.cohort._runner.asked] == [
        "cohort_worklist",
        *["recompute_case"] * 10,
    ]
    assert "computed anew" in ui.recomputeLabel.text


def test_changes_that_nobody_confirmed_are_not_lost_by_going_on(opened, cohort):
    widget = opened("AB")
    here = widget.cohort.hip.hip
    stroke(widget)
    widget.ui.nextButton.click()
    settled(widget)
    assert widget.cohort.hip.hip == here
    assert "not confirmed" in widget.ui.statusLabel.text
    widget.ui.openButton.click()
    assert "not confirmed" in widget.cohort._opened(str(cohort), {"hips": [], "failures": {}})
    assert widget.cohort.hip.hip == here
    assert widget.cohort.hip.changed
    widget.ui.putBackButton.click()
    settled(widget)
    widget.ui.confirmButton.click()
    settled(widget)
    assert widget.cohort.hip.hip != here
    ((row,),) = [state(cohort).rows()]
    assert (row.case, row.side, row.kind) == (*here, "accept")


def test_after_undo_the_first_outlines_are_seen_and_accepted(opened, cohort):
    widget = opened("AB")
    here = widget.cohort.hip.hip
    stroke(widget)
    widget.ui.confirmButton.click()
    settled(widget)
    widget.cohort.on_choose(here)
    settled(widget)
    assert widget.cohort.hip.owner == "AB"
    widget.ui.undoButton.click()
    settled(widget)
    assert (widget.cohort.hip.hip, widget.cohort.hip.owner) == (here, "")
    widget.ui.confirmButton.click()
    settled(widget)
    assert [row.kind for row in state(cohort).rows()] == ["corrected", "undo", "accept"]


def test_undo_after_a_decision_takes_that_one_back_and_shows_its_hip_again(opened, cohort):
    widget = opened("AB")
    ui, first = widget.ui, widget.cohort.hip.hip
    ui.undoButton.click()
    assert ui.statusLabel.text == "You have decided nothing on this hip."
    assert state(cohort).rows() == []
    ui.confirmButton.click()
    settled(widget)
    assert widget.cohort.hip.hip != first  # the next one
    ui.undoButton.click()
    settled(widget)
    assert [(row.case, row.side, row.kind) for row in state(cohort).rows()] == [
        (*first, "accept"),
        (*first, "undo"),
    ]
    assert widget.cohort.hip.hip == first


def test_undo_leaves_alone_what_another_reader_decided_and_what_lies_further_back(opened, cohort):
    widget = opened("AB")
    ui, first = widget.ui, widget.cohort.hip.hip
    ui.confirmButton.click()
    settled(widget)
    ui.readerEdit.text = "CD"
    ui.undoButton.click()
    ui.readerEdit.text = "AB"
    ui.nextButton.click()
    settled(widget)
    ui.undoButton.click()
    assert ui.statusLabel.text == "You have decided nothing on this hip."
    assert [(row.case, row.side, row.kind) for row in state(cohort).rows()] == [(*first, "accept")]


def test_a_correction_that_was_taken_back_from_the_other_side_is_not_shown_any_more(opened, cohort):
    widget = opened("AB")
    key, side = widget.cohort.hip.hip
    other = (key, "L" if side == "R" else "R")
    stroke(widget)
    widget.cohort.table.beside = lambda _hip, _by: other  # the next hip of the table is the same patient's
    widget.ui.confirmButton.click()
    settled(widget)
    assert widget.cohort.hip.hip == other
    widget.ui.undoButton.click()
    settled(widget)
    assert [row.kind for row in state(cohort).rows()] == ["corrected", "undo"]
    assert (widget.cohort.hip.hip, widget.cohort.hip.owner) == ((key, side), "")
    widget.ui.confirmButton.click()
    settled(widget)
    assert [row.kind for row in state(cohort).rows()][-1] == "accept"  # the first outlines


def test_reject_comment_undo_and_the_filter(opened, cohort):
    widget = opened("AB")
    ui, here = widget.ui, widget.cohort.hip.hip
    ui.commentEdit.text = "moved"
    ui.rejectButton.click()
    settled(widget)
    assert f"{here[0]} {here[1]} is rejected." in ui.decisionLabel.text
    ui.filterCombo.currentIndex = 3
    assert cells(ui.hipsTable, 4) == ["rejected \u2026"]
    ui.hipsTable.setCurrentCell(0, 0)
    settled(widget)
    assert "moved" in ui.hipLabel.text
    ui.undoButton.click()
    assert ui.hipsTable.rowCount == 0
    ui.filterCombo.currentIndex = 1
    assert ui.hipsTable.rowCount == 2 * CASES
    assert [row.kind for row in state(cohort).rows()] == ["reject", "undo"]


def test_a_blind_reader_sees_nothing_of_the_other_and_no_name_decides_nothing(opened, cohort):
    widget = opened("AB")
    widget.ui.confirmButton.click()
    settled(widget)
    assert "AB" not in "".join(cells(widget.ui.hipsTable, 4))
    widget.ui.readerEdit.text = "CD"
    assert sum("AB: accepted" in text for text in cells(widget.ui.hipsTable, 4)) == 1
    state(cohort).set_blind(True)
    widget.ui.readerEdit.text = "EF"
    assert set(cells(widget.ui.hipsTable, 4)) == {"open"}
    widget.ui.readerEdit.text = ""
    assert not widget.ui.confirmButton.enabled
    assert "name or initials" in widget.ui.confirmButton.toolTip


def test_outlines_of_thick_slices_are_corrected_on_their_finer_voxels(panel, scene, tmp_path):
    import headless
    from support.outlined_hips import thick_hip
    from support.review_cohort import write_case

    from ONFHAssistLib.cohort.review.corrections import fine_path
    from ONFHAssistLib.cohort.review.folder import open_folder
    from ONFHAssistLib.cohort.review.recompute import recompute
    from ONFHAssistLib.imaging.files import read_mask

    image, outlines = thick_hip("L")
    before = write_case(tmp_path, "thick", image, outlines)
    widget = panel("ONFHCohort")
    logic = widget.logic
    nodes = logic.load(tmp_path, "thick", "L", "AB")
    assert logic.confirm(tmp_path, "thick", "L", "AB", *nodes).path is None  # nothing was changed on the way
    widget.editor.show(nodes[1], nodes[0])
    x, y, z = before.hip("L").head.centre
    widget.ui.segmentEditor.setCurrentSegmentID("FemoralHeadL")
    widget.ui.segmentEditor.setActiveEffectByName("Erase")
    assert headless.stroke(widget.ui.segmentEditor, [(-x, -y, z - 20)], 6.0) > 100
    widget.ui.segmentEditor.setActiveEffect(None)
    done = logic.confirm(tmp_path, "thick", "L", "AB", *nodes)
    assert read_mask(done.path).same_grid(image)
    fine = read_mask(fine_path(done.path))
    assert fine.spacing[2] < 1.0 < image.spacing[2]
    again = logic.load(tmp_path, "thick", "L", "AB")
    assert logic.confirm(tmp_path, "thick", "L", "AB", *again).changes[0].dice == done.changes[0].dice
    anew = recompute(open_folder(tmp_path), "thick", "AB").hip("L").findings.measurement
    lost = before.hip("L").findings.measurement.head_ml - anew.head_ml
    held = [(one.array > 0).sum() * one.voxel_volume_ml for one in (outlines, fine)]
    assert lost == pytest.approx(held[0] - held[1])
    assert lost > 0.2


def test_closing_the_scene_keeps_the_cohort_and_drops_the_hip(opened, scene):
    widget = opened("AB")
    scene.Clear(0)
    assert not widget.cohort.hip.ready
    assert widget.ui.hipsTable.rowCount == 2 * CASES
    assert widget.ui.editGroup.isHidden()


def test_a_reader_does_not_confirm_the_correction_of_another(opened, cohort):
    widget = opened("AB")
    ui, here = widget.ui, widget.cohort.hip.hip
    stroke(widget)
    ui.confirmButton.click()
    settled(widget)
    widget.cohort.on_choose(here)
    settled(widget)
    ui.readerEdit.text = "CD"
    ui.confirmButton.click()
    assert "AB's correction" in ui.statusLabel.text
    ui.putBackButton.click()
    settled(widget)
    ui.confirmButton.click()
    settled(widget)
    assert [(row.reader, row.kind) for row in state(cohort).rows()] == [("AB", "corrected"), ("CD", "accept")]
