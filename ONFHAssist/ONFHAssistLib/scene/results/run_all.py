"""What *Run all* found, put into the scene in small steps, as the four modules put their own results there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...core.errors import InputError
from ...measure.findings import findings_from_json
from ...survival.published.clinical import ClinicalInput
from ..attributes import FILM, OUT_OF_SCOPE
from ..case import gather, remove_empty_folder
from ..outdated import digest_of, stamp
from ..segmentations import labels_from_segmentation
from ..summary import ASSUMED, SIDE_NAMES, result_rows
from ..transaction import Steps, at_once
from .features_and_prediction import features_in_steps, known_features_in_steps, prediction_in_steps
from .found_heads import found_in_steps
from .heatmaps import staging_in_steps
from .measurements import findings_in_steps
from .survival import model_survival_in_steps, rest_on_measurement, survival_in_steps

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

NOMOGRAM = "dlrc-xray"
ARCO_ASSUMED = "II"  # the published model gives stages I and II the same risk; IIIA needs a reader's eye


def answers_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    steps: tuple[str, ...],
    answers: Mapping[str, Mapping[str, Any]],
    digest: str | None,
    radiograph: vtkMRMLScalarVolumeNode | None = None,
) -> tuple[vtkMRMLSegmentationNode, list[str]]:
    """:func:`answers_in_steps`, all at once."""
    return at_once(answers_in_steps(volume, segmentation, steps, answers, digest, radiograph))


def answers_in_steps(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    steps: tuple[str, ...],
    answers: Mapping[str, Mapping[str, Any]],
    digest: str | None,
    radiograph: vtkMRMLScalarVolumeNode | None = None,
) -> Steps[tuple[vtkMRMLSegmentationNode, list[str]]]:
    """Put the worker's answers into the scene and do the steps that are quick enough to be done here.

    Args:
        segmentation: chosen outlines; refilled, kept or None as :func:`.found_heads.found_to_scene` says.
        steps: which of "segment", "extract", "predict" and "survival" to do.
        answers: task (and :data:`.attributes.FILM`) to its answer; a task that failed is missing.
        digest: hash of the outlines that the tasks were given; None where they are those of ``answers``.
        radiograph: of the same patient, where its features are among the answers.

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
        yield from findings_in_steps(volume, segmentation, hips, digest)
        notes += [f"{SIDE_NAMES[hip.measurement.side]}: {note}" for hip in hips for note in hip.notes]
    yield
    yield from _features(volume, answers, notes)
    yield from _predictions(volume, answers, notes)
    if "survival" in steps:
        yield from _film_features(volume, radiograph, answers, notes)
        tables, heard = yield from survive(volume, answers.get(FILM))
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
) -> Steps[None]:
    """Tables of radiomics and deep features; what failed is added to ``notes``."""
    if "extract_hips" in answers:
        answer = answers["extract_hips"]
        yield from features_in_steps(volume, answer)
        notes += [f"{SIDE_NAMES[side]}: features failed: {why}" for side, why in answer["failures"].items()]


def _film_features(
    volume: vtkMRMLScalarVolumeNode,
    radiograph: vtkMRMLScalarVolumeNode | None,
    answers: Mapping[str, Mapping[str, Any]],
    notes: list[str],
) -> Steps[None]:
    """Tables of the radiograph's features, in the folder of the case, so that one folder takes the whole run back."""
    if FILM not in answers or radiograph is None or radiograph.GetScene() is None:
        return
    nodes = yield from features_in_steps(radiograph, answers[FILM])
    gather(volume, nodes)
    remove_empty_folder(radiograph)
    failures = answers[FILM]["failures"].items()
    notes += [f"{SIDE_NAMES[side]}: features of the radiograph failed: {why}" for side, why in failures]


def _predictions(
    volume: vtkMRMLScalarVolumeNode, answers: Mapping[str, Mapping[str, Any]], notes: list[str]
) -> Steps[None]:
    """Tables, charts and heatmaps of prediction and staging; what they warn of is added to ``notes``."""
    if "predict_hips" in answers:
        answer = answers["predict_hips"]
        if "extract_hips" not in answers:  # the table is of the features that this answer rests on
            yield from known_features_in_steps(volume, answer)
        yield from prediction_in_steps(volume, answer, answer["provenance"])
        notes += answer["warnings"]
        yield
    if "stage_hips" in answers:
        answer = answers["stage_hips"]
        yield from staging_in_steps(volume, answer)
        notes += [f"Out of scope for the stage: {text}" for text in answer["out_of_scope"]]
        notes += answer["warnings"]
        notes += [f"{SIDE_NAMES[hip['side']]}: {hip['problem']}" for hip in answer["hips"] if hip["problem"]]
        yield


def survive(
    volume: vtkMRMLScalarVolumeNode, film: Mapping[str, Any] | None = None
) -> Steps[tuple[list[Any], list[str]]]:
    """Survival of each hip with a measured necrosis; what had to be assumed is said on its table.

    Args:
        film: features of the patient's radiograph; a hip that is outlined on it is judged by the shipped nomogram of
            clinical findings and both signatures, any other by the published clinical model.

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
        nodes = yield from _survival_of(volume, side, findings, film)
        yield
        rest_on_measurement(nodes, side, angle)
        for table in (nodes["table"], nodes["curve"]):
            table.SetAttribute(ASSUMED, assumed)
            tables.append(table)
    return tables, notes


def _survival_of(
    volume: vtkMRMLScalarVolumeNode, side: str, findings: ClinicalInput, film: Mapping[str, Any] | None
) -> Steps[dict[str, Any]]:
    if film is None or side not in film["results"]:
        return (yield from survival_in_steps(volume, side, findings))
    from ...survival.nomogram.calculator import load, signature_values

    calculator = load(NOMOGRAM)
    features = {**film["results"][side]["features"], **film["deep"][side]}
    yield
    scores, lacking = signature_values(calculator, features)
    if lacking:
        raise InputError(lacking[0])
    yield
    values = {**calculator.usual_values(), **scores, **calculator.from_findings(findings)}
    return (yield from model_survival_in_steps(volume, side, calculator, values))


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
