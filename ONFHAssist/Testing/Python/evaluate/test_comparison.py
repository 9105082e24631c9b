import numpy as np
import pytest
from scipy.stats import binomtest, chi2
from support.r_reference import REFERENCE, models

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.binary.comparison import (
    categorical_nri,
    continuous_nri,
    integrated_discrimination_improvement,
    mcnemar_test,
)


def test_nri_and_idi_equal_hmisc_improve_prob():
    figures = REFERENCE["reclassification"]
    nri = continuous_nri(*models()).total
    assert [nri.difference, nri.standard_error, nri.z] == pytest.approx(
        [figures["continuous_nri"], figures["nri_se"], figures["nri_z"]], rel=1e-6
    )
    idi = integrated_discrimination_improvement(*models())
    assert [idi.difference, idi.standard_error, idi.z] == pytest.approx(
        [figures["idi"], figures["idi_se"], figures["idi_z"]], rel=1e-6
    )


def test_nri_is_the_sum_of_its_parts_and_changes_sign_with_the_order():
    outcome, old, new = models()
    forth, back = continuous_nri(outcome, old, new), continuous_nri(outcome, new, old)
    assert forth.total.difference == pytest.approx(forth.events.difference + forth.nonevents.difference)
    assert back.total.difference == pytest.approx(-forth.total.difference)
    assert forth.total.low < forth.total.difference < forth.total.high


def test_categorical_nri_by_hand():
    outcome = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0])
    old = np.array([0.1, 0.3, 0.7, 0.7, 0.3, 0.3, 0.7, 0.1, 0.1])
    new = np.array([0.3, 0.7, 0.3, 0.8, 0.1, 0.35, 0.3, 0.3, 0.1])
    found = categorical_nri(outcome, old, new, [0.2, 0.6])
    assert found.events.difference == pytest.approx(2 / 4 - 1 / 4)
    assert found.nonevents.difference == pytest.approx(2 / 5 - 1 / 5)
    # variance of a net share: (up + down) / n - (up - down)^2 / n, over n
    assert found.events.standard_error == pytest.approx(np.sqrt((3 / 4 - (1 / 4) ** 2) / 4))
    assert found.total.difference == pytest.approx(0.25 + 0.2)


def test_a_case_at_a_cut_is_in_the_upper_category():
    found = categorical_nri(
        np.array([1, 1, 0, 0]), np.full(4, 0.19), np.array([0.2, 0.199, 0.19, 0.19]), [0.2]
    )
    assert found.events.difference == 0.5


def test_a_model_does_not_improve_on_itself():
    outcome, old, _ = models()
    assert continuous_nri(outcome, old, old).total.p == 1
    assert integrated_discrimination_improvement(outcome, old, old).difference == 0


@pytest.mark.parametrize("cuts", [[], [0.5, 0.2], [0.0, 0.5], [0.5, 1.0]])
def test_cuts_that_make_no_categories_are_refused(cuts):
    outcome, old, new = models()
    with pytest.raises(InputError, match="must rise and lie between 0 and 1"):
        categorical_nri(outcome, old, new, cuts)


def test_mcnemar_by_hand_and_exactly():
    # Agresti's approval ratings: 150 of 1,600 changed one way, 86 the other
    first = np.repeat([True, True, False, False], [794, 150, 86, 570])
    second = np.repeat([True, False, True, False], [794, 150, 86, 570])
    found = mcnemar_test(first, second)
    assert (found.only_first, found.only_second) == (150, 86)
    assert found.statistic == pytest.approx(63**2 / 236)
    assert found.p == pytest.approx(chi2.sf(63**2 / 236, 1))
    assert found.p_exact == pytest.approx(binomtest(86, 236).pvalue)


def test_mcnemar_without_discordant_cases():
    same = np.array([True, False, True])
    assert mcnemar_test(same, same).p == 1
    with pytest.raises(InputError, match="same cases twice"):
        mcnemar_test(same, same[:2])
