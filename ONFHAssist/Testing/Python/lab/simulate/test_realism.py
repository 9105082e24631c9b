"""What real scans taught the simulator: gradient echoes, diffusion, coil arrays, and the unevenness of marrow."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from scipy import ndimage

from ONFHAssistLab.simulate.acquisition import physics, randomise
from ONFHAssistLab.simulate.acquisition.coil import GAP_MM, CoilArray, spread
from ONFHAssistLab.simulate.acquisition.mri import acquire, get_protocol
from ONFHAssistLab.simulate.acquisition.randomise import Domain, PatientBank, random_volumes
from ONFHAssistLab.simulate.anatomy import kernels
from ONFHAssistLab.simulate.anatomy.bones import hip_frame
from ONFHAssistLab.simulate.anatomy.grain import IN_BONE
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLab.simulate.anatomy.tissues import COUNT, Tissue
from ONFHAssistLib.core.errors import InputError


def test_gradient_echo_by_hand():
    # PD 1, T1 1000, TR 100, flip 90: 1 - e^-0.1; T2* 20 at TE 5: e^-0.25.
    one = np.ones(1)
    value = physics.gradient_echo(one, 1000 * one, 20 * one, 100.0, 5.0, 90.0)[0]
    assert value == pytest.approx(0.0951626 * 0.7788008, rel=1e-5)
    # Flip 30: sin 30 (1 - E) / (1 - cos 30 E).
    value = physics.gradient_echo(one, 1000 * one, 1e9 * one, 100.0, 5.0, 30.0)[0]
    assert value == pytest.approx(0.5 * 0.0951626 / (1 - 0.8660254 * 0.9048374), rel=1e-5)


def test_water_and_fat_oppose_each_other_every_other_2_3_ms_at_15_t():
    # 3.4 ppm at 1.5 T are 217 Hz: opposed at 2.30 ms, together at 4.61 ms.
    assert physics.opposed_cosine(1.5, 2.30) == pytest.approx(-1.0, abs=0.001)
    assert physics.opposed_cosine(1.5, 4.61) == pytest.approx(1.0, abs=0.001)
    assert physics.opposed_cosine(3.0, 2.30) == pytest.approx(1.0, abs=0.003)


def _rendered(cosine: float) -> np.ndarray:
    """A row of voxels from muscle to fat, the middle one half and half, by the kernel of the random volumes."""
    shape = (1, 1, 3)
    tissue = np.full(shape, Tissue.MUSCLE, np.uint8)
    partner = np.full(shape, Tissue.SUBCUTANEOUS_FAT, np.uint8)
    share = np.array([[[255, 128, 0]]], np.uint8)
    water, fat = np.zeros(COUNT, np.float32), np.zeros(COUNT, np.float32)
    water[Tissue.MUSCLE], fat[Tissue.SUBCUTANEOUS_FAT], fat[Tissue.MUSCLE] = 0.5, 0.5, 0.1
    turn = np.eye(3, 4, dtype=np.float32)
    image, labels = np.empty(shape, np.float32), np.empty(shape, np.uint8)
    tile = np.zeros((8, 8, 8), np.float32)
    kernels.render(
        (tissue, partner, share, np.zeros(shape, np.uint8)),
        (turn, np.zeros((3, 2, 2, 2), np.float32)),
        np.zeros((1, 3), np.float32),
        (water, fat, np.zeros(COUNT, np.float32)),
        (np.zeros(3, np.float32), np.float32(cosine)),
        (tile, tile, IN_BONE),
        np.zeros(3, np.int64),
        image,
        labels,
    )
    return image[0, 0]


def test_out_of_phase_is_the_difference_of_water_and_fat_in_a_voxel():
    part = 128 / 255
    mixed = (0.5 * part, 0.1 * part + 0.5 * (1 - part))
    assert _rendered(1.0) == pytest.approx([0.6, sum(mixed), 0.5], abs=1e-5)
    assert _rendered(-1.0) == pytest.approx([0.4, abs(mixed[0] - mixed[1]), 0.5], abs=1e-5)
    assert _rendered(0.0) == pytest.approx([np.hypot(0.5, 0.1), np.hypot(*mixed), 0.5], abs=1e-5)


def test_out_of_phase_scans_draw_a_dark_line_where_muscle_meets_fat(patient):
    quiet = {"snr": 400.0, "bias": 0.0, "motion": 0.0, "surface_coil": 0.0}
    together, opposed = (
        acquire(patient, replace(get_protocol(f"gre_{phase}_phase_coronal"), name="gre", **quiet), 1)
        for phase in ("in", "out_of")
    )
    grid = patient.tissue.resampled_to(together, "nearest").array
    edge = ndimage.binary_dilation(grid == Tissue.MUSCLE) & ndimage.binary_dilation(np.isin(grid, (2, 3)))
    muscle = ndimage.binary_erosion(grid == Tissue.MUSCLE, iterations=3)
    ratio = opposed.array.astype(float) / np.maximum(together.array, 1)
    ratio /= np.median(ratio[muscle])
    assert np.percentile(ratio[edge], 10) < 0.45
    assert np.percentile(ratio[muscle], 10) > 0.6  # fat streaks the muscle
    assert opposed.metadata["sequence"] == "GRE"


def test_dixon_takes_water_and_fat_apart(patient):
    water, fat = (acquire(patient, f"dixon_{name}_coronal", 1) for name in ("water", "fat"))
    grid = patient.tissue.resampled_to(water, "nearest").array
    solid = {
        t: ndimage.binary_erosion(grid == t, iterations=2) for t in (Tissue.MUSCLE, Tissue.SUBCUTANEOUS_FAT)
    }
    for image, factor in ((water, 2.0), (fat, 0.3)):
        muscle, oil = (np.median(image.array[solid[t]]) for t in solid)
        assert (muscle / oil > factor) == (image is water)


def test_diffusion_decays_and_its_map_is_the_coefficient(patient):
    low, _ = physics.diffusion_signals(1.5, 4500, 70, 0.0)
    high, _ = physics.diffusion_signals(1.5, 4500, 70, 800.0)
    assert high[Tissue.URINE] / low[Tissue.URINE] == pytest.approx(np.exp(-800 * 3.0e-3), rel=1e-4)
    image = acquire(patient, replace(get_protocol("adc_axial"), snr=300.0), 1)
    grid = patient.tissue.resampled_to(image, "nearest").array
    muscle = ndimage.binary_erosion(grid == Tissue.MUSCLE, iterations=3)
    urine = ndimage.binary_erosion(grid == Tissue.URINE, iterations=2)
    assert np.median(image.array[muscle]) == pytest.approx(1400, rel=0.08)
    assert np.median(image.array[urine]) == pytest.approx(3000, rel=0.08)


def test_contrast_agent_brightens_what_is_perfused():
    plain, _ = physics.tissue_signals(1.5, 560, 11)
    enhanced, fat = physics.tissue_signals(1.5, 560, 11, None, 1.0)
    gain = enhanced / np.maximum(plain, 1e-6)
    assert gain[Tissue.ORGAN] > 1.5 > 1.3 > gain[Tissue.MUSCLE] > 1.02
    assert np.array_equal(fat, physics.tissue_signals(1.5, 560, 11)[1])


def test_a_coil_array_hears_the_skin_louder_than_the_middle():
    array = CoilArray.about(np.array([180.0, 110.0]), np.random.default_rng(1))
    assert array.gain(np.zeros(3)) == pytest.approx(1.0)
    steps = array.gain(np.array([[0.0, -y, 0.0] for y in (0, 40, 80, 105)]))
    assert np.all(np.diff(steps) > 0)
    assert 1.5 < steps[-1] < 20.0
    single = CoilArray(np.array([[0.0, -70.0, 0.0]]), 70.0, np.ones(1))
    # One radius away the loop hears 2^-1.5, on itself 1: 2.83 times as loud.
    assert single.gain(np.array([0.0, -70.0, 0.0])) == pytest.approx(2**1.5, rel=1e-6)
    assert abs(array.centres[:, 1]).max() <= 110.0 + GAP_MM


def test_a_coarse_field_is_spread_linearly():
    fine = spread(np.array([[0.0, 1.0], [2.0, 3.0]], np.float32), (3, 5))
    assert fine == pytest.approx(np.array([[0, 1, 2]]).T + np.linspace(0, 1, 5))


def test_marrow_is_as_uneven_as_that_of_real_pelves(patient):
    """Eleven real T1 pelves: 0.144, 0.033, 0.038, 0.060 with standard deviations 0.019, 0.006, 0.006, 0.007."""
    image = acquire(patient, "pelvis_t1", 2)
    centre, radius = np.array(patient.truth["L"]["centre"]), patient.truth["L"]["radius"]
    within = np.linalg.norm(image.points() - centre, axis=-1) < 0.8 * radius
    array = image.array / image.array[within].mean()
    assert array[within].std() == pytest.approx(0.144, abs=2 * 0.019)
    for scale, real, spread_of in ((0.7, 0.033, 0.006), (1.4, 0.038, 0.006), (2.8, 0.060, 0.007)):
        blur = scale / image.spacing[0]
        band = ndimage.gaussian_filter(array, (0, blur, blur)) - ndimage.gaussian_filter(
            array, (0, 2 * blur, 2 * blur)
        )
        assert band[within].std() == pytest.approx(real, abs=2 * spread_of), scale


def test_training_textures_span_half_to_twice_the_real_ones_whatever_the_contrast():
    rng = np.random.default_rng(4)
    grain = randomise.Grain.draw(rng, 1.25)
    usual = grain.mixed()[0].std()
    stds = np.array([randomise._random_grain(grain, rng, Domain())[0].std() for _ in range(60)]) / usual
    assert stds.min() < 0.75
    assert stds.max() > 1.5
    none = randomise._random_grain(grain, rng, Domain(marrow_texture=(1.0, 1.0)))[0]
    assert none.std() == pytest.approx(usual, rel=0.5)
    tables = [randomise._random_tables(rng, Domain(physics=p))[0] for p in (0.0, 1.0)]
    assert tables[0][2][Tissue.YELLOW_MARROW] == tables[1][2][Tissue.YELLOW_MARROW] > 0.1
    with pytest.raises(InputError, match=r"marrow_texture is 2 to 1"):
        Domain(marrow_texture=(2.0, 1.0))


def test_random_volumes_can_all_be_gradient_echoes_and_stay_finite(patient):
    domain = Domain(size=(32,) * 3, physics=1.0, gradient_echo=1.0, surface_coil=1.0, bright_surroundings=1.0)
    for sample in islice(random_volumes(PatientBank([patient]), 9, domain), 12):
        assert np.isfinite(sample.image.array).all()
        assert sample.image.array.min() >= 0.0
        assert sample.contrast == "physics"


def test_thighs_roll_outward_and_take_the_neck_behind_the_coronal_plane():
    still = draw_patient(5, hip_rotation_deg=0.0)
    rolled = draw_patient(5, hip_rotation_deg=20.0)
    assert replace(rolled, hip_rotation_deg=0.0) == still
    for side in "RL":
        a, b = hip_frame(still, side).neck, hip_frame(rolled, side).neck
        assert b[1] - a[1] > 0.15
        assert a[0] * b[0] > 0


def test_a_wide_field_of_view_shows_the_spine_and_leaves_hips_and_truth_as_they_are():
    parameters = draw_patient(6, right="II", left="0")
    pelvis, whole = (build_patient(parameters, 2.0, above_mm=high) for high in (112.0, 200.0))
    count = pelvis.labels.array.shape[0]
    assert whole.tissue.array.shape[0] * 2.0 > 330.0
    assert np.array_equal(whole.labels.array[:count], pelvis.labels.array)
    assert not whole.labels.array[count:].any()
    assert whole.truth == pelvis.truth
    above = whole.tissue.array[count + 10 :]
    bone = np.isin(above, (Tissue.YELLOW_MARROW, Tissue.RED_MARROW))
    x = whole.tissue.origin[0] + 2.0 * np.argwhere(bone)[:, 2]
    assert len(x) > 2000
    assert abs(x.mean() - whole.midline_x) < 3.0
    assert (above == Tissue.MUSCLE).mean() > 0.05
    with pytest.raises(InputError, match="above_mm is 500 mm"):
        build_patient(parameters, 2.0, above_mm=500.0)
