"""The hip that a reader looks at: read beside the event loop, put into the scene in steps, taken out for the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ...run import report_failure
from ...scheduling import BackgroundThread, StepScheduler

if TYPE_CHECKING:
    from ....cohort.review.folder import Hip, ReviewFolder
    from ....scene.review.case import CaseImages
    from ....scene.transaction import Steps


class LoadedHip:
    """The case of one hip in the scene.

    Args:
        ui: ``statusLabel``. on_shown: told when a hip is in the scene.

    Attributes:
        hip: case and side that are shown or on their way; None without one.
        volume, segmentation: nodes of the case.
        reader: for whom they were loaded.
        owner: whose correction the outlines in the scene are; "" for the first ones.
    """

    def __init__(self, ui: Any, on_shown: Callable[[], None]) -> None:
        self._ui, self._on_shown = ui, on_shown
        self.hip: Hip | None = None
        self.volume: Any = None
        self.segmentation: Any = None
        self.owner = ""
        self._found: CaseImages | None = None
        self._before: dict[str, str] = {}
        self.reader = ""
        self._work: BackgroundThread | StepScheduler | None = None

    @property
    def busy(self) -> bool:
        """Whether a hip is on its way into the scene."""
        return self._work is not None

    @property
    def ready(self) -> bool:
        """Whether image and outlines of the hip are in the scene."""
        nodes = (self.volume, self.segmentation)
        return not self.busy and all(node is not None and node.GetScene() is not None for node in nodes)

    @property
    def changed(self) -> bool:
        """Whether the outlines were changed since they were shown or confirmed."""
        from ....scene.review.case import outlines_now

        return self.ready and outlines_now(self.segmentation, self.volume) != self._before

    def settle(self, owner: str = "") -> None:
        """What the outlines are now is confirmed, as the correction of ``owner`` where he changed them."""
        from ....scene.review.case import outlines_now

        self.owner = owner or self.owner
        self._before = outlines_now(self.segmentation, self.volume)

    def load(self, folder: ReviewFolder, hip: Hip, reader: str, anew: bool = False) -> None:
        """Show a hip; the other hip of the case that is there already is only turned to.

        Args:
            anew: from the files, whatever is shown.
        """
        from ....scene.review.case import read_case, show_hip

        same = self.hip is not None and self.hip[0] == hip[0] and self.ready and not anew
        self.hip = hip
        if same and self._found is not None:
            show_hip(self.volume, self._found.outlines, hip[1])
            self._on_shown()
            return
        self.drop()
        self.hip = hip
        self.reader = reader
        self._ui.statusLabel.text = _("Reading {case} ...").format(case=hip[0])
        held: list[CaseImages] = []

        def read() -> None:
            held.append(read_case(folder, hip[0], reader))

        self._work = BackgroundThread(read, lambda: self._into_scene(held[0], reader), self._failed)

    def drop(self) -> None:
        """Take the hip out of the scene, and end what is under way."""
        from ....scene.review.case import remove_case

        work, self._work = self._work, None
        if work is not None:
            work.cancel()
        volume = self.volume
        self.hip = self.volume = self.segmentation = self._found = None
        self.owner = ""
        remove_case(volume)

    def forget(self) -> None:
        """The scene is closed, and the nodes with it."""
        self.volume = self.segmentation = None
        self.drop()

    def _into_scene(self, found: CaseImages, reader: str) -> None:
        from ....scene.review.case import case_in_steps
        from ....scene.transaction import rolled_back_on_failure

        assert self.hip is not None
        self._found = found
        steps: Steps[tuple[Any, Any]] = rolled_back_on_failure(case_in_steps(found, self.hip[1], reader))
        self._work = StepScheduler(steps, self._shown, self._failed)

    def _shown(self, nodes: tuple[Any, Any]) -> None:
        self._work = None
        self.volume, self.segmentation = nodes
        self.settle(self.reader if self._found is not None and self._found.corrected else "")
        self._ui.statusLabel.text = ""
        self._on_shown()

    def _failed(self, error: Exception) -> None:
        self._work = None
        self.hip = self.volume = self.segmentation = self._found = None
        report_failure(self._ui, error)
        self._on_shown()
