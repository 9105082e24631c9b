"""The worker's task that plans drill wires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.progress import Progress
from .tasks import image_of


def drilling_plan(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Plan every hip with a necrosis; see :func:`..drilling.plan.plan_drilling`.

    Args:
        arguments: ``image``, ``labels``, ``out`` (a folder), ``rules`` (name to value, others are the defaults) and
            ``femurs`` (side to an outline of the user's own).

    Returns:
        ``plan`` (as :meth:`..drilling.result.DrillingPlan.to_json`), ``femurs`` (side to the file of the bone that it
        rests on) and ``labels`` as they were asked with.
    """
    from ..drilling.files import write_plan
    from ..drilling.plan import plan_drilling
    from ..drilling.rules import DrillingRules, with_values

    image, labels = image_of(arguments["image"]), image_of(arguments["labels"])
    rules = with_values(DrillingRules(), arguments.get("rules") or {})
    femurs = {side: image_of(one) for side, one in (arguments.get("femurs") or {}).items()}
    plan, planned = plan_drilling(image, labels, rules, femurs, progress=progress)
    files = write_plan(plan, planned, arguments["out"])
    return {"plan": plan.to_json(), "femurs": files["femurs"], "labels": dict(arguments["labels"])}
