"""The findings that a survival of the scene rests on, such as that of *Run all*, taken into the ONFHSurvival panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import slicer

from ..scene.attributes import read_attributes
from ..scene.case import find_node
from ..scene.tables import columns_of

if TYPE_CHECKING:
    from slicer import vtkMRMLTableNode

_FACTS = ("arco_stage", "bone_marrow_oedema", "combined_necrotic_angle_deg")
_SLIDER_STEP = 0.1  # degrees, to which the panel's slider rounds


def follow_scene(panel: Any) -> None:
    """Show the findings behind the scene's survival in the panel, where they are new, with its table."""
    parameters = panel.parameters
    if take_findings(parameters):
        panel.update_panel()
    table = find_node("vtkMRMLTableNode", "survival", parameters.side)
    record = None if table is None or parameters.model else _record(table)
    if record is not None:
        arco, oedema, angle = record.split()
        same = (arco, oedema) == (parameters.arco, "yes" if parameters.oedema else "no")
        if same and abs(float(angle) - parameters.angle) < _SLIDER_STEP:
            panel.ui.survivalView.setMRMLTableNode(table)


def take_findings(parameters: Any, sides: tuple[str, ...] = ("R", "L")) -> bool:
    """Let the panel show what the published model was asked in the scene, so that both give the same figures.

    Taken once: what the user sets afterwards stays. Where only the other hip has a survival, and none was taken yet,
    that hip is chosen.

    Args:
        parameters: of the panel, with ``side``, ``arco``, ``oedema``, ``angle`` and ``taken`` (side to what was taken).
        sides: that the panel offers.

    Returns:
        Whether findings were taken.
    """
    tables = {side: find_node("vtkMRMLTableNode", "survival", side) for side in sides}
    known = [side for side in sides if tables[side] is not None]
    side = known[0] if len(known) == 1 and not parameters.taken else parameters.side
    record = _record(tables[side]) if side in known else None
    if record is None or parameters.taken.get(side) == record:
        return False
    arco, oedema, angle = record.split()
    with slicer.util.NodeModify(parameters.parameterNode):
        parameters.taken[side] = record
        parameters.side = side
        parameters.arco = arco
        parameters.oedema = oedema == "yes"
        parameters.angle = float(angle)
    return True


def _record(table: vtkMRMLTableNode) -> str | None:
    """The three findings of a survival of the published model, such as "II yes 228"; None of another model."""
    facts = read_attributes(table)
    return " ".join(facts[name] for name in _FACTS) if all(name in facts for name in _FACTS) else None


def measured_angle(side: str) -> float | None:
    """Combined necrotic angle in degrees of a hip in the table of measurements; None where there is none."""
    node = find_node("vtkMRMLTableNode", "measurements")
    if node is None:
        return None
    table = columns_of(node)
    angle = dict(zip(table["side"], table["combined_necrotic_angle"], strict=True)).get(side, 0.0)
    return angle if angle > 0 else None
