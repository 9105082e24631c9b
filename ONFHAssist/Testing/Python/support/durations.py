"""Which files of tests take long, so that these start first and no core waits for the last one.

Seconds of processor time on one idle core, where they are more than eight; of all other files the number of tests says
enough. Nothing depends on the figures but the order: correct one where the list of the slowest at the end of ``make
test`` shows that it is far off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

SECONDS = {
    "test_facing_radiographs.py": 45,  # of 15: first, since closing 362 scenes takes twice as long once panels are loaded
    "test_demo.py": 40,
    "test_simulated_cohort.py": 36,
    "test_dlr_study.py": 32,
    "test_patient.py": 30,
    "test_panel_room.py": 26,
    "test_native_against_pyradiomics.py": 25,
    "test_panels_in_chinese.py": 24,
    "test_mri.py": 22,
    "test_survival_commands.py": 20,
    "test_develop_panel.py": 20,
    "test_stage_commands.py": 17,
    "test_own_patients.py": 17,
    "test_own_training.py": 14,
    "test_node.py": 17,
    "test_outline.py": 16,
    "test_run_all_for_real.py": 16,
    "test_panels.py": 15,
    "test_hybrid_patients.py": 15,
    "test_survival_panel.py": 14,
    "test_develop.py": 14,
    "test_two_patients.py": 13,
    "test_on_real_hips.py": 13,
    "test_damaged_inputs.py": 12,
    "test_examination_panel.py": 12,
    "test_drilling_plan.py": 12,
    "test_quiet_log.py": 12,
    "test_classifiers.py": 11,
    "test_survival_develop.py": 11,
    "test_shipped_networks.py": 11,
    "test_dicom_series.py": 10,
    "test_randomise.py": 10,
    "test_cohort_panel.py": 10,
    "test_long_session.py": 10,
    "test_dicom_objects.py": 10,
    "test_views_after_run_all.py": 10,
    "test_realism.py": 10,
    "test_evaluate_real_command.py": 10,
    "test_cohort_extraction.py": 10,
    "test_train_panel.py": 11,
    "test_jobs.py": 10,
    "test_run_all.py": 9,
    "test_train_backbone.py": 9,
    "test_dicom_in_slicer.py": 9,
    "test_stager.py": 9,
}
A_TEST = 0.07  # seconds that one test of another file takes, on average


def longest_first(files: Iterable[str]) -> dict[str, float]:
    """Place of each file in the order, smallest first, from the file names of all tests."""
    counts = Counter(files)
    expected = {name: SECONDS.get(name, A_TEST * count) for name, count in counts.items()}
    return {name: -seconds for name, seconds in expected.items()}
