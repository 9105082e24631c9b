"""Reclassification, net benefit and calibration with censoring."""

import numpy as np
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival import calibration as sc
from ONFHAssistLib.evaluate.survival import usefulness as su
from ONFHAssistLib.evaluate.survival.outcome import TooFewEvents


def simulate(n, seed=5, censored_to=90):
    """(time, event, true risk by month 36): exponential hazards that differ from hip to hip, uniform censoring."""
    rng = np.random.default_rng(seed)
    hazard = 0.012 * np.exp(rng.normal(size=n))
    time = rng.exponential(1 / hazard)
    left = rng.uniform(5, censored_to, n)
    return np.minimum(time, left), time <= left, 1 - np.exp(-hazard * 36)


def test_reclassification_without_censoring_matches_hmisc():
    """R's improveProb on breast_cancer (malignant = event at once), with the coefficients of R's two models."""
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    column = {name: data.data[:, k] for k, name in enumerate(data.feature_names)}
    old = -5.1257724131 + 0.23464057885 * column["mean texture"]
    new = (
        -15.2031239547
        + 0.28647137941 * column["mean texture"]
        + 63.0573050745 * column["mean smoothness"]
        + 15.7125610561 * column["mean symmetry"]
    )
    malignant = data.target == 0
    time = np.where(malignant, 1.0, 3.0)
    old, new = (1 / (1 + np.exp(-x)) for x in (old, new))
    found = su.reclassification(time, malignant, old, new, 2.0, repeats=200)
    assert found.continuous_nri.value == pytest.approx(0.8038687173, rel=1e-6)
    assert found.idi.value == pytest.approx(0.15921336076, rel=1e-6)
    # R's asymptotic errors: 0.0797 and 0.0162. They leave out that both models saw the same hips.
    assert found.continuous_nri.standard_error == pytest.approx(0.0797, rel=0.15)
    assert found.idi.standard_error == pytest.approx(0.0162, rel=0.15)


def test_categorical_index_by_hand():
    """Of 10 events two cross a cut upwards and one downwards; of 10 others three go down: 0.1 + 0.3."""
    old = np.full(20, 0.3)
    new = old.copy()
    new[[0, 1]], new[2] = 0.6, 0.1
    new[[10, 11, 12]] = 0.1
    new[3] = 0.4  # within its category
    time, event = np.where(np.arange(20) < 10, 1.0, 9.0), np.arange(20) < 10
    assert su._reclassified(time, event, old, new, 5, (0.2, 0.5)) == pytest.approx(
        [0.2 + 0.3, 0.2, 0.3, 0.1 + 0.3, (0.6 - 0.2 + 0.1) / 10 + 0.06]
    )


def test_weights_undo_censoring_in_reclassification():
    time, event, risk = simulate(6000)
    blurred = 0.4 * risk + 0.6 * risk.mean()
    full, everyone, _ = simulate(6000, censored_to=1e9)
    censored = su._reclassified(time, event, blurred, risk, 36, (0.2, 0.5))
    complete = su._reclassified(full, everyone, blurred, risk, 36, (0.2, 0.5))
    assert censored == pytest.approx(complete, abs=0.06)
    assert complete[0] > 0.2


def test_decision_curve_without_censoring_is_the_plain_net_benefit():
    time, event, risk = simulate(400, censored_to=1e9)
    curve = su.decision_curve(time, event, risk, 36, thresholds=[0.1, 0.3, 0.6])
    for threshold, benefit, treat_all in zip(curve.thresholds, curve.model, curve.everyone, strict=True):
        odds = threshold / (1 - threshold)
        case = time <= 36
        chosen = risk >= threshold
        assert benefit == pytest.approx((chosen & case).mean() - odds * (chosen & ~case).mean())
        assert treat_all == pytest.approx(case.mean() - odds * (1 - case.mean()))


def test_a_good_model_is_worth_more_than_acting_on_all_or_none():
    time, event, risk = simulate(1500)
    curve = su.decision_curve(time, event, risk, 36, thresholds=[0.2, 0.3, 0.4, 0.5], repeats=100)
    assert np.all(curve.model > np.maximum(curve.everyone, 0))
    assert np.all((curve.low < curve.model) & (curve.model < curve.high))


def test_true_risks_are_calibrated_and_wrong_ones_are_not():
    inside = []
    for seed in range(12):  # the pointwise band of one cohort may well miss the diagonal over a stretch
        time, event, risk = simulate(800, seed=seed)
        right = sc.calibration_curve(time, event, risk, 36, repeats=100)
        inside.append((right.low <= right.predicted) & (right.predicted <= right.high))
    assert np.mean(inside) > 0.85
    assert right.ici.value < 0.04
    assert right.observed_to_expected.low < 1 < right.observed_to_expected.high
    wrong = sc.calibration_curve(time, event, np.sqrt(risk), 36, repeats=100)
    assert wrong.observed_to_expected.high < 0.9
    assert wrong.ici.low > right.ici.high
    assert wrong.e50 <= wrong.e90 <= wrong.emax


def test_groups_hold_the_kaplan_meier_risk():
    time, event, risk = simulate(800)
    groups = sc.calibration_groups(time, event, risk, 36, groups=4)
    assert groups.hips.tolist() == [200] * 4
    assert groups.events.sum() == (event & (time <= 36)).sum()
    assert np.all(np.diff(groups.predicted) > 0)
    assert np.all((groups.low <= groups.predicted) & (groups.predicted <= groups.high))


def test_local_risk_with_everyone_equally_near_is_kaplan_meier():
    from ONFHAssistLib.evaluate.survival.outcome import kaplan_meier

    time, event, _ = simulate(120)
    time = time.round()  # with ties
    flat = sc.local_risk(time, event, np.full(120, 0.4), 36, np.array([0.4]), 1.0)
    assert flat[0] == pytest.approx(1 - kaplan_meier(time, event).at([36])[0][0])


@pytest.mark.parametrize("figure", [sc.calibration_curve, sc.calibration_groups, su.decision_curve])
def test_too_few_events_are_refused(figure):
    time, event, risk = simulate(12)
    with pytest.raises(TooFewEvents, match="at least 10 events"):
        figure(time, event, risk, 36)


def test_a_score_in_place_of_a_risk_is_named():
    time, event, risk = simulate(200)
    with pytest.raises(InputError, match="not between 0 and 1"):
        su.reclassification(time, event, risk, risk * 3, 36)
    with pytest.raises(InputError, match="ascending"):
        su.reclassification(time, event, risk, risk, 36, cuts=(0.5, 0.2))
    with pytest.raises(InputError, match="differ"):
        sc.calibration_curve(time, event, np.full(200, 0.3), 36)
