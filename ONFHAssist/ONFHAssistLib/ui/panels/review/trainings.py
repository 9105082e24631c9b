"""What trainings on a cohort's own patients have left in their folder: curves, interrupted ones, a model that waits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ....bundles.bundle import METADATA

# As the training names them.
CURVES, CHECKPOINTS, PLAN, REPORT = "curves.jsonl", "network-*.pt", "plan.json", "before-and-after.json"
RECORD = "own_training"  # of a new model's metadata: what it is judged by
NEW = "new-"  # how the folder of a new model begins, before which network it is


@dataclass(frozen=True)
class Waiting:
    """A new model that waits for a decision: its folder, which network it is, and what it is judged by."""

    folder: Path
    model: str
    record: Mapping[str, Any]


def new_folder(work: Path, model: str) -> Path:
    """Where the new model of a training is written."""
    return work / f"{NEW}{model}"


def waiting(work: Path, models: Iterable[str]) -> Waiting | None:
    """The new model that lies in ``work``; None without one that can be read."""
    for model in models:
        folder = new_folder(work, model)
        record = _json(folder / METADATA).get(RECORD)
        if isinstance(record, dict) and record.get("compared"):
            return Waiting(folder, model, record)
    return None


def interrupted(work: Path, model: str) -> int | None:
    """Batches that the newest training of a network was asked for, if it was ended before it was done; 0 as advised."""
    plans = sorted(work.glob(f"{model}-*/{PLAN}"), key=lambda path: path.stat().st_mtime)
    if not plans:
        return None
    folder = plans[-1].parent
    if (folder / REPORT).is_file() or not any(folder.glob(CHECKPOINTS)):
        return None
    return int(_json(plans[-1]).get("steps") or 0)


def curve(work: Path, model: str) -> list[dict[str, Any]]:
    """Lines of the newest training that are whole; the training may be writing another."""
    files = sorted(work.glob(f"{model}-*/{CURVES}"), key=lambda path: path.stat().st_mtime)
    if not files:
        return []
    lines = files[-1].read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
