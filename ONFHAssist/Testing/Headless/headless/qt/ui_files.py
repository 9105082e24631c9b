"""``qt.QUiLoader`` that knows the widgets of CTK and Slicer.

What Qt's own loader cannot do with stand-ins written in Python is taken out of the ``.ui`` file beforehand and done
afterwards: flags of their enumerations, and signals and slots that carry MRML objects.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import partial, reduce
from operator import or_
from pathlib import Path
from typing import Any

from PySide6.QtUiTools import QUiLoader as _QUiLoader

from .pythonqt import QtCore, loading_ui

_STAND_INS: dict[str, Any] = {}
_OTHERS = ("ctk", "qMRML", "qSlicer")


def register(widget_class: type) -> None:
    """Let ``.ui`` files use this widget by the name of its class."""
    _STAND_INS[widget_class.__name__] = widget_class


class QUiLoader(_QUiLoader):
    """Loads a ``.ui`` file as Slicer does; ``slicer.util.loadUI`` uses it."""

    def createWidget(self, kind: str, parent: Any = None, name: str = "") -> Any:
        if kind not in _STAND_INS:
            return super().createWidget(kind, parent, name)
        widget = _STAND_INS[kind](parent)
        widget.setObjectName(name)
        return widget

    def load(self, device: Any, parent: Any = None) -> Any:
        root = ET.fromstring(
            Path(device).read_bytes() if isinstance(device, str) else bytes(device.readAll().data())
        )
        _check_classes(root)
        later = [*_take_flags(root), *_take_connections(root)]
        buffer = QtCore.QBuffer()
        buffer.setData(ET.tostring(root))
        buffer.open(QtCore.QIODevice.OpenModeFlag.ReadOnly)
        with loading_ui():
            widget = super().load(buffer, parent)
        for act in later:
            act(widget)
        return widget


def _check_classes(root: ET.Element) -> None:
    """Qt prints a line and goes on where a widget cannot be made: here it is an error."""
    for element in root.iter("widget"):
        kind = element.get("class", "")
        if kind.startswith(_OTHERS) and kind not in _STAND_INS:
            raise NotImplementedError(
                f"headless Slicer has no widget {kind} (for '{element.get('name')}'); it has"
                f" {', '.join(sorted(_STAND_INS))}; headless.add_widget adds one"
            )


def _find(root: Any, name: str) -> Any:
    found = root if root.objectName == name else root.findChild(QtCore.QObject, name)
    if found is None:
        raise ValueError(f"a connection of the .ui file names '{name}', which is not in it")
    return found


def _take_flags(root: ET.Element) -> Iterator[Callable[[Any], None]]:
    """Take out properties such as ``<set>ctkPathLineEdit::Dirs</set>`` of the stand-ins."""
    for element in root.iter("widget"):
        cls = _STAND_INS.get(element.get("class", ""))
        for prop in element.findall("property") if cls is not None else []:
            value = next(iter(prop))
            words = [word.strip() for word in (value.text or "").split("|")]
            if value.tag in {"set", "enum"} and any(word.partition("::")[0] in _STAND_INS for word in words):
                flags = reduce(or_, (int(getattr(cls, word.rpartition("::")[2])) for word in words))
                element.remove(prop)
                yield partial(_set, element.get("name", ""), prop.get("name", ""), flags)


def _set(widget: str, name: str, value: int, root: Any) -> None:
    setattr(_find(root, widget), name, value)


def _take_connections(root: ET.Element) -> Iterator[Callable[[Any], None]]:
    """Take out connections whose signal or slot carries a VTK object."""
    for block in root.iter("connections"):
        for element in block.findall("connection"):
            ends = [(element.findtext(tag) or "").strip() for tag in ("sender", "signal", "receiver", "slot")]
            if "vtk" in ends[1] + ends[3]:
                block.remove(element)
                yield partial(_connect, *ends)


def _connect(sender: str, signal: str, receiver: str, slot: str, root: Any) -> None:
    method = getattr(_find(root, receiver), slot.partition("(")[0])
    if not _find(root, sender).connect(signal, method):
        raise ValueError(f"the .ui file connects '{signal}' of '{sender}', which has no such signal")
