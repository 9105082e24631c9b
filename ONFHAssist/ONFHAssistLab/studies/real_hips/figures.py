"""The figures of an evaluation on real hips: finding the heads, their outlines, the necrosis, the answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from .answer_figures import answer_figures
from .figure_maker import (
    COUNT,
    FINDING,
    LESIONS,
    MM,
    NUMBER,
    OUTLINE,
    FigureMaker,
    RealFigure,
    Wanted,
    column,
    flag,
)
from .table import HEALTHY

SIZES: dict[str, tuple[str, Callable[[pd.Series], pd.Series]]] = {
    "under_1_ml": ("under 1 ml", lambda ml: ml < 1.0),
    "1_to_2_ml": ("of 1 to 2 ml", lambda ml: (ml >= 1.0) & (ml <= 2.0)),
    "over_2_ml": ("over 2 ml", lambda ml: ml > 2.0),
}
SHARE_POINTS = 0.03


def real_figures(
    hips: pd.DataFrame, images: pd.DataFrame, resamples: int = 1000, seed: int = 0
) -> list[RealFigure]:
    """Every figure of an evaluation.

    Args:
        hips: a row a hip of the table (:func:`.comparison.compare_image`).
        images: a row an image: ``patient``, ``extra_heads`` (NaN of a refused one), ``refused``,
            ``contrast_recognised``.
        resamples: of patients. seed: same seed, same intervals.
    """
    make = FigureMaker(resamples, seed)
    return [
        *_finding(make, hips, images),
        *_outline(make, hips),
        *_lesions(make, hips),
        *answer_figures(make, hips, images),
    ]


def _finding(make: FigureMaker, hips: pd.DataFrame, images: pd.DataFrame) -> list[RealFigure]:
    found = hips[hips["found"].astype(bool)]
    error = partial(make, found, column(found, "centre_error_mm"), group=FINDING, kind=MM)
    return [
        make(hips, hips["found"].astype(float), "heads_found", "Heads found", FINDING, wanted=Wanted(1.0)),
        make(
            images,
            images["extra_heads"],
            "extra_heads",
            "Heads found where none is, in all",
            FINDING,
            COUNT,
            "sum",
            Wanted(0.0, False),
        ),
        make(
            found,
            column(found, "right_side"),
            "right_side",
            "On the right side of the patient",
            FINDING,
            wanted=Wanted(1.0),
        ),
        make(
            images,
            images["refused"].astype(float),
            "images_refused",
            "Images refused (their heads count as not found)",
            FINDING,
        ),
        error(
            name="centre_error_median_mm",
            words="Centre, distance, median",
            statistic="median",
            wanted=Wanted(1.0, False),
        ),
        error(name="centre_error_95th_mm", words="Centre, distance, 95th percentile", statistic="95th"),
        error(
            name="centre_error_worst_mm",
            words="Centre, distance, worst",
            statistic="worst",
            wanted=Wanted(2.5, False),
        ),
        make(
            found,
            column(found, "radius_error_mm"),
            "radius_error_median_mm",
            "Radius, found less true, median",
            FINDING,
            MM,
            "median",
        ),
        make(
            found,
            column(found, "radius_error_mm").astype(float).abs(),
            "radius_error_worst_mm",
            "Radius, difference, worst",
            FINDING,
            MM,
            "worst",
        ),
    ]


def _outline(make: FigureMaker, hips: pd.DataFrame) -> list[RealFigure]:
    found = hips[hips["found"].astype(bool)]
    dice, surface = column(found, "head_dice"), column(found, "head_surface_mm")
    return [
        make(found, dice, "head_dice_median", "Head, Dice, median", OUTLINE, NUMBER, "median"),
        make(found, dice, "head_dice_5th", "Head, Dice, 5th percentile", OUTLINE, NUMBER, "5th"),
        make(
            found,
            surface,
            "head_surface_median_mm",
            "Head, mean distance of the surfaces, median",
            OUTLINE,
            MM,
            "median",
        ),
        make(
            found,
            surface,
            "head_surface_worst_mm",
            "Head, mean distance of the surfaces, worst",
            OUTLINE,
            MM,
            "worst",
        ),
    ]


def _lesions(make: FigureMaker, hips: pd.DataFrame) -> list[RealFigure]:
    found = hips[hips["found"].astype(bool)]
    healthy, sick = found[found["truth"] == HEALTHY], hips[hips["truth"] != HEALTHY]
    # A head that was not found has lost its lesion.
    seen = column(sick, "lesion_found").where(sick["found"].astype(bool), False)
    volume = pd.to_numeric(column(sick, "true_necrosis_ml"))
    figures = [
        make(
            healthy,
            column(healthy, "called_necrotic"),
            "healthy_called_necrotic",
            "Healthy hips with a necrosis outlined",
            LESIONS,
            wanted=Wanted(0.0, False),
        ),
        make(sick, seen, "lesions_found", "Lesions found, of any size", LESIONS),
    ]
    for name, (words, of_size) in SIZES.items():
        part = of_size(volume)
        figures.append(
            make(sick[part], seen[part], f"lesions_found_{name}", f"Lesions found, {words}", LESIONS)
        )
    over_1, over_2 = volume > 1.0, volume > 2.0
    dice = column(sick, "necrosis_dice").where(sick["found"].astype(bool), 0.0)[over_2]
    off = (pd.to_numeric(column(sick, "found_share")) - pd.to_numeric(column(sick, "true_share"))).abs()
    near = flag(off <= SHARE_POINTS, off.notna())
    figures += [
        make(
            sick[over_1],
            seen[over_1],
            "lesions_found_over_1_ml",
            "Lesions found, over 1 ml",
            LESIONS,
            wanted=Wanted(1.0),
        ),
        make(
            sick[over_2],
            dice,
            "necrosis_dice_median_over_2_ml",
            "Necrosis over 2 ml, Dice, median",
            LESIONS,
            NUMBER,
            "median",
            Wanted(0.90),
        ),
        make(
            sick[over_2],
            dice,
            "necrosis_dice_5th_over_2_ml",
            "Necrosis over 2 ml, Dice, 5th percentile",
            LESIONS,
            NUMBER,
            "5th",
        ),
        make(sick, near, "share_within_3_points", "Necrotic share within 3 points, all lesions", LESIONS),
        make(
            sick[over_2],
            near[over_2],
            "share_within_3_points_over_2_ml",
            "Necrotic share within 3 points, over 2 ml",
            LESIONS,
            wanted=Wanted(0.85),
        ),
    ]
    return figures
