"""How an examination hangs: coronal T1 and coronal fat-suppressed side by side, an axial series, and the heads in 3D.

All views show the frame of the reference, in which the outlines lie; the crosshair goes through all of them, and the two
coronal ones scroll and zoom together. Each series has the window of its own contrast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import slicer
import vtk

from ...exam.result import ExamHip, ExamResult, SeriesRow, aligned_series
from ...exam.shown_window import window_about
from ...imaging.contrast import FAT_SUPPRESSED, T1, T2
from ...imaging.image import Image
from ..attributes import read_attributes
from ..files.headers import geometry_of
from ..images.ownership import find_node, results_of
from ..results.facing import leave_radiograph
from ..results.heatmaps import show_heat
from ..results.measurements import views_of
from ..show import jump_to_head, show_heads_in_3d, show_link, show_result
from ..summary import worst_side
from ..transaction import Steps
from .aligned import aligned_volume
from .results import exam_of, series_of_link, volumes_of

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode

_soon: list[tuple[vtkMRMLScalarVolumeNode, str]] = []
LAYOUT = 1629  # of Slicer's layouts, those of users begin above 500
FIRST, SECOND, THIRD = "Green", "ONFHSecond", "Red"  # coronal, coronal of the other contrast, axial
_LPS_TO_RAS = np.array([-1.0, -1.0, 1.0])
_WINDOWED = (
    "ONFHAssist.windowed"  # on a display: it has the window of its contrast; what the user sets then stays
)
_VIEW = (
    '<item><view class="vtkMRMLSliceNode" singletontag="{tag}"><property name="orientation" action="default">'
    '{plane}</property><property name="viewlabel" action="default">{label}</property>'
    '<property name="viewcolor" action="default">{colour}</property></view></item>'
)
_DESCRIPTION = (
    '<layout type="vertical" split="true"><item><layout type="horizontal" split="true">'
    + _VIEW.format(tag=FIRST, plane="Coronal", label="G", colour="#6EB04B")
    + _VIEW.format(tag=SECOND, plane="Coronal", label="2", colour="#ED8BB4")
    + '</layout></item><item><layout type="horizontal" split="true">'
    + _VIEW.format(tag=THIRD, plane="Axial", label="R", colour="#F34A33")
    + '<item><view class="vtkMRMLViewNode" singletontag="1"><property name="viewlabel" action="default">1</property>'
    "</view></item></layout></item></layout>"
)


def hung_series(exam: ExamResult, side: str) -> dict[str, str]:
    """View to the number of the series that it shows, by contrast and plane; without views for which there is none.

    Only series in which the hip of ``side`` was aligned: another would lie under the outlines as if it were.
    """
    rows = [row for row in exam.series if row.uses and row.number in aligned_series(exam, side)]
    reference = exam.row(exam.reference)
    found = {
        FIRST: _best(rows, "coronal", (T1, T2), reference),
        SECOND: _best(rows, "coronal", (FAT_SUPPRESSED,), None),
    }
    found[THIRD] = _best(rows, "axial", (T1, T2, FAT_SUPPRESSED), None)
    if found[FIRST] is None:
        found[FIRST] = reference
    return {view: row.number for view, row in found.items() if row is not None}


def _best(
    rows: list[SeriesRow], plane: str, contrasts: tuple[str, ...], preferred: SeriesRow | None
) -> SeriesRow | None:
    """Of the series of a plane and contrast the one of most of the heads; the first of equal ones."""
    fitting = [row for row in rows if row.plane.endswith(plane) and row.contrast in contrasts]
    if preferred in fitting:
        return preferred
    return max(fitting, key=lambda row: sum(row.coverage.values()), default=None)


def hang(volume: vtkMRMLScalarVolumeNode, side: str) -> bool:
    """Hang the examination of a reference at the head of a side; whether there is an examination."""
    exam = exam_of(volume)
    if exam is None:
        return False
    volumes = volumes_of(volume)
    is_new = slicer.app.layoutManager().sliceWidget(SECOND) is None
    _set_layout()
    show_heat(volume, None)
    numbers = hung_series(exam, side)
    shown = {view: volumes[number] for view, number in numbers.items() if number in volumes}
    for view in (FIRST, SECOND, THIRD):
        original = shown.get(view, volume)
        number = numbers.get(view, exam.reference) if view in shown else exam.reference
        _show(view, aligned_volume(volume, original, exam, number), exam)
    _link_views()
    _renew_arcs(volume)
    _go_to(volume, side)
    if is_new or _soon:
        _go_to_soon(volume, side)
    return True


def prepared_in_steps(volume: vtkMRMLScalarVolumeNode) -> Steps[None]:
    """What :func:`hang` wants of an examination that was just read, a series a step."""
    exam, volumes = exam_of(volume), volumes_of(volume)
    if exam is None:
        return
    wanted = [number for hip in exam.hips for number in hung_series(exam, hip.side).values()]
    for number in dict.fromkeys(wanted):
        if number not in volumes:
            continue
        node = aligned_volume(volume, volumes[number], exam, number)
        yield
        _set_window(node, exam)
        yield


def show_series(volume: vtkMRMLScalarVolumeNode, number: str, side: str) -> bool:
    """Show one series of the examination of a reference in all slices, at the head of a side; whether it is there."""
    exam, original = exam_of(volume), volumes_of(volume).get(number)
    if exam is None or original is None:
        return False
    leave_radiograph()
    slicer.app.layoutManager().setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutFourUpView)
    show_heat(volume, None)
    node = aligned_volume(volume, original, exam, number)
    _show_in_all(node, exam)
    _renew_arcs(volume)
    _go_to(volume, side)
    return True


def show_worst(volume: vtkMRMLScalarVolumeNode) -> bool:
    """The hip with the larger necrosis, else the first one: its examination, or heat and arcs; whether there is any."""
    side = worst_side(volume)
    shown = hang(volume, side) or any(show_result(role, side, volume) for role in ("stage", "measurements"))
    show_heads_in_3d(volume)
    return shown


def follow_link(link: str, volume: vtkMRMLScalarVolumeNode | None) -> bool:
    """Follow a link of the glance: to the series that a number came from, else as :func:`..show.show_link`."""
    exam = None if volume is None else exam_of(volume)
    if exam is None or volume is None:
        return show_link(link, volume)
    series = series_of_link(link)
    if series is not None:
        return show_series(volume, *series)
    role, _colon, side = link.partition(":")
    if role == "measurements" and any(hip.side == side for hip in exam.hips):
        return hang(volume, side)
    done = show_link(link, volume)
    if done and role == "prediction":  # its features are of one series
        table = find_node("vtkMRMLTableNode", role, volume)
        number = "" if table is None else read_attributes(table).get("series", "")
        original = volumes_of(volume).get(number)
        if original is not None:
            _show_in_all(aligned_volume(volume, original, exam, number), exam)
    return done


def _show_in_all(node: vtkMRMLScalarVolumeNode, exam: ExamResult) -> None:
    for view in ("Red", "Yellow", "Green"):
        _show(view, node, exam)


def _set_layout() -> None:
    leave_radiograph()
    manager = slicer.app.layoutManager()
    node = manager.layoutLogic().GetLayoutNode()
    if not node.IsLayoutDescription(LAYOUT):
        node.AddLayoutDescription(LAYOUT, _DESCRIPTION)
    manager.setLayout(LAYOUT)


def _show(view: str, node: vtkMRMLScalarVolumeNode, exam: ExamResult) -> None:
    widget = slicer.app.layoutManager().sliceWidget(view)
    if widget is None:  # a user's own arrangement may lack it
        return
    composite = widget.mrmlSliceCompositeNode()
    composite.SetBackgroundVolumeID(node.GetID())
    composite.SetForegroundVolumeID(None)
    _set_window(node, exam)


def _set_window(node: vtkMRMLScalarVolumeNode, exam: ExamResult) -> None:
    """Grey values by marrow and joint about the heads, once: fat-suppressed marrow is black beside the bladder."""
    node.CreateDefaultDisplayNodes()
    display = node.GetDisplayNode()
    if display.GetAttribute(_WINDOWED):
        return
    held = geometry_of(node)
    image = Image(slicer.util.arrayFromVolume(node), held.spacing, held.origin, held.direction)
    display.SetAutoWindowLevel(False)
    display.SetWindowLevelMinMax(*window_about(image, [_in_series(node, hip) for hip in exam.hips]))
    display.SetAttribute(_WINDOWED, "yes")


def _in_series(node: vtkMRMLScalarVolumeNode, hip: ExamHip) -> np.ndarray:
    """The centre of a head (LPS mm) in the volume's own frame."""
    place = np.asarray(hip.head.centre, float) * _LPS_TO_RAS
    transform = node.GetParentTransformNode()
    if transform is not None:
        general = vtk.vtkGeneralTransform()
        transform.GetTransformFromWorld(general)
        place = np.asarray(general.TransformPoint(*place))
    return place * _LPS_TO_RAS


def _link_views() -> None:
    """The coronal views scroll and zoom together, at once; the crosshair goes through all views."""
    manager = slicer.app.layoutManager()
    for view in (FIRST, SECOND):
        widget = manager.sliceWidget(view)
        if widget is not None:
            widget.mrmlSliceCompositeNode().SetLinkedControl(True)
            widget.mrmlSliceCompositeNode().SetHotLinkedControl(True)
    crosshair = slicer.mrmlScene.GetFirstNodeByClass("vtkMRMLCrosshairNode")
    if crosshair is not None:
        crosshair.SetCrosshairMode(crosshair.ShowBasic)
        crosshair.SetCrosshairBehavior(crosshair.OffsetJumpSlice)


def _renew_arcs(volume: vtkMRMLScalarVolumeNode) -> None:
    """The arcs in the views that show their planes now."""
    for node in results_of(volume, "vtkMRMLMarkupsAngleNode"):
        plane = read_attributes(node).get("plane")
        if plane:
            node.GetDisplayNode().SetViewNodeIDs(views_of(plane))


def _go_to_soon(volume: vtkMRMLScalarVolumeNode, side: str) -> None:
    """Once more when the application is at leisure: the slider of a view that was just made sets it, and what is linked
    with it, to where it began.
    """
    import qt

    _soon[:] = [(volume, side)]  # where the views were sent to last

    def again() -> None:
        while _soon:
            last, its_side = _soon.pop()
            if last.GetScene() is not None and exam_of(last) is not None:
                _go_to(last, its_side)

    qt.QTimer.singleShot(0, again)


def _go_to(volume: vtkMRMLScalarVolumeNode, side: str) -> None:
    crosshair = slicer.mrmlScene.GetFirstNodeByClass("vtkMRMLCrosshairNode")
    exam = exam_of(volume)
    jump_to_head(side, volume)
    hip = None if exam is None else next((one for one in exam.hips if one.side == side), None)
    if crosshair is not None and hip is not None:
        crosshair.SetCrosshairRAS(*(np.asarray(hip.head.centre, float) * _LPS_TO_RAS))
