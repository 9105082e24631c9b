"""*Follow-up* in the panel: what is compared is listed with dates, and what changed stands in table, chart and 3D."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from support.dated_hips import CENTRE, OBLIQUE, RADIUS, cap_ml, dated_hip, pose_of
from support.waiting import wait_for


class WorkerAtOnce:
    """Runs the real task in this process, as soon as it is asked."""

    def __init__(self):
        self.asked = []

    def submit(self, job):
        from ONFHAssistLib.worker.course import follow_up

        job.folder = tempfile.TemporaryDirectory()
        arguments = job.prepare(Path(job.folder.name))
        self.asked.append(arguments)
        try:
            value = follow_up(arguments, lambda *_: None)
        except ValueError as error:
            job.on_error(str(error))
        else:
            job.on_result(value)

    def cancel(self, job):
        job.on_cancelled()


def load(name, hip):
    """A dated hip as a volume with outlines of a reader."""
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    image = hip.views[0][0].image
    volume = volume_from_image(image.like(image.array.astype(np.float32), modality="MR", sequence="T1"), name)
    segmentation_from_labels(hip.labels, volume, reader="reader", provenance={})
    return volume


def rows():
    import slicer

    from ONFHAssistLib.scene.images.ownership import results_of
    from ONFHAssistLib.scene.tables import columns_of

    (table,) = results_of(slicer.util.getNode("March"), "vtkMRMLTableNode", "follow-up")
    return columns_of(table)


@pytest.fixture
def listed(panel, scene):
    """The part opened on a left hip at two dates, the later one turned; the scene holds the later one first."""
    coarse = {"spacing": (1.2, 1.2, 3.0)}
    later = load("September", dated_hip("L", OBLIQUE, pose_of("L"), lesion_mm=15.0, **coarse))
    first = load("March", dated_hip("L", lesion_mm=10.0, **coarse))
    widget = panel("ONFHSegment")
    widget.parameters.volume = first
    widget.course.job._runner = WorkerAtOnce()
    widget.ui.courseGroup.collapsed = False
    yield widget, first, later
    widget.ui.courseGroup.collapsed = True


@pytest.fixture
def known_pose(monkeypatch):
    """The alignment and the search for drill tracks, which have tests of their own and take seconds, are given."""
    from ONFHAssistLib.followup import compare
    from ONFHAssistLib.followup.alignment import DateAlignment

    def given(_earlier, _later):
        return DateAlignment(tuple(pose_of("L").ravel().tolist()), ("1-1",), 0.3, 6.0, 0.95)

    monkeypatch.setattr(compare, "align_dates", given)
    monkeypatch.setattr(compare, "tracks_of", lambda *_: ())


def write_days(widget, *days):
    for row, day in enumerate(days):
        widget.ui.courseTable.item(row, 1).setText(day)


def test_images_with_outlines_are_listed_and_ask_for_their_dates(listed):
    widget, _first, _later = listed
    table = widget.ui.courseTable
    assert [str(table.item(row, 0).text()) for row in range(table.rowCount)] == ["September", "March"]
    assert widget.ui.courseButton.enabled
    widget.ui.courseButton.click()
    assert (
        widget.ui.courseStatusLabel.text
        == "'September' needs its date, as 2024-05-31; write it into the list."
    )
    table.setCurrentCell(0, 0)
    widget.ui.courseDropButton.click()
    assert table.rowCount == 1
    assert not widget.ui.courseButton.enabled
    widget.ui.courseFolderEdit.currentPath = "/nowhere"
    widget.ui.courseAddButton.click()
    assert "is no folder" in widget.ui.courseStatusLabel.text


def test_folders_of_one_name_are_told_apart_by_those_around_them(listed, tmp_path):
    widget, _first, _later = listed
    for day in ("2024", "2025"):
        folder = tmp_path / day / "dicom"
        folder.mkdir(parents=True)
        widget.ui.courseFolderEdit.currentPath = str(folder)
        widget.ui.courseAddButton.click()
    table = widget.ui.courseTable
    assert [str(table.item(row, 0).text()) for row in (2, 3)] == ["2024/dicom", "2025/dicom"]


def test_a_surface_that_could_not_be_read_has_no_number_in_the_table(scene):
    from ONFHAssistLib.followup.alignment import DateAlignment
    from ONFHAssistLib.followup.growth import Growth
    from ONFHAssistLib.followup.result import HipChange, Interval
    from ONFHAssistLib.scene.course.results import _numbers

    still = DateAlignment(tuple(np.eye(4).ravel().tolist()), ("1-1",), 0.3, 1.0, 0.95)
    growth = Growth(2.0, 1.1, 2.9, "grown", 10.0, 12.0, 2.2, 0.2, 0.2, 0.24)
    unread = HipChange("2025-01-01", still, 0.5, growth, Interval(0.0, -3.0, 3.0), told=False)
    assert np.isnan(_numbers(unread)["sunk_mm"])
    assert _numbers(unread)["growth_ml"] == 2.0


@pytest.mark.usefixtures("coarse_figures", "known_pose")
def test_what_changed_stands_in_table_chart_and_on_the_head(listed):
    import slicer

    from ONFHAssistLib.scene.images.ownership import results_of

    widget, first, _later = listed
    write_days(widget, "2025-09-01", "2025-03-01")
    widget.ui.courseSinceEdit.text = "2025-02-01"
    widget.ui.courseButton.click()
    wait_for(lambda: not widget.course.job.running)
    content = rows()
    assert list(content["side"]) == ["L", "L"]
    assert list(content["date"]) == ["2025-03-01", "2025-09-01"]
    assert [round(month) for month in content["months"]] == [1, 7]
    assert list(content["called"]) == ["", "grown"]
    assert content["low_ml"][1] < cap_ml(15.0) - cap_ml(10.0) < content["high_ml"][1]
    (model,) = results_of(first, "vtkMRMLModelNode")
    points = slicer.util.arrayFromModelPoints(model) * [-1.0, -1.0, 1.0]
    away = np.linalg.norm(points - CENTRE["L"], axis=1)
    assert np.abs(np.median(away) - RADIUS) < 1.0  # on the head of the first date
    assert model.GetDisplayNode().GetActiveScalarName() == "sunk_mm"
    assert model.GetDisplayNode().GetScalarVisibility()
    colour = [0.0] * 4
    model.GetDisplayNode().GetColorNode().GetColor(255, colour)
    assert colour[0] > 2 * colour[2]  # red where it sank most
    (chart,) = results_of(first, "vtkMRMLPlotChartNode")
    assert chart.GetNumberOfPlotSeriesNodes() == 3
    layouts = slicer.vtkMRMLLayoutNode
    assert slicer.app.layoutManager().layout == layouts.SlicerLayoutConventionalPlotView  # both are in sight
    window = slicer.app.layoutManager().threeDWidget(0).threeDView().renderWindow()
    camera = window.GetRenderers().GetFirstRenderer().GetActiveCamera()
    above = camera.GetPosition()[2] - camera.GetFocalPoint()[2]
    assert above > abs(camera.GetPosition()[1] - camera.GetFocalPoint()[1]) > 0  # from above and in front
    assert camera.GetPosition()[1] > camera.GetFocalPoint()[1]
    columns, height = window.GetSize()
    matrix = camera.GetCompositeProjectionTransformMatrix(columns / height, 0.0, 1.0)
    for point in slicer.util.arrayFromModelPoints(model)[::7]:
        x, y, _z, w = matrix.MultiplyPoint((*point, 1.0))
        assert abs(x / w) < 1  # the whole of it is seen
        assert abs(y / w) < 1
    page = Path(widget.course._page)
    assert "Left hip" in page.read_text(encoding="utf-8")
    assert widget.ui.coursePageButton.enabled

    widget.course.forget_case()
    assert not page.exists()
    assert widget.ui.courseTable.rowCount == 0
    assert not widget.ui.coursePageButton.enabled


def test_two_patients_are_not_compared(listed):
    import slicer

    widget, first, later = listed
    tree = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    for name, volume in (("one", first), ("two", later)):
        patient = tree.CreateSubjectItem(tree.GetSceneItemID(), name)
        tree.SetItemParent(tree.GetItemByDataNode(volume), tree.CreateStudyItem(patient, name))
    write_days(widget, "2025-09-01", "2025-03-01")
    widget.ui.courseButton.click()
    assert "are of two patients; compare examinations of one." in widget.ui.courseStatusLabel.text
    assert widget.course.job._runner.asked == []
