"""A radiograph is never upside down: the frame of the view, whatever the film's orientation and the view before."""

from itertools import product

import numpy as np
import pytest

LETTERS = {
    "L": (1, 0, 0), "R": (-1, 0, 0), "P": (0, 1, 0), "A": (0, -1, 0), "H": (0, 0, 1), "F": (0, 0, -1),
}  # fmt: skip
PLANES = {  # axes of the film, and what stands right and up on the screen
    "frontal": ("LR", "HF", "L", "H"),
    "lateral": ("AP", "HF", "P", "H"),
    "axial": ("LR", "AP", "L", "A"),
}
HUNG = [
    (plane, (first, second))
    for plane, (across, along, _right, _up) in PLANES.items()
    for pair in product(across, along)
    for first, second in (pair, pair[::-1])
]
TURNS = {  # of the film in the patient, degrees about L, P and H
    "straight": (0, 0, 0), "tilted": (12, 0, 0), "turned": (0, 0, 35), "in its plane": (0, 20, 0), "all": (9, -14, 25),
}  # fmt: skip
VIEWS = ["Axial", "Sagittal", "Coronal", "upside down", "mirrored"]
RAS = np.diag([-1.0, -1.0, 1.0])


def turn(degrees):
    matrix = np.eye(3)
    for axis, angle in enumerate(np.radians(degrees)):
        c, s = np.cos(angle), np.sin(angle)
        i, j = [k for k in range(3) if k != axis]
        one = np.eye(3)
        one[i, i], one[j, j], one[i, j], one[j, i] = c, c, -s, s
        matrix = one @ matrix
    return matrix


def film(letters, degrees=(0, 0, 0), third=1):
    """A radiograph of 60 x 40 whose rows and columns run to these letters, LPS, turned."""
    from ONFHAssistLib.imaging.image import Image
    from ONFHAssistLib.scene.volumes import volume_from_image

    x, y = (turn(degrees) @ np.array(LETTERS[letter], float) for letter in letters)
    direction = np.column_stack([x, y, third * np.cross(x, y)])
    image = Image(
        np.zeros((1, 40, 60), np.int16), (0.5, 0.7, 1.0), (10.0, -20.0, 30.0), tuple(direction.ravel()),
        {"modality": "DX"},
    )  # fmt: skip
    return volume_from_image(image, "Pelvis AP")


def red():
    import slicer

    return slicer.mrmlScene.GetNodeByID("vtkMRMLSliceNodeRed")


def frame():
    """Right, up and towards the viewer in the red view, LPS."""
    import slicer

    return (RAS @ slicer.util.arrayFromVTKMatrix(red().GetSliceToRAS())[:3, :3]).T


def set_view(name):
    import slicer

    node = red()
    node.SetOrientation(name if name in ("Axial", "Sagittal", "Coronal") else "Coronal")
    if name in ("upside down", "mirrored"):
        matrix = slicer.util.arrayFromVTKMatrix(node.GetSliceToRAS())
        matrix[:3, 1 if name == "upside down" else 0] *= -1
        matrix[:3, 2] *= -1
        node.GetSliceToRAS().DeepCopy(slicer.util.vtkMatrixFromArray(matrix))
        node.UpdateMatrices()


@pytest.fixture(autouse=True)
def usual_views(scene):
    import slicer

    from ONFHAssistLib.scene.results.facing import leave_radiograph

    yield
    leave_radiograph()
    red().SetOrientation("Axial")
    slicer.app.layoutManager().setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutConventionalView)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("plane", "letters"), HUNG)
def test_a_film_is_upright_with_the_right_on_the_left(plane, letters, view):
    from ONFHAssistLib.scene.results.facing import face_radiograph

    set_view(view)
    volume = film(letters)
    face_radiograph(volume)
    right, up, viewer = frame()
    _across, _along, to_the_right, upwards = PLANES[plane]
    assert right == pytest.approx(LETTERS[to_the_right], abs=1e-6)
    assert up == pytest.approx(LETTERS[upwards], abs=1e-6)
    assert np.cross(right, up) @ viewer == pytest.approx(1)  # right-handed, as Slicer's own views


@pytest.mark.parametrize("degrees", TURNS.values(), ids=TURNS)
@pytest.mark.parametrize("third", [1, -1])
@pytest.mark.parametrize(("plane", "letters"), HUNG)
def test_an_oblique_film_is_seen_face_on_and_as_upright_as_it_can_be(plane, letters, degrees, third):
    from ONFHAssistLib.scene.results.facing import face_radiograph

    set_view("Axial")
    volume = film(letters, degrees, third)
    face_radiograph(volume)
    right, up, viewer = frame()
    _across, _along, to_the_right, upwards = PLANES[plane]
    assert up @ np.array(LETTERS[upwards]) > 0.8
    assert right @ np.array(LETTERS[to_the_right]) > 0.8
    expected = turn(degrees) @ np.column_stack([LETTERS[to_the_right], LETTERS[upwards]])
    assert right == pytest.approx(expected[:, 0], abs=1e-6)
    assert up == pytest.approx(expected[:, 1], abs=1e-6)
    assert abs(viewer @ turn(degrees) @ np.cross(*(LETTERS[letter] for letter in letters))) == pytest.approx(
        1
    )


def test_a_transform_turns_the_view_along(scene):
    import slicer

    from ONFHAssistLib.scene.results.facing import face_radiograph

    volume = film("LF")
    transform = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTransformNode")
    matrix = np.eye(4)
    matrix[:3, :3] = turn((0, 0, 30))
    transform.SetMatrixTransformToParent(slicer.util.vtkMatrixFromArray(matrix))
    volume.SetAndObserveTransformNodeID(transform.GetID())
    face_radiograph(volume)
    right, up, _viewer = frame()
    assert up == pytest.approx(LETTERS["H"], abs=1e-6)
    assert right == pytest.approx(RAS @ matrix[:3, :3] @ RAS @ np.array(LETTERS["L"]), abs=1e-6)


def test_a_picture_without_geometry_is_seen_as_it_is_stored(scene, tmp_path):
    import slicer

    from ONFHAssistLib.scene.results.facing import face_radiograph

    volume = slicer.util.addVolumeFromArray(
        np.zeros((1, 40, 60), np.uint8), ijkToRAS=np.diag([-1.0, -1, 1, 1])
    )
    face_radiograph(volume)
    right, up, _viewer = frame()
    assert right == pytest.approx(LETTERS["L"], abs=1e-6)  # along the rows
    assert up == pytest.approx(LETTERS["A"], abs=1e-6)  # against the columns
