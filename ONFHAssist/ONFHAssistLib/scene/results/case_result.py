"""A case's result in the scene, in small steps: what the pipeline did, as the four modules show it, and the result.

The result lies in the scene as a text node, so that a later step, also after saving and loading, knows what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ...case.result import (
    EXTRACT,
    MEASURE,
    PROBABILITY,
    RADIOGRAPH,
    SEGMENT,
    STAGE,
    SURVIVAL,
    CaseResult,
    StepRecord,
)
from ...core.errors import InputError
from ...core.provenance import provenance
from ..case import move_to_case_folder, remove_empty_folder, text_node
from ..images.outlines_of import RADIOGRAPH as RADIOGRAPH_OF_CASE
from ..images.ownership import find_node
from ..outdated import mark_source_segmentation
from ..segmentations import left_out
from ..summary import ASSUMED
from ..transaction import Steps, run_all_steps
from ..volumes import image_from_volume
from .features_and_prediction import features_in_steps, prediction_in_steps, radiograph_features_in_steps
from .found_heads import found_in_steps
from .heatmaps import staging_in_steps
from .measurements import findings_in_steps
from .survival import answer_in_steps, mark_source_measurement
from .warnings import keep_warnings, warnings_of, warnings_of_result

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode, vtkMRMLTextNode

    from ...survival.answer import SurvivalAnswer

ROLE_OF_RESULT = "case result"


def result_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    result: CaseResult,
    radiograph: vtkMRMLScalarVolumeNode | None = None,
) -> tuple[vtkMRMLSegmentationNode | None, list[str]]:
    """:func:`result_in_steps`, all at once."""
    return run_all_steps(result_in_steps(volume, segmentation, result, radiograph))


def result_in_steps(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    result: CaseResult,
    radiograph: vtkMRMLScalarVolumeNode | None = None,
    remarks: Mapping[str, Iterable[str]] | None = None,
) -> Steps[tuple[vtkMRMLSegmentationNode | None, list[str]]]:
    """Put what the steps of a result found into the scene.

    Args:
        segmentation: chosen outlines; refilled, kept or None as :func:`.found_heads.found_to_scene` says.
        result: whose images are files that exist.
        radiograph: of the same patient, where its features are in the result.
        remarks: step to what the run has to say of it beside the result, such as that its bundle is not installed.

    Returns:
        The segmentation, and a sentence for each thing that could not be told; they are kept in the scene as well.

    Raises:
        InputError: the volume is gone, was moved or replaced meanwhile.
    """
    if volume.GetScene() is None:
        raise InputError(_("The volume was removed from the scene meanwhile; choose one and run again."))
    if result.did(SEGMENT):
        segmentation, _heads, _heard = yield from found_in_steps(volume, segmentation, result)
        yield
    if result.did(MEASURE) and segmentation is not None:
        hips = [hip.findings for hip in result.hips if hip.findings is not None]
        yield from findings_in_steps(volume, segmentation, hips, result.hip_outlines)
        yield
    yield from _features_and_answers(volume, result)
    if result.did(RADIOGRAPH) and radiograph is not None and radiograph.GetScene() is not None:
        # In the folder of the case, so that one folder takes the whole run back.
        nodes = yield from radiograph_features_in_steps(radiograph, result)
        move_to_case_folder(volume, nodes, of=radiograph)
        remove_empty_folder(radiograph)
    if result.did(SURVIVAL):
        yield from _survivals(volume, result)
    remarks = dict(remarks or {})
    if result.did(MEASURE):
        remarks[MEASURE] = [*remarks.get(MEASURE, ()), *left_out(segmentation)]
    keep_result(volume, result, radiograph, remarks)
    return segmentation, warnings_of(volume, [*result.steps, *remarks])


def _features_and_answers(volume: vtkMRMLScalarVolumeNode, result: CaseResult) -> Steps[None]:
    """Tables, charts and heatmaps."""
    if result.did(EXTRACT) or result.did(PROBABILITY):  # the table is of the features that an answer rests on
        yield from features_in_steps(volume, result)
    if result.did(PROBABILITY):
        yield from prediction_in_steps(volume, result)
        yield
    if result.did(STAGE):
        yield from staging_in_steps(volume, result)
        yield


def _survivals(volume: vtkMRMLScalarVolumeNode, result: CaseResult) -> Steps[None]:
    """Table, curve and chart of each hip with an estimate; what had to be assumed is said on its tables."""
    for hip in result.hips:
        answer = hip.survival
        if answer is None:
            continue
        nodes = yield from answer_in_steps(volume, hip.side, answer)
        yield
        if answer.measured_angle_deg is not None:
            mark_source_measurement(volume, nodes, hip.side, answer.measured_angle_deg)
        for table in (nodes["table"], nodes["curve"]):
            table.SetAttribute(ASSUMED, answer.assumed)
            mark_source_segmentation([table], result.hip_outlines)


# the result itself ----------------------------------------------------------------------------------------


def keep_result(
    volume: vtkMRMLScalarVolumeNode,
    result: CaseResult,
    radiograph: vtkMRMLScalarVolumeNode | None = None,
    remarks: Mapping[str, Iterable[str]] | None = None,
) -> vtkMRMLTextNode:
    """Keep a result in the scene: what an earlier one of the same image and outlines knew stays known.

    What its steps warned of is kept beside it.

    Args:
        radiograph: that the survival was asked with.
        remarks: step to further sentences on it.
    """
    earlier = known_result(volume)
    whole = result if earlier is None else earlier.updated(result)
    node = text_node(_("Case result"), whole.without_files().to_json(), ROLE_OF_RESULT, {}, volume)
    if result.did(SURVIVAL):
        node.SetNodeReferenceID(RADIOGRAPH_OF_CASE, None if radiograph is None else radiograph.GetID())
    move_to_case_folder(volume, [node])
    said = warnings_of_result(result)
    for step, sentences in (remarks or {}).items():
        said[step] = [*sentences, *said.get(step, [])]
    keep_warnings(volume, said)
    return node


def keep_survival(volume: vtkMRMLScalarVolumeNode, side: str, answer: SurvivalAnswer) -> None:
    """A survival that was asked for by itself becomes part of the result that the scene keeps, where there is one."""
    known = known_result(volume)
    if known is None or all(hip.side != side for hip in known.hips):
        return
    record = known.steps.get(SURVIVAL) or StepRecord(provenance=provenance(image_from_volume(volume)))
    record = replace(record, failure="")
    node: Any = find_node("vtkMRMLTextNode", ROLE_OF_RESULT, volume)
    hip = known.hip(side)
    failures = {step: why for step, why in hip.failures.items() if step != SURVIVAL}
    hip = replace(hip, survival=answer, failures=failures)
    node.SetText(known.with_hip(hip).with_step(SURVIVAL, record).to_json())


def known_result(volume: vtkMRMLScalarVolumeNode) -> CaseResult | None:
    """The result that the scene keeps of an image; None without one, and where another version wrote it."""
    text = _kept_text(volume)
    if text is None:
        return None
    try:
        return CaseResult.from_json(text)
    except InputError:  # of another version: the tables stay, and the next step writes a new one
        return None


def known_text(volume: vtkMRMLScalarVolumeNode) -> str | None:
    """The same as JSON."""
    known = known_result(volume)
    return None if known is None else known.to_json()


def _kept_text(volume: vtkMRMLScalarVolumeNode) -> str | None:
    node: Any = find_node("vtkMRMLTextNode", ROLE_OF_RESULT, volume)
    return None if node is None else node.GetText() or None
