"""What a radiologist does with the panels: the real buttons of the real .ui files, and then a look at the scene."""

import html
import math
import re

import numpy as np
import pytest
from support.waiting import wait_for


@pytest.fixture
def phantom(scene):
    """(volume node, centre in RAS mm, radius in mm) of a ball on the patient's right."""
    from ONFHAssistLib.scene.selftest import ball_phantom

    return ball_phantom()


@pytest.fixture
def outlined(phantom):
    """The phantom with its femoral head outlined: (volume, segmentation)."""
    import slicer

    from ONFHAssistLib.scene.results.outlines import sphere_to_scene

    volume, centre, radius = phantom
    points = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode")
    points.AddControlPoint(*centre)
    return volume, sphere_to_scene(volume, None, points, radius, True, "AB")[0]


def finish(widget):
    """Let the event loop run until the panel's job has ended."""
    wait_for(lambda: not widget.job.running, 120)


def tables(role):
    import slicer

    return [
        n
        for n in slicer.util.getNodesByClass("vtkMRMLTableNode")
        if n.GetAttribute("ONFHAssist.role") == role
    ]


def test_segment_needs_a_volume_and_points_before_its_buttons_work(panel, phantom):
    import slicer

    volume, centre, radius = phantom
    widget = panel("ONFHSegment")
    assert widget.parameters.volume is volume
    assert (widget.ui.sphereButton.enabled, widget.ui.measureButton.enabled) == (False, False)
    widget.ui.placeButton.click()
    points = widget.parameters.points
    interaction = slicer.app.applicationLogic().GetInteractionNode()
    assert interaction.GetCurrentInteractionMode() == interaction.Place
    points.AddControlPoint(centre[0] + radius, centre[1], centre[2])
    points.AddControlPoint(centre[0] - radius, centre[1], centre[2])
    assert not widget.ui.sphereButton.enabled
    points.AddControlPoint(centre[0], centre[1], centre[2] + radius)
    assert widget.ui.sphereButton.enabled


def test_segment_makes_and_measures_the_head_of_the_right_side(panel, phantom):
    import slicer

    volume, centre, radius = phantom
    widget = panel("ONFHSegment")
    widget.ui.readerEdit.text = "AB"
    widget.ui.placeButton.click()
    for way in np.vstack([np.eye(3), -np.eye(3)]) * radius:
        widget.parameters.points.AddControlPoint(*(np.asarray(centre) + way))
    widget.ui.sphereButton.click()
    node = widget.parameters.segmentation
    assert "Femoral head R: radius 22.0 mm" in widget.ui.statusLabel.text
    assert node.GetAttribute("ONFHAssist.reader") == "AB"
    assert node.GetSegmentation().GetSegmentIdBySegmentName("Femoral head R")
    assert slicer.util.getNode("Femoral head R box").GetSize() == pytest.approx((44, 44, 44), abs=0.01)
    widget.ui.measureButton.click()
    wait_for(lambda: not widget.measurements.job.running)
    (table,) = tables("measurements")
    assert widget.ui.measurementsView.mrmlTableNode() is table
    assert table.GetTable().GetColumnByName("radius").GetValue(0) == pytest.approx(22, abs=0.5)
    assert table.GetName() == f"{volume.GetName()} measurements"


def test_one_point_and_the_radius_slider_make_a_head_too(panel, phantom):
    _volume, centre, _radius = phantom
    widget = panel("ONFHSegment")
    widget.ui.radiusSlider.value = 20.0
    widget.ui.clipCheckBox.checked = False
    widget.ui.placeButton.click()
    widget.parameters.points.AddControlPoint(*centre)
    widget.ui.sphereButton.click()
    assert widget.parameters.radius == 20.0
    assert "radius 20.0 mm, 33.5 ml" in widget.ui.statusLabel.text


def test_a_sphere_outside_tells_and_leaves_the_scene(panel, phantom):
    import headless
    import slicer

    _volume, centre, _radius = phantom
    widget = panel("ONFHSegment")
    widget.ui.placeButton.click()
    widget.parameters.points.AddControlPoint(centre[0] + 500, centre[1], centre[2])
    before = {slicer.mrmlScene.GetNthNode(i).GetID() for i in range(slicer.mrmlScene.GetNumberOfNodes())}
    widget.ui.sphereButton.click()
    after = {slicer.mrmlScene.GetNthNode(i).GetID() for i in range(slicer.mrmlScene.GetNumberOfNodes())}
    assert "lies outside the image" in widget.ui.statusLabel.text
    assert any("lies outside the image" in str(message) for message in headless.messages)
    assert after == before
    assert widget.parameters.segmentation is None


def test_extract_fills_a_numeric_table_that_can_be_searched(panel, outlined):
    volume, segmentation = outlined
    widget = panel("ONFHExtract")
    assert widget.parameters.segmentation is segmentation  # the only outlines of this volume
    widget.ui.segmentationSelector.setCurrentNode(None)
    assert not widget.ui.applyButton.enabled
    widget.ui.segmentationSelector.setCurrentNode(segmentation)
    assert widget.ui.applyButton.enabled
    assert widget.ui.presetCombo.currentText == "dlr-mri"
    widget.ui.applyButton.click()
    assert widget.ui.applyButton.text == "Cancel"
    finish(widget)
    assert widget.ui.applyButton.text == "Extract"
    assert widget.ui.statusLabel.text.startswith("1197 features of one hip")
    (table,) = tables("radiomics")
    column = table.GetTable().GetColumnByName("R")
    values = [column.GetValue(i) for i in range(column.GetNumberOfTuples())]
    assert len(values) == 1197
    assert all(math.isfinite(value) for value in values)
    widget.ui.filterEdit.text = "gldm_DependenceVariance"
    assert widget.ui.featureView.mrmlTableNode().GetTable().GetNumberOfRows() == 13
    widget.ui.imageCombo.currentIndex = widget.ui.imageCombo.findText("wavelet-HLH")
    shown = widget.ui.featureView.mrmlTableNode().GetTable()
    assert shown.GetColumnByName("feature").GetValue(0) == "wavelet-HLH_gldm_DependenceVariance"
    assert shown.GetNumberOfRows() == 1
    widget.ui.imageCombo.currentIndex = 0
    widget.ui.filterEdit.text = ""
    assert widget.ui.featureView.mrmlTableNode() is table
    assert not widget.ui.progressBar.visible
    assert table.GetName() == f"{volume.GetName()} radiomics"


def test_the_engine_that_is_shown_is_the_one_that_is_used(panel, scene):
    widget = panel("ONFHExtract")
    combo = widget.ui.engineCombo
    default = combo.currentText
    assert combo.count == 2
    widget.parameters.engine = other = combo.itemText(1)  # as a saved scene brings it
    assert combo.currentText == other
    widget.ui.presetCombo.currentIndex = 1
    assert widget.parameters.engine == other
    scene.Clear(0)
    assert combo.currentText == default
    assert widget.parameters.engine in ("", default)


def test_a_row_of_the_browser_is_explained_and_mapped_over_the_slices(panel, outlined):
    import slicer

    _volume, segmentation = outlined
    widget = panel("ONFHExtract")
    widget.ui.segmentationSelector.setCurrentNode(segmentation)
    widget.ui.applyButton.click()
    finish(widget)
    assert not widget.ui.mapButton.enabled
    widget.ui.filterEdit.text = "original_firstorder_Mean"
    model = widget.ui.featureView.model()
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    widget.browser._choose(model.index(names.index("original_firstorder_Mean"), 2))
    assert widget.ui.featureLabel.text.startswith("<b>original_firstorder_Mean</b>")
    assert widget.ui.mapButton.enabled
    widget.ui.mapButton.click()
    wait_for(lambda: not widget.browser.job.running, 120)
    node = slicer.util.getNode("original_firstorder_Mean R")
    values = slicer.util.arrayFromVolume(node)
    assert node.GetAttribute("ONFHAssist.side") == "R"
    assert values.max() > 0
    assert (values == 0).any()
    widget.browser._explain("original_shape_Sphericity")
    assert not widget.ui.mapButton.enabled


def columns_in_sight(view):
    table = view.mrmlTableNode()
    names = [table.GetColumnName(i) for i in range(table.GetNumberOfColumns())]
    return [name for i, name in enumerate(names) if not view.isColumnHidden(i)]


def test_filters_stay_with_a_table_and_do_not_hide_features_of_the_next_patient(panel, outlined):
    import headless

    from ONFHAssistLib.extract.radiomics import RadiomicsResult
    from ONFHAssistLib.scene.results.features_and_prediction import radiomics_to_scene
    from ONFHAssistLib.scene.selftest import ball_phantom

    volume, _segmentation = outlined
    widget = panel("ONFHExtract")

    def extracted():
        features = {"original_firstorder_Mean": 1.0, "original_glcm_Contrast": 2.0, "original_glcm_Idm": 3.0}
        result = RadiomicsResult(features, "native", "dlr-mri", "0" * 64, 0.0)
        return radiomics_to_scene(volume, {"R": result})

    widget.browser.show(extracted())
    assert columns_in_sight(widget.ui.featureView) == ["feature", "R"]
    widget.ui.filterEdit.text = "Contrast"
    assert columns_in_sight(widget.ui.featureView) == ["feature", "R"]
    widget.ui.classCombo.currentIndex = widget.ui.classCombo.findText("glcm")
    widget.browser.show(extracted())  # the same patient, once more
    assert widget.ui.filterEdit.text == "Contrast"
    assert widget.ui.classCombo.currentText == "glcm"
    assert widget.ui.featureView.mrmlTableNode().GetTable().GetNumberOfRows() == 1
    headless.clear_scene()
    volume = ball_phantom()[0]
    second = extracted()
    widget.ui.volumeSelector.setCurrentNode(volume)
    assert widget.ui.filterEdit.text == ""
    assert widget.ui.classCombo.currentIndex == 0
    assert widget.ui.featureView.mrmlTableNode() is second


def test_a_hip_that_fails_is_told_and_the_other_goes_on(panel, outlined):
    from ONFHAssistLib.scene.exchange import case_images

    volume, segmentation = outlined
    widget = panel("ONFHExtract")
    _image, labels = case_images(volume, segmentation)
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels

    array = labels.array.copy()
    array.flat[labels.points()[..., 0].argmax()] = 2  # a left head of a single voxel, left of the right one
    segmentation_from_labels(labels.like(array), volume, "AB", {}, segmentation)
    widget.ui.segmentationSelector.setCurrentNode(segmentation)
    widget.ui.applyButton.click()
    finish(widget)
    assert "Hip L failed: The region is a single voxel" in widget.ui.statusLabel.text
    assert tables("radiomics")[0].GetTable().GetColumnByName("R") is not None
    assert tables("radiomics")[0].GetTable().GetColumnByName("L") is None


@pytest.mark.parametrize("name", ["ONFHExtract", "ONFHPredict"])
def test_pressing_again_cancels_and_leaves_the_scene_as_it_was(panel, outlined, name):
    import slicer

    widget = panel(name)
    widget.ui.segmentationSelector.setCurrentNode(outlined[1])
    before = {slicer.mrmlScene.GetNthNode(i).GetID() for i in range(slicer.mrmlScene.GetNumberOfNodes())}
    widget.ui.applyButton.click()
    widget.ui.applyButton.click()
    assert not widget.job.running
    assert widget.ui.statusLabel.text == "Cancelled; the scene is as it was."
    after = {slicer.mrmlScene.GetNthNode(i).GetID() for i in range(slicer.mrmlScene.GetNumberOfNodes())}
    assert after == before


def test_predict_answers_each_hip_and_shows_what_drove_it(panel, outlined):
    import slicer

    volume, segmentation = outlined
    for fact, value in {"modality": "MR", "sequence": "T2 FS"}.items():
        volume.SetAttribute(f"ONFHAssist.fact.{fact}", value)
    widget = panel("ONFHPredict")
    assert "simulated" in widget.ui.bundleLabel.text
    assert "not for diagnosis" in widget.ui.researchBanner.text
    widget.ui.segmentationSelector.setCurrentNode(segmentation)
    widget.ui.applyButton.click()
    finish(widget)
    from ONFHAssistLib.scene.readable import format_share

    (table,) = tables("prediction")
    probability = table.GetTable().GetColumnByName("probability").GetValue(0)
    assert 0 <= probability <= 1
    assert f"<b>Right</b>: {html.escape(format_share(str(probability)))}" in widget.ui.answerLabel.text
    assert widget.ui.contributionView.mrmlTableNode() is tables("contributions")[0]
    widget.ui.plotButton.click()
    chart = slicer.util.getNode("Contributions R")
    assert chart.GetNumberOfPlotSeriesNodes() == 1
    assert chart.GetNthPlotSeriesNode(0).GetTableNode() is tables("contributions")[0]


def test_survival_answers_as_the_findings_change_and_goes_into_the_scene(panel, phantom):
    import slicer

    widget = panel("ONFHSurvival")
    widget.ui.arcoCombo.currentIndex = widget.ui.arcoCombo.findText("IIIA")
    widget.ui.oedemaCheckBox.checked = True
    widget.ui.angleSlider.value = 228.0
    assert "<b>34.6%</b> at 36 months" in widget.ui.answerLabel.text
    assert "<b>5.8%</b> at 60 months" in widget.ui.answerLabel.text
    widget.ui.oedemaCheckBox.checked = False
    assert "<b>60.7%</b> at 36 months" in widget.ui.answerLabel.text
    widget.ui.applyButton.click()
    (table,) = tables("survival")
    assert table.GetTable().GetColumnByName("survival").GetValue(0) == pytest.approx(0.6074, abs=0.0005)
    assert slicer.util.getNode("No-collapse survival R").IsA("vtkMRMLNode")
    assert widget.ui.survivalView.mrmlTableNode() is table


def test_survival_takes_the_angle_that_segment_measured(panel, phantom):
    from ONFHAssistLib.scene.images.ownership import set_image
    from ONFHAssistLib.scene.tables import table_from_columns

    widget = panel("ONFHSurvival")
    assert not widget.ui.measurementsButton.enabled
    columns = {"side": ["R", "L"], "combined_necrotic_angle": [0.0, 231.5]}
    set_image(table_from_columns("measured", columns, role="measurements", provenance={}), phantom[0])
    widget.ui.sideCombo.currentIndex = widget.ui.sideCombo.findText("L")
    assert widget.ui.measurementsButton.enabled
    widget.ui.measurementsButton.click()
    assert widget.parameters.angle == 231.5
    assert widget.ui.angleSlider.value == 231.5
    widget.ui.sideCombo.currentIndex = widget.ui.sideCombo.findText("R")
    assert not widget.ui.measurementsButton.enabled


def test_home_shows_the_case_at_a_glance_and_leads_to_the_steps(panel, phantom):
    import slicer

    from ONFHAssistLib.scene.results.survival import survival_to_scene
    from ONFHAssistLib.survival.published.clinical import ClinicalInput

    volume = phantom[0]
    widget = panel("ONFHAssist")
    assert "No result yet" in widget.ui.glanceLabel.text
    survival_to_scene(volume, "L", ClinicalInput("IIIA", True, 228.0))
    slicer.app.processEvents()  # the glance follows once for many nodes
    said = re.sub(r"</?a[^>]*>", "", widget.ui.glanceLabel.text)
    assert "<b>Left hip</b><br>No collapse 34.6% at 36 months" in said
    widget.ui.survivalButton.click()
    assert slicer.util.selectedModule() == "ONFHSurvival"


def test_panels_live_through_a_closed_scene(panel, phantom):
    import slicer

    widgets = [
        panel(name) for name in ("ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival", "ONFHAssist")
    ]
    slicer.mrmlScene.Clear(0)
    for widget in widgets:
        assert widget.parameters.volume is None
    from ONFHAssistLib.scene.selftest import ball_phantom

    volume = ball_phantom()[0]
    segment = widgets[0]
    segment.ui.volumeSelector.setCurrentNode(volume)
    assert segment.parameters.volume is volume


def test_every_setting_of_a_panel_is_declared(panel, phantom):
    """Setting an undeclared attribute of a parameter node is accepted in silence and lost."""
    for name in ("ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival", "ONFHAssist"):
        widget = panel(name)
        declared = set(widget.parameters_class.__annotations__)
        bound = {
            child.property("SlicerParameterName")
            for child in vars(widget.ui).values()
            if hasattr(child, "property") and child.property("SlicerParameterName")
        }
        assert bound <= declared
        assert "volume" in bound
