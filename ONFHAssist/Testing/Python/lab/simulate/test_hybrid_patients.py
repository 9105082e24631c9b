"""Disease painted into images whose heads are known: in its place, on its side, with the volume and truth that it has."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from support.shared_data import shared_data

from ONFHAssistLab.cli import run
from ONFHAssistLab.simulate.hybrid.lesions import (
    LARGEST_SHARE,
    LOOK_ALIKES,
    HybridPlan,
    build_fields,
    draw_plan,
    lesion_axis,
)
from ONFHAssistLab.simulate.hybrid.paint import paint_head, paste, relative_signals
from ONFHAssistLab.simulate.hybrid.patients import simulate_on_real
from ONFHAssistLab.simulate.hybrid.real_hips import patients_of, read_real_heads
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image, read_mask, write_image
from ONFHAssistLib.imaging.image import Image

CENTRE, RADIUS = {"R": np.array([-88.0, 3.0, 10.0]), "L": np.array([86.0, 1.0, 12.0])}, 23.0
MARROW, ELSEWHERE, DARK = 1000.0, 400.0, 60.0


def pelvis(direction=((1, 0, 0), (0, 0, -1), (0, 1, 0)), spacing=(1.3, 1.3, 5.0)) -> Image:
    """Two bright balls in grey tissue, scanned in the plane that ``direction`` (columns are the index axes) gives."""
    matrix = np.array(direction, float).T
    extent = np.abs(matrix.T) @ np.array([260.0, 110.0, 110.0])
    size = np.ceil(extent / spacing).astype(int)
    middle = np.array([0.0, 2.0, 11.0])
    origin = middle - matrix @ (0.5 * (size - 1) * spacing)
    grid = Image(np.zeros(size[::-1], np.float32), spacing, tuple(origin), tuple(matrix.ravel()))
    points = grid.points()
    array = np.full(grid.array.shape, np.float32(ELSEWHERE))
    for centre in CENTRE.values():
        array[np.linalg.norm(points - centre, axis=-1) <= RADIUS] = MARROW
    return grid.like(array)


PLANES = {
    "coronal": ((1, 0, 0), (0, 0, -1), (0, 1, 0)),
    "axial": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "sagittal": ((0, 1, 0), (0, 0, -1), (-1, 0, 0)),
    "oblique": ((0.96, 0.28, 0), (0, 0, -1), (-0.28, 0.96, 0)),
    "flipped": ((-1, 0, 0), (0, 0, 1), (0, -1, 0)),
}
LESION = HybridPlan("necrosis", 6.0, content="D", band_mm=2.0)


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("side", ["R", "L"])
def test_a_painted_lesion_is_where_its_truth_is_in_every_plane(plane, side):
    image = pelvis(PLANES[plane])
    painted = paint_head(image, side, CENTRE[side], RADIUS, LESION, np.random.default_rng(3))
    whole = paste(image, painted).array.astype(float)
    changed = image.points()[whole < 0.75 * image.array]
    exact = painted.fields.grid.points()[painted.fields.labels() == 2]
    assert np.linalg.norm(changed.mean(axis=0) - exact.mean(axis=0)) < 2.0
    assert np.linalg.norm(changed - CENTRE[side], axis=1).max() < RADIUS + 5.0  # nothing of the other hip
    voxels = painted.image.like(painted.labels)
    assert (painted.labels == 2).sum() * voxels.voxel_volume_ml == pytest.approx(6.0, abs=0.9)


@pytest.mark.parametrize("side", ["R", "L"])
def test_a_lesion_lies_above_and_in_front_of_the_centre(side):
    fields = build_fields(CENTRE[side], RADIUS, side, LESION, np.random.default_rng(0))
    away = fields.grid.points()[fields.labels() == 2].mean(axis=0) - CENTRE[side]
    assert away[2] > 4.0
    assert away[1] < -3.0


def test_the_axis_turns_outward_on_either_side():
    assert lesion_axis("R", 30.0, 0.0)[0] == pytest.approx(-0.5)
    assert lesion_axis("L", 30.0, 0.0)[0] == pytest.approx(0.5)


@pytest.mark.parametrize("volume", [0.5, 2.0, 9.0, 25.0])
@pytest.mark.parametrize("shape", ["wedge", "bowl"])
def test_a_lesion_has_the_volume_that_is_wanted_or_the_most_that_a_head_holds(volume, shape):
    plan = HybridPlan("necrosis", volume, shape)
    labels = build_fields(CENTRE["R"], RADIUS, "R", plan, np.random.default_rng(5)).labels()
    most = LARGEST_SHARE * (labels > 0).sum() / 1000.0
    assert (labels == 2).sum() / 1000.0 == pytest.approx(min(volume, most), rel=0.02)


def test_the_band_on_t1_is_a_third_of_the_marrow_and_the_dead_fat_nearly_as_bright():
    image = pelvis(spacing=(0.8, 0.8, 0.8))
    plan = HybridPlan(
        "necrosis", 9.0, content="A", band_mm=3.0, band_unevenness=0.0, unevenness_mm=(0.5, 0.1)
    )
    painted = paint_head(image, "R", CENTRE["R"], RADIUS, plan, np.random.default_rng(1))
    depth = -painted.fields.grid.like(painted.fields.necrosis).resampled_to(painted.image, fill=-50.0).array
    inside = (
        painted.fields.grid.like(painted.fields.marrow).resampled_to(painted.image, fill=50.0).array < -1.5
    )
    band = painted.image.array[inside & (depth > 1.0) & (depth < 2.0)] / MARROW
    dead = painted.image.array[inside & (depth > 4.5)] / MARROW
    healthy = painted.image.array[inside & (depth < -1.0)] / MARROW
    assert 0.16 < np.median(band) < 0.63
    assert 0.70 < np.median(dead) < 1.25
    assert np.median(healthy) == pytest.approx(1.0, abs=0.01)


def test_thick_slices_hold_the_mean_of_what_they_cut():
    plan = HybridPlan("necrosis", 8.0, content="C", band_mm=2.0)
    thin, thick = (
        paint_head(pelvis(spacing=(1.0, 1.0, s)), "R", CENTRE["R"], RADIUS, plan, np.random.default_rng(8))
        for s in (1.0, 5.0)
    )
    lost = [
        float((MARROW - p.image.array[p.labels > 0]).clip(0).sum() * p.image.voxel_volume_ml)
        for p in (thin, thick)
    ]
    assert lost[1] == pytest.approx(lost[0], rel=0.12)


@pytest.mark.parametrize("sequence", ["T2 FS", "STIR", "PD FS"])
def test_oedema_is_bright_where_fat_is_suppressed(sequence):
    image = pelvis()
    dark = image.like(np.where(image.array == MARROW, DARK, ELSEWHERE).astype(np.float32))
    plan = HybridPlan("transient oedema", oedema=0.9)
    painted = paint_head(dark, "L", CENTRE["L"], RADIUS, plan, np.random.default_rng(2), sequence)
    wet = painted.fields.grid.like(painted.fields.oedema).resampled_to(painted.image).array > 0.7
    inside = painted.fields.grid.like(painted.fields.marrow).resampled_to(painted.image, fill=50.0).array < -4
    assert np.median(painted.image.array[inside & wet]) > 4 * DARK


def test_an_unknown_sequence_is_refused_by_name():
    with pytest.raises(InputError, match='The sequence is "ADC"'):
        relative_signals("ADC", 1.5, np.random.default_rng(0))


@pytest.mark.parametrize("kind", LOOK_ALIKES)
def test_what_only_looks_like_it_changes_the_head_and_is_no_necrosis(kind):
    image = pelvis()
    rng = np.random.default_rng(4)
    painted = paint_head(image, "R", CENTRE["R"], RADIUS, draw_plan(rng, kind), rng)
    assert not (painted.labels == 2).any()
    assert not (painted.fields.labels() == 2).any()
    before = image.cropped(painted.corner, np.add(painted.corner, painted.image.size))
    assert (np.abs(painted.image.array - before.array) > 100.0).any()


def test_a_healthy_plan_leaves_every_voxel_as_it_was():
    image = pelvis()
    painted = paint_head(image, "R", CENTRE["R"], RADIUS, HybridPlan(), np.random.default_rng(4))
    np.testing.assert_array_equal(paste(image, painted).array, image.array)


@pytest.fixture
def folder(tmp_path):
    """A folder with one image and both of its heads."""
    path = tmp_path / "real"
    path.mkdir()
    write_image(pelvis().like(pelvis().array.astype(np.int16)), path / "one.nii.gz")
    spheres = {side: {"centre": CENTRE[side].tolist(), "radius": RADIUS} for side in "RL"}
    (path / "spheres.json").write_text(json.dumps({"one.nii.gz": spheres}), encoding="utf-8")
    return path


def test_the_cohort_names_what_was_painted_and_holds_its_truth(folder, tmp_path):
    result = simulate_on_real(folder, 3, 5, tmp_path / "cohort")
    assert result["hips"] == 6
    with Path(result["table"]).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["patient"] for row in rows} == {"one"}
    for row in rows:
        labels = read_mask(tmp_path / "cohort" / row["segmentation"])
        image = read_image(tmp_path / "cohort" / row["image"])
        assert image.same_grid(labels)
        value = {"R": 3, "L": 4}[row["side"]]
        scanned = float((labels.array == value).sum() * labels.voxel_volume_ml)
        assert scanned == pytest.approx(float(row["necrosis_ml"]), abs=1.2)
        assert (row["truth"] == "implanted") == (float(row["necrosis_ml"]) > 0) == (row["early_onfh"] == "1")
        fine = read_mask(tmp_path / "cohort" / row["segmentation_fine"])
        assert (fine.array == value).sum() / 1000.0 == pytest.approx(float(row["necrosis_ml"]), abs=1e-3)
    assert {row["truth"] for row in rows} == {"implanted", "healthy"}


def test_the_same_seed_gives_the_same_bytes(folder, tmp_path):
    first, second, other = (
        simulate_on_real(folder, 1, seed, tmp_path / name) for seed, name in ((1, "a"), (1, "b"), (2, "c"))
    )
    assert first["sha256"] == second["sha256"] != other["sha256"]
    one, two = (read_image(tmp_path / name / "cases/hybrid_0001/image.nii.gz").array for name in "ab")
    np.testing.assert_array_equal(one, two)


def test_the_command_paints_and_says_that_nobody_has_this_disease(folder, tmp_path, capsys):
    assert (
        run(["simulate", "--on", str(folder), "--cases", "1", "--seed", "2", "--out", str(tmp_path / "x")])
        == 0
    )
    assert "simulated disease" in capsys.readouterr().out
    assert (tmp_path / "x/cohort.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--protocol", "dlr", "--cases", "1"], "cannot be given together"),
        ([], "--cases is missing"),
        (["--cases", "0"], "cases is 0"),
    ],
)
def test_a_call_that_cannot_be_is_refused_in_a_sentence(folder, tmp_path, capsys, arguments, said):
    assert run(["simulate", "--on", str(folder), *arguments, "--out", str(tmp_path / "x")]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "x").exists()


def test_heads_come_from_a_table_or_from_outlines_too(folder, tmp_path):
    (known,) = {head.patient for head in read_real_heads(folder)}
    assert known == "one"
    (folder / "spheres.json").unlink()
    with pytest.raises(InputError, match="names no femoral heads"):
        read_real_heads(folder)
    x, y, z = CENTRE["L"]
    (folder / "heads.csv").write_text(
        f"image,side,centre_x,centre_y,centre_z,radius,patient,sequence\none.nii.gz,L,{x},{y},{z},{RADIUS},anna,T2\n",
        encoding="utf-8",
    )
    (head,) = read_real_heads(folder)
    assert (head.patient, head.side, head.sequence) == ("anna", "L", "T2")
    (folder / "heads.csv").unlink()
    image = pelvis()
    labels = (np.linalg.norm(image.points() - CENTRE["R"], axis=-1) <= RADIUS).astype(np.uint8)
    write_image(image.like(labels), folder / "one_segmentation.nii.gz")
    (head,) = read_real_heads(folder)
    assert head.side == "R"
    assert head.radius == pytest.approx(RADIUS, abs=0.7)
    assert np.linalg.norm(head.centre - CENTRE["R"]) < 0.8


@pytest.mark.parametrize(
    ("sphere", "said"),
    [
        ({"centre": [0, 0, 0], "radius": 60}, "radius is 60"),
        ({"centre": [900, 0, 0], "radius": 23}, "lies outside one.nii.gz"),
        ({"centre": [1, 2], "radius": 23}, "four numbers|radius"),
        ({"centre": "x", "radius": 23}, "four numbers"),
    ],
)
def test_a_head_that_cannot_be_is_refused_with_its_place(folder, sphere, said):
    (folder / "spheres.json").write_text(json.dumps({"one.nii.gz": {"R": sphere}}), encoding="utf-8")
    with pytest.raises(InputError, match=said) as refusal:
        read_real_heads(folder)
    assert "one.nii.gz, side R" in str(refusal.value)


def test_the_real_pelves_are_read_with_both_heads_each():
    heads = read_real_heads(shared_data("real_pelvis_t1", "spheres.json").parent)
    assert len(heads) == 22
    assert len(patients_of(heads)) == 11
