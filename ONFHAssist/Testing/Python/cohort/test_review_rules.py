"""Which cases of a cohort are reviewed, which saved decisions are taken, and what a blind study tells."""

import json
from dataclasses import replace

import numpy as np
import pytest
from support.review_cohort import CENTRES, copied, make_cohort

from ONFHAssistLib.cohort.review.corrections import confirm
from ONFHAssistLib.cohort.review.decisions import Decision, decisions_text, utc_now
from ONFHAssistLib.cohort.review.folder import open_folder
from ONFHAssistLib.cohort.review.recompute import recompute
from ONFHAssistLib.cohort.review.state import ReviewState
from ONFHAssistLib.cohort.review.summary import judgements, review_rows
from ONFHAssistLib.cohort.review.training_rows import training_rows
from ONFHAssistLib.cohort.review.worklist import worklist
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.labels import head_mask


@pytest.fixture(scope="module")
def worked_up(tmp_path_factory):
    return make_cohort(tmp_path_factory.mktemp("review") / "cohort", 2)


@pytest.fixture
def cohort(worked_up, tmp_path):
    return copied(worked_up, tmp_path / "cohort")


def correct(cohort, side="R", reader="AB", below=12.0):
    folder = open_folder(cohort)
    labels = folder.case("case-00").labels()
    away = np.linalg.norm(labels.points() - np.array(CENTRES[side]) - (0.0, 0.0, below), axis=-1) < 9
    array = np.where(away & head_mask(labels.array, side), 0, labels.array)
    confirm(folder, ReviewState(cohort), folder.case("case-00"), side, reader, labels.like(array))


def accept(cohort, case, side, reader="AB"):
    row = Decision(
        case, side, reader, "accept", open_folder(cohort).case(case).outlines_sha256[side], utc_now()
    )
    ReviewState(cohort).add([row])
    return row


def test_only_the_cases_that_the_cohort_lists_are_reviewed(cohort):
    path = cohort / "cohort.json"
    listed = [{"case": "case-01", "patient": "x", "name": "case-01"}]
    path.write_text(json.dumps(json.loads(path.read_text()) | {"cases": listed}))
    assert [case.key for case in open_folder(cohort).cases] == ["case-01"]


def test_a_case_whose_run_failed_is_no_good_one_and_stops_no_training(cohort):
    for key in ("case-00", "case-01"):
        accept(cohort, key, "R")
    (cohort / "cases" / "case-00" / "case.json").unlink()
    folder = open_folder(cohort)
    assert [case.key for case in folder.good] == ["case-01"]
    assert "case.json" in folder.case("case-00").problem
    assert [row["case"] for row in training_rows(folder, ReviewState(cohort))] == ["case-01"]


def test_decisions_of_a_reader_with_corrections_are_taken_and_all_files_or_none(cohort, tmp_path, capsys):
    from ONFHAssistLib.cli import run

    correct(cohort)
    state = ReviewState(cohort)
    held = state.rows()
    new = replace(held[0], side="L", kind="accept", time=utc_now())
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(decisions_text("x", [*held, new]))
    bad.write_text(decisions_text("x", [replace(held[0], time=utc_now(), comment="another")]))
    asked = ["cohort", "review", str(cohort), "--take", str(good)]
    assert run([*asked, "--take", str(bad)]) == 2
    assert "only the Cohort panel makes" in capsys.readouterr().err
    assert state.rows() == held
    assert run(asked) == 0
    assert state.rows() == [*held, new]


def test_a_blind_study_tells_no_corrections_and_offers_nothing_for_training(cohort, tmp_path, capsys):
    from ONFHAssistLib.cli import run

    correct(cohort)
    ReviewState(cohort).set_blind(True)
    for asked in (["--corrected"], ["--training-table", str(tmp_path / "train.csv")]):
        assert run(["cohort", "review", str(cohort), *asked]) == 2
        assert "blind" in capsys.readouterr().err
    assert not (tmp_path / "train.csv").exists()


def test_numbers_of_an_earlier_correction_are_not_those_of_the_present_one(cohort):
    state, found = ReviewState(cohort), worklist(open_folder(cohort))

    def told():
        rows = review_rows(open_folder(cohort), found, judgements(state, found))
        return next(row["AB: head_ml"] for row in rows if (row["case"], row["side"]) == ("case-00", "R"))

    correct(cohort)
    recompute(open_folder(cohort), "case-00", "AB")
    path = next((cohort / "cases" / "case-00" / "corrections").glob("*.json"))
    earlier = path.read_text()
    assert told()
    correct(cohort, below=-12.0)
    assert not path.exists()
    path.write_text(earlier)  # a computation that ended late
    assert told() == ""
    recompute(open_folder(cohort), "case-00", "AB")
    correct(cohort, "L")
    recompute(open_folder(cohort), "case-00", "AB")
    assert told()


def test_half_a_character_is_no_comment():
    with pytest.raises(InputError, match="half a character"):
        Decision("a", "R", "AB", "accept", "x", utc_now(), "\ud800")
