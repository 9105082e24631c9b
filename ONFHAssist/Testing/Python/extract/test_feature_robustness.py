"""Agreement of readers and outlines: the published example, its intervals, and masks that move as they should."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.extract.robustness import (
    agreement_table,
    intraclass_correlation,
    perturbed_masks,
    survival_table,
)
from ONFHAssistLib.imaging.image import Image

# Shrout and Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)


@pytest.mark.parametrize(
    ("kind", "icc", "low", "high"),
    [("2,1", 0.29, 0.019, 0.761), ("3,1", 0.71, 0.342, 0.946)],
)
def test_published_example(kind: str, icc: float, low: float, high: float) -> None:
    # Coefficients: Shrout and Fleiss, table 4. Intervals: McGraw and Wong's formulas as R's psych and irr give them.
    found = intraclass_correlation(SHROUT_FLEISS, kind)
    assert found.icc == pytest.approx(icc, abs=0.005)
    assert found.low == pytest.approx(low, abs=0.002)
    assert found.high == pytest.approx(high, abs=0.002)


def test_a_constant_offset_of_one_reader_counts_for_agreement_and_not_for_consistency() -> None:
    rng = np.random.default_rng(0)
    truth = rng.normal(size=40)
    ratings = np.stack([truth, truth + 1.0], axis=1)
    assert intraclass_correlation(ratings, "3,1").icc == pytest.approx(1.0)
    assert intraclass_correlation(ratings, "2,1").icc < 0.8


def test_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    truth, rater, noise = (np.sqrt(v) for v in (0.7, 0.1, 0.2))
    subjects = rng.normal(0, truth, (30, 1, 400))
    ratings = subjects + rng.normal(0, rater, (1, 5, 400)) + rng.normal(0, noise, (30, 5, 400))
    found = intraclass_correlation(ratings, "2,1")
    covered = np.mean((found.low <= 0.7) & (found.high >= 0.7))
    assert 0.90 <= covered <= 0.99


def test_many_features_at_once_equal_each_alone_and_flat_ones_are_nan() -> None:
    ratings = np.stack([SHROUT_FLEISS, SHROUT_FLEISS**2, np.full_like(SHROUT_FLEISS, 3.0)], axis=2)
    found = intraclass_correlation(ratings, "2,1")
    assert found.icc[1] == pytest.approx(intraclass_correlation(SHROUT_FLEISS**2, "2,1").icc)
    assert np.isnan(found.icc[2])
    assert np.isnan(found.low[2])


def test_perfect_agreement_is_one_with_a_closed_interval() -> None:
    same = np.repeat(SHROUT_FLEISS[:, :1], 3, axis=1)
    for kind in ("2,1", "3,1"):
        found = intraclass_correlation(same, kind)
        assert (found.icc, found.low, found.high) == (1.0, 1.0, 1.0)


def test_too_few_subjects_and_unknown_kinds_are_refused() -> None:
    with pytest.raises(InputError, match="1 and 4"):
        intraclass_correlation(SHROUT_FLEISS[:1])
    with pytest.raises(InputError, match="1,1"):
        intraclass_correlation(SHROUT_FLEISS, "1,1")


def two_readers() -> pd.DataFrame:
    rng = np.random.default_rng(2)
    truth = rng.normal(size=20)
    rows = [
        {"case": f"P{k}", "side": "R", "reader": reader, "label": 1,
         "original_shape_MeshVolume": truth[k] + rng.normal(0, 0.1),
         "wavelet-HHH_glcm_Contrast": rng.normal()}
        for k in range(20) for reader in "AB"
    ]  # fmt: skip
    return pd.DataFrame(rows).sample(frac=1, random_state=0)  # the order of rows does not matter


def test_table_says_which_features_survive() -> None:
    table = agreement_table(two_readers())
    assert table.loc["original_shape_MeshVolume", "icc"] > 0.95
    assert bool(table.loc["original_shape_MeshVolume", "survives"])
    assert not table.loc["wavelet-HHH_glcm_Contrast", "survives"]
    assert (table["low"] < table["icc"]).all()
    assert table.attrs["subjects"] == 20


def test_subjects_that_a_reader_missed_are_left_out() -> None:
    frame = two_readers()
    frame = frame[~((frame["case"] == "P3") & (frame["reader"] == "B"))]
    assert agreement_table(frame).attrs["subjects"] == 19


def test_a_rating_that_is_there_twice_is_refused() -> None:
    frame = two_readers()
    with pytest.raises(InputError, match="two ratings by reader"):
        agreement_table(pd.concat([frame, frame.iloc[:1]]))
    with pytest.raises(InputError, match="'reader'"):
        agreement_table(frame.drop(columns="reader"))


def test_a_feature_survives_only_if_every_agreement_lets_it() -> None:
    between = agreement_table(two_readers())
    within = between.assign(icc=[0.9, 0.9], survives=[True, True])
    joined = survival_table({"between": between, "within": within})
    assert list(joined["survives"]) == list(between["survives"])
    assert joined.loc["wavelet-HHH_glcm_Contrast", "class"] == "glcm"
    assert joined["lowest"].tolist() == between["icc"].clip(upper=0.9).tolist()


def sphere(radius: float, spacing: tuple[float, float, float]) -> Image:
    shape = tuple(int(2 * (radius + 8) / s) for s in spacing[::-1])
    grid = Image(np.zeros(shape, np.uint8), spacing)
    centre = grid.points().reshape(-1, 3).mean(axis=0)
    return grid.like((np.linalg.norm(grid.points() - centre, axis=-1) <= radius).astype(np.uint8))


@pytest.mark.parametrize("spacing", [(1.0, 1.0, 1.0), (0.8, 0.8, 3.0)])
def test_masks_move_by_the_amount_in_millimetres(spacing: tuple[float, float, float]) -> None:
    mask = sphere(20.0, spacing)
    masks = dict(perturbed_masks(mask, amount_mm=2.0, seed=1))
    assert list(masks) == ["original", "erosion", "dilation", "noise", "shift"]
    ml = {name: one.array.sum() * one.voxel_volume_ml for name, one in masks.items()}
    tolerance = 0.05 + 0.02 * max(spacing)  # a voxel moves in or out as a whole
    assert ml["erosion"] / ml["original"] == pytest.approx((18 / 20) ** 3, rel=tolerance)
    assert ml["dilation"] / ml["original"] == pytest.approx((22 / 20) ** 3, rel=tolerance)
    assert ml["noise"] / ml["original"] == pytest.approx(1.0, abs=0.1)
    moved = [one.points()[one.array > 0].mean(axis=0) for one in (masks["original"], masks["shift"])]
    assert np.linalg.norm(moved[1] - moved[0]) == pytest.approx(2.0, abs=0.4)
    assert all(one.same_grid(mask) for one in masks.values())


def test_noise_depends_on_the_seed_alone() -> None:
    mask = sphere(12.0, (1.0, 1.0, 1.0))
    once, again, other = (dict(perturbed_masks(mask, 1.5, seed))["noise"].array for seed in (3, 3, 4))
    assert (once == again).all()
    assert (once != other).any()


def test_a_region_that_erosion_would_remove_is_refused() -> None:
    with pytest.raises(InputError, match="9 mm inside"):
        list(perturbed_masks(sphere(5.0, (1.0, 1.0, 1.0)), amount_mm=9.0))
