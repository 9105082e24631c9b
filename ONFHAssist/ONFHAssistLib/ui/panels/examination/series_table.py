"""The table of an examination's series in the home panel: what each is and is used for; its user changes any role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import qt
from slicer.i18n import tr as _

if TYPE_CHECKING:
    from ....exam.result import ExamResult, SeriesRow
    from ....scene.examination.series import LoadedSeries
    from ...protocols import ChosenVolume

_BOXES = {
    "reference": "useReferenceBox",
    "outline": "useOutlineBox",
    "acetabulum": "useAcetabulumBox",
    "fluid": "useFluidBox",
}
_WIDTHS = (24, 150, 78, 56)  # pixels; what a series is used for takes the rest
_MOST_HEIGHT = 300  # pixels; a longer table scrolls


class SeriesTable:
    """The section "Series" of the home panel.

    Args:
        ui: widgets ``seriesGroup``, ``examCheckBox``, ``seriesTable``, ``roleLabel``, ``automaticButton`` and a box for
            each use.
        volume: gives the chosen volume or None.
        on_change: told when its user has changed something.
    """

    def __init__(self, ui: Any, volume: ChosenVolume, on_change: Callable[[], None]) -> None:
        self._ui, self._volume, self._on_change = ui, volume, on_change
        self._wishes: dict[str, tuple[str, ...]] = {}  # node of a series to what its user wants of it
        self._series: list[LoadedSeries] = []
        self._rows: list[SeriesRow] = []
        self._shown: list[tuple[str, ...]] | None = []
        table = ui.seriesTable
        table.setColumnCount(len(_WIDTHS) + 1)
        names = (_("No."), _("series"), _("contrast"), _("heads"), _("used for"))
        table.setHorizontalHeaderLabels(list(names))
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setStretchLastSection(True)
        table.verticalHeader().hide()
        table.connect("itemSelectionChanged()", self._on_selected)
        for box in _BOXES.values():
            getattr(ui, box).connect("clicked(bool)", lambda _checked: self._on_use())
        ui.automaticButton.connect("clicked()", self._on_automatic)
        ui.examCheckBox.connect("toggled(bool)", lambda _checked: on_change())
        self._on_selected()

    # what others ask ----------------------------------------------------------------------------------------

    @property
    def together(self) -> bool:
        """Whether the series are to be read together."""
        return bool(self._ui.examCheckBox.checked) and len(self._readable()) > 1

    def asked(self) -> tuple[list[LoadedSeries], Mapping[str, tuple[str, ...]]]:
        """The series of the table, and number to uses of those whose role their user chose."""
        chosen = {one.node_id: one.found.number for one in self._series if not one.found.other}
        return self._series, {chosen[node]: uses for node, uses in self._wishes.items() if node in chosen}

    def update(self) -> None:
        """Follow the scene and the chosen volume."""
        from ....scene.examination.results import read_exam
        from ....scene.examination.series import loaded_series

        volume = self._volume()
        self._series = loaded_series(volume)
        exam = None if volume is None else read_exam(volume)
        self._rows = [self._row(one, exam) for one in self._series]
        count = len(self._readable())
        self._ui.seriesGroup.visible = len(self._series) > 1
        self._ui.examCheckBox.enabled = count > 1
        self._ui.examCheckBox.text = _("Read the {count} series of the examination together").format(
            count=count
        )
        self._fill()

    def forget_case(self) -> None:
        """The patient's scene is closed: his series and what was wanted of them go."""
        self._wishes.clear()
        self._series, self._rows = [], []
        self._ui.examCheckBox.checked = False
        self._ui.seriesGroup.visible = False
        self._fill()

    # the table ----------------------------------------------------------------------------------------------

    def _readable(self) -> list[LoadedSeries]:
        return [one for one in self._series if not one.found.problem]

    def _row(self, one: LoadedSeries, exam: ExamResult | None) -> SeriesRow:
        """As the examination says, where it was read and the series is of it; else as the header says."""
        from dataclasses import replace

        row = one.row()
        known = None if exam is None else next((r for r in exam.series if r.number == row.number), None)
        if (
            known is not None
            and not one.found.problem
            and (known.uid, known.description) == (row.uid, row.description)
        ):
            row = known
        wish = self._wishes.get(one.node_id)
        return row if wish is None or one.found.problem else replace(row, uses=wish, reason="")

    def _fill(self) -> None:
        from ....scene.examination.results import uses_text
        from ....scene.examination.series import contrast_text, coverage_text, resolution_text
        from ....scene.words import said

        cells: list[tuple[str, ...]] = [
            (
                row.number,
                "\n".join(
                    filter(None, (row.description, _place(said(row.plane), resolution_text(row.spacing))))
                ),
                contrast_text(row).replace(", ", ",\n"),
                coverage_text(row.coverage).replace(", ", "\n"),
                row.reason
                or uses_text(row.uses)
                or (_("nothing") if row.number in self._asked_numbers() else ""),
            )
            for row in self._rows
        ]
        if cells == self._shown:
            return
        self._shown = cells
        table = self._ui.seriesTable
        selected = table.currentRow()
        table.blockSignals(True)
        table.setRowCount(len(cells))
        for number, (row, texts) in enumerate(zip(self._rows, cells, strict=True)):
            for column, text in enumerate(texts):
                item = qt.QTableWidgetItem(text)
                item.setToolTip("\n".join(filter(None, (row.reason, *row.notes))))
                if row.reason:
                    item.setForeground(qt.QBrush(qt.QColor("gray")))
                elif column == 2 and row.notes and "\n" in text:
                    item.setForeground(
                        qt.QBrush(qt.QColor("#b45309"))
                    )  # header and look contradict each other
                table.setItem(number, column, item)
        table.resizeRowsToContents()
        heights = [table.rowHeight(i) for i in range(len(cells))]
        height = min(sum(heights) + table.horizontalHeader().height + 4, _MOST_HEIGHT)
        table.minimumHeight = table.maximumHeight = height
        if 0 <= selected < len(cells):
            table.setCurrentCell(selected, 0)
        table.blockSignals(False)
        self._on_selected()

    def _asked_numbers(self) -> set[str]:
        return set(self.asked()[1])

    # roles --------------------------------------------------------------------------------------------------

    def _selected(self) -> int | None:
        place = self._ui.seriesTable.currentRow()
        return place if 0 <= place < len(self._rows) else None

    def _on_selected(self) -> None:
        place, ui = self._selected(), self._ui
        row = None if place is None else self._rows[place]
        usable = row is not None and place is not None and not self._series[place].found.problem
        uses = () if row is None or place is None else self._uses_to_change(row, self._series[place].node_id)
        for use, name in _BOXES.items():
            box = getattr(ui, name)
            box.enabled = usable
            box.checked = bool(row is not None and use in uses)
        ui.automaticButton.enabled = bool(
            usable and place is not None and self._series[place].node_id in self._wishes
        )
        if row is None:
            ui.roleLabel.text = _("Choose a series to change what it is used for.")
        else:
            told = " ".join(filter(None, (row.reason, *row.notes)))
            ui.roleLabel.text = _("Series {number} is used for").format(number=row.number) + (
                f". {told}" if told else ""
            )

    def _uses_to_change(self, row: SeriesRow, node: str) -> tuple[str, ...]:
        """What the boxes begin with: of a series that was not read yet the outline, for which every series serves."""
        unread = not row.usable and not row.reason and node not in self._wishes
        return ("outline",) if unread else row.uses

    def _on_use(self) -> None:
        place = self._selected()
        if place is None:
            return
        uses = tuple(use for use, name in _BOXES.items() if getattr(self._ui, name).checked)
        node = self._series[place].node_id
        if "reference" in uses:  # there is one
            for other, wish in list(self._wishes.items()):
                if "reference" in wish:
                    self._wishes[other] = tuple(use for use in wish if use != "reference")
                    if not self._wishes[
                        other
                    ]:  # nothing else was wanted of it, which is not that it be left out
                        del self._wishes[other]
        self._wishes[node] = uses
        self._changed()

    def _on_automatic(self) -> None:
        place = self._selected()
        if place is not None:
            self._wishes.pop(self._series[place].node_id, None)
            self._changed()

    def _changed(self) -> None:
        self._shown = None
        self.update()
        self._on_change()


def _place(plane: str, resolution: str) -> str:
    return ", ".join(filter(None, (plane, resolution)))
