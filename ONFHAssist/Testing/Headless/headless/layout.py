"""``slicer.app.layoutManager()`` on real, off-screen slice and 3D views, and pictures of them."""

# ruff: noqa: N801, N815 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import slicer
import vtk
from trame_slicer.views import SliceView, ThreeDView
from trame_slicer.views.render_scheduler import NoScheduleRendering

SLICE_VIEWS = {"Red": "Axial", "Yellow": "Sagittal", "Green": "Coronal"}
_COLOURS = {"Red": (0.953, 0.290, 0.200), "Yellow": (0.929, 0.835, 0.298), "Green": (0.431, 0.690, 0.294)}
_DIRECTIONS = ("right", "left", "posterior", "anterior", "inferior", "superior")
_SIZE = (600, 600)


class _Window:
    """What the widgets of both kinds of view have in common."""

    def __init__(self, view: SliceView | ThreeDView) -> None:
        self._view = view
        view.update_size(*_SIZE)

    def renderWindow(self) -> vtk.vtkRenderWindow:
        return self._view.render_window()

    def interactor(self) -> vtk.vtkRenderWindowInteractor:
        return self._view.interactor()

    def cornerAnnotation(self) -> vtk.vtkCornerAnnotation:
        found = [a for a in self._props() if isinstance(a, vtk.vtkCornerAnnotation)]
        if not found:
            found = [vtk.vtkCornerAnnotation()]
            self._view.first_renderer().AddViewProp(found[0])
        return found[0]

    def _props(self) -> list[vtk.vtkProp]:
        props = self._view.first_renderer().GetViewProps()
        return [props.GetItemAsObject(i) for i in range(props.GetNumberOfItems())]

    def forceRender(self) -> None:
        self._view.render()

    scheduleRender = forceRender

    def resize(self, width: int, height: int) -> None:
        self._view.render_window().SetSize(width, height)
        self._view.update_size(width, height)
        if isinstance(self._view, SliceView):
            self._view._logic.ResizeSliceNode(width, height)

    def setVisible(self, visible: bool) -> None:
        """There is no window to hide."""


class qMRMLSliceWidget(_Window):
    """``layoutManager().sliceWidget("Red")``; it is its own slice view and controller as well."""

    def sliceView(self) -> qMRMLSliceWidget:
        return self

    sliceController = sliceView

    def sliceLogic(self) -> slicer.vtkMRMLSliceLogic:
        return self._view._logic

    def mrmlSliceNode(self) -> slicer.vtkMRMLSliceNode:
        return self._view._logic.GetSliceNode()

    def mrmlSliceCompositeNode(self) -> slicer.vtkMRMLSliceCompositeNode:
        return self._view._logic.GetSliceCompositeNode()

    def fitSliceToBackground(self) -> None:
        self._view._logic.FitSliceToBackground()

    @property
    def sliceOrientation(self) -> str:
        return self.mrmlSliceNode().GetOrientation()

    def setSliceOrientation(self, orientation: str) -> None:
        self.mrmlSliceNode().SetOrientation(orientation)


class qMRMLThreeDWidget(_Window):
    """``layoutManager().threeDWidget(0)``; it is its own view and controller as well."""

    def threeDView(self) -> qMRMLThreeDWidget:
        return self

    threeDController = threeDView

    def mrmlViewNode(self) -> slicer.vtkMRMLViewNode:
        return self._view.get_view_node()

    def viewLogic(self) -> slicer.vtkMRMLViewLogic:
        return self._view._logic

    def cameraNode(self) -> slicer.vtkMRMLCameraNode:
        return self._view.get_camera_node()

    def resetFocalPoint(self) -> None:
        self._view.reset_focal_point()

    def resetCamera(self, *_: object) -> None:
        self._view.reset_camera()

    def rotateToViewAxis(self, axis: int) -> None:
        """0 to 5: seen from the right, left, back, front, below, above."""
        camera = slicer.vtkMRMLCameraNode
        self.cameraNode().RotateTo(
            (camera.Right, camera.Left, camera.Posterior, camera.Anterior, camera.Inferior, camera.Superior)[
                axis
            ]
        )


class qSlicerLayoutManager:
    """Red, Yellow and Green slice views and one 3D view, which there are in every layout."""

    def __init__(self, scene: slicer.vtkMRMLScene, logic: slicer.vtkSlicerApplicationLogic) -> None:
        vtk.vtkObject.GlobalWarningDisplayOff()  # about events that only trame-slicer's web views need
        quiet = {"scheduled_render_strategy": NoScheduleRendering()}
        self._slices: dict[str, qMRMLSliceWidget] = {}
        for name, orientation in SLICE_VIEWS.items():
            widget = qMRMLSliceWidget(SliceView(scene, logic, name, **quiet))
            widget.mrmlSliceNode().SetLayoutColor(*_COLOURS[name])
            widget.mrmlSliceNode().SetOrientation(orientation)
            self._slices[name] = widget
        self._threed = qMRMLThreeDWidget(ThreeDView(scene, logic, "1", **quiet))
        self._layout_logic = slicer.vtkMRMLLayoutLogic()
        self._layout_logic.SetMRMLApplicationLogic(logic)
        self._layout_logic.SetMRMLScene(scene)
        self.setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutConventionalView)
        vtk.vtkObject.GlobalWarningDisplayOn()

    threeDViewCount = 1
    tableViewCount = plotViewCount = 0

    def layoutLogic(self) -> slicer.vtkMRMLLayoutLogic:
        return self._layout_logic

    def setLayout(self, layout: int) -> None:
        self._layout_logic.GetLayoutNode().SetViewArrangement(layout)

    @property
    def layout(self) -> int:
        return self._layout_logic.GetLayoutNode().GetViewArrangement()

    @layout.setter
    def layout(self, layout: int) -> None:
        self.setLayout(layout)

    def sliceViewNames(self) -> tuple[str, ...]:
        return tuple(self._slices)

    def sliceWidget(self, name: str) -> qMRMLSliceWidget | None:
        return self._slices.get(name)

    def threeDWidget(self, index: int = 0) -> qMRMLThreeDWidget | None:
        return self._threed if index in {0, "1", "View1"} else None

    def tableWidget(self, index: int = 0) -> None:
        """Table views are not part of the stand-in: show a qMRMLTableView."""

    def plotWidget(self, index: int = 0) -> None:
        """Plot views are not part of the stand-in: show a qMRMLPlotView."""

    def mrmlSliceLogics(self) -> vtk.vtkCollection:
        return slicer.app.applicationLogic().GetSliceLogics()

    def resetSliceViews(self) -> None:
        for widget in self._slices.values():
            widget.sliceLogic().FitSliceToBackground()
            widget.sliceLogic().SnapSliceOffsetToIJK()

    def resetThreeDViews(self) -> None:
        self._threed.resetFocalPoint()
        self._threed.resetCamera()


def _photograph(widget: _Window, path: str | Path, size: tuple[int, int]) -> Path:
    widget.renderWindow().SetOffScreenRendering(1)
    widget.resize(*size)
    widget.forceRender()
    grab = vtk.vtkWindowToImageFilter()
    grab.SetInput(widget.renderWindow())
    grab.ReadFrontBufferOff()
    grab.SetInputBufferTypeToRGB()
    writer = vtk.vtkPNGWriter()
    writer.SetInputConnection(grab.GetOutputPort())
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer.SetFileName(str(path))
    writer.Write()
    if not path.is_file():
        raise OSError(f"the picture {path} could not be written")
    return path


def grab_slice_view(
    path: str | Path,
    orientation: str = "Coronal",
    *,
    point: Sequence[float] | None = None,
    field_of_view: float | None = None,
    size: tuple[int, int] = _SIZE,
) -> Path:
    """Write a picture (PNG) of a slice view of the scene, as Slicer would show it.

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


def grab_3d_view(
    path: str | Path, direction: str = "anterior", *, size: tuple[int, int] = _SIZE, box: bool = False
) -> Path:
    """Write a picture (PNG) of the 3D view, seen from ``direction`` with everything in it.

    Args:
        path: the file.
        direction: "anterior", "right", "superior" ...: where the viewer is.
        size: width and height of the picture in pixels.
        box: whether the purple box with its letters, which Slicer shows at first, is in the picture.

    Raises:
        ValueError: the direction is unknown.
        OSError: the file could not be written.
    """
    if direction not in _DIRECTIONS:
        raise ValueError(f"there is no direction '{direction}'; choose from {', '.join(_DIRECTIONS)}")
    widget = slicer.app.layoutManager().threeDWidget(0)
    widget.resize(*size)
    node = widget.mrmlViewNode()
    before = node.GetBoxVisible(), node.GetAxisLabelsVisible()
    node.SetBoxVisible(box)
    node.SetAxisLabelsVisible(box)
    widget.forceRender()  # the actors exist only after this
    widget.resetFocalPoint()
    widget.rotateToViewAxis(_DIRECTIONS.index(direction))
    widget.resetCamera()
    try:
        return _photograph(widget, path, size)
    finally:
        node.SetBoxVisible(before[0])
        node.SetAxisLabelsVisible(before[1])
