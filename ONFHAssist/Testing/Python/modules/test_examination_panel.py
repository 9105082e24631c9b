"""An examination in the home panel: its table and roles, *Run all* on all series, the hanging, and whose they are."""

import json
import re
from dataclasses import replace

import headless
import numpy as np
import pytest
from support.exam_worker import ExamWorker, load_examination, motion
from support.films import film
from support.run_all_worker import CENTRES, everything, pelvis
from support.waiting import press, wait_for

LPS_TO_RAS = np.array([-1.0, -1.0, 1.0])


@pytest.fixture
def loaded(panel, scene):
    """``loaded(worker)``: the panel on three loaded series that are to be read together, and their volumes."""
    from ONFHAssistLib.ui.jobs import JobRunner

    def load(worker):
        volumes = load_examination()
        widget = panel("ONFHAssist")
        widget.run.runner = worker
        widget.ui.volumeSelector.setCurrentNode(volumes["T1 cor"])
        wait_for(lambda: widget.ui.seriesTable.rowCount == 3)
        widget.ui.examCheckBox.checked = True
        return widget, volumes

    yield load
    panel("ONFHAssist").run.runner = JobRunner.shared()


@pytest.fixture
def read(loaded):
    """The same once the examination is read."""
    worker = ExamWorker()
    widget, volumes = loaded(worker)
    press(widget, widget.ui.runAllButton)
    return widget, volumes, worker


def cells(widget):
    table = widget.ui.seriesTable
    return [[table.item(r, c).text() for c in range(table.columnCount)] for r in range(table.rowCount)]


def shown(view):
    import slicer

    composite = slicer.app.layoutManager().sliceWidget(view).mrmlSliceCompositeNode()
    return slicer.mrmlScene.GetNodeByID(composite.GetBackgroundVolumeID())


def test_a_study_begins_with_a_coronal_series_and_not_with_its_localiser(panel, scene):
    from ONFHAssistLib.imaging.series_kind import KIND
    from ONFHAssistLib.scene.volumes import volume_from_image

    facts = {"modality": "MR", KIND: "localiser"}
    volume_from_image(replace(pelvis("RL")[0], metadata=facts), "3-plane localizer")
    volumes = load_examination(("PD FS tra", "T1 cor"))
    widget = panel("ONFHAssist")
    widget.enter()
    assert widget.parameters.volume is volumes["T1 cor"]


def test_the_table_lists_what_is_loaded_and_says_more_once_it_is_read(loaded):
    worker = ExamWorker()
    widget, _volumes = loaded(worker)
    assert [row[:3] for row in cells(widget)] == [
        ["1", "T1 cor\ncoronal, 2.5 x 2.5 mm", "T1"],
        ["2", "T2 FS cor\ncoronal, 2.5 x 2.5 mm", "T2 FS"],
        ["3", "PD FS tra\naxial, 2.5 x 2.5 mm", "PD FS"],
    ]
    assert widget.ui.examCheckBox.text == "Read the 3 series of the examination together"
    press(widget, widget.ui.runAllButton)
    assert [row[2:] for row in cells(widget)] == [
        ["T1", "R 100%\nL 95%", "reference, outline"],
        ["T2 FS by header,\nfat-suppressed by look", "R 100%\nL 95%", "outline"],
        ["PD FS", "R 100%\nL 95%", "outline"],
    ]
    ((task, arguments),) = worker.asked
    assert task == "run_exam"
    assert [one["facts"]["sequence"] for one in arguments["series"]] == ["T1", "T2 FS", "PD FS"]


def test_an_examination_stands_on_its_reference_and_each_number_tells_its_series(read):
    import slicer

    widget, volumes, _worker = read
    assert widget.parameters.volume is volumes["T1 cor"]
    assert widget.parameters.segmentation.GetName() == "T1 cor ONFH"
    right = widget.ui.glanceLabel.text.partition("<b>Left hip</b>")[0]
    assert re.search(r"necrosis <a href=\"measurements:R\">\d", right)
    for number in "123":
        assert f'<a href="series-{number}:R">{number}</a>' in right
    table = slicer.util.getNode("T1 cor series")
    assert table.GetTable().GetNumberOfRows() == 3
    assert "it looks T1-weighted" in table.GetCellText(1, table.GetColumnIndex("notes"))


def test_another_series_of_it_says_where_the_answer_stands(read):
    widget, volumes, _worker = read
    widget.ui.volumeSelector.setCurrentNode(volumes["PD FS tra"])
    said = "Read in an examination, whose answer stands on 'T1 cor'; choose that as MRI."
    assert widget.ui.glanceLabel.text == said
    assert cells(widget)[0][4] == "reference, outline"


def test_the_hanging_shows_two_contrasts_and_an_axial_series_in_one_frame(read):
    import slicer
    import vtk

    _widget, volumes, _worker = read
    assert shown("Green") is volumes["T1 cor"]
    second, third = shown("ONFHSecond"), shown("Red")
    assert second.GetName() == "T2 FS cor, aligned"
    assert third.GetName() == "PD FS tra, aligned"
    assert second.GetImageData() is volumes["T2 FS cor"].GetImageData()
    layout = slicer.app.layoutManager()
    assert layout.sliceWidget("ONFHSecond").mrmlSliceNode().GetOrientation() == "Coronal"
    for node in (second, third):
        there = vtk.vtkGeneralTransform()
        node.GetParentTransformNode().GetTransformFromWorld(there)
        for side, centre in CENTRES.items():
            for offset in (
                (0, 0, 0),
                (20, 0, 0),
                (0, -20, 10),
            ):  # the whole of each head lies as it was aligned
                point = np.array(centre) + offset
                wanted = motion(side)[:3, :3] @ point + motion(side)[:3, 3]
                found = np.array(there.TransformPoint(*(point * LPS_TO_RAS))) * LPS_TO_RAS
                assert np.linalg.norm(found - wanted) < 0.5, (node.GetName(), side, offset)
    linked = [
        layout.sliceWidget(v).mrmlSliceCompositeNode().GetLinkedControl() for v in ("Green", "ONFHSecond")
    ]
    assert linked == [1, 1]
    widths = [node.GetDisplayNode().GetAutoWindowLevel() for node in (volumes["T1 cor"], second)]
    assert widths == [0, 0]


def test_the_slider_of_a_view_that_was_just_made_does_not_move_the_views_away(read, monkeypatch):
    import slicer

    from ONFHAssistLib.scene.examination.hanging import FIRST, SECOND, hang

    widget, _volumes, _worker = read
    manager = slicer.app.layoutManager()
    nodes = [manager.sliceWidget(view).mrmlSliceNode() for view in (FIRST, SECOND)]
    made = manager.sliceWidget
    asked = []
    monkeypatch.setattr(  # at the first question it is not there yet
        manager, "sliceWidget", lambda view: asked.append(view) if not asked else made(view)
    )
    assert hang(widget.parameters.volume, "L")
    for node in nodes:
        node.SetSliceOffset(37.0)  # as the application does in its next turn, to 0
    slicer.app.processEvents()
    for node in nodes:
        assert node.GetSliceOffset() == pytest.approx(-CENTRES["L"][1], abs=1.5)


@pytest.mark.parametrize(("link", "name"), [("series-2:L", "T2 FS cor, aligned"), ("series-1:R", "T1 cor")])
def test_a_link_shows_a_number_on_the_series_that_it_came_from(read, link, name):
    import slicer

    widget, _volumes, _worker = read
    widget.on_link(link)
    side = link[-1]
    assert {shown(view).GetName() for view in ("Red", "Yellow", "Green")} == {name}
    matrix = slicer.app.layoutManager().sliceWidget("Green").mrmlSliceNode().GetSliceToRAS()
    place = [matrix.GetElement(i, 3) for i in range(3)]
    assert np.sign(place[0]) == (1 if side == "R" else -1)  # RAS: the patient's right is positive


def test_its_user_gives_a_series_another_role_and_takes_it_back(loaded):
    from ONFHAssistLib.scene.results.measurements import edge_node

    worker = ExamWorker()
    widget, volumes = loaded(worker)
    ui = widget.ui
    ui.seriesTable.setCurrentCell(2, 0)
    assert ui.useFluidBox.enabled and not ui.automaticButton.enabled
    assert ui.useOutlineBox.checked  # for which every series serves
    ui.useReferenceBox.click()
    assert cells(widget)[2][4] == "reference, outline"
    edge_node(volumes["T2 FS cor"], "L").AddControlPoint(*(np.array([100.0, 1.0, 22.0]) * LPS_TO_RAS))
    press(widget, ui.runAllButton)
    assert worker.asked[-1][1]["wishes"] == {"3": ["reference", "outline"]}
    assert worker.asked[-1][1]["edges"] == {"L": ("2", [100.0, 1.0, 22.0])}
    assert widget.parameters.volume is volumes["PD FS tra"]
    ui.seriesTable.setCurrentCell(2, 0)
    ui.automaticButton.click()
    ui.seriesTable.setCurrentCell(0, 0)
    press(widget, ui.runAllButton)
    assert worker.asked[-1][1]["wishes"] == {}


def test_moving_the_reference_leaves_no_series_out(loaded):
    widget, _volumes = loaded(ExamWorker())
    ui = widget.ui
    ui.seriesTable.setCurrentCell(2, 0)
    ui.useOutlineBox.click()
    ui.useReferenceBox.click()
    assert widget.run.series.asked()[1] == {"3": ("reference",)}
    ui.seriesTable.setCurrentCell(0, 0)
    ui.useReferenceBox.click()
    assert widget.run.series.asked()[1] == {"1": ("reference", "outline")}


def test_what_failed_is_told_and_a_radiograph_is_used(loaded):
    worker = ExamWorker(failing=["stage"])
    widget, _volumes = loaded(worker)
    widget.ui.radiographSelector.setCurrentNode(film(circle=True))
    press(widget, widget.ui.runAllButton)
    assert {"radiograph", "radiograph_labels"} <= set(worker.asked[-1][1])
    assert "Stage and probability failed: stage cannot be done." in widget.ui.notesLabel.text
    assert "by the DLRC model (dlrc-xray)" in widget.ui.glanceLabel.text


def test_a_series_that_was_not_aligned_to_a_hip_is_shown_with_no_outline_of_it(loaded, tmp_path):
    worker = ExamWorker()
    worker.refused = {("2", "R"), ("3", "R")}
    widget, _volumes = loaded(worker)
    press(widget, widget.ui.runAllButton)
    widget.on_link("measurements:R")
    assert {shown(view).GetName() for view in ("Green", "ONFHSecond", "Red")} == {"T1 cor"}
    widget.on_link("measurements:L")
    assert shown("ONFHSecond").GetName() == "T2 FS cor, aligned"
    widget.ui.reportEdit.currentPath = str(tmp_path / "case.html")
    widget.ui.reportButton.click()
    page = (tmp_path / "case.html").read_text(encoding="utf-8")
    said = "hip, coronal and sagittal through the centre of the head: upper row series 1, T1"
    assert f"Right {said}." in page
    assert f"Left {said}; lower row series 2, T2 FS by header, fat-suppressed by look." in page


def test_without_the_tick_and_for_redo_the_chosen_series_is_read_alone(loaded):
    worker = ExamWorker()
    widget, volumes = loaded(worker)
    widget.ui.volumeSelector.setCurrentNode(volumes["PD FS tra"])
    widget.ui.examCheckBox.checked = False
    press(widget, widget.ui.runAllButton)
    widget.ui.examCheckBox.checked = True
    press(widget, widget.ui.redoPredictButton)
    assert [task for task, _arguments in worker.asked] == ["run_case", "run_case"]


# whose they are ---------------------------------------------------------------------------------------------


def test_a_series_under_another_patient_or_study_is_named_and_never_sent(loaded):
    import slicer

    worker = ExamWorker()
    widget, volumes = loaded(worker)
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    top = hierarchy.GetSceneItemID()
    studies = []
    for patient in ("A", "B"):
        item = hierarchy.CreateSubjectItem(top, f"Patient {patient}")
        studies.append(hierarchy.CreateStudyItem(item, "Study"))
    later = hierarchy.CreateStudyItem(hierarchy.GetItemParent(studies[0]), "Later study")
    for name, study in zip(volumes, (studies[0], studies[1], later), strict=True):
        hierarchy.SetItemParent(hierarchy.GetItemByDataNode(volumes[name]), study)
    widget.update_panel()
    assert [row[4] for row in cells(widget)] == [
        "",
        "It is of another patient: it lies under another patient in the scene.",
        "It is of another examination: it lies under another study in the scene.",
    ]
    assert not widget.ui.examCheckBox.enabled
    assert "Patient B" not in json.dumps(cells(widget))
    press(widget, widget.ui.runAllButton)
    assert [task for task, _arguments in worker.asked] == ["run_case"]


def test_nothing_of_another_patient_goes_into_the_result_or_finds_it(loaded, tmp_path):
    import slicer

    from ONFHAssistLib.scene.examination.results import exam_of, read_exam
    from ONFHAssistLib.scene.results.measurements import edge_node

    worker = ExamWorker()
    widget, volumes = loaded(worker)
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    for name, patient in zip(volumes, "AAB", strict=True):
        item = hierarchy.GetItemChildWithName(hierarchy.GetSceneItemID(), patient)
        item = item or hierarchy.CreateSubjectItem(hierarchy.GetSceneItemID(), patient)
        study = hierarchy.GetItemChildWithName(item, "Study") or hierarchy.CreateStudyItem(item, "Study")
        hierarchy.SetItemParent(hierarchy.GetItemByDataNode(volumes[name]), study)
    widget.update_panel()
    for name, side, x in (("PD FS tra", "L", 99.0), ("T2 FS cor", "R", -101.0), ("T1 cor", "R", -100.0)):
        edge_node(volumes[name], side).AddControlPoint(*(np.array([x, 1.0, 22.0]) * LPS_TO_RAS))
    press(widget, widget.ui.runAllButton)
    # A reader's marks go along in the frame of their series, the chosen one's first; none of another patient's.
    assert worker.asked[-1][1]["edges"] == {"R": ("1", [-100.0, 1.0, 22.0])}
    assert [one["facts"]["series_description"] for one in worker.asked[-1][1]["series"]] == [
        "T1 cor",
        "T2 FS cor",
    ]
    assert [row.description for row in exam_of(volumes["T1 cor"]).series] == ["T1 cor", "T2 FS cor"]
    assert cells(widget)[2][4] == "It is of another patient: it lies under another patient in the scene."
    assert read_exam(volumes["T2 FS cor"]) is not None and read_exam(volumes["PD FS tra"]) is None


def test_headers_of_another_patient_or_date_are_told_by_field_and_never_shown(
    panel, scene, tmp_path, monkeypatch
):
    import slicer
    from support.dicom_browser import Database, loaded, series_image

    from ONFHAssistLab.simulate.acquisition.dicom_series import write_dicom_series
    from ONFHAssistLib.worker.examination import found_series, series_arguments

    database = Database()
    monkeypatch.setattr(slicer, "dicomDatabase", database, raising=False)
    facts = {"modality": "MR", "sequence": "T1", "repetition_time_ms": "500", "echo_time_ms": "10"}
    nodes = []
    for patient, date in (("SECRET1", ""), ("SECRET1", ""), ("SECRET2", ""), ("SECRET1", "20230412")):
        image, number = series_image(), len(nodes)
        about = {**facts, "study_date": date, "series_uid": f"1.2.{number + 3}"}
        image = replace(image, array=image.array + number, metadata=about)
        folder = write_dicom_series(
            image, tmp_path / f"{number}", patient, "1.2.9", series_number=(10, 9, 10, 7)[number]
        )
        nodes.append(loaded(image, database.add(folder), f"volume {number}"))
    widget = panel("ONFHAssist")
    widget.ui.volumeSelector.setCurrentNode(nodes[0])
    wait_for(lambda: widget.ui.seriesTable.rowCount == 4)
    said = {row[0]: row[4] for row in cells(widget)}
    assert (
        said
        == {  # by the Series Numbers of the headers; another patient's own 10 is no number of this examination
            "7": "It is of another date: it differs from the chosen series in Study Date.",
            "–": "It is of another patient: it differs from the chosen series in Patient ID and Patient's Name.",
            "9": "",
            "10": "",
        }
    )
    series = [one.with_image(series_image()) for one in widget.run.series.asked()[0]]
    sent = series_arguments(series, tmp_path)
    for text in (json.dumps(sent), json.dumps(cells(widget)), widget.ui.roleLabel.text):
        assert "SECRET" not in text
    again = [found_series(one) for one in sent]
    assert again[2].identity.differences(again[3].identity) == ()
    assert again[2].spacing == pytest.approx((1.5, 1.25, 4.0))
    assert again[2].read().size == series_image().size


# while it runs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["cancel", "a volume removed", "the scene closed"])
def test_an_examination_that_is_ended_leaves_the_scene_as_it_was(loaded, way):
    import slicer

    worker = ExamWorker(hold="segment")
    widget, volumes = loaded(worker)
    before = everything()
    widget.ui.runAllButton.click()
    wait_for(lambda: worker.held)
    assert widget.ui.statusLabel.text == "Examination of 3 series: half way"
    assert widget.ui.runAllButton.text == "Cancel"
    if way == "cancel":
        widget.ui.runAllButton.click()
        assert widget.ui.statusLabel.text == "Cancelled; the scene is as it was."
    elif way == "a volume removed":
        slicer.mrmlScene.RemoveNode(volumes["PD FS tra"])
        assert "PD FS tra" in widget.ui.statusLabel.text
    else:
        slicer.mrmlScene.Clear(0)
        assert not widget.ui.seriesGroup.visible
        assert not widget.ui.examCheckBox.checked
    assert not widget.run.running
    assert not headless.logged("error") and not headless.logged("exception")
    if way == "cancel":
        assert everything() == before


def test_a_reference_that_was_removed_meanwhile_is_told(loaded, monkeypatch):
    import slicer

    worker = ExamWorker()
    widget, volumes = loaded(worker)
    answer = worker.run_exam

    def late(arguments):
        widget.run._together._watch.end()
        slicer.mrmlScene.RemoveNode(volumes["T1 cor"])
        return answer(arguments)

    monkeypatch.setattr(worker, "run_exam", late)
    press(widget, widget.ui.runAllButton)
    assert (
        widget.ui.statusLabel.text == "The reference series was removed from the scene meanwhile; run again."
    )


def test_a_saved_examination_comes_back_without_what_the_views_alone_need(read, tmp_path):
    import slicer

    from ONFHAssistLib.scene.examination.hanging import hang
    from ONFHAssistLib.scene.examination.results import exam_of

    _widget, volumes, _worker = read
    exam = exam_of(volumes["T1 cor"])
    path = tmp_path / "exam.mrb"
    assert slicer.util.saveScene(str(path))
    slicer.mrmlScene.Clear(0)
    slicer.util.loadScene(str(path))
    volume = slicer.util.getNode("T1 cor")
    assert exam_of(volume) == exam
    assert not [n for n in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if "aligned" in n.GetName()]
    assert hang(volume, "R")
    assert shown("ONFHSecond").GetName() == "T2 FS cor, aligned"


def test_changed_outlines_silence_what_the_examination_said_of_the_hip(read):
    from support.run_all_worker import erode

    widget, _volumes, _worker = read
    assert 'href="series-1:R"' in widget.ui.glanceLabel.text
    erode(widget)
    assert 'href="series-1:R"' not in widget.ui.glanceLabel.text
    assert 'href="series-1:L"' in widget.ui.glanceLabel.text


def test_the_report_of_an_examination_has_both_contrasts_and_the_table_of_series(read, tmp_path):
    widget, _volumes, _worker = read
    widget.ui.reportEdit.currentPath = str(tmp_path / "case.html")
    widget.ui.reportButton.click()
    page = (tmp_path / "case.html").read_text(encoding="utf-8")
    assert "The hips on two contrasts" in page
    assert "upper row series 1, T1; lower row series 2, T2 FS" in page
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("Series of the examination") :]))
    assert (
        "2 T2 FS cor coronal T2 FS by header, fat-suppressed by look 2.5 x 2.5 x 2.5 R 100%, L 95% outline"
        in text
    )
