"""Patients that several test files look at, built once."""

from __future__ import annotations

import pytest

from ONFHAssistLab.simulate.anatomy.patient import Patient, build_patient, draw_patient


@pytest.fixture(scope="session")
def patient() -> Patient:
    """Right hip ARCO II with a set share, left hip healthy."""
    right = {"arco": "II", "jic_type": "C2", "combined_angle_deg": 220.0, "content": "mixed", "oedema": 0.0}
    return build_patient(draw_patient(21, right=right, left="0", bmi=25.0))


@pytest.fixture(scope="session")
def replaced() -> Patient:
    """Right hip replaced, left hip ARCO IIIA with a depression that its voxels show."""
    left = {"arco": "IIIA", "collapse_mm": 1.9}
    return build_patient(draw_patient(8, right="prosthesis", left=left), spacing=1.5)
