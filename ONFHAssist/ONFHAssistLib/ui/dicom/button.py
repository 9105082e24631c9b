"""The one button: the results of a case into Slicer's DICOM database, after the user has agreed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ..run import PanelJob, run_check

if TYPE_CHECKING:
    from ..protocols import JobRunnerLike


class DicomButton:
    """Makes the objects in the worker and stores them; the button cancels it meanwhile.

    Args:
        ui: widgets ``dicomButton``, ``dicomProgressBar``, ``dicomStatusLabel``.
        chosen: gives the volume, the segmentation and the radiograph of the panel (any may be None).
        runner: whose worker to use; the shared one unless a test gives its own.
    """

    def __init__(
        self, ui: Any, chosen: Callable[[], tuple[Any, Any, Any]], runner: JobRunnerLike | None = None
    ) -> None:
        self._ui, self._chosen = ui, chosen
        self._tip = ui.dicomButton.toolTip
        self.job = PanelJob(ui.dicomButton, ui.dicomProgressBar, ui.dicomStatusLabel, runner)
        self.job.on_idle = self.update
        ui.dicomButton.connect("clicked()", self.on_button)
        self.update()

    def update(self) -> None:
        """Whether there is something to store, and in the tool tip what is missing."""
        from ...scene.dicom.exporting import why_not

        volume, segmentation, _radiograph = self._chosen()
        reason = why_not(volume)
        if not reason and segmentation is None:
            reason = _("Choose the segmentation that the results rest on.")
        self._ui.dicomButton.enabled = self.job.running or not reason
        self._ui.dicomButton.toolTip = reason or self._tip

    def forget_case(self) -> None:
        """The patient's scene is closed."""
        self.job.forget_case()
        self._ui.dicomStatusLabel.text = ""

    def cancel(self) -> None:
        """End the job, if there is one; nothing is stored then."""
        self.job.cancel()

    def on_button(self) -> None:
        """Ask, then start; or cancel."""
        if self.job.running:
            self.cancel()
            return
        self.store(slicer.util.confirmOkCancelDisplay(question()))

    def store(self, agreed: bool) -> None:
        """Start where the user agreed that objects with the patient's identity are written."""
        if not agreed:
            self._ui.dicomStatusLabel.text = _("Nothing was stored, since it was not agreed to.")
            return
        if run_check(self.job, _("Checking packages ..."), _check_packages):
            volume, segmentation, _radiograph = self._chosen()
            self.job.toggle(
                _("Making DICOM objects ..."),
                "dicom_objects",
                lambda folder: _request(volume, segmentation, folder),
                _stored,
                nodes=[volume, segmentation],
            )


def question() -> str:
    """What the user is asked."""
    return _(
        "Outlines, measurements, answers, heat, key images and the report become DICOM objects in the study of these "
        "images, and are stored in Slicer's DICOM database. They carry the patient's name and number as the images do. "
        "Nothing is sent. Store them?"
    )


def _check_packages(_progress: Any) -> str:
    from ...scene.dicom.database import open_database
    from ..packages import ensure_packages

    open_database()
    ensure_packages("dicom")
    return ""


def _request(volume: Any, segmentation: Any, folder: Path) -> dict[str, Any]:
    from ...scene.dicom.database import files_of_volume
    from ...worker.dicom_objects import objects_arguments
    from .case_files import case_with_report

    with case_with_report(volume, segmentation, folder) as case:
        return objects_arguments(case, files_of_volume(volume), folder)


def _stored(answer: Mapping[str, Any]) -> str:
    from ...scene.dicom.database import take_in

    objects = {uid: Path(file) for uid, file in answer["objects"].items()}
    new = take_in(objects)
    if not new:
        return _("Slicer's DICOM database holds these results already.")
    return _("{count} DICOM objects are in Slicer's DICOM database, in the study of the images.").format(
        count=new
    )
