"""The widgets of CTK that the modules' ``.ui`` files use, as the module ``ctk``.

They hold values, announce changes and draw themselves plainly; animation, history and drag-and-drop are left out.
"""

# ruff: noqa: N801, N815 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from .qt_names import native, qproperty

_STEPS = 1000  # positions of a slider whose value is a real number


@native
class ctkCollapsibleButton(QAbstractButton):
    """A titled section that folds; its layout is set on the button itself."""

    contentsCollapsed = Signal(bool)
    _folded: bool
    _shown: list

    def __init__(self, *arguments: object) -> None:
        text = arguments[0] if arguments and isinstance(arguments[0], str) else ""
        super().__init__(arguments[-1] if arguments and isinstance(arguments[-1], QWidget) else None)
        self._folded, self._shown = False, []
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.setContentsMargins(0, self._header(), 0, 0)
        self.setMinimumHeight(self._header())
        self.toggled.connect(self._unfold)

    def _unfold(self, unfolded: bool) -> None:
        self._fold(not unfolded)

    def _header(self) -> int:
        return self.fontMetrics().height() + 10

    def _fold(self, folded: bool) -> None:
        if folded == self._folded:
            return
        self._folded = folded
        contents = [child for child in self.children() if isinstance(child, QWidget)]
        if folded:
            self._shown = [child for child in contents if not child.isHidden()]
        for child in contents if folded else self._shown:
            child.setVisible(not folded)
        self.setMaximumHeight(self._header() if folded else 16777215)
        self.updateGeometry()
        self.setChecked(not folded)
        self.contentsCollapsed.emit(folded)

    def childEvent(self, event: QEvent) -> None:
        # A .ui file says "collapsed" before it makes what is inside.
        child = event.child()
        if event.type() == QEvent.Type.ChildPolished and self._folded and isinstance(child, QWidget):
            self._shown.append(child)
            child.hide()

    def paintEvent(self, _event: QEvent) -> None:
        painter, style = QPainter(self), self.style()
        option = QStyleOptionButton()
        option.initFrom(self)
        option.rect = QRect(0, 0, self.width, self._header())
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelButtonCommand, option, painter, self)
        arrow = QStyle.PrimitiveElement.PE_IndicatorArrowRight
        if not self._folded:
            arrow = QStyle.PrimitiveElement.PE_IndicatorArrowDown
            painter.setPen(self.palette.mid().color())
            painter.drawRect(0, self._header() - 1, self.width - 1, self.height - self._header())
        option.rect = QRect(6, self._header() // 2 - 5, 10, 10)
        style.drawPrimitive(arrow, option, painter, self)
        painter.setPen(self.palette.buttonText().color())
        area = QRect(22, 0, self.width - 26, self._header())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text)

    collapsed = qproperty(bool, lambda self: self._folded, lambda self, folded: self._fold(bool(folded)))


@native
class ctkCollapsibleGroupBox(QGroupBox):
    """A group box whose tick folds it."""

    toggled = QGroupBox.toggled

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.setCheckable(True)
        self.toggled.connect(self._fold)

    def _fold(self, opened: bool) -> None:
        for child in self.children():
            if isinstance(child, QWidget):
                child.setVisible(opened)

    collapsed = qproperty(
        bool, lambda self: not self.isChecked(), lambda self, folded: self.setChecked(not folded)
    )


def _spin_value(name: str, kind: type = float) -> object:
    """A property that a compound widget passes on to its spin box."""

    def write(self: QWidget, value: object) -> None:
        setattr(self._spin, name, value)
        self._place()

    return qproperty(kind, lambda self: getattr(self._spin, name), write)


@native
class ctkSliderWidget(QWidget):
    """A slider and a spin box with one real value."""

    valueChanged = Signal(float)
    valueIsChanging = Signal(float)
    _spin: QDoubleSpinBox
    _slider: QSlider

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider, self._spin = QSlider(Qt.Orientation.Horizontal), QDoubleSpinBox()
        self._slider.setRange(0, _STEPS)
        self._spin.setRange(0.0, 99.0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._slider, 1)
        row.addWidget(self._spin)
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

    value, minimum, maximum = _spin_value("value"), _spin_value("minimum"), _spin_value("maximum")
    singleStep, decimals = _spin_value("singleStep"), _spin_value("decimals", int)
    prefix, suffix = _spin_value("prefix", str), _spin_value("suffix", str)
    pageStep = qproperty(
        float,
        lambda self: float(self._slider.pageStep),
        lambda self, v: setattr(self._slider, "pageStep", int(v)),
    )
    tracking = qproperty(
        bool, lambda self: self._spin.keyboardTracking, lambda self, v: self._spin.setKeyboardTracking(v)
    )
    spinBoxVisible = qproperty(
        bool, lambda self: not self._spin.isHidden(), lambda self, v: self._spin.setVisible(v)
    )

    def setValue(self, value: float) -> None:
        self.value = value

    def setMinimum(self, value: float) -> None:
        self.minimum = value

    def setMaximum(self, value: float) -> None:
        self.maximum = value

    def setRange(self, low: float, high: float) -> None:
        self._spin.setRange(low, high)
        self._place()

    def spinBox(self) -> QDoubleSpinBox:
        return self._spin

    def slider(self) -> QSlider:
        return self._slider


@native
class ctkRangeWidget(QWidget):
    """Two spin boxes with the ends of a range, which cannot cross."""

    valuesChanged = Signal(float, float)
    minimumValueChanged = Signal(float)
    maximumValueChanged = Signal(float)
    _low: QDoubleSpinBox
    _high: QDoubleSpinBox

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = QDoubleSpinBox(), QDoubleSpinBox()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for spin in (self._low, self._high):
            spin.setRange(0.0, 99.0)
            spin.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(spin)
        self._high.setValue(99.0)
        self._low.valueChanged.connect(self._low_changed)
        self._high.valueChanged.connect(self._high_changed)

    def _low_changed(self, value: float) -> None:
        self._changed(self._high, max, value)

    def _high_changed(self, value: float) -> None:
        self._changed(self._low, min, value)

    def _changed(self, other: QDoubleSpinBox, pick: object, value: float) -> None:
        other.setValue(pick(other.value, value))
        self.minimumValueChanged.emit(self._low.value)
        self.maximumValueChanged.emit(self._high.value)
        self.valuesChanged.emit(self._low.value, self._high.value)

    def _both(self, name: str, value: object) -> None:
        for spin in (self._low, self._high):
            setattr(spin, name, value)

    minimumValue = qproperty(float, lambda self: self._low.value, lambda self, v: self._low.setValue(v))
    maximumValue = qproperty(float, lambda self: self._high.value, lambda self, v: self._high.setValue(v))
    minimum = qproperty(float, lambda self: self._low.minimum, lambda self, v: self._both("minimum", v))
    maximum = qproperty(float, lambda self: self._high.maximum, lambda self, v: self._both("maximum", v))
    singleStep = qproperty(
        float, lambda self: self._low.singleStep, lambda self, v: self._both("singleStep", v)
    )
    decimals = qproperty(int, lambda self: self._low.decimals, lambda self, v: self._both("decimals", v))
    suffix = qproperty(str, lambda self: self._low.suffix, lambda self, v: self._both("suffix", v))

    def setValues(self, low: float, high: float) -> None:
        self._high.setValue(high)
        self._low.setValue(low)

    def setRange(self, low: float, high: float) -> None:
        for spin in (self._low, self._high):
            spin.setRange(low, high)


@native
class ctkPathLineEdit(QWidget):
    """A line with a path and a button that asks for one. ``filters`` says whether a file or a folder is wanted."""

    Dirs, Files, Drives, NoSymLinks, AllEntries = 0x1, 0x2, 0x4, 0x8, 0x7
    Readable, Writable, Executable, Hidden, NoDot, NoDotDot = 0x10, 0x20, 0x40, 0x100, 0x2000, 0x4000
    NoDotAndDotDot = 0x6000

    currentPathChanged = Signal(str)
    validInputChanged = Signal(bool)
    _box: QComboBox
    _browse: QToolButton
    _kinds: int
    _texts: dict

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box, self._browse = QComboBox(), QToolButton()
        self._kinds, self._texts = self.AllEntries, {"label": "", "settingKey": "", "nameFilters": ()}
        self._box.setEditable(True)
        self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._browse.setText("...")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box, 1)
        row.addWidget(self._browse)
        self._browse.clicked.connect(self.browse)
        self._box.editTextChanged.connect(self._changed)

    def _changed(self, text: str) -> None:
        self.currentPathChanged.emit(text)
        self.validInputChanged.emit(Path(text).exists())

    def browse(self) -> None:
        if self._kinds & self.Dirs and not self._kinds & self.Files:
            found = QFileDialog.getExistingDirectory(self, self.label, self.currentPath)
        elif self._kinds & self.Writable:
            found, _ = QFileDialog.getSaveFileName(
                self, self.label, self.currentPath, ";;".join(self.nameFilters)
            )
        else:
            found, _ = QFileDialog.getOpenFileName(
                self, self.label, self.currentPath, ";;".join(self.nameFilters)
            )
        if found:
            self.currentPath = found

    def setCurrentPath(self, path: str) -> None:
        self._box.setEditText(path)

    def addCurrentPathToHistory(self) -> None:
        """The stand-in keeps no history."""

    def comboBox(self) -> QComboBox:
        return self._box

    currentPath = qproperty(str, lambda self: self._box.currentText, setCurrentPath)
    filters = qproperty(int, lambda self: self._kinds, lambda self, v: setattr(self, "_kinds", int(v)))
    label = qproperty(str, lambda self: self._texts["label"], lambda self, v: self._texts.update(label=v))
    settingKey = qproperty(
        str, lambda self: self._texts["settingKey"], lambda self, v: self._texts.update(settingKey=v)
    )
    nameFilters = qproperty(
        "QStringList",
        lambda self: tuple(self._texts["nameFilters"]),
        lambda self, v: self._texts.update(nameFilters=tuple(v)),
    )
    showBrowseButton = qproperty(
        bool, lambda self: not self._browse.isHidden(), lambda self, v: self._browse.setVisible(v)
    )
    showHistoryButton = qproperty(bool, lambda _self: False, lambda _self, _v: None)


@native
class ctkDirectoryButton(QPushButton):
    """A button that shows a folder and asks for another."""

    directoryChanged = Signal(str)
    directorySelected = Signal(str)
    _folder: str

    def __init__(self, *arguments: object) -> None:
        super().__init__(arguments[-1] if arguments and isinstance(arguments[-1], QWidget) else None)
        self._folder = ""
        self._set(str(arguments[0]) if arguments and isinstance(arguments[0], str) else str(Path.cwd()))
        self.clicked.connect(self.browse)

    def _set(self, folder: str) -> None:
        if folder != self._folder:
            self._folder = folder
            self.setText(folder)
            self.directoryChanged.emit(folder)

    def browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "", self._folder)
        if folder:
            self._set(folder)
            self.directorySelected.emit(folder)

    directory = qproperty(str, lambda self: self._folder, _set)


@native
class ctkComboBox(QComboBox):
    """A combo box with a text for when nothing is chosen."""

    defaultText = qproperty(
        str, lambda self: self.placeholderText, lambda self, text: self.setPlaceholderText(text)
    )


@native
class ctkMenuButton(QPushButton):
    """A button with a menu at its right."""


@native
class ctkFittedTextBrowser(QTextBrowser):
    """A text browser; the stand-in does not fit its height to its text."""


@native
class ctkMessageBox(QMessageBox):
    """A message box; the stand-in never remembers "don't show again"."""

    dontShowAgainVisible = qproperty(bool, lambda _self: False, lambda _self, _v: None)
    dontShowAgainSettingsKey = qproperty(str, lambda _self: "", lambda _self, _v: None)
