"""What the home module's self-test does, in Slicer's *Reload and Test* and under pytest alike."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer

from .packages import missing_packages
from .system_check import RUN_ALL

if TYPE_CHECKING:
    from unittest import TestCase

SAMPLE, VOLUME = "ONFHRightStage2", "Hip T2 FS coronal"
LONGEST_S = 600.0


def measured_case(test: TestCase, logic: Any) -> str:
    """An outlined phantom through measurement and survival to the glance, with Slicer's own packages.

    Returns:
        What was shown, or which part was left out for want of a package.
    """
    from ..case.pipeline import run_case
    from ..case.result import MEASURE, SURVIVAL
    from ..scene.case import move_to_case_folder
    from ..scene.exchange import case_of
    from ..scene.outdated import digest_of
    from ..scene.results.case_result import result_to_scene
    from ..scene.selftest import necrotic_phantom
    from ..scene.summary import outdated_mark
    from ..scene.words import hip_name

    volume, segmentation, _arc = necrotic_phantom()
    with tempfile.TemporaryDirectory(prefix="onfh-selftest-") as folder:
        case = case_of(volume, segmentation)
        result = run_case(case, folder, (MEASURE, SURVIVAL))
        result_to_scene(volume, segmentation, result)
    (findings,) = (hip.findings for hip in result.hips if hip.findings is not None)
    digest = digest_of(segmentation, volume)
    text = logic.glance(volume, digest)
    angle = f"{findings.measurement.combined_necrotic_angle:.0f}°"
    for said in (hip_name("R"), angle, 'href="survival:R"'):
        test.assertIn(said, text)
    test.assertNotIn(outdated_mark(), text)
    test.assertIn(outdated_mark(), logic.glance(volume, {**digest, "R": "0" * 64}))
    told = _report(test, logic, volume, segmentation)
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    hierarchy.RemoveItem(move_to_case_folder(volume, []))
    test.assertNotIn("href", logic.glance(volume, digest))
    return told


def _report(test: TestCase, logic: Any, volume: Any, segmentation: Any) -> str:
    missing = missing_packages("report")
    if missing:
        return f"The case is measured and answered; the report was not tested: {', '.join(missing)} are not installed"
    with tempfile.TemporaryDirectory(prefix="onfh-selftest-") as folder:
        path = logic.report(volume, segmentation, str(Path(folder) / "case"))
        page = path.read_text(encoding="utf-8")
    test.assertIn("data:image/png;base64,", page)
    return "The case is measured, answered and reported"


def sample_panel() -> Any:
    """The home panel, opened as by a click, with the sample patient's fat-suppressed series and no outlines chosen."""
    from ..scene.sample_data import load_sample, register_sample_data

    register_sample_data()
    volume = next(node for node in load_sample(SAMPLE) if node.GetName() == VOLUME)
    slicer.modules.onfhassist.widgetRepresentation()
    widget = slicer.modules.ONFHAssistWidget
    widget.enter()
    widget.ui.volumeSelector.setCurrentNode(volume)
    widget.ui.segmentationSelector.setCurrentNode(None)
    return widget


def run_all_on_the_sample(test: TestCase) -> str:
    """*Run all* by its button on the sample patient, where its packages are there.

    Returns:
        What was shown, or why it was left out.
    """
    missing = sorted({name for step in RUN_ALL for name in missing_packages(step)})
    if missing:
        return f"Run all was not tested: {', '.join(missing)} are not installed"
    if not hasattr(slicer.modules, "sampledata"):
        return "Run all was not tested: this application has no Sample Data module"
    widget = sample_panel()
    widget.ui.runAllButton.click()
    end = time.monotonic() + LONGEST_S
    while widget.run.running and time.monotonic() < end:
        slicer.app.processEvents()
        time.sleep(0.01)
    test.assertFalse(widget.run.running, "Run all did not end")
    told = [
        f'href="{role}:{side}"' for role in ("stage", "prediction", "measurements") for side in ("R", "L")
    ]
    for said in (*told, 'href="survival:R"'):
        test.assertIn(said, widget.ui.glanceLabel.text)
    return f"Run all answered both hips in {sum(widget.run.seconds.values()):.0f} s"
