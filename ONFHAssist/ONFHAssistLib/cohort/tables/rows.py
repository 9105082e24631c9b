"""The rows of one case in the tables of a cohort, from its result alone; without times and hosts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ...case.result import PROBABILITY, STAGE, CaseResult, HipResult
from ...exam.result import ExamHip, ExamResult
from .columns import COLUMNS, EXAMINATIONS, FAILURES, HIPS, WARNINGS

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_STATES = {"0": "stage_p_0", "I": "stage_p_1", "II": "stage_p_2"}


def rows_of_case(case: str, patient: str, result: CaseResult, exam: ExamResult | None) -> Rows:
    """The rows of a case, by table.

    Args:
        exam: of a study; None of an image.
    """
    keys = {"case": case, "patient": patient, "kind": "image" if exam is None else "study"}
    warnings = [dict(keys, **row) for row in _warnings(result)]
    failures = [dict(keys, **row) for row in _failures(result)]
    hips = [dict(keys, **_hip(hip, result, exam)) for hip in result.hips]
    whole = dict(keys, **_examination(result, exam), warnings=len(warnings))
    rows = {HIPS: hips, EXAMINATIONS: [whole], FAILURES: failures, WARNINGS: warnings}
    return {name: [_plain(name, row) for row in found] for name, found in rows.items()}


def failed_row(case: str, patient: str, reason: str) -> Row:
    """The row of a case that has no result."""
    return _plain(FAILURES, {"case": case, "patient": patient, "side": "", "step": "", "reason": reason})


def _plain(table: str, row: Mapping[str, Any]) -> Row:
    """A row as JSON: its table's columns alone, nothing for what is not known."""

    def cell(value: Any) -> Any:
        if isinstance(value, float) and not math.isfinite(value):
            return None
        return None if value == "" else value

    return {column.name: cell(row.get(column.name)) for column in COLUMNS[table]}


def _hip(hip: HipResult, result: CaseResult, exam: ExamResult | None) -> Row:
    row: Row = {"side": hip.side, "outlines_sha256": result.hip_outlines.get(hip.side, "")}
    if hip.head is not None:
        row.update(zip(("head_x", "head_y", "head_z"), map(float, hip.head.centre), strict=True))
        row.update(head_radius_mm=hip.head.radius, detection_score=hip.head.score)
        row.update(head_ml=hip.head.head_ml, necrosis_ml=hip.head.necrosis_ml)
    row.update(_measured(hip), **_staged(hip), **_likely(hip), **_survived(hip))
    of_exam = None if exam is None else next((one for one in exam.hips if one.side == hip.side), None)
    if of_exam is not None:
        row.update(_of_exam(of_exam))
    return row


def _measured(hip: HipResult) -> Row:
    if hip.findings is None:
        return {}
    m, oedema = hip.findings.measurement, hip.findings.oedema
    return {
        "head_radius_mm": m.radius, "head_ml": m.head_ml, "necrosis_ml": m.necrosis_ml,
        "necrotic_share": m.necrotic_share, "steinberg": m.steinberg, "arc_a_deg": m.arc_a, "arc_b_deg": m.arc_b,
        "combined_necrotic_angle_deg": m.combined_necrotic_angle, "necrosis_degree_index": m.necrosis_degree_index,
        "necrosis_degree_index_ab": m.necrosis_degree_index_ab, "depth_mm": m.depth_mm, "jic_type": m.jic_type,
        "jic_edge": hip.findings.edge_source or "none",
        "oedema_suggested": None if oedema is None else bool(oedema.suggested),
        "oedema_extent": None if oedema is None else oedema.extent,
    }  # fmt: skip


def _staged(hip: HipResult) -> Row:
    held = hip.withheld.get(STAGE)
    row: Row = {"stage_withheld": " ".join(held.reasons) if held else hip.failures.get(STAGE, "")}
    answer = hip.stage
    if answer is None:
        return row
    row.update({_STATES[name]: float(p) for name, p in answer.probabilities.items()})
    row.update(stage=answer.stage, stage_spread=answer.uncertainty, stage_distance=answer.distance)
    row["heat_ml"] = None if answer.heat is None else answer.heat.volume_ml
    return row


def _likely(hip: HipResult) -> Row:
    held, answer = hip.withheld.get(PROBABILITY), hip.probability
    row: Row = {"early_withheld": " ".join(held.reasons) if held else hip.failures.get(PROBABILITY, "")}
    if answer is not None:
        row.update(
            early_probability=answer.probability,
            early_threshold=answer.threshold,
            early_reading=answer.reading,
        )
    return row


def _survived(hip: HipResult) -> Row:
    answer = hip.survival
    if answer is None:
        return {}
    curve = dict(zip(answer.curve.months, answer.curve.survival, strict=True))
    curve |= dict(zip(answer.estimate.months, answer.estimate.survival, strict=True))
    return {
        "survival_36": curve.get(36), "survival_60": curve.get(60),
        "survival_model": answer.model, "survival_assumed": answer.assumed,
    }  # fmt: skip


def _of_exam(hip: ExamHip) -> Row:
    row: Row = {"series": ", ".join(hip.series)}
    for name, column in (
        ("necrosis_ml", "necrosis_ml"),
        ("combined_necrotic_angle", "combined_necrotic_angle_deg"),
    ):
        known = hip.numbers.get(name)
        if known is not None and known.high > known.low:
            row[f"{column}_low"], row[f"{column}_high"] = known.low, known.high
    if hip.surface is not None:
        row.update(flattening_mm=hip.surface.flattening_mm, fracture_line=hip.surface.fracture_line)
    if hip.effusion is not None:
        row["effusion_grade"] = hip.effusion.grade
    return row


def _examination(result: CaseResult, exam: ExamResult | None) -> Row:
    row: Row = {
        "input": result.input,
        "hips": len(result.hips),
        "files_read": result.reading.files_read or None,
        "steps": ", ".join(step for step in result.steps if result.did(step)),
        "steps_failed": ", ".join(step for step in result.steps if not result.did(step)),
    }
    if exam is not None:
        reference = exam.row(exam.reference)
        row.update(zip(("spacing_x", "spacing_y", "spacing_z"), reference.spacing, strict=False))
        row.update(reference=exam.reference, series=len(exam.series), plane=reference.plane)
        row.update(contrast=reference.contrast, slices=reference.slices)
        row["series_used"] = sum(bool(one.uses) for one in exam.series)
    return row


def _failures(result: CaseResult) -> list[Row]:
    found = [
        {"side": "", "step": step, "reason": record.failure}
        for step, record in result.steps.items()
        if record.failure
    ]
    found += [
        {"side": hip.side, "step": step, "reason": why}
        for hip in result.hips
        for step, why in hip.failures.items()
    ]
    return found


def _warnings(result: CaseResult) -> list[Row]:
    found: list[Row] = [{"side": "", "step": "", "warning": text} for text in result.reading.notes]
    for step, record in result.steps.items():
        found += [
            {"side": side, "step": step, "warning": text}
            for side, texts in record.of_hips.items()
            for text in texts
        ]
        found += [
            {"side": "", "step": step, "warning": text} for text in (*record.out_of_scope, *record.warnings)
        ]
    unique = {(row["side"], row["warning"]): row for row in reversed(found)}
    return list(reversed(unique.values()))
