"""Wires that keep every rule by themselves, many at once, and which part of the lesion each reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .anatomy import frame_of
from .bone import STEP_MM, HipBone
from .geometry import point_segment
from .result import FemurLandmarks
from .rules import DrillingRules

SLACK_MM = 0.8  # kept from every limit: distances on voxels of 1 mm err by half of it, and rays by a quarter
TIP_STEP = 2  # voxels between the tips that are tried
ALONG_MM = 2.0  # between the points of a wire whose depth is asked for
MOST_WIRES = 9000  # whose reach is worked out in full
MOST_POINTS = 1400  # of the lesion, on which reach is counted during the search
_NECK_MM = 6.0
_CHUNK = 20000
_SET = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1, dtype=np.uint8)


@dataclass(frozen=True)
class Candidates:
    """Wires that may be chosen.

    Attributes:
        entry: LPS mm, shape (k, 3), ``tip`` likewise.
        cover: which points of the lesion a wire reaches, a bit for each (:func:`packed`), shape (k, n / 64).
        points: of the lesion, LPS mm, shape (n, 3).
    """

    entry: np.ndarray
    tip: np.ndarray
    cover: np.ndarray
    points: np.ndarray

    def __len__(self) -> int:
        return len(self.entry)

    def part(self, chosen: np.ndarray) -> Candidates:
        """Some of them."""
        return Candidates(self.entry[chosen], self.tip[chosen], self.cover[chosen], self.points)


def packed(reached: np.ndarray) -> np.ndarray:
    """Boolean rows (k, n) as bits, uint64, shape (k, n / 64): what is left of the last word is 0."""
    rows = np.zeros((len(reached), -(-reached.shape[1] // 64) * 8), np.uint8)
    bits = np.packbits(reached, axis=1)
    rows[:, : bits.shape[1]] = bits
    return rows.view(np.uint64)


def bits_set(rows: np.ndarray) -> np.ndarray:
    """How many bits are set in each row of :func:`packed`, shape (k,)."""
    if hasattr(np, "bitwise_count"):  # numpy 2
        return np.asarray(np.bitwise_count(rows).sum(axis=-1, dtype=np.int64))
    return np.asarray(_SET[rows.view(np.uint8)].sum(axis=-1, dtype=np.int64))


def lesion_sample(hip: HipBone) -> np.ndarray:
    """At most :data:`MOST_POINTS` points of the lesion, evenly drawn, LPS mm."""
    points = hip.lesion_points
    if len(points) <= MOST_POINTS:
        return points
    return np.asarray(np.random.default_rng(0).permutation(points)[:MOST_POINTS])


def possible_tips(hip: HipBone, rules: DrillingRules) -> np.ndarray:
    """Points of the head that lie as deep under the joint surface as tips shall, LPS mm, shape (n, 3)."""
    low, high = rules.least_tip_gap_mm + SLACK_MM, rules.most_tip_gap_mm - SLACK_MM
    if low > high:
        low = high = 0.5 * (rules.least_tip_gap_mm + rules.most_tip_gap_mm)
    shell = hip.head & (hip.depth >= low) & (hip.depth <= high + 0.3)
    at = np.argwhere(shell)
    # A lattice whose rows are shifted, so that no tip lies above another in the direction of the wires.
    at = at[((at[:, 0] % TIP_STEP == 0) & ((at[:, 1] + at[:, 0] // TIP_STEP) % TIP_STEP == 0)
             & ((at[:, 2] + at[:, 1] // TIP_STEP) % TIP_STEP == 0))]  # fmt: skip
    points = hip.bone.index_to_point(at[:, ::-1])
    return points[np.linalg.norm(points - hip.centre, axis=1) <= hip.radius - 1.0] if len(points) else points


def allowed(
    hip: HipBone, marks: FemurLandmarks, entry: np.ndarray, tip: np.ndarray, rules: DrillingRules
) -> np.ndarray:
    """Which wires (k, 3) to (k, 3) keep all rules of a single wire, with some slack; boolean (k,)."""
    way = tip - entry
    length = np.linalg.norm(way, axis=1)
    direction = way / np.maximum(length, 1e-6)[:, None]
    angle = np.degrees(np.arccos(np.clip(direction @ frame_of(marks, hip.side).shaft, -1.0, 1.0)))
    good = (length <= rules.longest_mm - 0.5) & (length > rules.near_entry_mm + 10.0)
    good &= (angle >= rules.least_shaft_angle_deg + 0.2) & (angle <= rules.most_shaft_angle_deg - 0.2)
    kept = np.flatnonzero(good)
    for start in range(0, len(kept), _CHUNK):
        some = kept[start : start + _CHUNK]
        good[some] = _deep_enough(hip, marks, entry[some], direction[some], length[some], rules)
    return good


def _deep_enough(
    hip: HipBone,
    marks: FemurLandmarks,
    entry: np.ndarray,
    direction: np.ndarray,
    length: np.ndarray,
    rules: DrillingRules,
) -> np.ndarray:
    """The axis of a wire lies so deep in the bone everywhere that wire and margin have room."""
    along = np.arange(ALONG_MM, float(length.max()) + ALONG_MM, ALONG_MM)
    isthmus, neck = np.asarray(marks.isthmus), np.asarray(marks.neck)
    good = np.ones(len(entry), bool)
    margin = rules.radius_mm + rules.cortex_margin_mm + SLACK_MM
    at_neck = rules.radius_mm + max(rules.neck_margin_mm, rules.cortex_margin_mm) + SLACK_MM
    for far in along:
        left = np.flatnonzero(good & (length >= far))
        if not len(left):
            continue
        points = entry[left] + far * direction[left]
        depth = _nearest_depth(hip, points)
        if far < 0.5 * rules.near_entry_mm:
            needed = np.full(len(left), 0.3)
        elif far < rules.near_entry_mm - ALONG_MM:
            needed = np.full(len(left), rules.radius_mm + 0.4)
        else:
            in_neck = np.abs((points - isthmus) @ neck) <= _NECK_MM
            needed = np.where(in_neck, at_neck, margin)
        good[left] = depth >= needed
    return good


def _nearest_depth(hip: HipBone, points: np.ndarray) -> np.ndarray:
    """Depth at points, linear between voxels; 0 outside."""
    index = np.moveaxis((points[:, ::-1] - np.asarray(hip.bone.origin)[::-1]) / STEP_MM, -1, 0)
    return np.asarray(ndimage.map_coordinates(hip.depth, index, order=1, mode="constant"))


def possible_wires(
    hip: HipBone, marks: FemurLandmarks, entries: np.ndarray, tips: np.ndarray, rules: DrillingRules
) -> Candidates:
    """All pairs of entries and tips that keep the rules and reach something of the lesion."""
    points = lesion_sample(hip)
    coarse = points[:: max(1, len(points) // 120)]
    # A tip that none of a few entries far apart leads near the lesion is not asked about with all of them.
    few = entries[:: max(1, len(entries) // 12)]
    near = reach_counts(coarse, *_pairs(few, tips), rules.reach_mm + 2.0, hip.centre).reshape(
        len(few), len(tips)
    )
    entry, tip = _pairs(entries, tips[near.max(axis=0, initial=0) > 0])
    good = allowed(hip, marks, entry, tip, rules)
    entry, tip = entry[good], tip[good]
    reach = reach_counts(coarse, entry, tip, rules.reach_mm, hip.centre)
    useful = reach >= max(1, int(0.08 * reach.max(initial=0)))
    entry, tip, reach = entry[useful], tip[useful], reach[useful]
    if len(entry) > MOST_WIRES:  # the best, and a sample of the others, whose corner of the lesion is another
        order = np.argsort(-reach, kind="stable")
        others = np.random.default_rng(1).permutation(order[MOST_WIRES // 2 :])[
            : MOST_WIRES - MOST_WIRES // 2
        ]
        chosen = np.concatenate([order[: MOST_WIRES // 2], others])
        entry, tip = entry[chosen], tip[chosen]
    return Candidates(entry, tip, cover_of(points, entry, tip, rules, hip.centre), points)


def _pairs(entries: np.ndarray, tips: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.repeat(entries, len(tips), axis=0), np.tile(tips, (len(entries), 1))


def reach_counts(
    points: np.ndarray, entry: np.ndarray, tip: np.ndarray, reach_mm: float, centre: np.ndarray
) -> np.ndarray:
    """How many of the points each wire reaches, shape (k,)."""
    found = np.zeros(len(entry), np.int32)
    for start in range(0, len(entry), 2000):
        some = slice(start, start + 2000)
        found[some] = (
            point_segment(points - centre, entry[some] - centre, tip[some] - centre) <= reach_mm
        ).sum(axis=1)
    return found


def cover_of(
    points: np.ndarray, entry: np.ndarray, tip: np.ndarray, rules: DrillingRules, centre: np.ndarray
) -> np.ndarray:
    """Which points each wire reaches, as :func:`packed` gives it."""
    rows = [
        packed(
            point_segment(points - centre, entry[n : n + 500] - centre, tip[n : n + 500] - centre)
            <= rules.reach_mm
        )
        for n in range(0, len(entry), 500)
    ]
    return np.concatenate(rows) if rows else packed(np.zeros((0, len(points)), bool))
