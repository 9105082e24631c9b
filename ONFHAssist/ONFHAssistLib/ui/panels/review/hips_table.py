"""The table of a cohort's hips in the panel: the most doubtful first, with what its reader decided; filtered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import qt
from slicer.i18n import tr as _

from ....core.language import sentence

if TYPE_CHECKING:
    from ....cohort.review.decisions import Judgement
    from ....cohort.review.folder import Hip
    from ....cohort.review.worklist import WorklistHip

FILTERS = ("all", "open", "accept", "reject", "corrected", "mine")
_COLOURS = {"accept": "#0f8a68", "corrected": "#0f8a68", "reject": "#b4420f"}
_OUTDATED = "#b45309"
_WIDTHS = (38, 132, 34, 58)  # pixels; the decision takes the rest


def decision_text(one: Judgement) -> str:
    """What a reader decided, in words."""
    words = {"": _("open"), "accept": _("accepted"), "reject": _("rejected"), "corrected": _("corrected")}
    text = words[one.decision]
    if one.outdated:
        text = _("{decision}, outline changed since").format(decision=text)
    return f"{text} \u2026" if one.comment else text


class HipsTable:
    """Rows of a worklist.

    Args:
        table: ``QTableWidget``. choice: ``QComboBox`` of what is shown. on_choose: told the hip that its user chose.
    """

    def __init__(self, table: Any, choice: Any, on_choose: Callable[[Hip], None]) -> None:
        self._table, self._choice, self._on_choose = table, choice, on_choose
        self._hips: Sequence[WorklistHip] = ()
        self._mine: Mapping[Hip, Judgement] = {}
        self._others: Mapping[str, Mapping[Hip, Judgement]] = {}
        self._rows: list[WorklistHip] = []
        table.setColumnCount(len(_WIDTHS) + 1)
        table.setHorizontalHeaderLabels([_("No."), _("case"), _("hip"), _("doubt"), _("decision")])
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setStretchLastSection(True)
        table.verticalHeader().hide()
        titles = (_("All hips"), _("Open"), _("Accepted"), _("Rejected"), _("Corrected"), _("Decided by me"))
        for name, title in zip(FILTERS, titles, strict=True):
            choice.addItem(title, name)
        choice.connect("currentIndexChanged(int)", lambda _index: self._fill())
        table.connect("itemSelectionChanged()", self._on_selected)

    @property
    def chosen(self) -> Hip | None:
        """Case and side of the row that is chosen."""
        place = self._table.currentRow()
        return (self._rows[place].case, self._rows[place].side) if 0 <= place < len(self._rows) else None

    @property
    def shown(self) -> list[Hip]:
        """Hips of the table, in its order."""
        return [(hip.case, hip.side) for hip in self._rows]

    def show(
        self,
        hips: Sequence[WorklistHip],
        mine: Mapping[Hip, Judgement],
        others: Mapping[str, Mapping[Hip, Judgement]],
    ) -> None:
        """Another worklist, or other decisions."""
        self._hips, self._mine, self._others = hips, mine, others
        self._fill()

    def choose(self, hip: Hip | None) -> None:
        """Choose a row without telling so."""
        self._table.blockSignals(True)
        if hip in self.shown:
            self._table.setCurrentCell(self.shown.index(hip), 0)
        else:
            self._table.clearSelection()
        self._table.blockSignals(False)

    def beside(self, hip: Hip | None, by: int) -> Hip | None:
        """The hip ``by`` rows further on; from one that is not shown any more, the next that is."""
        shown = self.shown
        if not shown:
            return None
        if hip in shown:
            place = shown.index(hip) + by
        else:
            order = [(one.case, one.side) for one in self._hips]
            at = order.index(hip) if hip in order else -1
            later = [one for one in shown if order.index(one) > at]
            place = shown.index(later[0]) if later and by > 0 else len(shown) - len(later) - 1
        return shown[place] if 0 <= place < len(shown) else None

    def _fill(self) -> None:
        from ....cohort.review.decisions import Judgement

        chosen, wanted = self.chosen, self._choice.itemData(self._choice.currentIndex) or "all"
        none = Judgement()
        self._rows = [h for h in self._hips if _is_wanted(wanted, self._mine.get((h.case, h.side), none))]
        table = self._table
        table.blockSignals(True)
        table.setRowCount(len(self._rows))
        for number, hip in enumerate(self._rows):
            one = self._mine.get((hip.case, hip.side), none)
            said = "; ".join(
                f"{name}: {decision_text(its[hip.case, hip.side])}"
                for name, its in self._others.items()
                if its.get((hip.case, hip.side), none).decision
            )
            texts = (str(hip.doubt.rank), hip.case, hip.side, f"{hip.doubt.doubt:.0%}", decision_text(one))
            tip = "\n".join(filter(None, (*map(sentence, hip.doubt.reasons), one.comment, said)))
            for column, text in enumerate(texts):
                item = qt.QTableWidgetItem(f"{text} ({said})" if said and column == len(texts) - 1 else text)
                item.setToolTip(tip)
                colour = _OUTDATED if one.outdated else _COLOURS.get(one.decision)
                if colour and column == len(texts) - 1:
                    item.setForeground(qt.QBrush(qt.QColor(colour)))
                table.setItem(number, column, item)
        table.resizeRowsToContents()
        table.blockSignals(False)
        self.choose(chosen)

    def _on_selected(self) -> None:
        if self.chosen is not None:
            self._on_choose(self.chosen)


def _is_wanted(kind: str, one: Judgement) -> bool:
    decision = "" if one.outdated else one.decision
    return {"all": True, "open": not decision, "mine": bool(one.decision)}.get(kind, decision == kind)
