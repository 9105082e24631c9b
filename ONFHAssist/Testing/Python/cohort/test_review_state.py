"""What readers decide on a cohort: kept for good, shared, blind where wanted, outdated with its outline, taken in."""

import json
import sqlite3
import subprocess
import sys

import numpy as np
import pytest

from ONFHAssistLib.cohort.review.decisions import (
    Decision,
    Judgement,
    by_reader,
    decisions_text,
    judgement,
    read_decisions,
)
from ONFHAssistLib.cohort.review.state import FILE, ReviewState
from ONFHAssistLib.cohort.review.summary import agree, both_done, visible
from ONFHAssistLib.core.errors import InputError

WRITE = """
import sys
from ONFHAssistLib.cohort.review.decisions import Decision
from ONFHAssistLib.cohort.review.state import ReviewState
state = ReviewState(sys.argv[1])
for n in range(40):
    state.add([Decision("a", "R", sys.argv[2], "comment", "x", f"2026-01-01T00:00:00.{n:03d}+00:00", str(n))])
"""


def row(kind, second, comment="", reader="AB", case="a", side="R", outline="x"):
    return Decision(case, side, reader, kind, outline, f"2026-01-01T00:00:{second:02d}.000+00:00", comment)


def test_rows_come_to_the_last_decision_and_undo_takes_one_back():
    rows = [row("accept", 1), row("comment", 2, "neck"), row("reject", 3), row("undo", 4)]
    assert judgement(rows) == Judgement("accept", "neck", rows[1].time, "x", decided=rows[0].time)
    assert judgement(list(reversed(rows))).decision == "accept"  # the times count
    assert judgement([row("undo", 1), row("accept", 2), row("undo", 3), row("undo", 4)]).decision == ""


def test_a_decision_is_outdated_when_its_outline_has_changed():
    (held,) = by_reader([row("accept", 1)], {("a", "R"): "y"})["AB"].values()
    assert (held.decision, held.outdated) == ("accept", True)
    assert not by_reader([row("accept", 1)], {("a", "R"): "x"})["AB"]["a", "R"].outdated


def test_two_processes_write_into_one_file_and_nothing_is_lost(tmp_path):
    each = [subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path), name]) for name in ("AB", "CD")]
    assert [process.wait(timeout=300) for process in each] == [0, 0]
    state = ReviewState(tmp_path)
    assert {(r.reader, r.comment) for r in state.rows()} == {
        (who, str(n)) for who in ("AB", "CD") for n in range(40)
    }
    assert sorted(state.readers()) == ["AB", "CD"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        FILE
    ]  # no journal, no shared memory beside it


def test_rows_are_for_good_and_the_same_row_is_there_once(tmp_path):
    state = ReviewState(tmp_path)
    assert state.add([row("accept", 1), row("accept", 1)]) == 1
    assert state.add([row("accept", 1), row("reject", 2)]) == 1
    with (
        sqlite3.connect(tmp_path / FILE) as database,
        pytest.raises(sqlite3.IntegrityError, match="for good"),
    ):
        database.execute("UPDATE decisions SET kind = 'reject'")
    database.close()
    with pytest.raises(InputError, match="R or L"):
        row("accept", 1, side="B")


def test_a_damaged_or_strange_file_is_told_in_one_line(tmp_path):
    state = ReviewState(tmp_path)
    state.add([row("accept", 1)])
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[:3000])
    with pytest.raises(InputError, match="damaged") as told:
        state.rows()
    assert "\n" not in str(told.value)
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be read as one" * 40)
    with pytest.raises(InputError, match="damaged"):
        state.add([row("reject", 2)])
    (tmp_path / FILE).write_bytes(whole)
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("PRAGMA user_version = 7")
    database.close()
    with pytest.raises(InputError, match="schema 7, this version reads 1"):
        state.rows()
    (tmp_path / FILE).unlink()
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("CREATE TABLE other (x)")
    database.close()
    with pytest.raises(InputError, match="another program"):
        state.rows()


def test_a_blind_reader_sees_the_other_when_both_are_done(tmp_path):
    hips = [("a", "R"), ("a", "L")]
    outlines = dict.fromkeys(hips, "x")
    rows = [row("accept", 1), row("accept", 2, side="L"), row("reject", 3, reader="CD")]
    judged = by_reader(rows, outlines)
    assert set(visible(judged, "CD", True, hips)) == {"CD"}
    assert set(visible(judged, "CD", False, hips)) == {"AB", "CD"}
    judged = by_reader([*rows, row("accept", 4, reader="CD", side="L")], outlines)
    assert both_done(judged, hips)
    assert set(visible(judged, "CD", True, hips)) == {"AB", "CD"}
    state = ReviewState(tmp_path)
    assert not state.blind
    state.set_blind(True, "AB")
    assert state.blind


def test_kappa_is_that_of_the_textbook_and_its_interval_knows_the_patient():
    """Fifty patients with two hips each: 45 and 15 decided alike, 25 and 15 not."""
    cells = {
        ("accept", "accept"): 45,
        ("accept", "reject"): 15,
        ("reject", "accept"): 25,
        ("reject", "reject"): 15,
    }
    pairs = [pair for pair, count in cells.items() for _ in range(count)]
    order = np.random.default_rng(3).permutation(100)
    hips = {(f"p{n // 2}", "RL"[n % 2]): pairs[order[n]] for n in range(100)}
    made = [{hip: Judgement(pair[k]) for hip, pair in hips.items()} for k in (0, 1)]
    found = agree(("AB", "CD"), *made, {hip: hip[0] for hip in hips})
    assert found.kappa == pytest.approx((0.6 - 0.54) / (1 - 0.54), abs=1e-12)
    assert found.low < found.kappa < found.high
    assert (found.hips, found.same, dict(found.table)) == (100, 0.6, cells)
    # Each patient twice is no more patients: the interval stays nearly as wide.
    twice = {(f"{case}{copy}", side): pair for (case, side), pair in hips.items() for copy in "xy"}
    doubled = [{hip: Judgement(pair[k]) for hip, pair in twice.items()} for k in (0, 1)]
    wide = agree(("AB", "CD"), *doubled, {hip: hip[0][:-1] for hip in twice})
    assert wide.high - wide.low == pytest.approx(found.high - found.low, rel=0.15)


def test_decisions_of_a_sheet_are_read_with_their_times_and_others_refused(tmp_path):
    path = tmp_path / "decisions.json"
    path.write_text(decisions_text("abc", [row("accept", 1)]).replace("00:00:01.000+00:00", "01:00:01+01:00"))
    assert read_decisions(path) == ("abc", [row("accept", 1)])
    content = json.loads(path.read_text())
    for change, said in (
        ({"schema": "x"}, "no decisions of a contact sheet"),
        ({"decisions": [{"case": 1}]}, "no text as 'case'"),
        ({"decisions": [vars(row("accept", 1)) | {"time": "2026-01-01"}]}, "without its zone"),
    ):
        path.write_text(json.dumps(content | change))
        with pytest.raises(InputError, match=said):
            read_decisions(path)
