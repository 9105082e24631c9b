"""Internal-external validation by centre, and development with empty cells."""

from dataclasses import replace

import numpy as np
import pytest

from ONFHAssistLab.studies.dlrc.example_cohort import example_cohort
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.survival.develop.centres import internal_external
from ONFHAssistLib.survival.develop.completion import completed_inside, completions, kept_by_half, pooled_cox
from ONFHAssistLib.survival.develop.models import PreparedCohort, SurvivalProtocol, redevelop
from ONFHAssistLib.tabular.imputation import pool

PROTOCOL = SurvivalProtocol(months=(36.0,), repeats=1, redevelop=0)


@pytest.fixture(scope="module")
def clinical():
    """212 hips with findings alone."""
    return replace(example_cohort(radiomics=6, deep=6, seed=3), features={}, readings={})


def test_each_centre_is_judged_without_itself_and_pooled(clinical):
    centre = np.array(["A", "B", "C"])[clinical.patient_code % 3]
    found = internal_external(clinical, centre, PROTOCOL)
    rows = found.centres.query("model == 'clinical' and figure == 'C-index'").set_index("centre")
    assert list(rows.index) == ["A", "B", "C"]
    assert rows["events"].sum() == clinical.outcome.events
    here = centre == "B"
    models, covariates, _ = redevelop(PreparedCohort.of(clinical, PROTOCOL), np.flatnonzero(~here), PROTOCOL)
    score = models["clinical"].log_hazard(covariates)[here]
    time, event = clinical.outcome.time[here], clinical.outcome.event[here]
    pairs = (time[event][:, None] < time) | ((time[event][:, None] == time) & ~event)
    won = (score[event][:, None] > score) + 0.5 * (score[event][:, None] == score)
    assert rows.loc["B", "value"] == pytest.approx((pairs * won).sum() / pairs.sum())
    mean = found.pooled["clinical"]["C-index"].mean
    assert rows["value"].min() <= mean.value <= rows["value"].max()
    ratio = found.pooled["clinical"]["Observed : expected"].mean
    assert 0.6 < ratio.value < 1.6


def test_a_centre_with_one_class_is_left_out_by_name(clinical):
    centre = np.where(clinical.patient_code < 40, "A", np.where(clinical.patient_code < 90, "B", "C")).astype(
        object
    )
    still = [
        p
        for p in np.unique(clinical.patient_code)
        if not clinical.outcome.event[clinical.patient_code == p].any()
    ]
    centre[np.isin(clinical.patient_code, still[:5])] = "D"
    found = internal_external(clinical, centre, PROTOCOL)
    assert any("Centre 'D' is not judged: none of its" in w for w in found.warnings)
    assert "D" not in set(found.centres["centre"])
    with pytest.raises(InputError, match="All hips are of the centre 'A'"):
        internal_external(clinical, np.full(len(clinical), "A"), PROTOCOL)
    with pytest.raises(InputError, match="has hips in two centres"):
        internal_external(clinical, np.arange(len(clinical)) % 2, PROTOCOL)


def test_empty_cells_are_completed_inside_with_and_outside_without_the_outcome(clinical):
    holes = clinical.clinical.copy()
    rng = np.random.default_rng(0)
    for name in ("age_years", "jic_type", "bone_marrow_oedema"):
        holes[name] = (
            holes[name].astype(object if name == "jic_type" else float).mask(rng.random(len(holes)) < 0.15)
        )
    rows = np.flatnonzero(clinical.patient_code % 4 > 0)
    done = completed_inside(holes, clinical.outcome, rows, 1)
    assert not done.isna().any().any()
    assert done.index.equals(holes.index)
    # with another outcome outside, nothing changes: the held-out hips' own follow-up is not looked at
    other = clinical.outcome.time.copy()
    outside = np.setdiff1d(np.arange(len(holes)), rows)
    other[outside] = other[outside][::-1]
    assert done.equals(completed_inside(holes, replace(clinical.outcome, time=other), rows, 1))
    cohort = replace(clinical, clinical=holes)
    models, _, chosen = redevelop(PreparedCohort.of(cohort, PROTOCOL), rows, PROTOCOL)
    assert chosen
    assert models["clinical"].names


def test_finished_models_are_pooled_by_rubins_rules(clinical):
    holes = clinical.clinical[["bone_marrow_oedema", "age_years"]].astype(float)
    holes = holes.mask(np.random.default_rng(2).random(holes.shape) < 0.2)
    tables = completions(holes, clinical.outcome, 4, 0)
    one = pooled_cox(tables, clinical.outcome, list(holes), clinical.patient)
    each = [pooled_cox([t], clinical.outcome, list(holes), clinical.patient) for t in tables]
    expected = pool([m.coef_ for m in each], [np.diag(m.robust_variance_) for m in each])
    assert one.coef_ == pytest.approx(expected.estimate)
    assert np.diag(one.robust_variance_) == pytest.approx(expected.variance)
    assert one.baseline_.hazard == pytest.approx(np.mean([m.baseline_.hazard for m in each], axis=0))
    assert kept_by_half([["a", "b"], ["a"], ["a", "c"], ["b"]]) == ["a", "b"]
