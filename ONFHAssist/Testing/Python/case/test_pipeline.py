"""The one pipeline: images are read once, what is known is taken, a step that fails says so and the others are done."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from ONFHAssistLib.case import features
from ONFHAssistLib.case.case import Case
from ONFHAssistLib.case.pipeline import ALL_STEPS, plan, run_case, shares
from ONFHAssistLib.case.result import SCHEMA, CaseResult, read_result
from ONFHAssistLib.case.work import Settings
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.imaging import files
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.measure.border import with_arcs
from ONFHAssistLib.measure.findings import after_examination
from ONFHAssistLib.measure.hip import with_edge
from ONFHAssistLib.worker import tasks

MEASURED = ("measure", "survival")
EDGE = (-88.0, 0.0, 14.0)


def ball(radius=18.0, side="R", noise=0):
    """(image, labels): a ball of noisy marrow with a cap of necrosis."""
    grid = Image(np.zeros((24, 24, 24), np.float32), (2, 2, 2), (-93.0, -23.0, -23.0))
    offset = grid.points() - [-70, 0, 0]
    inside = np.linalg.norm(offset, axis=-1) < radius
    values = np.where(inside, np.random.default_rng(noise).normal(500, 60, inside.shape), 100.0)
    labels = inside.astype(np.uint8) * (1 if side == "R" else 2)
    labels[inside & (offset[..., 2] > 8)] = 3 if side == "R" else 4
    return grid.like(values.astype(np.float32), modality="MR", sequence="T2 FS"), grid.like(labels)


def case(**changed):
    image, labels = ball(**changed)
    return Case(image, "hip", labels)


@pytest.fixture(scope="module")
def sample():
    """The sample patient's fat-suppressed series with the outlines that come with it."""
    image = read_image(resource_path("SampleData", "onfh-right-stage2-t2fs.nrrd"))
    labels = read_mask(resource_path("SampleData", "onfh-right-stage2-outlines.nrrd"))
    return Case(image.like(image.array, modality="MR", sequence="T2 FS"), "sample", labels)


@pytest.fixture(scope="module")
def result(sample, tmp_path_factory):
    """Everything on the sample patient, by the shipped networks."""
    return run_case(sample, tmp_path_factory.mktemp("case"))


def test_all_steps_answer_both_hips_of_the_sample_patient(result):
    assert [hip.side for hip in result.hips] == ["R", "L"]
    assert list(result.steps) == ["measure", "extract", "probability", "stage", "survival"]
    right, left = result.hips
    assert right.stage.stage == "II"
    assert right.probability.probability > 0.7 > 0.3 > left.probability.probability
    assert len(right.radiomics.features) == 1197
    assert len(right.deep.features) == 512
    assert right.survival.measured_angle_deg == right.findings.measurement.combined_necrotic_angle
    assert left.survival is None
    assert result.steps["survival"].of_hips["L"][0].startswith("no necrotic angle")
    assert right.survival.findings["arco_stage"] == "II"


def test_json_holds_the_whole_result_and_files_move_with_their_folder(result, tmp_path):
    again = CaseResult.from_json(result.to_json())
    assert again.to_json() == result.to_json()
    assert again.hips[0].findings == result.hips[0].findings
    result.save(tmp_path)
    assert read_result(tmp_path).to_json() == result.to_json()
    moved = replace(result, segmentation=str(tmp_path / "segmentation.nii.gz"))
    moved.save(tmp_path)
    assert (
        json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["segmentation"]
        == "segmentation.nii.gz"
    )
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "result.json").rename(tmp_path / "elsewhere" / "result.json")
    expected = str(tmp_path / "elsewhere" / "segmentation.nii.gz")
    assert read_result(tmp_path / "elsewhere").segmentation == expected


def test_the_schema_of_the_json_changes_only_with_its_version(result):
    assert SCHEMA == "onfh-case/1"
    content = json.loads(result.to_json())
    assert sorted(content) == [
        "content_sha256", "edges", "hip_content", "hip_outlines", "hips", "input", "name", "outlines_sha256",
        "reading", "schema", "segmentation", "segmentation_fine", "steps",
    ]  # fmt: skip
    hip = content["hips"][0]
    assert sorted(hip) == [
        "deep", "failures", "findings", "head", "probability", "radiograph_deep", "radiograph_radiomics", "radiomics",
        "side", "stage", "survival", "withheld",
    ]  # fmt: skip
    fields = {name: sorted(value) for name, value in hip.items() if isinstance(value, dict) and value}
    assert fields == {
        "deep": ["backbone", "backbone_sha256", "features"],
        "findings": ["edge", "edge_source", "measurement", "notes", "oedema"],
        "head": ["box", "centre", "head_ml", "necrosis_ml", "radius", "score", "side"],
        "probability": ["contributions", "intercept", "probability", "reading", "threshold"],
        "radiomics": ["engine", "features", "preset", "preset_sha256", "provenance", "seconds"],
        "stage": ["distance", "heat", "heatmap", "probabilities", "stage", "uncertainty"],
        "survival": ["assumed", "curve", "estimate", "findings", "measured_angle_deg", "model", "references"],
    }
    assert sorted(content["steps"]["stage"]) == [
        "failure", "of_hips", "out_of_scope", "provenance", "seconds", "statement", "warnings",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not valid JSON"),
        ('{"schema": "onfh-case/9"}', "schema 'onfh-case/9'; this version reads 'onfh-case/1'"),
        ("[1]", "has the schema None"),
        ('{"schema": "onfh-case/1", "name": "a"}', "has no field 'input'"),
    ],
)
def test_what_is_no_result_of_this_version_is_refused(text, message):
    with pytest.raises(InputError, match=message):
        CaseResult.from_json(text)


# what is known ------------------------------------------------------------------------------------------


@pytest.fixture
def extractions(monkeypatch):
    """Counts the extractions of radiomics."""
    real, seen = features.extract_hips, []

    def counted(*arguments, **more):
        seen.append(arguments[2])
        return real(*arguments, **more)

    monkeypatch.setattr(features, "extract_hips", counted)
    return seen


def test_features_are_extracted_once_for_table_and_probability(tmp_path, extractions):
    whole = run_case(
        case(), tmp_path, ("extract", "probability"), Settings(predictor="rad-dlr-mri", deep=False)
    )
    alone = run_case(case(), tmp_path, ("probability",), Settings(predictor="rad-dlr-mri"))
    assert extractions == ["dlr-mri", "dlr-mri"]
    assert whole.hips[0].probability == alone.hips[0].probability


def test_features_of_the_very_same_case_are_taken_from_an_earlier_result(tmp_path, extractions):
    settings = Settings(predictor="rad-dlr-mri", deep=False)
    known = run_case(case(), tmp_path, ("extract",), settings)
    known = CaseResult.from_json(known.to_json())  # as the scene keeps it
    run_case(case(), tmp_path, ("probability",), settings, known)
    assert len(extractions) == 1
    moved = Case(Image(*[getattr(ball()[0], n) for n in ("array", "spacing")], (0.0, 0.0, 0.0)), "hip",
                 Image(*[getattr(ball()[1], n) for n in ("array", "spacing")], (0.0, 0.0, 0.0)))  # fmt: skip
    for other in (case(radius=16.0), case(noise=1), moved):
        before = len(extractions)
        run_case(other, tmp_path, ("probability",), settings, known)
        assert len(extractions) == before + 1


def test_features_of_another_preset_or_engine_do_not_fit(tmp_path, extractions):
    settings = Settings(predictor="rad-dlr-mri", deep=False)
    known = run_case(case(), tmp_path, ("extract",), settings)
    hip = known.hips[0]
    for changed in ({"preset_sha256": "0" * 64}, {"engine": "pyradiomics"}):
        other = known.with_hip(replace(hip, radiomics=replace(hip.radiomics, **changed)))
        run_case(case(), tmp_path, ("probability",), settings, other)
    assert len(extractions) == 3


def test_measurements_of_the_same_outlines_and_edges_are_taken_for_the_survival(tmp_path, monkeypatch):
    from ONFHAssistLib.measure import findings as module

    known = run_case(case(), tmp_path, ("measure",), Settings(sagittal=True))
    planes = known.hips[0].findings.measurement.arc_b_plane
    calls = []
    real = module.findings
    monkeypatch.setattr(module, "findings", lambda *a, **k: calls.append(1) or real(*a, **k))
    result = run_case(case(), tmp_path, ("survival",), known=known)
    assert (planes, calls) == ("sagittal", [])
    assert result.hips[0].survival.measured_angle_deg == pytest.approx(
        known.hips[0].findings.measurement.combined_necrotic_angle
    )
    run_case(case(radius=16.0), tmp_path, ("survival",), known=known)
    edge = replace(case(), edges={"R": (-90.0, 0.0, 10.0)})
    run_case(edge, tmp_path, ("survival",), known=known)
    assert len(calls) == 2


def _examined(known):
    """As an examination leaves it: arcs off several series, the acetabular edge of one that the image is not."""
    found = known.hips[0].findings
    arcs = ((-20.0, 40.0), (-25.0, 30.0))
    measured = with_edge(with_arcs(found.measurement, arcs), np.array(EDGE))
    return known.with_hip(
        replace(
            known.hips[0], findings=replace(found, measurement=measured, edge=EDGE, edge_source="automatic")
        )
    )


def test_measuring_after_an_examination_keeps_its_arcs_as_long_as_the_outline_is_the_same(tmp_path):
    alone = run_case(case(), tmp_path, ("measure",))
    known = _examined(alone)
    again = run_case(case(), tmp_path, ("measure",), known=known)
    assert again.hips[0].findings == known.hips[0].findings
    assert again.hips[0].findings.measurement.arcs_from == "series"
    assert again.hips[0].findings.measurement.combined_necrotic_angle == pytest.approx(115.0)
    assert again.steps["measure"].of_hips == {"R": known.hips[0].findings.notes}  # nothing was lost
    without = run_case(case(), tmp_path, ("measure",), Settings(find_edges=False), known)
    assert without.hips[0].findings.measurement.jic_type is None

    edge_less = replace(known.hips[0].findings, edge=None, edge_source="")
    gained = after_examination(edge_less, replace(again.hips[0].findings, edge=EDGE), same=True)[0]
    assert (gained.edge, gained.measurement.arcs_from) == (
        EDGE,
        "series",
    )  # one that the examination had not found

    marked = replace(case(), edges={"R": (-90.0, 0.0, 12.0)})
    moved = run_case(marked, tmp_path, ("measure",), known=known).hips[0].findings
    assert (moved.edge_source, moved.edge) == ("marked", (-90.0, 0.0, 12.0))
    assert moved.measurement.arc_a_span == pytest.approx((-20.0, 40.0))


def test_arcs_of_an_examination_end_with_its_outline_and_its_plane_and_that_is_said(tmp_path):
    known = _examined(run_case(case(), tmp_path, ("measure",)))
    fresh = run_case(case(radius=16.0), tmp_path, ("measure",))
    changed = run_case(case(radius=16.0), tmp_path, ("measure",), known=known)
    assert changed.hips[0].findings == fresh.hips[0].findings
    assert changed.hips[0].findings.measurement.arcs_from == "outline"
    assert (
        "the outline, which was changed, instead of those of all series (115 degrees together)"
        in (changed.steps["measure"].of_hips["R"][-1])
    )
    sagittal = run_case(case(), tmp_path, ("measure",), Settings(sagittal=True), known)
    assert sagittal.hips[0].findings.measurement.arc_b_plane == "sagittal"
    assert "lie in the axial plane" in sagittal.steps["measure"].of_hips["R"][-1]


def test_an_updated_result_keeps_what_still_holds_and_drops_the_rest(tmp_path, result):
    same = replace(result, hips=(), steps={})
    assert result.updated(same).hips == result.hips
    corrected = {**result.hip_content, "R": "0" * 64}
    other = replace(same, content_sha256="0" * 64, outlines_sha256="1" * 64, hip_content=corrected)
    kept = result.updated(other)
    assert [hip.stage for hip in kept.hips] == [hip.stage for hip in result.hips]  # rests on the image alone
    assert (kept.hip("R").radiomics, kept.hip("R").findings, kept.hip("R").probability) == (None, None, None)
    assert kept.hip("L") == result.hip("L")  # its outlines are the same
    kept = result.updated(replace(other, hip_content=dict.fromkeys("RL", "0" * 64)))
    assert all(hip.radiomics is None and hip.findings is None for hip in kept.hips)
    assert list(kept.steps) == ["stage"]
    assert result.updated(replace(same, input="another image")).hips == ()


# reading and failing --------------------------------------------------------------------------------------


def test_the_worker_reads_image_and_labels_once_for_all_steps(tmp_path, monkeypatch):
    image, labels = ball()
    arguments = {
        "image": tasks.image_argument(image, tmp_path / "image.mha"),
        "labels": tasks.image_argument(labels, tmp_path / "labels.mha"),
        "steps": list(ALL_STEPS),
        "out": str(tmp_path),
    }
    read = []
    for module in (tasks, files):
        real = module.read_image
        monkeypatch.setattr(
            module, "read_image", lambda path, *a, real=real: read.append(str(path)) or real(path, *a)
        )
    answer = tasks.run_case(arguments, lambda _share, _text: None)
    done = CaseResult.from_json(answer["result"])
    assert {"measure", "extract", "probability", "stage", "survival"} <= set(done.steps)
    assert sorted(read) == [str(tmp_path / "image.mha"), str(tmp_path / "labels.mha")]


def test_spheres_are_fitted_once_a_head(sample, tmp_path, monkeypatch):
    from ONFHAssistLib.imaging import head

    fitted, real = [], head.fit_sphere
    monkeypatch.setattr(head, "fit_sphere", lambda mask, side: fitted.append(side) or real(mask, side))
    run_case(replace(sample), tmp_path, ("probability", "stage"))
    assert fitted == ["R", "L"]


def failing(message):
    def step(_work, _progress):
        raise message

    return step


def test_a_step_that_fails_is_told_and_the_others_are_done(tmp_path, monkeypatch):
    from ONFHAssistLib.case import pipeline

    monkeypatch.setitem(pipeline._STEPS, "stage", failing(InputError("The bundle is not there.")))
    monkeypatch.setitem(pipeline._STEPS, "extract", failing(ZeroDivisionError("no")))
    done = run_case(case(), tmp_path, ("measure", "extract", "stage", "survival"))
    assert done.steps["stage"].failure == "The bundle is not there."
    assert done.steps["extract"].failure == "this is a fault of ONFHAssist (ZeroDivisionError: no)"
    assert not done.did("stage") and done.did("survival")
    assert done.hips[0].survival is not None
    assert "Stage failed: The bundle is not there." in done.sentences()
    with pytest.raises(InputError, match="bundle is not there"):  # nothing else was asked for
        run_case(case(), tmp_path, ("stage",))


def test_out_of_memory_is_not_a_failed_step_since_a_smaller_worker_may_do_it(tmp_path, monkeypatch):
    from ONFHAssistLib.case import pipeline

    monkeypatch.setitem(pipeline._STEPS, "extract", failing(MemoryError()))
    with pytest.raises(MemoryError):
        run_case(case(), tmp_path, ("measure", "extract"))


def test_without_outlines_nothing_goes_on(tmp_path, monkeypatch):
    from ONFHAssistLib.case import pipeline

    monkeypatch.setitem(pipeline._STEPS, "segment", failing(InputError("No femoral head was found.")))
    with pytest.raises(InputError, match="No femoral head was found"):
        run_case(Case(ball()[0], "hip"), tmp_path)


def test_given_outlines_are_kept_and_a_radiograph_s_step_needs_one():
    assert [step for step, _s, _e in plan(case(), ALL_STEPS)] == [
        "measure", "extract", "probability", "stage", "survival",
    ]  # fmt: skip
    assert next(iter(plan(Case(ball()[0], "hip"), ALL_STEPS)))[0] == "segment"
    with_film = replace(case(), radiograph=ball()[0], radiograph_labels=ball()[1])
    assert "radiograph" in [step for step, _s, _e in plan(with_film, ALL_STEPS)]
    for wrong, message in (
        (("survive",), "no step 'survive'; steps are segment"),
        ((), "No step was asked for"),
    ):
        with pytest.raises(InputError, match=message):
            plan(case(), wrong)


def test_shares_fill_the_whole_and_follow_each_other():
    planned = shares(ALL_STEPS)
    assert planned[0][1] == 0.0
    assert planned[-1][2] == pytest.approx(1.0)
    assert all(before[2] == after[1] for before, after in pairwise(planned))


def test_labels_on_another_grid_are_refused():
    image, labels = ball()
    with pytest.raises(InputError, match="hip"):
        Case(image, "hip", Image(labels.array, (3.0, 3.0, 3.0), labels.origin))


def test_progress_rises_from_step_to_step(tmp_path):
    heard = []
    run_case(case(), tmp_path, MEASURED, progress=lambda share, text: heard.append((share, text)))
    assert [share for share, _text in heard] == sorted(share for share, _text in heard)
    assert heard[-1][0] == 1.0
