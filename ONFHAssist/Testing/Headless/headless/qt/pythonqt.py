"""The module ``qt`` and the names of PythonQt, made from PySide6.

3D Slicer reaches Qt through PythonQt, where a Qt property is an attribute (``button.text``), a method is a call
(``button.setText("Run")``) and an unknown name is an error, also when it is set. PySide6 has methods only. The
difference is closed on the classes of PySide6 themselves, for the life of this process, so that it also holds
for the objects which Qt creates by itself (a table's header, a menu's action).
"""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import BuiltinFunctionType, MethodDescriptorType, MethodType, ModuleType
from typing import Any

import PySide6.QtCore
import PySide6.QtGui
import PySide6.QtUiTools
import PySide6.QtWidgets

# Not typed: PySide6 describes methods where these are attributes, once the patch below is in place.
QtCore: Any = PySide6.QtCore
QtGui: Any = PySide6.QtGui
QtWidgets: Any = PySide6.QtWidgets
QObject = QtCore.QObject
_MODULES = (QtCore, QtGui, QtWidgets)
_read, _write = QObject.property, QObject.setProperty
_connect_qt, _disconnect_qt, _find_children_qt = QObject.connect, QObject.disconnect, QObject.findChildren
_loading_ui: list[bool] = []
_in_construction: list[Any] = []
_PROPERTIES: dict[int, tuple[Any, Any]] = {}  # by id: the property, so that it keeps its id, and its setter
_UNCHANGEABLE = "Attribute '{}' does not exist and creating new attributes on C++ objects is not allowed"


class QtProperty:
    """A Qt property as an attribute of its objects; on the class it stays the method of the same name."""

    def __init__(self, name: str, method: Any) -> None:
        self._name, self._method = name, method

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self if self._method is None else self._method
        if isinstance(self._method, MethodDescriptorType):
            return self._method(instance)  # not by name: a virtual method (sizeHint) would come back here
        return _read(instance, self._name)

    def __set__(self, instance: Any, value: Any) -> None:
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


def native(cls: type) -> type:
    """Class decorator: to scripts this stand-in is a C++ class, to which they cannot give new attributes.

    What its constructor keeps on the object is its state, and may change.
    """
    its_own: Any = cls.__init__  # type: ignore[misc]

    @functools.wraps(its_own)
    def construct(self: Any, *arguments: Any, **options: Any) -> None:
        _in_construction.append(self)
        try:
            its_own(self, *arguments, **options)
        finally:
            _in_construction.pop()

    cls.__init__ = construct  # type: ignore[misc]
    cls._pythonqt_native = True  # type: ignore[attr-defined]
    return cls


def _is_native(cls: type) -> bool:
    return cls.__module__.startswith("PySide6.") or "_pythonqt_native" in cls.__dict__


def _get_unknown(self: Any, name: str) -> Any:
    raise AttributeError(f"{type(self).__name__} has no attribute named '{name}'")


def _attribute_getter(of_qt: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """PySide6 answers ``connect`` itself, before it looks at the class: here it is asked for the rest only."""

    def get(self: Any, name: str) -> Any:
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


def _set_attribute(self: Any, name: str, value: Any) -> None:
    cls = type(self)
    known: Any = next((base.__dict__[name] for base in cls.__mro__ if name in base.__dict__), None)
    if id(known) in _PROPERTIES:
        _PROPERTIES[id(known)][1](self, value)
    elif hasattr(known, "__set__"):
        known.__set__(self, value)
    elif not _is_native(cls) or _by_pyside(name, value) or name in self.__dict__ or _constructs(self, name):
        self.__dict__[name] = value
    elif not _loading_ui:
        raise AttributeError(_UNCHANGEABLE.format(name))


def _constructs(self: Any, name: str) -> bool:
    return name[0] == "_" and any(made is self for made in _in_construction)


def _by_pyside(name: str, value: Any) -> bool:
    """Whether PySide6 itself keeps something on the object: its meta object, a signal or a slot it has looked up."""
    return name.startswith("__") or isinstance(value, QtCore.SignalInstance | BuiltinFunctionType)


def qproperty(kind: Any, getter: Callable[[Any], Any], setter: Callable[[Any, Any], object]) -> Any:
    """A property of a stand-in which both scripts (as an attribute) and ``.ui`` files (by name) can set."""
    made = QtCore.Property(kind, getter, setter)
    _PROPERTIES[id(made)] = made, setter
    return made


def kept(kind: Any, value: Any, then: str = "") -> Any:
    """A property that is only remembered, ``value`` at first; ``then`` names the method called after a change."""
    place = f"_kept_{len(_PROPERTIES)}"
    convert = tuple if kind == "QStringList" else kind

    def setter(self: Any, new: Any) -> None:
        self.__dict__[place] = convert(new)
        if then:
            getattr(self, then)()

    return qproperty(kind, lambda self: self.__dict__.get(place, value), setter)


def _signature(sender: Any, signal: str) -> str | None:
    """The signal's normalised signature, or None where the sender has no such signal.

    Node types travel as Python objects in the stand-ins: ``currentNodeChanged(vtkMRMLNode*)`` is found as well.
    """
    meta = sender.metaObject()
    plain: Any = QtCore.QMetaObject.normalizedSignature(signal.lstrip("2"))
    text = plain.data().decode() if hasattr(plain, "data") else str(plain)
    name, _, arguments = text.partition("(")
    kinds = ["PyObject" if a.startswith("vtk") else a for a in arguments.rstrip(")").split(",")]
    candidates = [text, f"{name}({','.join(kinds)})"]
    return next((c for c in candidates if meta.indexOfSignal(c) >= 0), None)


def _ends(sender: Any, signal: str, target: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """What Qt wants to hear of a connection, or None where the sender has no such signal."""
    text = _signature(sender, signal)
    if text is None:
        return None
    if len(target) == 2:
        target = (target[0], QtCore.SLOT(target[1].lstrip("1")))
    return sender, QtCore.SIGNAL(text), *target


def _connect(self: Any, signal: str, *target: Any) -> bool:
    """``sender.connect("clicked(bool)", f)`` or ``sender.connect("clicked()", receiver, "slot()")``."""
    ends = _ends(self, signal, target)
    if ends is None:
        print(f"QObject::connect: {type(self).__name__} has no signal '{signal}'", file=sys.stderr)
        return False
    return bool(_connect_qt(*ends))


def _disconnect(self: Any, signal: str, *target: Any) -> bool:
    """The reverse of ``connect``; without a target, of all connections. False where there was none."""
    ends = _ends(self, signal, target)
    return ends is not None and bool(_disconnect_qt(*ends, *(() if target else (None, None))))


_OURS = {"connect": _connect, "disconnect": _disconnect}


def _find_children(self: Any, kind: Any = QObject, name: str = "", *options: Any) -> list[Any]:
    """``findChildren(qt.QWidget)`` and, as PythonQt has it, ``findChildren("QPushButton", "name")``."""
    if isinstance(kind, str):
        return [
            child
            for child in _find_children_qt(self, QObject)
            if class_name(child) == kind and (not name or child.objectName == name)
        ]
    return _find_children_qt(self, kind, name, *options) if name else _find_children_qt(self, kind)


def class_name(self: Any) -> str:
    """``widget.className()``: the C++ class, for a stand-in the class that it stands for."""
    return next(base.__name__ for base in type(self).__mro__ if _is_native(base))


def _patch() -> None:
    found = (getattr(module, name) for module in _MODULES for name in dir(module))
    classes: list[Any] = [cls for cls in found if isinstance(cls, type) and issubclass(cls, QObject)]
    getters = [cls.__getattribute__ for cls in classes]
    for cls, getter in zip(classes, getters, strict=True):
        meta = cls.staticMetaObject
        for index in range(meta.propertyCount()):
            name = meta.property(index).name()
            if index >= meta.propertyOffset() or name in cls.__dict__:
                method = cls.__dict__.get(name)
                setattr(cls, name, QtProperty(name, getattr(method, "__func__", method)))
        cls.__setattr__ = _set_attribute
        cls.__getattribute__ = _attribute_getter(getter)
    QObject.name = QtProperty("objectName", None)  # another word for it in PythonQt
    QObject.__getattr__ = _get_unknown
    QObject.connect, QObject.disconnect = _connect, _disconnect  # also as qt.QObject.connect(a, ...)
    QObject.className, QObject.findChildren = class_name, _find_children
    for dialog in (QtWidgets.QDialog, QtWidgets.QMenu):
        dialog.exec_ = dialog.exec  # type: ignore[attr-defined]


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
    module = ModuleType("qt", "Qt as 3D Slicer's scripts see it; made by the package headless")
    for source in (PySide6.QtUiTools, *_MODULES):
        for name in dir(source):
            if not name.startswith("_"):
                setattr(module, name, getattr(source, name))
    sys.modules["qt"] = module
    return module
