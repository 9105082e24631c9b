"""Which survival model answers: the published one, one that comes with the extension, or a file of the user's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slicer.i18n import tr as _

PUBLISHED = 0


class ModelChoice:
    """A combo box of models and the path of a model of one's own.

    Args:
        ui: widgets ``modelCombo`` and ``modelEdit``.
        on_model: called with "" (published), the name of a bundle, or a path, when the user chooses.
    """

    def __init__(self, ui: Any, on_model: Callable[[str], None]) -> None:
        self._ui, self._on_model = ui, on_model
        self._names: list[str] = []
        self._offer()
        ui.modelCombo.connect("currentIndexChanged(int)", self._on_combo)
        ui.modelEdit.connect("currentPathChanged(QString)", self._on_path)

    def _offer(self) -> None:
        """Fill the list anew where other bundles are at hand than before, such as in a folder chosen meanwhile."""
        from ...survival.calculator import shipped_models

        models, combo = shipped_models(), self._ui.modelCombo
        if self._names == ["", *models]:
            return
        self._names = ["", *models]
        blocked = combo.blockSignals(True)
        combo.clear()
        combo.addItem(_("Clinical model as published"))
        for name, title in models.items():
            combo.addItem(f"{title} ({name})")
        combo.addItem(_("A model of your own"))
        combo.blockSignals(blocked)

    def show(self, model: str) -> None:
        """Bring the widgets to ``model`` without asking back."""
        self._offer()
        own = model not in self._names
        combo, edit = self._ui.modelCombo, self._ui.modelEdit
        index = len(self._names) if own else self._names.index(model)
        if not own and not model and combo.currentIndex == len(self._names):
            index = combo.currentIndex  # one's own is wanted, its path is still empty
        blocked = combo.blockSignals(True), edit.blockSignals(True)
        combo.currentIndex = index
        edit.currentPath = model if own else ""
        combo.blockSignals(blocked[0])
        edit.blockSignals(blocked[1])
        edit.enabled = index == len(self._names)

    def forget_case(self) -> None:
        """The patient's scene is closed: the published model again, since the next scene names none."""
        blocked = self._ui.modelCombo.blockSignals(True)
        self._ui.modelCombo.currentIndex = PUBLISHED
        self._ui.modelCombo.blockSignals(blocked)
        self._on_model("")

    def _on_combo(self, index: int) -> None:
        self._ui.modelEdit.enabled = index == len(self._names)
        if index < len(self._names):
            self._on_model(self._names[index])

    def _on_path(self, path: str) -> None:
        if not path:
            self._ui.modelCombo.currentIndex = PUBLISHED
        self._on_model(path)
