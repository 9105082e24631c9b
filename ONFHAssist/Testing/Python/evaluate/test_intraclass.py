"""Intraclass correlation of any ratings: the analysis of variance by hand, and what it must not depend on."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ONFHAssistLib.evaluate.intraclass import intraclass_correlation

NUMBERS = st.floats(-100, 100, allow_nan=False).map(lambda v: round(v, 3))
RATINGS = st.tuples(st.integers(3, 12), st.integers(2, 4)).flatmap(
    lambda size: arrays(float, size, elements=NUMBERS)
)


def by_hand(ratings):
    """Shrout and Fleiss' mean squares with loops instead of arrays."""
    n, k = ratings.shape
    mean = ratings.mean()
    between = k * sum((row.mean() - mean) ** 2 for row in ratings) / (n - 1)
    raters = n * sum((column.mean() - mean) ** 2 for column in ratings.T) / (k - 1)
    rest = sum(
        (ratings[i, j] - ratings[i].mean() - ratings[:, j].mean() + mean) ** 2
        for i in range(n)
        for j in range(k)
    )
    error = rest / ((n - 1) * (k - 1))
    absolute = between + (k - 1) * error + k * (raters - error) / n
    return (
        (between - error) / absolute,
        (between - error) / (between + (k - 1) * error),
        between + raters + error,
    )


@settings(deadline=None)
@given(ratings=RATINGS)
def test_it_is_the_ratio_of_mean_squares(ratings):
    absolute, consistent, size = by_hand(ratings)
    # without variation, or with that of the raters alone, the ratio is that of rounding errors
    assume(
        size > 1e-6 and np.isfinite([absolute, consistent]).all() and max(abs(absolute), abs(consistent)) < 50
    )
    assert intraclass_correlation(ratings, "2,1").icc == pytest.approx(absolute, rel=1e-6, abs=1e-6)
    assert intraclass_correlation(ratings, "3,1").icc == pytest.approx(consistent, rel=1e-6, abs=1e-6)


@settings(deadline=None)
@given(ratings=RATINGS, shift=NUMBERS, factor=st.floats(0.1, 10))
def test_it_does_not_depend_on_unit_and_origin(ratings, shift, factor):
    found, again = (intraclass_correlation(r, "2,1").icc for r in (ratings, factor * ratings + shift))
    assume(np.ptp(ratings) > 1 and np.isfinite(found) and abs(found) < 10)
    assert again == pytest.approx(found, rel=1e-6, abs=1e-6)


def test_features_are_rated_side_by_side_as_alone():
    ratings = np.random.default_rng(0).normal(size=(20, 2, 5)) + np.arange(20)[:, None, None]
    together = intraclass_correlation(ratings)
    for k in range(5):
        alone = intraclass_correlation(ratings[..., k])
        assert together.icc[k] == pytest.approx(alone.icc)
        assert together.low[k] == pytest.approx(alone.low)
        assert together.low[k] < together.icc[k] < together.high[k]
