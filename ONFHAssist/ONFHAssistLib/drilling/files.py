"""A plan as files: ``drilling.json`` and the femur of each hip that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..core.atomic_files import write_json
from ..imaging.files import write_image
from .plan import PlannedHip
from .result import DrillingPlan

PLAN_FILE = "drilling.json"


def write_plan(plan: DrillingPlan, planned: Sequence[PlannedHip], out: str | Path) -> dict[str, Any]:
    """Write the plan and ``femur_R.nii.gz``, ``femur_L.nii.gz`` (cubic voxels of 1 mm, what the rules were checked on).

    Returns:
        ``plan`` (path) and ``femurs`` (side to path).
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    femurs = {}
    for hip in planned:
        path = out / f"femur_{hip.plan.side}.nii.gz"
        path.unlink(missing_ok=True)  # of an earlier plan
        if hip.bone is not None:
            femurs[hip.plan.side] = str(write_image(hip.bone.bone, path))
    write_json(out / PLAN_FILE, plan.to_json())
    return {"plan": str(out / PLAN_FILE), "femurs": femurs}
