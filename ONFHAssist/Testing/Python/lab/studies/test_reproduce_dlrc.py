"""The DLRC study again: a tiny cohort folder from films to the table beside the paper, and going on where it stopped."""

import csv
import json

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLab import cli
from ONFHAssistLab.studies.dlrc.reproduction import FINDINGS, reproduce_dlrc
from ONFHAssistLib.core.errors import Cancelled, InputError
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD
from ONFHAssistLib.survival.published.model import PUBLISHED_FIGURES

HIPS = 90
PRESET = """
imageType: {Original: {}}
featureClass: {firstorder: , glcm: [Contrast, Correlation, Idm, JointEnergy]}
setting: {force2D: true, binWidth: 20}
"""
QUICK = {"bootstraps": 0, "repeats": 1}

pytestmark = pytest.mark.usefixtures("coarse_figures")


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """A folder as ``onfh simulate --protocol dlrc`` leaves it: films of 40 pixels whose grain carries the risk."""
    folder = tmp_path_factory.mktemp("cohort")
    rng = np.random.default_rng(5)
    rows = []
    for k in range(HIPS):
        case, side = f"C{k // 2:03d}", "RL"[k % 2]
        grain = rng.normal()
        film = Image(rng.normal(500, 40 * np.exp(0.4 * grain), (1, 40, 40)).astype(np.float32))
        yy, xx = np.mgrid[:40, :40]
        names = {}
        for reader, radius in (("", 14), ("_reader2", 13)):
            disc = ((yy - 20) ** 2 + (xx - 20) ** 2 < radius**2)[None].astype(np.uint8) * HEAD[side]
            names[f"segmentation{reader}"] = write_image(
                film.like(disc), folder / f"{case}{side}{reader}_m.nii.gz"
            ).name
        image = write_image(film, folder / f"{case}{side}.nii.gz").name
        oedema = int(rng.random() < 0.6)
        time = 50 * (rng.exponential() / np.exp(1.2 * grain + 0.8 * oedema - 0.5)) ** 0.6 + 1
        left = rng.uniform(12, 80)
        row = {"case": case, "side": side, "included": 1, "image": image, **names}
        row |= dict.fromkeys(FINDINGS, 1) | {"bone_marrow_oedema": oedema, "age": 30 + k % 37}
        rows.append(row | {"follow_up_months": round(min(time, left), 2), "collapse": int(time <= left)})
    rows.append({**rows[0], "case": "C999", "included": 0, "image": "absent.nii.gz"})
    pd.DataFrame(rows).to_csv(folder / "cohort.csv", index=False)
    (folder / "preset.yaml").write_text(PRESET, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def reproduced(cohort, tmp_path_factory):
    """(answer, out, work)."""
    out, work = tmp_path_factory.mktemp("out") / "report", tmp_path_factory.mktemp("work")
    result = reproduce_dlrc(cohort, out, work, preset=cohort / "preset.yaml", deep=False, options=QUICK)
    return result, out, work


def test_every_published_figure_stands_beside_the_ones_here(reproduced):
    result, out, _ = reproduced
    assert (result["hips"], result["patients"]) == (HIPS, HIPS // 2)
    table = pd.read_csv(result["against_paper"])
    assert len(table) == len(PUBLISHED_FIGURES) + 4
    row = table.set_index("what").loc["Radiomics, C-index"]
    assert (row["paper"], row["paper_low"], row["paper_high"]) == (0.73, 0.70, 0.82)
    assert row["apparent"] >= row["honest"] - 0.05
    assert row["honest"] > 0.6  # the grain carries the risk
    assert table.set_index("what").loc["DL, C-index"][["apparent", "honest"]].isna().all()
    groups = table[table["what"].str.contains("-risk group") & (table["month"] == 36)]["honest"].to_list()
    assert groups[0] > groups[1]
    page = (out / "index.html").read_text(encoding="utf-8")
    for words in (
        "Beside the paper: figures",
        "0.730 (0.700 to 0.820)",
        "Median follow-up, months",
        "Uno C at 60 months",
        "ICC of two readers at least 0.75",
        "Schoenfeld test of the whole model",
        "median split",
    ):
        assert words in page


def test_the_second_reader_filters_the_features(reproduced):
    result, _, work = reproduced
    funnel = pd.read_csv(result["tables"]["funnel"]).set_index("step")["radiomics"]
    with (work / "radiomics" / "features.csv").open(encoding="utf-8") as file:
        features = [name for name in next(csv.reader(file)) if "_" in name]
    assert funnel.iloc[0] == len(features) == 22
    assert funnel.iloc[1] < 22


def test_a_run_goes_on_with_the_features_that_are_there(reproduced, cohort, tmp_path, capsys):
    result, _, work = reproduced
    before = {p: p.stat().st_mtime_ns for p in (work / "radiomics" / "cases").iterdir()}
    arguments = [
        "reproduce",
        "dlrc",
        "--cohort",
        cohort,
        "--out",
        tmp_path / "again",
        "--work",
        work,
        "--no-deep",
    ]
    arguments += ["--preset", cohort / "preset.yaml", "--bootstraps", 0, "--repeats", 1, "--json"]
    assert cli.run([str(a) for a in arguments]) == 0
    again = json.loads(capsys.readouterr().out)
    assert {p: p.stat().st_mtime_ns for p in (work / "radiomics" / "cases").iterdir()} == before
    assert again["metrics"] == result["metrics"]


def test_without_a_cohort_the_studys_patients_are_simulated_and_gone_on_with(tmp_path, monkeypatch):
    from ONFHAssistLab.simulate import cohort as simulated

    asked = []

    def stopped(protocol, cases, seed, out, *, resume, progress):
        asked.append((protocol, cases, seed, resume))
        out.mkdir(parents=True, exist_ok=True)
        (out / "cohort.json").write_text("{}", encoding="utf-8")
        raise Cancelled("stopped")

    monkeypatch.setattr(simulated, "simulate_cohort", stopped)
    for _ in range(2):
        with pytest.raises(Cancelled):
            reproduce_dlrc(None, tmp_path / "out", tmp_path / "work", seed=7)
    assert asked == [("dlrc", None, 7, False), ("dlrc", None, 7, True)]


def test_a_folder_that_is_no_cohort_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"holds no cohort\.csv"):
        reproduce_dlrc(tmp_path, tmp_path / "out")
    (tmp_path / "cohort.csv").write_text("case,side\nA,R\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks the column 'included'"):
        reproduce_dlrc(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
