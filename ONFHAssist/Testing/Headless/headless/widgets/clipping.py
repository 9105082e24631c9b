"""Which text of a panel is cut off, and what is in view without scrolling.

Off screen nobody sees that a label has lost its last line. Here each visible widget is asked how much room its text
needs at its present width, and how much of it lies outside what a user can bring into view.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import slicer

from ..qt.pythonqt import QtCore, QtGui, QtWidgets
from .ctk import ctkCollapsibleButton

Qt = QtCore.Qt
_QUIET_ROUNDS = 8  # a request for room climbs one level a round, unseen until it reaches the scroll area
_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


@dataclass(frozen=True)
class Clipped:
    """A widget whose text is cut off.

    Attributes:
        name: its object name, or the name of its class where it has none.
        text: what it shows.
        width, height: pixels that its text lacks in either direction.
        widget: itself.
    """

    name: str
    text: str
    width: int
    height: int
    widget: Any


def resize_panel(width: int, height: int) -> Any:
    """Give the application's module panel this size, in pixels, and return it.

    It stays wider where that is less than its module asks for, as the application's does.
    """
    window = slicer.util.mainWindow()
    panel = window.modulePanel()
    window.show()
    settle(window)  # lets the module say how wide it must be
    width = max(width, panel.minimumSizeHint().width())
    window.resize(width + window.width - panel.width, height + window.height - panel.height)
    settle(window)
    return panel


def settle(widget: Any) -> None:
    """Let layouts follow each other, from the innermost outwards and back, until nothing moves any more."""
    geometry: Any = QtWidgets.QWidget.geometry  # of the class, the method: hundreds of widgets, many rounds
    before: list[Any] = []
    quiet = 0
    for _ in range(100):
        slicer.app.processEvents()
        after = [geometry(child) for child in (widget, *widget.findChildren(QtWidgets.QWidget))]
        quiet = quiet + 1 if after == before else 0
        if quiet > _QUIET_ROUNDS:
            return
        before = after


def clipped(widget: Any = None) -> list[Clipped]:
    """The visible widgets inside ``widget``, by default the module panel, whose text is not whole.

    Text that can be scrolled into view is whole.
    """
    widget = slicer.util.mainWindow().modulePanel() if widget is None else widget
    settle(widget.window())
    found = []
    for child in [widget, *widget.findChildren(QtWidgets.QWidget)]:
        text = _text(child) if child.isVisible() else ""
        if text:
            seen, needed = _reachable(child), _needed(child)
            width, height = max(needed.width() - seen.width(), 0), max(needed.height() - seen.height(), 0)
            if width or height:
                found.append(Clipped(child.objectName or child.className(), text, width, height, child))
    return found


@contextmanager
def lost_requests(widget: Any) -> Iterator[None]:
    """Meanwhile no request of the widget's contents for more or less room is heard, as Qt 5.15 loses some.

    In the application this was seen where texts had changed while the panel was hidden. What asked meanwhile is not heard
    later either, until somebody lays the widget out anew.
    """
    deaf = _Deaf(widget)
    slicer.app.installEventFilter(deaf)
    try:
        yield
        slicer.app.processEvents()
    finally:
        slicer.app.removeEventFilter(deaf)


class _Deaf(QtCore.QObject):
    def __init__(self, widget: Any) -> None:
        super().__init__()
        self._widgets = {widget, *widget.findChildren(QtWidgets.QWidget)}

    def eventFilter(self, receiver: Any, event: Any) -> bool:
        return event.type() == QtCore.QEvent.Type.LayoutRequest and receiver in self._widgets


def in_view(widget: Any) -> bool:
    """Whether the whole widget is seen without scrolling."""
    settle(widget.window())
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect


def _text(widget: Any) -> str:
    """What a widget shows itself, not through its children."""
    if isinstance(
        widget.parent(), QtWidgets.QComboBox | QtWidgets.QAbstractSpinBox | QtWidgets.QAbstractItemView
    ):
        return ""  # a part of that
    if isinstance(widget, QtWidgets.QComboBox):
        return widget.currentText
    if isinstance(widget, QtWidgets.QGroupBox):
        return widget.title
    if isinstance(widget, QtWidgets.QLineEdit):
        return widget.text or widget.placeholderText
    if isinstance(widget, QtWidgets.QLabel | QtWidgets.QAbstractButton | QtWidgets.QAbstractSpinBox):
        return widget.text
    if isinstance(widget, QtWidgets.QAbstractScrollArea) and not isinstance(widget, QtWidgets.QScrollArea):
        return widget.toPlainText() if hasattr(widget, "toPlainText") else widget.className()
    return ""


def _needed(widget: Any) -> QtCore.QSize:
    """The size that the text takes at the width which the widget has."""
    least = _hint(widget, "minimumSizeHint")
    if isinstance(widget, QtWidgets.QLabel):
        return _of_label(widget, least)
    if isinstance(widget, ctkCollapsibleButton):
        inscription = widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, widget.text)
        return QtCore.QSize(26 + inscription.width(), inscription.height())
    if isinstance(widget, QtWidgets.QComboBox):
        return QtCore.QSize(widget.width + _lacking_in_box(widget), least.height())
    if isinstance(widget, QtWidgets.QAbstractScrollArea):
        return QtCore.QSize(
            _hidden(widget.horizontalScrollBar(), widget.horizontalScrollBarPolicy, widget.width),
            _hidden(widget.verticalScrollBar(), widget.verticalScrollBarPolicy, widget.height),
        )
    if isinstance(widget, QtWidgets.QLineEdit):  # its text moves with the cursor
        return QtCore.QSize(0, least.height())
    if isinstance(widget, QtWidgets.QAbstractButton) and not isinstance(widget, QtWidgets.QToolButton):
        return _hint(widget, "sizeHint")
    return least


def _of_label(label: Any, least: QtCore.QSize) -> QtCore.QSize:
    if not label.wordWrap:
        return _hint(label, "sizeHint")
    width, height = label.width, label.heightForWidth(label.width)
    plain = label.textFormat == Qt.TextFormat.AutoText and not QtGui.Qt.mightBeRichText(label.text)
    if plain or label.textFormat == Qt.TextFormat.PlainText:
        inside = QtCore.QRect(label.contentsRect())
        inside.setHeight(height)
        drawn = label.fontMetrics().boundingRect(inside, int(Qt.TextFlag.TextWordWrap), label.text)
        width = min(width, width - inside.width() + drawn.width())
    return QtCore.QSize(max(width, least.width()), height)


def _hidden(bar: Any, policy: Any, size: int) -> int:
    """``size``, and what lies beyond the end of a scroll bar that is never shown."""
    return size + bar.maximum if policy == _OFF else 0


def _hint(widget: Any, name: str) -> QtCore.QSize:
    hint = getattr(widget, name)
    return hint() if callable(hint) else hint  # a method where a script's class overrides it


def _lacking_in_box(box: Any) -> int:
    option = QtWidgets.QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QtWidgets.QStyle.SubControl.SC_ComboBoxEditField
    field = box.style().subControlRect(QtWidgets.QStyle.ComplexControl.CC_ComboBox, option, part, box)
    return max(0, box.fontMetrics().horizontalAdvance(box.currentText) - field.width())


def _reachable(widget: Any) -> QtCore.QSize:
    """How much of the widget lies inside everything around it, or can be scrolled into view."""
    inside = QtCore.QRect(widget.rect)
    size = inside.size()
    while widget.parentWidget() is not None and not widget.isWindow():
        inside.translate(widget.pos)
        widget = widget.parentWidget()
        area, frame = widget.parentWidget(), QtCore.QRect(widget.rect)
        if isinstance(area, QtWidgets.QAbstractScrollArea) and area.viewport() is widget:
            sideways, upright = area.horizontalScrollBarPolicy != _OFF, area.verticalScrollBarPolicy != _OFF
            if sideways:
                inside = QtCore.QRect(0, inside.y(), frame.width(), inside.height())
            if upright:
                inside = QtCore.QRect(inside.x(), 0, inside.width(), frame.height())
            seen = inside.intersected(frame)
            size = QtCore.QSize(
                size.width() if sideways else min(size.width(), seen.width()),
                size.height() if upright else min(size.height(), seen.height()),
            )
            inside = seen
        else:
            inside = inside.intersected(frame)
            size = QtCore.QSize(min(size.width(), inside.width()), min(size.height(), inside.height()))
    return size
