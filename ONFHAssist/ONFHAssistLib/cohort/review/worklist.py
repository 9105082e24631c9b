"""The hips of a cohort in the order in which a reader should look at them: the most doubtful first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...case.result import HipResult
from ...case.rows import OUT_OF_SCOPE, measurement_row, prediction_row, stage_row
from ...core.progress import Progress
from ...core.serial import to_json_value
from ...stage.answer import I_OR_II
from .doubt import HipDoubt, HipFacts, doubts, warnings_of
from .folder import ReviewCase, ReviewFolder, open_folder
from .looks import Look, looks
from .pictures import HipPicture


@dataclass(frozen=True)
class WorklistHip:
    """One hip.

    Attributes:
        case: key. side: "R" or "L". patient: whose it is. outline: hash of its outlines.
        doubt: with columns, rank and reasons. facts: what is known of the hip, in short sentences.
        stage: as answered, or "". scanner: maker and model, or "". contrast: sequence, or "".
        picture: of its three planes; None where none was asked for.
    """

    case: str
    side: str
    patient: str
    outline: str
    doubt: HipDoubt
    facts: tuple[str, ...]
    stage: str = ""
    scanner: str = ""
    contrast: str = ""
    picture: HipPicture | None = None


@dataclass(frozen=True)
class Worklist:
    """A cohort to look at.

    Attributes:
        hips: the most doubtful first. failures: case to why it has no outlines to look at.
    """

    hips: tuple[WorklistHip, ...]
    failures: Mapping[str, str] = field(default_factory=dict)

    @property
    def outlines(self) -> dict[tuple[str, str], str]:
        """Case and side to the hash of the outlines."""
        return {(hip.case, hip.side): hip.outline for hip in self.hips}


def worklist(
    folder: ReviewFolder, pictures: bool = False, workers: int = 1, progress: Progress | None = None
) -> Worklist:
    """Look at every case and order its hips.

    Args:
        pictures: with the pictures of the contact sheet. workers: processes that look.
    """
    failures = {case.key: case.problem for case in folder.cases if case.problem}
    seen: dict[str, tuple[ReviewCase, Look]] = {}
    for case, look in looks(folder, pictures, workers, progress):
        if isinstance(look, str):
            failures[case.key] = look
        else:
            seen[case.key] = (case, look)
    hips = [facts for key in sorted(seen) for facts in _facts_of(*seen[key])]
    return Worklist(tuple(_row(one, *seen[one.case]) for one in doubts(hips)), dict(sorted(failures.items())))


def cohort_worklist(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The worker's task: the worklist of ``arguments["folder"]`` as JSON values, without pictures."""
    found = worklist(open_folder(Path(arguments["folder"])), progress=progress)
    hips: Sequence[Any] = [to_json_value(hip) for hip in found.hips]
    return {"hips": hips, "failures": dict(found.failures)}


def _facts_of(case: ReviewCase, look: Look) -> list[HipFacts]:
    result, exam = case.result, case.exam
    radii = {hip.side: hip.head.radius for hip in result.hips if hip.head is not None}
    exam_hips = {} if exam is None else {hip.side: hip for hip in exam.hips}
    return [
        HipFacts(
            case.key,
            case.patient,
            result.hip(side),
            look.facts[side],
            radii.get("L" if side == "R" else "R"),
            warnings_of(result, side),
            exam_hips.get(side),
        )
        for side in case.sides
        if side in look.facts
    ]


def _row(doubt: HipDoubt, case: ReviewCase, look: Look) -> WorklistHip:
    hip = case.result.hip(doubt.side)
    return WorklistHip(
        case.key,
        doubt.side,
        case.patient,
        look.outlines[doubt.side],
        doubt,
        facts_in_words(hip),
        str(stage_row(hip).get("stage", "")),
        look.scanner,
        look.contrast,
        look.pictures.get(doubt.side),
    )


def facts_in_words(hip: HipResult) -> tuple[str, ...]:
    """What a reader of an outline wants to know beside the picture, in short sentences."""
    measured, stage, likely = measurement_row(hip), stage_row(hip), prediction_row(hip)
    said = []
    if measured:
        said.append(f"Radius {measured['radius']:.1f} mm, head {measured['head_ml']:.0f} ml.")
        if measured["necrosis_ml"] > 0:
            said.append(
                f"Necrosis {measured['necrosis_ml']:.1f} ml, {measured['necrotic_share']:.0%} of the head, "
                f"combined angle {measured['combined_necrotic_angle']:.0f}\u00b0."
            )
        else:
            said.append("No necrosis outlined.")
    elif hip.head is not None:
        said.append(f"Radius {hip.head.radius:.1f} mm; not measured.")
    if stage:
        said.append(_stage_said(stage["stage"]))
    if likely:
        held = likely["probability"] is None
        said.append(
            "Probability withheld: out of scope."
            if held
            else f"Early osteonecrosis {likely['probability']:.0%}."
        )
    return tuple(said)


def _stage_said(stage: str) -> str:
    """A sentence of its own for each answer that is words, so that it is translated as one."""
    if stage == OUT_OF_SCOPE:
        return "Stage withheld: out of scope."
    return "Stage I or II." if stage == I_OR_II else f"Stage {stage}."
