"""Univariate screening and backward elimination of clinical findings."""

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival.outcome import Outcome
from ONFHAssistLib.survival.cox import clinical_selection as cs
from ONFHAssistLib.survival.cox.model import CoxModel

CLINICAL = ["arco_stage", "bone_marrow_oedema", "combined_necrotic_angle_deg", "age_years", "sex"]


@pytest.fixture(scope="module")
def encoded(hips):
    encoding = cs.encode(hips[0], CLINICAL)
    return encoding, encoding.apply(hips[0])


def test_columns_become_levels_and_median_splits(hips, encoded):
    encoding, covariates = encoded
    cut = hips[0]["combined_necrotic_angle_deg"].median()
    assert encoding.categories["arco_stage"] == ("I", "II", "IIIA")
    assert encoding.binary == ("bone_marrow_oedema",)
    assert f"combined_necrotic_angle_deg>={cut:g}" in encoding.covariates
    assert covariates["arco_stage=IIIA"].sum() == (hips[0]["arco_stage"] == "IIIA").sum()
    assert covariates[f"combined_necrotic_angle_deg>={cut:g}"].sum() == len(hips[0]) / 2


def test_a_new_cohort_is_encoded_with_the_cuts_of_the_first(hips, encoded):
    encoding, _ = encoded
    older = hips[0].assign(age_years=hips[0]["age_years"] + 100)
    name = next(c for c in encoding.covariates if c.startswith("age_years>="))
    assert encoding.apply(older)[name].mean() == 1


def test_univariate_table_names_the_study_form_and_the_better_one(hips, encoded):
    encoding, covariates = encoded
    table = cs.univariate(covariates, encoding, hips[1], hips[2])
    angle = table[table["covariate"].str.startswith("combined")].set_index("form")
    assert set(angle.index) == {"median split", "continuous, per SD", "spline"}
    assert not angle.loc["median split", "better_practice"]
    assert angle.loc["continuous, per SD", "better_practice"]
    assert angle.loc["continuous, per SD", "p"] < angle.loc["median split", "p"]  # the truth is linear
    assert angle.loc["spline", "p_nonlinear"] > 0.05
    row = table[table["covariate"] == "bone_marrow_oedema"].iloc[0]
    fitted = CoxModel().fit(covariates[["bone_marrow_oedema"]], hips[1], cluster=hips[2]).summary().iloc[0]
    assert (row["hr"], row["low"], row["p"], row["robust_p"]) == tuple(fitted[["hr", "low", "p", "robust_p"]])


def test_spline_sees_a_bend(hips):
    rng = np.random.default_rng(5)
    x = rng.uniform(-2, 2, 400)
    outcome = Outcome(rng.exponential(20 * np.exp(-(x**2))) + 0.1, rng.random(400) < 0.8)
    table = pd.DataFrame({"x": x})
    encoding = cs.encode(table, ["x"])
    rows = cs.univariate(encoding.apply(table), encoding, outcome).set_index("form")
    assert rows.loc["spline", "p_nonlinear"] < 1e-10
    assert rows.loc["continuous, per SD", "p"] > 0.01


def test_screen_keeps_what_the_table_shows(hips, encoded):
    encoding, covariates = encoded
    table = cs.univariate(covariates, encoding, hips[1]).query("form in ('as coded', 'median split')")
    kept = cs.screen(covariates, encoding.covariates, hips[1], 0.1)
    assert kept == table.loc[table["p"] < 0.1, "covariate"].tolist()


def test_backward_elimination_finds_the_three_findings(hips, encoded):
    encoding, covariates = encoded
    found = cs.backward_elimination(covariates, encoding.covariates, hips[1], cluster=hips[2])
    names = {name.split(">=")[0] for name in found.model.names_}
    assert names == {"arco_stage=IIIA", "bone_marrow_oedema", "combined_necrotic_angle_deg"}
    assert (found.model.summary()["p"] < 0.05).all()
    assert {name for name, _ in found.removed} | set(found.model.names_) == set(encoding.covariates)


def test_constant_and_repeating_covariates_leave_before_the_start(hips, encoded):
    _, covariates = encoded
    table = covariates[["bone_marrow_oedema", "age_years"]].assign(
        one=1.0, months=covariates["age_years"] * 12
    )
    found = cs.backward_elimination(table, list(table.columns), hips[1])
    assert found.model.names_ == ("bone_marrow_oedema",)
    assert dict(found.removed).keys() == {"one", "months", "age_years"}
    with pytest.raises(InputError, match="constant"):
        cs.backward_elimination(table, ["one"], hips[1])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.drop(columns="arco_stage"), "lacks the column 'arco_stage'"),
        (lambda t: t.assign(arco_stage="IV"), "holds 'IV', which is none of I, II, IIIA"),
        (lambda t: t.assign(age_years=np.nan), "'age_years' is empty in row 0"),
    ],
)
def test_bad_clinical_tables_are_named(hips, encoded, change, words):
    with pytest.raises(InputError, match=words):
        encoded[0].apply(change(hips[0]))


def test_free_text_is_refused(hips):
    table = hips[0].assign(note=[f"note {k}" for k in range(len(hips[0]))])
    with pytest.raises(InputError, match="'note' has 240 different texts"):
        cs.encode(table, ["note"])
