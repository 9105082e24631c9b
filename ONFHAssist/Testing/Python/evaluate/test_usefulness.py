import numpy as np
import pytest
from scipy.special import expit, logit
from support.r_reference import models

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.binary.discrimination import auc_by_patient
from ONFHAssistLib.evaluate.binary.usefulness import (
    decision_curve,
    performance_by_prevalence,
    shift_prevalence,
)


def _at(curve, model, threshold):
    return curve[(curve["model"] == model) & np.isclose(curve["threshold"], threshold)].iloc[0]


def test_net_benefit_by_hand():
    outcome = np.array([1, 1, 0, 0, 0])
    curve = decision_curve(outcome, {"m": np.array([0.9, 0.3, 0.6, 0.2, 0.1])}, [0.5, 0.25])
    assert _at(curve, "m", 0.5)["net_benefit"] == pytest.approx(1 / 5 - 1 / 5)
    assert _at(curve, "m", 0.25)["net_benefit"] == pytest.approx(2 / 5 - 1 / 5 / 3)
    assert _at(curve, "Treat all", 0.25)["net_benefit"] == pytest.approx(2 / 5 - 3 / 5 / 3)
    assert (curve[curve["model"] == "Treat none"][["net_benefit", "low", "high"]] == 0).all(axis=None)


def test_net_benefit_interval_equals_the_closed_form_and_the_bootstrap():
    outcome, old, _ = models()
    row = _at(decision_curve(outcome, {"m": old}, [0.3]), "m", 0.3)
    called, odds = old >= 0.3, 0.3 / 0.7
    true, false = np.mean(called & (outcome == 1)), np.mean(called & (outcome == 0))
    n = len(outcome)
    variance = (true + odds**2 * false - (true - odds * false) ** 2) / (n - 1)
    assert row["high"] - row["net_benefit"] == pytest.approx(1.959964 * np.sqrt(variance), rel=1e-6)
    draws = np.random.default_rng(0).integers(0, n, (4000, n))
    gain = called * np.where(outcome == 1, 1, -odds)
    assert np.quantile(gain[draws].mean(axis=1), 0.975) == pytest.approx(row["high"], abs=0.003)


def test_the_interval_widens_where_hips_share_a_patient():
    outcome, old, _ = models()
    twice, probability = np.repeat(outcome, 2), {"m": np.repeat(old, 2)}
    apart = _at(decision_curve(twice, probability, [0.3]), "m", 0.3)
    together = _at(decision_curve(twice, probability, [0.3], np.repeat(np.arange(len(old)), 2)), "m", 0.3)
    assert together["net_benefit"] == pytest.approx(apart["net_benefit"])
    ratio = (together["high"] - together["low"]) / (apart["high"] - apart["low"])
    assert ratio == pytest.approx(np.sqrt(2), rel=0.01)


def test_net_benefit_at_another_prevalence_equals_that_of_a_cohort_with_it():
    generator = np.random.default_rng(0)
    x = generator.normal(size=200_000)
    outcome = (generator.random(len(x)) < expit(x)).astype(int)
    probability = expit(x)
    moved = _at(
        decision_curve(outcome[:50_000], {"m": probability[:50_000]}, [0.2], prevalence=0.1), "m", 0.2
    )
    # a cohort of prevalence 0.1 by leaving out events, its probabilities shifted
    events = np.flatnonzero(outcome == 1)
    others = np.flatnonzero(outcome == 0)
    rows = np.r_[events[: len(others) // 9], others]
    shifted = shift_prevalence(probability[rows], outcome.mean(), 0.1)
    direct = _at(decision_curve(outcome[rows], {"m": shifted}, [0.2]), "m", 0.2)
    assert moved["net_benefit"] == pytest.approx(direct["net_benefit"], abs=0.003)


def test_shift_moves_the_odds():
    assert shift_prevalence(np.array([0.5, 0.0, 1.0]), 0.5, 0.2) == pytest.approx([0.2, 0.0, 1.0])
    moved = shift_prevalence(np.array([0.3]), 0.4, 0.1)
    assert logit(moved[0]) - logit(0.3) == pytest.approx(logit(0.1) - logit(0.4))
    with pytest.raises(InputError, match="wanted prevalence is 1"):
        shift_prevalence(np.array([0.3]), 0.4, 1)


def test_over_prevalence_follows_bayes():
    outcome, old, _ = models()
    table = performance_by_prevalence(outcome, old, 0.4, [0.1, outcome.mean(), 0.9]).set_index("prevalence")
    called = old >= 0.4
    own = table.loc[outcome.mean()]
    assert own["ppv"] == pytest.approx(outcome[called].mean())
    assert own["npv"] == pytest.approx(1 - outcome[~called].mean())
    assert own["threshold"] == pytest.approx(0.4)
    expected = auc_by_patient(outcome, old, None)
    assert [own["auc"], own["auc_low"], own["auc_high"]] == pytest.approx(
        [expected.value, expected.low, expected.high]
    )
    assert table["ppv"].is_monotonic_increasing
    assert table["npv"].is_monotonic_decreasing
    width = table["auc_high"] - table["auc_low"]
    assert width.loc[0.1] > width.loc[outcome.mean()]
    direct = decision_curve(outcome, {"m": old}, [0.4])
    assert own["net_benefit"] == pytest.approx(_at(direct, "m", 0.4)["net_benefit"])
    assert own["net_benefit_all"] == pytest.approx(_at(direct, "Treat all", 0.4)["net_benefit"])


@pytest.mark.parametrize("thresholds", [[0.0, 0.5], [0.5, 1.0], []])
def test_thresholds_outside_0_to_1_are_refused(thresholds):
    with pytest.raises(InputError, match="between 0 and 1"):
        decision_curve(np.array([0, 1]), {"m": np.array([0.2, 0.8])}, thresholds)
