"""One stage and one probability of several series: pooled, with what is withheld and what they disagree on."""

from __future__ import annotations

import numpy as np
import pytest

from ONFHAssistLib.early.answer import LIKELY, UNLIKELY, ProbabilityAnswer
from ONFHAssistLib.exam.predictions import (
    pooled,
    probability_disagreement,
    stage_disagreement,
    together,
)
from ONFHAssistLib.stage.answer import StageAnswer, stage_of

OUT = {"9": ("The image's sequence is GRE; the stager learned from T1.",)}


def stage(*probabilities):
    named = dict(zip(("0", "I", "II"), probabilities, strict=True))
    return StageAnswer(stage_of(named, 0.8), named, 0.1, 0.5)


def early(probability, threshold=0.5):
    return ProbabilityAnswer(probability, threshold, LIKELY if probability >= threshold else UNLIKELY)


def test_a_sure_series_is_not_outvoted_by_two_that_hardly_know():
    answer = pooled(
        {"2": stage(0.52, 0.24, 0.24), "3": stage(0.52, 0.24, 0.24), "4": stage(0.01, 0.04, 0.95)}, OUT, 0.8
    )
    each = np.array([[0.52, 0.24, 0.24], [0.52, 0.24, 0.24], [0.01, 0.04, 0.95]])
    wanted = np.exp(np.log(each).mean(axis=0))
    assert list(answer.probabilities.values()) == pytest.approx(wanted / wanted.sum())
    assert answer.stage == "I or II"  # by votes it would be 0
    assert answer.withheld == OUT
    assert stage_disagreement(answer) == (
        "The series disagree on the stage: no necrosis by series 2 and 3; stage II by series 4.",
    )


def test_one_series_keeps_its_stage_and_none_has_none():
    only = stage(0.0, 0.0004, 0.9996)
    answer = pooled({"2": only}, {}, 0.8)
    assert (answer.stage, answer.probabilities) == ("II", only.probabilities)
    assert stage_disagreement(answer) == ()
    assert pooled({}, OUT, 0.8).stage == ""


def test_the_probability_is_the_mean_of_the_log_odds_against_that_of_the_thresholds():
    answer = together({"2": early(0.9, 0.6), "4": early(0.2, 0.3)}, {})
    odds = np.sqrt(0.9 / 0.1 * 0.2 / 0.8)
    assert answer.probability == pytest.approx(odds / (1 + odds))  # 0.6
    least = np.sqrt(0.6 / 0.4 * 0.3 / 0.7)
    assert answer.threshold == pytest.approx(least / (1 + least))  # 0.45
    assert answer.reading == LIKELY
    assert probability_disagreement(answer) == (
        "The series disagree on the probability: early osteonecrosis likely by series 2; early osteonecrosis unlikely by "
        "series 4.",
    )
    alone = together({"4": early(0.2, 0.3)}, OUT)
    assert (alone.probability, alone.threshold, alone.reading) == (0.2, 0.3, UNLIKELY)
    nothing = together({}, OUT)
    assert (nothing.probability, nothing.reading, nothing.withheld) == (None, "", OUT)
