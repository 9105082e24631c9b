"""Many cases: resumed after a kill, in processes, on a Dask cluster, always the same table."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from support.regions import ball

from ONFHAssistLib.core import parallel
from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import Cancelled, InputError
from ONFHAssistLib.extract import cohort
from ONFHAssistLib.extract.cohort import CohortResult, extract_cohort, read_cohort
from ONFHAssistLib.extract.radiomics import extract_radiomics
from ONFHAssistLib.imaging.files import read_image, read_mask, write_image

CASES = 6


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six small cases and one whose mask is empty, third in the table."""
    folder = tmp_path_factory.mktemp("cohort")
    rows = []
    for k in range(CASES):
        image, mask = ball((8, 9, 10), seed=k)
        write_image(image, folder / f"image{k}.nii.gz")
        write_image(mask, folder / f"mask{k}.nii.gz")
        rows.append({"case": f"P{k}", "side": "R", "image": f"image{k}.nii.gz", "mask": f"mask{k}.nii.gz"})
    image, mask = ball((8, 9, 10))
    write_image(mask.like(np.zeros_like(mask.array)), folder / "empty.nii.gz")
    rows.insert(2, {"case": "Bad", "side": "L", "image": "image0.nii.gz", "mask": "empty.nii.gz"})
    pd.DataFrame(rows).to_csv(folder / "cohort.csv", index=False)
    return folder / "cohort.csv"


@pytest.fixture(scope="module")
def undisturbed(table: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[CohortResult, list[str]]:
    """What a run in this process gives, and what it says meanwhile."""
    said: list[str] = []
    out = tmp_path_factory.mktemp("straight") / "out"
    return extract_cohort(table, "ibsi", out, progress=lambda _share, text: said.append(text)), said


@pytest.fixture(scope="module")
def straight(undisturbed: tuple[CohortResult, list[str]]) -> bytes:
    """The table of an undisturbed run in this process."""
    return undisturbed[0].table.read_bytes()


def test_table_holds_the_features_of_every_case_in_the_order_of_the_input(
    table: Path, undisturbed: tuple[CohortResult, list[str]]
) -> None:
    result, said = undisturbed
    frame = pd.read_csv(result.table, float_precision="round_trip")
    assert (result.done, result.failed, result.resumed) == (CASES, 1, 0)
    assert list(frame["case"]) == [f"P{k}" for k in range(CASES)]
    image, mask = read_image(table.parent / "image4.nii.gz"), read_mask(table.parent / "mask4.nii.gz")
    expected = extract_radiomics(image, mask, "ibsi").features
    assert frame.iloc[4][list(expected)].astype(float).to_dict() == expected
    assert "7 of 7" in said[-1]
    assert said[-1].endswith("left")


def test_a_bad_case_is_listed_with_its_reason_and_the_rest_goes_on(
    undisturbed: tuple[CohortResult, list[str]],
) -> None:
    result, _said = undisturbed
    with result.failures.open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["case"], row["side"]) == ("Bad", "L")
    assert "mask is empty" in row["reason"]


def test_manifest_names_preset_software_and_the_hash_of_the_table(
    undisturbed: tuple[CohortResult, list[str]],
) -> None:
    import hashlib

    result, _said = undisturbed
    manifest = json.loads(result.manifest.read_text())
    assert manifest["table_sha256"] == hashlib.sha256(result.table.read_bytes()).hexdigest()
    assert manifest["features_by_class"]["glcm"] == 24
    assert manifest["software"]["numba"]


def test_parquet_equals_the_csv(undisturbed: tuple[CohortResult, list[str]]) -> None:
    pytest.importorskip("pyarrow")
    result, _said = undisturbed
    pd.testing.assert_frame_equal(
        pd.read_parquet(result.parquet).iloc[:, 4:],
        pd.read_csv(result.table, float_precision="round_trip").iloc[:, 4:],
        check_dtype=False,
    )


def test_second_run_extracts_nothing_again(
    table: Path,
    tmp_path: Path,
    undisturbed: tuple[CohortResult, list[str]],
    straight: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = Path(shutil.copytree(undisturbed[0].table.parent, tmp_path / "out"))
    asked = []
    monkeypatch.setattr(
        cohort, "extract_case", lambda case, *_: asked.append(case.case) or {"reason": "still bad"}
    )
    result = extract_cohort(table, "ibsi", out)
    assert asked == ["Bad"]
    assert result.resumed == CASES
    assert result.table.read_bytes() == straight


def test_a_changed_mask_or_preset_is_extracted_again(table: Path, tmp_path: Path) -> None:
    case = read_cohort(table)[0]
    names = {case.result_name("preset", "native"), case.result_name("other", "native"),
             case.result_name("preset", "pyradiomics")}  # fmt: skip
    mask = Path(case.mask)
    os.utime(mask, ns=(mask.stat().st_atime_ns, mask.stat().st_mtime_ns + 1_000_000))
    names.add(case.result_name("preset", "native"))
    assert len(names) == 4


def test_two_processes_give_the_same_table(table: Path, tmp_path: Path, straight: bytes) -> None:
    result = extract_cohort(table, "ibsi", tmp_path, workers=2)
    assert result.table.read_bytes() == straight


def test_a_dask_cluster_gives_the_same_table(table: Path, tmp_path: Path, straight: bytes) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp"
    ) as cluster:
        result = extract_cohort(table, "ibsi", tmp_path, scheduler=cluster.scheduler_address)
    assert result.table.read_bytes() == straight


def test_a_scheduler_that_is_not_there_is_named(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(parallel, "SCHEDULER_ANSWERS_S", 0.5)
    with pytest.raises(InputError, match=r"127\.0\.0\.1:9"):
        extract_cohort(table, "ibsi", tmp_path, scheduler="tcp://127.0.0.1:9")


SCRIPT = """
import sys, time
from ONFHAssistLib.extract import cohort
from ONFHAssistLib.extract.cohort import extract_cohort
if __name__ == "__main__":
    extract_cohort(sys.argv[1], "ibsi", sys.argv[2], workers=int(sys.argv[3]), progress=lambda *_: time.sleep(0.15))
"""


@pytest.mark.parametrize(
    ("workers", "goals"), [(1, (3,)), (2, (1, 3))], ids=["once", "twice, of two workers"]
)
def test_killed_and_started_again_the_table_is_the_same(
    table: Path, tmp_path: Path, straight: bytes, workers: int, goals: tuple[int, ...]
) -> None:
    script = tmp_path / "run.py"
    script.write_text(SCRIPT)
    out = tmp_path / "out"
    for goal in goals:
        run = subprocess.Popen([sys.executable, str(script), str(table), str(out), str(workers)])
        _until(lambda goal=goal: len(list((out / "cases").glob("P*.json"))) >= goal)
        run.kill()
        run.wait()
        assert not (out / "features.csv").exists()
    (out / "cases" / ".part-rest").write_text("what a kill may leave behind")
    result = extract_cohort(table, "ibsi", out)
    assert result.resumed >= 3
    assert result.table.read_bytes() == straight
    assert not list((out / "cases").glob(".part-*"))


def _until(condition, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the run did not get this far"
        time.sleep(0.01)


def test_cancel_keeps_what_is_done(table: Path, tmp_path: Path) -> None:
    def cancel(share: float, _text: str) -> None:
        if share > 0.4:
            raise Cancelled("by the user")

    with pytest.raises(Cancelled):
        extract_cohort(table, "ibsi", tmp_path, workers=2, progress=cancel)
    assert len(list((tmp_path / "cases").glob("P*.json"))) >= 2
    assert not (tmp_path / "features.csv").exists()


def test_a_full_disk_fails_the_case_and_leaves_earlier_ones_whole(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = cohort.write_text

    def full(path: Path, text: str) -> None:
        if path.name.startswith("P3"):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, text)

    monkeypatch.setattr(cohort, "write_text", full)
    result = extract_cohort(table, "ibsi", tmp_path)
    reasons = pd.read_csv(result.failures).set_index("case")["reason"]
    assert "No space left on device" in reasons["P3"]
    assert list(pd.read_csv(result.table)["case"]) == ["P0", "P1", "P2", "P4", "P5"]


def test_a_disk_that_fills_while_writing_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_text(tmp_path / "a.json", "{}")
    assert list(tmp_path.iterdir()) == []


def test_simulated_segmentations_choose_the_head_of_the_side(tmp_path: Path) -> None:
    frame = pd.DataFrame({"case": ["A", "A"], "side": ["R", "L"], "image": ["i.nii", "i.nii"],
                          "segmentation": ["s.nii", "s.nii"]})  # fmt: skip
    frame.to_csv(tmp_path / "c.csv", index=False)
    assert [case.label for case in read_cohort(tmp_path / "c.csv")] == [(1, 3), (2, 4)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("case,mask\nA,m.nii\n", "lacks the column 'image'"),
        ("case,image,mask\n", "has no rows"),
        ("case,image,mask\nA,,m.nii\n", "line 2: the column 'image' is empty"),
        ("case,image,mask,label\nA,i.nii,m.nii,head\n", "label 'head' is not a number"),
        ("case,image,mask\nA,i.nii,m.nii\nA,i.nii,m.nii\n", "there twice"),
    ],
)
def test_a_wrong_table_is_refused_with_the_place(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "c.csv").write_text(text)
    with pytest.raises(InputError, match=r"c\.csv") as caught:
        read_cohort(tmp_path / "c.csv")
    assert part in str(caught.value)


def test_missing_table_and_no_workers_are_refused(table: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read_cohort(tmp_path / "absent.csv")
    with pytest.raises(InputError, match="at least 1"):
        extract_cohort(table, "ibsi", tmp_path, workers=0)
