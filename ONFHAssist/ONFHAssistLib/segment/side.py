"""Which hip is it? The side comes from the patient, never from the order in which hips are found.

Here the side of one head is decided; :mod:`.outline_sides` checks the sides of a whole segmentation.
"""

from __future__ import annotations

import numpy as np

from ..core.errors import InputError
from ..imaging.geometry import orientation_is_stated, place_is_stated
from ..imaging.image import Image
from ..imaging.radiograph import is_radiograph

_BODY_MM = 260.0  # a pelvis is at least as wide
_AIR = 0.1  # of the bright tissue (99%): what is darker is outside the body, or bone and gas within it
_WHOLE_PELVIS_MM = 280.0  # both heads and the soft tissue beside them fit only into a wider field of view
NEAR_MIDLINE_MM = 25.0  # a femoral head's centre lies 75 to 105 mm from the midline
NO_HEAD_WITHIN_MM = 45.0  # of a midline that the image shows
PERHAPS_MIDLINE_MM = 30.0  # of the scanner's middle, where the image shows no midline


def midline_x(image: Image) -> float:
    """LPS x in mm of the patient's midline, as far as ``image`` shows it.

    A volume wide enough for both hips is centred by the weight of its foreground; a narrower one gives no midline of
    its own, so the scanner's x = 0 stands in, which is where the patient is centred when positioned.
    """
    points = image.index_to_point(np.array([[0, 0, 0], np.array(image.size) - 1]))
    if is_radiograph(image) and not shows_both_hips(image):
        return float(
            points[:, 0].mean()
        )  # its frame begins at a corner of the film, not at the scanner's centre
    axis = _left_right_axis(image)
    if not shows_both_hips(image):
        return 0.0
    threshold = 0.15 * float(np.percentile(image.array, 99))
    foreground = image.array > threshold
    profile = foreground.sum(axis=tuple(a for a in range(3) if a != 2 - axis))
    if profile.sum() == 0:
        return float(points[:, 0].mean())
    inside = np.flatnonzero(profile > 0.1 * profile.max())
    index = 0.5 * (np.asarray(image.size, float) - 1)
    index[axis] = 0.5 * (inside[0] + inside[-1])
    return float(image.index_to_point(index)[0])


def body_midline_x(image: Image) -> float | None:
    """LPS x in mm of the midline, where the image shows the body from skin to skin; else None.

    Of a field of view that ends within the body the middle is the technologist's choice, and no midline.
    """
    if not shows_both_hips(image) or not orientation_is_stated(image):
        return None
    axis = _left_right_axis(image)
    array = np.nan_to_num(np.asarray(image.array, np.float32))
    threshold = _AIR * float(np.percentile(array[::2, ::2, ::2], 99))
    profile = (array > threshold).mean(axis=tuple(a for a in range(3) if a != 2 - axis))
    inside = np.flatnonzero(profile > 0.1 * profile.max())
    if profile.max() <= 0 or inside[0] == 0 or inside[-1] == len(profile) - 1:
        return None
    if (inside[-1] - inside[0]) * image.spacing[axis] < _BODY_MM:
        return None
    index = 0.5 * (np.asarray(image.size, float) - 1)
    index[axis] = 0.5 * (inside[0] + inside[-1])
    return float(image.index_to_point(index)[0])


def is_no_head_of_a_pair(image: Image, centre: np.ndarray) -> bool:
    """Whether a lone head lies where no hip is: at the midline of a body that is seen from skin to skin (a prostate)."""
    middle = body_midline_x(image)
    return middle is not None and abs(float(centre[0]) - middle) < NO_HEAD_WITHIN_MM


def may_be_midline(image: Image, centre: np.ndarray) -> bool:
    """Whether a point lies near the scanner's middle, of a field of view that shows no midline of its own."""
    return body_midline_x(image) is None and abs(float(centre[0])) < PERHAPS_MIDLINE_MM


def _left_right_axis(image: Image) -> int:
    return int(np.argmax(np.abs(np.asarray(image.direction).reshape(3, 3)[0])))


def shows_both_hips(image: Image) -> bool:
    """Whether the field of view is wide enough for both hips."""
    axis = _left_right_axis(image)
    return image.size[axis] * image.spacing[axis] >= _WHOLE_PELVIS_MM


def decide_side(image: Image, centre: np.ndarray) -> tuple[str, str | None]:
    """Side of the hip whose head has its ``centre`` (LPS mm) there.

    Returns:
        "R" or "L", and a warning in plain words where the evidence is thin or contradicts itself.

    Raises:
        InputError: the file states no orientation, or of one hip no place, and nothing else says the side.
    """
    stated = image.metadata.get("laterality")
    _require_place(image, stated)
    if not orientation_is_stated(image):
        return str(stated), None
    middle = midline_x(image)
    distance = float(centre[0]) - middle
    by_position = "R" if distance < 0 else "L"
    one_hip_film = is_radiograph(image) and not shows_both_hips(image)
    if stated in ("R", "L"):
        contradicts = stated != by_position and abs(distance) > NEAR_MIDLINE_MM and not one_hip_film
        return _contradiction(image, stated, by_position, distance) if contradicts else (stated, None)
    if one_hip_film:
        return by_position, (
            f"The radiograph shows one hip and its header states no side; side {by_position} was guessed, please check."
        )
    if abs(distance) < NEAR_MIDLINE_MM:
        return by_position, (
            f"The head lies {abs(distance):.0f} mm from the assumed midline and the file states no side; "
            f"side {by_position} was taken, please check."
        )
    if not shows_both_hips(image) and not place_is_stated(image):
        return by_position, (
            f"The image shows one hip, its file puts the first voxel at 0, 0, 0 and states no side; side {by_position} "
            "was guessed, please check."
        )
    return by_position, None


def _require_place(image: Image, stated: str | None) -> None:
    if stated in ("R", "L"):
        return
    name = image.metadata.get("source", "") or "The image"
    if not orientation_is_stated(image):
        raise InputError(
            f"{name} states no orientation, so that no side can be told from where a head lies; give the side, "
            "R or L, where the image shows one hip, or convert the image again from DICOM.",
            asks_for="side",
        )
    if image.metadata.get("place") == "unstated" and not shows_both_hips(image) and not is_radiograph(image):
        raise InputError(
            f"{name} shows one hip and states no place in the patient, so that no side can be told from where the head "
            "lies; give the side, R or L.",
            asks_for="side",
        )


def _contradiction(image: Image, stated: str, by_position: str, distance: float) -> tuple[str, str]:
    """A header names one side, so it decides in an image of one hip and not in one that shows both."""
    where = "right" if by_position == "R" else "left"
    if shows_both_hips(image):
        return by_position, (
            f"The DICOM header says side {stated}, but the image shows both hips and this head is the {where} one; "
            f"{by_position} was taken, please check."
        )
    return stated, (
        f"The DICOM header says side {stated} but the head lies {abs(distance):.0f} mm to the patient's {where}; "
        f"{stated} was taken, please check."
    )
