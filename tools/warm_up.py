"""Compile what the tests need, once, while lint has the other core: numba's kernels, and the tests themselves.

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
    """Each in a process of its own, one after the other, without a word."""
    for command in (["-c", KERNELS], ["-m", "pytest", "--collect-only", "-qq"]):
        subprocess.run(
            [sys.executable, *command],
            check=False,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


if __name__ == "__main__":
    main()
