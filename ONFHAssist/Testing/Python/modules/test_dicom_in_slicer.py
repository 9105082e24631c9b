"""A case through Slicer's DICOM database: offered to its export, stored by one button, and shown again as it was."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom
import pytest
from support.dicom_cases import PATIENT, comparable, worked_up
from support.waiting import wait_for

from ONFHAssistLib.case.result import read_result
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image

SR, SEG = "1.2.840.10008.5.1.4.1.1.88.34", "1.2.840.10008.5.1.4.1.1.66.4"


@dataclass(frozen=True)
class Stored:
    """What came of one export into the database.

    Attributes:
        offered: plugin to what the dialog lists for the study. refused: what it said where another patient was written.
        kinds: SOP class, without its root, to the number of objects. folder: of copies of them.
        glance: lines of the home panel before. report: SOP Instance UID.
    """

    offered: dict
    refused: str
    kinds: dict
    folder: Path
    glance: list
    report: str


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A worked-up case with a lesion on the right, on the slices of a turned sagittal series."""
    return worked_up(tmp_path_factory.mktemp("case"), "sagittal")


def worked_up_scene(case, database):
    """The series as the DICOM browser loads it, and the results as *Run all* puts them into the scene."""
    import slicer
    from DICOMLib import DICOMUtils

    from ONFHAssistLib.scene.results.case_result import result_to_scene

    DICOMUtils.importDicom(str(case.series))
    (series,) = database.seriesForStudy(database.studiesForPatient("1")[0])
    (identifier,) = DICOMUtils.loadSeriesByUID([series])
    node = slicer.mrmlScene.GetNodeByID(identifier)
    result_to_scene(node, None, read_result(case.folder))
    return node


@pytest.fixture(scope="module")
def stored(case, modules, coarse_figures, tmp_path_factory):
    """The case confirmed by a reader and exported by Slicer's own dialog."""
    import headless
    import slicer
    from DICOMLib import DICOMUtils

    from ONFHAssistLib.scene.images.outlines_of import outlines_on
    from ONFHAssistLib.scene.outdated import digest_of
    from ONFHAssistLib.scene.results.readers import confirm
    from ONFHAssistLib.scene.summary import case_lines

    headless.clear_scene()
    with DICOMUtils.TemporaryDICOMDatabase() as database:
        volume = worked_up_scene(case, database)
        outlines = outlines_on(volume)
        confirm(outlines, "Weiß^Ruth")
        hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
        offered = headless.exportables_of(hierarchy.GetItemParent(item_of(volume)))
        refused = headless.export_to_dicom(item_of(volume), "ONFHAssist", {"PatientName": "Somebody Else"})
        assert objects_in(database) == {}
        assert headless.export_to_dicom(item_of(outlines), "ONFHAssist") == ""
        found = objects_in(database)
        folder = tmp_path_factory.mktemp("objects")
        for number, file in enumerate(file for files in found.values() for file in files):
            shutil.copyfile(file, folder / f"{number}.dcm")
        return Stored(
            offered,
            refused,
            {kind.removeprefix("1.2.840.10008.5.1.4.1.1."): len(files) for kind, files in found.items()},
            folder,
            case_lines(volume, digest_of(outlines, volume)),
            str(pydicom.dcmread(found[SR][0]).SOPInstanceUID),
        )


@pytest.fixture
def database(modules, scene):
    """Slicer's DICOM database, empty."""
    from DICOMLib import DICOMUtils

    with DICOMUtils.TemporaryDICOMDatabase() as opened:
        yield opened


def item_of(node):
    import slicer

    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    return hierarchy.GetItemByDataNode(node)


def objects_in(database):
    """The objects of ours in the database: SOP class to files."""
    found = {}
    for study in database.studiesForPatient("1"):
        for series in database.seriesForStudy(study):
            for file in database.filesForSeries(series):
                if database.fileValue(file, "0008,0070") == "ONFHAssist":
                    found.setdefault(database.fileValue(file, "0008,0016"), []).append(Path(file))
    return found


def test_slicers_own_export_offers_the_case_and_its_objects_land_in_the_database(case, stored):
    assert [one.name for one in stored.offered["ONFHAssist"]] == ["ONFHAssist: all results of the case"]
    assert stored.refused.startswith(
        "PatientName was changed in the dialog, but results belong to the patient"
    )
    assert stored.kinds == {"66.4": 2, "30": 1, "88.34": 1, "7": 2, "104.1": 1}
    for path in stored.folder.iterdir():
        one = pydicom.dcmread(path, stop_before_pixels=True)
        assert one.PatientName == PATIENT
        assert one.StudyInstanceUID == case.image.metadata["study_uid"]


def test_objects_loaded_into_an_empty_scene_show_what_was_there(case, stored, database):
    import slicer
    from DICOMLib import DICOMUtils

    from ONFHAssistLib.scene.exchange import case_of
    from ONFHAssistLib.scene.images.outlines_of import outlines_on
    from ONFHAssistLib.scene.images.ownership import find_node, results_of
    from ONFHAssistLib.scene.outdated import digest_of
    from ONFHAssistLib.scene.results.case_result import known_result
    from ONFHAssistLib.scene.results.readers import CONFIRMED_BY
    from ONFHAssistLib.scene.summary import case_lines
    from ONFHAssistLib.scene.volumes import image_from_volume

    for folder in (case.series, stored.folder):
        DICOMUtils.importDicom(str(folder))
    (study,) = database.studiesForPatient("1")
    messages = []
    DICOMUtils.loadSeriesByUID(list(database.seriesForStudy(study)), messages)
    assert messages == []
    (shown,) = (node for node in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if results_of(node))
    (outlines,) = results_of(shown, "vtkMRMLSegmentationNode", "segmentation")  # SEG and SR give one
    assert outlines_on(shown) is outlines
    assert outlines.GetAttribute(CONFIRMED_BY) == "Weiß^Ruth"
    assert len(stored.glance) > 4
    assert case_lines(shown, digest_of(outlines, shown)) == stored.glance
    again, made = case_of(shown, outlines), read_result(case.folder)
    assert again.outlines_in_full.same_grid(case.case.outlines_in_full)
    assert np.array_equal(again.outlines_in_full.array, case.case.outlines_in_full.array)
    known = known_result(shown)
    for side in "RL":
        assert comparable(known.hip(side)) == comparable(made.hip(side))  # floats compare exactly
    heat = find_node("vtkMRMLScalarVolumeNode", "heatmap", shown, "R")
    assert np.array_equal(image_from_volume(heat).array, read_image(made.hip("R").stage.heatmap).array)
    assert find_node("vtkMRMLMarkupsAngleNode", "arc A", shown, "R") is not None
    assert find_node("vtkMRMLMarkupsROINode", "head box", shown, "L") is not None
    pictures = slicer.util.getNodesByClass("vtkMRMLVectorVolumeNode")
    assert sorted(node.GetName()[-1] for node in pictures) == ["L", "R"]


def test_one_button_stores_the_objects_once_after_the_user_agreed(panel, case, database, tmp_path):
    from ONFHAssistLib.ui.dicom.button import _stored

    home = panel("ONFHAssist")
    home.parameters.volume = worked_up_scene(case, database)
    home._refresh()
    button, status = home.ui.dicomButton, home.ui.dicomStatusLabel
    assert button.enabled, button.toolTip
    button.click()  # under automatic testing nobody agrees
    assert status.text == "Nothing was stored, since it was not agreed to."
    home.dicom.store(True)
    wait_for(lambda: not home.dicom.job.running, 120)
    assert status.text == "7 DICOM objects are in Slicer's DICOM database, in the study of the images."
    objects = objects_in(database)
    assert sum(map(len, objects.values())) == 7
    again = {database.instanceForFile(str(file)): str(file) for files in objects.values() for file in files}
    assert _stored({"objects": again}) == "Slicer's DICOM database holds these results already."
    assert objects_in(database) == objects
    for file in again.values():  # the report is another one
        shutil.copy(file, tmp_path)
    (report,) = (
        path
        for path in tmp_path.iterdir()
        if pydicom.dcmread(path, specific_tags=["Modality"]).Modality == "SR"
    )
    one = pydicom.dcmread(report)
    one.SOPInstanceUID = one.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4"
    one.save_as(report)
    copies = {
        str(pydicom.dcmread(path, stop_before_pixels=True).SOPInstanceUID): str(path)
        for path in tmp_path.iterdir()
    }
    assert _stored({"objects": copies}).startswith("1 DICOM objects are in")
    assert database.fileForInstance("1.2.3.4")


def test_what_cannot_be_exported_or_loaded_says_why(case, stored, database):
    import headless
    import slicer
    from DICOMLib import DICOMUtils

    from ONFHAssistLib.scene.dicom.exporting import case_in_scene, why_not
    from ONFHAssistLib.scene.dicom.loading import load_report
    from ONFHAssistLib.scene.images.outlines_of import outlines_on
    from ONFHAssistLib.scene.volumes import volume_from_image

    volume = worked_up_scene(case, database)
    other = volume_from_image(case.image, "From a file")
    assert why_not(None) == "Choose a hip MRI first."
    assert "did not come from Slicer's DICOM database" in why_not(other)
    assert "ONFHAssist" not in headless.exportables_of(item_of(other))
    outlines_on(volume).GetSegmentation().RemoveSegment("NecrosisR")
    said = headless.export_to_dicom(item_of(volume), "ONFHAssist")
    assert "were changed after they were measured; redo the steps, then export" in said
    slicer.mrmlScene.RemoveNode(outlines_on(volume))
    with pytest.raises(InputError, match=r"No outlines of .* are chosen"):
        case_in_scene(volume)
    DICOMUtils.importDicom(str(stored.folder))
    objects = objects_in(database)
    database.removeSeries(database.seriesForFile(str(objects[SEG][0])))
    with pytest.raises(InputError, match=r"refers to 2 objects that are not in Slicer's DICOM database"):
        load_report(objects[SR][0], stored.report)
    slicer.mrmlScene.Clear(0)
    for series in database.seriesForStudy(case.image.metadata["study_uid"]):
        if database.fileValue(database.filesForSeries(series)[0], "0008,0060") == "MR":
            database.removeSeries(series)
    with pytest.raises(
        InputError, match=r"The series that this report is about is not in Slicer's DICOM database"
    ):
        load_report(objects[SR][0], stored.report)
