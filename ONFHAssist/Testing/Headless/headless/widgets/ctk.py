"""Widgets of CTK, as the module ``ctk``.

They hold values, announce changes and draw themselves plainly; animation, history and drag-and-drop are left out.
"""

# ruff: noqa: N801, N815 - the names are those of CTK
from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from ..qt.pythonqt import QtCore, QtGui, QtWidgets, kept, native, qproperty

Qt = QtCore.Qt
_POLICY = QtWidgets.QSizePolicy.Policy
_STEPS = 1000  # positions of a slider whose value is a real number
_NO_LIMIT = 16777215  # Qt's QWIDGETSIZE_MAX


def row_of(owner: Any, *widgets: Any) -> None:
    """Lay these out beside each other in ``owner``; the first takes the room that is left."""
    row = QtWidgets.QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    for index, widget in enumerate(widgets):
        row.addWidget(widget, int(index == 0))


@native
class ctkCollapsibleButton(QtWidgets.QAbstractButton):
    """A titled section that folds; its layout is set on the button itself."""

    contentsCollapsed = QtCore.Signal(bool)

    def __init__(self, *arguments: Any) -> None:
        """Of a title, a parent, or both, in this order."""
        super().__init__(next((a for a in arguments if isinstance(a, QtWidgets.QWidget)), None))
        self._folded = False
        self._shown: list[Any] = []
        self.setText(next((a for a in arguments if isinstance(a, str)), ""))
        self.setCheckable(True)
        self.setChecked(True)
        self.setSizePolicy(_POLICY.Minimum, _POLICY.Preferred)
        self.setContentsMargins(0, self._header(), 0, 0)
        self.toggled.connect(self._unfold)

    def _unfold(self, unfolded: bool) -> None:
        self._fold(not unfolded)

    def _header(self) -> int:
        return self.fontMetrics().height() + 10

    def _fold(self, folded: bool) -> None:
        if folded == self._folded:
            return
        self._folded = folded
        contents = [child for child in self.children() if isinstance(child, QtWidgets.QWidget)]
        if folded:
            self._shown = [child for child in contents if not child.isHidden()]
        for child in contents if folded else self._shown:
            child.setVisible(not folded)
        self.setMaximumHeight(self._header() if folded else _NO_LIMIT)
        self.updateGeometry()
        self.setChecked(not folded)
        self.contentsCollapsed.emit(folded)

    def childEvent(self, event: Any) -> None:
        # A .ui file says "collapsed" before it makes what is inside.
        polished = event.type() == QtCore.QEvent.Type.ChildPolished
        if polished and self._folded and isinstance(event.child(), QtWidgets.QWidget):
            self._shown.append(event.child())
            event.child().hide()

    def paintEvent(self, _event: Any) -> None:
        painter, style, header = QtGui.QPainter(self), self.style(), self._header()
        option = QtWidgets.QStyleOptionButton()
        option.initFrom(self)
        option.rect = QtCore.QRect(0, 0, self.width, header)
        style.drawPrimitive(QtWidgets.QStyle.PrimitiveElement.PE_PanelButtonCommand, option, painter, self)
        arrow = QtWidgets.QStyle.PrimitiveElement.PE_IndicatorArrowRight
        if not self._folded:
            arrow = QtWidgets.QStyle.PrimitiveElement.PE_IndicatorArrowDown
            painter.setPen(self.palette.mid().color())
            painter.drawRect(0, header - 1, self.width - 1, self.height - header)
        option.rect = QtCore.QRect(6, header // 2 - 5, 10, 10)
        style.drawPrimitive(arrow, option, painter, self)
        painter.setPen(self.palette.buttonText().color())
        area = QtCore.QRect(22, 0, self.width - 26, header)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text)

    collapsed = qproperty(bool, lambda self: self._folded, lambda self, folded: self._fold(bool(folded)))


def _of(part: str, name: str, kind: type, then: str = "") -> Any:
    """A property that a compound widget passes on to one of its parts; ``then`` names a method to call."""

    def write(self: Any, value: Any) -> None:
        setattr(getattr(self, part), name, value)
        if then:
            getattr(self, then)()

    return qproperty(kind, lambda self: getattr(getattr(self, part), name), write)


@native
class ctkSliderWidget(QtWidgets.QWidget):
    """A slider and a spin box with one real value."""

    valueChanged = QtCore.Signal(float)
    valueIsChanging = QtCore.Signal(float)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._slider, self._spin = QtWidgets.QSlider(Qt.Orientation.Horizontal), QtWidgets.QDoubleSpinBox()
        self._slider.setRange(0, _STEPS)
        row_of(self, self._slider, self._spin)
        self._spin.valueChanged.connect(self._changed)
        self._slider.sliderMoved.connect(self._moved)

    def _moved(self, position: int) -> None:
        low, high = self._spin.minimum, self._spin.maximum
        self._spin.setValue(low + (high - low) * position / _STEPS)

    def _place(self) -> None:
        low, high = self._spin.minimum, self._spin.maximum
        bounded = math.isfinite(high - low) and high > low
        self._slider.setValue(round(_STEPS * (self._spin.value - low) / (high - low)) if bounded else 0)

    def _changed(self, value: float) -> None:
        self._place()
        self.valueIsChanging.emit(value)
        self.valueChanged.emit(value)

    value, minimum, maximum, singleStep = (
        _of("_spin", name, float, "_place") for name in ("value", "minimum", "maximum", "singleStep")
    )
    prefix, suffix = (_of("_spin", name, str) for name in ("prefix", "suffix"))
    decimals = _of("_spin", "decimals", int)

    def setValue(self, value: float) -> None:
        self._spin.setValue(value)

    def setRange(self, low: float, high: float) -> None:
        self._spin.setRange(low, high)
        self._place()

    def slider(self) -> Any:
        return self._slider


@native
class ctkRangeWidget(QtWidgets.QWidget):
    """Two spin boxes with the ends of a range, which cannot cross."""

    valuesChanged = QtCore.Signal(float, float)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._low, self._high = QtWidgets.QDoubleSpinBox(), QtWidgets.QDoubleSpinBox()
        row_of(self, self._low, self._high)
        self._high.setValue(99.0)
        self._low.valueChanged.connect(self._low_changed)
        self._high.valueChanged.connect(self._high_changed)

    def _low_changed(self, value: float) -> None:
        self._high.setValue(max(self._high.value, value))
        self.valuesChanged.emit(self._low.value, self._high.value)

    def _high_changed(self, value: float) -> None:
        self._low.setValue(min(self._low.value, value))
        self.valuesChanged.emit(self._low.value, self._high.value)

    minimumValue, minimum = _of("_low", "value", float), _of("_low", "minimum", float)
    maximumValue, maximum = _of("_high", "value", float), _of("_high", "maximum", float)

    def setValues(self, low: float, high: float) -> None:
        self._high.setValue(high)
        self._low.setValue(low)

    def setRange(self, low: float, high: float) -> None:
        self._low.setRange(low, high)
        self._high.setRange(low, high)


@native
class ctkPathLineEdit(QtWidgets.QWidget):
    """A line with a path and a button that asks for one. ``filters`` says whether a file or a folder is wanted."""

    Dirs, Files, Drives, NoSymLinks, AllEntries = 0x1, 0x2, 0x4, 0x8, 0x7
    Readable, Writable, Executable, Hidden, NoDot, NoDotDot = 0x10, 0x20, 0x40, 0x100, 0x2000, 0x4000
    NoDotAndDotDot = 0x6000

    currentPathChanged = QtCore.Signal(str)
    validInputChanged = QtCore.Signal(bool)
    filters = kept(int, AllEntries)
    nameFilters = kept("QStringList", ())

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._box, self._browse = QtWidgets.QComboBox(), QtWidgets.QToolButton()
        self._box.setEditable(True)
        self._box.setSizePolicy(_POLICY.Expanding, _POLICY.Fixed)
        self._browse.setText("...")
        row_of(self, self._box, self._browse)
        self._browse.clicked.connect(self.browse)
        self._box.editTextChanged.connect(self._changed)

    def _changed(self, text: str) -> None:
        self.currentPathChanged.emit(text)
        self.validInputChanged.emit(Path(text).exists())

    def browse(self) -> None:
        dialog, folder = QtWidgets.QFileDialog, self.filters & self.Dirs and not self.filters & self.Files
        if folder:
            found = dialog.getExistingDirectory(self, "", self.currentPath)
        else:
            ask = dialog.getSaveFileName if self.filters & self.Writable else dialog.getOpenFileName
            found, _ = ask(self, "", self.currentPath, ";;".join(self.nameFilters))
        if found:
            self.currentPath = found

    def setCurrentPath(self, path: str) -> None:
        self._box.setEditText(path)

    currentPath = qproperty(str, lambda self: self._box.currentText, setCurrentPath)
