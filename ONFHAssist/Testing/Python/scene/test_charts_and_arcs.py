"""Charts say what they show without hiding it, and an arc's number stands beside the head."""

import numpy as np
import pytest
from support.case_results import predicted_result

from ONFHAssistLib.early.answer import FeatureContribution

BARS = ("DL_241", "wavelet-HLH_gldm_LargeDependenceEmphasis", *(f"DL_{k}" for k in range(5)))


@pytest.fixture
def predicted(scene):
    """Nodes of a prediction of one hip with seven contributions."""
    from ONFHAssistLib.scene.results.features_and_prediction import prediction_to_scene
    from ONFHAssistLib.scene.selftest import ball_phantom

    rows = [FeatureContribution(name, 1.0, 0.5, 0.1, 0.7 - 0.1 * k) for k, name in enumerate(BARS)]
    volume = ball_phantom()[0]
    return volume, prediction_to_scene(volume, predicted_result({"R": 0.9}, rows))


def test_bars_have_the_numbers_of_their_rows_and_the_first_their_names(predicted):
    _volume, nodes = predicted
    table, chart = nodes["contributions"]["R"].GetTable(), nodes["charts"]["R"]
    numbers = table.GetColumnByName("bar")
    assert [numbers.GetValue(i) for i in range(2)] == [1, 2]  # as Slicer numbers a table's rows
    series = chart.GetNthPlotSeriesNode(0)
    assert (series.GetXColumnName(), series.GetYColumnName()) == ("bar", "contribution")
    assert series.GetPlotType() == series.PlotTypeScatterBar
    lines = chart.GetXAxisTitle().split("\n")
    assert lines == [
        "strongest first; the table names all",
        "1  6 deep features together",
        "2  large dependence emphasis (GLDM), wavelet HLH",
    ]


def test_deep_features_count_together_beside_radiomics(predicted):
    from ONFHAssistLib.scene.tables import columns_of

    _volume, nodes = predicted
    content = columns_of(nodes["contributions"]["R"])
    assert content["feature"] == ["6 deep features together", BARS[1]]
    assert content["contribution"] == pytest.approx([0.7 + 0.5 + 0.4 + 0.3 + 0.2 + 0.1, 0.6])


def test_a_table_of_many_contributions_shows_the_strongest_and_the_sum_of_the_others(scene):
    from ONFHAssistLib.scene.results.features_and_prediction import prediction_to_scene
    from ONFHAssistLib.scene.selftest import ball_phantom

    rows = [FeatureContribution(f"DL_{k}", 1.0, 0.5, 0.1, 0.5 - 0.01 * k) for k in range(40)]
    nodes = prediction_to_scene(ball_phantom()[0], predicted_result({"R": 0.9}, rows))
    table = nodes["contributions"]["R"].GetTable()
    assert table.GetNumberOfRows() == 25
    names, parts = table.GetColumnByName("feature"), table.GetColumnByName("contribution")
    assert (names.GetValue(23), names.GetValue(24)) == ("DL_23", "16 other features")
    shown = sum(parts.GetValue(row) for row in range(25))
    assert shown == pytest.approx(sum(row.contribution for row in rows))


def test_the_link_of_the_probability_opens_chart_and_names_side_by_side(predicted):
    import slicer

    from ONFHAssistLib.scene.show import show_result

    volume, nodes = predicted
    assert show_result("prediction", "R", volume)
    assert slicer.app.layoutManager().layout == slicer.vtkMRMLLayoutNode.SlicerLayoutFourUpPlotTableView
    shown = slicer.app.applicationLogic().GetSelectionNode().GetActiveTableID()
    assert shown == nodes["contributions"]["R"].GetID()


def test_no_legend_lies_on_the_survival_curves(scene, tmp_path):
    import headless
    import slicer

    from ONFHAssistLib.scene.plots import GREEN
    from ONFHAssistLib.scene.results.survival import survival_to_scene
    from ONFHAssistLib.survival.published.clinical import ClinicalInput

    chart = survival_to_scene(None, "R", ClinicalInput("II", True, 228.0))["chart"]
    assert not chart.GetLegendVisibility()
    assert chart.GetXAxisTitle().split("\n")[1:] == [
        "thick line: this hip; dashed: its 95% interval",
        "dotted: Low-risk group of the study",
        "dash-dot: High-risk group of the study",
    ]
    kinds = slicer.vtkMRMLPlotSeriesNode
    series = [chart.GetNthPlotSeriesNode(k) for k in range(chart.GetNumberOfPlotSeriesNodes())]
    lines = [kinds.LineStyleSolid, *2 * [kinds.LineStyleDash], kinds.LineStyleDot, kinds.LineStyleDashDot]
    assert [one.GetLineStyle() for one in series] == lines  # told apart without colour
    assert [one.GetLineWidth() for one in series] == [4, 2, 2, 3, 3]
    if not hasattr(headless, "grab_plot"):  # in Slicer the look is looked at
        return
    import qt

    picture = qt.QImage(str(headless.grab_plot(tmp_path / "chart.png", chart, size=(425, 315))))
    pixels = np.array(
        [[picture.pixelColor(x, y).getRgb()[:3] for x in range(425)] for y in range(240)], float
    )
    green = np.abs(pixels - 255 * np.array(GREEN)).max(axis=2) < 40
    seen = np.flatnonzero(green.any(axis=0))
    assert seen.max() - seen.min() > 300  # the low-risk curve from end to end
    assert np.diff(seen).max() < 20  # dotted, without the gap of something that lies on it


def test_a_plot_view_which_has_no_chinese_characters_gets_english(scene):
    """Texts of the scene are Chinese in Chinese; VTK's own fonts would draw nothing of them."""
    from ONFHAssistLib.core import language
    from ONFHAssistLib.scene.plots import drawn

    language.choose("zh-CN")
    try:
        assert drawn("术后月数") == "months after surgery"
        assert drawn("Prövënäncë of hip R") == "Prövënäncë of hip R"
        assert drawn("本髋（R）") == "This hip (R)"
        assert drawn("张医生的模型") == "张医生的模型"  # none of ours
    finally:
        language.choose("en")


def test_an_arc_writes_its_number_beside_the_head_and_not_into_the_lesion(scene):
    import slicer

    from ONFHAssistLib.scene.results.measurements import measurements_to_scene
    from ONFHAssistLib.scene.selftest import necrotic_phantom

    volume, segmentation, _arc = necrotic_phantom()
    for sagittal, axis in ((False, 0), (True, 1)):
        measurements_to_scene(volume, segmentation, sagittal=sagittal)
        for which, across in (("A", 0), ("B", axis)):
            node = slicer.util.getNode(f"Arc {which} R")
            display = node.GetDisplayNode()
            assert not display.GetPropertiesLabelVisibility()
            assert display.GetPointLabelsVisibility()
            labels = [node.GetNthControlPointLabel(k) for k in range(3)]
            places = [node.GetNthControlPointPositionWorld(k)[across] for k in range(3)]
            (number,) = [k for k in range(3) if labels[k]]
            assert labels[number] == f"Arc {which} {node.GetAngleDegrees():.0f}°"
            assert places[number] == min(places[0], places[2])  # the right end in the picture
            assert number != 1  # the centre of the head
