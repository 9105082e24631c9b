"""What one case costs in processor time, part by part, and whether another state of the code gives the same answers.

    python benchmarks/run_all.py --against REV [--repeats 5]

REV is a revision of this repository, checked out into a temporary folder for the time, or a folder that holds one. The
shipped sample patient is worked up in two warm processes, one for each state, turn by turn, with one thread each as the
worker has on two cores; the least of all turns is shown. Processor time is that of the process with all its threads, so
that other work on the machine matters little. Numbers have to agree to 1e-5 of the larger, outlines voxel by voxel.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = "onfh-right-stage2-t2fs.nrrd"
STEPS = ("segment", "measure", "extract", "probability", "stage", "survival")
PARTS = (
    "read", "detect", "outline", "measure", "radiomics", "deep", "probability", "stage", "heatmap", "survival",
    "report", "rest",
)  # fmt: skip
AGREEMENT = 1e-5
_UNLIKE = ("created", "software", "seconds", "segmentation", "segmentation_fine", "heatmap", "date", "time")
_ONE_THREAD = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS",
    "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS",
)  # fmt: skip


class PartTimes:
    """Processor seconds of functions by the part they belong to, without what other parts take within them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open = ["rest"]
        self._last = time.process_time()

    def turn(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1]] += now - self._last
        self._last = now

    @contextlib.contextmanager
    def part(self, name: str) -> Iterator[None]:
        self.turn()
        self._open.append(name)
        try:
            yield
        finally:
            self.turn()
            self._open.pop()

    def watch(self, module: str, name: str, part: str) -> None:
        """Count calls of a function of the library, wherever its module is asked for it, to a part."""
        where = importlib.import_module(f"ONFHAssistLib.{module}")
        setattr(where, name, self.counted(getattr(where, name), part))

    def counted(self, function: Callable[..., Any], part: str) -> Callable[..., Any]:
        @functools.wraps(function)
        def inner(*args: Any, **named: Any) -> Any:
            with self.part(part):
                return function(*args, **named)

        return inner


def serve() -> None:
    """Work the sample patient up once for each line of the input; a line of JSON each."""
    from ONFHAssistLib.case import pipeline
    from ONFHAssistLib.case.case import Case
    from ONFHAssistLib.case.work import Settings
    from ONFHAssistLib.core.resources import resource_path
    from ONFHAssistLib.imaging.files import read_image
    from ONFHAssistLib.report.case_folder import write_case

    times = PartTimes()
    times.watch("segment.pipeline", "find_heads", "detect")
    times.watch("case.features", "extract_hips", "radiomics")
    times.watch("case.features", "deep_features", "deep")
    times.watch("stage.stager", "_heatmap", "heatmap")
    times.watch("stage.case_staging", "measure_heat", "heatmap")
    of_step = {"segment": "outline", "extract": "radiomics"}
    for step, work in pipeline._STEPS.items():
        pipeline._STEPS[step] = times.counted(work, of_step.get(step, step))
    for line in sys.stdin:
        out = Path(line.strip())
        times.turn()
        times.seconds.clear()
        with times.part("read"):
            case = Case(read_image(resource_path("SampleData", SAMPLE)), "sample")
        settings = Settings(image_suffix=".mha", checked=False)  # as the worker's
        result = pipeline.run_case(case, out, STEPS, settings)
        failures = {step: record.failure for step, record in result.steps.items() if record.failure}
        assert not failures, failures
        with times.part("report"):
            write_case(result, case, out)
        times.turn()
        answer = {"seconds": times.seconds, "result": json.loads(result.to_json())}
        print(json.dumps(answer), flush=True)


class Warm:
    """A process that works the sample patient up with the code of one folder."""

    def __init__(self, tree: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(tree / "ONFHAssist"), "OMP_WAIT_POLICY": "PASSIVE"}
        environment.update(dict.fromkeys(_ONE_THREAD, "1"))
        command = [sys.executable, str(Path(__file__).resolve()), "serve"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=tree
        )

    def run(self, out: Path) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{out}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the process ended; see above"
        return json.loads(line)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


@contextlib.contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """A folder with that state of the repository."""
    if Path(revision).is_dir():
        yield Path(revision).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="onfh-against-") as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", str(tree), revision], check=True, capture_output=True)
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True, capture_output=True)


def compare(revision: str, repeats: int) -> None:
    """Both states turn by turn; a table, and an AssertionError where an answer differs."""
    with checked_out(revision) as tree, tempfile.TemporaryDirectory(prefix="onfh-parts-") as folder:
        states = {"before": Warm(tree), "now": Warm(ROOT)}
        least: dict[str, dict[str, float]] = {name: {} for name in states}
        answers: dict[str, Any] = {}
        try:
            for turn in range(repeats + 1):
                for name, state in states.items():
                    answer = state.run(Path(folder) / name)
                    answers[name] = answer["result"]
                    if turn:  # the first imports and compiles
                        for part in PARTS:
                            spent = answer["seconds"].get(part, 0.0)
                            least[name][part] = min(spent, least[name].get(part, spent))
        finally:
            for state in states.values():
                state.close()
        show(revision, least)
        worst, where = largest_difference(answers["before"], answers["now"])
        assert worst <= AGREEMENT, f"{where} differs by {worst:.1e}"
        images = compare_images(Path(folder) / "before", Path(folder) / "now")
    print(f"answers: largest relative difference {worst:.1e} ({where}); images alike: {', '.join(images)}")


def show(revision: str, least: dict[str, dict[str, float]]) -> None:
    print(f"processor seconds, warm, least of all turns; before is {revision}")
    print(f"{'part':14}{'before':>9}{'now':>9}{'ratio':>8}")
    totals = {name: sum(parts.values()) for name, parts in least.items()}
    without = {name: totals[name] - parts["report"] for name, parts in least.items()}
    rows = [(part, *(least[name][part] for name in ("before", "now"))) for part in PARTS]
    rows += [("Run all", without["before"], without["now"]), ("with report", totals["before"], totals["now"])]
    for part, before, now in rows:
        print(f"{part:14}{before:9.3f}{now:9.3f}{before / max(now, 1e-3):8.2f}")


def largest_difference(before: Any, now: Any, where: str = "") -> tuple[float, str]:
    """Of two JSON values, relative to the larger; text and shape have to be the same, but for fields that are new."""
    if where.rsplit(".", 1)[-1] in _UNLIKE:
        return 0.0, where
    if isinstance(before, dict) and isinstance(now, dict) and set(before) <= set(now):
        found = [largest_difference(before[key], now[key], f"{where}.{key}") for key in before]
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        found = [largest_difference(a, b, f"{where}[{k}]") for k, (a, b) in pairs]
    elif isinstance(before, float) and isinstance(now, float):
        return abs(before - now) / max(abs(before), abs(now), 1e-9), where
    else:
        assert before == now, f"{where}: {before!r} was, {now!r} is"
        found = []
    return max(found, default=(0.0, where))


def compare_images(before: Path, now: Path) -> list[str]:
    """Names of the images of a case; outlines are the same in every voxel, heat to 1e-5."""
    import numpy as np
    import SimpleITK as sitk  # noqa: N813 - its documented short name

    names = sorted(path.name for path in before.glob("*.mha"))
    assert names == sorted(path.name for path in now.glob("*.mha"))
    for name in names:
        first, second = (sitk.GetArrayFromImage(sitk.ReadImage(str(at / name))) for at in (before, now))
        assert np.abs(first.astype(float) - second).max() <= (AGREEMENT if "heat" in name else 0), name
    return names


if __name__ == "__main__":
    sys.path = [
        entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()
    ]
    serve()
