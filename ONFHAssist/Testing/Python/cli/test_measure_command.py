"""``onfh measure``: the numbers that DESIGN promises, with an edge that is given, and what it could not tell."""

import numpy as np
import pytest
from support.outlined_hips import hip

from ONFHAssistLib.imaging.files import write_image


@pytest.fixture
def files(tmp_path):
    axis = (0, -np.sin(np.radians(45)), np.cos(np.radians(45)))
    labels = hip((80.0, 0.0, 0.0), 24.0, "L", axis, 65.0, 15.0)
    image = labels.like(np.where(labels.array > 0, 800, 300).astype(np.int16))
    return write_image(image, tmp_path / "mr.nii.gz"), write_image(labels, tmp_path / "labels.nii.gz")


def test_the_promised_numbers_and_the_reason_for_what_is_missing(onfh_json, files):
    (found,) = onfh_json("measure", *files)["hips"]
    assert found["side"] == "L"
    assert found["combined_necrotic_angle"] == pytest.approx(found["arc_a"] + found["arc_b"])
    assert found["arc_a"] == pytest.approx(2 * np.degrees(np.arccos(np.cos(np.radians(65)) / np.cos(np.radians(45)))), abs=1.5)  # fmt: skip # noqa: E501
    assert found["jic_type"] is None
    assert found["oedema"] is None
    assert any("edge L" in note for note in found["notes"])


def test_a_given_edge_gives_the_jic_type_and_the_switch_turns_arc_b(onfh_json, onfh, files):
    angle = np.radians(30.0)
    edge = ("--edge-l", 80 + 28 * np.sin(angle), 0, 28 * np.cos(angle))
    (found,) = onfh_json("measure", *files, *edge, "--sagittal")["hips"]
    assert (found["jic_type"], found["edge_source"], found["arc_b_plane"]) == ("C2", "marked", "sagittal")
    assert found["arc_b"] == pytest.approx(130.0, abs=2.5)
    code, out, err = onfh("measure", *files, "--edge-l", 80, 0, -20)
    assert (code, out) == (2, "")
    assert "does not lie above the head centre" in err
