"""What the worker beside Slicer is asked for by the group *Train*: thin functions of JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.core.serial import to_json_value

from .training import OwnPlan, inventory, train_own


def own_inventory(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The table of what there is in ``cohort``: :class:`.inventory.Inventory`."""
    return dict(to_json_value(inventory(arguments["cohort"], None, progress)))


def train_own_patients(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Train ``model`` on ``cohort``, with curves and checkpoints in ``work`` and the candidate in ``out``.

    Args:
        arguments: the above, ``steps``, which is None for as many as the model advises, and ``goes_on``: whether the user
            expects an interrupted training to be taken up.

    Returns:
        :class:`.training.OwnTraining`.
    """
    plan = OwnPlan(arguments["model"], steps=arguments.get("steps"))
    done = train_own(
        arguments["cohort"],
        arguments["out"],
        arguments["work"],
        plan,
        progress,
        goes_on=bool(arguments.get("goes_on")),
    )
    return dict(to_json_value(done))
