"""The published clinical model as a calculator."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.survival.published import clinical
from ONFHAssistLib.survival.published import model as published
from ONFHAssistLib.survival.published.clinical import ClinicalInput
from ONFHAssistLib.survival.published.findings import STAGES

# (IIIA, oedema, angle >= 210.5): survival at 36 and 60 months
PAIRS = {
    (False, False, False): (0.9070, 0.7693),
    (False, False, True): (0.7905, 0.5315),
    (False, True, False): (0.8123, 0.5720),
    (True, False, False): (0.8131, 0.5735),
    (True, True, False): (0.6436, 0.3060),
    (True, False, True): (0.6074, 0.2619),
    (False, True, True): (0.6060, 0.2602),
    (True, True, True): (0.3458, 0.0576),
}
inputs = st.builds(ClinicalInput, st.sampled_from(STAGES), st.booleans(), st.floats(0, 360))


def hip(stage, oedema, angle):
    return ClinicalInput("IIIA" if stage else "II", oedema, 210.5 if angle else 210.4)


@pytest.mark.parametrize("findings", PAIRS)
def test_gives_the_eight_pairs_of_survival(findings):
    assert clinical.predict_survival(hip(*findings)).survival == pytest.approx(PAIRS[findings], abs=5e-4)


def test_case_mix_gives_back_the_overall_survival():
    shares = np.array([55 / 212, 129 / 212, 0.5])
    overall = np.zeros(2)
    for findings in PAIRS:
        weight = np.prod(np.where(findings, shares, 1 - shares))
        overall += weight * np.array(clinical.predict_survival(hip(*findings)).survival)
    assert overall == pytest.approx([0.7159, 0.4472], abs=1e-10)


def test_stages_i_and_ii_carry_the_same_risk():
    one, two = (clinical.predict_survival(ClinicalInput(stage, True, 228)) for stage in ("I", "II"))
    assert one == two


@pytest.mark.parametrize("findings", [(False, False, False), (True, True, True), (False, True, False)])
@pytest.mark.parametrize("baseline_uncertainty", [True, False])
def test_interval_agrees_with_drawing_the_published_figures_at_random(findings, baseline_uncertainty):
    """Draw hazard ratios and overall survival from their published intervals and solve the baseline each time."""
    rng = np.random.default_rng(7)
    ratios = clinical.HAZARD_RATIOS
    cells, weights = published._case_mix(ratios)
    # a quarter of the published errors: the delta method is first order, the drawing is not
    logs, errors = (np.array([getattr(r, name) for r in ratios]) for name in ("log_ratio", "standard_error"))
    known = clinical.OVERALL_SURVIVAL[0]
    drawn = []
    for _ in range(4000):
        beta = logs + rng.normal(size=3) * errors / 4
        overall = known.survival
        if baseline_uncertainty:
            overall *= np.exp(rng.normal() * np.sqrt(known.log_variance) / 4)
        relative = np.exp(cells @ beta)
        baseline = brentq(lambda h, r=relative, s=overall: weights @ np.exp(-h * r) - s, 0, 10)
        drawn.append(np.log(baseline) + beta @ np.array(findings, float))
    error = clinical.published_model().standard_error(hip(*findings), np.array([36.0]), baseline_uncertainty)
    assert np.std(drawn) * 4 == pytest.approx(error[0], rel=0.05)


@given(inputs, st.lists(st.floats(0.1, 60), min_size=1, max_size=5))
def test_interval_holds_the_estimate_and_widens_with_the_baseline(hip_input, months):
    whole = clinical.predict_survival(hip_input, months)
    part = clinical.predict_survival(hip_input, months, baseline_uncertainty=False)
    assert whole.survival == part.survival
    for low, inner_low, survival, inner_high, high in zip(
        whole.low, part.low, whole.survival, part.high, whole.high, strict=True
    ):
        assert 0 <= low <= inner_low <= survival <= inner_high <= high <= 1


@given(inputs)
def test_curve_starts_at_one_falls_and_meets_the_prediction(hip_input):
    line = clinical.survival_curve(hip_input)
    assert line.months == tuple(range(61))
    assert (line.survival[0], line.low[0], line.high[0]) == (1, 1, 1)
    for values in (line.survival, line.low, line.high):
        assert np.all(np.diff(values) < 0)
    assert (line.survival[36], line.survival[60]) == clinical.predict_survival(hip_input).survival


def test_reference_curves_pass_through_the_published_points():
    groups = clinical.reference_curves()
    assert (groups["low"].survival[36], groups["low"].survival[60]) == pytest.approx((0.9396, 0.8570))
    assert (groups["high"].survival[36], groups["high"].survival[60]) == pytest.approx((0.5120, 0.1564))
    assert (groups["all"].low[36], groups["all"].high[60]) == pytest.approx((0.6450, 0.5757), abs=5e-4)
    assert np.isnan(groups["low"].low).all()


@given(inputs)
def test_contributions_add_up_to_the_log_hazard(hip_input):
    parts = clinical.contributions(hip_input)
    total = sum(part.log_hazard for part in parts)
    baseline = clinical.published_model().baseline_hazard[0]
    assert clinical.predict_survival(hip_input).survival[0] == pytest.approx(
        np.exp(-baseline * np.exp(total))
    )
    assert [part.present for part in parts] == list(hip_input.findings)


@given(inputs)
@settings(max_examples=30)
def test_each_alternative_changes_one_finding_only(hip_input):
    others = clinical.alternatives(hip_input)
    for index, other in enumerate(others):
        changed = [a != b for a, b in zip(other.input.findings, hip_input.findings, strict=True)]
        assert changed == [i == index for i in range(3)]
        better = hip_input.findings[index]
        assert all((d > 0) == better for d in other.difference)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("IV", True, 200.0), ["'IV'", "I, II, IIIA"]),
        (("iiia", True, 200.0), ["'iiia'", "I, II, IIIA"]),
        (("II", "yes", 200.0), ["'yes'", "True"]),
        (("II", True, -5), ["-5", "0 and 360"]),
        (("II", True, 361.0), ["361", "0 and 360"]),
        (("II", True, float("nan")), ["nan", "0 and 360"]),
        (("II", True, "wide"), ["'wide'", "0 and 360"]),
        (("II", True, None), ["None", "0 and 360"]),
    ],
)
def test_wrong_inputs_are_named(arguments, words):
    with pytest.raises(InputError) as error:
        ClinicalInput(*arguments)
    assert all(word in str(error.value) for word in words)


@pytest.mark.parametrize("months", [(-1,), (36, 61), (float("nan"),), (), ("soon",)])
def test_wrong_months_are_refused(months):
    with pytest.raises(InputError, match=r"[Mm]onth"):
        clinical.predict_survival(ClinicalInput("II", True, 200), months)


def test_runs_with_numpy_and_scipy_alone():
    """A bare 3D Slicer has neither pandas nor matplotlib nor lifelines."""
    code = (
        "import sys; import ONFHAssistLib.survival.published.clinical as c;"
        "c.survival_curve(c.ClinicalInput('II', True, 200));"
        "print([m for m in ('pandas','matplotlib','lifelines','sklearn','numba','torch') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
