"""The table of what is corrected most: by structure, region, side, stage and scanner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import qt
from slicer.i18n import tr as _

if TYPE_CHECKING:
    from ....cohort.review.decisions import Judgement
    from ....cohort.review.folder import Hip
    from ....cohort.review.state import ReviewState
    from ....cohort.review.worklist import WorklistHip

_MOST_ROWS = 8  # in view; more scroll


class CorrectedTable:
    """The group "What is corrected most".

    Args:
        ui: widgets ``correctedGroup`` and ``correctedTable``.
    """

    def __init__(self, ui: Any) -> None:
        self._group, self._table = ui.correctedGroup, ui.correctedTable
        names = (_("by"), "", _("corrected"), _("of judged"), "Dice", _("ml moved"))
        self._table.setColumnCount(len(names))
        self._table.setHorizontalHeaderLabels(list(names))
        for column, width in enumerate((64, 100, 66, 66, 50)):
            self._table.setColumnWidth(column, width)
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.verticalHeader().hide()
        self._group.visible = False

    def show(
        self,
        state: ReviewState,
        seen: Mapping[str, Mapping[Hip, Judgement]],
        hips: Sequence[WorklistHip],
    ) -> None:
        """Corrections of the readers whose decisions may be seen."""
        from ....cohort.review.summary import corrected_most

        rows = corrected_most(state.corrections(), seen, hips)
        words = {
            "structure": _("structure"),
            "region": _("region"),
            "side": _("side"),
            "stage": _("stage"),
            "scanner": _("scanner"),
            "head": _("head"),
            "necrosis": _("necrosis"),
            "R": _("right"),
            "L": _("left"),
        }
        self._group.visible = bool(rows)
        self._table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            texts = (
                words[row.group],
                words.get(row.name, row.name),
                str(row.corrected),
                str(row.judged) if row.judged else "",
                f"{row.dice:.2f}",
                f"{row.moved_ml:.2f}",
            )
            for column, text in enumerate(texts):
                self._table.setItem(place, column, qt.QTableWidgetItem(text))
        self._table.resizeRowsToContents()
        heights = [self._table.rowHeight(i) for i in range(min(len(rows), _MOST_ROWS))]
        height = sum(heights) + self._table.horizontalHeader().height + 6
        self._table.minimumHeight = self._table.maximumHeight = height
