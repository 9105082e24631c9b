"""Slicer's widgets that show MRML content: tables, plots, segments and the subject hierarchy."""

# ruff: noqa: N801, N815 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

import slicer
import vtk
from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from .mrml_widgets import keep, qMRMLNodeComboBox
from .plot_image import chart_image
from .qt_names import native, qproperty
from .scene_watch import Watch
from .table_model import qMRMLTableModel

_ROWS_IN_SIGHT = 40
_MODIFIED = vtk.vtkCommand.ModifiedEvent
_SEGMENT_EVENTS = (
    slicer.vtkSegmentation.SegmentAdded,
    slicer.vtkSegmentation.SegmentRemoved,
    slicer.vtkSegmentation.SegmentModified,
    slicer.vtkSegmentation.SegmentsOrderModified,
)


def _segment_events(node: slicer.vtkMRMLSegmentationNode | None) -> list[tuple[vtk.vtkObject, int]]:
    if node is None:
        return []
    return [(node.GetSegmentation(), event) for event in _SEGMENT_EVENTS] + [(node, _MODIFIED)]


def _segments(node: slicer.vtkMRMLSegmentationNode | None) -> list[tuple[str, slicer.vtkSegment]]:
    if node is None:
        return []
    segmentation = node.GetSegmentation()
    ids = [segmentation.GetNthSegmentID(i) for i in range(segmentation.GetNumberOfSegments())]
    return [(i, segmentation.GetSegment(i)) for i in ids]


@native
class qMRMLTableView(QTableView):
    """Shows a ``vtkMRMLTableNode`` through a model that sorts; cells are not edited here."""

    _watch: Watch
    _model: qMRMLTableModel
    _sorted: QSortFilterProxyModel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = Watch(self, self._refresh)
        self._model, self._sorted = qMRMLTableModel(), QSortFilterProxyModel()
        self._sorted.setSourceModel(self._model)
        self.setModel(self._sorted)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        """The node is what is shown."""

    def tableModel(self) -> qMRMLTableModel:
        return self._model

    def sortFilterProxyModel(self) -> QSortFilterProxyModel:
        return self._sorted

    def setMRMLTableNode(self, node: slicer.vtkMRMLTableNode | None) -> None:
        self._watch.set([(node, _MODIFIED)])
        self._model.setMRMLTableNode(node)
        self._sorted.invalidate()
        self.horizontalHeader().setMinimumSectionSize(60)
        self.resizeColumnsToContents()

    def mrmlTableNode(self) -> slicer.vtkMRMLTableNode | None:
        return self._model.mrmlTableNode()

    def sizeHintForColumn(self, column: int) -> int:
        """The rows in sight say how wide a column is; of a view that is not shown Qt would ask all rows."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        cells = [
            self._sorted.index(row, column) for row in range(min(_ROWS_IN_SIGHT, self._sorted.rowCount()))
        ]
        widths = [self.itemDelegateForIndex(cell).sizeHint(option, cell).width() for cell in cells]
        return max(widths, default=-1) + int(self.showGrid)

    def _refresh(self) -> None:
        self._model.updateModelFromMRML()


@native
class qMRMLPlotView(QWidget):
    """Draws the chart of a plot view node with VTK's charts, as Slicer does; it takes no clicks."""

    _view_node: object
    _chart: object
    _watch: Watch
    _image: QImage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_node = self._chart = None
        self._watch, self._image = Watch(self, self._refresh), QImage()
        self.setMinimumSize(240, 180)

    def _refresh(self) -> None:
        self.update()

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        """The view node says what is shown."""

    def setMRMLPlotViewNode(self, node: slicer.vtkMRMLPlotViewNode | None) -> None:
        self._view_node = node
        chart = self.mrmlPlotChartNode()
        self._watch.set([(node, _MODIFIED), (chart, _MODIFIED)])
        self.update()

    def mrmlPlotViewNode(self) -> slicer.vtkMRMLPlotViewNode | None:
        return self._view_node

    def mrmlPlotChartNode(self) -> slicer.vtkMRMLPlotChartNode | None:
        return self._view_node.GetPlotChartNode() if self._view_node is not None else None

    def fitToContent(self) -> None:
        self.update()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        chart = self.mrmlPlotChartNode()
        if chart is None:
            painter.fillRect(self.rect, QColor("white"))
            return
        pixels = chart_image(chart, (self.width, self.height))
        height, width, _ = pixels.shape
        self._image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        painter.drawImage(0, 0, self._image)


@native
class qMRMLSegmentsTableView(QWidget):
    """The segments of a segmentation with their colours."""

    selectionChanged = Signal(object, object)
    segmentsAboutToBeShown = Signal()
    _node: object
    _kept: dict
    _watch: Watch
    _table: QTableWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns = ("visibility", "color", "opacity", "status", "layer")
        self._kept = {
            **{f"{c}ColumnVisible": True for c in columns},
            "readOnly": False,
            "headerVisible": True,
        }
        self._node, self._watch, self._table = None, Watch(self, self._refresh), QTableWidget(0, 2)
        self._table.setHorizontalHeaderLabels(["", "Name"])
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.verticalHeader().hide()
        self._table.setColumnWidth(0, 28)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._table)
        self._table.itemSelectionChanged.connect(self._selected)

    def _selected(self) -> None:
        self.selectionChanged.emit(None, None)

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        """The node is what is shown."""

    def setSegmentationNode(self, node: slicer.vtkMRMLSegmentationNode | None) -> None:
        self._node = node
        self._watch.set(_segment_events(node))
        self._refresh()

    def segmentationNode(self) -> slicer.vtkMRMLSegmentationNode | None:
        return self._node

    def _refresh(self) -> None:
        chosen = self.selectedSegmentIDs()
        self._table.blockSignals(True)
        self._table.setRowCount(0)
        for row, (segment_id, segment) in enumerate(_segments(self._node)):
            self._table.insertRow(row)
            swatch, name = QTableWidgetItem(), QTableWidgetItem(segment.GetName())
            pixmap = QPixmap(16, 16)
            pixmap.fill(QColor.fromRgbF(*segment.GetColor()))
            swatch.setData(Qt.ItemDataRole.DecorationRole, pixmap)
            name.setData(Qt.ItemDataRole.UserRole, segment_id)
            self._table.setItem(row, 0, swatch)
            self._table.setItem(row, 1, name)
        self.setSelectedSegmentIDs(chosen)
        self._table.blockSignals(False)

    def selectedSegmentIDs(self) -> tuple[str, ...]:
        rows = sorted({item.row() for item in self._table.selectedItems()})
        return tuple(self._table.item(row, 1).data(Qt.ItemDataRole.UserRole) for row in rows)

    def setSelectedSegmentIDs(self, ids: list[str]) -> None:
        self._table.clearSelection()
        for row in range(self._table.rowCount):
            if self._table.item(row, 1).data(Qt.ItemDataRole.UserRole) in ids:
                self._table.item(row, 0).setSelected(True)
                self._table.item(row, 1).setSelected(True)

    def clearSelection(self) -> None:
        self._table.clearSelection()

    segmentCount = qproperty(int, lambda self: len(_segments(self._node)), lambda _self, _v: None)
    visibilityColumnVisible, colorColumnVisible = (
        keep("visibilityColumnVisible", bool),
        keep("colorColumnVisible", bool),
    )
    opacityColumnVisible, statusColumnVisible = (
        keep("opacityColumnVisible", bool),
        keep("statusColumnVisible", bool),
    )
    layerColumnVisible, readOnly = keep("layerColumnVisible", bool), keep("readOnly", bool)
    headerVisible = keep("headerVisible", bool)


@native
class qMRMLSegmentSelectorWidget(QWidget):
    """Chooses a segmentation and one of its segments."""

    currentNodeChanged = Signal(object)
    currentSegmentChanged = Signal(str)
    segmentSelectionChanged = Signal("QStringList")
    _nodes: qMRMLNodeComboBox
    _box: QComboBox
    _watch: Watch

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes, self._box, self._watch = qMRMLNodeComboBox(), QComboBox(), Watch(self, self._refresh)
        self._nodes.nodeTypes = ["vtkMRMLSegmentationNode"]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._nodes)
        row.addWidget(self._box)
        self._nodes.currentNodeChanged.connect(self._node_changed)
        self._box.currentIndexChanged.connect(self._announce)

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        self._nodes.setMRMLScene(scene)

    def currentNode(self) -> slicer.vtkMRMLSegmentationNode | None:
        return self._nodes.currentNode()

    def setCurrentNode(self, node: slicer.vtkMRMLSegmentationNode | None) -> None:
        self._nodes.setCurrentNode(node)

    def _node_changed(self, node: object) -> None:
        self._watch.set(_segment_events(node))
        self._refresh()
        self.currentNodeChanged.emit(node)

    def _refresh(self) -> None:
        chosen = self.currentSegmentID()
        self._box.blockSignals(True)
        self._box.clear()
        for segment_id, segment in _segments(self.currentNode()):
            self._box.addItem(segment.GetName(), segment_id)
        self._box.setCurrentIndex(self._box.findData(chosen))
        self._box.blockSignals(False)
        if self.currentSegmentID() != chosen:
            self._announce()

    def _announce(self, *_index: int) -> None:
        self.currentSegmentChanged.emit(self.currentSegmentID())
        self.segmentSelectionChanged.emit(list(self.selectedSegmentIDs()))

    def currentSegmentID(self) -> str:
        return self._box.currentData or ""

    def setCurrentSegmentID(self, segment_id: str) -> None:
        self._box.setCurrentIndex(self._box.findData(segment_id))

    def selectedSegmentIDs(self) -> tuple[str, ...]:
        return (self.currentSegmentID(),) if self.currentSegmentID() else ()


@native
class qMRMLSubjectHierarchyTreeView(QTreeWidget):
    """The subject hierarchy as a tree; without its context menus."""

    currentItemModified = Signal("qlonglong")
    currentItemsChanged = Signal(object)
    mrmlSceneChanged = Signal(object)
    _scene: object
    _root: int
    _kept: dict
    _watch: Watch

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene, self._root, self._watch = None, 0, Watch(self, self._refresh)
        self._kept = {"multiSelection": False, "nodeTypes": ()}
        self.setHeaderLabels(["Node"])
        self.itemSelectionChanged.connect(self._selected)

    def _selected(self) -> None:
        self.currentItemsChanged.emit(self.currentItem())

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        self._scene = scene
        hierarchy = self.subjectHierarchyNode()
        kinds = slicer.vtkMRMLSubjectHierarchyNode
        events = (
            kinds.SubjectHierarchyItemAddedEvent,
            kinds.SubjectHierarchyItemRemovedEvent,
            kinds.SubjectHierarchyItemModifiedEvent,
            kinds.SubjectHierarchyItemReparentedEvent,
        )
        self._watch.set([(hierarchy, event) for event in events])
        self._refresh()
        self.mrmlSceneChanged.emit(scene)

    def subjectHierarchyNode(self) -> slicer.vtkMRMLSubjectHierarchyNode | None:
        if self._scene is None:
            return None
        return slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(self._scene)

    def setRootItem(self, item: int) -> None:
        self._root = item
        self._refresh()

    def rootItem(self) -> int:
        return self._root

    def _refresh(self) -> None:
        chosen, hierarchy = self.currentItem(), self.subjectHierarchyNode()
        self.blockSignals(True)
        self.clear()
        if hierarchy is not None:
            self._add(hierarchy, self._root or hierarchy.GetSceneItemID(), self.invisibleRootItem())
            self.expandAll()
        self.setCurrentItem(chosen)
        self.blockSignals(False)

    def _add(self, hierarchy: object, parent: int, into: QTreeWidgetItem) -> None:
        ids = vtk.vtkIdList()
        hierarchy.GetItemChildren(parent, ids, False)
        for item in (ids.GetId(i) for i in range(ids.GetNumberOfIds())):
            row = QTreeWidgetItem(into, [hierarchy.GetItemName(item)])
            row.setData(0, Qt.ItemDataRole.UserRole, item)
            self._add(hierarchy, item, row)

    def currentItem(self) -> int:
        row = QTreeWidget.currentItem(self)
        return row.data(0, Qt.ItemDataRole.UserRole) if row is not None and row.isSelected() else 0

    def setCurrentItem(self, item: int) -> None:
        rows = self.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive)
        row = next((r for r in rows if r.data(0, Qt.ItemDataRole.UserRole) == item), None)
        QTreeWidget.setCurrentItem(self, row)

    def currentNode(self) -> slicer.vtkMRMLNode | None:
        hierarchy = self.subjectHierarchyNode()
        return hierarchy.GetItemDataNode(self.currentItem()) if hierarchy is not None else None

    def setCurrentNode(self, node: slicer.vtkMRMLNode | None) -> None:
        hierarchy = self.subjectHierarchyNode()
        self.setCurrentItem(
            hierarchy.GetItemByDataNode(node) if hierarchy is not None and node is not None else 0
        )

    multiSelection, nodeTypes = keep("multiSelection", bool), keep("nodeTypes", "QStringList")
