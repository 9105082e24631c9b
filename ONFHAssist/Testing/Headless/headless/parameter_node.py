"""``slicer.parameterNodeWrapper``: typed attributes kept on a ``vtkMRMLScriptedModuleNode`` and bound to widgets."""

# ruff: noqa: N815 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

import typing
import weakref
from collections.abc import Callable, Mapping

import slicer
import vtk
from shiboken6 import isValid

from .parameter_gui import PROPERTY, Connector, connect, widgets_by_parameter
from .parameter_types import Kind, make_kind
from .validators import (
    Choice,
    Decimals,
    Default,
    Exclude,
    IsInstance,
    Maximum,
    Minimum,
    NotNone,
    SingleStep,
    Validator,
    WithinRange,
    split_annotations,
)

__all__ = [
    "Choice",
    "Decimals",
    "Default",
    "Exclude",
    "IsInstance",
    "Maximum",
    "Minimum",
    "NotNone",
    "SingleStep",
    "SlicerParameterNamePropertyName",
    "Validator",
    "WithinRange",
    "isParameterNodeWrapper",
    "isParameterPack",
    "parameterNodeWrapper",
    "parameterPack",
]

SlicerParameterNamePropertyName = PROPERTY


class Parameter:
    """One declared attribute: its kind, its default and the type hint as written."""

    def __init__(self, owner: type, name: str, hint: object) -> None:
        base, annotations = split_annotations(hint)
        self.name, self.hint, self.base = name, hint, base
        self.kind: Kind = make_kind(hint)
        given = [a.value for a in annotations if type(a) is Default]
        if name in owner.__dict__:
            given = [owner.__dict__[name]]
        self.default = Default(given[0] if given else self.kind.default())


def _parameters(owner: type) -> dict[str, Parameter]:
    hints = typing.get_type_hints(owner, include_extras=True)
    return {name: Parameter(owner, name, hint) for name, hint in hints.items()}


# packs ------------------------------------------------------------------------------------------------------


class PackKind(Kind):
    """A parameter pack: each of its members under ``name.member``."""

    cached = False

    def __init__(self, pack: type, validators: list) -> None:
        super().__init__([NotNone(), IsInstance(pack), *validators])
        self.pack = pack

    def default(self) -> object:
        return self.pack()

    def key(self, name: str) -> str:
        first = next(iter(self.pack.allParameters.values()))
        return first.kind.key(f"{name}.{first.name}")

    def write(self, node: slicer.vtkMRMLScriptedModuleNode, name: str, value: object) -> None:
        self.check(value)
        with slicer.util.NodeModify(node):
            for member in self.pack.allParameters.values():
                member.kind.write(node, f"{name}.{member.name}", getattr(value, member.name))

    def read(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> object:
        members = self.pack.allParameters.values()
        value = self.pack(**{m.name: m.kind.read(node, f"{name}.{m.name}") for m in members})
        value._save = lambda: self.write(node, name, value)
        return value

    def remove(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> None:
        for member in self.pack.allParameters.values():
            member.kind.remove(node, f"{name}.{member.name}")


def _pack_init(self: object, *values: object, **named: object) -> None:
    self._save = lambda: None
    names = list(self.allParameters)
    given = {**dict(zip(names, values, strict=False)), **named}
    unknown = set(given) - set(names)
    if unknown:
        raise TypeError(f"__init__() got an unexpected keyword argument '{unknown.pop()}'")
    self._values = {}
    for name, parameter in self.allParameters.items():
        setattr(self, name, given.get(name, parameter.default.value))


def _pack_member(parameter: Parameter) -> property:
    def write(self: object, value: object) -> None:
        parameter.kind.check(value)
        self._values[parameter.name] = value
        if len(self._values) == len(self.allParameters):
            self._save()

    return property(lambda self: self._values[parameter.name], write)


def parameterPack(cls: type | None = None) -> type | Callable:
    """Class decorator: several parameters that travel as one."""
    if cls is None:
        return parameterPack
    parameters = _parameters(cls)
    if not parameters:
        raise ValueError("Unable to find any members in parameterPack")
    for name, parameter in parameters.items():
        parameter.kind.check(parameter.default.value)
        setattr(cls, name, _pack_member(parameter))
    cls.allParameters, cls._is_parameterPack = parameters, True
    cls.__init__ = _pack_init
    cls.__eq__ = lambda self, other: isinstance(other, cls) and self._values == other._values
    cls.__hash__ = None
    cls.__repr__ = lambda self: f"{cls.__name__}({', '.join(f'{k}={v!r}' for k, v in self._values.items())})"
    cls.getValue, cls.setValue = _follow, _assign
    cls.dataType = staticmethod(lambda name: _data_type(cls, name))
    cls._make_kind = classmethod(PackKind)
    return cls


def isParameterPack(thing: object) -> bool:
    return getattr(thing, "_is_parameterPack", False)


# the wrapper ------------------------------------------------------------------------------------------------


def _check_name(owner: object, name: str) -> str:
    top = name.partition(".")[0]
    if top not in owner.allParameters:
        raise ValueError(f"Cannot find a param with the given name: {top}; found {list(owner.allParameters)}")
    return top


def _follow(thing: object, dotted: str) -> object:
    for name in dotted.split("."):
        thing = getattr(thing, _check_name(thing, name))
    return thing


def _assign(thing: object, dotted: str, value: object) -> None:
    above, _, last = dotted.rpartition(".")
    owner = _follow(thing, above) if above else thing
    setattr(owner, _check_name(owner, last), value)


def _data_type(owner: type, dotted: str) -> object:
    top, _, rest = dotted.partition(".")
    parameter = owner.allParameters[_check_name(owner, top)]
    return _data_type(parameter.base, rest) if rest else parameter.hint


class _Wrapper:
    """What ``@parameterNodeWrapper`` adds to a class."""

    allParameters: Mapping[str, Parameter]
    _is_parameter_node_wrapper = True

    def __init__(self, parameterNode: slicer.vtkMRMLScriptedModuleNode, prefix: str | None = None) -> None:
        self.parameterNode = parameterNode
        self._prefix = prefix or ""
        self._cache: dict[str, object] = {}
        self._guis: dict[int, dict[str, Connector]] = {}
        self._writing = self._showing = False
        for name, parameter in self.allParameters.items():
            if not parameter.kind.stored(parameterNode, self._prefix + name):
                parameter.kind.write(parameterNode, self._prefix + name, parameter.default.value)
        self._modified()
        alive = weakref.ref(self)
        tag = parameterNode.AddObserver(
            vtk.vtkCommand.ModifiedEvent, lambda *_: alive() and alive()._modified()
        )
        weakref.finalize(self, parameterNode.RemoveObserver, tag)

    def _modified(self) -> None:
        if self._writing:
            return
        for name, parameter in self.allParameters.items():
            if parameter.kind.cached:
                self._cache[name] = self._read(parameter)
        self._show()

    def _read(self, parameter: Parameter) -> object:
        name = self._prefix + parameter.name
        if not parameter.kind.stored(self.parameterNode, name):
            parameter.kind.write(self.parameterNode, name, parameter.default.value)
        return parameter.kind.read(self.parameterNode, name)

    def _write(self, parameter: Parameter, value: object) -> None:
        parameter.kind.check(value)
        self._writing = True
        try:
            with slicer.util.NodeModify(self.parameterNode):
                parameter.kind.write(self.parameterNode, self._prefix + parameter.name, value)
                if parameter.kind.cached:
                    self._cache[parameter.name] = self._read(parameter)
        finally:
            self._writing = False
        self._show()

    # binding to widgets -----------------------------------------------------------------------------

    def connectGui(self, gui: object) -> int:
        """Bind every widget whose dynamic property ``SlicerParameterName`` names a parameter; returns a tag."""
        return self.connectParametersToGui(widgets_by_parameter(gui))

    def connectParametersToGui(self, mapping: Mapping[str, object]) -> int:
        for name in mapping:
            _check_name(self, name)
        connectors = {name: connect(widget, self.dataType(name)) for name, widget in mapping.items()}
        tag = len(self._guis)
        while tag in self._guis:
            tag += 1
        self._guis[tag] = connectors
        for name, connector in connectors.items():
            connector.write(self.getValue(name))
            connector.on_changed(self._receiver(name, connector))
        return tag

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

    def getValue(self, name: str) -> object:
        return _follow(self, name)

    def setValue(self, name: str, value: object) -> None:
        _assign(self, name, value)

    def default(self, name: str) -> Default:
        return self.allParameters[_check_name(self, name)].default

    def isCached(self, name: str) -> bool:
        return self.allParameters[_check_name(self, name)].kind.cached

    # of the node ------------------------------------------------------------------------------------

    def StartModify(self) -> int:
        return self.parameterNode.StartModify()

    def EndModify(self, before: int) -> None:
        self.parameterNode.EndModify(before)

    def AddObserver(self, event: object, callback: Callable, priority: float = 0.0) -> int:
        return self.parameterNode.AddObserver(event, callback, priority)

    def RemoveObserver(self, tag: int) -> None:
        self.parameterNode.RemoveObserver(tag)

    def Modified(self) -> None:
        self.parameterNode.Modified()


def _attribute(parameter: Parameter) -> property:
    def read(self: _Wrapper) -> object:
        return self._cache[parameter.name] if parameter.kind.cached else self._read(parameter)

    return property(read, lambda self, value: self._write(parameter, value))


def parameterNodeWrapper(cls: type | None = None) -> type | Callable:
    """Class decorator: its annotated attributes live on the parameter node that its objects are made with."""
    if cls is None:
        return parameterNodeWrapper
    parameters = _parameters(cls)
    for name, member in vars(_Wrapper).items():
        if name.startswith("__") and name != "__init__":
            continue
        if name in parameters:
            raise ValueError(f"Cannot use reserved name '{name}' in a parameterNodeWrapper")
        setattr(cls, name, member)
    for name, parameter in parameters.items():
        setattr(cls, name, _attribute(parameter))
    cls.allParameters = parameters
    cls.dataType = staticmethod(lambda name: _data_type(cls, name))
    return cls


def isParameterNodeWrapper(thing: object) -> bool:
    return getattr(thing, "_is_parameter_node_wrapper", False)
