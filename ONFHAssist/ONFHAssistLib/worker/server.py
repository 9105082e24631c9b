"""The process beside Slicer in which work that takes more than a second runs: JSON lines in, JSON lines out.

A request is ``{"id": 1, "task": "extract_hips", "arguments": {...}}``, one line; it may name the
``language`` of charts and reports. Answers are lines with the same ``id``
and a ``kind``: ``progress`` (``fraction``, ``text``), ``log`` (``text``), then ``result`` (``value``) or ``error``
(``message``, ``input``: whether the input was wrong, ``memory``: whether memory ran out). The first line of all is
``{"kind": "ready", ...}``. Images pass by file. The process stays warm between requests, so that a second case does not
pay for imports; it ends when its input ends. To cancel, kill the process tree: nothing is half-written, because files
appear only when they are whole.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any, TextIO

from ..core.errors import InputError, is_out_of_memory
from ..core.language import ENGLISH, choose
from ..core.progress import Progress

# The only functions a request can name: task -> module and function, each (arguments, progress) -> JSON value.
TASKS = {
    "cohort_worklist": ("ONFHAssistLib.cohort.review.worklist", "cohort_worklist"),
    "develop_dlr": ("ONFHAssistLib.develop.dlr", "develop_dlr"),
    "dicom_objects": ("ONFHAssistLib.worker.dicom_objects", "dicom_objects"),
    "develop_survival": ("ONFHAssistLib.develop.survival", "develop_survival"),
    "drilling_plan": ("ONFHAssistLib.worker.drilling", "drilling_plan"),
    "follow_up": ("ONFHAssistLib.worker.course", "follow_up"),
    "feature_map": ("ONFHAssistLib.worker.tasks", "feature_map"),
    "feature_robustness": ("ONFHAssistLib.worker.robustness", "feature_robustness"),
    "update_bundle": ("ONFHAssistLib.update.bundles", "update_bundle"),
    "validate_dlr": ("ONFHAssistLib.develop.validate_dlr", "validate_dlr"),
    "validate_survival": ("ONFHAssistLib.develop.validate_survival", "validate_survival"),
    # The laboratory's; nothing of it is imported before they are asked for.
    "own_inventory": ("ONFHAssistLab.training.own.tasks", "own_inventory"),
    "train_own_patients": ("ONFHAssistLab.training.own.tasks", "train_own_patients"),
    "recompute_case": ("ONFHAssistLib.cohort.review.recompute", "recompute_case"),
    "run_case": ("ONFHAssistLib.worker.tasks", "run_case"),
    "run_exam": ("ONFHAssistLib.worker.examination", "run_exam"),
    "warm_up": ("ONFHAssistLib.worker.tasks", "warm_up"),
}
GENTLE = "ONFHASSIST_GENTLE_WORKER"  # environment variable: this worker gives way to other processes
_NICENESS = 10
# Their reports are statistics for publication, in one language with their charts.
_ENGLISH_REPORTS = {"develop_dlr", "develop_survival", "update_bundle", "validate_dlr", "validate_survival"}
_KILLED_FOR_MEMORY = 137  # as a process that the system ended for want of memory
_NO_MEMORY = "The computer has not enough memory for this step; close other programs or crop the image."


class _Channel:
    """Writes answers; what libraries print goes to standard error and cannot disturb them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def send(self, **content: Any) -> None:
        self._stream.write(json.dumps(content, ensure_ascii=True) + "\n")
        self._stream.flush()


def serve(requests: TextIO, responses: TextIO, tasks: Mapping[str, tuple[str, str]] = TASKS) -> None:
    """Answer requests until the input ends."""
    channel = _Channel(responses)
    channel.send(kind="ready", process=os.getpid())
    for line in requests:
        if line.strip():
            _answer(line, channel, tasks)


def _answer(line: str, channel: _Channel, tasks: Mapping[str, tuple[str, str]]) -> None:
    identifier = None
    try:
        request = json.loads(line)
        identifier = request["id"]
        task = str(request["task"])
        choose(ENGLISH if task in _ENGLISH_REPORTS else str(request.get("language", ENGLISH)))
        work = _task(task, tasks)

        def progress(fraction: float, text: str = "") -> None:
            channel.send(id=identifier, kind="progress", fraction=float(fraction), text=text)

        value = work(request["arguments"], progress)
        channel.send(id=identifier, kind="result", value=value)
    except InputError as error:
        channel.send(id=identifier, kind="error", message=str(error), input=True)
    except Exception as error:  # noqa: BLE001 - the worker answers whatever happens and lives on
        if is_out_of_memory(error):
            channel.send(id=identifier, kind="error", message=_NO_MEMORY, input=True, memory=True)
            return
        channel.send(id=identifier, kind="log", text=traceback.format_exc())
        channel.send(id=identifier, kind="error", message=f"{type(error).__name__}: {error}", input=False)


def _task(name: str, tasks: Mapping[str, tuple[str, str]]) -> Callable[[Mapping[str, Any], Progress], Any]:
    if name not in tasks:
        raise InputError(f"There is no task '{name}'; tasks are {', '.join(sorted(tasks))}.")
    module, function = tasks[name]
    found: Callable[[Mapping[str, Any], Progress], Any] = getattr(importlib.import_module(module), function)
    return found


def main() -> None:
    """Keep the real standard output for answers and give libraries standard error instead."""
    if os.environ.get(GENTLE) and hasattr(os, "nice"):
        os.nice(_NICENESS)
    responses = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", newline="\n")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    requests = os.fdopen(os.dup(sys.stdin.fileno()), "r", encoding="utf-8")
    try:
        serve(requests, responses)
    except MemoryError:  # not even enough to say so
        os._exit(_KILLED_FOR_MEMORY)
