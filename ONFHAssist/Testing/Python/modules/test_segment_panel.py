"""ONFHSegment as a radiologist uses it: find, correct, measure, compare, confirm; failures leave the scene alone."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from support.waiting import wait_for


class WorkerStandIn:
    """Answers a job at once as the task would, with outlines of its own; shows what it was asked."""

    def __init__(self, make):
        self.make, self.asked = make, []

    def submit(self, job):
        job.folder = tempfile.TemporaryDirectory()
        arguments = job.prepare(Path(job.folder.name))
        self.asked.append((job.task, arguments))
        try:
            value = self.make(arguments)
        except ValueError as error:
            job.on_error(str(error))
        else:
            job.on_result(value)

    def cancel(self, job):
        job.on_cancelled()


@pytest.fixture
def phantom(scene):
    """(volume, segmentation with a known necrosis, arc A in degrees)."""
    from ONFHAssistLib.scene.selftest import necrotic_phantom

    return necrotic_phantom()


def nodes(class_name):
    import slicer

    return slicer.util.getNodesByClass(class_name)


def table(role):
    (found,) = [n for n in nodes("vtkMRMLTableNode") if n.GetAttribute("ONFHAssist.role") == role]
    return found


def cell(node, column, row=0):
    return node.GetTable().GetColumnByName(column).GetValue(row)


def outliner(labels_node, volume, warnings=()):
    """A task that outlines as ``labels_node`` does."""
    from ONFHAssistLib.case.result import SEGMENT, CaseResult, HipResult, StepRecord
    from ONFHAssistLib.imaging.files import read_image, write_image
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation
    from ONFHAssistLib.segment.sphere_tool import describe_head

    labels = labels_from_segmentation(labels_node, volume)

    def work(arguments):
        image = read_image(arguments["image"]["path"])
        assert image.same_grid(labels, 1e-2)
        path = write_image(labels, Path(arguments["out"]) / "segmentation.mha")
        head = describe_head(image, labels.array > 0, "R", (-70.0, 5.0, 30.0), 22.0, 0.97)
        record = StepRecord(
            warnings=tuple(warnings), provenance={"bundle": "outliner", "bundle_sha256": "ab" * 32}
        )
        hips = (HipResult("R", head=head),)
        result = CaseResult("hip", "x", segmentation=str(path), hips=hips, steps={SEGMENT: record})
        return {"result": result.to_json()}

    return work


def find(widget):
    widget.ui.findButton.click()
    wait_for(lambda: not widget.find.job.running)


def measure(widget):
    widget.ui.measureButton.click()
    wait_for(lambda: not widget.measurements.job.running)


def run_find(widget, work):
    widget.find.job._runner = WorkerStandIn(work)
    find(widget)
    return widget.find.job._runner


def test_find_shows_outlines_boxes_and_warnings(panel, phantom):
    import slicer

    volume, drawn, _arc = phantom
    widget = panel("ONFHSegment")
    assert widget.ui.findButton.enabled
    widget.ui.twiceCheckBox.checked = True
    worker = run_find(widget, outliner(drawn, volume, ["The left hip is cut off."]))
    ((task, arguments),) = worker.asked
    assert (task, arguments["steps"], arguments["name"]) == ("run_case", ["segment"], volume.GetName())
    assert arguments["settings"]["twice"] is True
    found = widget.parameters.segmentation
    assert found is not drawn
    assert found.GetAttribute("ONFHAssist.reader") == "automatic"
    assert found.GetAttribute("ONFHAssist.provenance.bundle") == "outliner"
    assert slicer.util.getNode("Femoral head R box").GetSize() == pytest.approx((44, 44, 44))
    assert "The left hip is cut off." in widget.ui.warningsLabel.text
    assert not widget.ui.warningsLabel.isHidden()
    assert "Femoral head R: 4" in widget.ui.statusLabel.text
    assert widget.ui.findButton.text == "Find and outline"


def test_finding_again_refills_untouched_outlines_and_spares_corrected_or_confirmed_ones(panel, phantom):
    import slicer

    volume, drawn, _arc = phantom
    widget = panel("ONFHSegment")
    work = outliner(drawn, volume)
    run_find(widget, work)
    first = widget.parameters.segmentation
    find(widget)
    assert widget.parameters.segmentation is first
    mask = slicer.util.arrayFromSegmentBinaryLabelmap(first, "FemoralHeadR", volume)
    mask[:3] = 0
    mask[18, 25:30, 25:30] = 0
    slicer.util.updateSegmentBinaryLabelmapFromArray(mask, first, "FemoralHeadR", volume)
    find(widget)
    second = widget.parameters.segmentation
    assert second is not first
    widget.ui.readerEdit.text = "Dr A"
    widget.ui.confirmButton.click()
    assert second.GetAttribute("ONFHAssist.confirmedBy") == "Dr A"
    assert "Confirmed by Dr A" in widget.ui.confirmedLabel.text
    find(widget)
    assert widget.parameters.segmentation not in (first, second)


def test_a_volume_without_a_head_tells_and_changes_nothing(panel, phantom):
    import headless
    import slicer

    _volume, drawn, _arc = phantom
    widget = panel("ONFHSegment")
    widget.ui.segmentationSelector.setCurrentNode(drawn)
    before = {n.GetID() for n in nodes("vtkMRMLNode")}

    def nothing(_arguments):
        raise ValueError("No femoral head was found in the volume.")

    run_find(widget, nothing)
    assert widget.ui.statusLabel.text == "No femoral head was found in the volume."
    assert headless.logged("error")
    assert {n.GetID() for n in nodes("vtkMRMLNode")} == before
    assert widget.parameters.segmentation is drawn
    assert slicer.mrmlScene.GetFirstNodeByName("Femoral head R box") is None


def test_measure_draws_the_arcs_and_fills_the_table(panel, phantom):
    import slicer

    _volume, drawn, arc = phantom
    widget = panel("ONFHSegment")
    widget.ui.segmentationSelector.setCurrentNode(None)
    assert not widget.ui.measureButton.enabled
    widget.ui.segmentationSelector.setCurrentNode(drawn)
    measure(widget)
    found = table("measurements")
    assert cell(found, "arc_a") == pytest.approx(arc, abs=3)
    assert found.GetColumnUnitLabel("arc_a") == "deg"
    assert cell(found, "combined_necrotic_angle") == cell(found, "arc_a") + cell(found, "arc_b")
    angle = slicer.util.getNode("Arc A R")
    assert angle.GetAngleDegrees() == pytest.approx(cell(found, "arc_a"), abs=0.05)
    vertex = np.array(angle.GetNthControlPointPositionWorld(1))
    assert vertex == pytest.approx([70.0, -5.0, 30.0], abs=0.5)
    ends = [np.array(angle.GetNthControlPointPositionWorld(i)) for i in (0, 2)]
    assert [np.linalg.norm(e - vertex) for e in ends] == pytest.approx([22, 22], abs=0.5)
    assert [e[1] - vertex[1] for e in ends] == pytest.approx([0, 0], abs=1e-6)  # in the coronal plane
    assert angle.GetAttribute("ONFHAssist.provenance.plane") == "coronal"
    assert angle.GetLocked()
    assert slicer.util.getNode("Arc B R").GetAttribute("ONFHAssist.provenance.plane") == "axial"
    assert "combined angle" in widget.ui.findingsLabel.text
    assert "mark it by hand" in widget.ui.findingsLabel.text  # the phantom has no acetabulum
    assert cell(found, "oedema") == "cannot tell"


def test_measuring_again_replaces_the_arcs_and_the_switch_turns_arc_b(panel, phantom):
    import slicer

    _volume, drawn, _arc = phantom
    widget = panel("ONFHSegment")
    widget.ui.segmentationSelector.setCurrentNode(drawn)
    measure(widget)
    widget.ui.sagittalCheckBox.checked = True
    measure(widget)
    assert len(nodes("vtkMRMLMarkupsAngleNode")) == 2
    angle = slicer.util.getNode("Arc B R")
    assert angle.GetAttribute("ONFHAssist.provenance.plane") == "sagittal"
    # A cone of half-angle 60 degrees whose axis lies in the sagittal plane.
    assert angle.GetAngleDegrees() == pytest.approx(120.0, abs=3)
    assert cell(table("measurements"), "arc_b_plane") == "sagittal"
    drawn.GetSegmentation().RemoveSegment("NecrosisR")
    measure(widget)
    assert nodes("vtkMRMLMarkupsAngleNode") == []
    assert "no necrosis outlined" in widget.ui.findingsLabel.text


def test_an_edge_that_was_marked_gives_the_jic_type(panel, phantom):
    _volume, drawn, _arc = phantom
    widget = panel("ONFHSegment")
    widget.ui.segmentationSelector.setCurrentNode(drawn)
    widget.ui.edgeRButton.click()
    (edge,) = [n for n in nodes("vtkMRMLMarkupsFiducialNode") if n.GetName() == "Acetabular edge R"]
    outward = np.radians(30.0)  # RAS: the right hip lies at positive x
    edge.AddControlPoint(70.0 + 26 * np.sin(outward), -5.0, 30.0 + 26 * np.cos(outward))
    measure(widget)
    found = table("measurements")
    assert cell(found, "jic_edge") == "marked"
    # The arc ends 49 degrees outward of straight up, beyond the edge at 30.
    assert cell(found, "jic_type") == "C2"
    assert "JIC C2 (edge marked)" in widget.ui.findingsLabel.text
    edge.SetNthControlPointPosition(0, 70.0, -5.0, 0.0)
    measure(widget)
    assert "does not lie above the head centre" in widget.ui.statusLabel.text
    assert cell(table("measurements"), "jic_type") == "C2"  # as it was


def test_two_readers_are_compared_agreed_and_confirmed(panel, phantom):
    from ONFHAssistLib.scene.selftest import necrotic_phantom

    volume, first, _arc = phantom
    second = necrotic_phantom(volume)[1]
    second.SetAttribute("ONFHAssist.reader", "CD")
    widget = panel("ONFHSegment")
    widget.ui.segmentationSelector.setCurrentNode(first)
    assert not widget.ui.compareButton.enabled
    widget.ui.otherSelector.setCurrentNode(second)
    widget.ui.compareButton.click()
    found = table("agreement")
    assert widget.ui.agreementView.mrmlTableNode() is found
    assert [cell(found, "structure", i) for i in range(3)] == [
        "Femoral head R", "Necrosis R", "Combined angle R",
    ]  # fmt: skip
    assert cell(found, "dice", 1) == 1.0
    assert cell(found, "difference", 2) == 0.0
    widget.ui.consensusButton.click()
    (agreed,) = [n for n in nodes("vtkMRMLSegmentationNode") if "consensus" in n.GetName()]
    assert agreed.GetAttribute("ONFHAssist.reader") == "consensus of self-test, CD"
    assert not widget.ui.confirmButton.enabled
    widget.ui.readerEdit.text = "EF"
    assert widget.ui.confirmButton.enabled
    widget.ui.confirmButton.click()
    assert first.GetAttribute("ONFHAssist.confirmedBy") == "EF"
    assert first.GetAttribute("ONFHAssist.confirmedAt").endswith("+00:00")


def test_the_same_segmentation_twice_is_no_comparison(panel, phantom):
    volume, first, _arc = phantom
    widget = panel("ONFHSegment")
    widget.ui.segmentationSelector.setCurrentNode(first)
    widget.ui.otherSelector.setCurrentNode(first)
    assert not widget.ui.compareButton.enabled
    with pytest.raises(ValueError, match="are the same"):
        widget.logic.compare(volume, first, first)


def test_renamed_structures_are_measured_and_an_unknown_one_is_said_by_name(panel, phantom):
    import slicer

    from ONFHAssistLib.scene.tables import columns_of

    def measured():
        return repr(columns_of(table("measurements")))

    _volume, drawn, _arc = phantom
    widget = panel("ONFHSegment")
    widget.ui.segmentationSelector.setCurrentNode(drawn)
    measure(widget)
    before = measured()
    segmentation = drawn.GetSegmentation()
    for identifier, name in (("FemoralHeadR", "caput"), ("NecrosisR", "lesion")):
        segmentation.GetSegment(identifier).SetName(name)
    measure(widget)
    assert measured() == before
    assert widget.ui.statusLabel.text.startswith("Measured")
    copy = slicer.vtkSegment()
    copy.DeepCopy(segmentation.GetSegment("NecrosisR"))
    copy.SetName("scribble")
    copy.SetTag(copy.GetTerminologyEntryTagName(), "")
    segmentation.AddSegment(copy, "Segment_1")
    measure(widget)
    assert measured() == before
    assert "'scribble'" in widget.ui.warningsLabel.text
    assert not widget.ui.warningsLabel.isHidden()
    segmentation.RemoveSegment("FemoralHeadR")
    measure(widget)
    assert "has 'Necrosis R' and no 'Femoral head R'" in widget.ui.statusLabel.text
    assert measured() == before


# correcting -----------------------------------------------------------------------------------------------


@pytest.fixture
def editing(panel, phantom):
    """(widget, ``stroke(effect, segment ID, offset in mm, radius)``, ``head()``: the whole right head, boolean)."""
    import headless

    from ONFHAssistLib.scene.segmentations import labels_from_segmentation

    volume, drawn, _arc = phantom
    widget = panel("ONFHSegment")
    widget.ui.segmentationSelector.setCurrentNode(drawn)
    editor = widget.ui.segmentEditor

    def stroke(effect, identifier, offset, radius=5.0):
        editor.setCurrentSegmentID(identifier)
        editor.setActiveEffectByName(effect)
        centre = np.array([70.0, -5.0, 30.0]) + offset
        return headless.stroke(editor, [centre], radius)

    yield widget, stroke, lambda: labels_from_segmentation(drawn, volume).array
    editor.setActiveEffect(None)


def test_what_is_erased_from_a_necrosis_is_head_again(editing):
    widget, stroke, labels = editing
    before = labels()
    assert stroke("Erase", "NecrosisR", (0, 9, 12)) > 100
    after = labels()
    assert np.count_nonzero(before == 3) - np.count_nonzero(after == 3) > 50
    assert np.array_equal(after > 0, before > 0)  # no hole, and nothing more
    widget.ui.segmentEditor.undo()
    assert np.array_equal(labels(), before)
    widget.ui.segmentEditor.redo()
    assert np.array_equal(labels(), after)


def test_painting_and_erasing_a_necrosis_leaves_the_head_as_it_was(editing):
    _widget, stroke, labels = editing
    before = labels()
    stroke("Paint", "NecrosisR", (0, 0, -8))
    painted = labels()
    assert np.count_nonzero(painted == 3) > np.count_nonzero(before == 3) + 50
    assert np.array_equal(painted > 0, before > 0)
    stroke("Erase", "NecrosisR", (0, 0, -8))
    assert np.array_equal(labels() > 0, before > 0)
    stroke("Paint", "NecrosisR", (0, 0, -21), 3.0)  # beyond the rim by mistake
    stroke("Erase", "NecrosisR", (0, 0, -21), 3.0)
    assert np.array_equal(labels() > 0, before > 0)


def test_disjoint_outlines_of_another_program_are_corrected_without_a_hole(panel, phantom):
    import headless
    import slicer

    from ONFHAssistLib.scene.segmentations import labels_from_segmentation, terminology

    volume, drawn, _arc = phantom
    before = labels_from_segmentation(drawn, volume).array
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", "Disjoint")
    node.CreateDefaultDisplayNodes()
    node.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    for value, name in ((1, "Femoral head R"), (3, "Necrosis R")):
        node.GetSegmentation().AddEmptySegment(f"Segment_{value}", name)
        one = node.GetSegmentation().GetSegment(f"Segment_{value}")
        one.SetTag(one.GetTerminologyEntryTagName(), terminology(name))
        mask = (before == value).astype(np.uint8)
        slicer.util.updateSegmentBinaryLabelmapFromArray(mask, node, f"Segment_{value}", volume)
    widget = panel("ONFHSegment")
    widget.ui.segmentationSelector.setCurrentNode(node)
    assert np.array_equal(labels_from_segmentation(node, volume).array, before)
    editor = widget.ui.segmentEditor
    editor.setCurrentSegmentID("Segment_3")
    editor.setActiveEffectByName("Erase")
    assert np.array_equal(labels_from_segmentation(node, volume).array, before)
    headless.stroke(editor, [(70.0, 4.0, 42.0)], 5.0)
    after = labels_from_segmentation(node, volume).array
    assert np.count_nonzero(after == 3) < np.count_nonzero(before == 3)
    assert np.array_equal(after > 0, before > 0)
    editor.setActiveEffect(None)
