"""Reading the headers of a chosen volume beside the events of the application, so that no panel waits for a disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .scheduling import StepScheduler

if TYPE_CHECKING:
    from collections.abc import Generator

    from slicer import vtkMRMLScalarVolumeNode


class HeaderReading:
    """Reads what the files of the chosen volumes say, a few at a time; a volume that is chosen meanwhile takes its place.

    Args:
        on_read: told when all is read, in the event loop.
    """

    def __init__(self, on_read: Callable[[], None]) -> None:
        self._on_read = on_read
        self._scheduler: StepScheduler | None = None

    @property
    def running(self) -> bool:
        """Whether headers are being read."""
        return self._scheduler is not None

    def follow(self, *volumes: vtkMRMLScalarVolumeNode | None) -> None:
        """Read the headers of these."""
        self.stop()
        nodes = [node for node in volumes if node is not None and node.GetScene() is not None]
        if nodes:
            self._scheduler = StepScheduler(_steps(nodes), self._done, self._failed)

    def stop(self) -> None:
        """Read no more; what was read is kept for the next time."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.cancel()

    def _done(self, _value: Any) -> None:
        self._scheduler = None
        self._on_read()

    def _failed(self, error: Exception) -> None:
        self._scheduler = None
        raise error


def _steps(nodes: list[vtkMRMLScalarVolumeNode]) -> Generator[None, None, None]:
    from ..scene.files.headers import read_in_steps

    for node in nodes:
        if node.GetScene() is not None:
            yield from read_in_steps(node)
