"""``slicer.parameterNodeWrapper``: typed attributes kept on a ``vtkMRMLScriptedModuleNode`` and bound to widgets."""

# ruff: noqa: N815 - the names are those of Slicer
from __future__ import annotations

import typing
import weakref
from collections.abc import Callable, Mapping
from typing import Any

import slicer
import vtk
from shiboken6 import isValid

from .gui import PROPERTY, Connector, connect, widgets_by_parameter
from .kinds import make_kind
from .validators import (
    Choice,
    Default,
    IsInstance,
    Maximum,
    Minimum,
    NotNone,
    Validator,
    WithinRange,
    split_annotations,
)

__all__ = [
    "Choice",
    "Default",
    "IsInstance",
    "Maximum",
    "Minimum",
    "NotNone",
    "SlicerParameterNamePropertyName",
    "Validator",
    "WithinRange",
    "parameterNodeWrapper",
]

SlicerParameterNamePropertyName = PROPERTY


class Parameter:
    """One declared attribute: its kind, its default and the type hint as written."""

    def __init__(self, owner: type, name: str, hint: Any) -> None:
        self.name, self.hint, self.kind = name, hint, make_kind(hint)
        given = [a.value for a in split_annotations(hint)[1] if isinstance(a, Default)]
        if name in owner.__dict__:
            given = [owner.__dict__[name]]
        self.default = given[0] if given else self.kind.default()


class _Wrapper:
    """What ``@parameterNodeWrapper`` adds to a class."""

    allParameters: Mapping[str, Parameter]

    def __init__(self, parameterNode: Any, prefix: str | None = None) -> None:
        self.parameterNode = parameterNode
        self._prefix = prefix or ""
        self._cache: dict[str, Any] = {}
        self._guis: dict[int, dict[str, Connector]] = {}
        self._next_gui = 0
        self._writing = self._showing = False
        self._modified()
        alive = weakref.ref(self)

        def tell(*_: Any) -> None:
            wrapper = alive()
            if wrapper is not None:
                wrapper._modified()

        tag = parameterNode.AddObserver(vtk.vtkCommand.ModifiedEvent, tell)
        weakref.finalize(self, parameterNode.RemoveObserver, tag)

    def _modified(self) -> None:
        """The node was changed, perhaps by another wrapper, or lost a node that it referred to: read all again.

        Until MRML says so (which it does not while a scene is closed) the cache still gives a removed node, as in Slicer.
        """
        if not self._writing:
            self._cache = {name: self._read(parameter) for name, parameter in self.allParameters.items()}
            self._show()

    def _read(self, parameter: Parameter) -> Any:
        name = self._prefix + parameter.name
        if not parameter.kind.stored(self.parameterNode, name):
            parameter.kind.write(self.parameterNode, name, parameter.default)
        return parameter.kind.read(self.parameterNode, name)

    def _write(self, parameter: Parameter, value: Any) -> None:
        parameter.kind.check(value)
        self._writing = True
        try:
            with slicer.util.NodeModify(self.parameterNode):
                parameter.kind.write(self.parameterNode, self._prefix + parameter.name, value)
                self._cache[parameter.name] = self._read(parameter)
        finally:
            self._writing = False
        self._show()

    # binding to widgets -----------------------------------------------------------------------------

    def connectGui(self, gui: Any) -> int:
        """Bind every widget whose dynamic property ``SlicerParameterName`` names a parameter; returns a tag."""
        return self.connectParametersToGui(widgets_by_parameter(gui))

    def connectParametersToGui(self, mapping: Mapping[str, Any]) -> int:
        connectors = {name: connect(widget, self._named(name).hint) for name, widget in mapping.items()}
        self._next_gui += 1
        self._guis[self._next_gui] = connectors
        for name, connector in connectors.items():
            connector.write(self.getValue(name))
            connector.on_changed(self._receiver(name, connector))
        return self._next_gui

    def disconnectGui(self, tag: int) -> None:
        for connector in self._guis.pop(tag, {}).values():
            connector.on_changed(None)

    def _receiver(self, name: str, connector: Connector) -> Callable[[], None]:
        def receive() -> None:
            if not self._showing:
                self.setValue(name, connector.read())

        return receive

    def _show(self) -> None:
        if self._showing:
            return
        self._showing = True
        try:
            for connectors in list(self._guis.values()):
                for name, connector in connectors.items():
                    if isValid(connector.widget):  # the panel may be gone before its parameter node
                        connector.write(self.getValue(name))
        finally:
            self._showing = False

    # by name ----------------------------------------------------------------------------------------

    def _named(self, name: str) -> Parameter:
        if name not in self.allParameters:
            known = list(self.allParameters)
            raise ValueError(f"Cannot find a param with the given name: {name}; found {known}")
        return self.allParameters[name]

    def getValue(self, name: str) -> Any:
        return self._cache[self._named(name).name]

    def setValue(self, name: str, value: Any) -> None:
        self._write(self._named(name), value)

    # of the node ------------------------------------------------------------------------------------

    def StartModify(self) -> int:
        return self.parameterNode.StartModify()

    def EndModify(self, before: int) -> None:
        self.parameterNode.EndModify(before)

    def AddObserver(self, event: Any, callback: Callable[..., Any], priority: float = 0.0) -> int:
        return self.parameterNode.AddObserver(event, callback, priority)

    def RemoveObserver(self, tag: int) -> None:
        self.parameterNode.RemoveObserver(tag)

    def Modified(self) -> None:
        self.parameterNode.Modified()


def _attribute(name: str) -> property:
    return property(lambda self: self.getValue(name), lambda self, value: self.setValue(name, value))


def parameterNodeWrapper(cls: type | None = None) -> Any:
    """Class decorator: its annotated attributes live on the parameter node that its objects are made with.

    An attribute that was not declared is set in silence on the object and lost with it, as in Slicer.
    """
    if cls is None:
        return parameterNodeWrapper
    hints = typing.get_type_hints(cls, include_extras=True)
    parameters = {name: Parameter(cls, name, hint) for name, hint in hints.items()}
    for name, member in vars(_Wrapper).items():
        if name.startswith("__") and name != "__init__":
            continue
        if name in parameters:
            raise ValueError(f"Cannot use reserved name '{name}' in a parameterNodeWrapper")
        setattr(cls, name, member)
    for name in parameters:
        setattr(cls, name, _attribute(name))
    cls.allParameters = parameters  # type: ignore[attr-defined]
    return cls
