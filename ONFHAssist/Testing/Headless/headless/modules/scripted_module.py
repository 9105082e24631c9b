"""``slicer.ScriptedLoadableModule``: the base classes of a module, its widget, its logic and its test."""

# ruff: noqa: N815 - the names are those of Slicer
from __future__ import annotations

import importlib
import logging
import unittest
from pathlib import Path
from typing import Any

import slicer

from ..qt.pythonqt import QtGui

__all__ = [
    "ScriptedLoadableModule",
    "ScriptedLoadableModuleLogic",
    "ScriptedLoadableModuleTest",
    "ScriptedLoadableModuleWidget",
]


def _resources(path: str, filename: str) -> str:
    return str(Path(path).parent / "Resources" / filename)


class ScriptedLoadableModule:
    """What a module says about itself; made once, when the application starts."""

    def __init__(self, parent: Any) -> None:
        super().__init__()
        self.parent = parent
        self.moduleName = type(self).__name__
        parent.title, parent.categories, parent.dependencies = "", [], []
        # What a module does not set says, as in the application, whom it does not mean.
        parent.contributors = ["The authors of 3D Slicer"]
        parent.helpText = "This module was created from a template; its help has not been written."
        parent.acknowledgementText = "This work is supported by NA-MIC, see https://www.slicer.org"
        for suffix in (".svg", ".png"):
            icon = Path(self.resourcePath(f"Icons/{self.moduleName}{suffix}"))
            if icon.is_file():
                parent.icon = QtGui.QIcon(str(icon))
                break
        slicer.selfTests[self.moduleName] = self.runTest

    def resourcePath(self, filename: str) -> str:
        return _resources(self.parent.path, filename)

    def runTest(self, msec: int = 100, **options: Any) -> None:
        """Run ``<ModuleName>Test.runTest``; "Reload and Test" and Slicer's test driver come through here."""
        module = importlib.import_module(self.__module__)
        test_class = getattr(module, f"{self.moduleName}Test", None)
        if test_class is None:
            raise AssertionError(f"Test case class not found: {self.__module__}.{self.moduleName}Test ")
        case = test_class()
        case.messageDelay = msec
        case.runTest(**options)


class ScriptedLoadableModuleWidget:
    """The panel of a module. ``parent`` is the Qt widget that it fills; ``layout`` is that widget's."""

    def __init__(self, parent: Any) -> None:
        super().__init__()
        self.moduleName = type(self).__name__.removesuffix("Widget")
        self.developerMode = False
        self.parent, self.layout = parent, parent.layout()
        slicer.app.moduleManager().connect(
            "moduleAboutToBeUnloaded(QString)", self._onModuleAboutToBeUnloaded
        )

    def _onModuleAboutToBeUnloaded(self, name: str) -> None:
        if name == self.moduleName:
            self.cleanup()
            slicer.app.moduleManager().disconnect(
                "moduleAboutToBeUnloaded(QString)", self._onModuleAboutToBeUnloaded
            )

    def resourcePath(self, filename: str) -> str:
        return _resources(slicer.util.modulePath(self.moduleName), filename)

    def setup(self) -> None:
        """Fill the panel; the section "Reload & Test" of the developer mode is not there."""

    def cleanup(self) -> None:
        """Called before the panel goes away."""

    def enter(self) -> None:
        """Called each time the user opens the module."""

    def exit(self) -> None:
        """Called each time the user opens another module."""

    def onReload(self) -> None:
        slicer.util.reloadScriptedModule(self.moduleName)


class ScriptedLoadableModuleLogic:
    """The computation of a module, with its parameter node in the scene."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__()
        self.moduleName = type(self).__name__.removesuffix("Logic")
        self.isSingletonParameterNode = True

    def getParameterNode(self) -> Any:
        """The module's parameter node; made where the scene has none."""
        if self.isSingletonParameterNode:
            node = slicer.mrmlScene.GetSingletonNode(self.moduleName, "vtkMRMLScriptedModuleNode")
            if node is not None:
                node.SetAttribute("ModuleName", self.moduleName)
                return node
        else:
            found = self.getAllParameterNodes()
            if found:
                return found[0]
        return slicer.mrmlScene.AddNode(self.createParameterNode())

    def getAllParameterNodes(self) -> list[Any]:
        nodes = slicer.util.getNodesByClass("vtkMRMLScriptedModuleNode")
        return [node for node in nodes if node.GetAttribute("ModuleName") == self.moduleName]

    def createParameterNode(self) -> Any:
        """A new parameter node that is not yet in the scene."""
        node = slicer.mrmlScene.CreateNodeByClass("vtkMRMLScriptedModuleNode")
        node.UnRegister(None)  # the Python variable holds it now
        if self.isSingletonParameterNode:
            node.SetSingletonTag(self.moduleName)
        node.SetAttribute("ModuleName", self.moduleName)
        node.SetName(slicer.mrmlScene.GenerateUniqueName(self.moduleName))
        return node


class ScriptedLoadableModuleTest(unittest.TestCase):
    """The self-test of a module; ``runTest`` of the derived class says what is run."""

    messageDelay: int | None = None

    def delayDisplay(self, message: str, requestedDelay: int | None = None, msec: int | None = None) -> None:
        given = (self.messageDelay, msec, requestedDelay, 100)
        slicer.util.delayDisplay(message, next(delay for delay in given if delay is not None))

    def runTest(self) -> None:
        logging.warning("No test is defined in %s", type(self).__name__)
