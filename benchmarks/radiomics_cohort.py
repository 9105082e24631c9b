"""A cohort of simulated regions: speed of two workers, a Dask cluster, ten kills, and memory.

    OMP_NUM_THREADS=1 python benchmarks/radiomics_cohort.py --out DIR [--cases 200] [--preset dlr-mri] [--table CSV]

Without ``--table`` the cases are made up: smooth random volumes with an ellipsoid of about 20,000 voxels. With it, a
table of ``onfh simulate`` is used. Every way of running must give the same ``features.csv`` to the byte.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

import numpy as np  # noqa: E402
import psutil  # noqa: E402
import SimpleITK as sitk  # noqa: E402, N813

from ONFHAssistLib.extract.cohort import extract_cohort  # noqa: E402
from ONFHAssistLib.imaging.files import write_image  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402

RUN = (
    "import sys; from ONFHAssistLib.extract.cohort import extract_cohort\n"
    "if __name__ == '__main__':\n"
    "    r = extract_cohort(sys.argv[1], sys.argv[2], sys.argv[3], workers=int(sys.argv[4]))\n"
    "    print(r.seconds, r.done, r.failed)\n"
)


def make_cases(folder: Path, count: int) -> Path:
    """Volumes, masks and a table."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for k in range(count):
        rng = np.random.default_rng(k)
        noise = sitk.SmoothingRecursiveGaussian(sitk.GetImageFromArray(rng.normal(size=(24, 96, 96))), 1.5)
        image = Image((500 + 800 * sitk.GetArrayFromImage(noise)).astype(np.float32), (0.8, 0.8, 3.0))
        centre = image.points().reshape(-1, 3).mean(axis=0) + rng.normal(0, 2, 3)
        radii = np.array([18.0, 17.0, 16.0]) + rng.normal(0, 1, 3)
        inside = (((image.points() - centre) / radii) ** 2).sum(axis=-1) <= 1
        write_image(image, folder / f"image{k}.nii")
        write_image(image.like(inside.astype(np.uint8)), folder / f"mask{k}.nii")
        rows.append({"case": f"case{k:04d}", "image": f"image{k}.nii", "mask": f"mask{k}.nii"})
    table = folder / "cohort.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return table


def start(table: Path, preset: str, out: Path, workers: int) -> subprocess.Popen:
    """A run in a process of its own."""
    script = out.parent / "run.py"
    script.write_text(RUN, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script), str(table), preset, str(out), str(workers)],
        stdout=subprocess.PIPE,
        text=True,
    )


def watched(process: subprocess.Popen, out: Path) -> list[tuple[int, int]]:
    """Cases done and resident bytes of the largest process, sampled while it runs."""
    seen: list[tuple[int, int]] = []

    def watch() -> None:
        while process.poll() is None:
            try:
                parent = psutil.Process(process.pid)
                sizes = [one.memory_info().rss for one in (parent, *parent.children(recursive=True))]
                seen.append((len(list((out / "cases").glob("*.json"))), max(sizes)))
            except psutil.Error:
                return
            time.sleep(0.2)

    threading.Thread(target=watch, daemon=True).start()
    return seen


def timed_run(
    table: Path, preset: str, out: Path, workers: int
) -> tuple[float, bytes, list[tuple[int, int]]]:
    """Seconds that the run reports, its table, and the memory over time."""
    process = start(table, preset, out, workers)
    seen = watched(process, out)
    said = process.communicate()[0]
    return float(said.split()[0]), (out / "features.csv").read_bytes(), seen


def killed_run(table: Path, preset: str, out: Path, kills: int, seconds: float) -> bytes:
    """Two workers, killed at random moments, then finished."""
    chance = random.Random(0)
    for _ in range(kills):
        process = start(table, preset, out, 2)
        time.sleep(chance.uniform(1.0, max(1.5, seconds / kills * 1.5)))
        process.kill()
        process.wait()
    process = start(table, preset, out, 2)
    process.communicate()
    return (out / "features.csv").read_bytes()


def dask_run(table: Path, preset: str, out: Path) -> bytes:
    """Two Dask worker processes."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, protocol="tcp") as cluster:
        return extract_cohort(table, preset, out, scheduler=cluster.scheduler_address).table.read_bytes()


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="a folder that does not exist yet")
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--preset", default="dlr-mri")
    parser.add_argument("--table", type=Path)
    parser.add_argument("--kills", type=int, default=10)
    arguments = parser.parse_args()
    out, preset = arguments.out, arguments.preset
    out.mkdir(parents=True)
    table = arguments.table or make_cases(out / "input", arguments.cases)
    one, first, memory = timed_run(table, preset, out / "one", 1)
    two, second, _ = timed_run(table, preset, out / "two", 2)
    print(
        f"1 worker {one:.1f} s, 2 workers {two:.1f} s, ratio {one / two:.2f} (aim 1.8); same table: {first == second}"
    )
    early = max((size for done, size in memory if done <= 10), default=0)
    late = max(size for _, size in memory)
    print(
        f"memory of a worker: {early / 2**20:.0f} MB up to case 10, {late / 2**20:.0f} MB at most (aim: flat, below 1024)"
    )
    print(f"Dask cluster of 2 processes, same table: {dask_run(table, preset, out / 'dask') == first}")
    killed = killed_run(table, preset, out / "killed", arguments.kills, two)
    print(f"killed {arguments.kills} times and resumed, same table: {killed == first}")


if __name__ == "__main__":
    main()
