"""``onfh followup`` and ``onfh simulate --pairs``: plain names in the JSON, and one sentence for a call that is wrong."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from ONFHAssistLab.cli import run
from ONFHAssistLib.cli.course.followup import answer_of
from ONFHAssistLib.followup.alignment import DateAlignment
from ONFHAssistLib.followup.growth import Growth
from ONFHAssistLib.followup.result import Collapse, FollowUp, HipChange, HipFollowUp, HipState, Interval

STILL = DateAlignment(tuple(np.eye(4).ravel().tolist()), ("1-1",), 0.3, 1.0, 0.95)


def test_the_answer_has_what_changed_by_the_last_date_under_plain_names():
    growth = Growth(2.0, 1.1, 2.9, "grown", 10.0, 12.0, 2.2, 0.2, 0.2, 0.24)
    change = HipChange("2025-01-01", STILL, 0.5, growth, Interval(1.6, 0.6, 2.6))
    states = (HipState("2024-01-01", 0.0), HipState("2025-01-01", 12.0, flattening=Interval(2.4, 0.4, 4.4)))
    failed = HipFollowUp(
        "L", states, (HipChange("2025-01-01", STILL, failure="it did not converge"),), Collapse(False, 0, 0)
    )
    hips = (HipFollowUp("R", states, (change,), Collapse(True, 12.0, 0.0)), failed)
    result = FollowUp("p7", ("a", "b"), ("2024-01-01", "2025-01-01"), "2024-01-01", hips)
    right, left = json.loads(json.dumps(answer_of(result)["hips"], allow_nan=True))
    assert (right["side"], right["dates"], right["called"]) == ("R", ["2024-01-01", "2025-01-01"], "grown")
    assert [right[name] for name in ("growth_ml", "growth_low", "growth_high")] == [2.0, 1.1, 2.9]
    assert [right[name] for name in ("sunk_mm", "collapse_mm", "alignment_mm")] == [1.6, 2.4, 0.5]
    assert left["failure"] == "it did not converge"
    assert "growth_ml" not in left
    unread = replace(hips[0], changes=(replace(change, told=False),))
    (row,) = answer_of(replace(result, hips=(unread,)))["hips"]
    assert [row[name] for name in ("sunk_mm", "sunk_low", "sunk_high", "growth_ml")] == [
        None,
        None,
        None,
        2.0,
    ]


def test_a_call_that_is_wrong_ends_with_code_2_and_one_line(tmp_path, capsys):
    here = [str(tmp_path), str(tmp_path)]
    assert run(["followup", *here, "--out", str(tmp_path / "o"), "--date", "2024-01-01"]) == 2
    assert "--date is given 1 times for 2 examinations" in capsys.readouterr().err
    assert run(["followup", str(tmp_path), "--out", str(tmp_path / "o")]) == 2
    assert "two examinations or more" in capsys.readouterr().err
    assert run(["followup", *here, "--out", str(tmp_path / "o"), "--since", "soon"]) == 2
    assert "'soon' is no date" in capsys.readouterr().err
    assert run(["simulate", "--pairs", "--out", str(tmp_path / "p")]) == 2
    assert "--cases is missing" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()
