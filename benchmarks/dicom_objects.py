"""DICOM objects of a case: their size, the time to write and read them, what the validators say, and damaged ones.

    python benchmarks/dicom_objects.py [MUTATIONS]

Each mutation cuts one of the objects, or changes bytes of it; then all are read back. It must be refused in one sentence,
or give the same outlines and measurements. Times are processor time.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "ONFHAssist" / "Testing" / "Python"))

from support.dicom_cases import DIRECTIONS, WorkedUp, worked_up  # noqa: E402

from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.dicom_out.objects.export import make_objects, read_ready, write_objects  # noqa: E402
from ONFHAssistLib.dicom_out.reading.importing import read_case  # noqa: E402


def main() -> None:
    """Write, validate, read, damage, print."""
    mutations = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as name:
        for direction in DIRECTIONS:
            folder = Path(name) / direction
            case = worked_up(folder, direction, multiframe=direction == "oblique")
            started = time.process_time()
            write_objects(
                make_objects(read_ready(case.folder, case.series), pictures=False), folder / "objects"
            )
            written = time.process_time()
            read_case(folder / "objects")
            seconds = written - started, time.process_time() - written
            size = sum(one.stat().st_size for one in (folder / "objects").iterdir()) / 1e6
            errors = sum(errors_in(one) for one in (folder / "objects").iterdir())
            print(
                f"{direction}: {size:.1f} MB, out {seconds[0]:.1f} s, in {seconds[1]:.1f} s, dciodvfy: {errors} errors"
            )
        print(
            ", ".join(
                f"{what} {count}" for what, count in damaged(case, folder / "objects", mutations).items()
            )
        )


def errors_in(path: Path) -> int:
    """Lines of dciodvfy that are errors; 0 where it is not installed."""
    if shutil.which("dciodvfy") is None:
        return 0
    done = subprocess.run(
        ["dciodvfy", str(path)], capture_output=True, text=True, check=False, errors="replace"
    )
    return sum("Error" in line for line in (done.stdout + done.stderr).splitlines())


def damaged(case: WorkedUp, objects: Path, count: int) -> Counter:
    """How reading ends after each of ``count`` mutations."""
    ends: Counter = Counter()
    draw = np.random.default_rng(0)
    files = sorted(objects.glob("S*.dcm"))
    for _ in range(count):
        path = files[int(draw.integers(len(files)))]
        kept = path.read_bytes()
        content = bytearray(kept)
        if draw.random() < 0.2:
            content = content[: int(draw.integers(200, len(content)))]
        else:
            for at in draw.integers(140, len(content), int(draw.choice([1, 4, 30]))):
                content[at] = int(draw.integers(0, 256))
        path.write_bytes(content)
        ends[how_it_ends(case, objects)] += 1
        path.write_bytes(kept)
    return ends


def how_it_ends(case: WorkedUp, objects: Path) -> str:
    """ "refused", "the same", "another number" or the kind of an error that nobody should see."""
    try:
        found = read_case(objects)
    except InputError:
        return "refused"
    except Exception as error:  # noqa: BLE001 - what is counted here
        return f"{type(error).__name__}: {error}"[:80]
    made = case.result.hip("R").findings
    hip = found.result.hip("R").findings
    same = made is not None and hip is not None and made.measurement == hip.measurement
    return (
        "the same"
        if same and np.array_equal(found.labels.array, case.case.outlines.array)
        else "another number"
    )


if __name__ == "__main__":
    main()
