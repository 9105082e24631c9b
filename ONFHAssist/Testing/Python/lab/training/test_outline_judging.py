"""The rule for necrosis is chosen where it parts lesions from dark patches."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from ONFHAssistLab.training.outline_judging import GREYS, NecrosisRule, evaluate_at, validate  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402

EDGE = 72


class Reader(torch.nn.Module):
    """Reads the share of necrosis off the grey value: head from 0.5 on, necrosis by what lies above."""

    def forward(self, x):
        inside = 20.0 * (x - 0.25)
        share = torch.clamp((x - 0.5) / 0.5, 1e-4, 1 - 1e-4)
        return torch.cat([-inside, inside + torch.log(1 - share), inside + torch.log(share)], 1)


def cube(share=None, lesion=None):
    """A ball of 24 voxels' radius; ``share`` of necrosis in a box of 12 voxels, which is a lesion or marrow."""
    z, y, x = np.ogrid[:EDGE, :EDGE, :EDGE]
    truth = ((z - 36) ** 2 + (y - 36) ** 2 + (x - 36) ** 2 < 24**2).astype(np.uint8)
    image = 0.5 * truth
    box = (slice(30, 42),) * 3
    if share is not None:
        image[box] = 0.5 + 0.5 * share
        truth[box] = 2 if lesion else 1
    return np.round(image * GREYS).astype(np.uint8), truth


LESIONS = [cube(share, True) for share in (0.95, 0.97, 0.99)]


def test_a_certainty_between_patches_and_lesions_is_chosen():
    cubes = [*LESIONS, cube(), cube(0.8), cube(0.7)]
    rule, figures = validate([(Reader(), cubes)])
    assert 0.80 < rule.certainty < 0.95
    assert figures["healthy_heads_called_necrotic"]["value"] == 0
    assert figures["necroses_over_1_ml_found"]["value"] == 1
    assert figures["necrosis_dice_over_2_ml"]["value"] == pytest.approx(1.0)
    assert figures["head_dice"]["value"] == pytest.approx(1.0)
    without = evaluate_at([(Reader(), cubes)], NecrosisRule(0.5))
    assert without["healthy_heads_called_necrotic"]["value"] == pytest.approx(2 / 3)


def test_no_lesion_is_given_up_for_a_patch_that_looks_like_one():
    rule, figures = validate([(Reader(), LESIONS), (Reader(), [cube(), cube(0.98)])])
    assert figures["necroses_over_1_ml_found"]["value"] == 1
    assert figures["healthy_heads_called_necrotic"]["value"] == 0.5
    assert rule.certainty < 0.95


def test_without_alarms_no_certainty_is_asked_for():
    assert validate([(Reader(), [*LESIONS, cube()])])[0].certainty == 0


def test_cubes_without_lesion_or_without_healthy_head_are_refused():
    for cubes in ([cube()], LESIONS):
        with pytest.raises(InputError, match="no lesion, or no healthy head"):
            validate([(Reader(), cubes)])
