"""The case at a glance: what the scene's result tables say, one line a step and hip."""

from __future__ import annotations

import slicer

from .attributes import ROLE, SIDE
from .tables import columns_of


def case_lines() -> list[str]:
    """Rich-text lines, right before left within each step; empty where there is no result."""
    lines: list[str] = []
    for role, line_of in (("measurements", _measured), ("prediction", _predicted), ("survival", _survival)):
        tables = [n for n in slicer.util.getNodesByClass("vtkMRMLTableNode") if n.GetAttribute(ROLE) == role]
        for node in sorted(tables, key=lambda n: n.GetAttribute(SIDE) or "", reverse=True):
            lines += line_of(node)
    return lines


def _side(side: str) -> str:
    return f"<b>{'Right' if side == 'R' else 'Left'}</b>"


def _measured(node: slicer.vtkMRMLTableNode) -> list[str]:
    table = columns_of(node)
    rows = zip(
        table["side"], table["radius"], table["necrosis_ml"], table["combined_necrotic_angle"], strict=True
    )
    return [
        f"{_side(side)}: head radius {radius:.1f} mm, necrosis {necrosis:.1f} ml, "
        f"combined necrotic angle {angle:.0f}°"
        for side, radius, necrosis, angle in rows
    ]


def _predicted(node: slicer.vtkMRMLTableNode) -> list[str]:
    table = columns_of(node)
    rows = zip(table["side"], table["probability"], table["reading"], strict=True)
    return [f"{_side(side)}: early osteonecrosis {100 * p:.0f}% ({reading})" for side, p, reading in rows]


def _survival(node: slicer.vtkMRMLTableNode) -> list[str]:
    table = columns_of(node)
    points = [
        f"{100 * s:.1f}% at {month:.0f} months ({100 * low:.0f} to {100 * high:.0f}%)"
        for month, s, low, high in zip(
            table["months"], table["survival"], table["low"], table["high"], strict=True
        )
    ]
    return [f"{_side(node.GetAttribute(SIDE) or 'R')}: no collapse " + ", ".join(points)]
