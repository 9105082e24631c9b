"""The measurement groups of a report (TID 1411 and 1501): what was measured on a hip, and what the models answer.

A group holds numbers, coded findings, points and remarks of one hip, and says by which algorithm. What is withheld is
there as withheld, with the reasons and without any number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import highdicom as hd
import numpy as np
from pydicom.sr.coding import Code

from ...case.result import MEASURE, SEGMENT, STAGE, SURVIVAL, CaseResult, HipResult, StepRecord
from ...core.vectors import Point
from ...imaging.head import FemoralHead
from ...measure.findings import HipFindings
from ...stage.answer import StageAnswer
from ...survival.answer import SurvivalAnswer
from .. import codes, fields
from ..equipment import Identifiers, algorithm
from .segments import HEAD_STRUCTURE, NECROSIS_STRUCTURE, Structure, tracking_name


@dataclass(frozen=True)
class Context:
    """What every group refers to.

    Attributes:
        segmentation: on which the numbers rest. structures: its segments.
        series: UID of the series that was outlined. frame_of_reference: of all points.
    """

    identifiers: Identifiers
    segmentation: hd.seg.Segmentation
    structures: Sequence[Structure]
    series: str
    frame_of_reference: str


@dataclass
class Content:
    """One group while it is filled.

    Attributes:
        finding: what it is of. number: apart from other groups of that hip and finding, such as the month.
        algorithm: name; facts: its parameters.
    """

    side: str
    finding: Code
    name: str
    algorithm: str
    facts: Mapping[str, str]
    number: str = ""
    numbers: list[hd.sr.Measurement] = field(default_factory=list)
    choices: list[hd.sr.QualitativeEvaluation] = field(default_factory=list)
    texts: list[hd.sr.TextContentItem] = field(default_factory=list)

    def add_numbers(self, table: fields.Fields, values: object) -> None:
        """Those fields of ``values`` that are numbers."""
        for concept, (name, unit) in table.items():
            self.add_number(concept, getattr(values, name), unit)

    def add_number(self, concept: Code, value: float | None, unit: Code, **more: Any) -> None:
        """A number; nothing where there is none."""
        if value is not None and math.isfinite(value):
            self.numbers.append(hd.sr.Measurement(concept, float(value), unit, **more))

    def add_choice(self, concept: Code, value: Code | None) -> None:
        """A coded finding; nothing where there is none."""
        if value is not None:
            self.choices.append(hd.sr.QualitativeEvaluation(concept, value))

    def add_texts(self, concept: Code, said: Iterable[str]) -> None:
        """Sentences."""
        contains = hd.sr.RelationshipTypeValues.CONTAINS
        self.texts += [hd.sr.TextContentItem(concept, one, contains) for one in said if one]

    def group(self, context: Context, structure: Structure | None = None) -> Any:
        """The group as highdicom has it; of the region of ``structure`` where one is given."""
        common: dict[str, Any] = {
            "tracking_identifier": hd.sr.TrackingIdentifier(
                uid=context.identifiers.tracking(self.side, f"{self.name}{self.number}"),
                identifier=tracking_name(self.side, f"{self.name}{self.number}"),
            ),
            "finding_type": self.finding,
            "finding_sites": [hd.sr.FindingSite(codes.FEMORAL_HEAD, codes.LATERALITY[self.side])],
            "algorithm_id": algorithm(self.algorithm, self.facts),
            "measurements": self.numbers or None,
            "qualitative_evaluations": self.choices or None,
        }
        group: Any
        if structure is None:
            group = hd.sr.MeasurementsAndQualitativeEvaluations(**common)
        else:
            reference = hd.sr.ReferencedSegment(
                context.segmentation.SOPClassUID,
                context.segmentation.SOPInstanceUID,
                structure.number,
                source_series=hd.sr.SourceSeriesForSegmentation(context.series),
            )
            group = hd.sr.VolumetricROIMeasurementsAndQualitativeEvaluations(
                referenced_segment=reference, **common
            )
        group[0].ContentSequence.extend(self.texts)
        return group


def groups_of(result: CaseResult, context: Context) -> list[Any]:
    """All groups of a case, hip by hip, right before left."""
    groups: list[Any] = []
    for side in "RL":
        hip = result.hip(side)
        groups += _regions(hip, result, context)
        if hip.head is not None and (hip.head.box is not None or hip.head.score is not None):
            groups += _found(hip.head, result.steps.get(SEGMENT, StepRecord()), context)
        if hip.findings is not None:
            groups += _measured(hip.findings, result.steps.get(MEASURE, StepRecord()), context)
        groups += _answers(hip, result, context)
    if groups:  # a file that was cut off is else a smaller report
        groups[0][0].ContentSequence.extend(
            hd.sr.Measurement(codes.ours("groups"), float(len(groups)), codes.ONE)
        )
    return groups


def _start(side: str, finding: Code, name: str, step: str, record: StepRecord) -> Content:
    content = Content(side, finding, name, f"ONFHAssist {step}", record.provenance)
    content.add_texts(fields.WARNING, record.warnings)
    content.add_texts(fields.STATEMENT, [record.statement])
    return content


def _regions(hip: HipResult, result: CaseResult, context: Context) -> list[Any]:
    """Head and necrosis, each a segment with its volume."""
    record, groups = result.steps.get(SEGMENT, StepRecord()), []
    measured = None if hip.findings is None else hip.findings.measurement
    for structure in context.structures:
        if structure.side != hip.side:
            continue
        is_head = structure.kind == HEAD_STRUCTURE
        finding = codes.FEMORAL_HEAD if is_head else codes.NECROSIS
        content = _start(hip.side, finding, structure.kind, SEGMENT, record)
        if hip.side in result.hip_outlines:
            content.facts = {**content.facts, fields.OUTLINES: result.hip_outlines[hip.side]}
        if measured is not None and is_head:
            content.add_number(codes.VOLUME, measured.head_ml, codes.ML)
            content.add_number(codes.RADIUS, measured.radius, codes.MM)
        if measured is not None and structure.kind == NECROSIS_STRUCTURE:
            content.add_number(codes.VOLUME, measured.necrosis_ml, codes.ML)
            content.add_number(codes.DEPTH, measured.depth_mm, codes.MM)
        groups.append(content.group(context, structure))
    return groups


def _found(head: FemoralHead, record: StepRecord, context: Context) -> list[Any]:
    """The sphere and the box of the detector, or those that were set by hand."""
    content = _start(head.side, fields.HEAD_FOUND, "as found", SEGMENT, record)
    content.add_number(codes.RADIUS, head.radius, codes.MM)
    content.add_number(fields.HEAD_SCORE, head.score, codes.RATIO)
    points = [(fields.HEAD_CENTRE, head.centre), *zip(fields.BOX, head.box or (), strict=False)]
    drawn = [_point(head.side, concept, place, SEGMENT, context) for concept, place in points]
    return [content.group(context), *drawn]


def _measured(found: HipFindings, record: StepRecord, context: Context) -> list[Any]:
    measured = found.measurement
    content = _start(measured.side, codes.ours("hip"), "measurements", MEASURE, record)
    content.add_numbers(fields.HIP, measured)
    for concept, value in zip(fields.SPAN, measured.arc_a_span, strict=False):
        content.add_number(concept, value, codes.DEGREE)
    content.add_choice(codes.ours("arc-b-plane"), codes.PLANES.get(measured.arc_b_plane))
    content.add_choice(codes.ours("steinberg"), codes.EXTENTS.get(measured.steinberg))
    content.add_choice(codes.ours("jic"), fields.JIC_TYPES.get(measured.jic_type or ""))
    content.add_choice(codes.ours("edge-source"), fields.EDGE_SOURCES.get(found.edge_source))
    if found.oedema is not None:
        content.add_numbers(fields.OEDEMA, found.oedema)
        content.add_choice(codes.ours("oedema"), codes.PRESENT if found.oedema.suggested else codes.ABSENT)
        content.add_choice(codes.ours("oedema-contrast"), fields.CONTRASTS.get(found.oedema.contrast))
    content.add_texts(codes.COMMENT, found.notes)
    points: list[tuple[Code, Point]] = [(codes.CENTRE, measured.centre)]
    for name, concepts in fields.ARC_ENDS.items():
        points += zip(concepts, getattr(measured, name), strict=False)
    if found.edge is not None:
        points.append((fields.EDGE, found.edge))
    side = measured.side
    return [
        content.group(context),
        *(_point(side, concept, place, MEASURE, context) for concept, place in points),
    ]


def _point(side: str, concept: Code, place: Point, step: str, context: Context) -> Any:
    """A point of a hip: three exact numbers, the first of which is inferred from the point as viewers draw it."""
    content = Content(side, concept, concept.meaning, f"ONFHAssist {step}", {})
    drawn = hd.sr.CoordinatesForMeasurement3D("POINT", np.array([place], float), context.frame_of_reference)
    for axis, value in zip(fields.AXES, place, strict=True):
        more = {"referenced_coordinates": [drawn]} if axis == fields.AXES[0] else {}
        content.add_number(axis, value, codes.MM, **more)
    return content.group(context)


def _answers(hip: HipResult, result: CaseResult, context: Context) -> list[Any]:
    groups: list[Any] = []
    given = {step: getattr(hip, step) for step in fields.ANSWERS}
    for step, finding in fields.ANSWERS.items():
        record = result.steps.get(step)
        if record is None:
            continue
        content = _start(hip.side, finding, step, step, record)
        content.add_texts(codes.COMMENT, () if step == MEASURE else record.of_hips.get(hip.side, ()))
        held = hip.withheld.get(step)
        failure = hip.failures.get(step) or record.failure
        if held is not None:
            content.add_choice(finding, fields.OUT_OF_SCOPE)
            content.add_texts(fields.REASON, held.reasons)
        elif given[step] is not None and step == SURVIVAL:
            groups += _survived(hip.side, given[step], record, context)
            continue
        elif given[step] is not None and step == STAGE:
            groups += _staged(content, given[step], context)
            continue
        elif given[step] is not None:
            content.add_numbers(fields.PROBABILITY, given[step])
            content.add_choice(codes.ours("probability"), fields.READINGS.get(given[step].reading))
        elif failure:
            content.add_choice(finding, fields.FAILED)
            content.add_texts(fields.REASON, [failure])
        else:
            content.add_choice(finding, fields.NO_ANSWER)
        groups.append(content.group(context))
    return groups


def _staged(content: Content, answer: StageAnswer, context: Context) -> list[Any]:
    content.add_choice(codes.ours("stage"), fields.STAGE_NAMES.get(answer.stage))
    content.add_number(codes.CERTAINTY, 100.0 * answer.probability, codes.PERCENT)
    for stage, concept in fields.STAGE_PROBABILITIES.items():
        content.add_number(concept, answer.probabilities.get(stage), codes.RATIO)
    content.add_numbers(fields.STAGE, answer)
    if answer.heat is None:
        return [content.group(context)]
    content.add_numbers(fields.HEAT, answer.heat)
    groups = [content.group(context)]
    if answer.heat.peak is not None:
        groups.append(_point(content.side, fields.PEAK, answer.heat.peak, STAGE, context))
    return groups


def _survived(side: str, answer: SurvivalAnswer, record: StepRecord, context: Context) -> list[Any]:
    """A group for each month of the model."""
    estimate, groups = answer.estimate, []
    model_input = {fields.MODEL_INPUT + name: value for name, value in answer.findings.items()}
    for at, month in enumerate(estimate.months):
        content = Content(
            side,
            codes.ours("survival"),
            SURVIVAL,
            answer.model,
            {**record.provenance, **model_input},
            f" at {month:g} months",
        )
        for concept, (name, unit) in fields.SURVIVAL.items():
            content.add_number(concept, getattr(estimate, name)[at], unit)
        content.add_number(codes.ours("combined-angle"), answer.measured_angle_deg, codes.DEGREE)
        content.add_texts(fields.ASSUMED, [answer.assumed])
        content.add_texts(fields.WARNING, record.warnings)
        content.add_texts(fields.STATEMENT, [record.statement])
        groups.append(content.group(context))
    return groups
