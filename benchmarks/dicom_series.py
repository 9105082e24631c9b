"""Time to read a DICOM series of 40 slices of 320 x 320 pixels, uncompressed and in JPEG Lossless.

    python benchmarks/dicom_series.py

Prints the median and the least of repeated readings, in milliseconds of processor time, so that two versions can be
compared on a busy machine: run it with PYTHONPATH on the one and on the other.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from pydicom.uid import JPEGLosslessSV1

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "ONFHAssist" / "Testing" / "Python"))

from support.compressed_dicom import compressed  # noqa: E402
from support.dicom_files import slice_datasets, write_shuffled  # noqa: E402

from ONFHAssistLib.imaging.files import read_image  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402

TIMES = 31


def main() -> None:
    """Write both series, read each again and again, print."""
    noise = np.random.default_rng(0).integers(0, 900, (40, 320, 320)).astype(np.int16)
    datasets = slice_datasets(Image(noise, (0.8, 0.8, 4.5)))
    with tempfile.TemporaryDirectory() as folder:
        series = {"uncompressed": write_shuffled(datasets, Path(folder) / "plain")}
        small = [compressed(one, JPEGLosslessSV1) for one in datasets]
        series["JPEG Lossless"] = write_shuffled(small, Path(folder) / "small")
        for name, path in series.items():
            try:
                taken = [seconds(path) for _ in range(TIMES if name == "uncompressed" else 5)]
            except ValueError as error:  # a version that cannot
                print(f"{name}: {error}")
                continue
            print(f"{name}: median {1000 * np.median(taken):.1f} ms, least {1000 * min(taken):.1f} ms")


def seconds(path: Path) -> float:
    """Processor time of one reading."""
    start = time.process_time()
    read_image(path)
    return time.process_time() - start


if __name__ == "__main__":
    main()
