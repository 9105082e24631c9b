"""The MRI sequence of the chosen volume: what its header states, or what the user says where it states nothing.

Models answer only what they learned from, so a file without header (NIfTI, NRRD) gets no probability until somebody
says what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ...imaging.contrast import CONTRASTS_OF_SEQUENCE
from ..run import run_step

if TYPE_CHECKING:
    from ..protocols import ChosenVolume, SequenceWidgets


class SequenceChoice:
    """The box "Sequence" of a panel.

    Args:
        ui: widgets ``sequenceCombo`` and ``statusLabel``.
        volume: gives the chosen volume node or None.
    """

    def __init__(self, ui: SequenceWidgets, volume: ChosenVolume) -> None:
        self._ui, self._volume = ui, volume
        ui.sequenceCombo.connect("currentIndexChanged(int)", self._choose)
        self.update()

    def update(self) -> None:
        """Follow the chosen volume."""
        from ...scene.volumes import facts_of_volume, sequence_is_open, stated_series

        combo, volume = self._ui.sequenceCombo, self._volume()
        facts = {} if volume is None else facts_of_volume(volume)
        stated, is_open = facts.get("sequence", ""), sequence_is_open(facts)
        names = [_("not stated"), *CONTRASTS_OF_SEQUENCE] if is_open else [stated_series(facts)]
        was_blocked = combo.blockSignals(True)
        if [combo.itemText(i) for i in range(combo.count)] != names:
            combo.clear()
            for name in names:
                combo.addItem(name)
        combo.currentIndex = max(combo.findText(stated), 0) if stated else 0
        combo.blockSignals(was_blocked)
        combo.enabled = volume is not None and is_open
        combo.toolTip = (
            _(
                "The file does not say which sequence it is; models answer only sequences that they learned from."
            )
            if is_open
            else _("Stated by the header of the series.")
        )

    def _choose(self, index: int) -> None:
        from ...scene.volumes import state_sequence

        volume, combo = self._volume(), self._ui.sequenceCombo
        if volume is not None and combo.enabled:
            name = combo.itemText(index) if index > 0 else ""

            def state(_progress: Any) -> str:
                state_sequence(volume, name)
                return self._said(name)

            run_step(self._ui, "", state)
        self.update()

    def _said(self, name: str) -> str:
        from ...scene.images.ownership import find_node

        answered = any(
            find_node("vtkMRMLTableNode", role, self._volume()) for role in ("stage", "prediction")
        )
        if not answered:
            return ""
        return _("The sequence is {name} now; predict again.").format(name=name or _("not stated"))
