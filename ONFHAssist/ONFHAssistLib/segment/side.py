"""Which hip is it? The side comes from the patient, never from the order in which hips are found."""

from __future__ import annotations

import numpy as np

from ..image import Image

_WHOLE_PELVIS_MM = 280.0  # both heads and the soft tissue beside them fit only into a wider field of view
_NEAR_MIDLINE_MM = 25.0  # a femoral head's centre lies 75 to 105 mm from the midline


def midline_x(image: Image) -> float:
    """LPS x in mm of the patient's midline, as far as ``image`` shows it.

    A volume wide enough for both hips is centred by the weight of its foreground; a narrower one gives no midline of
    its own, so the scanner's x = 0 stands in, which is where the patient is centred when positioned.
    """
    points = image.index_to_point(np.array([[0, 0, 0], np.array(image.size) - 1]))
    axis = int(np.argmax(np.abs(np.asarray(image.direction).reshape(3, 3)[0])))
    width = image.size[axis] * image.spacing[axis]
    if width < _WHOLE_PELVIS_MM:
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


def decide_side(image: Image, centre: np.ndarray) -> tuple[str, str | None]:
    """Side of the hip whose head has its ``centre`` (LPS mm) there.

    Returns:
        "R" or "L", and a warning in plain words where the evidence is thin or contradicts itself.
    """
    middle = midline_x(image)
    distance = float(centre[0]) - middle
    by_position = "R" if distance < 0 else "L"
    stated = image.metadata.get("laterality")
    if stated in ("R", "L"):
        if stated != by_position and abs(distance) > _NEAR_MIDLINE_MM:
            return stated, (
                f"The DICOM header says side {stated} but the head lies {abs(distance):.0f} mm to the "
                f"patient's {'right' if by_position == 'R' else 'left'}; {stated} was taken, please check."
            )
        return stated, None
    if abs(distance) < _NEAR_MIDLINE_MM:
        return by_position, (
            f"The head lies {abs(distance):.0f} mm from the assumed midline and the file states no side; "
            f"side {by_position} was taken, please check."
        )
    return by_position, None
