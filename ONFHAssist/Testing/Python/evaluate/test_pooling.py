"""Figures over centres against R's metafor."""

import numpy as np
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.pooling import pool_centres


def test_the_bcg_trials_give_the_published_figures_of_metafor():
    # dat <- escalc(measure="RR", ai=tpos, bi=tneg, ci=cpos, di=cneg, data=dat.bcg)
    # rma(yi, vi, data=dat, method="REML", test="knha"): -0.7145 [-1.1084, -0.3206], tau^2 0.3132, I^2 92.22%
    treated = np.array([4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27.0])
    well = np.array([119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886.0])
    control = np.array([11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29.0])
    others = np.array([128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825.0])
    ratio = np.log(treated / (treated + well) / (control / (control + others)))
    error = np.sqrt(1 / treated - 1 / (treated + well) + 1 / control - 1 / (control + others))
    found = pool_centres(ratio, error)
    assert (found.mean.value, found.mean.low, found.mean.high) == pytest.approx(
        (-0.7145, -1.1084, -0.3206), abs=1e-4
    )
    assert (found.tau2, found.i2) == pytest.approx((0.3132, 0.9222), abs=1e-4)
    assert found.low_next < found.mean.low < found.mean.high < found.high_next


def test_centres_that_agree_have_nothing_between_them():
    found = pool_centres(np.array([0.70, 0.71, 0.72]), np.array([0.05, 0.05, 0.05]), "logit")
    assert found.tau2 == 0
    assert 0.68 < found.mean.low < found.mean.value == pytest.approx(0.71, abs=1e-3)
    assert np.isnan(pool_centres(np.array([0.7, 0.8]), np.array([0.05, 0.05]), "logit").low_next)
    with pytest.raises(InputError, match="two or more"):
        pool_centres(np.array([0.7]), np.array([0.05]))
    with pytest.raises(InputError, match="no standard error"):
        pool_centres(np.array([0.7, 0.8]), np.array([0.05, 0.0]))
