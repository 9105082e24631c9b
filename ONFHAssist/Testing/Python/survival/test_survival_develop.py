"""The protocol from a cohort to models with apparent and honest figures."""

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLab.studies.dlrc.example_cohort import example_cohort
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.resampling import dealt_to_patients
from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.outcome import Outcome, TooFewEvents
from ONFHAssistLib.survival import calculator
from ONFHAssistLib.survival.cox.clinical_selection import encode
from ONFHAssistLib.survival.cox.model import CoxModel, write_json
from ONFHAssistLib.survival.develop import validation as validate
from ONFHAssistLib.survival.develop.cohort import SurvivalCohort
from ONFHAssistLib.survival.develop.development import develop
from ONFHAssistLib.survival.develop.development_files import save_development, tables
from ONFHAssistLib.survival.develop.held_out import HeldOutPredictions
from ONFHAssistLib.survival.develop.models import (
    DevelopedModel,
    LightCoxModel,
    PreparedCohort,
    SurvivalProtocol,
    group_cut,
    redevelop,
    reversed_signatures,
)
from ONFHAssistLib.survival.develop.signature import SignatureProtocol
from ONFHAssistLib.survival.names import readable_covariate

pytestmark = pytest.mark.usefixtures("coarse_figures")

QUICK = SurvivalProtocol(
    signature=SignatureProtocol(folds=5, count=30, ratio=0.1),
    repeats=2,
    bootstraps=200,
    redevelop=6,
    prevalidation=3,
)


@pytest.fixture(scope="module")
def cohort():
    return example_cohort(radiomics=600, deep=400, effect=1.5, seed=1)


@pytest.fixture(scope="module")
def developed(cohort):
    return develop(cohort, QUICK)


@pytest.fixture(scope="module")
def null():
    return develop(example_cohort(radiomics=600, deep=240, null=True, seed=4), replace(QUICK, redevelop=0))


def c_row(development, model):
    return development.performance.query("model == @model and figure == 'C-index'").iloc[0]


def test_the_example_cohort_has_the_size_and_survival_of_the_study():
    events, survival, follow_up = [], [], []
    for seed in range(12):
        made = example_cohort(radiomics=1, deep=1, seed=seed)
        assert (len(made), np.unique(made.patient).size) == (212, 144)
        assert made.clinical.index.is_unique
        events.append(made.outcome.events)
        curve = sm.kaplan_meier(made.outcome.time, made.outcome.event)
        survival.append(curve.at([36])[0][0])
        follow_up.append(np.median(made.outcome.time))
    assert np.mean(events) == pytest.approx(64, abs=8)
    assert np.mean(survival) == pytest.approx(0.716, abs=0.04)
    assert np.mean(follow_up) == pytest.approx(29.55, abs=4)


def test_dlrc_is_better_than_the_clinical_model_on_held_out_hips(developed):
    row = developed.comparison.query("old == 'clinical' and figure == 'difference of C'").iloc[0]
    assert row["low"] > 0
    assert c_row(developed, "dlrc")["honest"] > 0.65
    assert set(developed.models) == {"clinical", "radiomics", "dl", "dlrc"}


def test_held_out_risk_groups_stand_apart(cohort, developed):
    high = developed.risk_groups("dlrc")
    assert 0.3 < high.mean() < 0.7
    assert sm.log_rank(cohort.outcome.time, cohort.outcome.event, high).p < 0.001
    curves = [
        sm.kaplan_meier(cohort.outcome.time[g], cohort.outcome.event[g]).at([36])[0][0] for g in (~high, high)
    ]
    assert curves[0] - curves[1] > 0.2


def test_held_out_predictions_are_calibrated(developed):
    _, curve, weak = developed.calibration["dlrc"][36.0]
    assert 0.3 < weak.slope.low < 1 < weak.slope.high < 3
    assert curve.observed_to_expected.low < 1 < curve.observed_to_expected.high
    assert curve.ici.low < 0.06
    inside = (curve.low <= curve.predicted) & (curve.predicted <= curve.high)
    assert inside.mean() > 0.8


def test_weighing_signatures_by_unseen_hips_predicts_less_extreme_risks(cohort):
    """Weighed by its own hips, a signature's spread of risk is too wide (the study's way)."""
    prepared = PreparedCohort.of(cohort, QUICK)
    rows = np.arange(len(cohort))
    spread = {}
    for folds in (0, 3):
        models, covariates, _ = redevelop(prepared, rows, replace(QUICK, prevalidation=folds))
        spread[folds] = models["dlrc"].log_hazard(covariates).std()
    assert spread[3] < 0.9 * spread[0]


def test_without_any_signal_the_honest_interval_contains_one_half_and_the_apparent_does_not(null):
    """The report says so, in words."""
    held = null.held_out.concordance("dlrc", 200, 0)
    assert held.low <= 0.5 <= held.high
    assert c_row(null, "dlrc")["apparent_low"] > 0.55
    told = " ".join(null.warnings)
    assert "The apparent C-index of the dlrc model" in told
    assert "is optimistic by" in told
    assert "does not exclude 0.5" in told


def test_optimism_by_bootstrap_lowers_the_apparent_figure(developed):
    for model, found in developed.optimism.items():
        assert found.apparent == pytest.approx(c_row(developed, model)["apparent"])
        assert found.optimism > 0
        assert found.out_of_bag <= found.c632_plus <= found.apparent
    assert any("is optimistic by" in warning for warning in developed.warnings)


@pytest.mark.parametrize(
    ("apparent", "outside", "expected"),
    [(0.8, 0.5, 0.5), (0.8, 0.8, 0.8), (0.7, 0.75, 0.75 * 0.632 + 0.7 * 0.368), (0.9, 0.4, 0.5)],
)
def test_632_plus_ends(apparent, outside, expected):
    """All optimism: nothing is left; none: the plain .632 average."""
    assert validate._bootstrap_632_plus(apparent, outside) == pytest.approx(expected)


def test_patients_are_never_split(cohort, monkeypatch):
    """Hips of one patient are both in the development or both held out, in both kinds of validation."""
    seen = []
    original = validate.redevelop

    def watched(prepared, rows, protocol):
        seen.append(rows)
        return original(prepared, rows, protocol)

    monkeypatch.setattr(validate, "redevelop", watched)
    prepared = PreparedCohort.of(cohort, QUICK)
    few = replace(QUICK, repeats=1, redevelop=2, threads=1)
    validate.nested_cross_validation(prepared, few)
    validate.bootstrap_optimism(prepared, few, {"dlrc": 0.8})
    assert len(seen) == 7
    for rows in seen:
        count = np.bincount(rows, minlength=len(cohort))
        for patient in np.unique(prepared.patient):
            assert np.unique(count[prepared.patient == patient]).size == 1


def held_out_by_hand(outcome, scores, fold, patient=None):
    """Predictions of one repeat as the figures take them."""
    n = len(outcome)
    grid = np.stack([np.exp(-0.02 * m * np.exp(scores)) for m in (24.0,)], axis=-1)
    high = scores > np.median(scores)
    patient = np.arange(n) if patient is None else patient
    named = {"m": scores[None]}
    return HeldOutPredictions(
        outcome, patient, fold[None], named, {"m": grid[None]}, {"m": high[None]}, Counter(), 1
    )


@pytest.fixture(scope="module")
def made_hips():
    rng = np.random.default_rng(3)
    score = rng.normal(size=90)
    time = rng.exponential(30 * np.exp(-score))
    left = rng.uniform(10, 60, 90)
    return Outcome(np.minimum(time, left), time <= left), score


def test_with_one_fold_held_out_figures_are_the_plain_ones(made_hips):
    outcome, score = made_hips
    held = held_out_by_hand(
        outcome, score, np.r_[np.zeros(89, int), 1]
    )  # the last hip has no other in its fold
    one = outcome.take(np.arange(89))
    plain = sm.concordance(one.time, one.event, score[:89]).value
    assert held.concordance_value("m") == pytest.approx(plain)
    followed = sm.censoring_survival(outcome.time, outcome.event)
    case, control = one.event & (one.time <= 24), one.time > 24
    weight = 1 / followed(one.time[case])
    won = (score[:89][case][:, None] > score[:89][control]).mean(1)
    assert held.auc("m", 24.0, 100, 0).value == pytest.approx(weight @ won / weight.sum())


def test_scores_on_another_scale_in_each_fold_change_no_held_out_figure(made_hips):
    """What pooling over folds gets wrong: models of two folds differ in their baseline."""
    outcome, score = made_hips
    fold = np.arange(90) % 3
    one, other = (held_out_by_hand(outcome, s, fold) for s in (score, score + 5.0 * fold))
    assert other.auc("m", 24.0, 100, 0).value == pytest.approx(one.auc("m", 24.0, 100, 0).value)
    assert other.uno_concordance("m", 24.0, 100, 0).value == one.uno_concordance("m", 24.0, 100, 0).value
    pooled = sm.time_dependent_auc(outcome.time, outcome.event, score + 5.0 * fold, 24.0).value
    assert pooled < one.auc("m", 24.0, 100, 0).value - 0.1


def test_the_held_out_log_rank_is_one_sided_and_within_folds(made_hips):
    outcome, score = made_hips
    fold = np.arange(90) % 3
    right, wrong = (held_out_by_hand(outcome, s, fold).log_rank("m") for s in (score, -score))
    assert right[1] < 0.05 < 0.95 < wrong[1]
    twice = Outcome(np.tile(outcome.time, 2), np.tile(outcome.event, 2))
    doubled = held_out_by_hand(twice, np.tile(score, 2), np.tile(fold, 2), np.tile(np.arange(90), 2))
    assert doubled.log_rank("m")[0] == pytest.approx(right[0], rel=0.01)


def test_every_hip_twice_moves_no_held_out_figure(made_hips):
    outcome, score = made_hips
    fold, found = np.arange(90) % 3, []
    for k in (1, 2):
        many = Outcome(np.tile(outcome.time, k), np.tile(outcome.event, k))
        held = held_out_by_hand(many, np.tile(score, k), np.tile(fold, k), np.tile(np.arange(90), k))
        held.each_survival["other"] = np.sqrt(held.each_survival["m"])
        held.score["other"] = np.tile(np.random.default_rng(0).normal(size=90) + score, k)[None]
        figures = [
            held.concordance("m", 100, 0),
            held.difference("m", "other", 100, 0),
            held.auc("m", 24.0, 100, 0),
            held.uno_concordance("m", 24.0, 100, 0),
            *held.reclassification("m", "other", 24.0, 0, 100, 0).values(),
        ]
        found.append([number for one in figures for number in (one.value, one.low, one.high)])
    assert found[1] == pytest.approx(found[0], rel=0.01, abs=0.002)


def test_reclassification_by_itself_is_none_and_by_the_truth_is_gain(made_hips):
    outcome, score = made_hips
    held = held_out_by_hand(outcome, score, np.arange(90) % 3)
    held.each_survival["flat"] = np.full_like(held.each_survival["m"], 0.6)
    same = held.reclassification("m", "m", 24.0, 0, 100, 0)
    assert all(one.value == 0 for one in same.values())
    gain = held.reclassification("m", "flat", 24.0, 0, 100, 0)
    assert gain["idi"].low > 0
    assert gain["continuous_nri"].value == pytest.approx(
        gain["events_nri"].value + gain["nonevents_nri"].value
    )


def test_most_hips_with_the_only_finding_of_a_model_are_its_high_risk_group():
    """Scores that only two values have: nobody lies above the median where most have the larger one."""
    assert group_cut(np.array([1.0, 2.0, 3.0, 4.0])) == 2.5
    many, few = np.repeat([-0.4, 0.3], [3, 9]), np.repeat([-0.4, 0.3], [9, 3])
    assert [int((score > group_cut(score)).sum()) for score in (many, few)] == [9, 3]
    assert not (np.zeros(4) > group_cut(np.zeros(4))).any()


def test_a_signature_that_counts_the_wrong_way_round_is_left_out():
    names = ["arco_stage=IIIA", "radiomics_signature", "dl_signature"]
    assert reversed_signatures(names, np.array([-0.2, 0.4, -0.1])) == ["dl_signature"]


def test_outcomes_are_dealt_to_patients_with_as_many_hips():
    patient = np.array([0, 0, 1, 2, 2, 3, 4, 4])
    dealt = dealt_to_patients(patient, np.random.default_rng(0))
    assert sorted(dealt) == list(range(8))
    assert all(
        (np.bincount(patient)[patient[dealt]] == np.bincount(patient)[patient]).tolist()
        and patient[dealt[a]] == patient[dealt[b]]
        for a, b in ((0, 1), (3, 4), (6, 7))
    )


def test_robust_variance_stands_beside_the_plain_one(developed):
    summary = tables(developed)["cox_dlrc"]
    assert {"se", "robust_se", "p", "robust_p", "proportional_hazards_p"} <= set(summary.columns)
    assert summary["covariate"].tolist()[-1] == "GLOBAL"


def test_models_predict_from_their_json_alone(cohort, developed):
    for model in developed.models.values():
        again = DevelopedModel.from_dict(json.loads(json.dumps(model.to_dict())))
        here = model.log_hazard(cohort.clinical, cohort.features)
        assert np.array_equal(again.log_hazard(cohort.clinical, cohort.features), here)


def test_a_model_carries_the_curves_of_its_risk_groups(cohort, developed, tmp_path):
    """Against these a patient's curve is drawn: Kaplan-Meier of the held-out groups, no further than 5 hips go."""
    path = write_json(tmp_path / "dlrc.json", developed.models["dlrc"].to_dict())
    curves = calculator.load_calculator(path).references([0.0, 36.0, 36.9, 95.0])
    high = developed.risk_groups("dlrc")
    for name, rows in (("Low", ~high), ("High", high)):
        expected = sm.kaplan_meier(cohort.outcome.time[rows], cohort.outcome.event[rows]).at([36])[0][0]
        curve = curves[f"{name}-risk group of the cohort"]
        assert curve[:3] == pytest.approx((1.0, expected, expected))
        last = len(developed.models["dlrc"].groups[name.lower()]) - 1
        assert (cohort.outcome.time[rows] >= last).sum() >= 5 > (cohort.outcome.time[rows] >= last + 1).sum()
        assert np.isnan(curve[3]) == (last < 95)


def test_figures_over_time_stand_in_the_table(cohort, developed):
    table = developed.performance.query("model == 'dlrc'").set_index("figure")
    uno = table.loc["Uno C"]
    expected = sm.uno_concordance(
        cohort.outcome.time, cohort.outcome.event, developed.log_hazard["dlrc"], until=60
    )
    assert uno["apparent"] == pytest.approx(expected.value)
    assert uno["honest_low"] < uno["honest"] < uno["honest_high"] < uno["apparent"] + 0.1
    scores = [
        sm.brier_score(
            cohort.outcome.time, cohort.outcome.event, developed.held_out.survival["dlrc"][:, k], month
        )
        for k, month in enumerate(developed.protocol.grid)
        if month >= 24
    ]
    assert min(scores) < table.loc["Integrated Brier score", "honest"] < max(scores)


def test_a_missing_signature_is_named(cohort, developed):
    dlrc = developed.models["dlrc"]
    with pytest.raises(InputError, match="needs the dl signature; add the table of dl features"):
        dlrc.log_hazard(cohort.clinical, {"radiomics": cohort.features["radiomics"]})
    with pytest.raises(InputError, match="needs the clinical findings"):
        developed.models["clinical"].log_hazard(None, {})
    used = developed.models["radiomics"].signatures["radiomics"].features[0]
    with pytest.raises(InputError, match=f"radiomics signature cannot be computed: The table lacks '{used}'"):
        developed.models["radiomics"].log_hazard(
            None, {"radiomics": cohort.features["radiomics"].drop(columns=used)}
        )


def test_everything_is_written_and_a_second_time_over_it(developed, tmp_path):
    written = save_development(developed, tmp_path / "out")
    again = save_development(developed, tmp_path / "out")
    assert sorted(written) == sorted(again) == sorted(p for p in (tmp_path / "out").rglob("*") if p.is_file())
    names = {p.name for p in written}
    assert {"dlrc.json", "signature_dl.json", "performance.csv", "nomogram_dlrc.svg", "warnings.txt"} <= names
    assert {
        "calibration_dlrc.png",
        "kaplan_meier_dlrc.png",
        "time_dependent_auc.png",
        "lasso_dl.png",
    } <= names
    table = pd.read_csv(tmp_path / "out" / "tables" / "performance.csv")
    assert table["honest"].to_numpy() == pytest.approx(developed.performance["honest"].to_numpy())


def test_selection_is_repeatable_with_its_seed(cohort):
    prepared = PreparedCohort.of(cohort, QUICK)
    rows = np.arange(len(cohort))
    first, second = (redevelop(prepared, rows, QUICK) for _ in range(2))
    assert first[2] == second[2]
    assert all(np.array_equal(first[0][name].coef, second[0][name].coef) for name in first[0])


def test_a_model_of_nothing_gives_every_hip_the_same_risk(cohort):
    model = LightCoxModel([], pd.DataFrame(index=cohort.clinical.index), cohort.outcome)
    survival = model.survival(model.log_hazard(pd.DataFrame(index=range(3))), [36])
    assert survival[:, 0] == pytest.approx(
        sm.kaplan_meier(cohort.outcome.time, cohort.outcome.event).at([36])[0][0], abs=0.01
    )


def test_a_cohort_table_is_taken_apart(cohort):
    table = pd.concat([cohort.clinical, cohort.features["dl"]], axis=1)
    table = table.assign(original_glcm_Idm=1.0, wavelet_x_shape_Flatness=2.0, months=cohort.outcome.time)
    table["collapse"] = cohort.outcome.event.astype(int)
    found = SurvivalCohort.from_table(
        table, time="months", event="collapse", patient=None, clinical=["arco_stage", "age_years"]
    )
    assert list(found.features["radiomics"].columns) == ["original_glcm_Idm", "wavelet_x_shape_Flatness"]
    assert found.features["dl"].shape[1] == 400
    assert np.array_equal(found.patient_code, cohort.patient_code)
    with pytest.raises(InputError, match="lacks the column 'bmi'"):
        SurvivalCohort.from_table(table, time="months", event="collapse", patient=None, clinical=["bmi"])
    with pytest.raises(InputError, match="name the patient's column"):
        SurvivalCohort.from_table(
            table.reset_index(drop=True), time="months", event="collapse", patient=None, clinical=[]
        )
    with pytest.raises(InputError, match="'collapse' is coded 0, 1, 2"):
        SurvivalCohort.from_table(
            table.assign(collapse=np.arange(len(table)) % 3),
            time="months",
            event="collapse",
            patient=None,
            clinical=[],
        )


def test_too_few_events_are_refused(cohort):
    few = Outcome(cohort.outcome.time, cohort.outcome.event & (np.cumsum(cohort.outcome.event) <= 8))
    with pytest.raises(TooFewEvents, match="at least 10 events and 8"):
        develop(replace(cohort, outcome=few), QUICK)
    with pytest.raises(InputError, match="212 outcomes and 211 rows of 'clinical'"):
        replace(cohort, clinical=cohort.clinical.iloc[1:])


@pytest.mark.parametrize(
    ("covariate", "words"),
    [
        ("arco_stage=IIIA", "ARCO stage IIIA"),
        ("combined_necrotic_angle_deg>=210.5", "Combined necrotic angle >= 210.5 degrees"),
        ("bone_marrow_oedema", "Bone marrow oedema"),
        ("dl_signature", "DL signature"),
        ("combined_necrotic_angle_deg", "Combined necrotic angle, degrees"),
        ("laterality=unilateral_contralateral_tha", "Laterality unilateral contralateral tha"),
        ("bmi>=24.4", "BMI >= 24.4"),
    ],
)
def test_covariates_are_written_for_people(covariate, words):
    assert readable_covariate(covariate) == words


def test_no_finding_leaves_a_study_without_a_sentence(developed, null):
    for one in (developed, null):
        told = " ".join(one.warnings)
        kept = one.elimination.model.names_ if one.elimination else ()
        for finding in one.cohort.clinical.columns:
            entered = any(
                name == finding or name.startswith((f"{finding}=", f"{finding}>=")) for name in kept
            )
            assert entered or finding in told, finding
    assert "Not in the clinical model, since the univariate p is not below 0.1" in " ".join(null.warnings)


def test_a_model_with_an_ordered_stage_predicts_from_its_json(cohort):
    stage = np.random.default_rng(3).integers(1, 4, len(cohort))
    encoding = encode(pd.DataFrame({"stage": stage}), ["stage"])
    assert encoding.covariates == ["stage"]
    cox = CoxModel().fit(encoding.apply(pd.DataFrame({"stage": stage})), cohort.outcome)
    model = DevelopedModel("clinical", encoding, {}, cox, 0.0)
    again = DevelopedModel.from_dict(json.loads(json.dumps(model.to_dict())))
    new = pd.DataFrame({"stage": [1, 3]})
    assert again.encoding.ordered == ("stage",)
    np.testing.assert_allclose(again.log_hazard(new, {}), model.log_hazard(new, {}))
