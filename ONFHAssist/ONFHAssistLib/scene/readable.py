"""Numbers of our tables as a reader wants them in Slicer's table views: 25.3 mm, and not 25.3351.

Slicer writes six digits of every number. The tables keep them all, for whatever is computed from them; only what a view
paints is rounded, to the decimals that :func:`.tables.table_from_columns` was given for the column.
"""

from __future__ import annotations

import math
from typing import Any

from .tables import DECIMALS_PREFIX

_COLUMNS = 24  # of a view that can be asked for; our widest table has 15
_of_layout: list[Any] = []  # Qt does not own them


def shown(text: str, decimals: int) -> str:
    """A number's text with so many decimals; below the last of them "<0.0001", none for NaN; other text as it is."""
    try:
        value = float(text)
    except ValueError:
        return text
    if math.isnan(value):
        return "–"
    least = 10.0**-decimals
    if 0.0 < abs(value) < 0.5 * least:
        return f"{'<' if value > 0 else '>-'}{least:.{decimals}f}"
    return f"{value:.{decimals}f}"


def make_readable(view: Any) -> list[Any]:
    """Let a ``qMRMLTableView`` round what it paints of our tables; tables of others stay as they are.

    Returns:
        What has to be kept as long as the view: Qt does not own it.
    """
    import qt

    class ReadableColumn(qt.QStyledItemDelegate):
        def __init__(self, column: int) -> None:
            qt.QStyledItemDelegate.__init__(self)
            self.column = column

        def displayText(self, value: object, locale: object) -> str:  # noqa: ARG002 - Qt's
            decimals = _decimals(view, self.column)
            return str(value) if decimals is None else shown(str(value), decimals)

    columns = [ReadableColumn(number) for number in range(_COLUMNS)]
    for number, column in enumerate(columns):
        view.setItemDelegateForColumn(number, column)
    return columns


def make_layout_readable() -> None:
    """:func:`make_readable` for the table view of the layout, where this application has one."""
    import slicer

    widget = slicer.app.layoutManager().tableWidget(0)
    if widget is not None:
        _of_layout[:] = make_readable(widget.tableView())


def _decimals(view: Any, column: int) -> int | None:
    """Of a column of the table that the view shows now; None where it shows another's, or rows as columns."""
    node = view.mrmlTableNode()
    if node is None or getattr(view, "transposed", False):
        return None
    column += bool(node.GetUseFirstColumnAsRowHeader())
    if column >= node.GetNumberOfColumns():
        return None
    count = node.GetAttribute(DECIMALS_PREFIX + node.GetColumnName(column))
    return int(count) if count else None
