"""3D Slicer without its window: the core of Slicer from its wheel, with PySide6 where the wheel has no Qt.

>>> import headless
>>> app = headless.start()
>>> module = headless.load_module("MyExtension", "MyModule")
>>> headless.grab(module.widgetRepresentation(), "panel.png")

In the real application ``start`` returns at once, so that the same test files run there. See README.md.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .application import add_widget
    from .dicom.utilities import export_to_dicom, exportables_of
    from .message_log import logged, messages
    from .modules.command_line import add_command_line_module
    from .modules.factory import load_module, load_modules, run_unit_test
    from .packages import installations
    from .pictures import grab, grab_3d_view, grab_plot, grab_slice_view, grab_view
    from .widgets.clipping import clipped, in_view, lost_requests, resize_panel
    from .widgets.segment_editor import stroke

__all__ = [
    "add_command_line_module",
    "add_widget",
    "clear_scene",
    "clipped",
    "export_to_dicom",
    "exportables_of",
    "grab",
    "grab_3d_view",
    "grab_plot",
    "grab_slice_view",
    "grab_view",
    "in_real_slicer",
    "in_view",
    "installations",
    "load_module",
    "load_modules",
    "logged",
    "lost_requests",
    "messages",
    "resize_panel",
    "run_unit_test",
    "start",
    "stroke",
]

# Imported when they are asked for: they need a started application.
_LATER = {
    "application": "add_widget",
    "dicom.utilities": "export_to_dicom exportables_of",
    "message_log": "logged messages",
    "modules.command_line": "add_command_line_module",
    "modules.factory": "load_module load_modules run_unit_test",
    "packages": "installations",
    "pictures": "grab grab_3d_view grab_plot grab_slice_view grab_view",
    "widgets.clipping": "clipped in_view lost_requests resize_panel",
    "widgets.segment_editor": "stroke",
}
_PLACES = {name: place for place, names in _LATER.items() for name in names.split()}


def in_real_slicer() -> bool:
    """Whether this process is the real application."""
    return "headless.application" not in sys.modules and hasattr(sys.modules.get("slicer"), "app")


def start() -> Any:
    """Start the stand-in, once for the process, and return ``slicer.app``; in the real Slicer return at once."""
    if in_real_slicer():
        return sys.modules["slicer"].app
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform.startswith("linux"):  # VTK would look for a display first, and say so
        os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", _render_window())
    from .application import start as start_application

    return start_application()


def _render_window() -> str:
    """VTK's render window for a machine without display: OSMesa, and EGL where that is no longer packaged."""
    try:
        ctypes.CDLL("libOSMesa.so.8")
    except OSError:
        return "vtkEGLRenderWindow"
    return "vtkOSOpenGLRenderWindow"


def clear_scene() -> None:
    """Close the scene, as "Close scene" does, and forget messages and requested installations."""
    import slicer

    slicer.mrmlScene.Clear(0)
    slicer.app.processEvents()
    if not in_real_slicer():
        from .message_log import messages, record_exceptions
        from .packages import installations

        messages.clear()
        record_exceptions()
        installations.clear()


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'headless' has no attribute '{name}'")
    start()
    return getattr(importlib.import_module(f"headless.{_PLACES[name]}"), name)
