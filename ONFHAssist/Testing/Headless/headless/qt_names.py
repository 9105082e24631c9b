"""The modules ``qt`` and (the names of) PythonQt, made from PySide6.

3D Slicer reaches Qt through PythonQt, where a Qt property is an attribute (``button.text``), a method is a call
(``button.setText("Run")``) and an unknown name is an error, also when it is set. PySide6 has methods only. The
difference is closed on the classes of PySide6 themselves, for the life of this process, so that it also holds
for the objects which Qt creates by itself (a table's header, a menu's action).
"""

from __future__ import annotations

import ctypes
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import BuiltinFunctionType, MethodDescriptorType, MethodType, ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtUiTools, QtWidgets

QObject = QtCore.QObject
_MODULES = (QtCore, QtGui, QtWidgets)
_read, _write = QObject.property, QObject.setProperty
_connect_qt, _disconnect_qt, _find_children_qt = QObject.connect, QObject.disconnect, QObject.findChildren
_loading_ui: list[bool] = []
_SETTERS: dict[int, Callable] = {}
_PROPERTIES: list[QtCore.Property] = []
_UNCHANGEABLE = "Attribute '{}' does not exist and creating new attributes on C++ objects is not allowed"


class QtProperty:
    """A Qt property as an attribute of its objects; on the class it stays the method of the same name."""

    def __init__(self, name: str, method: Any) -> None:
        self._name, self._method = name, method

    def __get__(self, instance: QObject | None, owner: type) -> Any:
        if instance is None:
            return self if self._method is None else self._method
        if isinstance(self._method, MethodDescriptorType):
            return self._method(
                instance
            )  # not by name: a virtual method such as sizeHint would come back here
        return _read(instance, self._name)

    def __set__(self, instance: QObject, value: Any) -> None:
        meta = instance.metaObject()
        prop = meta.property(meta.indexOfProperty(self._name))
        if not prop.isWritable():
            raise AttributeError(f"Property '{self._name}' of type '{prop.typeName()}' is not writable")
        if value is None or not _write(instance, self._name, value):
            kind = type(value).__name__
            raise ValueError(
                f"Property '{self._name}' of type '{prop.typeName()}' does not accept an object of type {kind}"
                f" ({value})"
            )


class _Name:
    """``widget.name``, which PythonQt keeps as another word for ``objectName``."""

    def __get__(self, instance: QObject | None, owner: type) -> Any:
        return self if instance is None else _read(instance, "objectName")

    def __set__(self, instance: QObject, value: str) -> None:
        _write(instance, "objectName", value)


def native(cls: type) -> type:
    """Class decorator: to scripts this stand-in is a C++ class, so it takes no new attributes from them."""
    cls._pythonqt_native = True
    return cls


def _is_native(cls: type) -> bool:
    return cls.__module__.startswith("PySide6.") or "_pythonqt_native" in cls.__dict__


def _get_unknown(self: QObject, name: str) -> Any:
    raise AttributeError(f"{type(self).__name__} has no attribute named '{name}'")


def _attribute_getter(of_qt: Callable[[QObject, str], Any]) -> Callable[[QObject, str], Any]:
    """PySide6 answers ``connect`` itself, before it looks at the class: here it is asked for the rest only."""

    def get(self: QObject, name: str) -> Any:
        return MethodType(_OURS[name], self) if name in _OURS else of_qt(self, name)

    return get


@contextmanager
def loading_ui() -> Iterator[None]:
    """PySide6's loader sets each child as an attribute of the panel, which PythonQt does not: ignore that."""
    _loading_ui.append(True)
    try:
        yield
    finally:
        _loading_ui.pop()


def _set_attribute(self: QObject, name: str, value: Any) -> None:
    cls = type(self)
    known = next((base.__dict__[name] for base in cls.__mro__ if name in base.__dict__), None)
    if id(known) in _SETTERS:
        _SETTERS[id(known)](self, value)
    elif hasattr(known, "__set__"):
        known.__set__(self, value)
    elif not _is_native(cls) or _by_pyside(name, value) or (name[0] == "_" and name in _state_names(cls)):
        self.__dict__[name] = value
    elif not _loading_ui:
        raise AttributeError(_UNCHANGEABLE.format(name))


def qproperty(kind: Any, getter: Callable, setter: Callable) -> QtCore.Property:
    """A property of a stand-in which both scripts (as an attribute) and ``.ui`` files (by name) can set."""
    made = QtCore.Property(kind, getter, setter)
    _SETTERS[id(made)] = setter
    _PROPERTIES.append(made)  # kept, so that its id stays its own
    return made


def _by_pyside(name: str, value: Any) -> bool:
    """Whether PySide6 itself keeps something on the object: its meta object, a signal or a slot it has looked up."""
    return name.startswith("__") or isinstance(value, QtCore.SignalInstance | BuiltinFunctionType)


@cache
def _state_names(cls: type) -> set[str]:
    """Private variables which a stand-in announces as annotations in its class body."""
    return {name for base in cls.__mro__ for name in inspect.get_annotations(base)}


def _signature(sender: QObject, signal: str) -> str | None:
    """The signal's normalised signature, or None where the sender has no such signal.

    Node types travel as Python objects in the stand-ins: ``currentNodeChanged(vtkMRMLNode*)`` is found as well.
    """
    meta = sender.metaObject()
    plain = QtCore.QMetaObject.normalizedSignature(signal.lstrip("2"))
    text = plain.data().decode() if hasattr(plain, "data") else str(plain)
    name, _, arguments = text.partition("(")
    kinds = ["PyObject" if a.startswith("vtk") else a for a in arguments.rstrip(")").split(",")]
    candidates = [text, f"{name}({','.join(kinds)})"]
    return next((c for c in candidates if meta.indexOfSignal(c) >= 0), None)


def _connect(self: QObject, signal: str, *target: Any) -> bool:
    """``sender.connect("clicked(bool)", f)`` or ``sender.connect("clicked()", receiver, "slot()")``."""
    text = _signature(self, signal)
    if text is None:
        print(f"QObject::connect: {type(self).__name__} has no signal '{signal}'", file=sys.stderr)
        return False
    if len(target) == 2:
        return bool(_connect_qt(self, QtCore.SIGNAL(text), target[0], QtCore.SLOT(target[1].lstrip("1"))))
    return bool(_connect_qt(self, QtCore.SIGNAL(text), target[0]))


def _disconnect(self: QObject, signal: str | None = None, *target: Any) -> bool:
    """The reverse of ``connect``; False where there was no such connection."""
    if signal is None:
        return bool(_disconnect_qt(self, None, None, None))
    text = _signature(self, signal)
    if text is None:
        return False
    if not target:
        return bool(_disconnect_qt(self, QtCore.SIGNAL(text), None, None))
    if len(target) == 2:
        return bool(_disconnect_qt(self, QtCore.SIGNAL(text), target[0], QtCore.SLOT(target[1].lstrip("1"))))
    return bool(_disconnect_qt(self, QtCore.SIGNAL(text), target[0]))


_OURS = {"connect": _connect, "disconnect": _disconnect}


def _find_children(self: QObject, kind: Any = QObject, name: str = "", *options: Any) -> list:
    """``findChildren(qt.QWidget)`` and, as PythonQt has it, ``findChildren("QPushButton", "name")``."""
    if isinstance(kind, str):
        return [
            child
            for child in QObject.children(self)
            for child in (child, *_find_children(child, kind, name))
            if class_name(child) == kind and (not name or child.objectName == name)
        ]
    return _find_children_qt(self, kind, name, *options) if name else _find_children_qt(self, kind)


def class_name(self: QObject) -> str:
    """``widget.className()``: the C++ class, for a stand-in the class that it stands for."""
    return next(base.__name__ for base in type(self).__mro__ if _is_native(base))


def _classes() -> list[type]:
    found = (getattr(module, name) for module in _MODULES for name in dir(module))
    return [cls for cls in found if isinstance(cls, type) and issubclass(cls, QObject)]


def _patch() -> None:
    classes = _classes()
    getters = [cls.__getattribute__ for cls in classes]
    for cls, getter in zip(classes, getters, strict=True):
        meta = cls.staticMetaObject
        for index in range(meta.propertyCount()):
            name = meta.property(index).name()
            own = index >= meta.propertyOffset()
            if own or name in cls.__dict__:
                method = cls.__dict__.get(name)
                setattr(cls, name, QtProperty(name, getattr(method, "__func__", method)))
        cls.__setattr__ = _set_attribute
        cls.__getattribute__ = _attribute_getter(getter)
    QObject.name = _Name()
    QObject.__getattr__ = _get_unknown
    QObject.connect, QObject.disconnect = (
        _connect,
        _disconnect,
    )  # as static methods: qt.QObject.connect(a, ...)
    QObject.className = class_name
    QObject.findChildren = _find_children
    QtWidgets.QDialog.exec_ = QtWidgets.QDialog.exec
    QtWidgets.QMenu.exec_ = QtWidgets.QMenu.exec


def _keep_none_alive() -> None:
    """Make up for PySide6 6.12.0 on Python 3.11, where each call that returns None takes a reference of None away.

    The process would end with "deallocating None" after some thousand calls. (Python 3.12 does not count them.)
    """
    parentless = QObject()
    before = sys.getrefcount(None)
    for _ in range(100):
        QObject.parent(parentless)
    if before - sys.getrefcount(None) > 50:
        ctypes.c_ssize_t.from_address(id(None)).value += 1 << 40


def qt_module() -> ModuleType:
    """The module ``qt``: every name of QtCore, QtGui, QtWidgets and QtUiTools in one place."""
    if "qt" in sys.modules:
        return sys.modules["qt"]
    _keep_none_alive()
    _patch()
    module = ModuleType("qt", "Qt as 3D Slicer's scripts see it; see Testing/Headless/README.md")
    for source in (QtUiTools, *_MODULES):
        for name in dir(source):
            if not name.startswith("_"):
                setattr(module, name, getattr(source, name))
    sys.modules["qt"] = module
    return module
