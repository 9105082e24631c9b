"""Probabilities from hospital to hospital: a finished model, and models developed without each in turn."""

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.develop.centres import validate_dlr_by_centre
from ONFHAssistLib.early.centres import FIGURES, centre_figures, develop_by_centre, judge_centres
from ONFHAssistLib.evaluate.binary.discrimination import auc
from ONFHAssistLib.evaluate.pooling import pool_centres
from ONFHAssistLib.tabular.protocol import DlrProtocol
from ONFHAssistLib.tabular.tables.feature_table import FeatureTable


@pytest.fixture(scope="module")
def hips():
    """Two hips each of 90 patients in three hospitals, the second's probabilities too high, and one of 5 patients."""
    rng = np.random.default_rng(8)
    patient = np.repeat(np.arange(95), 2)
    log_odds = np.repeat(rng.normal(0, 1.2, 95), 2) + rng.normal(0, 0.5, 190)
    outcome = (rng.random(190) < 1 / (1 + np.exp(-log_odds))).astype(int)
    centre = np.array(["A", "B", "C"])[patient % 3].astype(object)
    centre[patient >= 90] = "D"
    outcome[patient >= 90] = 1
    shift = 0.8 * (centre == "B")
    frame = pd.DataFrame({"row": np.arange(190), "outcome": outcome, "patient": patient, "group": "Rad"})
    return frame.assign(probability=1 / (1 + np.exp(-(log_odds + shift)))), centre


def test_each_centre_has_its_figures_and_they_are_pooled(hips):
    frame, centre = hips
    found = judge_centres(frame, centre)
    assert "Centre 'D' is not judged: each of its 10 hips has the outcome." in found.warnings
    areas = found.centres.query("figure == 'AUC'").set_index("centre")
    assert list(areas.index) == ["A", "B", "C"]
    part = frame[centre == "B"]
    assert areas.loc["B", "value"] == pytest.approx(auc(part["outcome"], part["probability"]))
    ratio = found.centres.query("figure == 'Observed : expected'").set_index("centre")
    assert ratio.loc["B", "value"] == pytest.approx(part["outcome"].sum() / part["probability"].sum())
    assert ratio.loc["B", "high"] < 1 < ratio.loc["A", "high"]
    by_hand = pool_centres(areas["value"].to_numpy(), areas["standard_error"].to_numpy(), "logit")
    assert found.pooled["Rad"]["AUC"].mean == by_hand.mean
    assert set(found.pooled["Rad"]) == set(FIGURES)


def test_every_hip_twice_moves_no_figure_of_a_centre(hips):
    part = hips[0][hips[1] == "A"]
    columns = [part[name].to_numpy() for name in ("outcome", "probability", "patient")]
    once, twice = centre_figures(*columns), centre_figures(*(np.repeat(c, 2) for c in columns))
    for name, one in once.items():
        assert twice[name].standard_error == pytest.approx(one.standard_error, rel=1e-6), name


def test_models_are_developed_without_the_centre_that_they_are_judged_in(tmp_path):
    rng = np.random.default_rng(2)
    patient, n = np.repeat(np.arange(60), 2), 120
    outcome = np.repeat(rng.permutation(np.arange(60) % 2), 2)
    table = pd.DataFrame(rng.normal(size=(n, 6)), columns=[f"original_firstorder_F{k}" for k in range(6)])
    table["original_firstorder_F0"] += 1.3 * outcome
    centre = np.array(["A", "B", "C"])[patient % 3]
    table["original_firstorder_F1"] += np.where(centre == "C", 8 * outcome, 0)  # only C could teach it
    frame = pd.DataFrame({"case": patient, "side": ["R", "L"] * 60, "hospital": centre, "onfh": outcome})
    frame.join(table).to_csv(tmp_path / "hips.csv", index=False)
    arguments = {
        "cohort": tmp_path / "hips.csv",
        "outcome": "onfh",
        "centre": "hospital",
        "classifiers": ["LR"],
    }
    found = validate_dlr_by_centre(arguments | {"out": tmp_path / "out", "inner_folds": 2})
    rows = pd.read_csv(found["tables"]["centres"]).query("figure == 'AUC'").set_index("centre")
    assert found["centres"] == 3 and (rows.loc[["A", "B"], "value"] > 0.6).all()
    assert rows.loc["C", "value"] < 0.97  # F1 tells the classes of C apart without error
    assert {"Rad AUC", "Rad AUC, next centre", "Rad Calibration slope"} <= set(found["metrics"])
    assert (tmp_path / "out" / "figures" / "forest_Rad.png").is_file()
    frame.assign(scanner=np.where(centre == "C", "north", "south")).join(table).to_csv(
        tmp_path / "hips.csv", index=False
    )
    with pytest.raises(InputError, match="scanner 'north' stands in the centre 'C' alone"):
        validate_dlr_by_centre(arguments | {"out": tmp_path / "out", "scanner": "scanner"})
    with pytest.raises(InputError, match="All hips are of the centre"):
        frame.assign(hospital="A").join(table).to_csv(tmp_path / "hips.csv", index=False)
        validate_dlr_by_centre(arguments | {"out": tmp_path / "out"})


def test_a_centre_without_which_nothing_can_be_developed_is_named_and_the_others_are_judged():
    """The one feature is constant in A and B, so that without C nothing is left to learn from."""
    rng = np.random.default_rng(5)
    patient = np.repeat(np.arange(60), 2)
    outcome = np.repeat(rng.permutation(np.arange(60) % 2), 2)
    centre = np.array(["A", "B", "C"])[patient % 3]
    index = pd.MultiIndex.from_arrays([patient, np.tile(["R", "L"], 60)], names=["case", "side"])
    name = "original_firstorder_F0"
    signal = np.where(centre == "C", 1 + 0.2 * outcome + rng.uniform(0, 0.3, 120), 0.0)
    table = FeatureTable(
        features=pd.DataFrame({name: signal}, index), outcome=pd.Series(outcome, index, name="onfh"),
        patients=pd.Series(patient, index), groups={"Rad": [name]},
    )  # fmt: skip
    protocol = DlrProtocol(classifiers=("LR",), inner_folds=2)
    found = develop_by_centre(table, centre, protocol)
    assert [one for one in found.warnings if one.startswith("Centre 'C' is not judged by Rad: ")]
    assert set(found.centres["centre"]) == {"A", "B"}
