"""``slicer.app.layoutManager()`` on real, off-screen slice and 3D views."""

# ruff: noqa: N801, N815 - the names are those of Slicer
from __future__ import annotations

from typing import Any

import slicer
import vtk
from trame_slicer.views import SliceView, ThreeDView
from trame_slicer.views.render_scheduler import NoScheduleRendering

SLICE_VIEWS = {"Red": "Axial", "Yellow": "Sagittal", "Green": "Coronal"}
DIRECTIONS = ("Right", "Left", "Posterior", "Anterior", "Inferior", "Superior")
SIZE = (600, 600)
_COLOURS = {"Red": (0.953, 0.290, 0.200), "Yellow": (0.929, 0.835, 0.298), "Green": (0.431, 0.690, 0.294)}


class _Window:
    """What the widgets of both kinds of view have in common."""

    def __init__(self, view: Any) -> None:
        self._view = view
        view.update_size(*SIZE)
        self.width, self.height = SIZE

    def renderWindow(self) -> Any:
        return self._view.render_window()

    def forceRender(self) -> None:
        self._view.render()

    def resize(self, width: int, height: int) -> None:
        self.place(width, height)
        self._view.render_window().SetSize(width, height)
        self._view.update_size(width, height)

    def place(self, width: int, height: int) -> None:
        """As a layout does at once; the picture gets this size when the application is at leisure (:meth:`resize`)."""
        self.width, self.height = width, height


class qMRMLSliceWidget(_Window):
    """``layoutManager().sliceWidget("Red")``; it is its own slice view as well."""

    def sliceView(self) -> qMRMLSliceWidget:
        return self

    def sliceLogic(self) -> Any:
        return self._view._logic

    def mrmlSliceNode(self) -> Any:
        return self.sliceLogic().GetSliceNode()

    def mrmlSliceCompositeNode(self) -> Any:
        return self.sliceLogic().GetSliceCompositeNode()

    def resize(self, width: int, height: int) -> None:
        super().resize(width, height)
        self.sliceLogic().ResizeSliceNode(width, height)


class qMRMLThreeDWidget(_Window):
    """``layoutManager().threeDWidget(0)``; it is its own view as well."""

    def threeDView(self) -> qMRMLThreeDWidget:
        return self

    def mrmlViewNode(self) -> Any:
        return self._view.get_view_node()

    def resetFocalPoint(self) -> None:
        self._view.reset_focal_point()

    def resetCamera(self) -> None:
        self._view.reset_camera()

    def rotateToViewAxis(self, axis: int) -> None:
        """0 to 5: seen from the right, left, back, front, below, above."""
        self._view.get_camera_node().RotateTo(getattr(slicer.vtkMRMLCameraNode, DIRECTIONS[axis]))


class _Viewport:
    """Where a layout puts the views; here they are placed by :meth:`_Window.place`."""

    def layout(self) -> _Viewport:
        return self

    def activate(self) -> bool:
        return True


class qSlicerLayoutManager:
    """Red, Yellow and Green slice views and one 3D view, which there are in every layout; others as a layout has them."""

    threeDViewCount = 1
    tableViewCount = plotViewCount = 0

    def __init__(self, scene: Any, logic: Any) -> None:
        vtk.vtkObject.GlobalWarningDisplayOff()  # about events that only trame-slicer's web views need
        quiet = {"scheduled_render_strategy": NoScheduleRendering()}
        self._scene, self._logic, self._quiet = scene, logic, quiet
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

    def setLayout(self, layout: int) -> None:
        self._layout_logic.GetLayoutNode().SetViewArrangement(layout)
        self._make_missing_views()

    def viewport(self) -> _Viewport:
        return _Viewport()

    def layoutLogic(self) -> Any:
        return self._layout_logic

    def _make_missing_views(self) -> None:
        """A widget for each slice view that the description of a layout has brought into the scene."""
        for node in slicer.util.getNodesByClass("vtkMRMLSliceNode"):
            name = node.GetLayoutName()
            if name in self._slices:
                continue
            orientation, colour = node.GetOrientation(), node.GetLayoutColor()
            self._scene.RemoveNode(node)  # the view makes the one of that name itself
            widget = qMRMLSliceWidget(SliceView(self._scene, self._logic, name, **self._quiet))
            widget.mrmlSliceNode().SetOrientation(orientation)
            widget.mrmlSliceNode().SetLayoutColor(*colour)
            self._slices[name] = widget

    layout = property(lambda self: self._layout_logic.GetLayoutNode().GetViewArrangement(), setLayout)

    def sliceViewNames(self) -> tuple[str, ...]:
        return tuple(self._slices)

    def sliceWidget(self, name: str) -> qMRMLSliceWidget | None:
        return self._slices.get(name)

    def threeDWidget(self, index: int = 0) -> qMRMLThreeDWidget | None:
        return self._threed if index in {0, "1", "View1"} else None

    def tableWidget(self, index: int = 0) -> None:
        """Table views are not part of the layout here: show a qMRMLTableView."""

    plotWidget = tableWidget

    def mrmlSliceLogics(self) -> Any:
        return slicer.app.applicationLogic().GetSliceLogics()

    def resetSliceViews(self) -> None:
        for widget in self._slices.values():
            widget.sliceLogic().FitSliceToBackground()
            widget.sliceLogic().SnapSliceOffsetToIJK()

    def resetThreeDViews(self) -> None:
        self._threed.resetFocalPoint()
        self._threed.resetCamera()
