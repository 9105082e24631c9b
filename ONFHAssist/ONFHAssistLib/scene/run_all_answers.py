"""What *Run all* found, put into the scene in small steps, as the four modules put their own results there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..extract.radiomics import RadiomicsResult
from ..segment.findings import findings_from_json
from ..survival.clinical import ClinicalInput
from .answers import deep_to_scene, prediction_in_steps, radiomics_to_scene
from .attributes import OUT_OF_SCOPE
from .found_heads import found_in_steps
from .heatmaps import staging_in_steps
from .measurements import findings_in_steps
from .segmentations import labels_from_segmentation
from .stale import digest_of, stamp
from .summary import ASSUMED, SIDE_NAMES, result_rows
from .survival_answers import survival_in_steps
from .transaction import Steps, at_once

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

ARCO_ASSUMED = "II"  # the published model gives stages I and II the same risk; IIIA needs a reader's eye


def answers_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    steps: tuple[str, ...],
    answers: Mapping[str, Mapping[str, Any]],
    digest: str | None,
) -> tuple[vtkMRMLSegmentationNode, list[str]]:
    """:func:`answers_in_steps`, all at once."""
    return at_once(answers_in_steps(volume, segmentation, steps, answers, digest))


def answers_in_steps(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    steps: tuple[str, ...],
    answers: Mapping[str, Mapping[str, Any]],
    digest: str | None,
) -> Steps[tuple[vtkMRMLSegmentationNode, list[str]]]:
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
        segmentation = yield from _outline(volume, segmentation, answers.get("segment_hips"), notes)
    yield
    if digest is None:
        digest = digest_of(labels_from_segmentation(segmentation, volume))
    yield
    if "measure_hips" in answers:
        hips = findings_from_json(answers["measure_hips"]["hips"])
        stamp([(yield from findings_in_steps(volume, segmentation, hips))], digest)
        notes += [f"{SIDE_NAMES[hip.measurement.side]}: {note}" for hip in hips for note in hip.notes]
    yield
    stamp((yield from _features(volume, answers, notes)), digest)
    stamp((yield from _predictions(volume, answers, notes)), digest)
    if "survival" in steps:
        tables, heard = yield from survive(volume)
        stamp(tables, digest)
        notes += heard
    return segmentation, notes


def _outline(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    found: Mapping[str, Any] | None,
    notes: list[str],
) -> Steps[vtkMRMLSegmentationNode]:
    if found is None:
        return segmentation
    node, _heads, heard = yield from found_in_steps(volume, segmentation, found)
    notes += heard
    return node


def _features(
    volume: vtkMRMLScalarVolumeNode, answers: Mapping[str, Mapping[str, Any]], notes: list[str]
) -> Steps[list[Any]]:
    """Tables of radiomics and deep features; what failed is added to ``notes``."""
    if "extract_hips" not in answers:
        return []
    answer = answers["extract_hips"]
    results = {side: RadiomicsResult(**fields) for side, fields in answer["results"].items()}
    nodes = [radiomics_to_scene(volume, results)]
    yield
    if answer.get("deep"):
        nodes.append(deep_to_scene(volume, answer))
        yield
    notes += [f"{SIDE_NAMES[side]}: features failed: {why}" for side, why in answer["failures"].items()]
    return nodes


def _predictions(
    volume: vtkMRMLScalarVolumeNode, answers: Mapping[str, Mapping[str, Any]], notes: list[str]
) -> Steps[list[Any]]:
    """Tables, charts and heatmaps of prediction and staging; what they warn of is added to ``notes``."""
    nodes: list[Any] = []
    if "predict_hips" in answers:
        answer = answers["predict_hips"]
        if "extract_hips" not in answers:  # the table is of the features that this answer rests on
            results = {side: RadiomicsResult(**fields) for side, fields in answer["radiomics"].items()}
            nodes.append(radiomics_to_scene(volume, results))
            yield
        shown = yield from prediction_in_steps(volume, answer, answer["provenance"])
        nodes += [shown["table"], *shown["contributions"].values()]
        notes += answer["warnings"]
        yield
    if "stage_hips" in answers:
        answer = answers["stage_hips"]
        shown = yield from staging_in_steps(volume, answer)
        nodes += [shown["table"], *shown["heatmaps"].values(), shown["regions"]]
        notes += [f"Out of scope for the stage: {text}" for text in answer["out_of_scope"]]
        notes += answer["warnings"]
        notes += [f"{SIDE_NAMES[hip['side']]}: {hip['problem']}" for hip in answer["hips"] if hip["problem"]]
        yield
    return nodes


def survive(volume: vtkMRMLScalarVolumeNode) -> Steps[tuple[list[Any], list[str]]]:
    """Published clinical survival of each hip with a measured necrosis; what had to be assumed is said on its table.

    Returns:
        The tables, and a sentence for each hip without an estimate.
    """
    tables: list[Any] = []
    notes: list[str] = []
    for side, name in SIDE_NAMES.items():
        rows = result_rows("measurements", side)
        if not rows:
            continue
        angle = rows[0]["combined_necrotic_angle"]
        if not angle > 0:
            notes.append(f"{name}: no necrotic angle, so no survival after core decompression.")
            continue
        findings, assumed = assumed_findings(angle, rows[0], result_rows("stage", side))
        nodes = yield from survival_in_steps(volume, side, findings)
        yield
        for table in (nodes["table"], nodes["curve"]):
            table.SetAttribute(ASSUMED, assumed)
            tables.append(table)
    return tables, notes


def assumed_findings(
    angle: float, measured: Mapping[str, Any], staged: list[Mapping[str, Any]]
) -> tuple[ClinicalInput, str]:
    """The three findings of the clinical model, as far as the images tell, and in words what is assumed."""
    told = staged[0]["stage"] if staged and staged[0].get("scope") != OUT_OF_SCOPE else ""
    arco = told if told in ("I", "II") else ARCO_ASSUMED
    assumed = [f"ARCO {arco}, no subchondral fracture (set IIIA by hand if there is one)"]
    if measured["oedema"] == "cannot tell":
        assumed.append("no marrow oedema (the images do not tell)")
    else:
        assumed.append(f"marrow oedema {measured['oedema']} by the signal")
    return ClinicalInput(arco, measured["oedema"] == "suggested", float(angle)), "; ".join(assumed)
