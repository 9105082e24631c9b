"""Folds and splits by patient: the same for a seed as ever, and what every deal promises."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.resampling import drawn_rows, patient_weights, weights_in_turn
from ONFHAssistLib.evaluate.survival.outcome import TooFewEvents
from ONFHAssistLib.tabular.folds import BALANCED, DEALS, IN_ROUNDS, most_folds, patient_folds, patient_split

# recorded from the separate folds of DLR and DLRC in version 0.1.0
FROZEN = json.loads((Path(__file__).parents[1] / "support" / "frozen_folds.json").read_text(encoding="utf-8"))


def cohort(name):
    found = FROZEN["cohorts"][name]
    return np.array(found["outcome"]), np.array(found["patients"])


@pytest.mark.parametrize(
    "frozen", FROZEN["dlr_folds"], ids=lambda f: f"{f['cohort']} {f['folds']} {f['seed']}"
)
def test_balanced_folds_are_those_of_the_dlr_study(frozen):
    outcome, patients = cohort(frozen["cohort"])
    found = patient_folds(outcome, patients, frozen["folds"], frozen["seed"])
    assert found.tolist() == frozen["fold"]
    named = np.array(
        [f"P{k:03d}" for k in patients]
    )  # a patient's name matters as little as gaps in the numbers
    assert patient_folds(outcome, named, frozen["folds"], frozen["seed"]).tolist() == frozen["fold"]
    assert patient_folds(outcome, 3 * patients, frozen["folds"], frozen["seed"]).tolist() == frozen["fold"]


@pytest.mark.parametrize(
    "frozen", FROZEN["dlrc_folds"], ids=lambda f: f"{f['cohort']} {f['folds']} {f['seed']}"
)
def test_folds_in_rounds_are_those_of_the_survival_study(frozen):
    outcome, patients = cohort(frozen["cohort"])
    people = None if frozen.get("no_patients") else patients
    generator = np.random.default_rng(frozen["seed"])
    folds = [patient_folds(outcome == 1, people, frozen["folds"], generator, IN_ROUNDS) for _ in range(2)]
    assert folds[0].tolist() == frozen["first"]
    if "second" in frozen:
        assert folds[1].tolist() == frozen["second"]
    assert (
        patient_folds(outcome, people, frozen["folds"], frozen["seed"], IN_ROUNDS).tolist() == frozen["first"]
    )


@pytest.mark.parametrize("frozen", FROZEN["dlr_split"], ids=lambda f: f"{f['cohort']} {f['share']}")
def test_the_split_is_that_of_the_dlr_study(frozen):
    outcome, patients = cohort(frozen["cohort"])
    train, test = patient_split(outcome, patients, frozen["share"], frozen["seed"])
    assert test.tolist() == frozen["test"]
    assert sorted([*train, *test]) == list(range(len(outcome)))


@pytest.mark.parametrize("frozen", FROZEN["weights"], ids=lambda f: f["cohort"])
def test_bootstrap_samples_are_those_of_both_studies(frozen):
    _, patients = cohort(frozen["cohort"])
    n, seed = len(patients), frozen["seed"]
    assert patient_weights(patients, n, 2, seed).tolist() == frozen["dlr"]
    assert [w.tolist() for w in weights_in_turn(patients, 2, seed)] == frozen["dlrc"]
    rows = [np.bincount(drawn, minlength=n).tolist() for drawn in drawn_rows(patients, n, 2, seed)]
    assert rows == frozen["rows"] == frozen["dlrc"]


@st.composite
def patients_with_events(draw):
    """(outcome, patients, folds) with at least as many patients of each kind as folds."""
    folds = draw(st.integers(2, 6))
    kinds = [
        *draw(st.lists(st.just(1), min_size=folds, max_size=25)),
        *draw(st.lists(st.just(0), min_size=folds, max_size=25)),
    ]
    hips = draw(st.lists(st.integers(1, 2), min_size=len(kinds), max_size=len(kinds)))
    patients = np.repeat(np.arange(len(kinds)), hips)
    order = np.array(draw(st.permutations(range(len(patients)))))
    return np.array(kinds)[patients][order], patients[order], folds


@pytest.mark.parametrize("deal", list(DEALS))
@settings(max_examples=60, deadline=None)
@given(made=patients_with_events(), seed=st.integers(0, 2**31))
def test_a_patient_is_in_one_fold_and_every_fold_has_its_share_of_events(deal, made, seed):
    outcome, patients, folds = made
    fold = patient_folds(outcome, patients, folds, seed, deal)
    assert set(fold) == set(range(folds))
    for number in np.unique(patients):
        assert len(set(fold[patients == number])) == 1
    kinds = (1, 0) if deal == BALANCED else (1,)
    for kind in kinds:
        people = [len(set(patients[(fold == k) & (outcome == kind)])) for k in range(folds)]
        hips = [int(((fold == k) & (outcome == kind)).sum()) for k in range(folds)]
        assert min(people) >= 1
        counted = hips if deal == BALANCED else people
        assert max(counted) - min(counted) <= (2 if deal == BALANCED else 1)
    assert np.array_equal(fold, patient_folds(outcome, patients, folds, seed, deal))


def test_more_folds_than_patients_of_a_kind_are_refused_by_their_numbers():
    outcome, patients = np.repeat([1, 0], [3, 20]), np.arange(23)
    with pytest.raises(InputError, match="5 folds need at least 5 patients with the outcome, there are 3"):
        patient_folds(outcome, patients, 5, 0)
    with pytest.raises(InputError, match="5 folds need at least 5 patients without the outcome, there are 3"):
        patient_folds(1 - outcome, patients, 5, 0)
    with pytest.raises(TooFewEvents, match="at least 5 patients with an event and 3 have one"):
        patient_folds(outcome, patients, 5, 0, IN_ROUNDS)
    assert most_folds(outcome, patients) == 3
