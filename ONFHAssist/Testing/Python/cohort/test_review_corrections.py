"""Corrections of readers: kept with what changed, one hip apart from the other, taken back, offered for training."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813
from support.review_cohort import CENTRES, make_cohort, pelvis, write_case

from ONFHAssistLib.cohort.review.corrections import (
    FOLDER,
    confirm,
    read_correction,
    reader_file,
    result_path,
    standing,
)
from ONFHAssistLib.cohort.review.decisions import Decision, decisions_text, utc_now
from ONFHAssistLib.cohort.review.folder import open_folder
from ONFHAssistLib.cohort.review.state import ReviewState
from ONFHAssistLib.cohort.review.summary import agreements, corrected_most, judgements
from ONFHAssistLib.cohort.review.training_rows import training_rows
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import head_mask

CASES = 7


def decide(cohort, case, side, reader, kind="accept"):
    outline = open_folder(cohort).case(case).outlines_sha256[side]
    ReviewState(cohort).add([Decision(case, side, reader, kind, outline, utc_now())])


def correct(cohort, key, side, reader, shift=(0.0, 0.0, 12.0)):
    """Take a ball away from the head, ``shift`` mm (LPS) from its centre."""
    folder = open_folder(cohort)
    labels = folder.case(key).labels()
    away = np.linalg.norm(labels.points() - np.array(CENTRES[side]) - shift, axis=-1) < 9
    array = np.where(away & head_mask(labels.array, side), 0, labels.array)
    return confirm(folder, ReviewState(cohort), folder.case(key), side, reader, labels.like(array))


def test_a_correction_is_kept_with_what_changed_and_where(cohort, found):
    outward = (-16.0, 0.0, 0.0)  # the patient's right: lateral on the right hip, medial on the left
    assert {c.region for c in correct(cohort, "case-00", "R", "Dr A", outward).changes} == {"lateral"}
    assert {c.region for c in correct(cohort, "case-01", "L", "Dr A", outward).changes} == {"medial"}
    done = correct(cohort, "case-02", "R", "Dr A")
    head, necrosis = done.changes
    assert (head.structure, necrosis.structure) == ("head", "necrosis")
    assert head.first_ml - head.second_ml == pytest.approx(head.removed_ml)
    assert 2 * head.second_ml / (head.first_ml + head.second_ml) == pytest.approx(head.dice)
    assert done.path.parent == cohort / "cases" / "case-02" / FOLDER
    assert len({reader_file(name).lower() for name in ("Dr A", "Dr-A", "dr-a")}) == 3
    assert reader_file("con") != "con"
    state = ReviewState(cohort)
    rows = corrected_most(state.corrections(), judgements(state, found), found.hips)
    assert [(r.name, r.corrected, r.judged) for r in rows if r.group == "side"] == [("R", 2, 2), ("L", 1, 1)]
    empty = open_folder(cohort).case("case-03").labels()
    with pytest.raises(InputError, match="head R of case-03 is empty"):
        confirm(
            open_folder(cohort),
            state,
            open_folder(cohort).case("case-03"),
            "R",
            "AB",
            empty.like(0 * empty.array),
        )


@pytest.mark.parametrize("side", ["R", "L"])
@pytest.mark.parametrize(
    ("shift", "region"),
    [((-16.0, 0.0, 0.0), None), ((0.0, -16.0, 0.0), "front"), ((0.0, 0.0, 16.0), "above")],
)
def test_a_correction_says_where_in_the_patient_however_the_voxels_lie(tmp_path, side, shift, region):
    """Voxels stored from the other ends, in another order of axes, longer than wide: the patient's directions count."""
    image, labels = (
        Image.from_sitk(sitk.PermuteAxes(one.to_sitk()[::-1, ::-1, ::2], [2, 0, 1])) for one in pelvis(0)
    )
    folder = make_cohort(tmp_path / "cohort", 0)
    write_case(folder, "turned", image, labels)
    opened = open_folder(folder)
    case = opened.case("turned")
    changed = without_ball(case.labels(), side, shift)
    done = confirm(opened, ReviewState(folder), case, side, "AB", changed)
    expected = region or ("lateral" if side == "R" else "medial")
    assert {change.region for change in done.changes} == {expected}
    assert {change.side for change in done.changes} == {side}
    back = read_correction(opened, opened.case("turned"), "AB", image)
    assert back.same_grid(image)
    assert np.array_equal(back.array, changed.array)


def shown(cohort, key, reader):
    """The outlines that the reader sees, as he would confirm them."""
    folder = open_folder(cohort)
    case = folder.case(key)
    own = read_correction(folder, case, reader, case.image())
    return case.labels() if own is None else own


def without_ball(labels, side, shift=(0.0, 0.0, 12.0)):
    away = np.linalg.norm(labels.points() - np.array(CENTRES[side]) - shift, axis=-1) < 9
    return labels.like(np.where(away & head_mask(labels.array, side), 0, labels.array))


@pytest.mark.parametrize("later", ["reject", "undo", None])
def test_confirming_one_hip_leaves_what_was_decided_on_the_other(cohort, later):
    folder, state, key = open_folder(cohort), ReviewState(cohort), "case-00"
    case = folder.case(key)
    first = confirm(folder, state, case, "L", "AB", without_ball(case.labels(), "L"), comment="left")
    stale = shown(cohort, key, "AB")
    if later:
        decide(cohort, key, "L", "AB", later)
        assert np.array_equal(shown(cohort, key, "AB").array, case.labels().array)
    done = confirm(folder, state, case, "R", "AB", without_ball(stale, "R"), comment="right")
    rows = [(row.side, row.kind, row.comment) for row in state.rows()]
    assert rows[-1] == ("R", "corrected", "right")
    assert [row for row in rows if row[0] == "L"] == [
        ("L", "corrected", "left"),
        *([("L", later, "")] if later else []),
    ]
    assert {change.side for change in done.changes} == {"R"}
    for side, held in (("R", True), ("L", later is None)):
        masks = [head_mask(one.array, side) for one in (shown(cohort, key, "AB"), case.labels())]
        assert (not np.array_equal(*masks)) == held
    assert first.path.is_file()  # the rows of the left hip name it


def test_a_correction_does_not_stand_on_other_outlines(cohort):
    correct(cohort, "case-00", "R", "AB")
    folder = open_folder(cohort)
    case = folder.case("case-00")
    assert read_correction(folder, case, "AB", case.image()) is not None
    result = case.result
    replace(result, hip_outlines=dict.fromkeys("RL", "newer")).save(case.folder)
    assert np.array_equal(shown(cohort, "case-00", "AB").array, case.labels().array)


def test_a_correction_that_cannot_be_recorded_leaves_the_earlier_one(cohort, monkeypatch):
    first = correct(cohort, "case-00", "R", "AB").path
    result_path(open_folder(cohort).case("case-00"), "AB").write_text("{}")
    rows = training_rows(open_folder(cohort), ReviewState(cohort))

    def refuse(*_rows):
        raise InputError("no room")

    with monkeypatch.context() as patched:
        patched.setattr(ReviewState, "add", refuse)
        with pytest.raises(InputError, match="no room"):
            correct(cohort, "case-00", "R", "AB", (-16.0, 0.0, 0.0))
    assert training_rows(open_folder(cohort), ReviewState(cohort)) == rows
    second = correct(cohort, "case-00", "R", "AB", (-16.0, 0.0, 0.0)).path
    assert set((cohort / "cases" / "case-00" / FOLDER).iterdir()) == {first, second}
    assert first != second


def test_taking_the_second_correction_back_leaves_the_first_one_standing(cohort, found):
    case, state = open_folder(cohort).case("case-00"), ReviewState(cohort)
    first = correct(cohort, "case-00", "R", "AB")
    held = shown(cohort, "case-00", "AB").array
    offered = training_rows(open_folder(cohort), state)
    second = correct(cohort, "case-00", "R", "AB", (-16.0, 0.0, 0.0))
    assert not np.array_equal(shown(cohort, "case-00", "AB").array, held)
    decide(cohort, "case-00", "R", "AB", "comment")
    for _ in range(2):  # the comment, then the correction
        decide(cohort, "case-00", "R", "AB", "undo")
    assert np.array_equal(shown(cohort, "case-00", "AB").array, held)
    assert training_rows(open_folder(cohort), state) == offered
    assert standing(state, case, "AB")["R"] == list(first.changes)
    (row,) = [
        one
        for one in corrected_most(state.corrections(), judgements(state, found), found.hips)
        if one.group == "side" and one.name == "R"
    ]
    assert row.corrected == 1
    decide(cohort, "case-00", "R", "AB", "undo")
    assert np.array_equal(shown(cohort, "case-00", "AB").array, case.labels().array)
    assert second.path.is_file()


def test_readers_are_compared_by_what_both_want(cohort, found):
    decide(cohort, "case-00", "R", "AB")
    first = correct(cohort, "case-00", "R", "CD").changes
    for reader in ("AB", "CD"):
        decide(cohort, "case-01", "L", reader, "reject")
    (pair,) = agreements(open_folder(cohort), ReviewState(cohort), found)
    assert (pair.hips, pair.same) == (2, 0.5)
    assert pair.dice["head"] == pytest.approx(next(c.dice for c in first if c.structure == "head"))
    ReviewState(cohort).set_blind(True)
    with pytest.raises(InputError, match="blind"):
        agreements(open_folder(cohort), ReviewState(cohort), found)


def test_confirmed_outlines_are_offered_for_training_hip_by_hip(cohort, tmp_path):
    from ONFHAssistLab.training.own_patients import read_own_patients

    with pytest.raises(InputError, match="accepted or corrected yet"):
        training_rows(open_folder(cohort), ReviewState(cohort))
    for number in range(4):
        decide(cohort, f"case-0{number}", "L", "AB")
    decide(cohort, "case-00", "R", "AB")
    corrected = correct(cohort, "case-01", "R", "AB").path
    decide(cohort, "case-02", "R", "AB")
    decide(cohort, "case-02", "R", "CD", "reject")
    rows = training_rows(open_folder(cohort), ReviewState(cohort))
    told = [(row["case"], row["sides"], "corrections" in row["segmentation"]) for row in rows]
    assert told == [
        ("case-00", "R L", False), ("case-01", "R", True), ("case-01", "L", False), ("case-02", "L", False),
        ("case-03", "L", False),
    ]  # fmt: skip
    assert [row["corrected"] for row in rows] == ["", "R", "", "", ""]
    own = read_own_patients(cohort, seed=1)
    hips = {(hip.case, hip.side) for hip in (*own.train, *own.validation)}
    assert hips == {("case-00", "R"), ("case-01", "R"), *((f"case-0{n}", "L") for n in range(4))}
    assert not {hip.case for hip in own.train} & {hip.case for hip in own.validation}
    correct(cohort, "case-03", "L", "AB")
    assert read_own_patients(cohort, seed=1).digest != own.digest
    corrected.write_bytes(b"changed")
    with pytest.raises(InputError, match="were changed since AB"):
        training_rows(open_folder(cohort), ReviewState(cohort))


def test_the_command_writes_sheet_table_and_training_table_and_takes_decisions(
    cohort, found, tmp_path, capsys
):
    from ONFHAssistLib.cli import run

    hip = found.hips[0]
    row = Decision(hip.case, hip.side, "AB", "accept", hip.outline, utc_now(), "good")
    saved = tmp_path / "decisions.json"
    saved.write_text(decisions_text(ReviewState(cohort).identity(), [row]))
    out = [tmp_path / name for name in ("sheet.html", "rows.csv", "train.csv")]
    asked = [
        "cohort",
        "review",
        str(cohort),
        "--take",
        str(saved),
        "--table",
        str(out[1]),
        "--out",
        str(out[0]),
    ]
    assert run([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["taken"], told["hips"], told["readers"]["AB"]["accept"]) == (1, 2 * CASES, 1)
    rows = list(csv.DictReader(out[1].open(encoding="utf-8")))
    assert (rows[0]["AB: decision"], rows[0]["AB: comment"], rows[1]["AB: decision"]) == (
        "accept",
        "good",
        "",
    )
    assert float(rows[0]["first head_ml"]) > 10
    assert rows[0]["AB: head_ml"] == ""  # accepted as it was
    assert out[0].stat().st_size < 60e6 / 500 * 2 * CASES
    assert run(["cohort", "review", str(cohort), "--training-table", str(out[2])]) == 0
    assert f",{hip.side},\n" in out[2].read_text()
    saved.write_text(saved.read_text().replace(f'"{hip.case}"', '"somebody else"'))
    assert run(["cohort", "review", str(cohort), "--take", str(saved)]) == 2
    assert "which this cohort does not have" in capsys.readouterr().err
    assert run(["cohort", "review", str(tmp_path / "nothing")]) == 2
