"""Plain survival models beside the study's, and the learning curve."""

from dataclasses import replace

import numpy as np
import pytest

from ONFHAssistLab.studies.dlrc.example_cohort import example_cohort
from ONFHAssistLib.survival.compare.learning import survival_learning_curve
from ONFHAssistLib.survival.compare.plain import BOOSTED, NETS, compare_plain_survival, plain_scores
from ONFHAssistLib.survival.cox import partial_likelihood as pl
from ONFHAssistLib.survival.cox.lasso_cox import lasso_cox_path
from ONFHAssistLib.survival.cox.net import choose_penalty, net_coefficients
from ONFHAssistLib.survival.develop.development import develop
from ONFHAssistLib.survival.develop.models import SurvivalProtocol

PROTOCOL = SurvivalProtocol(repeats=1, redevelop=0, bootstraps=100, folds=3, months=(36.0,), prevalidation=2)


@pytest.fixture(scope="module")
def developed():
    cohort = example_cohort(patients=90, hips=130, radiomics=30, deep=20, effect=1.8, seed=2)
    return develop(cohort, PROTOCOL)


@pytest.fixture(scope="module")
def hips(developed):
    x = developed.cohort.features["radiomics"].to_numpy(float)[:, :12]
    return (x - x.mean(0)) / x.std(0), developed.cohort.outcome


def test_a_net_of_the_lasso_alone_is_the_lasso(hips):
    z, outcome = hips
    path = lasso_cox_path(z, outcome, count=10, ratio=0.05)
    ours = net_coefficients(z, outcome, path.penalties[-1], 1.0, tolerance=1e-13)
    assert ours == pytest.approx(path.coef[-1], abs=2e-4)
    assert (np.abs(ours) > 1e-8).sum() == path.nonzero[-1]


def test_a_ridge_meets_the_conditions_of_its_optimum(hips):
    """At the optimum the gradient of the log likelihood is n times penalty times the coefficient."""
    z, outcome = hips
    beta = net_coefficients(z, outcome, 0.1, 0.0, tolerance=1e-14)
    step = 1e-5 * np.eye(z.shape[1])
    likelihood = pl.risk_sets(outcome.time, outcome.event)

    def value(b):
        order = np.argsort(outcome.time, kind="stable")
        eta, time, event = (z @ b)[order], outcome.time[order], outcome.event[order]
        at_risk = np.log(np.cumsum(np.exp(eta)[::-1])[::-1])
        first = np.searchsorted(time, time, side="left")
        return (eta - at_risk[first])[event].sum()

    assert pl.log_likelihood(likelihood, (z @ beta)[likelihood.order]) == pytest.approx(value(beta), rel=1e-9)
    gradient = [(value(beta + e) - value(beta - e)) / 2e-5 for e in step]
    assert np.array(gradient) == pytest.approx(len(z) * 0.1 * beta, abs=2e-2)


def test_the_penalty_is_large_where_there_is_nothing_to_learn(hips):
    z, outcome = hips
    patients = developed_patients = np.arange(len(z))
    noise = np.random.default_rng(0).normal(size=z.shape)
    assert choose_penalty(noise, outcome, patients, 0.5) >= choose_penalty(
        z, outcome, developed_patients, 0.5
    )


def test_plain_models_find_the_signal_on_hips_that_they_never_saw(developed):
    table = compare_plain_survival(developed).set_index("model")
    assert set(NETS) | {BOOSTED, "dlrc", "clinical", "radiomics", "dl"} == set(table.index)
    assert (table.loc[[*NETS, BOOSTED], "c"] > 0.55).all()
    assert (table["low"] < table["c"]).all() and (table["c"] < table["high"]).all()
    ridge = table.loc["Ridge Cox"]
    assert ridge["gain"] == pytest.approx(table.loc["dlrc", "c"] - ridge["c"])
    assert ridge["gain_low"] < ridge["gain"] < ridge["gain_high"] and 0 < ridge["p"] <= 1
    # the outcome of the hips in a fold decides nothing of their scores
    cohort, fold = developed.cohort, developed.held_out.fold[0]
    changed = cohort.outcome.take(np.arange(len(cohort)))
    changed.time[fold == 0] = changed.time[fold == 0][::-1]
    other = replace(developed, cohort=replace(cohort, outcome=changed))
    first, second = (plain_scores(one)["Ridge Cox"][fold == 0] for one in (developed, other))
    assert second == pytest.approx(first)


def test_more_collapses_teach_more(developed):
    curve = survival_learning_curve(developed, 2)
    dlrc = curve[curve["model"] == "dlrc"].set_index("share")
    assert list(dlrc.index) == [0.4, 0.6, 0.8, 1.0]
    assert dlrc["events"].is_monotonic_increasing
    assert dlrc["events"].iloc[-1] == pytest.approx(developed.cohort.outcome.events * 2 / 3, rel=0.1)
    assert dlrc["value"].iloc[-1] > dlrc["value"].iloc[0] - 0.02
