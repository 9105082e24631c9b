"""What is wrong with a hip, in sentences with how much, and which hips are the worst."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .figures import SHARE_POINTS
from .table import HEALTHY

SHOWN = 10
CENTRE_MM, RADIUS_MM, SURFACE_MM = 2.5, 1.5, 1.5  # from which on a head is said to be off
DICE = 0.90
# The gravest first; within a rank the larger one.
MISSED, WRONG_ANSWER, WRONG_OUTLINE, WRONG_PLACE, WITHHELD = range(5)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        rank: one of the ranks of this module. size: how much, within its rank.
        text: a sentence.
    """

    rank: int
    size: float
    text: str


def problems_of_hip(record: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with one hip of the table, the gravest first.

    Args:
        record: of :func:`.comparison.compare_image`.
    """
    if record["refusal"]:
        found = [Problem(MISSED, 1.0, f"Not answered: {record['refusal']}")]
    elif not record["found"]:
        found = [Problem(MISSED, 2.0, "The head was not found.")]
    else:
        found = [*_place(record), *_lesion(record), *_outline(record), *_answers(record)]
    return sorted(found, key=lambda p: (p.rank, -p.size))


def problem_of_extra(record: Mapping[str, Any]) -> Problem:
    """What is said of a head that was found where none is."""
    score = _number(record["score"])
    sure = "" if math.isnan(score) else f", score {score:.2f}"
    return Problem(
        MISSED,
        3.0,
        f"A femoral head {record['side']} was found where no row names one (radius {record['radius']:.1f} mm{sure}).",
    )


def worst_first(problems: Sequence[Sequence[Problem]], nearness: Sequence[float]) -> list[int]:
    """Numbers of the hips, the worst first.

    Args:
        problems: of each hip. nearness: what orders hips without a problem, such as the error of the centre.
    """

    def key(number: int) -> tuple[float, float, float]:
        mine = problems[number]
        rank = min((p.rank for p in mine), default=math.inf)
        size = sum(p.size for p in mine if p.rank == rank)
        near = nearness[number]
        return rank, -size, -(near if near == near else math.inf)  # noqa: PLR0124 - NaN: nothing was found

    return sorted(range(len(problems)), key=key)


def _place(record: Mapping[str, Any]) -> list[Problem]:
    found = []
    if not record["right_side"]:
        found.append(Problem(MISSED, 4.0, f"It was found as the hip {record['found_side']}, the wrong side."))
    centre, radius = _number(record["centre_error_mm"]), _number(record["radius_error_mm"])
    if centre > CENTRE_MM:
        found.append(Problem(WRONG_PLACE, centre / CENTRE_MM, f"The centre is {centre:.1f} mm off."))
    if abs(radius) > RADIUS_MM:
        found.append(Problem(WRONG_PLACE, abs(radius) / RADIUS_MM, f"The radius is {radius:+.1f} mm off."))
    surface = _number(record.get("head_surface_mm"))
    if surface > SURFACE_MM:
        found.append(
            Problem(
                WRONG_PLACE,
                surface / SURFACE_MM,
                f"The head's outline is {surface:.1f} mm off in the mean.",
            )
        )
    return found


def _lesion(record: Mapping[str, Any]) -> list[Problem]:
    volume, true = _number(record.get("found_necrosis_ml")), _number(record["true_necrosis_ml"])
    if record["truth"] == HEALTHY:
        if record.get("called_necrotic"):
            return [Problem(WRONG_ANSWER, volume, f"Healthy, but {volume:.1f} ml were outlined as necrosis.")]
        return []
    if record.get("lesion_found") is False:
        of = "" if math.isnan(true) else f" of {true:.1f} ml"
        elsewhere = f"; {volume:.1f} ml were outlined elsewhere in the head" if volume > 0 else ""
        size = 1.0 if math.isnan(true) else true
        return [Problem(WRONG_ANSWER, size, f"The necrosis{of} was not found{elsewhere}.")]
    return []


def _outline(record: Mapping[str, Any]) -> list[Problem]:
    if record["truth"] == HEALTHY or record.get("lesion_found") is False:
        return []
    found = []
    volume, true = _number(record.get("found_necrosis_ml")), _number(record["true_necrosis_ml"])
    dice = _number(record.get("necrosis_dice"))
    if dice < DICE:
        text = f"The necrosis is outlined with Dice {dice:.2f} ({volume:.1f} ml, truly {true:.1f} ml)."
        found.append(Problem(WRONG_OUTLINE, (DICE - dice) * min(true / 2.0, 1.0), text))
    share, true_share = _number(record.get("found_share")), _number(record["true_share"])
    off = abs(share - true_share)
    if off > SHARE_POINTS:
        text = f"The necrotic share is {100 * share:.0f}%, truly {100 * true_share:.0f}%."
        found.append(Problem(WRONG_OUTLINE, off, text))
    return found


def _answers(record: Mapping[str, Any]) -> list[Problem]:
    found = []
    healthy = record["truth"] == HEALTHY
    for column, rank, words in (
        ("stage", WRONG_ANSWER, "it is staged"),
        ("stage_withheld", WITHHELD, "it would have been staged"),
    ):
        stage = record.get(column)
        if stage and _wrong_stage(str(stage), healthy, str(record["true_stage"])):
            truth = "Healthy" if healthy else f"Stage {record['true_stage'] or 'I or II'}"
            found.append(Problem(rank, 1.0, f"{truth}, but {words} {stage}{_held(column)}."))
    threshold = _number(record.get("threshold"))
    for column, rank, words in (
        ("probability", WRONG_ANSWER, "is"),
        ("probability_withheld", WITHHELD, "would have been"),
    ):
        value = _number(record.get(column))
        if (value >= threshold) == healthy and not math.isnan(value):
            truth = "Healthy" if healthy else "Necrotic"
            text = f"{truth}, but the probability {words} {value:.2f} (threshold {threshold:.2f}){_held(column)}."
            found.append(Problem(rank, abs(value - threshold), text))
    return found


def _held(column: str) -> str:
    return "; it was withheld" if column.endswith("withheld") else ""


def _wrong_stage(stage: str, healthy: bool, true: str) -> bool:
    if healthy:
        return stage != "0"
    return stage == "0" or bool(true and true not in stage.split(" or "))


def _number(value: Any) -> float:
    return math.nan if value is None else float(value)
