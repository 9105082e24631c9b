"""Scenes that version 0.1.0 saved open, show what they showed, and go on from there."""

import json
import math
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "data" / "v0.1.0"


@pytest.fixture
def opened(scene):
    """``opened("case")`` loads a scene and gives its tables by name."""
    import slicer

    from ONFHAssistLib.scene.images.ownership import adopt_results

    def load(name):
        assert slicer.util.loadScene(str(FOLDER / f"{name}.mrb"))
        adopt_results()  # as every panel does when a scene was loaded
        return {node.GetName(): node for node in slicer.util.getNodesByClass("vtkMRMLTableNode")}

    return load


def outlines(reader="automatic"):
    """The segmentation of a reader; two of them have the same name."""
    import slicer

    nodes = slicer.util.getNodesByClass("vtkMRMLSegmentationNode")
    return next(node for node in nodes if node.GetAttribute("ONFHAssist.reader") == reader)


@pytest.mark.parametrize("name", ["case", "radiograph"])
def test_every_number_of_every_table_is_there(opened, name):
    from ONFHAssistLib.scene.tables import columns_of

    tables = opened(name)
    expected = json.loads((FOLDER / f"{name}.tables.json").read_text(encoding="utf-8"))
    assert set(expected) <= set(tables)
    for table, columns in expected.items():
        found = columns_of(tables[table])
        assert set(columns) <= set(found), table
        for column, wanted in columns.items():
            values = list(found[column])
            if isinstance(wanted, dict):
                numbers = [float(v) for v in values if math.isfinite(float(v))]
                assert math.fsum(numbers) == pytest.approx(wanted["sum"], rel=1e-12), (table, column)
            elif wanted:
                assert [str(values[0]), str(values[-1])] == wanted, (table, column)


def test_the_glance_says_both_hips_and_nothing_is_outdated(opened):
    import slicer

    from ONFHAssistLib.scene.outdated import OutlineWatch
    from ONFHAssistLib.scene.summary import case_lines

    opened("case")
    volume = slicer.util.getNode("Hip T2 FS coronal")
    segmentation = outlines()
    lines = [
        re.sub(r"<[^>]*>", "", line)
        for line in case_lines(volume, OutlineWatch().digest(segmentation, volume))
    ]
    assert lines[0] == "Right hip"
    assert "Left hip" in lines
    for said in (
        "Stage",
        "Early osteonecrosis over 99% (likely)",
        "combined necrotic angle 223°",
        "No collapse",
    ):
        assert any(said in line for line in lines), said
    assert not any("outdated" in line for line in lines)


def test_heat_edges_and_readers_are_known_as_they_were(opened):
    import slicer

    from ONFHAssistLib.scene.results.heatmaps import known_staging
    from ONFHAssistLib.scene.results.readers import reader_of

    opened("case")
    staging = known_staging(slicer.util.getNode("Hip T2 FS coronal"))
    assert set(staging["heatmaps"]) == {"R", "L", "both"}
    assert staging["table"].GetName() == "Hip T2 FS coronal stage"
    assert reader_of(outlines()) == "automatic"
    assert outlines("consensus of automatic, AB").GetName() == "Hip T2 FS coronal consensus"


def test_a_step_done_again_gives_the_same_survival_and_a_report_can_be_written(opened, tmp_path):
    import slicer

    from ONFHAssistLib.case.pipeline import run_case
    from ONFHAssistLib.scene.exchange import case_of
    from ONFHAssistLib.scene.report.case_report import write_report
    from ONFHAssistLib.scene.results.case_result import known_result, result_to_scene
    from ONFHAssistLib.scene.tables import columns_of

    table = opened("case")["No-collapse survival R"]
    before = {name: list(values) for name, values in columns_of(table).items()}
    volume = slicer.util.getNode("Hip T2 FS coronal")
    assert known_result(volume) is None  # 0.1.0 kept none
    segmentation = outlines()
    result = run_case(case_of(volume, segmentation), tmp_path, ("measure", "survival"))
    result_to_scene(volume, segmentation, result)
    after = columns_of(table)
    assert {name: list(values) for name, values in after.items()} == before
    assert known_result(volume).hip("R").survival.measured_angle_deg == pytest.approx(223.2, abs=0.1)
    page = write_report(volume, segmentation, tmp_path / "case.html").read_text(encoding="utf-8")
    assert "confirmed by Dr A" in page
    assert page.count("data:image/png;base64,") >= 2


@pytest.mark.parametrize("name", ["ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival"])
def test_every_panel_opens_on_the_scene(opened, slicer_app, name):
    import headless
    import slicer
    from support.places import MODULE_FOLDER

    if not hasattr(slicer.modules, "onfhsegment"):
        headless.load_modules(MODULE_FOLDER)
    opened("case")
    getattr(slicer.modules, name.lower()).widgetRepresentation()
    widget = getattr(slicer.modules, f"{name}Widget")
    widget.enter()
    slicer_app.processEvents()
    assert widget.parameters.volume.GetName() == "Hip T2 FS coronal"
    assert not headless.logged("exception") and not headless.logged("error")
    widget.exit()
