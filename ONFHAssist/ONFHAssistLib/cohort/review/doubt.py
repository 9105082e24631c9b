"""How doubtful each hip's outline is, from seven sides, each in its own column with its reason; the most doubtful first.

A column is a number in its own unit. ``_LIMITS`` says at which value a column alone makes a hip doubtful by one half;
``1 - 2^-(value / limit)^2`` maps it to 0..1, small values to nearly nothing. The doubts of a hip join as independent
ones do: 1 less the product of what each leaves. One column far off is enough to bring a hip to the top, and several
small ones add up. The figure orders hips; it is no probability. How well it finds spoilt outlines is measured
(``benchmarks/review_doubt.py``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...case.result import CaseResult, HipResult
from ...exam.result import ExamHip
from .neighbours import Farness, farness
from .outline_facts import NEAR_SURFACE_MM, OutlineFacts

# Column -> value at which it alone makes a hip doubtful by one half.
_LIMITS = {
    "fit_mm": 1.2,
    "series_apart": 1.0,
    "held_back": 2.0,
    "asymmetry_mm": 2.0,
    "necrosis_shape": 1.0,
    "head_pieces": 1.0,
    "far_from_others": 1.0,
}
COLUMNS = tuple(_LIMITS)
TITLES = {
    "fit_mm": "fit of the sphere (mm)",
    "series_apart": "series disagree",
    "held_back": "withheld, failed, warned",
    "asymmetry_mm": "right and left radius apart (mm)",
    "necrosis_shape": "shape of the necrosis",
    "head_pieces": "further pieces of the head",
    "far_from_others": "unlike other hips",
}
# Series of one examination may differ so much by their voxels alone; more of one of these is a disagreement of 1.
_SERIES_SHARE, _SERIES_RADIUS_MM, _SERIES_ANGLE = 0.10, 1.5, 40.0
_TOLD = 0.2  # columns that give less doubt have no reason told


@dataclass(frozen=True)
class HipDoubt:
    """One hip.

    Attributes:
        case: key. side: "R" or "L".
        columns: of :data:`COLUMNS`; NaN where a column cannot be told.
        doubt: 0..1, of all columns together. rank: 1 is the most doubtful.
        reasons: a sentence for each column that counts, the gravest first.
    """

    case: str
    side: str
    columns: Mapping[str, float]
    doubt: float = 0.0
    rank: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class HipFacts:
    """What the doubt of one hip is told from.

    Attributes:
        patient: whose it is. hip: of the result. outline: facts of the outline.
        other_radius: mm of the patient's other hip; None without one.
        warnings: sentences on this hip. exam: of the examination; None where the case is a single image.
    """

    case: str
    patient: str
    hip: HipResult
    outline: OutlineFacts
    other_radius: float | None = None
    warnings: tuple[str, ...] = ()
    exam: ExamHip | None = None


@dataclass
class _Told:
    columns: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def tell(self, column: str, value: float, reason: str) -> None:
        self.columns[column] = value
        self.reasons[column] = reason


def doubts(hips: Sequence[HipFacts]) -> list[HipDoubt]:
    """Every hip with its doubt, the most doubtful first; of equal ones by case and side."""
    far = farness([numbers_of(one) for one in hips], [one.patient for one in hips])
    found = [_doubt(one, its) for one, its in zip(hips, far, strict=True)]
    found.sort(key=lambda one: (-one.doubt, one.case, "RL".index(one.side)))
    return [
        HipDoubt(one.case, one.side, one.columns, one.doubt, rank, one.reasons)
        for rank, one in enumerate(found, 1)
    ]


def warnings_of(result: CaseResult, side: str) -> tuple[str, ...]:
    """What the steps warned of on one hip, each sentence once."""
    return tuple(
        dict.fromkeys(text for record in result.steps.values() for text in record.of_hips.get(side, ()))
    )


def share_of(value: float, limit: float) -> float:
    """A column's doubt, 0..1: one half at its limit, nothing where it cannot be told."""
    return 0.0 if math.isnan(value) or value <= 0.0 else 1.0 - 2.0 ** -((value / limit) ** 2)


def numbers_of(one: HipFacts) -> dict[str, dict[str, float]]:
    """Block to name to value, for the neighbours."""
    measured = {"residual_mm": one.outline.residual_mm}
    if one.hip.findings is not None:
        m = one.hip.findings.measurement
        measured |= {
            name: float(getattr(m, name))
            for name in ("radius", "head_ml", "necrotic_share", "necrosis_ml", "arc_a", "arc_b", "depth_mm")
        }
        sphere = 4.0 / 3.0 * math.pi * m.radius**3 / 1000.0
        measured["head_to_sphere"] = m.head_ml / sphere if sphere > 0 else math.nan
    blocks: dict[str, dict[str, float]] = {"measured": measured}
    if one.hip.radiomics is not None:
        blocks["radiomics"] = dict(one.hip.radiomics.features)
    if one.hip.deep is not None:
        blocks["deep"] = dict(one.hip.deep.features)
    return blocks


def _doubt(one: HipFacts, far: Farness | None) -> HipDoubt:
    told = _Told()
    for tell in (_fit, _series, _held_back, _asymmetry, _necrosis, _head):
        tell(one, told)
    told.tell(
        "far_from_others",
        math.nan if far is None else max(0.0, far.times - 1.0),
        ""
        if far is None
        else f"{far.times:.1f} times as far from its nearest hips as usual, in {' and '.join(far.apart)}.",
    )
    shares = {name: share_of(told.columns[name], limit) for name, limit in _LIMITS.items()}
    left = math.prod(1.0 - share for share in shares.values())
    grave = sorted((name for name in shares if shares[name] >= _TOLD), key=lambda name: -shares[name])
    reasons = tuple(told.reasons[name] for name in grave)
    return HipDoubt(
        one.case, one.hip.side, {name: told.columns[name] for name in COLUMNS}, 1.0 - left, 0, reasons
    )


def _fit(one: HipFacts, told: _Told) -> None:
    value = one.outline.residual_mm
    if math.isnan(value):
        told.tell("fit_mm", 4.0 * _LIMITS["fit_mm"], "No sphere fits the outline of the head.")
    else:
        told.tell("fit_mm", value, f"The head's surface lies {value:.1f} mm off its sphere.")


def _series(one: HipFacts, told: _Told) -> None:
    found = {} if one.exam is None else one.exam.by_series
    if len(found) < 2:
        told.tell("series_apart", math.nan, "")
        return
    spreads = {
        "the necrotic share": (_spread([m.necrotic_share for m in found.values()]), _SERIES_SHARE, "{:.0%}"),
        "the radius": (_spread([m.radius for m in found.values()]), _SERIES_RADIUS_MM, "{:.1f} mm"),
        "the combined angle": (
            _spread([m.combined_necrotic_angle for m in found.values()]), _SERIES_ANGLE, "{:.0f}\u00b0",
        ),
    }  # fmt: skip
    name = max(spreads, key=lambda key: spreads[key][0] / spreads[key][1])
    spread, unit, form = spreads[name]
    numbers = ", ".join(sorted(found))
    told.tell("series_apart", spread / unit, f"Series {numbers} differ by {form.format(spread)} in {name}.")


def _spread(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return max(known) - min(known) if known else 0.0


def _held_back(one: HipFacts, told: _Told) -> None:
    parts = []
    if one.hip.withheld:
        parts.append(f"withheld: {', '.join(one.hip.withheld)}")
    if one.hip.failures:
        parts.append(f"failed: {', '.join(one.hip.failures)}")
    if one.warnings:
        parts.append(f"warnings: {len(one.warnings)}")
    value = len(one.hip.withheld) + 2.0 * len(one.hip.failures) + 0.75 * len(one.warnings)
    first = f" {one.warnings[0]}" if one.warnings else ""
    told.tell("held_back", value, "; ".join(parts).capitalize() + "." + first)


def _asymmetry(one: HipFacts, told: _Told) -> None:
    own = one.hip.head.radius if one.hip.head is not None else math.nan
    if one.other_radius is None or math.isnan(own):
        told.tell("asymmetry_mm", math.nan, "")
        return
    apart = own - one.other_radius
    word = "larger" if apart > 0 else "smaller"
    told.tell("asymmetry_mm", abs(apart), f"The radius is {abs(apart):.1f} mm {word} than the other hip's.")


def _necrosis(one: HipFacts, told: _Told) -> None:
    pieces, gap = one.outline.necrosis_pieces, one.outline.surface_gap_mm
    parts, value = [], 0.0
    if pieces > 1:
        parts.append(f"in {pieces} pieces")
        value += 0.7 * (pieces - 1)
    if gap > NEAR_SURFACE_MM:
        parts.append(f"{gap:.0f} mm away from the head's surface")
        value += gap / (2.0 * NEAR_SURFACE_MM)
    told.tell("necrosis_shape", value, f"The necrosis lies {' and '.join(parts)}." if parts else "")


def _head(one: HipFacts, told: _Told) -> None:
    more = max(0, one.outline.head_pieces - 1)
    told.tell("head_pieces", float(more), f"The outline of the head is in {more + 1} pieces." if more else "")
