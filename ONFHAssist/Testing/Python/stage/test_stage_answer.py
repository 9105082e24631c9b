"""The third answer: necrosis whose stage MRI alone does not tell is called "I or II", and whoever reads stages copes."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from support.case_results import predicted_result, stage_answer, staged_result
from support.stage_parts import pelvis, small_stager

from ONFHAssistLib.bundles.bundle import load_bundle
from ONFHAssistLib.bundles.defaults import default_stager
from ONFHAssistLib.case.result import CaseResult
from ONFHAssistLib.case.rows import rows_of
from ONFHAssistLib.case.survival import assumed_findings
from ONFHAssistLib.cli.predict import stage_cells
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.report.case_answers import ResultAnswers
from ONFHAssistLib.report.case_report import _card, _contradictions
from ONFHAssistLib.stage.answer import I_OR_II, probability_of, stage_of
from ONFHAssistLib.stage.evaluation import called_stages, read_readers, stage_metrics
from ONFHAssistLib.stage.readers_compared import compare_readers
from ONFHAssistLib.stage.stager import _certainty, load_stager, stage_hips

UNSURE = {"0": 0.1, "I": 0.5, "II": 0.4}


@pytest.mark.parametrize(
    ("probabilities", "certainty", "stage"),
    [
        ((0.1, 0.5, 0.4), 0.8, I_OR_II),
        ((0.1, 0.5, 0.4), 0.5, "I"),
        ((0.1, 0.45, 0.45), 0.5, "I"),
        ((0.1, 0.4, 0.5), 0.5, "II"),
        ((0.2, 0.65, 0.15), 0.8, "I"),
        ((0.2, 0.15, 0.65), 0.8, "II"),
        ((0.2, 0.15, 0.65), 0.9, I_OR_II),
        ((0.4, 0.35, 0.25), 0.8, I_OR_II),  # necrosis is likelier than none, though no stage is
        ((0.5, 0.5, 0.0), 0.8, "0"),
        ((0.6, 0.2, 0.2), 0.8, "0"),
    ],
)
def test_necrosis_gets_the_stage_that_is_sure_enough(probabilities, certainty, stage):
    named = dict(zip(("0", "I", "II"), probabilities, strict=True))
    assert stage_of(named, certainty) == stage
    expected = probabilities[1] + probabilities[2] if stage == I_OR_II else named[stage]
    assert probability_of(stage, named) == pytest.approx(expected)


def test_the_stager_says_i_or_ii_with_heat_and_the_spread_of_both_together():
    volume, right, left = pelvis((2.5, 2.5, 4.0), metadata={"modality": "MR"})
    sure, unsure = (
        stage_hips(volume, (right, left), small_stager(3, seed=1, certainty=certainty))
        for certainty in (0.5, 1.0)
    )
    necrotic = [hip for hip in unsure.hips if hip.stage != "0"]
    assert necrotic  # untrained networks give each stage a third
    for before, hip in zip(sure.hips, unsure.hips, strict=True):
        assert hip.probabilities == before.probabilities
        if hip.stage != "0":
            assert (before.stage, hip.stage) == (stage_of(hip.probabilities, 0.5), I_OR_II)
            assert np.array_equal(hip.heatmap.array, before.heatmap.array)
            assert hip.heatmap.array.max() == pytest.approx(1.0)
            assert hip.uncertainty != before.uncertainty


def test_the_certainty_is_a_setting_of_the_bundle_that_is_checked():
    assert _certainty({}, "b") == 0.8
    assert _certainty({"stage_certainty": 0.5}, "b") == 0.5
    for wrong in (0.49, 1.01, "0.8", True, None, float("nan")):
        with pytest.raises(InputError, match="stage_certainty of bundle b"):
            _certainty({"stage_certainty": wrong}, "b")
    stated = load_bundle(default_stager()).settings().get("stage_certainty", 0.8)
    assert load_stager().certainty == stated


def test_what_reads_a_stage_copes_with_i_or_ii():
    result = staged_result({"R": stage_answer(I_OR_II, UNSURE)})
    assert CaseResult.from_json(result.to_json()) == result
    hip = result.hip("R")
    assert hip.stage.probability == pytest.approx(0.9)
    assert stage_cells(hip)[:2] == (I_OR_II, "0.10 / 0.50 / 0.40")
    (row,) = rows_of(result, "stage")
    assert (row["stage"], row["scope"], row["P(I)"]) == (I_OR_II, "in scope", 0.5)
    card = _card(ResultAnswers(result), "R")
    assert card["headline"] == "Stage I or II"
    assert card["meaning"].startswith("probability 90%")
    assert "MRI alone does not tell" in card["meaning"]
    assert card["tone"] == "alert"
    unlikely = predicted_result({"R": 0.1})
    both = replace(
        result,
        hips=(replace(hip, probability=unlikely.hip("R").probability),),
        steps={**result.steps, **unlikely.steps},
    )
    assert "disagree" in _contradictions(ResultAnswers(both), ["R"])[0]


def test_survival_takes_i_or_ii_as_the_one_risk_of_both():
    findings, assumed = assumed_findings(200.0, True, stage_answer(I_OR_II, UNSURE))
    assert findings == assumed_findings(200.0, True, "II")[0]
    assert assumed.startswith("ARCO I or II, no subchondral fracture")
    from ONFHAssistLib.case.survival import answer_of_findings

    for stage in ("I", "II"):
        other = assumed_findings(200.0, True, stage)[0]
        assert answer_of_findings(findings).estimate.survival == answer_of_findings(other).estimate.survival


def test_i_or_ii_is_counted_apart_and_never_as_right():
    stages = np.array([0, 0, 1, 1, 2, 2, 2])
    probability = np.array(
        [
            [0.9, 0.05, 0.05],  # right
            [0.4, 0.3, 0.3],  # healthy, called I or II
            [0.1, 0.85, 0.05],  # right
            [0.1, 0.5, 0.4],  # I or II
            [0.1, 0.1, 0.8],  # right
            [0.1, 0.8, 0.1],  # wrong stage
            [0.8, 0.1, 0.1],  # missed
        ]
    )
    assert list(called_stages(probability, 0.8)) == ["0", I_OR_II, "I", I_OR_II, "II", "I", "0"]
    value = {
        n: f["value"] for n, f in stage_metrics(stages, probability, n_resamples=20, certainty=0.8).items()
    }
    assert value["share_right"] == pytest.approx(3 / 7)
    assert value["share_exact"] == pytest.approx(5 / 7)
    assert value["share_i_or_ii"] == pytest.approx(2 / 7)
    assert value["exact_right"] == pytest.approx(3 / 5)
    assert value["stage_or_both_right"] == pytest.approx(4 / 7)
    assert value["necrosis_accuracy"] == pytest.approx(5 / 7)
    assert value["necrosis_sensitivity"] == pytest.approx(4 / 5)
    assert value["necrosis_specificity"] == pytest.approx(1 / 2)
    always = {n: f["value"] for n, f in stage_metrics(stages, probability, n_resamples=20).items()}
    assert (always["share_i_or_ii"], always["share_exact"]) == (0.0, 1.0)
    assert always["macro_auc"] == value["macro_auc"]


def test_against_readers_i_or_ii_is_right_for_neither(tmp_path):
    results = pd.DataFrame(
        {
            "case": ["a", "b", "c", "d"],
            "side": "R",
            "truth": ["I", "II", "0", "I"],
            "called": [I_OR_II, "II", "0", "I"],
        }
    )
    path = tmp_path / "readers.csv"
    path.write_text("case,side,reader,stage\na,R,A,I\nb,R,A,I or II\nc,R,A,0\nd,R,A,I\n", encoding="utf-8")
    (row,) = compare_readers(results, read_readers(path))
    assert (row["stager_right"], row["reader_right"]) == (0.75, 0.75)
    assert (row["only_stager"], row["only_reader"]) == (1, 1)
    assert row["stager_i_or_ii"] == 0.25
