"""What a run of the demo gathers on its way from the images to the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ONFHAssistLib.case.result import CaseResult
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.exam.result import ExamResult
from ONFHAssistLib.imaging.image import Image


@dataclass
class Demo:
    """What one run gathers on its way from the images to the page."""

    out: Path
    seed: int
    report: Progress
    patient: Any = None
    images: dict[str, Image] = field(default_factory=dict)
    volumes: dict[str, Any] = field(default_factory=dict)
    segmentation: Any = None
    result: CaseResult | None = None
    exam: ExamResult | None = None
    numbers: dict[str, str] = field(default_factory=dict)  # of the series, by key

    @property
    def case(self) -> CaseResult:
        """The result, once the pipeline has run."""
        assert self.result is not None
        return self.result

    @property
    def examined(self) -> ExamResult:
        """The examination, once it was read."""
        assert self.exam is not None
        return self.exam

    @property
    def reference(self) -> str:
        """Key of the series in whose frame everything is."""
        return next(key for key, number in self.numbers.items() if number == self.examined.reference)
