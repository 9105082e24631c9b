"""A shipped network trained further on own patients: judged on others before and after, a candidate that waits."""

from __future__ import annotations

import json

import pytest

torch = pytest.importorskip("torch")

from support.outlined_pelves import staged_cohort  # noqa: E402

from ONFHAssistLab.training.own.candidate import OWN_TRAINING  # noqa: E402
from ONFHAssistLab.training.own.inventory import MODELS  # noqa: E402
from ONFHAssistLab.training.own.lessons.outlines import HEAD_DICE, NECROSIS_DICE, OutlineLesson  # noqa: E402
from ONFHAssistLab.training.own.loop import read_curves  # noqa: E402
from ONFHAssistLab.training.own.training import OwnPlan, train_own, work_folder  # noqa: E402
from ONFHAssistLib.bundles.accepting import use_bundle  # noqa: E402
from ONFHAssistLib.bundles.bundle import NO_DISEASE, OWN_MODELS, load_bundle, models_folder  # noqa: E402
from ONFHAssistLib.bundles.kinds import KINDS  # noqa: E402
from ONFHAssistLib.bundles.patients import LEARNED_PATIENTS, patients_learned_from  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.extract.deep import load_backbone  # noqa: E402
from ONFHAssistLib.segment.detector import load_detector  # noqa: E402
from ONFHAssistLib.segment.outliner import load_outliner  # noqa: E402
from ONFHAssistLib.stage.stager import load_stager  # noqa: E402

PATIENTS = ("anna", "bela", "cleo", "dora")
OPENED_BY = {
    "outliner": load_outliner,
    "detector": load_detector,
    "stage": load_stager,
    "backbone": load_backbone,
}


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    return staged_cohort(tmp_path_factory.mktemp("hospital"), PATIENTS)


@pytest.fixture(scope="module")
def trained(hospital, tmp_path_factory):
    """``trained(model)``: work folder and what came of one step, made once a model."""
    done = {}

    def of(model):
        if model not in done:
            work = tmp_path_factory.mktemp(model)
            plan = OwnPlan(model, held_share=0.5, steps=1, batch_size=2, seed=1)
            done[model] = work, train_own(hospital, work / "candidate", work, plan)
        return done[model]

    return of


@pytest.mark.parametrize("model", MODELS)
def test_a_candidate_of_every_model_can_be_opened_and_answers_only_once_it_is_accepted(
    trained, model, tmp_path, monkeypatch
):
    _, done = trained(model)
    candidate = load_bundle(done.bundle)
    name = KINDS[MODELS[model]].standard[0]
    assert (candidate.name, candidate.kind) == (name, MODELS[model])
    assert load_bundle(name).path == models_folder() / name
    monkeypatch.setenv(OWN_MODELS, str(tmp_path))
    use_bundle(done.bundle)
    assert load_bundle(name).sha256 == candidate.sha256
    OPENED_BY[model]()


@pytest.mark.parametrize("model", MODELS)
def test_figures_are_of_the_patients_held_back_before_and_after(trained, model):
    _, done = trained(model)
    assert (done.learned, done.held, done.steps) == (2, 2, 1)
    first = done.comparisons[0]
    assert len(first.patients) == 2
    metadata = load_bundle(done.bundle).metadata
    learned = patients_learned_from(metadata[LEARNED_PATIENTS], PATIENTS)
    assert len(learned) == 2
    assert not {pair.patient for pair in first.patients} & set(learned)
    told = metadata[OWN_TRAINING]["compared"][0]
    assert (told["before"], told["after"], told["patients"]) == (first.before, first.after, 2)
    everything = json.dumps(metadata) + (load_bundle(done.bundle).path / "docs/README.md").read_text(
        encoding="utf-8"
    )
    assert not any(name in everything for name in PATIENTS)
    assert NO_DISEASE not in everything


def test_curves_are_where_the_plan_says(trained, hospital):
    work, _ = trained("outliner")
    plan = OwnPlan("outliner", held_share=0.5, steps=1, batch_size=2, seed=1)
    (line,) = read_curves(work_folder(work, hospital, plan))
    assert (line["network"], line["step"], line["of"]) == (0, 1, 1)
    assert line["loss"] == pytest.approx(line["dice"] + line["entropy"], abs=1e-3)


def test_the_stager_keeps_what_its_scope_and_heat_rest_on(trained):
    _, done = trained("stage")
    shipped, own = (load_bundle(name).state_dict() for name in ("stage-onfhnet", done.bundle))
    changed = {key for key, value in shipped.items() if not torch.equal(value, own[key])}
    assert changed and all(".classifier." in key for key in changed)


def test_a_perfect_outline_is_worth_a_dice_of_one(hospital, monkeypatch):
    """The judge, with the truth for an answer."""
    import numpy as np

    from ONFHAssistLab.training.own import cohort
    from ONFHAssistLab.training.own.lessons import outlines

    scans = cohort.read_own_cohort(hospital).scans[:1]
    truths = iter([hip.cube(64, 1.25)[1] for hip in outlines.read_hips(scans, lambda *_: None)])

    def answer(_network, _array):
        truth = next(truths)
        return np.stack([truth == label for label in range(3)]).astype(np.float32)

    monkeypatch.setattr(outlines, "probabilities", answer)
    lesson = OutlineLesson(None, (), lambda *_: None)
    found = lesson.judge(lesson.networks(), scans, lambda *_: None)
    assert found[NECROSIS_DICE] == {"anna": 1.0}  # the right hip; the left one has no lesion
    assert found[HEAD_DICE] == {"anna": 1.0}


def test_a_start_that_knows_a_patient_who_would_judge_it_is_refused(trained, hospital, tmp_path):
    _, done = trained("backbone")
    plan = OwnPlan("backbone", start=done.bundle, held_share=0.5, steps=1, batch_size=2, seed=3)
    with pytest.raises(InputError, match=r"has learned from [12] of the 2 patients that would be held back"):
        train_own(hospital, tmp_path / "next", tmp_path, plan)


def test_an_unknown_model_is_refused():
    with pytest.raises(InputError, match="The model is 'dlr'; outliner, detector, stage, backbone"):
        OwnPlan("dlr")


def test_a_network_is_judged_as_it_answers_not_as_it_learns(hospital):
    """Batch normalisation with the statistics of the start, not of the one cube; and they stay."""
    from ONFHAssistLab.training.own.cohort import read_own_cohort

    lesson = OutlineLesson(None, (), lambda *_: None)
    (network,) = lesson.networks()
    before = {key: value.clone() for key, value in network.state_dict().items()}
    lesson.judge([network.train()], read_own_cohort(hospital).scans[:1], lambda *_: None)
    assert all(torch.equal(value, before[key]) for key, value in network.state_dict().items())
