"""What a follow-up leaves: tables that *Develop* reads, the surface as a model, JSON that reads back as it was."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from support.dated_hips import dated_hip

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.followup import compare
from ONFHAssistLib.followup.alignment import DateAlignment
from ONFHAssistLib.followup.compare import collapse_of
from ONFHAssistLib.followup.files import (
    COLUMNS,
    SURVIVAL,
    _write_change,
    bounds_rows,
    merged_rows,
    surface_model_text,
    surface_triangles,
    survival_rows,
    table_rows,
    write_table,
)
from ONFHAssistLib.followup.growth import Growth
from ONFHAssistLib.followup.result import Collapse, FollowUp, HipChange, HipFollowUp, HipState, Interval
from ONFHAssistLib.followup.surface import SurfaceChange
from ONFHAssistLib.followup.tracks import Track
from ONFHAssistLib.measure.surface import articular_rays
from ONFHAssistLib.survival.develop.cohort_table import CohortTable, in_months, patients_of

STILL = DateAlignment(tuple(np.eye(4).ravel().tolist()), ("1-1",), 0.3, 1.0, 0.95)
GREW = Growth(2.0, 1.1, 2.9, "grown", 10.0, 12.0, 2.2, 0.2, 0.2, 0.24)


def state(months, flat=0.6):
    return HipState(f"2024-{1 + int(months):02d}-01", float(months), 10.0, 0.2, 100.0, 90.0, 190.0, "C1", "I",
                    flattening=Interval(flat, 0.0, flat + 0.5))  # fmt: skip


def change(months, sunk, half=0.6):
    return HipChange(state(months).date, STILL, 0.5, GREW, Interval(sunk, sunk - half, sunk + half))


def course(*hips):
    return FollowUp("p7", ("a", "b", "c"), ("2024-01-01", "2024-04-01", "2024-08-01"), "2024-01-01", hips)


def hip(side, sunk, flat=0.6):
    states = (state(0, flat), state(3), state(7))
    changes = (change(3, sunk[0]), change(7, sunk[1]))
    return HipFollowUp(side, states, changes, collapse_of(states, changes))


def test_a_collapse_lies_between_the_last_date_without_and_the_first_with_it():
    assert collapse_of(hip("R", (0.2, 1.8)).states, hip("R", (0.2, 1.8)).changes) == Collapse(True, 7.0, 3.0)
    assert hip("R", (0.2, 0.3)).collapse == Collapse(False, 7.0, 7.0)
    assert hip("R", (1.4, 2.0)).collapse == Collapse(True, 3.0, 0.0)
    assert hip("R", (0.2, 0.3), flat=2.6).collapse.at_start  # was flattened before: never at risk


def test_what_sank_less_surely_than_its_interval_is_no_collapse():
    states, changes = (state(0), state(3)), (change(3, 1.2, half=1.3),)
    assert not collapse_of(states, changes).collapsed


def test_what_sank_surely_but_by_less_than_a_mm_is_no_collapse_and_what_may_have_sunk_by_one_is():
    states = state(0), state(3)
    assert not collapse_of(states, (change(3, 0.5, half=0.3),)).collapsed
    assert collapse_of(states, (change(3, 0.7, half=0.6),)).collapsed  # read too shallow as likely as not


def test_a_date_that_could_not_be_aligned_bounds_nothing():
    states = (state(0), state(3), state(7))
    failed = HipChange(states[2].date, STILL, failure="it did not converge")
    assert collapse_of(states, (change(3, 0.1), failed)) == Collapse(False, 3.0, 3.0)


def untold(months):
    return replace(change(months, 0.0, half=3.0), told=False)


def test_a_date_whose_surface_could_not_be_read_bounds_nothing():
    states = (state(0), state(3), state(12))
    assert collapse_of(states, (change(3, 0.1), untold(12))) == Collapse(False, 3.0, 3.0)
    assert collapse_of(states, (untold(3), change(12, 1.8))) == Collapse(True, 12.0, 0.0)
    never = HipFollowUp("R", states, (untold(3), untold(12)), collapse_of(states, (untold(3), untold(12))))
    assert never.collapse == Collapse(False, 0.0, 0.0)
    assert survival_rows(course(never)) == []


def test_what_could_not_be_read_is_an_empty_cell_beside_its_growth(tmp_path):
    states, changes = (state(0), state(3), state(7)), (change(3, 0.1), untold(7))
    result = course(HipFollowUp("R", states, changes, collapse_of(states, changes)))
    assert survival_rows(result) == [{"patient": "p7", "side": "R", "months": 3.0, "collapse": 0}]
    path = write_table(tmp_path / "followup.csv", COLUMNS, table_rows(result))
    last = list(csv.DictReader(path.open()))[-1]
    assert [last[name] for name in ("sunk_mm", "sunk_low", "sunk_high")] == ["", "", ""]
    assert (last["growth_ml"], last["called"], last["alignment_mm"]) == ("2.0", "grown", "0.5")
    text = result.to_json()
    assert FollowUp.from_json(text) == result
    earlier = json.loads(text)
    for one in earlier["hips"][0]["changes"]:
        del one["told"]  # as it was written before
    assert all(one.told for one in FollowUp.from_json(json.dumps(earlier)).hips[0].changes)


def test_a_surface_without_series_that_can_be_compared_leaves_no_map(tmp_path, monkeypatch):
    monkeypatch.setattr(compare, "align_dates", lambda *_: STILL)
    looks = {"spacing": (2.0, 2.0, 3.0), "contrast": "T2-weighted"}
    hips = dated_hip("L", **looks), dated_hip("L", seed=1, **looks)
    found = compare.compare_hip(*hips, date(2024, 4, 1))
    assert found.change.growth is not None
    assert (found.change.told, found.change.sunk_told) == (False, None)
    assert found.change.notes[-1].endswith("so that whether the joint surface sank stays open.")
    assert set(_write_change(found, tmp_path)) == {"change"}
    assert [path.name for path in tmp_path.iterdir()] == ["L_20240401_change.nii.gz"]


def test_the_survival_table_is_one_that_develop_reads(tmp_path):
    result = course(hip("R", (0.2, 1.8)), hip("L", (0.1, 0.2)))
    path = write_table(tmp_path / "survival.csv", SURVIVAL, survival_rows(result))
    source = CohortTable(path, "patient", "months", "collapse")
    table = in_months(pd.read_csv(path), source)
    assert list(patients_of(table, source)) == ["p7", "p7"]
    assert table[["side", "months", "collapse"]].to_numpy().tolist() == [["R", 7.0, 1], ["L", 7.0, 0]]
    assert bounds_rows(result)[0] == {
        "patient": "p7",
        "side": "R",
        "after_months": 3.0,
        "by_months": 7.0,
        "at_start": 0,
    }
    assert bounds_rows(result)[1]["by_months"] == ""


def test_a_hip_that_had_collapsed_before_is_not_at_risk():
    assert survival_rows(course(hip("R", (0.1, 0.2), flat=3.0))) == []


def test_a_hip_that_is_flattened_at_the_first_visit_after_the_operation_collapsed_since():
    states = (state(3, 3.0), state(7))
    after = collapse_of(states, (change(7, 0.2),), operated=True)
    assert after == Collapse(True, 3.0, 0.0)
    result = course(HipFollowUp("R", states, (change(7, 0.2),), after))
    assert survival_rows(result) == [{"patient": "p7", "side": "R", "months": 3.0, "collapse": 1}]
    assert bounds_rows(result)[0]["after_months"] == 0.0
    assert collapse_of(
        states, (change(7, 0.2),)
    ).at_start  # no operation is known: it may have been so for years


def test_a_hip_that_collapsed_before_its_operation_is_not_at_risk():
    states = (state(0), state(3), state(7))
    before = tuple(replace(one, months=one.months - 4.0) for one in states)
    changes = (change(3, 1.8), change(7, 2.0))
    assert collapse_of(before, changes, operated=True).at_start
    late = collapse_of(before, (change(3, 0.1), change(7, 2.0)), operated=True)
    assert late == Collapse(True, 3.0, 0.0)  # seen sound a month before the operation


def test_rows_of_the_same_hip_are_replaced_and_those_of_others_kept(tmp_path):
    path = write_table(tmp_path / "all.csv", SURVIVAL, [
        {"patient": "p1", "side": "R", "months": 12.0, "collapse": 1},
        {"patient": "p7", "side": "R", "months": 3.0, "collapse": 0},
    ])  # fmt: skip
    rows = merged_rows(path, "p7", survival_rows(course(hip("R", (0.2, 1.8)))))
    assert [(row["patient"], float(row["months"]), int(row["collapse"])) for row in rows] == [
        ("p1", 12.0, 1),
        ("p7", 7.0, 1),
    ]
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match=r"other\.csv is no survival table of 'onfh followup'"):
        merged_rows(other, "p7", [])


def test_the_table_has_a_row_a_date_and_the_change_since_the_first():
    rows = table_rows(course(hip("R", (0.2, 1.8))))
    assert [row["months"] for row in rows] == [0.0, 3.0, 7.0]
    assert "growth_ml" not in rows[0]
    assert (rows[2]["growth_ml"], rows[2]["called"], rows[2]["sunk_mm"]) == (2.0, "grown", 1.8)


def test_a_result_reads_back_as_it_was():
    track = Track((1.0, 2.0, 3.0), (4.0, 5.0, 46.0), "new", 1.5)
    one = hip("L", (0.2, 1.8))
    drilled = replace(one, changes=(replace(one.changes[0], tracks=(track,)), one.changes[1]))
    result = course(drilled)
    assert FollowUp.from_json(result.to_json()) == result
    with pytest.raises(InputError, match="no result of a follow-up"):
        FollowUp.from_json('{"schema": "other"}')
    nothing = HipState("2024-01-01", 0.0)
    assert math.isnan(nothing.necrosis_ml)


@pytest.mark.parametrize("side", ["R", "L"])
def test_the_model_of_the_surface_is_the_head_with_its_dent(side, tmp_path):
    rays = articular_rays(side)
    dent = np.where(rays @ np.array([0.0, -0.3, 0.95]) > 0.9, 2.0, 0.0)
    surface = SurfaceChange(rays, np.zeros(len(rays)), dent, (0.0, 2.0), 2.0, 1.4, 2.6, (0.0, 0.0, 22.0))
    triangles = surface_triangles(rays)
    assert len(triangles) > 1.7 * len(rays)
    text = surface_model_text(surface, (10.0, 20.0, 30.0), 24.0).splitlines()
    assert text[1].endswith("SPACE=LPS")
    first = text.index(f"POINTS {len(rays)} float") + 1
    points = np.array([[float(v) for v in line.split()] for line in text[first : first + len(rays)]])
    assert np.linalg.norm(points - [10.0, 20.0, 30.0], axis=1) == pytest.approx(24.0 - dent, abs=0.01)
    values = [float(line) for line in text[-len(rays) :]]
    assert values == pytest.approx(dent.tolist())


def test_a_csv_holds_empty_cells_for_what_is_not_known(tmp_path):
    path = write_table(tmp_path / "t.csv", ("a", "b"), [{"a": 1}])
    assert list(csv.reader(path.open())) == [["a", "b"], ["1", ""]]
