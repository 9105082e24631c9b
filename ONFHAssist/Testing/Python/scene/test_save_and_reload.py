"""A saved case is the same case in another process: every node, attribute and number."""

import json
import subprocess
import sys

import numpy as np

FINGERPRINT = """
import json, sys
sys.path.insert(0, {headless!r})
import headless
headless.start()
import slicer
from ONFHAssistLib.scene.tables import columns_of

assert slicer.util.loadScene({mrb!r})
found = {{}}
for index in range(slicer.mrmlScene.GetNumberOfNodes()):
    node = slicer.mrmlScene.GetNthNode(index)
    if node.GetAttribute("ONFHAssist.role") or node.IsA("vtkMRMLScalarVolumeNode"):
        entry = {{name: node.GetAttribute(name) for name in sorted(node.GetAttributeNames())}}
        if node.IsA("vtkMRMLTableNode"):
            table = node.GetTable()
            entry["content"] = {{name: [repr(v) for v in values] for name, values in columns_of(node).items()}}
            entry["kinds"] = [table.GetColumn(i).GetDataType() for i in range(table.GetNumberOfColumns())]
            entry["units"] = [node.GetColumnUnitLabel(name) for name in columns_of(node)]
        if node.IsA("vtkMRMLSegmentationNode"):
            segmentation = node.GetSegmentation()
            entry["segments"] = [
                [segmentation.GetNthSegment(i).GetName(), segmentation.GetNthSegment(i).GetTerminology()]
                for i in range(segmentation.GetNumberOfSegments())
            ]
        if node.IsA("vtkMRMLScalarVolumeNode"):
            entry["sum"] = int(slicer.util.arrayFromVolume(node).sum())
        if node.IsA("vtkMRMLMarkupsROINode"):
            entry["box"] = [*map(round, node.GetCenter()), *map(round, node.GetSize())]
        if node.IsA("vtkMRMLPlotChartNode"):
            entry["series"] = node.GetNumberOfPlotSeriesNodes()
            entry["title"] = node.GetTitle()
        found[f"{{node.GetClassName()}} {{node.GetName()}}"] = entry
print("FINGERPRINT " + json.dumps(found, sort_keys=True))
"""


def fingerprint_in_new_process(mrb, headless_folder):
    script = FINGERPRINT.format(headless=str(headless_folder), mrb=str(mrb))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("FINGERPRINT ")]
    assert lines, done.stderr[-2000:]
    return json.loads(lines[0].removeprefix("FINGERPRINT "))


def test_every_node_attribute_and_number_survives(scene, tmp_path):
    import headless
    import slicer

    from ONFHAssistLib.extract.radiomics import RadiomicsResult
    from ONFHAssistLib.scene.results.features_and_prediction import radiomics_to_scene
    from ONFHAssistLib.scene.results.measurements import measurements_to_scene
    from ONFHAssistLib.scene.results.outlines import sphere_to_scene
    from ONFHAssistLib.scene.results.survival import survival_to_scene
    from ONFHAssistLib.scene.selftest import ball_phantom
    from ONFHAssistLib.survival.published.clinical import ClinicalInput, predict_survival

    volume, centre, radius = ball_phantom()
    points = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode", "centre")
    points.AddControlPoint(*centre)
    segmentation, head, _ = sphere_to_scene(volume, None, points, radius, True, "AB")
    measurements_to_scene(volume, segmentation)
    values = {"original_firstorder_Mean": 1 / 3, "original_glcm_Id": 1e-17, "original_ngtdm_Busyness": 1e20}
    radiomics_to_scene(volume, {"R": RadiomicsResult(values, "native", "dlr-mri", "0" * 64, 0.1)})
    findings = ClinicalInput("IIIA", True, 228.0)
    survival_to_scene(volume, "R", findings)
    mrb = tmp_path / "case.mrb"
    assert slicer.util.saveScene(str(mrb))
    found = fingerprint_in_new_process(mrb, headless.__path__[0].removesuffix("headless"))

    table = found["vtkMRMLTableNode Self-test phantom radiomics"]
    assert [float(v) for v in table["content"]["R"]] == list(values.values())
    assert table["content"]["class"] == ["'firstorder'", "'glcm'", "'ngtdm'"]
    assert table["ONFHAssist.provenance.preset_sha256"] == "0" * 64
    survival = found["vtkMRMLTableNode No-collapse survival R"]
    assert [float(v) for v in survival["content"]["survival"]] == list(predict_survival(findings).survival)
    assert survival["ONFHAssist.side"] == "R"
    assert survival["ONFHAssist.provenance.arco_stage"] == "IIIA"
    assert survival["units"][0] == "month"
    measured = found["vtkMRMLTableNode Self-test phantom measurements"]
    assert measured["units"][1] == "mm"
    assert all(kind == 11 for kind in survival["kinds"])  # VTK_DOUBLE
    outline = found["vtkMRMLSegmentationNode Self-test phantom ONFH"]
    assert outline["segments"][0][0] == "Femoral head R"
    assert "2812003" in outline["segments"][0][1]
    assert outline["ONFHAssist.reader"] == "AB"
    box = found["vtkMRMLMarkupsROINode Femoral head R box"]["box"]
    assert box == [70, -5, 30, 44, 44, 44]
    chart = found["vtkMRMLPlotChartNode No-collapse survival R"]
    assert (chart["series"], chart["ONFHAssist.role"]) == (5, "survival chart")
    assert found["vtkMRMLScalarVolumeNode Self-test phantom"]["sum"] == int(
        slicer.util.arrayFromVolume(volume).sum()
    )
    assert np.allclose(head.radius, radius)
