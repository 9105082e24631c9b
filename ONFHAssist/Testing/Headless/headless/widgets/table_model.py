"""What ``qMRMLTableView`` shows: a table node as a Qt model that reads the cells which are looked at, when they are."""

from __future__ import annotations

from typing import Any

import vtk

from ..qt.pythonqt import QtCore, QtGui, native

_ROLE = QtCore.Qt.ItemDataRole
_LETTERS = (vtk.VTK_CHAR, vtk.VTK_SIGNED_CHAR, vtk.VTK_UNSIGNED_CHAR)
_TOP = QtCore.QModelIndex()


def letters(index: int) -> str:
    """Header of a column without a title: A, B, ..., Z, AA, AB, ..."""
    text = ""
    while index >= 0:
        text = chr(ord("A") + index % 26) + text
        index = index // 26 - 1
    return text


@native
class qMRMLTableModel(QtCore.QAbstractTableModel):  # noqa: N801 - the name is Slicer's
    """Cells, headers and tool tips of a ``vtkMRMLTableNode``; not edited here.

    Slicer's model copies every cell into an item of its own, in C++. Doing so in Python took longer than the work of the
    modules that tests time, so here nothing is copied.
    """

    def __init__(self) -> None:
        super().__init__()
        self._node: Any = None
        self._rows = self._count = 0
        self._columns: list[Any] = []
        self._written: dict[tuple[int, int], object] = {}

    def mrmlTableNode(self) -> Any:
        return self._node

    def setMRMLTableNode(self, node: Any) -> None:
        self._node = node
        self.updateModelFromMRML()

    def updateModelFromMRML(self) -> None:
        """The node was changed: rows and columns come and go at the end, so that hidden columns stay hidden."""
        self._written.clear()
        table: Any = self._node.GetTable() if self._node is not None else None
        count = table.GetNumberOfColumns() if table is not None else 0
        self._columns = [table.GetColumn(i) for i in range(count)]
        rows = table.GetNumberOfRows() + self._names_row() if count else 0
        self._resize(rows, count - self._first_column() if count else 0)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, self._count - 1))
        for way, size in (
            (QtCore.Qt.Orientation.Horizontal, self._count),
            (QtCore.Qt.Orientation.Vertical, rows),
        ):
            if size:
                self.headerDataChanged.emit(way, 0, size - 1)

    def _resize(self, rows: int, columns: int) -> None:
        had = self._rows
        if rows != had:
            begin = self.beginInsertRows if rows > had else self.beginRemoveRows
            begin(_TOP, min(rows, had), max(rows, had) - 1)
            self._rows = rows
            (self.endInsertRows if rows > had else self.endRemoveRows)()
        had = self._count
        if columns != had:
            begin = self.beginInsertColumns if columns > had else self.beginRemoveColumns
            begin(_TOP, min(columns, had), max(columns, had) - 1)
            self._count = columns
            (self.endInsertColumns if columns > had else self.endRemoveColumns)()

    def _first_column(self) -> int:
        return int(self._node.GetUseFirstColumnAsRowHeader())

    def _names_row(self) -> int:
        """1 where the names of the columns are the first row, below A, B, C."""
        return 0 if self._node.GetUseColumnTitleAsColumnHeader() else 1

    # what Qt asks for -----------------------------------------------------------------------------------

    def rowCount(self, parent: Any = _TOP) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Any = _TOP) -> int:
        return 0 if parent.isValid() else self._count

    def flags(self, _index: Any) -> Any:
        return QtCore.Qt.ItemFlag.ItemIsSelectable | QtCore.Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Any, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        array, row = self._columns[index.column() + self._first_column()], index.row() - self._names_row()
        is_name, is_bit = row < 0, isinstance(array, vtk.vtkBitArray)
        if role == _ROLE.ToolTipRole:
            return self._tool_tip(array.GetName())
        if role == _ROLE.FontRole and is_name:
            return _bold()
        if role == _ROLE.CheckStateRole and is_bit and not is_name:
            return QtCore.Qt.CheckState.Checked if array.GetValue(row) else QtCore.Qt.CheckState.Unchecked
        if role not in (_ROLE.DisplayRole, _ROLE.EditRole):
            return None
        shown = array.GetName() if is_name else "" if is_bit else _text(array, row)
        return self._written.get((index.row(), index.column()), shown)

    def setData(self, index: Any, value: object, _role: int = _ROLE.EditRole) -> bool:
        """A cell is given another text, until the node changes; in Slicer its signal would change the node."""
        self._written[index.row(), index.column()] = value
        self.dataChanged.emit(index, index)
        return True

    def headerData(self, section: int, way: Any, role: int = _ROLE.DisplayRole) -> Any:
        if role != _ROLE.DisplayRole or self._node is None or not self._columns:
            return None
        if way == QtCore.Qt.Orientation.Vertical:
            row = section - self._names_row()
            if not self._first_column():
                return str(section + 1)
            return _text(self._columns[0], row) if row >= 0 else self._columns[0].GetName()
        if self._names_row():
            return letters(section)
        name = self._columns[section + self._first_column()].GetName()
        title, unit = self._node.GetColumnProperty(name, "title") or name, self._node.GetColumnUnitLabel(name)
        return f"{title} [{unit}]" if unit else title

    def _tool_tip(self, name: str) -> str:
        long_name, unit = self._node.GetColumnLongName(name), self._node.GetColumnUnitLabel(name)
        lines = [f"<b>{long_name}</b>" if long_name else "", f"Unit: {unit}" if unit else ""]
        return "<p>".join(line for line in [*lines, self._node.GetColumnDescription(name)] if line)


def _text(array: Any, row: int) -> str:
    if row >= array.GetNumberOfTuples():  # shortened, and not told yet
        return ""
    value = array.GetVariantValue(row)
    # a number, not the letter of that number
    return str(value.ToInt()) if array.GetDataType() in _LETTERS else value.ToString()


def _bold() -> Any:
    font = QtGui.QFont()
    font.setBold(True)
    return font
