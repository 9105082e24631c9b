"""Two readers: figures of shapes whose agreement is known, on thick slices and turned grids."""

import math

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from monai.metrics import compute_average_surface_distance, compute_hausdorff_distance
from support.outlined_balls import THICK, ball, necrotic

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.readers.agreement import bland_altman, compare_segmentations, surface_distances


def turned():
    return np.array(sitk.Euler3DTransform((0, 0, 0), 0.4, -0.3, 0.7).GetMatrix()).reshape(3, 3)


def test_the_same_outline_agrees_wholly():
    (part,) = compare_segmentations(ball(20), ball(20)).structures
    assert (part.structure, part.dice, part.hausdorff95_mm, part.surface_distance_mm) == (
        "Femoral head R", 1.0, 0.0, 0.0,
    )  # fmt: skip
    assert part.difference_ml == 0.0


@pytest.mark.parametrize("spacing", [(1.0, 1.0, 1.0), THICK, (2.0, 0.7, 1.3)])
@pytest.mark.parametrize("direction", [None, turned()])
def test_a_wider_ball_lies_the_difference_of_radii_away(spacing, direction):
    (part,) = compare_segmentations(ball(18, spacing=spacing, direction=direction), ball(22, spacing=spacing, direction=direction)).structures  # fmt: skip # noqa: E501
    assert part.dice == pytest.approx(2 * 18**3 / (18**3 + 22**3), abs=0.01)
    assert part.first_ml == pytest.approx(4 / 3 * math.pi * 18**3 / 1000, rel=0.02)
    assert part.difference_ml == part.second_ml - part.first_ml > 0
    assert part.surface_distance_mm == pytest.approx(4.0, abs=0.25 + 0.1 * max(spacing))
    assert part.hausdorff95_mm == pytest.approx(4.0, abs=0.5 * max(spacing))


def test_a_slab_one_slice_higher_is_one_slice_thickness_away():
    first = np.zeros((12, 40, 40), np.uint8)
    second = first.copy()
    first[3:8, 5:35, 5:35] = 1
    second[4:9, 5:35, 5:35] = 1
    (part,) = compare_segmentations(Image(first, THICK), Image(second, THICK)).structures
    assert part.dice == pytest.approx(4 / 5)
    assert part.hausdorff95_mm == pytest.approx(4.5)
    to_second, to_first = surface_distances(first > 0, second > 0, THICK)
    # The uncovered end (900 voxels) lies 4.5 mm off; of the covered end only what lies farther than that from the
    # side walls does, and the walls themselves (4 slices x 116 voxels) lie on each other.
    assert np.count_nonzero(to_second == 0) == 4 * 116
    assert np.count_nonzero(np.isclose(to_second, 4.5)) >= 900
    assert sorted(to_second) == pytest.approx(sorted(to_first))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), spacing=st.tuples(*[st.floats(0.5, 5.0)] * 3), level=st.floats(0.3, 0.7))
def test_distances_are_those_of_monai(seed, spacing, level):
    rng = np.random.default_rng(seed)
    first, second = (rng.random((7, 9, 8)) < level for _ in range(2))
    first[3, 4, 4] = second[3, 4, 4] = True
    to_second, to_first = surface_distances(first, second, spacing)
    pair = [torch.from_numpy(m[None, None].astype(np.float32)) for m in (first, second)]
    options = {"include_background": True, "spacing": list(spacing[::-1])}
    expected = compute_hausdorff_distance(*pair, percentile=95, **options).item()
    assert max(np.percentile(to_second, 95), np.percentile(to_first, 95)) == pytest.approx(expected, abs=1e-4)
    expected = compute_average_surface_distance(*pair, symmetric=True, **options).item()
    assert np.concatenate([to_second, to_first]).mean() == pytest.approx(expected, abs=1e-4)


def test_angles_and_shares_are_compared_a_hip():
    result = compare_segmentations(necrotic(40), necrotic(50))
    (hip,) = result.hips
    assert hip.angle_difference == pytest.approx(20.0, abs=1.5)  # both ends of arc A move by ten degrees
    assert hip.share_difference == pytest.approx(
        0.5 * (np.cos(np.radians(40)) - np.cos(np.radians(50))), abs=0.01
    )
    assert [p.structure for p in result.structures] == ["Femoral head R", "Necrosis R"]
    assert result.structures[0].dice == 1.0


def test_what_one_reader_left_out_has_no_distance():
    result = compare_segmentations(necrotic(40), ball(24, spacing=(1.0, 1.0, 1.0)))
    necrosis = result.structures[1]
    assert necrosis.dice == 0.0
    assert math.isnan(necrosis.hausdorff95_mm)
    assert necrosis.second_ml == 0.0


def test_other_grids_and_empty_segmentations_are_named():
    with pytest.raises(InputError, match="another grid"):
        compare_segmentations(ball(20), ball(20, spacing=(1.0, 1.0, 1.0)))
    empty = ball(20).like(np.zeros_like(ball(20).array))
    with pytest.raises(InputError, match="Neither segmentation holds a femoral head"):
        compare_segmentations(empty, empty)


def test_limits_of_agreement_follow_bland_and_altman():
    # Differences 1, 2, 3: mean 2, deviation 1; t of 2 degrees of freedom is 4.302653.
    found = bland_altman([10, 20, 30], [11, 22, 33])
    assert (found.n, found.bias, found.deviation) == (3, 2.0, 1.0)
    assert found.limits == pytest.approx((2 - 1.959964, 2 + 1.959964), abs=1e-6)
    assert found.bias_interval == pytest.approx((2 - 4.302653 / 3**0.5, 2 + 4.302653 / 3**0.5), abs=1e-5)
    half = 4.302653 * (1 / 3 + 1.959964**2 / 4) ** 0.5
    assert found.lower_interval == pytest.approx((0.040036 - half, 0.040036 + half), abs=1e-5)
    assert found.means.tolist() == [10.5, 21.0, 31.5]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ([1, 2], [1, 2], "at least three"),
        ([1, 2, 3], [1, 2], "3 and 2"),
        ([1, 2, math.nan], [1, 2, 3], "finite"),
    ],
)
def test_bland_altman_names_what_it_cannot_use(first, second, text):
    with pytest.raises(InputError, match=text):
        bland_altman(first, second)
