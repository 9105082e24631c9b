"""Which widget shows a parameter of which type, as in Slicer: another pairing is an error when it is connected."""

from __future__ import annotations

import enum
import pathlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Union, get_args, get_origin

import slicer

from ..qt.pythonqt import QtWidgets
from ..widgets.ctk import ctkPathLineEdit, ctkSliderWidget
from ..widgets.node_combo_box import qMRMLNodeComboBox
from .validators import Choice, Maximum, Minimum, WithinRange, split_annotations

PROPERTY = "SlicerParameterName"


@dataclass
class Connector:
    """A widget that shows one value."""

    widget: Any
    signal: str
    read: Callable[[], Any]
    write: Callable[[Any], Any]
    _callback: Callable[..., None] | None = None

    def on_changed(self, callback: Callable[[], None] | None) -> None:
        """Call this at each change of the widget; None ends it."""
        signal = getattr(self.widget, self.signal)
        if self._callback is not None:
            signal.disconnect(self._callback)
        self._callback = None if callback is None else (lambda *_: callback())
        if self._callback is not None:
            signal.connect(self._callback)


def widgets_by_parameter(gui: Any) -> dict[str, Any]:
    """Parameter name to widget, from a widget with its children or from ``childWidgetVariables``."""
    widgets = (
        gui.findChildren(QtWidgets.QWidget) if isinstance(gui, QtWidgets.QWidget) else vars(gui).values()
    )
    named = ((widget.property(PROPERTY), widget) for widget in widgets)
    return {name: widget for name, widget in named if name}


def connect(widget: Any, hint: Any) -> Connector:
    """The connector of this widget for a parameter of this type.

    Raises:
        RuntimeError: Slicer has no connector for the pair either.
    """
    base, annotations = split_annotations(hint)
    kind, types = type(widget), _node_types(base)
    if kind in {QtWidgets.QCheckBox, QtWidgets.QPushButton} and base is bool:
        widget.setCheckable(True)
        return Connector(widget, "toggled", widget.isChecked, widget.setChecked)
    if (kind in {QtWidgets.QSlider, QtWidgets.QSpinBox} and base is int) or (
        kind in {QtWidgets.QDoubleSpinBox, ctkSliderWidget} and base is float
    ):
        return _number(widget, base, annotations)
    if kind is QtWidgets.QComboBox:
        return _choice(widget, base, annotations)
    if kind is QtWidgets.QLineEdit and base is str:
        return _text(widget)
    if kind is ctkPathLineEdit and _is_class(base, pathlib.PurePath):
        return Connector(
            widget,
            "currentPathChanged",
            lambda: base(widget.currentPath),
            lambda path: widget.setCurrentPath(str(path)),
        )
    if kind is qMRMLNodeComboBox and types:
        widget.nodeTypes = types
        return Connector(widget, "currentNodeChanged", widget.currentNode, widget.setCurrentNode)
    raise RuntimeError(f"Unable to create GUI connector from datatype '{hint}' to widget type '{kind}'")


def _is_class(base: Any, parent: type) -> bool:
    return isinstance(base, type) and issubclass(base, parent)


def _node_types(base: Any) -> list[str]:
    """The class's name where the type is a node or Optional[node], otherwise nothing."""
    inner = get_args(base)[0] if get_origin(base) is Union else base
    return [inner.__name__] if _is_class(inner, slicer.vtkMRMLNode) else []


def _first(annotations: list[Any], kind: type) -> Any:
    return next((a for a in annotations if type(a) is kind), None)


def _number(widget: Any, base: type, annotations: list[Any]) -> Connector:
    within = _first(annotations, WithinRange)
    low, high = within or _first(annotations, Minimum), within or _first(annotations, Maximum)
    if type(widget) in {QtWidgets.QSlider, ctkSliderWidget} and (low is None or high is None):
        raise RuntimeError(f"A {type(widget).__name__} cannot show a number without both bounds.")
    ends = (-(2**31), 2**31 - 1) if base is int else (float("-inf"), float("inf"))
    widget.minimum = ends[0] if low is None else low.minimum
    widget.maximum = ends[1] if high is None else high.maximum
    return Connector(widget, "valueChanged", lambda: widget.value, lambda v: setattr(widget, "value", v))


def _choice(widget: Any, base: Any, annotations: list[Any]) -> Connector:
    if _is_class(base, enum.Enum):
        values = list(base)
        labels = [value.label() if hasattr(value, "label") else value.name for value in values]
    else:
        choice = _first(annotations, Choice)
        if base not in {int, float, str, bool} or choice is None:
            raise RuntimeError("A QComboBox shows an Enum, or a number or text with the Choice annotation.")
        values = list(choice.choices)
        labels = [str(value) for value in values]
    widget.clear()
    widget.addItems(labels)
    return Connector(
        widget,
        "currentIndexChanged",
        lambda: values[widget.currentIndex],
        lambda value: widget.setCurrentIndex(values.index(value)),
    )


def _text(line: Any) -> Connector:
    def write(value: str) -> None:
        if value != line.text:  # keeps the cursor where the user types
            line.setText(value)

    return Connector(line, "textChanged", lambda: line.text, write)
