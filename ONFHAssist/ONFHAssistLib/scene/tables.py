"""Tables of the scene: numeric columns with units, so that Slicer can sort, plot and export them.

Slicer saves a table as text with six digits (both its storage formats lose the rest), so the exact doubles travel as an
attribute of the node beside it; :func:`restore_precision` puts them back after loading.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import slicer
import vtk
from vtk.util.numpy_support import vtk_to_numpy

from .attributes import mark_result

if TYPE_CHECKING:
    from slicer import vtkMRMLTableNode

EXACT_PREFIX = "ONFHAssist.exact."
EMPTY_PREFIX = "ONFHAssist.empty."  # of a column: what a view shows in its empty cells, a line a row
PERCENT = "%"  # in the place of decimals: a share of 1 that is read as whole per cent
DECIMALS_PREFIX = "ONFHAssist.decimals."  # of a column, as it is shown; what is stored has all digits
_SIX_DIGITS = 1e-5  # how near a saved number is to the one it stands for
Column = Sequence[float] | Sequence[int] | Sequence[str]


def table_from_columns(
    name: str,
    columns: Mapping[str, Column],
    *,
    role: str,
    provenance: Mapping[str, str],
    side: str | None = None,
    units: Mapping[str, str] | None = None,
    descriptions: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    decimals: Mapping[str, int | str] | None = None,
    node: vtkMRMLTableNode | None = None,
) -> vtkMRMLTableNode:
    """Make, or refill, a table node.

    Args:
        name: what the user reads.
        columns: column name to values; numbers become double or integer columns, text becomes string columns.
        role: what the table is to the case, such as "radiomics".
        side: "R" or "L" where the table is of one hip.
        units: column name to unit ("mm", "ml", "deg").
        descriptions: column name to one sentence.
        titles: column name to what stands above the column, where that is not the name.
        decimals: column name to the decimals that its measurement is worth, or :data:`PERCENT`, for :mod:`.readable`.
        node: the table to refill.
    """
    if node is None:
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTableNode", name)
    observed = node.StartModify()  # a view that shows the table lays it out once, not for every column
    node.RemoveAllColumns()
    for title, values in columns.items():
        array = _vtk_column(list(values))
        array.SetName(title)
        node.AddColumn(array)
        if isinstance(array, vtk.vtkDoubleArray):
            node.SetAttribute(EXACT_PREFIX + title, _packed(array))
    for title, unit in (units or {}).items():
        node.SetColumnUnitLabel(title, unit)
    for title, text in (titles or {}).items():
        node.SetColumnTitle(title, text)
    for title, count in (decimals or {}).items():
        node.SetAttribute(DECIMALS_PREFIX + title, str(count))
    for title, text in (descriptions or {}).items():
        node.SetColumnDescription(title, text)
    node.SetLocked(True)
    node.SetUseColumnTitleAsColumnHeader(True)  # else Slicer shows the names as a first row below A, B, C
    mark_result(node, role, provenance, side)
    node.Modified()
    node.EndModify(observed)
    return node


def say_of_empty(node: vtkMRMLTableNode, column: str, texts: Sequence[str]) -> None:
    """What :mod:`.readable` shows where a text of a column is empty: why, row by row. The table itself stays empty."""
    node.SetAttribute(EMPTY_PREFIX + column, "\n".join(texts))


def _vtk_column(values: list) -> vtk.vtkAbstractArray:
    if values and all(isinstance(value, str) for value in values):
        array: vtk.vtkAbstractArray = vtk.vtkStringArray()
    elif all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        array = vtk.vtkTypeInt64Array()
    else:
        array = vtk.vtkDoubleArray()
        values = [math.nan if value is None else float(value) for value in values]
    for value in values:
        array.InsertNextValue(value)
    return array


def _packed(array: vtk.vtkDoubleArray) -> str:
    return base64.b64encode(vtk_to_numpy(array).astype("<f8").tobytes()).decode("ascii")


def restore_precision(node: vtkMRMLTableNode) -> None:
    """Put the exact doubles back into a table that was loaded; cells that somebody changed since stay as they are."""
    table = node.GetTable()
    for title in [table.GetColumnName(i) for i in range(table.GetNumberOfColumns())]:
        packed = node.GetAttribute(EXACT_PREFIX + title)
        column = table.GetColumnByName(title)
        if not packed or not column.IsNumeric():
            continue
        exact, shown = np.frombuffer(base64.b64decode(packed), "<f8"), vtk_to_numpy(column)
        if exact.shape != shown.shape or np.array_equal(exact, shown, equal_nan=True):
            continue
        if np.allclose(exact, shown, rtol=_SIX_DIGITS, atol=0.0, equal_nan=True):
            shown[:] = exact  # a view: the column's own memory


def columns_of(node: vtkMRMLTableNode) -> dict[str, list]:
    """The table's content as plain lists, column by column, with all digits also after loading."""
    restore_precision(node)
    table = node.GetTable()
    return {table.GetColumnName(i): _values_of(table.GetColumn(i)) for i in range(table.GetNumberOfColumns())}


def _values_of(column: vtk.vtkAbstractArray) -> list:
    if column.IsNumeric() and column.GetNumberOfComponents() == 1:
        return vtk_to_numpy(column).tolist()
    return [column.GetValue(row) for row in range(column.GetNumberOfTuples())]


def rows_where(
    node: vtkMRMLTableNode, column: str, wanted: Collection[object], into: vtkMRMLTableNode
) -> vtkMRMLTableNode:
    """Refill ``into`` with the rows of ``node`` whose ``column`` holds one of the ``wanted`` values, as it reads."""
    content = columns_of(node)
    rows = [i for i, value in enumerate(content[column]) if value in wanted]
    observed = into.StartModify()
    into.RemoveAllColumns()
    for name, values in content.items():
        array = _vtk_column([values[i] for i in rows])
        array.SetName(name)
        into.AddColumn(array)
        into.SetColumnTitle(name, node.GetColumnTitle(name) or name)
        into.SetColumnUnitLabel(name, node.GetColumnUnitLabel(name))
        into.SetColumnDescription(name, node.GetColumnDescription(name))
    into.SetLocked(True)
    into.SetUseColumnTitleAsColumnHeader(True)
    into.Modified()
    into.EndModify(observed)
    return into
