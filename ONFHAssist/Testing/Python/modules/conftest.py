"""The five modules, loaded by file as Slicer loads them, each with a fresh panel."""

from collections.abc import Callable
from pathlib import Path

import pytest

MODULE_FOLDER = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def modules(slicer_app: object) -> object:
    """``slicer.modules`` with the five modules of the folder."""
    import headless
    import slicer

    if not hasattr(slicer.modules, "onfhsegment"):
        headless.load_modules(MODULE_FOLDER)
    return slicer.modules


@pytest.fixture
def panel(modules: object, scene: object) -> Callable[[str], object]:
    """``panel("ONFHSegment")`` opens a module and returns its Python widget."""
    opened = []

    def open_module(name: str) -> object:
        getattr(modules, name.lower()).widgetRepresentation()
        widget = getattr(modules, f"{name}Widget")
        widget.enter()
        opened.append(widget)
        return widget

    yield open_module
    for widget in opened:
        widget.exit()
