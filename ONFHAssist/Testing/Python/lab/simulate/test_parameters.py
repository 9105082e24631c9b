"""Parameters of simulated patients: ranges, names in messages, and that a seed is a patient."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ONFHAssistLab.simulate.anatomy.parameters import (
    HIP_RANGES,
    PATIENT_RANGES,
    STAGE_OF_ARCO,
    HipParameters,
    PatientParameters,
    draw_patient,
    with_hip,
)
from ONFHAssistLib.core.errors import InputError

NECROTIC = {"stage": "II", "arco": "II", "jic_type": "C1", "combined_angle_deg": 180.0}


@pytest.mark.parametrize("name", HIP_RANGES)
def test_hip_refuses_values_out_of_range_by_name_and_range(name):
    low, high, _ = HIP_RANGES[name]
    base = HipParameters(**NECROTIC)
    for value in (low - 1, high + 1, float("nan"), "much"):
        with pytest.raises(InputError, match=name) as caught:
            replace(base, **{name: value})
        assert f"{low:g}" in str(caught.value)
        assert f"{high:g}" in str(caught.value)


@pytest.mark.parametrize("name", PATIENT_RANGES)
def test_patient_refuses_values_out_of_range_by_name(name):
    with pytest.raises(InputError, match=name):
        PatientParameters(**{name: PATIENT_RANGES[name][1] + 1})


def test_the_mistakes_of_the_issue_are_refused():
    with pytest.raises(InputError, match=r"head_radius_mm is 3; it must be from 18 to 30 mm"):
        HipParameters(head_radius_mm=3)
    with pytest.raises(InputError, match=r"combined_angle_deg is 400; it must be from 40 to 340 degrees"):
        HipParameters(**(NECROTIC | {"combined_angle_deg": 400}))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stage": "IV"}, "stage is 'IV'"),
        ({"stage": "I", "arco": "II"}, 'arco "II" goes with stage "II"'),
        ({"jic_type": None}, "jic_type is None"),
        ({"combined_angle_deg": None}, "combined_angle_deg is missing"),
        ({"collapse_mm": 1.0}, "collapse_mm is 1"),
        ({"arco": "IIIA", "stage": "II", "collapse_mm": 2.0}, 'with arco "IIIA" it must be from 0 to 1.9 mm'),
        ({"arco": "IIIB", "stage": "II"}, 'with arco "IIIB" it must be from 2 to 6 mm'),
        ({"prosthesis": True}, "prosthesis"),
        ({"content": "E"}, "content is 'E'"),
    ],
)
def test_contradictions_are_refused(change, message):
    with pytest.raises(InputError, match=message):
        HipParameters(**(NECROTIC | change))


def test_necrosis_targets_need_a_necrotic_stage():
    with pytest.raises(InputError, match='jic_type is given for a hip of stage "0"'):
        HipParameters(jic_type="A")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31))
def test_a_seed_is_a_patient_within_the_ranges_of_the_issue(seed):
    patient = draw_patient(seed)
    assert patient == draw_patient(seed)
    assert patient != draw_patient(seed + 1)
    for side in "RL":
        hip = patient.hip(side)
        assert 20 <= hip.head_radius_mm <= 27
        assert 115 <= hip.neck_shaft_angle_deg <= 140
        assert 0 <= hip.anteversion_deg <= 30
        assert STAGE_OF_ARCO[hip.arco] == hip.stage


@pytest.mark.parametrize(
    "kind", ["0", "I", "II", "IIIA", "IIIB", "prosthesis", "transient osteoporosis", "subchondral cyst"]
)
def test_wished_hips_are_drawn(kind):
    hip = draw_patient(4, right=kind, left="0").right
    assert kind in (hip.arco, hip.look_alike, "prosthesis" if hip.prosthesis else None)
    assert not draw_patient(4, right=kind, left="0").left.necrotic


def test_held_fields_stay_and_unknown_ones_are_named():
    patient = draw_patient(
        4, sex="F", bmi=31.0, left={"arco": "II", "jic_type": "C2", "combined_angle_deg": 250.0}
    )
    assert (patient.sex, patient.bmi, patient.left.jic_type, patient.left.combined_angle_deg) == (
        "F",
        31.0,
        "C2",
        250.0,
    )
    with pytest.raises(InputError, match="colour is no parameter"):
        draw_patient(4, colour="red")
    with pytest.raises(InputError, match="size is no parameter of a hip"):
        draw_patient(4, left={"arco": "II", "size": 3})
    with pytest.raises(InputError, match='"V" is no kind of hip'):
        draw_patient(4, left="V")
    with pytest.raises(InputError, match="seed is -1"):
        draw_patient(-1)


def test_case_mix_over_many_seeds_is_realistic():
    hips = [h for s in range(300) for h in (draw_patient(s).right, draw_patient(s).left)]
    share = {k: sum(f(h) for h in hips) / len(hips) for k, f in {
        "necrotic": lambda h: h.necrotic, "prosthesis": lambda h: h.prosthesis,
        "dysplasia": lambda h: h.centre_edge_deg < 20, "arthrosis": lambda h: h.arthrosis > 0,
    }.items()}  # fmt: skip
    assert 0.38 < share["necrotic"] < 0.50
    assert 0.005 < share["prosthesis"] < 0.05
    assert 0.02 < share["dysplasia"] < 0.09
    assert 0.02 < share["arthrosis"] < 0.12


def test_with_hip_exchanges_one_side():
    patient = draw_patient(3)
    changed = with_hip(patient, "L", HipParameters(head_radius_mm=21.0))
    assert changed.left.head_radius_mm == 21.0
    assert changed.right == patient.right
