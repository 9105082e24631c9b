"""What a report asks of a case: answered by a result alone here, and by the tables of a scene in ``scene/report``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ..case.result import MEASURE, PROBABILITY, SEGMENT, STAGE, SURVIVAL, CaseResult
from ..case.rows import rows_of
from ..imaging.files import read_image
from ..imaging.image import Image

_STEP_OF = {"measurements": MEASURE, "stage": STAGE, "prediction": PROBABILITY, "survival": SURVIVAL}


class CaseAnswers(Protocol):
    """A case as its report reads it; roles are those of :data:`..case.rows.ROLES`."""

    def rows(self, role: str, side: str) -> list[dict[str, Any]]:
        """Rows of a result on a hip."""

    def facts(self, role: str, side: str | None = None) -> Mapping[str, str]:
        """Where a result comes from; of a survival also the findings that its model was given."""

    def statement(self, role: str) -> str:
        """What the model of "stage" or "prediction" learned from, in sentences."""

    def heat(self, side: str) -> Image | None:
        """The heat of a stage that was given."""

    def curve(self, side: str) -> Mapping[str, Sequence[float]]:
        """Columns of the survival curve: months, survival, low, high, and groups to compare with; empty without one."""

    def remarks(self) -> list[str]:
        """What has to be kept in mind, the gravest first: what is outdated, who outlined."""

    def warnings(self) -> list[str]:
        """What the steps warned of."""


class ResultAnswers:
    """A :class:`CaseAnswers` from a :class:`.result.CaseResult` alone.

    Args:
        result: whose heatmaps are files that exist.
        reader: who outlined, where it was not the pipeline.
    """

    def __init__(self, result: CaseResult, reader: str = "") -> None:
        self._result, self._reader = result, reader

    def rows(self, role: str, side: str) -> list[dict[str, Any]]:
        """See :class:`CaseAnswers`."""
        return [row for row in rows_of(self._result, role) if row["side"] == side]

    def facts(self, role: str, side: str | None = None) -> Mapping[str, str]:
        """See :class:`CaseAnswers`."""
        record = self._result.steps.get(_STEP_OF[role])
        facts = dict(record.provenance) if record is not None and not record.failure else {}
        result = None if side is None else self._result.hip(side).survival
        return {**facts, **result.findings} if role == "survival" and result is not None else facts

    def statement(self, role: str) -> str:
        """See :class:`CaseAnswers`."""
        record = self._result.steps.get(_STEP_OF[role])
        return "" if record is None else record.statement

    def heat(self, side: str) -> Image | None:
        """See :class:`CaseAnswers`."""
        result = self._result.hip(side).stage
        return None if result is None or result.heatmap is None else read_image(result.heatmap)

    def curve(self, side: str) -> Mapping[str, Sequence[float]]:
        """See :class:`CaseAnswers`."""
        result = self._result.hip(side).survival
        return {} if result is None else {**result.curve.as_dict(), **result.references}

    def remarks(self) -> list[str]:
        """See :class:`CaseAnswers`."""
        if self._result.did(SEGMENT):
            return ["Outlined automatically; no reader has confirmed the outlines."]
        return [f"Outlined by {self._reader}." if self._reader else "The outlines were given."]

    def warnings(self) -> list[str]:
        """See :class:`CaseAnswers`."""
        return self._result.sentences()
