"""``slicer.app`` and the start of the stand-in."""

# ruff: noqa: N801, N815 - the names are those of Slicer and Qt
from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import slicer
import vtk
from trame_slicer.core import SlicerApp

from . import packages, parameter_node
from .dicom.publish import publish as publish_dicom
from .message_log import record_messages
from .modules import command_line, factory, sample_data, scripted_module
from .qt import ui_files
from .qt.pythonqt import QtCore, QtGui, QtWidgets, native, qt_module
from .scene import subject_hierarchy
from .scene.colours import add_colour_files
from .scene.files import qSlicerCoreIOManager
from .scene.views import qSlicerLayoutManager
from .widgets import ctk, module_panel, node_combo_box, segment_editor, tables

_WITH_CLASSES = (ctk, node_combo_box, tables, segment_editor, module_panel, factory)
_FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSansMono.ttf")
# Modules of Slicer itself, each with the class of its logic where the core of trame-slicer has not made it.
_CORE_MODULES = {
    "Colors": "", "CropVolume": "vtkSlicerCropVolumeLogic", "Data": "", "DICOM": "", "Markups": "",
    "Models": "vtkSlicerModelsLogic", "Plots": "vtkSlicerPlotsLogic", "SegmentEditor": "", "Segmentations": "",
    "SampleData": "", "SceneViews": "vtkSlicerSceneViewsModuleLogic", "SubjectHierarchy": "",
    "Tables": "vtkSlicerTablesLogic", "Terminologies": "", "Texts": "vtkSlicerTextsLogic",
    "Transforms": "vtkSlicerTransformLogic", "Units": "vtkSlicerUnitsLogic", "Volumes": "", "VolumeRendering": "",
}  # fmt: skip


@native
class qSlicerApplication(QtWidgets.QApplication):
    """``slicer.app``, started as with ``--testing``."""

    startupCompleted = QtCore.Signal()  # emitted by load_modules, when every module is there

    def __init__(self) -> None:
        super().__init__(["Slicer"])
        self.setApplicationName("Slicer")
        self.setApplicationVersion("5.11.0")
        self.setOrganizationName("slicer.org")
        self._folder = tempfile.mkdtemp(prefix="headless-slicer-")
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        QtCore.QSettings.setDefaultFormat(QtCore.QSettings.Format.IniFormat)
        for scope in (QtCore.QSettings.Scope.UserScope, QtCore.QSettings.Scope.SystemScope):
            QtCore.QSettings.setPath(QtCore.QSettings.Format.IniFormat, scope, self._folder)
        self._core = SlicerApp()
        self._managers = SimpleNamespace()

    def start(self) -> None:
        """Make what needs ``slicer.app`` to be there."""
        scene = self._core.scene
        self._managers.modules = factory.qSlicerModuleManager()
        self._managers.files = qSlicerCoreIOManager()
        self._managers.layout = qSlicerLayoutManager(scene, self._core.app_logic)
        self._managers.window = module_panel.qSlicerMainWindow()
        scene.RegisterNodeClass(slicer.vtkMRMLColorLegendDisplayNode())  # as the Colors module does
        add_colour_files(scene)
        scene.GetCacheManager().SetRemoteCacheDirectory(self._folder)
        vtk.vtkObject.GlobalWarningDisplayOff()  # a logic that says it registers a class once more
        for name, logic in _CORE_MODULES.items():
            logics = self._core.app_logic
            made = logics.GetColorLogic() if name == "Colors" else logics.GetModuleLogic(name)
            if made is None and logic:
                made = self._core.register_module_logic(getattr(slicer, logic)(), logic_name=name)
            self._managers.modules.add(factory.CoreModule(name, made))
        vtk.vtkObject.GlobalWarningDisplayOn()
        subject_hierarchy.follow(scene)

    temporaryPath = property(lambda self: self._folder)

    @property
    def applicationLocaleName(self) -> str:
        """The language of the application settings."""
        return str(self.userSettings().value("language") or "en")

    def testingEnabled(self) -> bool:
        return True

    def mrmlScene(self) -> Any:
        return self._core.scene

    def applicationLogic(self) -> Any:
        return self._core.app_logic

    def layoutManager(self) -> qSlicerLayoutManager:
        return self._managers.layout

    def moduleManager(self) -> factory.qSlicerModuleManager:
        return self._managers.modules

    def coreIOManager(self) -> qSlicerCoreIOManager:
        return self._managers.files

    ioManager = coreIOManager

    def userSettings(self) -> Any:
        return QtCore.QSettings()

    def startupEnvironment(self) -> dict[str, str]:
        return dict(os.environ)

    def pauseRender(self) -> None:
        """Views are drawn only when asked for."""

    resumeRender = pauseRender


def _messages_of_qt() -> None:
    """Pass Qt's messages on, but not that an off-screen window cannot tell the desktop its size."""

    def handle(_kind: Any, _context: Any, text: str) -> None:
        if "propagateSizeHints" not in text:
            print(text, file=sys.stderr)

    QtCore.qInstallMessageHandler(handle)
    atexit.register(QtCore.qInstallMessageHandler, None)


def _use_one_font() -> None:
    """DejaVu Sans, which matplotlib brings along: the same text on every machine, also without any font."""
    spec: Any = find_spec("matplotlib")
    for name in _FONTS:
        path = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / name
        QtGui.QFontDatabase.addApplicationFont(str(path))
    QtWidgets.QApplication.setFont(QtGui.QFont("DejaVu Sans", 9))


def add_widget(widget_class: type) -> type:
    """Publish a stand-in of your own, as a class decorator: in ``ctk`` or ``slicer``, and for ``.ui`` files.

    Its name says where: ``ctk...`` for CTK, anything else for Slicer.
    """
    name = widget_class.__name__
    setattr(sys.modules["ctk"] if name.startswith("ctk") else slicer, name, widget_class)
    if issubclass(widget_class, QtWidgets.QWidget):
        ui_files.register(widget_class)
    return widget_class


def _complete_slicer(app: qSlicerApplication) -> None:
    slicer.app, slicer.mrmlScene, slicer.selfTests = app, app.mrmlScene(), {}
    slicer.modules = ModuleType("slicer.modules")
    slicer.modules.sampleDataSources = {}
    parts = {
        "slicer.modules": slicer.modules,
        "slicer.ScriptedLoadableModule": scripted_module,
        "slicer.parameterNodeWrapper": parameter_node,
        "slicer.cli": command_line.as_module(),
        **packages.slicer_modules(),
    }
    sys.modules.update({**parts, "SampleData": sample_data, "ctk": ModuleType("ctk", ctk.__doc__)})
    for name, part in parts.items():
        setattr(slicer, name.removeprefix("slicer."), part)
    slicer.util.pip_install, slicer.util.pip_uninstall = packages.pip_install, packages.pip_uninstall
    for module in _WITH_CLASSES:
        for name, member in list(vars(module).items()):
            if name.startswith(("ctk", "qMRML", "qSlicer")) and member.__module__ == module.__name__:
                add_widget(member)
    slicer.qSlicerApplication = qSlicerApplication
    sys.modules["qt"].QUiLoader = ui_files.QUiLoader  # type: ignore[attr-defined]


def start() -> Any:
    """Complete the module ``slicer`` for this process and return ``slicer.app``; once."""
    existing = getattr(slicer, "app", None)
    if existing is not None:
        return existing
    qt_module()
    _messages_of_qt()
    app = qSlicerApplication()
    _use_one_font()
    app.setAttribute(QtCore.Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app.setStyle("Fusion")
    _complete_slicer(app)
    app.start()
    publish_dicom(app)
    record_messages()
    return app
