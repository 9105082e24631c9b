"""``onfh train dlr --on``: from kept features of simulated and real hips to a bundle and its figures."""

import json

import numpy as np
import pytest

from ONFHAssistLab import cli
from ONFHAssistLab.training.early import figures, parts
from ONFHAssistLab.training.early import hips as dlr_hips
from ONFHAssistLib.bundles.bundle import load_bundle
from ONFHAssistLib.early.external_validation import load_model_bundle
from ONFHAssistLib.evaluate.binary.discrimination import auc_delong
from ONFHAssistLib.extract.deep import NAMES
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image


def kept_hip(source, number, rng):
    """A hip as the work folder keeps it: its features follow the necrosis, a little less where it is faint."""
    simulated = source.kind == dlr_hips.SIMULATED
    unseen = simulated and int(source.name[-4:]) % dlr_hips.EVERY == dlr_hips.EVERY - 1
    patient = int(source.name[-4:]) if simulated else int(source.name.split("-")[1].removeprefix("p"))
    sick = 0 if source.kind == dlr_hips.REAL else number % 2  # painted into one hip of each
    if simulated:
        sick *= patient % 2  # a hip of every second patient
    row = {
        "case": source.name,
        "side": "RL"[number % 2],
        "patient": source.name if simulated else source.name.split("-")[1],
        "kind": source.kind,
        "sequence": "STIR" if simulated else "T1",
        "scanner": dlr_hips.UNSEEN if unseen else "dlr",
        "plane": "coronal",
        "early_onfh": sick,
        "shows": "",
        "stage": "I" if sick and simulated else "",
        "necrosis_ml": 3.0 * sick,
        "found": True,
    }
    names = ["original_firstorder_Mean", "original_firstorder_Energy", "original_glcm_Contrast", *NAMES[:6]]
    return row | {name: float(rng.normal((1.5 - 0.1 * k) * sick)) for k, name in enumerate(names)}


def test_a_model_for_five_sequences_is_judged_on_real_hips_and_on_a_scanner_never_trained(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(parts, "INNER_REPEATS", 1)  # a second one only makes the choices steadier
    monkeypatch.setattr(figures, "RESAMPLES", 40)
    real, work = tmp_path / "real", tmp_path / "work"
    real.mkdir()
    write_image(Image(np.zeros((8, 60, 120), np.int16), (2.0, 2.0, 8.0)), real / "x.nii.gz")
    rows = [f"x.nii.gz,{side},{x},60,30,22,p{k}" for k in range(8) for side, x in (("R", 60), ("L", 180))]
    (real / "heads.csv").write_text(
        "\n".join(["image,side,centre_x,centre_y,centre_z,radius,patient", *rows]), encoding="utf-8"
    )
    chosen, rng = dlr_hips.sources(real, 36, 2, 2030), np.random.default_rng(1)
    folder = work / f"features-{dlr_hips._networks_digest()}"
    folder.mkdir(parents=True)
    for source in chosen:
        hips = [kept_hip(source, number, rng) for number in (0, 1)]
        if source is chosen[-1]:  # of the scanner that is kept; its second head was not found
            hips[1] = {
                name: value for name, value in hips[1].items() if "_" not in name or name == "early_onfh"
            }
            hips[1]["found"] = False
        (folder / f"{source.name}.json").write_text(json.dumps(hips), encoding="utf-8")
    command = ["train", "dlr", "--on", real, "--out", tmp_path / "dlr-five", "--work", work, "--patients", 36]
    command += [
        "--painted",
        2,
        "--seed",
        2030,
        "--folds",
        2,
        "--bootstraps",
        100,
        "--credit",
        "pelves of X, CC BY",
    ]
    assert cli.run([str(a) for a in [*command, "--classifier", "LR", "--json"]]) == 0
    answer = json.loads(capsys.readouterr().out)
    bundle = load_bundle(answer["bundle"])
    assert bundle.metadata["accepts"]["sequence"] == ["T1", "T2", "T2 FS", "STIR", "PD FS"]
    learned = bundle.metadata["training_data"]
    assert (
        "30 simulated patients and 8 real ones without known disease of the hips (pelves of X, CC BY)"
        in learned
    )
    assert "no image of a diseased hip was used" in learned
    assert answer["hips"] == 2 * (30 + 8 + 16)  # without those of the scanner that is kept
    card = (bundle.path / "docs/README.md").read_text(encoding="utf-8")
    assert "Heads that the networks did not find: 1 of 120." in card
    below = answer["metrics"]["Real hips as they are: below the threshold"]
    assert f"| Real hips as they are: below the threshold | 16 | 8 | {below['value']:.3f}" in card
    # What stands for the unseen scanner is what the bundle answers there.
    hips = dlr_hips.outlined_hips(chosen, work)
    unseen = hips[hips["found"] & (hips["scanner"] == dlr_hips.UNSEEN)]
    model = load_model_bundle(answer["bundle"])[1]
    unseen.attrs["preset_sha256"] = model.preset_sha256
    found = model.predict_proba(unseen, unseen["sequence"])
    expected = auc_delong(unseen["early_onfh"].to_numpy(), found.to_numpy()).value
    assert answer["metrics"]["Scanner never trained: Simulated: AUC"]["value"] == pytest.approx(expected)
    assert {part.title: part.sequences for part in model.parts} == {
        "bright marrow": ("T1", "T2"),
        "suppressed marrow": ("T2 FS", "STIR", "PD FS"),
    }
    called = (found >= model.part_for("STIR").threshold)[unseen["stage"] == "I"].mean()
    assert answer["metrics"]["Scanner never trained: Simulated stage I: above"]["value"] == pytest.approx(
        called
    )


def test_training_asks_for_hips_or_for_real_ones_and_for_logistic_regression(tmp_path, capsys):
    command = ["train", "dlr", "--out", str(tmp_path / "dlr-x")]
    assert cli.run(command) == 2
    assert "Give either --cohort, your hips or a simulated folder, or --on" in capsys.readouterr().err
    assert cli.run([*command, "--on", str(tmp_path), "--classifier", "KNN"]) == 2
    assert (
        "On real hips the models are penalised logistic regressions (LR); KNN cannot be asked for."
        in capsys.readouterr().err
    )
