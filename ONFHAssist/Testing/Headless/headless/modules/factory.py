"""``slicer.modules`` and how module files become modules: by file, from the module folder, class by name."""

# ruff: noqa: N801, N815 - the names are those of Slicer
from __future__ import annotations

import importlib.util
import sys
import unittest
from pathlib import Path
from types import ModuleType
from typing import Any

import slicer

from ..qt.pythonqt import QtCore, QtGui, QtWidgets, native
from ..widgets.node_combo_box import qMRMLWidget


class CoreModule:
    """A module of Slicer itself, of which there is only the logic here."""

    def __init__(self, name: str, logic: Any) -> None:
        self.name, self.title, self.path, self._logic = name, name, "", logic
        self.categories: list[str] = []

    def logic(self) -> Any:
        return self._logic

    def widgetRepresentation(self) -> None:
        return None


@native
class qSlicerScriptedLoadableModuleWidget(qMRMLWidget):
    """The Qt side of a module's panel; ``self()`` is the module's own Python widget."""

    def __init__(self, module: qSlicerScriptedLoadableModule) -> None:
        super().__init__()
        self._module = module
        self._python: Any = None
        self.setObjectName(f"{module.name}ModuleWidget")
        QtWidgets.QVBoxLayout(self)
        self.setMRMLScene(slicer.mrmlScene)
        self.reload()

    def self(self) -> Any:
        return self._python

    def reload(self) -> None:
        """Make the Python widget from the class that the module's file has now, and set it up."""
        name = self._module.name
        self._python = getattr(sys.modules[name], f"{name}Widget")(self)
        setattr(slicer.modules, f"{name}Widget", self._python)
        self._python.setup()

    def enter(self) -> None:
        self._python.enter()

    def exit(self) -> None:
        self._python.exit()


class qSlicerScriptedLoadableModule:
    """What the class ``<Name>`` of a module file gets as its ``parent``; it takes no attributes of other names."""

    __slots__ = (
        "_python", "_widget", "acknowledgementText", "associatedNodeTypes", "categories", "contributors",
        "dependencies", "helpText", "hidden", "icon", "index", "name", "path", "title",
        "widgetRepresentationCreationEnabled",
    )  # fmt: skip

    def __init__(self, name: str, path: Path) -> None:
        self.name, self.path = name, str(path)
        self.title = self.helpText = self.acknowledgementText = ""
        self.categories: list[str] = []
        self.dependencies: list[str] = []
        self.contributors: list[str] = []
        self.icon, self._python, self._widget = QtGui.QIcon(), None, None

    def widgetRepresentation(self) -> Any:
        """Its panel, made when it is asked for the first time; None where the file has no class for it."""
        if self._widget is None:
            self._widget = self.createNewWidgetRepresentation()
        return self._widget

    def createNewWidgetRepresentation(self) -> Any:
        has_one = hasattr(sys.modules[self.name], f"{self.name}Widget")
        return qSlicerScriptedLoadableModuleWidget(self) if has_one else None


class qSlicerModuleManager(QtCore.QObject):
    """``slicer.app.moduleManager()``."""

    moduleAboutToBeUnloaded = QtCore.Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._modules: dict[str, Any] = {}

    def add(self, module: Any) -> None:
        self._modules[module.name] = module
        setattr(slicer.modules, module.name.lower(), module)

    def unload(self, name: str) -> None:
        self.moduleAboutToBeUnloaded.emit(name)
        widget = self._modules.pop(name)._widget
        if widget is not None:
            widget.setParent(None)
        for attribute in (name.lower(), f"{name}Widget"):
            vars(slicer.modules).pop(attribute, None)
        slicer.selfTests.pop(name, None)

    def module(self, name: str) -> Any:
        return self._modules.get(name)

    def factoryManager(self) -> qSlicerModuleManager:
        return self

    def loadedModuleNames(self) -> tuple[str, ...]:
        return tuple(self._modules)

    def isLoaded(self, name: str) -> bool:
        return name in self._modules


def _import(path: Path) -> ModuleType:
    """Import a module file as Slicer does, with its folder on ``sys.path``."""
    folder = str(path.parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec: Any = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[path.stem]
        raise
    return module


def load_module(folder: str | Path, name: str) -> qSlicerScriptedLoadableModule:
    """Load ``folder/name.py``: import it, construct its class ``name``, publish it in ``slicer.modules``.

    Raises:
        ImportError: the file has no class of its own name, or the module depends on one that is not loaded.
            (Slicer prints such errors and starts without the module.)
    """
    path = (Path(folder) / f"{name}.py").resolve()
    python_module = _import(path)
    if not hasattr(python_module, name):
        raise ImportError(
            f"{path} has no class '{name}'; Slicer tries every .py file of the folder as a module"
        )
    module = qSlicerScriptedLoadableModule(name, path)
    module._python = getattr(python_module, name)(module)
    manager = slicer.app.moduleManager()
    missing = [other for other in module.dependencies if not manager.isLoaded(other)]
    if missing:
        raise ImportError(
            f"module {name} depends on {', '.join(missing)}, which headless Slicer does not have"
        )
    manager.add(module)
    return module


def load_modules(folder: str | Path) -> list[qSlicerScriptedLoadableModule]:
    """Load every ``.py`` file directly in the folder, as ``--additional-module-paths`` does.

    A module that depends on another of the folder is loaded after it.
    """
    waiting = sorted(Path(folder).glob("*.py"))
    loaded: list[qSlicerScriptedLoadableModule] = []
    while waiting:
        left: dict[Path, ImportError] = {}
        for path in waiting:
            try:
                loaded.append(load_module(folder, path.stem))
            except ImportError as error:
                left[path] = error
        if len(left) == len(waiting):
            raise left[waiting[-1]]
        waiting = list(left)
    slicer.app.startupCompleted.emit()
    return loaded


def run_unit_test(folder: str | Path, name: str) -> unittest.TestResult:
    """Run the test classes of a module's file, as ``slicer.testing.runUnitTest([folder], name)`` does."""
    if not slicer.app.moduleManager().isLoaded(name):
        load_module(folder, name)
    suite = unittest.TestLoader().loadTestsFromModule(sys.modules[name])
    return unittest.TextTestRunner(verbosity=2).run(suite)
