"""A probability model on hips from elsewhere: other units, head to head, and brought up to date."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from sklearn.neighbors import KNeighborsClassifier

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.early.head_to_head import observed_to_expected, refuse_units_of
from ONFHAssistLib.tabular.linear_model import LinearModel
from ONFHAssistLib.tabular.portable_classifier import PortableClassifier
from ONFHAssistLib.tabular.portable_models import PortableNeighbours
from ONFHAssistLib.tabular.tables.feature_table import FeatureTable
from ONFHAssistLib.update.binary import update_probability

NAMES = ("DL_0", "DL_1")
MODEL = LinearModel("DL", NAMES, (1.0, 2.0), (0.5, 1.0), (1.2, -0.8), 0.0, threshold=0.4)


def table(intercept=0.0, slope=1.0, n=240, seed=0, scale=1.0):
    """Hips of which the outcome follows the model's log-odds times ``slope`` plus ``intercept``."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(n, 2))
    index = pd.MultiIndex.from_product([[f"P{k}" for k in range(n // 2)], ["R", "L"]], names=["case", "side"])
    features = pd.DataFrame(scale * (z * MODEL.sd + np.array(MODEL.mean)), index=index, columns=list(NAMES))
    risk = expit(intercept + slope * (z @ np.array(MODEL.coefficients)))
    outcome = pd.Series((rng.random(n) < risk).astype(int), index=index, name="early_onfh")
    patients = pd.Series(index.get_level_values("case"), index=index)
    return FeatureTable(features, outcome, patients, {"DL": list(NAMES)})


@pytest.mark.parametrize(
    ("hips", "method"),
    [
        (table(seed=4), "original"),
        (table(intercept=1.2), "in the large"),
        (table(intercept=0.6, slope=0.25), "slope"),
    ],
)
def test_the_hips_choose_the_update(hips, method):
    found = update_probability(MODEL, hips)
    assert found.choice.method == method
    probability = found.model.predict_proba(hips.features).to_numpy()
    if method != "original":
        assert probability.mean() == pytest.approx(hips.outcome.mean(), abs=1e-6)
    old = MODEL.predict_proba(hips.features)
    assert ((probability >= found.model.threshold) == (old >= MODEL.threshold)).all()


def test_a_refit_weighs_the_features_anew_and_any_classifier_takes_a_line():
    hips = table(slope=1.0)
    refit = update_probability(MODEL, hips, "refit").model
    assert refit.coefficients == pytest.approx(MODEL.coefficients, abs=0.5)
    assert refit.coefficients != MODEL.coefficients
    z = (hips.features.to_numpy() - MODEL.mean) / MODEL.sd
    nearest = PortableNeighbours.from_sklearn(KNeighborsClassifier(15).fit(z, hips.outcome))
    neighbours = PortableClassifier("DL", "KNN", NAMES, np.array(MODEL.mean), np.array(MODEL.sd), nearest)
    more = table(intercept=1.5, seed=3)
    found = update_probability(neighbours, more, "in the large")
    assert found.model.predict_proba(more.features).mean() == pytest.approx(more.outcome.mean(), abs=1e-3)
    again = PortableClassifier.from_json(found.model.to_json())
    assert np.allclose(again.predict_proba(more.features), found.model.predict_proba(more.features))


def test_what_cannot_be_updated_is_refused():
    with pytest.raises(InputError, match="the wrong way round"):
        update_probability(MODEL, table(slope=-1.0))
    with pytest.raises(InputError, match=r"about 9[0-9] times larger: it seems to be in other units"):
        refuse_units_of(MODEL, table(scale=100.0))
    few = table(n=40)
    many = LinearModel("DL", NAMES, MODEL.mean, MODEL.sd, (1.0, 1.0), 0.0)
    with pytest.raises(InputError, match="The method 'all' is not known"):
        update_probability(many, few, "all")


def test_observed_to_expected_is_drawn_by_patients():
    hips = table(intercept=1.0)
    probability = MODEL.predict_proba(hips.features).to_numpy()
    outcome, patients = hips.outcome.to_numpy(float), hips.patients.to_numpy()
    one = observed_to_expected(outcome, probability, patients, 500)
    assert one.value == pytest.approx(outcome.sum() / probability.sum())
    assert 1 < one.low < one.value < one.high
    twice = observed_to_expected(np.tile(outcome, 2), np.tile(probability, 2), np.tile(patients, 2), 500)
    assert (twice.low, twice.high) == pytest.approx((one.low, one.high), rel=0.02)
