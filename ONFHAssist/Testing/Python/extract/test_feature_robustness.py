"""Agreement of readers and repetitions: the published example, its intervals, and hips that are perturbed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import ndimage

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.intraclass import intraclass_correlation
from ONFHAssistLib.extract.robustness import agreement_table, feature_robustness
from ONFHAssistLib.imaging.image import Image

# Shrout and Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)


@pytest.mark.parametrize(
    ("kind", "icc", "low", "high"),
    [("1,1", 0.17, -0.133, 0.723), ("2,1", 0.29, 0.019, 0.761), ("3,1", 0.71, 0.342, 0.946)],
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
    for kind in ("1,1", "2,1", "3,1"):
        found = intraclass_correlation(same, kind)
        assert (found.icc, found.low, found.high) == (1.0, 1.0, 1.0)


def test_too_few_subjects_and_unknown_kinds_are_refused() -> None:
    with pytest.raises(InputError, match="1 and 4"):
        intraclass_correlation(SHROUT_FLEISS[:1])
    with pytest.raises(InputError, match="4,1"):
        intraclass_correlation(SHROUT_FLEISS, "4,1")


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


# perturbed hips -----------------------------------------------------------------------------------------------------


@pytest.fixture
def hips() -> tuple[Image, Image]:
    """Two heads of 20 and 16 mm in a pelvis of 1.5 x 1.5 x 3 mm; texture in the right one, the left one smooth."""
    grid = Image(np.zeros((28, 48, 96), np.float32), (1.5, 1.5, 3.0), (-72.0, -36.0, -42.0))
    rng = np.random.default_rng(0)
    values = 600.0 + rng.normal(0, 1, grid.array.shape)
    grain = ndimage.gaussian_filter(rng.normal(size=grid.array.shape), 1.2)
    labels = np.zeros(grid.array.shape, np.uint8)
    for label, x, radius, texture in ((1, -36.0, 20.0, 60.0), (2, 36.0, 16.0, 8.0)):
        inside = np.linalg.norm(grid.points() - (x, 0.0, 0.0), axis=-1) <= radius
        values[inside] = 600.0 + texture * grain[inside] / grain.std()
        labels[inside] = label
    return grid.like(values.astype(np.float32)), grid.like(labels)


PRESET = """
imageType: {Original: {}}
featureClass: {shape: [MeshVolume], firstorder: [Mean, Entropy], glcm: [Contrast]}
setting: {binWidth: 25, label: 1}
"""


@pytest.fixture
def preset(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(PRESET, encoding="utf-8")
    return path


def test_features_that_tell_the_hips_apart_survive(hips, preset) -> None:
    found = feature_robustness([("", lambda: hips)], preset, count=6, seed=1)
    assert list(found.variation.columns) == ["R", "L"]
    assert found.surviving == list(found.table.index)
    assert (found.table["icc"] > 0.75).all()
    assert (found.table["low"] <= found.table["icc"]).all()
    assert (found.table["icc"] <= found.table["high"]).all()
    volume = found.variation.loc["original_shape_MeshVolume"]
    assert volume.between(0.01, 0.15).all()  # they grow and shrink by 10% at most
    assert found.record["perturbations"] == "6"
    assert found.record["perturbation_seed"] == "1"
    assert found.unperturbed["L"].features["original_shape_MeshVolume"] == pytest.approx(17157, rel=0.03)


def test_repetitions_of_equal_hips_do_not_agree(hips, preset) -> None:
    image, labels = hips
    right = labels.like(np.where(labels.array == 1, 1, 0).astype(np.uint8))
    twins = [(name, lambda: (image, right)) for name in ("P1", "P2")]
    found = feature_robustness(twins, preset, count=4)
    assert (found.table["icc"] < 0.1).all()  # nothing lies between the hips, all between the repetitions
    assert found.surviving == []
    assert list(found.variation.columns) == ["P1 R", "P2 R"]


def test_one_hip_has_a_spread_and_no_icc(hips, preset) -> None:
    image, labels = hips
    one = labels.like(np.where(labels.array == 2, 2, 0).astype(np.uint8))
    found = feature_robustness([("", lambda: (image, one))], preset, count=3)
    assert found.table["icc"].isna().all()
    assert not found.table["survives"].any()
    assert (found.variation["L"] > 0).all()


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(hips, preset) -> None:
    once, again, other = (
        feature_robustness([("", lambda: hips)], preset, count=3, seed=seed).table["icc"]
        for seed in (3, 3, 4)
    )
    assert once.equals(again)
    assert not once.equals(other)


def test_a_hip_that_cannot_be_extracted_is_told_and_the_other_goes_on(hips, preset) -> None:
    image, labels = hips
    tiny = labels.array.copy()
    tiny[labels.array == 2] = 0
    tiny[14, 24, 72] = 2
    found = feature_robustness([("", lambda: (image, image.like(tiny)))], preset, count=2)
    assert list(found.failures) == ["L"]
    assert list(found.unperturbed) == ["R"]


def test_progress_ends_at_one_and_may_cancel(hips, preset) -> None:
    from ONFHAssistLib.core.errors import Cancelled

    told = []

    def cancel(share, text):
        told.append((share, text))
        if len(told) == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        feature_robustness([("", lambda: hips)], preset, count=5, progress=cancel)
    assert [share for share, _text in told] == sorted(share for share, _text in told)
    assert told[3][1] == "Hip R: perturbation 3 of 5"


def test_what_cannot_be_done_is_refused_in_a_sentence(hips, preset) -> None:
    image, labels = hips
    with pytest.raises(InputError, match="is 1; 2 to 200"):
        feature_robustness([("", lambda: hips)], preset, count=1)
    with pytest.raises(InputError, match="no femoral head"):
        feature_robustness([("", lambda: (image, labels.like(np.zeros_like(labels.array))))], preset)
