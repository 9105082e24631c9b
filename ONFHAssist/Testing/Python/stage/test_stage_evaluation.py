"""Calibration, figures and readers of the stager, with exact values where they can be had by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ONFHAssistLab.studies.onfhnet.published import FIGURES
from ONFHAssistLab.studies.onfhnet.reproduction import publication_rows
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.binary.discrimination import auc
from ONFHAssistLib.stage import scope as stage_scope
from ONFHAssistLib.stage.evaluation import (
    confidence_error,
    confusion,
    expected_error_if_calibrated,
    read_readers,
    stage_metrics,
)
from ONFHAssistLib.stage.readers_compared import compare_readers, reader_figures
from ONFHAssistLib.stage.temperature import fit_temperature, negative_log_likelihood, pooled_probability


def overconfident(seed, factor, members=3, n=60):
    """Logits that are ``factor`` times as large as the truth is drawn from."""
    rng = np.random.default_rng(seed)
    cross_validated = rng.normal(0, 1.5, (n, 3))
    p = np.exp(cross_validated) / np.exp(cross_validated).sum(axis=1, keepdims=True)
    stages = np.array([rng.choice(3, p=row) for row in p])
    return np.repeat(cross_validated[None] * factor, members, axis=0), stages


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.4, 6.0))
def test_temperature_scaling_never_raises_the_negative_log_likelihood(seed, factor):
    logits, stages = overconfident(seed, factor)
    fitted = fit_temperature(logits, stages)
    before = negative_log_likelihood(pooled_probability(logits), stages)
    assert negative_log_likelihood(pooled_probability(logits, fitted), stages) <= before + 1e-6


def test_temperature_scaling_finds_by_how_much_a_network_is_too_sure():
    logits, stages = overconfident(1, 4.0, n=4000)
    assert fit_temperature(logits, stages) == pytest.approx(4.0, rel=0.1)


def test_members_that_disagree_are_pooled_before_they_are_calibrated():
    """Two sure members of opposite opinion: no temperature can make their mean sure of either."""
    logits = np.array([[[8.0, 0, 0]], [[0, 8.0, 0]]])
    for temperature in (0.25, 1.0, 4.0):
        first, second, _ = pooled_probability(logits, temperature)[0]
        assert first == pytest.approx(second)
    mild = np.array([[[2.0, 0, 0]], [[0.5, 0, 0]]])
    mean = np.mean([np.exp(m[0]) / np.exp(m[0]).sum() for m in mild], axis=0)
    np.testing.assert_allclose(pooled_probability(mild, 0.5)[0], mean**2 / (mean**2).sum())


def test_a_scan_that_counts_a_third_counts_a_third():
    logits, stages = overconfident(3, 3.0, n=200)
    other, wrong = overconfident(4, 0.5, n=200)
    both, truth = np.concatenate([logits, other], axis=1), np.concatenate([stages, wrong])
    thrice = np.concatenate([logits, logits, logits, other], axis=1)
    weights = np.concatenate([np.ones(200), np.full(200, 1 / 3)])
    expected = fit_temperature(thrice, np.concatenate([stages] * 3 + [wrong]))
    assert fit_temperature(both, truth, weights) == pytest.approx(expected, rel=1e-2)
    assert abs(np.log(expected / fit_temperature(both, truth))) > 0.05


def test_temperature_scaling_without_hips_is_refused():
    with pytest.raises(InputError, match="0 validation hips"):
        fit_temperature(np.zeros((2, 0, 3)), np.zeros(0, int))


def test_figures_of_six_hips_by_hand():
    stages = np.array([0, 0, 1, 1, 2, 2])
    called = np.array([0, 1, 1, 1, 2, 0])
    probability = np.eye(3)[called] * 0.7 + 0.1
    found = stage_metrics(stages, probability, np.arange(6), n_resamples=50)
    value = {name: f["value"] for name, f in found.items()}
    assert value["0_sensitivity"] == 0.5
    assert value["0_specificity"] == 0.75
    assert value["I_sensitivity"] == 1.0
    assert value["I_f1"] == pytest.approx(0.8)
    assert value["macro_sensitivity"] == pytest.approx((0.5 + 1.0 + 0.5) / 3)
    assert value["macro_accuracy"] == pytest.approx((4 / 6 + 5 / 6 + 5 / 6) / 3)
    assert value["share_right"] == pytest.approx(4 / 6)
    assert value["I_auc"] == pytest.approx(auc((stages == 1).astype(int), probability[:, 1]))
    assert value["ece"] == pytest.approx(abs(0.8 - 4 / 6))
    assert confusion(stages, called).tolist() == [[1, 1, 0], [0, 2, 0], [1, 0, 1]]


def test_weighted_figures_weigh_stages_by_their_hips():
    stages = np.array([0, 0, 0, 0, 1, 2])
    probability = np.eye(3)[[0, 0, 0, 1, 1, 0]]
    value = {n: f["value"] for n, f in stage_metrics(stages, probability, n_resamples=10).items()}
    assert value["weighted_sensitivity"] == pytest.approx(4 / 6 * 0.75 + 1 / 6 * 1.0 + 0.0)
    assert value["macro_sensitivity"] == pytest.approx((0.75 + 1 + 0) / 3)


def test_intervals_come_from_resampling_patients():
    rng = np.random.default_rng(3)
    stages = np.tile([0, 1, 2], 20)
    probability = rng.dirichlet((1, 1, 1), 60) * 0.8 + np.eye(3)[stages] * 0.2
    alone = stage_metrics(stages, probability, np.arange(60), seed=1)["macro_auc"]
    paired = stage_metrics(stages, probability, np.repeat(np.arange(6), 10), seed=1)["macro_auc"]
    assert alone["value"] == paired["value"]
    assert alone["low"] < alone["value"] < alone["high"] <= 1.0
    assert paired["low"] != alone["low"]


def test_a_perfectly_calibrated_stager_has_no_calibration_error():
    probability = np.array([[0.8, 0.1, 0.1]] * 10)
    stages = np.array([0] * 8 + [1, 2])
    assert confidence_error(stages, probability) == pytest.approx(0.0, abs=1e-12)
    assert confidence_error(np.zeros(10, int), probability) == pytest.approx(0.2)


def test_with_few_hips_chance_alone_makes_a_calibration_error():
    """One bin of confidence 0.8: the mean absolute deviation of a binomial share, by its exact formula."""
    from scipy.stats import binom

    for n in (10, 100):
        probability = np.tile([0.8, 0.15, 0.05], (n, 1))
        found = expected_error_if_calibrated(probability, n_draws=20_000, seed=1)
        counts = np.arange(n + 1)
        exact = float((binom.pmf(counts, n, 0.8) * np.abs(counts / n - 0.8)).sum())
        assert found["value"] == pytest.approx(exact, rel=0.03)
        assert found["low"] <= found["value"] <= found["high"]
    sure = np.tile([1.0, 0.0, 0.0], (10, 1))
    assert expected_error_if_calibrated(sure)["high"] == 0.0


def test_the_error_if_calibrated_is_what_stages_drawn_from_the_probabilities_show():
    rng = np.random.default_rng(5)
    probability = rng.dirichlet((0.6, 0.6, 0.6), 80)
    shown = []
    for _ in range(300):
        stages = np.array([rng.choice(3, p=row) for row in probability])
        shown.append(confidence_error(stages, probability))
    assert expected_error_if_calibrated(probability, seed=2)["value"] == pytest.approx(
        np.mean(shown), rel=0.05
    )


def answers():
    return pd.DataFrame(
        {
            "case": [f"c{i}" for i in range(10)],
            "side": ["R"] * 10,
            "truth": ["0"] * 5 + ["I"] * 5,
            "called": ["0"] * 5 + ["I"] * 4 + ["0"],
        }
    )


def test_readers_are_compared_by_mcnemars_test_on_the_hips_that_both_read(tmp_path):
    lines = ["case,side,reader,stage"]
    lines += [f"c{i},R,A,{'0' if i < 5 else 'II'}" for i in range(9)]  # nine read, five of them right
    path = tmp_path / "readers.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (row,) = compare_readers(answers(), read_readers(path))
    assert (row["hips"], row["only_stager"], row["only_reader"]) == (9, 4, 0)
    assert row["statistic"] == pytest.approx(4**2 / 4)  # Durkalski's with one hip a patient: no correction
    assert row["p_exact"] == pytest.approx(2 * 0.5**4)
    assert row["p_mid"] == pytest.approx(0.5**4)
    assert row["reader_right"] == pytest.approx(5 / 9)


def test_readers_are_judged_in_each_set_apart_with_their_own_figures(tmp_path):
    table = answers().assign(set=["internal", "external, prisma"] * 5)
    lines = ["case,side,reader,stage", *(f"c{i},R,A,{'0' if i < 4 else 'I'}" for i in range(10))]
    path = tmp_path / "readers.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    inside, outside = compare_readers(table, read_readers(path), 200)
    assert (inside["set"], outside["set"]) == ("internal", "external, prisma")
    # hips 0, 2, 4 are healthy, 6 and 8 have stage I; the reader calls 4, 6 and 8 stage I
    assert inside["reader_sensitivity"] == pytest.approx((2 / 3 + 1) / 2)
    # the mean over three stages: 0 is never called falsely, I is for one of three, II never
    assert inside["reader_specificity"] == pytest.approx((1 + 2 / 3 + 1) / 3)
    assert inside["reader_f1"] == pytest.approx((2 * 2 / 5 + 2 * 2 / 5) / 2)
    assert inside["reader_kappa"] == pytest.approx((0.8 - 0.48) / (1 - 0.48))
    assert inside["reader_right_low"] < inside["reader_right"] == 0.8 < inside["reader_right_high"]
    # the stager is right in all five: the interval does not close
    assert inside["stager_kappa"] == 1
    assert 0 < inside["stager_kappa_low"] < 0.5


def test_a_stager_that_is_always_right_has_intervals_of_a_width():
    stages = np.repeat([0, 1, 2], [6, 5, 4])
    found = stage_metrics(stages, np.eye(3)[stages] * 0.9 + 0.1 / 3, np.arange(15), 100)
    for name in ("macro_auc", "II_auc", "I_sensitivity", "macro_f1", "share_right"):
        assert found[name]["value"] == found[name]["high"] == 1
        assert 0.3 < found[name]["low"] < 0.9
    # four of four, by Wilson
    assert found["II_sensitivity"]["low"] == pytest.approx(4 / (4 + 1.959964**2))


def test_a_hip_read_twice_as_the_same_patient_changes_nothing():
    rng = np.random.default_rng(4)
    truth = rng.choice(3, 40)
    probability = rng.dirichlet((1, 1, 1), 40) * 0.6 + np.eye(3)[truth] * 0.4
    patients = np.arange(40) // 2
    names, called = np.array(["0", "I", "II"])[truth], np.array(["0", "I", "II"])[probability.argmax(axis=1)]
    once = reader_figures(names, called, patients, 200)
    twice = reader_figures(*(np.concatenate([a, a]) for a in (names, called, patients)), 200)
    for name, figures in once.items():
        assert twice[name] == pytest.approx(figures)
    once = stage_metrics(truth, probability, patients, 100, certainty=0.7)
    twice = stage_metrics(
        *(np.concatenate([a, a]) for a in (truth, probability, patients)), 100, certainty=0.7
    )
    for name in sorted(set(once) - {"ece_if_calibrated"}):  # that one draws hips
        assert twice[name] == pytest.approx(once[name], rel=0.01), name


def test_a_stage_without_an_error_widens_the_mean_over_stages():
    """By hand: bounds of the mean from Wilson's of each stage, stages of different patients being unrelated."""
    stages = np.repeat([0, 1, 2], [10, 8, 6])
    called = stages.copy()
    called[[0, 1]], called[18] = 1, 0
    found = stage_metrics(stages, np.eye(3)[called] * 0.9 + 0.1 / 3, np.arange(24), 50)
    parts = [found[f"{stage}_sensitivity"] for stage in ("0", "I", "II")]
    assert [p["value"] for p in parts] == [0.8, 1.0, pytest.approx(5 / 6)]
    below = np.array([p["value"] - p["low"] for p in parts]) / 3
    # stage I shows no variance and is taken as wholly related to the two others
    squared = (below**2).sum() + 2 * below[1] * (below[0] + below[2])
    mean = found["macro_sensitivity"]
    assert mean["value"] - mean["low"] == pytest.approx(np.sqrt(squared), rel=1e-6)
    assert mean["high"] < 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("case,side,stage\nc0,R,0\n", "reader"),
        ("case,side,reader,stage\nc0,R,A,IV\n", "IV"),
        ("case,side,reader,stage\nc0,X,A,0\n", "X"),
        ("case,side,reader,stage\nc0,R,A,0\nc0,R,A,I\n", "twice"),
        ("case,side,reader,stage\n" + "".join(f"c0,R,{r},0\n" for r in "ABCD"), "4 readers"),
        ("case,side,reader,stage\n", "no reading"),
    ],
)
def test_a_wrong_table_of_readers_is_refused_by_what_is_wrong(tmp_path, text, named):
    path = tmp_path / "readers.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=named):
        read_readers(path)


def test_the_papers_figures_stand_beside_ours():
    metrics = {"internal": {"macro_auc": {"value": 0.9, "low": 0.8, "high": 0.95}}}
    rows = {(row["set"], row["figure"]): row for row in publication_rows(metrics)}
    assert rows["internal", "macro_auc"]["paper"] == 0.9514
    assert rows["internal", "macro_auc"]["ours"] == 0.9
    assert np.isnan(rows["external, prisma", "macro_f1"]["ours"])
    assert len(rows) == sum(len(figures) for figures in FIGURES.values())


def test_the_scope_accepts_hips_like_those_of_training_and_flags_others():
    rng = np.random.default_rng(0)
    mixing = rng.normal(0, 1, (5, 40))

    def like(n):
        return (rng.normal(0, 1, (2, n, 5)) @ mixing) + rng.normal(0, 0.2, (2, n, 40))

    scope = stage_scope.fit_scope(like(400), like(60))
    assert (scope.distance(like(200)) <= scope.threshold).mean() > 0.97
    assert (scope.distance(like(50) + 6.0) > scope.threshold).all()
    along = like(50) + 12 * mixing[:1]  # far along a direction in which training hips vary, too
    assert (scope.distance(along) > scope.threshold).mean() > 0.9


def test_sequences_have_a_model_each_so_that_what_lies_between_them_is_flagged():
    rng = np.random.default_rng(2)
    away = np.zeros(40)
    away[:4] = 12.0

    def like(n, place):
        return rng.normal(0, 1, (2, n, 40)) + place * away

    train = np.concatenate([like(200, 0), like(200, 1)], axis=1)
    held = np.concatenate([like(60, 0), like(60, 1)], axis=1)
    sequences = np.array(["T2"] * 200 + ["T2 FS"] * 200)
    apart = stage_scope.fit_scope(train, held, sequences=sequences)
    together = stage_scope.fit_scope(train, held)
    assert apart.mean.shape == (2, 2, 40)
    for place in (0, 1):
        assert (apart.distance(like(200, place)) <= apart.threshold).mean() > 0.97
    between = like(100, 0.5)
    assert (apart.distance(between) > apart.threshold).all()
    assert (together.distance(between) <= together.threshold).mean() > 0.9  # what one model would let pass
    few = stage_scope.fit_scope(train, held, sequences=np.array(["T2"] * 390 + ["T2 FS"] * 10))
    assert few.mean.shape[0] == 1  # ten hips make no model
