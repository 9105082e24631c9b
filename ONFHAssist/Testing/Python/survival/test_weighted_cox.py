"""Cox models with late entry, weights, strata and competing events against R 4.2 (survival 3.5, cmprsk 2.2-11)."""

import numpy as np
import pandas as pd
import pytest
from support.competing_hips import competing_hips

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.survival.cox.weighted import fit_fine_gray, fit_stratified, fit_weighted, weighted_sets
from ONFHAssistLib.survival.regress.models import (
    Design,
    cause_specific_risk,
    interval_censored,
    subdistribution_risk,
)

NEW = pd.DataFrame({"age": [42.0, 60.0], "angle": [210.0, 260.0]})


@pytest.fixture(scope="module")
def hips():
    return competing_hips()


@pytest.fixture(scope="module")
def design(hips):
    cause = hips["cause"].to_numpy()
    return Design(hips["time"].to_numpy(float), cause == 1, cause == 2, hips["patient"].to_numpy())


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # coxph(Surv(entry, time, cause==1) ~ age + angle, d, cluster=patient): coef, naive and robust se, loglik
        (
            ("entry",),
            [
                0.0336362237457,
                0.0144594777188,
                0.0171409320112,
                0.00357619376416,
                0.0125259899781,
                0.00358081085628,
                -179.652765909,
                -170.099830967,
            ],
        ),
        # coxph(Surv(time, cause==1) ~ age + angle + strata(sex), d, cluster=patient)
        (
            ("sex",),
            [
                0.0401394775949,
                0.0159528700828,
                0.0178607578044,
                0.00357996776676,
                0.0147203414369,
                0.0039878343743,
                -164.425733507,
                -152.335019509,
            ],
        ),
        # coxph(Surv(time, cause==1) ~ age + angle, d, weights=weight, cluster=patient)
        (
            ("weight",),
            [
                0.0531168674617,
                0.0171691545053,
                0.0171821308418,
                0.00346681763726,
                0.0169218951922,
                0.00451351379133,
                -225.400352795,
                -209.716053739,
            ],
        ),
        # coxph(Surv(entry, time, cause==1) ~ age + angle + strata(sex), d, weights=weight, cluster=patient)
        (
            ("entry", "sex", "weight"),
            [
                0.0400650979876,
                0.0152377841138,
                0.0175336657112,
                0.00392627685819,
                0.015263843617,
                0.00449843501752,
                -168.296099637,
                -158.253371709,
            ],
        ),
    ],
)
def test_late_entry_weights_and_strata_give_the_figures_of_r(hips, design, options, expected):
    named = {"entry": "entry", "sex": "stratum", "weight": "weight"}
    given = {named[name]: hips[name].to_numpy(float) for name in options}
    x = hips[["age", "angle"]].to_numpy(float)
    fit = fit_stratified(design.time, design.event, x, cluster=design.patient, **given)
    errors = [np.sqrt(np.diag(v)) for v in (fit.variance, fit.robust)]
    assert np.concatenate([fit.coef, *errors, [fit.null, fit.fitted]]) == pytest.approx(expected, rel=1e-6)


def test_fine_and_grays_model_gives_the_figures_of_r(hips, design):
    # coxph(Surv(fgstart, fgstop, fgstatus) ~ age + angle, finegray(Surv(time, factor(cause, 0:2)) ~ ., d, etype="1"),
    #       weights=fgwt, ties="breslow", cluster=id), and with cluster=patient
    x = hips[["age", "angle"]]
    fit = fit_fine_gray(design.time, design.event, design.competing, x.to_numpy(float))
    assert fit.coef == pytest.approx([0.0400205699830, 0.0158687199733], rel=1e-6)
    assert np.sqrt(np.diag(fit.robust)) == pytest.approx([0.01382644470289, 0.00375495806087], rel=1e-6)
    both = fit_fine_gray(design.time, design.event, design.competing, x.to_numpy(float), design.patient)
    assert np.sqrt(np.diag(both.robust)) == pytest.approx([0.01327914654641, 0.00410821038664], rel=1e-6)
    # crr(d$time, d$cause, cbind(d$age, d$angle)); predict(...) at 24 and 48 months
    assert fit.coef == pytest.approx([0.0400087318529, 0.0158700774492], rel=1e-3)
    found = subdistribution_risk(fit, NEW, [24, 48])
    assert found == pytest.approx(
        np.array([[0.301410433750, 0.487395496894], [0.804003196453, 0.951977511153]]), rel=1e-3
    )


def test_risks_from_both_hazards_are_those_of_r(hips, design):
    # m <- coxph(Surv(time, factor(cause, 0:2)) ~ age + angle, d, id=id, ties="breslow")
    # survfit(m, newdata)$pstate[, , 2]
    x = hips[["age", "angle"]].to_numpy(float)
    fits = [
        fit_weighted(weighted_sets(design.time, event, ties="breslow"), x)
        for event in (design.event, design.competing)
    ]
    found = cause_specific_risk(*fits, NEW, [24, 48])
    assert found == pytest.approx(
        np.array([[0.302135570593, 0.493220982523], [0.789342774285, 0.906495931196]]), rel=1e-3
    )
    naive = cause_specific_risk(fits[0], None, NEW, [24, 48])
    assert (naive > found + 0.02).all()


def test_collapse_between_visits_keeps_the_hazard_ratio():
    """Visits every 18 months; the true ratio is e. Taking the visit for the day bends the hazard and the ratio."""
    rng = np.random.default_rng(5)
    x = pd.DataFrame({"oedema": rng.integers(0, 2, 1200).astype(float)})
    seen = 18.0 * np.ceil(rng.exponential(30 / np.exp(x["oedema"].to_numpy())) / 18)
    made = Design(np.minimum(seen, 72.0), seen <= 72)
    found = interval_censored(made, x, np.maximum(made.time - 18, 0)).loc["oedema"]
    assert found["interval"] == pytest.approx(np.e, rel=0.1)
    assert found["interval_low"] < np.e < found["interval_high"]
    assert found["exact_low"] > np.e
    with pytest.raises(InputError, match="is not before the collapse"):
        interval_censored(made, x, made.time)
