"""What was found in one image against its rows: heads, outlines, necrosis and answers, one record a hip."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ONFHAssistLib.case.result import CaseResult, HipResult
from ONFHAssistLib.imaging.contrast import CONTRAST_OF_SEQUENCE
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image

from .judging import Judged, read_truth
from .outlines import against_labels, against_sphere, true_necrosis
from .table import HEALTHY, RealHip

SAME_HEAD_MM = 20.0  # a head found farther than this from a true centre is another head; as in benchmarks/segmentation.py
Record = dict[str, Any]
Match = dict[int, FemoralHead]  # number of a row to the head that was found there


def compare_image(hips: Sequence[RealHip], judged: Judged) -> tuple[list[Record], list[Record]]:
    """The hips of one image, and the heads that were found where no row names one.

    Returns:
        A record of each row, in their order; a record of each extra head (``image``, ``patient``, ``side``, ``centre``,
        ``radius``, ``score``).
    """
    result = judged.result
    heads = [hip.head for hip in result.hips if hip.head is not None] if result else []
    match = match_heads(hips, heads)
    records = []
    for number, hip in enumerate(hips):
        truth = read_truth(hip, judged.labels) if hip.segmentation is not None else None
        record = _of_row(hip, judged, truth)
        head = match.get(number)
        record["found"] = head is not None
        if head is not None and result is not None:
            record |= _head(hip, head)
            record |= _necrosis(hip, result.hip(head.side))
            record |= _answers(result.hip(head.side))
            if judged.labels is not None:
                record |= _outlines(hip, head.side, judged.labels, truth)
            record["failures"] = " ".join(_failures(result, head.side))
        records.append(record)
    taken = {id(head) for head in match.values()}
    extra = [_extra(hips[0], head) for head in heads if id(head) not in taken]
    return records, extra


def match_heads(hips: Sequence[RealHip], heads: Sequence[FemoralHead]) -> Match:
    """Each found head at the row whose true centre it is nearest to, the nearest pair first, within 20 mm."""
    pairs = sorted(
        (float(np.linalg.norm(np.subtract(hip.centre, head.centre))), i, j)
        for i, hip in enumerate(hips)
        for j, head in enumerate(heads)
    )
    match: Match = {}
    taken: set[int] = set()
    for distance, i, j in pairs:
        if distance <= SAME_HEAD_MM and i not in match and j not in taken:
            match[i] = heads[j]
            taken.add(j)
    return match


def _of_row(hip: RealHip, judged: Judged, truth: Image | None) -> Record:
    """What the row says, and what holds for its whole image; lesions by the true outlines where the row is silent."""
    outlined = {} if truth is None else true_necrosis(truth, hip.side)
    given = {"true_necrosis_ml": hip.necrosis_ml, "true_share": hip.necrotic_share}
    lesion = outlined | {name: value for name, value in given.items() if value is not None}
    sequence = judged.sequence or hip.sequence
    look = CONTRAST_OF_SEQUENCE.get(sequence or "")
    return {
        "line": hip.line,
        "image": hip.name,
        "patient": hip.patient,
        "side": hip.side,
        "truth": hip.truth,
        "true_stage": hip.stage or "",
        "true_x": hip.centre[0],
        "true_y": hip.centre[1],
        "true_z": hip.centre[2],
        "true_radius": hip.radius,
        "true_necrosis_ml": lesion.get("true_necrosis_ml", math.nan),
        "true_share": lesion.get("true_share", math.nan),
        "sequence": sequence or "",
        "contrast": judged.contrast or "",
        "contrast_recognised": None if judged.result is None or look is None else judged.contrast == look,
        "refusal": judged.refusal,
    }


def _head(hip: RealHip, head: FemoralHead) -> Record:
    return {
        "found_side": head.side,
        "right_side": head.side == hip.side,
        "score": math.nan if head.score is None else head.score,
        "centre_error_mm": float(np.linalg.norm(np.subtract(hip.centre, head.centre))),
        "radius_error_mm": head.radius - hip.radius,
    }


def _necrosis(hip: RealHip, found: HipResult) -> Record:
    """Volume and share as the product measures them; where it could not measure, the volume of the outline."""
    measured = found.findings.measurement if found.findings is not None else None
    volume = (
        measured.necrosis_ml if measured is not None else found.head.necrosis_ml if found.head else math.nan
    )
    share = measured.necrotic_share if measured is not None else math.nan
    return {
        "found_necrosis_ml": volume,
        "found_share": share,
        "lesion_found": bool(volume > 0) if hip.truth != HEALTHY else None,
        "called_necrotic": bool(volume > 0) if hip.truth == HEALTHY else None,
    }


def _outlines(hip: RealHip, found_side: str, labels: Image, truth: Image | None) -> Record:
    """Against the true outlines where there are some, else the head against its sphere."""
    record: Record = {}
    if truth is not None:
        record = dict(against_labels(labels, found_side, truth, hip))
        if hip.truth != HEALTHY and "necrosis_overlap_ml" in record:
            record["lesion_found"] = record["necrosis_overlap_ml"] > 0
    if "head_dice" not in record:
        record |= against_sphere(labels, found_side, hip)
    return record


def _answers(hip: HipResult) -> Record:
    """Stage and probability as they were given, and as they would have been where they are withheld."""
    stage, computed = hip.stage, hip.computed_stage
    probability, would_be = hip.probability, hip.computed_probability
    record: Record = {
        "stage": stage.stage if stage else "",
        "stage_withheld": computed.stage if computed and stage is None else "",
        "stage_reason": " ".join(hip.withheld["stage"].reasons) if "stage" in hip.withheld else "",
        "probability": probability.probability if probability else math.nan,
        "probability_withheld": would_be.probability if would_be and probability is None else math.nan,
        "probability_reason": " ".join(hip.withheld["probability"].reasons)
        if "probability" in hip.withheld
        else "",
    }
    record["threshold"] = would_be.threshold if would_be else math.nan
    return record


def _failures(result: CaseResult, side: str) -> list[str]:
    said = [f"{step}: {record.failure}" for step, record in result.steps.items() if record.failure]
    return [*said, *(f"{step}: {why}" for step, why in result.hip(side).failures.items())]


def _extra(hip: RealHip, head: FemoralHead) -> Record:
    return {
        "image": hip.name,
        "patient": hip.patient,
        "side": head.side,
        "x": head.centre[0],
        "y": head.centre[1],
        "z": head.centre[2],
        "radius": head.radius,
        "score": math.nan if head.score is None else head.score,
    }
