"""An examination of two series with the shipped networks: what one alone gives, and what the other adds."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from ONFHAssistLib.case.case import Case
from ONFHAssistLib.case.result import CaseResult
from ONFHAssistLib.cli import run
from ONFHAssistLib.core.progress import no_progress
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.exam.examine import OUTLINES
from ONFHAssistLib.exam.result import ExamResult
from ONFHAssistLib.exam.study import read_study
from ONFHAssistLib.imaging.files import read_image, write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, head_mask, necrosis_mask
from ONFHAssistLib.worker.examination import run_exam, series_arguments
from ONFHAssistLib.worker.tasks import image_argument

NAMES = ("t1", "t2fs", "outlines")


@pytest.fixture(scope="module")
def images():
    """The right hip of the sample patient: T1, fat-suppressed T2 and its true outlines."""
    whole = {name: read_image(resource_path(f"SampleData/onfh-right-stage2-{name}.nrrd")) for name in NAMES}
    index = np.argwhere(head_mask(whole["outlines"].array, "R"))[:, ::-1]
    middle, spacing = index.mean(axis=0), np.array(whole["t1"].spacing)
    low, high = (np.rint(middle + sign * 75.0 / spacing).astype(int) for sign in (-1, 1))
    return {name: image.cropped(tuple(low), tuple(high)) for name, image in whole.items()}


@pytest.fixture(scope="module")
def study(images, tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    for name in NAMES[:2]:
        write_image(images[name], folder / f"{name}.nrrd")
    return folder


def radiograph_arguments(folder):
    """A film of noise with the right head outlined: the patient has none of his own."""
    film = Image(
        np.random.default_rng(0).normal(100.0, 20.0, (1, 120, 120)).astype(np.float32), (1.0,) * 3, (-119.0, 0.0, 60.0),
        (1, 0, 0, 0, 0, 1, 0, -1, 0), {"modality": "DX"},
    )  # fmt: skip
    labels = np.zeros(film.array.shape, np.uint8)
    labels[0, 30:70, 20:60] = HEAD["R"]
    named = {"radiograph": film, "radiograph_labels": film.like(labels)}
    return {name: image_argument(image, folder / f"{name}.mha") for name, image in named.items()}


@pytest.fixture(scope="module")
def examined(study, tmp_path_factory):
    """By the worker's task, as the panel asks for it: the series as files, identities as hashes."""
    folder = tmp_path_factory.mktemp("exam")
    arguments = {
        "series": series_arguments(read_study(study), folder),
        "out": str(folder / "out"),
        "name": "it",
        **radiograph_arguments(folder),
    }
    answer = run_exam(arguments, no_progress)
    return ExamResult.from_json(answer["exam"]), CaseResult.from_json(answer["result"]), folder / "out"


@pytest.fixture(scope="module")
def result(examined):
    return examined[0]


def test_two_series_are_read_together_each_for_what_it_shows(examined, result, images):
    rows = {row.description: row for row in result.series}
    assert rows["t1.nrrd"].uses == ("reference", "outline", "acetabulum")
    assert rows["t2fs.nrrd"].uses == ("outline", "fluid")
    assert (rows["t1.nrrd"].seen, rows["t2fs.nrrd"].seen) == ("T1-weighted", "fat-suppressed")
    (hip,) = result.hips
    assert (hip.side, hip.series) == ("R", ("1", "2"))
    assert (
        hip.findings.measurement.jic_type == "C2"
    )  # as the patient was made; the fat-suppressed series has no edge
    assert (hip.edge_series, hip.oedema_series) == ("1", "2")
    assert [a.failure for a in result.alignments] == ["", ""]
    moved = np.array(result.alignments[1].matrix).reshape(4, 4)
    centre = np.array(hip.head.centre)
    assert np.linalg.norm(moved[:3, :3] @ centre + moved[:3, 3] - centre) < 2.0  # the patient lay still
    labels, truth = read_image(examined[2] / OUTLINES), images["outlines"]
    for mask, least in ((head_mask, 0.92), (necrosis_mask, 0.8)):
        found = mask(labels.resampled_to(truth, "nearest").array, "R")
        true = mask(truth.array, "R")
        assert 2 * (found & true).sum() / (found.sum() + true.sum()) > least
    assert set(hip.by_series) == {"1", "2"}
    assert hip.stage.stage in ("II", "I or II")  # of both series together
    assert set(hip.stage.by_series) | set(hip.stage.withheld) == {"1", "2"}
    likely = hip.probability  # by the shipped model, whose parts answer for different sequences
    assert likely.by_series and likely.probability is not None, likely.withheld
    assert set(likely.by_series) | set(likely.withheld) == {"1", "2"}
    angle = hip.numbers["combined_necrotic_angle"]
    assert angle.value == hip.findings.measurement.combined_necrotic_angle
    assert angle.low < angle.value < angle.high and angle.series == ("1", "2")
    assert hip.surface.flattening_mm < 2.0 and hip.surface.fracture_series == "2"
    assert hip.effusion is not None and hip.effusion_series == "2"


def test_the_examination_is_a_case_of_its_reference_with_every_answer(examined, images):
    exam, case, _out = examined
    (hip,) = case.hips
    assert hip.findings == exam.hips[0].findings
    assert hip.head.box is not None
    assert hip.stage.stage == exam.hips[0].stage.stage
    assert hip.probability.probability == exam.hips[0].probability.probability
    pooled = exam.hips[0].stage.by_series.values()
    assert hip.stage.distance == max(one.distance for one in pooled)
    assert (hip.stage.uncertainty is None) == (len(pooled) > 1 or next(iter(pooled)).uncertainty is None)
    assert len(hip.radiomics.features) == 1197
    assert case.steps["probability"].provenance["series"] == "2"  # the fluid-sensitive one
    assert case.did("radiograph") and hip.radiograph_radiomics is not None and hip.radiograph_deep is not None
    assert hip.survival is not None and hip.survival.measured_angle_deg == pytest.approx(
        hip.findings.measurement.combined_necrotic_angle
    )
    again = Case(
        replace(images["t1"], metadata={}),
        "it",
        read_image(case.segmentation),
        fine=read_image(case.segmentation_fine),
    )
    assert again.hip_outlines == case.hip_outlines
    fused, fine = read_image(examined[2] / OUTLINES), read_image(case.segmentation_fine)
    volumes = [(head_mask(one.array, "R")).sum() * one.voxel_volume_ml for one in (fused, fine)]
    assert volumes[0] == pytest.approx(volumes[1], rel=0.01)


def test_one_series_alone_gives_what_it_gives_among_others(images, result, tmp_path, capsys):
    write_image(images["t1"], tmp_path / "study" / "t1.nrrd")
    out = tmp_path / "out"
    assert run(["exam", str(tmp_path / "study"), "--out", str(out), "--no-predict", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer == json.loads((out / "exam.json").read_text(encoding="utf-8"))
    page = (out / "index.html").read_text(encoding="utf-8")
    assert answer["files"]["report"] == str(out / "index.html")
    for said in ("Arc A, mid-coronal", "What it rests on", "Series of the examination", "data:image/png"):
        assert said in page
    (hip,) = ExamResult.from_json(json.dumps(answer)).hips
    own = result.hips[0].by_series["1"]
    assert replace(hip.findings.measurement, jic_type=None) == hip.by_series["1"] == own
    assert hip.findings.measurement.jic_type == "C2"
    assert hip.stage is None and hip.probability is None
    assert hip.findings.notes == ("No fluid-sensitive series shows hip R; oedema was not looked for.",)
