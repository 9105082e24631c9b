"""3D Slicer without its window: the core of Slicer from its wheel, with PySide6 where the wheel has no Qt.

>>> import headless
>>> app = headless.start()
>>> module = headless.load_module("ONFHAssist", "ONFHSurvival")
>>> headless.grab(module.widgetRepresentation(), "panel.png")

In the real application ``start`` returns at once, so that the same test files run there. See README.md.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from pathlib import Path

__all__ = [
    "clear_scene",
    "grab",
    "grab_3d_view",
    "grab_plot",
    "grab_slice_view",
    "in_real_slicer",
    "installations",
    "load_module",
    "load_modules",
    "messages",
    "run_unit_test",
    "said",
    "start",
]

_LATER = {
    "grab_3d_view": "layout",
    "grab_slice_view": "layout",
    "grab_plot": "plot_image",
    "installations": "extras",
    "load_module": "module_factory",
    "load_modules": "module_factory",
    "messages": "message_log",
    "run_unit_test": "module_factory",
    "said": "message_log",
}


def in_real_slicer() -> bool:
    """Whether this process is the real application."""
    return "headless.application" not in sys.modules and hasattr(sys.modules.get("slicer"), "app")


def start() -> object:
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
        from .extras import installations
        from .message_log import messages, record_exceptions

        messages.clear()
        record_exceptions()
        installations.clear()


def grab(widget: object, path: str | Path, width: int = 520, height: int | None = None) -> Path:
    """Write a screenshot (PNG) of a widget, such as a module's panel, as tall as its content.

    Args:
        widget: a Qt widget, or the Python widget of a module.
        path: the file.
        width: in pixels.
        height: in pixels; otherwise what the widget wants at this width.

    Raises:
        OSError: the file could not be written.
    """
    import qt

    widget = getattr(widget, "parent", widget) if not isinstance(widget, qt.QWidget) else widget
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    app = start()
    window = widget.window()
    widget.show()
    window.show()
    app.processEvents()
    fitted = height is None
    if fitted:
        layout = widget.layout()
        tall = layout.heightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        wanted = widget.sizeHint() if callable(widget.sizeHint) else widget.sizeHint
        height = max(tall, wanted.height(), 40)
    # A panel in the main window: give the window the room that the panel wants.
    for _ in range(4):
        window.resize(width + window.width - widget.width, height + window.height - widget.height)
        app.processEvents()
        lacking = _lacking(widget) if fitted else 0
        if lacking == 0:
            break
        height += lacking
    if not widget.grab().save(str(path)):
        raise OSError(f"the picture {path} could not be written")
    return path


def _lacking(widget: object) -> int:
    """How many pixels of height the labels and buttons of a panel lack: wrapped text in groups is not foreseen."""
    import qt

    lacking = 0
    for child in widget.findChildren(qt.QWidget):
        if child.isVisible() and isinstance(child, (qt.QLabel, qt.QAbstractButton, qt.QLineEdit)):
            wrapped = child.hasHeightForWidth() and child.heightForWidth(child.width)
            lacking += max(0, (wrapped or child.minimumSizeHint.height()) - child.height)
    return lacking


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module 'headless' has no attribute '{name}'")
    start()
    return getattr(importlib.import_module(f"headless.{_LATER[name]}"), name)
