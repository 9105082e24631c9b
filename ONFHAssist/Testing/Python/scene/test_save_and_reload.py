"""A saved case is the same case in another process: every node, attribute and number."""

import numpy as np
from support.scene_fingerprint import fingerprint_in_new_process


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
    assert measured["units"][1] == "ml"
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
