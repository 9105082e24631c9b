"""The drilling plan in the panel: planned by the task, shown as lines, judged while a line is dragged, taken back."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from support.made_femurs import made_femur
from support.waiting import wait_for


class WorkerAtOnce:
    """Runs the real task in this process, as soon as it is asked."""

    def __init__(self):
        self.asked = []

    def submit(self, job):
        from ONFHAssistLib.worker.drilling import drilling_plan

        job.folder = tempfile.TemporaryDirectory()
        arguments = job.prepare(Path(job.folder.name))
        self.asked.append(job.task)
        try:
            value = drilling_plan(arguments, lambda *_: None)
        except ValueError as error:
            job.on_error(str(error))
        else:
            job.on_result(value)

    def cancel(self, job):
        job.on_cancelled()


@pytest.fixture
def planned(panel, scene):
    """The panel after *Plan wires*, with the volume, on a made femur that is given as a segment."""
    import slicer

    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    made = made_femur("R", (1.5, 1.5, 1.5))
    image = made.femur.like((300.0 * made.femur.array).astype(np.float32) + 50.0, modality="MR")
    volume = volume_from_image(image, "Hip MRI")
    segmentation = segmentation_from_labels(made.labels, volume, reader="reader", provenance={})
    identifier = segmentation.GetSegmentation().AddEmptySegment("", "Femur R")
    slicer.util.updateSegmentBinaryLabelmapFromArray(made.femur.array, segmentation, identifier, volume)
    widget = panel("ONFHSegment")
    widget.parameters.volume, widget.parameters.segmentation = volume, segmentation
    widget.drilling.job._runner = WorkerAtOnce()
    widget.drilling.on_plan()
    wait_for(lambda: not widget.drilling.job.running)
    return widget, volume


def lines():
    import slicer

    return slicer.util.getNodesByClass("vtkMRMLMarkupsLineNode")


def colour(line):
    return line.GetDisplayNode().GetSelectedColor()


def rows():
    import slicer

    from ONFHAssistLib.scene.tables import columns_of

    (table,) = [
        n
        for n in slicer.util.getNodesByClass("vtkMRMLTableNode")
        if n.GetAttribute("ONFHAssist.role") == "drilling plan"
    ]
    return columns_of(table)


def test_wires_are_lines_as_thick_as_they_are_and_keep_their_rules(planned):
    widget, _volume = planned
    assert [line.GetName() for line in lines()] == ["Wire 1 R", "Wire 2 R", "Wire 3 R"]
    assert [line.GetDisplayNode().GetLineDiameter() for line in lines()] == [3.0] * 3
    assert all(colour(line) != (1.0, 0.1, 0.1) for line in lines())
    content = rows()
    assert list(content["kept"]) == ["yes"] * 3
    assert content["length_mm"][0] == pytest.approx(lines()[0].GetLineLengthWorld(), abs=0.01)
    entry = lines()[0].GetNthControlPointPositionWorld(0)
    assert entry[0] > 85  # RAS: the patient's right
    assert "not a medical device" in widget.ui.drillLabel.text


def test_a_wire_is_seen_in_slices_along_all_its_length(planned):
    for line in lines():
        display = line.GetDisplayNode()
        assert display.GetSliceProjection()
        assert display.GetLineColorFadingStart() > line.GetLineLengthWorld()  # Slicer's own is 1 mm


def test_the_table_of_the_panel_shows_whole_millimetres_and_degrees(planned):
    widget, _volume = planned
    model, length = widget.ui.drillView.tableModel(), rows()["length_mm"][0]

    def shown():
        return [str(model.index(0, column).data()) for column in range(model.columnCount())]

    wait_for(lambda: f"{length:.0f}" in shown())
    assert all("." not in cell for cell in shown()[3:9])


def test_a_line_dragged_out_of_the_bone_turns_red_says_why_and_comes_back(planned):
    widget, _volume = planned
    line, before = lines()[1], rows()["length_mm"][1]
    place = np.array(line.GetNthControlPointPositionWorld(1))
    line.SetNthControlPointPositionWorld(
        1, *(place + np.array([0.0, 35.0, 0.0]))
    )  # RAS: forward, out of the head
    wait_for(lambda: colour(line) == (1.0, 0.1, 0.1))
    content = rows()
    assert content["kept"][1] == "no"
    assert "Wire 2 leaves the bone" in content["reason"][1]
    assert content["length_mm"][1] == pytest.approx(line.GetLineLengthWorld(), abs=0.01)
    assert "Wire 2 leaves the bone" in widget.ui.drillLabel.text
    assert [colour(one) == (1.0, 0.1, 0.1) for one in lines()] == [kept == "no" for kept in content["kept"]]
    widget.ui.drillUndoButton.click()
    wait_for(lambda: colour(line) != (1.0, 0.1, 0.1))
    assert rows()["length_mm"][1] == pytest.approx(before, abs=0.01)
    assert not widget.ui.drillUndoButton.enabled


def test_a_second_plan_takes_the_place_of_the_first(planned):
    widget, _volume = planned
    widget.ui.drillWiresSpinBox.value = 2
    widget.drilling.on_plan()
    wait_for(lambda: not widget.drilling.job.running)
    assert [line.GetName() for line in lines()] == ["Wire 1 R", "Wire 2 R"]
    assert len(rows()["wire"]) == 2


def test_opening_the_group_shows_no_bar_of_nothing(panel, scene):
    import headless
    import slicer

    slicer.util.selectModule("ONFHSegment")
    ui = panel("ONFHSegment").ui
    headless.resize_panel(520, 900)
    ui.drillGroup.collapsed = True

    ui.drillGroup.collapsed = False

    assert not ui.drillProgressBar.visible
    ui.drillGroup.collapsed = True


def test_wires_keep_their_names_when_one_is_deleted_and_undo_puts_each_where_it_was(planned):
    import slicer

    widget, _volume = planned
    first, second, third = lines()
    before = np.array(third.GetNthControlPointPositionWorld(1))
    third.SetNthControlPointPositionWorld(1, *(before + np.array([0.0, 35.0, 0.0])))
    wait_for(lambda: colour(third) == (1.0, 0.1, 0.1))
    kept = np.array(second.GetNthControlPointPositionWorld(1))
    slicer.mrmlScene.RemoveNode(first)
    wait_for(lambda: list(rows()["wire"]) == [2, 3])
    assert [line.GetName() for line in lines()] == ["Wire 2 R", "Wire 3 R"]
    assert "Wire 3 leaves the bone" in rows()["reason"][1]
    assert "2 wires reach" in widget.ui.drillLabel.text
    widget.ui.drillUndoButton.click()
    wait_for(lambda: colour(third) != (1.0, 0.1, 0.1))
    assert np.array(third.GetNthControlPointPositionWorld(1)) == pytest.approx(before, abs=1e-4)
    assert np.array(second.GetNthControlPointPositionWorld(1)) == pytest.approx(kept, abs=1e-4)
    assert not widget.ui.drillUndoButton.enabled
