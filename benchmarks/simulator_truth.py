"""Measured truth against set truth over random patients, and what building and scanning them costs.

python benchmarks/simulator_truth.py [patients] [first seed]
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace

import numpy as np

from ONFHAssistLab.simulate.acquisition.mri import acquire
from ONFHAssistLab.simulate.anatomy.patient import (
    Patient,
    PatientParameters,
    build_patient,
    draw_patient,
    with_hip,
)
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.measure.hip import measure_hip

TRUTH = ("radius mm", "centre mm", "share %", "angle deg")


def with_shares(parameters: PatientParameters, patient: Patient) -> PatientParameters:
    """The same patient with a volume share set that differs a little from what the angle alone gave."""
    for side in "RL":
        share = patient.truth[side]["necrotic_share"]
        if share:
            hip = replace(parameters.hip(side), necrotic_share=round(share * 0.97, 4))
            parameters = with_hip(parameters, side, hip)
    return parameters


def compare(parameters: PatientParameters, patient: Patient, errors: dict[str, list[float]]) -> int:
    """Measure both hips from their masks; returns how many JIC types are wrong."""
    wrong = 0
    for side in "RL":
        hip, truth = parameters.hip(side), patient.truth[side]
        if hip.prosthesis:
            continue
        found = measure_hip(patient.labels, side, truth["acetabular_edge"], patient.midline_x)
        errors["radius mm"].append(found.radius - hip.head_radius_mm)
        errors["centre mm"].append(float(np.linalg.norm(np.subtract(found.centre, truth["centre"]))))
        if not hip.necrotic:
            continue
        share = hip.necrotic_share or truth["necrotic_share"]
        errors["share %"].append(100.0 * (found.necrotic_share / share - 1.0))
        errors["angle deg"].append(found.combined_necrotic_angle - hip.combined_angle_deg)
        wrong += found.jic_type != hip.jic_type
        if found.jic_type != hip.jic_type or abs(errors["angle deg"][-1]) > 1.0:
            print(
                f"seed {parameters.seed} {side}: {found.combined_necrotic_angle:.2f} {found.jic_type}, set {hip}"
            )
    return wrong


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    errors: dict[str, list[float]] = {k: [] for k in TRUTH}
    wrong = refused = 0
    seconds: dict[str, list[float]] = {"build": [], "scan T1 and T2 FS": []}
    for seed in range(first, first + count):
        parameters = draw_patient(seed)
        try:
            patient = build_patient(
                parameters, soft_tissue=False
            )  # labels and truth are those of the whole patient
            if seed % 4 == 0:
                parameters = with_shares(parameters, patient)
                patient = build_patient(parameters, soft_tissue=False)
            if seed % 20 == 0:
                start = time.process_time()
                patient = build_patient(parameters)
                seconds["build"].append(time.process_time() - start)
        except InputError as error:
            refused += 1
            print(f"seed {seed}: {error}")
            continue
        if seed % 20 == 0:
            start = time.process_time()
            acquire(patient, "dlr_t1", seed)
            acquire(patient, "dlr_t2fs", seed)
            seconds["scan T1 and T2 FS"].append(time.process_time() - start)
        wrong += compare(parameters, patient, errors)
    hips, necrotic = len(errors["radius mm"]), len(errors["angle deg"])
    print(f"{count} patients, {hips} hips, {necrotic} necrotic, {refused} refused, JIC wrong {wrong}")
    for name, values in errors.items():
        size = np.abs(values)
        print(
            f"{name}: median {np.median(size):.3f}, 95 % {np.percentile(size, 95):.3f}, worst {size.max():.3f}"
        )
    for name, values in seconds.items():
        print(f"{name}: median {np.median(values):.2f} s, worst {np.max(values):.2f} s of processor time")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()
