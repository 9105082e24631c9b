"""Pictures (PNG) of panels, views and charts, as Slicer would show them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import slicer

from .qt.pythonqt import QtWidgets
from .scene.charts import chart_image, image_of
from .scene.views import DIRECTIONS, SIZE, SLICE_VIEWS
from .widgets.clipping import clipped


def grab(widget: Any, path: str | Path, width: int = 520) -> Path:
    """Write a picture of a widget, such as a module's panel, as tall as its content.

    Args:
        widget: a Qt widget, or the Python widget of a module.
        path: the file.
        width: in pixels.

    Raises:
        OSError: the file could not be written.
    """
    widget = widget if isinstance(widget, QtWidgets.QWidget) else widget.parent
    window = widget.window()
    widget.show()
    window.show()
    slicer.app.processEvents()
    wanted = widget.sizeHint() if callable(widget.sizeHint) else widget.sizeHint
    height = max(widget.heightForWidth(width), wanted.height(), 40)
    # A panel in the main window: give the window the room that the panel wants.
    for _ in range(4):
        window.resize(width + window.width - widget.width, height + window.height - widget.height)
        lacking = sum(cut.height for cut in clipped(widget))
        if lacking == 0:
            break
        height += lacking  # wrapped text in groups is not foreseen
    return _written(widget.grab(), path)


def grab_plot(path: str | Path, chart_node: Any, *, size: tuple[int, int] = (640, 480)) -> Path:
    """Write a picture of a plot chart."""
    return _written(chart_image(chart_node, size), path)


def grab_slice_view(
    path: str | Path,
    orientation: str = "Coronal",
    *,
    point: Sequence[float] | None = None,
    field_of_view: float | None = None,
    size: tuple[int, int] = SIZE,
) -> Path:
    """Write a picture of a slice view of the scene.

    Args:
        path: the file.
        orientation: "Axial", "Sagittal" or "Coronal", or a view's name ("Red", "Yellow", "Green").
        point: the slice goes through this point and is centred on it; RAS mm. Otherwise through the middle of
            the background volume, fitted to it.
        field_of_view: width of what is seen, in mm; otherwise the whole background volume.
        size: width and height of the picture in pixels.

    Raises:
        ValueError: the view is unknown.
        OSError: the file could not be written.
    """
    name = {o: n for n, o in SLICE_VIEWS.items()}.get(orientation, orientation)
    widget = slicer.app.layoutManager().sliceWidget(name)
    if widget is None:
        raise ValueError(
            f"there is no slice view '{orientation}'; choose from {sorted(SLICE_VIEWS.values())}"
        )
    node, logic = widget.mrmlSliceNode(), widget.sliceLogic()
    widget.resize(*size)
    node.SetOrientation(SLICE_VIEWS[name])
    volume = logic.GetNthLayerVolumeNode(0)
    if volume is not None:
        node.RotateToVolumePlane(volume)
    logic.FitSliceToBackground()
    if field_of_view is not None:
        depth = node.GetFieldOfView()[2]
        node.SetFieldOfView(field_of_view, field_of_view * size[1] / size[0], depth)
    if point is not None:
        node.JumpSliceByCentering(*point)
    logic.SnapSliceOffsetToIJK()
    return _photograph(widget, path, size)


def grab_view(path: str | Path, name: str) -> Path:
    """Write a picture of a slice view ("Red", or one that a layout added) as it stands, in its own size.

    Raises:
        ValueError: there is no such view.
        OSError: the file could not be written.
    """
    widget = slicer.app.layoutManager().sliceWidget(name)
    if widget is None:
        raise ValueError(f"there is no slice view '{name}'")
    columns, rows = widget.mrmlSliceNode().GetDimensions()[:2]
    return _photograph(widget, path, (columns, rows))


def grab_3d_view(path: str | Path, direction: str = "anterior", *, size: tuple[int, int] = SIZE) -> Path:
    """Write a picture of the 3D view, seen from ``direction`` with everything in it, but Slicer's purple box.

    Args:
        path: the file.
        direction: "anterior", "right", "superior" ...: where the viewer is.
        size: width and height of the picture in pixels.

    Raises:
        ValueError: the direction is unknown.
        OSError: the file could not be written.
    """
    if direction.capitalize() not in DIRECTIONS:
        known = ", ".join(DIRECTIONS).lower()
        raise ValueError(f"there is no direction '{direction}'; choose from {known}")
    widget = slicer.app.layoutManager().threeDWidget(0)
    widget.resize(*size)
    node = widget.mrmlViewNode()
    before = node.GetBoxVisible(), node.GetAxisLabelsVisible()
    node.SetBoxVisible(False)
    node.SetAxisLabelsVisible(False)
    widget.forceRender()  # the actors exist only after this
    widget.resetFocalPoint()
    widget.rotateToViewAxis(DIRECTIONS.index(direction.capitalize()))
    widget.resetCamera()
    try:
        return _photograph(widget, path, size)
    finally:
        node.SetBoxVisible(before[0])
        node.SetAxisLabelsVisible(before[1])


def _photograph(widget: Any, path: str | Path, size: tuple[int, int]) -> Path:
    window = widget.renderWindow()
    window.SetOffScreenRendering(1)
    window.SetMultiSamples(0)  # drawn off screen, depth peeling loses what is half transparent with more
    widget.resize(*size)
    widget.forceRender()
    return _written(image_of(window), path)


def _written(image: Any, path: str | Path) -> Path:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        raise OSError(f"the picture {path} could not be written")
    return path
