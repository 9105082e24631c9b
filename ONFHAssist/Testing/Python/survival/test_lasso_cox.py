"""LASSO-Cox against R's glmnet 4.1.6, and its optimality conditions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.competing_hips import competing_hips

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival.outcome import Outcome, TooFewEvents
from ONFHAssistLib.survival.cox import lasso_cox
from ONFHAssistLib.survival.cox import partial_likelihood as pl
from ONFHAssistLib.survival.cox.lasso_cox import LassoCox, lasso_cox_path
from ONFHAssistLib.tabular.folds import IN_ROUNDS, patient_folds
from ONFHAssistLib.tabular.selection.association import redundant

# glmnet(z, Surv(lenfol, fstat), family = "cox", standardize = FALSE), z-scores with the population deviation
R_PENALTIES = [0.22077180526, 0.087076949283, 0.03434494313]
R_COEF = [
    [0.25138192836, 0, 0.017943049719, 0, 0, 0],
    [0.56302848709, -0.052764439597, 0.24949051588, 0.047556070137, 0, 0],
    [0.66641862094, -0.1654156874, 0.31574100971, 0.13732529003, -0.033951184885, 0],
]


def simulate(n=150, p=40, seed=3, strength=0.5):
    """(covariates, outcome, patient): three of ``p`` correlated covariates act; hips in pairs."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, p)) + 0.5 * rng.normal(size=(n, 1))
    time = 50 * rng.weibull(1.5, n) * np.exp(-strength * (x[:, 0] + x[:, 1] - x[:, 2]) / 1.5)
    left = rng.uniform(5, 90, n)
    return x, Outcome(np.minimum(time, left).round(1) + 0.1, time <= left), np.arange(n) // 2


@pytest.fixture(scope="module")
def standardised(whas500):
    table, outcome = whas500
    x = table.to_numpy()
    return (x - x.mean(0)) / x.std(0), outcome


def test_coefficients_match_glmnet(standardised):
    path = lasso_cox_path(*standardised, penalties=R_PENALTIES, standardize=False)
    assert path.coef == pytest.approx(np.array(R_COEF), abs=1e-3)


def test_largest_penalty_matches_glmnet(standardised):
    path = lasso_cox_path(*standardised, count=2, ratio=0.9, standardize=False)
    assert path.penalties[0] == pytest.approx(0.32030208845, abs=1e-4)
    assert path.nonzero[0] == 0


def test_what_is_left_apart_from_glmnet_is_who_is_at_risk(standardised):
    """glmnet has a hip that is censored on the day of a death leave before it; survival and we, after it.

    With such hips (13 days of whas500 have both) moved before the death we come three times closer.
    """
    x, outcome = standardised
    moved = Outcome(np.where(outcome.event, outcome.time, outcome.time - 0.5), outcome.event)
    apart = [
        np.abs(lasso_cox_path(x, o, penalties=R_PENALTIES, standardize=False).coef - R_COEF).max()
        for o in (outcome, moved)
    ]
    assert apart[0] < 3e-4
    assert apart[1] < 1e-4


def test_the_path_ends_in_the_unpenalised_model(rossi):
    table, outcome = rossi
    x = table.to_numpy()
    path = lasso_cox_path(x, outcome, penalties=[0.1, 1e-3, 1e-9])
    free = pl.fit(pl.risk_sets(outcome.time, outcome.event, "breslow"), x)
    assert path.coef[-1] == pytest.approx(free.coef, rel=1e-4)
    assert path.deviance_ratio[-1] == pytest.approx(1 - free.fitted / free.null, rel=1e-6)


@given(st.integers(0, 1000), st.floats(0.2, 0.9))
@settings(max_examples=25, deadline=None)
def test_optimality_conditions_hold(seed, share):
    """The gradient equals the penalty where a coefficient is not zero, and is below it elsewhere."""
    x, outcome, _ = simulate(n=60, p=90, seed=seed)
    x = (x - x.mean(0)) / x.std(0)
    top = lasso_cox_path(x, outcome, count=2, ratio=0.9).penalties[0]
    coef = lasso_cox_path(x, outcome, penalties=[share * top], tolerance=1e-14).coef[0]
    gradient = pl.score_residuals(pl.risk_sets(outcome.time, outcome.event, "breslow"), x, coef).sum(0) / len(
        outcome
    )
    inside = coef != 0
    assert inside.any()
    assert gradient[inside] == pytest.approx(share * top * np.sign(coef[inside]), rel=1e-3)
    assert np.abs(gradient[~inside]).max() <= share * top * (1 + 1e-3)


def test_units_do_not_matter_when_standardised():
    x, outcome, _ = simulate()
    factor = np.geomspace(1e-3, 1e3, x.shape[1])
    plain, scaled = (lasso_cox_path(v, outcome, count=20, ratio=0.1) for v in (x, x * factor + 7))
    assert scaled.coef * factor == pytest.approx(plain.coef, abs=1e-5)


def test_constant_covariates_stay_out():
    x, outcome, _ = simulate()
    x[:, 5] = 3.0
    assert (lasso_cox_path(x, outcome, count=20).coef[:, 5] == 0).all()
    with pytest.raises(InputError, match="constant"):
        lasso_cox_path(np.ones((150, 2)), outcome)


def test_cross_validation_finds_the_covariates_that_act():
    x, outcome, patient = simulate(n=300)
    model = LassoCox(seed=1).fit(x, outcome, patient)
    chosen = np.flatnonzero(model.coef("1se"))
    assert {0, 1, 2} <= set(chosen)
    assert chosen.size <= 12
    assert model.penalty_1se_ >= model.penalty_min_
    assert np.argmin(model.deviance_) == np.flatnonzero(model.path_.penalties == model.penalty_min_)[0]
    limit = model.deviance_.min() + model.deviance_se_[np.argmin(model.deviance_)]
    assert (model.deviance_[model.path_.penalties > model.penalty_1se_] > limit).all()


def saturated(outcome):
    tied = np.unique(outcome.time[outcome.event], return_counts=True)[1]
    return -(tied * np.log(tied)).sum()


def test_deviance_is_that_of_the_left_out_hips():
    """By hand: twice the fall of the log likelihood by a fold, less that of the saturated models of tied events."""
    x, outcome, patient = simulate(p=8)
    model = LassoCox(5, count=10, ratio=0.2, whole_path=True, tolerance=1e-12, seed=2).fit(
        x, outcome, patient
    )
    total = np.zeros(model.path_.penalties.size)
    for fold in range(5):
        rest = model.fold_ != fold
        part = outcome.take(rest)
        coef = lasso_cox_path(x[rest], part, penalties=model.path_.penalties, tolerance=1e-12).coef
        whole, train = (pl.risk_sets(o.time, o.event, "breslow") for o in (outcome, part))
        for k, beta in enumerate(coef):
            eta = x @ beta
            gone = pl.log_likelihood(whole, eta[whole.order]) - pl.log_likelihood(
                train, eta[rest][train.order]
            )
            total[k] += 2 * (saturated(outcome) - saturated(part) - gone)
    assert model.deviance_ == pytest.approx(total / outcome.events, rel=1e-6)


def test_a_hip_drawn_twice_is_two_hips():
    """A bootstrap sample, once with its copies and once with counts: the same penalties, folds and coefficients."""
    x, outcome, patient = simulate(n=120, p=60)
    count = np.random.default_rng(5).integers(0, 3, 60)[patient]
    rows, once = np.repeat(np.arange(120), count), np.flatnonzero(count)
    copies = LassoCox(5, ratio=0.1).fit(x[rows], outcome.take(rows), patient[rows])
    counted = LassoCox(5, ratio=0.1).fit(x[once], outcome.take(once), patient[once], count[once])
    assert counted.penalty_min_ == pytest.approx(copies.penalty_min_, rel=1e-9)
    assert counted.penalty_1se_ == pytest.approx(copies.penalty_1se_, rel=1e-9)
    assert counted.coef() == pytest.approx(copies.coef(), rel=1e-6, abs=1e-9)
    assert np.repeat(counted.fold_, count[once]).tolist() == copies.fold_.tolist()
    order = np.arange(60)
    alike = [redundant(x[rows], order, 0.2), redundant(x[once], order, 0.2, count=count[once])]
    assert alike[0].tolist() == alike[1].tolist()
    assert (alike[0] >= 0).any()


def test_stopping_early_does_not_change_the_choice():
    x, outcome, patient = simulate(n=200, p=100)
    short, whole = (LassoCox(ratio=0.02, whole_path=w).fit(x, outcome, patient) for w in (False, True))
    assert short.path_.penalties.size < whole.path_.penalties.size
    assert (short.penalty_min_, short.penalty_1se_) == (whole.penalty_min_, whole.penalty_1se_)
    assert short.coef() == pytest.approx(whole.coef())


def test_folds_keep_a_patient_together_and_spread_the_events():
    _, outcome, patient = simulate(n=200)
    fold = patient_folds(outcome.event, patient, 10, np.random.default_rng(0), IN_ROUNDS)
    for number in np.unique(patient):
        assert np.unique(fold[patient == number]).size == 1
    events = np.bincount(fold, outcome.event)
    assert events.min() > 0
    sizes = np.bincount(fold)
    assert sizes.max() - sizes.min() <= 2


def test_a_jump_to_almost_no_penalty_ends_and_stays_finite():
    """More covariates than hips: the likelihood has no maximum without a penalty."""
    x, outcome, _ = simulate(n=60, p=90, seed=30)
    path = lasso_cox_path(x, outcome, count=2, ratio=0.03)
    assert np.isfinite(path.coef).all()
    assert path.deviance_ratio[-1] > 0.7


def test_bad_input_is_refused():
    x, outcome, patient = simulate()
    with pytest.raises(InputError, match="row 4"):
        lasso_cox_path(np.where(np.arange(150)[:, None] == 3, np.nan, x), outcome)
    with pytest.raises(InputError, match="150 rows"):
        lasso_cox_path(x[:100], outcome)
    with pytest.raises(InputError, match="descending"):
        lasso_cox_path(x, outcome, penalties=[0.1, 0.2])
    with pytest.raises(InputError, match="min or 1se"):
        LassoCox(3, count=5).fit(x, outcome).coef("best")
    few = Outcome(outcome.time, outcome.event & (np.cumsum(outcome.event) <= 6))
    with pytest.raises(TooFewEvents, match="at least 10 patients with an event"):
        LassoCox().fit(x, few, patient)


def test_six_monthly_visits_give_the_penalties_of_glmnet(monkeypatch):
    """The saturated likelihood of ties is another constant in each fold, and so part of the standard error."""
    # x <- cbind(d$age, d$angle, d$sex, d$weight, d$entry); t6 <- 6 * ceiling(d$time / 6)
    # f <- cv.glmnet(x, Surv(t6, d$cause == 1), family = "cox", foldid = fold, thresh = 1e-14)
    # f$lambda.min; f$lambda.1se; f$cvm[1]; f$cvsd[1]                        (glmnet 4.1-6)
    table = competing_hips()
    time = 6 * np.ceil(table["time"].to_numpy() / 6)
    fold = np.arange(120) % 5
    monkeypatch.setattr(lasso_cox, "patient_folds", lambda *_: fold)
    x = table[["age", "angle", "sex", "weight", "entry"]].to_numpy(float)
    found = LassoCox(5, whole_path=True, tolerance=1e-12).fit(
        x, Outcome(time, table["cause"].to_numpy() == 1)
    )
    assert found.penalty_min_ == pytest.approx(0.0182121170955, rel=1e-6)
    assert found.penalty_1se_ == pytest.approx(0.0806909966796, rel=1e-6)
    # glmnet lets a hip that is censored on the day of a collapse leave before it
    assert found.deviance_[0] == pytest.approx(4.69927572634, rel=1e-3)
    assert found.deviance_se_[0] == pytest.approx(0.269642698439, rel=1e-3)
