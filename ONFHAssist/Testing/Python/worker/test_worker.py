"""The worker: JSON lines in, JSON lines out, and nothing that a library prints disturbs them."""

import io
import json
import subprocess
import sys

import numpy as np
import pytest

from ONFHAssistLib.case.result import CaseResult
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.worker.server import serve
from ONFHAssistLib.worker.tasks import image_argument


def echo(arguments, progress):
    progress(0.5, "half")
    return arguments["value"]


def wrong(_arguments, _progress):
    raise InputError("The value is wrong.")


def broken(_arguments, _progress):
    raise ZeroDivisionError("no")


def full_of_tensors(_arguments, _progress):
    raise RuntimeError(
        "[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: can't allocate memory: you tried"
    )


def full(_arguments, _progress):
    raise MemoryError


def answers_to(*requests):
    tasks = {name: (__name__, name) for name in ("echo", "wrong", "broken", "full", "full_of_tensors")}
    stream = io.StringIO()
    lines = [json.dumps(r) if isinstance(r, dict) else r for r in requests]
    serve(io.StringIO("\n".join(lines) + "\n"), stream, tasks)
    ready, *rest = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert ready["kind"] == "ready"
    return rest


def test_progress_comes_before_the_result():
    progress, result = answers_to({"id": 4, "task": "echo", "arguments": {"value": [1, "ä"]}})
    assert progress == {"id": 4, "kind": "progress", "fraction": 0.5, "text": "half"}
    assert result == {"id": 4, "kind": "result", "value": [1, "ä"]}


@pytest.mark.parametrize(
    ("task", "message", "users_fault"),
    [
        ("wrong", "The value is wrong.", True),
        ("broken", "ZeroDivisionError: no", False),
        ("full", "not enough memory", True),
        ("full_of_tensors", "not enough memory", True),
        ("os.system", "There is no task 'os.system'", True),
    ],
)
def test_failures_are_one_sentence_and_the_next_request_works(task, message, users_fault):
    *_, error, _progress, result = answers_to(
        {"id": 1, "task": task, "arguments": {}}, {"id": 2, "task": "echo", "arguments": {"value": 7}}
    )
    assert error["kind"] == "error"
    assert message in error["message"]
    assert error["input"] is users_fault
    assert error.get("memory", False) is task.startswith("full")
    assert result["value"] == 7


def test_a_line_that_is_not_json_is_answered_and_survived():
    *_, error, _progress, result = answers_to(
        "not json", {"id": 2, "task": "echo", "arguments": {"value": 7}}
    )
    assert error["kind"] == "error"
    assert result["value"] == 7


def test_the_real_process_extracts_a_hip(tmp_path):
    grid = Image(np.zeros((24, 24, 24), np.float32), (2, 2, 2), (-93.0, -23.0, -23.0))
    inside = np.linalg.norm(grid.points() - [-70, 0, 0], axis=-1) < 18
    values = np.random.default_rng(0).normal(500, 60, inside.shape).astype(np.float32)
    arguments = {
        "image": image_argument(grid.like(values), tmp_path / "image.nrrd"),
        "labels": image_argument(grid.like(inside.astype(np.uint8)), tmp_path / "labels.nrrd"),
        "steps": ["extract"],
        "settings": {"deep": False},
        "out": str(tmp_path),
    }
    request = json.dumps({"id": 1, "task": "run_case", "arguments": arguments}) + "\n"
    command = [sys.executable, "-m", "ONFHAssistLib.worker"]
    done = subprocess.run(command, input=request, capture_output=True, text=True, check=True, timeout=900)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["kind"] for line in (lines[0], lines[-1])] == ["ready", "result"]
    result = CaseResult.from_json(lines[-1]["value"]["result"])
    assert len(result.hip("R").radiomics.features) == 1197
