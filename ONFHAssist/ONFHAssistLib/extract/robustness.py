"""Which features survive a second reader or another outline: intraclass correlation and perturbed masks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy import ndimage

from ..core.errors import InputError
from ..evaluate.intraclass import intraclass_correlation
from ..imaging.image import Image

THRESHOLD = 0.75  # of the DLRC study
SUBJECT = ("case", "side")


# tables -------------------------------------------------------------------------------------------------------------


def agreement_table(
    frame: pd.DataFrame,
    rater: str = "reader",
    subject: Sequence[str] = SUBJECT,
    kind: str = "2,1",
    threshold: float = THRESHOLD,
) -> pd.DataFrame:
    """ICC of every feature of a cohort's table.

    Args:
        frame: one row a subject and rater, as :func:`~.cohort.extract_cohort` writes it.
        rater: column that tells the ratings of a subject apart (reader, or repetition).
        subject: columns that name a subject.
        kind: "2,1" or "3,1".
        threshold: least ICC that survives.

    Returns:
        Indexed by feature: ``icc``, ``low``, ``high``, ``survives``; subjects that some rater lacks are left out, and
        ``attrs["subjects"]`` tells how many remain.

    Raises:
        InputError: a column is missing, a rating is there twice, or fewer than two subjects have all ratings.
    """
    subject = [name for name in subject if name in frame.columns]
    if rater not in frame.columns or not subject:
        wanted = rater if rater not in frame.columns else "case"
        raise InputError(f"The table lacks the column {wanted!r}, which tells the ratings apart.")
    known = {*subject, rater, "label", "reader", "repetition"}
    features = [
        name for name in frame.columns if name not in known and pd.api.types.is_numeric_dtype(frame[name])
    ]
    if frame.duplicated([*subject, rater]).any():
        twice = frame[frame.duplicated([*subject, rater])].iloc[0]
        raise InputError(
            f"{' '.join(str(twice[s]) for s in subject)} has two ratings by {rater} {twice[rater]}."
        )
    raters = list(dict.fromkeys(frame[rater]))
    ordered = frame.set_index([*subject, rater]).sort_index()
    complete = frame.groupby(subject)[rater].nunique()
    subjects = list(complete[complete == len(raters)].index)
    if len(subjects) < 2 or len(raters) < 2:
        raise InputError(
            f"Agreement needs two subjects that {rater} rated twice or more; {len(subjects)} have all of {len(raters)}."
        )
    pick = [[(*(one if isinstance(one, tuple) else (one,)), each) for each in raters] for one in subjects]
    ratings = np.stack([ordered.loc[rows, features].to_numpy(float) for rows in pick])
    found = intraclass_correlation(ratings, kind)
    table = pd.DataFrame(
        {"icc": found.icc, "low": found.low, "high": found.high, "survives": found.icc >= threshold},
        index=pd.Index(features, name="feature"),
    )
    table.attrs.update(subjects=len(subjects), raters=len(raters), kind=kind, threshold=threshold)
    return table


def survival_table(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Several agreements side by side, and which features survive all of them.

    Args:
        tables: name ("between readers", "within reader", "erosion", ...) to :func:`agreement_table`.

    Returns:
        Indexed by feature: one ICC column a name, ``class``, ``lowest`` and ``survives``.
    """
    joined = pd.DataFrame({name: table["icc"] for name, table in tables.items()})
    lowest = joined.min(axis=1, skipna=False)
    survives = pd.DataFrame({name: table["survives"] for name, table in tables.items()}).all(axis=1)
    kind = [name.split("_")[1] if name.count("_") >= 2 else "deep" for name in joined.index]
    return joined.assign(**{"class": kind, "lowest": lowest, "survives": survives})


# perturbed masks ----------------------------------------------------------------------------------------------------


def perturbed_masks(mask: Image, amount_mm: float = 1.0, seed: int = 0) -> Iterator[tuple[str, Image]]:
    """The outline as another reader might have drawn it.

    Yields:
        "original", "erosion" and "dilation" by ``amount_mm``, "noise" (the border moved in and out by a smooth random
        field of that standard deviation) and "shift" (by ``amount_mm`` in a random direction).

    Args:
        mask: one region (0 and not 0).
        amount_mm: how far the outline moves.
        seed: of the random field and direction.

    Raises:
        InputError: the region is empty, or erosion leaves nothing of it.
    """
    region = mask.array > 0
    if not region.any():
        raise InputError("The mask is empty: no voxel is outlined; outline the region first.")
    depth = signed_depth(region, mask.spacing)
    rng = np.random.default_rng(seed)
    yield "original", mask.like(region.astype(np.uint8))
    if not (depth > amount_mm).any():
        raise InputError(
            f"Nothing of the region is left {amount_mm:g} mm inside its border; use a smaller amount."
        )
    yield "erosion", mask.like((depth > amount_mm).astype(np.uint8))
    yield "dilation", mask.like((depth > -amount_mm).astype(np.uint8))
    yield (
        "noise",
        mask.like((depth + amount_mm * _smooth_noise(region.shape, mask.spacing, rng) > 0).astype(np.uint8)),
    )
    direction = rng.normal(size=3)
    step = amount_mm * direction / np.linalg.norm(direction) / np.array(mask.spacing[::-1])
    yield "shift", mask.like((ndimage.shift(depth, step, order=1, mode="nearest") > 0).astype(np.uint8))


def signed_depth(region: np.ndarray, spacing: tuple[float, float, float]) -> np.ndarray:
    """Distance in mm to the border, half a voxel from the outermost voxels; positive inside; shape (z, y, x)."""
    step = spacing[::-1]
    padded = np.pad(region, 1)
    inside = ndimage.distance_transform_edt(padded, step)[1:-1, 1:-1, 1:-1]
    outside = ndimage.distance_transform_edt(~region, step)
    return np.where(region, inside - 0.5 * min(step), 0.5 * min(step) - outside)


def _smooth_noise(
    shape: tuple[int, ...], spacing: tuple[float, float, float], rng: np.random.Generator
) -> np.ndarray:
    """Random field of unit variance, correlated over about 5 mm."""
    field = ndimage.gaussian_filter(rng.normal(size=shape), [5.0 / (2 * s) for s in spacing[::-1]])
    return field / field.std()
