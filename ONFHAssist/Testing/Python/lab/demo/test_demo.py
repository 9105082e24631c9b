"""The demo in a process of its own: what it promises lies there, and the scene reloads in another process."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.scene_fingerprint import fingerprint_in_new_process

from ONFHAssistLib.core.errors import InputError

HEADLESS = Path(__file__).resolve().parents[3] / "Headless"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> tuple[Path, dict]:
    """The demo's folder and what the command printed."""
    out = tmp_path_factory.mktemp("demo") / "case"
    command = [sys.executable, "-m", "ONFHAssistLab", "demo", "--out", str(out), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1500)
    assert done.returncode == 0, done.stderr[-2000:]
    return out, json.loads(done.stdout)


def test_everything_promised_lies_in_the_folder(demo):
    out, result = demo
    assert {p.name for p in out.iterdir()} == {
        "case",
        "case.mrb",
        "dicom",
        "index.html",
        "pictures",
        "tables",
    }
    assert [p.name for p in out.parent.iterdir()] == ["case"]
    for path in (result["index"], result["scene"], *result["tables"], *result["pictures"]):
        assert Path(path).stat().st_size > 100
    names = {Path(p).name for p in result["pictures"]}
    assert {"coronal-dlr_t1.png", "coronal-dlr_t2fs.png", "heat-both.png", "3d.png"} <= names
    assert {"hip-R.png", "hip-L.png", "survival-R.png", "contributions-R.png"} <= names
    assert {"contrasts-R.png", "contrasts-L.png"} <= names


def test_the_diseased_hip_is_the_right_one_in_every_table(demo):
    out, _answer = demo

    def rows(name):
        with (out / "tables" / name).open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    right, left = rows("hip-t1-coronal-measurements.csv")
    assert (right["side"], left["side"]) == ("R", "L")
    assert float(right["necrosis_ml"]) > 2
    assert float(left["necrosis_ml"]) == 0
    right, left = rows("hip-t1-coronal-prediction.csv")
    assert float(right["probability"]) > float(right["threshold"]) > float(left["probability"])
    features = rows("radiomics-one-row-a-hip.csv")
    assert [row["side"] for row in features] == ["R", "L"]
    assert len(features[0]) == 2 + 1197


def test_the_scene_reloads_with_every_node(demo):
    out, _answer = demo
    found = fingerprint_in_new_process(out / "case.mrb", HEADLESS)
    names = {
        "vtkMRMLScalarVolumeNode Hip T2 FS coronal",
        "vtkMRMLScalarVolumeNode Hip T1 coronal",
        "vtkMRMLScalarVolumeNode Hip PD FS axial",
        "vtkMRMLTableNode Hip T1 coronal series",
        "vtkMRMLSegmentationNode Hip T1 coronal ONFH",
        "vtkMRMLMarkupsROINode Femoral head R box",
        "vtkMRMLMarkupsROINode Femoral head L box",
        "vtkMRMLTableNode Hip T1 coronal measurements",
        "vtkMRMLTableNode Hip T1 coronal radiomics",
        "vtkMRMLTableNode Hip T1 coronal prediction",
        "vtkMRMLTableNode No-collapse survival R",
        "vtkMRMLPlotChartNode No-collapse survival R",
        "vtkMRMLPlotChartNode Contributions R",
        "vtkMRMLTextNode Prediction statement",
        "vtkMRMLScalarVolumeNode Heatmap R",
        "vtkMRMLTableNode Hip T1 coronal stage",
        "vtkMRMLTableNode Hip T1 coronal deep features",
    }
    assert names <= set(found)
    segments = [name for name, _ in found["vtkMRMLSegmentationNode Hip T1 coronal ONFH"]["segments"]]
    assert segments == ["Femoral head R", "Femoral head L", "Necrosis R"]
    table = found["vtkMRMLTableNode Hip T1 coronal radiomics"]
    with (out / "tables" / "hip-t1-coronal-radiomics.csv").open(encoding="utf-8") as file:
        written = [float(row["R"]) for row in csv.DictReader(file)]
    assert [float(value) for value in table["content"]["R"]] == written


def test_the_page_stands_alone_and_says_what_is_simulated(demo):
    out, _answer = demo
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "This patient does not exist" in page
    assert len(re.findall(r'src="data:image/png;base64,', page)) >= 8
    assert not re.search(r'(src|href)="https?://', page)
    for link in re.findall(r'<a href="([^"]+)"', page):
        assert (out / link).exists()


def test_what_was_found_stands_beside_what_the_simulator_drew(demo):
    out, _answer = demo
    page = (out / "index.html").read_text(encoding="utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("Found beside the truth") :]))
    for structure in ("Femoral head R", "Femoral head L", "Necrosis R"):
        true, found, dice = map(
            float, re.search(rf"{structure} ([\d.]+) ml ([\d.]+) ml (\d\.\d\d)", text).groups()
        )
        assert found == pytest.approx(true, rel=0.2)
        assert dice > 0.8
    assert re.search(r"Stage R II (0|I|II|not staged) ", text)  # what was found is printed, right or wrong


def test_the_demo_is_an_examination_whose_axial_series_was_aligned(demo):
    out, _answer = demo
    exam = json.loads((out / "case" / "exam.json").read_text(encoding="utf-8"))
    uses = {row["description"]: row["uses"] for row in exam["series"]}
    assert sum("reference" in one for one in uses.values()) == 1
    assert len(uses) == 3 and all("outline" in one for one in uses.values())
    assert [one["failure"] for one in exam["alignments"]] == [""] * 6
    moved = [one["shift_mm"] for one in exam["alignments"] if one["series"] == exam["series"][-1]["number"]]
    assert max(moved) > 1.0  # the patient moved before it
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "The hips on two contrasts" in page and "Series of the examination" in page


def test_a_folder_of_something_else_is_not_touched(tmp_path):
    from ONFHAssistLab.demo.run import run_demo

    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(InputError, match="not an earlier demo"):
        run_demo(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "keep me"
