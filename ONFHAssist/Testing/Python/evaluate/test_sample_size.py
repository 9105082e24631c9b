"""Sample sizes against the published examples of pmsampsize and pmvalsampsize and the code of their papers."""

import json

import numpy as np
import pytest

from ONFHAssistLib.cli import run
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.planning import development as sizes
from ONFHAssistLib.evaluate.planning.criteria import for_patients
from ONFHAssistLib.evaluate.planning.external import (
    LinearPredictors,
    Widths,
    error_of_c,
    hips_for_net_benefit,
    size_for_binary_validation,
)
from ONFHAssistLib.evaluate.planning.external_survival import (
    ExpectedCohort,
    pseudo_risks,
    size_for_survival_validation,
    spread_from_d,
)
from ONFHAssistLib.evaluate.survival.outcome import kaplan_meier


@pytest.mark.parametrize(
    ("r2", "parameters", "prevalence", "hips", "events_per_parameter"),
    [
        (0.288, 24, 0.174, (623, 662, 221), 4.80),  # pmsampsize, test 4.1: Riley et al. 2019, part II
        (0.55, 24, 0.174, (255, 532, 221), 3.86),
        (0.288, 36, 0.174, (934, 992, 221), 4.79),
        (0.288, 24, 0.25, (623, 590, 289), 6.49),
    ],
)
def test_binary_development_gives_the_printed_table_of_pmsampsize(
    r2, parameters, prevalence, hips, events_per_parameter
):
    found = sizes.size_for_binary(parameters, prevalence, r2)
    assert tuple(one.hips for one in found.criteria[:3]) == hips
    assert found.facts["without_mean_error"] == max(hips)
    assert round(max(hips) * prevalence / parameters, 2) == events_per_parameter


def test_the_pre_eclampsia_example_of_the_bmj_has_its_four_criteria():
    found = sizes.size_for_binary(30, 0.05, 0.05)
    assert [found.criteria[k].hips for k in (0, 2, 3)] == [5249, 73, 544]
    assert found.facts["largest_r2"] == pytest.approx(0.33, abs=0.005)


@pytest.mark.parametrize(
    ("r2", "parameters", "rate", "horizon", "follow_up", "hips", "events_per_parameter"),
    [
        (0.051, 25, 0.065, 2, 2.07, (4286, 866), 23.07),  # pmsampsize, tests 3.1 to 3.9
        (0.065, 25, 0.065, 2, 2.07, (3335, 859), 17.95),
        (0.051, 50, 0.065, 2, 2.07, (8572, 1731), 23.07),
        (0.051, 25, 0.1, 2, 2.07, (4286, 731), 35.49),
        (0.051, 25, 0.065, 2, 4, (4286, 679), 44.57),
        (0.06, 40, 0.08, 3, 5, (5798, 969), 57.98),
        (0.03, 10, 0.09, 3, 3, (2950, 272), 79.65),
        (0.3, 80, 0.03, 1, 5, (1974, 2272), 4.26),
        (0.051, 30, 0.065, 2, 2.07, (5143, 1039), 23.07),  # BMJ 2020: 5143 hips, 692 events
    ],
)
def test_survival_development_gives_the_printed_table_of_pmsampsize(
    r2, parameters, rate, horizon, follow_up, hips, events_per_parameter
):
    found = sizes.size_for_survival(parameters, r2, rate, follow_up, horizon)
    assert tuple(one.hips for one in found.criteria[:2]) == hips
    assert found.hips == max(hips)
    assert round(found.facts["events_per_parameter"], 2) == events_per_parameter


def test_the_third_survival_criterion_is_met_by_its_number_and_not_by_one_hip_less():
    third = sizes.size_for_survival(25, 0.051, 0.065, 2.07, 2).criteria[2].hips
    risk = 1 - np.exp(-0.065 * 2)
    margins = [sizes.risk_interval(0.065, n * 2.07, 2)[1] - risk for n in (third, third - 1)]
    assert margins[0] <= 0.05 < margins[1]


def test_r2_of_a_c_statistic_is_that_of_the_published_example_and_of_a_drawn_cohort():
    assert round(sizes.r2_from_c(0.74, 0.03), 3) == 0.023  # Martin et al. 2023: both anticipated there
    rng = np.random.default_rng(3)
    outcome = rng.random(400_000) < 0.3
    shift = np.sqrt(2) * 0.6744897501960817  # of C = 0.75
    odds = np.log(0.3 / 0.7) + shift * rng.normal(shift * outcome) - shift**2 / 2
    model = np.where(outcome, -np.logaddexp(0, -odds), -np.logaddexp(0, odds)).mean()
    null = 0.3 * np.log(0.3) + 0.7 * np.log(0.7)
    assert sizes.r2_from_c(0.75, 0.3) == pytest.approx(1 - np.exp(2 * (null - model)), abs=0.004)


def test_expected_shrinkage_is_the_first_criterion_turned_round():
    for target in (0.6, 0.9, 0.97):
        hips = sizes.hips_for_shrinkage(24, 0.288, target)
        assert sizes.expected_shrinkage(hips, 24, 0.288) == pytest.approx(target, abs=1e-9)
    assert sizes.expected_shrinkage(5, 24, 0.288) < 0.5


def test_binary_validation_gives_the_published_heart_valve_example():
    spread = LinearPredictors.of_beta_probabilities(0.5, 0.5)
    found = size_for_binary_validation(0.018, 0.8, spread, Widths(observed_to_expected=1))
    ratio, slope, c = (one.hips for one in found.criteria)
    assert (ratio, c) == (905, 4252)  # pmvalsampsize, tests 4.1 to 4.3
    # of beta(1/2, 1/2) the information is trigamma(3/2) / 4; the package draws 1641 from a thousand
    assert slope == int(np.ceil((3.92 / 0.2) ** 2 / (0.93480220054467931 / 4)))
    assert round(hips_for_net_benefit(0.6, 0.88, 0.72, 0.8, 0.051)) == 545
    assert error_of_c(0.7, 1154, 0.1) <= 0.2 * 0.5 / (2 * 1.96) < error_of_c(0.7, 1153, 0.1)


def test_predictors_of_a_c_statistic_have_that_c_and_that_prevalence():
    x = LinearPredictors.of_c_statistic(0.8, 0.2).values
    risk = 1 / (1 + np.exp(-x))
    assert risk.mean() == pytest.approx(0.2, abs=1e-4)
    below = np.cumsum(1 - risk) - (1 - risk) / 2  # x ascends
    assert (risk * below).sum() / (risk.sum() * (1 - risk).sum()) == pytest.approx(0.8, abs=1e-3)


def test_pseudo_risks_are_the_jackknife_of_kaplan_meier():
    rng = np.random.default_rng(1)
    time, event = np.ceil(rng.exponential(20, 30)), rng.random(30) < 0.6
    time[:3] = 24
    fast = pseudo_risks(time, event, 24)
    whole = 1 - kaplan_meier(time, event).at([24])[0][0]
    for k in range(30):
        kept = np.arange(30) != k
        left = 1 - kaplan_meier(time[kept], event[kept]).at([24])[0][0]
        assert fast[k] == pytest.approx(30 * whole - 29 * left, abs=1e-10)


def test_survival_validation_has_the_published_errors_of_recurrent_thrombosis():
    # Riley et al. 2022, their code: mean SE 0.09745 on 4000 and 0.08738 on 5000, of 50 drawn cohorts each
    found = size_for_survival_validation(ExpectedCohort(spread_from_d(1.115), 0.83, 3, 0.28))
    for hips, error in ((4000, 0.09745), (5000, 0.08738)):
        assert found.facts["slope_error_of_one_hip"] / hips**0.5 == pytest.approx(error, rel=0.015)


def test_two_hips_a_patient_ask_for_more_hips_of_fewer_patients():
    alone = sizes.size_for_binary(24, 0.174, 0.288)
    both = for_patients(alone, 2, 0.5)
    assert both.hips == int(np.ceil(alone.hips * 1.5)) and both.patients == int(np.ceil(both.hips / 2))
    assert for_patients(alone, 1, 0.5).hips == alone.hips


def test_the_command_prints_the_published_example_and_refuses_what_cannot_be(capsys):
    asked = ["plan", "develop", "--parameters", "24", "--prevalence", "0.174", "--r2"]
    assert run([*asked, "0.288", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["hips"] for one in found["criteria"]] == [623, 662, 221, 801]
    assert run([*asked, "0.7"]) == 2
    assert "0.603, the largest that these events allow" in capsys.readouterr().err
    assert run(["plan", "validate", "--c", "0.78", "--prevalence", "0.4", "--mean", "0"]) == 2
    assert "--mean and --spread" in capsys.readouterr().err
    with pytest.raises(InputError, match="followed to the horizon is 0"):
        ExpectedCohort(1.0, 0.7, 36, 0)
