"""The module panel in its scroll area, and the main window that holds it.

The panel is put together as the application's is, with the same size policies and constraints, since these decide
which text is cut off: there is no horizontal scroll bar, the panel is never narrower than its module would like to be
(up to 36 times the height of the font), and the height of word-wrapped text follows the width.
"""

# ruff: noqa: N801, N815 - the names are those of Slicer
from __future__ import annotations

from typing import Any

import slicer

from ..qt.pythonqt import QtCore, QtWidgets, native
from .ctk import ctkCollapsibleButton

_POLICY = QtWidgets.QSizePolicy.Policy


@native
class qSlicerModulePanel(QtWidgets.QWidget):
    """One module at a time, below its folded help text."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._module: Any = None
        self.setSizePolicy(_POLICY.Minimum, _POLICY.Preferred)
        self._contents, self._area = QtWidgets.QWidget(), QtWidgets.QScrollArea()
        self._contents.setSizePolicy(_POLICY.Minimum, _POLICY.Preferred)
        self._area.setSizePolicy(_POLICY.Minimum, _POLICY.Expanding)
        self._area.setFrameShape(QtWidgets.QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._column = QtWidgets.QVBoxLayout(self._contents)
        self._column.setSizeConstraint(QtWidgets.QLayout.SizeConstraint.SetMinAndMaxSize)
        self._help = ctkCollapsibleButton("Help && Acknowledgement")
        self._help_text = QtWidgets.QTextBrowser()
        self._help.setSizePolicy(_POLICY.Ignored, _POLICY.Fixed)
        QtWidgets.QVBoxLayout(self._help).addWidget(self._help_text)
        self._help.collapsed = True
        self._forgotten: list[Any] = []
        self._column.addWidget(self._help)
        self._column.addItem(QtWidgets.QSpacerItem(0, 0, _POLICY.Minimum, _POLICY.MinimumExpanding))
        self._area.setWidget(self._contents)
        grid = QtWidgets.QGridLayout(self)
        grid.setSizeConstraint(QtWidgets.QLayout.SizeConstraint.SetMinimumSize)
        grid.addWidget(self._area)
        for layout in (self._column, grid):
            layout.setContentsMargins(0, 0, 0, 0)

    def minimumSizeHint(self) -> Any:
        """As wide as the module would at least like to be, and a scroll bar would like to be long."""
        width = self._contents.minimumSizeHint.width() + self._area.horizontalScrollBar().sizeHint.width()
        return QtCore.QSize(width, QtWidgets.QWidget.minimumSizeHint(self).height())

    def currentModuleName(self) -> str:
        return self._module.name if self._module is not None else ""

    def setModule(self, name: str) -> None:
        """Leave the module that is shown, and show and enter this one; "" shows none."""
        module = slicer.app.moduleManager().module(name)
        if module is self._module:
            return
        if self._module is not None:
            self._remove(self._module.widgetRepresentation())
        self._module = module
        if module is not None and module.widgetRepresentation() is not None:
            self._add(module.widgetRepresentation(), module.helpText)

    def _add(self, widget: Any, help_text: str) -> None:
        widget.layout().setContentsMargins(0, 0, 0, 0)
        self._column.insertWidget(1, widget, 1)
        widget.setSizePolicy(_POLICY.Minimum, widget.sizePolicy.verticalPolicy())
        widget.setVisible(True)
        self._help.setVisible(bool(help_text))
        self._help_text.setHtml(help_text)
        widget.installEventFilter(self)
        self.updateGeometry()
        widget.enter()

    def _remove(self, widget: Any) -> None:
        if widget is None or self._column.indexOf(widget) < 0:
            return
        widget.exit()
        widget.removeEventFilter(self)
        # As Slicer does, which forgets the item: Qt then keeps, for good, how high the panel was at each width.
        self._forgotten.append(self._column.takeAt(self._column.indexOf(widget)))
        widget.setVisible(False)
        widget.setParent(None)

    def eventFilter(self, _module: Any, event: Any) -> bool:
        if event.type() == QtCore.QEvent.Type.Resize:
            self.updateGeometry()
        return False


@native
class qSlicerMainWindow(QtWidgets.QMainWindow):
    """The main window, of which there is only the module panel."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("qSlicerMainWindow")
        self._panel = qSlicerModulePanel()
        self.setCentralWidget(self._panel)
        self.resize(520, 900)

    def modulePanel(self) -> qSlicerModulePanel:
        return self._panel

    def moduleSelector(self) -> qSlicerMainWindow:
        return self

    selectedModule = property(lambda self: self._panel.currentModuleName())

    def selectModule(self, name: str) -> None:
        """An unknown module is an error; one in the category "Testing" cannot be selected, as in the application."""
        module = slicer.util.getModule(name)
        if not any(category.partition(".")[0] == "Testing" for category in module.categories):
            self._panel.setModule(name)
