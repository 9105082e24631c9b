"""Models of early osteonecrosis on real hips: cohorts that grow, kept scans, recalibration, and figures part by part."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

torch = pytest.importorskip("torch")

from ONFHAssistLab.simulate.anatomy.parameters import HipParameters  # noqa: E402
from ONFHAssistLab.training.early import hips as dlr_hips  # noqa: E402
from ONFHAssistLab.training.early.figures import calibration, figures_of, fit_line  # noqa: E402
from ONFHAssistLab.training.early.parts import (  # noqa: E402
    Setting,
    cross_validated,
    even_threshold,
    fit_part,
    fitted_line,
    folds_of,
    hip_weights,
)
from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.imaging.files import write_image  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two real patients of two heads each, as far as their spheres go."""
    path = tmp_path_factory.mktemp("real")
    rows = ["image,side,centre_x,centre_y,centre_z,radius"]
    for name in ("one", "two"):
        write_image(Image(np.zeros((8, 60, 120), np.int16), (2.0, 2.0, 8.0)), path / f"{name}.nii.gz")
        rows += [f"{name}.nii.gz,R,60,60,30,22", f"{name}.nii.gz,L,180,60,30,22"]
    (path / "heads.csv").write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_small_cohort_is_the_beginning_of_a_large_one(folder):
    small, large = (dlr_hips.sources(folder, patients, painted, 5) for patients, painted in ((2, 1), (4, 3)))
    assert {one.name for one in small} < {one.name for one in large}
    assert [sum(one.kind == kind for one in large) for kind in ("simulated", "real", "painted")] == [4, 2, 6]
    other = dlr_hips.sources(folder, 2, 1, 6)
    kept = {one.name for one in small} & {one.name for one in other}
    assert kept == {one.name for one in small if one.kind == "real"}  # these have no chance in them


def test_kept_scans_come_back_with_grid_and_truth(tmp_path):
    image = Image(
        np.arange(24, dtype=np.float32).reshape(2, 3, 4), (0.8, 0.9, 4.5), (-9.5, 2.0, 1.0),
        (1, 0, 0, 0, 0, 1, 0, -1, 0), {"sequence": "STIR", "modality": "MR"},
    )  # fmt: skip
    hip = {"side": "L", "centre": [1.0, 2.0, 3.0], "radius": 22.5, "early_onfh": 1, "shows": ""}
    dlr_hips.write_scans(tmp_path / "x.npz", [dlr_hips.Scan("x", image, (hip,))])
    (scan,) = dlr_hips.read_scans(tmp_path / "x.npz")
    assert (scan.name, scan.hips, dict(scan.image.metadata)) == ("x", (hip,), dict(image.metadata))
    assert scan.image.same_grid(image)
    np.testing.assert_array_equal(scan.image.array, image.array)


def test_what_a_hip_without_osteonecrosis_shows_is_named():
    assert (
        dlr_hips._shown(HipParameters(look_alike="insufficiency fracture"), 0.9) == "insufficiency fracture"
    )
    assert dlr_hips._shown(HipParameters(arthrosis=0.4), 0.2) == "arthrosis"
    assert dlr_hips._shown(HipParameters(bone_islands=2), 0.2) == "bone island"
    assert [dlr_hips._shown(HipParameters(), share) for share in (0.69, 0.7)] == ["", "red marrow"]


def test_an_image_without_a_head_leaves_its_hips_unfound():
    image = Image(np.zeros((30, 60, 60), np.float32), (3.0, 3.0, 5.0), metadata={"modality": "MR"})
    hip = {"side": "R", "centre": [50.0, 50.0, 50.0], "radius": 22.0, "patient": "p"}
    assert dlr_hips.read_hips(dlr_hips.Scan("x", image, (hip,))) == [
        {"side": "R", "patient": "p", "case": "x", "found": False}
    ]


def overconfident(n=600, seed=2):
    """Outcomes of honest log-odds, and probabilities whose log-odds are three times as large."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(0, 1.2, n)
    return (rng.random(n) < expit(odds)).astype(int), expit(3.0 * odds)


def test_a_line_takes_overconfidence_out():
    assert fit_line(*overconfident()).slope == pytest.approx(1 / 3, abs=0.06)


def cohort(seed=0, real=6, simulated=24):
    """Hips of both kinds, two a patient; DL_0 tells the outcome, DL_1 only on real hips, DL_2 nothing."""
    rng, rows = np.random.default_rng(seed), []
    for k in range(real + simulated):
        is_real = k < real
        for copy in range(4 if is_real else 1):
            for side in "RL":
                sick = int((copy > 0 and side == "R") if is_real else (k % 2 and side == "R"))
                rows.append({"case": f"{k}-{copy}", "side": side, "patient": f"p{k}", "early_onfh": sick, "shows": "",
                             "kind": ("painted" if copy else "real") if is_real else "simulated",
                             "necrosis_ml": 4.0 * sick, "DL_0": rng.normal(2.0 * sick),
                             "DL_1": rng.normal(3.0 * sick * is_real), "DL_2": rng.normal()})  # fmt: skip
    hips = pd.DataFrame(rows).set_index(["case", "side"])
    return hips[["DL_0", "DL_1", "DL_2"]], hips.drop(columns=["DL_0", "DL_1", "DL_2"])


def test_real_hips_count_more_and_the_classes_alike():
    _, hips = cohort()
    weight, real, sick = hip_weights(hips), hips["kind"] != "simulated", hips["early_onfh"] == 1
    assert weight.mean() == pytest.approx(1.0)
    assert weight[real].mean() / weight[~real].mean() == pytest.approx(3.0)
    for kind in (real, ~real):
        assert weight[kind & sick].sum() == pytest.approx(weight[kind & ~sick].sum())


def test_no_patient_is_in_two_folds_and_real_ones_are_spread():
    _, hips = cohort()
    fold = folds_of(hips, 3, 5)
    assert len(set(zip(hips["patient"], fold, strict=True))) == hips["patient"].nunique()
    real = (hips["kind"] != "simulated").to_numpy()
    assert [len(set(hips["patient"][real & (fold == k)])) for k in range(3)] == [2, 2, 2]


def test_a_part_weighs_what_tells_the_classes_and_saves_what_it_computes():
    features, hips = cohort()
    fitted = fit_part(features, hips, Setting(2, 1.0))
    assert set(fitted.names) == {"DL_0", "DL_1"}
    line = fitted_line(hips, fitted.log_odds(features))
    saved = fitted.with_line(line, "DL", None, {})
    expected = line.of(expit(fitted.log_odds(features)))
    np.testing.assert_allclose(saved.predict_proba(features), expected, rtol=1e-9)


def test_the_threshold_is_that_of_real_hips_where_there_are_some():
    _, hips = cohort()
    sick, simulated = hips["early_onfh"].to_numpy(), (hips["kind"] == "simulated").to_numpy()
    odds = np.where(
        simulated, 8.0 * sick - 9.0, 4.0 * sick + 1.0
    )  # simulated ones would ask for another threshold
    line = fitted_line(hips, odds)
    called = line.of(expit(odds)) >= line.threshold
    assert (called == sick)[~simulated].all()
    assert not called[simulated].any()


def test_the_even_threshold_gives_no_class_up_for_the_other():
    well, sick = [0.1, 0.2, 0.3, 0.6], [0.25, 0.7, 0.8, 0.9]
    outcome, probability = np.repeat([0, 1], 4), np.array([*well, *sick])
    threshold = even_threshold(outcome, probability)
    assert 0.3 < threshold < 0.7  # three of four of either class, as at any threshold there
    assert even_threshold(outcome, np.array([*well, *well])) == pytest.approx(0.25)


def test_what_a_held_out_hip_is_given_does_not_know_its_outcome():
    features, hips = cohort()
    once = {"folds": 2, "seed": 5, "settings": (Setting(3, 0.1),)}
    answers = cross_validated(features, hips, **once)
    own = ((answers["fold"] == 1) & (hips["kind"] != "simulated")).to_numpy()
    changed = hips.assign(early_onfh=np.where(own, 1 - hips["early_onfh"], hips["early_onfh"]))
    again = cross_validated(features, changed, **once)
    pd.testing.assert_frame_equal(again[own], answers[own])
    assert not np.allclose(
        again["probability"][~own], answers["probability"][~own]
    )  # the other fold learned from them


def test_radiomics_and_deep_features_are_the_mean_of_two_fits():
    features, hips = cohort()
    mixed = features.rename(columns={"DL_1": "original_firstorder_Mean"})
    both = fit_part(mixed, hips, Setting(2, 1.0)).log_odds(mixed)
    alone = [
        fit_part(part, hips, Setting(2, 1.0)).log_odds(part)
        for part in (features, mixed[["original_firstorder_Mean"]])
    ]
    np.testing.assert_allclose(both, np.mean(alone, axis=0), atol=1e-9)


def test_a_part_of_one_class_is_refused():
    features, hips = cohort()
    well = (hips["early_onfh"] == 0).to_numpy()
    with pytest.raises(InputError, match="with osteonecrosis alone, or without alone; take more patients"):
        fit_part(features[well], hips[well], Setting(2, 1.0))


def test_figures_are_counted_in_their_parts():
    rows = [
        # kind, outcome, shows, ml, stage, sequence, probability
        ("real", 0, "", 0.0, "", "T1", 0.1), ("real", 0, "", 0.0, "", "T1", 0.6), ("painted", 1, "", 3.0, "", "T1", 0.9),
        ("painted", 1, "", 1.0, "", "T1", 0.2), ("painted", 0, "bone island", 0.0, "", "T1", 0.3),
        ("simulated", 0, "", 0.0, "0", "T2", 0.2), ("simulated", 1, "", 4.0, "I", "T2", 0.7),
        ("simulated", 1, "", 4.0, "I", "STIR", 0.4), ("simulated", 0, "arthrosis", 0.0, "0", "STIR", 0.8),
    ]  # fmt: skip
    names = ("kind", "early_onfh", "shows", "necrosis_ml", "stage", "sequence", "probability")
    hips = pd.DataFrame(rows, columns=names).assign(threshold=0.5)
    found = {f["what"]: f for f in figures_of(hips.assign(patient=[f"p{k}" for k in range(len(rows))]))}
    assert {what: f["value"] for what, f in found.items() if ": below" in what or ": above" in what} == {
        "Real hips as they are: below the threshold": 0.5,
        "Real hips, painted necrosis over 2 ml: above": 1.0,
        "Real hips, painted necrosis up to 2 ml: above": 0.0,
        "Real hips, painted look-alike: below": 1.0,
        "Simulated, nothing to see: below": 1.0,
        "Simulated look-alike: below": 0.0,
        "Simulated stage I: above": 0.5,
    }
    assert found["Simulated: AUC"]["value"] == 0.5
    assert "Simulated, T2: AUC" not in found  # one hip of each class has no interval
    share = found["Simulated stage I: above"]
    assert (share["hips"], share["patients"]) == (2, 2)
    assert 0.0 < share["low"] < 0.5 < share["high"] < 1.0


def test_scans_of_one_patient_do_not_narrow_an_interval():
    row = {"early_onfh": 0, "kind": "real", "shows": "", "necrosis_ml": 0.0, "stage": "", "sequence": "T1",
           "probability": 0.1, "threshold": 0.5}  # fmt: skip
    hips = pd.DataFrame([row | {"patient": f"p{k // 10}"} for k in range(40)])
    bad = pd.DataFrame([row | {"patient": "p9", "early_onfh": 1, "kind": "simulated", "probability": 0.9}])
    figure = next(iter(figures_of(pd.concat([hips, bad]))))
    assert (figure["hips"], figure["patients"]) == (40, 4)
    assert figure["low"] == pytest.approx(0.510, abs=0.001)  # Wilson's of 4 of 4


def test_the_interval_of_a_calibration_error_holds_it_and_nearly_none_where_all_is_calibrated():
    rng = np.random.default_rng(3)
    probability = expit(np.repeat(rng.normal(0, 1.5, 40), 2))
    outcome = (rng.random(80) < probability).astype(int)
    hips = pd.DataFrame(
        {"early_onfh": outcome, "probability": probability, "patient": np.repeat(np.arange(40), 2)}
    )
    error = calibration(hips)[1]
    assert error["what"] == "Expected calibration error"
    assert 0 <= error["low"] < 0.02  # percentiles begin above the figure
    assert error["low"] < error["value"] < error["high"] < 0.25
