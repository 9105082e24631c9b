"""Readers' commands: one object each, and one sentence for a mistake."""

import json

import pytest
from support.outlined_balls import ball, necrotic

from ONFHAssistLib.imaging.files import read_mask, write_image


@pytest.fixture
def files(tmp_path):
    return [str(write_image(necrotic(opening), tmp_path / f"{opening}.nii.gz")) for opening in (40, 46, 52)]


def test_compare_gives_structures_and_hips(onfh_json, files):
    result = onfh_json("compare", *files[:2])
    assert [part["structure"] for part in result["structures"]] == ["Femoral head R", "Necrosis R"]
    assert result["structures"][0]["dice"] == 1.0
    assert result["hips"][0]["angle_difference"] == pytest.approx(12.0, abs=1.5)


def test_consensus_writes_the_middle_reader_and_who_confirmed(onfh_json, files, tmp_path):
    out = tmp_path / "agreed.nrrd"
    result = onfh_json(
        "consensus", *files, "--out", out, "--method", "majority", "--confirmed-by", "Dr A",
        "--reader", "A", "--reader", "B", "--reader", "C",
    )  # fmt: skip
    assert (read_mask(out).array == read_mask(files[1]).array).all()
    with open(result["record"], encoding="utf-8") as file:  # noqa: PTH123
        record = json.load(file)
    assert (record["confirmed_by"], record["readers"]) == ("Dr A", ["A", "B", "C"])


def test_a_comparison_of_two_grids_is_refused(onfh, files, tmp_path):
    other = write_image(ball(20), tmp_path / "other.nii.gz")
    code, out, err = onfh("compare", files[0], other)
    assert (code, out) == (2, "")
    assert "another grid" in err


def test_agreement_and_confirm(onfh_json, files, tmp_path):
    rows = [f"c{k},{files[k % 3]},{files[(k + 1) % 3]}" for k in range(3)]
    table = tmp_path / "pairs.csv"
    table.write_text("case,first,second\n" + "\n".join(rows), encoding="utf-8")
    result = onfh_json("agreement", table, "--out", tmp_path / "out", "--readers", "AB,CD")
    assert result["bland_altman"]["necrosis_ml"]["bias"] == pytest.approx(0.0, abs=1e-9)
    assert (tmp_path / "out" / "bland_altman_necrosis_ml.png").is_file()
    assert onfh_json("confirm", files[0], "--by", "AB")["record"].endswith(".readers.json")
