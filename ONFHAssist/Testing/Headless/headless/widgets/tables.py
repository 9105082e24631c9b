"""``qMRMLTableView`` and ``qMRMLSegmentsTableView``."""

# ruff: noqa: N801, N815 - the names are those of Slicer
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import slicer
import vtk

from ..qt.pythonqt import QtCore, QtGui, QtWidgets, native, qproperty
from ..scene.watch import Watch
from .ctk import row_of
from .table_model import qMRMLTableModel

_ROWS_IN_SIGHT = 40
_MODIFIED = vtk.vtkCommand.ModifiedEvent
_SEGMENT_EVENTS = (
    slicer.vtkSegmentation.SegmentAdded,
    slicer.vtkSegmentation.SegmentRemoved,
    slicer.vtkSegmentation.SegmentModified,
    slicer.vtkSegmentation.SegmentsOrderModified,
)


@native
class qMRMLTableView(QtWidgets.QTableView):
    """Shows a ``vtkMRMLTableNode`` through a model that sorts; cells are not edited here."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._watch = Watch(self, self._refresh)
        self._model, self._sorted = qMRMLTableModel(), QtCore.QSortFilterProxyModel()
        self._sorted.setSourceModel(self._model)
        self.setModel(self._sorted)
        self.setEditTriggers(QtWidgets.QAbstractItemView.EditTrigger.NoEditTriggers)

    def setMRMLScene(self, scene: Any) -> None:
        """The node is what is shown."""

    def tableModel(self) -> qMRMLTableModel:
        return self._model

    def setMRMLTableNode(self, node: Any) -> None:
        self._watch.set([(node, _MODIFIED)])
        self._model.setMRMLTableNode(node)
        self._sorted.invalidate()
        self.horizontalHeader().setMinimumSectionSize(60)
        self.resizeColumnsToContents()

    def mrmlTableNode(self) -> Any:
        return self._model.mrmlTableNode()

    def sizeHintForColumn(self, column: int) -> int:
        """The rows in sight say how wide a column is; of a view that is not shown Qt would ask all rows."""
        option = QtWidgets.QStyleOptionViewItem()
        self.initViewItemOption(option)
        rows = range(min(_ROWS_IN_SIGHT, self._sorted.rowCount()))
        cells = [self._sorted.index(row, column) for row in rows]
        widths = [self.itemDelegateForIndex(cell).sizeHint(option, cell).width() for cell in cells]
        return max(widths, default=-1) + int(self.showGrid)

    def _refresh(self) -> None:
        self._model.updateModelFromMRML()


@native
class qMRMLSegmentsTableView(QtWidgets.QWidget):
    """The segments of a segmentation with their colours."""

    selectionChanged = QtCore.Signal(object, object)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._node: Any = None
        self._watch, self._table = Watch(self, self._refresh), QtWidgets.QTableWidget(0, 2)
        self._table.setHorizontalHeaderLabels(["", "Name"])
        self._table.setSelectionBehavior(QtWidgets.QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setEditTriggers(QtWidgets.QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.verticalHeader().hide()
        self._table.setColumnWidth(0, 28)
        row_of(self, self._table)
        self._table.itemSelectionChanged.connect(self._selected)

    def _selected(self) -> None:
        self.selectionChanged.emit(None, None)

    def setSegmentationNode(self, node: Any) -> None:
        self._node = node
        segmentation = node.GetSegmentation() if node is not None else None
        self._watch.set([(node, _MODIFIED), *((segmentation, event) for event in _SEGMENT_EVENTS)])
        self._refresh()

    def segmentationNode(self) -> Any:
        return self._node

    def _refresh(self) -> None:
        chosen = self.selectedSegmentIDs()
        self._table.blockSignals(True)
        self._table.setRowCount(0)
        segmentation: Any = self._node.GetSegmentation() if self._node is not None else None
        for row in range(segmentation.GetNumberOfSegments() if segmentation is not None else 0):
            segment = segmentation.GetNthSegment(row)
            swatch, name = QtWidgets.QTableWidgetItem(), QtWidgets.QTableWidgetItem(segment.GetName())
            pixmap = QtGui.QPixmap(16, 16)
            pixmap.fill(QtGui.QColor.fromRgbF(*segment.GetColor()))
            swatch.setData(QtCore.Qt.ItemDataRole.DecorationRole, pixmap)
            name.setData(QtCore.Qt.ItemDataRole.UserRole, segmentation.GetNthSegmentID(row))
            self._table.insertRow(row)
            self._table.setItem(row, 0, swatch)
            self._table.setItem(row, 1, name)
        self.setSelectedSegmentIDs(chosen)
        self._table.blockSignals(False)

    def _id_at(self, row: int) -> str:
        return self._table.item(row, 1).data(QtCore.Qt.ItemDataRole.UserRole)

    def selectedSegmentIDs(self) -> tuple[str, ...]:
        return tuple(self._id_at(row) for row in sorted({item.row() for item in self._table.selectedItems()}))

    def setSelectedSegmentIDs(self, ids: Sequence[str]) -> None:
        self._table.clearSelection()
        for row in range(self._table.rowCount):
            for column in range(2) if self._id_at(row) in ids else ():
                self._table.item(row, column).setSelected(True)

    segmentCount = qproperty(int, lambda self: self._table.rowCount, lambda _self, _value: None)
