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
"""


def main() -> None:
    """Each in a process of its own, side by side, without a word."""
    commands = (["-c", KERNELS], ["-m", "pytest", "--collect-only", "-qq"])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for process in [subprocess.Popen([sys.executable, *one], cwd=ROOT, **quiet) for one in commands]:
        process.wait()


if __name__ == "__main__":
    main()
