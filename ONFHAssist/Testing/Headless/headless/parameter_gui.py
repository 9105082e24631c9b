"""Which widget shows a parameter of which type, as in Slicer: another pairing is an error when it is connected."""

from __future__ import annotations

import enum
import pathlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Union, get_args, get_origin

import slicer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from .ctk_widgets import ctkDirectoryButton, ctkPathLineEdit, ctkSliderWidget
from .mrml_widgets import qMRMLNodeComboBox
from .validators import Choice, Decimals, Maximum, Minimum, SingleStep, WithinRange, split_annotations

PROPERTY = "SlicerParameterName"


@dataclass
class Connector:
    """A widget that shows one value."""

    widget: QWidget
    signal: str
    read: Callable[[], object]
    write: Callable[[object], None]
    _callback: Callable[[], None] | None = None

    def on_changed(self, callback: Callable[[], None] | None) -> None:
        """Call this at each change of the widget; None ends it."""
        signal = getattr(self.widget, self.signal)
        if self._callback is not None:
            signal.disconnect(self._callback)
        self._callback = None if callback is None else (lambda *_: callback())
        if self._callback is not None:
            signal.connect(self._callback)


def widgets_by_parameter(gui: object) -> dict[str, QWidget]:
    """Parameter name to widget, from a widget with its children or from ``childWidgetVariables``."""
    widgets = gui.findChildren(QWidget) if isinstance(gui, QWidget) else vars(gui).values()
    named = ((widget.property(PROPERTY), widget) for widget in widgets)
    return {name: widget for name, widget in named if name}


def connect(widget: QWidget, hint: object) -> Connector:
    """The connector of this widget for a parameter of this type.

    Raises:
        RuntimeError: Slicer has no connector for the pair either.
    """
    base, annotations = split_annotations(hint)
    kind = type(widget)
    if kind in {QCheckBox, QPushButton} and base is bool:
        return _checked(widget)
    if (kind in {QSlider, QSpinBox} and base is int) or (
        kind in {QDoubleSpinBox, ctkSliderWidget} and base is float
    ):
        return _number(widget, base, annotations)
    if kind is QComboBox:
        return _choice(widget, base, annotations)
    if kind in {QLineEdit, QTextEdit} and base is str:
        return _text(widget)
    if kind in {ctkPathLineEdit, ctkDirectoryButton} and _is_class(base, pathlib.PurePath):
        name = "currentPath" if kind is ctkPathLineEdit else "directory"
        signal = f"{name}Changed"
        return Connector(
            widget, signal, lambda: base(getattr(widget, name)), lambda v: setattr(widget, name, str(v))
        )
    types = _node_types(base)
    if kind is qMRMLNodeComboBox and types:
        widget.nodeTypes = types
        return Connector(widget, "currentNodeChanged", widget.currentNode, widget.setCurrentNode)
    raise RuntimeError(f"Unable to create GUI connector from datatype '{hint}' to widget type '{kind}'")


def _is_class(base: object, parent: type) -> bool:
    return isinstance(base, type) and issubclass(base, parent)


def _node_types(base: object) -> list[str]:
    """Class names where the type is a node, Optional[node] or a Union of nodes, otherwise nothing."""
    parts = [p for p in get_args(base) if p is not type(None)] if get_origin(base) is Union else [base]
    return [p.__name__ for p in parts] if all(_is_class(p, slicer.vtkMRMLNode) for p in parts) else []


def _first(annotations: list, kind: type) -> object:
    return next((a for a in annotations if type(a) is kind), None)


def _checked(widget: QCheckBox | QPushButton) -> Connector:
    if not widget.checkable:
        widget.checkable = True
    return Connector(widget, "toggled", widget.isChecked, widget.setChecked)


def _number(widget: QWidget, base: type, annotations: list) -> Connector:
    for annotation, name in ((Decimals, "decimals"), (SingleStep, "singleStep")):
        found = _first(annotations, annotation)
        if found is not None:
            setattr(widget, name, found.value)
    within = _first(annotations, WithinRange)
    low, high = within or _first(annotations, Minimum), within or _first(annotations, Maximum)
    if type(widget) in {QSlider, ctkSliderWidget} and (low is None or high is None):
        raise RuntimeError(f"A {type(widget).__name__} cannot show a number without both bounds.")
    ends = (-(2**31), 2**31 - 1) if base is int else (float("-inf"), float("inf"))
    widget.minimum = ends[0] if low is None else low.minimum
    widget.maximum = ends[1] if high is None else high.maximum
    return Connector(widget, "valueChanged", lambda: widget.value, lambda v: setattr(widget, "value", v))


def _choice(widget: QComboBox, base: object, annotations: list) -> Connector:
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
        lambda value: setattr(widget, "currentIndex", values.index(value)),
    )


def _text(widget: QLineEdit | QTextEdit) -> Connector:
    if isinstance(widget, QLineEdit):

        def write(value: str) -> None:
            if value != widget.text:  # keeps the cursor where the user types
                widget.setText(value)

        return Connector(widget, "textChanged", lambda: widget.text, write)
    return Connector(widget, "textChanged", widget.toPlainText, widget.setPlainText)
