"""Acquisition: equations, contrast beside a real hip, geometry of every plane, noise, artefacts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage
from support.simulated_scans import once, scan

from ONFHAssistLab.simulate.acquisition import physics
from ONFHAssistLab.simulate.acquisition.mri import PROTOCOLS, acquire, get_protocol, truth_labels
from ONFHAssistLab.simulate.anatomy.tissues import FAT_T1, Tissue
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, head_mask
from ONFHAssistLib.measure.hip import fit_sphere, measure_hip

CLEAN = replace(PROTOCOLS["dlr_t1"], name="clean", snr=400.0, bias=0.0, motion=0.0, surface_coil=0.0)


MIXED = 255


def even_tissue(patient, grid):
    """The tissue of each voxel of ``grid`` whose every corner and middle lies in this tissue alone; else MIXED."""
    fine = patient.tissue
    alone = np.where(patient.share.array > 225, fine.array, np.uint8(MIXED))
    extent = np.array(grid.spacing) / np.array(fine.spacing[0])
    axes = np.abs(np.asarray(grid.direction).reshape(3, 3)) @ extent + 1.5
    size = np.maximum(1, np.round(axes[::-1]).astype(int))
    lowest, highest = ndimage.minimum_filter(alone, size), ndimage.maximum_filter(alone, size)
    alone[lowest != highest] = MIXED
    return fine.like(alone).resampled_to(grid, "nearest", fill=MIXED).array


def pure(patient, grid, tissue):
    """Mask on ``grid`` of voxels whose every corner and middle lies in pure tissue."""
    place = (grid.size, grid.spacing, grid.origin, grid.direction)
    return once(patient, ("even tissue", place), lambda: even_tissue(patient, grid)) == tissue


def medians(patient, image):
    """Median signal of subcutaneous fat, muscle, head marrow and cortex."""
    head = head_mask(truth_labels(patient, image).array, "L")
    return {
        "fat": np.median(image.array[pure(patient, image, Tissue.SUBCUTANEOUS_FAT)]),
        "muscle": np.median(image.array[pure(patient, image, Tissue.MUSCLE)]),
        "marrow": np.median(image.array[head & pure(patient, image, Tissue.YELLOW_MARROW)]),
        "cortex": np.median(image.array[pure(patient, image, Tissue.CORTEX)]),
    }


def test_spin_echo_equations_by_hand():
    # PD 0.8, T1 1000, T2 40 at TR 500, TE 10: 0.8 (1 - e^-0.5) e^-0.25.
    one = np.array([1.0])
    value = physics.spin_echo(0.8 * one, 1000 * one, 40 * one, 500, 10, None)[0]
    assert value == pytest.approx(0.8 * 0.393469 * 0.778801, rel=1e-5)
    value = physics.spin_echo(one, 1000 * one, 40 * one, 4000, 40, 160)[0]
    assert value == pytest.approx(abs(1 - 2 * np.exp(-0.16) + np.exp(-4)) * np.exp(-1), rel=1e-6)


@pytest.mark.parametrize("field", [1.5, 3.0])
def test_stir_nulls_fat_and_3t_lengthens_t1(field):
    ti = physics.null_inversion_time(field, 4000)
    assert ti == pytest.approx(np.log(2) * FAT_T1[physics.field_index(field)], rel=0.01)
    _, fat = physics.tissue_signals(field, 4000, 40, ti)
    assert fat[Tissue.SUBCUTANEOUS_FAT] < 1e-6
    water15, _ = physics.tissue_signals(1.5, 560, 11)
    water3, _ = physics.tissue_signals(3.0, 560, 11)
    assert water3[Tissue.MUSCLE] < water15[Tissue.MUSCLE]


def test_t1_contrast_is_that_of_the_real_hip(patient):
    """Real hip (README of real_hip_t1): muscle 0.36, head marrow 0.90-0.98 of fat, cortex below 100/915; 15 % apart."""
    found = medians(patient, scan(patient, CLEAN, 3))
    assert found["muscle"] / found["fat"] == pytest.approx(0.36, rel=0.15)
    assert 0.90 * 0.85 < found["marrow"] / found["fat"] < 0.98 * 1.15
    assert found["cortex"] / found["fat"] < 0.12


@pytest.mark.parametrize(
    ("name", "fat_dark"),
    [
        ("dlr_t2fs", True),
        ("prisma_stir_coronal", True),
        ("ingenia_pdfs_axial", True),
        ("signa_t2_coronal", False),
    ],
)
def test_fat_is_dark_where_it_is_suppressed_and_fluid_is_bright(patient, name, fat_dark):
    image = scan(patient, name, 1)
    fat = np.median(image.array[pure(patient, image, Tissue.SUBCUTANEOUS_FAT)])
    muscle = np.median(image.array[pure(patient, image, Tissue.MUSCLE)])
    urine = np.median(image.array[pure(patient, image, Tissue.URINE)])
    assert (fat < muscle) == fat_dark
    # Long T1 saturates fluid at the short TR of PD.
    assert urine > (2.0 if "T2" in image.metadata["sequence"] and fat_dark else 1.0) * max(
        fat * fat_dark, muscle
    )


@pytest.mark.parametrize("plane", ["coronal", "axial", "sagittal"])
def test_planes_have_their_geometry_and_show_the_head_where_it_is(patient, plane):
    image = scan(patient, replace(CLEAN, plane=plane, width_mm=380.0 if plane != "sagittal" else 260.0), 5)
    normal = np.asarray(image.direction).reshape(3, 3)[:, 2]
    assert np.argmax(np.abs(normal)) == {"coronal": 1, "axial": 2, "sagittal": 0}[plane]
    assert image.metadata["plane"] == plane
    marrow = 0.5 * np.percentile(image.array, 95)
    # Marrow is uneven: a line of single pixels would end at a trabecula.
    even = ndimage.gaussian_filter(image.array.astype(float), (0, 1.2, 1.2))
    for side in "RL":
        centre, radius = np.array(patient.truth[side]["centre"]), patient.truth[side]["radius"]
        index = image.point_to_index(centre)
        assert np.all(index > 0)
        assert np.all(index < np.array(image.size) - 1)
        # The dark plate and the joint space around bright marrow: edges in both in-plane directions lie at the radius.
        for axis in (0, 1):
            i, j, k = np.round(index).astype(int)
            line = even[k, j, :] if axis == 0 else even[k, :, i]
            start = (i, j)[axis]
            if side == "R":
                continue  # necrotic
            steps = [np.flatnonzero(line[start:] < marrow)[0], np.flatnonzero(line[start::-1] < marrow)[0]]
            reach = np.array(steps) * image.spacing[axis]
            assert min(abs(reach - radius)) < 3.0


def test_metadata_and_preset_of_the_dlr_study(patient):
    image = scan(patient, "dlr_t2fs", 1)
    about = image.metadata
    assert (about["modality"], about["sequence"], about["plane"], about["field_t"]) == (
        "MR",
        "T2 FS",
        "coronal",
        "1.5",
    )
    assert (about["echo_time_ms"], about["repetition_time_ms"], about["slice_thickness_mm"]) == (
        "67",
        "3000",
        "4.5",
    )
    assert image.spacing[2] == 4.5
    assert image.spacing[:2] == pytest.approx((0.8, 0.8), abs=0.01)
    assert {p.model for p in PROTOCOLS.values()} == {"Avanto", "Prisma", "Ingenia", "SIGNA Architect"}
    assert {p.model for p in PROTOCOLS.values() if p.for_testing} == {"SIGNA Architect"}


def test_sequences_of_one_session_share_a_grid_and_a_seed_is_an_image(patient):
    first, second = scan(patient, "dlr_t1", 1), scan(patient, "dlr_t2fs", 1)
    assert first.same_grid(second)
    assert np.array_equal(first.array, acquire(patient, "dlr_t1", 1).array)
    assert not np.array_equal(first.array, acquire(patient, "dlr_t1", 10).array)


def test_noise_is_as_stated(patient):
    """Background of a magnitude image is Rayleigh: mean sigma sqrt(pi / 2), with sigma = muscle / SNR."""
    protocol = replace(CLEAN, snr=15.0)
    image = acquire(patient, protocol, 2)
    quiet = scan(patient, CLEAN, 2)
    muscle = np.median(quiet.array[pure(patient, quiet, Tissue.MUSCLE)])
    air = pure(patient, image, Tissue.AIR)
    air[:, :, 12:-12] = False
    expected = muscle / 15.0 * np.sqrt(np.pi / 2)
    assert image.array[air].mean() == pytest.approx(expected, rel=0.12)


def test_bias_motion_and_fat_residual_do_what_they_say(patient):
    flat = scan(patient, CLEAN, 4).array.astype(float)
    shaded = acquire(patient, replace(CLEAN, bias=0.5), 4).array.astype(float)
    inside = flat > np.percentile(flat, 80)
    assert np.std(np.log(shaded[inside] / flat[inside])) > 0.1
    ghosts = acquire(patient, replace(CLEAN, motion=0.4), 4).array.astype(float)
    air = flat < 0.01 * flat.max()
    assert ghosts[air].mean() > 1.5 * flat[air].mean()
    suppressed = replace(
        PROTOCOLS["dlr_t2fs"], snr=400.0, fat_residual=0.0, bias=0.0, motion=0.0, surface_coil=0.0
    )
    image = acquire(patient, suppressed, 4)
    fat = pure(patient, image, Tissue.SUBCUTANEOUS_FAT)
    leak = acquire(patient, replace(suppressed, fat_residual=0.3), 4)
    assert leak.array[fat].mean() > 3 * image.array[fat].mean()


def test_chemical_shift_moves_fat_along_columns(patient):
    """At 1.5 T and 62 Hz a pixel, 3.4 ppm are 3.5 acquired pixels."""
    assert physics.fat_shift_pixels(1.5, 62.0) == pytest.approx(3.5, abs=0.01)
    narrow = acquire(patient, replace(CLEAN, bandwidth_hz=62.0), 6).array.astype(float)
    wide = acquire(patient, replace(CLEAN, bandwidth_hz=1000.0), 6).array.astype(float)
    middle = len(narrow) // 2
    a, b = (v[middle] - v[middle].mean() for v in (narrow, wide))
    score = [np.sum(a * np.roll(b, k, axis=1)) for k in range(-8, 9)]
    assert abs(int(np.argmax(score)) - 8) in (
        3,
        4,
    )  # 3.3 acquired pixels of 1 mm are 4.1 of 0.8 mm, less the water


def test_metal_leaves_a_void(replaced):
    image = scan(replaced, "prisma_t1_coronal", 1)
    parameters = replaced.parameters
    from ONFHAssistLab.simulate.anatomy.bones import hip_frame

    centre = hip_frame(parameters, "R").centre + parameters.table_position_mm
    distance = np.linalg.norm(image.points() - centre, axis=-1)
    assert np.median(image.array[distance < 18]) < 0.15 * np.percentile(image.array, 95)


@pytest.mark.parametrize("preset", ["dlr_t1", "prisma_t2_axial", "ingenia_t1_sagittal", "signa_t2_coronal"])
def test_truth_on_the_scans_grid_measures_as_the_truth(patient, preset):
    labels = truth_labels(patient, scan(patient, preset, 1))
    for side in "RL":
        truth = patient.truth[side]
        found = measure_hip(labels, side, truth["acetabular_edge"])
        assert np.linalg.norm(np.subtract(found.centre, truth["centre"])) < 1.0
        assert found.radius == pytest.approx(truth["radius"], abs=0.6)
        assert found.head_ml == pytest.approx(truth["head_ml"], rel=0.02)
        assert found.combined_necrotic_angle == pytest.approx(truth["combined_necrotic_angle"], abs=8.0)


def test_truth_on_an_oblique_flipped_grid():
    from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient

    small = build_patient(draw_patient(3, right="0", left="0"), spacing=1.5, soft_tissue=False)
    centre = np.array(small.truth["L"]["centre"])
    c, s = np.cos(0.4), np.sin(0.4)
    direction = np.array([[-c, 0, s], [s, 0, c], [0, -1, 0]])
    grid = Image(np.zeros((60, 70, 80), np.uint8), (1.3, 1.1, 1.6), direction=tuple(direction.ravel()))
    grid = replace(grid, origin=tuple(centre - (grid.index_to_point(np.array([40.0, 35, 30])) - grid.origin)))
    labels = truth_labels(small, grid)
    found, radius = fit_sphere(labels.like(labels.array == HEAD["L"]), "L")
    assert np.linalg.norm(found - centre) < 0.6
    assert radius == pytest.approx(small.truth["L"]["radius"], abs=0.3)


def test_bad_protocols_are_refused_by_name_and_range():
    with pytest.raises(InputError, match=r"slice_mm is 0\.1; it must be from 0\.8 to 10"):
        replace(CLEAN, slice_mm=0.1)
    with pytest.raises(InputError, match='sequence is "FLAIR"'):
        replace(CLEAN, sequence="FLAIR")
    with pytest.raises(InputError, match='no MR protocol "fast"'):
        get_protocol("fast")
