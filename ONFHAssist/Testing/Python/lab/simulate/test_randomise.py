"""Random-contrast volumes: reproducible, in place, and different from each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from ONFHAssistLab.simulate.acquisition.randomise import Domain, PatientBank, random_volumes
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.labels import HEAD, head_mask
from ONFHAssistLib.measure.hip import fit_sphere

STILL = Domain(around="hip", warp_mm=0.0, tight=0.0, spacing_mm=(1.0, 1.6), wander_mm=5.0, mirror=0.0)


@pytest.fixture(scope="module")
def bank(patient, replaced):
    return PatientBank([patient, replaced])


def test_a_seed_is_a_sequence(bank):
    first, again = (list(islice(random_volumes(bank, 5), 3)) for _ in range(2))
    other = next(random_volumes(bank, 6))
    for a, b in zip(first, again, strict=True):
        assert np.array_equal(a.image.array, b.image.array)
        assert np.array_equal(a.labels.array, b.labels.array)
        assert a.image.same_grid(b.image)
    assert not np.array_equal(first[0].image.array, other.image.array)


def test_labels_lie_where_the_head_is_whatever_the_rotation(patient):
    turned = replace(STILL, rotation_deg=35.0)
    seen = 0
    for sample in islice(random_volumes(PatientBank([patient]), 1, turned), 8):
        assert sample.image.same_grid(sample.labels)
        for side in "RL":
            mask = head_mask(sample.labels.array, side)
            if mask.sum() * np.prod(sample.image.spacing) < 0.97 * 1000 * patient.truth[side]["head_ml"]:
                continue
            centre, radius = fit_sphere(sample.labels.like(mask), side)
            assert np.linalg.norm(centre - patient.truth[side]["centre"]) < 1.0
            assert radius == pytest.approx(patient.truth[side]["radius"], abs=0.7)
            seen += 1
    assert seen >= 4


def test_mirrored_patients_swap_their_sides(patient):
    mirrored = replace(STILL, mirror=1.0)
    for sample in islice(random_volumes(PatientBank([patient]), 2, mirrored), 4):
        for side in "RL":
            points = np.argwhere(head_mask(sample.labels.array, side))[:, ::-1]
            if len(points):
                x = sample.labels.index_to_point(points)[:, 0].mean()
                assert (x < patient.midline_x) == (side == "R")


def test_contrasts_differ_and_values_are_finite(bank):
    ratios = []
    for sample in islice(random_volumes(bank, 3, Domain(around="hip", tight=0.0)), 24):
        image, labels = sample.image.array, sample.labels.array
        assert np.isfinite(image).all()
        assert image.dtype == np.float32
        assert image.min() >= 0.0
        head = labels == HEAD["L"]
        if head.sum() > 500:
            tissue = (labels == 0) & (image > 0.1 * image.max())
            ratios.append(np.median(image[head]) / np.median(image[tissue]))
        assert sample.contrast in ("physics", "random")
    assert min(ratios) < 0.8
    assert max(ratios) > 1.3


def test_tight_fields_of_view_cut_image_and_labels_alike(patient):
    cut = 0
    for sample in islice(random_volumes(PatientBank([patient]), 4, Domain(around="hip", tight=1.0)), 6):
        empty = sample.image.array == 0.0
        cut += bool(empty.mean() > 0.05)
        assert not sample.labels.array[empty].any()
    assert cut >= 3


def test_bank_survives_the_disk(tmp_path):
    bank = PatientBank.build(1, seed=3, spacing=2.0)
    loaded = PatientBank.load(bank.save(tmp_path / "bank"))
    first, again = (next(random_volumes(b, 1)) for b in (bank, loaded))
    assert np.array_equal(first.image.array, again.image.array)
    assert first.image.same_grid(again.image)


def test_mistakes_are_named(tmp_path, bank):
    with pytest.raises(InputError, match="not drawn from its seed alone"):
        bank.save(tmp_path)
    with pytest.raises(InputError, match="count is 0"):
        PatientBank.build(0, seed=1)
    with pytest.raises(InputError, match="at least one patient"):
        PatientBank([])
    with pytest.raises(InputError, match=r"holds no patient_\*\.npz"):
        PatientBank.load(tmp_path)
    with pytest.raises(InputError, match='around is "knee"'):
        Domain(around="knee")
    with pytest.raises(InputError, match=r"spacing_mm is 5 to 2"):
        Domain(spacing_mm=(5.0, 2.0))
