"""What *Run all* found, put into the scene at once, by the logic of the four modules."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..survival.clinical import ClinicalInput
from .case import find_node
from .segmentations import labels_from_segmentation
from .stale import digest_of, stamp
from .summary import ASSUMED, SIDE_NAMES, result_rows

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

ARCO_ASSUMED = "II"  # the published model gives stages I and II the same risk; IIIA needs a reader's eye


def module_logic(name: str) -> Any:
    """A new logic of one of the extension's modules."""
    return getattr(importlib.import_module(name), f"{name}Logic")()


def answers_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    steps: tuple[str, ...],
    answers: Mapping[str, Mapping[str, Any]],
    digest: str | None,
) -> tuple[vtkMRMLSegmentationNode, list[str]]:
    """Put the worker's answers into the scene and do the steps that are quick enough to be done here.

    Args:
        segmentation: chosen outlines; refilled, kept or None as :func:`.found_heads.found_to_scene` says.
        steps: which of "segment", "extract", "predict" and "survival" to do.
        answers: task to its answer; a task that failed is missing.
        digest: hash of the outlines that the tasks were given; None where they are those of ``answers``.

    Returns:
        The segmentation, and a sentence for each thing that could not be told.

    Raises:
        InputError: the volume is gone, was moved or replaced meanwhile.
    """
    if volume.GetScene() is None:
        raise InputError("The volume was removed from the scene meanwhile; choose one and run again.")
    notes: list[str] = []
    if "segment" in steps:
        segmentation, heard = _outline_and_measure(volume, segmentation, answers.get("segment_hips"))
        notes += heard
    if digest is None:
        digest = digest_of(labels_from_segmentation(segmentation, volume))
    if "segment" in steps:
        stamp([find_node("vtkMRMLTableNode", "measurements")], digest)
    stamp(_answers(volume, answers, notes), digest)
    if "survival" in steps:
        tables, heard = survive(volume)
        stamp(tables, digest)
        notes += heard
    return segmentation, notes


def _outline_and_measure(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    found: Mapping[str, Any] | None,
) -> tuple[vtkMRMLSegmentationNode, list[str]]:
    logic = module_logic("ONFHSegment")
    notes: list[str] = []
    if found is not None:
        segmentation, _heads, notes = logic.found_to_scene(volume, segmentation, found)
    _table, hips = logic.measure(volume, segmentation)
    return segmentation, [*notes, *(f"{SIDE_NAMES[h.measurement.side]}: {n}" for h in hips for n in h.notes)]


def _answers(
    volume: vtkMRMLScalarVolumeNode, answers: Mapping[str, Mapping[str, Any]], notes: list[str]
) -> list[Any]:
    """Tables and heatmaps of extraction, prediction and staging; what they warn of is added to ``notes``."""
    nodes: list[Any] = []
    if "extract_hips" in answers:
        answer = answers["extract_hips"]
        nodes.append(module_logic("ONFHExtract").to_scene(volume, answer)[0])
        nodes.append(find_node("vtkMRMLTableNode", "deep features") if answer.get("deep") else None)
        notes += [f"{SIDE_NAMES[side]}: features failed: {why}" for side, why in answer["failures"].items()]
    if "predict_hips" in answers:
        shown = module_logic("ONFHPredict").to_scene(volume, answers["predict_hips"])
        nodes += [shown["table"], *shown["contributions"].values()]
        notes += answers["predict_hips"]["warnings"]
    if "stage_hips" in answers:
        from .heatmaps import staging_to_scene

        answer = answers["stage_hips"]
        shown = staging_to_scene(volume, answer)
        nodes += [shown["table"], *shown["heatmaps"].values(), shown["regions"]]
        notes += [f"Out of scope for the stage: {text}" for text in answer["out_of_scope"]]
        notes += answer["warnings"]
        notes += [f"{SIDE_NAMES[hip['side']]}: {hip['problem']}" for hip in answer["hips"] if hip["problem"]]
    return nodes


def survive(volume: vtkMRMLScalarVolumeNode) -> tuple[list[Any], list[str]]:
    """Published clinical survival of each hip with a measured necrosis; what had to be assumed is said on its table.

    Returns:
        The tables, and a sentence for each hip without an estimate.
    """
    logic = module_logic("ONFHSurvival")
    tables: list[Any] = []
    notes: list[str] = []
    for side, name in SIDE_NAMES.items():
        rows = result_rows("measurements", side)
        if not rows:
            continue
        angle = logic.measured_angle(side)
        if angle is None:
            notes.append(f"{name}: no necrotic angle, so no survival after core decompression.")
            continue
        findings, assumed = assumed_findings(angle, rows[0], result_rows("stage", side))
        nodes = logic.to_scene(volume, side, findings)
        for table in (nodes["table"], nodes["curve"]):
            table.SetAttribute(ASSUMED, assumed)
            tables.append(table)
    return tables, notes


def assumed_findings(
    angle: float, measured: Mapping[str, Any], staged: list[Mapping[str, Any]]
) -> tuple[ClinicalInput, str]:
    """The three findings of the clinical model, as far as the images tell, and in words what is assumed."""
    told = staged[0]["stage"] if staged else ""
    arco = told if told in ("I", "II") else ARCO_ASSUMED
    assumed = [f"ARCO {arco}, no subchondral fracture (set IIIA by hand if there is one)"]
    if measured["oedema"] == "cannot tell":
        assumed.append("no marrow oedema (the images do not tell)")
    else:
        assumed.append(f"marrow oedema {measured['oedema']} by the signal")
    return ClinicalInput(arco, measured["oedema"] == "suggested", float(angle)), "; ".join(assumed)
