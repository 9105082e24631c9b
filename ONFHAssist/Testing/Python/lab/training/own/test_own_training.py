"""A shipped network trained further on own patients: judged on others before and after, a candidate that waits."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813

torch = pytest.importorskip("torch")

from support.outlined_pelves import staged_cohort  # noqa: E402

from ONFHAssistLab.cli import run  # noqa: E402
from ONFHAssistLab.training.own.candidate import OWN_TRAINING, comparison_table  # noqa: E402
from ONFHAssistLab.training.own.cohort import Parted, read_own_cohort  # noqa: E402
from ONFHAssistLab.training.own.common_weights import read_weights  # noqa: E402
from ONFHAssistLab.training.own.comparison import HipFigure, compare_hips  # noqa: E402
from ONFHAssistLab.training.own.federated import load_weights  # noqa: E402
from ONFHAssistLab.training.own.inventory import MODELS  # noqa: E402
from ONFHAssistLab.training.own.lessons.outlines import HEAD_DICE, NECROSIS_DICE, OutlineLesson  # noqa: E402
from ONFHAssistLab.training.own.loop import read_curves  # noqa: E402
from ONFHAssistLab.training.own.training import OwnPlan, cautions, train_own, work_folder  # noqa: E402
from ONFHAssistLab.training.own.unseen import mark_images, require_unseen  # noqa: E402
from ONFHAssistLab.training.starts import LEARNED_FROM, LEARNED_IMAGES, content_digest  # noqa: E402
from ONFHAssistLib.bundles.accepting import use_bundle  # noqa: E402
from ONFHAssistLib.bundles.bundle import NO_DISEASE, OWN_MODELS, load_bundle, models_folder  # noqa: E402
from ONFHAssistLib.bundles.kinds import KINDS  # noqa: E402
from ONFHAssistLib.bundles.patients import LEARNED_PATIENTS, patients_learned_from  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.core.progress import no_progress  # noqa: E402
from ONFHAssistLib.extract.deep import load_backbone  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402
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
    truths = iter([hip.cube(64, 1.25)[1] for _, hip in outlines.read_hips(scans, lambda *_: None)])

    def answer(_network, _array):
        truth = next(truths)
        return np.stack([truth == label for label in range(3)]).astype(np.float32)

    monkeypatch.setattr(outlines, "probabilities", answer)
    lesson = OutlineLesson(None, (), lambda *_: None)
    found = lesson.judge(lesson.networks(), scans, lambda *_: None)
    told = {name: [(hip.patient, hip.side, hip.value) for hip in hips] for name, hips in found.items()}
    assert told == {NECROSIS_DICE: [("anna", "R", 1.0)], HEAD_DICE: [("anna", "R", 1.0), ("anna", "L", 1.0)]}


def test_a_start_that_knows_a_patient_who_would_judge_it_is_refused(trained, hospital, tmp_path):
    _, done = trained("backbone")
    plan = OwnPlan("backbone", start=done.bundle, held_share=0.5, steps=1, batch_size=2, seed=3)
    with pytest.raises(InputError, match=r"has learned from [12] of the 2 patients that would be held back"):
        train_own(hospital, tmp_path / "next", tmp_path, plan)


def held_of(hospital, seed):
    from ONFHAssistLab.training.own.cohort import part_by_patient, read_own_cohort

    return {scan.patient for scan in part_by_patient(read_own_cohort(hospital), 0.01, seed).held}


def renamed(hospital, folder, names):
    """The same images under other ids, and in other files."""
    for old, new in names.items():
        for end in (".nii.gz", "-labels.nii.gz"):
            image = sitk.ReadImage(str(hospital / f"{old}{end}"))
            sitk.WriteImage(sitk.Flip(image, [True, False, False]), str(folder / f"{new}{end}"))
    rows = (hospital / "cohort.csv").read_text(encoding="utf-8")
    for old, new in names.items():
        rows = rows.replace(old, new)
    (folder / "cohort.csv").write_text(rows, encoding="utf-8")
    return folder


def test_an_image_that_the_start_learned_from_cannot_judge_under_another_id(trained, hospital, tmp_path):
    """Flipped, written anew, under an id that nobody has seen: still the image that the start knows."""
    _, done = trained("backbone")
    learned = set(PATIENTS) - {pair.patient for pair in done.comparisons[0].patients}
    again = renamed(hospital, tmp_path, {name: f"{name}-again" for name in PATIENTS})
    seed = next(s for s in range(50) if held_of(again, s) == {f"{name}-again" for name in learned})
    plan = OwnPlan("backbone", start=done.bundle, held_share=0.01, steps=1, batch_size=2, seed=seed)
    with pytest.raises(
        InputError, match=r"has learned from images of 2 of the 2 patients .* under these or other ids"
    ):
        train_own(again, tmp_path / "next", tmp_path, plan)


def test_one_image_under_two_patients_is_never_learned_from_and_held_back(hospital, tmp_path):
    names = {name: name for name in PATIENTS}
    twice = renamed(hospital, tmp_path, names)
    (twice / "dora.nii.gz").write_bytes((twice / "anna.nii.gz").read_bytes())
    with pytest.raises(
        InputError, match=r"anna.nii.gz of patient anna and dora.nii.gz of patient dora are the same image"
    ):
        train_own(twice, tmp_path / "next", tmp_path, OwnPlan("outliner", steps=1, seed=1, held_share=0.5))


def test_the_images_of_a_start_on_real_hips_cannot_judge_either(hospital):
    start = load_bundle("backbone-resnet18")
    scans = read_own_cohort(hospital).scans
    marks = mark_images(scans, no_progress)
    known = replace(start, metadata={**start.metadata, LEARNED_FROM: [marks[scans[0].image].identity]})
    with pytest.raises(InputError, match=r"learned from images of 1 of the 1 patients .*\(anna\)"):
        require_unseen(known, Parted(scans[1:], scans[:1]), marks)
    require_unseen(known, Parted(scans[:1], scans[1:]), marks)


def test_the_bundle_tells_images_by_their_voxels_and_the_record_both_sides_of_the_split(trained, hospital):
    work, done = trained("outliner")
    marks = mark_images(read_own_cohort(hospital).scans, no_progress)
    held = {pair.patient for pair in done.comparisons[0].patients}
    mine = {scan.patient: marks[scan.image].content for scan in read_own_cohort(hospital).scans}
    assert set(load_bundle(done.bundle).metadata[LEARNED_IMAGES]) == {
        mine[name] for name in set(PATIENTS) - held
    }
    (report,) = work.glob("outliner-*/before-and-after.json")
    assert set(json.loads(report.read_text(encoding="utf-8"))["held_images"]) == {mine[name] for name in held}


def test_what_the_voxels_are_does_not_depend_on_file_header_or_axes():
    array = np.random.default_rng(3).integers(0, 900, (6, 8, 10)).astype(np.int16)
    digest = content_digest(Image(array))
    turned = Image(array.transpose(1, 0, 2)[:, ::-1].astype(np.float32), (0.5, 1.0, 4.0), (9.0, 9.0, 9.0))
    assert content_digest(turned) == digest
    other = array.copy()
    other[3, 3, 3] += 1
    assert content_digest(Image(other)) != digest


def test_a_few_corrected_hips_are_said_to_be_too_few(trained):
    few = [HipFigure(f"p{n}", side, 0.9, side == "R" and n < 2) for n in range(7) for side in "RL"]
    words = " ".join(cautions((compare_hips("Dice", few, few),), True))
    assert "Of the 14 hips that judge, 2 of 2 patients were corrected" in words
    assert cautions((compare_hips("Dice", few, few),), False) == ()  # stages are a reader's, whoever outlined
    many = [replace(hip, corrected=hip.side == "R") for hip in few]
    assert cautions((compare_hips("Dice", many, many),), True) == ()
    _, done = trained("outliner")
    assert (
        done.warnings == ("2 patients judge: with fewer than 6 no difference can be shown.",)
        or len(done.warnings) == 2
    )


def test_the_card_has_corrected_hips_alone_beneath_all():
    hips = [HipFigure(f"p{n}", side, 0.5 + 0.01 * n, side == "R") for n in range(7) for side in "RL"]
    better = [replace(hip, value=hip.value + 0.1 * hip.corrected) for hip in hips]
    one = compare_hips(NECROSIS_DICE, hips, better)
    lines = comparison_table((one,)).splitlines()
    assert lines[-1].startswith(f"| {NECROSIS_DICE}: corrected hips alone | 7 | 7 | 7 | 0.530 | 0.630 |")
    assert lines[-2].startswith(f"| {NECROSIS_DICE} | 7 | 14 | 7 | 0.530 | 0.580 |")


def test_common_weights_become_a_candidate_that_was_judged_and_can_be_used(
    hospital, tmp_path, monkeypatch, capsys
):
    """Weights as NVIDIA FLARE keeps them: the start's, a little moved."""
    weights = {key: value + 1e-3 if value.is_floating_point() else value
               for key, value in load_backbone().network.state_dict().items()}  # fmt: skip
    torch.save({"model": weights}, tmp_path / "common.pt")
    out = tmp_path / "candidate"
    command = [
        "train",
        "own",
        "backbone",
        "--cohort",
        str(hospital),
        "--weights",
        str(tmp_path / "common.pt"),
    ]
    assert run([*command, "--held", "0.5", "--seed", "1", "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["learned"], told["held"], told["hips"]) == (2, 2, 4)
    bundle = load_bundle(out)
    stored = bundle.state_dict()
    assert all(
        torch.allclose(stored[key].float(), value.float(), atol=2e-3) for key, value in weights.items()
    )
    assert "on patients of others, whom it does not list" in bundle.metadata["training_data"]
    assert len(bundle.metadata[LEARNED_IMAGES]) == 2
    card = (bundle.path / "docs/README.md").read_text(encoding="utf-8")
    assert "Federated averaging" in card
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv(OWN_MODELS, str(own))
    use_bundle(out)
    assert load_bundle("backbone-resnet18").sha256 == bundle.sha256


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "does not exist"), ([1], "no weights of a network"), ({"w": torch.zeros(1)}, "not of this")],
)
def test_a_file_that_holds_no_weights_of_the_network_is_refused(hospital, tmp_path, content, said):
    path = tmp_path / "common.pt"
    if content is not None:
        torch.save(content, path)
    with pytest.raises(InputError, match=said):
        load_weights(torch.nn.Linear(1, 1), read_weights(path))


def test_what_a_killed_training_left_unfinished_goes_with_the_next_one(hospital, tmp_path):
    """And where outlines changed since, the user who expected it to go on is told that it began anew."""
    (tmp_path / ".part-a/candidate").mkdir(parents=True)
    (tmp_path / ".part-b/another").mkdir(parents=True)
    plan = OwnPlan("backbone", held_share=0.5, steps=1, batch_size=2, seed=1)
    kept = work_folder(tmp_path, hospital, plan)
    kept.mkdir()
    (kept / ".part-c.pt").touch()
    done = train_own(hospital, tmp_path / "candidate", tmp_path, plan, goes_on=True)
    assert "have changed since the training was interrupted, so it began anew" in done.began_anew
    assert [path.name for path in tmp_path.rglob(".part-*")] == [".part-b"]
    assert json.loads((kept / "plan.json").read_text(encoding="utf-8"))["steps"] == 1
    assert train_own(hospital, tmp_path / "candidate", tmp_path, plan, goes_on=True).began_anew == ""


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
