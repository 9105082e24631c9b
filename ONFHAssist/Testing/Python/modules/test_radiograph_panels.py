"""A pelvic radiograph through the panels: circle tool, lengths, the preset in its plane, whatever its header says."""

from types import SimpleNamespace

import numpy as np
import pytest
from support.waiting import wait_for

from ONFHAssistLab.simulate.acquisition.dicom_radiograph import write_dicom_radiograph
from ONFHAssistLab.simulate.acquisition.radiograph import RadiographProtocol, radiograph
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLib.imaging.files import read_image

LPS_TO_RAS = np.array([-1.0, -1.0, 1.0])


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """(DICOM file, truth of each side) of a simulated pelvis, without pixel spacing in the plane of the hips."""
    import pydicom

    patient = build_patient(draw_patient(11, right="II"), spacing=2.0)
    image, _heads = radiograph(patient, 3, protocol=RadiographProtocol(pixel_mm=0.8))
    path = write_dicom_radiograph(image, tmp_path_factory.mktemp("film") / "pelvis.dcm", "P1")
    dataset = pydicom.dcmread(path)
    for name in ("PixelSpacing", "EstimatedRadiographicMagnificationFactor"):
        if name in dataset:
            delattr(dataset, name)
    dataset.ImagerPixelSpacing = [1.0, 1.0]
    dataset.save_as(path)
    return path


def as_slicer_loads(path, monkeypatch, name="Pelvis"):
    """A volume as Slicer's DICOM module leaves it: voxels as stored, no orientation, linked to the database's file."""
    import pydicom
    import slicer

    dataset = pydicom.dcmread(path)
    database = SimpleNamespace(isOpen=True, fileForInstance=lambda _uid: str(path))
    monkeypatch.setattr(slicer, "dicomDatabase", database, raising=False)
    node = slicer.util.addVolumeFromArray(dataset.pixel_array[None].astype(np.int32), name=name)
    node.SetAttribute("DICOM.instanceUIDs", str(dataset.SOPInstanceUID))
    return node


def rim(centre, radius):
    """Four points on a circle of the frontal plane, RAS."""
    around = np.array([(1, 0, 0), (-1, 0, 0), (0, 0, 1), (0, 0, -1)]) * radius
    return (np.asarray(centre) + around) * LPS_TO_RAS


def circle(widget, centre, radius):
    widget.parameters.points = None
    widget.ui.placeButton.click()
    for point in rim(centre, radius):
        widget.parameters.points.AddControlPoint(*point)
    widget.ui.sphereButton.click()


@pytest.fixture
def opened(panel, film, monkeypatch):
    """(widget of ONFHSegment, volume node, the library's image)."""
    volume = as_slicer_loads(film, monkeypatch)
    widget = panel("ONFHSegment")
    widget.ui.volumeSelector.setCurrentNode(volume)
    return widget, volume, read_image(film)


def test_a_radiograph_gets_the_geometry_of_its_header_and_the_circle_tool(opened):
    from ONFHAssistLib.scene.volumes import image_from_volume

    widget, volume, image = opened
    shown = image_from_volume(volume)
    assert shown.same_grid(image)
    assert np.array_equal(shown.array, image.array)
    assert widget.ui.sphereGroup.text == "Femoral head by circle"
    assert widget.ui.radiographCheckBox.checked
    assert not widget.ui.radiographCheckBox.enabled  # the header says so
    assert not widget.ui.clipCheckBox.enabled
    assert "10 to 20% too large" in widget.ui.radiographLabel.text


def test_circles_of_both_sides_are_outlined_and_nothing_is_measured(opened):
    import slicer

    from ONFHAssistLib.scene.segmentations import labels_from_segmentation

    widget, volume, image = opened
    middle = image.index_to_point((np.asarray(image.size) - 1) / 2)
    for sign, side in ((-1, "R"), (1, "L")):
        circle(widget, middle + np.array([sign * 95.0, 0, 0]), 25.0)
        assert widget.ui.statusLabel.text.startswith(f"Femoral head {side}: radius 25.0 mm.")
    labels = labels_from_segmentation(widget.parameters.segmentation, volume)
    for value in (1, 2):
        area = (labels.array == value).sum() * image.spacing[0] * image.spacing[1]
        assert area == pytest.approx(np.pi * 25**2, rel=0.02)
    right = np.argwhere(labels.array == 1).mean(axis=0)[::-1]
    assert image.index_to_point(right)[0] == pytest.approx(middle[0] - 95, abs=1)
    assert widget.parameters.segmentation.GetAttribute("ONFHAssist.provenance.tool") == "circle"
    assert not widget.ui.measureButton.enabled
    assert "no volumes" in widget.ui.measureButton.toolTip
    red = slicer.mrmlScene.GetNodeByID("vtkMRMLSliceNodeRed")
    normal = [red.GetSliceToRAS().GetElement(i, 2) for i in range(3)]
    assert np.abs(normal) == pytest.approx((0, 1, 0), abs=1e-6)  # the view faces the film


def test_lengths_are_corrected_again_and_again_and_outlines_stay_on_the_film(opened):
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation

    widget, volume, image = opened
    middle = image.index_to_point((np.asarray(image.size) - 1) / 2)
    circle(widget, middle - [95.0, 0, 0], 28.0)
    segmentation = widget.parameters.segmentation
    before = labels_from_segmentation(segmentation, volume).array
    for magnification in (1.25, 1.12):
        widget.ui.magnificationSpinBox.value = magnification
        widget.ui.magnificationButton.click()
        assert volume.GetSpacing()[:2] == pytest.approx((1 / magnification,) * 2)
        assert np.array_equal(labels_from_segmentation(segmentation, volume).array, before)
        assert f"corrected by {magnification:.2f}" in widget.ui.radiographLabel.text
    widget.ui.sphereButton.click()  # the points moved with the film
    assert widget.ui.statusLabel.text.startswith("Femoral head R: radius 25.0 mm.")
    assert (labels_from_segmentation(segmentation, volume).array != before).mean() < 1e-4


def test_a_film_that_hangs_mirrored_keeps_the_sides_of_the_patient(panel, film, monkeypatch, tmp_path):
    import pydicom

    dataset = pydicom.dcmread(film)
    dataset.PixelData = np.ascontiguousarray(dataset.pixel_array[:, ::-1]).tobytes()
    dataset.PatientOrientation = ["R", "F"]
    mirrored = tmp_path / "mirrored.dcm"
    dataset.save_as(mirrored)
    volume = as_slicer_loads(mirrored, monkeypatch)
    widget = panel("ONFHSegment")
    widget.ui.volumeSelector.setCurrentNode(volume)
    image = read_image(mirrored)
    quarter = image.index_to_point(
        [image.size[0] * 0.25, image.size[1] * 0.5, 0]
    )  # left on the screen as stored
    circle(widget, quarter, 25.0)
    assert widget.ui.statusLabel.text.startswith("Femoral head L")


def test_a_slice_without_header_is_a_radiograph_when_the_user_says_so(panel, scene):
    import slicer

    from ONFHAssistLib.core.resources import resource_path

    volume = slicer.util.loadVolume(
        str(resource_path("SampleData", "onfh-right-stage2-radiograph.nrrd")), {"name": "Pelvis AP"}
    )
    widget = panel("ONFHSegment")
    assert widget.parameters.volume is volume
    assert widget.ui.sphereGroup.text == "Femoral head by sphere"
    assert "tick the box" in widget.ui.radiographLabel.text
    widget.ui.radiographCheckBox.click()
    assert widget.ui.sphereGroup.text == "Femoral head by circle"
    assert widget.ui.magnificationButton.enabled
    widget.ui.radiographCheckBox.click()
    assert widget.ui.sphereGroup.text == "Femoral head by sphere"


def test_mri_shows_nothing_of_radiographs(panel, scene):
    from ONFHAssistLib.scene.selftest import ball_phantom

    ball_phantom()
    widget = panel("ONFHSegment")
    assert not widget.ui.radiographGroup.visible
    assert widget.ui.clipCheckBox.enabled
    assert panel("ONFHExtract").ui.presetCombo.findText("dlrc-xray") == -1


def test_extract_offers_the_presets_in_the_plane_and_keeps_the_tables_of_mri(opened, panel):
    import slicer

    from ONFHAssistLib.scene.images.ownership import set_image
    from ONFHAssistLib.scene.tables import table_from_columns
    from ONFHAssistLib.scene.volumes import volume_from_image
    from ONFHAssistLib.ui.panels.survival_texts import features_in_scene

    widget, volume, image = opened
    middle = image.index_to_point((np.asarray(image.size) - 1) / 2)
    circle(widget, middle - [95.0, 0, 0], 25.0)
    mri = volume_from_image(image, "MRI")
    table = table_from_columns(
        "MRI", {"feature": ["original_firstorder_Mean"], "R": [-1.0]}, role="radiomics", provenance={}
    )
    set_image(table, mri)
    extract = panel("ONFHExtract")
    extract.ui.volumeSelector.setCurrentNode(volume)
    extract.ui.segmentationSelector.setCurrentNode(widget.parameters.segmentation)
    names = [extract.ui.presetCombo.itemText(i) for i in range(extract.ui.presetCombo.count)]
    assert names == ["dlrc-xray"]
    assert extract.parameters.preset == "dlrc-xray"
    extract.ui.applyButton.click()
    wait_for(lambda: not extract.job.running, 120)
    assert extract.ui.statusLabel.text.startswith("1032 features of one hip")
    tables = {n.GetAttribute("ONFHAssist.role") for n in slicer.util.getNodesByClass("vtkMRMLTableNode")}
    assert {"radiomics", "radiograph radiomics"} <= tables
    assert features_in_scene((mri, volume), "R")[0]["original_firstorder_Mean"] != -1.0
    assert features_in_scene((mri, volume), "L") == ({}, [])


def test_survival_takes_its_signatures_from_a_radiograph(opened, panel):
    """Outlined radiograph in, curve out: the shipped DLRC nomogram needs both signatures of the hip."""
    import pandas as pd

    from ONFHAssistLib.survival import calculator

    widget, volume, image = opened
    survival = panel("ONFHSurvival")
    ui = survival.ui
    ui.modelCombo.currentIndex = ui.modelCombo.findText("DLRC nomogram (dlrc-xray)")
    assert survival.parameters.model == "dlrc-xray"
    assert "Trained on simulated radiographs" in ui.nomogramNote.text
    assert "signature</b> is not known of this hip" in ui.nomogramNote.text
    assert ui.signaturesButton.toolTip == "Choose a radiograph."
    ui.radiographSelector.setCurrentNode(volume)
    assert "circle tool" in ui.signaturesButton.toolTip
    assert not ui.signaturesButton.enabled
    middle = image.index_to_point((np.asarray(image.size) - 1) / 2)
    circle(widget, middle - [95.0, 0, 0], 25.0)
    survival.update_panel()
    assert ui.signaturesButton.enabled
    ui.signaturesButton.click()
    wait_for(lambda: not survival.signatures.job.running, 200)
    assert "Features of hip R are in the scene" in ui.signaturesStatusLabel.text
    assert "signature</b> is not known of this hip" not in ui.nomogramNote.text
    from ONFHAssistLib.ui.panels.survival_texts import features_in_scene

    model = calculator.load_calculator("dlrc-xray")
    features, doubts = features_in_scene((None, volume), "R", model.accepts)
    assert doubts == []
    for name, control in survival.nomogram.controls.items():
        signature = model.model.signatures.get(name.removesuffix("_signature"))
        if signature is not None:
            expected = signature.score(pd.DataFrame([features]))[0]
            assert control.value == pytest.approx(
                np.clip(expected, control.minimum, control.maximum), abs=0.006
            )
    ui.sideCombo.currentIndex = ui.sideCombo.findText("L")
    assert "signature</b> is not known of this hip" in ui.nomogramNote.text  # only the right head is outlined


def test_features_of_another_preset_are_passed_over_and_it_is_told(panel, scene):
    from ONFHAssistLib.scene.images.ownership import set_image
    from ONFHAssistLib.scene.tables import table_from_columns
    from ONFHAssistLib.ui.panels.survival_texts import features_in_scene

    columns = {"feature": ["original_firstorder_Mean"], "R": [1.0]}
    made = {"preset": "dlr-mri", "preset_sha256": "a" * 64}
    volume, other = (scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", name) for name in "AB")
    table = table_from_columns("Hip radiomics", columns, role="radiomics", provenance=made)
    set_image(table, volume)
    assert features_in_scene((volume, None), "R") == ({"original_firstorder_Mean": 1.0}, [])
    assert features_in_scene((other, None), "R") == ({}, [])  # another patient's
    features, doubts = features_in_scene(
        (volume, None), "R", {"preset": "dlrc-xray", "preset_sha256": "b" * 64}
    )
    assert features == {}
    assert doubts == [
        "The table 'Hip radiomics' was extracted with dlr-mri, the model takes dlrc-xray: it is passed over."
    ]
