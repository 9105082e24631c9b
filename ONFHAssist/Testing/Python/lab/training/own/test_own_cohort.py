"""Own patients for training: what counts of them, what there is, who is held back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from support.outlined_pelves import cohort, staged_cohort, table  # noqa: E402
from support.review_cohort import CENTRES, make_cohort  # noqa: E402

from ONFHAssistLab.cli import run  # noqa: E402
from ONFHAssistLab.training.own.cohort import (  # noqa: E402
    OwnCohort,
    OwnScan,
    part_by_patient,
    read_outlines,
    read_own_cohort,
)
from ONFHAssistLab.training.own.inventory import take_inventory  # noqa: E402
from ONFHAssistLab.training.own.lessons.heads import HeadLesson  # noqa: E402
from ONFHAssistLab.training.own.lessons.outlines import OutlineLesson  # noqa: E402
from ONFHAssistLab.training.own.lessons.stages import StageLesson  # noqa: E402
from ONFHAssistLab.training.own.stages import StageTable  # noqa: E402
from ONFHAssistLib.cohort.review.corrections import confirm  # noqa: E402
from ONFHAssistLib.cohort.review.decisions import Decision, utc_now  # noqa: E402
from ONFHAssistLib.cohort.review.folder import open_folder  # noqa: E402
from ONFHAssistLib.cohort.review.state import ReviewState  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.imaging.labels import head_mask  # noqa: E402


def test_two_rows_of_one_scan_are_its_two_hips(tmp_path):
    own = read_own_cohort(staged_cohort(tmp_path, "abcd"))
    assert len(own.scans) == 4
    assert own.patients == ("a", "b", "c", "d")
    assert all(scan.sides == ("R", "L") for scan in own.scans)
    assert all(scan.stages == {"R": "II", "L": "0"} for scan in own.scans)


def test_what_there_is_is_counted_and_said_to_be_enough_or_not(tmp_path, capsys):
    staged_cohort(tmp_path, "abcd")
    found = take_inventory(read_own_cohort(tmp_path))
    assert (found.patients, found.scans, found.hips, found.lesions, found.both_heads) == (4, 4, 8, 4, 4)
    assert found.stages == {"0": 4, "I": 0, "II": 4}
    assert not any(row.problem for row in found.models)
    assert "20 or more let the figures say" in found.of("outliner").advice
    (tmp_path / "plain").mkdir()
    plain = take_inventory(read_own_cohort(cohort(tmp_path / "plain", "abc")))
    assert plain.of("outliner").problem.startswith("3 patients with an outlined necrosis; at least 4")
    assert plain.of("stage").problem.startswith("0 patients with a stage")
    assert run(["train", "own", "stage", "--cohort", str(tmp_path), "--look", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lesions"] == 4


def test_stages_that_are_all_the_same_teach_nothing(tmp_path):
    staged_cohort(tmp_path, "abcd")
    stages = tmp_path / "stages.csv"
    stages.write_text("case,side,ficat_arlet_stage\n" + "".join(f"{c},{s},I\n" for c in "abcd" for s in "RL"))
    found = take_inventory(read_own_cohort(tmp_path, stages))
    assert found.of("stage").problem == "All stages are the same; hips of two or more stages are needed."


def reviewed(tmp_path, decisions):
    """A cohort of two patients with decisions of one reader."""
    folder = make_cohort(tmp_path / "worked", 2)
    outlines = {case.key: case.outlines_sha256 for case in open_folder(folder).good}
    rows = [
        Decision(case, side, "AB", kind, outlines[case][side], utc_now(), "")
        for case, side, kind in decisions
    ]
    ReviewState(folder).add(rows)
    return folder


def test_only_what_readers_accepted_counts_of_a_cohort(tmp_path):
    folder = make_cohort(tmp_path / "worked", 2)
    with pytest.raises(InputError, match="is accepted or corrected yet"):
        read_own_cohort(folder)
    outline = open_folder(folder).case("case-01").outlines_sha256["R"]
    ReviewState(folder).add([Decision("case-01", "R", "AB", "accept", outline, utc_now(), "")])
    (folder / "stages.csv").write_text("case,side,ficat_arlet_stage\ncase-01,R,II\ncase-01,L,0\n")
    (scan,) = read_own_cohort(folder).scans
    assert (scan.patient, scan.sides, scan.stages) == ("case-01", ("R",), {"R": "II"})


def test_patients_are_held_back_whole_and_the_same_again(tmp_path):
    names = [f"p{number:02d}" for number in range(18)]
    scans = [{"case": n, "image": f"{n}{k}.nii", "segmentation": "s.nii"} for n in names for k in range(2)]
    for name in ("s.nii", *(row["image"] for row in scans)):
        (tmp_path / name).touch()
    own = read_own_cohort(table(tmp_path, scans))
    parted = part_by_patient(own, 0.1, seed=4)
    held, learned = ({scan.patient for scan in part} for part in (parted.held, parted.learned))
    assert len(held) == 2 and not held & learned  # at least
    assert len(parted.held) == 4
    assert part_by_patient(own, 0.1, seed=4) == parted
    assert part_by_patient(own, 0.1, seed=5) != parted


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"side": "X"}, "line 3: the side is 'X'"),
        ({"ficat_arlet_stage": "III"}, "line 3: the stage is 'III'; 0, I, II"),
        ({"image": "no.nii.gz"}, "no.nii.gz does not exist"),
        ({"segmentation": " "}, "line 3: the column 'segmentation' is empty"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path, change, said):
    staged_cohort(tmp_path, "ab")
    path = tmp_path / "cohort.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    rows[1] |= change
    with pytest.raises(InputError, match=said):
        read_own_cohort(table(tmp_path, rows))


def test_three_patients_are_too_few(tmp_path):
    with pytest.raises(InputError, match="has 3 patients with outlines that count; at least 4"):
        part_by_patient(read_own_cohort(cohort(tmp_path, "abc")), 0.3, 0)


def rows_of(folder, names):
    """A row a patient, with files that are there."""
    (folder / "s.nii").touch()
    for name in names:
        (folder / f"{name}.nii").touch()
    return [{"case": name, "image": f"{name}.nii", "segmentation": "s.nii", "side": "R"} for name in names]


def test_who_is_held_back_stays_so_when_patients_are_added(tmp_path):
    rows = rows_of(tmp_path, [f"p{number:02d}" for number in range(60)])
    first = part_by_patient(read_own_cohort(table(tmp_path, rows[:40])), 0.33, seed=0)
    later = part_by_patient(read_own_cohort(table(tmp_path, rows)), 0.33, seed=0)

    held = {scan.patient for scan in first.held}
    assert held == {scan.patient for scan in later.held} & {row["case"] for row in rows[:40]}
    assert 0.2 < len(later.held) / 60 < 0.46


def stages_file(folder, text):
    path = folder / "stages.csv"
    path.write_text(f"case,side,ficat_arlet_stage\n{text}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,R\na,R,II\n", "stages.csv, line 3: hip R of a has another stage in line 2"),
        ("a,r,II\n", "stages.csv, line 2: the side is 'r'"),
        ("a,R,IV\n", "stages.csv, line 2: the stage is 'IV'"),
        (",R,II\n", "stages.csv, line 2: the column 'case' is empty"),
        ("a,R,II\nelsewhere,R,II\n", r"elsewhere \(line 3\) is no case of the cohort, such as a"),
    ],
)
def test_a_line_of_stages_that_cannot_be_used_is_named(tmp_path, text, said):
    path = stages_file(tmp_path, text)

    with pytest.raises(InputError, match=said):
        read_own_cohort(table(tmp_path, rows_of(tmp_path, "ab")), path)


def test_a_stage_of_both_hips_at_once_is_asked_for_its_side(tmp_path):
    rows = [{**row, "side": "R L", "ficat_arlet_stage": "II"} for row in rows_of(tmp_path, "ab")]

    with pytest.raises(InputError, match="line 2: a stage is of one hip"):
        read_own_cohort(table(tmp_path, rows))


def test_a_folder_is_no_outline(tmp_path):
    rows = rows_of(tmp_path, "ab")
    (tmp_path / "folder").mkdir()
    rows[1]["segmentation"] = "folder"

    with pytest.raises(InputError, match=r"line 3: .*folder is no file"):
        read_own_cohort(table(tmp_path, rows))


@pytest.mark.parametrize(
    ("change", "said"),
    [({"image": "a.nii"}, "under the patients a and b"), ({"case": "A"}, "capitals alone")],
)
def test_one_person_under_two_names_is_refused(tmp_path, change, said):
    rows = rows_of(tmp_path, "ab")
    rows[1] |= change

    with pytest.raises(InputError, match=said):
        read_own_cohort(table(tmp_path, rows))


def test_stages_go_by_the_examination_where_a_patient_has_two(tmp_path):
    both = [("first", "P0001"), ("second", "P0001")]
    known = StageTable(stages_file(tmp_path, "first,R,0\nsecond,R,II\n"), both)
    assert [known.of(name, "P0001", "R") for name in ("first", "second")] == ["0", "II"]
    by_patient = stages_file(tmp_path, "P0001,R,I\n")
    assert StageTable(by_patient, both[:1]).of("first", "P0001", "R") == "I"
    with pytest.raises(InputError, match="line 2: P0001 has 2 examinations; name the case, such as first"):
        StageTable(by_patient, both)


def test_stages_of_hips_that_nobody_looked_at_yet_may_stand_in_the_table(tmp_path):
    folder = reviewed(tmp_path, [("case-00", "R", "accept")])
    stages = stages_file(folder, "case-00,R,II\ncase-01,L,0\n")
    assert [scan.stages for scan in read_own_cohort(folder).scans] == [{"R": "II"}]
    stages.write_text(stages.read_text() + "case-0I,L,0\n")
    with pytest.raises(InputError, match=r"case-0I \(line 4\) is no case of the cohort, such as case-00"):
        read_own_cohort(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"ficat_arlet_stage": "II"},
            "line 3: hip R of a in a.nii is of stage II here and of stage I in .*line 2",
        ),
        ({"segmentation": "t.nii"}, "line 3: hip R of a in a.nii has other outlines than in .*line 2"),
    ],
)
def test_two_rows_of_a_hip_that_do_not_agree_are_named(tmp_path, change, said):
    (row,) = rows_of(tmp_path, "a")
    (tmp_path / "t.nii").touch()
    row["ficat_arlet_stage"] = "I"
    with pytest.raises(InputError, match=said):
        read_own_cohort(table(tmp_path, [row, {**row, **change}]))


def test_patients_and_hips_are_counted_not_their_series(tmp_path):
    staged_cohort(tmp_path, "abcd")
    with (tmp_path / "cohort.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for name in "abcd":
        (tmp_path / f"{name}-t2.nii.gz").write_bytes((tmp_path / f"{name}.nii.gz").read_bytes())
    rows += [{**row, "image": row["image"].replace(".nii", "-t2.nii")} for row in rows]
    own = read_own_cohort(table(tmp_path, rows))
    found = take_inventory(own)
    assert (found.patients, found.scans, found.hips, found.lesions) == (4, 8, 8, 4)
    assert found.stages == {"0": 4, "I": 0, "II": 4}
    assert OutlineLesson(None, own.scans[::4], lambda *_: None).hips == 2
    assert StageLesson(None, own.scans[::4], lambda *_: None).hips == 2


def test_a_corrected_and_an_accepted_hip_of_one_case_are_a_scan_with_both(tmp_path):
    folder = reviewed(tmp_path, [("case-00", "R", "accept"), ("case-00", "L", "accept")])
    case = open_folder(folder).case("case-00")
    labels = case.labels()
    away = np.linalg.norm(labels.points() - np.array(CENTRES["L"]) - (0.0, 0.0, 14.0), axis=-1) < 9
    drawn = labels.like(np.where(away & head_mask(labels.array, "L"), 0, labels.array))
    confirm(open_folder(folder), ReviewState(folder), case, "L", "AB", drawn)
    (scan,) = read_own_cohort(folder).scans
    assert scan.sides == ("R", "L") and len(set(scan.outlines.values())) == 2
    assert scan.corrected == ("L",)
    assert np.array_equal(read_outlines(scan).array, drawn.array)
    assert HeadLesson(None, [scan], lambda *_: None).hips == 2
    found = take_inventory(read_own_cohort(folder))
    assert (found.hips, found.corrected, found.both_heads) == (2, 1, 1)


def test_nobody_who_was_learned_from_is_held_back_as_a_cohort_grows():
    scans = [OwnScan(f"p{number}", Path(f"{number}.nii"), {}) for number in range(30)]
    for seed in range(40):
        learned = set()
        for size in range(8, 31):
            parted = part_by_patient(OwnCohort("grown", tuple(scans[:size]), ""), 0.33, seed)
            held = {scan.patient for scan in parted.held}
            assert not held & learned, (seed, size)
            assert len(held) >= 2
            learned |= {scan.patient for scan in parted.learned}


def test_a_chance_that_leaves_nobody_to_learn_from_is_said():
    scans = tuple(OwnScan(f"p{number}", Path(f"{number}.nii"), {}) for number in range(4))
    with pytest.raises(InputError, match="By chance 4 of the 4 patients of few would be held back"):
        part_by_patient(OwnCohort("few", scans, ""), 0.999, 0)
