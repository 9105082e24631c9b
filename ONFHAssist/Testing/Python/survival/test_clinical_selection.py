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


def codes(hips):
    """Oedema (binary), stage (ordered) and dose (mostly 0) of a cohort, and its outcome."""
    rng = np.random.default_rng(7)
    oedema = (rng.random(240) < 0.4).astype(int)
    stage = rng.choice((1, 2, 3), 240, p=(0.55, 0.3, 0.15))
    dose = np.where(rng.random(240) < 0.6, 0, rng.choice((5, 10, 20), 240))
    time = rng.exponential(1 / (0.012 * 3.0**oedema * 1.8 ** (stage - 1)))
    end = rng.uniform(40, 90, 240)
    return pd.DataFrame({"oedema": oedema, "stage": stage, "dose": dose}), Outcome(
        np.minimum(time, end) + 0.01, time <= end
    )


@pytest.mark.parametrize(
    ("no", "yes"),
    [
        (1, 2),
        (0, 1),
        (0.0, 10.0),
        ("no", "yes"),
        ("No ", "Yes"),
        ("female", "male"),
        (False, True),
        ("negative", "positive"),
        ("<210", ">=210"),
    ],
)
def test_a_finding_of_two_values_is_binary_whatever_its_codes(hips, no, yes):
    table, outcome = codes(hips)
    plain = cs.encode(table, ["oedema"])
    expected = cs.univariate(plain.apply(table), plain, outcome).iloc[0]
    coded = table.assign(oedema=[yes if value else no for value in table["oedema"]])
    encoding = cs.encode(coded, ["oedema"])
    (name,) = encoding.covariates
    covariates = encoding.apply(coded)
    found = cs.univariate(covariates, encoding, outcome)
    assert len(found) == 1
    assert name in (
        "oedema",
        f"oedema={str(yes).strip()}",
        f"oedema={yes:g}" if isinstance(yes, int | float) else "",
    )
    assert (found["hr"].iloc[0], found["p"].iloc[0]) == (expected["hr"], expected["p"])
    assert cs.screen(covariates, encoding.covariates, outcome, 0.1) == [name]


def test_two_codes_are_known_again_as_whole_or_broken_numbers():
    encoding = cs.encode(pd.DataFrame({"sex": [1, 2, 2]}), ["sex"])
    assert encoding.apply(pd.DataFrame({"sex": [2.0, 1.0]}))["sex=2"].tolist() == [1.0, 0.0]
    with pytest.raises(InputError, match="'sex' holds '3', which is none of 1, 2"):
        encoding.apply(pd.DataFrame({"sex": [3]}))
    words = cs.encode(pd.DataFrame({"oedema": ["Yes", "no", "yes "]}), ["oedema"])
    assert words.covariates == ["oedema=Yes"] or words.covariates == ["oedema=yes"]
    assert words.apply(pd.DataFrame({"oedema": ["YES", "No"]}))[words.covariates[0]].tolist() == [1.0, 0.0]


def test_an_ordered_stage_stays_ordered_and_a_split_is_never_constant(hips):
    table, outcome = codes(hips)
    encoding = cs.encode(table, ["stage", "dose"])
    assert encoding.ordered == ("stage",)
    assert encoding.cuts == {"dose": 5.0}  # the median is 0, which all reach
    covariates = encoding.apply(table)
    assert covariates["stage"].tolist() == table["stage"].tolist()
    assert covariates["dose>=5"].mean() == (table["dose"] > 0).mean()
    rows = cs.univariate(covariates, encoding, outcome).set_index(["covariate", "form"])
    fitted = CoxModel().fit(covariates[["stage"]], outcome).summary().iloc[0]
    assert rows.loc[("stage", "per step"), "hr"] == pytest.approx(fitted["hr"])
    assert 1.4 < fitted["hr"] < 2.4  # 1.8 a step
    assert {"median split", "continuous, per SD"} <= set(rows.loc["dose>=5"].index) | set(
        rows.loc["dose"].index
    )


@pytest.mark.parametrize(
    ("values", "cut"),
    [([0, 0, 0, 5, 10], 5.0), ([1, 2, 3, 4], 2.5), ([7, 7, 7], 7.0), ([1, 1, 2], 2.0), ([1, 2, 2], 2.0)],
)
def test_a_split_parts_whatever_can_be_parted(values, cut):
    assert cs.split_at(np.array(values, float)) == cut


@pytest.mark.parametrize("odd", [">210", "< 5", "1,5", "210 deg", "210\u00b0", "~200", "10-20"])
def test_a_cell_that_is_almost_a_number_is_refused_by_name(odd):
    table = pd.DataFrame({"angle": ["200", "210", odd, "190"]})
    with pytest.raises(InputError, match=f"Column 'angle' holds '{odd}' in row 3, which is no number"):
        cs.encode(table, ["angle"])


def test_names_of_stages_that_begin_with_a_digit_are_no_numbers():
    table = pd.DataFrame({"stage": ["1", "2", "3A", "3B", "1"]})
    assert cs.encode(table, ["stage"]).categories == {"stage": ("1", "2", "3A", "3B")}
    words = pd.DataFrame({"angle": [*map(str, range(20)), "unknown"]})
    with pytest.raises(InputError, match="'angle' holds 'unknown' in row 21"):
        cs.encode(words, ["angle"])
