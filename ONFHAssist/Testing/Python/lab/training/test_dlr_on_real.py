"""Models of early osteonecrosis on real hips: cohorts that grow, kept scans, recalibration, and figures part by part."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

torch = pytest.importorskip("torch")

from ONFHAssistLab.simulate.anatomy.parameters import HipParameters  # noqa: E402
from ONFHAssistLab.training import dlr_hips  # noqa: E402
from ONFHAssistLab.training.dlr_figures import (  # noqa: E402
    Line,
    cross_fitted,
    figures_of,
    fit_line,
    recalibrated,
)
from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.imaging.files import write_image  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402
from ONFHAssistLib.tabular.linear_model import LinearModel  # noqa: E402
from ONFHAssistLib.tabular.portable_classifier import PortableClassifier  # noqa: E402
from ONFHAssistLib.tabular.portable_models import PortableKernel, PortableNeighbours  # noqa: E402

LINE = Line(slope=1.7, intercept=-0.4, threshold=0.31)


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


def test_a_line_takes_overconfidence_out_and_folds_do_not_see_themselves():
    outcome, probability = overconfident()
    assert fit_line(outcome, probability).slope == pytest.approx(1 / 3, abs=0.06)
    fold = np.arange(600) % 4
    new, threshold = cross_fitted(outcome, probability, fold)
    assert 0.35 < threshold.min() <= threshold.max() < 0.65
    changed = outcome.copy()
    changed[fold == 2] = 1 - changed[fold == 2]
    again, _ = cross_fitted(changed, probability, fold)
    np.testing.assert_array_equal(again[fold == 2], new[fold == 2])
    assert not np.allclose(again[fold == 1], new[fold == 1])


def kernel(slope=0.8, offset=0.1):
    core = PortableKernel(np.array([[0.5, 1.0], [-1.0, 0.2]]), np.array([1.0, -1.0]), 0.1, 0.3, slope, offset)
    return PortableClassifier("DLR", "SVM", ("DL_0", "DL_1"), np.zeros(2), np.ones(2), core)


@pytest.mark.parametrize(
    "model", [LinearModel("Rad", ("DL_0", "DL_1"), (0.1, 0.2), (1.0, 2.0), (0.7, -0.4), 0.3), kernel()]
)
def test_the_line_is_put_into_the_numbers_of_the_model(model):
    hips = pd.DataFrame({"DL_0": [0.3, -1.2, 2.0], "DL_1": [1.0, 0.4, -0.7]})
    changed = recalibrated(model, LINE)
    np.testing.assert_allclose(changed.predict_proba(hips), LINE.of(model.predict_proba(hips).to_numpy()))
    assert changed.threshold == LINE.threshold


def test_a_classifier_without_log_odds_is_refused():
    core = PortableNeighbours(np.zeros((3, 1)), np.array([0, 1, 1]), 1, False)
    model = PortableClassifier("DL", "KNN", ("DL_0",), np.zeros(1), np.ones(1), core)
    with pytest.raises(InputError, match="KNN cannot be recalibrated; choose from LR, SVM"):
        recalibrated(model, LINE)


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
