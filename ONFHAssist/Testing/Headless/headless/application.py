"""``slicer.app`` and the start of the stand-in."""

# ruff: noqa: N801, N815 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

import atexit
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import ModuleType, SimpleNamespace

import slicer
import vtk
from PySide6.QtCore import QSettings, Qt, Signal, qInstallMessageHandler
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from trame_slicer.core import SlicerApp

from . import (
    ctk_widgets,
    extras,
    module_factory,
    mrml_views,
    mrml_widgets,
    parameter_node,
    sample_data,
    scripted_module,
    segment_editor,
    subject_hierarchy,
    ui_loader,
)
from .colour_files import add_colour_files
from .io_manager import qSlicerCoreIOManager
from .layout import qSlicerLayoutManager
from .message_log import record_messages
from .module_factory import CoreModule, qSlicerModuleManager
from .qt_names import native, qt_module


@native
class qSlicerApplication(QApplication):
    """``slicer.app``, started as with ``--testing``."""

    startupCompleted = Signal()  # emitted by load_modules, when every module is there

    _core: SlicerApp
    _managers: SimpleNamespace
    _folder: str

    def __init__(self) -> None:
        super().__init__(["Slicer"])
        self.setApplicationName("Slicer")
        self.setApplicationVersion("5.11.0")
        self.setOrganizationName("slicer.org")
        self._folder = tempfile.mkdtemp(prefix="headless-slicer-")
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(QSettings.Format.IniFormat, scope, self._folder)
        self._core = SlicerApp()
        self._managers = SimpleNamespace()

    def start(self) -> None:
        """Make what needs ``slicer.app`` to be there."""
        self._managers.modules = qSlicerModuleManager()
        self._managers.io = qSlicerCoreIOManager()
        self._managers.layout = qSlicerLayoutManager(self._core.scene, self._core.app_logic)
        self._managers.window = qSlicerMainWindow()
        self._core.scene.RegisterNodeClass(
            slicer.vtkMRMLColorLegendDisplayNode()
        )  # as the Colors module does
        add_colour_files(self._core.scene)
        self._core.scene.GetCacheManager() and self._core.scene.GetCacheManager().SetRemoteCacheDirectory(
            self._folder
        )

    temporaryPath = property(lambda self: self._folder)
    documentationBaseUrl = property(lambda _self: "https://slicer.readthedocs.io/en/latest/")
    majorVersion = property(lambda _self: 5)
    minorVersion = property(lambda _self: 11)
    slicerHome = property(lambda self: self._folder)
    os = property(lambda _self: {"win32": "win", "darwin": "macosx"}.get(sys.platform, "linux"))

    def moduleDocumentationUrl(self, name: str) -> str:
        return f"{self.documentationBaseUrl}user_guide/modules/{name.lower()}.html"

    def testingEnabled(self) -> bool:
        return True

    def commandOptions(self) -> SimpleNamespace:
        return SimpleNamespace(noMainWindow=False, testingEnabled=True)

    def mrmlScene(self) -> slicer.vtkMRMLScene:
        return self._core.scene

    def applicationLogic(self) -> slicer.vtkSlicerApplicationLogic:
        return self._core.app_logic

    def layoutManager(self) -> qSlicerLayoutManager:
        return self._managers.layout

    def moduleManager(self) -> qSlicerModuleManager:
        return self._managers.modules

    def coreIOManager(self) -> qSlicerCoreIOManager:
        return self._managers.io

    ioManager = coreIOManager

    def userSettings(self) -> QSettings:
        return QSettings()

    settings = userSettings

    def startupEnvironment(self) -> dict[str, str]:
        return dict(os.environ)

    def pauseRender(self) -> None:
        """Views are drawn only when asked for."""

    resumeRender = pauseRender

    def setRenderPaused(self, paused: bool) -> None:
        """Views are drawn only when asked for."""

    def pythonConsole(self) -> None:
        return None


@native
class qSlicerMainWindow(QMainWindow):
    """The main window, of which there is only the module panel."""

    _panels: QStackedWidget
    _selected: str

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("qSlicerMainWindow")
        self._panels, self._selected = QStackedWidget(), ""
        self.setCentralWidget(self._panels)
        self.resize(520, 900)

    def moduleSelector(self) -> qSlicerMainWindow:
        return self

    selectedModule = property(lambda self: self._selected)

    def selectModule(self, name: str) -> None:
        module = slicer.util.getModule(name)
        before = slicer.app.moduleManager().module(self._selected)
        if before is not None and before.widgetRepresentation():
            before.widgetRepresentation().exit()
        self._selected = name
        widget = module.widgetRepresentation()
        if widget is not None:
            self._panels.addWidget(widget)
            self._panels.setCurrentWidget(widget)
            widget.enter()


# Lower-case name of the module -> its name and the class of its logic; None: the application's own object.
_CORE_MODULES = {
    "Colors": "vtkMRMLColorLogic", "CropVolume": "vtkSlicerCropVolumeLogic", "Data": None, "DICOM": None,
    "Markups": None, "Models": "vtkSlicerModelsLogic", "Plots": "vtkSlicerPlotsLogic", "SegmentEditor": None,
    "Segmentations": None, "SampleData": None, "SceneViews": "vtkSlicerSceneViewsModuleLogic",
    "SubjectHierarchy": None, "Tables": "vtkSlicerTablesLogic", "Terminologies": None,
    "Texts": "vtkSlicerTextsLogic", "Transforms": "vtkSlicerTransformLogic", "Units": "vtkSlicerUnitsLogic",
    "Volumes": None, "VolumeRendering": "vtkSlicerVolumeRenderingLogic",
}  # fmt: skip


def _core_logics(core: SlicerApp) -> dict[str, object]:
    logics = {
        "Segmentations": core.segmentations_logic,
        "Volumes": core.volumes_logic,
        "Terminologies": core.terminologies_logic,
        "SubjectHierarchy": core.subject_hierarchy_logic,
        "Data": core.data_logic,
        "Markups": core.app_logic.GetModuleLogic("Markups"),
        "VolumeRendering": core.app_logic.GetModuleLogic("VolumeRendering"),
        "Colors": core.app_logic.GetColorLogic(),
    }
    for name, kind in _CORE_MODULES.items():
        if logics.get(name) is None and kind is not None:
            logics[name] = core.register_module_logic(getattr(slicer, kind)(), logic_name=name)
    return logics


def _messages_of_qt() -> None:
    """Pass Qt's messages on, but not that an off-screen window cannot tell the desktop its size."""

    def handle(_kind: object, _context: object, text: str) -> None:
        if "propagateSizeHints" not in text:
            print(text, file=sys.stderr)

    qInstallMessageHandler(handle)
    atexit.register(qInstallMessageHandler, None)


def _fonts() -> None:
    """Use DejaVu Sans, which matplotlib brings along: the same text on every machine, also without any font."""
    from importlib.util import find_spec

    folder = Path(find_spec("matplotlib").origin).parent / "mpl-data" / "fonts" / "ttf"
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSansMono.ttf"):
        QFontDatabase.addApplicationFont(str(folder / name))
    QApplication.setFont(QFont("DejaVu Sans", 9))


def _publish(name: str, module: ModuleType) -> None:
    sys.modules[name] = module
    if name.startswith("slicer."):
        setattr(slicer, name.removeprefix("slicer."), module)


def _complete_slicer(app: qSlicerApplication) -> None:
    slicer.app, slicer.mrmlScene, slicer.selfTests = app, app.mrmlScene(), {}
    slicer.modules = ModuleType("slicer.modules")
    sys.modules["slicer.modules"] = slicer.modules
    slicer.modules.sampleDataSources = {}
    _publish("slicer.ScriptedLoadableModule", scripted_module)
    _publish("slicer.parameterNodeWrapper", parameter_node)
    _publish("slicer.i18n", extras.i18n_module())
    _publish("slicer.packaging", extras.packaging_module())
    sys.modules["SampleData"] = sample_data
    sys.modules["ctk"] = ModuleType("ctk", ctk_widgets.__doc__)
    for module in (ctk_widgets, mrml_widgets, mrml_views, segment_editor, module_factory):
        for name, member in list(vars(module).items()):
            ours = isinstance(member, type) and member.__module__ == module.__name__
            if ours and name.startswith(("ctk", "qMRML", "qSlicer")):
                setattr(sys.modules["ctk"] if name.startswith("ctk") else slicer, name, member)
                if issubclass(member, QWidget) and not name.startswith("qSlicer"):
                    ui_loader.register(member)
    slicer.qSlicerApplication = qSlicerApplication
    sys.modules["qt"].QUiLoader = ui_loader.QUiLoader


def start() -> object:
    """Complete the module ``slicer`` for this process and return ``slicer.app``.

    In the real application, and when it has been called before, it returns at once.
    """
    existing = getattr(slicer, "app", None)
    if existing is not None:
        return existing
    qt_module()
    _messages_of_qt()
    app = qSlicerApplication()
    _fonts()
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app.setStyle("Fusion")
    _complete_slicer(app)
    app.start()
    vtk.vtkObject.GlobalWarningDisplayOff()  # a logic that says it registers a class once more
    logics = _core_logics(app._core)
    vtk.vtkObject.GlobalWarningDisplayOn()
    for name in _CORE_MODULES:
        app.moduleManager().add(CoreModule(name, logics.get(name)))
    subject_hierarchy.follow(app.mrmlScene())
    record_messages()
    slicer.util.pip_install, slicer.util.pip_uninstall = extras.pip_install, extras.pip_uninstall
    logging.getLogger("matplotlib").setLevel(logging.WARNING)
    return app
