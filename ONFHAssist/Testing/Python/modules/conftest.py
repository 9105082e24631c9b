"""The six modules, loaded by file as Slicer loads them, each with a fresh panel."""

from collections.abc import Callable

import pytest
from support.places import MODULE_FOLDER


@pytest.fixture(scope="session")
def modules(slicer_app: object) -> object:
    """``slicer.modules`` with the six modules of the folder."""
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


@pytest.fixture
def home(panel, scene):
    """``home(worker)`` opens the panel on a pelvis of the worker's hips."""
    from ONFHAssistLib.ui.jobs import JobRunner

    def open_home(worker):
        from support.run_all_worker import pelvis

        from ONFHAssistLib.scene.volumes import volume_from_image

        volume_from_image(pelvis(worker.sides)[0], "Hip MRI")
        widget = panel("ONFHAssist")
        widget.run.runner = worker
        return widget

    yield open_home
    panel("ONFHAssist").run.runner = JobRunner.shared()
