"""Which series serves a hip: one for each, another where the first one fails, and a sentence where none does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.exam_looks import look

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import no_progress
from ONFHAssistLib.exam.alignment import unmoved
from ONFHAssistLib.exam.examine import _require_marked
from ONFHAssistLib.exam.measurements import acetabular_edge, measured_hip, oedema_of, typed
from ONFHAssistLib.exam.outlines import DrawnHip
from ONFHAssistLib.exam.result import ExamResult, SeriesRow
from ONFHAssistLib.exam.roles import ACETABULUM, FLUID, with_uses
from ONFHAssistLib.exam.study import FoundSeries
from ONFHAssistLib.exam.work import MarkedEdge, Work, align, view_of
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.measure.hip import measure_hip, with_edge
from ONFHAssistLib.report.exam_sections import _table

FS = "fat-suppressed"


def worked(looks, chosen=(), failing=()):
    """The hips of series with their roles, aligned where they lie but for ``failing`` (number and side)."""
    rows = with_uses(looks, looks[0], {})
    work = Work(rows, rows[0], chosen=frozenset(chosen))
    for side in "RL":
        for one in rows:
            view = view_of(one, side)
            if view is None:
                continue
            why = "the outlines do not meet" if (one.row.number, side) in failing else ""
            work.alignments.append(replace(unmoved(view), failure=why))
            if not why:
                work.views.setdefault(side, []).append((one, view, np.eye(4)))
    return work


def shown(number, contrast, **coverage):
    one = look(number, contrast=contrast, heads=tuple(coverage))
    return replace(one, row=replace(one.row, coverage=coverage))


def serving(work, use):
    return {side: found and found[0].row.number for side in "RL" for found in [work.view_for(side, use)]}


def test_each_hip_has_its_own_series_where_none_shows_both():
    looks = [look("1"), look("2", contrast=FS, heads=("R",)), look("3", contrast=FS, heads=("L",))]
    work = worked(looks)
    assert serving(work, FLUID) == {"R": "2", "L": "3"}
    assert serving(work, ACETABULUM) == {"R": "1", "L": "1"}


def test_another_series_takes_over_where_the_first_cannot_be_aligned():
    looks = [look("1"), look("2", contrast=FS), look("3", "axial", FS)]
    assert serving(worked(looks, failing={("2", "L")}), FLUID) == {"R": "2", "L": "3"}
    # Unless its user said what that is for.
    assert serving(worked(looks, chosen={"3"}, failing={("2", "L")}), FLUID) == {"R": "2", "L": None}


@pytest.mark.parametrize(
    ("others", "failing", "said"),
    [
        ([], (), "No fluid-sensitive series shows hip L; oedema was not looked for."),
        (
            [look("2", contrast=FS)],
            {("2", "L")},
            "Oedema of hip L was not looked for: series 2 could not be aligned there.",
        ),
        (
            [shown("2", FS, R=1.0, L=0.6)],
            (),
            "Oedema of hip L was not looked for: series 2 shows 60% of the head.",
        ),
    ],
    ids=["none", "not aligned", "cut"],
)
def test_why_nothing_was_looked_for_is_the_real_cause(others, failing, said):
    notes = []
    assert oedema_of(worked([look("1"), *others], failing=failing), "L", notes) == (None, "")
    assert notes == [said]


def test_without_fat_there_is_no_acetabular_edge_and_that_is_said():
    notes = []
    work = worked([look("1", contrast=FS)])
    assert acetabular_edge(work, "L", (0.0, 0.0, 0.0), 24.0, notes) == (None, "")
    assert notes == ["No series shows the acetabular edge L: one without fat suppression is needed."]


def marked(side, number, point):
    """Two series, in the second of which the left hip was turned and shifted; an edge marked on one of them."""
    work = worked([look("1"), look("2", "axial")])
    turn = np.radians(20.0)
    matrix = np.eye(4)
    matrix[:2, :2] = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
    matrix[:3, 3] = (30.0, -12.0, 8.0)
    one, view, _ = work.views["L"][1]
    work.views["L"][1] = (one, view, matrix)
    work.edges = {side: MarkedEdge(number, point)}
    return work, matrix


@pytest.mark.parametrize(("side", "x"), [("R", -1.0), ("L", 1.0)])
@pytest.mark.parametrize("number", ["", "1", "2"])
def test_a_marked_edge_is_taken_where_its_own_hip_lay_in_its_series(side, x, number):
    place = np.array([x * 108.0, 2.0, 15.0])  # beyond the head's centre, on the patient's own side
    there = place
    if (side, number) == ("L", "2"):
        matrix = marked(side, number, (0.0, 0.0, 0.0))[1]
        there = matrix[:3, :3] @ place + matrix[:3, 3]
    work, _ = marked(side, number, tuple(there))
    measured = measure_hip(ball(side), side)
    notes = []
    found, edge, series, source = typed(work, side, measured, notes)
    assert (series, source, notes) == (number or "1", "marked", [])
    assert np.allclose(edge, place)
    assert found.jic_type == with_edge(measured, place).jic_type is not None
    other = "L" if side == "R" else "R"
    assert work.marked_edge(other) is None


def test_an_edge_that_cannot_be_taken_is_said_and_another_one_is_looked_for():
    work, _ = marked("L", "2", (0.0, 0.0, -400.0))
    measured = measure_hip(ball("L"), "L")
    notes = []
    assert typed(work, "L", measured, notes)[3] == ""  # these series have no voxels to find one in
    assert "does not lie above the head centre" in notes[0]
    del work.views["L"][1]
    notes = []
    typed(work, "L", measured, notes)
    assert notes[0] == (
        "The acetabular edge L was marked on series 2, in which this hip was not aligned; it was not taken."
    )
    with pytest.raises(
        InputError, match="was marked on series 7, which this examination does not have; it has 1, 2"
    ):
        _require_marked(work.looks, {"L": MarkedEdge("7", (0.0, 0.0, 0.0))})


def ball(side):
    """A head of 25 mm with a necrosis above, where :func:`support.exam_looks.look` has it."""
    centre = np.array([-90.0 if side == "R" else 90.0, 0.0, 0.0])
    grid = Image(np.zeros((60, 60, 60), np.uint8), (1.0,) * 3, tuple(centre - 29.5))
    offset = grid.points() - centre
    head = np.linalg.norm(offset, axis=-1) <= 25.0
    labels = np.where(head, np.where(offset[..., 2] > 10.0, NECROSIS[side], HEAD[side]), 0)
    return grid.like(labels.astype(np.uint8))


def test_a_hip_that_every_series_cuts_is_named_with_the_best():
    first, cut = shown("1", "T1-weighted", R=1.0, L=0.4), shown("2", FS, L=0.8)
    looks = with_uses([first, replace(cut, row=replace(cut.row, usable=False))], first, {})
    work = Work(looks, looks[0])
    align(work, no_progress)
    assert work.sides == ["R"]
    assert work.warnings == [
        "Hip L has no answer: no series shows its whole femoral head; series 2 shows most of it, 80%."
    ]


def test_a_hip_that_cannot_be_measured_keeps_its_place_beside_the_other():
    work = worked([look("1")])
    drawn = DrawnHip(("1",), work.reference.image, (), np.zeros((3, 2, 2, 2)))
    hip = measured_hip(work, "L", work.reference.image, drawn)
    assert (hip.side, hip.findings, hip.head.centre) == ("L", None, (90.0, 0.0, 0.0))
    (note,) = hip.notes
    assert note.startswith("Hip L was not measured: The segmentation has no femoral head L")


def test_the_report_names_no_other_patient_and_no_file():
    rows = (
        SeriesRow("1", "1.1", "t1_tse_cor", "MR", "coronal", "T1", uses=("reference", "outline")),
        SeriesRow("2", "", "Meier Anna.nrrd", "MR", "coronal", "T2 FS", uses=("outline",), unnamed=True),
        SeriesRow(
            "3", "1.3", "Roth", "MR", notes=("of another",), reason="another patient", other="identity"
        ),
    )
    section = _table(ExamResult("it", rows, "1"))
    assert [row[:2] for row in section.rows] == [("1", "t1_tse_cor"), ("2", "–")]
    assert section.note == ""
    assert FoundSeries("2", "", 1, {"source": "Meier Anna.nrrd"}, read=lambda: None).unnamed
    assert not look("1", series_description="t1_tse_cor").found.unnamed
