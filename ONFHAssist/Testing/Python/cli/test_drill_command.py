"""``onfh drill``: the plan as JSON with its files; what cannot be planned is said in one line."""

import json

import numpy as np
import pytest
from support.made_femurs import made_femur
from typer.testing import CliRunner

from ONFHAssistLib.cli.application import app
from ONFHAssistLib.drilling.given import read_femurs
from ONFHAssistLib.imaging.files import read_image, write_image


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Image, segmentation and femur of a left hip on thick oblique slices."""
    made = made_femur("L", (1.2, 1.2, 2.4))
    folder = tmp_path_factory.mktemp("drill")
    image = made.femur.like((300.0 * made.femur.array).astype(np.float32) + 50.0)
    return made, [
        str(write_image(one, folder / f"{name}.nii.gz"))
        for name, one in (("image", image), ("segmentation", made.labels), ("femur", made.femur))
    ]


def run(*arguments):
    result = CliRunner().invoke(app, ["drill", *map(str, arguments), "--json"])
    return result, json.loads(result.stdout) if result.exit_code == 0 else None


def test_the_object_holds_wires_reach_rules_and_statement(files, tmp_path):
    made, (image, segmentation, femur) = files
    result, answer = run(image, segmentation, "--femur", femur, "--out", tmp_path, "--wires", 2)
    assert result.exit_code == 0, result.output
    (hip,) = answer["hips"]
    assert (hip["side"], hip["femur_from"], len(hip["wires"])) == ("L", "given", 2)
    assert all(check["kept"] for check in hip["checks"])
    assert hip["wires"][0]["entry"][0] > 85  # LPS: the patient's left
    assert 0 < hip["reach_share"] <= hip["bound_share"] <= 1
    assert hip["statement"].startswith("2 wires reach")
    assert answer["rules"]["wires"] == 2
    assert json.loads((tmp_path / "drilling.json").read_text(encoding="utf-8"))["hips"] == answer["hips"]
    bone = read_image(answer["femurs"]["L"])
    index = np.rint(bone.point_to_index(made.centre)).astype(int)
    assert bone.array[index[2], index[1], index[0]] == 1


def test_the_rules_of_the_command_line_go_over_those_of_the_file(files, tmp_path):
    _made, (image, segmentation, femur) = files
    rules = tmp_path / "rules.yaml"
    rules.write_text("wires: 5\ndiameter_mm: 2.5\n", encoding="utf-8")
    _result, answer = run(
        image, segmentation, "--femur", femur, "--out", tmp_path, "--rules", rules, "--wires", 1
    )
    assert (answer["rules"]["wires"], answer["rules"]["diameter_mm"]) == (1, 2.5)


def test_a_femur_is_of_the_side_whose_head_it_covers(files):
    made, (_image, _segmentation, femur) = files
    found = read_femurs(femur, made.labels)
    assert list(found) == ["L"]
    assert found["L"].array.sum() == made.femur.array.sum()
