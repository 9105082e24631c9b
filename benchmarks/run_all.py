"""*Run all* on the shipped sample patient by its button: time of each step cold and warm, longest block, cancels.

    python benchmarks/run_all.py                       # a new worker, then a warm one
    python benchmarks/run_all.py --cancels 50 --seed 1 # cancel at random moments of random steps
    python benchmarks/run_all.py --against REV         # processor time by part of two states, and equal answers

Cold: no worker runs; the compiled kernels of the features are on the disk. For the very first use on a machine, when
they are compiled, give them an empty folder: ``NUMBA_CACHE_DIR=/tmp/empty python benchmarks/run_all.py``. Processor
time is that of the worker and of this process together: on a busy machine it says what the clock does not.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
TESTING = ROOT / "ONFHAssist" / "Testing"
PHASES = ("write", "segment", "measure", "extract", "probability", "stage", "survival", "scene")


def open_panel() -> Any:
    """The home panel with the sample patient chosen."""
    sys.path[:0] = [str(TESTING / "Headless"), str(TESTING / "Python")]
    import headless

    headless.start()
    headless.load_modules(ROOT / "ONFHAssist")
    from ONFHAssistLib.ui.selftest import sample_panel

    return sample_panel()


def processor_seconds(runner: Any) -> float:
    """Of this process and of the worker so far."""
    total = sum(os.times()[:2])
    if runner.process_id is not None:
        used = psutil.Process(runner.process_id).cpu_times()
        total += used.user + used.system
    return total


def run_once(widget: Any) -> tuple[dict[str, tuple[float, float]], Any]:
    """One press of the button: phase to (clock, processor) seconds, and the heart-beat."""
    import slicer
    from support.waiting import HeartBeat

    runner, spent = widget.run.runner, {}
    beats = HeartBeat()
    beats.see = lambda: f"{phase_of(widget)}, {widget.ui.statusLabel.text}"
    with beats:
        clock, processor = time.perf_counter(), processor_seconds(runner)
        widget.ui.runAllButton.click()
        phase = "write"
        while widget.run.running:
            slicer.app.processEvents()
            time.sleep(0.001)
            now = phase_of(widget)
            if now != phase:
                new = time.perf_counter(), processor_seconds(runner)
                spent[phase] = (new[0] - clock, new[1] - processor)
                (clock, processor), phase = new, now
        spent.setdefault(phase, (time.perf_counter() - clock, processor_seconds(runner) - processor))
    return spent, beats


def phase_of(widget: Any) -> str:
    """What the run is doing."""
    run = widget.run._alone._run
    if run is None:
        return "write" if widget.run.running else "end"
    if run.result is not None:
        return "scene"
    if run.work is not None:
        return "write"
    share = widget.ui.progressBar.value / 100  # whole percent: a step is told from the next to that
    return next((step for step, _start, end in run.shares if share < end), run.steps[-1])


def show(runs: dict[str, tuple[dict[str, tuple[float, float]], Any]]) -> None:
    print(f"{'':16}" + "".join(f"{name + ' clock':>14}{name + ' CPU':>14}" for name in runs))
    for phase in PHASES:
        cells = (times.get(phase, (0.0, 0.0)) for times, _beats in runs.values())
        print(f"{phase:16}" + "".join(f"{clock:12.2f} s{cpu:12.2f} s" for clock, cpu in cells))
    totals = (
        [sum(column) for column in zip(*times.values(), strict=True)] for times, _beats in runs.values()
    )
    print(f"{'total':16}" + "".join(f"{clock:12.2f} s{cpu:12.2f} s" for clock, cpu in totals))
    for name, (_times, beats) in runs.items():
        processor, clock = (max(column) for column in zip(*beats.blocks, strict=True))
        seen = beats.saw[[block[0] for block in beats.blocks].index(processor)]
        print(f"longest block, {name}: {1e3 * processor:.0f} ms of processor time ({seen}),", end=" ")
        print(f"{1e3 * clock:.0f} ms by the clock")


def cancel_often(widget: Any, count: int, seed: int, typical: dict[str, tuple[float, float]]) -> None:
    """Press the button twice, ``count`` times: the second at a random moment of a random phase."""
    import slicer
    from support.run_all_worker import everything

    draw, missed, slowest = random.Random(seed), 0, 0.0
    before = everything()
    for number in itertools.count():
        if number - missed == count:
            break
        phase = PHASES[number % len(PHASES)]
        delay = draw.uniform(0.0, typical[phase][0])
        widget.ui.runAllButton.click()
        while widget.run.running and phase_of(widget) != phase:
            slicer.app.processEvents()
            time.sleep(0.001)
        end = time.perf_counter() + delay
        while widget.run.running and phase_of(widget) == phase and time.perf_counter() < end:
            slicer.app.processEvents()
            time.sleep(0.001)
        if not widget.run.running:  # it was quicker than that
            missed += 1
            remove_results()
            before = everything()
            continue
        worker, phase = widget.run.runner.process_id, phase_of(widget)
        working = phase not in ("write", "scene")
        started = time.perf_counter()
        widget.ui.runAllButton.click()
        slowest = max(slowest, time.perf_counter() - started)
        slicer.app.processEvents()
        after = everything()
        assert after == before, f"cancel {number} at {phase}: the scene changed"
        assert not (working and psutil.pid_exists(worker)), f"cancel {number} at {phase}: the worker lives"
        assert not left_behind(), f"cancel {number} at {phase}: {left_behind()}"
        print(f"{number + 1:3} {phase:13} after {delay:5.2f} s: as before", flush=True)
    widget.run.runner.shutdown()
    children = psutil.Process().children(recursive=True)
    print(
        f"{count} cancels ({missed} more runs ended first): the scene as before each time, slowest cancel "
        f"{slowest:.2f} s, {len(children)} processes and {len(left_behind())} folders left"
    )


def remove_results() -> None:
    """What takes a run back: its one folder."""
    import slicer

    from ONFHAssistLib.ui.selftest import VOLUME

    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    hierarchy.RemoveItem(hierarchy.GetItemByName(f"{VOLUME} ONFH results"))


def left_behind() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"onfh-*-{os.getpid()}-*"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cancels", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--against", metavar="REV", help="an earlier state, or a folder that holds one")
    parser.add_argument("--repeats", type=int, default=5, help="turns of each state")
    options = parser.parse_args()
    if options.against:
        from case_parts import compare

        compare(options.against, options.repeats)
        return
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
    widget = open_panel()
    runs = {}
    for name in ("cold", "warm"):
        runs[name] = run_once(widget)
        assert widget.ui.statusLabel.text.startswith("Done"), widget.ui.statusLabel.text
    show(runs)
    print(widget.ui.glanceLabel.text.replace("<br>", "\n"))
    print(f"load after {os.getloadavg()[0]:.1f}")
    if options.cancels:
        remove_results()
        cancel_often(widget, options.cancels, options.seed, runs["warm"][0])
    widget.run.runner.shutdown()


if __name__ == "__main__":
    main()
