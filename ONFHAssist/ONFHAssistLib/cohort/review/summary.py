"""Tables of a review: what is corrected most, how far the readers are and agree, and every hip with its decisions.

Cohen J (1960) Educ Psychol Meas 20:37-46 - kappa. Its interval resamples patients, since the hips of one are not
independent; one that can be computed in too few resamples is not given.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from ...case.result import SEGMENT, CaseResult, StepRecord
from ...case.rows import measurement_row
from ...core.errors import InputError
from ...imaging.files import read_mask
from .corrections import STRUCTURES, corrected_digest, corrected_result, standing_changes
from .decisions import ACCEPT, CORRECTED, OPEN, REJECT, Judgement, by_reader
from .folder import Hip, ReviewCase, ReviewFolder
from .state import Correction, ReviewState
from .worklist import Worklist, WorklistHip

RESAMPLES = 1000
_KINDS = (ACCEPT, CORRECTED, REJECT)
_LEAST = 0.9  # of the resamples must have a kappa
GROUPS = ("structure", "region", "side", "stage", "scanner")
READERS_OF_A_BLIND_STUDY = 2
_MEASURED = ("head_ml", "necrosis_ml", "necrotic_share", "combined_necrotic_angle")


@dataclass(frozen=True)
class CorrectedMost:
    """How often a kind of hip is corrected.

    Attributes:
        group: of :data:`GROUPS`. name: within it. corrected: hips (of the group "structure" and "region": corrections).
        judged: hips of that kind on which somebody decided; 0 where that says nothing.
        dice: median of the corrections. moved_ml: median of what was added and removed together.
    """

    group: str
    name: str
    corrected: int
    judged: int
    dice: float
    moved_ml: float


def corrected_most(
    corrections: Sequence[Correction],
    judged: Mapping[str, Mapping[Hip, Judgement]],
    hips: Sequence[WorklistHip],
) -> list[CorrectedMost]:
    """Rows by structure, region, side, stage and scanner, in each group the most corrected first.

    Args:
        judged: reader to hip to judgement; only corrections that still hold there count. hips: of the worklist.
    """
    held = [change for changes in standing_changes(corrections, judged).values() for change in changes]
    known = {(hip.case, hip.side): hip for hip in hips}
    decided = {hip for of_reader in judged.values() for hip, one in of_reader.items() if one.decision}
    rows: list[CorrectedMost] = []
    for group in GROUPS:
        by_name: dict[str, list[Correction]] = {}
        for change in held:
            by_name.setdefault(_name(group, change, known.get((change.case, change.side))), []).append(change)
        found = []
        for name, changes in by_name.items():
            of_kind = [h for h in decided if h in known and _of_hip(group, known[h]) == name]
            count = (
                len(changes) if group in ("structure", "region") else len({(c.case, c.side) for c in changes})
            )
            found.append(
                CorrectedMost(
                    group,
                    name,
                    count,
                    len(of_kind),
                    float(np.median([c.dice for c in changes])),
                    float(np.median([c.added_ml + c.removed_ml for c in changes])),
                )
            )
        rows += sorted(found, key=lambda row: (-row.corrected, row.name))
    return rows


def _name(group: str, change: Correction, hip: WorklistHip | None) -> str:
    if group in ("structure", "region", "side"):
        return str(getattr(change, group))
    return "unknown" if hip is None else _of_hip(group, hip)


def _of_hip(group: str, hip: WorklistHip) -> str:
    return str(getattr(hip, group, "") or "unknown") if group in ("side", "stage", "scanner") else ""


# readers --------------------------------------------------------------------------------------------------------------


def judgements(state: ReviewState, found: Worklist) -> dict[str, dict[Hip, Judgement]]:
    """Reader to hip to judgement, against the present outlines."""
    return by_reader(state.rows(), found.outlines)


def both_done(judged: Mapping[str, Mapping[Hip, Judgement]], hips: Sequence[Hip]) -> bool:
    """Whether two readers have decided every hip as its outline is now."""
    done = [reader for reader, its in judged.items() if all(_stands(its.get(hip)) for hip in hips)]
    return len(done) >= READERS_OF_A_BLIND_STUDY


def visible(
    judged: Mapping[str, Mapping[Hip, Judgement]], reader: str, blind: bool, hips: Sequence[Hip]
) -> dict[str, dict[Hip, Judgement]]:
    """What a reader may see: his own, and the others' unless the study is blind and not both are done."""
    open_to_all = not blind or both_done(judged, hips)
    return {name: dict(its) for name, its in judged.items() if name == reader or open_to_all}


def _stands(one: Judgement | None) -> bool:
    return one is not None and one.decision != OPEN and not one.outdated


@dataclass(frozen=True)
class ReviewAgreement:
    """Two readers.

    Attributes:
        readers: their names. hips: that both decided. same: share of them with the same decision, 0..1.
        kappa: of accept, corrected and reject; NaN where both said the same of all. low, high: 95% interval by patient.
        table: (first's decision, second's) to the number of hips.
        dice: structure to the median Dice of both readers' outlines, over hips that at least one of them corrected.
    """

    readers: tuple[str, str]
    hips: int
    same: float
    kappa: float
    low: float
    high: float
    table: Mapping[tuple[str, str], int] = field(default_factory=dict)
    dice: Mapping[str, float] = field(default_factory=dict)


def agree(
    readers: tuple[str, str],
    first: Mapping[Hip, Judgement],
    second: Mapping[Hip, Judgement],
    patients: Mapping[Hip, str],
    dice: Mapping[str, Sequence[float]] | None = None,
) -> ReviewAgreement:
    """Agreement on the hips that both decided; outdated decisions do not count.

    Args:
        patients: hip to whose it is. dice: structure to the Dice of each hip that at least one of them corrected.
    """
    hips = [h for h in patients if _counts(first.get(h)) and _counts(second.get(h))]
    a = np.array([_KINDS.index(first[h].decision) for h in hips], int)
    b = np.array([_KINDS.index(second[h].decision) for h in hips], int)
    who = np.unique([patients[h] for h in hips], return_inverse=True)[1] if hips else np.zeros(0, int)
    low, high = _interval(a, b, who)
    table = {(_KINDS[x], _KINDS[y]): int(((a == x) & (b == y)).sum()) for x in range(3) for y in range(3)}
    return ReviewAgreement(
        readers,
        len(hips),
        float((a == b).mean()) if hips else math.nan,
        _kappa(a, b),
        low,
        high,
        {pair: count for pair, count in table.items() if count},
        {name: float(np.median(values)) for name, values in (dice or {}).items() if len(values)},
    )


def _counts(one: Judgement | None) -> bool:
    return one is not None and one.decision in _KINDS and not one.outdated


def _kappa(a: np.ndarray, b: np.ndarray) -> float:
    if not len(a):
        return math.nan
    seen = float((a == b).mean())
    chance = sum(float((a == k).mean()) * float((b == k).mean()) for k in range(len(_KINDS)))
    return math.nan if chance >= 1.0 - 1e-12 else (seen - chance) / (1.0 - chance)


def _interval(a: np.ndarray, b: np.ndarray, who: np.ndarray) -> tuple[float, float]:
    """Percentiles over resamples of patients, from counts of each pair of decisions."""
    count = int(who.max()) + 1 if len(who) else 0
    if count < 2:
        return math.nan, math.nan
    cells = np.zeros((count, 9))
    np.add.at(cells, (who, 3 * a + b), 1.0)
    rng = np.random.default_rng(19)
    weights = rng.multinomial(count, np.full(count, 1.0 / count), RESAMPLES)
    tables = (weights @ cells).reshape(RESAMPLES, 3, 3)
    total = tables.sum((1, 2))
    seen = np.trace(tables, axis1=1, axis2=2) / total
    chance = (tables.sum(2) * tables.sum(1)).sum(1) / total**2
    with np.errstate(divide="ignore", invalid="ignore"):
        kappas = (seen - chance) / (1.0 - chance)
    kappas = kappas[np.isfinite(kappas)]
    if len(kappas) < _LEAST * RESAMPLES:
        return math.nan, math.nan
    low, high = np.percentile(kappas, [2.5, 97.5])
    return float(low), float(high)


def agreements(folder: ReviewFolder, state: ReviewState, found: Worklist) -> list[ReviewAgreement]:
    """Every pair of readers.

    Raises:
        InputError: the study is blind and not both readers are done.
    """
    judged, hips = judgements(state, found), [(hip.case, hip.side) for hip in found.hips]
    if state.blind and not both_done(judged, hips):
        raise InputError(
            "The study is blind: how far the readers agree is told when two readers have decided every hip."
        )
    patients = {(hip.case, hip.side): hip.patient for hip in found.hips}
    changes = standing_changes(state.corrections(), judged)
    return [
        agree((a, b), judged[a], judged[b], patients, _dice(folder, changes, judged, (a, b)))
        for a, b in combinations(judged, 2)
    ]


def _dice(
    folder: ReviewFolder,
    changes: Mapping[tuple[str, str, str], Sequence[Correction]],
    judged: Mapping[str, Mapping[Hip, Judgement]],
    readers: tuple[str, str],
) -> dict[str, list[float]]:
    """Dice of the outlines that both readers want, on hips that at least one of them corrected and neither rejected."""
    found: dict[str, list[float]] = {name: [] for name in STRUCTURES}
    for hip in sorted(set(judged[readers[0]]) & set(judged[readers[1]])):
        both = [judged[reader][hip] for reader in readers]
        if CORRECTED not in [one.decision for one in both] or not all(
            one.decision in (ACCEPT, CORRECTED) and not one.outdated for one in both
        ):
            continue
        images = []
        for reader, one in zip(readers, both, strict=True):
            its = changes.get((*hip, reader))
            corrected = one.decision == CORRECTED and its
            images.append(
                read_mask(folder.path / its[0].path) if corrected and its else folder.case(hip[0]).labels()
            )
        for name, mask in STRUCTURES.items():
            a, b = (mask(image.array, hip[1]) for image in images)
            if a.any() or b.any():
                found[name].append(2.0 * int((a & b).sum()) / (int(a.sum()) + int(b.sum())))
    return found


def review_rows(
    folder: ReviewFolder, found: Worklist, judged: Mapping[str, Mapping[Hip, Judgement]]
) -> list[dict[str, Any]]:
    """One row a hip: doubt with its columns and reasons; each reader's decision, comment, time, and what he corrected.

    ``first ...`` are of the first outlines, ``READER: ...`` of his corrected ones as they were computed anew.
    """
    rows, changes = [], standing_changes(ReviewState(folder.path).corrections(), judged)
    for hip in found.hips:
        case = folder.case(hip.case)
        row: dict[str, Any] = {
            "case": hip.case,
            "side": hip.side,
            "patient": hip.patient,
            "rank": hip.doubt.rank,
            "doubt": round(hip.doubt.doubt, 4),
            **{
                name: "" if math.isnan(value) else round(value, 4)
                for name, value in hip.doubt.columns.items()
            },
            "reasons": " ".join(hip.doubt.reasons),
            "outline_sha256": hip.outline,
            **_measured(case.result, hip.side, "first "),
        }
        for reader, its in judged.items():
            one = its.get((hip.case, hip.side), Judgement())
            decision = f"{one.decision} (outdated)" if one.outdated else one.decision
            its_own = changes.get((hip.case, hip.side, reader)) if one.decision == CORRECTED else None
            anew = _computed(case, hip.side, reader, its_own[0]) if its_own else None
            row |= {
                f"{reader}: decision": decision,
                f"{reader}: comment": one.comment,
                f"{reader}: time": one.time,
                **_measured(anew, hip.side, f"{reader}: "),
            }
        rows.append(row)
    return rows


def _computed(case: ReviewCase, side: str, reader: str, correction: Correction) -> CaseResult | None:
    """What was computed from that correction; None where the result is of an earlier one."""
    result = corrected_result(case, reader)
    stated = {} if result is None else result.steps.get(SEGMENT, StepRecord()).provenance
    return result if stated.get(corrected_digest(side)) == correction.sha256 else None


def _measured(result: CaseResult | None, side: str, before: str) -> dict[str, Any]:
    """What was measured on a hip, each name after ``before``; empty cells where nothing was."""
    row = {} if result is None else measurement_row(result.hip(side))
    return {f"{before}{name}": row.get(name, "") for name in _MEASURED}


def counts(its: Mapping[Hip, Judgement], hips: Sequence[Hip]) -> dict[str, int]:
    """How many hips a reader accepted, rejected, corrected and left open; outdated decisions are open again."""
    held = [its.get(hip, Judgement()) for hip in hips]
    kinds = [OPEN if one.outdated else one.decision for one in held]
    return {kind or "open": kinds.count(kind) for kind in (ACCEPT, REJECT, CORRECTED, OPEN)}
