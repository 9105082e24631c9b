"""Chained equations and Rubin's rules against R's mice 3.15."""

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.tabular.imputation import impute, outcome_helpers, pool

NHANES = pd.DataFrame(
    {
        "age": [1, 2, 1, 3, 1, 3, 1, 1, 2, 2, 1, 2, 3, 2, 1, 1, 3, 2, 1, 3, 1, 1, 1, 3, 2],
        "bmi": [
            None,
            22.7,
            None,
            None,
            20.4,
            None,
            22.5,
            30.1,
            22.0,
            None,
            None,
            None,
            21.7,
            28.7,
            29.6,
            None,
            27.2,
            26.3,
            35.3,
            25.5,
            None,
            33.2,
            27.5,
            24.9,
            27.4,
        ],
        "hyp": [
            None,
            1,
            1,
            None,
            1,
            None,
            1,
            1,
            1,
            None,
            None,
            None,
            1,
            2,
            1,
            None,
            2,
            2,
            1,
            2,
            None,
            1,
            1,
            1,
            1,
        ],
        "chl": [
            None,
            187,
            187,
            None,
            113,
            184,
            118,
            187,
            238,
            None,
            None,
            None,
            206,
            204,
            None,
            None,
            284,
            199,
            218,
            None,
            None,
            229,
            131,
            None,
            186,
        ],
    },
    dtype=float,
)


def linear(table):
    """Coefficients and variances of chl by a constant, age and bmi."""
    x = np.column_stack([np.ones(len(table)), table["age"], table["bmi"]])
    inverse = np.linalg.inv(x.T @ x)
    coef = inverse @ x.T @ table["chl"].to_numpy()
    scatter = ((table["chl"] - x @ coef) ** 2).sum() / (len(table) - 3)
    return coef, scatter * np.diag(inverse)


def test_rubins_rules_are_those_of_mice():
    # imp <- mice(nhanes, m=3, seed=123); fit <- with(imp, lm(chl ~ age + bmi)); pool(fit)$pooled
    estimates = [
        [-26.637280573, 36.51245814, 5.951458305],
        [-8.037483311, 28.40104117, 5.597395561],
        [-15.915073931, 32.99293365, 5.552396596],
    ]
    variances = [
        [2904.547677, 56.14695788, 3.108987243],
        [3299.917656, 82.18794961, 3.371977050],
        [2649.984186, 64.58877571, 2.398536928],
    ]
    found = pool(estimates, variances, complete_degrees=22)
    assert found.estimate == pytest.approx([-16.863279271, 32.635477649, 5.700416821], rel=1e-6)
    assert found.variance == pytest.approx([3067.699752466, 89.700697615, 3.023530536], rel=1e-6)
    assert found.degrees == pytest.approx([19.20486156, 10.44287540, 19.72686766], rel=1e-6)
    assert found.fraction_missing == pytest.approx([0.03788394850, 0.24592305823, 0.02106702584], rel=1e-6)


def test_chained_equations_give_what_mice_gives_on_its_published_example():
    # imp <- mice(nhanes, m=200, maxit=10, method="pmm", seed=1); summary(pool(with(imp, lm(chl ~ age + bmi))))
    completed = impute(NHANES, list(NHANES.columns), 60, seed=2)
    fits = [linear(one) for one in completed]
    found = pool([f[0] for f in fits], [f[1] for f in fits], complete_degrees=22)
    error = np.array([68.591554583, 11.286957762, 2.103903669])
    # two runs of mice with 60 completions differ by a tenth of the standard error
    assert np.abs(found.estimate - [-9.236897619, 32.023719450, 5.488146513]) / error == pytest.approx(
        0, abs=0.35
    )
    assert np.sqrt(found.variance) == pytest.approx(error, rel=0.25)


def test_only_empty_cells_change_and_take_values_that_were_seen():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "angle": rng.normal(210, 40, 60).round(),
            "stage": rng.integers(1, 4, 60).astype(float),
            "cause": rng.choice(["alcohol", "corticosteroid", "none"], 60),
            "male": rng.random(60) < 0.5,
        }
    )
    holes = table.copy()
    holes.loc[:9, "angle"] = np.nan
    holes.loc[5:12, "stage"] = np.nan
    holes.loc[20:25, "cause"] = None
    one, two = impute(holes, list(holes.columns), 2, seed=1)
    for done in (one, two):
        assert not done.isna().any().any()
        for name in holes:
            known = holes[name].notna()
            assert (done[name][known] == holes[name][known]).all()
            assert set(done[name]) <= set(holes[name].dropna())
    assert not one.equals(two)
    assert one.equals(impute(holes, list(holes.columns), 2, seed=1)[0])


def test_values_missing_where_another_finding_says_so_are_found_again():
    """Missing at random: complete hips alone give a mean that is wrong, imputed ones the right one."""
    rng = np.random.default_rng(4)
    x = rng.normal(size=600)
    y = 2 * x + rng.normal(size=600)
    table = pd.DataFrame({"x": x, "y": np.where((x > 0) & (rng.random(600) < 0.7), np.nan, y)})
    means = [one["y"].mean() for one in impute(table, ["x", "y"], 5, seed=0)]
    assert abs(table["y"].mean() - y.mean()) > 0.4
    assert np.mean(means) == pytest.approx(y.mean(), abs=0.12)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (np.full(30, np.nan), "'odd' is empty in every row"),
        (np.where(np.arange(30) < 20, np.nan, np.arange(30.0)), "at most half"),
        (np.where(np.arange(30) < 5, np.nan, 1.0), "nothing to learn from"),
    ],
)
def test_an_imputation_with_nothing_to_learn_from_is_refused(column, words):
    table = pd.DataFrame({"angle": np.arange(30.0), "odd": column})
    with pytest.raises(InputError, match=words):
        impute(table, ["angle", "odd"], 2)
    alone = pd.DataFrame({"odd": np.where(np.arange(30) < 5, np.nan, np.arange(30.0))})
    with pytest.raises(InputError, match="No other column tells anything"):
        impute(alone, ["odd"], 2)


def test_the_outcome_helps_by_event_and_hazard():
    found = outcome_helpers(np.array([1.0, 2, 2, 3]), np.array([1, 1, 0, 1]), pd.RangeIndex(4))
    assert found["hazard"].tolist() == pytest.approx([1 / 4, 1 / 4 + 1 / 3, 1 / 4 + 1 / 3, 1 / 4 + 1 / 3 + 1])
