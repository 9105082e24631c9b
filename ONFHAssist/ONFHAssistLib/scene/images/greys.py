"""Grey values of an image when it is shown: Slicer's own window reaches up to fat and bladder, and darkens the marrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import slicer

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode

_MOST = 4_000_000  # voxels that are looked at


def suit_greys(volume: vtkMRMLScalarVolumeNode) -> bool:
    """Window an image by its body, where nobody has chosen a window and no header states one; whether it was done.

    Slicer takes the window of a DICOM header and of a drag of the mouse for chosen, and its own for automatic.
    """
    from ...exam.shown_window import window_of_body

    display = volume.GetDisplayNode()
    if (
        display is None
        or not display.IsA("vtkMRMLScalarVolumeDisplayNode")
        or not display.GetAutoWindowLevel()
    ):
        return False
    if volume.GetImageData() is None:
        return False
    values = slicer.util.arrayFromVolume(volume)
    if values.ndim != 3:
        return False
    step = max(1, round((values.size / _MOST) ** 0.5))
    display.SetAutoWindowLevel(False)
    display.SetWindowLevelMinMax(*window_of_body(values[:, ::step, ::step]))
    return True
