"""``onfh evaluate real`` by the real pipeline: a simulated scan with known truth, a refused image, an extra head."""

from __future__ import annotations

import csv
import json

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLab import cli
from ONFHAssistLab.simulate.acquisition.mri import PROTOCOLS, acquire, truth_labels
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

pytestmark = pytest.mark.slow


def table(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    """A folder with a simulated T2 FS pelvis (right hip necrotic, left healthy), its truth, noise; and the rows."""
    folder = tmp_path_factory.mktemp("real")
    right = {"arco": "II", "jic_type": "C2", "combined_angle_deg": 220.0, "content": "mixed", "oedema": 0.0}
    patient = build_patient(draw_patient(21, right=right, left="0", bmi=25.0))
    protocol = next(p for p in PROTOCOLS.values() if p.sequence == "T2 FS")
    image = acquire(patient, protocol, seed=1)
    image = image.like(image.array)
    write_image(image, folder / "pelvis.nii.gz")
    write_image(truth_labels(patient, image), folder / "truth.nii.gz")
    noise = np.random.default_rng(0).normal(100, 10, (24, 40, 40)).astype(np.float32)
    write_image(Image(noise, (4.0, 4.0, 4.0), (-170.0, -80.0, -50.0)), folder / "noise.nii.gz")
    rows = []
    for side, truth in (("R", "implanted"), ("L", "healthy")):
        x, y, z = patient.truth[side]["centre"]
        rows.append(
            {
                "image": "pelvis.nii.gz", "side": side, "centre_x": x, "centre_y": y, "centre_z": z,
                "radius": patient.truth[side]["radius"], "truth": truth,
                "segmentation": "truth.nii.gz", "sequence": "T2 FS", "patient": "one",
            }
        )  # fmt: skip
    lost = {
        **rows[1],
        "image": "noise.nii.gz",
        "side": "R",
        "centre_x": -90.0,
        "centre_y": 0.0,
        "centre_z": 0.0,
    }
    rows.append({**lost, "segmentation": "", "patient": "two"})
    return folder, rows


@pytest.fixture(scope="module")
def judged(scan):
    """(exit code, folder) of the command on all rows."""
    folder, rows = scan
    code = cli.run(
        ["evaluate", "real", str(table(folder / "hips.csv", rows)), "--out", str(folder / "judged")]
    )
    return code, folder / "judged"


def test_the_whole_chain_is_judged_and_a_refused_image_is_a_row(judged):
    code, out = judged
    assert code == 0
    hips = pd.read_csv(out / "hips.csv").fillna("")
    assert list(zip(hips["image"], hips["side"], hips["found"], strict=True)) == [
        ("pelvis.nii.gz", "R", True), ("pelvis.nii.gz", "L", True), ("noise.nii.gz", "R", False)
    ]  # fmt: skip
    assert "No femoral head was found in noise.nii.gz" in hips["refusal"][2]
    assert list(hips["found_side"][:2]) == ["R", "L"]
    right, left = hips.iloc[0], hips.iloc[1]
    assert (float(right["centre_error_mm"]) < 4.0, float(left["centre_error_mm"]) < 4.0) == (True, True)
    assert float(right["head_dice"]) > 0.85
    assert float(right["true_necrosis_ml"]) > 2.0
    assert float(right["necrosis_dice"]) > 0.5
    assert (right["lesion_found"], left["true_necrosis_ml"]) == (True, 0.0)
    answers = [bool(right[a] != "" or right[f"{a}_withheld"] != "") for a in ("stage", "probability")]
    assert answers == [True, True]


def test_figures_pictures_and_page_are_there(judged):
    out = judged[1]
    metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["heads_found"]["value"] == pytest.approx(2 / 3)
    assert (metrics["heads_found"]["target"], metrics["heads_found"]["met"]) == (1.0, False)
    assert metrics["images_refused"]["value"] == 0.5
    assert (metrics["extra_heads"]["value"], metrics["extra_heads"]["n"]) == (0.0, 1)
    assert metrics["lesions_found_over_2_ml"]["value"] == 1.0
    pictures = sorted(p.name for p in (out / "pictures").glob("*.png"))
    assert pictures[0] == "01_noise.nii.gz_R.png"  # a missed head is the worst
    assert len(pictures) == 3
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == 3
    assert "No femoral head was found in noise.nii.gz" in page
    assert page.index("1. noise.nii.gz, right hip, healthy") < page.index("2. pelvis.nii.gz")


def test_a_second_run_takes_what_is_kept_and_an_unnamed_hip_is_an_extra_head(scan, judged, onfh_json):
    folder, rows = scan
    _, out = judged
    kept = {p: p.stat().st_mtime_ns for p in out.glob("work/*/result.json")}
    assert len(kept) == 1
    one_hip = table(folder / "one.csv", rows[:1])
    answer = onfh_json("evaluate", "real", one_hip, "--out", out, "--bootstraps", 50)
    assert (answer["hips"], answer["images"], answer["refused"], answer["resumed"]) == (1, 1, 0, 1)
    assert {p: p.stat().st_mtime_ns for p in out.glob("work/*/result.json")} == kept
    assert answer["report"] == str(out / "index.html")
    assert answer["metrics"]["extra_heads"]["value"] == 1.0
    assert answer["metrics"]["extra_heads"]["met"] is False
    assert set(answer["metrics"]["heads_found"]) >= {"value", "low", "high"}
    extra = pd.read_csv(out / "extra_heads.csv")
    assert list(extra["side"]) == ["L"]
    assert sorted(p.name for p in (out / "pictures").glob("*.png"))[0] == "01_pelvis.nii.gz_L.png"
    assert "a head that is none" in (out / "index.html").read_text(encoding="utf-8")


def test_a_wrong_cell_ends_with_one_line_and_exit_code_2(scan, onfh):
    folder, rows = scan
    wrong = table(folder / "wrong.csv", [rows[0], {**rows[1], "side": "left"}])
    code, out, err = onfh("evaluate", "real", wrong, "--out", folder / "never", "--json")
    assert (code, out) == (2, "")
    assert err.strip().endswith("wrong.csv, line 3: the column 'side' is 'left'; R or L is expected.")
    assert not (folder / "never").exists()
