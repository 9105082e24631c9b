"""What ``qMRMLTableView`` shows: a table node as a Qt model that reads the cells which are looked at, when they are."""

from __future__ import annotations

import slicer
import vtk
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from .qt_names import native

_ROLE = Qt.ItemDataRole
_LETTERS = (vtk.VTK_CHAR, vtk.VTK_SIGNED_CHAR, vtk.VTK_UNSIGNED_CHAR)
Index = QModelIndex | QPersistentModelIndex


def letters(index: int) -> str:
    """Header of a column without a title: A, B, ..., Z, AA, AB, ..."""
    text = ""
    while index >= 0:
        text = chr(ord("A") + index % 26) + text
        index = index // 26 - 1
    return text


@native
class qMRMLTableModel(QAbstractTableModel):  # noqa: N801 - the name is Slicer's
    """Cells, headers and tool tips of a ``vtkMRMLTableNode``; not edited here.

    Slicer's model copies every cell into an item of its own, in C++. Doing so in Python took longer than the work of the
    modules that tests time, so here nothing is copied.
    """

    _node: object
    _shape: tuple
    _columns: list
    _written: dict

    def __init__(self) -> None:
        super().__init__()
        self._node, self._shape, self._columns = None, (0, 0), []
        self._written = {}

    def mrmlTableNode(self) -> slicer.vtkMRMLTableNode | None:
        return self._node

    def setMRMLTableNode(self, node: slicer.vtkMRMLTableNode | None) -> None:
        self._node = node
        self.updateModelFromMRML()

    def updateModelFromMRML(self) -> None:
        """The node was changed: rows and columns come and go at the end, so that hidden columns stay hidden."""
        self._written.clear()
        table = self._node.GetTable() if self._node is not None else None
        count = table.GetNumberOfColumns() if table is not None else 0
        self._columns = [table.GetColumn(i) for i in range(count)]
        first = self._first_column() if count else 0
        rows = table.GetNumberOfRows() + self._names_row() if count else 0
        self._resize(rows, count - first)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, count - first - 1))
        for way, size in ((Qt.Orientation.Horizontal, count - first), (Qt.Orientation.Vertical, rows)):
            if size:
                self.headerDataChanged.emit(way, 0, size - 1)

    def _resize(self, rows: int, columns: int) -> None:
        none, (had_rows, had_columns) = QModelIndex(), self._shape
        if rows > had_rows:
            self.beginInsertRows(none, had_rows, rows - 1)
            self._shape = (rows, had_columns)
            self.endInsertRows()
        elif rows < had_rows:
            self.beginRemoveRows(none, rows, had_rows - 1)
            self._shape = (rows, had_columns)
            self.endRemoveRows()
        if columns > had_columns:
            self.beginInsertColumns(none, had_columns, columns - 1)
            self._shape = (rows, columns)
            self.endInsertColumns()
        elif columns < had_columns:
            self.beginRemoveColumns(none, columns, had_columns - 1)
            self._shape = (rows, columns)
            self.endRemoveColumns()

    def _first_column(self) -> int:
        return int(self._node.GetUseFirstColumnAsRowHeader())

    def _names_row(self) -> int:
        """1 where the names of the columns are the first row, below A, B, C."""
        return 0 if self._node.GetUseColumnTitleAsColumnHeader() else 1

    # what Qt asks for -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._shape[0]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._shape[1]

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid() or role not in (
            _ROLE.DisplayRole,
            _ROLE.EditRole,
            _ROLE.FontRole,
            _ROLE.CheckStateRole,
            _ROLE.ToolTipRole,
        ):
            return None
        column, row = index.column() + self._first_column(), index.row() - self._names_row()
        if role == _ROLE.ToolTipRole:
            return self._tool_tip(self._columns[column].GetName())
        is_name, is_bit = row < 0, isinstance(self._columns[column], vtk.vtkBitArray)
        if role == _ROLE.FontRole:
            return _bold() if is_name else None
        if role == _ROLE.CheckStateRole:
            if is_name or not is_bit:
                return None
            on = self._columns[column].GetValue(row)
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if (index.row(), index.column()) in self._written:
            return self._written[index.row(), index.column()]
        if is_name:
            return self._columns[column].GetName()
        return "" if is_bit else self._text(row, column)

    def setData(self, index: Index, value: object, role: int = _ROLE.EditRole) -> bool:
        """A cell is given another text, until the node changes; in Slicer its signal would change the node."""
        self._written[index.row(), index.column()] = value
        self.dataChanged.emit(index, index)
        return True

    def _text(self, row: int, column: int) -> str:
        array = self._columns[column]
        if row >= array.GetNumberOfTuples():  # shortened, and not told yet
            return ""
        value = array.GetVariantValue(row)
        if array.GetDataType() in _LETTERS:  # a number, not the letter of that number
            return str(value.ToInt())
        return value.ToString()

    def headerData(self, section: int, way: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if role != _ROLE.DisplayRole or self._node is None or not self._columns:
            return None
        if way == Qt.Orientation.Vertical:
            row = section - self._names_row()
            if not self._first_column():
                return str(section + 1)
            return self._text(row, 0) if row >= 0 else self._columns[0].GetName()
        if self._names_row():
            return letters(section)
        name = self._columns[section + self._first_column()].GetName()
        title, unit = self._node.GetColumnProperty(name, "title") or name, self._node.GetColumnUnitLabel(name)
        return f"{title} [{unit}]" if unit else title

    def _tool_tip(self, name: str) -> str:
        long_name, unit = self._node.GetColumnLongName(name), self._node.GetColumnUnitLabel(name)
        lines = [f"<b>{long_name}</b>" if long_name else "", f"Unit: {unit}" if unit else ""]
        return "<p>".join(line for line in [*lines, self._node.GetColumnDescription(name)] if line)


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
