"""Compile what the tests need, once, before they start: numba's kernels, and the tests themselves.

Without it each process of pytest compiles all of it at its start. Never fails: what is wrong, the tests say.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KERNELS = """
from ONFHAssistLib.extract.native import lbp, load_kernels
load_kernels(lambda _share, _text: None)
from ONFHAssistLab.simulate.acquisition.mri import acquire
from ONFHAssistLab.simulate.acquisition.radiograph import radiograph
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
patient = build_patient(draw_patient(7), spacing=2.0)
acquire(patient, "dlr_t1", 1)
radiograph(patient, 1)
import numpy as np
from ONFHAssistLab.simulate.acquisition.randomise import Domain, random_volumes, PatientBank
from ONFHAssistLab.simulate.exam.motion import moved
acquire(moved(patient, {"R": np.eye(4), "L": np.eye(4)}, 1), "ingenia_pdfs_axial", 1)
next(random_volumes(PatientBank([patient]), 1, Domain(size=(20, 20, 20))))
"""
FITS = """
import numpy as np
from ONFHAssistLib.evaluate.survival.outcome import Outcome
from ONFHAssistLib.survival.cox.lasso_cox import LassoCox
from ONFHAssistLib.survival.cox.partial_likelihood import fit, risk_sets
from ONFHAssistLib.tabular.selection.association import mann_whitney, redundant
values, hips = np.random.default_rng(1).normal(size=(40, 4)), np.arange(40)
mann_whitney(values, hips % 2)
mann_whitney(values, hips % 2, hips // 2)
redundant(values, np.arange(4), 0.9)
time, event = hips + 1.0, hips % 3 > 0
fit(risk_sets(time, event), values)
LassoCox().fit(values, Outcome(time, event), hips // 2)
"""


def main() -> None:
    """Each in a process of its own, side by side, without a word."""
    commands = (["-c", KERNELS], ["-c", FITS], ["-m", "pytest", "--collect-only", "-qq"])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for process in [subprocess.Popen([sys.executable, *one], cwd=ROOT, **quiet) for one in commands]:
        process.wait()


if __name__ == "__main__":
    main()
