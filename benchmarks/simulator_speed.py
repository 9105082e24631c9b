"""What the simulator costs: one pelvis with both sequences, and random volumes a second; processor time of one core.

python benchmarks/simulator_speed.py
"""

from __future__ import annotations

import time

import psutil

from ONFHAssistLab.simulate.acquisition.mri import acquire
from ONFHAssistLab.simulate.acquisition.radiograph import radiograph
from ONFHAssistLab.simulate.acquisition.randomise import Domain, PatientBank, random_volumes
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient

VOLUMES = 40


def main() -> None:
    parameters = draw_patient(3, right="II", left="I")
    acquire(build_patient(parameters), "dlr_t1", 0)  # compiles
    start = time.process_time()
    patient = build_patient(parameters)
    built = time.process_time()
    for preset in ("dlr_t1", "dlr_t2fs"):
        image = acquire(patient, preset, 0)
    scanned = time.process_time()
    size = " x ".join(str(n) for n in image.size)
    print(
        f"pelvis {size}: build {built - start:.2f} s, two sequences {scanned - built:.2f} s (limit 10 s together)"
    )
    radiograph(patient, 0)
    start = time.process_time()
    radiograph(patient, 0)
    print(f"AP radiograph: {time.process_time() - start:.2f} s")
    print(f"memory {psutil.Process().memory_info().rss / 2**20:.0f} MiB (limit 2048)")
    generator = random_volumes(PatientBank([patient]), 0, Domain())
    next(generator)
    start = time.process_time()
    for _ in range(VOLUMES):
        next(generator)
    rate = VOLUMES / (time.process_time() - start)
    print(f"random volumes of 64 x 64 x 64: {rate:.1f} a second on one core (limit 6 on two)")


if __name__ == "__main__":
    main()
