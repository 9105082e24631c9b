"""How far a hip lies from the other hips of the cohort: the mean distance to its nearest neighbours.

Ramaswamy S, Rastogi R, Shim K (2000) SIGMOD Record 29:427-438 - outliers by the distance to the k nearest neighbours.
The scale of each number is robust (median and quartiles), so that the outliers do not set it; hips of the same patient
are no neighbours of each other, since both would be wrong together. A cohort of several contrasts has several clusters:
a hip is compared with its nearest ones, not with the middle of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

NEAREST = 5
LEAST_HIPS = 12  # of other patients; fewer say nothing
LEAST_SHARE = 0.8  # of the hips must have a number for it to count
FARTHEST = 8.0  # quartile ranges; beyond, a number is simply far off
TOLD = 2  # numbers that the reason names

# A block of numbers counts as one, however many it holds. Words for a person.
MEASURED = {
    "radius": "radius",
    "head_ml": "volume of the head",
    "necrotic_share": "necrotic share",
    "necrosis_ml": "volume of the necrosis",
    "arc_a": "arc A",
    "arc_b": "arc B",
    "depth_mm": "depth of the necrosis",
    "head_to_sphere": "volume of the head against its sphere",
    "residual_mm": "fit of the sphere",
}
BLOCKS = ("measured", "radiomics", "deep")
_WORDS = {"radiomics": "radiomics", "deep": "deep features"}


@dataclass(frozen=True)
class Farness:
    """How far one hip lies.

    Attributes:
        times: mean distance to its neighbours, over the median of all hips. apart: in what it differs most, in words.
    """

    times: float
    apart: tuple[str, ...]


def farness(
    numbers: Sequence[Mapping[str, Mapping[str, float]]], patients: Sequence[str]
) -> list[Farness | None]:
    """Of each hip; None where the cohort is too small, or the hip has no numbers.

    Args:
        numbers: of each hip, block (of :data:`BLOCKS`) to name to value. patients: whose each hip is.
    """
    scaled, names = _scaled(numbers)
    none: list[Farness | None] = [None] * len(numbers)
    if not names or len(set(patients)) <= NEAREST or len(numbers) < LEAST_HIPS:
        return none
    from sklearn.neighbors import NearestNeighbors

    who = np.unique(np.asarray(patients), return_inverse=True)[1]
    most = int(np.bincount(who).max())
    search = NearestNeighbors(n_neighbors=min(NEAREST + most, len(scaled))).fit(scaled)
    distance, index = search.kneighbors(scaled)
    found, mean = [], np.full(len(scaled), np.nan)
    for row in range(len(scaled)):
        others = [k for k in range(index.shape[1]) if who[index[row, k]] != who[row]][:NEAREST]
        found.append(index[row, others])
        mean[row] = distance[row, others].mean() if others else np.nan
    usual = float(np.nanmedian(mean))
    if not usual > 0:
        return none
    return [
        None
        if np.isnan(mean[row])
        else Farness(float(mean[row] / usual), _apart(scaled, row, found[row], names))
        for row in range(len(scaled))
    ]


def _scaled(numbers: Sequence[Mapping[str, Mapping[str, float]]]) -> tuple[np.ndarray, list[tuple[str, str]]]:
    """Robustly scaled numbers, each block of the same weight, (hips, numbers), and block and name of each."""
    columns, names = [], []
    for block in BLOCKS:
        counts: dict[str, int] = {}
        for hip in numbers:
            for name in hip.get(block, {}):
                counts[name] = counts.get(name, 0) + 1
        kept = [name for name, count in counts.items() if count >= LEAST_SHARE * len(numbers)]
        part = []
        for name in kept:
            values = np.array([hip.get(block, {}).get(name, np.nan) for hip in numbers], float)
            values[~np.isfinite(values)] = np.nan
            if np.isnan(values).mean() > 1 - LEAST_SHARE:
                continue
            low, middle, high = np.nanpercentile(values, [25, 50, 75])
            spread = (high - low) if high > low else float(np.nanstd(values))
            if not spread > 1e-9 * max(1.0, abs(middle)):
                continue
            scaled = np.clip((values - middle) / spread, -FARTHEST, FARTHEST)
            part.append(np.where(np.isnan(scaled), 0.0, scaled))
            names.append((block, name))
        columns += [column / np.sqrt(len(part)) for column in part]
    return (np.stack(columns, axis=1) if columns else np.zeros((len(numbers), 0))), names


def _apart(
    scaled: np.ndarray, row: int, near: np.ndarray, names: Sequence[tuple[str, str]]
) -> tuple[str, ...]:
    """In what a hip differs most from its neighbours, in words, each once."""
    apart = (scaled[row] - scaled[near].mean(axis=0)) ** 2
    words: dict[str, float] = {}
    for (block, name), size in zip(names, apart, strict=True):
        word = MEASURED.get(name, name) if block == "measured" else _WORDS[block]
        words[word] = words.get(word, 0.0) + float(size)
    return tuple(sorted(words, key=lambda word: -words[word])[:TOLD])
