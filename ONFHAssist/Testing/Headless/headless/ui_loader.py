"""``qt.QUiLoader`` that knows the widgets of CTK and Slicer.

What Qt's own loader cannot do with stand-ins written in Python is taken out of the ``.ui`` file beforehand and done
afterwards: flags of their enumerations, and signals and slots that carry MRML objects.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_

from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtUiTools import QUiLoader as _QUiLoader
from PySide6.QtWidgets import QWidget

from .qt_names import loading_ui

_STAND_INS: dict[str, type[QWidget]] = {}
_OTHERS = ("ctk", "qMRML", "qSlicer")


def register(*classes: type[QWidget]) -> None:
    """Let ``.ui`` files use these widgets by their class names."""
    _STAND_INS.update({cls.__name__: cls for cls in classes})


class QUiLoader(_QUiLoader):
    """Loads a ``.ui`` file as Slicer does; ``slicer.util.loadUI`` uses it."""

    def createWidget(self, kind: str, parent: QWidget | None = None, name: str = "") -> QWidget:
        if kind in _STAND_INS:
            widget = _STAND_INS[kind](parent)
            widget.setObjectName(name)
            return widget
        if kind.startswith(_OTHERS):
            known = ", ".join(sorted(_STAND_INS))
            raise NotImplementedError(f"headless Slicer has no widget {kind} (for '{name}'); it has {known}")
        return super().createWidget(kind, parent, name)

    def load(self, device: QIODevice | str, parent: QWidget | None = None) -> QWidget | None:
        if isinstance(device, str):
            with open(device, "rb") as file:  # noqa: PTH123 - a name as Qt takes it
                text = file.read()
        else:
            text = bytes(device.readAll())
        root = ET.fromstring(text)
        _check_classes(root)
        later = [*_take_flags(root), *_take_connections(root)]
        buffer = QBuffer()
        buffer.setData(ET.tostring(root))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        with loading_ui():
            widget = super().load(buffer, parent)
        if widget is not None:
            for act in later:
                act(widget)
        return widget


def _check_classes(root: ET.Element) -> None:
    """Qt prints a line and goes on where a widget cannot be made: here it is an error."""
    for element in root.iter("widget"):
        kind = element.get("class", "")
        if kind.startswith(_OTHERS) and kind not in _STAND_INS:
            known = ", ".join(sorted(_STAND_INS))
            raise NotImplementedError(
                f"headless Slicer has no widget {kind} (for '{element.get('name')}'); it has {known}"
            )


def _find(root: QWidget, name: str) -> QObject:
    if root.objectName == name:
        return root
    found = root.findChild(QObject, name)
    if found is None:
        raise ValueError(f"a connection of the .ui file names '{name}', which is not in it")
    return found


def _take_flags(root: ET.Element) -> Iterator[Callable[[QWidget], None]]:
    """Take out properties such as ``<set>ctkPathLineEdit::Dirs</set>`` of the stand-ins."""
    for element in root.iter("widget"):
        cls = _STAND_INS.get(element.get("class", ""))
        if cls is None:
            continue
        for prop in list(element.findall("property")):
            value = next(iter(prop))
            scopes = [word.strip().rpartition("::") for word in (value.text or "").split("|")]
            ours = [scope for scope, _, _ in scopes if scope.partition("::")[0] in _STAND_INS]
            if value.tag in {"set", "enum"} and ours:
                flags = reduce(or_, (int(getattr(cls, word)) for _, _, word in scopes))
                element.remove(prop)
                yield _setter(element.get("name", ""), prop.get("name", ""), flags)


def _setter(widget: str, name: str, value: int) -> Callable[[QWidget], None]:
    return lambda root: setattr(_find(root, widget), name, value)


def _take_connections(root: ET.Element) -> Iterator[Callable[[QWidget], None]]:
    """Take out connections whose signal or slot carries a VTK object."""
    for block in root.iter("connections"):
        for element in list(block.findall("connection")):
            sender, signal, receiver, slot = (
                (element.findtext(tag) or "").strip() for tag in ("sender", "signal", "receiver", "slot")
            )
            if "vtk" in signal + slot:
                block.remove(element)
                yield _connector(sender, signal, receiver, slot)


def _connector(sender: str, signal: str, receiver: str, slot: str) -> Callable[[QWidget], None]:
    def act(root: QWidget) -> None:
        method = getattr(_find(root, receiver), slot.partition("(")[0])
        if not _find(root, sender).connect(signal, method):
            raise ValueError(f"the .ui file connects '{signal}' of '{sender}', which has no such signal")

    return act
