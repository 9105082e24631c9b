"""The first half of ONFHPredict: stages, heat over the slices, and what is out of scope before the answer."""

import math
import re

import numpy as np
import pytest
from support.case_results import predicted_result, stage_answer, staged_result
from support.stage_parts import pelvis, small_stager


def as_answer(result):
    """A result as the worker sends it."""
    return {"result": result.to_json()}


@pytest.fixture
def staged(scene, tmp_path, monkeypatch):
    """(volume node, result of the case) of two balls by untrained networks; ``answer(threshold)``."""
    from ONFHAssistLib.case.case import Case
    from ONFHAssistLib.case.pipeline import run_case
    from ONFHAssistLib.case.work import Settings
    from ONFHAssistLib.scene.volumes import volume_from_image
    from ONFHAssistLib.segment import pipeline
    from ONFHAssistLib.stage import stager

    image, right, left = pelvis((2.5, 2.5, 4.0), turn_deg=10.0, metadata={"modality": "MR", "sequence": "T2"})
    volume = volume_from_image(image, "Hip MRI")

    def answer(threshold=1e6, heads=(right, left)):
        monkeypatch.setattr(stager, "load_stager", lambda _bundle: small_stager(threshold=threshold))
        monkeypatch.setattr(pipeline, "find_only", lambda _image, _name: (heads, ()))
        return run_case(Case(image, "Hip MRI"), tmp_path, ("stage",), Settings(image_suffix=".nrrd"))

    return volume, answer


def test_stages_and_heat_are_in_the_scene_with_legend_threshold_and_regions(panel, staged):
    import slicer

    volume, answer = staged
    widget = panel("ONFHPredict")
    given = answer()
    assert "2 hips" in widget.staging.show(volume, as_answer(given))
    table = widget.ui.stageView.mrmlTableNode().GetTable()
    assert [table.GetColumnByName("side").GetValue(i) for i in range(2)] == ["R", "L"]
    total = sum(table.GetColumnByName(f"P({s})").GetValue(0) for s in ("0", "I", "II"))
    assert total == pytest.approx(1.0)
    for side, hip in zip("RL", given.hips, strict=True):
        node = slicer.util.getNode(f"Heatmap {side}")
        values = slicer.util.arrayFromVolume(node)
        assert 0 <= values.min() <= values.max() <= 1
        assert node.GetAttribute("ONFHAssist.side") == side
        expected = np.count_nonzero(values >= 0.5) * 2.5 * 2.5 * 4.0 / 1000
        assert hip.stage.heat.volume_ml == pytest.approx(expected, rel=1e-3)
    composite = slicer.app.layoutManager().sliceWidget("Red").mrmlSliceCompositeNode()
    assert composite.GetForegroundVolumeID() == slicer.util.getNode("Heatmap R and L").GetID()
    widget.ui.stageThresholdSlider.value = 0.6
    assert slicer.util.getNode("Heatmap R and L").GetDisplayNode().GetLowerThreshold() == pytest.approx(0.6)
    legend = slicer.vtkSlicerColorLogic.GetColorLegendDisplayNode(slicer.util.getNode("Heatmap R and L"))
    assert legend.GetVisibility()
    widget.ui.stageLegendCheckBox.checked = False
    assert not legend.GetVisibility()
    widget.ui.stageHeatCombo.currentIndex = widget.ui.stageHeatCombo.findText("Hip L")
    assert composite.GetForegroundVolumeID() == slicer.util.getNode("Heatmap L").GetID()
    assert not widget.ui.stageFlagLabel.visible
    widget.staging.show(volume, as_answer(given))
    assert (
        len([n for n in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if "Heatmap" in n.GetName()])
        == 3
    )


def test_the_slider_shows_the_threshold_of_the_heat_that_a_scene_brought(panel, staged):
    from ONFHAssistLib.scene.results.heatmaps import set_threshold, show_heat, staging_to_scene

    volume, answer = staged
    nodes = staging_to_scene(volume, answer())
    show_heat(volume, nodes["heatmaps"]["L"])
    set_threshold(nodes["heatmaps"]["L"], 0.8)
    ui = panel("ONFHPredict").ui
    assert ui.stageThresholdSlider.value == pytest.approx(0.8)
    assert nodes["heatmaps"]["R"].GetDisplayNode().GetLowerThreshold() == pytest.approx(0.25)


def test_the_panel_controls_the_heat_that_run_all_brought(panel, staged):
    import slicer

    from ONFHAssistLib.scene.results.heatmaps import show_heat, staging_to_scene

    volume, answer = staged
    nodes = staging_to_scene(volume, answer())
    show_heat(volume, nodes["heatmaps"]["L"])
    widget = panel("ONFHPredict")
    ui = widget.ui
    composite = slicer.app.layoutManager().sliceWidget("Red").mrmlSliceCompositeNode()
    assert ui.stageHeatCombo.enabled and ui.stageHeatCombo.currentText == "Hip L"
    assert composite.GetForegroundVolumeID() == nodes["heatmaps"]["L"].GetID()  # as it was
    ui.stageHeatCombo.currentIndex = ui.stageHeatCombo.findText("Hip R")
    assert composite.GetForegroundVolumeID() == nodes["heatmaps"]["R"].GetID()
    again = staging_to_scene(volume, answer())  # such as by Redo: new volumes
    widget.exit()
    widget.enter()
    ui.stageHeatCombo.currentIndex = ui.stageHeatCombo.findText("Hip R")
    assert composite.GetForegroundVolumeID() == again["heatmaps"]["R"].GetID()


def outlined(regions):
    """Sides whose region is outlined in the slices."""
    display = regions.GetDisplayNode()
    seen = display.GetVisibility() and display.GetVisibility2DOutline()
    ids = regions.GetSegmentation().GetSegmentIDs() if seen else ()
    return {i.removeprefix("Heat") for i in ids if display.GetSegmentVisibility2DOutline(i)}


def test_the_outlines_of_the_heat_s_regions_come_and_go_with_the_heat(panel, staged):
    from ONFHAssistLib.scene.results.heatmaps import staging_to_scene
    from ONFHAssistLib.scene.show import show_result

    volume, answer = staged
    given = answer()
    assert outlined(staging_to_scene(volume, given)["regions"]) == set()  # nobody has asked for the heat yet
    widget = panel("ONFHPredict")
    combo = widget.ui.stageHeatCombo
    widget.staging.show(volume, as_answer(given))
    regions = widget.staging.nodes["regions"]
    sides = {i.removeprefix("Heat") for i in regions.GetSegmentation().GetSegmentIDs()}
    assert sides == {"R", "L"}
    assert outlined(regions) == sides
    for text, expected in (("Hip L", {"L"}), ("None", set()), ("Hip R", {"R"}), ("Both hips", sides)):
        combo.currentIndex = combo.findText(text)
        assert outlined(regions) == expected, text
    show_result("measurements", "R", volume)  # takes the heat off the slices
    assert outlined(regions) == set()
    show_result("stage", "L", volume)
    assert outlined(regions) == {"L"}


def test_the_banner_is_short_says_what_it_must_and_unfolds(panel, scene):
    from ONFHAssistLib.bundles.bundle import load_bundle

    ui = panel("ONFHPredict").ui
    for label, name, learned in (
        (
            ui.stageBannerLabel,
            "stage-onfhnet",
            "simulated disease only, in simulated and in real healthy hips",
        ),
        (ui.bundleLabel, "dlr-mri", "simulated disease only, in simulated and in real healthy hips"),
    ):
        metadata = load_bundle(name).metadata
        short = label.text
        assert f"<b>{name} " in short and learned in short
        assert "Not for diagnosis" in short
        assert len(short) < 300
        assert metadata["training_data"] in label.toolTip
        label.linkActivated.emit("#")
        hips = re.search(r"\d+ (?:hips|necrotic)[\w ]*", metadata["training_data"])
        assert hips is not None and hips.group().strip() in label.text
        assert "less" in label.text and short.removesuffix('<a href="#">more</a>').strip() in label.text
        label.linkActivated.emit("#")
        assert label.text == short
    assert "prostheses" in ui.stageBannerLabel.text


def test_what_is_out_of_scope_is_said_before_the_answer(panel, staged):
    volume, answer = staged
    widget = panel("ONFHPredict")
    widget.staging.show(volume, as_answer(answer(threshold=1e-6)))
    assert not widget.ui.stageFlagLabel.isHidden()
    assert "no stage is given" in widget.ui.stageFlagLabel.text
    assert widget.ui.stageAnswerLabel.text.startswith("No answer.")
    assert "<b>Right: stage" not in widget.ui.stageAnswerLabel.text
    assert widget.ui.stageHeatCombo.currentText == "None"
    table = widget.ui.stageView.mrmlTableNode().GetTable()
    for column in ("scope", "stage"):
        assert [table.GetColumnByName(column).GetValue(i) for i in range(2)] == ["out of scope"] * 2
    for column in ("P(0)", "P(I)", "P(II)", "spread", "distance"):
        assert all(math.isnan(table.GetColumnByName(column).GetValue(i)) for i in range(2)), column
    assert "unlike the hips" in widget.ui.stageFlagLabel.text
    layout = widget.ui.stageFlagLabel.parentWidget().layout()
    order = [layout.itemAt(i).widget() for i in range(layout.count())]
    assert order.index(widget.ui.stageFlagLabel) < order.index(widget.ui.stageAnswerLabel)


def test_staging_needs_a_volume_only_and_closing_the_scene_forgets_the_answer(panel, staged):
    import slicer

    volume, answer = staged
    widget = panel("ONFHPredict")
    assert widget.ui.stageButton.enabled
    assert "Find both femoral heads" in widget.ui.stageButton.toolTip
    widget.staging.show(volume, as_answer(answer(heads=(pelvis((6.0, 6.0, 6.0))[1],))))
    slicer.mrmlScene.Clear(0)
    assert not widget.ui.stageButton.enabled
    assert not widget.ui.stage3dButton.enabled
    assert widget.staging.nodes is None


def test_the_home_and_the_panel_give_no_probability_out_of_scope(panel, staged):
    import slicer

    from ONFHAssistLib.scene.images.ownership import find_node
    from ONFHAssistLib.scene.summary import case_lines

    volume, answer = staged
    widget = panel("ONFHPredict")
    withheld = predicted_result({"R": 0.99}, out_of_scope=["The image's sequence is T1."])
    list(widget._show(volume, as_answer(withheld)))  # in steps
    text = widget.ui.answerLabel.text
    assert "Out of scope: no answer." in text
    assert "sequence is T1" in text
    assert "likely" not in text
    assert "99" not in text
    table = widget.ui.predictionView.mrmlTableNode().GetTable()
    assert math.isnan(table.GetColumnByName("probability").GetValue(0))
    assert table.GetColumnByName("reading").GetValue(0) == "out of scope"
    for kind, role in (("vtkMRMLTableNode", "contributions"), ("vtkMRMLPlotChartNode", "contribution chart")):
        assert find_node(kind, role, volume, "R") is None
    widget.staging.show(volume, as_answer(answer(threshold=1e-6)))
    lines = case_lines(volume)
    assert (
        sum("out of scope" in line and "no answer" in line for line in lines) == 3
    )  # two stages, one probability
    assert not any("likely" in line or "probability" in line for line in lines)
    list(widget._show(volume, as_answer(predicted_result({"R": 0.99}))))
    assert "99" in widget.ui.answerLabel.text
    assert find_node("vtkMRMLTableNode", "contributions", volume, "R") is not None
    list(widget._show(volume, as_answer(withheld)))
    assert (
        find_node("vtkMRMLTableNode", "contributions", volume, "R") is None
    )  # an earlier answer's go with it
    assert not slicer.util.getNodesByClass("vtkMRMLPlotSeriesNode")


def test_the_panel_and_the_home_say_i_or_ii(scene, staged):
    from ONFHAssistLib.scene.results.heatmaps import staging_to_scene
    from ONFHAssistLib.scene.summary import case_lines
    from ONFHAssistLib.ui.panels.stage import sentence

    volume, _answer = staged
    result = staged_result({"L": stage_answer("I or II", {"0": 0.1, "I": 0.5, "II": 0.4})})
    staging_to_scene(volume, result)
    (line,) = (line for line in case_lines(volume) if "Stage" in line)
    assert ">I or II</a>" in line and ">90%</a>" in line
    said = sentence(result.hip("L"))
    assert "stage I or II</b> (90%" in said
    assert "MRI alone does not tell the two apart" in said


def test_a_share_below_one_per_cent_is_no_tag_of_a_label_that_reads_html(slicer_app):
    from ONFHAssistLib.ui.texts import percent

    assert [percent(share) for share in (1e-6, 0.9999, None)] == ["&lt;1%", "&gt;99%", "–"]
