"""Speed of the native radiomics engine against PyRadiomics 3.0.1, on the same regions in the same run.

    OMP_NUM_THREADS=1 python benchmarks/radiomics.py [--repeats 5] [--shared DIR]

Engines alternate, one core each (ITK and BLAS held to one thread); reported are medians and their ratio, compilation
apart. The floor is the time of the bare walk over voxels x image types x 13 directions, reading one neighbour each.
Where the shared data is absent the real hip is replaced by a simulated one.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
# This file has the name of PyRadiomics' package, and Python looks beside the script first.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

import numpy as np  # noqa: E402
import SimpleITK as sitk  # noqa: E402, N813
from numba import njit  # noqa: E402

from ONFHAssistLib.extract.catalogue import image_names_of  # noqa: E402
from ONFHAssistLib.extract.presets import load_preset  # noqa: E402
from ONFHAssistLib.extract.radiomics import extract_radiomics, relative_difference  # noqa: E402
from ONFHAssistLib.imaging.files import read_image  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


def sphere(image: Image, centre: tuple[float, float, float], radius: float) -> Image:
    """Mask of a sphere, LPS mm."""
    return image.like((np.linalg.norm(image.points() - np.array(centre), axis=-1) <= radius).astype(np.uint8))


def made_up(radius: float, contrast: float, seed: int = 0) -> tuple[Image, Image]:
    """A smooth random volume of 1 mm voxels around a sphere."""
    n = int(2 * radius + 14)
    rng = np.random.default_rng(seed)
    noise = sitk.GetArrayFromImage(
        sitk.SmoothingRecursiveGaussian(sitk.GetImageFromArray(rng.normal(size=(n, n, n))), 1.0)
    )
    image = Image((500 + contrast * noise / noise.std()).astype(np.float32))
    return image, sphere(image, ((n - 1) / 2,) * 3, radius)


def regions(shared: Path) -> dict[str, tuple[Image, Image, object]]:
    """Name to image, mask and preset; the aims are the issue's."""
    plain = load_preset("dlr-mri")
    every = load_preset("ibsi")
    hip_file = shared / "data" / "real_hip_t1" / "hip_right_t1.nii.gz"
    if hip_file.exists():
        hip = read_image(hip_file)
        head = sphere(hip, (-89.1, 24.2, -743.8), 25.1)
    else:
        hip, head = made_up(25, 120)
    filtered = {"Original": {}, "Wavelet": {}, "LoG": {"sigma": [2.0, 3.0, 4.0, 5.0]}}
    all_features = type(plain)("all", {"binWidth": 25}, filtered, every.feature_classes, "")
    fine = type(plain)("fine", {"binWidth": 5}, filtered, every.feature_classes, "")
    return {
        "dlr-mri, real hip (aim 6)": (hip, head, plain),
        "bin width 5, MCC, high contrast, 16,500 voxels (aim 10)": (*made_up(15.8, 150), fine),
        "bin width 25, 57,700 voxels (aim 5)": (*made_up(23.97, 100), all_features),
        "dlr-mri, 900 voxels (aim 4)": (*made_up(6, 100), plain),
    }


def timed(image: Image, mask: Image, preset: object, engine: str) -> tuple[float, dict]:
    result = extract_radiomics(image, mask, preset, engine=engine)
    return result.seconds, result.features


@njit("int64(int32[::1], int64[::1], int64[::1])", cache=True)
def _bare_walk(field, voxels, offsets):
    alike = 0
    for v in range(voxels.shape[0]):
        here = voxels[v]
        for a in range(offsets.shape[0]):
            alike += field[here + offsets[a]] == field[here]
    return alike


def floor_of(image: Image, mask: Image, preset: object) -> float:
    """Seconds of reading one neighbour a voxel, direction and image type."""
    from ONFHAssistLib.extract.native.grid import Grid, directions
    from ONFHAssistLib.extract.native.prepare import prepare

    prepared = prepare(image, mask, preset.settings)
    grid = Grid.of(np.ascontiguousarray(prepared.mask[prepared.box]), 1)
    steps = directions(grid.mask.shape, (1,), None)
    field = grid.spread(np.arange(len(grid.voxels), dtype=np.int32) % 40)
    times = []
    for _ in range(5):
        started = time.perf_counter()
        for _ in image_names_of(preset):
            _bare_walk(field, grid.voxels, grid.offsets(steps))
        times.append(time.perf_counter() - started)
    return min(times)


def compare(name: str, case: tuple[Image, Image, object], repeats: int) -> None:
    """Alternate the engines and print medians, ratio, floor and the largest difference."""
    timed(*case, "native")  # loads the kernels
    ours, theirs, worst = [], [], 0.0
    for _ in range(repeats):
        seconds, features = timed(*case, "native")
        ours.append(seconds)
        seconds, reference = timed(*case, "pyradiomics")
        theirs.append(seconds)
        worst = max(relative_difference(features[k], reference[k]) for k in reference)
    mine, reference = statistics.median(ours), statistics.median(theirs)
    lowest = floor_of(*case)
    print(
        f"{name}: {len(features)} features; native {mine:.3f} s, PyRadiomics {reference:.3f} s, "
        f"ratio {reference / mine:.1f}; "
        f"floor {lowest:.3f} s, {mine / lowest:.1f} times above it; largest difference {worst:.1e}"
    )


def two_threads(case: tuple[Image, Image, object], repeats: int) -> None:
    """One against two threads on one region."""
    from ONFHAssistLib.extract.native import extract

    times = {1: [], 2: []}
    for _ in range(repeats):
        for threads, found in times.items():
            started = time.perf_counter()
            extract(*case, lambda _share, _text: None, threads)
            found.append(time.perf_counter() - started)
    one, two = (statistics.median(times[k]) for k in (1, 2))
    print(f"two threads against one on dlr-mri: {one:.3f} s to {two:.3f} s, ratio {one / two:.2f} (aim 1.7)")


def compile_and_import() -> None:
    """First use with an empty cache, and import with a full one, each in a new process."""
    import tempfile

    code = (
        "import time; t = time.perf_counter(); import ONFHAssistLib.extract.native as n; i = time.perf_counter();"
        "n.load_kernels(lambda share, text: None); print(i - t, time.perf_counter() - i)"
    )
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
        runs = []
        for _ in range(4):
            said = subprocess.run(
                [sys.executable, "-c", code], env=environment, capture_output=True, check=True
            ).stdout
            runs.append([float(number) for number in said.split()])
    print(f"first use compiles for {runs[0][1]:.1f} s (aim 30)")
    imported, loaded = (min(run[k] for run in runs[1:]) for k in (0, 1))
    print(
        f"later imports take {imported:.2f} s (aim 0.5), loading the kernels before the first region {loaded:.2f} s"
    )


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("ONFH_SHARED", ROOT.parent / "shared"))
    )
    arguments = parser.parse_args()
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    compile_and_import()
    cases = regions(arguments.shared)
    for name, case in cases.items():
        compare(name, case, arguments.repeats)
    two_threads(next(iter(cases.values())), arguments.repeats)


if __name__ == "__main__":
    main()
