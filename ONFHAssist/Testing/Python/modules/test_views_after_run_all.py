"""After Run all, and after a click on a number, the hips fill the slice views and the 3D view."""

import numpy as np
import pytest
from support.run_all_worker import CENTRES, RADIUS, Worker
from support.waiting import press

VIEWS = {"Red": "Axial", "Yellow": "Sagittal", "Green": "Coronal"}
LPS_TO_RAS = np.array([-1.0, -1.0, 1.0])
SIZES = {"wide": (424, 315), "tall": (300, 520)}


def node_of(view):
    import slicer

    return slicer.app.layoutManager().sliceWidget(view).mrmlSliceNode()


def resized(size):
    import slicer

    manager = slicer.app.layoutManager()
    for view in VIEWS:
        manager.sliceWidget(view).resize(*size)
    manager.threeDWidget(0).resize(*size)


def origin(node):
    matrix = node.GetSliceToRAS()
    return [matrix.GetElement(axis, 3) for axis in range(3)]


def corners(side, radius=RADIUS):
    steps = np.array(np.meshgrid(*[[-1, 1]] * 3)).reshape(3, -1).T
    return CENTRES[side] * LPS_TO_RAS + radius * steps


def on_screen(view, points):
    """Where RAS points lie in a slice view: 0 to 1 from left to right and from the bottom to the top."""
    import vtk

    node, matrix = node_of(view), vtk.vtkMatrix4x4()
    vtk.vtkMatrix4x4.Invert(node.GetXYToRAS(), matrix)
    placed = np.array([matrix.MultiplyPoint((*point, 1.0))[:2] for point in points])
    return placed / np.array(node.GetDimensions()[:2])


def in_3d(points):
    """Where RAS points lie in the 3D view: 0 to 1 from left to right and from the bottom to the top."""
    import slicer

    window = slicer.app.layoutManager().threeDWidget(0).threeDView().renderWindow()
    camera = window.GetRenderers().GetFirstRenderer().GetActiveCamera()
    columns, rows = window.GetSize()
    matrix = camera.GetCompositeProjectionTransformMatrix(columns / rows, 0.0, 1.0)
    placed = np.array([matrix.MultiplyPoint((*point, 1.0)) for point in points])
    return 0.5 + 0.5 * placed[:, :2] / placed[:, 3:]


@pytest.fixture
def answered(home):
    def answer(sides="RL", size=SIZES["wide"]):
        resized(size)
        widget = home(Worker(sides=sides))
        for view in VIEWS:
            node_of(view).SetFieldOfView(500.0, 500.0 * size[1] / size[0], 1.0)
        press(widget, widget.ui.runAllButton)
        return widget

    yield answer
    resized((600, 600))


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("sides", ["RL", "R", "L"])
def test_the_worse_head_lies_in_the_middle_of_every_slice_view_and_fills_it(answered, sides, size):
    answered(sides, size)
    worse = sides[0]
    for view, orientation in VIEWS.items():
        node = node_of(view)
        assert node.GetOrientation() == orientation
        assert origin(node) == pytest.approx(CENTRES[worse] * LPS_TO_RAS, abs=1.5), view
        field = node.GetFieldOfView()
        assert field[0] / field[1] == pytest.approx(size[0] / size[1], rel=0.01)
        assert min(field[:2]) == pytest.approx(2.2 * 2 * RADIUS, rel=0.05)
        seen = on_screen(view, corners(worse))
        assert seen.min() > 0
        assert seen.max() < 1
        assert np.ptp(seen, axis=0).max() > 0.4  # the head alone; the joint is twice as large


def test_both_heads_are_in_a_3d_view_that_the_layout_has_just_made_narrower(answered, scene):
    import slicer

    from ONFHAssistLib.scene.show import show_heads_in_3d

    widget = answered("RL", SIZES["wide"])
    view = slicer.app.layoutManager().threeDWidget(0)
    view.place(300, 600)  # its picture is still the wide one
    show_heads_in_3d(widget.parameters.volume)
    view.resize(300, 600)
    for side in "RL":
        seen = in_3d(corners(side))
        assert seen.min() > 0, side
        assert seen.max() < 1, side


def test_a_number_of_the_other_hip_moves_the_views_to_its_head(answered):
    widget = answered()
    widget.ui.glanceLabel.linkActivated.emit("stage:L")
    for view in VIEWS:
        assert origin(node_of(view)) == pytest.approx(CENTRES["L"] * LPS_TO_RAS, abs=1.5)
        assert min(node_of(view).GetFieldOfView()[:2]) == pytest.approx(88.0, rel=0.05)


def test_a_reader_who_went_closer_stays_as_close_where_the_whole_head_is_seen(answered):
    widget = answered()
    for view, width in (("Red", 70.0), ("Green", 20.0)):
        node_of(view).SetFieldOfView(width, width * 315 / 424, 1.0)
    widget.ui.glanceLabel.linkActivated.emit("stage:L")
    assert node_of("Red").GetFieldOfView()[0] == pytest.approx(70.0)
    assert min(node_of("Green").GetFieldOfView()[:2]) == pytest.approx(88.0, rel=0.05)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("sides", ["RL", "R", "L"])
def test_the_heads_fill_the_3d_view_from_the_front_with_right_on_the_left(answered, sides, size):
    answered(sides, size)
    seen = in_3d(np.vstack([corners(side) for side in sides]))
    assert seen.min() > 0
    assert seen.max() < 1
    assert np.ptp(seen, axis=0).max() > 0.75
    assert seen.mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.03)
    right, left = (in_3d([CENTRES[side] * LPS_TO_RAS])[0] for side in "RL")
    assert right[0] < left[0]
    below, above = in_3d([(0.0, 0.0, -10.0), (0.0, 0.0, 10.0)])
    assert below[1] < above[1]


def test_without_a_box_the_3d_view_shows_all_that_there_is(answered):
    import slicer

    from ONFHAssistLib.scene.show import show_heads_in_3d

    widget = answered()
    for node in list(slicer.util.getNodesByClass("vtkMRMLMarkupsROINode")):
        slicer.mrmlScene.RemoveNode(node)
    show_heads_in_3d(widget.parameters.volume)
    seen = in_3d(np.vstack([corners(side) for side in "RL"]))
    assert seen.min() > 0
    assert seen.max() < 1
