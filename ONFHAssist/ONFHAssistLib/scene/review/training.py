"""The curve of a training in the scene: a table and a chart, refilled while it goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ...core.provenance import provenance
from ..images.ownership import find_node
from ..plots import BLUE, GREY, Series, chart
from ..tables import table_from_columns

if TYPE_CHECKING:
    from slicer import vtkMRMLPlotChartNode

ROLE = "training curve"
SMOOTHED = 10  # batches: the loss of a few hips says little


def has_curve() -> bool:
    """Whether the scene shows a curve already."""
    return find_node("vtkMRMLPlotChartNode", ROLE, None) is not None


def curve_to_scene(lines: Sequence[Mapping[str, Any]]) -> vtkMRMLPlotChartNode:
    """Loss of each batch, and its mean over the last ten; of several networks one after the other.

    Args:
        lines: of the training's curves, with ``network`` (0, 1, ...), ``step``, ``of`` and ``loss``; at least one.
    """
    batches = [float(line["network"] * line["of"] + line["step"]) for line in lines]
    losses = [float(line["loss"]) for line in lines]
    mean = [
        sum(part) / len(part)
        for part in (losses[max(0, i - SMOOTHED + 1) : i + 1] for i in range(len(losses)))
    ]
    record = provenance()
    table = table_from_columns(
        _("Training curve"),
        {"batch": batches, "loss": losses, "mean": mean},
        role=ROLE,
        provenance=record,
        node=find_node("vtkMRMLTableNode", ROLE, None),
    )
    return chart(
        _("Training curve"),
        [
            Series(_("each batch"), table, "batch", "loss", colour=GREY),
            Series(_("mean of ten"), table, "batch", "mean", colour=BLUE),
        ],
        title=_("Training"),
        x_title=_("batch"),
        y_title=_("loss"),
        role=ROLE,
        provenance=record,
        node=find_node("vtkMRMLPlotChartNode", ROLE, None),
    )
