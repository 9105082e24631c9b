"""Before and after by a paired test over patients, against values from its definition."""

from __future__ import annotations

import pytest

from ONFHAssistLab.training.own.comparison import (
    BETTER,
    SAME,
    WORSE,
    HipFigure,
    by_patient,
    compare,
    compare_hips,
)
from ONFHAssistLib.core.errors import InputError

SIX = [f"p{number}" for number in range(6)]


def test_six_patients_who_all_gain_have_the_least_p_that_six_can_have():
    before = dict(zip(SIX, (0.5, 0.6, 0.7, 0.8, 0.55, 0.65), strict=True))
    after = {name: value + 0.01 * (number + 1) for number, (name, value) in enumerate(before.items())}
    found = compare("Dice", before, after)
    assert found.p == pytest.approx(2 / 2**6)  # both signs of the one most extreme of 64
    assert found.verdict == BETTER
    assert found.difference == pytest.approx(0.035)
    assert 0.01 < found.low < 0.035 < found.high < 0.06
    assert [pair.patient for pair in found.patients] == SIX
    assert compare("error", before, after, higher_is_better=False).verdict == WORSE


def test_five_patients_show_nothing_however_much_they_gain():
    found = compare(
        "Dice", dict.fromkeys(SIX[:5], 0.1), {name: 0.5 + 0.01 * i for i, name in enumerate(SIX[:5])}
    )
    assert found.p == pytest.approx(2 / 2**5)
    assert found.verdict == SAME


def test_no_change_is_no_difference():
    found = compare("Dice", dict.fromkeys(SIX, 0.7), dict.fromkeys(SIX, 0.7))
    assert (found.difference, found.low, found.high, found.p, found.verdict) == (0.0, 0.0, 0.0, 1.0, SAME)


def test_nobody_with_the_figure_is_said():
    with pytest.raises(InputError, match="No held-out patient has a Dice"):
        compare("Dice", {}, {})


def test_one_great_gain_is_not_better_where_all_others_lost():
    before = {str(k): 0.8 for k in range(12)}
    after = {**{name: 0.8 - 0.01 * (k + 1) for k, name in enumerate(before)}, "11": 1.0 + 0.6}

    found = compare("Dice", before, after)

    assert found.difference > 0 and found.p < 0.05
    assert found.verdict == SAME


def figures(corrected, accepted, patients=SIX):
    """A corrected right and an accepted left hip of each patient."""
    return [
        HipFigure(name, side, value - 0.01 * number, drawn)
        for number, name in enumerate(patients)
        for side, value, drawn in (("R", corrected, True), ("L", accepted, False))
    ]


def test_corrected_hips_are_also_compared_by_themselves():
    """An accepted outline is the network's own drawing: it hides what the corrected hips gain."""
    after = [
        HipFigure(
            hip.patient,
            hip.side,
            hip.value + (0.2 + 0.01 * int(hip.patient[1]) if hip.corrected else -0.25),
            hip.corrected,
        )
        for hip in figures(0.6, 1.0)
    ]
    found = compare_hips("Dice", figures(0.6, 1.0), after)
    assert (found.hips, found.corrected_hips, found.corrected_patients) == (12, 6, 6)
    assert found.difference == pytest.approx(-0.0125) and found.verdict != BETTER
    assert found.corrected.before == pytest.approx(0.575)
    assert found.corrected.difference == pytest.approx(0.225)
    assert (found.corrected.verdict, found.corrected.hips) == (BETTER, 6)


def test_hips_that_are_all_corrected_are_not_told_twice():
    hips = [hip for hip in figures(0.6, 1.0) if hip.corrected]
    found = compare_hips("Dice", hips, hips)
    assert (found.corrected, found.corrected_hips, found.corrected_patients) == (None, 6, 6)
    none = [hip for hip in figures(0.6, 1.0) if not hip.corrected]
    assert compare_hips("Dice", none, none).corrected_patients == 0


def test_a_patient_counts_once_however_many_hips_and_scans_he_has():
    hips = [
        HipFigure("a", "R", 0.2),
        HipFigure("a", "R", 0.4),
        HipFigure("a", "L", 0.9),
        HipFigure("b", "R", 0.5),
    ]
    assert by_patient(hips) == pytest.approx({"a": 0.5, "b": 0.5})
    assert compare_hips("Dice", hips, hips).hips == 3
