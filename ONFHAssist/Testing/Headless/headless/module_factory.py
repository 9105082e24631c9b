"""``slicer.modules`` and how module files become modules: by file, from the module folder, class by name."""

# ruff: noqa: N801, N815 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

import importlib.util
import sys
import unittest
from pathlib import Path
from types import ModuleType

import slicer
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .mrml_widgets import qMRMLWidget
from .qt_names import native


class CoreModule:
    """A module of Slicer itself, of which there is only the logic here."""

    def __init__(self, name: str, logic: object, title: str = "") -> None:
        self.name, self.title, self.path, self._logic = name, title or name, "", logic

    def logic(self) -> object:
        return self._logic

    def widgetRepresentation(self) -> None:
        return None

    createNewWidgetRepresentation = widgetRepresentation


@native
class qSlicerScriptedLoadableModuleWidget(qMRMLWidget):
    """The Qt side of a module's panel; ``self()`` is the module's own Python widget."""

    _module: object
    _python: object

    def __init__(self, module: qSlicerScriptedLoadableModule) -> None:
        super().__init__()
        self._module, self._python = module, None
        self.setObjectName(f"{module.name}ModuleWidget")
        QVBoxLayout(self)
        self.setMRMLScene(slicer.mrmlScene)
        self.reload()

    def self(self) -> object:
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
    """What the class ``<Name>`` of a module file gets as its ``parent``."""

    def __init__(self, name: str, path: Path) -> None:
        self.name, self.path = name, str(path)
        self.title = self.helpText = self.acknowledgementText = ""
        self.categories: list[str] = []
        self.dependencies: list[str] = []
        self.contributors: list[str] = []
        self.associatedNodeTypes: list[str] = []
        self.icon, self.hidden, self.index = QIcon(), False, -1
        self.widgetRepresentationCreationEnabled = True
        self._widget: qSlicerScriptedLoadableModuleWidget | None = None
        self._python: object = None

    def self(self) -> object:
        return self._python

    def widgetRepresentation(self) -> qSlicerScriptedLoadableModuleWidget | None:
        if self._widget is None:
            self._widget = self.createNewWidgetRepresentation()
        return self._widget

    def createNewWidgetRepresentation(self) -> qSlicerScriptedLoadableModuleWidget | None:
        if not hasattr(sys.modules[self.name], f"{self.name}Widget"):
            return None
        return qSlicerScriptedLoadableModuleWidget(self)


class qSlicerModuleManager(QObject):
    """``slicer.app.moduleManager()``."""

    moduleAboutToBeUnloaded = Signal(str)
    moduleLoaded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._modules: dict[str, object] = {}

    def add(self, module: object) -> None:
        self._modules[module.name] = module
        setattr(slicer.modules, module.name.lower(), module)
        self.moduleLoaded.emit(module.name)

    def unload(self, name: str) -> None:
        self.moduleAboutToBeUnloaded.emit(name)
        module = self._modules.pop(name)
        widget = getattr(module, "_widget", None)
        if isinstance(widget, QWidget):
            widget.setParent(None)
        for attribute in (name.lower(), f"{name}Widget"):
            if hasattr(slicer.modules, attribute):
                delattr(slicer.modules, attribute)
        slicer.selfTests.pop(name, None)

    def module(self, name: str) -> object | None:
        return self._modules.get(name)

    def factoryManager(self) -> qSlicerModuleManager:
        return self

    def loadedModuleNames(self) -> tuple[str, ...]:
        return tuple(self._modules)

    modulesNames = loadedModuleNames

    def isLoaded(self, name: str) -> bool:
        return name in self._modules


def import_module_file(path: Path) -> ModuleType:
    """Import a module file as Slicer does, with its folder on ``sys.path``."""
    folder = str(path.parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(path.stem, path)
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
    python_module = import_module_file(path)
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
    loaded, problem = [], None
    while waiting:
        left = []
        for path in waiting:
            try:
                loaded.append(load_module(folder, path.stem))
            except ImportError as error:
                left.append(path)
                problem = error
        if len(left) == len(waiting):
            raise problem
        waiting = left
    slicer.app.startupCompleted.emit()
    return loaded


def run_unit_test(folder: str | Path, name: str) -> unittest.TestResult:
    """Run the test classes of a module's file, as ``slicer.testing.runUnitTest([folder], name)`` does."""
    if not slicer.app.moduleManager().isLoaded(name):
        load_module(folder, name)
    suite = unittest.TestLoader().loadTestsFromModule(sys.modules[name])
    return unittest.TextTestRunner(verbosity=2).run(suite)
