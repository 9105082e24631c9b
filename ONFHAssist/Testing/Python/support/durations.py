"""Which files of tests take long, so that these start first and no core waits for the last one.

Seconds of processor time on one idle core, where they are more than eight; of all other files the number of tests says
enough. Nothing depends on the figures but the order: correct one where the list of the slowest at the end of ``make
test`` shows that it is far off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

SECONDS = {
    "test_patient.py": 35,
    "test_simulated_cohort.py": 35,
    "test_dlr_study.py": 32,
    "test_run_all_for_real.py": 30,
    "test_demo.py": 30,
    "test_native_against_pyradiomics.py": 25,
    "test_develop_panel.py": 22,
    "test_mri.py": 22,
    "test_panel_room.py": 20,
    "test_stage_commands.py": 20,
    "test_survival_commands.py": 20,
    "test_reproduce_dlrc.py": 17,
    "test_jobs.py": 15,
    "test_node.py": 15,
    "test_shipped_networks.py": 15,
    "test_survival_develop.py": 15,
    "test_two_patients.py": 13,
    "test_cohort_extraction.py": 12,
    "test_dicom_in_slicer.py": 12,
    "test_damaged_inputs.py": 12,
    "test_pipeline.py": 12,
    "test_node_and_orthanc.py": 10,
    "test_stager.py": 12,
    "test_survival_panel.py": 12,
    "test_warm_up.py": 10,
}
A_TEST = 0.1  # seconds that one test of another file takes, on average


def longest_first(files: Iterable[str]) -> dict[str, float]:
    """Place of each file in the order, smallest first, from the file names of all tests."""
    counts = Counter(files)
    expected = {name: SECONDS.get(name, A_TEST * count) for name, count in counts.items()}
    return {name: -seconds for name, seconds in expected.items()}
