"""Groups of a report to a case's result: every number as it was written, what was withheld as withheld."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from pydicom.sr.coding import Code

from ...case.result import (
    MEASURE,
    PROBABILITY,
    SEGMENT,
    STAGE,
    SURVIVAL,
    CaseResult,
    HipResult,
    StepRecord,
    Withheld,
)
from ...case.survival import PUBLISHED, answer_of_findings
from ...core.errors import InputError
from ...core.vectors import Point, as_point
from ...early.answer import ProbabilityAnswer
from ...imaging.head import FemoralHead
from ...measure.findings import HipFindings
from ...measure.hip import HipMeasurement
from ...measure.oedema import Oedema
from ...stage.answer import HeatFacts, StageAnswer
from ...survival.answer import SurvivalAnswer
from ...survival.published.clinical import ClinicalInput, SurvivalEstimate
from .. import codes, fields
from ..codes import key_of, ours
from .report_tree import Group, damaged

_NO_STAGE = StageAnswer("", {}, None, math.nan)  # stands for numbers that a report does not give away
_NO_PROBABILITY = ProbabilityAnswer(math.nan, math.nan, "")
_STEP_OF = {key_of(code): step for step, code in fields.ANSWERS.items()}


class Hip:
    """The groups of one hip by what they are of."""

    def __init__(self, side: str, groups: Iterable[Group], path: Path) -> None:
        self.side, self.path = side, path
        self.groups = [group for group in groups if group.side == side]

    def of(self, finding: Code) -> list[Group]:
        """Its groups of one finding."""
        return [group for group in self.groups if group.finding == key_of(finding)]

    def one(self, finding: Code) -> Group | None:
        """Its one group of a finding; None without any.

        Raises:
            InputError: two.
        """
        found = self.of(finding)
        if len(found) > 1:
            raise damaged(self.path, f"it has {len(found)} groups '{finding.meaning}' for hip {self.side}")
        return found[0] if found else None

    def needed(self, group: Group, concept: Code) -> float:
        """A number that the group must have.

        Raises:
            InputError: it has not.
        """
        value = group.number(concept)
        if value is None:
            raise damaged(self.path, f"'{concept.meaning}' of hip {self.side} is missing")
        return value

    def values(self, group: Group, table: fields.Fields, optional: bool = False) -> dict[str, Any]:
        """Field to number."""
        get = group.number if optional else lambda concept: self.needed(group, concept)
        return {name: get(concept) for concept, (name, _unit) in table.items()}

    def point(self, concept: Code) -> Point | None:
        """A point, None where the report has none."""
        group = self.one(concept)
        if group is None:
            return None
        return as_point(self.needed(group, axis) for axis in fields.AXES)

    def choice(self, group: Group, concept: Code, meanings: Mapping[str, Code]) -> str:
        """Which of ``meanings`` a coded finding is; "" where the report does not say.

        Raises:
            InputError: another one.
        """
        value = group.choices.get(key_of(concept), "")
        if not value:
            return ""
        for name, code in meanings.items():
            if key_of(code) == value:
                return name
        raise damaged(self.path, f"'{concept.meaning}' of hip {self.side} is the unknown code '{value[:40]}'")


def result_of(groups: list[Group], path: Path, name: str, series: str) -> CaseResult:
    """The result that a report tells of.

    Args:
        path: of the report, for messages. name: of the case. series: UID of the series that was worked up.

    Raises:
        InputError: a number is missing, a code unknown, or a group is there twice.
    """
    result = CaseResult(name, series)
    for side in "RL":
        hip = Hip(side, groups, path)
        if not hip.groups:
            continue
        result = result.with_hip(_hip(hip))
        found = result.hip(side).findings
        if found is not None and found.edge_source == "marked" and found.edge is not None:
            result = replace(result, edges={**result.edges, side: found.edge})
    for step in (SEGMENT, MEASURE, PROBABILITY, STAGE, SURVIVAL):
        record = _record(step, groups)
        if record is not None:
            result = result.with_step(step, record)
    return result


def _hip(hip: Hip) -> HipResult:
    found = _findings(hip)
    head = _head(hip, found)
    answers: dict[str, Any] = {}
    withheld: dict[str, Withheld] = {}
    failures: dict[str, str] = {}
    for step, finding in fields.ANSWERS.items():
        for group in hip.of(finding)[:1]:
            status = group.choices.get(key_of(finding), "")
            if status == key_of(fields.OUT_OF_SCOPE):
                withheld[step] = Withheld(
                    group.said(fields.REASON), _NO_STAGE if step == STAGE else _NO_PROBABILITY
                )
            elif status == key_of(fields.FAILED):
                failures[step] = " ".join(group.said(fields.REASON))
            elif status != key_of(fields.NO_ANSWER):
                answers[step] = {STAGE: _stage, PROBABILITY: _probability, SURVIVAL: _survival}[step](hip)
    return HipResult(hip.side, head, found, withheld=withheld, failures=failures, **answers)


def _head(hip: Hip, found: HipFindings | None) -> FemoralHead | None:
    """As it was found, else as it was measured on the outline."""
    volumes = (math.nan, math.nan)
    if found is not None:
        volumes = (found.measurement.head_ml, found.measurement.necrosis_ml)
    group, centre = hip.one(fields.HEAD_FOUND), hip.point(fields.HEAD_CENTRE)
    if group is not None and centre is not None:
        low, high = (hip.point(corner) for corner in fields.BOX)
        box = None if low is None or high is None else (low, high)
        radius = hip.needed(group, codes.RADIUS)
        return FemoralHead(hip.side, centre, radius, box, group.number(fields.HEAD_SCORE), *volumes)
    if found is None:
        return None
    return FemoralHead(hip.side, found.measurement.centre, found.measurement.radius, None, None, *volumes)


def _findings(hip: Hip) -> HipFindings | None:
    group, head, necrosis = hip.one(ours("hip")), hip.one(codes.FEMORAL_HEAD), hip.one(codes.NECROSIS)
    if group is None:
        return None
    centre = hip.point(codes.CENTRE)
    if head is None or centre is None:
        raise damaged(hip.path, f"hip {hip.side} is measured without its head")
    span = [group.number(concept) for concept in fields.SPAN]
    ends: dict[str, Any] = {
        name: tuple(place for concept in concepts if (place := hip.point(concept)) is not None)
        for name, concepts in fields.ARC_ENDS.items()
    }
    measured = HipMeasurement(
        side=hip.side,
        centre=centre,
        radius=hip.needed(head, codes.RADIUS),
        head_ml=hip.needed(head, codes.VOLUME),
        necrosis_ml=0.0 if necrosis is None else hip.needed(necrosis, codes.VOLUME),
        depth_mm=0.0 if necrosis is None else hip.needed(necrosis, codes.DEPTH),
        steinberg=hip.choice(group, ours("steinberg"), codes.EXTENTS),
        jic_type=hip.choice(group, ours("jic"), fields.JIC_TYPES) or None,
        arc_b_plane=hip.choice(group, ours("arc-b-plane"), codes.PLANES) or "axial",
        arc_a_span=tuple(value for value in span if value is not None),
        **ends,
        **hip.values(group, fields.HIP),
    )
    edge_source = hip.choice(group, ours("edge-source"), fields.EDGE_SOURCES)
    return HipFindings(
        measured, hip.point(fields.EDGE), edge_source, _oedema(hip, group), group.said(codes.COMMENT)
    )


def _oedema(hip: Hip, group: Group) -> Oedema | None:
    suggested = hip.choice(group, ours("oedema"), {"yes": codes.PRESENT, "no": codes.ABSENT})
    if not suggested:
        return None
    contrast = hip.choice(group, ours("oedema-contrast"), fields.CONTRASTS)
    return Oedema(suggested=suggested == "yes", contrast=contrast, **hip.values(group, fields.OEDEMA))


def _stage(hip: Hip) -> StageAnswer:
    group = hip.one(ours("stage"))
    if group is None:
        raise AssertionError("asked for by its group")
    probabilities = {name: hip.needed(group, concept) for name, concept in fields.STAGE_PROBABILITIES.items()}
    heat = None
    if group.number(ours("heat-volume")) is not None:
        facts = hip.values(group, fields.HEAT, optional=True)
        heat = HeatFacts(**facts, peak=hip.point(fields.PEAK))
    distance = group.number(ours("distance"))
    return StageAnswer(
        hip.choice(group, ours("stage"), fields.STAGE_NAMES),
        probabilities,
        group.number(ours("spread")),
        math.nan if distance is None else distance,
        heat=heat,
    )


def _probability(hip: Hip) -> ProbabilityAnswer:
    group = hip.one(ours("probability"))
    if group is None:
        raise AssertionError("asked for by its group")
    values = hip.values(group, fields.PROBABILITY, optional=True)
    for concept in (ours("probability"), ours("threshold")):
        hip.needed(group, concept)
    return ProbabilityAnswer(reading=hip.choice(group, ours("probability"), fields.READINGS), **values)


def _survival(hip: Hip) -> SurvivalAnswer:
    """At the months of the report."""
    groups = sorted(hip.of(ours("survival")), key=lambda one: hip.needed(one, ours("months")))
    columns = [hip.values(group, fields.SURVIVAL) for group in groups]
    estimate = SurvivalEstimate(
        **{name: tuple(column[name] for column in columns) for name, _unit in fields.SURVIVAL.values()}
    )
    first = groups[0]
    angle = first.number(ours("combined-angle"))
    given = {
        name.removeprefix(fields.MODEL_INPUT): value
        for name, value in first.parameters.items()
        if name.startswith(fields.MODEL_INPUT)
    }
    curve, references = _curve(given, angle, estimate)
    assumed = " ".join(first.said(fields.ASSUMED))
    return SurvivalAnswer(first.algorithm, given, estimate, curve, references, assumed, angle)


def _curve(
    given: Mapping[str, str], angle: float | None, estimate: SurvivalEstimate
) -> tuple[SurvivalEstimate, Mapping[str, tuple[float, ...]]]:
    """Every month of the published model, drawn anew where that gives the report's numbers; else its months alone."""
    if given.get("model") != PUBLISHED:
        return estimate, {}
    exact = angle is not None and f"{angle:g}" == given.get("combined_necrotic_angle_deg")
    try:
        degrees = angle if exact and angle is not None else float(given["combined_necrotic_angle_deg"])
        findings = ClinicalInput(given["arco_stage"], given["bone_marrow_oedema"] == "yes", degrees)
        answer = answer_of_findings(findings)
    except (KeyError, ValueError, InputError):
        return estimate, {}
    same = answer.estimate.months == estimate.months and np.allclose(
        answer.estimate.survival, estimate.survival, rtol=0.0, atol=1e-12
    )
    return (answer.curve, answer.references) if same else (estimate, {})


def _record(step: str, groups: list[Group]) -> StepRecord | None:
    mine = [group for group in groups if _step_of(group) == step]
    if not mine:
        return None
    first = mine[0]
    facts = {
        name: value
        for name, value in first.parameters.items()
        if name != fields.OUTLINES and not name.startswith(fields.MODEL_INPUT)
    }
    if step == SEGMENT and not facts:
        return None  # outlined by a person or another program
    held = [group for group in mine if key_of(fields.OUT_OF_SCOPE) in group.choices.values()]
    known = {
        text for group in groups for text in group.said(fields.WARNING)
    }  # those of the sides stand with the case
    notes = {g.side: tuple(text for text in g.said(codes.COMMENT) if text not in known) for g in mine}
    return StepRecord(
        tuple(dict.fromkeys(text for group in held for text in group.said(fields.REASON))),
        first.said(fields.WARNING),
        {side: said for side, said in notes.items() if said},
        " ".join(first.said(fields.STATEMENT)),
        facts,
    )


def _step_of(group: Group) -> str:
    if group.finding in (key_of(codes.FEMORAL_HEAD), key_of(codes.NECROSIS), key_of(fields.HEAD_FOUND)):
        return SEGMENT
    if group.finding in _STEP_OF:
        return _STEP_OF[group.finding]
    return MEASURE if group.finding == key_of(ours("hip")) else ""
