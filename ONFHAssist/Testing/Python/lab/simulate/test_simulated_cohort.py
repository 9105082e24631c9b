"""Cohorts: same bytes on any number of workers, resumable, with the case mix and outcomes of the studies."""

from __future__ import annotations

import csv
import hashlib
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from support.simulated_scans import scan

from ONFHAssistLab.simulate import outcome
from ONFHAssistLab.simulate.anatomy.parameters import draw_patient
from ONFHAssistLab.simulate.cohort import COLUMNS, simulate_cohort
from ONFHAssistLab.simulate.plans import clinical_facts, patient_of, plan_case
from ONFHAssistLab.simulate.second_reader import second_reader
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.labels import head_mask


def digest(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "cohort.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """Two DLR cases made by two workers; the second comes with a transient osteoporosis of its index hip."""
    folder = tmp_path_factory.mktemp("cohort") / "two"
    seen = []
    result = simulate_cohort(
        "dlr", 2, 9, folder, workers=2, progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(0, 2), (1, 2), (2, 2)]
    assert result["sha256"] == hashlib.sha256((folder / "cohort.csv").read_bytes()).hexdigest()
    return folder, result


def test_one_worker_that_is_stopped_and_goes_on_writes_the_bytes_of_two(cohort, tmp_path):
    folder, result = cohort
    target = tmp_path / "resumed"

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate_cohort("dlr", 2, 9, target, progress=stop)
    assert not (target / "cohort.csv").exists()
    assert [path.name for path in (target / "cases").iterdir()] == ["dlr_0001"]
    # Stopped among the files of the second case.
    (target / "cases" / "dlr_0002").mkdir()
    (target / "cases" / "dlr_0002" / "t1.nii.gz").write_bytes(b"half a fi")
    made = (target / "cases" / "dlr_0001" / "t1.nii.gz").stat().st_mtime_ns
    with pytest.raises(InputError, match="is not empty"):
        simulate_cohort("dlr", 2, 9, target)
    with pytest.raises(InputError, match="with seed 9, not 6"):
        simulate_cohort("dlr", 2, 6, target, resume=True)
    resumed = simulate_cohort("dlr", 2, 9, target, resume=True)
    assert (target / "cases" / "dlr_0001" / "t1.nii.gz").stat().st_mtime_ns == made
    assert digest(folder) == digest(target)
    assert resumed["sha256"] == result["sha256"]


def test_table_and_files_agree(cohort):
    folder, result = cohort
    table = rows(folder)
    assert list(table[0]) == list(COLUMNS)
    assert [(r["case"], r["side"]) for r in table] == [
        ("dlr_0001", "R"), ("dlr_0001", "L"), ("dlr_0002", "R"), ("dlr_0002", "L"),
    ]  # fmt: skip
    assert result["hips"] == sum(int(r["included"]) for r in table) == 2
    for row in table:
        image, mask = read_image(folder / row["image"]), read_mask(folder / row["segmentation"])
        second = read_mask(folder / row["segmentation_reader2"])
        assert image.same_grid(mask)
        assert image.same_grid(second)
        volume = head_mask(mask.array, row["side"]).sum() * mask.voxel_volume_ml
        assert volume == pytest.approx(float(row["head_ml"]), rel=0.03)
        x = np.array([float(row[f"centre_{a}"]) for a in "xyz"])
        assert mask.array[tuple(np.round(mask.point_to_index(x)).astype(int)[::-1])] > 0


def test_a_look_alike_is_among_the_healthy_of_the_dlr_study(cohort):
    index = [row for row in rows(cohort[0]) if row["included"] == "1"]
    assert [(row["look_alike"], row["early_onfh"], row["arco_stage"]) for row in index] == [
        ("", "1", "I"), ("transient osteoporosis", "0", "0"),
    ]  # fmt: skip


def test_dicom_and_radiographs(tmp_path, monkeypatch):
    from ONFHAssistLab.simulate import cohort as module

    # A coarse patient: which files there are, and that they are read, is the same.
    monkeypatch.setattr(module, "build_patient", partial(module.build_patient, spacing=2.0))
    simulate_cohort("dlrc", 1, 3, tmp_path / "c", image_format="dicom")
    row = rows(tmp_path / "c")[0]
    assert row["image"].endswith("ap.dcm")
    assert (tmp_path / "c" / row["image"]).exists()
    assert read_mask(tmp_path / "c" / row["segmentation"]).array.any()


def test_second_reader_disagrees_as_people_do(patient):
    from ONFHAssistLab.simulate.acquisition.mri import truth_labels

    labels = truth_labels(patient, scan(patient, "dlr_t2fs", 1).cropped((0, 0, 0), (9999, 9999, 9999)))
    dice = {"head": [], "necrosis": []}
    for seed in range(6):
        other = second_reader(labels, seed)
        assert np.array_equal(other.array, second_reader(labels, seed).array)
        for name, pick in (("head", lambda a: head_mask(a, "R")), ("necrosis", lambda a: a == 3)):
            a, b = pick(labels.array), pick(other.array)
            dice[name].append(2 * (a & b).sum() / (a.sum() + b.sum()))
    assert 0.90 < np.mean(dice["head"]) < 0.985
    assert 0.75 < np.mean(dice["necrosis"]) < 0.95
    assert np.std(dice["necrosis"]) > 0.002


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cases": 0}, "cases is 0; it must be a whole number from 1"),
        ({"cases": -4}, "cases is -4"),
        ({"seed": -1}, "seed is -1"),
        ({"workers": 0}, "workers is 0"),
        ({"protocol": "abc"}, 'protocol is "abc"; it must be one of dlr, onfhnet, dlrc'),
        ({"image_format": "png"}, 'image_format is "png"'),
    ],
)
def test_bad_calls_are_refused_and_write_nothing(tmp_path, change, message):
    call = {"protocol": "dlr", "cases": 1, "seed": 0, "out": tmp_path / "x"} | change
    with pytest.raises(InputError, match=message):
        simulate_cohort(**call)
    assert not (tmp_path / "x").exists()


def test_other_folders_and_files_are_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        simulate_cohort("dlr", 1, 0, tmp_path / "mine")
    with pytest.raises(InputError, match="no cohort to resume"):
        simulate_cohort("dlr", 1, 0, tmp_path / "mine", resume=True)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_case_mix_is_the_studies():
    dlr = [plan_case("dlr", i, 150, 1) for i in range(150)]
    index = [p.kinds["right" if p.index_side == "R" else "left"] for p in dlr]
    early = [kind == "II" or (isinstance(kind, dict) and kind.get("arco") == "I") for kind in index]
    sick = [p for p, necrotic in zip(dlr, early, strict=True) if necrotic]
    assert len(sick) == 70
    assert [index.count("II"), sum(early)] == [35, 70]
    assert sum(p.split == "train" for p in dlr) == pytest.approx(105, abs=2)
    assert sum(p.split == "train" for p in sick) == pytest.approx(49, abs=3)
    others = [p for p, necrotic in zip(dlr, early, strict=True) if not necrotic]
    plain = [p for p in others if p.kinds == {"right": "0", "left": "0"}]
    assert 30 < len(plain) < 50  # half of the 80 show something that may be taken for osteonecrosis
    scanners = [p.images["t2fs"].split("_")[0] for p in dlr]
    assert min(scanners.count(name) for name in ("dlr", "prisma", "ingenia")) > 25
    net = [plan_case("onfhnet", i, 209, 1) for i in range(209)]
    assert {p.hospital for p in net} == {"A", "B", "C", "D"}
    kinds = [k for p in net for k in p.kinds.values()]
    assert 355 < sum(k in ("0", "I", "II") for k in kinds) < 405
    assert min(kinds.count(k) for k in ("0", "I", "II")) > 80
    unseen = [(p.hospital, name) for p in net for name, preset in p.images.items() if "signa" in preset]
    assert {name for _, name in unseen} == {"t2_unseen"}
    assert [h for h, _ in unseen] == [p.hospital for p in net if p.hospital != "A"]
    # as in the study: A inside with both scanners, and two external sets
    scanners = {h: {p.images["t2"].split("_")[0] for p in net if p.hospital == h} for h in "ABCD"}
    assert scanners == {"A": {"prisma", "ingenia"}, "B": {"prisma"}, "C": {"prisma"}, "D": {"ingenia"}}


def test_dlrc_hips_and_follow_up_match_the_publication():
    hips, months, collapse = [], [], []
    for seed in range(8):
        for i in range(144):
            plan = plan_case("dlrc", i, 144, seed)
            parameters = patient_of(plan, "dlrc", seed, 0)
            sides = clinical_facts(plan, "dlrc", parameters, seed)["sides"]
            for side in "RL":
                if parameters.hip(side).necrotic:
                    hips.append(parameters.hip(side))
                    months.append(sides[side]["follow_up_months"])
                    collapse.append(sides[side]["collapse"])
    per_cohort = len(hips) / 8
    assert per_cohort == pytest.approx(212, rel=0.06)
    assert np.mean([h.arco == "IIIA" for h in hips]) == pytest.approx(55 / 212, abs=0.03)
    assert np.mean([h.oedema > 0 for h in hips]) == pytest.approx(129 / 212, abs=0.03)
    assert np.mean([h.combined_angle_deg for h in hips]) == pytest.approx(211.5, abs=6)
    assert np.std([h.combined_angle_deg for h in hips]) == pytest.approx(44.6, abs=6)
    assert np.mean(collapse) == pytest.approx(64 / 212, abs=0.05)
    assert np.median(months) == pytest.approx(29.55, rel=0.12)


def test_outcomes_follow_the_cox_model():
    """Survival of the case mix, and hazard ratios got back by Cox regression (lifelines) of 6000 hips."""
    import pandas as pd
    from lifelines import CoxPHFitter

    rng = np.random.default_rng(4)
    n = 6000
    frame = pd.DataFrame({
        "late": rng.random(n) < outcome.CASE_MIX["arco_IIIA"],
        "oedema": rng.random(n) < outcome.CASE_MIX["oedema"],
        "wide": rng.random(n) < 0.5,
        "image": rng.normal(size=n),
    }).astype(float)  # fmt: skip
    risk = [
        outcome.log_hazard("IIIA" if r.late else "II", bool(r.oedema), 240 if r.wide else 180, r.image)
        for r in frame.itertuples()
    ]
    rate, shape = outcome.baseline()
    for t, expected in outcome.OVERALL.items():
        assert np.mean(np.exp(-rate * t**shape * np.exp(risk))) == pytest.approx(expected, abs=0.02)
    drawn = [outcome.draw_outcome(rng, r) for r in risk]
    frame["months"], frame["collapse"] = zip(*drawn, strict=True)
    fit = CoxPHFitter().fit(frame, "months", "collapse")
    assert fit.hazard_ratios_["late"] == pytest.approx(2.12, rel=0.15)
    assert fit.hazard_ratios_["oedema"] == pytest.approx(2.13, rel=0.15)
    assert fit.hazard_ratios_["wide"] == pytest.approx(2.41, rel=0.15)
    clinical = CoxPHFitter().fit(frame.drop(columns="image"), "months", "collapse")
    assert fit.concordance_index_ > clinical.concordance_index_ + 0.08


def test_the_sclerotic_rim_carries_the_imaging_score():
    """Mean 0 and standard deviation 1 over the lesions of the protocol; a thicker rim means an earlier collapse."""
    hips = [
        patient_of(plan_case("dlrc", k, 150, 8), "dlrc", 8, 0).hip(side)
        for k in range(150)
        for side in ("R", "L")
    ]
    scores = [outcome.imaging_score(hip.rim_mm) for hip in hips if hip.necrotic]
    assert np.mean(scores) == pytest.approx(0, abs=0.15)
    assert np.std(scores) == pytest.approx(1, abs=0.1)
    thin, thick = (
        draw_patient(1, right={"arco": "II", "lesion_sclerosis": s, "lesion_subtlety": 0.2}).right.rim_mm
        for s in (0.1, 0.9)
    )
    assert (thin, thick) == (pytest.approx(0.796, abs=0.001), pytest.approx(1.686, abs=0.001))
